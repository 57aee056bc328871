"""Small projects with runs in them: real parameters and raw data, real files, made in a moment.

The pipeline itself is run elsewhere; here its outputs are written by the functions that write them
in a run, from a handful of figures, so that a test can say what differs between two runs.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from pp39.findings.finding import Finding, write_findings
from pp39.ledger import Cell, Ledger, Quantity, Rows
from pp39.numbers import exact
from pp39.run import record
from pp39.run.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK: dict[str, Any] = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def make_project(root: Path) -> Path:
    """Copy parameters and raw data; four notebooks without cells."""
    for name in ("params", "data/raw"):
        shutil.copytree(ROOT / name, root / name)
    (root / "notebooks").mkdir()
    for name in ("01_clean", "02_validate", "03_indicators", "04_report"):
        (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(NOTEBOOK | {"x": name}))
    (root / "requirements.lock").write_text("pp39==0\n")
    return root


@dataclass(frozen=True)
class Made:
    """What a made run says."""

    promoters: int = 54
    target: float = 75
    pnbp: Mapping[int, tuple[str, int]] = field(
        default_factory=lambda: {7: ("pengujian", 700_000_000), 8: ("kalibrasi", 50_000_000)}
    )
    status: str = "tercapai"
    findings: Sequence[tuple[str, str, str]] = (
        ("hitung-ulang", "IKK-6.1.2/realisasi", "93,7"),
        ("jumlah-bagian", "anggaran/pagu", "Rp1"),
    )


def make_run(
    root: Path,
    quarter: str = "IV",
    scenario: str = "dasar",
    overrides: Sequence[str] = (),
    made: Made | None = None,
) -> Workspace:
    """Write a run and its record."""
    made = made or Made()
    run = Workspace.open("bspji-ambon", 2025, quarter, scenario, overrides, root=root)
    run.clean.mkdir(exist_ok=True)
    table = pd.DataFrame(
        {
            "baris": pd.array(list(made.pnbp), dtype="Int64"),
            "layanan": [service for service, _ in made.pnbp.values()],
            "realisasi": pd.array([amount for _, amount in made.pnbp.values()], dtype="Int64"),
        }
    )
    table.to_parquet(run.clean / "pnbp.parquet")
    _write(run.processed / "perbaikan.csv", ("sumber", "baris", "kolom"), [("pnbp", "7", "x")])
    (run.processed / "pemeriksaan.json").write_text(
        '{"jumlah": {"lolos": 3, "peringatan": 1}}\n', encoding="utf-8"
    )
    ledger = _ledger(made)
    ledger.save(run.processed / "ledger.json")
    _indicators(run.processed, ledger, made)
    findings = [
        Finding(
            rule,
            "material",
            "Tabel 3.2",
            subject,
            stated,
            "94,74",
            "Beda.",
            subject,
            membandingkan="jumlah yang dicetak dengan jumlah rinciannya",
        )
        for rule, subject, stated in made.findings
    ]
    write_findings(findings, run.processed / "temuan.csv")
    papers = run.report / "kertas-kerja"
    papers.mkdir(exist_ok=True)
    for name in ("01_clean", "02_validate", "03_indicators", "04_report"):
        (papers / f"{name}.ipynb").write_text(json.dumps(NOTEBOOK | {"y": name}))
        (papers / f"{name}.html").write_text(f"<title>{name}</title>")
    (run.report / "laporan.html").write_text(f"<title>{made}</title>", encoding="utf-8")
    (run.report / "laporan.pdf").write_bytes(b"%PDF-1.7 " + repr(made).encode())
    record.write(run)
    record.write_timings(run.report, {"01_clean": 0.5})
    return run


def _ledger(made: Made) -> Ledger:
    ledger = Ledger()
    code = "IKK-6.1.2"
    survey = Rows.of(
        "survei_nps", "survei_nps.csv", range(2, 2 + made.promoters), "banyaknya baris"
    )
    promoters = ledger.add(
        f"{code}/promotor", Quantity.rows(made.promoters, "Promotor", "orang", survey)
    )
    place = Cell("target", "target.csv", None, 3, "Target")
    target = ledger.add(
        f"{code}/target", Quantity.cell(exact(made.target), "Target NPS", "nilai", place)
    )
    nps = ledger.add(f"{code}/realisasi", (promoters / 57 * 100).named("Nilai NPS", "nilai"))
    ledger.add(f"{code}/capaian", (nps / target * 100).named("Capaian NPS", "%"))
    for row, (service, amount) in made.pnbp.items():
        cell = Cell("pnbp", "pnbp.xlsx", "PNBP", row, "Realisasi")
        ledger.add(
            f"IKK-6.2.1/layanan/{service}/realisasi",
            Quantity.cell(amount, f"PNBP {service}", "Rp", cell),
        )
    ledger.add(
        "anggaran/pagu",
        Quantity.cell(9_358_210_000, "Pagu", "Rp", Cell("dipa", "dipa.xlsx", "A", 9, "Pagu")),
    )
    return ledger


def _indicators(folder: Path, ledger: Ledger, made: Made) -> None:
    def figure(name: str) -> str:
        return f"{float(round(Fraction(ledger[f'IKK-6.1.2/{name}'].value), 6)):g}"

    row = ["IKK 6.1.2", "SK6.1", "NPS", "nilai", *map(figure, ("target", "realisasi", "capaian"))]
    header = ("kode", "sasaran", "indikator", "satuan", "target", "realisasi", "capaian", "status")
    rows = [
        (*row, made.status, "IKK-6.1.2"),
        ("IKK 6.6.1", "SK6.6", "SAKIP", "nilai", "80", "", "", "belum ada data", "IKK-6.6.1"),
    ]
    _write(folder / "indikator.csv", (*header, "ledger_id"), rows)
    frame = pd.DataFrame(rows, columns=[*header, "ledger_id"])
    frame.to_parquet(folder / "indikator.parquet")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
