"""Patterns: what an indicator takes over from what several share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from pp39.errors import near
from pp39.profile.files import Merged
from pp39.yamlfile import KeyPath

_FORMULAS = ("data", "besaran", "realisasi", "catatan")
_NUMBERS = re.compile(r"([0-9]+)")


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
