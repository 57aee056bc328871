"""Typed reports of other offices: sound as they stand in ``typed/``, and with planted faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import yaml
from typed_reports import Report, Table

from pp39.findings import Finding

FOLDER = Path(__file__).with_name("typed")
NAMES = sorted(one.stem for one in FOLDER.glob("*.md"))


class Answer(TypedDict):
    """What is replaced, by what, and words of which a finding must hold one."""

    lama: str
    baru: str
    sebut: list[str]


def answers(name: str) -> list[Answer]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def sample(name: str) -> Report:
    return _report((FOLDER / f"{name}.md").read_text("utf-8"))


def faulted(name: str) -> Report:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    for one in answers(name):
        assert text.count(one["lama"]) == 1, one["lama"]
        text = text.replace(one["lama"], one["baru"])
    return _report(text)


def told_of(
    planted: Sequence[Answer], findings: Sequence[Finding]
) -> tuple[list[Answer], list[Finding]]:
    """Give the planted faults that were found, and the findings that tell of none."""

    def tells(one: Finding, answer: Answer) -> bool:
        text = f"{one.penjelasan} {one.dinyatakan} {one.dihitung} {one.subjek}"
        return any(word in text for word in answer["sebut"])

    hit = [answer for answer in planted if any(tells(one, answer) for one in findings)]
    false = [one for one in findings if not any(tells(one, answer) for answer in planted)]
    return hit, false


def _report(text: str) -> Report:
    report = Report()
    caption = ""
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [one.strip() for one in line.strip().strip("|").split("|")]
            last = report.parts[-1] if report.parts else None
            if isinstance(last, Table) and not caption:
                last.rows.append(cells)
                continue
            report.parts.append(Table(caption, [cells]))
            caption = ""
            continue
        if caption:
            report.parts.append(caption)
        caption = ""
        if line.startswith(("Tabel ", "Lampiran ")) and line.split()[1][:1] in "0123456789IVX":
            caption = line
        elif line:
            report.parts.append(line)
    return report
