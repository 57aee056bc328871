"""Review of a typed report: what contradicts itself in it, without any source data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pp39.findings import Finding
from pp39.review import facts, tables, wording
from pp39.review.hit import Look, Rule, found
from pp39.review.reading import SUFFIXES, read_report

__all__ = ["RULES", "SUFFIXES", "review"]

RULES: tuple[Rule, ...] = (*tables.RULES, *facts.RULES, *wording.RULES)


def review(path: Path, known: Sequence[tuple[str, str, str]] = ()) -> tuple[Look, list[Finding]]:
    """Read a typed report and look for contradictions in it.

    Parameters
    ----------
    path : pathlib.Path
        ``.docx``, ``.pdf`` with a text layer, ``.md`` or ``.txt``.
    known : sequence of (str, str, str)
        Code, name and short name of the indicators of a profile; the rest is learnt.

    Returns
    -------
    Look
        The report as it was understood.
    list of pp39.findings.Finding
        Gravest first.

    Raises
    ------
    pp39.errors.MissingInput, pp39.errors.UnreadableInput
        If the file is not there or cannot be read.
    """
    look = Look(read_report(path), known)
    return look, found(RULES, look)
