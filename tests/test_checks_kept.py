"""What checks said of the same cells is kept, and only of the same cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from check_cases import put, real_settings, real_tables

from pp39.book import Book
from pp39.checks import Check, engine, rules
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
