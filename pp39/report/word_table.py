"""A table of the report as a table of WordprocessingML, header rows repeated on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

#: Twentieths of a point in a millimetre, the unit of lengths.
_TWIPS = 1440 / 25.4
Content: TypeAlias = Callable[[ET.Element | None, bool, bool], str]


def word_table(grid: ET.Element, whole: float, title: str, content: Content) -> str:
    """Write the ``table`` element of a table.

    Parameters
    ----------
    grid : Element
        With ``colgroup``, ``thead`` and ``tbody``.
    whole : float
        Width of the text in millimetres.
    title : str
        What it is, for those who do not see it.
    content : callable
        Writes the paragraphs of a cell, an empty one for None, from whether it is bold and whether
        it is of the header.
    """
    widths = _widths(list(grid.iter("col")), whole)
    taken: dict[int, tuple[int, int]] = {}
    rows = [
        _row(row, widths, taken, content, head=section.tag == "thead")
        for section in grid
        if section.tag in ("thead", "tbody")
        for row in section
    ]
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(title)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    row: ET.Element,
    widths: Sequence[int],
    taken: dict[int, tuple[int, int]],
    content: Content,
    *,
    head: bool,
) -> str:
    cells: list[str] = []
    waiting = iter(row)
    bold = head or row.get("class") in ("jumlah", "kelompok")
    column = 0
    while column < len(widths):
        node, merged = None, "<w:vMerge/>"
        if column in taken:
            # A cell of a row above goes on here.
            across, left = taken.pop(column)
        else:
            node = next(waiting)
            across, left = int(node.get("colspan", 1)), int(node.get("rowspan", 1))
            merged = '<w:vMerge w:val="restart"/>' if left > 1 else ""
        if left > 1:
            taken[column] = (across, left - 1)
        inner = content(node, bold, head)
        cells.append(_cell(widths[column : column + across], inner, merged, head))
        column += across
    whole = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{whole}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(widths: Sequence[int], content: str, merged: str, head: bool) -> str:
    across = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if head else ""
    told = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/>{across}{merged}{shade}'
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{content}</w:tc>"


def _widths(columns: Sequence[ET.Element], whole: float) -> list[int]:
    """Give the widths of columns in twentieths of a point, as they share the page."""
    told = [(one.get("style") or "").removeprefix("width:").rstrip("%") for one in columns]
    shares = [float(one) for one in told if one]
    # A column that is as wide as it needs gets what the others have on average.
    usual = sum(shares) / len(shares) if shares else 1.0
    parts = [float(one) if one else usual for one in told]
    return [round(_TWIPS * whole * one / sum(parts)) for one in parts]
