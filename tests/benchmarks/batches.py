"""Many reports: a batch against plain notebooks, and two workers against one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import ours
from .made import Subject, insist_same, tree
from .measurement import Row
from .plain import plain_report
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes

__all__ = ["measure_batch", "measure_workers"]

_WORKERS = 2


def measure_batch(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Measure seconds per report of a batch, and plain seconds of a report that is in it.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many units and rounds; each round takes another plain report.
    tell : callable
        Is told how it goes.
    """
    units, rounds = sizes.batch_units, sizes.batch_rounds
    reports = units * len(ours.QUARTERS)
    mine: list[float] = []
    theirs: list[float] = []
    sample = [_sampled(number, rounds, units) for number in range(rounds)]
    with sandbox.scratch() as folder:
        made_up = ours.synthetic(sandbox, folder / "synthetic", units, sizes.unit_rows)
        for number, subject in enumerate(sample, start=1):
            with sandbox.project(made_up) as one, sandbox.project(made_up) as other:
                plain = plain_report(sandbox, one, subject)
                done = ours.batch(sandbox, other, units, _WORKERS)
                insist_same(ours.made(other, subject, done.seconds), plain)
            theirs.append(plain.seconds)
            mine.append(done.seconds / reports)
            tell(
                f"round {number} of {rounds}: plain {theirs[-1]:.1f} s,"
                f" batch {done.seconds:.1f} s = {mine[-1]:.2f} s per report"
            )
    names = ", ".join(f"{one.unit}/{one.quarter}" for one in sample)
    return [
        Row(
            "batch",
            f"`pp39 batch --workers {_WORKERS}`, {units} synthetic units × 4 quarters,"
            f" {sizes.unit_rows} rows each: seconds per report",
            mine,
            theirs,
            note=f"the reference is a sample: plain notebooks for {names}, one in each round",
        )
    ]


def measure_workers(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Measure the same batch with one worker and with two; parameters as of `measure_batch`."""
    units, rounds = sizes.workers_units, sizes.workers_rounds
    seconds: dict[int, list[float]] = {1: [], _WORKERS: []}
    with sandbox.scratch() as folder:
        made_up = ours.synthetic(sandbox, folder / "synthetic", units, sizes.unit_rows)
        for number in range(1, rounds + 1):
            reports = []
            for workers, values in seconds.items():
                with sandbox.project(made_up) as project:
                    values.append(ours.batch(sandbox, project, units, workers).seconds)
                    reports.append(_reports(project))
            if reports[0] != reports[1]:
                raise BenchmarkFailed("one worker and two make different reports")
            told = ", ".join(
                f"{count} workers {values[-1]:.1f} s" for count, values in seconds.items()
            )
            tell(f"round {number} of {rounds}: {told}")
    return [
        Row(
            "workers",
            f"{_WORKERS} workers against one, {units} synthetic units × 4 quarters",
            seconds[_WORKERS],
            seconds[1],
        )
    ]


def _sampled(number: int, rounds: int, units: int) -> Subject:
    """Choose a report from all over the batch, the last quarter first."""
    unit = ours.unit_names(units)[number * units // rounds]
    return Subject(unit, ours.QUARTERS[-1 - number % len(ours.QUARTERS)])


def _reports(project: Path) -> dict[str, str]:
    return tree(project / "reports", "laporan.*")
