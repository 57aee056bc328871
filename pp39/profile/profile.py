"""A profile as the rest of the package uses it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pp39.errors import ParameterError
from pp39.profile.check import Potongan, expanded
from pp39.profile.files import OWN, SHIPPED, Fault, read_chain, state_of
from pp39.profile.lint import checked
from pp39.profile.model import Profil
from pp39.profile.patterns import lay_patterns
from pp39.profile.source import Sumber
from pp39.yamlfile import Document, KeyPath, Place, place_of


class ProfileError(ParameterError):
    """A profile is wrong.

    Parameters
    ----------
    faults : sequence of Fault
        Everything that is wrong with it; one line each.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*map(str, faults))
        self.faults = tuple(faults)


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
    del state
    merged = read_chain(root, pickle.loads(given))
    lay_patterns(merged)
    profile = checked(merged)
    if merged.faults or profile is None:
        raise ProfileError(sorted(set(merged.faults)))
    return Profile(tuple(merged.chain), profile, tuple(merged.files), dict(merged.places))
