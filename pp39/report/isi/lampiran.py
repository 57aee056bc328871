"""Annexes: action plan form, SMART targets, data quality, findings, sources, trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pp39.checks.result import Check
from pp39.findings import strays
from pp39.findings.annex import (
    SEVERITY_NAMES,
    STRAYS,
    FindingRow,
    finding_rows,
    grouped,
    stray_words,
)
from pp39.ledger import Quantity, Rows
from pp39.periods import MONTHS, Quarter
from pp39.report.block import Block
from pp39.report.document import Judul, Prosa
from pp39.report.inline import Kode, Part, Pengenal, Rujukan, Tautan, TautanJejak, Teks
from pp39.report.isi.bahan import Bahan, Rekam
from pp39.report.isi.kalimat import besar_awal, gabung, kutip, triwulan
from pp39.report.table import Baris, Grup, Isi, Kolom, Sel, Tabel
from pp39.report.trace import Jejak

__all__ = [
    "jejak",
    "mutu_data",
    "pengukuran_rencana_aksi",
    "sumber_data",
    "target_smart",
    "temuan",
]


#: Executed notebooks beside the report, and what each is about.
KERTAS_KERJA = (
    ("01_clean", "pembersihan data"),
    ("02_validate", "pemeriksaan data"),
    ("03_indicators", "perhitungan indikator"),
    ("04_report", "penyusunan laporan"),
)

# Places of a warning that are named; the rest is counted, all of them are in pemeriksaan.json.
_LETAK = 3


def pengukuran_rencana_aksi(b: Bahan) -> list[Block]:
    """Compose annex A: interim target and physical realisation per quarter."""
    body: list[Baris] = []
    for kode, nama, members in b.per_sasaran():
        body.append(Baris(Teks(kutip(kode), " ", kutip(nama)), jenis="kelompok"))
        for one in members:
            cells: list[Isi] = []
            for quarter in Quarter:
                cells.append(one.q(f"target-antara/{quarter}"))
                cells.append(_fisik(b, one.kode, quarter))
            body.append(
                Baris(kutip(one.kode), kutip(one.indikator.nama), one.target, *cells, one.realisasi,
                      one.capaian)
            )  # fmt: skip
    return [
        Prosa(
            "Target antara dan realisasi fisik dinyatakan dalam persen dari pekerjaan setahun. "
            "Triwulan tanpa angka realisasi ialah triwulan yang belum berjalan atau yang datanya "
            "tidak ada pada sumber.",
            lebar=True,
        ),
        Tabel(
            "tabel-pengukuran",
            f"Pengukuran Rencana Aksi sampai dengan Triwulan {b.quarter} Tahun {b.year}",
            [
                Kolom("Kode", lebar="17mm"),
                Kolom("Indikator kinerja", lebar=1.0),
                Kolom("Target", "kanan", "15mm", "polos"),
                *(
                    Grup(f"Triwulan {quarter} (%)", [Kolom("Target antara", "kanan", "12mm",
                        "polos"),
                                                     Kolom("Realisasi", "kanan", "14mm", "polos")])
                    for quarter in Quarter
                ),
                Kolom("Realisasi", "kanan", "17mm", "polos"),
                Kolom("Capaian (%)", "kanan", "16mm", "polos"),
            ],
            body,
            kepala=1,
            lebar=True,
            ukuran="mini",
        ),
    ]  # fmt: skip


def target_smart(b: Bahan) -> list[Block]:
    """Compose annex B: monthly targets of progress and volume per RO."""
    rows = list(b.rekam("target_smart"))
    if not rows:
        return []
    by_ro: dict[str, dict[int, Rekam]] = {}
    for row in rows:
        by_ro.setdefault(row.teks("kode_ro"), {})[row.bulat("bulan")] = row
    body: list[Baris] = []
    for months in by_ro.values():
        first = next(iter(months.values()))
        name = Teks(kutip(first.teks("kode_ro")), " ", kutip(first.teks("nama_ro")))
        goal = first.angka("target")
        unit = kutip(besar_awal(first.teks("satuan")))
        body.append(
            Baris(Sel(name, jajar=2), Sel(goal, jajar=2), Sel(unit, jajar=2), "TPCRO (%)",
                  *_bulanan(months, "tpcro"))
        )  # fmt: skip
        body.append(Baris("TRVRO", *_bulanan(months, "trvro")))
    return [
        Prosa(
            "TPCRO (target progres) dan TRVRO (target volume) ialah target penambahan setiap bulan;"
            " jumlahnya sejak awal tahun menjadi pembanding progres rincian output.",
            lebar=True,
        ),
        Tabel(
            "tabel-smart",
            f"Target Bulanan Rincian Output {b.unit} Tahun {b.year}",
            [
                Kolom("Rincian output", lebar=1.0),
                Kolom("Target", "kanan", "11mm", "polos"),
                Kolom("Satuan", lebar="16mm"),
                Kolom("", lebar="16mm"),
                *(Kolom(name[:3], "kanan", "12mm", "polos") for name in MONTHS),
            ],
            body,
            lebar=True,
            ukuran="mini",
        ),
    ]  # fmt: skip


def mutu_data(b: Bahan) -> list[Block]:
    """Compose annex C: warnings of the data checks, and a summary of the repairs."""
    blocks: list[Block] = [
        *_peringatan(b),
        Judul(1, "Perbaikan Data Saat Pembersihan"),
    ]
    if not b.perbaikan:
        blocks.append(Prosa("Tidak ada nilai yang diubah saat pembersihan data."))
        return blocks
    groups: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(b.perbaikan, 2):
        groups.setdefault((row["source"], row["rule"]), []).append(number)
    blocks += [
        Prosa(
            "Setiap perubahan terhadap data sumber dicatat pada ", Kode("perbaikan.csv"),
            " beserta nilai sebelum dan sesudahnya. Ringkasannya menurut sumber dan aturan "
            "disajikan "
            "pada ", Rujukan("tabel-perbaikan"), ".",
        ),
        Tabel(
            "tabel-perbaikan",
            "Banyaknya Perbaikan Menurut Sumber dan Aturan",
            [Kolom("Sumber", lebar=1.2), Kolom("Aturan perbaikan", lebar=2.0),
             Kolom("Banyaknya", "kanan", "22mm", "polos")],
            [
                (Kode(source), kutip(besar_awal(rule)), _hitung(source, rule, rows))
                for (source, rule), rows in sorted(groups.items())
            ],
            ukuran="mini",
        ),
    ]  # fmt: skip
    return blocks


def temuan(b: Bahan) -> list[Block]:
    """Compose annex D: findings of the reconciliation; nothing where none were looked for."""
    if b.temuan is None:
        return []
    tail = _jawaban_lepas(b)
    if not b.temuan:
        told = Prosa("Tidak ada perbedaan antara angka yang dinyatakan dan yang dihitung.")
        return [told, *tail]
    groups = grouped(b.temuan)
    levels = list(dict.fromkeys(one.tingkat for one in groups))
    blocks: list[Block] = [
        Prosa(
            "Angka dan pernyataan dalam dokumen terdahulu dibandingkan dengan data sumber dan "
            "dengan "
            "hasil perhitungan. Setiap perbedaan dicatat sebagai temuan; yang material disajikan "
            "lebih dahulu. Tanggapan unit, bila ada, dicantumkan bersama penjelasannya.",
            lebar=True,
        ),
    ]
    for level in levels:
        body: list[Baris] = []
        for group in groups:
            if group.tingkat == level:
                body.append(Baris(kutip(group.judul), jenis="kelompok"))
                body += [_baris_temuan(b, row) for row in finding_rows(group.temuan)]
        blocks.append(
            Tabel(
                f"tabel-temuan-{level}",
                f"Temuan Tingkat {SEVERITY_NAMES[level]}",
                [
                    Kolom("Nomor", lebar="auto"),
                    Kolom("Lokasi", lebar=1.2),
                    Kolom("Dinyatakan", lebar=1.0),
                    Kolom("Dihitung", lebar=1.0),
                    Kolom("Penjelasan", lebar=2.6),
                ],
                body,
                lebar=True,
                ukuran="mini",
            )
        )
    return [*blocks, *tail]


def _jawaban_lepas(b: Bahan) -> list[Block]:
    """Show answers whose finding is not there, so that none is lost silently."""
    astray = strays(b.settings, b.temuan or ())
    if not astray:
        return []
    return [
        Tabel(
            "tabel-temuan-jawaban",
            STRAYS,
            [Kolom("Nomor", lebar="auto"), Kolom("Tanggapan", lebar=4)],
            [Baris(Pengenal(one.id), kutip(stray_words(one))) for one in astray],
            lebar=bool(b.temuan),
            ukuran="mini",
        )
    ]


def _baris_temuan(b: Bahan, row: FindingRow) -> Baris:
    answer = f" Tanggapan: {row.jawaban}" if row.jawaban else ""
    return Baris(
        Pengenal(row.id),
        kutip(row.lokasi) if row.lokasi else None,
        kutip(row.dinyatakan) if row.dinyatakan else None,
        _dihitung(b, row),
        kutip(row.penjelasan + answer),
        jangkar=f"temuan-{row.id}",
    )


def _dihitung(b: Bahan, row: FindingRow) -> Part | None:
    """Link what was computed to its calculation."""
    if row.dihitung and row.ledger_id in b.ledger:
        return TautanJejak(row.dihitung, row.ledger_id)
    return kutip(row.dihitung) if row.dihitung else None


def sumber_data(b: Bahan) -> list[Block]:
    """Compose the list of source files with the rows read from each."""
    body = []
    for name, table in sorted(b.tables.items()):
        how = "banyaknya baris data"
        if table.frame.empty:
            continue
        count = table.count(None, "Baris data", "baris", how)
        body.append((Kode(table.source.file), kutip(table.source.title), count, Kode(name)))
    return [
        Prosa(
            "Laporan ", triwulan(b.quarter), " disusun dari berkas berikut. Berkas sumber hanya "
            "dibaca dan tidak pernah diubah. Jalannya pengerjaan dapat dibaca pada kertas kerja: ",
            gabung([Tautan(nama, f"kertas-kerja/{berkas}.html") for berkas, nama in KERTAS_KERJA]),
            ".",
        ),
        Tabel(
            "tabel-sumber",
            "Berkas Sumber dan Banyaknya Baris yang Dibaca",
            [Kolom("Berkas", lebar="50mm"), Kolom("Isi", lebar=1.0),
             Kolom("Baris bersih", "kanan", "20mm", "polos"), Kolom("Nama sumber", lebar="44mm")],
            body,
            ukuran="kecil",
        ),
    ]  # fmt: skip


def jejak(b: Bahan) -> list[Block]:
    """Compose the annex that shows how every printed figure was computed."""
    return [
        Prosa(
            "Lampiran ini memuat rumus, angka yang dimasukkan, dan asal setiap angka yang dihitung "
            "dalam laporan. Pembulatan hanya dilakukan pada saat pencetakan.",
        ),
        Jejak(b.ledger),
    ]


def _fisik(b: Bahan, kode: str, quarter: Quarter) -> Quantity | None:
    if quarter.number > b.quarter.number:
        return None
    rows = list(b.rekam("pelaksanaan", kode=kode, triwulan=str(quarter)))
    return rows[0].angka("fisik_realisasi") if rows else None


def _bulanan(months: Mapping[int, Rekam], column: str) -> list[Quantity | None]:
    return [
        months[month].angka(column) if month in months else None for month in range(1, 13)
    ]  # fmt: skip


def _hitung(source: str, rule: str, rows: Sequence[int]) -> Quantity:
    place = Rows.of("perbaikan", "perbaikan.csv", rows, f"banyaknya perbaikan {source}: {rule}")
    return Quantity.rows(len(rows), f"Perbaikan {source}", "perbaikan", place)


def _peringatan(b: Bahan) -> list[Block]:
    report = b.pemeriksaan
    if report is None:
        return [Prosa("Hasil pemeriksaan data belum tersedia.")]
    if not report.warnings:
        return [Prosa("Seluruh pemeriksaan data terpenuhi; tidak ada peringatan.")]
    body: list[Baris] = []
    for source in dict.fromkeys(one.sumber for one in report.warnings):
        body.append(Baris(Teks("Sumber ", kutip(source)), jenis="kelompok"))
        body += [
            Baris(
                kutip(besar_awal(one.aturan)),
                kutip(besar_awal(one.ringkasan)),
                _tempat(one),
                jangkar=f"periksa-{one.id}",
            )
            for one in report.warnings
            if one.sumber == source
        ]
    checks = _pemeriksaan(len(report), "Pemeriksaan data", "banyaknya pemeriksaan")
    warned = _pemeriksaan(len(report.warnings), "Peringatan", "banyaknya peringatan")
    return [
        Prosa(
            "Data diperiksa dengan ", checks, " pemeriksaan sebelum dihitung. Semua pemeriksaan "
                                        "yang "
            "bersifat kritis terpenuhi, sedangkan ", warned, " pemeriksaan memberi peringatan dan "
            "perlu ditindaklanjuti oleh pemilik data (", Rujukan("tabel-peringatan"), ").",
        ),
        Tabel(
            "tabel-peringatan",
            "Peringatan Pemeriksaan Data",
            [Kolom("Yang harus dipenuhi", lebar=1.3), Kolom("Hasil", lebar=1.4),
             Kolom("Letak", lebar=1.5)],
            body,
            ukuran="kecil",
        ),
    ]  # fmt: skip


def _tempat(check: Check) -> list[Part]:
    shown: list[Part] = [
        Teks(kutip(one.place), ": ", kutip(one.uraian)) for one in check.lokasi[:_LETAK]
    ]
    more = check.jumlah - len(shown)
    if more > 0:
        shown.append(Teks("dan ", _pemeriksaan(more, "Letak lainnya", "banyaknya letak lain"),
                          " letak lain"))  # fmt: skip
    return shown


def _pemeriksaan(count: int, label: str, how: str) -> Quantity:
    place = Rows.of("pemeriksaan", "pemeriksaan.json", (), how)
    return Quantity.rows(count, label, "", place)
