"""What the clean tables say of a row of the raw data, whether or not a figure uses it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pp39.errors import ParameterError, near
from pp39.explain.uses import Place
from pp39.periods import MONTHS
from pp39.sources import CleanTable, Source
from pp39.sources.spreadsheet import LONGEST
from pp39.sources.table import raw_files, read_table


@dataclass(frozen=True, slots=True)
class CleanRow:
    """A row of a clean table; personal columns are not in one."""

    #: source, file: name of the source and of its raw file.
    source: str
    file: str
    #: Sheet of the raw file.
    sheet: str | None
    #: Row of the raw file.
    row: int
    #: Clean column, header in the raw file, and what the cell says; blank cells are left out.
    cells: tuple[tuple[str, str, str], ...]

    def cell(self, column: str) -> str:
        """Give what the cell of a clean column says, empty if it is blank."""
        return next((text for name, _, text in self.cells if name == column), "")


def clean_rows(folder: Path, place: Place) -> tuple[CleanRow, ...]:
    """Find the clean rows that a row of a raw file became.

    Returns
    -------
    tuple of CleanRow
        More than one where a raw row has a column for each month.

    Raises
    ------
    ParameterError
        If there is no such source, row or column; the sentence gives the nearest.
    """
    table = _table(folder, place)
    frame = table.frame
    found = frame[frame["baris"] == place.row]
    name = table.source.file
    if found.empty or place.sheet not in (None, (table.sheet or "").casefold()):
        known = sorted(frame["baris"].tolist(), key=lambda one: (abs(one - place.row), one))
        near = f"the nearest row that is there is {known[0]}" if known else "it has no rows"
        raise ParameterError(f"no row {place.row} of {name} is among the clean tables; {near}")
    rows = tuple(_row(table, place, record) for record in found.to_dict("records"))
    if place.column is not None and not any(one.cells for one in rows):
        headers = sorted(
            {header for one in found.to_dict("records") for _, header, _ in _cells(table, one)}
        )
        raise ParameterError(
            f'row {place.row} of {name} says nothing in a column "{place.column}";'
            f" it is filled in {', '.join(headers)}"
        )
    return rows


def _table(folder: Path, place: Place) -> CleanTable:
    # What a run left tells its own sources; the profile may have changed since.
    there = [Source(name, file, "", ()) for name, file in raw_files(folder).items()]
    # Of a file with a sheet for each source, the sheet tells which is meant.
    named = [one for one in there if place.source in _names(one)]
    meant = [one for one in named if len(named) == 1 or _sheet(one) in (place.sheet, place.source)]
    if named and not meant:
        told = ", ".join(f"{place.source}!{_sheet(one)}!{place.row}" for one in named[:3])
        raise ParameterError(f"{place.source} has a sheet for each source; write {told} …")
    source = next(iter(meant), None)
    if source is None:
        known = sorted(name for one in there for name in _names(one))
        hint = near(place.source, known)
        raise ParameterError(f'this run has no source "{place.source}"; {hint}')
    return read_table(source, folder)


def _names(source: Source) -> tuple[str, str]:
    return source.name.casefold(), source.file.casefold()


def _sheet(source: Source) -> str:
    return source.name[:LONGEST].casefold()


def _row(table: CleanTable, place: Place, record: dict[Any, Any]) -> CleanRow:
    cells = tuple(
        one
        for one in _cells(table, record)
        if place.column is None or place.column in one[1].casefold()
    )
    return CleanRow(table.source.name, table.source.file, table.sheet, place.row, cells)


def _cells(table: CleanTable, record: dict[Any, Any]) -> list[tuple[str, str, str]]:
    month = record.get("bulan")
    named = MONTHS[int(month) - 1] if month is not None and not pd.isna(month) else ""
    return [
        (str(column), table.headers.get(column, column).replace("{bulan}", named), str(value))
        for column, value in record.items()
        if column != "baris" and not pd.isna(value)
    ]
