"""The course of a run: steps in their order, what each has made, which of them need not be done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from pp39.run.fingerprint import Mark, fingerprint
from pp39.run.keys import Checker, Reads
from pp39.run.render import Export
from pp39.run.runner import Runner
from pp39.run.stage import PARTS, Stage
from pp39.run.store import Store
from pp39.run.workspace import Workspace


class Watcher(Protocol):
    """Is told how the run goes."""

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""

    def reused(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` is up to date and need not be done."""


@dataclass(frozen=True)
class Job:
    """What the steps of one run share."""

    #: Where they write.
    stage: Stage
    #: Environment of notebooks and rendering.
    environment: dict[str, str]
    #: Executes notebooks and renders.
    runner: Runner

    def render(self, groups: Sequence[Sequence[Export]]) -> None:
        """Make files of executed notebooks, each group beside the others."""
        self.runner.render(groups, self.stage.final.root, self.environment)


@dataclass(frozen=True)
class Step:
    """One step of a run."""

    #: Name of the notebook, or of the task.
    name: str
    #: What it does, for the display of progress.
    title: str
    #: Does it.
    task: Callable[[Step, Job], None]
    #: What it depends on, besides the package and what earlier steps made.
    reads: Reads
    #: The step before it that it reads nothing of, so that both may be done at the same time. It
    #: counts only when that one has succeeded.
    ahead_of: str = ""
    #: Patterns of the files it makes, relative to the stage; wanted of a step that is done ahead.
    makes: tuple[str, ...] = ()

    def notebook(self, root: Path) -> Path | None:
        """Its notebook, if it has one."""
        path = root / "notebooks" / f"{self.name}.ipynb"
        return path if path.is_file() else None


def follow(
    steps: Sequence[Step],
    job: Job,
    watcher: Watcher,
    checker: Checker | None = None,
    store: Store | None = None,
) -> dict[str, float]:
    """Do the steps of a run in order and leave their outputs on the stage.

    Parameters
    ----------
    steps : sequence of Step
        In the order they are taken. One that is `Step.ahead_of` another begins with it where the
        runner can, and is waited for in its turn.
    job : Job
        What they share.
    watcher : Watcher
        Is told of every step.
    checker, store : optional
        What steps have made before; without them every step is done.

    Returns
    -------
    dict of str to float
        Wall time in seconds by name of the step; only of those that were done.
    """
    course = _Course(steps, job, watcher, checker, store)
    seconds: dict[str, float] = {}
    # A step that is ahead of one that is ahead itself begins beside both.
    with ThreadPoolExecutor(2) as pool:
        for number, step in enumerate(steps, start=1):
            taken = course.take(step, number, pool)
            if taken is not None:
                seconds[step.name] = taken
    return seconds


def in_place(
    run: Workspace,
    steps: Sequence[Step],
    checker: Checker,
    store: Store,
    parts: Sequence[str] = PARTS,
) -> bool:
    """Tell whether what lies in final folders is what the steps would make."""
    by_step: dict[str, dict[str, Mark]] = {}
    for step in steps:
        key = checker.key(step.name, step.notebook(run.root), step.reads, _seen(step, by_step))
        marks = store.marks(step.name, key)
        if marks is None:
            return False
        by_step[step.name] = marks
    made = {name: mark for marks in by_step.values() for name, mark in marks.items()}
    there = {
        f"{part}/{path.relative_to(folder).as_posix()}": path
        for part, folder in (("processed", run.processed), ("report", run.report))
        for path in folder.rglob("*")
        if path.is_file()
    }
    ours = {name for name in made if name.startswith(tuple(f"{part}/" for part in parts))}
    return all(name in there and fingerprint(there[name]) == made[name] for name in ours)


@dataclass
class _Course:
    """How far a run has come; what it is made of is as of `follow`."""

    steps: Sequence[Step]
    job: Job
    watcher: Watcher
    checker: Checker | None
    store: Store | None
    made: dict[str, dict[str, Mark]] = field(default_factory=dict)
    ahead: dict[str, Future[float]] = field(default_factory=dict)

    def take(self, step: Step, number: int, pool: Executor) -> float | None:
        """Take one step; give the seconds it took, None if what is kept of it serves."""
        key = self._key(step)
        if step.name not in self.ahead and self._restored(step, key):
            self.watcher.reused(step.title, number, len(self.steps))
            return None
        self.watcher.started(step.title, number, len(self.steps))
        before = _files(self.job.stage.folder)
        early = self._early(step)
        # Here and not in the thread: a preloaded process ends with the thread it is of. And for all
        # that is to come, so that what takes long to start is there in time.
        names = [one.name for one in self.steps[number - 1 :]]
        self.job.runner.prepare(names)
        if early is not None:
            self.ahead[early.name] = pool.submit(_timed, early, self.job)
        try:
            waiting = self.ahead.get(step.name)
            seconds = waiting.result() if waiting is not None else _timed(step, self.job)
        except BaseException:
            self._forget(early)
            raise
        if self.store is not None:
            names = self._new(step, before)
            self.made[step.name] = self.store.keep(step.name, key, self.job.stage.folder, names)
        self.watcher.ended(seconds)
        return seconds

    def _key(self, step: Step) -> str:
        if self.checker is None:
            return ""
        notebook = step.notebook(self.job.stage.final.root)
        return self.checker.key(step.name, notebook, step.reads, _seen(step, self.made))

    def _restored(self, step: Step, key: str) -> bool:
        if self.store is None or not self.store.restore(step.name, key, self.job.stage.folder):
            return False
        self.made[step.name] = self.store.marks(step.name, key) or {}
        return True

    def _early(self, step: Step) -> Step | None:
        """Give the step to be done at the same time, if there is one and it is not up to date."""
        early = next((one for one in self.steps if one.ahead_of == step.name), None)
        if early is None or not self.job.runner.parallel:
            return None
        kept = self.store is not None and self.store.marks(early.name, self._key(early))
        return None if kept else early

    def _new(self, step: Step, before: Mapping[str, tuple[int, int]]) -> list[str]:
        """Give the names of the files a step has made, apart from those of one done ahead."""
        after = _files(self.job.stage.folder)
        if step.name in self.ahead:
            return [name for name in after if _fits(name, step.makes)]
        others = [one.makes for one in self.steps if one.name in self.ahead]
        return [
            name
            for name, state in after.items()
            if before.get(name) != state and not any(_fits(name, one) for one in others)
        ]

    def _forget(self, early: Step | None) -> None:
        """Throw away what was made ahead of a step that failed."""
        if early is None:
            return
        # What it raises itself is nothing to the user beside the error it ran ahead of.
        wait([self.ahead[early.name]])
        for name in _files(self.job.stage.folder):
            if _fits(name, early.makes):
                (self.job.stage.folder / name).unlink()


def _seen(step: Step, made: Mapping[str, Mapping[str, Mark]]) -> dict[str, Mark]:
    """Give what a step may read of what others have made."""
    return {
        name: mark
        for maker, files in made.items()
        if maker != step.ahead_of
        for name, mark in files.items()
    }


def _timed(step: Step, job: Job) -> float:
    """Do a step and give the seconds it took."""
    start = time.monotonic()
    step.task(step, job)
    return time.monotonic() - start


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    states = {}
    for path in folder.rglob("*"):
        if path.is_file():
            state = path.stat()
            states[path.relative_to(folder).as_posix()] = (state.st_mtime_ns, state.st_size)
    return states
