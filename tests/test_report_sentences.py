"""Sentences: each status, trend and kind of record in its own words, figures from quantities."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from section_runs import material

from pp39.characters import capital
from pp39.ledger import Ledger, Quantity
from pp39.report.inline import Phrase
from pp39.report.sections.bahan import (
    BELUM,
    DI_BAWAH_JALUR,
    SESUAI_JALUR,
    TERCAPAI,
    TIDAK,
    Capaian,
)
from pp39.report.sections.kalimat import (
    bersatuan,
    bulan,
    gabung,
    kecil_awal,
    kutip,
    mutlak,
    prosa,
    rapikan,
    tanggal,
)
from pp39.report.sections.penilaian import (
    baca_kendala,
    hasil,
    jauh_di_atas,
    kalimat_kelas,
    kelas,
    uraian_kendala,
    usulan,
)

NUMBER = re.compile(r"−?(?:Rp)?[0-9][0-9.]*(?:,[0-9]+)?%?")
VALUES = st.fractions(min_value=Fraction(1, 100), max_value=10_000, max_denominator=1000)


def quantity(value, label="Nilai", unit="nilai", decimals=2):
    return Quantity.constant(Fraction(value)).named(label, unit, decimals)


@pytest.mark.parametrize(
    ("unit", "told", "shown"),
    [
        ("perkara", "Diputus", "5 perkara"),
        ("perkara", "Perkara diputus", "5"),
        ("hari kerja", "Hari kerja", "5 hari kerja"),
        ("Rp/orang", "Biaya per orang", "Rp5 per orang"),
        ("indeks", "Mutu", "5"),
        ("%", "Serapan", "5 persen"),
    ],
)
def test_a_figure_names_its_unit_once(unit, told, shown):
    figure = Quantity.constant(5).named("Angka", unit)
    assert bersatuan(figure, told).plain() == shown


def test_what_a_contract_misnames_is_named_by_what_it_counts():
    counted = Quantity.constant(121).named("Pelanggan", "perusahaan")
    assert bersatuan(counted, "Jumlah pelanggan", "pelanggan").plain() == "121"
    assert bersatuan(counted, "Layanan", "pelanggan").plain() == "121 pelanggan"


def test_a_difference_of_days_names_them():
    assert mutlak(Quantity.constant(-2).named("Selisih", "hari kerja")).plain() == "2 hari kerja"
    assert mutlak(Quantity.constant(-2).named("Selisih", "perkara")).plain() == "2"


def made(realisasi, target, code="IKK 6.5.2", status=None):
    """Build an indicator with figures of its own, as the calculation enters them."""
    b = material()
    one = b.params.indikator[code]
    ledger = Ledger()
    key = code.replace(" ", "-")
    goal = ledger.add(f"{key}/target", quantity(target, "Target"))
    if realisasi is None:
        return b, Capaian(code, one, "Sasaran", BELUM, ledger)
    real = ledger.add(f"{key}/realisasi", quantity(realisasi, "Realisasi"))
    score = ledger.add(f"{key}/capaian", (real / goal * 100).named("Capaian", "%", 2))
    ledger.add(f"{key}/selisih", (real - goal).named("Selisih", "nilai", 2))
    reached = TERCAPAI if score.value >= 100 else TIDAK
    return b, Capaian(code, one, "Sasaran", status or reached, ledger)


def text(parts):
    return Phrase(*parts).plain()


@settings(deadline=None, max_examples=60)
@given(VALUES, VALUES)
def test_numbers_of_a_sentence_are_its_quantities(realisasi, target):
    b, c = made(realisasi, target)
    said = text(hasil(b, c))
    known = {prosa(one).plain() for one in (c.realisasi, c.target, c.capaian)}
    known |= {mutlak(c.q("selisih")).plain()}
    bare = {one.removesuffix(" persen") for one in known}
    assert {one.rstrip(".") for one in NUMBER.findall(said)} <= bare
    if realisasi != target:
        assert prosa(c.target).plain() in said
    assert prosa(c.capaian).plain() in said


@settings(deadline=None, max_examples=60)
@given(VALUES, VALUES)
def test_words_follow_the_comparison(realisasi, target):
    assume(realisasi != target)
    b, c = made(realisasi, target)
    said = text(hasil(b, c))
    assert ("di atas target" in said) == (realisasi > target)
    assert ("tidak tercapai" in said) == (c.status == TIDAK)


def test_exactly_on_target():
    b, c = made(40, 40)
    assert "sebesar 40, sama dengan target (capaian 100 persen)." in text(hasil(b, c))


def test_near_and_far():
    assert "sedikit di atas target" in text(hasil(*made("40.5", 40)))
    assert "atau 0,50 di bawah target 40" in text(hasil(*made("39.5", 40)))
    assert "jauh di atas target" in text(hasil(*made(90, 40)))
    assert "atau 10 di bawah target 40 (capaian 75 persen)" in text(hasil(*made(30, 40)))


def test_lower_is_better():
    b, c = made(30, 40, status=TERCAPAI)
    falling = c.indikator.model_copy(update={"polaritas": "turun"})
    c = Capaian(c.kode, falling, c.sasaran, TERCAPAI, c.ledger)
    assert "sebesar 30, di bawah batas 40" in text(hasil(b, c))


@pytest.mark.parametrize(
    ("realisasi", "status", "expected"),
    [(39, TERCAPAI, "masih memenuhi ambang"), (41, TIDAK, "belum memenuhi ambang")],
)
def test_a_threshold_other_than_the_target(realisasi, status, expected):
    b, c = made(realisasi, 40, status=status)
    assert expected in text(hasil(b, c))


def test_on_the_way_to_the_target_of_the_year():
    for status in (SESUAI_JALUR, DI_BAWAH_JALUR):
        b, c = made(30, 40, status=status)
        c.ledger.add(f"{c.kunci}/jalur", quantity(20, "Jalur"))
        said = text(hasil(b, c))
        assert "75 persen dari target setahun 40; yang direncanakan" in said
        assert f"sampai dengan triwulan ini ialah 20 ({status})." in said
        assert "tidak tercapai" not in said


def test_no_realisation_no_comparison():
    b, c = made(None, 40)
    c = replace(c, alasan="Tidak dapat dihitung karena Order bernilai 0.")
    assert text(hasil(b, c)).endswith(" tidak dapat dihitung karena Order bernilai 0.")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (None, "tanpa data"),
        ("", "kosong"),
        ("  ,", "kosong"),
        ("Tidak Ada", "nihil"),
        ("tidak ada kendala.", "nihil"),
        ("-", "nihil"),
        ("PJI", "pelaksana"),
        ("SubagTU", "pelaksana"),
        ("Subbag TU dan PJI", "pelaksana"),
        ("Subbag TU kekurangan staf", "ada"),
        ("tidak ada anggaran", "ada"),
    ],
)
def test_what_a_kendala_cell_says(cell, kind):
    assert baca_kendala(cell, material().desks).jenis == kind


def test_who_is_in_charge_is_known_by_the_unit():
    assert baca_kendala("Kesiswaan dan sarpras").jenis == "ada"
    assert baca_kendala("Kesiswaan", frozenset({"kesiswaan"})).jenis == "pelaksana"
    assert {"pji", "ambon", "kepala"} <= material().desks


@pytest.mark.parametrize("cell", ["", "Tidak ada", "nihil", "-", "Subbag TU", None])
def test_what_is_no_obstacle_is_no_sentence(cell):
    assert uraian_kendala(baca_kendala(cell)) == []


def test_an_obstacle_is_a_whole_sentence():
    assert text(uraian_kendala(baca_kendala("bahan kimia terlambat,"))) == "Bahan kimia terlambat."


def test_what_is_done_depends_on_status():
    (b, missed), (_, reached), (_, far) = made(30, 40), made(42, 40), made(90, 40)
    assert text(usulan(b, missed)).startswith("Kami akan")
    assert text(usulan(b, missed)) != text(usulan(b, reached))
    assert jauh_di_atas(b, far)
    assert not jauh_di_atas(b, reached)
    assert not jauh_di_atas(b, missed)


def test_what_is_done_without_advice_names_the_indicator():
    b, c = made(42, 40)
    bare = c.indikator.model_copy(update={"saran": type(c.indikator.saran)()})
    c = Capaian(c.kode, bare, c.sasaran, TERCAPAI, c.ledger)
    kept = "Kami mempertahankan upaya yang telah berjalan untuk Nilai pengawasan kearsipan."
    assert text(usulan(b, c)) == kept


def test_class_of_a_score():
    b, c = made("82.1", "79.5", code="IKK 6.6.1")
    assert kelas(b, c)[0] == "A"
    assert "termasuk kategori A (memuaskan)." in text(kalimat_kelas(b, c))
    assert kalimat_kelas(*made(1, 1, code="IKK 6.7.1")) == []


@given(st.lists(st.text("abc", min_size=1), max_size=6))
def test_listing(items):
    said = gabung(items).plain()
    assert said.count(" dan ") == (1 if len(items) > 1 else 0)
    assert said.count(", ") == (len(items) - 1 if len(items) > 2 else 0)


def test_words_and_periods():
    assert rapikan(" a  b ,;") == "a b"
    assert capital("pNBP") == "PNBP"
    assert capital("") == ""
    assert kecil_awal("Laporan") == "laporan"
    assert kecil_awal("SDM unit") == "SDM unit"
    assert tanggal("2025-10-31").plain() == "31 Oktober 2025"
    assert bulan(3, 2025).plain() == "Maret 2025"
    assert kutip(None).plain() == ""
    assert mutlak(quantity(-5, unit="poin persen")).plain() == "5 poin persen"
