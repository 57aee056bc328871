"""Reading a sheet of a workbook: header found by its labels, merged cells, sections, footer."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from pp39.errors import UnreadableInput
from pp39.periods import MONTHS
from pp39.sources.declaration import Source
from pp39.sources.raw import RawTable, folded, locate, must_exist, no_column

__all__ = ["read_workbook"]

# An element <f>, in whatever namespace; or UTF-16, in which it would not be found.
_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]|\x00")


def read_workbook(source: Source, path: Path) -> RawTable:
    """Read the texts of the sheet that holds the declared header.

    The header is where most declared labels stand, in whatever row; its merged levels are joined by
    ``" / "``. Rows below it count until the footer. Numbers are spelled so that they read back
    exactly; a cell in a percent format is spelled in percent units with a percent sign.

    Parameters
    ----------
    source : Source
        Declaration.
    path : pathlib.Path
        The file.

    Returns
    -------
    RawTable
        Texts by header; ``rows`` are row numbers of the sheet.

    Raises
    ------
    MissingInput, UnreadableInput
        With a sentence that names file, row and what would be right.
    """
    grids = [_Grid(sheet) for sheet in _sheets(path)]
    scored = [(grid.best_header(source), index) for index, grid in enumerate(grids)]
    (score, row), index = max(scored, key=lambda one: (one[0][0], -one[1]))
    if not score:
        wanted = ", ".join(f'"{column.header}"' for column in source.columns[:4])
        raise UnreadableInput(
            f"{source.file}: no row with the headers {wanted} was found in any sheet; "
            "put the header row back above the data"
        )
    return grids[index].table(source, row)


class _Grid:
    """The texts of a sheet by row and column, with merged headers expanded on demand."""

    def __init__(self, sheet: Worksheet) -> None:
        self.name = sheet.title
        self.width = sheet.max_column
        self.height = sheet.max_row
        self.cells = {
            (cell.row, cell.column): _text(cell)
            for line in sheet.iter_rows()
            for cell in line
            if isinstance(cell, Cell) and cell.value is not None
        }
        self.anchors = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }

    def at(self, row: int, column: int) -> str:
        return self.cells.get((row, column), "")

    def headers(self, row: int, levels: int) -> list[str]:
        """Spell the header whose first level stands in `row`, one text per column."""
        found = []
        for column in range(1, self.width + 1):
            parts: list[str] = []
            for level in range(row, row + levels):
                part = " ".join(
                    self.at(*self.anchors.get((level, column), (level, column))).split()
                )
                if part and part not in parts:
                    parts.append(part)
            found.append(" / ".join(parts))
        return found

    def best_header(self, source: Source) -> tuple[int, int]:
        """Find the row where most declared headers stand, and how many do."""
        labels = {
            folded(label.replace("{bulan}", MONTHS[0]))
            for column in source.columns
            for label in (column.header, *column.spellings)
        }
        leaves = {label.split(" / ")[-1] for label in labels}
        best = (0, 0)
        for row in range(1, self.height + 1):
            headers = [folded(one) for one in self.headers(row, source.levels) if one]
            whole = len(labels.intersection(headers))
            partly = len(leaves.intersection(one.split(" / ")[-1] for one in headers))
            best = max(best, (2 * whole + partly, -row))
        return best[0], -best[1]

    def table(self, source: Source, top: int) -> RawTable:
        """Read the rows below the header."""
        headers = self.headers(top, source.levels)
        self._must_be_single(source, headers, top + source.levels - 1)
        present = [locate(one, headers) for one in source.columns if not one.monthly]
        if sum(one is not None for one in present) * 2 < len(present):
            missing = next(
                one
                for one, at in zip(
                    [c for c in source.columns if not c.monthly], present, strict=True
                )
                if at is None
            )
            raise no_column(source, missing.header, headers)
        kept: list[int] = []
        sections: dict[str, list[str]] = {name: [] for name in _section_names(source)}
        current = dict.fromkeys(sections, "")
        footer = 0
        for row in range(top + source.levels, self.height + 1):
            texts = [(c, self.at(row, c)) for c in range(1, self.width + 1) if self.at(row, c)]
            if not texts:
                continue
            if footer and len(texts) > 1:
                raise UnreadableInput(
                    f"{source.file}, row {row}: a row of data stands below the footer in row "
                    f"{footer}; move it above"
                )
            first = texts[0][1].strip()
            if len(texts) == 1 and first.casefold().startswith(
                tuple(one.casefold() for one in source.footer)
            ):
                footer = row
                continue
            if len(texts) == 1 and source.section:
                match = re.fullmatch(source.section.pattern, first)
                if match is None:
                    raise UnreadableInput(
                        f'{source.file}, row {row}: "{first}" is neither a row of data nor the '
                        "head of a group; complete the row or remove it"
                    )
                current = dict(
                    zip(sections, (part.strip() for part in match.groups()), strict=True)
                )
                continue
            kept.append(row)
            for name, value in current.items():
                sections[name].append(value)
        if not kept:
            raise UnreadableInput(
                f"{source.file} has a header but no rows below it; add the rows of data"
            )
        columns = {
            header: _series(self.at(row, column) for row in kept)
            for column, header in enumerate(headers, 1)
            if header
        }
        titles = tuple(
            text for (row, _), text in sorted(self.cells.items()) if row < top and text.strip()
        )
        return RawTable(
            source.file,
            self.name,
            top + source.levels - 1,
            columns,
            np.array(kept, dtype=np.int64),
            titles,
            {name: _series(values) for name, values in sections.items()},
        )

    @staticmethod
    def _must_be_single(source: Source, headers: list[str], row: int) -> None:
        seen: set[str] = set()
        for header in headers:
            if header and folded(header) in seen:
                raise UnreadableInput(
                    f'{source.file}, row {row}: column "{header}" stands twice; '
                    "give every column its own header"
                )
            seen.add(folded(header))


def _sheets(path: Path) -> list[Worksheet]:
    content = must_exist(path)
    if not content.startswith(b"PK\x03\x04"):
        kind = "an old .xls workbook" if content.startswith(b"\xd0\xcf\x11\xe0") else "not one"
        raise UnreadableInput(
            f"{path.name} has the name of an Excel workbook (.xlsx) but is {kind}; save it as .xlsx"
        )
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
        if not _may_have_formulas(content):
            return list(book.worksheets)
        written = load_workbook(io.BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise UnreadableInput(
            f"{path.name} is a damaged Excel workbook; open it in Excel and save it as .xlsx again"
        ) from None
    for sheet in book.worksheets:
        for line in written[sheet.title].iter_rows():
            for cell in line:
                if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                    raise UnreadableInput(
                        f"{path.name}, row {cell.row}, cell {cell.coordinate}: the formula has no "
                        "stored result; open the file in Excel and save it, or write the value"
                    )
    return list(book.worksheets)


def _may_have_formulas(content: bytes) -> bool:
    """Tell whether a workbook has to be loaded with its formulas, which takes as long again."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        try:
            return any(_FORMULA.search(parts.read(name)) for name in parts.namelist())
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
            # A part that cannot be read, such as a picture, need not be one of those that count.
            return True


def _text(cell: Cell) -> str:
    """Spell the value of a cell so that it reads back exactly."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = Decimal(repr(value))
        if "%" in str(cell.number_format):
            return f"{(number * 100).normalize():f}%"
        text = f"{number.normalize():f}"
        # Three decimals would look like a group of thousands; a zero behind them removes doubt.
        return text + "0" if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text) else text
    return str(value)


def _section_names(source: Source) -> tuple[str, ...]:
    return source.section.names if source.section else ()


def _series(values: Iterable[str]) -> pd.Series[str]:
    return pd.Series(list(values), dtype="str")
