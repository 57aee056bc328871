"""Conditions of rows, as profiles write them: ``triwulan <= tw, nilai ada``.

A comma means and. What a column is compared with is a number, a text in quotes, or what the run
knows (`WORDS`).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    Mask = pd.Series[bool]

DAYS = ("awal_tw", "akhir_tw", "awal_tahun", "akhir_tahun", "awal_tahun_lalu")
"""Days that a run knows, by the name a condition may use."""
WORDS = ("tw", "tahun", "tahun_lalu", *DAYS)
"""All that it knows."""

OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""Comparisons by how they are written."""
_TEST = re.compile(
    r"\s*(?P<column>[a-z_]\w*)\s*"
    r"(?:(?P<there>ada|kosong)|(?P<op><=|>=|!=|=|<|>)\s*"
    r"(?:(?P<number>-?[0-9]+(?:\.[0-9]+)?)|'(?P<text>[^']*)'|(?P<word>[a-z_]+)))\s*(?:,|$)"
)


@dataclass(frozen=True)
class Test:
    """One condition."""

    #: Column.
    column: str
    #: ``= != < <= > >=``, ``ada`` or ``kosong``.
    op: str
    #: What it is compared with.
    value: Any = None
    #: Name of what the run knows, in place of `value`.
    word: str = ""


def conditions(text: str) -> tuple[Test, ...]:
    """Read conditions.

    Raises
    ------
    ValueError
        With what is wrong and what would be right.

    Examples
    --------
    >>> conditions("triwulan <= tw, hasil > 0")[0]
    Test(column='triwulan', op='<=', value=None, word='tw')
    """
    found: list[Test] = []
    at = 0
    while at < len(text):
        match = _TEST.match(text, at)
        if match is None:
            raise ValueError(
                f"{text[at:].strip()!r} is no condition; write one such as triwulan <= tw,"
                " jenis = 'RO' or nilai ada"
            )
        found.append(_test(match))
        at = match.end()
    return tuple(found)


def fitting(frame: pd.DataFrame, tests: tuple[Test, ...], known: Mapping[str, Any]) -> Mask:
    """Mark the rows that fit all conditions; a blank fits only ``kosong``."""
    # Who only reads profiles need not wait for it to be imported.
    import pandas as pd  # noqa: PLC0415

    fit = pd.Series(True, index=frame.index)
    for test in tests:
        column = frame[test.column]
        if test.op in ("ada", "kosong"):
            fit &= column.notna() if test.op == "ada" else column.isna()
        else:
            made = OPERATIONS[test.op](column, _value(test, known))
            fit &= made.fillna(False).astype(bool) & column.notna()
    return fit


def query(tests: tuple[Test, ...], known: Mapping[str, Any]) -> str:
    """Write conditions as ``row_condition`` of Great Expectations, for its parser ``pandas``."""
    return " and ".join(_queried(test, known) for test in tests)


def _test(match: re.Match[str]) -> Test:
    column, there, word = match["column"], match["there"], match["word"]
    if there:
        return Test(column, there)
    if word:
        if word not in WORDS:
            raise ValueError(
                f"{word} is nothing a run knows; there are {', '.join(WORDS)}, and a text stands in"
                " quotes"
            )
        return Test(column, match["op"], word=word)
    if match["text"] is not None:
        return Test(column, match["op"], match["text"])
    number = match["number"]
    return Test(column, match["op"], float(number) if "." in number else int(number))


def _value(test: Test, known: Mapping[str, Any]) -> Any:
    return known[test.word] if test.word else test.value


def _queried(test: Test, known: Mapping[str, Any]) -> str:
    if test.op in ("ada", "kosong"):
        return f"{test.column}.{'notnull' if test.op == 'ada' else 'isnull'}()"
    sign = "==" if test.op == "=" else test.op
    return f"{test.column} {sign} {_value(test, known)!r}"
