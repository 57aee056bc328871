"""A profile as it was read before: the merged tree and its places, kept from command to command.

What is kept is known by all that decides about it: what was asked for, the bytes of every file of
the profiles, and the package. Only what had no fault is kept; it is typed anew when it is read
back. It can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import groupby
from pathlib import Path

import pydantic

from pp39 import handout
from pp39.profile.files import SHIPPED, Merged
from pp39.yamlfile import Place

_FOLDER: ContextVar[Path | None] = ContextVar("folder of kept profiles", default=None)


@contextmanager
def keeping(folder: Path | None) -> Iterator[None]:
    """Keep profiles in a folder while the block runs, and take them from there; None does not."""
    before = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(before)


def recalled(given: bytes, state: str) -> Merged | None:
    """Give what was kept of the same bytes; None where nothing was.

    Parameters
    ----------
    given : bytes
        What was asked for.
    state : str
        Of the files of all profiles.
    """
    place = _place(given)
    if place is None:
        return None
    try:
        told = handout.read_json(place)
        if told["kunci"] != _key(given, state):
            return None
        places = {
            tuple(path.split("\0")): Place(layer, line, column)
            for layer, some in told["letak"]
            for path, line, column in some
        }
        return Merged(told["rantai"], told["isi"], places, files=told["berkas"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(given: bytes, state: str, merged: Merged) -> None:
    """Keep what has been merged and has no fault; arguments as of `recalled`."""
    place = _place(given)
    # Where no run was made yet there is nothing to be quick about.
    if place is None or not place.parents[1].is_dir():
        return
    by_file = groupby(merged.places.items(), lambda one: one[1].layer)
    told = {
        "kunci": _key(given, state),
        "rantai": merged.chain,
        "berkas": merged.files,
        "isi": merged.data,
        "letak": [
            (layer, [("\0".join(path), one.line, one.column) for path, one in some])
            for layer, some in by_file
        ],
    }
    with suppress(OSError, TypeError, ValueError):
        place.parent.mkdir(exist_ok=True)
        handout.put(place, json.dumps(told))


def _place(given: bytes) -> Path | None:
    folder = _FOLDER.get()
    return None if folder is None else folder / f"{hashlib.sha256(given).hexdigest()[:32]}.json"


def _key(given: bytes, state: str) -> str:
    key = hashlib.sha256(f"{sys.version}\0{pydantic.VERSION}\0{state}\0".encode())
    key.update(given)
    package = SHIPPED.parent
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".yaml", ".txt") and not path.is_relative_to(SHIPPED):
            content = path.read_bytes()
            key.update(f"\0{path.relative_to(package)}\0{len(content)}\0".encode())
            key.update(content)
    return key.hexdigest()
