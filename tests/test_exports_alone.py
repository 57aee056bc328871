"""A quarter from exports and the form alone, its budget computed anew from the raw files."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, pp39
from exports import Truth
from exports.unit import UNIT, exporting_unit
from finding_cases import settings, table
from pypdf import PdfReader

from pp39.book import Book
from pp39.indicators.rencana_serapan import compute_planned_absorption
from pp39.ledger import Ledger, Quantity
from pp39.periods import Quarter

SEED = 3


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("ekspor") / "proyek"
    exporting_unit(root, ROOT, Truth.made(SEED))
    return root


@pytest.fixture(scope="module")
def report(project):
    done = pp39(project, "report", "-u", UNIT, "-q", "IV", "--quiet")
    assert done.returncode == 0, done.stderr
    return project / "reports" / UNIT / "2025" / "IV" / "dasar"


def raw(project: Path, name: str) -> pd.DataFrame:
    path = project / "data" / "raw" / UNIT / "2025" / "unduhan" / name
    if path.suffix == ".csv":
        return pd.read_csv(path, sep=";", header=None, encoding="utf-8-sig", dtype=str)
    return pd.read_excel(path, header=None, dtype=object)


def amount(cell: object) -> int:
    if isinstance(cell, str):
        cell = float(cell.replace(".", "").replace(",", "."))
    return 0 if pd.isna(cell) else round(float(cell))


def of_glp039(sheet: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    """Read ceiling, blocked and spent by the code of each row, from the letters of the columns."""
    found: dict[str, tuple[int, int, int]] = {}
    kegiatan = kro = ""
    for _, row in sheet.iterrows():
        texts = {at: str(row[at]).strip() for at in (0, 1, 2, 7) if not pd.isna(row[at])}
        if texts.get(0, "").startswith("JUMLAH"):
            code = "total"
        elif re.fullmatch(r"[A-Z]{2}\.\d{4}", texts.get(1, "")):
            code = kegiatan = texts[1][3:]
        elif re.fullmatch(r"[A-Z]{2}", texts.get(1, "")):
            code = texts[1]
        elif re.fullmatch(r"[A-Z]{3}", texts.get(2, "")):
            code = kro = f"{kegiatan}.{texts[2]}"
        elif re.fullmatch(r"[A-Z]{3}\.\d{3}", texts.get(2, "")):
            code = f"{kro}.{texts[2][4:]}"
        elif re.fullmatch(r"\d{6}", texts.get(7, "")):
            kind = texts[7][:2]
            before = found.get(kind, (0, 0, 0))[0]
            found[kind] = (before + amount(row[16]), 0, 0)
            continue
        else:
            continue
        found[code] = (amount(row[16]), amount(row[18]), amount(row[24]))
    return found


@pytest.mark.parametrize(("quarter", "file"), [("II", "fa tengah.csv"), ("IV", "fa 12.xlsx")])
def test_the_budget_is_that_of_the_raw_export(quarter, file, project, report) -> None:
    if quarter != "IV":
        done = pp39(project, "compute", "-u", UNIT, "-q", quarter, "--quiet")
        assert done.returncode == 0, done.stderr
    truth = of_glp039(raw(project, file))
    processed = project / "data" / "processed" / UNIT / "2025" / quarter / "dasar"
    flat = pd.read_parquet(processed / "anggaran.parquet").set_index(["jenjang", "kode"])
    seen = set()
    for (level, code), row in flat.iterrows():
        if level == "dipa":
            continue
        ceiling, _, spent = truth[code]
        assert row["pagu"] == ceiling, code
        if level in ("total", "program", "kro", "ro"):
            assert row["realisasi"] == spent, code
        if level in ("total", "program", "kro"):
            share = Decimal(spent * 100) / ceiling
            assert abs(row["serapan"] - share) < Decimal("1e-5"), code
        seen.add(code)
    assert seen == set(truth)
    ceiling, blocked, _ = truth["total"]
    assert flat.loc[("dipa", "blokir"), "pagu"] == blocked > 0
    assert flat.loc[("dipa", "efektif"), "pagu"] == ceiling - blocked


def test_progress_and_volume_are_those_of_the_raw_export(project, report) -> None:
    sheet = raw(project, "co 12.xlsx")
    labels = {}
    for _, row in sheet.iterrows():
        labels |= {
            str(one).split(" s.d.")[0]: at for at, one in row.items() if isinstance(one, str)
        }
    code_at = labels.get("Kode RO", labels.get("KRO/RO"))
    codes = sheet[code_at].astype(str).str.extract(r"(\d{4}\.[A-Z]{3}\.\d{3})$")[0]
    rows = sheet[codes.notna()]
    flat = pd.read_parquet(
        project / "data" / "processed" / UNIT / "2025" / "IV" / "dasar" / "ro.parquet"
    ).set_index("kode")
    assert set(flat.index) == set(codes.dropna())
    for code, (_, row) in zip(codes.dropna(), rows.iterrows(), strict=True):
        assert float(flat.loc[code, "progres"]) == pytest.approx(row[labels["PCRO"]])
        assert float(flat.loc[code, "rencana"]) == pytest.approx(row[labels["TPCRO"]])


def test_no_finding_is_made_of_what_exports_do_not_have(project, report) -> None:
    found = pd.read_csv(
        project / "data" / "processed" / UNIT / "2025" / "IV" / "dasar" / "temuan.csv"
    )
    assert set(found["aturan"]) == {"dasar-pilihan"}
    text = "\n".join(page.extract_text() for page in PdfReader(report / "laporan.pdf").pages)
    assert "Pagu awal" not in text
    assert "diblokir sehingga pagu efektif menjadi" in " ".join(text.split())


def test_months_of_several_files_are_live_in_the_workbook(report) -> None:
    sheet = openpyxl.load_workbook(report / "laporan.xlsx")["Hitung IKU 1.1"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    months = {row[0]: row[1] for row in rows if str(row[0]).startswith("IKPA ")}
    assert list(months) == ["IKPA Oktober", "IKPA November", "IKPA Desember"]
    truth = Truth.made(SEED)
    for month, (name, formula) in zip((10, 11, 12), months.items(), strict=True):
        assert str(formula).startswith("=$"), name
        assert sheet[formula[1:].replace("$", "")].value == truth.final(month)
        assert any(
            str(row[0]).startswith(f"Baris yang dipakai dari unduhan/ikpa {month}.xlsx")
            for row in rows
        )


@pytest.mark.parametrize(
    ("targets", "stated", "due"),
    [
        # Rising up to the ceiling, of which a year is 1,200.
        ([100 * month for month in range(1, 13)], None, 1200),
        ([100] * 12, None, 1200),
        ([80, 120] * 6, None, 1200),
        ([80 + 4 * month for month in range(12)], None, 1224),
        ([80 + 4 * month for month in range(12)], "kumulatif", 124),
        ([60 * month for month in range(1, 13)], None, 720),
        ([60 * month for month in range(1, 13)], "bulanan", 4680),
    ],
)
def test_targets_of_absorption_are_cumulative_or_not_as_their_numbers_say(
    targets, stated, due
) -> None:
    plan = [{"bulan": month, "nominal": one} for month, one in enumerate(targets, 1)]
    given = settings("IV", *([f"data.target_serapan={stated}"] if stated else []))
    book = Book({"target_serapan": table("target_serapan", plan)}, given, Ledger(), Quarter.IV)
    book.ledger.add("anggaran/pagu", Quantity.constant(1200).named("Pagu", "Rp"))
    compute_planned_absorption(book)
    target = book.ledger["serapan/triwulan/IV/target"]
    assert target.value == due
    assert ("kumulatif" in target.note) == (due == targets[-1])


def test_a_plan_by_output_is_that_of_what_the_outputs_are_part_of() -> None:
    outputs = [("1001.QAA.001", "AA"), ("1001.QAA.002", "AA"), ("1002.QBB.001", "BB")]
    tree = [
        {
            "kode_ro": code,
            "kode_kro": code[:8],
            "kode_kegiatan": code[:4],
            "kode_program": program,
            "pagu": 5000,
        }
        for code, program in outputs
    ]
    # Of the last output a month is not planned.
    plan = [
        {"kode_ro": code, "bulan": month, "rencana": 10 * number}
        for number, (code, _) in enumerate(outputs, 1)
        for month in range(1, 13)
        if (number, month) != (3, 2)
    ]

    def computed(rows: list[dict], quarter: Quarter) -> Book:
        given = {"dipa_ro": tree, "rencana_penarikan": rows}
        made = {name: table(name, one) for name, one in given.items()}
        book = Book(made, settings(str(quarter)), Ledger(), quarter)
        compute_planned_absorption(book)
        return book

    ledger = computed(plan, Quarter.III).ledger
    parts = [ledger[f"serapan/ro/{outputs[1][0]}/rencana{one}"] for one in ("-lalu", "-ini", "")]
    assert [one.value for one in parts] == [120, 60, 180]
    assert ledger["serapan/kegiatan/1001/rencana"].value == 90 + 180
    assert ledger["serapan/program/AA/rencana"].value == 90 + 180
    for above in ("ro/1002.QBB.001", "kegiatan/1002", "program/BB", "total"):
        assert f"serapan/{above}/rencana" not in ledger
    assert "serapan/triwulan/III/target" not in ledger
    last = {"kode_ro": outputs[2][0], "bulan": 2, "rencana": 30}
    whole = computed([*plan, last], Quarter.I).ledger["serapan/triwulan/I/target"]
    assert whole.value == 3 * (10 + 20 + 30)
    assert whole.note == "Jumlah rencana penarikan seluruh rincian output."


def test_formulir_a_and_the_target_of_absorption_are_those_of_the_raw_exports(
    project, report
) -> None:
    processed = project / "data" / "processed" / UNIT / "2025" / "IV" / "dasar"
    ledger = Ledger.load(processed / "ledger.json")
    now, before = (of_glp039(raw(project, name)) for name in ("fa 12.xlsx", "fa 9.xlsx"))
    outputs = [code for code in now if code.count(".") == 2]
    assert len(outputs) == len(Truth.made(SEED).outputs)
    for code in outputs:
        base = f"formulir-a/{code}/keuangan"
        assert ledger[f"{base}/lalu"].value == before[code][2]
        assert ledger[f"{base}/kumulatif"].value == now[code][2]
        assert ledger[f"{base}/ini"].value == now[code][2] - before[code][2]
    plan = raw(project, "target.xlsx").set_index(0)[5]
    assert ledger["serapan/triwulan/III/target"].value == plan["'09"]
    assert ledger["serapan/triwulan/III/realisasi"].value == before["total"][2]
    flat = pd.read_parquet(processed / "anggaran.parquet").set_index("jenjang")
    assert flat.loc["total", "rencana_serapan"] == plan["'12"]
