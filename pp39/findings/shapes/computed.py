"""What was stated, against what was computed of the same: sums, ratios, counts, copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pp39.characters import capital
from pp39.findings.evidence import Evidence
from pp39.findings.printed import Agreement, Printed, agrees, digits, respelt
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling
from pp39.findings.shapes.figures import leaf_places
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.wording import amount, literals
from pp39.ledger import Cell, Computed, Quantity, Rows
from pp39.numbers import exact, format_rupiah, round_half_up
from pp39.profile.base import Teks

# Fewer telling digits agree by chance.
_TELLING = 3

Asal = Literal["jumlah", "rasio", "cacah", "salinan"]


class StatedComputed(Telling):
    """A stated figure that is not the computed one.

    ``asal`` is what the ledger says of where that comes from: a sum, a ratio or another formula, a
    count of rows, or a copy of a cell.
    """

    gives: ClassVar = (
        *("subjek", "tentang", "dikatakan", "dinyatakan", "hitungan", "kelipatan", "sesuai"),
        *("selisih", "selisih_satu", "satu", "rumus", "catatan", "sumber", "luas"),
    )
    bentuk: Literal["beda-hitungan"]
    asal: Asal

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for subject, quantity, compared in _comparable(evidence):
            wrong = [one for one, kind in compared if kind in ("beda", "skala")]
            if not wrong or _origin(quantity) != self.asal:
                continue
            near = [one for one, kind in compared if kind == "pembulatan"]
            right = [one for one, kind in compared if kind == "sama"]
            scale = any(kind == "skala" for _, kind in compared)
            yield self.hit(
                evidence,
                places([*wrong, *near]),
                quantity.id or quantity,
                subjek=subject,
                tentang=evidence.about(wrong[0]),
                dikatakan="; ".join(map(respelt, literals(wrong).split("; "))),
                dinyatakan=literals([*wrong, *near]),
                hitungan=_shown(quantity.value, quantity, wrong[0].printed),
                kelipatan="sepuluh" if scale else "",
                sesuai=places(right),
                said=_of_origin(quantity, wrong[0].printed),
                luas=_wider(evidence, quantity, wrong[0]),
                numbers=[_gap(quantity, evidence.stated_number(wrong[0]))],
            )


class WronglyRounded(Telling):
    """A figure cut off, or rounded the wrong way, by less than one unit of the last digit."""

    gives: ClassVar = ("subjek", "tentang", "dinyatakan", "benar", "tepatnya", "cara")
    bentuk: Literal["pembulatan-keliru"]
    dipotong: Teks
    terbalik: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for subject, quantity, group in _comparable(evidence):
            off = [one for one, kind in group if kind == "pembulatan"]
            printed = off[0].printed if off else None
            if printed is None or any(kind in ("beda", "skala") for _, kind in group):
                continue
            right = round_half_up(quantity.value, printed.decimals)
            cut = abs(printed.value) < abs(quantity.value)
            yield self.hit(
                evidence,
                places(off),
                quantity.id or quantity,
                subjek=subject,
                tentang=evidence.about(off[0]),
                dinyatakan=literals(off),
                benar=_shown(right, quantity, printed),
                tepatnya=digits(quantity.value, least=4),
                cara=self.dipotong if cut else self.terbalik,
            )


class Unreadable(Telling):
    """A figure nobody can read as a number."""

    gives: ClassVar = ("subjek", "uraian", "dinyatakan", "hitungan", "tanpa", "nol_lebih")
    bentuk: Literal["angka-tak-terbaca"]
    tanpa: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in evidence.statements:
            if one.jenis != "angka" or not one.nilai or one.nilai in ("-", "–") or one.printed:
                continue
            quantity = evidence.computed(one.subjek)
            figures = re.sub(r"\D", "", one.nilai)
            extra = quantity is not None and figures == f"{int(quantity.value)}0"
            yield self.hit(
                evidence,
                one.letak,
                quantity and (quantity.id or quantity),
                subjek=one.subjek,
                uraian=capital(one.uraian),
                dinyatakan=one.nilai,
                hitungan=quantity.text() if quantity is not None else "",
                tanpa=self.tanpa,
                nol_lebih="berlebih" if extra else "",
            )


class ClassClaim(Telling):
    """A class claimed for a score that is not the one of the regulation."""

    gives: ClassVar = ("kode", "subjek", "klaim", "nilai", "kelas", "predikat")
    bentuk: Literal["kelas-keliru"]
    pernyataan: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for match, group in evidence.subjects(self.pernyataan):
            kind = getattr(evidence.indicator(match[1]), "klasifikasi", None)
            figure = evidence.known(f"{match[1]}/realisasi")
            if kind is None or figure is None:
                continue
            bands = getattr(evidence.settings.params.regulasi, kind)
            right = bands.classify(figure.value)
            for one in group if right is not None else ():
                letter = re.sub(r"\s*\(.*\)", "", one.nilai).strip().casefold()
                label = bands.kelas[right].predikat
                if letter not in (right.casefold(), label.casefold()):
                    yield self.hit(
                        evidence,
                        one.letak,
                        figure,
                        kode=match[1],
                        subjek=one.subjek,
                        klaim=one.nilai,
                        nilai=digits(figure.value, least=2),
                        kelas=right,
                        predikat=label,
                    )


class OutOfScale(Telling):
    """A realisation that its indicator cannot have."""

    gives: ClassVar = ("kode", "indikator", "realisasi", "letak", "batas")
    bentuk: Literal["di-luar-skala"]
    bawah: Teks
    atas: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            figure = evidence.ledger.get(f"{code}/realisasi")
            for n, bound in enumerate(evidence.indicator(code).skala):
                if figure is None or bound is None:
                    continue
                beyond = figure.value - exact(bound)
                if (beyond < 0, beyond > 0)[n]:
                    yield self.hit(
                        evidence,
                        leaf_places(figure, evidence),
                        figure,
                        kode=code,
                        indikator=evidence.short(code),
                        realisasi=figure,
                        letak=(self.bawah, self.atas)[n],
                        batas=Quantity.constant(exact(bound)).named("Batas skala", figure.unit),
                    )


def _comparable(
    evidence: Evidence,
) -> Iterator[tuple[str, Quantity, Sequence[tuple[Statement, Agreement]]]]:
    for quantity, compared in evidence.compared:
        subject = compared[0][0].subjek
        if not evidence.is_target(subject) and not evidence.left_out(subject, "hitungan"):
            yield subject, quantity, compared


def _origin(quantity: Quantity) -> Asal:
    origin = quantity.origin
    if isinstance(origin, Computed):
        return "jumlah" if origin.operation in ("jumlah", "tambah", "kurang") else "rasio"
    return "cacah" if isinstance(origin, Rows) else "salinan"


def _of_origin(quantity: Quantity, stated: Printed | None) -> Mapping[str, Any]:
    """Say where a figure comes from, and what alone makes up the gap to the stated one."""
    origin = quantity.origin
    computed = isinstance(origin, Computed)
    gap = quantity.value - stated.value if stated is not None else Fraction(0)
    parts = quantity.walk(lambda one: _origin(one) == "jumlah")
    alone = {one.label for one in parts if one.label and one.value == gap}
    one = alone.pop() if len(alone) == 1 else ""
    return {
        "selisih": "" if one else amount(abs(gap), quantity.unit),
        "selisih_satu": amount(gap, quantity.unit) if one else "",
        "satu": one,
        "rumus": quantity.formula_numbers() if computed else "",
        "catatan": (quantity.note or "").rstrip("."),
        "sumber": f"{origin.file}, baris {origin.row}" if isinstance(origin, Cell) else "",
    }


def _wider(evidence: Evidence, figure: Quantity, stated: Statement) -> str:
    """Name what a stated figure is instead: the same of more than it should be of.

    That is an entry of the ledger computed of all that the right one is computed of, and more; or
    what is printed at the same place for such an entry.
    """
    own = set(figure.leaves())
    printed = stated.printed
    if printed is None or len(str(abs(printed.value.numerator)).strip("0")) < _TELLING:
        return ""
    for one in evidence.ledger:
        if one.unit != figure.unit or one.id == figure.id or not isinstance(one.origin, Computed):
            continue
        beside = (s for s in evidence.stated(one.id or "") if s.letak == stated.letak and s.printed)
        value = next((s.printed.value for s in beside if s.printed), None)
        is_it = agrees(printed, one.value) or value == printed.value
        if is_it and own < set(one.leaves()):
            return one.label[:1].lower() + one.label[1:]
    return ""


def _gap(one: Quantity, other: Quantity) -> Quantity:
    return (one - other if one.value > other.value else other - one).named("Selisih", one.unit)


def _shown(value: Fraction, quantity: Quantity, printed: Printed | None) -> str:
    if quantity.unit == "Rp":
        return format_rupiah(value)
    sign = "%" if quantity.unit == "%" else ""
    least = quantity.decimals if quantity.decimals is not None and value.denominator != 1 else 0
    return digits(value, printed, least) + sign
