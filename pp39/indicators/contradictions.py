"""What the data of the indicators contradict themselves in, for checks and findings alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from pp39.book import Book
from pp39.formula.days import holds, over_midnight, reversed_dates
from pp39.formula.units import times
from pp39.indicators.compute import Computation
from pp39.indicators.formulas import programs_of
from pp39.indicators.reading import dates_in_order, distinct_columns, used_sources
from pp39.ledger import Computed, Ledger, Quantity
from pp39.params import Params
from pp39.profile.indicator import Dari
from pp39.sources import CleanTable
from pp39.sources.words import Clock


@dataclass(frozen=True)
class Reversed:
    """Two dates of a source that days are counted between, and the rows that have none."""

    #: Code of the indicator that counts them first.
    code: str
    #: Whether they are times of one day.
    clock: bool
    #: Whether all that count them are of the quarter alone, so that other rows touch no figure.
    quarterly: bool
    source: str
    #: The date that comes first, and the one that comes after it.
    start: str
    end: str
    #: Positions of the rows whose second date is before the first.
    rows: tuple[int, ...]


def reversed_days(params: Params, tables: Mapping[str, CleanTable]) -> Iterator[Reversed]:
    """Give each pair of dates between which indicators count days, once for each source."""
    counting: dict[tuple[str, str, str], list[str]] = {}
    for code, one in params.indikator.items():
        for source in sorted(used_sources(one, tables)):
            for start, end in sorted(dates_in_order(one)):
                of = tables[source].source
                if {start, end} <= set(tables[source].frame) and not over_midnight(of, end):
                    counting.setdefault((source, start, end), []).append(code)
    for (source, start, end), codes in counting.items():
        rows = np.flatnonzero(reversed_dates(tables[source].frame, start, end))
        quarterly = all(params.indikator[one].sifat == "triwulan" for one in codes)
        clock = holds(tables[source].source, end, Clock)
        yield Reversed(codes[0], clock, quarterly, source, start, end, tuple(map(int, rows)))


def counted_apart(params: Params, tables: Mapping[str, CleanTable]) -> dict[tuple[str, str], str]:
    """Name the columns, by source, whose different values an indicator counts: its code."""
    found: dict[tuple[str, str], str] = {}
    for code, one in params.indikator.items():
        for source in sorted(used_sources(one, tables)):
            for column in sorted(distinct_columns(one) & set(tables[source].frame)):
                found.setdefault((source, column), code)
    return found


@dataclass(frozen=True)
class OtherUnit:
    """The unit that a document gives the target of an indicator."""

    code: str
    source: str
    #: Position of the row.
    row: int
    said: str
    #: The target beside it.
    target: object
    #: The unit of the indicator.
    meant: str

    @property
    def times(self) -> Fraction:
        """How many of the unit of the indicator it is; 0 where it is another one."""
        return times(self.said, self.meant)


def other_units(params: Params, tables: Mapping[str, CleanTable]) -> Iterator[OtherUnit]:
    """Give every unit that stands beside a target, held against that of the indicator."""
    for source, table in tables.items():
        if {"kode", "target", "satuan"} <= set(table.frame):
            for n, row in enumerate(table.records):
                one = params.indikator.get(str(row["kode"]))
                if one is not None and row["satuan"] is not None:
                    yield OtherUnit(
                        str(row["kode"]),
                        source,
                        n,
                        str(row["satuan"]),
                        row["target"] or 0,
                        one.satuan,
                    )


@dataclass(frozen=True)
class Footings:
    """A realisation from rows and from counts of the same quarter."""

    code: str
    #: On what the one that counts stands.
    footing: Dari
    taken: Quantity
    other: Quantity


def two_footings(book: Book) -> Iterator[Footings]:
    """Give the realisations that rows and counts both give.

    Those that a check holds against one another figure by figure are left out.
    """
    steps = (step for one in book.settings.profile.slices.values() for step in one.langkah)
    held = {step.sanding.hitung for step in steps if step.sanding is not None}
    codes = [
        code
        for code, one in book.params.indikator.items()
        if one.hitung not in held and sum(way.dari is not None for way in one.atau) > 1
    ]
    if not codes:
        return
    programs = programs_of(book.settings)
    trial = replace(book, ledger=Ledger())
    computation = Computation(trial)
    for code in codes:
        made = computation.realisation(trial, code)
        footing = programs[code].parts[made.way].footing
        for other in made.besides.values():
            if isinstance(made.value, Quantity) and isinstance(other, Quantity):
                dari: Dari = "baris" if footing == "baris" else "rekap"
                yield Footings(code, dari, made.value, _apart(other))


def _apart(figure: Quantity) -> Quantity:
    """Give a figure that rests on no entry of a ledger: those it was made with are in none."""
    origin = figure.origin
    if isinstance(origin, Computed):
        origin = replace(origin, operands=tuple(_apart(one) for one in origin.operands))
    return replace(figure, origin=origin, id=None)
