"""The Makefile and the lock, as far as they can be looked at without installing anything."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What a report needs, and what development needs with it.
LOCKS = ("requirements.lock", "tests/requirements.lock")
TOOLED = ("test", "check", "lab", "fuzz", "tools", "lock")
TARGETS = ("report", "test", "check", "lab", "batch", "verify", "fuzz", "tools", "clean", "lock")


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )


def copy_what_make_reads(folder: Path) -> None:
    (folder / "tests").mkdir()
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copyfile(ROOT / name, folder / name)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a copy with a ``.venv`` whose ``pp39`` prints what it was given."""
    copy_what_make_reads(tmp_path)
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "pp39").write_text('#!/bin/sh\nfor one in "$@"; do echo "<$one>"; done\n')
    (folder / "pp39").chmod(0o755)
    for stamp in (".installed", ".tools"):
        (tmp_path / ".venv" / stamp).touch()
    return tmp_path


def test_help_comes_first_and_names_every_target() -> None:
    shown = make()
    assert shown.returncode == 0
    assert shown.stdout == make("help").stdout
    for target in TARGETS:
        assert re.search(rf"^  {target} +\S", shown.stdout, re.MULTILINE), target


@pytest.mark.parametrize("target", ["report", "verify"])
def test_a_quarter_is_asked_for(target: str) -> None:
    done = make(target)
    assert done.returncode == 2
    assert f"make {target} Q=IV" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("target", TARGETS[:-2])
def test_targets_install_first(target: str, tmp_path: Path) -> None:
    copy_what_make_reads(tmp_path)
    shown = make("-n", target, "Q=IV", cwd=tmp_path).stdout
    assert shown.index("--require-hashes") < shown.index("touch .venv/.installed")
    assert ("touch .venv/.tools" in shown) == (target in TOOLED)
    assert "--compile" in shown
    assert "--no-build-isolation --no-deps --editable ." in shown


def test_the_variables_reach_the_command_as_written(clone: Path) -> None:
    done = make(
        "report",
        "Q=iv",
        "YEAR=2025",
        "UNIT=bspji-ambon",
        "SCENARIO=nps-unik",
        'P=target."IKK 6.4.2"=80 nps.promoter_min=8',
        cwd=clone,
    )
    assert done.stdout.splitlines() == [
        "<report>",
        "<--quarter>",
        "<iv>",
        "<--unit>",
        "<bspji-ambon>",
        "<--year>",
        "<2025>",
        "<--scenario>",
        "<nps-unik>",
        "<--params>",
        '<target."IKK 6.4.2"=80 nps.promoter_min=8>',
    ]
    done = make("verify", "Q=I'V", "UNIT=a'b; id", 'YEAR="1"', cwd=clone)
    assert done.stdout.splitlines() == [
        "<verify>",
        "<--quarter>",
        "<I'V>",
        "<--unit>",
        "<a'b; id>",
        "<--year>",
        '<"1">',
        "<--params>",
        "<>",
    ]
    assert make("report", "Q=IV", cwd=clone).stdout.splitlines() == [
        "<report>",
        "<--quarter>",
        "<IV>",
        "<--params>",
        "<>",
    ]


def test_the_notebooks_open_without_asking_for_news(clone: Path) -> None:
    (clone / ".venv" / "bin" / "jupyter").write_text(
        '#!/bin/sh\nfor one in "$PP39_ROOT" "$JUPYTER_CONFIG_PATH" "$@"; do echo "<$one>"; done\n'
    )
    (clone / ".venv" / "bin" / "jupyter").chmod(0o755)
    root = ["<--allow-root>"] if os.getuid() == 0 else []
    done = make("lab", "LAB=--no-browser --port 9999", cwd=clone)
    assert done.stdout.splitlines() == [
        *(f"<{clone}>", f"<{clone}/notebooks/.jupyter>", "<lab>", *root),
        *("<--no-browser>", "<--port>", "<9999>", "<notebooks>"),
    ]
    assert "the first cell of a notebook says" in make("lab", "Q=II", cwd=clone).stdout
    said = subprocess.run(
        [sys.executable, "-c", _PAGE],
        env={
            # A test before may have run a command in this process, which turns settings off.
            **{name: value for name, value in os.environ.items() if name != "JUPYTER_NO_CONFIG"},
            "JUPYTER_CONFIG_PATH": str(ROOT / "notebooks" / ".jupyter"),
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.splitlines() == ["True", "NeverCheckForUpdate", "None"]


#: What JupyterLab makes of its settings.
_PAGE = """
from jupyterlab.labapp import LabApp
from jupyterlab_server.config import get_page_config
page = get_page_config([])
print("@jupyterlab/apputils-extension:announcements" in page["disabledExtensions"])
app = LabApp()
app.load_config_file()
print(app.check_for_updates_class.__name__, app.news_url, sep="\\n")
"""


def test_a_python_that_is_too_old_is_told_in_one_sentence(tmp_path: Path) -> None:
    copy_what_make_reads(tmp_path)
    old = tmp_path / "python-lama"
    old.write_text('#!/bin/sh\ncase "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac\n')
    old.chmod(0o755)
    done = make("report", "Q=IV", f"PYTHON={old}", cwd=tmp_path)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert (
        "there is no python-tak-ada" in make("test", "PYTHON=python-tak-ada", cwd=tmp_path).stderr
    )


def test_clean_keeps_the_environment_and_the_sources(clone: Path) -> None:
    for name in ("reports/x", "data/processed/u/2025", "data/processed/.stage", "data/raw/u"):
        (clone / name).mkdir(parents=True)
    for name in ("pp39", "tests", "notebooks"):
        (clone / name / "__pycache__").mkdir(parents=True)
    (clone / "data" / "processed" / ".gitkeep").touch()
    done = make("clean", cwd=clone)
    assert done.returncode == 0, done.stderr
    assert not (clone / "reports").exists()
    assert [path.name for path in (clone / "data" / "processed").iterdir()] == [".gitkeep"]
    assert (clone / "data" / "raw" / "u").is_dir()
    assert (clone / ".venv").is_dir()
    assert (clone / "pp39").is_dir()
    assert not (clone / "pp39" / "__pycache__").exists()


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_has_a_hash_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert not re.search(r"^-", lock, re.MULTILINE)
    entries = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(.*?)(?=^[a-z0-9]|\Z)", lock, re.M | re.S)
    assert len(entries) > 50
    assert all("--hash=sha256:" in rest for _, rest in entries)


def pinned(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_every_dependency_is_pinned_and_a_report_needs_no_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    report, tools = (pinned(name) for name in LOCKS)

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[<>=!\[ ;]", one)[0].lower().replace("_", "-") for one in wanted}

    assert names(project["dependencies"] + extras["install"]) <= set(report)
    assert not names(extras["dev"] + extras["cluster"] + extras["lab"]) & set(report)
    assert names(extras["dev"] + extras["cluster"] + extras["lab"]) <= set(tools)
    assert report.items() <= tools.items()


def test_what_the_build_server_runs_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text()
    assert "set -euo pipefail" in text
    assert re.search(r"^make check\nmake test$", text, re.MULTILINE)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
