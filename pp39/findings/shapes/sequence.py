"""Rows that follow one another: each against the one before it, and series that break off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.expression import Condition
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling
from pp39.findings.shapes.figures import numbers_of
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.numbers import exact
from pp39.periods import MONTHS, format_date, parse_date
from pp39.profile.base import Teks

__all__ = [
    "BarisBerurutan",
    "DeretBolong",
    "DeretPendek",
    "KumulatifTurun",
    "NomorBaris",
    "NomorJenis",
]


class BarisBerurutan(Telling):
    """Rows of which columns contradict those of the row before them.

    Conditions name the columns, with ``lalu_`` those of the row before: the last one in which the
    columns in ``lalu_ada`` are filled. ``cocok`` are patterns of columns, ``kosong`` columns that
    are blank. Without a ``lalu_`` in a condition the first row counts, too.
    """

    gives: ClassVar = ("lalu_*", "selisih", "*")
    bentuk: Literal["baris-berurutan"]
    baris: Baris
    lalu_ada: tuple[Teks, ...] = ()
    cocok: Mapping[Teks, Teks] = {}
    kosong: tuple[Teks, ...] = ()
    bila: tuple[Teks, ...] = ()
    lokasi_lalu: Literal["ya", "tidak"] = "tidak"
    satuan: Literal["", "Rp"] = ""

    @model_validator(mode="after")
    def _understood(self) -> BarisBerurutan:
        for text in self.bila:
            Condition(text)
        for text in self.cocok.values():
            re.compile(text)
        return self

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        before: Row | None = None
        for row in self.baris.rows(evidence):
            if self._contradicts(row, before):
                rows = [before, row] if self.lokasi_lalu == "ya" and before is not None else [row]
                lalu = {f"lalu_{name}": text for name, text in self._texts(before or {}).items()}
                none = {f"lalu_{name}": "" for name in row}
                said = none | lalu | self._texts(row)
                yield self.hit(evidence, self.baris.place(evidence, rows), said=said)
            if all(row.get(name) is not None for name in self.lalu_ada):
                before = row

    def _contradicts(self, row: Row, before: Row | None) -> bool:
        if any(row.get(name) is not None for name in self.kosong):
            return False
        for name, pattern in self.cocok.items():
            if not re.search(pattern, str(row.get(name) or ""), re.IGNORECASE):
                return False
        values = numbers_of(row)
        values |= {f"lalu_{name}": one for name, one in numbers_of(before or {}).items()}
        return all(Condition(text).holds(values) for text in self.bila)

    def _texts(self, row: Row) -> dict[str, str]:
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


class KumulatifTurun(Telling):
    """A cumulative series that falls; one finding per series."""

    gives: ClassVar = ("kunci", "bulan", "bulan_lalu", "nilai", "nilai_lalu", "nomor")
    bentuk: Literal["kumulatif-turun"]
    nilai: Nilai
    kunci: Teks
    bulan: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code, rows in by(self.nilai.filled(evidence), self.kunci).items():
            series = sorted(rows, key=lambda row: int(row[self.bulan]))
            values = [self.nilai.total([row], evidence) for row in series]
            falls = [n for n in range(1, len(series)) if values[n] < values[n - 1]]
            if falls:
                first = falls[0]
                after, before = (int(series[n][self.bulan]) for n in (first, first - 1))
                yield self.hit(
                    evidence,
                    self.nilai.place(evidence, [series[m] for n in falls for m in (n - 1, n)]),
                    kunci=code,
                    nomor=f"{after:02d}",
                    bulan=MONTHS[after - 1],
                    bulan_lalu=MONTHS[before - 1],
                    nilai=self.nilai.told(values[first]),
                    nilai_lalu=self.nilai.told(values[first - 1]),
                )


class DeretPendek(Telling):
    """A monthly table that stops before the quarter's end."""

    gives: ClassVar = ("terakhir", "akhir", "kurang")
    bentuk: Literal["deret-pendek"]
    nilai: Nilai
    bulan: Teks
    acuan: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        months = sorted({int(row[self.bulan]) for row in self.nilai.filled(evidence)})
        lacking = [month for month in evidence.quarter.months if month not in months]
        if months and lacking:
            stated = [one for _, group in evidence.subjects(self.acuan) for one in group]
            yield self.hit(
                evidence,
                (places(stated), self.nilai.place(evidence)),
                terakhir=MONTHS[months[-1] - 1],
                akhir=MONTHS[evidence.quarter.last_month - 1],
                kurang=", ".join(MONTHS[month - 1] for month in lacking),
            )


class DeretBolong(Telling):
    """Quarters left blank behind one that is filled."""

    gives: ClassVar = ("kunci", "kosong", "terisi")
    bentuk: Literal["deret-bolong"]
    nilai: Nilai
    kunci: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        assert isinstance(self.nilai.kolom, str)
        names = evidence.columns(self.nilai.kolom)
        for row in self.nilai.rows(evidence):
            filled = [name for name in names if row.get(name) is not None]
            blank = [
                name for name in names if filled and names.index(name) > names.index(filled[-1])
            ]
            if blank:
                yield self.hit(
                    evidence,
                    self.nilai.place(evidence, [row]),
                    kunci=row[self.kunci],
                    kosong=", ".join(map(_quarter, blank)),
                    terisi=", ".join(map(_quarter, filled)),
                )


class NomorBaris(Telling):
    """Rows of a source, or parts of a stated list, whose numbers leave one out or repeat one."""

    gives: ClassVar = ("subjek", "pertama", "terakhir", "banyak", "kurang")
    bentuk: Literal["nomor-urut"]
    baris: Baris | None = None
    kolom: Teks = ""
    pernyataan: Kalimat | None = None
    acuan: Kalimat | None = None
    berulang: Literal["ya", "tidak"] = "ya"

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for subject, where, numbers in self._lists(evidence):
            lacking, again = gaps(numbers)
            if len(numbers) > 1 and (lacking or again):
                yield self.hit(
                    evidence,
                    where,
                    subjek=subject,
                    pertama=min(numbers),
                    terakhir=max(numbers),
                    banyak=len(numbers),
                    kurang=missing(lacking, again),
                )

    def _lists(self, evidence: Evidence) -> Iterator[tuple[str, tuple[str, ...], list[int]]]:
        if self.pernyataan is not None:
            for _, group in evidence.subjects(self.pernyataan):
                for one in group:
                    found = [int(part) for part in re.findall(r"\d+", one.nilai)]
                    yield one.subjek, (one.letak,), found
        if self.baris is not None:
            numbers = [int(one) for one in evidence.column(self.baris.sumber, self.kolom)]
            if self.berulang == "tidak":
                numbers = list(dict.fromkeys(numbers))
            stated = evidence.subjects(self.acuan) if self.acuan else ()
            last = [one for _, group in stated for one in group]
            if numbers:
                where = (places(last), self.baris.place(evidence))
                yield f"{self.baris.sumber}/{self.kolom}", where, numbers


class NomorJenis(Telling):
    """Rows named by a kind and a number, such as ``DIPA 3``, of which a number is left out."""

    gives: ClassVar = ("kunci", "nomor", "kurang")
    bentuk: Literal["nomor-jenis"]
    baris: Baris
    kolom: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        kinds: dict[str, list[int]] = {}
        rows = self.baris.rows(evidence)
        for row in rows:
            match = re.fullmatch(r"([A-Za-z ]+?)\s*(\d+)", str(row.get(self.kolom) or "").strip())
            if match:
                kinds.setdefault(match[1], []).append(int(match[2]))
        for kind, numbers in kinds.items():
            lacking, again = gaps(numbers, min(1, *numbers))
            if lacking or again:
                where = [r for r in rows if str(r.get(self.kolom) or "").startswith(kind)]
                yield self.hit(
                    evidence,
                    self.baris.place(evidence, where),
                    kunci=kind,
                    nomor=", ".join(map(str, numbers)),
                    kurang=missing(lacking, again),
                )


def gaps(numbers: Sequence[int], first: int | None = None) -> tuple[list[int], list[int]]:
    """Give the numbers that are left out, and those used twice."""
    if not numbers:
        return [], []
    start = min(numbers) if first is None else first
    lacking = sorted(set(range(start, max(numbers) + 1)) - set(numbers))
    return lacking, sorted(number for number, times in Counter(numbers).items() if times > 1)


def missing(lacking: Sequence[int], again: Sequence[int]) -> str:
    """Say which numbers are left out or used twice.

    Examples
    --------
    >>> missing([2], [4, 5])
    'nomor 2 tidak ada; nomor 4, 5 berulang'
    """
    parts = [
        f"nomor {_listed(lacking)} tidak ada" if lacking else "",
        f"nomor {_listed(again)} berulang" if again else "",
    ]
    return "; ".join(part for part in parts if part)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (", …" if len(numbers) > 20 else "")


def _quarter(column: str) -> str:
    return f"TW {column[3:].upper()}"
