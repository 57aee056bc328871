"""The notebooks as strict as the command: with plain Papermill, on a standard kernel."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import RAW, copy_project

from pp39.errors import ParameterError
from pp39.run import notebook
from pp39.run.notebook import PARAMETERS, opened, overrides_of
from pp39.run.workspace import Workspace

ROOT = Path(__file__).parents[1]
GIVEN = {"unit": "bspji-ambon", "year": 2025, "quarter": "IV", "scenario": "dasar", "param": []}
CELL = "\n".join(f"{name} = {value!r}" for name, value in GIVEN.items())
ASKS = "ws = opened(globals())"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project whose first notebook ends when the run is open."""
    root = copy_project(tmp_path_factory.mktemp("buku") / "proyek")
    path = root / "notebooks" / "01_clean.ipynb"
    book = nbformat.read(path, as_version=4)
    until = next(number for number, cell in enumerate(book.cells) if cell.get("id") == "buka")
    book.cells[until].source += "\nprint(ws.relative(ws.processed))"
    book.cells = book.cells[: until + 1]
    nbformat.write(book, path)
    return root


def papermill(project: Path, *options: str) -> tuple[int, str]:
    """Execute the notebook in a kernel of its own; give the code and what the last cell said."""
    target = project / "keluar.ipynb"
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "papermill", "notebooks/01_clean.ipynb", str(target)]
    done = subprocess.run(
        [*command, "--kernel", "python3", *options],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    outputs = nbformat.read(target, as_version=4).cells[-1].outputs
    return done.returncode, "".join(one.get("evalue") or one.get("text", "") for one in outputs)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-p", "kuartal", "II"], "no parameter 'kuartal'; the nearest is quarter"),
        (["-p", "param", "nps.promotor_min=8"], "the nearest is nps.promoter_min"),
    ],
)
def test_papermill_is_stopped_by_a_wrong_name(project: Path, options: list[str], told: str) -> None:
    code, said = papermill(project, *options)
    assert code != 0
    assert told in said
    assert len(said.splitlines()) == 1
    assert not (project / "data" / "processed").exists()


def test_papermill_gives_text_and_the_run_goes_where_its_parameters_lie(project: Path) -> None:
    options = ["-r", "year", "2025", "-p", "quarter", "4", "-p", "param", "nps.promoter_min=8"]
    assert papermill(project, *options) == (
        0,
        "data/processed/bspji-ambon/2025/IV/dasar+nps-promoter_min-8\n",
    )
    assert [path.name for path in (project / "data/processed/bspji-ambon/2025/IV").iterdir()] == [
        "dasar+nps-promoter_min-8"
    ]


def test_every_notebook_opens_its_run_this_way() -> None:
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        at = next(n for n, one in enumerate(cells) if "parameters" in one.metadata.get("tags", []))
        names = re.findall(r"^(\w+) = ", cells[at].source, re.MULTILINE)
        assert tuple(names) == PARAMETERS
        assert "\nws = opened(globals())" in cells[at + 1].source


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / RAW).mkdir(parents=True)
    monkeypatch.setenv("PP39_ROOT", str(tmp_path))
    return tmp_path


def open_after(*cells: str, **changed: object) -> Workspace:
    return opened({**GIVEN, **changed, "In": ["", *cells, ASKS]})


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([CELL, '# Parameters\nQuarter = "II"'], "'Quarter'; the nearest is quarter"),
        ([CELL, "# Parameters\nyear = 2025\nparams = []\n"], "the nearest is param"),
        ([CELL + '\nkuartal = "II"'], "'kuartal'; the nearest is quarter"),
        ([CELL, ASKS, "x = 1", CELL + "\ntahun: int = 2025"], "'tahun'; there are unit, year,"),
    ],
)
def test_a_name_that_is_no_parameter_is_refused(root: Path, cells: list[str], told: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(told)):
        open_after(*cells)
    assert not (root / "data" / "processed").exists()


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [CELL],
        [CELL, "# Parameters\nquarter = 'I'"],
        # Somebody tries things out, before and after, and runs the cell again.
        ["kuartal = 'II'", CELL, "coba = 1", ASKS, "tables = {}\nframe = 3"],
        # What was wrong has been mended since.
        [CELL + "\nkuartal = 'II'", ASKS, CELL],
        [CELL, "# Parameters\nkuartal = 'II'", ASKS, CELL],
        ["%%time\nx = !", CELL],
    ],
)
def test_other_names_do_not_matter(root: Path, cells: list[str]) -> None:
    assert open_after(*cells, tables={}, kuartal="II").root == root


@pytest.mark.parametrize(
    ("changed", "run"),
    [
        ({"year": "2025", "quarter": 4}, "dasar"),
        (
            {"param": "nps.promoter_min=8 capaian.batas=120"},
            "dasar+capaian-batas-120+nps-promoter_min-8",
        ),
        ({"param": ("nps.promoter_min=8",)}, "dasar+nps-promoter_min-8"),
        ({"param": 'target."IKK 6.4.2"=80'}, "dasar+target-ikk.6.4.2-80"),
        ({"param": None}, "dasar"),
        ({"param": ""}, "dasar"),
    ],
)
def test_values_as_papermill_gives_them(root: Path, changed: dict[str, object], run: str) -> None:
    assert open_after(CELL, **changed).address.run == run
    assert (root / "reports/bspji-ambon/2025/IV").exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"year": 2025.5}, "year is 2025.5"),
        ({"year": True}, "year is true"),
        ({"year": None}, "year is empty"),
        ({"unit": 7}, "unit is 7"),
        ({"unit": "../x"}, "unit is '../x'"),
        ({"scenario": None}, "scenario 'None'"),
        ({"quarter": True}, "quarter is True"),
        ({"param": 7}, "param is 7; give a list"),
        ({"param": {"a": 1}}, "give a list"),
        ({"param": [["a=1"]]}, "give a list"),
        ({"param": "laporan.tempat=Kota Baru"}, "can be read in several ways"),
        ({"param": "laporan.tempat='Kota"}, "a quotation mark is not closed"),
    ],
)
def test_what_is_no_value_is_refused(root: Path, changed: dict[str, object], told: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(told)):
        open_after(CELL, **changed)
    assert not (root / "data" / "processed").exists()


def test_a_cell_of_parameters_that_was_not_run() -> None:
    with pytest.raises(ParameterError, match="parameter year is missing"):
        notebook.opened({"unit": "x", "In": []})
    assert overrides_of(["a=b c"]) == ("a=b c",)
