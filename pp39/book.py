"""The book of one run: clean tables, parameters and figures behind one front.

Whoever judges or tells asks the book: for rows, for a figure by its id, for the name of a word. It
computes nothing itself, so that nothing is computed beside the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from pp39.ledger import Ledger, Quantity
from pp39.mentions import mentions
from pp39.params import Params, Settings
from pp39.periods import MONTHS, Quarter
from pp39.sources import CleanTable, Sources, sources_of

if TYPE_CHECKING:
    Mask = pd.Series[bool]

_QUARTERS = {str(one): f"TW {one}" for one in Quarter}
_MONTHS = {f"{number:02d}": name for number, name in enumerate(MONTHS, start=1)}


@dataclass(frozen=True)
class Book:
    """The inputs of a calculation and the ledger it writes into."""

    #: Clean tables by name of the source; a source that was not delivered is not there.
    tables: Mapping[str, CleanTable]
    #: Parameters of the run.
    settings: Settings
    #: Where every quantity is entered.
    ledger: Ledger = field(default_factory=Ledger)
    #: Quarter that is computed where it is not that of the run, but one to compare with.
    on: Quarter | None = None
    #: Whether it is of a quarter alone also where the report is on the year.
    alone: bool = False
    #: Whether a formula that speaks of the quarter means all quarters of the year.
    whole: bool = False

    @property
    def quarter(self) -> Quarter:
        """Quarter that is computed."""
        return self.on or self.settings.quarter

    @property
    def params(self) -> Params:
        """The typed parameters."""
        return self.settings.params

    @property
    def year(self) -> int:
        """Budget year."""
        return self.settings.year

    @cached_property
    def sources(self) -> Sources:
        """The sources that the profile of the unit declares."""
        return sources_of(self.settings.profile)

    def later(self, text: str) -> bool:
        """Tell whether a text, such as a document's title, names a later quarter first."""
        return self.after(mentions(text).quarter)

    def after(self, period: tuple[int, int] | None) -> bool:
        """Tell whether a year and quarter, if known, are later than is computed."""
        return period is not None and period > (self.year, self.quarter.number)

    def states(self, source: str, title: object) -> bool:
        """Tell whether a document can state a target yet: the one that counts, or none of later."""
        return source == f"target_{self.params.dokumen_target}" or not self.later(str(title))

    def before(self) -> Book | None:
        """Give the same book for the quarter before, None in quarter I.

        Its parameters are those of that quarter. What it enters stays out of the ledger, unless the
        ledger has the same already.
        """
        if self.quarter.number == 1:
            return None
        earlier = Quarter(self.quarter.number - 1)
        then = self.settings.earlier.get(earlier, self.settings)
        return replace(self, on=earlier, alone=True, settings=then, ledger=_Recalled(self.ledger))

    def of_quarter(self) -> Book:
        """Give the same book for its quarter alone; what it enters stays out, as of `before`."""
        return replace(self, alone=True, ledger=_Recalled(self.ledger))

    def of_year(self, code: str) -> bool:
        """Tell whether an indicator is computed over all quarters of the year reported on."""
        return not self.alone and code in self.settings.of_year

    def enter(self, id: str, quantity: Quantity | None) -> Quantity | None:
        """Enter a quantity in the ledger; no data stays no data."""
        return None if quantity is None else self.ledger.add(id, quantity)

    def figure(self, id: str) -> Quantity | None:
        """Give a figure of the ledger, None where there is no data."""
        return self.ledger.get(id)

    def mask(self, source: str, **equal: str | int) -> Mask:
        """Mark the rows of a source in which all the columns have the values given."""
        marked = pd.Series(False, index=self.tables[source].frame.index)
        marked.iloc[self.find(source, **equal)] = True
        return marked

    def find(self, source: str, **equal: str | int) -> list[int]:
        """Give the rows of a source in which all the columns have the values given.

        Returns
        -------
        list of int
            Rows of the clean frame, in order; none if the source was not delivered.
        """
        return self.tables[source].rows(**equal) if source in self.tables else []

    def quantity(
        self, source: str, row: int, column: str, label: str, unit: str | None = None
    ) -> Quantity | None:
        """Give the number in one cell, None if it is blank."""
        return self.tables[source].cell(row, column, label, unit)

    def quantities(
        self, source: str, rows: Iterable[int], column: str, label: str, unit: str | None = None
    ) -> list[Quantity]:
        """Give the numbers of some rows that are not blank."""
        found = (self.quantity(source, row, column, label, unit) for row in rows)
        return [one for one in found if one is not None]

    def text(self, source: str, row: int, column: str) -> str:
        """Give the text in one cell, empty if it is blank."""
        value = self.tables[source].value(row, column)
        return value if isinstance(value, str) else ""

    def number(self, source: str, row: int, column: str) -> int | None:
        """Give the whole number in one cell that is no quantity, such as a month."""
        value = self.tables[source].value(row, column)
        return int(str(value)) if str(value).isdigit() else None

    def words(self, vocabulary: str) -> Mapping[str, str]:
        """Give the words of a vocabulary in their order, each with its name.

        Parameters
        ----------
        vocabulary : str
            ``triwulan``, ``bulan`` or a vocabulary of the profile; any other has no words.
        """
        if vocabulary in ("triwulan", "bulan"):
            return _QUARTERS if vocabulary == "triwulan" else _MONTHS
        return {slug: one.nama for slug, one in self._vocabulary(vocabulary).items()}

    def name_of(self, vocabulary: str, slug: str) -> str:
        """Name a word of a vocabulary; a word that it does not have is its own name."""
        return self.words(vocabulary).get(slug, slug)

    def attribute(self, vocabulary: str, slug: str, name: str) -> str | None:
        """Give what a vocabulary tells of a word besides its name, such as its unit."""
        word = self._vocabulary(vocabulary).get(slug)
        found = getattr(word, name, None)
        return str(found) if found is not None else None

    def _vocabulary(self, name: str) -> Mapping[str, Any]:
        return self._words.get(name, {})

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, Any]]:
        return vocabularies(self.settings)


def vocabularies(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """Give the vocabularies of a unit: the words of each by code, with name and what else is known.

    Parameters
    ----------
    settings : Settings
        Parameters of the run, with the profile of the unit.
    """
    unit = settings.params.unit
    return {
        name: getattr(unit, one.dari) if one.dari is not None else one.kata
        for name, one in settings.profile.isi.kosakata.items()
    }


class _Recalled(Ledger):
    """A ledger that only reads another: nothing is entered, what is there already is used."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def add(self, id: str, quantity: Quantity) -> Quantity:
        known = self._ledger.get(id)
        same = known is not None and (known.value, known.label) == (quantity.value, quantity.label)
        return known if known is not None and same else quantity
