"""Reading text as converters leave it: tabs, pipes, tables in lines, pages by form feeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pp39.errors import UnreadableInput
from pp39.review.aligned import Line, Rows, Segment, furniture, laid, without_digits
from pp39.review.build import ITEM, LEADER, Builder, joined_lines, leads_on
from pp39.review.typed import Typed, heading_number, is_caption

_RULE = re.compile(r"[\s|:+=-]*")
_WIDTHS = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*")
_PIECE = re.compile(r"\S+(?: \S+)*")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PAGE = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)
_SHORT = 60
"""Letters of a line that need not reach the margin."""


def read_text(path: Path) -> Typed:
    """Read a report in plain text or Markdown."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if _BINARY.search(text) or _PAGE.match(text):
        raise UnreadableInput(f"{path.name} is not text; right would be .docx, .pdf, .md or .txt")
    build = Builder()
    reading = _Reading(build, wrapped=_is_wrapped(text))
    number = 1
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").split("\f")]
    repeated = furniture([[one for one in page if one.strip()] for page in pages])
    for page, lines in enumerate(pages):
        kept = [
            (at, "" if without_digits(line) in repeated else line.rstrip("\r\n "))
            for at, line in enumerate(lines, number)
        ]
        told = [n for n, (_, line) in enumerate(kept) if line.strip()]
        number += len(lines) - 1
        if page:
            build.page = max(build.page, 1)
            if not told or not reading.leads_on(kept[told[0]][1]):
                reading.turn()
            build.page += 1
        for at, line in kept[told[0] : told[-1] + 1] if told else ():
            reading.take(at, line)
    reading.close()
    build.close()
    return Typed(path.name, build.parts, build.page, build.workings)


def _is_wrapped(text: str) -> bool:
    """Tell whether paragraphs are broken into lines: many lines end inside a sentence."""
    lines = [one.strip() for one in text.splitlines() if len(one.split()) > 6 and "|" not in one]
    cut = sum(one[-1:].isalpha() or one.endswith(",") for one in lines if "\t" not in one)
    return len(lines) > 3 and cut * 3 > len(lines)


class _Reading:
    """The lines of one block: a table, or the paragraphs between blank lines."""

    def __init__(self, build: Builder, *, wrapped: bool) -> None:
        self.build = build
        self.wrapped = wrapped
        self.rows: list[list[str]] = []
        self.lines: list[Line] = []
        self.widths: list[tuple[int, int]] = []
        self.boxed = False
        self.fresh = True
        self.loose = False
        self.columns: Sequence[tuple[float, float]] = ()

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        bare = line.strip("\r\n ")
        self.build.line = number
        if bare.startswith("+") and _RULE.fullmatch(bare):
            self.flush()
            self.boxed = self.fresh = True
        elif "\t" in bare or bare.count("|") > 1:
            self.flush()
            self._row(line, bare)
        elif _WIDTHS.fullmatch(line) and not (self.widths and self.rows):
            self._head_of_widths(line)
        elif self.widths and bare and not _RULE.fullmatch(bare):
            cells = [line[a:b].strip() for a, b in self.widths]
            if (
                self.rows
                and not cells[0]
                and all(self.rows[-1][n] for n, c in enumerate(cells) if c)
            ):
                self.rows[-1] = [
                    f"{a} {b}".strip() for a, b in zip(self.rows[-1], cells, strict=True)
                ]
            else:
                self.rows.append(cells)
        elif self.widths and not bare:
            pass  # rows of a pandoc table may be apart
        else:
            self._close_table()
            self._line(number, line)

    def _row(self, line: str, bare: str) -> None:
        if bare.startswith("|") and _RULE.fullmatch(bare):
            return
        piped = "|" in bare and "\t" not in bare
        self.loose = piped and not bare.startswith("|")
        cells = bare.strip("|").split("|") if piped else line.split("\t")
        cells = [cell.strip() for cell in cells]
        if self.boxed and not self.fresh and self.rows and len(cells) == len(self.rows[-1]):
            self.rows[-1] = [f"{a} {b}".strip() for a, b in zip(self.rows[-1], cells, strict=True)]
        else:
            self.rows.append(cells)
        self.fresh = False

    def _head_of_widths(self, line: str) -> None:
        """Take the columns from a line of dashes; the lines right before it are the head."""
        if self.widths:
            self._close_table()
            return
        marks = [one.start() for one in re.finditer(r"-+", line)]
        self.widths = [(a, b) for a, b in zip(marks, [*marks[1:], 10**6], strict=True)]
        heads: list[Line] = []
        while self.lines and self.lines[-1].pieces and len(self.lines[-1].pieces) > 1:
            heads.insert(0, self.lines.pop())
        self.flush()
        for head in heads:
            cells = [""] * len(self.widths)
            for piece in head.pieces:
                at = max(
                    (n for n, (a, _) in enumerate(self.widths) if a <= piece.start + 1), default=0
                )
                cells[at] = f"{cells[at]} {piece.text}".strip()
            self.rows.append(cells)

    def _line(self, number: int, line: str) -> None:
        pieces = tuple(
            Segment(one.start(), one.end(), one[0]) for one in _PIECE.finditer(line.expandtabs())
        )
        self.lines.append(Line(number, pieces))

    def flush(self) -> None:
        """Lay out the lines that wait."""
        lines, self.lines = self.lines, []
        waiting: list[str] = []

        def close() -> None:
            if waiting:
                self.build.paragraph(joined_lines(waiting))
                waiting.clear()

        columns, self.columns = self.columns, ()
        last: Line | Rows | None = None
        for last in laid(lines, columns):
            one = last
            if not isinstance(one, Line):
                close()
                self.build.line = int(one.at)
                self.build.table(one.rows)
                continue
            text = one.text
            marked = re.match(r"(#{1,6})\s+(.*)", text)
            if (
                not text
                or marked
                or not self.wrapped
                or _starts(text, waiting)
                or (waiting and _ends(waiting))
            ):
                close()
            if not waiting:
                self.build.line = int(one.at)
            if marked:
                self.build.paragraph(marked[2], len(marked[1]))
            elif text:
                waiting.append(text)
        close()
        self.columns = last.columns if isinstance(last, Rows) else ()

    def _close_table(self) -> None:
        if self.rows:
            rows, self.rows = self.rows, []
            if len(rows) == 1 and self.loose:  # one line with bars is no table
                self.build.paragraph(" | ".join(rows[0]))
            elif any(sum(map(bool, row)) > 1 for row in rows):
                self.build.table(rows)
            else:  # lines moved to the right, such as those of a signature
                for row in rows:
                    self.build.paragraph("".join(row))
        self.widths, self.boxed, self.fresh, self.loose = [], False, True, False

    def leads_on(self, line: str) -> bool:
        """Tell whether the paragraph that waits goes on with the first line of the next page."""
        last = self.lines[-1].text if self.lines and len(self.lines[-1].pieces) == 1 else ""
        cut = len(last) > _SHORT and last[-1] not in ".:;" and line.strip()[:1].islower()
        return bool(last) and self.wrapped and (leads_on(last) or cut)

    def turn(self) -> None:
        """Lay out the page that is over; a table may go on."""
        self.flush()
        self._close_table()

    def close(self) -> None:
        """Lay out all that waits."""
        self.turn()


def _starts(line: str, waiting: list[str]) -> bool:
    if waiting and leads_on(waiting[-1]):
        return False
    return bool(ITEM.match(line) or is_caption(line) or heading_number(line) or line.isupper())


def _ends(waiting: list[str]) -> bool:
    last = waiting[-1]
    title = heading_number(last) and len(last) < _SHORT and not leads_on(last)
    heading = len(waiting) == 1 and (is_caption(last) or last.isupper() or title)
    heading = heading and not leads_on(last)
    return bool(
        heading or LEADER.search(last) or (last.endswith((".", ":")) and len(last) < _SHORT)
    )
