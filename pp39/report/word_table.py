"""A table of the report as a table of WordprocessingML, header rows repeated on every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

#: Twentieths of a point in a millimetre, the unit of lengths.
_TWIPS = 1440 / 25.4
#: What stands left and right of the text of a cell, unless a style says otherwise.
_BESIDE = 2 * 108
#: Width in ems of letters, and of bold ones, in the widest face that stands in for the styles'.
_EMS = ((re.compile("[0-9]"), 0.64), (re.compile("[.,:;]"), 0.32), (re.compile("[A-Z]"), 0.75))
_OTHER, _BOLD = 0.63, 1.12
#: The share of the page above which a word is broken rather than the other columns narrowed.
_MOST = 0.25
#: The share of the page up to which a line, such as a code, is not broken between its words.
_SHORT = 0.15
_WORDS, _LINES = re.compile(r"[\s\u00ad\u200b-]"), re.compile(r"\n")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:br/>|<w:tab/>|</w:p>")
Content: TypeAlias = Callable[[ET.Element | None, bool, bool], str]


class _Cell(NamedTuple):
    column: int
    across: int
    content: str
    merged: str
    head: bool

    def needs(self, points: float, parts: re.Pattern[str]) -> float:
        """Give the width of its longest part, a word or a line, in twentieths of a point."""
        shown = "".join(one[1] or "\n" for one in _TEXT.finditer(self.content))
        ems = max((_ems(one) for one in parts.split(unescape(shown))), default=0)
        return ems * (_BOLD if "<w:b/>" in self.content else 1) * points * 20 + _BESIDE


def word_table(grid: ET.Element, whole: float, points: float, title: str, content: Content) -> str:
    """Write the ``table`` element of a table.

    Parameters
    ----------
    grid : Element
        With ``colgroup``, ``thead`` and ``tbody``.
    whole : float
        Width of the text in millimetres.
    points : float
        Size of type.
    title : str
        What it is, for those who do not see it.
    content : callable
        Writes the paragraphs of a cell, an empty one for None, from whether it is bold and whether
        it is of the header.
    """
    told = [one.get("style") or "" for one in grid.iter("col")]
    taken: dict[int, tuple[int, int]] = {}
    rows = [
        list(_cells(row, len(told), taken, content, head=section.tag == "thead"))
        for section in grid
        if section.tag in ("thead", "tbody")
        for row in section
    ]
    words, lines = (_needed(rows, len(told), points, parts) for parts in (_WORDS, _LINES))
    shared = _widths(told, lines, round(_TWIPS * whole))
    most, short = (share * sum(shared) for share in (_MOST, _SHORT))
    words = [min(one, most) for one in words]
    widths = _fitted(
        _fitted(shared, words),
        [line if line <= short else word for word, line in zip(words, lines, strict=True)],
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(title)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_row(one, widths) for one in rows)}</w:tbl>"
    )


def _cells(
    row: ET.Element,
    columns: int,
    taken: dict[int, tuple[int, int]],
    content: Content,
    *,
    head: bool,
) -> Iterator[_Cell]:
    waiting = iter(row)
    bold = head or row.get("class") in ("jumlah", "kelompok")
    column = 0
    while column < columns:
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
        yield _Cell(column, across, content(node, bold, head), merged, head)
        column += across


def _row(cells: Iterable[_Cell], widths: Sequence[int]) -> str:
    told, head = "", False
    for one in cells:
        head = one.head
        across = f'<w:gridSpan w:val="{one.across}"/>' if one.across > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if head else ""
        width = sum(widths[one.column : one.column + one.across])
        looks = f'<w:tcW w:w="{width}" w:type="dxa"/>{across}{one.merged}{shade}'
        told += f"<w:tc><w:tcPr>{looks}</w:tcPr>{one.content}</w:tc>"
    whole = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{whole}</w:trPr>{told}</w:tr>"


def _ems(word: str) -> float:
    return sum(next((ems for kind, ems in _EMS if kind.match(one)), _OTHER) for one in word)


def _fitted(widths: Sequence[int], needed: Sequence[float]) -> list[int]:
    """Widen columns to what they need, as far as the others have more than they need."""
    spare = [has - needs for has, needs in zip(widths, needed, strict=True)]
    lack, room = -sum(one for one in spare if one < 0), sum(one for one in spare if one > 0)
    moved = min(lack, room)
    return [
        round(has - one * moved / (lack if one < 0 else room)) if one and moved else has
        for has, one in zip(widths, spare, strict=True)
    ]


def _needed(
    rows: Iterable[Sequence[_Cell]], columns: int, points: float, parts: re.Pattern[str]
) -> list[float]:
    needed = [0.0] * columns
    for cell in (one for row in rows for one in row if one.across == 1):
        needed[cell.column] = max(needed[cell.column], cell.needs(points, parts))
    return needed


def _widths(told: Sequence[str], lines: Sequence[float], whole: int) -> list[int]:
    """Give the widths of columns in twentieths of a point: what a line needs, or a share."""
    shares = [float(one.removeprefix("width:").rstrip("%")) if one else 0.0 for one in told]
    wanted = [min(line, _MOST * whole) for line in lines]
    needed = [0.0 if share else want for share, want in zip(shares, wanted, strict=True)]
    if not any(shares):
        return [round(whole * one / sum(needed)) for one in needed]
    # Columns with a share keep at least half of the page.
    less = min(1.0, whole / 2 / (sum(needed) or whole))
    room = (whole - less * sum(needed)) / sum(shares)
    return [round(less * one + room * share) for one, share in zip(needed, shares, strict=True)]
