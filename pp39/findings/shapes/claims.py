"""What is claimed of indicators and outputs, against what their figures say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, dashed, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.findings.wording import NOTHING
from pp39.profile.base import Bagian, Teks

__all__ = [
    "BagianMeleset",
    "KelasKeliru",
    "KendalaBukan",
    "KendalaProgram",
    "KendalaTanpaIndikator",
    "KlaimStatus",
    "KlaimVolume",
    "KolomKembar",
    "LangkahTanpaPelaku",
    "TanpaKendala",
]

_FAILED = re.compile(r"\b(?:belum|tidak|gagal)\b", re.IGNORECASE)
_REACHED = re.compile(r"berhasil|tercapai|melampaui|mencapai", re.IGNORECASE)
_SMOOTH = re.compile(
    r"berjalan baik|dilaksanakan sesuai rencana|target tercapai|lanjut di triwulan.*", re.IGNORECASE
)


class Catatan(Bagian):
    """What is said of each indicator: as stated, or else in a column of a source.

    ``pelaksana`` is the vocabulary of those in charge: a cell that holds nothing else is no remark.
    """

    pernyataan: Teks
    sumber: Teks
    kode: Teks
    kolom: Teks
    pelaksana: Teks

    def texts(self, evidence: Evidence, code: str) -> list[tuple[str, str]]:
        """Give text and place, blank cells beside filled ones too."""
        stated = evidence.stated(f"{code}/{self.pernyataan}")
        if stated:
            return [(one.nilai, one.letak) for one in stated]
        return [
            (str(row[self.kolom] or ""), evidence.place(self.sumber, [row]))
            for row in evidence.rows(self.sumber)
            if dashed(row[self.kode]) == code
        ]

    def is_person(self, evidence: Evidence, text: str) -> bool:
        """Tell whether a text names nothing but those in charge."""
        words = evidence.vocabulary(self.pelaksana).values()
        parts = "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)
        pattern = rf"(?:(?:{parts})\b\s*)+"
        return bool(words) and re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None

    def real(self, evidence: Evidence, text: str) -> bool:
        """Tell whether a text says something: not that there is nothing, not who is in charge."""
        return bool(text) and not NOTHING.fullmatch(text) and not self.is_person(evidence, text)


class TanpaKendala(Telling):
    """A missed target of which no obstacle, or no follow-up, is told."""

    gives: ClassVar = ("kode", "indikator", "dikatakan", "capaian", "kurang")
    bentuk: Literal["tanpa-kendala"]
    kendala: Catatan
    tindak_lanjut: Catatan

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            value = evidence.achievement(code)
            if value is None or value >= 100:
                continue
            obstacles = self.kendala.texts(evidence, code)
            remedies = self.tindak_lanjut.texts(evidence, code)
            some = any(self.kendala.real(evidence, text) for text, _ in obstacles)
            acts = any(t and not NOTHING.fullmatch(t) and not _smooth(t) for t, _ in remedies)
            said = [*obstacles, *remedies]
            if not said or (some and acts):
                continue
            lack = (
                word for word, there in (("kendala", some), ("tindak lanjut", acts)) if not there
            )
            yield self.hit(
                evidence,
                [where for _, where in said],
                f"{code}/capaian",
                kode=code,
                indikator=evidence.short(code),
                dikatakan="; ".join(dict.fromkeys(text or "(kosong)" for text, _ in said)),
                capaian=told(value, "%"),
                kurang=" dan ".join(lack),
            )


class KendalaBukan(Telling):
    """A cell for obstacles that holds who is in charge."""

    gives: ClassVar = ("kode", "indikator", "isi")
    bentuk: Literal["kendala-bukan"]
    kendala: Catatan

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            for text, where in dict.fromkeys(self.kendala.texts(evidence, code)):
                if self.kendala.is_person(evidence, text):
                    short = evidence.short(code)
                    yield self.hit(evidence, where, kode=code, indikator=short, isi=text)


class KlaimStatus(Telling):
    """Success claimed where the target was missed, or failure where it was reached."""

    gives: ClassVar = ("kode", "indikator", "subjek", "klaim", "capaian")
    bentuk: Literal["klaim-status"]
    pernyataan: Kalimat
    sangkalan: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            value = evidence.achievement(match[1])
            for one in group if value is not None else ():
                failed = _FAILED.search(one.nilai) is not None
                claimed = _REACHED.search(one.nilai) is not None and not failed
                denied = one.subjek.endswith(self.sangkalan) and failed
                if value is not None and ((claimed and value < 100) or (denied and value >= 100)):
                    yield self.hit(
                        evidence,
                        one.letak,
                        f"{match[1]}/capaian",
                        kode=match[1],
                        indikator=evidence.short(match[1]),
                        subjek=one.subjek,
                        klaim=one.nilai,
                        capaian=told(value, "%"),
                    )


class KelasKeliru(Telling):
    """A class claimed for a score that is not the one of the regulation."""

    gives: ClassVar = ("kode", "subjek", "klaim", "nilai", "kelas", "predikat")
    bentuk: Literal["kelas-keliru"]
    pernyataan: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            kind = getattr(evidence.indicator(match[1]), "klasifikasi", None)
            value = evidence.number(f"{match[1]}/realisasi")
            if kind is None or value is None:
                continue
            bands = getattr(evidence.settings.params.regulasi, kind)
            right = bands.classify(value)
            for one in group if right is not None else ():
                letter = re.sub(r"\s*\(.*\)", "", one.nilai).strip().casefold()
                label = bands.kelas[right].predikat
                if letter not in (right.casefold(), label.casefold()):
                    yield self.hit(
                        evidence,
                        one.letak,
                        kode=match[1],
                        subjek=one.subjek,
                        klaim=one.nilai,
                        nilai=digits(value, least=2),
                        kelas=right,
                        predikat=label,
                    )


class KendalaTanpaIndikator(Telling):
    """Obstacles in the chapter on obstacles although no indicator tells of one."""

    gives: ClassVar = ("banyak", "kendala", "program")
    bentuk: Literal["kendala-tanpa-indikator"]
    kendala: Catatan
    pernyataan: Kalimat
    baris: Baris
    kolom: Teks
    program: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        listed = [one for _, group in evidence.subjects(self.pernyataan) for one in group]
        rows = [
            row
            for row in (() if listed else self.baris.rows(evidence))
            if row.get(self.kolom) and not NOTHING.fullmatch(str(row[self.kolom]))
        ]
        said = [text for c in evidence.codes for text, _ in self.kendala.texts(evidence, c)]
        told_by_one = any(self.kendala.real(evidence, text) for text in said)
        if (not listed and not rows) or not said or told_by_one:
            return
        programmes = [
            one
            for _, group in evidence.subjects(self.program)
            for one in group
            if NOTHING.fullmatch(one.nilai)
        ]
        texts = [one.nilai for one in listed] or [str(row[self.kolom]) for row in rows]
        yield self.hit(
            evidence,
            (places(listed) or self.baris.place(evidence, rows), places(programmes)),
            banyak=len(texts),
            kendala="; ".join(texts),
            program=places(programmes),
        )


class KendalaProgram(Telling):
    """A part with an obstacle in a whole without one; ``daftar`` says which parts a whole has."""

    gives: ClassVar = ("kunci", "program", "subjek", "kendala", "bantahan")
    bentuk: Literal["kendala-program"]
    daftar: Kalimat
    bagian: Kalimat
    program: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        listed = {
            code.strip(): match[1]
            for match, group in evidence.subjects(self.daftar)
            for one in group
            for code in one.nilai.split(",")
        }
        for match, group in evidence.subjects(self.bagian):
            program = listed.get(match[1].split(".")[-1], "")
            whole = evidence.stated(self.program.replace("{program}", program))
            none = [one for one in whole if NOTHING.fullmatch(one.nilai)]
            if none:
                yield self.hit(
                    evidence,
                    places([*group, *none]),
                    kunci=match[1],
                    program=program,
                    subjek=group[0].subjek,
                    kendala=group[0].nilai,
                    bantahan=none[0].nilai,
                )


class KlaimVolume(Telling):
    """A group said to have met its goal although the volume of a member did not."""

    gives: ClassVar = ("kunci", "subjek", "klaim", "rincian")
    bentuk: Literal["klaim-volume"]
    pernyataan: Kalimat
    volume: Nilai
    target: Teks
    kunci: Teks
    bulan: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        goal = self.volume.model_copy(update={"kolom": self.target})
        last = {
            code: max(rows, key=lambda row: row[self.bulan])
            for code, rows in sorted(by(self.volume.filled(evidence), self.kunci).items())
        }
        for match, group in evidence.subjects(self.pernyataan):
            good = [s for s in group if _REACHED.search(s.nilai) and not _FAILED.search(s.nilai)]
            short = [
                f"{code}: {digits(got)} dari {digits(due)}"
                for code, row in last.items()
                if code.startswith(match[1] + ".")
                and (due := goal.value(row, evidence)) is not None
                and (got := self.volume.total([row], evidence)) < due
            ]
            if good and short:
                yield self.hit(
                    evidence,
                    places(good),
                    kunci=match[1],
                    subjek=group[0].subjek,
                    klaim=good[0].nilai,
                    rincian="; ".join(short),
                )


class BagianMeleset(Telling):
    """Parts below their own target in an indicator that tells of no obstacle.

    A part whose ``induk`` has a target counts with it.
    """

    gives: ClassVar = ("kode", "indikator", "kendala", "rincian")
    bentuk: Literal["bagian-meleset"]
    hitung: Teks
    kendala: Catatan
    realisasi: Nilai
    target: Teks
    kunci: Teks
    mulai_tw: int = 1

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        if evidence.quarter.number < self.mulai_tw:
            return
        weak = [
            f"{word} {told(share, '%')}" for word, share in self._shares(evidence) if share < 100
        ]
        for code in evidence.codes_of(self.hitung) if weak else ():
            said = self.kendala.texts(evidence, code)
            if said and not any(text and not NOTHING.fullmatch(text) for text, _ in said):
                yield self.hit(
                    evidence,
                    [where for _, where in said],
                    kode=code,
                    indikator=evidence.short(code),
                    kendala="; ".join(dict.fromkeys(text for text, _ in said if text)),
                    rincian="; ".join(weak),
                )

    def _shares(self, evidence: Evidence) -> Iterator[tuple[str, Fraction]]:
        shared = {slug: one.induk for slug, one in evidence.own_words.items() if one.induk}
        goal = self.realisasi.model_copy(update={"kolom": self.target})
        got: dict[str, Fraction] = {}
        due: dict[str, Fraction] = {}
        for word, rows in by(self.realisasi.rows(evidence), self.kunci).items():
            whole = shared.get(word, word)
            got[whole] = got.get(whole, Fraction(0)) + self.realisasi.total(rows, evidence)
            if goal.total(rows, evidence):
                due[whole] = goal.total(rows, evidence)
        return ((word, got[word] / due[word] * 100) for word in got if word in due)


class LangkahTanpaPelaku(Telling):
    """A step nobody is named for, in a list that names somebody elsewhere."""

    gives: ClassVar = ("subjek", "langkah")
    bentuk: Literal["langkah-tanpa-pelaku"]
    baris: Baris
    kolom: Teks
    pelaku: Teks
    pernyataan: Kalimat
    salah_cetak: Teks
    selain: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = [row for row in self.baris.rows(evidence) if row.get(self.kolom)]
        lacking = [row for row in rows if row.get(self.pelaku) is None]
        if len(lacking) == len(rows):
            return
        stated = [one for _, group in evidence.subjects(self.pernyataan) for one in group]
        for row in lacking:
            text = str(row[self.kolom])
            same = [
                one for one in stated if self._key(evidence, one.nilai) == self._key(evidence, text)
            ]
            yield self.hit(
                evidence,
                places(same) or self.baris.place(evidence, [row]),
                subjek=same[0].subjek if same else self.selain,
                langkah=text,
            )

    def _key(self, evidence: Evidence, text: str) -> str:
        """Give a text without the misprints that were mended in the source."""
        for wrong, right in evidence.misprints(self.salah_cetak).items():
            text = text.replace(wrong, right)
        return text.casefold()


class KolomKembar(Telling):
    """A column of results that is its column of targets, row by row, also where one was missed."""

    gives: ClassVar = ("banyak", "indikator")
    bentuk: Literal["kolom-kembar"]
    baris: Baris
    kode: Teks
    target: Teks
    realisasi: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.baris.rows(evidence)
        missed = _missed(evidence, [dashed(row[self.kode]) for row in rows])
        same = all(row[self.target] == row[self.realisasi] for row in rows)
        if same and len(rows) > 2 and missed:
            yield self.hit(
                evidence,
                self.baris.place(evidence, rows),
                banyak=len(rows),
                indikator=", ".join(map(evidence.code, missed)),
            )


def _missed(evidence: Evidence, codes: Sequence[str]) -> list[str]:
    found = ((code, evidence.achievement(code)) for code in codes)
    return [code for code, value in found if value is not None and value < 100]


def _smooth(text: str) -> bool:
    """Tell a recommendation that only says all goes well."""
    return all(_SMOOTH.fullmatch(part.strip()) for part in text.split(";"))
