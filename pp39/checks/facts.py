"""What the rules may look at: the clean tables, the parameters, and what both say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pp39.params import Params, Settings
from pp39.periods import Quarter
from pp39.sources import SOURCES, CleanTable

__all__ = ["QUARTERS", "Facts"]

QUARTERS = tuple(str(quarter) for quarter in Quarter)


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
        """Give the clean rows of a source; none, but with its columns, if not delivered."""
        frame = self.frame(name)
        if frame is not None:
            return frame
        return pd.DataFrame({column: pd.Series(dtype=object) for column in SOURCES[name].schema})

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
        """Give the known codes of a vocabulary of the unit: ``layanan`` or ``kategori``."""
        unit = self.params.unit
        return tuple(unit.layanan if name == "layanan" else unit.kategori_pelanggan)
