"""The findings of the real report: a hand-made list of its contradictions, and nothing false.

``data/kontradiksi_tw4.csv`` was put together by reading the report, by people who knew the rules:
what is found of it guards against loss and says little about reports nobody here has read. Some of
its entries no rule can see. A finding the list does not hold was judged one by one and stands in
``data/temuan_dinilai.txt`` by rule and subject, so that a new rule cannot bring findings unseen.
"""

import csv
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import indicator_runs
import pytest

from pp39.findings import load_findings, reconcile, write_findings
from pp39.indicators import base_ledger
from pp39.ledger import Ledger

HERE = Path(__file__).parent


@cache
def told_and_entered(quarter="IV", *overrides):
    made = indicator_runs.run(quarter, *overrides)
    base = base_ledger(made.job)
    found = reconcile(indicator_runs.tables(), made.ledger, made.job.settings, base=base)
    return found, made.ledger


def findings(quarter="IV", *overrides):
    return told_and_entered(quarter, *overrides)[0]


def told(subject, *overrides, rule="jumlah"):
    """Give the one finding of a rule about a subject."""
    every = findings("IV", *overrides)
    (found,) = [one for one in every if (one.aturan, one.subjek) == (rule, subject)]
    return found


def known():
    with (HERE / "data" / "kontradiksi_tw4.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def matches(entry, finding):
    text = " ".join(
        (finding.subjek, finding.dinyatakan, finding.dihitung, finding.penjelasan, finding.lokasi)
    ).casefold()
    values = entry["nilai"].casefold().split("|")
    return fnmatchcase(finding.subjek, entry["subjek"]) and all(one in text for one in values)


def test_the_list_is_long_enough():
    assert len(known()) >= 120


def test_nine_in_ten_known_contradictions_are_found():
    missed = [one for one in known() if not any(matches(one, found) for found in findings())]
    assert len(missed) <= len(known()) / 10, [one["uraian"] for one in missed]


def test_every_finding_is_on_the_list_or_judged():
    judged = {line.strip() for line in _judged()}
    unseen = [
        f"{one.aturan} {one.subjek}"
        for one in findings()
        if not any(matches(entry, one) for entry in known())
        and f"{one.aturan} {one.subjek}" not in judged
    ]
    assert not unseen


def _judged():
    return (HERE / "data" / "temuan_dinilai.txt").read_text(encoding="utf-8").splitlines()


def test_no_contradiction_is_told_twice_by_one_rule():
    seen = [(one.aturan, one.subjek, one.dinyatakan, one.dihitung) for one in findings()]
    assert len(seen) == len(set(seen))
    assert len({one.id for one in findings()}) == len(findings())


def test_same_inputs_give_the_same_file(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    made = indicator_runs.run("IV")
    write_findings(findings(), first)
    write_findings(
        reconcile(dict(reversed(indicator_runs.tables().items())), made.ledger, made.job.settings),
        second,
    )
    assert first.read_bytes() == second.read_bytes()
    assert load_findings(first) == findings()


@pytest.mark.parametrize(
    "override",
    [
        'target."IKK 6.4.2"=40',
        "dokumen_target=rencana_aksi",
        "capaian.batas=120",
        "status.ambang=90",
        "ikpa.cara=bulan_terakhir",
        "nps.promoter_min=8",
        "nps.responden=unik",
        "pelanggan.kategori=[perusahaan]",
        "hasil_layanan.cakupan=kumulatif",
        'indikator."IKK 6.1.2".hitung=nilai_eksternal',
        "unit.nama=Balai Lain",
    ],
)
def test_a_decision_of_the_user_adds_no_contradiction_and_hides_none(override):
    # What a run says of its own way to count goes with that way.
    own = ("kategori-satuan", "nps-berulang")
    changed = [one for one in findings("IV", override) if one.aturan not in own]
    assert [one.id for one in changed] == [one.id for one in findings() if one.aturan not in own]
    ledger = told_and_entered("IV", override)[1]
    linked = [one for one in changed if one.ledger_id]
    assert {one.ledger_id for one in linked} <= {one.id for one in ledger}
    # What is linked is the figure the statement was held against, not another one.
    base = {one.id: one for one in findings()}
    for one in linked:
        if one.ledger_id == base[one.id].ledger_id:
            assert ledger[one.ledger_id].value == told_and_entered()[1][one.ledger_id].value


def test_a_run_is_not_blamed_for_a_way_to_count_that_is_not_its_own():
    for rule, override in (
        ("kategori-satuan", "pelanggan.kategori=[perusahaan]"),
        ("nps-berulang", "nps.responden=unik"),
    ):
        assert any(one.aturan == rule for one in findings())
        assert not any(one.aturan == rule for one in findings("IV", override))


def test_a_figure_that_an_override_leaves_alone_is_held_as_usual():
    assert told("IKK-6.1.2/pasif", "nps.responden=unik") == told("IKK-6.1.2/pasif")


def test_a_figure_that_an_override_changes_is_said_to_be_the_base_one():
    found = told("IKK-6.1.2/promotor", "nps.responden=unik")
    assert found.penjelasan.endswith(" Promotor menurut parameter dasar 54; dalam laporan ini 51.")
    assert found.ledger_id == ""


def test_capaian_says_which_target_it_was_held_against():
    target = 'target."IKK 6.4.2"=80'
    found = told("IKK-6.4.2/kendala", target, rule="tanpa-kendala")
    assert "(capaian 57,79%)" in found.penjelasan
    assert found.penjelasan.endswith(
        " Capaian 57,79% dihitung terhadap target 77,00 menurut parameter dasar; dalam laporan ini"
        " 55,63% terhadap target 80,00."
    )
    assert found.ledger_id == ""


def test_capaian_above_the_cap_leads_to_the_one_before_it():
    found = told("IKK-6.1.2/capaian", "capaian.batas=120", rule="rasio")
    assert found.ledger_id == "IKK-6.1.2/capaian-mentah"
    assert found.penjelasan.endswith(
        " Capaian 236,84% dihitung tanpa batas; dalam laporan ini 120,00%."
    )


def test_figures_are_computed_once_more_only_where_they_may_differ():
    for override in ("eksekusi.batas_waktu_sel=9", "nps.promoter_min=9"):
        made = indicator_runs.run("IV", override)
        assert base_ledger(made.job) is made.ledger
    made = indicator_runs.run("IV", "nps.promoter_min=8")
    again = base_ledger(made.job)
    assert {one.id: one.value for one in again} == indicator_runs.base().values()
    assert base_ledger(indicator_runs.base().job) is indicator_runs.base().ledger


@pytest.mark.parametrize("quarter", ["I", "II", "III"])
def test_the_report_of_one_quarter_is_not_held_against_another(quarter):
    found = findings(quarter)
    assert found
    assert not any(re.match(r"IKK-6\.1\.2|ITJ-6\.2", one.subjek) for one in found)
    assert not any(one.aturan in ("periode", "tanpa-kendala", "fisik-penuh") for one in found)
    assert not any("pagu-akhir" in one.subjek for one in found)


def test_statements_alone_are_enough_for_most_of_it():
    made = indicator_runs.run("IV")
    alone = reconcile(indicator_runs.tables(), Ledger(), made.job.settings)
    assert len(alone) > len(findings()) * 3 / 4


def test_no_finding_without_statements_and_tables():
    made = indicator_runs.run("IV")
    assert reconcile({}, made.ledger, made.job.settings) == ()


def test_ledger_ids_of_findings_exist():
    ledger = told_and_entered()[1]
    assert {one.ledger_id for one in findings() if one.ledger_id} <= {one.id for one in ledger}


def test_no_personal_data_in_findings():
    text = " ".join(f"{one.dinyatakan} {one.dihitung} {one.penjelasan}" for one in findings())
    assert "@" not in text
    assert not re.search(r"[Rr]espond?en+ \d\d|[Cc]ontoh|\b0?8\d{8,}|\+62", text)


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_no_finding_calls_a_word_of_the_unit_by_its_slug(quarter):
    unit = indicator_runs.run(quarter).job.settings.params.unit
    words = {**unit.layanan, **unit.kategori_pelanggan}
    slugs = [slug for slug, one in words.items() if slug.capitalize() != one.nama]
    assert {"lph", "verifikasi-tkdn"} <= set(slugs)
    slug = re.compile(rf"(?<![\w/])(?:{'|'.join(slugs)})(?![\w/])")
    for one in findings(quarter):
        assert not slug.search(f"{one.dinyatakan}\n{one.dihitung}\n{one.penjelasan}"), one.id
