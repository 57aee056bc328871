"""The sheets of a workbook: the texts of their filled cells, and which cells are merged.

Sheets are read as streams, cell by cell: time and memory follow the cells that hold something.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from pp39.errors import UnreadableInput
from pp39.sources.mask import masked
from pp39.sources.numberformat import BUILT_IN, NumberFormat
from pp39.sources.package import Package
from pp39.sources.texts import plain

#: Filled cells read of a sheet; also its merged areas, and the places of the table made of it.
CELLS = 2_000_000

_ROWS, _COLUMNS = 1_048_576, 16_384
_DIGITS = "0123456789"
_TABS = 1_000
#: Letters of the name of a sheet.
LONGEST = 31
_GENERAL = NumberFormat()
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?\s*")
_CALENDARS = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}
# Formatted empty cells, and rows that hold no others: a million of them take seconds to parse.
# Python before 3.11.5 takes groups with a possessive quantifier wrongly.
_EMPTY_CELL = rb'<c r="[^<>]*+(?:(?<=/)>|></c>)\s*+'
_EMPTY = re.compile(rb'<row r="[^<>]*+>\s*+(?:%b)*</row>\s*+|%b' % (_EMPTY_CELL, _EMPTY_CELL))


class Tab(NamedTuple):
    """A sheet as the list of sheets names it."""

    name: str
    hidden: bool
    part: str


class Area(NamedTuple):
    """A merged area; rows and columns are numbered from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """What a sheet holds."""

    #: Row -> column -> text; cells without any are not there.
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    #: Merged areas.
    merged: list[Area] = field(default_factory=list)
    #: Rows that are hidden, and first and last of the columns that are side by side.
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    #: First cell with a formula whose result is not stored, such as ``"B7"``; empty if none is.
    unsolved: str = ""


class Spreadsheet:
    """An open workbook that can read its sheets.

    Raises
    ------
    UnreadableInput
        If it is not a workbook, or a damaged one.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.package = Package(name, content)
        if not self.package.holds("xl/"):
            raise UnreadableInput(
                f"{name} has the name of an Excel workbook (.xlsx) but is not one; save it as .xlsx"
            )
        main = [
            part
            for kind, part in self.package.related("").values()
            if kind == "officeDocument" and self.package.has(part)
        ]
        if len(main) != 1:
            raise self.package.damaged("the part with the list of its sheets is missing")
        related = self.package.related(main[0])
        self._parts = dict(related.values())
        self.zero = _CALENDARS[False]
        self.tabs = self._tabs(main[0], related)
        self.formats = self._formats()
        self.strings = self._strings()

    def read(self, tab: Tab, rows: int = _ROWS) -> Sheet:
        """Read the cells of a sheet; of the first rows only, then without merged areas.

        Raises
        ------
        UnreadableInput
            If the sheet is damaged, or holds more than `CELLS` filled cells.
        """
        cells = _Cells(self, tab, rows)
        with suppress(_Enough):
            self.package.walk(
                tab.part,
                starts={
                    "col": cells.columns_of,
                    "row": cells.row,
                    "c": cells.begin,
                    "rPh": cells.mute,
                    "f": cells.formula,
                    "mergeCell": cells.merge,
                },
                ends={"c": cells.end, "rPh": cells.unmute},
                texts={"v": cells.value, "t": cells.text},
                without=_without_empty_cells,
            )
        return cells.sheet

    def _tabs(self, part: str, related: dict[str, tuple[str, str]]) -> list[Tab]:
        found: list[Tab] = []

        def properties(at: dict[str, str]) -> None:
            self.zero = _CALENDARS[at.get("date1904") in ("1", "true")]

        def sheet(at: dict[str, str]) -> None:
            (identifier,) = (at[one] for one in at if one.endswith(" id"))
            kind, path = related[identifier]
            # Sheets of charts and of dialogs hold no cells.
            if kind == "worksheet":
                name, _ = masked(" ".join(plain(at["name"]).split())[:LONGEST], "angka")
                found.append(Tab(name, at.get("state", "visible") != "visible", path))

        self.package.walk(part, starts={"workbookPr": properties, "sheet": sheet})
        if not 0 < len(found) <= _TABS:
            raise self.package.damaged(f"it has {len(found)} sheets instead of 1 to {_TABS}")
        return found

    def _formats(self) -> list[NumberFormat]:
        codes = dict(BUILT_IN)
        known: dict[str, NumberFormat] = {}
        found: list[NumberFormat] = []
        # Formats of cell styles and of conditions are written with the same elements.
        inside: list[bool] = []

        def code(at: dict[str, str]) -> None:
            if not found:
                codes[int(at["numFmtId"])] = at["formatCode"]

        def cell_format(at: dict[str, str]) -> None:
            if inside:
                text = codes.get(int(at.get("numFmtId", "0")), "General")
                if text not in known:
                    known[text] = NumberFormat.parse(text)
                found.append(known[text])

        if "styles" in self._parts:
            self.package.walk(
                self._parts["styles"],
                starts={
                    "numFmt": code,
                    "cellXfs": lambda _: inside.append(True),
                    "xf": cell_format,
                },
                ends={"cellXfs": inside.clear},
            )
        return found or [_GENERAL]

    def _strings(self) -> list[str]:
        texts = _Texts()
        if "sharedStrings" in self._parts:
            self.package.walk(
                self._parts["sharedStrings"],
                starts={"rPh": texts.mute},
                ends={"rPh": texts.unmute, "si": texts.finish},
                texts={"t": texts.text},
            )
        return texts.found


class _Texts:
    """Texts put together from their runs, without the spelling aid some scripts have."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.runs: list[str] = []
        self.muted = False

    def mute(self, _: dict[str, str]) -> None:
        self.muted = True

    def unmute(self) -> None:
        self.muted = False

    def text(self, text: str) -> None:
        if not self.muted:
            self.runs.append(text)

    def finish(self) -> None:
        self.found.append("".join(self.runs))
        self.runs.clear()


class _Enough(Exception):
    """The rows that are wanted have gone by."""


class _Cells(_Texts):
    """The cells of one sheet, gathered while its XML goes by."""

    def __init__(self, book: Spreadsheet, tab: Tab, rows: int) -> None:
        super().__init__()
        self.rows = rows
        self.book = book
        self.tab = tab
        self.sheet = Sheet()
        self.count = 0
        self.columns: dict[str, int] = {}
        self.at_row = self.at_column = 0
        self.attributes: dict[str, str] = {}
        self.stored: str | None = None
        self.has_formula = False

    def columns_of(self, at: dict[str, str]) -> None:
        if _is_hidden(at):
            self.sheet.hidden_columns.append((int(at["min"]), int(at["max"])))

    def row(self, at: dict[str, str]) -> None:
        self.at_row = int(at["r"]) if "r" in at else self.at_row + 1
        self.at_column = 0
        if self.at_row > self.rows < _ROWS:
            raise _Enough
        if _is_hidden(at):
            self.sheet.hidden_rows.add(self.at_row)

    def begin(self, at: dict[str, str]) -> None:
        # A cell may leave out where it stands: it is then the next one.
        if "r" in at:
            self.at_row, self.at_column = self._place(at["r"])
        else:
            self.at_column += 1
        self.attributes, self.stored, self.has_formula = at, None, False

    def value(self, text: str) -> None:
        self.stored = text

    def formula(self, _: dict[str, str]) -> None:
        self.has_formula = True

    def merge(self, at: dict[str, str]) -> None:
        first, _, last = at["ref"].partition(":")
        top, left = self._place(first)
        bottom, right = self._place(last or first)
        self.sheet.merged.append(Area(top, left, bottom, right))
        self._must_fit(len(self.sheet.merged), "merged areas")

    def end(self) -> None:
        kind = self.attributes.get("t", "n")
        if self.has_formula and not self.stored and not (kind == "str" and self.stored == ""):
            self.sheet.unsolved = self.sheet.unsolved or self._name()
        text = self._spelled(kind)
        self.runs.clear()
        if not plain(text).strip():
            return
        if not (0 < self.at_row <= _ROWS and 0 < self.at_column <= _COLUMNS):
            raise self._damaged(f"lies outside of row {_ROWS} or column XFD, where sheets end")
        self.count += 1
        self._must_fit(self.count, "filled cells")
        self.sheet.cells.setdefault(self.at_row, {})[self.at_column] = text

    def _spelled(self, kind: str) -> str:
        stored = self.stored
        if kind == "inlineStr":
            return "".join(self.runs)
        if not stored:
            return ""
        if kind == "s":
            if not 0 <= int(stored) < len(self.book.strings):
                raise self._damaged("points to a text that is not there")
            return self.book.strings[int(stored)]
        if kind == "b":
            return str(stored.strip() in ("1", "true"))
        if kind == "n":
            return self._number(stored)
        return stored.removesuffix("T00:00:00").replace("T", " ") if kind == "d" else stored

    def _number(self, stored: str) -> str:
        # Python reads more than that as numbers: 1_000, nan, digits of other scripts.
        number = float(stored) if _NUMBER.fullmatch(stored) else math.inf
        if math.isinf(number):
            raise self._damaged("holds no number, or one larger than a cell can hold")
        style = int(self.attributes.get("s", "0"))
        if not 0 <= style < len(self.book.formats):
            raise self._damaged("has a style that is not there")
        return self.book.formats[style].spell(number, self.book.zero)

    def _place(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip(_DIGITS)
        column = self.columns.get(letters)
        if column is None:
            if re.fullmatch("[A-Z]{1,4}", letters) is None:
                raise self._damaged(f'has the unknown place "{reference[:20]}"')
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - ord("A") + 1
            self.columns[letters] = column
        return int(reference[len(letters) :]), column

    def _name(self) -> str:
        letters, left = "", self.at_column
        while left:
            left, place = divmod(left - 1, 26)
            letters = chr(ord("A") + place) + letters
        return f"{letters}{self.at_row}"

    def _damaged(self, what: str) -> UnreadableInput:
        return self.book.package.damaged(f'sheet "{self.tab.name}", cell {self._name()} {what}')

    def _must_fit(self, count: int, what: str) -> None:
        if count > CELLS:
            raise UnreadableInput(
                f'{self.book.package.name}, sheet "{self.tab.name}": more than {CELLS} {what}; '
                "leave only the table in it"
            )


def _is_hidden(at: dict[str, str]) -> bool:
    return at.get("hidden") in ("1", "true")


def _without_empty_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        whole, end, rest = (rest + chunk).rpartition(b"</row>")
        if not end:
            # A row longer than this is not kept back, and parsed as it is.
            whole, rest = rest, b""
        whole += end
        # In a section of raw characters a row would be no row.
        yield whole if b"<![" in whole else _EMPTY.sub(b"", whole)
    yield rest
