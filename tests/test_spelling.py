"""Spelling: what is misspelt in the sources is printed right, told, and still found."""

import re
from dataclasses import replace
from pathlib import Path

import indicator_runs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_findings_sample import findings

from pp39.params import load
from pp39.sources import Spelling, spelt
from pp39.sources.spelt import logged

ROOT = Path(__file__).parents[1]
KNOWN = frozenset({"kearsipan", "semester", "profesional", "pengadaan", "memuat", "pembulatan"})
LISTED = {
    "tinda lanjut": "tindak lanjut",
    "engadaan": "pengadaan",
    "tw iv": "TW IV",
    "bpji": "BSPJI",
}


def real():
    return Spelling.of(load(ROOT, "bspji-ambon", 2025, "IV"))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("engadaan barang", "pengadaan barang"),
        ("dalam  tinda  lanjut", "dalam  tindak lanjut"),
        ("TINDA LANJUT", "TINDAK LANJUT"),
        ("Tinda Lanjut rapat", "Tindak Lanjut rapat"),
        ("TW iv, TW iV dan TW IV", "TW IV, TW IV dan TW IV"),
        ("bpji Ambon", "BSPJI Ambon"),
        # Neighbours exchanged, single for double and the other way round.
        ("Kearsiapn", "Kearsipan"),
        ("SEMESETR", "SEMESTER"),
        ("Professional", "Profesional"),
        # Other words, though near.
        ("membuat pembuatan", "membuat pembuatan"),
        ("pengaduan", "pengaduan"),
        ("2engadaan engadaan2", "2engadaan engadaan2"),
        (" engadaann", " engadaann"),
    ],
)
def test_only_what_is_listed_or_a_slip_is_changed(wrong, right):
    assert Spelling(LISTED, KNOWN).corrected(wrong) == right


def test_two_words_as_near_are_no_reason_to_change():
    assert Spelling({}, frozenset({"barisna", "abrisan"})).corrected("barisan") == "barisan"


def test_nothing_listed_changes_nothing():
    assert Spelling().corrected("Kearsiapn dan tinda lanjut") == "Kearsiapn dan tinda lanjut"


@given(st.text(max_size=40))
def test_what_is_right_stays_right(text):
    spelling = Spelling(LISTED, KNOWN)
    once = spelling.corrected(text)
    assert spelling.corrected(once) == once
    assert re.sub(r"[\w\s]", "", once) == re.sub(r"[\w\s]", "", text)


def test_the_list_of_the_profile_is_right_itself():
    spelling = real()
    wrong = {old: new for old, new in spelling.listed.items() if spelling.corrected(new) != new}
    assert not wrong
    assert not [old for old in spelling.listed if old != " ".join(old.casefold().split())]


def test_no_text_of_a_profile_is_changed():
    for unit in ("bspji-ambon", "smkn-1-contoh"):
        settings = load(ROOT, unit, 2025, "IV")
        spelling = Spelling.of(settings)
        for one in settings.params.indikator.values():
            assert spelling.corrected(one.nama) == one.nama


def test_the_log_names_every_change_and_the_table_stays():
    table = indicator_runs.tables()["rencana_aksi"]
    fixes = [one for one in logged(replace(table, fixes=()), real()).fixes if one.rule == "ejaan"]
    printed = spelt(table, real()).frame["kegiatan"]
    changed = table.frame["kegiatan"] != printed
    assert changed.sum() == len(fixes) > 0
    told = {one.row: one for one in fixes}
    for row, old, new in zip(
        table.frame["baris"][changed],
        table.frame["kegiatan"][changed],
        printed[changed],
        strict=True,
    ):
        assert (told[row].before, told[row].after, told[row].column) == (old, new, "Kegiatan")
    assert printed.dtype == table.frame["kegiatan"].dtype


def test_cleaning_logs_what_print_will_change():
    every = [one for table in indicator_runs.tables().values() for one in table.fixes]
    (shelf,) = [one for one in every if "Kearsiapn" in one.before and one.rule == "ejaan"]
    assert (shelf.source, "Kearsipan" in shelf.after) == ("dipa_ro", True)
    assert not [one for one in every if one.rule == "ejaan" and one.source == "pernyataan"]


def test_a_table_of_months_tells_a_row_once():
    table = indicator_runs.tables()["target_smart"]
    name = table.frame["nama_ro"].iloc[0]
    fixes = logged(replace(table, fixes=()), Spelling({name.casefold(): "lain"}, frozenset())).fixes
    rows = table.frame["baris"][table.frame["nama_ro"] == name]
    assert [one.row for one in fixes] == sorted(set(rows))


def test_what_is_misspelt_in_a_source_is_found_and_printed_right():
    """Every word the findings call misspelt, at a place in a source, is another one in print."""
    spelling = real()
    words = 0
    for one in findings("IV"):
        places = [place for place in one.lokasi.split("; ") if ".csv" in place or ".xlsx" in place]
        if one.aturan not in ("kata-janggal", "istilah", "ejaan", "teks-kembar") or not places:
            continue
        words += 1
        assert spelling.corrected(one.dinyatakan) != one.dinyatakan, one.id
    assert words >= 5
