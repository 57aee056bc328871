"""Rules about the document itself: captions, headings, contents list, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of


@shape_of("rujukan-tabel")
def references(evidence: Evidence) -> Iterator[Hit]:
    """Find a table referred to under another number than its caption's."""
    for match, group in evidence.subjects(r"dokumen/(?:tabel|gambar)/([^/]+)/nomor"):
        caption = next((one for one in group if one.letak.startswith("judul")), None)
        for one in group:
            if caption is None or one is caption:
                continue
            if one.nilai.casefold().strip() != caption.nilai.casefold().strip():
                yield Hit(
                    one.subjek,
                    f"{one.letak}; {caption.letak}",
                    one.nilai,
                    caption.nilai,
                    f"Teks merujuk “{one.nilai}”, sedangkan tabel {match[1]} berjudul"
                    f" “{caption.nilai}”.",
                )


@shape_of("pola-nomor")
def patterns(evidence: Evidence) -> Iterator[Hit]:
    """Find a figure numbered unlike all tables; indicator headings with and without a number."""
    captions = [
        one
        for _, group in evidence.subjects(r"dokumen/(?:tabel|gambar)/[^/]+/nomor")
        for one in group
        if not one.letak.startswith("teks")
    ]
    chaptered = [one for one in captions if re.search(r"\d\.\d", one.nilai)]
    if len(chaptered) >= 3:
        for one in captions:
            if one not in chaptered:
                yield Hit(
                    one.subjek,
                    one.letak,
                    one.nilai,
                    "nomor menurut bab",
                    f"“{one.nilai}” tidak bernomor menurut bab seperti judul lainnya.",
                )
    heads = [one for _, g in evidence.subjects(r"dokumen/judul/[^/]+/nomor") for one in g]
    heads = [one for one in heads if re.match(r"\d\)", one.nilai)]
    bare = [one for one in heads if not re.search(r"\d\s*$", one.nilai)]
    if bare and len(bare) < len(heads):
        yield Hit(
            "dokumen/judul/indikator",
            places(heads),
            f"{len(bare)} judul tanpa nomor indikator",
            f"{len(heads) - len(bare)} judul dengan nomor indikator",
            "Sebagian judul indikator memuat nomor di belakang “Indikator Kinerja”, sebagian"
            " tidak.",
        )


@shape_of("daftar-isi")
def contents(evidence: Evidence) -> Iterator[Hit]:
    """Find contents list against the headings found."""
    spots = {one.letak.casefold() for one in evidence.statements}
    names = {s.nilai.casefold() for _, g in evidence.subjects(r"sasaran/[^/]+/nama") for s in g}
    for match, group in evidence.subjects(r"dokumen/judul/([^/]+)"):
        listed = [one for one in group if one.letak.casefold() == "daftar isi"]
        found = [one for one in group if one.letak.casefold() != "daftar isi"]
        known = any(one.nilai.casefold() in spots for one in group)
        if not listed or not found:
            annex = bool(list(evidence.subjects(r"dokumen/lampiran/.+")))
            if not known and not (annex and match[1] == "lampiran"):
                one = group[0]
                lack = "tidak ditemukan di badan laporan" if listed else "tidak ada di daftar isi"
                yield Hit(one.subjek, one.letak, one.nilai, lack, f"Judul “{one.nilai}” {lack}.")
            continue
        ours, theirs = listed[0].nilai, found[0].nilai
        if any(name in ours.casefold() or name in theirs.casefold() for name in names if name):
            continue  # a goal's name: the rule on names says it
        if _number(ours) != _number(theirs):
            yield Hit(
                listed[0].subjek,
                f"{listed[0].letak}; {found[0].letak}",
                ours,
                theirs,
                f"Penomoran judul berbeda: “{ours}” di daftar isi, “{theirs}” di badan laporan.",
                tingkat="editorial",
            )
        elif _words(ours) != _words(theirs):
            yield Hit(
                listed[0].subjek,
                f"{listed[0].letak}; {found[0].letak}",
                ours,
                theirs,
                f"Judul berbeda: “{ours}” di daftar isi, “{theirs}” di badan laporan.",
                tingkat="editorial",
            )


@shape_of("lampiran")
def annexes(evidence: Evidence) -> Iterator[Hit]:
    """Find annexes listed but absent, and the other way round."""
    groups = [group for _, group in evidence.subjects(r"dokumen/lampiran/\d+")]
    listed = [s for g in groups for s in g if "daftar" in s.letak.casefold()]
    present = [s for g in groups for s in g if "daftar" not in s.letak.casefold()]
    if not listed:
        return
    for some, others, lack in (
        (listed, present, "didaftar tetapi tidak ada"),
        (present, listed, "ada tetapi tidak didaftar"),
    ):
        for one in some:
            if _words(one.nilai) not in {_words(other.nilai) for other in others}:
                yield Hit(one.subjek, one.letak, one.nilai, lack, f"Lampiran “{one.nilai}” {lack}.")


@shape_of("urutan-jumlah")
def order(evidence: Evidence) -> Iterator[Hit]:
    """Find a total printed before the last of its parts."""
    for match, group in evidence.subjects(r"(.+)/urutan"):
        for one in group:
            parts = [part.strip() for part in one.nilai.split(",")]
            totals = [n for n, part in enumerate(parts) if "total" in part.casefold()]
            if totals and totals[-1] < len(parts) - 1:
                after = ", ".join(parts[totals[-1] + 1 :])
                yield Hit(
                    one.subjek,
                    one.letak,
                    one.nilai,
                    "jumlah di akhir",
                    f"Jumlah {match[1]} dicetak sebelum {after}; tidak jelas apakah {after}"
                    " sudah termasuk.",
                )


def _number(title: str) -> str:
    match = re.match(r"\s*(?:BAB\s+)?([IVX]+(?:\.\d+)*|\d+(?:\.\d+)*)\b", title)
    return match[1].casefold() if match else ""


def _words(title: str) -> str:
    bare = re.sub(r"^\s*(?:BAB\s+)?(?:[IVX]+|\d+)(?:\.\d+)*\.?\s", "", title)
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()
