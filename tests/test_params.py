"""Parameters: layers, overrides, what is told about mistakes."""

import contextlib
import re
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pp39.errors import ParameterError
from pp39.params import Params, Settings, indicator_code, load, split_overrides
from pp39.params.overrides import parse_override
from pp39.params.schema import format_path
from pp39.periods import Quarter, working_day_deadline

ROOT = Path(__file__).parents[1]
TREE = {"indikator": {"IKK 6.4.2": {}}, "target": {}, "unit": {"ro_di_luar_dipa": {}}}


def settings(*overrides: str, scenario: str = "dasar", quarter: str = "IV") -> Settings:
    return load(ROOT, "bspji-ambon", 2025, quarter, scenario, overrides=overrides)


def refused(*overrides: str, scenario: str = "dasar") -> str:
    with pytest.raises(ParameterError) as caught:
        settings(*overrides, scenario=scenario)
    assert "\n" not in caught.value.sentence
    assert caught.value.exit_code == 2
    return caught.value.sentence


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return tmp_path


def of(project: Path, *overrides: str, scenario: str = "dasar") -> Params:
    return load(project, "bspji-ambon", 2025, "IV", scenario, overrides=overrides).params


def test_the_contract_has_seventeen_indicators_in_order() -> None:
    params = settings().params
    codes = list(params.indikator)
    assert len(codes) == 17
    assert codes[0] == "ITJ 6.1"
    assert codes[-1] == "IKK 6.7.1"
    assert {one.kode_sasaran for one in params.indikator.values()} == set(params.sasaran)
    assert params.indikator["IKK 6.2.3"].bentuk == "rasio"


@pytest.mark.parametrize(
    ("table", "score", "key"),
    [
        ("ikm", "3.69", "A"),
        ("ikm", "3.0644", "B"),  # 76,61 after rounding
        ("ikm", "3.0642", "B"),  # 76,605 is half way, and half goes up
        ("ikm", "3.0641", "C"),
        ("ipasn", "79.74", "sedang"),
        ("ipasn", "80.5", "sedang"),  # between two printed limits
        ("ipp", "4.24", "A-"),
        ("sakip", "80", "BB"),
        ("sakip", "80.01", "A"),
        ("sakip", "0", "D"),
        ("ikpa", "91.19", "baik"),
        ("ikpa", "95", "sangat baik"),
        ("ikpa", "100.01", None),
    ],
)
def test_classes(table: str, score: str, key: str | None) -> None:
    assert getattr(settings().params.regulasi, table).classify(Fraction(score)) == key


@pytest.mark.parametrize("quarter", list(Quarter))
def test_the_date_of_the_report(quarter: Quarter, project: Path) -> None:
    params = settings(quarter=str(quarter)).params
    holidays = {day.tanggal for day in params.regulasi.libur}
    due = working_day_deadline(
        quarter.end(2025), params.regulasi.formulir["A"].hari_kerja, holidays
    )
    expected = date(2026, 1, 6) if quarter is Quarter.IV else due
    assert params.laporan.tanggal == expected
    # Without the quarter's file the report is dated the day its form is due.
    (project / "params" / "triwulan" / f"2025-{quarter}.yaml").unlink()
    undated = load(project, "bspji-ambon", 2025, quarter)
    assert undated.params.laporan.tanggal == due
    assert undated.layer("laporan.tanggal") == "bawaan"


def test_later_layers_win_and_say_so() -> None:
    plain = settings()
    assert plain.params.nps.responden == "semua"
    assert plain.layer("nps.responden") == "bawaan"
    unique = settings(scenario="nps-unik")
    assert unique.params.nps.responden == "unik"
    assert unique.layer("nps.responden") == "params/scenarios/nps-unik.yaml"
    both = settings("nps.responden=semua", scenario="nps-unik")
    assert (both.params.nps.responden, both.layer("nps.responden")) == ("semua", "-p")


@pytest.mark.parametrize(
    "written", ['target."IKK 6.4.2"=80', "target.IKK 6.4.2=80", "target.ikk-6.4.2=80"]
)
def test_codes_with_dots_and_blanks_however_quoted(written: str) -> None:
    found = settings(written)
    assert dict(found.params.target) == {"IKK 6.4.2": 80}
    traced = found.quantity('target."IKK-6.4.2"', "Target SPBE", "%")
    assert (traced.value, traced.unit) == (80, "%")


def test_the_scenario_with_the_target_of_the_action_plan() -> None:
    assert dict(settings(scenario="spbe-rencana-aksi").params.target) == {"IKK 6.4.2": 80}


def test_make_passes_several_at_once() -> None:
    assert split_overrides('capaian.batas=120 target."IKK 6.4.2"=80') == (
        "capaian.batas=120",
        "target.IKK 6.4.2=80",
    )
    with pytest.raises(ParameterError, match="quotation mark is not closed"):
        split_overrides('a="b')


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "nps.promotor_min=8",
            "no parameter nps.promotor_min (-p nps.promotor_min=8); the nearest",
        ),
        ("promoter_min=8", "the nearest is nps.promoter_min"),
        ("target.IKK 6.4.9=80", "which indikator does not have; the nearest is IKK 6.4."),
        ("unit.layanan.pengujan.nama=x", "the nearest is unit.layanan.pengujian"),
        ("indikator.IKK 9.9.desimal=1", 'no parameter indikator."IKK 9.9"'),
        ("nps.promoter_min=11", "it must be a whole number from 1 to 10"),
        ("nps.promoter_min=8.5", "is 8.5 (-p); it must be a whole number"),
        ("nps.promoter_min=true", "is true (-p); it must be a whole number"),
        ("nps.promoter_min=6", "passive_min is 7 and must not be above promoter_min, 6"),
        ("ikpa.cara=ratarata", "one of rata_rata, bulan_terakhir; the nearest is rata_rata"),
        ("capaian.batas=115", "one of 100, 110, 120 or null"),
        ("target.IKK 6.4.2=80,5", "is '80,5' (-p); it must be a number"),
        ("target.IKK 6.4.2=.inf", "it must be a number"),
        ("pelanggan.kategori=perusahaan", "it must be a list of text"),
        ("pelanggan.kategori=[perusahan]", "the nearest is perusahaan"),
        ("pelanggan.kategori=[]", "that is not empty"),
        ("hasil_layanan.layanan=[lhp]", "the nearest is lph"),
        ("laporan.tanggal=6 Janari 2026", "a date such as 2026-01-06 or 6 Januari 2026"),
        ("regulasi.libur=[{tanggal: x}]", "regulasi.libur.0.tanggal is 'x'"),
        ("nps=5", "it must be {promoter_min, passive_min, responden}"),
        ("nps", "write it as name=value"),
        ("=5", "write it as name=value"),
        ("nps.promoter_min.x=1", "nps.promoter_min is a single value"),
        ("nps.promoter_min=[1", "not valid YAML"),
        ("unit.nama=", "unit.nama is empty (-p); it must be text"),
        ("indikator.IKK 6.1.1.skala=[1]", "it must be a list of 2"),
    ],
)
def test_a_mistake_is_one_sentence(written: str, told: str) -> None:
    assert told in refused(written)


def test_values_are_yaml() -> None:
    params = settings("laporan.tanggal=6 Januari 2026", "nps={promoter_min: 8}").params
    assert params.laporan.tanggal == date(2026, 1, 6)
    assert (params.nps.promoter_min, params.nps.passive_min) == (8, 7)


def test_unknown_files_name_the_nearest() -> None:
    assert "the nearest is nps-unik" in refused(scenario="nps-unk")
    assert "there are dasar, nps-unik" in refused(scenario="x")
    assert "there is no scenario '../dasar'" in refused(scenario="../dasar")
    with pytest.raises(ParameterError, match="the nearest is bspji-ambon"):
        load(ROOT, "bspji-ambn", 2025, "IV")
    with pytest.raises(ParameterError, match="no regulations for 1999: params/regulasi has 2025"):
        load(ROOT, "bspji-ambon", 1999, "IV")
    # Regulations hold until they are replaced.
    assert "params/regulasi/2025.yaml" in load(ROOT, "bspji-ambon", 2031, "IV").files


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nps:\n  promotor_min: 8\n", "params/scenarios/x.yaml, line 2); the nearest is nps.promo"),
        ("nps:\n  promoter_min: 12\n", "nps.promoter_min is 12 (params/scenarios/x.yaml, line 2)"),
        ("nps:\n  passive_min: 1\n\nnps:\n", "line 4: the name 'nps' is set twice"),
        ("target:\n  IKK 6.1.1: 1\n  IKK-6.1.1: 2\n", "the code IKK 6.1.1 is set twice"),
        ("a: {b\nc: 1\n", "is not valid YAML"),
        ("sekadar teks", "must hold 'name: value' lines"),
        ("laporan:\n  tanggal: 2026-13-45\n", "line 2: '2026-13-45' is not valid"),
        ("? [a]\n: 1\n", "a name must be plain text"),
        ("regulasi:\n  ikm:\n    kelas:\n      Z: {predikat: x}\n", "no parameter regulasi.ikm"),
    ],
)
def test_a_mistake_in_a_file_names_file_and_line(project: Path, text: str, told: str) -> None:
    (project / "params" / "scenarios" / "x.yaml").write_text(text)
    with pytest.raises(ParameterError) as caught:
        of(project, scenario="x")
    assert told in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_what_is_not_set_is_named_with_its_file(project: Path) -> None:
    path = project / "params" / "unit" / "bspji-ambon.yaml"
    content = yaml.safe_load(path.read_text())
    del content["unit"]["alamat"]
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(ParameterError, match=r"unit\.alamat is not set; set it in params/unit/"):
        of(project)


def test_an_empty_section_and_an_empty_file_set_nothing(project: Path) -> None:
    (project / "params" / "scenarios" / "x.yaml").write_text("target:\nnps:\n")
    (project / "params" / "scenarios" / "y.yaml").write_text("# belum ada\n")
    assert of(project, scenario="x") == of(project, scenario="y") == of(project)


def test_every_parameter_is_described() -> None:
    entries = settings("nps.promoter_min=8").describe()
    paths = [entry.path for entry in entries]
    assert len(paths) == len(set(paths))
    assert all(entry.meaning and entry.type and entry.layer for entry in entries)
    (one,) = [entry for entry in entries if entry.path == "nps.promoter_min"]
    assert (one.type, one.value, one.layer) == ("whole number", 8, "-p")
    (scale,) = [entry for entry in entries if entry.path == 'indikator."ITJ 6.1".skala']
    assert (scale.value, scale.layer) == ([1, 4], "pp39/profil/bskji/indikator/ikm.yaml")


def test_every_described_path_can_be_set_to_its_own_value() -> None:
    plain = settings()
    entries = plain.describe()
    given_back = [f"{entry.path}={_flow(entry.value)}" for entry in entries]
    assert settings(*given_back).params == plain.params


def _flow(value: object) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6)
    return text.removesuffix("\n").removesuffix("\n...").removesuffix("\n")


def test_digest_follows_exactly_what_is_read() -> None:
    plain, changed = settings(), settings("nps.promoter_min=8")
    assert plain.digest(["ikpa", "unit.layanan"]) == changed.digest(["ikpa", "unit.layanan"])
    assert plain.digest(["nps"]) != changed.digest(["nps"])
    with pytest.raises(ParameterError, match="the nearest is nps"):
        plain.digest(["npss"])


def test_json_is_sorted_and_whole() -> None:
    found = settings().to_json()
    assert list(found) == sorted(found)
    assert set(found) == set(Params.model_fields)


@pytest.mark.parametrize("path", ["nps.responden", "capaian.batas"])
def test_only_numbers_become_quantities(path: str) -> None:
    with pytest.raises(ParameterError, match="not a number"):
        settings().quantity(path, "x", "")


def test_parameters_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings().params.nps.promoter_min = 3  # type: ignore[misc]


KEYS = st.text(
    st.characters(codec="utf-8", exclude_characters="\"'\n\r\0", exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=12,
)


@given(key=KEYS, value=st.integers() | st.decimals(-1000, 1000, places=3).map(float))
def test_any_quoted_key_and_number_round_trips(key: str, value: float) -> None:
    parsed = parse_override(f'target."{key}"={value!r}', TREE)
    assert parsed.path == ("target", indicator_code(key))
    assert parsed.value == value
    again = parse_override(f"{format_path(parsed.path)}={value!r}", TREE)
    assert again == parsed


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    with contextlib.suppress(ParameterError):
        assert parse_override(text, TREE).path[0] in Params.model_fields


@given(st.lists(KEYS.map(lambda key: f'target."{key}"=1'), max_size=5))
def test_splitting_keeps_the_number_of_overrides(written: list[str]) -> None:
    assert len(split_overrides(" ".join(one.replace("\\", "") for one in written))) == len(written)


@given(st.from_regex(r"[A-Z]{3} [0-9](\.[0-9]){0,2}", fullmatch=True))
def test_a_code_has_one_spelling(code: str) -> None:
    spellings = {code, code.replace(" ", "-"), code.lower(), code.replace(" ", "_")}
    assert {indicator_code(one) for one in spellings} == {code}


def test_changes_tell_what_a_scenario_and_overrides_make_different() -> None:
    assert settings().changes() == []
    assert settings().base is None
    assert settings("nps.promoter_min=9").changes() == []
    assert settings("eksekusi.batas_waktu_sel=7").changes() == []
    both = settings("nps.promoter_min=8", scenario="nps-unik")
    told = [
        (one.now.path, one.now.value, one.now.layer, one.before and one.before.value)
        for one in both.changes()
    ]
    assert sorted(told, key=lambda one: one[0]) == [
        ("nps.promoter_min", 8, "-p", 9),
        ("nps.responden", "unik", "params/scenarios/nps-unik.yaml", "semua"),
    ]
    assert both.base is not None
    assert both.base.params == settings().params


def test_a_base_that_is_not_complete_is_not_known(project: Path) -> None:
    unit = project / "params" / "unit" / "bspji-ambon.yaml"
    text = unit.read_text(encoding="utf-8")
    unit.write_text(re.sub(r"(?m)^  nama: .*$", "", text, count=1), encoding="utf-8")
    known = load(project, "bspji-ambon", 2025, "IV", overrides=["unit.nama=Balai"])
    assert known.base is None
    assert [(one.now.path, one.before) for one in known.changes()] == [("unit.nama", None)]
