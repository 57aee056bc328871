"""The report as one HTML file that needs nothing but itself.

All of it can be read without a script. What a link leads to is shown where the reader is, by
``:target`` alone: a calculation as a card over the page, an annex by opening. One small script,
which the page allows by its hash, adds what a style sheet cannot do: cards that close by a key and
give the focus back, searching, and the mark at the present place in the contents.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from traitlets import default

from pp39 import __version__
from pp39.periods import format_date
from pp39.report.collect import Heading, Placed, Report, collect
from pp39.report.exporter import ReportExporter
from pp39.report.text import html_text
from pp39.report.trace import Place, trace_html

#: What a run writes beside the page, by what it is called there.
_DOWNLOADS = {
    "Laporan (PDF)": "laporan.pdf",
    "Buku kerja (XLSX)": "laporan.xlsx",
    "Salinan untuk disunting (DOCX)": "laporan.docx",
    "Temuan (CSV)": "lampiran/temuan.csv",
    "Indikator (CSV)": "lampiran/indikator.csv",
    "Perbaikan data (CSV)": "lampiran/perbaikan.csv",
    "Buku angka (JSON)": "lampiran/ledger.json",
    "Hasil pemeriksaan (JSON)": "lampiran/pemeriksaan.json",
}
#: Blocks that list what the contents beside the text list already.
_LISTS = ("daftar-isi", "daftar-tabel", "daftar-gambar")
#: From this level on a number tells nothing without the headings above it.
_LETTERED = 4
_NUMBER = re.compile(r"<!--nomor:([^>]*?)-->.*?<!--/nomor-->", re.DOTALL)
_TEXT = re.compile(r">[^<>]+<")
_CODE = re.compile(r"\b([A-Z]{2,5}) (?=[0-9])")


def render_html(
    notebook: Mapping[str, Any],
    downloads: Mapping[str, str] = _DOWNLOADS,
    *,
    script: str = "",
    style: str = "",
) -> str:
    """Render the report of an executed notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook that displays the blocks of `pp39.report`.
    downloads : mapping of str to str
        Address, relative to the page, of what lies beside it, by what it is called there; the first
        PDF is for printing.
    script, style : str
        Of the page alone, behind those of every report.

    Returns
    -------
    str
        A complete HTML document: style, graphics and script inside, no request elsewhere.

    Raises
    ------
    ReportError
        If the report does not hold together; see `pp39.report.collect.collect`.
    """
    report = collect(notebook)
    cover = "".join(_cover(one, report) for one in report.blocks if one.told.kind == "sampul")
    whole = _resource("laporan.js") + script
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_resource("laporan.html.j2"))
    body = _body(report)
    return template.render(
        meta=report.meta,
        version=__version__,
        date=format_date(_date(report.meta.tanggal)),
        downloads=downloads,
        printed=next((one for one in downloads.values() if one.endswith(".pdf")), ""),
        cover=Markup(unbroken(cover)),
        trace=_above_trace(report),
        css=Markup(_resource("laporan.css") + _card_labels(body) + style),
        script=Markup(whole),
        script_hash=script_hash(whole),
        contents=Markup(unbroken(_contents(_listed(report.headings())))),
        tables=Markup(unbroken(_floats(report.numbered("tabel")))),
        figures=Markup(unbroken(_floats(report.numbered("bagan")))),
        body=Markup(body),
    )


def _card_labels(body: str) -> str:
    """Name the cells of cards by their columns, up to those of the widest table."""
    most = max(map(int, re.findall(r"--k(\d+):", body)), default=0)
    labels = (
        f".kartu td:nth-last-child({n})::before{{content:var(--k,var(--k{n}))}}"
        for n in range(1, most + 1)
    )
    return f"@media screen and (max-width:40rem){{{''.join(labels)}}}\n"


def script_hash(script: str) -> str:
    """Give the name by which a content security policy allows one script.

    Examples
    --------
    >>> script_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}"


def unbroken(html: str) -> str:
    """Keep the letters and the number of a code on one line, wherever it is text.

    Examples
    --------
    >>> unbroken('<p title="IKU 6.1">IKU 6.1 dan PP 39/2006</p>').replace(chr(160), "_")
    '<p title="IKU 6.1">IKU_6.1 dan PP_39/2006</p>'
    """
    return _TEXT.sub(lambda found: _CODE.sub("\\1\u00a0", found[0]), html)


class HtmlReportExporter(ReportExporter):
    """``jupyter nbconvert --to pp39-html``: the report in the notebook, without its code."""

    export_from_notebook = "Laporan PP 39 (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def rendered(self, notebook: Mapping[str, Any]) -> str:
        """Render the report as a page."""
        return render_html(notebook)


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
        with_numbers(block.html, report),
        count=1,
        flags=re.DOTALL,
    )


def _body(report: Report) -> str:
    """Write the blocks, each chapter in a section of its own; annexes are closed."""
    parts: list[str] = []
    chapter = 0
    places = _places(report)

    def of_chapter(block: Placed) -> int:
        nonlocal chapter
        chapter += block.level == 1
        return chapter

    apart = ("sampul", *_LISTS)
    blocks = [one for one in report.blocks if one.told.kind not in apart]
    for number, members in groupby(blocks, key=of_chapter):
        first, *rest = members
        if not number:
            parts += [_block(one, report, places) for one in (first, *rest)]
            continue
        inner = "".join(_block(one, report, places) for one in rest)
        # The calculations fold by themselves, and one of them is shown without the others.
        closed = first.told.extra["style"] == "lampiran" and not any(
            one.told.kind == "jejak" for one in rest
        )
        parts.append(
            _annex(first, inner) if closed else f"<section>{_heading(first)}{inner}</section>"
        )
    return "\n".join(parts)


def _annex(heading: Placed, inner: str) -> str:
    # The anchor stands inside, since a browser opens what holds the target of a link.
    title = _heading(replace(heading, told=replace(heading.told, label="")))
    anchor = html_text(heading.told.label)
    return (
        f'<section class="lampiran"><details><summary>{title}</summary>'
        f'<div class="isi-lampiran" id="{anchor}">{inner}</div></details></section>'
    )


def _block(block: Placed, report: Report, places: Mapping[str, Sequence[Place]]) -> str:
    match block.told.kind:
        case "judul":
            return _heading(block)
        case "jejak":
            return unbroken(trace_html(block.told.extra["entries"], places))
        case "tabel-urut":  # too long to be looked through for codes and numbers
            return f"{block.html}\n"
        case _:
            return unbroken(with_numbers(block.html, report)) + "\n"


def _heading(block: Placed) -> str:
    tag = f"h{block.level + 1}"
    title = html_text(block.told.title)
    anchor = f' id="{html_text(block.told.label)}"' if block.told.label else ""
    number = ""
    if block.number:
        number = f'<span class="nomor">{html_text(block.number)}</span> '
    return unbroken(f"<{tag}{anchor}>{number}{title}</{tag}>\n")


def _places(report: Report) -> dict[str, list[Place]]:
    """Say where each figure is printed: in which table, or under which heading."""
    found: dict[str, list[Place]] = {}
    above = ("", "")
    for one in report.blocks:
        if one.level:
            above = (one.told.label, one.number.rstrip(".") if one.level < _LETTERED else "")
            above = (above[0], above[1] or one.told.title)
        for id_ in one.told.uses.ids:
            place = (one.told.label, one.number) if one.told.label and one.number else above
            known = found.setdefault(id_, [])
            if place[0] and place not in known:
                known.append(place)
    return found


def _above_trace(report: Report) -> str:
    """Give the label of the heading over the calculations; empty if there are none."""
    label = ""
    for one in report.blocks:
        if one.told.kind == "jejak":
            return label
        label = one.told.label if one.level else label
    return ""


def with_numbers(html: str, report: Report) -> str:
    """Put the numbers of the report where the HTML of a block has marks for them."""
    return _NUMBER.sub(lambda match: html_text(_number(match[1], report)), html)


def _number(escaped_label: str, report: Report) -> str:
    # Labels are written by developers of reports; those in use hold nothing that escaping changes.
    return report.numbers[escaped_label]


def _listed(headings: Iterable[Heading]) -> list[Heading]:
    return [one for one in headings if one.label not in _LISTS]


def _contents(headings: Iterable[Heading]) -> str:
    """Nest the headings as lists."""
    html: list[str] = []
    depth = 0
    for one in headings:
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
    return f'<div class="isi datar"><ol>{items}</ol></div>' if items else ""
