"""What a file made by hand says otherwise than an export, which counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.finding import Severity
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.ledger import Quantity, Rows
from pp39.numbers import exact, format_rupiah
from pp39.periods import MONTHS, Quarter, format_date
from pp39.profile.base import Teks
from pp39.sources import CleanTable
from pp39.sources.provenance import Replaced
from pp39.sources.rivals import Why


class EksporBerbeda(Telling):
    """A value of a file made by hand that an export says otherwise.

    A word that differs has the severity ``tingkat_teks``; ``tidak_ada`` is said of what the export
    does not have.
    """

    gives: ClassVar = ("sumber", "kunci", "kolom", "judul", "kata", "ekspor")
    bentuk: Literal["ekspor-berbeda"]
    tingkat_teks: Severity
    tidak_ada: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for name, table in evidence.tables.items():
            for one in table.provenance.replaced if table.provenance else ():
                if _is_over(one, evidence.quarter):
                    is_word = isinstance(one.said, str)
                    yield self.hit(
                        evidence,
                        (one.place, one.against),
                        tingkat=self.tingkat_teks if is_word else None,
                        sumber=name,
                        kolom=one.column,
                        judul=table.source.column_of(one.column).label or one.column,
                        kunci=", ".join(_word(key, value) for key, value in one.key.items()),
                        kata=_shown(table, one.column, one.said),
                        ekspor=_shown(table, one.column, one.counts) or self.tidak_ada,
                        numbers=[
                            _number(table, one.column, value, place)
                            for value, place in ((one.counts, one.against), (one.said, one.place))
                            if isinstance(value, int | float)
                        ],
                    )


class EksporGanda(Telling):
    """An export left aside for another of the same thing and period that says something else.

    ``alasan`` says what decides: ``dicetak`` (later), ``baris`` (more), ``nama``, or ``urutan``
    where both are read and one comes last.
    """

    gives: ClassVar = ("berkas", "dipakai", "apa", "alasan", "kata", "hitungan")
    bentuk: Literal["ekspor-ganda"]
    alasan: Mapping[Why, Teks]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        known = (one.provenance.rivals for one in evidence.tables.values() if one.provenance)
        for one in dict.fromkeys(rival for rivals in known for rival in rivals):
            both = one.said, one.counts
            said, counts = both if one.why == "urutan" else _days(*both)
            yield self.hit(
                evidence,
                (one.name, one.instead),
                berkas=one.name,
                dipakai=one.instead,
                apa=one.what,
                alasan=self.alasan[one.why],
                kata=said,
                hitungan=counts,
            )


def _days(*said: str) -> tuple[str, ...]:
    """Print the days of moments; nothing where they do not differ, or are none."""
    days = [one.partition(" ")[0] for one in said]
    if len({*days}) < len(days) or not all("-" in one for one in days):
        return ("",) * len(days)
    return tuple(format_date(dt.date.fromisoformat(one)) for one in days)


def _is_over(one: Replaced, now: Quarter) -> bool:
    month, quarter = one.key.get("bulan"), one.key.get("triwulan")
    return (month is None or int(month) <= now.last_month) and (
        quarter is None or Quarter.parse(str(quarter)).number <= now.number
    )


def _word(key: str, value: object) -> str:
    return MONTHS[int(str(value)) - 1] if key == "bulan" else str(value)


def _number(table: CleanTable, column: str, value: int | float, place: str) -> Quantity:
    """Give a number with where it stands, such as ``a.csv baris 2``."""
    file, _, rows = place.partition(" baris ")
    known = table.source.column_of(column)
    of = Rows.of(
        table.source.name,
        file,
        map(int, re.findall(r"\d+", rows)),
        "isi sel",
        column=known.label or column,
    )
    return Quantity.rows(exact(value), known.label or column, known.unit, of)


def _shown(table: CleanTable, column: str, value: str | int | float | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    unit = table.source.column_of(column).unit
    if unit == "Rp":
        return format_rupiah(exact(value))
    return digits(exact(value)) + ("%" if unit == "%" else "")
