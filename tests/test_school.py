"""The profile sekolah and its made-up school: every quarter, from the files to the figures."""

from fractions import Fraction
from pathlib import Path

import pytest

from pp39.checks import check
from pp39.findings import reconcile
from pp39.indicators import (
    Book,
    base_ledger,
    compute_absorption,
    compute_budget,
    compute_indicators,
    compute_outputs,
    needed_sources,
    summarise,
)
from pp39.indicators.result import IndicatorResult
from pp39.ledger import Ledger
from pp39.run.workspace import Workspace
from pp39.sources import Context, clean_all

ROOT = Path(__file__).parents[1]


def computed(quarter: str) -> tuple[Ledger, dict[str, IndicatorResult]]:
    run = Workspace.locate("smkn-1-contoh", 2025, quarter, root=ROOT)
    needed = needed_sources(run.settings)
    tables = clean_all(run.sources, run.raw, Context.of(run.settings), needed)
    assert {one for one in needed if not run.sources[one].optional} <= set(tables)
    report = check(tables, run.settings)
    report.raise_if_critical()
    # Of rows and counts the quarter needs one.
    covered = {one.berkas for one in report["cakupan.triwulan"].lokasi}
    assert covered.isdisjoint({"lulusan.csv", "rekap_lulusan.csv"})
    book = Book(tables, run.settings, Ledger(), run.quarter)
    results = compute_indicators(book)
    summarise(book, results)
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    found = reconcile(tables, book.ledger, run.settings, base=base_ledger(book))
    assert not [one for one in found if one.tingkat == "material"]
    return book.ledger, {one.kode: one for one in results}


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_every_quarter_has_figures_for_what_was_delivered(quarter: str) -> None:
    ledger, results = computed(quarter)
    assert len(results) == 12
    lacking = {code for code, one in results.items() if one.realisasi is None}
    assert lacking == ({"IKU 1.3", "IKU 1.4", "IKU 3.3"} if quarter == "I" else set())
    assert ledger.get("IKU-3.4/pagu").value == ledger.get("anggaran/pagu").value


def test_graduates_count_from_their_list_where_it_was_delivered() -> None:
    ledger, results = computed("IV")
    assert ledger.get("IKU-1.1/lulusan").value == 200
    assert ledger.get("IKU-1.1/kegiatan/belum").value == 26
    assert results["IKU 1.1"].realisasi.value == Fraction(87)
    assert results["IKU 1.1"].catatan == "Dihitung dari daftar lulusan."
    _, before = computed("III")
    assert before["IKU 1.1"].catatan == "Dihitung dari rekap per jurusan."
    assert before["IKU 1.1"].realisasi.value == Fraction(162, 2)


def test_words_of_the_school_are_named_in_its_figures() -> None:
    ledger, _ = computed("IV")
    label = "Lulusan Teknik Komputer dan Jaringan"
    assert ledger.get("IKU-1.1/jurusan/tkj/lulusan").label == label


def test_lower_is_better_for_those_who_leave_school() -> None:
    _, results = computed("IV")
    one = results["IKU 1.5"]
    rate = Fraction(6, 634) * 100
    assert one.realisasi.value == rate
    assert one.status == "tercapai"
    assert one.capaian.value == (2 - rate) * 100
    # What adds up may not be called reached while the year goes on, and is held to its part of it.
    assert computed("II")[1]["IKU 1.5"].status == "di bawah jalur"
    assert computed("I")[1]["IKU 1.5"].status == "di bawah jalur"
