"""The head of a CSV: what stands between its cells, where its header is, and what stands above it.

Spreadsheets write a comma or a semicolon by the language they are set to, and may put a title above
the table. The labels of the header are declared, so the separator and the row that show the most
of them are the ones. Rows of data have no say, so a decimal comma in a row never makes a separator;
every row must then be as long as the header.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pp39.periods import MONTHS
from pp39.sources.declaration import Source
from pp39.sources.raw import folded

#: Those accepted; where the labels do not decide, an earlier one goes before a later one.
SEPARATORS = (",", ";", "\t")

# Rows among which the header is looked for.
_ROWS = 50
# Letters among which it is looked for.
_LETTERS = 1 << 20
# What some spreadsheets write to say what separates the cells.
_SAID = re.compile(r'"?sep=(.)"?[\s,;]*')


@dataclass(frozen=True)
class Head:
    """What stands above the data of a CSV."""

    #: One of `SEPARATORS`, or what the file says itself.
    separator: str
    #: Headers as they stand in the file; levels joined by ``" / "``.
    cells: tuple[str, ...]
    #: Line in which the (last) header ends; the data begin below.
    row: int
    #: Characters up to there.
    size: int
    #: Texts above the header.
    titles: tuple[str, ...] = ()


def head_of(source: Source, text: str) -> Head:
    r"""Find the header of a CSV by its labels; the first row with text where none shows any.

    Returns
    -------
    Head
        Separator, header and titles; no headers where no row with text can be told from others.

    Examples
    --------
    >>> from pathlib import Path
    >>> from pp39.profile import load_profile
    >>> from pp39.sources.catalogue import sources_of
    >>> ikpa = sources_of(load_profile(Path.cwd(), "nasional"))["ikpa"]
    >>> head = head_of(ikpa, "IKPA 2025\r\n\r\nBulan;Nilai IKPA\r\nJanuari;98,1\r\n")
    >>> head.separator, head.cells, head.row, head.titles
    (';', ('Bulan', 'Nilai IKPA'), 3, ('IKPA 2025',))
    """
    text = text[:_LETTERS]
    said = _SAID.fullmatch(next(_lines(text), "").rstrip("\r\n"))
    separators = (said[1],) if said else SEPARATORS
    best: tuple[int, int, int] = (-1, 0, 0)
    head = Head(separators[0], (), 0, 0)
    wanted = Labels(source)
    # Nearly always the first row is the header, and then no other need be looked at.
    for count in (1, _ROWS):
        for separator in separators:
            for fit, found in _candidates(wanted, text, separator, 1 if said else 0, count):
                if fit > best:
                    best, head = fit, found
            if best[0] >= wanted.count > 0:
                break
        if best[0] >= wanted.count:
            break
    return replace(head, size=sum(map(len, islice(_lines(text), head.row))))


class Labels:
    """The labels that a header may show."""

    def __init__(self, source: Source) -> None:
        self.whole = {
            folded(label.replace("{bulan}", month))
            for column in source.columns
            for label in (column.header, *column.spellings)
            for month in (MONTHS if column.monthly else ("",))
        }
        self.leaves = {label.split(" / ")[-1] for label in self.whole}
        self.count = sum(not column.may_lack for column in source.columns)
        self.levels = source.levels

    def shown(self, headers: Iterable[str]) -> int:
        """Count the headers that are known, in whole or by their lowest level."""
        known, texts = set(map(folded, headers)), self.whole | self.leaves
        return sum(one in texts or one.rpartition(" / ")[2] in texts for one in known)


def _candidates(
    wanted: Labels, text: str, separator: str, skipped: int, count: int
) -> Iterator[tuple[tuple[int, int, int], Head]]:
    """Give the rows that may be the header, and how well each fits."""
    above: list[str] = []
    records = list(_records(text, separator, skipped, count + 1))
    for index, (row, cells) in enumerate(records[:count]):
        rows = [(row, tuple(cells))]
        if wanted.levels > 1 and index + 1 < len(records):
            rows.append((records[index + 1][0], _joined(cells, records[index + 1][1])))
        for end, headers in rows:
            shown = wanted.shown(headers)
            # A row of data may hold a word that is also a label; a header holds most of them.
            if any(map(str.strip, headers)) and (not above or shown * 2 >= wanted.count):
                fit = (shown, -index, len(headers))
                yield fit, Head(separator, headers, end, 0, tuple(above))
        above += [one for cell in cells if (one := cell.strip())]


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _records(
    text: str, separator: str, skipped: int, count: int
) -> Iterator[tuple[int, list[str]]]:
    """Give the first records with the line each of them ends in."""
    reader = csv.reader(islice(_lines(text), skipped, None), delimiter=separator, strict=True)
    try:
        for cells in islice(reader, count):
            yield reader.line_num + skipped, cells
    except csv.Error:
        return


def _joined(upper: list[str], lower: list[str]) -> tuple[str, ...]:
    """Join the two levels of a header; a blank of a merged upper one repeats what is before."""
    width = max(len(upper), len(lower))
    above, below = (row + [""] * (width - len(row)) for row in (upper, lower))
    names, last = [], ""
    for first, second in zip(map(str.strip, above), map(str.strip, below), strict=True):
        last = first or (last if second else "")
        names.append(f"{last} / {second}" if last and second and last != second else last or second)
    return tuple(names)
