"""What is to be reached, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["GOALS", "Goal"]

GIB = 1024.0
"""MiB."""


@dataclass(frozen=True)
class Goal:
    """A bound on one figure of a row.

    Attributes
    ----------
    figure : {"median", "largest", "ratio"}
        Median or largest of our values, or the median of the ratios (reference ÷ ours).
    bound : {"at most", "at least"}
        Which side of the value is good.
    value : float
        Seconds, MiB or times, as the row has it.
    """

    figure: Literal["median", "largest", "ratio"]
    bound: Literal["at most", "at least"]
    value: float

    def met(self, figures: Mapping[str, float]) -> bool:
        """Tell whether the figures of a row reach it; a figure that is missing does not.

        Examples
        --------
        >>> Goal("ratio", "at least", 4).met({"ratio": 3.99})
        False
        """
        if self.figure not in figures:
            return False
        figure = figures[self.figure]
        return figure <= self.value if self.bound == "at most" else figure >= self.value


_CURRENT = (Goal("median", "at most", 0.3), Goal("ratio", "at least", 150))

#: By the key of a row; a row without goals is shown for information.
GOALS: Mapping[str, tuple[Goal, ...]] = MappingProxyType(
    {
        "cold": (Goal("ratio", "at least", 8),),
        "peer": (Goal("ratio", "at least", 3),),
        "current": _CURRENT,
        "make": _CURRENT,
        "changed": (Goal("ratio", "at least", 12),),
        "batch": (Goal("ratio", "at least", 25),),
        "workers": (Goal("ratio", "at least", 1.9),),
        "memory": (Goal("largest", "at most", 500),),
        # Late memory may be one twentieth above early memory: samples of peaks scatter.
        "flat": (Goal("ratio", "at least", 0.95),),
        "scale": (Goal("median", "at most", 10),),
        "scale-memory": (Goal("largest", "at most", 1.5 * GIB),),
        "render": (Goal("median", "at most", 1.0),),
        "review": (Goal("largest", "at most", 20),),
        # Dask may cost a tenth more than local workers.
        "distributed-cost": (Goal("ratio", "at least", 0.91),),
        "rollup": (Goal("median", "at most", 60),),
        "rollup-memory": (Goal("largest", "at most", 2 * GIB),),
    }
)
