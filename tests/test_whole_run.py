"""The whole pipeline on the real data: same inputs, same bytes; every figure down to a source."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Finished, pp39

from pp39.diff import compare, resolve
from pp39.explain import look_up, to_json
from pp39.findings import load_findings
from pp39.ledger import Cell, Constant, Ledger, Parameter, Rows
from pp39.run import record
from pp39.run.steps import STEPS, make_report
from pp39.run.workspace import Workspace

pytestmark = pytest.mark.slow

#: Whatever a user may have set in the shell.
ELSEWHERE = {
    "TZ": "Asia/Jayapura",
    "LANG": "de_DE.UTF-8",
    "LC_ALL": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
    "COLUMNS": "40",
}


REPORT = "reports/bspji-ambon/2025/IV/dasar"
PROCESSED = "data/processed/bspji-ambon/2025/IV/dasar"


@pytest.fixture
def project(finished: Callable[[str], Finished]) -> Path:
    """The project with the finished report of TW IV; read only."""
    return finished("IV").project


def copied(root: Path, target: Path) -> Path:
    """Copy a project with its outputs, without what its steps keep for the next run."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".simpanan", ".stage"))
    return target


class Silence:
    """A watcher that is told and tells nobody."""

    def started(self, title: str, number: int, count: int) -> None: ...

    def ended(self, seconds: float) -> None: ...

    def reused(self, title: str, number: int, count: int) -> None: ...


def outputs(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in (root / PROCESSED, root / REPORT)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != record.TIMINGS
    }


def test_no_folder_of_this_machine_is_in_an_output(project: Path) -> None:
    for name, content in outputs(project).items():
        assert str(project).encode() not in content, name


def test_running_again_finds_what_a_forged_record_hides(project: Path, tmp_path: Path) -> None:
    """In another folder, time zone, language and hash seed every other output is the same."""
    other = copied(project, tmp_path / "folder lain dengan spasi")
    log = other / PROCESSED / "perbaikan.csv"
    log.write_bytes(log.read_bytes().replace(b"pnbp", b"pnpb", 1))
    path = other / REPORT / "run.json"
    known = json.loads(path.read_bytes())
    known["berkas"]["olahan"]["perbaikan.csv"]["sha256"] = record.fingerprint(log).sha256
    path.write_bytes(record.sealed_bytes(known))

    done = pp39(other, "verify", "--quarter", "IV")
    assert done.returncode == 0, done.stderr  # what hashes alone can tell
    done = pp39(other, "verify", "--quarter", "IV", "--rerun", "--json", **ELSEWHERE)
    assert done.returncode == 5
    assert "running again from the inputs gives: 1 output differs (perbaikan.csv)" in done.stderr
    assert json.loads(done.stdout)["differences"] == [
        {"group": "olahan", "name": "perbaikan.csv", "kind": "changed"}
    ]


def test_verify_tells_a_changed_byte_of_the_real_report(project: Path, tmp_path: Path) -> None:
    other = copied(project, tmp_path / "salinan")
    assert pp39(other, "verify", "-q", "IV").returncode == 0
    pdf = other / REPORT / "laporan.pdf"
    content = bytearray(pdf.read_bytes())
    content[len(content) // 2] ^= 1
    pdf.write_bytes(content)
    done = pp39(other, "verify", "-q", "IV")
    assert done.returncode == 5
    assert done.stdout == "changed    output report: laporan.pdf\n"
    assert done.stderr == (
        "pp39: bspji-ambon/2025/IV/dasar is not what run.json says:"
        " 1 output differs (laporan.pdf)\n"
    )


def test_the_record_travels_inside_the_pdf(project: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415

    attached = PdfReader(project / REPORT / "laporan.pdf").attachments
    content = attached[record.ATTACHMENT][0]
    run = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    assert content == record.attachment(run)


def test_what_travels_inside_the_pdf_lies_beside_it(project: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415

    attached = PdfReader(project / REPORT / "laporan.pdf").attachments
    beside = {one.name: one.read_bytes() for one in (project / REPORT / "lampiran").iterdir()}
    assert {"indikator.csv", "ledger.json", "temuan.csv", "harus-dilengkapi.csv"} <= set(beside)
    assert {name: one[0] for name, one in attached.items() if name != record.ATTACHMENT} == beside
    for name in ("indikator.csv", "ledger.json", "pemeriksaan.json", "perbaikan.csv", "temuan.csv"):
        assert beside[name] == (project / PROCESSED / name).read_bytes()


def test_what_is_open_is_listed(project: Path) -> None:
    done = pp39(project, "todo", "-q", "IV", "--json")
    assert done.returncode == 0
    tasks = json.loads(done.stdout)
    told = (project / REPORT / "lampiran" / "harus-dilengkapi.csv").read_text("utf-8")
    assert told.count("\n") == len(tasks) + 1
    assert pp39(project, "todo", "-q", "IV").stdout.count("\n") == 2 * len(tasks)
    missing = pp39(project, "todo", "-q", "II")
    assert missing.returncode == 4


def test_every_indicator_is_explained_down_to_its_sources(project: Path) -> None:
    run = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    ledger = Ledger.load(project / PROCESSED / "ledger.json")
    assert len(run.params.indikator) == 17
    for code in run.params.indikator:
        answer = look_up(ledger, code)
        assert answer.trees, code
        for figure in answer.trees:
            kinds = {type(one.origin) for one in figure.leaves()}
            assert kinds & {Cell, Rows}, code
            assert kinds <= {Cell, Rows, Parameter, Constant}
        assert to_json(answer)["figures"][0]["id"].startswith(code.replace(" ", "-"))


def test_explain_reads_the_real_run(project: Path) -> None:
    done = pp39(project, "explain", "IKK-6.1.2", "-q", "IV")
    assert done.returncode == 0
    assert "(54 − 0) ÷ 57 × 100" in done.stdout
    assert "survei_nps.csv, baris 2" in done.stdout
    cell = pp39(project, "explain", "pnbp.xlsx!9", "-q", "IV", "--json")
    uses = json.loads(cell.stdout)["cells"]
    assert {one["file"] for one in uses} == {"pnbp.xlsx"}
    reached = {one["id"] for use in uses for one in (*use["used_by"], *use["further"])}
    assert {"IKK-6.2.1/layanan/kalibrasi/realisasi", "IKK-6.2.1/pnbp"} <= reached
    unknown = pp39(project, "explain", "IKK-6.1.22", "-q", "IV")
    assert unknown.returncode == 2
    assert 'the nearest is "IKK-6.1.2"' in unknown.stderr
    missing = pp39(project, "explain", "IKK-6.1.2", "-q", "I")
    assert missing.returncode == 4
    assert "pp39 report -q I" in missing.stderr


def test_a_scenario_differs_in_what_depends_on_it(project: Path, tmp_path: Path) -> None:
    other = copied(project, tmp_path / "salinan")
    run = Workspace.locate("bspji-ambon", 2025, "IV", "nps-unik", root=other)
    chosen = [step for step in STEPS if step.name != "papers"]
    make_report(run, Silence(), chosen)
    comparison = compare(resolve(other, "IV"), resolve(other, "IV/nps-unik"))
    sections = {one.name: one.changes for one in comparison.sections}
    assert [one.key for one in sections["parameters"]] == ["nps.responden"]
    assert [one.key for one in sections["files"]] == ["params/scenarios/nps-unik.yaml"]
    assert "rows" not in sections
    assert [one.key for one in sections["indicators"]] == ["IKK 6.1.2"]
    assert "budget" not in sections
    touched = [one.key for one in sections["figures"]]
    assert {one.split("/")[0] for one in touched} == {"IKK-6.1.2", "temuan"}
    assert "IKK-6.1.2/responden" in [one.key for one in sections["figures"]]
    # Statements are still held against the figures without the scenario, and it is said.
    changed = [one for one in sections["findings"] if one.kind == "changed"]
    assert {one.label.split("/")[0] for one in changed} == {"IKK-6.1.2"}
    assert {one.key for one in changed} == {
        one.id
        for one in load_findings(run.processed / "temuan.csv")
        if "menurut parameter dasar" in one.penjelasan
    }
    # The figures of a finding go with it.
    cited = {one.split("/")[1] for one in touched if one.startswith("temuan/")}
    away = {one for one in cited if one.startswith("T-nps-berulang-")}
    assert len(away) == 1
    assert cited - away <= {one.key for one in changed}
    gone = [one.key for one in sections["findings"] if one.kind != "changed"]
    assert gone == ["nps-berulang IKK-6.1.2/realisasi/responden-unik"]


def test_working_papers_are_linked_with_the_report(project: Path) -> None:
    papers = project / REPORT / "kertas-kerja"
    for name in ("01_clean", "02_validate", "03_indicators", "04_report"):
        page = (papers / f"{name}.html").read_text(encoding="utf-8")
        assert (papers / f"{name}.ipynb").is_file()
        assert '<a href="../laporan.html">' in page
        assert "<script" not in page
        assert (
            "Balai Standardisasi dan Pelayanan Jasa Industri Ambon, Triwulan IV 2025</title>"
            in page
        )
