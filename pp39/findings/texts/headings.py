"""Rules about the document itself: captions, headings, contents list, annexes, numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from pp39.findings.evidence import Evidence
from pp39.findings.printed import read_words
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.numbers import format_rupiah, terbilang
from pp39.profile.base import Pola, Teks


class RujukanTabel(Stated):
    """A table referred to under another number than its caption's.

    ``judul`` is found in the place of a caption.
    """

    gives: ClassVar = ("nomor", "sebutan", "judul")
    bentuk: Literal["rujukan-tabel"]
    pernyataan: Pola
    judul: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            caption = next((one for one in group if re.match(self.judul, one.letak)), None)
            for one in group:
                if caption is not None and _bare(one.nilai) != _bare(caption.nilai):
                    yield self.tell(
                        evidence,
                        one,
                        (one.letak, caption.letak),
                        nomor=match[1],
                        sebutan=one.nilai,
                        judul=caption.nilai,
                    )


class PolaNomor(Stated):
    """Headings numbered unlike the others: those in which ``pola`` is found, and those without.

    ``hanya`` tells which headings are meant. With ``sebagian`` there is one finding about all of
    them, otherwise one about each where at least three follow the pattern.
    """

    gives: ClassVar = ("tanpa", "dengan")
    bentuk: Literal["pola-nomor"]
    pernyataan: Pola
    pola: Pola
    hanya: Pola = ""
    bukan_di: Pola | None = None
    cara: Literal["satu", "sebagian"]
    paling_sedikit: int = Field(default=1, ge=1)

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        heads = [
            one
            for _, group in evidence.subjects(self.pernyataan)
            for one in group
            if re.match(self.hanya, one.nilai)
            and not (self.bukan_di and re.match(self.bukan_di, one.letak))
        ]
        bare = [one for one in heads if not re.search(self.pola, one.nilai)]
        there = len(heads) - len(bare)
        if there < self.paling_sedikit or not bare:
            return
        if self.cara == "sebagian":
            others = [one for one in heads if one not in bare]
            yield self.hit(
                evidence,
                places(heads),
                tanpa=evidence.number_of(bare),
                dengan=evidence.number_of(others),
            )
            return
        for one in bare:
            yield self.tell(evidence, one, one.letak)


class DaftarIsi(Stated):
    """The contents list against the headings found.

    ``daftar`` is its place, ``lampiran`` the subjects of annexes and the heading above them;
    ``hilang`` and ``lebih`` are said of a heading that only one of the two has, by the sentence
    ``satu``; ``judul`` is said where they differ by more than the number. All that differ by the
    number alone are told in one finding, with the first as the example.
    """

    gives: ClassVar = ("daftar", "badan", "banyak", "semua")
    bentuk: Literal["daftar-isi"]
    pernyataan: Pola
    daftar: Teks
    nama: Pola
    lampiran: tuple[Pola, Teks]
    hilang: Teks
    lebih: Teks
    satu: Teks
    judul: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        spots = {one.letak.casefold() for one in evidence.statements}
        names = {s.nilai.casefold() for _, group in evidence.subjects(self.nama) for s in group}
        annex = any(True for _ in evidence.subjects(self.lampiran[0]))
        numbered: list[tuple[Statement, Statement]] = []
        for match, group in evidence.subjects(self.pernyataan):
            listed = [one for one in group if one.letak.casefold() == self.daftar.casefold()]
            found = [one for one in group if one not in listed]
            if not listed or not found:
                known = any(one.nilai.casefold() in spots for one in group)
                if not known and not (annex and match[1] == self.lampiran[1]):
                    yield self._lacking(group[0], self.hilang if listed else self.lebih)
                continue
            ours, theirs = listed[0].nilai, found[0].nilai
            # A goal's name: the rule on names says it.
            if any(name in text.casefold() for name in names if name for text in (ours, theirs)):
                continue
            if _words(ours) != _words(theirs):
                yield self._told(evidence, [(listed[0], found[0])], self.judul)
            elif _number(ours) != _number(theirs):
                numbered.append((listed[0], found[0]))
        if numbered:
            yield self._told(evidence, numbered)

    def _told(
        self, evidence: Evidence, pairs: Sequence[tuple[Statement, Statement]], sentence: str = ""
    ) -> Hit:
        (listed, found), *_ = pairs
        return self.tell(
            evidence,
            listed,
            (listed.letak, found.letak),
            kalimat=sentence,
            tingkat="editorial",
            daftar=listed.nilai,
            badan=found.nilai,
            banyak=evidence.number_of([one for one, _ in pairs]),
            semua="; ".join(one.nilai for one, _ in pairs),
        )

    def _lacking(self, one: Statement, lack: str) -> Hit:
        told = self.satu.replace("{judul}", one.nilai).replace("{apa}", lack)
        return Hit(one.subjek, one.letak, one.nilai, lack, told)


class Lampiran(Stated):
    """Annexes listed but absent, and the other way round; ``daftar`` is found in a list's place."""

    gives: ClassVar = ("lampiran", "apa")
    bentuk: Literal["lampiran"]
    pernyataan: Pola
    daftar: Pola
    hilang: Teks
    lebih: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        every = [one for _, group in evidence.subjects(self.pernyataan) for one in group]
        listed = [one for one in every if re.search(self.daftar, one.letak, re.IGNORECASE)]
        present = [one for one in every if one not in listed]
        sides = ((listed, present, self.hilang), (present, listed, self.lebih))
        for some, others, lack in sides if listed else ():
            known = {_words(other.nilai) for other in others}
            for one in some:
                if _words(one.nilai) not in known:
                    yield self.tell(
                        evidence, one, places(listed + present), lampiran=one.nilai, apa=lack
                    )


def _bare(text: str) -> str:
    return text.casefold().strip()


def _number(title: str) -> str:
    match = re.match(r"\s*(?:BAB\s+)?([IVX]+(?:\.\d+)*|\d+(?:\.\d+)*)\b", title)
    return match[1].casefold() if match else ""


def _words(title: str) -> str:
    bare = re.sub(r"^\s*(?:BAB\s+)?(?:[IVX]+|\d+)(?:\.\d+)*\.?\s", "", title)
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()


class Terbilang(Telling):
    """An amount in words that is not the amount; ``tidak`` is said of words that are none."""

    gives: ClassVar = ("subjek", "huruf", "seharusnya", "terbaca", "tidak", "angka")
    bentuk: Literal["terbilang"]
    tidak: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for _, group in evidence.subjects(r".+"):
            subject = group[0].subjek
            worded = [
                one for one in group if one.jenis == "terbilang" and not re.search(r"\d", one.nilai)
            ]
            figure = next((one.printed for one in group if one.printed is not None), None)
            quantity = evidence.computed(subject)
            held = figure or quantity
            if not worded or held is None or held.value.denominator != 1:
                continue
            off = [one for one in worded if read_words(one.nilai) != held.value]
            if off:
                read = read_words(off[0].nilai)
                yield self.hit(
                    evidence,
                    places(off),
                    quantity.id or "" if quantity is not None else "",
                    subjek=subject,
                    huruf=off[0].nilai,
                    seharusnya=terbilang(int(held.value)),
                    tidak=self.tidak,
                    terbaca=format_rupiah(read) if read is not None else "",
                    angka=format_rupiah(held.value),
                    numbers=[evidence.stated_number(off[0], Fraction(read or 0))],
                )
