"""How a rule is declared: what it looks at, what it expects there, and what it says when not.

A rule is data. `Expect` names an expectation of Great Expectations without importing it, so that
rules can be read, listed and tested at once; only `pp39.checks.engine` imports the library.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from pp39.checks.facts import Facts, NotDelivered
from pp39.checks.result import Level
from pp39.errors import nearest
from pp39.numbers import exact, format_number, format_rupiah, plain_decimal
from pp39.periods import MONTHS

__all__ = [
    "Expect",
    "Rule",
    "View",
    "at_least",
    "between",
    "blank",
    "equal",
    "filled",
    "one_of",
    "say",
    "suggestion",
    "text_of",
    "unique",
]


@dataclass(frozen=True)
class View:
    """Rows a rule looks at: the clean table itself, or something derived from several tables.

    Parameters
    ----------
    name : str
        Name of the suite; the name of the source for its own table.
    build : callable
        Makes the rows. ``baris`` says which row of the file each stands for (blank where a row is
        missing that should be there); ``berkas`` and ``lembar`` where it is not the rule's own
        file. None if there is nothing to look at, such as an optional source not delivered.
    """

    name: str
    build: Callable[[Facts], pd.DataFrame | None]

    def rows(self, facts: Facts) -> pd.DataFrame | None:
        """Make the rows; None if there is nothing to look at, or to compare it with."""
        try:
            return self.build(facts)
        except NotDelivered:
            return None


@dataclass(frozen=True)
class Expect:
    """An expectation of Great Expectations.

    Parameters
    ----------
    kind : str
        Its name without ``Expect``, such as ``ColumnValuesToBeInSet``.
    columns : tuple of str
        Columns of the view it reads.
    arguments : mapping
        Its arguments.
    """

    kind: str
    columns: tuple[str, ...]
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Parameters
    ----------
    id : str
        ``<sumber>.<aturan>``.
    level : {"kritis", "peringatan"}
        What a failure means.
    holds : str
        What must hold, one Indonesian sentence.
    view : View
        What it looks at.
    expect : Expect
        What it expects of every row of the view.
    fails : str
        Indonesian template about a failing row: names of the view's columns in braces, with the
        formats of `say`. No full stop at the end.
    right : str
        English template that says what is wrong and what would be right, following the place.
    column : str
        Clean column that is meant.
    column_from : str
        Column of the view that holds the name of the clean column instead.
    explain : callable, optional
        Gives further names for the templates from a failing row; only called for rows shown.
    """

    id: str
    level: Level
    holds: str
    view: View
    expect: Expect
    fails: str
    right: str
    column: str = ""
    column_from: str = ""
    explain: Callable[[Facts, Mapping[str, Any]], Mapping[str, Any]] | None = None

    @property
    def source(self) -> str:
        """Source the rule belongs to."""
        return self.id.partition(".")[0]


def filled(column: str) -> Expect:
    """Expect no blank."""
    return Expect("ColumnValuesToNotBeNull", (column,), {"column": column})


def blank(column: str) -> Expect:
    """Expect blanks only: for views whose column names what is wrong with a row."""
    return Expect("ColumnValuesToBeNull", (column,), {"column": column})


def one_of(column: str, values: Any) -> Expect:
    """Expect values of a closed list; blanks are left alone."""
    known = sorted(set(values))
    return Expect("ColumnValuesToBeInSet", (column,), {"column": column, "value_set": known})


def between(column: str, low: float | None, high: float | None) -> Expect:
    """Expect values from `low` to `high`, both included; blanks are left alone."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Expect("ColumnValuesToBeBetween", (column,), arguments)


def unique(columns: tuple[str, ...]) -> Expect:
    """Expect no two rows with the same values in all columns."""
    if len(columns) == 1:
        return Expect("ColumnValuesToBeUnique", columns, {"column": columns[0]})
    arguments = {"column_list": list(columns), "ignore_row_if": "never"}
    return Expect("CompoundColumnsToBeUnique", columns, arguments)


def equal(left: str, right: str) -> Expect:
    """Expect the same in both columns; neither may hold blanks."""
    return Expect("ColumnPairValuesToBeEqual", (left, right), {"column_A": left, "column_B": right})


def at_least(left: str, right: str) -> Expect:
    """Expect `left` not below `right`; neither may hold blanks."""
    return Expect(
        "ColumnPairValuesAToBeGreaterThanB",
        (left, right),
        {"column_A": left, "column_B": right, "or_equal": True},
    )


def say(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template.

    Parameters
    ----------
    template : str
        Names in braces, with an optional format: ``rp`` (rupiah), ``angka`` (Indonesian number),
        ``bulan`` (name of the month); without one, numbers stand with a dot as decimal mark.
    values : mapping
        Values by name.

    Examples
    --------
    >>> say("pagu {pagu:rp} pada bulan {bulan:bulan}", {"pagu": 1500, "bulan": 9})
    'pagu Rp1.500 pada bulan September'
    """
    return _WORDS.vformat(template, (), values)


def text_of(value: Any) -> str:
    """Write a value as the results show it: numbers with a dot and no grouping, blank as nothing.

    Examples
    --------
    >>> text_of(74.12), text_of(12), text_of(None)
    ('74.12', '12', '')
    """
    if _is_blank(value):
        return ""
    return value if isinstance(value, str) else plain_decimal(_number(value), 15)


def suggestion(word: Any, known: Iterable[Any]) -> dict[str, str]:
    """Give the nearest known word, as ``saran`` (Indonesian) and ``hint`` (English).

    Examples
    --------
    >>> suggestion("6077.BAD.076", ["6077.BAD.075", "6042.EBA.994"])["hint"]
    '; the nearest is 6077.BAD.075'
    """
    words = [str(one) for one in known]
    near = nearest(str(word), words)
    if not words:
        return {"saran": "", "hint": ", and no other is"}
    if near is None:
        return {"saran": "", "hint": f"; use one of {', '.join(sorted(words))}"}
    return {"saran": f"; yang paling mirip adalah {near}", "hint": f"; the nearest is {near}"}


class _Formatter(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if _is_blank(value):
            return "(kosong)" if format_spec else "blank"
        if format_spec == "rp":
            return format_rupiah(_number(value))
        if format_spec == "angka":
            return _indonesian(value)
        if format_spec == "bulan":
            return MONTHS[int(value) - 1]
        return text_of(value)


_WORDS = _Formatter()


def _is_blank(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def _number(value: Any) -> Fraction:
    return exact(value.item() if hasattr(value, "item") else value)


def _indonesian(value: Any) -> str:
    if isinstance(value, str):
        return value
    number = _number(value)
    decimals = next((places for places in range(15) if (number * 10**places).denominator == 1), 15)
    return format_number(number, decimals)
