"""Which rows of a source a rule looks at, and the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, Self

from pp39.errors import near
from pp39.findings.evidence import Evidence
from pp39.findings.printed import digits
from pp39.formula.names import Names
from pp39.ledger import Quantity
from pp39.numbers import exact, format_rupiah
from pp39.periods import Quarter
from pp39.profile.base import Bagian, Teks
from pp39.sources.table import Record as Row


class Baris(Bagian):
    """Rows of one source.

    ``saat`` tells which time they are of: the quarter (or none), the one before (``lalu``), any;
    ``sampai`` is a column with a month or a date that must not be after the quarter's end,
    ``pilih`` gives words that columns must have, ``parameter`` such words by the parameter that
    lists them, ``ada`` and ``kosong`` the columns that must be filled or blank. Source and column
    may hold words that are gone through, such as ``{sumber}``.
    """

    sumber: Teks
    saat: Literal["triwulan", "lalu", "semua"] = "triwulan"
    sampai: Teks | None = None
    pilih: Mapping[Teks, Teks | int | tuple[Teks, ...]] = {}
    parameter: Mapping[Teks, Teks] = {}
    ada: tuple[Teks, ...] = ()
    kosong: tuple[Teks, ...] = ()

    def check(self, names: Names, more: Iterable[str] = ()) -> None:
        """Check its columns, and `more` that are looked at in its rows.

        Raises
        ------
        ValueError
            At the first that the source does not have, with the nearest.
        """
        source = names.sources.get(self.sumber)
        if source is None:
            return
        kolom = getattr(self, "kolom", ())
        listed = (kolom,) if isinstance(kolom, str) else kolom
        time = ("triwulan",) if self.saat == "lalu" else ()
        given = (*time, *self.pilih, *self.parameter, *self.ada, *self.kosong, *listed, *more)
        for name in (*given, *filter(None, [self.sampai])):
            known = (*names.schema(source), "baris")
            if "{" not in name and name not in known:
                raise ValueError(f"{self.sumber} has no column {name}; {near(name, known)}")

    def named(self, words: Mapping[str, Any]) -> Self:
        """Put what is gone through into the name of the source and of the column."""
        update = {
            name: re.sub(r"\{([\w-]+)\}", lambda hole: str(words.get(hole[1], hole[0])), value)
            for name in ("sumber", "kolom")
            if isinstance(value := getattr(self, name, None), str) and "{" in value
        }
        same = all(value == getattr(self, name) for name, value in update.items())
        return self if same else self.model_copy(update=update)

    def rows(self, evidence: Evidence) -> tuple[Row, ...]:
        """Give the rows; none where the source was not delivered."""
        every = evidence.rows if self.saat == "triwulan" else evidence.all_rows
        chosen = {
            name: word if isinstance(word, tuple) else (word,) for name, word in self.pilih.items()
        }
        if self.saat == "lalu":
            before = evidence.quarter.number - 1
            chosen["triwulan"] = tuple(one.name for one in Quarter if one.number == before)
        found = every(self.sumber, chosen)
        if self.sampai is not None:
            found = tuple(row for row in found if self._in_time(row[self.sampai], evidence))
        for column, path in self.parameter.items():
            listed = evidence.parameter(path)
            found = tuple(row for row in found if not listed or row.get(column) in listed)
        found = tuple(row for row in found if all(row.get(name) is not None for name in self.ada))
        return tuple(row for row in found if all(row.get(name) is None for name in self.kosong))

    def place(self, evidence: Evidence, rows: Iterable[Row] = ()) -> str:
        """Say where rows stand; the file alone without any, nothing where it was not delivered."""
        return evidence.place(self.sumber, rows) if self.sumber in evidence.tables else ""

    def words(self, evidence: Evidence, *columns: str) -> tuple[tuple[str, ...], ...]:
        """Give the different words in columns, as they come first; also of a long table."""
        if self.saat == "triwulan" and not self.narrow:
            found: Iterable[tuple[object, ...]] = evidence.together(self.sumber, columns)
        else:
            rows = self.rows(evidence)
            found = (tuple(row.get(one) for one in columns) for row in rows)
        there = (one for one in found if None not in one)
        return tuple(dict.fromkeys(tuple(map(str, one)) for one in there))

    @property
    def narrow(self) -> bool:
        """Whether some rows of the time are left out."""
        return bool(self.sampai or self.pilih or self.parameter or self.ada or self.kosong)

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
        cells = self._cells(row, evidence)
        if len(cells) == 1:
            return exact(row[cells[0]])
        return sum((exact(row[name]) for name in cells), Fraction(0)) if cells else None

    def quantity(self, row: Row, evidence: Evidence) -> Quantity | None:
        """Give the same with where it stands."""
        cells = [
            evidence.cell(self.sumber, row, name, self.satuan)
            for name in self._cells(row, evidence)
        ]
        return evidence.summed(self.sumber, cells)

    def filled(self, evidence: Evidence) -> tuple[Row, ...]:
        """Give the rows that have a number."""
        return tuple(row for row in self.rows(evidence) if self.value(row, evidence) is not None)

    def _cells(self, row: Row, evidence: Evidence) -> list[str]:
        """Name the columns that are filled; none where one that must be is not."""
        names = self.kolom if isinstance(self.kolom, tuple) else (self.kolom,)
        parts = [
            [one for one in evidence.columns(name) if isinstance(row.get(one), int | float)]
            for name in names
        ]
        return [one for part in parts for one in part] if all(parts) else []


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
