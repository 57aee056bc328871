"""The results as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import median

from .goals import GIB, Goal
from .machine import Machine
from .measurement import Row

__all__ = ["pairs", "to_json", "to_markdown"]

_WORDS = {None: "–", True: "yes", False: "**NO**"}
_SIGNS = {"at most": "≤", "at least": "≥"}
_METHOD = """\
Both sides of a comparison run in turn, in fresh copies of the project; ratio = reference ÷ ours,
taken pair by pair. "Plain" is each of the four notebooks run by `papermill` in a fresh standard
kernel, then `jupyter nbconvert` to HTML, to PDF and to the four working papers. Every command must
exit with 0; the HTML and the processed data of both sides must be the same bytes, and the pages of
the PDF the same but for the attachment, which plain nbconvert does not make. Memory is PSS
(`/proc/*/smaps_rollup`), which counts a page shared by n processes as 1/n in each, summed over a
tree of processes and sampled."""


def to_markdown(machine: Machine, rows: Sequence[Row], remarks: Sequence[str]) -> str:
    """Write the table, with the machine above it and the single pairs below.

    Parameters
    ----------
    machine : Machine
        Where it was measured.
    rows : sequence of Row
        In the order they are shown.
    remarks : sequence of str
        What casts doubt on the figures; shown first.
    """
    missed = [row.key for row in rows if row.met is False]
    verdict = f"Missed: {', '.join(missed)}." if missed else "No goal was missed."
    lines = [
        "# Benchmarks",
        "",
        *(f"**{remark}**\n" for remark in remarks),
        *(f"- {name}: {value}" for name, value in machine.described()),
        "",
        "| what | ours (median) | reference (median) | ratio (min–max) | goal | met |",
        "|---|--:|--:|--:|--:|---|",
        *(_line(row) for row in rows),
        "",
        verdict,
        "",
        "## Pair by pair",
        "",
        *(f"- {line}" for row in rows for line in pairs(row)),
        "",
        "## How it was measured",
        "",
        _METHOD,
        "",
    ]
    return "\n".join(lines)


def to_json(machine: Machine, rows: Sequence[Row], remarks: Sequence[str]) -> str:
    """Write the same with every single value."""
    document = {
        "machine": dict(machine.described()),
        "remarks": list(remarks),
        "rows": [row.json() for row in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def pairs(row: Row) -> list[str]:
    """Tell the single values of a row, one line for values and one for ratios."""
    head = f"{row.key}: "
    mine = ", ".join(_shown(one, row.unit) for one in row.ours)
    if not row.reference:
        return [head + mine]
    theirs = ", ".join(_shown(one, row.unit) for one in row.reference)
    ratios = row.ratios
    told = ", ".join(_times(one) for one in ratios)
    spread = (
        f"min {_times(min(ratios))}, median {_times(median(ratios))}, max {_times(max(ratios))}"
    )
    return [f"{head}{mine} against {theirs}: {told} ({spread})"]


def _line(row: Row) -> str:
    what = f"{row.what}<br>{row.note}" if row.note else row.what
    ratio = reference = "–"
    if row.reference:
        reference = _shown(median(row.reference), row.unit)
        ratio = f"{_times(median(row.ratios))} ({_span(row.ratios)})"
    ours = _shown(row.figures["largest" if row.unit == "MiB" else "median"], row.unit)
    goal = ", ".join(_goal(one, row.unit) for one in row.goals) or "–"
    cells = (what, ours, reference, ratio, goal, _WORDS[row.met])
    return f"| {' | '.join(one.replace('|', '/') for one in cells)} |"


def _goal(goal: Goal, unit: str) -> str:
    value = f"{goal.value:g}×" if goal.figure == "ratio" else _shown(goal.value, unit)
    return f"{_SIGNS[goal.bound]} {value}"


def _shown(value: float, unit: str) -> str:
    if unit == "MiB":
        return f"{value / GIB:.2f} GiB" if value >= GIB else f"{value:.0f} MiB"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.1f}×"


def _span(ratios: Sequence[float]) -> str:
    return f"{_times(min(ratios))}–{_times(max(ratios))}"
