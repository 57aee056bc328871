"""What the data of indicators contradict themselves in: dates, units, rows and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.figures import leaf_places
from pp39.indicators.contradictions import other_units, reversed_days, two_footings
from pp39.ledger import Cell, dashed
from pp39.mentions import mentions
from pp39.periods import Quarter
from pp39.profile.base import Pola
from pp39.sources.words import Text

_FAR = 1_000

_OTHER = {"baris": "rekap", "rekap": "baris"}


class ReversedDays(Telling):
    """Rows whose days an indicator counts, and whose second date is before the first."""

    gives: ClassVar = ("kode", "sumber", "dahulu", "kemudian", "banyak", "apa", "salah")
    bentuk: Literal["hari-terbalik"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        book = evidence.book
        ends = book.quarter.end(book.year).isoformat()
        whole_year = Quarter.I if book.settings.period.is_year else book.quarter
        begins = whole_year.start(book.year).isoformat()
        for one in reversed_days(evidence.chosen, evidence.tables):
            table = evidence.tables[one.source]
            # A row that both dates put behind the quarter is a matter of a later report, and one
            # before it was of an earlier, unless the figure counts since January.
            since = begins if one.quarterly else ""
            rows = [
                row
                for row in (table.records[n] for n in one.rows)
                if one.clock or (str(row[one.end]) <= ends and str(row[one.start]) >= since)
            ]
            if one.clock and one.quarterly and "triwulan" in table.frame:
                rows = [row for row in rows if row["triwulan"] == str(book.quarter)]
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
                apa="jangka waktunya" if one.clock else "harinya",
                salah="salah satunya keliru atau melewati tengah malam"
                if one.clock
                else "salah satu tanggalnya keliru",
            )


class UnitOfTarget(Telling):
    """A target in another unit than its indicator has."""

    gives: ClassVar = ("kode", "indikator", "satuan", "seharusnya", "sumber")
    bentuk: Literal["satuan-target"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for one in other_units(evidence.chosen, evidence.tables):
            if one.times != 1:
                yield self.hit(
                    evidence,
                    evidence.place(one.source, [evidence.tables[one.source].records[one.row]]),
                    kode=dashed(one.code),
                    indikator=evidence.short(dashed(one.code)),
                    satuan=one.said,
                    seharusnya=one.meant,
                    sumber=one.source,
                )


class TargetFarOff(Telling):
    """A target and a realisation one of which is a thousand times the other, or more.

    Before the year ends, what fills up may be that far below its target.
    """

    gives: ClassVar = ("kode", "indikator", "target", "realisasi")
    bentuk: Literal["target-jauh"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        ends = evidence.book.quarter is Quarter.IV
        for name, one in evidence.chosen.indikator.items():
            code = dashed(name)
            target = evidence.ledger.get(f"{code}/target")
            made = evidence.ledger.get(f"{code}/realisasi")
            if target is None or made is None or not (target.value and made.value):
                continue
            ratio = abs(made.value / target.value)
            if ratio >= _FAR or (ratio <= Fraction(1, _FAR) and (ends or not one.grows)):
                yield self.hit(
                    evidence,
                    leaf_places(target, evidence),
                    target,
                    kode=code,
                    indikator=evidence.short(code),
                    target=target,
                    realisasi=made,
                )


class OfAnotherYear(Telling):
    """A realisation taken over from a row that says it is of an earlier year.

    Words of the row in which ``kecuali`` is found speak of something else, such as a comparison.
    """

    gives: ClassVar = ("kode", "indikator", "realisasi", "lama", "tahun", "judul")
    bentuk: Literal["tahun-lain"]
    kecuali: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            made = evidence.ledger.get(f"{code}/realisasi")
            places = {one.origin for one in made.leaves()} if made is not None else set()
            (place, *others) = places or (None,)
            if made is None or others or not isinstance(place, Cell):
                continue
            if (table := evidence.tables.get(place.source)) is None:
                continue
            texts = [
                one.names[0]
                for one in table.source.columns
                if isinstance(one.kind, Text) and not (one.identifier or one.personal)
            ]
            # That row, of whatever quarter: a score stands until there is a new one.
            for row in table.records_with({"baris": (place.row,)}):
                said = {name: str(row[name]) for name in texts if row.get(name) is not None}
                years = {name: mentions(text).years for name, text in said.items()}
                if any(evidence.year <= one for every in years.values() for one in every):
                    continue
                for name, every in years.items():
                    if every and not re.search(self.kecuali, said[name], re.IGNORECASE):
                        yield self.hit(
                            evidence,
                            evidence.place(place.source, [row]),
                            made,
                            kode=code,
                            indikator=evidence.short(code),
                            realisasi=made,
                            lama=str(max(every)),
                            tahun=str(evidence.year),
                            judul=table.called(name),
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
