"""Rules as data: what a profile may say of findings, and what it is told where it is wrong."""

import ast
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from finding_cases import ROOT, World, cell, names, s, said, settings
from hypothesis import given
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import ParameterError
from pp39.findings import reconcile
from pp39.findings.expression import Condition, Expression
from pp39.findings.shapes import SHAPES, rules_of
from pp39.ledger import Ledger, Quantity
from pp39.params import load
from pp39.profile import ProfileError, load_profile
from pp39.profile.finding import subject_pattern
from pp39.sources import CleanTable, sources_of

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
            f"    - bentuk: banding\n      angka: {{a: {{tetap: 1}}}}\n      bila: []\n"
            f"      lokasi: []\n      hitungan: b\n      {TOLD}\n",
            "hitungan names b, which is no angka",
        ),
        (
            "    - bentuk: banding\n      angka: {a: {baris: {sumber: dipa_ro, kolom: pagoe}}}\n"
            f"      bila: []\n      lokasi: []\n      {TOLD}\n",
            "dipa_ro has no column pagoe; the nearest is pagu",
        ),
        (
            "    - bentuk: banding\n      untuk: {baris: {sumber: dipa_ro}, kolom: kode_roo}\n"
            f"      angka: {{}}\n      bila: []\n      lokasi: []\n      {TOLD}\n",
            "dipa_ro has no column kode_roo; the nearest is kode_ro",
        ),
        (
            "    - bentuk: baris-berurutan\n      baris: {sumber: dipa_ro, ada: [pagoe]}\n"
            f"      {TOLD}\n",
            "dipa_ro has no column pagoe; the nearest is pagu",
        ),
        (
            "    - bentuk: banding\n      angka: {a: {rumus: jumlah(dipa_ro.pagoe)}}\n"
            f"      bila: []\n      lokasi: []\n      {TOLD}\n",
            'angka.a.rumus: jumlah(dipa_ro.pagoe): "pagoe" is no column of "dipa_ro"; the nearest'
            ' is "pagu"',
        ),
        (
            "    - bentuk: banding\n      untuk: {baris: {sumber: dipa_ro}, kolom: kode_ro}\n"
            '      angka: {a: {pernyataan: "ro/{kunc}/pagu"}}\n'
            f"      bila: []\n      lokasi: []\n      {TOLD}\n",
            "angka.a.pernyataan has {kunc}, which is not known here; the nearest is kunci",
        ),
        (
            "    - bentuk: banding\n      angka: {a: {tetap: 1}, c: {dari: b}}\n"
            f"      bila: []\n      lokasi: []\n      {TOLD}\n",
            "angka.c.dari names b, which is no angka",
        ),
        (
            "    - bentuk: banding\n      angka: {}\n      bila: []\n      lokasi: []\n"
            f"      gabung: {{daftar: {{isi: '{{aa}}'}}}}\n      {TOLD}\n",
            "gabung.isi has {aa}, which is not known here",
        ),
        (
            "    - bentuk: subjek-asing\n      subjek: '{subjk}'\n      dinyatakan: a\n"
            "      dihitung: b\n      kalimat: c.\n",
            "subjek has {subjk}, which is not known here; the nearest is subjek",
        ),
        (
            f"    - bentuk: subjek-asing\n      kalimatt: x\n      {TOLD}\n",
            "there is no kalimatt; the nearest is kalimat",
        ),
        (
            "    - bentuk: subjek-asing\n      subjek: x\n      dinyatakan: a\n      dihitung: b\n",
            "kalimat is not set, but must be",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_told_with_its_line(tmp_path, shape, sentence):
    with pytest.raises(ParameterError) as told:
        rules_of(profile(tmp_path, rule(shape)))
    assert sentence in str(told.value)
    assert re.match(r"params/profil/coba/temuan/coba\.yaml, line \d+: ", str(told.value))
    assert "\n" not in str(told.value)


def test_a_rule_about_a_source_that_is_dropped_goes_with_it(tmp_path):
    shape = (
        "    - bentuk: banding\n      angka: {a: {baris: {sumber: target_smart, kolom: trvro}}}\n"
        f"      bila: []\n      lokasi: [a]\n      {TOLD}\n"
    )
    assert "aneh" in {one.id for one in rules_of(profile(tmp_path, rule(shape)))}
    path = tmp_path / "params" / "profil" / "coba" / "profil.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "sumber: {target_smart: }\n", "utf-8")
    assert "aneh" not in {one.id for one in rules_of(load_profile(tmp_path, "coba"))}


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
    assert "names b, which is not in its name; there are a" in str(told.value)


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
    quantities = {name: Quantity.constant(value) for name, value in known.items()}
    for text in ("a + b * c - (a - b)", "mutlak(a - b)", "terbesar(a, b, c) / terkecil(a, 3)"):
        traced, plain = Expression(text).quantity(quantities), Expression(text).value(known)
        assert (traced and traced.value) == plain
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
        "IKK-6.1.1/target": cell(80, row=3),
    }
    (found,) = said(s("IKK-6.1.1/fisik/realisasi", "100%"), ledger=ledger).of("fisik-penuh")
    assert found.dihitung == "capaian 87,50%"


def test_overrides_reach_parameters_that_rules_name():
    one = load(ROOT, "bspji-ambon", 2025, "IV", overrides=["nps.responden=unik"])
    assert one.params.nps.responden == "unik"


HOSPITAL = """\
profil:
  memperluas: nasional
  kode: {indikator: {pola: 'IKU [0-9]+', contoh: IKU 1}}
  sumber:
    bangsal:
      judul: Tempat tidur dan hari rawat tiap bangsal
      kunci: [bangsal, bulan]
      kolom:
        bangsal: {judul: Bangsal, jenis: teks, wajib: ya}
        bulan: {judul: Bulan, jenis: bulat}
        tempat_tidur: {judul: Tempat Tidur, jenis: bulat, satuan: tempat tidur}
        hari_rawat: {judul: Hari Rawat, jenis: bulat, satuan: hari}
  temuan:
    bangsal-penuh:
      membandingkan: hari rawat suatu bangsal dengan tempat tidurnya
      tingkat: material
      periksa:
        - bentuk: banding
          untuk: {baris: {sumber: bangsal}, kolom: bangsal}
          angka:
            tersedia: {label: Tempat tidur, rumus: "jumlah(bangsal[bangsal = kunci].tempat_tidur)"}
            hari: {rumus: "jumlah(bangsal[bangsal = kunci].hari_rawat)"}
            hunian: {hitung: hari / (tersedia * 30) * 100, satuan: "%"}
          bila: [hunian > 100]
          lokasi: [hari]
          subjek: bangsal/{kunci}
          dinyatakan: "{hari} hari rawat"
          dihitung: hunian {hunian}
          kalimat: Bangsal {kunci} terhuni {hunian}, lebih daripada tempat tidurnya.
    bangsal-susut:
      membandingkan: tempat tidur suatu bulan dengan bulan sebelumnya
      tingkat: minor
      periksa:
        - bentuk: baris-berurutan
          baris: {sumber: bangsal}
          per: bangsal
          menurut: bulan
          bila: [tempat_tidur < lalu_tempat_tidur]
          subjek: bangsal/{bangsal}/tempat-tidur
          dinyatakan: "{tempat_tidur} ({bulan:bulan})"
          dihitung: "{lalu_tempat_tidur} ({lalu_bulan:bulan})"
          kalimat: Tempat tidur bangsal {bangsal} berkurang pada {bulan:bulan}.
unit:
  nama: RSUD Contoh
  singkatan: RSUD
  kementerian: Kementerian Contoh
  alamat: Jalan Contoh 1
  tugas: merawat
laporan: {tempat: Contoh, jabatan_penanda_tangan: Direktur}
sasaran: {SS 1: Sehat}
indikator:
  IKU 1:
    {nama: Hari rawat, satuan: hari, bentuk: nilai, polaritas: naik, sumber: bangsal, pic: Direktur,
     definisi: Hari rawat, rumus: Jumlahnya, kode_sasaran: SS 1, desimal: 0, skala: [0, 9999],
     realisasi: jumlah(bangsal.hari_rawat)}
"""


def test_another_kind_of_unit_finds_what_its_yaml_says(tmp_path):
    shutil.copytree(ROOT / "params" / "regulasi", tmp_path / "params" / "regulasi")
    (tmp_path / "params" / "unit").mkdir()
    (tmp_path / "params" / "unit" / "rsud.yaml").write_text(HOSPITAL, encoding="utf-8")
    one = load(tmp_path, "rsud", 2025, "II")
    (source,) = (known for name, known in sources_of(one.profile).items() if name == "bangsal")
    rows = [("Anak", 1, 10, 250), ("Anak", 2, 8, 200), ("Ibu", 1, 5, 200), ("Ibu", 2, 5, 160)]
    columns = ["bangsal", "bulan", "tempat_tidur", "hari_rawat"]
    frame = pd.DataFrame(rows, columns=columns).astype({"bangsal": "str"}).assign(baris=range(2, 6))
    ledger = Ledger()
    full, fewer = reconcile({"bangsal": CleanTable(source, frame, None, {})}, ledger, one)
    assert (full.subjek, full.dihitung) == ("bangsal/Ibu", "hunian 120,00%")
    assert full.lokasi == "bangsal.csv baris 4–5"
    assert ledger[full.ledger_id].formula() == "Hari ÷ (Tempat tidur × 30) × 100"
    assert {leaf.origin.row for leaf in ledger[full.ledger_id].leaves()} == {4, 5}
    assert (fewer.dinyatakan, fewer.dihitung) == ("8 (Februari)", "10 (Januari)")
    assert ledger[fewer.ledger_id].value == 10


def test_the_figure_of_a_finding_stands_in_the_ledger_with_its_rows():
    ledger = Ledger()
    world = said(
        s("IKK-6.2.2/target", "5", "Perjanjian"),
        hasil_layanan=[{"layanan": "a", "target": 4}, {"layanan": "b", "target": 4}],
    )
    (found,) = world.of("target-layanan", ledger)
    assert found.ledger_id == f"temuan/{found.id}"
    entry = ledger[found.ledger_id]
    assert (entry.text(), entry.label) == (found.dihitung, f"Jumlah ({found.subjek})")
    assert [leaf.origin.row for leaf in entry.leaves()] == [2, 3]


def test_reconciling_twice_enters_a_figure_once():
    ledger, world = Ledger(), said(s("anggaran/blokir", "Rp9"), s("anggaran/pagu-awal", "Rp10"))
    assert world.findings(book=ledger) == world.findings(book=ledger)
