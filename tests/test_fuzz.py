"""The fuzzing itself: it sees what it is to see; and a bounded, seeded part of it.

``make fuzz`` goes on without end and prints the seed of each fault.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fuzz.cases import made
from fuzz.damage import damaged
from fuzz.fork import MEMORY, tried
from fuzz.project import make

TESTS = Path(__file__).parent


def _fork(act: Callable[[], int], root: Path, seconds: float = 20) -> tuple[str, ...]:
    for name in ("data/raw", "data/processed", "reports", "params"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return tried(act, root, seconds).faults


def _says(text: str) -> int:
    print(text)
    return 0


def _greedy() -> int:
    return len(bytearray(2 * MEMORY)) and 0


class TestItSees:
    @pytest.mark.parametrize("code", [0, 2, 3, 4, 5])
    def test_a_documented_code(self, tmp_path: Path, code: int) -> None:
        assert _fork(lambda: code, tmp_path) == ()

    def test_another_code(self, tmp_path: Path) -> None:
        assert _fork(lambda: 1, tmp_path) == ("ended with 1",)

    def test_an_error(self, tmp_path: Path) -> None:
        assert _fork(lambda: 1 // 0, tmp_path) == ("ended with 99", "printed a traceback")

    def test_a_crash(self, tmp_path: Path) -> None:
        assert _fork(lambda: os.kill(os.getpid(), 11) or 0, tmp_path) == ("ended with -11",)

    def test_slowness(self, tmp_path: Path) -> None:
        assert _fork(lambda: time.sleep(30) or 0, tmp_path, 0.3) == ("took more than 0.3 s",)

    def test_greed(self, tmp_path: Path) -> None:
        assert "ended with 99" in _fork(_greedy, tmp_path)

    def test_what_is_not_seen(self, tmp_path: Path) -> None:
        def raw() -> int:
            return os.write(1, "a\x1b[31m\u202e".encode()) and 0

        assert _fork(raw, tmp_path) == ("printed '\\u202e', '\\x1b'",)
        assert _fork(lambda: _says("a\x1b[31m\u202e"), tmp_path) == ()

    def test_changed_outputs(self, tmp_path: Path) -> None:
        path = tmp_path / "reports" / "laporan.html"
        assert _fork(lambda: path.write_text("x") and 0, tmp_path) == ("changed outputs",)


def test_the_same_seed_gives_the_same_damage() -> None:
    good = b"kode,nilai\nA,1\nB,2\n" * 20
    first = [damaged(good, "a.csv", random.Random(seed)) for seed in range(50)]
    assert first == [damaged(good, "a.csv", random.Random(seed)) for seed in range(50)]
    assert len(set(first)) > 40
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", "<a>" + "b" * 1000 + "</a>")
    several = {damaged(packed.getvalue(), "a.xlsx", random.Random(seed)) for seed in range(50)}
    assert len(several) > 30


def test_the_same_seed_gives_the_same_case(tmp_path: Path) -> None:
    root = make(tmp_path / "proyek")
    first = [made(root, seed) for seed in range(40)]
    again = [made(root, seed) for seed in range(40)]
    assert [(one.title, one.content) for one in first] == [
        (one.title, one.content) for one in again
    ]


def test_a_hundred_cases_hold(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "--seed", "39", "--cases", "100"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TESTS), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "100 cases from seed 39, 0 with faults"
