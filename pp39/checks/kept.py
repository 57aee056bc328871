"""What rules were found to say before of the very same cells, kept from run to run.

Most rules see the same rows in every quarter and under most parameters. What is kept is known by
all that decides about it: the columns of the batch that a rule reads, what it expects of which
rows, and the words it compares with; the folder is that of one state of the package and of the
packages it stands on. It can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pp39 import handout
from pp39.checks.batches import Batch, Look
from pp39.profile.condition import conditions
from pp39.variables import KEPT

_ROWS = 100_000
"""Batches with more rows are always validated: to tell whether they are known takes as long."""
_RESULTS = 1_000
"""How many results are kept of a batch, the latest ones."""

Told = Sequence[Any]
"""What is known of a rule, in JSON types."""


def known_or_found(
    batch: Batch, words: Mapping[str, Any], find: Callable[[Batch], Mapping[str, Told]]
) -> Mapping[str, Told]:
    """Give what the rules of a batch say: what is kept of them, and for the rest what is found.

    Parameters
    ----------
    batch : Batch
        With all its rules.
    words : mapping
        What stands for a ``$PARAMETER``.
    find : callable
        Looks for what some rules of the batch say; rules that hold may be left out.
    """
    folder = os.environ.get(KEPT)
    if not folder or len(batch.frame) > _ROWS:
        return find(batch)
    place = Path(folder, f"{batch.name}.json")
    try:
        kept: dict[str, Told] = handout.read_json(place)
    except (OSError, ValueError):
        kept = {}
    keys = _keys(batch, words)
    missing = tuple(one for one in batch.looks if keys[one.rule.id] not in kept)
    if missing:
        found = find(Batch(batch.name, batch.frame, missing))
        kept |= {
            keys[one.rule.id]: _moved(found.get(one.rule.id, []), -one.span.start)
            for one in missing
        }
        lasting = {key: told for key, told in kept.items() if json.loads(json.dumps(told)) == told}
        place.parent.mkdir(parents=True, exist_ok=True)
        handout.put(place, json.dumps(dict([*lasting.items()][-_RESULTS:])))
    return {one.rule.id: _moved(kept[keys[one.rule.id]], one.span.start) for one in batch.looks}


def _moved(told: Told, by: int) -> Told:
    """Give what is known of a rule with other positions: those in its part of the batch alone."""
    return [
        [number, count, [one + by for one in positions], observed]
        for number, count, positions, observed in told
    ]


def _keys(batch: Batch, words: Mapping[str, Any]) -> dict[str, str]:
    """Give the key of each rule, by its id."""
    frame = batch.frame

    @cache
    def cells(column: str, start: int, stop: int) -> str:
        array = frame[column].array[start:stop].copy()  # a part of a whole would be kept with it
        return hashlib.sha256(pickle.dumps(array, 5)).hexdigest()

    def key(look: Look) -> str:
        asked = repr([(one.name, one.arguments) for one in (*look.expects, *look.screen)])
        read = {column for one in (*look.expects, *look.screen) for column in one.columns}
        read |= {test.column for test in conditions(look.rule.when)}
        part = look.span.start, look.span.stop
        told = [asked, look.when, str(part[1] - part[0])]
        told += [f"{column} {cells(column, *part)}" for column in sorted(read or map(str, frame))]
        told += [f"{name} {given!r}" for name, given in words.items() if f"'{name}'" in asked]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()

    return {look.rule.id: key(look) for look in batch.looks}
