"""What the report of the quarter before left open or promised, and what became of it."""

from __future__ import annotations

from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.column import Column
from pp39.report.document import Prose
from pp39.report.inline import Reference
from pp39.report.sections.bahan import (
    SESUAI_JALUR,
    SUDAH_TERCAPAI,
    TERCAPAI,
    Bahan,
    Capaian,
    Rekam,
)
from pp39.report.sections.hambatan import langkah_menurut
from pp39.report.sections.kalimat import banyaknya, kalimat_utuh, kutip, triwulan
from pp39.report.sections.penilaian import baca_kendala
from pp39.report.table import Content, Row, Table

_FINE = (TERCAPAI, SUDAH_TERCAPAI, SESUAI_JALUR)


def sejak_laporan_lalu(b: Bahan) -> list[Block]:
    """Hold what the last report said of indicators against now; nothing unless it was sent."""
    said = {one.teks("kode"): one for one in b.rekam("laporan_lalu")}
    if not said or b.quarter is Quarter.I:
        return []
    before = Quarter(b.quarter.number - 1)
    told = [
        (one, said[one.kode], promise)
        for one in b.capaian()
        if one.kode in said
        and ((promise := _promise(b, one, before)) or said[one.kode].teks("status") not in _FINE)
    ]
    blocks: list[Block] = []
    if told:
        blocks += [
            Prose(
                "Laporan ",
                triwulan(before),
                " menyebut ",
                banyaknya(told),
                " indikator yang belum sesuai dengan rencana atau memiliki tindak lanjut;"
                " keadaannya kini disajikan pada ",
                Reference("tabel-sejak-lalu"),
                ".",
            ),
            _table(told),
        ]
    return [*blocks, *langkah_menurut(b, before)]


def _promise(b: Bahan, one: Capaian, before: Quarter) -> str:
    rows = b.rekam("pelaksanaan", triwulan=str(before), kode=one.kode)
    notes = (baca_kendala(row.teks("tindak_lanjut"), b.desks) for row in rows)
    return next((kalimat_utuh(note.teks) for note in notes if note.jenis == "ada"), "")


def _table(told: list[tuple[Capaian, Rekam, str]]) -> Table:
    promised = any(promise for _, _, promise in told)
    return Table(
        "tabel-sejak-lalu",
        "Keadaan Indikator sejak Laporan Triwulan Lalu",
        [
            Column("Kode", width="19mm"),
            Column("Indikator", width=1.0),
            *([Column("Tindak lanjut yang tercatat", width=1.2)] if promised else []),
            Column("Realisasi dilaporkan", "kanan", "20mm", "polos"),
            Column("Status dilaporkan", width="22mm"),
            Column("Realisasi kini", "kanan", "20mm", "polos"),
            Column("Status kini", width="22mm"),
        ],
        [Row(*_cells(one, then, promise if promised else None)) for one, then, promise in told],
        heads=1,
        size="kecil",
        notes=["Realisasi dan status dilaporkan menurut laporan yang telah disampaikan."],
    )


def _cells(one: Capaian, then: Rekam, promise: str | None) -> list[Content]:
    unit = one.realisasi.unit if one.realisasi is not None else None
    return [
        kutip(one.kode),
        kutip(one.singkat or one.indikator.nama),
        *([] if promise is None else [kutip(promise) or None]),
        then.angka("realisasi", satuan=unit),
        kutip(then.teks("status")) or None,
        one.realisasi,
        one.status,
    ]
