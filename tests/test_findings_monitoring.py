"""What the rules about monthly monitoring and summed targets say, beyond that they speak up."""

from finding_cases import (
    DAYS,
    World,
    _smart,
    month,
    months,
    order,
    revenue,
    revision,
    ro,
    s,
    said,
    service,
    sources,
)


def test_an_output_behind_in_both_is_told_once_with_all_that_bears_on_it():
    world = said(
        s("program/P/kendala", "Tidak ada kendala", jenis="klaim"),
        progres_ro=[month("1.A.1", 9, rvro=7, progres=60.8, tvro=13)],
        target_smart=_smart("1.A.1", kode_program="P"),
    )
    (found,) = world.of("ro-tertinggal")
    assert found.dinyatakan == "September: progres 60,80%; volume 7"
    assert found.dihitung == "rencana September: progres 74,70%; volume 9"
    for told in ("target setahun 13", "13 (TVRO) dan 12 (SMART)", "Program P menyatakan"):
        assert told in found.penjelasan


def test_only_what_lags_is_told_and_the_year_only_at_its_end():
    world = sources(
        "III",
        progres_ro=[month("1.A.1", 9, rvro=9, progres=60.8, tvro=12), month("1.A.1", 12)],
        target_smart=_smart("1.A.1"),
    )
    (found,) = world.of("ro-tertinggal")
    assert "volume" not in found.dinyatakan
    assert "setahun" not in found.penjelasan


def test_nothing_is_held_against_a_plan_with_a_gap():
    plan = [row for row in _smart("1.A.1") if row["bulan"] != 3]
    world = sources(progres_ro=[month("1.A.1", 9, rvro=0, progres=1.0)], target_smart=plan)
    assert world.of("ro-tertinggal") == ()


def test_a_month_repeats_only_if_all_outputs_and_both_columns_do():
    rows = months({"1.A.1": (60.8, 60.8), "1.A.2": (70.5, 70.5)})
    assert sources(progres_ro=rows).of("bulan-berulang")
    assert sources(progres_ro=[*rows[:3], rows[3] | {"rvro": 2}]).of("bulan-berulang") == ()
    assert sources(progres_ro=rows[:3]).of("bulan-berulang") == ()
    finished = months({"1.A.1": (100.0, 100.0), "1.A.2": (100.0, 100.0)})
    assert sources(progres_ro=finished).of("bulan-berulang") == ()


def test_each_series_of_twins_is_told_once_with_all_its_outputs():
    series = (12.1, 58.3, 66.6, 66.6)
    twins = {"1.A.1": series, "1.A.2": series, "1.B.1": series, "1.B.2": (1.5, 2.5, 3.5, 4.5)}
    twins["1.C.1"] = twins["1.B.2"]
    found = sources(progres_ro=months(twins)).of("deret-kembar")
    assert [one.dinyatakan for one in found] == [
        "1.A.1, 1.A.2, 1.B.1: 12,10%; 58,30%; 66,60%; 66,60%",
        "1.B.2, 1.C.1: 1,50%; 2,50%; 3,50%; 4,50%",
    ]


def test_outputs_counted_by_time_are_no_twins():
    elapsed = (66.67, 75.0, 83.33, 91.67, 100.0)
    world = sources(progres_ro=months({"1.A.1": elapsed, "1.A.2": elapsed}))
    assert world.of("deret-kembar") == ()


def test_one_output_on_plan_is_no_copy_of_the_plan():
    rows = months({"1.A.1": (74.7, 83.0, 91.3, 95.0)})
    assert sources(progres_ro=rows, target_smart=_smart("1.A.1")).of("progres-rencana") == ()


def test_volume_planned_without_progress():
    plan = _smart("1.A.1", [0] * 7 + [1] * 4 + [0], satuan="Industri")
    for row in plan[7:11]:
        row["tpcro"] = 0.01
    (found,) = sources(target_smart=plan).of("progres-volume")
    assert found.dinyatakan == "rencana volume Agustus–November: 4 Industri"
    assert found.dihitung == "rencana progres Agustus–November: 0,04%"


def test_the_effective_ceiling_is_that_of_the_last_revision():
    revised = [
        revision("DIPA 0", "2025-01-01", 100, 100, blokir=30),
        revision("DIPA 1", "2025-02-01", 100, 150, blokir=10),
    ]
    old = {"dipa_pagu": [{"kode": "pagu_blokir", "nilai": 30}], "revisi_dipa": revised}
    (found,) = sources(**old).of("pagu-usang")
    assert (found.dinyatakan, found.dihitung) == ("Rp70 (blokir Rp30)", "Rp140 (blokir Rp10)")
    assert said(s("anggaran/efektif", "Rp140"), **old).of("pagu-usang") == ()
    new = old | {"dipa_pagu": [{"kode": "pagu_blokir", "nilai": 10}]}
    assert sources(**new).of("pagu-usang") == ()


def test_the_number_of_kro_is_held_against_the_list_and_then_against_the_dipa():
    outputs = [ro(f"1.{kro}.1", kode_program="P") for kro in "ABCD"]
    number = s("program/P/jumlah-kro", "3 (tiga)", jenis="terbilang")

    def found(listed):
        rows = [number, s("program/P/daftar-kro", listed, jenis="nama", letak="daftar")]
        return said(*rows, dipa_ro=outputs).of("banyaknya")

    assert [(one.dihitung, "dipa_ro.xlsx" in one.lokasi) for one in found("A, B, C")] == [
        ("4", True)
    ]
    assert [(one.dihitung, "daftar" in one.lokasi) for one in found("A, B")] == [("2", True)]
    assert said(number, dipa_ro=outputs[:3]).of("banyaknya") == ()


def test_a_blank_block_says_what_was_blocked_before():
    known = revision("DIPA 1", "2025-01-01", keterangan="Blokir", blokir=7)
    blank = revision("DIPA 2", "2025-02-01", keterangan="Relaksasi")
    (found,) = sources(revisi_dipa=[known, blank]).of("blokir-kosong")
    assert found.subjek == "anggaran/revisi/DIPA 2/blokir"
    assert "Rp7 (DIPA 1)" in found.penjelasan


def test_revenue_without_target_changes_the_share():
    rows = [revenue("pengujian", 10, 10), revenue("ppc", 2), revenue("pnbp-umum", 3)]
    (found,) = sources(pnbp=rows).of("tanpa-target")
    assert found.dinyatakan.startswith("150,00% dengan PNBP umum Rp3")
    assert found.dihitung.startswith("120,00%")
    assert sources(pnbp=[revenue("pnbp-umum", 3)]).of("tanpa-target") == ()


def test_results_without_target_are_told_for_the_quarters_they_are_in():
    rows = [service("lph", 5, 3), service("rbpi", None, None, tw_i=None, tw_ii=54, tw_iii=None)]
    (found,) = sources(hasil_layanan=rows).of("tanpa-target")
    assert found.dihitung == "TW II: 55, tanpa itu 1"
    assert sources("I", hasil_layanan=rows).of("tanpa-target") == ()


def test_sums_are_compared_only_where_no_output_is_lacking():
    outputs = [ro("1.A.1", target=1), ro("1.A.2", target=2)]
    stated = s("anggaran/kro/1.A/target", "3")
    lacking = said(stated, dipa_ro=outputs, progres_ro=[month("1.A.1", 12, tvro=9)])
    assert lacking.of("target-kro") == ()


def test_a_row_whose_dates_lie_outside_the_quarter_is_a_matter_of_another_one():
    late = order(tanggal_terima="2025-10-03", tanggal_selesai="2025-10-01")
    strayed = order(tanggal_terima="2025-10-03", tanggal_selesai="2025-01-03")
    early = order(tanggal_terima="2025-02-03", tanggal_selesai="2025-02-01")

    def told(quarter, *rows):
        alone = 'indikator."IKK 6.6.3".sifat=triwulan'
        world = World({"order_layanan": list(rows)}, {}, quarter, (DAYS, alone))
        return [one.penjelasan for one in world.of("hari-terbalik")]

    assert told("III", late) == []
    assert told("I", early) != []
    for quarter, count in (("III", 1), ("IV", 2)):
        (one,) = told(quarter, early, late, strayed)
        assert f"pada {count} baris" in one


def test_what_grows_through_the_year_may_have_a_plan_of_its_own():
    def planned(code):
        rows = [{"kode": f"IKK {n}", "tw_iii": 89.0} for n in range(8)]
        return sources("III", target_antara=[*rows, {"kode": code, "tw_iii": 75.0}])

    assert planned("IKK 6.6.3").of("target-antara")
    assert not planned("IKK 6.2.2").of("target-antara")
