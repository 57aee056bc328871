"""Numbers as they were printed: value, decimals shown, and what is odd about the spelling.

A statement is compared with an exact figure at the precision it was printed with, so that 74,12
agrees with 126/170 and 74,11 does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from pp39.numbers import format_number, whole_part

Agreement = Literal["sama", "pembulatan", "skala", "beda"]

_NUMBER = r"[+-]?[0-9](?:[0-9.,]*[0-9])?|[+-]?[.,][0-9]+"
_LITERAL = re.compile(
    rf"(?P<money>(?:rp\.?\s*)?)(?P<number>{_NUMBER})(?P<gap>,\s+[0-9]+)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,([0-9]+))?"),
    ",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.([0-9]+))?"),
}
#: How a word begins that makes thousands or millions of the number before it.
SCALED = re.compile(r"(?:ribu|juta|miliar|milyar|triliun)\b", re.IGNORECASE)
# With fewer telling digits, a power of ten between two numbers is chance.
_TELLING = 3
_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
_UNITS = tuple(re.split(" ", _WORDS))


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed."""

    #: What it says.
    value: Fraction
    #: Decimals shown.
    decimals: int
    #: Mark before the decimals.
    mark: str
    #: Mark between thousands.
    grouping: str
    #: How many percent signs follow.
    percent: int
    #: Words behind the number.
    unit: str
    #: Whether a blank stands inside the number.
    gap: bool = False


@lru_cache(maxsize=10_000)
def read_printed(text: str) -> Printed | None:
    """Read a printed number leniently, as a reader would; None where nobody could.

    Parameters
    ----------
    text : str
        For example ``"Rp 1.248.776.737"``, ``"108,16%%"``, ``"217 lembar"``, ``"4,24 (A-)"``.

    Examples
    --------
    >>> read_printed("72, 10").value == Fraction("72.1")
    True
    >>> read_printed("Rp. 7.603.210.0000") is None
    True
    >>> read_printed("Rp2,346 miliar").value, read_printed("Rp2,346").value
    (Fraction(1173, 500), Fraction(2346, 1))
    """
    match = _LITERAL.fullmatch(text.strip())
    if match is None:
        return None
    raw = match["number"] + re.sub(r"\s+", "", match["gap"] or "")
    rest = re.sub(r"^[.,]-?(?=\s|$)", "", match["rest"]).strip()
    signs = re.match(r"(?:%\s*)+", rest)
    percent = signs[0].count("%") if signs else 0
    unit = rest[signs.end() :].strip() if signs else rest
    if re.match(r"[0-9%+*/=-]", unit):
        return None
    sign, bare = (raw[0], raw[1:]) if raw[0] in "+-" else ("", raw)
    # Only whole rupiah are grouped by commas: “Rp2,346 miliar” has decimals.
    money = bool(match["money"]) and not percent and not SCALED.match(unit)
    parts = _parts(bare, money=money)
    if parts is None:
        return None
    whole, decimals, mark, grouping = parts
    value = Fraction(f"{sign}{whole or '0'}.{decimals or '0'}")
    return Printed(value, len(decimals), mark, grouping, percent, unit, bool(match["gap"]))


def agreement(printed: Printed, exact: Fraction) -> Agreement:
    """Hold a printed number against an exact one, at the printed precision.

    Returns
    -------
    {"sama", "pembulatan", "skala", "beda"}
        ``sama``: it is the exact value rounded half up. ``pembulatan``: it is off by less than one
        unit of the last printed digit (cut off, or rounded the wrong way). ``skala``: the digits
        agree but not the power of ten. ``beda``: anything else.

    Examples
    --------
    >>> agreement(read_printed("74,11"), Fraction(12600, 170))
    'pembulatan'
    """
    if agrees(printed, exact):
        return "sama"
    if printed.decimals and abs(exact - printed.value) < Fraction(1, 10**printed.decimals):
        return "pembulatan"
    if len(str(abs(printed.value.numerator)).strip("0")) >= _TELLING and exact != 0:
        above, below = exact.numerator, exact.denominator
        for power in (10, 100, 1000, 1_000_000):
            if _shows(printed, above * power, below) or _shows(printed, above, below * power):
                return "skala"
    return "beda"


def agrees(printed: Printed, exact: Fraction) -> bool:
    """Tell whether a printed number is an exact one, at the printed precision: ``sama``."""
    return _shows(printed, exact.numerator, exact.denominator)


def _shows(printed: Printed, above: int, below: int) -> bool:
    # Of thousands of pairs most do not agree; fractions would be reduced for each.
    scale: int = 10**printed.decimals
    value = printed.value
    return whole_part(above * scale, below) * value.denominator == value.numerator * scale


def digits(value: Fraction, like: Printed | None = None, least: int = 0) -> str:
    """Print an exact value with at least as many decimals as the number it is held against."""
    shown = max(least, like.decimals if like else 0)
    if value.denominator != 1 and shown == 0 and abs(value) < 10000:
        shown = 2
    return format_number(value, shown)


def respelt(text: str) -> str:
    """Write a printed number with comma and points as Indonesian has them; else as it stands.

    Examples
    --------
    >>> respelt("70.00%"), respelt("Rp9,358,210"), respelt("1 IIKM")
    ('70,00%', 'Rp9.358.210', '1 IIKM')
    """
    number = read_printed(text)
    if number is None or (number.mark != "." and number.grouping != ","):
        return text
    return re.sub(r"(?<=[0-9])[.,](?=[0-9])", lambda mark: ",."[mark[0] == ","], text)


def read_words(text: str) -> int | None:
    """Read an Indonesian number in words; None where it is not one.

    Examples
    --------
    >>> read_words("dua ratus sepuluh ribu"), read_words("lima belas"), read_words("satu per dua")
    (210000, 15, None)
    """
    words = re.sub(r"\brupiah\b", " ", text.casefold()).replace("milyar", "miliar").split()
    scales = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
    total, group, pending = 0, 0, 0
    for word in words:
        plain = {"seratus": "ratus", "seribu": "ribu"}.get(word)
        if plain is not None:
            pending, word = 1, plain  # noqa: PLW2901  "seribu" is "satu ribu"
        if word in _UNITS:
            if pending:
                return None
            pending = _UNITS.index(word)
        elif word == "belas":
            group, pending = group + 10 + pending, 0
        elif word == "puluh":
            group, pending = group + 10 * pending, 0
        elif word == "ratus":
            group, pending = group + 100 * pending, 0
        elif word in scales:
            total, group, pending = total + (group + pending) * scales[word], 0, 0
        else:
            return None
    return total + group + pending if words else None


def _parts(bare: str, *, money: bool) -> tuple[str, str, str, str] | None:
    """Split digits into whole part, decimals, decimal mark and grouping mark."""
    for grouping, pattern in _GROUPED.items():
        match = pattern.fullmatch(bare)
        single = bare.count(grouping) == 1 and match is not None and match[1] is None
        # One group could be decimals: only money, or a dot not behind a lone 0, groups.
        if match is None or (single and not money and (grouping == "," or bare[0] == "0")):
            continue
        other = "," if grouping == "." else "."
        whole, _, decimals = bare.partition(other)
        return whole.replace(grouping, ""), decimals, other if decimals else "", grouping
    if re.fullmatch(r"[0-9]*(?:[.,][0-9]+)?", bare) is None:
        return None
    mark = "," if "," in bare else "." if "." in bare else ""
    whole, _, decimals = bare.partition(mark) if mark else (bare, "", "")
    return whole, decimals, mark, ""
