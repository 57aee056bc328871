"""Every parameter changes what depends on it, and nothing else."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indicator_runs import ROOT, base, edited, run, tables

from pp39.book import Book
from pp39.indicators.achievement import achievement, status_of, track
from pp39.ledger import Ledger, Parameter, Quantity
from pp39.params import load
from pp39.periods import Quarter

ALL = set(base().results)


@pytest.mark.parametrize(
    ("override", "codes"),
    [
        ("nps.promoter_min=10", {"IKK 6.1.2"}),
        ("nps.promoter_min=8", {"IKK 6.1.2"}),
        ("nps.passive_min=9", {"IKK 6.1.2"}),
        ("nps.responden=unik", {"IKK 6.1.2"}),
        ('target."IKK 6.4.2"=80', {"IKK 6.4.2"}),
        ('target."IKK 6.6.2"=91', {"IKK 6.6.2"}),
        ("dokumen_target=rencana_aksi", {"IKK 6.2.1", "IKK 6.4.2", "IKK 6.5.1", "IKK 6.5.2"}),
        ("dokumen_target=tabel_capaian", {"IKK 6.4.2", "IKK 6.5.2", "IKK 6.7.1"}),
        ("dokumen_target=sasaran_indikator", {"IKK 6.4.2"}),
        ("pelanggan.kategori=[perusahaan, instansi]", {"ITJ 6.2"}),
        ("ikpa.cara=bulan_terakhir", {"IKK 6.6.2"}),
        ("hasil_layanan.cakupan=kumulatif", {"IKK 6.2.2"}),
        ("hasil_layanan.layanan=[pengujian]", {"IKK 6.2.2"}),
        ("status.ambang=98", {"IKK 6.3.1"}),
        ('indikator."IKK 6.4.3".polaritas=turun', {"IKK 6.4.3"}),
        ("regulasi.ikpa.kelas={baik: {min: 92}, cukup: {maks: 92}}", {"IKK 6.6.2"}),
        ("regulasi.ikm={faktor: 23, kelas: {D: {min: 23}}}", {"ITJ 6.1"}),
    ],
)
def test_an_override_changes_exactly_what_depends_on_it(override, codes):
    made = run("IV", override)
    before, after = base().lines(), made.lines()
    assert {code for code in ALL if before[code] != after[code]} == codes
    ids = {code.replace(" ", "-") for code in codes} | {"ringkasan"}
    before, after = base().values(), made.values()
    moved = {id.split("/")[0] for id in before | after if before.get(id) != after.get(id)}
    assert moved <= ids


def test_what_the_overrides_give():
    def value(override, code):
        return run("IV", override).results[code].realisasi.value

    assert value("nps.promoter_min=10", "IKK 6.1.2") == Fraction(28, 57) * 100
    assert value("nps.promoter_min=8", "IKK 6.1.2") == 100
    assert value("nps.passive_min=9", "IKK 6.1.2") == Fraction(54 - 3, 57) * 100
    assert value("pelanggan.kategori=[perusahaan, instansi]", "ITJ 6.2") == 28 + 15
    assert value("ikpa.cara=bulan_terakhir", "IKK 6.6.2") == Fraction("87.99")
    assert value("hasil_layanan.cakupan=kumulatif", "IKK 6.2.2") == 135 + 350 + 215 + 217
    assert value("hasil_layanan.layanan=[pengujian]", "IKK 6.2.2") == 169


def test_a_repeated_respondent_counts_once_with_the_last_answer():
    def change(frame):
        last = frame["responden"].where(frame["responden"].duplicated(keep=False)).dropna().iloc[-1]
        mine = frame.index[frame["responden"] == last]
        frame.loc[mine, "nilai"] = 10
        frame.loc[mine[-1], "nilai"] = 0
        return frame

    given = edited("survei_nps", change)
    once = run("IV", "nps.responden=unik", given=given).ledger
    people = base().ledger["IKK-6.1.2/responden-unik"].value
    assert once["IKK-6.1.2/responden"].value == people
    assert once["IKK-6.1.2/detraktor"].value == 1
    assert run("IV", given=given).ledger["IKK-6.1.2/responden"].value == 57


def test_a_target_given_as_parameter_shows_its_layer_and_keeps_the_documents():
    ledger = run("IV", 'target."IKK 6.4.2"=80').ledger
    assert ledger["IKK-6.4.2/target"].origin == Parameter('target."IKK 6.4.2"', "-p")
    assert ledger["IKK-6.4.2/target/perjanjian_kinerja"].value == 77
    assert ledger["IKK-6.4.2/target/rencana_aksi"].value == 80


def test_a_target_is_printed_with_all_its_decimals():
    assert run("IV", 'target."IKK 6.6.2"=91.1950').ledger["IKK-6.6.2/target"].text() == "91,195"


@pytest.mark.parametrize("cap", [100, 110, 120])
def test_the_cap_limits_what_is_reported_and_keeps_the_raw_value(cap):
    capped, raw = run("IV", f"capaian.batas={cap}"), base()
    for code in ALL:
        slug = code.replace(" ", "-")
        unlimited = raw.ledger[f"{slug}/capaian"].value
        assert capped.ledger[f"{slug}/capaian"].value == min(unlimited, cap)
        assert capped.ledger[f"{slug}/capaian-mentah"].value == unlimited
        assert capped.results[code].status == raw.results[code].status


def test_status_is_decided_on_exact_values():
    # 93,996 of 94 prints as 100,00% and is not achieved.
    def change(frame):
        frame["nilai"] = 93.996
        return frame

    one = run(given=edited("ikpa", change)).results["IKK 6.6.2"]
    assert one.capaian.text() == "99,996%"
    assert one.status == "tidak tercapai"


def job_with(*overrides):
    settings = load(ROOT, "bspji-ambon", 2025, "IV", overrides=overrides)
    return Book(tables(), settings, Ledger(), Quarter.IV)


PLAIN = (
    base()
    .job.params.indikator["IKK 6.2.2"]
    .model_copy(update={"skala": (None, None), "jalur": "penuh"})
)
COUNTED = {one: PLAIN.model_copy(update={"polaritas": one}) for one in ("naik", "turun")}
JOBS = {cap: job_with(f"capaian.batas={cap}") for cap in ("null", "110")}
amounts = st.fractions(min_value=Fraction(1, 1000), max_value=10**12, max_denominator=1000)


def capaian(job, realisation, target, polarity):
    fresh = Book(job.tables, job.settings, Ledger(), job.quarter)
    r = Quantity.constant(realisation).named("Realisasi")
    t = Quantity.constant(target).named("Target")
    both = achievement(fresh, "IKK 0", r, t, polarity)
    return both, status_of(fresh, r, t, both and both[0], indicator=COUNTED[polarity])


@given(amounts, amounts, st.sampled_from(["null", "110"]))
def test_achievement_by_polarity_and_cap(realisation, target, cap):
    (up, told_up), status_up = capaian(JOBS[cap], realisation, target, "naik")
    (down, told_down), status_down = capaian(JOBS[cap], realisation, target, "turun")
    assert up.value + down.value == 200
    assert status_up == ("tercapai" if realisation >= target else "tidak tercapai")
    assert status_down == ("tercapai" if realisation <= target else "tidak tercapai")
    limit = 110 if cap == "110" else 10**18
    assert told_up.value == min(up.value, limit)
    # A limit that is exceeded more than twofold is met by nothing, not by less than that.
    assert told_down.value == max(0, min(down.value, limit))


@pytest.mark.parametrize("polarity", ["naik", "turun"])
@pytest.mark.parametrize("target", [0, -5])
@pytest.mark.parametrize("realisation", [-7, 0, 3])
def test_a_target_that_is_no_base_is_never_reached(realisation, target, polarity):
    made = capaian(JOBS["null"], Fraction(realisation), Fraction(target), polarity)
    if (polarity, target) != ("turun", 0):
        assert made == (None, "tidak dapat dihitung")
    elif realisation:
        assert made == (None, "tercapai" if realisation < 0 else "tidak tercapai")


def test_a_target_of_zero_in_a_source_is_told_and_counted():
    def change(frame):
        frame.loc[frame["kode"] == "IKK 6.1.1", "target"] = 0
        return frame

    made = run("IV", given=edited("target_perjanjian_kinerja", change))
    one = made.results["IKK 6.1.1"]
    assert (one.capaian, one.status) == (None, "tidak dapat dihitung")
    assert one.catatan == "Capaian tidak dapat dihitung terhadap target 0,00%."
    assert made.ledger["ringkasan/tidak-dapat-dihitung"].value == 1
    assert made.ledger["ringkasan/sasaran/SK6.1/tidak-dapat-dihitung"].value == 1
    counts = ("tercapai", "tidak-tercapai", "tidak-dapat-dihitung", "belum-ada-data")
    parts = [made.ledger[f"ringkasan/{name}"].value for name in counts]
    assert sum(parts) == made.ledger["ringkasan/jumlah"].value
    assert made.ledger["ringkasan/dinilai"].value == sum(parts[:2])
    assert "ringkasan/tidak-dapat-dihitung" not in base().ledger


def test_an_indicator_that_the_unit_drops_is_nowhere_in_the_figures():
    made = run("IV", 'indikator."IKK 6.1.2"=null')
    assert set(made.results) == ALL - {"IKK 6.1.2"}
    assert not any(id.startswith("IKK-6.1.2") for id in made.values())
    assert made.ledger["ringkasan/jumlah"].value == 16


def test_a_realisation_of_zero_is_data():
    def change(frame):
        frame["tepat_waktu"] = 0
        frame["terlambat"] = frame["jumlah"]
        return frame

    one = run(given=edited("sla", change)).results["IKK 6.1.1"]
    assert (one.realisasi.value, one.capaian.value, one.status) == (0, 0, "tidak tercapai")


@pytest.mark.parametrize(
    ("quarter", "due", "status"),
    [("I", Fraction(179, 4), "sesuai jalur"), ("II", Fraction(179, 2), "sudah tercapai")],
)
def test_a_count_is_held_against_its_part_of_the_year(quarter, due, status):
    made = base(quarter)
    assert made.ledger["IKK-6.2.2/jalur"].value == due
    assert made.results["IKK 6.2.2"].status == status
    assert "IKK-6.2.2/jalur" not in base("IV").ledger


def test_a_growth_is_due_as_far_as_its_level_is_and_a_position_is_due_at_once():
    ledger = base("II").ledger
    share = ledger["IKK-6.2.1/target-antara/II"].value / 100
    assert ledger["IKK-6.2.1/jalur"].value == 102 * share - 100
    assert ledger["IKK-6.6.1/jalur"].value == ledger["IKK-6.6.1/target"].value


@given(st.integers(0, 400), st.integers(1, 100), st.sampled_from(["I", "II", "III"]))
def test_nothing_is_missed_before_the_year_ends(realisation, target, quarter):
    book = replace(base(quarter).job, ledger=Ledger())
    real, goal = (Quantity.constant(one).named("n", "n") for one in (realisation, target))
    raw = real / goal * 100
    due = (goal * book.quarter.number / 4).named("d", "n")
    said = status_of(book, real, goal, raw, indicator=PLAIN, due=due)
    if realisation >= target:
        assert said == "sudah tercapai"
    else:
        assert said == ("sesuai jalur" if real.value >= due.value else "di bawah jalur")


@pytest.mark.parametrize(
    ("quarter", "realisation", "jalur", "percent", "status"),
    [
        ("IV", 0, "penuh", 100, "tercapai"),
        ("IV", 2, "penuh", None, "tidak tercapai"),
        ("I", 0, "penuh", 100, "sudah tercapai"),
        # What may never happen is kept only when the year has ended without it.
        ("I", 0, "bertahap", 100, "sesuai jalur"),
        ("I", 2, "bertahap", None, "di bawah jalur"),
    ],
)
def test_a_limit_of_zero_is_kept_or_exceeded(quarter, realisation, jalur, percent, status):
    job = replace(base(quarter).job, ledger=Ledger())
    one = COUNTED["turun"].model_copy(update={"jalur": jalur})
    real, goal = (Quantity.constant(n).named("n", "jatuh") for n in (realisation, 0))
    both = achievement(job, "IKU 0", real, goal, "turun")
    assert (both and both[0].value) == percent
    due = track(job, "IKU 0", goal, one)
    assert status_of(job, real, goal, both and both[0], indicator=one, due=due) == status
    assert achievement(job, "IKU 1", real, goal, "naik") is None
    up = COUNTED["naik"]
    assert status_of(job, real, goal, None, indicator=up) == "tidak dapat dihitung"
