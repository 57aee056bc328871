"""Every figure once more, by the parameters as they are without scenario and overrides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pp39.book import Book
from pp39.errors import ParameterError
from pp39.indicators.anggaran import compute_budget
from pp39.indicators.compute import compute_indicators, compute_realisations, summarise
from pp39.indicators.formulir import compute_form
from pp39.indicators.ro import compute_outputs
from pp39.indicators.serapan import compute_absorption
from pp39.ledger import Ledger
from pp39.params import Params
from pp39.periods import Quarter
from pp39.same import once

#: Branches of the parameters that no figure hangs on.
_NO_FIGURE = {"eksekusi", "temuan"}


def base_ledger(book: Book) -> Ledger:
    """Compute what the run would have given by its base parameters.

    What was stated before a parameter was changed is held against these figures.

    Returns
    -------
    Ledger
        That of the book itself, where nothing was overridden that a figure may hang on.
    """
    base = book.settings.base
    if base is None or _relevant(base.params) == _relevant(book.params):
        return book.ledger
    again = replace(book, settings=base, ledger=Ledger())
    try:
        compute_everything(again)
    except ParameterError:
        # Without the overrides the run is impossible, so they contradict nothing.
        return book.ledger
    return again.ledger


@once
def ledger_on(book: Book, quarter: Quarter, footing: str, kind: str | None) -> Ledger:
    """Compute figures of a quarter with rows (``baris``) or counts (``rekap``) first.

    Parameters
    ----------
    book : Book
        Tables and parameters.
    quarter : Quarter
        The quarter.
    footing : str
        What `pp39.params.model.Data` calls ``dahulukan``.
    kind : str or None
        ``hitung`` of the indicators; None for the absorption of the budget.
    """
    data = book.params.data.model_copy(update={"dahulukan": footing})
    params = book.params.model_copy(update={"data": data})
    settings = replace(book.settings, params=params)
    on = replace(book, settings=settings, on=quarter, ledger=Ledger())
    if kind is None:
        compute_budget(on)
        compute_absorption(on)
    else:
        compute_realisations(on, kind)
    return on.ledger


def compute_everything(book: Book) -> None:
    """Enter all figures of a run in the ledger of the book."""
    summarise(book, compute_indicators(book))
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    compute_form(book)


def _relevant(params: Params) -> dict[str, Any]:
    return params.model_dump(exclude=_NO_FIGURE)
