"""Reading PDF files with a text layer: ruled tables, tables without rules, columns of prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pp39.errors import UnreadableInput
from pp39.review.aligned import Line, Rows, Segment, furniture, laid, without_digits
from pp39.review.build import ITEM, LEADER, Builder, joined_lines, leads_on
from pp39.review.typed import Typed, heading_number, is_caption, is_title

_LEADING = 1.9
"""Heights of a line between two lines from which on the second begins a paragraph."""
_APART = 1.1
"""Heights of a letter between two words from which on they are two pieces."""
_SHORT = 60
"""Letters of a line that need not reach the margin."""
_LARGER = 1.15
"""Times the size of most letters from which on a short line is a heading."""

Table = tuple[float, list[list[str]]]


def read_pdf(path: Path) -> Typed:
    """Read a PDF file."""
    # Imported here: only a report of this kind needs the library.
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfparser import PDFSyntaxError  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(path) as pdf:
            pages = [_page(page) for page in pdf.pages]
    except (PDFSyntaxError, PDFPasswordIncorrect, PdfminerException):
        raise UnreadableInput(
            f"{path.name} is not a PDF that can be read; save it anew without a password"
        ) from None
    build = Builder()
    repeated = furniture([[line.text for line in lines] for lines, _ in pages])
    sizes = Counter(line.size for lines, _ in pages for line in lines for _ in line.text)
    # An annex in small print may be longer than the report.
    usual = max((one for one, many in sizes.items() if many * 5 > sizes.total()), default=0)
    unread = []
    every = [line for lines, _ in pages for line in lines]
    layout = _Layout(build, usual, bold=sum(one.bold for one in every) * 3 > len(every))
    for number, (lines, tables) in enumerate(pages, 1):
        if not lines and not tables:
            unread.append(f"hlm. {number}")
        kept = [one for one in lines if without_digits(one.text) not in repeated]
        layout.lay(number, kept, tables)
    layout.close()
    build.close()
    return Typed(path.name, build.parts, len(pages), [*unread, *build.workings])


def _page(page: Any) -> tuple[list[Line], list[Table]]:
    """Give the lines outside tables, and the tables, each with its distance from the top."""
    letters = page.chars
    turned = [one for one in letters if not _is_upright(one)]
    if len(turned) * 2 > len(letters):
        lines = _lines([_turned(page, one) for one in turned])
        page.close()
        return lines, []
    # Without rules there is no ruled table, and looking for one takes long.
    ruled = len(page.lines) + len(page.rects) + len(page.curves) > 3
    found = [one for one in page.find_tables() if len(one.cells) > 1] if ruled else []
    tables = [
        (one.bbox[1], _columns([[cell or "" for cell in row] for row in one.extract()]))
        for one in found
    ]
    kept = [
        (one, told)
        for one, told in zip(found, tables, strict=True)
        if sum(bool(cell.strip()) for row in told[1] for cell in row) > 1
    ]
    boxes = [one.bbox for one, _ in kept]

    def free(one: dict[str, Any]) -> bool:
        across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
        return not any(x0 <= across <= x1 and top <= down <= end for x0, top, x1, end in boxes)

    lines = _lines([one for one in letters if _is_upright(one) and free(one)] if boxes else letters)
    page.close()
    return lines, [told for _, told in kept]


def _columns(rows: list[list[str]]) -> list[list[str]]:
    """Put columns together that only a shade behind some cells parted."""
    at = 0
    while rows and at + 1 < len(rows[0]):
        both = [(row[at].strip(), row[at + 1].strip()) for row in rows]
        cut = [one for one in both if all(one)]
        alone = any(a for a, b in both if not b) and any(b for a, b in both if not a)
        if len(cut) * 2 < len(rows) and (alone or cut) and all(_is_cut(a, b) for a, b in cut):
            rows = [[*row[:at], row[at] + row[at + 1], *row[at + 2 :]] for row in rows]
        else:
            at += 1
    return rows


def _is_cut(first: str, rest: str) -> bool:
    """Tell that two cells are the halves of a number, or of a word of the head."""
    number = re.fullmatch(
        r"[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+)(?:,[0-9]+)?[*%]*", first + rest
    )
    return bool(number) or (first[-1].isalpha() and rest[0].islower())


def _is_upright(one: dict[str, Any]) -> bool:
    return bool(abs(one["matrix"][0]) >= abs(one["matrix"][1]))


def _turned(page: Any, one: dict[str, Any]) -> dict[str, Any]:
    """Turn a letter that was set sideways, so that its line runs from left to right."""
    upwards = one["matrix"][1] > 0
    x0, x1, top, bottom = one["x0"], one["x1"], one["top"], one["bottom"]
    if upwards:
        x0, x1, top, bottom = page.height - bottom, page.height - top, x0, x1
    else:
        x0, x1, top, bottom = top, bottom, page.width - x1, page.width - x0
    return {**one, "x0": x0, "x1": x1, "top": top, "bottom": bottom}


def _lines(letters: Sequence[dict[str, Any]]) -> list[Line]:
    """Put letters into lines, and each line into pieces that stand apart."""
    rows: list[list[dict[str, Any]]] = []
    for one in sorted(letters, key=lambda one: (round(one["bottom"], 1), one["x0"])):
        height = one["size"]
        if rows and abs(one["bottom"] - rows[-1][0]["bottom"]) < height * 0.45:
            rows[-1].append(one)
        else:
            rows.append([one])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one["x0"])
        pieces = _pieces(row)
        if not pieces:
            continue
        told = [one for one in row if one["text"].strip()]
        bold = sum("bold" in str(one["fontname"]).casefold() for one in told) * 2 > len(told)
        lines.append(
            Line(row[0]["top"], tuple(pieces), round(max(one["size"] for one in told)), bold)
        )
    return lines


_BULLETS = "•▪●◦\uf0b7\uf0a7"
"""Signs before an item of a list, however far from it."""


def _pieces(row: Sequence[dict[str, Any]]) -> list[Segment]:
    pieces: list[Segment] = []
    text, start, end = "", 0.0, 0.0
    for one in row:
        gap, size = one["x0"] - end, one["size"]
        letter = one["text"]
        if not letter.strip():
            continue
        if text and text not in _BULLETS and gap > size * _APART:
            pieces.append(Segment(start, end, text))
            text = ""
        if not text:
            start = one["x0"]
        elif gap > size * 0.15:
            text += " "
        text += letter
        end = max(one["x1"], end) if text != letter else one["x1"]
    if text:
        pieces.append(Segment(start, end, text))
    return pieces


class _Layout:
    """Lays page after page out; a paragraph or a table may go on over the end of one."""

    def __init__(self, build: Builder, usual: float, *, bold: bool) -> None:
        self.build = build
        self.bold = bold
        self.usual = usual
        self.waiting: list[str] = []
        self.page = 0
        self.before: Line | None = None
        self.columns: Sequence[tuple[float, float]] = ()

    def lay(self, page: int, lines: Sequence[Line], tables: Sequence[Table]) -> None:
        """Lay out a page."""
        laid_out: list[Line | Table | Rows] = []
        at = 0
        # Lines between two tables are laid out on their own.
        for top, rows in (*sorted(tables), (float("inf"), [])):
            between = [one for one in lines[at:] if one.at < top]
            laid_out += laid(between, self.columns if not at else ())
            at += len(between)
            if rows:
                laid_out.append((top, rows))
        first = laid_out[0] if laid_out else None
        if not isinstance(first, Line) or not self._goes_on(first.text):
            self.close()
        self.build.page = page
        self.before, self.columns = None, ()
        for one in laid_out:
            if isinstance(one, Line):
                self._line(one)
            else:
                self.close()
                self.build.table(one[1])
                self.before = None
        if isinstance(last := laid_out[-1] if laid_out else None, Rows):
            self.columns = last.columns

    def _goes_on(self, first: str) -> bool:
        last = self.waiting[-1] if self.waiting else ""
        cut = len(last) > _SHORT and last[-1] not in ".:;"
        goes_on = leads_on(last) and not _captions(last, first)
        return bool(last) and (goes_on or (cut and first[:1].islower()))

    def _line(self, one: Line) -> None:
        before = self.before
        if before is not None:
            apart = one.at - before.at > max(one.size, before.size) * _LEADING
            other = (one.size, one.bold) != (before.size, before.bold)
            if apart or other or (self.waiting and _starts(one.text, self.waiting)):
                self.close()
        if not self.waiting:
            self.page = self.build.page
        self.waiting.append(one.text)
        self.before = one

    def close(self) -> None:
        """Add the paragraph that waits; a short one in larger letters is a heading."""
        if not self.waiting:
            return
        title = joined_lines(self.waiting)
        size = self.before.size if self.before is not None else 0
        set_off = self.before is not None and self.before.bold and not self.bold
        larger = bool(self.usual) and size > self.usual * _LARGER
        now, self.build.page = self.build.page, self.page
        self.build.paragraph(title, 1 if (larger or set_off) and is_title(title) else 0)
        self.build.page = now
        self.waiting.clear()


def _captions(first: str, second: str) -> bool:
    """Tell the title of a picture and right below it that of a table."""
    return bool(is_caption(first) and is_caption(second))


def _starts(line: str, waiting: Sequence[str]) -> bool:
    before = waiting[-1]
    if leads_on(before) and not _captions(before, line):
        return False
    begins = ITEM.match(line) or is_caption(line) or heading_number(line)
    ended = before.endswith(":") or (before.endswith(".") and len(before) < _SHORT)
    title = len(waiting) == 1 and len(before) < _SHORT and heading_number(before)
    return bool(begins or ended or title or LEADER.search(before) or is_caption(before))
