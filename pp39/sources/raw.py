"""A raw table: the texts of a file as they stand, with the row each one stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39.errors import MissingInput, UnreadableInput, nearest
from pp39.periods import MONTHS
from pp39.refusal import content_of
from pp39.sources.declaration import Column, Source
from pp39.sources.encoding import nature
from pp39.sources.fixes import Fix
from pp39.sources.texts import plain
from pp39.told import listed

# Short for a word of a header where another word follows; alone, "No" heads the row numbers.
_SHORT = {"no": "nomor", "tgl": "tanggal", "jml": "jumlah", "thn": "tahun"}
_ROW_NUMBERS = frozenset({"no", "no.", "#", "nomor urut"})
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Headers that a sentence lists.
LISTED = 12


@dataclass(frozen=True)
class RawTable:
    """Texts of a table, column by column."""

    #: File name without folders, and the sheet where it is one of several.
    file: str
    #: Sheet of a workbook.
    sheet: str | None
    #: Row of the (last) header line.
    header_row: int
    #: Header as it stands in the file -> texts; all of one length; blank cells are ``""``.
    columns: dict[str, pd.Series[str]]
    #: Row number of each entry.
    rows: npt.NDArray[np.int64]
    #: Texts above the header.
    titles: tuple[str, ...] = ()
    #: Columns filled from rows that head others.
    sections: dict[str, pd.Series[str]] = field(default_factory=dict)
    #: What was already put right while reading.
    fixes: tuple[Fix, ...] = ()
    #: What is wrong with rows that were left out of it.
    faults: tuple[UnreadableInput, ...] = ()
    #: What nobody sees of it who opens the file, as `CleanTable.hidden` has it.
    hidden: tuple[tuple[int, str], ...] = ()


def folded(header: str) -> str:
    """Spell a header the way headers are compared: one blank between words, any case, no short one.

    Examples
    --------
    >>> folded("No.  SP2D"), folded("Tgl SP2D"), folded("No.")
    ('nomor sp2d', 'tanggal sp2d', 'no.')
    """
    words = plain(header).casefold().split()
    for index, (word, after) in enumerate(pairwise(words)):
        if after != "/":
            words[index] = _SHORT.get(word.rstrip("."), word)
    return " ".join(words)


def locate(column: Column, headers: Sequence[str]) -> str | None:
    """Find the header of a declared column among those of a file.

    Parameters
    ----------
    column : Column
        The declaration; not a monthly one.
    headers : sequence of str
        Headers of the file; levels joined by ``" / "``.

    Returns
    -------
    str or None
        The header as it stands in the file.
    """
    wanted = [folded(one) for one in (column.header, *column.spellings)]
    for header in headers:
        if folded(header) in wanted:
            return header
    leaves = [header for header in headers if folded(header.split(" / ")[-1]) in wanted]
    return leaves[0] if len(leaves) == 1 else None


def seen(column: Column, header: str) -> str:
    """Give what a person sees above a column: the level that was enough to find it."""
    return header if " / " in column.header else header.rpartition(" / ")[2]


def must_exist(path: Path) -> bytes:
    """Read the bytes of a raw file.

    Raises
    ------
    MissingInput
        If the file is not there.
    UnreadableInput
        If it is empty, is no file or cannot be opened.
    """
    try:
        content = content_of(path)
    except MissingInput:
        raise MissingInput(
            f"{path.name} is missing from {place_of(path.parent)}; put it there"
        ) from None
    if not content.strip(b"\xef\xbb\xbf \r\n\t\x1a"):
        raise UnreadableInput(f"{path.name} is empty; it needs a header row and rows of data")
    return content


def workbook_bytes(path: Path) -> bytes:
    """Read the bytes of a workbook.

    Raises
    ------
    MissingInput, UnreadableInput
        As `must_exist`, and if it is something else; says what.
    """
    content = must_exist(path)
    if content.startswith(_ZIP):
        return content
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableInput(
            f"{path.name} is protected by a password; open it in Excel, remove the password under "
            "File, Info, Protect Workbook, and save it again"
        )
    old = "an old .xls workbook" if content.startswith(_OLE) else ""
    kind = old or nature(content) or "not one"
    right = "fetch it with git lfs pull" if "LFS" in kind else "save it as .xlsx"
    raise UnreadableInput(
        f"{path.name} has the name of an Excel workbook (.xlsx) but is {kind}; {right}"
    )


def place_of(folder: Path) -> str:
    """Name a raw folder from the project: ``data/raw/<unit>/<year>``."""
    return "/".join(folder.parts[-4:])


def no_column(source: Source, header: str, headers: Iterable[str]) -> UnreadableInput:
    """Make the error for a column that is not there."""
    found = [one for one in headers if one]
    # Headers that already head something else are not what was meant.
    free = [one for one in found if folded(one) not in _ROW_NUMBERS and not declared(source, [one])]
    leaf_of = {one.rpartition(" / ")[2]: one for one in reversed(free)}
    near = nearest(header, free) or leaf_of.get(nearest(header.rpartition(" / ")[2], leaf_of) or "")
    if near:
        hint = f'the nearest header found is "{near}": rename it to "{header}"'
    elif source.personal or not found:
        # What stands where the headers should may be a row about a person.
        hint = "write this header above the right column, or add the column"
    else:
        hint = (
            f'the headers found are {listed(found, LISTED)}: rename the right one to "{header}", '
            "or add the column"
        )
    return UnreadableInput(f'{source.file}: column "{header}" is missing; {hint}')


def declared(source: Source, headers: Iterable[str]) -> dict[str, Column]:
    """Find the headers that stand for declared columns, those of months among them."""
    found = list(headers)
    once = {locate(one, found): one for one in source.columns if not one.monthly}
    monthly = {
        folded(one.header.replace("{bulan}", month)): one
        for one in source.columns
        if one.monthly
        for month in MONTHS
    }
    every = {header: once.get(header) or monthly.get(folded(header)) for header in found}
    return {header: column for header, column in every.items() if column is not None}


def must_be_single(source: Source, headers: Iterable[str], row: int) -> None:
    """Refuse two columns of one header; blank ones count for nothing.

    Raises
    ------
    UnreadableInput
        If a header stands twice.
    """
    met: set[str] = set()
    for header in filter(None, headers):
        if folded(header) in met:
            raise UnreadableInput(
                f'{source.file}, row {row}: column "{header}" stands twice; '
                "give every column its own header"
            )
        met.add(folded(header))


def no_header(source: Source) -> UnreadableInput:
    """Make the error for a file in which no declared header is found."""
    labels = [column.header.replace("{bulan}", MONTHS[0]) for column in source.columns]
    wanted = listed(labels, LISTED)
    return UnreadableInput(
        f"{source.file}: no row with the headers {wanted} was found; put it above the data"
    )
