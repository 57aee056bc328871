"""Which sources the indicators of a unit need: only what is used is asked for."""

from __future__ import annotations

from pp39.indicators.compute import METHODS
from pp39.indicators.registry import method_of
from pp39.params import Settings

__all__ = ["needed_sources"]


def needed_sources(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Tell which sources the indicators need, and what for.

    Parameters
    ----------
    settings : Settings
        Parameters of the run.

    Returns
    -------
    dict of str to tuple of str
        Source -> codes of the indicators; the document whose targets count is one of them.

    Raises
    ------
    ParameterError
        If an indicator names no way to compute.
    """
    found: dict[str, tuple[str, ...]] = {}
    for code, one in settings.params.indikator.items():
        document = f"target_{settings.params.dokumen_target}"
        for source in (*method_of(METHODS, one.hitung, code).sources, document):
            found[source] = (*found.get(source, ()), code)
    return found
