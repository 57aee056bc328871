"""The report of the quarter before as a source of the next: when it counts, and what it tells."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, pp39
from exports import Truth
from exports.unit import UNIT, exporting_unit
from finding_cases import table
from section_runs import material, prose, section, tables

from pp39 import handout
from pp39.periods import Quarter
from pp39.report.inline import part_plain
from pp39.report.table import Table
from pp39.run.earlier import deciding, last_report
from pp39.run.fingerprint import fingerprint, raw_state
from pp39.run.workspace import Workspace
from pp39.sources import load_tables

YEAR = 2025


NAMES = ("indikator.csv", "anggaran.csv", "hambatan.csv")


def reported(root: Path, sent: str = "2025-10-06", value: str = "12.340000") -> Path:
    """Leave what a report of TW III leaves; gives the file of the indicators."""
    *said, summary, record = deciding(root, UNIT, YEAR, Quarter.IV)
    assert [one.name for one in said] == list(NAMES)
    for one in (summary, record):
        one.parent.mkdir(parents=True, exist_ok=True)
    figures, money, notes = said
    figures.write_text(f"kode,target,realisasi,status\nIKU 1.1,80,{value},tercapai\n")
    money.write_text("jenjang,kode,realisasi,serapan\ntotal,total,1000.5,55.55\nsumber,RM,,\n")
    handout.write(
        notes,
        ("nomor", "jenis", "lingkup", "uraian"),
        [(1, "kendala", "IKU 1.1", "- anggaran diblokir"), (2, "tindak lanjut", "umum", "rapat")],
    )
    summary.write_text(f"unit,dikirim\n{UNIT},{sent}\n")
    told = {one.name: {"sha256": fingerprint(one).sha256} for one in said}
    record.write_text(json.dumps({"berkas": {"olahan": told}}))
    return figures


def last(root: Path, quarter: Quarter = Quarter.IV) -> Path | None:
    return last_report(root, UNIT, YEAR, quarter).get("indikator.csv")


def test_only_a_report_that_was_sent_and_stands_counts(tmp_path: Path) -> None:
    assert last(tmp_path) is None
    assert last(tmp_path, Quarter.I) is None
    figures = reported(tmp_path)
    assert last(tmp_path) == figures
    assert last(tmp_path, Quarter.III) is None
    assert list(last_report(tmp_path, UNIT, YEAR, Quarter.IV)) == list(NAMES)
    # Figures computed anew after the report was made were never said.
    figures.write_text(figures.read_text().replace("12.34", "56.78"))
    assert last(tmp_path) is None
    reported(tmp_path, sent="")
    assert last(tmp_path) is None


def test_a_file_of_the_last_report_without_rows_said_nothing(tmp_path: Path) -> None:
    figures = reported(tmp_path, value="")
    notes = figures.with_name("hambatan.csv")
    handout.write(notes, ("nomor", "jenis", "lingkup", "uraian"), [])
    record = deciding(tmp_path, UNIT, YEAR, Quarter.IV)[-1]
    known = json.loads(record.read_text())
    known["berkas"]["olahan"][notes.name]["sha256"] = fingerprint(notes).sha256
    record.write_text(json.dumps(known))
    assert list(last_report(tmp_path, UNIT, YEAR, Quarter.IV)) == ["indikator.csv", "anggaran.csv"]


def test_what_a_step_depends_on_changes_with_it(tmp_path: Path) -> None:
    raw = tmp_path / "mentah"
    raw.mkdir()
    none = raw_state(raw)
    one = raw_state(raw, [reported(tmp_path)])
    other = raw_state(raw, [reported(tmp_path, value="12.350000")])
    assert len({none, one, other}) == 3


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("lalu") / "proyek"
    exporting_unit(root, ROOT, Truth.made(4))
    reported(root)
    done = pp39(root, "compute", "-u", UNIT, "-q", "IV", "--quiet")
    assert done.returncode == 0, done.stderr
    return root


def test_what_was_reported_is_held_against_what_the_sources_give_now(computed: Path) -> None:
    run = Workspace.locate(UNIT, YEAR, "IV", root=computed)
    with (run.processed / "temuan.csv").open(encoding="utf-8", newline="") as stream:
        found = [one for one in csv.DictReader(stream) if one["aturan"] == "realisasi-lalu"]
    truth = Truth.made(4)
    now = round(sum(truth.final(month) for month in (7, 8, 9)) / 3, 2)
    (one,) = found
    assert one["dinyatakan"] == "12,34"
    assert one["dihitung"].replace(".", "").replace(",", ".") == f"{now:.2f}"
    assert one["lokasi"].startswith(f"data/processed/{UNIT}/2025/III/dasar/indikator.csv baris 2")
    assert one["ledger_id"] == "IKU-1.1/sebelumnya"


def test_words_and_money_of_the_last_report_are_sources_of_the_next(computed: Path) -> None:
    run = Workspace.locate(UNIT, YEAR, "IV", root=computed)
    tables = load_tables(run.sources, run.clean)
    notes = tables["hambatan_lalu"]
    assert list(notes.frame["uraian"]) == ["- anggaran diblokir", "rapat"]
    assert notes.origin(0, "uraian").place.endswith("III/dasar/hambatan.csv, baris 2, kolom uraian")
    money = tables["serapan_lalu"]
    assert list(money.frame["realisasi"].dropna()) == [1000.5]


def codes_and_cells(told: Table) -> list[list[str]]:
    return [
        [" ".join(map(part_plain, one if isinstance(one, list) else [one or ""])) for one in row]
        for row in (row.cells for row in told.rows)
    ]


def since_the_last(*said: tuple[str, str], **more: list[dict]) -> list:
    """Compose the section where TW III said a realisation and a status of each indicator."""
    given = {
        "laporan_lalu": [
            {"kode": code, "realisasi": 12.5, "status": status} for code, status in said
        ],
        "pelaksanaan": [
            {"kode": "IKK 6.1.1", "triwulan": "III", "tindak_lanjut": "menambah petugas"},
            {"kode": "IKK 6.1.2", "triwulan": "III", "tindak_lanjut": "Tidak ada"},
        ],
        "kendala": [{"triwulan": "IV", "lingkup": "umum", "uraian": "alat rusak"}],
        "tindak_lanjut": [{"triwulan": "III", "lingkup": "umum", "uraian": "merevisi jadwal"}],
    }
    made = {name: table(name, rows) for name, rows in (given | more).items()}
    return section("sejak_laporan_lalu", material(given=tables() | made))


def test_what_was_open_or_promised_is_told_with_what_became_of_it() -> None:
    assert section("sejak_laporan_lalu", material()) == []
    blocks = since_the_last(
        ("IKK 6.1.1", "sesuai jalur"), ("IKK 6.1.2", "sesuai jalur"), ("ITJ 6.1", "di bawah jalur")
    )
    assert "menyebut dua indikator" in prose(blocks)
    rows = codes_and_cells(blocks[1])
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == [
        ("ITJ 6.1", "", "12,50", "di bawah jalur"),
        ("IKK 6.1.1", "Menambah petugas.", "12,50%", "sesuai jalur"),
    ]
    assert all(row[6] for row in rows)
    assert codes_and_cells(blocks[3]) == [
        ["Tindak lanjut"],
        ["Umum", "Merevisi jadwal.", ""],
    ]
    assert "menyebut" not in prose(since_the_last(("IKK 6.1.2", "sesuai jalur")))


def test_words_of_the_last_report_count_where_the_sources_tell_none() -> None:
    blocks = since_the_last(
        ("ITJ 6.1", "sesuai jalur"),
        hambatan_lalu=[
            {"nomor": n, "jenis": kind, "lingkup": scope, "uraian": text}
            for n, (kind, scope, text) in enumerate(
                (
                    ("kendala", "umum", "Alat rusak."),
                    ("kendala", "program EC", "tidak ada"),
                    ("tindak lanjut", "ITJ 6.1", "menyusun prosedur"),
                    # The sources tell another, which counts.
                    ("tindak lanjut", "umum", "rapat mingguan"),
                ),
                1,
            )
        ],
        serapan_lalu=[
            {"jenjang": "total", "kode": "total", "realisasi": 5000000.0, "serapan": 61.25}
        ],
    )
    assert prose(blocks).startswith(
        "Serapan anggaran dalam laporan triwulan III ialah 61,25% (Rp5.000.000); kini "
    )
    (promised,) = codes_and_cells(blocks[2])
    assert (promised[0], promised[2]) == ("ITJ 6.1", "Menyusun prosedur.")
    assert codes_and_cells(blocks[4]) == [
        ["Kendala"],
        ["Umum", "Alat rusak.", "Masih dihadapi."],
        ["Tindak lanjut"],
        ["Umum", "Merevisi jadwal.", ""],
        ["IKK 6.1.1", "Menambah petugas.", ""],
    ]


def test_it_is_an_input_like_any_other(computed: Path, tmp_path: Path) -> None:
    run = Workspace.locate(UNIT, YEAR, "IV", root=computed)
    assert run.sources["laporan_lalu"].elsewhere == last(computed)
    copy = tmp_path / "p"
    shutil.copytree(computed, copy)
    deciding(copy, UNIT, YEAR, Quarter.IV)[-1].unlink()
    assert Workspace.locate(UNIT, YEAR, "IV", root=copy).sources["laporan_lalu"].elsewhere is None
