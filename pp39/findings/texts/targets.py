"""Rules about targets and units: the same target in every document, a unit that fits the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pp39.findings.evidence import Evidence, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.shapes.statements import unit_word
from pp39.findings.statement import Statement


@shape_of("target-dokumen")
def across_documents(evidence: Evidence) -> Iterator[Hit]:
    """Find a target that differs from the performance contract's."""
    for code in evidence.codes:
        found = evidence.targets(code)
        if not found:
            continue
        contract = next((v for name, v in found if "perjanjian" in name.casefold()), None)
        usual = Counter(value for _, value in found).most_common(1)[0][0]
        base = contract if contract is not None else usual
        right = [name for name, value in found if value == base]
        for value in dict.fromkeys(value for _, value in found if value != base):
            wrong = [name for name, other in found if other == value]
            yield Hit(
                f"{code}/target",
                "; ".join(dict.fromkeys((*wrong, *right))),
                digits(value),
                digits(base),
                f"Target {evidence.short(code)} adalah {digits(value)} di {'; '.join(wrong)},"
                f" tetapi {digits(base)} di {'; '.join(right)}.",
            )


@shape_of("satuan-realisasi")
def target_against_result(evidence: Evidence) -> Iterator[Hit]:
    """Find a result in one unit beside a target in another."""
    for code in evidence.codes:
        results = [one for one in evidence.stated(f"{code}/realisasi") if one.printed]
        kinds: dict[str, list[Statement]] = {}
        for one in results:
            unit = _counted(one)
            if unit:
                kinds.setdefault(unit, []).append(one)
        counted = {unit: group for unit, group in kinds.items() if unit != "%"}
        if len(counted) > 1 and evidence.indicator(code).bentuk == "jumlah":
            told = "; ".join(f"{unit} ({places(group)})" for unit, group in counted.items())
            yield Hit(
                f"{code}/realisasi/satuan",
                places(results),
                "; ".join(counted),
                str(evidence.indicator(code).satuan),
                f"Realisasi {evidence.short(code)} disebut dengan satuan berbeda: {told}.",
            )
        percent = kinds.get("%", [])
        others = [
            one
            for one in evidence.stated(f"{code}/target")
            if re.search(r"indeks|nilai", one.nilai, re.IGNORECASE)
        ]
        if percent and others:
            yield Hit(
                f"{code}/realisasi/satuan",
                places([*others, *percent]),
                f"target {others[0].nilai}; realisasi {percent[0].nilai}",
                "satuan yang sama",
                f"Target {evidence.short(code)} dicetak dalam indeks, tetapi realisasinya"
                " dalam persen, sehingga capaian membandingkan dua satuan.",
            )


@shape_of("satuan-target")
def targetunit_word(evidence: Evidence) -> Iterator[Hit]:
    """Find a target printed in percent whose unit is a score."""
    for code in evidence.codes:
        words = {unit_word(one.nilai) for one in evidence.stated(f"{code}/satuan")}
        marked = [
            one for one in evidence.stated(f"{code}/target") if one.printed and one.printed.percent
        ]
        if marked and words and "%" not in words:
            unit = evidence.stated(f"{code}/satuan")[0]
            yield Hit(
                f"{code}/target/satuan",
                places([*marked, unit]),
                marked[0].nilai,
                unit.nilai,
                f"Target {evidence.short(code)} dicetak {marked[0].nilai}, padahal satuannya"
                f" “{unit.nilai}”.",
            )


@shape_of("skala")
def scale(evidence: Evidence) -> Iterator[Hit]:
    """Find a ratio called a percentage, and a percentage called an index."""
    for code in evidence.codes:
        registered = evidence.indicator(code)
        units_stated = evidence.stated(f"{code}/satuan")
        word = units_stated[0].nilai if units_stated else registered.satuan
        percent = unit_word(word) == "%"
        targets = [one for one in evidence.stated(f"{code}/target") if one.printed is not None]
        goal = evidence.targets(code)
        lokasi = places([*units_stated, *targets]) or "; ".join(name for name, _ in goal)
        if percent and goal and registered.bentuk == "rasio" and max(v for _, v in goal) <= 1:
            value = digits(goal[0][1], least=2)
            yield Hit(
                f"{code}/skala",
                lokasi,
                f"{value} {word}",
                f"{digits(goal[0][1] * 100)}% atau rasio {value}",
                f"Target {evidence.short(code)} sebesar {value} adalah rasio, tetapi"
                f" satuannya “{word}”; skala angka dan satuannya tidak cocok.",
            )
        elif not percent and registered.bentuk == "persen":
            names = [
                one
                for one in evidence.stated(f"{code}/nama")
                if one.nilai.casefold().startswith("persen")
            ]
            if names:
                yield Hit(
                    f"{code}/skala",
                    places([*names, *units_stated]),
                    f"{names[0].nilai}: {word}",
                    "Persen",
                    f"Nama {evidence.short(code)} menyebut persentase, tetapi satuannya “{word}”.",
                )


def _counted(one: Statement) -> str:
    printed = one.printed
    if printed is not None and printed.percent:
        return "%"
    unit = printed.unit if printed is not None else ""
    return unit if re.fullmatch(r"[A-Za-z ]+", unit) else ""
