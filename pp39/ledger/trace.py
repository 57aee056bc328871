"""A calculation line by line: what a quantity is made of, down to file, sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pp39.ledger.origin import Computed, Rows
from pp39.ledger.quantity import Quantity
from pp39.numbers import plain_decimal

#: So many inputs of one figure are told; the ledger has them all.
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A line, and the lines below it."""

    text: str
    style: str = ""
    below: list[TraceLine] = field(default_factory=list)

    def told(self, depth: int = 0) -> Iterator[str]:
        """Give each line as a text, indented as deep as it stands."""
        yield "  " * depth + self.text
        for line in self.below:
            yield from line.told(depth + 1)


def traced(quantity: Quantity, seen: set[str]) -> TraceLine:
    """Tell how a quantity was computed; what is in `seen` stands above and is only named."""
    if quantity.id in seen:
        return TraceLine(f"{title(quantity)} (as above)")
    if quantity.id is not None:
        seen.add(quantity.id)
    if not isinstance(quantity.origin, Computed):
        return TraceLine(f"{title(quantity)} ← {place(quantity)}", below=_notes(quantity))
    below = [
        TraceLine(f"formula  {quantity.formula()}"),
        TraceLine(f"numbers  {quantity.formula_numbers()}"),
        TraceLine(f"exact    {_exact(quantity)}"),
        TraceLine(f"printed  {quantity.with_unit()}"),
        *_notes(quantity),
    ]
    inputs = quantity.inputs()
    below += [traced(one, seen) for one in inputs[:_SHOWN]]
    if len(inputs) > _SHOWN:
        below.append(
            TraceLine(f"… {len(inputs) - _SHOWN} more inputs; --json lists them all", "dim")
        )
    return TraceLine(title(quantity), "bold" if quantity.id else "", below)


def _notes(quantity: Quantity) -> list[TraceLine]:
    return [TraceLine(f"note     {quantity.note}")] if quantity.note else []


def title(quantity: Quantity) -> str:
    """Name a quantity with its value."""
    named = f"{quantity.label} = {quantity.with_unit()}"
    return f"{quantity.id}  {named}" if quantity.id else named


def place(quantity: Quantity) -> str:
    """Say where a quantity that is not computed comes from."""
    origin = quantity.origin
    if not isinstance(origin, Rows):
        return origin.place
    # The report cuts long lists of rows; here is the place where none is left out.
    return f"{origin.located()}: {origin.how}"


def _exact(quantity: Quantity) -> str:
    decimal = plain_decimal(quantity.value)
    if quantity.value.denominator == 1:
        return decimal
    return f"{quantity.value} ({decimal})"
