"""Monthly figures of outputs (RO): what was reached, what was planned, runs of months."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pp39.findings.evidence import Evidence, Row
from pp39.numbers import exact
from pp39.periods import MONTHS

__all__ = [
    "SLIGHT",
    "by_month",
    "consecutive",
    "plan_of",
    "progress_of",
    "runs",
    "span",
    "volume_share",
]

SLIGHT = 1
"""Percent; plans are filled up with hundredths where nothing is due, and that is no progress."""


def progress_of(evidence: Evidence) -> dict[str, dict[int, Row]]:
    """Give the rows with progress of each output, by month, up to the quarter's end."""
    last = evidence.quarter.last_month
    found = {
        code: {m: row for m, row in rows.items() if m <= last and row.get("progres") is not None}
        for code, rows in by_month(evidence, "progres_ro").items()
    }
    return {code: rows for code, rows in found.items() if rows}


def plan_of(evidence: Evidence) -> dict[str, dict[int, tuple[Fraction | None, Fraction | None]]]:
    """Give the cumulative plan of each output: progress and volume; None after a gap."""
    found: dict[str, dict[int, tuple[Fraction | None, Fraction | None]]] = {}
    for code, rows in by_month(evidence, "target_smart").items():
        sums: list[Fraction | None] = [Fraction(0), Fraction(0)]
        for month in range(1, 13):
            row: Row = rows.get(month, {})
            for index, name in enumerate(("tpcro", "trvro")):
                value, so_far = row.get(name), sums[index]
                sums[index] = None if value is None or so_far is None else so_far + exact(value)
            found.setdefault(code, {})[month] = (sums[0], sums[1])
    return found


def volume_share(row: Row) -> Fraction | None:
    """Give the percentage of the target volume that is delivered; None where either is unknown."""
    goal, volume = row.get("tvro"), row.get("rvro")
    return exact(volume) / exact(goal) * 100 if goal and volume is not None else None


def by_month(evidence: Evidence, source: str) -> dict[str, dict[int, Row]]:
    """Give the rows of each output by month; the first where a month occurs twice."""
    found: dict[str, dict[int, Row]] = {}
    for row in evidence.all_rows(source):
        if row.get("kode_ro") is not None and row.get("bulan") is not None:
            found.setdefault(str(row["kode_ro"]), {}).setdefault(int(row["bulan"]), row)
    return found


def runs(points: Sequence[tuple[int, Fraction]]) -> list[list[tuple[int, Fraction]]]:
    """Give runs of consecutive months, without figures so small that they fill a gap."""
    return consecutive([point for point in points if point[1] >= SLIGHT])


def consecutive(points: Sequence[tuple[int, Fraction]]) -> list[list[tuple[int, Fraction]]]:
    """Give runs of consecutive months."""
    found: list[list[tuple[int, Fraction]]] = []
    for point in points:
        if found and point[0] == found[-1][-1][0] + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def span(months: Sequence[int]) -> str:
    """Name consecutive months.

    Examples
    --------
    >>> span([7, 8, 9]), span([7]), span([7, 9])
    ('Juli–September', 'Juli', 'Juli, September')
    """
    names = [MONTHS[month - 1] for month in months]
    if len(months) > 1 and list(months) == list(range(months[0], months[-1] + 1)):
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)
