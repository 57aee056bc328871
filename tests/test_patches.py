"""What is used of other packages beyond what they promise still is as it was tried."""

import importlib
import os
import re
import subprocess
import sys
import tomllib
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from pp39 import patches

ROOT = Path(__file__).parents[1]


def library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("great_expectations")


@pytest.mark.parametrize("package", patches.TRIED)
def test_no_other_version_is_installed_beside_the_package(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {one.name: str(one.specifier) for one in map(Requirement, project["dependencies"])}
    lowest, untried = patches.TRIED[package]
    assert wanted[package] == str(Requirement(f"{package}>={lowest},<{untried}").specifier)


@pytest.mark.parametrize("package", patches.TRIED)
def test_packages_are_of_a_version_that_was_tried(package: str) -> None:
    lowest, untried = map(Version, patches.TRIED[package])
    assert lowest <= Version(version(package)) < untried, (
        f"{package} {version(package)}: try what pp39/patches.py uses of it, then widen TRIED"
    )


@pytest.mark.filterwarnings("ignore")
def test_an_expectation_describes_itself_once_and_only_inside() -> None:
    made = library().expectations.ExpectColumnValuesToBeInSet(column="a", value_set=[1])
    with patches.described_once():
        assert made.configuration is made.configuration
        assert made.configuration.kwargs["value_set"] == [1]
        again = made.configuration.to_domain_obj()
        assert again == made
        assert made.configuration.to_domain_obj() is again
    assert made.configuration is not made.configuration
    told = made.configuration
    assert told.to_domain_obj() is not told.to_domain_obj()


@pytest.mark.filterwarnings("ignore")
def test_the_rows_of_a_metric_are_cut_once_and_only_inside() -> None:
    frame = pd.DataFrame({"a": [1.0, None, 3.0], "b": [1.0, 2.0, None]})
    engine = library().execution_engine.PandasExecutionEngine(batch_data_dict={"x": frame})
    pair = {"column_A": "a", "column_B": "b", "batch_id": "x"}
    either = {**pair, "ignore_row_if": "either_value_is_missing"}
    with patches.described_once():
        cut = engine.get_domain_records(domain_kwargs=either)
        assert engine.get_domain_records(domain_kwargs=dict(either)) is cut
        assert len(cut) == 1
        both = {**pair, "ignore_row_if": "both_values_are_missing"}
        assert len(engine.get_domain_records(domain_kwargs=both)) == len(frame)
    assert engine.get_domain_records(domain_kwargs=either) is not cut


def test_great_expectations_is_there_without_what_speaks_to_hosts() -> None:
    code = (
        "import sys; from pp39.patches import import_great_expectations, skip_slow_imports\n"
        "skip_slow_imports(); import_great_expectations()\n"
        "print('requests' in sys.modules, 'urllib3' in sys.modules)\n"
        "import requests.adapters, great_expectations as gx\n"
        "print(gx.get_context(mode='ephemeral') is not None)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GX_ANALYTICS_ENABLED": "false"},
    )
    assert done.stdout.split() == ["False", "False", "True"]


def test_what_is_left_out_of_great_expectations_is_all_that_it_knows_besides_frames() -> None:
    code = (
        "import sys; from pp39.patches import skip_slow_imports; skip_slow_imports()\n"
        "import great_expectations.datasource.fluent as fluent\n"
        "folder = fluent._SCHEMAS_DIR.parent\n"
        "left = {name for name, one in sys.modules.items() if type(one).__name__ == '_LeftOut'}\n"
        "files = {f'{fluent.__name__}.{one.stem}' for one in folder.glob('*_datasource.py')}\n"
        "print(*sorted(one.rpartition('.')[2] for one in files ^ left))\n"
        "print(*(name for name in left if not any(folder.glob(name.rpartition('.')[2] + '*'))))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    named, missing = done.stdout.splitlines()
    assert named.split() == ["dynamic_pandas", "fabric", "invalid_datasource", "pandas_datasource"]
    assert not missing


@pytest.mark.filterwarnings("ignore")
def test_nothing_is_shown_while_a_batch_is_validated(capfd: pytest.CaptureFixture[str]) -> None:
    gx = library()
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    patches.without_progress_bars(context)
    asset = context.data_sources.add_pandas("a").add_dataframe_asset("b")
    batch = asset.add_batch_definition_whole_dataframe("c").get_batch(
        {"dataframe": pd.DataFrame({"a": [1, 2]})}
    )
    assert batch.validate(gx.expectations.ExpectColumnValuesToNotBeNull(column="a")).success
    shown = capfd.readouterr()
    assert "Calculating Metrics" not in shown.out + shown.err


def test_papermill_writes_a_notebook_only_where_its_manager_has_a_path(tmp_path: Path) -> None:
    from nbformat.v4 import new_notebook  # noqa: PLC0415
    from papermill.engines import NotebookExecutionManager  # noqa: PLC0415

    target = tmp_path / "a.ipynb"
    manager = NotebookExecutionManager(new_notebook(), str(target), progress_bar=False)
    with patches.saved_once(manager):
        manager.save()
    assert not target.exists()

    manager.output_path = str(target)

    def stopped() -> None:
        with patches.saved_once(manager):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    manager.save()
    assert target.exists()


def test_papermill_writes_parameters_without_a_formatter() -> None:
    from papermill.translators import PythonTranslator  # noqa: PLC0415

    text = patches.plain_assignments(PythonTranslator, {"a": [1, "b"], "c": None}, "Parameters")
    assert text == '# Parameters\na = [1, "b"]\nc = None\n'


def test_a_manager_of_kernels_without_one_has_no_process(tmp_path: Path) -> None:
    from pp39.run.kernel import _manager  # noqa: PLC0415

    manager = _manager(tmp_path)
    assert hasattr(type(manager), "provisioner")
    assert patches.process_of(manager) is None


def test_a_figure_is_laid_out_and_its_letters_are_text() -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415

    from pp39.report.figure import figure_svg  # noqa: PLC0415

    def drawn(layout: str | None) -> str:
        figure = Figure(figsize=(3, 2), layout=layout)
        figure.subplots().bar(["a", "b"], [1, 2])
        figure.suptitle("Judul")
        return figure_svg(figure)

    text = drawn("constrained")
    assert text == drawn("constrained") != drawn(None)
    assert text.startswith("<svg ")
    assert "Judul</text>" in text
    assert not re.search(r"<metadata|<!|<path id=\"[^\"]*DejaVu", text)


def test_what_the_forks_and_papers_derive_from_is_there() -> None:
    from ipykernel.compiler import XCachingCompiler  # noqa: PLC0415
    from IPython.core.displayhook import DisplayHook  # noqa: PLC0415
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415
    from nbconvert.filters.markdown_mistune import (  # noqa: PLC0415
        IPythonRenderer,
        MarkdownWithMath,
    )

    assert callable(XCachingCompiler)
    assert callable(MarkdownWithMath)
    overridden: list[tuple[type, tuple[str, ...]]] = [
        (
            DisplayHook,
            (
                *("start_displayhook", "write_output_prompt", "write_format_data"),
                *("finish_displayhook", "prompt_count"),
            ),
        ),
        (InteractiveShell, ("_showtraceback", "enable_gui", "init_history", "run_cell")),
        (IPythonRenderer, ("block_code",)),
    ]
    for kind, names in overridden:
        assert [name for name in names if not hasattr(kind, name)] == []


def test_typer_says_what_is_wrong_with_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    from pp39.cli import run  # noqa: PLC0415

    assert run(["batch", "--workers", "x"]) == 2
    assert "must be a whole number such as" in capsys.readouterr().err
    assert patches.worded(ValueError("a")) == {}


def test_numbers_are_written_in_words_as_the_whole_package_writes_them() -> None:
    written = patches.in_indonesian()
    from num2words import num2words  # noqa: PLC0415  after what leaves most of it out

    numbers = [*range(-120, 1_205), *(sign * (10**n + n) for n in range(15) for sign in (1, -1))]
    assert [written(one) for one in numbers] == [num2words(one, lang="id") for one in numbers]
    assert num2words(2, lang="fr") == "deux"


def test_two_steps_may_import_papermill_at_the_same_time() -> None:
    code = (
        "import threading\n"
        "from pp39.patches import import_papermill\n"
        "together = threading.Barrier(2)\n"
        "threads = [threading.Thread(target=lambda: (together.wait(), import_papermill()))"
        " for _ in range(2)]\n"
        "[one.start() for one in threads]\n"
        "[one.join() for one in threads]\n"
        "import sys\n"
        "print('papermill' in sys.modules, 'requests' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True False\n", "")
