"""Run rules through Great Expectations and turn what it says into results.

The library takes seconds to import and is imported nowhere else. Two passes keep it linear in the
rows: the first only asks which expectations hold; the second asks the failed ones for the count and
the first failing positions. Positions, not named index columns: with names the library writes one
dictionary per failing row before it cuts the list, which takes minutes for a million of them. The
position leads to the row, and so to ``baris``, ``bulan`` and everything else about it.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from pp39.book import Book
from pp39.characters import capital
from pp39.checks.batches import Batch, Look, batch_of, grouped
from pp39.checks.declared import expected
from pp39.checks.kept import known_or_found
from pp39.checks.reference import NotDelivered, values
from pp39.checks.result import LOCATION_LIMIT, Check, Level, Location, first_of_each_file
from pp39.checks.rule import Expect, Rule, say, sources_in, suggestion, text_of
from pp39.errors import Pp39Error
from pp39.patches import described_once, without_progress_bars
from pp39.periods import MONTHS
from pp39.processes import map_forked

_GX_SEVERITY = {"kritis": "critical", "peringatan": "warning"}
_PARAMETER = "$PARAMETER"
# What may be personal, as cleaning writes it; numbers below this are nobody's.
_HIDDEN = "[disamarkan]"
_SHORT = 10_000


@dataclass(frozen=True)
class _Fault:
    """An expectation that does not hold: which of its rule, how often, at which positions first."""

    number: int
    count: int
    positions: Sequence[int]
    observed: Any = None


def evaluate(rules: Sequence[Rule], book: Book) -> list[Check]:
    """Evaluate rules.

    Parameters
    ----------
    rules : sequence of Rule
        Their ids must differ.
    book : Book
        Tables and parameters.

    Returns
    -------
    list of Check
        In the order of `rules`; without those whose rows, or what they are compared with, were not
        delivered.

    Raises
    ------
    Pp39Error
        If Great Expectations cannot evaluate a rule.
    """
    known = _parameters(rules, book)
    sound = [rule for rule in rules if _asked(rule) <= known.keys()]
    validator = cache(lambda: _Validator(known))

    def judged(item: tuple[str, Sequence[Rule]]) -> list[Check]:
        batch = batch_of(*item, book)
        told = known_or_found(batch, known, lambda one: validator().validate(one))
        faults = {rule: [_Fault(*one) for one in given] for rule, given in told.items()}
        return [_check(look, faults.get(look.rule.id, ()), known, book) for look in batch.looks]

    parts = map_forked(judged, grouped(sound, book))
    found = {one.id: one for checks in parts for one in checks}
    return [found[rule.id] for rule in rules if rule.id in found]


def _asked(rule: Rule) -> set[str]:
    """Name the ``$PARAMETER`` of a rule."""
    values = (value for one in rule.expects for value in one.arguments.values())
    return {
        value[_PARAMETER] for value in values if isinstance(value, dict) and _PARAMETER in value
    }


def _parameters(rules: Sequence[Rule], book: Book) -> dict[str, list[Any]]:
    """Give the words of each list that is asked for, without those that were not delivered."""
    found: dict[str, list[Any]] = {}
    for name in sorted({name for rule in rules for name in _asked(rule)}):
        try:
            found[name] = values(book.settings.profile.isi.acuan[name], book)
        except NotDelivered:
            continue
    return found


class _Validator:
    """An ephemeral context of Great Expectations with nothing stored, shown or sent."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = dict(parameters)
        with warnings.catch_warnings():
            # Deprecations inside the library are not ours to mend.
            warnings.simplefilter("ignore")
            import great_expectations as gx  # noqa: PLC0415  takes seconds, only needed here

            context = gx.get_context(mode="ephemeral")
            context.enable_analytics(False)
            without_progress_bars(context)
            asset = context.data_sources.add_pandas("bersih").add_dataframe_asset("tabel")
            self._batches = asset.add_batch_definition_whole_dataframe("semua")
        self._gx = gx

    def validate(self, batch: Batch) -> dict[str, list[list[Any]]]:
        """Validate a batch: what does not hold, by rule, each with the fields of a `_Fault`."""
        with warnings.catch_warnings(), described_once():
            warnings.simplefilter("ignore")
            given = self._batches.get_batch({"dataframe": batch.frame})
            asked = {
                _asked_as(look, n): (look, one)
                for look in batch.looks
                for n, one in enumerate(look.screen)
            }
            told = self._told(given, batch.name, asked, {"result_format": "BOOLEAN_ONLY"})
            failed = {asked[id][0].rule.id for id in asked if not told[id]["success"]}
            again = {
                _asked_as(look, n): (look, one)
                for look in batch.looks
                for n, one in enumerate(look.expects)
                if look.rule.id in failed
            }
            places = self._told(
                given,
                batch.name,
                again,
                {
                    "result_format": "SUMMARY",
                    "partial_unexpected_count": LOCATION_LIMIT,
                    "return_unexpected_index_query": False,
                },
            )
        return {
            look.rule.id: [
                _fault(n, places[_asked_as(look, n)]["result"])
                for n in range(len(look.rule.expects))
                if not places[_asked_as(look, n)]["success"]
            ]
            for look in batch.looks
            if look.rule.id in failed
        }

    def _told(
        self,
        batch: Any,
        name: str,
        asked: Mapping[str, tuple[Look, Expect]],
        result_format: Mapping[str, Any],
    ) -> dict[str, dict[str, Any]]:
        if not asked:
            return {}
        made = [
            expectation(self._gx, expect, look.when, look.rule.level, id)
            for id, (look, expect) in asked.items()
        ]
        suite = self._gx.ExpectationSuite(name, expectations=made)
        # The library gives the results in no particular order; the id in the notes tells which.
        results = batch.validate(
            suite, result_format=dict(result_format), expectation_parameters=self._parameters
        ).results
        return {_id(one): {"success": _success(one), "result": one.result} for one in results}


def expectation(gx: Any, expect: Expect, when: str, level: Level, id: str) -> Any:
    """Make an expectation of the library; `id` stands in its notes."""
    rows = {"row_condition": when, "condition_parser": "pandas"} if when else {}
    kind = getattr(gx.expectations, expect.name)
    return kind(**expect.arguments, **rows, severity=_GX_SEVERITY[level], meta={"id": id})


def _asked_as(look: Look, number: int) -> str:
    return f"{look.rule.id} {number}"


def _id(result: Any) -> str:
    return str(result.expectation_config.meta["id"])


def _success(result: Any) -> bool:
    # An exception stands at the top where there is one metric, else below the id of each.
    told = result.exception_info or {}
    raised = told if "raised_exception" in told else next(iter(told.values()), {})
    if raised.get("raised_exception"):
        raise Pp39Error(
            f"check {_id(result).partition(' ')[0]} could not be evaluated:"
            f" {raised.get('exception_message')}"
        )
    return bool(result.success)


def _fault(number: int, result: Mapping[str, Any]) -> list[Any]:
    if "unexpected_count" not in result:
        return [number, 1, [], result.get("observed_value")]
    positions = [int(one) for one in result["partial_unexpected_index_list"]]
    return [number, int(result["unexpected_count"]), positions, None]


def _check(
    look: Look, faults: Sequence[_Fault], known: Mapping[str, Sequence[Any]], book: Book
) -> Check:
    rule = look.rule
    if not faults:
        seen = f"Terpenuhi pada {look.count} hal yang" if look.count else "Tidak ada yang"
        return Check(rule.id, rule.source, rule.holds, rule.level, True, f"{seen} diperiksa.")
    cells = sorted(
        (position, number) for number, fault in enumerate(faults) for position in fault.positions
    )[:LOCATION_LIMIT]
    rows = [
        _row(look, position, rule.expects[faults[number].number], known, book)
        for position, number in cells
    ]
    whole = [one for one in faults if not one.positions]
    rows += [{"_kolom": "", "_isi": one.observed, "kolom": ""} for one in whole]
    files = {name: _file(name, book) for name in sources_in(rule.fails + rule.right)}
    rows = [row | files for row in rows]
    places = tuple(_location(rule, row, book) for row in rows)
    first, count = places[0], sum(fault.count for fault in faults)
    more = f" ({count} hal)" if count > 1 else ""
    return Check(
        rule.id,
        rule.source,
        rule.holds,
        rule.level,
        False,
        f"{capital(first.uraian)}{more}.",
        places,
        count,
        _sentences(rule, places, rows),
    )


def _row(
    look: Look,
    position: int,
    expect: Expect,
    known: Mapping[str, Sequence[Any]],
    book: Book,
) -> dict[str, Any]:
    """Give all that the sentences may name about a row."""
    rule = look.rule
    row: dict[str, Any] = {str(name): look.rows.at[position, name] for name in look.rows}
    column = row[rule.column_from] if rule.column_from else rule.column or expect.columns[0]
    table = book.tables.get(rule.file or rule.source)
    # What has no place in a row beside personal columns may have slipped out of them.
    hidden = table is not None and bool(table.source.personal) and rule.level == "kritis"
    value = row.get(column)
    row |= {"_kolom": column, "_isi": _HIDDEN if hidden and not _tells_nobody(value) else value}
    words = expect.arguments.get("value_set")
    if words is not None and ("{saran}" in rule.fails or "{hint}" in rule.right):
        listed = known[words[_PARAMETER]] if isinstance(words, dict) else words
        row |= suggestion(row[expect.columns[0]], listed)
    if "{_harapan}" in rule.fails:
        row |= expected(book.sources[rule.source], column)
    return row


def _tells_nobody(value: Any) -> bool:
    """Tell whether a value is blank, or a number too short to be a contact's."""
    if isinstance(value, str):
        return False
    return bool(pd.isna(value)) or abs(float(value)) < _SHORT


def _location(rule: Rule, row: Mapping[str, Any], book: Book) -> Location:
    source = str(row.get("sumber_asal", rule.file or rule.source))
    table = book.tables.get(source)
    number = row.get("baris")
    column = row["_kolom"]
    part = table.file_of(row) if table else None
    return Location(
        berkas=part.file if part else source,
        lembar=part.sheet if part else None,
        baris=None if number is None or pd.isna(number) else int(number),
        kolom=_header(book, source, column, row) if column else "",
        nilai=text_of(row["_isi"]),
        uraian=say(rule.fails, row),
    )


def _header(book: Book, source: str, column: str, row: Mapping[str, Any]) -> str:
    table = book.tables.get(source)
    header = table.headers.get(column, column) if table else column
    if "{bulan}" not in header:
        return header
    month = row.get("bulan")
    name = "" if month is None or pd.isna(month) else MONTHS[int(month) - 1]
    return header.replace("{bulan}", name).strip(" /")


def _sentences(rule: Rule, places: Sequence[Location], rows: Sequence[Mapping[str, Any]]) -> str:
    """Say what is wrong at the first place of each file; files with the same fault together."""
    told: dict[str, list[Location]] = {}
    for n in first_of_each_file(places):
        told.setdefault(say(rule.right, rows[n]), []).append(places[n])
    return "; ".join(
        f"{', '.join(_place(one, whole=len(where) == 1) for one in where)}: {what}"
        for what, where in told.items()
    )


def _place(place: Location, *, whole: bool) -> str:
    sheet = f"sheet {place.lembar}" if place.lembar else ""
    if not whole:
        return f"{place.berkas} ({sheet})" if sheet else place.berkas
    row = f"row {place.baris}" if place.baris is not None else ""
    column = f'column "{place.kolom}"' if place.kolom else ""
    return ", ".join(filter(None, (place.berkas, sheet, row, column)))


def _file(source: str, book: Book) -> str:
    """Name the file a source was delivered in, with the sheet where it is not its own file."""
    usual = book.sources[source].file
    part = book.tables[source].file_of({}) if source in book.tables else None
    if part is None or part.file == usual:
        return usual
    return f"{part.file}, sheet {part.sheet}" if part.sheet else part.file
