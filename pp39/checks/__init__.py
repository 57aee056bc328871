"""Data checks: a Great Expectations suite per source, and results an auditor can read."""

from __future__ import annotations

from collections.abc import Mapping

from pp39.book import Book
from pp39.checks.engine import evaluate
from pp39.checks.result import Check, CheckReport, Location, results_html
from pp39.checks.rule import Expect, Rule
from pp39.checks.suites import rules
from pp39.params import Settings
from pp39.sources import CleanTable

__all__ = [
    "Check",
    "CheckReport",
    "Expect",
    "Location",
    "Rule",
    "check",
    "results_html",
    "rules",
]


def check(tables: Mapping[str, CleanTable], settings: Settings) -> CheckReport:
    """Check the clean tables of a run.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        By name of the source, as `pp39.sources.load_tables` gives them.
    settings : Settings
        Parameters of the run.

    Returns
    -------
    CheckReport
        One result for each rule that had something to look at.

    Raises
    ------
    Pp39Error
        If a rule cannot be evaluated.
    """
    book = Book(tables, settings)
    return CheckReport(tuple(evaluate(rules(book), book)))
