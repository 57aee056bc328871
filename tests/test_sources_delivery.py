"""What lies in a raw folder: which file is which source, what is no file, what nobody uses."""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from privileges import unprivileged
from profile_sources import SOURCES

from pp39.errors import InputError, MissingInput, UnreadableInput
from pp39.params import load
from pp39.periods import Quarter
from pp39.sources import Context, clean, clean_all, delivered, save_tables
from pp39.sources.head import head_of
from pp39.sources.table import read_table

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
PLACE = "data/raw/bspji-ambon/2025"


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load(ROOT, "bspji-ambon", 2025, Quarter.IV))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw" / "bspji-ambon" / "2025"
    shutil.copytree(RAW, folder)
    return folder


def told(raw: Path, context: Context, kind: type[InputError]) -> tuple[str, ...]:
    with pytest.raises(kind) as caught:
        clean_all(SOURCES, raw, context)
    assert type(caught.value) is kind
    assert caught.value.exit_code == 4
    assert not [one for one in caught.value.sentences if str(raw) in one]
    return caught.value.sentences


def as_csv(path: Path) -> Path:
    """Save a sheet as a spreadsheet does: a merged cell stands in its first place only."""
    copy = path.with_suffix(".csv")
    with copy.open("w", encoding="utf-8", newline="") as stream:
        rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        csv.writer(stream, delimiter=";").writerows(rows)
    path.unlink()
    return copy


def as_sheet(path: Path) -> Path:
    text = path.read_text(encoding="utf-8-sig")
    head = head_of(SOURCES[path.stem], text)
    book = Workbook()
    for row in csv.reader(text.splitlines(), delimiter=head.separator):
        book.worksheets[0].append(row)
    copy = path.with_suffix(".xlsx")
    book.save(copy)
    path.unlink()
    return copy


@pytest.mark.parametrize("name", [one for one in SOURCES if (RAW / SOURCES[one].file).is_file()])
def test_a_source_may_come_in_the_other_format(raw: Path, context: Context, name: str) -> None:
    source = SOURCES[name]
    before = clean(source, raw / source.file, context)
    change = as_sheet if source.file.endswith(".csv") else as_csv
    path = change(raw / source.file)
    assert delivered(SOURCES, raw).files[name] == path
    after = clean(source, path, context)
    assert after.frame.drop(columns="baris").equals(before.frame.drop(columns="baris"))
    assert after.source.file == path.name
    assert after.origin(0, before.frame.columns[-1]).file == path.name


def test_the_file_that_was_read_is_known_to_the_clean_table(raw: Path, context: Context) -> None:
    path = (raw / "sla.csv").rename(raw / "SLA.Csv")
    tables = clean_all(SOURCES, raw, context)
    save_tables({"sla": tables["sla"]}, raw / "bersih")
    assert read_table(SOURCES["sla"], raw / "bersih").source.file == path.name


def test_two_files_for_one_source_are_told(raw: Path, context: Context) -> None:
    shutil.copy(raw / "ikpa.csv", raw / "IKPA.CSV")
    assert told(raw, context, UnreadableInput) == (
        f"IKPA.CSV and ikpa.csv are both in {PLACE}; keep the one that counts and move the other"
        " away",
    )


def linked(path: Path) -> None:
    path.symlink_to("tidak-ada")


def bound(path: Path) -> None:
    # The name of a socket has to be short.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("make", "what"),
    [
        (Path.mkdir, "is a folder where a file must be"),
        (os.mkfifo, "is a pipe where a file must be"),
        (bound, "is a socket where a file must be"),
        (linked, "is a link to a file that is not there"),
        (lambda path: path.symlink_to("/dev/zero"), "is a device where a file must be"),
        (lambda path: path.symlink_to(path.name), "cannot be read: too many levels"),
    ],
)
@pytest.mark.parametrize("file", ["order_layanan.csv", "aset.xlsx", "sla.csv"])
def test_what_is_no_file_is_told_and_never_waited_for(
    raw: Path, context: Context, make: Callable[[Path], object], what: str, file: str
) -> None:
    (raw / file).unlink(missing_ok=True)
    make(raw / file)
    (sentence,) = told(raw, context, UnreadableInput)
    assert sentence.startswith(f"{file} {what}")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sla.csv"
    path.write_text("Triwulan\n")
    path.chmod(0)
    code = (
        "import sys, pathlib; from pp39.errors import UnreadableInput\n"
        "from pp39.refusal import content_of\n"
        "try: content_of(pathlib.Path(sys.argv[1]))\n"
        "except UnreadableInput as error: print(error)"
    )
    command = [*unprivileged(), sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == (
        "sla.csv cannot be read: permission denied; give yourself permission to read it\n"
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("order-layanan.csv", "; rename it to order_layanan.csv if it is that"),
        ("Order Layanan (2).xlsx", "; rename it to order_layanan.csv if it is that"),
        ("order_layanan.ods", "; save it as order_layanan.csv if it is that"),
        ("sp2d 2025.csv", "; rename it to sp2d.csv if it is that"),
        ("survei_imk.csv", "; rename it to survei_ikm.csv if it is that"),
        ("ikpa (1).csv", "; ikpa.csv is read"),
        ("Salinan sla.csv", "; sla.csv is read"),
        ("README.md", ""),
        ("berita acara.docx", ""),
    ],
)
def test_what_no_source_uses_is_named_with_what_was_meant(
    raw: Path, context: Context, name: str, sentence: str
) -> None:
    (raw / name).write_text("bukan,tabel\n")
    delivery = delivered(SOURCES, raw)
    (stray,) = delivery.strays
    assert stray.sentence == f'"{name}" is used by no source{sentence}'
    assert stray.fix.source == name
    assert stray.fix.rule.startswith("berkas tidak dipakai oleh sumber mana pun")
    assert name not in {path.name for path in delivery.files.values()}
    assert len(clean_all(SOURCES, raw, context)) == len(list(RAW.iterdir()))


def test_a_name_that_cannot_be_printed_is_spelled_out(raw: Path) -> None:
    Path(os.fsdecode(os.fsencode(raw) + b"/\xff.csv")).write_bytes(b"")
    (raw / "a\u202eb.csv").write_bytes(b"")
    (raw / "jawaban 0812-0000-1234.csv").write_bytes(b"")
    (raw / "lampiran").mkdir()
    (raw / "~$sla.xlsx").write_bytes(b"")
    names = [one.name for one in delivered(SOURCES, raw).strays]
    hidden = "jawaban [nomor telepon disamarkan].csv"
    assert sorted(names) == ["\\xff.csv", "a\\u202eb.csv", hidden, "lampiran/"]


def test_files_in_a_folder_below_are_told_one_by_one(raw: Path, context: Context) -> None:
    (raw / "TW II").mkdir()
    for name in ("apoa.csv", "kendala.csv", "ikpa.csv"):
        shutil.copyfile(raw / "ikpa.csv", raw / "TW II" / name)
    (raw / "ikpa.csv").unlink()
    assert [one.sentence for one in delivered(SOURCES, raw).strays] == [
        '"TW II/apoa.csv" is used by no source',
        '"TW II/ikpa.csv" is used by no source; move it up as ikpa.csv if it is that',
        '"TW II/kendala.csv" is used by no source; kendala.csv is read',
    ]
    assert told(raw, context, MissingInput) == (
        f'ikpa.csv is missing from {PLACE}; "TW II/ikpa.csv" is there: move it up as ikpa.csv',
    )


def test_everything_that_is_wrong_is_told_together(raw: Path, context: Context) -> None:
    (raw / "ikpa.csv").rename(raw / "ikpa (1).csv")
    (raw / "kendala.csv").write_bytes(b"")
    (raw / "sla.csv").write_text(
        "Triwulan,Layanan,Jumlah,Tepat Waktu,Terlambat\n"
        "IV,Pengujain,17O,126,44\nIV,Kalibrasi,17O,,0\nIV,DAPATI\nIV,DAPATI\n"
    )
    assert told(raw, context, InputError) == (
        f'ikpa.csv is missing from {PLACE}; "ikpa (1).csv" is there: rename it to ikpa.csv',
        "kendala.csv is empty; it needs a header row and rows of data",
        "sla.csv, row 4: 2 cells instead of 5; write one cell for each of Triwulan, Layanan, "
        'Jumlah, Tepat Waktu, Terlambat, with "," between them as in the header and quotation '
        "marks around a cell that holds one (and in 1 more row)",
        'sla.csv, row 2, column "Layanan": "Pengujain" is not a known service; '
        'the nearest is "Pengujian"',
        'sla.csv, row 2, column "Jumlah": "17O" is not a whole number; write digits only, such as'
        " 170 (and in 1 more row)",
        'sla.csv, row 3, column "Tepat Waktu": the cell is empty; write digits only, such as 126',
    )


def test_a_missing_source_that_others_may_stand_for_is_none(raw: Path, context: Context) -> None:
    for name in ("sla.csv", "pelanggan.csv"):
        (raw / name).unlink()
    assert "sla.csv are missing" in told(raw, context, MissingInput)[0]


KRO = "Triwulan,Program,Kode KRO,Nama KRO,Serapan,Fisik\n"


@pytest.mark.parametrize(
    ("cells", "accepted"),
    [
        (["0.9235", "0,5"], False),
        (["1", "0"], False),
        (["0.9235", "50%"], False),
        (["0.9235", "0.81", "1.05"], False),
        (["0.9235", "1.2", "1.9"], True),
        (["0.9235", "92,35"], True),
        (['"0,92%"', "0.5%"], True),
        (["0", "-", ""], True),
    ],
)
def test_percentages_that_may_be_shares_of_one_are_refused(
    raw: Path, context: Context, cells: list[str], accepted: bool
) -> None:
    quoted = [one if one.startswith('"') else f'"{one}"' for one in cells]
    rows = "".join(f"IV,EC,6077.AEC,Kerja sama,{one},x\n" for one in quoted)
    (raw / "realisasi_kro.csv").write_text(KRO + rows)
    if accepted:
        clean_all(SOURCES, raw, context)
        return
    (sentence,) = told(raw, context, UnreadableInput)
    assert re.match(r'realisasi_kro\.csv, row [24], column "Serapan": "', sentence)
    assert "the greatest value without a sign, may be" in sentence


def test_a_share_of_one_is_told_in_both_readings(raw: Path, context: Context) -> None:
    (raw / "realisasi_kro.csv").write_text(f"{KRO}IV,EC,6077.AEC,Kerja sama,0.9235,x\n")
    (sentence,) = told(raw, context, UnreadableInput)
    assert sentence.endswith(
        '"0.9235", the greatest value without a sign, may be 92,35% or 0,92%; '
        "write percentages with their sign, such as 92,35%"
    )


@pytest.mark.parametrize(
    "title",
    [
        "POSISI S/D 31 DESEMBER 2025",
        "Rekapitulasi posisi   sd. 31/12/2025 (dalam rupiah)",
        "Posisi sampai dengan tanggal 31 Des 2025",
        "Posisi : s . d . 31-12-2025",
    ],
)
def test_a_position_is_read_however_it_is_written(raw: Path, context: Context, title: str) -> None:
    path = as_csv(raw / "pnbp.xlsx")
    text = path.read_text(encoding="utf-8")
    assert "Posisi s.d. 31 Desember 2025" in text
    path.write_text(text.replace("Posisi s.d. 31 Desember 2025", title), encoding="utf-8")
    assert set(clean(SOURCES["pnbp"], path, context).frame["triwulan"]) == {"IV"}


def test_a_column_of_row_numbers_is_not_taken_for_what_is_missing(
    raw: Path, context: Context
) -> None:
    head = "No,Dokumen,Tgl SP2D,Kode KRO,Nilai\n"
    (raw / "sp2d.csv").write_text(f"{head}1,A1,31/12/2025,6077.AEC,Rp5\n")
    (sentence,) = told(raw, context, UnreadableInput)
    assert sentence == (
        'sp2d.csv: column "Nomor" is missing; the headers found are No, Dokumen, Tgl SP2D, '
        'Kode KRO, Nilai: rename the right one to "Nomor", or add the column'
    )
    (raw / "sp2d.csv").write_text(
        f"{head.replace('Dokumen', 'No. SP2D')}1,A1,31/12/2025,6077.AEC,Rp5\n"
    )
    assert clean_all(SOURCES, raw, context)["sp2d"].frame["nomor"].tolist() == ["A1"]


def test_a_survey_without_its_header_prints_no_person(raw: Path, context: Context) -> None:
    rows = (raw / "survei_nps.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    (raw / "survei_nps.csv").write_text("\n".join(rows), encoding="utf-8")
    (sentence,) = told(raw, context, UnreadableInput)
    assert sentence == (
        "survei_nps.csv: no row with the headers Triwulan, No, Nama, No HP, Email, Status, "
        "Layanan, Nilai was found; put it above the data"
    )


def test_other_funds_are_known(raw: Path, context: Context) -> None:
    (raw / "sumber_dana.csv").write_text(
        "Sumber,Uraian,Pagu\nRupiah Murni,RM,Rp5\nBLU,BLU,6\nSBSN,SBSN,7\nPHLN,PHLN,8\n"
    )
    found = clean_all(SOURCES, raw, context)["sumber_dana"].frame["sumber"].tolist()
    assert found == ["RM", "BLU", "SBSN", "PHLN"]
