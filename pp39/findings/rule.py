"""Rules: what is compared with what, declared beside the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pp39.findings.evidence import Evidence
from pp39.findings.finding import Finding, Severity
from pp39.ledger import Quantity


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule's function yields; the rule makes a finding of it."""

    #: subjek, lokasi, dinyatakan, dihitung, penjelasan: as in `pp39.findings.Finding`.
    subjek: str
    lokasi: str
    dinyatakan: str
    dihitung: str
    penjelasan: str
    #: Ledger id of the computed figure; the rule leaves it out, and says why in the explanation,
    #: where the run computed another value.
    ledger_id: str = ""
    #: Severity of this one case, where it is not the rule's.
    tingkat: Severity | None = None
    #: The computed figure itself, where it is not an entry of the ledger.
    figure: Quantity | None = None
    #: The other numbers that the finding may say.
    angka: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule."""

    #: Short name; part of the findings' ids.
    id: str
    #: What it compares, in Indonesian.
    membandingkan: str
    #: Severity of its findings.
    tingkat: Severity
    #: Rules that say the same thing better: a finding of this rule is left out where one of them
    #: has a finding about the same subject.
    mengalah: tuple[str, ...]
    _hits: Callable[[Evidence], Iterable[Hit]]

    def __call__(self, evidence: Evidence) -> Iterator[Finding]:
        """Apply the rule, once to the same evidence."""
        if self.id not in evidence.findings:
            evidence.findings[self.id] = tuple(self._found(evidence))
        yield from evidence.findings[self.id]

    def _found(self, evidence: Evidence) -> Iterator[Finding]:
        for hit in self._hits(evidence):
            ledger_id, words = evidence.traced(hit.ledger_id)
            found = Finding(
                self.id,
                hit.tingkat or self.tingkat,
                hit.lokasi,
                hit.subjek,
                hit.dinyatakan,
                hit.dihitung,
                hit.penjelasan + words,
                ledger_id,
                membandingkan=self.membandingkan,
            )
            main = hit.figure if not hit.ledger_id else None
            evidence.figures[found.id] = main, hit.angka
            yield found
