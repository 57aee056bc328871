"""One unit with very many rows: seconds and memory of cleaning, checking and computing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import ours
from .made import Subject
from .measurement import Row
from .sandbox import Sandbox
from .sizes import Sizes
from .watch import MemoryWatch, whole

__all__ = ["measure"]

_PARTS = ("01_clean", "02_validate", "03_indicators")
_SUBJECT = Subject("sintetis-001", "IV")


@dataclass(frozen=True)
class _Run:
    """A run that was timed: the whole command, and its steps."""

    seconds: float
    steps: dict[str, float]

    @property
    def computing(self) -> float:
        return sum(self.steps[name] for name in _PARTS)


@dataclass(frozen=True)
class _Peaks:
    """A run that was watched: MiB while it computed, and over all."""

    computing: float
    overall: float
    samples: int


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Make the report of one unit of several sizes, in turn; once more to watch the memory.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many rows, and how many rounds.
    tell : callable
        Is told how it goes.
    """
    runs: dict[int, list[_Run]] = {rows: [] for rows in sizes.scale_rows}
    with sandbox.scratch() as folder:
        for rows in runs:
            ours.synthetic(sandbox, folder / str(rows), 1, rows)
        for number in range(1, sizes.scale_rounds + 1):
            for rows, done in runs.items():
                done.append(_timed(sandbox, folder / str(rows)))
                computing = done[-1].computing
                tell(f"round {number} of {sizes.scale_rounds}: {rows:,} rows in {computing:.1f} s")
        peaks = {rows: _watched(sandbox, folder / str(rows)) for rows in runs}
    found = [
        row for rows, done in runs.items() for row in _rows(rows, done, peaks[rows], max(runs))
    ]
    return found + _growth(runs)


def _timed(sandbox: Sandbox, source: Path) -> _Run:
    with sandbox.project(source) as project:
        report = ours.report(sandbox, project, _SUBJECT)
        return _Run(report.seconds, ours.step_seconds(report))


def _watched(sandbox: Sandbox, source: Path) -> _Peaks:
    watch = MemoryWatch(whole)
    with sandbox.project(source) as project:
        ours.report(sandbox, project, _SUBJECT, watch=watch)
    overall = [one.memory for one in watch.samples]
    # Progress numbers the step that is being done.
    computing = watch.between(0, len(_PARTS))
    return _Peaks(max(computing), max(overall), len(computing))


def _rows(count: int, runs: list[_Run], peaks: _Peaks, largest: int) -> list[Row]:
    suffix = "" if count == largest else f"-{count}"
    steps = ", ".join(
        f"{name} {median(one.steps[name] for one in runs):.1f} s" for name in ours.STEPS
    )
    return [
        Row(
            f"scale{suffix}",
            f"{count:,} orders and {count:,} survey rows (half IKM, half NPS) of one unit:"
            " clean, check, compute (01–03)",
            [one.computing for one in runs],
            note=f"{steps}; the whole command {median(one.seconds for one in runs):.1f} s",
        ),
        Row(
            f"scale-memory{suffix}",
            "The same: memory of the command with all its processes, at most (PSS)",
            [peaks.computing],
            unit="MiB",
            note=f"{peaks.samples} samples; until the report is made {peaks.overall:.0f} MiB",
        ),
    ]


def _growth(runs: dict[int, list[_Run]]) -> list[Row]:
    """Compare what a further million rows cost at the upper and at the lower sizes.

    Sizes so close together that chance decides give no row.
    """
    if len(runs) < 3:
        return []
    counts = sorted(runs)
    low, middle, high = counts[0], counts[-2], counts[-1]

    def costs(less: int, more: int) -> list[float]:
        return [
            (after.computing - before.computing) / (more - less) * 1_000_000
            for before, after in zip(runs[less], runs[more], strict=True)
        ]

    lower, upper = costs(low, middle), costs(middle, high)
    if min(lower + upper) <= 0:
        return []
    return [
        Row(
            "scale-growth",
            f"Seconds that a further million rows take, from {middle:,} to {high:,} (ours) and"
            f" from {low:,} to {middle:,} (reference)",
            upper,
            lower,
            note="growth is linear when the ratio is 1; below, it is steeper",
        )
    ]
