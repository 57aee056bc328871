"""Long columns are looked at by their different texts, or by several threads."""

from __future__ import annotations

import pandas as pd
import pytest

from pp39.sources import texts
from pp39.sources.contacts import is_nothing
from pp39.sources.personal import normalised

WRITTEN = [
    "PT  Maju, Jaya",
    "maju jaya pt",
    "T.i.d.a.k Ada",
    "",
    " \t",
    "-",
    "0",
    "CV. Sejahtera",
    "é\xa0ü",
]


def _all(column: pd.Series[str]) -> list[list[object]]:
    return [
        made.tolist()
        for made in (
            texts.blanks(column),
            texts.matching(column, "[a-z]{3}"),
            texts.replaced(column, r"\s+", " "),
            texts.lowered(column),
            texts.soiled(column),
            is_nothing(column),
            normalised(column, "pihak"),
        )
    ]


@pytest.mark.parametrize("sample", [4, 100], ids=["by threads", "by different texts"])
def test_long_columns_come_out_as_short_ones(monkeypatch: pytest.MonkeyPatch, sample: int) -> None:
    column = pd.Series(WRITTEN * 30, dtype="str")[3:]
    short = _all(column)
    monkeypatch.setattr(texts, "_LONG", 20)
    monkeypatch.setattr(texts, "_SAMPLE", sample)
    assert _all(column) == short


def test_what_says_nothing_is_found_whatever_stands_between_its_letters() -> None:
    said = [
        "T.i.d.a.k Ada",
        "-- n/a",
        "TIDAK PUNYA HP",
        "b e l u m",
        "Xxx",
        "Contoh",
        "Taka",
        "Nona",
    ]
    assert is_nothing(pd.Series(said, dtype="str")).tolist() == [True] * 5 + [False] * 3
