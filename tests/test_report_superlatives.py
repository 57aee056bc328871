"""Superlatives: what a sentence calls the largest or smallest is so, and all that tie are named."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indicator_runs import edited
from section_runs import material, prose, section

from pp39.ledger import Quantity
from pp39.report.inline import Phrase, in_sentence
from pp39.report.sections import capaian, progres
from pp39.report.sections.indikator import bagian_sasaran
from pp39.report.sections.kalimat import banyaknya, sebut, terbesar, terkecil

QUARTERS = ("I", "II", "III", "IV")
RO = "[0-9]{4}[.][A-Z]{3}[.][0-9]{3}"
CODE = "I(?:KK|TJ) [0-9.]+[0-9]"
VALUES = st.lists(st.integers(-3, 3), min_size=1, max_size=8)


def pairs(values):
    return [(f"n{i}", Quantity.constant(value)) for i, value in enumerate(values)]


class Instead:
    """A ledger in which some figures have other values, whatever they were computed from."""

    def __init__(self, ledger, values):
        self.ledger, self.values = ledger, values

    def get(self, id):
        one = self.ledger.get(id)
        return replace(one, value=Fraction(self.values[id])) if id in self.values else one

    def __getitem__(self, id):
        return self.get(id)

    def __iter__(self):
        return (self.get(one.id) for one in self.ledger)


def with_values(b, values):
    return replace(b, ledger=Instead(b.ledger, values))


def between(text, opening, end):
    found = re.search(f"{opening}(.*?)(?:{end})", text, re.DOTALL)
    assert found, opening
    return found[1]


def summary(b):
    """What is said of the RO; without their chart, which takes long to draw."""
    told = progres._ringkas(b, progres._daftar(b), progres.bulan_data(b), counted=True)
    return Phrase(*map(in_sentence, told)).plain()


def best_and_worst(b):
    told = capaian._extremes(b, [one for one in b.capaian() if one.capaian])
    return Phrase(*map(in_sentence, told)).plain()


@given(VALUES)
def test_all_that_tie_are_chosen_and_nothing_else(values):
    largest, smallest = terbesar(pairs(values)), terkecil(pairs(values))
    assert {int(q.value) for _, q in largest} == {max(values)}
    assert {int(q.value) for _, q in smallest} == {min(values)}
    assert len(largest) == values.count(max(values))
    assert len(smallest) == values.count(min(values))


def test_none_of_none():
    assert terbesar([]) == terkecil([]) == []


def test_each_is_named_with_its_own_figure():
    assert sebut([("A", "1"), ("B", "1"), ("C", "1")]).plain() == "A (1), B (1), dan C (1)"


def gaps(b):
    found = {
        one.id.split("/")[1]: one.value
        for one in b.ledger
        if re.fullmatch(f"ro/{RO}/selisih-progres", one.id)
    }
    assert found
    return found


def lagging(b):
    worst = min(gaps(b).values())
    return [code for code, gap in gaps(b).items() if gap == worst]


def told_lagging(b):
    return re.findall(RO, between(summary(b), "ketertinggalan terbesar", "[.]$"))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_largest_lag_of_every_quarter(quarter):
    b = material(quarter)
    assert sorted(told_lagging(b)) == sorted(lagging(b))


def test_the_largest_lag_of_the_fourth_quarter():
    told = between(summary(material()), "ketertinggalan terbesar", "[.]$")
    assert re.findall(RO, told) == ["6042.EBC.996", "6042.EBD.955"]
    assert told.count("11 poin persen") == 1


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_the_largest_lag_whatever_the_gaps(data):
    real = material()
    codes = list(gaps(real))
    some = data.draw(st.lists(st.integers(-3, 2), min_size=len(codes), max_size=len(codes)))
    values = {f"ro/{code}/selisih-progres": 5 * gap for code, gap in zip(codes, some, strict=True)}
    b = with_values(real, values)
    if min(some) < 0:
        assert sorted(told_lagging(b)) == sorted(lagging(b))
    else:
        assert "Tidak ada RO yang tertinggal" in summary(b)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_best_and_the_worst_achievement(data):
    real = material()
    ids = {one.kode: f"{one.kunci}/capaian" for one in real.capaian()}
    some = data.draw(st.lists(st.integers(98, 101), min_size=len(ids), max_size=len(ids)))
    told = best_and_worst(with_values(real, dict(zip(ids.values(), some, strict=True))))
    if len(set(some)) == 1:
        assert "tertinggi" not in told
        assert re.findall(CODE, told.split(". ")[0]) == list(ids)
        return
    high, low = between(told, "Capaian tertinggi", "[.](?: Realisasi|$)").split("yang terendah")
    for words, extreme in ((high, max(some)), (low, min(some))):
        tied = [code for code, one in zip(ids, some, strict=True) if one == extreme]
        if len(tied) > capaian._TIED:
            # Of so many their number is told.
            assert f", {extreme} persen, " in words
            assert f"pada {banyaknya(tied).plain()} indikator" in words
            continue
        assert re.findall(CODE, words) == tied
        many = len(tied) > 3
        told = f"(masing-masing {extreme}%)" if many else f"({extreme}%)"
        assert words.count(told) == (1 if many else len(tied))


def test_a_cap_makes_ties_whose_number_is_told():
    b = material("IV", "capaian.batas=120")
    told = between(best_and_worst(b), "Capaian tertinggi, ", ", sedangkan yang terendah")
    capped = [one for one in b.capaian() if one.capaian and one.capaian.value == 120]
    assert len(capped) > capaian._TIED
    assert told == f"120 persen, terdapat pada {banyaknya(capped).plain()} indikator"


def test_months_and_outputs_that_tie_are_all_named():
    def same(frame):
        frame.loc[frame["bulan"] >= 10, "nilai"] = [90, 90, 80]
        return frame

    told = prose(bagian_sasaran(material(given=edited("ikpa", same)), "SK6.6"))
    assert "tertinggi dicapai pada bulan Oktober (90) dan November (90)" in told
    assert "sedangkan yang terendah pada bulan Desember (80)" in told


def test_absorption_that_ties_is_named_for_all():
    b = material()
    same = {one.id: 50 for one in b.ledger if re.fullmatch("serapan/kro/.*/persen", one.id)}
    told = prose(section("realisasi_program", with_values(b, same)))
    assert "Penyerapan setiap KRO sama, yaitu 6077.AEC Kerjasama (50%)" in told
    assert "tertinggi" not in told
