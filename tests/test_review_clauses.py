"""What a clause says in words is held against tables, lists and the sentences around it."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from pp39.profile import load_profile
from pp39.review import review

NATIONAL = load_profile(ROOT, "nasional").isi
TITLE = """# LAPORAN PELAKSANAAN KEGIATAN TRIWULAN III TAHUN 2025

BALAI PELATIHAN VOKASI SUNGAI ARANG

# BAB I PENDAHULUAN

Laporan triwulan III tahun 2025 ini memuat kegiatan Balai Pelatihan Vokasi Sungai Arang.

# BAB II HASIL

"""
TABLES = {
    "past": """Tabel 1. Kelulusan

| Kejuruan | Pria | Wanita | Jumlah | TW III 2024 |
|---|---|---|---|---|
| Las | 110 | 80 | 190 | 171 |
| Listrik | 99 | 40 | 139 | 148 |

Tabel 2. Tamu Asrama

| Uraian | Jul | Agu | Sep | Jumlah |
|---|---|---|---|---|
| Tamu | 31 | 24 | 41 | 96 |

""",
    "goals": """Tabel 1. Capaian

| Kode | Indikator | Target | Realisasi | Capaian (%) |
|---|---|---|---|---|
| IKU 1 | Persentase lulusan bekerja | 80,00 | 76,00 | 95,00 |
| IKU 2 | Indeks kepuasan peserta | 3,40 | 3,52 | 103,53 |
| IKU 3 | Jumlah peserta dilatih | 600 | 612 | 102,00 |
| IKU 4 | Nilai IKPA | 95,00 | 93,10 | 98,00 |

""",
    "hurdles": """Tabel 1. Masalah

| No | Kendala | Tindak Lanjut |
|---|---|---|
| 1 | Listrik sering padam pada sore hari | Menyewa genset dari mitra |
| 2 | Mesin bubut sudah tua | Mengusulkan mesin baru |

""",
    "years": """Tabel 1. Perkembangan Kinerja

| Uraian | 2023 | 2024 | 2025 |
|---|---|---|---|
| Peserta pelatihan | 1.010 | 1.150 | 1.098 |
| Sertifikat terbit | 720 | 805 | 861 |
| Pengaduan | 14 | 9 | 12 |

""",
    "quarters": """Tabel 1. Penerimaan PNBP per Triwulan (rupiah)

| Jenis Penerimaan | TW I | TW II | TW III | Jumlah |
|---|---|---|---|---|
| Sewa asrama | 40.500.000 | 52.250.000 | 47.100.000 | 139.850.000 |
| Uji kompetensi | 61.000.000 | 58.400.000 | 73.900.000 | 193.300.000 |
| Jumlah | 101.500.000 | 110.650.000 | 121.000.000 | 333.150.000 |

""",
    "parts": """Tabel 1. Peserta Menurut Kejuruan

| Kejuruan | Peserta | Lulus |
|---|---|---|
| Las | 212 | 190 |
| Otomotif | 260 | 231 |
| Listrik | 144 | 139 |
| Tata boga | 296 | 280 |
| Jumlah | 912 | 840 |

""",
    "targets": """Tabel 1. Kinerja

| No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
|---|---|---|---|---|
| 1 | Persentase lulusan terserap kerja | 70 | 71,4 | 102,00 |
| 2 | Jumlah peserta pelatihan | 1.200 | 912 | 76,00 |

""",
    "": "",
}
PLAN = """Tabel 1. Target Kinerja {}

| No | Indikator | Target | TW I | TW II | TW III | TW IV |
|---|---|---|---|---|---|---|
| 1 | Peserta pelatihan | 1.200 | 200 | 520 | 900 | 1.200 |
| 2 | Sertifikat | 900 | 100 | 350 | 650 | 900 |
| 3 | Kerja sama industri | 24 | 4 | {} | 15 | {} |
| 4 | Laporan | 12 | 3 | 6 | 9 | 12 |
"""
MONTHS = """Tabel 1. Kemajuan Fisik

| Bulan | Rencana | Fisik |
|---|---|---|
| Januari | 4,0 | 3,1 |
| Februari | 9,5 | 8,0 |
| Maret | 16,0 | 15,2 |
| April | 24,0 | 22,9 |
| Mei | 33,0 | {} |
| Juni | 41,0 | 40,2 |
| Juli | 52,0 | 50,8 |
"""
CODES = """Tabel 1. Pagu

| Kode | Uraian | Pagu |
|---|---|---|
| 6178.EBA | Layanan perkantoran | 100.000.000 |
| {} | Sarana internal | 20.000.000 |
| 6178.EBC | Layanan SDM | 30.000.000 |
| 6178.EBD | Layanan kinerja | 40.000.000 |
| 6178.EBE | Layanan data | 50.000.000 |
"""
COLOURS = """Tabel 1. Indikator

| Kode | Indikator | Target |
|---|---|---|
| IK-1 | Persentase lulusan terserap kerja | 70 |
| IK-2 | Jumlah peserta pelatihan | 1.200 |
| IK-3 | Nilai kepuasan peserta | 85 |
| IK-4 | Jumlah kerja sama industri | 20 |

Tabel 2. Kinerja

| Kode | Realisasi | Target | Capaian (%) | Status |
|---|---|---|---|---|
| IK-1 | 71,4 | 70 | 102,00 | Hijau |
| IK-2 | 912 | 1.200 | 76,00 | {} |
| IK-3 | 86,7 | 85 | 102,00 | Hijau |
| IK-4 | 21 | 20 | 105,00 | Hijau |
"""
GROUPED = """Perjanjian kinerja memuat {} indikator dalam dua sasaran menurut Tabel 1.

Tabel 1. Perjanjian Kinerja

| No | Sasaran | Kode | Indikator | Satuan |
|---|---|---|---|---|
| 1 | Lulusan bekerja | 1.1 | Lulusan terserap kerja | Persen |
|  |  | 1.2 | Peserta pelatihan | Orang |
| 2 | Layanan baik | 2.1 | Kepuasan peserta | Nilai |
|  |  | 2.2 | Waktu layanan | Hari |
"""
THOUSANDS = """Tabel 1. Realisasi (ribu rupiah)

| Belanja | Pagu | Realisasi |
|---|---|---|
| Barang | 412.600 | 231.470 |
| Modal | 164.200 | 41.050 |

Belanja modal dipakai sebesar Rp41.050 {}.
"""
QUARTERS = re.sub(
    r"(?m)^\| [0-9] ", "| Mutu ", PLAN.replace("{}", "", 1).replace("| No ", "| Sasaran ")
)
# Rule, table, sentence with a gap, what makes it wrong, what makes it right.
SAID = [
    ("periode", "quarters", "Dana triwulan {} diterima Rp110.650.000.", "I", "II"),
    ("kelas-nilai", "parts", "Nilai IKPA balai 93,10, kategori {}.", "sangat baik", "baik"),
    ("kelas-nilai", "parts", "Hasil evaluasi SAKIP 71,25 dengan predikat {}.", "B", "BB"),
    ("kelas-nilai", "parts", "Predikat SAKIP BB, {} dari predikat B.", "menurun", "meningkat"),
    (
        "perbandingan",
        "quarters",
        "Penerimaan sewa asrama lebih {} daripada penerimaan uji kompetensi.",
        "besar",
        "kecil",
    ),
    ("perubahan", "past", "Kelulusan listrik {} dibanding tahun lalu.", "naik", "turun"),
    ("tertinggi", "past", "Tamu asrama 96 orang, terbanyak pada bulan {}.", "Juli", "September"),
    ("tanpa-kendala", "hurdles", "{}", "Tidak terdapat kendala.", "Kendala ditangani."),
    (
        "salinan",
        "parts",
        "Tabel 2. Hambatan\n\n| No | Hambatan | Tindak Lanjut |\n|---|---|---|\n"
        "| 1 | Listrik sering padam | Sewa genset dari bengkel mitra |\n"
        "| 2 | Mesin bubut sudah tua | {} |\n",
        "Sewa genset dari bengkel mitra",
        "Mengusulkan mesin baru ke pusat",
    ),
    ("periode", "parts", "Posisi kas per 30 September {} aman.", "2024", "2025"),
    ("tanggal", "parts", "Revisi kedua tanggal 4 Mei {} menambah kegiatan.", "2024", "2025"),
    (
        "kode-ganda",
        "parts",
        "Uraian tiap indikator:\n\n- IKU 1: lulusan bekerja\n- IKU 2: pelatihan ramai\n"
        "- IKU {}: asrama penuh",
        "2",
        "3",
    ),
    (
        "sisa",
        "parts",
        "Pagu balai Rp4.500.000.000. Blokir sebesar Rp300.000.000 sehingga pagu efektif {}.",
        "Rp4.250.000.000",
        "Rp4.200.000.000",
    ),
    ("banyaknya", "parts", "Balai melatih sebanyak {} kejuruan.", "6", "4"),
    ("banyaknya", "parts", "Balai memiliki {} kejuruan yang lengkap.", "5 (lima)", "4 (empat)"),
    ("banyaknya", "parts", "Balai melatih sebanyak {} peserta.", "934", "912"),
    (
        "banyaknya",
        "parts",
        "Wilayah meliputi Desa Hulu, Desa Tengah dan Desa Hilir. Ke{} desa tersebut dekat.",
        "lima",
        "tiga",
    ),
    (
        "banyaknya",
        "parts",
        "Kunjungan dilakukan ke tempat berikut:\n\n- Pasar Lama, 9 kios\n- Pasar Baru, 14 kios\n\n"
        "Jumlah kios yang dikunjungi sebanyak {} kios.",
        "27",
        "23",
    ),
    ("perubahan", "years", "Peserta pelatihan {} meningkat tiga tahun ini.", "terus", "sempat"),
    ("perubahan", "years", "Pengaduan tahun 2025 {} dibandingkan tahun 2024.", "turun", "naik"),
    (
        "perubahan",
        "years",
        "Peserta pelatihan berkurang {} orang dibandingkan tahun 2024.",
        "62",
        "52",
    ),
    ("perubahan", "quarters", "Sewa asrama triwulan III {} dari triwulan II.", "naik", "turun"),
    (
        "perubahan",
        "quarters",
        "Penerimaan PNBP triwulan III {} dibandingkan triwulan sebelumnya.",
        "menurun",
        "meningkat",
    ),
    (
        "perbandingan",
        "",
        "Pengunjung {} orang, meningkat dari tahun 2024 yang mencapai 4.377 orang.",
        "4.120",
        "4.420",
    ),
    (
        "tertinggi",
        "parts",
        "Peserta terbanyak pada kejuruan tata boga, disusul kejuruan {}.",
        "las",
        "otomotif",
    ),
    (
        "tertinggi",
        "parts",
        "Peserta terbanyak kedua adalah kejuruan {}.",
        "las",
        "otomotif",
    ),
    ("tertinggi", "quarters", "Penerimaan tertinggi terjadi pada triwulan {}.", "II", "III"),
    ("banyaknya", "parts", "Tabel 1 memuat peserta dari {} kejuruan.", "6", "4"),
    (
        "banyaknya",
        "",
        "Hasil berupa {} modul dan 2 dokumen, yaitu modul las, modul listrik, dokumen rencana, dan"
        " dokumen evaluasi.",
        "3",
        "2",
    ),
    (
        "banyaknya",
        "",
        "Pegawai berjumlah {} orang. Dari 52 pegawai, separuhnya instruktur.",
        "48",
        "52",
    ),
    ("banyaknya", "", "Laporan terdiri atas {} bab.", "empat", "dua"),
    (
        "banyaknya",
        "",
        "Kepala dibantu {} kepala seksi, yaitu Seksi Latih, Seksi Uji serta Seksi Sarana dan Data.",
        "empat",
        "tiga",
    ),
    (
        "banyaknya",
        "",
        "Wilayah kerja terdiri dari 8 kabupaten dan 2 kota. Seluruhnya {} kabupaten/kota.",
        "12",
        "10",
    ),
    (
        "butir-ganda",
        "",
        "Wilayah pelatihan meliputi Desa Ulu, Hilir, Muara, {} dan Lembah.",
        "Ulu",
        "Rawa",
    ),
    (
        "klaim",
        "targets",
        "Indikator yang {} tercapai adalah persentase lulusan terserap kerja.",
        "belum",
        "telah",
    ),
    (
        "rasio-narasi",
        "",
        "Persentase penyelesaian kasus 87,5%, yaitu {} kasus dari 48 kasus.",
        "44",
        "42",
    ),
    (
        "rasio-narasi",
        "",
        "Penyelesaian kasus sebesar 87,5%. Dari 48 kasus yang ditangani, {} kasus selesai.",
        "44",
        "42",
    ),
    (
        "rincian-narasi",
        "",
        "Peserta laki-laki 510 orang dan perempuan 402 orang, total {} orang.",
        "921",
        "912",
    ),
    (
        "banyak-tercapai",
        "goals",
        "Dari empat indikator, {} mencapai target dan dua belum.",
        "tiga",
        "dua",
    ),
    ("nilai-ganda", "goals", "Peserta dilatih {} orang sampai dengan September.", "621", "612"),
    ("nilai-ganda", "goals", "Indeks kepuasan peserta {}.", "3,25", "3,52"),
    ("nilai-ganda", "past", "Peserta las {} orang.", "1.900", "190"),
    ("tertinggi", "goals", "Capaian tertinggi adalah {}.", "IKU 3", "IKU 2"),
    ("kelas-nilai", "goals", "Nilai IKPA 93,10 berkategori {}.", "sangat baik", "baik"),
    (
        "rasio-narasi",
        "",
        "Peserta perempuan 238 orang ({} persen) dan laki-laki 374 orang (61,11 persen).",
        "38,98",
        "38,89",
    ),
    (
        "rincian-narasi",
        "",
        "Juli Rp410 juta, Agustus Rp520 juta, dan September Rp480 juta sehingga triwulan III {}.",
        "Rp1.510 juta",
        "Rp1.410 juta",
    ),
    (
        "rasio-narasi",
        "",
        "Pagu awal Rp9.800.000.000 dan pagu akhir Rp8.820.000.000. Realisasi Rp4.233.600.000, yaitu"
        " 48,00 persen dari pagu akhir atau {} persen dari pagu awal.",
        "45,20",
        "43,20",
    ),
    (
        "perubahan",
        "",
        "Ketersediaan data naik dari 97,4 persen menjadi 98,8 persen, bertambah {} poin persen.",
        "1,6",
        "1,4",
    ),
    (
        "perubahan",
        "",
        "Pagu Rp9.800.000.000 dipotong {} persen menjadi Rp8.820.000.000.",
        "15",
        "10",
    ),
    (
        "capaian-tabel",
        "",
        "Tabel 1. Capaian\nIndikator | Target | Realisasi | %\nPaspor | 14.000 | 14.812 | {}\n"
        "Izin tinggal | 620 | 574 | 92,58\nPengawasan | 50 | 48 | 96,00",
        "108,50",
        "105,80",
    ),
    (
        "banyak-tercapai",
        "goals",
        "Dua dari {} IKU telah melampaui target.",
        "lima",
        "empat",
    ),
    (
        "klaim",
        "",
        "Tabel 1. Pelayanan\n\n| Indikator | Standar | TW II | TW III | Keterangan |\n"
        "|---|---|---|---|---|\n| BOR | 60–85 | 68,40 | 71,20 | Sesuai standar |\n"
        "| Waktu tunggu | ≤ 60 | 58 | {} | Sesuai standar |\n"
        "| Lama rawat | 6–9 | 4,10 | 3,90 | Di bawah standar |\n",
        "82",
        "52",
    ),
    (
        "nilai-ganda",
        "",
        "Realisasi anggaran sebesar 69,50 persen.\n\n# BAB III PENUTUP\n\nSampai dengan triwulan"
        " III, realisasi anggaran {} persen dan pendapatan meningkat.",
        "96,50",
        "69,50",
    ),
    (
        "rincian-narasi",
        "",
        "Rumah sakit memiliki 210 tempat tidur yang terbagi atas 20 VIP, {} kelas I, dan 120 lain.",
        "60",
        "70",
    ),
    (
        "rasio-narasi",
        "",
        "Survei terhadap 350 responden, terdiri atas 147 laki-laki ({} persen) dan 203 perempuan"
        " (58 persen).",
        "44",
        "42",
    ),
    (
        "banyaknya",
        "",
        "Permasalahan yang dihadapi ada {}, yaitu:\n\n1. lelang gagal; dan\n2. klaim tertunda.",
        "tiga",
        "dua",
    ),
    (
        "rasio-narasi",
        "",
        "Yang masuk 6.100 berkas dan 5.500 berkas ({} persen) selesai; 600 berkas terlambat.",
        "91,06",
        "90,16",
    ),
    (
        "sisa",
        "",
        "Serapan 48,20 persen; target 50 persen, sehingga terdapat deviasi {} poin persen.",
        "2,80",
        "1,80",
    ),
    (
        "rasio-narasi",
        "",
        "Survei diikuti 40 responden; {} persen di antaranya perempuan.",
        "33,8",
        "32,5",
    ),
    (
        "tanggal",
        "",
        "Kontrak 4 Agustus 2025 berjalan {} hari kalender sampai dengan 1 November 2025.",
        "60",
        "90",
    ),
    (
        "sisa",
        "",
        "Realisasi 388 orang dari target 400 orang. Kekurangan {} orang tidak hadir.",
        "22",
        "12",
    ),
    ("bagian-seratus", "", "Responden pria 56% dan wanita {}.", "46%", "44%"),
    (
        "klaim",
        "",
        "Target Rp{} telah terlampaui dengan realisasi Rp333.000.000.",
        "400.000.000",
        "300.000.000",
    ),
    ("banyak-tercapai", "targets", "{} target kinerja tercapai.", "Semua", "Sebagian"),
    ("tanggal", "", "Pelatihan berlangsung {} Agustus 2025.", "12 s.d. 8", "8 s.d. 12"),
    ("tanggal", "", "Pelatihan dibuka {}, 4/7/2025.", "Kamis", "Jumat"),
    (
        "tanggal",
        "",
        "Revisi ke-1 terbit 10 {} 2025 dan revisi ke-2 terbit 3 Maret 2025.",
        "April",
        "Februari",
    ),
    ("tanggal", "", "DIPA direvisi {} kali. Pagu menurut revisi ke-3 tetap.", "dua", "tiga"),
    ("periode", "", "Pelatihan diadakan pada triwulan III, yaitu bulan {} 2025.", "Mei", "Juli"),
    (
        "nama-janggal",
        "",
        "Dasarnya Peraturan Pemerintah Nomor 39 Tahun 2006. Menurut PP Nomor 39 Tahun {}.",
        "2016",
        "2006",
    ),
    ("kata-janggal", "", "Terima kasih kepada seluruh {} Balai.", "jajran", "jajaran"),
    ("rincian-narasi", "", "Instruktur berjumlah {} orang (31 PNS dan 12 PPPK).", "45", "43"),
    (
        "rincian-narasi",
        "",
        "Balai melayani {} wilayah, yaitu 9 kabupaten dan 3 kota di pesisir, dengan 4 bus.",
        "14",
        "12",
    ),
    (
        "rincian-narasi",
        "",
        "Dari {} peserta, 170 orang lulus, 20 orang mengulang, dan 10 orang mengundurkan diri.",
        "206",
        "200",
    ),
    (
        "perubahan",
        "",
        "Tahun 2024 terdapat 50 kelas; tahun ini bertambah 10 kelas atau {}%.",
        "16,67",
        "20,00",
    ),
    (
        "perubahan",
        "parts",
        "Dibandingkan tahun 2024 sebanyak 800 orang, terjadi {} sebanyak 112 orang atau 14,00%.",
        "penurunan",
        "kenaikan",
    ),
    ("banyaknya", "targets", "Jumlah indikator dalam perjanjian kinerja adalah {}.", "4", "2"),
    (
        "banyaknya",
        "",
        "Pada triwulan ini dilaksanakan {} kegiatan promosi, yaitu:\n\n"
        "1. promosi di SMK Hulu, 9–12 Juli 2025;\n2. promosi di SMK Hilir, 3–4 Agustus 2025;\n"
        "3. promosi di pasar, 2 Juli 2025.",
        "5 (lima)",
        "3 (tiga)",
    ),
    ("terbilang", "", "Telah dilatih sembilan ratus dua belas ({}) peserta.", "921", "912"),
    ("salah-ketik", "parts", "Sebanyak {} peserta lulus.", "804", "840"),
    ("rujukan", "parts", "Perkembangan tampak pada {} berikut.", "Tabel 4", "tabel"),
    (
        "periode",
        "",
        "Laporan Kinerja Tahun Anggaran {} ini disusun bersama.",
        "2024",
        "2025",
    ),
]


TWO_SUMS = """Tabel 1. Uji

| Bahan | TW I | TW II | TW III | Jumlah | Baik | Buruk |
|---|---|---|---|---|---|---|
| Kayu | 10 | 12 | 11 | 33 | 30 | 3 |
| Baja | 14 | 10 | 12 | 36 | 32 | 4 |
| Kaca | 11 | 11 | 11 | 33 | {} | 2 |
| Kain | 9 | 8 | 7 | 24 | 20 | 4 |
"""
CROSSED = """Tabel 1. Kunjungan

| Asal | Jul | Agu | Sep | Jumlah |
|---|---|---|---|---|
| Sekolah | 31 | {} | 52 | 157 |
| Kampus | 20 | 26 | 30 | 76 |
| Umum | 18 | 12 | 15 | 45 |
| Jumlah | 69 | 112 | 97 | 278 |
"""
UNITLESS = """Tabel 1. Perjanjian

| No | Indikator | Satuan | Target TW III |
|---|---|---|---|
| 1 | Peserta pelatihan yang bekerja | Persen | {} |
| 2 | Kejuruan yang dibuka | Kejuruan | 5 |

Tabel 2. Hasil

| No | Indikator | Target TW III | Realisasi |
|---|---|---|---|
| 1 | Peserta pelatihan yang bekerja | 70 | 64 |
| 2 | Kejuruan yang dibuka | 5 | 4 |
"""
ONE_SUM = """Tabel 1. Aduan

| Jenis | Las | Otomotif | Listrik | Boga | Jumlah |
|---|---|---|---|---|---|
| Masuk | 14 | 9 | 11 | 8 | 42 |
| Selesai | 14 | 9 | 11 | 8 | {} |
"""
LESS = """Tabel 1. Capaian

| No | Indikator | Target | Realisasi | Capaian (%) |
|---|---|---|---|---|
| 1 | Peserta lulus | 80 | 84 | 105,00 |
| 2 | Lulusan bekerja | 50 | 45 | 90,00 |
| 3 | Mitra industri | 25 | 28 | 112,00 |
| 4 | {} | 40 | 39 | {} |
"""
APART = """Tabel 1. Pagu

| Kode | Nama | Pagu (Rp) |
|---|---|---|
| 2190.QDB.001 | Pelatihan | 640.000.000 |
| 2190.RAN.002 | Peralatan | 410.000.000 |

Tabel 2. Realisasi

| Kode | Realisasi (Rp) |
|---|---|
| 2190.{}.001 | 512.000.000 |
| 2190.RAN.002 | 402.500.000 |
"""

DOWNWARDS = """Tabel 1. Serapan Kumulatif

| Bulan | Rencana (%) | Realisasi (%) |
|---|---|---|
| Juli | 50,00 | 48,20 |
| Agustus | 60,00 | {} |
| September | 72,00 | 66,10 |
"""
CONTRACTS = """Tabel 1. Kontrak

| Pekerjaan | Nilai (Rp) | Mulai | Selesai | Lama (hari kalender) |
|---|---|---|---|---|
| Mesin las | 450.000.000 | 4 Agustus 2025 | 1 November 2025 | 90 hari |
| Modul | 60.000.000 | 1 Juli 2025 | 30 Juli 2025 | 30 hari |
| Bengkel | {} | 2 Juli 2025 | 30 Agustus 2025 | {} hari |
"""
NAMELESS = """Tabel 1. Rincian Output

| Kode | Nama RO | Pagu |
|---|---|---|
| 4467.QDB.001 | Pelatihan las | 100.000.000 |
| 4467.QDB.002 | {} | 120.000.000 |
"""
BEHIND = """Tabel 1. Capaian

| Indikator | Target | Realisasi | Capaian (%) |
|---|---|---|---|
| Indeks kepuasan peserta (IKP) | 3,40 | 3,52 | 103,53 |
| Nilai IKPA | 95,00 | 95,95 | 101,00 |

IKP sebesar 3,52 berada {}.
"""


MARGINS = """Tabel 1. Capaian

| Kode | Indikator | Target | Realisasi |
|---|---|---|---|
| IKU 1 | Jumlah peserta dilatih | 300 | 288 |
| IKU 2 | Jumlah lulusan bekerja | 200 | 210 |

Jumlah peserta dilatih 288 orang, kurang {} orang dari target.

Jumlah lulusan bekerja melampaui target sebanyak {} orang.
"""
PRICES = """Tabel 1. Pengadaan

| Barang | Volume | Harga Satuan (Rp) | Jumlah (Rp) |
|---|---|---|---|
| Kursi | 20 | 500.000 | 10.000.000 |
| Meja | 10 | 1.250.000 | 12.500.000 |
| Lemari | 4 | 2.500.000 | {} |
"""
SCALE = """Penilaian memakai kategori Istimewa (90–100), Baik (80–89,99), dan Kurang (di bawah 80).

Tabel 1. Nilai

| Aspek | Nilai | Kategori |
|---|---|---|
| Perencanaan | 92,00 | Istimewa |
| Pelaksanaan | 84,00 | {} |
| Pelaporan | 75,00 | Kurang |

Nilai perencanaan 92,00 termasuk kategori {}.
"""
PLACES = """Pagu belanja modal sebesar Rp4,15 miliar.

Gedung latihan dibangun selama 150 hari kalender. Survei kepuasan diadakan pada 4–15 Agustus 2025.

Penutup.

Dari pagu belanja modal sebesar Rp{} miliar telah dipakai sebagian.

Gedung latihan yang dibangun selama {} hari kalender sudah berdiri.

Survei kepuasan pada 4–15 {} 2025 diikuti semua peserta.
"""
REST = """Pagu tahun 2025 sebesar Rp10.000.000.000.

Sampai dengan 30 September 2025 realisasi anggaran mencapai Rp6.500.000.000 atau 65,00 persen.

Penutup.

Sisa anggaran sebesar Rp{}.000.000 akan dipakai pada triwulan berikutnya.
"""


def told(text, folder):
    path = folder / "laporan.md"
    path.write_text(f"{TITLE}{text}\n", "utf-8")
    return review(path, NATIONAL)[1]


@pytest.mark.parametrize("case", SAID, ids=lambda case: f"{case[0]}-{case[3]}")
def test_a_clause_is_held_against_what_it_speaks_of(case, tmp_path):
    rule, table, sentence, wrong, right = case
    found = told(TABLES[table] + sentence.format(wrong), tmp_path)
    assert {one.aturan for one in found} == {rule}, [one.penjelasan for one in found]
    assert [one.penjelasan for one in told(TABLES[table] + sentence.format(right), tmp_path)] == []


@pytest.mark.parametrize(
    ("rule", "text", "wrong", "right"),
    [
        ("kumulatif-turun", PLAN.replace("{}", "", 1), ("2", "24"), ("9", "24")),
        ("nilai-ganda", PLAN.replace("{}", "", 1), ("9", "28"), ("9", "24")),
        ("kumulatif-turun", MONTHS, ("21,4",), ("31,4",)),
        ("hubungan-kolom", TWO_SUMS, ("41",), ("31",)),
        ("jumlah-tabel", CROSSED, ("47",), ("74",)),
        ("nilai-ganda", UNITLESS, ("72",), ("70",)),
        ("hubungan-kolom", ONE_SUM, ("44",), ("42",)),
        ("capaian-tabel", LESS, ("Kepuasan peserta", "102,50"), ("Kepuasan peserta", "97,50")),
        ("capaian-tabel", LESS, ("Kepuasan peserta", "102,50"), ("Lama menunggu", "102,50")),
        ("kode-ganda", APART, ("QBD",), ("QDB",)),
        ("kode-ganda", CODES, ("6178.EBA",), ("6178.EBB",)),
        ("klaim", COLOURS, ("Hijau",), ("Kuning",)),
        ("banyaknya", GROUPED, ("lima",), ("empat",)),
        ("salah-ketik", THOUSANDS, ("juta",), ("ribu",)),
        ("nilai-ganda", QUARTERS, ("9", "28"), ("9", "24")),
        ("kumulatif-turun", DOWNWARDS, ("46,90",), ("48,90",)),
        ("angka-rusak", CONTRACTS, ("50.000.000 / 75.000.000", "60"), ("75.000.000", "60")),
        ("tanggal", CONTRACTS, ("75.000.000", "90"), ("75.000.000", "60")),
        ("angka-rusak", NAMELESS, ("4467.QDB.002",), ("Pelatihan listrik",)),
        ("klaim", BEHIND, ("di bawah rencana",), ("di atas rencana",)),
        ("sisa", MARGINS, ("22", "10"), ("12", "10")),
        ("sisa", MARGINS, ("12", "20"), ("12", "200")),
        ("hubungan-kolom", PRICES, ("11.000.000",), ("10.000.000",)),
        ("kelas-nilai", SCALE, ("Memuaskan", "Istimewa"), ("Baik", "Istimewa")),
        ("kelas-nilai", SCALE, ("Baik", "Baik"), ("Baik", "Istimewa")),
        ("salah-ketik", PLACES, ("4,51", "150", "Agustus"), ("4,15", "150", "Agustus")),
        ("tanggal", PLACES, ("4,15", "180", "Agustus"), ("4,15", "150", "Agustus")),
        ("tanggal", PLACES, ("4,15", "150", "Juli"), ("4,15", "150", "Agustus")),
        ("sisa", REST, ("3.400",), ("3.500",)),
        (
            "rincian-narasi",
            "Pelatihan diadakan dalam 6 angkatan dengan 25 peserta setiap angkatan, seluruhnya {}"
            " peserta.",
            ("160",),
            ("150",),
        ),
        (
            "rincian-narasi",
            "Tarif Rp150.000 per sampel untuk 240 sampel menghasilkan penerimaan Rp{}.000.000.",
            ("34",),
            ("36",),
        ),
        (
            "tanggal",
            "Tabel 1. Kontrak\n\n| Paket | Mulai | Masa (hari kalender) | Selesai |\n"
            "|---|---|---|---|\n"
            "| Tanggul | 2 Februari 2025 | 240 | 29 September 2025 |\n"
            "| Saluran | 2 Maret 2025 | 120 | {} 2025 |\n",
            ("29 Juli",),
            ("29 Juni",),
        ),
        (
            "rata-rata",
            "Tabel 1. Curah hujan (mm)\n\n| Bulan | 2024 | 2025 |\n"
            "|---|---|---|\n| Juli | 300 | 318 |\n"
            "| Agustus | 290 | 301 |\n| September | 290 | 296 |\n| Rata-rata | 293,3 | {} |\n",
            ("315,0",),
            ("305,0",),
        ),
        (
            "hubungan-kolom",
            "Tabel 1. Kemajuan fisik\n\n| Kegiatan | Rencana | Realisasi | Deviasi |\n"
            "|---|---|---|---|\n"
            "| Irigasi | 14,00 | 15,20 | +1,20 |\n| Tanggul | 12,40 | 10,85 | {} |\n"
            "| Saluran | 20,00 | 21,50 | +1,50 |\n| Pintu air | 30,00 | 31,50 | +1,50 |\n",
            ("+1,55",),
            ("-1,55",),
        ),
        (
            "kumulatif-turun",
            "Tabel 1. Kemajuan keluaran kumulatif (persen)\n\n| Keluaran | s.d. TW I | s.d. TW II"
            " | s.d. TW III | Rencana s.d. TW III |\n|---|---|---|---|---|\n"
            "| Layanan kesehatan | 24,00 | {} | 73,00 | 75,00 |\n"
            "| Layanan pelatihan | 20,00 | 44,00 | 70,00 | 70,00 |\n",
            ("79,50",),
            ("49,50",),
        ),
        (
            "salah-ketik",
            "Tabel 1. Realisasi (ribu rupiah)\n\n| Keluaran | Pagu | Kumulatif |\n|---|---|---|\n"
            "| Penyediaan bahan makanan | 5.374.600 | 4.002.530 |\n"
            "| Layanan kesehatan | 526.750 | 364.030 |\n\n"
            "Belanja bahan makanan ialah bagian terbesar. Realisasinya sampai triwulan III Rp{}.",
            ("4.020.530.000",),
            ("4.002.530.000",),
        ),
        (
            "perbandingan",
            "Waktu layanan 5,40 jam, lebih cepat {} jam daripada standar 6,00 jam.",
            ("0,40",),
            ("0,60",),
        ),
        (
            "rujukan",
            "Tabel 1. Uji\n\n| Uji | Banyaknya |\n|---|---|\n| Air | 12 |\n\nLelang diulang pada"
            " Mei 2025; alat dipasang pada Agustus 2025; dan formasi diusulkan pada Juni 2025."
            " Rincian pada Tabel {}.",
            ("6",),
            ("1",),
        ),
        (
            "tertinggi",
            "Tabel 1. Capaian\n\n| Indikator | Capaian (%) |\n|---|---|\n| Sertifikat terbit (SKT)"
            " | 106,00 |\n| Waktu layanan (WLR) | 110,00 |\n| Nilai kinerja (NKA) | 97,50 |\n\n"
            "Capaian tertinggi ialah {}, yang terendah NKA (97,50 persen).",
            ("SKT (106,00 persen)",),
            ("WLR (110,00 persen)",),
        ),
        (
            "perubahan",
            "Penerimaan Rp600.000.000, meningkat Rp100.000.000 ({} persen) dibandingkan triwulan"
            " sebelumnya.",
            ("25",),
            ("20",),
        ),
        (
            "rasio-narasi",
            "Terbit 24 dokumen, yaitu {} persen dari target setahun sebanyak 32 dokumen.",
            ("70",),
            ("75",),
        ),
    ],
)
def test_a_row_that_breaks_what_the_others_keep_is_told(rule, text, wrong, right, tmp_path):
    assert {one.aturan for one in told(text.format(*wrong), tmp_path)} == {rule}
    assert [one.penjelasan for one in told(text.format(*right), tmp_path)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Pada TW I dibina 8 lembaga, TW II bertambah 17 lembaga, dan TW III bertambah 20 lembaga.",
        "Sebanyak 37 dari 50 guru bersertifikat; yang bagiannya terendah guru las (65,38%).",
        "Dari 6 indikator, 5 indikator mencapai target dan 1 indikator, yaitu serapan, masih di"
        " bawah target.",
        "Pegawai berjumlah 61 orang, terdiri dari 55 PNS dan 6 PPPK, ditambah 14 tenaga alih daya.",
        "Lihat Tabel 1a.\n\nTabel 1a. Kelas\n\n| Kelas | Peserta |\n|---|---|\n| Las | 16 |\n"
        "\nTabel 1b. Alat\n\n| Alat | Banyaknya |\n|---|---|\n| Mesin bubut | 4 |\n"
        "\nTabel 2. Buku\n\n| Buku | Banyaknya |\n|---|---|\n| Pedoman | 9 |\n",
        "Tabel 1. Realisasi (dalam ribu rupiah)\n\n| Uraian | Jul | Agu | Sep | Jumlah |\n"
        "|---|---|---|---|---|\n| Bahan | 12.301 | 11.402 | 10.204 | 33.908 |\n"
        "| Modul | 22.301 | 21.402 | 20.204 | 63.907 |\n"
        "| Alat | 42.301 | 41.402 | 40.204 | 123.907 |\n"
        "| % serapan | 20,10 | 40,30 | 60,50 | 60,50 |\n",
        "Operasi dilaksanakan dengan perjanjian yang telah dibuat dan berlaku sampai 31 Mei 2027.",
        "Kapasitas 350 orang, sedangkan penghuni 512 orang (431 orang pria dan 81 orang wanita),"
        " sehingga kelebihan 162 orang.",
        "Kelas bubut diikuti 391 orang, melampaui target 380 orang dengan selisih 11 orang. Kelas"
        " las diikuti 24 orang. Kekurangan 6 orang dipenuhi pada triwulan IV, sehingga target"
        " triwulan IV menjadi 36 orang.",
        "Realisasi Rp2,346 miliar.\n\nTabel 1. Realisasi (Rp ribu)\n\n| Uraian | Realisasi |\n"
        "|---|---|\n| Bahan | 126.000 |\n| Modul | 2.220.000 |\n| Jumlah | 2.346.000 |\n",
        "Tabel 1. Tenaga\n\n| Uraian | TW I | TW II | TW III |\n|---|---|---|---|\n"
        "| Dosen bersertifikat | 41 | 47 | 55 |\n| Instruktur tetap | 12 | 14 | 13 |\n\n"
        "Dosen bersertifikat bertambah 8 orang dari triwulan II dan 14 orang sejak triwulan I.",
        "Dari 900 surat, 90 diretur. Tingkat retur 10%.",
        "Ketersediaan data naik dari 97,4 persen menjadi 98,8 persen, bertambah 1,4 poin persen."
        " Akurasi prakiraan meningkat 2,3 poin.",
        "Tabel 1. Capaian\n\n| Indikator | Target 2025 | Target s.d. TW III | Realisasi TW III"
        " | Realisasi s.d. TW III | Capaian (%) |\n|---|---|---|---|---|---|\n"
        "| Jumlah informasi cuaca (JIC) | 400 | 300 | 110 | 300 | 100,00 |\n"
        "| Ketersediaan data (KD) | 98 | 98 | 98,8 | 98,1 | 100,10 |\n"
        "| Akurasi prakiraan (AP) | 85 | 85 | 86,2 | 85,1 | 100,12 |\n\n"
        "Jumlah informasi cuaca triwulan III sebanyak 110.",
        "Pagu semula Rp18,40 miliar bertambah Rp1,60 miliar dari hibah menjadi Rp20,00 miliar.",
        "Laporan triwulan II tahun 2025 telah disampaikan pada 7 Juli 2025.",
        "Rapat triwulan IV direncanakan pada Januari 2026. Bahan triwulan IV dikumpulkan pada"
        " Desember 2025, dan naskah triwulan IV dicetak sesudahnya.",
        "Tabel 1. Capaian\n\n| Kode | Indikator | Target | Realisasi |\n|---|---|---|---|\n"
        "| IKU 2 | Jumlah peserta dilatih | 300 | 310 |\n"
        "| IKU 3 | Jumlah lulusan bekerja | 200 | 210 |\n\nTarget IKU 3 adalah 200 orang.",
        "Tabel 1. Realisasi per Sumber Dana (ribu rupiah)\n\nSumber Pagu Realisasi Sisa %\n"
        "Rupiah Murni 30.000.000 29.400.000 600.000 98,00\n"
        "PNBP 14.850.000 13.827.400 1.022.600 93,11\n"
        "Jumlah 44.850.000 43.227.400 1.622.600 96,38\n\n"
        "PNBP terealisasi Rp15.120.000.000 dari target Rp14.000.000.000 (108,00%).",
        "Tabel 1. Nilai IKPA\n\n| Bulan | Nilai IKPA |\n|---|---|\n| Juli | 90,00 |\n"
        "| Agustus | 92,00 |\n| September | 94,00 |\n| Nilai triwulan III | 92,00 |\n\n"
        "Realisasi nilai triwulan III sebesar 95,55 persen pada indikator kehadiran siswa.",
        "Tabel 1. Tindak Lanjut\nNo Kendala Tindak lanjut Tenggat\n"
        "1 Pelatihan tertunda Dilaksanakan 12–14 November 2025 14 November 2025\n"
        "2 Lelang gagal Lelang ulang dilaksanakan 20 Agustus 2025 Selesai",
        "Tabel 1. Hasil\n\n| Kode | Jenis | Target antara TW I (%) | Realisasi TW I"
        " | Target antara TW II (%) | Realisasi TW II | Target antara TW III (%)"
        " | Realisasi TW III |\n|---|---|---|---|---|---|---|---|\n"
        "| A.1 | Peserta | 25,00 | 110 | 50,00 | 240 | 100,00 | 90 |\n"
        "| A.2 | Lulusan | 25,00 | 10 | 50,00 | 24 | 100,00 | 9 |\n\n"
        "Peserta yang terbanyak dihasilkan pada TW II (240).",
        "Sampai dengan triwulan III tercapai 24 dokumen dari target setahun sebanyak 32 dokumen.",
        "Kelas dibuka 6 kali dengan sekitar 25 peserta setiap kelas, seluruhnya 147 peserta.",
        "Terlatih 2 kelompok, masing-masing 30 dan 25 orang, atau 55 orang.",
        "Pagu Rp32.400.000.000, setelah revisi menjadi Rp34.000.000.000 karena hibah"
        " Rp1.600.000.000. Sebanyak Rp900.000.000 diblokir sehingga pagu efektif Rp33.100.000.000.",
        "Waktu layanan 2,8 hari, lebih cepat 0,2 hari dari target dan 0,3 hari dari triwulan lalu.",
        "Enam kasus selesai: dua pada triwulan II dan empat pada triwulan III. Empat kasus itu"
        " terdiri atas tiga melalui mediasi dan satu melalui penetapan.",
        "Tabel 1. Keluaran\n\n| Keluaran | Target | TW II | TW III | Kumulatif | Capaian (%)"
        " | Rencana s.d. TW III (%) |\n|---|---|---|---|---|---|---|\n"
        "| Peta | 6.000 | 1.260 | 1.905 | 3.165 | 52,75 | 50,00 |\n"
        "| Sertipikat | 4.200 | 380 | 1.216 | 1.596 | 38,00 | 40,00 |\n"
        "| Berkas | 350 | 0 | 105 | 105 | 30,00 | 30,00 |\n",
        "Tabel 1. Belanja\n\n| Belanja | Realisasi (juta rupiah, dibulatkan) |\n|---|---|\n"
        "| Pegawai | 1.731 |\n| Barang | 1.782 |\n| Modal | 84 |\n| Jumlah | 3.598 |\n",
        "Tabel 1. Target\n\n| Kode | Indikator | Satuan | Target |\n|---|---|---|---|\n"
        "| IKU 1 | Penerimaan negara | ribu rupiah | 1.650.000 |\n"
        "| IKU 2 | Peserta | orang | 40 |\n\nTarget Penerimaan negara Rp1.650.000.000.",
        "Kumulatif peta menjadi 4.665 bidang (77,75 persen) dan sertipikat 2.916 bidang (69,43"
        " persen).",
        "Keluar 98 orang: 71 bebas (termasuk 12 yang bebas langsung), 22 pindah, dan 5 bersyarat.",
        "Pelatihan diikuti 120 orang dari target 160 orang: 60 orang pada triwulan II dan 60 orang"
        " pada triwulan III.",
        "Sebanyak 403 narapidana memperoleh remisi; angka ini lebih kecil daripada jumlah"
        " narapidana karena 109 orang belum memenuhi syarat.",
        "Saluran selesai 1.824 m dari 12 km (15,20 persen).",
        "Tabel 1. Unsur\n\n| Unsur | Nilai |\n|---|---|\n| Biaya | 3,82 |\n| Waktu | 3,12 |\n"
        "| IKM (rata-rata x 25) | 86,75 |\n\nUnsur tertinggi ialah biaya (3,82).",
        "Tabel 1. Capaian\n\n| Indikator | Target | Realisasi |\n|---|---|---|\n"
        "| Indeks kepuasan (IKP) | 3,40 | 3,52 |\n| Nilai IKPA | 95,00 | 95,95 |\n\n"
        "Realisasi IKP dihitung dari nilai indeks dikalikan 25.",
        "Dari 21.951 berkas terbit, 90 ditolak, yaitu 0,41 persen. Berkas tepat waktu 21.922 dari"
        " 21.951 (99,87 persen).",
    ],
)
def test_what_only_looks_like_a_contradiction_is_not_told(sentence, tmp_path):
    assert [one.penjelasan for one in told(sentence, tmp_path)] == []


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV"])
def test_a_report_of_a_unit_contradicts_itself_only_where_its_data_do(quarter, finished):
    found = review(finished(quarter).report / "laporan.docx", NATIONAL)[1]
    known = {"satuan-ganda", "salinan", *(["kumulatif-turun"] if quarter == "IV" else [])}
    assert {one.aturan for one in found} <= known
