"""Charts of achievement: all indicators, and the answers behind the promoter score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.numbers import format_number, format_percent
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    VERMILION,
    WIDTH,
    YELLOW,
    Chart,
    chart_style,
    clear_axis,
    legible_on,
    number,
    wrapped,
)

__all__ = ["capaian_indikator", "distribusi_nps"]

_CLASS_COLOURS = {"Detraktor": VERMILION, "Pasif": YELLOW, "Promotor": BLUE}


def capaian_indikator(
    nama: Sequence[str],
    capaian: Sequence[Quantity | None],
    ambang: Fraction | int = 100,
    batas_tampil: int = 120,
) -> Chart:
    """Draw the achievement of all indicators against their targets.

    Parameters
    ----------
    nama : sequence of str
        Indicators, from top to bottom.
    capaian : sequence of Quantity or None
        Achievement in percent of the target; None where there is no data.
    ambang : int or Fraction
        Percent from which an indicator counts as achieved.
    batas_tampil : int
        Bars end here with a mark of breakage, so that one extreme does not flatten the others; the
        label tells the true value.
    """
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.5 + 0.3 * len(nama)))
        axes = figure.subplots()
        floor = 0.0
        for place, quantity in enumerate(capaian):
            value = number(quantity)
            if quantity is None or value is None:
                axes.text(1, place, "belum ada data", va="center", color=GREY, style="italic")
                continue
            reached = quantity.value >= ambang
            shown = min(value, float(batas_tampil))
            floor = min(floor, shown)
            axes.barh(
                place,
                shown,
                height=0.64,
                color=BLUE if reached else ORANGE,
                hatch=None if reached else "////",
                edgecolor="none" if reached else "#7a4d00",
                linewidth=0,
            )
            if value > batas_tampil:
                _break_mark(axes, batas_tampil - 5, place)
            axes.text(
                _label_at(shown, float(ambang)), place, quantity.text(), va="center",
                bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"},
            )  # fmt: skip
        axes.axvline(float(ambang), color=INK, linewidth=0.9, linestyle=(0, (4, 2)))
        axes.set_yticks(range(len(nama)), [wrapped(one, 44) for one in nama])
        axes.invert_yaxis()
        axes.set_xlim(floor * 1.1, batas_tampil + 17)
        ticks = [one for one in range(0, batas_tampil + 1, 20)]
        axes.set_xticks(ticks, [f"{one}%" for one in ticks])
        axes.grid(axis="x")
        clear_axis(axes, ("left", "bottom"))
        threshold = format_percent(Fraction(ambang), 0)
        figure.legend(
            handles=[
                Patch(color=BLUE, label=f"Tercapai (≥ {threshold} target)"),
                Patch(facecolor=ORANGE, hatch="////", edgecolor="#7a4d00", label="Tidak tercapai"),
            ],
            loc="outside lower right",
            ncols=2,
        )
    return Chart(figure, _alt_capaian(nama, capaian, ambang))


def distribusi_nps(
    jumlah: Mapping[int, Quantity | int | None],
    promotor_min: int = 9,
    pasif_min: int = 7,
    nilai: Quantity | None = None,
) -> Chart:
    """Draw how respondents answered, by score and by class.

    Parameters
    ----------
    jumlah : mapping of int to Quantity, int or None
        Respondents per score 0 to 10; a score left out counts nobody.
    promotor_min, pasif_min : int
        Lowest score of promoters and of passives.
    nilai : Quantity, optional
        The score computed from them, for the title.
    """
    counts = [_count(jumlah.get(score)) for score in range(11)]
    classes = [
        "Promotor" if score >= promotor_min else "Pasif" if score >= pasif_min else "Detraktor"
        for score in range(11)
    ]
    sums = {
        name: sum(n for n, kind in zip(counts, classes, strict=True) if kind == name)
        for name in _CLASS_COLOURS
    }
    everybody = sum(counts)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 3.3))
        top, bottom = figure.subplots(2, 1, height_ratios=[1, 2.6])
        _diverging(top, sums, everybody)
        for score, count in enumerate(counts):
            colour = _CLASS_COLOURS[classes[score]]
            bottom.bar(score, count, width=0.72, color=colour, edgecolor=INK, linewidth=0.5)
            bottom.text(
                score, count, format_number(count), ha="center", va="bottom",
                color=INK if count else GREY,
            )  # fmt: skip
        bottom.set_xticks(range(11))
        bottom.set_xlabel("Nilai jawaban")
        bottom.set_yticks([])
        bottom.set_ylabel("Responden")
        bottom.margins(y=0.16)
        clear_axis(bottom, ("left",))
        if nilai is not None:
            top.set_title(f"Nilai NPS {nilai.text()}", loc="left")
    return Chart(figure, _alt_nps(counts, sums, everybody, nilai))


def _alt_capaian(
    nama: Sequence[str], capaian: Sequence[Quantity | None], ambang: Fraction | int
) -> str:
    """Say how many indicators were achieved, then each value."""
    known = [one for one in capaian if one is not None]
    reached = sum(one.value >= ambang for one in known)
    values = "; ".join(
        f"{name} {'belum ada data' if one is None else one.text()}"
        for name, one in zip(nama, capaian, strict=True)
    )
    return (
        f"Diagram batang capaian {len(nama)} indikator: {reached} tercapai"
        f", {len(known) - reached} tidak tercapai, {len(nama) - len(known)} belum ada data."
        f" {values}."
    )


def _alt_nps(
    counts: Sequence[int], sums: Mapping[str, int], everybody: int, nilai: Quantity | None
) -> str:
    """Say the classes, then the answers that occurred."""
    classes = ", ".join(f"{name.lower()} {count}" for name, count in sums.items())
    answers = "; ".join(f"nilai {score}: {count}" for score, count in enumerate(counts) if count)
    told = f" Nilai NPS {nilai.text()}." if nilai is not None else ""
    return (
        f"Diagram sebaran jawaban {everybody} responden: {classes}.{told}"
        f" Banyaknya responden menurut jawaban: {answers or 'tidak ada jawaban'}."
    )


def _diverging(axes: Axes, sums: Mapping[str, int], everybody: int) -> None:
    """Lay detractors left and promoters right of the middle of the passives."""
    start = -(sums["Detraktor"] + sums["Pasif"] / 2)
    told: list[str] = []
    for name, count in sums.items():
        colour = _CLASS_COLOURS[name]
        share = Fraction(100 * count, everybody) if everybody else Fraction(0)
        told.append(f"{name} {format_number(count)} ({format_percent(share)})")
        if count:
            axes.barh(0, count, left=start, height=0.7, color=colour, edgecolor=INK, linewidth=0.5)
        if share > 5:
            axes.text(
                start + count / 2, 0, format_number(count), ha="center", va="center",
                color=legible_on(colour), weight="bold",
            )  # fmt: skip
        start += count
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_ylim(-0.55, 0.55)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.legend(
        handles=[
            Patch(facecolor=colour, edgecolor=INK, linewidth=0.5, label=label)
            for colour, label in zip(_CLASS_COLOURS.values(), told, strict=True)
        ],
        loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=3,
    )  # fmt: skip
    clear_axis(axes)


def _label_at(shown: float, ambang: float) -> float:
    """Put a label after its bar, but not across the line of the threshold."""
    end = max(shown, 0.0)
    return (ambang if ambang - 11 < end < ambang else end) + 1.5


def _break_mark(axes: Axes, at: float, place: int) -> None:
    """Cut a bar with a slanted white gap: it goes on beyond the axis."""
    for shift in (0.0, 1.8):
        axes.plot(
            [at + shift - 0.8, at + shift + 0.8], [place + 0.42, place - 0.42],
            color="white", linewidth=1.6, solid_capstyle="butt",
        )  # fmt: skip


def _count(one: Quantity | int | None) -> int:
    if one is None:
        return 0
    return int(one.value) if isinstance(one, Quantity) else one
