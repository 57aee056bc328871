"""3.2 and 3.3: obstacles of the performance contract and of the activities, and the follow-up."""

from __future__ import annotations

from pp39.report.block import Block
from pp39.report.document import Daftar, Judul, Prosa
from pp39.report.inline import Angka, Part, Rujukan, Teks
from pp39.report.isi.bahan import TIDAK, Bahan, Capaian, Rekam
from pp39.report.isi.capaian import isian
from pp39.report.isi.kalimat import besar_awal, deret, gabung, kutip, rapikan, triwulan
from pp39.report.isi.penilaian import baca_kendala
from pp39.report.isi.progres import bulan_data, tertinggal

__all__ = ["hambatan", "langkah_tindak_lanjut", "tanpa_kendala"]


def tanpa_kendala(b: Bahan) -> list[Capaian]:
    """Give the indicators that missed their target and have no obstacle on record."""
    return [
        one
        for one in b.capaian()
        if one.status == TIDAK and isian(b, one, "kendala").jenis != "ada"
    ]


def hambatan(b: Bahan) -> list[Block]:
    """Compose 3.2 with 3.2.1 and 3.2.2."""
    return [
        Judul(2, "Hambatan dan Kendala Pelaksanaan", label="bagian-kendala"),
        Judul(3, "Hambatan dan Kendala Pelaksanaan Perjanjian Kinerja"),
        *_lingkup(b, "perjanjian_kinerja", "pelaksanaan perjanjian kinerja"),
        *_per_indikator(b),
        Judul(3, "Hambatan dan Kendala Pelaksanaan Kegiatan"),
        *_lingkup(b, "kegiatan", "pelaksanaan kegiatan"),
        *_per_program(b),
    ]


def langkah_tindak_lanjut(b: Bahan) -> list[Block]:
    """Compose 3.3: what the unit recorded, and what the figures call for beyond that."""
    rows = b.kini("tindak_lanjut", lingkup="umum")
    blocks: list[Block] = [Judul(2, "Langkah Tindak Lanjut", label="bagian-tindak-lanjut")]
    if rows:
        blocks += [
            Prosa("Langkah tindak lanjut yang ditetapkan unit pada ", triwulan(b.quarter), ":"),
            Daftar(
                *(
                    Teks(
                        kutip(besar_awal(row.teks("uraian"))),
                        *_pelaku(row),
                    )
                    for row in rows
                ),
                jenis="angka",
            ),
        ]  # fmt: skip
    else:
        blocks.append(
            Prosa(
                "Langkah tindak lanjut ", triwulan(b.quarter), " belum tercatat pada data sumber."
            )
        )
    further = _dari_angka(b)
    if further:
        blocks += [
            Prosa(
                "Berdasarkan hasil perhitungan dalam laporan ini, hal berikut juga perlu dilakukan:"
            ),
            Daftar(*further, jenis="angka"),
        ]
    return blocks


def _lingkup(b: Bahan, lingkup: str, nama: str) -> list[Block]:
    notes = [baca_kendala(one.teks("uraian")) for one in b.kini("kendala", lingkup=lingkup)]
    named = [one for one in notes if one.jenis in ("ada", "pelaksana")]
    if named:
        listed = (kutip(besar_awal(rapikan(part))) for one in named for part in one.teks.split(";"))
        return [Prosa(f"Kendala {nama} yang dicatat unit ialah:"), Daftar(*listed, jenis="angka")]
    if notes:
        return [
            Prosa(f"Unit melaporkan tidak ada kendala dalam {nama} pada ", triwulan(b.quarter), ".")
        ]
    return [Prosa(f"Data kendala {nama} untuk ", triwulan(b.quarter), " belum tersedia.")]


def _per_indikator(b: Bahan) -> list[Block]:
    noted = [(one, isian(b, one, "kendala")) for one in b.capaian()]
    blocks: list[Block] = []
    own = [(one, note) for one, note in noted if note.jenis == "ada"]
    if own:
        blocks += [
            Prosa("Kendala yang dicatat pada tingkat indikator:"),
            Daftar(*(Teks(kutip(one.kode), ": ", kutip(note.teks)) for one, note in own)),
        ]
    bare = tanpa_kendala(b)
    if bare:
        blocks.append(
            Prosa(
                "Target ", gabung([Teks(kutip(one.kode), *_capaian(one)) for one in bare]),
                " tidak tercapai tanpa uraian kendala. Unit pelaksana wajib melengkapinya karena "
                "tanpa kendala yang jelas tindak lanjut tidak dapat ditetapkan.",
            )
        )  # fmt: skip
    names = [(one, note) for one, note in noted if note.jenis == "pelaksana"]
    if names:
        blocks.append(
            Prosa(
                "Pada ", gabung([Teks(kutip(one.kode), " (“", kutip(note.teks), "”)")
                                 for one, note in names]),
                " kolom kendala berisi nama pelaksana, bukan uraian hambatan, sehingga perlu "
                "diperbaiki pada data sumber.",
            )
        )  # fmt: skip
    return blocks


def _per_program(b: Bahan) -> list[Block]:
    items: list[Part] = []
    for row in b.kini("kendala"):
        scope = row.teks("lingkup")
        if scope.startswith(("program ", "kro ")):
            kind, code = scope.split(" ", 1)
            name = "Program " if kind == "program" else "KRO "
            note = baca_kendala(row.teks("uraian"))
            told = "tidak ada kendala yang dilaporkan" if note.jenis == "nihil" else note.teks
            items.append(Teks(name, kutip(code), ": ", kutip(told)))
    if not items:
        return []
    return [Prosa("Menurut program dan KRO, kendala yang dicatat ialah:"), Daftar(*items)]


def _dari_angka(b: Bahan) -> list[Part]:
    items: list[Part] = []
    missed = [one for one in b.capaian() if one.status == TIDAK]
    if missed:
        items.append(
            Teks(
                "Menetapkan rencana perbaikan dan penanggung jawab untuk ",
                gabung([Teks(kutip(one.kode), *_capaian(one)) for one in missed]),
                "."
            )
        )  # fmt: skip
    bare = tanpa_kendala(b)
    if bare:
        items.append(
            Teks("Melengkapi uraian kendala ", gabung([kutip(one.kode) for one in bare]),
                 ", yang targetnya tidak tercapai.")
        )  # fmt: skip
    months = bulan_data(b)
    lacking = [one for one in b.quarter.upto if one not in months]
    if lacking:
        items.append(
            Teks("Memutakhirkan data progres RO sampai dengan akhir ", triwulan(b.quarter), ".")
        )
    behind = tertinggal(b)
    if behind:
        items.append(
            Teks("Mempercepat RO yang tertinggal dari rencana, yaitu ",
                 gabung([kutip(one) for one in behind]), " (", Rujukan("tabel-progres-posisi"),
                     ").")
        )  # fmt: skip
    pagu, awal = b.q("anggaran/pagu"), b.q("anggaran/pagu-awal")
    if pagu is not None and awal is not None and pagu.value != awal.value:
        items.append(
            Teks("Merekonsiliasi rincian pagu RO (", pagu, ") dengan pagu DIPA (", awal, ").")
        )
    return items


def _pelaku(row: Rekam) -> list[Part]:
    names = [kutip(one) for one in row.teks("pelaku").split(";") if one.strip()]
    return deret(" (pelaksana: ", gabung(names), ")") if names else []


def _capaian(c: Capaian) -> list[Part]:
    return [] if c.capaian is None else [" (", Angka(c.capaian), ")"]
