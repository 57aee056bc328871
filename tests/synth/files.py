"""Writing made-up files: CSV and workbooks, the same bytes for the same content."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pp39 import handout

__all__ = ["Sheet", "write_csv", "write_frame", "write_workbook"]


@dataclass(frozen=True)
class Sheet:
    """A sheet as the source systems export it.

    Parameters
    ----------
    title : str
        Name of the sheet.
    above : sequence of str
        Lines above the header.
    header : sequence of sequence of str
        Levels of the header; an empty cell is merged with the one before it, and a blank lower
        level with the one above.
    rows : sequence of sequence
        Rows of data; a row of one cell heads a group.
    footer : str
        Line below.
    """

    title: str
    above: Sequence[str]
    header: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str | int]]
    footer: str


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ","
) -> None:
    """Write a CSV from rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a CSV from columns; a blank is an empty cell."""
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_workbook(path: Path, sheet: Sheet) -> None:
    """Write a workbook with a title, a merged header and a footer."""
    with handout.workbook() as (book, stream):
        page = book.add_worksheet(sheet.title)
        page.write_column(0, 0, sheet.above)
        top = len(sheet.above) + 1
        for level, names in enumerate(sheet.header):
            for column, name in enumerate(names):
                if name:
                    page.write(top + level, column, name)
        _merge_header(page, sheet.header, top)
        below = top + len(sheet.header)
        for offset, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value != "":
                    page.write(below + offset, column, value)
        page.write(below + len(sheet.rows), 0, sheet.footer)
    path.write_bytes(stream.getvalue())


def _merge_header(page: Worksheet, header: Sequence[Sequence[str]], top: int) -> None:
    if len(header) < 2:
        return
    upper, lower = header
    start = 0
    for column in range(1, len(upper) + 1):
        if column < len(upper) and not upper[column] and lower[column]:
            continue
        if column - start > 1:
            page.merge_range(top, start, top, column - 1, upper[start])
        elif not lower[start]:
            page.merge_range(top, start, top + 1, start, upper[start])
        start = column
