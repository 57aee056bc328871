"""The shapes by name, and the rules a profile makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Any, get_args

from pydantic import ValidationError

from pp39.errors import ParameterError, near, nearest
from pp39.findings import texts
from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit, Rule
from pp39.findings.shape import Shape
from pp39.findings.shapes.rows import Baris
from pp39.formula.names import Names, names_of
from pp39.profile import Profile
from pp39.profile.base import Bagian
from pp39.profile.finding import Temuan
from pp39.profile.wording import wanted
from pp39.same import once

__all__ = ["SHAPES", "rules_of"]


def _shapes() -> Iterator[tuple[str, type[Shape]]]:
    for package, paths in ((__name__, __path__), (texts.__name__, texts.__path__)):
        for found in iter_modules(paths, f"{package}."):
            module = import_module(found.name)
            for one in map(vars(module).get, getattr(module, "__all__", ())):
                if isinstance(one, type) and issubclass(one, Shape):
                    # One that others are made from names no form.
                    form, *_ = get_args(one.model_fields["bentuk"].annotation) or (None,)
                    if isinstance(form, str):
                        yield form, one


SHAPES: Mapping[str, type[Shape]] = dict(_shapes())
"""What ``bentuk`` may be."""


@once
def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """Make the rules of a profile, in its order.

    A shape about a source that the profile does not have is left out.

    Raises
    ------
    ParameterError
        At the first rule that is wrong, with its place and what would be right.
    """
    names = names_of(profile)
    made = (_rule(id, one, profile, names) for id, one in profile.isi.temuan.items())
    return tuple(one for one in made if one is not None)


def _rule(id: str, given: Temuan, profile: Profile, names: Names) -> Rule | None:
    shapes = [
        _shape(one, profile, names, ("temuan", id, "periksa", name))
        for name, one in given.shapes.items()
    ]
    there = set(profile.sumber)
    known = [
        shape
        for shape in shapes
        if all(one.sumber in there or "{" in one.sumber for one in _rows_of(shape))
    ]
    if not known:
        return None

    def hits(evidence: Evidence) -> Iterator[Hit]:
        return chain.from_iterable(one.hits(evidence) for one in known)

    return Rule(id, given.membandingkan, given.tingkat, given.mengalah, hits)


def _shape(given: Mapping[str, Any], profile: Profile, names: Names, at: tuple[str, ...]) -> Shape:
    name = str(given.get("bentuk", ""))
    if name not in SHAPES:
        hint = near(name, sorted(SHAPES))
        raise ParameterError(f"{profile.place(*at, 'bentuk')}: there is no bentuk '{name}'; {hint}")
    try:
        made = SHAPES[name].model_validate(given, context={"names": names})
    except ValidationError as error:
        first = error.errors()[0]
        where = tuple(str(part) for part in first["loc"])
        raise ParameterError(
            f"{profile.place(*at, *where)}: {'.'.join((*at, *where))}: {_told(first, SHAPES[name])}"
        ) from None

    for one in _rows_of(made):
        try:
            one.check(names)
        except ValueError as error:
            raise ParameterError(f"{profile.place(*at)}: {'.'.join(at)}: {error}") from None
    return made


def _told(error: Any, shape: type[Shape]) -> str:
    match error["type"]:
        case "extra_forbidden":
            known = shape.model_fields
            near = nearest(str(error["loc"][-1]), known) if len(error["loc"]) == 1 else None
            return (
                f"there is no such setting; the nearest is {near}"
                if near
                else "there is no such setting"
            )
        case _:
            return wanted(error)


def _rows_of(node: object) -> Iterator[Baris]:
    """Give all rows of sources that a shape looks at."""
    if isinstance(node, tuple):
        below: Iterable[object] = node
    elif isinstance(node, Bagian):
        if isinstance(node, Baris):
            yield node
        below = (getattr(node, name) for name in type(node).model_fields)
    else:
        # Most are texts, and whether one is a mapping takes long to tell.
        plain = isinstance(node, str | int | None)
        below = node.values() if not plain and isinstance(node, Mapping) else ()
    for one in below:
        yield from _rows_of(one)
