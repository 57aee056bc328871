"""Hand the reports of a batch out to workers, and see to it that each one is dealt with once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass
from statistics import mean
from typing import Protocol

from pp39.batch.engines import Engine
from pp39.batch.outcome import Outcome, Task
from pp39.batch.worker import failed, work
from pp39.errors import Pp39Error
from pp39.run.failure import Failure, forget_failure, write_failure
from pp39.run.steps import is_current

#: A report whose worker died is given to another one; after so many it is the report's own doing.
ATTEMPTS = 3
#: Seconds between looks at what has changed, when nothing ends.
_PULSE = 0.5


@dataclass(frozen=True)
class State:
    """Where a batch stands."""

    #: total, made, current, failed: number of reports: in all, and by what became of them.
    total: int
    made: int = 0
    current: int = 0
    failed: int = 0
    #: Names of those under way.
    running: tuple[str, ...] = ()
    #: Seconds that are left, going by those that were made; None before the first.
    estimate: float | None = None

    @property
    def done(self) -> int:
        """Reports that are dealt with."""
        return self.made + self.current + self.failed


class Watcher(Protocol):
    """Is told how the batch goes."""

    def changed(self, state: State) -> None:
        """Hear where the batch stands; now and then, even when nothing has changed."""

    def ended(self, outcome: Outcome, state: State) -> None:
        """Hear that a report is dealt with."""


def conduct(
    tasks: Iterable[Task],
    engine: Engine,
    watcher: Watcher,
    before: Callable[[Task], Outcome | None],
) -> tuple[Outcome, ...]:
    """Have every report made.

    Parameters
    ----------
    tasks : iterable of Task
        The reports.
    engine : Engine
        The workers.
    watcher : Watcher
        Is told of every report.
    before : callable
        `settle` or `forget`: is asked once for each report, here and not in a worker, and may
        give its outcome at once.

    Returns
    -------
    tuple of Outcome
        One for each task, in the same order.
    """
    return _Batch(tuple(tasks), engine, watcher, before).run()


def settle(task: Task) -> Outcome | None:
    """Settle what needs no worker: a report that is up to date, or cannot begin."""
    start = time.monotonic()
    try:
        run = task.located()
    except Exception as error:
        return failed(task, error, time.monotonic() - start)
    if not is_current(run, task.steps):
        return None
    forget_failure(run.processed)
    return Outcome(task.address, "current", time.monotonic() - start)


def forget(task: Task) -> Outcome | None:
    """Forget what has been made for a report, so that every step is done again."""
    try:
        task.store(task.located()).clear()
    except Exception as error:
        return failed(task, error)
    return None


class _Batch:
    def __init__(
        self,
        tasks: tuple[Task, ...],
        engine: Engine,
        watcher: Watcher,
        before: Callable[[Task], Outcome | None],
    ) -> None:
        self._tasks = tasks
        self._engine = engine
        self._watcher = watcher
        self._before = before
        self._fresh = deque(range(len(tasks)))
        #: Their worker died; they come first, and are not looked at again beforehand.
        self._again: deque[int] = deque()
        self._attempts = [0] * len(tasks)
        self._running: dict[Future[Outcome], int] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._width = 1

    def run(self) -> tuple[Outcome, ...]:
        self._watcher.changed(self._state())
        while self._fresh or self._again or self._running:
            self._width = self._engine.width()
            if len(self._running) < self._width:
                if self._again:
                    self._submit(self._again.popleft())
                elif self._fresh:
                    self._begin(self._fresh.popleft())
            more = len(self._running) < self._width and (self._fresh or self._again)
            self._collect(0 if more else _PULSE)
        return tuple(self._outcomes[number] for number in range(len(self._tasks)))

    def _begin(self, number: int) -> None:
        outcome = self._before(self._tasks[number])
        if outcome is None:
            self._submit(number)
        else:
            self._end(number, outcome)

    def _submit(self, number: int) -> None:
        self._attempts[number] += 1
        future = self._engine.executor.submit(work, self._tasks[number])
        self._running[future] = number
        self._watcher.changed(self._state())

    def _collect(self, seconds: float) -> None:
        if not self._running:
            return
        ended, _ = wait(self._running, seconds, FIRST_COMPLETED)
        if not ended:
            self._watcher.changed(self._state())
        for future in sorted(ended, key=self._running.__getitem__):
            number = self._running.pop(future)
            try:
                outcome = future.result()
            except BrokenExecutor as error:
                if self._attempts[number] < ATTEMPTS:
                    self._again.append(number)
                    continue
                outcome = self._given_up(number, str(error))
            except (Exception, CancelledError) as error:
                outcome = failed(self._tasks[number], error)
            self._end(number, outcome)

    def _given_up(self, number: int, reason: str) -> Outcome:
        task = self._tasks[number]
        sentence = (
            f"its worker died {ATTEMPTS} times ({reason}); the machine may be short of memory"
        )
        folder = task.address.folders(task.root).processed
        write_failure(folder, Failure(sentence, Pp39Error.exit_code))
        return failed(task, Pp39Error(sentence))

    def _end(self, number: int, outcome: Outcome) -> None:
        self._outcomes[number] = outcome
        self._watcher.ended(outcome, self._state())

    def _state(self) -> State:
        statuses = [one.status for one in self._outcomes.values()]
        left = len(self._tasks) - len(statuses)
        worked = [one.seconds for one in self._outcomes.values() if one.status == "made"]
        estimate = mean(worked) * left / self._width if worked else None
        return State(
            total=len(self._tasks),
            made=statuses.count("made"),
            current=statuses.count("current"),
            failed=statuses.count("failed"),
            running=tuple(
                self._tasks[number].address.inside.as_posix()
                for number in sorted(self._running.values())
            ),
            estimate=estimate,
        )
