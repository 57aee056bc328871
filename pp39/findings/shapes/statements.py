"""Statements among themselves: totals beside their parts, units, subjects nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pp39.characters import capital
from pp39.errors import nearest
from pp39.findings.evidence import Evidence
from pp39.findings.printed import agrees
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.wording import amount, misspelt
from pp39.ledger import total
from pp39.profile.base import Bagian, Pola, Teks, Ya


class Parts(Bagian):
    """A total and its parts: patterns of subjects, ``{1}`` for the first group of the total's."""

    total: Kalimat
    bagian: Kalimat
    sebutan: Teks
    di_mana_pun: Ya = False


class PartsTotal(Telling):
    """A printed total that is not the sum of the parts printed at the same place.

    With ``di_mana_pun``, parts printed elsewhere count where none is printed there. A right total
    of more parts than are printed there is none.
    """

    gives: ClassVar = ("subjek", "uraian", "total", "jumlah", "rincian")
    bentuk: Literal["rincian-tercetak"]
    jumlah: tuple[Parts, ...]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in self.jumlah:
            for match, stated in evidence.subjects(one.total):
                groups = {str(n): re.escape(text) for n, text in enumerate(match.groups(), 1)}
                wanted = named(one.bagian, evidence, groups)
                parts = [group for _, group in evidence.subjects(wanted)]
                for whole in stated:
                    yield from self._told(evidence, one, whole, parts, wanted)

    def _told(
        self,
        evidence: Evidence,
        one: Parts,
        stated: Statement,
        parts: Sequence[Sequence[Statement]],
        wanted: str,
    ) -> Iterator[Hit]:
        beside = _beside(stated, parts, one.di_mana_pun)
        values = [evidence.stated_number(part) for part in beside]
        if stated.printed is None or len(values) < 2:
            return
        whole = total(values, f"Jumlah {one.sebutan}")
        computed = evidence.computed(stated.subjek)
        known = computed is not None and computed.value == whole.value
        if known or agrees(stated.printed, whole.value):
            return
        if computed is not None and agrees(stated.printed, computed.value):
            shown = {part.subjek for part in beside}
            left = (figure for figure in evidence.ledger if figure.id not in shown)
            if any(figure.value and re.fullmatch(wanted, figure.id or "") for figure in left):
                return
        yield self.hit(
            evidence,
            stated.letak,
            computed.id or whole if computed is not None else whole,
            subjek=stated.subjek,
            uraian=capital(stated.uraian),
            total=stated.nilai,
            jumlah=amount(whole.value, stated.satuan),
            numbers=[whole],
            rincian=one.sebutan,
        )


class SeveralUnits(Telling):
    """One thing that is counted in several units, as stated or as in the column ``satuan``.

    Each other unit is held against the first, unless ``sebutan`` names the figures of a series by
    the end of their subjects: then all are told in one finding. A slip of the pen, or a name that
    only says more, is no other unit; nor is a remark, which ``keterangan`` finds. Of a slip the
    sentence ``ejaan`` tells.
    """

    gives: ClassVar = (
        *("kunci", "kode", "indikator", "subjek", "satuan", "pertama", "tempat"),
        *("tempat_pertama", "semua", "rincian"),
    )
    bentuk: Literal["satuan-ganda"]
    pernyataan: Kalimat
    sebutan: Mapping[Teks, Teks] | None = None
    keterangan: Pola | None = None
    ejaan: Kalimat | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        groups: dict[str, dict[str, list[Statement]]] = {}
        pattern = named(self.pernyataan, evidence, {"kode": evidence.any_code})
        for match, group in evidence.subjects(pattern):
            for one in group:
                text = self._unit(one)
                if text and not (self.keterangan and re.search(self.keterangan, text)):
                    units = groups.setdefault(match[1], {})
                    word = unit_word(text)
                    same = next((known for known in units if _same_unit(known, word)), word)
                    units.setdefault(same, []).append(one)
        for subject, kinds in groups.items():
            first, *others = kinds.values()
            told_of = [(first, other, "") for other in others]
            told_of = told_of if self.sebutan is None else told_of[:1]
            told_of += [
                (*one, self.ejaan) for one in map(self._slip, kinds.values()) if one and self.ejaan
            ]
            for first, other, slip in told_of:
                told = [first, *others] if self.sebutan is not None else [other, first]
                told = [first, other] if slip else told
                yield self.hit(
                    evidence,
                    places(one for some in told for one in some),
                    tingkat="editorial" if slip else None,
                    kalimat=slip,
                    kunci=subject,
                    kode=subject,
                    indikator=evidence.short(subject),
                    subjek=first[0].subjek,
                    satuan=self._unit(other[0]),
                    pertama=self._unit(first[0]),
                    tempat=places(other),
                    tempat_pertama=places(first),
                    semua="; ".join(self._unit(some[0]) for some in told),
                    rincian="; ".join(f"{self._unit(s[0])} ({self._where(s)})" for s in told),
                )

    def _slip(self, same: list[Statement]) -> tuple[list[Statement], list[Statement]] | None:
        """Give the statements of a unit as first written, and those with a slip of the pen."""
        first = unit_word(self._unit(same[0]))
        off = [one for one in same if _misspelt(unit_word(self._unit(one)), first)]
        return ([one for one in same if one not in off], off) if off else None

    def _unit(self, one: Statement) -> str:
        if self.sebutan is None:
            return one.nilai
        return one.satuan if one.printed is not None else ""

    def _where(self, group: Sequence[Statement]) -> str:
        tails = (one.subjek.rpartition("/")[2] for one in group)
        known = self.sebutan or {}
        return ", ".join(dict.fromkeys(known.get(tail, f"TW {tail}") for tail in tails))


class UnknownSubject(Telling):
    """Statements about a subject that neither the profile nor the ledger knows."""

    gives: ClassVar = ("subjek", "terdekat")
    bentuk: Literal["subjek-asing"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        places_of: dict[str, list[str]] = {}
        for one in evidence.statements:
            places_of.setdefault(one.subjek, []).append(one.letak)
        known = evidence.settings.profile.isi.pernyataan
        for subject, where in places_of.items():
            if evidence.told_of(subject) is None and evidence.computed(subject) is None:
                yield self.hit(
                    evidence,
                    where,
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


def _same_unit(one: str, other: str) -> bool:
    """Tell whether one unit is the other with a slip of the pen, or with more words.

    Examples
    --------
    >>> _same_unit("ikm", "iikm"), _same_unit("orang", "orang per bulan"), _same_unit("unit", "set")
    (True, True, False)
    """
    short, long = sorted((one.split(), other.split()), key=len)
    return bool(short) and (long[: len(short)] == short or _misspelt(one, other))


def _misspelt(one: str, other: str) -> bool:
    """Tell whether one word is the other with a slip of the pen, also one that only doubles."""
    once = (re.sub(r"(.)\1", r"\1", word) for word in (one, other))
    return one != other and (len(set(once)) == 1 or misspelt(one, other))


def _beside(
    total: Statement, parts: Sequence[Sequence[Statement]], anywhere: bool
) -> list[Statement]:
    """Give the parts printed at the place of the total, or all where none is printed there."""
    near = [one for group in parts for one in group if one.letak == total.letak and one.printed]
    if near or not anywhere or "/" in total.letak:
        return near
    firsts = (next((one for one in group if one.printed), None) for group in parts)
    return [one for one in firsts if one is not None]
