"""A case in a fork: bounds on time and memory, and what must hold whatever it does."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pp39 import printer

__all__ = ["MEMORY", "SECONDS", "Verdict", "tried"]

SECONDS = 30.0
#: Bytes more than this process had before.
MEMORY = 3 << 29
CODES = frozenset({0, 2, 3, 4, 5})
_UNCAUGHT = 99


@dataclass(frozen=True)
class Verdict:
    """What became of a case.

    Parameters
    ----------
    faults : tuple of str
        What did not hold; none if all did.
    code : int
        Exit code.
    told : str
        What it printed.
    seconds : float
        How long it took.
    """

    faults: tuple[str, ...]
    code: int
    told: str
    seconds: float


def tried(act: Callable[[], int], root: Path, seconds: float = SECONDS) -> Verdict:
    """Do something in a fork and judge it.

    Parameters
    ----------
    act : callable
        Gives an exit code.
    root : Path
        The project; its outputs must stay as they are.
    seconds : float
        No longer than this.
    """
    before = _outputs(root)
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _child(act, out.fileno())
        status = _waited(pid, start + seconds)
        taken = time.monotonic() - start
        out.seek(0)
        told = out.read().decode("utf-8", "surrogateescape")
    code = os.waitstatus_to_exitcode(status) if status is not None else -signal.SIGKILL
    faults = []
    if status is None:
        faults.append(f"took more than {seconds:g} s")
    elif code not in CODES:
        faults.append(f"ended with {code}")
    if "Traceback (most" in told:
        faults.append("printed a traceback")
    if unseen := {ascii(one) for one in told if unicodedata.category(one) in _UNSEEN} - {"'\\n'"}:
        faults.append(f"printed {', '.join(sorted(unseen))}")
    if _outputs(root) != before:
        faults.append("changed outputs")
    return Verdict(tuple(faults), code, told, taken)


#: Known here apart from the product: controls, format marks, surrogates, separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _child(act: Callable[[], int], out: int) -> NoReturn:
    code = _UNCAUGHT
    try:
        os.setsid()
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        printer.install()
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        code = act()
    except BaseException:
        traceback.print_exc()
    finally:
        printer.finish()
        os._exit(code)


def _waited(pid: int, until: float) -> int | None:
    """Wait for the end of a fork; kill it, and all it started, when its time is over."""
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.002)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def _outputs(root: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for folder in ("data/raw", "data/processed", "reports", "params"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                state = path.stat()
                found[path.as_posix()] = (state.st_size, state.st_mtime_ns)
    return found
