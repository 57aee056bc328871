"""The reader of workbooks: sheets, values as they are shown, characters, faults, size."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from profile_sources import SOURCES

from pp39.errors import UnreadableInput
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import CleanTable, Context, clean
from pp39.sources.workbook import read_workbook

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
_SHEET, _STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
_END = "</sheetData>"
_MANY = "<sheets>" + '<sheet name="x" r:id="rId1"/>' * 1000


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for path in RAW.glob("*.xlsx"):
        shutil.copy(path, folder)
    return folder


def _edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    change(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in content.items():
            parts.writestr(name, data)


def _swap(path: Path, part: str, before: str, after: str) -> None:
    def change(content: dict[str, bytes]) -> None:
        assert before.encode() in content[part]
        content[part] = content[part].replace(before.encode(), after.encode(), 1)

    _rewrite(path, change)


def _cell(sheet: Worksheet, text: str) -> Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def _clean(raw: Path, context: Context, name: str) -> CleanTable:
    return clean(SOURCES[name], raw / f"{name}.xlsx", context)


def _told(raw: Path, name: str, context: Context | None = None) -> str:
    path = raw / f"{name}.xlsx"
    with pytest.raises(UnreadableInput) as caught:
        clean(SOURCES[name], path, context) if context else read_workbook(SOURCES[name], path)
    told = str(caught.value)
    assert told.startswith(f"{name}.xlsx")
    assert "\n" not in told
    assert len(told) < 500
    return told


@pytest.mark.parametrize(
    ("code", "progress"),
    [("0.0%", 2.3), ('0.000"%"', 0.023), (r"0.000\%", 0.023), ("[<1]0.0%;0.0", 2.3)],
)
def test_only_a_percent_sign_that_excel_computes_with_counts(
    raw: Path, context: Context, code: str, progress: float
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = _cell(book.worksheets[0], "2,3%")
        cell.value, cell.number_format = 0.023, code

    _edit(raw / "progres_ro.xlsx", change)
    assert progress in _clean(raw, context, "progres_ro").frame["progres"].tolist()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_gives_way_to_a_visible_one(raw: Path, context: Context, state: str) -> None:
    before = _clean(raw, context, "pnbp")

    def change(book: openpyxl.Workbook) -> None:
        old = book.copy_worksheet(book.worksheets[0])
        old.title, old.sheet_state = "Lama", state
        _cell(old, "503.372.000").value = "1"
        book.move_sheet(old, -1)
        book.create_sheet("Catatan")["A1"] = "Dihitung ulang"

    _edit(raw / "pnbp.xlsx", change)
    after = _clean(raw, context, "pnbp")
    assert after.frame.equals(before.frame)
    assert after.sheet == "PNBP"
    (fix,) = (fix for fix in after.fixes if fix not in before.fixes)
    assert fix.rule == 'hanya lembar "PNBP" yang dibaca, bukan "Lama" (tersembunyi), "Catatan"'
    assert (fix.before, fix.after) == ('"Lama" (tersembunyi), "Catatan"', "PNBP")


def test_a_hidden_sheet_is_read_where_no_visible_one_fits(raw: Path, context: Context) -> None:
    before = _clean(raw, context, "pnbp")

    def change(book: openpyxl.Workbook) -> None:
        cover = book.create_sheet("Sampul")
        for row, text in enumerate(("Penerimaan", "Target (Rp)", "Layanan lain"), 1):
            cover.cell(row, 1, text)
        book.worksheets[0].sheet_state = "hidden"
        book.active = 1

    _edit(raw / "pnbp.xlsx", change)
    after = _clean(raw, context, "pnbp")
    assert after.frame.equals(before.frame)
    (fix,) = (fix for fix in after.fixes if fix not in before.fixes)
    assert fix.rule == 'hanya lembar "PNBP" (tersembunyi) yang dibaca, bukan "Sampul"'


def test_of_several_sheets_that_fit_the_first_is_read_and_said(raw: Path, context: Context) -> None:
    _edit(raw / "pnbp.xlsx", lambda book: book.copy_worksheet(book.worksheets[0]))
    (fix,) = (fix for fix in _clean(raw, context, "pnbp").fixes if "lembar" in fix.rule)
    assert fix.rule == 'hanya lembar "PNBP" yang dibaca, bukan "PNBP Copy"'


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#ERROR!", "#DIV/0"])
@pytest.mark.parametrize(
    "stored", ['t="e"><v>{}</v>', 't="e"><f>1/0</f><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>']
)
def test_an_error_of_excel_is_no_value(
    raw: Path, context: Context, error: str, stored: str
) -> None:
    wrong = f'<c r="C8" {stored.format(error)}</c>'

    def change(content: dict[str, bytes]) -> None:
        cell = rb'<c r="C8"[^>]*?(/>|>.*?</c>)'
        content[_SHEET] = re.sub(cell, wrong.encode(), content[_SHEET])
        assert error.encode() in content[_SHEET]

    _rewrite(raw / "pnbp.xlsx", change)
    told = _told(raw, "pnbp", context)
    assert re.match(
        r'pnbp\.xlsx, sheet "PNBP", row 8, column "[^"]+": the cell holds the error '
        rf"{re.escape(error)}; ",
        told,
    )


def test_all_error_cells_are_named(raw: Path, context: Context) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for row in (7, 8):
            sheet.cell(row, 10).value = "#N/A"

    _edit(raw / "dipa_ro.xlsx", change)
    told = _told(raw, "dipa_ro", context)
    column = 'column "Pagu (Rp)"'
    assert f"row 7, {column}: the cell holds the error #N/A (also row 8, {column}); " in told


def test_an_error_in_a_column_that_is_not_read_stops_nothing(raw: Path, context: Context) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        header = _cell(sheet, "Keterangan")
        sheet.cell(header.row, sheet.max_column + 1, "Selisih")
        sheet.cell(header.row + 2, sheet.max_column, "#REF!")

    before = _clean(raw, context, "revisi_dipa").frame
    _edit(raw / "revisi_dipa.xlsx", change)
    assert _clean(raw, context, "revisi_dipa").frame.equals(before)


def test_characters_no_one_typed_are_left_out_and_logged(raw: Path, context: Context) -> None:
    before = _clean(raw, context, "dipa_ro")
    name = str(before.frame["nama_ro"].iloc[0])

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        _cell(sheet, name).value = f"\u202e{name}\u200b\uf0b7\u3164_x000D_"
        _cell(sheet, "34.688.000").value = "'34.688.000"
        _cell(sheet, "Nama RO").value = "\ufeffNama\u200e RO"

    _edit(raw / "dipa_ro.xlsx", change)
    after = _clean(raw, context, "dipa_ro")
    assert after.frame.equals(before.frame)
    rule = "tanda tak terlihat dan petik di depan angka dihapus"
    logged = [(fix.column, fix.before, fix.after) for fix in after.fixes if fix.rule == rule]
    assert sorted(logged) == [
        ("Nama RO", "\\u202e \\u200b \\uf0b7 \\u3164 _x000D_", ""),
        ("Pagu (Rp)", "'", ""),
        ("Rincian Output / Nama RO", "\\ufeff \\u200e", ""),
    ]


def test_a_date_is_the_day_it_shows(raw: Path, context: Context) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = _cell(book.worksheets[0], "28-May")
        cell.value, cell.number_format = dt.datetime(2025, 5, 28), "dd mmmm yyyy"

    before = _clean(raw, context, "revisi_dipa").frame
    _edit(raw / "revisi_dipa.xlsx", change)
    assert _clean(raw, context, "revisi_dipa").frame.equals(before)


def test_a_formula_whose_result_is_an_empty_text_is_a_blank_cell(raw: Path) -> None:
    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    cell = '<c r="H8" t="str"><f>IF(A1="","","x")</f><v></v></c>'
    _swap(raw / "pnbp.xlsx", _SHEET, "</row>" + _END, f"{cell}</row>{_END}")
    after = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    assert after.rows.tolist() == before.rows.tolist()
    _swap(raw / "pnbp.xlsx", _SHEET, 't="str"', "")
    assert "cell H8: the formula has no stored result" in _told(raw, "pnbp")


def test_strict_open_xml_is_read_as_the_usual_one(raw: Path, context: Context) -> None:
    before = _clean(raw, context, "progres_ro").frame
    strict = "http://purl.oclc.org/ooxml/"

    def change(content: dict[str, bytes]) -> None:
        for name, data in content.items():
            content[name] = data.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                f"{strict}spreadsheetml/main".encode(),
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                f"{strict}officeDocument/relationships".encode(),
            )

    _rewrite(raw / "progres_ro.xlsx", change)
    assert _clean(raw, context, "progres_ro").frame.equals(before)


def _in_utf16(xml: str) -> bytes:
    return xml.encode("utf-16")


def _with_prefixes(xml: str) -> bytes:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace(' xmlns="', ' xmlns:x="').encode()


def _without_places(xml: str) -> bytes:
    # Rows that are left out must stand as empty ones.
    return re.sub(
        r'<(row|c) r="\w+"', r"<\1", xml.replace('<row r="5"', '<row/><row r="5"')
    ).encode()


@pytest.mark.parametrize("spell", [_in_utf16, _with_prefixes, _without_places])
def test_the_same_sheet_written_in_another_way_is_the_same(
    raw: Path, spell: Callable[[str], bytes]
) -> None:
    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")

    def change(content: dict[str, bytes]) -> None:
        content[_SHEET] = spell(content[_SHEET].decode())

    _rewrite(raw / "pnbp.xlsx", change)
    after = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    assert {header: texts.tolist() for header, texts in after.columns.items()} == {
        header: texts.tolist() for header, texts in before.columns.items()
    }
    assert after.titles == before.titles


def test_another_kind_of_package_is_no_workbook(raw: Path) -> None:
    def change(content: dict[str, bytes]) -> None:
        for name in [name for name in content if name.startswith("xl/")]:
            content[name.replace("xl/", "word/")] = content.pop(name)

    _rewrite(raw / "pnbp.xlsx", change)
    assert "has the name of an Excel workbook (.xlsx) but is not one" in _told(raw, "pnbp")


def test_texts_shared_between_cells_are_read_without_their_spelling_aid(raw: Path) -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><r><t>Sumber</t></r><r><rPr/><t>: SIMPONI</t></r><rPh><t>x</t></rPh></si></sst>"
    )

    def change(content: dict[str, bytes]) -> None:
        content["xl/sharedStrings.xml"] = strings.encode()
        content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="x" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>'
            b"</Relationships>",
        )
        content[_SHEET] = content[_SHEET].replace(
            _END.encode(), b'<row><c t="s"><v>0</v></c></row>' + _END.encode()
        )

    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    _rewrite(raw / "pnbp.xlsx", change)
    assert read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx").rows.tolist() == before.rows.tolist()
    _swap(raw / "pnbp.xlsx", _SHEET, "<v>0</v>", "<v>1</v>")
    assert "points to a text that is not there" in _told(raw, "pnbp")


@pytest.mark.parametrize(
    ("part", "before", "after", "sentence"),
    [
        (_SHEET, _END, "", "mismatched tag"),
        (_SHEET, "<sheetData>", "<sheetData><x>&#x0b;</x>", "invalid character number"),
        (_SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "has an entity"),
        (_SHEET, 't="inlineStr"><is><t>No<', 't="s"><v>7</v><is><t>No<', "points to a text"),
        (_SHEET, 't="inlineStr"><is><t>No<', 't="s"><v>-1</v><is><t>No<', "points to a text"),
        (_SHEET, 't="inlineStr"><is><t>No<', "><v>1_0</v><is><t>No<", "holds no number"),
        (_SHEET, 't="inlineStr"><is><t>No<', f"><v>{'9' * 400}</v><is><t>No<", "holds no number"),
        (_SHEET, 't="inlineStr"><is><t>No<', "><v>x</v><is><t>No<", "holds no number"),
        (_SHEET, 's="2" t="inlineStr"><is><t>No<', 's="99"><v>1</v><is><t>No<', "has a style"),
        (_SHEET, 'r="A5"', 'r="A9999999"', "lies outside"),
        (_SHEET, 'r="A5"', 'r="ZZZZ5"', "lies outside"),
        (_SHEET, 'r="A5"', 'r="5"', "has the unknown place"),
        (_SHEET, "<mergeCells", '<mergeCells><mergeCell ref="Q"/></mergeCells><mergeCells', "not"),
        (_STYLES, "</cellXfs>", '<xf numFmtId="x"/></cellXfs>', "xl/styles.xml is not what it"),
        ("xl/workbook.xml", "r:id=", "r:if=", "xl/workbook.xml is not what it should be"),
        ("xl/_rels/workbook.xml.rels", "Target=", "Targt=", "not what it should be"),
        ("xl/_rels/workbook.xml.rels", "/sheet1.xml", "/sheet9.xml", "sheet9.xml is missing"),
        ("xl/workbook.xml", "<sheets>", _MANY, "1 to 1000"),
        ("xl/workbook.xml", "<sheet ", "<xsheet ", "it has 0 sheets instead of 1"),
        ("_rels/.rels", "xl/workbook.xml", "xl/book.xml", "list of its sheets is missing"),
    ],
)
def test_a_fault_in_a_part_is_one_sentence(
    raw: Path, part: str, before: str, after: str, sentence: str
) -> None:
    _swap(raw / "pnbp.xlsx", part, before, after)
    told = _told(raw, "pnbp")
    assert "is a damaged Excel workbook" in told
    assert sentence in told


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", _STYLES, _SHEET])
def test_a_missing_part_is_named(raw: Path, part: str) -> None:
    def change(content: dict[str, bytes]) -> None:
        del content[part]

    _rewrite(raw / "pnbp.xlsx", change)
    assert "missing" in _told(raw, "pnbp")


def test_what_is_not_needed_may_be_broken(raw: Path) -> None:
    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")

    def change(content: dict[str, bytes]) -> None:
        del content["docProps/app.xml"], content["[Content_Types].xml"]
        content["xl/theme/theme1.xml"] = b"<a"
        fill = re.compile(rb"<patternFill ?/>")
        content[_STYLES] = fill.sub(b"", content[_STYLES])

    _rewrite(raw / "pnbp.xlsx", change)
    assert read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx").rows.tolist() == before.rows.tolist()


@pytest.mark.parametrize(
    ("offset", "value", "sentence"),
    [(8, 1, "is encrypted"), (10, 95, "is packed in a way that workbooks do not use")],
)
def test_a_part_that_cannot_be_unpacked_is_named(
    raw: Path, offset: int, value: int, sentence: str
) -> None:
    content = bytearray((raw / "pnbp.xlsx").read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(_SHEET.encode()))
    content[entry + offset] = value
    (raw / "pnbp.xlsx").write_bytes(content)
    assert f"{_SHEET} {sentence}" in _told(raw, "pnbp")


def test_a_workbook_behind_a_password_is_named(raw: Path) -> None:
    secret = b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    (raw / "pnbp.xlsx").write_bytes(secret)
    assert "is protected by a password; " in _told(raw, "pnbp")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="A1048576" s="1"/></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(40, 200_000)),
        '<row r="40">' + '<c r="AA40" s="2"></c>' * 200_000 + "</row>",
    ],
)
def test_empty_cells_cost_next_to_nothing(raw: Path, rows: str) -> None:
    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    _swap(raw / "pnbp.xlsx", _SHEET, _END, rows + _END)
    tracemalloc.start()
    begun = time.process_time()
    after = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    spent = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after.rows.tolist() == before.rows.tolist()
    assert after.columns.keys() == before.columns.keys()
    assert spent < 2
    assert peak < 20 << 20


def test_merged_areas_cost_by_their_number_and_not_by_their_size(raw: Path) -> None:
    before = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    area = '<mergeCell ref="A100:XFD1048576"/></mergeCells>'
    _swap(raw / "pnbp.xlsx", _SHEET, "</mergeCells>", area)
    begun = time.process_time()
    after = read_workbook(SOURCES["pnbp"], raw / "pnbp.xlsx")
    assert time.process_time() - begun < 2
    assert after.rows.tolist() == before.rows.tolist()


def test_beyond_the_stated_bounds_a_workbook_is_refused(raw: Path) -> None:
    class Blanks(io.RawIOBase):
        left = 300 << 20

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            size = min(len(buffer), self.left)
            buffer[:size] = b" " * size
            self.left -= size
            return size

    path = raw / "pnbp.xlsx"
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist() if name != _SHEET}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name, data in content.items():
            parts.writestr(name, data)
        with parts.open(_SHEET, "w") as stream:
            shutil.copyfileobj(Blanks(), stream, 1 << 20)
    assert "unpacks beyond the 256 MiB read of a workbook" in _told(raw, "pnbp")


def test_a_table_of_too_many_columns_is_refused(raw: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        row = _cell(sheet, "No").row
        for column in range(20, 1100):
            sheet.cell(row, column, f"Kolom {column}")

    _edit(raw / "pnbp.xlsx", change)
    assert "at most 1000 columns" in _told(raw, "pnbp")
