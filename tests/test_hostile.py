"""Surroundings that are not kind: no home, narrow encodings, closed streams, full disks.

A report is the same whatever it is made in, and what is printed never ends a command.
"""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import commands
import pytest
from made_runs import make_project, make_run
from privileges import unprivileged

from pp39.findings import Finding, write_findings

ROOT = Path(__file__).parents[1]
#: Typed into a shell behind the command.
FULL = Path("/dev/full")


def notebook(source: str) -> dict[str, Any]:
    cells = [
        (
            "parameter",
            ["parameters"],
            "unit = ''\nyear = 0\nquarter = ''\nscenario = ''\nparam = []",
        ),
        ("isi", [], source),
    ]
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": id,
                "metadata": {"tags": tags},
                "source": text,
                "execution_count": None,
                "outputs": [],
            }
            for id, tags, text in cells
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


#: Each looks at something that libraries take from the surroundings, and at nothing else.
SOURCES = {
    "01_clean": "import sys, pandas as pd\nprint('é →', file=sys.stderr)\n"
    "pd.DataFrame({'a': ['\u202eé']})",
    "02_validate": "print('é', flush=True)",
    "03_indicators": "import shutil\nfrom IPython.display import display\n"
    "from pp39.run.notebook import opened\n"
    "shutil.copytree('FINISHED', opened(globals()).processed, dirs_exist_ok=True)\n"
    "display({'text/plain': 'é'}, raw=True)",
    "04_report": "import datetime as dt\nfrom IPython.display import display\n"
    "from pp39.report import Document, Heading, Prose, Picture\n"
    "from pp39.report.charts import monthly_line\n"
    "display(Document('L', 'S', 'U', 'P', dt.date(2026, 1, 6)), Heading(1, 'é'), "
    "Prose('→ \u202e'))\n"
    "display(Picture.of('b', 'Sebaran', monthly_line([7, 8], [None, None])))",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, finished: Any) -> Path:
    root = make_project(tmp_path_factory.mktemp("proyek"))
    results = str(finished("IV").processed)
    for name, source in SOURCES.items():
        told = notebook(source.replace("FINISHED", results))
        (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(told))
    return root


def pp39(
    root: Path, *words: str, shell: str = "", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run the command; `shell` follows it, None takes a variable away."""
    given = {**os.environ, "PP39_ROOT": str(root)} | environment
    if not shell and None not in given.values():
        return commands.run(*words, cwd=root, environment=given)
    return subprocess.run(
        ["/bin/bash", "-c", f'"$@" {shell}', "-", sys.executable, "-m", "pp39.cli", *words],
        cwd=root,
        env={name: value for name, value in given.items() if value is not None},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def made(root: Path) -> dict[str, str]:
    """Give the hash of every file of the report but the timings."""
    folders = [
        root / name / "bspji-ambon" / "2025" / "IV" for name in ("reports", "data/processed")
    ]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "jejak-waktu.json"
    }


@pytest.fixture(scope="module")
def normal(project: Path) -> dict[str, str]:
    done = pp39(project, "report", "-q", "IV", "--force")
    assert done.returncode == 0, done.stderr
    return made(project)


#: What follows the command, and what is set. Standard kernels are tried in test_end_to_end.
SURROUNDINGS: dict[str, tuple[str, dict[str, str | None]]] = {
    "ascii, no home": (
        "",
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "HOME": "/nonexistent"},
    ),
    "closed streams, long path": (
        ">&- 2>&- <&-",
        {"HOME": None, "XDG_CACHE_HOME": None, "TMPDIR": "long", "COLUMNS": "1", "NO_COLOR": "1"},
    ),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_report_is_the_same_in_any_surroundings(
    project: Path, normal: dict[str, str], tmp_path: Path, name: str
) -> None:
    shell, environment = SURROUNDINGS[name]
    if "TMPDIR" in environment:
        long = tmp_path / ("d" * 120)
        long.mkdir()
        environment = environment | {"TMPDIR": str(long)}
    done = pp39(project, "report", "-q", "IV", "--force", shell=shell, **environment)
    assert done.returncode == 0, done.stderr
    assert made(project) == normal


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project whose findings and figures hold what must not reach a terminal."""
    root = make_project(tmp_path_factory.mktemp("tampil"))
    make_run(root, "III")
    run = make_run(root, "IV")
    bad = "é\x1b[2J\u202e\x9b31m\u200b"
    found = [Finding("hitung-ulang", "minor", bad, bad, bad, bad, bad, "IKK-6.1.2/realisasi")]
    write_findings(found, run.processed / "temuan.csv")
    ledger = run.processed / "ledger.json"
    ledger.write_text(ledger.read_text().replace("Promotor", "Promotor " + bad[:1] + "\u202e\x9b"))
    return root


def finding(root: Path) -> str:
    table = root / "data/processed/bspji-ambon/2025/IV/dasar/temuan.csv"
    return table.read_text(encoding="utf-8").splitlines()[1].split(",")[0]


COMMANDS = [
    ["findings", "-q", "IV"],
    ["findings", "-q", "IV", "--json"],
    ["explain", "IKK-6.1.2", "-q", "IV"],
    ["explain", "T-", "-q", "IV"],
    ["explain", "\x1b]0;x\x07", "-q", "IV"],
    ["diff", "III", "IV"],
    ["params", "nps"],
    ["params", "--help"],
    ["verify", "-q", "IV"],
    ["findings", "-q", "\u202eIV"],
    ["report", "-q", "IV", "-u", "\udcff\x1b[31m"],
    ["report", "-q", "IV", "-s", "\x9b2J"],
    ["report", "-q", "IV", "-p", "\x1b[2J=1"],
    ["batch", "-u", "\x1b[2J"],
]


def unseen(text: str) -> set[str]:
    return {one for one in text if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl"}} - {"\n"}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: ascii(" ".join(words)))
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "iso-8859-1"])
def test_nothing_printed_is_raw_or_ends_the_command(
    told: Path, words: list[str], encoding: str
) -> None:
    if encoding != "utf-8" and words[0] in ("report", "batch"):
        pytest.skip("their sentences are printed as the others are")
    given = [finding(told) if word == "T-" else word for word in words]
    environment = {**os.environ, "PP39_ROOT": str(told)}
    done = commands.run(*given, cwd=told, environment=environment, encoding=encoding)
    assert done.returncode in {0, 2, 4, 5}
    assert "Traceback" not in done.stderr
    raw = (done.stdout + done.stderr).encode("utf-8", "surrogateescape").decode(encoding)
    assert unseen(raw) == set()
    if "--json" in words:
        assert json.loads(raw)[0]["subjek"] == "é\\u001b[2J\\u202e\\u009b31m\\u200b"


def test_a_terminal_hears_only_what_rich_makes(told: Path) -> None:
    for words in (["findings", "-q", "IV"], ["explain", "IKK-6.1.2", "-q", "IV"]):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "PP39_ROOT": str(told), "COLUMNS": "100"}
        process = subprocess.Popen(
            [sys.executable, "-m", "pp39.cli", *words],
            cwd=told,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        heard = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:
                break
            heard += part
        os.close(ours)
        assert process.wait() == 0
        shown = re.sub(r"\x1b\[[0-9;]*m", "", heard.decode())
        assert "\x1b" in heard.decode()
        assert unseen(shown) == {"\r"}
        assert "\\u202e" in shown


@pytest.mark.parametrize("words", [["findings", "-q", "IV"], ["params"], ["params", "--json"]])
def test_a_reader_that_has_enough_is_no_error(told: Path, words: list[str]) -> None:
    done = pp39(told, *words, shell='| true; exit "${PIPESTATUS[0]}"')
    assert done.returncode == 141
    assert done.stderr == ""


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_a_full_disk_is_told(told: Path) -> None:
    done = pp39(told, "params", shell="> /dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        "pp39: the standard output cannot be written: no space left on device;"
        " make room or choose another place\n"
    )
    # Where nobody can be told, what was asked for is done all the same.
    assert pp39(told, "params", "nothing", shell="2> /dev/full").returncode == 2


@pytest.mark.parametrize("columns", ["1", "0", "-5", "abc", "100000"])
def test_any_width_will_do(told: Path, columns: str) -> None:
    for words in (["findings", "-q", "IV"], ["diff", "III", "IV"], ["--help"]):
        done = pp39(told, *words, COLUMNS=columns)
        assert done.returncode == 0
        assert len(done.stdout) > 100


def test_a_project_that_is_only_read(tmp_path: Path) -> None:
    root = make_project(tmp_path / "proyek")
    for path in (root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (root / "data").chmod(0o555)
    try:
        done = subprocess.run(
            [*unprivileged(), sys.executable, "-m", "pp39.cli", "report", "-q", "IV"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PP39_ROOT": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for path in (root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 1
    assert done.stderr == (
        "pp39: data cannot be written: permission denied; give yourself permission to write there\n"
    )


def test_a_project_named_in_a_way_no_folder_is_and_a_folder_that_is_gone(
    told: Path, tmp_path: Path
) -> None:
    done = pp39(told, "params", PP39_ROOT="/" + "x" * 5000)
    assert done.returncode == 4
    assert done.stderr.startswith("pp39: PP39_ROOT names a folder without params/regulasi;")
    (tmp_path / "gone").mkdir()
    gone = f"cd {tmp_path}/gone && rmdir {tmp_path}/gone && {sys.executable} -m pp39.cli diff .. IV"
    environment = {**os.environ, "PP39_ROOT": str(told)}
    done = subprocess.run(
        gone, shell=True, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert done.stderr.endswith(
        "the current folder has been removed; change to one that is there\n"
    )
