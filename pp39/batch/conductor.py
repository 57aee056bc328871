"""Hand the reports of a batch out to workers, and see to it that each one is dealt with once."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass, field
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


@dataclass
class _Batch:
    tasks: tuple[Task, ...]
    engine: Engine
    watcher: Watcher
    before: Callable[[Task], Outcome | None]
    #: Their worker died; they come first, and are not looked at again beforehand.
    again: deque[int] = field(default_factory=deque)
    attempts: Counter[int] = field(default_factory=Counter)
    running: dict[Future[Outcome], int] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    width: int = 1

    def run(self) -> tuple[Outcome, ...]:
        fresh = deque(range(len(self.tasks)))
        self.watcher.changed(self._state())
        while fresh or self.again or self.running:
            self.width = self.engine.width()
            if len(self.running) < self.width:
                if self.again:
                    self._submit(self.again.popleft())
                elif fresh:
                    self._begin(fresh.popleft())
            more = len(self.running) < self.width and (fresh or self.again)
            self._collect(0 if more else _PULSE)
        return tuple(self.outcomes[number] for number in range(len(self.tasks)))

    def _begin(self, number: int) -> None:
        outcome = self.before(self.tasks[number])
        if outcome is None:
            self._submit(number)
        else:
            self._end(number, outcome)

    def _submit(self, number: int) -> None:
        self.attempts[number] += 1
        future = self.engine.executor.submit(work, self.tasks[number])
        self.running[future] = number
        self.watcher.changed(self._state())

    def _collect(self, seconds: float) -> None:
        if not self.running:
            return
        ended, _ = wait(self.running, seconds, FIRST_COMPLETED)
        if not ended:
            self.watcher.changed(self._state())
        for future in sorted(ended, key=self.running.__getitem__):
            number = self.running.pop(future)
            try:
                outcome = future.result()
            except BrokenExecutor as error:
                if self.attempts[number] < ATTEMPTS:
                    self.again.append(number)
                    continue
                outcome = self._given_up(number, str(error))
            except (Exception, CancelledError) as error:
                outcome = failed(self.tasks[number], error)
            self._end(number, outcome)

    def _given_up(self, number: int, reason: str) -> Outcome:
        task = self.tasks[number]
        sentence = (
            f"its worker died {ATTEMPTS} times ({reason}); the machine may be short of memory"
        )
        folder = task.address.folders(task.root).processed
        write_failure(folder, Failure(sentence, Pp39Error.exit_code))
        return failed(task, Pp39Error(sentence))

    def _end(self, number: int, outcome: Outcome) -> None:
        self.outcomes[number] = outcome
        self.watcher.ended(outcome, self._state())

    def _state(self) -> State:
        statuses = [one.status for one in self.outcomes.values()]
        left = len(self.tasks) - len(statuses)
        worked = [one.seconds for one in self.outcomes.values() if one.status == "made"]
        estimate = mean(worked) * left / self.width if worked else None
        return State(
            total=len(self.tasks),
            made=statuses.count("made"),
            current=statuses.count("current"),
            failed=statuses.count("failed"),
            running=tuple(
                self.tasks[number].address.inside.as_posix()
                for number in sorted(self.running.values())
            ),
            estimate=estimate,
        )
