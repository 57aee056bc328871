"""Review of a typed report: what contradicts itself in it, without any source data."""

from __future__ import annotations

from pathlib import Path

from pp39.findings import Finding
from pp39.profile.model import Profil
from pp39.review import (
    arithmetic,
    cells,
    claims,
    counted,
    crossing,
    dates,
    enumeration,
    facts,
    graded,
    lists,
    numbering,
    products,
    tables,
    trends,
    wording,
)
from pp39.review.hit import Look, Rule, found
from pp39.review.reading import SUFFIXES, is_english, read_report, respelt, spelt_back
from pp39.review.vocabulary import Vocabulary, upright

__all__ = ["RULES", "SUFFIXES", "review"]

RULES: tuple[Rule, ...] = (
    *crossing.RULES,
    *tables.RULES,
    *arithmetic.RULES,
    *products.RULES,
    *enumeration.RULES,
    *cells.RULES,
    *facts.RULES,
    *claims.RULES,
    *graded.RULES,
    *trends.RULES,
    *lists.RULES,
    *counted.RULES,
    *dates.RULES,
    *numbering.RULES,
    *wording.RULES,
)


def review(path: Path, profile: Profil) -> tuple[Look, list[Finding]]:
    """Read a typed report and look for contradictions in it.

    Parameters
    ----------
    path : pathlib.Path
        ``.docx``, ``.pdf`` with a text layer, ``.md`` or ``.txt``.
    profile : pp39.profile.model.Profil
        What kind of unit it is of: its words, and the indicators it knows; the rest is learnt.

    Raises
    ------
    pp39.errors.MissingInput, pp39.errors.UnreadableInput
        If the file is not there or cannot be read.
    """
    words = Vocabulary.of(profile)
    report = upright(read_report(path), words)
    english = is_english(report)
    look = Look(respelt(report) if english else report, words)
    told = found(RULES, look)
    return look, spelt_back(told) if english else told
