"""Declarations of the budget sources: DIPA, funds, spending types, revisions, absorption."""

from __future__ import annotations

from pp39.sources.declaration import Column, Source
from pp39.sources.numbers import Count, Percent, Rupiah
from pp39.sources.words import Choice, Code, Date, QuarterName, Text

__all__ = ["BUDGET", "FUNDS", "KRO_CODE", "PNBP_MISPRINTS", "PROGRAM_CODE", "QUARTER", "RO_CODE"]

# "PNBPNBP" before "PNBK": each is replaced as a whole word of the print.
PNBP_MISPRINTS = (("PNBPNBP", "PNBP"), ("PNBK", "PNBP"))

FUNDS = (
    ("RM", ("RM", "Rupiah Murni")),
    ("RMP", ("RMP", "Rupiah Murni Pendamping")),
    ("PNBP", ("PNBP", "Penerimaan Negara Bukan Pajak")),
    ("BLU", ("BLU", "PNBP BLU", "Badan Layanan Umum")),
    ("PHLN", ("PHLN", "Pinjaman dan Hibah Luar Negeri", "Pinjaman/Hibah Luar Negeri")),
    ("PLN", ("PLN", "Pinjaman Luar Negeri")),
    ("HLN", ("HLN", "Hibah Luar Negeri")),
    ("PDN", ("PDN", "Pinjaman Dalam Negeri")),
    ("HDN", ("HDN", "Hibah Dalam Negeri")),
    ("HLD", ("HLD", "Hibah Langsung Dalam Negeri")),
    ("HLL", ("HLL", "Hibah Langsung Luar Negeri")),
    ("SBSN", ("SBSN", "Surat Berharga Syariah Negara")),
    ("STM", ("STM", "Stimulus")),
)
"""Sources of funds of a DIPA, with the names they are written out by."""

PROGRAM_CODE = Code(r"[A-Z]{2}", "EC")
KRO_CODE = Code(r"[0-9]{4}\.[A-Z]{3}", "6077.AEC")
RO_CODE = Code(r"[0-9]{4}\.[A-Z]{3}\.[0-9]{3}", "6077.AEC.002")
QUARTER = Column("Triwulan", ("triwulan",), QuarterName(), required=True)

BUDGET = (
    Source(
        "dipa_ro",
        "dipa_ro.xlsx",
        "Komposisi anggaran per rincian output (DIPA)",
        (
            Column("Kode Program", ("kode_program",), PROGRAM_CODE, required=True, fill=True),
            Column("Nama Program", ("nama_program",), Text(), required=True, fill=True),
            Column(
                "Kode Kegiatan",
                ("kode_kegiatan",),
                Code(r"[0-9]{4}", "6077"),
                required=True,
                fill=True,
            ),
            Column("Nama Kegiatan", ("nama_kegiatan",), Text(), required=True, fill=True),
            Column("Kode KRO", ("kode_kro",), KRO_CODE, required=True, fill=True),
            Column("Nama KRO", ("nama_kro",), Text(), required=True, fill=True),
            Column("Satuan KRO", ("satuan_kro",), Text(), fill=True),
            Column("Kode RO", ("kode_ro",), RO_CODE, required=True),
            Column("Nama RO", ("nama_ro",), Text(), required=True),
            Column(
                "Pagu (Rp)",
                ("pagu",),
                Rupiah(),
                unit="Rp",
                label="Pagu",
                spellings=("Pagu",),
                required=True,
            ),
            Column("Target", ("target",), Count(), unit_column="satuan", label="Target RO"),
            Column("Satuan", ("satuan",), Text()),
        ),
        levels=2,
    ),
    Source(
        "sumber_dana",
        "sumber_dana.csv",
        "Pagu menurut sumber dana",
        (
            Column(
                "Sumber",
                ("sumber",),
                Choice("source of funds", FUNDS),
                required=True,
            ),
            Column("Uraian", ("uraian",), Text()),
            Column("Pagu", ("pagu",), Rupiah(), unit="Rp", required=True),
        ),
    ),
    Source(
        "dipa_pagu",
        "dipa_pagu.csv",
        "Pagu awal dan pagu blokir DIPA",
        (
            Column(
                "Kode",
                ("kode",),
                Choice(
                    "kind of ceiling",
                    (("pagu_awal", ("pagu_awal",)), ("pagu_blokir", ("pagu_blokir",))),
                ),
                required=True,
            ),
            Column("Uraian", ("uraian",), Text()),
            Column("Nilai", ("nilai",), Rupiah(), unit="Rp", required=True),
        ),
    ),
    Source(
        "jenis_belanja",
        "jenis_belanja.csv",
        "Pagu menurut jenis belanja",
        (
            Column("Kode", ("kode",), Code(r"5[0-9]", "51"), required=True),
            Column("Jenis Belanja", ("jenis_belanja",), Text(), required=True),
            Column(
                "Pagu (Rp)",
                ("pagu",),
                Rupiah(),
                unit="Rp",
                label="Pagu",
                spellings=("Pagu",),
                required=True,
            ),
        ),
    ),
    Source(
        "revisi_dipa",
        "revisi_dipa.xlsx",
        "Riwayat revisi DIPA",
        (
            Column("No", ("no",), Count("1")),
            Column("Revisi", ("uraian",), Text(), required=True),
            Column("Tanggal", ("tanggal",), Date(), required=True),
            Column("Pagu / Awal", ("pagu_awal",), Rupiah(), unit="Rp", label="Pagu awal"),
            Column("Pagu / Akhir", ("pagu_akhir",), Rupiah(), unit="Rp", label="Pagu akhir"),
            Column("Blokir", ("blokir",), Rupiah(), unit="Rp"),
            Column("Keterangan", ("keterangan",), Text(PNBP_MISPRINTS)),
        ),
        levels=2,
    ),
    Source(
        "realisasi_kro",
        "realisasi_kro.csv",
        "Serapan dan realisasi fisik per KRO",
        (
            QUARTER,
            Column("Program", ("kode_program",), PROGRAM_CODE, required=True),
            Column("Kode KRO", ("kode_kro",), KRO_CODE, required=True),
            Column("Nama KRO", ("nama_kro",), Text(), required=True),
            Column("Serapan", ("serapan",), Percent(), unit="%"),
            Column("Fisik", ("fisik",), Text()),
        ),
        instead=("sp2d",),
    ),
    Source(
        "kegiatan_kro",
        "kegiatan_kro.csv",
        "Kegiatan yang dibiayai per KRO",
        (
            QUARTER,
            Column("Program", ("kode_program",), PROGRAM_CODE, required=True),
            Column("Kode KRO", ("kode_kro",), KRO_CODE),
            Column("Kegiatan", ("kegiatan",), Text(PNBP_MISPRINTS), required=True),
        ),
    ),
    Source(
        "aset",
        "aset.csv",
        "Nilai aset pada akhir tahun",
        (
            Column("Tahun", ("tahun",), Count("2025"), required=True),
            Column("Nilai Aset", ("nilai_aset",), Rupiah(), unit="Rp", required=True),
        ),
        optional=True,
    ),
)
