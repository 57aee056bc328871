"""Run rules through Great Expectations and turn what it says into results.

The library takes seconds to import and is imported nowhere else. Two passes keep it linear in the
rows: the first only asks which expectations hold; the second asks the failed ones for the count and
the first failing positions. Positions, not named index columns: with names the library writes one
dictionary per failing row before it cuts the list, which takes minutes for a million of them. The
position leads to the row of the view, and so to ``baris``, ``bulan`` and everything else about it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd

from pp39.checks.facts import Facts
from pp39.checks.result import LOCATION_LIMIT, Check, Location
from pp39.checks.rule import Rule, say, text_of
from pp39.errors import Pp39Error
from pp39.periods import MONTHS
from pp39.processes import map_forked

__all__ = ["evaluate"]

_GX_SEVERITY = {"kritis": "critical", "peringatan": "warning"}


@dataclass(frozen=True)
class _Outcome:
    """How often a rule fails on its view, and at which positions first."""

    count: int
    positions: tuple[int, ...]


def evaluate(rules: Sequence[Rule], facts: Facts) -> list[Check]:
    """Evaluate rules.

    Parameters
    ----------
    rules : sequence of Rule
        Their ids must differ.
    facts : Facts
        Tables and parameters.

    Returns
    -------
    list of Check
        In the order of `rules`; without those whose view has nothing to look at.

    Raises
    ------
    Pp39Error
        If Great Expectations cannot evaluate a rule.
    """
    validator = _Validator()

    def judged(same_view: Sequence[Rule]) -> list[Check]:
        frame = same_view[0].view.rows(facts)
        if frame is None:
            return []
        frame = frame.reset_index(drop=True)
        outcomes = validator.validate(same_view[0].view.name, frame, same_view)
        return [_check(rule, frame, outcomes[rule.id], facts) for rule in same_view]

    by_view = sorted(rules, key=lambda rule: rule.view.name)
    views = [list(group) for _, group in groupby(by_view, key=lambda rule: rule.view.name)]
    found = {one.id: one for checks in map_forked(judged, views) for one in checks}
    return [found[rule.id] for rule in rules if rule.id in found]


class _Validator:
    """An ephemeral context of Great Expectations with nothing stored, shown or sent."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # Deprecations inside the library are not ours to mend.
            warnings.simplefilter("ignore")
            import great_expectations as gx  # noqa: PLC0415  takes seconds, only needed here
            from great_expectations.data_context.types.base import (  # noqa: PLC0415
                ProgressBarsConfig,
            )

            context = gx.get_context(mode="ephemeral")
            context.enable_analytics(False)
            context.variables.progress_bars = ProgressBarsConfig(globally=False)
            asset = context.data_sources.add_pandas("bersih").add_dataframe_asset("tabel")
            self._batches = asset.add_batch_definition_whole_dataframe("semua")
        self._suite = gx.ExpectationSuite

    def validate(
        self, name: str, frame: pd.DataFrame, rules: Sequence[Rule]
    ) -> dict[str, _Outcome]:
        """Validate one view against its suite."""
        read = sorted({column for rule in rules for column in rule.expect.columns})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = self._batches.get_batch({"dataframe": frame[read]})
            told = self._told(batch, name, rules, {"result_format": "BOOLEAN_ONLY"})
            failed = [rule for rule in rules if not told[rule.id]["success"]]
            places = self._told(
                batch,
                name,
                failed,
                {
                    "result_format": "SUMMARY",
                    "partial_unexpected_count": LOCATION_LIMIT,
                    "return_unexpected_index_query": False,
                },
            )
        return {rule.id: _outcome(places.get(rule.id)) for rule in rules}

    def _told(
        self, batch: Any, name: str, rules: Sequence[Rule], result_format: Mapping[str, Any]
    ) -> dict[str, dict[str, Any]]:
        if not rules:
            return {}
        suite = self._suite(name, expectations=[_expectation(rule) for rule in rules])
        # The library gives the results in no particular order; the id in the notes tells which.
        results = batch.validate(suite, result_format=dict(result_format)).results
        return {_id(one): {"success": _success(one), "result": one.result} for one in results}


def _expectation(rule: Rule) -> Any:
    return _kind(rule.expect.kind)(
        **rule.expect.arguments, severity=_GX_SEVERITY[rule.level], meta={"id": rule.id}
    )


@cache
def _kind(name: str) -> Any:
    """Give a class of expectations that describe themselves once.

    Those of the library put their description together anew each of the dozens of times that it is
    asked for while they are evaluated, which takes a third of all the time of the checks.
    """
    from great_expectations import expectations  # noqa: PLC0415  as above
    from great_expectations.compatibility import pydantic  # noqa: PLC0415

    known = getattr(expectations, f"Expect{name}")

    def configuration(self: Any) -> Any:
        if self._described is None:
            self._described = known.configuration.fget(self)
        return self._described

    members = {
        "__module__": __name__,
        "_described": pydantic.PrivateAttr(default=None),
        "configuration": property(configuration),
    }
    return type(known)(f"{known.__name__}Once", (known,), members)


def _id(result: Any) -> str:
    return str(result.expectation_config.meta["id"])


def _success(result: Any) -> bool:
    told = result.exception_info or {}
    raised = told if "raised_exception" in told else next(iter(told.values()), {})
    if raised.get("raised_exception"):
        raise Pp39Error(
            f"check {_id(result)} could not be evaluated: {raised.get('exception_message')}"
        )
    return bool(result.success)


def _outcome(told: Mapping[str, Any] | None) -> _Outcome:
    if told is None:
        return _Outcome(0, ())
    result = told["result"]
    positions = tuple(int(one) for one in result["partial_unexpected_index_list"])
    return _Outcome(int(result["unexpected_count"]), positions)


def _check(rule: Rule, frame: pd.DataFrame, outcome: _Outcome, facts: Facts) -> Check:
    if outcome.count == 0:
        return Check(rule.id, rule.source, rule.holds, rule.level, True, _passed(len(frame)))
    rows = [_row(rule, frame, position, facts) for position in outcome.positions]
    places = tuple(_location(rule, row, facts) for row in rows)
    first = places[0]
    more = f" ({outcome.count} hal)" if outcome.count > 1 else ""
    return Check(
        rule.id,
        rule.source,
        rule.holds,
        rule.level,
        False,
        f"{_capital(first.uraian)}{more}.",
        places,
        outcome.count,
        _sentence(rule, first, rows[0]),
    )


def _passed(count: int) -> str:
    return f"Terpenuhi pada {count} hal yang diperiksa." if count else "Tidak ada yang diperiksa."


def _row(rule: Rule, frame: pd.DataFrame, position: int, facts: Facts) -> dict[str, Any]:
    row: dict[str, Any] = {str(name): frame.at[position, name] for name in frame.columns}
    return row | dict(rule.explain(facts, row)) if rule.explain else row


def _location(rule: Rule, row: Mapping[str, Any], facts: Facts) -> Location:
    name = row[rule.column_from] if rule.column_from else rule.column
    source = str(row.get("sumber_asal", rule.source))
    table = facts.tables.get(source)
    number = row.get("baris")
    # What has no place in a row beside personal columns may have slipped out of them.
    hidden = table is not None and bool(table.source.personal) and rule.level == "kritis"
    return Location(
        berkas=table.source.file if table else source,
        lembar=table.sheet if table else None,
        baris=None if number is None or pd.isna(number) else int(number),
        kolom=_header(facts, source, name, row),
        nilai="" if hidden else text_of(row.get(name)),
        uraian=say(rule.fails, row),
    )


def _header(facts: Facts, source: str, column: str, row: Mapping[str, Any]) -> str:
    table = facts.tables.get(source)
    header = table.headers.get(column, column) if table else column
    if "{bulan}" not in header:
        return header
    month = row.get("bulan")
    name = "" if month is None or pd.isna(month) else MONTHS[int(month) - 1]
    return header.replace("{bulan}", name).strip(" /")


def _sentence(rule: Rule, place: Location, row: Mapping[str, Any]) -> str:
    parts: Iterable[str] = (
        place.berkas,
        f"sheet {place.lembar}" if place.lembar else "",
        f"row {place.baris}" if place.baris is not None else "",
        f'column "{place.kolom}"' if place.kolom else "",
    )
    return f"{', '.join(part for part in parts if part)}: {say(rule.right, row)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
