"""Reconciliation: apply every rule, drop what another rule says better, sort, attach answers.

The numbers of findings are entered in the ledger of the run: whatever one says can be explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from pp39.book import Book
from pp39.findings.cause import with_causes
from pp39.findings.cited import Cited, cited, holding_digits, is_figure, numbers_in
from pp39.findings.evidence import Evidence
from pp39.findings.finding import Finding, answers_of
from pp39.findings.rule import Rule
from pp39.findings.shapes import rules_of
from pp39.findings.statement import Statement
from pp39.ledger import Computed, Ledger, Quantity
from pp39.params import Settings
from pp39.sources import CleanTable

# Statements of these kinds hold digits that count nothing.
_NAMES = ("nama", "nomor", "periode", "tanggal")


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


class Entries:
    """What the findings of a run have in its ledger."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._book = (evidence.run or evidence).ledger

    def of(self, finding: Finding) -> Finding:
        """Enter the figures of all numbers that a finding says, and write their ids into it.

        Where one rests on a figure that is another one in the run, it has no place there.
        """
        main, others = self._evidence.figures.get(finding.id, (None, ()))
        id = finding.ledger_id
        if main is not None:
            id = self._enter(finding, main, "")
        first = filter(None, (self._book.get(id), main))
        figures = [*first, *others, *self._quoted(finding)]
        ids: dict[str, None] = {}
        for number, figure in enumerate(cited(self.numbers(finding), figures), 1):
            if figure is not None and figure is not main and is_figure(figure):
                ids[self._enter(finding, figure, f"/{number}")] = None
        more = [one for one in ids if one not in ("", id)]
        if not id and (right := self._right(finding, more)):
            # Whoever came by what is right: it leads to its calculation.
            id = right
            more.remove(right)
        return replace(finding, ledger_id=id, angka="; ".join(more))

    def numbers(self, finding: Finding) -> tuple[Cited, ...]:
        """Give the numbers that a finding says, each once."""
        said = f"“{finding.dinyatakan}” | “{finding.dihitung}” | {finding.penjelasan}"
        places = holding_digits(finding.lokasi.split("; "))
        found = {one.text: one for one in numbers_in(said, (*places, *self._names))}
        return tuple(found.values())

    def _right(self, finding: Finding, ids: Sequence[str]) -> str:
        """Give the id of the first figure in what a statement is held against."""
        known = [self._book[one] for one in ids]
        numbers = numbers_in(f"“{finding.dihitung}”", self._names)
        return next((one.id or "" for one in cited(numbers, known) if one is not None), "")

    def _enter(self, finding: Finding, figure: Quantity, end: str) -> str:
        """Enter a figure and give its id; an entry of the ledger keeps its own."""
        if not _rests_on(figure, self._book):
            return ""
        id = figure.id or f"temuan/{finding.id}{end}"
        if id not in self._book:
            label = figure.label or figure.formula()
            self._book.add(id, figure.named(f"{label} ({finding.subjek})"))
        return id

    def _quoted(self, finding: Finding) -> Iterator[Quantity]:
        """Give the numbers of the statements at its places that a finding repeats as printed."""
        said = " | ".join((finding.dinyatakan, finding.dihitung, finding.penjelasan))
        for place in dict.fromkeys(finding.lokasi.split("; ")):
            for one in self._at.get(place, ()):
                if one.nilai in said:
                    yield from self._evidence.numbers_said(one)

    @cached_property
    def _at(self) -> dict[str, list[Statement]]:
        """The statements with a digit, by place."""
        found: dict[str, list[Statement]] = {}
        for one in (*self._evidence.statements, *self._evidence.instead):
            if any(map(str.isdigit, one.nilai)):
                found.setdefault(one.letak, []).append(one)
        return found

    @cached_property
    def _names(self) -> Sequence[str]:
        """The names and places of the run that hold digits and are no numbers."""
        known, statements = self._evidence, self._evidence.statements
        registered = known.settings.params.indikator
        return holding_digits(
            (
                *(s.nilai for s in statements if s.jenis in _NAMES and not s.nilai.isdecimal()),
                *(one.letak for one in statements),
                *known.numbered_names,
                *registered,
                *(one.nama for one in registered.values()),
            )
        )


def _rests_on(figure: Quantity, ledger: Ledger) -> bool:
    """Tell whether all entries that a figure is computed of are the same in a ledger."""
    if figure.id is not None:
        known = ledger.get(figure.id)
        return known is not None and known.value == figure.value
    operands = figure.origin.operands if isinstance(figure.origin, Computed) else ()
    return all(_rests_on(one, ledger) for one in operands)
