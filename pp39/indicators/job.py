"""What every calculation is given, and how it takes numbers out of the clean tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from pp39.ledger import Ledger, Quantity, total
from pp39.params import Params, Settings
from pp39.periods import Quarter
from pp39.sources import CleanTable

if TYPE_CHECKING:
    Mask = pd.Series[bool]

__all__ = ["Job", "difference", "ordered", "share", "summed"]


@dataclass(frozen=True)
class Job:
    """The inputs of a calculation and the ledger it writes into.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        Clean tables by name of the source; a source that was not delivered is not there.
    settings : Settings
        Parameters of the run.
    ledger : Ledger
        Where every quantity is entered.
    quarter : Quarter
        Quarter that is computed: that of the run, or an earlier one to compare with.
    """

    tables: Mapping[str, CleanTable]
    settings: Settings
    ledger: Ledger
    quarter: Quarter
    _groups: dict[tuple[str, tuple[str, ...]], dict[tuple[object, ...], list[int]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def params(self) -> Params:
        """The typed parameters."""
        return self.settings.params

    @property
    def year(self) -> int:
        """Budget year."""
        return self.settings.year

    @property
    def period(self) -> str:
        """The quarter as labels name it, such as ``TW IV``."""
        return f"TW {self.quarter}"

    def before(self) -> Job | None:
        """Give the same job for the quarter before, None in quarter I.

        What it enters stays out of the ledger, unless the ledger has the same already.
        """
        if self.quarter.number == 1:
            return None
        earlier = Quarter(self.quarter.number - 1)
        return replace(self, quarter=earlier, ledger=_Recalled(self.ledger))

    def enter(self, id: str, quantity: Quantity | None) -> Quantity | None:
        """Enter a quantity in the ledger; no data stays no data."""
        return None if quantity is None else self.ledger.add(id, quantity)

    def mask(self, source: str, **equal: str | int) -> Mask:
        """Mark the rows of a source in which all the columns have the values given."""
        marked = pd.Series(False, index=self.tables[source].frame.index)
        marked.iloc[self.rows(source, **equal)] = True
        return marked

    def rows(self, source: str, **equal: str | int) -> list[int]:
        """Give the rows of a source in which all the columns have the values given.

        Returns
        -------
        list of int
            Rows of the clean frame, in order; none if the source was not delivered.
        """
        if source not in self.tables:
            return []
        frame = self.tables[source].frame
        if not equal:
            return list(range(len(frame)))
        columns = tuple(equal)
        if (source, columns) not in self._groups:
            # One pass over the rows instead of one for each question asked of them.
            groups: dict[tuple[object, ...], list[int]] = {}
            for row, key in enumerate(zip(*(frame[one].tolist() for one in columns), strict=True)):
                groups.setdefault(key, []).append(row)
            self._groups[source, columns] = groups
        return list(self._groups[source, columns].get(tuple(equal.values()), ()))

    def cell(
        self, source: str, row: int, column: str, label: str, unit: str | None = None
    ) -> Quantity | None:
        """Give the number in one cell, None if it is blank."""
        return self.tables[source].cell(row, column, label, unit)

    def cells(
        self, source: str, rows: Iterable[int], column: str, label: str, unit: str | None = None
    ) -> list[Quantity]:
        """Give the numbers of some rows that are not blank."""
        found = (self.cell(source, row, column, label, unit) for row in rows)
        return [one for one in found if one is not None]

    def text(self, source: str, row: int, column: str) -> str:
        """Give the text in one cell, empty if it is blank."""
        value = self.tables[source].value(row, column)
        return value if isinstance(value, str) else ""

    def number(self, source: str, row: int, column: str) -> int | None:
        """Give the whole number in one cell that is no quantity, such as a month."""
        value = self.tables[source].value(row, column)
        return int(str(value)) if str(value).isdigit() else None

    def code(self, slug: str) -> str:
        """Spell the code of an indicator as the contract does."""
        spelled = (one for one in self.params.indikator if one.replace(" ", "-") == slug)
        return next(spelled, slug)

    def service(self, slug: str) -> str:
        """Name a service of the unit."""
        known = self.params.unit.layanan
        return known[slug].nama if slug in known else slug

    def customer(self, slug: str) -> str:
        """Name a kind of customer."""
        known = self.params.unit.kategori_pelanggan
        return known[slug].nama if slug in known else slug


def ordered(found: Iterable[str], known: Iterable[str]) -> list[str]:
    """Put words in the order of the parameters; those not known come last, sorted."""
    words = set(found)
    first = [word for word in known if word in words]
    return first + sorted(words - set(first))


def summed(
    quantities: Iterable[Quantity | None], label: str, unit: str | None = None
) -> Quantity | None:
    """Add up what there is; one quantity alone keeps its origin, none at all gives None."""
    there = [one for one in quantities if one is not None]
    if not there:
        return None
    if len(there) == 1:
        return there[0].named(label, unit)
    return total(there, label, unit)


def share(part: Quantity | None, whole: Quantity | None, label: str) -> Quantity | None:
    """Give a part in percent of the whole; None without data or if the whole is 0."""
    if part is None or whole is None or whole.value == 0:
        return None
    return (part / whole * 100).named(label, "%")


def difference(later: Quantity, earlier: Quantity, label: str) -> Quantity:
    """Give how much more the first is; between two percentages that is in percentage points."""
    made = later - earlier
    if later.unit == "%":
        decimals = max(2, later.decimals or 0, earlier.decimals or 0)
        return made.named(label, "poin persen", decimals)
    decimals = max(later.decimals or 0, earlier.decimals or 0)
    return made.named(label, later.unit, decimals or None)


class _Recalled(Ledger):
    """A ledger that only reads another: nothing is entered, what is there already is used."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def add(self, id: str, quantity: Quantity) -> Quantity:
        known = self._ledger.get(id)
        same = known is not None and (known.value, known.label) == (quantity.value, quantity.label)
        return known if known is not None and same else quantity
