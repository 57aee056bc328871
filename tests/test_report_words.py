"""What a signed report may not say: a sentence twice, a word of its makers, a day to come."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from indicator_runs import tables
from section_runs import material, prose, report, section

from pp39.checks.reference import listed
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
from pp39.numbers import terbilang
from pp39.periods import MONTHS
from pp39.report import sections
from pp39.report.document import Listing, Note, Prose
from pp39.report.inline import Reference, part_plain
from pp39.report.sections.capaian import hitungan, menurut_status
from pp39.report.sections.kalimat import gabung
from pp39.report.table import Column, Table
from pp39.run.workspace import Workspace
from pp39.sources import Context, clean_all

ROOT = Path(__file__).parents[1]
QUARTERS = ("I", "II", "III", "IV")

# Fewer words make no sentence: headings of lists, labels, "Tidak ada."
_SENTENCE = 5
_MAKERS = re.compile(
    r"\b\w+\.(?:csv|xlsx|ya?ml|json|parquet)\b|\bT-[a-z-]+-[0-9a-f]{8}\b|\b[a-z]+_[a-z_]+\b"
    r"|\bparameter\b|\bledger\b|\bslug\b|\bbawaan\b|\b[0-9a-f]{12,}\b|(?:^| )(?:params|data)/",
)


def body(blocks) -> list[str]:
    """Give the paragraphs, items and notes of cover to BAB IV, each as plain text.

    What a draft asks of the staff is not part of what is signed.
    """
    found: list[str] = []
    asked = False
    for block in blocks:
        told = block.describe()
        if told.kind == "judul" and told.extra["level"] == 1:
            if told.extra["style"] == "lampiran":
                break
            asked = told.label == "harus-dilengkapi"
        if asked:
            continue
        if isinstance(block, Prose):
            found.append("".join(part_plain(one) for one in block.parts))
        elif isinstance(block, Listing | Note):
            found += _items(block)
        elif isinstance(block, Table):
            found += [part_plain(one) for one in block.notes]
    return found


def _items(block) -> list[str]:
    found: list[str] = []
    for one in block.content if isinstance(block, Note) else block.items:
        found += _items(one) if isinstance(one, Listing) else [part_plain(one)]
    return found


def sentences(texts) -> list[str]:
    parts = (one for text in texts for one in re.split(r"(?<=[.;:])\s+", text))
    # Two indicators may come from one source.
    said = (one for one in parts if not one.startswith("Datanya bersumber dari "))
    return [one for one in said if len(one.split()) >= _SENTENCE]


@cache
def school(quarter: str, silent: str = ""):
    """Make the report of a school; of the indicator `silent` no step is on record."""
    one = Workspace.locate("smkn-1-contoh", 2025, quarter, root=ROOT)
    tables = clean_all(one.sources, one.raw, Context.of(one.settings), needed_sources(one.settings))
    steps = tables["pelaksanaan"].frame
    steps.loc[steps["kode"] == silent, "tindak_lanjut"] = "Tidak ada"
    book = Book(tables, one.settings, Ledger(), one.quarter)
    results = compute_indicators(book)
    summarise(book, results)
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    b = sections.Bahan(
        tables, one.settings, book.ledger, status={r.kode: r.status for r in results}
    )
    return b, tuple(one for part in sections.bab_laporan(b) for one in sections.compose(b, part))


def twice(blocks) -> dict[str, int]:
    return {one: n for one, n in Counter(sentences(body(blocks))).items() if n > 1}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_sentence_stands_twice(quarter):
    assert twice(report(quarter)) == {}


@pytest.mark.parametrize("quarter", ["II", "IV"])
def test_no_sentence_of_a_school_stands_twice(quarter):
    assert twice(school(quarter)[1]) == {}


def unannounced(blocks) -> list[str]:
    """Captions in print that nothing above them refers to."""
    found, announced = [], set()
    for told in (one.describe() for one in blocks):
        if told.kind in ("tabel", "bagan") and not told.audit and told.label not in announced:
            found.append(told.title)
        announced |= told.uses.targets
    return found


def test_before_the_year_ends_a_limit_is_held_against_what_is_due():
    b, blocks = school("II", "IKU 1.5")
    told = " ".join(body(blocks))
    (limit,) = [one for one in b.capaian() if one.indikator.polaritas == "turun"]
    assert limit.status == "di bawah jalur"
    assert f"di bawah jalur, sedangkan {limit.kode} melampaui batas." in told
    assert (
        f"{limit.kode} {limit.singkat}: 0,80 persen, melampaui batas 0,50 persen sampai dengan"
        " triwulan ini (batas setahun 1 persen);"
    ) in told
    assert "3 dari 4 yang direncanakan sampai dengan triwulan ini (target setahun 8);" in told
    # Of what adds up over the year, or is to stay below a limit of the year, the share says little.
    best = re.search("capaian tertinggi terdapat pada (.*?), sedangkan", told)
    assert best is not None
    assert limit.kode not in best[1]
    assert (
        f"di luar {limit.kode}, IKU 2.3, dan IKU 3.4 yang targetnya bertambah sepanjang tahun,"
        " capaian tertinggi"
    ) in told
    # It is counted with those behind, and called what it is wherever it is named.
    behind = [one.kode for one in b.capaian() if one.worded == "di bawah jalur"]
    count = terbilang(len(behind) + 1)
    assert f"{count} indikator di bawah jalur atau melampaui batas" in told
    closing = f"Yang di bawah jalur ialah {gabung(behind).plain()}; yang melampaui batas ialah"
    assert f"{closing} {limit.kode}." in prose(section("penutup", b))
    assert f"bagi {limit.kode}, yang melampaui batas, langkahnya belum ditetapkan." in told
    # A step that is on record is not asked for again.
    asked = f"Penetapan langkah perbaikan bagi {limit.kode} serta tenggat bagi {count} indikator"
    assert asked in told


def test_action_plans_that_are_late_are_told_of_once():
    told = " ".join(body(school("I")[1]))
    assert (
        "Realisasi fisik rencana aksi ([tabel-pengukuran]) di bawah target antara 25 persen pada"
        " IKU 1.1 (18%), IKU 1.2 (20%),"
    ) in told
    assert told.count("target antara") == 1


@pytest.mark.parametrize("quarter", ["II", "IV"])
def test_every_obstacle_of_the_form_stands_in_its_section_too(quarter):
    b, blocks = school(quarter)
    told = " ".join(body(blocks))
    (whole,) = [one for one in b.kini("kendala") if one.teks("lingkup") == "umum"]
    assert "Kendala yang kami hadapi dalam pelaksanaan kegiatan:" in told
    assert whole.teks("uraian").casefold() in told.casefold()
    assert "hambatan dan kendala, serta langkah" in told


def test_one_thing_alone_is_told_in_a_sentence():
    told = " ".join(body(school("I")[1]))
    assert "Menurut data laporan ini, kami perlu melengkapi data tiga indikator" in told
    assert "tercatat pada triwulan I: jadwal belanja" in told
    assert told.count("orang tua siswa yang") == 1


def test_the_foreword_announces_no_obstacles_where_none_are_told():
    told = " ".join(body(report("II")))
    assert "analisisnya, serta langkah tindak lanjut" in told
    assert "Belum ada kendala yang dicatat pada triwulan II." in told


def test_who_passes_the_target_and_not_the_threshold_misses_no_target():
    told = " ".join(body(section("ringkasan", material("IV", "status.ambang=105"))))
    assert "ITJ 6.1 IKM: 3,69 dari target 3,63 (capaian 101,65 persen)." in told
    assert "indikator kinerja BSPJI Ambon mencapai ambang target, yaitu capaian 105 persen" in told
    assert "mencapai target" not in told


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_table_and_chart_is_announced(quarter):
    for b in (material(quarter), school(quarter)[0]):
        chapters = (one for one in sections.bab_laporan(b) if not one.given.audit)
        assert unannounced(block for one in chapters for block in sections.compose(b, one)) == []


def test_a_table_that_nothing_announces_is_found():
    table = Table("tabel-a", "Judul", [Column("Kode")], [("a",)])
    assert unannounced([table, Prose("Lihat ", Reference("tabel-a"), ".")]) == ["Judul"]


def test_the_counter_finds_a_sentence_said_twice():
    said = Prose("Kami menjaga mutu setiap unsur pelayanan.")
    assert list(twice([said, said]).values()) == [2]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_word_of_the_makers(quarter):
    assert [one for one in body(report(quarter)) if _MAKERS.search(one)] == []
    assert _MAKERS.search("Sumber: revisi_dipa.xlsx")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_day_after_the_report(quarter):
    days = "|".join(MONTHS)
    signed = material(quarter).params.laporan.tanggal
    for text in body(report(quarter)):
        for day, month, year in re.findall(rf"\b(\d+) ({days}) (\d{{4}})", text):
            assert dt.date(int(year), MONTHS.index(month) + 1, int(day)) <= max(
                signed, dt.date(int(year), MONTHS.index(month) + 1, 1)
            ), text
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", "\n".join(body(report(quarter))))


@pytest.mark.parametrize("quarter", QUARTERS[:3])
def test_nothing_is_missed_before_the_year_ends(quarter):
    told = "\n".join(body(report(quarter)))
    for words in ("tidak tercapai", "tidak mencapai", "belum tercapai", "kendalanya belum"):
        assert words not in told


def test_nothing_is_made_quicker_after_the_year():
    assert "mempercepat" not in "\n".join(body(report("IV")))


def test_the_summary_names_what_it_counts():
    told = "\n".join(body(sections.SECTIONS["ringkasan"](material())))
    assert "tiga belas dari tujuh belas indikator kinerja BSPJI Ambon mencapai target" in told
    assert "diperkirakan 99,52 persen, ditimbang menurut pagu awal enam" in told
    assert "44 dari 170 order terlambat" in told
    assert "Rp9.3" not in told
    assert "Penyerapan KRO 6042.EBB dalam DIPA belum dilaporkan." in told
    # What is to be decided about is named above.
    for one in ("Kenaikan PNBP", "NPS", "RoA", "Tindak lanjut pengawasan"):
        assert one in told.partition("terlampaui jauh pada")[2].partition("Keputusan")[0]
    assert "target empat indikator yang terlampaui jauh" in told
    table = next(
        one for one in sections.SECTIONS["ringkasan"](material()) if isinstance(one, Table)
    )
    assert len(table.rows) == 17
    assert "■" in table.html()
    assert "Tidak tercapai" in table.html()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_who_has_no_data_stands_in_one_table(quarter):
    b = material(quarter)
    lacking = [one.kode for one in b.capaian() if not one.has_data]
    tables = [one for one in report(quarter) if isinstance(one, Table)]
    found = [one for one in tables if one.label == "tabel-belum-ada"]
    assert [row.cells[0].plain() for one in found for row in one.rows] == lacking


def test_a_month_that_repeats_the_one_before_is_said_to_be_stale():
    for quarter in ("III", "IV"):
        told = "\n".join(body(sections.SECTIONS["progres_bulanan"](material(quarter))))
        assert "empat belas RO yang sedang berjalan, nilai bulan September sama dengan" in told
    assert "sama dengan nilai" not in "\n".join(
        body(sections.SECTIONS["progres_bulanan"](material("II")))
    )


@pytest.mark.parametrize(("quarter", "month"), [("I", "Maret"), ("II", "Juni")])
def test_steps_too_small_to_be_work_are_no_lag_to_answer_for(quarter, month):
    b = material(quarter)
    text = "\n".join(body(sections.SECTIONS["progres_bulanan"](b)))
    assert "atau sejak Januari hampir tidak bertambah" in text
    for name, told in (
        ("ringkasan", f"Progres RO {month} 2025 tampaknya belum dimutakhirkan."),
        ("penutup", f"data {month} 2025 tampaknya belum dimutakhirkan."),
        ("tindak_lanjut", f"memutakhirkan data progres RO bulan {month}"),
    ):
        text = "\n".join(body(sections.SECTIONS[name](b)))
        assert told in text
        assert "Percepatan" not in text
        assert "RO tertinggal" not in text


def measured(*overrides):
    """Give quarter II with progress that moves each month."""
    told = tables()["progres_ro"]
    moved = replace(told, frame=told.frame.assign(progres=told.frame["bulan"] * 3.0))
    return material("II", *overrides, given={**tables(), "progres_ro": moved})


def test_a_lag_is_one_past_the_tolerance():
    told = "\n".join(
        body(sections.SECTIONS["progres_bulanan"](material("IV", "progres.toleransi=9")))
    )
    assert "Sebanyak dua RO tertinggal 9 poin persen" in told
    told = "\n".join(
        body(sections.SECTIONS["progres_bulanan"](material("IV", "progres.toleransi=20")))
    )
    assert "Tidak ada RO yang tertinggal 20 poin persen" in told


@pytest.mark.parametrize(
    ("tolerance", "told"), [(5, "tertinggal 5 poin persen atau lebih"), (0, "tertinggal dari")]
)
def test_what_counts_as_behind_is_said_wherever_it_is_counted(tolerance, told):
    b = measured(f"progres.toleransi={tolerance}")
    for name in ("ringkasan", "progres_bulanan", "penutup"):
        assert f"RO {told}" in "\n".join(body(sections.SECTIONS[name](b)))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_regulation_cited_is_listed(quarter):
    cited = re.compile(
        r"(?:Peraturan|Keputusan|Undang-Undang)[A-Za-z ]* Nomor [\w/-]+(?: Tahun \d{4})?"
    )
    b = material(quarter)
    listed = "\n".join(body(sections.SECTIONS["latar_belakang"](b)))
    found = {one for text in body(report(quarter)) for one in cited.findall(text)}
    # A decree of the unit's history, and what the foreword says of itself, are no basis.
    history = {one for row in b.params.unit.riwayat for one in cited.findall(row.dasar or "")}
    assert {one for one in found - history if one not in listed} == set()
    assert len(cited.findall(listed)) == listed.count(" tentang ")
    if quarter == "IV":
        assert {"Peraturan BKN Nomor 8 Tahun 2019", "Peraturan ANRI Nomor 6 Tahun 2019"} <= found


def test_punctuality_is_claimed_only_of_a_day_the_unit_gives():
    def told(*overrides):
        return "\n".join(body(sections.SECTIONS["latar_belakang"](material("IV", *overrides))))

    assert "disampaikan pada" not in told()
    assert "pada 8 Januari 2026, dalam batas waktu" in told("laporan.dikirim=2026-01-08")
    assert "pada 9 Januari 2026, melewati batas waktu" in told("laporan.dikirim=2026-01-09")


@pytest.mark.parametrize(
    ("override", "expected", "never"),
    [
        ("nps.promoter_min=8", "supaya responden tetap menjadi promotor", "nol responden"),
        ("nps.promoter_min=10", "detraktor", "tidak ada promotor"),
        ("capaian.batas=120", "dibatasi paling tinggi 120 persen", "5.054"),
        ("capaian.batas=120", "(capaian dibatasi 120 persen)", "5.054"),
    ],
)
def test_sentences_fit_other_parameters(override, expected, never):
    b = material("IV", override)
    texts = body([one for part in sections.bab_laporan(b) for one in sections.compose(b, part)])
    assert expected in "\n".join(texts)
    assert never not in "\n".join(texts)
    assert {one: n for one, n in Counter(sentences(texts)).items() if n > 1} == {}


def test_a_remark_that_says_nothing_new_is_left_out():
    told = " ".join(body(report("IV")))
    assert "Nilainya bersumber dari Validasi tim Evaluator BSKJI." in told
    assert "“Tindak lanjut hasil pengawasan internal TA 2024”" in told
    assert "“Unit Kearsipan”" not in told


def test_a_program_is_not_free_of_obstacles_where_a_kro_of_it_is_not():
    made = section("formulir_a", material("IV"))
    table = next(one for one in made if "kendala" in getattr(one, "label", ""))
    whole, *others = table.rows
    assert "tahun berikutnya" in part_plain(whole.cells[2][2])
    told = {part_plain(row.cells[0]): row.cells[1] for row in others}
    free = told["Program EC Nilai Tambah dan Daya Saing Industri"]
    assert part_plain(free) == "Tidak ada kendala selain pada KRO 6077.AEF."
    assert part_plain(told["Program WA Dukungan Manajemen"]) == "Tidak ada kendala."


def test_what_is_blocked_is_told_by_the_revision_in_force():
    told = {quarter: " ".join(body(report(quarter))) for quarter in QUARTERS}
    assert "Rp1.589.739.000, sehingga pagu efektif Rp7.768.471.000." in told["II"]
    assert "Rp85.967.000, sehingga pagu efektif Rp9.272.243.000." in told["III"]
    assert not [text for text in told.values() if "Rp7.603.210.000" in text]


def test_a_month_not_updated_is_no_lag_in_the_end_and_missing_ones_are_named():
    told = " ".join(body(report("IV")))
    assert "data September 2025 tampaknya belum dimutakhirkan dan data Oktober" in told


def test_progress_up_to_the_last_quarter_has_a_mean_where_this_one_lacks():
    ledger = material("IV").ledger
    base = "formulir-a/jumlah/realisasi-fisik"
    assert ledger[f"{base}/lalu"].value == ledger["ro/total/progres"].value
    assert f"{base}/kumulatif" not in ledger


@pytest.mark.parametrize("quarter", ["I", "II", "III"])
def test_what_was_not_told_of_money_is_said_where_it_would_stand(quarter):
    text = " ".join(body(report(quarter)))
    assert "belum dilaporkan, sehingga penyerapan pagu Rp9.358.210.000" in text
    assert "Penyerapan anggaran belum dapat kami simpulkan karena belum dilaporkan." in text


def test_what_is_measured_later_is_no_gap_and_says_from_when() -> None:
    b = material("I", 'indikator."IKK 6.6.3".mulai=III')
    lacking = [one for one in b.capaian() if not one.has_data]
    assert "IKK 6.6.3" in {one.kode for one in lacking}
    later = "IKK 6.6.3 yang baru diukur mulai triwulan III"
    assert hitungan(b).plain().endswith(f"belum memiliki data, termasuk {later}")
    told = menurut_status(b, lacking).plain()
    assert told.endswith("belum memiliki data, sedangkan IKK 6.6.3 baru diukur mulai triwulan III")
    assert "mulai" not in hitungan(material("I")).plain()
    due = listed("indikator[mulai <= tw]", b)["kode"].tolist()
    assert "IKK 6.6.3" not in due
    assert len(due) == len(b.params.indikator) - 1
