"""One thing in two sources: two numbers that should be one, and what only one of them lists."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, fill
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.numbers import exact
from pp39.profile.base import Bulat, Teks, Ya

__all__ = ["BedaArah", "DuaSumber", "TidakDidaftar", "TidakSemuaSumber"]


class DuaSumber(Telling):
    """Two numbers of the same word that differ; ``acuan`` are statements that repeat them."""

    gives: ClassVar = ("kunci", "kiri", "kanan")
    bentuk: Literal["dua-sumber"]
    kunci: Teks
    kiri: Nilai
    kanan: Nilai
    acuan: tuple[Kalimat, ...] = ()

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        others = {row[self.kunci]: row for row in self.kanan.rows(evidence)}
        for row in self.kiri.rows(evidence):
            other = row if self.kiri.sumber == self.kanan.sumber else others.get(row[self.kunci])
            ours = self.kiri.value(row, evidence)
            theirs = self.kanan.value(other, evidence) if other is not None else None
            if ours is None or theirs is None or ours == theirs or other is None:
                continue
            values = {
                "kunci": row[self.kunci],
                "kiri": self.kiri.told(ours),
                "kanan": self.kanan.told(theirs),
            }
            stated = [s for a in self.acuan for s in evidence.stated(fill(a, evidence, values))]
            where = (
                places(stated),
                self.kiri.place(evidence, [row]),
                self.kanan.place(evidence, [other]),
            )
            yield self.hit(evidence, where, **values)


class BedaArah(Telling):
    """Two shares of the same word of which one is far above its target and the other below it."""

    gives: ClassVar = ("kunci", "kiri", "kanan")
    bentuk: Literal["beda-arah"]
    kunci: Teks
    kiri: Nilai
    target_kiri: Teks
    kanan: Nilai
    target_kanan: Teks
    kali: Bulat
    mulai_tw: Bulat = 1

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        if evidence.quarter.number < self.mulai_tw:
            return
        left = dict(self._shares(evidence, self.kiri, self.target_kiri))
        for word, (share, row) in self._shares(evidence, self.kanan, self.target_kanan):
            if word not in left:
                continue
            ours, line = left[word]
            low, high = sorted((share, ours))
            if low < 100 and high > low * self.kali:
                yield self.hit(
                    evidence,
                    (self.kiri.place(evidence, [line]), self.kanan.place(evidence, [row])),
                    kunci=word,
                    kiri=told(ours, "%"),
                    kanan=told(share, "%"),
                )

    def _shares(self, evidence: Evidence, of: Nilai, goal: str) -> Iterator[tuple[str, tuple]]:
        for row in of.rows(evidence):
            value = of.value(row, evidence) or Fraction(0)
            if row.get(goal):
                yield str(row[self.kunci]), (value / exact(row[goal]) * 100, row)


class TidakDidaftar(Telling):
    """Words that one source lists and another does not, though it lists some.

    With ``nilai`` only words count that have such a number, with ``bersama`` they are told in one
    finding; ``lokasi`` says which rows are shown, and in which order.
    """

    gives: ClassVar = ("kunci", "nilai", "terdaftar")
    bentuk: Literal["tidak-didaftar"]
    kunci: Teks
    daftar: Baris
    nilai: Nilai | None = None
    bernilai: Ya = True
    pembanding: Baris
    bersama: Ya = False
    lokasi: tuple[Literal["daftar", "pembanding", "berkas_pembanding"], ...]

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        listed = self.pembanding.words(evidence, self.kunci)
        lacking = {
            word: (rows, self.nilai.total(rows, evidence) if self.nilai else Fraction(0))
            for word, rows in by(self.daftar.rows(evidence), self.kunci).items()
            if word not in listed
        }
        if self.nilai is not None and self.bernilai:
            lacking = {word: one for word, one in lacking.items() if one[1] > 0}
        if not listed or not lacking:
            return
        groups = [lacking] if self.bersama else [{word: one} for word, one in lacking.items()]
        for group in groups:
            rows = [row for found, _ in group.values() for row in found]
            value = sum((amount for _, amount in group.values()), Fraction(0))
            yield self.hit(
                evidence,
                [self._place(one, rows, evidence) for one in self.lokasi],
                kunci=", ".join(group),
                nilai=self.nilai.told(value) if self.nilai and self._valued(rows, evidence) else "",
                terdaftar=", ".join(listed),
            )

    def _valued(self, rows: list[Row], evidence: Evidence) -> bool:
        assert self.nilai is not None
        return any(self.nilai.value(row, evidence) is not None for row in rows)

    def _place(self, which: str, rows: list[Row], evidence: Evidence) -> str:
        if which == "daftar":
            return self.daftar.place(evidence, rows)
        there = self.pembanding.rows(evidence) if which == "pembanding" else ()
        return self.pembanding.place(evidence, there)


class TidakSemuaSumber(Telling):
    """Codes that some of several sources list and others do not."""

    gives: ClassVar = ("kunci", "ada", "tidak_ada", "alasan")
    bentuk: Literal["tidak-semua-sumber"]
    kunci: Teks
    sumber: dict[Teks, Teks]
    minor_di: tuple[Teks, ...] = ()
    diterima: Teks | None = None

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        known = {
            source: {code: rows[0] for code, rows in by(rows, self.kunci).items()}
            for source in self.sumber
            if (rows := evidence.all_rows(source))
        }
        for code in sorted({code for rows in known.values() for code in rows}):
            here = [source for source, rows in known.items() if code in rows]
            lack = [source for source in known if code not in known[source]]
            if lack:
                yield self.hit(
                    evidence,
                    [evidence.place(source, [known[source][code]]) for source in here],
                    tingkat="minor" if set(lack) <= set(self.minor_di) else None,
                    kunci=code,
                    ada=" dan ".join(self.sumber[one] for one in here),
                    tidak_ada=" dan ".join(self.sumber[one] for one in lack),
                    alasan=self._accepted(evidence, code),
                )

    def _accepted(self, evidence: Evidence, code: str) -> str:
        """Give the unit's reason, of a parameter that holds reasons by code or its beginning."""
        known = evidence.parameter(self.diterima) if self.diterima else {}
        found = (a.alasan for key, a in known.items() if code == key or code.startswith(f"{key}."))
        return next(found, "")
