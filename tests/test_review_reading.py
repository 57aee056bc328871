"""Reports are read as a reader of the page sees them, whatever program wrote them."""

from __future__ import annotations

import re
import shutil
import subprocess
import time

import docx
import pytest
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf import PdfWriter
from typed_reports import as_text
from typed_samples import sample

from pp39.errors import UnreadableInput
from pp39.review.build import Builder
from pp39.review.reading import read_report
from pp39.review.typed import Grid

_W = nsdecls("w")


def _numbered(document):
    """Let headings of the first two levels be numbered by Word itself."""
    root = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>'
        '<w:lvlText w:val="{}"/></w:lvl>'
    )
    levels = level.format(0, "upperRoman", "BAB %1") + level.format(1, "decimal", "%1.%2")
    root.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {_W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for step in (0, 1):
        style = document.styles[f"Heading {step + 1}"].element
        style.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{step}"/><w:numId w:val="91"/></w:numPr>')
        )


def _field(paragraph, code, shown):
    for kind in ("begin", None, "separate", shown, "end"):
        run = OxmlElement("w:r")
        if kind is None:
            text = OxmlElement("w:instrText")
            text.text = code
        elif kind == shown:
            text = OxmlElement("w:t")
            text.text = shown
        else:
            text = OxmlElement("w:fldChar")
            text.set(qn("w:fldCharType"), kind)
        run.append(text)
        paragraph._p.append(run)


def test_word_is_read_as_it_is_printed(tmp_path):
    document = docx.Document()
    _numbered(document)
    document.add_heading("PENDAHULUAN", 1)
    document.add_heading("Latar Belakang", 2)
    changed = document.add_paragraph("Pagu sebesar ")
    for tag, inner in (("del", "delText"), ("ins", "t")):
        amount = "Rp1.000.000" if tag == "del" else "Rp2.000.000"
        changed._p.append(
            parse_xml(
                f'<w:{tag} {_W} w:id="1"><w:r><w:{inner}>{amount}</w:{inner}></w:r></w:{tag}>'
            )
        )
    box = (
        f"<w:r {_W}><w:pict><w:txbxContent><w:p><w:r><w:t>Catatan dalam kotak.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    document.add_paragraph("Di samping ada kotak.")._p.append(parse_xml(box))
    caption = document.add_paragraph("Tabel ", style="Caption")
    _field(caption, " SEQ Tabel ", "1")
    caption.add_run(". Pagu dan Keluaran")
    table = document.add_table(4, 3)
    for row, cells in enumerate(
        (("Uraian", "Tahun 2025", ""), ("", "Pagu", "Target"), ("A", "5", "1"), ("", "6", "2"))
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    inner = table.cell(3, 2).add_table(2, 2)
    for row in (0, 1):
        inner.cell(row, 0).text, inner.cell(row, 1).text = ("Rincian", "7") if row else ("a", "b")
    content = "<w:p><w:r><w:t>Isi kendali.</w:t></w:r></w:p>"
    content = f"<w:sdt {_W}><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    document.element.body.insert(-1, parse_xml(content))
    path = tmp_path / "a.docx"
    document.save(str(path))

    report = read_report(path)
    told = [one.text for one in report.passages]
    assert told[:2] == ["BAB I PENDAHULUAN", "I.1 Latar Belakang"]
    assert "Pagu sebesar Rp2.000.000" in told
    assert {"Catatan dalam kotak.", "Tabel 1. Pagu dan Keluaran", "Isi kendali."} <= set(told)
    first, second = report.grids
    assert first.caption == "Tabel 1. Pagu dan Keluaran"
    assert first.head == ("Uraian", "Tahun 2025 Pagu", "Tahun 2025 Target")
    assert first.rows == (("A", "5", "1"), ("", "6", "2"))
    assert second.rows == (("Rincian", "7"),)


def _pdf(source, path):
    path.write_bytes(typst.compile(source.encode()))
    return read_report(path)


def test_tables_without_rules_and_turned_pages_are_tables(tmp_path):
    rows = [["Uraian", "Pagu", "Realisasi"], ["Belanja pegawai yang dibayar", "100", "90"]]
    rows += [["Belanja barang", "200", "150"], ["Jumlah", "300", "240"]]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"Tabel 1. Belanja\n\n#table(stroke: none, columns: (30%, 20%, 20%), {cells})"
    (grid,) = _pdf(table, tmp_path / "a.pdf").grids
    assert grid.head == ("Uraian", "Pagu", "Realisasi")
    assert grid.rows[0] == ("Belanja pegawai yang dibayar", "100", "90")
    assert len(grid.rows) == 3
    turned = f"#rotate(-90deg, reflow: true)[#block(width: 18cm)[{table}]]"
    (grid,) = _pdf(turned, tmp_path / "b.pdf").grids
    assert grid.rows[-1] == ("Jumlah", "300", "240")


def test_columns_of_prose_and_divided_words_are_read_in_order(tmp_path):
    words = "Kegiatan awal tahun ini berjalan baik dan dapat dipertanggungjawabkan di unit. "
    source = (
        '#set text(lang: "id", hyphenate: true)\n#set par(justify: true)\n'
        f"#columns(2)[{words * 6} Akhir kolom pertama. #colbreak() Awal kolom kedua. {words * 6}]"
    )
    text = " ".join(one.text for one in _pdf(source, tmp_path / "a.pdf").passages)
    assert text.index("Akhir kolom pertama") < text.index("Awal kolom kedua")
    assert text.count("dipertanggungjawabkan") == 12


def test_a_sentence_goes_on_after_the_end_of_a_page(tmp_path):
    source = (
        '#set page(height: 4cm, margin: 1cm, header: [LAPORAN UNIT], numbering: "1")\n'
        + "Kalimat yang cukup panjang agar beberapa baris terisi penuh dengan kata-kata. " * 16
    )
    report = _pdf(source, tmp_path / "a.pdf")
    assert report.pages > 2
    text = " ".join(one.text for one in report.passages)
    assert text.count("Kalimat yang cukup panjang agar beberapa baris terisi penuh dengan") == 16
    assert "LAPORAN UNIT" not in text


@pytest.mark.parametrize(
    "lines",
    [
        ["Uraian    Pagu   Target", "-------   ----   ------", "Belanja     5        7"],
        [
            "+--------+------+--------+",
            "| Uraian | Pagu | Target |",
            "+========+======+========+",
            "| Bel-   | 5    | 7      |",
            "+--------+------+--------+",
        ],
        [
            "Uraian          Pagu     Target",
            "",
            "Belanja            5          7",
            "",
            "Jasa               8          9",
        ],
        ["| Uraian | Pagu | Target |", "|---|--:|--:|", "| Belanja | 5 | 7 |"],
        ["Uraian Pagu Target", "Belanja 5 7", "Jasa 8 9", "Jumlah 13 16"],
    ],
)
def test_text_of_converters_holds_tables(lines, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(["Kalimat pertama.", "", *lines, "", "Kalimat akhir."]), "utf-8")
    (grid,) = read_report(path).grids
    assert grid.head == ("Uraian", "Pagu", "Target")
    assert grid.rows[0][1:] == ("5", "7")


def test_cells_that_one_blank_parts_are_a_table_where_rows_end_with_as_many_figures(tmp_path):
    path = tmp_path / "a.txt"
    text = """Rincian belanja sebagai berikut.
NO. KEGIATAN PAGU AWAL REALISASI %
(Rp.) (Rp.)
1 Belanja Pegawai Rp. 2.000.000,- 1.000.000,- 50.00
2 Belanja Barang dan Jasa untuk
Perkantoran 1.000.000,- 900.000,- 90.00
3 Belanja Modal 0,- - -
JUMLAH 3.000.000,- 1.900.000,- 63.33
Pegawai pada tahun 2024 sebanyak 40 orang dan 2025
sebanyak 41 orang dari 44 formasi."""
    path.write_text(text, "utf-8")
    report = read_report(path)
    (grid,) = report.grids
    assert grid.head == ("NO.", "KEGIATAN", "PAGU AWAL", "REALISASI", "%")
    assert grid.rows[1:] == (
        ("2", "Belanja Barang dan Jasa untuk Perkantoran", "1.000.000,-", "900.000,-", "90.00"),
        ("3", "Belanja Modal", "0,-", "-", "-"),
        ("", "JUMLAH", "3.000.000,-", "1.900.000,-", "63.33"),
    )
    assert [one.text.split()[0] for one in report.passages] == ["Rincian", "Pegawai", "sebanyak"]


def test_figures_at_the_end_of_a_few_lines_are_no_table(tmp_path):
    path = tmp_path / "a.txt"
    text = """Serapan dan fisik menurut bulan:
Januari 12,5 dan 14
Februari 2025 10
Target 40 41
Nilai akhir dihitung 3 4 5"""
    path.write_text(text, "utf-8")
    assert not list(read_report(path).grids)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_laid_out_text_of_a_pdf_has_the_tables_of_the_report(tmp_path):
    rows = [["No", "Indikator kinerja kegiatan", "Target", "Realisasi"]]
    rows += [[str(n), f"Nilai pengawasan ke-{n}", f"{n}0,00", f"{n}1,50"] for n in range(1, 6)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    source = f"Tabel 1. Nilai\n\n#table(stroke: none, columns: 4, {cells})\n\nKalimat akhir."
    pdf, text = tmp_path / "a.pdf", tmp_path / "a.txt"
    pdf.write_bytes(typst.compile(source.encode()))
    subprocess.run(["pdftotext", "-layout", str(pdf), str(text)], check=True)
    (grid,) = read_report(text).grids
    assert [list(grid.head), *map(list, grid.rows)] == rows


def _encrypted(path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("rahasia")
    writer.write(str(path))


def _scanned(path):
    path.write_bytes(typst.compile(b"#rect(width: 5cm, height: 5cm)"))


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("a.pdf", _encrypted, "without a password"),
        ("a.pdf", _scanned, "scan"),
        ("a.pdf", lambda path: path.write_bytes(b""), "not a PDF"),
        ("a.docx", lambda path: path.write_bytes(b""), "not a Word document"),
        ("a.docx", lambda path: path.write_bytes(b"PK\x03\x04 damaged"), "not a Word document"),
        ("a.doc", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0"), r"\.docx"),
        ("a.txt", lambda path: path.write_bytes(b"a\x00b"), "not text"),
        ("a.txt", lambda path: path.write_bytes(b" \n \n"), "no text"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(name, make, told, tmp_path):
    path = tmp_path / name
    make(path)
    with pytest.raises(UnreadableInput, match=told) as error:
        read_report(path)
    assert len(error.value.sentences) == 1


def test_words_and_numbers_that_a_narrow_cell_cut_become_whole():
    build = Builder()
    build.paragraph("Realisasi mencapai target, dan belanja barang naik.")
    build.table([["Uraian", "Targ\net", "%"], ["belanja\nbarang", "12,5", "105,0\n0"]])
    build.close()
    (grid,) = (one for one in build.parts if isinstance(one, Grid))
    assert grid.head == ("Uraian", "Target", "%")
    assert grid.rows == (("belanja barang", "12,5", "105,00"),)


def test_a_huge_cell_is_read_in_no_time(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Uraian\tPagu\nBelanja\t{'9' * 200_000}\n" + "a b " * 50_000, "utf-8")
    started = time.monotonic()
    (grid,) = read_report(path).grids
    assert len(grid.rows[0][1]) < 200_000
    assert time.monotonic() - started < 20


def test_lines_of_contents_are_no_headings(tmp_path):
    path = tmp_path / "a.txt"
    as_text(sample("universitas"), path)
    report = read_report(path)
    entries = [one.text for one in report.passages if one.kind == "isi"]
    assert len(entries) == 10
    assert all(re.search(r"\.{5}", one) for one in entries)
