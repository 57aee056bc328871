"""Where an Indonesian word may be broken at the end of a line.

Typst has no patterns for Indonesian, so the PDF gets soft hyphens. The rules are those of the
spelling guide (EYD V, *Pemenggalan Kata*): a break comes before the last consonant between two
vowels, ``ng``, ``ny``, ``sy`` and ``kh`` count as one consonant, diphthongs stay whole. Where an
affix makes the place doubtful (``ber-ada`` or ``be-rada``) no break is offered at all.

Only words of twelve letters and more get them: a soft hyphen stays in the text of the PDF, where it
stands in the way of whoever searches or copies, and shorter words seldom need to be broken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

__all__ = ["soft_hyphenated"]

SOFT_HYPHEN = "\u00ad"

_WORD = re.compile(r"(?<![\w.@/-])(?:[A-Z][a-z]{11,}|[a-z]{12,})(?![\w@/]|\.\w)")
_VOWELS = frozenset("aiueo")
_DIPHTHONGS = frozenset({"ai", "au", "oi", "ei"})
_PAIRS = frozenset({"ng", "ny", "sy", "kh"})
_CLUSTERS = frozenset(
    {"tr", "pr", "kr", "br", "dr", "gr", "pl", "kl", "bl", "gl", "st", "sk", "sp"}
)
_PREFIX_BEFORE_VOWEL = re.compile(
    r"(?:di|ke|se|mem|pem)?(?:ber|ter|per|meng|peng|pel(?=ajar)|bel(?=ajar))(?=[aiueo])"
)
_LEFT, _RIGHT = 2, 3


def soft_hyphenated(text: str) -> str:
    """Put soft hyphens into the very long lower-case words of a text.

    Parameters
    ----------
    text : str
        Indonesian prose; words with digits, marks or inner capitals are left alone.

    Returns
    -------
    str
        The same text, with U+00AD at every place a word may be broken.

    Examples
    --------
    >>> soft_hyphenated("penyelenggaraan kegiatan").replace(SOFT_HYPHEN, "-")
    'pe-nye-leng-ga-raan kegiatan'
    """
    return _WORD.sub(lambda match: _broken(match[0]), text)


@lru_cache(maxsize=8192)
def _broken(word: str) -> str:
    lower = word.lower()
    units = _units(lower)
    vowels = [place for place, (start, unit) in enumerate(units) if unit[0] in _VOWELS]
    breaks: set[int] = set()
    for left, right in pairwise(vowels):
        between = right - left - 1
        breaks.add(units[right][0] if between == 0 else _onset(units, left, right))
    prefix = _PREFIX_BEFORE_VOWEL.match(lower)
    doubtful: set[int] = set()
    if prefix is not None:
        doubtful |= {prefix.end(), prefix.end() - 1, prefix.end() - 2}
    if re.search(r"[^aiueo](?:an|i)$", lower) and not lower.endswith("kan"):
        last = max(breaks, default=0)
        doubtful.add(last)
    allowed = sorted(place for place in breaks - doubtful if _LEFT <= place <= len(word) - _RIGHT)
    pieces = [word[a:b] for a, b in zip([0, *allowed], [*allowed, len(word)], strict=True)]
    return SOFT_HYPHEN.join(pieces)


def _onset(units: list[tuple[int, str]], left: int, right: int) -> int:
    """Give the start of the second syllable: its consonant, or a cluster such as ``tr``."""
    if right - left > 3 and units[right - 2][1] + units[right - 1][1] in _CLUSTERS:
        return units[right - 2][0]
    return units[right - 1][0]


def _units(word: str) -> list[tuple[int, str]]:
    units: list[tuple[int, str]] = []
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        final = place + 2 == len(word)
        whole = pair in _PAIRS or (pair in _DIPHTHONGS and (final or place > 0))
        size = 2 if whole else 1
        units.append((place, word[place : place + size]))
        place += size
    return units
