"""Whole runs, made once for all tests and all workers."""

import fcntl
import os
import shutil
import signal
import subprocess
from pathlib import Path

import commands
import pytest
from hypothesis import settings

from pp39.patches import skip_slow_imports

# Each worker is spared what the processes of a run are spared.
skip_slow_imports()

# A busy machine is no failure; a build server tries the same examples every time.
settings.register_profile("pp39", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("pp39")

# Tests that call make are not a part of the make that may have called them.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)

# A shell lets what it starts in the background ignore Ctrl-C, and that is inherited; the tests of
# interruption need it heard.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
RAW = Path("data", "raw", "bspji-ambon", "2025")
#: What a run reads of the project.
PARTS = ("params", "notebooks", "data/raw/bspji-ambon", "requirements.lock", "pyproject.toml")


def copy_project(folder: Path) -> Path:
    """Copy what a run reads, so that a test may change it and writes nowhere else."""
    folder.mkdir(parents=True)
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        else:
            shutil.copyfile(source, target)
    return folder


def pp39(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project, as a user would."""
    home = {**os.environ, "PP39_ROOT": str(project), "NO_COLOR": "1", **environment}
    return commands.run(*arguments, cwd=project, environment=home)


class Finished:
    """A project with a finished run.

    Parameters
    ----------
    project : Path
        Its folder; not to be changed.
    quarter : str
        Quarter of the run.
    name : str
        Name of the run.
    """

    def __init__(self, project: Path, quarter: str, name: str = "dasar") -> None:
        self.project = project
        self.quarter = quarter
        inside = Path("bspji-ambon", "2025", quarter, name)
        self.processed = project / "data" / "processed" / inside
        self.report = project / "reports" / inside
        self.html = self.report / "laporan.html"
        self.pdf = self.report / "laporan.pdf"

    def varied(self, told: str) -> "Finished":
        """Give the run of other parameters in the same project, as the command told of it."""
        return Finished(self.project, self.quarter, Path(told.splitlines()[0]).parent.name)

    def copy(self, folder: Path) -> "Finished":
        """Give the same in a folder that a test may change."""
        shutil.copytree(self.project, folder, copy_function=shutil.copy2)
        return Finished(folder, self.quarter)


@pytest.fixture(scope="session")
def finished(tmp_path_factory, worker_id):
    """Give the finished run of a quarter, made when the first test of any worker asks for it.

    That of TW IV is made alone; those before it, and another of TW IV, by one batch.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "finished"

    def make(quarter: str, *, alone: bool | None = None) -> Finished:
        how = "alone" if (quarter == "IV" if alone is None else alone) else "batch"
        shared.mkdir(exist_ok=True)
        project = shared / how
        with (shared / f"{how}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not project.exists():
                copy_project(project)
                if how == "alone":
                    done = pp39(project, "report", "--quarter", quarter)
                else:
                    done = pp39(project, "batch", "--quarters", "I,II,III,IV", "--workers", "1")
                (project / "exit.txt").write_text(f"{done.returncode}\n{done.stderr}")
        code, _, told = (project / "exit.txt").read_text().partition("\n")
        assert code == "0", told
        return Finished(project, quarter)

    return make


@pytest.fixture(scope="session")
def worker_id(request):
    """Name the worker of pytest-xdist; "master" without it."""
    return getattr(request.config, "workerinput", {}).get("workerid", "master")
