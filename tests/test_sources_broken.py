"""Broken inputs, each on a copy of the real raw folder: the sentence, the class, the exit code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from profile_sources import SOURCES

from pp39.errors import InputError, MissingInput, UnreadableInput
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import Context, clean, clean_all

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw" / "bspji-ambon" / "2025"
    shutil.copytree(RAW, folder)
    return folder


def _swap(path: Path, before: str, after: str) -> None:
    content = path.read_bytes()
    assert before.encode() in content
    path.write_bytes(content.replace(before.encode(), after.encode(), 1))


def _told(raw: Path, context: Context, file: str, kind: type[InputError] = UnreadableInput) -> str:
    source = SOURCES[Path(file).stem]
    with pytest.raises(kind) as caught:
        clean(source, raw / source.file, context)
    assert type(caught.value) is kind
    assert caught.value.exit_code == 4
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert str(raw) not in sentence
    return sentence


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        (
            "sla.csv",
            "170",
            "17O",
            'sla.csv, row 2, column "Jumlah": "17O" is not a whole number; '
            "write digits only, such as 170",
        ),
        (
            "sla.csv",
            "126",
            "",
            'sla.csv, row 2, column "Tepat Waktu": the cell is empty; '
            "write digits only, such as 126",
        ),
        (
            "sla.csv",
            "170",
            "-170",
            'sla.csv, row 2, column "Jumlah": "-170" must not be negative; '
            "write digits only, such as 170",
        ),
        (
            "sla.csv",
            "Jumlah",
            "Jumlh",
            'sla.csv: column "Jumlah" is missing; the nearest header found is "Jumlh": '
            'rename it to "Jumlah"',
        ),
        (
            "sla.csv",
            "Terlambat",
            "Jumlah",
            'sla.csv, row 1: column "Jumlah" stands twice; give every column its own header',
        ),
        (
            "sla.csv",
            "Pengujian",
            "Pengujain",
            'sla.csv, row 2, column "Layanan": "Pengujain" is not a known service; '
            'the nearest is "Pengujian"',
        ),
        (
            "pelanggan.csv",
            "Kalibrasi;Perusahaan",
            "Kalibrasi;Perusaha",
            'pelanggan.csv, row 5, column "Kategori": "Perusaha" is not a known kind of customer; '
            'the nearest is "Perusahaan"',
        ),
        (
            "ikpa.csv",
            "Agustus",
            "Agutsus",
            'ikpa.csv, row 3, column "Bulan": "Agutsus" is not a month; the nearest is "Agustus"',
        ),
        (
            "ikpa.csv",
            "86,61",
            "86,6l",
            'ikpa.csv, row 3, column "Nilai IKPA": "86,6l" is not a number; '
            "write digits only, such as 1250 or 74,12",
        ),
        (
            "rencana_aksi.csv",
            "IKK 6.1.1",
            "IKK 6/1",
            'column "Kode": "IKK 6/1" is not a code of this column; write a code such as IKU 1.1',
        ),
        (
            "rencana_aksi.csv",
            "TW II",
            "TW VI",
            'column "Triwulan": "TW VI" is not a quarter; write I, II, III or IV',
        ),
        (
            "sumber_dana.csv",
            "Rp707.940.000",
            "Rp707.94.000",
            'sumber_dana.csv, row 3, column "Pagu": "Rp707.94.000" is not an amount in rupiah; '
            "write it as Rp1.248.776.737",
        ),
        (
            "nilai_eksternal.csv",
            "31 Oktober 2025",
            "31 November 2025",
            'column "Tanggal Surat": "31 November 2025" is not a day of the calendar; '
            "write a day from 1 to 30 of November 2025",
        ),
        (
            "target_antara.csv",
            "89%",
            "89 persen",
            'column "TW III": "89 persen" is not a percentage; write it as 74,12%',
        ),
        (
            "hasil_layanan.csv",
            "169 LHU",
            "LHU 169",
            'column "TW IV": "LHU 169" is not a number with a unit; '
            "write a number and its unit, such as 169 sertifikat",
        ),
        (
            "sla.csv",
            "IV,Pengujian,170,126,44",
            "IV,Pengujian,170,126",
            "sla.csv, row 2: 4 cells instead of 5; write one cell for each of Triwulan, Layanan",
        ),
        (
            "sla.csv",
            "IV,Pengujian,170,126,44",
            "IV,Pengujian,170,126,44,9",
            "sla.csv, row 2: 6 cells instead of 5",
        ),
        (
            "kendala.csv",
            "TW IV,Kegiatan,SDM",
            'TW IV,Kegiatan,"SDM',
            "kendala.csv, row 5: a quotation mark is opened and not closed; close it or remove it",
        ),
        (
            "sla.csv",
            "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat",
            "Triwulan;Layanan;Jumlah;Tepat Waktu;Terlambat",
            "sla.csv, row 2: 1 cells instead of 5; write one cell for each of Triwulan, Layanan, "
            'Jumlah, Tepat Waktu, Terlambat, with ";" between them as in the header',
        ),
        (
            "sla.csv",
            "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat",
            "Triwulan|Layanan|Jumlah|Tepat Waktu|Terlambat",
            'sla.csv: the columns are separated by "|"; write "," or ";" between them',
        ),
        (
            "ikpa.csv",
            "Nilai IKPA",
            "Skor",
            'ikpa.csv: column "Nilai IKPA" is missing; the headers found are Bulan, Skor: '
            'rename the right one to "Nilai IKPA", or add the column',
        ),
    ],
)
def test_a_wrong_cell_is_told_with_file_row_and_column(
    raw: Path, context: Context, *, file: str, before: str, after: str, sentence: str
) -> None:
    _swap(raw / file, before, after)
    told = _told(raw, context, file)
    assert told.startswith(file)
    assert sentence in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "sla.csv is empty; it needs a header row and rows of data"),
        (b"\xef\xbb\xbf\r\n", "sla.csv is empty; it needs a header row and rows of data"),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\n",
            "sla.csv has a header but no rows below it; add the rows of data",
        ),
        (
            "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nIV,Pengujian,1,1,0\n".encode("utf-16"),
            "sla.csv is UTF-16, not UTF-8 text; save it as CSV UTF-8",
        ),
        (
            "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nIV,Pengujian é,1,1,0\n".encode(
                "latin-1"
            ),
            "sla.csv, row 2: byte 0xE9 is not UTF-8 text; save the file as CSV UTF-8",
        ),
        (
            b'Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nIV,"Pengujian"x,1,1,0\n',
            "sla.csv, row 2: a quotation mark stands inside a quoted cell",
        ),
        (
            "Triwulan,Layanan,Jumlah\nIV,Pengujian,1\n".encode("utf-32"),
            "sla.csv is UTF-32, not UTF-8 text; save it as CSV UTF-8",
        ),
        (
            "Triwulan,Layanan,Jumlah\nIV,Pengujian,1\n".encode("utf-16-le"),
            "sla.csv is UTF-16, not UTF-8 text; save it as CSV UTF-8",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
            "sla.csv is a pointer of Git LFS, not the file itself; fetch it with git lfs pull",
        ),
        (b"Triwulan,Layanan\n" + bytes(100), "sla.csv, row 2: a NUL byte"),
        (b"\n<!DOCTYPE html><html></html>", "sla.csv is an HTML page, not a CSV"),
        (b'<?xml version="1.0"?><a/>', "sla.csv is XML, not a CSV"),
        (b'[\n {"nilai": 1}]', "sla.csv is JSON, not a CSV"),
        (b"%PDF-1.7", "sla.csv is a PDF, not a CSV"),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nIV," + b"x" * 200_000 + b",1,1,0\n",
            "sla.csv, row 2: a cell of more than 131,072 letters; a cell may hold 32,767",
        ),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nIV," + b"x" * 40_000 + b",1,1,0\n",
            'sla.csv, row 2, column "Layanan": a cell of 40,000 letters; a cell may hold 32,767',
        ),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\n" + b'IV,"Pengujian,1,1,0\n' * 9000,
            "sla.csv, row 2: a quotation mark",
        ),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat" + b",x" * 50_000 + b"\n1\n",
            "sla.csv, row 1: 50,005 columns; a table has at most 1,000, so remove the others",
        ),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\nSumber: x\nIV,Pengujian,1,1,0\n",
            "sla.csv, row 3: a row of data stands below the footer; move it above",
        ),
        (
            b"Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat,\nIV,Pengujian,1,1,0,7\n",
            "sla.csv, row 2: a cell stands in a column without a header",
        ),
    ],
)
def test_a_csv_that_is_no_table_is_told(
    raw: Path, context: Context, content: bytes, sentence: str
) -> None:
    (raw / "sla.csv").write_bytes(content)
    assert sentence in _told(raw, context, "sla.csv")


def test_a_missing_file_is_told_with_its_folder(raw: Path, context: Context) -> None:
    (raw / "ikpa.csv").unlink()
    told = _told(raw, context, "ikpa.csv", MissingInput)
    assert told == "ikpa.csv is missing from data/raw/bspji-ambon/2025; put it there"


def test_all_missing_files_are_told_at_once(raw: Path, context: Context) -> None:
    for name in ("sla.csv", "ikpa.csv", "pernyataan.csv"):
        (raw / name).unlink()
    shutil.move(raw / "pnbp.xlsx", raw / "pnbp.xls")
    with pytest.raises(MissingInput) as caught:
        clean_all(SOURCES, raw, context)
    assert str(caught.value) == (
        'ikpa.csv, pernyataan.csv, pnbp.xlsx ("pnbp.xls" is there: save it as xlsx) and sla.csv'
        " are missing from data/raw/bspji-ambon/2025; put them there"
    )


def test_a_workbook_under_the_name_of_a_csv_is_told(raw: Path, context: Context) -> None:
    shutil.copy(raw / "pnbp.xlsx", raw / "sla.csv")
    told = _told(raw, context, "sla.csv")
    assert told == "sla.csv is an Excel workbook with the name of a CSV; save it as CSV UTF-8"


def test_a_csv_under_the_name_of_a_workbook_is_told(raw: Path, context: Context) -> None:
    shutil.copy(raw / "sla.csv", raw / "pnbp.xlsx")
    told = _told(raw, context, "pnbp.xlsx")
    assert told.startswith("pnbp.xlsx has the name of an Excel workbook (.xlsx) but is not one")


def test_the_mark_of_the_end_of_a_file_is_left_out_and_logged(raw: Path, context: Context) -> None:
    before = clean(SOURCES["sla"], raw / "sla.csv", context)
    content = (raw / "sla.csv").read_bytes()
    (raw / "sla.csv").write_bytes(b"\xef\xbb\xbf" * 2 + content + b"\x1a")
    after = clean(SOURCES["sla"], raw / "sla.csv", context)
    assert after.frame.equals(before.frame)
    assert [fix.rule for fix in after.fixes if fix not in before.fixes] == [
        "tanda urutan bita yang berulang dibuang",
        "tanda akhir berkas (0x1A) dibuang",
    ]


def test_a_damaged_workbook_is_told(raw: Path, context: Context) -> None:
    (raw / "pnbp.xlsx").write_bytes((raw / "pnbp.xlsx").read_bytes()[:2000])
    assert "pnbp.xlsx is a damaged Excel workbook" in _told(raw, context, "pnbp.xlsx")


def _edit(path: Path, change: Callable[[Worksheet], None]) -> None:
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def test_a_sheet_that_is_one_of_several_is_named(raw: Path, context: Context) -> None:
    path = raw / "dipa_ro.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    _find(sheet, "34.688.000").value = "34.688.OOO"
    book.create_sheet("Catatan")
    book.save(path)
    told = _told(raw, context, "dipa_ro.xlsx")
    assert told.startswith(f'dipa_ro.xlsx, sheet "{sheet.title}", row 7, column "Pagu (Rp)": ')


def _find(sheet: Worksheet, text: str) -> Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


@pytest.mark.parametrize(
    ("file", "text", "put", "sentence"),
    [
        (
            "dipa_ro.xlsx",
            "34.688.000",
            "34.688.OOO",
            'dipa_ro.xlsx, row 7, column "Pagu (Rp)": "34.688.OOO" is not an amount in rupiah',
        ),
        (
            "dipa_ro.xlsx",
            "6077.BAD.024",
            "6077.BAD.24",
            'dipa_ro.xlsx, row 10, column "Kode RO": "6077.BAD.24" is not a code of this column',
        ),
        (
            "dipa_ro.xlsx",
            "Pagu (Rp)",
            "Anggaran",
            'dipa_ro.xlsx: column "Pagu (Rp)" is missing',
        ),
        (
            "dipa_ro.xlsx",
            "Nama RO",
            "Nama RO rinci",
            'dipa_ro.xlsx: column "Nama RO" is missing; the nearest header found is',
        ),
        ("revisi_dipa.xlsx", "Awal", "Semula", 'revisi_dipa.xlsx: column "Pagu / Awal" is missing'),
        (
            "revisi_dipa.xlsx",
            "28-May",
            "38-May",
            'revisi_dipa.xlsx, row 9, column "Tanggal": "38-May" is not a day of the calendar',
        ),
        (
            "pnbp.xlsx",
            "Posisi s.d. 31 Desember 2025",
            "Posisi s.d. 31 Desember 2024",
            "the date is not the last day of a quarter of 2025",
        ),
        (
            "pnbp.xlsx",
            "Posisi s.d. 31 Desember 2025",
            "Rekapitulasi",
            "pnbp.xlsx: no title row says up to which date the figures count",
        ),
        (
            "progres_ro.xlsx",
            "2,3%",
            "2,3,%",
            'progres_ro.xlsx, row 7, column "April / Progres": "2,3,%" is not a percentage',
        ),
        (
            "progres_ro.xlsx",
            "6042- Program Dukungan Manajemen",
            "Program Dukungan Manajemen",
            'row 14: "Program Dukungan Manajemen" is neither a row of data nor the head of a group',
        ),
        ("pnbp.xlsx", "Sumber: SIMPONI", "=1/0", "the formula has no stored result"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_told(
    raw: Path, context: Context, *, file: str, text: str, put: str, sentence: str
) -> None:
    def change(sheet: Worksheet) -> None:
        _find(sheet, text).value = put

    _edit(raw / file, change)
    told = _told(raw, context, file)
    assert told.startswith(file)
    assert sentence in told


def test_a_header_moved_down_is_still_found(raw: Path, context: Context) -> None:
    before = clean(SOURCES["dipa_ro"], raw / "dipa_ro.xlsx", context)

    def moved(sheet: Worksheet) -> None:
        areas = [area for area in sheet.merged_cells.ranges if area.min_row > 3]
        for area in areas:
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(4, 3)
        sheet["A5"] = "Keterangan tambahan"
        for area in areas:
            area.shift(row_shift=3)
            sheet.merge_cells(str(area))

    _edit(raw / "dipa_ro.xlsx", moved)
    after = clean(SOURCES["dipa_ro"], raw / "dipa_ro.xlsx", context)
    assert (after.frame["baris"] == before.frame["baris"] + 3).all()
    assert after.frame.drop(columns="baris").equals(before.frame.drop(columns="baris"))


def test_a_row_below_the_footer_is_not_lost_silently(raw: Path, context: Context) -> None:
    def change(sheet: Worksheet) -> None:
        row = sheet.max_row + 1
        for column, value in enumerate((9, "Pelatihan", "1.000", "2.000"), 1):
            sheet.cell(row, column, value)

    _edit(raw / "pnbp.xlsx", change)
    assert "a row of data stands below the footer" in _told(raw, context, "pnbp.xlsx")


def test_an_old_workbook_is_told(raw: Path, context: Context) -> None:
    (raw / "pnbp.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert "is an old .xls workbook" in _told(raw, context, "pnbp.xlsx")


def test_an_error_in_a_survey_does_not_print_a_person(raw: Path, context: Context) -> None:
    _swap(raw / "survei_nps.csv", "Instansi,Pengujian,10", "Instansi,Pengujian,1O")
    told = _told(raw, context, "survei_nps.csv")
    assert told == (
        'survei_nps.csv, row 6, column "Nilai": what stands there does not belong there;'
        " write digits only, such as 9"
    )
    assert "esponden" not in told
    assert "contoh" not in told
