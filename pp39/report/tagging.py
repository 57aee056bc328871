"""What Typst's PDF cannot be told to say: headers of rows, bookmarks of tables, ends of links.

Typst tags every header of a table as one of its column, and no first cell of a row as anything; the
function that would (``pdf.header-cell``) stands behind a switch that the package does not offer.
A link to a label has Typst lay out anew whatever holds one; here a link leads to the number of a
place (``lompat:12``), and the place is filled in when the layout is done.
The structure elements lie in the file as plain objects, so they are written anew here, before
anybody signs, and the table of offsets with them. What is on the pages is not touched.

Held to what Typst 0.15 writes: one classic table of references, no object streams for structure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pp39.report.inline import ReportError

Bookmarks = Mapping[str, Sequence[tuple[str, int]]]
"""Bookmarks by the title of the one they stand below: title of each, and the place of its caption
among all captions of the document."""

_START = re.compile(rb"startxref\s+([0-9]+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\n0 ([0-9]+)\n")
_ENTRY = 20
_KIDS = re.compile(rb"/K\[([^\]]*)\]|/K ([0-9]+ 0 R)")
_REFERENCE = re.compile(rb"([0-9]+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_ELEMENT = b"<</Type/StructElem/S/"
_PAGES = re.compile(rb"/Kids\[([^\]]*)\]")
_HEIGHT = re.compile(rb"/MediaBox\[0 0 [0-9.]+ ([0-9.]+)\]")
_LEAP = re.compile(rb"/A<</Type/Action/S/URI/URI\(lompat:([0-9]+)\)>>")
_ABOVE = 10.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads to."""

    #: Page, counted from 0.
    page: int
    #: x, y: place on it from its upper left corner, in points.
    x: float
    y: float
    #: What it is called, for who does not see where the link stands.
    name: str


def leaps(pdf: bytes) -> list[int]:
    """List the numbers of the places that links of a PDF lead to."""
    return sorted({int(one) for one in _LEAP.findall(pdf)})


def completed(
    pdf: bytes, bookmarks: Bookmarks, targets: Mapping[int, Target] | None = None
) -> bytes:
    """Tag the headers of rows, add bookmarks, and let links lead to their places.

    Parameters
    ----------
    pdf : bytes
        As Typst writes it.
    bookmarks : mapping of str to sequence of (str, int)
        By the title of a bookmark that is there: what stands below it.
    targets : mapping of int to Target, optional
        Places that links lead to, by their numbers.

    Returns
    -------
    bytes
        The PDF with the first cell of every row in a table's body as the header of the row, and the
        one cell over several rows as theirs; unchanged if it is laid out otherwise.

    Raises
    ------
    ReportError
        If it is laid out otherwise and has links whose places are to be filled in.
    """
    start = _START.search(pdf)
    table = start and _TABLE.match(pdf, int(start[1]))
    if not start or not table:
        if targets:
            raise ReportError("Typst writes its PDF in another way than its links are known in")
        return pdf
    places = [
        int(pdf[at : at + 10])
        for at in range(table.end(), table.end() + _ENTRY * int(table[1]), _ENTRY)
    ]
    spans = _spans(pdf, places, table.start())
    texts = {number: pdf[slice(*span)] for number, span in spans.items()}
    changed = _with_row_headers(texts)
    changed |= _with_bookmarks(texts, bookmarks, len(places))
    changed |= _with_targets(texts, targets or {})
    catalog = int(re.findall(rb"/Root ([0-9]+) 0 R", pdf)[-1])
    # Readers built on poppler complain about what is the default anyway.
    told = changed.get(catalog, texts[catalog])
    changed[catalog] = told.replace(b"/Suspects false", b"")
    return _written(pdf[: table.start()], places, spans, changed, pdf[table.end() :])


def _spans(pdf: bytes, places: Sequence[int], end: int) -> dict[int, tuple[int, int]]:
    """Find the objects that are dictionaries without a stream: where each begins and ends."""
    order = sorted(range(1, len(places)), key=places.__getitem__)
    ends = [*(places[number] for number in order[1:]), end]
    found = {}
    for number, stop in zip(order, ends, strict=True):
        head, tail = b"%d 0 obj\n" % number, b"\nendobj\n"
        start, inside = places[number] + len(head), pdf.rfind(tail, places[number], stop)
        if pdf.startswith(head + b"<<", places[number]) and pdf[inside - 2 : inside] == b">>":
            found[number] = (start, inside)
    return found


def _kids(text: bytes, listed: re.Pattern[bytes] = _KIDS) -> list[int]:
    match = listed.search(text)
    return [int(one) for one in _REFERENCE.findall(match[0])] if match else []


def _is(text: bytes | None, kind: bytes) -> bool:
    start = _ELEMENT + kind
    return text is not None and text.startswith((start + b"/", start + b">"))


def _with_row_headers(texts: Mapping[int, bytes]) -> dict[int, bytes]:
    """Give the cells of bodies of tables anew; scopes say which header is whose."""
    changed: dict[int, bytes] = {}
    for body in (text for text in texts.values() if _is(text, b"TBody")):
        for row in _kids(body):
            cells = [one for one in _kids(texts.get(row, b"")) if one in texts]
            for place, cell in enumerate(cells):
                text = _HEADERS.sub(b"", texts[cell])
                if _is(text, b"TH"):
                    text = text.replace(b"/Scope/Column", b"/Scope/Row", 1)
                elif place == 0 and _is(text, b"TD") and not text.endswith(b"/K[]>>"):
                    text = text.replace(_ELEMENT + b"TD", _ELEMENT + b"TH", 1)
                    text = text.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)
                changed[cell] = text.replace(b"<</O/Table>>", b"")
    # The header of the first rows follows that of the columns, and is taken for one more of it.
    for head in (text for text in texts.values() if _is(text, b"THead")):
        for cells in (_kids(texts.get(row, b"")) for row in _kids(head)[1:]):
            if len(cells) == 1 and _is(texts.get(cells[0]), b"TH"):
                text = _HEADERS.sub(b"", texts[cells[0]])
                changed[cells[0]] = text.replace(b"/Scope/Column", b"/Scope/Row", 1)
    return changed


def _with_bookmarks(
    texts: Mapping[int, bytes], bookmarks: Bookmarks, first: int
) -> dict[int, bytes]:
    """Give the bookmarks that get others below them, and those others as new objects."""
    changed: dict[int, bytes] = {}
    pages = [_page(texts, one) for one in sorted(texts) if _is(texts[one], b"Caption")]
    for above, below in bookmarks.items():
        title = b"/Title" + _text(above)
        known = [(name, pages[at]) for name, at in below if at < len(pages) and pages[at]]
        number = next((n for n, one in texts.items() if title in one and b"/Parent" in one), None)
        if number is None or not known:
            continue
        last = first + len(known) - 1
        for at, (name, page) in enumerate(known, start=first):
            before = f"/Prev {at - 1} 0 R" if at > first else ""
            after = f"/Next {at + 1} 0 R" if at < last else ""
            head = f"<</Parent {number} 0 R{before}{after}/Title".encode()
            changed[at] = head + _text(name) + b"/Dest[" + page + b"/XYZ null null null]>>"
        inside = f"/First {first} 0 R/Last {last} 0 R/Count -{len(known)}".encode()
        changed[number] = texts[number].replace(title, inside + title, 1)
        first = last + 1
    return changed


def _with_targets(texts: Mapping[int, bytes], targets: Mapping[int, Target]) -> dict[int, bytes]:
    """Give the links that lead to numbers anew: to the places themselves."""
    if not targets:
        return {}
    root = next(text for text in texts.values() if text.startswith(b"<</Type/Pages"))
    pages = [(one, float(_HEIGHT.findall(texts[one])[0])) for one in _kids(root, _PAGES)]
    changed = {}
    for number, text in texts.items():
        if (match := _LEAP.search(text)) is None:
            continue
        one = targets[int(match[1])]
        page, height = pages[one.page]
        # A little above, as Typst has it, so that what is led to is not at the very edge.
        top = height - max(one.y - _ABOVE, 0)
        place = f"/Dest[{page} 0 R/XYZ {_decimal(one.x)} {_decimal(top)} 0]".encode()
        told = b"/Contents(lompat:" + match[1] + b")"
        changed[number] = text.replace(match[0], place).replace(
            told, b"/Contents" + _text(one.name)
        )
    return changed


def _page(texts: Mapping[int, bytes], element: int) -> bytes:
    """Give the page that an element begins on, as a reference; empty if it is on none."""
    text = texts.get(element, b"")
    if match := re.search(rb"/Pg ([0-9]+ 0 R)", text):
        return match[1]
    return next(filter(None, (_page(texts, one) for one in _kids(text))), b"")


def _decimal(number: float) -> str:
    return f"{number:.5f}".rstrip("0").rstrip(".")


def _text(text: str) -> bytes:
    """Write a text as a PDF string."""
    if text.isascii():
        return b"(" + re.sub(r"([\\()])", r"\\\1", text).encode() + b")"
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().upper().encode() + b">"


def _written(
    before: bytes,
    places: Sequence[int],
    spans: Mapping[int, tuple[int, int]],
    changed: Mapping[int, bytes],
    after: bytes,
) -> bytes:
    """Put the objects together again, and tell where each begins now."""
    pieces: list[bytes] = []
    moved = list(places)
    end = shift = 0
    for number in sorted(range(1, len(places)), key=places.__getitem__):
        moved[number] = places[number] + shift
        if number in changed:
            start, stop = spans[number]
            pieces += [before[end:start], changed[number]]
            shift += len(changed[number]) - (stop - start)
            end = stop
    pieces.append(before[end:])
    size = len(before) + shift
    for number in sorted(one for one in changed if one >= len(places)):
        made = b"%d 0 obj\n%s\nendobj\n" % (number, changed[number])
        pieces.append(made)
        moved.append(size)
        size += len(made)
    lines = b"".join(b"%010d 00000 n\r\n" % one for one in moved[1:])
    trailer = after[_ENTRY * len(places) :]
    trailer = re.sub(rb"/Size [0-9]+", b"/Size %d" % len(moved), trailer, count=1)
    trailer = _START.sub(b"startxref\n%d\n%%%%EOF" % size, trailer)
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % len(moved)
    return b"".join([*pieces, head, lines, trailer])
