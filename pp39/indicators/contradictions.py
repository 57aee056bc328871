"""What the data of the indicators contradict themselves in, for checks and findings alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pp39.formula.days import reversed_dates
from pp39.indicators.program import dates_in_order, used_sources
from pp39.params import Params
from pp39.sources import CleanTable

__all__ = ["Reversed", "reversed_days"]


@dataclass(frozen=True)
class Reversed:
    """Two dates of a source that days are counted between, and the rows that have none."""

    #: Code of the indicator that counts them first.
    code: str
    source: str
    #: The date that comes first, and the one that comes after it.
    start: str
    end: str
    #: Positions of the rows whose second date is before the first.
    rows: tuple[int, ...]


def reversed_days(params: Params, tables: Mapping[str, CleanTable]) -> Iterator[Reversed]:
    """Give each pair of dates between which indicators count days, once for each source."""
    seen: set[tuple[str, str, str]] = set()
    for code, one in params.indikator.items():
        for source in sorted(used_sources(one, tables)):
            frame = tables[source].frame
            for start, end in sorted(dates_in_order(one)):
                if {start, end} <= set(frame) and (source, start, end) not in seen:
                    seen.add((source, start, end))
                    rows = np.flatnonzero(reversed_dates(frame, start, end))
                    yield Reversed(code, source, start, end, tuple(int(n) for n in rows))
