"""Parameters of a profile: branches that it adds to the tree, typed like all others."""

from functools import reduce
from typing import Any

from pydantic import Field, create_model

from pp39.errors import ParameterError
from pp39.params.model import Bagian, Params
from pp39.profile import Profile

__all__ = ["extended", "own_branches"]


def own_branches(profile: Profile) -> tuple[str, ...]:
    """Name the branches that a profile adds."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in profile.isi.parameter))


def extended(profile: Profile) -> type[Params]:
    """Give the tree of parameters with those of a profile.

    Raises
    ------
    ParameterError
        If a branch of the profile has the name of one that is there.
    """
    return reduce(lambda tree, branch: _with(tree, profile, branch), own_branches(profile), Params)


def _with(tree: type[Params], profile: Profile, branch: str) -> type[Params]:
    known = profile.isi.parameter.items()
    own = {name.partition(".")[2]: one for name, one in known if name.split(".")[0] == branch}
    if branch in Params.model_fields:
        name = f"{branch}.{next(iter(own))}"
        raise ParameterError(
            f"{profile.place('parameter', name)}: the branch {branch} of parameter {name} is one of"
            " pp39's own; name yours otherwise"
        )
    leaves: dict[str, Any] = {
        name: (one.annotation, Field(default=one.default, description=one.arti))
        for name, one in own.items()
    }
    made = create_model(branch.capitalize(), __base__=Bagian, **leaves)
    meaning = f"parameters of the profile {profile.name}"
    branches: dict[str, Any] = {branch: (made, Field(default=made(), description=meaning))}
    return create_model("Params", __base__=tree, **branches)
