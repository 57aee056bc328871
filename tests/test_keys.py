import os
import shutil
from pathlib import Path

import pytest

from pp39.run.fingerprint import Mark
from pp39.run.keys import Checker, Reads, relevant
from pp39.run.steps import STEPS
from pp39.run.workspace import Workspace

ROOT = Path(__file__).parents[1]
SCORES = Reads(params=("nps", "indikator"))


@pytest.fixture
def project(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    return tmp_path


def key(root, reads=SCORES, param=(), made=None, quarter="IV"):
    return keys(root, [reads], param, made, quarter)[0]


def keys(root, reads, param=(), made=None, quarter="IV"):
    """Give one key for each of what is read."""
    checker = Checker(Workspace.locate("bspji-ambon", 2025, quarter, param=param, root=root))
    notebook = root / "notebooks" / "01_clean.ipynb"
    return [checker.key("x", notebook, one, made or {}) for one in reads]


def test_touching_changes_nothing(project):
    before = key(project, Reads(raw=True))
    for path in project.rglob("*"):
        os.utime(path, (1, 1))
    assert key(project, Reads(raw=True)) == before


def test_parameters_are_read_once_as_long_as_they_are_the_same(project):
    first = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    again = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    assert again.settings is first.settings
    append(project / "params" / "tahun" / "2025.yaml", "\n# x\n")
    changed = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    assert changed.settings is not first.settings


def append(path, text):
    path.write_bytes(path.read_bytes() + text.encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda root: append(root / "notebooks" / "01_clean.ipynb", "\n"),
        lambda root: append(root / "requirements.lock", "# x\n"),
        lambda root: append(root / "data" / "raw" / "bspji-ambon" / "2025" / "sla.csv", "\n"),
    ],
    ids=["notebook", "lock", "raw"],
)
def test_what_is_read_changes_the_key(project, change):
    before = key(project, Reads(raw=True))
    change(project)
    assert key(project, Reads(raw=True)) != before


def test_the_secret_of_hashes_concerns_only_who_reads_source_data(project, monkeypatch):
    reads = [Reads(raw=True), SCORES]
    monkeypatch.delenv("PP39_KUNCI", raising=False)
    before = keys(project, reads)
    monkeypatch.setenv("PP39_KUNCI", "rahasia")
    after = keys(project, reads)
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, True]


def test_source_data_concern_only_who_reads_them(project):
    before = key(project)
    append(project / "data" / "raw" / "bspji-ambon" / "2025" / "sla.csv", "\n")
    assert key(project) == before


def test_a_parameter_concerns_only_who_reads_it(project):
    reads = [SCORES, Reads(), Reads(params=("unit", "laporan"))]
    before, after = keys(project, reads), keys(project, reads, ["nps.promoter_min=8"])
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, True]


def test_what_an_override_hides_concerns_only_who_compares_with_it(project):
    changed = ["nps.promoter_min=8"]
    both = Reads(params=("nps",), base=True)
    before, alone = key(project, both, changed), key(project, SCORES, changed)
    path = project / "params" / "unit" / "bspji-ambon" / "2025.yaml"
    append(path, "\nnps: {promoter_min: 7}\n")
    assert key(project, both, changed) != before
    assert key(project, SCORES, changed) == alone


def test_earlier_outputs_and_the_quarter_count(project):
    assert key(project, made={"a": Mark("0", 1)}) != key(project, made={"a": Mark("1", 1)})
    assert key(project, quarter="III") != key(project)


def test_overrides_of_a_whole_branch_concern_its_parts():
    assert relevant(["nps={promoter_min: 8}"], ["nps.promoter_min"])
    assert relevant(['target."IKK 6.4.2"=80'], ["target"])
    assert not relevant(["nps_lain=1"], ["nps"])
    assert relevant(["apa.saja=1"], None) == ["apa.saja=1"]


def test_the_value_an_override_replaces_concerns_who_tells_it(project):
    year = project / "params" / "tahun" / "2025.yaml"
    param = ["nps.promoter_min=8"]
    told, only = key(project, Reads(), param), key(project, SCORES, param)
    append(year, "\nnps:\n  promoter_min: 10\n")
    assert key(project, Reads(), param) != told
    assert key(project, SCORES, param) == only


@pytest.mark.parametrize(
    ("added", "again"),
    [
        ("sumber: {sla: {judul: Lain}}", "01_clean 02_validate 03_indicators 04_report"),
        ("kosakata: {layanan: {sebutan: work}}", "01_clean 02_validate 03_indicators 04_report"),
        ("periksa: {order_layanan.triwulan.sama: {tingkat: kritis}}", "02_validate"),
        ("acuan: {sasaran: sasaran.kode, lain: sasaran.kode}", "02_validate"),
        ("temuan: {nama-ganda: }", "03_indicators 04_report"),
        ("bab: {penutup: {judul: Akhir}}", "04_report"),
        ("indikator: {IKK 6.1.2: {kalimat: Lain.}}", "04_report"),
        ("indikator: {IKK 6.1.2: {saran: {tercapai: Lain.}}}", "04_report"),
        ("indikator: {IKK 6.1.2: {rumus: Lain}}", "01_clean 02_validate 03_indicators 04_report"),
        ("# a comment", ""),
    ],
)
def test_a_part_of_the_profile_concerns_only_who_reads_it(project, added, again):
    notebooks = [one for one in STEPS if one.name[:2].isdigit()]

    def found():
        return keys(project, [one.reads for one in notebooks])

    path = project / "params" / "unit" / "bspji-ambon.yaml"
    text = path.read_text()
    path.write_text(text.replace("profil: bskji", "profil:\n  memperluas: bskji"))
    before = found()
    path.write_text(text.replace("profil: bskji", f"profil:\n  memperluas: bskji\n  {added}"))
    pairs = zip(notebooks, before, found(), strict=True)
    assert [one.name for one, old, new in pairs if old != new] == again.split()


def test_a_parameter_of_the_profile_concerns_only_the_steps_that_may_name_it(project):
    changed = ["nps.promoter_min=8"]
    reads = [one.reads for one in STEPS]
    pairs = zip(STEPS, keys(project, reads), keys(project, reads, changed), strict=True)
    again = [one.name for one, old, new in pairs if old != new]
    assert {"03_indicators", "04_report"} <= set(again)
    assert not {"01_clean", "02_validate"} & set(again)
