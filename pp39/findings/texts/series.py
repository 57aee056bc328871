"""Rules about dates and months: of letters and their numbers, of a series and its quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.periods import format_date
from pp39.profile.base import Bulat

# The number of a letter within what its series is called by, but for the month.
_LETTER = re.compile(r"(\D*)(\d+)(/\D*?)(?:/[IVX]+)?/(?=(?:19|20)\d\d)")


class SuratUrut(Stated):
    """Letters of one series of which a number does not go with its date.

    It is lower than an earlier letter's, or ``kali`` times ahead of or behind what the days of the
    year make of the others'.
    """

    gives: ClassVar = ("tanggal", "lain")
    bentuk: Literal["surat-urut"]
    kali: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        series: dict[tuple[str, str, int], list[tuple[date, int, Statement]]] = {}
        for match, (first, *_) in evidence.subjects(r"(.+)/nomor"):
            days = (one.day for one in evidence.stated(f"{match[1]}/tanggal"))
            day, letter = next(filter(None, days), None), _LETTER.match(first.nilai)
            if day is not None and letter is not None:
                key = letter[1], letter[3], day.year
                series.setdefault(key, []).append((day, int(letter[2]), first))
        for letters in series.values():
            letters.sort(key=lambda one: one[:2])
            paces = [number / day.timetuple().tm_yday for day, number, _ in letters]
            usual = median(paces)
            for n, (day, number, one) in enumerate(letters):
                far = not usual / self.kali <= paces[n] <= usual * self.kali
                if (far and len(letters) > 2) or any(number < old for _, old, _ in letters[:n]):
                    others = [(on, other) for on, _, other in letters if other is not one]
                    yield self.tell(
                        evidence,
                        one,
                        places([one, *(other for _, other in others)]),
                        tanggal=format_date(day),
                        lain="; ".join(f"{s.nilai} ({format_date(on)})" for on, s in others),
                    )


class BulanLain(Stated):
    """Months before the quarter in a series that other places give for the quarter only."""

    gives: ClassVar = ("seri", "lain", "bulan")
    bentuk: Literal["bulan-lain"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        series: dict[str, dict[str, list[Statement]]] = {}
        for match, group in evidence.subjects(r"(.+)/bulan/\d+"):
            for one in group:
                series.setdefault(match[1], {}).setdefault(one.letak, []).append(one)
        for subject, at in series.items():
            early = {
                letak: [one for one in group if _numbered(one) not in evidence.quarter.months]
                for letak, group in at.items()
            }
            only = [letak for letak, before in early.items() if not before]
            for letak, before in early.items():
                if before and only:
                    yield self.hit(
                        evidence,
                        (letak, *only),
                        seri=subject,
                        letak=letak,
                        lain="; ".join(only),
                        bulan="; ".join(f"{one.uraian} {one.nilai}" for one in before),
                    )


def _numbered(one: Statement) -> int:
    return int(one.subjek.rpartition("/")[2])
