"""Parameters: layers, overrides, what is told about mistakes."""

import contextlib
import os
import pickle
import re
import shutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pp39.errors import ParameterError, UnreadableInput
from pp39.params import Params, Settings, load, spelled, split_overrides, unread
from pp39.params.overrides import parse_override
from pp39.params.references import disagreements
from pp39.params.schema import ROOT as TOP
from pp39.params.schema import format_path
from pp39.params.unread import misnamed
from pp39.periods import Quarter, working_day_deadline
from pp39.yamlfile import decimal

ROOT = Path(__file__).parents[1]
TREE = {"indikator": {"IKK 6.4.2": {}}, "target": {}, "unit": {"ro_di_luar_dipa": {}}}


def settings(*overrides: str, scenario: str = "dasar", quarter: str = "IV") -> Settings:
    return load(ROOT, "bspji-ambon", 2025, quarter, scenario, overrides=overrides)


def refused(*overrides: str, scenario: str = "dasar") -> str:
    with pytest.raises(ParameterError) as caught:
        settings(*overrides, scenario=scenario)
    assert all("\n" not in one for one in caught.value.sentences)
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
        ("nps.x=1", "there are passive_min, promoter_min, responden"),
        ("target.IKK 6.4.9=80", "which is not in indikator; the nearest is IKK 6.4."),
        ("unit.layanan.pengujan.nama=x", "the nearest is unit.layanan.pengujian"),
        ("indikator.IKK 9.9.desimal=1", 'no parameter indikator."IKK 9.9"'),
        ("nps.promoter_min=11", "it must be a whole number from 1 to 10"),
        ("nps.promoter_min=8.5", "is 8.5 (-p); it must be a whole number"),
        ("nps.promoter_min=true", "is true (-p); it must be a whole number"),
        ("nps.promoter_min=6", "is 7 and must not be above nps.promoter_min, 6"),
        ("ikpa.cara=ratarata", "one of rata_rata, bulan_terakhir; the nearest is rata_rata"),
        ("capaian.batas=115", "one of 100, 110, 120 or null"),
        ("target.IKK 6.4.2=80,5", "is '80,5' (-p); it must be a number"),
        (
            "laporan.dikirim=2025-12-30",
            "is 2025-12-30, before quarter IV of 2025 ended on 2025-12-31",
        ),
        ("laporan.dikirim=2026-01-02", "is 2026-01-02, before laporan.tanggal, 2026-01-06; mend"),
        ("target.IKK 6.4.2=1.200", "'1.200' may be thousands or a decimal; write 1200 or 1.2"),
        ("target.IKK 6.4.2=12.125", "write 12125 or 12.1250"),
        ("target.IKK 6.4.2=.inf", "IKK 6.4.2=.inf: '.inf' is no number of at most 15 digits"),
        ("target.IKK 6.4.2=0", "is 0 (-p); it must be a number above 0"),
        ("target.IKK 6.4.2=-1", "is -1 (-p); it must be a number above 0"),
        ("target.IKK 6.1.1=150", "is 150, above the scale of the indicator, to 100"),
        ("regulasi.ikm.faktor=0", "it must be a number above 0 and not above 1000"),
        ("regulasi.ikpa.kelas.baik.min=92", "no class holds what lies between cukup, which ends"),
        ("regulasi.ikpa.kelas.cukup.maks=90", "cukup ends at 90, above 89 where baik begins"),
        ("regulasi.ikpa.kelas.baik.min=60", "list the best class first"),
        ("regulasi.ikm.kelas.A.min=101", "min is 101 and must not be above maks, 100"),
        ("indikator.IKK 6.1.1.skala=[100, 0]", "the lowest value comes first"),
        ("indikator.IKK 6.1.1.skala=[5, 5]", "the lowest value comes first"),
        ("unit.layanan.ppc.induk=ppc", "leads back to ppc itself (ppc → ppc)"),
        ("unit.layanan.pengujian.induk=ppc", "itself (pengujian → ppc → pengujian)"),
        ("unit.layanan.ppc.induk=pengujan", "the nearest is pengujian"),
        ("unit.layanan.dapati.alias=['  kalibrasi']", "which unit.layanan.kalibrasi has as well"),
        ("unit.kategori_pelanggan.instansi.nama=Perushaan", "which unit.kategori_pelanggan."),
        ("pelanggan.kategori=[instansi, instansi]", "name each of them once"),
        ("status.ambang=0", "it must be a number above 0"),
        ("status.ambang=-5", "it must be a number above 0"),
        ("nps.passive_min=0", "it must be a whole number from 1 to 10"),
        ("unit.nama='  '", "it must be text that is not empty"),
        ("laporan.tanggal=2024-12-31", "is dated from 2025-10-01 to 2027-12-31"),
        ("laporan.tanggal=5", "a date such as 2026-01-06 or 6 Januari 2026"),
        ("laporan.tanggal=2026-13-45", "parameter laporan.tanggal is '2026-13-45' (-p); it must"),
        ("indikator.ikk-6.1.9=null", "no earlier file has it; the nearest is"),
        ("indikator=null", "parameter indikator is empty (-p)"),
        ("target={'A/B': 3}", "a code of letters, digits, dots and dashes"),
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
        ("indikator.IKK 6.1.1.skala=[0, 1,0]", "a decimal number is written with a point"),
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
    assert "there are dasar, ikpa-bulan-terakhir, nps-unik" in refused(scenario="x")
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
        (
            "laporan:\n  tanggal: 2026-13-45\n",
            "tanggal is '2026-13-45' (params/scenarios/x.yaml, line 2); it must be a date",
        ),
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


def test_all_that_is_wrong_is_told_together(project: Path) -> None:
    (project / "params" / "tahun" / "2025.yaml").write_text("nps:\n  promoter_min: 11\n  x: 1\n")
    (project / "params" / "scenarios" / "x.yaml").write_text("status: {ambang: 0}\n")
    with pytest.raises(ParameterError) as caught:
        of(project, "ikpa.cara=x", "y=1", scenario="x")
    told = " | ".join(caught.value.sentences)
    assert len(caught.value.sentences) == 5
    for place in (
        "nps.promoter_min is 11 (params/tahun/2025.yaml, line 2)",
        "no parameter nps.x (params/tahun/2025.yaml, line 3)",
        "status.ambang is 0 (params/scenarios/x.yaml, line 1)",
        "ikpa.cara is 'x' (-p)",
        "no parameter y (-p y=1)",
    ):
        assert place in told
    assert caught.value.sentence.splitlines() == list(caught.value.sentences)
    assert pickle.loads(pickle.dumps(caught.value)).sentences == caught.value.sentences
    many = ParameterError(*(f"fault {n}" for n in range(25)))
    assert many.sentence.splitlines()[-2:] == ["fault 19", "and 5 more"]


def test_all_files_that_cannot_be_read_are_told_together(project: Path) -> None:
    (project / "params" / "tahun" / "2025.yaml").write_text("a: {b\n")
    (project / "params" / "unit" / "bspji-ambon.yaml").write_bytes(b"\xff\xfea\0")
    with pytest.raises(ParameterError) as caught:
        of(project)
    told = sorted("bspji-ambon.yaml is UTF-16" in one for one in caught.value.sentences)
    assert told == [False, True]


@pytest.mark.parametrize("missing", ["unit.alamat", "laporan.tempat", "unit.layanan.ppc.nama"])
def test_a_hint_names_a_file_of_the_unit_alone(project: Path, missing: str) -> None:
    path = project / "params" / "unit" / "bspji-ambon.yaml"
    content = yaml.safe_load(path.read_text())
    here = content
    *above, last = missing.split(".")
    for key in above:
        here = here[key]
    del here[last]
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(ParameterError) as caught:
        of(project)
    (sentence,) = caught.value.sentences
    assert f"parameter {missing} is not set; set it " in sentence
    assert re.findall(r"params/[a-z/0-9-]*", sentence) == ["params/unit/bspji-ambon"]


def test_an_empty_unit_file_is_the_one_that_is_blamed(project: Path) -> None:
    (project / "params" / "unit" / "bspji-ambon.yaml").write_text("")
    with pytest.raises(ParameterError) as caught:
        of(project)
    lacking = [one for one in caught.value.sentences if "is not set" in one]
    assert len(lacking) == 9
    assert all(one.endswith("set it in params/unit/bspji-ambon.yaml") for one in lacking)


def test_null_takes_an_entry_away_and_says_where(project: Path) -> None:
    unit = project / "params" / "unit" / "bspji-ambon.yaml"
    text = unit.read_text(encoding="utf-8").replace("    dapati: {", "    ganti: {", 1)
    unit.write_text(f'{text}\nindikator:\n  "ikk-6.1.2":\n', encoding="utf-8")
    known = load(project, "bspji-ambon", 2025, "IV", overrides=["unit.layanan.rbpi=null"])
    assert "IKK 6.1.2" not in known.params.indikator
    assert len(known.params.indikator) == 16
    assert "rbpi" not in known.params.unit.layanan
    gone = {one.path: one.layer for one in known.describe() if one.value is None}
    assert gone['indikator."IKK 6.1.2"'] == "params/unit/bspji-ambon.yaml"
    assert gone["unit.layanan.rbpi"] == "-p"
    (change,) = known.changes()
    assert (change.now.path, change.now.value) == ("unit.layanan.rbpi", None)
    assert change.before is not None
    assert "RBPI" in change.before.value
    assert change.before.layer == "params/unit/bspji-ambon.yaml"
    with pytest.raises(ParameterError, match="which is not in indikator"):
        of(project, "target.IKK 6.1.2=50")


@pytest.mark.parametrize("code", ["IKU 1.1", "IKSK-2.a", "SS3", "S1.1-P2", "1.2.3"])
def test_any_code_of_a_registry_is_a_code(project: Path, code: str) -> None:
    path = project / "params" / "unit" / "bspji-ambon.yaml"
    more = f'\nindikator:\n  "{code}": {{pola: spbe, kode_sasaran: SK6.4, nama: A, pic: B}}\n'
    path.write_text(path.read_text(encoding="utf-8") + more)
    written = code.lower().replace(" ", "-")
    found = load(project, "bspji-ambon", 2025, "IV", overrides=[f"target.'{written}'=50"])
    assert dict(found.params.target) == {code: 50}
    assert found.quantity(f'target."{code}"', "Target", "").value == 50


def test_what_a_scenario_sets_can_be_taken_away_again() -> None:
    both = settings("target.IKK 6.4.2=null", scenario="spbe-rencana-aksi")
    assert dict(both.params.target) == {}
    assert [(one.now.value, one.before) for one in both.changes()] == [(None, None)]


def test_what_stands_in_place_of_a_file_is_named(project: Path) -> None:
    there = project / "params" / "tahun" / "2025.yaml"
    for make, told in (
        (there.mkdir, "is a folder; put a text file there"),
        (lambda: os.mkfifo(there), "is no regular file; put a text file there"),
        (lambda: there.symlink_to("nowhere"), "is a link to a file that is not there"),
        (lambda: there.write_bytes(b"#" * (2**20 + 1)), "a parameter file has at most 1048576"),
    ):
        there.rmdir() if there.is_dir() else there.unlink()
        make()
        with pytest.raises(UnreadableInput, match=told) as caught:
            of(project)
        assert caught.value.exit_code == 4
        assert caught.value.sentence.startswith("params/tahun/2025.yaml ")


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
    own = {"nps", "pelanggan", "ikpa", "hasil_layanan", "serapan"}
    assert set(found) == set(Params.model_fields) | own


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


@given(
    key=KEYS,
    value=st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(-1000, 1000, places=3).map(float),
)
def test_any_quoted_key_and_number_round_trips(key: str, value: float) -> None:
    number = decimal(repr(value))
    parsed = parse_override(f'target."{key}"={number}', TREE, TOP)
    assert parsed.path == ("target", spelled(key, TREE["indikator"]))
    assert parsed.value == value
    again = parse_override(f"{format_path(parsed.path)}={number}", TREE, TOP)
    assert again == parsed


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    with contextlib.suppress(ParameterError):
        assert parse_override(text, TREE, TOP).path[0] in Params.model_fields


@given(st.lists(KEYS.map(lambda key: f'target."{key}"=1'), max_size=5))
def test_splitting_keeps_the_number_of_overrides(written: list[str]) -> None:
    assert len(split_overrides(" ".join(one.replace("\\", "") for one in written))) == len(written)


@given(st.from_regex(r"[A-Z]{3} [0-9](\.[0-9]){0,2}", fullmatch=True))
def test_a_code_has_one_spelling(code: str) -> None:
    spellings = {code, code.replace(" ", "-"), code.lower(), code.replace(" ", "_")}
    assert {spelled(one, ["lain", code]) for one in spellings} == {code}


def test_changes_tell_what_a_scenario_and_overrides_make_different() -> None:
    assert settings().changes() == ()
    assert settings().base is None
    assert settings("nps.promoter_min=9").changes() == ()
    assert settings("eksekusi.batas_waktu_sel=7").changes() == ()
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


#: Beginnings of the names of regulations, as their keys in `dicabut` write them.
KINDS_OF_LAW = {
    "Undang-Undang": "uu",
    "Peraturan Pemerintah": "pp",
    "Peraturan Presiden": "perpres",
    "Keputusan Presiden": "keppres",
    "Peraturan Menteri ": "permen",
    "Keputusan Menteri ": "kepmen",
    "Peraturan ": "per",
}
REGULATION = re.compile(rf"({'|'.join(KINDS_OF_LAW)})([A-Z][\w ]*?)?\s*Nomor (\d+) Tahun (\d{{4}})")


def cited(text: str) -> Iterator[str]:
    """Name the regulations in a text by kind, number and year."""
    for kind, of, number, year in REGULATION.findall(text):
        yield f"{KINDS_OF_LAW[kind]}{of.replace(' ', '').lower()}-{number}-{year}"


def texts(value: object) -> Iterator[str]:
    """Give every text in a document, but of what is said to hold no longer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, one in value.items() if key != "dicabut" for text in texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in texts(one))


def test_no_shipped_file_rests_on_a_regulation_that_holds_no_longer() -> None:
    folders = (ROOT / "params", ROOT / "pp39" / "profil")
    files = [path for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    held = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}
    gone = {
        name
        for path, content in held.items()
        if path.parent.name == "regulasi"
        for name in content["regulasi"]["dicabut"]
    }
    assert "permenpanrb-12-2015" in gone
    assert list(cited("Peraturan Menteri PANRB Nomor 12 Tahun 2015, Pasal 3")) == [
        "permenpanrb-12-2015"
    ]
    every = [
        (name, str(path.relative_to(ROOT)))
        for path, content in held.items()
        for text in texts(content)
        for name in cited(text)
    ]
    assert len({name for name, _ in every}) > 8
    assert [one for one in every if one[0] in gone] == []


def test_what_chooses_the_nature_of_a_value_is_a_parameter_that_has_one():
    settings = load(ROOT, "bspji-ambon", 2025, "II", overrides=("hasil_layanan.cakupan=kumulatif",))
    params = settings.params
    assert params.indikator["IKK 6.2.2"].sifat == "kumulatif"
    assert load(ROOT, "bspji-ambon", 2025, "II").params.indikator["IKK 6.2.2"].sifat == "triwulan"
    one = params.indikator["IKK 6.2.2"].model_copy(update={"sifat_menurut": "ikpa.cara"})
    wrong = params.model_copy(update={"indikator": {**params.indikator, "IKK 6.2.2": one}})
    ((path, what),) = disagreements(wrong, settings.profile, Quarter.II, 2025)
    assert path == ("indikator", "IKK 6.2.2", "sifat_menurut")
    assert what.startswith("names 'ikpa.cara', which is not in the parameters; ")
    assert "hasil_layanan.cakupan" in what


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("unit/bspji-ambon/2025-3.yaml", "give it a name such as 2025-III.yaml"),
        ("unit/bspji-ambon/2025-iii.yaml", "give it a name such as 2025-III.yaml"),
        ("unit/bspji-ambon/2025 Tahunan.YAML", "give it a name such as 2025-tahunan.yaml"),
        ("unit/bspji-ambon/iii.yaml", "give it a name such as 2025.yaml or 2025-IV.yaml"),
        ("unit/bspji-ambon/2025/III.yaml", "move it up into params/unit/bspji-ambon"),
        ("triwulan/2025_4.yml", "give it a name such as 2025-IV.yaml"),
        ("tahun/2025-I.yaml", "give it a name such as 2025.yaml"),
        ("kuartal/x.yaml", "params/kuartal is no folder of parameters; there are regulasi"),
        ("scenario/x.yaml", "no folder of parameters; the nearest is scenarios"),
        ("2025.yaml", "give it a name such as proyek.yaml"),
        (
            "unit/bspji_ambon/2025-III.yaml",
            "bspji_ambon/ is of no unit and read by no run; the nearest",
        ),
    ],
)
def test_a_file_of_parameters_that_nothing_reads_is_told(
    project: Path, name: str, right: str
) -> None:
    path = project / "params" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("nps: {promoter_min: 8}\n", encoding="utf-8")
    stops = misnamed(project, "bspji-ambon")
    assert bool(stops) is (path.parent.name in ("bspji-ambon", "triwulan"))
    (said,) = stops or unread(project, "bspji-ambon")
    assert right in said
    assert said.startswith(f"params/{name}" if "of no unit" not in said else "params/unit/")


def test_files_that_some_run_reads_are_not_told(project: Path) -> None:
    for name in (
        "unit/bspji-ambon/2025-III.yaml",
        "unit/bspji-ambon/2024.yaml",
        "unit/smkn-1-contoh/salah.yaml",  # its own runs tell
        "triwulan/2025-tahunan.yaml",
        "scenarios/lain_2.yaml",
        "profil/baru/sumber/x.yaml",
    ):
        path = project / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n", encoding="utf-8")
    assert [*misnamed(project, "bspji-ambon"), *unread(project, "bspji-ambon")] == []
