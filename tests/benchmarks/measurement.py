"""What was measured for one row of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from .goals import GOALS, Goal

__all__ = ["Row"]


@dataclass(frozen=True)
class Row:
    """Values of one row, in the order they were taken.

    Attributes
    ----------
    key : str
        Name of the row; goals are found by it.
    what : str
        What is measured, in words.
    ours : sequence of float
        Our values, at least one.
    reference : sequence of float
        What each of them is compared with, taken in the same round; may be empty.
    unit : {"s", "MiB"}
        Of all values.
    note : str
        What a reader has to know besides.
    """

    key: str
    what: str
    ours: Sequence[float]
    reference: Sequence[float] = ()
    unit: Literal["s", "MiB"] = "s"
    note: str = ""

    def __post_init__(self) -> None:
        if not self.ours or len(self.reference) not in (0, len(self.ours)):
            raise ValueError(
                f"row {self.key} has {len(self.ours)} values and {len(self.reference)} to compare"
            )

    @property
    def ratios(self) -> tuple[float, ...]:
        """Reference ÷ ours, pair by pair: how many times better we are."""
        return tuple(theirs / mine for mine, theirs in zip(self.ours, self.reference, strict=False))

    @property
    def figures(self) -> Mapping[str, float]:
        """What goals are about."""
        figures = {"median": median(self.ours), "largest": max(self.ours)}
        if self.reference:
            figures["ratio"] = median(self.ratios)
        return figures

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What is to be reached; empty when the row is for information."""
        return GOALS.get(self.key, ())

    @property
    def met(self) -> bool | None:
        """Whether all goals are reached; None without any."""
        if not self.goals:
            return None
        return all(goal.met(self.figures) for goal in self.goals)

    def json(self) -> dict[str, Any]:
        """Give everything in JSON types."""
        return {
            "key": self.key,
            "what": self.what,
            "unit": self.unit,
            "ours": list(self.ours),
            "reference": list(self.reference),
            "ratios": list(self.ratios),
            "figures": dict(self.figures),
            "goals": [vars(goal) for goal in self.goals],
            "met": self.met,
            "note": self.note,
        }
