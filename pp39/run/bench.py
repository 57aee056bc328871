"""Where a program makes runs one after the other: what is dear to start is started once."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import cache
from typing import TypeVar

from pp39.errors import Pp39Error
from pp39.run.fingerprint import digest, package_files
from pp39.run.runner import Lender, Runner, runner

_T = TypeVar("_T")
Lend = Callable[[dict[str, str]], AbstractContextManager[Runner]]


class Silent:
    """Is told how a run goes, and tells nobody."""

    def started(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` begins."""

    def ended(self, seconds: float) -> None:
        """Hear that the step that began last is done."""

    def reused(self, title: str, number: int, count: int) -> None:
        """Hear that step `number` of `count` is up to date and need not be done."""


class Bench:
    """One thread that makes the runs of a process, whichever thread asks for them.

    Preloaded processes end with the thread that started them, and a thread of a notebook has an
    event loop of its own that kernels must not share.
    """

    def __init__(self) -> None:
        self._loaded = digest(package_files())
        self._lender = Lender(alone=False)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pp39")

    def do(self, work: Callable[[Lend], _T]) -> _T:
        """Do some work; it is given what lends a runner.

        Raises
        ------
        Pp39Error
            When the package is not the one any more that this process has loaded.
        """
        if self._loaded != digest(package_files()):
            raise Pp39Error(
                "pp39 has changed on disk since this process imported it; start the process anew"
            )
        waiting = self._thread.submit(work, lambda given: self._lender.lend(given, runner))
        try:
            return waiting.result()
        except BaseException:
            if not waiting.done():
                # Interrupted: what it waits for is ended, and so it ends.
                self._lender.close()
            raise

    def close(self) -> None:
        """End what was started."""
        self._lender.close()
        self._thread.shutdown()


def bench() -> Bench:
    """Give the bench of this process; it is cleared when the process ends."""
    return _bench_of(os.getpid())


@cache
def _bench_of(_: int) -> Bench:
    # A process that was forked off another has none of its threads.
    one = Bench()
    atexit.register(one.close)
    return one
