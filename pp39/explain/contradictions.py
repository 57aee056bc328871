"""Findings of a run by their id, and those that speak of a row of the raw data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pp39 import handout
from pp39.errors import ParameterError, nearest
from pp39.explain.rows import CleanRow
from pp39.findings import Answer, Finding, load_findings
from pp39.run.address import RunFolders

_ANSWER = re.compile(r'temuan\.jawaban\."?(T-[^."]+)"?\.(alasan|oleh|tanggal)')


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A finding and what its rule compares."""

    #: With the unit's answer.
    finding: Finding
    #: What the rule compares, in Indonesian.
    compares: str


def contradiction(folders: RunFolders, id: str) -> Contradiction:
    """Find a finding by its id.

    Raises
    ------
    MissingInput
        If the run has no findings file.
    ParameterError
        If it has no such finding; the sentence gives the nearest.
    """
    found = {one.finding.id.casefold(): one for one in _all(folders)}
    try:
        return found[id.strip().casefold()]
    except KeyError:
        near = nearest(id.strip(), [one.finding.id for one in found.values()])
        hint = f"the nearest is {near}" if near else "pp39 findings lists them"
        raise ParameterError(f'this run has no finding "{id.strip()}"; {hint}') from None


def about(folders: RunFolders, rows: Sequence[CleanRow]) -> tuple[Contradiction, ...]:
    """Give the findings about what rows state, and those that name a row as a place."""
    if not rows:
        return ()
    subjects = {one.cell("subjek") for one in rows} - {""}
    file, row = rows[0].file, rows[0].row
    return tuple(
        one
        for one in _all(folders)
        if one.finding.subjek in subjects or row in _rows_named(one.finding.lokasi, file)
    )


def _rows_named(places: str, file: str) -> Iterator[int]:
    """Give the rows of a file that a list of places names, such as ``dipa_ro.csv baris 5–7, 9``."""
    for match in re.finditer(rf"{re.escape(file)} baris ([0-9–, ]+)", places):
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", match[1]):
            yield from range(int(first), int(last or first) + 1)


def _all(folders: RunFolders) -> Iterator[Contradiction]:
    path = folders.processed / "temuan.csv"
    if not path.is_file():
        raise folders.missing(f"{folders.name} has no temuan.csv, so no finding can be explained")
    for one in load_findings(path, _answers(folders)):
        yield Contradiction(one, one.membandingkan or one.aturan)


def _answers(folders: RunFolders) -> dict[str, Answer]:
    """Read the answers the run was made with from its record, where it has one."""
    try:
        parameters = handout.read_json(folders.report / "run.json")["parameter"]
    except (OSError, ValueError, KeyError):
        return {}
    told: dict[str, dict[str, str]] = {}
    for name, one in parameters.items():
        match = _ANSWER.fullmatch(name)
        if match is not None:
            told.setdefault(match[1], {})[match[2]] = str(one["nilai"])
    return {id: Answer(**one) for id, one in told.items() if len(one) == 3}
