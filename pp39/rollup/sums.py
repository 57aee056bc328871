"""The sums of a rollup: each over the units that have the figure, and over no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.ledger import Ledger, Quantity, Rows
from pp39.rollup.activities import SUMMED
from pp39.rollup.tree import Branch

#: Name of the table whose rows are added up.
DETAILS = "rincian"
#: In the CSV the header is row 1.
_FIRST = 2
#: Columns of what was to be absorbed, of a unit, a program and a kegiatan; what it is called.
_PLANS = ("rencana_satker", "rencana_program", "rencana_serapan")
_PLANNED = "rencana-serapan"
_NONE, _PART, _WHOLE = 0, 1, 2
Flags = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Coverage:
    """How many units a sum covers."""

    #: Those that have the branch at all.
    units: Quantity
    #: Those of them that have the figure.
    some: Quantity
    #: Those that have it for a part only.
    part: Quantity

    @property
    def full(self) -> bool:
        """Whether every unit has all of it."""
        return self.units.value == self.some.value and not self.part.value


class Sums:
    """Adds the rows of branches up and enters the sums in a ledger.

    Parameters
    ----------
    rows : pyarrow.Table
        As `pp39.rollup.activities.activities` gives them, which is how ``rincian.csv`` has them.
    """

    def __init__(self, rows: pa.Table) -> None:
        self.ledger = Ledger()
        self._covered: dict[tuple[str, str], Coverage] = {}
        self._columns: dict[str, Any] = {one: rows[one].combine_chunks() for one in SUMMED}
        self._funds = rows["dana"].combine_chunks()
        self._months = rows["bulan"].combine_chunks()
        self._numbers: npt.NDArray[np.int32] = rows["nomor"].to_numpy()
        valid = {one: _valid(column) for one, column in self._columns.items()}
        spent = self._columns["pagu_berdata"]
        everything = np.array(pc.fill_null(pc.equal(spent, self._columns["pagu"]), False))
        known = np.array(pc.equal(rows["ro_berdata"], rows["ro"]).fill_null(False))
        self._flags: dict[str, Flags] = {
            "pagu": _flags(valid["pagu"], valid["pagu"]),
            "serapan": _flags(valid["realisasi"], everything),
            **{one: _flags(valid[one], valid[one]) for one in _PLANS},
            "progres": _flags(valid["bobot_progres"], known),
            "rencana": _flags(valid["bobot_rencana"], known),
        }

    def enter(self, branch: Branch, funds: Iterable[Sequence[str]]) -> None:
        """Enter all figures of a branch; what no unit has gets no entry."""
        id, name = branch.id, branch.title
        ceiling = self._sum(branch, "pagu", f"Pagu {name}", "Rp")
        if ceiling is not None:
            self.ledger.add(f"{id}/pagu", ceiling)
        for codes in funds:
            mask = pc.is_in(self._funds, pa.array(codes, pa.string()))
            part = self._sum(branch, "pagu", f"Pagu {codes[0]} {name}", "Rp", np.array(mask))
            if part is not None:
                self.ledger.add(f"{id}/dana/{codes[0]}", part)
        spent = self._sum(branch, "realisasi", f"Realisasi {name}", "Rp")
        base = self._sum(branch, "pagu_berdata", f"Pagu berdata {name}", "Rp")
        if spent is not None and base is not None:
            spent = self.ledger.add(f"{id}/realisasi", spent)
            base = self.ledger.add(f"{id}/pagu-berdata", base)
            if base.value:
                self.ledger.add(
                    f"{id}/serapan", (spent / base * 100).named(f"Serapan {name}", "%", 2)
                )
        self._planned(branch, name)
        for what, told in (("progres", "Progres fisik"), ("rencana", "Rencana fisik")):
            self._weighted(branch, what, f"{told} {name}")
        self._count(branch, self._flags["pagu"] >= _NONE, "satker", f"Satuan kerja {name}")
        plan = _plan_of(branch)
        for column in self._flags:
            if column == plan or column not in _PLANS:
                what = _PLANNED if column == plan else column
                self._covered[branch.id, what] = self._cover(branch, what, self._flags[column])

    def coverage(self, branch: Branch, what: str) -> Coverage:
        """Say how many units a figure of a branch covers, as forms call it, such as serapan."""
        return self._covered[branch.id, what]

    def _cover(self, branch: Branch, what: str, every: Flags) -> Coverage:
        flags = every[branch.rows.start : branch.rows.stop]
        units, places = np.unique(
            self._numbers[branch.rows.start : branch.rows.stop], return_inverse=True
        )
        least = np.full(units.size, _WHOLE, dtype=np.int8)
        most = np.full(units.size, _NONE, dtype=np.int8)
        np.minimum.at(least, places, flags)
        np.maximum.at(most, places, flags)
        some = most > _NONE
        name = f"dengan {what} {branch.title}"
        inside = np.zeros(len(self._numbers), dtype=bool)

        def count(chosen: npt.NDArray[np.bool_], id: str, label: str) -> Quantity:
            mask = inside.copy()
            mask[branch.rows.start : branch.rows.stop] = chosen[places]
            return self._count(branch, mask, id, label)

        return Coverage(
            self.ledger[f"{branch.id}/satker"],
            count(some, f"satker/{what}", f"Satuan kerja {name}"),
            count(
                some & (least < _WHOLE),
                f"satker/{what}-sebagian",
                f"Satuan kerja sebagian {name}",
            ),
        )

    def months(self, branch: Branch) -> set[int]:
        """Give the last months with progress that units of a branch have."""
        part = self._months.slice(branch.rows.start, len(branch.rows))
        return set(pc.unique(part.drop_null()).to_pylist())

    def _sum(
        self,
        branch: Branch,
        column: str,
        label: str,
        unit: str,
        mask: npt.NDArray[np.bool_] | None = None,
    ) -> Quantity | None:
        start, stop = branch.rows.start, branch.rows.stop
        part = self._columns[column].slice(start, stop - start)
        chosen = _valid(part)
        how = f"jumlah {column}"
        if mask is not None:
            chosen = chosen & mask[start:stop]
            how += " satuan kerja yang seluruh dananya dari sumber ini"
        if not chosen.any():
            return None
        total = pc.sum(part.filter(pa.array(chosen))).as_py()
        return Quantity.rows(Fraction(total), label, unit, self._place(start, chosen, how, column))

    def _planned(self, branch: Branch, name: str) -> None:
        """Enter what was to be absorbed, of the ceilings of the units that say so."""
        column = _plan_of(branch)
        plan = self._sum(branch, column, f"Target penyerapan {name}", "Rp")
        whole = self._beside(branch, "pagu", column, f"Pagu dengan target, {name}")
        if plan is not None and whole is not None and whole.value:
            told = f"Rencana penyerapan {name}"
            share = (plan / whole * 100).named(told, "%", 2)
            self.ledger.add(f"{branch.id}/{_PLANNED}", share)

    def _weighted(self, branch: Branch, what: str, label: str) -> None:
        """Enter a mean over outputs, weighted by the ceilings of those that have it."""
        column = f"bobot_{what}"
        weight = self._beside(branch, "pagu_fisik", column, f"Pagu RO berdata, {label}")
        product = self._sum(branch, column, f"Pagu RO × {label}", "")
        if weight is not None and product is not None and weight.value:
            self.ledger.add(f"{branch.id}/{what}", (product / weight).named(label, "%", 2))

    def _beside(self, branch: Branch, column: str, other: str, label: str) -> Quantity | None:
        """Add amounts up over the rows that have another column."""
        start, stop = branch.rows.start, branch.rows.stop
        chosen = _valid(self._columns[other].slice(start, stop - start))
        mask = np.zeros(len(self._numbers), dtype=bool)
        mask[start:stop] = chosen
        found = self._sum(branch, column, label, "Rp", mask)
        if found is None:
            return None
        place = self._place(start, chosen, f"jumlah {column}", column)
        return Quantity.rows(found.value, label, "Rp", place)

    def _count(self, branch: Branch, mask: npt.NDArray[np.bool_], id: str, label: str) -> Quantity:
        start, stop = branch.rows.start, branch.rows.stop
        chosen = mask[start:stop]
        number = int(np.unique(self._numbers[start:stop][chosen]).size)
        place = self._place(start, chosen, "banyaknya satuan kerja", "unit")
        made = Quantity.rows(number, label, "satuan kerja", place)
        return self.ledger.add(f"{branch.id}/{id}", made)

    def _place(self, start: int, chosen: npt.NDArray[np.bool_], how: str, column: str) -> Rows:
        rows = np.flatnonzero(chosen) + start + _FIRST
        return Rows.of(DETAILS, f"{DETAILS}.csv", rows, how, column=column)


def _plan_of(branch: Branch) -> str:
    """Name the column that tells what was to be absorbed of a branch."""
    unit, program, activity = _PLANS
    return unit if branch.members else program if branch.below else activity


def _valid(column: Any) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = np.asarray(pc.is_valid(column))
    return found


def _flags(some: npt.NDArray[np.bool_], everything: npt.NDArray[np.bool_]) -> Flags:
    return np.where(some, np.where(everything, _WHOLE, _PART), _NONE).astype(np.int8)
