"""What would be read or computed wrongly is told, and what only looks like it is not."""

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from check_cases import ROOT, one, real_settings
from finding_cases import table as cases_table
from profile_sources import shipped
from test_profile import written
from test_profile_kinds import COURSE, ROWS, UNIT, course, run_of

from pp39.book import Book
from pp39.checks.result import sentence_of
from pp39.cli import run
from pp39.errors import MissingInput, ParameterError, UnreadableInput
from pp39.formula import Lacking, Names, World, compile_template
from pp39.indicators import compute_indicators, needed_sources
from pp39.indicators.formulas import check_formulas
from pp39.indicators.gaps import told_gaps
from pp39.params import Settings, layer_files, load
from pp39.params.settings import load_case
from pp39.periods import Period, Quarter
from pp39.profile import ProfileError, load_profile
from pp39.profile.column import Personal
from pp39.sources import CleanTable, Context, clean, clean_all, delivered, sources_of
from pp39.sources.provenance import Part, Provenance
from pp39.sources.table import read_table
from pp39.starting import insist_on

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


def seen(root: Path, hide) -> tuple[object, CleanTable]:
    """Judge a workbook of which something is hidden; give the table as it was kept, too."""
    settings, _ = run_of(root)
    book = openpyxl.Workbook()
    for line in (HEADER, ["Januari", 5, 1], ["Februari", 6, 2], ["Catatan: awal"]):
        book.active.append(line)
    hide(book)
    path = root / "biaya.xlsx"
    book.save(path)
    source = sources_of(settings.profile)["biaya"]
    clean(source, path, Context.of(settings)).save(root)
    table = read_table(source, root)
    return one("struktur.tersembunyi", {"biaya": table}, settings), table


def row(number: int):
    return lambda book: setattr(book.active.row_dimensions[number], "hidden", True)


def column(letter: str):
    return lambda book: setattr(book.active.column_dimensions[letter], "hidden", True)


def sheet(book: openpyxl.Workbook) -> None:
    book.active.sheet_state = "hidden"
    book.create_sheet("Lain")


@pytest.mark.parametrize(
    ("hide", "said"),
    [
        (row(3), "biaya.xlsx, sheet Sheet, row 3: the row is hidden and is read all the same"),
        (column("C"), 'biaya.xlsx, sheet Sheet, column "Peserta": the column is hidden and is'),
        (sheet, "biaya.xlsx, sheet Sheet: the sheet is hidden and is read all the same"),
        (row(4), ""),  # a row below the table is not read
        (column("D"), ""),
        (lambda _: None, ""),
    ],
)
def test_what_is_hidden_in_a_workbook_is_told(tmp_path: Path, hide, said: str) -> None:
    told, table = seen(tmp_path, hide)
    assert table.frame["peserta"].tolist() == [1, 2]
    assert told.lolos is not bool(said)
    if said:
        assert (told.tingkat, told.jumlah) == ("peringatan", 1)
        assert told.kalimat.startswith(said)


# --- personal data ------------------------------------------------------------------------------

GIVEN = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
NUMBERS = ("198503122010011001", "19850312 201001 1 001", "8171010101900001")


def test_a_contact_may_be_called_anything(tmp_path: Path) -> None:
    phone = ("nama: {judul: Nama, pribadi: nama}", "hp: {judul: Nama, pribadi: telepon}")
    settings, table = run_of(tmp_path, ROWS.replace("Budi", "081200001234"), daftar=phone)
    told = one("daftar.hp.terbaca", {"daftar": table}, settings)
    assert 'daftar.csv, row 3, column "Nama": it is damaged' in told.kalimat
    sound, table = run_of(
        tmp_path, ROWS.replace("Budi", "081200001234").replace("Ani", ""), daftar=phone
    )
    assert one("daftar.hp.terbaca", {"daftar": table}, sound).lolos


def persons(root: Path, kind: str, *numbers: str):
    """Clean a register with the NIK or NIP of three persons; give it, and what a check says."""
    change = ("{judul: Nama, pribadi: nama}", f"{{judul: {kind.upper()}, pribadi: {kind}}}")
    rows = "".join(f'{n},II,"{one}",2025-05-05,pagi,3\n' for n, one in enumerate(numbers))
    profile = course(root, daftar=change)
    settings = load_case(ROOT, profile, 2025, Quarter.II, unit=GIVEN, overrides=())
    path = root / "daftar.csv"
    path.write_text(f"Nomor,Triwulan,{kind.upper()},Masuk,Jenis,Nilai\n{rows}", encoding="utf-8")
    table = clean(sources_of(profile)["daftar"], path, Context.of(settings))
    return table, lambda rule: one(f"daftar.nama.{rule}", {"daftar": table}, settings)


@pytest.mark.parametrize(
    ("kind", "damaged"),
    [
        ("nik", ("8,17100E+15", "8.17101E+15", "817101010190001", "8171010101900000")),
        ("nip", ("1,98503E+17", "198503122010011000", "19850312201001")),
    ],
)
def test_a_damaged_number_identifies_nobody_and_a_blank_one_is_told(
    tmp_path: Path, kind: str, damaged: tuple[str, ...]
) -> None:
    right = NUMBERS[2] if kind == "nik" else NUMBERS[0]
    table, told = persons(tmp_path, kind, right, *damaged, "", right)
    assert table.frame[f"{kind}_sama"].dropna().tolist() == [1, 1]
    assert told("terbaca").jumlah == len(damaged)
    assert told("diketahui").jumlah == 1
    assert "nobody knows who it is" in told("diketahui").kalimat
    table, told = persons(tmp_path, kind, right, right)
    assert told("terbaca").lolos
    assert told("diketahui").lolos
    # A spreadsheet keeps fifteen digits: each number by itself may be right, all of them are not.
    cut = [f"81710101019{n:04}0" for n in range(1, 10)]
    assert told("terbaca").lolos
    if kind == "nik":
        assert persons(tmp_path, kind, *cut)[1]("terbaca").jumlah == len(cut)
        assert persons(tmp_path, kind, *cut, right)[1]("terbaca").lolos


@pytest.mark.parametrize("kind", ["nik", "nip"])
def test_the_number_of_a_person_keeps_only_who_is_the_same(tmp_path: Path, kind: str) -> None:
    spelt = NUMBERS[:2] if kind == "nip" else (NUMBERS[2], "8171 0101 0190 0001")
    table, _ = persons(tmp_path, kind, *spelt, "-")
    assert table.frame[f"{kind}_sama"].astype(object).where(lambda x: x.notna(), 0).tolist() == [
        1,
        1,
        0,
    ]
    assert spelt[0] not in table.frame.to_csv() + str(table.fixes)


def test_a_blank_where_different_values_are_counted_is_told(tmp_path: Path) -> None:
    apart = ("rata(daftar[triwulan = tw].nilai) * 2", "berbeda(daftar.nilai)")
    settings, table = run_of(tmp_path, hasil=apart)
    told = one("indikator.berbeda", {"daftar": table}, settings)
    assert (told.tingkat, told.jumlah) == ("peringatan", 1)
    assert 'row 4, column "Nilai": nothing usable stands here, so K1 does not' in told.kalimat
    settings, table = run_of(tmp_path, f"{ROWS.strip()}4\n", hasil=apart)
    assert one("indikator.berbeda", {"daftar": table}, settings).lolos


@pytest.mark.parametrize("kind", get_args(Personal))
def test_a_profile_knows_all_columns_that_stand_for_a_personal_one(
    tmp_path: Path, kind: str
) -> None:
    profile = course(tmp_path, daftar=("pribadi: nama", f"pribadi: {kind}"))
    known = profile.isi.sumber["daftar"].clean_names
    assert set(known) == set(sources_of(profile)["daftar"].schema)


def test_the_number_of_a_person_is_none_of_an_office(tmp_path: Path) -> None:
    with pytest.raises(
        ProfileError, match=r"kolom.nomor is the NIP of a person.*write pribadi: nip"
    ):
        course(tmp_path, daftar=("{judul: Nomor}", "{judul: Nomor / NIP, pengenal: ya}"))
    course(tmp_path, daftar=("{judul: Nomor}", "{judul: Nomor Surat, pengenal: ya}"))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Nomor Paspor, pengenal: ya", "dokumen"),
        ("No. Rekening, jenis: bulat", "dokumen"),
        ("NISN, pengenal: ya", "dokumen"),
        ("No. KTP, jenis: bulat", "nik"),
        ("Nomor HP, jenis: bulat", "telepon"),
        ("Alamat E-mail, pengenal: ya", "email"),
        ("Nama Pemohon, pengenal: ya", "nama"),
        ("Tempat dan Tanggal Lahir, pengenal: ya", "lain"),
        ("Tgl. Lahir, jenis: tanggal", "lain"),
        ("Nama Ibu, pengenal: ya", "lain"),
        # Not veiled, since the source has no personal column then.
        ("Nomor Paspor", "dokumen"),
        ("Nama Pemohon", "nama"),
    ],
)
def test_what_is_a_persons_by_its_header_is_not_published(
    tmp_path: Path, header: str, kind: str
) -> None:
    change = ("{judul: Nama, pribadi: nama}", f"{{judul: {header}}}")
    with pytest.raises(ProfileError, match=rf"of a person, which would .*write pribadi: {kind}"):
        course(tmp_path, daftar=change)
    told = f"{{judul: {header.partition(',')[0]}, pribadi: {kind}}}"
    course(tmp_path, daftar=("{judul: Nama, pribadi: nama}", told))


@pytest.mark.parametrize(
    "header",
    [
        "Nomor Surat, pengenal: ya",
        "Paspor Terbit, jenis: bulat",
        "Surel Terkirim, jenis: bulat",
        "Nama Kegiatan",
        "Kelahiran, jenis: bulat",
        "Nomor SK Penerima, pengenal: ya",
        "Sim Keliling, jenis: bulat",
    ],
)
def test_what_is_nobodys_by_its_header_may_be_published(tmp_path: Path, header: str) -> None:
    course(tmp_path, daftar=("{judul: Nama, pribadi: nama}", f"{{judul: {header}}}"))


def test_a_number_of_a_paper_keeps_only_who_is_the_same_and_other_data_nothing(
    tmp_path: Path,
) -> None:
    paper = ("{judul: Nama, pribadi: nama}", "{judul: Nama, pribadi: dokumen}")
    rows = ROWS.replace("Budi", "X 123-4567").replace("Ani", "x1234567")
    _, table = run_of(tmp_path, rows, daftar=paper)
    assert table.frame["dokumen_sama"].tolist()[:2] == [1, 1]
    assert "1234567" not in table.frame.to_csv() + str(table.fixes)
    other = ("{judul: Nama, pribadi: nama}", "{judul: Nama, pribadi: lain}")
    _, table = run_of(tmp_path, rows, daftar=other)
    assert not [name for name in table.frame if "lain" in name or "nama" in name]
    assert "1234567" not in table.frame.to_csv() + str(table.fixes)


def test_of_two_columns_of_one_kind_only_one_says_who_it_is(tmp_path: Path) -> None:
    named = "{judul: Nama, pribadi: nama}"
    two = f"{named}\n  ibu: {{judul: Ibu, pribadi: %s}}"
    with pytest.raises(ProfileError, match=r"ibu is nama as nama is; only one .*pribadi: lain"):
        course(tmp_path, daftar=(named, two % "nama"))
    course(tmp_path, daftar=(named, two % "lain"))


@pytest.mark.parametrize("number", NUMBERS)
def test_such_a_number_is_masked_wherever_it_was_not_declared(tmp_path: Path, number: str) -> None:
    other = ("{judul: Nama, pribadi: nama}", "{judul: Nama, pengenal: ya}")
    _, table = run_of(tmp_path, ROWS.replace("Budi", number), daftar=other)
    assert table.frame["nama"].iloc[0] in ("[NIP disamarkan]", "[NIK disamarkan]")
    assert number not in table.frame.to_csv() + str(table.fixes)
    kept = "250811301012345678"
    _, table = run_of(tmp_path, ROWS.replace("Budi", kept), daftar=other)
    assert table.frame["nama"].iloc[0] == kept


# --- what is told of a cell, a sheet and a name ---------------------------------------------------

DATED = (
    "triwulan: {judul: Triwulan, jenis: triwulan, dari: masuk}",
    "triwulan: {judul: Triwulan, jenis: triwulan, dari: masuk, wajib: ya}",
)


@pytest.mark.parametrize("due", [True, False])
def test_of_a_date_of_another_year_the_year_is_what_is_wrong(tmp_path: Path, due: bool) -> None:
    register = COURSE["sumber/daftar.yaml"].replace(*DATED)
    if due:
        register = register.replace("jenis: tanggal}", "jenis: tanggal, wajib: ya}")
    settings, table = run_of(tmp_path, daftar=(COURSE["sumber/daftar.yaml"], register))
    year = one("daftar.masuk.tahun", {"daftar": table}, settings)
    assert (year.tingkat, year.jumlah) == ("kritis", 1)
    assert 'row 4, column "Masuk": 2024-12-30 is not in 2025' in year.kalimat
    if due:
        assert one("daftar.terisi", {"daftar": table}, settings).lolos
    else:  # without a date nothing tells the quarter
        bare = clean_rows(settings, tmp_path, "A1,,Budi,,Pagi,3\n")
        assert one("daftar.masuk.tahun", {"daftar": bare}, settings).lolos
        assert not one("daftar.terisi", {"daftar": bare}, settings).lolos
    sound = clean_rows(settings, tmp_path, "A1,,Budi,2025-04-07,Pagi,3\n")
    assert one("daftar.masuk.tahun", {"daftar": sound}, settings).lolos
    assert one("daftar.terisi", {"daftar": sound}, settings).lolos


def clean_rows(settings: Settings, root: Path, rows: str) -> CleanTable:
    path = root / "daftar.csv"
    path.write_text(f"Nomor,Triwulan,Nama,Masuk,Jenis,Nilai\n{rows}", encoding="utf-8")
    return clean(sources_of(settings.profile)["daftar"], path, Context.of(settings))


@pytest.mark.parametrize(
    ("cell", "told"), [("5", '"5" is not'), ("81234567890", '"[disamarkan]" is not')]
)
def test_a_number_beside_names_is_told_unless_it_may_be_a_contact(
    tmp_path: Path, cell: str, told: str
) -> None:
    settings, table = run_of(tmp_path, f"A1,,Budi,2025-04-07,Pagi,{cell}\n")
    found = one("daftar.nilai.batas", {"daftar": table}, settings)
    assert f"{told} possible here; write a value from 1 to 4" in found.kalimat
    assert found.lokasi[0].nilai in told


def test_a_filled_sheet_under_another_name_is_named(tmp_path: Path) -> None:
    settings, _ = run_of(tmp_path)
    every = sources_of(settings.profile)
    sources = {name: every[name] for name in ("biaya", "daftar")}
    folder = tmp_path / "raw"
    folder.mkdir()

    def told(title: str, rows: list[list[object]]) -> str:
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        book.save(folder / "isian.xlsx")
        with pytest.raises(MissingInput) as caught:
            clean_all(sources, folder, Context.of(settings), ("biaya",))
        return caught.value.sentence

    filled = [HEADER, ["Januari", 5, 1]]
    assert told("Biaya Kursus", filled).endswith(
        '; the sheet "Biaya Kursus" is read once it is called biaya'
    )
    assert "is read once" not in told("Biaya Kursus", [HEADER])
    assert "is read once" not in told("Catatan", [["Catatan"], ["Hubungi kepala"]])


@pytest.mark.parametrize(
    ("title", "rows", "told"),
    [
        ("biayya", [HEADER, ["Januari", 5, 1]], "biaya"),
        ("Biaya 2025", [HEADER, ["Januari", 5, 1]], "biaya"),
        ("biayya", [HEADER, ["Januari", None, None]], ""),  # only what stood there beforehand
        ("Catatan", [["Bulan", "Catatan"], ["Januari", "libur"]], ""),
    ],
)
def test_a_sheet_that_may_be_an_optional_source_is_named(
    tmp_path: Path, title: str, rows: list[list[object]], told: str
) -> None:
    settings, _ = run_of(tmp_path)
    sources = {"biaya": sources_of(settings.profile)["biaya"]}
    folder = tmp_path / "raw"
    folder.mkdir()
    book = openpyxl.Workbook()
    book.active.title = title
    for line in rows:
        book.active.append(line)
    book.save(folder / "isian.xlsx")
    found = [one.sentence for one in delivered(sources, folder).strays]
    said = f'"isian.xlsx!{title}" is used by no source; rename it to {told} if it is that'
    assert found == ([said] if told else [])
    # Beside the sheet of that name it is one of a person's own.
    book.create_sheet("biaya")
    book.save(folder / "isian.xlsx")
    assert delivered(sources, folder).strays == ()


@pytest.mark.parametrize("formula", ["banyak(daftar[nama = 'x'])", "berbeda(daftar.nama)"])
def test_a_personal_column_in_a_formula_is_told_as_one(tmp_path: Path, formula: str) -> None:
    change = ('"rata(daftar[triwulan = tw].nilai) * 2"', f'"{formula}"')
    with pytest.raises(ProfileError, match='"nama" of daftar is personal and never passes clean'):
        check_formulas(course(tmp_path, hasil=change))


def test_a_personal_column_in_a_sentence_is_told_as_one(tmp_path: Path) -> None:
    for text, said in (
        ("{data.nama:dan}", '"nama_sama" tells which rows are of one person'),
        ("{data.nomor:dan}", "neither a parameter nor a source"),
    ):
        change = ("skala: [1, 4],", f"skala: [1, 4], kalimat: '[Oleh {text}.]',")
        with pytest.raises(ProfileError, match=said):
            check_formulas(course(tmp_path, hasil=change))


def test_a_formula_of_a_finding_that_is_wrong_is_told_behind_one_colon(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        insist_on(course(tmp_path, nilai=("bila: [n > 0]", "bila: [m > 0]")))
    (told,) = (one.sentence for one in caught.value.faults)
    assert told == "temuan.rendah.periksa.0: m > 0 names m, which is no angka"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tertib [?1 > 0: , sehingga aman].", "tertib, sehingga aman."),
        ("tertib[?1 > 0: , sehingga aman].", "tertib, sehingga aman."),
        ("tertib[?1 > 0: sehingga aman].", "tertib sehingga aman."),
    ],
)
def test_a_blank_between_a_condition_and_a_comma_is_not_printed(text: str, said: str) -> None:
    settings = real_settings()
    template = compile_template(text, Names({}, {}))
    world = World(Book({}, settings), "K1", lambda code, name: Lacking("kosong"))
    assert template.text(world) == said


# --- the time of an indicator -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "formula", "told"),
    [
        ("kumulatif", "banyak(daftar[triwulan = tw])", "kumulatif, but it reads rows of tw,"),
        ("kumulatif", "banyak(daftar[triwulan dalam sampai_tw])", ""),
        ("kumulatif", "kumulatif(daftar)", ""),
        ("kumulatif", "jumlah(biaya[bulan dalam bulan_ini].peserta)", "rows of bulan_ini, of the"),
        # What is told once a month may itself be counted since January.
        ("kumulatif", "terakhir(biaya[bulan dalam bulan_ini].peserta)", ""),
        ("triwulan", "banyak(daftar[triwulan dalam sampai_tw])", "triwulan, but it reads rows of"),
        ("triwulan", "banyak(daftar[triwulan = tw])", ""),
        ("triwulan", "banyak(daftar[masuk >= awal_tahun])", "reads rows of awal_tahun, of all"),
        ("triwulan", "banyak(daftar[masuk < awal_tahun])", ""),
        ("triwulan", "terakhir(biaya[bulan dalam sampai_bulan].peserta)", ""),
        ("posisi", "banyak(daftar[triwulan dalam sampai_tw])", ""),
    ],
)
def test_formulas_of_another_time_are_told(
    tmp_path: Path, kind: str, formula: str, told: str
) -> None:
    change = (
        'posisi, realisasi: "jumlah(biaya[bulan = 6].peserta)"',
        f'{kind}, realisasi: "{formula}"',
    )
    profile = course(tmp_path, hasil=change)
    if not told:
        check_formulas(profile)
        return
    with pytest.raises(ProfileError, match=r"hasil.yaml, line \d+.*K4, realisasi: ") as caught:
        check_formulas(profile)
    assert told in str(caught.value)


def test_a_profile_that_does_not_hold_together_is_neither_tested_nor_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    course(tmp_path)
    monkeypatch.setenv("PP39_ROOT", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["profile", "kursus", "--test"]) == 0
    chapter = "bab:\n  sendiri: {judul: Sendiri, isi: tak_ada, sesudah: penutup}\n"
    (tmp_path / "params/profil/kursus/bab.yaml").write_text(chapter, "utf-8")
    assert run(["profile", "kursus", "--test"]) == 2
    assert run(["init", "kursus-1", "--profile", "kursus"]) == 2
    assert capsys.readouterr().err.count("tak_ada") == 2
    assert not (tmp_path / "data").exists()


# --- dates in conditions ------------------------------------------------------------------------

LIMIT = """
parameter:
  batas.masuk: {jenis: tanggal, bawaan: 30/06/2025, arti: last day that counts}
  batas.kata: {jenis: teks, bawaan: 30/06/2025, arti: words}
"""


def counted(root: Path, condition: str, *changes: str) -> Fraction | None:
    """Give how many rows of the course pass a condition in quarter II."""
    formula = (
        'realisasi: "rata(daftar[triwulan = tw].nilai) * 2"',
        f"bentuk: jumlah, realisasi: {condition}",
    )
    limits = ("sasaran: {S1: Mutu}", "sasaran: {S1: Mutu}" + LIMIT)
    profile = course(root, hasil=formula, profil=limits)
    check_formulas(profile)
    settings, table = run_of(root, ROWS, hasil=formula, profil=limits)
    book = Book({"daftar": table}, settings)
    compute_indicators(book)
    found = book.ledger.get("K1/realisasi")
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("test", "passing"),
    [
        ("masuk >= '2025-05-05'", 1),
        ("masuk < '05/05/2025'", 2),
        ("masuk >= '5 Mei 2025'", 1),
        ("masuk >= awal_tw, masuk <= akhir_tw", 2),
        ("masuk > akhir_tw", 0),
        ("masuk < awal_tahun", 1),
        ("masuk <= batas.masuk", 3),
        ("masuk dalam ('07/04/2025', '30/12/2024')", 2),
    ],
)
def test_dates_are_compared_with_dates(tmp_path: Path, test: str, passing: int) -> None:
    assert counted(tmp_path, f'"banyak(daftar[{test}])"') == passing


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("masuk >= '2025-13-45'", "holds dates, and .2025-13-45. is not a day of the calendar"),
        ("masuk >= 'akhir tahun'", "holds dates, and .akhir tahun. is not a date"),
        ("masuk >= tw", "holds dates and is compared with what is none; write one such as"),
        ("masuk >= batas.kata", "holds dates and is compared with what is none"),
        ("jenis = akhir_tw", "holds no dates and is compared with one"),
    ],
)
def test_what_is_no_date_is_refused_where_it_stands(tmp_path: Path, test: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as caught:
        counted(tmp_path, f'"banyak(daftar[{test}])"')
    assert "indikator/hasil.yaml, line 1" in str(caught.value)


@pytest.mark.parametrize(
    ("when", "sound"),
    [
        ("masuk > 'akhir'", False),
        ("masuk > tw", False),
        ("masuk <= akhir_tw", True),
        ("masuk ada", True),
    ],
)
def test_a_check_compares_dates_with_dates_too(tmp_path: Path, when: str, sound: bool) -> None:
    change = ("tingkat: peringatan", f"tingkat: peringatan\n  bila: {when}")
    if sound:
        course(tmp_path, periksa=change)
        return
    with pytest.raises(ProfileError, match="masuk holds dates and is compared with"):
        course(tmp_path, periksa=change)


def test_a_check_may_speak_one_language(tmp_path: Path) -> None:
    alone = (
        COURSE["periksa/daftar.yaml"].partition("harap:")[2],
        " {ExpectColumnValuesToBeBetween: {column: nilai, max_value: 2}}"
        "\n  salah: nilai {nilai} terlalu tinggi\n",
    )
    settings, table = run_of(tmp_path, periksa=alone)
    told = one("daftar.masuk.dulu", {"daftar": table}, settings)
    assert told.ringkasan == "Nilai 3 terlalu tinggi."
    assert told.kalimat == 'daftar.csv, row 2, column "Nilai": nilai 3 terlalu tinggi'


# --- parameters of a quarter --------------------------------------------------------------------


def test_an_earlier_quarter_is_computed_with_the_parameters_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    own = tmp_path / "params/unit/bspji-ambon"

    note = ""

    def earlier(*overrides: str) -> tuple[Settings, Fraction | None]:
        nonlocal note
        given = load(tmp_path, "bspji-ambon", 2025, "III", overrides=overrides)
        answers = [
            {"triwulan": tw, "no": 1, "nilai": score, "responden": 1}
            for tw, score in (("II", 8), ("III", 9))
        ]
        book = Book({"survei_nps": cases_table("survei_nps", answers)}, given)
        compute_indicators(book)
        change = book.ledger.get("IKK-6.1.2/perubahan")
        note = change.note if change is not None else ""
        found = book.ledger.get("IKK-6.1.2/sebelumnya")
        return given, None if found is None else found.value

    given, before = earlier()
    assert (given.earlier, before) == ({}, 0)
    own.joinpath("2025-II.yaml").write_text("nps: {promoter_min: 8}\n", encoding="utf-8")
    given, before = earlier()
    assert before == 100
    assert given.params.nps.promoter_min == 9
    assert "params/unit/bspji-ambon/2025-II.yaml" in given.files
    assert note == "TW II dihitung dengan Nilai terendah promotor 8, bukan 9."
    assert set(given.files) == set(
        layer_files(tmp_path, "bspji-ambon", 2025, given.period, given.scenario)
    )
    # What holds for the run holds for all its quarters.
    assert earlier("nps.promoter_min=9")[1] == 0
    own.joinpath("2025-III.yaml").write_text("nps: {promoter_min: 7}\n", encoding="utf-8")
    own.joinpath("2025-II.yaml").unlink()
    assert earlier()[1] == 0
    # Its formula, too; one that is wrong is told before anything is computed.
    formula = "indikator: {{IKK 6.1.2: {{realisasi: {}}}}}\n"
    path = own.joinpath("2025-II.yaml")
    path.write_text(formula.format("detraktor / responden * 100"), encoding="utf-8")
    assert earlier()[1] == 0
    path.write_text(formula.format("pasif / responden * 100"), encoding="utf-8")
    assert earlier()[1] == 100
    assert note == "TW II dihitung dengan rumus yang lain."
    # And where it had no such indicator, there is nothing to compare with.
    path.write_text("indikator: {IKK 6.1.2: null}\n", encoding="utf-8")
    assert earlier()[1] is None
    path.write_text(formula.format("pasifs / responden * 100"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r'2025-II.yaml, line 1: .*"pasifs" is no name'):
        needed_sources(earlier()[0])


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("2025-3.yaml", "2025-III.yaml"),
        ("2025-iii.yaml", "2025-III.yaml"),
        ("2025-III.yml", "2025-III.yaml"),
        ("TW3.yaml", "2025.yaml or 2025-IV.yaml"),
    ],
)
def test_a_file_of_parameters_that_no_run_reads_is_told(
    tmp_path: Path, name: str, right: str
) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    own = tmp_path / "params/unit/bspji-ambon"
    own.mkdir(exist_ok=True)
    own.joinpath("2024.yaml").write_text("", encoding="utf-8")
    own.joinpath("2025-tahunan.yaml").write_text("", encoding="utf-8")
    load(tmp_path, "bspji-ambon", 2025, "I")
    own.joinpath(name).write_text("nps: {promoter_min: 8}\n", encoding="utf-8")
    said = f"params/unit/bspji-ambon/{name} is read by no run; give it a name such as {right}"
    with pytest.raises(ParameterError, match=said):
        load(tmp_path, "bspji-ambon", 2025, "I")
    with pytest.raises(ParameterError, match=said):
        layer_files(tmp_path, "bspji-ambon", 2025, Period.parse("I"), "dasar")


def test_what_adds_up_since_january_says_so(tmp_path: Path) -> None:
    change = ("sifat: kumulatif, realisasi", "realisasi")
    with pytest.raises(ProfileError, match=r"it is kumulatif.*but sifat is triwulan; write"):
        check_formulas(course(tmp_path, hasil=change))


@pytest.mark.parametrize(
    ("formula", "made"), [("jumlah('K4'.b)", 5), ("terbesar('K4'.b)", 3), ("banyak('K4'.b)", 2)]
)
def test_figures_by_word_of_another_indicator_are_taken_together(
    tmp_path: Path, formula: str, made: int
) -> None:
    counted = "hitung: 'jumlah(biaya[bulan = x].peserta)'"
    by_month = f"{{b: {{untuk: {{x: bulan_ini}}, label: '{{x}}', {counted}}}}}"
    results = COURSE["indikator/hasil.yaml"]
    whole = 'sifat: posisi, realisasi: "jumlah(biaya[bulan = 6].peserta)"'
    results = results.replace(whole, f"besaran: {by_month}, realisasi: jumlah(b)")
    results += f'K5: {{pola: orang, realisasi: "{formula}"}}\n'
    files = {**COURSE, "indikator/hasil.yaml": results}
    rows = "Bulan,Keluar,Peserta\nApril,1,2\nMei,1,3\n"
    made_of = booked(tmp_path, files, "biaya", rows).ledger["K5/realisasi"]
    assert made_of.value == made
    assert {"K4/b/04", "K4/b/05"} <= {one.id for one in made_of.walk()}


def test_an_indicator_in_rupiah_is_printed_as_money(tmp_path: Path) -> None:
    results = COURSE["indikator/hasil.yaml"]
    results += "K5: {pola: orang, satuan: Rupiah, realisasi: jumlah(biaya.keluar)}\n"
    files = {**COURSE, "indikator/hasil.yaml": results}
    book = booked(tmp_path, files, "biaya", "Bulan,Keluar,Peserta\nApril,1500000,2\n")
    assert book.ledger["K5/realisasi"].with_unit() == "Rp1.500.000"


# --- rows that are lacking, repeated or read the wrong way --------------------------------------

WARDS = """\
judul: Hari rawat
kunci: [bulan, jenis]
kolom:
  bulan: {judul: Bulan, jenis: bulan}
  jenis: {judul: Jenis, jenis: pilihan, daftar: jenis}
  hari: {judul: Hari, jenis: bulat}
"""
ANSWERS = """\
judul: Jawaban
kolom:
  triwulan: {judul: Triwulan, jenis: triwulan}
  nilai: {judul: Nilai, jenis: bulat}
  saran: {judul: Saran}
"""
EVENTS = """\
judul: Kejadian
kolom:
  tanggal: {judul: Tanggal, jenis: tanggal}
"""


PERMITS = """\
judul: Izin
kolom:
  terima: {judul: Terima, jenis: tanggal}
  terbit: {judul: Terbit, jenis: tanggal}
"""


def cleaned(root: Path, name: str, source: str, rows: str):
    """Clean a further source of the course, and give what a check says of it."""
    written(root, "kursus", {**COURSE, f"sumber/{name}.yaml": source})
    profile = load_profile(root, "kursus")
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    settings = load_case(ROOT, profile, 2025, Quarter.II, unit=unit, overrides=())
    path = root / f"{name}.csv"
    path.write_text(rows, encoding="utf-8")
    table = clean(sources_of(profile)[name], path, Context.of(settings))
    return lambda id: one(id, {name: table}, settings)


def test_what_is_recorded_every_month_is_missed_in_one(tmp_path: Path) -> None:
    months = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
    rows = [f"{month},{kind},9" for month in months for kind in ("pagi", "malam")]

    def told(*left_out: str):
        kept = [row for row in rows if row.rpartition(",")[0] not in left_out]
        given = "\n".join(["Bulan,Jenis,Hari", *kept])
        return cleaned(tmp_path, "rawat", WARDS, given)

    whole = told()
    assert whole("cakupan.bulan").lolos
    assert whole("cakupan.triwulan").lolos
    gap = told("Mei,malam")("cakupan.bulan")
    assert (gap.tingkat, gap.jumlah) == ("peringatan", 1)
    assert "there is no row for malam in Mei" in gap.kalimat
    month = told("Mei,pagi", "Mei,malam")
    assert "there is no row for Mei" in month("cakupan.triwulan").kalimat
    assert month("cakupan.bulan").lolos
    # What happens now and then is no gap.
    with pytest.raises(AssertionError, match="0 results"):
        told(*(f"{month},malam" for month in months[1:]))("cakupan.bulan")


@pytest.mark.parametrize(
    ("kind", "months", "lacking"),
    [
        ("posisi", "April Mei", "Juni"),
        ("posisi", "April", "Mei dan Juni"),
        ("posisi", "April Juni", ""),  # the last month is what a position is of
        ("posisi", "Juni", ""),
        ("triwulan", "April Juni", "Mei"),
        ("triwulan", "April Mei Juni", ""),
        ("kumulatif", "Januari Maret April Mei Juni", "Februari"),
        ("triwulan", "Januari Maret April Mei Juni", ""),
    ],
)
def test_a_figure_made_without_a_month_says_so(
    tmp_path: Path, kind: str, months: str, lacking: str
) -> None:
    formula = "jumlah(biaya[bulan dalam bulan_ini].peserta)"
    if kind == "kumulatif":
        formula = formula.replace("bulan_ini", "sampai_bulan")
    change = (
        'sifat: posisi, realisasi: "jumlah(biaya[bulan = 6].peserta)"',
        f'sifat: {kind}, realisasi: "{formula}"',
    )
    settings, _ = run_of(tmp_path, hasil=change)
    path = tmp_path / "biaya.csv"
    rows = "".join(f"{one},1000,{n}\n" for n, one in enumerate(months.split(), 1))
    path.write_text(f"Bulan,Keluar,Peserta\n{rows}", encoding="utf-8")
    table = clean(sources_of(settings.profile)["biaya"], path, Context.of(settings))
    book = Book({"biaya": table}, settings)
    compute_indicators(book)
    told = f"Belum ada data bulan {lacking}." if lacking else ""
    assert book.ledger["K4/realisasi"].note == told


SIDE_BY_SIDE = """\
judul: Kunjungan
kunci: [tempat, bulan]
kolom:
  tempat: {judul: Tempat}
  orang: {judul: '{bulan}', jenis: bulat, satuan: orang}
"""


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ("A,5,,7\nB,1,,2\n", "Mei"),
        ("A,5,,7\nB,1,3,2\n", ""),  # one has none, the month has
        ("A,5,6,7\n", ""),
    ],
)
def test_months_side_by_side_lack_one_too(tmp_path: Path, rows: str, lacking: str) -> None:
    change = ("jumlah(biaya[bulan = 6].peserta)", "jumlah(kunjungan[bulan dalam bulan_ini].orang)")
    kind = (
        f'sifat: posisi, realisasi: "{change[0]}"',
        f'sifat: triwulan, realisasi: "{change[1]}"',
    )
    files = {**COURSE, "sumber/kunjungan.yaml": SIDE_BY_SIDE}
    files["indikator/hasil.yaml"] = files["indikator/hasil.yaml"].replace(*kind)
    book = booked(tmp_path, files, "kunjungan", f"Tempat,April,Mei,Juni\n{rows}")
    told = f"Belum ada data bulan {lacking}." if lacking else ""
    assert book.ledger["K4/realisasi"].note == told


def booked(root: Path, files: dict[str, str], name: str, rows: str) -> Book:
    """Compute the indicators of quarter II from one source."""
    written(root, "kursus", files)
    profile = load_profile(root, "kursus")
    settings = load_case(ROOT, profile, 2025, Quarter.II, unit=GIVEN, overrides=())
    path = root / f"{name}.csv"
    path.write_text(rows, encoding="utf-8")
    book = Book({name: clean(sources_of(profile)[name], path, Context.of(settings))}, settings)
    compute_indicators(book)
    return book


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("banyak(daftar[nilai >= 3]) / banyak(daftar) * 100", "1 baris tanpa Nilai ikut"),
        ("jumlah(daftar.nilai) / banyak(daftar) * 100", "1 baris tanpa Nilai ikut"),
        ("banyak(daftar[nilai >= 3]) / banyak(daftar[nilai ada]) * 100", ""),
        ("banyak(daftar[nilai >= 3]) / banyak(daftar[jenis = 'pagi']) * 100", ""),
        ("banyak(daftar[jenis = 'pagi']) / banyak(daftar) * 100", ""),
        ("rata(daftar.nilai) * 100", ""),
    ],
)
def test_a_blank_that_counts_below_the_bar_alone_is_told(
    tmp_path: Path, formula: str, said: str
) -> None:
    given = ("rata(daftar[triwulan = tw].nilai) * 2", f"tanpa_satuan({formula})")
    files = {name: text.replace(*given) for name, text in COURSE.items()}
    rows = "A1,II,Ani,2025-04-07,Pagi,3\nA2,II,Budi,2025-05-05,Malam,\nA3,II,Ira,,Pagi,2\n"
    header = "Nomor,Triwulan,Nama,Masuk,Jenis,Nilai\n"
    note = booked(tmp_path, files, "daftar", header + rows).ledger["K1/realisasi"].note
    assert note == (f"{said} dihitung sebagai penyebut." if said else "")
    assert told_gaps(f"TW II. {note}") == ([note] if note else [])


def test_a_rule_over_all_sources_names_each_file_it_fails_in(tmp_path: Path) -> None:
    settings, table = run_of(tmp_path, "A1,,Ani,2025-01-07,Pagi,3\n")
    path = tmp_path / "biaya.csv"
    path.write_text("Bulan,Keluar,Peserta\nApril,1000,2\n", encoding="utf-8")
    costs = clean(sources_of(settings.profile)["biaya"], path, Context.of(settings))
    told = one("cakupan.triwulan", {"daftar": table, "biaya": costs}, settings)
    assert sentence_of(told) == (
        'daftar.csv, column "Triwulan": there is no row for quarter II; biaya.csv, column "Bulan":'
        " there is no row for Mei (and 1 more)"
    )
    both = {"daftar": table, "lain": replace(table, source=replace(table.source, file="lain.csv"))}
    assert sentence_of(one("cakupan.triwulan", both, settings)).startswith(
        "daftar.csv, lain.csv: there is no row for quarter II"
    )
    part = Part("unduhan.xlsx", "Sheet1", {"bulan": "Periode"})
    exported = replace(costs, provenance=Provenance((part,), (0,) * len(costs.frame)))
    told = sentence_of(one("cakupan.triwulan", {"biaya": exported}, settings))
    assert f'there is no row for Mei of "{costs.source.title}" (and 1 more)' in told
    # What only indicators of a later quarter need is not asked for yet.
    later = [f"indikator.{code}.mulai=III" for code in ("K1", "K2")]
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    given = load_case(ROOT, settings.profile, 2025, Quarter.II, unit=unit, overrides=later)
    assert one("cakupan.triwulan", {"daftar": table}, given).lolos


def test_rows_delivered_twice_are_told_and_people_who_agree_are_not(tmp_path: Path) -> None:
    answers = [f"II,{4 - n % 2},baik {n}" for n in range(6)]

    def told(*rows: str):
        given = "\n".join(["Triwulan,Nilai,Saran", *rows])
        return cleaned(tmp_path, "jawaban", ANSWERS, given)("struktur.ulang")

    assert told(*answers, *(["II,4,"] * 20)).lolos
    twice = told(*answers, "II,4,", *answers)
    assert (twice.tingkat, twice.jumlah) == ("peringatan", 6)
    assert "jawaban.csv, row 9: the row is the same as row 2 throughout" in twice.kalimat
    named = ANSWERS + "  nama: {judul: Nama, pribadi: nama}\n"
    for rows, passes in ((["II,4,,Ani", "II,4,,Budi"], True), (["II,4,,Ani", "II,4,,ani"], False)):
        given = "\n".join(["Triwulan,Nilai,Saran,Nama", *rows])
        assert cleaned(tmp_path, "jawaban", named, given)("struktur.ulang").lolos is passes


@pytest.mark.parametrize(
    ("dates", "sound"),
    [
        # Read day first, these lie in all months up to December, or go back and forth.
        ("04/02/2025 04/09/2025 05/12/2025 06/01/2025 06/11/2025", False),
        ("01/02/2025 01/05/2025 02/01/2025 02/04/2025 02/06/2025", False),
        # These are in order as they stand, or no order tells anything.
        ("02/01/2025 05/01/2025 01/02/2025 04/02/2025 06/02/2025", True),
        ("02/01/2025 01/05/2025 03/02/2025 05/01/2025 02/06/2025", True),
        ("04/02/2025 04/09/2025 05/12/2025 06/01/2025 13/06/2025", True),
    ],
)
def test_dates_with_the_month_first_are_told(tmp_path: Path, dates: str, sound: bool) -> None:
    rows = "\n".join(["Tanggal", *dates.split()])
    told = cleaned(tmp_path, "kejadian", EVENTS, rows)("struktur.hari-bulan")
    assert told.lolos is sound
    if not sound:
        assert told.tingkat == "peringatan"
        assert 'kejadian.csv, column "Tanggal": every date may have its month' in told.kalimat


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        (["04/03/2024"], True),
        (["04/03/2026"], True),
        (["28/12/2024"], False),  # of the turn of the year
        (["05/01/2026"], False),
        (["04/03/2024", "05/03/2024"], False),  # so many are no slip
    ],
)
def test_a_date_of_another_year_than_all_others_is_told(
    tmp_path: Path, odd: list[str], told: bool
) -> None:
    rows = "\n".join(["Tanggal", *(f"{n}/03/2025" for n in range(11, 20)), *odd])
    said = cleaned(tmp_path, "kejadian", EVENTS, rows)("struktur.tahun")
    assert said.lolos is not told
    if told:
        assert 'kejadian.csv, row 11, column "Tanggal": ' in said.kalimat
        assert "is not of 2025, as nearly all dates" in said.kalimat


@pytest.mark.parametrize(("received", "told"), [("2024-11-12", True), ("2024-12-30", False)])
def test_a_date_a_year_off_the_other_date_of_its_row_is_told(
    tmp_path: Path, received: str, told: bool
) -> None:
    issued = "2025-11-13" if told else "2025-01-03"
    rows = [f"2025-03-{n},2025-03-{n + 3}" for n in range(11, 20)]
    said = cleaned(
        tmp_path, "izin", PERMITS, "\n".join(["Terima,Terbit", *rows, f"{received},{issued}"])
    )("struktur.tahun")
    assert said.lolos is not told
    if told:
        assert 'izin.csv, row 11, column "Terima": 2024-11-12 is not of 2025' in said.kalimat


# --- messages that say what would be right ------------------------------------------------------

FAMILY = 'besaran: {b: {untuk: {x: bulan_ini}, label: "{x}", hitung: "banyak(biaya[bulan = x])"}}, '
SAID = {
    "figures by word of another indicator": (
        {"hasil": ("sifat: kumulatif, realisasi: kumulatif(biaya.peserta)",
                   f"{FAMILY}realisasi: \"jumlah(b) + jumlah('K5'.b[x = 4])\"}}\n"
                   f"K5: {{pola: orang, {FAMILY}realisasi: jumlah(b)")},
        'figures of another indicator are taken together, and not chosen among; name what is',
    ),
    "a line indented too far": (
        {"pola": ("  nama: Nilai peserta", "   nama: Nilai peserta")},
        "the line is indented more or less than the ones beside it",
    ),
    "a parameter hidden by a figure": (
        {"profil": ("sasaran: {S1: Mutu}", "sasaran: {S1: Mutu}\nparameter:\n  batas.bawah:"
                    " {jenis: angka, bawaan: 60, arti: lowest}"),
         "hasil": ('realisasi: "rata(daftar[triwulan = tw].nilai) * 2"',
                   "besaran: {batas: {label: A, satuan: nilai, hitung: '1'}},"
                   " realisasi: batas - batas.bawah")},
        '"batas" is a figure here; write param.batas.bawah for the parameter',
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_a_message_says_what_would_be_right(tmp_path: Path, what: str) -> None:
    changes, said = SAID[what]
    with pytest.raises(ParameterError) as caught:
        check_formulas(course(tmp_path, **changes))
    assert said in str(caught.value)


def test_a_sentence_may_name_the_rows_of_its_indicator(tmp_path: Path) -> None:
    told = "data: 'daftar[triwulan = tw]', kalimat: '{data.jenis:dan}', realisasi: rata(data.nilai)"
    check_formulas(
        course(tmp_path, hasil=('realisasi: "rata(daftar[triwulan = tw].nilai) * 2"', told))
    )


@pytest.mark.parametrize(
    ("dropped", "told"),
    [(False, ""), (True, "IKU 3.4 has a target, and the indicators of the unit lack it")],
)
def test_what_has_a_target_and_is_not_reported_is_told(dropped: bool, told: str) -> None:
    """The unit took an indicator out of its profile, and its contract still has it."""
    overrides = ['indikator."IKU 3.4"=null'] if dropped else []
    settings = load(ROOT, "smkn-1-contoh", 2025, Quarter.IV, overrides=overrides)
    source = sources_of(settings.profile)["target_perjanjian_kinerja"]
    path = ROOT / "data/raw/smkn-1-contoh/2025/target_perjanjian_kinerja.csv"
    table = clean(source, path, Context.of(settings))
    said = one(
        "target_perjanjian_kinerja.kode.dilaporkan",
        {"target_perjanjian_kinerja": table},
        settings,
    )
    assert (said.tingkat, said.lolos) == ("peringatan", not dropped)
    assert told in said.kalimat


@pytest.mark.parametrize(
    ("april", "others", "told"),
    [
        ("12500", (11_000_000, 14_000_000, 9_000_000), True),
        ("12500000000", (11_000_000, 14_000_000, 9_000_000), True),
        ("900000", (11_000_000, 14_000_000, 9_000_000), False),  # little, and no slip
        ("12500", (11_000_000, 14_000, 9_000_000), False),  # they vary so much
        ("12500", (11_000_000, 14_000_000), False),  # two tell nothing
        ("0", (11_000_000, 14_000_000, 9_000_000), False),
    ],
)
def test_a_month_a_thousand_times_off_is_told(
    tmp_path: Path, april: str, others: tuple[int, ...], told: bool
) -> None:
    settings, _ = run_of(tmp_path)
    path = tmp_path / "biaya.csv"
    rows = "".join(
        f"{name},{n},3\n" for name, n in zip(("Mei", "Juni", "Maret"), others, strict=False)
    )
    path.write_text(f"Bulan,Keluar,Peserta\nApril,{april},3\n{rows}", encoding="utf-8")
    table = clean(sources_of(settings.profile)["biaya"], path, Context.of(settings))
    said = one("struktur.ribuan", {"biaya": table}, settings)
    assert said.lolos is not told
    if told:
        assert 'row 2, column "Keluar": ' in said.kalimat
        assert f"{april} is about a thousand times off" in said.kalimat


@pytest.mark.parametrize(("first", "hint"), [("Jumlah", True), ("TOTAL", True), ("Jumat", False)])
def test_a_row_of_totals_is_known_for_one(tmp_path: Path, first: str, hint: bool) -> None:
    settings, _ = run_of(tmp_path)
    path = tmp_path / "biaya.csv"
    path.write_text(f"Bulan,Keluar,Peserta\nApril,1000,3\n{first},1000,3\n", encoding="utf-8")
    with pytest.raises(UnreadableInput) as caught:
        clean(sources_of(settings.profile)["biaya"], path, Context.of(settings))
    assert (f"declared: penutup: [{first}]" in str(caught.value)) is hint
