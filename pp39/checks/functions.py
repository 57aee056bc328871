"""Rows that checks look at and that steps cannot say."""

from __future__ import annotations

import pandas as pd

from pp39.book import Book

_JOINING = frozenset({"dan", "serta", "atau", "di", "pada"})


def parties(rows: pd.DataFrame, book: Book) -> pd.DataFrame:
    """Name in ``pihak`` what a cell of ``kendala`` says if it names parts of the unit only."""
    known = {book.params.unit.nama, book.params.unit.singkatan, *book.params.unit.struktur}
    known |= {one.pic for one in book.params.indikator.values()}
    words = frozenset().union(*_words(pd.Series(sorted(known))))
    # A cell of party names only: each word that is not a joining word names a party.
    named = [
        text if parts and parts <= words else None
        for text, parts in zip(rows["kendala"], _words(rows["kendala"]), strict=True)
    ]
    return rows.assign(pihak=pd.Series(named, index=rows.index, dtype=object))


def _words(texts: pd.Series) -> list[frozenset[str]]:
    """Give the words of each text, unit names brought to their short forms."""
    plain = texts.astype("str").str.casefold().str.replace("tata usaha", "tu")
    plain = plain.str.replace("subbagian", "subbag").str.replace(r"\bsubag", "subbag", regex=True)
    plain = plain.str.replace(r"subbagtu", "subbag tu")
    return [frozenset(words) - _JOINING for words in plain.str.findall(r"[a-z]+")]
