"""Rules as data: what a profile may say of findings, and what it is told where it is wrong."""

import ast
import re
from fractions import Fraction
from pathlib import Path

import pytest
from finding_cases import ROOT, World, cell, names, s, said, settings
from hypothesis import given
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import ParameterError
from pp39.findings.expression import Condition, Expression
from pp39.findings.shapes import SHAPES, rules_of
from pp39.params import load
from pp39.profile import ProfileError, load_profile
from pp39.profile.finding import subject_pattern

FINDINGS = Path(__file__).resolve().parents[1] / "pp39" / "findings"
TOLD = "subjek: x\n      dinyatakan: a\n      dihitung: b\n      kalimat: c."


def profile(tmp_path, rules, statements=""):
    folder = tmp_path / "params" / "profil" / "coba"
    (folder / "temuan").mkdir(parents=True)
    (folder / "profil.yaml").write_text("judul: Coba\nmemperluas: nasional\n", encoding="utf-8")
    (folder / "temuan" / "coba.yaml").write_text(rules, encoding="utf-8")
    if statements:
        (folder / "pernyataan").mkdir()
        (folder / "pernyataan" / "coba.yaml").write_text(statements, encoding="utf-8")
    return load_profile(tmp_path, "coba")


def rule(shape):
    return f"aneh:\n  membandingkan: satu hal dengan lainnya\n  tingkat: minor\n  periksa:\n{shape}"


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ("    - bentuk: bandingg\n", "there is no bentuk 'bandingg'; the nearest is banding"),
        (
            f"    - bentuk: banding\n      angka: {{a: {{tetap: 1}}}}\n      bila: [a > b]\n"
            f"      lokasi: []\n      {TOLD}\n",
            "a > b names b, which is no angka",
        ),
        (
            f"    - bentuk: banding\n      angka: {{a: {{hitung: a ** 2}}}}\n      bila: []\n"
            f"      lokasi: []\n      {TOLD}\n",
            "a ** 2: ",
        ),
        (
            "    - bentuk: subjek-asing\n      subjek: '{subjk}'\n      dinyatakan: a\n"
            "      dihitung: b\n      kalimat: c.\n",
            "subjek has {subjk}, which is not known here; the nearest is subjek",
        ),
        (
            f"    - bentuk: subjek-asing\n      kalimatt: x\n      {TOLD}\n",
            "there is no such setting; the nearest is kalimat",
        ),
        ("    - bentuk: subjek-asing\n      subjek: x\n", "it is not set, but must be"),
    ],
)
def test_a_rule_that_is_wrong_is_told_with_its_line(tmp_path, shape, sentence):
    with pytest.raises(ParameterError) as told:
        rules_of(profile(tmp_path, rule(shape)))
    assert sentence in str(told.value)
    assert re.match(r"params/profil/coba/temuan/coba\.yaml, line \d+: ", str(told.value))
    assert "\n" not in str(told.value)


def test_a_shape_about_a_source_the_profile_lacks_leaves_no_rule(tmp_path):
    shape = (
        "    - bentuk: banding\n      angka: {a: {baris: {sumber: tiada, kolom: x}}}\n"
        f"      bila: []\n      lokasi: [a]\n      {TOLD}\n"
    )
    assert "aneh" not in {one.id for one in rules_of(profile(tmp_path, rule(shape)))}


def test_a_profile_adds_changes_and_drops_rules(tmp_path):
    shape = (
        "    - bentuk: banding\n      angka: {a: {tetap: 1}}\n      bila: [a > 0]\n"
        f"      lokasi: []\n      {TOLD}\n"
    )
    own = rules_of(profile(tmp_path, rule(shape) + "blokir:\nrincian: {tingkat: minor}\n"))
    found = {one.id: one for one in own}
    assert "aneh" in found
    assert "blokir" not in found
    assert found["rincian"].tingkat == "minor"
    assert found["rincian"].membandingkan.startswith("jumlah yang dicetak")


def test_a_subject_has_an_example_that_it_fits(tmp_path):
    wrong = (
        '"x/{a}": {arti: suatu hal, contoh: y/1}\n'
        '"z/{a}": {arti: suatu hal, contoh: z/1, ledger: "z/{b}"}\n'
    )
    with pytest.raises(ProfileError) as told:
        profile(tmp_path, "rincian: {tingkat: minor}\n", wrong)
    assert "pernyataan x/{a} has the contoh y/1, which is not such a subject" in str(told.value)
    assert "names b, which its name does not have; there are a" in str(told.value)


def test_a_ledger_entry_may_have_another_name_than_the_subject(tmp_path):
    known = settings().profile.isi.pernyataan
    assert all(one.ledger in (None, name) for name, one in known.items())
    assert subject_pattern("{kode}/bulan/{bulan}").fullmatch("IKU-1/bulan/07")["bulan"] == "07"


def test_a_unit_of_the_national_profile_has_no_trace_of_services():
    ids = {one.id for one in rules_of(load_profile(ROOT, "nasional"))}
    assert ids < {one.id for one in rules_of(settings().profile)}
    assert not ids & {"nps-berulang", "responden-ulang", "order-hasil", "layanan-tanpa-pnbp"}


def test_an_unknown_subject_is_told_with_the_nearest():
    (found,) = said(*names("dokumen/unit/nam", "Balai")).of("subjek-asing")
    assert found.dihitung == "subjek yang dikenal, misalnya dokumen/unit/nama"


def test_a_subject_that_the_ledger_has_is_no_unknown_one():
    ledger = {"IKK-6.1.1/lulus": cell(3)}
    assert not said(s("IKK-6.1.1/lulus", "3"), ledger=ledger).of("subjek-asing")


def test_every_subject_of_the_sample_is_known():
    assert settings().profile.isi.pernyataan
    assert not World({"pernyataan": [s("ro/6077.AEC.002/progres", "1")]}).of("subjek-asing")


def test_the_same_number_is_told_once_and_in_its_place():
    world = said(
        s("IKK-6.2.2/target", "5", "Perjanjian"),
        hasil_layanan=[{"layanan": "a", "target": 4}, {"layanan": "b", "target": 4}],
    )
    (found,) = world.of("target-layanan")
    assert (found.dinyatakan, found.dihitung) == ("5", "8")
    assert found.lokasi == "hasil_layanan.csv baris 2–3; Perjanjian"


def _strings(path):
    """Give the texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", sorted(FINDINGS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_knows_a_source_or_a_word_of_one_profile(path):
    # What stands in the way is told of every unit, and statements are what findings are about.
    own = set(SOURCES) - {"kendala", "pernyataan", "aset"}
    own |= {"layanan", "pnbp", "sla", "nps", "promotor", "detraktor", "pelanggan", "order"}
    own |= {"kro", "ro", "rvro", "tvro", "tpcro", "trvro", "pji", "balai", "blokir"}
    for text in _strings(path):
        met = own & set(re.findall(r"[a-z_]+", text.casefold()))
        assert not met, (text, met)


numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@given(numbers, numbers, numbers)
def test_an_expression_computes_exactly(a, b, c):
    known = {"a": a, "b": b, "c": c}
    assert Expression("a + b * c - (a - b)").value(known) == a + b * c - (a - b)
    assert Expression("a / b").value(known) == (a / b if b else None)
    assert Condition("a < b").holds(known) is (a < b)
    assert Condition("terkecil(a, b) <= terbesar(b, c)").holds(known) is (min(a, b) <= max(b, c))
    assert Condition("a dalam semua(x)").holds(known, {"x": (a, b)})
    assert Condition("c tidak dalam semua(x)").holds(known, {"x": (a, b)}) is (c not in (a, b))


@pytest.mark.parametrize(
    "text", ["", "a +", "import os", "a.b", "f(a)", "a[b = 1]", "'x'", "a; b", "a atau b", "a = b"]
)
def test_nothing_but_arithmetic_is_an_expression(text):
    with pytest.raises(ValueError, match=re.escape(text or "nothing")):
        Expression(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a ada", "a = 'x'", "a dalam b", "a = semua(b)", "a = f(b)"]
)
def test_nothing_but_a_comparison_is_a_condition(text):
    with pytest.raises(ValueError, match=re.escape(text or "nothing")):
        Condition(text)


def test_a_lacking_number_meets_no_condition():
    assert not Condition("a != b").holds({"a": Fraction(1), "b": None})
    assert Expression("a + b").value({"a": Fraction(1)}) is None


def test_every_shape_has_a_name_and_a_rule_that_uses_it():
    used = {
        str(shape["bentuk"])
        for one in settings().profile.isi.temuan.values()
        for shape in one.shapes.values()
    }
    assert used == set(SHAPES)


def test_a_capaian_below_target_is_a_named_number():
    ledger = {
        "IKK-6.1.1/realisasi": cell(70),
        "IKK-6.1.1/target/perjanjian_kinerja": cell(80, row=3),
    }
    (found,) = said(s("IKK-6.1.1/fisik/realisasi", "100%"), ledger=ledger).of("fisik-penuh")
    assert found.dihitung == "capaian 87,50%"


def test_overrides_reach_parameters_that_rules_name():
    one = load(ROOT, "bspji-ambon", 2025, "IV", overrides=["nps.responden=unik"])
    assert one.params.nps.responden == "unik"
