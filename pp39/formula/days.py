"""Days from one date to another: how many, of which rows, and which rows cannot have any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pp39.formula.names import unknown
from pp39.formula.parse import FormulaError
from pp39.formula.syntax import TESTS, Call, Filtered, Name, Node, Number, Test
from pp39.formula.values import Days, Picked, Value, World
from pp39.ledger import Quantity
from pp39.profile.condition import OPERATIONS
from pp39.sources import CleanTable, Source
from pp39.sources.words import Date

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pp39.formula.compile import Compiler

    Mask = pd.Series[bool]

DAYS = {"hari": "hari", "hari_kerja": "hari kerja"}
"""Functions behind rows that count days, each with its unit."""


def between(table: CleanTable, days: Days) -> str:
    """Say in words which days are counted."""
    unit = "hari kerja" if days.working else "hari"
    return f"{unit} dari {table.called(days.start)} sampai {table.called(days.end)}"


def two_dates(compiler: Compiler, source: Source, node: Call) -> Days:
    """Understand the two columns of dates between which days are counted.

    Raises
    ------
    FormulaError
        If they are no such columns.
    """
    columns = [one.id for one in node.args if isinstance(one, Name)]
    if len(columns) != 2 or len(node.args) != 2:
        raise FormulaError(f"{node.name}(…) needs two columns of dates", node.at)
    for one in node.args:
        column = one.id if isinstance(one, Name) else ""
        compiler.names.column(source, column, one.at)
        if not holds_dates(source, column):
            dates = [name for name in compiler.names.schema(source) if holds_dates(source, name)]
            unknown(column, dates, "no column of dates", one.at)
    return Days(columns[0], columns[1], node.name == "hari_kerja")


def holds_dates(source: Source, column: str) -> bool:
    """Tell whether a column is one of dates."""
    try:
        return isinstance(source.column_of(column).kind, Date)
    except KeyError:
        return False


def days_of(
    compiler: Compiler, source: Source, test: Test
) -> Callable[[Picked, str, Value, World], tuple[Mask, str]] | None:
    """Understand a condition on days between two dates; None if it is about a column."""
    if not isinstance(test.left, Call):
        return None
    if test.left.name not in DAYS or test.left.of is not None:
        unknown(test.left.name, DAYS, "no function of a condition", test.left.at)
    if test.op not in TESTS:
        raise FormulaError("a number of days is compared by =, <, <=, > or >=", test.at)
    days = two_dates(compiler, source, test.left)
    signed = _asks_order(test)

    def marked(picked: Picked, op: str, value: Value, world: World) -> tuple[Mask, str]:
        limit = float(value.value) if isinstance(value, Quantity) else 0.0
        days_between, known = counts(picked.table.frame, days, world, signed=signed)
        passed = OPERATIONS[op](days_between, limit)
        shown = value.text() if isinstance(value, Quantity) else "0"
        told = f"{between(picked.table, days)} {TESTS[op]} {shown}"
        return pd.Series(passed & known, index=picked.table.frame.index), told

    return marked


def counts(
    frame: pd.DataFrame, days: Days, world: World, *, signed: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Count days after the first date up to and with the second, of every row with both.

    A row whose second date is before the first has no number of days, unless `signed`.
    """
    known = (frame[days.start].notna() & frame[days.end].notna()).to_numpy(dtype=bool)
    if not signed:
        known = known & ~reversed_dates(frame, days.start, days.end)
    days_between = np.zeros(len(frame), dtype=np.int64)
    first, second = (
        frame.loc[known, one].to_numpy(dtype="datetime64[D]") for one in (days.start, days.end)
    )
    if days.working:
        holidays = [one.tanggal for one in world.book.params.regulasi.libur]
        days_between[known] = np.busday_count(first + 1, second + 1, holidays=holidays)
    else:
        days_between[known] = (second - first).astype(np.int64)
    return days_between, known


def reversed_dates(frame: pd.DataFrame, start: str, end: str) -> NDArray[np.bool_]:
    """Mark the rows whose second date is before the first: days cannot run backwards."""
    # Dates are ISO text, which is in order as it stands; a blank is neither before nor after.
    marked: NDArray[np.bool_] = (frame[end] < frame[start]).to_numpy(dtype=bool)
    return marked


def date_pairs(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Give the columns of dates between which formulas count days that must run forwards."""
    for node in nodes:
        calls = [node] if isinstance(node, Call) and node.of is not None else []
        if isinstance(node, Filtered):
            calls += [
                one.left
                for one in node.tests
                if isinstance(one.left, Call) and not _asks_order(one)
            ]
        for call in calls:
            names = [one.id for one in call.args if isinstance(one, Name)]
            if call.name in DAYS and len(set(names)) == 2:
                yield names[0], names[1]


def _asks_order(test: Test) -> bool:
    """Whether a condition on days asks which of the dates came first, as ``hari(a, b) > 0``."""
    return isinstance(test.right, Number) and test.right.value == 0
