"""Findings (temuan): rules that compare what was stated with what was computed.

>>> from pp39.findings import RULES
>>> sorted({rule.tingkat for rule in RULES})
['editorial', 'material', 'minor']
"""

from pp39.findings.annex import finding_rows, grouped
from pp39.findings.answers import Stray, answers_of, strays
from pp39.findings.finding import (
    SEVERITIES,
    Answer,
    Finding,
    Severity,
    load_findings,
    write_findings,
)
from pp39.findings.reconcile import reconcile
from pp39.findings.rule import Hit, Rule, rule
from pp39.findings.rules import RULES

__all__ = [
    "RULES",
    "SEVERITIES",
    "Answer",
    "Finding",
    "Hit",
    "Rule",
    "Severity",
    "Stray",
    "answers_of",
    "finding_rows",
    "grouped",
    "load_findings",
    "reconcile",
    "rule",
    "strays",
    "write_findings",
]
