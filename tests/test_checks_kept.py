"""What checks said of the same cells is kept, and only of the same cells."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from check_cases import put, real_settings, real_tables

from pp39.book import Book
from pp39.checks import Check, Expect, Rule, engine, rules
from pp39.checks.batches import Batch, Look
from pp39.checks.kept import known_or_found
from pp39.variables import KEPT

#: One that some rows fail, one of pairs, one with a condition on the quarter and one with $words.
_SOURCES = ("sla", "dipa_ro")


def _asked(changed: object = None, quarter: str = "IV") -> list[Check]:
    tables = real_tables() if changed is None else changed(real_tables())
    book = Book(tables, real_settings(quarter))
    return engine.evaluate([one for one in rules(book) if one.source in _SOURCES], book)


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules that Great Expectations was asked about."""
    asked: list[str] = []
    validate = engine._Validator.validate

    def told(self, batch):
        asked.extend(look.rule.id for look in batch.looks)
        return validate(self, batch)

    monkeypatch.setattr(engine._Validator, "validate", told)
    monkeypatch.setenv("PP39_PROSESOR", "1")
    return asked


@pytest.mark.filterwarnings("ignore")
def test_rules_are_asked_again_only_where_their_cells_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validated: list[str]
) -> None:
    plain = _asked()
    late = put("sla", "tepat_waktu", 10**6)
    plain_late = _asked(late)
    assert plain != plain_late
    monkeypatch.setenv(KEPT, str(tmp_path))
    assert _asked() == plain
    validated.clear()
    assert _asked() == plain
    assert validated == []
    assert _asked(late) == plain_late
    assert "sla.tepat_waktu.bagian" in validated
    assert not [one for one in validated if one.startswith("dipa_ro.")]
    # What is damaged is found anew.
    for path in tmp_path.iterdir():
        path.write_text("{", encoding="utf-8")
    assert _asked() == plain


@pytest.mark.filterwarnings("ignore")
def test_another_quarter_asks_what_depends_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validated: list[str]
) -> None:
    plain = _asked(quarter="II")
    monkeypatch.setenv(KEPT, str(tmp_path))
    everything = len(_asked())
    validated.clear()
    assert _asked(quarter="II") == plain
    assert 0 < len(validated) < everything
    assert all(json.loads(path.read_text()) for path in tmp_path.iterdir())


def test_rows_that_others_moved_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT, str(tmp_path))
    asked: list[str] = []

    def blanks(batch: Batch) -> dict[str, list[list[object]]]:
        asked.extend(look.rule.id for look in batch.looks)
        return {
            look.rule.id: [[0, len(at), at, None]]
            for look in batch.looks
            for at in [[n for n in look.rows.index if pd.isna(batch.frame.at[n, look.rule.id])]]
            if at
        }

    def found(*columns: list[int | None]) -> object:
        frame, looks = pd.DataFrame(), []
        for name, cells in zip("ab", columns, strict=True):
            span = slice(len(frame), len(frame) + len(cells))
            rows = pd.DataFrame({name: cells}, range(span.start, span.stop), dtype=object)
            expects = (Expect("ExpectColumnValuesToNotBeNull", {"column": name}),)
            rule = Rule(name, "kritis", "", name, expects, "", "")
            looks.append(Look(rule, rows, expects, expects, {}, "", len(rows), span))
            frame = pd.concat([frame, rows])
        return known_or_found(Batch("potongan", frame, tuple(looks)), {}, blanks)

    assert found([1, None], [2, None]) == {"a": [[0, 1, [1], None]], "b": [[0, 1, [3], None]]}
    assert asked == ["a", "b"]
    assert found([1, 1, None], [2, None]) == {"a": [[0, 1, [2], None]], "b": [[0, 1, [4], None]]}
    assert asked == ["a", "b", "a"]
