"""Starting from nothing: a project, a unit, and the workbook it fills in, read as it stands."""

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pp39.cli import run
from pp39.errors import InputError, MissingInput, ParameterError, UnreadableInput
from pp39.explain.rows import clean_rows
from pp39.explain.uses import read_place
from pp39.indicators import needed_sources
from pp39.indicators.cases import run_cases
from pp39.params import load
from pp39.profile import load_profile
from pp39.run.workspace import Workspace
from pp39.sources import CleanTable, Context, clean_all, save_tables
from pp39.starting import SAMPLE_UNIT, TEMPLATE, new_project, start_unit

ROOT = Path(__file__).parents[1]
FIELDS = {
    "nama": "Sekolah Baru",
    "singkatan": "SB",
    "kementerian": "Kementerian Contoh",
    "alamat": "Jalan Baru 1",
    "tugas": "menyelenggarakan pendidikan",
    "tempat": "Contoh",
    "jabatan_penanda_tangan": "Kepala Sekolah",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    new_project(tmp_path / "proyek")
    return tmp_path / "proyek"


def fill_in(project: Path, unit: str) -> None:
    path = project / "params" / "unit" / f"{unit}.yaml"
    text = path.read_text(encoding="utf-8").replace("kata: {}", "kata: {tkj: TKJ}")
    for name, value in FIELDS.items():
        text = text.replace(f"  {name}:\n", f"  {name}: {value}\n")
    path.write_text(text, encoding="utf-8")


def book_of(project: Path, unit: str) -> Path:
    return project / "data" / "raw" / unit / "2025" / "isian.xlsx"


def cleaned(project: Path, unit: str) -> dict[str, CleanTable]:
    one = Workspace.locate(unit, 2025, "I", root=project)
    needed = needed_sources(one.settings)
    return clean_all(one.sources, one.raw, Context.of(one.settings), needed)


# --- a project ----------------------------------------------------------------------------------


def test_a_new_project_has_what_a_report_needs(project: Path) -> None:
    assert all((project / name).exists() for name in TEMPLATE)
    settings = load(project, SAMPLE_UNIT, 2025, "IV")
    assert settings.profile.chain == ("nasional", "sekolah")
    assert load(project, SAMPLE_UNIT, 2025, "IV", "ikpa-bulan-terakhir").params.ikpa.cara
    assert set(cleaned(project, SAMPLE_UNIT)) >= {"dipa_ro", "lulusan", "ikpa"}


def test_a_project_is_made_in_a_new_folder_only(project: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"proyek is not empty; name a new folder"):
        new_project(project)
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"berkas is a file"):
        new_project(tmp_path / "berkas")
    (tmp_path / "kosong").mkdir()
    new_project(tmp_path / "kosong")
    assert (tmp_path / "kosong" / "params" / "proyek.yaml").is_file()


# --- a unit -------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["bskji", "sekolah"])
def test_every_profile_gives_a_unit_to_fill_in(project: Path, profile: str) -> None:
    written = start_unit(project, "baru", profile, 2025)
    assert written == ("params/unit/baru.yaml", "data/raw/baru/2025/isian.xlsx")
    text = (project / written[0]).read_text(encoding="utf-8")
    assert text.count("(required)\n") >= len(FIELDS)
    assert "  # penanda_tangan: {nama: null, nip: null}\n" in text
    assert max(map(len, text.splitlines())) <= 100
    first = book_of(project, "baru").read_bytes()
    shutil.rmtree(project / "data" / "raw" / "baru")
    assert start_unit(project, "baru", None, 2025) == written[1:]
    assert book_of(project, "baru").read_bytes() == first


def test_the_workbook_checks_what_is_typed_in_every_row(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    book = load_workbook(book_of(project, "baru"))
    rules = {
        name: [(one.type, str(one.sqref)) for one in book[name].data_validations.dataValidation]
        for name in book.sheetnames
    }
    assert {kind for found in rules.values() for kind, _ in found} >= {"list", "date", "whole"}
    assert all(where.endswith("1048576") for found in rules.values() for _, where in found)
    shown = [one.showErrorMessage for page in book for one in page.data_validations.dataValidation]
    assert all(shown)
    page = book["progres_ro"]
    assert "seperti 6077 - Nama Kegiatan." in page["A2"].value
    told = [str(cell.value) for cell in book["Petunjuk"]["D"]]
    assert any("RVRO setiap bulan" in one for one in told)
    assert not any("{" in one for one in told)


def test_the_workbook_waits_for_the_indicators_of_a_unit(project: Path) -> None:
    assert start_unit(project, "baru", "nasional", 2025) == ("params/unit/baru.yaml",)
    with pytest.raises(ParameterError, match=r"baru\.yaml has no indicators yet; list them there"):
        start_unit(project, "baru", None, 2025)
    (project / "data" / "raw" / "baru" / "2025").mkdir(parents=True)
    with pytest.raises(ParameterError, match=r"filled in: sasaran \(line \d+\), indikator \(line"):
        Workspace.locate("baru", 2025, "I", root=project)
    fill_in(project, "baru")
    path = project / "params" / "unit" / "baru.yaml"
    # The examples of the file are right as they stand.
    text = re.sub(
        r"# such as (\{.*\})\n(sasaran|indikator): \{\}", r"\2: \1", path.read_text("utf-8")
    )
    path.write_text(text, encoding="utf-8")
    assert start_unit(project, "baru", None, 2025) == ("data/raw/baru/2025/isian.xlsx",)
    page = load_workbook(book_of(project, "baru"))["target_perjanjian_kinerja"]
    (row,) = page.iter_rows(min_row=5, max_row=5, values_only=True)
    assert row == (
        *("Perjanjian Kinerja 2025", "IKU 1.1", "Meningkatnya akuntabilitas", "Nilai SAKIP"),
        *(None, "Nilai"),
    )
    with pytest.raises(MissingInput, match=r"filled in: dipa_ro, target_perjanj"):
        cleaned(project, "baru")


def test_nothing_is_overwritten(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(ParameterError, match=r"baru\.yaml is there already.*leave out --profile"):
        start_unit(project, "baru", "sekolah", 2026)
    with pytest.raises(ParameterError, match=r"isian\.xlsx is there already"):
        start_unit(project, "baru", None, 2025)
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert start_unit(project, "baru", None, 2026) == ("data/raw/baru/2026/isian.xlsx",)


def test_a_profile_must_be_named_and_known(project: Path) -> None:
    with pytest.raises(ParameterError, match=r"name it with --profile; there are bskji, nasional"):
        start_unit(project, "baru", None, 2025)
    with pytest.raises(ParameterError, match=r"no profile 'sekolh'; the nearest is sekolah"):
        start_unit(project, "baru", "sekolh", 2025)
    with pytest.raises(ParameterError):
        start_unit(project, "../baru", "sekolah", 2025)
    assert not (project / "params" / "unit" / "baru.yaml").exists()


def test_what_is_still_to_be_filled_in_is_one_list(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    with pytest.raises(ParameterError) as caught:
        Workspace.locate("baru", 2025, "I", root=project)
    unit, data = caught.value.sentences
    assert unit.startswith(
        "params/unit/baru.yaml is still to be filled in: profil.kosakata.jurusan"
    )
    assert all(f".{name} (line " in unit for name in FIELDS)
    assert "isian.xlsx is still to be filled in: asesmen, dipa_ro, guru, ikpa," in data
    fill_in(project, "baru")
    with pytest.raises(MissingInput) as missing:
        cleaned(project, "baru")
    assert missing.value.sentences == (data,)


def test_a_mistake_beside_empty_fields_is_told_with_them(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    path = project / "params" / "unit" / "baru.yaml"
    text = path.read_text(encoding="utf-8").replace("  nama:\n", "  nmaa: Kantor\n")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        Workspace.locate("baru", 2025, "I", root=project)
    told = " ".join(caught.value.sentences)
    assert " unit.nama, unit.singkatan (line" in told
    assert "unit.nmaa" in told


# --- the workbook -------------------------------------------------------------------------------


def filled_book(project: Path, unit: str) -> None:
    """Put the sample school's files into the sheets of a unit's workbook."""
    path, sample = book_of(project, unit), project / "data" / "raw" / SAMPLE_UNIT / "2025"
    book = load_workbook(path)
    for file in sorted(sample.iterdir()):
        page = book[file.stem]
        if file.suffix == ".csv":
            lines = file.read_text(encoding="utf-8").splitlines()
            rows = [re.findall(r'"[^"]*"|[^,]+|(?<=,)(?=,)|(?<=,)$', line) for line in lines]
        else:
            sheet = load_workbook(file).active
            rows = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
        columns = {cell.value: cell.column for cell in page[4]}
        top = 5 if file.suffix == ".csv" else 6
        page.delete_rows(top, page.max_row)
        for offset, row in enumerate(rows[1:]):
            for header, text in zip(rows[0], row, strict=True):
                value = text.strip('"') if isinstance(text, str) else text
                page.cell(top + offset, columns[header], value or None)
    book.save(path)


def test_sheets_are_read_as_the_files_they_stand_for(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    shutil.copy(
        project / "params" / "unit" / f"{SAMPLE_UNIT}.yaml", project / "params/unit/baru.yaml"
    )
    filled_book(project, "baru")
    files, sheets = cleaned(project, SAMPLE_UNIT), cleaned(project, "baru")
    assert set(files) == set(sheets)
    for name, table in files.items():
        again = sheets[name]
        assert (again.source.file, again.sheet) == ("isian.xlsx", name)
        common = [one for one in table.frame if one in again.frame and one != "baris"]
        if name != "lulusan":  # its sheet has a column for telephone numbers, the file has none
            assert table.frame[common].equals(again.frame[common]), name
    rows = sheets["guru"].frame["baris"].tolist()
    assert rows == list(range(5, 13))


def test_rows_that_stood_there_beforehand_are_not_read(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    fill_in(project, "baru")
    path = book_of(project, "baru")
    book = load_workbook(path)
    page = book["ikpa"]
    assert [cell.value for cell in page["A"][4:7]] == ["Januari", "Februari", "Maret"]
    page["B6"] = 91.5
    book.save(path)
    with pytest.raises(MissingInput) as caught:
        cleaned(project, "baru")
    assert "ikpa" not in str(caught.value)
    one = Workspace.locate("baru", 2025, "I", root=project)
    (table,) = clean_all({"ikpa": one.sources["ikpa"]}, one.raw, Context.of(one.settings)).values()
    assert table.frame[["baris", "bulan", "nilai"]].values.tolist() == [[6, 2, 91.5]]


def test_a_wrong_cell_is_told_with_its_sheet(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    fill_in(project, "baru")
    path = book_of(project, "baru")
    book = load_workbook(path)
    book["ikpa"]["B6"] = "banyak"
    book["guru"]["C5"] = 20  # and how many have a certificate is left blank
    for cell in book["mitra"][4]:
        cell.value = None
    book.save(path)
    with pytest.raises(InputError) as caught:
        cleaned(project, "baru")
    told = str(caught.value)
    assert 'isian.xlsx, sheet "ikpa", row 6, column "Nilai IKPA": ' in told
    assert 'isian.xlsx, sheet "guru", row 5, column "Bersertifikat Pendidik": ' in told
    assert 'isian.xlsx, sheet "mitra": no row with the headers Triwulan, Mitra, ' in told


def test_a_file_and_a_sheet_for_one_source_are_refused(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    fill_in(project, "baru")
    raw = book_of(project, "baru").parent
    shutil.copy(project / "data" / "raw" / SAMPLE_UNIT / "2025" / "ikpa.csv", raw)
    with pytest.raises(MissingInput):  # a blank sheet does no harm
        cleaned(project, "baru")
    book = load_workbook(raw / "isian.xlsx")
    book["ikpa"]["B5"] = 90
    book.save(raw / "isian.xlsx")
    with pytest.raises(
        InputError, match=r"ikpa\.csv and a filled sheet ikpa of isian\.xlsx are both"
    ):
        cleaned(project, "baru")


def test_a_damaged_workbook_is_one_sentence(project: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    fill_in(project, "baru")
    book_of(project, "baru").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(UnreadableInput, match=r"^isian\.xlsx"):
        cleaned(project, "baru")


def test_a_row_of_the_workbook_is_found_by_its_sheet(project: Path, tmp_path: Path) -> None:
    start_unit(project, "baru", "sekolah", 2025)
    fill_in(project, "baru")
    path = book_of(project, "baru")
    book = load_workbook(path)
    book["ikpa"]["B5"], book["guru"]["C5"], book["guru"]["D5"] = 90, 20, 10
    book.save(path)
    one = Workspace.locate("baru", 2025, "I", root=project)
    some = {name: one.sources[name] for name in ("ikpa", "guru")}
    save_tables(clean_all(some, one.raw, Context.of(one.settings)), tmp_path / "bersih")
    (found,) = clean_rows(tmp_path / "bersih", read_place("isian.xlsx!guru!5"))
    assert (found.source, found.sheet) == ("guru", "guru")
    (found,) = clean_rows(tmp_path / "bersih", read_place("ikpa!5"))
    assert found.cell("nilai") == "90.0"
    with pytest.raises(ParameterError, match=r"a sheet for each source; write isian.xlsx!guru!5"):
        clean_rows(tmp_path / "bersih", read_place("isian.xlsx!5"))


# --- the command and the README -----------------------------------------------------------------


def test_outside_of_a_project_it_is_told_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PP39_ROOT", str(tmp_path))
    assert run(["report", "-q", "IV"]) == 4
    assert "make one with: pp39 new DIR" in capsys.readouterr().err
    assert run(["init", "baru", "--profile", "sekolah"]) == 4
    assert run(["new", str(tmp_path / "proyek")]) == 0
    monkeypatch.setenv("PP39_ROOT", str(tmp_path / "proyek"))
    assert run(["init", "baru", "--profile", "sekolah"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "data/raw/baru/2025/isian.xlsx"
    assert run(["check", "-u", "baru", "-q", "I"]) == 2
    assert "still to be filled in" in capsys.readouterr().err


def test_the_kind_of_unit_in_the_readme_works_as_it_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"```yaml\n# (params/profil/\S+)\n(.*?)```", text, re.DOTALL)
    assert len(files) == 4
    for name, content in files:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content, encoding="utf-8")
    profile = load_profile(project, "kankemenag")
    assert [one.differences for one in run_cases(project, profile)] == [()]
    (case,) = project.glob("params/profil/kankemenag/uji/*.yaml")
    right = case.read_text(encoding="utf-8")
    case.write_text(right.replace(": 30, I", ": 31, I").replace(": 75", ": 76"), encoding="utf-8")
    monkeypatch.setenv("PP39_ROOT", str(project))
    assert run(["profile", "kankemenag", "--test"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(": ")[2] for line in told] == [
        "IKU-1/kecamatan/sirimau is 30, not 31",
        "IKU-1/realisasi is 75, not 76",
    ]
    case.write_text(right, encoding="utf-8")
    start_unit(project, "kankemenag-ambon", "kankemenag", 2025)
    written = load_workbook(book_of(project, "kankemenag-ambon"))
    assert [cell.value for cell in written["nikah"][4]] == [
        *("Triwulan", "Kecamatan", "Peristiwa Nikah", "Dilaksanakan di KUA")
    ]
