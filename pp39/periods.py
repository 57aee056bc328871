"""Quarters, months, dates and working-day deadlines of a budget year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection
from enum import Enum
from fractions import Fraction

from pp39.errors import ParameterError, nearest

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

# Foreign and older names, and short forms that are no beginning of one.
_OTHER_NAMES = (
    "january",
    "february pebruari",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august ags agst agt",
    "sept",
    "october",
    "nopember",
    "december",
)
_NAMES = {name.casefold(): number for number, name in enumerate(MONTHS, 1)} | {
    name: number for number, names in enumerate(_OTHER_NAMES, 1) for name in names.split()
}
# Letters of the shortest beginning of a name that is one: "Ma" would be two months.
_SHORTEST = 3

_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})[\s./-]*([A-Za-z]+)\.?(?:[\s./,-]*([0-9]{4}|[0-9]{2}))?")
_NAME_FIRST = re.compile(r"([A-Za-z]+)\.?[\s.-]*([0-9]{1,2})\s*,?\s+([0-9]{4})")
_WEEKDAY = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|ming+u|ahad)[\s,]+(?=[0-9])", re.IGNORECASE
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_TIME = re.compile(
    r"(?:[T\s,]\s*(?:pukul\s+)?)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:[AP]M|WIB|WITA|WIT|Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
# Letters of the longest text that can be a date with its time.
_LONGEST = 80
_WRITE = "write it as 31 Oktober 2025 or 2025-10-31"
_NO_DATE = f"not a date; {_WRITE}"
#: What is wrong with the number by which a spreadsheet keeps a day.
NUMBER_OF_DAY = "a number and not a date; format the column as dates and save the file again"


class Quarter(Enum):
    """A quarter (*triwulan*, TW) of a budget year."""

    I = 1  # noqa: E741  the regulation's own names
    II = 2
    III = 3
    IV = 4

    @classmethod
    def parse(cls, text: str | int | Quarter) -> Quarter:
        """Read a quarter.

        Parameters
        ----------
        text : str, int or Quarter
            ``I``–``IV`` or ``1``–``4``, any case, with or without ``TW`` or ``Triwulan``.

        Returns
        -------
        Quarter
            The quarter meant.

        Raises
        ------
        ParameterError
            If it is none of these.

        Examples
        --------
        >>> Quarter.parse("tw iv") is Quarter.parse(4) is Quarter.IV
        True
        """
        if isinstance(text, Quarter):
            return text
        bare = re.sub(r"^(tw|triwulan)[\s.-]*", "", str(text).strip(), flags=re.IGNORECASE)
        for quarter in cls:
            if bare.upper() in (quarter.name, str(quarter.value)):
                return quarter
        raise ParameterError(f'quarter "{text}" is not known; use I, II, III, IV or 1 to 4')

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> int:
        """1 to 4."""
        return self.value

    @property
    def months(self) -> tuple[int, int, int]:
        """The three months of the quarter, January being 1."""
        return (self.value * 3 - 2, self.value * 3 - 1, self.value * 3)

    @property
    def last_month(self) -> int:
        """The month the quarter ends with, January being 1."""
        return self.value * 3

    @property
    def upto(self) -> tuple[int, ...]:
        """All months of the year up to the quarter's end, January being 1."""
        return tuple(range(1, self.last_month + 1))

    def start(self, year: int) -> dt.date:
        """Give the first day of the quarter."""
        return dt.date(year, self.months[0], 1)

    def end(self, year: int) -> dt.date:
        """Give the last day of the quarter."""
        following = dt.date(year + self.last_month // 12, self.last_month % 12 + 1, 1)
        return following - dt.timedelta(days=1)


class Period(Enum):
    """What a report covers: a quarter, or the whole budget year as it stands when it is over."""

    I = 1  # noqa: E741  as of `Quarter`
    II = 2
    III = 3
    IV = 4
    TAHUNAN = 5

    @classmethod
    def parse(cls, text: str | int | Quarter | Period) -> Period:
        """Read what a report is to cover.

        Parameters
        ----------
        text : str, int, Quarter or Period
            A quarter as of `Quarter.parse`, or ``tahunan`` in any case.

        Raises
        ------
        ParameterError
            If it is none of these.

        Examples
        --------
        >>> str(Period.parse("TAHUNAN")), Period.parse("tahunan").quarter is Quarter.IV
        ('tahunan', True)
        """
        if isinstance(text, Period):
            return text
        if str(text).strip().casefold() == str(cls.TAHUNAN):
            return cls.TAHUNAN
        try:
            return cls[Quarter.parse(text).name]
        except ParameterError as error:
            raise ParameterError(f"{error.sentence}, or {cls.TAHUNAN} for the year") from None

    def __str__(self) -> str:
        return self.name.lower() if self.is_year else self.name

    @property
    def number(self) -> int:
        """1 to 4, and 5 for the year, which comes after its quarters."""
        return self.value

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year."""
        return self is Period.TAHUNAN

    @property
    def quarter(self) -> Quarter:
        """The quarter at whose end things are told as they stand."""
        return Quarter.IV if self.is_year else Quarter(self.value)

    @property
    def words(self) -> str:
        """The period inside a sentence, without its year: ``triwulan IV`` or ``tahunan``."""
        return str(self) if self.is_year else f"triwulan {self}"

    def title(self, year: str) -> str:
        """Name the period of a year that is named in words.

        Examples
        --------
        >>> Period.IV.title("Tahun 2025"), Period.TAHUNAN.title("Tahun 2025")
        ('Triwulan IV Tahun 2025', 'Tahun 2025')
        """
        return year if self.is_year else f"Triwulan {self} {year}"

    def upto(self, year: str) -> str:
        """Name what has added up since January; `year` as of `title`.

        Examples
        --------
        >>> Period.II.upto("Tahun 2025"), Period.TAHUNAN.upto("Tahun 2025")
        ('sampai dengan Triwulan II Tahun 2025', 'Tahun 2025')
        """
        return year if self.is_year else f"sampai dengan {self.title(year)}"


def parse_month(text: str) -> int:
    """Read the name of a month.

    Parameters
    ----------
    text : str
        Indonesian or English, in full or its first letters, three or more; any case.

    Returns
    -------
    int
        1 to 12.

    Raises
    ------
    ValueError
        If the name is not known; the sentence gives the nearest one.

    Examples
    --------
    >>> parse_month("Agustus"), parse_month("Nop")
    (8, 11)
    """
    word = text.strip().strip(".").casefold()
    if len(word) >= _SHORTEST:
        # A whole name may begin another: none does with another number.
        begun = {number for name, number in _NAMES.items() if name.startswith(word)}
        if len(begun) == 1:
            return begun.pop()
    near = nearest(text.strip(), MONTHS)
    hint = f'; the nearest is "{near}"' if near else f"; use one of {', '.join(MONTHS)}"
    raise ValueError(f'"{text}" is not a month{hint}')


def parse_date(text: str, year: int | None = None) -> dt.date:
    """Read a date.

    Parameters
    ----------
    text : str
        ISO (``2025-10-31``); day, month and year in figures (``31/10/2025``, always in this order);
        or with the name of the month in any of the spellings met in the documents: ``29-Nov-24``,
        ``30 Sep``, ``6 Januari 2026``. Two-digit years stand behind a name only, and are of this
        century. A weekday before the date and a time behind it are left out.
    year : int, optional
        Year to use where none is written; without it a date without a year is an error.

    Returns
    -------
    datetime.date
        The date.

    Raises
    ------
    ValueError
        If the text is not such a date, or the day does not exist.

    Examples
    --------
    >>> parse_date("28-May", year=2025).isoformat(), parse_date("31/12/2025 08:15").isoformat()
    ('2025-05-28', '2025-12-31')
    """
    parts = _date_parts(text, year)
    try:
        return dt.date(*parts)
    except ValueError:
        raise ValueError(
            f'"{text}" is not a day of the calendar; {_right_day(*parts[:2])}'
        ) from None


_CLOCK = re.compile(
    r"(?:(?:pukul|jam|pkl\.?)\s*)?([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?\s*(?:WIB|WITA|WIT)?",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"0\.[0-9]{3,}(?:[eE]-[0-9])?")


def parse_clock(text: str) -> str:
    """Read a time of day.

    Parameters
    ----------
    text : str
        Hour and minute, such as ``08:15``, ``8.15`` or ``pukul 08.15 WIB``, also with
        seconds; or the part of a day that a spreadsheet keeps, such as ``0.34375``.

    Returns
    -------
    str
        Such as ``08:15``; ``08:15:30`` where there are seconds.

    Raises
    ------
    ValueError
        If the text is no such time, or may be two.

    Examples
    --------
    >>> parse_clock("8.15"), parse_clock("08:15:30"), parse_clock("0.34375")
    ('08:15', '08:15:30', '08:15')
    """
    whole = " ".join(text.split())
    if _PART_OF_DAY.fullmatch(whole):
        minutes, second = divmod(round(Fraction(whole) * 24 * 3600), 60)
        hour, minute = divmod(minutes, 60)
    elif (match := _CLOCK.fullmatch(whole)) is not None and not whole.startswith("0."):
        hour, minute, second = (int(one or 0) for one in match.groups())
    else:
        raise ValueError(f'"{text[:40]}" is not a time of day; write it as 08:15')
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f'"{whole}" is no time of a day; write one from 00:00 to 23:59')
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def _date_parts(text: str, year: int | None) -> tuple[int, int, int]:
    """Take a date apart into year, month and day; they need not be one of the calendar."""
    whole = text.strip()
    if len(whole) > _LONGEST:
        raise ValueError(f'"{text}" is not a date; {_WRITE}')
    bare = _WEEKDAY.sub("", whole.translate(_DASHES), count=1)
    bare = _without_time(bare) if ":" in bare or "." in bare else bare
    if iso := _ISO.fullmatch(bare):
        return int(iso[1]), int(iso[3]), int(iso[4])
    if numeric := _NUMERIC.fullmatch(bare):
        return _day_first(text, *numeric.group(1, 3, 4))
    if named := _NAME_FIRST.fullmatch(bare):
        return int(named[3]), parse_month(named[1]), int(named[2])
    named = _NAMED.fullmatch(bare)
    if named is None:
        raise ValueError(f'"{text}" is {NUMBER_OF_DAY if is_serial(text) else _NO_DATE}')
    written = named[3]
    if written is None and year is None:
        raise ValueError(f'"{text}" has no year; write it as {bare} 2025')
    full = year if written is None else int(written) + (2000 if len(written) == 2 else 0)
    assert full is not None
    return full, parse_month(named[2]), int(named[1])


def is_serial(text: str) -> bool:
    """Tell whether a text is the number by which spreadsheets keep a day of this century."""
    return (
        re.fullmatch(r"[34][0-9]{4}(?:[.,][0-9]+)?|5[0-9]{4}(?:[.,][0-9]+)?", text.strip())
        is not None
    )


def _without_time(text: str) -> str:
    """Leave out a time of day that follows a date."""
    for match in _TIME.finditer(text):
        if match.end() == len(text) and re.search(r"[0-9]{4}$|-[0-9]{2}$", text[: match.start()]):
            return text[: match.start()].rstrip()
    return text


def _day_first(text: str, day: str, month: str, year: str) -> tuple[int, int, int]:
    if len(year) == 2:
        raise ValueError(f'"{text}" has a year of two digits; write all four of them')
    if int(month) > len(MONTHS) >= int(day) > 0:
        right = f"{month}/{int(day):02d}/{year}"
        raise ValueError(
            f'"{text}" has no month {month}; the day comes before the month: write {right}'
        )
    return int(year), int(month), int(day)


def _right_day(year: int, month: int) -> str:
    if not (1 <= month <= len(MONTHS) and dt.MINYEAR <= year <= dt.MAXYEAR):
        return _WRITE
    last = calendar.monthrange(year, month)[1]
    return f"write a day from 1 to {last} of {MONTHS[month - 1]} {year}"


def format_date(date: dt.date) -> str:
    """Print a date as Indonesian documents do.

    Examples
    --------
    >>> format_date(dt.date(2026, 1, 6))
    '6 Januari 2026'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def working_day_deadline(date: dt.date, days: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """Find the last day on which something due some working days after a date may be handed in.

    Parameters
    ----------
    date : datetime.date
        Day after which the count starts, such as the last day of a quarter.
    days : int
        Working days: 5 for form A, 10 for form B, 14 for form C (PP 39/2006).
    holidays : collection of datetime.date
        Days that are no working days although they are not at a weekend.

    Returns
    -------
    datetime.date
        The deadline.

    Examples
    --------
    >>> working_day_deadline(dt.date(2025, 12, 31), 5, {dt.date(2026, 1, 1)}).isoformat()
    '2026-01-08'
    """
    day = date
    left = days
    while left > 0:
        day += dt.timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day
