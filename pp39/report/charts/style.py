"""One look for every chart: face, colours, number format, and a context that leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from importlib.resources import files
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes

from pp39.ledger import Quantity
from pp39.numbers import format_number

# Okabe and Ito's palette, darkest first, so that neighbours differ in grey print as well.
INK, GREY, FAINT = "#1c2430", "#56606e", "#c9d1da"
BLUE, ORANGE, GREEN, SKY, YELLOW = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#F0E442"
NAVY = "#123F6D"
# Vermilion is darkened so that white text on it has a contrast of 4.5.
VERMILION = "#B84A00"
SERIES = (NAVY, GREEN, SKY, YELLOW, "#CC79A7", VERMILION)

# Width of the text on a portrait A4 page, in inches, so that charts print at their own size.
WIDTH = 6.3

_STYLE = str(files("pp39.report.charts").joinpath("gaya.mplstyle"))


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw in the style of the report, whatever the user's matplotlibrc says; restore it after."""
    with matplotlib.style.context(["default", _STYLE]):
        yield


def limits(values: Iterable[float], room: float) -> tuple[float, float]:
    """Give the ends of an axis that holds zero and all values, with room for labels above.

    Parameters
    ----------
    values : iterable of float
        What is drawn; may be empty, all zero, or negative.
    room : float
        Room, as a share of the whole.

    Examples
    --------
    >>> limits([2.0, 4.0], 0.25), limits([0.0], 0.5), limits([-4.0], 0.5)
    ((0.0, 5.0), (0.0, 1.5), (-4.0, 2.0))
    """
    known = [0.0, *values]
    low, high = min(known), max(known)
    if low == high:
        high = 1.0
    return low, high + room * (high - low)


def short_rupiah(quantity: Quantity) -> str:
    """Write an amount of money short, for a label in a chart.

    Examples
    --------
    >>> short_rupiah(Quantity.constant(812345678)), short_rupiah(Quantity.constant(9358210000))
    ('Rp812,3 juta', 'Rp9,36 miliar')
    """
    value = quantity.value
    if abs(value) >= 10**9:
        return f"Rp{format_number(value / 10**9, 2)} miliar"
    if abs(value) >= 10**6:
        return f"Rp{format_number(value / 10**6, 1)} juta"
    return f"Rp{format_number(Fraction(value))}"


def wrapped(label: str, width: int = 34) -> str:
    """Break a long label into lines of at most about `width` characters."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def legible_on(colour: str) -> str:
    """Choose white or ink for text on a colour, whichever has the higher contrast (WCAG 2)."""
    light = _luminance(colour)
    dark = _luminance(INK)
    return "white" if 1.05 / (light + 0.05) >= (light + 0.05) / (dark + 0.05) else INK


def centred(
    axes: Axes, at: tuple[float, float], text: str, va: str = "center", **look: Any
) -> None:
    """Write a text with its middle at a place, or with its foot or its head there."""
    axes.text(*at, text, ha="center", va=va, **look)


def bars_down(axes: Axes, labels: Sequence[str], ends: tuple[float, float], width: int) -> None:
    """Lay bars out from top to bottom, each with its label; the numbers stand at the bars."""
    axes.set_yticks(range(len(labels)), [wrapped(one, width) for one in labels])
    axes.invert_yaxis()
    axes.set_xlim(*ends)
    axes.set_xticks([])
    clear_axis(axes, ("bottom",))


def clear_axis(axes: Axes, sides: Sequence[str] = ("left", "bottom")) -> None:
    """Take away spines and tick marks that say nothing."""
    for side in sides:
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
