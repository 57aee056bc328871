"""Cells that break the sum of their row and of their column by the same amount."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from pp39.findings.printed import digits
from pp39.review.hit import Hit, Look, Rule, label_of
from pp39.review.typed import Grid

_SURE = 3
"""Rows, or columns, of which all but one must keep their sum."""


class Crossing(NamedTuple):
    """A cell, the column and the row of the sums that it breaks, and what it would be by both."""

    row: int
    column: int
    across: int
    down: int
    right: Fraction


def crossings(look: Look, grid: Grid) -> Iterator[Crossing]:
    """Find the cells of a table by which one row and one column miss their sums alike."""
    last = len(grid.rows) - 1
    lines = [n for n, row in enumerate(grid.rows[:last]) if not look.is_total(row)]
    if len(lines) < _SURE or not look.words.says("jumlah", label_of(grid.rows[last])):
        return
    amounts = [[cell.value if cell else None for cell in line] for line in look.numbers(grid)]
    size = len(grid.head)
    for whole in range(1, size):
        if any(amounts[row][whole] is None for row in (*lines, last)):
            continue
        runs = [range(first, whole) for first in range(1, whole - 1)]
        runs += [range(whole + 1, end) for end in range(whole + 3, size + 1)]
        for parts in runs:
            rows = [n for n in lines if _off(amounts, [(n, p) for p in parts], (n, whole))]
            columns = [p for p in parts if _off(amounts, [(n, p) for n in lines], (last, p))]
            if len(rows) != 1 or len(columns) != 1:
                continue
            (row,), (column,) = rows, columns
            missed = _off(amounts, [(row, p) for p in parts], (row, whole))
            if missed == _off(amounts, [(n, column) for n in lines], (last, column)):
                right = (amounts[row][column] or Fraction()) + missed
                yield Crossing(row, column, whole, last, right)
                return


def _off(
    amounts: list[list[Fraction | None]], parts: list[tuple[int, int]], whole: tuple[int, int]
) -> Fraction:
    """Tell how much a sum differs from its parts."""
    summed = sum((amounts[row][column] or 0 for row, column in parts), Fraction())
    return Fraction(amounts[whole[0]][whole[1]] or 0) - summed


def crossed(look: Look) -> Iterator[Hit]:
    """Tell a cell that row and column show to be wrong, instead of their sums."""
    for grid in look.report.grids:
        for one in crossings(look, grid):
            text = grid.rows[one.row][one.column]
            shown = digits(one.right, look.numbers(grid)[one.row][one.column])
            label, head = label_of(grid.rows[one.row]), grid.head[one.column]
            yield Hit(
                text,
                shown,
                f"“{label}”: {head} tertulis {text}, sedangkan menurut jumlah baris dan jumlah"
                f" kolomnya seharusnya {shown}.",
                grid.at(one.row, one.column),
                f"{label[:60]}/{head}",
            )


RULES = (Rule("jumlah-tabel", "material", "sel dengan jumlah baris dan jumlah kolomnya", crossed),)
