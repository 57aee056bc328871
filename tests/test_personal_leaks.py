"""Personal data planted in every column of every source in turn, and sought in all that is said.

A telephone number, a NIK and an e-mail address are recognised anywhere. A name is not, so it is
planted where persons are listed: in the sources that declare personal columns.
"""

from __future__ import annotations

import csv
import io
import shutil
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import conftest
import pytest
from openpyxl import load_workbook
from profile_sources import SOURCES as ALL

from pp39.checks import check
from pp39.errors import InputError
from pp39.explain.rows import clean_rows
from pp39.explain.uses import Place
from pp39.params import Settings, load
from pp39.periods import MONTHS, Quarter
from pp39.sources import (
    CleanTable,
    Context,
    Source,
    clean,
    clean_all,
    save_fixes,
    save_tables,
)
from pp39.sources.head import head_of
from pp39.sources.workbook import read_workbook

ROOT = conftest.ROOT
#: Files that a unit delivers, not what an earlier run left.
SOURCES = {name: one for name, one in ALL.items() if not one.last_report}
PLANTS = {
    "telepon": "0812-7788-9911",
    "telepon rapat": "081277889911",
    "NIK": "8171065508900123",
    "surel": "zulkarnaen.plesiran@contoh.example",
    "nama": "Zulkarnaen Plesiran",
}
NEEDLES = ("7788-9911", "77889911", "81710655", "5508900123", "zulkarnaen", "plesiran")
OPTIONAL = {
    "aset.csv": "Tahun,Nilai Aset\n2024,1000\n2025,2000\n",
    "survei_ikm.csv": "Triwulan,Layanan,U1,U2,U3,U4,U5,U6,U7,U8,U9\n"
    + "IV,Pengujian"
    + ",4" * 9
    + "\nIV,Pengujian"
    + ",3" * 9
    + "\n",
    "sp2d.csv": "Nomor,Tanggal,Kode KRO,Kode RO,Nilai\n1/A,2025-10-01,6077.BAD,,1000\n"
    "2/A,2025-10-02,6077.BAD,,2000\n",
    "order_layanan.csv": "Nomor,Triwulan,Tanggal Terima,Layanan,Kategori,Pelanggan,Tanggal Janji,"
    "Tanggal Selesai,Hasil,Satuan\n"
    + "".join(
        f"O-{number},IV,2025-10-01,Pengujian,Perusahaan,PT {number},2025-10-09,2025-10-05,1,LHU\n"
        for number in (1, 2, 3)
    ),
    "daftar_sp2d.csv": "Nomor SP2D,Tanggal SP2D,Jenis SPM,Nilai SP2D\n"
    + "".join(f"25000000{n},2025-10-0{n},GUP,Rp1.00{n}.000\n" for n in (1, 2, 3)),
    "ikpa_aspek.csv": "Bulan,Aspek,Nilai,Bobot,Nilai Akhir\n"
    + "".join(f"{month},Revisi DIPA,90,10,9\n" for month in MONTHS[:3]),
    "komponen.csv": "Triwulan,Kode RO,Kode Komponen,Nama Komponen,Pagu (Rp),Realisasi (Rp)\n"
    + "".join(f"{q},6077.AEC.002,051,Komponen {q},Rp2.000.000,Rp1.000.000\n" for q in ("I", "II")),
    "realisasi_ro.csv": "Triwulan,Kode KRO,Kode RO,Realisasi (Rp)\n"
    + "".join(f"{q},6077.AEC,6077.AEC.002,Rp1.000.000\n" for q in ("I", "II", "III")),
    "realisasi_versi.csv": "Triwulan,Bulan,Versi,Realisasi (Rp)\n"
    + "".join(
        f"{q},{MONTHS[3 * n - 1]},SP2D,Rp1.000.000\n" for n, q in enumerate(("I", "II", "III"), 1)
    ),
    "rencana_penarikan.csv": f"Kode RO,{','.join(MONTHS)}\n"
    + "".join(f"6077.{ro}{',Rp1.000' * 12}\n" for ro in ("AEC.002", "AEF.001", "BAD.024")),
    "rencana_ro.csv": "Kode RO,Bulan,TPCRO\n"
    + "".join(f"6077.AEC.002,{month},{n}0%\n" for n, month in enumerate(MONTHS[:3], 1)),
    "target_serapan.csv": "Bulan,Nominal Target,51,52,53,57\n"
    + "".join(f"{month},Rp3.000,Rp1.000,Rp1.000,Rp1.000,\n" for month in MONTHS[:3]),
}


@cache
def _settings() -> Settings:
    return load(ROOT, "bspji-ambon", 2025, Quarter.IV)


@cache
def _context() -> Context:
    return Context.of(_settings())


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asal") / "2025"
    shutil.copytree(ROOT / conftest.RAW, folder)
    for name, text in OPTIONAL.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _clean_of(text: str, where: object) -> None:
    found = [one for one in NEEDLES if one in text.casefold()]
    assert not found, f"{where}: {found} in {text[:300]}"


def _planted(path: Path, source: Source) -> Iterator[tuple[str, Callable[[str, Path], None]]]:
    """Give each column of a file and what writes the file with a text planted there."""
    if path.suffix == ".xlsx":
        table = read_workbook(source, path)
        row = int(table.rows[min(1, table.rows.size - 1)])
        # Columns of the months after January are those of January again.
        for column in range(1, min(load_workbook(path).worksheets[0].max_column, 12) + 1):
            yield f"kolom {column}", _in_sheet(path, row, column)
        for above in range(1, table.header_row + 1):
            yield f"baris {above}", _in_sheet(path, above, 1)
        return
    text = path.read_text(encoding="utf-8-sig")
    separator = head_of(source, text).separator
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    for column, header in enumerate(rows[0]):
        if any(header.endswith(month) for month in MONTHS[1:]):
            continue
        at = min(2, len(rows) - 1)
        yield header, _in_rows(rows, separator, at, column)
        yield f"judul {header}", _in_rows(rows, separator, 0, column)
    yield "judul lain", _in_rows([[*row, "x"] for row in rows], separator, 0, len(rows[0]))


def _in_sheet(path: Path, row: int, column: int) -> Callable[[str, Path], None]:
    def write(text: str, target: Path) -> None:
        book = load_workbook(path)
        cell = book.worksheets[0].cell(row, column)
        if not hasattr(cell, "column_letter"):
            return  # a part of a merged cell holds nothing of its own
        cell.value = text
        book.save(target)

    return write


def _in_rows(
    rows: list[list[str]], separator: str, row: int, column: int
) -> Callable[[str, Path], None]:
    def write(text: str, target: Path) -> None:
        changed = [list(one) for one in rows]
        changed[row][column] = text
        with target.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=separator).writerows(changed)

    return write


def _said_of(table: CleanTable, folder: Path) -> str:
    """Give all that is kept of a clean table, and what `explain` tells of its rows."""
    shutil.rmtree(folder, ignore_errors=True)
    save_tables({table.source.name: table}, folder / "bersih")
    save_fixes(table.fixes, folder / "perbaikan.csv")
    stored = [path.read_bytes().decode("latin-1") for path in folder.rglob("*.*") if path.is_file()]
    rows = [int(row) for row in table.frame["baris"].unique()[:3]]
    told = [
        clean_rows(folder / "bersih", Place(table.source.name, None, row, None)) for row in rows
    ]
    return "\n".join([table.frame.to_csv(), str(dict(table.headers)), str(told), *stored])


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_planted_in_a_column_is_said(name: str, raw: Path, tmp_path: Path) -> None:
    source = SOURCES[name]
    plants = [text for kind, text in PLANTS.items() if kind != "nama" or source.personal]
    if source.file.endswith(".xlsx"):
        # To write a workbook takes long.
        plants = [plants[0], f"{plants[2]} / {plants[3]}"]
    target = tmp_path / source.file
    passed = stopped = 0
    for where, write in _planted(raw / source.file, source):
        for text in plants:
            shutil.copyfile(raw / source.file, target)
            write(text, target)
            try:
                table = clean(source, target, _context())
            except InputError as error:
                stopped += 1
                _clean_of("".join(traceback.format_exception(error)), (where, text))
                continue
            passed += 1
            _clean_of(_said_of(table, tmp_path / "hasil"), (where, text))
    assert stopped
    assert passed


@pytest.mark.parametrize("kind", ["telepon", "nama"])
def test_nothing_planted_is_in_the_results_of_the_checks(
    kind: str, raw: Path, tmp_path: Path
) -> None:
    """Plant in all columns at once that cleaning does not refuse."""
    folder = tmp_path / "2025"
    shutil.copytree(raw, folder)
    planted = 0
    for source in SOURCES.values():
        if kind == "nama" and not source.personal:
            continue
        for where, write in _planted(raw / source.file, source):
            if where.startswith(("judul", "baris")):
                continue
            target = tmp_path / source.file
            write(PLANTS[kind], target)
            try:
                clean(source, target, _context())
            except (InputError, FileNotFoundError):
                continue
            shutil.copyfile(target, folder / source.file)
            planted += 1
    assert planted >= 3
    tables = clean_all(SOURCES, folder, _context())
    report = check(tables, _settings())
    saved = report.save(tmp_path / "pemeriksaan.json").read_text(encoding="utf-8")
    _clean_of("\n".join([saved, *report.sentences]), kind)


def test_rows_without_a_header_are_not_told(raw: Path, tmp_path: Path) -> None:
    for name in ("survei_nps", "order_layanan"):
        source = SOURCES[name]
        lines = (raw / source.file).read_text(encoding="utf-8-sig").splitlines()[1:]
        lines[0] = lines[0].replace(lines[0].split(",")[2], PLANTS["nama"])
        target = tmp_path / source.file
        target.write_text("\n".join([lines[0], *lines]), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            clean(source, target, _context())
        _clean_of("".join(traceback.format_exception(caught.value)), name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("survei_nps.csv", ",perusahaan,Pengujian", f",{PLANTS['nama']},Pengujian", 4),
        ("kendala.csv", "pengadaan lama", f"hubungi {PLANTS['telepon']} ({PLANTS['surel']})", 0),
    ],
)
def test_nothing_planted_is_in_a_run(
    tmp_path: Path, file: str, before: str, after: str, code: int
) -> None:
    project = conftest.copy_project(tmp_path / "proyek")
    path = project / conftest.RAW / file
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    done = conftest.pp39(project, "report", "-q", "IV")
    assert done.returncode == code, done.stderr
    _clean_of(done.stdout + done.stderr, "terminal")
    made = [one for name in ("data/processed", "reports") for one in (project / name).rglob("*")]
    files = [path for path in made if path.is_file()]
    assert files
    for one in files:
        _clean_of(one.read_bytes().decode("latin-1"), one)
        if one.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(one) as package:
                for part in package.namelist():
                    _clean_of(package.read(part).decode("latin-1"), (one, part))
    if code == 0:
        html = next(project.rglob("laporan.html")).read_text(encoding="utf-8")
        assert "[nomor telepon disamarkan] ([alamat surel disamarkan])" in html
