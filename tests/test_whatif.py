"""The notebook ``whatif.ipynb``, in a kernel, with its widgets moved as a user would."""

import importlib
import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import pp39
from nbclient import NotebookClient

from pp39 import handout
from pp39.errors import ParameterError
from pp39.run.fingerprint import made_of

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "notebooks" / "whatif.ipynb"
#: What a user would do, and what the panel shows then, as JSON.
_MOVED = """
import json
base = panel.result.value
panel.editors["status.ambang"].value = 120
moved = panel.result.value
rows = panel.run.indicators.fillna("").astype(str).to_dict("records")
name, note = panel.run.name, panel.note.value
panel.editors["capaian.batas"].value = 110
capped = panel.overrides, panel.run.indicators["capaian"].max()
panel.editors["capaian.batas"].value = "(kosong)"
uncapped = panel.overrides
panel.editors["status.ambang"].value = -1
refused = panel.note.value
panel.reset.click()
kept = sorted(one.name for one in panel.run.folders.processed.parent.iterdir())
print(json.dumps({"kept": kept, "periods": panel.quarter.options,
                  "base": base, "moved": moved, "rows": rows, "name": name, "note": note,
                  "refused": refused, "capped": capped, "uncapped": uncapped,
                  "again": panel.result.value}))
"""


def test_without_its_widgets_it_says_how_to_get_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.delitem(sys.modules, "pp39.whatif", raising=False)
    with pytest.raises(ParameterError, match=r"pip install 'pp39\[lab\]'$"):
        importlib.import_module("pp39.whatif")


@pytest.mark.slow
def test_what_it_shows_is_what_the_command_computes(finished, tmp_path, monkeypatch):
    run = finished("IV").copy(tmp_path / "p")
    monkeypatch.setenv("PP39_ROOT", str(run.project))
    book = nbformat.read(BOOK, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell(_MOVED))
    client = NotebookClient(book, timeout=600, kernel_name="python3")
    client.execute(cwd=str(run.project))
    told = "".join(one.text for one in book.cells[-1].outputs if one.output_type == "stream")
    seen = json.loads(told.splitlines()[-1])
    assert "(dasar: " not in seen["base"]
    assert seen["again"] == seen["base"]
    assert "Berubah: " not in seen["base"]
    assert seen["note"] == "<p>status.ambang = 120</p>"
    assert "status.ambang" in seen["refused"]
    # What was tried leaves no run behind.
    assert seen["kept"] == ["dasar"]
    assert seen["periods"] == ["I", "II", "III", "IV", "tahunan"]
    assert seen["uncapped"] == {"status.ambang": 120}
    assert seen["capped"] == [{"capaian.batas": 110, "status.ambang": 120}, 110]

    made = pp39(run.project, "compute", "-q", "IV", "-p", "status.ambang=120")
    assert made.returncode == 0, made.stderr
    varied = run.varied(made.stdout)
    assert seen["name"] == varied.processed.relative_to(run.project / "data/processed").as_posix()
    before = {row["kode"]: row for row in handout.read(run.processed / "indikator.csv")}
    after = {row["kode"]: row for row in handout.read(varied.processed / "indikator.csv")}
    assert {row["kode"]: row["status"] for row in seen["rows"]} == {
        code: row["status"] for code, row in after.items()
    }
    changed = [code for code, row in after.items() if row["status"] != before[code]["status"]]
    assert changed
    # One line above the table says where to look.
    first = seen["moved"].partition("</p>")[0]
    assert first.endswith(f"status: {', '.join(changed)}.")
    for code in changed:
        was, now = before[code]["status"], after[code]["status"]
        assert f"<b>{now}</b> (dasar: {was})" in seen["moved"]
        # The sentence changes with the status, and the one of the base stands below.
        assert f"<h4>{code} " in seen["moved"]


def test_it_is_no_part_of_a_report(tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    names = list(made_of(tmp_path, ())["notebook"])
    assert [Path(one).name[:2] for one in names] == ["01", "02", "03", "04"]
