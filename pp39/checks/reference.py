"""What checks name: rows and columns of sources and of lists of the unit, in the book of a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from pydantic import BaseModel

from pp39.book import Book
from pp39.periods import Quarter
from pp39.profile.condition import conditions, fitting

QUARTERS = tuple(str(quarter) for quarter in Quarter)

_VOCABULARY = "kosakata."


class NotDelivered(LookupError):
    """A rule looks at a source that the unit did not deliver, so there is nothing to judge."""


def delivered(book: Book, name: str) -> pd.DataFrame:
    """Give the clean rows of a source that a rule cannot do without.

    Raises
    ------
    NotDelivered
        If there is no table of it; the rule then has nothing to look at.
    """
    if name not in book.tables:
        raise NotDelivered(name)
    return book.tables[name].frame


def periods(book: Book) -> Mapping[str, Any]:
    """Give what a condition may name."""
    return {
        "tw": str(book.quarter),
        "tahun": book.year,
        "tahun_lalu": book.year - 1,
        "awal_tw": book.quarter.start(book.year).isoformat(),
        "akhir_tw": book.quarter.end(book.year).isoformat(),
        "awal_tahun": f"{book.year}-01-01",
        "akhir_tahun": f"{book.year}-12-31",
        "awal_tahun_lalu": f"{book.year - 1}-01-01",
    }


def filled(text: str, book: Book) -> str:
    """Fill the holes of a name: ``{tw}``, the slug of the quarter, or any parameter."""

    def value(hole: re.Match[str]) -> str:
        if hole[1] == "tw":
            return str(book.quarter).lower()
        return str(book.settings.value(hole[1]))

    return re.sub(r"\{([a-z_.]+)\}", value, text)


def listed(reference: str, book: Book) -> pd.DataFrame:
    """Give the rows of a source or of a list of the unit, those that fit the condition.

    A list is a map of the parameters, such as ``indikator`` or ``unit.ro_di_luar_dipa``, or a
    vocabulary, such as ``kosakata.lingkup``; its key is the column ``kode``.
    """
    place, bracket, condition = filled(reference, book).partition("[")
    frame = _place(place, book)
    if not bracket or frame.empty:
        return frame
    return frame[fitting(frame, conditions(condition.rstrip("]")), periods(book))]


def column(reference: str, book: Book) -> pd.Series:
    """Give a column of such rows: ``source[condition].column``."""
    rows, _, name = reference.rpartition(".")
    found: pd.Series = listed(rows, book)[name]
    return found


def values(references: Iterable[str], book: Book) -> list[Any]:
    """Give the words that stand in columns, without blanks, each once, in their order."""
    found = [one for each in references for one in column(each, book).dropna().tolist()]
    return list(dict.fromkeys(found))


def _place(name: str, book: Book) -> pd.DataFrame:
    if name in book.sources:
        return delivered(book, name)
    if name.startswith(_VOCABULARY):
        return pd.DataFrame({"kode": list(book.words(name.removeprefix(_VOCABULARY)))})
    if name == "daftar_indikator":
        # With those of the registry that the unit does not report on.
        codes = [*book.params.indikator, *book.settings.dropped("indikator")]
        return pd.DataFrame({"kode": codes})
    found: Any = book.params
    for part in name.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, Mapping):
        raise NotDelivered(name)
    rows = [{"kode": key, **_fields(value)} for key, value in found.items()]
    return pd.DataFrame(rows, columns=None if rows else ["kode"], dtype=object)


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, BaseModel):
        return {"nilai": value}
    found: dict[str, Any] = {}
    for name in type(value).model_fields:
        given = getattr(value, name)
        if isinstance(given, tuple) and len(given) == 2:
            found |= {f"{name}_bawah": given[0], f"{name}_atas": given[1]}
        else:
            found[name] = given.isoformat() if isinstance(given, date) else given
    return found
