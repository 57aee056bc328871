"""Memory of a worker over many reports: how much at most, and whether it grows."""

from __future__ import annotations

from collections.abc import Callable

from . import ours
from .measurement import Row
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes
from .watch import MemoryWatch, below

__all__ = ["measure"]


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Watch the tree of one worker, with its preloaded processes and their forks.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many units, and when to look.
    tell : callable
        Is told how it goes.
    """
    units, early, window = sizes.memory_units, sizes.memory_early, sizes.memory_window
    reports = units * len(ours.QUARTERS)
    if not window <= early <= reports - window:
        raise BenchmarkFailed(f"{reports} reports are too few to compare memory at report {early}")
    watch = MemoryWatch(below)
    with sandbox.scratch() as folder:
        made_up = ours.synthetic(sandbox, folder / "synthetic", units, sizes.unit_rows)
        with sandbox.project(made_up) as project:
            done = ours.batch(sandbox, project, units, 1, watch)
    peak = max(one.memory for one in watch.samples)
    # With n reports done, report n + 1 is being made.
    first = watch.between(early - window, early - 1)
    last = watch.between(reports - window, reports - 1)
    tell(f"{reports} reports in {done.seconds:.0f} s, {len(watch.samples)} samples of memory")
    return [
        Row(
            "memory",
            f"Memory of one worker with all its processes over {reports} reports, at most (PSS)",
            [peak],
            unit="MiB",
        ),
        Row(
            "flat",
            f"The same at report {reports} (ours) and at report {early} (reference)",
            [max(last)],
            [max(first)],
            unit="MiB",
            note=f"peak over {window} reports; between peaks it rests at"
            f" {min(first):.0f} MiB early and {min(last):.0f} MiB late",
        ),
    ]
