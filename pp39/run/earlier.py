"""The report of the quarter before: a source of the next, once it was sent.

What was sent was said, whatever became of its sources since; a draft says nothing. It counts while
its record stands for its figures, and is then an input of the next report like any other file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pp39 import handout
from pp39.errors import Pp39Error
from pp39.periods import Period, Quarter
from pp39.run.address import Address
from pp39.run.fingerprint import fingerprint
from pp39.run.naming import BASE

if TYPE_CHECKING:
    from pp39.sources import Sources

_FIGURES, _SUMMARY, _RECORD = "indikator.csv", "ringkasan.csv", "run.json"


def deciding(root: Path, unit: str, year: int, quarter: Quarter) -> tuple[Path, ...]:
    """Name the files that decide whether there is such a report, whether they are there or not."""
    if quarter is Quarter.I:
        return ()
    before = Address(unit, year, Period.parse(str(Quarter(quarter.number - 1))), BASE).folders(root)
    return before.processed / _FIGURES, before.processed / _SUMMARY, before.report / _RECORD


def last_report(root: Path, unit: str, year: int, quarter: Quarter) -> Path | None:
    """Give the indicators of the report of the quarter before; None unless it was sent.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    unit : str
        Slug of the unit.
    year, quarter : int, Quarter
        Of the report that is to be made.
    """
    files = deciding(root, unit, year, quarter)
    if not files or not all(one.is_file() for one in files):
        return None
    figures, summary, record = files
    try:
        (told,) = handout.read(summary, "dikirim")
        known = handout.read_json(record)["berkas"]["olahan"][_FIGURES]["sha256"]
    except (Pp39Error, OSError, ValueError, KeyError, TypeError):
        return None
    return figures if told["dikirim"] and fingerprint(figures).sha256 == known else None


def with_last_report(
    sources: Sources, root: Path, unit: str, year: int, quarter: Quarter
) -> Sources:
    """Tell sources of the report of the quarter before where that is; see `last_report`."""
    if not any(one.last_report for one in sources.values()):
        return sources
    there = last_report(root, unit, year, quarter)
    if there is None:
        return sources
    name = there.relative_to(root).as_posix()
    return {
        key: replace(one, elsewhere=there, file=name) if one.last_report else one
        for key, one in sources.items()
    }
