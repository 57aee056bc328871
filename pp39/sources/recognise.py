"""Recognising exports by what stands in them: their header, wherever it is, and their titles.

Only the first rows of a file are looked at. A label counts at whatever level of the header it
stands; marks, blanks and case do not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pp39.errors import InputError, UnreadableInput
from pp39.numbers import parse_number, plain_decimal
from pp39.periods import MONTHS, parse_month
from pp39.profile.export import Ekspor
from pp39.sources.encoding import PAGE, decoded, nature
from pp39.sources.head import SEPARATORS
from pp39.sources.htmlpage import sheet_of_page
from pp39.sources.raw import folded, must_exist, workbook_bytes
from pp39.sources.spreadsheet import Sheet, Spreadsheet
from pp39.sources.texts import plain

#: How the names of workbooks end, which pages of HTML have as well.
BOOKS = (".xlsx", ".xls")
# Rows among which the header is looked for.
_ROWS = 60
# Share of its labels that makes a table like an export.
_LIKE = 0.6
# Letters of the longest label.
_LABEL = 60
# Bytes of a CSV in which they stand.
_BYTES = 1 << 18
_WORD = r"(?P<bulan>[A-Za-z]{3,})"
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}")


@dataclass(frozen=True)
class Header:
    """Where the columns of an export stand in a sheet."""

    #: First row of the header, and how many there are.
    row: int
    levels: int
    #: Columns of the sheet by name: the one with the label, then those that belong to it.
    columns: Mapping[str, tuple[int, ...]]
    #: Header of each as it stands in the file.
    labels: Mapping[str, str]
    #: Labels that were not found and must be there.
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Recognised:
    """A file that is an export."""

    #: The file.
    path: Path
    #: Its name from the raw folder, for sentences and places.
    name: str
    #: Name of the export.
    export: str
    #: Its declaration.
    given: Ekspor
    #: Sheet of a workbook.
    sheet: str | None
    #: Code in the titles; empty where they do not say.
    satker: str = ""
    #: Period up to which it counts; 0 where it is not said.
    year: int = 0
    month: int = 0
    #: Version in the titles.
    version: str = ""
    #: Its place among exports of the same thing, period and version, the last of which counts.
    place: int = 0

    @property
    def period(self) -> str:
        """The period in words; empty where it has none."""
        words = (MONTHS[self.month - 1] if self.month else "", str(self.year or ""))
        return " ".join(filter(None, words))

    def order(self, first: Mapping[str, str]) -> tuple[int, int, bool, int, int, str]:
        """Give what a later one has more of than an earlier; `first` are versions by export."""
        version = list(self.given.versi).index(self.version) + 1 if self.version else 0
        chosen = bool(self.version) and self.version == first.get(self.export)
        return self.year, self.month, chosen, version, self.place, self.name


@dataclass(frozen=True)
class Near:
    """A table that no export is, with the one it is most like."""

    #: What that export is; empty where none is like it.
    title: str
    #: Labels that it lacks.
    missing: tuple[str, ...]
    #: Why it cannot be read; empty where it can.
    wrong: str = ""


def recognise(path: Path, name: str, exports: Mapping[str, Ekspor]) -> Recognised | Near:
    """Tell which export a CSV or a workbook is, by its first rows.

    Returns
    -------
    Recognised or Near
        One that cannot be read at all is like none, and says why.
    """
    best: tuple[float, int, str, str | None, Sheet, Header] | None = None
    try:
        for tab, sheet in sheets_of(path, name, _ROWS):
            there = {_key(one) for line in sheet.cells.values() for one in line.values()}
            for export, given in exports.items():
                required = [one for one in given.kolom.values() if one.wajib]
                lacking = [
                    one.judul[0] for one in required if there.isdisjoint(map(_key, one.judul))
                ]
                # The header is looked for only where all of it stands somewhere.
                header = Header(0, 1, {}, {}, tuple(lacking))
                header = header if lacking else header_of(given, sheet)
                share = 1 - len(header.missing) / len(required)
                if best is None or (share, len(header.columns)) > best[:2]:
                    best = (share, len(header.columns), export, tab, sheet, header)
    except InputError as error:
        return Near("", (), error.sentence)
    if best is None or best[0] < _LIKE:
        return Near("", ())
    _, _, export, tab, sheet, header = best
    given = exports[export]
    if header.missing:
        return Near(given.judul, header.missing)
    titles = [*titles_of(sheet, header), *([tab] if tab else [])]
    # The day of printing is no period.
    for pattern in given.dicetak:
        titles = [re.sub(pattern, "", one) for one in titles]
    month, year = _period(given, titles, Path(name).stem)
    version = next(
        (word for word, one in given.versi.items() if any(re.search(one, t) for t in titles)), ""
    ) or next((word for word, one in given.versi.items() if re.search(one, name)), "")
    satker = next(
        (match[1] for one in given.satker for t in titles if (match := re.search(one, t))), ""
    )
    return Recognised(path, name, export, given, tab, satker, year, month, version)


def sheets_of(path: Path, name: str, rows: int = 0) -> Iterator[tuple[str | None, Sheet]]:
    """Give the sheets of a file, hidden ones last, all of it or so many rows.

    A CSV is one for each separator.

    Raises
    ------
    MissingInput, UnreadableInput
        If it cannot be read.
    """
    if path.suffix.casefold() in BOOKS:
        if nature(content := must_exist(path)) == PAGE:
            yield None, sheet_of_page(content)
            return
        book = Spreadsheet(name, workbook_bytes(path))
        for tab in sorted(book.tabs, key=lambda one: one.hidden):
            yield tab.name, book.read(tab, rows) if rows else book.read(tab)
        return
    content = must_exist(path)
    if rows:
        # A letter may be cut in two.
        content = content[:_BYTES].rpartition(b"\n")[0] or content[:_BYTES]
    text = _text_of(content, name)
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        cells: dict[int, dict[int, str]] = {}
        try:
            for line in islice(reader, rows or None):
                filled = {at: _spelled(one) for at, one in enumerate(line, 1) if one.strip()}
                if filled:
                    cells[reader.line_num] = filled
        except csv.Error:
            continue
        yield None, Sheet(cells)


def _text_of(content: bytes, name: str) -> str:
    """Read text as UTF-8, or else as Windows writes it: the systems do not ask how to save."""
    try:
        return decoded(content, name)[0]
    except UnreadableInput:
        if nature(content) or b"\x00" in content:
            raise
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
        raise


def _spelled(text: str) -> str:
    """Write out a number such as ``2,037392E10``."""
    bare = text.strip()
    if _SCIENTIFIC.fullmatch(bare) is None:
        return text
    head, _, power = bare.upper().partition("E")
    return plain_decimal(parse_number(head.replace(",", "."), "plain") * 10 ** int(power))


def header_of(given: Ekspor, sheet: Sheet) -> Header:
    """Find the header of an export in a sheet: where most of its labels stand, in few rows."""
    best: tuple[tuple[int, int, int], int, int, dict[str, int]] | None = None
    labels = {name: [_key(one) for one in column.judul] for name, column in given.kolom.items()}
    first = sorted(sheet.cells)[:_ROWS]
    for row in first:
        for levels in range(1, given.baris_judul + 1):
            found = _found(labels, _levels(sheet, row, levels))
            fit = (len(found), -levels, -row)
            if best is None or fit > best[0]:
                best = (fit, row, levels, found)
    if best is None:
        return Header(0, 1, {}, {}, _lacking(given, {}))
    _, row, levels, found = best
    texts = _levels(sheet, row, levels)
    width = max((max(one) for one in sheet.cells.values()), default=0)
    spans: dict[str, tuple[int, ...]] = {}
    for name, column in found.items():
        span = [column]
        for after in range(column + 1, width + 1):
            if after in texts and texts[after] != texts[column]:
                break
            span.append(after)
        spans[name] = tuple(span)
    shown = {name: " / ".join(dict.fromkeys(texts[column])) for name, column in found.items()}
    return Header(row, levels, spans, shown, _lacking(given, found))


def titles_of(sheet: Sheet, header: Header) -> list[str]:
    """Give the texts above the header, a row in one line."""
    return [line_of(cells) for row, cells in sorted(sheet.cells.items()) if row < header.row]


def line_of(cells: Mapping[int, str]) -> str:
    """Give the texts of a row in one line."""
    return " ".join(" ".join(plain(cells[column]).split()) for column in sorted(cells))


def sheet_of(found: Recognised) -> tuple[Sheet, Header]:
    """Read the sheet of an export as a whole, with its header.

    Raises
    ------
    MissingInput, UnreadableInput
        If it cannot be read.
    """
    candidates = [
        (sheet, header_of(found.given, sheet))
        for tab, sheet in sheets_of(found.path, found.name)
        if tab == found.sheet
    ]
    return max(candidates, key=lambda one: len(one[1].columns))


def _levels(sheet: Sheet, row: int, levels: int) -> dict[int, tuple[str, ...]]:
    """Give the texts of a header by column, from the highest level down."""
    lines = [dict(sheet.cells.get(one, {})) for one in range(row, row + levels)]
    for area in sheet.merged:
        for number, line in enumerate(lines, row):
            if area.top <= number <= area.bottom:
                text = sheet.cells.get(area.top, {}).get(area.left)
                last = min(area.right, area.left + 200)
                if text is not None:
                    line.update(dict.fromkeys(range(area.left, last + 1), text))
    found: dict[int, tuple[str, ...]] = {}
    for column in sorted({column for line in lines for column in line}):
        parts = tuple(" ".join(plain(line[column]).split()) for line in lines if column in line)
        found[column] = parts
    return found


def _found(
    labels: Mapping[str, Sequence[str]], texts: Mapping[int, Sequence[str]]
) -> dict[str, int]:
    """Give the column of each label; the lowest level of a header goes before higher ones."""
    keyed = {column: [_key(part) for part in parts] for column, parts in texts.items()}
    found: dict[str, int] = {}
    for name, wanted in labels.items():
        at = (
            column
            for label in wanted
            for look in _LOOKS
            for column, parts in keyed.items()
            if column not in found.values() and look(parts, label)
        )
        if (column := next(at, None)) is not None:
            found[name] = column
    return found


#: How a label is looked for in the levels of a header: as the lowest, all of them, any.
_LOOKS: tuple[Callable[[Sequence[str], str], bool], ...] = (
    lambda parts, label: parts[-1] == label,
    lambda parts, label: " ".join(dict.fromkeys(parts)) == label,
    lambda parts, label: label in parts,
)


@lru_cache(maxsize=4096)  # the titles of all exports are held against every file
def _key(text: str) -> str:
    if len(text) > _LABEL:
        return ""
    return " ".join(re.findall(r"[a-z0-9]+", folded(text)))


def _lacking(given: Ekspor, found: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        one.judul[0] for name, one in given.kolom.items() if one.wajib and name not in found
    )


def _period(given: Ekspor, titles: Sequence[str], name: str) -> tuple[int, int]:
    """Find the month and year up to which an export counts: in its titles, or else in its name."""
    words = " ".join(re.split(r"[\W_]+", name))
    years = [one for text in (*titles, words) for one in _years(text)]
    found = (
        (month, groups.get("tahun") or next(iter(_years(text)), ""))
        for pattern, texts in (*((one, titles) for one in given.periode), (_WORD, [words]))
        for text in texts
        for match in re.finditer(pattern, text)
        if (month := _month((groups := match.groupdict()).get("bulan") or ""))
    )
    month, said = next(found, (0, "")) if given.periode else (0, "")
    return month, int(said or next(iter(years), "0"))


def _years(text: str) -> list[str]:
    return re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", text)


def _month(word: str) -> int:
    """Read the name of a month, also a misspelt one; 0 for another word."""
    try:
        return parse_month(word)
    except ValueError:
        near = get_close_matches(word.title(), MONTHS, n=1, cutoff=0.75)
        return MONTHS.index(near[0]) + 1 if near else 0
