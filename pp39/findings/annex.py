"""Findings as rows for the report's annex "Temuan rekonsiliasi" and for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pp39.findings.answers import Stray
from pp39.findings.finding import SEVERITIES, Answer, Finding, Severity
from pp39.periods import format_date, parse_date

__all__ = [
    "SEVERITY_NAMES",
    "STRAYS",
    "FindingRow",
    "Group",
    "finding_rows",
    "grouped",
    "stray_words",
]

SEVERITY_NAMES: Mapping[Severity, str] = {
    "material": "Material",
    "minor": "Minor",
    "editorial": "Redaksional",
}
#: Heading of the answers whose finding is not there.
STRAYS = "Jawaban untuk temuan yang tidak (lagi) ada"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of the annex; text only, in Indonesian.

    Parameters
    ----------
    id, subjek, lokasi, dinyatakan, dihitung, penjelasan, ledger_id :
        As in `Finding`.
    jawaban : str
        The unit's answer with who gave it and when; empty if there is none.
    """

    id: str
    subjek: str
    lokasi: str
    dinyatakan: str
    dihitung: str
    penjelasan: str
    ledger_id: str
    jawaban: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule and severity.

    Parameters
    ----------
    tingkat : {"material", "minor", "editorial"}
        Severity.
    aturan : str
        Id of the rule.
    membandingkan : str
        What the rule compares, in Indonesian, as a heading.
    temuan : tuple of Finding
        In the order of the file.
    """

    tingkat: Severity
    aturan: str
    membandingkan: str
    temuan: tuple[Finding, ...]

    @property
    def judul(self) -> str:
        """Heading of the group."""
        return self.membandingkan[:1].upper() + self.membandingkan[1:]


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Group findings by severity, material first, and rule."""
    found: dict[tuple[Severity, str], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.tingkat, one.aturan), []).append(one)
    return tuple(
        Group(tingkat, aturan, same[0].membandingkan or aturan, tuple(same))
        for (tingkat, aturan), same in sorted(
            found.items(), key=lambda one: (SEVERITIES.index(one[0][0]), one[0][1])
        )
    )


def finding_rows(findings: Sequence[Finding]) -> tuple[FindingRow, ...]:
    """Turn findings into rows of the annex, in the given order."""
    return tuple(
        FindingRow(
            one.id,
            one.subjek,
            one.lokasi,
            one.dinyatakan,
            one.dihitung,
            one.penjelasan,
            one.ledger_id,
            _answer(one.jawaban) if one.jawaban is not None else "",
        )
        for one in findings
    )


def stray_words(stray: Stray) -> str:
    """Word an answer whose finding is not there, with where it was set."""
    near = f" Temuan yang terdekat: {stray.terdekat}." if stray.terdekat else ""
    place = stray.tempat.replace(", line ", ", baris ")
    return f"{_answer(stray.jawaban)}. Ditetapkan di {place}.{near}"


def _answer(answer: Answer) -> str:
    return f"{answer.alasan} ({answer.oleh}, {format_date(parse_date(answer.tanggal))})"
