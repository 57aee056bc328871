"""Commands that use runs know those with other parameters, and never take one for another."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import pp39
from made_runs import Made, make_project, make_run

from pp39 import variables
from pp39.batch import tasks, write_index
from pp39.batch.index import rows
from pp39.periods import Period
from pp39.run.address import Address
from pp39.run.steps import own_store_of

IV = "bspji-ambon/2025/IV"
CHANGED = ["-q", "IV", "-p", "nps={promoter_min: 10}"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with the base of a quarter, and the same with another parameter."""
    root = make_project(tmp_path_factory.mktemp("varian"))
    make_run(root)
    make_run(root, overrides=["nps.promoter_min=10"], made=Made(promoters=40))
    return root


@pytest.mark.parametrize(
    "arguments", [["findings"], ["explain", "IKK-6.1.2"], ["verify"]], ids=lambda one: one[0]
)
def test_a_run_that_is_not_there_is_told_with_its_command(
    project: Path, tmp_path: Path, arguments: list[str]
) -> None:
    done = pp39(project, *arguments, "-q", "IV", "-p", "status.ambang=150")
    assert (done.returncode, done.stdout) == (4, "")
    assert f"{IV}/dasar+status-ambang-150" in done.stderr
    assert done.stderr.endswith("make it with: pp39 report -q IV -p status.ambang=150\n")


def test_explain_tells_the_figure_of_the_parameters_that_are_meant(project: Path) -> None:
    told = {}
    for name, options in (("dasar", ["-q", "IV"]), ("lain", CHANGED)):
        done = pp39(project, "explain", "IKK-6.1.2/realisasi", "--json", *options)
        told[name] = json.loads(done.stdout)["figures"][0]["printed"]
    assert told == {"dasar": "94,74 nilai", "lain": "70,18 nilai"}


def test_verify_and_diff_know_it(project: Path) -> None:
    name = f"{IV}/dasar+nps-promoter_min-10"
    done = pp39(project, "verify", *CHANGED)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name}: all ")
    done = pp39(project, "diff", "IV", "IV/dasar+nps-promoter_min-10")
    assert f"{name} was made with nps.promoter_min=10" in done.stdout
    assert pp39(project, "diff", "IV", "IV/dasar+nps-promoter_min-9").returncode == 4
    # What changes nothing is the base.
    assert pp39(project, "verify", "-q", "IV", "-p", "nps.promoter_min=9").stdout.startswith(
        f"{IV}/dasar: all "
    )


def test_a_run_in_the_folder_of_another_is_no_answer(project: Path, tmp_path: Path) -> None:
    """As an older version left it, or somebody who copied a folder."""
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    for part in ("reports", "data/processed"):
        shutil.rmtree(copy / part / IV / "dasar")
        (copy / part / IV / "dasar+nps-promoter_min-10").rename(copy / part / IV / "dasar")
    for arguments in (["findings"], ["explain", "IKK-6.1.2"]):
        done = pp39(copy, *arguments, "-q", "IV")
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr == (
            f"pp39: what lies in {IV}/dasar was made with 'nps.promoter_min=10';"
            " make it with: pp39 report -q IV\n"
        )
    assert "was made with" in pp39(copy, "diff", "IV", "IV").stderr
    assert pp39(copy, "verify", "-q", "IV").returncode == 5


def test_the_index_lists_it_with_what_it_changes(project: Path) -> None:
    found = {row.address.run: row for row in rows(project)}
    assert found["dasar"].ubahan == ()
    assert found["dasar+nps-promoter_min-10"].ubahan == ("nps.promoter_min=10",)
    page = write_index(project).read_text(encoding="utf-8")
    assert "<small>nps.promoter_min=10</small>" in page
    assert "dasar%2Bnps-promoter_min-10/laporan.html" in page


def test_a_batch_makes_each_where_its_parameters_lie(project: Path) -> None:
    addresses = [Address("bspji-ambon", 2025, period) for period in Period]
    made = tasks(project, addresses, ["nps={promoter_min: 8}"], own_store_of)
    assert {one.address.run for one in made} == {"dasar+nps-promoter_min-8"}
    assert [one.address.period for one in made] == list(Period)
    assert {one.address.run for one in tasks(project, addresses, ["nps.promoter_min=9"])} == {
        "dasar"
    }
    # A mistake is told when the report is to be made, and never beside the base.
    (wrong, *_) = tasks(project, addresses, ["nps.promotor_min=8"])
    assert wrong.address.run.startswith("dasar+")


def test_a_project_without_choices_is_asked_for_them(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "p"
    shutil.copytree(project, copy)
    choices = copy / "params" / "proyek.yaml"
    choices.write_text("unit: bspji-ambon\n")
    done = pp39(copy, "explain", "IKK-6.1.2", "-q", "IV")
    assert (done.returncode, done.stderr) == (
        2,
        "pp39: which year? name it with --year, or as 'tahun' in params/proyek.yaml\n",
    )
    choices.unlink()
    for arguments in (
        *(["report", "-q", "I"], ["findings", "-q", "I"], ["verify", "-q", "I"], ["params"]),
        *(["diff", "I", "II"], ["explain", "x", "-q", "I"]),
    ):
        done = pp39(copy, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("pp39: which unit? name it with --unit")
    assert pp39(copy, "diff", f"{IV}", f"{IV}/dasar").returncode == 0
    done = pp39(copy, "verify", "-u", "bspji-ambon", "-y", "2025", "-q", "I")
    assert done.stderr.endswith("make it with: pp39 report -q I -u bspji-ambon -y 2025\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unti: x\n", "has no setting 'unti'; the nearest is unit"),
        ("unit: ../x\n", "params/proyek.yaml: unit is '../x'"),
        ("tahun: dua ribu\n", "params/proyek.yaml: year is 'dua ribu'"),
        ("indikator_hasil: {BA: [x]}\n", "write lists by eselon I and code of the program"),
        ("- a\n", "must hold 'name: value' lines"),
    ],
)
def test_wrong_choices_are_told(project: Path, tmp_path: Path, text: str, told: str) -> None:
    shutil.copytree(project / "params", tmp_path / "params")
    (tmp_path / "params" / "proyek.yaml").write_text(text)
    done = pp39(tmp_path, "params")
    assert done.returncode == 2
    assert told in done.stderr


def test_no_unit_stands_in_the_program() -> None:
    root = Path(__file__).parents[1] / "pp39"
    assert [path for path in root.rglob("*.py") if "bspji" in path.read_text().casefold()] == []


def test_every_variable_of_the_environment_is_told_in_one_place() -> None:
    root = Path(variables.__file__).parent
    read = {
        name
        for path in root.rglob("*.py")
        for name in re.findall(r"(?<!_)PP39_[A-Z]+", path.read_text(encoding="utf-8"))
    }
    assert read == set(re.findall(r"``(PP39_[A-Z]+)``", variables.__doc__ or ""))
