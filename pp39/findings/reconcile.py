"""Reconciliation: apply every rule, drop what another rule says better, sort, attach answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pp39.book import Book
from pp39.findings.answers import answers_of
from pp39.findings.cause import with_causes
from pp39.findings.entries import Entries
from pp39.findings.evidence import Evidence
from pp39.findings.finding import Finding
from pp39.findings.rule import Rule
from pp39.findings.shapes import rules_of
from pp39.ledger import Ledger
from pp39.params import Settings
from pp39.sources import CleanTable


def reconcile(
    tables: Mapping[str, CleanTable],
    ledger: Ledger,
    settings: Settings,
    rules: Sequence[Rule] | None = None,
    *,
    base: Ledger | None = None,
) -> tuple[Finding, ...]:
    """Find every contradiction in the sources, the statements and the computed figures of a run.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        Clean tables by source; a missing one leaves its rules quiet.
    ledger : Ledger
        Computed figures; may be empty, then only statements and tables are compared. Figures that
        findings compute are entered.
    settings : Settings
        Parameters of the run.
    rules : sequence of Rule
        Those of the unit's profile by default.
    base : Ledger, optional
        Figures as they are without scenario and overrides, see `pp39.indicators.base_ledger`;
        those of the run by default.

    Returns
    -------
    tuple of Finding
        Sorted by severity, rule, subject, each with its cause. The same inputs give the
        same findings with the same ids.
    """
    every = rules_of(settings.profile)
    rules = every if rules is None else rules
    run = Book(tables, settings, ledger)
    held = ledger if base is None else base
    evidence = Evidence(tables, settings.base or settings, held, run=run, rules=every)
    found = {finding.id: finding for rule in rules for finding in rule(evidence)}
    about = {(finding.aturan, finding.subjek) for finding in found.values()}
    yields = {rule.id: rule.mengalah for rule in rules}
    kept = (
        finding
        for finding in found.values()
        if not any((better, finding.subjek) in about for better in yields[finding.aturan])
    )
    answers = answers_of(settings)
    entries = Entries(evidence)
    told = (entries.of(one).answered(answers) for one in kept)
    return with_causes(sorted(told, key=lambda one: one.order), held)
