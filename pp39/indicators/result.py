"""The result table: one line per indicator, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pp39.book import Book
from pp39.indicators.achievement import INCALCULABLE, Status
from pp39.indicators.flat import RUN, Column, FlatTable, Line, run_columns
from pp39.indicators.program import Realisation
from pp39.ledger import Quantity, dashed

INDICATORS = FlatTable(
    "indikator",
    "Target, realisasi, capaian, dan status setiap indikator",
    (
        Column("kode", "teks", "Kode indikator."),
        Column("sasaran", "teks", "Nama sasaran."),
        Column("indikator", "teks", "Nama indikator."),
        Column("satuan", "teks", "Satuan menurut perjanjian kinerja."),
        Column("target", "angka", "Target setahun, dalam satuannya."),
        Column("realisasi", "angka", "Realisasi, dalam satuannya."),
        Column("capaian", "angka", "Capaian terhadap target, setelah dibatasi.", "%"),
        Column("status", "teks", "Status capaian."),
        Column("ledger_id", "teks", "Realisasi, atau target, pada ledger.json."),
        *RUN,
        Column("kode_sasaran", "teks", "Kode sasaran."),
        Column(
            "polaritas",
            "teks",
            "naik: semakin tinggi semakin baik; turun: semakin rendah semakin baik.",
            allowed=("naik", "turun"),
        ),
        Column(
            "sifat",
            "teks",
            "Masa realisasi: triwulan itu saja, kumulatif sejak Januari, atau posisi akhir masa.",
            allowed=("triwulan", "kumulatif", "posisi"),
        ),
        Column("alasan", "teks", "Mengapa realisasi atau capaian tidak dapat dihitung."),
    ),
    ("unit", "tahun", "triwulan", "run", "kode"),
)


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
    #: Change of the realisation since the quarter before.
    perubahan: Quantity | None
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
        return dashed(self.kode)

    @property
    def ledger_id(self) -> str:
        """Id of the realisation, of the target where there is none, else empty."""
        first = self.realisasi or self.target
        return first.id or "" if first is not None else ""


def write_results(
    results: Iterable[IndicatorResult], book: Book, run: str, folder: Path
) -> tuple[Path, Path]:
    """Write ``indikator.csv`` and ``indikator.parquet``.

    Parameters
    ----------
    results : iterable of IndicatorResult
        In the order of the registry.
    book : Book
        What they were computed from.
    run : str
        Name of the run.
    folder : pathlib.Path
        Folder of processed data; it must exist.

    Returns
    -------
    tuple of pathlib.Path
        The CSV (numbers with a dot, at most 6 decimals, blank without data) and the Parquet file
        (float64, null without data).
    """
    own = ("kode", "sasaran", "indikator", "satuan", "target", "realisasi", "capaian", "status")
    registry, of_run = book.params.indikator, run_columns(book.settings, run)

    def line(one: IndicatorResult) -> Line:
        return {
            **{name: getattr(one, name) for name in (*own, "ledger_id", "kode_sasaran")},
            **of_run,
            "polaritas": registry[one.kode].polaritas,
            "sifat": registry[one.kode].sifat,
            "alasan": one.catatan if one.status == INCALCULABLE else "",
        }

    return INDICATORS.write(map(line, results), folder)
