"""What a profile adds to the tree: parameters, the unit's own words, classes of scores."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import Field, create_model

from pp39.errors import ParameterError
from pp39.params.model import Params, Siput
from pp39.profile import Profile
from pp39.profile.base import Bagian
from pp39.profile.classes import Klasifikasi
from pp39.profile.parameter import Parameter
from pp39.profile.vocabulary import Kata


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
    return tree


def _with(tree: type[Params], branch: str, leaves: dict[str, Any]) -> type[Params]:
    known = tree.model_fields.get(branch)
    base: Any = Bagian if known is None else known.annotation
    made: type[Bagian] = create_model(branch.capitalize(), __base__=base, **leaves)
    meaning = "parameters of the profile" if known is None else known.description
    required = known is not None and known.is_required()
    field = Field(description=meaning) if required else Field(default=made(), description=meaning)
    added: dict[str, Any] = {branch: (made, field)}
    return create_model("Params", __base__=tree, **added)
