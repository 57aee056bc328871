"""What a step depends on, as one key: the checker that says whether a step is up to date.

A key changes when, and only when, something changes that the step may read: its notebook, the
package, the pinned packages and the Python they run on, the source data, the parameters it reads,
and what the steps before it made. Contents count, never times: touching a file changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pp39.params import Params, Settings
from pp39.params.schema import own_branches
from pp39.profile import Profile
from pp39.run.earlier import last_report
from pp39.run.fingerprint import Mark, digest, digest_of, fingerprint, made_of, raw_state
from pp39.run.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reads:
    """What a step reads besides its notebook, the package and what earlier steps made."""

    #: Whether it reads the source data.
    raw: bool = False
    #: Parameters or branches it reads; None for all of them.
    params: tuple[str, ...] | None = None
    #: Whether it reads them also as they are without scenario and overrides.
    base: bool = False
    #: What it does not read of an indicator.
    unread: tuple[str, ...] = ()
    #: Parts of the profile it reads; None for all of them.
    profile: tuple[str, ...] | None = None
    #: Those parts whose formulas may name parameters that the profile adds; None for a step that
    #: reads all parameters of the profile.
    naming: tuple[str, ...] | None = ()

    def branches(self, profile: Profile) -> tuple[str, ...] | None:
        """Give the parameters it reads, with those that the profile adds; None for all."""
        if self.params is None:
            return None
        own = own_branches(profile)
        if self.naming is not None:
            said = profile.said(self.naming)
            own = tuple(one for one in own if re.search(rf"\b{one}\.", said))
        return (*self.params, *own)


class Checker:
    """Keys of the steps of one run.

    Parameters
    ----------
    run : Workspace
        The run; source data, package and parameters are measured once, here.
    """

    def __init__(self, run: Workspace) -> None:
        groups = made_of(run.root, run.settings.files)
        before = last_report(run.root, run.unit, run.year, run.quarter)
        self._raw = raw_state(run.raw, before.values())
        code = [
            ".".join(str(part) for part in sys.version_info[:3]),
            digest(groups["kode"]),
            digest(groups["kunci"]),
        ]
        #: Package, pinned packages and Python, as one key.
        self.state = digest_of(*code)[:32]
        #: What decides about a step among the parameters; steps that read the same share it.
        self._settings_of = cache(lambda reads: _told(run.settings, reads))
        self._common = [
            *code,
            f"{run.unit}/{run.year}/{run.period}/{run.scenario}",
            *(hashlib.sha256(one).hexdigest() for one in run.settings.emblems.values()),
        ]

    def key(self, step: str, notebook: Path | None, reads: Reads, made: Mapping[str, Mark]) -> str:
        """Give the key of a step."""
        parts = [
            step,
            *self._common,
            fingerprint(notebook).sha256 if notebook is not None else "",
            self._raw if reads.raw else "",
            *self._settings_of(reads),
            *(f"{name} {mark.sha256}" for name, mark in sorted(made.items())),
        ]
        return digest_of(*parts)


def relevant(overrides: Iterable[str], branches: Iterable[str] | None) -> list[str]:
    """Choose the overrides that a step reads, which reads some parameters; it is told no others.

    A notebook shows the parameters it was run with. Told of all overrides, it would look different
    after one that does not concern it, and would have to be run again for that alone.

    Examples
    --------
    >>> relevant(["capaian.batas=120", "unit.nama=Balai"], ["unit"])
    ['unit.nama=Balai']
    """
    if branches is None:
        return list(overrides)
    known = list(branches)
    return [
        one
        for one in overrides
        if any(_covers(branch, one.partition("=")[0].strip()) for branch in known)
    ]


def branches_but(*names: str) -> tuple[str, ...]:
    """Give all branches of the parameters except some.

    Raises
    ------
    ValueError
        If there is no such branch.
    """
    branches = tuple(Params.model_fields)
    if unknown := [name for name in names if name not in branches]:
        raise ValueError(f"there is no branch {unknown[0]} of the parameters")
    return tuple(name for name in branches if name not in names)


def _told(settings: Settings, reads: Reads) -> list[str]:
    return [
        digest_of(settings.profile.said(reads.profile)),
        _read(settings, reads),
        *([_read(settings.base, reads)] if reads.base and settings.base else []),
        *(_before(settings) if reads.params is None else ()),
        *relevant(settings.overrides, reads.branches(settings.profile)),
    ]


def _read(settings: Settings, reads: Reads) -> str:
    branches = reads.branches(settings.profile)
    if branches is None:
        return json.dumps(settings.to_json(), sort_keys=True)
    return settings.digest(branches, reads.unread)


def _before(settings: Settings) -> list[str]:
    """Give what the report says of the base beside what a scenario or override changes."""
    return [
        json.dumps([one.now.path, one.before and [one.before.value, one.before.layer]])
        for one in settings.changes()
    ]


def _covers(branch: str, path: str) -> bool:
    # Both ways: an override of a whole branch also concerns who reads a part of it.
    a, b = f"{branch}.", f"{path}."
    return a.startswith(b) or b.startswith(a)
