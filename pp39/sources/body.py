"""The rows below a header: which are data, which head others, and where the table ends."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from pp39.errors import UnreadableInput
from pp39.sources.declaration import Source
from pp39.sources.fixes import TOTAL, Fix
from pp39.sources.mask import masked
from pp39.sources.texts import plain
from pp39.together import and_rows


class Body:
    """What is known of the rows that have gone by, from the first below the header on."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ended = False
        self._totals: list[tuple[int, str]] = []
        self._wrong: dict[str, list[int]] = {}
        self._section = dict.fromkeys(source.section.jadi if source.section else (), "")
        self._entered: list[tuple[str, ...]] = []

    @property
    def free(self) -> bool:
        """Whether a row is data if only it does not begin as a footer does."""
        return not self._ended and not self._section

    def is_data(self, first: str, count: int, row: int) -> bool:
        """Tell whether a row is data, by its first text and how many it has."""
        source, alone = self._source, count == 1
        if alone or source.ends:
            first = " ".join(plain(first).split())
            # Further lines of a footer have one text each, as the first has.
            if (alone and self._ended) or (source.below if alone else source.total).match(first):
                self._ended = True
                if not alone:
                    self._totals.append((row, first))
                return False
        if self._ended:
            self.note(row, "a row of data stands below the footer; move it above")
        elif alone and source.section is not None:
            if (match := re.fullmatch(source.section.pola, first)) is not None:
                parts = (part.strip() for part in match.groups())
                self._section = dict(zip(self._section, parts, strict=True))
            else:
                self.note(
                    row,
                    f'"{masked(first)[0]}" is neither a row of data nor the head of a group; '
                    "complete the row or remove it",
                )
        else:
            return True
        return False

    def enter(self) -> None:
        """Keep a row of data, with what the rows that head it say."""
        self._entered.append(tuple(self._section.values()))

    def note(self, row: int, what: str) -> None:
        """Note what is wrong with a row."""
        self._wrong.setdefault(what, []).append(row)

    def sections(self) -> dict[str, pd.Series[str]]:
        """Give the texts of the rows that head others, for each row below them."""
        columns = zip(*self._entered, strict=True)
        return {
            name: pd.Series(list(values), dtype="str")
            for name, values in zip(self._section, columns, strict=True)
        }

    def faults(self, place: Callable[[int], int] = int) -> tuple[UnreadableInput, ...]:
        """Word what is wrong with rows, each kind of fault once; `place` tells where a row is."""
        return tuple(
            UnreadableInput(
                f"{self._source.file}, row {place(first)}: {what}{and_rows(len(others))}"
            )
            for what, (first, *others) in self._wrong.items()
        )

    def totals(self, place: Callable[[int], int] = int) -> list[Fix]:
        """Tell of the rows of several cells that end the table."""
        return [
            Fix(self._source.name, place(row), "", text, "", TOTAL) for row, text in self._totals
        ]

    def nothing(self, place: Callable[[int], int] = int) -> UnreadableInput:
        """Make the error for a table that holds no row of data."""
        if faults := self.faults(place):
            return UnreadableInput(*(one.sentence for one in faults))
        return UnreadableInput(
            f"{self._source.file} has a header but no rows below it; add the rows of data"
        )
