"""Columns of a table, grouped under headers of several levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Grup", "Kolom", "Rata", "header_lines", "html_widths", "leaves", "typst_width"]

Rata: TypeAlias = Literal["kiri", "tengah", "kanan"]


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column.

    Parameters
    ----------
    judul : str
        Header; may hold line feeds.
    rata : {"kiri", "tengah", "kanan"}
        Alignment of its body cells. Use ``kanan`` for figures; they get tabular digits.
    lebar : float or str
        Share of the free width (a number), or ``"auto"``, or a Typst length such as ``"18mm"``.
    cetak : {"teks", "polos"}
        How quantities print: with Rp or %, or ``polos`` where the header states the unit.
    """

    judul: str
    rata: Rata = "kiri"
    lebar: float | str = 1.0
    cetak: Literal["teks", "polos"] = "teks"


@dataclass(frozen=True, slots=True)
class Grup:
    """A header over several columns or groups of columns.

    Parameters
    ----------
    judul : str
        Header.
    kolom : sequence of Kolom or Grup
        What stands below it.
    """

    judul: str
    kolom: Sequence[Kolom | Grup]


def leaves(column: Kolom | Grup) -> Iterator[Kolom]:
    """Give the columns below a header, from left to right."""
    if isinstance(column, Kolom):
        yield column
    else:
        for one in column.kolom:
            yield from leaves(one)


def _depth(column: Kolom | Grup) -> int:
    return 1 if isinstance(column, Kolom) else 1 + max(_depth(one) for one in column.kolom)


def header_lines(columns: Sequence[Kolom | Grup]) -> list[list[tuple[str, int, int]]]:
    """Give the header row by row: title, columns spanned, rows spanned."""
    height = max(_depth(one) for one in columns)
    lines: list[list[tuple[str, int, int]]] = [[] for _ in range(height)]

    def lay(column: Kolom | Grup, level: int) -> None:
        if isinstance(column, Kolom):
            lines[level].append((column.judul, 1, height - level))
            return
        lines[level].append((column.judul, len(list(leaves(column))), 1))
        for one in column.kolom:
            lay(one, level + 1)

    for column in columns:
        lay(column, 0)
    return lines


def html_widths(columns: Sequence[Kolom]) -> str:
    """Give shares as percentages, which a browser takes as a wish, not a law."""
    shares = sum(one.lebar for one in columns if not isinstance(one.lebar, str))
    styles = [
        ""
        if one.lebar == "auto"
        else f"width:{one.lebar}"
        if isinstance(one.lebar, str)
        else f"width:{100 * one.lebar / shares:.4g}%"
        for one in columns
    ]
    return "".join(f'<col style="{style}">' if style else "<col>" for style in styles)


def typst_width(width: float | str) -> str:
    """Write a width for Typst, a share as a fraction."""
    return width if isinstance(width, str) else f"{width:g}fr"
