"""Frames that Great Expectations validates: one per table, and one for all rows of other kinds.

Validating costs by the batch, not by the expectation. What a *potongan* adds to the rows of a table
therefore stands in further columns of that table, named ``potongan.column``, and is blank in the
rows that it leaves out. Rows that are no rows of a table stand below one another in one frame, each
kind in columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

import pandas as pd

from pp39.book import Book
from pp39.checks.overviews import OVERVIEWS
from pp39.checks.reference import NotDelivered, delivered, filled, periods
from pp39.checks.rule import Expect, Rule
from pp39.checks.steps import complete, taken, whole
from pp39.profile.check import Potongan
from pp39.profile.condition import Test, conditions, fitting, query

OTHER_ROWS = "potongan"
"""Name of the frame of all rows that are no rows of a table."""

_MAKES_ROWS = frozenset({"kelompok", "urai", "sanding", "fungsi"})
_FILLED = "ExpectColumnValuesToNotBeNull"
_BETWEEN = "ExpectColumnValuesToBeBetween"
_NOT_NEGATIVE = {"column": "", "min_value": 0, "max_value": None}
_OF_BLANKS = frozenset({_FILLED, "ExpectColumnValuesToBeNull"})
# To these a whole number is what it is as a decimal one; of those the library compares all at once.
_OF_SIZES = _OF_BLANKS | {_BETWEEN}
# Rows of a table of which each rule gets a batch with its own columns: the library copies all of
# them for each expectation.
_MANY = 100_000


@dataclass(frozen=True)
class Look:
    """A rule, and where in a batch its rows are."""

    #: The rule.
    rule: Rule
    #: Its rows; labels are positions in the batch.
    rows: pd.DataFrame
    #: Its expectations, with the columns of the batch.
    expects: tuple[Expect, ...]
    #: What is asked first: fewer expectations, which hold if all of those do.
    screen: tuple[Expect, ...]
    #: Further columns that the screen reads.
    marks: Mapping[str, pd.Series]
    #: ``row_condition`` of the batch; empty if there is none.
    when: str
    #: How many things it looks at.
    count: int
    #: Part of the batch outside of which nothing is its own.
    span: slice


@dataclass(frozen=True)
class Batch:
    """One frame with all that is expected of it."""

    name: str
    frame: pd.DataFrame
    looks: tuple[Look, ...]


def grouped(rules: Sequence[Rule], book: Book) -> list[tuple[str, list[Rule]]]:
    """Group rules by the batch they belong to, with its name.

    Those of a long table share one only where they read the same.
    """
    found: dict[tuple[str, object], list[Rule]] = {}
    for rule in rules:
        home = _home(rule.rows, book)
        table = book.tables.get(home)
        long = table is not None and len(table.frame) > _MANY
        read = rule.columns if rule.rows == home else rule.rows
        found.setdefault((home, read if long else ()), []).append(rule)
    return [(home, same) for (home, _), same in found.items()]


def batch_of(name: str, rules: Sequence[Rule], book: Book) -> Batch:
    """Make the batch of a name for its rules; those that have nothing to look at are left out."""
    if name not in (*book.tables, OTHER_ROWS):
        return Batch(name, pd.DataFrame(), ())
    given = pd.DataFrame() if name == OTHER_ROWS else book.tables[name].frame
    frame = given.reset_index(drop=True)
    columns: dict[str, pd.Series] = {str(one): frame[one] for one in frame}
    blocks: list[pd.DataFrame] = []
    looks: list[Look] = []
    offset, span = 0, slice(0, len(frame))
    for kind, same in _by_rows(rules):
        rows = frame if kind == name else rows_of(kind, book)
        if rows is None:
            continue
        if name == OTHER_ROWS:
            span = slice(offset, offset + len(rows))
            rows = rows.set_axis(range(span.start, span.stop))
            offset = span.stop
        read = tuple(dict.fromkeys(column for rule in same for column in rule.columns))
        names = {one: one if kind == name else f"{kind}.{one}" for one in read}
        if name == OTHER_ROWS:
            blocks.append(rows[list(read)].rename(columns=names))
        elif kind != name:
            columns |= {new: whole(rows[old]).reindex(frame.index) for old, new in names.items()}
        looks += [_look(rule, rows, names, span, book) for rule in same]
    for look in looks:
        columns |= look.marks
    if name == OTHER_ROWS:
        return Batch(name, pd.concat(blocks) if blocks else frame, tuple(looks))
    asked = [one for look in looks for one in (*look.expects, *look.screen)]
    used = {column for one in asked for column in one.columns}
    used |= {test.column for look in looks for test in conditions(look.rule.when)}
    exact = {column for one in asked if one.name not in _OF_SIZES for column in one.columns}
    shown = {one: columns[one] if one in exact else _measured(columns[one]) for one in sorted(used)}
    return Batch(name, pd.DataFrame(shown), tuple(looks))


def rows_of(name: str, book: Book) -> pd.DataFrame | None:
    """Give the rows of a source or *potongan*; None if there is nothing to look at.

    Rows that are those of a table keep their positions as labels.
    """
    try:
        if name in OVERVIEWS:
            return OVERVIEWS[name](book)
        given = book.settings.profile.slices.get(name)
        if given is None:
            return delivered(book, name).reset_index(drop=True)
        if given.lengkap is not None:
            rows = complete(given.lengkap, book)
        else:
            rows = delivered(book, filled(str(given.dari), book)).reset_index(drop=True)
        for step in given.langkah:
            rows = None if rows is None else taken(rows, step, book)
    except NotDelivered:
        return None
    return rows


def _home(name: str, book: Book) -> str:
    given = book.settings.profile.slices.get(name)
    if given is None:
        return OTHER_ROWS if name in OVERVIEWS else name
    return filled(str(given.dari), book) if _keeps_rows(given) else OTHER_ROWS


def _keeps_rows(given: Potongan) -> bool:
    return given.dari is not None and not _MAKES_ROWS & {step.verb for step in given.langkah}


def _by_rows(rules: Sequence[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.rows, []).append(rule)
    yield from found.items()


def _measured(column: pd.Series) -> pd.Series:
    return column.astype("float64") if pd.api.types.is_integer_dtype(column.dtype) else column


def _look(
    rule: Rule, rows: pd.DataFrame, names: Mapping[str, str], span: slice, book: Book
) -> Look:
    tests = conditions(filled(rule.when, book))
    expects = tuple(_renamed(one, names) for one in rule.expects)
    screen, marks = (
        (expects, {}) if tests or len(expects) < 2 else _screened(expects, rows, rule.id)
    )
    count = _count(rule, rows, tests, book)
    return Look(rule, rows, expects, screen, marks, query(tests, periods(book)), count, span)


def _screened(
    expects: tuple[Expect, ...], rows: pd.DataFrame, id: str
) -> tuple[tuple[Expect, ...], dict[str, pd.Series]]:
    """Ask of many columns at once what can be: each expectation takes milliseconds.

    That none is blank is asked of a mark of the rows in which one is; that none is too low, of the
    lowest in each row.
    """
    filled = [one for one in expects if one.name == _FILLED]
    low = [one for one in expects if {**one.arguments, "column": ""} == _NOT_NEGATIVE]
    rest = [one for one in expects if one not in filled and one not in low]
    marks: dict[str, pd.Series] = {}
    if len(filled) > 1:
        blank = reduce(or_, (rows[one.columns[0]].isna() for one in filled))
        mark = pd.Series(None, index=rows.index, dtype=object)
        mark[blank] = "kosong"
        marks[f"{id}.kosong"] = mark
        filled = [Expect("ExpectColumnValuesToBeNull", {"column": f"{id}.kosong"})]
    if len(low) > 1:
        lowest = rows[[one.columns[0] for one in low]].min(axis="columns")
        marks[f"{id}.terendah"] = lowest
        low = [replace(low[0], arguments={**low[0].arguments, "column": f"{id}.terendah"})]
    return (*filled, *low, *rest), marks


def _renamed(expect: Expect, names: Mapping[str, str]) -> Expect:
    if all(old == new for old, new in names.items()):
        return expect
    arguments = dict(expect.arguments)
    for name in ("column", "column_A", "column_B"):
        if name in arguments:
            arguments[name] = names[arguments[name]]
    if "column_list" in arguments:
        arguments["column_list"] = [names[one] for one in arguments["column_list"]]
        arguments.setdefault("ignore_row_if", "any_value_is_missing")
    if "column_A" in arguments:
        arguments.setdefault("ignore_row_if", "either_value_is_missing")
    return replace(expect, arguments=arguments)


def _count(rule: Rule, rows: pd.DataFrame, tests: tuple[Test, ...], book: Book) -> int:
    if tests:
        return int(fitting(rows, tests, periods(book)).sum())
    if len(rule.expects) > 1 or rule.expects[0].name in _OF_BLANKS or not rule.columns:
        return len(rows)
    return int(reduce(and_, (rows[one].notna() for one in rule.columns)).sum())
