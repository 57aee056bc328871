"""Blocks of the report as paragraphs, lists, tables and pictures of WordprocessingML.

They are made from the HTML of the same document objects, so that the copy cannot say anything else
than the page does. What the HTML may hold is small and known; anything else stops the rendering
instead of getting lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from pp39.report.collect import Placed
from pp39.report.inline import ReportError
from pp39.report.word_table import word_table

#: Width of the text on a page in millimetres, by whether the page is turned.
TEXT_WIDTH = {False: 160.0, True: 253.0}
_VOID = re.compile(r"<(br|col|img)\b([^>]*?)/?>")
_SVG = re.compile(r"<svg\b.*</svg>", re.DOTALL)
_ALT = re.compile(r'<svg[^>]*? aria-label="([^"]*)"')
#: Style of the paragraphs in a container of this class.
_BOXES = {
    "catatan": "Catatan",
    "instansi": "Sampul",
    "rumus": "Rumus",
    "sampul": "Sampul",
    "tanda-tangan": "TandaTangan",
}
#: Style of a paragraph of this class.
_PARAGRAPHS = {
    "judul-catatan": "JudulCatatan",
    "judul-sampul": "Title",
    "periode-sampul": "Subtitle",
    "subjudul-sampul": "Subtitle",
}
#: Style of a table's cells and its size of type, as in styles.xml.
_CELLS = {"kecil": ("IsiTabelKecil", 8.5), "mini": ("IsiTabelMini", 7.5)}
_ALIGNED = {"kanan": "right", "tengah": "center"}
#: What an element does to the text inside, in the order of the schema.
FORMATS = {
    "code": '<w:rStyle w:val="Kode"/>',
    "strong": "<w:b/>",
    "em": "<w:i/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
}
#: Says nothing of its own about the text inside.
_PLAIN = {"a", "data", "span", "time"}
#: Of `numbering.xml`: bullets, and what numbered lists are made of.
_BULLETS, _ABSTRACT = 1, {None: 1, "a": 2}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list of contents."""

    label: str
    text: str
    style: str


def run(text: str, *formats: str) -> str:
    """Write a text as a run, with the formats of `FORMATS`; a line feed breaks the line."""
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(one)}</w:t>' if one else "" for one in text.split("\n")
    )
    return f"<w:r>{_properties(formats)}{inner}</w:r>"


_GOES_ON = '<w:pageBreakBefore w:val="0"/><w:spacing w:before="480"/>'


def paragraph(style: str, content: str, more: str = "") -> str:
    """Write a paragraph of a style; `more` are further properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def field(told: str, result: str, *formats: str) -> str:
    """Write a field with the result it has; formats as of `run`."""
    code = f'<w:instrText xml:space="preserve"> {escape(told)} </w:instrText>'
    asked = f"<w:r>{_properties(formats)}{code}</w:r>"
    begun = _field_mark("begin", *formats) + asked + _field_mark("separate", *formats)
    return begun + run(result, *formats) + _field_mark("end", *formats)


class Flow:
    """Writes blocks one after the other.

    Parameters
    ----------
    bookmarks : mapping of str to str
        Labels that links may lead to, with the names of their bookmarks.
    picture : callable
        Keeps a graphic, an SVG or the address of a picture, and gives the run that shows it from
        its text alternative and whether it is on a turned page.
    """

    def __init__(
        self, bookmarks: Mapping[str, str], picture: Callable[[str, str, bool], str]
    ) -> None:
        self._bookmarks = bookmarks
        self._picture = picture
        self._marked = 0
        self._counted: dict[str, int] = {}
        #: Of each numbered list, its kind; see `numbering`.
        self._lists: list[str | None] = []

    def block(self, block: Placed, html: str, listed: Sequence[Listed] = ()) -> str:
        """Write a block from its HTML with numbers; `listed` is what a list of contents holds."""
        match block.told.kind:
            case "judul":
                return self._heading(block)
            case "daftar-isi" | "daftar-tabel" | "daftar-gambar":
                return self._heading(block) + self._contents(listed)
            case "bagan":
                return self._figure(block, html)
            case "tabel":
                return self._table(block, _parsed(html)[0])
            case _:
                return "".join(self._flow(_parsed(html), "BodyText"))

    def numbering(self) -> str:
        """Give the numbered lists that were written, each of which begins anew."""
        anew = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(3)
        )
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_ABSTRACT[kind]}"/>{anew}</w:num>'
            for number, kind in enumerate(self._lists, start=_BULLETS + 1)
        )

    def _heading(self, block: Placed) -> str:
        space = "\n" if block.level == 1 else " "
        number = block.number + space if block.number else ""
        text = self._target(block.told.label, run(number + block.told.title))
        # Short lists share a page.
        on = block.told.label in ("daftar-gambar", "daftar-singkatan")
        return paragraph(f"Heading{block.level}", text, _GOES_ON if on else "")

    def _target(self, label: str, content: str) -> str:
        name = self._bookmarks.get(label)
        if name is None:
            return content
        self._marked += 1
        start = f'<w:bookmarkStart w:id="{self._marked}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{self._marked}"/>'

    def _contents(self, listed: Sequence[Listed]) -> str:
        """Write lines that lead on, each with its page.

        They are in no field for contents: some offices show the last result of such a field, pages
        and all, until they are asked anew, and work out a page alone when they open the copy.
        """
        lines = [self._led(one.label, run(one.text) + self._page(one.label)) for one in listed]
        return "".join(paragraph(one.style, line) for one, line in zip(listed, lines, strict=True))

    def _page(self, label: str) -> str:
        """Write the page of a target as a field, which offices fill when they open the copy."""
        name = self._bookmarks.get(label)
        return "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h", "") if name else ""

    def _led(self, label: str, content: str) -> str:
        name = self._bookmarks.get(label)
        return f'<w:hyperlink w:anchor="{name}">{content}</w:hyperlink>' if name else content

    def _caption(self, block: Placed, more: str = "") -> str:
        """Write the caption with a number that an office can count on from."""
        word, _, number = block.number.partition(" ")
        chapter, _, last = number.rpartition(".")
        before = f"{word} {chapter}." if chapter else f"{word} "
        # Counted by chapter under a name of its own, since not every office begins anew at one.
        name = f"{word}_{chapter}"
        again = "" if int(last) == self._counted.get(name, 0) + 1 else f" \\r {last}"
        told = f"SEQ {name} \\* ARABIC{again}"
        self._counted[name] = int(last)
        counted = run(before, "strong") + field(told, last, "strong") + run(". ", "strong")
        text = self._target(block.told.label, counted + run(block.told.title))
        return paragraph("Caption", text, more)

    def _figure(self, block: Placed, html: str) -> str:
        graphic, alt = _SVG.search(html), _ALT.search(html)
        if graphic is None or alt is None:
            raise ReportError(f'figure "{block.told.label}" has no graphic for the Word copy')
        shown = self._picture(html, unescape(alt[1]), block.told.wide)
        (figure,) = _parsed(_SVG.sub("", html))
        notes = [one for one in figure.iter("p") if one.get("class") == "catatan-gambar"]
        message = [one for one in figure.iter("p") if one.get("class") == "pesan"]
        above = "".join(paragraph("Gambar", self._runs(one)) for one in message)
        below = "".join(paragraph("CatatanTabel", self._runs(one)) for one in notes)
        caption = self._caption(block, '<w:jc w:val="center"/>')
        return above + paragraph("Gambar", shown) + caption + below

    def _flow(self, nodes: Iterable[ET.Element], style: str) -> Iterator[str]:
        for node in nodes:
            kind = (node.get("class") or "").partition(" ")[0]
            match node.tag:
                case "p" if len(node) and node[0].tag == "img":
                    pictures = (
                        self._picture(one.get("src", ""), one.get("alt", ""), False) for one in node
                    )
                    yield paragraph(style, run("  ").join(pictures))
                case "p" | "address":
                    yield paragraph(_PARAGRAPHS.get(kind, style), self._runs(node))
                case "ul" | "ol":
                    yield from self._list(node, 0)
                case "dl":
                    yield from self._pairs(node)
                case "div" if kind in _BOXES:
                    yield from self._flow(node, _BOXES[kind])
                case "div" if kind == "kotak":
                    # Room for an electronic signature, which a copy never gets.
                    continue
                case _:
                    raise ReportError(f'the Word copy has no way to show <{node.tag}> "{kind}"')

    def _list(self, node: ET.Element, level: int, style: str = "") -> Iterator[str]:
        number = _BULLETS
        if node.tag == "ol":
            self._lists.append(node.get("type"))
            number = _BULLETS + len(self._lists)
        named = style or ("ListNumber" if node.tag == "ol" else "ListBullet")
        more = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        if style:
            more += '<w:ind w:left="170" w:hanging="170"/>'
        for item in node:
            inside = [one for one in item if one.tag in ("ul", "ol")]
            yield paragraph(named, self._runs(item, leaving=inside), more)
            for one in inside:
                yield from self._list(one, level + 1)

    def _pairs(self, node: ET.Element) -> Iterator[str]:
        name = ""
        for one in node:
            if one.tag == "dt":
                name = self._runs(one)
            else:
                yield paragraph("Rincian", f"{name}<w:r><w:tab/></w:r>{run(': ')}{self._runs(one)}")
                name = ""

    def _runs(self, node: ET.Element, *formats: str, leaving: Sequence[ET.Element] = ()) -> str:
        """Write what stands in a line."""
        parts = [run(node.text, *formats)] if node.text else []
        for one in node:
            if one.tag == "br":
                parts.append("<w:r><w:br/></w:r>")
            elif one.get("class") == "tersembunyi" or one in leaving:
                pass
            elif one.tag in FORMATS:
                parts.append(self._runs(one, *formats, one.tag))
            elif one.tag in _PLAIN:
                inner = self._runs(one, *formats)
                led = (one.get("href") or "").removeprefix("#")
                parts.append(self._led(led, inner) if one.tag == "a" else inner)
            else:
                raise ReportError(f"the Word copy has no way to show <{one.tag}> in a line")
            if one.tail:
                parts.append(run(one.tail, *formats))
        return "".join(parts)

    def _table(self, block: Placed, node: ET.Element) -> str:
        grid = node.find(".//table")
        if grid is None:
            raise ReportError(f'table "{block.told.label}" has no rows for the Word copy')
        classes = set((node.get("class") or "").split())
        style, points = next((_CELLS[one] for one in _CELLS if one in classes), ("IsiTabel", 9.5))

        def content(cell: ET.Element | None, bold: bool, head: bool) -> str:
            if cell is None:
                return paragraph(style, "")
            if len(cell) and cell[0].tag == "ul":
                return "".join(self._list(cell[0], 0, style))
            align = "center" if head else _ALIGNED.get(cell.get("class") or "")
            more = f'<w:jc w:val="{align}"/>' if align else ""
            return paragraph(style, self._runs(cell, *(("strong",) if bold else ())), more)

        notes = node.findall("./div[@class='catatan-tabel']/p")
        below = "".join(paragraph("CatatanTabel", self._runs(one)) for one in notes)
        return (
            self._caption(block, "<w:keepNext/>")
            + word_table(grid, TEXT_WIDTH[block.told.wide], points, block.told.title, content)
            # What follows a table at once would be joined to it.
            + (below or paragraph("CatatanTabel", ""))
        )


def _properties(formats: Sequence[str]) -> str:
    told = "".join(FORMATS[one] for one in FORMATS if one in formats)
    return f"<w:rPr>{told}</w:rPr>" if told else ""


def _field_mark(kind: str, *formats: str) -> str:
    return f'<w:r>{_properties(formats)}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _parsed(html: str) -> list[ET.Element]:
    """Read the HTML of a block, which but for its empty elements is XML."""
    closed = _VOID.sub(r"<\1\2/>", html)
    return list(ET.fromstring(f"<div>{closed}</div>"))
