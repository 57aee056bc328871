"""Where and when it was measured."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Machine", "Others", "code_digest"]


@dataclass(frozen=True)
class Machine:
    """What the figures depend on besides the code.

    Attributes
    ----------
    cpu : str
        Model of the processor.
    cores : int
        Cores this process may use.
    memory : float
        GiB of main memory.
    python, system : str
        Versions.
    commit : str
        State of the project in git.
    date : str
        Time of the start, UTC.
    load : float
        Load average of the last minute at the start.
    """

    cpu: str
    cores: int
    memory: float
    python: str
    system: str
    commit: str
    date: str
    load: float

    @classmethod
    def here(cls, root: Path) -> Machine:
        """Look at this machine now."""
        distribution = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
        return cls(
            cpu=_value(Path("/proc/cpuinfo"), "model name"),
            cores=len(os.sched_getaffinity(0)),
            memory=int(_value(Path("/proc/meminfo"), "MemTotal").split()[0]) / 2**20,
            python=f"{platform.python_implementation()} {platform.python_version()}",
            system=f"{distribution}, Linux {platform.release()} {platform.machine()}",
            commit=_commit(root),
            date=f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
            load=os.getloadavg()[0],
        )

    def described(self) -> list[tuple[str, str]]:
        """Give names and values, to be read."""
        return [
            ("CPU", f"{self.cpu}, {self.cores} cores"),
            ("Memory", f"{self.memory:.1f} GiB"),
            ("Python", self.python),
            ("System", self.system),
            ("Commit", self.commit),
            ("Date", self.date),
            ("Load average at the start", f"{self.load:.2f}"),
        ]


class Others:
    """Processor time that goes to others while something of ours runs, from its making on.

    What the load average at the start cannot tell: whether the machine stayed idle.
    """

    def __init__(self) -> None:
        self._start = self._now()

    def share(self) -> float:
        """Give the part of all processors that others had so far, steal included."""
        (wall, busy), (wall_before, busy_before) = self._now(), self._start
        return (busy - busy_before) / (wall - wall_before) / (os.cpu_count() or 1)

    @staticmethod
    def _now() -> tuple[float, float]:
        """Give wall time, and processor time of all processes but ours that have ended."""
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
        user, nice, system, _, _, irq, softirq, steal = map(int, fields)
        every = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
        return time.monotonic(), every - sum(os.times()[:4])


def code_digest(root: Path) -> str:
    """Give one SHA-256 of the package and the notebooks, to see that they stay what they are."""
    found = hashlib.sha256()
    for folder in ("pp39", "notebooks", "params"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(root)}\0".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _value(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"


def _commit(root: Path) -> str:
    def git(*words: str) -> str:
        command = ["git", "-C", str(root), "--no-optional-locks", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.strip()

    try:
        commit, changed = git("rev-parse", "--short=12", "HEAD"), git("status", "--porcelain")
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return f"{commit} and {len(changed.splitlines())} changed files" if changed else commit
