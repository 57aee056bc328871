"""Indicators of a profile: what a planner writes, what is wrong with it, and where."""

import re
import shutil
from pathlib import Path

import pytest

from pp39.cli import run
from pp39.errors import ParameterError
from pp39.indicators.cases import run_case
from pp39.indicators.formulas import check_formulas, needed_sources, programs_of
from pp39.params import load
from pp39.profile import ProfileError, load_profile
from pp39.profile.case import Kasus
from pp39.starting.unit import start_unit

ROOT = Path(__file__).resolve().parents[1]
PROFILE = """\
judul: Sekolah
memperluas: nasional
sasaran: {SS 1: Mutu, SS 2: Tata kelola}
kosakata: {jenjang: {sebutan: level, kata: {sd: SD, smp: SMP}}}
sumber:
  siswa:
    judul: Siswa
    kolom:
      triwulan: {judul: Triwulan, jenis: triwulan}
      jenjang: {judul: Jenjang, jenis: pilihan, daftar: jenjang}
      jumlah: {judul: Jumlah, jenis: bulat, satuan: siswa}
      lulus: {judul: Lulus, jenis: bulat, satuan: siswa}
      biaya: {judul: Biaya, jenis: rupiah, satuan: Rp}
"""
ABOUT = """\
IKU 1:
  kode_sasaran: SS 1
  nama: Kelulusan
  satuan: Persen
  bentuk: persen
  polaritas: naik
  skala: [0, 100]
  desimal: 2
  sumber: daftar
  pic: TU
  definisi: Bagian yang lulus.
  rumus: lulus dibagi semua
"""
FORMULAS = """\
  data: siswa[triwulan = tw]
  besaran:
    lulus: {label: Siswa lulus, satuan: siswa, hitung: jumlah(data.lulus)}
    semua: {label: Siswa, satuan: siswa, hitung: jumlah(data.jumlah)}
    jenjang_j:
      untuk: {j: data.jenjang}
      id: jenjang/{j}
      label: Siswa {j}
      satuan: siswa
      hitung: jumlah(data[jenjang = j].jumlah)
  realisasi: lulus / semua * 100
"""
SECOND = """\
IKU 2:
  {pola: sakip, kode_sasaran: SS 2, nama: SAKIP, pic: TU}
IKU 3:
  {kode_sasaran: SS 1, nama: Biaya, satuan: Rupiah, bentuk: nilai, polaritas: turun,
   skala: [0, null], desimal: 0, sumber: daftar, pic: TU, definisi: Biaya tiap siswa,
   rumus: biaya dibagi siswa,
   realisasi: "jumlah(siswa[triwulan = tw].biaya) / 'IKU 1'.semua"}
"""
ROWS = [
    {"triwulan": "IV", "jenjang": "smp", "jumlah": 30, "lulus": 27, "biaya": 500},
    {"triwulan": "IV", "jenjang": "sd", "jumlah": 20, "lulus": 19, "biaya": 500},
]


@pytest.fixture
def written(tmp_path):
    folder = tmp_path / "params" / "profil" / "kursus"
    (folder / "indikator").mkdir(parents=True)
    shutil.copytree(ROOT / "params" / "regulasi", tmp_path / "params" / "regulasi")
    (folder / "profil.yaml").write_text(PROFILE, encoding="utf-8")

    def write(text):
        (folder / "indikator" / "mutu.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def differences(root, hasil, rows=ROWS, **more):
    case = Kasus(masukan={"siswa": rows, **more}, hasil=hasil)
    return list(run_case(root, load_profile(root, "kursus"), "contoh", case))


def test_a_planner_adds_indicators_without_python(written):
    root = written(ABOUT + FORMULAS + SECOND)
    check_formulas(load_profile(root, "kursus"))
    score = [{"kode": "IKU 2", "triwulan": "IV", "nilai": 81, "sumber": "Laporan"}]
    hasil = {
        "IKU-1/lulus": 46,
        "IKU-1/jenjang/sd": 20,
        "IKU-1/realisasi": 92,
        "IKU-2/realisasi": 81,
        "IKU-2/predikat": "A (memuaskan)",
        "IKU-3/realisasi": 20,
    }
    assert differences(root, hasil, nilai_eksternal=score) == []
    order = list(load_profile(root, "kursus").isi.indikator)
    assert order == ["IKU 1", "IKU 3", "IKU 2"]  # as the sasaran are, then by code


def test_nothing_to_divide_by_is_told(written):
    root = written(ABOUT + FORMULAS)
    empty = [{"triwulan": "IV", "jenjang": "sd", "jumlah": 0, "lulus": 0}]
    hasil = {
        "IKU-1/realisasi": "tidak ada",
        "IKU-1/catatan": "Tidak dapat dihitung karena siswa bernilai 0.",
    }
    assert differences(root, hasil, empty) == []


FILE = "params/profil/kursus/indikator/mutu.yaml"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "realisasi: lulus / semua",
            "realisasi: lulus / semau",
            f'{FILE}, line 23: column 22: IKU 1, realisasi: "semau" is no name that is known here;'
            ' the nearest is "semua"',
        ),
        (
            "jumlah(data.lulus)",
            "jumlah(data.luls)",
            f"{FILE}, line 15: column 68: IKU 1, besaran.lulus.hitung:"
            ' "luls" is no column of "siswa"; the nearest is "lulus"',
        ),
        ("siswa[triwulan = tw]", "sisswa[triwulan = tw]", 'line 13: column 9.*nearest is "siswa"'),
        (
            "satuan: siswa, hitung: jumlah(data.lulus)",
            "satuan: Rp, hitung: jumlah(data.lulus)",
            'line 15.*the formula gives "siswa", but satuan says "Rp"',
        ),
        ("lulus / semua * 100", "lulus / semua", "gives a ratio; multiply it by 100"),
        ("lulus / semua * 100", "lulus + jumlah(data.biaya)", '"siswa" and "Rp" do not add up'),
        ("label: Siswa lulus, ", "", "line 15.*a figure needs a label"),
        ("id: jenjang/{j}", "id: jenjang", "line 19.*id needs {j}"),
        ("id: jenjang/{j}", "id: jenjang/{j}/{k}", 'id has {k}, which "untuk" does not go through'),
        ("label: Siswa {j}", "label: Siswa {i}", 'line 20.*"i" is no name that is known here'),
        ("hitung: jumlah(data.jumlah)", "hitung: lulus + realisasi", "go round in a ring: .*→"),
        (
            "hitung: jumlah(data.jumlah)",
            "id: lulus, hitung: jumlah(data.jumlah)",
            '"lulus" has the id lulus, too',
        ),
        (
            "untuk: {j: data.jenjang}",
            "untuk: {lulus: data.jenjang}",
            '"lulus" is the name of a figure; take another',
        ),
        ("untuk: {j: data.jenjang}", "untuk: {j: 9..3}", "9..3 goes through nothing"),
        ("  realisasi: lulus / semua * 100\n", "", "it has no formula; write one in realisasi"),
        ("'IKU 1'.semua", "'IKU 1'.semau", 'no figure of IKU 1; the nearest is "semua"'),
        (
            "hitung: jumlah(data.jumlah)",
            "hitung: \"'IKU 3'.realisasi\"",
            "in a ring: IKU 1 → IKU 3",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_nearest_word(written, right, wrong, told):
    text = ABOUT + FORMULAS + SECOND
    assert right in text
    root = written(text.replace(right, wrong, 1))
    with pytest.raises(ProfileError) as caught:
        check_formulas(load_profile(root, "kursus"))
    said = str(caught.value)
    assert FILE in said
    if told.startswith(FILE):
        assert told in said
    else:
        with pytest.raises(ProfileError, match=told):
            raise caught.value


def test_everything_that_is_wrong_is_told_at_once(written):
    text = (ABOUT + FORMULAS).replace("data.lulus", "data.luls").replace("/ semua", "/ semau")
    with pytest.raises(ProfileError) as caught:
        check_formulas(load_profile(written(text), "kursus"))
    assert len(caught.value.faults) == 2


def test_a_pattern_that_is_not_there_names_the_nearest(written):
    root = written(ABOUT + FORMULAS + SECOND.replace("pola: sakip", "pola: sakp"))
    with pytest.raises(ProfileError, match=r"line 25: the pattern sakp is not there; .* sakip$"):
        load_profile(root, "kursus")


UNIT = """\
profil: kursus
unit: {nama: S, singkatan: S, kementerian: K, alamat: A, tugas: T}
laporan: {tempat: C, jabatan_penanda_tangan: Kepala}
"""


def test_a_unit_adds_changes_and_drops_indicators_in_its_own_file(written):
    root = written(ABOUT + FORMULAS + SECOND)
    folder = root / "params" / "unit"
    folder.mkdir()
    (folder / "contoh.yaml").write_text(
        UNIT + "indikator:\n"
        "  IKU 1: {pic: Kurikulum, besaran: {lulus: {hitung: jumlah(data.lulus) + 1}}}\n"
        "  IKU 3:\n"
        "  IKU 4: {pola: spbe, kode_sasaran: SS 2, nama: SPBE, pic: TU}\n",
        encoding="utf-8",
    )
    settings = load(root, "contoh", 2025, "IV")
    found = settings.params.indikator
    assert list(found) == ["IKU 1", "IKU 2", "IKU 4"]
    assert (found["IKU 1"].pic, found["IKU 1"].nama) == ("Kurikulum", "Kelulusan")
    assert found["IKU 1"].besaran["lulus"].hitung == "jumlah(data.lulus) + 1"
    assert found["IKU 1"].besaran["semua"].hitung == "jumlah(data.jumlah)"
    assert needed_sources(settings)["siswa"] == ("IKU 1",)


def test_a_formula_of_a_unit_is_told_with_the_file_of_the_unit(written, monkeypatch, capsys):
    root = written(ABOUT + FORMULAS)
    folder = root / "params" / "unit"
    folder.mkdir()
    (folder / "contoh.yaml").write_text(
        UNIT + "indikator:\n  IKU 1: {realisasi: lulus / semau * 100}\n", encoding="utf-8"
    )
    settings = load(root, "contoh", 2025, "IV")
    told = r"^params/unit/contoh.yaml, line 5: column 30: IKU 1"
    with pytest.raises(ParameterError, match=told):
        programs_of(settings)
    # Nobody is asked for data of formulas that cannot be understood: no file of them is there.
    with pytest.raises(ParameterError, match=told):
        needed_sources(settings)
    (root / "data" / "raw" / "contoh" / "2025").mkdir(parents=True)
    monkeypatch.chdir(root)
    for command in ("check", "sources"):
        assert run([command, "-u", "contoh", "-y", "2025", "-q", "IV"]) == 2
        assert re.match(told, capsys.readouterr().err.removeprefix("pp39: "))


def test_a_unit_is_not_started_on_formulas_that_cannot_be_understood(written):
    root = written((ABOUT + FORMULAS).replace("/ semua", "/ semau"))
    with pytest.raises(ProfileError, match='the nearest is "semua"'):
        start_unit(root, "contoh", "kursus", 2025)
    assert not (root / "params" / "unit").exists()
