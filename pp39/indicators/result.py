"""The results of a run as tables: indicators, what stood in their way, and one line of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pp39.book import Book
from pp39.indicators.achievement import INCALCULABLE, Status
from pp39.indicators.flat import FlatTable, Line, run_columns
from pp39.indicators.program import Realisation
from pp39.ledger import Quantity, dashed
from pp39.params import Settings
from pp39.periods import working_day_deadline

INDICATORS = FlatTable.declared("indikator")
SUMMARY = FlatTable.declared("ringkasan")
OBSTACLES = FlatTable.declared("hambatan")
_SEVERITIES = ("material", "minor", "editorial")
_OF_UNIT = ("nama", "singkatan", "badan", "singkatan_badan", "kementerian", "dipa_nomor")
_KINDS = {"kendala": "kendala", "tindak_lanjut": "tindak lanjut"}


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
            "nasional": registry[one.kode].nasional or "",
            "batas_bawah": None if one.target is None else one.target.low,
            "alasan": one.catatan if one.status == INCALCULABLE else "",
        }

    return INDICATORS.write(map(line, results), folder)


def write_summary(
    settings: Settings, severities: Iterable[str], run: str, folder: Path
) -> tuple[Path, Path]:
    """Write ``ringkasan.csv`` and ``ringkasan.parquet``."""
    params = settings.params
    unit, form = params.unit, params.regulasi.formulir[params.laporan.formulir]
    due = working_day_deadline(
        settings.quarter.end(settings.year),
        form.hari_kerja,
        [day.tanggal for day in params.regulasi.libur],
    )
    counts, sent = Counter(severities), params.laporan.dikirim
    line = {
        **run_columns(settings, run),
        **{name: getattr(unit, name) for name in _OF_UNIT},
        "profil": params.profil,
        "tanggal": params.laporan.tanggal.isoformat(),
        "tenggat": due.isoformat(),
        **{f"temuan_{one}": counts[one] for one in _SEVERITIES},
        "dikirim": sent.isoformat() if sent is not None else None,
        "sintetis": "ya" if unit.sintetis else None,
    }
    return SUMMARY.write([line], folder)


def write_obstacles(book: Book, run: str, folder: Path) -> tuple[Path, Path]:
    """Write ``hambatan.csv`` and ``hambatan.parquet``, which the next report reads.

    Parameters
    ----------
    book : Book
        Reads, of its quarter, ``pelaksanaan`` (by indicator), ``kendala`` and ``tindak_lanjut``
        (by scope).
    run : str
        Name of the run.
    folder : pathlib.Path
        Folder of processed data; it must exist.
    """
    of_run, now = run_columns(book.settings, run), {"triwulan": str(book.quarter)}
    told = [
        (kind, book.text(source, row, scope), book.text(source, row, column))
        for name, kind in _KINDS.items()
        for source, scope, column in (("pelaksanaan", "kode", name), (name, "lingkup", "uraian"))
        for row in book.find(source, **now)
    ]
    lines = enumerate((one for one in told if one[2]), 1)
    return OBSTACLES.write(
        (
            {"nomor": number, "jenis": kind, "lingkup": scope, "uraian": text, **of_run}
            for number, (kind, scope, text) in lines
        ),
        folder,
    )
