"""Units of figures: what adds up, what a product is in, what may be called percent."""

from __future__ import annotations

__all__ = ["added", "divided", "fits", "multiplied"]

COUNT = "#"
RATIO = "rasio"
ASIDE = "*"
_NO_COUNT = frozenset({"Rp", "%", "poin persen", RATIO, "hari", "hari kerja", "nilai", "indeks"})
_SCORES = frozenset({"%", "poin persen", "nilai", "indeks", "skor", RATIO, ""})


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
        return "%" if by_hundred else None
    if "" in units:
        return left if right == "" else right
    return None


def divided(left: str | None, right: str | None) -> str | None:
    """Give the unit of a quotient; like by like is a ratio."""
    if right == "":
        return left
    if left in (None, ASIDE, "") or right in (None, ASIDE):
        return None
    counts = all(one == COUNT or one not in _NO_COUNT for one in (left, right))
    if left == right or (counts and COUNT in (left, right)):
        return RATIO
    return None


def fits(declared: str, computed: str | None, *, renamed: bool = False) -> str:
    """Say what is wrong with a declared unit; empty where it may be.

    Parameters
    ----------
    declared : str
        What the figure says.
    computed : str or None
        What the formula gives.
    renamed : bool
        Whether counts may be called by another word, as a contract calls them.
    """
    if computed in (None, "", ASIDE, declared):
        return ""
    if computed == RATIO:
        if declared == "%":
            return "the formula gives a ratio; multiply it by 100 to have percent"
        return (
            "" if declared in _SCORES or declared not in _NO_COUNT else _wrong(declared, computed)
        )
    if computed == "%":
        return "" if declared in _SCORES and declared != RATIO else _wrong(declared, computed)
    if computed == COUNT or renamed:
        both = declared in _NO_COUNT - {"nilai", "indeks"} or computed in _NO_COUNT
        return _wrong(declared, computed) if both else ""
    return _wrong(declared, computed)


def _wrong(declared: str, computed: str | None) -> str:
    return f"the formula gives {_told(computed)}, but satuan says {_told(declared)}"


def _told(unit: str | None) -> str:
    return "a count of rows" if unit == COUNT else f'"{unit}"'
