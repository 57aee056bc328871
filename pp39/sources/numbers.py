"""Kinds of cell that hold numbers: counts, amounts, percentages, measures, stated figures."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from pp39.numbers import (
    Style,
    exact,
    parse_amount,
    parse_number,
    parse_percent,
    parse_rupiah,
    plain_decimal,
)
from pp39.sources.context import Context
from pp39.sources.declaration import Parsed, Storage

#: What is done to a percentage with its sign.
UNSIGNED = "tanda persen dilepas"

_DASHES = frozenset("-–—")
#: What stands before a ratio to one, as in ``1 : 15``.
_TO_ONE = re.compile(r"1\s*:\s*")
# What spreadsheets print for an amount of zero, as against a dash alone.
_NOTHING = re.compile(r"(?:rp\.?|idr)\s*[-–—]{1,2}(?:[.,][-–—]{0,2})?", re.IGNORECASE)
# Whole numbers are stored in 64 bits, and up to here every one is a float as well.
_DIGITS = 15
_BLANK = "tanda kosong dibaca sebagai tidak ada data"
_RUPIAH = "format rupiah diseragamkan"
_DIGIT_TWINS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"})


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
        """Read digits, grouped in whatever way, or a whole number written with zero decimals."""
        bare = text.strip()
        if _is_short(bare):
            return Parsed((int(bare),), "spasi dirapikan" if bare != text else "")
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        try:
            value = parse_amount(bare)
        except ValueError:
            value = Fraction(1, 2)
        if value < 0:
            raise ValueError(f'"{text}" must not be negative; {self.expected}')
        if value.denominator != 1:
            likely = bare.translate(_DIGIT_TWINS)
            example = likely if re.fullmatch(f"[0-9]{{1,{_DIGITS}}}", likely) else self.example
            raise ValueError(
                f'"{text}" is not a whole number; write digits only, such as {example}'
            )
        return Parsed((_whole(value, text),), "format angka diseragamkan")


@dataclass(frozen=True)
class Rupiah:
    """A whole amount of money in rupiah; the checks say where it is negative and must not be."""

    signed: bool = False
    stores: tuple[Storage, ...] = ("count",)
    expected: str = "write an amount such as Rp1.248.776.737"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read an amount with or without ``Rp``, grouped by dots or commas."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        if _is_short(bare):
            return Parsed((int(bare),), _respelt(text, str(int(bare)), _RUPIAH))
        if _NOTHING.fullmatch(bare):
            return Parsed((0,), "Rp dengan tanda hubung dibaca sebagai nol rupiah")
        value = parse_rupiah(bare)
        if value.denominator != 1:
            short = abs(value) < 10**6
            right = "write all its digits if millions or billions are meant" if short else ""
            right = right or "leave out the cents"
            raise ValueError(f'"{text}" is not a whole amount of rupiah; {right}')
        whole = _whole(value, text)
        return Parsed((whole,), _respelt(text, str(whole), _RUPIAH))


@dataclass(frozen=True)
class Number:
    """A decimal number in the style of the column; ``%`` behind it or ``1 :`` before may do."""

    style: Style = "auto"
    signed: bool = True
    percent: bool = False
    stores: tuple[Storage, ...] = ("number",)
    expected: str = "write a number such as 74,12"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the number exactly."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        if self.percent and bare.endswith("%"):
            return Parsed((_decimal(parse_percent(bare), text),), UNSIGNED)
        if self.percent:
            bare = _TO_ONE.sub("", bare)
        value = _decimal(_number(bare, self.style), text)
        if value < 0 and not self.signed:
            raise ValueError(f'"{text}" must not be negative; {self.expected}')
        return Parsed((value,), _respelt(text, _plain(value), "format angka diseragamkan"))


@dataclass(frozen=True)
class Percent:
    """A percentage, kept in percent units."""

    #: More than this is impossible; the checks say so, since a cell alone may be a misprint.
    highest: int | None = 100
    stores: tuple[Storage, ...] = ("number",)
    expected: str = "write a percentage such as 74,12%"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the percentage exactly."""
        bare = text.strip()
        if bare in _DASHES:
            return Parsed((None,), _BLANK)
        value = _decimal(parse_percent(bare), text)
        rule = UNSIGNED if "%" in bare else "format angka diseragamkan"
        return Parsed((value,), _respelt(text, _plain(value), rule))


@dataclass(frozen=True)
class Measure:
    """A number with its unit in the same cell, such as ``169 sertifikat``: a value and a unit."""

    stores: tuple[Storage, ...] = ("number", "text")
    expected: str = "write a number and its unit, such as 169 sertifikat"

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
        if len(text) > _PRINTED:
            return None
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


# Letters of the longest text that may be a printed figure.
_PRINTED = 100
_STYLES: tuple[Style, ...] = ("id", "auto")


def _is_short(text: str) -> bool:
    """Tell whether a text is a whole number of digits alone that can be stored."""
    return len(text) <= _DIGITS and text.isascii() and text.isdigit()


def _respelt(text: str, plain: str, rule: str) -> str:
    return "" if text == plain else rule


def _number(text: str, style: Style) -> Fraction:
    # A lone zero never stands before a group of thousands, so 0,039 can be read in one way only.
    if style == "auto" and re.fullmatch(r"0[.,][0-9]+", text):
        return parse_number(text.replace(",", "."), "plain")
    return parse_number(text, style)


def _plain(number: float) -> str:
    return plain_decimal(exact(number), 15)


def _whole(value: Fraction, text: str) -> int:
    """Give a whole number that can be stored, or refuse."""
    number = int(value)
    if abs(number) >= 10**_DIGITS:
        raise ValueError(f'"{text}" has too many digits; write at most {_DIGITS}')
    return number


def _decimal(value: Fraction, text: str) -> float:
    """Give the float whose shortest spelling is the exact decimal, or refuse."""
    number = float(value) if abs(value) < 10 ** (2 * _DIGITS) else math.inf
    if math.isinf(number) or exact(number) != value:
        raise ValueError(f'"{text}" has too many digits; write at most {_DIGITS}')
    return number
