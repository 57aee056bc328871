"""The indicators of the sample unit against arithmetic done here, from the printed facts."""

import csv
from fractions import Fraction

import pyarrow.parquet as pq
import pytest
from indicator_runs import ROOT, base, edited, run, tables, without

from pp39.errors import ParameterError
from pp39.indicators import Book, compute_indicators, write_results
from pp39.ledger import Ledger
from pp39.params import load
from pp39.periods import Quarter

# Target and realisation as the documents print them; what is computed is computed here again.
EXPECTED = {
    "ITJ 6.1": (Fraction("3.63"), Fraction("3.69")),
    "ITJ 6.2": (Fraction(100), Fraction(86 + 1 + 1 + 3 + 1 + 4 + 25)),
    "IKK 6.1.1": (Fraction(80), Fraction(126, 170) * 100),
    "IKK 6.1.2": (Fraction(40), Fraction(54 - 0, 57) * 100),
    "IKK 6.2.1": (Fraction(2), Fraction(1_248_776_737 - 621_000_000, 621_000_000) * 100),
    "IKK 6.2.2": (Fraction(179), Fraction(169 + 14 + 1 + 1 + 25 + 3 + 4)),
    "IKK 6.2.3": (Fraction("0.02"), Fraction("0.039")),
    "IKK 6.3.1": (Fraction("81.30"), Fraction("79.74")),
    "IKK 6.4.1": (Fraction(20), Fraction(20)),
    "IKK 6.4.2": (Fraction(77), Fraction("44.5")),
    "IKK 6.4.3": (Fraction("3.60"), Fraction("4.24")),
    "IKK 6.5.1": (Fraction(60), Fraction(100)),
    "IKK 6.5.2": (Fraction("70.10"), Fraction("72.1")),
    "IKK 6.6.1": (Fraction("79.50"), Fraction("82.10")),
    "IKK 6.6.2": (Fraction(94), Fraction("91.19")),
    "IKK 6.6.3": (Fraction(75), Fraction("94.35")),
    "IKK 6.7.1": (Fraction(75), Fraction("81.12")),
}
MISSED = {"IKK 6.1.1", "IKK 6.3.1", "IKK 6.4.2", "IKK 6.6.2"}


def test_all_seventeen_indicators_in_the_order_of_the_registry():
    assert list(base().results) == list(EXPECTED)


@pytest.mark.parametrize("code", EXPECTED)
def test_target_realisation_achievement_and_status(code):
    one = base().results[code]
    target, realisation = EXPECTED[code]
    assert one.target.value == target
    assert one.realisasi.value == realisation
    assert one.capaian.value == realisation / target * 100
    assert base().ledger[f"{one.slug}/selisih"].value == realisation - target
    assert one.status == ("tidak tercapai" if code in MISSED else "tercapai")


def test_ikpa_mean_is_exact():
    assert (Fraction("92.90") + Fraction("92.68") + Fraction("87.99")) / 3 == Fraction("91.19")
    assert base().results["IKK 6.6.2"].realisasi.formula_numbers() == (
        "(92,90 + 92,68 + 87,99) ÷ 3"
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("IKK 6.1.1", "74,12%"),
        ("IKK 6.1.2", "94,74"),
        ("IKK 6.2.1", "101,09%"),
        ("IKK 6.2.3", "0,039"),
        ("ITJ 6.2", "121"),
        ("IKK 6.4.2", "44,50"),
    ],
)
def test_printing_follows_what_the_number_is_not_what_the_contract_calls_it(code, text):
    assert base().results[code].realisasi.text() == text


def test_predicates_follow_the_regulations():
    shown = {code: one.predikat for code, one in base().results.items() if one.predikat}
    assert shown == {
        "ITJ 6.1": "A (sangat baik)",
        "IKK 6.3.1": "sedang",
        "IKK 6.4.3": "A- (sangat baik)",
        "IKK 6.6.1": "A (memuaskan)",
        "IKK 6.6.2": "baik",
    }
    assert base().ledger["ITJ-6.1/konversi"].value == Fraction("92.25")


@pytest.mark.parametrize(
    ("index", "predicate"),
    [("3.5324", "A (sangat baik)"), ("3.5322", "A (sangat baik)"), ("3.532", "B (baik)")],
)
def test_ikm_is_rounded_to_two_decimals_before_it_is_classified(index, predicate):
    # × 25: 88,310; 88,305 → 88,31; 88,300 → 88,30.
    def change(frame):
        frame["nilai"] = frame["nilai"].where(frame["kode"] != "ITJ 6.1", float(index))
        return frame

    assert run(given=edited("nilai_eksternal", change)).results["ITJ 6.1"].predikat == predicate


@pytest.mark.parametrize(
    ("quarter", "results", "ikpa"),
    [
        ("III", 215, (Fraction("91.45") + Fraction("86.61") + Fraction("92.59")) / 3),
        ("II", 350, None),
        ("I", 135, None),
    ],
)
def test_earlier_quarters_have_what_the_sources_hold(quarter, results, ikpa):
    found = base(quarter).results
    there = {code for code, one in found.items() if one.realisasi is not None}
    assert there == {"IKK 6.2.2"} | ({"IKK 6.6.2"} if ikpa is not None else set())
    assert found["IKK 6.2.2"].realisasi.value == results
    if ikpa is not None:
        assert found["IKK 6.6.2"].realisasi.value == ikpa
    silent = found["IKK 6.1.2"]
    assert (silent.status, silent.capaian) == ("belum ada data", None)
    assert silent.ledger_id == "IKK-6.1.2/target"
    assert base(quarter).ledger["ringkasan/belum-ada-data"].value == 17 - len(there)


def test_changes_since_the_quarter_before():
    ledger = base().ledger
    assert ledger["IKK-6.2.2/perubahan"].value == 217 - 215
    assert ledger["IKK-6.6.2/perubahan"].value == Fraction("91.19") - Fraction("270.65") / 3
    assert ledger["IKK-6.6.2/sebelumnya"].label == "Realisasi IKK 6.6.2 TW III"
    assert base("III").ledger["IKK-6.2.2/perubahan"].value == 215 - 350
    assert "IKK-6.1.2/perubahan" not in ledger
    assert "IKK-6.2.2/perubahan" not in base("I").ledger


def test_letters_and_what_could_not_be_recomputed_stand_in_the_note():
    found = base().results
    assert "R/174/IJ-IND/PW/X/2025 tanggal 31 Oktober 2025" in found["IKK 6.5.1"].catatan
    assert "tidak dapat dihitung ulang" in found["IKK 6.2.3"].catatan


def test_details_of_customers():
    ledger = base().ledger
    assert ledger["ITJ-6.2/layanan/pengujian"].value == 20 + 12 + 54
    assert ledger["ITJ-6.2/layanan/lph/pelaku-usaha"].value == 22
    kinds = {"perusahaan": 20 + 0 + 1 + 2 + 2 + 3, "instansi": 12 + 1 + 1 + 1 + 0}
    kinds |= {"mahasiswa": 54 + 0, "pelaku-usaha": 1 + 1 + 22}
    for kind, number in kinds.items():
        assert ledger[f"ITJ-6.2/kategori/{kind}"].value == number
    assert ledger["ITJ-6.2/semua"].value == sum(kinds.values()) == 121
    assert ledger["ITJ-6.2/kategori/mahasiswa/porsi"].value == Fraction(54, 121) * 100
    assert "ITJ-6.2/layanan/pengujian/pelaku-usaha" not in ledger


def test_details_of_pnbp_share_the_target_of_pengujian_with_ppc():
    ledger = base().ledger
    percent = Fraction(503_372_000 + 75_260_000, 325_150_000) * 100
    assert ledger["IKK-6.2.1/layanan/pengujian/persen"].value == percent
    assert (
        ledger["IKK-6.2.1/layanan/kalibrasi/persen"].value == Fraction(3_935_000, 15_600_000) * 100
    )
    assert "IKK-6.2.1/layanan/ppc/persen" not in ledger
    assert "IKK-6.2.1/layanan/pnbp-umum/target" not in ledger
    assert ledger["IKK-6.2.1/pnbp"].value == 1_248_776_737
    assert ledger["IKK-6.2.1/pnbp-target"].value == 745_200_000
    assert ledger["IKK-6.2.1/pnbp-selisih"].value == 503_576_737


def test_details_of_nps():
    ledger = base().ledger
    scores = [ledger[f"IKK-6.1.2/skor/{n}"].value for n in range(11)]
    assert sum(scores) == 57
    assert scores[8] == 3
    assert scores[9] + scores[10] == 54
    assert (
        ledger["IKK-6.1.2/jawaban-berulang"].value == 57 - ledger["IKK-6.1.2/responden-unik"].value
    )
    assert ledger["IKK-6.1.2/batas/pasif/maks"].value == 8


def test_dash_and_blank_are_no_data():
    ledger = base().ledger
    assert "IKK-6.2.2/layanan/pelatihan/II" not in ledger
    assert "IKK-6.2.2/layanan/dapati/IV" not in ledger
    assert ledger["IKK-6.2.2/layanan/kalibrasi/I"].value == 0
    assert ledger["IKK-6.2.2/kumulatif"].value == 135 + 350 + 215 + 217


def test_summary_counts():
    ledger = base().ledger
    assert [
        ledger[f"ringkasan/{name}"].value
        for name in ("jumlah", "dinilai", "tercapai", "tidak-tercapai", "belum-ada-data")
    ] == [17, 17, 13, 4, 0]
    assert ledger["ringkasan/tercapai/persen"].value == Fraction(1300, 17)
    assert ledger["ringkasan/sasaran/jumlah"].value == 8
    assert ledger["ringkasan/sasaran/SK6.2/jumlah"].value == 3


def test_files_hold_six_decimals_and_blanks(tmp_path):
    table, binary = write_results(base("III").results.values(), base("III").job, "dasar", tmp_path)
    with table.open(encoding="utf-8", newline="") as stream:
        lines = {line["kode"]: line for line in csv.DictReader(stream)}
    assert table.read_text(encoding="utf-8").splitlines()[0] == (
        "kode,sasaran,indikator,satuan,target,realisasi,capaian,status,ledger_id,"
        "unit,tahun,triwulan,run,kode_sasaran,polaritas,sifat,alasan,nasional,batas_bawah"
    )
    assert list(lines) == list(EXPECTED)
    assert lines["IKK 6.6.2"]["realisasi"] == "90.216667"
    silent = lines["IKK 6.1.2"]
    assert (silent["realisasi"], silent["capaian"]) == ("", "")
    assert silent["status"] == "belum ada data"
    stored = pq.read_table(binary)
    assert [str(stored.schema.field(name).type) for name in ("kode", "target", "capaian")] == [
        "string",
        "double",
        "double",
    ]
    values = dict(zip(stored["kode"].to_pylist(), stored["realisasi"].to_pylist(), strict=True))
    assert values["IKK 6.1.2"] is None
    assert values["IKK 6.2.2"] == 215.0


def test_writing_twice_gives_the_same_bytes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = write_results(base().results.values(), base().job, "dasar", tmp_path / "a")
    second = write_results(run().results.values(), run().job, "dasar", tmp_path / "b")
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
    base().ledger.save(tmp_path / "a.json")
    run().ledger.save(tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert list(Ledger.load(tmp_path / "a.json")) == list(base().ledger)


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_source_that_is_missing_takes_away_only_what_it_feeds(name):
    full, less = base(), run(given=without(name))
    assert set(less.values()) <= set(full.values())
    changed = {code for code in EXPECTED if less.lines()[code] != full.lines()[code]}
    feeds = {
        "sla": {"IKK 6.1.1"},
        "survei_nps": {"IKK 6.1.2"},
        "pelanggan": {"ITJ 6.2"},
        "pnbp": {"IKK 6.2.1"},
        "pnbp_dasar": {"IKK 6.2.1"},
        "hasil_layanan": {"IKK 6.2.2"},
        "ikpa": {"IKK 6.6.2"},
        "target_perjanjian_kinerja": set(EXPECTED),
    }
    computed = {"IKK 6.1.1", "IKK 6.1.2", "ITJ 6.2", "IKK 6.2.1", "IKK 6.2.2", "IKK 6.6.2"}
    feeds["nilai_eksternal"] = set(EXPECTED) - computed
    assert changed == feeds.get(name, set())
    for code in changed:
        one = less.results[code]
        assert (one.status, one.capaian) == ("belum ada data", None)


def test_a_wrong_formula_names_the_nearest_word():
    settings = load(
        ROOT,
        "bspji-ambon",
        2025,
        "IV",
        overrides=['indikator."IKK 6.1.2".realisasi=(promotr - detraktor) / responden * 100'],
    )
    with pytest.raises(ParameterError, match=r'IKK 6\.1\.2.*"promotr".*the nearest is "promotor"'):
        compute_indicators(Book(tables(), settings, Ledger(), Quarter.IV))


def test_a_formula_can_be_overridden_like_any_parameter():
    changed = run("IV", 'indikator."IKK 6.1.2".realisasi=promotor / responden * 100')
    one = changed.results["IKK 6.1.2"].realisasi
    assert one.formula() == "Promotor ÷ Responden × 100"
    assert one.value == Fraction(54, 57) * 100
