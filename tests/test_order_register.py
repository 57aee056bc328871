"""The order register: which quarter an order belongs to, and what is counted from it."""

import pandas as pd
import pytest
from indicator_runs import base
from register_cases import checked, computed, orders

from pp39.errors import UnreadableInput
from pp39.ledger import RUN_LIMIT
from pp39.sources import Selection
from pp39.sources.personal import normalised

LINES = (
    # On time in IV; late: finished after the promise; open past due: late in IV.
    "A1,,2025-10-02,Pengujian,Perusahaan,PT. Contoh Satu,2025-10-12,2025-10-12,3,LHU",
    "A2,,3 Oktober 2025,Pengujian,Perusahaan,Contoh Satu PT,2025-10-13,2025-10-14,2,LHU",
    "A3,,2025-10-04,Pengujian,Instansi,CV Contoh Satu,2025-10-14,,,",
    # Received in III, finished early in IV although due in 2026: judged on the day it was finished.
    "A4,,2025-09-30,Kalibrasi,Perusahaan,PT Contoh Dua,2026-01-15,2025-12-30,1,LHU",
    # Due in III, finished in IV: late in III, its results belong to IV.
    "A5,,2025-09-01,Kalibrasi,Perusahaan,PT Contoh Dua,2025-09-15,2025-10-01,4,LHU",
    # Open and due next year: not judged this year.
    "A6,,2025-12-20,Kalibrasi,Mahasiswa,,2026-01-20,,,",
    # Only the quarter is known, and no promise: a customer, but not judged.
    "A7,TW IV,,Kalibrasi,Mahasiswa,,,2025-11-11,1,LHU",
    # Received last year.
    "A8,,2024-12-30,Pengujian,Perusahaan,PT Contoh Tiga,2025-01-10,2025-01-09,1,LHU",
)


@pytest.fixture
def register(tmp_path):
    return orders(tmp_path, *LINES)


def column(table, name):
    return [None if pd.isna(one) else one for one in table.frame[name]]


def test_every_order_is_received_finished_and_judged_in_its_own_quarter(register):
    assert column(register, "triwulan") == ["IV", "IV", "IV", "III", "III", "IV", "IV", None]
    assert column(register, "triwulan_selesai") == ["IV", "IV", None, "IV", "IV", None, "IV", "I"]
    assert column(register, "triwulan_sla") == ["IV", "IV", "IV", "IV", "III", None, None, "I"]
    late, in_time = "terlambat", "tepat"
    assert column(register, "ketepatan") == [
        in_time,
        late,
        late,
        in_time,
        late,
        late,
        None,
        in_time,
    ]


def test_only_the_equality_of_customers_passes_cleaning(register):
    assert column(register, "pihak_sama") == [1, 1, 2, 3, 3, None, None, 4]
    assert "responden" not in register.frame
    assert not any("Contoh" in str(cell) for cell in register.frame.to_numpy().ravel())
    assert not any("Contoh" in fix.before + fix.after for fix in register.fixes)


def test_a_legal_form_behind_the_name_is_the_one_before_it():
    names = pd.Series(["PT. Maju Jaya", "maju jaya,  PT", "CV Maju Jaya", "Maju Jaya"], dtype="str")
    assert normalised(names, "pihak").tolist() == [
        "pt maju jaya",
        "pt maju jaya",
        "cv maju jaya",
        "maju jaya",
    ]


def test_sla_is_computed_from_the_orders_judged_in_the_quarter(register):
    made = computed(register)
    one = made.results["IKK 6.1.1"]
    assert made.ledger["IKK-6.1.1/order"].value == 4
    assert made.ledger["IKK-6.1.1/tepat-waktu"].value == 2
    assert made.ledger["IKK-6.1.1/terlambat"].value == 2
    assert made.ledger["IKK-6.1.1/layanan/pengujian/order"].value == 3
    assert made.ledger["IKK-6.1.1/layanan/pengujian/order"].origin.ranges == ((2, 4),)
    assert one.realisasi.value == 50
    assert one.catatan == "Dihitung dari register order."


def test_results_are_counted_in_the_quarter_an_order_was_finished(register):
    made = computed(register)
    assert made.ledger["IKK-6.2.2/layanan/pengujian/IV"].value == 5
    assert made.ledger["IKK-6.2.2/layanan/kalibrasi/IV"].value == 6
    assert made.ledger["IKK-6.2.2/layanan/pengujian/I"].value == 1
    # The register has no order finished in II and III, so these quarters stay with the counts.
    assert made.ledger["IKK-6.2.2/layanan/pengujian/II"].value == 241
    assert made.ledger["IKK-6.2.2/total/IV"].value == 11
    assert made.results["IKK 6.2.2"].realisasi.value == 11


def test_a_cumulative_total_says_which_quarters_stand_on_which_footing(register):
    made = computed(register, "hasil_layanan.cakupan=kumulatif")
    assert made.results["IKK 6.2.2"].catatan == (
        "TW I, TW IV dihitung dari register order, TW II, TW III dari rekap."
    )


@pytest.mark.parametrize(("how", "company", "student"), [("pelanggan", 1, 2), ("order", 2, 2)])
def test_customers_are_counted_once_or_by_order(register, how, company, student):
    made = computed(register, f"pelanggan.hitung={how}")
    value = {
        key: made.ledger[f"ITJ-6.2/layanan/{key}"].value
        for key in ("pengujian/perusahaan", "pengujian/instansi", "kalibrasi/mahasiswa")
    }
    # An order without a name is a customer of its own.
    assert list(value.values()) == [company, 1, student]
    assert made.results["ITJ 6.2"].realisasi.value == company + 1 + student


@pytest.mark.parametrize("lacking", [(), ("sla", "pelanggan", "hasil_layanan")])
def test_the_register_does_with_or_without_the_counts(register, lacking):
    made = computed(register, lacking=lacking)
    assert made.results["IKK 6.1.1"].realisasi.value == 50
    assert made.results["ITJ 6.2"].realisasi.value == 4


def test_the_counts_come_first_where_the_parameter_says_so(register):
    rows, counts = computed(register), computed(register, "data.dahulukan=rekap")
    for code in ("IKK 6.1.1", "IKK 6.2.2", "ITJ 6.2"):
        assert counts.results[code].realisasi.value != rows.results[code].realisasi.value
        assert counts.results[code].realisasi.value == base().results[code].realisasi.value
    assert counts.results["IKK 6.1.1"].catatan == ""


def test_a_quarter_the_register_does_not_have_stays_with_the_counts(register):
    made = computed(register, quarter="II")
    assert made.ledger["IKK-6.2.2/layanan/pengujian/II"].value == 241
    assert "IKK-6.1.1/order" not in made.ledger


def test_what_is_odd_about_orders_is_found(tmp_path):
    table = orders(
        tmp_path,
        "B1,,2025-10-02,Pengujian,Perusahaan,PT Contoh,2025-10-12,2025-10-01,3,LHU",
        "B2,III,2025-10-02,Pengujian,Instansi,PT Contoh,2025-10-01,2025-10-12,,Dokumen",
        "B3,,2023-10-02,Pengujian,Perusahaan,PT Lain,,,2,LHU",
        "B4,,,Pengujian,Perusahaan,PT Lain,2025-10-12,2025-10-12,2,LHU",
        "B5,,2025-10-02,Pengujian,Perusahaan,PT Baik,2025-10-12,2025-10-12,2,LHU",
    )
    at = {
        "order_layanan.triwulan.terisi": [5],
        "order_layanan.triwulan.sama": [3],
        "order_layanan.tanggal_terima.tahun": [4],
        "order_layanan.tanggal_selesai.urut": [2],
        "order_layanan.tanggal_janji.urut": [3],
        "order_layanan.tanggal_janji.terisi": [4],
        "order_layanan.hasil.terisi": [3],
        "order_layanan.hasil.selesai": [4],
        "order_layanan.satuan.sama": [3],
        "order_layanan.pelanggan.kategori": [3],
    }
    found = checked(table, *at)
    assert {id: [place.baris for place in one.lokasi] for id, one in found.items()} == at


def test_an_order_twice_stops_the_run(tmp_path):
    line = "C1,,2025-10-02,Pengujian,Perusahaan,PT Contoh,2025-10-12,2025-10-12,3,LHU"
    one = checked(orders(tmp_path, line, line), "order_layanan.kunci")["order_layanan.kunci"]
    assert (one.tingkat, one.lolos) == ("kritis", False)


def test_counts_that_are_not_those_of_the_register_are_told_with_both_numbers(register):
    ids = (
        "order_layanan.sla.order-sama",
        "order_layanan.sla.tepat-sama",
        "order_layanan.pelanggan.pelanggan-sama",
        "order_layanan.hasil_layanan.hasil-sama",
    )
    found = checked(register, *ids)
    told = found[ids[0]].lokasi[0]
    assert (told.berkas, told.baris) == ("sla.csv", 2)
    assert told.uraian == (
        "jumlah order pengujian triwulan IV menurut rekap 170, sedangkan menurut register order 3"
    )
    # Kalibrasi has judged orders but no row among the counts.
    assert found[ids[0]].lokasi[1].baris is None
    results = found[ids[3]].lokasi[0]
    assert (results.berkas, results.kolom) == ("hasil_layanan.csv", "TW I")
    assert not any(one.lolos for one in found.values())
    assert not checked(register, *ids, lacking=("sla", "pelanggan", "hasil_layanan"))


def test_a_date_that_is_none_names_file_row_and_column(tmp_path):
    line = "D1,,2025-13-02,Pengujian,Perusahaan,PT Contoh,2025-10-12,2025-10-12,3,LHU"
    with pytest.raises(UnreadableInput, match=r'row 2, column "Tanggal Terima"'):
        orders(tmp_path, line)


def test_many_rows_are_summarised_with_a_condition_that_finds_them_again(tmp_path):
    services = ("Pengujian", "Kalibrasi")
    lines = (
        f"E{n},,2025-10-02,{services[n % 2]},Perusahaan,PT {n % 7},2025-10-12,2025-10-12,1,LHU"
        for n in range(2 * RUN_LIMIT + 10)
    )
    table = orders(tmp_path, *lines)
    made = computed(table)
    origin = made.ledger["IKK-6.1.1/layanan/kalibrasi/tepat-waktu"].origin
    assert origin.ranges == ()
    again = table.frame.query(origin.summary.selection)
    assert len(again) == origin.count == RUN_LIMIT + 5
    from_rows = Selection.of(table.frame).equal("layanan", "kalibrasi")
    other = table.count(from_rows, "Order", "order", "banyaknya order").origin
    assert other.summary.digest == origin.summary.digest


def test_both_ways_are_computed_where_both_have_data(tmp_path):
    register = orders(
        tmp_path,
        "O1,,2025-10-02,Pengujian,Perusahaan,A,2025-10-20,2025-10-10,3,LHU",
    )
    made = computed(register).results["ITJ 6.2"].hitungan
    assert (made.way, made.value.value) == (0, 1)
    assert {way: one.value for way, one in made.besides.items()} == {1: 121}
    other = computed(register, "data.dahulukan=rekap").results["ITJ 6.2"].hitungan
    assert (other.way, other.value.value) == (1, 121)
    assert {way: one.value for way, one in other.besides.items()} == {0: 1}
    alone = computed(register, lacking=("pelanggan",)).results["ITJ 6.2"].hitungan
    assert not alone.besides
