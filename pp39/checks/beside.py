"""Figures that have two footings, rows and counts of the same, side by side.

Nothing is computed here: the formulas that give the indicators are run twice, once with each
footing first (``data.dahulukan``), and the figures of both ledgers are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pp39.book import Book
from pp39.checks.reference import delivered
from pp39.indicators import ledger_on
from pp39.ledger import Cell, Computed, Ledger, Quantity, Rows
from pp39.numbers import round_half_up
from pp39.periods import Quarter
from pp39.profile.check import Sanding

_PERIOD = "triwulan"
_Found = Mapping[tuple[str, ...], Quantity]


def beside(step: Sanding, book: Book) -> pd.DataFrame:
    """Give a row for every figure of the quarters that have rows and counts.

    Raises
    ------
    NotDelivered
        If there are no counts.
    """
    delivered(book, step.dengan)
    names = list(step.holes)
    quarters = [one for one in Quarter if one.number <= book.quarter.number]
    if _PERIOD in names:  # one quarter has the figures of those before it
        quarters = quarters[-1:]
    rows = [row for quarter in quarters for row in _of_quarter(step, book, quarter)]
    made = pd.DataFrame(rows, columns=list(dict.fromkeys(("baris", *names, *step.added))))
    made = made.astype({"baris": "Int64", "rekap": "float64", "register": "float64"})
    return made.sort_values("baris", kind="stable").reset_index(drop=True)


def _of_quarter(step: Sanding, book: Book, quarter: Quarter) -> Iterator[dict[str, Any]]:
    register, counts = (
        _figures(step, book, ledger_on(book, quarter, footing, step.hitung))
        for footing in ("baris", "rekap")
    )
    for words in dict.fromkeys((*counts, *register)):
        stated, counted = counts.get(words), register.get(words)
        # Where there is one footing alone, both are the same figure.
        if stated is not None and counted is not None and stated.origin == counted.origin:
            continue
        if step.kosong is None and (stated is None or counted is None):
            continue
        row, header = _cell(stated, step.dengan) if stated is not None else (None, None)
        known = dict(zip(step.holes, words, strict=True))
        yield {
            _PERIOD: str(quarter),
            **known,
            "baris": row,
            "kolom": _column(book, step.dengan, header),
            "rincian": ", ".join(word for name, word in known.items() if name != _PERIOD),
            "rekap": _value(stated, step),
            "register": _value(counted, step),
        }


def _figures(step: Sanding, book: Book, ledger: Ledger) -> _Found:
    """Choose the figures that the id of the step means, by the words in it."""
    below = "[^/]+/" if step.hitung is not None else ""
    pattern = re.compile(below + "".join(_parts(step.besaran)))
    found: dict[tuple[str, ...], Quantity] = {}
    for quantity in ledger:
        match = pattern.fullmatch(quantity.id or "")
        known = {} if match is None else match.groupdict()
        lists = {name: book.words(name) for name in known}
        if match is not None and all(known[name] in one for name, one in lists.items() if one):
            found[tuple(known.values())] = quantity
    return found


def _parts(id: str) -> Iterator[str]:
    for part in re.split(r"(\{\w+\})", id):
        yield rf"(?P<{part[1:-1]}>[^/]+)" if part[:1] == "{" else re.escape(part)


def _cell(of: Quantity, source: str) -> tuple[int, str | None] | tuple[None, None]:
    """Find the first place of a source behind a figure."""
    origin = of.origin
    if isinstance(origin, Cell) and origin.source == source:
        return origin.row, origin.column
    if isinstance(origin, Rows) and origin.source == source and origin.bounds:
        return origin.bounds[0][0], origin.column
    if isinstance(origin, Computed):
        for one in origin.operands:
            row, column = _cell(one, source)
            if row is not None:
                return row, column
    return None, None


def _column(book: Book, source: str, header: str | None) -> str | None:
    headers = book.tables[source].headers
    return next((name for name, one in headers.items() if one == header), None)


def _value(of: Quantity | None, step: Sanding) -> float:
    if of is None:
        return float(step.kosong or 0)
    return float(of.value if step.desimal is None else round_half_up(of.value, step.desimal))
