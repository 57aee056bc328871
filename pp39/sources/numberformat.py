"""Number formats of a workbook: what a stored number is in the format of its cell.

A format is a small language (ECMA-376, part 1, 18.8.31): up to four sections between semicolons, of
which the value picks one; in a section quoted and escaped characters, padding and brackets are
decoration, and only what is left over says percent, date or number.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: The formats a file names by number alone; all others are General or written out in the file.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}

_TOKEN = re.compile(
    r"""
      "[^"]*"? | \\.? | [_*].?                                     # quoted, escaped, padding
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<test><=|>=|<>|<|>|=)\s*(?P<limit>-?[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]+)?)\]
    | \[[^\]]*\]?                                                # colour, currency, language
    | (?P<end>;) | (?P<percent>%) | (?P<text>@)
    | e[+-] | general
    | (?P<moment>s+\.0+|[ymdhs]+|am/pm|a/p)
    | (?P<digit>[0\#?])
    | .
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
# What a section without a condition of its own is for, by its place among two, and among three.
_USUAL = {2: ((">=", 0.0), None), 3: ((">", 0.0), ("<", 0.0), None)}
_SECONDS = 86_400
#: Days are counted from here. The calendar of 1900 counts a 29 February, day 60, that never was.
_ZERO = dt.date(1899, 12, 30)
_NEVER = 60


@dataclass(frozen=True)
class Section:
    """One section of a format."""

    #: Percent signs that are no decoration; each shows the number a hundred times as large.
    percents: int = 0
    #: A number, a date or time, hours that go on beyond a day, or texts only.
    shows: Literal["number", "moment", "elapsed", "text"] = "number"
    #: Comparison and limit, such as ``(">=", 1.0)``, for the values the section is for.
    condition: tuple[str, float] | None = None

    def takes(self, value: float) -> bool:
        """Tell whether the section is for a value."""
        if self.condition is None:
            return True
        test, limit = self.condition
        return _TESTS[test](value, limit)


@dataclass(frozen=True)
class NumberFormat:
    """A format, taken apart."""

    #: At least one; those for texts only are left out.
    sections: tuple[Section, ...] = (Section(),)

    @classmethod
    def parse(cls, code: str) -> NumberFormat:
        r"""Take a format code apart; any text is one.

        Examples
        --------
        >>> [NumberFormat.parse(one).spell(0.6) for one in ("0%", r"0.00\%", '0.0"%"')]
        ['60%', '0.6', '0.6']
        """
        sections = _sections(code)
        # The fourth is for texts, and so is one that shows them and stands last.
        del sections[3 if len(sections) > 3 or sections[-1].shows != "text" else -1 :]
        usual = _USUAL.get(len(sections), (None,) * len(sections))
        return cls(
            tuple(
                Section(one.percents, one.shows, one.condition or default)
                for one, default in zip(sections, usual, strict=True)
            )
            or (Section(),)
        )

    def section(self, value: float) -> Section:
        """Give the section in force for a value; a plain one where none is for it."""
        return next((one for one in self.sections if one.takes(value)), Section())

    def spell(self, value: float, zero: dt.date = _ZERO) -> str:
        """Spell a stored number so that it reads back exactly as what the cell stands for.

        Parameters
        ----------
        value : float
            A finite number.
        zero : datetime.date
            Day 0 of the workbook's calendar.

        Returns
        -------
        str
            A date (ISO), a time, a percentage in percent units with its sign, or a plain decimal of
            up to 15 digits; in powers of ten where it is far too large or small to be one.
        """
        section = self.section(value)
        if section.shows in ("moment", "elapsed") and 0 <= value <= (dt.date.max - zero).days:
            return _elapsed(value) if section.shows == "elapsed" else _moment(value, zero)
        # A computed 0.30000000000000004 is the 0.3 that spreadsheets show: 15 digits at most.
        number = Decimal(repr(value + 0.0) if value.is_integer() else f"{value:.15g}")
        if section.percents:
            return _plain(number * 100**section.percents) + "%" * section.percents
        text = _plain(number)
        # Three decimals would look like a group of thousands; a zero behind them removes doubt.
        return text + "0" if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text) else text


def _sections(code: str) -> list[Section]:
    found: list[Section] = []
    seen: list[str] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "limit":
            condition = (match["test"], float(match["limit"]))
        elif kind == "end":
            found.append(_section(seen, condition))
            seen, condition = [], None
        elif kind:
            seen.append(kind)
    return [*found, _section(seen, condition)]


def _section(seen: Sequence[str], condition: tuple[str, float] | None) -> Section:
    shows: Literal["number", "moment", "elapsed", "text"] = "number"
    if "text" in seen:
        shows = "text"
    elif "elapsed" in seen:
        shows = "elapsed"
    # Letters beside places for digits, as in a bare "0 hari", are no date.
    elif "moment" in seen and "digit" not in seen:
        shows = "moment"
    return Section(seen.count("percent"), shows, condition)


def _plain(number: Decimal) -> str:
    small = not number or -30 < number.adjusted() < 17
    return f"{number.normalize():f}" if small else f"{number.normalize():e}"


def _elapsed(value: float) -> str:
    minutes, seconds = divmod(round(value * _SECONDS), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _moment(value: float, zero: dt.date) -> str:
    days, seconds = divmod(round(value * _SECONDS), _SECONDS)
    time = (dt.datetime.min + dt.timedelta(seconds=seconds)).time().isoformat()
    if value < 1:
        return time
    if zero == _ZERO and days < _NEVER:
        days += 1
    day = (zero + dt.timedelta(days=days)).isoformat()
    return f"{day} {time}" if seconds else day
