"""Formulas and conditions of named numbers that need no table: what the numbers of a rule say.

Of quantities a formula makes a quantity, so that what a finding computes is traced as all else is.

They are written as all formulas of a profile are, and know these names and functions only.

>>> Condition("(a / b * 100) > 99").holds({"a": Fraction(2), "b": Fraction(2)})
True
>>> Expression("a / b").value({"a": Fraction(1), "b": Fraction(0)}) is None
True
>>> one, two = (Quantity.constant(n).named(name) for n, name in ((1, "Satu"), (2, "Dua")))
>>> Expression("mutlak(a - b) * 100").quantity({"a": one, "b": two}).formula()
'(Dua − Satu) × 100'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pp39.errors import nearest
from pp39.formula.compile import ARITHMETIC
from pp39.formula.parse import FormulaError, parse, parse_condition
from pp39.formula.syntax import Binary, Call, Name, Negative, Node, Number, Test
from pp39.ledger import Computed, Quantity, largest, smallest
from pp39.numbers import round_half_up
from pp39.profile.condition import OPERATIONS

Numbers = Mapping[str, Fraction | None]
Quantities = Mapping[str, Quantity | None]
Several = Mapping[str, Sequence[Fraction]]

_ALL = "semua"
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    **OPERATIONS,
    "dalam": lambda one, several: one in several,
    "tidak dalam": lambda one, several: one not in several,
}
_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {
    "mutlak": abs,
    "terkecil": min,
    "terbesar": max,
    "bulat": lambda value, decimals: round_half_up(value, int(decimals)),
    "pecahan": lambda value, most, decimals: _share(value, int(most), int(decimals)),
}
_OF_QUANTITIES: Mapping[str, Callable[..., Quantity]] = {
    "mutlak": lambda one: _turned(_known(one)) if _known(one).value < 0 else one,
    "terkecil": lambda *several: smallest(map(_known, several), ""),
    "terbesar": lambda *several: largest(map(_known, several), ""),
}


def _share(percent: Fraction, most: int, decimals: int) -> Fraction:
    """Give 1 where a percentage is that of a whole number of at most so many, else 0."""
    for whole in range(1, most + 1):
        part = round_half_up(percent * whole / 100, 0)
        if round_half_up(Fraction(part) / whole * 100, decimals) == percent:
            return Fraction(1)
    return Fraction(0)


class Expression:
    """A formula of named numbers.

    Parameters
    ----------
    text : str
        Such as ``(rincian - dasar) / dasar * 100``, also with ``mutlak``, ``terkecil`` and
        ``terbesar``.

    Raises
    ------
    ValueError
        If it is no such formula.
    """

    def __init__(self, text: str) -> None:
        self._node = _number(text)

    @property
    def names(self) -> set[str]:
        """The names in it."""
        return set(_names(self._node))

    def value(self, names: Numbers) -> Fraction | None:
        """Compute it; None where a number is lacking or would be divided by nothing."""
        try:
            found: Fraction = _computed(self._node, names, _FUNCTIONS)
        except (_Lacking, ZeroDivisionError):
            return None
        return found

    def quantity(self, names: Quantities) -> Quantity | None:
        """Compute it of quantities, with its trace; None as above."""
        try:
            found = _computed(self._node, names, _OF_QUANTITIES)
        except (_Lacking, ZeroDivisionError):
            return None
        return _known(found)


class Condition:
    """A comparison of two formulas of named numbers.

    Parameters
    ----------
    text : str
        Such as ``bulat(kenaikan, 2) != target`` or ``blokir tidak dalam semua(revisi)``, all
        numbers that one is the sum of.

    Raises
    ------
    ValueError
        If it is no such comparison.
    """

    def __init__(self, text: str) -> None:
        self._test = _comparison(text)

    @property
    def names(self) -> set[str]:
        """The names in it."""
        assert self._test.right is not None
        return {*_names(self._test.left), *_names(self._test.right)}

    def holds(self, names: Numbers, every: Several | None = None) -> bool:
        """Tell whether it is met; it is not where a number is lacking."""
        left, right = self._test.left, self._test.right
        assert right is not None
        try:
            other: Any
            if isinstance(right, Call) and right.name == _ALL:
                (one,) = right.args
                assert isinstance(one, Name)
                other = (every or {}).get(one.id, ())
            else:
                other = _computed(right, names, _FUNCTIONS)
            return _TESTS[self._test.op](_computed(left, names, _FUNCTIONS), other)
        except (_Lacking, ZeroDivisionError):
            return False


class _Lacking(Exception):
    """A number that is not known."""


def _computed(
    node: Node, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]
) -> Any:
    match node:
        case Number(value=value):
            return value
        case Name(id=name):
            known = names.get(name)
            if known is None:
                raise _Lacking
            return known
        case Negative(operand=operand):
            return 0 - _computed(operand, names, functions)
        case Binary(op=op, left=left, right=right):
            values = [_computed(one, names, functions) for one in (left, right)]
            return ARITHMETIC[op](*values)
        case Call(name=name, args=args):
            return functions[name](*(_computed(one, names, functions) for one in args))
    raise AssertionError(node)


def _known(one: Quantity | Fraction) -> Quantity:
    return one if isinstance(one, Quantity) else Quantity.constant(one)


def _turned(one: Quantity) -> Quantity:
    """Change the sign; of a difference it is the other way round."""
    match one.origin:
        case Computed(operation="kurang", operands=(left, right)):
            return right - left
    return 0 - one


def _names(node: Node) -> Iterator[str]:
    match node:
        case Name(id=name):
            yield name
        case Negative(operand=operand):
            yield from _names(operand)
        case Binary(left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case Call(args=args):
            for one in args:
                yield from _names(one)


@lru_cache(maxsize=1024)
def _number(text: str) -> Node:
    try:
        node = parse(text)
    except FormulaError as error:
        raise ValueError(f"{text or 'nothing'}: {error.sentence}") from None
    _check(node, text, _OF_QUANTITIES)
    return node


@lru_cache(maxsize=1024)
def _comparison(text: str) -> Test:
    try:
        test = parse_condition(text)
    except FormulaError as error:
        raise ValueError(f"{text or 'nothing'}: {error.sentence}") from None
    if test.right is None or test.op not in _TESTS:
        raise ValueError(f"{text} compares nothing; write a comparison such as jumlah != total")
    _check(test.left, text, _FUNCTIONS)
    match test.right:
        case Call(name="semua", args=(Name(),)) if "dalam" in test.op:
            return test
        case _ if "dalam" in test.op:
            raise ValueError(f"{text}: behind dalam stands semua(…) of one name")
    _check(test.right, text, _FUNCTIONS)
    return test


def _check(node: Node, text: str, functions: Mapping[str, Callable[..., Any]]) -> None:
    match node:
        case Number() | Name():
            return
        case Negative(operand=operand):
            _check(operand, text, functions)
        case Binary(op=op, left=left, right=right) if op in ARITHMETIC:
            _check(left, text, functions)
            _check(right, text, functions)
        case Call(name=name, args=args, named=(), of=None):
            if name not in functions:
                near = nearest(name, functions) or ", ".join(functions)
                raise ValueError(f"{text}: there is no function {name} here; there is {near}")
            for one in args:
                _check(one, text, functions)
        case _:
            raise ValueError(f"{text} is no formula of named numbers alone")
