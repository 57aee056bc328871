"""Statements among themselves and against lists: totals beside parts, stated counts, outliers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.errors import nearest
from pp39.findings.evidence import Evidence, dashed, places
from pp39.findings.printed import agreement, digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.rows import Baris, by
from pp39.findings.statement import Statement
from pp39.findings.wording import amount, sentence
from pp39.numbers import exact, terbilang
from pp39.profile.base import Bagian, Bulat, Teks, Ya

__all__ = [
    "BanyakTerdaftar",
    "DasarHitung",
    "RincianTercetak",
    "SatuanDeret",
    "SatuanGanda",
    "SubjekAsing",
    "TargetMenyimpang",
]


class Bagiannya(Bagian):
    """A total and its parts: patterns of subjects, ``{1}`` for the first group of the total's."""

    total: Kalimat
    bagian: Kalimat
    sebutan: Teks
    di_mana_pun: Ya = False


class RincianTercetak(Telling):
    """A printed total that is not the sum of the parts printed at the same place.

    With ``di_mana_pun``, parts printed elsewhere count where none is printed there.
    """

    gives: ClassVar = ("subjek", "uraian", "total", "jumlah", "rincian")
    bentuk: Literal["rincian-tercetak"]
    jumlah: tuple[Bagiannya, ...]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in self.jumlah:
            for match, stated in evidence.subjects(one.total):
                groups = {str(n): re.escape(text) for n, text in enumerate(match.groups(), 1)}
                wanted = named(one.bagian, evidence, groups)
                parts = [group for _, group in evidence.subjects(wanted)]
                for total in stated:
                    yield from self._told(evidence, one, total, parts)

    def _told(
        self,
        evidence: Evidence,
        one: Bagiannya,
        total: Statement,
        parts: Sequence[Sequence[Statement]],
    ) -> Iterator[Hit]:
        values = _beside(total, parts, one.di_mana_pun)
        if total.printed is None or len(values) < 2:
            return
        value = sum(values, Fraction(0))
        computed = evidence.computed(total.subjek)
        known = computed is not None and computed.value == value
        if known or agreement(total.printed, value) == "sama":
            return
        yield self.hit(
            evidence,
            total.letak,
            computed.id or "" if computed is not None else "",
            subjek=total.subjek,
            uraian=sentence(total.uraian),
            total=total.nilai,
            jumlah=amount(value, total.satuan),
            rincian=one.sebutan,
        )


class BanyakTerdaftar(Telling):
    """A stated number of things that is not that of the things listed.

    They are listed in a statement, set apart by commas, or else in a column of rows.
    """

    gives: ClassVar = ("subjek", "uraian", "banyak", "terdaftar", "terbilang", "daftar")
    bentuk: Literal["banyak-terdaftar"]
    pernyataan: Kalimat
    daftar: Kalimat | None = None
    baris: Baris
    kolom: Teks
    sama: Mapping[Teks, Kalimat] = {}

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            groups = {str(n): text for n, text in enumerate(match.groups(), 1)}
            for one in group:
                number = re.match(r"\s*(\d+)", one.nilai)
                counted = number and self._counted(evidence, groups, int(number[1]))
                if number and counted and counted[0] != int(number[1]):
                    yield self.hit(
                        evidence,
                        (one.letak, counted[1]),
                        subjek=one.subjek,
                        uraian=sentence(one.uraian),
                        banyak=one.nilai,
                        terdaftar=counted[0],
                        terbilang=terbilang(counted[0]),
                        daftar=counted[1],
                    )

    def _counted(
        self, evidence: Evidence, groups: Mapping[str, str], stated: int
    ) -> tuple[int, str] | None:
        listed = evidence.stated(named(self.daftar, evidence, groups)) if self.daftar else ()
        if listed and (count := len(listed[0].nilai.split(","))) != stated:
            return count, listed[0].letak
        rows = [row for row in self.baris.rows(evidence) if row.get(self.kolom) is not None]
        for column, text in self.sama.items():
            rows = [row for row in rows if str(row.get(column)) == named(text, evidence, groups)]
        count = len({row[self.kolom] for row in rows})
        return (count, self.baris.place(evidence, rows)) if count else None


class SatuanGanda(Telling):
    """One thing that is counted in several units."""

    gives: ClassVar = (
        "kode",
        "indikator",
        "subjek",
        "satuan",
        "pertama",
        "tempat",
        "tempat_pertama",
    )
    bentuk: Literal["satuan-ganda"]
    pernyataan: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            subject = named(self.pernyataan, evidence, {"kode": code})
            kinds: dict[str, list[Statement]] = {}
            for one in evidence.stated(subject):
                kinds.setdefault(unit_word(one.nilai), []).append(one)
            first, *others = kinds.values() or [[]]
            for other in others:
                yield self.hit(
                    evidence,
                    places([*other, *first]),
                    kode=code,
                    indikator=evidence.short(code),
                    subjek=subject,
                    satuan=other[0].nilai,
                    pertama=first[0].nilai,
                    tempat=places(other),
                    tempat_pertama=places(first),
                )


class SatuanDeret(Telling):
    """One series of figures that is counted in several units."""

    gives: ClassVar = ("kunci", "satuan", "rincian")
    bentuk: Literal["satuan-deret"]
    pernyataan: Kalimat
    sebutan: Mapping[Teks, Teks]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        series: dict[str, list[Statement]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            series.setdefault(match[1], []).extend(group)
        for subject, figures in series.items():
            counted = [one for one in figures if one.satuan and one.printed is not None]
            kinds: dict[str, list[Statement]] = {}
            for one in counted:
                kinds.setdefault(unit_word(one.satuan), []).append(one)
            if len(kinds) > 1:
                each = (f"{some[0].satuan} ({self._where(some)})" for some in kinds.values())
                yield self.hit(
                    evidence,
                    places(counted),
                    kunci=subject,
                    satuan="; ".join(some[0].satuan for some in kinds.values()),
                    rincian="; ".join(each),
                )

    def _where(self, group: Sequence[Statement]) -> str:
        tails = (one.subjek.rpartition("/")[2] for one in group)
        return ", ".join(dict.fromkeys(self.sebutan.get(tail, f"TW {tail}") for tail in tails))


class TargetMenyimpang(Telling):
    """One interim target unlike all others of its quarter."""

    gives: ClassVar = ("kode", "indikator", "triwulan", "target", "biasa")
    bentuk: Literal["target-menyimpang"]
    baris: Baris
    kolom: Teks
    sedikitnya: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.baris.rows(evidence)
        for column in evidence.columns(self.kolom):
            known = [(row, exact(row[column])) for row in rows if row.get(column) is not None]
            counted = Counter(value for _, value in known).most_common(2)
            few = len(known) < self.sedikitnya or len(counted) < 2
            if few or counted[0][1] < len(known) - 2:
                continue
            for row, value in known:
                if value != counted[0][0]:
                    code = dashed(row["kode"])
                    yield self.hit(
                        evidence,
                        self.baris.place(evidence, [row]),
                        kode=code,
                        indikator=evidence.short(code),
                        triwulan=column.rpartition("_")[2].upper(),
                        target=digits(value),
                        biasa=digits(counted[0][0]),
                    )


class DasarHitung(Telling):
    """Counts of one thing where the text says another is counted."""

    gives: ClassVar = ("kode", "indikator", "subjek", "dijelaskan", "satuan")
    bentuk: Literal["dasar-hitung"]
    pernyataan: Kalimat
    cacah: tuple[Teks, ...]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            counts = [
                one
                for tail in self.cacah
                for one in evidence.stated(f"{match[1]}/{tail}")
                if one.satuan
            ]
            said = group[0].nilai
            if counts and counts[0].satuan.casefold() not in said.casefold():
                yield self.hit(
                    evidence,
                    places([*group, *counts]),
                    kode=match[1],
                    indikator=evidence.short(match[1]),
                    subjek=group[0].subjek,
                    dijelaskan=said,
                    satuan=counts[0].satuan,
                )


class SubjekAsing(Telling):
    """Statements about a subject that neither the profile nor the ledger knows."""

    gives: ClassVar = ("subjek", "terdekat")
    bentuk: Literal["subjek-asing"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        every = by(
            [{"subjek": one.subjek, "letak": one.letak} for one in evidence.statements], "subjek"
        )
        known = evidence.settings.profile.isi.pernyataan
        for subject, rows in every.items():
            if evidence.told_of(subject) is None and evidence.computed(subject) is None:
                yield self.hit(
                    evidence,
                    [row["letak"] for row in rows],
                    subjek=subject,
                    terdekat=nearest(subject, [one.contoh for one in known.values()]) or "",
                )


def unit_word(text: str) -> str:
    """Give a unit without what does not make another one.

    Examples
    --------
    >>> unit_word("Persentase"), unit_word("Jumlah peserta")
    ('%', 'peserta')
    """
    bare = re.sub(r"[^a-z%]+", " ", text.casefold()).strip()
    return "%" if bare in ("persen", "persentase") else re.sub(r"^jumlah ", "", bare)


def _beside(
    total: Statement, parts: Sequence[Sequence[Statement]], anywhere: bool
) -> list[Fraction]:
    """Give the parts printed at the place of the total, or all where none is printed there."""
    near = [
        one.printed.value
        for group in parts
        for one in group
        if one.letak == total.letak and one.printed is not None
    ]
    if near or not anywhere or "/" in total.letak:
        return near
    firsts = (next((one.printed for one in group if one.printed), None) for group in parts)
    return [printed.value for printed in firsts if printed is not None]
