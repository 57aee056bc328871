"""What is used of other packages beyond what they promise still is as it was tried."""

import importlib
import warnings
from importlib.metadata import version
from typing import Any

import pandas as pd
import pytest
from packaging.version import Version

from pp39 import patches


def library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("great_expectations")


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
    assert made.configuration is not made.configuration


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
