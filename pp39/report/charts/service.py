"""Bars by word: stacked by a second word, or one small field each with its quarters."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    SERIES,
    WIDTH,
    bars_down,
    centred,
    chart_style,
    legible_on,
    limits,
    wrapped,
)

# Width of a small field in quarters; one line of its title in heights of its largest bar, and the
# inches of such a height.
_WIDE, _LINE, _INCHES = 5.2, 0.34, 0.56
_NOT_COUNTED = "tidak ada yang diperhitungkan"
_QUARTERS = ("I", "II", "III", "IV")


def stacked_bars(
    names: Sequence[str],
    kinds: Sequence[str],
    counts: Sequence[Sequence[Quantity | None]],
    sums: Sequence[Quantity | None],
    subject: str = "",
) -> Chart:
    """Draw a bar for each name, stacked by kind.

    Parameters
    ----------
    names : sequence of str
        Bars, from top to bottom.
    kinds : sequence of str
        What a bar is split by, of what counts.
    counts : sequence of sequence of Quantity or None, shape (names, kinds)
        Parts of the bars; None where there is no data.
    sums : sequence of Quantity or None
        The whole bars; None where there is nothing of a kind that counts.
    subject : str
        What is counted, for the alternative text.
    """
    rows = [
        [Point.plain(f"{name}, {kind.lower()}", one) for kind, one in zip(kinds, row, strict=True)]
        for name, row in zip(names, counts, strict=True)
    ]
    wholes = [Point.plain(name, one, _NOT_COUNTED) for name, one in zip(names, sums, strict=True)]
    low, high = limits((one.value for one in wholes), 0.12)
    largest = (high - low) / 1.12
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.6 + 0.34 * len(names)))
        axes = figure.subplots()
        for place, (row, whole) in enumerate(zip(rows, wholes, strict=True)):
            start = 0.0
            for kind, one in enumerate(row):
                if one.value == 0:
                    continue
                colour, hatch = _look(kind)
                axes.barh(
                    place,
                    one.value,
                    left=start,
                    height=0.66,
                    color=colour,
                    hatch=hatch,
                    edgecolor="white",
                    linewidth=0.8,
                )
                if one.value > largest * 0.05:
                    middle = (start + one.value / 2, place)
                    centred(axes, middle, one.text, color=legible_on(colour))
                start += one.value
            empty = whole.quantity is None
            axes.text(
                start + largest * 0.015,
                place,
                whole.text,
                va="center",
                color=GREY if empty else INK,
                weight="normal" if empty else "bold",
            )
        bars_down(axes, names, (low, high), 34)
        figure.legend(
            handles=[_patch(kind, name) for kind, name in enumerate(kinds)],
            loc="outside lower center",
            ncols=min(4, len(kinds)),
        )
    alt = _alt_stacked(wholes, kinds, rows, subject)
    return Chart(figure, alt, (*(one for row in rows for one in row), *wholes))


def _look(kind: int) -> tuple[str, str | None]:
    """Give a kind its colour; where the colours come round again, they are hatched."""
    return SERIES[kind % len(SERIES)], (None, "////", "....", "xxxx")[kind // len(SERIES) % 4]


def _patch(kind: int, name: str) -> Patch:
    colour, hatch = _look(kind)
    if hatch is None:
        return Patch(color=colour, label=name)
    return Patch(facecolor=colour, edgecolor="white", hatch=hatch, label=name)


def fields_by_quarter(
    names: Sequence[str],
    units: Sequence[str],
    counts: Sequence[Sequence[Quantity | None]],
    subject: str = "",
) -> Chart:
    """Draw each name per quarter as small multiples, since units differ.

    Parameters
    ----------
    names : sequence of str
        Fields.
    units : sequence of str
        Unit of each, such as ``"sertifikat"``; empty where none is known.
    counts : sequence of sequence of Quantity or None, shape (names, quarters that have passed)
        Figure of each quarter; None where there is no data.
    subject : str
        What is counted, for the alternative text.
    """
    columns = 3 if len(names) > 4 else min(len(names), 2)
    titles = [
        wrapped(name, 28) + (f"\n({unit})" if unit else "")
        for name, unit in zip(names, units, strict=True)
    ]
    fields = [
        [
            Point.plain(f"{name}, triwulan {quarter}", one, "–")
            for quarter, one in zip(_QUARTERS, row, strict=False)
        ]
        for name, row in zip(names, counts, strict=True)
    ]
    bases, height = _bases(titles, columns)
    with chart_style():
        figure = Figure(figsize=(WIDTH, _INCHES * height + 0.2))
        # One pair of axes for all fields: each of its own would take longer than all the rest.
        axes = figure.subplots()
        bars: list[tuple[float, float, float]] = []
        for place, (title, values) in enumerate(zip(titles, fields, strict=True)):
            x, y = place % columns * _WIDE, bases[place // columns]
            most = max(abs(one.value) for one in values) or 1.0
            for quarter, one in enumerate(values):
                # Units differ, so each field has a scale of its own: its largest bar is one high.
                high = one.value / most
                bars.append((x + quarter, y, high))
                colour = GREY if one.quantity is None else INK
                centred(axes, (x + quarter, y + high), one.text, "bottom", color=colour)
                centred(axes, (x + quarter, y - 0.06), _QUARTERS[quarter], "top")
            axes.plot([x - 0.6, x + len(values) - 0.4], [y, y], color=GREY, linewidth=0.6)
            axes.text(x - 0.6, y + 1.26, title, fontsize=8.5, weight="bold", va="bottom")
        if bars:
            at, base, heights = zip(*bars, strict=True)
            axes.bar(at, heights, bottom=base, width=0.62, color=BLUE)
        axes.set_xlim(-0.7, (columns - 1) * _WIDE + 3.7)
        axes.set_ylim(bases[-1] - 0.3, bases[-1] - 0.3 + height)
        axes.set_axis_off()
        figure.supxlabel("Triwulan", fontsize=8.5)
    alt = _alt_fields(names, units, fields, subject)
    return Chart(figure, alt, tuple(one for row in fields for one in row))


def _bases(titles: Sequence[str], columns: int) -> tuple[list[float], float]:
    """Give the base of each row of fields, from 0 down, and the height of all rows."""
    bases, below = [], 0.0
    for start in range(0, len(titles), columns):
        lines = max(title.count("\n") + 1 for title in titles[start : start + columns])
        above = 1.26 + _LINE * lines
        bases.append(below - above)
        below -= above + 0.3
    return bases, -below


def _alt_stacked(
    wholes: Sequence[Point], kinds: Sequence[str], rows: Sequence[Sequence[Point]], subject: str
) -> str:
    """Say each bar with its kinds."""
    told = []
    for whole, row in zip(wholes, rows, strict=True):
        parts = ", ".join(
            f"{kind.lower()} {one.text}"
            for kind, one in zip(kinds, row, strict=True)
            if one.quantity is not None
        )
        told.append(f"{whole.label}: {parts or _NOT_COUNTED}")
    return f"Diagram batang bertumpuk {subject}. {'; '.join(told)}."


def _alt_fields(
    names: Sequence[str], units: Sequence[str], fields: Sequence[Sequence[Point]], subject: str
) -> str:
    """Say each name with its quarters."""
    told = []
    for name, unit, row in zip(names, units, fields, strict=True):
        parts = ", ".join(
            f"triwulan {quarter} {'tidak ada data' if one.quantity is None else one.text}"
            for quarter, one in zip(_QUARTERS, row, strict=False)
        )
        told.append(f"{name}{f' ({unit})' if unit else ''}: {parts}")
    each = ", satu bidang untuk setiap butir" if len(names) > 1 else ""
    return f"Diagram batang {subject}{each}. {'; '.join(told)}."
