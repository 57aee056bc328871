"""What may stand in the files of a profile: field by field as lines of text, as JSON schemas."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema

from pp39.errors import ParameterError, near
from pp39.profile.case import Kasus
from pp39.profile.files import CASES
from pp39.profile.model import PARTS, Profil

_WIDTH = 96
_WHOLE = "profil"


def fields_of(
    part: str, shapes: Mapping[str, type[BaseModel]] = MappingProxyType({})
) -> Iterator[str]:
    """Tell the fields of a part of a profile and of all that stands inside.

    Parameters
    ----------
    part : str
        Such as ``sumber`` or ``indikator``; ``uji`` for cases, ``profil`` for the parts themselves;
        a shape, or what stands inside of any, such as ``besaran``.
    shapes : mapping of str to model, optional
        Shapes of findings by their ``bentuk``, which are listed with the findings.

    Raises
    ------
    ParameterError
        If there is no such part.

    Examples
    --------
    >>> next(fields_of("indikator"))
    'Indikator: an indicator of the performance contract.'
    """
    known = {name: _models(one.annotation) for name, one in Profil.model_fields.items()}
    known = {name: kinds for name, kinds in known.items() if kinds}
    known |= {CASES: [Kasus], _WHOLE: [Profil], **{name: [one] for name, one in shapes.items()}}
    for kind in [one for kinds in known.values() for one in _with_inside(kinds)]:
        known.setdefault(kind.__name__.strip("_").casefold(), [kind])
    if part not in known:
        raise ParameterError(f"a profile has no part '{part}'; {near(part, known)}")
    listed = known[part] if part == _WHOLE else _with_inside(known[part])
    for number, kind in enumerate(listed):
        yield from ([""] if number else [])
        yield from _kind(kind)
    if part == "temuan" and shapes:
        yield from ("", "Bentuk: shapes of contradiction; name one instead of temuan for its keys")
        for name, kind in shapes.items():
            yield from _lines(name, _meaning(kind), max(map(len, shapes)))


def _with_inside(kinds: Sequence[type[BaseModel]]) -> Sequence[type[BaseModel]]:
    """Give models and all that stand inside of them, each once."""
    waiting, told = [*kinds], dict[type[BaseModel], None]()
    while waiting:
        kind, *waiting = waiting
        if kind not in told:
            told[kind] = None
            inside = (one.annotation for one in kind.model_fields.values())
            waiting = [*(below for one in inside for below in _models(one)), *waiting]
    return [*told]


def _kind(kind: type[BaseModel]) -> Iterator[str]:
    meaning = _meaning(kind)
    yield f"{kind.__name__.strip('_')}: {meaning[:1].lower()}{meaning[1:]}"
    # Where fields do not tell their meaning each, the rest of the text does.
    if not any(field.description for field in kind.model_fields.values()):
        yield from filter(None, inspect.cleandoc(kind.__doc__ or "").splitlines()[1:])
    width = max(map(len, kind.model_fields))
    for name, field in kind.model_fields.items():
        yield from _lines(name, "; ".join(_facts(field)), width)
    if said := getattr(kind, "gives", ()):
        yield from _lines("", f"sentences may say {', '.join(f'{{{one}}}' for one in said)}", width)


def _meaning(kind: type[BaseModel]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _lines(name: str, text: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(text, _WIDTH - width - 4, break_on_hyphens=False) or [""]
    yield f"  {name:{width}}  {lines[0]}"
    yield from (f"  {'':{width}}  {line}" for line in lines[1:])


def _facts(field: FieldInfo) -> Iterator[str]:
    if field.description:
        yield field.description
    words = [str(one) for one in _words(field.annotation)]
    if words and not all(word in (field.description or "") for word in words):
        yield f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    if below := [one.__name__.strip("_") for one in _models(field.annotation)]:
        yield f"see {', '.join(below)} below"
    if field.is_required():
        yield "must be there"
    elif field.default not in (None, (), {}, False, "") and not isinstance(
        field.default, BaseModel
    ):
        yield f"{'ya' if field.default is True else field.default} by default"


def _words(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next(filter(None, map(_words, get_args(annotation))), ())


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Give the models that an annotation holds, each once."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inside = (below for one in get_args(annotation) for below in _models(one))
    return list(dict.fromkeys(inside))


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
