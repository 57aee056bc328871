"""``anggaran.*``, ``ro.*``, ``ringkasan.*`` and the package that describes every file of a run."""

import csv
import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from indicator_runs import base, run

from pp39 import handout
from pp39.indicators import write_budget, write_obstacles, write_results, write_summary
from pp39.indicators.budget_tables import BUDGET, OUTPUTS
from pp39.indicators.flat import Column, FlatTable
from pp39.numbers import plain_decimal

SEVERITIES = ("material", "material", "editorial")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("olahan")
    job = base().job
    write_results(base().results.values(), job, "dasar", folder)
    write_budget(job, "dasar", folder)
    write_obstacles(job, "dasar", folder)
    write_summary(job.settings, SEVERITIES, "dasar", folder)
    return folder


def rows(path):
    return pq.read_table(path).to_pylist()


def test_every_amount_is_the_figure_its_row_points_to(written):
    ledger = base().ledger
    for name in ("anggaran", "ro"):
        for row in handout.read(written / f"{name}.csv"):
            first = next(
                row[one] for one in ("pagu", "realisasi", "serapan", "tvro") if row.get(one)
            )
            assert first == plain_decimal(ledger[row["ledger_id"]].value)


def test_levels_add_up_exactly(written):
    found = rows(written / "anggaran.parquet")
    whole = next(one for one in found if one["jenjang"] == "total")
    for level in ("program", "kegiatan", "kro", "ro"):
        parts = [one["pagu"] for one in found if one["jenjang"] == level]
        assert sum(filter(None, parts)) == whole["pagu"]
    for column in ("realisasi", "pagu_berdata", "sisa"):
        parts = [
            one[column] for one in found if one["jenjang"] == "kro" and one["kode"] != "6077.CAH"
        ]
        assert sum(filter(None, parts)) == whole[column]
    assert whole["pagu"] == Decimal(9_387_118_000)


def test_what_has_no_data_is_blank_and_not_zero(written):
    found = {one["kode"]: one for one in rows(written / "anggaran.parquet")}
    assert found["6042.EBB"]["realisasi"] is None
    assert found["6077.CAH"]["pagu"] is None
    assert found["6077.CAH"]["serapan"] == Decimal("99.86")
    listed = {one["kode"]: one for one in rows(written / "ro.parquet")}
    assert listed["6042.EBD.974"]["progres"] is None
    assert listed["6042.EBD.974"]["bulan"] is None


def test_codes_lead_up_the_tree(written):
    output = next(one for one in rows(written / "ro.parquet") if one["kode"] == "6077.BAD.024")
    assert (output["program"], output["kegiatan"], output["kro"]) == ("EC", "6077", "6077.BAD")
    assert (output["rvro"], output["progres"], output["rencana"]) == (8, 100, Decimal("62.54"))


def test_the_summary_tells_deadline_and_findings(written):
    (one,) = rows(written / "ringkasan.parquet")
    assert (one["unit"], one["tahun"], one["triwulan"]) == ("bspji-ambon", 2025, "IV")
    assert (one["tanggal"], one["tenggat"]) == ("2026-01-06", "2026-01-08")
    assert (one["temuan_material"], one["temuan_minor"], one["temuan_editorial"]) == (2, 0, 1)


def test_obstacles_and_follow_up_stand_in_the_words_of_the_sources(written):
    told = rows(written / "hambatan.parquet")
    found = {(one["jenis"], one["lingkup"]): one["uraian"] for one in told}
    assert found["tindak lanjut", "program EC"] == "rapat monitoring berkala dengan kepala balai"
    assert found["kendala", "IKK 6.1.1"] == "Tidak ada"
    assert ("kendala", "ITJ 6.1") not in found


def test_csv_and_parquet_hold_the_same(written):
    for name in ("anggaran", "ro", "hambatan", "ringkasan"):
        stored = pq.read_table(written / f"{name}.parquet")
        for text, typed in zip(
            handout.read(written / f"{name}.csv"), stored.to_pylist(), strict=True
        ):
            for column, value in typed.items():
                number = Fraction(value) if isinstance(value, Decimal) else None
                assert text[column] == (
                    plain_decimal(number)
                    if number is not None
                    else str(value or "" if value != 0 else 0)
                ), (name, column)


def test_writing_twice_gives_the_same_bytes(written, tmp_path):
    again = write_budget(run().job, "dasar", tmp_path)
    assert [one.read_bytes() for one in again] == [
        (written / one.name).read_bytes() for one in again
    ]


def test_a_text_that_a_spreadsheet_would_run_is_defused_in_csv_only(tmp_path):
    table = FlatTable("x", "X", (Column("a", "teks", "A"), Column("n", "tepat", "N")), ("a",))
    text, binary = table.write([{"a": "=1+1", "n": Fraction(1, 3)}], tmp_path)
    assert text.read_text(encoding="utf-8") == "a,n\n'=1+1,0.333333\n"
    assert rows(binary) == [{"a": "=1+1", "n": Decimal("0.333333")}]


def test_a_unit_without_budget_has_empty_tables(tmp_path):
    job = run(given={}).job
    write_budget(job, "dasar", tmp_path)
    for table in (BUDGET, OUTPUTS):
        assert rows(tmp_path / f"{table.name}.parquet") == []
        assert (tmp_path / f"{table.name}.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.slow
def test_the_package_describes_every_file_and_the_files_are_as_described(finished):
    """Holds the descriptor to the rules of Data Package and Table Schema, and the data to it."""
    folder = finished("IV").processed
    package = json.loads((folder / "datapackage.json").read_bytes())
    resources = package["resources"]
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert sorted(one["path"] for one in resources) == sorted(there - {"datapackage.json"})
    assert max(Counter(one["name"] for one in resources).values()) == 1
    for one in resources:
        assert one.get("type") in ("table", None)
        if "schema" in one:
            conforms(one, folder)


def conforms(resource, folder):
    """Insist that a file is what its schema says: columns in order, types, words, keys."""
    path, schema = folder / resource["path"], resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    if resource["format"] == "csv":
        with path.open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == names
        columns = {name: [one[name] or None for one in handout.read(path)] for name in names}
    else:
        table = pq.read_table(path)
        assert table.column_names == names
        columns = {name: table[name].to_pylist() for name in names}
        for field in schema["fields"]:
            kind = table.schema.field(field["name"]).type
            assert {
                "integer": pa.types.is_integer,
                "number": lambda one, blank=table[field["name"]].null_count: (
                    pa.types.is_floating(one)
                    or pa.types.is_decimal(one)
                    or (pa.types.is_integer(one) and blank > 0)
                ),
                "string": lambda one: pa.types.is_string(one) or pa.types.is_large_string(one),
            }[field["type"]](kind), (resource["name"], field, kind)
    for field in schema["fields"]:
        cells = [one for one in columns[field["name"]] if one is not None]
        if resource["format"] == "csv" and field["type"] != "string":
            assert all(
                (int if field["type"] == "integer" else Decimal)(one) is not None for one in cells
            )
        allowed = field.get("constraints", {}).get("enum")
        assert allowed is None or set(cells) <= set(allowed), field
    key = schema.get("primaryKey", [])
    assert set(key) <= set(names)
    if key:
        keys = list(zip(*(columns[one] for one in key), strict=True))
        assert len(keys) == len(set(keys)), resource["name"]
        assert not any(None in one for one in keys), resource["name"]
