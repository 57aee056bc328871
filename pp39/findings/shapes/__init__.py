"""The shapes by name, and the rules a profile makes of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Any, get_args

from pydantic import ValidationError

from pp39.errors import near
from pp39.findings import texts
from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit, Rule
from pp39.findings.shape import Shape
from pp39.findings.shapes.rows import Baris
from pp39.formula.names import Names, names_of
from pp39.profile import Fault, Profile, ProfileError
from pp39.profile.base import Bagian
from pp39.profile.finding import Temuan
from pp39.profile.wording import explained
from pp39.same import once
from pp39.yamlfile import KeyPath

__all__ = ["SHAPES", "rules_of"]


def _shapes() -> Iterator[tuple[str, type[Shape]]]:
    for package, paths in ((__name__, __path__), (texts.__name__, texts.__path__)):
        for found in iter_modules(paths, f"{package}."):
            module = import_module(found.name)
            for one in vars(module).values():
                if isinstance(one, type) and issubclass(one, Shape):
                    # One that others are made from, or have inside, is no form of its own.
                    field = one.model_fields["bentuk"]
                    form, *_ = get_args(field.annotation) or (None,)
                    own = one.__module__ == module.__name__ and field.is_required()
                    if own and isinstance(form, str):
                        yield form, one


_PLAIN = frozenset({str, int, bool, float, type(None)})
SHAPES: Mapping[str, type[Shape]] = dict(_shapes())
"""What ``bentuk`` may be."""


@once
def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """Make the rules of a profile, in its order.

    A shape about a source that the profile does not have is left out.

    Raises
    ------
    ProfileError
        With everything that is wrong.
    """
    names = names_of(profile)
    made: dict[str, list[Shape]] = {id: [] for id in profile.isi.temuan}
    faults: list[Fault] = []
    for id, rule in profile.isi.temuan.items():
        for name, given in rule.shapes.items():
            at = ("temuan", id, "periksa", name)
            shape = _shape(given, names)
            if isinstance(shape, Shape):
                made[id].append(shape)
            else:
                told = ((profile.place(*at, *below), said) for below, said in shape.items())
                faults += [Fault.at(place, f"{'.'.join(at)}: {said}") for place, said in told]
    if faults:
        raise ProfileError(faults)
    there = {id: [one for one in made[id] if _is_about(one, profile.sumber)] for id in made}
    return tuple(_rule(id, profile.isi.temuan[id], some) for id, some in there.items() if some)


def _rule(id: str, given: Temuan, shapes: Sequence[Shape]) -> Rule:
    def hits(evidence: Evidence) -> Iterator[Hit]:
        return chain.from_iterable(one.hits(evidence) for one in shapes)

    return Rule(id, given.membandingkan, given.tingkat, given.mengalah, hits)


def _shape(given: Mapping[str, Any], names: Names) -> Shape | dict[KeyPath, str]:
    """Make a shape, or tell what is wrong by the path below it."""
    name = str(given.get("bentuk", ""))
    if name not in SHAPES:
        return {("bentuk",): f"there is no bentuk '{name}'; {near(name, sorted(SHAPES))}"}
    try:
        made = SHAPES[name].model_validate(given, context={"names": names})
        for one in _rows_of(made):
            one.check(names)
    except ValidationError as error:
        return explained(error, given, SHAPES[name])
    except ValueError as error:
        return {(): str(error)}
    return made


def _is_about(shape: Shape, sources: Container[str]) -> bool:
    """Tell whether all sources that a shape looks at are there."""
    return all(one.sumber in sources or "{" in one.sumber for one in _rows_of(shape))


def _rows_of(node: object) -> Iterator[Baris]:
    """Give all rows of sources that a shape looks at."""
    if isinstance(node, tuple):
        below: Iterable[object] = node
    elif isinstance(node, Bagian):
        if isinstance(node, Baris):
            yield node
        below = vars(node).values()
    else:
        below = node.values() if isinstance(node, Mapping) else ()
    for one in below:
        # Most are texts, and whether one is a mapping takes long to tell.
        if type(one) not in _PLAIN:
            yield from _rows_of(one)
