"""One indicator in words: definition, result and analysis, details, activities, what is done."""

from __future__ import annotations

from pp39.ledger import Computed
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import FormulaLine, Heading, Listing, Prose
from pp39.report.inline import Bold, Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Capaian
from pp39.report.sections.capaian import isian, label_matriks, matriks
from pp39.report.sections.detail import details
from pp39.report.sections.kalimat import (
    Quote,
    besar_awal,
    deret,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    mutlak,
    rapikan,
    triwulan,
)
from pp39.report.sections.penilaian import hasil, kalimat_kelas, rencana, uraian_kendala

__all__ = ["bagian_sasaran", "uraian"]


def bagian_sasaran(b: Bahan, kode: str) -> list[Block]:
    """Compose the section of one sasaran: an opening, then each of its indicators with data.

    Parameters
    ----------
    b : Bahan
        The material.
    kode : str
        Code of the sasaran.
    """
    members = [one for one in b.capaian() if one.indikator.kode_sasaran == kode]
    known = [one for one in members if one.has_data]
    if not known:
        return []
    return [
        Heading(1, f"Sasaran {kode}: {b.params.sasaran[kode]}"),
        Prose(*_pembuka(b, kode, members, known)),
        *(block for one in known for block in uraian(b, one)),
    ]


def uraian(b: Bahan, c: Capaian) -> list[Block]:
    """Compose the text of one indicator with its detail tables and charts."""
    blocks: list[Block] = [
        Heading(2, f"{c.kode} {c.indikator.nama}", kind="tanpa-nomor"),
        Prose(Bold("Definisi dan formula."), " ", *_definisi(c)),
    ]
    made = c.realisasi
    if made is not None and made.id and isinstance(made.origin, Computed):
        blocks.append(FormulaLine(made))
    told = [*hasil(b, c), *kalimat_kelas(b, c), *_kalimat(b, c), *_perubahan(b, c)]
    blocks.append(Prose(Bold("Hasil dan analisis."), " ", *told))
    blocks += details(b, c)
    blocks += _pelaksanaan(b, c)
    stood = uraian_kendala(c, isian(b, c, "kendala"))
    if stood:
        blocks.append(Prose(Bold("Kendala."), " ", *stood))
    going = rencana(b, c, isian(b, c, "tindak_lanjut"))
    return [*blocks, Prose(Bold("Tindak lanjut."), " ", *going)]


def _pembuka(b: Bahan, kode: str, members: list[Capaian], known: list[Capaian]) -> list[Part]:
    parts: list[Part] = ["Sasaran ini diukur dengan ", gabung([kutip(c.kode) for c in members])]
    good = [one for one in known if one.reached]
    if len(good) == len(members):
        parts += [", dan targetnya tercapai"] if len(members) == 1 else [", yang semuanya tercapai"]
    elif good:
        parts += ["; yang targetnya tercapai ialah ", gabung([kutip(one.kode) for one in good])]
    lacking = [kutip(one.kode) for one in members if not one.has_data]
    if lacking:
        parts += ["; data ", gabung(lacking), " pada ", triwulan(b.quarter), " belum tersedia"]
    parts.append(".")
    if "matriks" in b.due and matriks(b, kode, members) is not None:
        parts += [" Matriks capaiannya disajikan pada ", Reference(label_matriks(kode)), "."]
    return parts


def _definisi(c: Capaian) -> list[Part]:
    one = c.indikator
    parts: list[Part] = [
        Quote(kalimat_utuh(one.definisi)),
        " Formula: ",
        Quote(kecil_awal(kalimat_utuh(one.rumus))),
    ]
    if one.polaritas == "turun":
        parts.append(" Nilai yang lebih rendah lebih baik.")
    parts += [" Data bersumber dari ", kutip(kecil_awal(rapikan(one.sumber)))]
    if one.dasar and not one.dasar.startswith("Perjanjian"):
        basis = one.dasar if "Nomor" in one.dasar else kecil_awal(one.dasar)
        parts += [", dengan mengacu pada ", kutip(basis)]
    return [*parts, "."]


def _kalimat(b: Bahan, c: Capaian) -> list[Part]:
    if c.indikator.kalimat is None:
        return []
    told = b.stories[c.kode].sentence(c.indikator.kalimat, "kalimat")
    return [" ", *told] if Phrase(*told).plain().strip() else []


def _perubahan(b: Bahan, c: Capaian) -> list[Part]:
    """Tell the change since the quarter before, and the year's physical progress."""
    parts: list[Part] = []
    change, before = c.q("perubahan"), c.q("sebelumnya")
    if change is not None and before is not None and b.quarter.number > 1:
        earlier = triwulan(Quarter(b.quarter.number - 1))
        if change.value:
            verb = "naik" if change.value > 0 else "turun"
            parts += [" Dibandingkan dengan ", earlier, " (", before, f"), nilainya {verb} "]
            parts += [mutlak(change), "."]
        else:
            parts += [" Nilainya sama dengan ", earlier, "."]
    goal, real = c.q("fisik/target"), c.q("fisik/realisasi")
    if real is not None and goal is not None and real.value < goal.value:
        parts += [" Realisasi fisik kegiatannya ", real, " dari target fisik ", goal, "."]
    return parts


def _pelaksanaan(b: Bahan, c: Capaian) -> list[Block]:
    done = b.kini("realisasi_kegiatan", kode=c.kode)
    if not done:
        return []
    real = c.q("fisik/realisasi")
    progress = deret(" (realisasi fisik ", real, ")") if real is not None else []
    opening: list[Part] = ["Kegiatan yang terlaksana pada ", triwulan(b.quarter), *progress, ":"]
    listed = (Quote(besar_awal(rapikan(one.teks("kegiatan")))) for one in done)
    return [Prose(*opening), Listing(*listed)]
