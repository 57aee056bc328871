"""What a reference stands for: an indicator, a ledger id, a series, a finding, a raw cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pp39 import handout
from pp39.errors import ParameterError, nearest
from pp39.explain.uses import Use, read_place, uses_of
from pp39.ledger import Ledger, Quantity, dashed
from pp39.run.address import RunFolders

if TYPE_CHECKING:
    from pp39.explain.contradictions import Contradiction
    from pp39.explain.rows import CleanRow

#: What stands for a whole indicator: the first of these that was computed.
_RESULTS = ("capaian", "realisasi")
_HEADLINES = (*_RESULTS, "target")
#: So many calculations are printed in full; more are listed by name.
_TREES = 5
_FINDING = re.compile(r"T-\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reference stands for."""

    #: As it was asked for.
    reference: str
    #: Figures to explain in full.
    trees: tuple[Quantity, ...] = ()
    #: Further figures that the reference stands for, to be listed.
    also: tuple[Quantity, ...] = ()
    #: For a reference to raw data: the cells meant.
    uses: tuple[Use, ...] = ()
    #: For a reference to raw data that no figure uses: what the clean rows say.
    rows: tuple[CleanRow, ...] = ()
    #: The finding meant, or those about the rows.
    findings: tuple[Contradiction, ...] = ()
    #: Why there is no result of the indicator meant.
    lacking: str = ""


def explain(folders: RunFolders, reference: str) -> Answer:
    """Look a reference up in the ledger of a run.

    Parameters
    ----------
    folders : RunFolders
        The run.
    reference : str
        See `look_up`; also the id of a finding, and a place in the raw data that no figure uses.

    Raises
    ------
    MissingInput
        If the run has no ledger, or is one with other parameters.
    UnreadableInput
        If its ledger is damaged.
    ParameterError
        If nothing of the run fits the reference.
    """
    _insist(reference)
    folders.own()
    path = folders.processed / "ledger.json"
    if not path.is_file():
        raise folders.missing(f"{folders.name} has no ledger.json, so nothing can be explained")
    if _FINDING.fullmatch(reference.strip()):
        return _finding(folders, reference)
    if "!" in reference:
        return _place(folders, reference)
    names: dict[str, str] = {}
    lacking: dict[str, str] = {}
    table = folders.processed / "indikator.csv"
    if table.is_file():
        for row in handout.read(table, "kode", "indikator"):
            code = dashed(row["kode"])
            names[code] = row["indikator"]
            if "status" in row and not row.get("realisasi"):
                lacking[code] = row.get("alasan") or f"{row['status']}."
    ledger = Ledger.load(path)
    code, _, figure = dashed(reference.strip()).partition("/")
    if code in lacking and figure in ("", *_RESULTS):
        mine = [one for one in ledger if (one.id or "").startswith(f"{code}/")]
        heads = tuple(one for one in mine if one.id == f"{code}/target")
        others = tuple(one for one in mine if one not in heads)
        return Answer(reference, heads, others, lacking=f"{code}: {lacking[code]}")
    return look_up(ledger, reference, names)


def look_up(ledger: Ledger, reference: str, names: Mapping[str, str] | None = None) -> Answer:
    """Find what a reference stands for.

    Parameters
    ----------
    ledger : Ledger
        The figures of the run.
    reference : str
        An indicator (``IKU-1.1``, ``IKU 1.1``), a ledger id (``IKU-1.1/promotor``), a
        fragment of an id, of a label or of an indicator's name, a series as the report condenses
        its ids (``IKU-1.1/target-antara/I…IV``), or a place in the raw data (``dipa_ro.csv!7``,
        ``dipa_ro!7!Pagu``).
    names : mapping of str to str, optional
        Names of the indicators by code, the code written as in the ledger.

    Raises
    ------
    ParameterError
        If nothing fits; the sentence gives the nearest that does.
    """
    _insist(reference)
    if "!" in reference:
        return Answer(reference, uses=uses_of(ledger, reference))
    from pp39.report.series import spread  # noqa: PLC0415  imports pandas

    members = spread(dashed(reference), (one.id for one in ledger if one.id))
    if members:
        return Answer(reference, trees=tuple(ledger[one] for one in members))
    wanted = reference.strip().casefold()
    codes = {one.id.split("/")[0] for one in ledger if one.id and _headline(ledger, one.id)}
    named = [
        code for code, name in (names or {}).items() if code in codes and wanted in name.casefold()
    ]
    found = ledger.find(reference)
    if not found and named:
        found = [one for code in named for one in ledger.find(code)]
    if not found:
        raise _unknown(ledger, reference, names or {})
    if len(found) == 1:
        return Answer(reference, trees=tuple(found))
    of = {(one.id or "").split("/")[0] for one in found}
    if of <= codes and len(of) <= _TREES:
        heads = [head for code in sorted(of) if (head := _headline(ledger, code))]
        below = {one.id for head in heads for one in head.walk()}
        return Answer(reference, tuple(heads), tuple(one for one in found if one.id not in below))
    inner = {one.id for head in found for one in head.walk() if one.id != head.id}
    roots = tuple(one for one in found if one.id not in inner)
    if len(roots) <= _TREES:
        return Answer(reference, trees=roots)
    return Answer(reference, also=tuple(found))


def _insist(reference: str) -> None:
    """Refuse a reference that says nothing, which would fit everything."""
    if not reference.strip():
        raise ParameterError(
            "there is nothing to explain in a blank; name an indicator (IKU-1.1), a ledger id,"
            " a finding (T-…) or a raw row (dipa_ro.csv!7)"
        )


def _finding(folders: RunFolders, reference: str) -> Answer:
    # Imported here and below: what reads tables takes a second, figures are explained without.
    from pp39.explain.contradictions import contradiction  # noqa: PLC0415

    found = contradiction(folders, reference)
    ledger = Ledger.load(folders.processed / "ledger.json")
    figures = tuple(one for id in found.finding.figures if (one := ledger.get(id)))
    return Answer(reference, figures[:_TREES], figures[_TREES:], findings=(found,))


def _place(folders: RunFolders, reference: str) -> Answer:
    try:
        return look_up(Ledger.load(folders.processed / "ledger.json"), reference)
    except ParameterError:
        clean, place = folders.processed / "bersih", read_place(reference)
        if not clean.is_dir():
            raise
    from pp39.explain.contradictions import about  # noqa: PLC0415
    from pp39.explain.rows import clean_rows  # noqa: PLC0415

    rows = clean_rows(clean, place)
    whole = rows if place.column is None else clean_rows(clean, replace(place, column=None))
    return Answer(reference, rows=rows, findings=about(folders, whole))


def _headline(ledger: Ledger, id: str) -> Quantity | None:
    """Give the figure that stands for the indicator `id` belongs to, None where it is no such."""
    code = id.split("/", maxsplit=1)[0]
    return next((one for name in _HEADLINES if (one := ledger.get(f"{code}/{name}"))), None)


def _unknown(ledger: Ledger, reference: str, names: Mapping[str, str]) -> ParameterError:
    ids = {one.id for one in ledger if one.id}
    codes = {one.split("/")[0] for one in ids}
    wanted = dashed(reference)
    near = (
        nearest(wanted, codes if "/" not in wanted else ids)
        or nearest(wanted, ids)
        or nearest(reference, {one.label for one in ledger} | set(names.values()))
    )
    hint = f'the nearest is "{near}"' if near else f"there are {', '.join(sorted(codes))}"
    return ParameterError(f'nothing in the ledger is called "{reference}"; {hint}')
