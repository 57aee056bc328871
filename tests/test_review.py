"""A typed report is held against itself, whatever kind of file it comes in."""

from __future__ import annotations

import csv
import json
import re

import docx
import openpyxl
import pytest
from conftest import ROOT, pp39
from typed_reports import FAULTS, WRITERS, faulty, hospital
from typed_samples import NAMES, answers, faulted, sample, told_of

from pp39.errors import MissingInput, UnreadableInput
from pp39.findings.printed import read_printed
from pp39.profile import load_profile
from pp39.profile.vocabulary import Telaah
from pp39.review import review as reviewed
from pp39.review.command import against_run
from pp39.review.showing import page, to_json
from pp39.review.statements import save as save_statements

NATIONAL = load_profile(ROOT, "nasional").isi


def review(path):
    return reviewed(path, NATIONAL)


def rules(report, kind, folder):
    path = folder / f"laporan.{kind}"
    WRITERS[kind](report, path)
    return review(path)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_sound_report_has_no_finding(kind, tmp_path):
    look, found = rules(hospital(), kind, tmp_path)
    assert [one.penjelasan for one in found] == []
    assert len(look.said) > 20
    assert len(list(look.report.grids)) == 4


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_told_where(fault, kind, tmp_path):
    _, found = rules(faulty(fault), kind, tmp_path)
    expected = FAULTS[fault][0]
    assert expected in {one.aturan for one in found}, [one.penjelasan for one in found]
    assert all(one.lokasi != "awal dokumen" for one in found)


@pytest.mark.parametrize("kind", WRITERS)
def test_personal_data_is_counted_and_never_told(kind, tmp_path):
    look, found = rules(faulty("telephone number"), kind, tmp_path)
    told = json.dumps([one.penjelasan for one in found]) + "".join(
        text for text, _ in look.report.texts()
    )
    assert "0812" not in told
    assert "3456" not in told


def test_names_and_contacts_in_tables_and_prose_go_nowhere(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Tabel 1. Responden\n\nNo\tNama Responden\tNIK\tNilai\n"
        "1\tBudi Santoso\t8171012001900001\t4\n2\tAni Rahayu\t8171012001900002\t3\n\n"
        "Keluhan atas nama Citra Dewi (citra@contoh.id) ditangani.\n",
        "utf-8",
    )
    look, found = review(path)
    assert "data-pribadi" in {one.aturan for one in found}
    save_statements(tmp_path / "s.csv", look)
    told = "".join(text for text, _ in look.report.texts())
    told += json.dumps(to_json(look, found)) + page(look, found) + (tmp_path / "s.csv").read_text()
    for secret in ("Budi", "Ani", "Citra", "81710120", "citra@"):
        assert secret not in told


def test_saved_statements_fit_the_source_of_statements(tmp_path):
    look, _ = rules(sample("beacukai"), "txt", tmp_path)
    save_statements(tmp_path / "s.csv", look)
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text("utf-8").splitlines()))
    columns = NATIONAL.sumber["pernyataan"].kolom
    assert [one.judul for one in columns.values()] == list(rows[0])
    assert len(rows) > 20
    for row in rows:
        assert re.fullmatch(columns["subjek"].pola, row["Subjek"]), row
        assert read_printed(row["Nilai"]) is not None
    (goal,) = {
        one["Nilai"]
        for one in rows
        if one["Subjek"].endswith("/target") and "bea masuk" in one["Uraian"].casefold()
    }
    assert goal == "30.000.000.000"


def test_a_profile_adds_words_of_its_own(tmp_path):
    path = tmp_path / "a.txt"
    head = "No\tKode\tIndikator\t{}\n1\tIKU 1\tMutu layanan\t{}\n2\tIKU 2\tMutu arsip\t9\n\n"
    path.write_text(
        f"Tabel 1. A\n\n{head.format('Target', '80')}Tabel 2. B\n\n{head.format('Patokan', '70')}",
        "utf-8",
    )
    assert review(path)[1] == []
    more = {**NATIONAL.telaah, "patokan": Telaah(arti="target", pola=r"\bpatokan\b")}
    _, found = reviewed(path, NATIONAL.model_copy(update={"telaah": more}))
    assert [one.aturan for one in found] == ["nilai-ganda"]


def test_what_has_no_subject_is_counted_and_listed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Rapat dihadiri 17 orang.\n", "utf-8")
    look, found = review(path)
    assert to_json(look, found)["tidak_dipahami"] == [{"angka": "17", "letak": "baris teks 1"}]


def test_tables_go_on_after_a_page_break_with_cut_cells(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Tabel 1. Pagu\n\nKode\tUraian\tPagu\n10\tBelanja\t5\n20\tPengadaan barang\t7\n\n"
        "Kode\tUraian\tPagu\n\tdan jasa\t\n30\tLain\t8\n\tJumlah\t20\n",
        "utf-8",
    )
    look, found = review(path)
    (grid,) = look.report.grids
    assert grid.rows[1] == ("20", "Pengadaan barang dan jasa", "7")
    assert found == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"not a zip"),
        ("b.docx", b""),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.txt", b""),
        ("b.txt", b"\x89PNG\r\n\x1a\n0000"),
        ("c.txt", b"<!DOCTYPE html><html><body>Laporan</body></html>"),
        ("a.odt", b"x"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=name):
        review(path)
    with pytest.raises(MissingInput):
        review(tmp_path / "none.docx")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(101 * 2**20)
    with pytest.raises(UnreadableInput, match="101 MB"):
        review(path)


KINDS = {
    "tanpa-kendala": "Tidak ada kendala. Kendala utama adalah terlambatnya pengadaan.",
    "klaim": "Terminal yang memenuhi standar sebanyak 3 lokasi dari target 3 lokasi, sehingga belum"
    " tercapai.",
    "salah-ketik": "Pagu sebesar Rp15.652.000.000. Pagu Rp15.625.000.000 tetap. Pagu akhir"
    " Rp15.625.000.000.",
    "rata-rata": "Nilainya 3,42; 3,51; 3,60; dan 3,55, sehingga rata-rata 3,58.",
    "perbandingan": "Kunjungan mencapai 1.284 orang, turun dibandingkan tahun lalu sebanyak"
    " 1.150 orang.",
    "periode": "Kegiatan merujuk pada Rencana Kerja Tahun 2023.",
    "tanggal": "Kontrak telah ditandatangani pada 14 Maret 2026.",
    "nama-janggal": "Pos di Padang Ulak Tanding dibuka. Pos di Padang Ulak Tnading ditutup.",
    "kata-janggal": "Jumlah patroli mengalami peninkatan.",
    "unit-lain": "Balai Karantina Ikan Makmur berdiri. Kantor Balai Karantina Ikan Sentosa berada"
    " di kota.",
    "nomor-butir": "a. undang-undang;\n\nb. peraturan;\n\nd. keputusan.",
    "rujukan": "Hasilnya ada pada Tabel 1 di atas.\n\nTabel 1. Hasil\n\nNama\tNilai\nA\t1\nB\t2",
}
"""A report of each kind of contradiction in one paragraph, below the same title."""


MONTHLY = (
    "Tabel 1. Realisasi per Bulan\n\nBulan\tRealisasi\tKumulatif\nJanuari\t100\t100\nFebruari\t150"
    "\t250\nMaret\t200\t450\nApril\t250\t{}\nMei\t100\t800\nJuni\t50\t850"
)
SHARED = (
    "Tabel 1. Penyerapan\n\nUraian\tJan\tFeb\tMar\tApr\tMei\nKumulatif\t200\t400\t600\t900\t1200"
    "\n% terhadap pagu\t10,0\t20,0\t30,0\t{}\t60,0"
)
SPENT = (
    "Tabel 1. Keuangan\n\nUraian\tPagu\tRealisasi\nBelanja Barang\t900\t700\nBelanja Modal\t500\t{}"
)
NAMED = (
    "Tabel 1. Kunjungan\n\nUraian\tSatuan\tJumlah\nKunjungan rawat jalan dewasa\tkunjungan\t1.240"
    "\nKunjungan rawat inap anak\tkunjungan\t310\n\nKunjungan rawat jalan dewasa sebanyak {}"
    " kunjungan."
)
TURNED = (
    "Tabel 1. Rencana dan Realisasi\n\nUraian\tJan\tFeb\tMar\nRencana\t100\t200\t400\nRealisasi\t80"
    "\t150\t300\nPersentase\t80,00%\t75,00%\t{}"
)
STATED = (
    "Tabel 1. Capaian\n\nIndikator\tCapaian (%)\tKeterangan\nMutu arsip\t104,00\tTercapai"
    "\nMutu layanan\t91,00\t{}"
)
SPLIT = (
    "Tabel 1. Pegawai\n\nPendidikan\tLaki-laki\tPerempuan\tJumlah\nSar"
    "jana\t31\t25\t56\nDiploma\t48\t22"
    "\t70\nJumlah\t79\t47\t126\n\nPegawai laki-laki berjumlah 79 orang ({})."
    " Lulusan sarjana sebanyak"
    " {} orang."
)
LEFT = (
    "Tabel 1. Anggaran\n\nUraian\tPagu (Rp)\tRealisasi (Rp)\nBelanja Barang\t8.300.000.000"
    "\t3.735.000.000\nBelanja Modal\t2.300.000.000\t200.000.000\nJumlah\t10.600.000.000"
    "\t3.935.000.000\n\nTerserap Rp3.935.000.000 sehingga sisa anggaran Rp{}."
)
UNITS = (
    "Tabel 1. Patroli\n\nKegiatan\tSatuan\tTarget\nPatroli laut"
    " rutin\torang\t120\nPemeriksaan kapal"
    "\tkapal\t400\n\nTarget patroli laut rutin 120 {}."
)
GOALS = (
    "Tabel 1. Rencana Setahun\n\nIndikator\tTarget\nMutu arsip dinas\t90\nMutu layanan"
    " loket\t80\nTerbitnya izin kapal\t400\n\nTabel 2. Hasil\n\nIndikator\tTarget"
    "\tRealisasi\nMutu arsip dinas\t90\t91\nMutu layanan loket\t80\t85\nTerbitnya izin kapal\t{}"
    "\t210"
)
RATED = (
    "Tabel 1. Hasil\n\nIndikator\tTarget\tRealisasi\tCapaian\nTepatnya laporan kapal\t90,00"
    "\t91,50\t101,67\nTepatnya laporan pelabuhan\t80,00\t76,20\t95,25\n\nTepatnya laporan pelabuhan"
    " {}, sedangkan tepatnya laporan kapal 91,50 persen melampaui target."
)
NESTED = (
    "Tabel 1. Pagu\n\nKode\tUraian\tPagu\n033.AB\tProgram laut\t700\n2210\tKegiatan laut\t700"
    "\n2210.BAA\tPatroli\t300\n2210.BAB\tPelabuhan\t400\n033.WA\tProgram kantor\t500\n2215"
    "\tKegiatan kantor\t500\n2215.EBA\tLayanan\t500\n\tJumlah\t{}"
)
WEIGHED = (
    "Tabel 1. Nilai\n\nIndikator\tBobot (%)\tNilai\tNilai Tertimbang\nTertib arsip dinas\t40"
    "\t90,00\t36,00\nTertib kas dinas\t60\t80,00\t48,00\n\nTertib arsip dinas diperiksa sebanyak"
    " 3 (tiga) kali. {}"
)
OF_ALL = (
    "Tabel 1. Berkas\n\nJenis\tApril\tMei\tJumlah\nIzin\t310\t400\t710\nSurat\t90\t100\t190"
    "\nJumlah\t400\t500\t900\n\nBerkas ditolak 9 kali atau {} dari seluruh berkas."
)
TURNED_SUMS = (
    "Tabel 1. Realisasi (juta Rp)\n\nUraian\tJan\tFeb\tMar\tApr\tMei\tJun"
    "\nRealisasi\t1.416,7\t1.072,6\t1.556,5\t1.212,4\t1.763,5\t1.522,9\nKumulatif\t1.416,7\t2.489,3\t4.045,8\t{}\t7.021,7"
    "\t8.544,6"
)
EQUALS = (
    "Tabel 1. Kapal\n\nNo\tPos\tKapal\n1\tLobo\t12\n2\tWasi\t7\n3\tTual\t4\n4\tElat\t4\n5\tDobo"
    "\t9\n\tJumlah\t{}"
)
INCOME = (
    "Tabel 1. Penerimaan (Rp)\n\nJenis\tRealisasi\nUji\t24.105.300.000\nSewa\t3.174.700.000\nJumlah"
    "\t27.280.000.000\n\nPenerimaan sebesar Rp27,28 {}."
)
AREA = "Tabel 1. Kolam\n\nBlok\tLuas (ha)\nA\t2.310\nB\t1.420\n\nKolam blok A dengan luas 2.310 {}."
PER_HEAD = (
    "Tabel 1. Penyuluhan\n\nDesa\tPenyuluh\tNelayan\nLobo\t12\t300\nWasi\t8\t220\nJumlah\t20\t520\n"
    "\nRasio penyuluh terhadap nelayan sebesar 1 : {}."
)
OUTPUTS = (
    "Tabel 1. Keluaran\n\nKode\tRO\tTarget TW II\tRealisasi\tSatuan\t%\nABC.001\tPatroli\t4\t4"
    "\tkali\t100,00\nABC.002\tUji\t50\t{}\n\nSeluruh RO telah mencapai target."
)
PERCENT_OF = (
    "Tabel 1. Target\n\nIndikator\tTarget\tSatuan\nTepatnya laporan kapal\t90,00\tpersen"
    "\nTepatnya laporan pelabuhan\t80,00\t{}\n\nTabel 2. Hasil\n\nIndikator\tTarget\tRealisasi"
    "\nTepatnya laporan kapal\t90,00\t91,50\nTepatnya laporan pelabuhan\t80,00\t86,20\n\n"
    "Tepatnya laporan pelabuhan 86,20 persen."
)
RISING = (
    "Tabel 1. Kunjungan\n\nBulan\tKunjungan\tKumulatif\nJanuari\t120\t120\nFebruari\t95\t215\nMaret"
    "\t140\t{}"
)
CODED = (
    "Tabel 1. Keluaran\n\nKode\tRO\tPagu\nABC.001\tPerbaikan dermaga kapal patroli\t500\nABC.002"
    "\tPelatihan awak kapal patroli\t300\n\nTabel 2. Volume\n\nKode\tSatuan\tRealisasi\tTarget"
    "\nABC.001\tDermaga\t5\t8\nABC.002\tOrang\t40\t60\n\nPerbaikan dermaga kapal telah selesai"
    " pada {} dari 8 dermaga."
)
QUARTERS = "Tabel 1. Patroli\n\nBulan\tKali\nApril\t9\n{}\nJuli\t6"
MONTHS_OF = (
    "Tabel 1. Kas\n\nBulan\tKas\tUang Muka\nJanuari\t20\t9\nFebruari\t28\t4\nMaret\t22\t5\nApril"
    "\t29\t2\nMei\t30\t6\nJuni\t21\t3\n\nKas tertinggi terjadi pada bulan {}."
)
ENDED = (
    "Tabel 1. Pekerjaan\n\nPaket\tMulai\tSelesai\nDermaga\t03-03-2025\t30-05-2025\nGudang"
    "\t10-03-2025\t{}\nPagar\t02-04-2025\t20-06-2025"
)
LAW = "Survei mengacu pada Peraturan Menteri PANRB Nomor {} tentang pedoman survei."
PLANTED = [
    ("kumulatif", MONTHLY, "750", "700"),
    ("kumulatif", RISING, "345", "355"),
    ("nilai-ganda", CODED, "6 (enam)", "5 (lima)"),
    ("urutan-waktu", QUARTERS, "Juni\t7\nMei\t8", "Mei\t7\nJuni\t8"),
    ("tertinggi", MONTHS_OF, "Februari", "Mei"),
    (
        "tertinggi",
        "Ombak berturut-turut April 1,2 meter, Mei 1,9 meter, dan Juni 2,4 meter. Ombak tertinggi"
        " terjadi pada bulan {}.",
        "Mei",
        "Juni",
    ),
    (
        "rincian-narasi",
        "Dari 30 kapal nelayan, 21 kapal berizin, 6 kapal sedang diproses, dan {} kapal ditolak.",
        "5",
        "3",
    ),
    (
        "klaim",
        "Pendapatan mencapai Rp640 juta. Dibandingkan dengan rencana pendapatan Rp600 juta,"
        " realisasi tersebut {} rencana.",
        "belum mencapai",
        "telah melampaui",
    ),
    ("periode", "Pada Triwulan {} akan dilakukan lelang dua kapal.", "II", "III"),
    ("periode", "Kendala selama Triwulan {} Tahun 2025 adalah sebagai berikut:", "I", "II"),
    (
        "nama-janggal",
        "Dasarnya Peraturan Pemerintah Nomor {} tentang laporan. Laporan menurut Peraturan"
        " Pemerintah Nomor 39 Tahun 2006 disusun setiap triwulan.",
        "36 Tahun 2009",
        "8 Tahun 2006",
    ),
    (
        "nama-janggal",
        "Anggaran menurut SP DIPA-019.07.2.{}/2025. Nomor SP DIPA-019.07.2.248057/2025 disahkan.",
        "248075",
        "248057",
    ),
    ("tanggal", ENDED, "20-06-2024", "20-06-2025"),
    ("salah-ketik", "Tersedia Rp340.000.000 ribu atau Rp{} miliar untuk kapal.", "34", "340"),
    ("periode", "Pada Triwulan III tahun {} balai akan melelang kapal.", "2024", "2025"),
    ("kata-berulang", "Kapal {} diperbaiki.", "di antaranya di antaranya", "di antaranya"),
    ("capaian-tabel", SHARED, "54,0", "45,0"),
    ("melebihi-pagu", SPENT, "540", "450"),
    ("nilai-ganda", NAMED, "1.420", "1.240"),
    ("capaian-tabel", TURNED, "57,00%", "75,00%"),
    ("klaim", STATED, "Tercapai", "Belum tercapai"),
    ("peraturan", LAW, "16 Tahun 2014", "14 Tahun 2017"),
    ("peraturan", LAW, "16/2014", "14 Tahun 2017, pengganti Nomor 16 Tahun 2014,"),
    ("periode", "Laporan ini memuat kegiatan s.d. {}.", "31 Maret 2025", "30 Juni 2025"),
    (
        "periode",
        "Realisasi sampai dengan {} sebesar Rp4.215.370.000. Pada Triwulan II 2025 terserap"
        " Rp4.215.370.000.",
        "Triwulan I",
        "Triwulan II",
    ),
    (
        "tanggal",
        "Surat Nomor 12/BA/VI/2025 ditandatangani tanggal {}.",
        "9 Mei 2025",
        "9 Juni 2025",
    ),
    ("satuan-ganda", "Luas wilayah kerja {}.", "61.240 orang", "61.240 hektare"),
    (
        "butir-ganda",
        "Kendala:\n\n- Kapal patroli sedang diperbaiki.\n- Cuaca di laut buruk.\n- {}",
        "Kapal patroli sedang diperbaiki.",
        "Jaringan di pos terputus.",
    ),
    (
        "rasio-narasi",
        "Pegawai 86 orang, laki-laki 47 orang (54,7%) dan perempuan 39 orang ({}).",
        "43,5%",
        "45,3%",
    ),
    (
        "klaim",
        "Sebanyak 11 dari 12 publikasi (91,67%) terbit sehingga target 95% {} terlampaui.",
        "telah",
        "tidak",
    ),
    (
        "perubahan",
        "Kunjungan naik dari 488 orang pada Triwulan I menjadi 513 orang, yaitu {} 5,12%.",
        "turun",
        "naik",
    ),
    ("rasio-narasi", SPLIT.replace("{} orang", "56 orang"), "67,2%", "62,7%"),
    ("nilai-ganda", SPLIT.replace("({})", "(62,7%)"), "52", "56"),
    ("sisa", LEFT, "6.565.000.000", "6.665.000.000"),
    ("nilai-ganda", UNITS, "kapal", "orang"),
    ("nilai-ganda", GOALS, "200", "400"),
    ("klaim", RATED, "terpenuhi", "mencapai 95,25 persen"),
    ("nilai-ganda", RATED, "sebesar 95,52 persen", "sebesar 76,20 persen"),
    ("jumlah-tabel", NESTED, "1.250", "1.200"),
    ("nilai-ganda", WEIGHED, "Nilai tertib arsip dinas 91,00.", "Nilai tertib arsip dinas 90,00."),
    ("rasio-narasi", OF_ALL, "1,20 persen", "1,00 persen"),
    ("kumulatif", TURNED_SUMS, "5.528,2", "5.258,2"),
    ("jumlah-tabel", EQUALS, "32", "36"),
    ("salah-ketik", INCOME, "juta", "miliar"),
    ("satuan-ganda", AREA, "km2", "hektare"),
    ("rasio-narasi", PER_HEAD, "21", "26"),
    ("rasio-narasi", "Dari 26 kapal, {} persen berizin.", "37,50", "34,62"),
    ("banyak-tercapai", OUTPUTS, "40\tjenis\t80,00", "50\tjenis\t100,00"),
    ("nilai-ganda", PERCENT_OF, "indeks", "persen"),
    ("periode", "Taruna tahun akademik {} berjumlah 40 orang.", "2022/2023", "2024/2025"),
    (
        "banyaknya",
        "Balai membina {} kapal nelayan. Dari 26 kapal nelayan, 13 kapal berizin. Bantuan diterima"
        " 4 dari 26 kapal nelayan.",
        "28 (dua puluh delapan)",
        "26 (dua puluh enam)",
    ),
    (
        "nilai-ganda",
        "Penyerapan TW II mencapai 44,7%. Grafik memperlihatkan penyerapan kumulatif"
        " Triwulan II sebesar {}%.",
        "49,7",
        "44,7",
    ),
    ("banyaknya", "Terdapat 3 (tiga) pos, yaitu {}.", "Lobo dan Wasi", "Lobo, Wasi, dan Tual"),
    (
        "banyaknya",
        "Sosialisasi dilaksanakan {} kali, yaitu pada 10 April 2025, 12 Mei"
        " 2025, dan 18 Juni 2025.",
        "empat",
        "tiga",
    ),
    ("rincian-narasi", "Peserta 45, 60, dan 75 orang atau seluruhnya {} orang.", "190", "180"),
    (
        "tertinggi",
        "Tabel 1. Nilai Bulanan\n\nBulan\tNilai\nApril\t91,40\nMei\t86,20\nJuni\t92,50\n\nRata-rata"
        " = (91,40 + 86,20 + 92,50) ÷ 3\n\nNilai tertinggi dicapai pada bulan {}.",
        "April (91,40)",
        "Juni (92,50)",
    ),
    (
        "rujukan",
        "".join(f"Tabel {n}. Hasil {n}\n\nNama\tNilai\nArsip\t{n}\n\n" for n in range(1, 5))
        + "Formulir dimuat pada Lampiran 1. Lampiran {}.",
        "belum disusun",
        "dimuat dalam berkas lain",
    ),
    ("nama-janggal", "ROVK naik. ROVK turun. ROVK tetap. {} dihitung.", "ROOVK", "ROVK"),
    (
        "salinan",
        "Pengawasan dilakukan oleh dua petugas yang ditinjau ulang setiap pekan oleh kepala seksi"
        " layanan balai.\n\n1.1 Hasil\n\nPengawasan dilakukan oleh dua petugas yang ditinjau ulang"
        " setiap pekan oleh kepala seksi layanan balai{}",
        ".",
        ", lalu dilaporkan kepada kepala balai.",
    ),
    (
        "nilai-ganda",
        "Triwulan I 20,7% | Triwulan II {}\n\nGambar 1. Penyerapan\n\nPada Triwulan II penyerapan"
        " 45,2%.",
        "41,2% | Triwulan III 70,0%",
        "45,2% | Triwulan III 70,0%",
    ),
]
"""A rule, a passage with a gap, what makes it wrong, and what makes it right."""


@pytest.mark.parametrize(("rule", "passage", "wrong", "right"), PLANTED)
def test_a_planted_contradiction_is_told_and_the_sound_passage_is_not(
    rule, passage, wrong, right, tmp_path
):
    path = tmp_path / "laporan.txt"
    title = "LAPORAN TRIWULAN II TAHUN 2025\n\nBALAI KARANTINA IKAN MAKMUR\n\nBAB I PENDAHULUAN"
    path.write_text(f"{title}\n\n{passage.format(wrong)}\n", "utf-8")
    assert {one.aturan for one in review(path)[1]} == {rule}
    path.write_text(f"{title}\n\n{passage.format(right)}\n", "utf-8")
    assert [one.penjelasan for one in review(path)[1]] == []


def test_a_report_with_commas_between_thousands_is_read_and_told_in_its_marks(tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(
        "LAPORAN TRIWULAN II TAHUN 2025\n\nTabel 1. Bidang\n\nDesa\tTarget\tPagu (Rp)\nLobo"
        "\t1,372\t9,290,870,000\nWasi\t240\t1,120,400,000\nJumlah\t1,621\t10,411,270,000\n",
        "utf-8",
    )
    (found,) = review(path)[1]
    assert (found.dinyatakan, found.dihitung) == ("1,621", "1,612")


def test_bold_lines_are_headings_of_a_document_without_styles(tmp_path):
    document = docx.Document()
    for title, text in (("Pendahuluan", "Balai membina 12 desa."), ("Realisasi", "Biaya Rp5.000.")):
        document.add_paragraph().add_run(title).bold = True
        document.add_paragraph(text)
    document.save(tmp_path / "a.docx")
    look, _ = review(tmp_path / "a.docx")
    assert [one.place.section for one in look.prose] == ["Pendahuluan", "Realisasi"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_contradiction_is_told_by_its_rule(kind, tmp_path):
    path = tmp_path / "laporan.txt"
    title = "LAPORAN TRIWULAN II TAHUN 2025\n\nBALAI KARANTINA IKAN MAKMUR\n\nBAB I PENDAHULUAN"
    path.write_text(f"{title}\n\n{KINDS[kind]}\n", "utf-8")
    assert [one.aturan for one in review(path)[1]] == [kind]


RESULTS = (
    "Tabel 1. Hasil\n\nIndikator\tTarget\tRealisasi\tCapaian\nMutu loket pelayanan\t3,20\t3,40"
    "\t106,25\nMutu arsip dinas\t3,20\t3,28\t102,50\nMutu kas dinas\t3,20\t3,10\t96,88"
)
NOTE = (
    "Satuan indikator tidak menyebut pelajar, tetapi sebagian pelajar ikut dihitung menurut daftar"
    " tamu pada loket pelayanan balai."
)
RIGHT = (
    "Tabel 1. Hasil\n\nIndikator\tTarget\tRealisasi s.d. TW II\nKunjungan kapal nelayan\t900\t700"
    "\n\nKunjungan kapal nelayan pada Triwulan II sebanyak 320 kali.",
    "Pada Triwulan II tahun 2024 serapan tercatat 47,3%, sehingga terdapat kenaikan 2,2 poin.",
    "LAPORAN TRIWULAN (PP 39/2006)",
    "Nilai kas naik 0,55 dari tahun 2024. Dari 240 loket, 183 loket baik (76,25%), sedangkan target"
    " 78%.",
    "Tabel 1. Kelas\n\nKelas\tTempat Tidur\tPorsi\nI\t34\t28,33%\nII\t43\t35,83%\nIII\t43\t35,83%"
    "\nJumlah\t120\t100%",
    "Tabel 1. Hasil\n\nIndikator\tTarget\nWaktu tunggu loket\t60\n\nWaktu tunggu loket makin kecil"
    " makin baik, dihitung dengan rumus (1 + (1 − realisasi/target)) × 100.",
    "Rencana penarikan kas sebesar Rp800.000.000. Rencana triwulan ini sebesar Rp500.000.000"
    " sehingga realisasi mencapai 90% dari rencana.",
    "Tabel 1. Kunjungan\n\nLoket\tTahun 2025\tTahun 2024\tKenaikan (%)\nLaut\t1.194\t1.096\t8,94"
    "\n\nKunjungan loket laut 1.194 orang, tumbuh 8,94% dibandingkan tahun 2024.",
    "1.1 Rencana Triwulan III",
    "Serapan tahun ini naik dibandingkan dengan Triwulan II tahun 2024.",
    "Realisasi Rp6.100.000.000 dari pagu Rp48.600.000.000 adalah 12,6 persen.",
    "Peraturan Pemerintah Nomor 39 Tahun 2006 mewajibkan setiap satuan kerja menyampaikan laporan"
    " paling lambat lima hari kerja. " * 2,
    "Rata-rata penumpang per bulan 11.218 orang dari 67.308 orang.",
    "Diperiksa 24.600 kendaraan; 3.690 melanggar (15%). Pelanggaran itu 2.214 daya angkut (60%),"
    " 1.107 dimensi (30%), dan 369 dokumen (10%).",
    "Pengunjung 1.284 orang, terdiri dari 1.239 wisatawan nusantara (96,5%) dan 45 mancanegara.",
    "Dibandingkan Rencana Kerja Tahun 2024, target naik.",
    "Pagu awal (ribu Rp): 9.315.270. Pagu tahun 2025 sebesar Rp9.315.270.000.",
    "Tabel 1. Pagu\n\nSumber\tPagu\nRM\t6.150.400.000\nHibah\t420.600.000\nJumlah\t6.571.000.000\n"
    "\nRM Rp6.150.400.000 (94,57%) dan PNBP Rp353.000.000 (5,43%).",
    "Nilai lulusan tahun ajaran 2023/2024 adalah 3,5.",
    "Tabel 1. Pegawai\n\nJenis\tOrang\nDosen\t30\nDosen tetap\t30\nTenaga lain\t20\nJumlah\t50",
    "Tabel 1. Keluaran\n\nRO\tTarget\tRealisasi\t%\nPatroli\t4\t2\t50,00\nUji\t50\t25\t50,00\n\n"
    "Seluruh RO telah mencapai target antara.",
    "Perjanjian terdiri atas 4 (empat) indikator sebagai berikut.\n\nTabel 1. Perjanjian"
    "\n\nNo\tIndikator\n1\tA\n2\tB\n3\tC\n4\tD",
    "Tabel 1. Hasil\n\nIndikator\tTarget\tRealisasi\tCapaian\nMutu arsip\t80\t88\t110,00\nMutu"
    " loket\t80\t72\t90,00\n\nSebanyak 1 (satu) dari 2 (dua) indikator mencapai target.",
    "Tabel 1. Rencana Setahun\n\nIndikator\tTarget\nMutu arsip dinas\t90\nMutu layanan loket\t80"
    "\nTerbitnya izin kapal\t400\n\nTabel 2. Hasil\n\nIndikator\tTarget\tRealisasi\nMutu arsip"
    " dinas\t45\t50\nMutu layanan loket\t80\t85\nTerbitnya izin kapal\t200\t210",
    "Tabel 1. Nilai Bulanan\n\nBulan\tNilai\nApril\t91,40\nMei\t86,20\nJuni\t92,50\n\n"
    "Nilai IKK 6.2 = (April + Mei + Juni) ÷ 3 = (91,40 + 86,20 + 92,50) ÷ 3\n\n= 90,03\n\nNilai"
    " tertinggi dicapai pada bulan Juni (92,50), sedangkan yang terendah pada bulan Mei (86,20).",
    f"{RESULTS}\n\nNilai mutu loket pelayanan sebesar 3,40 (nilai konversi 85,00).",
    f"{RESULTS}\n\nKegiatan rencana aksi Mutu loket pelayanan mencapai target 50.",
    f"{RESULTS}\n\n1.1 Mutu loket pelayanan\n\nKegiatan rencana aksi baru terlaksana 40 persen,"
    " sedangkan targetnya 50 persen.",
    f"{RESULTS}\n\nApabila dijumlahkan sejak awal tahun, Mutu loket pelayanan mencapai realisasi"
    " 6,40; pada triwulan ini 3,40. Bersama realisasi 6,40 sejak Januari statusnya tercapai.",
    f"{RESULTS}\n\nPenyesuaian target dua indikator yang terlampaui jauh.",
    f"{RESULTS}\n\nSelisih terbesar, yaitu 11 poin persen, terdapat pada Mutu loket pelayanan.",
    "Tabel 1. Hasil\n\nNama\tNilai\nArsip\t1\nLoket\t2\n\nRincian pada Tabel 7 dokumen anggaran.",
    "Laporan lama menulis “Rp7.603.210.0000”, yang tidak terbaca.",
    "Tabel 1. Volume per ROVK\n\nRincian ROVK\tBesaran\nArsip\tTROVK\nLoket\tROVK\n\nTROVK (target)"
    " di atas ROVK. ROVK naik. ROVK tetap.",
    "Formula: dokumen yang lengkap dibagi seluruh dokumen yang diperiksa dalam triwulan pelaporan"
    " menurut buku agenda, dikalikan 100%.\n\nFormula: berkas yang lengkap dibagi seluruh dokumen"
    " yang diperiksa dalam triwulan pelaporan menurut buku agenda, dikalikan 100%.",
    f"{NOTE}\n\nBAB II PENUTUP\n\n{NOTE}",
)


@pytest.mark.parametrize(("day", "told"), [("27 Juni 2025", ["tanggal"]), ("7 Juli 2025", [])])
def test_a_report_is_signed_after_its_quarter(day, told, tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(
        "LAPORAN TRIWULAN II TAHUN 2025\n\nKATA PENGANTAR\n\nLaporan telah disusun.\n\n"
        f"\t\t\tLobo, {day}\n\t\t\tKepala Balai,\n\n",
        "utf-8",
    )
    assert [one.aturan for one in review(path)[1]] == told


def test_a_cover_tells_the_month_in_which_the_report_was_written(tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(
        "# LAPORAN TRIWULAN IV TAHUN 2025\n\n# BALAI KARANTINA IKAN MAKMUR\n\n# JANUARI 2026\n\n"
        "# BAB I PENDAHULUAN\n\nLaporan Triwulan IV Tahun 2025 disusun.\n",
        "utf-8",
    )
    assert [one.penjelasan for one in review(path)[1]] == []


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_wrong_is_not_told(text, tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(f"LAPORAN TRIWULAN II TAHUN 2025\n\nBAB I PENDAHULUAN\n\n{text}\n", "utf-8")
    assert [one.penjelasan for one in review(path)[1]] == []


def test_the_command_tells_writes_and_ranks(tmp_path):
    for name, kind, fault in (("baik", "docx", None), ("buruk", "txt", "one target twice")):
        WRITERS[kind](faulty(fault) if fault else hospital(), tmp_path / f"{name}.{kind}")
    bad = tmp_path / "buruk.txt"
    page, book, said = tmp_path / "t.html", tmp_path / "t.xlsx", tmp_path / "t.csv"
    words = ("review", str(bad), "--json", "--html", str(page), "--xlsx", str(book))
    done = pp39(tmp_path, *words, "--save", str(said))
    told = json.loads(done.stdout)
    assert [one["aturan"] for one in told["temuan"]] == ["nilai-ganda"]
    assert "82,00" in page.read_text("utf-8")
    assert openpyxl.load_workbook(book)["Temuan"].max_row == 2
    assert said.read_text("utf-8").startswith("Subjek,Uraian,Nilai,Satuan,Periode,Jenis,Letak\n")
    assert pp39(tmp_path, "review", str(bad), "--fail-on", "material").returncode == 3
    listed = json.loads(pp39(tmp_path, "review", str(tmp_path), "--json").stdout)
    assert [one["berkas"] for one in listed] == ["buruk.txt", "baik.docx"]


def test_the_units_data_are_held_against_the_report(tmp_path):
    look, _ = rules(hospital(), "docx", tmp_path)
    with pytest.raises(MissingInput, match=r"indikator\.csv"):
        list(against_run(look, tmp_path))
    (tmp_path / "indikator.csv").write_text(
        "kode,indikator,target,realisasi,capaian,ledger_id\n"
        "IKU 1.1,Tingkat keterisian,75,72.3,96.4,IKU-1.1/realisasi\n"
        "IKU 1.2,Indeks Kepuasan Pasien,85,88.9,104.588235,IKU-1.2/realisasi\n",
        "utf-8",
    )
    found = list(against_run(look, tmp_path))
    assert {one.subjek for one in found} == {"IKU 1.2/realisasi", "IKU 1.2/capaian"}
    assert {one.ledger_id for one in found} == {"IKU-1.2/realisasi", ""}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_reports_of_other_offices_are_sound_until_faults_are_planted(name, kind, tmp_path):
    _, found = rules(sample(name), kind, tmp_path)
    assert [one.penjelasan for one in found] == []
    planted = answers(name)
    _, found = rules(faulted(name), kind, tmp_path)
    hit, false = told_of(planted, found)
    assert [one.penjelasan for one in false] == []
    assert len(hit) >= 0.9 * len(planted), [one["baru"] for one in planted if one not in hit]
