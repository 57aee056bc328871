"""What /proc tells about processes: who started whom, memory, processor time, environment."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["cpu_seconds", "descendants", "marked", "pss"]

_PROC = Path("/proc")
#: Processes come and go while they are looked at.
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)
_TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """Give the processes a process has started, and those that they have, without itself."""
    children: dict[int, list[int]] = {}
    for one in _all():
        with suppress(*_GONE):
            children.setdefault(int(_stat(one)[1]), []).append(one)
    found: list[int] = []
    waiting = list(children.get(pid, ()))
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, ())
    return found


def pss(pids: Iterable[int]) -> float:
    """Sum up the proportional set size of processes, in MiB; one that has ended has none."""
    kib = 0
    for pid in pids:
        with suppress(*_GONE):
            for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kib += int(line.split()[1])
    return kib / 1024


def cpu_seconds(pids: Iterable[int]) -> float:
    """Sum up the processor time of processes, without that of their ended children."""
    ticks = 0
    for pid in pids:
        with suppress(*_GONE):
            user, system = _stat(pid)[11:13]
            ticks += int(user) + int(system)
    return ticks / _TICKS


def marked(mark: str) -> list[int]:
    """Find the processes that have a text in the environment they were started with."""
    found = []
    for pid in _all():
        with suppress(*_GONE):
            if pid != os.getpid() and mark.encode() in (_PROC / str(pid) / "environ").read_bytes():
                found.append(pid)
    return found


def _all() -> list[int]:
    return [int(one.name) for one in _PROC.iterdir() if one.name.isdigit()]


def _stat(pid: int) -> list[str]:
    """Give the fields of a process after its name: state, parent, …."""
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
