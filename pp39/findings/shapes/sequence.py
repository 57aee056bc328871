"""Rows that follow one another: each against the one before it, and series with holes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from pp39.findings.evidence import Evidence
from pp39.findings.expression import Condition
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, names_in
from pp39.findings.shapes.figures import numbers_of
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.periods import format_date, parse_date
from pp39.profile.base import Pola, Teks, Ya
from pp39.sources.table import Record as Row

_BEFORE = "lalu_"


class Successive(Telling):
    """Rows of which columns contradict those of the row before them.

    Conditions name the columns, with ``lalu_`` those of the row before: the last one in which the
    columns in ``lalu_ada`` are filled. ``cocok`` are patterns of columns, ``kosong`` columns that
    are blank. Without a ``lalu_`` in a condition the first row counts, too. With ``per``, the rows
    of each word in that column are a series of its own, by ``menurut``, with one finding at most.
    """

    gives: ClassVar = ("lalu_*", "*")
    bentuk: Literal["baris-berurutan"]
    baris: Baris
    per: Teks | None = None
    menurut: Teks | None = None
    lalu_ada: tuple[Teks, ...] = ()
    cocok: Mapping[Teks, Pola] = {}
    kosong: tuple[Teks, ...] = ()
    bila: tuple[Teks, ...] = ()
    lokasi_lalu: Ya = False
    satuan: Literal["", "Rp", "%"] = ""

    @model_validator(mode="after")
    def _understood(self) -> Successive:
        for text in self.bila:
            Condition(text)
        return self

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.baris.rows(evidence)
        for series in by(rows, self.per).values() if self.per else [rows]:
            found = list(self._contradictions(series))
            if self.per is None:
                for before, row in found:
                    yield self._told(evidence, before, row, [(before, row)])
            elif found:
                yield self._told(evidence, *found[0], found)

    def _contradictions(self, rows: Iterable[Row]) -> Iterator[tuple[Row | None, Row]]:
        before: Row | None = None
        if (by_column := self.menurut) is not None:
            rows = sorted(rows, key=lambda row: row[by_column])
        for row in rows:
            if self._contradicts(row, before):
                yield before, row
            if all(row.get(name) is not None for name in self.lalu_ada):
                before = row

    def _told(
        self,
        evidence: Evidence,
        before: Row | None,
        row: Row,
        every: Sequence[tuple[Row | None, Row]],
    ) -> Hit:
        shown = [one for pair in every for one in (pair if self.lokasi_lalu else pair[1:]) if one]
        none = {f"{_BEFORE}{name}": "" for name in row}
        lalu = {f"{_BEFORE}{name}": text for name, text in self._texts(before or {}).items()}
        return self.hit(
            evidence,
            self.baris.place(evidence, shown),
            self._figure(evidence, row, before),
            said=none | lalu | self._texts(row),
            numbers=(
                found
                for text in (self.dinyatakan, self.dihitung, self.kalimat)
                for name in names_in(text)
                if (found := self._number(evidence, name, row, before)) is not None
            ),
        )

    def _figure(self, evidence: Evidence, row: Row, before: Row | None) -> Quantity | None:
        """Give the first number that the finding calls right."""
        found = (self._number(evidence, name, row, before) for name in names_in(self.dihitung))
        return next(filter(None, found), None)

    def _number(
        self, evidence: Evidence, name: str, row: Row, before: Row | None
    ) -> Quantity | None:
        """Give the number in a column of the row, or of the one before it."""
        of, column = (before, name[5:]) if name.startswith(_BEFORE) else (row, name)
        if of is None or not isinstance(of.get(column), int | float):
            return None
        return evidence.cell(self.baris.sumber, of, column, self.satuan)

    def _contradicts(self, row: Row, before: Row | None) -> bool:
        if any(row.get(name) is not None for name in self.kosong):
            return False
        for name, pattern in self.cocok.items():
            if not re.search(pattern, str(row.get(name) or ""), re.IGNORECASE):
                return False
        values = numbers_of(row, row)
        if before is not None:
            values |= {f"{_BEFORE}{name}": one for name, one in numbers_of(before, before).items()}
        return all(Condition(text).holds(values) for text in self.bila)

    def _texts(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {name: self._text(value) for name, value in row.items()}

    def _text(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, int | float):
            return told(exact(value), self.satuan)
        try:
            return format_date(parse_date(value)) if re.match(r"\d{4}-", value) else value.strip()
        except ValueError:
            return str(value)


class PeriodGaps(Telling):
    """Quarters left blank behind one that is filled."""

    gives: ClassVar = ("kunci", "kosong", "terisi")
    bentuk: Literal["deret-bolong"]
    nilai: Nilai
    kunci: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        names = evidence.columns(str(self.nilai.kolom))
        for row in self.nilai.rows(evidence):
            filled = [name for name in names if row.get(name) is not None]
            blank = names[names.index(filled[-1]) + 1 :] if filled else ()
            if blank:
                yield self.hit(
                    evidence,
                    self.nilai.place(evidence, [row]),
                    kunci=row[self.kunci],
                    kosong=", ".join(map(_quarter, blank)),
                    terisi=", ".join(map(_quarter, filled)),
                )


@dataclass(frozen=True)
class _Numbered:
    """A list of numbers: its subject, places and numbers, and in which lines of what they stand."""

    subject: str
    where: tuple[str, ...]
    numbers: Sequence[int]
    source: str
    lines: Sequence[int]
    read: tuple[Quantity, ...] = ()
    #: How the items are called, and one of them as it is written.
    kind: str = "nomor"
    spelt: Callable[[int], str] = str


class NumberGaps(Telling):
    """Numbers of rows, or of a stated list, of which one is left out or repeated; also letters.

    With ``jenis``, a pattern of a kind and its number, each kind is numbered by itself from 1.
    Where ``pernyataan`` has two groups, these are a list and the item of each subject.
    """

    gives: ClassVar = ("kunci", "subjek", "pertama", "terakhir", "banyak", "nomor", "kurang")
    bentuk: Literal["nomor-urut"]
    baris: Baris | None = None
    kolom: Teks = ""
    jenis: Pola | None = None
    pernyataan: Kalimat | None = None
    acuan: Kalimat | None = None
    berulang: Ya = True

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in self._lists(evidence):
            numbers = one.numbers
            start = min(1, *numbers) if self.jenis and numbers else None
            lacking, again = gaps(numbers, start)
            if (len(numbers) > 1 or self.jenis) and (lacking or again):
                yield self.hit(
                    evidence,
                    one.where,
                    numbers=one.read,
                    kunci=one.subject,
                    subjek=one.subject,
                    pertama=one.spelt(min(numbers)),
                    terakhir=one.spelt(max(numbers)),
                    banyak=evidence.lines(one.source, one.lines, len(numbers)),
                    nomor=", ".join(map(one.spelt, numbers)),
                    kurang=missing(lacking, again, one.kind, one.spelt),
                )

    def _lists(self, evidence: Evidence) -> Iterator[_Numbered]:
        items: dict[str, list[tuple[str, Statement]]] = {}
        for match, group in evidence.subjects(self.pernyataan) if self.pernyataan else ():
            if match.re.groups == 2:
                items.setdefault(match[1], []).append((match[2], group[0]))
                continue
            for one in group:
                yield _stated(one.subjek, one.nilai, [one])
        for subject, every in items.items():
            yield _stated(subject, " ".join(item for item, _ in every), [s for _, s in every])
        if self.baris is None:
            return
        if self.jenis is not None:
            yield from self._kinds(self.baris, self.jenis, evidence)
            return
        numbers = [int(one) for one in evidence.column(self.baris.sumber, self.kolom)]
        stated = evidence.subjects(self.acuan) if self.acuan else ()
        where = (places(s for _, group in stated for s in group), self.baris.place(evidence))
        listed = numbers if self.berulang else list(dict.fromkeys(numbers))
        of = self.baris.sumber
        yield _Numbered(f"{of}/{self.kolom}", where, listed, of, evidence.column(of, "baris"))

    def _kinds(self, of: Baris, pattern: str, evidence: Evidence) -> Iterator[_Numbered]:
        kinds: dict[str, list[tuple[int, Row]]] = {}
        for row in of.rows(evidence):
            match = re.fullmatch(pattern, str(row.get(self.kolom) or "").strip())
            if match:
                kinds.setdefault(match[1], []).append((int(match[2]), row))
        for kind, found in kinds.items():
            rows = [row for _, row in found]
            read = [evidence.cell(of.sumber, row, self.kolom, read=n) for n, row in found]
            numbers = [number for number, _ in found]
            lines = [int(row["baris"]) for row in rows]
            where = (of.place(evidence, rows),)
            yield _Numbered(kind, where, numbers, of.sumber, lines, tuple(read))


def _stated(subject: str, text: str, statements: Sequence[Statement]) -> _Numbered:
    """Read the numbers in a text, else its single letters."""
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    letters = [] if numbers else [ord(one) for one in re.findall(r"\b[a-z]\b", text.casefold())]
    lines = [one.baris for one in statements]
    where = (places(statements),)
    if letters:
        return _Numbered(subject, where, letters, "pernyataan", lines, (), "huruf", chr)
    return _Numbered(subject, where, numbers, "pernyataan", lines)


def gaps(numbers: Sequence[int], first: int | None = None) -> tuple[list[int], list[int]]:
    """Give the numbers that are left out, and those used twice."""
    if not numbers:
        return [], []
    start = min(numbers) if first is None else first
    lacking = sorted(set(range(start, max(numbers) + 1)) - set(numbers))
    return lacking, sorted(number for number, times in Counter(numbers).items() if times > 1)


def missing(
    lacking: Sequence[int],
    again: Sequence[int],
    kind: str = "nomor",
    spelt: Callable[[int], str] = str,
) -> str:
    """Say which numbers, or letters, are left out or used twice.

    Examples
    --------
    >>> missing([2], [4, 5])
    'nomor 2 tidak ada; nomor 4, 5 berulang'
    """
    told = ((lacking, "tidak ada"), (again, "berulang"))
    return "; ".join(f"{kind} {_listed(some, spelt)} {what}" for some, what in told if some)


def _listed(numbers: Sequence[int], spelt: Callable[[int], str]) -> str:
    return ", ".join(map(spelt, numbers[:20])) + (", …" if len(numbers) > 20 else "")


def _quarter(column: str) -> str:
    return f"TW {column[3:].upper()}"
