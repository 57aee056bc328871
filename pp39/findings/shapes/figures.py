"""Figures: named numbers of a rule, each a quantity of the ledger with its whole calculation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from pp39.errors import nearest
from pp39.findings.evidence import Evidence
from pp39.findings.shapes.rows import Baris
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.ledger import Cell, Quantity, Rows, counted
from pp39.numbers import exact
from pp39.sources.table import Record as Row

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Figure:
    """What became of a named number."""

    #: The number with its calculation; None where there is none.
    quantity: Quantity | None = None
    #: As a sentence says it.
    text: str = ""
    #: The numbers it is made of.
    every: tuple[Quantity, ...] = ()
    #: Rows they stand in.
    rows: tuple[Row, ...] = ()
    #: What the rows are of.
    of: Baris | None = None
    #: Statements they were taken from.
    stated: tuple[Statement, ...] = ()
    #: Where they stand otherwise.
    where: tuple[str, ...] = ()
    #: Decimals it was printed with.
    decimals: int = 0
    #: What else a sentence may say of it.
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> Fraction | None:
        """The bare number."""
        return None if self.quantity is None else self.quantity.value

    @property
    def told(self) -> tuple[Quantity, ...]:
        """All numbers that a sentence may say of it: itself, its parts, how many they are."""
        own = () if self.quantity is None else (self.quantity,)
        parts = tuple(one for one in self.every if one.label)
        return (*own, *parts, *((counted(parts, "Banyaknya", ""),) if parts else ()))


def numbers_of(row: Row, names: Iterable[str]) -> dict[str, Fraction]:
    """Give the numbers of a row by column; of a date its number among the days."""
    found: dict[str, Fraction] = {}
    for name in names:
        value = row.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = exact(value)
        elif isinstance(value, str) and _ISO.fullmatch(value):
            found[name] = Fraction(date.fromisoformat(value).toordinal())
    return found


def values_of(figures: Mapping[str, Figure], evidence: Evidence) -> dict[str, Fraction | None]:
    """Give the values by name, for conditions, with how many numbers each is made of."""
    found: dict[str, Fraction | None] = {n: exact(one) for n, one in _times(evidence).items()}
    for name, one in figures.items():
        found[f"banyak_{name}"] = exact(len(one.every))
        found[f"desimal_{name}"] = exact(one.decimals)
        found[name] = one.value
    return found


def texts_of(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Give what sentences may say of figures."""
    found: dict[str, str] = {}
    for name, one in figures.items():
        found |= {f"{name}{key}": text for key, text in one.more.items()}
        found[name] = one.text
        found[f"banyak_{name}"] = str(len(one.every))
    return found


def place_of(
    several: Sequence[Mapping[str, Figure]], names: Iterable[str], evidence: Evidence
) -> list[str]:
    """Give the places of figures, in this order; rows of one source that follow are told once."""
    found: list[str] = []
    wanted = [figures[name] for name in names for figures in several]
    for _, group in groupby(wanted, lambda one: one.of.sumber if one.of else ""):
        some = list(group)
        if some[0].of is not None:
            found.append(some[0].of.place(evidence, [row for one in some for row in one.rows]))
        else:
            found += [w for one in some for w in (*one.where, places(one.stated)) if w]
    return found


def leaf_places(quantity: Quantity, evidence: Evidence) -> tuple[str, ...]:
    """Give the places of cells and rows that a quantity is made of, one for each sheet or file."""
    rows: dict[tuple[str, str | None], set[int]] = {}
    for leaf in quantity.leaves():
        if isinstance(leaf.origin, Cell | Rows):
            some = rows.setdefault((leaf.origin.file, leaf.origin.sheet), set())
            some |= {leaf.origin.row} if isinstance(leaf.origin, Cell) else set()
    return evidence.told_rows(rows)


def times(evidence: Evidence) -> dict[str, Quantity]:
    """Give the numbers that every rule knows."""
    return {name: Quantity.constant(number) for name, number in _times(evidence).items()}


def _times(evidence: Evidence) -> dict[str, int]:
    return {"tw": evidence.quarter.number, "tahun": evidence.year}


def said_of(names: Iterable[str]) -> tuple[str, ...]:
    """Name what sentences may say of numbers."""
    return tuple(text for name in names for text in (name, f"{name}_*", f"banyak_{name}"))


def check_numbers(at: str, names: Iterable[str], before: Iterable[str], text: str = "") -> None:
    """Check that numbers are named that there are.

    Raises
    ------
    ValueError
        At the first that is not known, with the nearest.
    """
    kinds = ("{}", "banyak_{}", "desimal_{}") if text else ("{}",)
    always = ("tw", "tahun") if text else ()
    known = {*always, *(kind.format(name) for name in before for kind in kinds)}
    for name in sorted(set(names) - known):
        near = nearest(name, known)
        hint = f"; the nearest is {near}" if near else ""
        raise ValueError(f"{text or at} names {name}, which is no angka{hint}")
