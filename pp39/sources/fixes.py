"""The cleaning log: every cell that was changed, from what, to what, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from pp39 import handout

GLUED = "nilai yang menempel dipisahkan"
"""What is done to a value that stands at the end of the cell before its own."""

TOTAL = "baris di bawah tabel tidak dibaca"
"""What is done to a row of several cells, such as totals, that ends a table."""


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

    @property
    def gives(self) -> bool:
        """Whether it gave a blank cell a value that stood elsewhere."""
        return self.rule == GLUED and not self.before


@dataclass(frozen=True, slots=True)
class RuleUse:
    """What one rule of cleaning has done, with one of its changes."""

    #: The rule.
    rule: str
    #: Number of changes.
    count: int
    #: Names of the sources it changed.
    sources: tuple[str, ...]
    #: Where the change stands that is shown.
    place: str
    #: before, after: the cell of that place; None where the log tells no text, as of personal
    #: columns.
    before: str | None
    after: str | None


def rules_of(fixes: Iterable[Fix]) -> list[RuleUse]:
    """Sum up changes by rule; the one that is shown is the first that tells both texts.

    Examples
    --------
    >>> one, = rules_of([Fix("dipa", 8, "Kode", "", "EC", "diisi"),
    ...                  Fix("dipa", 9, "Kode", "e c", "EC", "diisi")])
    >>> one.count, one.place, one.before, one.after
    (2, 'dipa baris 9, Kode', 'e c', 'EC')
    """
    by_rule: dict[str, list[Fix]] = {}
    for one in fixes:
        by_rule.setdefault(one.rule, []).append(one)
    return [_use(rule, by_rule[rule]) for rule in sorted(by_rule)]


def _use(rule: str, fixes: Sequence[Fix]) -> RuleUse:
    one = max(fixes, key=lambda fix: bool(fix.before) + bool(fix.after))
    place = f"{one.source} baris {one.row}, {one.column}" if one.row else one.source
    sources = tuple(sorted({fix.source for fix in fixes}))
    return RuleUse(rule, len(fixes), sources, place, one.before or None, one.after or None)


def save_fixes(fixes: Iterable[Fix], path: Path) -> None:
    """Write the log as CSV with the columns ``source, row, column, before, after, rule``."""
    names = [field.name for field in fields(Fix)]
    handout.write(path, names, map(attrgetter(*names), fixes))
