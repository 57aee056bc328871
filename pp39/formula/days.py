"""From one date or time to another: how long, of which rows, and which rows cannot have any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pp39.formula.names import unknown
from pp39.formula.parse import FormulaError
from pp39.formula.syntax import TESTS, Call, Filtered, Name, Node, Number, Test
from pp39.formula.values import Picked, Span, Value, World
from pp39.ledger import Quantity
from pp39.profile.condition import OPERATIONS
from pp39.sources import CleanTable, Selection, Source
from pp39.sources.words import Clock, Date

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pp39.formula.compile import Compiler

SPANS = {"hari": "hari", "hari_kerja": "hari kerja", "jam": "jam", "menit": "menit"}
"""Functions behind rows that count days, hours or minutes, each with its unit."""

_SECONDS = {"jam": 3600, "menit": 60}


def between(table: CleanTable, span: Span) -> str:
    """Say in words what is counted."""
    return f"{span.unit} dari {table.called(span.start)} sampai {table.called(span.end)}"


def span_of(compiler: Compiler, source: Source, node: Call) -> Span:
    """Understand the two columns of dates or times between which something is counted.

    Raises
    ------
    FormulaError
        If they are no such columns.
    """
    wanted, told = (Clock, "times") if node.name in _SECONDS else (Date, "dates")
    columns = [one.id for one in node.args if isinstance(one, Name)]
    if len(columns) != 2 or len(node.args) != 2:
        raise FormulaError(f"{node.name}(…) needs two columns of {told}", node.at)
    for one in node.args:
        column = one.id if isinstance(one, Name) else ""
        compiler.names.column(source, column, one.at)
        if not holds(source, column, wanted):
            known = [name for name in compiler.names.schema(source) if holds(source, name, wanted)]
            unknown(column, known, f"no column of {told}", one.at)
    overnight = over_midnight(source, columns[1])
    return Span(columns[0], columns[1], SPANS[node.name], overnight)


def holds(source: Source, column: str, kind: type[Date] | type[Clock]) -> bool:
    """Tell whether a column is one of dates, or of times of day."""
    try:
        return isinstance(source.column_of(column).kind, kind)
    except KeyError:
        return False


def over_midnight(source: Source, column: str) -> bool:
    """Tell whether a time of a column that comes before another is one of the next day."""
    kind = source.column_of(column).kind if holds(source, column, Clock) else None
    return isinstance(kind, Clock) and kind.overnight


Special = Callable[[Picked, str, Value, World], tuple[Selection, str]]
"""A condition that is not about one column alone: keeps rows, and says which in words."""


def days_of(compiler: Compiler, source: Source, test: Test) -> Special | None:
    """Understand a condition on days between two dates; None if it is about a column."""
    if not isinstance(test.left, Call):
        return None
    if test.left.name not in SPANS or test.left.of is not None:
        unknown(test.left.name, SPANS, "no function of a condition", test.left.at)
    if test.op not in TESTS:
        raise FormulaError("a number of days is compared by =, <, <=, > or >=", test.at)
    span = span_of(compiler, source, test.left)
    signed = _asks_order(test)

    def kept(picked: Picked, op: str, value: Value, world: World) -> tuple[Selection, str]:
        limit = float(value.value) if isinstance(value, Quantity) else 0.0
        lengths, known = counts(picked.table.frame, span, world, signed=signed)
        passed = OPERATIONS[op](lengths, limit * _SECONDS.get(span.unit, 1))
        shown = value.text() if isinstance(value, Quantity) else "0"
        told = f"{between(picked.table, span)} {TESTS[op]} {shown}"
        marked = pd.Series(passed & known, index=picked.table.frame.index)
        return picked.rows.narrowed(marked, told), told

    return kept


def counts(
    frame: pd.DataFrame, span: Span, world: World, *, signed: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Count days after the first date up to and with the second, of every row with both.

    Between times it counts seconds. A row whose second date is before the first has no number of
    days, unless `signed`; a time before the first is one of the next day where the span says so.
    """
    start, end = span.start, span.end
    known = (frame[start].notna() & frame[end].notna()).to_numpy(dtype=bool)
    if not signed and not span.overnight:
        known = known & ~reversed_dates(frame, start, end)
    lengths = np.zeros(len(frame), dtype=np.int64)
    if span.clock:
        first, second = (
            frame.loc[known, one].map(_seconds).to_numpy(dtype=np.int64) for one in (start, end)
        )
        after = second - first
        lengths[known] = after % (24 * 3600) if span.overnight else after
        return lengths, known
    first, second = (frame.loc[known, one].to_numpy(dtype="datetime64[D]") for one in (start, end))
    if span.unit == "hari kerja":
        holidays = [one.tanggal for one in world.book.params.regulasi.libur]
        lengths[known] = np.busday_count(first + 1, second + 1, holidays=holidays)
    else:
        lengths[known] = (second - first).astype(np.int64)
    return lengths, known


def exactly(length: int, span: Span) -> Fraction:
    """Give a length as `counts` counts it in the unit of the span."""
    return Fraction(int(length), _SECONDS.get(span.unit, 1))


def _seconds(time: str) -> int:
    hour, minute, second = (int(one) for one in f"{time}:00".split(":")[:3])
    return (hour * 60 + minute) * 60 + second


def reversed_dates(frame: pd.DataFrame, start: str, end: str) -> NDArray[np.bool_]:
    """Mark the rows whose second date or time is before the first: neither can run backwards."""
    # Both are ISO text, which is in order as it stands; a blank is neither before nor after.
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
            if call.name in SPANS and len(set(names)) == 2:
                yield names[0], names[1]


def _asks_order(test: Test) -> bool:
    """Whether a condition on days asks which of the dates came first, as ``hari(a, b) > 0``."""
    return isinstance(test.right, Number) and test.right.value == 0
