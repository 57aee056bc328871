"""Indicators, budget and progress of outputs, computed through the ledger."""

from __future__ import annotations

from pp39.book import Book
from pp39.indicators.anggaran import compute_budget
from pp39.indicators.budget_tables import write_budget
from pp39.indicators.compute import base_ledger, compute_indicators, ledger_on, summarise
from pp39.indicators.formulas import needed_sources
from pp39.indicators.formulir import compute_form
from pp39.indicators.result import (
    IndicatorResult,
    write_obstacles,
    write_results,
    write_summary,
)
from pp39.indicators.ro import compute_outputs
from pp39.indicators.serapan import compute_absorption

__all__ = [
    "Book",
    "IndicatorResult",
    "base_ledger",
    "compute_absorption",
    "compute_budget",
    "compute_form",
    "compute_indicators",
    "compute_outputs",
    "ledger_on",
    "needed_sources",
    "summarise",
    "write_budget",
    "write_obstacles",
    "write_results",
    "write_summary",
]
