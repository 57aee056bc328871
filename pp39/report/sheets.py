"""An accessible workbook: named sheets of plain tables, reachable from a list of contents.

Statistical offices ask for what is kept to here: no merged cells, no blank rows inside a table, a
title in A1 and a sentence below it that says what the sheet holds, a header row that stays in view
and that screen readers know, no meaning carried by colour alone. A text is written as a text,
whatever it looks like, so that no cell is a formula but those that are meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count
from operator import attrgetter
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from pp39 import handout
from pp39.characters import visible
from pp39.ledger import Quantity

_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
#: As many digits as a spreadsheet keeps; what has more is written as text.
_DIGITS = 15
_WIDEST = 60


@dataclass(frozen=True)
class Formula:
    """A live formula and the value it has."""

    #: As a spreadsheet takes it in English, with the equals sign.
    text: str
    #: What it gives; viewers that compute nothing show it.
    value: Fraction
    #: Number format.
    format: str = "#,##0.00####"


@dataclass(frozen=True)
class Link:
    """A text that leads to another sheet or a file."""

    #: What is shown.
    text: str
    #: ``internal:'Sheet'!A1``, or a path relative to the workbook.
    target: str


Cell = str | int | float | Fraction | Decimal | Quantity | Formula | Link | None
Told = tuple[str, int, str | Callable[[Any], Cell]]
"""A column: its name, its width, and of an item the attribute, or what else, its cells hold."""


@dataclass(frozen=True)
class Table:
    """A table on a sheet."""

    #: Names of the columns, each different.
    header: Sequence[str]
    #: As many cells as there are columns.
    rows: Sequence[Sequence[Cell]]
    #: In characters; by default as the names of the columns need.
    widths: Sequence[int] = ()
    #: Stands above it; the first of a sheet has the title of the sheet.
    caption: str = ""

    @classmethod
    def of(cls, items: Iterable[Any], columns: Sequence[Told]) -> Table:
        """Give a row to each item."""
        header, widths, reads = zip(*columns, strict=True)
        cells = [attrgetter(one) if isinstance(one, str) else one for one in reads]
        return cls(header, [[cell(item) for cell in cells] for item in items], widths)


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table, or one below the other."""

    #: Of the sheet; see `sheet_names`.
    name: str
    #: Stands in A1.
    title: str
    #: What the sheet holds, in a sentence or two; stands in A2.
    told: str
    #: From top to bottom.
    tables: tuple[Table, ...]


def header_rows(lengths: Iterable[int]) -> Iterator[int]:
    """Give the row of the header, counted from 0, of tables with so many rows on one sheet.

    Examples
    --------
    >>> list(header_rows([3, 10, 1]))
    [2, 8, 21]
    """
    row = 2
    for length in lengths:
        yield row
        row += length + 3


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Give each sheet a name that spreadsheets allow and no other has.

    Examples
    --------
    >>> sheet_names(["IKU 1/2", "iku 1:2", "Anggaran"])
    ['IKU 1 2', 'iku 1 2 (2)', 'Anggaran']
    """
    allowed = (_FORBIDDEN.sub(" ", visible(one)).strip(" '") or "Lembar" for one in wanted)
    return different(allowed, _LONGEST_NAME)


def different(names: Iterable[str], longest: int | None = None) -> list[str]:
    """Tell names apart that would be the same, which a spreadsheet does not take.

    Examples
    --------
    >>> different(["Pagu", "Sisa", "pagu"]), different(["Pagu", "Pagu"], 4)
    (['Pagu', 'Sisa', 'pagu (2)'], ['Pagu', ' (2)'])
    """
    taken: dict[str, str] = {}
    for name in names:
        ends = ("" if n == 1 else f" ({n})" for n in count(1))
        tried = (f"{name[: longest and longest - len(end)]}{end}" for end in ends)
        found = next(one for one in tried if one.casefold() not in taken)
        taken[found.casefold()] = found
    return list(taken.values())


def workbook(title: str, author: str, told: str, sheets: Iterable[Sheet]) -> bytes:
    """Write a workbook: a sheet of contents, then the others; same content, same bytes."""
    listed = list(sheets)
    with handout.workbook(title=title, author=author) as (book, stream):
        writer = _Writer(book)
        links = [(Link(one.name, f"internal:'{one.name}'!A1"), one.title) for one in listed]
        contents = Table(("Lembar", "Isi"), links, (28, 90))
        for one in (Sheet("Daftar isi", title, told, (contents,)), *listed):
            writer.write(one)
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[str, xlsxwriter.format.Format] = {}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._caption = book.add_format({"bold": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
        )
        self._tables = 0

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name)
        page.write_string(0, 0, handout.defused(sheet.title), self._title)
        page.set_row(0, 20)
        page.write_string(1, 0, handout.defused(sheet.told))
        tops = header_rows(len(one.rows) for one in sheet.tables)
        widths = _widths(sheet.tables)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        for number, (top, table) in enumerate(zip(tops, sheet.tables, strict=False)):
            if number:
                page.write_string(top - 1, 0, handout.defused(table.caption), self._caption)
            self._table(page, top, table, widths)
        page.freeze_panes(3, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)

    def _table(
        self,
        page: xlsxwriter.worksheet.Worksheet,
        top: int,
        table: Table,
        widths: Sequence[int],
    ) -> None:
        for row, cells in enumerate((table.header, *table.rows), start=top):
            handout.heighten(page, row, zip(cells, widths, strict=False))
        for column, name in enumerate(table.header):
            page.write_string(top, column, name, self._header)
        for row, cells in enumerate(table.rows, start=top + 1):
            for column, cell in enumerate(cells):
                self._cell(page, row, column, cell)
        if table.rows:
            self._tables += 1
            columns = [{"header": one, "header_format": self._header} for one in table.header]
            page.add_table(
                top,
                0,
                top + len(table.rows),
                len(table.header) - 1,
                {
                    "name": f"Tabel{self._tables}",
                    "style": "Table Style Light 1",
                    "columns": columns,
                },
            )

    def _cell(self, page: xlsxwriter.worksheet.Worksheet, row: int, at: int, cell: Cell) -> None:
        if isinstance(cell, Link):
            inside = cell.target.startswith("internal:")
            target = cell.target if inside else f"external:{cell.target}"
            page.write_url(row, at, target, string=handout.defused(cell.text)[:_LONGEST_TEXT])
            return
        if isinstance(cell, Formula):
            page.write_formula(row, at, cell.text, self._format(cell.format), float(cell.value))
            return
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            page.write_string(row, at, handout.defused(cell)[:_LONGEST_TEXT], self._wrapped)
            return
        number, shown = (
            (cell.value, number_format(cell)) if isinstance(cell, Quantity) else (cell, None)
        )
        if len(str(abs(int(number)))) > _DIGITS:
            page.write_string(row, at, str(number))
            return
        page.write_number(row, at, float(number), self._format(shown or _plain_format(number)))

    def _format(self, number: str) -> xlsxwriter.format.Format:
        if number not in self._formats:
            self._formats[number] = self._book.add_format({"num_format": number, "valign": "top"})
        return self._formats[number]


def _widths(tables: Iterable[Table]) -> list[int]:
    """Give the widths of columns: each as the first table that has it wants."""
    found: list[int] = []
    for one in tables:
        named = [min(max(len(name) + 2, 12), _WIDEST) for name in one.header]
        found += (one.widths or named)[len(found) :]
    return found


def number_format(quantity: Quantity) -> str:
    """Give the number format that shows a figure as the report prints it, without its unit."""
    decimals = quantity.decimals
    if decimals is None:
        whole = quantity.unit == "Rp" or (quantity.value.denominator == 1 and quantity.unit != "%")
        decimals = 0 if whole else 2
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _plain_format(number: int | float | Fraction | Decimal) -> str:
    return "#,##0" if number == int(number) else "#,##0.00####"
