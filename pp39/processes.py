"""Processes of one command: how many may work, how they end, and work shared with forks."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from pp39.variables import PROCESSORS

T = TypeVar("T")
R = TypeVar("R")
#: Processes that share a piece of work.
_MOST = 4


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


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for garbage in cycles while the block runs, which builds very many objects.

    Every look goes through all of them; and in a fork it would write to all of the memory that the
    fork shares with its parent.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def map_forked(do: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Call a function for every item, some of them in up to three forks of this process.

    Parameters
    ----------
    do : callable
        It must change nothing but what it returns, and that must be picklable; the function and
        the items need not be. In a fork it must not wait for threads that a library has started.
    items : sequence
        Every n-th is for the same one of n processes, the first for this one.

    Returns
    -------
    list
        What the calls returned, in the order of `items`.

    Raises
    ------
    Exception
        What the call for the first of the items that fail raises.

    Notes
    -----
    All is done here, one item after the other, where there is one processor only, on systems where
    a fork is not safe, and in a process with threads, such as a standard kernel. So is what a fork
    failed at or left undone when it died: an error is then raised where its traceback is seen.
    """
    count = min(processors(), len(items), _MOST)
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return [do(one) for one in items]
    helpers = [_Helper(do, items[part::count]) for part in range(1, count)]
    try:
        parts = [_attempted(do, items[::count]), *(helper.answer() for helper in helpers)]
    finally:
        for helper in helpers:
            helper.end()
    found: list[R] = []
    for place, item in enumerate(items):
        done, number = parts[place % count], place // count
        found.append(done[number] if number < len(done) else do(item))
    return found


class _Helper:
    """A fork that does its part and answers once."""

    def __init__(self, do: Callable[[Any], Any], items: Sequence[Any]) -> None:
        context = multiprocessing.get_context("fork")
        self._link, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(theirs, do, items), daemon=True)
        self._process.start()
        theirs.close()

    def answer(self) -> list[Any]:
        """Wait for what it has done; nothing if it died."""
        try:
            done: list[Any] = self._link.recv()
        except EOFError:
            return []
        return done

    def end(self) -> None:
        """End it, if it has not ended by itself."""
        self._link.close()
        self._process.kill()
        self._process.join()


def _help(link: Connection, do: Callable[[Any], Any], items: Sequence[Any]) -> None:
    die_with_parent()
    with link:
        link.send(_attempted(do, items))


def _attempted(do: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Do the items up to the first that fails."""
    done: list[R] = []
    with suppress(Exception):
        for one in items:
            done.append(do(one))
    return done
