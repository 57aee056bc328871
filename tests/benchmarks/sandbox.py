"""A temporary folder, and commands in it that are timed, limited and never left behind."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .processes import marked

__all__ = ["PARTS", "BenchmarkFailed", "Finished", "Sandbox", "Watch"]

#: What a run reads of a project.
PARTS = ("params", "notebooks", "data/raw", "requirements.lock", "pyproject.toml")
#: What a shell or a calling make may have set, and would change what is measured.
_DROPPED = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED")
_MAKE_VARIABLES = ("P", "Q", "SCENARIO", "UNIT", "WORKERS", "YEAR")
#: Seconds a command has to clear up after itself when it is told to end.
_PATIENCE = 15.0


class BenchmarkFailed(Exception):
    """A command failed, or what it made is not what it should be: the figures would be lies."""


class Watch(Protocol):
    """Looks at a command while it runs."""

    pause: float

    def look(self, pid: int, told: str) -> None:
        """Look at process `pid`, which has printed `told` on standard error."""


@dataclass(frozen=True)
class Finished:
    """A command that exited with 0.

    Attributes
    ----------
    seconds : float
        From its start to its end.
    stdout, stderr : str
        What it printed.
    """

    seconds: float
    stdout: str
    stderr: str


class Sandbox:
    """A temporary folder; leaving the context ends everything that was started and removes it.

    Parameters
    ----------
    root : pathlib.Path
        The project; its inputs are copied once, at the start, and never written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path()

    def __enter__(self) -> Sandbox:
        self.folder = Path(tempfile.mkdtemp(prefix="pp39-bench-")).resolve()
        for name in ("tmp", "ipython", "jupyter"):
            (self.folder / name).mkdir()
        _copy(self.root, self.base)
        return self

    def __exit__(self, *_: object) -> None:
        self._end_all()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def base(self) -> Path:
        """The inputs of the project as they were at the start; read only."""
        return self.folder / "base"

    @contextmanager
    def project(self, source: Path) -> Iterator[Path]:
        """Give a fresh copy of a project in which nothing was made yet; it is removed afterwards.

        Parameters
        ----------
        source : pathlib.Path
            `base`, or a project of synthetic units.
        """
        with self.scratch() as folder:
            _copy(source, folder / "project")
            yield folder / "project"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give an empty folder; it is removed afterwards."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def environment(self, project: Path) -> dict[str, str]:
        """Give what a shell would have, without what would change what is measured."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in (*_DROPPED, *_MAKE_VARIABLES) and not name.startswith("PP39_")
        }
        # The folder's name in its environment is what a process of ours is known by.
        return kept | {
            "IPYTHONDIR": str(self.folder / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "jupyter"),
            "NO_COLOR": "1",
            "PP39_ROOT": str(project),
            "TMPDIR": str(self.folder / "tmp"),
        }

    def run(
        self,
        command: Sequence[str | Path],
        project: Path,
        *,
        timeout: float,
        cwd: Path | None = None,
        watch: Watch | None = None,
    ) -> Finished:
        """Run a command and time it.

        Parameters
        ----------
        command : sequence
            Program and arguments.
        project : pathlib.Path
            The project it works on.
        timeout : float
            Seconds it may take.
        cwd : pathlib.Path, optional
            Where it runs; the project by default.
        watch : Watch, optional
            Looks at it while it runs.

        Raises
        ------
        BenchmarkFailed
            If it does not exit with 0 in time, or leaves a process running.
        """
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(one) for one in command],
                cwd=cwd or project,
                env=self.environment(project),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
            try:
                _wait(process, start + timeout, stderr.fileno(), watch)
                seconds = time.perf_counter() - start
            except BaseException:
                self._end(process)
                raise
            told = Finished(seconds, _read(stdout.fileno()), _read(stderr.fileno()))
        name = " ".join(str(one) for one in command)
        if process.returncode != 0:
            raise BenchmarkFailed(f"{name} exited with {process.returncode}:\n{_tail(told.stderr)}")
        if left := self._left():
            self._end_all()
            raise BenchmarkFailed(f"{name} left processes running: {left}")
        return told

    def _left(self) -> list[int]:
        """Give what is still running after some seconds in which it may end."""
        until = time.monotonic() + 5
        while (left := marked(str(self.folder))) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End a command with all it has started: politely, then for sure."""
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        self._end_all()
        process.wait()

    def _end_all(self) -> None:
        """End whatever runs in this folder, and what it starts meanwhile."""
        until = time.monotonic() + _PATIENCE
        while (left := marked(str(self.folder))) and time.monotonic() < until:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)


def _copy(source: Path, target: Path) -> None:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns(".*"))
        elif (source / part).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / part, target / part)


def _wait(process: subprocess.Popen[bytes], until: float, stderr: int, watch: Watch | None) -> None:
    """Wait for the end to the millisecond; `Popen.wait` with a timeout is late by up to 50."""
    ended = os.pidfd_open(process.pid)
    try:
        while True:
            rest = until - time.perf_counter()
            if rest <= 0:
                raise BenchmarkFailed(f"{process.args!r} took too long:\n{_tail(_read(stderr))}")
            if select.select([ended], [], [], min(rest, watch.pause) if watch else rest)[0]:
                break
            if watch:
                watch.look(process.pid, _read(stderr))
    finally:
        os.close(ended)
    process.wait()


def _read(descriptor: int) -> str:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode("utf-8", "replace")


def _tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
