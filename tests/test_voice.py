"""How commands speak beside their results: loud or not, in sentences or lines of JSON; the hook."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import pp39

from pp39.cli import run
from pp39.errors import ParameterError
from pp39.voice import LEVELS, Facts, voice_of

ROOT = Path(__file__).parents[1]
NOTEBOOKS = Path(__file__).parent / "notebooks" / "engine"
#: All that a line of JSON may hold.
KEYS = {"level", "message", *Facts.__annotations__}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a project whose first notebook cannot read its file."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    shutil.copyfile(NOTEBOOKS / "UnreadableInput.ipynb", tmp_path / "notebooks" / "01_clean.ipynb")
    return tmp_path


def lines(told: str) -> list[dict]:
    """Read lines of JSON, each of which keeps to the schema."""
    found = [json.loads(line) for line in told.splitlines()]
    for one in found:
        assert {"level", "message"} <= set(one) <= KEYS
        assert one["level"] in LEVELS
    return found


def test_a_run_tells_its_steps_and_its_error(project: Path) -> None:
    done = pp39(project, "report", "-q", "IV", "--log", "json")
    begun, failed = lines(done.stderr)
    assert (begun["event"], begun["step"], begun["message"]) == (
        "started",
        1,
        "Cleaning the source data",
    )
    assert (failed["level"], failed["exit_code"]) == ("error", 4)
    assert failed["message"].startswith("pnbp.csv, row 3")
    quiet = pp39(project, "report", "-q", "IV", "--quiet", PP39_LOG="json")
    (failed,) = lines(quiet.stderr)
    assert failed["exit_code"] == quiet.returncode == 4


def test_verbose_says_which_run_is_meant(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PP39_ROOT", str(project))
    assert run(["--verbose", "todo", "-q", "2"]) == 4
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(
        f"pp39: bspji-ambon/2025/II/dasar of {project}; parameters from params/"
    )
    assert second.startswith("pp39: bspji-ambon/2025/II/dasar has not been made")
    assert run(["todo", "-q", "2"]) == 4
    assert capsys.readouterr().err == f"{second}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--log", "xml"], "--log is 'xml'; use text or json"),
        (["--log=yaml"], "--log is 'yaml'; use text or json"),
        (["--quiet", "--verbose"], "--quiet and --verbose were given together; give one of them"),
    ],
)
def test_a_wrong_way_to_speak(arguments: list[str], told: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(told)):
        voice_of(["report", *arguments])


def test_a_mistake_in_the_words_of_a_command_is_told_in_the_same_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["reprot", "--log", "json"]) == 2
    (told,) = lines(capsys.readouterr().err)
    assert told["exit_code"] == 2
    assert "did you mean 'report'" in told["message"].lower()
    # What follows -- is for the command.
    assert run(["explain", "--", "--log", "json"]) == 2
    assert capsys.readouterr().err.startswith("pp39: ")


def hook(project: Path, text: str) -> Path:
    path = project / "kait.sh"
    path.write_text(f"#!/bin/sh\ncat > heard.json\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_hook_hears_how_a_batch_ended(project: Path) -> None:
    hook(project, 'echo "sent to $1"')
    (project / "params" / "proyek.yaml").write_text("kait: ./kait.sh 'the office'\n")
    asked = ("batch", "-q", "IV", "--workers", "1", "--json", "--log", "json", "--verbose")
    done = pp39(project, *asked)
    assert done.returncode == 4
    heard = json.loads((project / "heard.json").read_text())
    # The same on standard output.
    assert heard == json.loads(done.stdout)
    counts = ("made", "current", "failed", "exit_code", "status", "index", "lacking")
    assert [heard[name] for name in counts] == [0, 0, 1, 4, "failed", "reports/index.html", []]
    (report,) = heard["reports"]
    assert (report["report"], report["status"]) == ("bspji-ambon/2025/IV/dasar", "failed")
    assert report["sentence"].startswith("pnbp.csv, row 3")
    told = lines(done.stderr)
    assert "hook: sent to the office" in [one["message"] for one in told]
    (of_report,) = [one for one in told if one.get("event") == "report"]
    assert (of_report["status"], of_report["exit_code"]) == ("failed", 4)
    assert told[-1]["message"].startswith("1 of 1 reports failed")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("./kait.sh", "'./kait.sh' ended with 7, saying 'no mail today'; the batch is as it was"),
        ("./gone.sh", "'./gone.sh' cannot be run: no such file or directory; the batch is as"),
    ],
)
def test_a_hook_that_fails_changes_nothing(project: Path, command: str, told: str) -> None:
    hook(project, "echo 'no mail today'; exit 7")
    plain = pp39(project, "batch", "-u", "bspji-lain", "--hook", "")
    with_hook = pp39(project, "batch", "-u", "bspji-lain", "--hook", command)
    assert with_hook.returncode == plain.returncode == 2
    warning, error = with_hook.stderr.splitlines()
    assert told in warning
    assert error == plain.stderr.strip()
    if command == "./kait.sh":
        heard = json.loads((project / "heard.json").read_text())
        assert (heard["status"], heard["exit_code"], heard["reports"]) == ("failed", 2, [])
        assert f"pp39: {heard['sentence']}" == error


def test_a_hook_that_is_no_command(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PP39_ROOT", str(project))
    assert run(["batch", "--hook", "'open"]) == 2
    assert "a quotation mark is not closed" in capsys.readouterr().err
    (project / "params" / "proyek.yaml").write_text("kait: [a, b]\n")
    assert run(["batch"]) == 2
    assert "params/proyek.yaml: kait is" in capsys.readouterr().err


def test_the_sources_as_json_are_what_is_told_in_lines() -> None:
    told = pp39(ROOT, "sources", "-q", "IV").stdout
    found = json.loads(pp39(ROOT, "sources", "-q", "IV", "--json").stdout)
    assert set(found) == {"files", "sources"}
    assert len(found["sources"]) > 20
    for one in found["files"]:
        assert f"  {one['name']}: " in told
    for one in found["sources"]:
        assert f"  {one['name']} ({one['title']}): " in told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_completion_for_a_shell(shell: str) -> None:
    script = pp39(ROOT, _PP39_COMPLETE=f"source_{shell}").stdout
    assert f"complete_{shell}" in script
    checker = shutil.which(shell)
    if checker is not None:
        subprocess.run([checker, "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pp39 com", ["compute"]),
        ("pp39 report --fo", ["--force"]),
        ("pp39 report --unit sm", ["smkn-1-contoh"]),
        ("pp39 report --quarter I", ["I", "II", "III", "IV"]),
        ("pp39 report --scenario nps", ["nps-unik"]),
        ("pp39 report -p laporan.di", ["laporan.dikirim="]),
        ("pp39 report -u no-such-unit -p laporan.di", []),
        ("pp39 explain -q III ANY", []),
    ],
)
def test_bash_completes(words: str, expected: list[str], tmp_path: Path) -> None:
    assert completed(words, ROOT, tmp_path) == expected


def test_bash_completes_the_ids_of_a_run(finished, tmp_path: Path) -> None:
    root = finished("IV").project
    assert completed("pp39 explain -q IV IKK-6.2.1/re", root, tmp_path) == ["IKK-6.2.1/realisasi"]


def completed(words: str, root: Path, tmp_path: Path) -> list[str]:
    """Give what a shell offers for the last of some words."""
    (tmp_path / "pp39").write_text(f'#!/bin/sh\nexec {sys.executable} -m pp39.cli "$@"\n')
    (tmp_path / "pp39").chmod(0o755)
    script = (
        'eval "$(pp39 --show-completion bash)"\n'
        f"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        '_pp39_completion pp39; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=root,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "PP39_ROOT": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    return done.stdout.split()
