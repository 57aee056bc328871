"""Of several exports of one thing and period: which one counts, and what decides."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pp39.errors import InputError
from pp39.numbers import format_number
from pp39.periods import parse_date
from pp39.sources.recognise import Recognised, line_of, sheet_of

# Cells of a row that is a title or a footer at most, and of a row of data at least.
_FEW, _DATA = 6, 3

Why = Literal["dicetak", "baris", "nama", "urutan"]
"""What decides: the later printing, the more rows, the name alone; or that both are read and one
comes last, of exports whose period is that of their rows."""


@dataclass(frozen=True)
class Rival:
    """An export that another of the same thing and period goes before."""

    #: Their names from the raw folder.
    name: str
    instead: str
    #: What both are, with period and version.
    what: str
    why: Why
    #: When it was printed, how many rows it has, or what it says; the same of the one that counts.
    said: str = ""
    counts: str = ""

    @property
    def reason(self) -> str:
        """Say what decides in English."""
        if self.why == "nama":
            return "the last by name"
        what = "printed later" if self.why == "dicetak" else "of more rows"
        return f"{what}: {self.counts} against {self.said}"


class _Weighed(NamedTuple):
    printed: str
    rows: int
    one: Recognised
    cells: Mapping[int, Mapping[int, str]]


def settle(
    exports: Mapping[str, Recognised],
) -> tuple[dict[str, Recognised], dict[str, Rival], list[Rival]]:
    """Tell which of the exports of one thing and period counts.

    Only the last printed one does, or where one of them does not say when it was printed that of
    most rows, or else the last by name. Of exports without a period all are read, in this order.

    Parameters
    ----------
    exports : mapping of str to Recognised
        Exports by their names in the folder.

    Returns
    -------
    tuple
        Those that are read, each with its place among its like; those that are not, by name; of
        the latter those that say something else than the one that counts.
    """
    groups: dict[tuple[object, ...], list[str]] = {}
    for name, one in exports.items():
        what = (one.export, one.satker, one.year, one.month, one.version)
        groups.setdefault(what, []).append(name)
    read, left = dict(exports), dict[str, Rival]()
    told: list[Rival] = []
    for names in (some for some in groups.values() if len(some) > 1):
        weighed = {name: _weigh(exports[name]) for name in names}
        if not all(one.printed for one in weighed.values()):
            weighed = {name: one._replace(printed="") for name, one in weighed.items()}
        *others, counts = sorted(names, key=lambda name: (*weighed[name][:2], name))
        best = weighed[counts]
        for place, name in enumerate((*others, counts)):
            read[name] = replace(exports[name], place=place)
        for name in others if best.one.month else []:
            its = weighed[name]
            del read[name]
            left[name] = _rival(its, best)
            told += [left[name]] if its.cells != best.cells else []
    return read, left, told


def _weigh(one: Recognised) -> _Weighed:
    try:
        sheet, header = sheet_of(one)
    except InputError:
        return _Weighed("", 0, one, {})
    below = {row: cells for row, cells in sheet.cells.items() if row >= header.row + header.levels}
    few = (line_of(cells) for cells in sheet.cells.values() if len(cells) <= _FEW)
    printed = [
        found
        for text in few
        for pattern in one.given.dicetak
        for match in re.finditer(pattern, text)
        if (found := _moment(match["tanggal"], match["jam"]))
    ]
    rows = sum(len(cells) >= _DATA for cells in below.values())
    return _Weighed(max(printed, default=""), rows, one, below)


def _moment(date: str, time: str | None) -> str:
    try:
        day = parse_date(date).isoformat()
        hour, minute, second = map(int, re.split("[:.]", f"{time or '0:0'}:0")[:3])
        clock = dt.time(hour, minute, second)
    except ValueError:
        return ""
    return f"{day} {clock}" if time else day


def _rival(one: _Weighed, best: _Weighed) -> Rival:
    what = ", ".join(filter(None, (best.one.given.judul, best.one.version, best.one.period)))
    names = one.one.name, best.one.name, what
    if one.printed != best.printed:
        return Rival(*names, "dicetak", one.printed, best.printed)
    if one.rows != best.rows:
        return Rival(*names, "baris", format_number(one.rows, 0), format_number(best.rows, 0))
    return Rival(*names, "nama")
