"""Charts of services: who the customers are, and what was delivered per quarter."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pp39.ledger import Quantity
from pp39.numbers import format_number
from pp39.report.charts.style import (
    BLUE,
    GREY,
    INK,
    SERIES,
    WIDTH,
    Chart,
    chart_style,
    clear_axis,
    legible_on,
    number,
    wrapped,
)

__all__ = ["keluaran_triwulan", "pelanggan_layanan"]

_QUARTERS = ("I", "II", "III", "IV")


def pelanggan_layanan(
    layanan: Sequence[str],
    kategori: Sequence[str],
    jumlah: Sequence[Sequence[Quantity | None]],
) -> Chart:
    """Draw customers per service, stacked by kind.

    Parameters
    ----------
    layanan : sequence of str
        Services, from top to bottom.
    kategori : sequence of str
        Kinds of customers, at most six.
    jumlah : sequence of sequence of Quantity or None, shape (services, kinds)
        Counts; None where there is no data.
    """
    sums = [sum(float(one.value) for one in row if one is not None) for row in jumlah]
    largest = max([*sums, 1.0])
    with chart_style():
        figure = Figure(figsize=(WIDTH, 0.6 + 0.34 * len(layanan)))
        axes = figure.subplots()
        for place, row in enumerate(jumlah):
            start = 0.0
            for kind, one in enumerate(row):
                if one is None or one.value == 0:
                    continue
                value = float(one.value)
                axes.barh(
                    place, value, left=start, height=0.66, color=SERIES[kind],
                    edgecolor="white", linewidth=0.8,
                )  # fmt: skip
                if value > largest * 0.05:
                    axes.text(
                        start + value / 2, place, one.plain(), ha="center", va="center",
                        color=legible_on(SERIES[kind]),
                    )  # fmt: skip
                start += value
            empty = all(one is None for one in row)
            label = "belum ada data" if empty else format_number(int(sums[place]))
            axes.text(
                start + largest * 0.015, place, label, va="center",
                color=GREY if empty else INK, weight="normal" if empty else "bold",
            )  # fmt: skip
        axes.set_yticks(range(len(layanan)), [wrapped(one, 34) for one in layanan])
        axes.invert_yaxis()
        axes.set_xlim(0, largest * 1.12)
        axes.set_xticks([])
        clear_axis(axes, ("bottom",))
        figure.legend(
            handles=[Patch(color=SERIES[k], label=name) for k, name in enumerate(kategori)],
            loc="outside lower center",
            ncols=min(4, len(kategori)),
        )
    return Chart(figure, _alt_pelanggan(layanan, kategori, jumlah))


def keluaran_triwulan(
    layanan: Sequence[str],
    satuan: Sequence[str],
    jumlah: Sequence[Sequence[Quantity | None]],
) -> Chart:
    """Draw the output of each service per quarter as small multiples, since units differ.

    Parameters
    ----------
    layanan : sequence of str
        Services.
    satuan : sequence of str
        Unit of each service, such as ``"LHU"``; empty where none is known.
    jumlah : sequence of sequence of Quantity or None, shape (services, quarters 1..4)
        Output of each quarter; None where there is no data.
    """
    columns = 3 if len(layanan) > 4 else 2
    rows = math.ceil(len(layanan) / columns)
    with chart_style():
        figure = Figure(figsize=(WIDTH, 1.35 * rows))
        grid = figure.subplots(rows, columns, squeeze=False)
        cells: list[Axes] = [one for line in grid for one in line]
        for axes, name, unit, values in zip(cells, layanan, satuan, jumlah, strict=False):
            for place, one in enumerate(values):
                value = number(one)
                if one is None or value is None:
                    axes.text(place, 0, "–", ha="center", va="bottom", color=GREY)
                    continue
                axes.bar(place, value, width=0.62, color=BLUE)
                axes.text(place, value, one.plain(), ha="center", va="bottom")
            title = wrapped(name, 24) + (f"\n({unit})" if unit else "")
            axes.set_title(title, loc="left", fontsize=7.5)
            axes.set_xticks(range(len(values)), _QUARTERS[: len(values)])
            axes.set_xlim(-0.6, len(values) - 0.4)
            axes.set_yticks([])
            axes.margins(y=0.22)
            clear_axis(axes, ("left",))
        for axes in cells[len(layanan) :]:
            axes.set_axis_off()
        figure.supxlabel("Triwulan", fontsize=7.5)
    return Chart(figure, _alt_keluaran(layanan, satuan, jumlah))


def _alt_pelanggan(
    layanan: Sequence[str], kategori: Sequence[str], jumlah: Sequence[Sequence[Quantity | None]]
) -> str:
    """Say each service with its kinds of customers."""
    told = []
    for name, row in zip(layanan, jumlah, strict=True):
        parts = ", ".join(
            f"{kind.lower()} {one.plain()}"
            for kind, one in zip(kategori, row, strict=True)
            if one is not None
        )
        told.append(f"{name}: {parts or 'belum ada data'}")
    return f"Diagram batang bertumpuk pelanggan menurut layanan dan jenis. {'; '.join(told)}."


def _alt_keluaran(
    layanan: Sequence[str], satuan: Sequence[str], jumlah: Sequence[Sequence[Quantity | None]]
) -> str:
    """Say each service with its quarters."""
    told = []
    for name, unit, row in zip(layanan, satuan, jumlah, strict=True):
        parts = ", ".join(
            f"triwulan {quarter} {'tidak ada data' if one is None else one.plain()}"
            for quarter, one in zip(_QUARTERS, row, strict=False)
        )
        told.append(f"{name}{f' ({unit})' if unit else ''}: {parts}")
    return f"Diagram batang hasil layanan per triwulan, satu bidang per layanan. {'; '.join(told)}."
