"""The package knows no kind of unit: what belongs to one stands in its profile or its own file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pp39.profile import load_profile, profile_names

ROOT = Path(__file__).parents[1]
COMMON = load_profile(ROOT, "nasional").isi
KINDS = [load_profile(ROOT, name).isi for name in profile_names(ROOT) if name != "nasional"]
UNITS = [
    (path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["unit"])
    for path in sorted((ROOT / "params" / "unit").glob("*.yaml"))
]
FILES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "pp39").rglob("*.py"))
}
#: Words of one kind of unit or one unit that no file of it needs to hold by themselves.
WORDS = ("bskji", "bspji", "perindustrian", "kalibrasi", "lhu", "jasa industri")
#: Sources of one kind, each named in words of its own; the others follow from the profiles.
KNOWN_SOURCES = {"survei_nps", "pnbp", "order_layanan", "hasil_layanan", "pelanggan", "sla"}


def found(pattern: str, how: re.RegexFlag = re.NOFLAG) -> list[str]:
    wanted = re.compile(pattern, how)
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in FILES.items()
        if wanted.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if wanted.search(line)
    ]


def named(words: set[str]) -> list[str]:
    return found(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)


def codes() -> Iterator[str]:
    """Give the beginnings of codes that a kind of unit has and the common profile does not."""
    common = {one.contoh.split()[0] for one in COMMON.kode.values()}
    for isi in KINDS:
        for code in (*isi.indikator, *isi.sasaran):
            head = re.match("[A-Z]+", code)
            if head is not None and head[0] not in common:
                yield head[0]


def test_no_word_of_a_kind_of_unit() -> None:
    assert named(set(WORDS)) == []


def test_no_source_of_a_kind_of_unit() -> None:
    sources = {name for isi in KINDS for name in isi.sumber} - set(COMMON.sumber)
    assert sources >= KNOWN_SOURCES
    assert named(sources) == []


def test_no_parameter_of_a_kind_of_unit() -> None:
    own = {name for isi in KINDS for name in isi.parameter} - set(COMMON.parameter)
    assert "nps.promoter_min" in own
    assert named({name.partition(".")[0] for name in own} | own) == []
    given = {one.dari for isi in KINDS for one in isi.kosakata.values() if one.dari is not None}
    assert "kategori_pelanggan" in given
    assert named({f"unit.{one}" for one in given} | {"kategori_pelanggan"}) == []


def test_no_code_of_an_indicator() -> None:
    heads = set(codes())
    assert heads == {"IKK", "ITJ", "SK", "TJ"}
    assert found(rf"\b(?:{'|'.join(sorted(heads))})[ -]?[0-9]") == []


@pytest.mark.parametrize(("slug", "unit"), UNITS, ids=[slug for slug, _ in UNITS])
def test_no_name_of_a_unit(slug: str, unit: dict[str, str]) -> None:
    town = unit["nama"].split()[-1]
    assert named({slug, unit["nama"], unit["singkatan"]}) == []
    assert town == "Contoh" or named({town}) == []
