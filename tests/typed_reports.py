"""Typed reports for tests: one content, written as Word, PDF and text, whole or with one fault."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import docx
import typst

BREAK = "\\f"
"""A part that begins a page."""


@dataclass
class Table:
    caption: str
    rows: list[list[str]]


@dataclass
class Report:
    """Headings begin with ``#``; items with ``-``; everything else is a paragraph or a table."""

    parts: list[str | Table] = field(default_factory=list)

    def table(self, number: str) -> Table:
        return next(
            one
            for one in self.parts
            if isinstance(one, Table) and one.caption.startswith(f"Tabel {number}")
        )

    def replace(self, old: str, new: str) -> None:
        found = [n for n, one in enumerate(self.parts) if isinstance(one, str) and old in one]
        assert found, old
        for number in found:
            self.parts[number] = str(self.parts[number]).replace(old, new)


def hospital() -> Report:
    """Make a report of a kind of unit that no profile knows, without a contradiction."""
    return Report(
        [
            "# BAB I PENDAHULUAN",
            "Laporan triwulan III tahun 2025 Rumah Sakit Jiwa Sumber Waras disusun menurut PP 39.",
            "# BAB II RENCANA",
            "## 2.1 Anggaran",
            "Pagu Rumah Sakit Jiwa tahun 2025 sebesar Rp4.500.000.000 (empat miliar lima ratus juta"
            " rupiah), yang terdiri dari dua sumber dana.",
            "- Rupiah Murni: Rp3.000.000.000",
            "- PNBP: Rp1.500.000.000",
            "Rincian pagu disajikan pada Tabel 2.1.",
            Table(
                "Tabel 2.1. Rincian Pagu Tahun 2025",
                [
                    ["Kode", "Uraian", "Pagu (Rp)"],
                    ["2094", "Pelayanan Kesehatan Jiwa", "4.500.000.000"],
                    ["2094.QBA", "Layanan Rujukan", "3.250.000.000"],
                    ["QBA.001", "Rawat Inap Jiwa", "2.000.000.000"],
                    ["QBA.002", "Rawat Jalan Jiwa", "1.250.000.000"],
                    ["2094.EBA", "Dukungan Manajemen", "1.250.000.000"],
                    ["EBA.994", "Layanan Perkantoran", "1.250.000.000"],
                    ["", "Jumlah", "4.500.000.000"],
                ],
            ),
            "## 2.2 Perjanjian Kinerja",
            "Perjanjian kinerja memuat 3 (tiga) indikator, yaitu:",
            "- Tingkat keterisian tempat tidur (BOR)",
            "- Indeks Kepuasan Pasien (IKP)",
            "- Persentase pasien yang pulang dengan keluarga",
            Table(
                "Tabel 2.2. Perjanjian Kinerja Tahun 2025",
                [
                    ["No", "Kode", "Indikator", "Satuan", "Target"],
                    ["1", "IKU 1.1", "Tingkat keterisian tempat tidur (BOR)", "Persen", "75,00"],
                    ["2", "IKU 1.2", "Indeks Kepuasan Pasien (IKP)", "Indeks", "85,00"],
                    ["3", "IKU 2.1", "Persentase pasien pulang dengan keluarga", "Persen", "90,00"],
                ],
            ),
            "# BAB III CAPAIAN",
            "## 3.1 Capaian Indikator",
            "Capaian setiap indikator disajikan pada Tabel 3.1.",
            Table(
                "Tabel 3.1. Capaian Triwulan III Tahun 2025",
                [
                    ["No", "Kode", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)"],
                    [
                        "1",
                        "IKU 1.1",
                        "Tingkat keterisian tempat tidur (BOR)",
                        "Persen",
                        "75,00",
                        "72,30",
                        "96,40",
                    ],
                    [
                        "2",
                        "IKU 1.2",
                        "Indeks Kepuasan Pasien (IKP)",
                        "Indeks",
                        "85,00",
                        "88,40",
                        "104,00",
                    ],
                    [
                        "3",
                        "IKU 2.1",
                        "Persentase pasien pulang dengan keluarga",
                        "Persen",
                        "90,00",
                        "94,50",
                        "105,00",
                    ],
                ],
            ),
            "Realisasi BOR 72,30% dari target 75,00% sehingga capaiannya 96,40%. Target BOR belum"
            " tercapai karena ruang rawat direnovasi sampai dengan Agustus.",
            "Realisasi IKP sebesar 88,40 dan targetnya 85,00, sehingga target IKP tercapai dan"
            " survei berikutnya dilakukan pada triwulan IV.",
            "## 3.2 Pendapatan",
            "Pendapatan menurut layanan disajikan pada Tabel 3.2.",
            Table(
                "Tabel 3.2. Pendapatan Menurut Layanan",
                [
                    ["No", "Layanan", "TW I", "TW II", "TW III", "Jumlah"],
                    ["1", "Rawat inap", "120", "130", "150", "400"],
                    ["2", "Rawat jalan", "80", "90", "95", "265"],
                    ["3", "Konsultasi", "15", "25", "20", "60"],
                    ["4", "Laboratorium", "30", "35", "40", "105"],
                    ["", "Jumlah", "245", "280", "305", "830"],
                ],
            ),
            "# BAB IV PENUTUP",
            "Laporan ini disusun untuk evaluasi. Data laboratorium, rawat inap, dan rawat jalan"
            " diperoleh dari sistem informasi. Layanan laboratorium buka setiap hari, sedangkan"
            " hasil laboratorium diterima pada hari yang sama.",
        ]
    )


def _cell(number: str, row: int, column: int, text: str) -> Callable[[Report], None]:
    def change(report: Report) -> None:
        report.table(number).rows[row][column] = text

    return change


def _words(old: str, new: str) -> Callable[[Report], None]:
    return lambda report: report.replace(old, new)


FAULTS: dict[str, tuple[str, Callable[[Report], None]]] = {
    "total of a table": ("jumlah-tabel", _cell("3.2", 5, 2, "290")),
    "sum of a row": ("hubungan-kolom", _cell("3.2", 3, 5, "65")),
    "parts of a code": ("rincian-kode", _cell("2.1", 3, 2, "1.900.000.000")),
    "achievement in a table": ("capaian-tabel", _cell("3.1", 1, 6, "98,40")),
    "achievement in prose": ("rasio-narasi", _words("capaiannya 96,40%", "capaiannya 97,40%")),
    "one target twice": ("nilai-ganda", _cell("2.2", 2, 4, "82,00")),
    "claim": ("klaim", _words("Target BOR belum tercapai", "Target BOR tercapai")),
    "claim of a miss": ("klaim", _words("target IKP tercapai", "target IKP tidak tercapai")),
    "amount of a list": ("rincian-narasi", _words("PNBP: Rp1.500", "PNBP: Rp1.400")),
    "words of an amount": ("terbilang", _words("empat miliar lima", "empat miliar enam")),
    "count in words": ("terbilang", _words("3 (tiga) indikator", "3 (empat) indikator")),
    "count of a list": ("banyaknya", _words("3 (tiga) indikator", "4 (empat) indikator")),
    "malformed number": ("angka-rusak", _words("Rp3.000.000.000", "Rp3.000.000.0000")),
    "unit of measure": ("satuan-ganda", _cell("3.1", 2, 3, "Persen")),
    "reference": ("rujukan", _words("pada Tabel 3.2", "pada Tabel 3.4")),
    "running number": ("nomor-baris", _cell("3.2", 3, 0, "5")),
    "heading number": ("nomor-bab", _words("## 3.2 Pendapatan", "## 3.3 Pendapatan")),
    "doubled word": ("kata-berulang", _words("dilakukan pada", "dilakukan pada pada")),
    "misspelt word": ("kata-janggal", _words("hasil laboratorium", "hasil laboratoriumm")),
    "year of a title": (
        "periode",
        _words("## 2.2 Perjanjian Kinerja", "## 2.2 Perjanjian Kinerja 2024"),
    ),
    "telephone number": ("data-pribadi", _words("setiap hari,", "setiap hari (0812-3456-7890),")),
}


def faulty(name: str) -> Report:
    report = deepcopy(hospital())
    FAULTS[name][1](report)
    return report


def as_text(report: Report, path: Path) -> None:
    lines: list[str] = []
    for one in report.parts:
        if isinstance(one, Table):
            lines += [one.caption, "", *("\t".join(row) for row in one.rows), ""]
        elif one == BREAK:
            lines.append("\f")
        else:
            lines += [one.lstrip("# "), ""]
    path.write_text("\n".join(lines), "utf-8")


def as_docx(report: Report, path: Path) -> None:
    document = docx.Document()
    for one in report.parts:
        if isinstance(one, Table):
            document.add_paragraph(one.caption, style="Caption")
            table = document.add_table(len(one.rows), len(one.rows[0]), style="Table Grid")
            for cells, row in zip(table.rows, one.rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
        elif one == BREAK:
            document.add_page_break()
        elif one.startswith("#"):
            document.add_heading(one.lstrip("# "), one.count("#", 0, 3))
        elif one.startswith("- "):
            document.add_paragraph(one[2:], style="List Bullet")
        else:
            document.add_paragraph(one)
    document.save(str(path))


def as_pdf(report: Report, path: Path) -> None:
    def text(words: str) -> str:
        return f"#text({_quoted(words)})\n\n"

    def _quoted(words: str) -> str:
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

    source = ["#set page(footer: context [Halaman #counter(page).display()])\n"]
    source.append("#set par(spacing: 20pt)\n")
    for one in report.parts:
        if isinstance(one, Table):
            cells = ", ".join(f"[#{_quoted(cell)}]" for row in one.rows for cell in row)
            columns = f"({'auto, ' * len(one.rows[0])})"
            source += [text(one.caption), f"#table(columns: {columns}, {cells})\n\n"]
        elif one == BREAK:
            source.append("#pagebreak()\n")
        elif one.startswith("#"):
            source.append(f"#strong({_quoted(one.lstrip('# '))})\n\n")
        else:
            source.append(text("• " + one[2:] if one.startswith("- ") else one))
    path.write_bytes(typst.compile("".join(source).encode()))


WRITERS: dict[str, Callable[[Report, Path], None]] = {
    "txt": as_text,
    "docx": as_docx,
    "pdf": as_pdf,
}
