"""Rules of completeness: what is said of all but some, and lists that lack one of their members."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pp39.findings.evidence import Evidence, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement
from pp39.findings.wording import plain

# Fewer than this share of the members is no list that should hold all of them.
_MOST = 0.6
_NARRATIVE = re.compile(r".*\bnarasi \d+")


@shape_of("hasil-tak-disebut")
def results_left_out(evidence: Evidence) -> Iterator[Hit]:
    """Find places that state the result of most indicators but not of all."""
    told: dict[str, set[str]] = {}
    narrated: dict[str, str] = {}
    for one in evidence.statements:
        if one.head not in evidence.codes:
            continue
        if one.tail == "realisasi" and one.nilai:
            told.setdefault(one.letak, set()).add(one.head)
        if _NARRATIVE.fullmatch(one.letak):
            narrated.setdefault(one.head, one.letak)
    for letak, codes in told.items():
        lacking = [code for code in evidence.codes if code not in codes]
        if lacking and len(codes) >= len(evidence.codes) * _MOST:
            yield _left_out(evidence, letak, letak, lacking)
    said = [code for code, letak in narrated.items() if code in told.get(letak, set())]
    lacking = [code for code in evidence.codes if code in narrated and code not in said]
    # What one narrative says the others may leave out, once most of them say it.
    if lacking and said:
        where = "; ".join(narrated[code] for code in lacking)
        yield _left_out(evidence, "narasi", where, lacking)


def _left_out(evidence: Evidence, place: str, where: str, lacking: Sequence[str]) -> Hit:
    names = ", ".join(map(evidence.code, lacking))
    known = [
        f"{evidence.code(code)}: {result.text()}"
        for code in lacking
        if (result := evidence.computed(f"{code}/realisasi")) is not None
    ]
    return Hit(
        f"dokumen/realisasi/{plain(place).replace(' ', '-')}",
        where,
        f"tanpa realisasi {names}",
        "realisasi setiap indikator",
        f"Realisasi {names} tidak disebut di sini, sedangkan realisasi indikator lainnya disebut."
        + (f" Hasil hitungan: {'; '.join(known)}." if known else ""),
    )


@shape_of("status-tak-disebut")
def missed_in_silence(evidence: Evidence) -> Iterator[Hit]:
    """Find missed targets of which nobody says so, though it is said of others."""
    missed = [
        (code, value)
        for code in evidence.codes
        if (value := evidence.achievement(code)) is not None and value < 100
    ]
    spoken = [code for code, _ in missed if evidence.stated(f"{code}/status")]
    for code, value in missed:
        if spoken and code not in spoken:
            said = evidence.stated(f"{code}/capaian") or evidence.stated(f"{code}/realisasi")
            yield Hit(
                f"{code}/status",
                places(said) or "seluruh laporan",
                "tidak dinyatakan",
                f"capaian {digits(value, least=2)}%",
                f"{evidence.short(code)} tidak mencapai target (capaian"
                f" {digits(value, least=2)}%), tetapi laporan tidak menyatakannya, berbeda dengan"
                " indikator lain yang tidak tercapai.",
            )


@shape_of("kolom-kosong")
def empty_remarks(evidence: Evidence) -> Iterator[Hit]:
    """Find remarks (kendala, tindak lanjut) left blank at a place; one finding per place."""
    kinds = {"kendala": "kendala", "rekomendasi": "saran tindak lanjut"}
    blank: dict[str, list[Statement]] = {}
    filled: Counter[str] = Counter()
    for one in evidence.statements:
        if one.jenis == "klaim" and one.tail in kinds and one.head in evidence.codes:
            if one.nilai:
                filled[one.tail] += 1
            else:
                blank.setdefault(one.letak, []).append(one)
    for letak, empty in blank.items():
        told = "; ".join(
            f"{kinds[tail]} {', '.join(s.head.replace('-', ' ', 1) for s in same)}"
            for tail in kinds
            if (same := [s for s in empty if s.tail == tail]) and filled[tail]
        )
        if told:
            yield Hit(
                f"{empty[0].head}/{empty[0].tail}-kosong",
                letak,
                "kosong",
                "uraian atau “tidak ada”",
                f"Sel {told} kosong, sedangkan pada indikator lain diisi.",
            )


@shape_of("daftar-anggota")
def lists_of_goals(evidence: Evidence) -> Iterator[Hit]:
    """Find lists of goals in which one stands twice and another not at all."""
    official = {code: plain(name) for code, name in evidence.settings.params.sasaran.items()}
    lists: dict[str, list[str]] = {}
    for _, group in evidence.subjects(r"sasaran/[^/]+/nama"):
        for one in group:
            lists.setdefault(one.letak, []).append(plain(one.nilai))
    for letak, names in lists.items():
        twice = [code for code, name in official.items() if names.count(name) > 1]
        lacking = [code for code, name in official.items() if name not in names]
        if len(names) == len(official) and twice and lacking:
            yield Hit(
                "sasaran/daftar",
                letak,
                f"dua kali: {', '.join(twice)}",
                f"tidak ada: {', '.join(lacking)}",
                f"Daftar sasaran di {letak} memuat {', '.join(twice)} dua kali dan tidak memuat"
                f" {', '.join(lacking)}; isinya tampaknya bergeser.",
            )


@shape_of("tabel-tanpa-rujukan")
def tables_nobody_names(evidence: Evidence) -> Iterator[Hit]:
    """Find tables the text never speaks of, though it does of most others."""
    labels: dict[str, tuple[str, str]] = {}
    named: set[str] = set()
    for match, group in evidence.subjects(r"dokumen/tabel/([^/]+)/nomor"):
        for one in group:
            if "sebutan" in one.uraian:
                named.add(match[1])
            else:
                labels[match[1]] = one.nilai, one.letak
    lacking = [number for number in labels if number not in named]
    if lacking and len(named) >= len(labels) * _MOST:
        for number in lacking:
            label, letak = labels[number]
            yield Hit(
                f"dokumen/tabel/{number}/rujukan",
                letak,
                label,
                "disebut dalam teks",
                f"{label} tidak disebut dalam teks, sedangkan tabel lainnya disebut.",
            )


@shape_of("kegiatan-lain")
def other_activities(evidence: Evidence) -> Iterator[Hit]:
    """Find what was done told at two places without a single common word of weight."""
    for code in evidence.codes:
        lists: dict[str, list[Statement]] = {}
        for _, group in evidence.subjects(rf"{re.escape(code)}/realisasi-kegiatan(?:/\d+)?"):
            for one in group:
                lists.setdefault(one.letak, []).append(one)
        (first, base), *others = list(lists.items()) or [("", [])]
        ours = _words(base)
        for letak, items in others:
            theirs = _words(items)
            if ours and theirs and not ours & theirs:
                yield Hit(
                    f"{code}/realisasi-kegiatan/{plain(letak).replace(' ', '-')}",
                    f"{letak}; {first}",
                    "; ".join(one.nilai for one in items),
                    f"{len(base)} butir lain di {first}",
                    f"Realisasi kegiatan {evidence.short(code)} di {letak} sama sekali berbeda"
                    f" dengan yang di {first}.",
                )


def _words(items: Sequence[Statement]) -> set[str]:
    """Give the stems of the long words, without those that begin every activity."""
    common = {"telah", "dilaku", "melaku", "terlak", "kegiat", "layana", "pelaks", "tersed"}
    words = {word[:6] for one in items for word in plain(one.nilai).split() if len(word) > 4}
    return words - common
