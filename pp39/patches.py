"""What is used of other packages beyond what they promise, with the versions it was tried with.

A test fails as soon as one of these packages is of another version, and says to try them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

__all__ = ["TRIED", "described_once", "without_progress_bars"]

TRIED: Mapping[str, tuple[str, str]] = MappingProxyType({"great_expectations": ("1.24", "1.25")})
"""Package -> lowest version that was tried, and the first one that was not."""


def without_progress_bars(context: Any) -> None:
    """Let a context of Great Expectations show no progress bars.

    Its documentation sets ``progress_bars`` in the file of a project; a context without files takes
    the object that is made of it.
    """
    from great_expectations.data_context.types.base import (  # noqa: PLC0415  slow, rarely needed
        ProgressBarsConfig,
    )

    context.variables.progress_bars = ProgressBarsConfig(globally=False)


@contextmanager
def described_once() -> Iterator[None]:
    """Let each expectation of Great Expectations put its description together once.

    While it is evaluated it is asked for it dozens of times, and makes it anew each time, which
    takes a third of all the time of the checks.
    """
    from great_expectations.expectations.expectation import (  # noqa: PLC0415  as above
        Expectation,
    )

    plain: Any = Expectation.configuration
    made: dict[int, tuple[Any, Any]] = {}

    def configuration(self: Any) -> Any:
        if id(self) not in made:
            made[id(self)] = (self, plain.fget(self))
        return made[id(self)][1]

    Expectation.configuration = property(configuration)  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Expectation.configuration = plain  # type: ignore[method-assign]
