"""All rules, in the order they are applied and listed."""

from __future__ import annotations

from pp39.findings.rule import Rule
from pp39.findings.rules import (
    arithmetic,
    claims,
    numbering,
    outputs,
    sameness,
    services,
    spelling,
    targets,
    timing,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    *arithmetic.RULES,
    *sameness.RULES,
    *targets.RULES,
    *outputs.RULES,
    *services.RULES,
    *timing.RULES,
    *numbering.RULES,
    *claims.RULES,
    *spelling.RULES,
)
