"""Findings (temuan): rules that compare what was stated with what was computed.

>>> from pathlib import Path
>>> from pp39.profile import load_profile
>>> rules = rules_of(load_profile(Path.cwd(), "nasional"))
>>> sorted({rule.tingkat for rule in rules})
['editorial', 'material', 'minor']
"""

from pp39.findings.cause import Cause, causes_of, with_causes
from pp39.findings.finding import (
    SEVERITIES,
    Answer,
    Finding,
    Severity,
    Stray,
    answers_of,
    load_findings,
    strays,
    write_findings,
)
from pp39.findings.reconcile import reconcile
from pp39.findings.rule import Hit, Rule
from pp39.findings.shapes import rules_of

__all__ = [
    "SEVERITIES",
    "Answer",
    "Cause",
    "Finding",
    "Hit",
    "Rule",
    "Severity",
    "Stray",
    "answers_of",
    "causes_of",
    "load_findings",
    "reconcile",
    "rules_of",
    "strays",
    "with_causes",
    "write_findings",
]
