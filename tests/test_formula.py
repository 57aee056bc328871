"""The language: what is understood, what it gives, what is refused and how it is told."""

import operator
import re
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from indicator_runs import ROOT, base

from pp39.book import Book
from pp39.formula import (
    FormulaError,
    Lacking,
    Names,
    Picked,
    Variable,
    Word,
    World,
    compile_formula,
    compile_template,
    parse,
    parse_condition,
    syntax,
    written,
)
from pp39.formula.syntax import Binary, Call, Filtered, Member, Name, Negative, Number, Text
from pp39.formula.units import added, divided, fits, multiplied
from pp39.ledger import Ledger, Quantity
from pp39.params.schema import Node, extended
from pp39.periods import Quarter
from pp39.profile import load_profile
from pp39.sources import CleanTable, Column, Source
from pp39.sources.numbers import Count, Rupiah
from pp39.sources.numbers import Number as Decimal
from pp39.sources.words import Date, QuarterName
from pp39.sources.words import Text as Words

SOURCE = Source(
    "kasus",
    "kasus.csv",
    "Kasus",
    (
        Column("Triwulan", ("triwulan",), QuarterName()),
        Column("Jenis", ("jenis",), Words()),
        Column("Nilai", ("nilai",), Count("1"), unit="orang"),
        Column("Biaya", ("biaya",), Rupiah(), unit="Rp"),
        Column("Skor", ("skor",), Decimal()),
        Column("Mulai", ("mulai",), Date()),
        Column("Selesai", ("selesai",), Date()),
    ),
)
OTHER = Source("lain", "lain.csv", "Lain", (Column("Nilai", ("nilai",), Count("1")),))
NAMES = Names(
    {"kasus": SOURCE, "lain": OTHER},
    {"triwulan": ("I", "II", "III", "IV"), "bulan": ("01",)},
    others={"IKU 2": {"realisasi": "%", "jumlah": "orang"}},
    root=Node(extended(load_profile(ROOT, "bskji"))),
)
DTYPES = {"text": "str", "count": "Int64", "number": "float64"}


def table(rows):
    frame = pd.DataFrame(rows, columns=[name for name in SOURCE.schema if name != "baris"])
    frame.insert(0, "baris", range(2, len(frame) + 2))
    typed = {name: frame[name].astype(DTYPES[kind]) for name, kind in SOURCE.schema.items()}
    headers = {column.names[0]: column.header for column in SOURCE.columns}
    return CleanTable(SOURCE, pd.DataFrame(typed), None, headers)


ROWS = [
    ("IV", "a", 3, 100, 1.5, "2025-10-01", "2025-10-06"),
    ("IV", "b", 5, 250, None, "2025-10-03", "2025-10-03"),
    ("IV", "a", None, 50, 2.5, None, "2025-10-03"),
    ("III", "a", 7, 1, 0.25, "2025-12-24", "2025-12-29"),
]


def world(rows=ROWS, quarter=Quarter.IV, **words):
    job = base().job
    tables = {"kasus": table(rows)} if rows is not None else {}
    book = Book(tables, job.settings, Ledger(), quarter)
    return World(book, "IKU 1", lambda code, name: Lacking("kosong"), words=words)


def value(text, names=NAMES, **given):
    return compile_formula(text, names).run(world(**given))


def number(text, **given):
    found = value(text, **given)
    assert isinstance(found, Quantity), found
    return found.value


# What is read is written again, and read to the same.

LEAVES = st.one_of(
    st.builds(
        lambda whole, digits: Number(Fraction(f"{whole}.{digits}"), f"{whole}.{digits}"),
        st.integers(0, 10**6),
        st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    ),
    st.builds(Text, st.from_regex(r"[A-Za-z0-9 .-]{0,8}", fullmatch=True)),
    st.builds(Name, st.from_regex(r"[a-z](_?[a-z0-9]){0,4}", fullmatch=True)),
).filter(
    lambda node: (
        not isinstance(node, Name) or node.id not in {"atau", "dalam", "tidak", "ada", "kosong"}
    )
)
NAME = st.builds(Name, st.sampled_from(["l", "nilai", "tw_{q}", "kolom"]))


def conditions_of(inner):
    return st.one_of(
        st.builds(
            syntax.Test, NAME, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "dalam"]), inner
        ),
        st.builds(syntax.Test, NAME, st.sampled_from(["ada", "kosong", "ini"])),
    )


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "atau"]), inner, inner),
        st.builds(Negative, inner),
        st.builds(Member, inner, st.sampled_from(["nilai", "u{n}"])),
        st.builds(
            Call, st.sampled_from(["jumlah", "rata"]), st.lists(inner, max_size=3).map(tuple)
        ),
        st.builds(
            Filtered, inner, st.lists(conditions_of(inner), min_size=1, max_size=2).map(tuple)
        ),
    ),
    max_leaves=12,
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TREES)
def test_what_is_written_reads_back_to_the_same(tree):
    text = written(tree)
    if len(text) <= 2000:
        assert parse(text) == tree
        assert written(parse(text)) == text


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=60))
@example("().__class__.__bases__[0].__subclasses__()")
@example("__import__('os').system('true')")
@example("(lambda: 1)()")
@example("[x for x in y]")
@example("a if b else c")
@example("f'{1}'")
@example("\x00")
@example("١٢٣")
@example("ﬁeld + 1")
def test_no_text_is_evaluated_or_breaks_the_reader(text):
    told = [refused(lambda: parse(text)), refused(lambda: parse_condition(text))]
    told.append(refused(lambda: compile_formula(text, NAMES)))
    for error in filter(None, told):
        assert 0 <= error.at <= len(text)
        assert str(error)
    if "__" in text:
        assert all(told)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet="ab {}[]:.,'\"=+-*/()<>tw1kasus", max_size=40))
def test_no_template_breaks_the_reader(text):
    error = refused(lambda: compile_template(text, NAMES))
    assert error is None or 0 <= error.at <= len(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "kasus",
                "lain",
                "tw",
                "tahun",
                "sampai_tw",
                "jumlah(",
                "banyak(",
                "rata(",
                "nilai(",
                ")",
                "[",
                "]",
                ".",
                ",",
                "=",
                "<",
                ">=",
                "dalam",
                "ada",
                "kosong",
                "triwulan",
                "jenis",
                "nilai",
                "biaya",
                "+",
                "-",
                "*",
                "/",
                "atau",
                "2",
                "'a'",
                "menurut(",
                "nps.responden",
            ]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_words_of_the_language_in_any_order_are_computed_or_refused(text):
    found = []
    error = refused(lambda: found.append(value(text)))
    assert (error is None) == bool(found)


def refused(read):
    try:
        read()
    except FormulaError as error:
        return error
    return None


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "-" * 5000 + "1",
        "(" * 60 + "1" + ")" * 60,
        "+".join(["1"] * 900),
        "a" + ".b" * 900,
        "a" + "[b]" * 600,
        "9" * 5000,
        "1." + "3" * 500,
        "jumlah(" * 200 + "1" + ")" * 200,
        "1" * 31,
    ],
)
def test_what_is_too_long_too_deep_or_too_large_is_refused_in_one_sentence(text):
    limit = sys.getrecursionlimit()
    with pytest.raises(FormulaError, match=r"at most|more than|has no meaning|is needed") as caught:
        parse(text)
    assert sys.getrecursionlimit() == limit
    assert "\n" not in str(caught.value)


def test_the_longest_formula_that_is_read_can_be_understood_and_computed():
    text = "+".join(["1"] * 140)
    assert number(text) == 140
    assert parse(written(parse(text))) == parse(text)


# Arithmetic is exact.

NUMBERS = st.recursive(
    st.integers(0, 999).map(str) | st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}", fullmatch=True),
    lambda inner: (
        st.builds(lambda a, op, b: f"({a} {op} {b})", inner, st.sampled_from("+-*/"), inner)
        | inner.map(lambda one: f"(-{one})")
    ),
    max_leaves=10,
)


def exactly(node):
    match node:
        case Number(found):
            return found
        case Negative(operand):
            return -exactly(operand)
        case Binary(op, left, right):
            a, b = exactly(left), exactly(right)
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[op](b)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(NUMBERS)
def test_arithmetic_is_that_of_fractions(text):
    try:
        wanted = exactly(parse(text))
    except ZeroDivisionError:
        found = value(text)
        assert isinstance(found, Lacking)
        assert found.kind == "tak-hitung"
        return
    found = value(text)
    assert found.value == wanted
    assert all(leaf.origin is not None for leaf in found.leaves())


# Filters pick what pandas picks, and what they tell picks it again.

OPERATIONS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CELLS = st.tuples(
    st.sampled_from(["III", "IV"]),
    st.sampled_from(["a", "b", "c", None]),
    st.integers(0, 5) | st.none(),
    st.integers(0, 3) | st.none(),
    st.sampled_from([0.25, 1.5, 2.0, None]),
    st.none(),
    st.none(),
)
CONDITIONS = st.one_of(
    st.tuples(st.just("nilai"), st.sampled_from(list(OPERATIONS)), st.integers(0, 5)),
    st.tuples(st.just("skor"), st.sampled_from(list(OPERATIONS)), st.sampled_from([0.25, 1.5, 2])),
    st.tuples(st.just("jenis"), st.sampled_from(["=", "!="]), st.sampled_from(["'a'", "'d'"])),
    st.tuples(st.sampled_from(["jenis", "nilai", "skor"]), st.sampled_from(["ada", "kosong"])),
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8), st.lists(CONDITIONS, min_size=1, max_size=3))
def test_filters_pick_what_pandas_picks(rows, conditions):
    text = ", ".join(" ".join(map(str, one)) for one in conditions)
    picked = value(f"kasus[{text}]", rows=rows)
    assert isinstance(picked, Picked)
    frame = picked.table.frame
    wanted = np.ones(len(frame), dtype=bool)
    for column, op, *right in conditions:
        there = frame[column].notna().to_numpy()
        if not right:
            wanted &= there if op == "ada" else ~there
            continue
        limit = right[0].strip("'") if isinstance(right[0], str) else right[0]
        for place, cell in enumerate(frame[column].tolist()):
            wanted[place] &= there[place] and OPERATIONS[op](cell, limit)
    assert picked.rows.mask.tolist() == wanted.tolist()
    assert frame.query(picked.rows.condition).index.tolist() == np.flatnonzero(wanted).tolist()
    assert number(f"banyak(kasus[{text}])", rows=rows) == wanted.sum()


# Functions.


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("banyak(kasus[triwulan = tw])", 3),
        ("banyak(kasus[triwulan = tw, nilai > 99])", 0),
        ("banyak(kasus.nilai)", 3),
        ("berbeda(kasus.jenis)", 2),
        ("berbeda(kasus[triwulan = tw_lalu].jenis)", 1),
        ("jumlah(kasus[triwulan = tw].nilai)", 8),
        ("jumlah(kasus[triwulan = tw].biaya)", 400),
        ("kumulatif(kasus.nilai)", 15),
        ("kumulatif(kasus)", 4),
        ("rata(kasus[triwulan = tw].skor)", 2),
        ("rata(1, 2, 6)", 3),
        ("terakhir(kasus.nilai)", 7),
        ("terkecil(kasus.skor)", Fraction(1, 4)),
        ("terbesar(kasus.nilai)", 7),
        ("terbesar(2, 5, 3)", 5),
        ("nilai(kasus[jenis = 'b'].nilai)", 5),
        ("banyak(pertama_setiap(kasus, jenis))", 2),
        ("jumlah(terakhir_setiap(kasus, jenis).nilai)", 12),
        ("jumlah(kasus[nilai kosong].biaya) / jumlah(kasus.biaya) * 100", Fraction(5000, 401)),
        ("nilai(kasus[nilai = 99].nilai) atau 4", 4),
        ("tahun - 1", None),
        ("jumlah(kasus[triwulan = tw].hari(mulai, selesai))", 5),
        ("jumlah(kasus[triwulan = tw].hari_kerja(mulai, selesai))", 3),
        ("banyak(kasus[triwulan = tw, hari_kerja(mulai, selesai) <= 2])", 1),
        ("banyak(kasus[jenis dalam kasus[nilai > 4].jenis])", 4),
        ("banyak(kasus[triwulan tidak dalam tw])", 1),
        ("- 3 + 5", 2),
        ("tanpa_satuan(jumlah(kasus.nilai)) + jumlah(kasus.biaya)", 416),
    ],
)
def test_functions(text, wanted):
    if wanted is None:
        assert value(text) == Word(2024, "2024", "tahun")
    else:
        assert number(text) == wanted


def test_working_days_leave_out_the_holidays_of_the_regulation():
    rows = [("IV", "a", 1, 1, 1, "2025-12-24", "2025-12-29")]
    # 25 December is a holiday, 26 joint leave, 27 and 28 a weekend.
    assert number("jumlah(kasus.hari_kerja(mulai, selesai))", rows=rows) == 1
    assert number("jumlah(kasus.hari(mulai, selesai))", rows=rows) == 5
    two = [*rows, ("IV", "b", 1, 1, 1, "2025-12-01", "2025-12-04")]
    assert number("terbesar(kasus.hari_kerja(mulai, selesai))", rows=two) == 3
    assert number("terkecil(kasus.hari_kerja(mulai, selesai))", rows=two) == 1
    with pytest.raises(FormulaError, match=r"median\(…\), terbesar\(…\) or terkecil"):
        compile_formula("terakhir(kasus.hari_kerja(mulai, selesai))", NAMES)


def test_no_rows_of_the_quarter_are_no_data_and_rows_that_do_not_fit_are_none():
    assert number("banyak(kasus[triwulan = tw, jenis = 'z'])") == 0
    assert value("banyak(kasus[triwulan = tw, jenis = 'a'])", quarter=Quarter.I) == Lacking(
        "kosong"
    )
    assert value("banyak(kasus)", rows=None) == Lacking("kosong")
    assert value("jumlah(kasus[jenis = 'z'].nilai)") == Lacking("kosong")
    assert value("tw_lalu", quarter=Quarter.I) == Lacking("kosong")


def test_division_by_nothing_says_why():
    found = value("jumlah(kasus.biaya) / (jumlah(kasus.nilai) - 15)")
    assert isinstance(found, Lacking)
    assert found.because == "pembagi bernilai 0"


def test_days_do_not_run_backwards() -> None:
    rows = [ROWS[0], ("IV", "b", 1, 1, 1.0, "2025-10-03", "2024-10-03")]
    for how, right in (("hari", 5), ("hari_kerja", 3)):
        assert number(f"rata(kasus.{how}(mulai, selesai))", rows=rows) == right
        assert number(f"banyak(kasus[{how}(mulai, selesai) <= 9])", rows=rows) == 1
    # Which of the dates came first may be asked.
    assert number("banyak(kasus[hari(mulai, selesai) < 0])", rows=rows) == 1
    nothing = value("rata(kasus[jenis = 'b'].hari(mulai, selesai))", rows=rows)
    assert nothing.because == "Selesai pada setiap baris mendahului Mulai"


def test_a_mean_is_weighted_by_another_column() -> None:
    rows = [
        ("IV", "a", 30, 0, 3.5, None, None),
        ("IV", "b", 10, 0, 2.5, None, None),
        ("IV", "b", None, 0, 9.0, None, None),
    ]
    made = value("tertimbang(kasus.skor, kasus.nilai)", rows=rows)
    assert made.value == Fraction(13, 4)
    cells = [one.origin.row for one in made.leaves()]
    assert sorted(set(cells)) == [2, 3]
    assert value("tertimbang(kasus.skor, kasus.biaya)", rows=rows).because.endswith("bernilai 0")
    many = number("tertimbang(kasus.skor, kasus.nilai)", rows=rows * 30)
    assert many == Fraction(13, 4)
    for wrong in ("kasus[jenis = 'a'].nilai", "lain.nilai"):
        with pytest.raises(FormulaError, match="two columns of the same rows"):
            value(f"tertimbang(kasus.skor, {wrong})", rows=rows)


def test_the_median_is_the_middle_value_or_the_mean_of_the_two_there() -> None:
    assert number("median(kasus.skor)") == Fraction(3, 2)  # 0,25 1,5 2,5
    made = value("median(kasus[triwulan = tw].skor)")  # 1,5 2,5
    assert made.value == 2
    assert made.label == "Median Skor kasus dengan Triwulan = TW IV"
    assert [leaf.origin.count for leaf in made.leaves()] == [2]
    assert number("median(kasus.hari(mulai, selesai))") == 5  # 0 5 5
    assert value("median(kasus[jenis = 'z'].skor)") == Lacking("kosong")
    with pytest.raises(FormulaError, match="needs a column"):
        value("median(2)")


def test_words_are_listed_in_parentheses() -> None:
    text = "banyak(kasus[jenis dalam ('a', 'b')])"
    assert number(text) == 4
    assert written(parse(text)) == text
    assert number("banyak(kasus[jenis tidak dalam ('a')])") == 1
    assert "Jenis dalam (a, b)" in value(text).label
    for wrong, said in (
        ("(tw, 'a')", "stands where an open parenthesis needs"),
        ("('a', tw)", "a list needs a word in quotes"),
        ("('a' 'b')", "stands where a list of words needs"),
    ):
        with pytest.raises(FormulaError, match=said):
            parse(f"banyak(kasus[jenis dalam {wrong}])")
    with pytest.raises(FormulaError, match="holds numbers and is compared with a word"):
        value("banyak(kasus[nilai dalam ('a', 'b')])")


def test_what_was_counted_is_told_in_the_words_of_people():
    made = value("banyak(kasus[triwulan = tw, hari_kerja(mulai, selesai) <= 2])")
    assert made.label.startswith("Banyaknya baris kasus dengan Triwulan = TW IV, hari kerja dari ")
    mean = value("rata(kasus.hari_kerja(mulai, selesai))")
    assert not re.search(r"[_(]", mean.formula())


def test_the_trace_is_the_calculation():
    made = value(
        "jumlah(kasus[triwulan = tw, nilai ada].nilai) / banyak(kasus[triwulan = tw]) * 100"
    )
    assert made.formula().endswith("÷ Banyaknya baris kasus dengan Triwulan = TW IV × 100")
    places = [leaf.origin.place for leaf in made.leaves()]
    assert places == [
        "kasus.csv, baris 2, kolom Nilai",
        "kasus.csv, baris 3, kolom Nilai",
        "kasus.csv, baris 2–4 (3 baris), kolom Triwulan",
    ]


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("banyk(kasus)", 0, '"banyk" is no function; the nearest is "banyak"'),
        ("banyak(kasuss)", 7, '"kasuss" is no name that is known here; the nearest is "kasus"'),
        ("jumlah(kasus.nilia)", 13, 'no column of "kasus"; the nearest is "nilai"'),
        ("banyak(kasus[jens = 'a'])", 13, 'no column of "kasus"; the nearest is "jenis"'),
        ("nps.promotr_min", 0, 'the nearest is "nps.promoter_min"'),
        ("jumlah(kasus.jenis)", 13, 'column "jenis" holds words, not numbers'),
        ("1 + kasus.nilai", 10, "is a column; add it up with jumlah"),
        ("1 + kasus", 4, "is rows; count them with banyak"),
        ("banyak(kasus[nilai = 'a'])", 13, "holds numbers and is compared with a word"),
        ("banyak(kasus[jenis > 3])", 13, "holds words and is compared with a number"),
        ("banyak(kasus[triwulan = 'V'])", 24, '"V" is no word of column "triwulan"'),
        ("jumlah(kasus.biaya) + jumlah(kasus.nilai)", 20, '"Rp" and "orang" do not add up'),
        ("rata(jumlah(kasus.biaya), jumlah(kasus.nilai))", 0, "do not add up"),
        ("menurut(nps.responden, unik = 1)", 0, "lacks the case semua"),
        ("menurut(nps.responden, semua = 1, unk = 2)", 40, 'the nearest is "unik"'),
        ("menurut(nps.promoter_min, a = 1)", 8, "no parameter that is chosen from a list"),
        ("1 +", 3, "the end stands where a number, a name or a function is needed"),
        ("(1 + 2", 6, "needs ')'"),
        ("1 2", 2, '"2" does not belong here'),
        ("3,5", 1, "written with a point, such as 1.5"),
        ("kasus['a'", 9, "the end stands where a condition needs"),
        ("kasus['a']", 9, "dalam, ada or kosong; name what holds the word, such as j = 'x'"),
        ("'IKU 3'.jumlah", 0, '"IKU 3" is no code of an indicator; the nearest is "IKU 2"'),
        ("'IKU 2'.jumlh", 8, 'no figure of IKU 2; the nearest is "jumlah"'),
        ("kumulatif(lain.nilai)", 0, 'needs a column "triwulan" or "bulan"'),
        ("jumlah(kasus.tw_{q})", 13, '"q" is no word that is gone through here'),
        ("hari(mulai, selesai)", 0, "stands behind rows"),
        ("jumlah(1, 2)", 0, "takes 1 argument, not 2"),
        ("jumlah(l = 2)", 0, "takes no named arguments"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(text, at, told):
    with pytest.raises(FormulaError) as caught:
        compile_formula(text, NAMES)
    assert told in str(caught.value)
    assert caught.value.at == at


def test_a_name_of_a_source_that_has_parameters_is_held_against_both():
    names = replace(NAMES, sources={**NAMES.sources, "nps": replace(SOURCE, name="nps")})
    for text, near in (("nps.promotr_min", "nps.promoter_min"), ("nps.nilia", "nps.nilai")):
        error = refused(lambda text=text: compile_formula(text, names))
        assert f'neither a column nor a parameter; the nearest is "{near}"' in str(error)


def test_a_word_may_stand_in_the_name_of_a_column():
    names = NAMES.with_variables({"q": Variable("", ("biaya", "skor"))})
    made = compile_formula("jumlah(kasus.{q}x)".replace("{q}x", "s{q}"), NAMES_OF_SCORES).run(
        world(q=Word("kor", "Kor"))
    )
    assert made.value == Fraction("4.25")
    with pytest.raises(FormulaError, match='"xbiaya" is no column'):
        compile_formula("jumlah(kasus.x{q})", names)


NAMES_OF_SCORES = NAMES.with_variables({"q": Variable("", ("kor",))})


# Units.


def test_units_add_up_or_say_why_not():
    assert added("orang", "#") == "orang"
    assert added("Rp", "") == "Rp"
    assert added("*", "LHU") == "LHU"
    for wrong in (("Rp", "orang"), ("Rp", "#"), ("%", "orang"), ("LHU", "Peserta")):
        with pytest.raises(ValueError, match="do not add up"):
            added(*wrong)


def test_units_of_products_and_what_may_be_called_percent():
    assert divided("orang", "orang") == "rasio"
    assert divided("#", "orang") == "rasio"
    assert divided("Rp", "orang") == "Rp per orang"
    assert multiplied("Rp per orang", "orang", False) == "Rp"
    assert multiplied("rasio", "", True) == "%"
    assert multiplied("rasio", "", False) == "rasio"
    assert multiplied("Rp", "", True) == "Rp"
    assert fits("%", "rasio") == "the formula gives a ratio; multiply it by 100 to have percent"
    assert "satuan says" in fits("orang", "Rp")
    assert "satuan says" in fits("Rp", "%")
    assert fits("orang", "#") == fits("nilai", "%") == fits("%", None) == ""
    assert fits("%", "Rp per orang").endswith("; only like by like is a share")
    assert fits("Rp", "Rp per orang") == fits("nilai", "Rp per orang") == ""
    assert "satuan says" in fits("hari", "Rp per orang")
    assert fits("perusahaan", "pelanggan") != ""
    # An indicator counts what its contract names, in as many words as it likes.
    assert fits("jam layanan", "jam", renamed=True) == fits("LHU", "lhu", renamed=True) == ""
    assert "satuan_rumus: orang" in fits("jam layanan", "orang", renamed=True)
    for wrong in (("hari kerja", "hari"), ("hari", "hari siswa"), ("orang", "rasio")):
        assert "satuan says" in fits(*wrong, renamed=True)
    assert fits("perusahaan", "pelanggan", renamed=True) != ""


# Texts.


def test_texts_have_formulas_and_parts_that_may_be_left_out():
    def text(template):
        return compile_template(template, NAMES).text(world())

    assert text("Jenis {kasus.jenis:dan} pada {tw}") == "Jenis a dan b pada TW IV"
    assert text("PNBP {tahun - 1}[, skor {kasus[jenis = 'z'].jenis}].") == "PNBP 2024."
    assert text("[Mulai {kasus[nilai = 3].mulai:tanggal}]") == "Mulai 1 Oktober 2025"
    assert text("ada {banyak(kasus)}[ [x {kasus[nilai = 99].jenis}] y]") == "ada 4 y"
    assert text("Kata Kata") == "Kata"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("a {tw", "the brace is not closed"),
        ("a [b", "the bracket is not closed"),
        ("a] b", "a closing bracket has no opening one"),
        ("{tw:besar}", '"besar" is no way to write words; there are dan, kecil, tanggal'),
        ("{twx}", '"twx" is no name that is known here'),
        ("[" * 20, "nested"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(template, told):
    with pytest.raises(FormulaError, match=told):
        compile_template(template, NAMES)


def test_the_examples_of_the_readme_are_formulas():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("Ten examples:\n\n```yaml\n")[2].partition("```")[0]
    examples = [line.rpartition("#")[0].strip() for line in block.splitlines()]
    assert len(examples) == 10
    for one in examples:
        assert parse(written(parse(one))) == parse(one)
