"""Memory over time, and how far the command was at each moment."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .processes import descendants, pss

__all__ = ["MemoryWatch", "Sample", "below", "whole"]

#: Every command that takes long prints how far it is: ``[ 7/200] …``.
_PROGRESS = re.compile(r"^\[ *(\d+)/\d+\]", re.MULTILINE)
#: The part of the time that looking may take; what is watched is not timed for the table.
_SHARE = 0.25


@dataclass(frozen=True)
class Sample:
    """One look.

    Attributes
    ----------
    progress : int
        Last number of progress that was printed; 0 before the first.
    memory : float
        PSS in MiB.
    """

    progress: int
    memory: float


def whole(pid: int) -> list[int]:
    """Choose a command and all it has started."""
    return [pid, *descendants(pid)]


def below(pid: int) -> list[int]:
    """Choose what a command has started: the tree of the worker, where it has one worker."""
    return descendants(pid)


class MemoryWatch:
    """Samples the memory of a tree of processes while a command runs.

    Parameters
    ----------
    tree : callable
        Chooses the processes from the id of the command: `whole` or `below`.
    pause : float
        Seconds between two looks; more where looking takes long.
    """

    def __init__(self, tree: Callable[[int], Sequence[int]], pause: float = 0.1) -> None:
        self._tree = tree
        self._least = self.pause = pause
        self.samples: list[Sample] = []

    def look(self, pid: int, told: str) -> None:
        """Take a sample.

        Parameters
        ----------
        pid : int
            The command.
        told : str
            What it has printed on standard error so far.
        """
        start = time.perf_counter()
        memory = pss(self._tree(pid))
        numbers = _PROGRESS.findall(told)
        self.samples.append(Sample(int(numbers[-1]) if numbers else 0, memory))
        self.pause = max(self._least, (time.perf_counter() - start) / _SHARE)

    def between(self, first: int, last: int) -> list[float]:
        """Give the memory of the samples with progress from `first` to `last`, both included.

        Raises
        ------
        ValueError
            If there is none; then the command was too fast to be watched.
        """
        chosen = [one.memory for one in self.samples if first <= one.progress <= last]
        if not chosen:
            raise ValueError(f"no sample of memory at progress {first} to {last}")
        return chosen
