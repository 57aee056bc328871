"""All rules, in the order they are applied and listed."""

from __future__ import annotations

from pp39.findings.rule import Rule
from pp39.findings.rules import (
    completeness,
    headings,
    naming,
    numbering,
    periods,
    printed_parts,
    sameness,
    series,
    spelling,
    targets,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    *printed_parts.RULES,
    *sameness.RULES,
    *naming.RULES,
    *targets.RULES,
    *periods.RULES,
    *series.RULES,
    *numbering.RULES,
    *headings.RULES,
    *completeness.RULES,
    *spelling.RULES,
)
