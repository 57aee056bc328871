"""The structure of the organisation as a figure: the head above, its parts side by side below."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from pp39.report.charts import Chart, Point, chart_style
from pp39.report.charts.style import BLUE, INK, WIDTH, legible_on, wrapped

_BINGKAI = 0.12
# Letters of a name in an inch.
_HURUF = 13


def bagan_struktur(bagian: Sequence[str]) -> Chart:
    """Draw the structure.

    Parameters
    ----------
    bagian : sequence of str
        Head first, then the parts that report to it.

    Raises
    ------
    ValueError
        If there is no head.
    """
    if not bagian:
        raise ValueError("the structure needs a head; set unit.struktur")
    head, *below = bagian
    many = max(len(below), 1)
    width = min(2.6, 6.2 / many)
    names = [wrapped(name, round((width - 0.3) * _HURUF)) for name in below]
    # Room for the longest name, on as many lines as it takes.
    more = 0.3 * max((name.count("\n") for name in names), default=0)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.82 + 0.48 * more if below else 0.6))
        axes = figure.subplots()
        places = [(place + 0.5) * 6.3 / many for place in range(len(below))]
        middle = 3.15
        for place in places:
            axes.plot([place, place], [0.7, 0.95], color=INK, linewidth=1.0)
        if places:
            axes.plot(
                [min(*places, middle), max(*places, middle)], [0.95, 0.95], color=INK, linewidth=1.0
            )
            axes.plot([middle, middle], [0.95, 1.2], color=INK, linewidth=1.0)
        _box(axes, head, (middle, 1.45 if below else 0.45), 2.2, BLUE)
        for place, name in zip(places, names, strict=True):
            _box(axes, name, (place, 0.45 - more / 2), width - 0.3, "white", more=more)
        axes.set_xlim(0, 6.3)
        axes.set_ylim(0.1 - more, 1.8 if below else 0.8)
        axes.set_axis_off()
    told = f"Bagan struktur organisasi: {head}"
    told += (
        f", membawahkan {' dan '.join(filter(None, [', '.join(below[:-1]), below[-1]]))}"
        if (below)
        else ""
    )
    return Chart(figure, f"{told}.", tuple(Point.of(name, None) for name in (head, *below)))


def _box(
    axes: Axes,
    name: str,
    centre: tuple[float, float],
    width: float,
    colour: str,
    *,
    more: float = 0,
) -> None:
    x, y = centre
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - 0.22 - more / 2),
            width,
            0.44 + more,
            boxstyle=f"round,pad={_BINGKAI / 2}",
            facecolor=colour,
            edgecolor=INK,
            linewidth=1.0,
        )
    )
    axes.text(
        x,
        y,
        name,
        ha="center",
        va="center",
        weight="bold",
        color=legible_on(colour) if colour != "white" else INK,
    )
