"""Working papers (*kertas kerja*): the executed notebooks as pages with text, code and results.

Each page holds all it needs, asks no other host for anything, and links to the other papers, to the
report and to the notebook it was made from. An output that links to a figure of the report which is
not on the page leads into the report; one that leads from the report to a paper leads beside here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets import default
from traitlets.config import Config

from pp39.characters import visible
from pp39.report.svg import shared

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["PAPERS", "WorkingPaperExporter", "render_working_paper"]

#: The notebooks in the order of the run, and what each does.
PAPERS = {
    "01_clean": "Pembersihan data",
    "02_validate": "Pemeriksaan mutu data",
    "03_indicators": "Perhitungan indikator",
    "04_report": "Penyusunan laporan",
}

_TEMPLATES = Path(__file__).parent / "templates"
_ANCHOR = re.compile(r'\bid="([^"]*)"')
_LINK = re.compile(r'\bhref="#([^"]*)"')
_PAPER = re.compile(r'\bhref="kertas-kerja/')
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_ASSIGNED = re.compile(r"^([a-z]+) *= *(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Paper:
    number: int
    title: str
    file: str
    here: bool


def render_working_paper(notebook: NotebookNode, name: str) -> str:
    """Render an executed notebook as a page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    name : str
        Its name without suffix, such as ``"01_clean"``.

    Returns
    -------
    str
        A complete HTML document; the same notebook gives the same text.
    """
    exporter = WorkingPaperExporter()  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})
    return page


class WorkingPaperExporter(TemplateExporter):
    """``jupyter nbconvert --to pp39-kertas-kerja``: a notebook as a working paper."""

    export_from_notebook = "Kertas kerja PP 39 (HTML)"
    output_mimetype = "text/html"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # otherwise the notebook is validated a dozen times

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "kertas-kerja"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """Prefer what a browser shows best; leave scripts and widgets out."""
        shown = ["text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain"]
        config = Config({"NbConvertBase": {"display_data_priority": shown}})
        config.merge(super().default_config)
        return config

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Give the filters of the template."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        # Named here because the lexer nbconvert takes from the notebook is that of the session it
        # was written in, which may be missing.
        highlight = Highlight2HTML(pygments_lexer="python3")  # type: ignore[no-untyped-call]
        yield "highlight_code", highlight
        yield "markdown2html", _markdown

    def from_notebook_node(  # type: ignore[override]  # the base class says it gives a notebook
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert an executed notebook."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "")
        # Outputs hold cells of raw files, with all that may be in them.
        return visible(_page(body, nb, name), "\n\t"), resources


def _markdown(source: str) -> str:
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def _page(body: str, notebook: Mapping[str, Any], name: str) -> str:
    names = list(PAPERS)
    headings = [_bare(inner) for inner in _HEADING.findall(body)]
    numbers = count(1)
    body = _HEADING.sub(lambda match: f'<h2 id="bagian-{next(numbers)}">{match[1]}</h2>', body)
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(_read("kertas-kerja/page.html.j2"))
    return template.render(
        number=names.index(name) + 1 if name in PAPERS else "–",
        title=PAPERS.get(name, name),
        about=_about(notebook),
        notebook=f"{name}.ipynb",
        papers=[
            _Paper(number, PAPERS[one], f"{one}.html", one == name)
            for number, one in enumerate(names, 1)
        ],
        css=Markup(_read("laporan.css") + _read("kertas-kerja/kertas-kerja.css")),
        contents=[(f"bagian-{number}", one) for number, one in enumerate(headings, 1)],
        body=Markup(_linked(shared(body))),
    )


def _read(name: str) -> str:
    return files("pp39.report").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")


def _about(notebook: Mapping[str, Any]) -> str:
    """Say which run this is, from the cell that carries its parameters; empty without one."""
    sources = {
        tag: cell["source"]
        for cell in notebook["cells"]
        for tag in cell.get("metadata", {}).get("tags", ())
    }
    written = sources.get("injected-parameters", sources.get("parameters", ""))
    values = {name: value.strip("\"'") for name, value in _ASSIGNED.findall(written)}
    if not {"unit", "quarter", "year"} <= set(values):
        return ""
    of = f"{values['unit']}, Triwulan {values['quarter']} {values['year']}"
    scenario = values.get("scenario", "dasar")
    return of if scenario == "dasar" else f"{of}, skenario {scenario}"


def _linked(body: str) -> str:
    """Lead links to what is not on this page into the report, and those to papers beside it."""
    here = set(_ANCHOR.findall(body)) | {"utama"}

    def target(match: re.Match[str]) -> str:
        return match[0] if match[1] in here else f'href="../laporan.html#{match[1]}"'

    return _PAPER.sub('href="', _LINK.sub(target, body))


def _bare(inner: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", inner)).strip()
