"""Exact arithmetic that remembers where every number comes from."""

from pp39.ledger.book import Ledger, dashed, slug
from pp39.ledger.origin import (
    RUN_LIMIT,
    Cell,
    Computed,
    Constant,
    Origin,
    Parameter,
    Rows,
    Summary,
    runs,
)
from pp39.ledger.quantity import Quantity, capped, counted, largest, last, mean, smallest, total

__all__ = [
    "RUN_LIMIT",
    "Cell",
    "Computed",
    "Constant",
    "Ledger",
    "Origin",
    "Parameter",
    "Quantity",
    "Rows",
    "Summary",
    "capped",
    "counted",
    "dashed",
    "largest",
    "last",
    "mean",
    "runs",
    "slug",
    "smallest",
    "total",
]
