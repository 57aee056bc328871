"""What pydantic found wrong with a value, in the words of this package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from pp39.profile.base import YES_OR_NO

__all__ = ["wanted", "wanted_by"]

_LINES = "it must hold 'name: value' lines"
_WHOLE, _NUMBER, _DATE = (
    "it must be a whole number",
    "it must be a number",
    "it must be a date such as 2026-01-06",
)
_WANTED: Mapping[str, str] = {
    "missing": "it is not set, but must be",
    "extra_forbidden": "there is no such name here",
    "string_type": "it must be text",
    "string_too_short": "it must be text that is not empty",
    "bool_type": f"it must be {YES_OR_NO}",
    "bool_parsing": f"it must be {YES_OR_NO}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "tuple_type": "it must be a list",
    "list_type": "it must be a list",
    "too_short": "it must not be empty",
    **dict.fromkeys(("mapping_type", "model_type", "model_attributes_type", "dict_type"), _LINES),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DATE),
    "none_required": "it must be empty",
}
_LIMITS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than_equal": lambda limit: f"it must not be below {limit['ge']}",
    "greater_than": lambda limit: f"it must be above {limit['gt']}",
    "less_than_equal": lambda limit: f"it must not be above {limit['le']}",
    "less_than": lambda limit: f"it must be below {limit['lt']}",
    "string_too_long": lambda limit: f"it must have at most {limit['max_length']} letters",
    "too_long": lambda limit: f"it must have at most {limit['max_length']} entries",
    "string_pattern_mismatch": lambda limit: f"it must be written as {limit['pattern']}",
    "literal_error": lambda limit: f"it must be {', '.join(_quoted(limit['expected']))}",
    "value_error": lambda limit: str(limit["error"]),
}


def wanted(error: ErrorDetails) -> str:
    """Say in one clause what a value must be.

    Examples
    --------
    >>> wanted({"type": "int_parsing", "loc": (), "msg": "Input should be …", "input": "x"})
    'it must be a whole number'
    """
    kind = error["type"]
    if kind in _LIMITS:
        return _LIMITS[kind](error.get("ctx", {}))
    return _WANTED.get(kind) or error["msg"].removeprefix("Value error, ")


def wanted_by(errors: Sequence[ErrorDetails]) -> str:
    """Say what a value must be that fits none of several kinds."""
    said = list(dict.fromkeys(map(wanted, errors)))
    if {_WHOLE, _NUMBER} <= set(said):
        said.remove(_WHOLE)
    first, *others = said
    return " or ".join([first, *(one.removeprefix("it must ") for one in others)])


def _quoted(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected) or [expected]
