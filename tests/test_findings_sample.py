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
from pp39.ledger import Ledger

HERE = Path(__file__).parent


@cache
def findings(quarter="IV", *overrides):
    made = indicator_runs.run(quarter, *overrides)
    return reconcile(indicator_runs.tables(), made.ledger, made.job.settings)


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
    ],
)
def test_a_decision_of_the_user_contradicts_nobody(override):
    assert [one.id for one in findings("IV", override)] == [one.id for one in findings()]


@pytest.mark.parametrize("override", ["nps.promoter_min=8", "nps.responden=unik"])
def test_another_way_to_count_is_not_held_against_the_report(override):
    changed = findings("IV", override)
    assert {one.id for one in changed} < {one.id for one in findings()}
    assert not any(one.subjek in ("IKK-6.1.2/realisasi", "IKK-6.1.2/promotor") for one in changed)


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
    ledger = indicator_runs.base().ledger
    assert {one.ledger_id for one in findings() if one.ledger_id} <= {one.id for one in ledger}


def test_no_personal_data_in_findings():
    text = " ".join(f"{one.dinyatakan} {one.dihitung} {one.penjelasan}" for one in findings())
    assert "@" not in text
    assert not re.search(r"[Rr]espond?en+ \d\d|[Cc]ontoh|\b0?8\d{8,}|\+62", text)
