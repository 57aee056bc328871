"""Superlatives: the largest and the smallest of several figures, with all that tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from pp39.ledger import Quantity
from pp39.report.inline import Inline, Part, Phrase
from pp39.report.sections.kalimat import gabung

T = TypeVar("T")


def terbesar(pilihan: Iterable[tuple[T, Quantity]]) -> list[tuple[T, Quantity]]:
    """Choose the pairs with the largest figure, in their order; none of none.

    Figures are compared exactly, as they are before they are rounded for print.

    Examples
    --------
    >>> many = {"a": 2, "b": 5, "c": 5}
    >>> pairs = [(name, Quantity.constant(value)) for name, value in many.items()]
    >>> [name for name, _ in terbesar(pairs)], [name for name, _ in terkecil(pairs)]
    (['b', 'c'], ['a'])
    """
    many = list(pilihan)
    return _sebesar(many, max((one.value for _, one in many), default=Fraction(0)))


def terkecil(pilihan: Iterable[tuple[T, Quantity]]) -> list[tuple[T, Quantity]]:
    """Choose the pairs with the smallest figure, in their order; none of none."""
    many = list(pilihan)
    return _sebesar(many, min((one.value for _, one in many), default=Fraction(0)))


def sebut(pilihan: Sequence[tuple[Part, Part]]) -> Inline:
    """Name all of them, each with its own figure, which leads to its own calculation.

    Examples
    --------
    >>> sebut([("Uji", "5"), ("Latih", "5")]).plain()
    'Uji (5) dan Latih (5)'
    """
    return gabung([Phrase(name, " (", figure, ")") for name, figure in pilihan])


def _sebesar(pairs: list[tuple[T, Quantity]], value: Fraction) -> list[tuple[T, Quantity]]:
    return [one for one in pairs if one[1].value == value]
