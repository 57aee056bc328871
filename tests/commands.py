"""The command in a process of its own, which need not import again what every command does.

Each call is a fork of a process that has imported what `preloaded` names and read the parameters
once; what else a command imports, and when, is its own doing as ever.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from multiprocessing import forkserver
from pathlib import Path

import pytest

__all__ = ["AT_START", "run"]

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["preloaded"])
#: Read by Python when it starts; who sets one of them needs a Python that starts.
AT_START = ("PYTHON", "LC_", "LANG", "TZ", "MALLOC_", "LD_")


def run(
    *arguments: str, cwd: Path, environment: Mapping[str, str], encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run ``pp39`` with these arguments, in a folder, with this environment and no other.

    It speaks as if ``PYTHONIOENCODING`` named the encoding; bytes that are no UTF-8 are given as
    surrogates.
    """
    given = [sys.executable, "-m", "pp39.cli", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        told = [Path(folder, name) for name in ("stdout", "stderr")]
        if _starts_alike(environment):
            _begin()
            process = _FORKS.Process(
                target=_command, args=(given, cwd, dict(environment), told, encoding)
            )
            process.start()
            process.join()
            code = process.exitcode
        else:
            home = {**environment, "PYTHONIOENCODING": encoding}
            with told[0].open("wb") as stdout, told[1].open("wb") as stderr:
                code = subprocess.call(given, cwd=cwd, env=home, stdout=stdout, stderr=stderr)
        texts = [one.read_text("utf-8", "surrogateescape") for one in told]
    return subprocess.CompletedProcess(given, code, *texts)


@cache
def _begin() -> None:
    """Start the process that is forked, with this folder on its path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        forkserver.ensure_running()


def _starts_alike(environment: Mapping[str, str]) -> bool:
    names = (name for name in environment.keys() | os.environ.keys() if name.startswith(AT_START))
    return all(environment.get(name) == os.environ.get(name) for name in names)


def _command(
    given: list[str], cwd: Path, environment: dict[str, str], told: list[Path], encoding: str
) -> None:
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for number, (path, stream) in enumerate(zip(told, (sys.stdout, sys.stderr), strict=True), 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        stream.reconfigure(encoding=encoding)
    sys.argv = ["pp39", *given[3:]]
    sys.path[0] = str(cwd)
    from pp39.cli import main  # noqa: PLC0415  not before the fork

    main()
