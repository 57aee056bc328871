"""Putting a typed report together: passages and rows as they are read, with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from functools import reduce

from pp39.review.aligned import whole
from pp39.review.private import without_names, without_persons
from pp39.review.typed import Grid, Kind, Passage, Place, entry_of, heading_number, is_caption

_MARKUP = re.compile(r"\*\*|__|</?(?:i|b|u|em|strong|sup|sub|br)\s*/?>", re.IGNORECASE)
ITEM = re.compile(r"(?:[-•▪●◦–*\uf0b7\uf0a7]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
"""How an item of a list begins."""
LEADER = re.compile(r"(?:(?:\.\s?){4,}|…\s*)[0-9ivxl]+$")
"""How an entry of the contents ends."""
_RUN = re.compile(r"([0-9]{60})[0-9]+")
_APPENDED = re.compile(r"(?:lampiran|bab)\s+[0-9IVX]+\b", re.IGNORECASE)
_WORKING = re.compile(
    r"\b(?:jejak|rincian|lembar|kertas kerja|langkah)\s+(?:per)?hitung", re.IGNORECASE
)
"""How the title of an annex of calculations reads."""
_FORMULA = re.compile(r"=\s|(?:[^.;]|\.(?!\s))*=.*[0-9%]\)?\s*[÷×+/:x*]\s*\(?(?:Rp)?[0-9]")
"""How a line begins that only calculates: its figures are the parts, said of nothing."""
_PICTURES = ("Gambar", "Grafik", "Diagram")
_LISTS = re.compile(r"daftar\s+(?:isi|tabel|gambar|grafik|diagram|lampiran)", re.IGNORECASE)
_COLUMN = r"[0-9]{1,2}|\([0-9]{1,2}\)"
"""A cell that only counts the columns."""
_CHARTED = re.compile(
    r"([A-Za-z][^|;]*?):?\s+(-?(?:Rp\.?\s?)?[0-9][0-9.,]*(?:\s?(?:%|[a-z]+))?)\s*(?:[|;]|$)"
)
"""A label with its value, of a picture that a line tells."""
_BARS = 3
_NAME = 6
"""Words of the label of a bar."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CUT = re.compile(r"\b([A-Za-z]{2,}) ([a-z]{1,8})\b")
"""Two pieces that can be one word."""
_CUT_CODE = re.compile(
    r"[0-9]{4}\.[A-Z]{1,2} [A-Z]{1,2}|(?:[0-9]{4}\.)?[A-Z]{3}\.[0-9]{1,2} [0-9]{1,2}"
)
"""A code that a narrow cell cut."""
_CODED = re.compile(r"((?:[0-9]{4}\.)?[A-Z]{3}(?:\.[0-9]{3})?|[0-9]{4}) (?=[A-Z])(.{4,})")
"""A code of the budget and the name of what has it, in one cell."""
_MOST = 20_000
"""Letters of a paragraph or a cell that are read."""
_TITLE_WORDS = 14
_FEW = 4
"""Letters in capitals that are an abbreviation, not a heading."""
_BETWEEN = 3
"""A table goes on after a page break though a note or a foot stands between."""
_HELD = 25
"""Words of a line that can be the first half of an entry of the contents."""


def _plain(text: str) -> str:
    text = _RUN.sub(r"\1…", text if len(text) <= _MOST else f"{text[:_MOST]}…")
    cleaned = _MARKUP.sub("", text).replace("\u00ad", "").replace("\u00a0", " ")
    return without_persons(re.sub(r"\s+", " ", cleaned).strip())


def joined_lines(lines: Sequence[str]) -> str:
    """Join the lines of a paragraph; a word that was divided at a line's end becomes one again.

    Examples
    --------
    >>> joined_lines(["Laporan pelak-", "sanaan undang-", "undang"])
    'Laporan pelaksanaan undang-undang'
    """
    told = ""
    for line in lines:
        cut = re.search(r"([a-z]{2,})-$", told)
        if cut and line[:1].islower():
            twice = line.startswith(cut[1][-4:]) or line.startswith(cut[1][:4])
            told = told + line if twice else told[:-1] + line
        else:
            told = f"{told} {line}" if told else line
    return told


def leads_on(line: str) -> bool:
    """Tell that a line cannot be the last of its paragraph: “… disajikan pada”."""
    return line.count("(") > line.count(")") or bool(
        re.search(
            r"(?:^|\s)(?:[a-z]*(?:pada|dalam|dan|di|ke|dari|oleh|menurut|sesuai|lihat|dengan|yang|atau|sebagaimana|melalui|serta|[Tt]riwulan|[Tt]ahun)|\S*,)$",
            line,
        )
    )


@dataclass
class Builder:
    """Puts passages and rows together and keeps the place."""

    parts: list[Passage | Grid] = field(default_factory=list)
    section: str = ""
    caption: str = ""
    line: int = 0
    page: int = 0
    heads: tuple[tuple[str, ...], ...] = ()
    listing: bool = False
    """Whether a list of contents is being read."""
    workings: list[str] = field(default_factory=list)
    """Annexes of calculations, which state nothing of their own."""
    _working: bool = False
    chart: Passage | Grid | None = None
    """The picture that a line told last."""
    held: str = ""
    """A line of the contents that may go on in the next one."""

    def place(self) -> Place:
        """Where what comes next stands."""
        return Place(self.page, self.section, line=self.line)

    def paragraph(self, text: str, level: int = 0, *, depth: int = 0) -> None:
        """Add a paragraph; of a heading its level, of an item of a list its depth."""
        plain = _plain(text)
        if not plain:
            return
        if (self.listing and self._entry(plain)) or self._charted(plain):
            return
        caption = is_caption(plain)
        if _APPENDED.match(plain) and len(plain.split()) <= _TITLE_WORDS:
            self._working = bool(_WORKING.search(plain))
            if self._working:
                self.workings.append(plain)
        if self._working:
            if caption:
                self.parts.append(Passage("keterangan", plain, self.place()))
            return
        if caption and not level:
            self._titles(plain, caption[0])
            return
        numbered = heading_number(plain)
        upper = not numbered and plain.isupper() and len(plain.split()) <= _TITLE_WORDS
        upper = upper and plain[0].isalpha() and len(plain) > _FEW
        if level or upper or _LISTS.fullmatch(plain) or (numbered and _titled(plain, numbered)):
            self._heading(plain, numbered, level)
            return
        mark = ITEM.match(plain)
        depth = depth or (1 if mark else 0)
        told: Kind = "rumus" if _FORMULA.match(plain) else "butir" if depth else "alinea"
        self.parts.append(Passage(told, plain, self.place(), depth))

    def _charted(self, plain: str) -> bool:
        """Take a line that tells the values of a picture, label by label; tell whether it does."""
        short = len(plain) <= _HELD * _TITLE_WORDS
        values = _CHARTED.findall(plain) if short and re.search("[|;].*[|;]", plain) else []
        if len(values) < _BARS or _CHARTED.sub("", plain).strip(" |;"):
            return False
        if any(len(name.split()) > _NAME or _YEAR.fullmatch(value) for name, value in values):
            return False  # a sentence with times in it
        self.table([["Uraian", "Nilai"], *map(list, values)], 1)
        self.chart = self.parts[-1]
        return True

    def _titles(self, plain: str, kind: str) -> None:
        """Take a caption: of the picture above it, or of what comes."""
        if self.parts and self.parts[-1] is self.chart and isinstance(self.chart, Grid):
            self.parts[-1] = replace(self.chart, place=replace(self.chart.place, table=plain))
        else:
            self.caption = plain
            while kind in _PICTURES and self._pictured():
                self.parts.pop()
        self.parts.append(Passage("keterangan", plain, self.place()))

    def _pictured(self) -> bool:
        """Tell whether what was read last is the lettering of the picture above its title."""
        last = self.parts[-1] if self.parts else None
        return isinstance(last, Grid) and not last.caption and last.place.page == self.page > 0

    def entry(self, text: str) -> None:
        """Add an entry of the contents that the file itself calls one."""
        plain = _plain(text)
        if plain:
            self.parts.append(Passage("isi", plain, self.place()))

    def _heading(self, plain: str, numbered: tuple[str, str] | None, level: int) -> None:
        self.section = plain
        self.caption = ""
        self.listing = bool(_LISTS.match(plain))
        deep = level or (1 if numbered and numbered[0].startswith("BAB") else 0)
        deep = deep or (numbered[0].count(".") + 1 if numbered else 1)
        self.parts.append(Passage("judul", plain, self.place(), deep))

    def _entry(self, plain: str) -> bool:
        """Take a line of the contents; tell whether it was one, or may be the half of one."""
        if _LISTS.fullmatch(plain):
            self._release()
            return False
        told = entry_of(plain)
        bare = told is None or re.fullmatch("bab|tabel|gambar|lampiran", told[0], re.IGNORECASE)
        if not bare:
            if self.held and not heading_number(plain) and not is_caption(plain):
                plain = f"{self.held} {plain}"
            self.held = ""
            self.parts.append(Passage("isi", plain, self.place()))
            return True
        if self.held or len(plain.split()) > _HELD:
            self._release()
            return False
        self.held = plain
        return True

    def _release(self) -> None:
        """Take what was held for a paragraph like any other: the contents are over."""
        self.listing = False
        held, self.held = self.held, ""
        if held:
            self.paragraph(held)

    def close(self) -> None:
        """Tell that the report is over; words that narrow cells cut become whole again."""
        self._release()
        words = set(
            re.findall(
                r"[a-z]{4,}",
                " ".join(one.text for one in self.parts if isinstance(one, Passage)).casefold(),
            )
        )

        def mended(text: str) -> str:
            if _CUT_CODE.fullmatch(text):
                return text.replace(" ", "")
            return _CUT.sub(lambda one: _uncut(one[1], one[2], words), text)

        self.parts = [
            _coded(
                replace(
                    one,
                    head=tuple(map(mended, one.head)),
                    rows=tuple(tuple(map(mended, _spanned(row, words))) for row in one.rows),
                )
            )
            if isinstance(one, Grid)
            else one
            for one in self.parts
        ]

    def table(
        self, rows: Sequence[Sequence[str]], heads: int = 0, pages: Sequence[int] = ()
    ) -> None:
        """Add a table, or go on with the one before if its head is repeated."""
        clean = [
            tuple(_plain(reduce(whole, cell.splitlines() or [""])) for cell in row) for row in rows
        ]
        clean = _whole_numbers(clean)
        keep = [number for number, row in enumerate(clean) if any(row)]
        if not keep or self._working:
            return
        if self.listing:
            told = [" ".join(filter(None, clean[number])) for number in keep]
            if sum(entry_of(one) is not None for one in told) * 2 > len(told):
                for one in told:
                    self.paragraph(one)
                return
        self._release()
        clean = [clean[number] for number in keep]
        pages = [pages[number] for number in keep] if pages else [self.page] * len(clean)
        width = max(map(len, clean))
        clean = [row + ("",) * (width - len(row)) for row in clean]
        if (
            self.heads
            and tuple(clean[:1]) == self.heads[-1:]
            and re.fullmatch(_COLUMN, clean[0][0])
        ):
            clean, pages = clean[1:], pages[1:]  # of the head only the numbers are repeated
        again = (
            len(self.heads) if self.heads and tuple(clean[: len(self.heads)]) == self.heads else 0
        )
        heads = heads or again or _heads(clean)
        clean = _closed(clean, heads)
        width = len(clean[0])
        self.heads = tuple(clean[:heads])
        head, told_pages = _head(clean[:heads], width), pages[heads:]
        body = without_names(head, clean[heads:])
        at = self._last_grid()
        before = self.parts[at] if self.parts else None
        if isinstance(before, Grid) and not self.caption:
            if self._goes_on(before, head):
                self._append(
                    at,
                    before,
                    body if heads else without_names(before.head, clean),
                    told_pages if heads else pages,
                )
                return
            if self._headless(before, clean):
                self._append(at, before, without_names(before.head, clean), pages)
                return
        place = replace(self.place(), table=self.caption)
        self.caption = ""
        self.parts.append(Grid(place, head, tuple(body), tuple(told_pages)))

    def _append(
        self, at: int, before: Grid, rows: Sequence[tuple[str, ...]], pages: Sequence[int]
    ) -> None:
        whole = _joined(list(before.rows), rows) if rows else list(before.rows)
        numbers = (*before.pages, *pages)[: len(whole)]
        self.parts[at] = replace(before, rows=tuple(whole), pages=tuple(numbers))

    def _goes_on(self, before: Grid, head: tuple[str, ...]) -> bool:
        """Tell whether a table goes on with the one before: its head is repeated."""
        if before.head == head:
            return True
        letters = ["".join(re.findall(r"\w", "".join(one))) for one in (before.head, head)]
        return self._turned(before) and len(before.head) == len(head) and letters[0] == letters[1]

    def _headless(self, before: Grid, rows: Sequence[tuple[str, ...]]) -> bool:
        """Tell whether a table goes on after a page break, as wide and without its head."""
        if not self._turned(before) or len(before.head) != len(rows[0]) or not before.rows:
            return False
        # A row has figures where the rows before it have some.
        above = [bool(re.search("[0-9]", cell)) for cell in before.rows[-1]]
        for row in rows[:4]:
            figures = [bool(re.search("[0-9]", cell)) for cell in row]
            alike = sum(a == b for a, b in zip(figures, above, strict=True))
            if any(figures) and alike >= len(figures) - 1:
                return True
        return False

    def _turned(self, before: Grid) -> bool:
        return self.page == (before.pages[-1] if before.pages else before.place.page) + 1

    def _last_grid(self) -> int:
        """Find the table that the next one may go on with: little stands between them."""
        for back in range(1, min(_BETWEEN, len(self.parts)) + 1):
            one = self.parts[-back]
            if isinstance(one, Grid):
                return len(self.parts) - back
            if one.kind in ("judul", "keterangan"):
                return -1
        return -1


_FIGURE = re.compile(r"(?<!\S)(?!(?:19|20)[0-9]{2}(?!\S))[0-9][0-9.,]*%?(?!\S)")
"""A number by itself that is no year."""


def _titled(text: str, numbered: tuple[str, str]) -> bool:
    """Tell a heading from a sentence, an item or a figure that begins with a number."""
    number, title = numbered
    if number.isdecimal() or re.search(r"\.{4,}|…{2,}|:\s*rp|rp\.?\s?[0-9]", title.casefold()):
        return False
    if len(text.split()) > _TITLE_WORDS or title.endswith((".", ";", ",", ":")):
        return False
    if len(_FIGURE.findall(title)) > 1:
        return False  # the row of a table
    return not title or title[0].isupper()


def _heads(rows: Sequence[tuple[str, ...]]) -> int:
    """Count the rows of the head: those before the first row that has a figure or a list number."""
    for number, row in enumerate(rows[:4]):
        told = [cell for cell in row if cell]
        counted = [cell.strip("()") for cell in told if re.fullmatch(_COLUMN, cell)]
        if len(told) > 2 and len(counted) == len(told) and counted == sorted(counted, key=int):
            return number + 1  # the row that numbers the columns
        years = [cell for cell in told if _YEAR.fullmatch(cell)]
        figures = [cell for cell in told if re.search(r"[0-9]", cell) and cell not in years]
        if number and figures:
            return number
        # A cell that is merged over both rows of a head reads the same in either.
        merged = row[0] == rows[0][0] and row != rows[0]
        if number and row[0] and len(told) > len(row) / 2 and not merged:
            return number
    return 1 if len(rows) > 1 else 0


def _head(rows: Sequence[tuple[str, ...]], width: int) -> tuple[str, ...]:
    if not rows:
        return ("",) * width
    columns = []
    group = ""
    for column in range(width):
        cells = [row[column] for row in rows if not re.fullmatch(_COLUMN, row[column])]
        if cells and cells[0]:
            group = cells[0]
        elif len(cells) > 1 and cells[1] and group:
            cells = [group, *cells[1:]]
        columns.append(" ".join(dict.fromkeys(filter(None, cells))))
    return tuple(columns)


def _closed(rows: Sequence[tuple[str, ...]], heads: int) -> list[tuple[str, ...]]:
    """Put columns together again between which a bracket of their head was cut.

    Examples
    --------
    >>> _closed([("Layanan", "Target (Rp", ")"), ("Uji", "325.15", "0.000")], 1)
    [('Layanan', 'Target (Rp)'), ('Uji', '325.150.000')]
    """
    made = list(rows)
    for at in range(len(rows[0]) - 2, -1, -1):
        pairs = [(row[at], row[at + 1]) for row in made[:heads]]
        if any("(" in a and ")" not in a and b.startswith(")") for a, b in pairs):
            made = [(*row[:at], row[at] + row[at + 1], *row[at + 2 :]) for row in made]
    return made


def _uncut(first: str, rest: str, words: Set[str]) -> str:
    """Put two pieces together where only both are a word of the report."""
    whole_, halves = (first + rest).casefold(), {first.casefold(), rest}
    return first + rest if whole_ in words and not halves <= words else f"{first} {rest}"


def _spanned(row: tuple[str, ...], words: Set[str]) -> tuple[str, ...]:
    """Put a cell that spans a row together again where the edge of a column cut a word of it.

    Examples
    --------
    >>> _spanned(("Tata kelola yang akuntabe", "l", ""), set())
    ('Tata kelola yang akuntabel', '', '')
    """
    told = [number for number, cell in enumerate(row) if cell]
    if len(told) != 2 or told[1] != told[0] + 1:
        return row
    first, rest = (row[number] for number in told)
    cut = f"{first.split()[-1]}{rest.split()[0]}".casefold()
    letters = first[-1].isalpha() and rest[0].islower() and " " in first
    if not letters or not (len(rest) == 1 or cut in words):
        return row
    return tuple({told[0]: first + rest, told[1]: ""}.get(n, cell) for n, cell in enumerate(row))


def _whole_numbers(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put the last digits that a narrow column wrapped to the amounts above; their row is empty.

    Examples
    --------
    >>> _whole_numbers([("Jumlah", "1.573.656.60", "2.353.849.4"), ("", "0", "00")])
    [('Jumlah', '1.573.656.600', '2.353.849.400'), ('', '', '')]
    """
    made = list(rows[:1])
    for row in rows[1:]:
        above = made[-1]
        told = [(a, b) for a, b in zip(above, row, strict=False) if b]
        cut = all(re.search(r"\.[0-9]{1,2}$", a) and re.fullmatch("[0-9]{1,2}", b) for a, b in told)
        whole = [f"{a}{b}" for a, b in told]
        if told and cut and all(re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", one) for one in whole):
            made[-1] = tuple(a + b for a, b in zip(above, row, strict=False)) + above[len(row) :]
            row = ("",) * len(row)  # noqa: PLW2901  it was the end of the row above
        made.append(row)
    return made


def _joined(rows: list[tuple[str, ...]], more: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put rows behind rows; the first one may be the end of a cell that a page break cut."""
    first, *rest = more
    told = [number for number, cell in enumerate(first) if cell]
    broken = (
        rows
        and told
        and not any(re.search("[0-9]", first[number]) for number in told)
        and all(rows[-1][number] for number in told)
        and all(first[number][0].islower() or leads_on(rows[-1][number]) for number in told)
    )
    if not broken:
        return [*rows, *more]
    last = tuple(f"{a} {b}".strip() for a, b in zip(rows[-1], first, strict=True))
    return [*rows[:-1], last, *rest]


def _coded(grid: Grid) -> Grid:
    """Give codes that stand before names in one column a column of their own."""
    for column in range(len(grid.head)):
        split = [_CODED.fullmatch(row[column]) for row in grid.rows]
        if sum(map(bool, split)) * 2 <= sum(bool(row[column]) for row in grid.rows):
            continue
        rows = [
            (*row[:column], *(one.groups() if one else ("", row[column])), *row[column + 1 :])
            for row, one in zip(grid.rows, split, strict=True)
        ]
        head = (*grid.head[:column], "Kode", *grid.head[column:])
        return replace(grid, head=head, rows=tuple(rows))
    return grid
