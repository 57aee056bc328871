r"""The files that are handed out: safe to open in a spreadsheet, the same text when read back.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, after blanks
and quotation marks, too. Such a text gets an apostrophe in front, which spreadsheets know as the
mark of a text, and which `read` takes away again. A number, and a dash that stands for none, is
left alone. Control characters are written out (see `pp39.characters`).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pp39.characters import shown, visible
from pp39.errors import UnreadableInput

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]

#: The same signs at full width count for some spreadsheets.
_FORMULA = re.compile(r"[\s\"'`]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"-(?:\d+(?:\.\d+)?)?")
#: In points: a line of a sheet, and the highest row that spreadsheets know.
_LINE, _HIGHEST = 15, 409


def page_of(template: Traversable, **values: object) -> str:
    """Fill in a page: whatever it shows is escaped and visible, and nothing may be lacking."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  only where a page is made

    environment = Environment(
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(template.read_text(encoding="utf-8")).render(**values)


@contextmanager
def workbook(**properties: str) -> Iterator[tuple[xlsxwriter.Workbook, io.BytesIO]]:
    """Give a workbook to fill in, and what then holds it: the same bytes for the same content.

    A text is written as a text, whatever it looks like.
    """
    import xlsxwriter  # noqa: PLC0415  only where a workbook is made

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # A workbook has no author's clock: nothing but its content decides about its bytes.
        book.set_properties({**properties, "created": dt.datetime(1980, 1, 1)})
        yield book, stream


def heighten(
    page: xlsxwriter.worksheet.Worksheet, row: int, cells: Iterable[tuple[object, float]]
) -> None:
    """Make a row of a sheet as high as its wrapped texts need.

    Not every spreadsheet does so when it opens a file; the text then covers the rows below.

    Parameters
    ----------
    page : xlsxwriter.worksheet.Worksheet
        The sheet.
    row : int
        Counted from 0.
    cells : iterable of (object, float)
        What the row holds and how wide each column is, in characters; what is no text is one line.
    """
    lines = max((_lines(text, width) for text, width in cells if isinstance(text, str)), default=1)
    if lines > 1:
        page.set_row(row, min(lines * _LINE, _HIGHEST))


def _lines(text: str, width: float) -> int:
    # Two characters are left for the margins, the button of a header and wide letters.
    inside, lines = max(int(width) - 2, 1), 0
    for line in text.split("\n"):
        lines, at = lines + 1, 0
        for word in line.split():
            if at and at + 1 + len(word) > inside:
                lines, at = lines + 1, len(word)
            else:
                at += len(word) + bool(at)
            if at > inside:
                lines, at = lines + (at - 1) // inside, (at - 1) % inside + 1
    return lines


def write(path: Path, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a file: UTF-8, a comma between cells, one line feed behind a row.

    Parameters
    ----------
    path : pathlib.Path
        Its folder must exist.
    columns : sequence of str
        Names of the columns.
    rows : iterable of iterable
        Their cells; None is written as nothing.
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if one is None else defused(str(one)) for one in row] for row in rows)


def put(path: Path, text: str) -> None:
    """Write a text so that others who read it find the old one or the new one, never a part."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)


def read(path: Path, *needed: str) -> list[dict[str, str]]:
    """Read such a file back: a mapping of column to text for every row.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    *needed : str
        Columns that it must have.

    Raises
    ------
    UnreadableInput
        If it is damaged; the sentence names the row.
    """
    found: list[dict[str, str]] = []
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        rows = csv.reader(stream)
        try:
            columns = next(rows, [])
            if lacking := [one for one in needed if one not in columns]:
                raise _damaged(path, 1, f"there is no column {lacking[0]}")
            for row in filter(None, rows):
                if len(row) != len(columns):
                    raise _damaged(path, rows.line_num, f"{len(columns)} cells are expected")
                found.append(dict(zip(columns, map(plain, row), strict=True)))
        except csv.Error as error:
            raise _damaged(path, rows.line_num, str(error)) from None
    return found


def read_json(path: Path) -> Any:
    """Read a JSON file that a run has made.

    Raises
    ------
    OSError
        If it is not there or cannot be read.
    ValueError
        If it is damaged.
    """
    try:
        return json.loads(path.read_bytes())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def defused(text: str) -> str:
    r"""Write a text so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> [defused(one) for one in ("=1+1", ' "@SUM(A1)', "-5", "-", "-5+3", "Rp5")]
    ["'=1+1", '\' "@SUM(A1)', '-5', '-', "'-5+3", 'Rp5']
    """
    shown = visible(text)
    if _FORMULA.match(shown) is None or _NUMBER.fullmatch(shown) is not None:
        return shown
    return f"'{shown}"


def plain(text: str) -> str:
    """Take back what `defused` put in front.

    Examples
    --------
    >>> plain("'=1+1"), plain("'tis"), plain(defused("'=1"))
    ('=1+1', "'tis", "'=1")
    """
    return text[1:] if text[:1] == "'" and defused(text[1:]) == text else text


def _damaged(path: Path, line: int, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name}, row {line}, is damaged: {why}; make the report again with --force"
    )
