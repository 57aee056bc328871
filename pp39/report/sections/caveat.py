"""Where a status stands on a figure that a finding calls in question."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pp39.book import Book
from pp39.findings.cause import Judge
from pp39.indicators.achievement import achievement, status_of, track
from pp39.ledger import Ledger, dashed
from pp39.periods import Quarter


def judge_of(run: Book) -> Judge:
    """Give the function that tells the status of an indicator with other figures than its own.

    It is the calculation of the status itself, done again in a ledger of its own.
    """

    def judge(code: str, realisation: Fraction | None, target: Fraction | None) -> str:
        slug = dashed(code)
        indicator = run.params.indikator[code]
        trial, ledger = Ledger(), run.ledger
        for quarter in Quarter:
            interim = ledger.get(f"{slug}/target-antara/{quarter}")
            if interim is not None:
                trial.add(f"{slug}/target-antara/{quarter}", interim)
        made, goal = ledger.get(f"{slug}/realisasi"), ledger.get(f"{slug}/target")
        if made is not None and realisation is not None:
            made = replace(made, value=realisation)
        if goal is not None and target is not None:
            goal = replace(goal, value=target)
        book = replace(run, ledger=trial)
        raw = None
        if made is not None and goal is not None:
            reached = achievement(book, code, made, goal, indicator.polaritas)
            raw = reached[0] if reached is not None else None
        due = track(book, code, goal, indicator)
        return status_of(book, made, goal, raw, polarity=indicator.polaritas, due=due)

    return judge
