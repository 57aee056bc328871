"""What would be read or computed wrongly is told, and what only looks like it is not."""

from pathlib import Path

import openpyxl
import pytest
from profile_sources import shipped
from test_profile_kinds import run_of

from pp39.errors import UnreadableInput
from pp39.sources import Context, clean, sources_of

# --- sheets of a workbook -----------------------------------------------------------------------

HEADER = ["Bulan", "Keluar", "Peserta"]


def monthly(root: Path, sheets: dict[str, list[list[object]]], name: str = "biaya"):
    """Clean a workbook with these sheets as a source of the course."""
    settings, _ = run_of(root)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    path = root / f"{name}.xlsx"
    book.save(path)
    return clean(sources_of(settings.profile)[name], path, Context.of(settings))


def test_of_two_sheets_with_the_table_the_year_tells_which_counts(tmp_path: Path) -> None:
    old, new = [HEADER, ["Januari", 5, 1]], [HEADER, ["Januari", 9, 2]]
    with pytest.raises(UnreadableInput, match=r"the sheets Lama, Baru all hold the table"):
        monthly(tmp_path, {"Lama": old, "Baru": new})
    with pytest.raises(UnreadableInput, match="name only the right one after the year 2025"):
        monthly(tmp_path, {"2025": old, "TA 2025": new})
    table = monthly(tmp_path, {"2024": old, "TA 2025": new})
    assert table.frame["keluar"].tolist() == [9]
    assert 'hanya lembar "TA 2025" yang dibaca' in table.fixes[0].rule


def test_a_sheet_without_rows_or_without_a_column_is_no_second_table(tmp_path: Path) -> None:
    sheets = {
        "Contoh": [HEADER],
        "Data": [HEADER, ["Januari", 9, 2]],
        "Rekap": [["Bulan", "Keluar"], ["Januari", 1]],
    }
    assert monthly(tmp_path, sheets).frame["keluar"].tolist() == [9]


@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_header_of_levels_may_be_typed_in_one_row(tmp_path: Path, above: int) -> None:
    source = shipped("nasional")["dipa_ro"]
    assert source.levels > 1
    book = openpyxl.load_workbook(
        Path(__file__).resolve().parents[1] / "data/raw/smkn-1-contoh/2025/dipa_ro.xlsx"
    )
    page = book.active
    header = next(
        n for n, row in enumerate(page.iter_rows(values_only=True), 1) if "Kode RO" in row
    )
    if header - 1 > above:
        page.delete_rows(above + 1, header - 1 - above)
    path = tmp_path / "dipa_ro.xlsx"
    book.save(path)
    table = clean(source, path, Context(2025))
    assert len(table.frame) > 1
    assert table.frame["baris"].iloc[0] == above + 2
