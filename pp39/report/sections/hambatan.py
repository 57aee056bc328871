"""Obstacles of the performance contract and of the activities, and what is done about them."""

from __future__ import annotations

from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Listing, Prose
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import TIDAK, Bahan, Capaian, Rekam
from pp39.report.sections.capaian import isian, sebut_indikator
from pp39.report.sections.kalimat import (
    besar_awal,
    deret,
    gabung,
    kalimat_utuh,
    kutip,
    rapikan,
    triwulan,
)
from pp39.report.sections.penilaian import Isian, baca_kendala
from pp39.report.sections.progres import bulan_data, tertinggal

__all__ = ["kendala_kegiatan", "kendala_perjanjian", "tanpa_kendala", "tindak_lanjut"]


# So many indicators without data are told by code.
_SOME = 5


def tanpa_kendala(b: Bahan) -> list[Capaian]:
    """Give the indicators that missed their target and have no obstacle on record."""
    return [
        one
        for one in b.capaian()
        if one.status == TIDAK and isian(b, one, "kendala").jenis != "ada"
    ]


def kendala_perjanjian(b: Bahan) -> list[Block]:
    """Compose the obstacles of the performance contract, as a whole and by indicator."""
    blocks = _of_scope(b, "perjanjian_kinerja", "pelaksanaan perjanjian kinerja")
    own = [(one, isian(b, one, "kendala")) for one in b.capaian()]
    told = [
        Phrase(kutip(one.kode), ": ", kutip(kalimat_utuh(note.teks)))
        for one, note in own
        if note.jenis == "ada"
    ]
    if told:
        blocks += [Prose("Kendala menurut indikator:"), Listing(*told)]
    bare = [(one, one.capaian) for one in tanpa_kendala(b) if one.capaian is not None]
    if bare:
        blocks.append(
            Prose(
                "Kendala ",
                sebut_indikator(bare),
                " yang targetnya tidak tercapai belum dirumuskan dan akan kami lengkapi.",
            )
        )
    return blocks


def kendala_kegiatan(b: Bahan) -> list[Block]:
    """Compose the obstacles of the activities, as a whole and by programme and KRO."""
    blocks = _of_scope(b, "kegiatan", "pelaksanaan kegiatan")
    items: list[Part] = []
    for row in b.kini("kendala"):
        kind, _, code = row.teks("lingkup").partition(" ")
        note = _note(b, row)
        if code and note.jenis == "ada":
            name = {"program": "Program", "kro": "KRO"}.get(kind, kind.capitalize())
            items.append(Phrase(name, " ", kutip(code), ": ", kutip(kalimat_utuh(note.teks))))
    return [
        *blocks,
        *([Prose("Kendala menurut program dan KRO:"), Listing(*items)] if items else []),
    ]


def tindak_lanjut(b: Bahan) -> list[Block]:
    """Compose what the unit recorded, and what the figures call for beyond that."""
    rows = b.kini("tindak_lanjut", lingkup="umum")
    blocks: list[Block] = []
    if rows:
        blocks += [
            Prose("Langkah tindak lanjut yang kami tetapkan pada ", triwulan(b.quarter), ":"),
            Listing(
                *(Phrase(kutip(_bare(row.teks("uraian"))), *_who(row), ".") for row in rows),
                kind="angka",
            ),
        ]
    further = _from_figures(b)
    if further:
        opening = "Di samping itu, kami akan:" if rows else "Kami akan:"
        blocks += [Prose(opening), Listing(*further, kind="angka")]
    return blocks


def _of_scope(b: Bahan, scope: str, name: str) -> list[Block]:
    notes = [_note(b, one) for one in b.kini("kendala", lingkup=scope)]
    told = [kutip(kalimat_utuh(one.teks)) for one in notes if one.jenis == "ada"]
    if told:
        return [Prose(f"Kendala yang kami hadapi dalam {name}:"), Listing(*told, kind="angka")]
    if notes:
        return [Prose(f"Tidak ada kendala dalam {name} pada ", triwulan(b.quarter), ".")]
    return []


def _note(b: Bahan, row: Rekam) -> Isian:
    return baca_kendala(row.teks("uraian"), b.desks)


def _from_figures(b: Bahan) -> list[Part]:
    items: list[Part] = []
    missed = [(one, one.capaian) for one in b.capaian() if one.status == TIDAK and one.capaian]
    if missed:
        items.append(Phrase("menetapkan rencana perbaikan untuk ", sebut_indikator(missed), ";"))
    months = bulan_data(b) if "progres_bulanan" in b.due else []
    if months and months[-1] < b.quarter.last_month:
        items.append(
            Phrase("memutakhirkan data progres RO sampai dengan akhir ", triwulan(b.quarter), ";")
        )
    behind = tertinggal(b) if "progres_bulanan" in b.due else []
    if behind and b.quarter is not Quarter.IV:
        named = gabung([Phrase(kutip(code), " ", kutip(name)) for code, name in behind])
        items.append(
            Phrase(
                "mempercepat RO yang tertinggal dari rencana, yaitu ",
                named,
                " (",
                Reference("tabel-progres-posisi"),
                ");",
            )
        )
    elif behind:
        items.append(
            Phrase(
                "melaporkan realisasi akhir RO dan menjelaskan RO yang tidak selesai (",
                Reference("tabel-progres-posisi"),
                ");",
            )
        )
    lacking = [one for one in b.capaian() if not one.has_data]
    if len(lacking) > _SOME and "ikhtisar" in b.due:
        items.append(
            Phrase(
                "melengkapi data indikator yang belum tersedia (", Reference("tabel-ikhtisar"), ");"
            )
        )
    elif lacking:
        items.append(Phrase("melengkapi data ", gabung([kutip(one.kode) for one in lacking]), ";"))
    pagu, awal = b.q("anggaran/pagu"), b.q("anggaran/pagu-awal")
    if pagu is not None and awal is not None and pagu.value != awal.value:
        items.append(
            Phrase("mencocokkan rincian pagu RO (", pagu, ") dengan pagu awal DIPA (", awal, ");")
        )
    return [*items[:-1], _ended(items[-1])] if items else []


def _ended(item: Part) -> Part:
    """Close the last item of a list that is one sentence."""
    assert isinstance(item, Phrase)
    last = item.parts[-1]
    assert isinstance(last, str)
    return Phrase(*item.parts[:-1], f"{last.removesuffix(';')}.")


def _bare(text: str) -> str:
    return besar_awal(rapikan(text)).removesuffix(".")


def _who(row: Rekam) -> list[Part]:
    names = [kutip(rapikan(one)) for one in row.teks("pelaku").split(";") if one.strip()]
    return deret(" (pelaksana: ", gabung(names), ")") if names else []
