"""Tables and columns without rules: what stands below one another in lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Line", "Segment", "laid"]

_ROWS = 3
"""Lines with several pieces from which on they can be a table."""
_GAP = 2
"""Lines of one piece, or blank, that may stand inside a table."""
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


def laid(lines: Sequence[Line]) -> Iterator[Line | tuple[float, list[list[str]]]]:
    """Give the lines in the order of reading, and in place of some the rows of a table.

    Two columns of prose are read one after the other; labels with a colon are no table.
    """
    number = 0
    while number < len(lines):
        end = _block(lines, number)
        if end == number:
            yield lines[number]
            number += 1
            continue
        block = lines[number:end]
        columns = _columns(block)
        if len(columns) == 2 and _is_prose(block, columns):
            for column in range(2):
                for line in block:
                    told = [one for one in line.pieces if _at(one, columns) == column]
                    if told:
                        yield Line(line.at, tuple(told), line.size, line.bold)
        elif len(columns) > 1 and not _is_labels(block):
            yield block[0].at, _rows(block, columns)
        else:
            yield from block
        number = end


def _block(lines: Sequence[Line], start: int) -> int:
    """Find where the run of lines with several pieces ends that begins here; here if none does."""
    if len(lines[start].pieces) < 2:
        return start
    end, many, misses = start, 0, 0
    for number in range(start, len(lines)):
        if len(lines[number].pieces) > 1:
            many, misses, end = many + 1, 0, number + 1
        else:
            misses += bool(lines[number].pieces)
            if misses > _GAP or _is_sentence(lines[number]):
                break
    return end if many >= _ROWS else start


def _is_sentence(line: Line) -> bool:
    return len(line.text) > 90 or line.text.startswith(("Tabel ", "Gambar ", "BAB "))


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
    for line in block:
        if not line.pieces:
            continue
        cells = [""] * len(columns)
        for piece in line.pieces:
            at = _at(piece, columns)
            cells[at] = f"{cells[at]} {piece.text}".strip()
        told = [n for n, cell in enumerate(cells) if cell]
        goes_on = (
            rows
            and 0 not in told
            and all(rows[-1][n] for n in told)
            and not any(re.fullmatch(r"(?:Rp\.?\s?)?-?[\d.,]+\s?%?", cells[n]) for n in told)
        )
        wrapped = rows and told == [0] and cells[0][:1].islower()
        if goes_on or wrapped:
            for n in told:
                rows[-1][n] = f"{rows[-1][n]} {cells[n]}"
        else:
            rows.append(cells)
    return rows
