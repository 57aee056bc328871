"""A changed byte anywhere is caught, and named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_runs import ROOT, make_project, make_run

from pp39.errors import MissingInput, VerificationFailed
from pp39.run import record
from pp39.run.address import Address
from pp39.run.workspace import Workspace
from pp39.verify import Difference, verify

ADDRESS = Address.parse("IV", "bspji-ambon", 2025)
RAW = "data/raw/bspji-ambon/2025"
PROCESSED = "data/processed/bspji-ambon/2025/IV/dasar"
REPORT = "reports/bspji-ambon/2025/IV/dasar"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("proyek"))
    make_run(root)
    return root


@pytest.fixture
def keep(project: Path) -> Iterator[Callable[[str], Path]]:
    """Give files of the project to be changed; they are as they were after the test."""
    kept: dict[Path, bytes | None] = {}

    def one(name: str) -> Path:
        path = project / name
        kept[path] = path.read_bytes() if path.is_file() else None
        return path

    yield one
    for path, content in kept.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)


def of_project(differences: tuple[Difference, ...]) -> list[Difference]:
    """Leave the package out: it is the one in use, and somebody may be working on it."""
    return [one for one in differences if one.group != "kode"]


def test_an_untouched_run_is_as_recorded(project: Path) -> None:
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == []
    assert verdict.checked > 60


FILES = [
    (f"{RAW}/sla.csv", "masukan", f"{RAW}/sla.csv"),
    (f"{RAW}/pnbp.xlsx", "masukan", f"{RAW}/pnbp.xlsx"),
    ("params/regulasi/2025.yaml", "parameter", "params/regulasi/2025.yaml"),
    ("notebooks/02_validate.ipynb", "notebook", "notebooks/02_validate.ipynb"),
    ("requirements.lock", "kunci", "requirements.lock"),
    (f"{PROCESSED}/bersih/pnbp.parquet", "olahan", "bersih/pnbp.parquet"),
    (f"{PROCESSED}/ledger.json", "olahan", "ledger.json"),
    (f"{PROCESSED}/temuan.csv", "olahan", "temuan.csv"),
    (f"{REPORT}/laporan.html", "laporan", "laporan.html"),
    (f"{REPORT}/laporan.pdf", "laporan", "laporan.pdf"),
    (f"{REPORT}/kertas-kerja/01_clean.html", "laporan", "kertas-kerja/01_clean.html"),
    (f"{REPORT}/kertas-kerja/01_clean.ipynb", "laporan", "kertas-kerja/01_clean.ipynb"),
    (f"{REPORT}/ro-crate-metadata.json", "laporan", "ro-crate-metadata.json"),
]


@pytest.mark.parametrize("file", FILES, ids=[name for name, _, _ in FILES])
@pytest.mark.parametrize("kind", ["changed", "missing"])
def test_each_kind_of_file(
    project: Path, keep: Callable[[str], Path], file: tuple[str, str, str], kind: str
) -> None:
    name, group, told = file
    path = keep(name)
    if kind == "missing":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == [Difference(group, told, kind)]
    side = "output" if group in ("olahan", "laporan") else "input"
    with pytest.raises(VerificationFailed, match=side) as caught:
        verdict.insist()
    assert told in caught.value.sentence
    assert caught.value.exit_code == 5


def test_a_new_file_that_no_source_uses_is_no_difference_but_is_noted(
    project: Path, keep: Callable[[str], Path]
) -> None:
    keep(f"{RAW}/order-layanan.csv").write_text("")
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == []
    assert "files that no source uses were none and are order-layanan.csv" in verdict.notes


@pytest.mark.parametrize(
    ("name", "group", "told"),
    [
        (f"{RAW}/aset.csv", "masukan", f"{RAW}/aset.csv"),
        ("params/unit/bspji-ambon/2025-IV.yaml", "parameter", None),
        ("notebooks/05_baru.ipynb", "notebook", None),
        (f"{PROCESSED}/bersih/baru.parquet", "olahan", "bersih/baru.parquet"),
        (f"{REPORT}/kertas-kerja/baru.html", "laporan", "kertas-kerja/baru.html"),
    ],
)
def test_what_is_new_is_told(
    project: Path, keep: Callable[[str], Path], name: str, group: str, told: str | None
) -> None:
    path = keep(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    differences = of_project(verify(project, ADDRESS).differences)
    assert differences == [Difference(group, told or name, "extra")]


def test_a_new_parameter_file_that_is_not_valid_is_a_difference(
    project: Path, keep: Callable[[str], Path]
) -> None:
    path = keep("params/unit/bspji-ambon/2025-IV.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text("x: [\n")
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == [
        Difference("parameter", "params/unit/bspji-ambon/2025-IV.yaml", "extra")
    ]
    assert any("2025-IV.yaml, line 2 is not valid YAML" in note for note in verdict.notes)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_flipped_byte_is_caught(project: Path, data: st.DataObject) -> None:
    known = record.read(project / REPORT / "run.json")
    bases = {"olahan": project / PROCESSED, "laporan": project / REPORT}
    files = [
        (group, name, bases.get(group, project) / name)
        for group, marked in record.marks(known).items()
        for name, mark in marked.items()
        if group != "kode" and mark.size
    ]
    group, name, path = data.draw(st.sampled_from(files))
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    flip = data.draw(st.integers(1, 255))
    path.write_bytes(content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :])
    try:
        verdict = verify(project, ADDRESS)
    finally:
        path.write_bytes(content)
    found = of_project(verdict.differences)
    # A name that a quarter's file did not have before can make a run read those of earlier ones.
    read = [one for one in found if (one.group, one.kind) != ("parameter", "extra")]
    assert read == [Difference(group, name, "changed")]
    assert read == found or group == "parameter"


def test_a_changed_record_is_told(project: Path, keep: Callable[[str], Path]) -> None:
    path = keep(f"{REPORT}/run.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"IV"', '"III"'), encoding="utf-8")
    with pytest.raises(VerificationFailed, match=r"run\.json was changed after the run"):
        verify(project, ADDRESS)


def test_the_record_of_another_run_is_told(project: Path, keep: Callable[[str], Path]) -> None:
    other = make_run(project, "III")
    shutil.copyfile(other.report / "run.json", keep(f"{REPORT}/run.json"))
    with pytest.raises(VerificationFailed, match="is the record of bspji-ambon/2025/III/dasar"):
        verify(project, ADDRESS)


def test_a_run_with_overrides_has_a_record_of_its_own(project: Path) -> None:
    changed = ["status.ambang=90"]
    address = Workspace.locate("bspji-ambon", 2025, "IV", param=changed, root=project).address
    with pytest.raises(MissingInput, match=r"make it with: pp39 report -q IV -p status\.ambang=90"):
        verify(project, address)
    run = make_run(project, overrides=changed)
    assert not verify(project, address).differences
    assert not verify(project, ADDRESS).differences
    assert verify(project, address).name.endswith("IV/dasar+status-ambang-90")
    # Put where the base belongs, it is told.
    shutil.copytree(run.report, project / "reports" / "bspji-ambon" / "2025" / "II" / "dasar")
    with pytest.raises(VerificationFailed, match=r"is the record of .*IV/dasar\+status-ambang-90"):
        verify(project, Address.parse("II", "bspji-ambon", 2025))


def test_a_run_without_record_names_the_command(project: Path) -> None:
    with pytest.raises(MissingInput, match="make it with: pp39 report -q I"):
        verify(project, Address.parse("I", "bspji-ambon", 2025))


def test_parameters_that_cannot_be_read_are_differences(
    project: Path, keep: Callable[[str], Path]
) -> None:
    keep("params/tahun/2025.yaml").write_text("salah: 1\n")
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == [
        Difference("parameter", "params/tahun/2025.yaml", "changed")
    ]
    assert any("cannot be read as they are now" in note for note in verdict.notes)


def test_another_python_is_a_note_only(project: Path, keep: Callable[[str], Path]) -> None:
    path = keep(f"{REPORT}/run.json")
    known = json.loads(path.read_text(encoding="utf-8"))
    known["lingkungan"]["python"] = "CPython 3.99.0"
    known["lingkungan"]["paket"]["pandas"] = "0.1"
    path.write_bytes(record.sealed_bytes(known))
    verdict = verify(project, ADDRESS)
    assert of_project(verdict.differences) == []
    assert "CPython 3.99.0" in verdict.notes[0]
    assert "pandas 0.1 →" in verdict.notes[1]


def test_long_lists_are_cut_in_the_sentence(project: Path) -> None:
    verdict = verify(project, ADDRESS)
    many = tuple(Difference("laporan", f"b{n}", "extra") for n in range(5))
    one = (Difference("masukan", "a.csv", "changed"),)
    with pytest.raises(VerificationFailed) as caught:
        type(verdict)("x/IV", 9, one + many).insist()
    assert caught.value.sentence == (
        "x/IV is not what run.json says: 1 input differs (a.csv) and "
        "5 outputs differ (b0, b1, b2 and 2 more)"
    )


@dataclass(frozen=True)
class Copy:
    """A project with a package of its own, used by its own command."""

    root: Path

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": f"{self.root}{os.pathsep}{ROOT / 'tests'}"}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    def differences(self) -> list[list[str]]:
        code = (
            "import json; from pathlib import Path; from pp39.run.address import Address\n"
            "from pp39.verify import verify\n"
            "found = verify(Path.cwd(), Address.parse('IV', 'bspji-ambon', 2025)).differences\n"
            "print(json.dumps([[one.group, one.name, one.kind] for one in found]))"
        )
        found = json.loads(self.python(code).stdout)
        assert isinstance(found, list)
        return found


def test_the_package_itself_is_an_input(tmp_path: Path) -> None:
    root = make_project(tmp_path / "proyek")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pp39", root / "pp39", ignore=ignored)
    copy = Copy(root)
    copy.python("from pathlib import Path; from made_runs import make_run; make_run(Path.cwd())")
    assert copy.differences() == []
    source = root / "pp39" / "errors.py"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (root / "pp39" / "baru.py").write_text("")
    assert copy.differences() == [
        ["kode", "pp39/baru.py", "extra"],
        ["kode", "pp39/errors.py", "changed"],
    ]
