"""Rules of arithmetic: stated against computed, totals against parts, ratios against parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from pp39.findings.evidence import Evidence, places
from pp39.findings.printed import Agreement, Printed, digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.findings.wording import amount, literals, sentence
from pp39.ledger import Cell, Computed, Quantity, Rows
from pp39.numbers import format_rupiah, round_half_up


@rule("jumlah", "jumlah yang dicetak dengan jumlah rinciannya", "material")
def totals(evidence: Evidence) -> Iterator[Hit]:
    """Find stated totals against totals of the source rows."""
    yield from _against_ledger(evidence, _is_sum, _sum_words)


@rule(
    "rasio",
    "persentase, nilai atau pertumbuhan yang dicetak dengan hasil rumusnya",
    "material",
    mengalah=("capaian-target",),
)
def ratios(evidence: Evidence) -> Iterator[Hit]:
    """Find stated ratios against the formula with the source figures put in."""
    yield from _against_ledger(evidence, _is_ratio, _ratio_words)


@rule("cacah", "banyaknya menurut laporan dengan banyaknya baris sumber", "material")
def counts(evidence: Evidence) -> Iterator[Hit]:
    """Find stated head counts against the rows."""
    yield from _against_ledger(
        evidence,
        lambda one: isinstance(one.origin, Rows),
        lambda _, __: "Cacah dalam laporan tidak sama dengan banyaknya baris pada sumber.",
    )


@rule("salinan", "angka yang dikutip dengan angka pada sumbernya", "material")
def copies(evidence: Evidence) -> Iterator[Hit]:
    """Find figures copied from a source against the source."""
    yield from _against_ledger(
        evidence,
        lambda one: not (_is_sum(one) or _is_ratio(one) or isinstance(one.origin, Rows)),
        _copy_words,
    )


@rule("pembulatan", "angka yang dicetak dengan pembulatan hitungannya", "editorial")
def rounding(evidence: Evidence) -> Iterator[Hit]:
    """Find figures cut off, or rounded the wrong way, by less than one unit of the last digit."""
    for subject, quantity, group in _comparable(evidence):
        off = [one for one, kind in group if kind == "pembulatan"]
        if not off or any(kind in ("beda", "skala") for _, kind in group):
            continue
        printed = off[0].printed
        assert printed is not None
        right = round_half_up(quantity.value, printed.decimals)
        cut = abs(printed.value) < abs(quantity.value)
        how = "dipotong, tidak dibulatkan" if cut else "dibulatkan ke arah yang keliru"
        yield Hit(
            subject,
            places(off),
            literals(off),
            f"{_shown(right, quantity, printed)} (tepatnya {digits(quantity.value, least=4)})",
            f"{evidence.about(off[0])} tampaknya {how}; pembulatan yang benar adalah"
            f" {_shown(right, quantity, printed)}.",
            quantity.id or "",
        )


@rule("tak-terbaca", "angka yang dicetak dengan bentuk angka yang mungkin", "material")
def unreadable(evidence: Evidence) -> Iterator[Hit]:
    """Find a figure nobody can read as a number."""
    for one in evidence.statements:
        if one.jenis != "angka" or not one.nilai or one.nilai in ("-", "–") or one.printed:
            continue
        quantity = evidence.computed(one.subjek)
        shown = quantity.text() if quantity is not None else "tidak dapat dibaca sebagai angka"
        figures = re.sub(r"\D", "", one.nilai)
        extra = quantity is not None and figures == f"{int(quantity.value)}0"
        guess = " Tampaknya ada angka nol yang berlebih." if extra else ""
        yield Hit(
            one.subjek,
            one.letak,
            one.nilai,
            shown,
            f"{sentence(one.uraian)} tertulis “{one.nilai}”, yang bukan bentuk angka"
            f" yang sah.{guess}",
            quantity.id or "" if quantity is not None else "",
        )


def _comparable(
    evidence: Evidence,
) -> Iterator[tuple[str, Quantity, Sequence[tuple[Statement, Agreement]]]]:
    for quantity, compared in evidence.compared:
        subject = compared[0][0].subjek
        if not evidence.is_target(subject) and not evidence.left_out(subject, "hitungan"):
            yield subject, quantity, compared


def _against_ledger(
    evidence: Evidence,
    belongs: Callable[[Quantity], bool],
    words: Callable[[Quantity, Sequence[Statement]], str],
) -> Iterator[Hit]:
    for subject, quantity, compared in _comparable(evidence):
        wrong = [one for one, kind in compared if kind in ("beda", "skala")]
        if not wrong or not belongs(quantity):
            continue
        near = [one for one, kind in compared if kind == "pembulatan"]
        right = [one for one, kind in compared if kind == "sama"]
        agreeing = f" Sesuai dengan hitungan: {places(right)}." if right else ""
        scale = any(kind == "skala" for _, kind in compared)
        power = " Angkanya sama tetapi berbeda kelipatan sepuluh." if scale else ""
        shown = _shown(quantity.value, quantity, wrong[0].printed)
        yield Hit(
            subject,
            places([*wrong, *near]),
            literals([*wrong, *near]),
            shown,
            f"{evidence.about(wrong[0])} dinyatakan {literals(wrong)}, sedangkan"
            f" hitungan memberi {shown}. {words(quantity, wrong)}{power}{agreeing}",
            quantity.id or "",
        )


def _is_sum(quantity: Quantity) -> bool:
    origin = quantity.origin
    return isinstance(origin, Computed) and origin.operation in ("jumlah", "tambah", "kurang")


def _is_ratio(quantity: Quantity) -> bool:
    return isinstance(quantity.origin, Computed) and not _is_sum(quantity)


def _sum_words(quantity: Quantity, wrong: Sequence[Statement]) -> str:
    stated = wrong[0].printed
    assert stated is not None
    gap = quantity.value - stated.value
    alone = [part for part in quantity.inputs() if part.value == gap]
    if len(alone) == 1:
        return (
            f"Selisih {amount(gap, quantity.unit)} sama dengan {alone[0].label}, yang tampaknya"
            " tidak ikut dijumlahkan."
        )
    return f"Selisihnya {amount(abs(gap), quantity.unit)}."


def _ratio_words(quantity: Quantity, _: Sequence[Statement]) -> str:
    note = f" {quantity.note.rstrip('.')}." if quantity.note else ""
    return f"Rumus: {quantity.formula_numbers()}.{note}"


def _copy_words(quantity: Quantity, _: Sequence[Statement]) -> str:
    origin = quantity.origin
    source = f" ({origin.file}, baris {origin.row})" if isinstance(origin, Cell) else ""
    return f"Angka pada sumber{source} berbeda; salah satunya keliru salin."


def _shown(value: Fraction, quantity: Quantity, printed: Printed | None) -> str:
    if quantity.unit == "Rp":
        return format_rupiah(value)
    sign = "%" if quantity.unit == "%" else ""
    least = quantity.decimals if quantity.decimals is not None and value.denominator != 1 else 0
    return digits(value, printed, least) + sign


RULES = rules_of(globals())
