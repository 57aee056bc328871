"""The two runners: groups of exports rendered at the same time, each apart, errors told as ours."""

import os
import time
from pathlib import Path

import pytest

from pp39.run.render import Export, RenderFailed
from pp39.run.runner import PlainRunner, WarmRunner

LEAST = {"umum": ("pp39.run.warm.shell",), "periksa": ()}
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture(params=["warm", "plain"])
def chosen(request):
    with WarmRunner(os.environ, LEAST) if request.param == "warm" else PlainRunner() as opened:
        yield opened


def paper(folder: Path, name: str) -> Export:
    source = folder / f"{name}.ipynb"
    source.write_text(NOTEBOOK)
    return Export("pp39-kertas-kerja", str(source), str(folder / f"{name}.html"))


def test_groups_are_rendered_and_can_be_again(chosen, tmp_path):
    # Twice: what is started for the first rendering must outlive the threads that wait for it.
    for names in (("a", "b"), ("c", "d")):
        chosen.render([[paper(tmp_path, name)] for name in names], tmp_path, os.environ)
        time.sleep(0.1)
        assert chosen.usable
    assert sorted(path.stem for path in tmp_path.glob("*.html")) == ["a", "b", "c", "d"]


def test_an_error_in_one_group_leaves_the_other_whole(chosen, tmp_path):
    good = paper(tmp_path, "baik")
    bad = Export("pp39-html", good.notebook, str(tmp_path / "laporan.html"))
    with pytest.raises(RenderFailed, match="the report cannot be rendered: "):
        chosen.render([[bad], [good]], tmp_path, os.environ)
    assert Path(good.target).is_file()
    assert not Path(bad.target).exists()
