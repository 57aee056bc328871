"""How a rule is declared: what it looks at, what it expects there, and what it says when not.

A rule is data. `Expect` names an expectation of Great Expectations without importing it, so that
rules can be read, listed and tested at once; only `pp39.checks.engine` imports the library.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from pp39.checks.result import Level
from pp39.errors import nearest
from pp39.numbers import exact, format_number, format_rupiah, plain_decimal
from pp39.periods import MONTHS
from pp39.profile.expectations import columns_among

_FILE = "berkas"


@dataclass(frozen=True)
class Expect:
    """An expectation of Great Expectations."""

    #: Its name, such as ``ExpectColumnValuesToBeInSet``.
    name: str
    #: Its arguments; columns are those of the rows the rule looks at.
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns it reads."""
        return columns_among(self.arguments)


@dataclass(frozen=True)
class Rule:
    """One rule."""

    #: ``<sumber>.<aturan>``.
    id: str
    #: What a failure means.
    level: Level
    #: What must hold, one Indonesian sentence.
    holds: str
    #: Name of the source or *potongan* it looks at.
    rows: str
    #: What it expects of every row; it fails where one of them does.
    expects: tuple[Expect, ...]
    #: Indonesian template about a failing row: names of columns in braces, with the formats of
    #: `say`. No full stop at the end. Besides the columns there are ``_kolom`` and ``_isi``, the
    #: column that failed and what stands there, and for a closed list ``saran`` and ``hint``, the
    #: nearest word of it in Indonesian and in English. ``{dipa_ro:berkas}`` is the file in which
    #: that source was delivered.
    fails: str
    #: English template that says what is wrong and what would be right, following the place.
    right: str
    #: Condition of the rows it looks at, as `pp39.profile.condition` reads it.
    when: str = ""
    #: Clean column that is meant; by default the one that failed.
    column: str = ""
    #: Column of the rows that holds the name of the clean column instead.
    column_from: str = ""
    #: Source whose rows they are; by default the one of the id.
    file: str = ""

    @property
    def source(self) -> str:
        """Source the rule belongs to."""
        return self.id.partition(".")[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that its expectations read."""
        return tuple(dict.fromkeys(name for one in self.expects for name in one.columns))


def in_set(column: str, words: list[Any]) -> Expect:
    """Expect words of a closed list."""
    return Expect("ExpectColumnValuesToBeInSet", {"column": column, "value_set": words})


def between(column: str, low: float | None, high: float | None) -> Expect:
    """Expect numbers within bounds; None is no bound."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Expect("ExpectColumnValuesToBeBetween", arguments)


def say(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template.

    Parameters
    ----------
    template : str
        Names in braces, with an optional format: ``rp`` (rupiah), ``angka`` (Indonesian number),
        ``bulan`` (name of the month), ``frasa`` (without a full stop); without one, numbers stand
        with a dot as decimal mark.
    values : mapping
        Values by name.

    Examples
    --------
    >>> say("pagu {pagu:rp} pada bulan {bulan:bulan}", {"pagu": 1500, "bulan": 9})
    'pagu Rp1.500 pada bulan September'
    """
    return _WORDS.vformat(template, (), values)


def sources_in(template: str) -> tuple[str, ...]:
    """Name the sources of which a template names the file.

    Examples
    --------
    >>> sources_in("{kode} is not in {dipa_ro:berkas}")
    ('dipa_ro',)
    """
    parts = _WORDS.parse(template)
    return tuple(name for _, name, form, _ in parts if name and form == _FILE)


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
        if format_spec == "frasa":
            return text_of(value).rstrip(".")
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
