"""Named numbers a rule compares: of rows, of statements, of an indicator, or computed of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal

from pydantic import model_validator

from pp39.findings.evidence import Evidence, Row, dashed, places
from pp39.findings.expression import Condition, Expression
from pp39.findings.printed import digits
from pp39.findings.shape import Kalimat, named
from pp39.findings.shapes.rows import Nilai, told
from pp39.findings.statement import Statement
from pp39.numbers import exact
from pp39.profile.base import Bagian, Bulat, Teks, Ya

__all__ = ["Besaran", "Figure", "numbers_of", "place_of", "texts_of", "values_of"]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Figure:
    """What became of a named number.

    Parameters
    ----------
    value : fractions.Fraction or None
        Its value; None where there is none.
    text : str
        As a sentence says it.
    every : tuple of fractions.Fraction
        The numbers it is the sum of.
    rows : tuple of Row
        Rows they stand in.
    of : Nilai, optional
        What the rows are of.
    stated : tuple of Statement
        Statements they were taken from.
    where : str
        Where they stand otherwise.
    decimals : int
        Decimals it was printed with.
    more : mapping of str to str
        What else a sentence may say of it.
    """

    value: Fraction | None
    text: str
    every: tuple[Fraction, ...] = ()
    rows: tuple[Row, ...] = ()
    of: Nilai | None = None
    stated: tuple[Statement, ...] = ()
    where: str = ""
    decimals: int = 0
    more: Mapping[str, str] = field(default_factory=dict)


class Besaran(Bagian):
    """How to get a number.

    ``baris`` adds up a column of rows, only of the ``terakhir`` ones by a column, or takes the
    first or last row, the only one (``tunggal``) or how many there are; ``sama`` names columns that
    hold what is gone through, ``cocok`` patterns of columns, ``dengan`` conditions on the row.
    ``dari`` and ``kolom`` take another number of the rows of a figure. ``pernyataan`` is what was
    stated about a subject, ``capaian`` and ``target`` what is known of an indicator, ``hitung`` an
    expression of the numbers before it. With ``sebut``, words in columns of the rows are what
    sentences say. Where there is none, ``atau`` is taken, or the number ``kosong``.
    """

    baris: Nilai | None = None
    sama: Mapping[Teks, Kalimat] = {}
    cocok: Mapping[Teks, Teks] = {}
    dengan: tuple[Teks, ...] = ()
    terakhir: Teks | None = None
    terbesar: Teks | None = None
    ambil: Literal["jumlah", "pertama", "terakhir", "tunggal", "banyak"] = "jumlah"
    sebut: tuple[Teks, ...] = ()
    dari: Teks | None = None
    kolom: Teks | None = None
    pernyataan: Kalimat | None = None
    jumlahkan: Ya = False
    capaian: Kalimat | None = None
    target: Kalimat | None = None
    hitung: Teks | None = None
    tetap: Bulat | None = None
    satuan: Literal["", "Rp", "%", "poin"] = ""
    boleh_kosong: Ya = False
    kosong: Bulat | None = None
    atau: Besaran | None = None

    @model_validator(mode="after")
    def _expressions_are_understood(self) -> Besaran:
        for text in filter(None, (self.hitung, self.terbesar)):
            Expression(text)
        for text in self.dengan:
            Condition(text)
        for text in self.cocok.values():
            re.compile(text)
        return self

    def figure(
        self, evidence: Evidence, words: Mapping[str, Any], known: Mapping[str, Figure]
    ) -> Figure:
        """Get the number, for the words that are gone through and the numbers before it."""
        found = self._figure(evidence, words, known)
        if found.value is not None or self.sebut:
            return found
        if self.atau is not None:
            other = self.atau.figure(evidence, words, known)
            return replace(other, stated=(*found.stated, *other.stated))
        return found if self.kosong is None else self._told(Fraction(self.kosong))

    def _figure(
        self, evidence: Evidence, words: Mapping[str, Any], known: Mapping[str, Figure]
    ) -> Figure:
        if self.baris is not None:
            rows = self._rows(self.baris, evidence, words, known)
            return self._of_rows(self.baris, rows, evidence)
        if self.pernyataan is not None:
            return self._stated(named(self.pernyataan, evidence, words), evidence)
        if self.target is not None:
            return self._targets(named(self.target, evidence, words), evidence)
        if self.dari is not None and (of := known[self.dari].of) is not None:
            column = of.model_copy(update={"kolom": self.kolom or of.kolom})
            return self._of_rows(column, known[self.dari].rows, evidence)
        return self._told(self._computed(evidence, words, known))

    def _computed(
        self, evidence: Evidence, words: Mapping[str, Any], known: Mapping[str, Figure]
    ) -> Fraction | None:
        if self.capaian is not None:
            return evidence.achievement(named(self.capaian, evidence, words))
        if self.hitung is None:
            return None if self.tetap is None else Fraction(self.tetap)
        return Expression(self.hitung).value(values_of(known, evidence))

    def _of_rows(self, of: Nilai, rows: tuple[Row, ...], evidence: Evidence) -> Figure:
        if self.ambil in ("pertama", "terakhir"):
            rows = rows[:1] if self.ambil == "pertama" else rows[-1:]
        values = tuple(value for row in rows if (value := of.value(row, evidence)) is not None)
        if self.ambil == "banyak":
            count = Fraction(len(rows)) if of.sumber in evidence.tables else None
            return Figure(count, str(len(rows)), values, (), of)
        whole: Fraction | None = sum(values, Fraction(0)) if values else None
        text = "" if whole is None else self._text(whole)
        if self.sebut:
            named = (
                next((str(r[n]) for n in self.sebut if r.get(n) is not None), "") for r in rows
            )
            text = ", ".join(dict.fromkeys(filter(None, named)))
        more = {f"_{name}": str(value or "") for name, value in (rows[-1] if rows else {}).items()}
        more["_semua"] = "; ".join(map(self._text, values))
        return Figure(whole, text, values, rows, of, more=more | self._plain(whole))

    def _rows(
        self, of: Nilai, evidence: Evidence, words: Mapping[str, Any], known: Mapping[str, Figure]
    ) -> tuple[Row, ...]:
        rows = of.rows(evidence)
        for column, wanted in self.sama.items():
            same = named(wanted, evidence, words)
            rows = tuple(r for r in rows if same in (str(r.get(column)), dashed(r.get(column))))
        for column, pattern in self.cocok.items():
            rows = tuple(r for r in rows if re.search(pattern, str(r.get(column) or "")))
        if self.ambil != "banyak" and not self.sebut:
            rows = tuple(r for r in rows if of.value(r, evidence) is not None)
        outer = {name: one.value for name, one in known.items()}
        for condition in map(Condition, self.dengan):
            rows = tuple(r for r in rows if condition.holds(outer | numbers_of(r)))
        if self.terakhir is not None and rows:
            latest = max(row[self.terakhir] for row in rows)
            rows = tuple(row for row in rows if row[self.terakhir] == latest)
        if self.terbesar is not None and rows:
            measured = Expression(self.terbesar)
            rows = (max(rows, key=lambda row: measured.value(numbers_of(row)) or 0),)
        return rows if self.ambil != "tunggal" or len(rows) == 1 else ()

    def _stated(self, subject: str, evidence: Evidence) -> Figure:
        stated = evidence.stated(subject)
        if self.jumlahkan:
            stated = tuple(group[0] for _, group in evidence.subjects(subject))
        values = tuple(one.printed.value for one in stated if one.printed is not None)
        if self.jumlahkan:
            whole = sum(values, Fraction(0)) if values else None
            return Figure(whole, self._told(whole).text, values, stated=stated)
        first = next((one for one in stated if one.printed is not None), None)
        text = first.nilai if first is not None else stated[0].nilai if stated else ""
        value = values[0] if values else None
        more = {"_masa": first.periode if first else ""} | self._plain(value)
        shown = first.printed.decimals if first is not None and first.printed is not None else 0
        return Figure(value, text, values, stated=stated, decimals=shown, more=more)

    def _targets(self, code: str, evidence: Evidence) -> Figure:
        targets = evidence.targets(code)
        values = tuple(dict.fromkeys(value for _, value in targets))
        where = "; ".join(dict.fromkeys(name for name, _ in targets))
        text = " dan ".join(digits(value) for value in values)
        return Figure(values[0] if values else None, text, values, where=where)

    def _told(self, value: Fraction | None) -> Figure:
        text = "" if value is None else self._text(value)
        return Figure(value, text, more=self._plain(value))

    def _plain(self, value: Fraction | None) -> dict[str, str]:
        return {"_angka": "" if value is None else self._text(value)}

    def _text(self, value: Fraction) -> str:
        return told(value, self.satuan)


def numbers_of(row: Row) -> dict[str, Fraction]:
    """Give the numbers of a row by column; of a date its number among the days."""
    found: dict[str, Fraction] = {}
    for name, value in row.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = exact(value)
        elif isinstance(value, str) and _ISO.fullmatch(value):
            found[name] = Fraction(date.fromisoformat(value).toordinal())
    return found


def values_of(figures: Mapping[str, Figure], evidence: Evidence) -> dict[str, Fraction | None]:
    """Give the values by name, for conditions, with how many numbers each is made of."""
    times = {"tw": Fraction(evidence.quarter.number), "tahun": Fraction(evidence.year)}
    counted = {f"banyak_{name}": Fraction(len(one.every)) for name, one in figures.items()}
    shown = {f"desimal_{name}": Fraction(one.decimals) for name, one in figures.items()}
    return times | counted | shown | {name: one.value for name, one in figures.items()}


def texts_of(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Give what sentences may say of figures."""
    found: dict[str, str] = {}
    for name, one in figures.items():
        found |= {f"{name}{key}": text for key, text in one.more.items()}
        found[name] = one.text
        found[f"banyak_{name}"] = str(len(one.every))
    return found


def place_of(figures: Mapping[str, Figure], names: Iterable[str], evidence: Evidence) -> list[str]:
    """Give the places of figures, in this order; rows of one source that follow are told once."""
    found: list[str] = []
    wanted = [figures[name] for name in names]
    for _, group in groupby(wanted, lambda one: one.of.sumber if one.of else ""):
        some = list(group)
        if some[0].of is not None:
            found.append(some[0].of.place(evidence, [row for one in some for row in one.rows]))
        else:
            found += [where for one in some for where in (one.where, places(one.stated)) if where]
    return found
