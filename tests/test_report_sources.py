"""Raw figures of a table lead to no calculation, so a note below it tells where they stand."""

import re
from dataclasses import replace

import pytest
from section_runs import material, report, section

from pp39.ledger import Cell, Quantity
from pp39.report.inline import Flag, Number, Phrase, part_plain
from pp39.report.sections.sumber import bersumber
from pp39.report.table import Column, Row, Table, TableCell

QUARTERS = ("I", "II", "III", "IV")


def raw(row, column="Nilai", file="a.csv", sheet=None, value=1):
    return Quantity.cell(value, "x", "", Cell("a", file, sheet, row, column))


def traced(value=5):
    return replace(raw(2, value=value), id="y")


def table(*rows, notes=()):
    width = len(rows[0])
    columns = [Column(f"k{n}") for n in range(width)]
    return Table("t", "Judul", columns, [Row(*row) for row in rows], notes=notes)


def note(made):
    found = [part_plain(one) for one in bersumber(made).notes]
    return [one for one in found if one.startswith("Sumber")]


def test_rows_that_follow_one_another_are_told_as_runs():
    made = table(*[("a", raw(row)) for row in (9, 6, 7, 8, 12)])
    assert note(made) == ["Sumber: a.csv, baris 6–9 dan 12, kolom Nilai."]


def test_sheets_and_files_are_told_apart():
    made = table(
        (raw(2, "A", "a.xlsx", "Satu"), raw(3, "B", "a.xlsx", "Dua")), (raw(4, "C", "b.csv"), "x")
    )
    assert note(made) == [
        "Sumber: a.xlsx, lembar Satu, baris 2, kolom A; a.xlsx, lembar Dua, baris 3, kolom B;"
        " b.csv, baris 4, kolom C."
    ]


def test_many_columns_are_not_listed():
    made = table([raw(2, f"kolom {n}") for n in range(6)])
    assert note(made) == ["Sumber: a.csv, baris 2."]


def test_figures_are_found_wherever_a_cell_holds_them():
    one, two, three = raw(2), raw(4), raw(6)
    made = table(
        (TableCell(one), Phrase("nilai ", Number(two, "polos"))), ([three], Flag(raw(8), "*", "k"))
    )
    assert note(made) == ["Sumber: a.csv, baris 2, 4, 6, dan 8, kolom Nilai."]


def test_beside_linked_figures_the_note_says_which_it_means():
    assert note(table((traced(), raw(3)))) == [
        "Sumber angka selebihnya: a.csv, baris 3, kolom Nilai."
    ]


def test_a_parameter_is_no_source_to_print():
    figure = Quantity.parameter(9, "Batas", "", "nps.promoter_min", "params/tahun/2025.yaml")
    assert note(table(("a", figure))) == []


def test_a_table_that_has_such_a_note_keeps_it_alone():
    assert note(table((raw(2),), notes=["Sumber: surat."])) == ["Sumber: surat."]
    assert bersumber(table((traced(), "a"))).notes == ()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_raw_figure_of_the_report_has_a_source_below_its_table(quarter):
    seen = 0
    for block in report(quarter):
        if isinstance(block, Table) and ('class="mentah"' in block.html()):
            cells = bool(re.search(r'class="mentah" title="[^"]*, baris \d+, kolom', block.html()))
            seen += cells
            assert bool(note(block)) >= cells, block.label
    assert seen >= 2


def test_the_tables_an_auditor_missed_them_on():
    found = {
        block.label: " ".join(note(block)) for block in report("IV") if isinstance(block, Table)
    }
    assert "revisi_dipa.xlsx, lembar Revisi DIPA, baris 6–7, 11" in found["tabel-revisi"]
    assert "target_smart.csv, baris" in found["tabel-smart"]


def test_print_names_the_document_and_the_page_its_file_as_well():
    b = material()
    revisions = next(one for one in section("revisi", b) if isinstance(one, Table))
    made = bersumber(revisions, b.documents)
    assert "Sumber: Riwayat revisi DIPA, lembar Revisi DIPA, baris 6–7, 11" in note(made)[0]
    assert "Riwayat revisi DIPA (<code>revisi_dipa.xlsx</code>)" in made.html()
    assert "revisi_dipa" not in made.typst()
    assert "Revisi DIPA, baris 6–7, 11" in made.typst()
