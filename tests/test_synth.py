"""Synthetic units: the same bytes, marked, with their planted errors found and no others."""

import csv
import hashlib
import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from profile_sources import SOURCES
from synth import PLANTED, generate
from synth.__main__ import main as made

from pp39.checks import check
from pp39.cli import run as command
from pp39.errors import ParameterError
from pp39.findings import reconcile
from pp39.indicators import (
    Book,
    compute_absorption,
    compute_budget,
    compute_form,
    compute_indicators,
    compute_outputs,
)
from pp39.ledger import Ledger
from pp39.params import load
from pp39.report.sections import Bahan
from pp39.report.sections.depan import sampul
from pp39.sources import Context, clean_all

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    out = tmp_path_factory.mktemp("sintetis") / "proyek"
    return out, generate(ROOT, out, units=2, seed=7, rows=400)


@pytest.fixture(scope="module")
def outcomes(project):
    out, units = project

    @cache
    def outcome(number):
        unit = units[number]
        settings = load(out, unit.slug, 2025, "IV")
        tables = clean_all(SOURCES, unit.raw, Context.of(settings))
        report = check(tables, settings)
        ledger = Ledger()
        job = Book(tables, settings, ledger, settings.quarter)
        results = {one.kode: one for one in compute_indicators(job)}
        compute_budget(job)
        compute_outputs(job)
        compute_absorption(job)
        compute_form(job)
        findings = reconcile(tables, ledger, settings)
        return settings, tables, report, results, ledger, findings

    return outcome


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(project, tmp_path):
    out, _ = project
    generate(ROOT, tmp_path / "lagi", units=2, seed=7, rows=400)
    assert digests(tmp_path / "lagi") == digests(out)
    generate(ROOT, tmp_path / "lain", units=1, seed=8, rows=400)
    other = digests(tmp_path / "lain")
    order = "data/raw/sintetis-001/2025/order_layanan.csv"
    assert other[order] != digests(out)[order]


def test_a_unit_does_not_change_when_there_are_more(project, tmp_path):
    out, _ = project
    generate(ROOT, tmp_path / "satu", units=1, seed=7, rows=400)
    raw = "data/raw/sintetis-001"
    assert digests(tmp_path / "satu" / raw) == digests(out / raw)


#: Sources that most units do not write by hand: exports bring all but the last.
ONLY_EXPORTED = {
    *("daftar_sp2d", "ikpa_aspek", "komponen", "realisasi_ro", "realisasi_versi", "rencana_ro"),
    *("target_serapan", "rencana_penarikan"),
}


def test_every_source_is_there_by_rows_and_by_counts(outcomes):
    _, tables, _, results, _, _ = outcomes(0)
    delivered = {name for name, one in SOURCES.items() if not one.last_report}
    assert set(tables) | ONLY_EXPORTED == delivered
    assert not set(tables) & ONLY_EXPORTED
    assert len(tables["order_layanan"].frame) == 400
    assert len(tables["survei_ikm"].frame) + len(tables["survei_nps"].frame) == 400
    assert all(one.realisasi is not None for one in results.values())


def test_everything_says_that_it_is_made_up(project, outcomes, tmp_path):
    out, units = project
    assert "dibuat oleh program" in (out / "README.md").read_text(encoding="utf-8")
    for unit in units:
        parameters = yaml.safe_load((out / f"params/unit/{unit.slug}.yaml").read_text())
        assert parameters["unit"]["sintetis"] is True
        assert parameters["unit"]["nama"].endswith("(sintetis)")
        told = json.loads((out / f"sintetis/{unit.slug}.json").read_text(encoding="utf-8"))
        assert [one["nama"] for one in told["kesalahan"]] == [one.name for one in unit.planted]
    settings, tables, report, _, ledger, _ = outcomes(0)
    shown = sampul(Bahan(tables, settings, ledger, pemeriksaan=report))
    assert "DATA SINTETIS" in "".join(block.html() for block in shown)
    assert "DATA SINTETIS" in "".join(block.typst() for block in shown)
    assert "DATA SINTETIS" in "".join(block.html() for block in shown)
    sample = load(ROOT, "bspji-ambon", 2025, "IV")
    real = sampul(Bahan({}, sample))
    assert "sintetis" not in "".join(block.html() + block.typst() for block in real).casefold()


@pytest.mark.parametrize("number", [0, 1])
def test_every_planted_error_is_found_and_nothing_else_is(project, outcomes, number):
    planted = project[1][number].planted
    _, _, report, _, _, findings = outcomes(number)
    assert report.critical == ()
    assert {one.id for one in report.warnings} == {one.check for one in planted if one.check}
    rules = {one.aturan for one in findings}
    assert {one.finding for one in planted if one.finding} <= rules
    others = {one.finding for one in PLANTED.values() if one not in planted and one.finding}
    assert not others & rules


def test_two_units_have_all_planted_errors_between_them(project):
    assert {one.name for unit in project[1] for one in unit.planted} == set(PLANTED)


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_computed_is_what_the_generator_counted(project, outcomes, number):
    raw = project[1][number].raw
    names = {one.name for one in project[1][number].planted}
    _, _, _, results, ledger, _ = outcomes(number)
    with (raw / "sla.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Triwulan"] == "IV"]
    extra = 5 if "rekap-sla" in names else 0
    every = sum(int(row["Jumlah"]) for row in rows) - extra
    assert ledger["IKK-6.1.1/order"].value == every
    assert ledger["IKK-6.1.1/tepat-waktu"].value == sum(int(row["Tepat Waktu"]) for row in rows)
    with (raw / "pelanggan.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter=";") if row["Triwulan"] == "IV"]
    extra = 3 if "rekap-pelanggan" in names else 0
    assert results["ITJ 6.2"].realisasi.value == sum(int(row["Jumlah"]) for row in rows) - extra


def test_the_command_makes_a_project_that_commands_can_use(tmp_path, monkeypatch, capsys):
    out = tmp_path / "proyek"
    monkeypatch.chdir(ROOT)
    assert made([str(out), "--units", "1", "--seed", "3", "--rows", "100"]) == 0
    assert "sintetis-001: 8 planted errors" in capsys.readouterr().out
    monkeypatch.setenv("PP39_ROOT", str(out))
    assert command(["params", "sintetis", "--unit", "sintetis-001"]) == 0
    assert "unit.sintetis = true" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [{"units": 0}, {"rows": 99}, {"seed": -1}])
def test_numbers_out_of_range_are_refused(tmp_path, wrong):
    given = {"units": 1, "seed": 1, "rows": 400} | wrong
    with pytest.raises(ParameterError, match="at least 1 unit and 100 rows"):
        generate(ROOT, tmp_path / "x", **given)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "a").write_text("b")
    with pytest.raises(ParameterError, match="is not empty"):
        generate(ROOT, tmp_path, units=1, seed=1, rows=400)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
