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
from openpyxl import Workbook
from profile_sources import SOURCES

from pp39.errors import UnreadableInput
from pp39.params import load
from pp39.periods import Quarter
from pp39.profile import ProfileError, load_profile
from pp39.sources import CleanTable, Context, clean, sources_of
from pp39.sources.declaration import Source
from pp39.sources.fixes import TOTAL
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


MONTHLY = """\
judul: Penerimaan menurut jenis dan bulan
berkas: terima.csv
penutup: [Jumlah]
kunci: [jenis, bulan]
kolom:
  jenis: {judul: Jenis, wajib: ya}
  terima: {judul: 'Terima / {bulan}', jenis: rupiah}
"""


@pytest.fixture
def monthly(tmp_path: Path) -> Source:
    folder = tmp_path / "params" / "profil" / "kantor"
    (folder / "sumber").mkdir(parents=True)
    (folder / "profil.yaml").write_text("judul: Kantor\n", encoding="utf-8")
    (folder / "sumber" / "terima.yaml").write_text(MONTHLY, encoding="utf-8")
    return sources_of(load_profile(tmp_path, "kantor"))["terima"]


def _cleaned_monthly(source: Source, folder: Path, context: Context, text: str) -> CleanTable:
    path = folder / "terima.csv"
    path.write_text(text, encoding="utf-8")
    return clean(source, path, context)


def test_a_month_that_is_written_short_in_a_header_counts(
    monthly: Source, tmp_path: Path, context: Context
) -> None:
    table = _cleaned_monthly(
        monthly, tmp_path, context, "Jenis,Terima / Jan,Terima / Pebruari,Terima / Total\nA,1,2,3\n"
    )
    assert table.frame[["bulan", "terima"]].to_numpy().tolist() == [[1, 1], [2, 2]]
    logged = [(fix.column, fix.after) for fix in table.fixes if "bulan" in fix.rule]
    assert logged == [
        ("Terima / Jan", "Terima / Januari"),
        ("Terima / Pebruari", "Terima / Februari"),
    ]
    assert table.called("terima") == "Terima"
    cell = table.cell(1, "terima")
    assert cell is not None
    assert cell.label == "Terima"


@pytest.mark.parametrize("name", ["Febuari", "Febrari", "Bln 2"])
def test_no_month_is_dropped_for_how_its_header_is_spelt(
    monthly: Source, tmp_path: Path, context: Context, name: str
) -> None:
    text = f"Jenis,Terima / Januari,Terima / {name},Terima / Maret\nA,1,2,3\n"
    with pytest.raises(UnreadableInput, match=f'"Terima / {name}" is of no month; write Februari'):
        _cleaned_monthly(monthly, tmp_path, context, text)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_of_totals_ends_the_table_and_is_logged(
    monthly: Source, tmp_path: Path, context: Context, kind: str
) -> None:
    rows = [["Jenis", "Terima / Januari"], ["A", 1], ["B", 2], ["Jumlah semua", 3], ["Sumber: X"]]
    path = tmp_path / f"terima.{kind}"
    if kind == "csv":
        path.write_text("\n".join(",".join(map(str, (*row, "")[:2])) for row in rows), "utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    table = clean(monthly, path, context)
    assert table.frame["terima"].tolist() == [1, 2]
    (fix,) = (one for one in table.fixes if one.rule == TOTAL)
    assert (fix.row, fix.before) == (4, "Jumlah semua")


def test_a_target_in_percent_may_have_its_sign_beside_its_unit(
    tmp_path: Path, context: Context
) -> None:
    source = SOURCES["target_perjanjian_kinerja"]
    head = "Dokumen,Kode,Sasaran,Indikator,Target,Satuan\n"
    path = tmp_path / source.file
    path.write_text(f"{head}PK,IKK 6.1.1,A,B,80%,Persen\n", encoding="utf-8")
    assert clean(source, path, context).frame["target"].tolist() == [80.0]
    path.write_text(f"{head}PK,IKK 6.1.2,A,B,40%,Nilai\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match='row 2, column "Target": "40%" is a percentage, and'):
        clean(source, path, context)


def test_what_is_wrong_with_a_source_of_months_is_told(monthly: Source, tmp_path: Path) -> None:
    assert monthly.key == ("jenis", "bulan")
    folder = tmp_path / "params" / "profil" / "kantor"
    given = MONTHLY.replace("[jenis, bulan]", "[jenis]").replace("rupiah", "rupiah, min: 1,5")
    (folder / "sumber" / "terima.yaml").write_text(given, encoding="utf-8")
    (folder / "lain.yaml").write_text(MONTHLY, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path, "kantor")
    told = str(caught.value)
    assert (
        "params/profil/kantor/lain.yaml: a part of a profile stands in a folder of its own" in told
    )
    assert "a decimal number is written with a point" in told
    (folder / "lain.yaml").unlink()
    (folder / "sumber" / "terima.yaml").write_text(
        MONTHLY.replace("[jenis, bulan]", "[jenis]"), encoding="utf-8"
    )
    with pytest.raises(ProfileError, match=r"sumber.terima.kunci lacks bulan.*\[jenis, bulan\]"):
        load_profile(tmp_path, "kantor")
