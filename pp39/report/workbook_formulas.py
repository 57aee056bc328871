"""The calculation of a figure as a sheet: the rows it uses, and live formulas over them.

Each named figure is a line; what has no name of its own stands inside the formula that uses it. A
cell of a source leads to its row below. A figure that a spreadsheet cannot work out from the rows
that are listed (too many of them, or a way of its own) stands as a number, and the line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from pp39.ledger import Quantity
from pp39.ledger.origin import Cell, Computed, Constant, Parameter, Rows, runs
from pp39.numbers import exact
from pp39.report.sheets import Cell as SheetCell
from pp39.report.sheets import Formula, Sheet, Table, header_rows, number_format
from pp39.sources import CleanTable

#: Rows of one source that a sheet lists.
_MOST_ROWS = 5000
#: Arguments of one function, well below what spreadsheets take.
_ARGUMENTS = 200
#: An address or a number, which needs no brackets.
_SIMPLE = re.compile(r"[$A-Z0-9.]+")
_INFIX = {"tambah": "+", "kurang": "-", "kali": "*", "bagi": "/"}
_FUNCTIONS = {
    "jumlah": "SUM",
    "rata-rata": "AVERAGE",
    "terkecil": "MIN",
    "terbesar": "MAX",
    "banyaknya": "COUNT",
}
_HEADER = ("Besaran", "Nilai", "Satuan", "Rumus dalam kata", "Asal", "ID ledger")
_WIDTHS = (48, 20, 16, 60, 60, 34)
_File = tuple[str, str]
_FIXED = "angka tetap; tidak dihitung ulang oleh lembar ini"


def calculation_sheet(
    name: str,
    title: str,
    told: str,
    results: Sequence[Quantity],
    tables: Mapping[str, CleanTable],
) -> Sheet:
    """Lay out how figures were computed."""
    steps = list(_steps(results))
    used = _used_rows(steps)
    blocks = [
        _Block(tables[source], file, rows, headers)
        for (source, file), (rows, headers) in used.items()
        if source in tables and len(rows) <= _MOST_ROWS
    ]
    tops = list(header_rows([len(steps), *(len(one.index) for one in blocks)]))
    placed = {one.key: _Placed(one, top) for one, top in zip(blocks, tops[1:], strict=True)}
    first = tops[0] + 1
    lines = {_key(one): xl_rowcol_to_cell(first + n, 1, True, True) for n, one in enumerate(steps)}
    writer = _Writer(lines, placed)
    calculation = Table(_HEADER, [_line(one, writer) for one in steps], _WIDTHS)
    listed = (
        Table(one.header, list(one.lines()), (), f"Baris yang dipakai dari {one.title}")
        for one in blocks
    )
    return Sheet(name, title, told, (calculation, *listed))


def _steps(results: Iterable[Quantity]) -> Iterator[Quantity]:
    """Give the named figures below some, each once and after those it is made of."""
    seen: set[object] = set()

    def walk(one: Quantity) -> Iterator[Quantity]:
        if _key(one) in seen:
            return
        seen.add(_key(one))
        for below in one.inputs():
            yield from walk(below)
        yield one

    for result in results:
        yield from walk(result)


def _key(quantity: Quantity) -> object:
    return quantity.id or quantity


def _used_rows(steps: Iterable[Quantity]) -> dict[_File, tuple[set[int], set[str]]]:
    """Give rows and headers that figures were read from, by source and file."""
    used: dict[_File, tuple[set[int], set[str]]] = {}
    for leaf in (one for step in steps for one in (step, *step.leaves())):
        match leaf.origin:
            case Cell(source, file, _, row, column):
                rows, headers = used.setdefault((source, file), (set(), set()))
                rows.add(row)
                headers.add(column)
            case Rows(source=source, file=file, column=column, ranges=ranges):
                rows, headers = used.setdefault((source, file), (set(), set()))
                if leaf.origin.count <= _MOST_ROWS:
                    rows.update(n for a, b in ranges for n in range(a, b + 1))
                headers.update([column] if column else [])
    return used


class _Block:
    """The rows of one source in one file, or in all it comes from together, that a sheet lists.

    Of its columns those that tell rows apart, that hold numbers or that a figure was read from:
    free text, where somebody may be named, stays away.
    """

    def __init__(self, table: CleanTable, file: str, rows: set[int], headers: set[str]) -> None:
        self.table = table
        self.key, self.title = (table.source.name, file), f"{file}: {table.source.title}"
        frame, files = table.frame, table.files
        whole = file == ", ".join(dict.fromkeys(files))
        self.index = [
            int(one)
            for one, own in zip(frame.index, files, strict=True)
            if (whole or own == file) and int(table.value(int(one), "baris")) in rows
        ]
        wanted = {"baris", "bulan", "triwulan", *table.source.key}
        used = {name for name, one in table.headers.items() if one in headers or "{bulan}" in one}
        self.columns = [
            one
            for one in frame.columns
            if one in wanted or one in used or pd.api.types.is_numeric_dtype(frame[one])
        ]

    @property
    def header(self) -> list[str]:
        return [str(one) for one in self.columns]

    def lines(self) -> Iterator[list[SheetCell]]:
        for index in self.index:
            values = (self.table.value(index, one) for one in self.columns)
            yield [one if one is None or isinstance(one, str) else exact(one) for one in values]


class _Placed:
    """Where the rows of a source stand on the sheet."""

    def __init__(self, block: _Block, top: int) -> None:
        self._block = block
        self._top = top
        self._numbers: dict[tuple[int, str], tuple[str, Fraction]] = {}
        self._places: dict[int, list[int]] = {}
        for place, index in enumerate(block.index):
            row = int(block.table.value(index, "baris"))
            self._places.setdefault(row, []).append(place)
            for at, column in enumerate(block.columns):
                value = block.table.value(index, column)
                # One cell of the file may have become a number and its unit.
                if value is not None and not isinstance(value, str):
                    address = xl_rowcol_to_cell(top + 1 + place, at, True, True)
                    header = block.table.header_of(index, column)
                    self._numbers[row, header] = address, exact(value)

    def cell(self, row: int, header: str, value: Fraction) -> str | None:
        """Give the address of a cell of the raw file, None where the sheet has another value."""
        address, found = self._numbers.get((row, header), (None, value))
        return address if found == value else None

    def reduced(self, rows: Rows, value: object) -> str | None:
        """Write what was made of many rows as a formula, None where it is neither count nor sum."""
        wanted = {n for a, b in rows.ranges for n in range(a, b + 1)}
        places = [place for row in wanted for place in self._places.get(row, [])]
        if rows.summary is not None or len(places) != len(wanted) or not places:
            return None
        places.sort()
        column = self._column(rows.column) if rows.column else None
        if value == len(places):
            same = self._common(column, places) if column else None
            if same is not None:
                text = '"' + same.replace('"', '""') + '"' if isinstance(same, str) else str(same)
                return f"COUNTIF({self._whole(column or '')},{text})"
            return f"COUNT({self._areas('baris', places)})"
        if column is not None and value == sum(self._amounts(column, places)):
            return f"SUM({self._areas(column, places)})"
        distinct = column is not None and self._distinct(column, places)
        if distinct and value == distinct and places == list(range(places[0], places[-1] + 1)):
            area = self._areas(column or "", places)
            return f'SUMPRODUCT(({area}<>"")/COUNTIF({area},{area}&""))'
        return None

    def _column(self, header: str | None) -> str | None:
        headers = self._block.table.headers
        names = [one for one in self._block.columns if headers.get(one, one) == header]
        months = [one for one in self._block.columns if "{bulan}" in headers.get(one, "")]
        return next(iter([*names, *(months if header else [])]), None)

    def _value(self, column: str, place: int) -> Any:
        return self._block.table.value(self._block.index[place], column)

    def _amounts(self, column: str, places: Iterable[int]) -> Iterator[Any]:
        for place in places:
            value = self._value(column, place)
            if value is not None and not isinstance(value, str):
                yield exact(value)

    def _distinct(self, column: str, places: Sequence[int]) -> int:
        return len({one for place in places if (one := self._value(column, place)) is not None})

    def _common(self, column: str, places: Sequence[int]) -> Any:
        """Give the value that these rows have in a column and no other row that is listed."""
        values = {self._value(column, place) for place in places}
        if len(values) != 1:
            return None
        (same,) = values
        if same is None or (isinstance(same, str) and any(one in same for one in "*?~<>=")):
            return None
        everywhere = range(len(self._block.index))
        if sum(self._value(column, place) == same for place in everywhere) != len(places):
            return None
        return same if isinstance(same, str) else float(exact(same))

    def _whole(self, column: str) -> str:
        return self._area(column, 0, len(self._block.index) - 1)

    def _areas(self, column: str, places: Sequence[int]) -> str:
        return ",".join(self._area(column, a, b) for a, b in runs(places))

    def _area(self, column: str, first: int, last: int) -> str:
        at = self._block.columns.index(column)
        ends = (xl_rowcol_to_cell(self._top + 1 + n, at, True, True) for n in (first, last))
        return ":".join(dict.fromkeys(ends))


@dataclass(frozen=True)
class _Writer:
    """Writes figures as formulas."""

    #: Address of the value of each named figure.
    lines: Mapping[object, str]
    #: Rows on the sheet by source and file.
    placed: Mapping[_File, _Placed]

    def formula(self, quantity: Quantity) -> str | None:
        """Give the formula of a figure without the equals sign, None where it has none."""
        origin = quantity.origin
        match origin:
            case Computed():
                return self._computed(origin)
            case Cell(source, file, _, row, column) if (source, file) in self.placed:
                return self.placed[source, file].cell(row, column, quantity.value)
            case Rows(source=source, file=file) if (source, file) in self.placed:
                made = self.placed[source, file].reduced(origin, quantity.value)
                # A spreadsheet takes a formula of some eight thousand characters.
                return made if made is None or len(made) < 8000 else None
        return None

    def _computed(self, origin: Computed) -> str:
        parts = [self._part(one) for one in origin.operands]
        if origin.operation in _INFIX:
            left, right = (one if _SIMPLE.fullmatch(one) else f"({one})" for one in parts)
            return f"{left}{_INFIX[origin.operation]}{right}"
        if origin.operation == "terakhir":
            return parts[-1]
        if not parts:
            return "0"
        name = _FUNCTIONS[origin.operation]
        if len(parts) > _ARGUMENTS and name in ("SUM", "COUNT", "MIN", "MAX"):
            groups = [parts[n : n + _ARGUMENTS] for n in range(0, len(parts), _ARGUMENTS)]
            outer = "SUM" if name == "COUNT" else name
            inner = ",".join(f"{name}({','.join(one)})" for one in groups)
            return f"{outer}({inner})"
        return f"{name}({','.join(parts)})"

    def _part(self, operand: Quantity) -> str:
        if _key(operand) in self.lines:
            return self.lines[_key(operand)]
        if isinstance(operand.origin, Computed):
            return self._computed(operand.origin)
        value = operand.value
        if value.denominator == 1:
            return str(value.numerator)
        return f"{value.numerator}/{value.denominator}"


def _line(step: Quantity, writer: _Writer) -> list[SheetCell]:
    formula = writer.formula(step)
    fixed = formula is None and not isinstance(step.origin, Constant | Parameter)
    where = step.formula() if isinstance(step.origin, Computed) else ""
    place = step.origin.place if not isinstance(step.origin, Computed) else ""
    how = (
        f"{step.origin.how[:1].upper()}{step.origin.how[1:]}."
        if isinstance(step.origin, Rows)
        else where
    )
    return [
        step.label,
        Formula(f"={formula}", step.value, number_format(step)) if formula else step,
        step.unit,
        how,
        f"{place} ({_FIXED})" if fixed else place,
        step.id,
    ]
