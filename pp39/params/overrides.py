"""Overrides from the command line: ``path=value``, with the value in YAML.

A shell takes the quotes out of ``-p target."IKK 6.4.2"=80`` before we see it, so a path is read
against the tree: ``target.IKK 6.4.2`` is understood as well, and so is ``target.IKK-6.4.2``.
"""

import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pp39.errors import ParameterError, nearest
from pp39.params.schema import ROOT, Node, format_path, indicator_code
from pp39.yamlfile import read_yaml_text

__all__ = ["Override", "parse_override", "split_overrides", "unknown_name"]

KeyPath = tuple[str, ...]

#: Maps whose keys are indicator codes.
CODE_MAPS: Collection[KeyPath] = frozenset({("target",), ("indikator",)})


@dataclass(frozen=True)
class Override:
    """One override: where, and what."""

    path: KeyPath
    value: Any


def split_overrides(text: str) -> tuple[str, ...]:
    """Split several overrides written in one text, the way a shell splits words.

    Examples
    --------
    >>> split_overrides('capaian.batas=120 target."IKK 6.4.2"=80')
    ('capaian.batas=120', 'target.IKK 6.4.2=80')
    """
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise ParameterError(f"P={text}: a quotation mark is not closed") from error


def parse_override(text: str, tree: Mapping[str, Any]) -> Override:
    """Read ``path=value`` against the tree as the files have set it.

    Parameters
    ----------
    text : str
        For instance ``nps.promoter_min=8`` or ``target."IKK 6.4.2"=80``.
    tree : mapping
        Merged content of the files, for the keys of maps.

    Raises
    ------
    ParameterError
        When there is no ``=``, the name is unknown, or the value is no YAML.
    """
    segments, value_text = _lex(text)
    path = _resolve(ROOT, (), segments, tree, text)
    return Override(path, read_yaml_text(value_text, "-p").data)


def unknown_name(path: KeyPath, place: str, siblings: Collection[str]) -> ParameterError:
    """Build the error for a name that is not in the tree.

    Parameters
    ----------
    path : tuple of str
        The path that was written.
    place : str
        Where it was written.
    siblings : collection of str
        Names that are right at that place.
    """
    parent = path[:-1]
    near = nearest(path[-1], siblings)
    if near is not None:
        hint = f"; the nearest is {format_path((*parent, near))}"
    elif (elsewhere := _elsewhere(path)) is not None:
        hint = f"; the nearest is {format_path(elsewhere)}"
    else:
        hint = f"; there are {', '.join(sorted(siblings))}"
    return ParameterError(f"there is no parameter {format_path(path)} ({place}){hint}")


def _elsewhere(path: KeyPath) -> KeyPath | None:
    known = dict(_fixed_paths(ROOT, ()))
    for written in (".".join(path), path[-1]):
        by_text = {".".join(one): one for one in known}
        near = nearest(written, by_text)
        if near is not None:
            return by_text[near]
        by_last = {one[-1]: one for one in known}
        near = nearest(written, by_last)
        if near is not None:
            return by_last[near]
    return None


def _fixed_paths(node: Node, path: KeyPath) -> list[tuple[KeyPath, Node]]:
    found = []
    for key in node.fields or ():
        child = node.child(key)
        assert child is not None
        found.append(((*path, key), child))
        found.extend(_fixed_paths(child, (*path, key)))
    return found


def _lex(text: str) -> tuple[list[str], str]:
    """Split off the path at the first "=" outside quotes, and cut it at dots outside quotes."""
    segments, current, quote = [], "", ""
    for position, char in enumerate(text):
        if quote:
            quote, current = ("", current) if char == quote else (quote, current + char)
        elif char in "\"'":
            quote = char
        elif char == "=":
            segments.append(current.strip())
            if not all(segments):
                break
            return segments, text[position + 1 :]
        elif char == ".":
            segments.append(current.strip())
            current = ""
        else:
            current += char
    raise ParameterError(f"-p {text}: write it as name=value, such as nps.promoter_min=8")


def _resolve(node: Node, path: KeyPath, segments: list[str], tree: Any, text: str) -> KeyPath:
    if not segments:
        return path
    here = tree if isinstance(tree, Mapping) else {}
    if (fields := node.fields) is not None:
        child = node.child(segments[0])
        if child is None:
            raise unknown_name((*path, segments[0]), f"-p {text}", fields)
        below = here.get(segments[0], {})
        if segments[0] == "target" and not path:
            # Any indicator may get a target, whether or not a file has set one.
            below = {**dict.fromkeys(here.get("indikator", {})), **(below or {})}
        return _resolve(child, (*path, segments[0]), segments[1:], below, text)
    if (values := node.values) is not None:
        key, rest = _key(values, path, segments, here)
        return _resolve(values, (*path, key), rest, here.get(key), text)
    raise ParameterError(
        f"-p {text}: {format_path(path)} is a single value and has nothing called"
        f" {'.'.join(segments)} below it"
    )


def _key(
    values: Node, path: KeyPath, segments: list[str], here: Mapping[str, Any]
) -> tuple[str, list[str]]:
    """Take as many segments as make one key of a map; keys themselves may hold dots."""
    for count in range(len(segments), 0, -1):
        key = _spelled(path, ".".join(segments[:count]))
        if key in here:
            return key, segments[count:]
    # A key nobody has set yet: up to the first name that a value of this map can have.
    count = len(segments)
    if values.fields:
        count = next((i for i in range(1, len(segments)) if segments[i] in values.fields), count)
    return _spelled(path, ".".join(segments[:count])), segments[count:]


def _spelled(path: KeyPath, key: str) -> str:
    return indicator_code(key) if path in CODE_MAPS else key
