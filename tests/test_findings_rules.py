"""Every rule speaks up in a world with its contradiction and is quiet in the clean twin."""

import re
from dataclasses import replace

import pytest
from finding_cases import (
    CASES,
    ROOT,
    RULES,
    SLA,
    World,
    cell,
    lacking,
    names,
    ratio,
    s,
    said,
    scored,
    settings,
    sources,
    table,
)

from pp39.findings import SEVERITIES, Finding, reconcile
from pp39.findings.evidence import Evidence
from pp39.findings.shapes.figures import leaf_places
from pp39.ledger import Ledger
from pp39.params import load


def test_every_rule_has_a_case_and_every_case_a_rule():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(CASES)


@pytest.mark.parametrize("id", CASES)
def test_rule_speaks_up(id):
    world, ledger = CASES[id][0], Ledger()
    found = world.of(id, ledger)
    assert lacking(found, world.clean, settings(world.quarter, *world.overrides), ledger)[0] == {}
    assert found, f"{id} found nothing"
    assert {one.aturan for one in found} == {id}
    for one in found:
        assert one.subjek
        assert one.lokasi
        assert one.penjelasan.endswith((".", ")"))
        assert one.dinyatakan != one.dihitung


@pytest.mark.parametrize("id", CASES)
def test_rule_is_quiet_in_the_clean_twin(id):
    assert CASES[id][1].of(id) == ()


def test_disbursements_are_held_against_a_stated_absorption():
    def world(share):
        return sources(
            realisasi_kro=[{"kode_kro": "1.A", "triwulan": "IV", "serapan": share}],
            sp2d=[{"nomor": "1", "tanggal": "2025-02-03", "kode_kro": "1.A", "nilai": 450}],
            dipa_ro=[{"kode_kro": "1.A", "kode_ro": "1.A.001", "pagu": 500}],
        )

    (found,) = world(80.0).of("serapan-ekspor")
    assert found.penjelasan == (
        "Serapan KRO 1.A dinyatakan 80,00%, sedangkan SP2D Rp450 terhadap pagu Rp500"
        " memberi 90,00%."
    )
    assert world(90.0).of("serapan-ekspor") == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_declared(rule):
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id)
    assert rule.tingkat in SEVERITIES
    assert len(rule.membandingkan.split()) > 2
    assert not rule.membandingkan.endswith(".")
    assert set(rule.mengalah) <= {other.id for other in RULES} - {rule.id}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_quiet_without_any_data(rule):
    assert World().of(rule.id) == ()


def test_a_rule_names_no_row_of_the_sample():
    """Codes, amounts and names of the unit stand in data and parameters, not in rules."""
    package = ROOT / "pp39"
    patterns = ("findings/shapes/*.py", "findings/texts/*.py", "profil/*/temuan/*.yaml")
    files = [path for pattern in patterns for path in sorted(package.glob(pattern))]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    unit = settings().params.unit
    for word in (unit.nama, "Ambon", "6077", "6042", "IKK 6", "IKK-6", "ITJ", *unit.layanan):
        if word in ("pnbp-umum",) or len(word) < 3:
            continue
        assert f'"{word}"' not in text, word
    assert not re.search(r"\b(?:IKK|ITJ)[- ]\d", text)
    assert not re.search(r"\d{1,3}(?:\.\d{3}){2}", text)


def test_answer_stands_beside_the_finding_and_hides_nothing():
    world = CASES["surat"][0]
    (found,) = world.of("surat")
    answer = (
        f"temuan.jawaban={{{found.id}: {{alasan: Salah ketik, oleh: Kepala, tanggal: 2026-01-09}}}}"
    )
    answered = load(ROOT, "bspji-ambon", 2025, "IV", overrides=[answer])
    tables = {name: table(name, rows) for name, rows in world.tables.items()}
    kept = [one for one in reconcile(tables, Ledger(), answered) if one.id == found.id]
    assert len(kept) == 1
    assert kept[0].jawaban is not None
    assert kept[0].jawaban.alasan == "Salah ketik"
    assert isinstance(kept[0], Finding)


def test_a_place_names_the_sheet_where_a_file_has_several():
    tables = {
        name: replace(made, source=replace(made.source, file="isian.xlsx"), sheet=name)
        for name, made in (("sla", table("sla", [{}])), ("ikpa", table("ikpa", [{}, {}])))
    }
    known = Evidence(tables, settings())
    rows = known.all_rows("ikpa")
    assert known.place("ikpa", rows) == "isian.xlsx, lembar ikpa, baris 2–3"
    assert known.place("ikpa", ()) == "isian.xlsx, lembar ikpa"
    figure = cell(5)
    assert known.told_rows({("isian.xlsx", "sla"): [7]}) == ("isian.xlsx, lembar sla, baris 7",)
    assert leaf_places(figure, known) == ("x.csv baris 2",)
    alone = Evidence({"ikpa": tables["ikpa"]}, settings())
    assert alone.place("ikpa", rows) == "isian.xlsx baris 2–3"


@pytest.mark.parametrize(
    ("letters", "told"),
    [("abd", ["huruf c tidak ada"]), ("abc", []), ("bcd", []), ("123", []), ("13", ["nomor 2"])],
)
def test_items_are_numbered_or_lettered_without_a_hole(letters, told):
    steps = [s(f"tindak-lanjut/{one}", f"langkah {one}", jenis="teks") for one in letters]
    found = said(*steps).of("lompat-nomor")
    assert [one.dihitung[: len(word)] for one, word in zip(found, told, strict=True)] == told
    listed = said(s("dokumen/judul/penomoran", ", ".join(letters), jenis="teks")).of("lompat-nomor")
    assert [one.dihitung[: len(word)] for one, word in zip(listed, told, strict=True)] == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ketepatan layanan pengujian", True),
        ("ketepatan layanan pengujian dan kalibrasi", False),
        ("ketepatan seluruh layanan", False),
    ],
)
def test_an_indicator_is_not_called_after_one_service(text, found):
    assert bool(said(s(f"{SLA}/sebutan", text, jenis="nama")).of("sebutan")) is found


def test_what_is_done_is_also_told_without_a_number():
    planned = s(f"{SLA}/rencana-kegiatan/1", "Melaksanakan layanan pengujian", jenis="teks")
    listed = s(f"{SLA}/realisasi-kegiatan/1", "Promosi kepada pelanggan", jenis="teks")
    told = s(f"{SLA}/realisasi-kegiatan", "pembayaran subkontrak pengujian", jenis="teks")
    full = s(f"{SLA}/fisik/realisasi", "100%")
    assert said(planned, listed, full).of("rencana-tanpa-realisasi")
    assert said(planned, listed, told, full).of("rencana-tanpa-realisasi") == ()


def test_activities_of_a_program_and_its_output_are_shared():
    rows = [
        {"kode_program": "EC", "kode_kro": "6077.BAD", "kegiatan": "subkon pengujian"},
        {"kode_program": "EC", "kegiatan": "Subkon pengujian"},
        {"kode_program": "EC", "kode_kro": "6077.BAD", "kegiatan": "subkon pengujian"},
    ]
    (found,) = World({"kegiatan_kro": rows}).of("butir-bersama")
    assert found.dinyatakan == "“subkon pengujian” (6077.BAD, EC)"


def test_a_long_survey_is_told_in_one_finding():
    rows = [{"no": n, "responden": n // 2, "triwulan": "IV", "nilai": 9} for n in range(2, 4002)]
    (found,) = World({"survei_nps": rows}).of("responden-ulang")
    assert (found.dinyatakan, found.dihitung) == ("4.000 jawaban", "2.000 responden")


def test_a_contact_that_answers_dispute_is_told_with_the_persons_counted():
    shared = {"telepon_sama": 1, "telepon_keadaan": "bertentangan", "triwulan": "IV", "nilai": 9}
    rows = [
        {"no": 1, "responden": 1, "email_sama": 1, **shared},
        {"no": 2, "responden": 1, "email_sama": 1, **shared},
        {"no": 3, "responden": 2, "email_sama": 2, **shared},
    ]
    (found,) = World({"survei_nps": rows}).of("responden-ulang")
    assert (found.subjek, found.dihitung) == ("survei_nps/telepon/1", "2 responden")
    assert "tetapi alamat e-mailnya berbeda" in found.penjelasan
    assert "mungkin orang yang sama" not in found.penjelasan


def test_contacts_that_are_one_slip_apart_are_told_by_their_rows_only():
    shared = {"telepon_sama": 1, "telepon_keadaan": "bertentangan", "triwulan": "IV", "nilai": 9}
    rows = [
        {"no": n, "responden": n, "email_sama": n, "email_keadaan": state, **shared}
        for n, state in enumerate(("mirip", "mirip", "sah"), 1)
    ]
    (found,) = World({"survei_nps": rows}).of("responden-ulang")
    assert "alamat e-mail nomor 1, 2 hanya berbeda satu tanda" in found.penjelasan
    assert found.dihitung == "3 responden"


def _contract(name, goal="Layanan profesional"):
    row = {"kode": "IKK 6.1.1", "indikator": name, "sasaran": goal, "target": "80"}
    return {"target_perjanjian_kinerja": [row]}


def test_the_contract_says_what_is_right_also_against_many():
    stated = names("IKK-6.1.1/nama", "Layanan tepat", "Layanan tepat", "Layanan tepat waktu")
    (found,) = said(*stated, **_contract("Layanan Tepat Waktu")).of("nama-ganda")
    assert (found.dinyatakan, found.dihitung) == ("Layanan tepat", "Layanan tepat waktu")
    assert found.tingkat == "editorial"  # some words left out, none put in


def test_a_slip_of_the_pen_in_the_contract_is_not_what_is_right():
    official = settings().params.indikator["IKK 6.1.1"].nama
    slip = official.replace("layanan", "layanam")
    (found,) = said(*names("IKK-6.1.1/nama", slip, official), **_contract(slip)).of("ejaan")
    assert (found.dinyatakan, found.dihitung) == (slip, official)


def test_a_slip_is_held_against_the_name_it_is_a_slip_of():
    stated = names("anggaran/ro/X/nama", "Layanan umum", "Kearsipan kota", "Kearsiapn kota")
    world = said(*stated)
    assert [one.dinyatakan for one in world.of("nama-ganda")] == ["Kearsipan kota"]
    (found,) = world.of("ejaan")
    assert (found.dinyatakan, found.dihitung) == ("Kearsiapn kota", "Kearsipan kota")


@pytest.mark.parametrize("first", [0, 1])
def test_the_rarer_spelling_of_an_activity_is_the_wrong_one(first):
    pair = ["Survei bulan November", "Survei bulan Novemberi"]
    stated = names("IKK-6.1.1/realisasi-kegiatan/1", pair[first], pair[1 - first], jenis="teks")
    other = names("IKK-6.1.1/realisasi-kegiatan/2", "Rapat bulan November", jenis="teks")
    (found,) = said(*stated, *other).of("teks-kembar")
    assert (found.dinyatakan, found.dihitung) == (pair[1], pair[0])


def test_a_blank_says_how_the_figure_is_computed():
    subject = "IKK-6.1.1/capaian-lain"
    (found,) = said(s(subject, "", letak="A"), ledger={subject: ratio(1, 4)}).of("kosong")
    assert "Rumus: 1 ÷ 4 × 100." in found.penjelasan


def obstacles(value, quarter, told=None, code="IKK-6.1.2", given=()):
    """Find what is said of an indicator without obstacle, told by quarter."""
    remarks = told or {quarter: "Tidak ada"}
    rows = [
        {
            "kode": code.replace("-", " ", 1),
            "triwulan": one,
            "kendala": said,
            "tindak_lanjut": "rapat",
        }
        for one, said in remarks.items()
    ]
    ledger = Ledger()
    ledger.add(f"{code}/realisasi", cell(value))
    ledger.add(f"{code}/target", cell(100, row=3))
    run = replace(settings(quarter, *given), base=None)
    rules = [rule for rule in RULES if rule.id == "tanpa-kendala"]
    tables = {"pelaksanaan": table("pelaksanaan", rows)}
    return [one.penjelasan for one in reconcile(tables, ledger, run, rules)]


def test_an_obstacle_is_asked_for_by_the_status_that_the_report_prints():
    (told,) = obstacles(70, "IV")
    assert "berstatus tidak tercapai (capaian 70,00%), tetapi tidak ada kendala" in told
    assert not obstacles(70, "IV", given=["status.ambang=70"])
    assert not obstacles(100, "IV")
    (told,) = obstacles(70, "II")
    assert "berstatus di bawah jalur" in told


def test_what_is_on_its_way_owes_no_obstacle_yet():
    # A count that fills up has half its target due by then.
    assert not obstacles(51, "II", code="ITJ-6.2")
    (told,) = obstacles(49, "II", code="ITJ-6.2")
    assert "berstatus di bawah jalur (capaian 49,00%)" in told
    limit = ['indikator."IKK 6.1.2".polaritas=turun', 'indikator."IKK 6.1.2".skala=[0, null]']
    (told,) = obstacles(130, "II", given=limit)
    assert "berstatus melampaui batas (capaian 70,00%)" in told


def test_the_year_knows_the_obstacles_of_all_its_quarters():
    said = {"I": "Tidak ada", "II": "listrik padam", "III": "", "IV": "Tidak ada"}
    assert not obstacles(70, "tahunan", said)
    assert obstacles(70, "IV", said)
    assert obstacles(70, "tahunan", said | {"II": "nihil"})


def test_a_score_of_another_year_is_told_as_long_as_it_stands():
    told = scored("penilaian TA 2024", "I").of("nilai-tahun-lain")
    assert [one.lokasi for one in told] == ["nilai_eksternal.csv baris 2"]
