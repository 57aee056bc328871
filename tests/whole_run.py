"""One run of the whole pipeline on the real data, made once and shared by all tests that want it.

Under pytest-xdist every process has its own session, so the run lies in the folder they share and
is made by the first that asks. Tests read it; one that writes copies it first with `copied`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REPORT = "reports/bspji-ambon/2025/IV/dasar"
PROCESSED = "data/processed/bspji-ambon/2025/IV/dasar"
_INPUTS = ("params", "data/raw", "notebooks", "requirements.lock", "pyproject.toml")


def fresh_project(root: Path) -> Path:
    """Copy what a run reads; the package stays the one that is installed."""
    for name in _INPUTS:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copyfile(source, target)
    return root


def pp39(
    root: Path, *words: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a project."""
    return subprocess.run(
        [sys.executable, "-m", "pp39.cli", *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def whole_run(factory: pytest.TempPathFactory) -> Path:
    """Give a project with the finished report of TW IV 2025; read only."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    root = shared / "proyek-bersama"
    with (shared / "proyek-bersama.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / REPORT / "run.json").is_file():
            shutil.rmtree(root, ignore_errors=True)
            done = pp39(fresh_project(root), "report", "--quarter", "IV")
            assert done.returncode == 0, done.stderr
    return root


def copied(root: Path, target: Path) -> Path:
    """Copy a project with its outputs, without what its steps keep for the next run."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".simpanan", ".stage"))
    return target
