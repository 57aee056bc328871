"""Numbers as Indonesian documents write them: strict reading, exact values, half-up printing.

One document may hold ``Rp 9,358,210,000``, ``Rp9.358.210.000,-``, ``63.89%`` and ``0,01%``. Every
reader here either returns the exact value as a `fractions.Fraction` or raises `ValueError` with a
plain sentence; none of them guesses. A negative number may have any minus sign before it, one
behind it, or brackets around it; blanks of any kind, unbreakable ones too, may group thousands.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal

#: Words for what an amount is told in, and how many of it one of them is.
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}

Style = Literal["id", "en", "plain", "auto"]

# [0-9] and not \d: the latter also accepts digits of other scripts.
_DIGITS = r"(?:[0-9]+|[0-9]{1,3}(?:GROUP[0-9]{3})+)"
_PATTERNS = {
    "id": re.compile(r"([+-]?)(" + _DIGITS.replace("GROUP", r"\.") + r")(?:,([0-9]+))?"),
    "en": re.compile(r"([+-]?)(" + _DIGITS.replace("GROUP", ",") + r")(?:\.([0-9]+))?"),
    "plain": re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]+))?"),
}
_CURRENCY = re.compile(r"(?<![0-9a-z])(?:rp\.?|idr)\s*", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,](?:[-\u2013]{1,2}|=)(?=\)?$)")
_MINUS = "-\u2010\u2011\u2012\u2013\u2212"
_BRACKETED = re.compile(r"\(\s*([^()]*?)\s*\)")
_BLANK_GROUPS = re.compile(r"([+-]?[0-9]{1,3})((?:\s[0-9]{3})+)((?:[.,][0-9]*)?)")
# More letters than any number of a report has; patterns and powers take their time over them.
_LONGEST = 250
_HUGE = re.compile(r"e[+-]?0*[0-9]{4,}", re.IGNORECASE)
# Below it the shortest spelling of a whole float is the number itself.
_WHOLE_FLOATS = 1e15


def parse_number(text: str, style: Style = "auto") -> Fraction:
    """Read a number exactly.

    Parameters
    ----------
    text : str
        The number as written, with its sign and groups; see the module.
    style : {"id", "en", "plain", "auto"}
        ``id``: dots group thousands, a comma starts the decimals. ``en``: the other way round.
        ``plain``: no grouping, a dot starts the decimals (``.01`` is allowed). ``auto``: any of the
        three, provided that all styles that can read the text agree on the value.

    Returns
    -------
    fractions.Fraction
        The exact value.

    Raises
    ------
    ValueError
        If the text is not such a number, or, with ``auto``, can be read in two ways.

    Examples
    --------
    >>> parse_number("1.248.776.737", "id"), parse_number("74,12")
    (Fraction(1248776737, 1), Fraction(1853, 25))
    """
    stripped = _plainly_signed(text)
    if style != "auto":
        value = _read(stripped, style)
        if value is None:
            raise ValueError(f'"{text}" is not a number; {_EXPECTED[style]}')
        return value
    values = {name: _read(stripped, name) for name in _PATTERNS}
    found = {value for value in values.values() if value is not None}
    if len(found) == 1:
        return found.pop()
    if not found:
        raise ValueError(f'"{text}" is not a number; write digits only, such as 1250 or 74,12')
    raise ValueError(
        f'"{text}" can be read as {" or ".join(plain_decimal(one) for one in sorted(found))};'
        " write it without grouping, or with both marks, such as 1.250,00"
    )


_EXPECTED = {
    "id": "write it as 1.250 or 1.250,50",
    "en": "write it as 1,250 or 1,250.50",
    "plain": "write it as 1250 or 1250.50",
}


def parse_rupiah(text: str) -> Fraction:
    """Read an amount of money in rupiah, with or without ``Rp``, grouped in either style.

    A single mark followed by exactly three digits groups thousands, because rupiah amounts have no
    fractions of a thousandth: ``Rp 1.500`` is one thousand five hundred.

    Parameters
    ----------
    text : str
        For example ``"Rp 9,358,210,000"``, ``"Rp9.358.210.000,-"``, ``"Rp 1,116,218,000.00"``.

    Returns
    -------
    fractions.Fraction
        Rupiah.

    Raises
    ------
    ValueError
        If the text is not an amount, or its groups are not of three digits.

    Examples
    --------
    >>> parse_rupiah("Rp9.358.210.000,-") == parse_rupiah("Rp 9,358,210,000") == 9358210000
    True
    """
    try:
        return parse_amount(_CURRENCY.sub("", text.strip(), count=1))
    except ValueError:
        raise ValueError(
            f'"{text}" is not an amount in rupiah; write it as Rp1.248.776.737'
        ) from None


def parse_amount(text: str) -> Fraction:
    """Read an amount of things that have no fractions of a thousandth, such as money or pieces.

    A single mark followed by exactly three digits therefore groups thousands.

    Parameters
    ----------
    text : str
        For example ``"1.250"``, ``"1,250.00"``, ``"1 250,-"``, ``"(1.250)"``.

    Returns
    -------
    fractions.Fraction
        The exact value.

    Raises
    ------
    ValueError
        If the text is not such a number, or its groups are not of three digits.

    Examples
    --------
    >>> parse_amount("1.250"), parse_amount("(1,250.00)"), parse_amount("1250-")
    (Fraction(1250, 1), Fraction(-1250, 1), Fraction(-1250, 1))
    >>> parse_amount("25,000"), parse_amount("25.000")
    (Fraction(25000, 1), Fraction(25000, 1))
    """
    bare = _plainly_signed(_NO_CENTS.sub("", text.strip()))
    groups = re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{3}", bare) or bare.count(",") > 1
    for style in ("en", "id") if groups else ("id", "en"):
        value = _read(bare, style)
        if value is not None and (value.denominator == 1 or re.search(r"[.,][0-9]{1,2}$", bare)):
            return value
    raise ValueError(f'"{text}" is not a number; write digits only, such as 1250')


def parse_percent(text: str) -> Fraction:
    """Read a percentage, in percent units.

    Parameters
    ----------
    text : str
        For example ``"63.89%"``, ``"0,01%"``, ``".01 %"``, ``"100"``.

    Returns
    -------
    fractions.Fraction
        Percent: 63.89 for ``"63.89%"``.

    Raises
    ------
    ValueError
        If the text is not a number with at most one percent sign behind it.

    Examples
    --------
    >>> parse_percent(".01 %"), parse_percent("0,01%")
    (Fraction(1, 100), Fraction(1, 100))
    """
    stripped = text.strip()
    bare = _plainly_signed(re.sub(r"\s*%(?=\)?$)", "", stripped))
    # One mark only: percentages are not grouped, so either mark starts the decimals.
    if len(bare) > _LONGEST or re.fullmatch(r"[+-]?[0-9]*[.,]?[0-9]+", bare) is None:
        raise ValueError(f'"{text}" is not a percentage; write it as 74,12%')
    return Fraction(bare.replace(",", "."))


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to a number of decimals, halves away from zero.

    Parameters
    ----------
    value : fractions.Fraction
        Exact value.
    decimals : int
        Decimals to keep, 0 or more.

    Returns
    -------
    fractions.Fraction
        The rounded value.

    Examples
    --------
    >>> round_half_up(Fraction("2.345"), 2) == Fraction("2.35")
    True
    """
    return Fraction(_scaled(value, decimals), 10**decimals)


def _scaled(value: Fraction | int, decimals: int) -> int:
    """Give the rounded value times ten to the power of the decimals, in whole numbers alone."""
    # Every figure of a report passes here several times; fractions would be reduced each time.
    return whole_part(value.numerator * 10**decimals, value.denominator)


def whole_part(above: int, below: int) -> int:
    """Divide by a positive number and round half up, in whole numbers alone.

    Examples
    --------
    >>> whole_part(5, 2), whole_part(-5, 2), whole_part(7, 3)
    (3, -3, 2)
    """
    if below == 1:
        return above
    whole = (abs(above) * 2 + below) // (below * 2)
    return whole if above >= 0 else -whole


def format_number(value: Fraction | int, decimals: int = 0) -> str:
    """Print a number the Indonesian way, rounded half up.

    Parameters
    ----------
    value : fractions.Fraction or int
        Exact value.
    decimals : int
        Decimals printed.

    Returns
    -------
    str
        Dots between thousands, a comma before the decimals, a minus sign (U+2212) if negative.

    Examples
    --------
    >>> format_number(Fraction("1248.5"), 2)
    '1.248,50'
    """
    scaled = _scaled(value, decimals)
    whole, fraction = divmod(abs(scaled), 10**decimals)
    grouped = f"{whole:,}".replace(",", ".")
    sign = "−" if scaled < 0 else ""
    return sign + grouped + (f",{fraction:0{decimals}}" if decimals else "")


def format_rupiah(value: Fraction | int) -> str:
    """Print an amount of money, rounded half up to whole rupiah.

    Examples
    --------
    >>> format_rupiah(1248776737)
    'Rp1.248.776.737'
    """
    text = format_number(value)
    return f"−Rp{text[1:]}" if text.startswith("−") else f"Rp{text}"


def format_percent(value: Fraction | int, decimals: int = 2) -> str:
    """Print a percentage given in percent units.

    Examples
    --------
    >>> format_percent(Fraction(12600, 170))
    '74,12%'
    """
    return format_number(value, decimals) + "%"


def plain_decimal(value: Fraction, places: int = 6) -> str:
    """Write a number for machines: a dot, no grouping, at most `places` decimals, half up.

    Examples
    --------
    >>> plain_decimal(Fraction(12600, 170)), plain_decimal(Fraction(80))
    ('74.117647', '80')
    """
    scaled = _scaled(value, places)
    whole, fraction = divmod(abs(scaled), 10**places)
    decimals = f"{fraction:0{places}}".rstrip("0") if places else ""
    return f"{'-' if scaled < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def exact(value: object) -> Fraction:
    """Recover the decimal number that a cell of a table was read from.

    A float is taken at its shortest decimal spelling, so 74.12 stays 1853/25 and does not become
    the nearest binary fraction.

    Parameters
    ----------
    value : object
        An int, float, numpy scalar, Decimal, Fraction or plain decimal text.

    Returns
    -------
    fractions.Fraction
        The exact decimal value.

    Raises
    ------
    ValueError
        If the value is not a finite number.
    """
    if isinstance(value, Fraction):
        return value
    # Most cells hold whole numbers, and those need no spelling out.
    if isinstance(value, int) and not isinstance(value, bool):
        return _fraction(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE_FLOATS:
        return _fraction(int(value))
    text = str(value)
    if len(text) > _LONGEST or _HUGE.search(text):
        raise ValueError(f'"{text}" has too many digits')
    try:
        return _fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f'"{text}" is not a finite number') from None


# The same few numbers stand in many cells, and a fraction takes long to make.
_fraction = lru_cache(maxsize=10_000)(Fraction)


def terbilang(amount: int) -> str:
    """Write a whole number in Indonesian words.

    Examples
    --------
    >>> terbilang(15)
    'lima belas'
    """
    from pp39.patches import in_indonesian  # noqa: PLC0415  only the few texts with words need it

    return in_indonesian()(amount)


def _plainly_signed(text: str) -> str:
    """Write a number with a plain sign before it, if any, and without blanks between groups."""
    bare = text.strip()
    # Nearly all are plain already: digits at both ends and no blanks between.
    is_plain = bare[:1].isdigit() and bare[-1].isdigit() and len(bare.split(None, 1)) == 1
    if is_plain or len(bare) > _LONGEST:
        return bare
    if bracketed := _BRACKETED.fullmatch(bare):
        bare = f"-{bracketed[1]}" if bracketed[1][:1].isdigit() else bare
    elif bare[-1:] in _MINUS and bare[:1].isdigit():
        bare = f"-{bare[:-1].rstrip()}"
    elif bare[:1] in _MINUS and bare:
        bare = f"-{bare[1:].lstrip()}"
    if grouped := _BLANK_GROUPS.fullmatch(bare):
        bare = grouped[1] + "".join(grouped[2].split()) + grouped[3]
    return bare


def _read(text: str, style: str) -> Fraction | None:
    match = _PATTERNS[style].fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or not (match[2] or match[3]):
        return None
    whole = re.sub("[.,]", "", match[2]) or "0"
    return Fraction(f"{match[1]}{whole}.{match[3] or '0'}")
