"""From the tree of a formula to what computes it, with names, kinds and units checked first.

What a formula computes are the operations of the ledger and the selections of the clean tables, one
for one; so the trace an auditor reads is the calculation, and cannot be anything else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, NoReturn

from pp39.formula import units
from pp39.formula.filters import chosen, narrowed
from pp39.formula.names import (
    PERIODS,
    Names,
    holes,
    parameter,
    parameter_shape,
    parameters,
    unit_of,
    unknown,
    vocabulary_of,
)
from pp39.formula.parse import FormulaError, parse
from pp39.formula.rowwise import row_by_row
from pp39.formula.syntax import (
    Binary,
    Call,
    Filtered,
    Member,
    Name,
    Negative,
    Node,
    Number,
    Test,
    Text,
    Texts,
    written,
)
from pp39.formula.values import (
    Code,
    Column,
    Family,
    Lacking,
    Picked,
    Shape,
    Value,
    Word,
    World,
)
from pp39.formula.words import (
    NUMBERS,
    attribute_of,
    distinct,
    in_column,
    in_order,
    named_word,
    period,
    word_of,
)
from pp39.ledger import Parameter, Quantity
from pp39.params.schema import format_path
from pp39.periods import Quarter
from pp39.profile.condition import OPERATIONS
from pp39.sources import Source

_KINDS = {
    "number": "a number",
    "word": "a word",
    "words": "a list of words",
    "rows": "rows",
    "column": "a column",
    "family": "several figures",
    "text": "a text",
}
_REMEDIES = {
    "rows": "count them with banyak(…)",
    "column": "add it up with jumlah(…), or take the one value with nilai(…)",
    "family": "say which one in brackets, or add them up with jumlah(…)",
}


def compile_formula(text: str, names: Names) -> Code:
    """Understand a formula.

    Raises
    ------
    FormulaError
        At the first thing that is wrong: syntax, names, kinds, units.
    """
    return Compiler(names).code(parse(text))


class Compiler:
    """Makes code of trees."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def code(self, node: Node) -> Code:  # noqa: PLR0911  one a kind of node
        """Understand a tree of any kind."""
        match node:
            case Number(value):
                return _constant(value)
            case Text(text):
                return Code(Shape("text"), lambda world: text)
            case Texts(items):
                words = tuple(Word(one.value, one.value) for one in items)
                return Code(Shape("words"), lambda world: words)
            case Name():
                return self._name(node)
            case Member():
                return self._member(node)
            case Call():
                # Functions need the compiler, and the compiler needs them.
                from pp39.formula.functions import call  # noqa: PLC0415

                return call(self, node)
            case Filtered():
                return self._filtered(node)
            case Negative(operand):
                if isinstance(operand, Number):
                    return _constant(-operand.value)
                zero = _constant(Fraction(0))
                return self._arithmetic(node, "-", zero, self.number(operand))
            case Binary():
                return self._binary(node)

    def number(self, node: Node) -> Code:
        """Understand a tree that must give one number."""
        return _as_number(self.code(node), node)

    def rows(self, node: Node, function: str) -> Code:
        """Understand a tree that must give rows."""
        code = self.code(node)
        if code.shape.kind != "rows":
            self._mismatch(node, code, f"{function}(…) needs rows")
        return code

    def words(self, node: Node) -> Code:
        """Understand a tree that must give words; a column gives those in it."""
        code = self.code(node)
        if code.shape.kind == "column" and "(" not in code.shape.column:
            return _words_of_column(code)
        if code.shape.kind in ("words", "word"):
            return code
        self._mismatch(node, code, "words are needed here")

    def condition(self, test: Test) -> Callable[[World], bool]:
        """Understand a condition on figures; one that lacks data is not met."""
        left = self.number(test.left)
        if test.right is None:
            wanted = test.op == "ada"
            return lambda world: isinstance(left.run(world), Quantity) is wanted
        right = self.number(test.right)

        def met(world: World) -> bool:
            a, b = left.run(world), right.run(world)
            if not isinstance(a, Quantity) or not isinstance(b, Quantity):
                return False
            return bool(OPERATIONS[test.op](a.value, b.value))

        return met

    def _mismatch(self, node: Node, code: Code, need: str) -> NoReturn:
        raise FormulaError(f"{need}, but {written(node)} is {_KINDS[code.shape.kind]}", node.at)

    def _name(self, node: Name) -> Code:
        name, names = node.id, self.names
        if holes(name):
            raise FormulaError(f'"{name}" can only name a column, behind a dot', node.at)
        if name in names.variables:
            known = names.variables[name]
            shape = Shape("word", words=(("", known.vocabulary),))
            return Code(shape, lambda world: world.words[name])
        if name in names.figures:
            return Code(names.figures[name], lambda world: world.figures[name])
        if name in PERIODS:
            return Code(PERIODS[name], lambda world: period(name, world))
        if name in names.sources:
            return self._source(name, node.at)
        unknown(name, names.simple(), "no name that is known here", node.at)

    def _source(self, name: str, at: int) -> Code:
        if name not in self.names.sources:
            unknown(name, self.names.sources, "no source", at)

        def rows(world: World) -> Value:
            table = world.book.tables.get(name)
            if table is None:
                return Lacking("kosong")
            picked = table.where()
            return Picked(table, picked, bool(picked))

        return Code(Shape("rows", source=self.names.sources[name]), rows)

    def _member(self, node: Member) -> Code:  # noqa: PLR0911  one a kind of name
        if isinstance(node.of, Text):
            return self._other(node.of, node)
        path = dotted(node)
        local = path is not None and (
            path[0] in self.names.variables or path[0] in self.names.figures or path[0] in PERIODS
        )
        if path is not None and not local:
            if path[0] == "param":
                return self._parameter(path[1:], node)
            if path[0] == "sumber":
                if len(path) == 2:
                    return self._source(node.name, node.at)
                return self._column(self.code(node.of), node)
            known = parameter(path, self.names.root)
            source = self.names.sources.get(path[0])
            if source is not None and known is not None and path[1] in self.names.schema(source):
                raise FormulaError(
                    f'"{".".join(path)}" is a column and a parameter; write'
                    f" sumber.{'.'.join(path)} or param.{'.'.join(path)}",
                    node.at,
                )
            if known is not None:
                return self._parameter(path, node)
            self._must_be_known(path, source, first_at(node))
        of = self.code(node.of)
        figure = of.shape.kind in ("number", "family") and node.name not in of.shape.dims
        if figure and path is not None and parameter(path, self.names.root):
            told = f'"{path[0]}" is a figure here; write param.{".".join(path)} for the parameter'
            raise FormulaError(told, node.at)
        match of.shape.kind:
            case "rows":
                return self._column(of, node)
            case "family":
                return _words_of_family(of, node)
            case "word":
                return self._attribute(of, node)
            case _:
                self._mismatch(node.of, of, "only rows, figures and words have parts")

    def _must_be_known(self, path: tuple[str, ...], source: Source | None, at: int) -> None:
        """Refuse what is no parameter and cannot be a column either."""
        every, written = list(parameters(self.names.root)), ".".join(path)
        if path[0] == "data" or source is not None:
            self.names.not_personal(path[1], source, at)
        if source is None:
            every += self.names.simple()
            unknown(written, every, "neither a parameter nor a source", at)
        columns = self.names.schema(source)
        beside = [one for one in every if one.startswith(f"{path[0]}.")]
        if beside and path[1] not in columns and not holes(path[1]):
            beside += [f"{path[0]}.{one}" for one in columns]
            unknown(written, beside, "neither a column nor a parameter", at)

    def _other(self, code: Text, node: Member) -> Code:
        if code.value not in self.names.others:
            unknown(code.value, self.names.others, "no code of an indicator", code.at)
        known = self.names.others[code.value]
        if node.name not in known:
            unknown(node.name, known, f"no figure of {code.value}", node.at)
        return Code(known[node.name], lambda world: world.others(code.value, node.name))

    def _parameter(self, path: tuple[str, ...], node: Node) -> Code:
        known = parameter(path, self.names.root)
        if known is None:
            unknown(".".join(path), parameters(self.names.root), "no parameter", first_at(node))
        shape = parameter_shape(known)
        said = format_path(path)

        def value(world: World) -> Value:
            found = world.book.settings.value(said)
            if shape.kind == "text" and not (found is None and shape.vocabulary):
                return str(found)
            if found is None:
                return None if shape.kind == "words" else Lacking("kosong", f"parameter {said}")
            if shape.kind == "words":
                return tuple(Word(one, str(one)) for one in found)
            return world.book.settings.named_quantity(said)

        return Code(shape, value)

    def _column(self, of: Code, node: Member) -> Code:
        source = of.shape.source
        assert source is not None
        self.names.column(source, node.name, node.at)
        unit = None if holes(node.name) else unit_of(source, node.name)
        shape = Shape("column", unit=unit, source=source, column=node.name)

        def column(picked: Picked, world: World) -> Value:
            return Column(picked, in_column(node.name, world))

        return Code(shape, of.then(Picked, column))

    def _attribute(self, of: Code, node: Member) -> Code:
        vocabulary = of.shape.vocabulary
        known = self.names.attributes.get(vocabulary, ())
        if node.name not in known:
            unknown(node.name, known, f'nothing that is known of "{written(node.of)}"', node.at)

        induk = node.name == "induk"
        shape = Shape("word", words=(("", vocabulary),)) if induk else Shape("text")
        return Code(shape, of.then(Word, lambda word, world: attribute_of(word, node.name, world)))

    def _filtered(self, node: Filtered) -> Code:
        of = self.code(node.of)
        if of.shape.kind == "rows":
            return narrowed(self, of, node)
        if of.shape.kind == "family":
            if isinstance(node.of, Member) and isinstance(node.of.of, Text):
                told = "figures of another indicator are taken together, and not chosen among"
                raise FormulaError(f"{told}; name what is chosen where they are", node.at)
            return chosen(self, of, node)
        self._mismatch(node.of, of, "brackets choose among rows or figures")

    def _binary(self, node: Binary) -> Code:
        left = self.code(node.left)
        if (
            node.op in "+-"
            and left.shape.kind == "word"
            and left.shape.vocabulary in ("", "triwulan", *NUMBERS)
            and isinstance(node.right, Number)
            and node.right.value.denominator == 1
        ):
            return _moved(left, node.op, node.right.value)
        right = self.code(node.right)
        made = row_by_row(self, node, left, right)
        if made is not None:
            return made
        left, right = _as_number(left, node.left), _as_number(right, node.right)
        if node.op != "atau":
            return self._arithmetic(node, node.op, left, right)
        unit = self._added(node, left, right)

        def either(world: World) -> Value:
            first = left.run(world)
            if not isinstance(first, Lacking):
                return first
            second = right.run(world)
            return first if isinstance(second, Lacking) else second

        return Code(Shape("number", unit=unit), either)

    def _arithmetic(self, node: Node, op: str, left: Code, right: Code) -> Code:
        a, b = left.shape.unit, right.shape.unit
        checked = False
        match op:
            case "+" | "-":
                unit = self._added(node, left, right)
                checked = units.ASIDE not in (a, b) and None in (a, b)
                unit = "poin persen" if op == "-" and (a, b) == ("%", "%") else unit
            case "*":
                hundred = isinstance(node, Binary) and any(
                    isinstance(one, Number) and one.value == 100 for one in (node.left, node.right)
                )
                unit = units.multiplied(a, b, hundred)
            case _:
                unit = units.divided(a, b)

        def run(world: World) -> Value:
            x, y = left.run(world), right.run(world)
            if not isinstance(x, Quantity):
                return x
            if not isinstance(y, Quantity):
                return y
            if checked and x.unit != y.unit and x.unit and y.unit:
                return Lacking(
                    "tak-hitung", f"satuan {x.unit} dan {y.unit} tidak dapat digabungkan"
                )
            if op == "/" and y.value == 0:
                return Lacking("tak-hitung", f"{small(y.label or 'pembagi')} bernilai 0")
            if op in "+-":
                x, y = _measured(x, y.unit), _measured(y, x.unit)
            made: Quantity = ARITHMETIC[op](x, y)
            return made

        return Code(Shape("number", unit=unit), run)

    def _added(self, node: Node, left: Code, right: Code) -> str | None:
        try:
            return units.added(left.shape.unit, right.shape.unit)
        except ValueError as error:
            raise FormulaError(f"{written(node)}: {error}", node.at) from None


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _measured(one: Quantity, unit: str) -> Quantity:
    """Give a parameter, which has no unit of its own, that of what it is held against."""
    bare = isinstance(one.origin, Parameter) and not one.unit and one.id is None
    return replace(one, unit=unit) if bare and unit in ("%", "Rp") else one


def _constant(value: Fraction) -> Code:
    quantity = Quantity.constant(value)
    return Code(Shape("number", unit=""), lambda world: quantity)


def small(label: str) -> str:
    """Write a label inside a sentence."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _as_number(code: Code, node: Node) -> Code:
    shape = code.shape
    if shape.kind == "number":
        return code
    if shape.kind == "family" and set(shape.fixed) == set(shape.dims):

        def single(family: Family, world: World) -> Value:
            if len(family.figures) > 1:
                raise FormulaError(f"{written(node)} stands for several figures", node.at)
            return family.figures[0].value if family.figures else Lacking("kosong")

        return Code(Shape("number", unit=shape.unit), code.then(Family, single))
    if shape.kind == "word" and shape.vocabulary in ("", "tahun", "bulan"):

        def counted(word: Word, world: World) -> Value:
            if not isinstance(word.value, int):
                return Lacking("tak-hitung", f"{word.name} bukan bilangan")
            return Quantity.constant(word.value)

        return Code(Shape("number", unit=""), code.then(Word, counted))
    remedy = _REMEDIES.get(shape.kind)
    raise FormulaError(
        f"a number is needed, but {written(node)} is {_KINDS[shape.kind]}"
        + (f"; {remedy}" if remedy else ""),
        node.at,
    )


def _moved(left: Code, op: str, by: Fraction) -> Code:
    """Go on or back from a word: the month before, the year before."""
    step = int(by) if op == "+" else -int(by)

    def moved(word: Word, world: World) -> Value:
        if word.vocabulary == "triwulan":
            return word_of(Quarter.parse(word.value).number + step, "triwulan")
        if not isinstance(word.value, int):
            return Lacking("tak-hitung", f"{word.name} bukan bilangan")
        return word_of(word.value + step, word.vocabulary)

    return Code(left.shape, left.then(Word, moved))


def dotted(node: Node) -> tuple[str, ...] | None:
    """Give the parts of a dotted name; None of anything else."""
    if isinstance(node, Name):
        return (node.id,)
    if isinstance(node, Member):
        before = dotted(node.of)
        return None if before is None else (*before, node.name)
    return None


def first_at(node: Node) -> int:
    """Give where a dotted name begins."""
    while isinstance(node, Member):
        node = node.of
    return node.at


def _words_of_column(of: Code) -> Code:
    """Give the words that stand in a column, in the order of their vocabulary."""
    source, column = of.shape.source, of.shape.column
    assert source is not None
    vocabulary = vocabulary_of(source, column)

    def words(found: Column, world: World) -> Value:
        return tuple(
            named_word(one, vocabulary, world)
            for one in in_order(distinct(found), vocabulary, world)
        )

    return Code(Shape("words", words=(("", vocabulary),)), of.then(Column, words))


def _words_of_family(of: Code, node: Member) -> Code:
    dim = node.name
    if dim not in of.shape.dims:
        unknown(dim, of.shape.dims, "nothing that these figures are sorted by", node.at)

    def words(world: World) -> Value:
        family = of.run(world)
        if not isinstance(family, Family):
            return ()
        there = [one.words[dim] for one in family.figures if isinstance(one.value, Quantity)]
        words = {one.value: one for one in there}
        return tuple(words[value] for value in in_order(list(words), vocabulary, world))

    vocabulary = dict(of.shape.words).get(dim, "")
    return Code(Shape("words", words=(("", vocabulary),)), words)
