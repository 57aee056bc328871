"""What the data of indicators contradict themselves in: dates, units, rows and counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.figures import leaf_places
from pp39.indicators.contradictions import other_units, reversed_days, two_footings
from pp39.ledger import dashed

__all__ = ["ReversedDays", "RowsAndCounts", "UnitOfTarget"]

_OTHER = {"baris": "rekap", "rekap": "baris"}


class ReversedDays(Telling):
    """Rows whose days an indicator counts, and whose second date is before the first."""

    gives: ClassVar = ("kode", "sumber", "dahulu", "kemudian", "banyak")
    bentuk: Literal["hari-terbalik"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        ends = evidence.book.quarter.end(evidence.book.year).isoformat()
        for one in reversed_days(evidence.chosen, evidence.tables):
            table = evidence.tables[one.source]
            # A row that both dates put behind the quarter is a matter of a later report.
            rows = [
                row for row in (table.records[n] for n in one.rows) if str(row[one.end]) <= ends
            ]
            if not rows:
                continue
            yield self.hit(
                evidence,
                evidence.place(one.source, rows),
                kode=dashed(one.code),
                sumber=one.source,
                dahulu=table.called(one.start),
                kemudian=table.called(one.end),
                banyak=evidence.counted(one.source, rows, len(rows)),
            )


class UnitOfTarget(Telling):
    """A target in another unit than its indicator has."""

    gives: ClassVar = ("kode", "indikator", "satuan", "seharusnya", "sumber")
    bentuk: Literal["satuan-target"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in other_units(evidence.chosen, evidence.tables):
            if not one.same:
                yield self.hit(
                    evidence,
                    evidence.place(one.source, [evidence.tables[one.source].records[one.row]]),
                    kode=dashed(one.code),
                    indikator=evidence.short(dashed(one.code)),
                    satuan=one.said,
                    seharusnya=one.meant,
                    sumber=one.source,
                )


class RowsAndCounts(Telling):
    """A realisation that rows and counts of the same quarter give differently."""

    gives: ClassVar = ("kode", "indikator", "realisasi", "dasar", "lain", "dasar_lain")
    bentuk: Literal["baris-rekap"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in two_footings(evidence.book):
            if one.taken.value != one.other.value:
                code = dashed(one.code)
                yield self.hit(
                    evidence,
                    (
                        *leaf_places(one.taken, evidence),
                        *leaf_places(one.other, evidence),
                    ),
                    evidence.ledger.get(f"{code}/realisasi") or one.taken,
                    kode=code,
                    indikator=evidence.short(code),
                    realisasi=one.taken,
                    dasar=one.footing,
                    lain=one.other,
                    dasar_lain=_OTHER[one.footing],
                )
