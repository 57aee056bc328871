"""What a reference stands for: an indicator, a ledger id, a fragment of a name, a raw cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pp39.errors import ParameterError, nearest
from pp39.explain.uses import Use, uses_of
from pp39.ledger import Computed, Ledger, Quantity
from pp39.run.address import RunFolders

__all__ = ["Answer", "explain", "look_up"]

#: What stands for a whole indicator: the first of these that was computed.
_HEADLINES = ("capaian", "realisasi", "target")
#: So many calculations are printed in full; more are listed by name.
_TREES = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reference stands for.

    Parameters
    ----------
    reference : str
        As it was asked for.
    trees : tuple of Quantity
        Figures to explain in full.
    also : tuple of Quantity
        Further figures that the reference stands for, to be listed.
    uses : tuple of Use
        For a reference to raw data: the cells meant.
    """

    reference: str
    trees: tuple[Quantity, ...] = ()
    also: tuple[Quantity, ...] = ()
    uses: tuple[Use, ...] = ()


def explain(folders: RunFolders, reference: str) -> Answer:
    """Look a reference up in the ledger of a run.

    Parameters
    ----------
    folders : RunFolders
        The run.
    reference : str
        See `look_up`.

    Raises
    ------
    MissingInput
        If the run has no ledger.
    UnreadableInput
        If its ledger is damaged.
    ParameterError
        If nothing in the ledger fits the reference.
    """
    path = folders.processed / "ledger.json"
    if not path.is_file():
        raise folders.missing(f"{folders.name} has no ledger.json, so nothing can be explained")
    names: dict[str, str] = {}
    table = folders.processed / "indikator.csv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names = {row["kode"].replace(" ", "-"): row["indikator"] for row in rows}
    return look_up(Ledger.load(path), reference, names)


def look_up(ledger: Ledger, reference: str, names: Mapping[str, str] | None = None) -> Answer:
    """Find what a reference stands for.

    Parameters
    ----------
    ledger : Ledger
        The figures of the run.
    reference : str
        An indicator (``IKK-6.1.2``, ``IKK 6.1.2``), a ledger id (``IKK-6.1.2/promotor``), a
        fragment of an id, of a label or of an indicator's name, or a place in the raw data
        (``pnbp.xlsx!7``, ``pnbp!7!Realisasi``).
    names : mapping of str to str, optional
        Names of the indicators by code, the code written as in the ledger.

    Raises
    ------
    ParameterError
        If nothing fits; the sentence gives the nearest that does.
    """
    if "!" in reference:
        return Answer(reference, uses=uses_of(ledger, reference))
    wanted = reference.strip().casefold()
    codes = {one.id.split("/")[0] for one in ledger if one.id and _headline(ledger, one.id)}
    named = [
        code for code, name in (names or {}).items() if code in codes and wanted in name.casefold()
    ]
    found = ledger.find(reference) if wanted else []
    if not found and named:
        found = [one for code in named for one in ledger.find(code)]
    if not found:
        raise _unknown(ledger, reference, names or {})
    if len(found) == 1:
        return Answer(reference, trees=tuple(found))
    of = {(one.id or "").split("/")[0] for one in found}
    if of <= codes and len(of) <= _TREES:
        heads = [head for code in sorted(of) if (head := _headline(ledger, code))]
        below = {one.id for head in heads for one in _entries_below(head)}
        return Answer(reference, tuple(heads), tuple(one for one in found if one.id not in below))
    inner = {one.id for head in found for one in _entries_below(head) if one.id != head.id}
    roots = tuple(one for one in found if one.id not in inner)
    if len(roots) <= _TREES:
        return Answer(reference, trees=roots)
    return Answer(reference, also=tuple(found))


def _headline(ledger: Ledger, id: str) -> Quantity | None:
    """Give the figure that stands for the indicator `id` belongs to, None where it is no such."""
    code = id.split("/", maxsplit=1)[0]
    return next((one for name in _HEADLINES if (one := ledger.get(f"{code}/{name}"))), None)


def _entries_below(quantity: Quantity) -> Iterator[Quantity]:
    """Give the quantity and all ledger entries it was computed from, each once."""
    seen: set[int] = set()
    waiting = [quantity]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if one.id is not None:
            yield one
        if isinstance(one.origin, Computed):
            waiting.extend(one.origin.operands)


def _unknown(ledger: Ledger, reference: str, names: Mapping[str, str]) -> ParameterError:
    ids = {one.id for one in ledger if one.id}
    codes = {one.split("/")[0] for one in ids}
    wanted = reference.strip().replace(" ", "-")
    near = (
        nearest(wanted, codes if "/" not in wanted else ids)
        or nearest(wanted, ids)
        or nearest(reference, {one.label for one in ledger} | set(names.values()))
    )
    hint = f'the nearest is "{near}"' if near else f"there are {', '.join(sorted(codes))}"
    return ParameterError(f'nothing in the ledger is called "{reference}"; {hint}')
