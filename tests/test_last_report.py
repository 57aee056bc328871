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

from pp39.periods import Quarter
from pp39.report.inline import part_plain
from pp39.run.earlier import deciding, last_report
from pp39.run.fingerprint import fingerprint, raw_state
from pp39.run.workspace import Workspace

YEAR = 2025


def reported(root: Path, sent: str = "2025-10-06", value: str = "12.340000") -> Path:
    """Leave what a report of TW III leaves."""
    figures, summary, record = deciding(root, UNIT, YEAR, Quarter.IV)
    for one in (figures, record):
        one.parent.mkdir(parents=True, exist_ok=True)
    figures.write_text(f"kode,target,realisasi,status\nIKU 1.1,80,{value},tercapai\n")
    summary.write_text(f"unit,dikirim\n{UNIT},{sent}\n")
    told = {"berkas": {"olahan": {figures.name: {"sha256": fingerprint(figures).sha256}}}}
    record.write_text(json.dumps(told))
    return figures


def last(root: Path, quarter: Quarter = Quarter.IV) -> Path | None:
    return last_report(root, UNIT, YEAR, quarter)


def test_only_a_report_that_was_sent_and_stands_counts(tmp_path: Path) -> None:
    assert last(tmp_path) is None
    assert last(tmp_path, Quarter.I) is None
    figures = reported(tmp_path)
    assert last(tmp_path) == figures
    assert last(tmp_path, Quarter.III) is None
    # Figures computed anew after the report was made were never said.
    figures.write_text(figures.read_text().replace("12.34", "56.78"))
    assert last(tmp_path) is None
    reported(tmp_path, sent="")
    assert last(tmp_path) is None


def test_what_a_step_depends_on_changes_with_it(tmp_path: Path) -> None:
    raw = tmp_path / "mentah"
    raw.mkdir()
    none = raw_state(raw)
    one = raw_state(raw, reported(tmp_path))
    other = raw_state(raw, reported(tmp_path, value="12.350000"))
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


def test_what_was_open_or_promised_is_told_with_what_became_of_it() -> None:
    def told(*said: tuple[str, str]):
        given = {
            "laporan_lalu": table(
                "laporan_lalu",
                [{"kode": code, "realisasi": 12.5, "status": status} for code, status in said],
            ),
            "pelaksanaan": table(
                "pelaksanaan",
                [
                    {"kode": "IKK 6.1.1", "triwulan": "III", "tindak_lanjut": "menambah petugas"},
                    {"kode": "IKK 6.1.2", "triwulan": "III", "tindak_lanjut": "Tidak ada"},
                ],
            ),
            "tindak_lanjut": table(
                "tindak_lanjut",
                [{"triwulan": "III", "lingkup": "umum", "uraian": "merevisi jadwal"}],
            ),
        }
        return section("sejak_laporan_lalu", material(given=tables() | given))

    assert section("sejak_laporan_lalu", material()) == []
    blocks = told(
        ("IKK 6.1.1", "sesuai jalur"), ("IKK 6.1.2", "sesuai jalur"), ("ITJ 6.1", "di bawah jalur")
    )
    assert "menyebut dua indikator" in prose(blocks)
    assert "Langkah tindak lanjut yang kami tetapkan pada triwulan III" in prose(blocks)
    assert "Merevisi jadwal" in prose(blocks)
    rows = [list(map(part_plain, row.cells)) for row in blocks[1].rows]
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == [
        ("ITJ 6.1", "", "12,50", "di bawah jalur"),
        ("IKK 6.1.1", "Menambah petugas.", "12,50%", "sesuai jalur"),
    ]
    assert all(row[6] for row in rows)
    assert "menyebut" not in prose(told(("IKK 6.1.2", "sesuai jalur")))


def test_it_is_an_input_like_any_other(computed: Path, tmp_path: Path) -> None:
    run = Workspace.locate(UNIT, YEAR, "IV", root=computed)
    assert run.sources["laporan_lalu"].elsewhere == last(computed)
    copy = tmp_path / "p"
    shutil.copytree(computed, copy)
    for one in deciding(copy, UNIT, YEAR, Quarter.IV):
        one.unlink()
    assert Workspace.locate(UNIT, YEAR, "IV", root=copy).sources["laporan_lalu"].elsewhere is None
