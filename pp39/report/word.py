"""``laporan.docx``: the body of the report for those who must edit it, from cover to last chapter.

A copy, and marked as one: what is signed and proved is the PDF. The package is written from its
parts, without the times, thumbnails and hundred styles that a word processor adds, so that the same
report gives the same bytes.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from traitlets import default

from pp39.report.collect import Meta, Placed, Report, collect
from pp39.report.exporter import ReportExporter
from pp39.report.html import with_numbers
from pp39.report.signed import signed
from pp39.report.svg import standalone
from pp39.report.typst import drawn, with_width
from pp39.report.word_flow import TEXT_WIDTH, Flow, Listed, field, paragraph, run

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOTICE = (
    "Salinan untuk disunting. ",
    "Yang ditandatangani dan dapat dibuktikan adalah laporan.pdf; perubahan dalam salinan ini tidak"
    " diperiksa terhadap data sumber. Lampiran dimuat dalam laporan.pdf dan laporan.html.",
)
_FOOT = "Salinan untuk disunting, bukan dokumen yang ditandatangani · halaman "
#: English Metric Units in a millimetre.
_EMU = 36_000
_EMBLEM_HEIGHT = 26.0
_LISTED_LEVELS = 3


def render_docx(notebook: Mapping[str, Any]) -> bytes:
    """Render the body of the report of an executed notebook as a Word document.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook that displays the blocks of `pp39.report`.

    Raises
    ------
    ReportError
        If the report does not hold together; see `pp39.report.collect.collect`.
    """
    report, _ = signed(collect(notebook))
    ends = (n for n, one in enumerate(report.blocks) if one.told.extra.get("style") == "lampiran")
    blocks = report.blocks[: next(ends, len(report.blocks))]
    labels = [one.told.label for one in blocks if one.told.label]
    pictures = _Pictures()
    flow = Flow({label: f"r{n}" for n, label in enumerate(labels, 1)}, pictures.add)
    body = "".join(_sections(report, blocks, flow))
    notice = paragraph("Salinan", run(_NOTICE[0], "strong") + run(_NOTICE[1]))
    return _packed(
        {
            "[Content_Types].xml": _part("types.xml"),
            "_rels/.rels": _part("package.rels"),
            "docProps/core.xml": _core(report.meta),
            "word/_rels/document.xml.rels": _part("document.rels").replace(
                "</Relationships>", f"{pictures.relations()}</Relationships>"
            ),
            "word/document.xml": _document("document", f"<w:body>{notice}{body}</w:body>"),
            "word/footer.xml": _document(
                "ftr", paragraph("Footer", run(_FOOT) + field("PAGE", "1"))
            ),
            "word/header.xml": _document("hdr", paragraph("Header", run(_head(report.meta)))),
            "word/numbering.xml": _part("numbering.xml").replace(
                "</w:numbering>", f"{flow.numbering()}</w:numbering>"
            ),
            "word/settings.xml": _part("settings.xml"),
            "word/styles.xml": _part("styles.xml"),
        },
        pictures.files,
    )


class WordReportExporter(ReportExporter):
    """The report in the notebook as an editable copy, without its code."""

    export_from_notebook = "Laporan PP 39 (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def rendered(self, notebook: Mapping[str, Any]) -> bytes:
        """Render the body of the report."""
        return render_docx(notebook)


class _Pictures:
    """The pictures of the document, each kept once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._shown = 0

    def add(self, source: str, alt: str, wide: bool) -> str:
        """Keep a picture and give the run that shows it."""
        kind, _, data = source.partition(";base64,")
        width = TEXT_WIDTH[wide]
        if kind == "data:image/png":
            png = base64.b64decode(data)
        elif kind == "data:image/svg+xml":
            png = drawn(base64.b64decode(data).decode("utf-8-sig"), width)
        else:
            png = drawn(standalone(source), width)
        across, down = struct.unpack_from(">II", png, 16)
        if kind.startswith("data:"):
            width = _EMBLEM_HEIGHT * across / down
        known = next((name for name, one in self.files.items() if one == png), "")
        name = known or f"/word/media/gambar{len(self.files) + 1}.png"
        self.files[name] = png
        self._shown += 1
        size = (round(width * _EMU), round(width * down / across * _EMU))
        return _shown(self._shown, _relation(name), alt, *size)

    def relations(self) -> str:
        """Give the relationships of the document to its pictures."""
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        return "".join(
            f'<Relationship Id="{_relation(name)}" Type="{kind}" Target="{name}"/>'
            for name in self.files
        )


def _relation(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".png")


def _shown(number: int, relation: str, alt: str, width: int, height: int) -> str:
    told = f'id="{number}" name="Gambar {number}" descr="{escape(alt)}"'
    size = f'cx="{width}" cy="{height}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {told}/>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _sections(report: Report, blocks: Sequence[Placed], flow: Flow) -> Iterator[str]:
    """Write cover, front matter and chapters, with pages turned where blocks are wide."""
    first = next((n for n, one in enumerate(blocks) if one.number and one.level == 1), len(blocks))
    placed = [
        (0 if block.told.kind == "sampul" else 1 if n < first else 2, wide, block)
        for n, (wide, block) in enumerate(with_width(blocks))
    ]
    groups = [
        (part, wide, list(members))
        for (part, wide), members in groupby(placed, key=lambda one: one[:2])
    ]
    begun = -1
    for n, (part, wide, members) in enumerate(groups):
        yield from (
            flow.block(one, with_numbers(one.html, report), _listed(one.told.kind, blocks))
            for _, _, one in members
        )
        section = _section(part, wide, fresh=part != begun)
        begun = part
        yield section if n + 1 == len(groups) else paragraph("AkhirBagian", "", section)


def _section(part: int, wide: bool, *, fresh: bool) -> str:
    """Write the properties of a section; what follows another shares header and footer with it."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if wide else 'w:w="11906" w:h="16838"'
    edges = (1361, 1247, 1077, 1247) if wide else (1531, 1417, 1361, 1417)
    named = zip(("top", "right", "bottom", "left"), edges, strict=True)
    margins = " ".join(f'w:{side}="{edge}"' for side, edge in named)
    shared = (
        '<w:headerReference w:type="default" r:id="kepala"/>'
        '<w:footerReference w:type="default" r:id="kaki"/>'
    )
    numbers = 'w:fmt="lowerRoman"' if part < 2 else 'w:fmt="decimal"'
    numbers += ' w:start="1"' if fresh and part else ""
    return (
        f'<w:sectPr>{shared if fresh and part else ""}<w:type w:val="nextPage"/>'
        f'<w:pgSz {size}/><w:pgMar {margins} w:header="709" w:footer="709" w:gutter="0"/>'
        f"<w:pgNumType {numbers}/></w:sectPr>"
    )


def _listed(kind: str, blocks: Sequence[Placed]) -> list[Listed]:
    match kind:
        case "daftar-isi":
            return [
                Listed(one.told.label, f"{one.number} {one.told.title}".strip(), f"TOC{one.level}")
                for one in blocks
                if 0 < one.level <= _LISTED_LEVELS
            ]
        case "daftar-tabel" | "daftar-gambar":
            wanted = {"daftar-tabel": "tabel", "daftar-gambar": "bagan"}[kind]
            return [
                Listed(one.told.label, f"{one.number}. {one.told.title}", "TableofFigures")
                for one in blocks
                if one.told.kind == wanted
            ]
        case _:
            return []


def _head(meta: Meta) -> str:
    state = " · DRAF" if meta.keadaan == "draf" else ""
    return f"{meta.unit} · {meta.periode}{state}"


def _core(meta: Meta) -> str:
    when = f'xsi:type="dcterms:W3CDTF">{meta.tanggal}T00:00:00Z<'
    told = {
        "dc:title": f"{meta.judul} – {meta.subjudul} – {meta.unit}",
        "dc:subject": meta.subjudul,
        "dc:creator": meta.penulis,
        "dc:description": meta.deskripsi,
        "dc:language": "id-ID",
        "cp:keywords": ", ".join(meta.kata_kunci),
        "cp:lastModifiedBy": meta.penulis,
        "cp:contentStatus": _NOTICE[0].strip(" ."),
    }
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items())
    dates = "".join(f"<dcterms:{one} {when}/dcterms:{one}>" for one in ("created", "modified"))
    return _part("core.xml").replace("</cp:coreProperties>", f"{inner}{dates}</cp:coreProperties>")


def _document(root: str, content: str) -> str:
    return _part("root.xml").replace("w:akar", f"w:{root}").replace("<!-- isi -->", content)


def _part(name: str) -> str:
    return files("pp39.report").joinpath("templates", "word", name).read_text("utf-8")


def _packed(texts: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in texts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
        for name, picture in pictures.items():
            package.writestr(zipfile.ZipInfo(name.removeprefix("/"), _EPOCH), picture)
    return stream.getvalue()
