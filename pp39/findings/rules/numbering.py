"""Rules about numbers that count or order things: gaps, repeats, references, headings, annexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pp39.findings.evidence import Evidence, dashed, places
from pp39.findings.printed import read_words
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.statement import Statement
from pp39.numbers import format_rupiah, terbilang

_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}


@rule("terbilang", "jumlah dengan huruf dengan jumlah dengan angka", "minor")
def amounts_in_words(evidence: Evidence) -> Iterator[Hit]:
    """Find an amount in words that is not the amount."""
    for _, group in evidence.subjects(r".+"):
        subject = group[0].subjek
        worded = [
            one for one in group if one.jenis == "terbilang" and not re.search(r"\d", one.nilai)
        ]
        figure = next((one for one in group if one.printed is not None), None)
        quantity = evidence.computed(subject)
        if not worded or (figure is None and quantity is None):
            continue
        printed = figure.printed if figure is not None else None
        value = printed.value if printed is not None else quantity.value if quantity else None
        if value is None:
            continue
        off = [one for one in worded if read_words(one.nilai) != value]
        if off and value.denominator == 1:
            read = read_words(off[0].nilai)
            reading = format_rupiah(read) if read is not None else "tidak terbaca"
            yield Hit(
                subject,
                places(off),
                off[0].nilai,
                f"{terbilang(int(value))} rupiah",
                f"Jumlah dengan huruf berarti {reading}, sedangkan angkanya"
                f" {format_rupiah(value)}; ada kata yang hilang atau keliru.",
                quantity.id or "" if quantity is not None else "",
            )


@rule("terbilang-baku", "kata bilangan yang dicetak dengan bentuk bakunya", "editorial")
def standard_words(evidence: Evidence) -> Iterator[Hit]:
    """Find number words in an outdated spelling."""
    for _, group in evidence.subjects(r".+"):
        off = [
            one
            for one in group
            if one.jenis == "terbilang" and re.search(r"\b(?:milyar|trilyun)\b", one.nilai)
        ]
        if off:
            word = "milyar" if "milyar" in off[0].nilai else "trilyun"
            right = {"milyar": "miliar", "trilyun": "triliun"}[word]
            yield Hit(
                off[0].subjek,
                places(off),
                word,
                right,
                f"Kata bilangan “{word}” tidak baku; bentuk bakunya “{right}”.",
            )


@rule("angka-huruf", "banyaknya dengan angka dengan banyaknya dengan huruf", "minor")
def figure_and_word(evidence: Evidence) -> Iterator[Hit]:
    """Find ``15 (lima belas)`` whose two halves differ."""
    for one in evidence.statements:
        match = re.fullmatch(r"(\d+)\s*\(([a-z ]+)\)", one.nilai.strip(), re.IGNORECASE)
        if match and read_words(match[2]) is not None and read_words(match[2]) != int(match[1]):
            yield Hit(
                one.subjek,
                one.letak,
                one.nilai,
                terbilang(int(match[1])),
                f"Angka {match[1]} ditulis dengan huruf “{match[2]}”.",
            )


@rule("banyaknya", "banyaknya yang disebut dengan banyaknya yang didaftar", "minor")
def stated_counts(evidence: Evidence) -> Iterator[Hit]:
    """Find a stated number of things against the things."""
    for one in evidence.statements:
        counted = _counted(evidence, one)
        match = re.match(r"\s*(\d+)", one.nilai)
        if counted is None or match is None or int(match[1]) == counted[0]:
            continue
        yield Hit(
            one.subjek,
            f"{one.letak}; {counted[1]}",
            one.nilai,
            str(counted[0]),
            f"{one.uraian[:1].upper()}{one.uraian[1:]} dinyatakan {one.nilai}, sedangkan yang"
            f" terdaftar {counted[0]} ({terbilang(counted[0])}) menurut {counted[1]}.",
        )


@rule("lompat-nomor", "urutan nomor dengan deret yang utuh", "editorial")
def gaps(evidence: Evidence) -> Iterator[Hit]:
    """Find numbers left out or used twice."""
    for one in (s for _, group in evidence.subjects(r".+/penomoran") for s in group):
        numbers = [int(part) for part in re.findall(r"\d+", one.nilai)]
        yield from _sequence(one.subjek, one.letak, numbers, "Penomoran")
    numbers = [int(number) for number in evidence.column("survei_nps", "no")]
    if numbers:
        last = [s for _, g in evidence.subjects(r".+/responden/nomor-terakhir") for s in g]
        where = "; ".join(filter(None, [places(last), evidence.place("survei_nps", [])]))
        yield from _sequence("survei_nps/no", where, numbers, "Nomor urut responden")
    for source, column in (("hasil_layanan", "no"), ("target_smart", "no"), ("revisi_dipa", "no")):
        found = [int(r[column]) for r in evidence.all_rows(source) if r.get(column) is not None]
        yield from _sequence(
            f"{source}/no",
            evidence.place(source, []) if found else "",
            list(dict.fromkeys(found)),
            "Nomor urut",
        )


@rule("nomor-sasaran", "nomor sasaran di satu dokumen dengan dokumen lain", "editorial")
def numbers_of_goals(evidence: Evidence) -> Iterator[Hit]:
    """Find goals whose number differs by document; one finding per document that departs."""
    given: dict[str, dict[str, int]] = {}
    for match, group in evidence.subjects(r"sasaran/([^/]+)/nomor"):
        for one in group:
            number = _ROMAN.get(one.nilai.strip()) or (
                int(one.nilai) if one.nilai.strip().isdigit() else None
            )
            if number is not None:
                given.setdefault(one.letak, {})[match[1]] = number
    usual = {
        goal: Counter(numbers[goal] for numbers in given.values() if goal in numbers).most_common(1)
        for goal in {goal for numbers in given.values() for goal in numbers}
    }
    for letak, numbers in given.items():
        told_by_gap = evidence.stated(f"dokumen/tabel/{letak.split()[-1]}/penomoran")
        if told_by_gap and len(set(numbers.values())) < max(numbers.values()):
            continue  # the gap in its own numbering explains the difference
        off = {goal: n for goal, n in sorted(numbers.items()) if n != usual[goal][0][0]}
        if off:
            told = ", ".join(f"{goal}: {n}" for goal, n in off.items())
            right = ", ".join(f"{goal}: {usual[goal][0][0]}" for goal in off)
            yield Hit(
                "sasaran/nomor",
                letak,
                told,
                right,
                f"Nomor sasaran di {letak} berbeda dengan dokumen lain ({told}; dokumen lain"
                f" {right}).",
            )


def _counted(evidence: Evidence, one: Statement) -> tuple[int, str] | None:
    contract = evidence.all_rows("target_perjanjian_kinerja")
    if one.subjek == "dokumen/jumlah-indikator" and contract:
        return len({dashed(row["kode"]) for row in contract}), evidence.place(
            "target_perjanjian_kinerja", contract
        )
    if one.subjek == "dokumen/jumlah-sasaran" and contract:
        return len({row["sasaran"] for row in contract}), evidence.place(
            "target_perjanjian_kinerja", contract
        )
    if one.subjek == "anggaran/revisi/jumlah":
        rows = [row for row in evidence.revisions() if row.get("no") is not None]
        return (len(rows), evidence.place("revisi_dipa", rows)) if rows else None
    match = re.fullmatch(r"(.+)/jumlah-kro", one.subjek)
    if match:
        listed = evidence.stated(f"{match[1]}/daftar-kro")
        number = re.match(r"\s*(\d+)", one.nilai)
        if listed and number and len(listed[0].nilai.split(",")) != int(number[1]):
            return len(listed[0].nilai.split(",")), listed[0].letak
        return _outputs_in_dipa(evidence, match[1].partition("/")[2])
    return None


def _outputs_in_dipa(evidence: Evidence, program: str) -> tuple[int, str] | None:
    """Count the KRO of a programme in the DIPA."""
    rows = [r for r in evidence.all_rows("dipa_ro") if str(r.get("kode_program")) == program]
    codes = {row["kode_kro"] for row in rows if row.get("kode_kro") is not None}
    return (len(codes), evidence.place("dipa_ro", rows)) if codes else None


def _sequence(subject: str, letak: str, numbers: Sequence[int], what: str) -> Iterator[Hit]:
    if len(numbers) < 2:
        return
    lacking = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers))
    again = sorted(number for number, times in Counter(numbers).items() if times > 1)
    if lacking or again:
        yield Hit(
            subject,
            letak,
            f"{min(numbers)}–{max(numbers)}, {len(numbers)} baris",
            _missing(lacking, again),
            f"{what} tidak utuh: {_missing(lacking, again)}.",
        )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (", …" if len(numbers) > 20 else "")


def _missing(lacking: Sequence[int], again: Sequence[int]) -> str:
    parts = [
        f"nomor {_listed(lacking)} tidak ada" if lacking else "",
        f"nomor {_listed(again)} berulang" if again else "",
    ]
    return "; ".join(part for part in parts if part)


RULES = rules_of(globals())
