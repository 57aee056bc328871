"""Rules about targets and units: the same target in every document, a unit that fits the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pp39.findings.evidence import QUARTER_COLUMNS, Evidence, Row, dashed, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.numbers import exact

_DOCUMENTS = ("perjanjian_kinerja", "sasaran_indikator", "rencana_aksi", "tabel_capaian")
_WORDS = {"persen": "%", "persentase": "%", "%": "%"}


@rule("target-dokumen", "target suatu indikator di satu dokumen dengan dokumen lain", "material")
def across_documents(evidence: Evidence) -> Iterator[Hit]:
    """Find a target that differs from the performance contract's."""
    for code in evidence.codes:
        found = _targets(evidence, code)
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


@rule("satuan-ganda", "satuan suatu angka di satu tempat dengan satuannya di tempat lain", "minor")
def units(evidence: Evidence) -> Iterator[Hit]:
    """Find one indicator or service counted in several units."""
    for _, group in evidence.subjects(rf"(?:{evidence.any_code})/satuan"):
        kinds: dict[str, list[Statement]] = {}
        for one in group:
            kinds.setdefault(_unit(one.nilai), []).append(one)
        first, *others = kinds.values()
        for other in others:
            yield Hit(
                group[0].subjek,
                places([*other, *first]),
                other[0].nilai,
                first[0].nilai,
                f"Satuan {evidence.short(group[0].head)} adalah “{other[0].nilai}” di"
                f" {places(other)}, tetapi “{first[0].nilai}” di {places(first)}.",
            )
    series: dict[str, list[Statement]] = {}
    for match, group in evidence.subjects(r"(.+/layanan/[^/]+)/(?:I|II|III|IV|target)"):
        series.setdefault(match[1], []).extend(group)
    for subject, figures in series.items():
        named = [one for one in figures if one.satuan and one.printed is not None]
        kinds = {}
        for one in named:
            kinds.setdefault(_unit(one.satuan), []).append(one)
        if len(kinds) > 1:
            told = "; ".join(f"{every[0].satuan} ({_where(every)})" for every in kinds.values())
            yield Hit(
                f"{subject}/satuan",
                places(named),
                "; ".join(every[0].satuan for every in kinds.values()),
                "satu satuan",
                f"Hasil layanan yang sama dihitung dengan satuan yang berbeda: {told}.",
            )


@rule("satuan-realisasi", "satuan realisasi dengan satuan target indikator yang sama", "minor")
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


@rule("satuan-target", "satuan target indikator dengan cara target itu dicetak", "minor")
def target_unit(evidence: Evidence) -> Iterator[Hit]:
    """Find a target printed in percent whose unit is a score."""
    for code in evidence.codes:
        words = {_unit(one.nilai) for one in evidence.stated(f"{code}/satuan")}
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


@rule("skala", "besar angka dengan satuannya", "minor")
def scale(evidence: Evidence) -> Iterator[Hit]:
    """Find a ratio called a percentage, and a percentage called an index."""
    for code in evidence.codes:
        registered = evidence.indicator(code)
        units_stated = evidence.stated(f"{code}/satuan")
        word = units_stated[0].nilai if units_stated else registered.satuan
        percent = _unit(word) == "%"
        targets = [one for one in evidence.stated(f"{code}/target") if one.printed is not None]
        goal = _targets(evidence, code)
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


@rule(
    "target-antara",
    "target antara suatu indikator dengan indikator lain pada triwulan sama",
    "minor",
)
def interim_outlier(evidence: Evidence) -> Iterator[Hit]:
    """Find one interim target unlike all others of its quarter."""
    rows = evidence.all_rows("target_antara")
    for column in QUARTER_COLUMNS:
        known = [(row, exact(row[column])) for row in rows if row.get(column) is not None]
        counted = Counter(value for _, value in known).most_common(2)
        if len(known) < 8 or len(counted) < 2 or counted[0][1] < len(known) - 2:
            continue
        for row, value in known:
            if value != counted[0][0]:
                code, quarter = dashed(row["kode"]), column[3:].upper()
                yield Hit(
                    f"{code}/target-antara/{quarter}",
                    evidence.place("target_antara", [row]),
                    f"{digits(value)}%",
                    f"{digits(counted[0][0])}%",
                    f"Target antara triwulan {quarter} {evidence.short(code)} adalah"
                    f" {digits(value)}%, sedangkan indikator lain {digits(counted[0][0])}%.",
                )


def _targets(evidence: Evidence, code: str) -> list[tuple[str, Fraction]]:
    """Give place and value of a target in every document, as stated or as in the source."""
    stated = [
        (one.letak, one.printed.value)
        for one in evidence.stated(f"{code}/target")
        if one.printed is not None
    ]
    tables: list[tuple[str, Fraction]] = []
    for name in _DOCUMENTS:
        for row in evidence.all_rows(f"target_{name}"):
            if dashed(row["kode"]) == code and row.get("target") is not None:
                tables.append((_document(row), exact(row["target"])))
    if not stated:
        return tables
    values = {value for _, value in stated}
    contract = [one for one in tables if "perjanjian" in one[0].casefold()]
    return [*contract, *stated, *(one for one in tables if one[1] not in values)]


def _document(row: Row) -> str:
    return str(row.get("dokumen") or "dokumen target")


def _unit(text: str) -> str:
    bare = re.sub(r"[^a-z%]+", " ", text.casefold()).strip()
    return _WORDS.get(bare, re.sub(r"^jumlah ", "", bare))


def _counted(one: Statement) -> str:
    printed = one.printed
    if printed is not None and printed.percent:
        return "%"
    unit = printed.unit if printed is not None else ""
    return unit if re.fullmatch(r"[A-Za-z ]+", unit) else ""


def _where(group: Sequence[Statement]) -> str:
    parts = dict.fromkeys(
        "target" if one.subjek.endswith("target") else f"TW {one.subjek.rsplit('/', 1)[1]}"
        for one in group
    )
    return ", ".join(parts)


RULES = rules_of(globals())
