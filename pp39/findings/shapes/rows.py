"""Which rows of a source a rule looks at, and the numbers in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from pp39.findings.evidence import Evidence, Row
from pp39.findings.printed import digits
from pp39.numbers import exact, format_rupiah
from pp39.profile.base import Bagian, Teks

__all__ = ["Baris", "Nilai", "by", "told"]


class Baris(Bagian):
    """Rows of one source.

    ``saat`` tells which time they are of, ``sampai`` is a column with a month or a date that must
    not be after the quarter's end, ``pilih`` gives words that columns must have, ``parameter`` such
    words by the parameter that lists them, ``ada`` the columns that must be filled.
    """

    sumber: Teks
    saat: Literal["triwulan", "semua"] = "triwulan"
    sampai: Teks | None = None
    pilih: Mapping[Teks, Teks | int | tuple[Teks, ...]] = {}
    parameter: Mapping[Teks, Teks] = {}
    ada: tuple[Teks, ...] = ()

    def rows(self, evidence: Evidence) -> tuple[Row, ...]:
        """Give the rows; none where the source was not delivered."""
        every = evidence.all_rows if self.saat == "semua" else evidence.rows
        found = every(self.sumber)
        if self.sampai is not None:
            found = tuple(row for row in found if self._in_time(row[self.sampai], evidence))
        for column, words in self.pilih.items():
            chosen = words if isinstance(words, tuple) else (words,)
            found = tuple(row for row in found if row.get(column) in chosen)
        for column, path in self.parameter.items():
            listed = evidence.parameter(path)
            found = tuple(row for row in found if listed is None or row.get(column) in listed)
        return tuple(row for row in found if all(row.get(name) is not None for name in self.ada))

    def place(self, evidence: Evidence, rows: Iterable[Row] = ()) -> str:
        """Say where rows stand; the file alone without any, nothing where it was not delivered."""
        return evidence.place(self.sumber, rows) if self.sumber in evidence.tables else ""

    def words(self, evidence: Evidence, column: str) -> tuple[str, ...]:
        """Give the different words in a column, as they come first; also of a long table."""
        if self.saat == "triwulan" and not (
            self.sampai or self.pilih or self.parameter or self.ada
        ):
            found: Iterable[object] = evidence.column(self.sumber, column)
        else:
            found = (row.get(column) for row in self.rows(evidence))
        return tuple(dict.fromkeys(str(one) for one in found if one is not None))

    def _in_time(self, when: object, evidence: Evidence) -> bool:
        if isinstance(when, str):
            return when <= evidence.quarter.end(evidence.year).isoformat()
        return when is not None and int(str(when)) <= evidence.quarter.last_month


class Nilai(Baris):
    """Numbers in the rows of one source.

    Of several columns each must be filled; a name with a quarter, such as ``tw_{sampai_tw}``,
    stands for columns of which some may be blank.
    """

    kolom: Teks | tuple[Teks, ...]
    satuan: Literal["", "Rp", "%"] = ""

    def value(self, row: Row, evidence: Evidence) -> Fraction | None:
        """Give the number of a row, the sum of its columns; None where it has none."""
        names = self.kolom if isinstance(self.kolom, tuple) else (self.kolom,)
        parts = [self._part(row, evidence.columns(name)) for name in names]
        known = [one for one in parts if one is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(parts) else None

    def filled(self, evidence: Evidence) -> tuple[Row, ...]:
        """Give the rows that have a number."""
        return tuple(row for row in self.rows(evidence) if self.value(row, evidence) is not None)

    def total(self, rows: Iterable[Row], evidence: Evidence) -> Fraction:
        """Add up the numbers of rows."""
        values = (self.value(row, evidence) for row in rows)
        return sum((one for one in values if one is not None), Fraction(0))

    def told(self, value: Fraction) -> str:
        """Print a number in the unit of the column."""
        return told(value, self.satuan)

    def _part(self, row: Row, names: Iterable[str]) -> Fraction | None:
        known = [exact(row[name]) for name in names if row.get(name) is not None]
        return sum(known, Fraction(0)) if known else None


def by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Give rows by the word in a column, in the order in which the words come first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.get(column) is not None:
            found.setdefault(str(row[column]), []).append(row)
    return found


def told(value: Fraction, unit: str) -> str:
    """Print a number in a unit."""
    if unit == "Rp":
        return format_rupiah(value)
    if unit == "%":
        return f"{digits(value, least=2)}%"
    return digits(value, least=2) if unit == "poin" else digits(value)
