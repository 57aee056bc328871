"""The command as a user meets it: in a process of its own."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import commands
import pytest

from pp39.cli import run
from pp39.display import Lines
from pp39.face.options import overrides
from pp39.voice import is_live

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "notebooks" / "engine"
HEAVY = ("pandas", "papermill", "nbconvert", "great_expectations", "matplotlib", "typst", "rich")


def environment(**changes: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, **changes}


def pp39(*arguments: str, cwd: Path = ROOT, **changes: str) -> subprocess.CompletedProcess[str]:
    return commands.run(*arguments, cwd=cwd, environment=environment(**changes))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a project whose first notebook is for the test to choose."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    return tmp_path


def first_notebook(project: Path, name: str) -> None:
    shutil.copyfile(FIXTURES / f"{name}.ipynb", project / "notebooks" / "01_clean.ipynb")


def test_help_names_the_commands() -> None:
    for arguments in ((), ("--help",), ("-h",)):
        done = pp39(*arguments)
        assert done.returncode == 0
        assert re.search(r"^  report ", done.stdout, re.MULTILINE)
        assert re.search(r"^  params ", done.stdout, re.MULTILINE)
        assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["report", "--help"], ["report", "-q", "IV", "-p", "nps.promotor_min=8"]],
)
def test_nothing_heavy_is_imported(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom pp39.cli import run\n"
        f"run({arguments!r})\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["reprot"], 2, "did you mean 'report'"),
        (["report", "--quartr", "IV"], 2, "--quarter"),
        (["report"], 2, "report needs a quarter"),
        (["report", "-q", "V"], 2, "I, II, III, IV"),
        (
            ["report", "-q", "IV", "-y", "20x5"],
            2,
            "year is '20x5'; use a budget year such as 2025",
        ),
        (["batch", "--workers", "0"], 2, "--workers must be at least 1, not 0"),
        (["batch", "--workers", "x"], 2, "--workers must be a whole number such as 4, not x"),
        (["report", "-q", "IV", "-u", "bspji-ambn"], 2, "the nearest is bspji-ambon"),
        (["report", "-q", "IV", "-y", "2031"], 4, "has 2025"),
        (["report", "-q", "IV", "-s", "nps-unk"], 2, "the nearest is nps-unik"),
        (["report", "-q", "IV", "-p", "nps.promotor_min=8"], 2, "the nearest is nps.promoter_min"),
        (["report", "-q", "IV", "--params", 'nps.passive_min=7 ikpa.cra="x"'], 2, "ikpa.cara"),
        (["params", "promoter_mim"], 2, "the nearest is nps.promoter_min"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_code(arguments: list[str], code: int, told: str) -> None:
    done = pp39(*arguments)
    assert done.returncode == code
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("pp39: ")
    assert told.casefold() in line.casefold()


HOSTILE = (
    *("a" * 5000, "..", "../../etc", "/etc/passwd", "a/b", "x\0y", "\udcff", "", " ", "a\nb"),
    *("\x1b[31m", "1" * 5000, "-1", "99999", "Ambon", "~nosuch", "IV/../x", "[", "dasar+x"),
)


@pytest.mark.parametrize("word", HOSTILE, ids=lambda one: ascii(one[:12]))
def test_what_can_be_no_name_is_one_short_sentence(
    project: Path, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PP39_ROOT", str(project))
    before = sorted(project.rglob("*"))
    commands = [["diff", word, "IV"], ["diff", "IV", f"IV/{word}/x"], ["explain", word, "-q", "IV"]]
    for command in (["report"], ["findings"], ["explain", "x"], ["verify"], ["params"]):
        for option in ("-u", "-s", "-y"):
            commands.append([*command, "-q", "IV", option, word])
    if word.strip():
        commands += [["batch", option, word] for option in ("-u", "-s", "-y")]
    for arguments in commands:
        # A year that there is no data for is no mistake of the one who writes it.
        assert run(arguments) in (2, 4), arguments
        shown = capsys.readouterr()
        assert shown.out == ""
        (line,) = shown.err.splitlines()
        # Longer ones only repeat what was asked for where it is looked up.
        assert len(line) < 400 or (arguments[0] == "explain" and len(word) > 400)
        assert line[:400].isprintable() or arguments[0] == "explain"
    assert sorted(project.rglob("*")) == before


def test_params_lists_everything() -> None:
    done = pp39("params", "--json", "-p", 'target."IKK 6.4.2"=80')
    entries = json.loads(done.stdout)
    assert {"path", "type", "value", "layer", "meaning"} == set(entries[0])
    by_path = {entry["path"]: entry for entry in entries}
    assert by_path['target."IKK 6.4.2"']["value"] == 80
    assert by_path['target."IKK 6.4.2"']["layer"] == "-p"
    shown = pp39("params", "NPS", "-s", "nps-unik").stdout
    assert 'nps.responden = "unik"' in shown
    assert "params/scenarios/nps-unik.yaml" in shown
    assert "ikpa.cara" not in shown


@pytest.mark.parametrize(
    ("notebook", "code", "told"),
    [
        ("CheckFailed", 3, "kolom pagu kosong pada baris 7"),
        ("UnreadableInput", 4, "pnbp.csv, row 3, column realisasi"),
        ("unexpected", 1, "01_clean.ipynb, cell 3: ZeroDivisionError: division by zero"),
    ],
)
def test_an_error_in_a_cell_reaches_the_user(
    project: Path, notebook: str, code: int, told: str
) -> None:
    first_notebook(project, notebook)
    done = pp39("report", "-q", "IV", cwd=project)
    assert done.returncode == code
    progress, sentence = done.stderr.splitlines()
    assert progress.startswith("[1/")
    assert sentence.startswith(f"pp39: {told}")
    kept = "data/processed/bspji-ambon/2025/IV/dasar/gagal"
    assert sentence.endswith(f" (executed notebooks: {kept})")
    assert (project / kept / "01_clean.ipynb").is_file()
    assert not (project / "reports" / "bspji-ambon").exists()
    assert str(project) not in (project / kept / "01_clean.ipynb").read_text()


def test_a_notebook_that_is_not_there(project: Path) -> None:
    done = pp39("report", "-q", "IV", cwd=project)
    assert done.returncode == 4
    assert "notebooks/01_clean.ipynb is not there" in done.stderr


def test_an_unforeseen_error_leaves_a_log_and_no_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("pp39.run.steps.make_report", refuse)
    monkeypatch.setenv("PP39_ROOT", str(project))
    assert run(["report", "-q", "IV"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    log = project / "build" / "log" / "pp39.log"
    assert line == (
        f"pp39: unexpected ZeroDivisionError: division by zero; the details are in {log}"
    )
    assert "Traceback" in log.read_text()


def test_an_output_folder_that_cannot_be_made_is_one_sentence(project: Path) -> None:
    first_notebook(project, "ok")
    (project / "reports").write_text("a file where a folder should be")
    done = pp39("report", "-q", "IV", cwd=project)
    assert (done.returncode, done.stderr) == (
        1,
        "pp39: reports is a file where a folder must be; move it away\n",
    )
    assert not (project / "build").exists()


RAW = Path("data", "raw", "bspji-ambon", "2025")


@pytest.fixture
def delivered(project: Path) -> Path:
    shutil.copytree(ROOT / RAW, project / RAW, dirs_exist_ok=True)
    return project


def tree(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


def test_check_tells_all_that_is_wrong_with_the_files_and_writes_nothing(delivered: Path) -> None:
    (delivered / RAW / "ikpa.csv").rename(delivered / RAW / "ikpa (1).csv")
    header = "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\n"
    rows = "".join(f"IV,Pengujian,{number}x,1,0\n" for number in range(40))
    (delivered / RAW / "sla.csv").write_text(header + rows)
    before = tree(delivered)
    done = pp39("check", cwd=delivered, PP39_ROOT=str(delivered))
    assert done.returncode == 4
    assert done.stdout == ""
    warning, missing, *others = done.stderr.splitlines()
    assert warning == (
        'pp39: warning: "ikpa (1).csv" is used by no source; rename it to ikpa.csv if it is that'
    )
    assert missing.startswith("pp39: ikpa.csv is missing from data/raw/bspji-ambon/2025; ")
    assert len(others) == 40
    assert all(one.startswith("      sla.csv, row ") for one in others)
    assert tree(delivered) == before


def test_check_tells_all_that_the_checks_refuse_and_all_warnings(delivered: Path) -> None:
    text = (delivered / RAW / "sla.csv").read_text(encoding="utf-8-sig")
    (delivered / RAW / "sla.csv").write_text(text.replace("126", "171"), encoding="utf-8")
    ikpa = (delivered / RAW / "ikpa.csv").read_text(encoding="utf-8-sig")
    (delivered / RAW / "ikpa.csv").write_text(f"{ikpa}\n{ikpa.split(chr(10))[1]}", encoding="utf-8")
    before = tree(delivered)
    done = pp39("check", "-q", "iv", cwd=delivered, PP39_ROOT=str(delivered))
    assert done.returncode == 3
    told = [one for one in done.stderr.splitlines() if "warning" not in one]
    assert {one.strip().removeprefix("pp39: ").partition(",")[0] for one in told} == {
        "sla.csv",
        "ikpa.csv",
    }
    assert len(done.stderr.splitlines()) > len(told)
    assert tree(delivered) == before


def test_check_of_good_data_ends_well() -> None:
    done = pp39("check")
    assert done.returncode == 0
    assert re.fullmatch(r"28 sources, [0-9]+ rules, [0-9]+ warnings\n", done.stdout)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_clean(project: Path, number: signal.Signals) -> None:
    first_notebook(project, "hang")
    temporary = project / "t"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "pp39.cli", "report", "-q", "IV"],
        cwd=project,
        env=environment(TMPDIR=str(temporary)),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # The cell says when it begins to hang, in its working folder.
        deadline = time.monotonic() + 120
        while not (project / "mulai").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert told.splitlines()[-1] == "pp39: interrupted; the last good outputs are unchanged"
    assert "Traceback" not in told
    assert list(temporary.glob("pp39-*")) == []
    assert not (project / "data" / "processed" / ".stage" / "bspji-ambon-2025-IV-dasar").exists()


def test_overrides_come_in_the_order_given() -> None:
    assert overrides(["a=1"], 'b="x y" c=2') == ("a=1", "b=x y", "c=2")
    assert overrides(None, " ") == ()


def test_run_returns_the_code_and_tells_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--version"]) == 0
    assert run(["report"]) == 2
    shown = capsys.readouterr()
    assert shown.out.startswith("pp39 ")
    assert shown.err == "pp39: report needs a quarter: --quarter I, II, III, IV or tahunan\n"


def test_plain_lines_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.started("Cleaning", 1, 6)
    lines.ended(1.24)
    lines.started("Checking", 2, 6)
    lines.stopped()
    assert stream.getvalue() == "[1/6] Cleaning ... 1.2 s\n[2/6] Checking ... stopped\n"


@pytest.mark.parametrize("name", ["CI", "NO_COLOR"])
def test_live_only_on_a_terminal_that_wants_it(name: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert is_live(Terminal(), {})
    assert not is_live(Terminal(), {name: "1"})
    assert not is_live(Terminal(), {"TERM": "dumb"})
    assert not is_live(io.StringIO(), {})
