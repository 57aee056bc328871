"""Processes of one command: how many may work, how they end, and work shared with forks."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from pp39.errors import Pp39Error

__all__ = ["PROCESSORS", "die_with_parent", "map_forked", "processors"]

#: Environment variable that says how many processors a process may use.
PROCESSORS = "PP39_PROSESOR"

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Give how many processors this process may use: what it is told, or all that it may run on."""
    told = os.environ.get(PROCESSORS, "")
    if told.isdecimal() and int(told):
        return int(told)
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Let this process end as soon as the one that started it does, however that ends.

    Parameters
    ----------
    by : signal.Signals
        What this process is sent when the thread that started it has ended.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, by)  # 1 is PR_SET_PDEATHSIG


def map_forked(do: Callable[[T], R], items: Sequence[T], limit: int = 4) -> list[R]:
    """Call a function for every item, some of them in forks of this process.

    Parameters
    ----------
    do : callable
        What it returns must be picklable; the function and the items need not be.
    items : sequence
        Every n-th is for the same one of n processes.
    limit : int
        No more processes than this.

    Returns
    -------
    list
        What the calls returned, in the order of `items`.

    Raises
    ------
    Exception
        What the call for the first of the items that failed has raised.
    Pp39Error
        If a fork ended before it answered.

    Notes
    -----
    All is done here, one item after the other, where there is one processor only, on systems where
    a fork is not safe, and in a process with threads, such as a standard kernel.
    """
    count = min(processors(), len(items), limit)
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return [do(one) for one in items]
    helpers = [_Helper(do, items[part::count]) for part in range(1, count)]
    try:
        parts = [_attempt(do, items[::count]), *(helper.answer() for helper in helpers)]
    finally:
        for helper in helpers:
            helper.end()
    failed = [
        (place * count + part, error)
        for part, (done, error) in enumerate(parts)
        if error is not None
        for place in [len(done)]
    ]
    if failed:
        raise min(failed, key=lambda one: one[0])[1]
    return [parts[place % count][0][place // count] for place in range(len(items))]


class _Helper:
    """A fork that does its part and answers once."""

    def __init__(self, do: Callable[[Any], Any], items: Sequence[Any]) -> None:
        context = multiprocessing.get_context("fork")
        self._link, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(theirs, do, items), daemon=True)
        self._process.start()
        theirs.close()

    def answer(self) -> tuple[list[Any], Exception | None]:
        """Wait for what it has done, and what it failed at."""
        try:
            told: tuple[list[Any], Exception | None] = self._link.recv()
        except EOFError:
            raise Pp39Error(
                "a process that shared the work ended before it answered; the machine may be short"
                " of memory"
            ) from None
        return told

    def end(self) -> None:
        """End it, if it has not ended by itself."""
        self._link.close()
        self._process.kill()
        self._process.join()


def _help(link: Connection, do: Callable[[Any], Any], items: Sequence[Any]) -> None:
    die_with_parent()
    done, error = _attempt(do, items)
    with link:
        link.send((done, _portable(error)))


def _portable(error: Exception | None) -> Exception | None:
    """Give the error, or what it says where it cannot be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return Pp39Error(f"{type(error).__name__}: {error}")
    return error


def _attempt(do: Callable[[T], R], items: Sequence[T]) -> tuple[list[R], Exception | None]:
    """Do the items up to the first that fails."""
    done: list[R] = []
    try:
        for one in items:
            done.append(do(one))
    except Exception as error:
        return done, error
    return done, None
