"""Tables and columns without rules: what stands below one another in lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pp39.periods import MONTHS
from pp39.review.typed import heading_number, is_caption

_ROWS = 3
"""Lines with several pieces from which on they can be a table."""
_GAP = 2
"""Lines of one piece, or blank, that may stand inside a table."""
_WIDER = 1.25
"""Times the least distance of lines from which on the second begins a row."""
_WORDS = 4
"""Gaps of a justified line from which on they are told from those of a table."""
_ENDED = re.compile(
    r"((?:\d{1,3}[.)]?\s+)?[^\W\d_].*?)((?:\s+(?:Rp)?\(?[-\u2212]?\d[\d.,]*(?:,-)?\)?%?|\s+[-\u2013])+)"
)
_CURRENCY = re.compile(r"\bRp\.?\s+(?=[0-9-])", re.IGNORECASE)
_HEAD = re.compile(
    r"(?<!\S)(?:pagu|target|realisasi|capaian|sisa|selisih|deviasi|blokir|jumlah|persen(?:tase)?"
    r"|rencana|porsi|volume|(?:tw|triwulan)\s+[ivx1-4]+|(?:19|20)[0-9]{2}|\(?%\)?"
    rf"|{'|'.join(MONTHS)})(?!\S)",
    re.IGNORECASE,
)
"""Words that the head of a column of figures begins with."""
_UNITS = re.compile(r"(?:\s*\((?:rp\.?|rupiah|%|persen)\))+", re.IGNORECASE)
_TOTAL = re.compile("jumlah|total", re.IGNORECASE)
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|^[-\u2013]$")
_PROSE = 22
"""Letters that a line of a column of prose has at least, in the middle."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: where it begins and ends, and its text."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its number or its distance from the top, and its pieces."""

    at: float
    pieces: tuple[Segment, ...]
    size: float = 0
    bold: bool = False

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(one.text for one in self.pieces)


_Ended = tuple[list[str], list[str]]
"""The words of a line, and the figures that it ends with."""


class Rows(NamedTuple):
    """A table: where it begins, its rows, and where its columns stand."""

    at: float
    rows: list[list[str]]
    columns: Sequence[tuple[float, float]]


def laid(lines: Sequence[Line], above: Sequence[tuple[float, float]] = ()) -> Iterator[Line | Rows]:
    """Give the lines in the order of reading, and in place of some the rows of a table.

    Two columns of prose are read one after the other; labels with a colon are no table.

    Parameters
    ----------
    lines : sequence of Line
        Those of a page, or of a part of one.
    above : sequence of (float, float), optional
        Columns of the table that the page before ended with; it may go on.
    """
    waiting: list[Line] = []
    for one in _parted([_unjustified(one) for one in lines]):
        if isinstance(one, Line):
            waiting.append(one)
            continue
        yield from _laid(waiting, above)
        yield one
        waiting, above = [], ()
    yield from _laid(waiting, above)


def _laid(lines: list[Line], above: Sequence[tuple[float, float]]) -> Iterator[Line | Rows]:
    """Lay out lines of which the cells stand below one another."""
    number = _going_on(lines, above)
    if number:
        yield Rows(lines[0].at, _rows(lines[:number], above), above)
    while number < len(lines):
        end = _block(lines, number)
        if end == number:
            after = _block(lines, number + 1) if number + 1 < len(lines) else 0
            columns = _columns(lines[number + 1 : after]) if after > number + 1 else []
            head = _head(lines[number], columns)
            if head is None:
                yield lines[number]
                number += 1
                continue
            end = after
            lines[number] = head
        block = lines[number:end]
        gutter = _gutter(block)
        # One column may be a line or more longer than the other.
        least = min(b.at - a.at for a, b in pairwise(block))
        while gutter is not None and end < len(lines) and lines[end].pieces:
            near = lines[end].at - lines[end - 1].at <= least * _WIDER
            if not near or lines[end].pieces[0].start < gutter < lines[end].pieces[-1].end:
                break
            block = [*block, lines[end]]
            end += 1
        block = block if gutter is None else [_halved(one, gutter) for one in block]
        columns = _columns(block)
        if len(columns) == 2 and _is_prose(block, columns):
            for column in range(2):
                for line in block:
                    told = [one for one in line.pieces if _at(one, columns) == column]
                    if told:
                        yield Line(line.at, tuple(told), line.size, line.bold)
        elif len(columns) > 1 and not _is_labels(block):
            yield Rows(block[0].at, _rows(block, columns), columns)
        else:
            yield from block
        number = end


def _head(line: Line, columns: Sequence[tuple[float, float]]) -> Line | None:
    """Part the words of a head that stand close together by the columns below them."""
    if len(line.pieces) != 1 or len(columns) < 3 or line.text.endswith((".", ":")):
        return None
    (piece,) = line.pieces
    width = (piece.end - piece.start) / max(len(piece.text), 1)
    words = [
        Segment(piece.start + one.start() * width, piece.start + one.end() * width, one[0])
        for one in re.finditer(r"\S+", piece.text)
    ]
    told: list[list[Segment]] = [[] for _ in columns]
    for word in words:
        told[_at(word, columns)].append(word)
    if not all(told) or len(words) > 2 * len(columns) or is_caption(line.text):
        return None
    joined = (Segment(a[0].start, a[-1].end, " ".join(one.text for one in a)) for a in told)
    return Line(line.at, tuple(joined), line.size, line.bold)


def _unjustified(line: Line) -> Line:
    """Put the words of a justified line together again: all are as far apart, none nearer."""
    gaps = [b.start - a.end for a, b in pairwise(line.pieces)]
    if len(gaps) < _WORDS or any(" " in one.text for one in line.pieces):
        return line
    if max(gaps) - min(gaps) > max(1.0, min(gaps) / 8):
        return line
    whole_ = Segment(line.pieces[0].start, line.pieces[-1].end, line.text)
    return Line(line.at, (whole_,), line.size, line.bold)


def _parted(lines: Sequence[Line]) -> Iterator[Line | Rows]:
    """Give lines that one blank parts all cells of as a table: they end with as many figures."""
    waiting: list[Line] = []
    number = 0
    while number < len(lines):
        end, told = _run(lines, number)
        if end == number:
            waiting.append(lines[number])
            number += 1
            continue
        width = len(told[0][1])
        numbered = sum(_is_number(words[0]) for words, _ in told) * 2 > len(told)
        above = len(waiting)
        while above and (
            not waiting[above - 1].pieces or _UNITS.fullmatch(waiting[above - 1].text)
        ):
            above -= 1
        head = _names(waiting[above - 1].text, width, numbered=numbered) if above else []
        amounts = all(_AMOUNT.search(one) for _, figures in told for one in figures[-width:])
        if head:
            waiting[above - 1 :] = []
        yield from waiting
        waiting = []
        if head or amounts:
            rows = [
                _cells([*words, *more[:-width]], more[-width:], numbered) for words, more in told
            ]
            columns = [str(n) for n in range(1, len(rows[0]) + 1)]
            yield Rows(lines[number].at, [head or columns, *rows], ())
        else:
            yield from lines[number:end]
        number = end
    yield from waiting


def _run(lines: Sequence[Line], start: int) -> tuple[int, list[_Ended]]:
    """Find where the lines end that end with as many figures as the first; give them parted.

    One figure makes a table only of amounts that are added up. The words of a row may stand on
    the lines above its figures, too.
    """
    end, told, above = start, list[_Ended](), list[str]()
    for number in range(start, len(lines)):
        text = " ".join((*above, lines[number].text))
        one = _ended(text) if len(lines[number].pieces) == 1 else None
        if one is not None and (not told or len(one[1]) >= len(told[0][1])):
            told.append(one)
            end, above = number + 1, []
        elif lines[number].pieces:
            if not told or len(above) == _GAP or _is_sentence(lines[number]) or text[-1] in ".:":
                break
            above.append(lines[number].text)
    width = len(told[0][1]) if told else 0
    added = _TOTAL.match(told[-1][0][0]) if told else None
    amounts = all(_AMOUNT.search(figures[-1]) for _, figures in told)
    made = len(told) >= _ROWS and (width > 1 or (added and amounts))
    return (end, told) if made else (start, [])


def _ended(text: str) -> _Ended | None:
    """Part the words of a line from the figures that it ends with; None where it has not both."""
    found = _ENDED.fullmatch(_CURRENCY.sub("Rp", text))
    return (found[1].split(), found[2].split()) if found else None


def _is_number(word: str) -> bool:
    return word.strip(".)").isdecimal()


def _cells(words: list[str], figures: list[str], numbered: bool) -> list[str]:
    """Make a row of a line: its number where the table has some, its words, its figures."""
    first = int(numbered and _is_number(words[0]))
    return [*words[:first], *([""] * (numbered - first)), " ".join(words[first:]), *figures]


def _names(text: str, width: int, *, numbered: bool) -> list[str]:
    """Part the heads of columns by the words that begin one; none where they are too few or many.

    Examples
    --------
    >>> _names("NO. KEGIATAN PAGU AWAL PAGU REVISI REALISASI %", 4, numbered=True)
    ['NO.', 'KEGIATAN', 'PAGU AWAL', 'PAGU REVISI', 'REALISASI', '%']
    >>> _names("Bulan Nilai yang diperoleh", 2, numbered=False)
    []
    """
    number = re.match(r"no(?:mor)?\.?\s+", text, re.IGNORECASE) if numbered else None
    rest = text[number.end() :] if number else text
    starts = [one.start() for one in _HEAD.finditer(rest)]
    if len(starts) != width or not rest[: starts[0]].strip() or (numbered and not number):
        return []
    told = [rest[a:b].strip() for a, b in pairwise([0, *starts, len(rest)])]
    return [number[0].strip(), *told] if number else told


def _going_on(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> int:
    """Count the first lines of a page that stand in the columns of the table above."""
    count = many = 0
    for number, line in enumerate(lines if columns else ()):
        inside = [
            sum(one.start < end and start < one.end for start, end in columns)
            for one in line.pieces
        ]
        if line.pieces and (any(one != 1 for one in inside) or _is_sentence(line)):
            break
        if len(line.pieces) == 1 and line.pieces[0].start <= columns[0][0] + 1:
            break
        many += len(line.pieces) > 1
        count = number + 1 if line.pieces else count
    return count if many else 0


def _block(lines: Sequence[Line], start: int) -> int:
    """Find where the run of lines with several pieces ends that begins here; here if none does."""
    if len(lines[start].pieces) < 2:
        return start
    end, many, misses = start, 0, 0
    left, second = lines[start].pieces[0].start, lines[start].pieces[1].start
    for number in range(start, len(lines)):
        pieces = lines[number].pieces
        if len(pieces) > 1:
            many, misses, end = many + 1, 0, number + 1
            left = min(left, pieces[0].start)
            second = min(second, pieces[1].start)
        elif pieces:
            # A line that begins further right, or ends before the second column, is in a cell.
            misses += pieces[0].start <= left + 1 and pieces[0].end > second
            if misses > _GAP or _is_sentence(lines[number]):
                break
    while end < len(lines) and many >= _ROWS:
        # What begins further right, or is blank, still belongs to the last row.
        pieces = lines[end].pieces
        if not pieces or pieces[0].start <= left + 1 or _is_sentence(lines[end]):
            break
        end += 1
    return end if many >= _ROWS else start


def _is_sentence(line: Line) -> bool:
    begins = is_caption(line.text) or heading_number(line.text)
    return len(line.text) > 90 or (len(line.pieces) == 1 and bool(begins))


def _columns(block: Sequence[Line]) -> list[tuple[float, float]]:
    """Find the columns by the lines with the most pieces; what overlaps is one column."""
    most = max(len(one.pieces) for one in block)
    spans = sorted(
        (piece.start, piece.end)
        for line in block
        if len(line.pieces) >= max(2, most - 1)
        for piece in line.pieces
    )
    columns: list[tuple[float, float]] = []
    for start, end in spans:
        if columns and start <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _at(piece: Segment, columns: Sequence[tuple[float, float]]) -> int:
    """Give the first column a piece lies in, or else the nearest."""
    apart = [max(start - piece.end, piece.start - end, 0.0) for start, end in columns]
    return apart.index(min(apart))


def _gutter(block: Sequence[Line]) -> float | None:
    """Find the blank between two columns of prose: a gap that nearly all lines have."""
    told = [one for one in block if len(one.pieces) > 1]
    fewest = min(told, key=lambda one: len(one.pieces))
    for a, b in pairwise(fewest.pieces):
        start, end = a.end, b.start
        with_it = 0
        for line in told:
            for c, d in pairwise(line.pieces):
                if c.end < end and d.start > start:
                    start, end = max(start, c.end), min(end, d.start)
                    with_it += 1
                    break
        middle = (start + end) / 2
        sides = [_halved(one, middle).pieces for one in told]
        full = [two for two in sides if min(len(one.text) for one in two) >= _PROSE and two[1:]]
        if with_it * 10 >= len(told) * 9 and len(told) > _ROWS and len(full) * 3 > len(told) * 2:
            return middle
    return None


def _halved(line: Line, middle: float) -> Line:
    """Put the pieces of a line together on both sides of a gutter."""
    sides = [[one for one in line.pieces if (one.start < middle) == left] for left in (True, False)]
    made = tuple(
        Segment(side[0].start, side[-1].end, " ".join(one.text for one in side))
        for side in sides
        if side
    )
    return Line(line.at, made, line.size, line.bold)


def _is_prose(block: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    told = [
        [one.text for line in block for one in line.pieces if _at(one, columns) == n]
        for n in range(len(columns))
    ]
    lengths = [median(len(one) for one in column) for column in told]
    digits = sum(bool(re.fullmatch(r"[\d.,%\sRp-]+", one)) for column in told for one in column)
    return min(lengths) >= _PROSE and digits * 5 < sum(map(len, told)) and len(block) > _ROWS


def _is_labels(block: Sequence[Line]) -> bool:
    """Tell “Nama : …” lines from a table."""
    return sum(
        any(one.text.startswith(":") for one in line.pieces[1:]) for line in block
    ) * 2 > len(block)


def _rows(block: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[list[str]]:
    """Put the pieces into cells; a line that only goes on with cells above it is no row."""
    rows: list[list[str]] = []
    tight = _tight(block)
    for line, near in zip(block, tight, strict=True):
        if not line.pieces:
            continue
        cells = [""] * len(columns)
        for piece in line.pieces:
            at = _at(piece, columns)
            cells[at] = f"{cells[at]} {piece.text}".strip()
        if rows and _goes_on(rows[-1], cells, near):
            rows[-1] = [whole(a, b) for a, b in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows


def _tight(block: Sequence[Line]) -> list[bool | None]:
    """Tell which lines stand close below the one before; None where lines do not tell."""
    told = [one for one in block if one.pieces]
    gaps = {b.at: b.at - a.at for a, b in pairwise(told)}
    least = min((gap for gap in gaps.values() if gap > 0), default=0)
    apart = [gap > least * _WIDER for gap in gaps.values()]
    if sum(apart) * 5 < len(apart) or all(apart):
        return [None] * len(block)
    return [gaps.get(one.at, 0) <= least * _WIDER if one.at in gaps else False for one in block]


def _goes_on(above: Sequence[str], cells: Sequence[str], near: bool | None) -> bool:
    """Tell whether a line goes on with the cells of the row above it."""
    told = [n for n, cell in enumerate(cells) if cell]
    numbers = [n for n in told if re.fullmatch(r"(?:Rp\.?\s?)?-?[\d.,]+\s?%?", cells[n])]
    if any(is_cut(above[n], cells[n]) for n in numbers):
        return True
    if near is not None:
        return near and not numbers
    if numbers or not all(above[n] for n in told):
        return False
    return 0 not in told or (told == [0] and cells[0][:1].islower())


def is_cut(first: str, rest: str) -> bool:
    """Tell that a number was cut at the edge of its cell, and that both make a right one.

    Examples
    --------
    >>> is_cut("5.486.120.00", "0"), is_cut("120", "135")
    (True, False)
    """
    if not re.search(r"[0-9][.,][0-9]{0,3}$", first) or not rest[:1].isdigit():
        return False
    number = re.search(r"[0-9.,]+$", first)
    made = f"{number[0] if number else ''}{rest.split(maxsplit=1)[0]}"
    right = re.compile(
        r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    )
    return bool(right.fullmatch(made) and number and not right.fullmatch(number[0]))


def whole(first: str, rest: str) -> str:
    """Put two lines of a cell together; numbers and words that its edge cut become one again.

    Examples
    --------
    >>> whole("Perempua", "n"), whole("Belanja", "Barang"), whole("47.500.000.0", "00")
    ('Perempuan', 'Belanja Barang', '47.500.000.000')
    >>> whole("105,0", "0"), whole("12", "3")
    ('105,00', '12 3')
    """
    if not first or not rest:
        return first or rest
    letter = re.match(r"[a-z](?:\s|$)", rest) and first[-1].islower()
    code = re.search(r"[0-9A-Z]\.$", first) and rest[0].isdigit()
    decimal = re.search(r"[0-9],[0-9]?$", first) and re.fullmatch(r"[0-9]{1,2}%?", rest)
    cut = letter or code or decimal or is_cut(first, rest)
    return f"{first}{rest}" if cut else f"{first} {rest}"


def furniture(pages: Sequence[Sequence[str]]) -> set[str]:
    """Find heads and feet: lines that more than half of the pages begin or end with."""
    edges = Counter(
        line
        for lines in pages
        for line in {without_digits(one) for one in (*lines[:2], *lines[-2:])}
    )
    return {line for line, count in edges.items() if count > max(2, len(pages) / 2)}


def without_digits(line: str) -> str:
    """Put a mark for each number, so that heads and feet with page numbers are the same."""
    return re.sub(r"[0-9]+|\b[ivxlc]+\b", "#", line.strip())
