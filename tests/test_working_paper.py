"""Working papers: executed notebooks as pages that need nothing but themselves."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from pp39.papers import PAPERS
from pp39.report import Document, Heading, Prose
from pp39.report.working_paper import WorkingPaperExporter
from pp39.showing import ABOUT_MIME


class Page(HTMLParser):
    """Elements of a page, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img", "br", "hr", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def render_working_paper(notebook: NotebookNode, name: str) -> str:
    """Render an executed notebook as the page of its name."""
    exporter = WorkingPaperExporter()  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})
    return page


@pytest.fixture
def notebook() -> NotebookNode:
    cells = [
        new_markdown_cell("# Perhitungan\n\nSetiap angka dihitung <b>persis</b>.", id="a"),
        new_code_cell('unit = "bspji-ambon"', id="b", metadata={"tags": ["parameters"]}),
        new_markdown_cell("## Nilai NPS\n\n| a | b |\n|---|---|\n| 1 | 2 |", id="c"),
        new_code_cell(
            'nps = 54 < 57  # "benar"',
            id="d",
            execution_count=2,
            outputs=[
                new_output("stream", name="stdout", text="satu <dua> & tiga\n"),
                new_output(
                    "display_data",
                    data={
                        "text/html": '<p id="x"><a href="#x">di sini</a> '
                        '<a href="#jejak-IKK-6.1.2:realisasi">94,74</a></p>',
                        "text/plain": "tidak ditampilkan",
                        "application/javascript": "alert(1)",
                    },
                ),
                new_output("execute_result", data={"text/plain": "True"}, execution_count=2),
                new_output("display_data", data={"image/png": "iVBORw0KGgo=\n"}),
                new_output("error", ename="ValueError", evalue="salah <x>", traceback=["…"]),
            ],
        ),
    ]
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def test_links_of_the_report_to_its_papers_lead_beside_the_page(notebook: NotebookNode) -> None:
    link = '<a href="kertas-kerja/01_clean.html">pembersihan data</a>'
    notebook.cells[3].outputs[1].data["text/html"] += link
    targets = {
        one.get("href") for one in Page(render_working_paper(notebook, "04_report")).all("a")
    }
    assert "01_clean.html" in targets
    assert not any(one and one.startswith("kertas-kerja/") for one in targets)


def test_text_code_and_results_are_on_the_page(notebook: NotebookNode) -> None:
    html = render_working_paper(notebook, "03_indicators")
    page = Page(html)
    assert page.open == []
    assert ">Perhitungan</h1>" in html
    assert "satu &lt;dua&gt; &amp; tiga" in html
    assert ">True</pre>" in html
    assert "ValueError: salah &lt;x&gt;" in html
    assert "tidak ditampilkan" not in html
    code = re.sub(r"<[^>]+>", "", html.split('<details class="kode">')[2])
    assert 'nps = 54 &lt; 57  # "benar"' in code
    assert "<summary>Parameter</summary>" in html
    assert all(one.get("tabindex") == "0" for one in page.all("pre"))
    assert '<a href="#bagian-1">Nilai NPS</a>' in html
    assert [image["alt"] for image in page.all("img")] == ["Gambar keluaran sel ini"]


def test_the_page_needs_nothing_but_itself(notebook: NotebookNode) -> None:
    html = render_working_paper(notebook, "03_indicators")
    page = Page(html)
    assert page.all("script") == []
    assert page.all("html") == [{"lang": "id"}]
    for landmark in ("header", "nav", "main", "footer"):
        assert page.all(landmark), landmark
    addresses = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in ("href", "src") and value
    ]
    assert not [one for one in addresses if re.match(r"[a-z]+:", one) and one[:5] != "data:"]
    assert "http" not in html.split("</style>")[1]


def test_papers_and_report_are_linked(notebook: NotebookNode) -> None:
    page = Page(render_working_paper(notebook, "03_indicators"))
    links = [one["href"] for one in page.all("a")]
    assert set(links) >= {f"{name}.html" for name in PAPERS}
    assert {"../laporan.html", "03_indicators.ipynb"} <= set(links)
    current = [one["href"] for one in page.all("a") if one.get("aria-current") == "page"]
    assert current == ["03_indicators.html"]
    # A figure that is not on this page is looked up in the report.
    assert "../laporan.html#jejak-IKK-6.1.2:realisasi" in links
    assert "#x" in links


def test_the_same_notebook_gives_the_same_page(notebook: NotebookNode) -> None:
    first = render_working_paper(notebook, "01_clean")
    assert render_working_paper(notebook, "01_clean") == first


def test_parameters_are_shown_once_and_the_unit_by_its_name(notebook: NotebookNode) -> None:
    source = '# Parameters\nunit = "unit-lain"\n'
    tags = {"tags": ["injected-parameters"]}
    about = {ABOUT_MIME: "Balai Contoh, Triwulan II 2025", "text/plain": "Balai Contoh, …"}
    shown = new_output("execute_result", data=about, execution_count=1)
    notebook.cells[2:2] = [
        new_code_cell(source, id="p", metadata=tags),
        new_code_cell("ws", id="q", outputs=[shown]),
    ]
    html = render_working_paper(notebook, "01_clean")
    assert html.count("<summary>Parameter</summary>") == 1
    assert "unit-lain" in html
    assert "bspji-ambon" not in html
    title = "Kertas kerja 1: Pembersihan data – Balai Contoh, Triwulan II 2025"
    assert f"<title>{title}</title>" in html


def test_the_report_is_not_printed_once_more(notebook: NotebookNode) -> None:
    report = Document("Laporan", "Triwulan IV", "Balai", "TW IV", dt.date(2026, 1, 6))
    blocks = [report, Heading(1, "Hasil", label="hasil"), Prose("Panjang sekali."), Prose("Lagi.")]
    notebook.cells[3].outputs = [
        new_output("display_data", data=one._repr_mimebundle_()) for one in blocks
    ]
    html = render_working_paper(notebook, "04_report")
    assert "Panjang sekali" not in html
    row = re.search(r'<a href="../laporan.html#hasil">BAB I HASIL</a></th><td[^>]*>(\d)', html)
    assert row is not None
    assert row[1] == "2"


def test_nbconvert_knows_the_exporter(notebook: NotebookNode, tmp_path: Path) -> None:
    path = tmp_path / "01_clean.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "nbconvert", "--to", "pp39-kertas-kerja", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "Kertas kerja 1: Pembersihan data" in text
    assert text == render_working_paper(nbformat.read(path, 4), "01_clean")
