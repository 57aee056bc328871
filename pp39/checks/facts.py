"""What the rules may look at: the clean tables, the parameters, and what both say together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from pydantic import BaseModel

from pp39.params import Params, Settings
from pp39.periods import Quarter
from pp39.profile.check import Potongan, expanded
from pp39.profile.condition import conditions, fitting
from pp39.sources import CleanTable, Context, Sources, sources_of

__all__ = ["QUARTERS", "Facts", "NotDelivered"]

QUARTERS = tuple(str(quarter) for quarter in Quarter)

_VOCABULARY = "kosakata."


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

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """What a condition may name."""
        return {
            "tw": str(self.quarter),
            "tahun": self.year,
            "tahun_lalu": self.year - 1,
            "awal_tahun": f"{self.year}-01-01",
            "akhir_tahun": f"{self.year}-12-31",
            "awal_tahun_lalu": f"{self.year - 1}-01-01",
        }

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

    def filled(self, text: str) -> str:
        """Fill the holes of a name: ``{tw}``, the slug of the quarter, or any parameter."""

        def value(hole: re.Match[str]) -> str:
            if hole[1] == "tw":
                return str(self.quarter).lower()
            return str(self.settings.value(hole[1]))

        return re.sub(r"\{([a-z_.]+)\}", value, text)

    def listed(self, reference: str) -> pd.DataFrame:
        """Give the rows of a source or of a list of the unit, those that fit the condition.

        A list is a map of the parameters, such as ``indikator`` or ``unit.ro_di_luar_dipa``, or a
        vocabulary, such as ``kosakata.layanan``; its key is the column ``kode``.
        """
        place, bracket, condition = self.filled(reference).partition("[")
        frame = self._place(place)
        if not bracket or frame.empty:
            return frame
        return frame[fitting(frame, conditions(condition.rstrip("]")), self.words)]

    def column(self, reference: str) -> pd.Series:
        """Give a column of such rows: ``source[condition].column``."""
        rows, _, column = reference.rpartition(".")
        found: pd.Series = self.listed(rows)[column]
        return found

    def values(self, references: Iterable[str]) -> list[Any]:
        """Give the words that stand in columns, without blanks, each once, in their order."""
        found = [one for each in references for one in self.column(each).dropna().tolist()]
        return list(dict.fromkeys(found))

    @cached_property
    def slices(self) -> Mapping[str, Potongan]:
        """The rows derived from tables that the profile declares, by name."""
        return {name: one for name, _, one in expanded(self.settings.profile.isi.potongan)}

    @cached_property
    def parameters(self) -> Mapping[str, tuple[str, ...]]:
        """The lists that expectations name as ``$PARAMETER``, with where their words are from."""
        return self.settings.profile.isi.acuan

    def vocabulary(self, name: str) -> tuple[str, ...]:
        """Give the known codes of a vocabulary of the unit, such as ``layanan``."""
        return tuple(Context.of(self.settings).words[name])

    def _place(self, name: str) -> pd.DataFrame:
        if name in self.sources:
            return self.rows(name)
        if name.startswith(_VOCABULARY):
            return pd.DataFrame({"kode": self.vocabulary(name.removeprefix(_VOCABULARY))})
        if name == "daftar_indikator":
            # With those of the registry that the unit does not report on.
            codes = [*self.params.indikator, *self.settings.dropped("indikator")]
            return pd.DataFrame({"kode": codes})
        found: Any = self.params
        for part in name.split("."):
            found = getattr(found, part, None)
        if not isinstance(found, Mapping):
            raise NotDelivered(name)
        rows = [{"kode": key, **_fields(value)} for key, value in found.items()]
        return pd.DataFrame(rows, columns=None if rows else ["kode"], dtype=object)


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, BaseModel):
        return {"nilai": value}
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        given = getattr(value, name)
        if isinstance(given, tuple) and len(given) == 2:
            found |= {f"{name}_bawah": given[0], f"{name}_atas": given[1]}
        else:
            found[name] = given.isoformat() if isinstance(given, date) else given
    return found
