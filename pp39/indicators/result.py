"""The result table: one line per indicator, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pp39 import handout
from pp39.indicators.achievement import Status
from pp39.indicators.program import Realisation
from pp39.ledger import Quantity
from pp39.numbers import plain_decimal

__all__ = ["COLUMNS", "IndicatorResult", "write_results"]

COLUMNS = (
    "kode",
    "sasaran",
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "status",
    "ledger_id",
)
_NUMBERS = ("target", "realisasi", "capaian")


@dataclass(frozen=True)
class IndicatorResult:
    """What came out for one indicator."""

    #: Code with a blank, such as ``IKU 1.1``.
    kode: str
    #: kode_sasaran, sasaran: goal it belongs to.
    kode_sasaran: str
    sasaran: str
    #: Name.
    indikator: str
    #: Unit as the performance contract calls it.
    satuan: str
    #: target, realisasi, capaian: entries of the ledger; None where there is no data. `capaian` is
    #: in percent, after the cap.
    target: Quantity | None
    realisasi: Quantity | None
    capaian: Quantity | None
    #: Realisation − target.
    selisih: Quantity | None
    #: sebelumnya, perubahan: realisation of the quarter before, and the change since.
    sebelumnya: Quantity | None
    perubahan: Quantity | None
    #: fisik_target, fisik_realisasi: physical progress in percent.
    fisik_target: Quantity | None
    fisik_realisasi: Quantity | None
    #: ``tercapai`` or ``tidak tercapai`` in quarter IV, ``sudah tercapai``, ``sesuai jalur`` or
    #: ``di bawah jalur`` before; ``tidak dapat dihitung`` or ``belum ada data`` in any.
    status: Status
    #: Class by regulation; empty if it has none.
    predikat: str
    #: Remark on the realisation: its source, what is missing.
    catatan: str
    #: All figures that the formulas gave.
    hitungan: Realisation = field(repr=False, compare=False)

    @property
    def slug(self) -> str:
        """The code as ledger ids begin, such as ``IKU-1.1``."""
        return self.kode.replace(" ", "-")

    @property
    def ledger_id(self) -> str:
        """Id of the realisation, of the target where there is none, else empty."""
        first = self.realisasi or self.target
        return first.id or "" if first is not None else ""


def write_results(results: Iterable[IndicatorResult], folder: Path) -> tuple[Path, Path]:
    """Write ``indikator.csv`` and ``indikator.parquet``.

    Parameters
    ----------
    results : iterable of IndicatorResult
        In the order of the registry.
    folder : pathlib.Path
        Folder of processed data; it must exist.

    Returns
    -------
    tuple of pathlib.Path
        The CSV (numbers with a dot, at most 6 decimals, blank without data) and the Parquet file
        (float64, null without data).
    """
    lines = [_line(one) for one in results]
    table = folder / "indikator.csv"
    handout.write(table, COLUMNS, ([_written(line[name]) for name in COLUMNS] for line in lines))
    schema = pa.schema(
        [(name, pa.float64() if name in _NUMBERS else pa.string()) for name in COLUMNS]
    )
    columns = {name: [_stored(line[name]) for line in lines] for name in COLUMNS}
    binary = folder / "indikator.parquet"
    pq.write_table(pa.table(columns, schema=schema), binary)
    return table, binary


def _line(result: IndicatorResult) -> dict[str, str | Quantity | None]:
    return {name: getattr(result, name) for name in COLUMNS}


def _written(value: str | Quantity | None) -> str:
    if isinstance(value, Quantity):
        return plain_decimal(value.value)
    return value or ""


def _stored(value: str | Quantity | None) -> str | float | None:
    return float(value.value) if isinstance(value, Quantity) else value
