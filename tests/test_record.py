"""The record of a run: complete, the same for the same inputs, and guarded to the byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_runs import Made, make_project, make_run
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pp39.errors import MissingInput, VerificationFailed
from pp39.run import record
from pp39.run.fingerprint import fingerprint, input_groups, output_groups
from pp39.run.surroundings import commit_of, package_versions
from pp39.run.workspace import Workspace
from pp39.sources.delivery import Delivery


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_run(make_project(tmp_path_factory.mktemp("proyek")), overrides=["status.ambang=90"])


def test_everything_is_in_the_record(run: Workspace) -> None:
    known = record.read(run.report / "run.json")
    assert known["identitas"] == {
        "unit": "bspji-ambon",
        "tahun": 2025,
        "triwulan": "IV",
        "skenario": "dasar",
        "ubahan": ["status.ambang=90"],
    }
    assert known["parameter"]["status.ambang"] == {"nilai": 90, "lapis": "-p"}
    assert len(known["parameter"]) == len(run.settings.describe())
    files = record.marks(known)
    assert "data/raw/bspji-ambon/2025/pnbp.xlsx" in files["masukan"]
    assert set(files["parameter"]) == set(run.settings.files)
    assert list(files["notebook"]) == sorted(
        f"notebooks/{one}.ipynb"
        for one in ("01_clean", "02_validate", "03_indicators", "04_report")
    )
    assert {"pp39/run/record.py", "pp39/report/templates/laporan.css"} <= set(files["kode"])
    assert not [name for name in files["kode"] if name.endswith(".pyc")]
    assert list(files["kunci"]) == ["requirements.lock"]
    assert {"bersih/pnbp.parquet", "ledger.json", "temuan.csv"} <= set(files["olahan"])
    assert {"laporan.html", "laporan.pdf", "kertas-kerja/04_report.html"} <= set(files["laporan"])
    assert "ro-crate-metadata.json" in files["laporan"]
    assert not {"run.json", "jejak-waktu.json"} & set(files["laporan"])
    for path in (run.raw / "sla.csv", run.processed / "ledger.json"):
        group, base = ("masukan", run.root) if path.suffix == ".csv" else ("olahan", run.processed)
        mark = files[group][path.relative_to(base).as_posix()]
        assert mark == fingerprint(path)
        assert mark.size == path.stat().st_size
    assert known["temuan"] == {"material": 2}
    assert known["pemeriksaan"] == {"lolos": 3, "peringatan": 1}
    packages = known["lingkungan"]["paket"]
    assert {"pandas", "typst", "rocrate", "numpy"} <= set(packages)
    assert "pytest" not in packages


def test_the_same_inputs_give_the_same_record(run: Workspace, tmp_path: Path) -> None:
    other = make_run(make_project(tmp_path / "lain"), overrides=["status.ambang=90"])
    for name in ("run.json", "ro-crate-metadata.json"):
        assert (run.report / name).read_bytes() == (other.report / name).read_bytes()
    assert record.attachment(run) == record.attachment(other)
    text = (run.report / "run.json").read_text(encoding="utf-8")
    assert str(run.root) not in text
    assert str(run.root.parent) not in text


def test_writing_again_changes_nothing(run: Workspace) -> None:
    before = (run.report / "run.json").read_bytes()
    record.write(run)
    assert (run.report / "run.json").read_bytes() == before


def test_inputs_that_are_on_record_already_are_not_looked_at_again(
    run: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("run.json", "ro-crate-metadata.json")
    before = [(run.report / name).read_bytes() for name in names]
    inputs = tmp_path / "run-masukan.json"
    inputs.write_bytes(record.attachment(run))
    monkeypatch.delattr(record, "input_groups")
    record.write(run, inputs)
    assert [(run.report / name).read_bytes() for name in names] == before


def test_the_attachment_knows_inputs_only(run: Workspace, tmp_path: Path) -> None:
    attached = record.attachment(run)
    path = tmp_path / "run-masukan.json"
    path.write_bytes(attached)
    known = record.read(path)
    assert set(known["berkas"]) == {"masukan", "parameter", "notebook", "kode", "kunci"}
    assert not {"lingkungan", "temuan", "pemeriksaan"} & set(known)
    other = make_run(
        make_project(tmp_path / "lain"), overrides=["status.ambang=90"], made=Made(promoters=1)
    )
    assert record.attachment(other) == attached
    (other.raw / "sla.csv").write_text("lain\n")
    assert record.attachment(other) != attached


def test_timings_are_apart(run: Workspace) -> None:
    log = json.loads((run.report / "jejak-waktu.json").read_text(encoding="utf-8"))
    assert log["detik"] == {"01_clean": 0.5}
    assert "jejak-waktu.json" not in output_groups(run.processed, run.report)["laporan"]


def test_a_failed_attempt_is_no_output(run: Workspace) -> None:
    kept = run.processed / "gagal"
    kept.mkdir()
    (kept / "01_clean.ipynb").write_text("{}")
    (run.processed / ".tersembunyi").write_text("x")
    try:
        names = set(output_groups(run.processed, run.report)["olahan"])
    finally:
        (kept / "01_clean.ipynb").unlink()
        kept.rmdir()
        (run.processed / ".tersembunyi").unlink()
    assert not [name for name in names if name.startswith(("gagal", "."))]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_changed_byte_of_the_record_is_caught(run: Workspace, data: st.DataObject) -> None:
    whole = (run.report / "run.json").read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[at]))
    changed = run.root / "diubah.json"
    changed.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    with pytest.raises(VerificationFailed, match="was changed after the run"):
        record.read(changed)


def test_blanks_order_and_length_of_the_record_count(run: Workspace, tmp_path: Path) -> None:
    whole = (run.report / "run.json").read_bytes()
    parsed = json.loads(whole)
    reordered = json.dumps(dict(reversed(parsed.items())), ensure_ascii=False, indent=1)
    for changed in (whole + b"\n", whole[:-1], whole[:-2], b"", b"[]", reordered.encode()):
        path = tmp_path / "run.json"
        path.write_bytes(changed)
        with pytest.raises(VerificationFailed):
            record.read(path)
    with pytest.raises(MissingInput):
        record.read(tmp_path / "tidak-ada.json")


def test_the_crate_has_one_action_per_notebook(run: Workspace) -> None:
    crate = json.loads((run.report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {one["@id"]: one for one in crate["@graph"]}
    root = entities["./"]
    assert root["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert root["datePublished"] == "2026-01-06"
    assert root["name"]
    assert root["license"]
    actions = [one for one in entities.values() if one["@type"] == "CreateAction"]
    assert [one["@id"] for one in actions] == sorted(
        f"#{one}" for one in ("01_clean", "02_validate", "03_indicators", "04_report")
    )
    assert [one["@id"] for one in root["mentions"]] == [one["@id"] for one in actions]

    def names(action: str, key: str) -> set[str]:
        return {entities[one["@id"]]["name"] for one in entities[action][key]}

    assert "data/raw/bspji-ambon/2025/pnbp.xlsx" in names("#01_clean", "object")
    assert "olahan/bersih/pnbp.parquet" in names("#01_clean", "result")
    assert "olahan/bersih/pnbp.parquet" in names("#03_indicators", "object")
    assert {"olahan/ledger.json", "olahan/temuan.csv"} <= names("#03_indicators", "result")
    assert {"laporan.html", "laporan.pdf"} <= names("#04_report", "result")
    assert "param" in names("#04_report", "object")
    for action in actions:
        instrument = entities[action["instrument"]["@id"]]
        assert instrument["@type"] == ["File", "SoftwareSourceCode"]
        assert instrument["name"] == f"notebooks/{action['@id'][1:]}.ipynb"

    # Nothing is mentioned that is not described, and every file is part of the crate.
    def references(value: object) -> set[str]:
        if isinstance(value, dict):
            here = {value["@id"]} if set(value) == {"@id"} else set()
            return here.union(*(references(one) for one in value.values()))
        if isinstance(value, list):
            return set().union(*(references(one) for one in value))
        return set()

    assert references(crate["@graph"]) - set(entities) == {"https://w3id.org/ro/crate/1.1"}
    parts = {one["@id"] for one in root["hasPart"]}
    described = {one["@id"] for one in entities.values() if "File" in one["@type"]}
    assert described == parts


def test_the_crate_is_read_by_other_tools(run: Workspace) -> None:
    from rocrate.rocrate import ROCrate  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crate = ROCrate(run.report)
    assert len(crate.get_by_type("CreateAction")) == 4


def test_packages_are_those_a_run_needs() -> None:
    versions = package_versions()
    assert list(versions) == sorted(versions)
    assert versions == {name: metadata.version(name) for name in versions}
    for name in versions:
        for need in metadata.requires(name) or ():
            needed = Requirement(need)
            if needed.marker is None:
                assert canonicalize_name(needed.name) in versions


def test_git_is_asked_but_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert commit_of(tmp_path) is None
    settings_ = ["-c", "user.name=x", "-c", "user.email=x@contoh.example"]

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *settings_, *words], check=True)

    git("init", "-q")
    assert commit_of(tmp_path) is None  # no commit yet
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-qm", "satu")
    commit = commit_of(tmp_path)
    assert commit is not None
    assert commit.clean
    assert len(commit.id) == 40
    (tmp_path / "b").write_text("2")
    changed = commit_of(tmp_path)
    assert changed is not None
    assert not changed.clean
    assert commit_of(tmp_path / ".git") is None
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert commit_of(tmp_path) is None


def test_importing_the_record_imports_nothing_heavy() -> None:
    code = (
        "import sys, pp39.run.record, pp39.verify, pp39.explain\n"
        "heavy = {'pandas', 'rocrate', 'nbconvert', 'great_expectations', 'matplotlib'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_form_of_a_unit_is_an_input(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw" / "baru" / "2025"
    raw.mkdir(parents=True)
    (raw / "Isian.xlsx").write_bytes(b"any")
    found = Delivery.of(raw, {})
    assert list(input_groups(tmp_path, found, ())["masukan"]) == ["data/raw/baru/2025/Isian.xlsx"]
