"""Sentences: each status, trend and kind of record in its own words, figures from quantities."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from isi_runs import material

from pp39.ledger import Ledger, Quantity
from pp39.periods import Quarter
from pp39.report.inline import Teks
from pp39.report.isi.bahan import BELUM, TERCAPAI, TIDAK, Capaian
from pp39.report.isi.kalimat import (
    arah,
    besar_awal,
    bulan,
    gabung,
    kecil_awal,
    kutip,
    mutlak,
    rapikan,
    tanggal,
    triwulan,
)
from pp39.report.isi.penilaian import (
    baca_kendala,
    hubungan,
    kalimat_kelas,
    kelas,
    kendala_sel,
    rekomendasi,
    tindak_lanjut,
    uraian_kendala,
)

NUMBER = re.compile(r"−?(?:Rp)?[0-9][0-9.]*(?:,[0-9]+)?%?")
VALUES = st.fractions(min_value=Fraction(1, 100), max_value=10_000, max_denominator=1000)


def quantity(value, label="Nilai", unit="nilai", decimals=2):
    return Quantity.constant(Fraction(value)).named(label, unit, decimals)


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
    return Teks(*parts).plain()


@settings(deadline=None, max_examples=60)
@given(VALUES, VALUES)
def test_numbers_of_a_sentence_are_its_quantities(realisasi, target):
    b, c = made(realisasi, target)
    said = text(hubungan(b, c))
    known = {c.target.text(), c.capaian.text(), mutlak(c.q("selisih")).plain(), "100,00%", "100%"}
    assert {one.rstrip(".") for one in NUMBER.findall(said)} <= known
    assert c.target.text() in said
    assert c.capaian.text() in said


@settings(deadline=None, max_examples=60)
@given(VALUES, VALUES)
def test_words_follow_the_comparison(realisasi, target):
    assume(realisasi != target)
    b, c = made(realisasi, target)
    said = text(hubungan(b, c))
    assert ("melampaui target" in said) == (realisasi > target)
    assert ("tidak tercapai" in said) == (c.status == TIDAK)


def test_exactly_on_target():
    b, c = made(40, 40)
    assert text(hubungan(b, c)).startswith("tepat sama dengan target 40,00")


def test_lower_is_better():
    b, c = made(30, 40, status=TERCAPAI)
    falling = c.indikator.model_copy(update={"polaritas": "turun"})
    c = Capaian(c.kode, falling, c.sasaran, TERCAPAI, c.ledger)
    assert "lebih rendah, jadi lebih baik, daripada target" in text(hubungan(b, c))


@pytest.mark.parametrize(
    ("realisasi", "status", "expected"),
    [(39, TERCAPAI, "masih memenuhi ambang"), (41, TIDAK, "belum memenuhi ambang")],
)
def test_a_threshold_other_than_the_target(realisasi, status, expected):
    b, c = made(realisasi, 40, status=status)
    assert expected in text(hubungan(b, c))


def test_no_realisation_no_comparison():
    b, c = made(None, 40)
    with pytest.raises(ValueError, match=re.escape("IKK 6.5.2")):
        hubungan(b, c)


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
    assert baca_kendala(cell).jenis == kind


@pytest.mark.parametrize("cell", ["", "Tidak ada", "nihil", "-"])
def test_a_missed_target_is_never_without_obstacle(cell):
    b, c = made(30, 40)
    said = text(uraian_kendala(b, c, baca_kendala(cell)))
    assert "meskipun target tidak tercapai" in said
    assert "wajib melengkapi" in said
    assert "tidak ada kendala" not in said.replace("Tidak ada kendala yang dicatat meskipun", "")
    assert "padahal target tidak tercapai" in Teks(kendala_sel(c, baca_kendala(cell))).plain()


def test_a_missed_target_without_any_record():
    b, c = made(30, 40)
    assert "padahal target tidak tercapai" in text(uraian_kendala(b, c, baca_kendala(None)))


def test_the_name_of_who_is_in_charge_is_shown_with_a_remark():
    b, c = made(30, 40)
    said = text(uraian_kendala(b, c, baca_kendala("Subbag TU")))
    assert "“Subbag TU”" in said
    assert "bukan uraian hambatan" in said
    assert "wajib melengkapi" in said
    b, c = made(50, 40)
    assert "wajib" not in text(uraian_kendala(b, c, baca_kendala("Subbag TU")))


def test_an_obstacle_is_quoted():
    b, c = made(30, 40)
    note = baca_kendala("bahan kimia terlambat,")
    assert "bahan kimia terlambat." in text(uraian_kendala(b, c, note))
    assert kendala_sel(c, note).plain() == "bahan kimia terlambat"


def test_reached_without_obstacle():
    b, c = made(50, 40)
    assert text(uraian_kendala(b, c, baca_kendala("Tidak ada"))) == (
        "Unit tidak mencatat adanya kendala."
    )


def test_advice_depends_on_status():
    none = baca_kendala("")
    (b, missed), (_, reached), (_, far) = made(30, 40), made(42, 40), made(90, 40)
    assert "dikoordinasikan oleh" in text(rekomendasi(b, missed, none))
    assert "perlu ditinjau" not in text(rekomendasi(b, reached, none))
    assert "225,00% jauh melampaui target" in text(rekomendasi(b, far, none))
    assert "perlu segera dilengkapi" in text(rekomendasi(b, made(None, 40)[1], none))
    assert text(rekomendasi(b, missed, none)) != text(rekomendasi(b, reached, none))


def test_follow_up_is_named_only_where_there_is_one():
    assert tindak_lanjut(baca_kendala("Tidak ada")) == []
    assert "rapat bulanan" in text(tindak_lanjut(baca_kendala("rapat bulanan")))


def test_class_of_a_score():
    b, c = made("82.1", "79.5", code="IKK 6.6.1")
    assert kelas(b, c)[0] == "A"
    assert "kelas A (memuaskan)" in text(kalimat_kelas(b, c))
    assert kalimat_kelas(*made(1, 1, code="IKK 6.7.1")) == []


@given(st.integers(0, 500), st.integers(0, 500))
def test_trend(now, before):
    said = arah(quantity(now, decimals=0), quantity(before, decimals=0), triwulan(Quarter.II))
    word = "sama dengan" if now == before else "naik dari" if now > before else "turun dari"
    assert said.plain().startswith(word)
    assert "triwulan II" in said.plain()
    assert {int(one) for one in re.findall("[0-9]+", said.plain())} == {now, before}


@given(st.lists(st.text("abc", min_size=1), max_size=6))
def test_listing(items):
    said = gabung(items).plain()
    assert said.count(" dan ") == (1 if len(items) > 1 else 0)
    assert said.count(", ") == (len(items) - 1 if len(items) > 2 else 0)


def test_words_and_periods():
    assert rapikan(" a  b ,;") == "a b"
    assert besar_awal("pNBP") == "PNBP"
    assert besar_awal("") == ""
    assert kecil_awal("Laporan") == "laporan"
    assert kecil_awal("SDM unit") == "SDM unit"
    assert tanggal("2025-10-31").plain() == "31 Oktober 2025"
    assert bulan(3, 2025).plain() == "Maret 2025"
    assert kutip(None).plain() == ""
    assert mutlak(quantity(-5, unit="poin persen")).plain() == "5,00 poin persen"
