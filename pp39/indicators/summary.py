"""One row about a run, ``ringkasan.*``: whose it is, when it was due, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pp39.indicators.flat import RUN, Column, FlatTable, run_columns
from pp39.params import Settings
from pp39.periods import working_day_deadline

_SEVERITIES = ("material", "minor", "editorial")
_OF_UNIT = ("nama", "singkatan", "badan", "singkatan_badan", "kementerian", "dipa_nomor")

SUMMARY = FlatTable(
    "ringkasan",
    "Satuan kerja, tenggat laporan, dan banyaknya temuan",
    (
        *RUN,
        Column("nama", "teks", "Nama satuan kerja."),
        Column("singkatan", "teks", "Nama singkat satuan kerja."),
        Column("badan", "teks", "Unit eselon I di atasnya; kosong bila langsung di bawah K/L."),
        Column("singkatan_badan", "teks", "Nama singkat unit eselon I."),
        Column("kementerian", "teks", "Kementerian/lembaga."),
        Column("dipa_nomor", "teks", "Nomor DIPA."),
        Column("profil", "teks", "Profil satuan kerja."),
        Column("tanggal", "teks", "Tanggal laporan."),
        Column("tenggat", "teks", "Hari terakhir penyampaian laporan."),
        *(
            Column(f"temuan_{one}", "bulat", f"Banyaknya temuan bertingkat {one}.")
            for one in _SEVERITIES
        ),
        Column("dikirim", "teks", "Tanggal laporan disampaikan; kosong bila tidak dicatat."),
    ),
    ("unit", "tahun", "triwulan", "run"),
)


def write_summary(
    settings: Settings, severities: Iterable[str], run: str, folder: Path
) -> tuple[Path, Path]:
    """Write ``ringkasan.csv`` and ``ringkasan.parquet``.

    Parameters
    ----------
    settings : Settings
        Parameters of the run.
    severities : iterable of str
        Severity of every finding.
    run : str
        Name of the run.
    folder : pathlib.Path
        Folder of processed data; it must exist.
    """
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
    }
    return SUMMARY.write([line], folder)
