"""Functions that a profile names: what YAML cannot say, found by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Literal

from pp39.errors import ParameterError, near

Use = Literal["turunan", "potongan"]
"""What a function is for: ``turunan`` makes columns of a source from its others, ``potongan`` rows
that checks look at."""

_FUNCTIONS: Mapping[Use, Mapping[str, str]] = {
    "turunan": {
        "order": "pp39.sources.registers:of_orders",
        "pencairan": "pp39.sources.registers:of_disbursements",
    },
    "potongan": {
        "pihak": "pp39.checks.steps:parties",
    },
}


def known_functions(use: Use) -> list[str]:
    """Name the functions for a use."""
    return list(_FUNCTIONS[use])


def function(use: Use, name: str) -> Callable[..., Any]:
    """Import the function of a name.

    Raises
    ------
    ParameterError
        If there is none.

    Examples
    --------
    >>> function("turunan", "order").__name__
    'of_orders'
    """
    found = _FUNCTIONS[use].get(name)
    if found is None:
        hint = near(name, _FUNCTIONS[use])
        raise ParameterError(f"there is no function {name} for {use}; {hint}")
    module, _, attribute = found.partition(":")
    made: Callable[..., Any] = getattr(import_module(module), attribute)
    return made
