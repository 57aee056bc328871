"""Printed numbers and how they are held against exact ones."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.findings.printed import agreement, digits, read_printed, read_words
from pp39.mentions import mentions
from pp39.numbers import format_number, format_rupiah, round_half_up, terbilang

values = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
decimals = st.integers(min_value=0, max_value=4)


def printed(value, places):
    return read_printed(format_number(value, places).replace("−", "-").replace(".", ""))


@given(values, decimals)
def test_a_rounded_value_agrees_with_what_it_was_rounded_from(value, places):
    assert agreement(printed(value, places), value) == "sama"


@given(values, st.integers(min_value=1, max_value=4), st.integers(min_value=1, max_value=99))
def test_off_by_more_than_the_last_digit_never_agrees(value, places, units):
    shifted = round_half_up(value, places) + Fraction(units + 1, 10**places)
    assert agreement(printed(shifted, places), value) not in ("sama", "pembulatan")


@given(values.filter(lambda value: value > 0), st.integers(min_value=1, max_value=4))
def test_a_cut_off_value_agrees_or_is_a_matter_of_rounding(value, places):
    scale = 10**places
    cut = Fraction(value.numerator * scale // value.denominator, scale)
    expected = "sama" if cut == round_half_up(value, places) else "pembulatan"
    assert agreement(printed(cut, places), value) == expected


@given(st.integers(min_value=0, max_value=10**13))
def test_rupiah_reads_back(amount):
    found = read_printed(format_rupiah(amount))
    assert found is not None
    assert found.value == amount
    assert found.decimals == 0


@given(values, decimals)
def test_digits_show_at_least_what_was_printed(value, places):
    shown = read_printed(digits(value, printed(value, places)).replace("−", "-").replace(".", ""))
    assert shown is not None
    assert shown.decimals >= places


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("Rp 1.248.776.737", "1248776737", 0),
        ("Rp 9,358,210,000.00", "9358210000", 2),
        ("9.358.210.000,-", "9358210000", 0),
        ("Rp. 1.755.000.000", "1755000000", 0),
        ("63.89%", "63.89", 2),
        (".01 %", "0.01", 2),
        ("108,16%%", "108.16", 2),
        ("2021,83 %", "2021.83", 2),
        ("74,11 Persen", "74.11", 2),
        ("4,24 (A-)", "4.24", 2),
        ("+98", "98", 0),
        ("72, 10", "72.1", 2),
        ("0,039", "0.039", 3),
        ("1.00", "1", 2),
        ("2 indeks", "2", 0),
        ("100%", "100", 0),
    ],
)
def test_printed_numbers(text, value, places):
    found = read_printed(text)
    assert found is not None
    assert (found.value, found.decimals) == (Fraction(value), places)


@pytest.mark.parametrize("text", ["", "-", "Rp. 7.603.210.0000", "tidak ada", "12+3", "1.2.3,4,5"])
def test_what_nobody_could_read(text):
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("text", "exact", "kind"),
    [
        ("74,11", Fraction(12600, 170), "pembulatan"),
        ("74,12", Fraction(12600, 170), "sama"),
        ("7,412", Fraction(12600, 170), "skala"),
        ("80", Fraction(8), "beda"),
        ("57", Fraction(54), "beda"),
        ("120", Fraction(121), "beda"),
    ],
)
def test_kinds_of_agreement(text, exact, kind):
    assert agreement(read_printed(text), exact) == kind


@given(st.integers(min_value=1, max_value=10**12))
def test_words_read_back(number):
    assert read_words(terbilang(number)) == number


def test_a_lost_word_is_another_amount():
    text = "sembilan milyar tiga ratus lima puluh delapan juta dua ratus sepuluh rupiah"
    assert read_words(text) == 9_358_000_210


@pytest.mark.parametrize(
    ("text", "quarters", "months", "years"),
    [
        ("Triwulan IV Tahun Anggaran 2025", ((4, 2025),), (), (2025,)),
        ("TW IV TA 2024", ((4, 2024),), (), (2024,)),
        ("ROA TW III", ((3, None),), (), ()),
        ("bulan Oktober – Desember", (), (10, 11, 12), ()),
        ("Triwulan I sampai dengan Triwulan IV", tuple((n, None) for n in (1, 2, 3, 4)), (), ()),
        ("TA. 2024", (), (), (2024,)),
        ("pada Triwulan", (), (), ()),
        ("tahun ini", (), (), ()),
    ],
)
def test_mentions(text, quarters, months, years):
    found = mentions(text)
    assert (found.quarters, found.months, found.years) == (quarters, months, years)
