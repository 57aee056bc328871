"""What a check found: the result model, its file and table, and the error that stops a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from pp39 import handout
from pp39.errors import CheckFailed, MissingInput, UnreadableInput
from pp39.showing import Shown, table

Level = Literal["kritis", "peringatan"]
"""``kritis`` stops the run; ``peringatan`` goes to the annex of the report."""

LOCATION_LIMIT = 100
"""How many failing places a check keeps; it always counts all of them."""

_VERSION = 1
# Places of a check that its sentence names.
_ROWS = 10
_SHOWN = 10


@dataclass(frozen=True)
class Location:
    """One place where a rule does not hold."""

    #: File name, without folders.
    berkas: str
    #: Sheet of a workbook.
    lembar: str | None
    #: Row as a person sees it; None where something is missing that should have a row.
    baris: int | None
    #: Header as it stands in the file; empty if no single column is meant.
    kolom: str
    #: What stands there; empty for a blank, ``[disamarkan]`` where what stops a run may be
    #: personal.
    nilai: str
    #: What is wrong there, in Indonesian.
    uraian: str

    @property
    def place(self) -> str:
        """The place in Indonesian words."""
        parts = [
            self.berkas,
            f"lembar {self.lembar}" if self.lembar else "",
            f"baris {self.baris}" if self.baris is not None else "",
            f'kolom "{self.kolom}"' if self.kolom else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Check:
    """The result of one rule."""

    #: ``<sumber>.<aturan>``, stable between runs.
    id: str
    #: Source the rule belongs to; ``struktur`` and ``cakupan`` look at all of them.
    sumber: str
    #: What must hold, in Indonesian.
    aturan: str
    #: What a failure means.
    tingkat: Level
    #: Whether the rule holds.
    lolos: bool
    #: One Indonesian sentence about the result.
    ringkasan: str
    #: Where it fails, in row order, at most `LOCATION_LIMIT`.
    lokasi: tuple[Location, ...] = ()
    #: How many places there are in all.
    jumlah: int = 0
    #: One English sentence for the command line about the first place in each file; empty if the
    #: rule holds.
    kalimat: str = ""


@dataclass(frozen=True)
class CheckReport:
    """All results of one run, in the order the rules are declared."""

    #: One for each rule that had something to look at.
    checks: tuple[Check, ...]

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def __len__(self) -> int:
        return len(self.checks)

    def __getitem__(self, id: str) -> Check:
        """Find a result by its id; `KeyError` if there is none."""
        for check in self.checks:
            if check.id == id:
                return check
        raise KeyError(id)

    @property
    def critical(self) -> tuple[Check, ...]:
        """Failures that stop the run."""
        return self._failed("kritis")

    @property
    def warnings(self) -> tuple[Check, ...]:
        """Failures that are reported only."""
        return self._failed("peringatan")

    @property
    def passed(self) -> tuple[Check, ...]:
        """Rules that hold."""
        return tuple(check for check in self.checks if check.lolos)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every critical failure in one English sentence each, with the rows of its places."""
        return tuple(map(sentence_of, self.critical))

    def raise_if_critical(self) -> None:
        """Stop the run if a critical rule does not hold.

        Raises
        ------
        CheckFailed
            With all `sentences`.
        """
        if self.critical:
            raise CheckFailed(*self.sentences)

    def to_json(self) -> dict[str, Any]:
        """Give the results in JSON types."""
        return {
            "versi": _VERSION,
            "jumlah": {
                "pemeriksaan": len(self),
                "lolos": len(self.passed),
                "peringatan": len(self.warnings),
                "kritis": len(self.critical),
            },
            "pemeriksaan": [asdict(check) for check in self.checks],
        }

    def save(self, path: Path) -> Path:
        """Write the results as JSON: same results, same bytes.

        Parameters
        ----------
        path : pathlib.Path
            ``pemeriksaan.json`` of the run; its folder must exist.
        """
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        path.write_bytes(f"{text}\n".encode())
        return path

    @classmethod
    def load(cls, path: Path) -> CheckReport:
        """Read results that `save` wrote.

        Raises
        ------
        MissingInput
            If the file is not there.
        UnreadableInput
            If it does not hold such results.
        """
        if not path.is_file():
            raise MissingInput(f"{path.name} is missing; run 02_validate first")
        try:
            content = handout.read_json(path)
            if content["versi"] != _VERSION:
                raise ValueError(content["versi"])
            checks = tuple(_check(one) for one in content["pemeriksaan"])
        except (ValueError, KeyError, TypeError):
            raise UnreadableInput(
                f"{path.name} does not hold check results; run 02_validate again"
            ) from None
        return cls(checks)

    def _failed(self, level: Level) -> tuple[Check, ...]:
        return tuple(one for one in self.checks if not one.lolos and one.tingkat == level)


def first_of_each_file(places: Sequence[Location]) -> list[int]:
    """Give the positions of the first place in each file and sheet, a few where there are many."""
    found: dict[tuple[str, str | None], int] = {}
    for number, one in enumerate(places):
        found.setdefault((one.berkas, one.lembar), number)
    return list(found.values())[:_ROWS]


def sentence_of(check: Check) -> str:
    """Say in one English sentence what a check found, and in which further rows.

    Examples
    --------
    >>> places = tuple(Location("ikpa.csv", None, row, "", "", "") for row in (2, 5, 6))
    >>> sentence_of(Check("a", "ikpa", "", "kritis", False, "", places, 9, "ikpa.csv, row 2: no"))
    'ikpa.csv, row 2: no (also in row 5, 6 and 6 more)'
    """
    first = [check.lokasi[n] for n in first_of_each_file(check.lokasi)]
    # Where several files are told, a row more would be one of any.
    others = check.lokasi[1:_ROWS] if len(first) == 1 else ()
    rows = dict.fromkeys(one.baris for one in others if one.baris is not None)
    named = ", ".join(str(row) for row in rows if row not in {one.baris for one in first})
    left = check.jumlah - len(first) - (len(others) if named else 0)
    parts = [f"also in row {named}" if named else "", f"and {left} more" if left > 0 else ""]
    told = " ".join(part for part in parts if part)
    return f"{check.kalimat} ({told})" if told else check.kalimat


def _check(fields: dict[str, Any]) -> Check:
    places = tuple(Location(**place) for place in fields["lokasi"])
    return Check(**(fields | {"lokasi": places}))


def results_html(report: CheckReport) -> str:
    """Write the results as HTML tables: critical failures, warnings and rules that hold.

    At most ten places are shown of each rule.
    """
    told = (
        f"<p>{len(report)} aturan diperiksa: {len(report.passed)} terpenuhi,"
        f" {len(report.warnings)} peringatan, {len(report.critical)} kegagalan kritis.</p>"
    )
    heads = ("Sumber", "Aturan", "Hasil", "Letak")
    groups = (
        ("Kegagalan kritis (menghentikan proses)", report.critical),
        ("Peringatan (dimuat dalam lampiran Mutu data)", report.warnings),
        ("Aturan yang terpenuhi", report.passed),
    )
    tables = (table(title, heads, map(_row, checks)).html for title, checks in groups)
    return "\n".join((told, *tables))


def _row(check: Check) -> tuple[str | Shown, ...]:
    places = "".join(
        f"<li>{escape(place.place)}: {escape(place.uraian)}</li>" for place in check.lokasi[:_SHOWN]
    )
    more = check.jumlah - min(len(check.lokasi), _SHOWN)
    places += f"<li>dan {more} hal lainnya</li>" if more > 0 else ""
    listed = Shown(f"<ul>{places}</ul>" if places else "", "")
    return check.sumber, check.aturan, check.ringkasan, listed
