"""Writing exports as the systems write them: inline strings and numbers such as 2.037392E10."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["Page", "letters", "write_csv", "write_xlsx"]

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass
class Page:
    """A sheet: cells by row and column, from 1, and merged areas."""

    title: str = "Sheet1"
    cells: dict[tuple[int, int], str | int | float] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, *values: str | int | float | None) -> None:
        for at, value in enumerate(values, column):
            if value is not None and value != "":
                self.cells[row, at] = value

    @property
    def last(self) -> int:
        return max(row for row, _ in self.cells)


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def write_xlsx(path: Path, page: Page, scientific: bool = True) -> Path:
    rows: dict[int, list[tuple[int, str | int | float]]] = {}
    for (row, column), value in sorted(page.cells.items()):
        rows.setdefault(row, []).append((column, value))
    xml = []
    for row, cells in rows.items():
        made = []
        for column, value in cells:
            place = f'r="{letters(column)}{row}"'
            if isinstance(value, str):
                text = f"<is><r><t>{escape(value)}</t></r></is>"
                made.append(f'<c {place} t="inlineStr">{text}</c>')
            else:
                made.append(f"<c {place}><v>{_number(value) if scientific else value}</v></c>")
        xml.append(f'<row r="{row}">{"".join(made)}</row>')
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in page.merged)
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr(
            "_rels/.rels",
            f'{head}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_DOCUMENT}/'
            'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            f'{head}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets><sheet name="'
            f'{escape(page.title)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{head}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_DOCUMENT}/'
            'worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        file.writestr(
            "xl/worksheets/sheet1.xml",
            f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(xml)}</sheetData>{merged}'
            "</worksheet>",
        )
    return path


def _number(value: int | float) -> str:
    """Spell a number as Java does."""
    if isinstance(value, int) and abs(value) >= 10**7:
        head, power = f"{value:.15e}".split("e")
        return f"{head.rstrip('0').rstrip('.')}E{int(power)}"
    return str(float(value))


def write_csv(path: Path, page: Page, mark: bool = True, end: str = "\r\n") -> Path:
    """Write it with ; between the cells, Indonesian numbers and, mostly, a byte order mark."""
    width = max(column for _, column in page.cells)
    lines = []
    for row in range(1, page.last + 1):
        cells = [page.cells.get((row, column), "") for column in range(1, width + 1)]
        lines.append(";".join(_spelled(one) for one in cells))
    text = end.join(lines) + end
    path.write_bytes(("\ufeff" if mark else "").encode() + text.encode())
    return path


def _spelled(value: str | int | float) -> str:
    if isinstance(value, str):
        return f'"{value}"' if ";" in value else value
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
