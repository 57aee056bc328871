"""One indicator in words: definition, result and analysis, details, activities, what is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pp39.characters import capital
from pp39.indicators.achievement import judge_of
from pp39.indicators.compute import told_unlike
from pp39.indicators.gaps import told_gaps
from pp39.ledger import Computed, Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import FormulaLine, Heading, Note, Prose
from pp39.report.figure import Picture
from pp39.report.inline import Bold, Part, Phrase, Reference
from pp39.report.sections.bahan import BELUM, TERTINGGAL, Bahan, Capaian
from pp39.report.sections.capaian import (
    catatan,
    isian,
    menurut_status,
    per_triwulan,
)
from pp39.report.sections.detail import details
from pp39.report.sections.kalimat import (
    Quote,
    deret,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    mutlak,
    rapikan,
    triwulan,
)
from pp39.report.sections.penilaian import hasil, kalimat_kelas, uraian_kendala, usulan
from pp39.report.sections.todo import keadaan

# What the label of the activities that were held says already.
_HELD = re.compile(r"^(?:telah )?terlaksananya ", re.IGNORECASE)


def bagian_sasaran(b: Bahan, kode: str) -> list[Block]:
    """Compose the section of one sasaran: an opening, then each of its indicators with data."""
    members = [one for one in b.capaian() if one.indikator.kode_sasaran == kode]
    known = [one for one in members if one.has_data]
    silent = [(one, told) for one in members if not one.has_data and (told := _tercatat(b, one))]
    if not known and not silent:
        return []
    blocks: list[Block] = [
        Heading(1, f"Sasaran {kode}: {b.params.sasaran[kode]}"),
        Prose("Pada sasaran ini, ", menurut_status(b, members), "."),
    ]
    for one in known:
        blocks += uraian(b, one)
    for one, told in silent:
        blocks += [Prose(Bold(kutip(f"{one.kode} {one.indikator.nama}."))), *told]
    return blocks


def uraian(b: Bahan, c: Capaian) -> list[Block]:
    """Compose the text of one indicator with its detail tables and charts."""
    blocks: list[Block] = [
        Heading(2, f"{c.kode} {c.indikator.nama}", kind="tanpa-nomor"),
        Prose(Bold("Definisi dan formula."), " ", *_definisi(b, c)),
    ]
    made = c.realisasi
    if made is not None and made.id and isinstance(made.origin, Computed):
        blocks.append(FormulaLine(made))
    below = details(b, c)
    told = [*analisis(b, c), *_rincian(below)]
    blocks.append(Prose(Bold("Hasil dan analisis."), " ", *told))
    doubts = [kutip(one) for one in catatan(b, c.kode)]
    if doubts:
        blocks.append(Note("Catatan penting", doubts, "peringatan"))
    # A tall chart lets what follows go on where it does not fit: the tables fill the page.
    blocks += sorted(below, key=lambda one: not (isinstance(one, Picture) and one.tall))
    return [*blocks, *_tercatat(b, c), *_tindak_lanjut(b, c)]


def analisis(b: Bahan, c: Capaian) -> list[Part]:
    """Tell what came out: result, class, sentences of the profile, change."""
    told = [*hasil(b, c), *_kurang(c), *kalimat_kelas(b, c), *_kalimat(b, c), *_perubahan(b, c)]
    return [*told, *_setahun(b, c)]


def _rincian(below: Sequence[Block]) -> list[Part]:
    """Refer to the tables and charts that stand below; those for the audit are not printed."""
    shown = [one.describe() for one in below]
    named = [Reference(one.label) for one in shown if not one.audit]
    return [" Rinciannya disajikan pada ", gabung(named), "."] if named else []


def _definisi(b: Bahan, c: Capaian) -> list[Part]:
    """Tell what is measured; then formula, direction, source, regulation and who is in charge."""
    one = c.indikator
    parts: list[Part] = [Quote(kalimat_utuh(one.definisi)), " Formula: "]
    parts.append(Quote(kecil_awal(kalimat_utuh(one.rumus)).removesuffix(".")))
    if one.polaritas == "turun":
        parts.append(" (nilai yang lebih rendah lebih baik)")
    if one.polaritas == "rentang":
        parts.append(" (nilai terbaik ialah yang berada di dalam rentang targetnya)")
    parts += [". Datanya bersumber dari ", kutip(kecil_awal(rapikan(one.sumber)))]
    more: list[Part] = []
    if one.dasar and not one.dasar.startswith("Perjanjian"):
        basis = one.dasar if "Nomor" in one.dasar else kecil_awal(one.dasar)
        more.append(Phrase("rujukan ", kutip(basis)))
    if pic := b.pic(one):
        more.append(Phrase("penanggung jawab ", kutip(pic)))
    if more:
        parts += [", dengan ", gabung(more)]
    return [*parts, "."]


def _kurang(c: Capaian) -> list[Part]:
    """Tell which months and values of rows the realisation was made without."""
    found = told_gaps("" if c.realisasi is None else c.realisasi.note)
    return [part for one in found for part in (" ", kutip(one))]


def _kalimat(b: Bahan, c: Capaian) -> list[Part]:
    if c.indikator.kalimat is None:
        return []
    said = f"{c.indikator.nama} {Phrase(*kalimat_kelas(b, c)).plain()}"
    told = b.stories[c.kode].sentence(c.indikator.kalimat, "kalimat", said=said)
    return [" ", *told] if Phrase(*told).plain().strip() else []


def _perubahan(b: Bahan, c: Capaian) -> list[Part]:
    """Tell the change since the quarter before."""
    parts: list[Part] = []
    name = kutip(c.singkat or c.kode)
    change, before = c.q("perubahan"), c.q("sebelumnya")
    if change is not None and before is not None and b.quarter.number > 1:
        earlier = triwulan(Quarter(b.quarter.number - 1))
        shown = mutlak(change)
        if not change.value:
            parts += [" ", name, " tidak berubah dari ", earlier, "."]
        elif not any(digit in shown.plain() for digit in "123456789"):
            parts += [" ", name, " hampir sama dengan ", earlier, " (", before, ")."]
        else:
            verb = "naik" if change.value > 0 else "turun"
            parts += [" ", name, f" {verb} ", shown, " dari ", earlier, " (", before, ")"]
            parts += ["." if _tampak(c, before, change) else ", dihitung sebelum pembulatan."]
        if change.note:
            parts += [" ", kutip(change.note)]
    return parts


def _setahun(b: Bahan, c: Capaian) -> list[Part]:
    """Tell what the status of a year rests on, and how each quarter stood when it ended.

    Of what is known of one quarter alone there is nothing to tell apart.
    """
    quarters = per_triwulan(b, c)
    alone = c.indikator.sifat == "triwulan" and sum(made is not None for _, made in quarters) > 1
    if not b.period.is_year or not alone or c.target is None:
        return []
    groups, unlike = dict[str, list[Part]](), list[str]()
    for quarter, made in quarters:
        unlike += filter(None, [told_unlike(made.note if made is not None else "")])
        then, told = BELUM, list[Part]()
        if made is not None:
            then = judge_of(replace(b, on=quarter))(c.kode, made.value, None)
            told = deret(" (", made, ")")
        groups.setdefault(replace(c, status=then).worded, []).append(Phrase(str(quarter), *told))
    rest = "data semua triwulan" if b.of_year(c.kode) else f"nilai triwulan {b.quarter}"
    told = [part for status, many in groups.items() for part in ("; ", gabung(many), " ", status)]
    told = [f" Status setahun menurut {rest}; dinilai per triwulan: ", *told[1:], "."]
    return [*told, *(part for one in unlike for part in (" ", kutip(one)))]


def _tampak(c: Capaian, before: Quantity, change: Quantity) -> bool:
    """Tell whether the figures as printed give the change that is printed."""
    assert c.realisasi is not None
    now, then, shown = (one.printed for one in (c.realisasi, before, change))
    return now - then == shown


def _done(b: Bahan, c: Capaian) -> list[str]:
    rows = b.masa_ini("realisasi_kegiatan", kode=c.kode)
    done = (_HELD.sub("", rapikan(one.teks("kegiatan")).rstrip(".")) for one in rows)
    return list({one.casefold(): one for one in done}.values())


def _tercatat(b: Bahan, c: Capaian) -> list[Block]:
    """Tell what the unit recorded: what was done, what stood in the way."""
    done, blocks = _done(b, c), list[Block]()
    if done:
        listed = [capital(done[0]), *(kecil_awal(one) for one in done[1:])]
        blocks.append(Prose(Bold("Kegiatan yang terlaksana."), " ", Quote("; ".join(listed)), "."))
    stood = uraian_kendala(isian(b, c, "kendala"))
    if stood:
        blocks.append(Prose(Bold("Kendala."), " ", *stood))
    return blocks


def _tindak_lanjut(b: Bahan, c: Capaian) -> list[Block]:
    """Tell the step the unit recorded; a draft proposes one where there is none."""
    note = isian(b, c, "tindak_lanjut")
    if note.jenis == "ada":
        return [Prose(Bold("Tindak lanjut."), " ", kutip(kalimat_utuh(note.teks)))]
    told: list[Part] = []
    if note.jenis == "kata saja":
        told += [" Yang tercatat, “", kutip(note.teks), "”, belum menyebut langkahnya."]
    elif c.status in TERTINGGAL:
        told += [" Langkah perbaikan ", kutip(c.kode), " belum ditetapkan."]
    if keadaan(b) == "draf":
        told += [" ", Bold("Usulan (setujui atau ganti):"), " ", *usulan(b, c)]
    return [Prose(Bold("Tindak lanjut."), *told)] if told else []
