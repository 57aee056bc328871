"""The tables of a page of HTML, which some systems hand out under the name of a workbook."""

from __future__ import annotations

from html.parser import HTMLParser

from pp39.sources.spreadsheet import CELLS, Area, Sheet

# Columns and rows that one cell may cover.
_SPAN = 200


def sheet_of_page(content: bytes) -> Sheet:
    """Give all tables of a page, one below the other, as one sheet.

    Examples
    --------
    >>> page = b"<table><tr><th colspan=2>Realisasi</th></tr><tr><td>Lalu<td>Ini</table>"
    >>> sheet_of_page(page).cells
    {1: {1: 'Realisasi'}, 2: {1: 'Lalu', 2: 'Ini'}}
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    page = _Page()
    page.feed(text)
    page.close()
    told = {
        row: {column: tidy for column, text in cells.items() if (tidy := " ".join(text.split()))}
        for row, cells in page.cells.items()
    }
    return Sheet({row: cells for row, cells in told.items() if cells}, page.merged)


class _Page(HTMLParser):
    """Rows and cells as their tags begin; what ends them is often left out."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[int, dict[int, str]] = {}
        self.merged: list[Area] = []
        self._row = 0
        self._column = 0
        self._count = 0
        self._inside = False
        # Column -> last row that a cell from above covers.
        self._covered: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row += 1
            self._column = 0
            self._inside = False
        elif tag in ("td", "th") and self._row:
            self._begin(dict(attrs))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._count <= CELLS:
            cells = self.cells.setdefault(self._row, {})
            cells[self._column] = cells.get(self._column, "") + data

    def _begin(self, given: dict[str, str | None]) -> None:
        self._column += 1
        while self._covered.get(self._column, 0) >= self._row:
            self._column += 1
        self._inside = True
        self._count += 1
        wide, high = (_span(given.get(name)) for name in ("colspan", "rowspan"))
        if wide == high == 1:
            return
        last, bottom = self._column + wide - 1, self._row + high - 1
        self.merged.append(Area(self._row, self._column, bottom, last))
        self._covered |= dict.fromkeys(range(self._column, last + 1), bottom)


def _span(text: str | None) -> int:
    return max(1, min(int(text), _SPAN)) if text and text.isdecimal() else 1
