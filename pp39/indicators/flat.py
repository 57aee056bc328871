"""Flat tables: the results of a run as files that any tool reads, each with its dictionary.

A table is declared once, column by column, in ``tabel.yaml``; the files and their description in
``datapackage.json`` are both written from that declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pp39 import handout
from pp39.ledger import Ledger, Quantity
from pp39.numbers import plain_decimal
from pp39.params import Settings
from pp39.yamlfile import packaged

_FILE = "indicators/tabel.yaml"

Kind = Literal["teks", "bulat", "angka", "tepat"]
"""Text; whole number; number stored as a binary fraction; number stored to its sixth decimal."""

_STORED: Mapping[Kind, pa.DataType] = {
    "teks": pa.string(),
    "bulat": pa.int64(),
    "angka": pa.float64(),
    # Sums of it are exact, in whatever order files are read.
    "tepat": pa.decimal128(38, 6),
}

Value = str | int | Fraction | Quantity | None
Line = Mapping[str, Value]
"""Cells of one row by column; what is not there is blank."""


@dataclass(frozen=True)
class Column:
    """One column of a flat table."""

    #: As it stands in the files.
    name: str
    #: What its cells hold.
    kind: Kind
    #: In Indonesian.
    meaning: str
    #: Unit of measure; empty where it has none or each row has its own.
    unit: str = ""
    #: The only texts it may hold; empty where it may hold any.
    allowed: tuple[str, ...] = ()
    #: Ids of the figure it holds, ``{at}`` being what the row is of; the first that there is.
    ids: tuple[str, ...] = ()


def run_columns(settings: Settings, run: str) -> dict[str, str | int]:
    """Give the values of the columns that tell rows of several runs apart."""
    return {
        "unit": settings.unit,
        "tahun": settings.year,
        "triwulan": str(settings.period),
        "run": run,
    }


@dataclass(frozen=True)
class FlatTable:
    """A table that is written as CSV and as Parquet."""

    #: Of its files, without ending.
    name: str
    #: What it holds, in Indonesian.
    title: str
    #: In order.
    columns: tuple[Column, ...]
    #: Columns that tell its rows apart.
    key: tuple[str, ...]

    @classmethod
    def declared(cls, name: str) -> FlatTable:
        """Give a table as ``tabel.yaml`` declares it."""
        given = packaged(_FILE)[name]
        nested = (one if isinstance(one, list) else [one] for one in given["kolom"])
        columns = tuple(_column(one) for several in nested for one in several)
        return cls(name, given["judul"], columns, tuple(given["kunci"]))

    @property
    def schema(self) -> pa.Schema:
        """Schema of the Parquet file."""
        return pa.schema([(one.name, _STORED[one.kind]) for one in self.columns])

    def figures(self, ledger: Ledger, at: str) -> dict[str, Quantity]:
        """Give the figures of a row by column, as far as the ledger has them."""
        tried = {one.name: (ledger.get(id.format(at=at)) for id in one.ids) for one in self.columns}
        found = {name: next(filter(None, ones), None) for name, ones in tried.items()}
        return {name: one for name, one in found.items() if one is not None}

    def write(self, rows: Iterable[Line], folder: Path) -> tuple[Path, Path]:
        """Write the rows.

        Parameters
        ----------
        rows : iterable of mapping
            Values by column; one that is not there, or None, is a blank cell.
        folder : pathlib.Path
            It must exist.

        Returns
        -------
        tuple of pathlib.Path
            The CSV (numbers with a dot, at most 6 decimals) and the Parquet file.
        """
        listed = list(rows)
        table, binary = folder / f"{self.name}.csv", folder / f"{self.name}.parquet"
        names = [one.name for one in self.columns]
        handout.write(table, names, ([_written(row.get(one)) for one in names] for row in listed))
        stored = {
            one.name: [_stored(row.get(one.name), one.kind) for row in listed]
            for one in self.columns
        }
        pq.write_table(pa.table(stored, schema=self.schema), binary)
        return table, binary


def meanings() -> Mapping[str, str]:
    """Give what the columns of other lists mean, where their name does not say it."""
    found: Mapping[str, str] = packaged(_FILE)["_arti"]
    return found


def _column(given: Mapping[str, Any]) -> Column:
    lists = (tuple(given.get(one, ())) for one in ("pilihan", "angka"))
    unit = given.get("satuan", "")
    return Column(given["nama"], given.get("jenis", "teks"), given["arti"], unit, *lists)


def _written(value: Value) -> str:
    if isinstance(value, Quantity | Fraction):
        return plain_decimal(value.value if isinstance(value, Quantity) else value)
    return "" if value is None else str(value)


def _stored(value: Value, kind: Kind) -> Any:
    number = value.value if isinstance(value, Quantity) else value
    if isinstance(number, Fraction | int):
        match kind:
            case "angka":
                return float(number)
            case "tepat":
                return Decimal(plain_decimal(Fraction(number)))
            case "bulat":
                return int(number)
    return number
