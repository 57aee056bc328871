"""Figures of any size stand beside one another in print, each inside its own cell."""

import datetime as dt
import re
import shutil
import subprocess
from itertools import pairwise

import pytest

from pp39.ledger import Cell, Quantity
from pp39.report import Column, Document, Row, Table
from pp39.report.extent import figure_width
from pp39.report.typst import render_pdf

LARGEST = 999_999_999_999_999_999
PAGE = Document("Laporan", "Triwulan II", "Unit Contoh", "TW II", dt.date(2026, 1, 6))


def table(amount, figures=4, width="14mm"):
    cell = Cell("keuangan", "keuangan.csv", "", 2, "Nilai")
    names = [f"Angka {n}" for n in range(figures)]
    columns = [Column("Kode", width="18mm"), Column("Indikator kinerja", width=2.4)]
    columns += [Column(name, "kanan", width, "polos") for name in names]
    columns += [Column("Status", width="30mm")]
    shown = [Quantity.cell(amount, name, "Rp", cell) for name in names]
    rows = [
        Row("RS-2.1", "Pendapatan operasional badan layanan umum", *shown, "sudah tercapai"),
        Row("", "Jumlah", *shown, "", kind="jumlah"),
    ]
    return Table("tabel-a", "Ikhtisar", columns, rows, heads=1, size="kecil")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("width", ["14mm", 0.4])
@pytest.mark.parametrize("amount", [85_139_937_236, LARGEST])
def test_figures_do_not_run_into_one_another(amount, width, tmp_path):
    path = tmp_path / "laporan.pdf"
    given = table(amount, width=width)
    cells = [{"outputs": [{"data": one._repr_mimebundle_()}]} for one in (PAGE, given)]
    path.write_bytes(render_pdf({"cells": cells}))
    told = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True)
    printed = f"{amount:,}".replace(",", ".")
    found = 0
    for page in told.stdout.decode().split("<page ")[1:]:
        word = r'xMin="([0-9.-]+)" yMin="([0-9.-]+)" xMax="([0-9.-]+)" yMax="[0-9.-]+">([^<]+)'
        words = [(float(y), float(a), float(b), text) for a, y, b, text in re.findall(word, page)]
        figures = [(y, left, right) for y, left, right, text in sorted(words) if text == printed]
        found += len(figures)
        for (y, _, right), (below, left, _) in pairwise(figures):
            # Two borders' worth of room: no figure stands on the line between two cells.
            assert y != below or left - right >= 2 * 2.9
        for _, left, right in figures:
            took = (right - left) / 72 * 25.4
            assert took <= figure_width(printed, "kecil", bold=True)
    # In a word each, none broken, none lost.
    assert found == 8


def test_figures_that_fit_leave_a_table_as_it_is_laid_out():
    small = table(85, figures=3)
    assert "18mm, 2.4fr, 14mm, 14mm, 14mm, 30mm" in small.typst()
    assert not small.describe().wide
    large = table(LARGEST, figures=4)
    assert large.describe().wide
    assert "2.4fr, 14mm" not in large.typst()
