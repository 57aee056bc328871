"""Putting right the characters of a raw table, whatever kind of file it comes from."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pp39.errors import UnreadableInput
from pp39.sources.declaration import Source
from pp39.sources.fixes import Fix
from pp39.sources.raw import RawTable, declared, seen
from pp39.sources.texts import is_error, plain, removed, soiled

_RULE = "tanda tak terlihat dan petik di depan angka dihapus"
# Places that a sentence names.
_TOLD = 10


def mended(source: Source, raw: RawTable) -> RawTable:
    """Leave out of headers and declared columns what no one sees or typed.

    Returns
    -------
    RawTable
        With `plain` texts; what was taken out of which cell stands among its fixes.

    Raises
    ------
    UnreadableInput
        If cells hold the error of a spreadsheet, such as ``#N/A``.
    """
    fixes = list(raw.fixes)
    errors: list[tuple[str, str]] = []
    columns: dict[str, pd.Series[str]] = {}
    known = declared(source, raw.columns)
    for header, texts in raw.columns.items():
        tidy = " ".join(plain(header).split())
        if tidy != header:
            fixes.append(Fix(source.name, raw.header_row, tidy, removed(header), "", _RULE))
        columns[tidy] = texts
        if header not in known or not bool((odd := soiled(texts)).any()):
            continue
        shown = seen(known[header], tidy)
        after = texts[odd].map(plain)
        for row, old, new in zip(raw.rows[odd], texts[odd], after, strict=True):
            if is_error(new):
                errors.append((f'row {row}, column "{shown}"', new.strip()))
            elif old != new:
                fixes.append(Fix(source.name, int(row), shown, removed(old), "", _RULE))
        columns[tidy] = texts.where(~odd, after.reindex(texts.index, fill_value="")).astype("str")
    if errors:
        raise _erroneous(raw, errors)
    titles = tuple(map(plain, raw.titles))
    return replace(raw, columns=columns, titles=titles, fixes=tuple(fixes))


def _erroneous(raw: RawTable, errors: list[tuple[str, str]]) -> UnreadableInput:
    sheet = "" if raw.sheet is None else f', sheet "{raw.sheet}"'
    (place, what), *others = errors
    more = f", and {len(others) + 1 - _TOLD} more" if len(others) >= _TOLD else ""
    also = f" (also {', '.join(one for one, _ in others[: _TOLD - 1])}{more})" if others else ""
    return UnreadableInput(
        f"{raw.file}{sheet}, {place}: the cell holds the error {what}{also}; write the value, or "
        "leave the cell empty"
    )
