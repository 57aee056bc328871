"""How one notebook is executed, with real kernels on notebooks of one behaviour each."""

import json
import os
import sys
from pathlib import Path

import pytest

from pp39.errors import MissingInput, NotebookFailed, ParameterError, UnreadableInput, exit_code_of
from pp39.run.engine import Execution, execute
from pp39.run.environment import fixed_environment
from pp39.run.kernel import PlainTranslator, _manager
from pp39.run.tidy import tidied

NOTEBOOKS = Path(__file__).parent / "notebooks" / "engine"
ROOT = Path(__file__).parents[1]
PARAMETERS = {"unit": "balai", "year": 2025, "quarter": "IV", "scenario": "dasar", "param": ["a=1"]}


def how(folder: Path, cell_timeout: int = 60) -> Execution:
    return Execution(
        cwd=folder,
        environment=fixed_environment(ROOT, folder),
        cell_timeout=cell_timeout,
        start_timeout=60,
        hidden={str(folder): "."},
    )


def outputs(path: Path) -> list[list[dict[str, object]]]:
    cells = json.loads(path.read_text())["cells"]
    return [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]


def test_outputs_and_parameters_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "kertas" / "ok.ipynb"
    execute(NOTEBOOKS / "ok.ipynb", target, PARAMETERS, how(tmp_path))

    _, injected, shown, value, warned = outputs(target)
    assert injected == []
    assert shown == [
        {"name": "stdout", "output_type": "stream", "text": "balai 2025 IV dasar ['a=1']\n"}
    ]
    assert value[0]["data"] == {"text/plain": "2026"}
    assert warned[0]["name"] == "stderr"


def test_all_sentences_of_an_error_in_a_cell_are_passed_on(tmp_path: Path) -> None:
    content = (NOTEBOOKS / "UnreadableInput.ipynb").read_text()
    source = tmp_path / "sumber.ipynb"
    told = "'pnbp.csv, row 3, column realisasi: 1O0 is no number'"
    assert told in content
    source.write_text(content.replace(told, "*(f'row {row}: wrong' for row in range(30))"))
    with pytest.raises(NotebookFailed) as caught:
        execute(source, tmp_path / "keluar.ipynb", PARAMETERS, how(tmp_path))
    assert caught.value.exit_code == 4
    lines = [*(f"row {row}: wrong" for row in range(20)), "and 10 more"]
    assert str(caught.value).splitlines() == lines


def test_same_bytes_in_another_folder_and_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for name, zone, seed in (("a", "Asia/Jayapura", "7"), ("b", "America/Lima", "random")):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        monkeypatch.setenv("LC_ALL", "POSIX")
        monkeypatch.setenv("PP39_UJI", "bocor")
        monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder / "tak-ada"))
        for notebook in ("environment", "places", "CheckFailed"):
            target = folder / f"{notebook}.ipynb"
            try:
                execute(NOTEBOOKS / f"{notebook}.ipynb", target, PARAMETERS, how(folder))
            except NotebookFailed:
                assert notebook == "CheckFailed"
            results.append(target.read_bytes())

    first, second = results[:3], results[3:]
    assert first == second
    printed = json.loads(first[0])["cells"][3]["outputs"][0]["text"].splitlines()
    assert printed[:2] == ["0 UTC C.UTF-8 1", "tidak diteruskan"]
    assert printed[3] == "['GX_ANALYTICS_ENABLED']"
    assert json.loads(first[1])["cells"][3]["outputs"][0]["text"] == ".\n./data\n"


@pytest.mark.parametrize(
    "ename",
    ["ParameterError", "CheckFailed", "MissingInput", "UnreadableInput", "VerificationFailed"],
)
def test_an_error_names_notebook_cell_and_sentence(tmp_path: Path, ename: str) -> None:
    target = tmp_path / "x.ipynb"
    with pytest.raises(NotebookFailed) as caught:
        execute(NOTEBOOKS / f"{ename}.ipynb", target, PARAMETERS, how(tmp_path))

    error = caught.value
    assert (error.notebook, error.cell, error.ename) == (f"{ename}.ipynb", 4, ename)
    assert error.exit_code == exit_code_of(ename) > 1
    assert error.evalue in error.sentence
    assert "\n" not in error.sentence
    # Kept up to the error: what ran before it, the error itself, nothing after it.
    *_, before, failing, after = outputs(target)
    assert before[0]["data"] == {"text/plain": "2"}
    assert failing[0]["ename"] == ename
    assert after == []


def test_an_unforeseen_error_has_exit_code_one_and_its_name(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match=r"cell 3: ZeroDivisionError: division") as caught:
        execute(NOTEBOOKS / "unexpected.ipynb", tmp_path / "x.ipynb", {}, how(tmp_path))
    assert caught.value.exit_code == 1


def test_a_cell_that_hangs_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match=r"cell 3: .*more than 1 seconds") as caught:
        execute(NOTEBOOKS / "hang.ipynb", tmp_path / "x.ipynb", PARAMETERS, how(tmp_path, 1))
    assert caught.value.exit_code == 1
    assert (tmp_path / "x.ipynb").is_file()


def test_a_kernel_that_dies_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match=r"cell 3: .*kernel died"):
        execute(NOTEBOOKS / "dead.ipynb", tmp_path / "x.ipynb", PARAMETERS, how(tmp_path))


def test_no_folder_of_a_kernel_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "t"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    execute(NOTEBOOKS / "ok.ipynb", tmp_path / "ok.ipynb", PARAMETERS, how(tmp_path))
    assert list(private.iterdir()) == []


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"yaer": 2025}, "no parameter 'yaer'"),
        ({"year": Path("x")}, "'year' .* must be a JSON type"),
        ({"param": ("a=1",)}, "'param' .* must be a JSON type"),
    ],
)
def test_parameters_are_checked_first(
    tmp_path: Path, parameters: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ParameterError, match=sentence):
        execute(NOTEBOOKS / "ok.ipynb", tmp_path / "x.ipynb", parameters, how(tmp_path))
    assert not (tmp_path / "x.ipynb").exists()


def test_what_is_no_notebook_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "rusak.ipynb"
    broken.write_text("{")
    with pytest.raises(UnreadableInput, match=r"rusak.ipynb is no notebook"):
        execute(broken, tmp_path / "x.ipynb", {}, how(tmp_path))
    broken.write_text(
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code",'
        ' "id": "a", "metadata": {"tags": ["parameters"]}, "outputs": [], "execution_count": 1}]}'
    )
    with pytest.raises(UnreadableInput, match=r"rusak.ipynb is no notebook: .*'source'"):
        execute(broken, tmp_path / "x.ipynb", {}, how(tmp_path))
    with pytest.raises(MissingInput, match=r"tak-ada.ipynb is not there"):
        execute(tmp_path / "tak-ada.ipynb", tmp_path / "x.ipynb", {}, how(tmp_path))
    with pytest.raises(UnreadableInput, match="one cell tagged 'parameters', not 0"):
        execute(NOTEBOOKS / "untagged.ipynb", tmp_path / "x.ipynb", {}, how(tmp_path))


def test_the_kernel_is_the_running_interpreter(tmp_path: Path) -> None:
    spec = _manager(tmp_path).kernel_spec
    assert spec is not None
    assert spec.argv[0] == sys.executable


def test_parameters_are_written_alike_with_and_without_black() -> None:
    written = PlainTranslator.codify({"param": ["a" * 60, "b" * 60]})
    assert len(written.splitlines()) == 2  # a formatter would break the long list into lines


def test_tidied_drops_what_varies_and_keeps_the_rest() -> None:
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {"tags": ["x"], "papermill": {"duration": 1.2}, "execution": {}},
        "source": "/rumah/orang tetap",
        "execution_count": 1,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "/rumah/orang/data"}],
    }
    marker = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": ""}
    marker["metadata"] = {"tags": ["papermill-error-cell-tag"]}
    notebook = {"cells": [marker, cell], "metadata": {"papermill": {"start_time": "now"}}}
    kept = tidied(notebook, {"/rumah/orang": "."})
    assert len(kept["cells"]) == 1
    assert kept["cells"][0]["metadata"] == {"tags": ["x"]}
    assert kept["cells"][0]["outputs"][0]["text"] == "./data"
    assert "papermill" not in kept["metadata"]


def test_environment_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MATPLOTLIBRC", "x")
    monkeypatch.setenv("PP39_KUNCI", "rahasia")
    built = fixed_environment(tmp_path, tmp_path / "s")
    assert built["PP39_KUNCI"] == "rahasia"
    assert built["PATH"] == os.environ["PATH"]
    assert Path(built["MATPLOTLIBRC"]).is_file()
    assert built["PP39_STAGE"] == str(tmp_path / "s")
