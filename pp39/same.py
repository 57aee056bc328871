"""Results that are kept for the very same objects, which need no equality to be known again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
#: Of each function; the figures of four quarters by two footings are eight.
_KEPT = 8


def once(function: Callable[P, R]) -> Callable[P, R]:
    """Call a function once for the same objects, and give what it gave when it is called again.

    Examples
    --------
    >>> asked = []
    >>> def length(of):
    ...     asked.append(of)
    ...     return len(of)
    >>> given = [1, 2]
    >>> once(length)(given), asked
    (2, [[1, 2]])
    >>> known = once(length)
    >>> known(given), known(given), known([1, 2]), len(asked)
    (2, 2, 2, 3)
    """

    @lru_cache(maxsize=_KEPT)
    def kept(*given: _Same) -> R:
        return function(*(one.it for one in given))  # type: ignore[call-arg]

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(*map(_Same, args)) if not kwargs else function(*args, **kwargs)

    return asked


class _Same:
    """A key of an object; it keeps it, so that no other has its identity."""

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it
