"""Units of figures: what adds up, what a product is in, what may be called percent."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod

from pp39.ledger.quantity import RATIO_TO_ONE
from pp39.numbers import SCALES

COUNT = "#"
RATIO = "rasio"
ASIDE = "*"
PER = " per "
_SHARES = frozenset({"%", "poin persen"})
_SCORES = _SHARES | {"nilai", "indeks", "skor", RATIO, RATIO_TO_ONE, ""}
#: Units of time, which an indicator has as its own.
SPANS = ("detik", "menit", "jam", "hari", "hari kerja", "minggu", "bulan", "tahun")
_NO_COUNT = frozenset({"Rp", "%", "poin persen", RATIO, "nilai", "indeks", *SPANS})


def is_named(unit: str) -> bool:
    """Tell whether a sentence names a unit behind its figure: not that of a score or a share.

    Examples
    --------
    >>> is_named("perkara"), is_named("Rp/orang"), is_named("indeks"), is_named("Rp")
    (True, True, False, False)
    """
    return unit not in _SCORES and unit not in ("Rp", COUNT, ASIDE)


def stated(word: str, kind: str) -> str:
    """Give the unit of an indicator by the word of its contract and by what its number is.

    A share is in percent; a count is in the contract's own word, and so is a span of time; an
    index, a score or a ratio has that as its unit.

    Examples
    --------
    >>> stated("Persen", "persen"), stated("Hari kerja", "nilai"), stated("Skala 4", "indeks")
    ('%', 'hari kerja', 'indeks')
    >>> stated("Rasio", "perbandingan"), stated("Rupiah", "jumlah")
    ('1 :', 'Rp')
    """
    if kind == "persen":
        return "%"
    if kind == "perbandingan":
        return RATIO_TO_ONE
    own = word.lower()
    if kind == "jumlah" and own in ("rupiah", "rp"):
        return "Rp"
    return own if kind == "jumlah" or own in SPANS else kind


def added(left: str | None, right: str | None) -> str | None:
    """Give the unit of a sum or a difference.

    Raises
    ------
    ValueError
        If the two do not add up.

    Examples
    --------
    >>> added("orang", "#"), added("Rp", None)
    ('orang', 'Rp')
    """
    if left == right:
        return left
    for one, other in ((left, right), (right, left)):
        if one in (None, "", ASIDE):
            return other
        if one == COUNT and other not in _NO_COUNT:
            return other
    raise ValueError(f"{_told(left)} and {_told(right)} do not add up")


def multiplied(left: str | None, right: str | None, by_hundred: bool) -> str | None:
    """Give the unit of a product; a share times 100 is in percent."""
    units = {left, right}
    if units == {RATIO, ""}:
        return "%" if by_hundred else RATIO
    if "" in units:
        return left if right == "" else right
    for one, other in ((left, right), (right, left)):
        if one and other and one.endswith(f"{PER}{other}"):
            return one.removesuffix(f"{PER}{other}")
    return None


def divided(left: str | None, right: str | None) -> str | None:
    """Give the unit of a quotient; like by like is a ratio, anything else one unit per another.

    Examples
    --------
    >>> divided("orang", "#"), divided("Rp", "orang")
    ('rasio', 'Rp per orang')
    """
    if right == "":
        return left
    if left in (None, ASIDE, "") or right in (None, ASIDE):
        return None
    counts = all(one == COUNT or one not in _NO_COUNT for one in (left, right))
    if left == right or (counts and COUNT in (left, right)):
        return RATIO
    # A score is no amount: what it is divided by makes another score of it.
    return f"{left}{PER}{right}" if left not in _SCORES and right not in _SCORES else None


def fits(declared: str, computed: str | None, *, renamed: bool = False) -> str:
    """Say what is wrong with a declared unit; empty where it may be.

    Parameters
    ----------
    declared : str
        What the figure says.
    computed : str or None
        What the formula gives.
    renamed : bool
        Whether it is the unit of an indicator: counts may be called by more or fewer words, as a
        contract calls them, and a ratio is no count.

    Examples
    --------
    >>> fits("jam layanan", "jam layanan posbakum", renamed=True)
    ''
    >>> fits("jam layanan", "orang", renamed=True).rpartition("; ")[2]
    'where both mean the same, write satuan_rumus: orang'
    """
    if computed in (None, "", ASIDE, declared):
        return ""
    if computed == RATIO and declared == "%":
        return "the formula gives a ratio; multiply it by 100 to have percent"
    amount, per, counted = computed.partition(PER)
    counts = declared not in _SCORES and declared not in _NO_COUNT
    number = declared in _SCORES or counts
    if per:
        # A mean is in the unit of what it is the mean of.
        same = declared == amount and counted not in _NO_COUNT
        right = same or (number and declared not in _SHARES)
    elif computed == RATIO:
        right = number and not (renamed and counts)
    elif computed == "%":
        right = declared in _SCORES - {RATIO}
    else:
        right = computed == COUNT and declared not in _NO_COUNT - {"nilai", "indeks"}
        right = right or (renamed and _called(declared, computed))
    hint = "; only like by like is a share" if per and declared in _SHARES else ""
    if renamed and counts and computed not in _NO_COUNT and not per:
        hint = "; where both mean the same, write satuan_rumus: " + computed
    if {computed, declared} == {"nilai", "indeks"}:
        hint = "; where both are on one scale, write tanpa_satuan(…)"
    told = f"the formula gives {_told(computed)}, but satuan says {_told(declared)}{hint}"
    return "" if right else told


def _called(declared: str, computed: str) -> bool:
    """Whether one of two units is the other in more words; a measure is itself alone."""
    if {declared, computed} <= _NO_COUNT:
        return False
    words, others = _words(declared), _words(computed)
    return words >= others or (declared not in _NO_COUNT and words <= others)


def times(one: str, other: str) -> Fraction:
    """Give how many of another unit one is; 0 where it is no multiple of it.

    Examples
    --------
    >>> times("Miliar rupiah", "Rupiah"), times("Rp ribu", "Juta rupiah"), times("Jam", "Orang")
    (Fraction(1000000000, 1), Fraction(1, 1000), Fraction(0, 1))
    >>> times("%", "Persen"), times("Jam", "Jam layanan")
    (Fraction(1, 1), Fraction(1, 1))
    """
    words, others = _words(one), _words(other)
    scales = [prod(SCALES.get(word, 1) for word in some) for some in (words, others)]
    words, others = words - SCALES.keys(), others - SCALES.keys()
    return Fraction(*scales) if words <= others or words >= others else Fraction(0)


_SPELT = {"%": "persen", "rp": "rupiah", "ribuan": "ribu", "jutaan": "juta", "miliaran": "miliar"}


def _words(unit: str) -> set[str]:
    found = re.findall(r"[^\W\d]+|%", unit.casefold())
    return {_SPELT.get(word, word) for word in found}


def _told(unit: str | None) -> str:
    return "a count of rows" if unit == COUNT else f'"{unit}"'
