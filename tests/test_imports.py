"""Imports that are put off until somebody asks."""

import importlib
import subprocess
import sys

import pytest

from pp39.patches import put_off


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "berat_sekali.py").write_text("from pathlib import Path\nsize = 7\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "berat_sekali"
    sys.modules.pop("berat_sekali", None)


def test_a_module_put_off_is_imported_when_something_in_it_is_asked_for(module):
    put_off(module)
    found = importlib.import_module(module)
    assert "size" not in vars(found)
    assert found.size == 7
    assert sys.modules[module].__file__.endswith("berat_sekali.py")


def test_importing_a_name_from_it_asks_for_it(module):
    put_off(module)
    names: dict[str, int] = {}
    exec(f"from {module} import size", names)
    assert names["size"] == 7


def test_what_it_lacks_is_told_as_python_tells_it(module):
    put_off(module)
    with pytest.raises(ImportError, match="cannot import name 'weight'"):
        exec(f"from {module} import weight")


def test_a_module_that_is_there_stays(module):
    found = importlib.import_module(module)
    put_off(module)
    assert sys.modules[module] is found


def test_great_expectations_does_without_what_is_put_off():
    code = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "from pp39.patches import skip_slow_imports; skip_slow_imports()\n"
        "import great_expectations\n"
        "print('scipy.stats._stats_py' in sys.modules, 'altair.vegalite' in sys.modules)\n"
        "from scipy import stats; print(stats.norm.cdf(0.0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "0.5"]
