"""``laporan.xlsx``: what a report says, as tables that one can go on working with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pp39.ledger import Quantity
from pp39.ledger.origin import Computed
from pp39.report.emonev import emonev_sheet
from pp39.report.sections.bahan import Bahan, Capaian
from pp39.report.sections.formulir_a import formulir_a
from pp39.report.sheets import Cell, Link, Sheet, Table, sheet_names, workbook
from pp39.report.table import Table as ReportTable
from pp39.report.table_sheet import table_sheet
from pp39.report.workbook_formulas import calculation_sheet

_WIDE = 60
_FORMS = ("Formulir A", "e-Monev")
_GENERAL = (
    "Indikator",
    "Anggaran",
    "RO",
    "Temuan",
    "Pemeriksaan",
    "Ledger",
    "Formulir A",
    "e-Monev",
)
_FORM = (
    "Formulir A PP 39/2006 sebagaimana dalam lampiran laporan; sel kosong berarti tidak ada data."
)
#: What the header of a column calls a unit.
_TOLD = {"pagu": "pagu (Rp)", "realisasi": "realisasi (Rp)", "pagu_berdata": "pagu berdata (Rp)"}
_TOLD |= {"serapan": "serapan (%)", "sisa": "sisa (Rp)", "progres": "progres (%)"}
_TOLD |= {"rencana": "rencana (%)", "volume_persen": "volume (%)"}
_TOLD |= {"selisih_progres": "selisih progres (poin persentase)"}
_RUN = ("unit", "tahun", "triwulan", "run")


def report_workbook(b: Bahan, processed: Path) -> bytes:
    """Write the workbook of a run."""
    unit = b.params.unit
    period = b.period.title(f"Tahun Anggaran {b.year}")
    computed = [one for one in b.capaian() if one.realisasi is not None]
    names = sheet_names([*_GENERAL, *(f"Hitung {one.kode}" for one in computed)])
    calculations = dict(zip((one.kode for one in computed), names[len(_GENERAL) :], strict=True))
    told = (
        f"{unit.nama}. Data kerja laporan PP 39/2006; yang sah adalah laporan bertanda tangan."
        " Sel kosong berarti belum ada data. Angka pada lembar Hitung dihitung ulang oleh lembar"
        " kerja dari baris yang dimuat di bawahnya."
    )
    form = [one for one in formulir_a(b) if isinstance(one, ReportTable)]
    sheets = [
        _indicators(b, names[0], calculations),
        _flat(processed / "anggaran.parquet", names[1], "Anggaran", "Pagu, realisasi, dan progres"),
        _flat(processed / "ro.parquet", names[2], "Rincian output", "Kemajuan terhadap rencana"),
        _findings(b, names[3]),
        _checks(b, names[4]),
        _ledger(b, names[5]),
        *([table_sheet(names[6], "Formulir A", _FORM, form)] if form else []),
        *([emonev] if (emonev := emonev_sheet(b, names[7])) else []),
        *(_calculation(b, one, calculations[one.kode]) for one in computed),
    ]
    return workbook(f"Laporan PP 39/2006 {unit.singkatan}, {period}", unit.nama, told, sheets)


def _indicators(b: Bahan, name: str, calculations: dict[str, str]) -> Sheet:
    header = (
        "Kode",
        "Sasaran",
        "Indikator",
        "Satuan",
        "Target",
        "Realisasi",
        "Capaian (%)",
        "Status",
        "Sifat",
        "Polaritas",
        "Penanggung jawab",
        "Perhitungan",
    )
    widths = (12, 40, 50, 18, 14, 14, 14, 20, 12, 12, 28, 20)
    rows = [_indicator(one, calculations) for one in b.capaian()]
    told = "Target setahun, realisasi, capaian, dan status setiap indikator perjanjian kinerja."
    return Sheet(name, "Indikator kinerja", told, (Table(header, rows, widths),))


def _indicator(one: Capaian, calculations: dict[str, str]) -> Sequence[Cell]:
    known, sheet = one.indikator, calculations.get(one.kode)
    return (
        one.kode,
        one.sasaran,
        known.nama,
        known.satuan,
        one.target,
        one.realisasi,
        one.capaian,
        one.status,
        known.sifat,
        known.polaritas,
        known.pic,
        Link(sheet, f"internal:'{sheet}'!A1") if sheet else None,
    )


def _flat(path: Path, name: str, title: str, told: str) -> Sheet:
    found = pq.ParquetFile(path).read()  # `read_table` imports what reads many files as one
    columns = [one for one in found.column_names if one not in _RUN]
    header = [_TOLD.get(one, one.replace("_", " ")) for one in columns]
    rows = list(zip(*(found[one].to_pylist() for one in columns), strict=True))
    widths = [44 if one == "uraian" else 36 if one == "ledger_id" else 18 for one in columns]
    return Sheet(
        name, title, f"{told}, sampai dengan akhir triwulan.", (Table(header, rows, widths),)
    )


def _findings(b: Bahan, name: str) -> Sheet:
    header = (
        "ID",
        "Tingkat",
        "Aturan",
        "Lokasi",
        "Subjek",
        "Dinyatakan",
        "Dihitung",
        "Penjelasan",
        "ID ledger",
        "Jawaban",
        "Oleh",
        "Tanggal",
    )
    rows: list[Sequence[Cell]] = []
    for one in b.temuan or ():
        answer = one.jawaban
        replied = (answer.alasan, answer.oleh, answer.tanggal) if answer else (None, None, None)
        said = (one.lokasi, one.subjek, one.dinyatakan, one.dihitung, one.penjelasan)
        rows.append((one.id, one.tingkat, one.aturan, *said, one.ledger_id, *replied))
    widths = (24, 12, 20, 40, 34, 24, 24, 70, 34, 40, 24, 14)
    told = "Yang dinyatakan terhadap yang dihitung, yang paling berat lebih dahulu."
    return Sheet(name, "Temuan", told, (Table(header, rows, widths),))


def _checks(b: Bahan, name: str) -> Sheet:
    header = ("ID", "Sumber", "Aturan", "Tingkat", "Hasil", "Ringkasan")
    results = b.pemeriksaan or ()
    rows = [
        (
            one.id,
            one.sumber,
            one.aturan,
            one.tingkat,
            "lolos" if one.lolos else "tidak lolos",
            one.ringkasan,
        )
        for one in results
    ]
    told = "Hasil setiap pemeriksaan data sebelum indikator dihitung."
    return Sheet(
        name, "Pemeriksaan data", told, (Table(header, rows, (34, 22, 70, 14, 14, _WIDE)),)
    )


def _ledger(b: Bahan, name: str) -> Sheet:
    header = ("ID", "Besaran", "Nilai", "Satuan", "Rumus", "Rumus dengan angka", "Asal", "Catatan")
    rows = [_entry(one) for one in b.ledger]
    told = "Setiap angka laporan dengan rumus dan asalnya."
    widths = (38, 48, 20, 16, _WIDE, _WIDE, _WIDE, 40)
    return Sheet(name, "Buku angka", told, (Table(header, rows, widths),))


def _entry(one: Quantity) -> Sequence[Cell]:
    computed = isinstance(one.origin, Computed)
    return (
        one.id,
        one.label,
        one,
        one.unit,
        one.formula() if computed else None,
        one.formula_numbers() if computed else None,
        None if computed else one.origin.place,
        one.note,
    )


def _calculation(b: Bahan, one: Capaian, name: str) -> Sheet:
    results = list(_results(one))
    final = one.realisasi
    assert final is not None
    told = (
        f"Realisasi {final.with_unit()}. Kolom Nilai berisi rumus hidup; baris sumber yang dipakai"
        " dimuat di bawah tabel perhitungan."
    )
    return calculation_sheet(name, f"{one.kode} {one.indikator.nama}", told, results, b.tables)


def _results(one: Capaian) -> Iterator[Quantity]:
    for name in ("target", "realisasi", "capaian"):
        found = one.ledger.get(f"{one.kunci}/{name}")
        if found is not None:
            yield found
