"""Files that travel with the report: inside its PDF, and beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from pp39 import handout
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.todo import Tugas, keadaan, todo
from pp39.sources import CleanTable

#: Columns of ``harus-dilengkapi.csv``.
COLUMNS = ("nomor", "bobot", "apa", "letak", "siapa")

_MADE = ("indikator.csv", "ledger.json", "pemeriksaan.json", "perbaikan.csv", "temuan.csv")
# A table with more rows stays among the processed files: nobody opens it out of a report.
_ROWS = 5_000


def tulis_lampiran(b: Bahan, processed: Path, folder: Path) -> list[str]:
    """Write what the report is accompanied by.

    Returns
    -------
    list of str
        Names of the files: figures, checks, findings, repairs, clean tables without personal
        columns, and in a draft what is to be completed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _MADE:
        if (processed / name).is_file():
            shutil.copyfile(processed / name, folder / name)
    for name, table in b.tables.items():
        if 0 < len(table.frame) <= _ROWS:
            columns = list(_open(table))
            rows = zip(*(_texts(table.frame[one]) for one in columns), strict=True)
            handout.write(folder / f"bersih-{name}.csv", columns, rows)
    if keadaan(b) == "draf":
        tasks = enumerate(todo(b), start=1)
        told = ((number, one.bobot, one.apa, one.letak, one.siapa) for number, one in tasks)
        handout.write(folder / "harus-dilengkapi.csv", COLUMNS, told)
    return sorted(one.name for one in folder.iterdir())


def tugas_json(tasks: Sequence[Tugas]) -> str:
    """Write a work list as JSON."""
    return json.dumps([asdict(one) for one in tasks], ensure_ascii=False, indent=2)


def _open(table: CleanTable) -> Iterator[str]:
    """Give the columns that tell nothing of who answered, not even who answered twice."""
    hidden = tuple(f"{one.personal}_" for one in table.source.personal)
    for name in table.frame.columns:
        if not (name.startswith(hidden) if hidden else False) and not name.endswith("_hash"):
            yield str(name)


def _texts(cells: pd.Series[Any]) -> list[str]:
    """Write the cells: nothing for a blank, whole numbers without a point."""
    return ["" if pd.isna(one) else _text(one) for one in cells.tolist()]


def _text(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
