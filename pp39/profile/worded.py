"""What pydantic finds wrong in what a person wrote, in the words of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import nearest
from pp39.profile.files import KeyPath
from pp39.profile.model import KINDS

__all__ = ["MISSING", "explained", "near"]

MISSING = "is not set, but must be"

_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "text",
        "bool_type": "ya or tidak",
        "int_type": "a whole number",
        "float_type": "a number",
        "tuple_type": "a list",
        "mapping_type": "'name: value' lines",
        "model_type": "'name: value' lines",
        "model_attributes_type": "'name: value' lines",
        "dict_type": "'name: value' lines",
        "string_too_short": "text that is not empty",
        "string_pattern_mismatch": "of the form {pattern}",
        "too_short": "of {min_length} or more parts",
        "too_long": "of {max_length} parts at most",
        "greater_than": "above {gt}",
        "greater_than_equal": "{ge} or more",
        "less_than": "below {lt}",
        "less_than_equal": "{le} or less",
        "finite_number": "a number",
    }
)
"""What pydantic would say in the words of its own types: the end of "it must be …"."""


def explained(error: ValidationError, data: Any, kind: Any, name: str = "") -> dict[KeyPath, str]:
    """Give one sentence for each place that is wrong.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    data : object
        What a person wrote.
    kind : type
        What it should be.
    name : str
        What stands before the names below.
    """
    found: dict[KeyPath, list[ErrorDetails]] = {}
    for one in error.errors():
        found.setdefault(_path(one, data), []).append(one)
    before = (name,) if name else ()
    return {
        path: _sentence(path, ".".join((*before, *path)), errors, data, kind)
        for path, errors in found.items()
    }


def _path(error: ErrorDetails, data: Any) -> KeyPath:
    """Find where in the tree an error is; pydantic adds tags of its own to the way."""
    path: KeyPath = ()
    parts = [str(part) for part in error["loc"]]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if isinstance(data, Mapping) and part in data and not _is_tag(data, parts[number:]):
            path, data = (*path, part), data[part]
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            path, data = (*path, part), data[int(part)]
        elif last and error["type"] in ("missing", "extra_forbidden"):
            path = (*path, part)
    return path


def _is_tag(data: Mapping[str, Any], parts: list[str]) -> bool:
    """Tell whether a part only tags a kind, although a setting beside the next one has its name."""
    return not isinstance(data[parts[0]], Mapping | list) and parts[1:2] != [] and parts[1] in data


def _sentence(path: KeyPath, name: str, errors: list[ErrorDetails], data: Any, kind: Any) -> str:
    first = errors[0]
    value = first["input"]
    match first["type"]:
        case "missing":
            return f"{name} {MISSING}"
        case "extra_forbidden":
            return f"there is no {name}; {near(path[-1], _names_at(path[:-1], data, kind))}"
        case "union_tag_invalid":
            told = first["ctx"]["tag"]
            return f"{name}.jenis is {told}, which is no kind of column; {near(told, KINDS)}"
        case "literal_error":
            words = re.findall(r"'([^']*)'", first["ctx"]["expected"])
            return f"{name} is {_shown(value)}; {near(str(value), words)}"
        case "value_error":
            whole = isinstance(value, dict | list)
            return f"{name}{'' if whole else f' is {_shown(value)}'}: {first['ctx']['error']}"
    wanted = " or ".join(dict.fromkeys(map(_wanted, errors)))
    quoted = "; put it in quotation marks" if _needs_quotes(errors, value) else ""
    return f"{name} is {_shown(value)}; it must be {wanted}{quoted}"


def _wanted(error: ErrorDetails) -> str:
    known = _WANTED.get(error["type"])
    return error["msg"] if known is None else known.format_map(error.get("ctx", {}))


def _needs_quotes(errors: list[ErrorDetails], value: object) -> bool:
    scalar = not isinstance(value, str | dict | list) and value is not None
    return scalar and any(one["type"] == "string_type" for one in errors)


def _names_at(path: KeyPath, data: Any, annotation: Any) -> list[str]:
    """Name the fields of the branch at `path`."""
    for key in path:
        branch = _bare(annotation, data)
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            annotation = branch.model_fields[key].annotation
        else:  # of a map the second, of a list the first
            annotation = get_args(branch)[get_origin(branch) is Mapping]
        data = data[int(key)] if isinstance(data, list) else data[key]
    return list(_bare(annotation, data).model_fields)


def _bare(annotation: Any, data: Any) -> Any:
    """Strip an annotation to what `data` is meant to be: of several kinds, that of ``jenis``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    kinds = [_bare(one, data) for one in get_args(annotation) if one is not NoneType]
    if len(kinds) > 1 and isinstance(data, dict):
        given = data.get("jenis", "teks")
        named = [one for one in kinds if hasattr(one, "model_fields")]
        if "jenis" not in named[0].model_fields:
            return named[0]
        return next((one for one in named if given in _words_of(one)), kinds[0])
    return kinds[0]


def _words_of(kind: type[BaseModel]) -> tuple[str, ...]:
    return get_args(kind.model_fields["jenis"].annotation)


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "'name: value' lines"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def near(word: str, words: Iterable[str]) -> str:
    """Name the nearest of some words, or all of them."""
    known = list(words)
    found = nearest(word, known)
    return f"the nearest is {found}" if found else f"there are {', '.join(known) or 'none'}"
