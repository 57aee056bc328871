"""What a column gives in each row: its cells, days between two dates, products of columns."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pp39.characters import capital
from pp39.formula import units
from pp39.formula.days import between, counts, exactly, reversed_dates
from pp39.formula.names import vocabulary_of
from pp39.formula.parse import FormulaError
from pp39.formula.syntax import Binary, Call, Member, Node, written
from pp39.formula.values import Code, Column, Lacking, Product, Shape, Span, Value, World
from pp39.formula.words import distinct
from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.sources import Selection

if TYPE_CHECKING:
    from pp39.formula.compile import Compiler

_SCALED = {"column", "number"}
_OPERATIONS: Mapping[str, tuple[Callable[[Any, Any], Any], str]] = {
    "+": (operator.add, "{} ditambah {}"),
    "-": (operator.sub, "{} dikurangi {}"),
    "*": (operator.mul, "hasil kali {} dan {}"),
}


def row_by_row(compiler: Compiler, node: Binary, left: Code, right: Code) -> Code | None:
    """Understand two columns of the same rows, or a column times a number; None of anything else.

    Raises
    ------
    FormulaError
        If the columns are of other rows, hold words, or their units do not fit.
    """
    sides = [(left, node.left), (right, node.right)]
    columns = [(code, one) for code, one in sides if code.shape.kind == "column"]
    if not columns or node.op not in _OPERATIONS:
        return None
    if len(columns) == 1 and (node.op != "*" or {left.shape.kind, right.shape.kind} != _SCALED):
        return None
    if len({_rows_of(one) for _, one in columns}) > 1:
        told = f"{written(node)}: columns are put together row by row only of the same rows"
        raise FormulaError(told, node.at)
    for code, one in columns:
        source, name = code.shape.source, code.shape.column
        assert source is not None
        if "(" not in name and compiler.names.column(source, name, one.at) == "text":
            raise FormulaError(f'column "{name}" holds words, not numbers', one.at)
    a, b = left.shape.unit, right.shape.unit
    try:
        unit = units.multiplied(a, b, False) if node.op == "*" else units.added(a, b)
    except ValueError as error:
        raise FormulaError(f"{written(node)}: {error}", node.at) from None
    name = f"({written(node)})"

    def run(world: World) -> Value:
        one, other = left.run(world), right.run(world)
        for value in (one, other):
            if not isinstance(value, Column | Quantity):
                return value
        of = one if isinstance(one, Column) else other
        assert isinstance(of, Column)
        return Column(of.picked, name, Product(node.op, one, other))  # type: ignore[arg-type]

    return Code(Shape("column", unit=unit, source=columns[0][0].shape.source, column=name), run)


def _rows_of(node: Node) -> Node | None:
    match node:
        case Member(of=of) | Call(of=of):
            return of
        case Binary(_, left, right):
            return _rows_of(left) or _rows_of(right)
    return None


def gathered(column: Column, world: World) -> tuple[Selection, Sequence[Fraction]]:
    """Give the rows that have a value, and the value of each."""
    picked, made = column.picked, column.made
    frame = picked.table.frame
    if isinstance(made, Span):
        lengths, known = counts(frame, made, world)
        told = f"{made.start} dan {made.end} ada" + ("" if made.overnight else " dan berurutan")
        rows = picked.rows.narrowed(pd.Series(known, index=frame.index), told)
        return rows, [exactly(one, made) for one in lengths[rows.mask].tolist()]
    if made is None:
        rows = picked.rows.filled(column.name)
        return rows, [exact(one) for one in frame[column.name][rows.mask].tolist()]
    rows, sides = picked.rows, list[dict[int, Fraction] | Fraction]()
    for side in (made.left, made.right):
        if isinstance(side, Column):
            rows, values = gathered(replace(side, picked=replace(picked, rows=rows)), world)
            sides.append(dict(zip(places_of(rows), values, strict=True)))
        else:
            sides.append(side.value)
    act = _OPERATIONS[made.op][0]
    return rows, [
        act(*(one if isinstance(one, Fraction) else one[place] for one in sides))
        for place in places_of(rows)
    ]


def cells_of(column: Column, rows: Selection, world: World) -> list[Quantity]:
    """Give the value in each of some rows as it was made of cells; none where it was not."""
    found = [cell_of(column, place, world) for place in places_of(rows)]
    return [one for one in found if one is not None] if None not in found else []


def places_of(rows: Selection) -> list[int]:
    """Give where selected rows stand in their table."""
    return [int(one) for one in np.flatnonzero(rows.mask)]


def cell_of(column: Column, index: int, world: World) -> Quantity | None:
    """Give the number in one cell, named by its column and the words of its row.

    A product is made of cells; None where it counts days, which stand in none.
    """
    if isinstance(column.made, Span):
        return None
    if isinstance(column.made, Product):
        sides = [
            cell_of(one, index, world) if isinstance(one, Column) else one
            for one in (column.made.left, column.made.right)
        ]
        made: Quantity | None = (
            None if None in sides else _OPERATIONS[column.made.op][0](sides[0], sides[1])
        )
        return made
    words = " ".join(_words_of_row(column, index, world))
    label = f"{capital(label_of(column))} {words}".strip()
    return column.picked.table.cell(index, column.name, label)


def _words_of_row(column: Column, index: int, world: World) -> Iterator[str]:
    table = column.picked.table
    for name in table.source.schema:
        vocabulary = vocabulary_of(table.source, name)
        if vocabulary and not name.startswith("triwulan_"):
            value = table.value(index, name)
            if value is not None:
                slug = f"{int(value):02d}" if vocabulary == "bulan" else str(value)
                yield world.book.name_of(vocabulary, slug)


def label_of(column: Column) -> str:
    """Name what a column gives."""
    table, made = column.picked.table, column.made
    if isinstance(made, Span):
        return between(table, made)
    if isinstance(made, Product):
        sides = (
            label_of(one) if isinstance(one, Column) else one.label or one.plain()
            for one in (made.left, made.right)
        )
        return _OPERATIONS[made.op][1].format(*sides)
    return table.called(column.name)


def units_of(column: Column) -> list[str]:
    """Give the units of the values of a column: more than one where rows have units of their own.

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> units_of(Column(Of(), "lama", Span("masuk", "keluar", "menit")))
    ['menit']
    """
    if isinstance(column.made, Span):
        return [column.made.unit]
    if isinstance(column.made, Product):
        one, other = (
            units_of(side) if isinstance(side, Column) else [side.unit]
            for side in (column.made.left, column.made.right)
        )
        if column.made.op != "*":
            return list(dict.fromkeys((*filter(None, one), *filter(None, other)))) or [""]
        return [units.multiplied(a, b, False) or "" for a in one for b in other]
    try:
        declared = column.picked.table.source.column_of(column.name)
    except KeyError:
        return [""]
    if not declared.unit_column:
        return [declared.unit]
    return [str(one) for one in distinct(replace(column, name=declared.unit_column))] or [""]


def unvalued(column: Column) -> Lacking:
    """Say why no row has a value."""
    table, span = column.picked.table, column.made
    if isinstance(span, Span) and not span.overnight:
        wrong = reversed_dates(table.frame, span.start, span.end) & column.picked.rows.mask
        if wrong.any():
            start, end = table.called(span.start), table.called(span.end)
            return Lacking("tak-hitung", f"{end} pada setiap baris mendahului {start}")
    return Lacking("kosong")
