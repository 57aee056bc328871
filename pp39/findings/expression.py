"""Arithmetic and comparisons of named numbers, as formulas of a profile write them.

>>> Expression("a / b * 100 > 99").holds({"a": Fraction(2), "b": Fraction(2)})
True
>>> Expression("a / b").value({"a": Fraction(1), "b": Fraction(0)}) is None
True
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pp39.numbers import round_half_up

__all__ = ["Expression", "names_in"]

_OPERATIONS: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, several: one in several,
    ast.NotIn: lambda one, several: one not in several,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "mutlak": abs,
    "terkecil": min,
    "terbesar": max,
    "bulat": lambda value, decimals: round_half_up(value, int(decimals)),
}


class Expression:
    """An expression that was understood.

    Parameters
    ----------
    text : str
        Such as ``mutlak(jumlah - total) < total / 20``; ``=``, ``dalam`` and ``tidak dalam``
        compare as well, and ``semua(x)`` gives every number that `x` is the sum of.

    Raises
    ------
    ValueError
        If it is no such expression.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._node = _parsed(text)

    def value(self, names: Mapping[str, Any], every: Mapping[str, Any] | None = None) -> Any:
        """Compute it; None where a number is lacking or would be divided by nothing."""
        try:
            return _Run(names, every or {}).visit(self._node)
        except (_Lacking, ZeroDivisionError):
            return None

    def holds(self, names: Mapping[str, Any], every: Mapping[str, Any] | None = None) -> bool:
        """Tell whether the condition is met; it is not where a number is lacking."""
        return self.value(names, every) is True


def names_in(text: str) -> set[str]:
    """Give the names in an expression, without those of functions."""
    called = {id(one.func) for one in ast.walk(_parsed(text)) if isinstance(one, ast.Call)}
    nodes = (one for one in ast.walk(_parsed(text)) if isinstance(one, ast.Name))
    return {one.id for one in nodes if id(one) not in called}


class _Lacking(Exception):
    """A number that is not known."""


class _Run(ast.NodeVisitor):
    def __init__(self, names: Mapping[str, Any], every: Mapping[str, Any]) -> None:
        self._names = names
        self._every = every

    def visit_Constant(self, node: ast.Constant) -> Fraction:
        return Fraction(str(node.value))

    def visit_Name(self, node: ast.Name) -> Any:
        value = self._names.get(node.id)
        if value is None:
            raise _Lacking
        return value

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        return -self.visit(node.operand)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        return _OPERATIONS[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> bool:
        sides = [self.visit(one) for one in (node.left, *node.comparators)]
        pairs = zip(node.ops, sides, sides[1:], strict=False)
        return all(_OPERATIONS[type(op)](a, b) for op, a, b in pairs)

    def visit_Call(self, node: ast.Call) -> Any:
        assert isinstance(node.func, ast.Name)
        if node.func.id == "semua":
            (one,) = node.args
            assert isinstance(one, ast.Name)
            return self._every.get(one.id, ())
        return _FUNCTIONS[node.func.id](*map(self.visit, node.args))


@lru_cache(maxsize=512)
def _parsed(text: str) -> ast.expr:
    spelt = re.sub(r"(?<![<>!=])=(?!=)", "==", text)
    spelt = re.sub(r"\btidak dalam\b", "not in", spelt)
    spelt = re.sub(r"\bdalam\b", "in", spelt)
    try:
        tree = ast.parse(spelt, mode="eval").body
    except SyntaxError:
        raise ValueError(f"{text} is no expression, such as jumlah != total") from None
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=int() | float()) | ast.Name() | ast.expr_context():
                known = True
            case ast.Call(func=ast.Name(id=name), keywords=[]):
                known = name in _FUNCTIONS or name == "semua"
            case ast.BinOp() | ast.Compare() | ast.UnaryOp(op=ast.USub()) | ast.USub():
                known = True
            case _:
                known = type(node) in _OPERATIONS
        if not known:
            raise ValueError(f"{text} is no arithmetic or comparison of named numbers")
    return tree
