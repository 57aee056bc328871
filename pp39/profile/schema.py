"""JSON schemas of the files of a profile, for editors and other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pp39.profile.case import Kasus
from pp39.profile.files import CASES
from pp39.profile.model import PARTS, Profil


def schemas(shapes: Mapping[str, type[BaseModel]] | None = None) -> dict[str, dict[str, Any]]:
    """Give a JSON schema for each kind of file: ``profil`` and one for each part.

    Parameters
    ----------
    shapes : mapping of str to model, optional
        Shapes of findings by their ``bentuk``; without them these may hold anything.

    A file of a profile that extends another may say only what it changes, and drops what it leaves
    empty; the schemas therefore ask for nothing and allow blanks. What a whole profile must have,
    ``pp39 profile`` checks.

    Examples
    --------
    >>> {"profil", "sumber", "indikator", "periksa", "temuan"} <= set(schemas())
    True
    """
    whole = _relaxed(Profil.model_json_schema())
    if shapes:
        refs, made = models_json_schema(
            [(shape, "validation") for shape in shapes.values()], ref_template=_SHAPE
        )
        whole["$defs"]["bentuk"] = {"$defs": _relaxed(made["$defs"])}
        one = {"anyOf": [*refs.values()]}
        whole["$defs"]["Temuan"]["properties"]["periksa"]["anyOf"] = [
            {"type": "array", "items": one},
            {"type": "object", "additionalProperties": {"anyOf": [one, {"type": "null"}]}},
            {"type": "null"},
        ]
    found = {"profil": {"$schema": _DIALECT, **whole}}
    for part, kind in PARTS.items():
        entries = whole["properties"][part]["anyOf"][0]
        inside = entries["additionalProperties"]["anyOf"][0] if kind == "one" else entries
        left = () if part == "temuan" else ("bentuk", "Temuan")
        defs = {name: one for name, one in whole["$defs"].items() if name not in left}
        found[part] = {"$schema": _DIALECT, "$defs": defs, **inside}
    case = _relaxed(Kasus.model_json_schema())
    found[CASES] = {"$schema": _DIALECT, "type": "object", "additionalProperties": case}
    return found


_SHAPE = "#/$defs/bentuk/$defs/{model}"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _relaxed(node: Any) -> Any:
    """Let everything be left out or be empty, and any one of several kinds fit."""
    if isinstance(node, list):
        return [_relaxed(one) for one in node]
    if not isinstance(node, Mapping):
        return node
    kept = {
        {"oneOf": "anyOf"}.get(key, key): _relaxed(value)
        for key, value in node.items()
        if key not in ("required", "discriminator", "default")
    }
    for below in ("properties", "$defs"):
        if below in node:
            kept[below] = {name: _relaxed(one) for name, one in node[below].items()}
    if "properties" in kept:
        kept["properties"] = {name: _or_blank(one) for name, one in kept["properties"].items()}
    if isinstance(kept.get("additionalProperties"), Mapping):
        kept["additionalProperties"] = {"anyOf": [kept["additionalProperties"], {"type": "null"}]}
    return kept


def _or_blank(field: dict[str, Any]) -> dict[str, Any]:
    """Allow a blank; what the field means stays in front, where an editor looks for it."""
    means = {"description": field.pop("description")} if "description" in field else {}
    return {**means, "anyOf": [field, {"type": "null"}]}
