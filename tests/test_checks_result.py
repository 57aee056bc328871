"""The result model: file, pickling, and the sentence that stops a run."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.checks import Check, CheckReport, Location, results_html
from pp39.errors import CheckFailed, MissingInput, UnreadableInput

PLACE = Location("sla.csv", None, 2, "Tepat Waktu", "171", "order tepat waktu melebihi jumlah")
KRITIS = Check(
    "sla.bagian",
    "sla",
    "Bagian tidak melebihi keseluruhan.",
    "kritis",
    False,
    "Order tepat waktu melebihi jumlah.",
    (PLACE,),
    1,
    'sla.csv, row 2, column "Tepat Waktu": 171 orders exceed 170',
)
PERINGATAN = Check(
    "pnbp.x", "pnbp", "A.", "peringatan", False, "B <b>.", (PLACE,) * 12, 40, "pnbp.xlsx: c"
)
LOLOS = Check("ikpa.x", "ikpa", "C.", "kritis", True, "Terpenuhi.")


def test_report_splits_by_what_a_failure_means() -> None:
    report = CheckReport((LOLOS, PERINGATAN, KRITIS))
    assert report.critical == (KRITIS,)
    assert report.warnings == (PERINGATAN,)
    assert report.passed == (LOLOS,)
    assert report["pnbp.x"] is PERINGATAN
    assert list(report) == [LOLOS, PERINGATAN, KRITIS]
    with pytest.raises(KeyError):
        report["sla"]


def test_warnings_do_not_stop() -> None:
    report = CheckReport((LOLOS, PERINGATAN))
    assert report.sentences == ()
    report.raise_if_critical()


def test_first_critical_failure_is_named() -> None:
    with pytest.raises(CheckFailed) as caught:
        CheckReport((PERINGATAN, KRITIS)).raise_if_critical()
    assert str(caught.value) == 'sla.csv, row 2, column "Tepat Waktu": 171 orders exceed 170'
    assert caught.value.exit_code == 3
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_all_critical_failures_are_told_with_their_further_rows() -> None:
    rows = tuple(replace(PLACE, baris=row) for row in (2, 4, 4, 7))
    many = replace(KRITIS, lokasi=rows, jumlah=30)
    with pytest.raises(CheckFailed) as caught:
        CheckReport((many, PERINGATAN, KRITIS)).raise_if_critical()
    first, second = caught.value.sentences
    assert first == f"{KRITIS.kalimat} (also in row 4, 7 and 26 more)"
    assert second == KRITIS.kalimat
    assert str(caught.value) == f"{first}\n{second}"


def test_of_very_many_critical_failures_the_first_are_shown_and_the_others_counted() -> None:
    with pytest.raises(CheckFailed) as caught:
        CheckReport((KRITIS,) * 27).raise_if_critical()
    assert len(caught.value.sentences) == 27
    assert str(caught.value).splitlines() == [*(KRITIS.kalimat,) * 20, "and 7 more"]


texts = st.text(max_size=12)
places = st.builds(
    Location, texts, st.none() | texts, st.none() | st.integers(1, 10**6), texts, texts, texts
)
checks = st.builds(
    Check,
    texts,
    texts,
    texts,
    st.sampled_from(["kritis", "peringatan"]),
    st.booleans(),
    texts,
    st.lists(places, max_size=3).map(tuple),
    st.integers(0, 10**6),
    texts,
)


@given(st.lists(checks, max_size=4).map(tuple))
def test_json_round_trip(tmp_path_factory: pytest.TempPathFactory, found: tuple) -> None:
    path = tmp_path_factory.mktemp("hasil") / "pemeriksaan.json"
    report = CheckReport(found)
    first = report.save(path).read_bytes()
    assert CheckReport.load(path) == report
    assert CheckReport.load(path).save(path).read_bytes() == first


def test_pickling_keeps_everything() -> None:
    report = CheckReport((LOLOS, PERINGATAN, KRITIS))
    assert pickle.loads(pickle.dumps(report)) == report


def test_missing_and_foreign_files_are_named(tmp_path) -> None:
    path = tmp_path / "pemeriksaan.json"
    with pytest.raises(MissingInput, match="is missing; run 02_validate first"):
        CheckReport.load(path)
    for content in ("{", "[]", json.dumps({"versi": 2, "pemeriksaan": []})):
        path.write_text(content)
        with pytest.raises(UnreadableInput, match="does not hold check results"):
            CheckReport.load(path)


def test_html_groups_escapes_and_cuts() -> None:
    html = results_html(CheckReport((LOLOS, PERINGATAN, KRITIS)))
    assert html.index("Kegagalan kritis") < html.index("Peringatan (") < html.index("Aturan yang")
    assert "B &lt;b&gt;." in html
    assert "dan 30 hal lainnya" in html
    assert html.count("<li>") == 1 + 10 + 1
    assert 'sla.csv, baris 2, kolom "Tepat Waktu"'.replace('"', "&quot;") in html
    (critical, *_) = results_html(CheckReport((LOLOS,))).split("</table>")
    assert "Kegagalan kritis (menghentikan proses)" in critical
    assert "tidak ada" in critical
