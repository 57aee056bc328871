"""Putting right the characters of a raw table, whatever kind of file it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches

import pandas as pd

from pp39.errors import UnreadableInput
from pp39.periods import MONTHS, parse_month
from pp39.sources.declaration import Source
from pp39.sources.fixes import Fix
from pp39.sources.raw import RawTable, declared, folded, seen
from pp39.sources.texts import is_error, plain, removed, soiled

_RULE = "tanda tak terlihat dan petik di depan angka dihapus"
# How like a month's name that of a header must be to be taken for it misspelt.
_LIKE = 0.75
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
        If cells hold the error of a spreadsheet, such as ``#N/A``, or the header of one column for
        each month none.
    """
    months = _months(source, raw)
    fixes = [*raw.fixes, *(_renamed(source, raw, one, right) for one, right in months.items())]
    named = {months.get(header, header): texts for header, texts in raw.columns.items()}
    raw = replace(raw, columns=named)
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


def _months(source: Source, raw: RawTable) -> dict[str, str]:
    """Find months in headers that do not write them in full; give each header as it should be."""
    known = declared(source, raw.columns)
    found: dict[str, str] = {}
    for column in (one for one in source.columns if one.monthly):
        around = map(re.escape, folded(column.header).split("{bulan}"))
        shape = re.compile("(.+)".join(around))
        names = [
            (header, match[1])
            for header in raw.columns
            if known.get(header, column) == column and (match := shape.fullmatch(folded(header)))
        ]
        numbers = [_month(name) for _, name in names]
        lacking = [month for number, month in enumerate(MONTHS, 1) if number not in numbers]
        for place, ((header, name), number) in enumerate(zip(names, numbers, strict=True)):
            meant = get_close_matches(name, map(str.casefold, lacking), n=1, cutoff=_LIKE)
            before, after = numbers[place - 1 : place], numbers[place + 1 : place + 2]
            if number:
                right = column.header.replace("{bulan}", MONTHS[number - 1])
                if header not in known and numbers.count(number) == 1:
                    found[header] = right
            elif meant or (before and after and before[0] and after[0] == before[0] + 2):
                right = meant[0].capitalize() if meant else MONTHS[before[0] or 0]
                raise UnreadableInput(
                    f'{raw.file}, row {raw.header_row}: column "{header}" is of no month; write'
                    f" {right} if it is that"
                )
    return found


def _month(name: str) -> int | None:
    try:
        return parse_month(name)
    except ValueError:
        return None


def _renamed(source: Source, raw: RawTable, header: str, right: str) -> Fix:
    rule = "nama bulan pada judul kolom ditulis lengkap"
    return Fix(source.name, raw.header_row, header, header, right, rule)


def _erroneous(raw: RawTable, errors: list[tuple[str, str]]) -> UnreadableInput:
    sheet = "" if raw.sheet is None else f', sheet "{raw.sheet}"'
    (place, what), *others = errors
    more = f", and {len(others) + 1 - _TOLD} more" if len(others) >= _TOLD else ""
    also = f" (also {', '.join(one for one, _ in others[: _TOLD - 1])}{more})" if others else ""
    return UnreadableInput(
        f"{raw.file}{sheet}, {place}: the cell holds the error {what}{also}; write the value, or "
        "leave the cell empty"
    )
