"""What pydantic finds wrong in what a person wrote, in the words of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pp39.errors import near
from pp39.profile.base import POINT, YES_OR_NO
from pp39.profile.column import KINDS
from pp39.told import told
from pp39.yamlfile import KeyPath

MISSING = "is not set, but must be"

_LINES = "it must hold 'name: value' lines"
_WHOLE, _NUMBER, _DATE = (
    "it must be a whole number",
    "it must be a number",
    "it must be a date such as 2026-01-06",
)
_WANTED: Mapping[str, str] = {
    "missing": "it is not set, but must be",
    "extra_forbidden": "there is no such name here",
    "string_type": "it must be text",
    "string_too_short": "it must be text that is not empty",
    "bool_type": f"it must be {YES_OR_NO}",
    "bool_parsing": f"it must be {YES_OR_NO}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "tuple_type": "it must be a list",
    "list_type": "it must be a list",
    "too_short": "it must not be empty",
    **dict.fromkeys(("mapping_type", "model_type", "model_attributes_type", "dict_type"), _LINES),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DATE),
    "none_required": "it must be empty",
    "greater_than_equal": "it must not be below {ge}",
    "greater_than": "it must be above {gt}",
    "less_than_equal": "it must not be above {le}",
    "less_than": "it must be below {lt}",
    "string_too_long": "it must have at most {max_length} letters",
    "too_long": "it must have at most {max_length} entries",
    "string_pattern_mismatch": "it must be written as {pattern}",
    "literal_error": "it must be {words}",
    "value_error": "{error}",
}


def wanted(error: ErrorDetails) -> str:
    """Say in one clause what a value must be.

    Examples
    --------
    >>> wanted({"type": "int_parsing", "loc": (), "msg": "Input should be …", "input": "x"})
    'it must be a whole number'
    """
    given = error.get("ctx", {})
    words = ", ".join(_quoted(given.get("expected", "")))
    known = _WANTED.get(error["type"], error["msg"].replace("{", "{{").replace("}", "}}"))
    return known.format(**given, words=words)


def wanted_by(errors: Sequence[ErrorDetails]) -> str:
    """Say what a value must be that fits none of several kinds."""
    said = list(dict.fromkeys(map(wanted, errors)))
    if {_WHOLE, _NUMBER} <= set(said):
        said.remove(_WHOLE)
    first, *others = said
    return " or ".join([first, *(one.removeprefix("it must ") for one in others)])


def explained(error: ValidationError, data: Any, kind: Any, name: str = "") -> dict[KeyPath, str]:
    """Give one sentence for each place that is wrong."""
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
        if data is error["input"] and error["type"] == "value_error":
            break  # what is left is the tag of its kind
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
            kind = first["ctx"]["tag"]
            return f"{name}.jenis is {kind}, which is no kind of column; {near(kind, KINDS)}"
        case "literal_error":
            words = re.findall(r"'([^']*)'", first["ctx"]["expected"])
            return f"{name} is {_shown(value)}; {near(str(value), words)}"
        case "value_error":
            whole = isinstance(value, dict | list)
            place = f"{name}{'' if whole else f' is {_shown(value)}'}: " if name else ""
            return f"{place}{first['ctx']['error']}"
    return f"{name} is {_shown(value)}; {wanted_by(errors)}{slip(errors, value)}"


def slip(errors: Sequence[ErrorDetails], value: object) -> str:
    """Say what was probably done wrong where YAML reads something else than was meant."""
    kinds = {one["type"] for one in errors}
    if isinstance(value, list) and "too_long" in kinds and all(_is_number(one) for one in value):
        return f"; {POINT}"
    scalar = not isinstance(value, str | dict | list) and value is not None
    return "; put it in quotation marks" if scalar and "string_type" in kinds else ""


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, int | float)


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
            return max(named, key=lambda one: len(data.keys() & one.model_fields))
        words = {one: get_args(one.model_fields["jenis"].annotation) for one in named}
        return next((one for one in named if given in words[one]), kinds[0])
    return kinds[0]


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "'name: value' lines"
    return told(value)


def _quoted(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected) or [expected]
