"""Inputs of the check tests: the real clean tables, and ways to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from profile_sources import SOURCES

from pp39.book import Book
from pp39.checks import Check, rules
from pp39.checks.engine import evaluate
from pp39.params import Settings, load
from pp39.sources import CleanTable, Context, clean_all

ROOT = Path(__file__).resolve().parents[1]
Tables = Mapping[str, CleanTable]
Change = Callable[[Tables], Tables]


@lru_cache
def real_settings(quarter: str = "IV", *overrides: str) -> Settings:
    return load(ROOT, "bspji-ambon", 2025, quarter, overrides=overrides)


@lru_cache
def real_tables() -> Tables:
    raw = ROOT / "data" / "raw" / "bspji-ambon" / "2025"
    return clean_all(SOURCES, raw, Context.of(real_settings()))


def one(id: str, tables: Tables, settings: Settings | None = None) -> Check:
    """Evaluate one rule."""
    facts = Book(tables, settings or real_settings())
    found = evaluate([rule for rule in rules(facts) if rule.id == id], facts)
    assert len(found) == 1, f"{len(found)} results of {id}"
    return found[0]


def with_frame(tables: Tables, name: str, frame: pd.DataFrame) -> Tables:
    kinds = tables[name].frame.dtypes
    frame = frame.astype({column: kinds[column] for column in frame if column in kinds})
    return {**tables, name: replace(tables[name], frame=frame.reset_index(drop=True))}


def put(name: str, column: str, value: Any, row: int = 0, **where: Any) -> Change:
    """Write a value into one row: the one that `where` picks, or by position."""

    def change(tables: Tables) -> Tables:
        frame = tables[name].frame.copy()
        picked = frame.index[_mask(frame, where)] if where else frame.index
        frame.loc[picked[row], column] = value
        return with_frame(tables, name, frame)

    return change


def fill(name: str, column: str, value: Any, **where: Any) -> Change:
    """Write a value into every row that `where` picks; a callable gets the frame."""

    def change(tables: Tables) -> Tables:
        frame = tables[name].frame.copy()
        mask = _mask(frame, where)
        given = value(frame)[mask] if callable(value) else value
        frame.loc[mask, column] = given
        return with_frame(tables, name, frame)

    return change


def drop(name: str, **where: Any) -> Change:
    """Take away the rows that `where` picks; all of them without it."""

    def change(tables: Tables) -> Tables:
        frame = tables[name].frame
        return with_frame(tables, name, frame[~_mask(frame, where)])

    return change


def again(name: str, row: int = 0, **values: Any) -> Change:
    """Append a copy of a row with other values."""

    def change(tables: Tables) -> Tables:
        frame = tables[name].frame
        more = frame.iloc[[row]].assign(baris=int(frame["baris"].max()) + 1, **values)
        return with_frame(tables, name, pd.concat([frame, more.astype(dict(frame.dtypes))]))

    return change


def both(*changes: Change) -> Change:
    def change(tables: Tables) -> Tables:
        for each in changes:
            tables = each(tables)
        return tables

    return change


def _mask(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.Series:
    mask = pd.Series(True, index=frame.index)
    for column, value in where.items():
        mask &= (frame[column] == value).fillna(False).astype(bool)
    return mask
