"""Reading Word documents: headings, lists, fields, footnotes, text boxes, and tables as laid out.

What a reader of the printed page sees is read: numbers that Word gives to headings and captions,
insertions but not deletions, the text of boxes and notes behind the paragraph they belong to.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pp39.errors import UnreadableInput
from pp39.review.build import Builder
from pp39.review.typed import Typed, heading_number, is_title

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    f"{_W}txbxContent",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_TITLE = re.compile(r"(?:heading|judul)\s*([1-9])", re.IGNORECASE)
_ENTRY = re.compile(r"(?:toc|contents|daftarisi)[0-9]|tableoffigures", re.IGNORECASE)
"""Styles of the entries of contents."""
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def read_word(path: Path) -> Typed:
    """Read a Word document."""
    # Imported here: only a report of this kind needs the library.
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        document = docx.Document(str(path))
        reading = _Reading(document)
        reading.blocks(document.element.body)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        PackageNotFoundError,
        XMLSyntaxError,
        OSError,
    ):
        raise UnreadableInput(
            f"{path.name} is not a Word document that can be read; save it anew as .docx"
        ) from None
    reading.build.close()
    return Typed(path.name, reading.build.parts, unread=reading.build.workings)


def _value(node: Any, *path: str) -> str | None:
    """Give the value of a property below a node."""
    for name in path:
        node = node.find(_W + name) if node is not None else None
    return node.get(f"{_W}val") if node is not None else None


@dataclass
class _Style:
    """What a style of paragraphs says of outline and lists, those it is based on included."""

    level: int = 0
    number: str = ""
    step: int = 0
    listed: bool = False


@dataclass
class _Numbers:
    """The numbers that Word gives to paragraphs."""

    shapes: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    """Form, text and first number, by list and step."""
    lists: dict[str, str] = field(default_factory=dict)
    """What each list counts together with."""
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 9))

    def next(self, number: str, step: int) -> str:
        """Give the number of the next paragraph of a list; blank for bullets."""
        shape = self.shapes.get((number, step))
        if shape is None or shape[0] in ("bullet", "none"):
            return ""
        counts = self.counts[self.lists.get(number, number)]
        counts[step] = counts[step] + 1 if counts[step] else shape[2]
        counts[step + 1 :] = [0] * (8 - step)
        for above in range(step):
            counts[above] = counts[above] or 1

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = self.shapes.get((number, at), shape)[0]
            return _spelt(counts[at], form)

        return re.sub(r"%([1-9])", shown, shape[1])


def _spelt(count: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        told = ""
        for value, digits in _ROMAN:
            while count >= value:
                told, count = told + digits, count - value
        return told if form == "upperRoman" else told.lower()
    return str(count)


class _Reading:
    """A document while it is read."""

    def __init__(self, document: Any) -> None:
        self.build = Builder()
        self.styles = _styles(document)
        self.numbers = _numbers(document)
        self.notes = _notes(document)

    def blocks(self, parent: Any) -> None:
        """Read paragraphs and tables in their order, those of content controls included."""
        for node in parent:
            if node.tag == f"{_W}p":
                self.build.line += 1
                self._paragraph(node)
            elif node.tag == f"{_W}tbl":
                self.build.line += 1
                self._table(node)
            elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                self.blocks(node)

    def _paragraph(self, node: Any) -> None:
        properties = node.find(f"{_W}pPr")
        style = self.styles.get(_value(properties, "pStyle") or "", _Style())
        outline = _value(properties, "outlineLvl")
        level = int(outline) + 1 if outline and outline != "9" else style.level
        number = _value(properties, "numPr", "numId") or style.number
        step = int(_value(properties, "numPr", "ilvl") or style.step)
        text = _text(node)
        if _ENTRY.match(_value(properties, "pStyle") or ""):
            self.build.entry(text)
            return
        listed = bool(number and number != "0")
        if text.strip() and listed:
            told = self.numbers.next(number, step)
            text = f"{told} {text}" if told else text
        chapter = heading_number(text.strip()) if listed and not level else None
        titled = chapter is not None and text.strip().startswith("BAB")
        depth = 0 if level or titled else step + 1 if listed or style.listed else 0
        if not level and not depth and _is_bold(node) and is_title(text.strip()):
            level = 1
        self.build.paragraph(text, min(level, 6), depth=depth)
        self._behind(node)

    def _behind(self, node: Any) -> None:
        """Read the notes and the boxes that hang on a paragraph."""
        for note in node.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"):
            for one in self.notes.get((note.tag, note.get(f"{_W}id")), ()):
                self.build.paragraph(one)
        for box in node.iter(f"{_W}txbxContent"):
            if not any("Fallback" in str(one.tag) for one in box.iterancestors()):
                self.blocks(box)

    def _table(self, node: Any) -> None:
        rows, heads, inner = [], 0, []
        open_ = True
        for row in node.iter(f"{_W}tr"):
            if _table_of(row) is not node or row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            marked = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            open_ = open_ and marked
            heads += open_
            cells = [""] * int(_value(row, "trPr", "gridBefore") or 0)
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
                cells.append("" if goes_on else self._cell(cell))
                cells += [""] * (int(_value(cell, "tcPr", "gridSpan") or 1) - 1)
                inner += list(cell.iterchildren(f"{_W}tbl"))
            rows.append(cells)
        self.build.table(rows, heads if heads < len(rows) else 0)
        for one in inner:
            self._table(one)

    def _cell(self, cell: Any) -> str:
        """Give the text of a cell, numbers of its paragraphs included, without inner tables."""
        told = []
        for one in cell.iter(f"{_W}p"):
            if next(one.iterancestors(f"{_W}tc")) is not cell:
                continue
            properties = one.find(f"{_W}pPr")
            number = _value(properties, "numPr", "numId")
            text = _text(one)
            if number and number != "0":
                label = self.numbers.next(number, int(_value(properties, "numPr", "ilvl") or 0))
                text = f"{label} {text}".strip()
            told.append(text)
        return " ".join(filter(None, told))


def _is_bold(node: Any) -> bool:
    """Tell whether all letters of a paragraph are bold."""
    runs = [one for one in node.iter(f"{_W}r") if "".join(_pieces(one)).strip()]
    marks = [one.find(f"{_W}rPr/{_W}b") for one in runs]
    off = ("0", "false", "none")
    return bool(marks) and all(one is not None and one.get(f"{_W}val") not in off for one in marks)


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(f"{_W}tbl"))


def _text(node: Any) -> str:
    return "".join(_pieces(node))


def _pieces(node: Any) -> Iterator[str]:
    for one in node:
        if one.tag in _SKIPPED:
            continue
        if one.tag == f"{_W}t":
            yield one.text or ""
        elif one.tag in _MARKS:
            yield _MARKS[one.tag]
        elif one.tag == f"{_W}r" and one.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        else:
            yield from _pieces(one)


def _styles(document: Any) -> dict[str, _Style]:
    nodes = {one.get(f"{_W}styleId"): one for one in document.styles.element.iter(f"{_W}style")}
    made: dict[str, _Style] = {}

    def style(name: str, seen: frozenset[str]) -> _Style:
        if name in made or name not in nodes or name in seen:
            return made.get(name, _Style())
        node = nodes[name]
        base = style(_value(node, "basedOn") or "", seen | {name})
        called = _value(node, "name") or ""
        titled = _TITLE.match(called)
        outline = _value(node, "pPr", "outlineLvl")
        level = int(titled[1]) if titled else int(outline) + 1 if outline else base.level
        made[name] = _Style(
            0 if level > 9 else level,
            _value(node, "pPr", "numPr", "numId") or base.number,
            int(_value(node, "pPr", "numPr", "ilvl") or base.step),
            base.listed or "list" in called.casefold(),
        )
        return made[name]

    for name in nodes:
        style(name, frozenset())
    return made


def _part(document: Any, ending: str) -> Any:
    from lxml.etree import fromstring  # noqa: PLC0415

    for relation in document.part.rels.values():
        if relation.reltype.endswith(ending) and not relation.is_external:
            return fromstring(relation.target_part.blob)
    return None


def _numbers(document: Any) -> _Numbers:
    numbers = _Numbers()
    root = _part(document, "/numbering")
    if root is None:
        return numbers
    abstract = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
    for one in root.iter(f"{_W}num"):
        name = one.get(f"{_W}numId")
        shared = _value(one, "abstractNumId") or ""
        changed = [over.get(f"{_W}ilvl") for over in one.iter(f"{_W}startOverride")]
        numbers.lists[name] = name if changed else f"of {shared}"
        if shared not in abstract:
            continue
        for level in abstract[shared].iter(f"{_W}lvl"):
            numbers.shapes[name, int(level.get(f"{_W}ilvl"))] = (
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                int(_value(level, "start") or 1),
            )
    return numbers


def _notes(document: Any) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for kind in ("footnote", "endnote"):
        root = _part(document, f"/{kind}s")
        for one in root.iter(f"{_W}{kind}") if root is not None else ():
            told = [_text(paragraph) for paragraph in one.iter(f"{_W}p")]
            found[f"{_W}{kind}Reference", one.get(f"{_W}id")] = told
    return found
