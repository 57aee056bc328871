"""The unit's answers to findings, and those whose finding is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pp39.errors import nearest
from pp39.findings.finding import Answer, Finding
from pp39.params import Settings

_PATH = ("temuan", "jawaban")


@dataclass(frozen=True, slots=True)
class Stray:
    """An answer to a finding that the run does not have.

    The id may be mistyped, or the finding has gone with what it was about. Which of the two cannot
    be known, so the answer stops nothing and is shown.
    """

    #: The finding's id as it was given.
    id: str
    #: The answer.
    jawaban: Answer
    #: Where it was set: the file and line, or ``-p``.
    tempat: str
    #: The finding whose id is nearest; empty if none is near.
    terdekat: str

    @property
    def sentence(self) -> str:
        """What to tell on standard error."""
        near = f"; the nearest is {self.terdekat}" if self.terdekat else ""
        return f"temuan.jawaban.{self.id} ({self.tempat}) answers no finding of this run{near}"


def answers_of(settings: Settings) -> dict[str, Answer]:
    """Give the unit's answers by finding id, from the parameter ``temuan.jawaban``."""
    return {
        id: Answer(one.alasan, one.oleh, one.tanggal.isoformat())
        for id, one in settings.params.temuan.jawaban.items()
    }


def strays(settings: Settings, findings: Iterable[Finding]) -> tuple[Stray, ...]:
    """Give the answers that answer none of the findings, in the order they were given."""
    known = {one.id for one in findings}
    return tuple(
        Stray(id, answer, _place(settings, id), nearest(id, known) or "")
        for id, answer in answers_of(settings).items()
        if id not in known
    )


def _place(settings: Settings, id: str) -> str:
    # An override may give one answer, all answers, or the whole branch.
    paths = ((*_PATH, id), _PATH, _PATH[:1])
    return next((str(settings.places[one]) for one in paths if one in settings.places), "bawaan")
