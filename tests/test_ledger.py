import hashlib
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pp39.errors import MissingInput, UnreadableInput
from pp39.ledger import (
    RUN_LIMIT,
    Cell,
    Ledger,
    Parameter,
    Quantity,
    Rows,
    Summary,
    capped,
    counted,
    largest,
    last,
    mean,
    slug,
    smallest,
    total,
)
from pp39.ledger.quantity import differs_as_printed


def cell(value, label="Nilai", row=2, unit="orang", column="Jumlah"):
    return Quantity.cell(value, label, unit, Cell("pelanggan", "pelanggan.csv", None, row, column))


@pytest.fixture
def nps():
    rows = Rows.of("survei_nps", "survei_nps.csv", range(2, 56), "bernilai 9–10", column="Nilai")
    promoters = Quantity.rows(54, "Promotor", "orang", rows)
    detractors = cell(0, "Detraktor", 3)
    answers = cell(57, "Responden", 4)
    return ((promoters - detractors) / answers * 100).named("Nilai NPS", "nilai")


def test_formula_shows_names_and_numbers(nps):
    assert nps.formula() == "(Promotor − Detraktor) ÷ Responden × 100"
    assert nps.formula_numbers() == "(54 − 0) ÷ 57 × 100"
    assert nps.text() == "94,74"
    assert [one.label for one in nps.inputs()] == ["Promotor", "Detraktor", "Responden"]


def test_named_quantity_hides_its_own_formula_in_the_next(nps):
    capaian = (nps / cell(40, "Target", 5, "nilai") * 100).named("Capaian", "%")
    assert capaian.formula() == "Nilai NPS ÷ Target × 100"
    assert capaian.formula_numbers() == "94,74 ÷ 40 × 100"
    assert capaian.text() == "236,84%"


@pytest.mark.parametrize(
    ("build", "written"),
    [
        (lambda a, b, c: a - (b - c), "A − (B − C)"),
        (lambda a, b, c: a - b - c, "A − B − C"),
        (lambda a, b, c: a / (b * c), "A ÷ (B × C)"),
        (lambda a, b, c: (a + b) * c, "(A + B) × C"),
        (lambda a, b, c: a + b * c, "A + B × C"),
        (lambda a, b, c: (1 + (1 - a / b)) * c, "(1 + 1 − A ÷ B) × C"),
        (lambda a, b, c: a - total([b, c], ""), "A − (B + C)"),
        (lambda a, b, c: total([a, b], "") * c, "(A + B) × C"),
        (lambda a, b, c: mean([a, b, c], "R"), "(A + B + C) ÷ 3"),
        (lambda a, b, c: last([a, b, c], "R"), "nilai terakhir dari (A; B; C)"),
    ],
)
def test_brackets_stand_where_the_order_of_operations_needs_them(build, written):
    a, b, c = (cell(n, name, n) for n, name in ((7, "A"), (5, "B"), (3, "C")))
    assert build(a, b, c).formula() == written


def test_reductions():
    series = [cell(3, "A", 2), cell(1, "B", 3), cell(2, "C", 4)]
    assert total(series, "Jumlah").value == 6
    assert mean(series, "Rata-rata").value == 2
    assert (smallest(series, "x").value, largest(series, "x").value) == (1, 3)
    assert last(series, "Terakhir").value == 2
    assert capped(cell(130), Quantity.parameter(110, "Batas", "%", "capaian.batas")).value == 110


def test_counting_quantities_lists_them_and_of_none_there_are_zero(tmp_path):
    ledger = Ledger()
    behind = [ledger.add(f"ro/{n}", cell(-n, f"Selisih {n}", n)) for n in (2, 3)]
    both = ledger.add("ro/di-bawah", counted(behind, "RO di bawah rencana", "RO"))
    assert both.value == 2
    assert both.formula() == "banyaknya (Selisih 2; Selisih 3)"
    assert both.formula_numbers() == "banyaknya ((−2); (−3))"
    none = ledger.add("ro/nihil", counted([], "RO lain", "RO"))
    assert none.value == 0
    assert (none.formula(), none.formula_numbers()) == ("tidak ada yang termasuk hitungan", "0")
    ledger.save(tmp_path / "ledger.json")
    assert list(Ledger.load(tmp_path / "ledger.json")) == list(ledger)


def test_long_sums_are_cut_in_print_but_not_in_value():
    series = [cell(n, f"S{n}", n) for n in range(1, 101)]
    added = total(series, "Jumlah")
    assert added.value == 5050
    assert "… (88 nilai lagi, semuanya 100) …" in added.formula()
    assert len(added.leaves()) == 100


@pytest.mark.parametrize("reduce", [total, mean, last, smallest, largest])
def test_nothing_is_not_zero(reduce):
    with pytest.raises(ValueError, match="cannot be computed from no values"):
        reduce([], "Jumlah")


def test_division_by_zero_names_both_sides():
    with pytest.raises(ZeroDivisionError, match='"A" cannot be divided by "B", which is 0'):
        cell(1, "A") / cell(0, "B")


def test_sums_keep_their_unit_and_products_lose_it():
    assert (cell(1) + cell(2)).unit == "orang"
    assert (cell(1) * cell(2)).unit == ""


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text", "with_unit"),
    [
        (1248776737, "Rp", None, "Rp1.248.776.737", "Rp1.248.776.737"),
        (Fraction(12600, 170), "%", None, "74,12%", "74,12%"),
        (121, "pelanggan", None, "121", "121 pelanggan"),
        (Fraction("0.039"), "rasio", 3, "0,039", "0,039 rasio"),
        (Fraction("4.24"), "", None, "4,24", "4,24"),
    ],
)
def test_printing_follows_the_unit(value, unit, decimals, text, with_unit):
    quantity = Quantity(Fraction(value), "x", unit, Parameter("x"), decimals)
    assert (quantity.text(), quantity.with_unit()) == (text, with_unit)


def test_places_name_file_sheet_rows_and_column():
    assert (
        Cell("pnbp", "pnbp.xlsx", "PNBP", 7, "Realisasi").place
        == "pnbp.xlsx, lembar PNBP, baris 7, kolom Realisasi"
    )
    rows = Rows.of("s", "s.csv", [9, 2, 3, 4], "banyaknya baris")
    assert rows.place == "s.csv, baris 2–4, 9 (4 baris)"
    assert Rows.of("s", "s.csv", [], "banyaknya baris").place == "s.csv, tidak ada baris"


def test_ledger_refuses_a_second_entry_a_bad_id_and_a_nameless_quantity():
    ledger = Ledger()
    ledger.add("IKK-6.1.2/realisasi", cell(1))
    with pytest.raises(ValueError, match="is taken"):
        ledger.add("IKK-6.1.2/realisasi", cell(2))
    with pytest.raises(ValueError, match="malformed"):
        ledger.add("IKK 6.1.2", cell(2))
    with pytest.raises(ValueError, match="needs a quantity with a label"):
        ledger.add("x", cell(1) + 1)


def test_unknown_id_names_the_nearest(nps):
    ledger = Ledger()
    ledger.add("IKK-6.1.2/realisasi", nps)
    with pytest.raises(KeyError, match=r'the nearest is "IKK-6\.1\.2/realisasi"'):
        ledger["IKK-6.1.2/realisai"]
    assert ledger.get("nothing") is None


def test_find_prefers_whole_ids_over_starts_over_fragments(nps):
    ledger = Ledger()
    ledger.add("IKK-6.1.2", cell(1, "Lain"))
    ledger.add("IKK-6.1.2/realisasi", nps)
    assert [one.id for one in ledger.find("ikk 6.1.2")] == ["IKK-6.1.2"]
    assert [one.id for one in ledger.find("nilai nps")] == ["IKK-6.1.2/realisasi"]
    assert ledger.find("tidak ada") == []


def test_slug_is_fit_for_html_and_typst():
    assert slug("anggaran/kro/6077.AEC/pagu") == "anggaran:kro:6077.AEC:pagu"


values = st.fractions(max_denominator=10**6)
leaves = st.builds(
    cell, values, st.sampled_from(["A", "B"]), st.integers(1, 9), st.sampled_from(["Rp", "%", ""])
) | st.builds(Quantity.constant, values)


def combined(children):
    def node(kind, a, b, c):
        operations = {
            "tambah": lambda: a + b,
            "kurang": lambda: a - b,
            "kali": lambda: a * b,
            "bagi": lambda: a / b if b.value else a,
            "rata-rata": lambda: mean([a, b, c], "Rata-rata"),
            "jumlah": lambda: total([a, b], "Jumlah", "Rp"),
        }
        return operations[kind]()

    kinds = ["tambah", "kurang", "kali", "bagi", "rata-rata", "jumlah"]
    return st.builds(node, st.sampled_from(kinds), children, children, children)


trees = st.recursive(leaves, combined, max_leaves=8)


@settings(deadline=None, max_examples=60)
@given(tree=trees)
def test_saving_and_loading_keeps_the_whole_calculation(tmp_path_factory, tree):
    folder = tmp_path_factory.mktemp("ledger")
    ledger = Ledger()
    first = ledger.add("a", tree.named("Pertama", "%"))
    ledger.add("b/c", (first + 1).named("Kedua", note="catatan"))
    ledger.save(folder / "ledger.json")
    loaded = Ledger.load(folder / "ledger.json")
    assert list(loaded) == list(ledger)
    loaded.save(folder / "again.json")
    assert (folder / "again.json").read_bytes() == (folder / "ledger.json").read_bytes()


@given(a=values, b=values, c=values)
def test_arithmetic_is_exact(a, b, c):
    x, y, z = cell(a), cell(b), cell(c)
    assert (x + y - z).value == a + b - c
    assert (x * y + 1).value == a * b + 1
    assert (2 - x).value == 2 - a
    if b:
        assert (x / y * 100).value == a / b * 100


def test_loading_what_is_no_ledger(tmp_path):
    with pytest.raises(MissingInput, match="run 03_indicators"):
        Ledger.load(tmp_path / "ledger.json")
    (tmp_path / "ledger.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="not valid JSON"):
        Ledger.load(tmp_path / "ledger.json")
    (tmp_path / "ledger.json").write_text('{"versi": 0}', encoding="utf-8")
    with pytest.raises(UnreadableInput, match="not a ledger"):
        Ledger.load(tmp_path / "ledger.json")


def scattered(count, step=2):
    return list(range(2, 2 + step * count, step))


def test_rows_are_listed_up_to_the_limit_and_summarised_beyond():
    listed = Rows.of("s", "s.csv", scattered(RUN_LIMIT), "banyaknya baris", selection="x == 1")
    assert len(listed.ranges) == RUN_LIMIT
    assert listed.summary is None
    rows = scattered(RUN_LIMIT + 1)
    made = Rows.of("s", "s.csv", rows, "banyaknya baris", column="X", selection="x == 1")
    assert made.ranges == ()
    assert made.count == RUN_LIMIT + 1
    assert made.bounds == ((2, rows[-1]),)
    by_hand = hashlib.sha256(b"".join(row.to_bytes(8, "little") for row in rows)).hexdigest()
    assert made.summary == Summary(RUN_LIMIT + 1, RUN_LIMIT + 1, 2, rows[-1], by_hand, "x == 1")
    assert "5001 baris antara baris 2 dan 10002, pilihan: x == 1" in made.place
    assert by_hand[:16] in made.place


def test_a_summary_without_a_condition_says_how_the_rows_were_picked():
    made = Rows.of("s", "s.csv", scattered(RUN_LIMIT + 1), "banyaknya baris bernilai 9")
    assert made.summary.selection == "banyaknya baris bernilai 9"


@given(st.lists(st.integers(2, 60), max_size=40))
def test_rows_of_a_list_and_of_an_array_in_any_order_are_the_same(rows):
    made = Rows.of("s", "s.csv", rows, "")
    assert made == Rows.of("s", "s.csv", np.array(rows, dtype="int64"), "")
    assert [row for a, b in made.ranges for row in range(a, b + 1)] == sorted(set(rows))


def test_a_long_selection_stays_short_in_the_file_and_comes_back(tmp_path):
    ledger = Ledger()
    rows = Rows.of("s", "s.csv", scattered(200_000), "banyaknya baris", selection="x == 1")
    ledger.add("banyak", Quantity.rows(200_000, "Banyak", "baris", rows))
    path = tmp_path / "ledger.json"
    ledger.save(path)
    assert path.stat().st_size < 2000
    assert Ledger.load(path)["banyak"] == ledger["banyak"]


@pytest.mark.parametrize(
    ("unit", "text", "told"),
    [
        ("rupiah", "−Rp1.250", "−Rp1.250"),
        ("juta rupiah", "−Rp1.250 juta", "−Rp1.250 juta"),
        ("Rp ribu", "−Rp1.250 ribu", "−Rp1.250 ribu"),
        ("Rp/orang", "−Rp1.250", "−Rp1.250 per orang"),
        ("orang", "−1.250", "−1.250 orang"),
    ],
)
def test_an_amount_of_money_has_its_sign(unit, text, told):
    amount = Quantity.constant(-1250).named("Uang", unit)
    assert (amount.text(), amount.with_unit()) == (text, told)


@given(st.lists(st.integers(-9999, 9999), min_size=1, max_size=6))
def test_only_a_sum_that_printed_terms_do_not_give_is_said_to_differ(values):
    terms = [
        replace(Quantity.constant(Fraction(n, 1000)).named("n", "nilai"), decimals=2)
        for n in values
    ]
    whole = replace(total(terms, "Jumlah"), decimals=2)
    assert differs_as_printed(whole) is (sum(one.printed for one in terms) != whole.printed)
