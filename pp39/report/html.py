"""The report as one HTML file that needs nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import Exporter
from traitlets import default

from pp39.periods import format_date
from pp39.report.collect import Heading, Placed, Report, collect
from pp39.report.svg import shared
from pp39.report.text import html_text
from pp39.report.trace import trace_html

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["HtmlReportExporter", "render_html"]

_NUMBER = re.compile(r"<!--nomor:([^>]*?)-->.*?<!--/nomor-->", re.DOTALL)


def render_html(notebook: Mapping[str, Any]) -> str:
    """Render the report of an executed notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook that displays the blocks of `pp39.report`.

    Returns
    -------
    str
        A complete HTML document: style and graphics inside, no script, no request elsewhere.

    Raises
    ------
    ReportError
        If the report does not hold together; see `pp39.report.collect.collect`.
    """
    report = collect(notebook)
    cover = "".join(_cover(one, report) for one in report.blocks if one.told.kind == "sampul")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_resource("laporan.html.j2"))
    return template.render(
        meta=report.meta,
        date=format_date(_date(report.meta.tanggal)),
        cover=Markup(cover),
        css=Markup(_resource("laporan.css")),
        contents=Markup(_contents(report.headings(), deepest=2)),
        body=Markup(shared(_body(report))),
    )


class HtmlReportExporter(Exporter):
    """``jupyter nbconvert --to pp39-html``: the report in the notebook, without its code."""

    export_from_notebook = "Laporan PP 39 (HTML)"
    output_mimetype = "text/html"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # otherwise the notebook is validated a dozen times

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert an executed notebook."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        return render_html(copy), resources


def _resource(name: str) -> str:
    return files("pp39.report").joinpath("templates", name).read_text(encoding="utf-8")


def _date(text: str) -> Any:
    import datetime as dt  # noqa: PLC0415

    return dt.date.fromisoformat(text)


def _cover(block: Placed, report: Report) -> str:
    # The title of the cover is the title of the page, its only h1.
    return re.sub(
        r'<p class="judul-sampul">(.*?)</p>',
        r'<h1 class="judul-sampul">\1</h1>',
        _with_numbers(block.html, report),
        count=1,
        flags=re.DOTALL,
    )


def _body(report: Report) -> str:
    """Write the blocks, each chapter in a section of its own."""
    parts: list[str] = []
    chapter = 0

    def of_chapter(block: Placed) -> int:
        nonlocal chapter
        chapter += block.level == 1
        return chapter

    blocks = [one for one in report.blocks if one.told.kind != "sampul"]
    for number, members in groupby(blocks, key=of_chapter):
        inner = "".join(_block(one, report) for one in members)
        parts.append(f"<section>{inner}</section>" if number else inner)
    return "\n".join(parts)


def _block(block: Placed, report: Report) -> str:
    match block.told.kind:
        case "judul":
            return _heading(block)
        case "daftar-isi":
            return _heading(block) + _contents(report.headings(), deepest=4)
        case "daftar-tabel":
            return _heading(block) + _floats(report.numbered("tabel"))
        case "daftar-gambar":
            return _heading(block) + _floats(report.numbered("bagan"))
        case "jejak":
            return trace_html(block.told.extra["entries"])
        case _:
            return _with_numbers(block.html, report) + "\n"


def _heading(block: Placed) -> str:
    tag = f"h{block.level + 1}"
    title = html_text(block.told.title)
    number = ""
    if block.number:
        number = f'<span class="nomor">{html_text(block.number)}</span> '
    return f'<{tag} id="{html_text(block.told.label)}">{number}{title}</{tag}>\n'


def _with_numbers(html: str, report: Report) -> str:
    return _NUMBER.sub(lambda match: html_text(_number(match[1], report)), html)


def _number(escaped_label: str, report: Report) -> str:
    # Labels are written by developers of reports; those in use hold nothing that escaping changes.
    return report.numbers[escaped_label]


def _contents(headings: list[Heading], deepest: int) -> str:
    """Nest the headings as lists."""
    html: list[str] = []
    depth = 0
    for one in headings:
        if one.level > deepest:
            continue
        if one.level > depth:
            html.append("<ol><li>" * (one.level - depth))
        else:
            html.append("</li></ol>" * (depth - one.level) + "</li><li>")
        depth = one.level
        number = f'<span class="nomor">{html_text(one.number)}</span> ' if one.number else ""
        html.append(f'<a href="#{html_text(one.label)}">{number}{html_text(one.title)}</a>')
    html.append("</li></ol>" * depth)
    return f'<div class="isi">{"".join(html)}</div>'


def _floats(lines: list[Heading]) -> str:
    items = "".join(
        f'<li><a href="#{html_text(one.label)}"><span class="nomor">{html_text(one.number)}.</span>'
        f" {html_text(one.title)}</a></li>"
        for one in lines
    )
    return f'<div class="isi datar"><ol>{items}</ol></div>' if items else "<p>Tidak ada.</p>"
