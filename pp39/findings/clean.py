"""Clean rows as rules look at them: of the run's quarter, their cells as quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import pandas as pd

from pp39.book import Book
from pp39.ledger import Cell, Quantity, Rows, runs, total
from pp39.numbers import exact
from pp39.periods import Quarter
from pp39.sources.table import Record as Row
from pp39.sources.table import records_of

T = TypeVar("T")
Words = Mapping[str, Collection[str | int]]

# More places than this help nobody.
_SHOWN = 20
# More cells than this are told by their rows.
_MOST_CELLS = 1000

_NUMBERED = re.compile(r"[A-Za-z][A-Za-z ]* [0-9]{1,3}")


class Clean(Book):
    """The clean tables of a run; its parameters are those without scenario and overrides."""

    def columns(self, name: str) -> tuple[str, ...]:
        """Give the columns that a name with a quarter stands for.

        ``{tw}`` stands for the run's quarter, ``{sampai_tw}`` for each quarter up to it and
        ``{semua_tw}`` for all four.
        """
        if "{" not in name:
            return (name,)
        now = self.quarter.number
        for hole, quarters in (
            ("{tw}", list(Quarter)[now - 1 : now]),
            ("{sampai_tw}", list(Quarter)[:now]),
            ("{semua_tw}", list(Quarter)),
        ):
            if hole in name:
                return tuple(name.replace(hole, one.name.lower()) for one in quarters)
        return (name,)

    def rows(self, source: str, words: Words = MappingProxyType({})) -> tuple[Row, ...]:
        """Give the rows of a table that are of the run's quarter, or of no quarter; none if absent.

        Blank cells are None; `words` as of `all_rows`.
        """
        return tuple(
            row
            for row in self.all_rows(source, words)
            if row.get("triwulan") in (None, self.quarter.name)
        )

    def all_rows(self, source: str, words: Words = MappingProxyType({})) -> tuple[Row, ...]:
        """Give all rows of a table, or those with one of the `words` in each column named there.

        None if the table is absent.
        """
        return self.tables[source].records_with(words) if source in self.tables else ()

    def at(self, source: str, lines: Collection[int]) -> tuple[Row, ...]:
        """Give the rows of the run's quarter in some lines, so that a survey may be long."""
        frame = self._frame(source)
        return records_of(frame[frame["baris"].isin(lines)])

    def repeated(self, source: str, column: str) -> tuple[Row, ...]:
        """Give the rows of the run's quarter whose value in a column occurs more than once.

        Only these rows are looked at one by one, so that a survey may be long.
        """
        frame = self._frame(source)
        if column not in frame:
            return ()
        known = frame[frame[column].notna()]
        return records_of(known[known[column].duplicated(keep=False)])

    def repeats(self, source: str, column: str) -> tuple[int, int]:
        """Count the rows `repeated` would give, and their different values."""
        frame = self._frame(source)
        if column not in frame:
            return 0, 0
        counted = frame[column].value_counts()
        often = counted[counted > 1]
        return int(often.sum()), len(often)

    def column(self, source: str, column: str) -> tuple[Any, ...]:
        """Give the filled values of one column in the run's quarter, in the order of the rows."""
        frame = self._frame(source)
        return tuple(frame[column].dropna().tolist()) if column in frame else ()

    def together(self, source: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Give what stands together in columns in the run's quarter, each once, without blanks."""
        frame = self._frame(source)
        if not set(columns) <= set(frame):
            return []
        found = frame[list(columns)].drop_duplicates().dropna()
        return list(found.itertuples(index=False, name=None))

    def cell(
        self, source: str, row: Row, column: str, unit: str = "", read: int | None = None
    ) -> Quantity:
        """Give the number in a cell, or that was `read` in its words, with where it stands."""
        table = self.tables[source]
        try:
            label = table.source.column_of(column).label or column
        except KeyError:
            label = column
        value = exact(row[column] if read is None else read)
        return Quantity.cell(value, label, unit, table.origin(row.at, column))

    def summed(self, source: str, cells: Sequence[Quantity]) -> Quantity | None:
        """Add up numbers of a source; None without any, one alone stays what it is."""
        if len(cells) < 2:
            return next(iter(cells), None)
        if len(cells) <= _MOST_CELLS:
            return total(cells, f"Jumlah {cells[0].label.lower()}")
        value = sum((one.value for one in cells), Fraction(0))
        rows = [
            leaf.origin.row
            for one in cells
            for leaf in one.leaves()
            if isinstance(leaf.origin, Cell)
        ]
        how = f"jumlah {cells[0].label.lower()}"
        return Quantity.rows(
            value, how.capitalize(), cells[0].unit, self._origin(source, rows, how)
        )

    def counted(self, source: str, rows: Iterable[Row], count: int) -> Quantity:
        """Give the number of rows, or of different words in them."""
        return self.lines(source, (int(row["baris"]) for row in rows), count)

    def lines(self, source: str, lines: Iterable[int], count: int) -> Quantity:
        """Give a number that some lines of a source were counted to."""
        origin = self._origin(source, tuple(lines), "banyaknya baris")
        return Quantity.rows(count, "Banyaknya baris", "", origin)

    def _origin(self, source: str, rows: Sequence[int], how: str) -> Rows:
        table = self.tables[source]
        return Rows.of(source, table.source.file, rows, how, sheet=table.sheet)

    def place(self, source: str, rows: Iterable[Row]) -> str:
        """Say where rows stand, such as ``dipa_ro.csv baris 5–7, 9``."""
        table = self.tables[source]
        found: dict[tuple[str, str | None], set[int]] = {}
        for row in rows:
            part = table.file_of(row)
            found.setdefault((part.file, part.sheet), set()).add(int(row["baris"]))
        told = self.told_rows(found or {(table.source.file, table.sheet): ()})
        return "; ".join(told)

    def told_rows(self, rows: Mapping[tuple[str, str | None], Iterable[int]]) -> tuple[str, ...]:
        """Say where rows stand by file and sheet; the sheet where the run reads several of it."""
        return tuple(
            _told_rows(
                f"{file}, lembar {sheet}," if len(self._sheets.get(file, ())) > 1 else file, some
            )
            for (file, sheet), some in rows.items()
        )

    @cached_property
    def _sheets(self) -> Mapping[str, set[str | None]]:
        """The sheets that are read of each file."""
        found: dict[str, set[str | None]] = {}
        for table in self.tables.values():
            known = table.provenance
            for part in known.parts if known else (table.file_of({}),):
                found.setdefault(part.file, set()).add(part.sheet)
        return found

    def memo(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Give what was made before under a key, for what many rows of a rule ask again."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    @cached_property
    def numbered_names(self) -> tuple[str, ...]:
        """Names of rows that are a word and a number, such as those of revisions."""
        found: dict[str, None] = {}
        for table in self.tables.values():
            frame = table.frame if len(table.frame) <= _MOST_CELLS else table.frame.head(0)
            for column in list(map(str, frame.select_dtypes("str"))):
                words = map(str, frame[column].dropna().unique())
                found |= dict.fromkeys(one for one in words if _NUMBERED.fullmatch(one))
        return tuple(found)

    @cached_property
    def _made(self) -> dict[tuple[object, ...], Any]:
        return {}

    def _frame(self, source: str) -> pd.DataFrame:
        if source not in self.tables:
            return pd.DataFrame()
        frame = self.tables[source].frame
        if "triwulan" not in frame:
            return frame

        def chosen() -> pd.DataFrame:
            return frame[frame["triwulan"].isna() | (frame["triwulan"] == self.quarter.name)]

        # Many rules ask for the same; of a long table no copy is held.
        return chosen() if len(frame) > _MOST_CELLS else self.memo(("bingkai", source), chosen)


def _told_rows(file: str, rows: Iterable[int]) -> str:
    """Say where rows of a file stand; the file alone without any."""
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs(sorted(rows))]
    told = ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
    return f"{file} baris {told}" if told else file.rstrip(",")
