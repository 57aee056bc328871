"""Declarations of the performance sources: targets, action plan, execution, obstacles, outputs."""

from __future__ import annotations

from pp39.sources.budget import PNBP_MISPRINTS, QUARTER
from pp39.sources.declaration import Column, Composed, Section, Source
from pp39.sources.numbers import Count, Measure, Number, Percent, Stated
from pp39.sources.words import Choice, Code, Registered, Split, Text

__all__ = ["INDICATOR", "PERFORMANCE"]

_CODE = r"[A-Za-z0-9][A-Za-z0-9._-]*( [A-Za-z0-9][A-Za-z0-9._-]*)*"
INDICATOR = Column(
    "Kode", ("kode",), Registered(_CODE, "IKU 1.1", vocabulary="indikator"), required=True
)

_PROSE = Text(PNBP_MISPRINTS)
_DOCUMENT = Column("Dokumen", ("dokumen",), Text(), required=True)
_GOAL = Column("Sasaran", ("sasaran",), Text())
_NAME = Column("Indikator", ("indikator",), Text(), required=True)
_TARGET = Column("Target", ("target",), Number(), unit_column="satuan", required=True)
_TARGET_WITH_UNIT = Column(
    "Target", ("target", "satuan"), Measure(), unit_column="satuan", required=True
)
_UNIT = Column("Satuan", ("satuan",), Text())
_ORDER = Column("Urut", ("urut",), Count("1"), required=True)
_ACTIVITY = Column("Kegiatan", ("kegiatan",), _PROSE, required=True)
_SCOPE = Column(
    "Lingkup",
    ("lingkup",),
    Choice(
        "scope",
        (
            ("perjanjian_kinerja", ("Perjanjian Kinerja", "Perjakin")),
            ("kegiatan", ("Kegiatan",)),
            ("umum", ("Umum",)),
            ("program EC", ("Program EC",)),
            ("program WA", ("Program WA",)),
            ("kro 6077.AEF", ("KRO 6077.AEF",)),
        ),
    ),
    required=True,
)


def _full_kro(parts: tuple[str, ...]) -> tuple[str, ...]:
    program, kegiatan, kro, name = parts
    return program, kegiatan, f"{kegiatan}.{kro}", name


def _interim(quarter: str) -> Column:
    return Column(
        f"TW {quarter}",
        (f"tw_{quarter.lower()}",),
        Percent(),
        unit="%",
        label=f"Target antara triwulan {quarter}",
    )


PERFORMANCE = (
    Source(
        "target_perjanjian_kinerja",
        "target_perjanjian_kinerja.csv",
        "Target menurut perjanjian kinerja",
        (_DOCUMENT, INDICATOR, _GOAL, _NAME, _TARGET, _UNIT),
    ),
    Source(
        "target_sasaran_indikator",
        "target_sasaran_indikator.csv",
        "Target menurut tabel sasaran dan indikator kinerja",
        (
            _DOCUMENT,
            INDICATOR,
            Column(
                "Kode Sasaran",
                ("kode_sasaran",),
                Registered(_CODE, "SS 1", vocabulary="sasaran"),
            ),
            _GOAL,
            _NAME,
            _TARGET,
            _UNIT,
            Column("Unit Terkait", ("unit_terkait",), Text()),
        ),
    ),
    Source(
        "target_rencana_aksi",
        "target_rencana_aksi.csv",
        "Target menurut rencana aksi",
        (_DOCUMENT, INDICATOR, _GOAL, _NAME, _TARGET_WITH_UNIT),
    ),
    Source(
        "target_tabel_capaian",
        "target_tabel_capaian.csv",
        "Target menurut tabel capaian",
        (_DOCUMENT, INDICATOR, _GOAL, _NAME, _TARGET_WITH_UNIT),
    ),
    Source(
        "target_antara",
        "target_antara.csv",
        "Target antara per triwulan",
        (INDICATOR, *(_interim(quarter) for quarter in ("I", "II", "III", "IV"))),
    ),
    Source(
        "rencana_aksi",
        "rencana_aksi.csv",
        "Rencana aksi: kegiatan per triwulan",
        (INDICATOR, QUARTER, _ORDER, _ACTIVITY),
    ),
    Source(
        "realisasi_kegiatan",
        "realisasi_kegiatan.csv",
        "Kegiatan yang terlaksana per indikator",
        (INDICATOR, QUARTER, _ORDER, _ACTIVITY),
    ),
    Source(
        "pelaksanaan",
        "pelaksanaan.csv",
        "Realisasi fisik, kendala, dan tindak lanjut per indikator",
        (
            INDICATOR,
            QUARTER,
            Column("Fisik Target", ("fisik_target",), Percent(), unit="%", label="Target fisik"),
            Column(
                "Fisik Realisasi",
                ("fisik_realisasi",),
                Percent(),
                unit="%",
                label="Realisasi fisik",
            ),
            Column("Kendala", ("kendala",), _PROSE),
            Column("Tindak Lanjut", ("tindak_lanjut",), _PROSE),
        ),
    ),
    Source(
        "kendala",
        "kendala.csv",
        "Hambatan dan kendala",
        (QUARTER, _SCOPE, Column("Uraian", ("uraian",), _PROSE, required=True)),
    ),
    Source(
        "tindak_lanjut",
        "tindak_lanjut.csv",
        "Langkah tindak lanjut",
        (
            QUARTER,
            _SCOPE,
            Column("Pelaku", ("pelaku",), Text()),
            Column("Uraian", ("uraian",), _PROSE, required=True),
        ),
    ),
    Source(
        "progres_ro",
        "progres_ro.xlsx",
        "Monitoring rincian output bulanan (RVRO dan progres)",
        (
            Column("KRO", ("_kro",), Code(r"[A-Z]{3}", "AEC"), required=True),
            Column(
                "Rincian Output",
                ("_ro", "nama_ro"),
                Split(r"([0-9]{3})\s*-?\s*(\D.*)", "075 - Jasa Pelayanan", 2),
                required=True,
            ),
            Column("Satuan", ("satuan",), Text()),
            Column("TVRO", ("tvro",), Count(), unit_column="satuan", label="TVRO"),
            Column("{bulan} / RVRO", ("rvro",), Count(), unit_column="satuan", label="RVRO"),
            Column("{bulan} / Progres", ("progres",), Percent(), unit="%", label="Progres"),
        ),
        levels=2,
        section=Section(r"([0-9]{4})\s*-\s*(\S.*)", ("kode_kegiatan", "nama_kegiatan")),
        composed=(
            Composed("kode_kro", ("kode_kegiatan", "_kro")),
            Composed("kode_ro", ("kode_kro", "_ro")),
        ),
    ),
    Source(
        "target_smart",
        "target_smart.csv",
        "Target kinerja bulanan menurut SMART",
        (
            Column("No", ("no",), Count("1")),
            Column(
                "KRO",
                ("kode_program", "kode_kegiatan", "kode_kro", "nama_kro"),
                Split(
                    r"([A-Z]{2})-([0-9]{4})-([A-Z]{3})-(\S.*)",
                    "EC-6077-AEC-Kerja sama",
                    4,
                    _full_kro,
                ),
                required=True,
            ),
            Column(
                "RO",
                ("_ro", "nama_ro"),
                Split(r"([0-9]{3})\s*-\s*(\S.*)", "002-Kerja Sama", 2),
                required=True,
            ),
            Column("Target", ("target",), Count(), unit_column="satuan", label="Target RO"),
            Column("Satuan", ("satuan",), Text()),
            Column("TPCRO {bulan}", ("tpcro",), Percent(), unit="%", label="TPCRO"),
            Column("TRVRO {bulan}", ("trvro",), Count(), unit_column="satuan", label="TRVRO"),
        ),
        composed=(Composed("kode_ro", ("kode_kro", "_ro")),),
    ),
    Source(
        "pernyataan",
        "pernyataan.csv",
        "Angka dan sebutan yang dinyatakan dalam laporan terdahulu",
        (
            Column(
                "Subjek",
                ("subjek",),
                Code(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", "IKU-1.1/realisasi"),
                required=True,
            ),
            Column("Uraian", ("uraian",), Text(), required=True),
            Column("Nilai", ("nilai", "nilai_angka"), Stated(), unit_column="satuan"),
            Column("Satuan", ("satuan",), Text()),
            Column("Periode", ("periode",), Text()),
            Column(
                "Jenis",
                ("jenis",),
                Choice(
                    "kind of statement",
                    tuple(
                        (kind, (kind,))
                        for kind in (
                            "angka",
                            "teks",
                            "periode",
                            "tanggal",
                            "nama",
                            "klaim",
                            "nomor",
                            "terbilang",
                        )
                    ),
                ),
                required=True,
            ),
            Column("Letak", ("letak",), Text(), required=True),
        ),
    ),
)
