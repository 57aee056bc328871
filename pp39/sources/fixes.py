"""The cleaning log: every cell that was changed, from what, to what, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from pp39 import handout

__all__ = ["Fix", "save_fixes"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One change made while cleaning."""

    #: Name of the source, such as ``"dipa_ro"``.
    source: str
    #: Row as a person sees it: line of the CSV, row number of the sheet.
    row: int
    #: Column header as it stands in the raw file.
    column: str
    #: Text before, or what was taken out of it; never a text of a personal column.
    before: str
    #: Value after, as plain text.
    after: str
    #: What was done, in Indonesian.
    rule: str


def save_fixes(fixes: Iterable[Fix], path: Path) -> None:
    """Write the log as CSV with the columns ``source, row, column, before, after, rule``.

    Parameters
    ----------
    fixes : iterable of Fix
        In the order to be written.
    path : pathlib.Path
        File to write; its folder must exist.
    """
    names = [field.name for field in fields(Fix)]
    handout.write(path, names, map(attrgetter(*names), fixes))
