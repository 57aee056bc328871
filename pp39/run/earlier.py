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

_SUMMARY, _RECORD = "ringkasan.csv", "run.json"
#: What it said: of indicators, of money, of obstacles and follow-up.
_SAID = ("indikator.csv", "anggaran.csv", "hambatan.csv")


def deciding(root: Path, unit: str, year: int, quarter: Quarter) -> tuple[Path, ...]:
    """Name the files that decide what such a report said, whether they are there or not."""
    if quarter is Quarter.I:
        return ()
    before = Address(unit, year, Period.parse(str(Quarter(quarter.number - 1))), BASE).folders(root)
    names = (*_SAID, _SUMMARY)
    return (*(before.processed / one for one in names), before.report / _RECORD)


def last_report(root: Path, unit: str, year: int, quarter: Quarter) -> dict[str, Path]:
    """Give what the report of the quarter before said, by file; nothing unless it was sent.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    unit : str
        Slug of the unit.
    year, quarter : int, Quarter
        Of the report that is to be made.
    """
    *said, summary, record = deciding(root, unit, year, quarter) or (root, root)
    if not summary.is_file() or not record.is_file():
        return {}
    try:
        (told,) = handout.read(summary, "dikirim")
        known = handout.read_json(record)["berkas"]["olahan"]
        kept = {
            one.name: one
            for one in said
            if one.is_file()
            and known[one.name]["sha256"] == fingerprint(one).sha256
            # Without any row it said nothing.
            and len(one.read_bytes().splitlines()) > 1
        }
    except (Pp39Error, OSError, ValueError, KeyError, TypeError):
        return {}
    return kept if told["dikirim"] else {}


def with_last_report(
    sources: Sources, root: Path, unit: str, year: int, quarter: Quarter
) -> Sources:
    """Tell sources of the report of the quarter before where that is; see `last_report`."""
    if not any(one.last_report for one in sources.values()):
        return sources
    there = last_report(root, unit, year, quarter)
    return {
        key: replace(one, elsewhere=path, file=path.relative_to(root).as_posix())
        if (path := there.get(one.last_report or "")) is not None
        else one
        for key, one in sources.items()
    }
