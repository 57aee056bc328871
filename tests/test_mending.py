"""Characters no one typed, and errors of spreadsheets, in either kind of file."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.errors import UnreadableInput
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import CleanTable, Context, clean
from pp39.sources.texts import is_error, plain, removed, soiled

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
_OBSTACLE = "SDM laboratorium dan workshop terbatas; order dapat melewati batas waktu pelayanan"
_RULE = "tanda tak terlihat dan petik di depan angka dihapus"
_ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("\u200b\u200e\u202e\ufeff\xad\x00\x0b\x1b\x85\u2028\r\n\t '’`#_x0D1Rp.-"),
        st.characters(),
    )
)


@pytest.fixture
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


def _cleaned(
    folder: Path, context: Context, name: str, changes: dict[str, str] | None = None
) -> CleanTable:
    source = SOURCES[name]
    path = folder / source.file
    shutil.copy(RAW / source.file, path)
    content = path.read_text(encoding="utf-8-sig")
    for before, after in (changes or {}).items():
        assert before in content
        content = content.replace(before, after, 1)
    path.write_text(content, encoding="utf-8")
    return clean(source, path, context)


@pytest.mark.parametrize(
    ("text", "bare", "told"),
    [
        ("Kali\u200bbrasi", "Kalibrasi", "\\u200b"),
        ("\u202eKalibrasi\u202c", "Kalibrasi", "\\u202e \\u202c"),
        ("lab_x000D_\nkimia", "lab\r\nkimia", "_x000D_"),
        ("_xD83D__xDE00_", "\U0001f600", "_xD83D_ _xDE00_"),
        ("_xD83D_", "\ufffd", "_xD83D_"),
        ("satu\x0bdua", "satu dua", "\\u000b"),
        ("'250001", "250001", "'"),
        ("’Rp 1.250", "Rp 1.250", "’"),
        ("'-5", "-5", "'"),
        ("'31-12-2025", "31-12-2025", "'"),
        ("'0811'", "'0811'", ""),
        ("'Aisyah", "'Aisyah", ""),
        ("Jum'at", "Jum'at", ""),
        ("a\xa0b", "a\xa0b", ""),
    ],
)
def test_only_what_no_one_typed_is_taken_out(text: str, bare: str, told: str) -> None:
    assert plain(text) == bare
    assert removed(text) == told


@given(_ODD)
def test_what_is_left_can_be_seen(text: str) -> None:
    left = plain(text)
    assert all(
        one in "\t\r\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs") for one in left
    )
    assert bool(removed(text)) == (left != text)


@given(_ODD.filter(lambda text: "\x00" not in text and not re.search("[\ud800-\udfff]", text)))
def test_no_text_that_needs_mending_is_overlooked(text: str) -> None:
    if plain(text) != text or is_error(plain(text)):
        assert soiled(pd.Series([text], dtype="str")).all()


def test_a_csv_is_mended_and_the_log_repeats_no_text(tmp_path: Path, context: Context) -> None:
    before = _cleaned(tmp_path, context, "sla")
    changes = {"IV,Pengujian,170": "IV,Peng\u200bujian,'170", "Jumlah": "Jum\u200elah"}
    after = _cleaned(tmp_path, context, "sla", changes)
    assert after.frame.equals(before.frame)
    logged = [(fix.row, fix.column, fix.before, fix.after) for fix in after.fixes]
    assert logged == [
        (1, "Jumlah", "\\u200e", ""),
        (2, "Layanan", "\\u200b", ""),
        (2, "Jumlah", "'", ""),
    ]
    assert {fix.rule for fix in after.fixes} == {_RULE}


@pytest.mark.parametrize("error", ["#N/A", " #REF! ", "#DIV/0!", "#####", "Err:502", "#N\u200b/A"])
def test_an_error_of_a_spreadsheet_in_a_csv_is_told(
    tmp_path: Path, context: Context, error: str
) -> None:
    with pytest.raises(UnreadableInput) as caught:
        _cleaned(tmp_path, context, "kendala", {_OBSTACLE: error})
    told = str(caught.value)
    assert told.startswith('kendala.csv, row 5, column "Uraian": the cell holds the error ')
    assert told.endswith("; write the value, or leave the cell empty")


def test_hidden_marks_do_not_make_two_people_of_one(tmp_path: Path, context: Context) -> None:
    before = _cleaned(tmp_path, context, "survei_nps")
    content = (RAW / "survei_nps.csv").read_text(encoding="utf-8-sig")
    phones = Counter(line.split(",")[3] for line in content.splitlines()[1:])
    ((phone, times),) = phones.most_common(1)
    assert times > 1
    after = _cleaned(tmp_path, context, "survei_nps", {phone: f"'\u200e{phone}"})
    assert after.frame["responden"].tolist() == before.frame["responden"].tolist()
    assert all(phone not in (fix.before + fix.after) for fix in after.fixes)
