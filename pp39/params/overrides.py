"""Overrides from the command line: ``path=value``, with the value in YAML.

A shell takes the quotes out of ``-p target."IKU 1.1"=80`` before we see it, so a path is read
against the tree: ``target.IKU 1.1`` is understood as well, and so is ``target.iku-1.1``.
"""

import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pp39.errors import ParameterError, nearest
from pp39.params.schema import Node, format_path, spelled
from pp39.told import told
from pp39.yamlfile import KeyPath, read_yaml_text

#: Maps whose keys are codes, and the map that lists the codes in their right spelling.
CODE_MAPS: Mapping[KeyPath, str] = MappingProxyType(
    {("target",): "indikator", ("indikator",): "indikator", ("sasaran",): "sasaran"}
)


_NAME = 400


@dataclass(frozen=True)
class Override:
    """One override: where, and what."""

    path: KeyPath
    value: Any


def split_overrides(text: str) -> tuple[str, ...]:
    """Split several overrides written in one text, the way a shell splits words.

    Examples
    --------
    >>> split_overrides('capaian.batas=120 target."IKU 1.1"=80')
    ('capaian.batas=120', 'target.IKU 1.1=80')
    """
    try:
        return tuple(shlex.split(text))
    except ValueError:
        raise ParameterError(f"P={_told(text)}: a quotation mark is not closed") from None


def parse_override(text: str, tree: Mapping[str, Any], root: Node) -> Override:
    """Read ``path=value`` against the tree as the files have set it.

    Parameters
    ----------
    text : str
        For instance ``capaian.batas=120`` or ``target."IKU 1.1"=80``.
    tree : mapping
        Merged content of the files, for the keys of maps.
    root : Node
        The shape of the tree.

    Raises
    ------
    ParameterError
        When there is no ``=``, the name is unknown, or the value is no YAML.
    """
    segments, value_text = _lex(text)
    said = f"-p {_told(text)}"
    if value_text is None or not all(segments):
        raise ParameterError(f"{said}: write it as name=value, such as capaian.batas=120")
    path = _resolve(root, root, (), segments, tree, said)
    return Override(path, read_yaml_text(value_text, said).data)


def resolve_path(text: str, tree: Mapping[str, Any], root: Node) -> KeyPath:
    """Read a path as ``-p`` takes it, without a value.

    Raises
    ------
    ParameterError
        When the name is unknown.
    """
    segments, _ = _lex(text)
    if not all(segments):
        raise ParameterError(f"{_told(text)}: write a name such as capaian.batas")
    return _resolve(root, root, (), segments, tree, _told(text))


def known_codes(path: KeyPath, tree: Mapping[str, Any]) -> list[str]:
    """Give the codes of the map at `path` in their right spelling, as far as the tree has them."""
    maps = [tree.get(CODE_MAPS[path]), tree.get(path[0])]
    return list(dict.fromkeys(key for one in maps if isinstance(one, Mapping) for key in one))


def unknown_name(
    path: KeyPath, place: str, siblings: Collection[str], root: Node
) -> ParameterError:
    """Build the error for a name that is not in the tree."""
    parent = path[:-1]
    near = nearest(path[-1], siblings)
    steps = path[-1].split(".")
    if len(steps) > 1 and (*parent, *steps) in dict(_fixed_paths(root, ())):
        hint = f"; write {': {'.join(steps)}: …{'}' * (len(steps) - 1)}"
    elif near is not None:
        hint = f"; the nearest is {format_path((*parent, near))}"
    elif (elsewhere := _elsewhere(path, root)) is not None and path[: len(elsewhere)] != elsewhere:
        hint = f"; the nearest is {format_path(elsewhere)}"
    else:
        hint = f"; there are {', '.join(sorted(siblings))}" if siblings else "; take it out"
    name = told(format_path(path), 100, quoted=False)
    return ParameterError(f"there is no parameter {name} ({place}){hint}")


def _elsewhere(path: KeyPath, root: Node) -> KeyPath | None:
    known = dict(_fixed_paths(root, ()))
    by_text = {".".join(one): one for one in known}
    by_last = {one[-1]: one for one in known}
    if path[-1] in by_last:
        return by_last[path[-1]]
    for written in (".".join(path), path[-1]):
        for names in (by_text, by_last):
            near = nearest(written, names)
            if near is not None:
                return names[near]
    return None


def _fixed_paths(node: Node, path: KeyPath) -> list[tuple[KeyPath, Node]]:
    found = []
    for key in node.fields or ():
        child = node.child(key)
        assert child is not None
        found.append(((*path, key), child))
        found.extend(_fixed_paths(child, (*path, key)))
    return found


def _told(text: str) -> str:
    return told(text, 100, quoted=False)


def _lex(text: str) -> tuple[list[str], str | None]:
    """Split off the path at the first "=" outside quotes, and cut it at dots outside quotes."""
    segments, quote, value = [""], "", None
    for position, char in enumerate(text):
        if char == quote:
            quote = ""
        elif not quote and char in "\"'":
            quote = char
        elif not quote and char == "=":
            value = text[position + 1 :]
            break
        elif not quote and char == ".":
            segments.append("")
        else:
            segments[-1] += char
    if sum(map(len, segments)) > _NAME or len(segments) > _NAME:
        raise ParameterError(f"{_told(text)}: a name has at most {_NAME} letters")
    return [one.strip() for one in segments], value


def _resolve(  # noqa: PLR0917  it calls itself with what changes
    root: Node, node: Node, path: KeyPath, segments: list[str], tree: Any, said: str
) -> KeyPath:
    if not segments:
        return path
    here = tree if isinstance(tree, Mapping) else {}
    if (fields := node.fields) is not None:
        child = node.child(segments[0])
        if child is None:
            raise unknown_name((*path, segments[0]), said, fields, root)
        below = here.get(segments[0], {})
        at = (*path, segments[0])
        if at in CODE_MAPS:
            # Any indicator may get a target, whether or not a file has set one.
            own = below if isinstance(below, Mapping) else {}
            below = {**dict.fromkeys(known_codes(at, here)), **own}
        return _resolve(root, child, at, segments[1:], below, said)
    if (values := node.values) is not None:
        key, rest = _key(values, path, segments, here)
        return _resolve(root, values, (*path, key), rest, here.get(key), said)
    raise ParameterError(
        f"{said}: {format_path(path)} is a single value and has nothing called"
        f" {told('.'.join(segments), quoted=False)} below it"
    )


def _key(
    values: Node, path: KeyPath, segments: list[str], here: Mapping[str, Any]
) -> tuple[str, list[str]]:
    """Take as many segments as make one key of a map; keys themselves may hold dots."""
    for count in range(len(segments), 0, -1):
        key = _spelled(path, ".".join(segments[:count]), here)
        if key in here:
            return key, segments[count:]
    # A key nobody has set yet: up to the first name that a value of this map can have.
    count = len(segments)
    if values.fields:
        count = next((i for i in range(1, len(segments)) if segments[i] in values.fields), count)
    return _spelled(path, ".".join(segments[:count]), here), segments[count:]


def _spelled(path: KeyPath, key: str, known: Collection[str]) -> str:
    return spelled(key, known) if path in CODE_MAPS else key
