"""Templates, texts of values, and derived rows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from check_cases import put, real_settings, real_tables
from hypothesis import given
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.book import Book
from pp39.checks import rules
from pp39.checks.batches import OTHER_ROWS, batch_of, grouped, rows_of
from pp39.checks.rule import say, suggestion, text_of
from pp39.checks.steps import letters


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{x:rp}", 28908000, "Rp28.908.000"),
        ("{x:angka}", 44.5, "44,5"),
        ("{x:angka}", 1250, "1.250"),
        ("{x:bulan}", 9, "September"),
        ("{x}", 0.039, "0.039"),
        ("{x}", "6077.CAH", "6077.CAH"),
        ("{x:angka}", None, "(kosong)"),
        ("{x}", pd.NA, "blank"),
    ],
)
def test_say(template: str, value: object, text: str) -> None:
    assert say(template, {"x": value}) == text


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_stand_as_they_are(number: int) -> None:
    assert text_of(number) == str(number)
    assert text_of(float(number)) == str(number)


@given(st.decimals(-(10**6), 10**6, places=4))
def test_decimals_keep_their_value(number) -> None:
    assert float(text_of(float(number))) == float(number)


def test_suggestion_names_the_nearest_or_all() -> None:
    assert suggestion("pengujan", ["pengujian", "kalibrasi"])["hint"] == (
        "; the nearest is pengujian"
    )
    assert suggestion("zzz", ["b", "a"]) == {"saran": "", "hint": "; use one of a, b"}


def test_letters_ignore_case_blanks_and_marks() -> None:
    given_texts = pd.Series(["Kerja sama", "Kerjasama", "KERJA-SAMA."])
    assert set(letters(given_texts)) == {"kerjasama"}


def test_gaps_pair_each_number_with_the_one_due() -> None:
    tables = put("survei_nps", "no", 100, row=-1)(real_tables())
    view = rows_of("survei_nps/nomor", Book(tables, real_settings()))
    assert view is not None
    jumps = view[view["no"] != view["berikut"]]
    assert list(jumps["no"]) == [50, 100]


def test_series_leaves_out_the_first_of_each_and_blanks() -> None:
    tables = put("progres_ro", "rvro", None, row=3)(real_tables())
    view = rows_of("progres_ro/rvro", Book(tables, real_settings()))
    assert view is not None
    assert view["sebelum"].notna().sum() == 15 * 8 - 1


def test_ids_are_unique_and_rules_name_real_columns() -> None:
    facts = Book(real_tables(), real_settings())
    found = rules(facts)
    assert len({rule.id for rule in found}) == len(found)
    for rule in found:
        frame = rows_of(rule.rows, facts)
        # No indicator of the sample counts days or different ones; no source tells several things
        # each month.
        if rule.id in {"indikator.hari", "indikator.berbeda", "cakupan.bulan"}:
            assert frame is None
            continue
        assert frame is not None
        assert set(rule.columns) <= set(frame.columns), rule.id
        assert rule.holds.endswith("."), rule.id
        assert not rule.fails.endswith("."), rule.id


def test_there_is_one_batch_per_table_and_one_for_all_other_rows() -> None:
    facts = Book(real_tables(), real_settings())
    found = dict(grouped(rules(facts), facts))
    assert set(found) == {*(rule.source for rule in rules(facts)), OTHER_ROWS} - {
        "struktur",
        "cakupan",
        "indikator",
    }
    for name, same in found.items():
        batch = batch_of(name, same, facts)
        assert len(batch.looks) == sum(rows_of(one.rows, facts) is not None for one in same)
        height = sum(
            len(rows) for _, rows in {id(one.rows): one.rows for one in batch.looks}.items()
        )
        assert len(batch.frame) == (height if name == OTHER_ROWS else len(facts.tables[name].frame))
        for look in batch.looks:
            assert {one for each in look.expects for one in each.columns} <= set(batch.frame)


@pytest.mark.parametrize("name", SOURCES)
def test_rules_are_silent_about_a_source_that_the_profile_does_not_have(name: str) -> None:
    settings = real_settings()
    content = settings.profile.isi
    left = {one: source for one, source in content.sumber.items() if one != name}
    profile = replace(settings.profile, isi=content.model_copy(update={"sumber": left}))
    tables = {one: table for one, table in real_tables().items() if one != name}
    facts = Book(tables, replace(settings, profile=profile))
    for rule in rules(facts):
        assert rule.source != name
        frame = rows_of(rule.rows, facts)
        assert frame is None or set(rule.columns) <= set(frame.columns), rule.id
