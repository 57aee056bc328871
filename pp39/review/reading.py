"""Reading typed reports: Word, PDF with a text layer, and text as converters leave it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from pp39.errors import MissingInput, UnreadableInput
from pp39.review.typed import Grid, Passage, Place, Typed, heading_number, is_caption
from pp39.sources.mask import masked

__all__ = ["SUFFIXES", "read_report"]

_MARKUP = re.compile(r"\*\*|__|</?(?:i|b|u|em|strong|sup|sub|br)\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-•▪●◦–*]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_RULE_OF_DASHES = re.compile(r"[\s|:+=-]*")
_TITLE_WORDS = 14
_BETWEEN = 3
"""A table goes on after a page break though a note or a foot stands between."""
_OUTLINE = re.compile(r"(?:heading|judul)\s*([1-9])", re.IGNORECASE)


def read_report(path: Path) -> Typed:
    """Read a typed report.

    Parameters
    ----------
    path : pathlib.Path
        ``.docx``, ``.pdf``, ``.md`` or ``.txt``.

    Returns
    -------
    Typed
        Passages and tables in the order of reading; personal data masked.

    Raises
    ------
    pp39.errors.MissingInput
        If there is no such file.
    pp39.errors.UnreadableInput
        If it is none of these, is damaged, or has no text.
    """
    if not path.is_file():
        raise MissingInput(f"{path} is not there; give a .docx, .pdf, .md or .txt file")
    read = SUFFIXES.get(path.suffix.casefold())
    if read is None:
        raise UnreadableInput(
            f"{path.name} is not a report that can be read; right would be one of"
            f" {', '.join(SUFFIXES)}"
        )
    made = read(path)
    if not made.parts:
        raise UnreadableInput(
            f"{path.name} holds no text; if it is a scan, let a text layer be recognised first"
        )
    return made


def _plain(text: str) -> str:
    cleaned = _MARKUP.sub("", text).replace("\u00ad", "").replace("\u00a0", " ")
    return masked(re.sub(r"\s+", " ", cleaned).strip())[0]


@dataclass
class _Builder:
    """Puts passages and rows together and keeps the place."""

    parts: list[Passage | Grid] = field(default_factory=list)
    section: str = ""
    caption: str = ""
    line: int = 0
    page: int = 0
    heads: tuple[tuple[str, ...], ...] = ()

    def place(self) -> Place:
        return Place(self.page, self.section, line=self.line)

    @property
    def contents(self) -> bool:
        """Whether a list of contents is being read."""
        return bool(re.match(r"daftar (?:isi|tabel|gambar)\b", self.section, re.IGNORECASE))

    def paragraph(self, text: str, level: int = 0, *, item: bool = False) -> None:
        plain = _plain(text)
        if not plain:
            return
        caption = is_caption(plain)
        if caption and not level:
            self.caption = plain
            self.parts.append(Passage("keterangan", plain, self.place()))
            return
        numbered = heading_number(plain)
        bare = not numbered and plain.isupper() and len(plain.split()) <= _TITLE_WORDS
        if level or bare or (numbered and self._titled(plain, numbered)):
            self.section = plain
            deep = level or (1 if numbered and numbered[0].startswith("BAB") else 0)
            deep = deep or (numbered[0].count(".") + 1 if numbered else 1)
            self.parts.append(Passage("judul", plain, self.place(), deep))
            return
        listed = item or bool(_ITEM.match(plain))
        self.parts.append(
            Passage("butir" if listed else "alinea", plain, self.place(), int(listed))
        )

    def table(
        self, rows: Sequence[Sequence[str]], heads: int = 0, pages: Sequence[int] = ()
    ) -> None:
        """Add a table, or go on with the one before if its head is repeated."""
        clean = [tuple(_plain(cell) for cell in row) for row in rows]
        keep = [number for number, row in enumerate(clean) if any(row)]
        if not keep:
            return
        clean = [clean[number] for number in keep]
        pages = [pages[number] for number in keep] if pages else [self.page] * len(clean)
        width = max(map(len, clean))
        clean = [row + ("",) * (width - len(row)) for row in clean]
        again = (
            len(self.heads) if self.heads and tuple(clean[: len(self.heads)]) == self.heads else 0
        )
        heads = heads or again or _heads(clean)
        self.heads = tuple(clean[:heads])
        head, body, told = _head(clean[:heads], width), clean[heads:], pages[heads:]
        at = self._last_grid()
        before = self.parts[at] if self.parts else None
        if isinstance(before, Grid) and not self.caption and self._goes_on(before, head):
            whole = _joined(list(before.rows), body if heads else clean)
            numbers = (*before.pages, *(told if heads else pages))[: len(whole)]
            self.parts[at] = replace(before, rows=tuple(whole), pages=tuple(numbers))
            return
        place = replace(self.place(), table=self.caption)
        self.caption = ""
        self.parts.append(Grid(place, head, tuple(body), tuple(told)))

    def _goes_on(self, before: Grid, head: tuple[str, ...]) -> bool:
        """Tell whether a table goes on with the one before: its head is repeated."""
        if before.head == head:
            return True
        letters = ["".join(re.findall(r"\w", "".join(one))) for one in (before.head, head)]
        turned = self.page == (before.pages[-1] if before.pages else before.place.page) + 1
        return turned and len(before.head) == len(head) and letters[0] == letters[1]

    def _last_grid(self) -> int:
        """Find the table that the next one may go on with: little stands between them."""
        for back in range(1, min(_BETWEEN, len(self.parts)) + 1):
            one = self.parts[-back]
            if isinstance(one, Grid):
                return len(self.parts) - back
            if one.kind in ("judul", "keterangan"):
                return -1
        return -1

    def _titled(self, text: str, numbered: tuple[str, str]) -> bool:
        """Tell a heading from a sentence or a figure that begins with a number."""
        title = numbered[1]
        if re.search(r"\.{4,}|…{2,}", title) or (self.contents and re.search(r"\s[0-9]+$", title)):
            return False  # an entry of the contents
        if len(text.split()) > _TITLE_WORDS or title.endswith((".", ";", ",")):
            return False
        return not title or title[0].isupper()


def _heads(rows: Sequence[tuple[str, ...]]) -> int:
    """Count the rows of the head: those before the first row that has a figure or a list number."""
    for number, row in enumerate(rows[:4]):
        told = [cell for cell in row if cell]
        counted = [cell for cell in told if re.fullmatch(r"[0-9]{1,2}", cell)]
        if len(told) > 2 and len(counted) == len(told) and counted == sorted(counted, key=int):
            return number + 1  # the row that numbers the columns
        years = [cell for cell in told if re.fullmatch(r"(?:19|20)[0-9]{2}", cell)]
        figures = [cell for cell in told if re.search(r"[0-9]", cell) and cell not in years]
        if number and figures:
            return number
        if number and row[0] and len(told) > len(row) / 2:
            return number
    return 1 if len(rows) > 1 else 0


def _head(rows: Sequence[tuple[str, ...]], width: int) -> tuple[str, ...]:
    if not rows:
        return ("",) * width
    columns = []
    group = ""
    for column in range(width):
        cells = [row[column] for row in rows if not re.fullmatch(r"[0-9]{1,2}", row[column])]
        if cells and cells[0]:
            group = cells[0]
        elif len(cells) > 1 and cells[1] and group:
            cells = [group, *cells[1:]]
        columns.append(" ".join(dict.fromkeys(filter(None, cells))))
    return tuple(columns)


def _joined(rows: list[tuple[str, ...]], more: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put rows behind rows; the first one may be the end of a cell that a page break cut."""
    first, *rest = more
    told = [number for number, cell in enumerate(first) if cell]
    broken = (
        rows
        and told
        and not any(re.search("[0-9]", first[number]) for number in told)
        and all(rows[-1][number] for number in told)
        and all(first[number][0].islower() for number in told)
    )
    if not broken:
        return [*rows, *more]
    last = tuple(f"{a} {b}".strip() for a, b in zip(rows[-1], first, strict=True))
    return [*rows[:-1], last, *rest]


def _read_text(path: Path) -> Typed:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UnreadableInput(f"{path.name} is not text; right would be .docx, .pdf, .md or .txt")
    build = _Builder()
    rows: list[list[str]] = []

    def close() -> None:
        if rows:
            build.table(rows)
            rows.clear()

    for number, line in enumerate(text.splitlines(), 1):
        build.line = number
        build.page += line.count("\f")
        bare = line.strip("\f\r\n ")
        if "\t" in bare or (bare.startswith("|") and bare.count("|") > 1):
            if not (bare.startswith("|") and _RULE_OF_DASHES.fullmatch(bare)):
                cells = bare.strip("|").split("|") if bare.startswith("|") else line.split("\t")
                rows.append([cell.strip() for cell in cells])
            continue
        close()
        marked = re.match(r"(#{1,6})\s+(.*)", bare)
        if marked:
            build.paragraph(marked[2], len(marked[1]))
        else:
            build.paragraph(bare)
    close()
    return Typed(path.name, build.parts, build.page)


def _read_docx(path: Path) -> Typed:
    # Imported here, as below: only a report of this kind needs the library.
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    try:
        document = docx.Document(str(path))
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError):
        raise UnreadableInput(
            f"{path.name} is not a Word document that can be read; save it anew as .docx"
        ) from None
    build = _Builder()
    for number, one in enumerate(document.iter_inner_content(), 1):
        build.line = number
        if isinstance(one, Paragraph):
            style = str(one.style.name or "") if one.style is not None else ""
            outline = _OUTLINE.search(style)
            listed = "list" in style.casefold() or _is_numbered(one)
            build.paragraph(one.text, int(outline[1]) if outline else 0, item=listed)
        elif isinstance(one, Table):
            build.table(list(_word_rows(one)))
    return Typed(path.name, build.parts)


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _word_rows(table: Any) -> Iterator[list[str]]:
    """Give the rows of a Word table; a merged cell's text stands in the first of its places."""
    seen: set[Any] = set()
    for row in table.rows:
        cells = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else cell.text)
            seen.add(cell._tc)
        yield cells


def _read_pdf(path: Path) -> Typed:
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfparser import PDFSyntaxError  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    build = _Builder()
    unread = []
    try:
        with pdfplumber.open(path) as pdf:
            pages = [_page(page) for page in pdf.pages]
    except (PDFSyntaxError, PDFPasswordIncorrect, PdfminerException):
        raise UnreadableInput(
            f"{path.name} is not a PDF that can be read; save it anew without a password"
        ) from None
    furniture = _furniture([[line.text for line in lines] for lines, _ in pages])
    for number, (lines, tables) in enumerate(pages, 1):
        build.page = number
        if not lines and not tables:
            unread.append(f"hlm. {number}")
        _lay(build, [one for one in lines if _without_digits(one.text) not in furniture], tables)
    return Typed(path.name, build.parts, len(pages), unread)


class _Line(NamedTuple):
    top: float
    text: str
    look: tuple[bool, int]


def _look_of(letters: Sequence[dict[str, Any]]) -> tuple[bool, int]:
    """Tell whether a line is bold, and its size in points."""
    bold = sum("bold" in str(one["fontname"]).casefold() for one in letters)
    return bold * 2 > len(letters), round(max(one["size"] for one in letters))


def _page(page: Any) -> tuple[list[_Line], list[tuple[float, list[list[str]]]]]:
    """Give the lines outside tables, and the tables, each with its distance from the top."""
    found = page.find_tables()
    boxes = [one.bbox for one in found]

    def free(one: dict[str, Any]) -> bool:
        across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
        return not any(x0 <= across <= x1 and top <= down <= end for x0, top, x1, end in boxes)

    letters = page.filter(lambda one: one["object_type"] == "char" and free(one))
    lines = [
        _Line(line["top"], line["text"], _look_of(line["chars"]))
        for line in letters.extract_text_lines(strip=True)
    ]
    tables = [
        (one.bbox[1], [[cell or "" for cell in row] for row in one.extract()]) for one in found
    ]
    page.close()
    return lines, tables


def _lay(
    build: _Builder,
    lines: Sequence[_Line],
    tables: Sequence[tuple[float, list[list[str]]]],
) -> None:
    waiting: list[str] = []
    last = 0.0

    def close() -> None:
        if waiting:
            build.paragraph(" ".join(waiting))
            waiting.clear()

    look = (False, 0)
    laid: list[_Line | tuple[float, list[list[str]]]] = [*lines, *tables]
    for one in sorted(laid, key=lambda one: one[0]):
        if not isinstance(one, _Line):
            close()
            build.table(one[1])
            last = 0.0
            continue
        apart = last and one.top - last > _LEADING
        if apart or one.look != look or not waiting or _starts(one.text, waiting[-1]):
            close()
        waiting.append(one.text)
        last, look = one.top, one.look
    close()


_LEADING = 24.0
"""Points between two lines from which on the second begins a paragraph."""


def _starts(line: str, before: str) -> bool:
    begins = _ITEM.match(line) or is_caption(line) or heading_number(line)
    return bool(begins) or is_caption(before) is not None or before.endswith((".", ":"))


def _furniture(pages: Sequence[Sequence[str]]) -> set[str]:
    """Find heads and feet: lines that more than half of the pages begin or end with."""
    edges = Counter(_without_digits(line) for lines in pages for line in {*lines[:2], *lines[-2:]})
    return {line for line, count in edges.items() if count > max(2, len(pages) / 2)}


def _without_digits(line: str) -> str:
    return re.sub(r"[0-9]+|\b[ivxlc]+\b", "#", line)


SUFFIXES: dict[str, Callable[[Path], Typed]] = {
    ".docx": _read_docx,
    ".pdf": _read_pdf,
    ".md": _read_text,
    ".txt": _read_text,
}
