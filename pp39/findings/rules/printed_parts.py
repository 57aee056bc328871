"""Rules about printed figures among themselves: totals and ratios against the parts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pp39.findings.evidence import Evidence, places
from pp39.findings.printed import Printed, agreement, digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.findings.wording import amount, literals, sentence
from pp39.numbers import format_rupiah

# Total and the parts printed beside it; "{0}", "{1}" stand for the groups of the total.
_PARTS: tuple[tuple[str, str, str], ...] = (
    (r"anggaran/kegiatan/([^/]+)/pagu", r"anggaran/kro/{0}\.[^/]+/pagu", "pagu KRO"),
    (r"anggaran/pagu-awal", r"anggaran/belanja/[^/]+/pagu", "pagu menurut jenis belanja"),
    (r"anggaran/pagu-awal", r"anggaran/sumber/[^/]+/pagu", "pagu menurut sumber dana"),
    (r"anggaran/pagu-awal", r"anggaran/kegiatan/[^/]+/pagu", "pagu kegiatan"),
    (r"([^/]+)/total/([^/]+)", r"{0}/layanan/[^/]+/{1}", "hasil tiap layanan"),
    (r"([^/]+)/layanan/([^/]+)", r"{0}/layanan/{1}/[^/]+", "rincian tiap kategori"),
    (r"([^/]+)/kategori/([^/]+)", r"{0}/layanan/[^/]+/{1}", "rincian tiap layanan"),
    (r"([^/]+)/pnbp", r"{0}/layanan/[^/]+/realisasi", "realisasi tiap layanan"),
    (r"([^/]+)/pnbp-target", r"{0}/layanan/[^/]+/target", "target tiap layanan"),
    (r"([^/]+)/order", r"{0}/(?:tepat-waktu|terlambat)", "order tepat waktu dan terlambat"),
    (r"([^/]+)/responden", r"{0}/(?:promotor|pasif|detraktor)", "promotor, pasif dan detraktor"),
)


@rule(
    "rincian", "jumlah yang dicetak dengan rincian yang dicetak pada tempat yang sama", "material"
)
def printed_parts(evidence: Evidence) -> Iterator[Hit]:
    """Find printed totals against the parts printed with them; needs no source data."""
    for pattern, parts_pattern, parts_name in _PARTS:
        for match, stated in evidence.subjects(pattern):
            wanted = parts_pattern.format(*map(re.escape, match.groups()))
            parts = [group for _, group in evidence.subjects(wanted)]
            for total in stated:
                near = _beside(total, parts)
                if total.printed is None or len(near) < 2:
                    continue
                value = sum((value for _, value in near), Fraction(0))
                computed = evidence.computed(total.subjek)
                known = computed is not None and computed.value == value
                if known or agreement(total.printed, value) == "sama":
                    continue
                shown = amount(value, total.satuan)
                yield Hit(
                    total.subjek,
                    total.letak,
                    total.nilai,
                    shown,
                    f"{sentence(total.uraian)} dicetak {total.nilai}, sedangkan {parts_name} yang"
                    f" dicetak bersamanya berjumlah {shown}.",
                    computed.id or "" if computed is not None else "",
                )


@rule(
    "capaian-target", "capaian yang dicetak dengan realisasi dan target di sebelahnya", "material"
)
def achievement(evidence: Evidence) -> Iterator[Hit]:
    """Find a printed capaian against the target and realisation printed in the same row.

    Where another document's target gives the printed percentage, the finding names it.
    """
    for match, stated in evidence.subjects(r"([^/]+)/capaian"):
        code = match[1]
        targets = evidence.stated(f"{code}/target")
        for one in stated:
            target = _same_place(one, targets)
            result = _same_place(one, evidence.stated(f"{code}/realisasi"))
            if one.printed is None or target is None or result is None:
                continue
            goal = target.printed
            if goal is None or goal.value == 0 or result.printed is None:
                continue
            if _explains(one.printed, result.printed, goal.value):
                continue
            used = [
                other
                for other in targets
                if other.printed is not None
                and other.printed.value not in (0, goal.value)
                and _explains(one.printed, result.printed, other.printed.value)
            ]
            value = result.printed.value / goal.value * 100
            why = (
                f"Persentase itu hanya diperoleh dengan target {used[0].nilai} dari {places(used)}."
                if used
                else "Tidak ada dokumen lain yang targetnya menghasilkan persentase itu."
            )
            quantity = evidence.computed(one.subjek)
            again = [s for s in stated if s.printed and s.printed.value == one.printed.value]
            yield Hit(
                one.subjek,
                "; ".join(dict.fromkeys((one.letak, places(again), *(s.letak for s in used)))),
                one.nilai,
                f"{digits(value, one.printed, 2)}%",
                f"Capaian {evidence.short(code)} dicetak {one.nilai}, padahal realisasi"
                f" {result.nilai} terhadap target {target.nilai} memberi"
                f" {digits(value, one.printed, 2)}%. {why}",
                quantity.id or "" if quantity is not None else "",
            )


@rule(
    "persen-rincian",
    "persentase yang dicetak dengan realisasi dan target pada baris yang sama",
    "minor",
    mengalah=("rasio", "pembulatan"),
)
def printed_shares(evidence: Evidence) -> Iterator[Hit]:
    """Find a printed percentage of a row against its own realisation and target."""
    shared = {
        slug: one.induk for slug, one in evidence.settings.params.unit.layanan.items() if one.induk
    }
    for match, stated in evidence.subjects(r"(.+/layanan)/([^/]+)/persen"):
        base, slug = match.groups()
        slugs = [slug, *(child for child, parent in shared.items() if parent == slug)]
        for one in stated:
            goal = _value_beside(one, evidence.stated(f"{base}/{slug}/target"))
            got = [_value_beside(one, evidence.stated(f"{base}/{s}/realisasi")) for s in slugs]
            known = [value for value in got if value is not None]
            if one.printed is None or not goal or not known:
                continue
            value = sum(known, Fraction(0)) / goal * 100
            if agreement(one.printed, value) == "sama":
                continue
            yield Hit(
                one.subjek,
                one.letak,
                one.nilai,
                f"{digits(value, one.printed)}%",
                f"{sentence(one.uraian)} dicetak {one.nilai}, sedangkan realisasi dan target pada"
                f" baris yang sama memberi {digits(value, one.printed)}%.",
            )


@rule(
    "nilai-rincian",
    "nilai yang dicetak dengan cacah yang dicetak di sebelahnya",
    "material",
    mengalah=("rasio", "pembulatan"),
)
def printed_scores(evidence: Evidence) -> Iterator[Hit]:
    """Find NPS and on-time percentage against the head counts the report itself prints."""
    for match, stated in evidence.subjects(r"([^/]+)/realisasi"):
        code = match[1]
        whole, plus, minus = (
            _first(evidence, f"{code}/{a}", f"{code}/{b}")
            for a, b in (("responden", "order"), ("promotor", "tepat-waktu"), ("detraktor", ""))
        )
        if not whole or plus is None:
            continue
        value = (plus - (minus or 0)) / whole * 100
        off = [
            one
            for one in stated
            if one.printed is not None and agreement(one.printed, value) != "sama"
        ]
        if off:
            yield Hit(
                f"{code}/realisasi",
                places(off),
                literals(off),
                digits(value, off[0].printed, 2),
                f"Nilai {evidence.short(code)} yang dicetak tidak sama dengan hasil rumus dari"
                " cacah yang dicetak bersamanya.",
            )


def _beside(
    total: Statement, parts: Sequence[Sequence[Statement]]
) -> list[tuple[Statement, Fraction]]:
    """Give the parts printed at the place of the total, or all where none is printed there."""
    near = [
        (one, one.printed.value)
        for group in parts
        for one in group
        if one.letak == total.letak and one.printed is not None
    ]
    if near or "/" in total.letak or not total.subjek.startswith("anggaran/pagu-awal"):
        return near
    firsts = (next((one for one in group if one.printed), None) for group in parts)
    return [(one, one.printed.value) for one in firsts if one is not None and one.printed]


def _same_place(one: Statement, others: Sequence[Statement]) -> Statement | None:
    return next((other for other in others if other.letak == one.letak), None)


def _value_beside(one: Statement, others: Sequence[Statement]) -> Fraction | None:
    other = _same_place(one, others)
    return other.printed.value if other is not None and other.printed is not None else None


def _first(evidence: Evidence, *subjects: str) -> Fraction | None:
    for subject in subjects:
        for one in evidence.stated(subject):
            if one.printed is not None:
                return one.printed.value
    return None


def _explains(stated: Printed, result: Printed, goal: Fraction) -> bool:
    """Tell whether some result that prints as `result` gives the stated percentage."""
    half = Fraction(1, 2 * 10**result.decimals)
    slack = Fraction(1, 10**stated.decimals)
    ends = sorted(((result.value + side) / goal * 100) for side in (-half, half))
    whole = result.decimals == 0
    low, high = (result.value / goal * 100,) * 2 if whole else (ends[0], ends[1])
    return low - slack < stated.value < high + slack


RULES = rules_of(globals())
