"""Charts over months: the IKPA score, and the progress of output details against plan."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pp39.ledger import Quantity
from pp39.periods import MONTHS
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    WIDTH,
    Chart,
    chart_style,
    clear_axis,
    number,
    wrapped,
)

__all__ = ["ikpa_bulanan", "kemajuan_ro"]

# Months up to this many have room for their full names.
_FULL_NAMES = 9


def ikpa_bulanan(
    bulan: Sequence[int], nilai: Sequence[Quantity | None], target: Quantity | None = None
) -> Chart:
    """Draw the IKPA score by month, with a line for the target.

    Parameters
    ----------
    bulan : sequence of int
        Months 1 to 12, ascending.
    nilai : sequence of Quantity or None
        Scores; None leaves a marked gap.
    target : Quantity, optional
        Target score.
    """
    with chart_style():
        figure = Figure(figsize=(WIDTH, 2.5))
        axes = figure.subplots()
        values = [math.nan if one is None else float(one.value) for one in nilai]
        axes.plot(range(len(bulan)), values, color=BLUE, marker="o", markersize=4.5, linewidth=1.6)
        known = [one for one in values if not math.isnan(one)]
        goal = number(target)
        span = [*known, *([goal] if goal is not None else [])] or [0.0, 100.0]
        low, high = min(span), max(span)
        room = max(high - low, 1.0) * 0.3
        axes.set_ylim(low - room, high + room)
        for place, one in enumerate(nilai):
            if one is None:
                axes.axvspan(place - 0.4, place + 0.4, color="#eef2f6", linewidth=0)
                axes.text(
                    place, low - room * 0.8, "tidak ada\ndata", ha="center", va="bottom",
                    color=GREY, fontsize=6.5,
                )  # fmt: skip
            else:
                axes.annotate(
                    one.text(), (place, float(one.value)), (0, 6), textcoords="offset points",
                    ha="center", bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"},
                )  # fmt: skip
        if goal is not None and target is not None:
            axes.axhline(goal, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
            axes.annotate(
                f"target {target.text()}", (1, goal), (-2, 3), xycoords=("axes fraction", "data"),
                textcoords="offset points", ha="right", va="bottom",
            )  # fmt: skip
        letters = None if len(bulan) <= _FULL_NAMES else 3
        axes.set_xticks(range(len(bulan)), [MONTHS[one - 1][:letters] for one in bulan])
        axes.set_xlim(-0.5, len(bulan) - 0.5)
        axes.set_yticks([])
        clear_axis(axes, ("left",))
    return Chart(figure, _alt_ikpa(bulan, nilai, target))


def kemajuan_ro(
    nama: Sequence[str],
    progres: Sequence[Sequence[Quantity | None]],
    rencana: Sequence[Sequence[Quantity | None]],
    sampai: int = 12,
) -> Chart:
    """Draw cumulative progress of output details against plan, one small field each.

    Parameters
    ----------
    nama : sequence of str
        Output details (RO), such as ``"6077.AEC.002"``.
    progres, rencana : sequence of sequence of Quantity or None, shape (details, months from 1)
        Cumulative progress and plan in percent; None where there is no data.
    sampai : int
        Last month of the period of the report; months up to it without data are shaded.
    """
    columns = 3
    rows = math.ceil(len(nama) / columns)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 1.25 * rows + 0.3))
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        cells: list[Axes] = [one for line in grid for one in line]
        for axes, name, got, plan in zip(cells, nama, progres, rencana, strict=False):
            _field(axes, name, got, plan, sampai)
        for axes in cells[len(nama) :]:
            axes.set_axis_off()
        figure.legend(
            handles=[
                Line2D([], [], color=BLUE, marker="o", markersize=3, label="Progres kumulatif (%)"),
                Line2D([], [], color=INK, linestyle=(0, (4, 2)), linewidth=1, label="Rencana (%)"),
                Line2D([], [], color="#dfe5ec", linewidth=7, label="Belum ada data"),
            ],
            loc="outside lower center",
            ncols=3,
        )
    return Chart(figure, _alt_ro(nama, progres, rencana, sampai))


def _field(
    axes: Axes,
    name: str,
    got: Sequence[Quantity | None],
    plan: Sequence[Quantity | None],
    until: int,
) -> None:
    """Draw the field of one output detail."""
    axes.plot(
        range(1, len(plan) + 1), [_drawn(one) for one in plan],
        color=INK, linewidth=1, linestyle=(0, (4, 2)),
    )  # fmt: skip
    axes.plot(
        range(1, len(got) + 1), [_drawn(one) for one in got],
        color=BLUE, linewidth=1.5, marker="o", markersize=2.2,
    )  # fmt: skip
    for month in range(1, until + 1):
        if month > len(got) or got[month - 1] is None:
            axes.axvspan(month - 0.5, month + 0.5, color="#dfe5ec", linewidth=0, zorder=0)
    known = [(month, one) for month, one in enumerate(got, start=1) if one is not None]
    if known:
        month, one = known[-1]
        axes.annotate(
            one.text(), (month, float(one.value)), (-3, 5), textcoords="offset points",
            ha="right", fontsize=7, weight="bold",
        )  # fmt: skip
    axes.set_title(wrapped(name, 30), loc="left", fontsize=7)
    axes.set_xlim(0.4, 12.6)
    axes.set_ylim(0, 118)
    axes.set_xticks([1, 3, 6, 9, 12])
    axes.set_yticks([0, 50, 100])
    axes.grid(axis="y")
    clear_axis(axes, ("left",))


def _drawn(one: Quantity | None) -> float:
    return math.nan if one is None else float(one.value)


def _alt_ikpa(
    bulan: Sequence[int], nilai: Sequence[Quantity | None], target: Quantity | None
) -> str:
    """Say each month with its score."""
    told = "; ".join(
        f"{MONTHS[month - 1]} {'tidak ada data' if one is None else one.text()}"
        for month, one in zip(bulan, nilai, strict=True)
    )
    goal = f" Target {target.text()}." if target is not None else ""
    return f"Diagram garis nilai IKPA per bulan: {told}.{goal}"


def _alt_ro(
    nama: Sequence[str],
    progres: Sequence[Sequence[Quantity | None]],
    rencana: Sequence[Sequence[Quantity | None]],
    sampai: int,
) -> str:
    """Say for each output detail the last progress known, its month and the plan of that month."""
    told = []
    for name, got, plan in zip(nama, progres, rencana, strict=True):
        known = [(m, one) for m, one in enumerate(got, start=1) if one is not None and m <= sampai]
        if not known:
            told.append(f"{name} belum ada data")
            continue
        month, one = known[-1]
        goal = plan[month - 1] if month <= len(plan) else None
        against = f", rencana {goal.text()}" if goal is not None else ""
        told.append(f"{name} {one.text()} pada {MONTHS[month - 1]}{against}")
    return (
        "Diagram garis kemajuan kumulatif setiap rincian output terhadap rencana,"
        f" satu bidang per rincian output. {'; '.join(told)}."
    )
