"""A raw table: the texts of a file as they stand, with the row each one stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39.errors import MissingInput, UnreadableInput, nearest
from pp39.refusal import reason
from pp39.sources.declaration import Column, Source
from pp39.sources.fixes import Fix
from pp39.sources.texts import plain

__all__ = ["RawTable", "folded", "locate", "must_exist", "no_column", "require", "seen"]


@dataclass(frozen=True)
class RawTable:
    """Texts of a table, column by column.

    Parameters
    ----------
    file : str
        File name without folders.
    sheet : str or None
        Sheet of a workbook.
    header_row : int
        Row of the (last) header line.
    columns : dict of str to pandas.Series
        Header as it stands in the file -> texts; all of one length; blank cells are ``""``.
    rows : numpy.ndarray of int64
        Row number of each entry.
    titles : tuple of str
        Texts above the header.
    sections : dict of str to pandas.Series
        Columns filled from rows that head others.
    fixes : tuple of Fix
        What was already put right while reading.
    """

    file: str
    sheet: str | None
    header_row: int
    columns: dict[str, pd.Series[str]]
    rows: npt.NDArray[np.int64]
    titles: tuple[str, ...] = ()
    sections: dict[str, pd.Series[str]] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()


def folded(header: str) -> str:
    """Spell a header the way headers are compared: one blank between words, any case."""
    return " ".join(plain(header).split()).casefold()


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
        If the file is not there; a file of another format beside it is named.
    UnreadableInput
        If it is empty or cannot be opened.
    """
    require([path])
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{path.name} cannot be read: {reason(error)}; give yourself permission to read it"
        ) from None
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise UnreadableInput(f"{path.name} is empty; it needs a header row and rows of data")
    return content


def require(paths: Iterable[Path]) -> None:
    """Make sure that raw files of one folder are there.

    Raises
    ------
    MissingInput
        With all that are not; a file of another format beside one is named.
    """
    lacking = sorted(path for path in paths if not path.is_file())
    if not lacking:
        return
    place = "/".join(lacking[0].parts[-5:-1])
    if len(lacking) == 1:
        (path,) = lacking
        hint = _twin(path) or "put it there"
        raise MissingInput(f"{path.name} is missing from {place}; {hint}")
    names = [f"{path.name} ({twin})" if (twin := _twin(path)) else path.name for path in lacking]
    told = f"{', '.join(names[:-1])} and {names[-1]}"
    raise MissingInput(f"{told} are missing from {place}; put them there")


def no_column(source: Source, header: str, headers: Iterable[str]) -> UnreadableInput:
    """Make the error for a column that is not there."""
    found = [one for one in headers if one]
    leaf_of = {one.rpartition(" / ")[2]: one for one in reversed(found)}
    near = nearest(header, found) or leaf_of.get(
        nearest(header.rpartition(" / ")[2], leaf_of) or ""
    )
    hint = (
        f'the nearest header found is "{near}": rename it to "{header}"'
        if near
        else f"the headers found are {', '.join(found)}: rename the right one to "
        f'"{header}", or add the column'
    )
    return UnreadableInput(f'{source.file}: column "{header}" is missing; {hint}')


def _twin(path: Path) -> str:
    """Name a file of another format that stands where `path` should be; empty without one."""
    twins = sorted(one.name for one in path.parent.glob(f"{path.stem}.*") if one != path)
    return f'"{twins[0]}" is there: save it as {path.suffix[1:]}' if twins else ""
