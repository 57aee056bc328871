"""Numbers that were stated, and remarks: of one subject, of all that fit, of an indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import agrees, digits
from pp39.findings.shape import Kalimat, fill, named
from pp39.findings.shapes.counts import Known, Shown, Words
from pp39.findings.shapes.figures import Figure
from pp39.findings.shapes.rows import Nilai
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.wording import NOTHING
from pp39.ledger import Quantity, dashed, mean, total
from pp39.profile.base import Bagian, Pola, Teks, Ya


class Catatan(Bagian):
    """What is said of each indicator: as stated, or else in a column of a source.

    A remark says something unless it is that there is nothing, fits ``kecuali`` in every part, or
    holds nothing but words of the vocabulary ``pelaksana``, those in charge; with ``hanya_orang``
    only the latter are looked at.
    """

    pernyataan: Teks
    sumber: Teks
    kode: Teks
    kolom: Teks
    pelaksana: Teks | None = None
    hanya_orang: Ya = False
    kecuali: Pola | None = None

    def told(self, evidence: Evidence, code: str) -> list[tuple[str, str]]:
        """Give text and place, blank cells beside filled ones too; of a year those of it all."""
        stated = evidence.stated(f"{code}/{self.pernyataan}")
        rows = evidence.all_rows if evidence.settings.period.is_year else evidence.rows
        said = [(one.nilai, one.letak) for one in stated] or [
            (str(row[self.kolom] or ""), evidence.place(self.sumber, [row]))
            for row in rows(self.sumber)
            if dashed(row[self.kode]) == code
        ]
        if self.hanya_orang:
            return [(text, where) for text, where in said if self._is_person(evidence, text)]
        return said

    def real(self, evidence: Evidence, text: str) -> bool:
        """Tell whether a text says something."""
        if not text or NOTHING.fullmatch(text) or self._is_person(evidence, text):
            return False
        left = self.kecuali
        return left is None or not all(
            re.fullmatch(left, part.strip(), re.IGNORECASE) for part in text.split(";")
        )

    def _is_person(self, evidence: Evidence, text: str) -> bool:
        words = evidence.words(self.pelaksana).values() if self.pelaksana else ()
        parts = "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)
        pattern = rf"(?:(?:{parts})\b\s*)+"
        return bool(words) and re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None


class Bobot(Nilai):
    """Weights by the word in a column."""

    kunci: Teks


class OfStatements(Shown):
    """What was stated about a subject, remarks about an indicator, its targets."""

    pernyataan: Kalimat | None = None
    isi: Kalimat | None = None
    bunyi: Kalimat | None = None
    semua: Literal["jumlah", "rata", "daftar"] | None = None
    bobot: Bobot | None = None
    bukan: Teks | None = None
    butir: Ya = False
    bilangan: Ya = False
    catatan: Catatan | tuple[Catatan, ...] = ()
    target: Kalimat | None = None

    def of_statements(self, evidence: Evidence, said: Words, known: Known) -> Figure | None:
        """Get the number; None where it is of no statements."""
        if self.pernyataan is not None:
            return self._stated(evidence, said, known)
        if self.catatan:
            return self._remarks(str(said.get("kode", "")), evidence)
        if self.target is not None:
            return self._targets(named(self.target, evidence, said), evidence)
        return None

    def _stated(self, evidence: Evidence, said: Words, known: Known) -> Figure:
        subject = named(str(self.pernyataan), evidence, said)
        if self.semua is not None:
            groups = [
                (m, self._fitting(group, evidence, said)) for m, group in evidence.subjects(subject)
            ]
            return self._of_subjects([(m, group) for m, group in groups if group], evidence, known)
        stated = self._fitting(evidence.stated(subject), evidence, said)
        if self.butir or self.bilangan:
            return self._read(stated[:1], evidence, known)
        if self.bukan is not None:
            held = known[self.bukan].value
            stated = tuple(
                one
                for one in stated
                if held is not None and one.printed and not agrees(one.printed, held)
            )
        values = [evidence.stated_number(one) for one in stated if one.printed is not None]
        first = next((one for one in stated if one.printed is not None), None)
        text = first.nilai if first is not None else stated[0].nilai if stated else ""
        value = values[0] if values else None
        one = first or next(iter(stated), None)
        more = {"_masa": one.periode if one else "", "_satuan": one.satuan if one else ""}
        more |= self._plain(value) | {"_tempat": places(stated)}
        shown = first.printed.decimals if first is not None and first.printed is not None else 0
        return Figure(value, text, tuple(values), stated=stated, decimals=shown, more=more)

    def _fitting(
        self, group: tuple[Statement, ...], evidence: Evidence, said: Words
    ) -> tuple[Statement, ...]:
        if self.isi is not None:
            pattern = named(self.isi, evidence, said)
            group = tuple(one for one in group if re.search(pattern, one.nilai))
        if self.bunyi is not None:
            text = evidence.mended(fill(self.bunyi, evidence, said))
            group = tuple(one for one in group if evidence.mended(one.nilai) == text)
        return group

    def _read(self, stated: tuple[Statement, ...], evidence: Evidence, known: Known) -> Figure:
        """Read how many things a statement lists, or the number it begins with."""
        for one in stated:
            number = re.match(r"\s*(\d+)", one.nilai)
            value = len(one.nilai.split(",")) if self.butir else number and int(number[1])
            if value is not None and (self.bukan is None or known[self.bukan].value != value):
                count = evidence.stated_number(one, Fraction(value))
                text = digits(count.value) if self.butir else one.nilai
                return Figure(count, text, (count,), stated=stated, more={"_tempat": one.letak})
        return Figure()

    def _of_subjects(
        self,
        groups: Sequence[tuple[re.Match[str], tuple[Statement, ...]]],
        evidence: Evidence,
        known: Known,
    ) -> Figure:
        """Reduce all subjects that fit; of each counts what is stated first."""
        stated = tuple(one for _, group in groups for one in group)
        if self.semua == "daftar":
            match = groups[0][0] if groups else None
            said = {
                "_kunci": match[1] if match and match.groups() else "",
                "_subjek": match[0] if match else "",
                "_tempat": places(stated),
            }
            every = (Quantity.constant(1),) * len(stated)
            text = "; ".join(one.nilai for one in stated)
            count = Quantity.constant(len(stated)) if stated else None
            return Figure(count, text, every, stated=stated, more=said)
        firsts = [(match, group[0]) for match, group in groups if group[0].printed is not None]
        values = [evidence.stated_number(one) for _, one in firsts]
        stated = tuple(one for _, one in firsts)
        if not values:
            return Figure(stated=stated)
        whole = total(values, "") if self.semua == "jumlah" else mean(values, "")
        if self.bobot is not None:
            weights = [self._weight(match[1], self.bobot, evidence) for match, _ in firsts]
            pairs = [(v, w) for v, w in zip(values, weights, strict=True) if w is not None]
            if sum(w.value for _, w in pairs):
                parts = [(v * w).named(f"{v.label} × {w.label}") for v, w in pairs]
                whole = total(parts, "") / total([w for _, w in pairs], "")
        return replace(self._told(whole, known), every=tuple(values), stated=stated)

    def _weight(self, word: str, of: Bobot, evidence: Evidence) -> Quantity | None:
        rows = [row for row in of.filled(evidence) if str(row.get(of.kunci)) == word]
        return of.quantity(rows[-1], evidence) if rows else None

    def _remarks(self, code: str, evidence: Evidence) -> Figure:
        """Count the remarks that say something: of one indicator, or of all without a code."""
        several = (self.catatan,) if isinstance(self.catatan, Catatan) else self.catatan
        codes = (code,) if code else evidence.codes
        said = [
            (remark, text, where)
            for remark in several
            for one in codes
            for text, where in remark.told(evidence, one)
        ]
        real = [text for remark, text, _ in said if remark.real(evidence, text)]
        blank = "; ".join(dict.fromkeys(text or "(kosong)" for _, text, _ in said))
        return Figure(
            Quantity.constant(len(real)),
            "; ".join(dict.fromkeys(text for _, text, _ in said if text)),
            (Quantity.constant(1),) * len(said),
            where=tuple(where for _, _, where in said),
            more={"_semua": blank},
        )

    def _targets(self, code: str, evidence: Evidence) -> Figure:
        targets = evidence.documented(code)
        first: dict[Fraction, Quantity] = {}
        for _, one in targets:
            first.setdefault(one.value, one)
        where = tuple(dict.fromkeys(name for name, _ in targets))
        text = " dan ".join(digits(value) for value in first)
        return Figure(next(iter(first.values()), None), text, tuple(first.values()), where=where)
