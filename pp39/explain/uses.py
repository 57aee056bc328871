"""What was computed from a place in the raw data: the way up from a cell to the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pp39.errors import ParameterError, near
from pp39.ledger import Cell, Ledger, Quantity, Rows


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the raw data."""

    #: Name of the source or of its file.
    source: str
    #: Sheet, if one was named.
    sheet: str | None
    #: Row of the file.
    row: int
    #: Header or a part of it, if one was named.
    column: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """A cell, or rows, of a raw file and the figures that were computed from it."""

    #: The value as it was read.
    leaf: Quantity
    #: Ledger entries whose own formula holds the value, in ledger order.
    figures: tuple[Quantity, ...]
    #: Ledger entries that depend on it through others.
    further: tuple[Quantity, ...]


def read_place(reference: str) -> Place:
    """Read ``source!row``, ``source!row!column`` or ``source!sheet!row!column``; case is folded.

    Raises
    ------
    ParameterError
        If it names no row.
    """
    source, *rest = (part.strip() for part in reference.split("!"))
    rows = [part for part in rest if part.isdigit()]
    if not rows:
        raise ParameterError(
            f'"{reference}" names no row; write source!row or source!row!column, such as dipa_ro!7'
        )
    at = rest.index(rows[0])
    sheet = rest[0].casefold() if at == 1 else None
    column = "!".join(rest[at + 1 :]).casefold() or None
    return Place(source.casefold(), sheet, int(rows[0]), column)


def uses_of(ledger: Ledger, reference: str) -> tuple[Use, ...]:
    """Find the readings of a place in the raw data and the figures that hold them.

    Parameters
    ----------
    ledger : Ledger
        The figures of the run.
    reference : str
        See `read_place`; the source by its name or its file, the column by its header or a part of
        it.

    Raises
    ------
    ParameterError
        If no figure comes from there; the sentence gives the nearest place that is used.
    """
    place = read_place(reference)
    source, sheet, row, column = place.source, place.sheet, place.row, place.column
    placed = list(_leaves(ledger))
    of_source = [
        (leaf, origin, owners)
        for leaf, origin, owners in placed
        if source in (origin.source.casefold(), origin.file.casefold())
        and sheet in (None, (origin.sheet or "").casefold())
    ]
    if not of_source:
        known = {name for _, origin, _ in placed for name in (origin.source, origin.file)}
        hint = near(source, sorted(known))
        named = reference.split("!", maxsplit=1)[0].strip()
        raise ParameterError(f'no figure of this run comes from "{named}"; {hint}')
    in_row = [entry for entry in of_source if _holds(entry[1], row)]
    meant = [one for one in in_row if (column or "") in (one[1].column or "").casefold()]
    if not meant:
        raise _unused(reference, row, in_row or of_source, in_row)
    return tuple(_use(ledger, leaf, owners) for leaf, _, owners in meant)


_Placed = tuple[Quantity, Cell | Rows, tuple[Quantity, ...]]


def _leaves(ledger: Ledger) -> Iterator[_Placed]:
    """Give every reading of raw data with the ledger entries whose own formula holds it."""
    owners: dict[tuple[Any, ...], tuple[Quantity, Cell | Rows, dict[str, Quantity]]] = {}
    for entry in ledger:
        for leaf in entry.walk(_is_inner):
            own = leaf is entry or _is_inner(leaf)
            if own and isinstance(leaf.origin, Cell | Rows):
                key = (leaf.origin, leaf.label, leaf.value)
                known = owners.setdefault(key, (leaf, leaf.origin, {}))
                known[2].setdefault(entry.id or "", entry)
    for leaf, origin, entries in owners.values():
        yield leaf, origin, tuple(entries.values())


def _is_inner(one: Quantity) -> bool:
    """Tell what is a part of a formula, and no entry of its own."""
    return one.id is None


def _use(ledger: Ledger, leaf: Quantity, owners: tuple[Quantity, ...]) -> Use:
    reached = {owner.id for owner in owners}
    further = []
    # Operands are entered before what is computed from them, so one pass in order is enough.
    for entry in ledger:
        if entry.id not in reached and any(one.id in reached for one in entry.walk(_is_inner)):
            reached.add(entry.id)
            further.append(entry)
    return Use(leaf, owners, tuple(further))


def _holds(origin: Cell | Rows, row: int) -> bool:
    if isinstance(origin, Cell):
        return origin.row == row
    # Of a summary only the bounds are known; its place tells the condition that decides.
    return any(first <= row <= end for first, end in origin.bounds)


def _unused(
    reference: str, row: int, candidates: Iterable[_Placed], in_row: list[_Placed]
) -> ParameterError:
    origins = [origin for _, origin, _ in candidates]
    if in_row:
        columns = sorted({origin.column for origin in origins if origin.column})
        hint = f"row {row} is used in {', '.join(columns)}"
    else:
        known = {row for origin in origins for row in _ends(origin)}
        rows = sorted(known, key=lambda one: (abs(one - row), one))
        hint = f"the nearest row that is used is {rows[0]}" if rows else "none of its rows is used"
    return ParameterError(f'no figure of this run was computed from "{reference}"; {hint}')


def _ends(origin: Cell | Rows) -> Iterator[int]:
    """Give the rows of an origin, of each unbroken run the first and the last."""
    if isinstance(origin, Cell):
        yield origin.row
    else:
        for first, end in origin.bounds:
            yield from (first, end)
