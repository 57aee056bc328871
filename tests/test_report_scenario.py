"""A report that is not the base says so, names its scenario, and lists what differs."""

import re
from dataclasses import replace

import pytest
from indicator_runs import ROOT
from section_runs import material, prose, section, words

from pp39.params import load
from pp39.report.sections.skenario import parameter_lain, tanda_skenario
from pp39.report.table import Table


def given(*overrides, scenario="dasar"):
    settings = load(ROOT, "bspji-ambon", 2025, "IV", scenario, overrides=overrides)
    return replace(material(), settings=settings)


def table(b):
    return next(one for one in parameter_lain(b) if isinstance(one, Table))


def cells(html):
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall("<tr[^>]*>(.*?)</tr>", body)
    ]


@pytest.mark.parametrize(
    "overrides", [(), ("nps.promoter_min=9",), ("laporan.dikirim=2026-01-07",)]
)
def test_the_base_says_nothing(overrides):
    b = given(*overrides)
    assert parameter_lain(b) == []
    assert tanda_skenario(b) == ""
    assert [one.html() for one in section("sampul", b)] == [
        one.html() for one in section("sampul", material())
    ]


def test_a_scenario_is_on_the_cover_in_the_head_and_in_a_table():
    b = given(scenario="nps-unik")
    meta, cover = section("sampul", b)
    assert "skenario nps-unik, bukan perhitungan dasar" in cover.html()
    assert "skenario nps-unik, bukan perhitungan dasar" in cover.typst()
    assert meta.period == "Triwulan IV TA 2025, skenario nps-unik"
    assert "menurut skenario nps-unik" in prose(section("latar_belakang", b))
    assert cells(table(b).html()) == [
        ["nps.responden", "unik", "params/scenarios/nps-unik.yaml", "semua", "nilai bawaan"]
    ]


def test_overrides_are_listed_with_the_value_they_replace():
    b = given('target."IKK 6.4.2"=80.25', "nps.promoter_min=8", "capaian.batas=120")
    assert "parameter yang diganti melalui perintah" in prose(section("latar_belakang", b))
    assert sorted(cells(table(b).html())) == [
        ["capaian.batas", "120", "perintah (-p)", "kosong", "params/tahun/2025.yaml"],
        ["nps.promoter_min", "8", "perintah (-p)", "9", "nilai bawaan"],
        ["target.&quot;IKK 6.4.2&quot;", "80,25", "perintah (-p)", "tidak diatur", "–"],
    ]


def test_numbers_are_figures_with_their_parameter_and_all_else_is_quoted():
    b = given("nps.promoter_min=8", "pelanggan.kategori=[perusahaan, instansi]")
    html = table(b).html()
    assert 'data-parameter="nps.promoter_min">8</data>' in html
    assert 'data-parameter="nps.promoter_min">9</data>' in html
    assert "perusahaan; instansi</td>" in html
    assert not [
        word
        for block in parameter_lain(given("nps.promoter_min=8", scenario="nps-unik"))
        for word in words(block)
        if re.search("[0-9]", word)
    ]


def test_a_scenario_and_overrides_together():
    told = prose(parameter_lain(given("nps.promoter_min=8", scenario="nps-unik")))
    assert "menurut skenario nps-unik dan dengan parameter yang diganti" in told


def test_a_scenario_that_changes_nothing_says_that():
    told = prose(parameter_lain(given("nps.responden=semua", scenario="nps-unik")))
    assert "Tidak ada parameter yang nilainya berbeda dari perhitungan dasar." in told
