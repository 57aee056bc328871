"""What other programs call: its names, its results, its errors."""

import doctest
import inspect
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest
from conftest import pp39 as command

import pp39
import pp39.api
from pp39.errors import MissingInput, ParameterError
from pp39.ledger import Quantity

_NAMED = (
    "(quarter: 'str', *, unit: 'str | None' = None, year: 'int | None' = None,"
    " scenario: 'str' = 'dasar', param: 'Params' = (), project: 'str | Path | None' = None"
)


@pytest.fixture(scope="module")
def run(finished, tmp_path_factory):
    """Give a finished run in a project that a test may add runs to."""
    return finished("IV").copy(tmp_path_factory.mktemp("api") / "p")


def test_names_and_signatures_stay_as_they_are():
    public = ["Pp39Error", "Run", "__version__", "compute", "open_run", "report"]
    assert pp39.__all__ == dir(pp39) == public
    assert str(inspect.signature(pp39.report)) == f"{_NAMED}, force: 'bool' = False) -> 'Run'"
    assert str(inspect.signature(pp39.compute)) == f"{_NAMED}) -> 'Run'"
    assert str(inspect.signature(pp39.open_run)) == f"{_NAMED}) -> 'Run'"
    own = {name for name in vars(pp39.Run) if not name.startswith("_")}
    fields = {"address", "folders"}
    tables = {"figures", "findings", "indicators", "ledger"}
    assert own | fields == fields | tables | {"explain", "name"}
    with pytest.raises(AttributeError, match="no attribute 'reprot'"):
        _ = pp39.reprot
    assert (Path(pp39.__file__).parent / "py.typed").is_file()


def test_importing_it_imports_nothing_else():
    code = "import sys, pp39; print(sorted(one for one in sys.modules if one.startswith('pp39')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['pp39']\n"


@pytest.mark.slow
def test_its_examples_hold(run, monkeypatch):
    monkeypatch.setenv("PP39_ROOT", str(run.project))
    found = doctest.testmod(pp39.api)
    assert found.attempted > 10
    assert found.failed == 0


@pytest.mark.slow
def test_a_computed_run_is_that_of_the_command(run):
    overrides = {"status.ambang": 120, "capaian.batas": None, "data.dahulukan": "rekap"}
    asked = [word for name, value in overrides.items() for word in ("-p", _told(name, value))]
    told = command(run.project, "compute", "-q", "4", *asked)
    assert told.returncode == 0, told.stderr
    made = run.varied(told.stdout)
    before = (made.processed / "indikator.csv").read_bytes()
    # From a thread that ends before the next call, and with the names in another order.
    found = []
    given = dict(reversed(overrides.items()))
    thread = threading.Thread(
        target=lambda: found.append(pp39.compute("IV", param=given, project=run.project))
    )
    thread.start()
    thread.join()
    (computed,) = found
    assert computed.folders.processed == made.processed
    assert (made.processed / "indikator.csv").read_bytes() == before
    again = pp39.compute(
        "IV", param=[_told(*one) for one in overrides.items()], project=run.project
    )
    assert again.name == computed.name
    assert set(again.indicators["run"]) == {made.processed.name}
    opened = pp39.open_run("IV", param=overrides, project=run.project)
    pd.testing.assert_frame_equal(opened.indicators, computed.indicators)


def _told(name: str, value: object) -> str:
    return f"{name}={'null' if value is None else value}"


def test_tables_and_figures(run):
    opened = pp39.open_run("IV", project=run.project)
    written = pd.read_csv(run.processed / "indikator.csv")
    assert list(opened.indicators["kode"]) == list(written["kode"])
    assert opened.indicators["capaian"].dtype == "float64"
    figures = opened.figures.set_index("id")
    for id in opened.indicators["ledger_id"]:
        figure = opened[id]
        assert isinstance(figure, Quantity)
        assert figures.loc[id, "tepat"] == figure.value
        assert figures.loc[id, "cetak"] == figure.text()
    told = command(run.project, "explain", id, "-q", "IV").stdout
    assert told == f"{opened[id].explain()}\n" == f"{opened.explain(id)}\n"
    findings = pd.read_csv(run.processed / "temuan.csv", keep_default_na=False)
    assert list(opened.findings["id"]) == list(findings["id"])
    graver = opened.findings.sort_values("tingkat")["tingkat"]
    assert list(graver.unique()) == ["material", "minor", "editorial"]
    assert opened.explain(opened.findings["id"].iloc[0]).startswith(opened.findings["id"].iloc[0])


def test_errors_are_sentences(run, tmp_path, monkeypatch):
    with pytest.raises(ParameterError, match=r"the nearest is status\.ambang") as told:
        pp39.compute("IV", param={"status.ambng": 1}, project=run.project)
    assert isinstance(told.value, pp39.Pp39Error)
    assert len(told.value.sentence.splitlines()) == 1
    with pytest.raises(ParameterError, match="is given a object; give a number"):
        pp39.compute("IV", param={"status.ambang": object()}, project=run.project)
    with pytest.raises(ParameterError, match="I, II, III, IV"):
        pp39.report("V", project=run.project)
    with pytest.raises(MissingInput, match=r"has not been run; make it with: .*-q I\b"):
        pp39.open_run("I", project=run.project)
    # The folder that is named counts, whatever the environment says.
    monkeypatch.setenv("PP39_ROOT", str(run.project))
    with pytest.raises(MissingInput, match="make one with: pp39 new DIR"):
        pp39.open_run("IV", project=tmp_path)
    opened = pp39.open_run("IV")
    with pytest.raises(ParameterError, match='the ledger has no "tidak-ada"'):
        _ = opened["tidak-ada"]


def test_a_function_is_called_as_before_once_its_package_is_loaded():
    code = (
        "import pp39\n"
        "from pp39.errors import ParameterError\n"
        "before = pp39.report\n"
        "import pp39.report.text\n"
        "for one in (before, pp39.report):\n"
        "    try:\n"
        "        one('V', unit='x', year=2025)\n"
        "    except ParameterError as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    once, again = done.stdout.splitlines()
    assert once == again
