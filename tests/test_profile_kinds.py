"""What a profile of one's own may say, and what is told before it gives a wrong result."""

import shutil
from pathlib import Path

import pytest
from test_profile import written

from pp39.errors import ParameterError
from pp39.params.settings import load_case
from pp39.periods import Quarter
from pp39.profile import ProfileError, load_profile

ROOT = Path(__file__).resolve().parents[1]
CLASSES = """\
judul: Kursus
memperluas: nasional
parameter:
  regulasi.mutu:
    jenis: klasifikasi
    arti: classes of a course
    bawaan:
      sumber: Keputusan Kepala
      kelas:
        A: {predikat: baik, min: 50, maks: 100}
        B: {predikat: kurang, min: 0, maks: 50}
"""
UNIT = {
    "unit": dict.fromkeys(("nama", "singkatan", "kementerian", "alamat", "tugas"), "Contoh"),
    "laporan": {"tempat": "Contoh", "jabatan_penanda_tangan": "Kepala"},
    "sasaran": {"S1": "Mutu"},
    "indikator": {
        "I1": {
            "kode_sasaran": "S1",
            **dict.fromkeys(("nama", "sumber", "pic", "definisi", "rumus"), "Contoh"),
            "satuan": "Nilai",
            "bentuk": "nilai",
            "polaritas": "naik",
            "skala": [0, 100],
            "desimal": 2,
        }
    },
}


def parameters(root: Path, profile: str, *overrides: str):
    loaded = load_profile(root, profile)
    return load_case(root, loaded, 2025, Quarter.IV, unit=UNIT, overrides=overrides)


@pytest.fixture
def regulations(tmp_path: Path) -> Path:
    path = tmp_path / "params/regulasi/2025.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(ROOT / "params/regulasi/2025.yaml", path)
    return path


# --- classes of a score -------------------------------------------------------------------------


def test_classes_of_ones_own_stand_in_the_profile(tmp_path: Path, regulations: Path) -> None:
    written(tmp_path, "kursus", {"profil.yaml": CLASSES})
    made = parameters(tmp_path, "kursus", "regulasi.mutu.kelas.B.predikat=cukup")
    assert made.params.regulasi.mutu.kelas["B"].predikat == "cukup"
    assert made.layer("regulasi.mutu.kelas.A.min") == "params/profil/kursus/profil.yaml"


def test_the_regulations_of_the_year_may_name_classes_of_any_profile(
    tmp_path: Path, regulations: Path
) -> None:
    written(tmp_path, "kursus", {"profil.yaml": CLASSES})
    own = "  mutu: {sumber: Baru}\n"
    text = regulations.read_text("utf-8")
    regulations.write_text(text.replace("\n  sakip:\n", f"\n{own}  sakip:\n"), "utf-8")
    assert parameters(tmp_path, "kursus").params.regulasi.mutu.sumber == "Baru"
    assert not hasattr(parameters(tmp_path, "sekolah").params.regulasi, "mutu")
    regulations.write_text(text.replace("\n  sakip:\n", "\n  skip: {}\n  sakip:\n"), "utf-8")
    with pytest.raises(ParameterError, match=r"no parameter regulasi\.skip .* regulasi\.sakip"):
        parameters(tmp_path, "sekolah")


def test_classes_that_do_not_fit_are_told_where_they_stand(tmp_path: Path) -> None:
    wrong = CLASSES.replace("sumber: Keputusan Kepala", "sumbr: x").replace("min: 50", "min: lima")
    written(tmp_path, "kursus", {"profil.yaml": wrong})
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path, "kursus")
    assert [one.sentence for one in caught.value.faults] == [
        "parameter regulasi.mutu: bawaan.sumber is not set, but must be",
        "parameter regulasi.mutu: there is no bawaan.sumbr; the nearest is sumber",
        "parameter regulasi.mutu: bawaan.kelas.A.min is 'lima'; it must be a whole number or a"
        " number",
    ]
