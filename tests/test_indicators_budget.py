"""Budget, absorption and progress of outputs against arithmetic done here."""

from collections import defaultdict
from fractions import Fraction

import pandas as pd
import pytest
from indicator_runs import base, edited, run, without

CEILINGS = {
    "6077.AEC.002": 34_688_000,
    "6077.AEF.001": 3_940_000,
    "6077.BAD.001": 89_034_000,
    "6077.BAD.024": 47_400_000,
    "6077.BAD.036": 32_570_000,
    "6077.BAD.047": 104_000_000,
    "6077.BAD.075": 96_308_000,
    "6042.EBA.958": 8_922_000,
    "6042.EBA.994": 8_650_270_000,
    "6042.EBB.951": 41_500_000,
    "6042.EBC.996": 200_000_000,
    "6042.EBD.952": 4_500_000,
    "6042.EBD.953": 14_802_000,
    "6042.EBD.955": 24_604_000,
    "6042.EBD.961": 5_672_000,
    "6042.EBD.974": 28_908_000,
}
ABSORBED = {
    "6077.AEC": "92.35",
    "6077.AEF": "80.58",
    "6077.BAD": "98.03",
    "6042.EBA": "99.78",
    "6042.EBC": "93.25",
    "6042.EBD": "98.42",
}
PROGRESS = {
    "6077.BAD.075": "60.80",
    "6077.AEC.002": "66.40",
    "6077.AEF.001": "80.59",
    "6077.BAD.001": "79.52",
    "6077.BAD.024": "100",
    "6077.BAD.047": "66.60",
    "6077.BAD.036": "68.49",
}
KRO = defaultdict(int)
for code, amount in CEILINGS.items():
    KRO[code[:8]] += amount
WHOLE = sum(CEILINGS.values())


@pytest.mark.parametrize(("code", "amount"), CEILINGS.items())
def test_ceiling_and_share_of_each_output(code, amount):
    ledger = base().ledger
    assert ledger[f"anggaran/ro/{code}/pagu"].value == amount
    assert ledger[f"anggaran/ro/{code}/porsi"].value == Fraction(amount, WHOLE) * 100


def test_ceilings_add_up_the_tree():
    ledger = base().ledger
    for code, amount in KRO.items():
        assert ledger[f"anggaran/kro/{code}/pagu"].value == amount
    ec = sum(amount for code, amount in CEILINGS.items() if code.startswith("6077"))
    assert ledger["anggaran/kegiatan/6077/pagu"].value == ec
    assert ledger["anggaran/program/EC/pagu"].value == ec
    assert ledger["anggaran/program/WA/pagu"].value == WHOLE - ec
    assert ledger["anggaran/pagu"].value == WHOLE
    for level in ("program", "kegiatan", "kro", "ro"):
        shares = [
            one.value
            for one in ledger
            if one.id.startswith(f"anggaran/{level}/") and one.id.endswith("/porsi")
        ]
        assert sum(shares) == 100
    assert ledger["anggaran/ro/jumlah"].value == len(CEILINGS)
    assert ledger["anggaran/kro/jumlah"].value == len(KRO)


def test_target_of_a_kro_is_the_sum_of_its_outputs_in_one_unit():
    ledger = base().ledger
    assert ledger["anggaran/kro/6077.BAD/target"].value == 9 + 8 + 3 + 1 + 13
    mixed = edited("dipa_ro", lambda f: f.assign(satuan=f["kode_ro"]))
    assert "anggaran/kro/6077.BAD/target" not in run(given=mixed).ledger


def test_ceilings_sources_and_spending():
    ledger = base().ledger
    assert ledger["anggaran/efektif"].value == 9_358_210_000 - 1_755_000_000
    assert ledger["anggaran/selisih"].value == WHOLE - 9_358_210_000 == 28_908_000
    assert ledger["anggaran/sumber/PNBP/porsi"].value == Fraction(707_940_000, 9_358_210_000) * 100
    assert ledger["anggaran/belanja/total"].value == 5_650_270_000 + 3_666_440_000 + 41_500_000
    assert ledger["anggaran/belanja/selisih"].value == 0


@pytest.mark.parametrize(
    ("quarter", "number", "ceiling", "blocked"),
    [
        ("IV", 17, 10_705_593_000, 85_967_000),
        ("III", 10, 9_358_210_000, 85_967_000),
        ("II", 5, 9_358_210_000, 1_589_739_000),
        ("I", 1, 9_358_210_000, 1_116_218_000),
    ],
)
def test_revisions_up_to_the_end_of_the_quarter(quarter, number, ceiling, blocked):
    ledger = base(quarter).ledger
    assert ledger["anggaran/revisi/jumlah"].value == number
    assert ledger["anggaran/pagu-akhir"].value == ceiling
    assert ledger["anggaran/perubahan-pagu"].value == ceiling - 9_358_210_000
    assert ledger["anggaran/blokir-revisi"].value == blocked
    assert f"anggaran/revisi/{number}/akhir" in ledger
    assert f"anggaran/revisi/{number + 1}/akhir" not in ledger


def test_revisions_of_one_number_do_not_hide_each_other():
    ledger = run(given=edited("revisi_dipa", lambda f: f.assign(no=1))).ledger
    ceilings = [one for one in ledger if one.id.startswith("anggaran/revisi/1-baris-")]
    assert len(ceilings) > 16
    assert ledger["anggaran/revisi/jumlah"].value == 17  # the first DIPA is no revision


@pytest.mark.parametrize(("code", "percent"), ABSORBED.items())
def test_absorption_of_a_kro_is_estimated_from_its_percentage(code, percent):
    ledger = base().ledger
    assert ledger[f"serapan/kro/{code}/persen"].value == Fraction(percent)
    amount = ledger[f"serapan/kro/{code}/rupiah"]
    assert amount.value == Fraction(percent) / 100 * KRO[code]
    assert "Perkiraan" in amount.note


def test_absorption_of_programs_and_the_whole():
    ledger = base().ledger
    spent = {code: Fraction(one) / 100 * KRO[code] for code, one in ABSORBED.items()}
    for program, begins in (("EC", "6077"), ("WA", "6042")):
        mine = [code for code in spent if code.startswith(begins)]
        rate = sum(spent[one] for one in mine) / sum(KRO[one] for one in mine) * 100
        assert ledger[f"serapan/program/{program}/persen"].value == rate
    covered = sum(KRO[code] for code in spent)
    assert ledger["serapan/total/persen"].value == sum(spent.values()) / covered * 100
    assert ledger["serapan/total/cakupan"].value == Fraction(covered, WHOLE) * 100
    assert ledger["serapan/tanpa-data"].value == 1
    assert ledger["serapan/tanpa-pagu"].value == 1
    assert "serapan/kro/6077.CAH/rupiah" not in ledger
    assert ledger["serapan/kro/6077.CAH/persen"].value == Fraction("99.86")


@pytest.mark.parametrize("quarter", ["III", "II", "I"])
def test_absorption_of_a_quarter_without_data(quarter):
    assert not base(quarter).ledger.find("serapan")


def test_absorption_is_set_against_progress_only_at_the_same_month():
    assert not [one for one in base().ledger if one.id.endswith("/selisih-fisik")]
    third = run("III", given=edited("realisasi_kro", lambda f: f.assign(triwulan="III"))).ledger
    gap = third["serapan/kro/6077.AEC/selisih-fisik"]
    assert gap.value == Fraction("92.35") - Fraction("66.40")
    assert gap.unit == "poin persen"


def test_progress_against_plan_at_the_last_month_with_data():
    ledger = base().ledger
    assert ledger["ro/bulan-terakhir"].value == 9
    assert ledger["ro/bulan-tanpa-data"].value == 3
    assert base("III").ledger["ro/bulan-tanpa-data"].value == 0
    plan = Fraction("7.6") * 9
    assert ledger["ro/6077.BAD.075/tpcro-kumulatif/09"].value == plan
    assert ledger["ro/6077.BAD.075/selisih-progres"].value == Fraction("60.80") - plan
    assert ledger["ro/6077.BAD.075/selisih-volume"].value == 7 - 9
    assert ledger["ro/6077.BAD.075/volume-persen"].value == Fraction(7, 13) * 100
    assert ledger["ro/6077.BAD.075/tpcro-kumulatif/12"].value == Fraction("7.6") * 11 + Fraction(
        "16.4"
    )


def test_progress_of_a_kegiatan_is_weighted_by_the_ceilings():
    weights = {code: CEILINGS[code] for code in PROGRESS}
    mean = sum(Fraction(one) * weights[code] for code, one in PROGRESS.items())
    ledger = base().ledger
    assert ledger["ro/kegiatan/6077/progres"].value == mean / sum(weights.values())
    assert "Oktober, November, Desember" in ledger["ro/kegiatan/6077/progres"].note
    assert "Rp96.308.000" in ledger["ro/kegiatan/6077/progres"].formula_numbers()


def test_outputs_behind_plan_are_counted():
    ledger = base().ledger
    gaps = [one for one in ledger if one.id.count("/") == 2 and one.id.endswith("selisih-progres")]
    own = [one for one in gaps if "." in one.id.split("/")[1]]
    behind = sum(one.value < 0 for one in own)
    assert ledger["ro/ringkasan/di-bawah-rencana"].value == behind
    assert ledger["ro/ringkasan/sesuai-rencana"].value == len(own) - behind
    assert ledger["ro/ringkasan/dinilai"].value == len(own) == 15
    assert ledger["ro/ringkasan/tanpa-data"].value == 1


@pytest.mark.parametrize(("quarter", "month"), [("I", 3), ("II", 6), ("III", 9), ("IV", 9)])
def test_progress_stops_at_the_end_of_the_quarter_and_the_plan_does_not(quarter, month):
    ledger = base(quarter).ledger
    assert ledger["ro/bulan-terakhir"].value == month
    assert f"ro/6042.EBA.994/progres/{month:02d}" in ledger
    assert f"ro/6042.EBA.994/progres/{month + 1:02d}" not in ledger
    assert "ro/6042.EBA.994/tpcro-kumulatif/12" in ledger


def test_a_plan_with_a_gap_is_not_cumulated_beyond_it():
    def change(frame):
        frame.loc[frame["bulan"] == 3, "tpcro"] = float("nan")
        return frame

    ledger = run(given=edited("target_smart", change)).ledger
    assert "ro/6077.BAD.001/tpcro-kumulatif/02" in ledger
    assert "ro/6077.BAD.001/tpcro-kumulatif/04" not in ledger
    assert "ro/6077.BAD.001/selisih-progres" not in ledger
    assert "ro/6077.BAD.001/selisih-volume" in ledger
    assert "ro/kegiatan/6077/rencana" not in ledger


def test_blank_progress_is_no_data():
    def change(frame):
        frame.loc[frame["kode_ro"] == "6077.BAD.001", ["progres"]] = float("nan")
        frame.loc[frame["kode_ro"] == "6077.BAD.001", ["rvro"]] = pd.NA
        return frame

    ledger = run(given=edited("progres_ro", change)).ledger
    assert "ro/6077.BAD.001/progres" not in ledger
    assert ledger["ro/ringkasan/tanpa-data"].value == 2


@pytest.mark.parametrize("name", ["dipa_ro", "dipa_pagu", "progres_ro", "target_smart"])
def test_without_a_source_what_rests_on_it_is_left_out(name):
    ledger = run(given=without(name)).ledger
    prefix = {
        "dipa_ro": "anggaran/ro/",
        "dipa_pagu": "anggaran/efektif",
        "progres_ro": "ro/bulan",
        "target_smart": "ro/6077.BAD.001/tpcro",
    }[name]
    assert not [one for one in ledger if one.id.startswith(prefix)]
    assert set(run(given=without(name)).values()) < set(base().values())


def test_every_raw_ceiling_is_printed_as_money():
    for one in base().ledger:
        if one.id.startswith("anggaran/") and one.unit == "Rp":
            assert one.text().lstrip("−").startswith("Rp")
