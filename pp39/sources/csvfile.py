"""Reading a CSV strictly: one encoding, one separator, every row as long as the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import csv as pa_csv

from pp39.errors import UnreadableInput
from pp39.sources.body import Body
from pp39.sources.declaration import Source
from pp39.sources.encoding import decoded
from pp39.sources.fixes import Fix
from pp39.sources.head import Head, head_of
from pp39.sources.mask import unheaded
from pp39.sources.raw import LISTED, RawTable, must_be_single, must_exist, no_header
from pp39.sources.texts import blanks
from pp39.told import listed

if TYPE_CHECKING:
    import _csv

# Rows are turned into columns in blocks, so that a million rows never stand as lists at once.
_BLOCK = 65536
# Rows at the end among which a footer is looked for.
_FOOTER = 9
# Columns of the widest table; more are an accident of the export.
_WIDEST = 1000
# Letters of the longest cell, as in a spreadsheet.
_LONGEST = 32_767
_TOO_LONG = f"a cell of {{count}} letters; a cell may hold {_LONGEST:,}, as in a spreadsheet"


def read_csv(source: Source, path: Path) -> RawTable:
    """Read the texts of a CSV.

    The header is found by its labels and tells the separator. A byte order mark, any kind of line
    end, titles above the header, blank lines and a footer are accepted; blank cells behind the last
    header (trailing separators) are dropped and logged.

    Returns
    -------
    RawTable
        Texts by header; ``rows`` are line numbers; ``faults`` tells of rows that are no rows.

    Raises
    ------
    MissingInput, UnreadableInput
        With a sentence that names file, row and what would be right.
    """
    text, left_out = decoded(must_exist(path), source.file)
    head = head_of(source, text)
    if not head.cells:
        # What cannot be taken apart is a better reason than a header that was not found in it.
        for _ in _Walk(source, text, head).blocks():
            pass
        raise no_header(source)
    raw = _plainly(source, text, head) or _strictly(source, text, head)
    if not left_out:
        return raw
    noted = (Fix(source.name, 1, "", "", "", rule) for rule in left_out)
    return replace(raw, fixes=(*noted, *raw.fixes))


def _plainly(source: Source, text: str, head: Head) -> RawTable | None:
    """Read a text that has nothing to put right in compiled code; None if it may have something.

    No quotation marks, no blank lines or rows, no footer, every row as long as the header: what is
    left needs no judgement. Everything else is read strictly, row by row.
    """
    below = text[head.size :]
    if source.section or _has_odd_lines(below):
        return None
    fixes: list[Fix] = []
    names = _names(source, head, fixes)
    if not all(names):
        return None
    numbered = [str(place) for place in range(len(names))]
    try:
        table = pa_csv.read_csv(
            pa.py_buffer(below.encode()),
            pa_csv.ReadOptions(column_names=numbered, use_threads=False),
            pa_csv.ParseOptions(delimiter=head.separator, quote_char=False),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(numbered, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    lasts = table.slice(max(0, table.num_rows - _FOOTER)).to_pylist()
    footed = any(source.below.match(_first(one.values())) for one in lasts)
    if footed or any(map(_too_long, table.columns)):
        return None
    columns = dict(zip(names, (column.to_pandas() for column in table.columns), strict=True))
    blank = np.ones(table.num_rows, dtype=bool)
    for column in columns.values():
        blank &= blanks(column).to_numpy(dtype=bool)
        if not blank.any():
            break
    if blank.any():
        return None
    lines = np.arange(head.row + 1, head.row + 1 + table.num_rows, dtype=np.int64)
    return RawTable(source.file, None, head.row, columns, lines, head.titles, fixes=tuple(fixes))


def _has_odd_lines(below: str) -> bool:
    """Tell whether there may be quoted cells, blank lines or line ends of several kinds."""
    if not below or below[0] in "\r\n" or any(one in below for one in ('"', "\n\n", "\n\r\n")):
        return True
    return "\r" in below and below.count("\r") != below.count("\r\n")


def _strictly(source: Source, text: str, head: Head) -> RawTable:
    blocks: list[list[pa.Array]] = []
    fixes: list[Fix] = []
    names = _names(source, head, fixes)
    walk = _Walk(source, text, head)
    rows = _Rows(source, head, names)
    seen = 0
    for block in walk.blocks():
        kept = rows.kept(block, seen)
        seen += len(block)
        if kept:
            blocks.append([pa.array(cells, pa.large_string()) for cells in zip(*kept, strict=True)])
    lines = walk.lines(seen)
    place = lines.tolist().__getitem__
    faults = rows.body.faults(place)
    if not blocks:
        raise rows.body.nothing(place)
    fixes += [*rows.cut(place), *rows.body.totals(place)]
    lines = np.delete(lines, rows.left_out)
    columns = {}
    for index, name in enumerate(names):
        column = pa.chunked_array([block[index] for block in blocks])
        if _too_long(column):
            raise _long_cell(source, name, column, lines)
        if name:
            columns[name] = column.to_pandas()
            continue
        _must_be_blank(source, column.to_pandas(), lines)
        fixes.append(Fix(source.name, head.row, "", "", "", "kolom kosong tanpa judul diabaikan"))
    return RawTable(
        source.file,
        None,
        head.row,
        columns,
        lines,
        head.titles,
        rows.body.sections(),
        tuple(fixes),
        faults,
    )


def _names(source: Source, head: Head, fixes: list[Fix]) -> list[str]:
    """Tidy the headers; refuse repeats and a separator that is not known."""
    tidy = [" ".join(name.split()) for name in head.cells]
    if len(tidy) == 1 and (other := next((one for one in "|:" if one in tidy[0]), "")):
        raise UnreadableInput(
            f'{source.file}: the columns are separated by "{other}"; write "," or ";" between them'
        )
    if len(tidy) > _WIDEST:
        raise UnreadableInput(
            f"{source.file}, row {head.row}: {len(tidy):,} columns; a table has at most "
            f"{_WIDEST:,}, so remove the others"
        )
    names = unheaded(source, tidy)
    must_be_single(source, names, head.row)
    for before, after, shown in zip(head.cells, tidy, names, strict=True):
        if before != after and after == shown:
            fixes.append(Fix(source.name, head.row, after, before, after, "spasi dirapikan"))
    return names


class _Rows:
    """Which records are rows of data, and what is wrong with the others."""

    def __init__(self, source: Source, head: Head, names: list[str]) -> None:
        self.source = source
        self.head = head
        self.names = names
        self.body = Body(source)
        self.left_out: list[int] = []
        self._cut: list[tuple[int, int]] = []

    def kept(self, block: list[list[str]], start: int) -> list[list[str]]:
        """Give the rows of data of a block whose first record has the number `start`."""
        plain = (
            self.body.free
            and set(map(len, block)) == {len(self.names)}
            and all(map(str.strip, map("".join, block)))
            and not any(self.source.below.match(_first(row)) for row in block)
        )
        if plain:
            return block
        kept = []
        for index, row in enumerate(block, start):
            filled = [one for cell in row if (one := cell.strip())]
            is_data = filled and self.body.is_data(filled[0], len(filled), index)
            whole = self._mended(row, index) if is_data else None
            if whole is None:
                self.left_out.append(index)
            else:
                kept.append(whole)
                self.body.enter()
        return kept

    def cut(self, place: Callable[[int], int]) -> list[Fix]:
        """Tell of trailing separators; `place` tells in which line a row is."""
        rule, mark = "pemisah berlebih di akhir baris dibuang", self.head.separator
        name = self.source.name
        return [Fix(name, place(row), "", mark * count, "", rule) for row, count in self._cut]

    def _mended(self, row: list[str], index: int) -> list[str] | None:
        """Cut trailing separators off a row; None for one that is too short or too long."""
        width = len(self.names)
        if len(row) == width:
            return row
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            self._cut.append((index, len(row) - width))
            return row[:width]
        columns = listed([name for name in self.names if name], LISTED)
        shown = "tab" if self.head.separator == "\t" else self.head.separator
        self.body.note(
            index,
            f"{len(row)} cells instead of {width}; write one cell "
            f'for each of {columns}, with "{shown}" between them as in the header '
            "and quotation marks around a cell that holds one",
        )
        return None


class _Walk:
    """One pass over the records below the header, able to say in which line a record starts."""

    def __init__(self, source: Source, text: str, head: Head) -> None:
        self.source = source
        self.head = head
        self.text = text[head.size :]
        self.reader = self._reader()

    def blocks(self) -> Iterator[list[list[str]]]:
        """Give the records, block by block."""
        try:
            while block := list(islice(self.reader, _BLOCK)):
                yield block
        except csv.Error as error:
            raise self._broken(error) from None

    def lines(self, count: int) -> npt.NDArray[np.int64]:
        """Give the line in which each of `count` records starts."""
        first = self.head.row + 1
        if self.reader.line_num == count:
            return np.arange(first, first + count, dtype=np.int64)
        starts = np.fromiter(islice(self._starts(), count), dtype=np.int64, count=count)
        return starts + self.head.row

    def _reader(self) -> _csv.Reader:
        lines = io.StringIO(self.text, newline="")
        return csv.reader(lines, delimiter=self.head.separator, strict=True)

    def _starts(self) -> Iterator[int]:
        """Give the lines in which records start, counted from 1 below the header."""
        reader = self._reader()
        start = 1
        for _ in reader:
            yield start
            start = reader.line_num + 1

    def _broken(self, error: csv.Error) -> UnreadableInput:
        start = self._last_good()
        told = str(error)
        line = next(islice(io.StringIO(self.text, newline=""), start, None), "")
        if "field larger" in told and len(line) > csv.field_size_limit():
            what = _TOO_LONG.format(count=f"more than {csv.field_size_limit():,}")
        elif "unexpected end of data" in told or "field larger" in told:
            what = "a quotation mark is opened and not closed; close it or remove it"
        elif "expected after" in told:
            what = (
                "a quotation mark stands inside a quoted cell, or one before it is not closed; "
                'write "" for a mark that belongs to the text'
            )
        else:
            what = f"the row cannot be taken apart ({told}); save the file as CSV again"
        return UnreadableInput(f"{self.source.file}, row {start + self.head.row + 1}: {what}")

    def _last_good(self) -> int:
        reader = self._reader()
        last = 0
        try:
            for _ in reader:
                last = reader.line_num
        except csv.Error:
            pass
        return last


def _first(row: Iterable[str]) -> str:
    return next((cell for cell in row if cell.strip()), "")


def _too_long(column: pa.ChunkedArray) -> bool:
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    # A letter takes up to four bytes.
    return longest > _LONGEST and (pc.max(pc.utf8_length(column)).as_py() or 0) > _LONGEST


def _long_cell(
    source: Source, name: str, column: pa.ChunkedArray, lines: npt.NDArray[np.int64]
) -> UnreadableInput:
    lengths = pc.utf8_length(column).to_numpy()
    first = int(np.argmax(lengths > _LONGEST))
    what = _TOO_LONG.format(count=f"{lengths[first]:,}")
    return UnreadableInput(f'{source.file}, row {lines[first]}, column "{name}": {what}')


def _must_be_blank(source: Source, cells: pd.Series[str], lines: npt.NDArray[np.int64]) -> None:
    filled = np.flatnonzero(~blanks(cells))
    if filled.size:
        raise UnreadableInput(
            f"{source.file}, row {lines[filled[0]]}: a cell stands in a column without a header; "
            "give the column a header or empty the cell"
        )
