"""The examples of ``.ci``: what they call is there and does what they say."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / ".ci" / "examples"


@pytest.fixture(scope="module")
def run(finished, tmp_path_factory):
    """Give a finished run in a project of which ``.venv/bin/pp39`` is the command."""
    run = finished("IV").copy(tmp_path_factory.mktemp("contoh") / "laporan")
    command(run.project)
    return run


def command(project: Path) -> str:
    """Put ``.venv/bin/pp39`` into a project; give that folder."""
    script = project / ".venv" / "bin" / "pp39"
    script.parent.mkdir(parents=True)
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m pp39.cli "$@"\n')
    script.chmod(0o755)
    return str(script.parent)


def shell(folder: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_line_for_cron(run) -> None:
    (line,) = [
        one
        for one in (EXAMPLES / "crontab").read_text().splitlines()
        if one and not one.startswith("#")
    ]
    *times, called = line.split(None, 5)
    assert all(re.fullmatch(r"[0-9*,/-]+", one) for one in times)
    # With a day of the month and a day of the week, cron takes either of them.
    assert "*" in (times[2], times[4])
    assert "%" not in called  # cron would end the line there
    # From nowhere and with nothing set: cron knows neither the project nor its command.
    line = called.replace("/srv/laporan", shlex.quote(str(run.project)))
    done = shell(Path("/"), line)
    assert done.returncode == 0, done.stderr
    # Nothing was wrong, so nothing is logged; what is printed would be mailed.
    assert (done.stdout, done.stderr) == ("", "")
    assert (run.project / "batch.log").read_text() == ""
    assert (run.project / "reports" / "index.html").is_file()


@pytest.mark.slow
def test_the_job_for_gitlab(tmp_path: Path) -> None:
    """In a clone with nothing made yet, as the job finds it."""
    project, home = tmp_path / "laporan", str(tmp_path)
    asked = ["git", "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(project)]
    subprocess.run(asked, check=True, capture_output=True)
    path = f"{command(project)}:/usr/bin:/bin"
    (job,) = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text()).values()
    codes = []
    for line in job["script"]:
        done = shell(project, line, PATH=path, HOME=home, **job["variables"])
        codes.append(done.returncode)
        levels = [json.loads(told)["level"] for told in done.stderr.splitlines()]
        assert ("error" in levels) == bool(done.returncode), (line, done.stderr)
    # The quarter has material findings: they end the job, which keeps its files nevertheless.
    assert codes == [0] * (len(codes) - 1) + [3]
    assert job["artifacts"]["when"] == "always"
    for path in job["artifacts"]["paths"]:
        assert (project / path).exists(), path
    assert "material" in {
        one["tingkat"] for one in json.loads((project / "temuan.json").read_text())
    }


@pytest.mark.slow
def test_the_tasks_for_a_scheduler_that_calls_python(run) -> None:
    # In a process of its own, as a worker of such a scheduler is.
    given = {"unit": "bspji-ambon", "year": 2025, "quarter": "IV", "project": str(run.project)}
    code = (
        f"import sys; sys.path.insert(0, {str(EXAMPLES)!r})\n"
        f"import tasks\nprint(tasks.make(**{given!r}))\nprint(tasks.material(**{given!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folder, count = done.stdout.splitlines()
    assert Path(folder) == run.report
    assert int(count) == (run.processed / "temuan.csv").read_text().count(",material,")


def instructions() -> list[tuple[str, str]]:
    """Read the Containerfile: instruction and argument, lines that go on joined."""
    text = (ROOT / ".ci" / "Containerfile").read_text().replace("\\\n", " ")
    lines = (one for one in text.splitlines() if one and not one.startswith("#"))
    return [tuple(one.split(None, 1)) for one in lines]


def test_the_containerfile_names_what_is_there() -> None:
    """It is not built here: that takes a registry; what it calls and copies is looked at."""
    made = instructions()
    kinds = [kind for kind, _ in made]
    assert kinds[:2] == ["ARG", "FROM"]
    assert set(kinds) <= {"ARG", "FROM", "RUN", "WORKDIR", "COPY", "ENV", "ENTRYPOINT", "CMD"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    copied = set()
    for kind, argument in made:
        if kind in ("ARG", "FROM"):
            # No name of a registry: the one of whoever builds counts.
            assert "/" not in argument
        if kind == "COPY":
            copied |= set(argument.split()[:-1])
            assert all((ROOT / one).exists() for one in argument.split()[:-1])
        if kind == "ENTRYPOINT":
            assert set(json.loads(argument)) <= set(project["scripts"])
    # No unit's rows but made-up ones, and nothing made of them, are baked into an image.
    assert not copied & {".", "data", "data/raw", "data/processed", "reports"}
    ran = [argument for kind, argument in made if kind == "RUN"]
    for command in [part.strip() for one in ran for part in one.split("&&")]:
        word, *rest = command.split()
        assert word in ("apt-get", "make"), command
        if word == "make":
            done = subprocess.run(
                ["make", "--dry-run", *rest], cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
    # What the installation needs is copied before it.
    assert {"pyproject.toml", "requirements.lock", "Makefile", "pp39"} <= copied
    forced = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    carried = forced["targets"]["wheel"]["force-include"]
    assert all(any(Path(one).is_relative_to(part) for part in copied) for one in carried)
