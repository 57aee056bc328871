"""Sums, shares and differences of figures, where some may lack data."""

from __future__ import annotations

from collections.abc import Iterable

from pp39.ledger import Quantity, total


def summed(
    quantities: Iterable[Quantity | None], label: str, unit: str | None = None
) -> Quantity | None:
    """Add up what there is; one quantity alone keeps its origin, none at all gives None."""
    there = [one for one in quantities if one is not None]
    if not there:
        return None
    if len(there) == 1:
        return there[0].named(label, unit)
    return total(there, label, unit)


def share(part: Quantity | None, whole: Quantity | None, label: str) -> Quantity | None:
    """Give a part in percent of the whole; None without data or if the whole is 0."""
    if part is None or whole is None or whole.value == 0:
        return None
    return (part / whole * 100).named(label, "%")


def difference(later: Quantity | None, earlier: Quantity | None, label: str) -> Quantity | None:
    """Give how much more the first is; between two percentages that is in percentage points."""
    if later is None or earlier is None:
        return None
    made = later - earlier
    if later.unit == "%":
        decimals = max(2, later.decimals or 0, earlier.decimals or 0)
        return made.named(label, "poin persen", decimals)
    decimals = max(later.decimals or 0, earlier.decimals or 0)
    return made.named(label, later.unit, decimals or None)
