"""Rules that hold for every unit, as ``umum.yaml`` words them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pp39.checks.result import Level
from pp39.checks.rule import Expect, Rule
from pp39.yamlfile import packaged

_EACH = "sumber"
# What is filled in when a rule is made, unlike what is told of a row.
_HOLE = re.compile(r"<(\w+)>")


def standing() -> tuple[Rule, ...]:
    """List the rules about all tables together."""
    return tuple(
        Rule(
            id,
            one["tingkat"],
            one["aturan"],
            one.get("pada") or id.replace(".", "/"),
            tuple(Expect(*pair) for pair in one["harap"].items()),
            one["salah"],
            one["benar"],
            column_from="kolom",
        )
        for id, one in _stated().items()
        if id != _EACH
    )


def worded(
    id: str,
    expects: tuple[Expect, ...],
    said: Mapping[str, object] = MappingProxyType({}),
    *,
    level: Level | None = None,
    column: str = "",
) -> Rule:
    """Make the rule of a source that the last part of its id names; `said` fills its holes."""
    source, name = id.partition(".")[0], id.rpartition(".")[2]
    one = _stated()[_EACH][name]
    holds, fails, right = (
        _HOLE.sub(lambda hole: str(said[hole[1]]), one[part])
        for part in ("aturan", "salah", "benar")
    )
    return Rule(id, level or one["tingkat"], holds, source, expects, fails, right, column=column)


def _stated() -> Mapping[str, Any]:
    stated: Mapping[str, Any] = packaged("checks/umum.yaml")
    return stated
