"""The content of the report: chapters and annexes, composed from figures, statuses and sources.

Every function takes the material (`Bahan`) and returns the blocks of one section, in order; the
report notebook shows them with `tampil` and `tampil_setiap`.
"""

from pp39.report.isi.anggaran import realisasi_program
from pp39.report.isi.bahan import Bahan
from pp39.report.isi.capaian import ikhtisar, rencana_aksi
from pp39.report.isi.depan import daftar_daftar, kata_pengantar, sampul
from pp39.report.isi.hambatan import hambatan, langkah_tindak_lanjut
from pp39.report.isi.indikator import bagian_sasaran
from pp39.report.isi.lampiran import (
    jejak,
    mutu_data,
    pengukuran_rencana_aksi,
    sumber_data,
    target_smart,
    temuan,
)
from pp39.report.isi.pendahuluan import latar_belakang, struktur, tugas_fungsi
from pp39.report.isi.penutup import penutup
from pp39.report.isi.progres import progres_bulanan
from pp39.report.isi.rencana import (
    kegiatan,
    perjanjian_kinerja,
    revisi,
    sasaran_indikator,
    sumber_dan_belanja,
)
from pp39.report.isi.tampilan import tampil, tampil_setiap

__all__ = [
    "Bahan",
    "bagian_sasaran",
    "daftar_daftar",
    "hambatan",
    "ikhtisar",
    "jejak",
    "kata_pengantar",
    "kegiatan",
    "langkah_tindak_lanjut",
    "latar_belakang",
    "mutu_data",
    "pengukuran_rencana_aksi",
    "penutup",
    "perjanjian_kinerja",
    "progres_bulanan",
    "realisasi_program",
    "rencana_aksi",
    "revisi",
    "sampul",
    "sasaran_indikator",
    "struktur",
    "sumber_dan_belanja",
    "sumber_data",
    "tampil",
    "tampil_setiap",
    "target_smart",
    "temuan",
    "tugas_fungsi",
]
