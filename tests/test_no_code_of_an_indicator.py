"""The package knows no indicator: what belongs to one stands in the registry, under its code."""

import shutil
from pathlib import Path

import pytest
import yaml
from indicator_runs import edited, run, tables
from profile_sources import SOURCES
from section_runs import prose

from pp39.indicators import Book, compute_indicators
from pp39.ledger import Ledger
from pp39.params import load
from pp39.periods import Quarter
from pp39.profile import load_profile
from pp39.report import sections
from pp39.report.sections.indikator import bagian_sasaran
from pp39.sources import Context

ROOT = Path(__file__).parents[1]
INDICATOR = SOURCES["nilai_eksternal"].column_of("kode")
REGISTRY = load_profile(ROOT, "bskji").isi.model_dump(
    mode="json", exclude_none=True, exclude_unset=True
)
ADVICE = REGISTRY["indikator"]["IKK 6.1.2"]["saran"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return tmp_path


def recommendation(project: Path, code: str, quarter: str = "IV") -> str:
    settings = load(project, "bspji-ambon", 2025, quarter)
    ledger = Ledger()
    job = Book(tables(), settings, ledger, Quarter.parse(quarter))
    status = {one.kode: one.status for one in compute_indicators(job)}
    b = sections.Bahan(tables(), settings, ledger, status=status)
    told = prose(bagian_sasaran(b, settings.params.indikator[code].kode_sasaran))
    assert set(status) == set(settings.params.indikator)
    return told.split(f"{code} ", 1)[-1]


def set_in_unit(project: Path, values: dict[str, object]) -> None:
    path = project / "params" / "unit" / "bspji-ambon.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**content, "indikator": values}), encoding="utf-8")


def test_advice_comes_from_the_registry(project: Path) -> None:
    assert "menanyakan alasan {pasif:bilang} responden" in ADVICE["tercapai"]
    told = recommendation(project, "IKK 6.1.2")
    assert "Kami akan menanyakan alasan tiga responden yang belum menjadi promotor." in told


def test_a_unit_words_its_own_advice(project: Path) -> None:
    set_in_unit(project, {"IKK 6.1.2": {"saran": {"tercapai": "Kami terus mendengar pelanggan."}}})
    told = recommendation(project, "IKK 6.1.2")
    assert "Kami terus mendengar pelanggan." in told
    assert "menanyakan alasan" not in told


@pytest.mark.parametrize("change", [{"nama": "Kepatuhan Pelaporan"}, {"hitung": "nilai_eksternal"}])
def test_another_indicator_under_the_same_code_gets_no_advice_of_the_first(
    project: Path, change: dict[str, str]
) -> None:
    set_in_unit(project, {"IKK 6.1.2": change})
    told = recommendation(project, "IKK 6.1.2")
    assert "promotor" not in told.split("Usulan (")[1].split("\n")[0]
    settings = load(project, "bspji-ambon", 2025, "IV")
    assert ("indikator", "IKK 6.1.2", "saran") in settings.removed


@pytest.mark.parametrize("code", ["IKU 1.1", "IKSK-2.a", "SS 3-P2", "S1.1"])
def test_any_code_of_the_registry_is_computed_and_composed(project: Path, code: str) -> None:
    about = {"pola": "ipasn", "kode_sasaran": "SS 3", "nama": "IPASN", "pic": "TU"}
    path = project / "params" / "unit" / "bspji-ambon.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    said |= {"sasaran": {"SS 3": "SDM"}, "indikator": {code: about, "IKK 6.3.1": None}}
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    settings = load(project, "bspji-ambon", 2025, "IV")
    kind, context = INDICATOR.kind, Context.of(settings)
    for written in (code, code.lower(), code.replace(" ", "-"), f" {code} "):
        assert kind.parse(written, context).values == (code,)
    given = {
        name: table
        for name, table in tables().items()
        if name not in ("nilai_eksternal", "target_perjanjian_kinerja")
    }
    for name in ("nilai_eksternal", "target_perjanjian_kinerja"):
        given |= {
            name: edited(
                name, lambda frame: frame.assign(kode=frame["kode"].replace("IKK 6.3.1", code))
            )[name]
        }
    ledger = Ledger()
    results = compute_indicators(Book(given, settings, ledger, Quarter.IV))
    (made,) = [one for one in results if one.kode == code]
    assert made.realisasi is not None
    assert made.realisasi.value == run("IV").results["IKK 6.3.1"].realisasi.value
    b = sections.Bahan(given, settings, ledger, status={one.kode: one.status for one in results})
    blocks = bagian_sasaran(b, "SS 3")
    assert code in prose(blocks)


def test_two_indicators_of_one_kind_have_tables_of_their_own(project: Path) -> None:
    first = REGISTRY["indikator"]["IKK 6.1.2"]
    set_in_unit(project, {"IKU 9": {**first, "nama": "Nilai NPS Kedua"}})
    settings = load(project, "bspji-ambon", 2025, "IV", overrides=["target.'IKU 9'=40"])
    ledger = Ledger()
    results = compute_indicators(Book(tables(), settings, ledger, Quarter.IV))
    b = sections.Bahan(tables(), settings, ledger, status={one.kode: one.status for one in results})
    told = [one.describe() for one in bagian_sasaran(b, "SK6.1")]
    labels = [one.label for one in told if one.label]
    assert {"gambar-nps", "gambar-nps-IKU-9"} <= set(labels)
    assert len(labels) == len(set(labels))
    known = set(labels) | {anchor for one in told for anchor in one.uses.anchors}
    wanted = {target for one in told for target in one.uses.targets}
    assert {one for one in wanted if one.endswith("IKU-9")} <= known


def test_a_code_that_no_registry_has_is_left_to_the_checks() -> None:
    context = Context.of(load(ROOT, "bspji-ambon", 2025, "IV"))
    assert INDICATOR.kind.parse("IKK 9.9.9", context).values == ("IKK 9.9.9",)
    with pytest.raises(ValueError, match="is not a code of this column"):
        INDICATOR.kind.parse("lihat/lampiran", context)
