"""Numbers of rows: which rows of a source count, and what is made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from pydantic import model_validator

from pp39.findings.evidence import Evidence
from pp39.findings.expression import Condition, Expression
from pp39.findings.printed import digits
from pp39.findings.shape import Kalimat, named
from pp39.findings.shapes.figures import Figure, check_numbers, numbers_of, values_of
from pp39.findings.shapes.rows import Baris, Nilai, told
from pp39.findings.wording import span
from pp39.formula.names import Names
from pp39.ledger import Quantity, dashed
from pp39.profile.base import Bagian, Pola, Teks, Ya
from pp39.sources.table import Record as Row

Words = Mapping[str, Any]
Known = Mapping[str, Figure]


class Shown(Bagian):
    """How a number is printed: in a unit, with as many decimals as the number ``seperti``."""

    satuan: Literal["", "Rp", "%", "poin"] = ""
    seperti: Teks | None = None

    def _told(self, value: Quantity | None, known: Known) -> Figure:
        if value is None:
            return Figure(more=self._plain(None))
        text = self._text(value.value)
        if self.seperti is not None:
            like = next((one.printed for one in known[self.seperti].stated if one.printed), None)
            text = f"{digits(value.value, like)}{'%' if self.satuan == '%' else ''}"
        return Figure(value, text, more=self._plain(value))

    def _plain(self, value: Quantity | None) -> dict[str, str]:
        return {"_angka": "" if value is None else self._text(value.value)}

    def _text(self, value: Fraction) -> str:
        return told(value, self.satuan)


class Daftar(Baris):
    """Words in a column of rows; a word that is part of one of them counts as one."""

    kolom: Teks


class OfRows(Shown):
    """Rows of a source, or another column of the rows of a figure before it."""

    baris: Nilai | None = None
    sama: Mapping[Teks, Kalimat] = {}
    induk: Ya = False
    cocok: Mapping[Teks, Pola] = {}
    dengan: tuple[Teks, ...] = ()
    tanpa: Daftar | None = None
    bukan_nol: Ya = False
    terakhir: Teks | None = None
    terbesar: Teks | None = None
    ambil: Literal["jumlah", "pertama", "terakhir", "tunggal", "banyak", "beda"] = "jumlah"
    sebut: tuple[Teks, ...] = ()
    rinci: Teks | None = None
    rentang: Teks | None = None
    dari: Teks | None = None
    kolom: Teks | None = None

    @model_validator(mode="after")
    def _conditions_are_understood(self) -> OfRows:
        for text in self.dengan:
            Condition(text)
        if self.terbesar is not None:
            Expression(self.terbesar)
        return self

    def check_rows(self, at: str, before: Sequence[str], names: Names) -> None:
        """Check the columns it names.

        Raises
        ------
        ValueError
            At the first that the source does not have, with the nearest.
        """
        if self.baris is None:
            return
        more = (self.terakhir, self.rinci, self.rentang)
        self.baris.check(names, (*self.sama, *self.cocok, *self.sebut, *filter(None, more)))
        source = names.sources.get(self.baris.sumber)
        columns = () if source is None else names.schema(source)
        for text in self.dengan if source is not None else ():
            check_numbers(at, Condition(text).names, (*before, *columns), text)

    def of_rows(self, evidence: Evidence, words: Words, known: Known) -> Figure | None:
        """Get the number; None where it is of no rows."""
        if self.baris is not None:
            of = self.baris.named(words)

            def found() -> Figure:
                return self._of_rows(of, self._rows(of, evidence, words, known), evidence)

            always = of is self.baris and not self.sama and not self.dengan
            return evidence.memo(("angka", id(self)), found) if always else found()
        if self.dari is None:
            return None
        of_it = known[self.dari].of
        if not isinstance(of_it, Nilai):
            return Figure()
        column = of_it.model_copy(update={"kolom": self.kolom or of_it.kolom})
        return self._of_rows(column, known[self.dari].rows, evidence)

    def _of_rows(self, of: Nilai, rows: tuple[Row, ...], evidence: Evidence) -> Figure:
        if self.ambil in ("pertama", "terakhir"):
            rows = rows[:1] if self.ambil == "pertama" else rows[-1:]
        if self.ambil in ("banyak", "beda"):
            return self._counted(of, rows, evidence)
        cells = [of.quantity(row, evidence) for row in rows]
        values = tuple(one for one in cells if one is not None)
        whole = evidence.summed(of.sumber, values)
        text = "" if whole is None else self._text(whole.value)
        more = {f"_{name}": str(value or "") for name, value in (rows[-1] if rows else {}).items()}
        more["_semua"] = "; ".join(self._text(one.value) for one in values)
        if self.sebut:
            words = (
                next((str(r[n]) for n in self.sebut if r.get(n) is not None), "") for r in rows
            )
            text = ", ".join(dict.fromkeys(filter(None, words)))
            values = values or (Quantity.constant(1),) * len(rows)
        if self.rinci is not None:
            each = zip(rows, cells, strict=True)
            lines = [f"{evidence.name(r[self.rinci])} {self._text(c.value)}" for r, c in each if c]
            more["_rincian"] = ", ".join(lines)
        if (by_column := self.rentang) is not None:
            more["_rentang"] = span(sorted(int(row[by_column]) for row in rows))
        return Figure(whole, text, values, rows, of, more=more | self._plain(whole))

    def _counted(self, of: Nilai, rows: tuple[Row, ...], evidence: Evidence) -> Figure:
        if of.sumber not in evidence.tables:
            return Figure(of=of)
        words = {row.get(str(of.kolom)) for row in rows} - {None}
        count = evidence.counted(of.sumber, rows, len(words if self.ambil == "beda" else rows))
        shown = rows if of.narrow or self.dengan or self.ambil == "beda" else ()
        where = {"_tempat": of.place(evidence, rows)}
        return Figure(count, self._text(count.value), (count,), shown, of, more=where)

    def _rows(self, of: Nilai, evidence: Evidence, words: Words, known: Known) -> tuple[Row, ...]:
        rows = self._same(of, evidence, words)
        for column, pattern in self.cocok.items():
            rows = tuple(r for r in rows if re.search(pattern, str(r.get(column) or "")))
        if self.tanpa is not None:
            listed = {one for (one,) in self.tanpa.words(evidence, self.tanpa.kolom)}
            by = self.tanpa.kolom
            rows = tuple(r for r in rows if not {str(r[by]), evidence.root(r[by])} & listed)
        if self.ambil not in ("banyak", "beda") and not self.sebut:
            rows = tuple(r for r in rows if of.value(r, evidence) is not None)
        if self.bukan_nol:
            rows = tuple(r for r in rows if of.value(r, evidence))
        outer = values_of(known, evidence) if self.dengan else {}
        for condition in map(Condition, self.dengan):
            names = condition.names
            rows = tuple(r for r in rows if condition.holds(outer | numbers_of(r, names)))
        if self.terakhir is not None and rows:
            latest = max(row[self.terakhir] for row in rows)
            rows = tuple(row for row in rows if row[self.terakhir] == latest)
        if self.terbesar is not None and rows:
            measured = Expression(self.terbesar)
            rows = (
                max(rows, key=lambda row: measured.value(numbers_of(row, measured.names)) or 0),
            )
        return rows if self.ambil != "tunggal" or len(rows) == 1 else ()

    def _same(self, of: Nilai, evidence: Evidence, words: Words) -> tuple[Row, ...]:
        """Give the rows that hold what is gone through."""
        if not self.sama:
            return of.rows(evidence)
        wanted = [(column, named(text, evidence, words)) for column, text in self.sama.items()]
        first, word = wanted[0]

        def listed() -> dict[str, list[Row]]:
            found: dict[str, list[Row]] = {}
            for row in of.rows(evidence):
                for one in dict.fromkeys(self._spellings(row.get(first), evidence)):
                    found.setdefault(one, []).append(row)
            return found

        # A copy made for the words at hand may have had the place of another one in memory.
        by = evidence.memo(("sama", id(self)), listed) if of is self.baris else listed()
        rows = tuple(by.get(word, ()))
        for column, same in wanted[1:]:
            rows = tuple(row for row in rows if same in self._spellings(row.get(column), evidence))
        return rows

    def _spellings(self, word: object, evidence: Evidence) -> tuple[str, ...]:
        return (evidence.root(word),) if self.induk else (str(word), dashed(word))
