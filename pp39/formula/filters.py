"""Brackets: conditions that choose among rows, or among figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pandas as pd

from pp39.formula.days import Special, days_of, holds
from pp39.formula.names import PERIODS, TIMES, holes, unknown, vocabulary_of
from pp39.formula.parse import FormulaError
from pp39.formula.syntax import TESTS, Filtered, Member, Name, Node, Test, Text, Texts
from pp39.formula.values import (
    Code,
    Family,
    Figure,
    Lacking,
    Picked,
    Shape,
    Value,
    Word,
    Words,
    World,
)
from pp39.formula.words import NUMBERS, attribute_of, in_column, named_word
from pp39.ledger import Quantity
from pp39.periods import parse_clock, parse_date
from pp39.profile.condition import OPERATIONS
from pp39.sources import Selection, Source
from pp39.sources.words import Clock, Date

if TYPE_CHECKING:
    from pp39.formula.compile import Compiler


def narrowed(compiler: Compiler, of: Code, node: Filtered) -> Code:
    """Understand conditions in brackets behind rows.

    Raises
    ------
    FormulaError
        If a condition is none, or compares what cannot be compared.
    """
    source = of.shape.source
    assert source is not None
    node = replace(node, tests=tuple(_dated(source, one) for one in node.tests))
    understood: list[tuple[bool, Special | None, Code | None, Test]] = []
    for one in node.tests:
        special = _beside(compiler, source, one)
        if special is not None:
            understood.append((False, special, None, one))
            continue
        _must_be_named(compiler, one.right)
        special = days_of(compiler, source, one)
        understood.append((_is_time(compiler, one), special, _right(compiler, one), one))
    # What says which time is meant comes first: without rows of that time there are no data.
    tests = sorted(understood, key=lambda one: not one[0])
    for _, special, right, test in tests:
        if special is None:
            _check_test(compiler, source, test, right)
    by = next((t.left.id for t in node.tests if isinstance(t.left, Name)), "")

    def narrowed(picked: Picked, world: World) -> Value:
        rows, known, told = picked.rows, picked.known, list(picked.told)
        for time, special, right, test in tests:
            value = None if right is None else right.run(world)
            if isinstance(value, Lacking):
                return value
            if special is not None:
                rows, words = special(replace(picked, rows=rows), test.op, value, world)
                told.append(words)
            else:
                column = in_column(cast(Name, test.left).id, world)
                rows = _kept(rows, column, test.op, value)
                named = _worded(value, vocabulary_of(source, column), world)
                told.append(_told(picked.table.called(column), test.op, named))
            if time:
                known = known and bool(rows)
        return Picked(picked.table, rows, known, tuple(told), in_column(by, world))

    return Code(of.shape, of.then(Picked, narrowed))


def chosen(compiler: Compiler, of: Code, node: Filtered) -> Code:
    """Understand conditions in brackets behind figures; errors as of `narrowed`."""
    shape = of.shape
    tests = [(_figure_test(compiler, shape, test), test) for test in node.tests]
    fixed = {
        test.left.id
        for test in node.tests
        if test.op in ("=", "ini") and isinstance(test.left, Name)
    }

    def chosen(family: Family, world: World) -> Value:
        figures = list(family.figures)
        for passes, _ in tests:
            kept = passes(world, figures)
            if isinstance(kept, Lacking):
                return kept
            figures = kept
        return Family(family.dims, tuple(figures))

    known = tuple(one for one in shape.dims if one in fixed or one in shape.fixed)
    return Code(replace(shape, fixed=known), of.then(Family, chosen))


def _beside(compiler: Compiler, source: Source, test: Test) -> Special | None:
    """Understand two columns of one row held against one another; None if it is no such test."""
    left, right = test.left, test.right
    if not isinstance(left, Name) or not isinstance(right, Name) or test.op not in TESTS:
        return None
    # A name that stands for something by itself is that, whatever the columns are called.
    names = compiler.names
    if right.id in {*names.variables, *names.figures, *PERIODS}:
        return None
    if right.id not in names.schema(source):
        return None
    kinds = [_compared_as(compiler, source, one) for one in (left, right)]
    if kinds[0] != kinds[1]:
        told = f'column "{left.id}" holds {kinds[0]} and column "{right.id}" {kinds[1]}'
        raise FormulaError(f"{told}; only like is compared with like", test.at)
    if test.op not in ("=", "!=") and kinds[0] not in ("numbers", "dates", "times"):
        raise FormulaError(f"columns of {kinds[0]} are compared by = or != only", test.at)
    op = "==" if test.op == "=" else test.op

    def kept(picked: Picked, sign: str, value: Value, world: World) -> tuple[Selection, str]:
        called = [picked.table.called(one) for one in (left.id, right.id)]
        return picked.rows.beside(left.id, op, right.id), f"{called[0]} {TESTS[sign]} {called[1]}"

    return kept


def _compared_as(compiler: Compiler, source: Source, column: Name) -> str:
    if holds(source, column.id, Date) or holds(source, column.id, Clock):
        return "dates" if holds(source, column.id, Date) else "times"
    if compiler.names.column(source, column.id, column.at) != "text":
        return "numbers"
    vocabulary = vocabulary_of(source, column.id)
    return f"words of {vocabulary}" if vocabulary else "words"


def _must_be_named(compiler: Compiler, right: Node | None) -> None:
    """Refuse a word of a column that stands without quotes, and say so."""
    if isinstance(right, Name) and right.id not in set(compiler.names.simple()):
        told = f'"{right.id}" is no name that is known here; a word of a column stands in quotes'
        raise FormulaError(f"{told}, as '{right.id}'", right.at)


def _dated(source: Source, test: Test) -> Test:
    """Write the dates or times that a column is compared with as clean tables have them."""
    name = test.left.id if isinstance(test.left, Name) else ""
    dates = holds(source, name, Date)
    if not dates and not holds(source, name, Clock):
        return test

    def read(text: Text) -> Text:
        try:
            value = parse_date(text.value).isoformat() if dates else parse_clock(text.value)
        except ValueError as error:
            told = f'column "{name}" holds {"dates" if dates else "times"}, and {error}'
            raise FormulaError(told, text.at) from None
        return replace(text, value=value)

    if isinstance(test.right, Texts):
        return replace(test, right=replace(test.right, items=tuple(map(read, test.right.items))))
    return replace(test, right=read(test.right)) if isinstance(test.right, Text) else test


def _is_time(compiler: Compiler, test: Test) -> bool:
    if not isinstance(test.left, Name) or test.right is None:
        return False
    if test.op not in ("=", "dalam"):
        return False
    shape = compiler.code(test.right).shape
    return shape.kind in ("word", "words") and shape.vocabulary in TIMES


def _right(compiler: Compiler, test: Test) -> Code | None:
    if test.right is None:
        return None
    if test.op in ("dalam", "tidak dalam"):
        return compiler.words(test.right)
    code = compiler.code(test.right)
    return code if code.shape.kind in ("word", "text") else compiler.number(test.right)


def _check_test(compiler: Compiler, source: Source, test: Test, right: Code | None) -> None:
    if not isinstance(test.left, Name):
        raise FormulaError("a condition on rows begins with the name of a column", test.at)
    name = test.left.id
    storage = compiler.names.column(source, name, test.at)
    if test.op == "ini":
        raise FormulaError(f'a condition on rows needs a value, such as "{name} = …"', test.at)
    if right is None:
        return
    kind = right.shape.kind
    _check_dates(source, name, test, right.shape)
    if kind == "number" and storage == "text":
        raise FormulaError(f'column "{name}" holds words and is compared with a number', test.at)
    if kind == "text" and storage != "text":
        raise FormulaError(f'column "{name}" holds numbers and is compared with a word', test.at)
    if kind in ("word", "words") and right.shape.vocabulary:
        number = right.shape.vocabulary in NUMBERS
        if number is (storage == "text"):
            held, other = ("words", "number") if number else ("numbers", "word")
            raise FormulaError(
                f'column "{name}" holds {held} and is compared with a {other}', test.at
            )
    if isinstance(test.right, Texts) and storage != "text":
        raise FormulaError(f'column "{name}" holds numbers and is compared with a word', test.at)
    right_words = test.right.items if isinstance(test.right, Texts) else (test.right,)
    for word in right_words if not holes(name) else ():
        if isinstance(word, Text):
            _must_be_word(compiler, source, name, word)


def _check_dates(source: Source, column: str, test: Test, right: Shape) -> None:
    """Hold a column of dates against dates only, and only such a column against them."""
    dates = right.vocabulary == "tanggal"
    if holds(source, column, Date):
        # Words that stand in columns have no vocabulary; only the data tell what they are.
        free = isinstance(test.right, Text | Texts) or right.kind in ("word", "words")
        if not dates and (not free or right.vocabulary):
            told = f'column "{column}" holds dates and is compared with what is none'
            raise FormulaError(f"{told}; write one such as '2025-06-30', or akhir_tw", test.at)
    elif dates and not holes(column):
        raise FormulaError(f'column "{column}" holds no dates and is compared with one', test.at)


def _must_be_word(compiler: Compiler, source: Source, column: str, word: Text) -> None:
    """Refuse a word that a column never holds; one told by its name is told by its code."""
    known = _known_words(compiler, source, column)
    if not known or word.value in known:
        return
    options = dict(getattr(source.column_of(column).kind, "options", ()))
    for code, spellings in options.items():
        if word.value.casefold() in map(str.casefold, spellings):
            told = f"is a spelling of a word of column \"{column}\"; write its code, '{code}'"
            raise FormulaError(f'"{word.value}" {told}', word.at)
    unknown(word.value, known, f'no word of column "{column}"', word.at)


def _known_words(compiler: Compiler, source: Source, column: str) -> tuple[str, ...]:
    try:
        options = getattr(source.column_of(column).kind, "options", ())
    except KeyError:
        options = ()
    if options:
        return tuple(code for code, _ in options)
    # Words that each unit has of its own cannot be known to a profile that many units share.
    vocabulary = vocabulary_of(source, column)
    return tuple(compiler.names.vocabularies["triwulan"]) if vocabulary == "triwulan" else ()


def _figure_test(
    compiler: Compiler, shape: Shape, test: Test
) -> Callable[[World, list[Figure]], list[Figure] | Lacking]:
    dim, attribute = _dim_of(test)
    if dim != "dari" and dim not in shape.dims:
        unknown(dim, [*shape.dims, "dari"], "nothing that these figures are sorted by", test.at)
    if attribute:
        known = compiler.names.attributes.get(dict(shape.words).get(dim, ""), ())
        if attribute not in known:
            unknown(attribute, known, f'nothing that is known of "{dim}"', test.at)
    right = _right(compiler, test)
    if test.op == "ini":
        right = compiler.code(Name(dim, test.at))
    if right is None:
        raise FormulaError("figures are chosen by a value, such as l = …", test.at)

    def passes(world: World, figures: list[Figure]) -> list[Figure] | Lacking:
        value = right.run(world)
        if isinstance(value, Lacking):
            return value
        return [one for one in figures if _figure_passes(one, test.op, value, world)]

    def _figure_passes(one: Figure, op: str, value: Value, world: World) -> bool:
        if dim == "dari":
            return _word_passes(one.footing, op, value)
        word = one.words[dim]
        if attribute:
            other = attribute_of(word, attribute, world)
            return _word_passes(other.value if isinstance(other, Word) else other, op, value)
        return _word_passes(word.value, op, value)

    return passes


def _kept(rows: Selection, column: str, op: str, value: Value) -> Selection:
    match _meant(op, value):
        case "ada":
            return rows.filled(column)
        case "kosong":
            return rows.blank(column)
        case "dalam" | "tidak dalam":
            if value is None:
                return rows
            listed = [one.value for one in _listed(value)]
            outside = op in ("tidak dalam", "!=")
            return rows.outside(column, listed) if outside else rows.among(column, listed)
        case _:
            plain = _plain(value)
            if isinstance(plain, str) is pd.api.types.is_numeric_dtype(rows.frame[column]):
                # A word that only the data gave is of another kind than what the column holds.
                return rows.filled(column) if op == "!=" else rows.among(column, ())
            return rows.compared(column, "==" if op == "=" else op, plain)


def _listed(value: Value) -> Words:
    if isinstance(value, Word) and value.members:
        return tuple(Word(one, one) for one in value.members)
    return value if isinstance(value, tuple) else (cast(Word, value),)


def _meant(op: str, value: Value) -> str:
    """Say what an operation means: to be one of several is to be among them."""
    if isinstance(value, Word) and value.members:
        return {"=": "dalam", "!=": "tidak dalam"}.get(op, op)
    return op


def _plain(value: Value) -> str | int | float:
    if isinstance(value, Quantity):
        exact = value.value
        return int(exact) if exact.denominator == 1 else float(exact)
    return value.value if isinstance(value, Word) else cast(str, value)


def _told(column: str, op: str, value: Value) -> str:
    if op in ("ada", "kosong"):
        return f"{column} {op}"
    if op in ("dalam", "tidak dalam"):
        if value is None:
            return f"{column} apa pun"
        return f"{column} {op} ({', '.join(one.name for one in _listed(value))})"
    shown = value.text() if isinstance(value, Quantity) else cast(Word, value).name
    return f"{column} {TESTS[op]} {shown}"


def _worded(value: Value, vocabulary: str, world: World) -> Value:
    """Give a text of a formula as the word it is, so that it is told by its name."""
    if isinstance(value, tuple):
        return tuple(
            one if one.vocabulary else named_word(one.value, vocabulary, world) for one in value
        )
    return named_word(value, vocabulary, world) if isinstance(value, str) else value


def _word_passes(mine: object, op: str, value: Value) -> bool:
    op = _meant(op, value)
    if op in ("dalam", "tidak dalam"):
        if value is None:
            return True
        return (mine in [one.value for one in _listed(value)]) is (op == "dalam")
    if isinstance(value, Quantity):
        return isinstance(mine, int) and bool(OPERATIONS[op](mine, value.value))
    other = _plain(value)
    if isinstance(mine, int) and isinstance(other, int):
        return bool(OPERATIONS["=" if op == "ini" else op](mine, other))
    return (mine != other) if op == "!=" else (mine == other)


def _dim_of(test: Test) -> tuple[str, str]:
    if isinstance(test.left, Name):
        return test.left.id, ""
    if isinstance(test.left, Member) and isinstance(test.left.of, Name):
        return test.left.of.id, test.left.name
    raise FormulaError("figures are chosen by what they are sorted by, such as l = …", test.at)
