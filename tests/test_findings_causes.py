"""Causes: which findings follow from one fault, which indicators they touch, what they overturn."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
import section_runs
from hypothesis import given
from hypothesis import strategies as st
from test_findings_sample import findings, told_and_entered

from pp39.findings import SEVERITIES, Finding, causes_of, with_causes
from pp39.findings.annex import Earlier, advice
from pp39.findings.cause import overturning, spoken_of
from pp39.findings.links import linked
from pp39.ledger import Cell, Ledger, Quantity, total
from pp39.report.document import Prose
from pp39.report.inline import Phrase, part_plain
from pp39.report.sections import lampiran, progres, ringkasan
from pp39.report.sections.indikator import bagian_sasaran


def found(subject, stated, computed, rule="jumlah", place="Tabel 1", *, level="material", id=""):
    told = f"{subject} dinyatakan {stated}, sedangkan hitungan memberi {computed}. Rumus: a + b."
    return Finding(rule, level, place, subject, stated, computed, told, id)


def book(**values):
    """A ledger of raw figures, `total` of which is the sum of `a` and `b`."""
    ledger = Ledger()
    for name, value in values.items():
        one = Quantity.constant(Fraction(value)).named(name, "orang")
        ledger.add(name.replace("_", "/").replace("IKU", "IKU-1"), one)
    return ledger


def groups(ledger, *given_):
    return [{one.subjek for one in group} for group in linked(given_, ledger)]


def summed():
    ledger = book(x_a=1200, x_b=3)
    return ledger, ledger.add("x/s", total([ledger["x/a"], ledger["x/b"]], "Jumlah"))


def test_a_sum_follows_from_its_part():
    ledger, _ = summed()
    part, whole = found("x/a", "1.100", "1.200"), found("x/s", "1.103", "1.203", "rincian", "3.2")
    other = found("y/s", "7", "9", "rincian", "3.3")
    assert groups(ledger, whole, other, part) == [{"x/a", "x/s"}, {"y/s"}]
    (first, *_) = causes_of([whole, part, other], ledger, [])
    assert first.temuan[0].subjek == "x/a"
    assert first.kalimat == (
        "x/a dinyatakan 1.100, sedangkan hitungan memberi 1.200; ada pula satu temuan terkait."
    )


def test_a_blank_cell_explains_only_a_sum_that_lacks_as_much():
    ledger, _ = summed()
    blank = found("x/b", "kosong", "3", "kosong", "3.1")
    assert groups(ledger, blank, found("x/s", "1.200", "1.203")) == [{"x/b", "x/s"}]
    assert groups(ledger, blank, found("x/s", "1.201", "1.203")) == [{"x/b"}, {"x/s"}]


def test_how_a_number_is_written_is_no_part_of_what_it_says():
    ledger, _ = summed()
    slip = found("x/a", "1.200", "spasi di dalam angka", "tanda", "3.1", level="editorial")
    assert groups(ledger, slip, found("x/s", "1.201", "1.203")) == [{"x/a"}, {"x/s"}]


def test_equal_amounts_are_one_fault_where_they_cannot_be_chance():
    one, other = found("a/x", "9.387.118", "9.358.210"), found("b/y", "78.486", "49.578", "rincian")
    assert groups(Ledger(), one, other) == [{"a/x", "b/y"}]
    small, far = found("a/x", "7", "9"), found("b/y", "3", "5", "rincian", "3.2")
    near = found("a/y", "3", "5", "rincian")
    assert groups(Ledger(), small, far, near) == [{"a/x", "a/y"}, {"b/y"}]


def test_what_is_missing_is_the_amount_that_a_sum_lacks():
    ledger = book(**{"b_K.1.7_pagu": 28908})
    gone = found("b/K.1.7", "ada di DIPA", "tidak ada di SMART", "tidak-ada", "x.xlsx baris 3")
    lacking = found("b/s", "49.578", "78.486")
    assert groups(ledger, gone, lacking) == [{"b/K.1.7", "b/s"}]
    part = found("s/K.1", "serapan 9%", "tidak ada dalam DIPA".replace("9", ""), "serapan")
    part = replace(part, dinyatakan="serapan ada")
    assert groups(Ledger(), gone, part) == [{"b/K.1.7", "s/K.1"}]


def test_the_same_rule_along_a_column_is_one_fault():
    def at(n, file="p.xlsx"):
        return found(f"ro/{n}/volume", f"Juni: {n}", "Mei: 9", "turun", f"{file} baris {n}")

    rows, elsewhere = [at(1), at(2), at(3)], at(4, "q.xlsx")
    assert [len(one) for one in groups(Ledger(), *rows, elsewhere)] == [3, 1]
    cause, other = causes_of([*rows, elsewhere], Ledger(), [])
    assert cause.kalimat.endswith("; ada pula dua hal serupa.")
    assert (cause.tempat, other.tempat) == (("p.xlsx",), ("q.xlsx baris 4",))


def test_sentences_of_one_text_have_slips_of_their_own():
    def at(code, stated, place="3.1 ikhtisar", tail="realisasi"):
        return found(f"{code}/{tail}", stated, "79,74", "salinan", place)

    apart = at("A-1", "70,7"), at("A-2", "61,87")
    assert len(groups(Ledger(), *apart)) == 2
    assert len(groups(Ledger(), *(replace(one, lokasi="Tabel 3.1") for one in apart))) == 1
    assert len(groups(Ledger(), at("A-1", "mencapai sasaran"), at("A-2", "mencapai sasaran"))) == 1
    # Two numbers about one indicator are two parts of one sentence.
    assert len(groups(Ledger(), at("A-1", "57"), at("A-1", "1", tail="pasif"))) == 1


def test_wrong_words_about_one_thing_are_one_fault():
    one = found("layanan/x/nama", "Halal", "LPH", "nama", "3.1")
    other = found("layanan/x/nama", "Pemeriksaan", "LPH", "nama", "3.2")
    assert len(groups(Ledger(), one, other)) == 1
    assert len(groups(Ledger(), one, replace(other, dihitung="RBPI"))) == 2
    assert len(groups(Ledger(), one, replace(other, subjek="layanan/y/nama"))) == 2
    # Another rule that says the same of the same indicator is about the same fault.
    again = replace(one, aturan="satuan", subjek="layanan/x/satuan")
    assert len(groups(Ledger(), one, again)) == 1
    assert len(groups(Ledger(), one, replace(again, subjek="unit/x/satuan"))) == 2


def test_a_table_once_for_each_goal_has_one_column_for_words_and_several_for_numbers():
    def at(code, goal, stated):
        place = f"3.1 tabel sasaran {goal}"
        return found(f"{code}/kendala", stated, "harus diisi", "kendala", place)

    assert groups(Ledger(), at("A-1", "I", "kosong"), at("A-2", "II", "–")) == [
        {"A-1/kendala", "A-2/kendala"}
    ]
    numbers = [at("A-1", "I", "3"), at("A-2", "II", "4")]
    numbers = [replace(one, dihitung=more) for one, more in zip(numbers, "57", strict=True)]
    assert len(groups(Ledger(), *numbers)) == 2


def test_one_habit_of_writing_is_one_cause_wherever_it_shows():
    slips = [found("a", "x%%", "x%", "tanda", f"3.{n}", level="editorial") for n in (1, 2)]
    slips[1] = replace(slips[1], subjek="b/c", dinyatakan="y%%")
    grave = replace(slips[1], tingkat="minor", subjek="d", dinyatakan="z%%")
    assert groups(Ledger(), *slips, grave) == [{"a", "b/c"}, {"d"}]


def test_words_that_one_figure_belies_are_one_fault():
    ledger = book(IKU_capaian=90)
    figure = {"computed": "capaian 90", "id": "IKU-1/capaian"}
    told = [
        found("IKU-1/kendala", "tidak ada", rule="kendala", **figure),
        found("IKU-1/status", "tidak dinyatakan", rule="status", place="3.2", **figure),
        found("IKU-1/fisik", "100%", rule="fisik", place="3.3", **figure),
    ]
    assert groups(ledger, *told) == [{"IKU-1/kendala", "IKU-1/status"}, {"IKU-1/fisik"}]


def test_what_is_said_of_a_source_is_said_of_its_rows():
    stale = found("p/ulang", "sama", "belum dimutakhirkan", "ulang", "p.xlsx baris 3")

    def behind(subject, file="p"):
        place = f"{file}.xlsx baris 3; q.csv baris 3"
        return found(subject, f"Juni: {subject}", "rencana: 74", "lambat", place)

    row, late, elsewhere = behind("ro/a/ulang"), behind("ro/b/rencana"), behind("ro/c/ulang", "q")
    assert groups(Ledger(), stale, row, late) == [{"p/ulang", "ro/a/ulang"}, {"ro/b/rencana"}]
    assert len(groups(Ledger(), stale, elsewhere)) == 2


def test_sums_that_are_off_by_other_amounts_are_off_for_other_reasons():
    ledger = Ledger()
    parts = [
        ledger.add(f"b/k/{n}/pagu", Quantity.constant(v).named(n))
        for n, v in (("p", 8659), ("q", 78))
    ]
    sums = [
        ledger.add(f"b/k/{n}/pagu", total([one], "Jumlah"))
        for n, one in zip("xy", parts, strict=True)
    ]
    ledger.add("b/a/pagu", total(sums, "Jumlah"))
    copied, lacking = (
        found("b/k/x/pagu", "950.192", "659.114"),
        found("b/k/y/pagu", "49.578", "78.486"),
    )
    whole, printed = (
        found("b/a/pagu", "950.270", "979.178"),
        found("b/a/pagu", "950.270", "1.241.348", "rincian"),
    )
    assert groups(ledger, copied, lacking, whole, printed) == [
        {"b/k/x/pagu", "b/a/pagu"},
        {"b/k/y/pagu", "b/a/pagu"},
    ]


def test_the_unit_of_one_indicator_is_one_fault_whoever_says_it():
    named = found("A-1/skala", "Persentase: Indeks", "Persen", "skala", "2.4", level="minor")
    goal = found("A-1/target/satuan", "75%", "Nilai", "satuan-target", "3.1", level="minor")
    part = found(
        "A-1/layanan/x/satuan", "LHU; Artefak", "satu", "satuan-ganda", "3.2", level="minor"
    )
    other = replace(goal, subjek="A-2/target/satuan", lokasi="3.3")
    assert groups(Ledger(), named, goal, part, other) == [
        {"A-1/skala", "A-1/target/satuan"},
        {"A-1/layanan/x/satuan"},
        {"A-2/target/satuan"},
    ]


def test_a_list_as_a_whole_and_a_name_in_it_are_one_fault_at_one_place():
    whole = found("s/daftar", "dua kali: B", "tidak ada: A", "daftar", "3.1")
    at = found("s/A/nama", "satu", "lain", "nama", "3.1")
    elsewhere = found("s/B/nama", "dua", "lain lagi", "nama", "4.2")
    assert groups(Ledger(), whole, at, elsewhere) == [{"s/daftar", "s/A/nama"}, {"s/B/nama"}]


def test_a_name_that_is_said_with_its_unit_is_the_same_name():
    long = "Persentase kenaikan penerimaan bukan pajak"
    name = found("A-1/nama", long, "Indeks kenaikan", "nama", "2.4")
    scale = found("A-1/skala", f"{long}: Indeks", "Persen", "skala", "2.5")
    other = found("A-2/skala", f"{long}: Indeks", "Persen", "satuan", "2.6")
    assert groups(Ledger(), name, scale, other) == [{"A-1/nama", "A-1/skala"}, {"A-2/skala"}]


some = st.builds(
    lambda *given_: found(*given_[:-1], level=given_[-1]),
    st.sampled_from(["x/a", "x/b", "x/s", "y", "IKU-1/realisasi", "ro/1.A/x", "ro/2.A/x"]),
    st.sampled_from(["1.100", "kosong", "3", "1.200", "Rp9.387.118.000", ""]),
    st.sampled_from(["1.200", "harus diisi", "5", "kosong"]),
    st.sampled_from(["jumlah", "nama"]),
    st.sampled_from(["Tabel 1", "p.xlsx baris 3", ""]),
    st.sampled_from(SEVERITIES),
)


@given(st.lists(some, max_size=12, unique_by=lambda one: one.id))
def test_every_finding_is_of_one_cause_whatever_their_order(given_):
    ledger, _ = summed()
    ahead = causes_of(given_, ledger, ["IKU 1"])
    back = causes_of(given_[::-1], ledger, ["IKU 1"])
    told = [one.id for cause in ahead for one in cause.temuan]
    assert sorted(told) == sorted(one.id for one in given_)
    assert {frozenset(one.temuan) for one in with_ids(ahead)} == {
        frozenset(one.temuan) for one in with_ids(back)
    }
    assert [one.rank for one in ahead] == sorted(one.rank for one in ahead)


def with_ids(causes):
    return [replace(one, temuan=tuple(replace(f, sebab="") for f in one.temuan)) for one in causes]


def judged(code, realisation, target):
    """Three of two would do."""
    return "tercapai" if (realisation or 3) >= (target or 2) else "tidak tercapai"


@pytest.mark.parametrize(
    ("findings_", "decisive"),
    [
        ([found("IKU-1/realisasi", "1", "3")], ["IKU-1/realisasi"]),
        ([found("IKU-1/realisasi", "4", "3")], []),
        ([found("IKU-1/target", "5", "2")], ["IKU-1/target"]),
        ([found("IKU-1/target", "5", "2", level="minor")], []),
        (
            [found("IKU-1/jenis/a", "3, termasuk 2 siswa", "1 tanpa siswa")],
            ["IKU-1/jenis/a"],
        ),
        ([found("IKU-2/target", "5", "2")], []),
        # Alone the second changes nothing; with the first it decides.
        (
            [
                found("IKU-1/layanan/target", "2", "5", "a"),
                found("IKU-1/cakupan", "3", "9", "b", "3.2"),
            ],
            ["IKU-1/layanan/target", "IKU-1/cakupan"],
        ),
    ],
)
def test_a_cause_counts_where_its_other_number_makes_another_status(findings_, decisive):
    ledger = book(IKU_realisasi=3, IKU_target=2)
    causes = causes_of(findings_, ledger, ["IKU 1", "IKU 2"])
    told = overturning(causes, "IKU 1", ledger, judged)
    assert {one.temuan[0].subjek for one in told} == set(decisive)


def test_the_sentence_says_which_status_the_other_number_gives():
    ledger = book(IKU_realisasi=3, IKU_target=2)
    causes = causes_of([found("IKU-1/target", "5", "2")], ledger, ["IKU 1"])
    (one,) = overturning(causes, "IKU 1", ledger, judged)
    assert one.indikator == ("IKU 1",)
    assert one.kalimat.endswith("memberi 2; dengan target 5 statusnya tidak tercapai.")


def test_the_sentence_says_which_other_number_gives_the_status_back():
    ledger = book(IKU_realisasi=3, IKU_target=2)
    both = [
        found("IKU-1/layanan/target", "2", "5", "a"),
        found("IKU-1/cakupan", "3", "9 sejak Januari", "b", "3.2"),
    ]
    told = overturning(causes_of(both, ledger, ["IKU 1"]), "IKU 1", ledger, judged)
    (target,) = (one for one in told if one.temuan[0].subjek == "IKU-1/layanan/target")
    assert target.kalimat.endswith(
        "; dengan target 5 statusnya tidak tercapai,"
        " tetapi tercapai apabila dipakai juga realisasi 9 sejak Januari."
    )


def test_what_adds_up_since_january_is_tried_with_another_target():
    ledger = book(IKU_realisasi=3, IKU_target=2, IKU_kumulatif=9)
    (told,) = overturning(
        causes_of([found("IKU-1/layanan/target", "2", "5")], ledger, ["IKU 1"]),
        "IKU 1",
        ledger,
        judged,
    )
    assert told.kalimat.endswith(
        "; dengan realisasi sejak Januari, 9, statusnya tercapai menurut keduanya."
    )


def test_a_mark_is_for_findings_about_just_this_figure():
    ledger = book(x_a=1200)
    assert set(spoken_of([found("x/a", "1.100", "1.200")], ledger)) == {"x/a"}
    # Held against another target than the figure is.
    assert not spoken_of([found("x/a", "1.100", "1.190")], ledger)
    assert not spoken_of([found("x/kendala", "tidak ada", "capaian 1.200", id="x/a")], ledger)


def test_a_mark_is_for_the_cells_and_parts_whose_numbers_a_material_finding_says():
    ledger = Ledger()
    for row, (id, value) in enumerate(
        {"x/a": 3, "x/a/lain": 8, "x/a/sama": 3, "x/b": 8, "x/c": 9, "temuan/T/1": 8}.items(), 2
    ):
        cell = Cell("p", "p.csv", None, 5 if value == 8 and id != "x/a/lain" else row, "Nilai")
        ledger.add(id, Quantity.cell(Fraction(value), id, "", cell))
    one = found("x/a", "8", "3")
    said = replace(one, angka="temuan/T/1", tingkat="material")
    # x/b is the cell that the finding names; x/a/lain is another cell, of its subject.
    assert set(spoken_of([said], ledger)) == {"x/a", "x/b", "x/a/lain", "x/a/sama"}
    assert set(spoken_of([replace(said, tingkat="minor")], ledger)) == {"x/a"}
    # What is lacking is no fault of the figure beside it.
    assert not spoken_of([replace(said, dinyatakan="tidak ada", dihitung="pagu 8")], ledger)


def test_places_of_the_earlier_report_are_named_as_its_own():
    earlier = Earlier(["Tabel 3.1", "3.1", "2.1"])
    places = earlier.located("p.csv baris 3; Tabel 3.1; 2.1")
    assert places == "Laporan lama: Tabel 3.1; 2.1; p.csv baris 3"
    assert earlier.worded("Angka 3.1 di Tabel 3.1 dan 2.15 di 2.1.") == (
        "Angka 3.1 di laporan lama (Tabel 3.1) dan 2.15 di laporan lama (2.1)."
    )
    assert Earlier([]).worded("di Tabel 3.1") == "di Tabel 3.1"


def test_the_advice_follows_from_where_the_evidence_is():
    own, *_ = causes_of([found("x", "1", "2", place="p.csv baris 3")], Ledger(), [])
    old, *_ = causes_of([found("x/a", "1", "2", id="x/a")], Ledger(), [])
    two, *_ = causes_of([found("x", "1", "2", place="Tabel 1; p.csv")], Ledger(), [])
    said = [advice(one, decisive=False) for one in (own, old, two)]
    assert len({*said, advice(own, decisive=True)}) == 4
    # What no number is stated of, no figure of the report sets right.
    figure = {"id": "x/a", "place": "Tabel 1"}
    words, *_ = causes_of([found("x/a", "tidak ada kendala", "2", **figure)], Ledger(), [])
    number, *_ = causes_of([found("x/a", "1", "2", **figure)], Ledger(), [])
    assert advice(words, decisive=False) == said[2]
    assert advice(number, decisive=False) != said[2]


# The real report ------------------------------------------------------------------------------


def test_the_real_report_has_far_fewer_causes_than_findings():
    every = findings("IV")
    causes = causes_of(every, section_runs.material("IV").ledger, ["IKK 6.2.2"])
    assert len(causes) < len(every) / 2
    material = [one for one in causes if one.tingkat == "material"]
    assert len(material) <= 30
    assert every == with_causes(every, told_and_entered("IV")[1])


def test_the_real_report_tells_what_its_statuses_depend_on():
    b = replace(section_runs.material("IV"), temuan=findings("IV"))
    told = {kode: [one.temuan[0].aturan for one in b.caveats(kode)] for kode in b.params.indikator}
    assert {kode: rules for kode, rules in told.items() if rules} == {
        "ITJ 6.2": ["kategori-satuan"],
        "IKK 6.2.2": ["cakupan", "target-layanan"],
        "IKK 6.5.1": ["nilai-tahun-lain"],
        "IKK 6.6.1": ["nilai-tahun-lain"],
    }
    marks = b.tanda()
    assert marks["ITJ-6.2/realisasi"][2].startswith("lihat temuan T-kategori-satuan")
    for code in ("IKK-6.5.2", "IKK-6.7.1", "IKK-6.2.1"):
        assert f"{code}/capaian" not in marks
    # What is told of in print, and no fault that is in the earlier report alone.
    assert {place for _, place, _ in marks.values()} <= {f"sebab-{one.id}" for one in b.weighty}
    assert "IKK-6.1.2/capaian" not in marks


def test_a_realisation_that_is_doubted_itself_is_a_caveat_at_its_status():
    b = replace(section_runs.material("IV"), temuan=findings("IV"))
    (caveat,) = b.caveats("IKK 6.6.1")
    assert caveat.kalimat.endswith("menyangkut tahun 2024, bukan 2025.")
    assert not b.caveats("IKK 6.6.3")


def test_a_report_later_than_the_run_says_nothing_in_it():
    now, before = (replace(section_runs.material(q), temuan=findings(q)) for q in ("IV", "II"))
    assert now.terdahulu.title == "Triwulan IV Tahun Anggaran 2025 tanggal 6 Januari 2026"
    assert not before.terdahulu
    places = {row.teks("letak") for row in before.rekam("pernyataan")}
    assert not [one.id for one in before.temuan if places & set(one.lokasi.split("; "))]
    assert "Tabel Capaian" not in " ".join(one.penjelasan for one in before.temuan)
    assert any(places & set(one.lokasi.split("; ")) for one in now.temuan)
    # A report that does not say for when it is, is that of the run.
    rows = [{"subjek": "dokumen/tempat", "nilai": "Ambon", "letak": "Kata Pengantar"}]
    assert Earlier.of(rows)


def test_nothing_stands_out_whose_status_depends_on_the_data():
    b = replace(section_runs.material("II"), temuan=findings("II"))
    quarterly, caveat = b.caveats("IKK 6.2.2")
    assert quarterly.kalimat.endswith("dengan hasil satu triwulan (350); hasil sejak Januari 485.")
    assert caveat.kalimat.endswith(
        "; dengan realisasi sejak Januari, 485, statusnya sudah tercapai menurut target yang"
        " dipakai, tetapi sesuai jalur menurut yang lain."
    )
    assert "terlampaui jauh" not in "".join(one.html() for one in ringkasan.ringkasan(b))
    # Nor is a status told anywhere as if nothing were to be known of it.
    (goal,) = {one.indikator.kode_sasaran for one in b.capaian() if one.kode == "IKK 6.2.2"}
    opening = bagian_sasaran(b, goal)[1]
    assert isinstance(opening, Prose)
    assert Phrase(*opening.parts).plain().startswith("Pada sasaran ini, IKK 6.2.2† sudah tercapai")
    bare = ringkasan.ringkasan(replace(b, temuan=()))
    assert "terlampaui jauh" in "".join(one.html() for one in bare)


def test_the_annex_tells_the_weightiest_causes_in_a_line_or_two_and_where_the_others_are():
    b = replace(section_runs.material("IV"), temuan=findings("IV"))
    opening, *blocks = lampiran.mutu_data(b)
    (table,) = [one for one in blocks if getattr(one, "label", "") == "tabel-mutu"]
    count = Counter(one.tingkat for one in b.causes)
    rows = [row for row in table.rows if row.kind == "data"]
    assert len(rows) == 12 < count["material"]
    # What a status depends on is never left to an attachment.
    decisive = {one.id for kode in b.params.indikator for one in b.caveats(kode)}
    # Nor is what the ceiling stands on that the summary tells.
    told = {"anggaran/pagu-akhir"}
    decisive |= {one.id for one in b.causes if told & {each.subjek for each in one.temuan}}
    assert {f"sebab-{one}" for one in decisive} <= {row.anchor for row in rows}
    said = opening.describe().plain
    rest, minor = count["material"] - 12, count["minor"]
    assert "memuat 12 yang terpenting; selain itu ada " in said
    assert said.count(f"{rest} yang material, {minor} yang minor, dan ") == 1
    assert "dilampirkan pada berkas PDF" in said
    told = [part_plain(row.cells[0]) for row in rows]
    # Two lines of the column hold some 180 letters; few take a third.
    assert sum(len(one) > 180 for one in told) <= 5
    names = [one.nama for one in b.params.indikator.values()]
    assert not any(f"({name})" in one for one in told for name in names)


@pytest.mark.parametrize("quarter", ["III", "IV"])
def test_the_report_and_the_findings_tell_the_same_outputs_as_behind(quarter):
    behind = {code for code, _ in progres.tertinggal(section_runs.material(quarter))}
    told = {
        one.subjek.split("/")[1]
        for one in findings(quarter)
        if one.aturan == "ro-tertinggal" and ": progres" in one.dinyatakan
    }
    assert told == behind
    assert behind
