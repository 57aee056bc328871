"""What rules share: texts without what does not matter, groups of statements, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from pp39.findings.printed import digits
from pp39.findings.statement import Statement
from pp39.formula.template import enumeration
from pp39.numbers import format_rupiah
from pp39.periods import MONTHS

NOTHING = re.compile(r"(?:tidak|belum)\s+(?:ada|terdapat)\b.*|nihil|-", re.IGNORECASE)
"""What is written where there is no obstacle."""


def distinct(group: Sequence[Statement]) -> list[Statement]:
    """Give the first statement of each wording."""
    found: dict[str, Statement] = {}
    for one in group:
        found.setdefault(one.nilai, one)
    return list(found.values())


def same(one: Statement, group: Sequence[Statement]) -> list[Statement]:
    """Give the statements worded like one of them."""
    return [other for other in group if other.nilai == one.nilai]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Leave out what does not make another name: case, marks, list numbers, codes behind."""
    bare = re.sub(r"^\s*(?:[0-9]+|[a-z])[.)]\s+", "", text)
    bare = re.sub(r"\s*\([A-Z]{2}\)\s*$", "", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()


def tight(text: str) -> str:
    """Leave out blanks and case."""
    return re.sub(r"\s+", "", text).casefold()


def misspelt(a: str, b: str) -> bool:
    """Tell a slip of the pen from another name: few letters differ, in few words, no number."""
    if a == b:
        return False
    ours, theirs = a.split(), b.split()
    if "".join(ours) == "".join(theirs):
        return True
    if len(ours) != len(theirs):
        return False
    pairs = [(x, y) for x, y in zip(ours, theirs, strict=True) if x != y]
    return len(pairs) <= 2 and all(
        not re.search(r"\d", x + y)
        and min(len(x), len(y)) > 3
        and _most(x, y) >= 0.8
        and SequenceMatcher(None, x, y).ratio() >= 0.8
        for x, y in pairs
    )


def alike(a: str, b: str, least: float) -> bool:
    """Tell whether two texts share more than a part `least` of their letters, in order."""
    # The bounds cost next to nothing and settle most pairs.
    if _most(a, b) <= least:
        return False
    compared = SequenceMatcher(None, a, b)
    return compared.quick_ratio() > least and compared.ratio() > least


def _most(a: str, b: str) -> float:
    """Give the ratio that two texts of these lengths cannot exceed."""
    letters = len(a) + len(b)
    return 2 * min(len(a), len(b)) / letters if letters else 1.0


def amount(value: Fraction, unit: str) -> str:
    """Print an amount of money as such, anything else as a plain number."""
    return format_rupiah(value) if unit == "Rp" else digits(value)


def joined(texts: Sequence[str], mark: str) -> str:
    """Join texts by a mark; by ``dan``, as `enumeration` does."""
    return enumeration(texts) if mark == "dan" else mark.join(texts)


def literals(statements: Sequence[Statement]) -> str:
    """List what was printed, each number or wording once."""
    found: dict[object, str] = {}
    for one in statements:
        printed = one.printed
        key = (printed.value, printed.decimals) if printed is not None else one.nilai
        found.setdefault(key, one.nilai)
    return "; ".join(found.values())


def span(months: Sequence[int]) -> str:
    """Name months, as a stretch where they follow one another.

    Examples
    --------
    >>> span([7, 8, 9]), span([7]), span([7, 9])
    ('Juli–September', 'Juli', 'Juli dan September')
    """
    names = [MONTHS[month - 1] for month in months]
    if len(months) > 1 and list(months) == list(range(months[0], months[-1] + 1)):
        return f"{names[0]}–{names[-1]}"
    return enumeration(names)
