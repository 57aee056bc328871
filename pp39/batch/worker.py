"""One worker process: it makes one report after the other and keeps what is dear to start.

The preloaded processes (`pp39.run.warm`) are started for the first report of a worker and serve all
that follow, so that each report pays for forks only.
"""

from __future__ import annotations

import atexit
import functools
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

from pp39.batch.outcome import Outcome, Status, Task
from pp39.errors import Pp39Error
from pp39.refusal import explained
from pp39.run.bench import Silent
from pp39.run.failure import Failure, write_failure
from pp39.run.fingerprint import digest, package_files
from pp39.run.runner import Lender, Runner
from pp39.run.stage import StageTaken
from pp39.run.steps import make_report
from pp39.variables import PROCESSORS

#: A preloaded process that dies takes the report with it; the report is tried again with a new one.
_ATTEMPTS = 2
#: Seconds that a report is waited for which another run is writing, and between looks at it.
_PATIENCE, _PAUSE = 600.0, 0.5
#: Work shared by several processors takes more of them in all: Typst a quarter.
_ONE_PROCESSOR: Mapping[str, str] = MappingProxyType({PROCESSORS: "1", "RAYON_NUM_THREADS": "1"})


def work(task: Task) -> Outcome:
    """Make one report at the desk of this process.

    Returns
    -------
    Outcome
        Whatever happened: errors are told in it and never raised.
    """
    return desk().make(task)


@functools.cache
def desk() -> Desk:
    """Give the one desk of this process; it is cleared when the process ends."""
    one = Desk(digest(package_files()))
    atexit.register(one.close)
    return one


class Desk:
    """What a worker keeps between reports.

    Parameters
    ----------
    loaded : str
        Digest of the package as this process has loaded it.
    """

    def __init__(self, loaded: str) -> None:
        self._loaded = loaded
        # Dask workers have threads; forks and the current folder are for one at a time.
        self._lock = threading.Lock()
        self._lender = Lender(alone=True)

    def make(self, task: Task) -> Outcome:
        """Make one report."""
        with self._lock:
            for _ in range(_ATTEMPTS):
                outcome = self._attempt(task)
                if outcome.status != "failed" or self._lender.usable:
                    break
            return outcome

    def close(self) -> None:
        """End what was started."""
        with self._lock:
            self._lender.close()

    def _attempt(self, task: Task) -> Outcome:
        heard, start = _Heard(), time.monotonic()
        try:
            if not task.code == self._loaded == digest(package_files()):
                # Kept steps are known by the code that made them, so it must be the one on disk.
                raise Pp39Error(
                    "this worker has another version of pp39 than the command; run the batch again,"
                    " with workers started anew"
                )
            self._run(task, heard)
        except Exception as error:
            return failed(task, error, time.monotonic() - start)
        status: Status = "made" if heard.steps else "current"
        return Outcome(task.address, status, time.monotonic() - start)

    def _run(self, task: Task, heard: _Heard) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            run = task.located()
            try:
                make_report(
                    run,
                    heard,
                    task.steps,
                    store=task.store(run),
                    runner=lambda environment: self._lend(task, environment),
                )
                return
            except StageTaken:
                # On a cluster, what an interrupted batch had under way is made to its end; then
                # there is nothing left to do.
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE)

    def _lend(self, task: Task, environment: dict[str, str]) -> AbstractContextManager[Runner]:
        return self._lender.lend({**environment, **_ONE_PROCESSOR}, task.runner)


def failed(task: Task, error: BaseException, seconds: float = 0.0) -> Outcome:
    """Tell an error the way the command does; one nobody foresaw leaves a log."""
    if isinstance(error, OSError) and not isinstance(error, Pp39Error):
        error = explained(error, task.root) or error
    if isinstance(error, Pp39Error):
        return Outcome(task.address, "failed", seconds, error.exit_code, error.brief)
    folder = task.root / "build" / "log"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{'-'.join(task.address.inside.parts)}.log"
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    told = " ".join(str(error).replace(f"{task.root}/", "").split())
    sentence = f"unexpected {type(error).__name__}: {told}; the details are in build/log/{log.name}"
    write_failure(task.address.folders(task.root).processed, Failure(sentence, 1))
    return Outcome(task.address, "failed", seconds, 1, sentence)


class _Heard(Silent):
    """Counts the steps that were done."""

    def __init__(self) -> None:
        self.steps = 0

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""
        del title, number, count
        self.steps += 1
