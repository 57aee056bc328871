"""``rincian.*``: the rows that the forms add up, as a file that any tool reads."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from pp39.indicators.flat import Column, FlatTable, Line
from pp39.rollup.activities import SUMMED
from pp39.rollup.rollup import Rollup
from pp39.rollup.sums import DETAILS

_COUNTS = ("ro", "ro_berdata", "ro_di_bawah", "bulan")

_TABLE = FlatTable(
    DETAILS,
    "Anggaran dan fisik setiap satuan kerja menurut kegiatan",
    (
        Column("kementerian", "teks", "Kementerian/lembaga."),
        Column("badan", "teks", "Unit eselon I."),
        Column("program", "teks", "Kode program."),
        Column("kegiatan", "teks", "Kode kegiatan."),
        Column("unit", "teks", "Kode satuan kerja."),
        Column("nama", "teks", "Nama satuan kerja."),
        Column("pagu", "tepat", "Pagu kegiatan.", "Rp"),
        Column("realisasi", "tepat", "Realisasi KRO yang memiliki pagu dan realisasi.", "Rp"),
        Column("pagu_berdata", "tepat", "Pagu KRO itu.", "Rp"),
        Column("pagu_fisik", "tepat", "Pagu RO yang memiliki data progres.", "Rp"),
        Column("bobot_progres", "tepat", "Jumlah pagu RO itu × progresnya."),
        Column("bobot_rencana", "tepat", "Jumlah pagu RO itu × rencananya, bila lengkap."),
        Column("rencana_serapan", "tepat", "Target penyerapan sampai dengan akhir triwulan.", "Rp"),
        Column("rencana_program", "tepat", "Target program itu, pada baris pertamanya.", "Rp"),
        Column("rencana_satker", "tepat", "Target satuan kerja, pada baris pertamanya.", "Rp"),
        Column("ro", "bulat", "Banyaknya RO."),
        Column("ro_berdata", "bulat", "Banyaknya RO yang memiliki data progres."),
        Column("ro_di_bawah", "bulat", "Banyaknya RO di bawah rencana."),
        Column("bulan", "bulat", "Bulan terakhir yang memiliki data progres."),
        Column("dana", "teks", "Sumber seluruh dana satuan kerja, bila hanya satu."),
        Column("run", "teks", "Berkas anggaran tempat baris ini berasal."),
    ),
    ("unit", "program", "kegiatan"),
)


def write_details(r: Rollup, folder: Path) -> tuple[Path, Path]:
    """Write ``rincian.csv`` and ``rincian.parquet``, in the order the sums speak of."""
    return _TABLE.write(_lines(r), folder)


def _lines(r: Rollup) -> Iterator[Line]:
    reporting = [one for one in r.members if one.reported]
    columns = {
        one: r.rows[one].to_pylist()
        for one in ("nomor", "program", "kegiatan", *SUMMED, *_COUNTS, "dana")
    }
    inside = f"{r.year}/{r.period}/{r.choice.scenario}/anggaran.parquet"
    for place, number in enumerate(columns["nomor"]):
        member = reporting[number]
        money = {one: columns[one][place] for one in SUMMED}
        yield {
            "kementerian": member.kementerian,
            "badan": member.badan,
            "program": columns["program"][place],
            "kegiatan": columns["kegiatan"][place],
            "unit": member.unit,
            "nama": member.title,
            **{name: None if one is None else Fraction(one) for name, one in money.items()},
            **{one: columns[one][place] for one in _COUNTS},
            "dana": columns["dana"][place],
            "run": f"{member.unit}/{inside}",
        }
