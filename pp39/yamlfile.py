"""YAML read strictly: duplicate names are errors, and every value knows the line it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pp39.errors import ParameterError, UnreadableInput
from pp39.refusal import reason

__all__ = ["Document", "Place", "read_yaml", "read_yaml_text"]

KeyPath = tuple[str, ...]

# The parser in C, where the package has it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Where a parameter was set.

    Attributes
    ----------
    layer : str
        File relative to the project, ``-p``, or ``bawaan`` for a default.
    line : int or None
        Line of the file, counted from 1.
    column : int or None
        Where on the line the value begins, counted from 1; None where it stands on other lines.
    """

    layer: str
    line: int | None = None
    column: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.layer if self.line is None else f"{self.layer}, line {self.line}"


@dataclass(frozen=True)
class Document:
    """A parsed document.

    Attributes
    ----------
    data : object
        Mappings with text keys, lists and scalars.
    places : mapping of path to Place
        One for every key and list item.
    """

    data: Any
    places: Mapping[KeyPath, Place] = field(default_factory=dict)


def read_yaml(path: Path, layer: str) -> Document:
    """Read one parameter file.

    Parameters
    ----------
    path : Path
        The file.
    layer : str
        How messages name it.

    Raises
    ------
    UnreadableInput
        When it cannot be read.
    ParameterError
        When it is no UTF-8 text, no YAML, no mapping, or says a name twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableInput(
            f"{layer} cannot be read: {reason(error)}; give yourself permission to read it"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ParameterError(
            f"{layer}, line {line}: byte 0x{error.object[error.start]:02X} is not UTF-8 text;"
            " save the file as UTF-8"
        ) from None
    document = read_yaml_text(text, layer)
    if document.data is None:
        return Document({}, {})
    if not isinstance(document.data, dict):
        raise ParameterError(
            f"{layer} must hold 'name: value' lines, not {text.split()[0]!r} alone"
        )
    return document


def read_yaml_text(text: str, layer: str) -> Document:
    """Read YAML text; `layer` names it in messages."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        places: dict[KeyPath, Place] = {}
        data = None if node is None else _build(node, (), layer, places)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(layer, mark.line + 1 if mark is not None and layer != "-p" else None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise ParameterError(f"{place} is not valid YAML: {problem}") from error
    return Document(data, places)


def _build(node: yaml.Node, path: KeyPath, layer: str, places: dict[KeyPath, Place]) -> Any:
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = _place(key_node, layer, value_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise ParameterError(f"{place}: a name must be plain text")
            # The text as written: a code such as 6077 or 51 is a name, not a number.
            key = key_node.value
            if key in mapping:
                raise ParameterError(f"{place}: the name '{key}' is set twice; keep one of them")
            places[(*path, key)] = place
            mapping[key] = _build(value_node, (*path, key), layer, places)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            places[(*path, str(index))] = _place(item, layer, item)
            items.append(_build(item, (*path, str(index)), layer, places))
        return items
    try:
        return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
    except ValueError as error:
        raise ParameterError(
            f"{_place(node, layer)}: {node.value!r} is not valid: {error}"
        ) from error


def _place(node: yaml.Node, layer: str, value: yaml.Node | None = None) -> Place:
    if layer == "-p":
        return Place(layer)
    column = None
    lines = {node.start_mark.line}
    if isinstance(value, yaml.ScalarNode) and {value.start_mark.line, value.end_mark.line} == lines:
        column = value.start_mark.column + (2 if value.style in ("'", '"') else 1)
    return Place(layer, node.start_mark.line + 1, column)
