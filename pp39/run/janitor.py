"""The janitor: a small process that clears away the folder aside of a run that was killed.

A command that ends in order clears up itself. One that is killed cannot, so the janitor waits for
its end, which it hears of by the end of its standard input, and takes away what is left then.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["main", "watched"]

#: Seconds in which the system has let go of what a killed process held.
_PATIENCE = 5.0


@contextmanager
def watched(folder: Path, lock: Path) -> Iterator[None]:
    """Have a folder cleared away if this process is killed in the block.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; whoever leaves the block alive removes it itself before that.
    lock : pathlib.Path
        File that this process has locked.
    """
    janitor = subprocess.Popen(
        [sys.executable, "-m", __name__, str(folder), str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for the command alone.
        start_new_session=True,
    )
    try:
        yield
    finally:
        with suppress(OSError):
            janitor.communicate()


def main(argv: list[str]) -> None:
    """Wait for the end of the command and clear up after it.

    Parameters
    ----------
    argv : list of str
        The folder, and the file that is locked by whoever writes into it.
    """
    folder, lock = Path(argv[0]), Path(argv[1])
    sys.stdin.buffer.read()
    until = time.monotonic() + _PATIENCE
    while folder.exists() and time.monotonic() < until:
        with lock.open("a") as held, suppress(BlockingIOError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left = folder.with_name(f"{folder.name}.{os.getpid()}")
            # Renamed first, so that the next run has to wait for the lock no longer than for that.
            with suppress(OSError):
                folder.rename(left)
                fcntl.flock(held, fcntl.LOCK_UN)
                shutil.rmtree(left, ignore_errors=True)
        time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1:])
