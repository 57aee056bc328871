"""A rollup: many runs of one quarter read, added up and held against each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.ledger import Quantity, Rows
from pp39.periods import Period
from pp39.report.form import layout
from pp39.rollup.activities import activities, read_budget, read_outputs
from pp39.rollup.compare import Indicator, Unit, compare, indicators_of
from pp39.rollup.forms import Bentuk, funds_of
from pp39.rollup.marks import contradictions
from pp39.rollup.members import MARKS, STATES, Choice, Member, find_members
from pp39.rollup.sums import Sums
from pp39.rollup.tree import Branch, grow
from pp39.run.project import read_project

#: Row of the first unit on the sheets of the workbook.
FIRST_ROW = 4
BOOK = "rekap.xlsx"
UNITS, STATUSES, ACHIEVEMENTS = "Satuan kerja", "Status", "Capaian"


@dataclass(frozen=True)
class Rollup:
    """What is known of the units of one quarter."""

    #: year, period, choice: what was asked for.
    year: int
    period: Period
    choice: Choice
    #: All units, those that have not reported, too; in order.
    units: tuple[Unit, ...]
    #: Those that most units share first.
    indicators: tuple[Indicator, ...]
    #: What is added up.
    ministries: tuple[Branch, ...]
    #: What the sums are taken over; see `pp39.rollup.activities`.
    rows: pa.Table
    #: With the ledger of all figures.
    sums: Sums
    #: Sources of funds that any unit has.
    funds: frozenset[str]
    #: Outcome indicators by eselon I and program, as the project states them.
    outcomes: Mapping[str, Mapping[str, Sequence[str]]]

    @property
    def members(self) -> list[Member]:
        """The units alone."""
        return [one.member for one in self.units]

    @property
    def scope(self) -> str:
        """Whom it is about, in words."""
        ministries = [one.name for one in self.ministries]
        if len(ministries) > 1:
            return f"{len(self.units)} satuan kerja dari {len(ministries)} kementerian/lembaga"
        agencies = self.ministries[0].below
        return agencies[0].name if self.choice.eselon and len(agencies) == 1 else ministries[0]


def roll_up(root: Path, year: int, period: Period, choice: Choice) -> Rollup:
    """Read the runs of a quarter and add them up.

    Raises
    ------
    MissingInput
        If none of them has a run.
    ParameterError
        If something that was named is unknown.
    UnreadableInput
        If the files of a run cannot be used; of several all are told.
    """
    members, runs = find_members(root, year, period, choice)
    budget, outputs = read_budget(runs), read_outputs(runs)
    reporting = [place for place, one in enumerate(members) if one.reported]
    rows = activities(budget, outputs, [members[place] for place in reporting])
    indicators = indicators_of(runs, reporting, members)
    units = compare(members, budget, rows, indicators, contradictions(budget))
    summed = [members[place].dijumlahkan for place in reporting]
    rows = rows.filter(pa.array(summed, pa.bool_()).take(rows["nomor"].combine_chunks()))
    ministries = grow(members, rows, budget)
    sums = Sums(rows)
    funds = budget.filter(pc.equal(budget["jenjang"], "sumber"))
    funded = funds.filter(pc.greater(funds["pagu"], pa.scalar(0, pa.decimal128(38, 6))))
    groups = funds_of(layout("b", Bentuk))
    for branch in (one for ministry in ministries for one in ministry.branches()):
        sums.enter(branch, groups)
    _count_members(ministries, members, sums)
    _describe(indicators, sums)
    return Rollup(
        year,
        period,
        choice,
        tuple(units),
        tuple(indicators),
        ministries,
        rows,
        sums,
        frozenset(funded["kode"].to_pylist()),
        read_project(root).outcomes,
    )


def _count_members(ministries: Sequence[Branch], members: Sequence[Member], sums: Sums) -> None:
    """Enter how many units each ministry and eselon I has, and how many have not reported."""
    places = {one.unit: place for place, one in enumerate(members)}

    def enter(id: str, label: str, chosen: Sequence[Member]) -> None:
        rows = [places[one.unit] + FIRST_ROW for one in chosen]
        how = "banyaknya satuan kerja"
        origin = Rows.of("satuan kerja", BOOK, rows, how, sheet=UNITS, column="Kode")
        sums.ledger.add(id, Quantity.rows(len(chosen), label, "satuan kerja", origin))

    enter("ikhtisar/anggota", "Satuan kerja yang dipilih", members)
    for state in STATES:
        chosen = [one for one in members if one.keadaan == state]
        enter(f"ikhtisar/{state.replace(' ', '-')}", f"Satuan kerja: {state}", chosen)
    _enter_marked(enter, "ikhtisar", "", members)
    for ministry in ministries:
        for branch in (ministry, *ministry.below):
            silent = [one for one in branch.members if not one.reported]
            enter(f"{branch.id}/anggota", f"Satuan kerja pada {branch.name}", branch.members)
            enter(f"{branch.id}/belum-melapor", f"Belum melapor pada {branch.name}", silent)
            _enter_marked(enter, branch.id, f" pada {branch.name}", branch.members)


def _enter_marked(
    enter: Callable[[str, str, Sequence[Member]], None],
    id: str,
    where: str,
    members: Sequence[Member],
) -> None:
    """Enter how many reports are of made-up data, and how many are drafts; none is no entry."""
    for mark in MARKS:
        if chosen := [one for one in members if mark in one.marks]:
            enter(f"{id}/{mark.replace(' ', '-')}", f"Laporan bertanda {mark}{where}", chosen)


def _describe(indicators: Sequence[Indicator], sums: Sums) -> None:
    """Enter how many units have each status of an indicator, and how their achievements spread."""
    for number, one in enumerate(indicators, start=1):
        described = _Described(sums, number, one)
        described.count("satker", "Satuan kerja", one.counted)
        for status in one.statuses:
            places = [place for place, each in one.counted.items() if each.status == status]
            described.count(status.replace(" ", "-"), f"Satuan kerja {status}", places)
        known = [place for place, each in one.counted.items() if each.capaian is not None]
        for name, value in zip(("terkecil", "tengah", "terbesar"), one.spread or (), strict=False):
            described.enter(name, value, f"Capaian {name}", known, unit="%", sheet=ACHIEVEMENTS)


@dataclass(frozen=True)
class _Described:
    """An indicator whose figures are entered, each with the rows of the workbook it is of."""

    sums: Sums
    number: int
    indicator: Indicator

    def count(self, id: str, label: str, places: Collection[int]) -> None:
        self.enter(id, Fraction(len(places)), label, places, unit="satuan kerja", sheet=STATUSES)

    def enter(
        self, id: str, value: Fraction, label: str, places: Iterable[int], *, unit: str, sheet: str
    ) -> None:
        title = self.indicator.title
        rows = [place + FIRST_ROW for place in places]
        origin = Rows.of(sheet.lower(), BOOK, rows, label, sheet=sheet, column=title)
        made = Quantity.rows(
            value, f"{label} {title}", unit, origin, decimals=2 if unit == "%" else None
        )
        self.sums.ledger.add(f"indikator/{self.number}/{id}", made)
