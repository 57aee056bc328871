"""Ministry, eselon I, program and kegiatan: what a rollup adds up, as branches over its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from pp39.rollup.members import Member

#: What follows the name of the ministry where a unit has no eselon I above it.
_DIRECT = "satuan kerja tanpa unit eselon I"
_UNNAMED = "Kementerian/lembaga tidak dinyatakan"
_NO_ID = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True)
class Branch:
    """A ministry, an eselon I, a program or a kegiatan."""

    #: What the ids of its figures begin with.
    id: str
    #: code, name: its code, empty where it has none, and its name.
    code: str
    name: str
    #: Of the rows of `pp39.rollup.activities.activities`.
    rows: range
    #: Of a ministry or an eselon I: all its units, those that have not reported, too.
    members: tuple[Member, ...] = ()
    #: What it is made of.
    below: tuple[Branch, ...] = ()

    @property
    def title(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()

    def branches(self) -> Iterator[Branch]:
        """Give it and all below it."""
        yield self
        for one in self.below:
            yield from one.branches()


def grow(members: Sequence[Member], rows: pa.Table, budget: pa.Table) -> tuple[Branch, ...]:
    """Divide the rows by ministry, eselon I, program and kegiatan."""
    reporting = [one for one in members if one.reported]
    of_row = [reporting[number] for number in rows["nomor"].to_pylist()]
    names = _names(reporting, budget)
    codes = {one: rows[one].to_pylist() for one in ("program", "kegiatan")}
    rows_of = Counter((one.kementerian, one.badan) for one in of_row)
    taken: set[str] = set()

    def parts(id: str, part: range, *levels: str) -> Iterator[Branch]:
        for level in levels[:1]:
            for code, inside in _runs(part, codes[level].__getitem__):
                own = _id(taken, id, code or "lain")
                name = names.get((of_row[part.start].kementerian, level, code), "")
                below = tuple(parts(own, inside, *levels[1:]))
                yield Branch(own, code, name, inside, below=below)

    first = 0
    ministries = []
    for ministry, of_ministry in groupby(members, lambda one: one.kementerian):
        agencies, begin = [], first
        own = _id(taken, "", ministry or "lain")
        everyone = list(of_ministry)
        for agency, of_agency in groupby(everyone, lambda one: one.badan):
            units = tuple(of_agency)
            last = first + rows_of[ministry, agency]
            id = _id(taken, own, agency or "langsung")
            part = range(first, last)
            agencies.append(
                Branch(
                    id,
                    "",
                    agency or f"{ministry or _UNNAMED}, {_DIRECT}",
                    part,
                    units,
                    tuple(parts(id, part, "program", "kegiatan")),
                )
            )
            first = last
        whole = range(begin, first)
        ministries.append(
            Branch(own, "", ministry or _UNNAMED, whole, tuple(everyone), tuple(agencies))
        )
    return tuple(ministries)


def _names(reporting: Sequence[Member], budget: pa.Table) -> dict[tuple[str, str, str], str]:
    """Give the names of programs and kegiatan: of several, what most units of a ministry say."""
    named = budget.filter(pc.is_in(budget["jenjang"], pa.array(["program", "kegiatan"])))
    columns = [named[one].to_pylist() for one in ("nomor", "jenjang", "kode", "uraian")]
    counts = Counter(
        (reporting[number].kementerian, level, code, name or "")
        for number, level, code, name in zip(*columns, strict=True)
    )
    found: dict[tuple[str, str, str], str] = {}
    for (*key, name), _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        if name:
            ministry, level, code = key
            found.setdefault((ministry, level, code), name)
    return found


def _runs(rows: range, key: Callable[[int], str]) -> Iterator[tuple[str, range]]:
    for code, many in groupby(rows, key):
        listed = list(many)
        yield code, range(listed[0], listed[-1] + 1)


def _id(taken: set[str], above: str, name: str) -> str:
    """Make an id of a name, unlike all others."""
    part = _NO_ID.sub("-", name).strip("-._") or "lain"
    id = base = f"{above}/{part}" if above else part
    number = 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    taken.add(id)
    return id
