"""How tall a table will be in print, roughly: enough to decide what is kept on one page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

# Width of the text on a portrait and on a landscape page, in millimetres.
_PORTRAIT, _LANDSCAPE = 160.0, 253.0
# Size of type, and what is left above and below the text of a cell, in points.
_POINTS = {"biasa": (9.5, 8.0), "kecil": (8.5, 6.4), "mini": (8.0, 5.0)}
_MM = 25.4 / 72
# Width of a letter on average, height of a line, and what is left between lines, by size of type.
_LETTER, _LINE, _BETWEEN = 0.5, 0.65, 0.48
# What a column takes that is as wide as its content, and the space beside its text.
_AUTO, _INSET = 22.0, 3.2


def column_widths(columns: Sequence[float | str], *, wide: bool) -> list[float]:
    """Share the width of the page among columns.

    Parameters
    ----------
    columns : sequence of float or str
        Shares of the free width, ``"auto"``, or lengths such as ``"18mm"``.
    wide : bool
        Whether the page is landscape.

    Examples
    --------
    >>> column_widths(["20mm", 1.0, 3.0], wide=False)
    [20.0, 35.0, 105.0]
    """
    fixed = [_length(one) if isinstance(one, str) else 0.0 for one in columns]
    free = max((_LANDSCAPE if wide else _PORTRAIT) - sum(fixed), 10.0)
    shares = sum(one for one in columns if not isinstance(one, str))
    return [
        known if isinstance(one, str) else free * one / shares
        for one, known in zip(columns, fixed, strict=True)
    ]


def text_height(paragraphs: Sequence[str], width: float, size: str) -> float:
    """Estimate the height of a cell.

    Parameters
    ----------
    paragraphs : sequence of str
        What it holds; line feeds break lines.
    width : float
        Its width in millimetres.
    size : {"biasa", "kecil", "mini"}
        Size of type.
    """
    point, around = (_MM * one for one in _POINTS[size])
    letters = max((width - _INSET) / (point * _LETTER), 1.0)
    lines = sum(max(ceil(len(line) / letters), 1) for one in paragraphs for line in one.split("\n"))
    return lines * point * (_LINE + _BETWEEN) - point * _BETWEEN + around


def _length(width: str) -> float:
    found = re.fullmatch(r"([0-9.]+)mm", width)
    return float(found[1]) if found else _AUTO
