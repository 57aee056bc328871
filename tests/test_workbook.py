"""``laporan.xlsx``: what it holds, that its formulas live, and that it is safe and accessible."""

import io
import math
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from indicator_runs import base, tables

from pp39.findings.finding import Finding
from pp39.indicators import write_budget
from pp39.ledger import Quantity, Rows
from pp39.ledger.quantity import counted, last, mean, total
from pp39.report.sections import Bahan
from pp39.report.sheets import Link, Sheet, Table, different, sheet_names, workbook
from pp39.report.workbook import report_workbook
from pp39.report.workbook_formulas import calculation_sheet

OFFICE = shutil.which("soffice")
HOSTILE = Finding("uji", "minor", "=1+1", "@SUM(A1)", "+5", "\x07-5+3", "=cmd|' /C calc'!A0")


def material(findings=()):
    one = base()
    status = {code: result.status for code, result in one.results.items()}
    return Bahan(
        one.job.tables, one.job.settings, one.ledger, status=status, temuan=tuple(findings)
    )


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("olahan")
    write_budget(base().job, "dasar", folder)
    return report_workbook(material([HOSTILE]), folder)


@pytest.fixture(scope="module")
def formulas(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def values(content):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def live(book):
    """Give the places of all formulas."""
    return [
        (page.title, cell.coordinate)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def line(page, label):
    return next(row[0].row for row in page.iter_rows(min_row=4, max_col=1) if row[0].value == label)


def test_the_same_content_gives_the_same_bytes(content, tmp_path):
    write_budget(base().job, "dasar", tmp_path)
    assert report_workbook(material([HOSTILE]), tmp_path) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_contents_lead_to_every_sheet(values):
    first = values.worksheets[0]
    listed = [row[0].value for row in first.iter_rows(min_row=4)]
    assert first.title == "Daftar isi"
    assert listed == [page.title for page in values.worksheets[1:]]
    assert {row[0].hyperlink.location for row in first.iter_rows(min_row=4)} == {
        f"'{name}'!A1" for name in listed
    }


def test_every_sheet_is_titled_tables_with_a_header_in_view(formulas):
    for page in formulas:
        assert page["A1"].value
        assert page["A2"].value
        assert not page.merged_cells.ranges
        assert page.freeze_panes == "B4"
        for table in page.tables.values():
            top = page[table.ref][0]
            assert [cell.value for cell in top] == [one.name for one in table.tableColumns]


def test_indicators_stand_as_the_ledger_has_them(values):
    page = values["Indikator"]
    rows = {row[0]: row for row in page.iter_rows(min_row=4, values_only=True)}
    assert list(rows) == list(base().results)
    for code, one in base().results.items():
        assert rows[code][4:7] == pytest.approx(
            [float(figure.value) for figure in (one.target, one.realisasi, one.capaian)]
        )


@pytest.mark.parametrize("code", sorted(base().results))
def test_a_calculation_ends_in_the_figures_of_the_report(code, formulas, values):
    one = base().results[code]
    page, known = formulas[f"Hitung {code}"], values[f"Hitung {code}"]
    for figure in (one.realisasi, one.capaian):
        row = line(page, figure.label)
        assert page.cell(row, 2).data_type == "f"
        assert known.cell(row, 2).value == pytest.approx(float(figure.value))


def test_a_score_is_counted_over_the_rows_that_stand_below(formulas):
    page = formulas["Hitung IKK 6.1.2"]
    formula = page.cell(line(page, "Jawaban bernilai 9"), 2).value
    assert formula.startswith("=COUNTIF(")
    assert formula.endswith(",9.0)")


def test_texts_are_no_formulas_and_read_like_those_of_the_csv_files(formulas):
    page = formulas["Temuan"]
    cells = next(iter(page.iter_rows(min_row=4)))
    assert all(cell.data_type in ("s", "n") for cell in cells)
    assert [cells[n].value for n in (3, 4, 5, 7)] == [
        "'=1+1",
        "'@SUM(A1)",
        "'+5",
        "'=cmd|' /C calc'!A0",
    ]
    assert {name.split()[0] for name, _ in live(formulas)} == {"Hitung", "e-Monev"}


def test_personal_data_and_free_text_of_a_source_stay_away(formulas):
    page = formulas["Hitung IKK 6.1.2"]
    headers = {one.name for table in page.tables.values() for one in table.tableColumns}
    table = tables()["survei_nps"]
    texts = {name for name, kind in table.source.schema.items() if kind == "text"}
    assert {"baris", "nilai", "responden"} <= headers
    assert headers & texts <= {"layanan", "triwulan", *table.source.key}


def test_names_of_sheets_are_allowed_and_different():
    names = sheet_names(["a" * 40, "a" * 40, "IKU 1/2", "", "[x]:*?"])
    assert all(0 < len(one) <= 31 for one in names)
    assert len({one.casefold() for one in names}) == len(names)


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_stands_as_text():
    page = Sheet("A", "A", "a", (Table(("n",), [(12345678901234567890,), (Fraction(1, 3),)]),))
    book = openpyxl.load_workbook(io.BytesIO(workbook("t", "a", "x", [page])))
    assert book["A"]["A4"].value == "12345678901234567890"
    assert book["A"]["A5"].value == pytest.approx(1 / 3)


def sample():
    """Give figures that use every operation once, over rows of a real table."""
    table = tables()["survei_nps"]
    score = next(name for name in table.frame.columns if name == "nilai")
    given = [row for row in range(len(table.frame)) if table.value(row, score) is not None]
    cells = [table.cell(row, score) for row in given[:300]]
    some = [replace(one, label=f"{one.label} {n}") for n, one in enumerate(cells)]
    whole = total(some, "Jumlah").named("Jumlah")
    average = mean(some[:3], "Rata").named("Rata")
    summed = table.sum(None, score, "Semua", "nilai", "jumlah")
    difference = ((whole - average) / summed * Fraction(7, 3) - (whole - summed)).named("Selisih")
    return [difference, counted(some[:4], "Banyak", ""), last(some, "Akhir")]


def test_rows_that_are_too_many_leave_a_number_and_say_so():
    origin = Rows.of("survei_nps", "survei_nps.csv", range(2, 20_002, 2), "banyaknya")
    figure = Quantity.rows(10_000, "Banyak", "orang", origin)
    page = calculation_sheet("A", "A", "a", [figure], tables())
    (only,) = page.tables[0].rows
    assert only[1] is figure
    assert "angka tetap" in only[4]


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice (soffice)")
def test_libreoffice_computes_the_same(content, formulas, values, tmp_path):
    """Without the values that are stored beside the formulas, so that it has to compute them."""
    added = calculation_sheet("Semua", "Semua operasi", "x", sample(), tables())
    other = io.BytesIO(workbook("t", "a", "x", [added]))
    for name, book, known in (
        ("laporan", formulas, values),
        ("operasi", openpyxl.load_workbook(other), openpyxl.load_workbook(other, data_only=True)),
    ):
        (tmp_path / "tanpa").mkdir(exist_ok=True)
        bare = tmp_path / "tanpa" / f"{name}.xlsx"
        book.save(bare)
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation=file://{tmp_path}/profil",
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                str(tmp_path),
                str(bare),
            ],
            check=True,
            capture_output=True,
            env={**os.environ, "HOME": str(tmp_path)},
            timeout=300,
        )
        computed = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", data_only=True)
        places = live(book)
        assert places
        for page, place in places:
            assert computed[page][place].value == pytest.approx(
                known[page][place].value, rel=1e-9
            ), (page, place, book[page][place].value)


def test_a_row_is_as_high_as_its_wrapped_texts_need(formulas):
    """Whoever does not reckon heights when it opens the file would print one text over another."""
    wrapped = 0
    for page in formulas:
        # Neighbours that are as wide stand together.
        widths = {
            at: one.width
            for one in page.column_dimensions.values()
            for at in range(one.min, one.max + 1)
        }
        for row in page.iter_rows():
            for cell in row:
                if not (isinstance(cell.value, str) and cell.alignment.wrap_text):
                    continue
                lines = math.ceil(len(cell.value) / widths[cell.column])
                least = min(15 * lines, 409)
                height = page.row_dimensions[cell.row].height or 15
                assert height >= least, (page.title, cell.coordinate)
                wrapped += least > 15
    assert wrapped > 100


def test_columns_beyond_the_first_table_are_as_wide_as_theirs():
    tables = (Table(("A",), [("x",)], (30,)), Table(("A", "B"), [("x", "y")], (10, 50)))
    made = workbook("Judul", "Unit", "Isi.", [Sheet("A", "A", "Isi.", tables)])
    page = openpyxl.load_workbook(io.BytesIO(made))["A"]
    found = [page.column_dimensions[one].width for one in "AB"]
    assert found == pytest.approx([30, 50], abs=1)


def test_formulir_a_is_a_sheet_with_the_figures_of_the_form(values):
    page = values["Formulir A"]
    heads = [cell.value for cell in page[3]]
    rows = [row for row in page.iter_rows(min_row=4) if row[0].value]
    code = next(
        one.id.split("/")[2] for one in base().ledger.find("anggaran/ro") if "pagu" in one.id
    )
    ceiling = base().ledger[f"anggaran/ro/{code}/pagu"].value / 1000
    row = next(one for one in rows if one[0].value.startswith(code))
    column = next(place for place, one in enumerate(heads) if str(one).startswith("Jumlah"))
    assert row[column].value == float(ceiling)
    captions = [one for one in rows if one[0].value.startswith("Formulir A:")]
    assert len(captions) == 2


def test_headers_that_would_be_the_same_and_links_to_files():
    assert different(["Target", "target", "Target"]) == ["Target", "target (2)", "Target (3)"]
    leading = Table(("Nama",), [(Link("laporan", "../x/laporan.html"),)])
    made = workbook("Judul", "Unit", "Isi.", [Sheet("A", "A", "Isi.", (leading,))])
    cell = openpyxl.load_workbook(io.BytesIO(made))["A"]["A4"]
    assert cell.hyperlink.target.replace("\\", "/") == "../x/laporan.html"
