"""Derived rows that several suites look at: gaps, series, words compared, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from pp39.checks.facts import Facts
from pp39.checks.rule import View

__all__ = [
    "gaps",
    "letters",
    "missing",
    "missing_indicators",
    "next_to",
    "series",
]


def gaps(source: str, column: str, by: Sequence[str] = ()) -> View:
    """Pair every number of a numbering with the one before it.

    Parameters
    ----------
    source : str
        Source.
    column : str
        Column with the numbers; rows without a number are left out.
    by : sequence of str
        Columns within whose groups the numbers run.

    Returns
    -------
    View
        ``baris``, the columns, ``sebelum`` (0 for the first) and ``berikut`` (the number due).
    """

    def build(facts: Facts) -> pd.DataFrame | None:
        frame = facts.frame(source)
        if frame is None:
            return None
        numbered = frame[["baris", *by, column]].dropna(subset=[column])
        # A number twice is the key's business, not a gap.
        numbered = numbered.drop_duplicates([*by, column]).sort_values([*by, column])
        before = numbered.groupby(list(by))[column].shift() if by else numbered[column].shift()
        before = before.fillna(0)
        return numbered.assign(sebelum=before, berikut=before + 1).sort_values("baris")

    return View(f"{source}/{column}-urut", build)


def series(source: str, column: str, key: str, order: str) -> View:
    """Pair every value of a cumulative series with the one before it.

    Parameters
    ----------
    source : str
        Source.
    column : str
        Column with the values; blanks are left out.
    key : str
        Column that tells the series apart.
    order : str
        Column they run along, such as ``bulan``.

    Returns
    -------
    View
        ``baris``, the columns and ``sebelum``; without the first value of each series.
    """

    def build(facts: Facts) -> pd.DataFrame | None:
        frame = facts.frame(source)
        if frame is None:
            return None
        known = frame[["baris", key, order, column]].dropna(subset=[column])
        known = known.sort_values([key, order], kind="stable")
        paired = known.assign(sebelum=known.groupby(key)[column].shift())
        return paired.dropna(subset=["sebelum"]).sort_values(["baris", order])

    return View(f"{source}/{column}-kumulatif", build)


def next_to(
    left: pd.DataFrame, right: pd.DataFrame, key: str, column: str, other: str
) -> pd.DataFrame:
    """Put a value of another table beside each row, and leave out rows with either one blank.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Tables; several rows of one key are taken as one, the first.
    key : str
        Column that both have.
    column : str
        Column of `left`.
    other : str
        Column of `right`; it becomes ``acuan``.

    Returns
    -------
    pandas.DataFrame
        ``baris``, key, `column` and ``acuan``.
    """
    first = left[["baris", key, column]].drop_duplicates(key)
    beside = right.drop_duplicates(key).set_index(key)[other]
    return first.assign(acuan=first[key].map(beside)).dropna(subset=[column, "acuan"])


def missing(expected: Iterable[object], found: pd.Series, column: str) -> pd.DataFrame:
    """List what is expected, with ``ada`` blank where it is not found.

    Parameters
    ----------
    expected : iterable
        What should be there, in the order to report it.
    found : pandas.Series
        What is there.
    column : str
        Name of the column to hold the expected values.
    """
    listed = list(expected)
    there = set(found.dropna())
    return pd.DataFrame(
        {
            column: pd.Series(listed, dtype=object),
            "ada": pd.Series(["ya" if one in there else None for one in listed], dtype=object),
        }
    )


def missing_indicators(source: str) -> View:
    """List the indicators, with ``ada`` blank where the run's quarter has no row for one.

    There is nothing to look at if the quarter has no row at all: that is said once, elsewhere.
    """

    def build(facts: Facts) -> pd.DataFrame | None:
        rows = facts.of_quarter(source)
        if rows is None or rows.empty:
            return None
        listed = missing(facts.indicator_codes, rows["kode"], "kode")
        return listed.assign(triwulan=str(facts.quarter))

    return View(f"{source}/indikator", build)


def letters(texts: pd.Series) -> pd.Series:
    """Reduce texts to their letters in lower case, so that only a difference in words remains."""
    return texts.str.casefold().str.replace(r"[^a-z]", "", regex=True)
