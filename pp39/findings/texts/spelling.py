"""Rules about print: marks of numbers, forms of dates, cells left blank, items printed twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated, lists_of
from pp39.ledger import Computed, Quantity
from pp39.profile.base import Pola, Teks

# Longer formulas are read in the annex.
_SHORT = 80


class TandaAngka(Stated):
    """Decimals set apart by two marks at one place, or thousands by one here and one elsewhere.

    ``beberapa`` is the subject where several numbers are.
    """

    gives: ClassVar = ("beberapa", "angka", "lain", "letak_lain")
    bentuk: Literal["tanda-angka"]
    tanda: Literal["desimal", "ribuan"]
    beberapa: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        found: dict[str, list[Statement]] = {}
        for one in evidence.statements:
            if one.printed is not None and (one.printed.mark or one.printed.grouping):
                found.setdefault(one.letak, []).append(one)
        every = [one for group in found.values() for one in group]
        for letak, group in found.items():
            odd, usual = self._sides(group, group if self.tanda == "desimal" else every)
            if odd and usual:
                yield self.hit(
                    evidence,
                    letak,
                    subjek=odd[0].subjek if len(odd) == 1 else "",
                    beberapa=self.beberapa,
                    angka=", ".join(dict.fromkeys(one.nilai for one in odd)),
                    lain=usual[0].nilai,
                    letak=letak,
                    letak_lain=usual[0].letak,
                    numbers=[evidence.stated_number(usual[0])],
                )

    def _sides(
        self, group: list[Statement], beside: list[Statement]
    ) -> tuple[list[Statement], list[Statement]]:
        """Give the numbers with the foreign mark, and those with the Indonesian one beside them."""
        if self.tanda == "ribuan":
            foreign = [one for one in group if one.printed and one.printed.grouping == ","]
            return foreign, [one for one in beside if one.printed and one.printed.grouping == "."]
        points = [one for one in group if one.printed and one.printed.mark == "."]
        commas = [one for one in beside if one.printed and one.printed.mark == ","]
        dots = [one for one in beside if one.printed and one.printed.grouping == "."]
        return points, commas or dots


class BentukTanggal(Stated):
    """Dates written in several ways at one place, or with words that ``asing`` finds."""

    gives: ClassVar = ("bentuk_tanggal", "banyak", "asing")
    bentuk: Literal["bentuk-tanggal"]
    asing: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        found: dict[str, list[Statement]] = {}
        for one in evidence.statements:
            if one.jenis == "tanggal" and one.nilai:
                found.setdefault(one.letak, []).append(one)
        for letak, group in found.items():
            forms: dict[str, str] = {}
            for one in group:
                form = re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "9", one.nilai))
                forms.setdefault(form, one.nilai)
            foreign = [one.nilai for one in group if re.search(self.asing, one.nilai)]
            if len(group) > 2 and (len(forms) > 1 or foreign):
                yield self.hit(
                    evidence,
                    letak,
                    letak=letak,
                    bentuk_tanggal=", ".join(forms.values()),
                    banyak=evidence.number_of(group, len(forms)),
                    asing=", ".join(foreign),
                )


class TandaPersen(Stated):
    """A figure printed without a percent sign among others with it.

    ``antara`` are the others: the same figure elsewhere, or, of one kind of figure, three quarters
    of all.
    """

    gives: ClassVar = ("lain", "tanpa", "dengan")
    bentuk: Literal["tanda-persen"]
    pernyataan: Pola
    antara: Literal["tempat", "jenis"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        groups = [group for _, group in evidence.subjects(self.pernyataan)]
        if self.antara == "jenis":
            groups = [tuple(one for group in groups for one in group)]
        for group in groups:
            stated = [one for one in group if one.printed is not None]
            marked = [one for one in stated if one.printed and one.printed.percent]
            bare = [one for one in stated if one not in marked]
            if self.antara == "jenis":
                for one in bare if len(bare) * 4 < len(stated) else ():
                    yield self.tell(evidence, one, one.letak)
            elif bare and marked and len({one.printed.value for one in stated if one.printed}) == 1:
                yield self.tell(
                    evidence,
                    bare[0],
                    (places(bare), places(marked)),
                    lain=marked[0].nilai,
                    tanpa=places(bare),
                    dengan=places(marked),
                )


class Kosong(Stated):
    """A figure not printed although it is known, or all its neighbours are printed.

    ``tanpa_target`` is the last part of subjects that mean nothing beside a target that is no
    number; ``pokok`` of those whose absence is material; ``belum`` is said where nothing is known,
    ``dihitung_ini`` and ``dicatat`` before what was computed or stands elsewhere.
    """

    gives: ClassVar = ("tentang", "diketahui", "belum", "menurut", "hitungan")
    bentuk: Literal["kosong"]
    tanpa_target: tuple[str, ...] = ()
    pokok: tuple[str, ...] = ()
    belum: Teks
    dihitung_ini: Teks
    dicatat: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in evidence.statements:
            if one.jenis != "angka" or one.nilai:
                continue
            parent, _, tail = one.subjek.rpartition("/")
            goal = next((s for s in evidence.statements if s.subjek == f"{parent}/target"), None)
            if tail in self.tanpa_target and goal is not None and goal.printed is None:
                continue
            quantity = evidence.computed(one.subjek)
            other = [s for s in evidence.stated(one.subjek) if s.letak != one.letak]
            known = quantity.text() if quantity is not None else ""
            if quantity is None and other:
                known = f"{other[0].nilai} ({other[0].letak})"
            main = tail in self.pokok and one.head in evidence.codes
            yield self.tell(
                evidence,
                one,
                (one.letak, *(s.letak for s in other)),
                quantity.id or "" if quantity is not None else "",
                tingkat="material" if main else None,
                tentang=evidence.about(one),
                diketahui=known,
                belum=self.belum,
                menurut=self.dihitung_ini if _is_computed(quantity) else self.dicatat,
                hitungan=_how(quantity),
            )


class ButirGanda(Stated):
    """The same item twice in one list; one finding per indicator and item.

    ``awalan`` are words that items begin with and that say nothing; ``cacah`` are items that are
    lines of a count.
    """

    gives: ClassVar = ("butir",)
    bentuk: Literal["butir-ganda"]
    daftar: Pola
    awalan: Pola
    cacah: Pola
    huruf: int = Field(default=12, ge=0)

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        lists = lists_of(evidence, self.daftar)
        for (code, kind, letak), items in lists.items():
            for text in self._repeated([one.nilai for one in items]):
                found.setdefault((code, self._key(text)), []).append((text, f"{letak} ({kind})"))
        source, _ = evidence.plan()
        for code in evidence.codes:
            rows = evidence.planned(code)
            for text in self._repeated([str(row["kegiatan"]) for row in rows]):
                same = [row for row in rows if self._key(str(row["kegiatan"])) == self._key(text)]
                where = evidence.place(source, same)
                found.setdefault((code, self._key(text)), []).append((text, where))
        by_core: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for (code, key), hits in found.items():
            by_core.setdefault((code, re.sub(f"^(?:{self.awalan})", "", key)), []).extend(hits)
        for (code, _), hits in by_core.items():
            text = hits[0][0]
            said = (s for group in lists.values() for s in group if s.nilai == text)
            yield self.tell(
                evidence,
                code,
                [place for _, place in hits],
                butir=text,
                numbers=(number for one in said for number in evidence.numbers_said(one)),
            )

    def _repeated(self, texts: list[str]) -> list[str]:
        """Give the texts that occur twice."""
        told = [text for text in texts if not re.search(self.cacah, text)]
        counted = Counter(map(self._key, told))
        found: dict[str, str] = {}
        for text in told:
            if counted[self._key(text)] > 1:
                found.setdefault(self._key(text), text)
        return list(found.values())

    def _key(self, text: str) -> str:
        bare = re.sub(r"[^a-z0-9]+", "", text.casefold())
        return re.sub(rf"^(?:{self.awalan})(?=.{{{self.huruf}}})", "", bare)


def _is_computed(quantity: Quantity | None) -> bool:
    return quantity is not None and isinstance(quantity.origin, Computed)


def _how(quantity: Quantity | None) -> str:
    """Say how a figure that was not printed is computed."""
    if quantity is None or not _is_computed(quantity):
        return ""
    note = f" {quantity.note.rstrip('.')}." if quantity.note else ""
    formula = quantity.formula_numbers()
    return (f" Rumus: {formula}." if len(formula) <= _SHORT else "") + note
