"""The expectations of Great Expectations that a check may name, each with its arguments.

The library takes seconds to import, and a profile is checked whenever it is read; a test compares
the list, ``expectations.txt``, with the library. Left out are expectations that look at more than
one table, and ``row_condition``, in whose place a check has ``bila``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any

COLUMNS = ("column", "column_A", "column_B", "column_list")
"""Arguments that are names of columns."""


def columns_among(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the columns among the arguments of an expectation.

    Examples
    --------
    >>> columns_among({"column_A": "pagu", "column_B": "blokir", "or_equal": True})
    ('pagu', 'blokir')
    """
    alone = [str(arguments[name]) for name in COLUMNS[:3] if name in arguments]
    return (*alone, *map(str, arguments.get("column_list", ())))


_BOUNDS = "min_value max_value strict_min strict_max"
_LISTED = files("pp39.profile").joinpath("expectations.txt").read_text("utf-8")
KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(arguments)
        for name, *arguments in map(str.split, _LISTED.replace("BOUNDS", _BOUNDS).splitlines())
    }
)
"""Name -> its arguments."""

_OF_ROWS = (
    "ExpectColumnValue",
    "ExpectColumnPair",
    "ExpectCompound",
    "ExpectMulti",
    "ExpectSelect",
)


def of_rows(name: str) -> bool:
    """Whether an expectation judges row by row, so that it can say which row fails.

    Examples
    --------
    >>> of_rows("ExpectColumnValuesToBeInSet"), of_rows("ExpectColumnSumToBeBetween")
    (True, False)
    """
    return name.startswith(_OF_ROWS)
