"""The exporters on a notebook executed by Papermill: PDF read back, HTML in a real browser."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest

from pp39.report import (
    Bold,
    Code,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Note,
    Phrase,
    Prose,
    ReportError,
    Table,
)
from pp39.report.html import HtmlReportExporter
from pp39.report.typst import Attachment, PdfReportExporter, render_pdf

SAMPLE = Path(__file__).parent / "notebooks" / "laporan_contoh.ipynb"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laporan")
    path = folder / "laporan.ipynb"
    command = [sys.executable, "-m", "papermill", str(SAMPLE), str(path), "-k", "python3"]
    subprocess.run([*command, "--no-progress-bar"], check=True, cwd=folder, capture_output=True)
    return path


def convert(path: Path, kind: str, **environment: str) -> bytes:
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", f"pp39-{kind}", path.name],
        check=True,
        cwd=path.parent,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return path.with_suffix(f".{kind}").read_bytes()


@pytest.fixture(scope="module")
def html(executed: Path) -> str:
    return convert(executed, "html").decode()


@pytest.fixture(scope="module")
def pdf_bytes(executed: Path) -> bytes:
    return convert(executed, "pdf")


@pytest.fixture(scope="module")
def pdf(pdf_bytes: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf_bytes))


@pytest.fixture(scope="module")
def pages(pdf: pypdf.PdfReader) -> list[str]:
    return [" ".join(one.extract_text().replace("\xad\n", "").split()) for one in pdf.pages]


def test_only_the_report_is_shown(html: str, pages: list[str]) -> None:
    for text in (html, " ".join(pages)):
        assert "kertas kerja" not in text
        assert "keluaran lain" not in text
        assert "import" not in text
        assert "Bukan promotor" not in text


def test_every_printed_figure_is_in_both(html: str, pages: list[str]) -> None:
    told = " ".join(pages)
    figures = re.findall(r"<data [^>]*>([^<]+)</data>", html)
    assert len(figures) > 10
    for figure in figures:
        assert figure in told


def test_the_pdf_says_which_page_of_how_many(pages: list[str], pdf: pypdf.PdfReader) -> None:
    shown = [re.findall(r"Halaman (\w+) dari (\w+)", page) for page in pages]
    labels = pdf.page_labels
    first = labels.index("1")
    assert labels[:first] == ["i", "ii", "iii", "iv"][:first]
    assert labels[first:] == [str(n) for n in range(1, len(pages) - first + 1)]
    assert shown[0] == []
    ends = [labels[first - 1]] * (first - 1) + [labels[-1]] * (len(pages) - first)
    assert [one[0] for one in shown[1:]] == list(zip(labels[1:], ends, strict=True))


def test_the_contents_list_gives_the_true_pages(pages: list[str], pdf: pypdf.PdfReader) -> None:
    labels = pdf.page_labels
    contents = next(page for page in pages if "DAFTAR ISI" in page and "KATA PENGANTAR" in page)
    for number, title in (("BAB I", "PENDAHULUAN"), ("BAB II", "HASIL")):
        line = re.search(rf"{number} {title}[ .]*(\d+)", contents)
        assert line is not None
        assert f"{number} {title}" in pages[labels.index(line[1])]
    tables = next(page for page in pages if "DAFTAR TABEL" in page and "Rencana aksi" in page)
    line = re.search(r"Tabel 2\.2 ?\.? Rencana aksi[ .]*(\d+)", tables)
    assert line is not None
    assert "Tabel 2.2. Rencana aksi" in pages[labels.index(line[1])]


def test_the_pdf_has_bookmarks(pdf: pypdf.PdfReader) -> None:
    def titles(outline: list[Any]) -> Iterator[str]:
        for one in outline:
            if isinstance(one, list):
                yield from titles(one)
            else:
                yield one.title

    found = list(titles(pdf.outline))
    assert found[0] == "KATA PENGANTAR"
    assert {"BAB I PENDAHULUAN", "1.1 Latar Belakang", "BAB II HASIL", "a. Rincian"} <= set(found)


def test_the_pdf_is_archival_tagged_and_dated_by_the_report(pdf: pypdf.PdfReader) -> None:
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>3<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("id")
    assert "2026-01-06" in metadata
    assert pdf.metadata is not None
    assert pdf.metadata.author == "Balai Contoh Ambon"
    assert "1970" not in str(pdf.metadata)


def tags(pdf: pypdf.PdfReader) -> Counter[str]:
    found: Counter[str] = Counter()
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found[str(node["/S"])] += 1
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def test_the_pdf_is_tagged_by_meaning(pdf: pypdf.PdfReader) -> None:
    found = tags(pdf)
    for tag in ("/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/Figure", "/TOC", "/L"):
        assert found[tag] > 0, tag
    assert found["/Table"] >= 2


def test_figures_link_to_their_calculation(pdf: pypdf.PdfReader, pages: list[str]) -> None:
    annex = next(n for n, page in enumerate(pages) if "JEJAK PERHITUNGAN" in page and n > 5)
    places = {page.indirect_reference.idnum: n for n, page in enumerate(pdf.pages)}
    reached = set()
    for page in pdf.pages[1:annex]:
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            assert link["/Subtype"] == "/Link"
            target = link.get("/Dest") or link["/A"]["/D"]
            if isinstance(target, str):
                target = pdf.named_destinations[target].dest_array
            reached.add(places[target[0].idnum])
    assert annex in reached or annex + 1 in reached


def test_the_wide_table_is_on_landscape_pages_with_its_header_repeated(
    pdf: pypdf.PdfReader, pages: list[str]
) -> None:
    wide = [n for n, page in enumerate(pdf.pages) if page.mediabox.width > page.mediabox.height]
    assert len(wide) >= 2
    assert "2.2 Matriks" in pages[wide[0]]
    for place in wide:
        assert "Indikator Triwulan I Triwulan II Triwulan III Triwulan IV" in pages[place]


def test_the_text_holds_what_is_read_and_nothing_else(pages: list[str]) -> None:
    text = "\n".join(pages)
    assert not re.search("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]", text)


@pytest.mark.parametrize(
    "long",
    [
        "x" * 300,
        "https://contoh.example/data/raw/bspji-ambon/2025?" + "&".join(["nilai=12345"] * 20),
        "PERINDUSTRIAN" * 12,
        "T-jumlah_" * 30,
        "0123456789" * 25,
    ],
    ids=["letters", "address", "capitals", "names", "digits"],
)
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_what_has_no_place_to_break_stays_on_the_page(long: str, tmp_path: Path) -> None:
    doc = Document("Laporan", "Triwulan IV", "Balai Contoh", "TW IV", dt.date(2026, 1, 6))
    narrow = [Column("A"), Column("B", width="25mm"), Column("C")]
    blocks = [
        doc,
        Heading(1, long),
        Heading(2, long),
        Prose("Lihat ", long, "."),
        Listing(long, Phrase("butir ", Bold(long))),
        Prose(Code(long), " dan ", Link(long, "kertas-kerja/01_clean.html")),
        Table("tabel", long, narrow, [("a", long, "c"), (long, "b", [long, "d"])], notes=[long]),
        Note(long, [long]),
    ]
    cells = [{"outputs": [{"data": one._repr_mimebundle_()} for one in blocks]}]
    path = tmp_path / "laporan.pdf"
    path.write_bytes(render_pdf({"cells": cells}))
    pages = pypdf.PdfReader(path).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert text.casefold().count(long.casefold()) >= 10
    told = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True)
    for page in told.stdout.decode().split("<page ")[1:]:
        width = float(re.search('width="([0-9.]+)"', page)[1])  # type: ignore[index]
        places = re.findall('xMin="([0-9.-]+)" yMin="([0-9.-]+)" xMax="([0-9.-]+)"', page)
        words = sorted((float(y), float(left), float(right)) for left, y, right in places)
        margin = 25 / 25.4 * 72
        assert all(left > margin - 1 and right < width - margin + 1 for _, left, right in words)
        # Nothing is printed over what stands beside it.
        for (y, _, right), (below, left, _) in pairwise(words):
            assert y != below or right <= left + 0.5


def test_a_file_travels_inside(executed: Path) -> None:
    content = '{"sandi": "\\u00e9 \\"x\\"",\r\n "garis": "a\\\\b"}\n'
    made = render_pdf(nbformat.read(executed, 4), [Attachment("run.json", content)])
    assert pypdf.PdfReader(BytesIO(made)).attachments["run.json"] == [content.encode()]


def test_the_same_notebook_gives_the_same_bytes(
    executed: Path, html: str, pdf_bytes: bytes, tmp_path: Path
) -> None:
    copy = tmp_path / "folder lain" / executed.name
    copy.parent.mkdir()
    shutil.copy(executed, copy)
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura", "LANG": "C", "LC_ALL": "C"}
    assert convert(copy, "html", **settings).decode() == html
    assert convert(copy, "pdf", **settings) == pdf_bytes


def test_the_exporters_are_found_by_name() -> None:
    from nbconvert.exporters import get_exporter  # noqa: PLC0415

    assert get_exporter("pp39-html") is HtmlReportExporter
    assert get_exporter("pp39-pdf") is PdfReportExporter


def test_a_preprocessor_that_is_switched_on_changes_what_the_report_is_made_of(
    executed: Path, html: str
) -> None:
    def emptied(notebook: nbformat.NotebookNode, resources: Any) -> tuple[Any, Any]:
        return nbformat.from_dict({**notebook, "cells": []}), resources

    assert HtmlReportExporter().from_filename(str(executed))[0] == html
    exporter = HtmlReportExporter(preprocessors=[emptied])
    with pytest.raises(ReportError, match="shows 0 Dokumen objects"):
        exporter.from_filename(str(executed))


class Page(HTMLParser):
    """Collects what the checks on the HTML need."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    parsed = Page()
    parsed.feed(html)
    return parsed


def test_every_link_resolves_and_every_id_is_unique(page: Page) -> None:
    ids = Counter(attrs["id"] for _, attrs in page.elements if "id" in attrs)
    assert [one for one, count in ids.items() if count > 1] == []
    links = [attrs["href"] or "" for _, attrs in page.elements if "href" in attrs]
    assert any(one.startswith("#jejak-") for one in links)
    assert all(
        one[:9] == "lampiran/" or one[:8] == "laporan." for one in links[1:] if one[0] != "#"
    )
    for link in links:
        assert link[0] != "#" or link[1:] in ids


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_tables_and_graphics_are_told_to_those_who_do_not_see_them(page: Page) -> None:
    headers = [attrs for tag, attrs in page.elements if tag == "th"]
    assert headers
    assert all(attrs.get("scope") in ("col", "colgroup", "row", "rowgroup") for attrs in headers)
    kinds = Counter(tag for tag, _ in page.elements)
    assert kinds["caption"] == kinds["table"] == kinds["thead"] == 2
    scrolled = [attrs for _, attrs in page.elements if attrs.get("class") == "gulir"]
    assert len(scrolled) == 2
    assert all(attrs["tabindex"] == "0" and attrs["aria-labelledby"] for attrs in scrolled)
    images = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert len(images) == 1
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in images)
    assert kinds["script"] == 1


def test_numbers_stand_in_the_html(html: str) -> None:
    assert "Tabel 2.1. Realisasi PNBP &lt;menurut&gt; layanan &amp; target" in html
    assert ">Tabel 2.1</a> dan " in html
    assert ">Gambar 2.1</a> serta " in html
    assert ">BAB II</a>." in html
    assert "<!--nomor" not in html


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
def test_a_browser_shows_it_without_asking_anybody(html: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    path = tmp_path / "laporan.html"
    path.write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        asked: list[str] = []
        said: list[str] = []
        for width in (360, 768, 1280):
            view = browser.new_page(viewport={"width": width, "height": 800})
            view.on("request", lambda request: asked.append(request.url))
            view.on("console", lambda message: said.append(message.text))
            view.goto(path.as_uri())
            assert view.evaluate("document.documentElement.scrollWidth") == width
            for role in ("banner", "main", "contentinfo"):
                assert view.get_by_role(role).count() == 1  # type: ignore[arg-type]
        assert view.get_by_role("navigation", name="Daftar isi").count() == 1
        view.keyboard.press("Tab")
        assert view.evaluate("document.activeElement.textContent") == "Langsung ke isi laporan"
        view.locator("main a.angka").first.click()
        assert view.locator(".jejak:popover-open").count() == 1
        browser.close()
    assert set(asked) == {path.as_uri()}
    assert said == []
