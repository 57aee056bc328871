"""Charts of amounts: realisations against their targets."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    WIDTH,
    bars_down,
    chart_style,
    limits,
    short_rupiah,
)

# Room for labels, as a part of what the bars take.
_ROOM = 0.6


def bars_against_target(
    names: Sequence[str],
    targets: Sequence[Quantity | None],
    made: Sequence[Quantity | None],
    percent: Sequence[Quantity | None] | None = None,
    subject: str = "",
) -> Chart:
    """Draw realisations as bars, the target of each, if any has one, as a stroke across its bar.

    Parameters
    ----------
    names : sequence of str
        Bars, from top to bottom.
    targets, made : sequence of Quantity or None
        Targets and realisations; None where there is no data.
    percent : sequence of Quantity or None, optional
        Realisation in percent of the target, for the labels.
    subject : str
        What is shown, for the alternative text.
    """
    shares = [
        Point.of(name, one, "")
        for name, one in zip(names, percent or [None] * len(names), strict=True)
    ]
    goals, income = (
        [
            Point(name, one, lacking if one is None else _short(one))
            for name, one in zip(names, many, strict=True)
        ]
        for many, lacking in ((targets, ""), (made, "belum ada data"))
    )
    low, high = limits((at for one in (*goals, *income) for at in (one.value, *one.ends)), _ROOM)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.55 + 0.34 * len(names)))
        axes = figure.subplots()
        rows = zip(goals, income, shares, strict=True)
        for place, (goal, got, share) in enumerate(rows):
            end = max(*goal.ends, got.value, 0.0)
            label = got.text
            if got.quantity is not None:
                axes.barh(place, got.value, height=0.58, color=BLUE)
                # The label stands behind the stroke of the target, so it tells which is which.
                label += f" dari {goal.text}" if goal.text else ""
                label += f" ({share.text})" if share.text else ""
            for at in goal.ends:
                axes.plot([at, at], [place - 0.42, place + 0.42], color="white", linewidth=3.4)
                axes.plot([at, at], [place - 0.42, place + 0.42], color=INK, linewidth=1.6)
            axes.text(
                end + (high - low) * 0.018 / (1 + _ROOM),
                place,
                label,
                va="center",
                color=INK if got.quantity is not None else GREY,
            )
        bars_down(axes, names, (low, high), 34)
        handles = [
            Patch(color=BLUE, label="Realisasi"),
            Line2D(
                [],
                [],
                color=INK,
                linewidth=1.6,
                marker="|",
                linestyle="",
                markersize=9,
                markeredgewidth=1.6,
                label="Target",
            ),
        ]
        if any(one.quantity is not None for one in goals):
            figure.legend(handles=handles, loc="outside lower right", ncols=2)
    return Chart(figure, _alt_against(goals, income, shares, subject), (*goals, *income, *shares))


def _short(figure: Quantity) -> str:
    return short_rupiah(figure) if figure.unit == "Rp" else figure.text()


def _alt_against(
    goals: Sequence[Point], income: Sequence[Point], shares: Sequence[Point], subject: str
) -> str:
    """Say each bar with realisation and target."""
    told, aimed = [], any(one.text for one in goals)
    for goal, got, share in zip(goals, income, shares, strict=True):
        against = f"target {goal.full}" if goal.text else "tanpa target"
        percent = f", {share.text}" if share.text else ""
        told.append(f"{got.label} {got.full}" + (f" ({against}{percent})" if aimed else ""))
    return f"Diagram batang mendatar {subject}: {'; '.join(told)}."
