"""What the data behind a realisation lack, for the note at it: months, and values of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pp39.book import Book
from pp39.formula.template import enumeration
from pp39.indicators.reading import divided_columns
from pp39.ledger import Cell, Computed, Quantity, Rows
from pp39.periods import MONTHS
from pp39.profile.indicator import Indikator
from pp39.sources import CleanTable

_MONTHS, _BLANKS = "Belum ada data bulan", "ikut dihitung sebagai penyebut"
_TOLD = re.compile(rf"{_MONTHS} [^.]*\.|[0-9]+ baris tanpa .*? {_BLANKS}\.")


def told_gaps(note: str) -> list[str]:
    """Find in the note of a realisation what its data lack."""
    return _TOLD.findall(note)


def gaps(book: Book, made: Quantity, indicator: Indikator) -> str:
    """Say what is lacking; empty where nothing is, or the figure says so itself."""
    months = "" if _MONTHS in made.note else _lacking_months(book, made, indicator)
    return " ".join(filter(None, (months, *_blanks_below(book, made, indicator))))


def _lacking_months(book: Book, made: Quantity, indicator: Indikator) -> str:
    """Tell the months without data in the monthly sources that a realisation was made from.

    A position of an earlier month stands in for that of the last; one in between is not missed.
    """
    months: Sequence[int] = book.quarter.months
    if indicator.sifat == "kumulatif":
        months = range(1, book.quarter.last_month + 1)
    found: set[int] = set()
    for name in {one.origin.source for one in made.leaves() if isinstance(one.origin, Cell | Rows)}:
        if name in book.tables and (every := book.tables[name].months) is not None:
            there = {one for one in every if one <= months[-1]}
            begun = max(there, default=0) if indicator.sifat == "posisi" else min(there, default=0)
            found |= {one for one in months if one > begun and one not in there}
    names = [MONTHS[one - 1] for one in sorted(found)]
    return f"{_MONTHS} {enumeration(names)}." if names else ""


def _blanks_below(book: Book, made: Quantity, indicator: Indikator) -> Iterator[str]:
    """Tell the rows that count below a fraction bar and, being blank, cannot count above it."""
    wanted = divided_columns(indicator)
    told: dict[tuple[str, str], npt.NDArray[np.bool_]] = {}
    for one in made.walk() if wanted else ():
        if isinstance(one.origin, Computed) and one.origin.operation == "bagi":
            above, below = one.operands
            for name, table in book.tables.items():
                columns = wanted.intersection(_optional_numbers(table))
                if columns and (under := _rows_of(table, below)).any():
                    under &= ~_rows_of(table, above)
                    for column in columns:
                        blank = under & table.frame[column].isna().to_numpy(dtype=bool)
                        told[name, column] = told.get((name, column), False) | blank
    for (name, column), rows in sorted(told.items(), key=lambda item: item[0]):
        if count := int(rows.sum()):
            header = book.tables[name].called(column)
            yield f"{count} baris tanpa {header} {_BLANKS}."


def _optional_numbers(table: CleanTable) -> set[str]:
    """Name the columns of numbers that may be blank, of a table whose rows are told by a number."""
    if table.provenance is not None or any(one.monthly for one in table.source.columns):
        return set()
    return {
        one.names[0]
        for one in table.source.columns
        if one.kind.stores[0] != "text" and not (one.required or one.personal)
    }


def _rows_of(table: CleanTable, made: Quantity) -> npt.NDArray[np.bool_]:
    """Mark the rows of a table that a figure was made from; none of a condition in words."""
    rows = table.frame["baris"].to_numpy(dtype="int64")
    found = np.zeros(rows.size, dtype=bool)
    for one in (leaf.origin for leaf in made.leaves()):
        if isinstance(one, Cell) and one.source == table.source.name:
            found |= rows == one.row
        elif isinstance(one, Rows) and one.source == table.source.name:
            for first, last in one.ranges:
                found |= (rows >= first) & (rows <= last)
    return found
