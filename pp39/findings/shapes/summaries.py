"""Figures printed of a group: against its last month, the mean of its members, its money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.printed import agreement, digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.rows import Baris, Nilai, by
from pp39.findings.statement import Statement
from pp39.periods import MONTHS
from pp39.profile.base import Bulat, Teks

__all__ = ["BedaNama", "MendahuluiKemajuan", "RerataAnggota", "RingkasanDeret"]


class RingkasanDeret(Telling):
    """A printed summary that is not the last month of its own series."""

    gives: ClassVar = ("kunci", "dinyatakan", "deret", "bulan", "subjek")
    bentuk: Literal["ringkasan-deret"]
    pernyataan: Kalimat
    nilai: Nilai
    kunci: Teks
    bulan: Teks
    ledger: Kalimat = ""

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        series = by(self.nilai.rows(evidence), self.kunci)
        for match, group in evidence.subjects(self.pernyataan):
            if match[1] not in series:
                continue
            found = max(series[match[1]], key=lambda row: row[self.bulan])
            value = self.nilai.value(found, evidence)
            if value is None:
                continue
            off = [s for s in group if s.printed and agreement(s.printed, value) != "sama"]
            if off:
                sign = self.nilai.satuan if self.nilai.satuan == "%" else ""
                yield self.hit(
                    evidence,
                    (places(off), self.nilai.place(evidence, [found])),
                    named(self.ledger, evidence, {"kunci": match[1]}),
                    kunci=match[1],
                    subjek=off[0].subjek,
                    dinyatakan=off[0].nilai,
                    deret=f"{digits(value, off[0].printed)}{sign}",
                    bulan=MONTHS[int(found[self.bulan]) - 1],
                )


class RerataAnggota(Telling):
    """A printed figure of a group that is neither the mean nor the weighted mean of its members."""

    gives: ClassVar = ("kunci", "subjek", "dinyatakan", "rerata", "tertimbang")
    bentuk: Literal["rerata-anggota"]
    kelompok: Kalimat
    anggota: Kalimat
    bobot: Nilai
    kunci: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        weights = {
            code: self.bobot.total(rows[-1:], evidence)
            for code, rows in by(self.bobot.filled(evidence), self.kunci).items()
        }
        for match, group in evidence.subjects(self.kelompok):
            pattern = named(self.anggota, evidence, {"kunci": re.escape(match[1])})
            parts = {
                m[1]: one[0].printed.value
                for m, one in evidence.subjects(pattern)
                if one[0].printed is not None
            }
            printed = group[0].printed
            if not parts or printed is None:
                continue
            mean = sum(parts.values(), Fraction(0)) / len(parts)
            whole = sum((weights.get(code, Fraction(0)) for code in parts), Fraction(0))
            parted = (value * weights.get(code, 0) for code, value in parts.items())
            weighted = sum(parted, Fraction(0)) / whole if whole else mean
            if "sama" not in (agreement(printed, mean), agreement(printed, weighted)):
                yield self.hit(
                    evidence,
                    places(group),
                    kunci=match[1],
                    subjek=group[0].subjek,
                    dinyatakan=group[0].nilai,
                    rerata=f"{digits(mean, printed)}%",
                    tertimbang=f"{digits(weighted, printed)}%",
                )


class MendahuluiKemajuan(Telling):
    """Groups whose printed share is far above the mean progress of their members.

    One finding for each word in ``kelompok``; ``lebih`` are percentage points.
    """

    gives: ClassVar = ("kunci", "banyak", "rincian", "lebih")
    bentuk: Literal["mendahului-kemajuan"]
    serapan: Kalimat
    kemajuan: Kalimat
    baris: Baris
    kunci: Teks
    kelompok: Teks
    lebih: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = [row for row in self.baris.rows(evidence) if row.get(self.kelompok) is not None]
        groups = {str(row[self.kunci]): str(row[self.kelompok]) for row in rows}
        lines: dict[str, list[str]] = {}
        where: dict[str, list[Statement]] = {}
        for match, group in evidence.subjects(self.serapan):
            code, spent = match[1], group[0].printed
            pattern = named(self.kemajuan, evidence, {"kunci": re.escape(code)})
            done = [one[0] for _, one in evidence.subjects(pattern) if one[0].printed is not None]
            if spent is None or not done or code not in groups:
                continue
            values = [one.printed.value for one in done if one.printed is not None]
            mean = sum(values, Fraction(0)) / len(values)
            if spent.value - mean > self.lebih:
                lines.setdefault(groups[code], []).append(
                    f"{code}: serapan {group[0].nilai}, progres fisik rata-rata"
                    f" {digits(mean, least=2)}%"
                )
                where.setdefault(groups[code], []).extend([group[0], *done])
        for word, told in lines.items():
            yield self.hit(
                evidence,
                places(where[word]),
                kunci=word,
                banyak=len(told),
                rincian="; ".join(told),
                lebih=self.lebih,
            )


class BedaNama(Telling):
    """One code under several names within one source."""

    gives: ClassVar = ("kunci", "nama", "biasa")
    bentuk: Literal["beda-nama"]
    baris: Baris
    kunci: Teks
    nama: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code, rows in by(self.baris.rows(evidence), self.kunci).items():
            names: dict[str, list[Row]] = {}
            for row in rows:
                names.setdefault(str(row.get(self.nama) or ""), []).append(row)
            usual, *others = sorted(names, key=lambda name: -len(names[name]))
            if others:
                yield self.hit(
                    evidence,
                    self.baris.place(evidence, names[others[0]]),
                    kunci=code,
                    nama=others[0],
                    biasa=usual,
                )
