"""Working papers (*kertas kerja*): the executed notebooks as pages with text, code and results.

Each page holds all it needs, asks no other host for anything, and links to the other papers, to the
report and to the notebook it was made from. An output that links to a figure of the report which is
not on the page leads into the report; one that leads from the report to a paper leads beside here.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from traitlets import default
from traitlets.config import Config

from pp39.characters import visible
from pp39.papers import PAPERS
from pp39.report.block import BLOCK_MIME
from pp39.report.collect import collect
from pp39.report.html import unbroken
from pp39.showing import ABOUT_MIME, Shown, table

_TEMPLATES = Path(__file__).parent / "templates"
#: Down to this level headings of the report are listed.
_SECTIONS = 3
_ANCHOR = re.compile(r'\bid="([^"]*)"')
_LINK = re.compile(r'\bhref="#([^"]*)"')
_PAPER = re.compile(r'\bhref="kertas-kerja/')
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Paper:
    number: int
    title: str
    file: str
    here: bool


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
        body, resources = super().from_notebook_node(_abridged(nb), resources, **kw)
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
    return _template().render(
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
        body=Markup(unbroken(_linked(body))),
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(_read("kertas-kerja/page.html.j2"))


@cache
def _read(name: str) -> str:
    return files("pp39.report").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")


def _about(notebook: Mapping[str, Any]) -> str:
    """Say which run this is, as the notebook itself does; empty where it does not."""
    told = (data[ABOUT_MIME] for _, data in _outputs(notebook["cells"]) if ABOUT_MIME in data)
    return next(told, "")


def _abridged(notebook: NotebookNode) -> NotebookNode:
    """Leave out what is elsewhere: parameters that others replace, and the report itself."""
    tags = {tag for cell in notebook.cells for tag in cell.metadata.get("tags", ())}
    replaced = "parameters" if "injected-parameters" in tags else ""
    whole = any(BLOCK_MIME in data for _, data in _outputs(notebook.cells))
    contents: list[NotebookNode] = []
    if whole:
        data = {"text/html": _report_contents(notebook)}
        contents = [_node({"output_type": "display_data", "metadata": {}, "data": data})]
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if replaced and replaced in cell.metadata.get("tags", ()):
            continue
        kept = [one for one, data in _outputs([cell]) if BLOCK_MIME not in data]
        if len(kept) < len(cell.get("outputs", ())):
            cells.append(_node({**cell, "outputs": [*kept, *contents]}))
            contents = []
        else:
            cells.append(cell)
    return _node({**notebook, "cells": cells})


def _node(data: Mapping[str, Any]) -> NotebookNode:
    made: NotebookNode = from_dict(data)  # type: ignore[no-untyped-call]
    return made


def _outputs(cells: Iterable[Any]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            yield output, output.get("data", {})


def _report_contents(notebook: NotebookNode) -> str:
    """List the chapters and sections of the report, and what stands in each."""
    rows: list[tuple[Shown, Counter[str]]] = []
    for one in collect(notebook).blocks:
        if 0 < one.level <= _SECTIONS and one.told.kind == "judul":
            title = f"{one.number} {one.told.title}".strip()
            address = f"../laporan.html#{html.escape(one.told.label)}"
            link = f'<a href="{address}">{html.escape(title)}</a>'
            rows.append((Shown(link, title), Counter()))
        elif rows:
            rows[-1][1][one.told.kind] += 1
    return table(
        "Isi laporan",
        ["Bab dan bagian", "Paragraf", "Tabel", "Gambar"],
        [[title, *(told[kind] for kind in ("prosa", "tabel", "bagan"))] for title, told in rows],
    ).html


def _linked(body: str) -> str:
    """Lead links to what is not on this page into the report, and those to papers beside it."""
    here = set(_ANCHOR.findall(body)) | {"utama"}

    def target(match: re.Match[str]) -> str:
        return match[0] if match[1] in here else f'href="../laporan.html#{match[1]}"'

    return _PAPER.sub('href="', _LINK.sub(target, body))


def _bare(inner: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", inner)).strip()
