"""Periods that a text mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pp39.periods import MONTHS, Quarter

_YEAR = r"(?:19|20)[0-9]{2}"
_QUARTER = re.compile(
    r"\b(?:TW|triwulan|kuartal|Q)[\s.-]*(IV|III|II|I|[1-4])\b"
    rf"(?:\s*,?\s*(?:TA|tahun anggaran|tahun)?\.?\s*({_YEAR})\b)?",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"\b(?:TA|tahun anggaran|tahun|target)?\.?\s*({_YEAR})\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(" + "|".join((*MONTHS, "Nopember")) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """The periods a text speaks of."""

    #: Quarter and, where it follows at once, year.
    quarters: tuple[tuple[int, int | None], ...]
    #: 1 to 12, in order of mention; a range counts whole.
    months: tuple[int, ...]
    #: All years.
    years: tuple[int, ...]

    @property
    def quarter(self) -> tuple[int, int] | None:
        """Year and number of the first quarter, with the first year where none follows at once."""
        for number, year in self.quarters[:1]:
            for one in (year,) if year is not None else self.years[:1]:
                return one, number
        return None


@lru_cache(maxsize=4096)
def mentions(text: str) -> Mention:
    """Find quarters, months and years in a text.

    Examples
    --------
    >>> mentions("Laporan Keuangan TW iv TA 2024").quarters
    ((4, 2024),)
    >>> mentions("bulan Juli-September").months
    (7, 8, 9)
    """
    quarters = tuple(
        (Quarter.parse(one[1]).number, int(one[2]) if one[2] else None)
        for one in _QUARTER.finditer(text)
    )
    if re.search(r"\b(?:sampai|s\.?d\.?)\b", text, re.IGNORECASE) and len(quarters) == 2:
        first, final = quarters
        quarters = tuple((n, final[1]) for n in range(first[0], final[0] + 1))
    months: list[int] = []
    end = -1
    for one in _MONTH.finditer(text):
        name = one[1].capitalize()
        number = 11 if name == "Nopember" else MONTHS.index(name) + 1
        joined = re.fullmatch(r"\s*[-–]\s*", text[end : one.start()]) if end >= 0 else None
        if joined and months and number > months[-1]:
            months.extend(range(months[-1] + 1, number))
        months.append(number)
        end = one.end()
    years = tuple(int(one[1]) for one in _YEARS.finditer(text))
    return Mention(quarters, tuple(months), years)
