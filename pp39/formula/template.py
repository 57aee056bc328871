"""Texts with formulas in them: labels, notes, sentences.

``{…}`` holds a formula, after a colon how its words are written: ``kecil`` (small letters), ``dan``
(joined by "dan"), ``tanggal`` (a date in words). What stands in ``[…]`` is left out where a formula
in it has nothing to say, and may itself hold such parts; ``[?condition: …]`` is there where the
condition is met. A sentence of the report knows more ways to write what it tells (`SPOKEN`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pp39.formula.compile import Compiler
from pp39.formula.names import Names
from pp39.formula.parse import FormulaError, parse, parse_condition
from pp39.formula.syntax import Node
from pp39.formula.values import Code, Value, Word, World
from pp39.ledger import Quantity
from pp39.periods import format_date, parse_date

SPOKEN = frozenset(
    [
        *("", "kecil", "besar", "dan", "tanggal"),
        *("mutlak", "polos", "satuan", "terbilang", "bilang"),
        *("sebut", "terbesar", "terkecil", "kurang", "kata"),
    ]
)
"""How a sentence of the report may write what stands in braces; ``bilang`` a count, in words where
it has one or two of them. Of figures by word: ``sebut`` names all of them, ``terbesar`` and
``terkecil`` the largest and smallest of several, ``kurang`` those below 100 %, each with its
figure; ``kata`` gives their words alone."""

_FAMILY = frozenset(["sebut", "terbesar", "terkecil", "kurang", "kata"])
_SPEC = re.compile(r"(.*):\s*([a-z]+)\s*\Z", re.DOTALL)
# A blank before a comma is of the condition.
_WHEN = re.compile(r"\?([^:\[\]]*):(?:\s+(?=[,.;]))?")
_TWICE = re.compile(r"\b([^\W\d]+) \1\b")
_MOST_DEPTH = 8


@dataclass(frozen=True)
class Hole:
    """A formula in braces, and how what it gives is written."""

    code: Code
    spec: str


@dataclass(frozen=True)
class Segment:
    """Text and holes; left out as a whole where one of its holes is empty, or `when` is not met."""

    pieces: tuple[str | Hole | Segment, ...]
    when: Callable[[World], bool] | None = None


@dataclass(frozen=True)
class Template:
    """A text whose formulas were understood."""

    whole: Segment

    def text(self, world: World) -> str:
        """Write the text; a word that the next one begins with is not said twice."""
        told = _written(self.whole, world, optional=False) or ""
        return _TWICE.sub(r"\1", " ".join(told.split()))


def compile_template(text: str, names: Names, specs: frozenset[str] | None = None) -> Template:
    """Understand a text.

    Parameters
    ----------
    text : str
        The text.
    names : Names
        What formulas in it may name.
    specs : frozenset of str, optional
        Ways to write what stands in braces, such as `SPOKEN`; by default those of a label.

    Raises
    ------
    FormulaError
        If a bracket is not closed, or a formula in it is wrong.

    Examples
    --------
    >>> compile_template("Nilai {tw}", Names({}, {})).whole.pieces[0]
    'Nilai '
    """
    pieces, end = _pieces(text, 0, _Names(names, specs or frozenset(_SPECS)), 0)
    if end < len(text):
        raise FormulaError("a closing bracket has no opening one", end)
    return Template(Segment(pieces))


def template_nodes(text: str) -> list[Node]:
    """Give the formulas in a text.

    Raises
    ------
    FormulaError
        If one of them is no formula.
    """
    found, at = [], 0
    while (at := text.find("{", at)) >= 0:
        end = _closing(text, at)
        found.append(_inside(text[at + 1 : end], at + 1, SPOKEN)[0])
        at = end
    return found


@dataclass(frozen=True)
class _Names:
    """What a text may name, and how it may write it."""

    names: Names
    specs: frozenset[str]


def _pieces(
    text: str, at: int, names: _Names, depth: int
) -> tuple[tuple[str | Hole | Segment, ...], int]:
    if depth > _MOST_DEPTH:
        raise FormulaError(f"brackets are nested more than {_MOST_DEPTH} deep", at)
    found: list[str | Hole | Segment] = []
    plain = ""
    while at < len(text) and text[at] != "]":
        if text[at] not in "{[":
            plain += text[at]
            at += 1
            continue
        if plain:
            found.append(plain)
            plain = ""
        if text[at] == "[":
            when = _WHEN.match(text, at + 1)
            start = when.end() if when else at + 1
            inner, end = _pieces(text, start, names, depth + 1)
            if end >= len(text):
                raise FormulaError("the bracket is not closed", at)
            met = Compiler(names.names).condition(parse_condition(when[1])) if when else None
            comma = inner and isinstance(inner[0], str) and inner[0][:1] in tuple(",.;")
            if comma and found and isinstance(found[-1], str) and text[end + 1 : end + 2] != "":
                found[-1] = found[-1].rstrip()  # a blank before a comma is a slip
            found.append(Segment(inner, met))
        else:
            end = _closing(text, at)
            found.append(_hole(text[at + 1 : end], at + 1, names))
        at = end + 1
    return (*found, *([plain] if plain else [])), at


def _closing(text: str, at: int) -> int:
    depth = 0
    for end in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth == 0:
            return end
    raise FormulaError("the brace is not closed", at)


def _inside(inside: str, at: int, specs: frozenset[str]) -> tuple[Node, str]:
    match = _SPEC.fullmatch(inside)
    formula, spec = (match[1], match[2]) if match else (inside, "")
    if spec not in specs:
        known = ", ".join(sorted(filter(None, specs)))
        raise FormulaError(f'"{spec}" is no way to write words; there are {known}', at)
    if spec and (before := _SPEC.fullmatch(formula)) and before[2] in specs:
        told = f"either :{before[2]} or :{spec} stands behind a figure, not both"
        raise FormulaError(told, at)
    try:
        return parse(formula), spec
    except FormulaError as error:
        raise FormulaError(error.sentence, at + error.at) from None


def _hole(inside: str, at: int, names: _Names) -> Hole:
    node, spec = _inside(inside, at, names.specs)
    try:
        compiler = Compiler(names.names)
        code = compiler.code(node)
        if spec in _FAMILY:
            if code.shape.kind != "family":
                raise FormulaError(f"{spec} needs figures by word")
        elif code.shape.kind in ("column", "words"):
            code = compiler.words(node)
        elif code.shape.kind in ("rows", "family"):
            code = compiler.number(node)
    except FormulaError as error:
        raise FormulaError(error.sentence, at + error.at) from None
    return Hole(code, spec)


def _written(part: Segment, world: World, *, optional: bool) -> str | None:
    told: list[str] = []
    for piece in part.pieces:
        if isinstance(piece, str):
            told.append(piece)
        elif isinstance(piece, Segment):
            if piece.when is None or piece.when(world):
                told.append(_written(piece, world, optional=True) or "")
        else:
            said = _said(piece.code.run(world), piece.spec)
            if not said and optional:
                return None
            told.append(said)
    return "".join(told)


def _said(value: Value, spec: str) -> str:
    match value:
        case Quantity():
            return value.with_unit()
        case Word(name=name):
            return _SPECS[spec]([name])
        case tuple():
            return _SPECS[spec]([one.name for one in value])
        case str():
            return _SPECS[spec]([value]) if value else ""
        case _:
            return ""


def enumeration(names: Sequence[str], word: str = "dan") -> str:
    """List names as a sentence does, the last behind “dan”, or “serta” where names hold a “dan”.

    Examples
    --------
    >>> enumeration(["a"]), enumeration(["a", "b"]), enumeration(["a", "b", "c"])
    ('a', 'a dan b', 'a, b, dan c')
    """
    if len(names) < 3:
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"


_SPECS: dict[str, Callable[[list[str]], str]] = {
    "": ", ".join,
    "kecil": lambda names: ", ".join(names).lower(),
    "dan": enumeration,
    "tanggal": lambda names: ", ".join(format_date(parse_date(one)) for one in names),
}
