"""Clean tables with their texts spelt right for print, and what that changes.

Clean tables keep the texts as they were delivered, so that a misspelling is still found and a cell
can be traced; the report is written from tables whose free texts are spelt right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pp39.sources.declaration import Column, Source
from pp39.sources.fixes import Fix
from pp39.sources.numbers import Measure
from pp39.sources.spelling import Spelling
from pp39.sources.table import CleanTable
from pp39.sources.words import Split, Text

_RULE = "ejaan"
# What somebody stated is quoted as it was.
_QUOTED = "pernyataan"


def spelt(table: CleanTable, spelling: Spelling) -> CleanTable:
    """Give a table with its free texts spelt right."""
    changed: dict[str, pd.Series[str]] = {}
    for _, name, right in _changes(table, spelling):
        texts = table.frame[name]
        changed[name] = texts.where(~texts.isin(right), texts.map(right)).astype("str")
    return replace(table, frame=table.frame.assign(**changed)) if changed else table


def logged(table: CleanTable, spelling: Spelling) -> CleanTable:
    """Give the same table with what `spelt` changes added to its log."""
    found: dict[tuple[int, str], Fix] = {}
    for column, name, right in _changes(table, spelling):
        wrong = table.frame[name].isin(right)
        header = table.headers.get(name, column.header)
        rows = table.frame["baris"][wrong]
        for row, text in zip(rows, table.frame[name][wrong], strict=True):
            one = Fix(table.source.name, int(row), header, text, right[text], _RULE)
            # A row of months is a row of the file twelve times.
            found.setdefault((int(row), name), one)
    if not found:
        return table
    every = sorted((*table.fixes, *found.values()), key=lambda one: one.row)
    return replace(table, fixes=tuple(every))


def _changes(table: CleanTable, spelling: Spelling) -> Iterator[tuple[Column, str, dict[str, str]]]:
    """Give each column with misspelt texts, and how those are spelt right."""
    for column, name in _free(table.source):
        if name not in table.frame:
            continue
        texts = table.frame[name].dropna().unique()
        right = {text: fixed for text in texts if (fixed := spelling.corrected(text)) != text}
        if right:
            yield column, name, right


def _free(source: Source) -> Iterator[tuple[Column, str]]:
    """Give the columns of free text that are nobody's, each with its clean name."""
    if source.personal or source.name == _QUOTED:
        return
    for column in source.columns:
        if isinstance(column.kind, Text | Split | Measure) and not column.identifier:
            for name, storage in zip(column.names, column.kind.stores, strict=True):
                if storage == "text":
                    yield column, name
