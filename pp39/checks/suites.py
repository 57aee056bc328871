"""Which rules there are: those that follow from declarations, and those a profile states.

They are handed out as suites, too, which Great Expectations loads and runs by itself.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pp39.book import Book
from pp39.checks.declared import declared
from pp39.checks.engine import expectation
from pp39.checks.general import standing
from pp39.checks.reference import filled, periods
from pp39.checks.result import Level
from pp39.checks.rule import Expect, Rule
from pp39.params import Settings
from pp39.profile.check import Periksa, expanded
from pp39.profile.condition import conditions, query

PARAMETERS = "acuan.json"
"""File that tells where the words of each ``$PARAMETER`` are from."""


def rules(book: Book) -> tuple[Rule, ...]:
    """List all rules of a run: the shape of all tables first, then source by source."""
    return (*standing(), *rules_of(book, book.tables))


def rules_of(book: Book, names: Collection[str]) -> tuple[Rule, ...]:
    """List the rules of some sources, delivered or not."""
    found: list[Rule] = []
    stated: dict[str, list[Rule]] = {}
    for rule in _stated(book):
        stated.setdefault(rule.source, []).append(rule)
    for name, source in book.sources.items():
        if name in names:
            found += declared(source, book)
            found += stated.get(name, ())
    return tuple(found)


def _stated(book: Book) -> Iterator[Rule]:
    for id, _, one in expanded(book.settings.profile.isi.periksa):
        level = _level(one, book)
        if level is not None:
            yield Rule(
                id,
                level,
                one.aturan,
                one.pada or id.partition(".")[0],
                tuple(Expect(*pair) for each in one.harap for pair in each.items()),
                one.salah,
                one.benar or one.salah,
                one.bila or "",
                one.kolom or "",
                one.kolom_dari or "",
                one.berkas or "",
            )


def _level(one: Periksa, book: Book) -> Level | None:
    given = one.tingkat
    if isinstance(given, str):
        return given
    fits = str(book.settings.value(given.parameter)) == given.adalah
    chosen = given.maka if fits else given.selain_itu
    return None if chosen == "tidak_berlaku" else chosen


def suites(settings: Settings) -> dict[str, dict[str, Any]]:
    """Give the suite of each source, in the JSON of Great Expectations.

    Checks that look at a *potongan* are left out: its rows are in no file. The notes of an
    expectation hold the id of its check.

    Parameters
    ----------
    settings : Settings
        Parameters of the run: words of the unit, and the quarter up to which rows count.
    """
    book = Book({}, settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx  # noqa: PLC0415  takes seconds, only needed here

        made: dict[str, list[Any]] = {name: [] for name in book.sources}
        for rule in rules_of(book, book.sources):
            if rule.rows in made:
                when = query(conditions(filled(rule.when, book)), periods(book))
                made[rule.rows] += [
                    expectation(gx, one, when, rule.level, rule.id) for one in rule.expects
                ]
        return {
            name: gx.ExpectationSuite(name, expectations=one).to_json_dict()
            for name, one in made.items()
        }


def save_suites(settings: Settings, folder: Path) -> list[Path]:
    """Write the suites, one file for each source, and where the words of the parameters are from.

    Returns
    -------
    list of pathlib.Path
        The files, in the order of the sources.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = suites(settings)
    lists = {name: list(one) for name, one in settings.profile.isi.acuan.items()}
    paths = []
    for name, one in {**content, PARAMETERS.removesuffix(".json"): lists}.items():
        path = folder / f"{name}.json"
        text = json.dumps(one, ensure_ascii=False, indent=1)
        path.write_bytes(f"{text}\n".encode())
        paths.append(path)
    return paths
