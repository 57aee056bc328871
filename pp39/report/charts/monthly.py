"""Charts over months: a score, and the progress of output details against plan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pp39.ledger import Quantity
from pp39.periods import MONTHS
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    WIDTH,
    centred,
    chart_style,
    clear_axis,
    wrapped,
)

_SHADE = "#dfe5ec"
# Small fields in a row, from one to the next in months and in percent, and how high each is.
_COLUMNS, _WIDE, _TOP = 3, 13.6, 127.0
# Up to this month a figure has room between its point and the end of the year; below this value, in
# percent, it has none between its point and the base.
_BESIDE, _LOW = 9, 20
# Height of a line of a title, what is below a field, and percent in an inch.
_LINE, _BELOW, _INCH = 28.0, 29.0, 175.0
_LETTERS = 31

_LEVELS, _MONTHS_SHOWN = (0, 50, 100), (1, 3, 6, 9, 12)

# Months up to this many have room for their full names.
_FULL_NAMES = 9


def monthly_line(
    bulan: Sequence[int],
    nilai: Sequence[Quantity | None],
    target: Quantity | None = None,
    subject: str = "",
) -> Chart:
    """Draw a score by month, with a line for the target, or for both ends of a range.

    Parameters
    ----------
    bulan : sequence of int
        Months 1 to 12, ascending.
    nilai : sequence of Quantity or None
        Scores; None leaves a marked gap.
    target : Quantity, optional
        Target score.
    subject : str
        What is shown, for the alternative text.
    """
    scores = [
        Point.of(MONTHS[month - 1], one, "tidak ada data")
        for month, one in zip(bulan, nilai, strict=True)
    ]
    goal = None if target is None else Point.of("target", target)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 2.5))
        axes = figure.subplots()
        values = [_drawn(one) for one in scores]
        axes.plot(range(len(bulan)), values, color=BLUE, marker="o", markersize=4.5, linewidth=1.6)
        known = [one for one in values if not math.isnan(one)]
        span = [*known, *(goal.ends if goal is not None else ())] or [0.0, 100.0]
        low, high = min(span), max(span)
        room = max(high - low, 1.0) * 0.3
        axes.set_ylim(low - room, high + room)
        for first, last in _gaps(scores):
            axes.axvspan(first - 0.4, last + 0.4, color="#eef2f6", linewidth=0)
            told = "tidak ada data" if last > first else "tidak ada\ndata"
            at = ((first + last) / 2, low - room * 0.8)
            centred(axes, at, told, "bottom", color=GREY, fontsize=8)
        for place, one in enumerate(scores):
            if one.quantity is not None:
                below = _at_the_foot(values, place) or (
                    goal is not None and 0 < goal.value - one.value < room * 0.55
                )
                axes.annotate(
                    one.text,
                    (place, one.value),
                    (0, -6 if below else 6),
                    textcoords="offset points",
                    ha="center",
                    va="top" if below else "bottom",
                    bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"},
                )
        if goal is not None:
            for end in goal.ends:
                axes.axhline(end, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
            # On the side of the line where the last score is not.
            above = not known or known[-1] < goal.value
            axes.annotate(
                f"target {goal.text}",
                (1, goal.value),
                (-2, 3 if above else -3),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="bottom" if above else "top",
            )
        letters = None if len(bulan) <= _FULL_NAMES else 3
        axes.set_xticks(range(len(bulan)), [MONTHS[one - 1][:letters] for one in bulan])
        axes.set_xlim(-0.5, len(bulan) - 0.5)
        axes.set_yticks([])
        clear_axis(axes, ("left",))
    told = "; ".join(f"{one.label} {one.text}" for one in scores)
    against = f" Target {goal.text}." if goal is not None else ""
    alt = f"Diagram garis {subject}: {told}.{against}"
    return Chart(figure, alt, (*scores, *([] if goal is None else [goal])))


def _at_the_foot(values: Sequence[float], place: int) -> bool:
    """Tell whether the line comes down to a point, or rises from it: above it is no room."""
    beside = [values[at] for at in (place - 1, place + 1) if 0 <= at < len(values)]
    known = [one for one in beside if not math.isnan(one)]
    return bool(known) and all(one > values[place] for one in known)


def _gaps(scores: Sequence[Point]) -> list[tuple[int, int]]:
    """Give first and last place of each run of months without data."""
    lacking = [place for place, one in enumerate(scores) if one.quantity is None]
    starts = [place for place in lacking if place - 1 not in lacking]
    ends = [place for place in lacking if place + 1 not in lacking]
    return list(zip(starts, ends, strict=True))


def progress_fields(
    nama: Sequence[str],
    progres: Sequence[Sequence[Quantity | None]],
    rencana: Sequence[Sequence[Quantity | None]],
    sampai: int = 12,
) -> Chart:
    """Draw cumulative progress of output details against plan, one small field each.

    Parameters
    ----------
    nama : sequence of str
        Output details (RO), such as ``"6077.AEC.002 Kerja Sama"``: titles of the fields.
    progres, rencana : sequence of sequence of Quantity or None, shape (details, months from 1)
        Cumulative progress and plan in percent; None where there is no data.
    sampai : int
        Last month of the period of the report; months up to it without data are shaded.
    """
    made, planned = (
        [
            [Point.of(f"{name}, {MONTHS[month]}", one) for month, one in enumerate(series)]
            for name, series in zip(nama, values, strict=True)
        ]
        for values in (progres, rencana)
    )
    rows = math.ceil(len(nama) / _COLUMNS)
    titles = [wrapped(name, _LETTERS) for name in nama]
    title = _LINE * max((one.count("\n") + 1 for one in titles), default=1)
    high = _TOP + title + _BELOW
    with chart_style():
        figure = Figure(figsize=(WIDTH, high / _INCH * rows + 0.3))
        # One pair of axes for all fields: each of its own would take longer than all the rest.
        axes = figure.subplots()
        lacking = False
        corners = [
            (place % _COLUMNS * _WIDE, -(place // _COLUMNS) * high) for place in range(len(nama))
        ]
        _frames(axes, corners, len(nama))
        _series(axes, corners, planned, color=INK, linewidth=1, linestyle=(0, (4, 2)))
        _series(axes, corners, made, color=BLUE, linewidth=1.5, marker="o", markersize=2.2)
        for (x, y), name, got, plan in zip(corners, titles, made, planned, strict=True):
            axes.text(x + 0.4, y + _TOP + 3, name, fontsize=8, weight="bold", va="bottom")
            known = _known(got)
            gaps = [month for month in range(1, sampai + 1) if month not in known]
            lacking |= bool(gaps)
            axes.broken_barh(
                [(x + month - 0.5, 1) for month in gaps],
                (y, _TOP),
                color=_SHADE,
                linewidth=0,
                zorder=0,
            )
            if known:
                month = max(known)
                due, value = _known(plan), known[month].value
                behind = month in due and value < due[month].value
                # Beside its point, below the plan, unless the plan goes on above it or ends there.
                beside = month <= _BESIDE and (behind or max(due, default=0) <= month)
                below = beside and behind and value >= _LOW
                axes.annotate(
                    known[month].text,
                    (x + month, y + value),
                    (3, -2 if below else 1) if beside else (-3, 5),
                    textcoords="offset points",
                    ha="left" if beside else "right",
                    va="top" if below else "bottom",
                    fontsize=8,
                    weight="bold",
                )
        axes.set_xlim(-2.4, (_COLUMNS - 1) * _WIDE + 12.6)
        axes.set_ylim(-(rows - 1) * high - _BELOW, _TOP + title + 3)
        axes.set_axis_off()
        figure.legend(
            handles=[
                Line2D([], [], color=BLUE, marker="o", markersize=3, label="Progres kumulatif (%)"),
                Line2D([], [], color=INK, linestyle=(0, (4, 2)), linewidth=1, label="Rencana (%)"),
                Line2D([], [], color=_SHADE, linewidth=7, label="Belum ada data"),
            ][: 3 if lacking else 2],
            loc="outside lower center",
            ncols=3,
        )
    points = tuple(one for values in (made, planned) for series in values for one in series)
    levels = (*map(str, _LEVELS), *map(str, _MONTHS_SHOWN))
    return Chart(figure, _alt_ro(nama, made, planned, sampai), points, levels)


def _known(series: Sequence[Point]) -> dict[int, Point]:
    """Give the points of a series that have data, by month."""
    return {month: one for month, one in enumerate(series, start=1) if one.quantity is not None}


def _frames(axes: Axes, corners: Sequence[tuple[float, float]], count: int) -> None:
    """Draw base, levels and numbers of all fields."""
    for levels, colour in (((0,), GREY), ((50, 100), FAINT)):
        lines = [[(x + 0.4, y + at), (x + 12.6, y + at)] for x, y in corners for at in levels]
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=0.6, zorder=1))
    for place, (x, y) in enumerate(corners):
        if place % _COLUMNS == 0:
            for level in _LEVELS:
                axes.text(x, y + level, str(level), ha="right", va="center", fontsize=8)
        if place + _COLUMNS >= count:
            for month in _MONTHS_SHOWN:
                centred(axes, (x + month, y - 5), str(month), "top", fontsize=8)


def _series(
    axes: Axes,
    corners: Sequence[tuple[float, float]],
    values: Sequence[Sequence[Point]],
    **look: Any,
) -> None:
    """Draw one kind of line in all fields, broken between them."""
    points = [
        (x + month, y + _drawn(one))
        for (x, y), series in zip(corners, values, strict=True)
        for month, one in enumerate([*series, Point.of("", None)], start=1)
    ]
    axes.plot([x for x, _ in points], [y for _, y in points], **look)


def _drawn(one: Point) -> float:
    return math.nan if one.quantity is None else one.value


def _alt_ro(
    nama: Sequence[str],
    progres: Sequence[Sequence[Point]],
    rencana: Sequence[Sequence[Point]],
    sampai: int,
) -> str:
    """Say for each output detail the last progress known, its month and the plan of that month."""
    told = []
    for name, got, plan in zip(nama, progres, rencana, strict=True):
        known = _known(got[:sampai])
        if not known:
            told.append(f"{name} belum ada data")
            continue
        month, goals = max(known), _known(plan)
        against = f", rencana {goals[month].text}" if month in goals else ""
        told.append(f"{name} {known[month].text} pada {MONTHS[month - 1]}{against}")
    return (
        "Diagram garis kemajuan kumulatif setiap rincian output terhadap rencana,"
        f" satu bidang per rincian output. {'; '.join(told)}."
    )
