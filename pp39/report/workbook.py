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
from pp39.report.sheets import Cell, Link, Sheet, Table, Told, sheet_names, workbook
from pp39.report.table import Table as ReportTable
from pp39.report.table_sheet import table_sheet
from pp39.report.workbook_formulas import calculation_sheet

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
_INDICATORS: Sequence[Told] = (
    ("Kode", 12, "kode"),
    ("Sasaran", 40, "sasaran"),
    ("Indikator", 50, "indikator.nama"),
    ("Satuan", 18, "indikator.satuan"),
    ("Target", 14, "target"),
    ("Realisasi", 14, "realisasi"),
    ("Capaian (%)", 14, "capaian"),
    ("Status", 20, "status"),
    ("Sifat", 12, "indikator.sifat"),
    ("Polaritas", 12, "indikator.polaritas"),
    ("Penanggung jawab", 28, "indikator.pic"),
)
_FINDINGS: Sequence[Told] = (
    ("ID", 24, "id"),
    ("Tingkat", 12, "tingkat"),
    ("Aturan", 20, "aturan"),
    ("Lokasi", 40, "lokasi"),
    ("Subjek", 34, "subjek"),
    ("Dinyatakan", 24, "dinyatakan"),
    ("Dihitung", 24, "dihitung"),
    ("Penjelasan", 70, "penjelasan"),
    ("ID ledger", 34, "ledger_id"),
    ("Jawaban", 40, lambda one: one.jawaban and one.jawaban.alasan),
    ("Oleh", 24, lambda one: one.jawaban and one.jawaban.oleh),
    ("Tanggal", 14, lambda one: one.jawaban and one.jawaban.tanggal),
)
_CHECKS: Sequence[Told] = (
    ("ID", 34, "id"),
    ("Sumber", 22, "sumber"),
    ("Aturan", 70, "aturan"),
    ("Tingkat", 14, "tingkat"),
    ("Hasil", 14, lambda one: "lolos" if one.lolos else "tidak lolos"),
    ("Ringkasan", 60, "ringkasan"),
)
_LEDGER: Sequence[Told] = (
    ("ID", 38, "id"),
    ("Besaran", 48, "label"),
    ("Nilai", 20, lambda one: one),
    ("Satuan", 16, "unit"),
    ("Rumus", 60, lambda one: one.formula() if _is_computed(one) else None),
    ("Rumus dengan angka", 60, lambda one: one.formula_numbers() if _is_computed(one) else None),
    ("Asal", 60, lambda one: None if _is_computed(one) else one.origin.place),
    ("Catatan", 40, "note"),
)


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
    def calculated(one: Capaian) -> Cell:
        sheet = calculations.get(one.kode)
        return Link(sheet, f"internal:'{sheet}'!A1") if sheet else None

    told = "Target setahun, realisasi, capaian, dan status setiap indikator perjanjian kinerja."
    columns = (*_INDICATORS, ("Perhitungan", 20, calculated))
    return Sheet(name, "Indikator kinerja", told, (Table.of(b.capaian(), columns),))


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
    told = "Yang dinyatakan terhadap yang dihitung, yang paling berat lebih dahulu."
    return Sheet(name, "Temuan", told, (Table.of(b.temuan or (), _FINDINGS),))


def _checks(b: Bahan, name: str) -> Sheet:
    told = "Hasil setiap pemeriksaan data sebelum indikator dihitung."
    return Sheet(name, "Pemeriksaan data", told, (Table.of(b.pemeriksaan or (), _CHECKS),))


def _ledger(b: Bahan, name: str) -> Sheet:
    told = "Setiap angka laporan dengan rumus dan asalnya."
    return Sheet(name, "Buku angka", told, (Table.of(b.ledger, _LEDGER),))


def _is_computed(one: Quantity) -> bool:
    return isinstance(one.origin, Computed)


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
