"""Made-up units for rollups: the flat files of real runs, written again under other names."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import pp39
from pp39.run import record

NAMES = ("ringkasan", "indikator", "anggaran", "ro")
Change = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True)
class Unit:
    """A unit to be made up."""

    slug: str
    #: Columns of ``ringkasan``, such as ``nama`` and ``badan``.
    told: Mapping[str, object] = field(default_factory=dict)
    #: What every amount of money is multiplied by, so that all its sums still fit.
    times: int = 1
    #: What else is done to a table, by its name.
    changes: Mapping[str, Change] = field(default_factory=dict)
    #: Whether its report is a draft, as its record says.
    stage: str = "final"


class Maker:
    """Writes runs of made-up units from the flat files of one run.

    Parameters
    ----------
    processed : pathlib.Path
        Folder of the flat files of a real run.
    """

    MONEY = ("pagu", "realisasi", "pagu_berdata", "sisa")

    def __init__(self, processed: Path) -> None:
        self._tables = {name: pq.read_table(processed / f"{name}.parquet") for name in NAMES}

    def make(self, root: Path, unit: Unit, year: int = 2025, quarter: str = "IV") -> Path:
        """Write the run of a unit; gives the folder of its flat files."""
        inside = Path(unit.slug, str(year), quarter, "dasar")
        folder = root / "data" / "processed" / inside
        folder.mkdir(parents=True)
        identity = {"unit": unit.slug, "tahun": year, "triwulan": quarter}
        for name, table in self._tables.items():
            made = table
            money = self.MONEY if unit.times != 1 and name in ("anggaran", "ro") else ()
            for column in set(money).intersection(made.column_names):
                made = changed(made, column, lambda one: one and one * unit.times)
            for column, value in (identity | (unit.told if name == "ringkasan" else {})).items():
                made = filled(made, column, value)
            made = unit.changes.get(name, lambda one: one)(made)
            pq.write_table(made, folder / f"{name}.parquet")
        report = root / "reports" / inside
        report.mkdir(parents=True)
        stage = {"pp39": pp39.__version__, "tahap": unit.stage}
        (report / "run.json").write_bytes(record.sealed_bytes(stage))
        return folder


def changed(table: pa.Table, column: str, change: Callable[[object], object]) -> pa.Table:
    """Give a table with the cells of a column changed."""
    place = table.schema.get_field_index(column)
    kind = table.schema.field(column).type
    values = [change(one) for one in table[column].to_pylist()]
    return table.set_column(place, table.schema.field(column), pa.array(values, kind))


def filled(table: pa.Table, column: str, value: object) -> pa.Table:
    """Give a table with the same value in every cell of a column."""
    place = table.schema.get_field_index(column)
    one = table.schema.field(column)
    return table.set_column(place, one, pa.array([value] * table.num_rows, one.type))


def project(root: Path, source: Path, units: Iterable[str] = ()) -> Path:
    """Begin a project with the parameters of another; of its units keep those named."""
    shutil.copytree(source / "params", root / "params")
    shutil.rmtree(root / "params" / "unit")
    (root / "params" / "unit").mkdir()
    for unit in units:
        shutil.copyfile(
            source / "params" / "unit" / f"{unit}.yaml", root / "params" / "unit" / f"{unit}.yaml"
        )
    return root
