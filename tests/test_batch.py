"""Many reports: which ones, who makes them, and what happens when something dies."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Future
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from batch_runs import (
    BREAKING,
    NOTEBOOKS,
    ROOT,
    Heard,
    Killer,
    act,
    cheap,
    gone,
    here_too,
    imported,
    marked,
    noted,
    parent,
    small_project,
    statuses,
    tasks,
    times_made,
)
from conftest import pp39
from rich.console import Console

from pp39.batch import Outcome, State, conduct, engine, exit_code, forget, insist, plan, settle
from pp39.batch.conductor import ATTEMPTS
from pp39.batch.display import Lines, Live, duration, show, total
from pp39.batch.engines import local_engine
from pp39.batch.local import LocalWorkers, WorkerDied
from pp39.batch.outcome import BatchFailed
from pp39.batch.plans import words
from pp39.batch.worker import Desk
from pp39.errors import MissingInput, ParameterError
from pp39.run.address import Address
from pp39.run.failure import read_failure
from pp39.run.fingerprint import UNHASHED
from pp39.run.stage import open_stage

QUARTERS = ("I", "II", "III", "IV")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    # Workers are processes of their own, and are sent functions of this folder by name.
    monkeypatch.setenv("PYTHONPATH", here_too())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "proyek")


def data(root: Path, *places: str) -> Path:
    for place in places:
        (root / "data" / "raw" / place).mkdir(parents=True, exist_ok=True)
    return root


class TestPlan:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for name in ("nps-unik", "nps-lain", "spbe"):
            path = tmp_path / "params" / "scenarios" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return data(tmp_path, "ambon/2024", "ambon/2025", "bogor/2025", "balai-kosong", ".x/2025")

    def test_everything_that_has_data(self, root: Path) -> None:
        found = plan(root)
        assert [one.inside.as_posix() for one in found.addresses[:5]] == [
            "ambon/2024/I/dasar",
            "ambon/2024/II/dasar",
            "ambon/2024/III/dasar",
            "ambon/2024/IV/dasar",
            "ambon/2025/I/dasar",
        ]
        assert len(found.addresses) == 3 * 4
        assert found.lacking == ()

    def test_combinations(self, root: Path) -> None:
        found = plan(root, ["am*", "b*"], ["2025"], ["4", "ii"], ["nps-*", "dasar"])
        assert {one.unit for one in found.addresses} == {"ambon", "bogor"}
        assert {one.scenario for one in found.addresses} == {"nps-unik", "nps-lain", "dasar"}
        assert {str(one.period) for one in found.addresses} == {"II", "IV"}
        assert len(found.addresses) == len(set(found.addresses)) == 2 * 1 * 2 * 3

    def test_what_was_named_and_lacks_data_is_told(self, root: Path) -> None:
        found = plan(root, ["bogor", "ambon", "balai-kosong", "x*"], ["2024", "2031"], ["I"])
        assert [one.inside.as_posix() for one in found.addresses] == ["ambon/2024/I/dasar"]
        assert found.lacking == (
            "no source data for 2024, 2031: data/raw/bogor has 2025",
            "no source data for 2024, 2031: data/raw/balai-kosong has no years",
            "no unit of data/raw is like 'x*'",
            "no source data for 2031 in any unit of the batch",
        )
        assert plan(root, ["*"], ["2024"]).lacking == ()

    def test_nothing_at_all(self, root: Path) -> None:
        with pytest.raises(MissingInput, match="no source data for 2031"):
            plan(root, years=["2031"])
        with pytest.raises(MissingInput, match="has no source data"):
            plan(root / "params")

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({"units": ["abmon"]}, "no unit 'abmon' in data/raw; the nearest is ambon"),
            ({"scenarios": ["nps-unk"]}, "the nearest is nps-unik"),
            ({"quarters": ["V"]}, "I, II, III, IV"),
            ({"years": ["25"]}, "year is '25'"),
        ],
    )
    def test_a_wrong_word(self, root: Path, asked: dict[str, list[str]], told: str) -> None:
        with pytest.raises(ParameterError, match=told):
            plan(root, **asked)

    def test_words(self) -> None:
        assert words(["I, II", "III"]) == ["I", "II", "III"]
        assert words([]) == []

    def test_the_year_comes_after_its_quarters_and_only_when_asked_for(self, root: Path) -> None:
        found = plan(root, ["bogor"], ["2025"], ["tahunan", "IV"])
        assert [str(one.period) for one in found.addresses] == ["IV", "tahunan"]


class TestBatch:
    def test_all_are_made_by_one_warm_process_per_worker(self, project: Path) -> None:
        heard = Heard()
        some = tasks(project, *QUARTERS, "IV/nps-unik", "III/nps-unik")
        with local_engine(2) as chosen:
            outcomes = conduct(some, chosen, heard, settle)
            # What reads tables are the forks: a worker that did too would start and weigh double.
            tables = chosen.executor.submit(imported, "pandas", "pyarrow", "nbformat").result(30)
            assert tables == ["nbformat"]
        assert [one.address for one in outcomes] == [one.address for one in some]
        assert set(statuses(outcomes).values()) == {"made"}
        assert set(times_made(project).values()) == {1}
        assert len(times_made(project)) == 6
        houses = {pid for _, pid in noted(project, "selesai.txt")}
        assert 1 <= len(houses) <= 2
        assert all(gone(pid) for pid in houses)
        for one in outcomes:
            page = one.address.folders(project).report / "laporan.html"
            assert page.read_text().startswith(f"{one.address.period} {one.address.scenario}")
        assert max(len(state.running) for state in heard.states) == 2
        assert heard.states[0] == State(total=6)
        last = heard.states[-1]
        assert (last.made, last.done, last.running) == (6, 6, ())
        assert last.estimate == 0
        assert exit_code(outcomes) == 0
        insist(outcomes)

    def test_again_only_what_is_missing_or_changed(self, project: Path) -> None:
        with local_engine(1) as chosen:
            conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
            (project / "reports/bspji-ambon/2025/II/dasar/laporan.html").unlink()
            second = conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
            assert times_made(project) == {f"{one}/dasar": 1 for one in QUARTERS}
            changed = tasks(project, "I", overrides=("nps.promoter_min=8",))
            third = conduct(changed, chosen, Heard(), settle)
        assert statuses(second) == {
            "I/dasar": "current",
            "II/dasar": "current",  # put back from what is kept, without running a notebook
            "III/dasar": "current",
            "IV/dasar": "current",
        }
        assert (project / "reports/bspji-ambon/2025/II/dasar/laporan.html").is_file()
        assert statuses(third) == {"I/dasar+nps-promoter_min-8": "made"}
        assert times_made(project)["I/dasar"] == 2

    def test_an_up_to_date_batch_starts_no_worker(self, project: Path) -> None:
        class NoWorkers(LocalWorkers):
            def submit(self, *_: object) -> Future:
                pytest.fail("a worker was asked")

        with local_engine(1) as chosen:
            conduct(tasks(project, "I", "II"), chosen, Heard(), settle)
        refusing = replace(chosen, executor=NoWorkers(1))
        outcomes = conduct(tasks(project, "I", "II"), refusing, Heard(), settle)
        assert set(statuses(outcomes).values()) == {"current"}
        refusing.executor.shutdown()

    def test_force_makes_all_again(self, project: Path) -> None:
        with local_engine(1) as chosen:
            conduct(tasks(project, "I", "II"), chosen, Heard(), settle)
            outcomes = conduct(tasks(project, "I", "II"), chosen, Heard(), forget)
        assert set(statuses(outcomes).values()) == {"made"}
        assert times_made(project) == {"I/dasar": 2, "II/dasar": 2}

    def test_a_failure_stops_nothing(self, project: Path) -> None:
        act(project, "II", "salah")
        with local_engine(2) as chosen:
            outcomes = conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
            assert statuses(outcomes) == {
                "I/dasar": "made",
                "II/dasar": "failed",
                "III/dasar": "made",
                "IV/dasar": "made",
            }
            lost = outcomes[1]
            assert lost.code == exit_code(outcomes) == 3
            assert lost.sentence.startswith("pnbp.csv, row 7: nothing right")
            kept = read_failure(lost.address.folders(project).processed)
            assert kept is not None
            assert str(project) not in kept.kalimat
            with pytest.raises(BatchFailed, match="1 of 4 reports failed; the first is") as caught:
                insist(outcomes)
            assert caught.value.exit_code == 3
            # Mended, it alone is made, and the trace of the failure goes.
            act(project, "II", "")
            outcomes = conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
        assert statuses(outcomes)["II/dasar"] == "made"
        assert times_made(project) == {f"{one}/dasar": 1 for one in QUARTERS}
        assert read_failure(lost.address.folders(project).processed) is None

    def test_a_failed_attempt_is_forgotten_when_the_report_is_good_after_all(
        self, project: Path
    ) -> None:
        with local_engine(1) as chosen:
            conduct(tasks(project, "II"), chosen, Heard(), settle)
            act(project, "II", "salah")
            year = project / "params" / "unit" / "bspji-ambon" / "2025-II.yaml"
            year.write_text("nps: {promoter_min: 8}\n")
            (lost,) = conduct(tasks(project, "II"), chosen, Heard(), settle)
            year.unlink()
            assert lost.status == "failed"
            folders = lost.address.folders(project)
            assert (folders.report / "laporan.html").read_text() == "II dasar []"
            assert read_failure(folders.processed) is not None
            (found,) = conduct(tasks(project, "II"), chosen, Heard(), settle)
        assert found.status == "current"
        assert not (folders.processed / "gagal").exists()

    def test_wrong_parameters_need_no_worker(self, project: Path) -> None:
        some = tasks(project, "I", "II", overrides=("nps.promotor_min=8",))
        with local_engine(1) as chosen:
            outcomes = conduct(some, chosen, Heard(), settle)
        assert exit_code(outcomes) == 2
        assert "the nearest is nps.promoter_min" in outcomes[0].sentence
        assert noted(project, "mulai.txt") == []

    def test_a_file_in_the_way_is_told_in_plain_words(self, project: Path) -> None:
        (project / "reports" / "bspji-ambon" / "2025").mkdir(parents=True)
        (project / "reports" / "bspji-ambon" / "2025" / "I").touch()
        with local_engine(1) as chosen:
            outcomes = conduct(tasks(project, "I", "II"), chosen, Heard(), settle)
        assert statuses(outcomes) == {"I/dasar": "failed", "II/dasar": "made"}
        assert outcomes[0].code == 1
        assert outcomes[0].sentence == (
            "reports/bspji-ambon/2025/I is a file where a folder must be; move it away"
        )

    def test_a_report_that_another_run_is_writing_is_waited_for(self, project: Path) -> None:
        (task,) = tasks(project, "I")
        other = ExitStack()
        other.enter_context(open_stage(task.located()))
        threading.Timer(1.0, other.close).start()
        with closing(Desk(task.code)) as desk:
            outcome = desk.make(task)
        assert outcome.status == "made", outcome.sentence
        assert outcome.seconds > 1
        assert times_made(project) == {"I/dasar": 1}

    def test_an_unforeseen_error_leaves_a_log(self, project: Path) -> None:
        first, second = tasks(project, "I", "II")
        with local_engine(1) as chosen:
            some = (replace(first, steps=BREAKING), second)
            outcomes = conduct(some, chosen, Heard(), settle)
        assert statuses(outcomes) == {"I/dasar": "failed", "II/dasar": "made"}
        assert exit_code(outcomes) == 1
        assert outcomes[0].sentence.startswith("unexpected ZeroDivisionError: division by zero")
        assert str(project) not in outcomes[0].sentence
        log = project / "build" / "log" / "bspji-ambon-2025-I-dasar.log"
        assert "Traceback" in log.read_text()

    def test_another_version_of_the_package_makes_nothing(self, project: Path) -> None:
        (task,) = tasks(project, "I")
        desk = Desk(task.code)
        outcome = desk.make(replace(task, code="0" * 64))
        assert (outcome.status, outcome.code) == ("failed", 1)
        assert "another version of pp39" in outcome.sentence
        assert noted(project, "mulai.txt") == []
        assert Desk("0" * 64).make(task).status == "failed"


class TestDeath:
    def test_a_killed_worker_loses_nothing(self, project: Path) -> None:
        killer = Killer(project, "II", parent)
        some = tasks(project, *QUARTERS, "IV/nps-unik")
        with local_engine(2) as chosen:
            outcomes = conduct(some, chosen, killer, settle)
        assert len(killer.killed) == 1
        assert set(statuses(outcomes).values()) == {"made"}
        assert times_made(project) == {f"{one}/dasar": 1 for one in QUARTERS} | {"IV/nps-unik": 1}
        begun = [run for run, _ in noted(project, "mulai.txt")]
        assert begun.count("II/dasar") == 2
        left = project / "data" / "processed" / ".stage"
        assert {path.suffix for path in left.iterdir()} == {".lock"}

    def test_a_killed_preloaded_process_is_replaced(self, project: Path) -> None:
        killer = Killer(project, "II", int)
        with local_engine(1) as chosen:
            outcomes = conduct(tasks(project, *QUARTERS), chosen, killer, settle)
        assert len(killer.killed) == 1
        assert set(statuses(outcomes).values()) == {"made"}
        assert times_made(project) == {f"{one}/dasar": 1 for one in QUARTERS}
        assert len({pid for _, pid in noted(project, "selesai.txt")}) == 2
        assert read_failure(outcomes[1].address.folders(project).processed) is None

    def test_a_report_that_kills_its_workers_is_given_up(self, project: Path) -> None:
        act(project, "II", "bunuh")
        with local_engine(2) as chosen:
            outcomes = conduct(tasks(project, *QUARTERS), chosen, Heard(), settle)
        assert statuses(outcomes) == {
            "I/dasar": "made",
            "II/dasar": "failed",
            "III/dasar": "made",
            "IV/dasar": "made",
        }
        assert outcomes[1].code == exit_code(outcomes) == 1
        assert f"died {ATTEMPTS} times (it ended with signal 9)" in outcomes[1].sentence
        assert [run for run, _ in noted(project, "mulai.txt")].count("II/dasar") == ATTEMPTS
        assert set(times_made(project).values()) == {1}

    def test_an_interrupted_batch_leaves_nothing_running(self, project: Path) -> None:
        class Interrupting(Heard):
            def changed(self, state: State) -> None:
                if noted(project, "mulai.txt"):
                    raise KeyboardInterrupt

        act(project, "I", "tunggu")
        good = project / "reports" / "bspji-ambon" / "2025" / "I" / "dasar" / "laporan.html"
        good.parent.mkdir(parents=True)
        good.write_text("lama")
        with pytest.raises(KeyboardInterrupt), local_engine(1) as chosen:
            conduct(tasks(project, *QUARTERS), chosen, Interrupting(), settle)
        ((_, house),) = noted(project, "mulai.txt")
        assert gone(house)
        assert good.read_text() == "lama"
        left = list((project / "data" / "processed" / ".stage").iterdir())
        assert [path.suffix for path in left] == [".lock"]
        assert not (project / "data" / "processed" / "bspji-ambon").exists()

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    def test_a_command_that_is_killed_leaves_nothing_running(
        self, project: Path, number: signal.Signals
    ) -> None:
        for quarter in ("I", "II"):
            act(project, quarter, "tunggu")
        script = (
            "from pathlib import Path\nimport sys\nfrom pp39 import cli\nimport batch_runs as b\n"
            "from pp39.batch import conduct, settle\n"
            "from pp39.batch.engines import local_engine\n"
            "def batch():\n"
            "    root = Path(sys.argv[1])\n"
            "    with local_engine(2) as chosen:\n"
            "        conduct(b.tasks(root, 'I', 'II', 'III'), chosen, b.Heard(), settle)\n"
            "cli.app = lambda **_: batch()\n"
            "cli.main()\n"
        )
        mark = f"PP39_UJI={project}"
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(project)],
            env={**os.environ, "PP39_UJI": str(project)},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            until = time.monotonic() + 60
            while len(noted(project, "mulai.txt")) < 2 and time.monotonic() < until:
                time.sleep(0.05)
            houses = {pid for _, pid in noted(project, "mulai.txt")}
            workers = {parent(pid) for pid in houses}
            assert workers <= set(marked(mark))
            process.send_signal(number)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
        assert len(workers) == 2
        assert all(gone(pid) for pid in workers | houses)
        assert list(marked(mark)) == []
        if number is not signal.SIGKILL:
            assert process.returncode == 130
            assert told == "pp39: interrupted; the last good outputs are unchanged\n"
        assert not (project / "reports").exists()
        # What a worker was writing is cleared away in all three cases: it is asked to end.
        until = time.monotonic() + 10
        folder = project / "data" / "processed" / ".stage"
        while {path.suffix for path in folder.iterdir()} != {".lock"}:
            assert time.monotonic() < until
            time.sleep(0.05)


class TestLocalWorkers:
    def test_it_is_an_executor(self) -> None:
        with LocalWorkers(2) as workers:
            assert list(workers.map(pow, [2, 3, 4], [5, 2, 1])) == [32, 9, 4]
            failing = workers.submit(int, "dua")
            with pytest.raises(ValueError, match="dua"):
                failing.result(30)
            assert workers.submit(int, "12", base=3).result(30) == 5
        with pytest.raises(RuntimeError, match="closed"):
            workers.submit(int)

    def test_workers_are_kept_and_the_dead_are_replaced(self) -> None:
        with LocalWorkers(1) as workers:
            first = workers.submit(os.getpid).result(30)
            assert workers.submit(os.getpid).result(30) == first
            os.kill(first, signal.SIGKILL)
            # Gone is a process when all its threads have ended.
            os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
            second = workers.submit(os.getpid).result(30)
            assert second != first
            with pytest.raises(WorkerDied, match="signal 6"):
                workers.submit(os.abort).result(30)
            assert workers.submit(os.getpid).result(30) not in (first, second)
        assert issubclass(WorkerDied, BrokenExecutor)

    def test_what_cannot_be_sent_is_told(self) -> None:
        with LocalWorkers(1) as workers:
            with pytest.raises(Exception, match="pickle"):
                workers.submit(lambda: 1).result(30)
            with pytest.raises(Exception, match="pickle"):
                workers.submit(io.open, os.devnull).result(30)
            assert workers.submit(int).result(30) == 0

    def test_waiting_calls_can_be_cancelled(self) -> None:
        workers = LocalWorkers(1)
        first = workers.submit(time.sleep, 0.3)
        others = [workers.submit(int) for _ in range(3)]
        while not first.running():
            time.sleep(0.01)
        workers.shutdown(cancel_futures=True)
        assert first.result(0) is None
        assert all(one.cancelled() for one in others)


def outcome(quarter: str, status: str, **more: object) -> Outcome:
    return Outcome(Address.parse(quarter, "bspji-ambon", 2025), status, **more)


def test_one_kind_of_workers_at_a_time() -> None:
    with pytest.raises(ParameterError, match="not several"):
        engine(4, workers=2, dask_local=2)
    with engine(3, workers=8) as chosen:
        assert chosen.width() == 3


def test_plain_lines() -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.changed(State(12))
    lines.ended(outcome("I", "made", seconds=1.26), State(12, made=1, estimate=75.0))
    lines.ended(outcome("II", "current"), State(12, made=1, current=1))
    lines.ended(outcome("IV", "failed", code=3, sentence="no pagu"), State(12, 10, 1, 1))
    assert stream.getvalue() == (
        "[ 1/12] bspji-ambon/2025/I/dasar ... made 1.3 s (about 1 min 15 s left)\n"
        "[ 2/12] bspji-ambon/2025/II/dasar ... up to date\n"
        "[12/12] bspji-ambon/2025/IV/dasar ... FAILED\n"
        "        no pagu\n"
    )


def test_the_live_table() -> None:
    live = Live()
    live.ended(outcome("II", "failed", sentence="no [pagu]"), State(9))
    live.changed(State(9, made=2, failed=1, running=("a/IV", "b/I"), estimate=30.0))
    console = Console(width=100, file=io.StringIO())
    console.print(live)
    shown = console.file.getvalue()
    assert "3/9 2 made, 1 failed, 2 running about 30.0 s left" in shown
    assert [word in shown for word in ("a/IV", "b/I", "no [pagu]", "FAILED")] == [True] * 4


def test_the_summary() -> None:
    console = Console(width=120, file=io.StringIO())
    show(
        [
            outcome("I", "current"),
            outcome("IV", "made", seconds=61.0),
            outcome("IV/nps-unik", "failed", code=4, sentence="pnbp.xlsx is not there"),
        ],
        console,
    )
    lines = [line.split() for line in console.file.getvalue().splitlines()]
    assert lines[0] == ["unit", "year", "run", "I", "IV"]
    assert lines[2] == [
        "bspji-ambon",
        "2025",
        "dasar",
        "up",
        "to",
        "date",
        "made",
        "1",
        "min",
        "1",
        "s",
    ]
    assert lines[3] == ["bspji-ambon", "2025", "nps-unik", "FAILED"]
    assert "bspji-ambon/2025/IV/nps-unik: pnbp.xlsx is not there" in console.file.getvalue()
    assert total(State(3)) == "nothing yet"
    assert duration(3725) == "1 h 2 min"


def test_the_command_tells_what_went_wrong(project: Path) -> None:
    shutil.copyfile(
        NOTEBOOKS / "engine" / "UnreadableInput.ipynb", project / "notebooks" / "01_clean.ipynb"
    )
    data(project, "bspji-lain/2024")
    asked = ("batch", "-y", "2025", "-u", "bspji-ambon,bspji-lain", "-q", "III,IV")
    done = pp39(project, *asked, "--workers", "1")
    assert done.returncode == 4
    told = done.stderr.splitlines()
    assert told[0] == "pp39: warning: no source data for 2025: data/raw/bspji-lain has 2024"
    assert told[1].startswith("[1/2] bspji-ambon/2025/III/dasar ... FAILED")
    assert told[-1].startswith("pp39: 2 of 2 reports failed; the first is bspji-ambon/2025/III")
    assert "pnbp.csv, row 3" in told[-1]
    assert done.stdout.splitlines()[-1] == "reports/index.html"
    assert "pnbp.csv, row 3" in (project / "reports" / "index.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-u", "bspji-ambn"], 2, "the nearest is bspji-ambon"),
        (["-y", "2031"], 4, "no source data for 2031"),
        (["--workers", "0"], 2, "--workers"),
        (["--workers", "2", "--dask-local", "2"], 2, "not several"),
        (["-p", "nps.promotor_min=8"], 2, "4 of 4 reports failed"),
    ],
)
def test_a_wrong_batch_ends_at_once(
    project: Path, arguments: list[str], code: int, told: str
) -> None:
    done = pp39(project, "batch", *arguments)
    assert done.returncode == code
    assert told in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_make_passes_its_variables_on(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    script = tmp_path / ".venv" / "bin" / "pp39"
    script.parent.mkdir(parents=True)
    script.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    script.chmod(0o755)
    (tmp_path / ".venv" / ".installed").touch()
    words = ["YEAR=2025", "Q=I,IV", "UNIT=b*", "WORKERS=2", 'P=target."IKK 6.4.2"=80 a=1']
    done = subprocess.run(
        ["make", "batch", *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [
        *("batch", "--units", "b*", "--years", "2025", "--quarters", "I,IV", "--workers", "2"),
        *("--params", 'target."IKK 6.4.2"=80 a=1'),
    ]


def test_the_cheap_runner_is_a_warm_one() -> None:
    with cheap(os.environ) as runner:
        assert runner.usable


def test_a_batch_gives_the_bytes_of_single_runs(finished, tmp_path: Path) -> None:
    # The last of four that one worker has made, so that whatever it kept of the others would show.
    single, batch = finished("IV"), finished("IV", alone=False)
    assert single.project != batch.project
    for folder, other in ((single.processed, batch.processed), (single.report, batch.report)):
        names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        assert names == {one.relative_to(other) for one in other.rglob("*") if one.is_file()}
        compared = {name for name in names if name.name not in UNHASHED}
        assert len(compared) > 5
        for name in compared:
            assert (other / name).read_bytes() == (folder / name).read_bytes(), name
    # What checks said of the quarters before was used.
    kept = batch.project / "data/processed/.simpanan/bspji-ambon/2025/periksa"
    assert len(list(kept.glob("*/*.json"))) > 5
    again = pp39(batch.copy(tmp_path / "p").project, "batch", "-q", "III,IV")
    assert again.returncode == 0
    assert again.stdout.count("up to date") == 2
