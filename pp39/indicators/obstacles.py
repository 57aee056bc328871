"""Obstacles and follow-up of the quarter as a flat table, ``hambatan.*``, for the next report."""

from __future__ import annotations

from pathlib import Path

from pp39.book import Book
from pp39.indicators.flat import RUN, Column, FlatTable, run_columns

_KINDS = {"kendala": "kendala", "tindak_lanjut": "tindak lanjut"}

OBSTACLES = FlatTable(
    "hambatan",
    "Kendala dan tindak lanjut yang dicatat pada triwulan laporan",
    (
        Column("nomor", "bulat", "Nomor urut."),
        Column("jenis", "teks", "Kendala atau tindak lanjut.", allowed=tuple(_KINDS.values())),
        Column("lingkup", "teks", "Kode indikator, atau lingkup menurut sumber data."),
        Column("uraian", "teks", "Uraian sebagaimana dicatat."),
        *RUN,
    ),
    ("unit", "tahun", "triwulan", "run", "nomor"),
)


def write_obstacles(book: Book, run: str, folder: Path) -> tuple[Path, Path]:
    """Write ``hambatan.csv`` and ``hambatan.parquet``.

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
