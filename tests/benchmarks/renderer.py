"""The process that renders: ``python -m tests.benchmarks.renderer PARTS ROUNDS OUT``.

It calls the step of the run itself, so that it measures what ``pp39 report`` does, however that
shares out the work. It prints the seconds of each round as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pp39.run.environment import fixed_environment, stage_environment
from pp39.run.runner import Runner, WarmRunner
from pp39.run.stage import Stage, open_stage
from pp39.run.steps import STEPS, Job
from pp39.run.workspace import Workspace, project_root

from .made import REAL
from .processes import cpu_seconds, descendants

__all__ = ["main"]

_STEP = next(one for one in STEPS if one.name == "render")


class _ReportOnly:
    """Leaves out the page of the notebook; everything else is the runner's own."""

    def __init__(self, owned: Runner) -> None:
        self._owned = owned

    def __getattr__(self, name: str) -> Any:
        return getattr(self._owned, name)

    def render(
        self, groups: Sequence[Sequence[Any]], cwd: Path, environment: Mapping[str, str]
    ) -> None:
        """Render all but the page of the notebook."""
        chosen = [[one for one in group if one.exporter != "pp39-kertas-kerja"] for group in groups]
        self._owned.render(chosen, cwd, environment)


def main(arguments: Sequence[str]) -> None:
    """Render several times in forks of the same preloaded processes.

    Parameters
    ----------
    arguments : sequence of str
        ``report`` or ``all``: without or with the page of its notebook; how many rounds;
        a folder, for a folder of what each round makes.
    """
    parts, rounds, out = arguments[0], int(arguments[1]), Path(arguments[2])
    root = project_root()
    run = Workspace.locate(REAL.unit, 2025, REAL.quarter, root=root)
    environment = fixed_environment(root)
    with WarmRunner(environment) as warm:
        # Starts the preloaded processes and waits for what rendering needs; the rest goes on.
        warm.render([[]], root, environment)
        _settle()
        runner: Any = warm if parts == "all" else _ReportOnly(warm)
        seconds = []
        for number in range(rounds):
            with open_stage(run) as stage:
                _fill(stage, run)
                job = Job(stage, environment | stage_environment(stage.folder), runner)
                start = time.perf_counter()
                _STEP.task(_STEP, job)
                seconds.append(time.perf_counter() - start)
                stage.workspace.report.replace(out / str(number))
    print(json.dumps(seconds))


def _fill(stage: Stage, run: Workspace) -> None:
    stage.papers.mkdir(parents=True)
    for paper in (run.report / stage.papers.name).glob("*.ipynb"):
        shutil.copyfile(paper, stage.papers / paper.name)
    shutil.copytree(run.report / "lampiran", stage.workspace.report / "lampiran")


def _settle(quiet: float = 1.0, limit: float = 60.0) -> None:
    """Wait until what this process has started does nothing."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        before = cpu_seconds(descendants(os.getpid()))
        time.sleep(quiet)
        if cpu_seconds(descendants(os.getpid())) - before < 0.05:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
