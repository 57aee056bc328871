"""One finding (temuan): two things that cannot both be right, their places, the answer to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from pp39 import handout
from pp39.characters import visible
from pp39.errors import MissingInput, UnreadableInput, nearest
from pp39.params import Settings

Severity = Literal["material", "minor", "editorial"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

COLUMNS = (
    "id",
    "aturan",
    "tingkat",
    "lokasi",
    "subjek",
    "dinyatakan",
    "dihitung",
    "penjelasan",
    "ledger_id",
    "membandingkan",
    "sebab",
    "angka",
)
_PATH = ("temuan", "jawaban")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit answers to a finding; it stands beside the finding and never hides it."""

    alasan: str
    oleh: str
    tanggal: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction."""

    #: Id of the rule that found it.
    aturan: str
    #: Severity.
    tingkat: Severity
    #: All places, in Indonesian, separated by ``"; "``.
    lokasi: str
    #: What it is about: a ledger id or a path in the same style.
    subjek: str
    #: What was stated.
    dinyatakan: str
    #: What it is held against: the computed value, or the other statement.
    dihitung: str
    #: One or two sentences in Indonesian.
    penjelasan: str
    #: Ledger id of the computed figure; empty if there is none.
    ledger_id: str = ""
    #: The unit's answer.
    jawaban: Answer | None = None
    #: What the rule compares, in Indonesian.
    membandingkan: str = ""
    #: Id of the cause it belongs to; empty before causes were looked for.
    sebab: str = ""
    #: Ledger ids of the other numbers it says, in their order, separated by ``"; "``.
    angka: str = ""

    def __post_init__(self) -> None:
        # What cannot be seen would hide what is wrong, and would not come back from a file.
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, str) and not value.isprintable():
                object.__setattr__(self, name, visible(value))

    @property
    def id(self) -> str:
        """Stable id, made from what the finding says: ``T-<rule>-<8 hex digits>``.

        Places and wording may change without changing it; subject and values may not.
        """
        return _id(self.aturan, self.subjek, self.dinyatakan, self.dihitung)

    @property
    def figures(self) -> tuple[str, ...]:
        """Ledger ids of all numbers it says; that of the computed one is the first."""
        return tuple(filter(None, (self.ledger_id, *self.angka.split("; "))))

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Sort key: severity, rule, subject, id."""
        return SEVERITIES.index(self.tingkat), self.aturan, self.subjek, self.id

    def answered(self, answers: Mapping[str, Answer]) -> Finding:
        """Put the answer beside the finding, if there is one."""
        return replace(self, jawaban=answers.get(self.id))


@lru_cache(maxsize=10_000)
def _id(*said: str) -> str:
    content = "\x1f".join(said)
    return f"T-{said[0]}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def write_findings(findings: Iterable[Finding], path: Path) -> None:
    """Write ``temuan.csv``."""
    handout.write(path, COLUMNS, ([getattr(one, name) for name in COLUMNS] for one in findings))


def load_findings(path: Path, answers: Mapping[str, Answer] | None = None) -> tuple[Finding, ...]:
    """Read ``temuan.csv`` back.

    Parameters
    ----------
    path : pathlib.Path
        File that `write_findings` wrote.
    answers : mapping of str to Answer, optional
        Answers by finding id, as `pp39.findings.answers_of` gives them.

    Raises
    ------
    MissingInput
        If there is no such file.
    UnreadableInput
        If it is not such a file.
    """
    try:
        rows = handout.read(path)
    except FileNotFoundError:
        raise MissingInput(
            f"{path.name} is not there; run 03_indicators before reading its findings"
        ) from None
    found = []
    for number, row in enumerate(rows, 2):
        severity = next((one for one in SEVERITIES if one == row.get("tingkat")), None)
        if tuple(row) != COLUMNS or severity is None or None in row.values():
            raise UnreadableInput(
                f"{path.name}, row {number}: not a row of findings; run 03_indicators again"
            )
        finding = Finding(
            row["aturan"],
            severity,
            row["lokasi"],
            row["subjek"],
            row["dinyatakan"],
            row["dihitung"],
            row["penjelasan"],
            row["ledger_id"],
            membandingkan=row["membandingkan"],
            sebab=row["sebab"],
            angka=row["angka"],
        )
        if finding.id != row["id"]:
            raise UnreadableInput(
                f"{path.name}, row {number}: id {row['id']} does not fit what the row says;"
                " run 03_indicators again"
            )
        found.append(finding.answered(answers or {}))
    return tuple(found)


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
