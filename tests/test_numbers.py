from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.numbers import (
    exact,
    format_number,
    format_percent,
    format_rupiah,
    parse_number,
    parse_percent,
    parse_rupiah,
    plain_decimal,
    round_half_up,
    terbilang,
)

amounts = st.integers(-(10**13), 10**13)
decimals = st.decimals(-(10**6), 10**6, places=2, allow_nan=False)


@pytest.mark.parametrize(
    "text",
    [
        "Rp 9,358,210,000",
        "Rp9.358.210.000,-",
        "9.358.210.000,-",
        "Rp 9,358,210,000.00",
        "9358210000",
        "rp. 9.358.210.000",
    ],
)
def test_rupiah_in_every_spelling_of_the_documents(text):
    assert parse_rupiah(text) == 9358210000


@pytest.mark.parametrize(
    "text", ["Rp. 7.603.210.0000", "17O", "", "Rp", "-", "1.2.3", "1,23,456", "12e3", "１２３"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="is not an amount in rupiah"):
        parse_rupiah(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("63.89%", "63.89"),
        ("0,01%", "0.01"),
        (".01 %", "0.01"),
        ("8.3 %", "8.3"),
        ("100", "100"),
        ("120,00%", "120"),
    ],
)
def test_percentages(text, value):
    assert parse_percent(text) == Fraction(value)


@pytest.mark.parametrize("text", ["108,16%%", "%", "", "1.000,5%", "74,11 Persen", "5 6"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(ValueError, match="is not a percentage"):
        parse_percent(text)


def test_auto_refuses_to_guess():
    assert parse_number("74.12") == parse_number("74,12") == Fraction("74.12")
    assert parse_number("1.248.776.737") == 1248776737
    with pytest.raises(ValueError, match=r"can be read as 1\.25 or 1250"):
        parse_number("1.250")


@pytest.mark.parametrize("style", ["id", "en", "plain", "auto"])
@pytest.mark.parametrize("text", ["", ".", ",", "-", "abc", "1 2", "1..2", "1,,2", "nan", "inf"])
def test_no_style_reads_what_is_no_number(style, text):
    with pytest.raises(ValueError, match="is not a number"):
        parse_number(text, style)


@given(amounts)
def test_printed_rupiah_reads_back(amount):
    printed = format_rupiah(amount).replace("−Rp", "Rp-")
    assert parse_rupiah(printed) == amount


@given(decimals)
def test_printed_numbers_read_back(value):
    printed = format_number(Fraction(value), 2).replace("−", "-")
    assert parse_number(printed, "id") == Fraction(value)


@given(decimals)
def test_a_float_gives_its_decimal_back(value):
    assert exact(float(value)) == Fraction(value)
    assert Fraction(plain_decimal(Fraction(value))) == Fraction(value)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_nearest_and_symmetric(value, places):
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert (rounded * 10**places).denominator == 1
    assert round_half_up(-value, places) == -rounded


def test_halves_go_away_from_zero():
    assert format_number(Fraction("2.345"), 2) == "2,35"
    assert format_number(Fraction("-2.345"), 2) == "−2,35"
    assert format_percent(Fraction(12600, 170)) == "74,12%"
    assert format_number(Fraction("-0.001"), 2) == "0,00"


@pytest.mark.parametrize("value", ["nan", float("inf"), None, "1/0"])
def test_exact_refuses_what_is_not_finite(value):
    with pytest.raises(ValueError, match="is not a finite number"):
        exact(value)


def test_terbilang():
    assert terbilang(9358210000) == (
        "sembilan miliar tiga ratus lima puluh delapan juta dua ratus sepuluh ribu"
    )
