"""Two runs compared: exactly what differs, and nothing else."""

from __future__ import annotations

import io
import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from conftest import pp39
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import Made, make_project, make_run
from rich.console import Console

from pp39.diff import Change, Comparison, compare, resolve, show, to_html, to_json
from pp39.diff.rows import Field, compare_tables, compared
from pp39.errors import MissingInput, ParameterError, UnreadableInput, VerificationFailed
from pp39.run.record import sealed_bytes
from pp39.run.workspace import Workspace


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("proyek"))
    make_run(root)
    return root


def compared_with(project: Path, quarter: str, other: Made, *overrides: str) -> Comparison:
    run = make_run(project, quarter, overrides=overrides, made=other)
    return compare(resolve(project, "IV"), resolve(project, run.address.short))


def keys(comparison: Comparison) -> dict[str, list[str]]:
    return {one.name: [change.key for change in one.changes] for one in comparison.sections}


def test_a_run_does_not_differ_from_itself(project: Path) -> None:
    comparison = compare(resolve(project, "IV"), resolve(project, "2025/4/dasar"))
    assert comparison.same
    assert to_json(comparison).keys() == {"a", "b", "notes"}
    assert "Tidak ada perbedaan." in to_html(comparison)


def test_a_parameter_and_its_effects_are_listed(project: Path) -> None:
    changed = Made(promoters=40, status="tidak tercapai", findings=[("x", "y", "z")])
    comparison = compared_with(project, "IV", changed, "nps={promoter_min: 10}")
    assert comparison.made == [
        ("bspji-ambon/2025/IV/dasar+nps-promoter_min-10", ("nps.promoter_min=10",))
    ]
    assert to_json(comparison)["overrides"] == {"a": [], "b": ["nps.promoter_min=10"]}
    assert "dibuat dengan ubahan parameter nps.promoter_min=10." in to_html(comparison)
    found = keys(comparison)
    assert found == {
        "parameters": ["nps.promoter_min"],
        "indicators": ["IKK 6.1.2"],
        "status": ["IKK 6.1.2"],
        "figures": ["IKK-6.1.2/promotor", "IKK-6.1.2/realisasi", "IKK-6.1.2/capaian"],
        "findings": [
            "hitung-ulang IKK-6.1.2/realisasi",
            "jumlah-bagian anggaran/pagu",
            "x y",
        ],
    }
    sections = {one.name: one.changes for one in comparison.sections}
    assert sections["parameters"][0].fields == (Field("nilai", 9, 10),)
    assert sections["figures"][1] == Change(
        "IKK-6.1.2/realisasi", "changed", "Nilai NPS", (Field("cetak", "94,74", "70,18"),)
    )
    assert sections["status"][0].fields == (Field("status", "tercapai", "tidak tercapai"),)
    assert [one.kind for one in sections["findings"]] == ["removed", "removed", "added"]


def test_changed_inputs_are_listed_by_file_and_row(project: Path) -> None:
    root = project
    before = resolve(root, "IV")
    path = root / "data/raw/bspji-ambon/2025/sla.csv"
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    rows = {7: ("pengujian", 700_000_000), 8: ("pelatihan", 1), 9: ("kalibrasi", 60_000_000)}
    try:
        make_run(root, "IV", "spbe-rencana-aksi", made=Made(pnbp=rows))
    finally:
        path.write_bytes(content)
    comparison = compare(before, resolve(root, "IV/spbe-rencana-aksi"))
    found = keys(comparison)
    assert "data/raw/…/sla.csv" in found["files"]
    assert "params/scenarios/spbe-rencana-aksi.yaml" in found["files"]
    changes = {one.name: one.changes for one in comparison.sections}["rows"]
    assert changes == (
        Change("pnbp!9", "changed", "", (Field("realisasi", 50_000_000, 60_000_000),)),
        Change(
            "pnbp!8",
            "added",
            "",
            (Field("layanan", None, "pelatihan"), Field("realisasi", None, 1)),
        ),
    )
    assert found["figures"] == [
        "IKK-6.2.1/layanan/kalibrasi/realisasi",
        "IKK-6.2.1/layanan/pelatihan/realisasi",
    ]


def test_the_same_figure_from_elsewhere_is_told_apart(project: Path) -> None:
    folder = project / "data/processed/bspji-ambon/2025/II/dasar"
    make_run(project, "II")
    ledger = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    pagu = ledger["angka"]["anggaran/pagu"]
    pagu["asal"]["kolom"] = "Pagu Akhir"
    ledger["angka"]["IKK-6.2.1/layanan/pengujian/realisasi"]["asal"]["baris"] = 70
    (folder / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    found = keys(compare(resolve(project, "IV"), resolve(project, "II")))
    assert found["calculations"] == ["anggaran/pagu"]  # a row that moved is the same calculation
    comparison = compare(resolve(project, "IV"), resolve(project, "II"))
    (change,) = {one.name: one.changes for one in comparison.sections}["calculations"]
    assert change.fields == (Field("asal", "dipa.xlsx, kolom Pagu", "dipa.xlsx, kolom Pagu Akhir"),)
    assert "figures" not in found
    assert "budget" not in found


def test_budget_and_hidden_decimals(project: Path) -> None:
    make_run(project, "II")
    folder = project / "data/processed/bspji-ambon/2025/II/dasar"
    ledger = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    ledger["angka"]["anggaran/pagu"]["nilai"] = "93582100001/10"
    (folder / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    comparison = compare(resolve(project, "IV"), resolve(project, "II"))
    (change,) = {one.name: one.changes for one in comparison.sections}["budget"]
    assert change.fields == (Field("nilai", "9358210000", "93582100001/10"),)


def test_terminal_json_and_page_say_the_same(project: Path) -> None:
    comparison = compared_with(project, "III", Made(promoters=40), "nps.promoter_min=10")
    console = Console(file=io.StringIO(), width=200)
    show(comparison, console)
    assert isinstance(console.file, io.StringIO)
    text, page = console.file.getvalue(), to_html(comparison)
    written = json.loads(json.dumps(to_json(comparison), ensure_ascii=False))
    for section in comparison.sections:
        assert [one["key"] for one in written[section.name]] == [one.key for one in section.changes]
        for change in section.changes[:60]:
            assert change.key in re.sub(r"\s+", " ", text)
            assert change.key in page
    for printed in ("94,74", "70,18"):
        assert printed in text
        assert printed in page


def test_the_command_writes_a_page_and_tells_by_its_code(project: Path, tmp_path: Path) -> None:
    make_run(project, "III", made=Made(promoters=40))
    page = tmp_path / "beda.html"
    done = pp39(project, "diff", "IV", "III", "--html", str(page))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Perbandingan dua laporan" in page.read_text(encoding="utf-8")
    done = pp39(project, "diff", "IV", "III", "--json", "--exit-code")
    assert done.returncode == 5
    assert json.loads(done.stdout)["figures"][0]["key"] == "IKK-6.1.2/promotor"
    assert pp39(project, "diff", "IV", "IV", "--exit-code").returncode == 0
    done = pp39(project, "diff", "IV", "III", "--html", str(tmp_path / "tidak" / "ada.html"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


class Tables(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_stands_alone_and_is_accessible(project: Path) -> None:
    page = to_html(compared_with(project, "III", Made(promoters=40), "unit.tugas='<b>&'"))
    tags = Tables(page).tags
    names = [tag for tag, _ in tags]
    assert not {"script", "img"} & set(names)
    assert not re.search(r"https?:", page)
    assert {"header", "nav", "main", "h1", "caption"} <= set(names)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")
    assert "&lt;b&gt;&amp;" in page
    anchors = {attributes["id"] for _, attributes in tags if "id" in attributes}
    links = [attributes["href"] or "" for tag, attributes in tags if tag == "a"]
    assert all(link[1:] in anchors for link in links)


def test_runs_are_found_by_address_and_folder(project: Path, tmp_path: Path) -> None:
    report = project / "reports/bspji-ambon/2025/IV/dasar"
    processed = project / "data/processed/bspji-ambon/2025/IV/dasar"
    for text in (str(report), str(processed)):
        found = resolve(tmp_path, text)
        assert (found.report, found.processed) == (report, processed)
    with pytest.raises(MissingInput, match="make it with: pp39 report -q I"):
        resolve(project, "I")
    with pytest.raises(ParameterError, match="is no folder of a run"):
        resolve(project, str(tmp_path))
    with pytest.raises(ParameterError, match="names no run"):
        resolve(project, "tidak-ada")
    (tmp_path / "salinan" / "report").mkdir(parents=True)
    with pytest.raises(MissingInput, match="has not been run"):
        resolve(project, str(tmp_path / "salinan"))


def test_of_a_unit_that_is_not_there_no_run_is_asked_for(project: Path) -> None:
    with pytest.raises(ParameterError, match=r"no unit 'bspji-ambn'.* nearest is bspji-ambon"):
        resolve(project, "IV", unit="bspji-ambn")


def test_runs_of_unlike_profiles_are_told_apart(project: Path, tmp_path: Path) -> None:
    run = make_run(make_project(tmp_path / "proyek"))
    record = json.loads((run.report / "run.json").read_text())
    (name, mark) = next(iter(record["berkas"]["kode"].items()))
    mark["sha256"] = "0" * 64
    (run.report / "run.json").write_bytes(sealed_bytes(record))
    good, other = resolve(project, "IV"), resolve(tmp_path, str(run.report))
    (note,) = compare(good, other).notes
    assert f"changed between the two runs ({name})" in note


def test_damaged_runs_are_told(project: Path, tmp_path: Path) -> None:
    run = make_run(make_project(tmp_path / "proyek"))
    good = resolve(project, "IV")
    (run.report / "run.json").unlink()
    other = resolve(run.root, "IV")
    assert "has no run.json" in compare(good, other).notes[0]
    (run.processed / "ledger.json").write_text("[]")
    with pytest.raises(UnreadableInput, match=r"ledger\.json of .* is damaged"):
        compare(good, other)
    (run.processed / "ledger.json").unlink()
    with pytest.raises(MissingInput, match=r"has no ledger\.json"):
        compare(good, other)
    (run.report / "run.json").write_text("{}")
    with pytest.raises(VerificationFailed):
        compare(good, resolve(run.root, str(run.report)))


entries = st.dictionaries(
    st.sampled_from("abcdef"), st.fixed_dictionaries({"x": st.integers(0, 2)}), max_size=6
)


@given(entries, entries)
def test_applying_the_changes_gives_the_other_side(
    before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]
) -> None:
    result = dict(before)
    for change in compared(before, after, ["x"]):
        if change.kind == "removed":
            del result[change.key]
        else:
            (field,) = change.fields
            assert field.before != field.after
            result[change.key] = {"x": field.after}
    assert result == after


rows = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 3)), max_size=8)


@settings(deadline=None, max_examples=60)
@given(rows, rows)
def test_rows_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    folder = tmp_path_factory.mktemp("tabel")
    for name, content in (("a", before), ("b", after)):
        frame = pd.DataFrame(
            {
                "baris": pd.array(range(2, 2 + len(content)), dtype="Int64"),
                "layanan": pd.array([text for text, _ in content], dtype="str"),
                "jumlah": pd.array([number for _, number in content], dtype="Int64"),
                "email_hash": pd.array([name] * len(content), dtype="str"),
            }
        )
        frame.to_parquet(folder / f"{name}.parquet")
    changes = list(compare_tables(folder / "a.parquet", folder / "b.parquet"))
    kinds = [one.kind for one in changes]
    assert len(after) - len(before) == kinds.count("added") - kinds.count("removed")
    if sorted(before) == sorted(after):
        assert changes == []
    else:
        assert changes
    assert not [f for one in changes for f in one.fields if f.name == "email_hash"]


def test_a_table_in_one_run_only(project: Path) -> None:
    present = project / "data/processed/bspji-ambon/2025/IV/dasar/bersih/pnbp.parquet"
    absent = project / "tidak-ada.parquet"
    assert [one.kind for one in compare_tables(absent, present)] == ["added", "added"]
    assert [one.kind for one in compare_tables(present, absent)] == ["removed", "removed"]
    assert list(compare_tables(absent, absent)) == []


def test_big_tables_take_linear_time(tmp_path: Path) -> None:
    def seconds(size: int) -> float:
        for name, offset in (("a", 0), ("b", 1)):
            frame = pd.DataFrame(
                {
                    "baris": range(2, 2 + size),
                    "nama": [f"n{n}" for n in range(size)],
                    "nilai": [n * (1 + offset * (n % 2)) for n in range(size)],
                }
            )
            frame.to_parquet(tmp_path / f"{name}.parquet")
        start = time.process_time()
        count = sum(1 for _ in compare_tables(tmp_path / "a.parquet", tmp_path / "b.parquet"))
        assert count == size // 2
        return time.process_time() - start

    seconds(1000)
    # Ten times the rows would take a hundred times as long if it were quadratic.
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.02)


def test_workspaces_of_made_runs_are_real(project: Path) -> None:
    run = Workspace.locate("bspji-ambon", 2025, "IV", root=project)
    assert (run.report / "run.json").is_file()
