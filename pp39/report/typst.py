"""The report as PDF, by way of Typst: tagged, PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from traitlets import List, Unicode, default

from pp39.report.collect import Placed, Report, collect
from pp39.report.exporter import ReportExporter
from pp39.report.figure import GRAPHIC
from pp39.report.inline import ReportError
from pp39.report.signed import signed
from pp39.report.svg import standalone
from pp39.report.tagging import Bookmarks, Target, completed, leaps
from pp39.report.text import font_folder, typst_string, typst_text
from pp39.report.trace_print import trace_typst

if TYPE_CHECKING:
    import typst

_MEANING = {
    "harus-dilengkapi.csv": "Yang harus dilengkapi sebelum laporan ditandatangani",
    "indikator.csv": "Indikator dengan target, realisasi, capaian, dan status",
    "ledger.json": "Semua angka beserta perhitungan dan asalnya",
    "pemeriksaan.json": "Hasil pemeriksaan data",
    "perbaikan.csv": "Perubahan pada data sumber saat pembersihan",
    "run-masukan.json": "Parameter dan sidik berkas masukan",
    "temuan.csv": "Pernyataan yang berbeda dari hasil perhitungan",
}

#: Sharp enough in print, where letters are a part of the picture.
_DRAWN_PPI = 200.0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file inside the PDF."""

    #: File name.
    name: str
    #: Its text, stored as UTF-8.
    content: str
    #: What it is, in Indonesian; by default what a file of this name is known to be.
    description: str = ""

    @property
    def mime(self) -> str:
        """Media type."""
        return "text/csv" if self.name.endswith(".csv") else "application/json"

    @property
    def relationship(self) -> str:
        """What it is to the report: what it was made from, data it shows, or more beside it."""
        if self.name in ("run-masukan.json", "harus-dilengkapi.csv"):
            return "supplement"
        return "source" if self.name.startswith("bersih-") else "data"

    @property
    def meaning(self) -> str:
        """Description to be stored."""
        if self.description or not self.name.startswith("bersih-"):
            return self.description or _MEANING.get(self.name, self.name)
        return f"Tabel bersih {self.name.removeprefix('bersih-').removesuffix('.csv')}"


def typst_source(notebook: Mapping[str, Any], attachments: Sequence[Attachment] = ()) -> str:
    """Write the Typst source of the report in an executed notebook.

    Raises
    ------
    ReportError
        If the report does not hold together; see `pp39.report.collect.collect`.
    """
    return _source(*signed(collect(notebook)), attachments)


def _source(report: Report, absent: Sequence[str], attachments: Sequence[Attachment]) -> str:
    template = files("pp39.report").joinpath("templates", "laporan.typ").read_text("utf-8")
    return "\n".join(
        [
            _data(report, absent),
            template,
            *map(_attached, attachments),
            "#show: laporan\n",
            _body(report),
        ]
    )


def render_pdf(notebook: Mapping[str, Any], attachments: Sequence[Attachment] = ()) -> bytes:
    """Render the report of an executed notebook as PDF.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook that displays the blocks of `pp39.report`.
    attachments : sequence of Attachment
        Files to put into the PDF.

    Returns
    -------
    bytes
        The PDF; the same bytes for the same notebook and attachments.

    Raises
    ------
    ReportError
        If the report does not hold together or Typst cannot set it.
    """
    import typst  # noqa: PLC0415 -- HTML alone does without

    report, absent = signed(collect(notebook))
    source = _source(report, absent, attachments)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "laporan.typ"
        path.write_text(source, "utf-8")
        try:
            document = typst.Compiler(str(path), font_paths=_fonts(), ignore_system_fonts=True)
            pdf = cast(
                bytes,
                document.compile(
                    format="pdf",
                    # PDF/A-3 rather than 2: only it may carry the record of the run as attachment.
                    pdf_standards=["a-3a", "ua-1"],
                    # The date is the document's; the clock of the machine must not show.
                    timestamp=0,
                ),
            )
            targets = _targets(report, document, leaps(pdf))
        except typst.TypstError as error:
            raise ReportError(f"Typst cannot set the report: {error.message}") from error
    return completed(pdf, _bookmarks(report), targets)


def drawn(svg: str, width: float) -> bytes:
    """Draw a graphic as PNG, as the PDF shows it.

    Parameters
    ----------
    svg : str
        The graphic.
    width : float
        In millimetres; the height follows.
    """
    import typst  # noqa: PLC0415 -- as above

    image = f'image(bytes({typst_string(svg)}), format: "svg", width: {width:g}mm)'
    source = f"#page(width: auto, height: auto, margin: 0pt, {image})"
    png: bytes = typst.compile(
        source.encode(),
        format="png",
        ppi=_DRAWN_PPI,
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
    return png


class PdfReportExporter(ReportExporter):
    """``jupyter nbconvert --to pp39-pdf``: the report in the notebook, without its code."""

    export_from_notebook = "Laporan PP 39 (PDF)"
    output_mimetype = "application/pdf"

    attach = List(Unicode(), help="CSV and JSON files to attach to the PDF").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def rendered(self, notebook: Mapping[str, Any]) -> bytes:
        """Render the report for print, with the files to attach."""
        paths = [Path(one) for one in self.attach]
        attachments = [Attachment(one.name, one.read_text("utf-8")) for one in paths]
        return render_pdf(notebook, attachments)


_WHERE = """({}).map(l => {{
  let tempat = locate(label(l))
  let halaman = tempat.page-numbering()
  let nomor = if halaman == none {{ str(tempat.page()) }}
    else {{ numbering(halaman, ..counter(page).at(tempat)) }}
  let (page, x, y) = tempat.position()
  (page, x.pt(), y.pt(), nomor)
}})"""


def _targets(report: Report, document: typst.Compiler, numbers: Sequence[int]) -> dict[int, Target]:
    """Ask the finished layout where links lead to; a link that asks itself is laid out twice."""
    if not numbers:
        return {}
    anchors = _anchors(report)
    labels = [anchors[one] for one in numbers]
    asked = _WHERE.format("".join(f"{typst_string(one)}, " for one in labels))
    answers = zip(numbers, labels, json.loads(document.eval(asked)), strict=True)
    return {
        number: Target(page - 1, x, y, report.numbers.get(label) or f"halaman {printed}")
        for number, label, (page, x, y, printed) in answers
    }


def _anchors(report: Report) -> list[str]:
    """Give all that a link may lead to; its place here is its number."""
    own = ((one.told.label, *one.told.uses.anchors) for one in report.blocks)
    return [label for labels in own for label in labels if label]


def _bookmarks(report: Report) -> Bookmarks:
    """Let the bookmarks of the lists lead to what they list."""
    lists = {one.told.kind: one.told.title for one in report.blocks}
    captioned = [one for one in report.blocks if one.told.kind in ("tabel", "bagan")]
    return {
        lists[name]: [
            (f"{one.number} {one.told.title}", place)
            for place, one in enumerate(captioned)
            if one.told.kind == kind
        ]
        for name, kind in (("daftar-tabel", "tabel"), ("daftar-gambar", "bagan"))
        if name in lists
    }


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, font_paths=[font_folder()])


def _data(report: Report, absent: Sequence[str]) -> str:
    """Write metadata, numbers and the anchors that are not here as Typst dictionaries."""
    meta = report.meta
    elsewhere = "".join(f"{typst_string(one)}: none," for one in sorted(set(absent)))
    here = "".join(f"{typst_string(one)}: {n}," for n, one in enumerate(_anchors(report)))
    date = dt.date.fromisoformat(meta.tanggal)
    numbers = "".join(
        f"{typst_string(label)}: {typst_string(number)},\n"
        for label, number in sorted(report.numbers.items())
    )
    keywords = "".join(f"{typst_string(one)}, " for one in meta.kata_kunci)
    return (
        f"#let nomor = ({numbers or ':'})\n"
        f"#let luar = ({elsewhere or ':'})\n"
        f"#let sini = ({here or ':'})\n"
        f"#let meta = (judul: {typst_string(meta.judul)},"
        f" subjudul: {typst_string(meta.subjudul)}, unit: {typst_string(meta.unit)},"
        f" periode: {typst_string(meta.periode)},"
        f" penulis: {typst_string(meta.penulis)}, kata-kunci: ({keywords}),"
        f" deskripsi: {typst_string(meta.deskripsi or meta.subjudul)},"
        f" keadaan: {typst_string(meta.keadaan)},"
        f" tanggal: datetime(year: {date.year}, month: {date.month}, day: {date.day}))\n"
    )


def _attached(one: Attachment) -> str:
    content = one.content.replace("\\", "\\\\").replace('"', '\\"')
    content = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda match: f"\\u{{{ord(match[0]):x}}}", content
    )
    return (
        f'#pdf.attach({typst_string(one.name)}, bytes("{content}"),'
        f" relationship: {typst_string(one.relationship)}, mime-type: {typst_string(one.mime)},"
        f" description: {typst_string(one.meaning)})"
    )


# Breaks the page before a chapter; in a show rule it would come after the tag of the heading.
_BREAK = "#pagebreak(weak: true)\n"
# Before a list or an annex that goes on where the one before it ends, if so much room is left.
_ON = "#place.flush()\n#lanjut({})\n"
_LEFT = {"daftar-tabel": "33%", "daftar-gambar": "20%", "lampiran": "33%"}
# A chapter goes on where the one before it would leave much of a page empty.
_MUCH = "40%"
# How a block is kept with the one below it.
_STICKY = {
    "prosa": "#pengantar[{}]",
    "tabel": "#[#show figure: set block(sticky: true)\n{}]",
}
# Letters of a list of abbreviations that is surely on one page.
_ONE_PAGE = 9000
# A text of so many letters may open what comes below it.
_OPENS = 500
# Blocks of a chapter that is no more than a text with its signature.
_PLAIN = {"judul", "prosa", "daftar", "catatan", "tanda-tangan"}
_OPENING = re.compile(r"\A(?:#(?:pagebreak|lanjut|place.flush)\(.*\)\n)+")
_FIRST = "#counter(page).update(1)\n#metadata(none)<isi-mulai>\n"


def _body(report: Report) -> str:
    """Write the blocks; pages before the first chapter have numbers of their own."""
    blocks = report.blocks
    first = next((n for n, one in enumerate(blocks) if one.number and one.level == 1), None)
    if first is None:
        return f'#set page(numbering: "1")\n{_pages(blocks)}'
    annexes = (n for n, one in enumerate(blocks) if one.told.extra.get("style") == "lampiran")
    until = next(annexes, len(blocks))
    # The smallest type is for annexes.
    inside = _pages(blocks[first:until]).replace('ukuran: "mini"', 'ukuran: "kecil"')
    chapters = inside.removeprefix(_BREAK) + "\n" + _pages(blocks[until:])
    chapters = chapters.replace("#heading(", f"{_FIRST}#heading(", 1)
    return f'{_pages(blocks[:first])}\n#set page(numbering: "1")\n{chapters}'


def _pages(blocks: Sequence[Placed]) -> str:
    """Write blocks; neighbours on landscape pages share them."""
    pages: list[str] = []
    before = {
        id(one): _opening(last, one, after)
        for last, one, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        if one.told.kind == "judul" or one.level == 1
    }
    behind: dict[int, str] = {}
    for first, last in _whole(blocks):
        before[id(first)], behind[id(last)] = "#utuh-bab[\n", "\n]"
    tied = {
        id(one)
        for last, one, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        if last is not None and after is not None and _tied(last, one, after)
    }
    for wide, members in groupby(with_width(blocks), key=lambda pair: pair[0]):
        inner = "\n\n".join(
            before.get(id(one), "")
            + (_STICKY.get(one.told.kind, "{}") if id(one) in tied else "{}").format(_block(one))
            + behind.get(id(one), "")
            for _, one in members
        )
        if wide:
            # The page itself is the break; a second one would leave an empty page before it.
            inner = f"#melintang[\n{_OPENING.sub('', inner, count=1)}\n]"
        pages.append(inner)
    return "\n\n".join(pages) + "\n"


def with_width(blocks: Sequence[Placed]) -> list[tuple[bool, Placed]]:
    """Say for each block whether it is on a landscape page; headings follow what comes after."""
    widths = [one.told.wide for one in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        if blocks[place].told.kind == "judul" and widths[place + 1]:
            widths[place] = True
    return list(zip(widths, blocks, strict=True))


def _block(block: Placed) -> str:
    match block.told.kind:
        case "judul":
            return _heading(block)
        case "daftar-isi" | "daftar-tabel" | "daftar-gambar":
            return f"{_heading(block)}\n{block.typst}"
        case "bagan":
            graphic = typst_string(standalone(block.html))
            return block.typst.removesuffix(f"{GRAPHIC})") + f"\n  {graphic})"
        case "jejak":
            told = block.told.extra
            return trace_typst(told["entries"], told["shown"], told["files"])
        case _:
            return block.typst


def _tied(last: Placed, block: Placed, after: Placed) -> bool:
    """Tell whether a block stays with the next: an opening, or what is above a signature.

    A table that may break goes on above the signature by itself.
    """
    if after.told.kind == "tanda-tangan":
        return "utuh: false" not in block.typst
    return (
        last.told.kind == "judul"
        and block.told.kind == "prosa"
        and after.told.kind in ("judul", "tabel", "bagan")
        and len(re.sub("<[^>]*>", "", block.html)) <= _OPENS
    )


def _heading(block: Placed) -> str:
    numbering = f"(..) => {typst_string(block.number)}" if block.number else "none"
    return (
        f"#heading(level: {block.level}, numbering: {numbering})"
        f"[{typst_text(block.told.title)}]#label({typst_string(block.told.label)})"
    )


def _whole(blocks: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Give first and last block of chapters that share a page with the one before if they fit."""
    starts = [n for n, one in enumerate(blocks) if one.level == 1] + [len(blocks)]
    for start, end in pairwise(starts):
        inside = blocks[start:end]
        kinds = {one.told.kind for one in inside}
        signed_text = inside[-1].told.kind == "tanda-tangan" and kinds <= _PLAIN
        words = kinds == {"judul", "singkatan"} and len(inside[-1].html) <= _ONE_PAGE
        if start and (signed_text or words):
            yield inside[0], inside[-1]


def _opening(last: Placed | None, block: Placed, after: Placed | None) -> str:
    """Give what comes before a heading; what is signed keeps its pages."""
    if block.level > 1:
        # Between two headings it would part them.
        return "#place.flush()\n" if last is not None and last.told.kind != "judul" else ""
    kinds = (block.told.kind, block.told.extra.get("style"), after.told.kind if after else "")
    inner = _MUCH if block.number and last is not None else ""
    room = next((_LEFT[one] for one in kinds if one in _LEFT), inner)
    signed_above = last is not None and last.told.kind == "tanda-tangan"
    return _ON.format(room) if room and not signed_above else _BREAK
