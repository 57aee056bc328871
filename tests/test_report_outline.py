"""The report is composed from the profile: chapters, sentences, tables and charts of any unit."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from indicator_runs import edited
from section_runs import material, prose, report

from pp39.errors import ParameterError
from pp39.indicators import (
    Book,
    compute_absorption,
    compute_budget,
    compute_indicators,
    compute_outputs,
    needed_sources,
    summarise,
)
from pp39.ledger import Ledger
from pp39.profile import ProfileError, load_profile
from pp39.profile.chapter import Bab, in_sequence
from pp39.report import sections
from pp39.report.document import Heading
from pp39.report.figure import Picture
from pp39.report.inline import Phrase, part_plain
from pp39.report.sections.indikator import bagian_sasaran
from pp39.report.table import Table
from pp39.run.workspace import Workspace
from pp39.sources import Context, clean_all

ROOT = Path(__file__).parents[1]
UNIT = """\
profil:
  memperluas: nasional
  kosakata: {jenjang: {sebutan: level, kata: {smp: SMP, sma: SMA, smk: Sekolah kejuruan}}}
  sumber:
    dipa_ro: {wajib: tidak}
    kelulusan:
      judul: Kelulusan menurut jenjang
      kunci: [triwulan, jenjang]
      kolom:
        triwulan: {judul: Triwulan, jenis: triwulan, wajib: ya}
        jenjang: {judul: Jenjang, jenis: pilihan, daftar: jenjang, wajib: ya}
        peserta: {judul: Peserta, jenis: bulat, satuan: siswa}
        lulus: {judul: Lulus, jenis: bulat, satuan: siswa}
  bab:
    ringkasan: {judul: Pokok-Pokok}
    pelaksanaan:
      bagian:
        hasil:
          bagian:
            program: null
        mutu:
          judul: Mutu Pembelajaran
          sesudah: hasil
          paragraf: ["Kelulusan mencapai {'IKU 1'.realisasi}."]
    temuan: null
    akhir: {judul: Evaluasi Akhir Tahun, isi: penutup, bila: {triwulan: [IV]}, sesudah: penutup}
unit:
  nama: Sekolah Contoh
  singkatan: Sekolah
  jenis: satuan pendidikan
  kementerian: Kementerian Contoh
  alamat: Jalan Contoh 1
  tugas: menyelenggarakan pendidikan
laporan: {tempat: Contoh, jabatan_penanda_tangan: Kepala Sekolah}
sasaran: {SS 1: Meningkatnya mutu, SS 2: Meningkatnya tata kelola}
indikator:
  IKU 1:
    nama: Angka kelulusan
    satuan: Persen
    bentuk: persen
    polaritas: naik
    skala: [0, 100]
    desimal: 2
    sumber: Rekapitulasi ujian
    pic: Kurikulum
    definisi: Bagian peserta ujian yang lulus
    rumus: Lulus dibagi peserta
    kode_sasaran: SS 1
    data: kelulusan[triwulan = tw]
    besaran:
      peserta_j:
        untuk: {j: data.jenjang}
        label: Peserta {j}
        satuan: siswa
        hitung: jumlah(data[jenjang = j].peserta)
      lulus_j:
        untuk: {j: data.jenjang}
        label: Lulus {j}
        satuan: siswa
        hitung: jumlah(data[jenjang = j].lulus)
      peserta: {label: Peserta, satuan: siswa, hitung: jumlah(peserta_j)}
      lulus: {label: Lulus, satuan: siswa, hitung: jumlah(lulus_j)}
    realisasi: lulus / peserta * 100
    kalimat: >-
      [Dari {peserta} peserta, {lulus} lulus.][?lulus = peserta: Semua lulus.][?lulus < peserta:
      Jenjang dengan kelulusan terbanyak ialah {lulus_j:terbesar}.]
    rincian:
      - tabel: kelulusan
        judul: Kelulusan Menurut Jenjang, {tw:besar}
        baris: j
        kepala: Jenjang
        kolom:
          - {judul: Peserta, isi: peserta_j, jumlah: peserta}
          - {judul: Lulus, isi: lulus_j, jumlah: lulus}
      - grafik: kelulusan
        bentuk: terhadap_target
        judul: Kelulusan terhadap Peserta, {tw:besar}
        isi: lulus_j
        baris: j
        target: peserta_j
    saran: {tercapai: "Kami mempertahankan kelulusan {realisasi}."}
  IKU 2: {pola: sakip, kode_sasaran: SS 2, nama: Nilai SAKIP, pic: Tata usaha}
"""
HEAD = "Triwulan,Jenjang,Peserta,Lulus\n"
RAW = {
    "kelulusan.csv": HEAD
    + "I,SMA,100,60\nII,SMA,80,80\nIII,SMP,50,49\nIV,SMP,90,81\nIV,SMA,60,57\n",
    "nilai_eksternal.csv": "Kode,Triwulan,Nilai,Sumber,Nomor Surat,Tanggal Surat,Keterangan\n"
    "IKU 2,IV,82.1,Laporan hasil evaluasi,B-1,31 Desember 2025,\n",
    "target_perjanjian_kinerja.csv": "Dokumen,Kode,Sasaran,Indikator,Target,Satuan\n"
    "Perjanjian Kinerja,IKU 1,Mutu,Angka kelulusan,95,Persen\n"
    "Perjanjian Kinerja,IKU 2,Tata kelola,Nilai SAKIP,80,Nilai\n",
}
QUARTERS = ("I", "II", "III", "IV")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "params" / "regulasi", tmp_path / "params" / "regulasi")
    (tmp_path / "params" / "unit").mkdir()
    raw = tmp_path / "data" / "raw" / "sekolah" / "2025"
    raw.mkdir(parents=True)
    for name, text in RAW.items():
        (raw / name).write_text(text, encoding="utf-8")
    write(tmp_path, UNIT)
    return tmp_path


def write(project: Path, text: str) -> None:
    (project / "params" / "unit" / "sekolah.yaml").write_text(text, encoding="utf-8")


def school(project: Path, quarter: str = "IV") -> sections.Bahan:
    one = Workspace.locate("sekolah", 2025, quarter, root=project)
    tables = clean_all(one.sources, one.raw, Context.of(one.settings), needed_sources(one.settings))
    book = Book(tables, one.settings, Ledger(), one.quarter)
    results = compute_indicators(book)
    summarise(book, results)
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    return sections.Bahan(
        tables, one.settings, book.ledger, status={r.kode: r.status for r in results}
    )


def composed(b: sections.Bahan) -> list:
    return [block for chapter in sections.bab_laporan(b) for block in sections.compose(b, chapter)]


def headings(b: sections.Bahan) -> list[str]:
    return [one.text for one in composed(b) if isinstance(one, Heading)]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_school_has_a_whole_report_of_every_quarter(project: Path, quarter: str) -> None:
    blocks = composed(school(project, quarter))
    told = [one.describe() for one in blocks]
    labels = {one.label for one in told if one.label}
    anchors = {anchor for one in told for anchor in one.uses.anchors}
    wanted = {target for one in told for target in one.uses.targets}
    assert wanted <= labels | anchors
    for one in blocks:
        assert isinstance(one.html() + one.typst(), str)
    text = prose(blocks)
    for word in ("NPS", "pelanggan", "BSKJI", "DIPA", "KRO", "SMART", "None", "belum tersedia;"):
        assert not re.search(rf"\b{word}\b", text), word
    assert ("Semua lulus." in text) == (quarter == "II")
    assert "Sekolah Contoh (Sekolah) adalah satuan pendidikan di bawah Kementerian Contoh" in text


def test_statuses_of_a_school_through_the_year(project: Path) -> None:
    found = [school(project, quarter).status["IKU 1"] for quarter in QUARTERS]
    assert found == ["di bawah jalur", "sudah tercapai", "sudah tercapai", "tidak tercapai"]


def test_the_profile_says_what_appears(project: Path) -> None:
    found = headings(school(project))
    assert "Pokok-Pokok" in found
    assert "Ringkasan Eksekutif" not in found
    assert "Temuan Rekonsiliasi" not in found
    assert "Program, Kegiatan, dan Anggaran" not in found
    assert found.index("Mutu Pembelajaran") == found.index("Langkah Tindak Lanjut") - 1 or (
        found.index("Mutu Pembelajaran")
        > found.index("Hasil yang Telah Dicapai dan Analisis Capaian Kinerja")
    )
    assert found[found.index("Penutup") + 1] == "Evaluasi Akhir Tahun"
    assert "Evaluasi Akhir Tahun" not in headings(school(project, "III"))


def test_a_paragraph_of_its_own_prints_a_figure_of_the_ledger(project: Path) -> None:
    b = school(project)
    blocks = composed(b)
    (made,) = [one for one in blocks if "Kelulusan mencapai" in prose([one])]
    assert prose([made]) == "Kelulusan mencapai 92 persen."
    assert made.describe().uses.ids == {"IKU-1/realisasi"}
    assert b.ledger["IKU-1/realisasi"].value == 92


def test_sentences_tables_and_charts_follow_the_indicator(project: Path) -> None:
    blocks = composed(school(project))
    text = prose(blocks)
    assert "Dari 150 peserta, 138 lulus. Jenjang dengan kelulusan terbanyak ialah SMP (81)." in text
    (table,) = [one for one in blocks if isinstance(one, Table) and one.label == "tabel-kelulusan"]
    plain = re.sub("<[^>]+>", " ", table.html())
    assert re.search(r"SMP\s+90\s+81\s+SMA\s+60\s+57\s+Jumlah\s+150\s+138", plain)
    assert table.title == "Kelulusan Menurut Jenjang, Triwulan IV"
    (chart,) = [
        one for one in blocks if isinstance(one, Picture) and one.label == "gambar-kelulusan"
    ]
    assert "SMP 81 siswa (target 90 siswa)" in chart.alt or "SMP 81 (target 90)" in chart.alt
    assert {id for _, id, _ in chart.figures if id} == {
        *("IKU-1/lulus-j/smp", "IKU-1/lulus-j/sma", "IKU-1/peserta-j/smp", "IKU-1/peserta-j/sma")
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{lulus} lulus", "{luluss} lulus", r'kalimat.*"luluss" .* the nearest is "lulus"'),
        ("[Dari", "[[Dari", "kalimat: the bracket is not closed"),
        ("isi: peserta_j,", "isi: peserta_k,", r'rincian\.0.*"peserta_k" .*"peserta_j"'),
        ("isi: penutup", "isi: penutupan", "there is no section penutupan; the nearest is penutup"),
        ("sesudah: hasil\n", "sesudah: hasli\n", "no section here hasli; the nearest is hasil"),
        ("{triwulan: [IV]}", "{ada: [kelulusn]}", "no source kelulusn; the nearest is kelulusan"),
        ("{lulus_j:terbesar}", "{lulus:terbesar}", "terbesar needs figures by word"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(project: Path, old: str, new: str, told: str) -> None:
    assert UNIT.count(old) == 1
    write(project, UNIT.replace(old, new))
    with pytest.raises(ProfileError, match=rf"^params/unit/sekolah\.yaml, line \d+: .*{told}"):
        composed(school(project))


def test_a_chart_without_what_its_shape_needs_is_refused(project: Path) -> None:
    write(project, UNIT.replace("        target: peserta_j\n", ""))
    with pytest.raises(ParameterError, match="a chart of the shape terhadap_target needs target"):
        school(project)


def test_plain_bars_need_no_target(project: Path) -> None:
    plain = UNIT.replace("terhadap_target", "batang").replace("        target: peserta_j\n", "")
    write(project, plain)
    (chart,) = (one for one in composed(school(project)) if isinstance(one, Picture))
    told = re.sub("<[^>]*>", "", chart.html())
    assert "Tertinggi SMP (81), terendah SMA (57)" in told
    assert "SMP 81" in chart.html()
    assert "target" not in chart.html().casefold()


def test_sections_stand_behind_the_one_they_name() -> None:
    given = {
        "a": Bab(),
        "b": Bab(sesudah="c"),
        "c": Bab(),
        "d": Bab(sesudah="b"),
        "e": Bab(sesudah="x"),
    }
    assert list(in_sequence(given)) == ["a", "c", "b", "d", "e"]
    ring = {"a": Bab(sesudah="b"), "b": Bab(sesudah="a")}
    assert sorted(in_sequence(ring)) == ["a", "b"]


@cache
def sentence(code: str, text: str, *overrides: str) -> str:
    return Phrase(*material("IV", *overrides).stories[code].sentence(text)).plain()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{promotor} dari {responden:satuan}", "54 dari 57 orang"),
        ("[Ada {tak_terhitung_apa}]".replace("tak_terhitung_apa", "sebelumnya"), ""),
        ("[?detraktor = 0:tidak ada][?detraktor > 0:ada]", "tidak ada"),
        ("[?nomor_triwulan = 4:setahun][?nomor_triwulan < 4:sementara]", "setahun"),
        ("{skor:terbesar}", "10 (28)"),
        ("{tw}, {tw:besar}, {tahun - 1}", "triwulan IV, Triwulan IV, 2024"),
        ("{selisih:mutlak}", "54,74"),
        # A unit is named where no word follows and the sentence has not named it.
        ("Yang puas {promotor}, tidak {detraktor:polos}.", "Yang puas 54 orang, tidak 0."),
        ("Dari {promotor} penjawab. Semua {responden}.", "Dari 54 penjawab. Semua 57 orang."),
        ("Orang yang menjawab [{responden}][ ialah semua]", "Orang yang menjawab 57 ialah semua"),
    ],
)
def test_what_stands_in_braces(text: str, told: str) -> None:
    assert sentence("IKK 6.1.2", text) == told


def test_words_below_the_full_are_told_with_those_that_have_nothing() -> None:
    told = sentence("IKK 6.2.2", "{persen_l:kurang}")
    assert sentence("IKK 6.1.2", "{'IKK 6.2.2'.persen_l:kurang}") == told
    assert told == "pelatihan (14,67%), Lembaga Pemeriksa Halal (LPH) (88,33%), dan DAPATI (0,00%)"


def test_shipped_sentences_type_no_figure() -> None:
    for name in ("nasional", "bskji"):
        profile = load_profile(ROOT, name).isi
        for code, one in {**profile.pola, **profile.indikator}.items():
            texts = [
                one.kalimat,
                one.saran and one.saran.tercapai,
                one.saran and one.saran.tidak_tercapai,
            ]
            for text in filter(None, texts):
                bare = re.sub(r"\{[^{}]*\}|\[\?[^:]*:", "", text)
                assert not re.search("[0-9]", bare), (code, text)


def test_the_report_knows_no_kind_of_unit() -> None:
    kinds = (
        r"jasa industri|layanan jasa|balai|bskji|unit pelaksana teknis|promotor|survei_|pelanggan"
    )
    named = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "pp39" / "report").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(kinds, line, re.IGNORECASE)
    ]
    assert named == []


def test_the_report_asks_for_no_source_of_one_kind_of_unit() -> None:
    shared = set(load_profile(ROOT, "nasional").isi.sumber)
    own = set(load_profile(ROOT, "bskji").isi.sumber) - shared
    assert {"survei_nps", "pnbp", "hasil_layanan"} <= own
    text = "\n".join(p.read_text("utf-8") for p in (ROOT / "pp39" / "report").rglob("*.py"))
    assert {name for name in own if re.search(rf'"{name}"', text)} == set()


def test_what_grows_is_on_its_way_to_the_target_of_the_year(project: Path) -> None:
    share = (
        "persen_j: {untuk: {j: data.jenjang}, label: Lulus, satuan: '%',"
        " hitung: 'lulus_j[j] / peserta_j[j] * 100'}"
    )
    last = "lulus: {label: Lulus, satuan: siswa, h"
    text = UNIT
    for old, new in (
        ("skala: [0, 100]", "skala: [0, 100]\n    sifat: kumulatif"),
        ("[triwulan = tw]", "[triwulan dalam sampai_tw]"),
        (last, f"{share}\n      {last}"),
        ("target: peserta_j", "target: peserta_j\n        persen: persen_j"),
    ):
        text = text.replace(old, new, 1)
    write(project, text)

    def said(quarter: str) -> str:
        blocks = composed(school(project, quarter))
        (chart,) = (one for one in blocks if isinstance(one, Picture) and "kelulusan" in one.label)
        return part_plain(chart.message)

    assert said("II") == "Terhadap target setahun: SMA (77,78%)"
    assert said("III") == "Terhadap target setahun: tertinggi SMP (98%), terendah SMA (77,78%)"
    assert said("IV").startswith("Di bawah target: ")


def test_a_share_of_a_target_of_all_is_told_once(project: Path) -> None:
    path = project / "data" / "raw" / "sekolah" / "2025" / "target_perjanjian_kinerja.csv"
    path.write_text(RAW[path.name].replace("kelulusan,95", "kelulusan,100"), encoding="utf-8")
    told = prose(composed(school(project, "I")))
    assert "sebesar 60 persen, sedangkan target setahun 100 persen (di bawah jalur)." in told
    told = prose(composed(school(project, "IV")))
    assert "sebesar 92 persen, atau 8 poin persen di bawah target 100 persen, sehingga" in told


def test_a_kro_has_the_unit_that_its_outputs_share(project: Path) -> None:
    head = "Kode Program,Nama Program,Kode Kegiatan,Nama Kegiatan,Kode KRO,Nama KRO,Satuan KRO,"
    rows = [
        "DI,Pendidikan,4471,Sekolah,4471.QDB,Peserta,,4471.QDB.001,Uji,100,5,orang",
        "DI,Pendidikan,4471,Sekolah,4471.QDB,Peserta,,4471.QDB.002,Latih,100,7,Orang",
        "DI,Pendidikan,4471,Sekolah,4471.EBA,Dukungan,,4471.EBA.001,Gaji,100,1,Layanan",
        "DI,Pendidikan,4471,Sekolah,4471.EBA,Dukungan,,4471.EBA.002,Rapat,100,2,Laporan",
    ]
    text = "\n".join([f"{head}Kode RO,Nama RO,Pagu (Rp),Target,Satuan", *rows])
    (project / "data" / "raw" / "sekolah" / "2025" / "dipa_ro.csv").write_text(text, "utf-8")
    blocks = composed(school(project))
    (table,) = (one for one in blocks if isinstance(one, Table) and one.label == "tabel-komposisi")
    cells = [[part_plain(cell) for cell in row.cells if cell is not None] for row in table.rows]
    units = {one[0]: one[2:4] for one in cells}
    assert units["4471.QDB"] == ["12", "Orang"]
    assert units["4471.EBA"] == ["", ""]


def test_the_quarters_of_one_figure_are_a_chart_of_one_field(project: Path) -> None:
    family = "{untuk: {q: sampai_tw}, label: 'Lulus {q}', satuan: siswa, hitung: "
    figure = f"      lulus_q: {family}'jumlah(kelulusan[triwulan = q].lulus)'}}\n"
    chart = "grafik: triwulan, bentuk: menurut_triwulan, judul: Kelulusan, isi: lulus_q, baris: q"
    text = UNIT.replace("    rincian:\n", f"    rincian:\n      - {{{chart}}}\n", 1)
    write(project, text.replace("    besaran:\n", f"    besaran:\n{figure}", 1))
    shown = {
        quarter: [one for one in composed(school(project, quarter)) if isinstance(one, Picture)]
        for quarter in ("I", "IV")
    }
    assert not any(one.label == "gambar-triwulan" for one in shown["I"])
    (made,) = (one for one in shown["IV"] if one.label == "gambar-triwulan")
    assert part_plain(made.message) == (
        "Dibandingkan dengan triwulan III, hasil triwulan IV naik pada angka kelulusan"
    )
    assert "Diagram batang kelulusan. Angka kelulusan (siswa): triwulan I 60," in made.html()
    assert [text for _, _, text in made.figures] == ["60", "80", "49", "138"]


def test_a_section_that_stands_alone_has_no_heading() -> None:
    told = [one for one in report("I") if isinstance(one, Heading)]
    named = [one.text for one in told]
    assert "Hambatan dan Kendala Pelaksanaan" in named
    assert "Hambatan dan Kendala Pelaksanaan Kegiatan" not in named
    kept = told[named.index("Hambatan dan Kendala Pelaksanaan")]
    assert (kept.level, kept.label) == (2, "bagian-kendala-kegiatan")


def test_a_step_that_says_only_that_it_goes_on_leaves_the_proposal() -> None:
    def bare(frame):  # type: ignore[no-untyped-def]
        mine = (frame["kode"] == "IKK 6.1.1") & (frame["triwulan"] == "IV")
        frame.loc[mine, "tindak_lanjut"] = "Dilanjutkan"
        return frame

    told = prose(bagian_sasaran(material(given=edited("pelaksanaan", bare)), "SK6.1"))
    assert "Yang tercatat, “Dilanjutkan”, belum menyebut langkahnya. Usulan" in told
