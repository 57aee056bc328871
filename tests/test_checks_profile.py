"""Checks of a profile: what is said of mistakes in them, and the suites they are handed out as."""

import importlib
import inspect
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from check_cases import ROOT, both, one, put, real_settings, real_tables

from pp39.book import Book
from pp39.checks import check
from pp39.checks.batches import rows_of
from pp39.checks.reference import values
from pp39.checks.suites import save_suites
from pp39.cli import run
from pp39.params import load
from pp39.profile import ProfileError, load_profile
from pp39.profile.condition import conditions
from pp39.profile.expectations import COLUMNS, KNOWN
from pp39.sources import save_tables

SOURCE = """\
judul: Kelas
kunci: [kode]
kolom:
  kode: {judul: Kode, wajib: ya}
  siswa: {judul: Siswa, jenis: bulat}
  lulus: {judul: Lulus, jenis: bulat}
  triwulan: {judul: Triwulan, jenis: triwulan}
"""
SLICE = """\
kelas/urut:
  dari: kelas
  langkah:
    - pilih: triwulan <= tw
    - urut: {kolom: siswa, per: kode}
"""
EXPECT = (
    "ExpectColumnPairValuesAToBeGreaterThanB: {column_A: siswa, column_B: lulus, or_equal: true}"
)
CHECK = """\
kelas.lulus.bagian:
  tingkat: kritis
  aturan: Yang lulus tidak melebihi siswa.
  harap: {EXPECT}
  kolom: lulus
  salah: lulus {lulus:angka} melebihi siswa {siswa}
  benar: '{lulus} of {siswa} passed'
""".replace("EXPECT", EXPECT)


def library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("great_expectations")


def school(root: Path, check: str = CHECK, slices: str = SLICE) -> list[str]:
    """Write a profile and give its faults."""
    files = {
        "profil.yaml": "judul: Sekolah\nacuan: {kode: kelas.kode}\n",
        "sumber/kelas.yaml": SOURCE,
        "potongan/kelas.yaml": slices,
        "periksa/kelas.yaml": check,
    }
    for name, text in files.items():
        path = root / "params" / "profil" / "madrasah" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        load_profile(root, "madrasah")
    except ProfileError as error:
        return [str(fault) for fault in error.faults]
    return []


def test_a_sound_check_is_silent(tmp_path: Path) -> None:
    assert school(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("AToBeGreaterThanB", "AToBeGreatThanB", 4, "the nearest is ExpectColumnPairValuesATo"),
        ("or_equal", "or_equals", 4, "names or_equals"),
        ("or_equal", "or_equals", 4, "the nearest is or_equal"),
        ("column_B: lulus", "column_B: lulos", 4, "names lulos, which is not in kelas"),
        (", column_B: lulus", "", 4, "needs column_B"),
        ("kolom: lulus", "kolom: lulusan", 5, "the nearest is lulus"),
        ("{lulus:angka}", "{lulu:angka}", 6, "names lulu, which is not in the rows"),
        ("{lulus:angka}", "{lulus:angk}", 6, "the nearest is angka"),
        ("{lulus:angka}", "{kela:berkas}", 6, "names kela, which is not in sumber"),
        ("{lulus:angka}", "{kelas:berka}", 6, "the nearest is berkas"),
        ("kelas.lulus.bagian", "kela.lulus.bagian", 1, "names kela, which is not in sumber"),
        ("  kolom:", "  pada: kelas/urt\n  kolom:", 5, "the nearest is kelas/urut"),
        ("  kolom:", "  bila: siswa >> 0\n  kolom:", 5, "is no condition; write one such as"),
        ("  kolom:", "  bila: lulos > 0\n  kolom:", 4, "names lulos"),
        ("kritis", "krits", 2, "the nearest is kritis"),
        ("aturan", "atura", 3, "the nearest is aturan"),
    ],
)
def test_a_wrong_check_is_told_with_line_and_remedy(
    old: str, new: str, line: int, told: str, tmp_path: Path
) -> None:
    faults = school(tmp_path, CHECK.replace(old, new, 1))
    at = f"params/profil/madrasah/periksa/kelas.yaml, line {line}: "
    assert any(fault.startswith(at) and told in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("dari: kelas", "dari: kelass", 2, "the nearest is kelas"),
        ("kolom: siswa", "kolom: siswi", 5, "names siswi, which is not in the rows so far"),
        ("- urut", "- urt", 5, "the nearest is urut"),
        ("- pilih: triwulan <= tw", "- pilih: triwulan <= tv", 4, "tv is nothing a run knows"),
        ("per: kode}", "per: kode}\n      ada: kode", 5, "a step does exactly one thing"),
    ],
)
def test_a_wrong_potongan_is_told_with_line_and_remedy(
    old: str, new: str, line: int, told: str, tmp_path: Path
) -> None:
    faults = school(tmp_path, slices=SLICE.replace(old, new, 1))
    at = f"params/profil/madrasah/potongan/kelas.yaml, line {line}: "
    assert any(fault.startswith(at) and told in fault for fault in faults), faults


def test_rows_that_were_left_out_are_not_counted_as_blanks(tmp_path: Path) -> None:
    wrong = CHECK.replace("  kolom:", "  pada: kelas/urut\n  kolom:").replace(
        EXPECT,
        "ExpectColumnValuesToNotBeNull: {column: lulus}",
    )
    [fault] = school(tmp_path, wrong)
    assert "use ExpectColumnValuesToBeNull" in fault


def test_an_unknown_parameter_list_is_told(tmp_path: Path) -> None:
    wrong = CHECK.replace(
        EXPECT,
        "ExpectColumnValuesToBeInSet: {column: kode, value_set: {$PARAMETER: kod}}",
    )
    [fault] = school(tmp_path, wrong)
    assert "names kod, which is not in acuan; the nearest is kode" in fault


@pytest.mark.parametrize("text", ["triwulan", "a = ", "a = b", "nilai > 'x", "a ada b", "(a = 1)"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no condition|is nothing a run knows"):
        conditions(text)


@pytest.mark.filterwarnings("ignore")
def test_the_list_of_expectations_is_that_of_the_library() -> None:
    expectations = library().expectations
    base: Any = importlib.import_module("great_expectations.expectations.expectation")
    common = {*base.Expectation.__fields__, "batch_id", "table", "library_metadata", "domain_type"}
    common |= {"row_condition", "condition_parser"}
    several = {"ExpectQueryResultsToMatchComparison", "ExpectTableRowCountToEqualOtherTable"}
    members: list[tuple[str, Any]] = inspect.getmembers(expectations, inspect.isclass)
    there = {
        name: set(kind.__fields__) - common
        for name, kind in members
        if name.startswith("Expect") and name not in several | {"Expectation"}
    }
    assert {name: set(each) for name, each in KNOWN.items()} == there
    assert {name for each in KNOWN.values() for name in each if name in COLUMNS} == set(COLUMNS)


def test_numbers_of_a_kind_may_begin_with_any_of_several() -> None:
    rows = rows_of("revisi_dipa/nama", Book(real_tables(), real_settings()))
    assert rows is not None
    assert list(rows.loc[rows["nomor"] != rows["berikut"], "uraian"]) == ["Satker 2"]


def _ran(folder: Path, clean: Path) -> dict[str, bool]:
    """Run suites as Great Expectations is used anywhere, on the clean tables alone."""
    gx = library()
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    asset = context.data_sources.add_pandas("bersih").add_dataframe_asset("tabel")
    definition = asset.add_batch_definition_whole_dataframe("semua")
    tables = {path.stem: pd.read_parquet(path) for path in clean.glob("*.parquet")}
    lists = json.loads((folder / "acuan.json").read_bytes())
    words = {
        name: [word for place in places for word in _words(place, tables)]
        for name, places in lists.items()
    }
    found: dict[str, bool] = {}
    for name, table in tables.items():
        suite = gx.ExpectationSuite(**json.loads((folder / f"{name}.json").read_bytes()))
        suite = context.suites.add(suite)
        batch = definition.get_batch({"dataframe": table})
        for result in batch.validate(suite, expectation_parameters=words).results:
            id = result.expectation_config.meta["id"]
            found[id] = found.get(id, True) and bool(result.success)
    return found


def _words(place: str, tables: dict[str, pd.DataFrame]) -> list[object]:
    name, _, column = place.rpartition(".")
    if name in tables:
        return tables[name][column].dropna().tolist()
    return values([place], Book({}, real_settings()))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("broken", [False, True])
def test_suites_run_in_plain_great_expectations_with_the_same_outcome(
    broken: bool, tmp_path: Path
) -> None:
    change = both(
        put("sla", "tepat_waktu", 171),
        put("progres_ro", "kode_ro", "6077.BAD.999"),
        put("dipa_ro", "nama_ro", None),
        put("ikpa", "nilai", 929.0, 3),
    )
    tables = change(real_tables()) if broken else real_tables()
    save_tables(tables, tmp_path / "bersih")
    save_suites(real_settings(), tmp_path / "suites")
    found = _ran(tmp_path / "suites", tmp_path / "bersih")
    ours = {each.id: each.lolos for each in check(tables, real_settings())}
    assert len(found) > 100
    assert found == {id: ours[id] for id in found}
    if broken:
        failed = {"sla.tepat_waktu.bagian", "progres_ro.kode_ro.dipa", "dipa_ro.terisi"}
        assert failed | {"ikpa.nilai.rentang"} <= {id for id, held in found.items() if not held}


def test_the_command_writes_suites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    monkeypatch.setenv("PP39_ROOT", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["profile", "bskji", "--suites", "suites", "-u", "bspji-ambon"]) == 0
    assert "sla.json" in capsys.readouterr().out
    suite = json.loads((tmp_path / "suites" / "sla.json").read_bytes())
    assert {"sla.kunci", "sla.tepat_waktu.bagian"} <= {
        each["meta"]["id"] for each in suite["expectations"]
    }


def test_a_check_of_the_unit_itself_is_judged(tmp_path: Path) -> None:
    project = tmp_path / "proyek"
    shutil.copytree(ROOT / "params", project / "params")
    unit = project / "params" / "unit" / "bspji-ambon.yaml"
    text = unit.read_text(encoding="utf-8")
    assert "profil: bskji\n" in text
    own = """\
profil:
  memperluas: bskji
  periksa:
    sla.jumlah.banyak:
      tingkat: peringatan
      aturan: Setiap layanan memiliki sekurang-kurangnya dua ratus order.
      harap: {ExpectColumnValuesToBeBetween: {column: jumlah, min_value: 200}}
      salah: layanan {layanan} hanya memiliki {jumlah:angka} order
      benar: '{layanan} has only {jumlah} orders'
"""
    unit.write_text(text.replace("profil: bskji\n", own), encoding="utf-8")
    settings = load(project, "bspji-ambon", 2025, "IV")
    found = one("sla.jumlah.banyak", real_tables(), settings)
    assert not found.lolos
    assert found.ringkasan == "Layanan pengujian hanya memiliki 170 order."
