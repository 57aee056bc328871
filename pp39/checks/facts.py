"""What the rules may look at: the clean tables, the parameters, and what both say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pp39.params import Params, Settings
from pp39.periods import Quarter
from pp39.sources import CleanTable, Context, Sources, sources_of

__all__ = ["QUARTERS", "Facts", "NotDelivered"]

QUARTERS = tuple(str(quarter) for quarter in Quarter)


class NotDelivered(LookupError):
    """A rule looks at a source that the unit did not deliver, so there is nothing to judge."""


@dataclass(frozen=True)
class Facts:
    """The inputs of a run.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        By name of the source; an optional source that was not delivered is left out.
    settings : Settings
        Parameters of the run.
    """

    tables: Mapping[str, CleanTable]
    settings: Settings

    @property
    def params(self) -> Params:
        """The typed parameters."""
        return self.settings.params

    @cached_property
    def sources(self) -> Sources:
        """The sources that the profile of the unit declares."""
        return sources_of(self.settings.profile)

    @property
    def year(self) -> int:
        """Budget year."""
        return self.settings.year

    @property
    def quarter(self) -> Quarter:
        """Quarter of the report."""
        return self.settings.quarter

    def frame(self, name: str) -> pd.DataFrame | None:
        """Give the clean rows of a source, None if it was not delivered."""
        table = self.tables.get(name)
        return None if table is None else table.frame

    def rows(self, name: str) -> pd.DataFrame:
        """Give the clean rows of a source that a rule cannot do without.

        Raises
        ------
        NotDelivered
            If there is no table of it; the rule then has nothing to look at.
        """
        frame = self.frame(name)
        if frame is None:
            raise NotDelivered(name)
        return frame

    def until_now(self, name: str) -> pd.DataFrame | None:
        """Give the rows of a source for the quarters up to the run's, None if not delivered."""
        frame = self.frame(name)
        if frame is None:
            return None
        return frame[frame["triwulan"].isin(QUARTERS[: self.quarter.number])]

    def of_quarter(self, name: str) -> pd.DataFrame | None:
        """Give the rows of a source for the run's quarter, None if not delivered."""
        frame = self.frame(name)
        return None if frame is None else frame[frame["triwulan"] == str(self.quarter)]

    @cached_property
    def ro_codes(self) -> frozenset[str]:
        """Codes of the RO in the DIPA."""
        return frozenset(self.rows("dipa_ro")["kode_ro"].dropna())

    @cached_property
    def kro_codes(self) -> frozenset[str]:
        """Codes of the KRO in the DIPA."""
        return frozenset(self.rows("dipa_ro")["kode_kro"].dropna())

    @cached_property
    def program_codes(self) -> frozenset[str]:
        """Codes of the programs in the DIPA."""
        return frozenset(self.rows("dipa_ro")["kode_program"].dropna())

    @cached_property
    def answered_codes(self) -> frozenset[str]:
        """Codes outside the DIPA that the unit has answered for."""
        return frozenset(self.params.unit.ro_di_luar_dipa)

    @property
    def indicator_codes(self) -> tuple[str, ...]:
        """Codes of the indicators of the performance contract."""
        return tuple(self.params.indikator)

    @property
    def registered_codes(self) -> tuple[str, ...]:
        """The same with those of the registry that the unit does not report on."""
        return (*self.indicator_codes, *self.settings.dropped("indikator"))

    def vocabulary(self, name: str) -> tuple[str, ...]:
        """Give the known codes of a vocabulary of the unit, such as ``layanan``."""
        return tuple(Context.of(self.settings).words[name])
