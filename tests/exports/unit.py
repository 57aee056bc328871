"""A unit that has exports and the filled-in form of `pp39 init`, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import openpyxl

from pp39.starting import start_unit

from .files import write_csv, write_xlsx
from .layouts import capaian_output, glp039, ikpa, monsakti, omspan_target
from .truth import Truth

__all__ = ["UNIT", "exporting_unit"]

UNIT = "unit-ekspor"
_FILE = """\
profil: nasional
unit:
  nama: Balai Contoh
  singkatan: BC
  sintetis: true
  kementerian: Kementerian Contoh
  badan: Badan Contoh
  singkatan_badan: BCO
  alamat: Jalan Contoh 1
  tugas: melaksanakan pelayanan
  kode_satker: '{satker}'
laporan:
  tempat: Contoh
  jabatan_penanda_tangan: Kepala Balai Contoh
sasaran: {{SS 1: Meningkatnya akuntabilitas}}
indikator:
  IKU 1.1: {{pola: ikpa, kode_sasaran: SS 1, nama: Nilai IKPA, pic: Subbagian Tata Usaha}}
"""


def exporting_unit(root: Path, source: Path, truth: Truth) -> Path:
    """Make a project of it; gives the folder of its exports.

    The export of realisation is there for every quarter's end, in both versions at the last and as
    a CSV at the second.
    """
    root.mkdir()
    for part in ("params/regulasi", "notebooks"):
        shutil.copytree(source / part, root / part)
    for part in ("params/proyek.yaml", "requirements.lock"):
        shutil.copyfile(source / part, root / part)
    (root / "params" / "unit").mkdir()
    file = root / "params" / "unit" / f"{UNIT}.yaml"
    file.write_text(_FILE.format(satker=truth.satker), encoding="utf-8")
    (form,) = start_unit(root, UNIT, None, truth.year)
    _fill(root / form)
    folder = (root / form).parent / "unduhan"
    folder.mkdir()
    dirt = Random(truth.seed)
    for month in (3, 6, 9, 12):
        page = glp039(truth, month, dirt)
        if month == 6:
            write_csv(folder / "fa tengah.csv", page)
        else:
            write_xlsx(folder / f"fa {month}.xlsx", page)
        write_xlsx(folder / f"co {month}.xlsx", capaian_output(truth, month, dirt))
    write_xlsx(folder / "fa akrual.xlsx", glp039(truth, 12, dirt, "AKRUAL"))
    for month in range(1, 13):
        write_xlsx(folder / f"ikpa {month}.xlsx", ikpa(truth, month, dirt, 2))
    write_xlsx(folder / "target.xlsx", omspan_target(truth, dirt))
    write_xlsx(folder / "sp2d.xlsx", monsakti(truth, 12, dirt))
    return folder


def _fill(form: Path) -> None:
    """Type in the one thing that no export tells: the target of the performance agreement."""
    book = openpyxl.load_workbook(form)
    sheet = book["target_perjanjian_kinerja"]
    titles = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, titles["Kode"]).value:
            sheet.cell(row, titles["Target"], 80)
    book.save(form)
