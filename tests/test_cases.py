"""The cases that come with the profiles, and what is said of wrong ones."""

import shutil
from pathlib import Path

import pytest

from pp39.errors import ParameterError
from pp39.indicators.cases import run_case, run_cases
from pp39.profile import load_profile
from pp39.profile.case import Kasus, read_cases
from pp39.profile.files import SHIPPED

ROOT = Path(__file__).resolve().parents[1]
PROFILES = sorted(one.name for one in SHIPPED.iterdir() if (one / "profil.yaml").is_file())
BSKJI = load_profile(ROOT, "bskji")
WORDS = {"layanan": {"pengujian": "Pengujian"}, "kategori": {"perusahaan": "Perusahaan"}}


@pytest.mark.parametrize("name", PROFILES)
def test_every_case_of_a_shipped_profile_holds(name):
    told = [one.differences for one in run_cases(ROOT, load_profile(ROOT, name))]
    assert [one for one in told if one] == []


def test_every_computed_indicator_has_a_case():
    computed = {
        code for code, one in BSKJI.isi.indikator.items() if one.hitung != "nilai_eksternal"
    }
    cases = " ".join(key for one in read_cases(ROOT, BSKJI) for key in one.says.hasil)
    assert [code for code in computed if code.replace(" ", "-") not in cases] == []


def case(hasil, **rows):
    return Kasus(kosakata=WORDS, masukan=rows, hasil=hasil)


SLA = [{"triwulan": "IV", "layanan": "pengujian", "jumlah": 3, "tepat_waktu": 2}]


@pytest.mark.parametrize(
    ("hasil", "told"),
    [
        ({"IKK-6.1.1/order": 4}, "IKK-6.1.1/order is 3, not 4"),
        ({"IKK-6.1.1/realisasi": 66.6}, r"IKK-6.1.1/realisasi is 66.666667 \(200/3\), not 66.6"),
        ({"IKK-6.1.1/ordr": 4}, "IKK-6.1.1/ordr should be 4 and is not there.*IKK-6.1.1/order"),
        ({"IKK-6.1.1/order": None}, "IKK-6.1.1/order is 3, but there should be none"),
        ({"IKK-6.1.1/status": "tercapai"}, "IKK-6.1.1/status is 'belum ada data'"),
    ],
)
def test_what_differs_is_told(hasil, told):
    (found,) = run_case(ROOT, BSKJI, "contoh", case(hasil, sla=SLA))
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(found)


def test_a_decimal_is_compared_as_far_as_it_is_written():
    wanted = {"IKK-6.1.1/realisasi": 66.67, "IKK-6.1.1/layanan/pengujian/persen": "200/3"}
    assert list(run_case(ROOT, BSKJI, "contoh", case(wanted, sla=SLA))) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"slaa": SLA}, "slaa is no source; the nearest is sla"),
        ({"sla": [{"jumlh": 3}]}, "sla has no column jumlh; the nearest is jumlah"),
        ({"sla": [{"jumlah": "tiga"}]}, r"sla\.jumlah holds whole numbers only"),
    ],
)
def test_a_case_that_cannot_be_is_refused(rows, told):
    with pytest.raises(ParameterError, match=told):
        list(run_case(ROOT, BSKJI, "contoh", case({"IKK-6.1.1/order": 3}, **rows)))


PROFILE = """\
judul: Sekolah
memperluas: nasional
sasaran: {SS 1: Meningkatnya mutu}
sumber:
  kelulusan:
    judul: Siswa tingkat akhir
    kolom:
      triwulan: {judul: Triwulan, jenis: triwulan}
      lulus: {judul: Lulus}
indikator:
  IKU 1:
    {nama: Kelulusan, satuan: Persen, bentuk: persen, polaritas: naik, skala: [0, 100], desimal: 2,
     sumber: daftar, pic: TU, definisi: Bagian yang lulus, rumus: lulus ÷ semua, kode_sasaran: SS 1,
     data: "kelulusan[triwulan = tw]", realisasi: "banyak(data[lulus = 'ya']) / banyak(data) * 100"}
"""
CASES = """\
dua dari tiga:
  masukan:
    kelulusan: [{triwulan: IV, lulus: ya}, {triwulan: IV, lulus: ya}, {triwulan: IV, lulus: tdk}]
  hasil: {IKU-1/realisasi: 200/3}
belum ada:
  masukan: {kelulusan: [{triwulan: I, lulus: ya}]}
  hasil: {IKU-1/realisasi: tidak ada, IKU-1/status: belum ada data}
"""


def test_a_profile_of_the_project_is_tested_without_python(tmp_path):
    folder = tmp_path / "params" / "profil" / "kursus"
    (folder / "uji").mkdir(parents=True)
    shutil.copytree(ROOT / "params" / "regulasi", tmp_path / "params" / "regulasi")
    (folder / "profil.yaml").write_text(PROFILE, encoding="utf-8")
    (folder / "uji" / "kelulusan.yaml").write_text(CASES, encoding="utf-8")
    profile = load_profile(tmp_path, "kursus")
    assert [one.differences for one in run_cases(tmp_path, profile)] == [(), ()]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([SLA[0], SLA[0]], "contoh: sla: row 2 of the case has the key of one before it: .*IV"),
        ([SLA[0], {"triwulan": "IV", "layanan": None, "jumlah": 1}], r"sla\.layanan: row 2 of the"),
    ],
)
def test_rows_that_no_check_would_pass_are_refused(rows, told):
    with pytest.raises(ParameterError, match=told):
        list(run_case(ROOT, BSKJI, "contoh", case({"IKK-6.1.1/order": 3}, sla=rows)))
