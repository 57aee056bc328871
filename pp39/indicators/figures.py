"""A named figure of an indicator, understood: one value, or one for every word gone through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Protocol, TypeVar

from pp39.book import Book
from pp39.formula import (
    Code,
    Compiler,
    Family,
    Figure,
    FormulaError,
    Lacking,
    Names,
    Picked,
    Shape,
    Template,
    Value,
    Variable,
    Word,
    World,
    compile_template,
    fits,
    parse,
    parse_condition,
)
from pp39.formula.compile import small
from pp39.formula.names import vocabulary_of
from pp39.formula.syntax import Member
from pp39.formula.words import in_order
from pp39.ledger import Quantity
from pp39.profile.indicator import Besaran, Cara
from pp39.yamlfile import KeyPath

Fault = Callable[[KeyPath, str, FormulaError], None]
"""Takes note of what is wrong: where in the definition, in which text, and what."""


class _HasFooting(Protocol):
    @property
    def footing(self) -> str:
        """``baris``, ``rekap``, or empty where the parameter does not choose."""


_Made = TypeVar("_Made")
_Tried = TypeVar("_Tried", bound=_HasFooting)

_RANGE = re.compile(r"\s*([0-9]{1,4})\s*\.\.\s*([0-9]{1,4})\s*")
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._/-]+")
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Way:
    """One of the ways to a figure."""

    footing: str
    data: Code | None
    code: Code
    how: Template | None


@dataclass(frozen=True)
class _Group:
    """Words that are gone through together: one list of them, or those that occur in rows."""

    names: tuple[str, ...]
    words: Callable[[World], Sequence[tuple[Word, ...]]]


@dataclass(frozen=True)
class Step:
    """A figure that was understood."""

    #: Its name.
    name: str
    #: What formulas that use it are given.
    shape: Shape
    groups: tuple[_Group, ...]
    ways: tuple[Way, ...]
    when: Callable[[World], bool] | None
    id: str | None
    label: Template | None
    unit: Template | None
    decimals: int | None
    note: Template | None

    def run(self, world: World) -> Value:
        """Compute the figure, or all of its figures, and enter them in the ledger."""
        if not self.groups:
            return self._one(world)[0]
        figures: list[Figure] = []
        for words in self._combinations(world):
            inside = replace(world, words={**world.words, **words})
            if self.when is None or self.when(inside):
                value, footing = self._one(inside)
                if isinstance(value, Quantity | Lacking):
                    figures.append(Figure(words, value, footing))
        return Family(self.shape.dims, tuple(figures))

    def _combinations(self, world: World) -> Iterator[Mapping[str, Word]]:
        for chosen in product(*(group.words(world) for group in self.groups)):
            yield {
                name: word
                for group, words in zip(self.groups, chosen, strict=True)
                for name, word in zip(group.names, words, strict=True)
            }

    def _one(self, world: World) -> tuple[Value, str]:
        if not self.groups and self.when is not None and not self.when(world):
            return Lacking("kosong"), ""
        value, footing = self._computed(world)
        if isinstance(value, Quantity):
            return self._entered(value, world), footing
        if isinstance(value, Lacking) and not value.reason and self.label is not None:
            return Lacking(value.kind, f"data {small(self.label.text(world))}"), footing
        # Under a name of their own, rows are no longer those that one column picked.
        return (replace(value, by="") if isinstance(value, Picked) else value), footing

    def _computed(self, world: World) -> tuple[Value, str]:
        lacking: Value = Lacking("kosong")
        for way in in_turn(self.ways, world.book):
            inside = world
            if way.data is not None:
                data = way.data.run(world)
                if not isinstance(data, Picked) or not data.rows:
                    continue
                inside = replace(world, figures={**world.figures, "data": replace(data, by="")})
            if way.how is not None:
                inside = replace(inside, how=way.how.text(inside))
            value = way.code.run(inside)
            if way.data is not None or not isinstance(value, Lacking):
                return value, way.footing
            lacking = value
        return lacking, ""

    def _entered(self, value: Quantity, world: World) -> Quantity:
        if self.id is None or self.label is None:
            return value
        unit = self.unit.text(world) if self.unit is not None else ""
        note = self.note.text(world) if self.note is not None else None
        named = value.named(self.label.text(world), unit or None, self.decimals, note)
        below = _HOLE.sub(lambda hole: world.words[hole[1]].slug, self.id)
        id = f"{world.code.replace(' ', '-')}/{_NOT_IN_IDS.sub('-', below)}"
        return world.book.ledger.add(id, named)


def in_turn(ways: Sequence[_Tried], book: Book) -> list[_Tried]:
    """Put ways in the order in which they are tried: ``data.dahulukan`` chooses rows or counts."""
    first = book.params.data.dahulukan
    return sorted(ways, key=lambda way: bool(way.footing) and way.footing != first)


def shape_of(given: Besaran) -> Shape:
    """Say what a figure gives as far as can be told where it is wrong."""
    return Shape("family", dims=tuple(given.untuk)) if given.untuk else Shape("number")


def compile_figure(name: str, given: Besaran, names: Names, fault: Fault) -> Step | None:
    """Understand a figure.

    Returns
    -------
    Step or None
        None if something is wrong.
    """
    return _Figure(name, given, names, fault).step()


class _Figure:
    def __init__(self, name: str, given: Besaran, names: Names, fault: Fault) -> None:
        self._name = name
        self._given = given
        self._names = names
        self._fault = fault
        self._wrong = False

    def step(self) -> Step | None:
        given = self._given
        groups = self._groups()
        ways = self._ways()
        when = self._understood(
            ("bila",),
            given.bila,
            lambda text: Compiler(self._names).condition(parse_condition(text)),
        )
        label = self._template("label", given.label)
        unit = self._template("satuan", given.satuan)
        note = self._template("catatan", given.catatan)
        shape = self._shape(ways)
        below = self._id()
        if self._wrong or shape is None:
            return None
        return Step(self._name, shape, groups, ways, when, below, label, unit, given.desimal, note)

    def _say(self, key: KeyPath, text: str, error: FormulaError) -> None:
        self._wrong = True
        self._fault(key, text, error)

    def _understood(
        self, key: KeyPath, text: str | None, make: Callable[[str], _Made]
    ) -> _Made | None:
        if text is None:
            return None
        try:
            return make(text)
        except FormulaError as error:
            self._say(key, text, error)
            return None

    def _template(self, key: str, text: str | None) -> Template | None:
        return self._understood((key,), text, lambda one: compile_template(one, self._names))

    def _groups(self) -> tuple[_Group, ...]:
        """Understand what is gone through; columns of the same rows go together."""
        found: list[_Group] = []
        variables: dict[str, Variable] = {}
        together: dict[str, list[tuple[str, Code, str, str]]] = {}
        for name, spec in self._given.untuk.items():
            key = ("untuk", name)
            if name in self._names.figures:
                wrong = f'"{name}" is the name of a figure; take another for the word'
                self._say(key, name, FormulaError(wrong))
                continue
            made = self._understood(key, str(spec), partial(self._words, spec))
            # What else is wrong is told as well, and not that this word is unknown.
            variables[name] = Variable("")
            if made is None:
                continue
            code, variable = made
            variables[name] = variable
            rows = self._rows_behind(spec)
            if rows is not None:
                of, column = rows
                source = of.shape.source
                assert source is not None
                told = (name, of, column, vocabulary_of(source, column))
                together.setdefault(str(spec).rpartition(".")[0].strip(), []).append(told)
                continue
            found.append(_Group((name,), _singly(code)))
        found += [_occurring(members) for members in together.values()]
        order = list(self._given.untuk)
        self._names = self._names.with_variables(variables)
        return tuple(sorted(found, key=lambda group: order.index(group.names[0])))

    def _rows_behind(self, spec: str | tuple[int | str, ...]) -> tuple[Code, str] | None:
        """Give rows and column, where words come from one column of rows."""
        if not isinstance(spec, str) or _RANGE.fullmatch(spec):
            return None
        node = parse(spec)
        if not isinstance(node, Member):
            return None
        compiler = Compiler(self._names)
        code = compiler.code(node)
        return (compiler.code(node.of), node.name) if code.shape.kind == "column" else None

    def _words(self, spec: str | tuple[int | str, ...], text: str) -> tuple[Code, Variable]:
        del text  # what the message shows; the specification may be a list
        parts = (spec,) if isinstance(spec, str) else spec
        match = _RANGE.fullmatch(spec) if isinstance(spec, str) else None
        if match is not None:
            parts = tuple(range(int(match[1]), int(match[2]) + 1))
            if not parts:
                raise FormulaError(f"{spec} goes through nothing; write the smaller number first")
        if all(isinstance(one, int) for one in parts):
            fixed = tuple(Word(one, str(one)) for one in parts)
            slugs = tuple(str(one) for one in parts)
            return Code(Shape("words"), lambda world: fixed), Variable("", slugs)
        codes = [self._list(str(one)) for one in parts]
        vocabulary = codes[0].shape.vocabulary

        def words(world: World) -> Value:
            found = [one.run(world) for one in codes]
            unique = {word.value: word for one in found if isinstance(one, tuple) for word in one}
            if len(codes) == 1:
                return tuple(unique.values())
            return tuple(unique[value] for value in in_order(list(unique), vocabulary, world))

        return Code(codes[0].shape, words), Variable(vocabulary)

    def _list(self, text: str) -> Code:
        if text in self._names.vocabularies and text not in self._names.figures:

            def words(world: World) -> Value:
                named = world.book.words(text)
                months = text == "bulan"
                return tuple(
                    Word(int(slug) if months else slug, name, text) for slug, name in named.items()
                )

            return Code(Shape("words", words=(("", text),)), words)
        return Compiler(self._names).words(parse(text))

    def _ways(self) -> tuple[Way, ...]:
        given = self._given
        if (given.hitung is None) is (not given.atau):
            told = "a figure needs hitung or atau, and not both"
            self._say((), self._name, FormulaError(told))
            return ()
        if given.hitung is not None:
            alone = Cara(hitung=given.hitung, cara=given.cara)
            return tuple(filter(None, [self._way(alone, ())]))
        made = [self._way(one, ("atau", str(n))) for n, one in enumerate(given.atau)]
        return tuple(filter(None, made))

    def _way(self, given: Cara, key: KeyPath) -> Way | None:
        outer = self._names
        data = self._understood(
            (*key, "data"), given.data, lambda text: Compiler(outer).rows(parse(text), "data")
        )
        if data is None and given.data is not None:
            return None
        names = outer if data is None else outer.with_figure("data", data.shape)
        how = self._understood(
            (*key, "cara"), given.cara, lambda text: compile_template(text, names)
        )
        many = bool(self._given.untuk) or bool(self._given.atau) or self._given.label is not None

        def make(text: str) -> Code:
            compiler = Compiler(names)
            code = compiler.code(parse(text))
            if not many and code.shape.kind in ("rows", "words"):
                return code
            return compiler.number(parse(text))

        code = self._understood((*key, "hitung"), given.hitung, make)
        return None if code is None else Way(given.dari or "", data, code, how)

    def _shape(self, ways: Sequence[Way]) -> Shape | None:
        given = self._given
        if not ways:
            return None
        shape = ways[0].code.shape
        if shape.kind != "number":
            return shape
        if given.label is None:
            told = "a figure needs a label, the name it has in calculations"
            self._say((), self._name, FormulaError(told))
            return None
        unit = shape.unit
        if given.satuan is not None:
            fixed = "{" not in given.satuan
            for way in ways if fixed else ():
                wrong = fits(given.satuan, way.code.shape.unit)
                if wrong:
                    self._say(("satuan",), given.satuan, FormulaError(wrong))
            unit = given.satuan if fixed else None
        if not given.untuk:
            return Shape("number", unit=unit)
        words = tuple(
            (name, self._names.variables[name].vocabulary)
            for name in given.untuk
            if name in self._names.variables
        )
        return Shape("family", unit=unit, dims=tuple(given.untuk), words=words)

    def _id(self) -> str:
        given = self._given
        if given.id is None:
            holes = "".join(f"/{{{name}}}" for name in given.untuk)
            return f"{self._name.replace('_', '-')}{holes}"
        missing = [one for one in given.untuk if f"{{{one}}}" not in given.id]
        strange = [one for one in _HOLE.findall(given.id) if one not in given.untuk]
        if missing:
            told = f"id needs {{{missing[0]}}}, or its figures would have one id"
            self._say(("id",), given.id, FormulaError(told))
        if strange:
            told = f'id has {{{strange[0]}}}, which "untuk" does not go through'
            self._say(("id",), given.id, FormulaError(told))
        return given.id


def _singly(code: Code) -> Callable[[World], Sequence[tuple[Word, ...]]]:
    def words(world: World) -> Sequence[tuple[Word, ...]]:
        found = code.run(world)
        return [(one,) for one in found] if isinstance(found, tuple) else []

    return words


def _occurring(members: Sequence[tuple[str, Code, str, str]]) -> _Group:
    """Go through the words that stand together in a row."""
    names = tuple(name for name, *_ in members)
    of, columns = members[0][1], [column for _, _, column, _ in members]
    vocabularies = [vocabulary for *_, vocabulary in members]

    def words(world: World) -> Sequence[tuple[Word, ...]]:
        picked = of.run(world)
        if not isinstance(picked, Picked):
            return []
        found = picked.table.combinations(picked.rows, *columns)
        if not found:
            return []
        there = set(found)
        listed = [
            in_order(list(dict.fromkeys(values)), vocabulary, world)
            for values, vocabulary in zip(zip(*found, strict=True), vocabularies, strict=True)
        ]
        return [
            tuple(
                _word(value, vocabulary, world)
                for value, vocabulary in zip(row, vocabularies, strict=True)
            )
            for row in product(*listed)
            if row in there
        ]

    return _Group(names, words)


def _word(value: object, vocabulary: str, world: World) -> Word:
    plain = value if isinstance(value, str) else int(str(value))
    slug = f"{plain:02d}" if vocabulary == "bulan" else str(plain)
    return Word(plain, world.book.name_of(vocabulary, slug), vocabulary)
