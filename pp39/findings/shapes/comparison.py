"""Named numbers that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import model_validator

from pp39.errors import nearest
from pp39.findings.evidence import Evidence
from pp39.findings.expression import Condition
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.figures import Besaran, Figure, place_of, texts_of, values_of
from pp39.findings.shapes.rows import Baris
from pp39.profile.base import Bagian, Teks

__all__ = ["Banding"]


_STATED = "pernyataan"


class Untuk(Bagian):
    """What is gone through: words in a column, subjects of statements, or indicators."""

    baris: Baris | None = None
    kolom: Teks = ""
    pernyataan: Kalimat | None = None
    cocok: Teks | None = None
    hitung: tuple[Teks, ...] | Literal["semua"] = ()

    def words(self, evidence: Evidence) -> Iterator[Mapping[str, Any]]:
        """Give the words, by the names that sentences use."""
        if self.baris is not None:
            for word in self.baris.words(evidence, self.kolom):
                yield {"kunci": word}
        elif self.pernyataan is not None:
            pattern = named(self.pernyataan, evidence, {"kode": evidence.any_code})
            for match, group in evidence.subjects(pattern):
                stated = [s for s in group if not self.cocok or re.search(self.cocok, s.nilai)]
                if stated:
                    short = evidence.short(match[1])
                    words = {"kunci": match[1], "subjek": match[0], "indikator": short}
                    yield words | {"nilai": stated[0].nilai, _STATED: stated}
        else:
            every = evidence.codes
            if self.hitung != "semua":
                every = tuple(code for way in self.hitung for code in evidence.codes_of(way))
            for code in every:
                yield {"kunci": code, "kode": code, "indikator": evidence.short(code)}


class Banding(Telling):
    """Named numbers of which the conditions in ``bila`` are all met.

    Each must be known, but for those that may be blank. ``lokasi`` names those whose places are
    shown, in order; ``tingkat_bila`` is a condition under which the finding has ``tingkat``.
    """

    bentuk: Literal["banding"]
    untuk: Untuk | None = None
    angka: dict[Teks, Besaran]
    bila: tuple[Teks, ...]
    lokasi: tuple[Teks, ...]
    ledger: Kalimat = ""
    tingkat_bila: Teks | None = None

    @model_validator(mode="after")
    def _names_are_known(self) -> Banding:
        for text in (*self.bila, *filter(None, [self.tingkat_bila])):
            known = {
                "tw",
                "tahun",
                *self.angka,
                *(f"{kind}_{name}" for name in self.angka for kind in ("banyak", "desimal")),
            }
            for name in sorted(Condition(text).names - known):
                near = nearest(name, known)
                raise ValueError(
                    f"{text} names {name}, which is no angka"
                    + (f"; the nearest is {near}" if near else "")
                )
        for name in self.lokasi:
            if name not in (*self.angka, _STATED):
                raise ValueError(f"lokasi names {name}, which is no angka")
        return self

    def says(self) -> tuple[str, ...]:
        """Name the words that are gone through and the numbers, with what is known of each."""
        of_figures = (text for name in self.angka for text in (name, f"{name}_*", f"banyak_{name}"))
        return ("kunci", "kode", "indikator", "subjek", "nilai", *of_figures)

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for words in self.untuk.words(evidence) if self.untuk is not None else [{}]:
            figures = {_STATED: Figure(None, "", stated=tuple(words.get(_STATED, ())))}
            for name, one in self.angka.items():
                figures[name] = one.figure(evidence, words, figures)
                if figures[name].value is None and not one.boleh_kosong and not figures[name].text:
                    break
            else:
                values = values_of(figures, evidence)
                every = {name: one.every for name, one in figures.items()}
                if all(Condition(text).holds(values, every) for text in self.bila):
                    said = texts_of(figures) | dict(words)
                    level = self.tingkat_bila is None or Condition(self.tingkat_bila).holds(values)
                    yield self.hit(
                        evidence,
                        place_of(figures, self.lokasi, evidence),
                        named(self.ledger, evidence, said),
                        tingkat=self.tingkat if level else None,
                        said=said,
                    )
