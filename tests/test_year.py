"""The report on the whole year: what the last quarter tells, and the quarters side by side."""

from dataclasses import replace
from pathlib import Path

import pytest
from finding_cases import table
from indicator_runs import ROOT, base
from section_runs import material, prose, section

from pp39.findings.evidence import Evidence
from pp39.indicators import Book, compute_indicators, summarise
from pp39.ledger import dashed
from pp39.params import load
from pp39.periods import Period, Quarter
from pp39.report.column import ColumnGroup
from pp39.report.document import Cover, Document
from pp39.report.inline import Phrase, part_plain
from pp39.report.sections import Bahan
from pp39.report.sections.capaian import isian, kartu_skor
from pp39.report.sections.formulir_a import told_by_scope
from pp39.report.sections.indikator import analisis
from pp39.report.table import Table
from pp39.run.address import Address
from pp39.sources import Context, clean_all, sources_of


@pytest.fixture(scope="module")
def year():
    return base("tahunan")


def added(year):
    return year.values().keys() - base("IV").values().keys()


def test_figures_are_those_of_the_last_quarter(year):
    values = year.values()
    assert values == base("IV").values() | {id: values[id] for id in added(year)}
    assert year.lines() == base("IV").lines()


def test_earlier_quarters_give_what_their_own_reports_give(year):
    assert added(year)
    for id in added(year):
        code, name, quarter = id.rsplit("/", 2)
        assert name == "realisasi-triwulan"
        own = base(quarter).ledger[f"{code}/realisasi"]
        told = year.ledger[id]
        assert (told.value, told.unit) == (own.value, own.unit)
        assert told.label.endswith(f" TW {quarter}")
    for quarter in list(Quarter)[:-1]:
        known = {code for code, one in base(str(quarter)).results.items() if one.realisasi}
        assert known == {
            code
            for code in year.results
            if f"{code.replace(' ', '-')}/realisasi-triwulan/{quarter}" in added(year)
        }


def titles(blocks):
    return [one.title for one in blocks if one.describe().kind in ("tabel", "bagan")]


def test_the_quarters_stand_side_by_side_only_in_the_report_on_the_year():
    (table,) = [
        one for one in section("ikhtisar", material("tahunan")) if "Menurut" in one.describe().title
    ]
    assert isinstance(table, Table)
    assert table.title == "Realisasi Indikator Kinerja Menurut Triwulan Tahun 2025"
    b = material("tahunan")
    for row in table.rows:
        code = part_plain(row.cells[0])
        shown = [cell and cell.value for cell in row.cells[3:7]]
        slug = dashed(code)
        names = [*(f"realisasi-triwulan/{tw}" for tw in ("I", "II", "III")), "realisasi"]
        told = [b.q(f"{slug}/{name}") for name in names]
        assert shown == [one and one.value for one in told]
    assert [part_plain(row.cells[0]) for row in table.rows] == [one.kode for one in b.capaian()]
    assert "Tanda –: belum ada data triwulan itu." in table.notes
    assert "tabel-triwulan" not in [
        one.describe().label for one in section("ikhtisar", material("IV"))
    ]


@pytest.fixture(scope="module")
def school():
    """The material of the report of the made-up school on its year."""
    return computed(load(ROOT, "smkn-1-contoh", 2025, Period.TAHUNAN))


def computed(settings):
    raw = ROOT / "data/raw/smkn-1-contoh/2025"
    tables = clean_all(sources_of(settings.profile), raw, Context.of(settings))
    book = Book(tables, settings)
    results = compute_indicators(book)
    summarise(book, results)
    status = {one.kode: one.status for one in results}
    return Bahan(tables, settings, book.ledger, status=status)


def test_the_year_is_computed_over_the_rows_of_all_quarters_where_the_indicator_says_so(school):
    present, days = (
        sum(school.quantity("kehadiran", row, column, "").value for row in school.find("kehadiran"))
        for column in ("hadir", "hari")
    )
    (one,) = [one for one in school.capaian() if one.kode == "IKU 1.2"]
    assert one.realisasi.value == present / days * 100
    assert (one.status, school.status["IKU 3.1"]) == ("tidak tercapai", "tercapai")
    assert one.q("realisasi-triwulan/IV").value > one.target.value
    assert one.q("perubahan") is None
    assert school.q("IKU-3.1/realisasi-triwulan/IV").value != school.q("IKU-3.1/realisasi").value
    # A score of the quarter that says nothing of the kind stays that of the last one.
    assert school.q("IKU-3.2/realisasi-triwulan/IV") is None


def test_a_status_says_what_of_the_year_it_rests_on(school):
    told = {one.kode: Phrase(*analisis(school, one)).plain() for one in school.capaian()}
    assert told["IKU 1.2"].endswith(
        " Status setahun menurut data semua triwulan; dinilai per triwulan: I (94,41%), II"
        " (94,82%), dan III (94,36%) di bawah jalur; IV (95,55%) tercapai."
    )
    assert "Kehadiran siswa tahun anggaran 2025 sebesar 94,78 persen" in told["IKU 1.2"]
    assert "Status setahun menurut nilai triwulan IV; dinilai per triwulan: I" in told["IKU 3.2"]
    assert not [one for code in ("IKU 1.1", "IKU 1.5") for one in [told[code]] if "Status" in one]
    assert kartu_skor(school).notes == [
        "IKU 3.2: realisasi dan status setahun menurut nilai triwulan IV."
    ]


def test_a_quarter_is_judged_as_its_own_report_did():
    b = material("tahunan")
    told = {one.kode: Phrase(*analisis(b, one)).plain() for one in b.capaian()}
    judged = told["IKK 6.2.2"].partition("dinilai per triwulan: ")[2]
    assert judged == (
        "I (135) sesuai jalur; II (350) dan III (215) sudah tercapai; IV (217) tercapai."
    )
    before = {tw: material(tw).status["IKK 6.2.2"] for tw in ("I", "II", "III")}
    assert before == dict(I="sesuai jalur", II="sudah tercapai", III="sudah tercapai")
    # Known of its last quarter alone, it says so below the table and nowhere else.
    assert "ITJ 6.1" in kartu_skor(b).notes[-1]
    assert "Status setahun" not in told["ITJ 6.1"]


def test_a_quarter_that_went_by_other_parameters_is_told_of():
    settings = load(ROOT, "smkn-1-contoh", 2025, Period.TAHUNAN)
    other = load(ROOT, "smkn-1-contoh", 2025, "II", overrides=["ikpa.cara=bulan_terakhir"])
    of_second = replace(other, earlier={Quarter.I: settings})
    b = computed(replace(settings, earlier={Quarter.II: of_second}))
    note = "TW II dihitung dengan Cara nilai IKPA bulan-terakhir, bukan rata-rata."
    assert b.q("IKU-3.2/realisasi-triwulan/II").note.endswith(note)
    told = {one.kode: Phrase(*analisis(b, one)).plain() for one in b.capaian()}
    assert [code for code, text in told.items() if text.endswith(f" {note}")] == ["IKU 3.2"]
    tables = [one for one in section("ikhtisar", b) if isinstance(one, Table)]
    notes = [part_plain(note) for one in tables for note in one.notes]
    assert [one for one in notes if "dihitung dengan" in one] == [f"IKU 3.2: {note}"]


def test_obstacles_and_steps_are_those_of_all_quarters(school):
    (one,) = [one for one in school.capaian() if one.kode == "IKU 2.1"]
    note = isian(school, one, "kendala")
    assert note.teks == "Kuota pendidikan profesi guru terbatas (triwulan I, II, dan III)"
    # In the form each stands apart, as those of the whole unit do.
    (_, second, *_) = told_by_scope(school)["Indikator IKU 1.2"].hindering
    assert second == "Kehadiran menurun sesudah ujian (triwulan II)"
    for name, word in (("kendala_kegiatan", "cair pada akhir Maret"), ("tindak_lanjut", "libur")):
        told = prose(section(name, school))
        assert word in told
        assert all(f"triwulan {quarter})" in told for quarter in Quarter)


def test_what_was_stated_of_a_quarter_is_not_held_against_the_year(school):
    named = {"uraian": "Realisasi", "satuan": "%", "jenis": "angka", "letak": "3.1"}
    said = [
        {"subjek": f"{code}/realisasi", "nilai": "95,55", "periode": when, **named}
        for code in ("IKU-1.2", "IKU-3.2")
        for when in ("TW IV 2025", "Tahun 2025")
    ]
    given = {**school.tables, "pernyataan": table("pernyataan", said)}
    of_quarter = load(ROOT, "smkn-1-contoh", 2025, Period.IV)
    for settings, expected in ((school.settings, 1), (of_quarter, 2)):
        evidence = Evidence(given, settings, school.ledger)
        told = {code: evidence.stated(f"{code}/realisasi") for code in ("IKU-1.2", "IKU-3.2")}
        assert len(told["IKU-1.2"]) == expected
        assert told["IKU-1.2"][-1].periode == "Tahun 2025"
        assert len(told["IKU-3.2"]) == 2


def test_it_speaks_of_the_year():
    b = material("tahunan")
    first = section("sampul", b)
    document = next(one for one in first if isinstance(one, Document))
    cover = next(one for one in first if isinstance(one, Cover))
    assert document.subtitle == "Tahun Anggaran 2025"
    assert cover.period == "Laporan Tahunan\nTahun Anggaran 2025"
    told = section("ikhtisar", b)
    assert prose(told).startswith("Pada akhir tahun anggaran 2025, ")
    assert not [one for one in titles(told) if "Triwulan IV" in one]
    quarter = section("ikhtisar", material("IV"))
    assert prose(quarter).startswith("Pada akhir triwulan IV tahun anggaran 2025, ")


def test_parameters_of_the_last_quarter_hold_and_those_of_the_year_win(tmp_path: Path):
    folder = tmp_path / "params"
    for one in (ROOT / "params").rglob("*.yaml"):
        kept = folder / one.relative_to(ROOT / "params")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(one.read_bytes())
    (folder / "triwulan").mkdir(exist_ok=True)
    (folder / "triwulan" / "2025-IV.yaml").write_text(
        "capaian: {batas: 110}\nstatus: {ambang: 90}\n"
    )
    (folder / "triwulan" / "2025-tahunan.yaml").write_text("capaian: {batas: 120}\n")
    made = {
        period: load(tmp_path, "bspji-ambon", 2025, period).params
        for period in (Period.IV, Period.TAHUNAN)
    }
    assert [one.capaian.batas for one in made.values()] == [110, 120]
    assert [one.status.ambang for one in made.values()] == [90, 90]


def test_it_has_folders_of_its_own():
    address = Address.parse("unit-contoh/2024/Tahunan")
    assert address.inside.as_posix() == "unit-contoh/2024/tahunan/dasar"
    assert address.folders(Path("/p")).command.startswith("pp39 report -q tahunan")


def test_the_year_is_not_called_a_quarter():
    for quarter, named in (("IV", "untuk triwulan ini"), ("tahunan", "untuk triwulan IV")):
        assert named in prose(section("latar_belakang", material(quarter)))


def test_formulir_a_is_headed_by_the_year():
    blocks = section("formulir_a", material("tahunan"))
    told = prose(blocks)
    assert told.startswith("Laporan Tahunan Pelaksanaan Rencana Pembangunan – ")
    assert ", tahun anggaran 2025: " in told
    assert "riwulan ini" not in told
    (progress,) = [one for one in blocks if isinstance(one, Table) and "Realisasi" in one.title]
    groups = [one for one in progress.columns if isinstance(one, ColumnGroup)]
    heads = {tuple(inner.title for inner in one.columns) for one in groups}
    assert heads == {("S.d. triwulan III", "Triwulan IV", "Setahun")}
