"""A batch on a Dask scheduler: what befalls it there, and what it costs beside local workers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import ours
from .made import Subject
from .measurement import Row
from .processes import descendants
from .sandbox import BenchmarkFailed, Sandbox
from .sizes import Sizes

__all__ = ["measure"]

_WORKERS = 4
_QUARTER = "IV"
#: Parts of all reports after which a worker is killed, another joins, and the client is restarted.
_KILLED, _JOINS, _RESTARTED = 0.2, 0.4, 0.6
_LINE = re.compile(r"^\[ *(\d+)/(\d+)\] (\S+) \.\.\. (made|up to date|FAILED)", re.MULTILINE)
_PATIENCE = 60.0


def measure(sandbox: Sandbox, sizes: Sizes, tell: Callable[[str], None]) -> list[Row]:
    """Make a report of every unit on four workers, of which one is killed while another joins.

    Parameters
    ----------
    sandbox : Sandbox
        Where commands run.
    sizes : Sizes
        How many units, and how many the comparison with local workers takes.
    tell : callable
        Is told how it goes.
    """
    units, compared = sizes.distributed_units, sizes.distributed_compared
    with sandbox.scratch() as folder:
        many = ours.synthetic(sandbox, folder / "many", units, sizes.unit_rows)
        with sandbox.project(many) as project, _cluster(sandbox, project) as cluster:
            seconds, note = _troubled(sandbox, project, cluster, units)
        tell(f"{units} reports in {seconds:.0f} s: {note}")
        few = ours.synthetic(sandbox, folder / "few", compared, sizes.unit_rows)
        with sandbox.project(few) as project, _cluster(sandbox, project) as cluster:
            there = _batch(sandbox, project, "--scheduler", cluster.address).through(compared)
        with sandbox.project(few) as project:
            here = _batch(sandbox, project, "--workers", str(_WORKERS)).through(compared)
        tell(f"{compared} reports: Dask {there:.1f} s, local workers {here:.1f} s")
    return [
        Row(
            "distributed",
            f"{units} synthetic units, one report each, on a Dask scheduler with {_WORKERS} workers"
            " of this machine; one is killed, one joins, the client is restarted: seconds per"
            " report",
            [seconds / units],
            note=note,
        ),
        Row(
            "distributed-cost",
            f"{compared} reports on {_WORKERS} Dask workers, against {_WORKERS} local ones:"
            " seconds per report",
            [there / compared],
            [here / compared],
            note="workers are started within; nothing befalls them",
        ),
    ]


@dataclass
class _Cluster:
    """A scheduler and its workers, each a process group without a nanny."""

    folder: Path
    environment: dict[str, str]
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start ``dask`` with some words."""
        with (self.folder / f"{words[0]}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def join(self) -> None:
        """Let another worker join."""
        words = ("--nthreads", "1", "--memory-limit", "0", "--no-nanny")
        self.workers.append(self.start("worker", self.address, *words))


@contextmanager
def _cluster(sandbox: Sandbox, project: Path) -> Iterator[_Cluster]:
    folder = project.parent / "dask"
    folder.mkdir()
    where = folder / "scheduler.json"
    cluster = _Cluster(folder, sandbox.environment(project))
    with ExitStack() as stack:
        scheduler = cluster.start("scheduler", "--port", "0", "--scheduler-file", str(where))
        stack.callback(_end, scheduler)
        until = time.monotonic() + _PATIENCE
        while not (found := _address(where)):
            if time.monotonic() > until:
                raise BenchmarkFailed("the Dask scheduler does not start")
            time.sleep(0.1)
        cluster.address = found
        for _ in range(_WORKERS):
            cluster.join()
        stack.callback(lambda: [_end(one) for one in cluster.workers])
        yield cluster


def _address(where: Path) -> str:
    text = where.read_text() if where.exists() else ""
    found = re.search(r'"(tcp://127\.0\.0\.1:\d+)"', text)
    return found[1] if found else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it has started."""
    below = descendants(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    for pid in below:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()


class _Batch:
    """A batch that is under way, with what it has told so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log
        self._start = time.monotonic()

    def told(self) -> list[tuple[int, int, str, str]]:
        """Give number, count, report and what became of it, of each report that is done."""
        found = _LINE.findall(self._log.read_text(encoding="utf-8"))
        return [(int(number), int(count), name, how) for number, count, name, how in found]

    def until(self, done: int) -> None:
        """Wait until some reports are done."""
        while len(self.told()) < done:
            if self._process.poll() is not None:
                raise BenchmarkFailed(f"the batch ended early:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.05)

    def interrupt(self) -> None:
        """Interrupt it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        if self._process.wait(_PATIENCE) != 130:
            raise BenchmarkFailed("an interrupted batch does not say so")

    def through(self, units: int) -> float:
        """Wait for its end; give the seconds it took."""
        code = self._process.wait()
        seconds = time.monotonic() - self._start
        told = self.told()
        numbers = [(number, count) for number, count, *_ in told]
        if code or numbers != [(number, units) for number in range(1, units + 1)]:
            raise BenchmarkFailed(f"the batch ended with {code}:\n{self._log.read_text()[-2000:]}")
        return seconds


def _batch(sandbox: Sandbox, project: Path, *words: str) -> _Batch:
    log = project.parent / f"batch-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "pp39.cli", "batch", "--quarters", _QUARTER, *words]
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=sandbox.environment(project),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
    return _Batch(process, log)


def _troubled(sandbox: Sandbox, project: Path, cluster: _Cluster, units: int) -> tuple[float, str]:
    """Make all reports while things go wrong; give the seconds, and what was seen."""
    start = time.monotonic()
    first = _batch(sandbox, project, "--scheduler", cluster.address)
    first.until(max(1, int(units * _KILLED)))
    cluster.workers[0].kill()
    first.until(int(units * _JOINS))
    cluster.join()
    first.until(int(units * _RESTARTED))
    first.interrupt()
    made = [name for _, _, name, how in first.told() if how == "made"]
    standing = {name: _written(project, name) for name in made}
    second = _batch(sandbox, project, "--scheduler", cluster.address)
    second.through(units)
    seconds = time.monotonic() - start
    then = {name: how for _, _, name, how in second.told()}
    remade = [name for name in made if then[name] != "up to date"]
    changed = [name for name, at in standing.items() if _written(project, name) != at]
    if len(set(made)) != len(made) or remade or changed or "FAILED" in then.values():
        raise BenchmarkFailed(f"made twice or not at all: {remade or changed or then}")
    for unit in ours.unit_names(units):
        ours.made(project, Subject(unit, _QUARTER), 0)
    later = list(then.values()).count("made")
    between = units - len(made) - later
    return seconds, (
        f"{len(made)} were made before the restart and {later} after it; {between} were under way"
        " and were made to their end meanwhile; none was made twice"
    )


def _written(project: Path, name: str) -> Sequence[int]:
    """Tell when the files of a report were written."""
    folder = project / "reports" / name
    return [path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()]
