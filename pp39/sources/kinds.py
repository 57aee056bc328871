"""Kinds of value a column can hold: how each is read strictly, and what would be right.

A kind turns the text of one cell into one or more clean values, or raises `ValueError` with a
sentence that says what is wrong and what to write instead. It also names the rule it applied when
the clean value is not spelled as the text was, so that the change can be logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, Protocol

from pp39.errors import nearest
from pp39.numbers import (
    Style,
    exact,
    parse_number,
    parse_percent,
    parse_rupiah,
    plain_decimal,
)
from pp39.periods import Quarter, parse_date, parse_month
from pp39.sources.context import Context, Words

__all__ = [
    "Choice",
    "Code",
    "Count",
    "Date",
    "Kind",
    "Measure",
    "Month",
    "Number",
    "Parsed",
    "Percent",
    "QuarterName",
    "Rupiah",
    "Split",
    "Stated",
    "Storage",
    "Text",
]

Storage = Literal["text", "count", "number"]
Value = str | int | float | None

_DASHES = frozenset("-–—")
_BLANK = "tanda kosong dibaca sebagai tidak ada data"
_DIGIT_TWINS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"})


class Parsed(NamedTuple):
    """Clean values of one cell, and the rule that changed its spelling (empty if none did)."""

    values: tuple[Value, ...]
    rule: str = ""


class Kind(Protocol):
    """What every kind offers."""

    @property
    def stores(self) -> tuple[Storage, ...]:
        """How each clean value is stored."""

    @property
    def expected(self) -> str:
        """What to write into such a cell, for the sentence about an empty one."""

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the text of a cell that is not blank."""


@dataclass(frozen=True)
class Text:
    """Free text; runs of blanks become one, and declared misprints are corrected.

    Parameters
    ----------
    corrections : tuple of (str, str)
        Misprints and what they stand for.
    """

    corrections: tuple[tuple[str, str], ...] = ()
    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a text"

    def parse(self, text: str, context: Context) -> Parsed:
        """Tidy blanks, then correct misprints."""
        tidy = " ".join(text.split())
        fixed = tidy
        for wrong, right in self.corrections:
            fixed = fixed.replace(wrong, right)
        if fixed != tidy:
            return Parsed((fixed,), "salah cetak dibetulkan")
        return Parsed((tidy,), "spasi dirapikan" if tidy != text else "")


@dataclass(frozen=True)
class Code:
    """A code of a fixed form, such as ``IKK 6.1.1``; runs of blanks become one.

    Parameters
    ----------
    pattern : str
        Regular expression of the whole code.
    example : str
        A right code.
    """

    pattern: str
    example: str
    stores: tuple[Storage, ...] = ("text",)

    @property
    def expected(self) -> str:
        """What to write."""
        return f"write a code such as {self.example}"

    def parse(self, text: str, context: Context) -> Parsed:
        """Check the form of the code."""
        tidy = " ".join(text.split())
        if re.fullmatch(self.pattern, tidy) is None:
            raise ValueError(f'"{text}" is not a code of this column; {self.expected}')
        return Parsed((tidy,), "spasi dirapikan" if tidy != text else "")


@dataclass(frozen=True)
class Count:
    """A whole number, not negative."""

    example: str = "170"
    stores: tuple[Storage, ...] = ("count",)

    @property
    def expected(self) -> str:
        """What to write."""
        return f"write digits only, such as {self.example}"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read digits, digits grouped by dots, or a whole number written with zero decimals."""
        bare = text.strip()
        if re.fullmatch(r"[0-9]+", bare):
            return Parsed((int(bare),), "spasi dirapikan" if bare != text else "")
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", bare):
            return Parsed((int(bare.replace(".", "")),), "format angka diseragamkan")
        if re.fullmatch(r"[0-9]+[.,]0{1,2}", bare):
            return Parsed((int(re.split("[.,]", bare)[0]),), "format angka diseragamkan")
        likely = bare.translate(_DIGIT_TWINS)
        example = likely if re.fullmatch(r"[0-9]+", likely) else self.example
        raise ValueError(f'"{text}" is not a whole number; write digits only, such as {example}')


@dataclass(frozen=True)
class Rupiah:
    """A whole amount of money in rupiah."""

    stores: tuple[Storage, ...] = ("count",)
    expected: str = "write an amount such as Rp1.248.776.737"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read an amount with or without ``Rp``, grouped by dots or commas."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        value = parse_rupiah(bare)
        if value.denominator != 1:
            raise ValueError(f'"{text}" is not a whole amount of rupiah; leave out the cents')
        return Parsed((int(value),), _respelt(text, str(int(value)), "format rupiah diseragamkan"))


@dataclass(frozen=True)
class Number:
    """A decimal number in the style of the column; a percent sign behind it may be allowed."""

    style: Style = "auto"
    stores: tuple[Storage, ...] = ("number",)
    expected: str = "write a number such as 74,12"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the number exactly."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        value = _decimal(_number(bare, self.style), text)
        return Parsed((value,), _respelt(text, _plain(value), "format angka diseragamkan"))


@dataclass(frozen=True)
class Percent:
    """A percentage, kept in percent units."""

    stores: tuple[Storage, ...] = ("number",)
    expected: str = "write a percentage such as 74,12%"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the percentage exactly."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        value = _decimal(parse_percent(bare), text)
        rule = "tanda persen dilepas" if bare.endswith("%") else "format angka diseragamkan"
        return Parsed((value,), _respelt(text, _plain(value), rule))


@dataclass(frozen=True)
class Measure:
    """A number with its unit in the same cell, such as ``169 LHU``: a value and a unit."""

    stores: tuple[Storage, ...] = ("number", "text")
    expected: str = "write a number and its unit, such as 169 LHU"

    def parse(self, text: str, context: Context) -> Parsed:
        """Separate the number from its unit; the unit may be missing or in brackets."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None, None), _BLANK)
        match = re.fullmatch(r"([0-9.,]+)\s*(%|[^\W\d](?:[^()\s]|\s(?!\d))*|\([^()]+\))?", bare)
        if match is None:
            raise ValueError(f'"{text}" is not a number with a unit; {self.expected}')
        value = _decimal(_number(match[1], "auto"), text)
        if match[2] is None:
            return Parsed((value, None), _respelt(text, _plain(value), "format angka diseragamkan"))
        return Parsed((value, match[2].strip("()").strip()), "satuan dipisahkan dari angka")


@dataclass(frozen=True)
class Date:
    """A date, kept as ISO text; a missing year is that of the run."""

    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a date such as 31 Oktober 2025"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the date."""
        try:
            iso, rule = parse_date(text).isoformat(), "format tanggal diseragamkan"
        except ValueError:
            iso, rule = parse_date(text, context.year).isoformat(), "tahun tanggal dilengkapi"
        return Parsed((iso,), "" if iso == text else rule)


@dataclass(frozen=True)
class QuarterName:
    """A quarter, kept as ``I`` to ``IV``."""

    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a quarter: I, II, III or IV"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read ``IV``, ``TW IV``, ``4``."""
        try:
            name = str(Quarter.parse(" ".join(text.split())))
        except ValueError:
            raise ValueError(f'"{text}" is not a quarter; write I, II, III or IV') from None
        return Parsed((name,), "" if name == text else "penulisan triwulan diseragamkan")


@dataclass(frozen=True)
class Month:
    """A month, kept as 1 to 12.

    Parameters
    ----------
    misprints : tuple of (str, str)
        Misprinted names met in the files, and the names they stand for.
    """

    misprints: tuple[tuple[str, str], ...] = ()
    stores: tuple[Storage, ...] = ("count",)
    expected: str = "write the name of a month, such as Oktober"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the name of the month."""
        bare = text.strip()
        known = dict(self.misprints)
        if bare in known:
            return Parsed((parse_month(known[bare]),), "salah cetak nama bulan dibetulkan")
        return Parsed((parse_month(bare),), "spasi dirapikan" if bare != text else "")


@dataclass(frozen=True)
class Choice:
    """One of a closed list of words, kept as its code.

    Parameters
    ----------
    what : str
        What the words are, in English, for the error: ``"service"``.
    options : tuple of (str, tuple of str)
        Codes with their accepted spellings; empty if `vocabulary` is given.
    vocabulary : str
        Name of the list in `Context.words`.
    """

    what: str
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    vocabulary: str = ""
    stores: tuple[Storage, ...] = ("text",)

    @property
    def expected(self) -> str:
        """What to write."""
        known = ", ".join(code for code, _ in self.options)
        return f"write one of {known}" if known else f"write a known {self.what}"

    def parse(self, text: str, context: Context) -> Parsed:
        """Find the code whose code or spelling the text is, in any case."""
        words: Words = context.words[self.vocabulary] if self.vocabulary else dict(self.options)
        folded = " ".join(text.split()).casefold()
        for code, spellings in words.items():
            if folded in (code.casefold(), *(one.casefold() for one in spellings)):
                same = text in (code, *spellings[:1])
                return Parsed((code,), "" if same else "penulisan nama diseragamkan")
        usual = [spellings[0] if spellings else code for code, spellings in words.items()]
        every = [*words, *(one for spellings in words.values() for one in spellings)]
        near = nearest(text, every)
        hint = f'the nearest is "{near}"' if near else f"use one of {', '.join(sorted(usual))}"
        raise ValueError(f'"{text}" is not a known {self.what}; {hint}')


@dataclass(frozen=True)
class Split:
    """Several values in one cell, taken apart by a pattern with one group each.

    Parameters
    ----------
    pattern : str
        Regular expression of the whole cell.
    example : str
        A right cell.
    count : int
        How many groups the pattern has.
    build : callable, optional
        Makes the clean values from the groups; by default they are the values.
    """

    pattern: str
    example: str
    count: int
    build: Callable[[tuple[str, ...]], tuple[str, ...]] | None = None

    @property
    def stores(self) -> tuple[Storage, ...]:
        """Every part is text."""
        text: Storage = "text"
        return (text,) * self.count

    @property
    def expected(self) -> str:
        """What to write."""
        return f'write it as "{self.example}"'

    def parse(self, text: str, context: Context) -> Parsed:
        """Take the cell apart."""
        match = re.fullmatch(self.pattern, " ".join(text.split()))
        if match is None:
            raise ValueError(f'"{text}" cannot be taken apart; {self.expected}')
        parts = tuple(part.strip() for part in match.groups())
        return Parsed(self.build(parts) if self.build else parts, "kode dipisahkan dari nama")


@dataclass(frozen=True)
class Stated:
    """A figure as somebody printed it: the text as it stands, and the number where it is one.

    The text may have ``Rp`` before the number and a unit, percent signs or brackets behind it. A
    text that is no single number is kept with no number: what was stated is never an input error.
    """

    stores: tuple[Storage, ...] = ("text", "number")
    expected: str = "write the figure as it was printed"

    def parse(self, text: str, context: Context) -> Parsed:
        """Keep the text; read the number if there is one."""
        return Parsed((text, self.number(text)))

    @staticmethod
    def number(text: str) -> float | None:
        """Read the number of a printed figure, Indonesian style first.

        Examples
        --------
        >>> Stated.number("Rp 621.000.000"), Stated.number("72, 10"), Stated.number("102.85%")
        (621000000.0, 72.1, 102.85)
        >>> Stated.number("Rp. 7.603.210.0000") is None
        True
        """
        match = re.fullmatch(
            r"(?:Rp\.?\s*|\+)?([0-9.][0-9.,]*?(?:,\s[0-9]+)?)(?:,-)?\s*"
            r"(?:%{1,2}|\([^()]*\)|[A-Za-z/ ]+(?:\([^()]*\))?)?",
            text.strip(),
        )
        if match is None:
            return None
        for style in _STYLES:
            try:
                return _decimal(parse_number(match[1].replace(" ", ""), style), text)
            except ValueError:
                continue
        return None


_STYLES: tuple[Style, ...] = ("id", "auto")


def _respelt(text: str, plain: str, rule: str) -> str:
    return "" if text == plain else rule


def _number(text: str, style: Style) -> Fraction:
    # A lone zero never stands before a group of thousands, so 0,039 can be read in one way only.
    if style == "auto" and re.fullmatch(r"0[.,][0-9]+", text):
        return parse_number(text.replace(",", "."), "plain")
    return parse_number(text, style)


def _plain(number: float) -> str:
    return plain_decimal(exact(number), 15)


def _decimal(value: Fraction, text: str) -> float:
    """Give the float whose shortest spelling is the exact decimal, or refuse."""
    number = float(value)
    if exact(number) != value:
        raise ValueError(f'"{text}" has too many digits; write at most 15')
    return number
