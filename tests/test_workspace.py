"""Folders of a run, and how outputs are put in place."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import copy_project

from pp39.errors import MissingInput, NotebookFailed, ParameterError, Pp39Error
from pp39.profile import profile as profile_module
from pp39.run import overriding
from pp39.run.keys import Reads
from pp39.run.stage import open_stage
from pp39.run.steps import (
    Step,
    is_current,
    make_report,
    notebook_parameters,
    own_store_of,
    run_notebook,
    store_of,
)
from pp39.run.store import SHELF
from pp39.run.wanted import Wanted
from pp39.run.workspace import Workspace, project_root

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "notebooks" / "engine"


class Heard:
    """Keeps what a run tells."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.done = 0

    def started(self, title: str, number: int, count: int) -> None:
        self.titles.append(f"{number}/{count} {title}")

    def reused(self, title: str, number: int, count: int) -> None:
        pass

    def ended(self, seconds: float) -> None:
        assert seconds >= 0
        self.done += 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "proyek"
    shutil.copytree(ROOT / "params", root / "params")
    shutil.copytree(FIXTURES, root / "notebooks")
    (root / "data" / "raw" / "bspji-ambon" / "2025").mkdir(parents=True)
    return root


def located(project: Path, **changes: object) -> Workspace:
    arguments = {"unit": "bspji-ambon", "year": 2025, "quarter": "iv", "root": project, **changes}
    return Workspace.locate(**arguments)  # type: ignore[arg-type]


def notebook(name: str) -> Step:
    return Step(name, f"Running {name}", run_notebook, Reads())


def writes(text: str) -> Step:
    """Give a step that writes `text` as processed file and as report."""

    def task(step: Step, job: object) -> None:
        stage = job.stage.workspace  # type: ignore[attr-defined]
        (stage.processed / "hasil.txt").write_text(text)
        (stage.report / "laporan.txt").write_text(text)

    return Step("write", "Writing", task, Reads())


def test_folders(project: Path) -> None:
    run = located(project, scenario="nps-unik")
    assert run.relative(run.raw) == "data/raw/bspji-ambon/2025"
    assert run.relative(run.processed) == "data/processed/bspji-ambon/2025/IV/nps-unik"
    assert run.relative(run.report) == "reports/bspji-ambon/2025/IV/nps-unik"
    assert run.clean == run.processed / "bersih"
    assert not run.processed.exists()
    opened = Workspace.open("bspji-ambon", 2025, 4, "nps-unik", root=project)
    assert opened.processed.is_dir()
    assert opened.params.nps.responden == "unik"


def test_a_stage_in_the_environment(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PP39_STAGE", str(tmp_path / "samping"))
    opened = Workspace.open("bspji-ambon", 2025, "IV", root=project)
    assert opened.processed == tmp_path / "samping" / "processed"
    assert opened.report.is_dir()
    assert not (project / "reports").exists()


def test_the_project_is_found_from_below_and_named(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project_root(project / "notebooks") == project
    monkeypatch.chdir(project / "data" / "raw")
    assert project_root() == project
    monkeypatch.setenv("PP39_ROOT", str(tmp_path))
    with pytest.raises(MissingInput, match="run from the folder of the project"):
        project_root()


def test_what_is_not_there_is_told_with_what_is(project: Path) -> None:
    with pytest.raises(
        ParameterError, match=r"no unit 'bspji-ambn': .*; the nearest is bspji-ambon"
    ):
        located(project, unit="bspji-ambn")
    with pytest.raises(MissingInput, match=r"no source data for 2031: .* has 2025"):
        located(project, year=2031)
    with pytest.raises(ParameterError, match='quarter "V"'):
        located(project, quarter="V")


def test_what_a_unit_lacks_is_told(project: Path) -> None:
    for name in ("ambon", "Ambon"):
        (project / "data" / "raw" / name).mkdir()
    with pytest.raises(ParameterError, match=r"'ambon' has no params/unit/ambon.yaml; .* bspji-am"):
        located(project, unit="ambon")
    with pytest.raises(ParameterError, match=r"'Ambon'; write it in small letters, .* bspji-ambon"):
        located(project, unit="Ambon")
    shutil.copy(project / "params/unit/bspji-ambon.yaml", project / "params/unit/balai.yaml")
    with pytest.raises(
        ParameterError,
        match=r"'balai' has no data/raw/balai; add it, or have pp39 init make it",
    ):
        located(project, unit="balai")
    with pytest.raises(ParameterError, match=r"small letters, .*; there are bspji-ambon$"):
        located(project, unit="../../etc")


def test_another_set_of_parameters_has_folders_of_its_own(project: Path) -> None:
    for param in ([], ["nps.promoter_min=9"]):
        assert located(project, param=param).report.name == "dasar"
    changed = Workspace.open("bspji-ambon", 2025, "IV", param=["nps.promoter_min=8"], root=project)
    assert project.joinpath("reports/bspji-ambon/2025/IV/dasar+nps-promoter_min-8").is_dir()
    assert not (project / "reports/bspji-ambon/2025/IV/dasar").exists()
    assert changed.address.folders(project).processed == changed.processed
    assert changed.address.short == "IV/dasar+nps-promoter_min-8"


def test_a_run_with_an_override_takes_over_what_does_not_depend_on_it(project: Path) -> None:
    steps = [
        Step("satu", "One", writes("x").task, Reads(params=("unit",))),
        Step("dua", "Two", writes("y").task, Reads()),
    ]
    base = located(project)
    make_report(base, Heard(), steps, store=store_of(base))
    run, heard = located(project, param=["nps.promoter_min=8"]), Heard()
    make_report(run, heard, steps, store=store_of(run))
    assert heard.titles == ["2/2 Two"]
    # What it took over is kept for it, whatever becomes of the other.
    store_of(base).clear()
    assert is_current(run, steps)
    again = Heard()
    own_store_of(run).clear()
    make_report(run, again, steps, store=own_store_of(run))
    assert again.titles == ["1/2 One", "2/2 Two"]


def test_notebook_parameters_are_json(project: Path) -> None:
    given = notebook_parameters(located(project, param=["nps.promoter_min=8"]), Reads())
    assert json.loads(json.dumps(given)) == given
    assert (given["quarter"], given["param"]) == ("IV", ["nps.promoter_min=8"])


def test_a_run_puts_outputs_and_executed_notebooks_in_place(project: Path) -> None:
    run, heard = located(project), Heard()
    folder = make_report(run, heard, [notebook("ok"), notebook("write")])
    assert folder == run.report
    assert (run.processed / "hasil.txt").read_text() == "IV"
    assert (run.report / "laporan.txt").read_text() == "dasar"
    assert {path.name for path in (run.report / "kertas-kerja").iterdir()} == {
        "ok.ipynb",
        "write.ipynb",
    }
    assert heard.titles == ["1/2 Running ok", "2/2 Running write"]
    assert heard.done == 2
    # Nothing aside is left but the lock.
    left = list((project / "data" / "processed" / ".stage").iterdir())
    assert [path.suffix for path in left] == [".lock"]


def test_a_failed_run_leaves_the_last_good_outputs(project: Path) -> None:
    run = located(project)
    make_report(run, Heard(), [writes("lama")])
    with pytest.raises(NotebookFailed) as caught:
        make_report(
            run,
            Heard(),
            [writes("baru"), notebook("ok"), notebook("CheckFailed"), writes("tak sampai")],
        )
    assert caught.value.exit_code == 3
    assert (run.report / "laporan.txt").read_text() == "lama"
    assert (run.processed / "hasil.txt").read_text() == "lama"
    kept = run.processed / "gagal"
    assert sorted(path.name for path in kept.iterdir()) == [
        *("CheckFailed.ipynb", "galat.json", "ok.ipynb")
    ]
    assert run.relative(kept) in "".join(caught.value.__notes__)
    # The next good run clears them away.
    make_report(run, Heard(), [writes("baru")])
    assert (run.report / "laporan.txt").read_text() == "baru"
    assert not kept.exists()


def test_an_interrupted_run_leaves_the_last_good_outputs(project: Path) -> None:
    run = located(project)
    make_report(run, Heard(), [writes("lama")])

    def interrupt(step: Step, job: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_report(run, Heard(), [writes("baru"), Step("x", "Stopping", interrupt, Reads())])
    assert (run.report / "laporan.txt").read_text() == "lama"


def test_two_runs_of_one_report_do_not_mix(project: Path) -> None:
    run = located(project)
    with (
        open_stage(run),
        pytest.raises(Pp39Error, match="another run is writing bspji-ambon-2025-IV-dasar"),
        open_stage(run),
    ):
        pytest.fail("the second stage was opened")
    with open_stage(run), open_stage(located(project, scenario="nps-unik")):
        pass


def test_a_publication_cut_off_half_way_is_finished(project: Path) -> None:
    run = located(project)
    make_report(run, Heard(), [writes("lama")])
    # As after a kill between the two renames, with a stage left behind.
    run.report.rename(run.report.with_name(".dasar.lama"))
    stale = project / "data" / "processed" / ".stage" / "bspji-ambon-2025-IV-dasar" / "processed"
    stale.mkdir(parents=True)
    (stale / "basi.txt").write_text("x")
    with open_stage(run) as stage:
        assert (run.report / "laporan.txt").read_text() == "lama"
        assert not (stage.workspace.processed / "basi.txt").exists()
    assert not run.report.with_name(".dasar.lama").exists()


def test_a_kept_profile_is_left_alone_where_all_is_read_anew(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "proyek")
    (root / SHELF).mkdir(parents=True)

    def titled(*, anew: bool) -> str:
        overriding._KNOWN.clear()
        profile_module._loaded.cache_clear()
        wanted = Wanted("report", quarter="IV", project=root, anew=anew)
        return wanted.workspace().settings.profile.isi.judul

    true = titled(anew=True)
    assert not [*(root / SHELF).iterdir()]
    assert titled(anew=False) == true
    (kept,) = (root / SHELF / ".profil").iterdir()
    told = json.loads(kept.read_bytes())
    told["isi"]["judul"] = "Terbaca"
    kept.write_text(json.dumps(told), encoding="utf-8")
    assert (titled(anew=False), titled(anew=True)) == ("Terbaca", true)
