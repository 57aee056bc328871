"""Charts of money: what the budget is made of, and income per service against its target."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    WIDTH,
    Chart,
    chart_style,
    clear_axis,
    number,
    short_rupiah,
    wrapped,
)

__all__ = ["komposisi_anggaran", "pnbp_layanan"]


def komposisi_anggaran(
    nama: Sequence[str], pagu: Sequence[Quantity], porsi: Sequence[Quantity]
) -> Chart:
    """Draw the parts of a budget, largest first, with their shares.

    Parameters
    ----------
    nama : sequence of str
        Parts.
    pagu : sequence of Quantity
        Their ceilings, in rupiah.
    porsi : sequence of Quantity
        Their shares of the whole, in percent.
    """
    parts = sorted(zip(nama, pagu, porsi, strict=True), key=lambda part: (-part[1].value, part[0]))
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.3 + 0.34 * len(parts)))
        axes = figure.subplots()
        largest = max(float(one.value) for _, one, _ in parts)
        for place, (_, amount, share) in enumerate(parts):
            axes.barh(place, float(amount.value), height=0.66, color=BLUE)
            axes.text(
                float(amount.value) + largest * 0.012,
                place,
                f"{short_rupiah(amount)} ({share.text()})",
                va="center",
            )
        axes.set_yticks(range(len(parts)), [wrapped(name, 40) for name, _, _ in parts])
        axes.invert_yaxis()
        axes.set_xlim(0, largest * 1.42)
        axes.set_xticks([])
        clear_axis(axes, ("bottom",))
    listed = "; ".join(f"{name} {amount.text()} ({share.text()})" for name, amount, share in parts)
    return Chart(
        figure, f"Diagram batang mendatar komposisi anggaran, dari yang terbesar: {listed}."
    )


def pnbp_layanan(
    nama: Sequence[str],
    target: Sequence[Quantity | None],
    realisasi: Sequence[Quantity | None],
    persen: Sequence[Quantity | None] | None = None,
) -> Chart:
    """Draw realised income per service as bars, its target as a stroke across the bar.

    Parameters
    ----------
    nama : sequence of str
        Services, from top to bottom.
    target, realisasi : sequence of Quantity or None
        Rupiah; None where there is no data.
    persen : sequence of Quantity or None, optional
        Realisation in percent of the target, for the labels.
    """
    shares = persen if persen is not None else [None] * len(nama)
    values = [float(one.value) for one in (*target, *realisasi) if one is not None]
    largest = max(values, default=1.0)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.55 + 0.34 * len(nama)))
        axes = figure.subplots()
        rows = zip(target, realisasi, shares, strict=True)
        for place, (goal, got, share) in enumerate(rows):
            end = max(number(goal) or 0.0, number(got) or 0.0)
            if got is None:
                label = "belum ada data"
            else:
                axes.barh(place, float(got.value), height=0.58, color=BLUE)
                label = short_rupiah(got) + (f" ({share.text()})" if share is not None else "")
            if goal is not None:
                at = float(goal.value)
                axes.plot([at, at], [place - 0.42, place + 0.42], color="white", linewidth=3.4)
                axes.plot([at, at], [place - 0.42, place + 0.42], color=INK, linewidth=1.6)
            axes.text(
                end + largest * 0.018, place, label, va="center",
                color=INK if got is not None else GREY,
            )  # fmt: skip
        axes.set_yticks(range(len(nama)), [wrapped(one, 34) for one in nama])
        axes.invert_yaxis()
        axes.set_xlim(0, largest * 1.34)
        axes.set_xticks([])
        clear_axis(axes, ("bottom",))
        figure.legend(
            handles=[
                Patch(color=BLUE, label="Realisasi"),
                Line2D([], [], color=INK, linewidth=1.6, marker="|", linestyle="", markersize=9,
                       markeredgewidth=1.6, label="Target"),
            ],
            loc="outside lower right",
            ncols=2,
        )  # fmt: skip
    return Chart(figure, _alt_pnbp(nama, target, realisasi, shares))


def _alt_pnbp(
    nama: Sequence[str],
    target: Sequence[Quantity | None],
    realisasi: Sequence[Quantity | None],
    persen: Sequence[Quantity | None],
) -> str:
    """Say each service with realisation and target."""
    told = []
    for name, goal, got, share in zip(nama, target, realisasi, persen, strict=True):
        reached = "belum ada data" if got is None else got.text()
        against = "tanpa target" if goal is None else f"target {goal.text()}"
        percent = "" if share is None else f", {share.text()}"
        told.append(f"{name} {reached} ({against}{percent})")
    return (
        f"Diagram batang mendatar realisasi PNBP menurut layanan dan targetnya: {'; '.join(told)}."
    )
