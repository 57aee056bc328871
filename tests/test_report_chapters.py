"""The whole report: builds in every quarter, types no figure, follows the parameters."""

import csv
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from indicator_runs import ROOT, edited
from section_runs import compose, material, prose, report, section, words

from pp39.ledger import Cell, Ledger, Quantity
from pp39.report.block import TYPST_MIME
from pp39.report.figure import Picture
from pp39.report.inline import ReportError, part_plain
from pp39.report.sections import tampilan
from pp39.report.sections.indikator import bagian_sasaran
from pp39.report.table import Column, Table

QUARTERS = ("I", "II", "III", "IV")


def told_in(name, quarter="IV", *overrides, given=None):
    return prose(section(name, material(quarter, *overrides, given=given)))


def goal(code, quarter="IV", *overrides, given=None):
    return prose(bagian_sasaran(material(quarter, *overrides, given=given), code))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_block_renders_twice(quarter):
    for block in report(quarter):
        assert isinstance(block.html(), str)
        assert isinstance(block.typst(), str)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_labels_are_unique_and_references_arrive(quarter):
    told = [block.describe() for block in report(quarter)]
    labels = [one.label for one in told if one.label]
    assert len(labels) == len(set(labels))
    anchors = {anchor for one in told for anchor in one.uses.anchors}
    wanted = {target for one in told for target in one.uses.targets}
    assert wanted <= set(labels) | anchors


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_id_printed_is_in_the_ledger(quarter):
    ledger = material(quarter).ledger
    printed = {id for block in report(quarter) for id in block.describe().uses.ids}
    assert printed
    assert all(id in ledger for id in printed)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_figure_is_typed_into_prose(quarter):
    typed = [
        word
        for block in report(quarter)
        if block.describe().kind in ("prosa", "daftar", "catatan", "tabel")
        for word in words(block)
        if re.search("[0-9]", word)
    ]
    assert typed == []


def test_the_walker_finds_a_typed_figure():
    assert [one for one in words(section("penutup", material())[0]) if "indikator" in one]
    assert "realisasi 94" in list(words(["realisasi 94"]))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_titles_hold_no_figure_but_codes_and_the_year(quarter):
    for block in report(quarter):
        told = block.describe()
        if told.kind in ("judul", "tabel", "bagan"):
            bare = re.sub(r"\b(?:IKK|ITJ|TJ|SK) ?[0-9.]+|\b2025\b", "", told.title)
            assert not re.search("[0-9]", bare), told.title


@pytest.mark.parametrize("quarter", QUARTERS[:3])
def test_nothing_is_left_over_from_a_later_quarter(quarter):
    later = QUARTERS[QUARTERS.index(quarter) + 1 :]
    # Only what is said: the table of the action plan shows the whole year.
    spoken = prose(report(quarter))
    for one in later:
        assert not re.search(rf"triwulan {one}\b", spoken)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_missing_data_are_said_to_be_missing(quarter):
    told = told_in("ikhtisar", quarter)
    assert ("indikator belum memiliki data" in told) == (quarter != "IV")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_heading_is_empty_and_none_lacks_its_chapter(quarter):
    told = [block.describe() for block in report(quarter)]
    levels = [one.extra["level"] if one.kind == "judul" else None for one in told]
    for here, below in pairwise(levels):
        assert here is None or below is None or below > here
    above = 0
    for level in levels:
        if level is not None:
            assert level <= above + 1
            above = level


@pytest.mark.parametrize("quarter", QUARTERS)
def test_an_indicator_without_data_has_no_section(quarter):
    b = material(quarter)
    titles = [one.describe().title for one in report(quarter)]
    for one in b.capaian():
        assert (f"{one.kode} {one.indikator.nama}" in titles) == one.has_data


def test_the_overview_counts_and_names():
    told = told_in("ikhtisar")
    assert "tiga belas indikator mencapai target dan empat indikator tidak mencapai" in told
    assert "tertinggi terdapat pada IKK 6.2.1" in told
    assert "terendah pada IKK 6.4.2" in told


def test_the_threshold_changes_every_chapter():
    assert "empat indikator tidak mencapai" not in told_in("ikhtisar", "IV", "status.ambang=90")
    assert "sekurang-kurangnya 90 persen" in told_in("ikhtisar", "IV", "status.ambang=90")
    assert "masih memenuhi ambang 90 persen" in goal("SK6.1", "IV", "status.ambang=90")
    assert told_in("penutup") != told_in("penutup", "IV", "status.ambang=90")


def test_another_target_changes_status_words_and_advice():
    before, after = goal("SK6.4"), goal("SK6.4", "IV", 'target."IKK 6.4.2"=40')
    assert "atau 32,50 di bawah target 77 " in before
    assert "di atas target 40 " in after
    assert "IKK 6.4.2 yang targetnya diganti melalui parameter" in told_in(
        "sasaran_indikator", "IV", 'target."IKK 6.4.2"=40'
    )


def test_other_parameters_change_their_own_sentences_only():
    cases = {
        "nps.responden=unik": "SK6.1",
        "ikpa.cara=bulan_terakhir": "SK6.6",
        "pelanggan.kategori=[perusahaan, instansi]": "TJ6.1",
        "hasil_layanan.cakupan=kumulatif": "SK6.2",
    }
    codes = [code for code, _, _ in material().per_sasaran()]
    before = {one: goal(one) for one in codes}
    for override, code in cases.items():
        for one in codes:
            assert (before[one] == goal(one, "IV", override)) == (one != code), (override, one)


def test_the_words_of_the_parameters():
    assert "jawaban terakhirnya" in goal("SK6.1", "IV", "nps.responden=unik")
    assert "nilai bulan terakhir" in goal("SK6.6", "IV", "ikpa.cara=bulan_terakhir")
    told = goal("TJ6.1", "IV", "pelanggan.kategori=[perusahaan, instansi]")
    assert (
        "mahasiswa dan pelaku usaha tidak diperhitungkan; seluruh pelanggan berjumlah 121" in told
    )
    assert "sejak awal tahun, hasil layanan mencapai 917" in goal("SK6.2")
    since = goal("SK6.2", "IV", "hasil_layanan.cakupan=kumulatif")
    assert "Hasil layanan sampai dengan triwulan IV sebanyak 917" in since
    assert "sejak awal tahun" not in since
    assert "dibatasi paling tinggi 110" in told_in("ikhtisar", "IV", "capaian.batas=110")


def test_trends_are_told_where_the_quarter_before_is_known():
    assert "Hasil layanan naik 2 dari triwulan III (215)." in goal("SK6.2")
    assert "Hasil layanan turun 135 dari triwulan II (350)." in goal("SK6.2", "III")
    assert "IKPA naik 0,97 dari triwulan III (90,22)." in goal("SK6.6")
    assert "dari triwulan" not in goal("SK6.6", "I")


def test_contradictions_stand_where_the_figure_is():
    told = told_in("komposisi_anggaran")
    assert (
        "melebihi pagu awal DIPA sebesar Rp28.908.000, sama besar dengan pagu RO 6042.EBD" in told
    )
    assert "Data terakhir ialah data bulan September 2025" in told_in("progres_bulanan")
    assert "Data terakhir" not in told_in("progres_bulanan", "III")
    assert "6042.EBB" in told_in("realisasi_program")


def test_months_without_progress_say_so_in_the_table():
    (table,) = section("progres_menurut_bulan", material())
    assert table.html().count("belum ada data") == 15
    volumes = [one for one in section("progres_bulanan", material()) if isinstance(one, Table)][1]
    assert volumes.label == "tabel-volume"
    assert volumes.html().count("belum ada data") == 15
    uses = volumes.describe().uses.ids
    assert {f"ro/6077.BAD.075/rvro/{month:02d}" for month in range(1, 10)} <= uses


def test_an_output_has_one_name_in_print():
    b = material()
    dipa = {one.teks("kode_ro"): one.teks("nama_ro") for one in b.rekam("dipa_ro")}
    parts = ("progres_bulanan", "progres_menurut_bulan", "target_smart")
    tables = [one for name in parts for one in section(name, b) if isinstance(one, Table)]
    named = [one for one in tables if one.label != "tabel-volume"]
    assert len(named) == 3
    for table in named:
        cells, *_ = table.html().partition('<div class="catatan-tabel">')
        told = re.sub(r"<[^>]*>", " ", cells)
        for code, name in dipa.items():
            for after in told.split(code)[1:]:
                assert " ".join(after.split()).startswith(name)


def test_progress_of_three_months_is_told_by_the_table_alone():
    told = [section("progres_bulanan", material(quarter)) for quarter in ("I", "II")]
    drawn = [any(isinstance(one, Picture) for one in blocks) for blocks in told]
    assert drawn == [False, True]
    assert "gambar-progres" not in told_in("progres_bulanan", "I")


def test_revisions_end_with_the_quarter():
    assert "sampai dengan 30 September 2025".casefold() in told_in("revisi", "III").casefold()
    assert "Pagu tidak berubah" in told_in("revisi", "III")
    assert "Pagu bertambah Rp1.347.383.000" in told_in("revisi")


def test_the_ceiling_is_put_in_words():
    told = told_in("komposisi_anggaran")
    assert (
        "sembilan miliar tiga ratus lima puluh delapan juta dua ratus sepuluh ribu rupiah" in told
    )


def test_a_kendala_filled_in_is_told_and_no_longer_asked_for():
    def fill(frame):
        frame.loc[frame["kode"] == "IKK 6.1.1", "kendala"] = "alat uji rusak"
        return frame

    given = edited("pelaksanaan", fill)
    assert "Kendala. Alat uji rusak." in goal("SK6.1", given=given)
    assert "Kendala IKK 6.1.1 diuraikan pada" in told_in("kendala_perjanjian", given=given)
    assert "IKK 6.1.1 SLA (" not in told_in("kendala_perjanjian", given=given)
    assert "IKK 6.3.1 IPASN (" in told_in("kendala_perjanjian", given=given)


def test_an_activity_is_told_once_and_without_the_word_of_its_label():
    told = goal("SK6.6").casefold()
    assert told.count("rapat monev rencana aksi dan perjakin tw iii") == 1
    assert "terlaksananya" not in told


def test_missed_targets_without_kendala_are_named():
    told = told_in("kendala_perjanjian").split("kendala per indikator belum dirumuskan")[0]
    for code in ("IKK 6.1.1", "IKK 6.3.1", "IKK 6.4.2", "IKK 6.6.2"):
        assert f"{code} (" in told


def test_who_mends_is_told_and_no_step_is_denied_that_was_told_above():
    told = told_in("tindak_lanjut")
    assert "IKK 6.6.2, yang tidak tercapai, belum ditetapkan; penanggung jawabnya" in told
    assert "Akan ditetapkan" not in told
    assert "kami akan" not in told.casefold()


def test_advice_of_the_profile_is_a_proposal_and_only_in_a_draft():
    """What the unit recorded stands alone; nobody promised what the profile advises."""

    def fill(frame):
        frame.loc[frame["kode"] == "IKK 6.1.1", "tindak_lanjut"] = "menambah analis"
        return frame

    given = edited("pelaksanaan", fill)
    draft, bare = "Usulan (setujui atau ganti): ", "Langkah perbaikan IKK 6.1.1 belum"
    told, own = goal("SK6.1"), goal("SK6.1", given=given)
    assert f"Tindak lanjut. {bare} ditetapkan. {draft}Kami akan menata" in told
    assert f"Tindak lanjut. {draft}Kami akan menanyakan" in told
    assert "Tindak lanjut. Menambah analis.\n" in own
    assert bare not in own
    assert "menata" not in own
    final = goal("SK6.1", "IV", "laporan.keadaan=final")
    assert f"{bare} ditetapkan." in final
    assert "Kami akan" not in final
    after = told_in("tindak_lanjut", given=given)
    assert (
        "Langkah perbaikan IKK 6.1.1, yang tidak tercapai, diuraikan pada bagiannya; bagi" in after
    )


def test_targets_of_volume_that_are_others_in_the_dipa_are_told_below_their_table():
    (told,) = (
        one.html()
        for one in section("progres_bulanan", material("IV"))
        if one.describe().label == "tabel-volume"
    )
    assert "Menurut DIPA targetnya lain: 6077.AEC.002 (" in told


def test_a_mark_is_explained_below_each_table_that_has_one(monkeypatch):
    ledger = Ledger()
    figure = ledger.add("a/b", Quantity.cell(7, "Hasil", "", Cell("x", "x.csv", None, 2, "Hasil")))

    def shown_as(label, number, **options):
        return Table(label, "Judul", [Column("Kode"), Column("Hasil")], [("a", number)], **options)

    blocks = [
        shown_as("a", "tujuh"),
        shown_as("b", figure, audit=True),
        shown_as("c", figure),
        shown_as("d", figure),
    ]
    marks = {"a/b": ("*", "lampiran-mutu", "Angka ini dipertanyakan.")}
    shown = []
    monkeypatch.setattr(tampilan, "display", lambda one, raw: shown.append(one[TYPST_MIME]))
    given = SimpleNamespace(audit=False)
    bab = SimpleNamespace(
        name=("bab",), below=(), given=given, heading_over=lambda wide, alone: None
    )
    bab.tasks = lambda b: [lambda one=one: [one] for one in blocks]
    bab.walk = lambda: [bab]
    tampilan.tampil(SimpleNamespace(tanda=lambda: marks, documents={}), [bab])
    assert ["#tanda(" in one for one in shown] == [False, True, True, True]
    explained = ["menjadi pokok temuan" in one for one in shown]
    assert explained == [False, True, True, True]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_report_speaks_for_the_unit_and_never_scolds_it(quarter):
    told = prose(report(quarter))
    for words_of_an_auditor in (
        "wajib melengkapi",
        "pada data sumber",
        "perlu diperbaiki",
        "padahal",
    ):
        assert words_of_an_auditor not in told


def test_a_computed_figure_without_entry_is_refused():
    two = Quantity.constant(1).named("Satu", "nilai") + 1
    with pytest.raises(ReportError):
        section("penutup", material())[1].__class__(two.named("Dua")).html()
    assert part_plain(two.named("Dua")) == "2"


def test_no_personal_data_of_respondents():
    printed = "\n".join(block.html() for block in report("IV"))
    raw = ROOT / "data/raw/bspji-ambon/2025/survei_nps.csv"
    secrets = _personal(raw)
    assert len(secrets) > 50
    assert [one for one in secrets if one in printed] == []


def test_the_report_is_the_same_when_composed_twice():
    b = material("II")
    first, second = compose(b), compose(b)
    assert [one.typst() for one in first] == [one.typst() for one in second]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_table_is_without_data_rows(quarter):
    for block in report(quarter):
        if isinstance(block, Table):
            assert "<td" in block.html(), block.label


def _personal(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8-sig")
    delimiter = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    rows = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    named = [key for key in rows[0] if re.search("nama|hp|telp|telepon|mail|surel", key, re.I)]
    assert len(named) >= 3
    return sorted({row[key].strip() for row in rows for key in named if len(row[key].strip()) > 6})
