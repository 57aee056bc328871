"""``laporan.docx``: the words, tables and figures of the signed body, in styles one can edit."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html import unescape

import docx
import nbformat
import pytest
from docx.oxml.ns import qn

from pp39.report import Code, Document, Heading, Prose, ReportError, Row, Table, TableCell
from pp39.report.block import Description
from pp39.report.collect import Placed, collect
from pp39.report.column import Column
from pp39.report.html import with_numbers
from pp39.report.signed import signed
from pp39.report.word import render_docx
from pp39.report.word_flow import Flow

OFFICE = shutil.which("soffice")
INLINE = r"</?(?:a|code|data|em|span|strong|sup|time)\b[^>]*>"
UNSEEN = (
    r'<svg.*?</svg>|<span class="tersembunyi">.*?</span>|<div class="kotak">.*?</div>|<!--.*?-->'
)


@pytest.fixture(scope="module")
def run(finished):
    return finished("IV")


@pytest.fixture(scope="module")
def notebook(run):
    paper = run.report / "kertas-kerja" / "04_report.ipynb"
    return nbformat.read(paper, as_version=4)


@pytest.fixture(scope="module")
def report(notebook):
    return signed(collect(notebook))[0]


@pytest.fixture(scope="module")
def blocks(report):
    styles = [one.told.extra.get("style") for one in report.blocks]
    return report.blocks[: styles.index("lampiran")]


@pytest.fixture(scope="module")
def content(run):
    return (run.report / "laporan.docx").read_bytes()


@pytest.fixture(scope="module")
def copy(content):
    return docx.Document(io.BytesIO(content))


def words_of(html):
    bare = re.sub(INLINE, "", re.sub(UNSEEN, "", html, flags=re.DOTALL))
    return unescape(re.sub(r"<[^>]*>", " ", bare)).split()


def styled(copy, *names):
    return [one.text for one in copy.paragraphs if one.style.name in names]


def test_the_same_notebook_gives_the_same_bytes(notebook, content):
    assert render_docx(notebook) == content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_says_what_the_signed_body_says_and_nothing_else(report, blocks, copy):
    told = [
        word
        for one in blocks
        if not one.told.kind.startswith("daftar-")
        for word in words_of(
            f"{one.number} {one.told.title}" if one.level else with_numbers(one.html, report)
        )
    ]
    ours = ("Salinan", "toc 1", "toc 2", "toc 3", "table of figures")
    lists = {"DAFTAR ISI", "DAFTAR TABEL", "DAFTAR GAMBAR"}
    said = []
    for item in copy.iter_inner_content():
        many = [item] if hasattr(item, "runs") else []
        for row in [] if many else item._tbl.tr_lst:
            for cell in row.tc_lst:
                many += [docx.text.paragraph.Paragraph(one, copy) for one in cell.p_lst]
        # A hyperlink is no run: the text of a paragraph has both.
        said += [
            word
            for one in many
            if one.style.name not in ours and one.text not in lists
            for word in one.text.split()
            if word != ":"
        ]
    assert said == [word for word in told if word != ":"]


def test_headings_captions_tables_and_lists_are_what_they_are_called(blocks, copy):
    for level in (1, 2, 3):
        told = [f"{one.number} {one.told.title}".split() for one in blocks if one.level == level]
        assert [one.split() for one in styled(copy, f"Heading {level}")] == told
        assert told
    captioned = [one for one in blocks if one.told.kind in ("tabel", "bagan")]
    assert styled(copy, "Caption") == [f"{one.number}. {one.told.title}" for one in captioned]
    listed = [one.removesuffix("\t") for one in styled(copy, "table of figures")]
    assert sorted(listed) == sorted(styled(copy, "Caption"))
    kinds = [one.told.kind for one in captioned]
    emblems = sum(one.html.count("<img") for one in blocks)
    assert len(copy.tables) == kinds.count("tabel")
    assert len(copy.inline_shapes) == kinds.count("bagan") + emblems
    assert styled(copy, "List Bullet")
    assert styled(copy, "List Number")
    for table in copy.tables:
        assert table.style.name == "Table Grid"
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert heads[0] is not None
        assert heads[-1] is None


def test_every_chart_has_its_words(blocks, copy):
    alts = [
        unescape(re.search(r'<svg[^>]* aria-label="([^"]*)"', one.html)[1])
        for one in blocks
        if one.told.kind == "bagan"
    ]
    shown = [one._inline.docPr.get("descr") for one in copy.inline_shapes]
    assert shown[-len(alts) :] == alts


def test_it_is_marked_as_a_copy_in_indonesian(report, copy):
    assert copy.paragraphs[0].style.name == "Salinan"
    assert "laporan.pdf" in copy.paragraphs[0].text
    assert "Salinan untuk disunting" in copy.sections[1].footer.paragraphs[0].text
    assert report.meta.unit in copy.sections[1].header.paragraphs[0].text
    language = copy.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "id-ID"
    about = copy.core_properties
    assert about.language == "id-ID"
    assert about.author == report.meta.penulis
    assert about.created == about.modified
    assert about.created.date().isoformat() == report.meta.tanggal


def test_an_office_is_asked_to_fill_in_the_pages_when_it_opens_the_copy(content, copy):
    assert copy.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    lists = [one for one in copy.paragraphs if one.style.name.startswith(("toc", "table of"))]
    names = {one.get(qn("w:name")) for one in copy.element.iter(qn("w:bookmarkStart"))}
    for one in lists:
        (asked,) = [each.text.split() for each in one._p.iter(qn("w:instrText"))]
        assert (asked[0], asked[2]) == ("PAGEREF", "\\h")
        assert asked[1] in names


def test_links_lead_to_what_is_there(copy):
    body = copy.element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    led = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names))
    assert led
    assert led <= set(names)


def test_cells_that_span_keep_the_grid():
    table = Table(
        "t",
        "Judul & <isi>",
        [Column("A"), Column("B"), Column("C")],
        [
            Row(TableCell("dua", across=2, down=2), "satu"),
            Row("tiga"),
            Row("x", ["p", "q"], None, kind="jumlah"),
        ],
    )
    told = Document("J", "S", "U", "P", date(2026, 1, 6))
    blocks = [told, Heading(1, "Bab"), Prose(Code("a<b")), table]
    cells = [{"cell_type": "code", "outputs": [{"data": one.bundle()}]} for one in blocks]
    made = docx.Document(io.BytesIO(render_docx({"cells": cells})))
    (grid,) = made.tables
    assert [[one.text for one in row.cells] for row in grid.rows] == [
        ["A", "B", "C"],
        ["dua", "dua", "satu"],
        ["dua", "dua", "tiga"],
        ["x", "p\nq", "–"],
    ]


def test_what_it_cannot_show_is_not_lost_silently():
    flow = Flow({}, lambda source, alt, wide: "")
    block = Placed(Description("prosa"), "", "")
    with pytest.raises(ReportError, match="no way to show <blockquote>"):
        flow.block(block, "<blockquote>x</blockquote>")
    with pytest.raises(ReportError, match="no way to show <mark> in a line"):
        flow.block(block, "<p>x <mark>y</mark></p>")


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice (soffice)")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler (pdftotext)")
def test_libreoffice_opens_it_and_counts_the_same(run, blocks, tmp_path):
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profil",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(run.report / "laporan.docx"),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
        timeout=300,
    )
    printed = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "laporan.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = " ".join(printed.split())
    for one in blocks:
        if one.level in (1, 2):
            assert " ".join(f"{one.number} {one.told.title}".split()) in lines
        elif one.told.kind in ("tabel", "bagan"):
            # Once in its list and once where it stands: the office has counted itself.
            assert lines.count(f"{one.number}. {one.told.title[:20]}") == 2, one.number
    # The contents have their pages as soon as the copy is opened.
    pages = [" ".join(one.split()) for one in printed.split("\f")]
    for one in blocks:
        title = " ".join(f"{one.number} {one.told.title}".split())
        if one.level == 1 and one.number:
            (page,) = re.findall(rf"{re.escape(title)} ?\.{{3,}} ?(\d+)", lines)
            (there,) = [text for text in pages if title in text and f"{title}." not in text]
            assert there.count(f"halaman {page}") == 1, title


def test_a_code_has_room_in_its_column(content):
    """Also where a wider face stands in for that of the styles."""
    sizes = {"IsiTabel": 9.5, "IsiTabelKecil": 8.5, "IsiTabelMini": 7.5}
    seen = 0
    for cell in docx.Document(io.BytesIO(content)).element.iter(qn("w:tc")):
        for paragraph in cell.p_lst:
            text = "".join(one.text for one in paragraph.iter(qn("w:t")))
            if re.match(r"\d{4}\.[A-Z]{3}\.\d{3}$", text):
                # Seven digits, three capitals and two dots of DejaVu Serif, between the margins.
                room = cell.width.pt - 10.8
                assert room > 7.3 * sizes[paragraph.style], text
                seen += 1
    assert seen > 10
