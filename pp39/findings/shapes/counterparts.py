"""What one source lists and another does not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.rows import Baris, Nilai, by
from pp39.profile.base import Teks, Ya

__all__ = ["TidakDidaftar", "TidakSemuaSumber"]


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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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
