"""The course of a run: a step done ahead of another counts only when that one has succeeded."""

import shutil
import threading
from pathlib import Path

import pytest

from pp39.errors import CheckFailed, Pp39Error
from pp39.run.course import Job, Step
from pp39.run.keys import Reads
from pp39.run.steps import STEPS, is_current, make_report, store_of
from pp39.run.workspace import Workspace

ROOT = Path(__file__).parents[1]


class Told:
    def __init__(self):
        self.lines = []

    def started(self, title, number, count):
        self.lines.append(f"{title} …")

    def ended(self, seconds):
        self.lines.append("selesai")

    def reused(self, title, number, count):
        self.lines.append(f"{title} tetap")


class Parallel:
    """A runner of nothing: the steps here are plain functions."""

    parallel, plain, usable = True, False, True

    def __init__(self):
        self.prepared_in = set()
        self.prepared_for = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def prepare(self, names, root=None, run=None):
        self.prepared_in.add(threading.current_thread())
        self.prepared_for.append(list(names))


class OneByOne(Parallel):
    parallel = False


class Steps:
    """Check and count, the second ahead of the first; what each does can be changed."""

    def __init__(self, check=lambda: None, count=lambda: None):
        self.check, self.count = check, count
        self.counting = threading.Event()
        self.taken = []

    def _checked(self, step: Step, job: Job) -> None:
        self.taken.append("periksa")
        if isinstance(job.runner, Parallel) and job.runner.parallel:
            assert self.counting.wait(10), "the other step has not begun"
        self.check()
        (job.stage.workspace.processed / "periksa.txt").write_text("lolos")

    def _counted(self, step: Step, job: Job) -> None:
        self.taken.append("hitung")
        self.counting.set()
        self.count()
        (job.stage.workspace.processed / "hitung.txt").write_text("7")
        job.stage.papers.mkdir(exist_ok=True)
        (job.stage.papers / "hitung.ipynb").write_text("{}")

    def _closed(self, step: Step, job: Job) -> None:
        self.taken.append("tutup")
        read = [
            (job.stage.workspace.processed / f"{n}.txt").read_text() for n in ("periksa", "hitung")
        ]
        (job.stage.workspace.report / "laporan.txt").write_text(" ".join(read))

    def __iter__(self):
        reads = Reads(params=("nps",))
        return iter(
            (
                Step("periksa", "Memeriksa", self._checked, Reads(raw=True, params=("unit",))),
                Step(
                    "hitung",
                    "Menghitung",
                    self._counted,
                    reads,
                    "periksa",
                    ("processed/hitung.txt", "report/kertas-kerja/hitung.ipynb"),
                ),
                Step("tutup", "Menutup", self._closed, Reads()),
            )
        )


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    return tmp_path


def located(root, *overrides):
    return Workspace.locate("bspji-ambon", 2025, "IV", "dasar", overrides, root=root)


def make(run, steps, runner=Parallel):
    told = Told()
    make_report(run, told, tuple(steps), store=store_of(run), runner=lambda _: runner())
    return told.lines


@pytest.mark.parametrize("runner", [Parallel, OneByOne])
def test_both_ways_give_the_same_and_are_told_in_order(root, runner):
    run, steps = located(root), Steps()
    lines = make(run, steps, runner)
    assert lines == ["Memeriksa …", "selesai", "Menghitung …", "selesai", "Menutup …", "selesai"]
    assert (run.report / "laporan.txt").read_text() == "lolos 7"
    assert is_current(run, tuple(steps))
    assert make(run, steps, runner) == ["Memeriksa tetap", "Menghitung tetap", "Menutup tetap"]


def test_what_a_refused_check_ran_ahead_of_is_thrown_away(root):
    def refuse():
        raise CheckFailed("survei.csv, row 4: no score from 0 to 10")

    run, steps = located(root), Steps(check=refuse)
    with pytest.raises(CheckFailed, match="row 4"):
        make(run, steps)
    assert sorted(steps.taken) == ["hitung", "periksa"]
    assert not run.report.exists()
    assert not list(run.processed.rglob("hitung*"))
    # Nor is it kept for the next run.
    assert "Menghitung tetap" not in make(run, Steps())


def test_the_checks_word_comes_before_an_error_of_what_ran_ahead(root):
    def refuse():
        raise CheckFailed("the check")

    def fail():
        raise Pp39Error("the count")

    with pytest.raises(CheckFailed, match="the check"):
        make(located(root), Steps(check=refuse, count=fail))
    with pytest.raises(Pp39Error, match="the count"):
        make(located(root), Steps(count=fail))


def test_it_is_done_again_for_what_it_reads_and_not_for_what_it_ran_ahead_of(root):
    make(located(root), Steps())
    (root / "data" / "raw" / "bspji-ambon" / "2025" / "baru.csv").write_text("a\n1\n")
    steps = Steps()
    steps.counting.set()  # nothing to wait for: the count is up to date
    assert make(located(root), steps)[:3] == ["Memeriksa …", "selesai", "Menghitung tetap"]
    assert make(located(root, "nps.promoter_min=8"), Steps())[:2] == [
        "Memeriksa tetap",
        "Menghitung …",
    ]


def test_preloaded_processes_are_started_by_the_thread_that_owns_them(root):
    runner = Parallel()
    make(located(root), Steps(), lambda: runner)
    assert runner.prepared_in == {threading.current_thread()}
    assert runner.prepared_for[0] == ["periksa", "hitung", "tutup"]


def test_nothing_is_started_for_steps_that_are_up_to_date(root):
    make(located(root), Steps())
    runner = Parallel()
    make(located(root, "nps.promoter_min=8"), Steps(), lambda: runner)
    assert runner.prepared_for[0] == ["hitung", "tutup"]


def test_the_indicators_read_nothing_of_the_checks():
    notebook = (ROOT / "notebooks" / "03_indicators.ipynb").read_text(encoding="utf-8")
    ahead = {step.name: step.ahead_of for step in STEPS if step.ahead_of}
    assert ahead == {
        "03_indicators": "02_validate",
        "04_report": "papers",
        "workbook": "04_report",
        "copy": "render",
    }
    assert "pemeriksaan" not in notebook.casefold().split("import", 1)[1]


@pytest.mark.slow
def test_each_step_of_a_run_keeps_what_it_made_and_no_more(finished):
    run = finished("IV")
    kept = (
        run.project
        / "data/processed/.simpanan"
        / run.processed.relative_to(run.project / "data/processed")
    )
    made = {
        step: sorted(
            path.relative_to(entry).as_posix()
            for entry in (kept / step).iterdir()
            for path in entry.rglob("*")
            if path.is_file() and path.name != "isi.json"
        )
        for step in ("02_validate", "03_indicators", "papers", "04_report")
    }
    attached = [name for name in made["04_report"] if name.startswith("report/lampiran/")]
    assert "report/lampiran/temuan.csv" in attached
    made["04_report"] = [name for name in made["04_report"] if name not in attached]
    assert made == {
        "02_validate": ["processed/pemeriksaan.json", "report/kertas-kerja/02_validate.ipynb"],
        "03_indicators": [
            "processed/anggaran.csv",
            "processed/anggaran.parquet",
            "processed/datapackage.json",
            "processed/hambatan.csv",
            "processed/hambatan.parquet",
            "processed/indikator.csv",
            "processed/indikator.parquet",
            "processed/ledger.json",
            "processed/ringkasan.csv",
            "processed/ringkasan.parquet",
            "processed/ro.csv",
            "processed/ro.parquet",
            "processed/temuan.csv",
            "report/kertas-kerja/03_indicators.ipynb",
        ],
        "papers": [
            "report/kertas-kerja/01_clean.html",
            "report/kertas-kerja/02_validate.html",
            "report/kertas-kerja/03_indicators.html",
        ],
        "04_report": ["report/kertas-kerja/04_report.ipynb"],
    }
