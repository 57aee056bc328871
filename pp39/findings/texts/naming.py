"""Rules about what things are called: wrong words, swapped labels, wrong unit, known terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.statement import Statement
from pp39.findings.wording import distinct, plain, same
from pp39.periods import format_date
from pp39.profile.base import Pola

__all__ = [
    "Istilah",
    "KolomTertukar",
    "NamaBulan",
    "NamaIndikatorLain",
    "PeraturanDicabut",
    "RumusGanda",
    "SatuSebutan",
    "SatuanKerja",
    "SebutanBukan",
    "other_indicator",
]


class NamaIndikatorLain(Telling):
    """A text about an indicator that fits the name of another one far better."""

    gives: ClassVar = ("subjek", "nilai", "uraian", "indikator", "lain")
    bentuk: Literal["nama-indikator-lain"]
    pernyataan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            for one in distinct(group):
                other = other_indicator(evidence, match[1], plain(one.nilai))
                if other is not None:
                    yield self.hit(
                        evidence,
                        places(same(one, group)),
                        subjek=one.subjek,
                        nilai=one.nilai,
                        uraian=one.uraian,
                        indikator=evidence.short(match[1]),
                        lain=evidence.short(other),
                    )


class SebutanBukan(Telling):
    """A figure called by a word, found by ``pola``, that its indicator does not count."""

    gives: ClassVar = ("subjek", "nilai", "indikator", "satuan")
    bentuk: Literal["sebutan-bukan"]
    pernyataan: Pola
    pola: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            registered = evidence.indicator(match[1])
            # Of one that is not registered nobody knows what it counts.
            told = f"{registered.satuan} {registered.nama}" if registered is not None else ""
            if not told or re.search(self.pola, told, re.IGNORECASE):
                continue
            for one in distinct(group):
                if re.search(self.pola, plain(one.nilai)):
                    yield self.hit(
                        evidence,
                        places(same(one, group)),
                        subjek=one.subjek,
                        nilai=one.nilai,
                        indikator=evidence.short(match[1]),
                        satuan=registered.satuan,
                    )


class RumusGanda(Telling):
    """One indicator, two formulas in words."""

    gives: ClassVar = ("subjek", "indikator", "nilai", "lain")
    bentuk: Literal["rumus-ganda"]
    pernyataan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            # A formula with the numbers put in says the same once more.
            words = [one for one in group if not re.search(r"\d", one.nilai.replace("100", ""))]
            if len({plain(one.nilai) for one in words}) > 1:
                yield self.hit(
                    evidence,
                    places(words),
                    subjek=group[0].subjek,
                    indikator=evidence.short(match[1]),
                    nilai=words[1].nilai,
                    lain=words[0].nilai,
                )


class SatuSebutan(Telling):
    """Things of one kind that are called by several names.

    What the group of ``pernyataan`` meets is the kind; without one, things at one place are of one
    kind. ``potong`` cuts a name off, and with ``mirip`` only names that are like the kind count.
    """

    gives: ClassVar = ("jenis", "sebutan", "banyak")
    bentuk: Literal["satu-sebutan"]
    pernyataan: Pola
    potong: Pola | None = None
    mirip: float | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        kinds: dict[tuple[str, str], list[Statement]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                by = ("", match[1]) if match.re.groups else (one.letak, one.head)
                kinds.setdefault(by, []).append(one)
        for (_, kind), alike in kinds.items():
            counted = Counter(map(self._name, alike))
            if self.mirip is not None:
                near = {
                    name
                    for name in counted
                    if SequenceMatcher(None, plain(name).replace(" ", ""), kind).ratio()
                    > self.mirip
                }
                counted = Counter({name: n for name, n in counted.items() if name in near})
            names: dict[str, str] = {}
            for name, _ in counted.most_common() if self.mirip is None else counted.items():
                names.setdefault(plain(name) if self.mirip is not None else name, name)
            if len(names) > 1:
                yield self.hit(
                    evidence,
                    places(alike),
                    jenis=kind,
                    sebutan="; ".join(names.values()),
                    banyak="; ".join(f"{name} ({counted[name]})" for name in names.values()),
                )

    def _name(self, one: Statement) -> str:
        return re.split(self.potong, one.nilai, flags=re.I)[0] if self.potong else one.nilai


class KolomTertukar(Telling):
    """Columns headed by the name of another; ``berisi`` finds what a column holds."""

    gives: ClassVar = ("kode", "judul", "indikator")
    bentuk: Literal["kolom-tertukar"]
    pernyataan: Pola
    berisi: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        found: dict[str, list[Statement]] = {}
        for _, group in evidence.subjects(self.pernyataan):
            for one in group:
                holds = re.search(self.berisi, one.uraian)
                if holds is not None and holds[1].casefold() != one.nilai.casefold():
                    found.setdefault(one.letak, []).append(one)
        for letak, wrong in found.items():
            yield self.hit(
                evidence,
                letak,
                kode=wrong[0].head,
                judul="; ".join(dict.fromkeys(f"{s.uraian}: {s.nilai}" for s in wrong)),
                indikator=", ".join(dict.fromkeys(one.head for one in wrong)),
            )


class SatuanKerja(Telling):
    """The unit under another name, or another town's.

    ``nama`` is which of its names is meant; ``mirip`` how alike another one must be to be meant at
    all. A name that is quite another is material.
    """

    gives: ClassVar = ("subjek", "nilai", "benar")
    bentuk: Literal["satuan-kerja"]
    pernyataan: Pola
    nama: Literal["nama", "singkatan"]
    mirip: float = 0.0

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        right = str(getattr(evidence.settings.params.unit, self.nama))
        for _, group in evidence.subjects(self.pernyataan):
            for one in distinct(group):
                near = SequenceMatcher(None, one.nilai, right).ratio()
                if plain(one.nilai) in plain(right) or near < self.mirip:
                    continue
                other = near < 0.97 and right.rsplit(maxsplit=1)[-1] not in one.nilai
                yield self.hit(
                    evidence,
                    places(same(one, group)),
                    tingkat="material" if other else "minor",
                    subjek=one.subjek,
                    nilai=one.nilai,
                    benar=right,
                )


class PeraturanDicabut(Telling):
    """Regulations cited although another has replaced them."""

    gives: ClassVar = ("subjek", "nilai", "oleh", "sejak")
    bentuk: Literal["peraturan-dicabut"]
    pernyataan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        replaced = evidence.settings.params.regulasi.dicabut
        for match, group in evidence.subjects(self.pernyataan):
            by = replaced.get(match[1])
            if by is not None and by.sejak <= evidence.quarter.end(evidence.year):
                yield self.hit(
                    evidence,
                    places(group),
                    subjek=group[0].subjek,
                    nilai=group[0].nilai,
                    oleh=by.oleh,
                    sejak=format_date(by.sejak),
                )


class Istilah(Telling):
    """A known term misspelt, with all places where it is."""

    gives: ClassVar = ("subjek", "nilai", "istilah")
    bentuk: Literal["istilah"]
    pernyataan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            for one in distinct(group):
                if one.nilai == match[1]:
                    continue
                word = re.compile(rf"\b{re.escape(one.nilai)}\b", re.IGNORECASE)
                alike = [s for s in evidence.statements if word.search(s.nilai)]
                yield self.hit(
                    evidence,
                    places(alike or same(one, group)),
                    subjek=one.subjek,
                    nilai=one.nilai,
                    istilah=match[1],
                )


class NamaBulan(Telling):
    """A misspelt name of a month, unless an item of ``butir`` at its place has it too."""

    gives: ClassVar = ("subjek", "nilai")
    bentuk: Literal["nama-bulan"]
    pernyataan: Pola
    butir: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        items = [one for _, group in evidence.subjects(self.butir) for one in group]
        for match, group in evidence.subjects(self.pernyataan):
            for one in distinct(group):
                # The item's own twin says it.
                if not any(
                    item.head == match[1] and one.nilai in item.nilai and one.letak == item.letak
                    for item in items
                ):
                    yield self.hit(
                        evidence,
                        places(same(one, group)),
                        subjek=one.subjek,
                        nilai=one.nilai,
                    )


def other_indicator(evidence: Evidence, code: str, text: str) -> str | None:
    """Give the indicator whose names a text fits far better than those of its own."""
    own = _likeness(evidence, code, text)
    best = max(
        ((_likeness(evidence, other, text), other) for other in evidence.codes if other != code),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= 0.6 and best[0] > own + 0.2 else None


def _likeness(evidence: Evidence, code: str, text: str) -> float:
    """Share of the text's words that the indicator's names hold, in stems of five letters."""
    registered = evidence.indicator(code)
    names = [one.nilai for one in evidence.stated(f"{code}/nama")]
    known = " ".join((*names, registered.nama if registered else ""))
    stems = {_stem(word) for word in plain(known).split() if len(word) > 3}
    words = [_stem(word) for word in text.split() if len(word) > 3]
    if len(words) < 2 or not stems:
        return 0.0
    return sum(word in stems for word in words) / len(words)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    bare = re.sub(r"^(?:pe(?=[lr])|pe[mn]?|me[mnlr]?|ke|ber|ter|di)(?=[a-z]{4})", "", word)
    return bare[:4]
