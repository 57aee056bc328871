"""The checks of clean tables as suites that Great Expectations loads and runs by itself."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from pp39.book import Book
from pp39.checks.engine import expectation
from pp39.checks.reference import filled, periods
from pp39.checks.suites import rules_of
from pp39.params import Settings
from pp39.profile.condition import conditions, query

PARAMETERS = "acuan.json"
"""File that tells where the words of each ``$PARAMETER`` are from."""


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
