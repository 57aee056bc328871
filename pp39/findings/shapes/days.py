"""Dates that days are counted between, of which the later comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, dashed
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.indicators.contradictions import reversed_days

__all__ = ["ReversedDays"]


class ReversedDays(Telling):
    """Rows whose days an indicator counts, and whose second date is before the first."""

    gives: ClassVar = ("kode", "sumber", "dahulu", "kemudian", "banyak")
    bentuk: Literal["hari-terbalik"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in reversed_days(evidence.chosen, evidence.tables):
            if not one.rows:
                continue
            table = evidence.tables[one.source]
            rows = [table.records[n] for n in one.rows]
            yield self.hit(
                evidence,
                evidence.place(one.source, rows),
                kode=dashed(one.code),
                sumber=one.source,
                dahulu=table.called(one.start),
                kemudian=table.called(one.end),
                banyak=evidence.counted(one.source, rows, len(rows)),
            )
