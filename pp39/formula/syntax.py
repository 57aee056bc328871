"""The tree a formula is read into, and how it is written again.

A node knows where it stands in its text (``at``, counted from 0), which does not take part in
comparisons: two formulas are the same if they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
"""How an operation is printed; both signs may be written."""

TESTS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
"""How a comparison is printed; both signs may be written."""

_STRENGTH = {"atau": 1, "+": 2, "-": 2, "*": 3, "/": 3}
_UNARY, _POSTFIX = 4, 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact; `digits` is how it was written."""

    value: Fraction
    digits: str = field(compare=False)
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A word in quotes."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Texts:
    """Words in quotes, in parentheses."""

    items: tuple[Text, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name; ``{x}`` in it stands for the word that is being gone through."""

    id: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """Something of something: ``data.nilai``, ``capaian.batas``, ``'IKU 1'.lulus``."""

    of: Node
    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments, plain and named; `of` is what stands before a dot."""

    name: str
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()
    of: Node | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Test:
    """One condition of a filter.

    `op` is one of ``= != < <= > >=``, ``dalam``, ``tidak dalam``, ``ada``, ``kosong``, or ``ini``
    for a bare name, the word that is being gone through; the last three have no `right`.
    """

    left: Node
    op: str
    right: Node | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filtered:
    """Rows or figures with conditions in brackets; a comma means and."""

    of: Node
    tests: tuple[Test, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with the sign changed."""

    operand: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and ``+ - * /`` or ``atau`` (the first that has data)."""

    op: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


Node = Number | Text | Texts | Name | Member | Call | Filtered | Negative | Binary


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it that stand for values, from left to right.

    Names of columns, and of what figures are sorted by, stand for no value and are left out.
    """
    yield node
    for one in _below(node):
        yield from walk(one)


def _below(node: Node) -> Iterator[Node]:
    match node:
        case Member(of=of):
            yield of
        case Call():
            if node.of is not None:
                yield node.of
            else:
                yield from node.args[:1] if node.name.endswith("_setiap") else node.args
            yield from (value for _, value in node.named)
        case Filtered(of, tests):
            yield of
            yield from (test.right for test in tests if test.right is not None)
        case Negative(operand):
            yield operand
        case Binary(_, left, right):
            yield left
            yield right


def written(node: Node) -> str:  # noqa: PLR0911  one a kind of node
    """Write a formula as an auditor reads it: the parser reads it back to the same tree.

    Examples
    --------
    >>> from pp39.formula.parse import parse
    >>> written(parse("(promotor - detraktor)/responden*100"))
    '(promotor − detraktor) ÷ responden × 100'
    """
    match node:
        case Number():
            return node.digits
        case Text(value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Texts(items):
            return f"({', '.join(map(written, items))})"
        case Name(id):
            return id
        case Member(of, name):
            return f"{_inside(of, _POSTFIX)}.{name}"
        case Call():
            before = "" if node.of is None else f"{_inside(node.of, _POSTFIX)}."
            args = [*map(written, node.args), *(f"{key} = {written(v)}" for key, v in node.named)]
            return f"{before}{node.name}({', '.join(args)})"
        case Filtered(of, tests):
            return f"{_inside(of, _POSTFIX)}[{', '.join(map(_tested, tests))}]"
        case Negative(operand):
            return f"−{_inside(operand, _UNARY)}"
        case Binary(op, left, right):
            strength = _STRENGTH[op]
            sign = SIGNS.get(op, op)
            return f"{_inside(left, strength)} {sign} {_inside(right, strength + 1)}"


def _tested(test: Test) -> str:
    left = written(test.left)
    if test.op == "ini":
        return left
    if test.right is None:
        return f"{left} {test.op}"
    return f"{left} {TESTS.get(test.op, test.op)} {_inside(test.right, 2)}"


def _inside(node: Node, needed: int) -> str:
    match node:
        case Binary(op=op):
            strength = _STRENGTH[op]
        case Negative():
            strength = _UNARY
        case Number() if needed == _POSTFIX:
            strength = 0
        case _:
            strength = _POSTFIX
    return written(node) if strength >= needed else f"({written(node)})"
