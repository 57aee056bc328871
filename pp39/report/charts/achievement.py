"""Charts of achievement: all indicators, and the answers behind a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.report.charts.chart import Chart, Point
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    VERMILION,
    WIDTH,
    YELLOW,
    centred,
    chart_style,
    clear_axis,
    legible_on,
    wrapped,
)

# Colour and hatch of a bar by status; any other status is drawn as one that is behind.
_LOOK = {
    "tercapai": (BLUE, None),
    "sudah tercapai": (BLUE, None),
    "sesuai jalur": (SKY, None),
}
_BEHIND = (ORANGE, "////")
# From the worst group to the best, as they lie from left to right.
_GROUP_COLOURS = (VERMILION, YELLOW, BLUE)


@dataclass(frozen=True, eq=False)
class Group:
    """Answers of one kind, such as those who are content."""

    #: Name of the group.
    name: str
    #: count, share: respondents, and their share in percent.
    count: Quantity | None
    share: Quantity | None
    #: Respondents by answer, for the answers of the group.
    answers: Mapping[int, Quantity]


def achievements(
    nama: Sequence[str],
    capaian: Sequence[Quantity | None],
    status: Sequence[str],
    *,
    ambang: Quantity,
    jumlah: Quantity,
    banyak: Mapping[str, Quantity | None],
    batas_tampil: int = 120,
) -> Chart:
    """Draw the achievement of all indicators against their targets.

    Parameters
    ----------
    nama : sequence of str
        Indicators, from top to bottom.
    capaian : sequence of Quantity or None
        Achievement in percent of the target; None where there is none.
    status : sequence of str
        Status of each, which the colour tells, and the label where there is no achievement.
    ambang : Quantity
        Percent from which an indicator counts as achieved.
    jumlah : Quantity
        How many indicators there are.
    banyak : mapping of str to Quantity or None
        How many indicators have each status.
    batas_tampil : int
        Bars end here with a mark of breakage, so that one extreme does not flatten the others; the
        label tells the true value.
    """
    rows = [
        Point.of(name, quantity, word)
        for name, quantity, word in zip(nama, capaian, status, strict=True)
    ]
    counts = [Point.of(word, quantity) for word, quantity in banyak.items() if quantity is not None]
    everyone = Point.of("indikator", jumlah)
    threshold = Point("ambang", ambang, f"{ambang.plain()}%")
    line = min(threshold.value, float(batas_tampil))
    ticks = list(range(0, batas_tampil + 1, 20))
    drawn = [one for one, row in zip(status, rows, strict=True) if row.quantity is not None]
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.5 + 0.22 * len(rows)))
        axes = figure.subplots()
        floor = 0.0
        for place, (row, word) in enumerate(zip(rows, status, strict=True)):
            if row.quantity is None:
                axes.text(1, place, row.text, va="center", color=GREY, style="italic")
                continue
            colour, hatch = _LOOK.get(word, _BEHIND)
            shown = max(min(row.value, float(batas_tampil)), -float(batas_tampil))
            floor = min(floor, shown)
            axes.barh(
                place,
                shown,
                height=0.64,
                color=colour,
                hatch=hatch,
                edgecolor="none" if hatch is None else "#7a4d00",
                linewidth=0,
            )
            if row.value > batas_tampil:
                _break_mark(axes, batas_tampil - 5, place)
            axes.text(
                _label_at(shown, line),
                place,
                row.text,
                va="center",
                bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"},
            )
        axes.axvline(line, color=INK, linewidth=0.9, linestyle=(0, (4, 2)))
        axes.set_yticks(range(len(rows)), [wrapped(one.label, 44) for one in rows])
        axes.invert_yaxis()
        axes.set_xlim(floor * 1.1, batas_tampil + 17)
        axes.set_xticks(ticks, [f"{one}%" for one in ticks])
        axes.grid(axis="x")
        clear_axis(axes, ("left", "bottom"))
        figure.legend(
            handles=[_key(word, threshold) for word in dict.fromkeys(drawn)],
            loc="outside lower right",
            ncols=3,
        )
    told = ", ".join(f"{one.text} {one.label}" for one in counts)
    values = "; ".join(f"{one.label} {one.text}" for one in rows)
    alt = f"Diagram batang capaian {everyone.text} indikator: {told}. {values}."
    points = (*rows, *counts, everyone, threshold)
    return Chart(figure, alt, points, tuple(f"{one}%" for one in ticks))


def distribution(
    golongan: Sequence[Group],
    responden: Quantity,
    nilai: Quantity | None = None,
    subject: str = "sebaran jawaban",
) -> Chart:
    """Draw how respondents answered, by score and by group.

    Parameters
    ----------
    golongan : sequence of Group
        Three groups, from the worst to the best.
    responden : Quantity
        All respondents.
    nilai : Quantity, optional
        The score computed from them, for the title.
    subject : str
        What was asked, for the alternative text.
    """
    groups = [Point.plain(one.name, one.count, "0") for one in golongan]
    shares = [Point.of(one.name, one.share, "–") for one in golongan]
    answers = [
        (answer, Point.plain(f"nilai {answer}", count), colour)
        for one, colour in zip(golongan, _GROUP_COLOURS, strict=True)
        for answer, count in sorted(one.answers.items())
    ]
    everybody = Point.plain("responden", responden)
    score = None if nilai is None else Point.of("nilai indikator", nilai)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 2.5))
        top, bottom = figure.subplots(2, 1, height_ratios=[1, 2.6])
        _diverging(top, groups, shares, everybody)
        for answer, point, colour in answers:
            bottom.bar(answer, point.value, width=0.72, color=colour, edgecolor=INK, linewidth=0.5)
            tone = INK if point.value else GREY
            centred(bottom, (answer, point.value), point.text, "bottom", color=tone)
        bottom.set_xticks([answer for answer, _, _ in answers])
        bottom.set_xlabel("Nilai jawaban")
        bottom.set_yticks([])
        bottom.set_ylabel("Responden")
        bottom.margins(y=0.16)
        clear_axis(bottom, ("left",))
        if score is not None:
            top.set_title(f"Nilai indikator {score.text}", loc="left")
    told = ", ".join(f"{one.label.lower()} {one.text}" for one in groups)
    given = "; ".join(f"{one.label}: {one.text}" for _, one, _ in answers if one.value)
    alt = (
        f"Diagram {subject} {everybody.text} responden: {told}."
        f"{f' Nilai indikator {score.text}.' if score is not None else ''}"
        f" Banyaknya responden menurut jawaban: {given or 'tidak ada jawaban'}."
    )
    points = (*groups, *shares, *(one for _, one, _ in answers), everybody)
    scale = tuple(str(answer) for answer, _, _ in answers)
    return Chart(figure, alt, (*points, *([] if score is None else [score])), scale)


def _diverging(
    axes: Axes, groups: Sequence[Point], shares: Sequence[Point], everybody: Point
) -> None:
    """Lay the worst group left and the best right of the middle of those between."""
    start = -(groups[0].value + groups[1].value / 2)
    for group, colour in zip(groups, _GROUP_COLOURS, strict=True):
        if group.value:
            axes.barh(
                0, group.value, left=start, height=0.7, color=colour, edgecolor=INK, linewidth=0.5
            )
        if group.value > everybody.value / 20:
            look = {"color": legible_on(colour), "weight": "bold"}
            centred(axes, (start + group.value / 2, 0), group.text, **look)
        start += group.value
    axes.axvline(0, color=INK, linewidth=0.8, zorder=0)
    axes.set_ylim(-0.55, 0.55)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.legend(
        handles=[
            Patch(
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.5,
                label=f"{group.label} {group.text} ({share.text})",
            )
            for colour, group, share in zip(_GROUP_COLOURS, groups, shares, strict=True)
        ],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.02),
        ncols=3,
    )
    clear_axis(axes)


def _key(status: str, threshold: Point) -> Patch:
    """Explain the colour of a status."""
    colour, hatch = _LOOK.get(status, _BEHIND)
    label = status.capitalize()
    if status == "tercapai":
        label += f" (≥ {threshold.text} target)"
    edge = "none" if hatch is None else "#7a4d00"
    return Patch(facecolor=colour, hatch=hatch, edgecolor=edge, label=label)


def _label_at(shown: float, line: float) -> float:
    """Put a label after its bar, but not across the line of the threshold."""
    end = max(shown, 0.0)
    return (line if line - 11 < end < line else end) + 1.5


def _break_mark(axes: Axes, at: float, place: int) -> None:
    """Cut a bar with a slanted white gap: it goes on beyond the axis."""
    for shift in (0.0, 1.8):
        axes.plot(
            [at + shift - 0.8, at + shift + 0.8],
            [place + 0.42, place - 0.42],
            color="white",
            linewidth=1.6,
            solid_capstyle="butt",
        )
