"""Rules about what things are called: wrong words, swapped labels, wrong unit, known terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement
from pp39.findings.wording import distinct, plain, same
from pp39.periods import format_date


@shape_of("sebutan")
def wrong_words(evidence: Evidence) -> Iterator[Hit]:
    """Find a figure called by the name of something else."""
    words = {"capaian": "realisasi", "realisasi": "capaian"}
    for match, group in evidence.subjects(r"([^/]+)/(?:(.+)/)?sebutan"):
        code, what = match[1], match[2] or ""
        for one in distinct(group):
            text = plain(one.nilai)
            other = _other_indicator(evidence, code, text)
            meant = "capaian" if "capaian" in one.uraian else what
            wrong = words.get(meant)
            if other is not None:
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    evidence.short(code),
                    f"{one.uraian[:1].upper()}{one.uraian[1:]} pada bagian"
                    f" {evidence.short(code)} disebut “{one.nilai}”, nama yang lebih sesuai"
                    f" untuk {evidence.short(other)}; tampaknya terbawa dari bagian lain.",
                )
            elif wrong is not None and wrong in text:
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    f"nilai {meant}",
                    f"Angka {meant} {evidence.short(code)} disebut “{one.nilai}”; {meant} dan"
                    f" {wrong} adalah dua besaran yang berbeda.",
                )
            elif what == "realisasi" and "kegiatan" in text and not _activities(evidence, code):
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    str(evidence.indicator(code).satuan),
                    f"Realisasi {evidence.short(code)} dihitung dalam"
                    f" {str(evidence.indicator(code).satuan).casefold()}, tetapi disebut"
                    f" “{one.nilai}”.",
                )
            elif what == "fisik" and "indeks" in text:
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    "realisasi fisik",
                    f"Persentase fisik {evidence.short(code)} disebut “{one.nilai}”, bukan"
                    " realisasi fisik.",
                )
            elif what == "dasar" and "target" in text:
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    "realisasi tahun sebelumnya",
                    f"Nilai dasar {evidence.short(code)} adalah realisasi tahun sebelumnya,"
                    f" tetapi disebut “{one.nilai}”.",
                )


@shape_of("uraian-tertukar")
def swapped_text(evidence: Evidence) -> Iterator[Hit]:
    """Find a description that belongs to another indicator."""
    for match, group in evidence.subjects(r"([^/]+)/uraian-indikator"):
        other = _other_indicator(evidence, match[1], plain(group[0].nilai))
        if other is not None:
            yield Hit(
                group[0].subjek,
                places(group),
                group[0].nilai,
                evidence.short(match[1]),
                f"Uraian {evidence.short(match[1])} berisi penjelasan"
                f" {evidence.short(other)}; naskah indikator itu tampaknya tersalin.",
            )


@shape_of("rumus-ganda")
def several_formulas(evidence: Evidence) -> Iterator[Hit]:
    """Find one indicator, two formulas in words."""
    for match, group in evidence.subjects(r"([^/]+)/rumus"):
        words = [one for one in group if not re.search(r"\d", one.nilai.replace("100", ""))]
        kinds = {plain(one.nilai) for one in words}
        if len(kinds) > 1:
            yield Hit(
                group[0].subjek,
                places(words),
                words[1].nilai,
                words[0].nilai,
                f"Rumus {evidence.short(match[1])} dijelaskan dengan dua cara yang memberi"
                " hasil berbeda.",
            )


@shape_of("label-sasaran")
def labels(evidence: Evidence) -> Iterator[Hit]:
    """Find members of one list called by different kinds."""
    found: dict[str, list[Statement]] = {}
    for _, group in evidence.subjects(r"[^/]+/[^/]+/label"):
        for one in group:
            found.setdefault(one.letak, []).append(one)
    for listed in found.values():
        kinds = Counter(one.nilai for one in listed)
        if len(kinds) > 1:
            told = "; ".join(f"{kind} ({count})" for kind, count in kinds.most_common())
            yield Hit(
                f"{listed[0].subjek.split('/')[0]}/label",
                places(listed),
                told,
                "satu sebutan untuk semua",
                "Butir-butir satu daftar diberi sebutan yang berbeda-beda.",
            )


@shape_of("kolom-tertukar")
def swapped_columns(evidence: Evidence) -> Iterator[Hit]:
    """Find a column of realisation headed "Capaian", and the other way round."""
    found: dict[str, list[Statement]] = {}
    for _, group in evidence.subjects(r"[^/]+/kolom/[0-9]+"):
        for one in group:
            holds = re.search(r"berisi (\w+)", one.uraian)
            if holds is not None and holds[1].casefold() != one.nilai.casefold():
                found.setdefault(one.letak, []).append(one)
    for letak, wrong in found.items():
        heads = "; ".join(dict.fromkeys(f"{s.uraian}: {s.nilai}" for s in wrong))
        codes = ", ".join(dict.fromkeys(one.head for one in wrong))
        yield Hit(
            f"{wrong[0].head}/kolom",
            letak,
            heads,
            "judul kolom sesuai isinya",
            f"Judul kolom realisasi dan capaian tertukar pada tabel ini ({codes}).",
        )


@shape_of("satuan-kerja")
def wrong_unit(evidence: Evidence) -> Iterator[Hit]:
    """Find the unit under another name, or another town's."""
    unit = evidence.settings.params.unit
    for subject, right in (
        (r"dokumen/unit/nama", unit.nama),
        (r"dokumen/unit/singkatan", unit.singkatan),
        (r".+/unit-terkait", unit.singkatan),
    ):
        for _, group in evidence.subjects(subject):
            for one in distinct(group):
                if plain(one.nilai) == plain(right) or plain(one.nilai) in plain(right):
                    continue
                near = SequenceMatcher(None, one.nilai, right).ratio()
                if subject == r".+/unit-terkait" and near < 0.8:
                    continue  # another unit may well be named there
                material = near < 0.97 and right.split()[-1] not in one.nilai
                yield Hit(
                    one.subjek,
                    places(same(one, group)),
                    one.nilai,
                    right,
                    f"Nama satuan kerja tercetak “{one.nilai}”, seharusnya “{right}”;"
                    " tampaknya naskah terbawa dari dokumen lain atau salah ketik.",
                    tingkat="minor" if not material else "material",
                )


@shape_of("jenis-peraturan")
def kinds_of_regulation(evidence: Evidence) -> Iterator[Hit]:
    """Find one kind of regulation under several short names."""
    found: dict[str, list[Statement]] = {}
    for match, group in evidence.subjects(r"dokumen/peraturan/([a-z]+)-[^/]+/nama"):
        found.setdefault(match[1], []).extend(group)
    for kind, cited in found.items():
        names: dict[str, str] = {}
        for one in cited:
            name = re.split(r"\s*(?:nomor|no\.?)?\s*[0-9]", one.nilai, flags=re.IGNORECASE)[0]
            short = plain(name).replace(" ", "")
            if SequenceMatcher(None, short, kind).ratio() > 0.75:
                names.setdefault(plain(name), name)
        if len(names) > 1:
            yield Hit(
                f"dokumen/peraturan/{kind}",
                places(cited),
                "; ".join(names.values()),
                "satu sebutan",
                "Jenis peraturan yang sama disebut dengan beberapa singkatan.",
            )


@shape_of("peraturan-dicabut")
def replaced_regulations(evidence: Evidence) -> Iterator[Hit]:
    """Find regulations cited although another has replaced them."""
    replaced = evidence.settings.params.regulasi.dicabut
    for match, group in evidence.subjects(r"dokumen/peraturan/([^/]+)/nama"):
        by = replaced.get(match[1])
        if by is not None and by.sejak <= evidence.quarter.end(evidence.year):
            yield Hit(
                group[0].subjek,
                places(group),
                group[0].nilai,
                by.oleh,
                f"Rujukan “{group[0].nilai}” tidak berlaku lagi; sejak {format_date(by.sejak)}"
                f" digantikan oleh {by.oleh}.",
            )


@shape_of("istilah")
def terms(evidence: Evidence) -> Iterator[Hit]:
    """Find a known term misspelt."""
    for match, group in evidence.subjects(r"dokumen/istilah/(.+)"):
        for one in distinct(group):
            if one.nilai != match[1]:
                word = re.compile(rf"\b{re.escape(one.nilai)}\b", re.IGNORECASE)
                alike = [s for s in evidence.statements if word.search(s.nilai)]
                yield Hit(
                    one.subjek,
                    places(alike or same(one, group)),
                    one.nilai,
                    match[1],
                    f"Istilah {match[1]} tertulis “{one.nilai}”.",
                )
    for match, group in evidence.subjects(r"([^/]+)/bulan/[0-9]+/nama"):
        items = [
            s for _, g in evidence.subjects(rf"{re.escape(match[1])}/.*-kegiatan/\d+") for s in g
        ]
        for one in distinct(group):
            if any(one.nilai in item.nilai and one.letak == item.letak for item in items):
                continue  # the item's own twin says it
            yield Hit(
                one.subjek,
                places(same(one, group)),
                one.nilai,
                "nama bulan yang baku",
                f"Nama bulan tertulis “{one.nilai}”.",
            )


def _activities(evidence: Evidence, code: str) -> bool:
    """Tell whether what an indicator counts are activities, or it is not registered."""
    registered = evidence.indicator(code)
    return registered is None or "kegiatan" in f"{registered.satuan} {registered.nama}".casefold()


def _other_indicator(evidence: Evidence, code: str, text: str) -> str | None:
    own = _likeness(evidence, code, text)
    best = max(
        ((_likeness(evidence, other, text), other) for other in evidence.codes if other != code),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= 0.6 and best[0] > own + 0.2 else None


def _likeness(evidence: Evidence, code: str, text: str) -> float:
    """Share of the text's words that the indicator's names hold, in stems of five letters."""
    registered = evidence.indicator(code)
    names = [one.nilai for one in evidence.stated(f"{code}/nama")]
    known = " ".join((*names, registered.nama if registered else ""))
    stems = {_stem(word) for word in plain(known).split() if len(word) > 3}
    words = [_stem(word) for word in text.split() if len(word) > 3]
    if len(words) < 2 or not stems:
        return 0.0
    return sum(word in stems for word in words) / len(words)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    bare = re.sub(r"^(?:pe(?=[lr])|pe[mn]?|me[mnlr]?|ke|ber|ter|di)(?=[a-z]{4})", "", word)
    return bare[:4]
