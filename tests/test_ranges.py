"""Targets that are a range, limits that fill up, plans with blanks, ratios of so many to one."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from test_profile import written
from test_profile_kinds import COURSE, ROOT, UNIT

from pp39.book import Book
from pp39.indicators import compute_indicators
from pp39.indicators.achievement import judge_of
from pp39.indicators.result import INDICATORS, IndicatorResult, write_results
from pp39.ledger import Ledger, Quantity
from pp39.params.settings import load_case
from pp39.periods import Quarter
from pp39.profile import ProfileError, load_profile
from pp39.report.charts import bars_against_target, monthly_line
from pp39.report.inline import Phrase
from pp39.report.sections.kalimat import prosa
from pp39.report.sections.pesan import bulanan
from pp39.sources import Context, clean, sources_of
from pp39.sources.numbers import Number

OLD = 'skala: [1, 4], realisasi: "rata(daftar[triwulan = tw].nilai) * 2"'
RANGE = "satuan: Persen, bentuk: persen, polaritas: rentang, batas_bawah: 60, realisasi: "
Judged = tuple[IndicatorResult, Book]


def judged(
    root: Path, made: str, quarter: Quarter, *overrides: str
) -> tuple[IndicatorResult, Book]:
    """Give what becomes of a realisation against a target from 60 to 85."""
    results = COURSE["indikator/hasil.yaml"].replace(OLD, f"{RANGE}tanpa_satuan({made})")
    written(root, "kursus", {**COURSE, "indikator/hasil.yaml": results})
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    given = ("target.K1=85", *overrides)
    profile = load_profile(root, "kursus")
    settings = load_case(ROOT, profile, 2025, quarter, unit=unit, overrides=given)
    book = Book({}, settings)
    return compute_indicators(book)[0], book


@pytest.mark.parametrize(
    ("made", "achieved", "status", "gap"),
    [
        ("59.99", Fraction(5999, 60), "tidak tercapai", Fraction(-1, 100)),
        ("60", Fraction(100), "tercapai", Fraction(0)),
        ("72.5", Fraction(100), "tercapai", Fraction(0)),
        ("85", Fraction(100), "tercapai", Fraction(0)),
        ("90.1", (2 - Fraction(901, 850)) * 100, "tidak tercapai", Fraction(51, 10)),
        ("30", Fraction(50), "tidak tercapai", Fraction(-30)),
        ("200", Fraction(0), "tidak tercapai", Fraction(115)),
    ],
)
def test_a_target_may_be_a_range(
    tmp_path: Path, made: str, achieved: Fraction, status: str, gap: Fraction
) -> None:
    found, book = judged(tmp_path, made, Quarter.IV)
    assert found.capaian is not None
    assert (found.capaian.value, found.status) == (achieved, status)
    assert book.ledger["K1/selisih"].value == gap
    # A judgement with other figures is the same calculation.
    value = Fraction(made)
    assert judge_of(book)("K1", value, Fraction(85)) == status


def test_a_range_is_printed_and_traced_with_both_its_ends(tmp_path: Path) -> None:
    found, book = judged(tmp_path, "90.1", Quarter.II)
    assert found.status == "di bawah jalur"
    target = book.ledger["K1/target"]
    assert (target.text(), prosa(target).plain()) == ("60,00–85,00%", "60–85 persen")
    told = book.ledger["K1/capaian"].explain()
    assert "Batas bawah target K1" in told
    assert "Batas atas target K1" in told
    path = tmp_path / "ledger.json"
    book.ledger.save(path)
    assert Ledger.load(path)["K1/target"] == target
    assert judged(tmp_path, "70", Quarter.II)[0].status == "sudah tercapai"


def test_a_range_has_both_its_ends_in_the_file_of_results(tmp_path: Path) -> None:
    found, book = judged(tmp_path, "70", Quarter.IV)
    table, _ = write_results([found], book, "dasar", tmp_path)
    (row,) = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    assert (row["polaritas"], row["batas_bawah"], row["target"]) == ("rentang", "60", "85")
    (allowed,) = (one.allowed for one in INDICATORS.columns if one.name == "polaritas")
    assert row["polaritas"] in allowed


@pytest.mark.parametrize(
    ("score", "said"), [(50, "di bawah"), (60, "di dalam"), (85, "di dalam"), (90, "di atas")]
)
def test_a_chart_shows_both_ends_of_a_range(tmp_path: Path, score: int, said: str) -> None:
    goal = judged(tmp_path, "70", Quarter.IV)[1].ledger["K1/target"]
    made = Quantity.constant(score).named("Nilai", "%")
    bars = bars_against_target(["Uji"], [goal], [made], None, "uji").figure.axes[0]
    line = monthly_line([7, 8], [made, made], goal).figure.axes[0]
    assert {60, 85} <= {one.get_xdata()[0] for one in bars.lines}
    assert {60, 85} <= {one.get_ydata()[0] for one in line.lines}
    assert line.get_ylim()[0] < 60
    told = bulanan([7, 8], [made, made], goal)
    assert f"{said} rentang target 60,00–85,00%" in Phrase(told).plain()


def test_a_range_needs_its_lower_end_below_the_upper(tmp_path: Path) -> None:
    found, _ = judged(tmp_path, "70", Quarter.IV, "indikator.K1.batas_bawah=90")
    assert found.status == "tidak dapat dihitung"
    results = COURSE["indikator/hasil.yaml"].replace(OLD, "polaritas: rentang, realisasi: '1'")
    written(tmp_path, "kursus", {**COURSE, "indikator/hasil.yaml": results})
    with pytest.raises(ProfileError, match="batas_bawah belongs to polaritas: rentang"):
        load_profile(tmp_path, "kursus")


def test_a_ratio_is_printed_as_so_many_to_one() -> None:
    ratio = Quantity.constant(Fraction(31, 2)).named("Rasio", "1 :", 1)
    assert (ratio.text(), ratio.with_unit(), prosa(ratio).plain()) == ("1 : 15,5",) * 3
    assert ratio.plain() == "15,5"
    target = Number("auto", percent=True).parse("1 : 15", Context(2025))
    assert target.values == (15.0,)
    with pytest.raises(ValueError, match="1 : 15"):
        Number("auto").parse("1 : 15", Context(2025))


def filling(root: Path, made: str, quarter: Quarter, interim: dict[str, str]) -> Judged:
    """Give what becomes of a limit of 4 a year, with these interim targets in the plan."""
    limit = (
        "satuan: Kejadian, bentuk: jumlah, desimal: 0, polaritas: turun, sifat: kumulatif,"
        f" realisasi: tanpa_satuan({made})"
    )
    results = COURSE["indikator/hasil.yaml"].replace(OLD, limit)
    written(root, "kursus", {**COURSE, "indikator/hasil.yaml": results})
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    profile = load_profile(root, "kursus")
    settings = load_case(ROOT, profile, 2025, quarter, unit=unit, overrides=("target.K1=4",))
    path = root / "target_antara.csv"
    header = "Kode,Indikator,TW I,TW II,TW III,TW IV"
    plan = ",".join(interim.get(str(one), "") for one in Quarter)
    path.write_text(f"{header}\nK1,Nilai peserta,{plan}\n", encoding="utf-8")
    table = clean(sources_of(profile)["target_antara"], path, Context.of(settings))
    book = Book({"target_antara": table}, settings)
    return compute_indicators(book)[0], book


@pytest.mark.parametrize(
    ("quarter", "interim", "due"),
    [
        (Quarter.I, {"II": "50%", "IV": "100%"}, 0),
        (Quarter.II, {"II": "50%", "IV": "100%"}, 2),
        (Quarter.III, {"II": "50%", "IV": "100%"}, 2),
        (Quarter.I, {"I": "25%", "II": "50%", "III": "75%", "IV": "100%"}, 1),
        (Quarter.III, {}, 3),
    ],
)
def test_due_is_what_the_plan_says_and_no_more(
    tmp_path: Path, quarter: Quarter, interim: dict[str, str], due: int
) -> None:
    _, book = filling(tmp_path, "1", quarter, interim)
    assert book.ledger["K1/jalur"].value == due


def test_a_limit_that_fills_up_is_not_reached_before_the_year_ends(tmp_path: Path) -> None:
    whole = {"I": "25%", "II": "50%", "III": "100%", "IV": "100%"}
    for made, status in (("4", "sesuai jalur"), ("5", "di bawah jalur")):
        assert filling(tmp_path, made, Quarter.III, whole)[0].status == status
    assert filling(tmp_path, "4", Quarter.IV, whole)[0].status == "tercapai"
    found, book = filling(tmp_path, "2", Quarter.I, {"I": "37.5%", "IV": "100%"})
    assert (found.status, book.ledger["K1/jalur"].text()) == ("di bawah jalur", "1,5")


@pytest.mark.parametrize(
    ("made", "target", "printed", "achieved"),
    [
        ("2.019 * 2", "4", "4,04", "100,95%"),
        ("1.999995 * 2", "4", "3,99999", "99,9998%"),
        ("2 * 2", "4", "4,0", "100,00%"),
        ("2.505 * 2", "4", "5,0", "125,25%"),
    ],
)
def test_what_differs_from_its_target_is_not_printed_like_it(
    tmp_path: Path, made: str, target: str, printed: str, achieved: str
) -> None:
    results = COURSE["indikator/hasil.yaml"].replace(
        OLD, f"satuan: Nilai, bentuk: nilai, desimal: 1, realisasi: tanpa_satuan({made})"
    )
    written(tmp_path, "kursus", {**COURSE, "indikator/hasil.yaml": results})
    unit = {"unit": UNIT["unit"], "laporan": UNIT["laporan"]}
    profile, given = load_profile(tmp_path, "kursus"), (f"target.K1={target}",)
    book = Book({}, load_case(ROOT, profile, 2025, Quarter.IV, unit=unit, overrides=given))
    found = compute_indicators(book)[0]
    assert found.realisasi is not None
    assert found.capaian is not None
    assert (found.realisasi.text(), found.capaian.text()) == (printed, achieved)
