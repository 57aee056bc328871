"""Exports of the ministry's systems: what is read is what was written, whatever the layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from exports import (
    Page,
    Truth,
    capaian_output,
    glp039,
    ikpa,
    monsakti,
    myintress,
    omspan_sp2d,
    omspan_target,
    write_csv,
    write_xlsx,
)
from exports.truth import ASPECTS
from profile_sources import SOURCES

from pp39.sources import CleanTable, Context, clean_all

ASPEK = {one: (one,) for one in ASPECTS}
SEEDS = range(12)
FED = {name: replace(one, asked="never") for name, one in SOURCES.items() if one.exports}


def context(month: int = 12, satker: str = "248145", year: int = 2025) -> Context:
    words = {"aspek_ikpa": ASPEK, "jenis_pagu": {"pagu_awal": (), "pagu_blokir": ()}}
    return Context(year, words, satker=satker, month=month)


def read(folder: Path, month: int = 12, **other: object) -> dict[str, CleanTable]:
    return clean_all(FED, folder, context(month, **other))  # type: ignore[arg-type]


def records(table: CleanTable, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(table.value(row, one) for one in columns) for row in range(len(table.frame))]


def written(folder: Path, page: Page, dirt: Random, name: str = "unduhan") -> Path:
    if dirt.random() < 0.3:
        return write_csv(folder / f"{name}.csv", page, dirt.random() < 0.5)
    return write_xlsx(folder / f"{name}.xlsx", page, dirt.random() < 0.8)


@pytest.mark.parametrize("seed", SEEDS)
def test_glp039_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    month = dirt.randint(1, 12)
    deep = tmp_path / "sub folder" / "x"
    deep.mkdir(parents=True)
    written(deep, glp039(truth, month, dirt), dirt)
    tables = read(tmp_path)
    assert records(
        tables["dipa_ro"],
        "kode_program",
        "nama_program",
        "kode_kegiatan",
        "nama_kegiatan",
        "kode_kro",
        "nama_kro",
        "kode_ro",
        "nama_ro",
        "pagu",
    ) == [
        (
            one.program,
            truth.names[one.program],
            one.kegiatan,
            truth.names[one.kegiatan],
            f"{one.kegiatan}.{one.kro}",
            truth.names[f"{one.kegiatan}.{one.kro}"],
            one.code,
            one.name,
            one.ceiling,
        )
        for one in truth.outputs
    ]
    quarter = ("I", "II", "III", "IV")[(month - 1) // 3]
    assert records(tables["realisasi_ro"], "triwulan", "kode_ro", "realisasi") == [
        (quarter, one.code, one.spent(month)) for one in truth.outputs
    ]
    kinds: dict[str, int] = {}
    for one in truth.outputs:
        for account in one.accounts:
            kinds[account.code[:2]] = kinds.get(account.code[:2], 0) + account.ceiling
    assert records(tables["jenis_belanja"], "kode", "pagu") == sorted(kinds.items())
    blocked = sum(one.blocked for one in truth.outputs)
    assert records(tables["dipa_pagu"], "kode", "nilai") == [("pagu_blokir", blocked)]


@pytest.mark.parametrize("seed", SEEDS)
def test_sp2d_of_monsakti_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, monsakti(truth, 6, dirt), dirt, "sp2d")
    table = read(tmp_path)["sp2d"]
    assert records(table, "kode_kro", "kode_ro", "nilai", "triwulan") == [
        (
            f"{one.kegiatan}.{one.kro}",
            one.code,
            account.spent[month - 1],
            "I" if month < 4 else "II",
        )
        for month in range(1, 7)
        for one in truth.outputs
        for account in one.accounts
        if account.spent[month - 1]
    ]
    assert table.value(0, "nomor") == "250000000001"
    assert not any(
        "Budi" in str(one) or "081234567890" in str(one) for one in table.frame.to_numpy().flat
    )


@pytest.mark.parametrize("layout", [myintress, omspan_sp2d])
@pytest.mark.parametrize("seed", SEEDS)
def test_lists_of_sp2d_are_read_as_they_were_written(seed: int, layout, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, layout(truth, 12, dirt), dirt)
    table = read(tmp_path)["daftar_sp2d"]
    assert table.frame["nilai"].tolist() == [
        account.spent[month]
        for month in range(12)
        for one in truth.outputs
        for account in one.accounts
        if account.spent[month]
    ]
    assert not any("Siti" in str(one) for one in table.frame.to_numpy().flat)


@pytest.mark.parametrize("seed", SEEDS)
def test_ikpa_of_every_month_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    for month in range(1, 13):
        page = ikpa(truth, month, dirt, dirt.randint(0, 4))
        written(tmp_path, page, dirt, f"{13 - month}")
    tables = read(tmp_path)
    got = sorted(records(tables["ikpa"], "bulan", "nilai"))
    assert got == [(month, truth.final(month)) for month in range(1, 13)]
    aspects = {
        one[:2]: one[2:]
        for one in records(tables["ikpa_aspek"], "bulan", "aspek", "nilai", "bobot")
    }
    assert aspects == {
        (month, one): (truth.scores[month - 1][one], truth.weights[one])
        for month in range(1, 13)
        for one in ASPECTS
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_capaian_output_is_read_as_it_was_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    months = sorted(dirt.sample(range(1, 13), 3))
    for month in months:
        written(tmp_path, capaian_output(truth, month, dirt), dirt, f"co {month}")
    tables = read(tmp_path)
    names = (
        "bulan",
        "kode_kegiatan",
        "kode_kro",
        "kode_ro",
        "nama_ro",
        "satuan",
        "tvro",
        "rvro",
        "progres",
    )
    assert sorted(records(tables["progres_ro"], *names)) == sorted(
        (
            month,
            one.kegiatan,
            f"{one.kegiatan}.{one.kro}",
            one.code,
            one.name,
            one.unit,
            one.target,
            one.volume[month - 1],
            one.progress[month - 1],
        )
        for month in months
        for one in truth.outputs
    )
    assert sorted(records(tables["rencana_ro"], "bulan", "kode_ro", "tpcro")) == sorted(
        (month, one.code, one.planned[month - 1]) for month in months for one in truth.outputs
    )


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_targets_of_absorption_are_read_as_they_were_written(seed: int, tmp_path: Path) -> None:
    dirt, truth = Random(seed), Truth.made(seed)
    written(tmp_path, omspan_target(truth, dirt), dirt)
    table = read(tmp_path)["target_serapan"]
    assert records(table, "bulan", "nominal", "belanja_52", "belanja_57") == [
        (month, month * 3_000_000 + 500_000, month * 2_000_000, 0) for month in range(1, 13)
    ]
