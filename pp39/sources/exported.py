"""Putting together what exports and a file made by hand say for one source: the export counts.

Rows that are not in the export stay those of the file made by hand only where the export does not
say that its rows are all there are: for the whole table, or for the months or quarters it is of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pp39.ledger import Cell
from pp39.numbers import exact, format_rupiah
from pp39.periods import format_date
from pp39.sources.context import Context
from pp39.sources.declaration import Source
from pp39.sources.export import read_export
from pp39.sources.fixes import Fix
from pp39.sources.provenance import Provenance, Replaced
from pp39.sources.recognise import Recognised
from pp39.sources.rivals import Rival
from pp39.sources.table import CleanTable
from pp39.together import Together

_TIMES = ("triwulan", "bulan")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_Key = tuple[object, ...]


class Told(NamedTuple):
    """What an export says for a source."""

    found: Recognised
    table: CleanTable

    @property
    def fills(self) -> bool:
        """Whether it only fills what others leave blank."""
        return self.found.given.hasil[self.table.source.name].melengkapi


def beyond(found: Recognised, context: Context) -> bool:
    """Tell whether an export counts up to a month after the quarter."""
    return bool(found.month) and found.year in (0, context.year) and found.month > context.month


def exported(
    exports: Iterable[Recognised],
    sources: Mapping[str, Source],
    context: Context,
    together: Together,
) -> dict[str, list[Told]]:
    """Read the exports that the quarter may use, later ones last.

    Parameters
    ----------
    exports : iterable of Recognised
        The exports of a raw folder.
    sources : mapping of str to Source
        Sources of the unit.
    context : Context
        Budget year, satker, quarter and words of the unit.
    together : Together
        Where errors are noted.
    """
    told: dict[str, list[Told]] = {}
    for one in sorted(exports, key=lambda one: one.order(context.versions)):
        if beyond(one, context):
            continue
        with together.noted():
            for name, table in read_export(one, sources, context).items():
                told.setdefault(name, []).append(Told(one, table))
    return told


def settled(
    source: Source, told: Sequence[Told], by_hand: CleanTable | None, rivals: Sequence[Rival] = ()
) -> CleanTable:
    """Make one table of what exports and a file made by hand say.

    Parameters
    ----------
    source : Source
        Declaration.
    told : sequence of Told
        What exports say; a later one goes before an earlier one.
    by_hand : CleanTable or None
        The file made by hand.
    rivals : sequence of Rival
        Exports that were left aside.

    Returns
    -------
    CleanTable
        Rows of the exports in the order in which they came first, then those of the file made by
        hand that no export speaks for.
    """
    names = {one.found.name for one in told}
    aside = tuple(one for one in rivals if one.instead in names)
    work = _Work(source, [one for one in told if not one.fills], aside)
    for one in reversed(told):
        if one.fills:
            work.complete_with(one.table)
    if by_hand is not None:
        work.fill(by_hand)
    return work.table()


class _Place(NamedTuple):
    table: int
    row: int


class _Work:
    def __init__(self, source: Source, told: Sequence[Told], rivals: tuple[Rival, ...]) -> None:
        self.source = source
        self.told = told
        self.rivals = rivals
        self.apart: dict[tuple[int, int], list[tuple[_Key, str, str]]] = {}
        self.tables = [one.table for one in told]
        results = [one.found.given.hasil[source.name] for one in told]
        self.complete = all(one.lengkap for one in results)
        self.key = source.key
        self.times = [one for one in self.key if one in _TIMES]
        self.rows: list[_Place] = self._latest([one.sekali or source.key for one in results])
        self.cells: dict[str, dict[int, _Place]] = {}
        self.replaced: list[Replaced] = []

    def _latest(self, keys: Sequence[Sequence[str]]) -> list[_Place]:
        """Take of each key, and of each time as a whole, the rows of the latest export."""
        groups: dict[_Key, list[_Place]] = {}
        last: dict[_Key, int] = {}
        for number, table in enumerate(self.tables):
            for row in range(len(table.frame)):
                last[_key(table, row, self.times)] = number
        for number, table in enumerate(self.tables):
            own: dict[_Key, list[_Place]] = {}
            for row in range(len(table.frame)):
                # Lists without a key go on; the others are of a time, of which the latest counts.
                latest = not self.complete or last[_key(table, row, self.times)] == number
                if not self.key or keys[number] != self.key or latest:
                    own.setdefault(_key(table, row, keys[number]), []).append(_Place(number, row))
            for key in own if keys[number] else ():
                if key in groups:
                    self._hold(key, groups[key], own[key])
            groups |= own
        return [place for places in groups.values() for place in places]

    def _hold(self, key: _Key, before: Sequence[_Place], after: Sequence[_Place]) -> None:
        """Note where two exports say of one key other amounts or days, though neither is newer.

        An export of a month is newer than those of the months before, and may say something else.
        """
        pair = before[0].table, after[0].table
        if pair[0] == pair[1] or any(self.told[one].found.month for one in pair):
            return
        for column in (name for one in self.source.columns for name in one.names):
            said, counts = (self._summed(places, column) for places in (before, after))
            if said and counts and said != counts:
                self.apart.setdefault(pair, []).append((key, said, counts))
                return

    def _summed(self, places: Sequence[_Place], column: str) -> str:
        """Write the sum of an amount, or the days; nothing for words, and what is not there."""
        tables = [self.tables[one.table] for one in places]
        if any(column not in one.frame for one in tables):
            return ""
        found = [self.tables[one.table].value(one.row, column) for one in places]
        known = [_plainly(one) for one in found if one is not None]
        if self.source.column_of(column).unit == "Rp":
            return format_rupiah(exact(sum(known))) if known else ""
        days = sorted({one for one in known if isinstance(one, str) and _DAY.fullmatch(one)})
        return ", ".join(format_date(dt.date.fromisoformat(one)) for one in days)

    def _between(self) -> Iterator[Rival]:
        """Tell which exports contradict each other, with the first key of each pair."""
        for (earlier, later), found in self.apart.items():
            names = [self.told[one].found for one in (earlier, later)]
            (key, said, counts), *others = sorted(found, key=str)
            more = f" dan {len(others)} lainnya" if others else ""
            title = " dan ".join(dict.fromkeys(one.given.judul for one in names))
            what = f"{title}, {' '.join(map(str, key))}{more}"
            yield Rival(names[0].name, names[1].name, what, "urutan", said, counts)

    def complete_with(self, table: CleanTable) -> None:
        """Take what the rows, and tables taken before, leave blank."""
        theirs = {_key(table, row, self.key): row for row in range(len(table.frame))}
        found = [
            (column, at, row)
            for at, one in enumerate(self.rows)
            if (row := theirs.get(_key(self.tables[one.table], one.row, self.key))) is not None
            for column in table.frame.columns
            if self.tables[one.table].value(one.row, column) is None
            and at not in self.cells.get(column, {})
            and table.value(row, column) is not None
        ]
        for column, at, row in found:
            self.cells.setdefault(column, {})[at] = _Place(len(self.tables), row)
        if found:
            self.tables.append(table)

    def fill(self, by_hand: CleanTable) -> None:
        """Take from the file made by hand what no export says; note what they contradict."""
        number = len(self.tables)
        self.tables.append(by_hand)
        if not self.key:
            self._totals(by_hand)
            return
        index = {
            _key(self.tables[one.table], one.row, self.key): at for at, one in enumerate(self.rows)
        }
        spoken = {_key(self.tables[one.table], one.row, self.times) for one in self.rows}
        for row in range(len(by_hand.frame)):
            key = _key(by_hand, row, self.key)
            if key in index:
                self._compare(index[key], by_hand, _Place(number, row))
            elif self.complete and _key(by_hand, row, self.times) in spoken:
                self._left_out(by_hand, row)
            else:
                self.rows.append(_Place(number, row))

    def _compare(self, at: int, by_hand: CleanTable, theirs: _Place) -> None:
        ours = self.rows[at]
        table = self.tables[ours.table]
        for column in table.frame.columns:
            said = by_hand.value(theirs.row, column) if column in by_hand.frame else None
            if column in ("baris", *self.key) or said is None:
                continue
            counts = table.value(ours.row, column)
            if counts is None:
                self.cells.setdefault(column, {})[at] = theirs
            elif said != counts and not _same_words(said, counts):
                known = self._named(by_hand, theirs.row)
                place = _place(by_hand, theirs.row, column)
                against = _place(table, ours.row, column)
                self._note(known, column, (said, counts), (place, against))

    def _left_out(self, by_hand: CleanTable, row: int) -> None:
        known = self._named(by_hand, row)
        for column in by_hand.frame.columns:
            said = by_hand.value(row, column)
            if (
                column not in ("baris", *self.key)
                and isinstance(_plainly(said), int | float)
                and said
            ):
                file = self.told[-1].found.name
                place = _place(by_hand, row, column)
                self._note(known, column, (said, None), (place, file))

    def _totals(self, by_hand: CleanTable) -> None:
        for column in (one.names[0] for one in self.source.columns if one.unit == "Rp"):
            said = int(by_hand.frame[column].sum())
            counts = sum(
                int(self.tables[one.table].value(one.row, column) or 0) for one in self.rows
            )
            if said != counts:
                place, file = by_hand.source.file, self.told[-1].found.name
                self._note({}, column, (said, counts), (place, file))

    def _note(
        self,
        key: Mapping[str, Any],
        column: str,
        values: tuple[Any, Any],
        places: tuple[str, str],
    ) -> None:
        said, counts = map(_plainly, values)
        known = {name: _plainly(value) for name, value in key.items()}
        self.replaced.append(Replaced(known, column, said, counts, *places))

    def _named(self, table: CleanTable, row: int) -> dict[str, Any]:
        return {one: table.value(row, one) for one in self.key}

    def table(self) -> CleanTable:
        """Give the table."""
        parts = [
            part
            for table in self.tables
            for part in (table.provenance.parts if table.provenance else (table.whole,))
        ]
        # All rows under one another, then those that count.
        starts = np.cumsum([0, *(len(one.frame) for one in self.tables)])
        names = list(self.tables[0].frame.columns)
        every = pd.concat([one.frame[names] for one in self.tables], ignore_index=True)
        frame = every.iloc[[int(starts[one.table]) + one.row for one in self.rows]]
        frame = frame.reset_index(drop=True)
        for column, cells in self.cells.items():
            values = frame[column].copy()
            for at, one in cells.items():
                values.iloc[at] = self.tables[one.table].frame[column].iloc[one.row]
            frame[column] = values
        known: dict[str, dict[int, tuple[int, tuple[int, ...]]]] = {}
        for at, one in enumerate(self.rows):
            provenance = self.tables[one.table].provenance
            for column, own in (provenance.cells if provenance else {}).items():
                if one.row in own:
                    known.setdefault(column, {})[at] = (one.table, own[one.row][1])
        for column, cells in self.cells.items():
            for at, one in cells.items():
                row = int(self.tables[one.table].value(one.row, "baris"))
                known.setdefault(column, {})[at] = (one.table, (row,))
        first = self.tables[0]
        fixes = [fix for table in self.tables for fix in table.fixes]
        fixes += [
            Fix(self.source.name, 0, one.column, str(one.said), str(one.counts or ""), _RULE)
            for one in self.replaced
        ]
        provenance = Provenance(
            tuple(parts),
            tuple(one.table for one in self.rows),
            known,
            tuple(self.replaced),
            (*self.rivals, *self._between()),
        )
        hidden = tuple(dict.fromkeys(place for table in self.tables for place in table.hidden))
        return replace(first, frame=frame, fixes=tuple(fixes), provenance=provenance, hidden=hidden)


_RULE = "nilai berkas buatan sendiri diganti nilai berkas ekspor"


def _plainly(value: Any) -> Any:
    """Give a number of numpy as one of Python."""
    return value.item() if isinstance(value, np.generic) else value


def _key(table: CleanTable, row: int, columns: Collection[str]) -> _Key:
    return tuple(table.value(row, one) for one in columns)


def _place(table: CleanTable, row: int, column: str) -> str:
    place: Cell = table.origin(row, column)
    return place.place


def _same_words(said: object, counts: object) -> bool:
    return (
        isinstance(said, str)
        and isinstance(counts, str)
        and " ".join(said.split()).casefold() == " ".join(counts.split()).casefold()
    )
