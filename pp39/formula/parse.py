"""From the text of a formula to its tree, or to one sentence that says where it is wrong.

Nothing is ever evaluated by Python: the text is cut into words and signs, and these are put
together by the few rules of the language. Whatever the rules do not name is an error at its place.
Length, depth and digits are bounded, so that no text can exhaust the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from pp39.errors import ParameterError
from pp39.formula.syntax import (
    Binary,
    Call,
    Filtered,
    Member,
    Name,
    Negative,
    Node,
    Number,
    Test,
    Text,
    Texts,
)

MOST_CHARACTERS = 2000
MOST_DEPTH = 40
MOST_PARTS = 150
MOST_DIGITS = 30

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?![\w{]))
    |(?P<name>[A-Za-z](?:\w|\{[A-Za-z][A-Za-z0-9_]*\})*)
    |(?P<text>'[^'\n]*'|"[^"\n]*")
    |(?P<sign><=|>=|!=|[-+*/()\[\],.=<>−×÷≤≥≠])""",
    re.VERBOSE | re.ASCII,
)
_PLAIN = {"−": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!="}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
WORDS = frozenset({"atau", "dalam", "tidak", "ada", "kosong"})
"""Words of the language itself, which can name nothing else."""


class FormulaError(ParameterError):
    """A formula that cannot be understood.

    Parameters
    ----------
    sentence : str
        What is wrong and what would be right.
    at : int
        Where in the text of the formula, counted from 0.
    """

    def __init__(self, sentence: str, at: int = 0) -> None:
        super().__init__(sentence)
        self.at = at


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Read a formula.

    Parameters
    ----------
    text : str
        Such as ``(promotor - detraktor) / responden * 100``.

    Raises
    ------
    FormulaError
        At the first place that the language does not allow.

    Examples
    --------
    >>> parse("tepat / order * 100").left.right
    Name(id='order', at=8)
    """
    _bounded(text)
    return _Parser(_tokens(text), len(text)).whole()


@lru_cache(maxsize=512)
def parse_condition(text: str) -> Test:
    """Read a condition, such as ``banyak(data) > 1`` or ``dasar ada``.

    Raises
    ------
    FormulaError
        At the first place that the language does not allow.
    """
    _bounded(text)
    return _Parser(_tokens(text), len(text)).condition()


def _bounded(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            f"a formula has at most {MOST_CHARACTERS} characters and this one has {len(text)};"
            " give its parts names of their own"
        )


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(_strange(text, at), at)
        kind = str(match.lastgroup)
        if kind != "blank":
            word = match[0]
            if kind == "number" and sum(map(str.isdigit, word)) > MOST_DIGITS:
                raise FormulaError(f"a number has at most {MOST_DIGITS} digits", at)
            if kind == "name" and word in WORDS:
                kind = "word"
            found.append(_Token(kind, _PLAIN.get(word, word), at))
        at = match.end()
    return found


def _strange(text: str, at: int) -> str:
    if text[at] in "'\"":
        return f"the quotation mark {text[at]} is not closed"
    if text[at].isdigit():
        written = re.match(r"[\w.,]+", text[at:])
        return (
            f'"{written[0] if written else text[at]}" is neither a number nor a name; write a'
            " decimal with a dot, such as 0.5, and let a name begin with a letter"
        )
    return f"{text[at]!r} has no meaning in a formula"


class _Parser:
    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens = tokens
        self._end = _Token("end", "", length)
        self._next = 0
        self._depth = 0
        self._parts = 0

    def whole(self) -> Node:
        node = self._either()
        self._ended()
        return node

    def condition(self) -> Test:
        test = self._test()
        self._ended()
        return test

    def _ended(self) -> None:
        around = [one.kind for one in self._tokens[max(0, self._next - 1) : self._next + 2]]
        if self._here.text == "," and around == ["number", "sign", "number"]:
            self._fail("a decimal number is written with a point, such as 1.5")
        if self._here.kind != "end":
            self._fail(f"{self._told()} does not belong here")

    @property
    def _here(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else self._end

    def _take(self) -> _Token:
        token = self._here
        self._next += 1
        return token

    def _took(self, *texts: str) -> _Token | None:
        token = self._here
        if token.kind in ("sign", "word") and token.text in texts:
            return self._take()
        return None

    def _need(self, sign: str, why: str) -> None:
        if self._took(sign) is None:
            self._fail(f"{self._told()} stands where {why} needs {sign!r}")

    def _told(self) -> str:
        return f'"{self._here.text}"' if self._here.kind != "end" else "the end"

    def _fail(self, sentence: str) -> NoReturn:
        raise FormulaError(sentence, self._here.at)

    def _more(self) -> None:
        # Every part may lie one deeper in the tree, and trees are gone through recursively.
        self._parts += 1
        if self._parts > MOST_PARTS:
            self._fail(
                f"a formula has at most {MOST_PARTS} parts; give some of them names of their own"
            )

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            self._fail(f"parentheses are nested more than {MOST_DEPTH} deep")
        self._more()

    def _either(self) -> Node:
        self._deeper()
        left = self._sum()
        while (token := self._took("atau")) is not None:
            self._more()
            left = Binary("atau", left, self._sum(), token.at)
        self._depth -= 1
        return left

    def _sum(self) -> Node:
        left = self._product()
        while (token := self._took("+", "-")) is not None:
            self._more()
            left = Binary(token.text, left, self._product(), token.at)
        return left

    def _product(self) -> Node:
        left = self._unary()
        while (token := self._took("*", "/")) is not None:
            self._more()
            left = Binary(token.text, left, self._unary(), token.at)
        return left

    def _unary(self) -> Node:
        token = self._took("-")
        if token is None:
            return self._postfix()
        self._deeper()
        operand = self._unary()
        self._depth -= 1
        return Negative(operand, token.at)

    def _postfix(self) -> Node:
        node = self._atom()
        while True:
            if (token := self._took("[")) is not None:
                self._deeper()
                node = Filtered(node, self._tests(), token.at)
                self._depth -= 1
            elif self._took(".") is not None:
                self._more()
                name = self._name("a dot")
                if self._took("(") is not None:
                    args, named = self._arguments()
                    node = Call(name.text, args, named, node, name.at)
                else:
                    node = Member(node, name.text, name.at)
            else:
                return node

    def _name(self, after: str) -> _Token:
        if self._here.kind != "name":
            self._fail(f"{self._told()} stands where {after} needs a name")
        return self._take()

    def _atom(self) -> Node:
        token = self._here
        if token.kind == "number":
            self._take()
            return Number(Fraction(token.text), token.text, token.at)
        if token.kind == "text":
            self._take()
            return Text(token.text[1:-1], token.at)
        if token.kind == "name":
            self._take()
            if self._took("(") is not None:
                args, named = self._arguments()
                return Call(token.text, args, named, None, token.at)
            return Name(token.text, token.at)
        if self._took("(") is not None:
            node = self._either()
            self._need(")", "an open parenthesis")
            return node
        self._fail(f"{self._told()} stands where a number, a name or a function is needed")

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...]]:
        args: list[Node] = []
        named: list[tuple[str, Node]] = []
        if self._took(")") is not None:
            return (), ()
        while True:
            node = self._either()
            if isinstance(node, Name) and self._took("=") is not None:
                if node.id in dict(named):
                    raise FormulaError(f'"{node.id}" is given twice', node.at)
                named.append((node.id, self._either()))
            elif named:
                raise FormulaError("after a named argument all others need a name, too", node.at)
            else:
                args.append(node)
            if self._took(",") is None:
                self._need(")", "a function")
                return tuple(args), tuple(named)

    def _tests(self) -> tuple[Test, ...]:
        tests: list[Test] = []
        while True:
            tests.append(self._test())
            if self._took(",") is None:
                self._need("]", "a filter")
                return tuple(tests)

    def _test(self) -> Test:
        left = self._postfix()
        token = self._here
        if token.kind == "sign" and token.text in _COMPARISONS:
            self._take()
            return Test(left, token.text, self._sum(), left.at)
        if (word := self._took("ada", "kosong")) is not None:
            return Test(left, word.text, None, left.at)
        if self._took("tidak") is not None:
            self._need("dalam", '"tidak"')
            return Test(left, "tidak dalam", self._list(), left.at)
        if self._took("dalam") is not None:
            return Test(left, "dalam", self._list(), left.at)
        if isinstance(left, Name):
            return Test(left, "ini", None, left.at)
        hint = "; name what holds the word, such as j = 'x'" if isinstance(left, Text) else ""
        needs = "a condition needs =, <, dalam, ada or kosong"
        self._fail(f"{self._told()} stands where {needs}{hint}")

    def _list(self) -> Node:
        """Read what a value may be one of: words in quotes, or anything that gives words."""
        ahead = self._tokens[self._next : self._next + 2]
        if [one.text for one in ahead][:1] != ["("] or [one.kind for one in ahead][1:] != ["text"]:
            return self._sum()
        at = self._take().at
        words: list[Text] = []
        while True:
            if self._here.kind != "text":
                self._fail(f"{self._told()} stands where a list needs a word in quotes")
            token = self._take()
            words.append(Text(token.text[1:-1], token.at))
            self._more()
            if self._took(",") is None:
                self._need(")", "a list of words")
                return Texts(tuple(words), at)
