"""``pp39 compute``: figures without a report."""

import pytest
from conftest import pp39

from pp39 import handout


@pytest.mark.slow
def test_figures_are_computed_and_a_report_stays_as_it_is(finished, tmp_path):
    run = finished("IV").copy(tmp_path / "p")
    before = {one: one.read_bytes() for one in run.report.rglob("*") if one.is_file()}
    kept = {one: one.read_bytes() for one in run.processed.rglob("*") if one.is_file()}
    same = pp39(run.project, "compute", "-q", "IV")
    assert (same.returncode, "warning" in same.stderr) == (0, False), same.stderr
    assert kept == {one: one.read_bytes() for one in run.processed.rglob("*") if one.is_file()}

    aside = pp39(run.project, "compute", "-q", "IV", "-p", "target.'IKK 6.4.2'=40")
    assert aside.returncode == 0, aside.stderr
    varied = run.varied(aside.stdout)
    rows = {row["kode"]: row for row in handout.read(varied.processed / "indikator.csv")}
    assert (rows["IKK 6.4.2"]["target"], rows["IKK 6.4.2"]["status"]) == ("40", "tercapai")
    assert {row["run"] for row in rows.values()} == {varied.processed.name}
    assert not varied.report.exists()

    # Of the base again, with other data: the report that is there was not made from it.
    scores = run.project / "data/raw/bspji-ambon/2025/nilai_eksternal.csv"
    text = scores.read_text(encoding="utf-8")
    scores.write_text(text.replace("79.74", "80.74").replace("79,74", "80,74"), encoding="utf-8")
    changed = pp39(run.project, "compute", "-q", "IV")
    assert changed.returncode == 0, changed.stderr
    assert "was made from other figures" in changed.stderr
    assert before == {one: one.read_bytes() for one in run.report.rglob("*") if one.is_file()}
    assert pp39(run.project, "verify", "-q", "IV").returncode == 5


def test_compute_needs_a_quarter(tmp_path):
    told = pp39(tmp_path, "compute")
    assert (told.returncode, told.stderr) == (
        2,
        "pp39: compute needs a quarter: --quarter I, II, III, IV or tahunan\n",
    )
