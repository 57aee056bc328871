"""Reading a sheet of a workbook: header found by its labels, merged cells, sections, footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
import pandas as pd

from pp39.errors import UnreadableInput, is_slip, nearest
from pp39.sources.body import Body
from pp39.sources.declaration import Source
from pp39.sources.fixes import Fix
from pp39.sources.head import Labels
from pp39.sources.mask import unheaded
from pp39.sources.raw import (
    LISTED,
    RawTable,
    declared,
    folded,
    locate,
    must_be_single,
    no_column,
    no_header,
    workbook_bytes,
)
from pp39.sources.spreadsheet import CELLS, LONGEST, Sheet, Spreadsheet, Tab
from pp39.together import Together
from pp39.told import listed

#: Columns with a header that a table may have.
_COLUMNS = 1_000
# Rows that are looked at as the header: those in which most of the labels stand.
_CANDIDATES = 20


def read_workbook(source: Source, path: Path, year: int = 0) -> RawTable:
    """Read the texts of the sheet that holds the declared header.

    The header is where most declared labels stand, in whatever row; its merged levels are joined by
    ``" / "``. Rows below it count until the footer. Numbers are spelled so that they read back
    exactly; a cell in a percent format is spelled in percent units with a percent sign. A hidden
    sheet is read only where no visible one fits; which sheets were left aside is logged. Of several
    visible ones with the whole table, the only one whose name has the `year` in it is read.

    Returns
    -------
    RawTable
        Texts by header; ``rows`` are row numbers of the sheet.

    Raises
    ------
    MissingInput, UnreadableInput
        With a sentence that names file, row and what would be right.
    """
    book = Spreadsheet(path.name, workbook_bytes(path))
    best: _Candidate | None = None
    whole: list[_Candidate] = []
    for hidden in (False, True):
        if best is None or not best.fits:
            for tab in book.tabs:
                if tab.hidden == hidden:
                    given = source if len(book.tabs) == 1 else _in_sheet(source, path, tab)
                    found = _candidate(given, tab, book.read(tab))
                    best = found if best is None or found.beats(best) else best
                    whole += [found] if found.whole and not hidden else []
    assert best is not None
    if len(whole) > 1:
        named = [one for one in whole if re.search(rf"(?<!\d){year}(?!\d)", one.grid.tab.name)]
        if len(named) != 1:
            raise UnreadableInput(
                f"{path.name}: the sheets {listed([one.grid.tab.name for one in whole], LISTED)}"
                f" all hold the table; leave one in the file, or name only the right one after the"
                f" year {year}"
            )
        best = named[0]
    if not best.score:
        raise no_header(source)
    given = replace(source, file=best.grid.file, levels=best.levels)
    return best.grid.table(given, best.row, _left_aside(given, best, book.tabs))


def _in_sheet(source: Source, path: Path, tab: Tab) -> Source:
    """Let what is told of a source name the sheet as well as the file."""
    return replace(source, file=f'{path.name}, sheet "{tab.name}"')


def read_form(
    sources: Mapping[str, Source], path: Path, together: Together
) -> dict[str, RawTable | None]:
    """Read the sheets that a unit filled in of a workbook with one for each source.

    A sheet is the one of a source by its name. Rows in which there is nothing but what stood there
    beforehand are left out; a sheet without others is as if it were not there.

    Returns
    -------
    dict of str to RawTable or None
        By name of the source; None for a sheet with an error.

    Raises
    ------
    UnreadableInput
        If the workbook cannot be read at all.
    """
    book = Spreadsheet(path.name, workbook_bytes(path))
    names = {name[:LONGEST].casefold(): name for name in sources}
    found: dict[str, RawTable | None] = {}
    for tab in book.tabs:
        name = names.get(tab.name.casefold())
        if name is None:
            continue
        source = _in_sheet(sources[name], path, tab)
        with together.noted():
            found[name] = None
            found[name] = _filled(_Grid(source.file, tab, book.read(tab)), source)
            if found[name] is None:
                del found[name]
    return found


def astray(sources: Mapping[str, Source], path: Path) -> dict[str, str]:
    """Name the sheets of the form that no source uses but were probably meant for one: for which.

    They hold the whole table of a source without a sheet of its own, or are called nearly like it,
    and somebody filled them in.
    """
    book = Spreadsheet(path.name, workbook_bytes(path))
    there = {tab.name.casefold() for tab in book.tabs}
    lost = {name[:LONGEST]: one for name, one in sources.items()}
    names = {name.casefold() for name in lost}
    lost = {name: one for name, one in lost.items() if name.casefold() not in there}
    found: dict[str, str] = {}
    for tab in book.tabs if lost else ():
        if tab.hidden or tab.name.casefold() in names:
            continue
        sheet, called = book.read(tab), tab.name.casefold()
        near = nearest(called, lost) or ""
        held = {name: _candidate(one, tab, sheet) for name, one in lost.items()}
        meant = [name for name, one in held.items() if one.whole or is_slip(called, name)]
        for name in sorted(meant, key=lambda name: name != near):
            given = replace(lost[name], levels=held[name].levels)
            if held[name].score and held[name].grid.keep_filled(given, held[name].row):
                found.setdefault(tab.name, name)
    return found


def _filled(grid: _Grid, source: Source) -> RawTable | None:
    """Read what was filled in of a sheet, None if nothing was."""
    score, row, levels = grid.best_header(source)
    source = replace(source, levels=levels)
    if not score:
        if grid.rows:
            raise no_header(source)
        return None
    return grid.table(source, row, ()) if grid.keep_filled(source, row) else None


class _Candidate(NamedTuple):
    """A sheet with the row that is most like the declared header."""

    grid: _Grid
    row: int
    levels: int
    score: int
    fits: bool
    #: Whether every column that must be there is, with rows below.
    whole: bool

    def beats(self, other: _Candidate) -> bool:
        mine, others = (self.fits, self.whole, self.score), (other.fits, other.whole, other.score)
        return mine > others


class _Grid:
    """The texts of a sheet by row and column, with merged headers expanded on demand."""

    def __init__(self, file: str, tab: Tab, sheet: Sheet) -> None:
        self.file = file
        self.tab = tab
        self.sheet = sheet
        self.rows = sorted(sheet.cells)
        self.width = max((max(line) for line in sheet.cells.values()), default=0)

    def at(self, row: int, column: int) -> str:
        return self.sheet.cells.get(row, {}).get(column, "")

    def headers(self, row: int, levels: int) -> list[str]:
        """Spell the header whose first level stands in `row`, one text per column."""
        lines = self._unmerged(range(row, row + levels))
        found = []
        for column in range(1, self.width + 1):
            parts = [" ".join(line.get(column, "").split()) for line in lines]
            found.append(" / ".join(dict.fromkeys(part for part in parts if part)))
        return found

    def best_header(self, source: Source) -> tuple[int, int, int]:
        """Find the row where most declared headers stand: how many, where, and in how many rows.

        A header that was typed may stand in one row where an export has it in several.
        """
        labels = Labels(source)
        best = (0, 0, source.levels)
        for levels in {1, source.levels}:
            for row in self._likely(labels.whole, levels):
                headers = [folded(one) for one in self.headers(row, levels) if one]
                whole = len(labels.whole.intersection(headers))
                partly = len(labels.leaves.intersection(one.split(" / ")[-1] for one in headers))
                best = max(best, (2 * whole + partly, -row, levels))
        return best[0], -best[1], best[2]

    def keep_filled(self, source: Source, top: int) -> bool:
        """Forget the rows below the header that nobody filled in; tell whether any are left."""
        headers = self.headers(top, source.levels)
        beforehand = {
            headers.index(header) + 1
            for column in source.columns
            if column.names[0] in source.prefilled
            and (header := locate(column, headers)) is not None
        }
        bottom = top + source.levels - 1
        for row in [row for row in self.rows if row > bottom]:
            if beforehand.issuperset(self.sheet.cells[row]):
                del self.sheet.cells[row]
        self.rows = sorted(self.sheet.cells)
        return self.rows[-1] > bottom

    def table(self, source: Source, top: int, fixes: Sequence[Fix]) -> RawTable:
        """Read the rows below the header."""
        bottom = top + source.levels - 1
        if self.sheet.unsolved:
            raise UnreadableInput(
                f"{self.file}, row {self.sheet.unsolved.lstrip(ascii_uppercase)}, cell "
                f"{self.sheet.unsolved}: the formula has no stored result; open the file in Excel "
                "and save it, or write the value"
            )
        headers = unheaded(source, self.headers(top, source.levels))
        must_be_single(source, headers, bottom)
        if missing := _missing(source, headers):
            raise no_column(source, missing, headers)
        body, kept = Body(source), []
        for row in self.rows:
            if row > bottom:
                cells = self.sheet.cells[row]
                if body.is_data(cells[min(cells)], len(cells), row):
                    kept.append(row)
                    body.enter()
        if not kept:
            raise body.nothing()
        named = {column: header for column, header in enumerate(headers, 1) if header}
        if len(named) > _COLUMNS or len(named) * len(kept) > CELLS:
            raise UnreadableInput(
                f"{source.file}: a table of {len(named)} columns and {len(kept)} rows; at most "
                f"{_COLUMNS} columns and {CELLS} cells are read, so leave only the table in the "
                "sheet"
            )
        columns = {
            header: pd.Series([self.at(row, column) for row in kept], dtype="str")
            for column, header in named.items()
        }
        titles = tuple(
            self.at(row, column)
            for row in self.rows
            if row < top
            for column in sorted(self.sheet.cells[row])
        )
        return RawTable(
            source.file,
            self.tab.name,
            bottom,
            columns,
            np.array(kept, dtype=np.int64),
            titles,
            body.sections(),
            (*fixes, *body.totals()),
            body.faults(),
            tuple(self._hidden(source, named, kept)),
        )

    def _hidden(
        self, source: Source, named: Mapping[int, str], rows: Iterable[int]
    ) -> Iterator[tuple[int, str]]:
        """Name what is hidden of what is read: the sheet, columns by clean name, rows."""
        if self.tab.hidden:
            yield 0, ""
        known = declared(source, named.values())
        for column, header in named.items():
            if header in known and any(a <= column <= b for a, b in self.sheet.hidden_columns):
                yield 0, known[header].names[0]
        yield from ((row, "") for row in rows if row in self.sheet.hidden_rows)

    def _likely(self, labels: Iterable[str], levels: int) -> list[int]:
        """Give the rows that may be the header, from the labels in them and in those below."""
        wanted = {part for label in labels for part in (label, *label.split(" / "))}
        longest = 4 * max(map(len, wanted))
        met: dict[int, set[str]] = {}
        for row, cells in self.sheet.cells.items():
            texts = {folded(text) for text in cells.values() if len(text) <= longest}
            if found := wanted & texts:
                for first in range(max(1, row - levels + 1), row + 1):
                    met.setdefault(first, set()).update(found)
        return sorted(met, key=lambda row: (-len(met[row]), row))[:_CANDIDATES]

    def _unmerged(self, rows: range) -> list[dict[int, str]]:
        """Give the texts of rows by column, in merged areas that of their first cell."""
        lines = [dict(self.sheet.cells.get(row, {})) for row in rows]
        covered = 0
        for area in self.sheet.merged:
            if area.top > rows[-1] or area.bottom < rows[0]:
                continue
            columns = range(area.left, min(area.right, self.width) + 1)
            within = range(max(area.top, rows[0]), min(area.bottom, rows[-1]) + 1)
            covered += len(columns) * len(within)
            if covered > len(rows) * self.width:
                raise UnreadableInput(
                    f'{self.file}, sheet "{self.tab.name}", row {rows[0]}: merged areas lie over '
                    "one another; open the file in Excel and save it again"
                )
            for row in within:
                text = self.at(area.top, area.left)
                lines[row - rows[0]].update(dict.fromkeys(columns, text))
        return lines


def _candidate(source: Source, tab: Tab, sheet: Sheet) -> _Candidate:
    grid = _Grid(source.file, tab, sheet)
    score, row, levels = grid.best_header(source)
    headers = grid.headers(row, levels) if score else []
    fits = bool(score) and not _missing(source, headers)
    due = [one for one in source.columns if not (one.may_lack or one.monthly)]
    whole = fits and grid.rows[-1] >= row + levels and all(locate(one, headers) for one in due)
    return _Candidate(grid, row, levels, score, fits, whole)


def _missing(source: Source, headers: list[str]) -> str:
    """Name the first column that is not there, where fewer than half of them are."""
    wanted = [one for one in source.columns if not one.monthly]
    lacking = [one.header for one in wanted if locate(one, headers) is None]
    return lacking[0] if 2 * len(lacking) > len(wanted) else ""


def _left_aside(source: Source, best: _Candidate, tabs: Sequence[Tab]) -> list[Fix]:
    """Tell which sheet was read where there are others, or where it is hidden."""
    read = best.grid.tab
    others = ", ".join(_told(tab) for tab in tabs if tab is not read)
    if not others and not read.hidden:
        return []
    rule = f"hanya lembar {_told(read)} yang dibaca" + (f", bukan {others}" if others else "")
    row = best.row + source.levels - 1
    return [Fix(source.name, row, "", others, read.name, rule)]


def _told(tab: Tab) -> str:
    return f'"{tab.name}"' + (" (tersembunyi)" if tab.hidden else "")
