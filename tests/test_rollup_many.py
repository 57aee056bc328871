"""A rollup of 24 units of several profiles and quarters, every figure against pandas."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from indicator_runs import base
from rolled_runs import Maker, Unit, changed, project

from pp39.indicators import write_budget, write_results, write_summary
from pp39.periods import Period
from pp39.rollup import Choice, data_of, publish, roll_up

ROOT = Path(__file__).parents[1]
YEAR, QUARTERS = 2025, ("III", "IV")
SEVERITIES = ("material", "minor", "editorial")
AGENCIES = (
    ("Kementerian A", "Badan Satu"),
    ("Kementerian A", "Badan Dua"),
    ("Kementerian B", "Direktorat Jenderal Tiga"),
    ("Kementerian B", None),
)
PROFILES = ("bskji", "sekolah", "kankemenag")
GOOD, OPEN = (
    ("tercapai", "sudah tercapai", "sesuai jalur"),
    ("belum ada data", "tidak dapat dihitung"),
)
SILENT, LATE, FAULTY = "satker-05", "satker-11", ("satker-02", "satker-17")


def budget(random: Random) -> pa.Table:
    """Write the budget of a unit: one or two programs with one to three kegiatan, some blanks."""
    rows: list[dict] = []

    def amount(most: int) -> Decimal:
        return Decimal(random.randint(1, most) * 1000)

    total = {"pagu": Decimal(0), "realisasi": Decimal(0), "pagu_berdata": Decimal(0)}
    for program in random.sample(("AA", "BB", "CC"), random.randint(1, 2)):
        for kegiatan in random.sample(("1001", "1002", "1003", "1004"), random.randint(1, 3)):
            ceilings = []
            for kro in random.sample(("QAA", "QBB", "RAC"), 2):
                code, ceiling = f"{kegiatan}.{kro}", amount(9_000_000)
                spent = None if random.random() < 0.15 else ceiling * random.randint(0, 100) / 100
                told = {"pagu": ceiling, "realisasi": spent}
                told["pagu_berdata"] = None if spent is None else ceiling
                at = {"program": program, "kegiatan": kegiatan, "kro": code}
                rows.append({"jenjang": "kro", "kode": code, **at, **told})
                ceilings.append(ceiling)
                for name, value in told.items():
                    total[name] += value or 0
            plan = sum(ceilings) / 2 if random.random() < 0.3 else None
            at = {"program": program, "kegiatan": kegiatan, "rencana_serapan": plan}
            rows.append({"jenjang": "kegiatan", "kode": kegiatan, "pagu": sum(ceilings), **at})
        own = [one for one in rows if one["program"] == program and one["jenjang"] == "kegiatan"]
        plan = sum(one["pagu"] for one in own) / 4 if random.random() < 0.3 else None
        told = {"pagu": sum(one["pagu"] for one in own), "rencana_serapan": plan}
        rows.append({"jenjang": "program", "kode": program, "program": program, **told})
    share = total["realisasi"] / total["pagu_berdata"] * 100 if total["pagu_berdata"] else None
    total["serapan"] = share and share.quantize(Decimal("0.000001"))
    total["rencana_serapan"] = amount(1_000_000) if random.random() < 0.6 else None
    rows.insert(0, {"jenjang": "total", "kode": "total", **total})
    for number, fund in enumerate(random.sample(("RM", "PNBP"), random.randint(1, 2))):
        ceiling = total["pagu"] if number == 0 else Decimal(1)
        rows.append({"jenjang": "sumber", "kode": fund, "pagu": ceiling})
    return rows


def outputs(rows: list[dict], random: Random) -> list[dict]:
    """Write the outputs of a budget, some without progress or plan."""
    found = []
    for one in (one for one in rows if one["jenjang"] == "kro"):
        at = {name: one[name] for name in ("program", "kegiatan", "kro", "pagu")}
        reached = None if random.random() < 0.2 else Decimal(random.randint(0, 10000)) / 100
        plan = None if random.random() < 0.2 else Decimal(random.randint(0, 10000)) / 100
        gap = None if reached is None or plan is None else reached - plan
        told = {"progres": reached, "rencana": plan, "selisih_progres": gap}
        month = None if reached is None else random.randint(7, 12)
        found.append({"kode": f"{one['kro']}.001", "bulan": month, **at, **told})
    return found


def like(rows: list[dict], table: pa.Table) -> pa.Table:
    """Give rows the schema of a flat file."""
    return pa.Table.from_pylist(rows, schema=table.schema)


def scored(table: pa.Table, random: Random) -> pa.Table:
    """Draw achievements and statuses anew, and leave some indicators out."""
    told = []
    for one in table.to_pylist():
        if random.random() < 0.8:
            status = random.choice((*GOOD, *OPEN, "tidak tercapai", "di bawah jalur"))
            reached = None if status in OPEN else random.randint(1, 15000) / 100
            told.append(one | {"status": status, "capaian": reached})
    return like(told, table)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datar")
    job = base().job
    write_results(base().results.values(), job, "dasar", folder)
    write_budget(job, "dasar", folder)
    write_summary(job.settings, (), "dasar", folder)
    maker = Maker(folder)
    made = project(tmp_path_factory.mktemp("banyak") / "proyek", ROOT)
    for number in range(24):
        slug = f"satker-{number:02d}"
        ministry, agency = AGENCIES[number % len(AGENCIES)]
        profile = PROFILES[number % len(PROFILES)]
        unit = {"nama": f"Satker {number}", "kementerian": ministry, "badan": agency}
        told = unit | {"singkatan_badan": agency, "profil": profile}
        (made / "params" / "unit" / f"{slug}.yaml").write_text(
            json.dumps({"profil": "bskji", "unit": {k: v for k, v in unit.items() if v}})
        )
        for quarter in QUARTERS if slug != SILENT else ():
            random = Random(f"{slug} {quarter}")
            rows = budget(random)
            found = outputs(rows, random)
            sent = "2026-01-20" if slug == LATE else "2026-01-05"
            counts = {f"temuan_{one}": 3 * (slug in FAULTY) for one in SEVERITIES}
            changes = {
                "anggaran": lambda one, rows=rows, told=slug: own(like(rows, one), told),
                "ro": lambda one, rows=found, told=slug: own(like(rows, one), told),
                "indikator": lambda one, random=random, code=profile: scored(
                    changed(one, "kode", lambda old: f"{code[:3].upper()} {old}"), random
                ),
            }
            maker.make(
                made, Unit(slug, told | counts | {"dikirim": sent}, 1, changes), YEAR, quarter
            )
    return made


def own(table: pa.Table, unit: str) -> pa.Table:
    return changed(table, "unit", lambda _: unit)


def flat(root: Path, name: str, quarter: str) -> pd.DataFrame:
    paths = sorted((root / "data/processed").glob(f"*/{YEAR}/{quarter}/dasar/{name}.parquet"))
    return pd.concat(
        [pd.read_parquet(one).assign(unit=one.parts[-5]) for one in paths], ignore_index=True
    )


def near(told: object, value: object) -> None:
    if value is None or pd.isna(value):
        assert told is None
    else:
        assert told == pytest.approx(float(value), rel=1e-12, abs=1e-6)


def planned(found: pd.DataFrame, program: str | None, kegiatan: str | None) -> float | None:
    """Work out what was to be absorbed of a row of a form, in percent of the ceilings it is of."""
    plan = held = Decimal(0)
    some = False
    for _, rows in found.groupby("unit"):
        kegiatan_rows = rows[rows["jenjang"] == "kegiatan"]
        total = rows[rows["jenjang"] == "total"]["rencana_serapan"].iloc[0]

        def of_program(code: str, of=rows, below=kegiatan_rows, whole=total) -> Decimal | None:
            (row,) = of[(of["jenjang"] == "program") & (of["kode"] == code)]["rencana_serapan"]
            parts = below[below["program"] == code]["rencana_serapan"]
            if not pd.isna(row):
                return row
            if below["program"].nunique() == 1 and not pd.isna(whole):
                return whole
            return None if parts.isna().any() else sum(parts)

        if kegiatan is not None:
            at = (kegiatan_rows["program"] == program) & (kegiatan_rows["kode"] == kegiatan)
            of_row = kegiatan_rows[at]
            told = of_row["rencana_serapan"].dropna().sum() if at.any() else None
            told = None if not at.any() or of_row["rencana_serapan"].isna().all() else told
        elif program is not None:
            of_row = kegiatan_rows[kegiatan_rows["program"] == program]
            told = of_program(program) if len(of_row) else None
        else:
            of_row = kegiatan_rows
            every = [of_program(one) for one in dict.fromkeys(kegiatan_rows["program"])]
            told = total if not pd.isna(total) else None if None in every else sum(every)
        if told is not None:
            some, plan, held = True, plan + told, held + of_row["pagu"].sum()
    return plan / held * 100 if some and held else None


def form_row(
    budgets: pd.DataFrame, found: pd.DataFrame, program: str | None, kegiatan: str | None
) -> dict[str, object]:
    """Work out the figures of a row of a form."""

    def at(table: pd.DataFrame) -> pd.DataFrame:
        for column, value in (("program", program), ("kegiatan", kegiatan)):
            table = table if value is None else table[table[column] == value]
        return table

    kro = at(budgets[budgets["jenjang"] == "kro"]).dropna(subset=["realisasi", "pagu_berdata"])
    done = at(found).dropna(subset=["progres", "pagu"])
    held = kro["pagu_berdata"].sum()
    # The plan of a kegiatan counts only where all its outputs with progress have one.
    weights = done.assign(weight=done["pagu"] * done["rencana"].fillna(0))
    whole = weights.groupby(["unit", "program", "kegiatan"]).filter(
        lambda one: one["rencana"].notna().all()
    )
    return {
        "pagu": at(budgets[budgets["jenjang"] == "kegiatan"])["pagu"].sum(),
        "realisasi": kro["realisasi"].sum() if len(kro) else None,
        "serapan": kro["realisasi"].sum() / held * 100 if held else None,
        "progres": (done["pagu"] * done["progres"]).sum() / done["pagu"].sum() * 100 / 100
        if len(done)
        else None,
        "rencana": whole["weight"].sum() / whole["pagu"].sum() if len(whole) else None,
        "rencana_serapan": planned(budgets, program, kegiatan),
    }


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_figure_of_24_units_is_what_pandas_says(root: Path, quarter: str) -> None:
    data = json.loads(json.dumps(data_of(roll_up(root, YEAR, Period.parse(quarter), Choice()))))
    budgets, found = flat(root, "anggaran", quarter), flat(root, "ro", quarter)
    places = flat(root, "ringkasan", quarter).set_index("unit")
    for table in (budgets, found):
        table["kementerian"] = table["unit"].map(places["kementerian"])
        table["badan"] = table["unit"].map(places["badan"].fillna(""))
    seen = 0
    for agency in data["formulir_b"]:
        name = "" if "tanpa unit eselon I" in agency["badan"] else agency["badan"]
        within = [
            one[(one["kementerian"] == agency["kementerian"]) & (one["badan"] == name)]
            for one in (budgets, found)
        ]
        rows = [(agency, None, None)]
        for program in agency["rincian"]:
            rows.append((program, program["kode"], None))
            rows += [(one, program["kode"], one["kode"]) for one in program["rincian"]]
        for row, program, kegiatan in rows:
            for figure, value in form_row(*within, program, kegiatan).items():
                near(row[figure], value)
                seen += 1
    for ministry in data["formulir_c"]:
        within = [one[one["kementerian"] == ministry["kementerian"]] for one in (budgets, found)]
        for figure, value in form_row(*within, None, None).items():
            near(ministry[figure], value)
    assert seen > 150
    assert any(row["rencana_serapan"] for one in data["formulir_b"] for row in one["rincian"])


@pytest.mark.parametrize("quarter", QUARTERS)
def test_units_ranks_and_matrix_of_24_units_are_what_pandas_says(root: Path, quarter: str) -> None:
    data = json.loads(json.dumps(data_of(roll_up(root, YEAR, Period.parse(quarter), Choice()))))
    scores, found = flat(root, "indikator", quarter), flat(root, "ro", quarter)
    totals = flat(root, "anggaran", quarter).query("jenjang == 'total'").set_index("unit")
    judged = scores[~scores["status"].isin(OPEN)].groupby("unit")["kode"].count()
    good = scores[scores["status"].isin(GOOD)].groupby("unit")["kode"].count()
    share = (good.reindex(judged.index).fillna(0) / judged).rank(method="min", ascending=False)
    spent = totals["serapan"].dropna().astype(float).rank(method="min", ascending=False)
    assert len(data["satker"]) == 24
    states = {one["unit"]: one["keadaan"] for one in data["satker"]}
    assert [one for one, state in states.items() if state == "terlambat"] == [LATE]
    assert [one for one, state in states.items() if state == "belum melapor"] == [SILENT]
    for one in data["satker"]:
        unit = one["unit"]
        if unit == SILENT:
            assert (one["indikator"], one["peringkat_serapan"], one["temuan"]) == (None, None, {})
            continue
        for figure in ("pagu", "realisasi", "serapan"):
            near(one[figure], totals.loc[unit, figure])
        rows = found[found["unit"] == unit]
        below = (rows["selisih_progres"].dropna() < 0).sum()
        assert (one["ro"], one["ro_berdata"], one["ro_di_bawah"]) == (
            len(rows),
            rows["progres"].notna().sum(),
            below,
        )
        assert one["indikator"] == (scores["unit"] == unit).sum()
        assert (one["dinilai"], one["baik"]) == (judged.get(unit, 0), good.get(unit, 0))
        near(one["peringkat_serapan"], spent.get(unit))
        near(one["peringkat_kinerja"], share.get(unit))
        assert one["temuan"] == dict.fromkeys(SEVERITIES, 3 if unit in FAULTY else 0)
    matrix = {(one["nama"], one["satuan"]): one for one in data["indikator"]}
    assert len(matrix) == len(scores.groupby(["indikator", "satuan"]))
    for key, rows in scores.groupby(["indikator", "satuan"]):
        one = matrix[key]
        assert {*one["satker"]} == {*rows["unit"]}
        assert one["status"] == rows["status"].value_counts().to_dict()
        near(one["tengah"], rows["capaian"].median())
        for row in rows.itertuples():
            cell = one["satker"][row.unit]
            assert (cell["kode"], cell["status"]) == (row.kode, row.status)
            for figure in ("target", "realisasi", "capaian"):
                near(cell[figure], getattr(row, figure))


def test_page_workbook_and_rows_hold_all_24(root: Path) -> None:
    folder = root / "reports" / "_rekap" / "2025-IV"
    publish(roll_up(root, YEAR, Period.parse("IV"), Choice()), folder)
    with (folder / "rincian.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    kegiatan = flat(root, "anggaran", "IV").query("jenjang == 'kegiatan'")
    assert len(rows) == len(kegiatan.groupby(["unit", "program", "kode"]))
    page = (folder / "rekap.html").read_text(encoding="utf-8")
    sheets = openpyxl.load_workbook(folder / "rekap.xlsx", read_only=True)
    names = {str(cell) for row in sheets["Satuan kerja"].values for cell in row}
    assert all(f"Satker {n}" in page and f"Satker {n}" in names for n in range(24))
