"""IKM from the answers of respondents, and absorption from disbursements."""

from fractions import Fraction

import pytest
from indicator_runs import base, tables
from register_cases import IKM, SP2D, checked, cleaned, computed

KRO = "6077.BAD"


@pytest.fixture
def survey(tmp_path):
    return cleaned(
        tmp_path,
        "survei_ikm",
        IKM,
        "IV,Pengujian,4,4,3,4,4,4,3,4,4",
        "TW IV,Kalibrasi,3,4,4,4,3,4,4,4,",
        "III,Kalibrasi,1,1,1,1,1,1,1,1,1",
    )


def test_the_index_is_the_mean_of_nine_means(survey):
    one = computed(survey).results["ITJ 6.1"]
    means = [Fraction(n, 2) for n in (7, 8, 7, 8, 7, 8, 7, 8)] + [Fraction(4)]
    assert one.realisasi.value == sum(means) / 9
    assert one.predikat == "A (sangat baik)"
    assert one.catatan == "Dihitung dari jawaban setiap responden survei."


def test_the_stated_index_comes_first_where_the_parameter_says_so(survey):
    one = computed(survey, "data.dahulukan=rekap").results["ITJ 6.1"]
    assert one.realisasi.value == Fraction("3.69")


def test_answers_are_checked_and_compared_with_the_stated_index(survey, tmp_path):
    found = checked(
        survey, *(f"survei_ikm.{one}" for one in ("unsur.rentang", "unsur.terisi", "indeks.sama"))
    )
    assert found["survei_ikm.unsur.rentang"].lolos
    blank = found["survei_ikm.unsur.terisi"].lokasi
    assert [(one.baris, one.kolom) for one in blank] == [(3, "U9")]
    stated = found["survei_ikm.indeks.sama"].lokasi
    assert [one.berkas for one in stated] == ["nilai_eksternal.csv"]
    assert "3,69, sedangkan jawaban responden menghasilkan 3,78" in stated[0].uraian
    outside = cleaned(tmp_path, "survei_ikm", IKM, "IV,Pengujian,4,4,5,4,4,4,3,4,0")
    one = checked(outside, "survei_ikm.unsur.rentang")["survei_ikm.unsur.rentang"]
    assert (one.tingkat, one.lolos, one.lokasi[0].kolom) == ("kritis", False, "U3")


@pytest.fixture
def payments(tmp_path):
    return cleaned(
        tmp_path,
        "sp2d",
        SP2D,
        f'1,2025-02-03,{KRO},,"Rp10.000.000"',
        f"2,2025-10-03,,{KRO}.001,5000000",
        f"3,2024-12-03,{KRO},,7000000",
    )


def test_absorption_is_what_was_paid_since_january(payments):
    made = computed(payments)
    ceiling = made.ledger[f"anggaran/kro/{KRO}/pagu"].value
    assert made.ledger[f"serapan/kro/{KRO}/rupiah"].value == 15_000_000
    assert made.ledger[f"serapan/kro/{KRO}/rupiah"].origin.ranges == ((2, 3),)
    assert made.ledger[f"serapan/kro/{KRO}/persen"].value == Fraction(1_500_000_000) / ceiling
    # A KRO nothing was paid for has absorbed nothing; the whole ceiling is covered.
    assert made.ledger["serapan/kro/6077.AEC/rupiah"].value == 0
    assert made.ledger["serapan/total/rupiah"].value == 15_000_000
    assert made.ledger["serapan/total/cakupan"].value == 100
    assert made.ledger["serapan/total/rupiah"].note == "Dijumlahkan dari SP2D."


@pytest.mark.parametrize(("overrides", "quarter"), [(("data.dahulukan=rekap",), "IV")])
def test_percentages_count_where_the_parameter_says_so(payments, overrides, quarter):
    made = computed(payments, *overrides, quarter=quarter)
    expected = {one.id: one.value for one in base().ledger if one.id.startswith("serapan/")}
    assert {one.id: one.value for one in made.ledger if one.id in expected} == expected
    assert expected


def test_disbursements_do_without_percentages(payments):
    made = computed(payments, lacking=("realisasi_kro",))
    assert made.ledger["serapan/total/rupiah"].value == 15_000_000


def test_disbursements_are_checked_and_compared(payments, tmp_path):
    ids = [f"sp2d.{one}" for one in ("tanggal.tahun", "realisasi_kro.sama", "nomor.berulang")]
    found = checked(payments, *ids)
    assert [one.baris for one in found[ids[0]].lokasi] == [4]
    listed = tables()["realisasi_kro"].frame
    assert {one.baris for one in found[ids[1]].lokasi} <= set(listed["baris"])
    assert found[ids[1]].lokasi[0].berkas == "realisasi_kro.csv"
    assert found[ids[2]].lolos
    wrong = cleaned(
        tmp_path,
        "sp2d",
        SP2D,
        f"1,2025-02-03,{KRO},,99000000000",
        f"1,2025-02-03,{KRO},,99000000000",
        "2,2025-02-03,6077.XXX,,5",
        "3,2025-02-03,,,0",
    )
    failed = {
        "sp2d.nilai.pagu": None,
        "sp2d.nomor.berulang": 2,
        "sp2d.kode_kro.dipa": 4,
        "sp2d.kode_kro.terisi": 5,
        "sp2d.nilai.positif": 5,
    }
    found = checked(wrong, *failed)
    assert {id: one.lokasi[0].baris for id, one in found.items()} == failed
