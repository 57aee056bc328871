"""A contradiction inside a typed report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pp39.findings import Finding, Severity
from pp39.review.saying import Said, Subjects, learnt, sayings, sentences
from pp39.review.typed import Passage, Place, Typed

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

    @cached_property
    def facts(self) -> Mapping[tuple[str, str], Sequence[Said]]:
        """The figures by subject and measure, in the order of reading."""
        found: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for one in self.said:
            found[one.subject, one.measure].append(one)
        return found

    @cached_property
    def about(self) -> tuple[tuple[Passage, str, str], ...]:
        """The sentences that speak of one subject, by name or below its heading."""
        return tuple(self._about())

    def _about(self) -> Iterator[tuple[Passage, str, str]]:
        about = ""
        for one in self.report.passages:
            if one.kind == "judul":
                told = self.subjects.of(one.text)
                about = told[0][1] if len(told) == 1 else ""
                continue
            for sentence in sentences(one.text):
                named = self.subjects.of(sentence)
                if len(named) == 1:
                    yield one, sentence, named[0][1]
                elif about and not named:
                    yield one, sentence, about


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
