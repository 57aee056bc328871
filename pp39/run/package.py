"""``datapackage.json``: the data dictionary of a run, as a Frictionless Data Package.

It describes every file among the processed ones: of a table its columns with type, meaning, unit
and key. See https://datapackage.org.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pp39.indicators.budget_tables import BUDGET, OUTPUTS
from pp39.indicators.flat import Column, FlatTable, meanings
from pp39.indicators.result import INDICATORS, OBSTACLES, SUMMARY
from pp39.run.workspace import Workspace
from pp39.sources import Source

PACKAGE = "datapackage.json"
_STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"
_DEFUSED = (
    " Teks yang akan dibaca lembar kerja sebagai rumus diawali tanda petik tunggal pada berkas CSV."
)
_TABLES: tuple[FlatTable, ...] = (INDICATORS, BUDGET, OUTPUTS, OBSTACLES, SUMMARY)
_TYPES = {"teks": "string", "bulat": "integer", "angka": "number", "tepat": "number"}
_LISTS = (
    ("perbaikan", "Perubahan yang dibuat pembersihan data", None),
    ("temuan", "Temuan: yang dinyatakan terhadap yang dihitung", "id"),
)
_DOCUMENTS = (
    ("pemeriksaan", "Hasil pemeriksaan data"),
    ("ledger", "Setiap besaran dengan seluruh perhitungannya"),
)


def write_package(workspace: Workspace) -> Path:
    """Describe the processed files of a run; those of 01_clean and 03_indicators must be there."""
    address, folder = workspace.address, workspace.processed
    document = {
        "$schema": _STANDARD,
        "name": "-".join(("pp39", *address.inside.parts)).lower().replace("+", "_"),
        "title": f"Data laporan PP 39/2006 {workspace.params.unit.singkatan}, "
        f"{address.period.words} tahun anggaran {address.year}",
        "resources": [
            *(one for table in _TABLES for one in _flat(table, folder)),
            *_clean(workspace),
            *(_listed(folder, *one) for one in _LISTS if (folder / f"{one[0]}.csv").is_file()),
            *(_document(*one) for one in _DOCUMENTS),
        ],
    }
    path = folder / PACKAGE
    text = json.dumps(document, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def _flat(table: FlatTable, folder: Path) -> Iterator[dict[str, Any]]:
    fields = [_field(one) for one in table.columns]
    key = list(table.key)
    yield _csv(table.name, table.title, {"fields": fields, "primaryKey": key})
    stored = pq.ParquetFile(folder / f"{table.name}.parquet")
    told = {"fields": _as_read(fields, stored), "primaryKey": key}
    yield _parquet(table.name, table.name, table.title, told)


def _as_read(fields: Iterable[dict[str, Any]], stored: pq.ParquetFile) -> list[dict[str, Any]]:
    """Call whole numbers some of which are blank numbers: most readers make those of them."""
    groups = [stored.metadata.row_group(n) for n in range(stored.metadata.num_row_groups)]
    blank = {
        column.path_in_schema
        for group in groups
        for column in map(group.column, range(group.num_columns))
        if column.statistics is None or column.statistics.null_count
    }
    return [
        one | {"type": "number"} if one["type"] == "integer" and one["name"] in blank else one
        for one in fields
    ]


def _field(column: Column) -> dict[str, Any]:
    made = {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning}
    made |= {"unit": column.unit} if column.unit else {}
    return made | ({"constraints": {"enum": list(column.allowed)}} if column.allowed else {})


def _clean(workspace: Workspace) -> Iterator[dict[str, Any]]:
    sources: Mapping[str, Source] = workspace.sources
    for path in sorted(workspace.clean.glob("*.parquet")):
        source = sources[path.stem]
        stored = pq.ParquetFile(path)
        fields = (_raw_field(source, one) for one in stored.schema_arrow)
        schema: dict[str, Any] = {"fields": _as_read(fields, stored)}
        if source.key:
            schema["primaryKey"] = list(source.key)
        yield _parquet(f"bersih-{path.stem}", f"bersih/{path.stem}", source.title, schema)


def _raw_field(source: Source, stored: pa.Field) -> dict[str, Any]:
    kind = stored.type
    whole, text = (
        pa.types.is_integer(kind),
        pa.types.is_string(kind) or pa.types.is_large_string(kind),
    )
    made = {
        "name": stored.name,
        "type": "integer" if whole else "string" if text else "number",
    }
    if stored.name == "baris":
        return made | {"description": "Baris pada berkas mentah."}
    try:
        column = source.column_of(stored.name)
    except KeyError:
        return made
    told = made | {"title": column.label or column.header}
    if column.unit_column:
        return told | {"description": f"Dalam satuan menurut kolom {column.unit_column}."}
    return told | ({"unit": column.unit} if column.unit and not text else {})


def _listed(folder: Path, name: str, title: str, key: str | None) -> dict[str, Any]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream), [])
    meaning = meanings()
    fields = [
        {"name": one, "type": "integer" if one == "row" else "string"}
        | ({"description": meaning[one]} if one in meaning else {})
        for one in columns
    ]
    return _csv(name, title, {"fields": fields} | ({"primaryKey": [key]} if key else {}))


def _csv(name: str, title: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": f"{name}-csv",
        "type": "table",
        "title": title,
        "description": f"{title}.{_DEFUSED}",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": dict(schema),
    }


def _parquet(name: str, path: str, title: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": f"{name.replace('_', '-')}-parquet",
        "type": "table",
        "title": title,
        "path": f"{path}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": dict(schema),
    }


def _document(name: str, title: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "path": f"{name}.json",
        "format": "json",
        "mediatype": "application/json",
    }
