"""What each row gives: columns held against one another, products of them, times of day."""

from fractions import Fraction
from pathlib import Path

import pytest
from check_cases import one
from test_profile import written
from test_profile_kinds import COURSE, ROOT, UNIT

from pp39.book import Book
from pp39.errors import UnreadableInput
from pp39.indicators import compute_indicators
from pp39.indicators.formulas import check_formulas
from pp39.ledger import Quantity
from pp39.params import Settings
from pp39.params.settings import load_case
from pp39.periods import Quarter, parse_clock
from pp39.profile import ProfileError, load_profile
from pp39.sources import CleanTable, Context, clean, sources_of

VISITS = """\
judul: Kunjungan
kolom:
  triwulan: {judul: Triwulan, jenis: triwulan}
  daftar: {judul: Daftar, jenis: jam}
  dilayani: {judul: Dilayani, jenis: jam}
  janji: {judul: Janji, jenis: tanggal}
  selesai: {judul: Selesai, jenis: tanggal}
  tt: {judul: Tempat Tidur, jenis: bulat, satuan: tempat tidur}
  hari: {judul: Hari, jenis: bulat, satuan: hari}
  tarif: {judul: Tarif, jenis: rupiah, satuan: Rp}
  ruang: {judul: Ruang}
"""
HEADER = "Triwulan,Daftar,Dilayani,Janji,Selesai,Tempat Tidur,Hari,Tarif,Ruang"
ROWS = """\
II,08:15,08.45,2025-05-02,2025-05-02,10,30,1000,A
II,8.30,09:45:30,2025-05-02,2025-05-05,4,31,500,B
II,pukul 10.00 WIB,,,2025-05-05,2,,,C
II,0.9930555556,00:10,2025-05-06,,1,30,2000,D
"""


OLD = 'realisasi: "rata(daftar[triwulan = tw].nilai) * 2"'


def visits(
    root: Path, rows: str = ROWS, source: str = VISITS, realised: str = OLD
) -> tuple[Settings, CleanTable]:
    """Write a profile with the visits as a source, and clean them."""
    results = COURSE["indikator/hasil.yaml"].replace(OLD, realised)
    files = {"sumber/kunjungan.yaml": source, "indikator/hasil.yaml": results}
    written(root, "kursus", {**COURSE, **files})
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    profile = load_profile(root, "kursus")
    check_formulas(profile)
    settings = load_case(ROOT, profile, 2025, Quarter.II, unit=unit, overrides=())
    path = root / "kunjungan.csv"
    path.write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    return settings, clean(sources_of(profile)["kunjungan"], path, Context.of(settings))


def figure(settings: Settings, table: CleanTable, name: str) -> Quantity | None:
    book = Book({"kunjungan": table}, settings)
    compute_indicators(book)
    return book.ledger.get(f"K1/{name}")


def made(root: Path, formula: str, unit: str) -> Quantity | None:
    """Give what a formula over the visits comes to."""
    own = f'besaran: {{x: {{label: Hasil, satuan: "{unit}", hitung: "{formula}"}}}}, {OLD}'
    return figure(*visits(root, realised=own), "x")


@pytest.mark.parametrize(
    ("formula", "unit", "value"),
    [
        ("banyak(kunjungan[selesai <= janji])", "orang", 1),
        ("banyak(kunjungan[selesai > janji])", "orang", 1),
        ("banyak(kunjungan[selesai != janji])", "orang", 1),
        ("banyak(kunjungan[daftar >= '08.30'])", "orang", 3),
        ("banyak(kunjungan[tt < hari])", "orang", 3),
        ("jumlah(kunjungan.tt * kunjungan.hari)", "hari", 300 + 124 + 30),
        ("jumlah(kunjungan[ruang = 'A'].tt * kunjungan[ruang = 'A'].hari)", "hari", 300),
        ("jumlah(kunjungan.tarif * 2)", "Rp", 7000),
        ("jumlah(kunjungan.hari - kunjungan.hari)", "hari", 0),
        ("rata(kunjungan.tt * kunjungan.hari)", "hari", Fraction(454, 3)),
        ("median(kunjungan.tt * kunjungan.hari)", "hari", 124),
        ("jumlah(kunjungan.tarif * kunjungan.hari(janji, selesai))", "Rp", 1500),
        ("jumlah(kunjungan.menit(daftar, dilayani))", "menit", Fraction(211, 2)),
        ("rata(kunjungan.jam(daftar, dilayani))", "jam", Fraction(211, 240)),
        ("banyak(kunjungan[menit(daftar, dilayani) <= 30])", "orang", 1),
    ],
)
def test_rows_give_what_their_columns_make(
    tmp_path: Path, formula: str, unit: str, value: Fraction | int
) -> None:
    found = made(tmp_path, formula, unit)
    assert found is not None
    assert found.value == value
    assert found.leaves()


def test_a_product_is_traced_to_the_cells_it_is_made_of(tmp_path: Path) -> None:
    found = made(tmp_path, "jumlah(kunjungan.tt * kunjungan.hari)", "hari")
    assert found is not None
    assert found.formula_numbers() == "10 × 30 + 4 × 31 + 1 × 30"
    assert "kunjungan.csv" in found.explain()


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("jumlah(kunjungan.tt * biaya.peserta)", "row by row only of the same rows"),
        ("jumlah(kunjungan.tt * kunjungan.ruang)", 'column "ruang" holds words, not numbers'),
        ("jumlah(kunjungan.tt + kunjungan.hari)", "do not add up"),
        ("jumlah(kunjungan.tt / kunjungan.hari)", "a number is needed, but kunjungan.tt is"),
        ("banyak(kunjungan[janji <= daftar])", "holds dates and column .daftar. times; only like"),
        ("banyak(kunjungan[ruang < ruang])", "columns of words are compared by = or != only"),
        ("banyak(kunjungan[daftar >= '25:00'])", "holds times, and .25:00. is no time of a day"),
        ("jumlah(kunjungan.menit(janji, selesai))", "is no column of times"),
        ("jumlah(kunjungan.hari(daftar, dilayani))", "is no column of dates"),
        ("terakhir(kunjungan.tt * kunjungan.hari)", "added up with jumlah"),
    ],
)
def test_what_rows_cannot_give_is_refused(tmp_path: Path, formula: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        made(tmp_path, formula, "hari")


def test_a_time_that_passes_midnight_is_told_or_is_one_of_the_next_day(tmp_path: Path) -> None:
    rows = "II,23:50,00:10,,,,,,\nII,,,,,,,,A\n"
    formula = 'satuan: menit, realisasi: "rata(kunjungan.menit(daftar, dilayani))"'
    settings, table = visits(tmp_path, rows, realised=formula)
    assert figure(settings, table, "realisasi") is None
    told = one("indikator.hari", {"kunjungan": table}, settings)
    assert "00:10 is before Daftar 23:50, so the row has no number of minutes" in told.kalimat
    assert "lewat_tengah_malam: ya" in told.kalimat
    next_day = VISITS.replace("Dilayani, jenis", "Dilayani, lewat_tengah_malam: ya, jenis")
    settings, table = visits(tmp_path, rows, next_day, formula)
    found = figure(settings, table, "realisasi")
    assert found is not None
    assert found.value == 20


@pytest.mark.parametrize("text", ["8.3", "8", "24:00", "08:60", "0.25", "0.30", "pagi", "8,15"])
def test_what_may_be_two_times_or_none_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        parse_clock(text)
    with pytest.raises(UnreadableInput, match=r'kunjungan.csv, row 2, column "Daftar"'):
        visits(tmp_path, f'II,"{text}",,,,,,,\n')
