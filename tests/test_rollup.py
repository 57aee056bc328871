"""``pp39 rollup``: its figures against pandas, what it lists and refuses, what it makes."""

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from indicator_runs import base
from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader
from rolled_runs import Maker, Unit, changed, filled, project
from test_report_page import CHROMIUM, FLAGS

import pp39
from pp39.cli import run as cli
from pp39.indicators import write_budget, write_results, write_summary
from pp39.numbers import format_number, plain_decimal
from pp39.report.typst import drawn
from pp39.rollup import Choice, data_of, folder_of, publish, roll_up, stand_of
from pp39.rollup.activities import SUMMED
from pp39.rollup.sums import Sums
from pp39.rollup.tree import Branch
from pp39.run import record
from pp39.run.address import Address
from pp39.run.failure import Failure, write_failure

ROOT = Path(__file__).parents[1]
PERIOD = base().job.settings.period


def one_program_more(table: pa.Table) -> pa.Table:
    """Let the ceiling of a program be more than its kegiatan have."""
    levels, amounts = table["jenjang"].to_pylist(), table["pagu"].to_pylist()
    first = levels.index("program")
    amounts[first] += 1000
    place = table.schema.get_field_index("pagu")
    return table.set_column(
        place, table.schema.field("pagu"), pa.array(amounts, table["pagu"].type)
    )


def without(table: pa.Table, column: str, kegiatan: str) -> pa.Table:
    """Take a column away from the rows of a kegiatan."""
    own = pc.fill_null(pc.equal(table["kegiatan"], kegiatan), False)
    place = table.schema.get_field_index(column)
    empty = pc.if_else(own, pa.scalar(None, table[column].type), table[column])
    return table.set_column(place, table.schema.field(column), empty)


def half_planned(table: pa.Table) -> pa.Table:
    """Let half of the ceiling of a kegiatan be what was to be absorbed by now."""
    own = pc.and_(pc.equal(table["jenjang"], "kegiatan"), pc.equal(table["kode"], "6077"))
    rows, amounts = own.to_pylist(), table["pagu"].to_pylist()
    made = [one / 2 if there else None for there, one in zip(rows, amounts, strict=True)]
    place = table.schema.get_field_index("rencana_serapan")
    field = table.schema.field(place)
    return table.set_column(place, field, pa.array(made, field.type))


def only_rm(table: pa.Table) -> pa.Table:
    """Let all funds be of one source."""
    return table.filter(pc.not_equal(table["kode"], "PNBP"))


def other_profile(table: pa.Table) -> pa.Table:
    """Let the codes of all indicators be those of another profile; their names stay."""
    return changed(table, "kode", lambda code: f"IKU {len(code)}.{code.rpartition(' ')[2]}")


UNITS = (
    Unit("balai-a", {"nama": "Balai A", "dikirim": "2026-01-02"}),
    Unit(
        "balai-b",
        {"nama": "Balai B", "dikirim": "2026-01-09", "temuan_material": 3},
        3,
        {"anggaran": half_planned},
    ),
    Unit(
        "balai-c",
        {"nama": "Balai C"},
        2,
        {
            "anggaran": lambda one: only_rm(without(one, "realisasi", "6077")),
            "ro": lambda one: without(one, "progres", "6042"),
        },
    ),
    Unit(
        "kantor-d",
        {"nama": "Kantor D", "badan": None, "singkatan_badan": None, "kementerian": "Badan Lain"},
        5,
        {"indikator": other_profile},
    ),
    Unit("balai-e", {"nama": "=Balai E"}, 1, {"anggaran": one_program_more}),
)
SILENT = """
profil: bskji
unit: {nama: Balai F, singkatan: BF, kementerian: Kementerian Perindustrian, badan: Pusat Lain}
"""


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    folder = tmp_path_factory.mktemp("datar")
    job = base().job
    write_results(base().results.values(), job, "dasar", folder)
    write_budget(job, "dasar", folder)
    write_summary(job.settings, ("material", "minor"), "dasar", folder)
    return Maker(folder)


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Path:
    """Give a project with five runs, a unit without one and one whose last attempt failed."""
    made = project(tmp_path_factory.mktemp("rekap") / "proyek", ROOT)
    for unit in UNITS:
        maker.make(made, unit)
    (made / "params" / "unit" / "balai-f.yaml").write_text(SILENT)
    with (made / "params" / "proyek.yaml").open("a", encoding="utf-8") as stream:
        stream.write("indikator_hasil: {BSKJI: {EC: [Indeks daya saing (nilai)]}}\n")
    failed = Address("balai-g", 2025, PERIOD).folders(made).processed
    write_failure(failed, Failure("kolom pagu kosong", 3))
    return made


@pytest.fixture(scope="session")
def data(root: Path) -> dict:
    return json.loads(json.dumps(data_of(roll_up(root, 2025, PERIOD, Choice()))))


@pytest.fixture(scope="session")
def published(root: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PP39_ROOT", str(root))
        drawn(SQUARE, 10)  # a process with the threads of Typst, which its forks lack
        assert cli(["rollup", "-q", "IV", "-y", "2025"]) == 0
    return folder_of(root, 2025, PERIOD, Choice())


@pytest.fixture
def copy(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "p"
    shutil.copytree(root, made)
    monkeypatch.setenv("PP39_ROOT", str(made))
    return made


def frames(root: Path) -> dict[str, pd.DataFrame]:
    """Read the flat files of all runs with pandas, without anything of the package."""
    found = {}
    for name in ("anggaran", "ro", "indikator", "ringkasan"):
        paths = sorted((root / "data" / "processed").glob(f"*/2025/IV/dasar/{name}.parquet"))
        found[name] = pd.concat([pd.read_parquet(one) for one in paths], ignore_index=True)
    told = found["ringkasan"].fillna({"badan": ""}).set_index("unit")
    for name in ("anggaran", "ro"):
        found[name]["kementerian"] = found[name]["unit"].map(told["kementerian"])
        found[name]["badan"] = found[name]["unit"].map(told["badan"])
    return found


def expected(found: dict[str, pd.DataFrame], **where: str) -> dict[str, Fraction | None]:
    """Work a row of a form out."""

    def of(name: str, **more: str) -> pd.DataFrame:
        frame = found[name]
        for column, value in (where | more).items():
            frame = frame[frame[column] == value]
        return frame

    def total(values: pd.Series) -> Fraction | None:
        known = [Fraction(one) for one in values if not pd.isna(one)]
        return sum(known, Fraction(0)) if known else None

    kro = of("anggaran", jenjang="kro")
    kro = kro[kro["realisasi"].notna() & kro["pagu_berdata"].notna()]
    outputs = of("ro")
    outputs = outputs[outputs["progres"].notna() & outputs["pagu"].notna()]
    spent, base_ = total(kro["realisasi"]), total(kro["pagu_berdata"])
    weights = [Fraction(one) for one in outputs["pagu"]]
    reached = [Fraction(one) for one in outputs["progres"]]
    planned = of("anggaran", jenjang="kegiatan")
    planned = planned[planned["rencana_serapan"].notna()]
    plan, held_to = total(planned["rencana_serapan"]), total(planned["pagu"])
    return {
        # Of no unit is the whole planned; test_rollup_many has those.
        "rencana_serapan": plan / held_to * 100
        if "program" in where and plan and held_to
        else None,
        "pagu": total(of("anggaran", jenjang="kegiatan")["pagu"]),
        "realisasi": spent,
        "pagu_berdata": base_,
        "serapan": spent / base_ * 100 if spent is not None and base_ else None,
        "progres": sum(w * p for w, p in zip(weights, reached, strict=True)) / sum(weights)
        if sum(weights)
        else None,
        "satker": Fraction(of("anggaran", jenjang="kegiatan")["unit"].nunique()),
    }


def held(row: dict, wanted: dict[str, Fraction | None]) -> None:
    for name, value in wanted.items():
        told = None if value is None else float(plain_decimal(value))
        assert row[name] == told, (name, row.get("kode"), row.get("badan"))


def test_every_sum_is_what_pandas_says(root: Path, data: dict) -> None:
    found = frames(root)
    seen = 0
    for agency in data["formulir_b"]:
        within = {
            "kementerian": agency["kementerian"],
            "badan": "" if "tanpa unit eselon I" in agency["badan"] else agency["badan"],
        }
        for program in agency["rincian"]:
            held(program, expected(found, **within, program=program["kode"]))
            for row in program["rincian"]:
                place = {"program": program["kode"], "kegiatan": row["kode"]}
                held(row, expected(found, **within, **place))
                seen += 1
    for ministry in data["formulir_c"]:
        held(ministry, expected(found, kementerian=ministry["kementerian"]))
    assert seen == 4
    assert [one["satker"] for one in data["formulir_c"]] == [0, 1, 4]


def test_a_figure_that_some_units_lack_is_added_over_the_others(root: Path, data: dict) -> None:
    rolled = roll_up(root, 2025, PERIOD, Choice())
    agency = next(one for one in rolled.ministries[2].below if one.rows)
    program, other = agency.below
    spent = rolled.sums.coverage(program.below[0], "serapan")
    assert [one.value for one in (spent.units, spent.some, spent.part)] == [4, 3, 0]
    # One KRO of this kegiatan has no absorption in any unit.
    partly = rolled.sums.coverage(other.below[0], "serapan")
    assert [one.value for one in (partly.units, partly.some, partly.part)] == [4, 4, 4]
    ledger = rolled.sums.ledger
    # Only one of the units has all its funds from one source.
    own = pq.read_table(root / "data/processed/balai-c/2025/IV/dasar/anggaran.parquet")
    ceiling = own.filter(pc.equal(own["kode"], "6077"))["pagu"][0].as_py()
    assert ledger[f"{program.id}/dana/RM"].value == Fraction(ceiling)
    # Only one says what was to be absorbed of this kegiatan, and none of the other.
    planned = rolled.sums.coverage(program, "rencana-serapan")
    assert [one.value for one in (planned.units, planned.some)] == [4, 1]
    assert ledger[f"{program.id}/rencana-serapan"].value == 50
    assert ledger.get(f"{other.id}/rencana-serapan") is None


def test_a_sum_leads_to_the_rows_it_adds_up(root: Path, published: Path) -> None:
    ledger = roll_up(root, 2025, PERIOD, Choice()).sums.ledger
    with (published / "rincian.csv").open(newline="") as stream:
        lines = list(csv.DictReader(stream))
    checked = 0
    for one in ledger:
        where = one.origin
        if getattr(where, "file", "") != "rincian.csv" or where.column == "unit":
            continue
        rows = [n for a, b in where.bounds for n in range(a, b + 1)]
        assert sum(Fraction(lines[n - 2][where.column]) for n in rows) == one.value
        checked += 1
    assert checked > 20


def test_units_are_listed_whatever_became_of_their_reports(data: dict) -> None:
    states = {one["unit"]: one["keadaan"] for one in data["satker"]}
    assert states == {
        "balai-a": "tepat waktu",
        "balai-b": "terlambat",
        "balai-c": "tanpa tanggal kirim",
        "balai-e": "tanpa tanggal kirim",
        "balai-f": "belum melapor",
        "balai-g": "gagal",
        "kantor-d": "tanpa tanggal kirim",
    }
    silent = next(one for one in data["satker"] if one["unit"] == "balai-f")
    assert (silent["badan"], silent["kementerian"]) == ("Pusat Lain", "Kementerian Perindustrian")
    assert (silent["indikator"], silent["laporan"]) == (None, None)
    assert "Pusat Lain" in [one["badan"] for one in data["formulir_b"]]
    agency = next(one for one in data["formulir_b"] if one["badan"].startswith("Badan Stand"))
    only = next(one for one in data["satker"] if one["unit"] == "balai-c")
    assert agency["dana"] == {"RM": only["pagu"]}
    assert agency["bulan_fisik"] == [9]
    (row,) = (one for each in agency["rincian"] for one in each["rincian"] if one["kode"] == "6077")
    assert (row["satker"], row["cakupan"]["serapan"]["satker"]) == (4, 3)
    failed = next(one for one in data["satker"] if one["unit"] == "balai-g")
    assert failed["galat"] == "kolom pagu kosong"


def test_indicators_meet_by_name_and_unit(root: Path, data: dict) -> None:
    found = frames(root)["indikator"]
    assert len(data["indikator"]) == found["indikator"].nunique()
    for one in data["indikator"]:
        own = found[(found["indikator"] == one["nama"]) & (found["satuan"] == one["satuan"])]
        assert one["status"] == own["status"].value_counts().to_dict()
        assert one["tengah"] == pytest.approx(own["capaian"].median(), abs=1e-6)
        assert len(one["kode"]) == 2
        assert set(one["satker"]) == set(own["unit"])


def test_units_that_contradict_themselves_are_marked(data: dict) -> None:
    marked = {one["unit"]: one["bertentangan"] for one in data["satker"]}
    # The real run has outputs that do not come to its DIPA, and a KRO without a ceiling.
    assert len(marked["balai-a"]) == 2
    extra = {*marked["balai-e"]} - {*marked["balai-a"]}
    assert len(extra) == 2
    assert any(one.startswith("Pagu program EC") for one in extra)
    assert marked["balai-f"] == []


def test_ranks_share_a_place_where_values_are_equal(data: dict) -> None:
    by_unit = {one["unit"]: one for one in data["satker"]}
    absorbed = sorted(
        (one["serapan"] for one in by_unit.values() if one.get("serapan") is not None), reverse=True
    )
    for one in by_unit.values():
        if one.get("serapan") is not None:
            assert one["peringkat_serapan"] == absorbed.index(one["serapan"]) + 1
    assert {one["peringkat_kinerja"] for one in by_unit.values()} == {1, None}


amounts = st.none() | st.integers(0, 10**15).map(lambda n: Decimal(n) / 10)
rows_of = st.lists(st.tuples(st.integers(0, 4), amounts, amounts), min_size=1, max_size=12)


@given(rows_of)
def test_sums_are_exact_and_count_whom_they_cover(rows: list) -> None:
    rows.sort(key=lambda one: one[0])
    kinds = {name: pa.decimal128(38, 6) for name in ("pagu", "realisasi", "pagu_berdata")}
    columns = {
        "nomor": pa.array([one[0] for one in rows], pa.int32()),
        "pagu": pa.array([one[1] for one in rows], kinds["pagu"]),
        "realisasi": pa.array([one[2] for one in rows], kinds["realisasi"]),
        "pagu_berdata": pa.array([one[2] and one[1] for one in rows], kinds["pagu"]),
        **{one: pa.nulls(len(rows), kinds["pagu"]) for one in ("pagu_fisik", "bobot_progres")},
        **{one: pa.nulls(len(rows), kinds["pagu"]) for one in SUMMED[5:]},
        **{one: pa.nulls(len(rows), pa.int64()) for one in ("ro", "ro_berdata", "bulan")},
        "dana": pa.nulls(len(rows), pa.string()),
    }
    sums, branch = Sums(pa.table(columns)), Branch("x", "", "X", range(len(rows)))
    sums.enter(branch, [("RM",)])
    for place, name in ((1, "pagu"), (2, "realisasi")):
        known = [one for one in rows if one[place] is not None]
        entry = sums.ledger.get(f"x/{name}")
        if name == "realisasi" and not any(one[2] and one[1] is not None for one in rows):
            continue
        assert (entry is None) == (not known)
        assert entry is None or entry.value == sum(Fraction(one[place]) for one in known)
    covered = sums.coverage(branch, "pagu")
    units = {one[0] for one in rows}
    some = {one[0] for one in rows if one[1] is not None}
    part = some & {one[0] for one in rows if one[1] is None}
    assert covered.units.value == len(units)
    assert (covered.some.value, covered.part.value) == (len(some), len(part))


def test_forms_as_pdf(published: Path, data: dict) -> None:
    texts = {}
    for name in ("formulir-b", "formulir-c"):
        reader = PdfReader(published / f"{name}.pdf")
        texts[name] = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for row in (one for each in data["formulir_b"] for one in each["rincian"]):
        assert format_number(Fraction(str(row["pagu"])) / 1000) in texts["formulir-b"]
        assert format_number(Fraction(str(row["serapan"])), 2) in texts["formulir-b"]
    assert "Belum melapor dan tidak masuk jumlah: 1 satuan kerja (Balai F)" in texts["formulir-b"]
    assert "kolom 7 mencakup 3 dari 4" in texts["formulir-b"]
    assert texts["formulir-b"].count("Indikator hasil : Indeks daya saing (nilai)") == 1
    assert "Indikator hasil : tidak dimuat dalam data satuan kerja" in texts["formulir-b"]
    whole = data["formulir_c"][2]
    assert format_number(Fraction(whole["pagu"]) / 1000) in texts["formulir-c"]
    assert "Tanda – pada kolom 2, 6" not in texts["formulir-c"]
    assert "Tanda – pada kolom 6: target penyerapan tidak tersedia" in texts["formulir-c"]
    direct = [one for one in data["formulir_b"] if "tanpa unit eselon I" in one["badan"]]
    assert direct
    for one in direct:
        assert f"Pimpinan {one['kementerian']}, Ruang" in texts["formulir-b"]
    for text in texts.values():
        assert "(tempat, tanggal)" in text
        assert "Ruang tanda tangan elektronik" in text


def test_the_workbook(published: Path, data: dict) -> None:
    book = openpyxl.load_workbook(published / "rekap.xlsx")
    units = {row[0].value: row for row in book["Satuan kerja"].iter_rows(min_row=4)}
    assert set(units) == {one["unit"] for one in data["satker"]}
    target = units["balai-a"][1].hyperlink.target.replace("\\", "/")
    wanted = published.parents[2] / "balai-a/2025/IV/dasar/laporan.html"
    assert (published / target).resolve() == wanted.resolve()
    assert units["balai-f"][1].hyperlink is None
    assert units["balai-e"][1].value == "'=Balai E"
    form = next(one for one in book if one.title == "B BSKJI")
    ceilings = [row[5].value for row in form.iter_rows() if row[0].value == "Jumlah program"]
    own = next(one for one in data["formulir_b"] if one["badan"].startswith("Badan Stand"))
    assert ceilings == [pytest.approx(one["pagu"] / 1000) for one in own["rincian"]]


def test_same_runs_same_bytes(published: Path, copy: Path) -> None:
    before = {one.name: one.read_bytes() for one in published.iterdir()}
    assert cli(["rollup", "-q", "4"]) == 0
    again = folder_of(copy, 2025, PERIOD, Choice())
    assert {one.name: one.read_bytes() for one in again.iterdir()} == before
    assert [one for one in again.parent.iterdir() if one.name[0] == "."] == []
    assert str(copy).encode() not in before["rekap.html"]


def test_several_periods_side_by_side(
    copy: Path, maker: Maker, capsys: pytest.CaptureFixture[str]
) -> None:
    less = {"anggaran": lambda table: changed(table, "serapan", lambda one: one and one - 1)}
    maker.make(copy, replace(UNITS[0], changes=less), quarter="III")
    shutil.rmtree(copy / "data/processed/balai-b")
    shutil.rmtree(copy / "reports/balai-b")
    behind = {"ro": lambda table: changed(table, "bulan", lambda one: one and 10)}
    maker.make(copy, replace(UNITS[1], changes=behind))
    assert cli(["rollup", "-q", "III,IV", "-y", "2025", "-u", "balai-a,balai-b"]) == 0
    made = [one for one in capsys.readouterr().out.splitlines() if "/tren/" in one]
    assert [Path(one).name for one in made] == ["tren.csv", "tren.html", "tren.parquet"]
    flat = pd.read_parquet(copy / made[2])
    spent = flat[flat["jenjang"] == "satker"].set_index(["kode", "triwulan"])["serapan"]
    assert spent["balai-a", "III"] + 1 == spent["balai-a", "IV"]
    assert pd.isna(spent["balai-b", "III"])
    states = flat.set_index(["kode", "triwulan"])["keadaan"]
    assert states["balai-b", "III"] == "belum melapor"
    months = flat.set_index(["kode", "triwulan"])["bulan_fisik"]
    assert (months["balai-a", "III"], months["balai-a", "IV"]) == ("", "September")
    assert months["balai-b", "IV"] == "Oktober"
    page = (copy / made[1]).read_text(encoding="utf-8")
    assert page.count(">1,00</td></tr>") == 1
    assert "Triwulan III TA 2025 sampai dengan Triwulan IV TA 2025" in page
    assert page.count(" (Oktober)</td>") == 1
    # What searches is about units, though ministries stand above them.
    assert page.index('id="tabel-tren-jumlah"') < page.index('id="tabel-satuan-kerja"')
    assert '<a href="../../../balai-a/2025/IV/dasar/laporan.html">Balai A</a>' in page


def test_a_choice_of_units(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = roll_up(copy, 2025, PERIOD, Choice(eselon="bskji"))
    assert [one.unit for one in told.members] == ["balai-e", "balai-a", "balai-b", "balai-c"]
    other = roll_up(copy, 2025, PERIOD, Choice(ministry="badan lain"))
    assert [one.unit for one in other.members] == ["kantor-d"]
    some = roll_up(copy, 2025, PERIOD, Choice(units=("balai-[ab]",)))
    assert [one.unit for one in some.members] == ["balai-a", "balai-b"]
    folders = {
        folder_of(copy, 2025, PERIOD, one)
        for one in (Choice(), Choice(("a", "b")), Choice(("a-b",)), Choice(eselon="a b"))
    }
    assert len(folders) == 4
    assert cli(["rollup", "-q", "IV", "--ministry", "Badan Lain", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [one["unit"] for one in printed[0]["satker"]] == ["kantor-d"]
    assert all((copy / one).is_file() for one in printed[0]["berkas"])


def damaged(copy: Path) -> None:
    (copy / "data/processed/balai-b/2025/IV/dasar/ro.parquet").write_bytes(b"PAR1 rusak")


def lacking(copy: Path) -> None:
    (copy / "data/processed/balai-b/2025/IV/dasar/ringkasan.parquet").unlink()


def older(copy: Path) -> None:
    path = copy / "reports/balai-b/2025/IV/dasar/run.json"
    path.write_bytes(record.sealed_bytes({"pp39": "0.0.1"}))


def unlike(copy: Path) -> None:
    path = copy / "data/processed/balai-b/2025/IV/dasar/anggaran.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["serapan"]), path)


def copied(copy: Path) -> None:
    shutil.copytree(copy / "data/processed/balai-b", copy / "data/processed/balai-b-lama")
    shutil.copytree(copy / "reports/balai-b", copy / "reports/balai-b-lama")


def namesakes(copy: Path) -> None:
    path = copy / "data/processed/balai-b/2025/IV/dasar/ringkasan.parquet"
    pq.write_table(filled(pq.read_table(path), "nama", "Balai A"), path)


def odd_status(copy: Path) -> None:
    path = copy / "data/processed/balai-b/2025/IV/dasar/indikator.parquet"
    pq.write_table(filled(pq.read_table(path), "status", "lumayan"), path)


def huge(copy: Path) -> None:
    path = copy / "data/processed/balai-b/2025/IV/dasar/ro.parquet"
    pq.write_table(filled(pq.read_table(path), "pagu", Decimal("1" + "0" * 25)), path)


def nothing(copy: Path) -> None:
    del copy


@pytest.mark.parametrize(
    "case",
    [
        (damaged, "-q IV", 4, "balai-b/2025/IV/dasar/ro.parquet is damaged"),
        (lacking, "-q IV", 4, "ringkasan.parquet is not there, though the report is"),
        (older, "-q IV", 4, "run.json was made by pp39 0.0.1, and this is"),
        (unlike, "-q IV", 4, "anggaran.parquet has no column serapan of the kind expected"),
        (copied, "-q IV", 4, "tells of 'balai-b/2025/IV/dasar', so that one unit would count"),
        (namesakes, "-q IV", 4, "balai-a and balai-b are both called 'Balai A'"),
        (odd_status, "-q IV", 4, "has a status 'lumayan'; there are tercapai"),
        (huge, "-q IV", 4, "a ceiling of more than 18 digits"),
        (nothing, "-q V", 2, "V"),
        (nothing, "-q III", 4, "no unit that was chosen has a run of III 2025; make them with"),
        (nothing, "-y 2019", 4, "data/processed has no run of 2019"),
        (nothing, "-q IV -s lain", 4, "of scenario lain"),
        (nothing, "-q IV --eselon BSKI", 2, "the nearest is BSKJI"),
        (nothing, "-q IV -u balai-x", 2, "there is no unit 'balai-x'"),
    ],
)
def test_what_cannot_be_rolled_up_is_told_in_a_sentence(
    copy: Path, capsys: pytest.CaptureFixture[str], case: tuple
) -> None:
    spoil, arguments, code, words = case
    folder = folder_of(copy, 2025, PERIOD, Choice())
    before = {one.name: one.read_bytes() for one in folder.glob("*")}
    spoil(copy)
    assert cli(["rollup", *arguments.split()]) == code
    told = capsys.readouterr().err
    assert words in told
    assert told.startswith("pp39: ")
    assert "Traceback" not in told
    assert len(told.splitlines()) == 1
    assert {one.name: one.read_bytes() for one in folder.glob("*")} == before


def test_what_fails_while_it_is_written_leaves_the_last_one(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(copy, 2025, PERIOD, Choice())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rekap.html").write_text("yang lama")
    monkeypatch.setattr("pp39.rollup.command.write_details", lambda *_: 1 / 0)
    assert cli(["rollup", "-q", "IV"]) == 1
    assert "unexpected ZeroDivisionError" in capsys.readouterr().err
    assert (folder / "rekap.html").read_text() == "yang lama"
    assert [one for one in folder.parent.iterdir() if one.name[0] == "."] == []


def test_a_day_it_was_sent_counts_before_its_date(copy: Path, maker: Maker) -> None:
    late = Unit("balai-h", {"nama": "Balai H", "dikirim": "2026-02-01"})
    maker.make(copy, late)
    rolled = roll_up(copy, 2025, PERIOD, Choice(("balai-h",)))
    assert rolled.members[0].keadaan == "terlambat"
    assert rolled.members[0].tanggal == dt.date(2026, 2, 1)
    shutil.rmtree(copy / "reports/balai-h")
    rolled = roll_up(copy, 2025, PERIOD, Choice(("balai-h",)))
    assert rolled.members[0].keadaan == "tanpa dokumen"


def test_the_same_national_indicator_meets_whatever_it_is_called(copy: Path, maker: Maker) -> None:
    def renamed(table: pa.Table) -> pa.Table:
        made = changed(table, "indikator", lambda name: f"Skor {name}")
        made = changed(made, "kode", lambda code: f"X {code}")
        return changed(made, "satuan", lambda _: "Poin")

    maker.make(copy, Unit("balai-x", {"nama": "Balai X"}, changes={"indikator": renamed}))
    shared = [
        one
        for one in data_of(roll_up(copy, 2025, PERIOD, Choice()))["indikator"]
        if {"balai-x", "balai-a"} <= one["satker"].keys()
    ]
    national = {code: one.nasional for code, one in base().job.params.indikator.items()}
    codes = {one["satker"]["balai-a"]["kode"] for one in shared}
    assert codes
    assert all(national[code] for code in codes)
    assert {"ikpa", "sakip", "ikm"} <= {national[code] for code in codes}
    for one in shared:
        assert one["satker"]["balai-x"]["kode"] == f"X {one['satker']['balai-a']['kode']}"


def test_made_up_and_draft_reports_are_marked_and_made_up_ones_stand_apart(
    copy: Path, maker: Maker, data: dict
) -> None:
    maker.make(copy, Unit("balai-contoh", {"nama": "Balai Contoh", "sintetis": "ya"}, 7))
    told = {"nama": "Dinas Contoh", "kementerian": "Pemerintah Contoh", "sintetis": "ya"}
    maker.make(copy, Unit("dinas-contoh", told))
    draft = {"pp39": pp39.__version__, "tahap": "draf"}
    path = copy / "reports/balai-a/2025/IV/dasar/run.json"
    path.write_bytes(record.sealed_bytes(draft))
    rolled = roll_up(copy, 2025, PERIOD, Choice())
    found = data_of(rolled)
    # Shown, and neither ranked nor counted among real ones.
    made = [one for one in found["satker"] if one["sintetis"]]
    assert {(one["dibandingkan"], one["peringkat_serapan"]) for one in made} == {(False, None)}
    for one, before in zip(found["indikator"], data["indikator"], strict=True):
        assert one["status"] == before["status"]
        assert (one["terkecil"], one["tengah"]) == (before["terkecil"], before["tengah"])
    assert any("balai-contoh" in one["satker"] for one in found["indikator"])
    alone = data_of(roll_up(copy, 2025, PERIOD, Choice(("balai-contoh", "dinas-contoh"))))
    assert {one["peringkat_serapan"] for one in alone["satker"]} == {1}
    assert {one["unit"] for one in found["satker"] if one["sintetis"]} == {
        "balai-contoh",
        "dinas-contoh",
    }
    assert [one["unit"] for one in found["satker"] if one["draf"]] == ["balai-a"]
    summed = {one["unit"]: one["dijumlahkan"] for one in found["satker"]}
    assert (summed["balai-contoh"], summed["dinas-contoh"]) == (False, True)
    # Beside real units a made-up one changes no sum; alone in its ministry it has sums of its own.
    made_up = found["formulir_c"].pop()
    assert made_up["kementerian"] == "Pemerintah Contoh"
    assert made_up["pagu"] > 0
    assert json.loads(json.dumps(found["formulir_c"])) == data["formulir_c"]
    above = {one.nama: one.tanda for one in stand_of(rolled).points if one.jenjang == "kementerian"}
    assert above["Pemerintah Contoh"] == "data sintetis"
    assert above["Kementerian Perindustrian"] == ""
    folder = folder_of(copy, 2025, PERIOD, Choice())
    publish(rolled, folder)
    page = (folder / "rekap.html").read_text(encoding="utf-8")
    assert "Balai Contoh (data sintetis)</a>" in page
    assert "Balai A (draf)</a>" in page
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    draft = "Sebanyak satu laporan masih draf: Balai A."
    why = "karena data sintetis tidak disatukan dengan data nyata"
    apart = f"Tidak dijumlahkan, {why}: Balai Contoh."
    made = "Sebanyak dua laporan memuat data sintetis dan bukan laporan satuan kerja mana pun: "
    for sentence in (draft, apart, made + "Balai Contoh; Dinas Contoh."):
        assert sentence in text
    forms = [PdfReader(folder / f"formulir-{one}.pdf") for one in "bc"]
    for form in forms:
        printed = " ".join(" ".join(one.extract_text() for one in form.pages).split())
        assert draft in printed
        assert apart in printed
        assert "memuat data sintetis" in printed
    sheets = openpyxl.load_workbook(folder / "rekap.xlsx")
    units = {row[0]: row[6] for row in sheets["Satuan kerja"].iter_rows(4, values_only=True)}
    assert (units["balai-contoh"], units["balai-a"]) == ("data sintetis", "draf")
    assert units["balai-b"] is None
    assert draft in str(sheets["B BSKJI"]["A2"].value)


@pytest.fixture(scope="module")
def view(published: Path) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((published / "rekap.html").as_uri())
        yield page
        assert said == []
        assert all(one.startswith(("file:", "data:")) for one in asked)
        browser.close()


def names(view: Page, table: str) -> list[str]:
    rows = view.locator(f"#{table} tbody tr:visible th")
    return [one.strip() for one in rows.all_inner_texts()]


def test_rows_are_sorted_and_what_has_no_value_comes_last(view: Page, data: dict) -> None:
    head = view.locator("#tabel-satuan-kerja thead button", has_text="Pagu (Rp)")
    known = {one["nama"]: one["pagu"] for one in data["satker"] if one.get("pagu") is not None}
    rising = sorted(known, key=lambda name: known[name])
    head.click()
    ascending = names(view, "tabel-satuan-kerja")
    assert [known[one] for one in ascending[:5]] == [known[one] for one in rising]
    assert {*ascending[5:]} == {"Balai F", "balai-g"}
    head.click()
    assert names(view, "tabel-satuan-kerja")[0] == rising[-1]
    assert {*names(view, "tabel-satuan-kerja")[5:]} == {"Balai F", "balai-g"}
    assert head.locator("xpath=..").get_attribute("aria-sort") == "descending"


def test_filters_hide_rows_of_every_table(view: Page) -> None:
    search = view.get_by_role("search", name="Saring satuan kerja")
    search.get_by_label("Laporan").select_option("▼ terlambat")
    assert names(view, "tabel-satuan-kerja") == ["Balai B"]
    matrix = "matriks-Kementerian-Perindustrian:Badan-Standardisasi-dan-Kebijakan-Jasa-Industri"
    assert view.locator(f"[id='{matrix}'] tbody tr:visible").count() == 1
    assert search.locator("output").inner_text() == "1 dari 7 satuan kerja"
    search.get_by_label("Laporan").select_option("")
    search.get_by_label("Cari satuan kerja").fill("kantor")
    assert names(view, "tabel-satuan-kerja") == ["Kantor D"]
    search.get_by_label("Cari satuan kerja").fill("")
    assert search.locator("output").inner_text() == "7 dari 7 satuan kerja"


def test_the_page_is_accessible_and_fits_a_phone(view: Page) -> None:
    assert view.evaluate("document.documentElement.scrollWidth") == 390
    # Its rows are cards: no cell is out of sight, and each says what it is of.
    cells = view.locator(".urut tbody td").filter(visible=True)
    assert cells.evaluate_all("all => all.every(one => one.getBoundingClientRect().right <= 390)")
    label = "all => all.every(one => getComputedStyle(one, '::before').content.length > 2)"
    assert cells.count()
    assert cells.evaluate_all(label)
    for scheme in ("light", "dark"):
        view.emulate_media(color_scheme=scheme)
        found = Axe().run(view)
        assert found.violations_count == 0, found.generate_report()


def test_cells_lead_to_the_figure_in_the_report_of_the_unit(view: Page, published: Path) -> None:
    link = view.locator(".urut td a[href*='#jejak-']").first.get_attribute("href")
    path, _, anchor = (link or "").partition("#")
    unit = (published / path).resolve().relative_to(published.parents[2].resolve()).parts
    assert unit[1:] == ("2025", "IV", "dasar", "laporan.html")
    assert anchor.startswith("jejak-")
    rows = view.locator("#tabel-rincian tbody tr")
    assert rows.count() == 2 * len(UNITS)
    ceiling = rows.first.locator("td a[href*='#jejak-anggaran:kegiatan:']")
    assert "2025/IV/dasar/laporan.html#jejak-anggaran" in (ceiling.get_attribute("href") or "")
