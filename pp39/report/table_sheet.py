"""Tables of the report as tables of a workbook: the same rows, figures as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pp39.ledger import Quantity
from pp39.report import sheets
from pp39.report.column import column_names
from pp39.report.inline import Number, part_plain
from pp39.report.table import Content, Row, Table, TableCell


def table_sheet(name: str, title: str, told: str, tables: Iterable[Table]) -> sheets.Sheet:
    """Put tables of a report onto one sheet, one below the other.

    Parameters
    ----------
    name, title, told : str
        As of `pp39.report.sheets.Sheet`.
    tables : iterable of Table
        Without cells that span rows; the one cell of a heading row stands in the first column.
    """
    return sheets.Sheet(name, title, told, tuple(map(_table, tables)))


def _table(table: Table) -> sheets.Table:
    names = sheets.different(" ".join(one.split()) for one in column_names(table.columns))
    rows = [_row(one if isinstance(one, Row) else Row(*one), len(names)) for one in table.rows]
    widths = [40, *(22 for _ in names[1:])]
    return sheets.Table(names, rows, widths, table.title)


def _row(row: Row, width: int) -> Sequence[sheets.Cell]:
    cells = [_cell(one) for one in row.cells]
    return [*cells, *[None] * (width - len(cells))]


def _cell(content: Content) -> sheets.Cell:
    if isinstance(content, TableCell):
        return _cell(content.content)
    if content is None or isinstance(content, Quantity):
        return content
    if isinstance(content, Number):
        if content.style == "ribu":
            thousand = content.quantity.value / 1000
            return replace(content.quantity, value=thousand, unit="", decimals=0)
        return content.quantity
    if isinstance(content, (list, tuple)):
        return "; ".join(map(part_plain, content)) or None
    return part_plain(content) or None  # type: ignore[arg-type]
