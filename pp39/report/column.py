"""Columns of a table, grouped under headers of several levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pp39.report.extent import column_widths
from pp39.report.text import html_text

Align: TypeAlias = Literal["kiri", "tengah", "kanan"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    #: Header; may hold line feeds.
    title: str
    #: Alignment of its body cells. Use ``kanan`` for figures; they get tabular digits.
    align: Align = "kiri"
    #: Share of the free width (a number), or ``"auto"``, or a Typst length such as ``"18mm"``.
    width: float | str = 1.0
    #: How quantities print: with Rp or %, or ``polos`` where the header states the unit.
    printed: Literal["teks", "polos"] = "teks"


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A header over several columns or groups of columns."""

    title: str
    columns: Sequence[Column | ColumnGroup]


def leaves(column: Column | ColumnGroup) -> Iterator[Column]:
    """Give the columns below a header, from left to right."""
    if isinstance(column, Column):
        yield column
    else:
        for one in column.columns:
            yield from leaves(one)


def _depth(column: Column | ColumnGroup) -> int:
    return 1 if isinstance(column, Column) else 1 + max(_depth(one) for one in column.columns)


def header_lines(columns: Sequence[Column | ColumnGroup]) -> list[list[tuple[str, int, int]]]:
    """Give the header row by row: title, columns spanned, rows spanned."""
    height = max(_depth(one) for one in columns)
    lines: list[list[tuple[str, int, int]]] = [[] for _ in range(height)]

    def lay(column: Column | ColumnGroup, level: int) -> None:
        if isinstance(column, Column):
            lines[level].append((column.title, 1, height - level))
            return
        lines[level].append((column.title, len(list(leaves(column))), 1))
        for one in column.columns:
            lay(one, level + 1)

    for column in columns:
        lay(column, 0)
    return lines


def column_names(columns: Sequence[Column | ColumnGroup], above: str = "") -> list[str]:
    """Name each column by its header and those above it."""
    names: list[str] = []
    for one in columns:
        if isinstance(one, Column):
            names.append(above + one.title)
        else:
            names += column_names(one.columns, f"{above}{one.title}: ")
    return names


def card_names(columns: Sequence[Column | ColumnGroup]) -> list[str]:
    """Name each column for a row laid as a card: what stands above several, at the first alone.

    Examples
    --------
    >>> card_names([Column("Layanan"), ColumnGroup("Hasil", [Column("TW I"), Column("TW II")])])
    ['Layanan', 'Hasil: TW I', 'TW II']
    """
    names: list[str] = []
    for one in columns:
        own = [one.title] if isinstance(one, Column) else card_names(one.columns)
        above = "" if isinstance(one, Column) else f"{one.title}: "
        names += [above + own[0], *own[1:]]
    return names


def css_string(text: str) -> str:
    """Write a text as a string of a style sheet that stands in an attribute."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{html_text(plain)}'"


def css_names(names: Sequence[str]) -> str:
    """Name the columns, from the last one, for rows that are laid as cards."""
    return ";".join(f"--k{back}:{css_string(name)}" for back, name in enumerate(reversed(names), 1))


def html_widths(columns: Sequence[Column], *, wide: bool) -> str:
    """Give widths as shares of the page, which a browser takes as a wish, not a law."""
    widths = column_widths([one.width for one in columns], wide=wide)
    whole = sum(widths)
    return "".join(
        "<col>" if one.width == "auto" else f'<col style="width:{100 * width / whole:.4g}%">'
        for one, width in zip(columns, widths, strict=True)
    )


def typst_width(width: float | str) -> str:
    """Write a width for Typst, a share as a fraction."""
    return width if isinstance(width, str) else f"{width:g}fr"
