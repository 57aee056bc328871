"""Formulas and conditions of named numbers that need no table: what the numbers of a rule say.

They are written as all formulas of a profile are, and know these names and functions only.

>>> Condition("(a / b * 100) > 99").holds({"a": Fraction(2), "b": Fraction(2)})
True
>>> Expression("a / b").value({"a": Fraction(1), "b": Fraction(0)}) is None
True
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pp39.errors import nearest
from pp39.formula.parse import FormulaError, parse, parse_condition
from pp39.formula.syntax import Binary, Call, Name, Negative, Node, Number, Test
from pp39.numbers import round_half_up

__all__ = ["Condition", "Expression"]

Numbers = Mapping[str, Fraction | None]
Several = Mapping[str, Sequence[Fraction]]

_ALL = "semua"
_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "dalam": lambda one, several: one in several,
    "tidak dalam": lambda one, several: one not in several,
}
_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {
    "mutlak": abs,
    "terkecil": min,
    "terbesar": max,
    "bulat": lambda value, decimals: round_half_up(value, int(decimals)),
}


class Expression:
    """A formula of named numbers.

    Parameters
    ----------
    text : str
        Such as ``(rincian - dasar) / dasar * 100``, also with ``mutlak``, ``bulat``, ``terkecil``
        and ``terbesar``.

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
            return _computed(self._node, names)
        except (_Lacking, ZeroDivisionError):
            return None


class Condition:
    """A comparison of two formulas of named numbers.

    Parameters
    ----------
    text : str
        Such as ``selisih < total / 20`` or ``blokir tidak dalam semua(revisi)``, all numbers that
        one is the sum of.

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
                other = _computed(right, names)
            return _TESTS[self._test.op](_computed(left, names), other)
        except (_Lacking, ZeroDivisionError):
            return False


class _Lacking(Exception):
    """A number that is not known."""


def _computed(node: Node, names: Numbers) -> Fraction:
    match node:
        case Number(value=value):
            return value
        case Name(id=name):
            known = names.get(name)
            if known is None:
                raise _Lacking
            return known
        case Negative(operand=operand):
            return -_computed(operand, names)
        case Binary(op=op, left=left, right=right):
            return _OPERATIONS[op](_computed(left, names), _computed(right, names))
        case Call(name=name, args=args):
            return _FUNCTIONS[name](*(_computed(one, names) for one in args))
    raise AssertionError(node)


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
    _check(node, text)
    return node


@lru_cache(maxsize=1024)
def _comparison(text: str) -> Test:
    try:
        test = parse_condition(text)
    except FormulaError as error:
        raise ValueError(f"{text or 'nothing'}: {error.sentence}") from None
    if test.right is None or test.op not in _TESTS:
        raise ValueError(f"{text} compares nothing; write a comparison such as jumlah != total")
    _check(test.left, text)
    match test.right:
        case Call(name="semua", args=(Name(),)) if "dalam" in test.op:
            return test
        case _ if "dalam" in test.op:
            raise ValueError(f"{text}: behind dalam stands semua(…) of one name")
    _check(test.right, text)
    return test


def _check(node: Node, text: str) -> None:
    match node:
        case Number() | Name():
            return
        case Negative(operand=operand):
            _check(operand, text)
        case Binary(op=op, left=left, right=right) if op in _OPERATIONS:
            _check(left, text)
            _check(right, text)
        case Call(name=name, args=args, named=(), of=None):
            if name not in _FUNCTIONS:
                near = nearest(name, _FUNCTIONS) or ", ".join(_FUNCTIONS)
                raise ValueError(f"{text}: there is no function {name} here; there is {near}")
            for one in args:
                _check(one, text)
        case _:
            raise ValueError(f"{text} is no formula of named numbers alone")
