"""Rules about targets: one for each known indicator, on its scale, and the same in all papers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd

from pp39.checks.declared import table
from pp39.checks.facts import QUARTERS, Facts
from pp39.checks.result import Level
from pp39.checks.rule import Rule, View, at_least, between, equal, filled, one_of, suggestion
from pp39.checks.views import missing

__all__ = ["indicator_rule", "scale_rule", "target_antara", "target_suite"]


def target_suite(document: str) -> Callable[[Facts], tuple[Rule, ...]]:
    """Give the rules of one document that states targets.

    The document whose targets count must be right: it must have a target for every indicator, and
    each on the indicator's scale. The others are only compared with it.

    Parameters
    ----------
    document : str
        Value of the parameter ``dokumen_target``.
    """
    source = f"target_{document}"

    def suite(facts: Facts) -> tuple[Rule, ...]:
        counts = facts.params.dokumen_target == document
        level: Level = "kritis" if counts else "peringatan"
        rules = [
            indicator_rule(source, facts),
            Rule(
                f"{source}.lengkap",
                level,
                "Setiap indikator memiliki target.",
                View(f"{source}/lengkap", lambda facts: _targets(facts, source)),
                filled("ada"),
                "indikator {kode} tidak memiliki target",
                "there is no target for {kode}; add one, or set the parameter target",
                "kode",
            ),
            scale_rule(source, "target", level),
        ]
        if not counts:
            rules.append(
                Rule(
                    f"{source}.target.sama",
                    "peringatan",
                    "Target sama dengan target pada dokumen yang diperhitungkan.",
                    View(f"{source}/target", lambda facts: _target_pairs(facts, source)),
                    equal("target", "acuan"),
                    "target {kode} sebesar {target:angka} berbeda dari {acuan:angka} pada dokumen"
                    " yang diperhitungkan",
                    "the target of {kode} is {target}; the document that counts has {acuan}",
                    "target",
                )
            )
        if source == "target_sasaran_indikator":
            rules.append(
                Rule(
                    f"{source}.kode_sasaran.dikenal",
                    "peringatan",
                    "Setiap kode sasaran dikenal.",
                    table(source),
                    one_of("kode_sasaran", facts.params.sasaran),
                    "kode sasaran {kode_sasaran} tidak dikenal{saran}",
                    "{kode_sasaran} is not a known sasaran{hint}",
                    "kode_sasaran",
                    explain=lambda facts, row: suggestion(
                        row["kode_sasaran"], facts.params.sasaran
                    ),
                )
            )
        return tuple(rules)

    return suite


def target_antara(facts: Facts) -> tuple[Rule, ...]:
    """Interim targets never fall during the year and end at 100%."""
    steps = View("target_antara/urut", _interim_steps)
    return (
        indicator_rule("target_antara", facts),
        Rule(
            "target_antara.lengkap",
            "peringatan",
            "Setiap indikator memiliki target antara.",
            View("target_antara/lengkap", _interim_missing),
            filled("ada"),
            "indikator {kode} tidak memiliki target antara",
            "there is no row for {kode}",
            "kode",
        ),
        Rule(
            "target_antara.naik",
            "peringatan",
            "Target antara tidak turun dari triwulan ke triwulan.",
            steps,
            at_least("persen", "sebelum"),
            "target antara {kode} turun dari {sebelum:angka}% menjadi {persen:angka}%",
            "the interim target of {kode} falls from {sebelum}% to {persen}%",
            column_from="triwulan",
        ),
        Rule(
            "target_antara.akhir",
            "peringatan",
            "Target antara triwulan IV adalah 100%.",
            table("target_antara"),
            between("tw_iv", 100, 100),
            "target antara {kode} pada triwulan IV {tw_iv:angka}%, bukan 100%",
            "the interim target of quarter IV is {tw_iv}%; it should be 100%",
            "tw_iv",
        ),
    )


def indicator_rule(source: str, facts: Facts) -> Rule:
    """Declare that codes of indicators are known; unknown ones stop."""
    return Rule(
        f"{source}.kode.dikenal",
        "kritis",
        "Setiap kode indikator tercantum dalam daftar indikator.",
        table(source),
        one_of("kode", facts.registered_codes),
        "kode indikator {kode} tidak dikenal{saran}",
        "{kode} is not a known indicator{hint}",
        "kode",
        explain=lambda facts, row: suggestion(row["kode"], facts.indicator_codes),
    )


def scale_rule(source: str, column: str, level: Level) -> Rule:
    """Declare that values are on the scale of their indicator."""
    return Rule(
        f"{source}.{column}.skala",
        level,
        "Setiap nilai berada pada skala indikatornya.",
        View(f"{source}/{column}-skala", lambda facts: _on_scale(facts, source, column)),
        equal(column, "terdekat"),
        f"{column} {{kode}} sebesar {{{column}:angka}} berada di luar skala; batasnya"
        " {terdekat:angka}",
        f"{{{column}}} is outside the scale of {{kode}}, whose limit is {{terdekat}}",
        column,
    )


def _targets(facts: Facts, source: str) -> pd.DataFrame:
    given = facts.rows(source).dropna(subset=["target"])["kode"]
    # A target set by a parameter replaces the document's, so none is missing there.
    there = pd.concat([given, pd.Series(list(facts.params.target), dtype=object)])
    return missing(facts.indicator_codes, there, "kode")


def _target_pairs(facts: Facts, source: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    counting = facts.frame(f"target_{facts.params.dokumen_target}")
    if frame is None or counting is None:
        return None
    beside = counting.drop_duplicates("kode").set_index("kode")["target"]
    rows = frame[["baris", "kode", "target"]].assign(acuan=frame["kode"].map(beside))
    return rows.dropna(subset=["target", "acuan"])


def _on_scale(facts: Facts, source: str, column: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    if frame is None:
        return None
    known = {code: one.skala for code, one in facts.params.indikator.items()}
    rows = frame.loc[frame["kode"].isin(known), ["baris", "kode", column]].dropna()
    low = rows["kode"].map({code: one[0] for code, one in known.items()}).astype(float)
    high = rows["kode"].map({code: one[1] for code, one in known.items()}).astype(float)
    nearest = rows[column].clip(low.fillna(-np.inf), high.fillna(np.inf))
    return rows.assign(terdekat=nearest)


def _interim_steps(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("target_antara")
    if frame is None:
        return None
    columns = [f"tw_{quarter.lower()}" for quarter in QUARTERS]
    pairs = [
        frame[["baris", "kode"]].assign(triwulan=later, persen=frame[later], sebelum=frame[earlier])
        for earlier, later in pairwise(columns)
    ]
    return pd.concat(pairs).dropna(subset=["persen", "sebelum"])


def _interim_missing(facts: Facts) -> pd.DataFrame:
    return missing(facts.indicator_codes, facts.rows("target_antara")["kode"], "kode")
