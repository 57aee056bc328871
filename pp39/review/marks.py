"""Reports that write 1,372.50 for 1.372,50: read in our marks, and told in their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pp39.findings import Finding
from pp39.review.typed import Grid, Passage, Typed

_GROUPED = re.compile(r"(?<![\w.,/-])-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9]|[.,/-][0-9])")
_OURS = re.compile(
    r"(?<![\w.,/-])-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+)(?![0-9]|[.,/-][0-9])"
)
_TURNED = str.maketrans(".,", ",.")
_OFTEN = 4
"""Times that a report must write numbers one way for each time it writes them the other."""


def is_english(report: Typed) -> bool:
    """Tell whether a report has commas between thousands, by numbers that are read one way only."""
    texts = [text for text, _ in report.texts()]
    theirs = sum(
        one[0].count(",") > 1 or "." in one[0] for t in texts for one in _GROUPED.finditer(t)
    )
    ours = sum(
        one[0].count(".") > 1 or re.search(r"\.[0-9]+,", one[0]) is not None
        for t in texts
        for one in _OURS.finditer(t)
    )
    return theirs > _OFTEN * ours


def respelt(report: Typed) -> Typed:
    """Write the numbers of an English report with our marks."""

    def ours(text: str) -> str:
        return _GROUPED.sub(lambda one: one[0].translate(_TURNED), text)

    def part(one: Passage | Grid) -> Passage | Grid:
        if isinstance(one, Passage):
            return replace(one, text=ours(one.text))
        return replace(one, rows=tuple(tuple(map(ours, row)) for row in one.rows))

    return replace(report, parts=[part(one) for one in report.parts])


def spelt_back(findings: Iterable[Finding]) -> list[Finding]:
    """Tell findings with the marks that the report has."""

    def theirs(text: str) -> str:
        return _OURS.sub(lambda one: one[0].translate(_TURNED), text)

    return [
        replace(
            one,
            dinyatakan=theirs(one.dinyatakan),
            dihitung=theirs(one.dihitung),
            penjelasan=theirs(one.penjelasan),
        )
        for one in findings
    ]
