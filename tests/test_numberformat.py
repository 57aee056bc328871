"""Number formats: which section is in force, and what is percent, date or number in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS

from pp39.sources.numberformat import BUILT_IN, NumberFormat

_FINITE = st.floats(allow_nan=False, allow_infinity=False)


def _shown(value: float) -> Decimal:
    """Give the number as spreadsheets show it, of 15 digits if it is no whole one."""
    return Decimal(repr(value)) if value.is_integer() else Decimal(f"{value:.15g}")


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", 0.6, "60%"),
        ("0.00%", 0.57, "57%"),
        ("0 %", 0.6, "60%"),
        ("0%_)", 0.6, "60%"),
        ("[Red]0%", 0.6, "60%"),
        ("[$-421]0%", 0.6, "60%"),
        ("%0", 0.6, "60%"),
        ('"kira-kira "0%', 0.6, "60%"),
        ('0""%', 0.6, "60%"),
        ('0.00"%"', 0.6, "0.6"),
        (r"0.00\%", 0.6, "0.6"),
        (r"0.00\\%", 0.6, "60%"),
        ("0.00_%", 0.6, "0.6"),
        ("0.00*%", 0.6, "0.6"),
        ("0.00[$%-421]", 0.6, "0.6"),
        ('0.00" % dari target"', 0.6, "0.6"),
        ('0.00"%', 0.6, "0.6"),
        ("0.00\\", 0.6, "0.6"),
        ("0%%", 0.6, "6000%%"),
        ("0%;0.0", -0.6, "-0.6"),
        ("0%;0.0", 0.0, "0%"),
        ("0.0;-0%", -0.6, "-60%"),
        ("0.0;0.0;0%", 0.0, "0%"),
        ("0%;0.0;0.0", 0.0, "0"),
        ("[>=1]0.0;0%", 0.6, "60%"),
        ("[>=1]0.0;0%", 1.0, "1"),
        ("[<0.5]0.0;[<1]0%;0.0", 0.7, "70%"),
        ("[<0.5]0.0;[<1]0%;0.0", 1.7, "1.7"),
        ("[>100]0.0;0%;0.0", -0.6, "-60%"),
        ("[>100]0.0;0%;0.0", 0.6, "0.6"),
        ("[Red][>=1]0.0;[Blue]0%", 0.6, "60%"),
        ("[=0.6]0%;0.0", 0.6, "60%"),
        ("[<>0.6]0%;0.0", 0.6, "0.6"),
        ("0%;@", -0.6, "-60%"),
        ("@", 0.6, "0.6"),
        ("0.0;0.0;0.0;%@", 0.6, "0.6"),
        ("", 0.6, "0.6"),
        ("General", 0.123, "0.1230"),
        ("General", 0.1 * 3, "0.3"),
        ("0%", 0.1 * 3, "30%"),
        ("General", -0.0, "0"),
        ("General", 1e308, "1e+308"),
        ("General", 123456789012345.0, "123456789012345"),
        ("General", 2.5e-17, "0.000000000000000025"),
        ("0%", 1e308, "1e+310%"),
        ("0 hari", 3.0, "3"),
        ('#,##0 "dokumen"', 3.0, "3"),
        ('"hari ke-"0', 3.0, "3"),
        ("[Magenta]0", 3.0, "3"),
        ("0.0E+00", 3.0, "3"),
        ("yyyy-mm-dd", 46022.0, "2025-12-31"),
        ("[$-421]dd mmmm yyyy;@", 46022.0, "2025-12-31"),
        ("dd/mm/yyyy h:mm", 46022.5, "2025-12-31 12:00:00"),
        ("yyyy-mm-dd", 46021.999999999, "2025-12-31"),
        ("yyyy-mm-dd", 1.0, "1900-01-01"),
        ("yyyy-mm-dd", 61.0, "1900-03-01"),
        ("yyyy-mm-dd", -1.0, "-1"),
        ("yyyy-mm-dd", 1e10, "10000000000"),
        ("yyyy-mm-dd", 1e308, "1e+308"),
        ("h:mm AM/PM", 0.75, "18:00:00"),
        ("mm:ss.0", 0.5, "12:00:00"),
        ("[h]:mm", 1.25, "30:00:00"),
    ],
)
def test_a_value_is_spelled_as_its_cell_shows_it(code: str, value: float, text: str) -> None:
    assert NumberFormat.parse(code).spell(value) == text


def test_the_other_calendar_starts_later() -> None:
    assert NumberFormat.parse("yyyy-mm-dd").spell(44560.0, dt.date(1904, 1, 1)) == "2025-12-31"


def test_formats_named_by_number_alone_are_those_of_the_standard() -> None:
    meant = {number: code for number, code in BUILTIN_FORMATS.items() if number in BUILT_IN}
    assert {n: NumberFormat.parse(code) for n, code in meant.items()} == {
        n: NumberFormat.parse(code) for n, code in BUILT_IN.items()
    }
    assert {n for n in BUILTIN_FORMATS if "%" in BUILTIN_FORMATS[n]} == {9, 10}


_DECORATION = st.one_of(
    st.text(alphabet="%;[]ydhms0 a\\", max_size=4).map('"{}"'.format),
    st.sampled_from('%;"0ym@[').map("\\{}".format),
    st.sampled_from('%;"0ym@[').map("_{}".format),
    st.sampled_from('%;"0ym@[').map("*{}".format),
    st.sampled_from(("[Red]", "[$-421]", "[$Rp-421]", "[$%-421]", "[Color 12]", " ", "-", "(")),
)
_TESTS = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}


@st.composite
def _section(draw: st.DrawFn) -> tuple[str, bool]:
    """Give a section of a number, and whether it is a percentage."""
    percent = draw(st.booleans())
    digits = draw(st.sampled_from(("0", "0.00", "#,##0", "??0.0#")))
    before, between, after = (draw(st.lists(_DECORATION, max_size=2)) for _ in range(3))
    sign = "%" if percent else ""
    return "".join((*before, digits, *between, sign, *after)), percent


@given(st.lists(_section(), min_size=1, max_size=3), _FINITE)
def test_the_sign_of_the_value_picks_the_section(
    sections: list[tuple[str, bool]], value: float
) -> None:
    code = ";".join(code for code, _ in sections)
    if len(sections) == 1:
        wanted = sections[0]
    elif len(sections) == 2:
        wanted = sections[value < 0]
    else:
        wanted = sections[2 if value == 0 else value < 0]
    text = NumberFormat.parse(code).spell(value)
    assert text.endswith("%") == wanted[1]
    times = 100 if wanted[1] else 1
    assert Decimal(text.rstrip("%")) == _shown(value) * times


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(_TESTS)), st.integers(-3, 3), _section()),
        min_size=1,
        max_size=2,
    ),
    _section(),
    st.floats(-4, 4),
)
def test_a_condition_picks_the_section(
    conditions: list[tuple[str, int, tuple[str, bool]]], other: tuple[str, bool], value: float
) -> None:
    parts = [f"[{test}{limit}]{code}" for test, limit, (code, _) in conditions]
    met = [percent for test, limit, (_, percent) in conditions if _TESTS[test](value, float(limit))]
    text = NumberFormat.parse(";".join((*parts, other[0]))).spell(value)
    assert text.endswith("%") == (met[0] if met else other[1])


@given(st.text(max_size=40) | st.text(alphabet='0#?%;@[]"\\_*<>=.ymdhsE+-', max_size=40), _FINITE)
def test_every_text_is_a_format_and_every_number_has_a_spelling(code: str, value: float) -> None:
    assert NumberFormat.parse(code).spell(value)


@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)))
def test_dates_are_those_that_were_stored(moment: dt.datetime) -> None:
    whole = moment.replace(microsecond=0)
    days = (whole - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    spelled = NumberFormat.parse("dd/mm/yyyy hh:mm:ss").spell(days)
    assert dt.datetime.fromisoformat(spelled) == whole
