"""Units held against each other: absorption, progress, indicators, ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from statistics import median_high, median_low
from typing import Any, get_args

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.errors import UnreadableInput
from pp39.indicators.achievement import ACHIEVED, EARLY, INCALCULABLE, NO_DATA, ON_TRACK, Status
from pp39.indicators.result import INDICATORS
from pp39.numbers import exact
from pp39.rollup.members import Member
from pp39.rollup.reading import Run, read
from pp39.told import told

#: Statuses that count as reached, or on the way to it.
GOOD = (ACHIEVED, EARLY, ON_TRACK)
_STATUSES: tuple[str, ...] = get_args(Status)
_OPEN = (NO_DATA, INCALCULABLE)
_COLUMNS = (
    "kode",
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "status",
    "ledger_id",
    "nasional",
)
_BUDGET = ("pagu", "realisasi", "pagu_berdata", "serapan", "progres", "rencana")


@dataclass(frozen=True)
class Standing:
    """What one unit reached of one indicator."""

    #: Its code there, and the id of its figure in the unit's ledger.
    kode: str
    ledger_id: str
    #: ``tercapai`` and so on.
    status: str
    target: float | None
    realisasi: float | None
    #: In percent.
    capaian: float | None


@dataclass(frozen=True)
class Indicator:
    """An indicator that units share: by its national name, or else by its own and its unit."""

    #: The codes it has, the most frequent one first.
    codes: tuple[str, ...]
    #: name, unit: as most of its units write them.
    name: str
    unit: str
    #: By the place of the member.
    standings: Mapping[int, Standing] = field(repr=False)
    #: Places that are shown and not counted: those of made-up units beside real ones.
    apart: frozenset[int] = frozenset()

    @cached_property
    def counted(self) -> Mapping[int, Standing]:
        """The standings that are held against each other."""
        return {place: one for place, one in self.standings.items() if place not in self.apart}

    @property
    def title(self) -> str:
        """Code, name and unit."""
        return self.titled(self.codes[0])

    def titled(self, code: str) -> str:
        """Give the title with the code that some of the units have."""
        return f"{code} {self.name} ({self.unit})"

    @cached_property
    def statuses(self) -> Counter[str]:
        """How many units have each status."""
        return Counter(one.status for one in self.counted.values())

    @cached_property
    def spread(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """Smallest, middle and largest achievement in percent; None without any."""
        values = sorted(one.capaian for one in self.counted.values() if one.capaian is not None)
        if not values:
            return None
        middle = exact(median_low(values)) + exact(median_high(values))
        return exact(values[0]), middle / 2, exact(values[-1])


@dataclass(frozen=True)
class Unit:
    """What a rollup says of one unit besides its indicators."""

    member: Member
    #: pagu, realisasi, pagu_berdata, serapan, progres, rencana; None where there is no data.
    budget: Mapping[str, Fraction | None] = field(default_factory=dict)
    #: ro, ro_berdata, ro_di_bawah.
    outputs: Mapping[str, int] = field(default_factory=dict)
    #: Earliest and latest of the last months with progress of its kegiatan.
    bulan: frozenset[int] = frozenset()
    #: How many indicators it has, has results of, and has reached or is on the way to.
    indikator: int = 0
    dinilai: int = 0
    baik: int = 0
    #: Rank by absorption and by the share of indicators reached; the same for equal ones.
    peringkat_serapan: int | None = None
    peringkat_kinerja: int | None = None
    #: What does not fit together in its own figures.
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A number by which units are set side by side."""

    #: Header.
    title: str
    #: Width of its column on a sheet, and decimals in print.
    width: int
    decimals: int
    #: Of a unit; None where it is not known.
    of: Callable[[Unit], Fraction | int | None]


COMPARED = (
    Compared("Pagu (Rp)", 20, 0, lambda one: one.budget.get("pagu")),
    Compared("Realisasi (Rp)", 20, 0, lambda one: one.budget.get("realisasi")),
    Compared("Serapan (%)", 12, 2, lambda one: one.budget.get("serapan")),
    Compared("Peringkat serapan", 12, 0, lambda one: one.peringkat_serapan),
    Compared("Fisik (%)", 12, 2, lambda one: one.budget.get("progres")),
    Compared("Rencana fisik (%)", 12, 2, lambda one: one.budget.get("rencana")),
    Compared("RO", 10, 0, lambda one: one.outputs.get("ro")),
    Compared(
        "RO di bawah rencana",
        12,
        0,
        lambda one: one.outputs.get("ro_di_bawah") if one.outputs.get("ro_berdata") else None,
    ),
    Compared("Indikator", 12, 0, lambda one: one.indikator if one.member.reported else None),
    Compared("Dapat dinilai", 12, 0, lambda one: one.dinilai if one.member.reported else None),
    Compared("Tercapai atau sesuai jalur", 14, 0, lambda one: one.baik if one.dinilai else None),
    Compared("Peringkat kinerja", 12, 0, lambda one: one.peringkat_kinerja),
    Compared("Temuan material", 12, 0, lambda one: one.member.temuan.get("material")),
    Compared("Temuan minor", 12, 0, lambda one: one.member.temuan.get("minor")),
    Compared("Temuan redaksional", 12, 0, lambda one: one.member.temuan.get("editorial")),
)
"""The numbers of units in the order of the sheet; the page leaves one out."""


def indicators_of(
    runs: Sequence[Run], places: Sequence[int], members: Sequence[Member]
) -> list[Indicator]:
    """Read the indicators and put those together that are the same."""
    rows = read(runs, INDICATORS, _COLUMNS)
    columns = {one: rows[one].to_pylist() for one in (*_COLUMNS, "nomor")}
    apart = frozenset(place for place, one in enumerate(members) if not one.dibandingkan)
    shared: dict[tuple[str, ...], dict[int, Standing]] = {}
    names: dict[tuple[str, ...], Counter[tuple[str, str]]] = {}
    folded: dict[str, str] = {}
    for code, name, unit, target, reached, percent, status, id, shown, number in zip(
        *columns.values(), strict=True
    ):
        place = places[number]
        key: tuple[str, ...] = (shown or "",)
        # What a unit has twice under one national name meets others by its own name.
        if not shown or place in shared.get(key, ()):
            key = tuple(
                folded.setdefault(one, " ".join(one.split()).casefold())
                for one in (name or "", unit or "")
            )
        if status not in _STATUSES:
            raise UnreadableInput(
                f"{runs[number].name(INDICATORS)} has a status {told(status)}; there are"
                f" {', '.join(_STATUSES)}; make it again{runs[number].remedy}"
            )
        standing = Standing(code or "", id or "", status, target, reached, percent)
        shared.setdefault(key, {}).setdefault(place, standing)
        names.setdefault(key, Counter())[name or "", unit or ""] += 1
    found = []
    for key, standings in shared.items():
        codes = Counter(one.kode for one in standings.values())
        name, unit = min(names[key], key=lambda one: (-names[key][one], one))
        ordered = sorted(codes, key=lambda one: (-codes[one], one))
        found.append(Indicator(tuple(ordered), name, unit, standings, apart & standings.keys()))
    return sorted(
        found, key=lambda one: (-len(one.counted), -len(one.standings), one.codes, one.name)
    )


def compare(
    members: Sequence[Member],
    budget: pa.Table,
    activities: pa.Table,
    indicators: Sequence[Indicator],
    marks: Mapping[int, Sequence[str]],
) -> list[Unit]:
    """Put together what stands beside each unit.

    Parameters
    ----------
    members : sequence of Member
        All units, in order.
    budget, activities : pyarrow.Table
        As read and as put together; ``nomor`` counts those that have reported.
    indicators : sequence of Indicator
        All of them.
    marks : mapping of int to sequence of str
        What does not fit, by that number.
    """
    totals = budget.filter(pc.equal(budget["jenjang"], "total"))
    nothing = dict.fromkeys(_BUDGET)
    money = {row.pop("nomor"): row for row in totals.select([*_BUDGET, "nomor"]).to_pylist()}
    counted = activities.group_by("nomor", use_threads=False).aggregate(
        [
            *((one, "sum") for one in ("ro", "ro_berdata", "ro_di_bawah")),
            *(("bulan", one) for one in ("min", "max")),
        ]
    )
    outputs = {row["nomor"]: row for row in counted.to_pylist()}
    tally = _tally(len(members), indicators)
    units = []
    number = 0
    for place, member in enumerate(members):
        if not member.reported:
            units.append(Unit(member))
            continue
        units.append(
            Unit(
                member,
                {
                    name: None if amount is None else Fraction(amount)
                    for name, amount in money.get(number, nothing).items()
                },
                {
                    one: int(outputs.get(number, {}).get(f"{one}_sum") or 0)
                    for one in ("ro", "ro_berdata", "ro_di_bawah")
                },
                frozenset(
                    month
                    for one in ("bulan_min", "bulan_max")
                    if (month := outputs.get(number, {}).get(one))
                ),
                *tally[place],
                catatan=tuple(marks.get(number, ())),
            )
        )
        number += 1
    ranked = [one if one.member.dibandingkan else Unit(one.member) for one in units]
    absorbed = _ranks([one.budget.get("serapan") for one in ranked])
    reached = _ranks([Fraction(one.baik, one.dinilai) if one.dinilai else None for one in ranked])
    return [
        replace(one, peringkat_serapan=a, peringkat_kinerja=b)
        for one, a, b in zip(units, absorbed, reached, strict=True)
    ]


def _tally(count: int, indicators: Sequence[Indicator]) -> list[tuple[int, int, int]]:
    found = [[0, 0, 0] for _ in range(count)]
    for one in indicators:
        for place, standing in one.standings.items():
            own = found[place]
            own[0] += 1
            own[1] += standing.status not in _OPEN
            own[2] += standing.status in GOOD
    return [(a, b, c) for a, b, c in found]


def _ranks(values: Sequence[Fraction | None]) -> list[int | None]:
    """Give ranks from the largest down; equal ones share theirs, and the next ones are passed over.

    Examples
    --------
    >>> _ranks([Fraction(5), None, Fraction(9), Fraction(5), Fraction(1)])
    [2, None, 1, 2, 4]
    """
    known: list[Any] = sorted((one for one in values if one is not None), reverse=True)
    first: dict[Any, int] = {}
    for place, one in enumerate(known, start=1):
        first.setdefault(one, place)
    return [None if one is None else first[one] for one in values]
