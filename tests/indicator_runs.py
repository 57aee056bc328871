"""Real clean tables of the sample unit, computed with any parameters: shared by the tests."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from profile_sources import SOURCES

from pp39.indicators import (
    Book,
    compute_absorption,
    compute_budget,
    compute_form,
    compute_indicators,
    compute_outputs,
    summarise,
)
from pp39.ledger import Ledger
from pp39.params import load
from pp39.sources import Context, clean_all

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Computed:
    results: dict
    ledger: Ledger
    job: Book

    def lines(self):
        """What a reader sees of each indicator."""
        return {
            code: (
                one.target and one.target.value,
                one.realisasi and one.realisasi.value,
                one.capaian and one.capaian.value,
                one.status,
                one.predikat,
            )
            for code, one in self.results.items()
        }

    def values(self):
        return {one.id: one.value for one in self.ledger}


@cache
def tables():
    settings = load(ROOT, "bspji-ambon", 2025, "IV")
    return clean_all(SOURCES, ROOT / "data/raw/bspji-ambon/2025", Context.of(settings))


def run(quarter="IV", *overrides, given=None):
    settings = load(ROOT, "bspji-ambon", 2025, quarter, overrides=overrides)
    ledger = Ledger()
    job = Book(tables() if given is None else given, settings, ledger, settings.quarter)
    results = compute_indicators(job)
    summarise(job, results)
    compute_budget(job)
    compute_outputs(job)
    compute_absorption(job)
    compute_form(job)
    return Computed({one.kode: one for one in results}, ledger, job)


@cache
def base(quarter="IV"):
    return run(quarter)


def edited(name, change):
    """Give the tables with one frame changed by a function."""
    table = tables()[name]
    frame = change(table.frame.copy()).reset_index(drop=True)
    return tables() | {name: replace(table, frame=frame)}


def without(*names):
    return {name: table for name, table in tables().items() if name not in names}
