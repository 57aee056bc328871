"""Named numbers that contradict one another, told one by one or several in one finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

from pydantic import ValidationInfo, model_validator

from pp39.findings.evidence import Evidence
from pp39.findings.expression import Condition
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, check_names, fill, named, names_in
from pp39.findings.shapes.figures import (
    Figure,
    check_numbers,
    place_of,
    said_of,
    texts_of,
    values_of,
)
from pp39.findings.shapes.measures import Besaran
from pp39.findings.shapes.rows import Baris
from pp39.findings.wording import joined
from pp39.indicators.achievement import Status
from pp39.ledger import Constant, Quantity, counted
from pp39.periods import MONTHS, Quarter
from pp39.profile.base import Bagian, Bulat, Pola, Teks, Ya

_STATED = "pernyataan"
_WORDS = (
    *("kunci", "nama", "kode", "sebutan", "indikator", "satuan", "subjek", "nilai", "uraian"),
    *("sumber", "triwulan", "1", "2", "3"),
)
Words = Mapping[str, Any]


class Untuk(Bagian):
    """What is gone through: words in columns, sources, subjects of statements, or indicators.

    Of several of them, each goes with each. ``kosakata`` is the vocabulary that names the words
    of the column ``dinamai``, by default the first,
    ``hitung`` ways to compute indicators, ``waktu`` the quarters so far or the quarter's months.
    Of indicators only those count whose ``status`` is listed there, if any is.
    """

    baris: Baris | None = None
    kolom: Teks | tuple[Teks, ...] = ()
    kosakata: Teks | None = None
    dinamai: Teks | None = None
    sumber: Mapping[Teks, Teks] = {}
    pernyataan: Kalimat | None = None
    cocok: Pola | None = None
    hitung: tuple[Teks, ...] | Literal["semua"] = ()
    status: tuple[Status, ...] = ()
    waktu: Literal["sampai_tw", "bulan_ini"] | None = None

    def words(self, evidence: Evidence) -> Iterator[Words]:
        """Give the words, by the names that sentences use."""
        every = [
            list(some)
            for given, some in (
                (self.hitung, self._indicators(evidence)),
                (self.sumber, self._sources()),
                (self.pernyataan, self._subjects(evidence)),
                (self.baris, self._rows(evidence)),
                (self.waktu, self._times(evidence)),
            )
            if given
        ]
        for several in product(*every):
            yield {name: word for words in several for name, word in words.items()}

    def says(self) -> tuple[str, ...]:
        """Name what sentences may name."""
        return (*_WORDS, *self.columns, *(["status"] if self.status else []))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose words are gone through."""
        return (self.kolom,) if isinstance(self.kolom, str) else self.kolom

    def _rows(self, evidence: Evidence) -> Iterator[Words]:
        columns = self.columns
        names = evidence.words(self.kosakata) if self.kosakata else {}
        for words in self.baris.words(evidence, *columns) if self.baris is not None else ():
            said = dict(zip(columns, words, strict=True))
            word = said.get(self.dinamai or "", words[0])
            yield {"kunci": words[0], "nama": names.get(word, word.capitalize()), **said}

    def _sources(self) -> Iterator[Words]:
        for source, name in self.sumber.items():
            yield {"sumber": source, "kunci": source, "nama": name}

    def _times(self, evidence: Evidence) -> Iterator[Words]:
        if self.waktu == "bulan_ini":
            for month in evidence.quarter.months:
                yield {"kunci": str(month), "nama": MONTHS[month - 1]}
            return
        for quarter in list(Quarter)[: evidence.quarter.number]:
            yield {"kunci": quarter.name, "triwulan": quarter.name.lower()}

    def _subjects(self, evidence: Evidence) -> Iterator[Words]:
        pattern = named(self.pernyataan or "", evidence, {"kode": evidence.any_code})
        for match, group in evidence.subjects(pattern):
            stated = [s for s in group if not self.cocok or re.search(self.cocok, s.nilai)]
            if stated:
                parts = {str(n): text for n, text in enumerate(match.groups(), 1)}
                key = match[1] if parts else match[0]
                words = {"kunci": key, "subjek": match[0], "indikator": evidence.short(key)}
                first = {"nilai": stated[0].nilai, "uraian": stated[0].uraian, _STATED: stated}
                yield parts | words | first

    def _indicators(self, evidence: Evidence) -> Iterator[Words]:
        every = evidence.codes
        if self.hitung != "semua":
            every = tuple(code for way in self.hitung for code in evidence.codes_of(way))
        for code in every:
            status, worded = evidence.status(code) if self.status else ("", "")
            if status not in (self.status or ("",)):
                continue
            registered = evidence.indicator(code)
            words = {"kunci": code, "kode": code, "indikator": evidence.short(code)}
            more = {"nama": registered.nama, "satuan": registered.satuan or "", "status": worded}
            yield words | more | {"sebutan": evidence.code(code)}


class Gabung(Bagian):
    """Several that are told in one finding.

    There is one finding for each ``per``, if at least ``sedikitnya`` are told in it, or as many as
    the number ``semua`` says; ``daftar`` are texts of each, joined by ``tanda``
    (``dan``: as a sentence lists them), in alphabetical order with ``urut``. What else is said
    is that of the first, or of the first that meets the conditions in ``contoh``.
    """

    per: Kalimat = ""
    daftar: Mapping[Teks, Kalimat] = {}
    tanda: Teks = "; "
    urut: Ya = False
    sedikitnya: Bulat = 1
    semua: Teks | None = None
    contoh: tuple[Teks, ...] = ()


class Comparison(Telling):
    """Named numbers of which the conditions in ``bila`` are all met.

    Each must be known, but for those that may be blank. ``lokasi`` names those whose places are
    shown, in order; where ``tingkat_bila`` is not met, the finding has ``tingkat_lain``. It leads
    to the entry ``ledger``, or to the number ``hitungan``, by default the first in ``dihitung``.
    """

    bentuk: Literal["banding"]
    untuk: Untuk | None = None
    angka: dict[Teks, Besaran]
    bila: tuple[Teks, ...]
    lokasi: tuple[Teks, ...]
    ledger: Kalimat = ""
    hitungan: Teks | None = None
    tingkat_bila: tuple[Teks, ...] = ()
    tingkat_lain: Literal["material", "minor", "editorial"] | None = None
    gabung: Gabung | None = None

    @model_validator(mode="after")
    def _names_are_known(self, info: ValidationInfo) -> Comparison:
        words = self.untuk.says() if self.untuk is not None else ()
        names = (info.context or {}).get("names")
        if names is not None and self.untuk is not None and self.untuk.baris is not None:
            self.untuk.baris.check(names, self.untuk.columns)
        before: list[str] = []
        for name, one in self.angka.items():
            one.check(f"angka.{name}", words, before, names)
            before.append(name)
        together = self.gabung or Gabung()
        for text in (*self.bila, *self.tingkat_bila, *together.contoh):
            check_numbers("", Condition(text).names, before, text)
        for field, names in (
            ("lokasi", self.lokasi),
            ("hitungan", filter(None, [self.hitungan])),
            ("gabung.semua", filter(None, [together.semua])),
        ):
            check_numbers(field, names, [*before, _STATED])
        for field, text in {"per": together.per, **together.daftar}.items():
            check_names(f"gabung.{field}", text, self.says())
        return self

    def says(self) -> tuple[str, ...]:
        """Name the words that are gone through and the numbers, with what is known of each."""
        words = self.untuk.says() if self.untuk is not None else ()
        lists = ("banyak", *self.gabung.daftar) if self.gabung is not None else ()
        return (*words, *lists, *said_of(self.angka))

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        every = list(self._met(evidence))
        if self.gabung is None:
            for words, figures in every:
                yield self._hit(evidence, [figures], {**texts_of(figures), **words})
            return
        groups: dict[str, list[tuple[Words, Mapping[str, Figure]]]] = {}
        for words, figures in every:
            key = named(self.gabung.per, evidence, {**texts_of(figures), **words})
            groups.setdefault(key, []).append((words, figures))
        for group in groups.values():
            yield from self._together(evidence, self.gabung, group)

    def _together(
        self,
        evidence: Evidence,
        given: Gabung,
        group: Sequence[tuple[Words, Mapping[str, Figure]]],
    ) -> Iterator[Hit]:
        least = given.sedikitnya if given.semua is None else group[0][1][given.semua].value
        fits = [
            number
            for number, (_, figures) in enumerate(group)
            if all(Condition(text).holds(values_of(figures, evidence)) for text in given.contoh)
        ]
        if not fits or least is None or len(group) < max(least, given.sedikitnya):
            return
        said = [{**texts_of(figures), **words} for words, figures in group]
        lists: dict[str, str] = {}
        for name, text in given.daftar.items():
            lines = dict.fromkeys(filter(None, (fill(text, evidence, one) for one in said)))
            lists[name] = joined(sorted(lines) if given.urut else [*lines], given.tanda)
        group = [group[fits[0]], *group[: fits[0]], *group[fits[0] + 1 :]]
        count = counted(filter(None, (self._figure(one) for _, one in group)), "Banyaknya", "")
        first = said[fits[0]] | {"banyak": count if count.value else str(len(group))} | lists
        yield self._hit(evidence, [figures for _, figures in group], first)

    def _met(self, evidence: Evidence) -> Iterator[tuple[dict[str, Any], dict[str, Figure]]]:
        for words in self.untuk.words(evidence) if self.untuk is not None else [{}]:
            figures = {_STATED: Figure(stated=tuple(words.get(_STATED, ())))}
            for name, one in self.angka.items():
                figures[name] = one.figure(name, evidence, words, figures)
                lacking = figures[name].quantity is None and not figures[name].text
                if lacking and not one.boleh_kosong:
                    break
            else:
                values = values_of(figures, evidence)
                every = {name: [q.value for q in one.every] for name, one in figures.items()}
                if all(Condition(text).holds(values, every) for text in self.bila):
                    yield dict(words), figures

    def _hit(self, evidence: Evidence, several: Sequence[Mapping[str, Figure]], said: Words) -> Hit:
        values = values_of(several[0], evidence)
        level = all(Condition(text).holds(values) for text in self.tingkat_bila)
        id = named(self.ledger, evidence, said)
        return self.hit(
            evidence,
            place_of(several, self.lokasi, evidence),
            id if id in evidence.ledger else self._figure(several[0]),
            tingkat=self.tingkat if level else self.tingkat_lain,
            said=said,
            numbers=(one for figures in several for name in figures for one in figures[name].told),
        )

    def _figure(self, figures: Mapping[str, Figure]) -> Quantity | None:
        wanted = [self.hitungan] if self.hitungan else names_in(self.dihitung)
        near = (one for name in wanted for one in figures if name.startswith(f"{one}_"))
        for name in (*wanted, *near):
            found = figures[name].quantity if name in figures else None
            if found is not None and not isinstance(found.origin, Constant):
                return found
        return None
