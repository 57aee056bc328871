"""Findings in the terminal and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pp39.findings.annex import SEVERITY_NAMES, STRAYS, answer_words, stray_words
from pp39.findings.cause import Cause
from pp39.findings.finding import SEVERITIES, Finding, Severity, Stray
from pp39.printer import words

if TYPE_CHECKING:
    from rich.console import Console


def to_json(findings: Iterable[Finding]) -> str:
    """Write findings as JSON: the columns of ``temuan.csv`` and the answers.

    Returns
    -------
    str
        A list of objects; ``jawaban`` is null where nobody answered.
    """
    written = [{"id": one.id, **asdict(one)} for one in findings]
    return json.dumps(written, ensure_ascii=False, indent=2)


def summary(causes: Sequence[Cause]) -> str:
    """Count findings by severity, and causes, in one line.

    Examples
    --------
    >>> summary([])
    'Temuan: 0 (Material 0, Minor 0, Redaksional 0) dari 0 sebab'
    """
    counted = Counter(one.tingkat for cause in causes for one in cause.temuan)
    parts = ", ".join(f"{SEVERITY_NAMES[one]} {counted[one]}" for one in SEVERITIES)
    return f"Temuan: {counted.total()} ({parts}) dari {len(causes)} sebab"


def at_least(findings: Iterable[Finding], severity: Severity) -> tuple[Finding, ...]:
    """Give the findings of a severity or a graver one."""
    limit = SEVERITIES.index(severity)
    return tuple(one for one in findings if SEVERITIES.index(one.tingkat) <= limit)


def show(causes: Sequence[Cause], console: Console, astray: Sequence[Stray] = ()) -> None:
    """Print findings by cause, one table per cause."""
    # Imported here: only this command draws tables.
    from rich.table import Table  # noqa: PLC0415

    for cause in causes:
        touched = f" [{', '.join(cause.indikator)}]" if cause.indikator else ""
        title = f"{SEVERITY_NAMES[cause.tingkat]} {cause.id}{touched}: {cause.kalimat}"
        table = Table(title=words(title), title_justify="left", title_style="bold", expand=True)
        table.add_column("Temuan", ratio=3, overflow="fold")
        table.add_column("Dinyatakan", ratio=2, overflow="fold")
        table.add_column("Dihitung / pembanding", ratio=2, overflow="fold")
        table.add_column("Tempat dan penjelasan", ratio=5, overflow="fold")
        for one in cause.temuan:
            told = f"{one.lokasi}\n{one.penjelasan}"
            if one.jawaban is not None:
                told += f"\nJawaban: {answer_words(one.jawaban)}"
            cells = (f"{one.id}\n{one.subjek}", one.dinyatakan, one.dihitung, told)
            # Not str: square brackets in a statement are no markup.
            table.add_row(*(words(cell) for cell in cells))
        console.print(table)
    if astray:
        table = Table(title=words(STRAYS), title_justify="left", title_style="bold", expand=True)
        table.add_column("Temuan", ratio=3, overflow="fold")
        table.add_column("Jawaban", ratio=9, overflow="fold")
        for stray in astray:
            table.add_row(words(stray.id), words(stray_words(stray)))
        console.print(table)
    console.print(words(summary(causes)))
