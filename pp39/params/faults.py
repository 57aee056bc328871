"""What is wrong with the parameters, worded: place, value, what would be right."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import ParameterError, Pp39Error, nearest
from pp39.params.merged import Layered
from pp39.params.overrides import unknown_name
from pp39.params.schema import Node, allowed, path_told
from pp39.profile.wording import slip
from pp39.told import told
from pp39.yamlfile import KeyPath


def together(problems: Sequence[Pp39Error]) -> Pp39Error:
    """Make one error of several, of their kind if they are all of one."""
    kinds = {type(one) for one in problems}
    kind = kinds.pop() if len(kinds) == 1 else ParameterError
    return kind(*dict.fromkeys(sentence for one in problems for sentence in one.sentences))


def explained(error: ValidationError, layered: Layered) -> list[ParameterError]:
    """Turn what pydantic found into one sentence for each place."""
    found: dict[tuple[KeyPath, bool], ParameterError] = {}
    for one in error.errors():
        path, node = _located(one, layered.root)
        named = one["loc"][-1] == "[key]"
        # A number that is none is wrong as a whole number and as another one.
        found.setdefault((path, named), _sentence(one, path, node, layered))
    return list(found.values())


def _sentence(error: ErrorDetails, path: KeyPath, node: Node, layered: Layered) -> ParameterError:
    place = layered.place(path)
    reason = str(error["ctx"]["error"]) if error["type"] == "value_error" else ""
    if error["loc"][-1] == "[key]":
        right = reason or "it must be text that is not empty"
        return ParameterError(
            f"the name {told(path[-1])} in {path_told(path[:-1])} ({place}) is not right; {right}"
        )
    if error["type"] == "extra_forbidden":
        return unknown_name(path, str(place), list(node.fields or ()), layered.root)
    if error["type"] == "missing" and path not in layered.places:
        return ParameterError(
            f"parameter {path_told(path)} is not set; set it {_home(path, layered)}"
        )
    if reason and node.fields is not None:
        return ParameterError(f"parameter {path_told(path)} ({layered.latest(path)}): {reason}")
    value = layered.at(path)
    right = allowed(node.annotation)
    if error["type"] == "string_too_long":
        right = f"it must be text of at most {error['ctx']['max_length']} letters"
    if reason and "a date" not in right:
        right = reason
    return ParameterError(
        f"parameter {path_told(path)} is {told(value)} ({place});"
        f" {right}{_near_literal(value, node)}{slip([error], value)}"
    )


def _located(error: ErrorDetails, node: Node) -> tuple[KeyPath, Node]:
    """Find the deepest place of the tree an error is about; pydantic adds tags of its own."""
    path: KeyPath = ()
    for part in map(str, error["loc"]):
        child = node.child(part)
        if child is None:
            if error["type"] == "extra_forbidden" and node.fields is not None:
                return (*path, part), node
            break
        path, node = (*path, part), child
    return path, node


def _home(path: KeyPath, layered: Layered) -> str:
    """Say where to set what is missing: beside its entry, or in the file that is its own.

    That is never a file which other units share, save for what holds for all of them.
    """
    node = layered.root
    for length, key in enumerate(path):
        entry = path[: length + 1]
        if node.items is not None or (node.values is not None and entry in layered.places):
            return f"beside the rest of {path_told(entry)} ({layered.place(entry)})"
        child = node.child(key)
        assert child is not None
        node = child
    regulations, own = layered.files[:2]
    homes = {"regulasi": regulations}
    return f"in {homes.get(path[0], own)}"


def _near_literal(value: Any, node: Node) -> str:
    words = allowed(node.annotation).removeprefix("it must be one of ").split(", ")
    near = (
        nearest(value, words)
        if isinstance(value, str) and 1 < len(value) < 60 and len(words) > 1
        else None
    )
    return f"; the nearest is {near}" if near else ""
