"""The shape of the parameter tree, read from the model's annotations.

Overrides, messages and listings all need to know what stands at a path before there is a value:
a branch with fixed names, a map with free keys, a list of branches, or a leaf. A profile adds
parameters, the unit's own words and classes of scores.
"""

import pickle
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from pp39.errors import ParameterError
from pp39.params.model import Params, Siput
from pp39.profile import Profile
from pp39.profile.base import Bagian
from pp39.profile.parameter import Klasifikasi, Parameter
from pp39.profile.vocabulary import Kata
from pp39.told import told

_BETWEEN = re.compile(r"[\s_-]+|(?<=[^\W\d_])(?=\d)")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Node:
    """What stands at one place of the tree."""

    #: The Python annotation there.
    annotation: Any
    #: Description of the nearest field.
    meaning: str = ""

    @property
    def fields(self) -> Mapping[str, FieldInfo] | None:
        """The fixed names below, None when this is not a branch."""
        return self._bare.model_fields if _is_branch(self._bare) else None

    @property
    def values(self) -> "Node | None":
        """The node of every value of a map, None when this is not a map."""
        if get_origin(self._bare) is Mapping:
            return Node(get_args(self._bare)[1], self.meaning)
        return None

    @property
    def items(self) -> "Node | None":
        """The node of every item of a list of branches, None for anything else."""
        if get_origin(self._bare) is tuple and _is_branch(_bare(get_args(self._bare)[0])):
            return Node(get_args(self._bare)[0], self.meaning)
        return None

    def child(self, key: str) -> "Node | None":
        """Return the node under `key`, None when nothing can be there."""
        if (fields := self.fields) is not None:
            field = fields.get(key)
            return None if field is None else Node(_with_limits(field), field.description or "")
        if (values := self.values) is not None:
            return values
        if (items := self.items) is not None and key.isdigit():
            return items
        return None

    @cached_property
    def _bare(self) -> Any:
        return _bare(self.annotation)


ROOT = Node(Params, "all parameters")


def spelled(code: str, known: Iterable[str]) -> str:
    """Spell a code as it stands in a list of codes, whatever its case, blanks and dashes.

    Returns
    -------
    str
        The known code it means; `code` itself, with its blanks tidied, where it means none.

    Examples
    --------
    >>> [spelled(code, ["IKU 1.1", "SS-2"]) for code in ("iku-1.1", "SS2", "lain")]
    ['IKU 1.1', 'SS-2', 'lain']
    """
    tidy = " ".join(code.split())
    known = list(known)
    if tidy in known:
        return tidy
    folded = _folded(tidy)
    return next((one for one in known if _folded(one) == folded), tidy)


def _folded(code: str) -> str:
    return _BETWEEN.sub("-", code).casefold()


def format_path(path: tuple[str, ...]) -> str:
    """Write a path the way ``-p`` takes it, with quotes round keys that need them.

    Examples
    --------
    >>> format_path(("target", "IKU 1.1"))
    'target."IKU 1.1"'
    """
    return ".".join(key if _PLAIN_KEY.fullmatch(key) else f'"{key}"' for key in path)


def path_told(path: tuple[str, ...]) -> str:
    """Write a path for a message, short."""
    return told(format_path(path), 100, quoted=False)


def type_name(annotation: object) -> str:
    """Name the type of a leaf in a few plain words."""
    bare, _ = _split(annotation)
    if _is_branch(bare):
        return "{" + ", ".join(bare.model_fields) + "}"
    origin = get_origin(bare)
    if origin is None:
        return _SCALARS[bare]
    return _COMPOUNDS[origin](get_args(bare))


def _union(members: tuple[Any, ...]) -> str:
    names = list(dict.fromkeys(map(type_name, members)))
    if {"whole number", "number"} <= set(names):
        names.remove("whole number")
    return " or ".join(sorted(names, key=lambda name: name == "null"))


def _tuple(items: tuple[Any, ...]) -> str:
    if items[-1] is Ellipsis:
        return f"list of {type_name(items[0])}"
    return f"list of {len(items)}: {', '.join(map(type_name, items))}"


_SCALARS: Mapping[Any, str] = types.MappingProxyType(
    {
        bool: "true or false",
        int: "whole number",
        float: "number",
        str: "text",
        date: "date",
        type(None): "null",
    }
)
_COMPOUNDS: Mapping[Any, Callable[[tuple[Any, ...]], str]] = types.MappingProxyType(
    {
        Literal: lambda words: "one of " + ", ".join(map(str, words)),
        Union: _union,
        types.UnionType: _union,
        tuple: _tuple,
        Mapping: lambda pair: f"map to {type_name(pair[1])}",
    }
)


def allowed(annotation: object) -> str:
    """Say in one clause which values a place takes."""
    bare, limits = _split(annotation)
    if bare is date:
        return "it must be a date such as 2026-01-06 or 6 Januari 2026"
    name = type_name(bare)
    article = "" if name.startswith(("one of", "null", "text", "{")) else "a "
    bounds = " ".join(_bounds(limits))
    return f"it must be {article}{name}" + (f" {bounds}" if bounds else "")


def _bounds(limits: tuple[Any, ...]) -> Iterator[str]:
    lowest = next((one.ge for one in limits if isinstance(one, annotated_types.Ge)), None)
    highest = next((one.le for one in limits if isinstance(one, annotated_types.Le)), None)
    if lowest is not None and highest is not None:
        yield f"from {lowest} to {highest}"
        limits = tuple(
            one for one in limits if not isinstance(one, annotated_types.Ge | annotated_types.Le)
        )
    said = False
    for limit in limits:
        if isinstance(limit, annotated_types.Ge):
            yield f"not below {limit.ge}"
        elif isinstance(limit, annotated_types.Gt):
            yield f"above {limit.gt}"
            said = True
        elif isinstance(limit, annotated_types.Le):
            yield f"and not above {limit.le}" if said else f"not above {limit.le}"
        elif isinstance(limit, annotated_types.MinLen):
            yield "that is not empty"


def _with_limits(field: FieldInfo) -> Any:
    # pydantic keeps the outermost Annotated metadata of a field apart from its annotation.
    annotation: Any = field.annotation
    for one in field.metadata:
        annotation = Annotated[annotation, one]
    return annotation


def _split(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    limits: list[Any] = []
    while get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
        for one in metadata:
            limits.extend(one.metadata if isinstance(one, FieldInfo) else [one])
    if get_origin(annotation) in (Union, types.UnionType):
        # "whole number or null" keeps the limits of its only real member.
        members = [one for one in get_args(annotation) if one is not type(None)]
        if len(members) == 1:
            limits.extend(_split(members[0])[1])
    return annotation, tuple(limits)


def _bare(annotation: Any) -> Any:
    return _split(annotation)[0]


def _is_branch(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def own_branches(profile: Profile) -> tuple[str, ...]:
    """Name the branches that a profile adds."""
    named = dict.fromkeys(name.partition(".")[0] for name in profile.isi.parameter)
    return tuple(name for name in named if name not in Params.model_fields)


def extended(profile: Profile) -> type[Params]:
    """Give the tree of parameters with those of a profile.

    Raises
    ------
    ParameterError
        If a parameter of the profile has the name of one that is there.
    """
    isi = profile.isi
    # What classes a profile gives of its own are set in the tree, not part of its shape.
    own = {
        name: one if one.jenis != "klasifikasi" else one.model_copy(update={"bawaan": None})
        for name, one in isi.parameter.items()
    }
    words = {one.dari: one.sebutan for one in isi.kosakata.values() if one.dari is not None}
    for name in (*isi.parameter, *(f"unit.{one}" for one in words)):
        branch, _, leaf = name.partition(".")
        known = Params.model_fields.get(branch)
        fields = getattr(known.annotation, "model_fields", None) if known is not None else {}
        if fields is None or leaf in fields:
            raise ParameterError(
                f"{profile.place('parameter', name)}: {branch if fields is None else name} is a"
                f" parameter of pp39's own; name {name} otherwise"
            )
    return _tree(tuple(own.items()), tuple(words.items()))


@lru_cache  # of the same parameters the same type, so that two of them may be equal
def _tree(
    parameters: tuple[tuple[str, Parameter], ...], words: tuple[tuple[str, str], ...]
) -> type[Params]:
    branches: dict[str, dict[str, Any]] = {}
    for name, one in parameters:
        branch, _, leaf = name.partition(".")
        field = Field(description=one.arti)
        known = (Klasifikasi, field)
        if one.jenis != "klasifikasi":
            known = (one.annotation, Field(default=one.default, description=one.arti))
        branches.setdefault(branch, {})[leaf] = known
    for branch, called in words:
        field = Field(default={}, description=f"every {called}, by slug")
        branches.setdefault("unit", {})[branch] = (Mapping[Siput, Kata], field)
    tree = Params
    for branch, leaves in branches.items():
        tree = _with(tree, branch, leaves)
    for name in ("", *branches):
        _branch(tree, name).made_of = parameters, words, name
    return tree


def _branch(tree: type[Params], name: str) -> Any:
    return tree.model_fields[name].annotation if name else tree


class TreePickler(pickle.Pickler):
    """Writes parameters for another process, which makes what a profile adds to the tree anew."""

    def reducer_override(self, one: Any) -> Any:
        """Write a branch that a profile has added to as what was added."""
        made_of = vars(one).get("made_of") if isinstance(one, type) else None
        return NotImplemented if made_of is None else (_remade, made_of)


def _remade(
    parameters: tuple[tuple[str, Parameter], ...], words: tuple[tuple[str, str], ...], name: str
) -> Any:
    return _branch(_tree(parameters, words), name)


def _with(tree: type[Params], branch: str, leaves: dict[str, Any]) -> type[Params]:
    known = tree.model_fields.get(branch)
    base: Any = Bagian if known is None else known.annotation
    made: type[Bagian] = create_model(branch.capitalize(), __base__=base, **leaves)
    meaning = "parameters of the profile" if known is None else known.description
    required = known is not None and known.is_required()
    field = Field(description=meaning) if required else Field(default=made(), description=meaning)
    added: dict[str, Any] = {branch: (made, field)}
    return create_model("Params", __base__=tree, **added)
