"""Kinds of value, read strictly; round trips by hypothesis."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.numbers import exact, format_number, format_percent, format_rupiah
from pp39.periods import MONTHS, Quarter, format_date
from pp39.sources import Context
from pp39.sources.declaration import Kind, Parsed
from pp39.sources.numbers import Count, Measure, Number, Percent, Rupiah, Stated
from pp39.sources.words import Choice, Code, Date, Month, QuarterName, Split, Text

CONTEXT = Context(2025, {"layanan": {"lph": ("LPH", "Halal"), "ppc": ("PPC",)}, "kosong": {}})
SCOPE = Choice(
    "scope",
    (("perjakin", ("Perjakin",)),),
    form=("program [A-Z]{2}|kro [0-9]{4}\\.[A-Z]{3}", "Program WA"),
)


@given(st.integers(0, 10**12))
def test_amounts_read_back(amount: int) -> None:
    assert Rupiah().parse(format_rupiah(amount), CONTEXT).values == (amount,)
    assert Rupiah().parse(f"Rp {amount:,}.00", CONTEXT).values == (amount,)
    assert Rupiah().parse(format_number(amount) + ",-", CONTEXT).values == (amount,)


@pytest.mark.parametrize("text", ["Rp-", "Rp. -", "Rp -,-", "IDR –,–"])
def test_an_amount_of_nothing_is_zero(text: str) -> None:
    assert Rupiah().parse(text, CONTEXT).values == (0,)


@given(st.integers(0, 10**12))
def test_counts_read_back(count: int) -> None:
    assert Count().parse(str(count), CONTEXT) == Parsed((count,))
    assert Count().parse(format_number(count), CONTEXT).values == (count,)


@given(st.integers(0, 999_999), st.integers(3, 6))
def test_percentages_are_exact(scaled: int, decimals: int) -> None:
    value = Fraction(scaled, 10**decimals)
    (found,) = Percent().parse(format_percent(value, decimals), CONTEXT).values
    assert exact(found) == value


@given(st.integers(0, 10**9), st.sampled_from(["LHU", "Sertifikat", "sudah diaudit"]))
def test_measures_read_back(number: int, unit: str) -> None:
    for spelling in (f"{number} {unit}", f"{number}{unit}", f"{number} ({unit})"):
        assert Measure().parse(spelling, CONTEXT).values == (float(number), unit)


@given(st.dates())
def test_dates_read_back(date: object) -> None:
    from datetime import date as day  # noqa: PLC0415

    assert isinstance(date, day)
    if date.year >= 1000:
        assert Date().parse(format_date(date), CONTEXT).values == (date.isoformat(),)
        assert Date().parse(date.isoformat(), CONTEXT) == Parsed((date.isoformat(),))


@given(st.sampled_from(list(Quarter)), st.sampled_from(["{}", "TW {}", "tw {}", " {} "]))
def test_quarters_read_back(quarter: Quarter, form: str) -> None:
    parsed = QuarterName().parse(form.format(quarter), CONTEXT)
    assert parsed.values == (str(quarter),)
    assert bool(parsed.rule) is (form != "{}")


@given(st.sampled_from(MONTHS))
def test_months_read_back(month: str) -> None:
    assert Month().parse(month, CONTEXT) == Parsed((MONTHS.index(month) + 1,))


KINDS: tuple[Kind, ...] = (
    Text(),
    Code("[A-Z]{2}", "EC"),
    Count(),
    Rupiah(),
    Number(),
    Percent(),
    Measure(),
    Date(),
    QuarterName(),
    Month(),
    Choice("service", vocabulary="layanan"),
    Split("([0-9]+)-(.*)", "1-x", ("{1}", "{2}")),
    Stated(),
)


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(KINDS))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, kind: Kind) -> None:
    parsed = _parsed(kind, text)
    if isinstance(parsed, str):
        assert parsed.startswith('"')
    else:
        assert len(parsed.values) == len(kind.stores)


def _parsed(kind: Kind, text: str) -> Parsed | str:
    try:
        return kind.parse(text, CONTEXT)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize(
    ("kind", "text", "values", "rule"),
    [
        (Count(), "1.00", (1,), "format angka diseragamkan"),
        (Count(), "22 ", (22,), "spasi dirapikan"),
        (Count(), "-", (None,), "tanda kosong dibaca sebagai tidak ada data"),
        (Count(), "1,250", (1250,), "format angka diseragamkan"),
        (Count(), "1\u00a0250,00", (1250,), "format angka diseragamkan"),
        (Number(), "0,039", (0.039,), "format angka diseragamkan"),
        (Number(), "(5,25)", (-5.25,), "format angka diseragamkan"),
        (Number(), "74.12", (74.12,), ""),
        (Measure(), "2 indeks", (2.0, "indeks"), "satuan dipisahkan dari angka"),
        (Measure(), "80%", (80.0, "%"), "satuan dipisahkan dari angka"),
        (Measure(), "5", (5.0, None), ""),
        (Percent(), ".01 %", (0.01,), "tanda persen dilepas"),
        (Rupiah(), "Rp. 1.755.000.000", (1755000000,), "format rupiah diseragamkan"),
        (Rupiah(), "Rp 1,234,567.00", (1234567,), "format rupiah diseragamkan"),
        (Rupiah(), "Rp. 1.234,-", (1234,), "format rupiah diseragamkan"),
        (Rupiah(), "(Rp1.000.000,-)", (-1000000,), "format rupiah diseragamkan"),
        (Rupiah(), "1.000.000-", (-1000000,), "format rupiah diseragamkan"),
        (Rupiah(), "Rp\u00a0-", (0,), "Rp dengan tanda hubung dibaca sebagai nol rupiah"),
        (Rupiah(), "-", (None,), "tanda kosong dibaca sebagai tidak ada data"),
        (Percent(), "\u22125,5 %", (-5.5,), "tanda persen dilepas"),
        (Date(), "31/12/2025 08:15", ("2025-12-31",), "format tanggal diseragamkan"),
        (Date(), "28-May", ("2025-05-28",), "tahun tanggal dilengkapi"),
        (Text((("PNBK", "PNBP"),)), "sumber  PNBK", ("sumber PNBP",), "salah cetak dibetulkan"),
        (Choice("service", vocabulary="layanan"), "halal", ("lph",), "penulisan nama diseragamkan"),
        (Choice("service", vocabulary="layanan"), "LPH", ("lph",), ""),
        (SCOPE, "Kro 6077.aef", ("kro 6077.AEF",), ""),
        (SCOPE, "program  WA", ("program WA",), "penulisan nama diseragamkan"),
        (SCOPE, "Perjakin", ("perjakin",), ""),
    ],
)
def test_a_reading(kind: Kind, text: str, values: tuple[object, ...], rule: str) -> None:
    assert kind.parse(text, CONTEXT) == Parsed(values, rule)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Count(), "l7", "such as 17"),
        (Count(), "1,5", "is not a whole number"),
        (Count(), "(5)", "must not be negative"),
        (Count(), "9" * 20, "has too many digits; write at most 15"),
        (Rupiah(), "9" * 20, "has too many digits; write at most 15"),
        (Number(), "9" * 20, "has too many digits; write at most 15"),
        (Number(signed=False), "-1.234,50", "must not be negative; write a number such as 74,12"),
        (Percent(), "9" * 200, "has too many digits; write at most 15"),
        (Measure(), f"{'9' * 20} LHU", "has too many digits; write at most 15"),
        (Rupiah(), "10rp5", "is not an amount in rupiah"),
        (Date(), "12/31/2025", "the day comes before the month: write 31/12/2025"),
        (Date(), "31/12/25", "write all four of them"),
        (Choice("service", vocabulary="kosong"), "x", "list them in the file of the unit"),
        (Number(), "1.250", "can be read as 1.25 or 1250"),
        (Rupiah(), "Rp1.500,50", "is not a whole amount"),
        (Number("plain"), "0.1234567890123456789", "has too many digits"),
        (Choice("service", vocabulary="layanan"), "Hala", 'the nearest is "Halal"'),
        (Choice("service", vocabulary="layanan"), "xyz", "use one of LPH, PPC"),
        (SCOPE, "Program Wajib", "use one of Perjakin, Program WA"),
        (Month(), "Noevmber", 'the nearest is "November"'),
        (Measure(), "169 LHU 3", "is not a number with a unit"),
    ],
)
def test_a_refusal(kind: Kind, text: str, told: str) -> None:
    sentence = _parsed(kind, text)
    assert isinstance(sentence, str)
    assert told in sentence


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("217 LHU", 217.0),
        ("108,16%%", 108.16),
        ("+98", 98.0),
        ("15 (lima belas)", 15.0),
        ("9.358.210.000,-", 9358210000.0),
        ("74,11 Persen", 74.11),
        ("4,24 (A-)", 4.24),
        ("1, 2, 3", None),
        ("10 - 12 Desember", None),
        ("31 Oktober 2025", None),
        ("berhasil", None),
    ],
)
def test_a_stated_figure(text: str, number: float | None) -> None:
    assert Stated().parse(text, CONTEXT).values == (text, number)


def test_the_number_of_a_day_is_told_from_what_is_no_date() -> None:
    with pytest.raises(ValueError, match='"45673" is a number and not a date; format the column'):
        Date().parse("45673", CONTEXT)
    with pytest.raises(ValueError, match='"besok" is not a date; write it as 31 Oktober'):
        Date().parse("besok", CONTEXT)


def test_a_blank_word_is_asked_for_by_the_names_that_people_type() -> None:
    kind = Choice("kind", (("itk", ("Izin kunjungan",)), ("itap", ())))
    assert kind.expected == "write one of Izin kunjungan, itap"
