"""Rules that compare a source with the DIPA: codes must exist there, names should be the same."""

from __future__ import annotations

import pandas as pd

from pp39.checks.declared import table
from pp39.checks.facts import Facts
from pp39.checks.rule import Rule, View, equal, one_of, suggestion
from pp39.checks.views import letters

__all__ = ["known_code", "known_program", "same_words"]


def known_code(source: str, column: str, what: str, facts: Facts) -> tuple[Rule, ...]:
    """Declare that codes exist in the DIPA: unknown ones stop, answered ones are reported.

    Without the DIPA there is nothing to declare.

    Parameters
    ----------
    source : str
        Source with the codes.
    column : str
        ``kode_ro`` or ``kode_kro``.
    what : str
        ``RO`` or ``KRO``.
    facts : Facts
        Tables and parameters.
    """
    if facts.frame("dipa_ro") is None:
        return ()
    in_dipa = facts.ro_codes if column == "kode_ro" else facts.kro_codes
    return (
        Rule(
            f"{source}.{column}.dipa",
            "kritis",
            f"Setiap kode {what} tercantum dalam DIPA atau telah dijelaskan satuan kerja.",
            table(source),
            one_of(column, in_dipa | facts.answered_codes),
            f"kode {what} {{{column}}} tidak tercantum dalam DIPA{{saran}}",
            f"{what} {{{column}}} is not in dipa_ro.xlsx{{hint}}",
            column,
            explain=lambda facts, row: suggestion(row[column], in_dipa),
        ),
        Rule(
            f"{source}.{column}.di-luar-dipa",
            "peringatan",
            f"Setiap kode {what} tercantum dalam DIPA.",
            View(f"{source}/{column}-dijelaskan", lambda facts: _answered(facts, source, column)),
            one_of(column, in_dipa),
            f"kode {what} {{{column}}} tidak tercantum dalam DIPA. Penjelasan: {{alasan}}"
            " ({oleh}, {tanggal})",
            f"{what} {{{column}}} is not in dipa_ro.xlsx, as the parameters explain",
            column,
            explain=lambda facts, row: _answer(facts, str(row[column])),
        ),
    )


def known_program(source: str, facts: Facts) -> tuple[Rule, ...]:
    """Declare that codes of programs exist in the DIPA; unknown ones stop."""
    if facts.frame("dipa_ro") is None:
        return ()
    return (
        Rule(
            f"{source}.kode_program.dipa",
            "kritis",
            "Setiap kode program tercantum dalam DIPA.",
            table(source),
            one_of("kode_program", facts.program_codes),
            "kode program {kode_program} tidak tercantum dalam DIPA{saran}",
            "program {kode_program} is not in dipa_ro.xlsx{hint}",
            "kode_program",
            explain=lambda facts, row: suggestion(row["kode_program"], facts.program_codes),
        ),
    )


def same_words(source: str, column: str, key: str, what: str) -> Rule:
    """Declare that a name or unit reads as in the DIPA; case, blanks and marks do not matter."""

    def build(facts: Facts) -> pd.DataFrame | None:
        frame = facts.frame(source)
        if frame is None:
            return None
        beside = facts.rows("dipa_ro").drop_duplicates(key).set_index(key)[column]
        first = frame[["baris", key, column]].drop_duplicates()
        if "triwulan" not in frame:
            first = first.drop_duplicates([key, column])
        first = first.assign(acuan=first[key].map(beside)).dropna(subset=[column, "acuan"])
        texts = first.astype({column: "str", "acuan": "str"})
        return texts.assign(kini=letters(texts[column]), dipa=letters(texts["acuan"]))

    return Rule(
        f"{source}.{column}.sama",
        "peringatan",
        f"{what[:1].upper()}{what[1:]} sama dengan yang tercantum dalam DIPA.",
        View(f"{source}/{column}-dipa", build),
        equal("kini", "dipa"),
        f'{what} {{{key}}} "{{{column}}}" berbeda dari DIPA, "{{acuan}}"',
        f'"{{{column}}}" differs from dipa_ro.xlsx, which has "{{acuan}}"',
        column,
    )


def _answered(facts: Facts, source: str, column: str) -> pd.DataFrame | None:
    """Give the codes of the DIPA and the answered ones; the others are stopped by another rule."""
    frame = facts.frame(source)
    if frame is None:
        return None
    in_dipa = facts.ro_codes if column == "kode_ro" else facts.kro_codes
    rows = frame[["baris", column]].dropna().drop_duplicates(column)
    return rows[rows[column].isin(in_dipa | facts.answered_codes)]


def _answer(facts: Facts, code: str) -> dict[str, str]:
    given = facts.params.unit.ro_di_luar_dipa[code]
    return {
        "alasan": given.alasan.rstrip("."),
        "oleh": given.oleh,
        "tanggal": given.tanggal.isoformat(),
    }
