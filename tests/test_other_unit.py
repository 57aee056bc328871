"""A unit of another kind: no services, few files, codes of its own, a source of its own."""

import shutil
from pathlib import Path

import pytest
from section_runs import compose, prose, words

from pp39.checks import check
from pp39.errors import MissingInput, ParameterError, UnreadableInput
from pp39.explain import explain
from pp39.findings import reconcile, write_findings
from pp39.indicators import (
    Book,
    base_ledger,
    compute_absorption,
    compute_budget,
    compute_form,
    compute_indicators,
    compute_outputs,
    needed_sources,
    summarise,
    write_results,
)
from pp39.indicators.formulas import programs_of
from pp39.ledger import Ledger
from pp39.params import layer_files
from pp39.report.figure import Picture
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.capaian import ikhtisar
from pp39.report.sections.todo import todo
from pp39.report.table import Table
from pp39.run.address import Address
from pp39.run.keys import Checker, Reads, relevant
from pp39.run.workspace import Workspace
from pp39.sources import CleanTable, Context, clean_all, save_tables

ROOT = Path(__file__).parents[1]
UNIT = """\
profil:
  memperluas: nasional
  kode: {indikator: {pola: 'IKU [0-9]+', contoh: IKU 1}}
  kosakata: {jenjang: {sebutan: level, kata: {sd: SD, smp: {nama: SMP, alias: [SLTP]}}}}
  sumber:
    siswa:
      judul: Siswa menurut jenjang
      kunci: [jenjang]
      kolom:
        jenjang: {judul: Jenjang, jenis: pilihan, daftar: jenjang, wajib: ya}
        jumlah: {judul: Jumlah, jenis: bulat, satuan: siswa}
unit:
  nama: Sekolah Contoh
  singkatan: Sekolah
  kementerian: Kementerian Contoh
  alamat: Jalan Contoh 1
  tugas: menyelenggarakan pendidikan
laporan: {tempat: Contoh, jabatan_penanda_tangan: Kepala Sekolah}
sasaran: {SS 1: Meningkatnya mutu}
indikator:
  IKU 1:
    {pola: nilai_luar, nama: Nilai mutu, satuan: Nilai, bentuk: nilai, polaritas: naik,
     skala: [0, 100], desimal: 2, sumber: surat, pic: Tata usaha, definisi: Nilai mutu sekolah,
     rumus: Nilai menurut surat, kode_sasaran: SS 1}
"""
RAW = {
    "nilai_eksternal.csv": "Kode,Triwulan,Nilai,Sumber,Nomor Surat,Tanggal Surat,Keterangan\n"
    "IKU 1,IV,72.1,Dinas,1,31 Desember 2025,\n",
    "target_perjanjian_kinerja.csv": "Dokumen,Kode,Sasaran,Indikator,Target,Satuan\n"
    "Perjanjian Kinerja,IKU 1,Mutu,Nilai mutu,70,Nilai\n",
    "siswa.csv": "Jenjang,Jumlah\nSLTP,120\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "params" / "regulasi", tmp_path / "params" / "regulasi")
    (tmp_path / "params" / "unit").mkdir()
    (tmp_path / "params" / "unit" / "sekolah.yaml").write_text(UNIT, encoding="utf-8")
    raw = tmp_path / "data" / "raw" / "sekolah" / "2025"
    raw.mkdir(parents=True)
    shutil.copy(ROOT / "data/raw/bspji-ambon/2025/dipa_ro.xlsx", raw)
    for name, text in RAW.items():
        (raw / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path) -> Workspace:
    return Workspace.locate("sekolah", 2025, "IV", root=project)


def cleaned(one: Workspace) -> dict[str, CleanTable]:
    needed = needed_sources(one.settings)
    return clean_all(one.sources, one.raw, Context.of(one.settings), needed)


def reported(one: Workspace, tables: dict[str, CleanTable]) -> Bahan:
    """Compute a run, write what it leaves, and read that as the report does."""
    ledger = Ledger()
    job = Book(tables, one.settings, ledger, one.quarter)
    results = compute_indicators(job)
    summarise(job, results)
    compute_budget(job)
    compute_outputs(job)
    compute_absorption(job)
    compute_form(job)
    findings = reconcile(tables, ledger, one.settings, base=base_ledger(job))
    one.processed.mkdir(parents=True)
    save_tables(tables, one.clean)
    write_results(results, job, "dasar", one.processed)
    write_findings(findings, one.processed / "temuan.csv")
    ledger.save(one.processed / "ledger.json")
    return Bahan.baca(one.settings, one.processed)


def test_a_unit_with_four_files_comes_through_to_every_section(project: Path) -> None:
    one = run(project)
    tables = cleaned(one)
    delivered = {"dipa_ro", "target_perjanjian_kinerja", "nilai_eksternal", "siswa"}
    assert set(tables) == delivered
    assert tables["siswa"].frame["jenjang"].tolist() == ["smp"]
    report = check(tables, one.settings)
    report.raise_if_critical()
    assert {rule.sumber for rule in report} - {"struktur", "cakupan", "indikator"} <= delivered
    material = reported(one, tables)
    assert material.status == {"IKU 1": "tercapai"}
    assert not material.temuan
    printed = [word for block in compose(material) for word in words(block)]
    assert printed
    assert not {"NPS", "SLA", "IKM", "BSKJI", "None"} & set(printed)


SHARE = """\
  IKU 2:
    {nama: Bagian siswa SD, satuan: Persen, bentuk: persen, polaritas: naik, skala: [0, 100],
     desimal: 2, sumber: daftar siswa, pic: Tata usaha, definisi: Bagian siswa SD,
     rumus: Siswa SD dibagi seluruh siswa, kode_sasaran: SS 1,
     besaran: {
       sd: {label: Siswa SD, satuan: siswa, hitung: "jumlah(siswa[jenjang = 'sd'].jumlah)"},
       semua: {label: Seluruh siswa, satuan: siswa, hitung: jumlah(siswa.jumlah)}},
     realisasi: sd / semua * 100}
"""


def test_what_is_zero_is_no_lack_of_data(project: Path) -> None:
    """A share of nothing has a section with its reason; nobody is asked for data."""
    (project / "params" / "unit" / "sekolah.yaml").write_text(UNIT + SHARE, encoding="utf-8")
    raw = project / "data" / "raw" / "sekolah" / "2025"
    (raw / "siswa.csv").write_text("Jenjang,Jumlah\nSD,0\nSMP,0\n", encoding="utf-8")
    target = "Perjanjian Kinerja,IKU 2,Mutu,Bagian siswa SD,50,Persen\n"
    with (raw / "target_perjanjian_kinerja.csv").open("a", encoding="utf-8") as file:
        file.write(target)
    one = run(project)
    b = reported(one, cleaned(one))
    assert b.status["IKU 2"] == "tidak dapat dihitung"
    text = prose(compose(b))
    assert "tidak dapat dihitung karena seluruh siswa bernilai 0." in text
    assert "Definisi dan formula. Bagian siswa SD." in text
    assert "penyedia data" not in text
    assert "indikator yang belum tersedia" not in text
    for reference in ("IKU-2", "IKU 2/realisasi"):
        answer = explain(Address.parse("IV", "sekolah", 2025).folders(project), reference)
        assert answer.lacking == "IKU-2: Tidak dapat dihitung karena seluruh siswa bernilai 0."
        assert {"IKU-2/sd", "IKU-2/semua"} <= {figure.id for figure in answer.also}


def test_what_an_indicator_needs_is_asked_for_and_nothing_else(project: Path) -> None:
    one = run(project)
    (one.raw / "nilai_eksternal.csv").unlink()
    (one.raw / "siswa.csv").unlink()
    with pytest.raises(MissingInput, match=r"^nilai_eksternal\.csv is missing from"):
        cleaned(one)


@pytest.mark.parametrize(("quarter", "begun"), [("II", False), ("III", True)])
def test_nobody_asks_for_an_indicator_before_it_is_measured(
    project: Path, quarter: str, begun: bool
) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    path.write_text(UNIT.replace("kode_sasaran: SS 1}", "kode_sasaran: SS 1, mulai: III}"))
    one = Workspace.locate("sekolah", 2025, quarter, root=project)
    assert ("nilai_eksternal" in needed_sources(one.settings)) is begun
    b = reported(one, cleaned(one))
    assert [c.kode for c in b.capaian() if not c.has_data] == ["IKU 1"]
    assert [c.kode for c in b.tanpa_data()] == (["IKU 1"] if begun else [])
    asked = [task.apa for task in todo(b) if task.apa.startswith("Data IKU 1")]
    assert bool(asked) is begun
    table = next(block for block in ikhtisar(b) if isinstance(block, Table))
    assert ("Surat (diukur mulai TW III)" in str(table.rows[0])) is not begun


@pytest.mark.parametrize(("begins", "due"), [("I", 45), ("II", 30), ("III", 0)])
def test_of_the_target_is_due_what_the_measured_quarters_give(
    project: Path, begins: str, due: int
) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    counted = f"bentuk: jumlah, mulai: {begins}, polaritas"
    text = UNIT.replace("satuan: Nilai, bentuk: nilai, polaritas", f"satuan: Nilai, {counted}")
    path.write_text(text.replace("desimal: 2", "desimal: 2, jalur: bertahap"), encoding="utf-8")
    one = Workspace.locate("sekolah", 2025, "II", param=['target."IKU 1"=90'], root=project)
    book = Book(cleaned(one), one.settings, Ledger(), one.quarter)
    compute_indicators(book)
    assert book.ledger["IKU-1/jalur"].value == due


@pytest.mark.parametrize("quarter", ["I", "III", "IV"])
def test_scores_from_outside_are_not_asked_for_before_the_year_ends(
    project: Path, quarter: str
) -> None:
    one = Workspace.locate("sekolah", 2025, quarter, root=project)
    (one.raw / "nilai_eksternal.csv").unlink()
    if quarter == "IV":
        with pytest.raises(MissingInput, match=r"^nilai_eksternal\.csv is missing from"):
            cleaned(one)
        return
    tables = cleaned(one)
    assert "nilai_eksternal" not in tables
    book = Book(tables, one.settings, Ledger(), one.quarter)
    found = {one.kode: one.status for one in compute_indicators(book)}
    scored = [code for code, one in one.settings.params.indikator.items() if one.sifat == "posisi"]
    assert scored
    assert {found[code] for code in scored} == {"belum ada data"}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "jenjang = 'sd'",
            "jenjang = sd",
            "sd is computed of itself; if the word is meant, write 'sd'",
        ),
        ("sd / semua * 100", "sd / semua * 1,5", "a decimal number is written with a point"),
    ],
)
def test_what_a_formula_meant_is_told(project: Path, right: str, wrong: str, said: str) -> None:
    text = UNIT + SHARE.replace("realisasi: sd / semua * 100", "realisasi: 'sd / semua * 100'")
    path = project / "params" / "unit" / "sekolah.yaml"
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ParameterError, match=said):
        programs_of(run(project).settings)


def test_a_file_beside_the_folder_of_the_year_is_told(project: Path) -> None:
    one = run(project)
    (one.raw / "nilai_eksternal.csv").rename(one.raw.parent / "nilai_eksternal.csv")
    with pytest.raises(MissingInput, match=r"^nilai_eksternal\.csv lies beside the folder of the"):
        cleaned(one)


def test_a_source_may_be_demanded_by_the_unit(project: Path) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    path.write_text(UNIT.replace("      kunci:", "      wajib: ya\n      kunci:"), encoding="utf-8")
    one = run(project)
    (one.raw / "siswa.csv").unlink()
    with pytest.raises(MissingInput, match=r"^siswa\.csv is missing from"):
        cleaned(one)


def test_the_rules_of_a_source_of_its_own_follow_from_its_declaration(project: Path) -> None:
    one = run(project)
    (one.raw / "siswa.csv").write_text("Jenjang,Jumlah\nSD,1\nSMP,2\nSLTP,3\n", encoding="utf-8")
    failed = [rule.id for rule in check(cleaned(one), one.settings) if not rule.lolos]
    assert failed == ["siswa.kunci"]


def test_an_amount_is_negative_only_where_its_column_says_so(project: Path) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    money = UNIT.replace("jenis: bulat, satuan: siswa", "jenis: rupiah")
    path.write_text(money, encoding="utf-8")
    one = run(project)
    (one.raw / "siswa.csv").write_text("Jenjang,Jumlah\nSD,-5000\n", encoding="utf-8")
    (failed,) = (rule for rule in check(cleaned(one), one.settings) if not rule.lolos)
    assert failed.id == "siswa.isian"
    assert failed.kalimat.endswith("only one with negatif: ya may be below zero")
    path.write_text(money.replace("rupiah", "rupiah, negatif: ya"), encoding="utf-8")
    one = run(project)
    tables = cleaned(one)
    assert tables["siswa"].frame["jumlah"].tolist() == [-5000]
    assert all(rule.lolos for rule in check(tables, one.settings))


def test_a_date_tells_month_and_quarter(project: Path) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    more = """
        masuk: {judul: Masuk, jenis: tanggal}
        bulan: {judul: Bulan, jenis: bulan, dari: masuk}
        triwulan: {judul: Triwulan, jenis: triwulan, dari: masuk}
"""
    dated = UNIT.replace("satuan: siswa}\n", "satuan: siswa}" + more)
    path.write_text(dated.replace("kunci: [jenjang]", "kunci: [jenjang, bulan]"), encoding="utf-8")
    one = run(project)
    told = (
        "Jenjang,Jumlah,Masuk,Bulan\nSD,1,2025-02-03,\nSD,2,2025-11-30,November\nSD,3,2024-05-01,\n"
    )
    (one.raw / "siswa.csv").write_text(told, encoding="utf-8")
    tables = cleaned(one)
    frame = tables["siswa"].frame
    assert frame["bulan"].fillna(0).tolist() == [2, 11, 0]
    assert frame["triwulan"].fillna("-").tolist() == ["I", "IV", "-"]
    failed = [rule.id for rule in check(tables, one.settings) if not rule.lolos]
    assert failed == ["siswa.masuk.tahun"]
    (one.raw / "siswa.csv").write_text(told.replace("November", "Mei"), encoding="utf-8")
    with pytest.raises(
        UnreadableInput, match="month 5 does not go with Masuk 2025-11-30, which is"
    ):
        cleaned(one)


def test_a_profile_is_chosen_in_the_file_of_the_unit_alone(project: Path) -> None:
    for override in ("profil=bskji", "profil=null"):
        with pytest.raises(ParameterError, match="the unit's own file alone"):
            Workspace.locate("sekolah", 2025, "IV", param=[override], root=project)
    (project / "params" / "unit" / "sekolah.yaml").write_text(
        UNIT.replace("memperluas: nasional", "memperluas: nasionl"), encoding="utf-8"
    )
    with pytest.raises(ParameterError, match=r"'nasionl' \(params/unit/sekolah.yaml, line 2\)"):
        run(project)


def test_what_a_unit_adds_wrongly_is_told_with_its_line(project: Path) -> None:
    (project / "params" / "unit" / "sekolah.yaml").write_text(
        UNIT.replace("daftar: jenjang", "daftar: jenjnag"), encoding="utf-8"
    )
    with pytest.raises(ParameterError, match=r"^params/unit/sekolah.yaml, line 10: .*jenjang$"):
        run(project)


def test_the_files_of_a_profile_are_inputs_of_a_run(project: Path) -> None:
    folder = project / "params" / "profil" / "kursus"
    folder.mkdir(parents=True)
    (folder / "profil.yaml").write_text("judul: Sekolah\nmemperluas: nasional\n", encoding="utf-8")
    path = project / "params" / "unit" / "sekolah.yaml"
    path.write_text(UNIT.replace("memperluas: nasional", "memperluas: kursus"), encoding="utf-8")

    def key() -> str:
        return Checker(run(project)).key("01_clean", None, Reads(params=("unit",)), {})

    one, before = run(project), key()
    files = ("params/unit/sekolah.yaml", "params/profil/kursus/profil.yaml")
    assert set(files) <= set(one.settings.files)
    assert set(one.settings.files) == set(
        layer_files(project, "sekolah", 2025, one.period, one.scenario)
    )
    (folder / "profil.yaml").write_text(
        "# Only a comment.\njudul: Sekolah\nmemperluas: nasional\n", encoding="utf-8"
    )
    assert key() == before
    (folder / "profil.yaml").write_text(
        "judul: Sekolah\nmemperluas: nasional\nsumber: {ikpa: }\n", encoding="utf-8"
    )
    assert key() != before


PARAMETERS = """\
  parameter:
    kelulusan.batas: {jenis: angka, bawaan: 75, min: 0, maks: 100, arti: lowest mark that passes}
    kelulusan.cara: {jenis: pilihan, pilihan: [ujian, rapor], bawaan: rapor, arti: what counts}
    kelulusan.jenjang: {jenis: daftar, arti: levels that count}
"""


def with_parameters(project: Path, text: str = PARAMETERS) -> None:
    path = project / "params" / "unit" / "sekolah.yaml"
    path.write_text(UNIT.replace("  sumber:\n", f"{text}  sumber:\n", 1), encoding="utf-8")


def test_parameters_of_a_profile_are_parameters_like_all_others(project: Path) -> None:
    with_parameters(project)
    settings = run(project).settings
    assert settings.value("kelulusan.batas") == 75
    assert settings.value("kelulusan.jenjang") is None
    (project / "params" / "unit" / "sekolah").mkdir()
    path = project / "params" / "unit" / "sekolah" / "2025.yaml"
    path.write_text("kelulusan: {batas: 70, jenjang: [sd]}\n", encoding="utf-8")
    override = "kelulusan.cara=ujian"
    changed = Workspace.locate("sekolah", 2025, "IV", param=[override], root=project).settings
    assert changed.value("kelulusan.jenjang") == ["sd"]
    assert changed.quantity("kelulusan.batas", "Batas", "").value == 70
    listed = {one.path: one for one in changed.describe()}
    assert listed["kelulusan.batas"].layer == "params/unit/sekolah/2025.yaml"
    assert listed["kelulusan.cara"].type == "one of ujian, rapor"
    assert listed["kelulusan.jenjang"].meaning == "levels that count"
    assert [one.now.path for one in changed.changes()] == ["kelulusan.cara"]
    every, none = (Reads(params=("unit",), naming=one) for one in (None, ()))
    assert relevant([override], every.branches(changed.profile)) == [override]
    assert relevant([override], none.branches(changed.profile)) == []


def test_a_dotted_name_in_a_file_is_told_how_to_be_written(project: Path) -> None:
    with_parameters(project)
    path = project / "params" / "unit" / "sekolah" / "2025.yaml"
    path.parent.mkdir()
    path.write_text("kelulusan.batas: 70\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"; write kelulusan: \{batas: …\}$"):
        run(project)
    path.write_text("kelulusan.bats: 70\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"there is no parameter .*kelulusan"):
        run(project)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("kelulusan.batas=101", "must be a number from 0 to 100"),
        ("kelulusan.cara=ujan", "the nearest is ujian"),
        ("kelulusan.bats=1", "the nearest is kelulusan.batas"),
        ("kelulusn.batas=1", "the nearest is kelulusan"),
    ],
)
def test_parameters_of_a_profile_are_typed(project: Path, override: str, said: str) -> None:
    with_parameters(project)
    with pytest.raises(ParameterError, match=said):
        Workspace.locate("sekolah", 2025, "IV", param=[override], root=project)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("bawaan: 75", "bawaan: 175", "line 6: parameter kelulusan.batas: bawaan is 175"),
        ("kelulusan.cara", "cara", "line 7: parameter cara must be a name such as"),
        ("jenis: daftar", "jenis: pilihan", "line 8: .*jenis pilihan and pilihan go together"),
        ("kelulusan.cara", "data.dahulukan", "line 7: data.dahulukan is a parameter of pp39's own"),
        (
            "kelulusan.cara",
            "regulasi.cara",
            "line 7: parameter regulasi.cara: what regulations fix",
        ),
        ("jenis: daftar", "jenis: daftar, kosakata: jenjng", "line 8: .*the nearest is jenjang"),
        ("maks: 100", "maks: 100, tidak_melebihi: kelulusan.bats", "line 6: .* is kelulusan.batas"),
        ("kelulusan.cara", "profil.cara", "line 7: profil is a parameter of pp39's own"),
    ],
)
def test_wrong_declarations_of_parameters_are_told(
    project: Path, right: str, wrong: str, said: str
) -> None:
    with_parameters(project, PARAMETERS.replace(right, wrong))
    with pytest.raises(ParameterError, match=f"sekolah.yaml, {said}"):
        run(project)


WARDS = (
    UNIT.replace(
        "  sumber:\n",
        """\
  parameter:
    jatuh.wajar: {jenis: bulat, bawaan: 1, nama: Jatuh yang wajar, arti: falls a ward may have}
  sumber:
    jatuh:
      judul: Pasien jatuh
      kolom:
        bulan: {judul: Bulan, jenis: bulan}
        ruang: {judul: Ruang, jenis: pilihan, daftar: ruang}
        pasien: {judul: Pasien, jenis: bulat, satuan: pasien}
""",
        1,
    ).replace(
        "  kosakata: {",
        "  kosakata: {ruang: {sebutan: ward, nama_diri: ya, kata: {melati: Melati, mawar: Mawar}},"
        " ",
        1,
    )
    + """\
  IKU 2:
    nama: Pasien jatuh
    satuan: Pasien
    bentuk: jumlah
    polaritas: turun
    skala: [0, null]
    desimal: 0
    sumber: laporan ruang
    pic: Keperawatan
    definisi: Banyaknya pasien yang jatuh
    rumus: Jumlah pasien jatuh
    kode_sasaran: SS 1
    kalimat: "[Terbanyak di ruang {ruang:terbesar}.] [Yang melebihi kewajaran {lebih}.]"
    data: jatuh[bulan dalam bulan_ini]
    besaran:
      ruang:
        untuk: {r: data.ruang}
        label: Pasien jatuh {r}
        satuan: pasien
        hitung: jumlah(data[ruang = r].pasien)
      bulan:
        untuk: {b: bulan_ini}
        label: Pasien jatuh {b}
        satuan: pasien
        hitung: jumlah(data[bulan = b].pasien)
      lebih:
        label: Selisih dari kewajaran
        satuan: pasien
        hitung: jumlah(data.pasien) - tanpa_satuan(jatuh.wajar)
    realisasi: jumlah(data.pasien)
    rincian:
      - {grafik: jatuh, bentuk: bulanan, judul: Pasien Jatuh, isi: bulan, baris: b}
"""
)


@pytest.fixture
def wards(project: Path) -> Path:
    (project / "params" / "unit" / "sekolah.yaml").write_text(WARDS, encoding="utf-8")
    raw = project / "data" / "raw" / "sekolah" / "2025"
    with (raw / "target_perjanjian_kinerja.csv").open("a", encoding="utf-8") as file:
        file.write("Perjanjian Kinerja,IKU 2,Mutu,Pasien jatuh,0,Pasien\n")
    return project


def _fallen(project: Path, rows: str) -> tuple[Bahan, str]:
    raw = project / "data" / "raw" / "sekolah" / "2025"
    (raw / "jatuh.csv").write_text(f"Bulan,Ruang,Pasien\n{rows}", encoding="utf-8")
    one = run(project)
    b = reported(one, cleaned(one))
    told = [one.message.plain() for one in compose(b) if isinstance(one, Picture)]
    return b, "\n".join([prose(compose(b)), *told])


def test_a_limit_of_zero_that_is_exceeded_is_missed_and_nobody_asks_for_more(wards: Path) -> None:
    b, text = _fallen(wards, "Oktober,Melati,2\nOktober,Mawar,1\nDesember,Melati,1\n")
    assert b.status["IKU 2"] == "tidak tercapai"
    assert b.q("ringkasan/tidak-tercapai").value == 1
    assert "IKU-2/capaian" not in b.ledger
    assert "di atas batas 0" in text
    assert "di atas nol" not in text
    assert "Terbanyak di ruang Melati (3)." in text
    # November alone was asked for and not delivered; of January nobody asked.
    assert "; satu bulan tanpa data" in text
    assert "Jatuh yang wajar" in b.ledger["IKU-2/lebih"].formula()
    assert "Parameter" not in b.ledger["IKU-2/lebih"].formula()


def test_a_limit_of_zero_that_is_kept_is_reached_whole(wards: Path) -> None:
    b, text = _fallen(wards, "Oktober,Melati,0\nNovember,Mawar,0\nDesember,Melati,0\n")
    assert b.status["IKU 2"] == "tercapai"
    assert b.ledger["IKU-2/capaian"].value == 100
    assert "sama dengan target" in text
    assert "tanpa data" not in text


def test_a_word_that_is_no_name_is_written_small_inside_a_sentence(wards: Path) -> None:
    path = wards / "params" / "unit" / "sekolah.yaml"
    path.write_text(WARDS.replace("nama_diri: ya, ", ""), encoding="utf-8")
    _, text = _fallen(wards, "Oktober,Melati,2\nOktober,Mawar,1\n")
    assert "Terbanyak di ruang melati (2)." in text


def test_a_finding_tells_the_achievement_that_the_report_tells(wards: Path) -> None:
    raw = wards / "data" / "raw" / "sekolah" / "2025"
    path = raw / "target_perjanjian_kinerja.csv"
    told = path.read_text("utf-8").replace("Pasien jatuh,0,Pasien", "Pasien jatuh,2,Pasien")
    path.write_text(told, encoding="utf-8")
    (raw / "pelaksanaan.csv").write_text(
        "Kode,Triwulan,Fisik Target,Fisik Realisasi,Kendala,Tindak Lanjut\n"
        "IKU 2,TW IV,100%,100%,Lantai licin,\n",
        encoding="utf-8",
    )
    b, text = _fallen(wards, "Oktober,Melati,5\nNovember,Mawar,1\nDesember,Melati,0\n")
    assert b.ledger["IKU-2/capaian-mentah"].value == -100
    assert b.ledger["IKU-2/capaian"].value == 0
    found = [one for one in b.temuan if one.aturan == "tanpa-kendala"]
    assert [one.dihitung for one in found] == ["capaian 0,00%"]
    assert "100%" not in found[0].penjelasan
    assert "(capaian 0 persen)" in text


def test_a_limit_of_zero_that_is_exceeded_without_obstacle_is_found(wards: Path) -> None:
    raw = wards / "data" / "raw" / "sekolah" / "2025"
    (raw / "pelaksanaan.csv").write_text(
        "Kode,Triwulan,Fisik Target,Fisik Realisasi,Kendala,Tindak Lanjut\n"
        "IKU 2,TW IV,100%,100%,Lantai licin,\n",
        encoding="utf-8",
    )
    b, _ = _fallen(wards, "Oktober,Melati,2\nNovember,Mawar,1\nDesember,Melati,0\n")
    (found,) = [one for one in b.temuan if one.aturan == "tanpa-kendala"]
    assert found.dihitung == "realisasi 3, batas 0"
    assert "tetapi tidak ada tindak lanjut yang dinyatakan" in found.penjelasan
