import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pp39.errors import ParameterError
from pp39.periods import (
    MONTHS,
    Period,
    Quarter,
    format_date,
    parse_date,
    parse_month,
    working_day_deadline,
)


@pytest.mark.parametrize("text", ["IV", "iv", "4", 4, "TW IV", "tw. 4", "Triwulan iv", Quarter.IV])
def test_quarter_in_every_spelling(text):
    assert Quarter.parse(text) is Quarter.IV


@pytest.mark.parametrize("text", ["V", "0", "5", "", "IIII", "Q4"])
def test_unknown_quarter(text):
    with pytest.raises(ParameterError, match="use I, II, III, IV or 1 to 4"):
        Quarter.parse(text)


@pytest.mark.parametrize("text", ["tahunan", " Tahunan", "TAHUNAN", Period.TAHUNAN])
def test_the_year_ends_with_its_last_quarter(text):
    assert Period.parse(text) is Period.TAHUNAN
    assert Period.TAHUNAN.quarter is Quarter.IV


@pytest.mark.parametrize("quarter", Quarter)
def test_a_period_of_a_quarter_is_called_as_the_quarter(quarter):
    period = Period.parse(quarter)
    assert period.quarter is quarter
    assert str(period) == str(quarter)
    assert not period.is_year


@pytest.mark.parametrize("text", ["V", "5", "", "tahun"])
def test_unknown_period(text):
    with pytest.raises(ParameterError, match="I, II, III, IV or 1 to 4, or tahunan for the year"):
        Period.parse(text)


def test_quarter_knows_its_days_and_months():
    assert Quarter.II.months == (4, 5, 6)
    assert Quarter.III.upto == tuple(range(1, 10))
    assert Quarter.IV.end(2025) == dt.date(2025, 12, 31)
    assert Quarter.I.start(2024) == dt.date(2024, 1, 1)
    assert Quarter.I.end(2024) == dt.date(2024, 3, 31)


@pytest.mark.parametrize(("text", "month"), [("Januari", 1), ("agt", 8), ("Nopember", 11)])
def test_month(text, month):
    assert parse_month(text) == month


def test_misspelt_month_names_the_nearest():
    with pytest.raises(ValueError, match='"Noevmber" is not a month; the nearest is "November"'):
        parse_month("Noevmber")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("29-Nov-24", dt.date(2024, 11, 29)),
        ("28-May", dt.date(2025, 5, 28)),
        ("30 Sep", dt.date(2025, 9, 30)),
        ("6 Januari 2026", dt.date(2026, 1, 6)),
        ("2025-10-31", dt.date(2025, 10, 31)),
        ("31\u201112\u20112025", dt.date(2025, 12, 31)),
        ("Rabu, 31 Desember 2025", dt.date(2025, 12, 31)),
        ("Jum'at 2 Januari 2026", dt.date(2026, 1, 2)),
        ("senin 05/01/2026 08.15", dt.date(2026, 1, 5)),
    ],
)
def test_date(text, date):
    assert parse_date(text, year=2025) == date


@pytest.mark.parametrize("text", ["31-02-2025", "12/31/2025x", "besok", "", "31 Februari 2025"])
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match="is not a da"):
        parse_date(text, year=2025)


def test_a_date_without_a_year_needs_one():
    with pytest.raises(ValueError, match="has no year"):
        parse_date("28-May")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_printed_dates_read_back(date):
    assert parse_date(format_date(date)) == date
    assert parse_date(date.isoformat()) == date
    assert parse_date(f"{date.day}-{MONTHS[date.month - 1][:3]}-{date:%y}") == date


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 1, 1)), st.integers(1, 30))
def test_deadlines_fall_on_working_days_and_hold_that_many(date, days):
    due = working_day_deadline(date, days)
    assert due.weekday() < 5
    between = (date + dt.timedelta(n) for n in range(1, (due - date).days + 1))
    assert sum(day.weekday() < 5 for day in between) == days


def test_holidays_move_the_deadline():
    assert working_day_deadline(dt.date(2025, 12, 31), 5) == dt.date(2026, 1, 7)
    new_year = {dt.date(2026, 1, 1)}
    assert working_day_deadline(dt.date(2025, 12, 31), 5, new_year) == dt.date(2026, 1, 8)
