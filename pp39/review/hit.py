"""A contradiction inside a typed report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pp39.findings import Finding, Severity
from pp39.review.saying import Said, Subjects, learnt, sayings
from pp39.review.typed import Place, Typed

__all__ = ["Look", "Rule", "found"]


@dataclass(frozen=True)
class Look:
    """What a rule looks at: the report, its subjects, its figures, and its own period."""

    report: Typed
    known: Sequence[tuple[str, str, str]] = ()

    @cached_property
    def subjects(self) -> Subjects:
        """The subjects the report speaks of."""
        return learnt(self.report, self.known)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """All figures with a subject."""
        return tuple(sayings(self.report, self.subjects))


Hit = tuple[str, str, str, str, Sequence[Place]]
"""Subject, what is stated, what it is held against, a sentence, places."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of contradiction."""

    id: str
    severity: Severity
    compares: str
    look: Callable[[Look], Iterable[Hit]]


def found(rules: Iterable[Rule], look: Look) -> list[Finding]:
    """Apply rules; each contradiction once, with all its places, gravest first."""
    made: dict[str, Finding] = {}
    for rule in rules:
        for subject, stated, against, sentence, places in rule.look(look):
            where = "; ".join(dict.fromkeys(map(str, places)))
            one = Finding(
                rule.id,
                rule.severity,
                where,
                subject,
                stated,
                against,
                sentence,
                membandingkan=rule.compares,
            )
            made.setdefault(one.id, one)
    return sorted(made.values(), key=lambda one: one.order)
