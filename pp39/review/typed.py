"""A typed report as it was read: passages and grids, each with its place.

Readers of Word, PDF and text make the same objects, so that nothing that looks for contradictions
knows which kind of file it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["judul", "alinea", "butir", "keterangan", "isi", "rumus"]

PROSE = ("alinea", "butir")
"""Kinds of passages that are prose."""

_CHAPTER = re.compile(r"BAB\s+([IVXLC]+|[0-9]+)\b[.:]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(
    r"((?:[0-9]{1,2}|[IVX]{1,5})(?:\.[0-9]{1,2}){1,4})\.?\s+(\S.*)"
    r"|([IVX]{1,5}|[A-Z])\.\s+([A-Z].*)",
    re.DOTALL,
)
_CAPTION = re.compile(
    r"(tabel|gambar|grafik|diagram|lampiran)\s+"
    r"([0-9]+(?:[.-][0-9]+)*[a-z]?|[IVX]+(?:[.-][0-9]+)*)(?![\w-])[.:]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ENTRY = re.compile(
    r"(.*?\S)[\s.…_·-]*(?:\.{3,}|…|\t|\s)[\s.…_·-]*([0-9]{1,3}|[ivxl]{1,6})", re.DOTALL
)
_TITLE_WORDS = 14
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a typed report."""

    page: int = 0
    """Page from 1, where the file knows pages; 0 where it does not."""
    section: str = ""
    """Number and title of the nearest heading above."""
    table: str = ""
    """Caption of the table."""
    row: int = 0
    """Row of the table's body from 1; 0 outside tables."""
    column: str = ""
    """Head of the column."""
    line: int = 0
    """Line of a text file, or running number of the paragraph."""

    def __str__(self) -> str:
        told = [
            f"hlm. {self.page}" if self.page else "",
            self.section,
            _short(self.table),
            f"baris {self.row}" if self.row else "",
            f"kolom {_short(self.column)}" if self.column else "",
            f"baris teks {self.line}" if self.line and not self.row and not self.page else "",
        ]
        return ", ".join(filter(None, told)) or "awal dokumen"


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph, item of a list, caption, entry of the contents or line of a formula."""

    kind: Kind
    text: str
    place: Place
    level: int = 0
    """Of a heading: 1 for a chapter. Of an item: depth of the list from 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: one head per column, and rows of as many cells."""

    place: Place
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...] = ()
    """Page of each row, where known."""

    @property
    def caption(self) -> str:
        """Caption above the table; empty where there is none."""
        return self.place.table

    def at(self, row: int, column: int | None = None) -> Place:
        """Tell where a cell stands; rows and columns from 0."""
        page = self.pages[row] if row < len(self.pages) else self.place.page
        head = "" if column is None else self.head[column]
        return replace(self.place, page=page, row=row + 1, column=head)


@dataclass(frozen=True, slots=True)
class Turned(Grid):
    """A table whose rows say what is measured, read by its columns; its places are those of it."""

    def at(self, row: int, column: int | None = None) -> Place:
        """Tell where a cell stands as it was printed."""
        told = "" if row + 1 > len(self.rows) else self.rows[row][0]
        return replace(self.place, row=column or 0, column=told)


def turned(grid: Grid) -> Turned:
    """Read a table by its columns.

    Examples
    --------
    >>> grid = Grid(Place(), ("Uraian", "Mei", "Juni"), (("Target", "3", "4"), ("Hasil", "3", "5")))
    >>> turned(grid).head, turned(grid).rows
    (('Uraian', 'Target', 'Hasil'), (('Mei', '3', '3'), ('Juni', '4', '5')))
    """
    first, *others = zip(grid.head, *grid.rows, strict=True)
    return Turned(grid.place, first, tuple(others))


@dataclass(frozen=True)
class Typed:
    """A whole report, in the order of reading."""

    name: str
    parts: Sequence[Passage | Grid]
    pages: int = 0
    unread: Sequence[str] = field(default_factory=tuple)
    """What was seen and not understood, such as a picture of a page."""

    @property
    def passages(self) -> Iterator[Passage]:
        """All that is not a table."""
        return (one for one in self.parts if isinstance(one, Passage))

    @property
    def grids(self) -> Iterator[Grid]:
        """All tables."""
        return (one for one in self.parts if isinstance(one, Grid))

    def texts(self) -> Iterator[tuple[str, Place]]:
        """Give every text, cells of tables too."""
        for one in self.parts:
            if isinstance(one, Passage):
                yield one.text, one.place
                continue
            for number, row in enumerate(one.rows):
                for column, cell in enumerate(row):
                    if cell:
                        yield cell, one.at(number, column)


def heading_number(text: str) -> tuple[str, str] | None:
    """Split a heading into its number and its title; None where it has no number.

    Examples
    --------
    >>> heading_number("2.1 Kegiatan"), heading_number("BAB II RENCANA")
    (('2.1', 'Kegiatan'), ('BAB II', 'RENCANA'))
    """
    chapter = _CHAPTER.fullmatch(text)
    if chapter:
        return f"BAB {chapter[1].upper()}", chapter[2]
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None:
        return None
    return (numbered[1], numbered[2]) if numbered[1] else (numbered[3], numbered[4])


def entry_of(text: str) -> tuple[str, int | None] | None:
    r"""Split an entry of the contents into title and page; None where it is none.

    Examples
    --------
    >>> entry_of("1.1 Latar Belakang ..... 3"), entry_of("Kata Pengantar\tii")
    (('1.1 Latar Belakang', 3), ('Kata Pengantar', None))
    """
    found = _ENTRY.fullmatch(text.strip())
    if found is None:
        return None
    return found[1].strip(" .…_·\t"), int(found[2]) if found[2].isdecimal() else None


def ordinal(number: str) -> int | None:
    """Read the number of a heading: digits, Roman digits or a letter.

    Examples
    --------
    >>> ordinal("12"), ordinal("IV"), ordinal("B")
    (12, 4, 2)
    """
    if number.isdecimal():
        return int(number)
    if number and all(one in _ROMAN for one in number) and (len(number) > 1 or number in "IVX"):
        told = [_ROMAN[one] for one in number]
        pairs = zip(told, [*told[1:], 0], strict=True)
        return sum(-one if one < after else one for one, after in pairs)
    return ord(number) - ord("A") + 1 if re.fullmatch("[A-Z]", number) else None


def is_caption(text: str) -> tuple[str, str, str] | None:
    """Split a caption into its kind, number and title; None where the text is none.

    Examples
    --------
    >>> is_caption("Tabel 2.1. Komposisi Anggaran")
    ('Tabel', '2.1', 'Komposisi Anggaran')
    >>> is_caption("Tabel 2.1 di bawah ini menunjukkan rincian anggaran") is None
    True
    """
    found = _CAPTION.fullmatch(text)
    if found is None or len(text) > 200:
        return None
    title = found[3].strip()
    if (
        not title
        or not (title[0].isupper() or title[0] in '“"(')
        or re.match(r"(?:Di|Pada)\s", title)
    ):
        return None
    return found[1].capitalize(), found[2].upper(), title


def is_title(text: str) -> bool:
    """Tell whether what is set off from the text reads as a heading.

    Examples
    --------
    >>> is_title("Realisasi Bulanan"), is_title("Rp12.000,-"), is_title("Terima kasih.")
    (True, False, False)
    """
    few = 0 < len(text.split()) <= _TITLE_WORDS
    plain = (
        text[:1].isupper()
        and not text.endswith((".", ";", ",", ":"))
        and "rp" not in text.casefold().split()
    )
    return (
        few
        and plain
        and not re.search(r"\brp\.?\s?[0-9]", text.casefold())
        and not is_caption(text)
    )


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
