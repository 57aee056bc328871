"""Every figure once more, by the parameters as they are without scenario and overrides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pp39.book import Book
from pp39.errors import ParameterError
from pp39.indicators.anggaran import compute_budget
from pp39.indicators.compute import compute_indicators, summarise
from pp39.indicators.formulir import compute_form
from pp39.indicators.ro import compute_outputs
from pp39.indicators.serapan import compute_absorption
from pp39.ledger import Ledger
from pp39.params import Params

__all__ = ["base_ledger", "compute_everything"]

#: Branches of the parameters that no figure hangs on.
_NO_FIGURE = {"eksekusi", "temuan"}


def base_ledger(job: Book) -> Ledger:
    """Compute what the run would have given by its base parameters.

    What was stated before a parameter was changed is held against these figures.

    Parameters
    ----------
    job : Book
        The run, computed.

    Returns
    -------
    Ledger
        That of the job itself, where nothing was overridden that a figure may hang on.
    """
    base = job.settings.base
    if base is None or _relevant(base.params) == _relevant(job.params):
        return job.ledger
    again = replace(job, settings=base, ledger=Ledger())
    try:
        compute_everything(again)
    except ParameterError:
        # Without the overrides the run is impossible, so they contradict nothing.
        return job.ledger
    return again.ledger


def compute_everything(job: Book) -> None:
    """Enter all figures of a run in the ledger of the job."""
    summarise(job, compute_indicators(job))
    compute_budget(job)
    compute_outputs(job)
    compute_absorption(job)
    compute_form(job)


def _relevant(params: Params) -> dict[str, Any]:
    return params.model_dump(exclude=_NO_FIGURE)
