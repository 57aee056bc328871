"""Batches of tiny reports through the real engine: one notebook each, in forks that import little.

Workers import this module by its name, so that tests put this folder on their path.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pp39.batch import Outcome, State, Task
from pp39.run.address import Address
from pp39.run.fingerprint import digest, package_files
from pp39.run.keys import Reads
from pp39.run.runner import WarmRunner
from pp39.run.steps import Job, Step, run_notebook

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = Path(__file__).parent / "notebooks"
STEPS = (Step("kecil", "Writing little", run_notebook, Reads(params=("nps",))),)


def break_down(step: Step, job: Job) -> None:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError(f"division by zero in {job.stage.final.root}/notebooks")


#: Steps that fail so.
BREAKING = (Step("kecil", "Breaking", break_down, Reads()),)


def cheap(environment: Mapping[str, str]) -> WarmRunner:
    """Give a warm runner with one preloaded process that has imported next to nothing."""
    return WarmRunner(environment, {"umum": ("pp39.run.warm.shell",)})


def imported(*names: str) -> list[str]:
    """Tell which of some modules this process has imported."""
    return [name for name in names if name in sys.modules]


def here_too() -> str:
    """Give the search path of Python with this folder on it, for processes to be started."""
    known = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(Path(__file__).parent), *([known] if known else [])])


def small_project(root: Path) -> Path:
    """Make a project whose only notebook does as the files ``ulah-<quarter>`` say."""
    shutil.copytree(ROOT / "params", root / "params")
    shutil.copytree(NOTEBOOKS / "batch", root / "notebooks")
    (root / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    return root


def tasks(root: Path, *runs: str, overrides: tuple[str, ...] = ()) -> tuple[Task, ...]:
    """Give the tasks of runs such as ``IV`` or ``IV/nps-unik``."""
    code = digest(package_files())
    addresses = [Address.parse(run, "bspji-ambon", 2025) for run in runs]
    made = (Task(root, address, code, overrides, STEPS, cheap) for address in addresses)
    return tuple(task.addressed() for task in made)


def act(root: Path, quarter: str, how: str) -> None:
    """Let the notebook of a quarter misbehave: ``tunggu``, ``salah``, ``bunuh``; or not: ``""``."""
    path = root / f"ulah-{quarter}"
    path.unlink(missing_ok=True)
    if how:
        path.write_text(how)


def noted(root: Path, file: str) -> list[tuple[str, int]]:
    """Give run and preloaded process of every line the notebook has written."""
    path = root / file
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [(run, int(pid)) for run, pid in (line.split() for line in lines)]


def times_made(root: Path) -> dict[str, int]:
    """Count how often each run has been made."""
    return dict(Counter(run for run, _ in noted(root, "selesai.txt")))


def parent(pid: int) -> int:
    """Give the process that started a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def statuses(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    """Give status by quarter and run."""
    return {f"{one.address.period}/{one.address.run}": one.status for one in outcomes}


class Heard:
    """Keeps what a batch tells."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.ends: list[Outcome] = []

    def changed(self, state: State) -> None:
        self.states.append(state)

    def ended(self, outcome: Outcome, state: State) -> None:
        self.ends.append(outcome)
        self.states.append(state)


class Killer(Heard):
    """Kills a process of a run that waits, once, and lets the run go on.

    Parameters
    ----------
    root : Path
        The project.
    quarter : str
        Its notebook waits.
    which : callable
        Chooses the process, from that of the preloaded process of the notebook.
    """

    def __init__(self, root, quarter, which):
        super().__init__()
        self.root, self.quarter, self.which = root, quarter, which
        self.killed: list[int] = []
        act(root, quarter, "tunggu")

    def changed(self, state: State) -> None:
        super().changed(state)
        begun = [
            pid for run, pid in noted(self.root, "mulai.txt") if run.startswith(f"{self.quarter}/")
        ]
        if begun and not self.killed:
            victim = self.which(begun[0])
            os.kill(victim, signal.SIGKILL)
            self.killed.append(victim)
            assert gone(victim)
            act(self.root, self.quarter, "")


def gone(pid: int, wait: float = 20.0) -> bool:
    """Tell whether a process ends within some seconds; a zombie has ended."""
    until = time.monotonic() + wait
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)


def marked(mark: str) -> Iterator[int]:
    """Find the processes that have a text in their environment."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                found = mark.encode() in (folder / "environ").read_bytes()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if found:
                yield int(folder.name)
