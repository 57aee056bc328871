"""Declarations of the service sources: survey, customers, PNBP, results, SLA, IKPA, scores."""

from __future__ import annotations

from pp39.sources.budget import QUARTER
from pp39.sources.declaration import Column, Glued, Position, Source
from pp39.sources.numbers import Count, Measure, Number, Rupiah
from pp39.sources.performance import INDICATOR
from pp39.sources.words import Choice, Date, Month, Text

__all__ = ["SERVICE", "SERVICES"]

# "Posisi s.d. 31 Desember 2025", "POSISI S/D: 31-12-2025", "Posisi sampai dengan tanggal …".
UP_TO = (
    r"\bposisi\s*:?\s*(?:s\s*[./]?\s*d\b\s*\.?|sampai(?:\s+dengan)?\b|hingga\b|per\b)"
    r"\s*:?\s*(?:tanggal\b|tgl\b\.?)?\s*:?\s*([^()]+)"
)
SERVICE = Choice("service", vocabulary="layanan")
_STATUS = Choice(
    "status of a respondent",
    (
        ("perusahaan", ("Perusahaan",)),
        ("instansi", ("Instansi",)),
        ("mahasiswa", ("Mahasiswa",)),
        ("dosen", ("Dosen",)),
        ("pelaku-usaha", ("Pelaku Usaha",)),
    ),
)


def _result(header: str, name: str, label: str) -> Column:
    return Column(
        header, (name, f"{name}_satuan"), Measure(), unit_column=f"{name}_satuan", label=label
    )


SERVICES = (
    Source(
        "survei_nps",
        "survei_nps.csv",
        "Jawaban survei Net Promoter Score",
        (
            QUARTER,
            Column("No", ("no",), Count("1"), required=True),
            Column("Nama", ("nama",), Text(), personal="nama"),
            Column("No HP", ("telepon",), Text(), personal="telepon", spellings=("No. HP",)),
            Column("Email", ("email",), Text(), personal="email", spellings=("E-mail",)),
            Column("Status", ("status",), _STATUS, required=True),
            Column("Layanan", ("layanan",), SERVICE, required=True),
            Column("Nilai", ("nilai",), Count("9"), unit="nilai", required=True),
        ),
        glued=Glued("Layanan", "Nilai", r"(.*\S)\s*\(\s*([0-9]+)"),
    ),
    Source(
        "pelanggan",
        "pelanggan.csv",
        "Pelanggan menurut layanan dan kategori",
        (
            QUARTER,
            Column("Jenis Layanan", ("layanan",), SERVICE, spellings=("Layanan",), required=True),
            Column(
                "Kategori",
                ("kategori",),
                Choice("kind of customer", vocabulary="kategori"),
                required=True,
            ),
            Column("Jumlah", ("jumlah",), Count("12"), unit="pelanggan", required=True),
        ),
        instead=("order_layanan",),
    ),
    Source(
        "pnbp",
        "pnbp.xlsx",
        "Realisasi PNBP menurut jenis layanan, kumulatif",
        (
            Column("Jenis Layanan", ("layanan",), SERVICE, required=True),
            Column(
                "Target (Rp)",
                ("target",),
                Rupiah(),
                unit="Rp",
                label="Target PNBP",
                spellings=("Target",),
            ),
            Column(
                "Realisasi (Rp)",
                ("realisasi",),
                Rupiah(),
                unit="Rp",
                label="Realisasi PNBP",
                spellings=("Realisasi",),
                required=True,
            ),
            Column("No", ("no",), Count("1")),
        ),
        levels=2,
        position=Position(UP_TO),
    ),
    Source(
        "pnbp_dasar",
        "pnbp_dasar.csv",
        "PNBP tahun dasar",
        (
            Column("Tahun", ("tahun",), Count("2024"), required=True),
            Column(
                "Realisasi",
                ("realisasi",),
                Rupiah(),
                unit="Rp",
                label="PNBP tahun dasar",
                required=True,
            ),
            Column("Keterangan", ("keterangan",), Text()),
        ),
    ),
    Source(
        "hasil_layanan",
        "hasil_layanan.csv",
        "Hasil layanan per triwulan",
        (
            Column("No", ("no",), Count("1")),
            Column("Jenis Layanan", ("layanan",), SERVICE, spellings=("Layanan",), required=True),
            _result("Target Tahunan", "target", "Target tahunan"),
            _result("TW I", "tw_i", "Hasil layanan triwulan I"),
            _result("TW II", "tw_ii", "Hasil layanan triwulan II"),
            _result("TW III", "tw_iii", "Hasil layanan triwulan III"),
            _result("TW IV", "tw_iv", "Hasil layanan triwulan IV"),
        ),
        instead=("order_layanan",),
    ),
    Source(
        "sla",
        "sla.csv",
        "Ketepatan waktu layanan",
        (
            QUARTER,
            Column("Layanan", ("layanan",), SERVICE, required=True),
            Column(
                "Jumlah", ("jumlah",), Count(), unit="order", label="Jumlah order", required=True
            ),
            Column(
                "Tepat Waktu",
                ("tepat_waktu",),
                Count("126"),
                unit="order",
                label="Order tepat waktu",
                required=True,
            ),
            Column("Terlambat", ("terlambat",), Count("44"), unit="order", label="Order terlambat"),
        ),
        instead=("order_layanan",),
    ),
    Source(
        "ikpa",
        "ikpa.csv",
        "Nilai IKPA bulanan",
        (
            Column("Bulan", ("bulan",), Month((("Noevmber", "November"),)), required=True),
            Column("Nilai IKPA", ("nilai",), Number(), unit="nilai", spellings=("Nilai",)),
        ),
    ),
    Source(
        "nilai_eksternal",
        "nilai_eksternal.csv",
        "Nilai dari penilai luar",
        (
            INDICATOR,
            QUARTER,
            Column("Nilai", ("nilai",), Number(), required=True),
            Column("Sumber", ("sumber",), Text(), required=True),
            Column("Nomor Surat", ("nomor_surat",), Text(), identifier=True),
            Column("Tanggal Surat", ("tanggal_surat",), Date()),
            Column("Keterangan", ("keterangan",), Text()),
        ),
    ),
)
