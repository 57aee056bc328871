"""A reviewed report becomes the statements of its unit, and a run finds what contradicts them."""

from __future__ import annotations

import csv
import shutil
import time

from conftest import ROOT, pp39

from pp39.sources.mask import masked

REPORT = """Laporan Triwulan IV Tahun 2025

Keluhan wali murid bernama Budi Santoso (0812-3456-7890) telah ditindaklanjuti.

Tabel 3.1. Capaian Indikator Kinerja Triwulan IV Tahun 2025

Kode\tIndikator kinerja\tTarget\tRealisasi\tCapaian (%)
IKU 1.1\tPersentase lulusan yang bekerja, melanjutkan studi, atau berwirausaha\t80,00\t87,00\t108,75
IKU 1.2\tPersentase kehadiran siswa\t95,00\t99,55\t104,79
"""


def test_a_saved_report_is_held_against_the_data_of_its_unit(tmp_path):
    for part in ("params", "notebooks", "data/raw/smkn-1-contoh"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    report = tmp_path / "laporan.txt"
    report.write_text(REPORT, "utf-8")
    words = ("review", str(report), "--save", "smkn-1-contoh", "-y", "2025")
    assert pp39(tmp_path, *words).returncode == 0
    saved = tmp_path / "data/raw/smkn-1-contoh/2025/pernyataan.csv"
    told = saved.read_text("utf-8")
    assert "Budi" not in told
    assert "0812" not in told
    again = pp39(tmp_path, *words)
    assert again.returncode == 2
    assert "pernyataan.csv is there already" in again.stderr
    assert saved.read_text("utf-8") == told
    made = pp39(tmp_path, "compute", "-u", "smkn-1-contoh", "-y", "2025", "-q", "IV")
    assert made.returncode == 0, made.stderr
    run = tmp_path / "data/processed/smkn-1-contoh/2025/IV/dasar"
    found = list(csv.DictReader((run / "temuan.csv").read_text("utf-8").splitlines()))
    assert any("99,55" in one["dinyatakan"] for one in found)
    assert any("IKU 1.1" in one["penjelasan"] and "80" in one["penjelasan"] for one in found)


def test_masking_takes_time_by_length_and_leaves_brackets_whole():
    assert masked("hubungi (0812-3456-7890)")[0] == "hubungi ([nomor telepon disamarkan])"
    began = time.process_time()
    masked("1.2-" * 8000)
    assert time.process_time() - began < 2
