"""What a kind of value is: the text of one cell in, one or more clean values out.

A kind turns the text of a cell into clean values, or raises `ValueError` with a sentence that says
what is wrong and what to write instead. It also names the rule it applied when the clean value is
not spelled as the text was, so that the change can be logged.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from pp39.sources.context import Context

Storage = Literal["text", "count", "number"]
Value = str | int | float | None


class Parsed(NamedTuple):
    """Clean values of one cell, and the rule that changed its spelling (empty if none did)."""

    values: tuple[Value, ...]
    rule: str = ""


class Kind(Protocol):
    """What every kind offers."""

    @property
    def stores(self) -> tuple[Storage, ...]:
        """How each clean value is stored."""

    @property
    def expected(self) -> str:
        """What to write into such a cell, for the sentence about an empty one."""

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the text of a cell that is not blank."""
