"""Reading a CSV strictly: one encoding, one separator, every row as long as the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as pa_csv

from pp39.errors import UnreadableInput
from pp39.sources.declaration import Source
from pp39.sources.fixes import Fix
from pp39.sources.mask import unheaded
from pp39.sources.raw import RawTable, folded, must_exist
from pp39.sources.separator import separator_of
from pp39.sources.texts import blanks

if TYPE_CHECKING:
    import _csv

__all__ = ["read_csv"]

# Rows are turned into columns in blocks, so that a million rows never stand as lists at once.
_BLOCK = 65536


def read_csv(source: Source, path: Path) -> RawTable:
    """Read the texts of a CSV.

    The header tells the separator. A byte order mark, either kind of line end and blank lines are
    accepted; blank cells behind the last header (trailing separators) are dropped and logged.

    Parameters
    ----------
    source : Source
        Declaration.
    path : pathlib.Path
        The file.

    Returns
    -------
    RawTable
        Texts by header; ``rows`` are line numbers.

    Raises
    ------
    MissingInput, UnreadableInput
        With a sentence that names file, row and what would be right.
    """
    text = _decoded(path)
    quick = _plainly(source, text)
    return _strictly(source, text) if quick is None else quick


def _plainly(source: Source, text: str) -> RawTable | None:
    """Read a text that has nothing to put right in compiled code; None if it may have something.

    No quotation marks, no blank lines or rows, every row as long as the header: what is left needs
    no judgement. Everything else is read strictly, row by row.
    """
    first, _, below = text.partition("\n")
    separator = separator_of(source, first)
    odd = ('"', "\n\n", "\n\r\n")
    if not below or below[0] in "\r\n" or any(mark in text for mark in odd):
        return None
    if text.count("\r") != text.count("\r\n"):
        return None
    fixes: list[Fix] = []
    names = _Walk(source, first, separator).header(fixes)
    if not all(names):
        return None
    numbered = [str(place) for place in range(len(names))]
    try:
        table = pa_csv.read_csv(
            pa.py_buffer(below.encode()),
            pa_csv.ReadOptions(column_names=numbered, use_threads=False),
            pa_csv.ParseOptions(delimiter=separator, quote_char=False),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(numbered, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = dict(zip(names, (column.to_pandas() for column in table.columns), strict=True))
    blank = np.ones(table.num_rows, dtype=bool)
    for column in columns.values():
        blank &= blanks(column).to_numpy(dtype=bool)
        if not blank.any():
            break
    if blank.any():
        return None
    lines = np.arange(2, table.num_rows + 2, dtype=np.int64)
    return RawTable(source.file, None, 1, columns, lines, fixes=tuple(fixes))


def _strictly(source: Source, text: str) -> RawTable:
    blocks: list[list[pa.Array]] = []
    fixes: list[Fix] = []
    walk = _Walk(source, text, separator_of(source, text[: text.find("\n") + 1] or text))
    names = walk.header(fixes)
    skipped: list[int] = []
    seen = 0
    for block in walk.blocks():
        kept = block
        joined = map("".join, block)
        if set(map(len, block)) != {len(names)} or not all(map(str.strip, joined)):
            kept = []
            for offset, row in enumerate(block):
                if any(cell.strip() for cell in row):
                    kept.append(walk.mended(row, seen + offset, names, fixes))
                else:
                    skipped.append(seen + offset)
        seen += len(block)
        if kept:
            blocks.append([pa.array(cells, pa.large_string()) for cells in zip(*kept, strict=True)])
    if not blocks:
        raise UnreadableInput(
            f"{source.file} has a header but no rows below it; add the rows of data"
        )
    lines = walk.lines(seen)
    if skipped:
        lines = np.delete(lines, skipped)
    columns = {
        name: pa.chunked_array([block[index] for block in blocks]).to_pandas()
        for index, name in enumerate(names)
        if name
    }
    for index, name in enumerate(names):
        if not name:
            _must_be_blank(source, [block[index] for block in blocks], lines)
            fixes.append(Fix(source.name, 1, "", "", "", "kolom kosong tanpa judul diabaikan"))
    return RawTable(source.file, None, 1, columns, lines, fixes=tuple(fixes))


class _Walk:
    """One pass over the records of a text, able to say in which line a record starts."""

    def __init__(self, source: Source, text: str, separator: str) -> None:
        self.source = source
        self.text = text
        self.separator = separator
        self.reader = self._reader()

    def header(self, fixes: list[Fix]) -> list[str]:
        """Take the header; check it for repeats and for a separator that is not known."""
        raw = self._next_block(1)
        tidy = [" ".join(name.split()) for name in raw[0]] if raw else []
        if len(tidy) == 1 and (other := next((one for one in "|:" if one in tidy[0]), "")):
            raise UnreadableInput(
                f'{self.source.file}: the columns are separated by "{other}"; '
                'write "," or ";" between them'
            )
        names = unheaded(self.source, tidy)
        seen: set[str] = set()
        for name in names:
            if name and folded(name) in seen:
                raise UnreadableInput(
                    f'{self.source.file}, row 1: column "{name}" stands twice; '
                    "give every column its own header"
                )
            seen.add(folded(name))
        for before, after, shown in zip(raw[0], tidy, names, strict=True):
            if before != after and after == shown:
                fixes.append(Fix(self.source.name, 1, after, before, after, "spasi dirapikan"))
        return names

    def blocks(self) -> Iterator[list[list[str]]]:
        """Give the records below the header, block by block."""
        while block := self._next_block(_BLOCK):
            yield block

    def mended(self, row: list[str], index: int, names: list[str], fixes: list[Fix]) -> list[str]:
        """Cut trailing delimiters off a row, or refuse it because it is too short or too long."""
        width = len(names)
        line = self._line_of(index)
        if len(row) == width:
            return row
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            rule = "pemisah berlebih di akhir baris dibuang"
            mark = self.separator
            fixes.append(Fix(self.source.name, line, "", mark * (len(row) - width), "", rule))
            return row[:width]
        columns = ", ".join(name for name in names if name)
        shown = "tab" if self.separator == "\t" else self.separator
        raise UnreadableInput(
            f"{self.source.file}, row {line}: {len(row)} cells instead of {width}; write one cell "
            f'for each of {columns}, with "{shown}" between them as in the header '
            "and quotation marks around a cell that holds one"
        )

    def lines(self, count: int) -> npt.NDArray[np.int64]:
        """Give the line in which each of `count` records below the header starts."""
        end = self.reader.line_num
        if end == count + 1:
            return np.arange(2, count + 2, dtype=np.int64)
        starts = np.empty(count, dtype=np.int64)
        for index, start in enumerate(islice(self._starts(), 1, count + 1)):
            starts[index] = start
        return starts

    def _next_block(self, size: int) -> list[list[str]]:
        # Line numbers stay simple as long as no cell holds a line break; see `lines`.
        block: list[list[str]] = []
        try:
            block.extend(islice(self.reader, size))
        except csv.Error as error:
            raise self._broken(error) from None
        return block

    def _reader(self) -> _csv.Reader:
        return csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)

    def _starts(self) -> Iterator[int]:
        reader = self._reader()
        while True:
            start = reader.line_num + 1
            try:
                next(reader)
            except StopIteration:
                return
            yield start

    def _line_of(self, index: int) -> int:
        return next(islice(self._starts(), index + 1, None))

    def _broken(self, error: csv.Error) -> UnreadableInput:
        start = self._last_good() + 1
        told = str(error)
        if "unexpected end of data" in told or "field larger" in told:
            what = "a quotation mark is opened and not closed; close it or remove it"
        elif "expected after" in told:
            what = (
                "a quotation mark stands inside a quoted cell, or one before it is not closed; "
                'write "" for a mark that belongs to the text'
            )
        else:
            what = f"the row cannot be taken apart ({told}); save the file as CSV again"
        return UnreadableInput(f"{self.source.file}, row {start}: {what}")

    def _last_good(self) -> int:
        reader = self._reader()
        last = 0
        try:
            for _ in reader:
                last = reader.line_num
        except csv.Error:
            pass
        return last


def _decoded(path: Path) -> str:
    content = must_exist(path)
    name = path.name
    if content.startswith(b"PK\x03\x04") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableInput(
            f"{name} is an Excel workbook with the name of a CSV; save it as CSV UTF-8"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4096]:
        raise UnreadableInput(f"{name} is UTF-16, not UTF-8 text; save it as CSV UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"{name}, row {row}: byte 0x{content[error.start]:02X} is not UTF-8 text; "
            "save the file as CSV UTF-8"
        ) from None
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableInput(f"{name}, row {row}: a NUL byte; save the file as CSV UTF-8.")
    return text


def _must_be_blank(source: Source, chunks: list[pa.Array], lines: npt.NDArray[np.int64]) -> None:
    cells: pd.Series[str] = pa.chunked_array(chunks).to_pandas()
    filled = np.flatnonzero(~blanks(cells))
    if filled.size:
        raise UnreadableInput(
            f"{source.file}, row {lines[filled[0]]}: a cell stands in a column without a header; "
            "give the column a header or empty the cell"
        )
