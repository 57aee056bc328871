"""Where the cells of a table stand that was put together from several files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from pp39.sources.rivals import Rival


@dataclass(frozen=True)
class Part:
    """One of the files."""

    #: Its name from the raw folder.
    file: str
    #: Sheet of a workbook.
    sheet: str | None
    #: Clean column -> header as it stands in the file.
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Replaced:
    """A value of a file made by hand that an export says otherwise."""

    #: What tells the row apart; nothing for a table as a whole.
    key: Mapping[str, Any]
    #: Clean column.
    column: str
    #: What the file made by hand says, and what the export says, which counts.
    said: Any
    counts: Any
    #: Where they stand, in Indonesian.
    place: str
    against: str


@dataclass(frozen=True)
class Provenance:
    """Where the cells of a table stand."""

    #: The files.
    parts: tuple[Part, ...]
    #: Which file each row is of.
    rows: tuple[int, ...]
    #: Clean column -> row of the table -> file and rows, of cells that stand elsewhere than
    #: their row, or that several rows add up to.
    cells: Mapping[str, Mapping[int, tuple[int, tuple[int, ...]]]] = field(default_factory=dict)
    #: What was said otherwise.
    replaced: tuple[Replaced, ...] = ()
    #: Exports that were left aside for one of the files, which says something else.
    rivals: tuple[Rival, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Spell it in what JSON has."""
        return {
            "parts": [[one.file, one.sheet, dict(one.headers)] for one in self.parts],
            "rows": list(self.rows),
            "cells": {
                column: [[index, part, list(rows)] for index, (part, rows) in cells.items()]
                for column, cells in self.cells.items()
            },
            "replaced": [
                [dict(one.key), one.column, one.said, one.counts, one.place, one.against]
                for one in self.replaced
            ],
            "rivals": [list(astuple(one)) for one in self.rivals],
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any] | None) -> Provenance | None:
        """Read what `as_json` spelled."""
        if told is None:
            return None
        return cls(
            tuple(Part(*one) for one in told["parts"]),
            tuple(told["rows"]),
            {
                column: {index: (part, tuple(rows)) for index, part, rows in cells}
                for column, cells in told["cells"].items()
            },
            tuple(Replaced(*one) for one in told["replaced"]),
            tuple(Rival(*one) for one in told["rivals"]),
        )
