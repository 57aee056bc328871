"""What is written where it stands: a word, a form or a period that does not belong there."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import Field, model_validator

from pp39.findings.evidence import Evidence
from pp39.findings.printed import read_words
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.naming import other_indicator
from pp39.findings.wording import plain
from pp39.mentions import mentions
from pp39.numbers import terbilang
from pp39.periods import format_date
from pp39.profile.base import Pola, Teks, Ya

Said: TypeAlias = "Mapping[str, Any]"
_Look: TypeAlias = "Callable[[Evidence, Statement, re.Match[str], Mapping[str, str]], Said | None]"

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_BOTH = re.compile(r"(\d+)\s*\(([a-z ]+)\)", re.IGNORECASE)


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
        pattern = re.compile(named_time(self.pola, evidence), re.IGNORECASE)
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                words = self._words(one, match, pattern, evidence)
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

    def _words(
        self, one: Statement, subject: re.Match[str], pattern: re.Pattern[str], evidence: Evidence
    ) -> Said | None:
        """Give what is to be said of a statement; None where it is none of these."""
        if self.jenis is not None and one.jenis != self.jenis:
            return None
        if self.uraian is not None and not re.search(self.uraian, one.uraian, re.IGNORECASE):
            return None
        if self.sendiri and other_indicator(evidence, one.head, plain(one.nilai)) is not None:
            return None
        match = pattern.search(one.nilai)
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


@dataclass(frozen=True)
class Condition:
    """A condition."""

    #: What its sentences may name besides.
    gives: tuple[str, ...]
    #: The function.
    look: _Look

    def __call__(
        self, evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
    ) -> Said | None:
        """Tell what may be said, None where it is not met."""
        return self.look(evidence, one, subject, given)


def _of_another(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a text that fits the name of another indicator far better."""
    other = other_indicator(evidence, one.head, plain(one.nilai))
    return None if other is None else {"lain": evidence.short(other)}


def _not_counted(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a word (``kata``) for what the indicator does not count."""
    registered = evidence.indicator(one.head)
    if registered is None or not re.search(given["kata"], plain(one.nilai)):
        return None
    told = f"{registered.satuan} {registered.nama}".casefold()
    return None if re.search(given["kata"], told) else {"satuan": registered.satuan}


def _of_one_part(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a text that names one of the unit's own words, which the indicator does not name."""
    registered = evidence.indicator(one.head)
    said = f" {plain(one.nilai)} "
    whole = f" {plain(registered.nama)} " if registered is not None else said
    names = (word.nama for word in evidence.own_words.values())
    found = [name for name in names if (part := f" {plain(name)} ") in said and part not in whole]
    return {"bagian": found[0]} if len(found) == 1 else None


def _swapped(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a heading that is not what its column holds (the group of ``berisi``)."""
    holds = re.search(given["berisi"], one.uraian)
    return {} if holds is not None and holds[1].casefold() != one.nilai.casefold() else None


def _other_unit(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find the unit (``nama``) under a name that is not its own; quite another is material.

    ``mirip`` is how alike a name must be to be meant at all, in percent.
    """
    right = str(getattr(evidence.settings.params.unit, given["nama"]))
    near = SequenceMatcher(None, one.nilai, right).ratio()
    if plain(one.nilai) in plain(right) or near * 100 < int(given.get("mirip", "0")):
        return None
    other = near < 0.97 and right.rsplit(maxsplit=1)[-1] not in one.nilai
    return {"resmi": right, "tingkat": "material" if other else "minor"}


def _replaced(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a regulation that another has replaced."""
    by = evidence.settings.params.regulasi.dicabut.get(subject[1])
    if by is None or by.sejak > evidence.quarter.end(evidence.year):
        return None
    return {"oleh": by.oleh, "sejak": format_date(by.sejak)}


def _other_term(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a term that is not the known one, wherever the report has it."""
    if one.nilai == subject[1]:
        return None
    word = re.compile(rf"\b{re.escape(one.nilai)}\b", re.IGNORECASE)
    alike = [other for other in evidence.statements if word.search(other.nilai)]
    return {"istilah": subject[1], "tempat": places(alike)}


def _alone(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a word that no item (``butir``) at its place has too."""
    listed = evidence.subjects(given["butir"])
    items = (item for _, group in listed for item in group if item.head == one.head)
    met = any(one.nilai in item.nilai and one.letak == item.letak for item in items)
    return None if met else {}


def _halves(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find ``15 (lima belas)`` whose two halves differ."""
    match = _BOTH.fullmatch(one.nilai.strip())
    if match is None or read_words(match[2]) in (None, int(match[1])):
        return None
    return {"angka": match[1], "huruf": match[2], "seharusnya": terbilang(int(match[1]))}


def _before_parts(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a total (``jumlah``) listed before the last of its parts."""
    parts = [part.strip() for part in one.nilai.split(",")]
    totals = [n for n, part in enumerate(parts) if re.search(given["jumlah"], part, re.IGNORECASE)]
    if not totals or totals[-1] == len(parts) - 1:
        return None
    return {"tentang": subject[1], "sesudah": ", ".join(parts[totals[-1] + 1 :])}


def _another_month(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a number with a Roman month (the group of ``bulan``) that is not that of its date."""
    dates = evidence.stated(f"{subject[1]}/tanggal")
    days = (s.day.month if s.day else next(iter(mentions(s.nilai).months), 0) for s in dates)
    month = next(filter(None, days), 0)
    written = re.search(given["bulan"], one.nilai)
    if not month or written is None or written[1] not in {*_ROMAN} - {_ROMAN[month - 1]}:
        return None
    said = {"tanggal": dates[0].nilai, "bulan_nomor": written[1]}
    return said | {"bulan_tanggal": _ROMAN[month - 1], "tempat": places([one, *dates])}


CONDITIONS: Mapping[str, Condition] = {
    "nama-indikator-lain": Condition(("lain",), _of_another),
    "satu-bagian": Condition(("bagian",), _of_one_part),
    "bukan-satuan": Condition(("satuan",), _not_counted),
    "kolom-tertukar": Condition((), _swapped),
    "bukan-nama-unit": Condition(("resmi",), _other_unit),
    "dicabut": Condition(("oleh", "sejak"), _replaced),
    "bukan-istilah": Condition(("istilah",), _other_term),
    "tanpa-butir": Condition((), _alone),
    "angka-huruf": Condition(("angka", "huruf", "seharusnya"), _halves),
    "bulan-lain": Condition(("tanggal", "bulan_nomor", "bulan_tanggal"), _another_month),
    "jumlah-di-tengah": Condition(("tentang", "sesudah"), _before_parts),
}
"""What ``bila`` may be."""
