"""``laporan.xlsx``: what a report says, as tables that one can go on working with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

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
from pp39.yamlfile import packaged

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
_RUN = ("unit", "tahun", "triwulan", "run")
_LISTS: Mapping[str, Mapping[str, Any]] = packaged("report/lembar.yaml")
#: What stands in a column that is no attribute of an item, or of what may be lacking.
_READ: Mapping[str, Callable[[Any], Cell]] = {
    "hasil": lambda one: "lolos" if one.lolos else "tidak lolos",
    "nilai": lambda one: one,
    "rumus": lambda one: one.formula() if _is_computed(one) else None,
    "rumus_angka": lambda one: one.formula_numbers() if _is_computed(one) else None,
    "asal": lambda one: None if _is_computed(one) else one.origin.place,
    "jawaban.alasan": lambda one: one.jawaban and one.jawaban.alasan,
    "jawaban.oleh": lambda one: one.jawaban and one.jawaban.oleh,
    "jawaban.tanggal": lambda one: one.jawaban and one.jawaban.tanggal,
}


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
        _listed("temuan", names[3], b.temuan or ()),
        _listed("pemeriksaan", names[4], b.pemeriksaan or ()),
        _listed("ledger", names[5], b.ledger),
        *([table_sheet(names[6], "Formulir A", _FORM, form)] if form else []),
        *([emonev] if (emonev := emonev_sheet(b, names[7])) else []),
        *(_calculation(b, one, calculations[one.kode]) for one in computed),
    ]
    return workbook(f"Laporan PP 39/2006 {unit.singkatan}, {period}", unit.nama, told, sheets)


def _indicators(b: Bahan, name: str, calculations: dict[str, str]) -> Sheet:
    def calculated(one: Capaian) -> Cell:
        sheet = calculations.get(one.kode)
        return Link(sheet, f"internal:'{sheet}'!A1") if sheet else None

    return _listed("indikator", name, b.capaian(), ("Perhitungan", 20, calculated))


def _flat(path: Path, name: str, title: str, told: str) -> Sheet:
    found = pq.ParquetFile(path).read()  # `read_table` imports what reads many files as one
    columns = [one for one in found.column_names if one not in _RUN]
    header = [_LISTS["besaran"].get(one, one.replace("_", " ")) for one in columns]
    rows = list(zip(*(found[one].to_pylist() for one in columns), strict=True))
    widths = [44 if one == "uraian" else 36 if one == "ledger_id" else 18 for one in columns]
    return Sheet(
        name, title, f"{told}, sampai dengan akhir triwulan.", (Table(header, rows, widths),)
    )


def _listed(what: str, name: str, items: Iterable[Any], *more: Told) -> Sheet:
    given = _LISTS[what]
    columns = [(title, wide, _READ.get(of, of)) for title, (wide, of) in given["kolom"].items()]
    return Sheet(name, given["judul"], given["isi"], (Table.of(items, [*columns, *more]),))


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
