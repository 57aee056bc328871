"""What would be read or computed wrongly is told, and what only looks like it is not."""

from pathlib import Path

import openpyxl
import pytest
from check_cases import one
from profile_sources import shipped
from test_profile_kinds import ROWS, course, run_of

from pp39.errors import UnreadableInput
from pp39.profile import ProfileError
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


# --- personal data ------------------------------------------------------------------------------

NUMBERS = ("198503122010011001", "19850312 201001 1 001", "8171010101900001")


def test_a_contact_may_be_called_anything(tmp_path: Path) -> None:
    phone = ("nama: {judul: Nama, pribadi: nama}", "hp: {judul: Nama, pribadi: telepon}")
    settings, table = run_of(tmp_path, ROWS.replace("Budi", "081200001234"), daftar=phone)
    told = one("daftar.hp.terbaca", {"daftar": table}, settings)
    assert 'daftar.csv, row 3, column "Nama": the contact is damaged' in told.kalimat
    sound, table = run_of(
        tmp_path, ROWS.replace("Budi", "081200001234").replace("Ani", ""), daftar=phone
    )
    assert one("daftar.hp.terbaca", {"daftar": table}, sound).lolos


@pytest.mark.parametrize("kind", ["nik", "nip"])
def test_the_number_of_a_person_keeps_only_who_is_the_same(tmp_path: Path, kind: str) -> None:
    change = ("{judul: Nama, pribadi: nama}", f"{{judul: {kind.upper()}, pribadi: {kind}}}")
    rows = ROWS.replace("Budi", NUMBERS[0]).replace("Ani", NUMBERS[1], 1).replace("Ani", "-")
    settings, _ = run_of(tmp_path, daftar=("nomor]", "nomor]"))
    profile = course(tmp_path, daftar=change)
    path = tmp_path / "daftar.csv"
    path.write_text(f"Nomor,Triwulan,{kind.upper()},Masuk,Jenis,Nilai\n{rows}", encoding="utf-8")
    table = clean(sources_of(profile)["daftar"], path, Context.of(settings))
    assert table.frame[f"{kind}_sama"].astype(object).where(lambda x: x.notna(), 0).tolist() == [
        1,
        1,
        0,
    ]
    assert "1985" not in table.frame.to_csv() + str(table.fixes)


def test_the_number_of_a_person_is_none_of_an_office(tmp_path: Path) -> None:
    with pytest.raises(
        ProfileError, match=r"kolom.nomor is the NIP of a person.*write pribadi: nip"
    ):
        course(tmp_path, daftar=("{judul: Nomor}", "{judul: Nomor / NIP, pengenal: ya}"))
    course(tmp_path, daftar=("{judul: Nomor}", "{judul: Nomor Surat, pengenal: ya}"))


@pytest.mark.parametrize("number", NUMBERS)
def test_such_a_number_is_masked_wherever_it_was_not_declared(tmp_path: Path, number: str) -> None:
    other = ("{judul: Nama, pribadi: nama}", "{judul: Nama, pengenal: ya}")
    _, table = run_of(tmp_path, ROWS.replace("Budi", number), daftar=other)
    assert table.frame["nama"].iloc[0] in ("[NIP disamarkan]", "[NIK disamarkan]")
    assert number not in table.frame.to_csv() + str(table.fixes)
    kept = "250811301012345678"
    _, table = run_of(tmp_path, ROWS.replace("Budi", kept), daftar=other)
    assert table.frame["nama"].iloc[0] == kept
