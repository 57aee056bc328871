"""YAML read strictly: what is written is what is meant, and every value knows its line.

Only what a person writes by hand is taken: names, texts, numbers in decimals, true and false.
Tags, numbers in other notations, names said twice and texts that unfold without end are refused.
"""

import errno
import math
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from pp39.errors import ParameterError, UnreadableInput
from pp39.refusal import reason
from pp39.told import told

KeyPath = tuple[str, ...]

# The parser in C, where the package has it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STANDARD = "tag:yaml.org,2002:"
_BYTES = 2**20
_PERMIT = "give yourself permission to read it"
_DEPTH = 40
_VALUES = 100_000
_NAME = 200
_DIGITS = 15
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# Controls, and what changes a text without being seen: direction, joiners, breaks of other systems.
_UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+|[-+]?(?:0|[1-9][0-9]*)\.")
# In Indonesian the dot parts thousands; in YAML it is a decimal point.
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")


@dataclass(frozen=True)
class Place:
    """Where a parameter was set."""

    #: File relative to the project, ``-p``, or ``bawaan`` for a default.
    layer: str
    #: Line of the file, counted from 1.
    line: int | None = None
    #: Where on the line the value begins, counted from 1; None where it stands on other lines.
    column: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.layer if self.line is None else f"{self.layer}, line {self.line}"


@dataclass(frozen=True)
class Document:
    """A parsed document."""

    #: Mappings with text keys, lists and scalars; a date stays the text that was written.
    data: Any
    #: One for every key and list item.
    places: Mapping[KeyPath, Place] = field(default_factory=dict)


def place_of(
    places: Mapping[KeyPath, Place], path: KeyPath, otherwise: Place | None = None
) -> Place:
    """Give where the value at a path, or the nearest one above it, was set."""
    at = (path[:length] for length in range(len(path), 0, -1))
    return next((places[one] for one in at if one in places), otherwise or Place("bawaan"))


def forget(places: dict[KeyPath, Place], path: KeyPath) -> None:
    """Leave out the place of a value, and of all that is below it."""
    if path in places:
        for known in [one for one in places if one[: len(path)] == path]:
            del places[known]


@cache
def packaged(name: str) -> Any:
    """Read a file of the package itself, by its path inside; nobody may change what it gives."""
    text = files("pp39").joinpath(*name.split("/")).read_text("utf-8")
    return yaml.load(text, _LOADER)


def read_yaml(path: Path, layer: str) -> Document:
    """Read one parameter file.

    Raises
    ------
    UnreadableInput
        When it is no file or cannot be read.
    ParameterError
        When it is no UTF-8 text, no YAML or no mapping; tells all that is wrong in its values.
    """
    document = read_yaml_text(_decoded(_content(path, layer), layer), layer)
    if document.data is None:
        return Document({}, {})
    if not isinstance(document.data, dict):
        raise ParameterError(
            f"{layer} must hold 'name: value' lines, not {told(document.data)} alone"
        )
    return document


def read_yaml_text(text: str, layer: str) -> Document:
    """Read YAML text; `layer` names it in messages.

    Raises
    ------
    ParameterError
        When it is no YAML; tells all that is wrong in its values.
    """
    known = _parsed(text, layer)
    # Whoever reads it may change what it gets.
    return Document(_copied(known.data), known.places)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


@lru_cache(maxsize=1000)
def _parsed(text: str, layer: str) -> Document:
    """Parse a text; once, where a process reads the same parameters for many runs."""
    said = layer.startswith("-p")

    def place(line: int | None, column: int | None = None) -> Place:
        return Place(layer, None if said else line, column)

    if (bad := _UNSEEN.search(text)) is not None:
        line = text.count("\n", 0, bad.start()) + 1
        raise ParameterError(
            f"{place(line)}: character U+{ord(bad[0]):04X} cannot stand in a parameter; take it out"
        )
    try:
        _bounded(text, place)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = None if mark is None else mark.line + 1
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise ParameterError(
            f"{place(at)} is not valid YAML: {_problem(problem)}{_tabbed(text, at)};"
            " write lines of 'name: value', indented with blanks"
        ) from None
    if node is None:
        return Document(None)
    builder = _Builder(place)
    data = builder.value(node, ())
    if builder.problems:
        raise ParameterError(*dict.fromkeys(builder.problems))
    return Document(data, builder.places)


def _content(path: Path, layer: str) -> bytes:
    """Read a regular file of bounded size; whatever else stands there is never opened."""
    try:
        there = path.stat()
        if not stat.S_ISREG(there.st_mode):
            kind = "a folder" if stat.S_ISDIR(there.st_mode) else "no regular file"
            raise UnreadableInput(f"{layer} is {kind}; put a text file there")
        if there.st_size > _BYTES:
            raise UnreadableInput(
                f"{layer} has {there.st_size} bytes; a parameter file has at most {_BYTES}"
            )
        with path.open("rb") as stream:
            return stream.read(_BYTES + 1)
    except FileNotFoundError:
        what = "is a link to a file that is not there" if path.is_symlink() else "is not there"
        raise UnreadableInput(f"{layer} {what}; put a text file there") from None
    except OSError as error:
        right = "put the file itself there" if error.errno == errno.ELOOP else _PERMIT
        raise UnreadableInput(f"{layer} cannot be read: {reason(error)}; {right}") from None


def _decoded(content: bytes, layer: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            raise ParameterError(f"{layer} is {name} text; save the file as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ParameterError(
            f"{layer}, line {line}: byte 0x{error.object[error.start]:02X} is not UTF-8 text;"
            " save the file as UTF-8"
        ) from None


#: What the parser says where a planner has slipped, and what that means.
_SLIPS = {
    "mapping values are not allowed": "the line is indented more or less than the ones beside it,"
    " or its value has ': ' in it and stands in no quotes",
    "could not find expected ':'": "a ':' is missing on the line above, or in it a quotation mark",
    "expected <block end>": "the line is indented less or more than the ones it belongs to",
    "found unexpected end of stream": "a quotation mark is not closed",
    "expected ',' or": "a bracket { or [ is not closed, or lacks a comma",
}


def _problem(said: str) -> str:
    meant = next((words for start, words in _SLIPS.items() if said.startswith(start)), None)
    return f"{meant} ({said})" if meant else told(said, 120, quoted=False)


def _tabbed(text: str, line: int | None) -> str:
    written = text.splitlines()[line - 1 : line] if line else []
    indented = any("\t" in one[: len(one) - len(one.lstrip())] for one in written)
    return " (the line begins with a tab)" if indented else ""


@dataclass
class _Open:
    """A collection being read: its anchor, how many values it unfolds to and how deep they go."""

    anchor: str | None = None
    values: int = 1
    height: int = 0

    def take(self, values: int, height: int) -> None:
        self.values += values
        self.height = max(self.height, height + 1)


def _bounded(text: str, place: Callable[..., Place]) -> None:
    """Refuse what unfolds without end, too deep or too large, before anything is built of it."""
    anchors: dict[str | None, _Open | None] = {}
    opened = [_Open()]
    unfolded = 1
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None:
            tag = told(event.tag.replace(_STANDARD, "!!"), quoted=False)
            raise ParameterError(
                f"{place(line)}: {tag} is a tag, and tags are not used in parameters;"
                " write the value alone, in quotes if it is a text that could be something else"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(_Open(event.anchor))
            unfolded += 1
            if event.anchor is not None:
                anchors[event.anchor] = None
        elif isinstance(event, yaml.CollectionEndEvent):
            done = opened.pop()
            opened[-1].take(done.values, done.height)
            if done.anchor is not None:
                anchors[done.anchor] = done
        elif isinstance(event, yaml.ScalarEvent):
            opened[-1].take(1, 0)
            unfolded += 1
            if event.anchor is not None:
                anchors[event.anchor] = _Open()
        elif isinstance(event, yaml.AliasEvent):
            meant = anchors.get(event.anchor, _Open())
            if meant is None:
                named = told(event.anchor, quoted=False)
                raise ParameterError(
                    f"{place(line)}: *{named} stands inside what it names; write the value out"
                )
            opened[-1].take(meant.values, meant.height)
            unfolded += meant.values
        if len(opened) + opened[-1].height > _DEPTH:
            raise ParameterError(f"{place(line)}: values are nested more than {_DEPTH} deep")
        if unfolded > _VALUES:
            raise ParameterError(f"{place(line)}: the values unfold to more than {_VALUES}")


class _Builder:
    """Builds plain values of nodes, and notes places and all that is wrong."""

    def __init__(self, place: Callable[..., Place]) -> None:
        self._place = place
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[str] = []

    def value(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, item in enumerate(node.value):
                self.places[(*path, str(index))] = self._of(item, item)
                items.append(self.value(item, (*path, str(index))))
            return items
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _of(self, node: yaml.Node, value: yaml.Node | None = None) -> Place:
        line = node.start_mark.line
        if not isinstance(value, yaml.ScalarNode) or not (
            value.start_mark.line == line == value.end_mark.line
        ):
            return self._place(line + 1)
        return self._place(line + 1, value.start_mark.column + 1 + (value.style in ("'", '"')))

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._of(key_node, value_node)
            # The text as written: a code such as 6077 or 51 is a name, not a number.
            key = key_node.value.strip() if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                self.problems.append(f"{place}: a name must be plain text that is not empty")
            elif len(key) > _NAME:
                self.problems.append(f"{place}: a name has at most {_NAME} letters, not {len(key)}")
            elif key in mapping:
                self.problems.append(
                    f"{place}: the name {told(key)} is set twice; keep one of them"
                )
            else:
                self.places[(*path, key)] = place
                mapping[key] = self.value(value_node, (*path, key))
        return mapping

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        written: str = node.value
        match node.tag.rpartition(":")[2]:
            case "null":
                pass
            case "bool":
                return yaml.SafeLoader.bool_values[written.lower()]
            case "int" if _WHOLE.fullmatch(written) and _exactly(written):
                return int(written)
            case "float" if _GROUPED.fullmatch(written):
                exact = written.rstrip("0").rstrip(".") if written[-1] == "0" else decimal(written)
                self.problems.append(
                    f"{self._of(node)}: {told(written)} may be thousands or a decimal;"
                    f" write {written.replace('.', '')} or {exact}"
                )
            case "float" if _DECIMAL.fullmatch(written) and _exactly(written):
                return float(written)
            case "int" | "float":
                self.problems.append(
                    f"{self._of(node)}: {told(written)} is no number of at most {_DIGITS} digits in"
                    " plain decimals, such as 1250 or 74.12; put it in quotes if it is a text"
                )
            case _:
                return written
        return None


def decimal(number: str) -> str:
    """Write a decimal number so that no thousands are seen in it.

    Examples
    --------
    >>> decimal("2.125"), decimal("0.125"), decimal("2125.5")
    ('2.1250', '0.125', '2125.5')
    """
    return f"{number}0" if _GROUPED.fullmatch(number) else number


def _exactly(written: str) -> bool:
    """Tell whether a number keeps all its digits when it is read."""
    digits = written.lstrip("+-").replace(".", "").strip("0")
    return len(digits) <= _DIGITS and len(written) <= 2 * _DIGITS and math.isfinite(float(written))
