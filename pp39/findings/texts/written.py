"""What is written where it stands: a word, a form or a period that does not belong there."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.conditions import CONDITIONS, Said
from pp39.findings.texts.naming import other_indicator
from pp39.findings.wording import plain
from pp39.profile.base import Pola, Teks, Ya

__all__ = ["Tertulis"]


def named_time(pattern: str, evidence: Evidence) -> str:
    """Put the year, the year before, the quarter and the half-year into a pattern."""
    times = {
        "tahun_lalu": evidence.year - 1,
        "tahun": evidence.year,
        "tw": evidence.quarter,
        "semester": "(?:I|1)" if evidence.quarter.number <= 2 else "(?:II|2)",
    }
    for name, value in times.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


class Tertulis(Telling):
    """Statements whose text has a form that it should not have.

    ``pernyataan`` are the subjects looked at, ``jenis`` the kind of their statements; ``pola`` is
    found in the text, in which ``{tahun}``, ``{tahun_lalu}``, ``{tw}`` and ``{semester}`` stand
    for the time reported, and ``bukan`` is not; ``uraian`` is found in what the statement says of
    itself.
    ``bila`` names a condition of the engine, to which ``dengan`` gives words or patterns. With
    ``sendiri`` a text that fits the name of another indicator is left to the rule about that.
    ``satu_per`` tells for what there is one finding; the words that the groups of the patterns
    meet may be named in its sentences, and ``salah_cetak`` says what such a word stands for
    (``benar``).
    """

    gives: ClassVar = (
        *("subjek", "kepala", "induk", "indikator", "nilai", "uraian", "tentang", "letak"),
        *("daftar", "banyak", "benar", "semua_kepala", "semua_uraian"),
    )
    bentuk: Literal["tertulis"]
    pernyataan: Pola = ".+"
    jenis: Teks | None = None
    pola: Pola = ""
    bukan: Pola | None = None
    uraian: Pola | None = None
    bila: Teks | None = None
    dengan: Mapping[Teks, Teks] = {}
    sendiri: Ya = False
    salah_cetak: Mapping[Teks, Teks] = {}
    triwulan: tuple[Literal["I", "II", "III", "IV"], ...] = ()
    satu_per: Literal["subjek", "pernyataan", "tempat", "kepala", "bunyi", "sel"] = "subjek"
    paling_sedikit: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _condition_is_known(self) -> Tertulis:
        if self.bila is not None and self.bila not in CONDITIONS:
            raise ValueError(f"there is no bila {self.bila}; there are {', '.join(CONDITIONS)}")
        return self

    def says(self) -> tuple[str, ...]:
        """Name what its sentences may say: also the groups of its patterns, and its condition."""
        groups = (re.compile(one).groupindex for one in (self.pernyataan, self.pola))
        more = CONDITIONS[self.bila].gives if self.bila is not None else ()
        return (*self.gives, *(name for one in groups for name in one), *more)

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        if self.triwulan and evidence.quarter.name not in self.triwulan:
            return
        met: dict[Hashable, list[tuple[Statement, Said]]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                words = self._words(one, match, evidence)
                if words is not None:
                    met.setdefault(self._shared(one), []).append((one, words))
        for found in met.values():
            statements = [one for one, _ in found]
            if len(found) < self.paling_sedikit:
                continue
            (first, said), *_ = found
            known = (self.salah_cetak.get(str(word).casefold()) for word in said.values())
            told = (f"{one.uraian}: {one.nilai}" for one in statements)
            yield self.hit(
                evidence,
                said.get("tempat") or places(statements),
                tingkat=said.get("tingkat"),
                said={
                    "benar": next(filter(None, known), ""),
                    "tentang": evidence.about(first),
                    **said,
                },
                subjek=first.subjek,
                kepala=first.head,
                induk=first.subjek.rsplit("/", 2)[0],
                indikator=evidence.short(first.head),
                nilai=first.nilai,
                uraian=first.uraian,
                letak=first.letak,
                daftar=", ".join(one.nilai for one in statements),
                banyak=evidence.number_of(statements),
                semua_kepala=", ".join(dict.fromkeys(one.head for one in statements)),
                semua_uraian="; ".join(dict.fromkeys(told)),
            )

    def _words(self, one: Statement, subject: re.Match[str], evidence: Evidence) -> Said | None:
        """Give what is to be said of a statement; None where it is none of these."""
        if self.jenis is not None and one.jenis != self.jenis:
            return None
        if self.uraian is not None and not re.search(self.uraian, one.uraian, re.IGNORECASE):
            return None
        if self.sendiri and other_indicator(evidence, one.head, plain(one.nilai)) is not None:
            return None
        match = re.search(named_time(self.pola, evidence), one.nilai, re.IGNORECASE)
        if match is None or (self.bukan and re.search(self.bukan, one.nilai, re.IGNORECASE)):
            return None
        said = {name: word or "" for m in (subject, match) for name, word in m.groupdict().items()}
        if self.bila is None:
            return said
        more = CONDITIONS[self.bila](evidence, one, subject, self.dengan)
        return None if more is None else {**said, **more}

    def _shared(self, one: Statement) -> Hashable:
        match self.satu_per:
            case "subjek":
                return one.subjek
            case "tempat":
                return one.letak
            case "kepala":
                return one.head
            case "sel":
                return one.subjek, one.letak, one.uraian
            case "bunyi":
                return one.subjek, one.nilai
            case _:
                return one.baris
