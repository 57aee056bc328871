"""The functions of the language: what each needs, and the operation of the ledger it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from pp39.characters import capital
from pp39.formula import units
from pp39.formula.compile import Compiler, dotted, first_at, small
from pp39.formula.days import SPANS, span_of
from pp39.formula.names import options_of, parameter, parameters, unknown
from pp39.formula.parse import FormulaError
from pp39.formula.rowwise import (
    cell_of,
    cells_of,
    gathered,
    label_of,
    places_of,
    units_of,
    unvalued,
)
from pp39.formula.syntax import Call, Filtered, Member, Name, Test, written
from pp39.formula.values import (
    Code,
    Column,
    Family,
    Lacking,
    Picked,
    Product,
    Shape,
    Value,
    World,
)
from pp39.formula.words import in_column
from pp39.ledger import Quantity, counted, largest, last, mean, smallest, total
from pp39.params.schema import Node as Schema

if TYPE_CHECKING:
    Mask = pd.Series[bool]

_Reduce = Callable[[Sequence[Quantity], str | None], Quantity]
_MOST_CELLS = 60
ENTRY_POINTS = "pp39.fungsi"


class Function(Protocol):
    """A function from outside: takes rows, gives rows or a quantity."""

    gives: str
    """``rows`` or ``number``."""

    def __call__(self, rows: Picked, world: World) -> Picked | Quantity | Lacking:
        """Make something of rows; the rows it gives keep their selection."""


def call(compiler: Compiler, node: Call) -> Code:
    """Understand a call.

    Raises
    ------
    FormulaError
        If there is no such function, or it is given something else than it needs.
    """
    if node.of is not None:
        return _span_column(compiler, node)
    if node.name in SPANS:
        raise FormulaError(
            f"{node.name}(…) stands behind rows, as in data.{written(node)}", node.at
        )
    make = FUNCTIONS.get(node.name)
    if make is None:
        return _outside(compiler, node)
    if node.named and node.name != "menurut":
        raise FormulaError(f"{node.name}(…) takes no named arguments", node.at)
    least, most = _ARGUMENTS.get(node.name, (1, 1))
    if not least <= len(node.args) <= most:
        many = f"{least}" if least == most else f"{least} or more"
        raise FormulaError(
            f"{node.name}(…) takes {many} argument{'s' if most > 1 else ''}, not {len(node.args)}",
            node.at,
        )
    return make(compiler, node)


def _outside(compiler: Compiler, node: Call) -> Code:
    found = next(iter(entry_points(group=ENTRY_POINTS, name=node.name)), None)
    if found is None:
        unknown(node.name, [*FUNCTIONS, *SPANS], "no function", node.at)
    function: Function = found.load()
    if len(node.args) != 1 or node.named:
        raise FormulaError(f"{node.name}(…) takes rows and nothing else", node.at)
    of = compiler.rows(node.args[0], node.name)
    shape = of.shape if function.gives == "rows" else Shape("number", unit=None)

    return Code(shape, of.then(Picked, function))


def _banyak(compiler: Compiler, node: Call) -> Code:
    of = compiler.code(node.args[0])
    shape = Shape("number", unit=units.COUNT)
    if of.shape.kind == "family":

        def figures(world: World) -> Value:
            family = of.run(world)
            there = family.quantities if isinstance(family, Family) else []
            return counted(there, f"Banyaknya {written(node.args[0])}", "") if there else _none()

        return Code(shape, figures)
    if of.shape.kind not in ("rows", "column"):
        raise FormulaError("banyak(…) counts rows or figures", node.at)
    if "(" in of.shape.column:
        _only_sums(node)

    def rows(world: World) -> Value:
        found = of.run(world)
        picked = found.picked if isinstance(found, Column) else found
        if not isinstance(picked, Picked):
            return found
        if not picked.known:
            return _none()
        chosen, by = picked.rows, picked.by or None
        if isinstance(found, Column):
            chosen, by = chosen.filled(found.name), found.name
        how = world.how or _phrase("banyaknya baris", picked)
        return picked.table.count(chosen, capital(how), "", how, by)

    return Code(shape, rows)


def _berbeda(compiler: Compiler, node: Call) -> Code:
    of = _column(compiler, node)

    def run(found: Column, world: World) -> Value:
        if not found.picked.known:
            return _none()
        how = world.how or _phrase(f"banyaknya {label_of(found)} yang berbeda", found.picked)
        return found.picked.table.distinct(found.picked.rows, found.name, capital(how), "", how)

    return Code(Shape("number", unit=units.COUNT), of.then(Column, run))


def _jumlah(compiler: Compiler, node: Call) -> Code:
    of = compiler.code(node.args[0])
    if of.shape.kind == "family":
        return _over_figures(of, node, lambda found, unit: total(found, "", unit))
    of = _column(compiler, node)
    return Code(Shape("number", unit=of.shape.unit), of.then(Column, _sum))


def _sum(column: Column, world: World) -> Quantity | Lacking:
    picked, table = column.picked, column.picked.table
    if column.made is None:
        rows, values = picked.rows.filled(column.name), None
    else:
        rows, values = gathered(column, world)
    if not rows:
        return unvalued(column)
    if not world.how and rows.size <= (_MOST_CELLS if values is None else _MOST_CELLS // 2):
        cells = cells_of(column, rows, world)
        if cells:
            return cells[0] if len(cells) == 1 else _same_unit(cells) or total(cells, "")
    how = world.how or _phrase(f"jumlah {label_of(column)}", picked)
    given = units_of(column)
    if len(given) > 1:
        # Where the profile says how rows are added up, it says so of all their units.
        if not world.how:
            return _apart(given)
        given = [""]
    if values is None:
        return table.sum(rows, column.name, capital(how), given[0], how)
    return table.reduced(rows, sum(values, Fraction(0)), capital(how), given[0], how)


def _rata(compiler: Compiler, node: Call) -> Code:
    of = compiler.code(node.args[0])
    if of.shape.kind != "column":
        return _reduced(compiler, node, lambda found, unit: mean(found, "", unit))
    of = _column(compiler, node)

    def run(column: Column, world: World) -> Value:
        plain = column.made is None
        of_rows = column.picked.rows
        rows = of_rows.filled(column.name) if plain else gathered(column, world)[0]
        if not rows:
            return unvalued(column)
        label, table = label_of(column), column.picked.table
        what = "nilai " if plain else ""
        summed = _sum(column, replace(world, how=world.how or f"jumlah {what}{label}"))
        how = f"banyaknya {what or 'baris dengan '}{label}"
        answers = table.count(rows, capital(how), "", how, column.name if plain else None)
        return summed / answers if isinstance(summed, Quantity) else summed

    return Code(Shape("number", unit=of.shape.unit), of.then(Column, run))


def _median(compiler: Compiler, node: Call) -> Code:
    """Give the middle value of a column, the mean of the two in the middle of an even number."""
    of = _column(compiler, node)

    def middle(values: Iterable[Fraction]) -> Fraction:
        found = sorted(values)
        return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2

    run = partial(_of_rows, what="median", pick=middle)
    return Code(Shape("number", unit=of.shape.unit), of.then(Column, run))


def _of_rows(
    column: Column, world: World, what: str, pick: Callable[[Iterable[Fraction]], Fraction]
) -> Value:
    """Give one value of those that the rows of a column have."""
    rows, values = gathered(column, world)
    if not rows:
        return unvalued(column)
    given = units_of(column)
    if len(given) > 1:
        return _apart(given)
    how = world.how or _phrase(f"{what} {label_of(column)}", column.picked)
    return column.picked.table.reduced(rows, pick(values), capital(how), given[0], how)


def _tertimbang(compiler: Compiler, node: Call) -> Code:
    """Give the mean of a column, in which each row weighs as much as another column says."""
    of, by = (_column(compiler, replace(node, args=(one,))) for one in node.args)
    rows = [one.of for one in node.args if isinstance(one, Member)]
    if len(rows) < 2 or rows[0] != rows[1]:
        told = "two columns of the same rows, as in tertimbang(data.nilai, data.responden)"
        raise FormulaError(f"tertimbang(…) needs {told}", node.at)

    def run(world: World) -> Value:
        column, weight = of.run(world), by.run(world)
        if not isinstance(column, Column) or not isinstance(weight, Column):
            return weight if isinstance(column, Column) else column
        table, both = column.picked.table, column.picked.rows.filled(column.name)
        both = both.filled(weight.name)
        if not both:
            return _none()
        if both.size <= _MOST_CELLS // 2:
            cells, weights = (cells_of(one, both, world) for one in (column, weight))
            if mixed := _same_unit(cells) or _same_unit(weights):
                return mixed
            products = [one * other for one, other in zip(cells, weights, strict=True)]
            whole, sum_of_weights = total(products, "", ""), total(weights, "")
        else:
            product = Column(column.picked, "", Product("*", column, weight))
            how = f"jumlah {label_of(product)}"
            value = sum(gathered(product, world)[1], Fraction(0))
            whole = table.reduced(both, value, capital(how), "", how)
            how = f"jumlah {label_of(weight)}"
            sum_of_weights = table.sum(both, weight.name, capital(how), units_of(weight)[0], how)
        given = units_of(column)
        if len(given) > 1:
            return _apart(given)
        if not sum_of_weights.value:
            return Lacking("tak-hitung", f"jumlah {label_of(weight)} bernilai 0")
        return replace(whole / sum_of_weights, unit=given[0])

    return Code(Shape("number", unit=of.shape.unit), run)


def _reduced(compiler: Compiler, node: Call, reduce: _Reduce) -> Code:
    """Make one number of figures, of the cells of a column, or of the numbers given."""
    of = compiler.code(node.args[0])
    if len(node.args) == 1 and of.shape.kind == "family":
        return _over_figures(of, node, reduce)
    if len(node.args) == 1 and of.shape.kind == "column":
        of = _column(compiler, node)

        def cells(world: World) -> Value:
            column = of.run(world)
            if not isinstance(column, Column):
                return column if isinstance(column, Lacking) else _none()
            if column.made is not None:
                pick = _EXTREMES.get(node.name)
                return _of_rows(column, world, node.name, pick) if pick else _none()
            found = cells_of(column, column.picked.rows.filled(column.name), world)
            return _same_unit(found) or reduce(found, None) if found else _none()

        return Code(Shape("number", unit=of.shape.unit), cells)
    parts = [compiler.number(one) for one in node.args]
    unit: str | None = parts[0].shape.unit
    for one in parts[1:]:
        try:
            unit = units.added(unit, one.shape.unit)
        except ValueError as error:
            raise FormulaError(f"{written(node)}: {error}", node.at) from None

    def given(world: World) -> Value:
        found: list[Quantity] = []
        for part in parts:
            value = part.run(world)
            if not isinstance(value, Quantity):
                return value
            found.append(value)
        return _same_unit(found) or reduce(found, None)

    return Code(Shape("number", unit=unit), given)


def _over_figures(of: Code, node: Call, reduce: _Reduce) -> Code:
    aside = of.shape.unit == units.ASIDE

    def run(world: World) -> Value:
        family = of.run(world)
        if not isinstance(family, Family):
            return family if isinstance(family, Lacking) else _none()
        found = family.quantities
        if not found:
            return next((one.value for one in family.figures), _none())
        # One figure alone stays what it is, so that nothing is added up that is not there.
        if len(found) == 1 and node.name == "jumlah":
            return found[0]
        if aside:
            return reduce(found, "")
        return _same_unit(found) or reduce(found, None)

    return Code(Shape("number", unit=of.shape.unit), run)


def _nilai(compiler: Compiler, node: Call) -> Code:
    of = _column(compiler, node)

    def run(column: Column, world: World) -> Value:
        rows = places_of(column.picked.rows.filled(column.name))
        return (cell_of(column, rows[-1], world) if rows else None) or _none()

    return Code(Shape("number", unit=of.shape.unit), of.then(Column, run))


def _kumulatif(compiler: Compiler, node: Call) -> Code:
    """Add up since January: the rows of all quarters, or months, up to the quarter's end."""
    given = node.args[0]
    of = given.of if isinstance(given, Member) else given
    rows = compiler.rows(of, "kumulatif")
    assert rows.shape.source is not None
    column = next((one for one in ("triwulan", "bulan") if one in rows.shape.source.schema), None)
    if column is None:
        raise FormulaError(
            f'kumulatif(…) needs a column "triwulan" or "bulan", and "{rows.shape.source.name}"'
            " has neither",
            node.at,
        )
    upto = Name("sampai_tw" if column == "triwulan" else "sampai_bulan", node.at)
    since = Filtered(of, (Test(Name(column, node.at), "dalam", upto, node.at),), node.at)
    if isinstance(given, Member):
        whole = _jumlah(compiler, replace(node, name="jumlah", args=(replace(given, of=since),)))
    else:
        whole = _banyak(compiler, replace(node, name="banyak", args=(since,)))
    if column not in rows.shape.source.key:
        return whole  # of a register: nothing may have happened in a quarter
    due = compiler.words(upto)
    counted = given.name if isinstance(given, Member) else column

    def run(world: World) -> Value:
        picked, words = rows.run(world), due.run(world)
        if isinstance(picked, Picked) and isinstance(words, tuple):
            frame = picked.table.frame
            there = set(frame.loc[frame[in_column(counted, world)].notna(), column])
            lacking = [one.name for one in words if one.value not in there]
            if lacking:
                title = small(picked.table.source.title)
                return Lacking("kosong", f"data {title} untuk {', '.join(lacking)}")
        return whole.run(world)

    return replace(whole, run=run)


def _lengkap(compiler: Compiler, node: Call) -> Code:
    of = compiler.code(node.args[0])
    if of.shape.kind != "family":
        raise FormulaError(f"{node.name}(…) needs figures that stand for words", node.at)

    def run(family: Family, world: World) -> Value:
        return next((one.value for one in family.figures if isinstance(one.value, Lacking)), family)

    return Code(of.shape, of.then(Family, run))


def _tanpa_satuan(compiler: Compiler, node: Call) -> Code:
    of = compiler.code(node.args[0])
    if of.shape.kind != "family":
        of = compiler.number(node.args[0])
    return Code(replace(of.shape, unit=units.ASIDE), of.run)


def _selain(compiler: Compiler, node: Call) -> Code:
    first, second = (compiler.words(one) for one in node.args)

    def run(world: World) -> Value:
        words, without = first.run(world), second.run(world)
        if not isinstance(words, tuple) or without is None:
            return ()
        left_out = {one.value for one in without} if isinstance(without, tuple) else set()
        return tuple(one for one in words if one.value not in left_out)

    return Code(first.shape, run)


def _menurut(compiler: Compiler, node: Call) -> Code:
    path = dotted(node.args[0]) or ()
    root = compiler.names.root
    known = parameter(path, root) if path else None
    options = options_of(known) if known is not None else ()
    if not options:
        chosen = [one for one in parameters(root) if options_of_path(one, root)]
        unknown(
            ".".join(path),
            chosen,
            "no parameter that is chosen from a list",
            first_at(node.args[0]),
        )
    which = compiler.code(node.args[0])
    cases = {name: (compiler.code(value), value) for name, value in node.named}
    for name, (_, value) in cases.items():
        if name not in options:
            unknown(name, options, f"nothing that {'.'.join(path)} can be", value.at)
    for name in options:
        if name not in cases:
            raise FormulaError(f"menurut(…) lacks the case {name} = …", node.at)
    kinds = {code.shape.kind for code, _ in cases.values()}
    if len(kinds) > 1 and kinds <= {"word", "words", "column"}:
        codes = {name: compiler.words(value) for name, (_, value) in cases.items()}
    elif len(kinds) > 1:
        codes = {name: compiler.number(value) for name, (_, value) in cases.items()}
    else:
        codes = {name: code for name, (code, _) in cases.items()}
    given = {code.shape.unit for code in codes.values()}
    unit = given.pop() if len(given) == 1 else None
    shape = replace(next(iter(codes.values())).shape, unit=unit)
    return Code(shape, lambda world: codes[str(which.run(world))].run(world))


def options_of_path(path: str, root: Schema) -> tuple[str, ...]:
    """Give the words a parameter may be, by its path."""
    known = parameter(tuple(path.split(".")), root)
    return options_of(known) if known is not None else ()


def _one_of(keep: str) -> Callable[[Compiler, Call], Code]:
    def make(compiler: Compiler, node: Call) -> Code:
        of = compiler.rows(node.args[0], node.name)
        assert of.shape.source is not None
        columns: list[str] = []
        for one in node.args[1:]:
            if not isinstance(one, Name):
                raise FormulaError(f"{node.name}(…) needs names of columns", one.at)
            compiler.names.column(of.shape.source, one.id, one.at)
            columns.append(one.id)

        def run(picked: Picked, world: World) -> Value:
            rows = picked.rows
            one = rows.first_of(*columns) if keep == "first" else rows.last_of(*columns)
            told = f"baris {'pertama' if keep == 'first' else 'terakhir'} setiap"
            named = ", ".join(map(picked.table.called, columns))
            return replace(picked, rows=one, told=(*picked.told, f"{told} {named}"))

        return Code(of.shape, of.then(Picked, run))

    return make


def _span_column(compiler: Compiler, node: Call) -> Code:
    assert node.of is not None
    if node.name not in SPANS:
        unknown(node.name, SPANS, "no function that stands behind a dot", node.at)
    of = compiler.rows(node.of, node.name)
    assert of.shape.source is not None
    span = span_of(compiler, of.shape.source, node)
    name = written(replace(node, of=None))
    shape = Shape("column", unit=span.unit, source=of.shape.source, column=name)

    return Code(shape, of.then(Picked, lambda picked, world: Column(picked, name, span)))


def _column(compiler: Compiler, node: Call) -> Code:
    """Understand the one argument of a function over a column of numbers."""
    of = compiler.code(node.args[0])
    if of.shape.kind != "column":
        raise FormulaError(
            f"{node.name}(…) needs a column, such as data.nilai, but"
            f" {written(node.args[0])} is none",
            node.args[0].at,
        )
    source, name = of.shape.source, of.shape.column
    if "(" in name:
        _only_sums(node)
        return of
    if node.name == "berbeda" or source is None:
        return of
    if compiler.names.column(source, name, node.args[0].at) == "text":
        raise FormulaError(f'column "{name}" holds words, not numbers', node.args[0].at)
    return of


def _only_sums(node: Call) -> None:
    if node.name not in ("jumlah", "median", "rata", *_EXTREMES):
        ways = "rata(…), median(…), terbesar(…) or terkecil(…)"
        raise FormulaError(
            f"what each row gives is added up with jumlah(…), or has {ways}", node.at
        )


def _same_unit(found: Sequence[Quantity]) -> Lacking | None:
    """Say that figures have different units, which only the data told."""
    given = list(dict.fromkeys(one.unit for one in found if one.unit))
    return _apart(given) if len(given) > 1 else None


def _apart(given: Sequence[str]) -> Lacking:
    return Lacking("tak-hitung", f"satuan {' dan '.join(given)} tidak dapat digabungkan")


def _phrase(what: str, picked: Picked) -> str:
    told = f" dengan {', '.join(picked.told)}" if picked.told else ""
    source = picked.table.source
    title = re.split(r"[,:(]", source.title)[0].strip() or source.name
    return f"{what} {title[:1].lower() if title[1:2].islower() else title[:1]}{title[1:]}{told}"


def _none() -> Lacking:
    return Lacking("kosong")


_MANY = 20
_EXTREMES: Mapping[str, Callable[[Iterable[Fraction]], Fraction]] = {
    "terbesar": max,
    "terkecil": min,
}
_ARGUMENTS: Mapping[str, tuple[int, int]] = {
    "rata": (1, _MANY),
    "terakhir": (1, _MANY),
    "terkecil": (1, _MANY),
    "terbesar": (1, _MANY),
    "selain": (2, 2),
    "pertama_setiap": (2, _MANY),
    "terakhir_setiap": (2, _MANY),
    "tertimbang": (2, 2),
}

FUNCTIONS: Mapping[str, Callable[[Compiler, Call], Code]] = {
    "banyak": _banyak,
    "berbeda": _berbeda,
    "jumlah": _jumlah,
    "kumulatif": _kumulatif,
    "lengkap": _lengkap,
    "median": _median,
    "menurut": _menurut,
    "nilai": _nilai,
    "pertama_setiap": _one_of("first"),
    "rata": _rata,
    "selain": _selain,
    "tanpa_satuan": _tanpa_satuan,
    "terakhir": partial(_reduced, reduce=lambda found, unit: last(found, "", unit)),
    "terakhir_setiap": _one_of("last"),
    "terbesar": partial(_reduced, reduce=lambda found, unit: largest(found, "", unit)),
    "terkecil": partial(_reduced, reduce=lambda found, unit: smallest(found, "", unit)),
    "tertimbang": _tertimbang,
}
"""All functions by name; ``hari`` and ``hari_kerja`` stand behind rows instead."""
