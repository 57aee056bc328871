"""What is written where it stands: a word, a form or a period that does not belong there."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.statement import Statement
from pp39.findings.texts.naming import other_indicator
from pp39.findings.wording import plain
from pp39.profile.base import Pola, Teks, Ya

__all__ = ["Tertulis"]

_YEAR = "{tahun}"


class Tertulis(Telling):
    """Statements whose text has a form that it should not have.

    ``pernyataan`` are the subjects looked at, ``jenis`` the kind of their statements; ``pola`` is
    found in the text, in which ``{tahun}`` stands for the year reported, and ``selain`` is not;
    ``uraian`` is found in what the statement says of itself. With ``sendiri`` a text that fits the
    name of another indicator is left to the shape about that. ``satu_per`` tells for what there is
    one finding; the words that the groups of the patterns meet may be named in its sentences, and
    ``salah_cetak`` says what such a word stands for (``benar``).
    """

    gives: ClassVar = (
        "subjek",
        "benar",
        "nilai",
        "daftar",
        "banyak",
        "induk",
        "kepala",
        "indikator",
    )
    bentuk: Literal["tertulis"]
    pernyataan: Pola = ".+"
    jenis: Teks | None = None
    pola: Pola = ""
    selain: Pola | None = None
    uraian: Pola | None = None
    sendiri: Ya = False
    salah_cetak: Mapping[Teks, Teks] = {}
    triwulan: tuple[Literal["I", "II", "III", "IV"], ...] = ()
    satu_per: Literal["subjek", "pernyataan", "tempat", "kepala", "bunyi"] = "subjek"
    paling_sedikit: int = Field(default=1, ge=1)

    def says(self) -> tuple[str, ...]:
        """Name what its sentences may say: also the groups of its patterns."""
        patterns = (self.pernyataan, self.pola)
        return (*self.gives, *(name for one in patterns for name in re.compile(one).groupindex))

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        if self.triwulan and evidence.quarter.name not in self.triwulan:
            return
        met: dict[Hashable, list[tuple[Statement, dict[str, str]]]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                words = self._words(one, evidence)
                if words is not None:
                    said = {**_told(match), **words}
                    met.setdefault(self._shared(one), []).append((one, said))
        for found in met.values():
            statements = [one for one, _ in found]
            if len(found) < self.paling_sedikit:
                continue
            (first, said), *_ = found
            known = (self.salah_cetak.get(word.casefold()) for word in said.values())
            yield self.hit(
                evidence,
                places(statements),
                said=said,
                nilai=first.nilai,
                daftar=", ".join(one.nilai for one in statements),
                banyak=len(found),
                induk=first.subjek.rsplit("/", 2)[0],
                kepala=first.head,
                indikator=evidence.short(first.head),
                subjek=first.subjek,
                benar=next(filter(None, known), ""),
            )

    def _words(self, one: Statement, evidence: Evidence) -> dict[str, str] | None:
        """Give the words that the groups meet in a statement; None where it is none of these."""
        if self.jenis is not None and one.jenis != self.jenis:
            return None
        if self.uraian is not None and not re.search(self.uraian, one.uraian, re.IGNORECASE):
            return None
        if self.selain is not None and re.search(self.selain, one.nilai, re.IGNORECASE):
            return None
        if self.sendiri and other_indicator(evidence, one.head, plain(one.nilai)) is not None:
            return None
        pattern = self.pola.replace(_YEAR, str(evidence.year))
        match = re.search(pattern, one.nilai, re.IGNORECASE)
        return None if match is None else _told(match)

    def _shared(self, one: Statement) -> Hashable:
        match self.satu_per:
            case "subjek":
                return one.subjek
            case "tempat":
                return one.letak
            case "kepala":
                return one.head
            case "bunyi":
                return one.subjek, one.nilai
            case _:
                return one.baris


def _told(match: re.Match[str]) -> dict[str, str]:
    return {name: word or "" for name, word in match.groupdict().items()}
