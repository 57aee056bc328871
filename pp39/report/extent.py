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
# Width in ems of digits, of marks and at most of other letters; how much wider bold ones are; the
# space beside a cell's text in points; what a column of words is not narrowed below.
_EMS, _OTHER, _BOLD = {**dict.fromkeys("0123456789", 0.465), ".": 0.22, ",": 0.22}, 0.64, 1.11
_BESIDE = {"biasa": 4.5, "kecil": 4.0, "mini": 3.0}
_WORDS = 22.0


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


def figure_width(figure: str, size: str, *, bold: bool = False) -> float:
    """Give the width in millimetres that a printed figure takes with the space beside it.

    Parameters
    ----------
    figure : str
        As printed; a line breaks at its blanks alone.
    size : {"biasa", "kecil", "mini"}
        Size of type.
    bold : bool
        Whether it is a total.

    Examples
    --------
    >>> round(figure_width("180.000.000.000", "kecil"))
    22
    """
    words = figure.split() or [""]
    ems = max(sum(_EMS.get(one, _OTHER) for one in word) for word in words)
    return ems * (_BOLD if bold else 1.0) * _POINTS[size][0] * _MM + _BESIDE[size] * 2 * _MM


def fitted_widths(
    columns: Sequence[float | str], needed: Sequence[float], *, wide: bool
) -> list[float | str] | None:
    """Widen columns to what their figures take.

    Parameters
    ----------
    columns : sequence of float or str
        Widths as of `column_widths`.
    needed : sequence of float
        What the figures of each column take, in millimetres.
    wide : bool
        Whether the page is landscape.

    Returns
    -------
    list of float or str, or None
        The same widths where they suffice; None where the page has no room for wider ones and for
        the words beside them.

    Examples
    --------
    >>> fitted_widths(["20mm", 1.0, "16mm"], [0, 0, 21.5], wide=False)
    ['20mm', 1.0, '21.5mm']
    """
    found = list(columns)
    while short := [
        place
        for place, (has, needs) in enumerate(
            zip(column_widths(found, wide=wide), needed, strict=True)
        )
        if has < needs and found[place] != "auto"
    ]:
        for place in short:
            # Rounded up, so that it suffices.
            found[place] = f"{ceil(needed[place] * 10) / 10:g}mm"
        words = [one for one in found if not isinstance(one, str)]
        fixed = sum(_length(one) for one in found if isinstance(one, str))
        if fixed + _WORDS * len(words) > (_LANDSCAPE if wide else _PORTRAIT):
            return None
    return found


def _length(width: str) -> float:
    found = re.fullmatch(r"([0-9.]+)mm", width)
    return float(found[1]) if found else _AUTO
