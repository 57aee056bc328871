"""A profile as the rest of the package uses it, with what indicators take over from patterns."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pp39.errors import ParameterError, near
from pp39.profile.check import Potongan, expanded
from pp39.profile.files import OWN, SHIPPED, Fault, Merged, read_chain, state_of
from pp39.profile.kept import keep, recalled
from pp39.profile.lint import checked
from pp39.profile.model import Profil
from pp39.profile.source import Sumber
from pp39.yamlfile import Document, KeyPath, Place, place_of

_FORMULAS = ("data", "besaran", "realisasi", "catatan")
_NUMBERS = re.compile(r"([0-9]+)")


class ProfileError(ParameterError):
    """A profile is wrong.

    Parameters
    ----------
    faults : iterable of Fault
        Everything that is wrong with it; one line each.
    rest : Profile, optional
        The profile without what is not well formed, where nothing else is wrong.
    """

    def __init__(self, faults: Iterable[Fault], rest: Profile | None = None) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(*map(str, self.faults))
        self.rest = rest


@dataclass(frozen=True)
class Profile:
    """What a kind of unit reports."""

    #: Names of the profiles it is made of, each extending the one before it.
    chain: tuple[str, ...]
    #: The typed tree.
    isi: Profil
    #: Files read: those below ``params/`` belong to the project, those below ``pp39/`` to the
    #: package.
    files: tuple[str, ...]
    #: Where each value was set.
    places: Mapping[KeyPath, Place] = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the profile the unit chose."""
        return self.chain[-1]

    @cached_property
    def sumber(self) -> Mapping[str, Sumber]:
        """The sources in the order in which they are listed."""
        first = [name for name in self.isi.urutan if name in self.isi.sumber]
        rest = sorted(set(self.isi.sumber) - set(first))
        return {name: self.isi.sumber[name] for name in (*first, *rest)}

    @cached_property
    def slices(self) -> Mapping[str, Potongan]:
        """The rows derived from tables that checks look at, by name."""
        return {name: one for name, _, one in expanded(self.isi.potongan)}

    def place(self, *path: str) -> Place:
        """Where the value at `path`, or the nearest one above it, was set."""
        return place_of(self.places, path)

    def said(self, parts: Iterable[str] | None = None) -> str:
        """Give what it says as JSON, of all its parts or of some.

        A comment or the name of a file changes nothing.
        """
        return self.isi.model_dump_json(include=None if parts is None else set(parts))


def load_profile(root: Path, given: str | Document) -> Profile:
    """Load a profile with all that it extends.

    Parameters
    ----------
    root : Path
        Folder of the project; its own profiles stand in ``params/profil``.
    given : str or Document
        Name of a profile, or what a unit adds to one (then ``memperluas`` names it).

    Raises
    ------
    ProfileError
        With everything that is wrong in it.
    ParameterError
        When there is no such profile, or a file is no YAML.
    """
    try:
        state = state_of(root / OWN, SHIPPED)
    except OSError:  # what cannot be read is told by whoever needs it
        return _loaded.__wrapped__(root, pickle.dumps(given), "")
    return _loaded(root, pickle.dumps(given), state)


@lru_cache(maxsize=32)
def _loaded(root: Path, given: bytes, state: str) -> Profile:
    """Merge and check it; once, where a process reads the same profile for many runs."""
    if (known := recalled(given, state)) is not None:
        with suppress(ValidationError):
            typed = Profil.model_validate(known.data)
            return Profile(tuple(known.chain), typed, tuple(known.files), known.places)
    merged = read_chain(root, pickle.loads(given))
    lay_patterns(merged)
    isi, sound = checked(merged)
    if isi is None:
        raise ProfileError(merged.faults)
    found = Profile(tuple(merged.chain), isi, tuple(merged.files), dict(merged.places))
    if merged.faults:
        raise ProfileError(merged.faults, found if sound else None)
    keep(given, state, merged)
    return found


def lay_patterns(merged: Merged) -> None:
    """Write out in every indicator what it leaves to a pattern, and put the indicators in order.

    The order is that of the sasaran, within one by code. Of the ways in ``atau`` one may take its
    formulas from a pattern as well.
    """
    patterns = merged.data.get("pola")
    indicators = merged.data.get("indikator")
    if not isinstance(indicators, dict):
        return
    known: Mapping[str, Any] = patterns if isinstance(patterns, dict) else {}
    for code, given in indicators.items():
        if not isinstance(given, dict):
            continue
        at = ("indikator", code)
        _lay(merged, given, at, known)
        ways = given.get("atau")
        for number, way in enumerate(ways if isinstance(ways, list) else ()):
            if isinstance(way, dict):
                _lay(merged, way, (*at, "atau", str(number)), known, only=_FORMULAS)
    goals = list(merged.data.get("sasaran") or ())
    merged.data["indikator"] = dict(
        sorted(indicators.items(), key=lambda one: _place(one[0], one[1], goals))
    )


def _lay(
    merged: Merged,
    given: dict[str, Any],
    at: KeyPath,
    known: Mapping[str, Any],
    only: tuple[str, ...] | None = None,
) -> None:
    name, seen = given.get("pola"), [""]
    while isinstance(name, str):
        where = (*at, "pola") if len(seen) == 1 else ("pola", seen[-1], "pola")
        if name not in known or name in seen:
            others = [one for one in known if one not in seen]
            told = (
                f"is not there; {near(name, others)}" if name not in seen else "takes itself over"
            )
            merged.fault(where, f"the pattern {name} {told}")
            return
        pattern = known[name]
        if not isinstance(pattern, dict):
            return
        for key, value in pattern.items():
            if key != "pola" and (only is None or key in only):
                _under(merged, given, (*at, key), ("pola", name, key), value)
        seen.append(name)
        name = pattern.get("pola")


def _under(merged: Merged, into: dict[str, Any], at: KeyPath, origin: KeyPath, value: Any) -> None:
    """Put a value where there is none yet; of a mapping, each of its parts."""
    key = at[-1]
    if key not in into:
        into[key] = deepcopy(value)
        for path in _paths(value, origin):
            if path in merged.places:
                merged.places[(*at, *path[len(origin) :])] = merged.places[path]
    elif isinstance(value, dict) and isinstance(into[key], dict):
        for below, one in value.items():
            _under(merged, into[key], (*at, below), (*origin, below), one)


def _paths(value: Any, at: KeyPath) -> Iterator[KeyPath]:
    yield at
    parts: Iterable[tuple[str, Any]] = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        parts = [(str(number), one) for number, one in enumerate(value)]
    for key, one in parts:
        yield from _paths(one, (*at, key))


def _place(code: str, given: Any, goals: list[str]) -> tuple[int, list[tuple[int, str]]]:
    goal = given.get("kode_sasaran") if isinstance(given, dict) else None
    rank = goals.index(goal) if goal in goals else len(goals)
    parts = [(int(one), "") if one.isdigit() else (-1, one) for one in _NUMBERS.split(code)]
    return rank, parts
