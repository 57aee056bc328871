"""What a profile of one's own may say, and what is told before it gives a wrong result."""

import re
import shutil
from pathlib import Path

import pytest
from test_profile import written

from pp39.book import Book
from pp39.checks import check
from pp39.errors import ParameterError, UnreadableInput
from pp39.indicators import compute_indicators
from pp39.indicators.cases import run_case
from pp39.indicators.formulas import check_formulas
from pp39.params import Settings
from pp39.params.settings import load_case
from pp39.periods import Quarter
from pp39.profile import Profile, ProfileError, load_profile
from pp39.profile.case import Kasus
from pp39.report.sections.kalimat import prosa
from pp39.report.sections.outline import check_outline
from pp39.sources import CleanTable, Context, clean, sources_of
from pp39.starting import insist_on

ROOT = Path(__file__).resolve().parents[1]
CLASSES = """\
judul: Kursus
memperluas: nasional
parameter:
  regulasi.mutu:
    jenis: klasifikasi
    arti: classes of a course
    bawaan:
      sumber: Keputusan Kepala
      kelas:
        A: {predikat: baik, min: 50, maks: 100}
        B: {predikat: kurang, min: 0, maks: 50}
"""
UNIT = {
    "unit": dict.fromkeys(("nama", "singkatan", "kementerian", "alamat", "tugas"), "Contoh"),
    "laporan": {"tempat": "Contoh", "jabatan_penanda_tangan": "Kepala"},
    "sasaran": {"S1": "Mutu"},
    "indikator": {
        "I1": {
            "kode_sasaran": "S1",
            **dict.fromkeys(("nama", "sumber", "pic", "definisi", "rumus"), "Contoh"),
            "satuan": "Nilai",
            "bentuk": "nilai",
            "polaritas": "naik",
            "skala": [0, 100],
            "desimal": 2,
        }
    },
}


def parameters(root: Path, profile: str, *overrides: str):
    loaded = load_profile(root, profile)
    return load_case(root, loaded, 2025, Quarter.IV, unit=UNIT, overrides=overrides)


@pytest.fixture
def regulations(tmp_path: Path) -> Path:
    path = tmp_path / "params/regulasi/2025.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(ROOT / "params/regulasi/2025.yaml", path)
    return path


# --- classes of a score -------------------------------------------------------------------------


def test_classes_of_ones_own_stand_in_the_profile(tmp_path: Path, regulations: Path) -> None:
    written(tmp_path, "kursus", {"profil.yaml": CLASSES})
    made = parameters(tmp_path, "kursus", "regulasi.mutu.kelas.B.predikat=cukup")
    assert made.params.regulasi.mutu.kelas["B"].predikat == "cukup"
    assert made.layer("regulasi.mutu.kelas.A.min") == "params/profil/kursus/profil.yaml"


def test_the_regulations_of_the_year_may_name_classes_of_any_profile(
    tmp_path: Path, regulations: Path
) -> None:
    written(tmp_path, "kursus", {"profil.yaml": CLASSES})
    own = "  mutu: {sumber: Baru}\n"
    text = regulations.read_text("utf-8")
    regulations.write_text(text.replace("\n  sakip:\n", f"\n{own}  sakip:\n"), "utf-8")
    assert parameters(tmp_path, "kursus").params.regulasi.mutu.sumber == "Baru"
    assert not hasattr(parameters(tmp_path, "sekolah").params.regulasi, "mutu")
    regulations.write_text(text.replace("\n  sakip:\n", "\n  skip: {}\n  sakip:\n"), "utf-8")
    with pytest.raises(ParameterError, match=r"no parameter regulasi\.skip .* regulasi\.sakip"):
        parameters(tmp_path, "sekolah")


def test_classes_that_do_not_fit_are_told_where_they_stand(tmp_path: Path) -> None:
    wrong = CLASSES.replace("sumber: Keputusan Kepala", "sumbr: x").replace("min: 50", "min: lima")
    written(tmp_path, "kursus", {"profil.yaml": wrong})
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path, "kursus")
    assert [one.sentence for one in caught.value.faults] == [
        "parameter regulasi.mutu: bawaan.sumber is not set, but must be",
        "parameter regulasi.mutu: there is no bawaan.sumbr; the nearest is sumber",
        "parameter regulasi.mutu: bawaan.kelas.A.min is 'lima'; it must be a number",
    ]


# --- a profile of a course, with a register, a survey and monthly counts ------------------------

COURSE = {
    "profil.yaml": """\
judul: Kursus
memperluas: nasional
kode:
  indikator: {pola: 'K[0-9]', contoh: K1}
kosakata:
  jenis: {sebutan: kind, kata: {pagi: {nama: Kelas pagi, alias: [Pagi]}, malam: Malam}}
sasaran: {S1: Mutu}
""",
    "sumber/daftar.yaml": """\
judul: Register peserta
kunci: [nomor]
kolom:
  nomor: {judul: Nomor}
  triwulan: {judul: Triwulan, jenis: triwulan, dari: masuk}
  nama: {judul: Nama, pribadi: nama}
  masuk: {judul: Masuk, jenis: tanggal}
  jenis: {judul: Jenis, jenis: pilihan, daftar: jenis}
  nilai: {judul: Nilai, jenis: angka, satuan: nilai, min: 1, maks: 4}
""",
    "sumber/biaya.yaml": """\
judul: Biaya per bulan
kunci: [bulan]
kolom:
  bulan: {judul: Bulan, jenis: bulan}
  keluar: {judul: Keluar, jenis: rupiah, satuan: Rp}
  peserta: {judul: Peserta, jenis: bulat, satuan: orang}
""",
    "pola/semua.yaml": """\
dasar:
  kode_sasaran: S1
  nama: Nilai peserta
  sumber: Register
  pic: Kepala
  definisi: Rata-rata nilai.
  rumus: Jumlah nilai dibagi banyaknya.
  satuan: Nilai
  bentuk: nilai
  polaritas: naik
  skala: [0, null]
  desimal: 2
orang: {pola: dasar, satuan: Orang, bentuk: jumlah}
""",
    "indikator/hasil.yaml": """\
K1: {pola: dasar, skala: [1, 4], realisasi: "rata(daftar[triwulan = tw].nilai) * 2"}
K2:
  pola: dasar
  satuan: Hari kerja
  realisasi: rata(daftar[triwulan = tw].hari_kerja(masuk, masuk))
K3: {pola: orang, sifat: kumulatif, realisasi: kumulatif(biaya.peserta)}
K4: {pola: orang, sifat: posisi, realisasi: "jumlah(biaya[bulan = 6].peserta)"}
""",
    "temuan/nilai.yaml": """\
rendah:
  membandingkan: nilai dengan batasnya
  tingkat: minor
  periksa:
    - bentuk: banding
      untuk: {baris: {sumber: daftar}, kolom: triwulan}
      angka: {n: {rumus: "banyak(daftar[triwulan = kunci, nilai < 2])"}}
      bila: [n > 0]
      lokasi: [n]
      subjek: daftar/{kunci}
      dinyatakan: "{n}"
      dihitung: "0"
      kalimat: Ada {n} nilai rendah pada {kunci:nama}.
""",
    "periksa/daftar.yaml": """\
daftar.masuk.dulu:
  tingkat: peringatan
  aturan: Masuk sebelum keluar.
  harap:
    ExpectColumnPairValuesAToBeGreaterThanB: {column_A: masuk, column_B: masuk, or_equal: true}
  salah: keliru
  benar: wrong
""",
}


def course(root: Path, **changes: tuple[str, str]) -> Profile:
    """Write the course with a change in one of its files, and load it."""
    files = dict(COURSE)
    for name, (old, new) in changes.items():
        file = next(one for one in files if name in one)
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    written(root, "kursus", files)
    return load_profile(root, "kursus")


MARKS = """
parameter:
  regulasi.mutu:
    jenis: klasifikasi
    arti: classes of a course
    bawaan:
      sumber: A
      kelas: {A: {predikat: a, min: 3, maks: 3.6}, B: {predikat: b, min: 1, maks: 3}}
"""
LINT = {
    "classes that end before the scale does": (
        {
            "hasil": ("skala: [1, 4],", "skala: [1, 4], klasifikasi: mutu,"),
            "profil": ("sasaran: {S1: Mutu}", "sasaran: {S1: Mutu}" + MARKS),
        },
        "klasifikasi mutu has classes from 1 to 3.6, and none for 4, the highest value of skala",
    ),
    "one spelling of two words": (
        {"profil": ("malam: Malam", "malam: {nama: Malam, alias: [pagi]}")},
        "kosakata.jenis.kata.malam.alias.0 is the spelling 'pagi', which pagi has as well",
    ),
    "a finding over a source that is not there": (
        {"nilai": ("{sumber: daftar}", "{sumber: dftar}")},
        "baris.sumber names dftar, which is not in sumber; the nearest is daftar",
    ),
    "a date held against words": (
        {"periksa": ("column_B: masuk", "column_B: jenis")},
        "compares masuk (tanggal) and jenis (pilihan), which are of different kinds",
    ),
    "a code of another form": (
        {"profil": ("K[0-9]", "KI[0-9]")},
        "kode.indikator has the contoh K1, which is not of its pola",
    ),
    "an indicator of another form": (
        {"hasil": ("K2:", "KX:")},
        "KX is no code of an indicator of this profile; write one such as K1",
    ),
    "a goal of another form": (
        {"profil": ("kode:", "kode:\n  sasaran: {pola: 'T[0-9]', contoh: T1}")},
        "S1 is no code of a sasaran of this profile; write one such as T1",
    ),
    "an unknown goal": (
        {"pola": ("kode_sasaran: S1", "kode_sasaran: S2")},
        "kode_sasaran names S2, which is not in sasaran; the nearest is S1",
    ),
    "a quarter told by no date": (
        {"daftar": ("dari: masuk", "dari: nilai")},
        "dari names nilai, which is not in the source as a column of dates",
    ),
    "bounds that leave nothing": (
        {"daftar": ("min: 1, maks: 4", "min: 5, maks: 4")},
        "sumber.daftar.kolom.nilai: min is 5 and must not be above maks, 4",
    ),
}


@pytest.mark.parametrize("what", LINT)
def test_what_would_give_a_wrong_result_is_told_beforehand(tmp_path: Path, what: str) -> None:
    changes, said = LINT[what]
    with pytest.raises(ProfileError) as caught:
        course(tmp_path, **changes)
    assert said in str(caught.value)


def test_days_lie_between_dates_only(tmp_path: Path) -> None:
    profile = course(tmp_path, hasil=("hari_kerja(masuk, masuk)", "hari_kerja(masuk, jenis)"))
    with pytest.raises(ProfileError, match='"jenis" is no column of dates; there are masuk'):
        check_formulas(profile)


# --- what comes of rows -------------------------------------------------------------------------

ROWS = """\
A1,,Budi,2025-04-07,Pagi,3
A2,II,Ani,2025-05-05,malam,2
A2,,Ani,2024-12-30,malam,
"""


def run_of(root: Path, rows: str = ROWS, **changes: tuple[str, str]) -> tuple[Settings, CleanTable]:
    """Give the parameters of a course and its register, cleaned."""
    profile = course(root, **changes)
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    settings = load_case(ROOT, profile, 2025, Quarter.II, unit=unit, overrides=())
    path = root / "daftar.csv"
    path.write_text(f"Nomor,Triwulan,Nama,Masuk,Jenis,Nilai\n{rows}", encoding="utf-8")
    return settings, clean(sources_of(profile)["daftar"], path, Context.of(settings))


def test_open_texts_beside_personal_ones_keep_which_are_equal(tmp_path: Path) -> None:
    _, table = run_of(tmp_path)
    hidden = [f"[isi {n} disamarkan]" for n in (1, 2, 2)]
    assert table.frame["nomor"].tolist() == hidden
    told = [one for one in table.fixes if one.rule == "isi di luar daftar disamarkan"]
    assert [(one.row, one.before, one.after) for one in told] == [(n, "", "") for n in (2, 3, 4)]


def test_a_quarter_follows_from_a_date_and_may_not_contradict_it(tmp_path: Path) -> None:
    _, table = run_of(tmp_path)
    assert table.frame["triwulan"].fillna("-").tolist() == ["II", "II", "-"]
    assert "triwulan" not in table.frame.columns[table.frame.isna().all()]
    with pytest.raises(UnreadableInput) as caught:
        run_of(tmp_path, ROWS.replace("A2,II", "A2,III"))
    assert caught.value.sentences == (
        'daftar.csv, row 3, column "Triwulan": quarter III does not go with Masuk 2025-05-05, which'
        " is in quarter II",
    )


def test_what_the_checks_say_of_bounds_years_and_months(tmp_path: Path) -> None:
    settings, table = run_of(tmp_path, ROWS.replace(",3\n", ",5\n"))
    monthly = months_of(settings, tmp_path, "Maret,9,3")
    report = check({"daftar": table, "biaya": monthly}, settings)
    told = {one.id: one.kalimat for one in report if not one.lolos}
    assert 'row 2, column "Nilai"' in told["daftar.nilai.batas"]
    assert told["daftar.nilai.batas"].endswith("write a value from 1 to 4")
    assert "2024-12-30 is not in 2025" in told["daftar.masuk.tahun"]
    assert "there is no row for April" in told["cakupan.triwulan"]
    assert "[isi 2 disamarkan] occurs more than once" in told["daftar.kunci"]


def months_of(settings: Settings, root: Path, rows: str) -> CleanTable:
    path = root / "biaya.csv"
    path.write_text(f"Bulan,Keluar,Peserta\n{rows}\n", encoding="utf-8")
    return clean(sources_of(settings.profile)["biaya"], path, Context.of(settings))


MONTHLY = [{"bulan": n, "keluar": 10, "peserta": n} for n in range(1, 7)]
TARGETS = [{"kode": code, "target": 100} for code in ("K3", "K4")]


def test_nothing_is_summed_over_periods_without_data_and_a_stock_is_due_whole(
    tmp_path: Path,
) -> None:
    profile = course(tmp_path)
    rows = {"biaya": MONTHLY, "target_perjanjian_kinerja": TARGETS}
    wanted = {"K3/realisasi": 21, "K3/jalur": 50, "K4/jalur": 100}
    assert (
        list(run_case(ROOT, profile, "x", Kasus(triwulan="II", masukan=rows, hasil=wanted))) == []
    )
    rows["biaya"] = MONTHLY[:5]
    wanted = {"K3/realisasi": None, "K3/status": "belum ada data", "K4/realisasi": None}
    assert (
        list(run_case(ROOT, profile, "x", Kasus(triwulan="II", masukan=rows, hasil=wanted))) == []
    )


def test_working_days_are_the_unit_of_an_indicator(tmp_path: Path) -> None:
    settings, table = run_of(tmp_path)
    book = Book({"daftar": table}, settings)
    compute_indicators(book)
    made = book.ledger["K2/realisasi"]
    assert made.with_unit() == "0,00 hari kerja"
    assert prosa(made).plain() == "0 hari kerja"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("jumlah(biaya.keluar) / jumlah(biaya.peserta) * 100", '"Rp per orang", but satuan'),
        ("jumlah(biaya.keluar) / 'K3'.realisasi * 100", '"Rp per orang", but satuan says "%"'),
    ],
)
def test_only_like_by_like_is_percent(tmp_path: Path, formula: str, said: str) -> None:
    share = f'bentuk: persen, realisasi: "{formula}"'
    old = 'realisasi: "rata(daftar[triwulan = tw].nilai) * 2"'
    with pytest.raises(ProfileError, match=re.escape(said)):
        check_formulas(course(tmp_path, hasil=(old, share)))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"jenis": "bisa"}], 'daftar.jenis: "bisa" is not a known kind; use one of'),
        ([{"jenis": "Pagi"}], "daftar.jenis: Pagi stands in clean tables as pagi"),
        ([{"masuk": "2025-04-31"}], "daftar.masuk: "),
        (
            [{"masuk": "2025-04-30", "triwulan": "I"}],
            "daftar.triwulan: row 1 of the case contradicts masuk 2025-04-30, which is in quarter",
        ),
    ],
)
def test_a_case_has_rows_that_could_be_delivered(
    tmp_path: Path, rows: list[dict[str, str]], said: str
) -> None:
    case = Kasus(masukan={"daftar": rows}, hasil={"K1/realisasi": None})
    with pytest.raises(ParameterError, match=re.escape(said)):
        list(run_case(ROOT, course(tmp_path), "contoh", case))


CHAPTER = """\
bab:
  sendiri: {judul: Sendiri, sesudah: penutp, paragraf: ["Pada {triw}.", "{'K3'.terbiit} orang."]}
  pelaksaan: {bagian: {beban: {judul: Beban, sesudah: hasil}}}
"""


def test_chapters_are_held_to_what_there_is_before_any_report(tmp_path: Path) -> None:
    written(tmp_path, "kursus", {"bab.yaml": CHAPTER})
    profile = course(tmp_path)
    with pytest.raises(ProfileError) as caught:
        check_outline(profile, profile.isi.indikator)
    told = "\n".join(one.sentence for one in caught.value.faults)
    assert "there is no section here penutp; the nearest is penutup" in told
    assert "there is no chapter pelaksaan; the nearest is pelaksanaan" in told
    assert "hasil" not in told
    assert '"triw" is no name that is known here; the nearest is "tw"' in told
    assert '"terbiit" is no figure of K3' in told


def test_tables_and_charts_show_figures_by_their_words(tmp_path: Path) -> None:
    table = """realisasi: kumulatif(biaya.peserta)
  besaran:
    bulan: {untuk: {b: sampai_bulan}, label: "{b}", hitung: "jumlah(biaya[bulan = b].peserta)"}
  rincian:
    - tabel: a
      judul: A
      baris: x
      kepala: X
      kolom: [{judul: B, isi: bulan, jumlah: bulan}, {judul: C, isi: realisasi}]"""
    profile = course(
        tmp_path,
        hasil=(
            "{pola: orang, sifat: kumulatif, realisasi: kumulatif(biaya.peserta)}",
            f"\n  pola: orang\n  {table}",
        ),
    )
    with pytest.raises(ProfileError) as caught:
        check_formulas(profile)
    told = "\n".join(one.sentence for one in caught.value.faults)
    assert "bulan has no figure for each x; it has one for each b" in told
    assert "a number is needed, but bulan is several figures" in told
    assert "figures by word are needed, but realisasi is none" in told


TOLD = {
    "a word by its name": (
        {"hasil": ("daftar[triwulan = tw].nilai", "daftar[jenis = 'Kelas pagi'].nilai")},
        [
            'K1, realisasi: "Kelas pagi" is a spelling of a word of column "jenis"; write its code,'
            " 'pagi'"
        ],
    ),
    "a word without quotes": (
        {"hasil": ("daftar[triwulan = tw].nilai", "daftar[jenis = pagi].nilai")},
        ["K1, realisasi: \"pagi\" is no name that is known here; a word of a column stands in"
         " quotes, as 'pagi'"],
    ),
    "a figure of itself": (
        {"hasil": ("realisasi: kumulatif(biaya.peserta)", "besaran: {a: {label: A, hitung: a + 1}},"
                   " realisasi: a")},
        ["K3, besaran.a: a is computed of itself"],
    ),
    "two ways to write": (
        {"hasil": ("{pola: orang, sifat: posisi", "{pola: orang, kalimat: '{tw:besar:kecil}'")},
        ["K4, kalimat: either :besar or :kecil stands behind a figure, not both"],
    ),
    "a pattern that is not there": (
        {"hasil": ("{pola: orang, sifat: posisi", "{pola: orng, sifat: posisi")},
        ["the pattern orng is not there; the nearest is orang"],
    ),
    "a source that is wrong": (
        {"daftar": ("min: 1, maks: 4", "min: satu")},
        ["sumber.daftar.kolom.nilai.min is 'satu'; it must be a number"],
    ),
    "a chart of no shape": (
        {"hasil": ("{pola: orang, sifat: posisi", "{pola: orang, rincian: [{grafik: a, judul: A,"
                   " bentuk: pie, isi: x, baris: b}]")},
        ["indikator.K4.rincian.0.bentuk is 'pie'; there are batang, bertumpuk, terhadap_target,"
         " menurut_triwulan, bulanan, sebaran"],
    ),
    "a chart that lacks something": (
        {"hasil": ("{pola: orang, sifat: posisi", "{pola: orang, rincian: [{grafik: a, judul: A,"
                   " bentuk: bertumpuk, isi: x, baris: b}]")},
        ["indikator.K4.rincian.0: a chart of the shape bertumpuk needs mendatar and jumlah"],
    ),
    "figures in a ring": (
        {"hasil": ('realisasi: "jumlah(biaya[bulan = 6].peserta)"', "realisasi: a, besaran: {a:"
                   " {label: A, satuan: orang, hitung: b + 1}, b: {label: B, satuan: orang,"
                   " hitung: a + 1}}")},
        ["K4, besaran.a: figures go round in a ring: a → b → a"],
    ),
    "a decimal comma": (
        {"hasil": ("{pola: orang, sifat: posisi", "{pola: orang, skala: [0, 1,0]")},
        ["indikator.K4.skala is a list; it must have at most 2 entries; a decimal number is written"
         " with a point, such as 1.5"],
    ),
}  # fmt: skip


def test_a_chart_of_no_shape_is_told_together_with_a_formula_that_is_wrong(tmp_path: Path) -> None:
    chart, formula = TOLD["a chart of no shape"], TOLD["a word without quotes"]
    changes = {"indikator/hasil": chart[0]["hasil"], "hasil.yaml": formula[0]["hasil"]}
    with pytest.raises(ProfileError) as shape:
        course(tmp_path, **changes)
    with pytest.raises(ProfileError) as whole:
        insist_on(shape.value.rest, shape.value.faults)
    told = [re.sub(r"^column \d+: ", "", one.sentence) for one in whole.value.faults]
    assert sorted(told) == sorted(chart[1] + formula[1])


@pytest.mark.parametrize("what", TOLD)
def test_each_mistake_is_told_once_in_the_words_of_who_made_it(tmp_path: Path, what: str) -> None:
    changes, said = TOLD[what]
    with pytest.raises(ProfileError) as caught:
        check_formulas(course(tmp_path, **changes))
    assert [re.sub(r"^column \d+: ", "", one.sentence) for one in caught.value.faults] == said


def test_a_case_lists_the_words_that_each_unit_gives_itself(tmp_path: Path) -> None:
    words = ("kata: {pagi: {nama: Kelas pagi, alias: [Pagi]}, malam: Malam}", "kata: {}")
    profile = course(tmp_path, profil=words)
    rows = {"daftar": [{"nomor": "A1", "masuk": "2025-10-01", "jenis": "sore", "nilai": 2}]}
    case = Kasus(kosakata={"jenis": {"sore": "Sore"}}, masukan=rows, hasil={"K1/realisasi": 4})
    assert list(run_case(ROOT, profile, "contoh", case)) == []
    wrong = Kasus(kosakata={"jenis": {"siang": "Siang"}}, masukan=rows, hasil={"K1/realisasi": 4})
    with pytest.raises(ParameterError, match='"sore" is not a known kind'):
        list(run_case(ROOT, profile, "contoh", wrong))


# --- exports ------------------------------------------------------------------------------------

EXPORT = """\
judul: Catatan Bank
kolom:
  nomor: {judul: [Nomor SP2D]}
  tanggal: {judul: [Tanggal SP2D]}
  nilai: {judul: [Nilai SP2D]}
tanggal: tanggal
hasil:
  daftar_sp2d:
    lengkap: tidak
    kolom: {nomor: '{nomor}', tanggal: '{tanggal}', nilai: '{nilai}'}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("tanggal: tanggal\n", "tanggal: tangal\n", r"\btangal\b.* nearest is tanggal"),
        ("  daftar_sp2d:", "  daftar_sp2:", r"\bdaftar_sp2\b.* nearest is daftar_sp2d"),
        ("nilai: '{nilai}'", "nilai: '{nila}'", r"\bnila\b.* nearest is nilai"),
        ("nilai: '{nilai}'", "jumlah: '{nilai}'", r"\bjumlah\b"),
        ("nilai: '{nilai}'", "nilai: '{nilai:persn}'", r"\bpersn\b.* nearest is persen"),
        ("    lengkap: tidak\n", "    baris: kegiatan\n", r"\bkegiatan\b"),
        ("tanggal: tanggal\n", "satker: ['\\d+']\n", r"satker"),
        ("tanggal: tanggal\n", "periode: ['(?P<hari>\\d+)']\n", r"\bhari\b"),
        ("tanggal: tanggal\n", "jenjang_sebelum: pagu\n", r"\bpagu\b"),
        ("    lengkap: tidak\n", "    untuk: {x: [satu]}\n", r"\bsatu\b"),
    ],
)
def test_what_does_not_fit_in_an_export_is_told_where_it_stands(
    right: str, wrong: str, told: str, tmp_path: Path
) -> None:
    profile = {"profil.yaml": "judul: Kursus\nmemperluas: nasional\n"}
    written(tmp_path, "benar", {**profile, "ekspor/bank.yaml": EXPORT})
    assert "bank" in load_profile(tmp_path, "benar").isi.ekspor
    assert right in EXPORT
    written(tmp_path, "salah", {**profile, "ekspor/bank.yaml": EXPORT.replace(right, wrong)})
    with pytest.raises(ProfileError, match=told) as caught:
        load_profile(tmp_path, "salah")
    assert "ekspor/bank.yaml, line" in str(caught.value)
