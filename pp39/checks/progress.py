"""Rules about the progress of rincian output (RO): monthly realisation and monthly targets."""

from __future__ import annotations

import pandas as pd

from pp39.checks.codes import known_code, same_words
from pp39.checks.facts import Facts
from pp39.checks.rule import Rule, View, at_least, equal, filled
from pp39.checks.views import missing, next_to, series

__all__ = ["progres_ro", "target_smart"]


def progres_ro(facts: Facts) -> tuple[Rule, ...]:
    """Monthly progress: codes of the DIPA, cumulative series, months up to the quarter's end."""
    return (
        *known_code("progres_ro", "kode_ro", "RO", facts),
        same_words("progres_ro", "nama_ro", "kode_ro", "nama RO"),
        same_words("progres_ro", "satuan", "kode_ro", "satuan RO"),
        _falling_rule("rvro", "RVRO"),
        _falling_rule("progres", "progres", "%"),
        Rule(
            "progres_ro.rvro.batas",
            "peringatan",
            "Realisasi volume tidak melebihi target volume (TVRO).",
            View("progres_ro/volume", _volumes),
            at_least("tvro", "rvro"),
            "RVRO {kode_ro} sebesar {rvro} melebihi TVRO {tvro}",
            "RVRO {rvro} of {kode_ro} exceeds TVRO {tvro}",
            "rvro",
        ),
        _month_rule("progres_ro", "progres", "Progres"),
        _listed_rule("progres_ro", "progres"),
        _target_rule("progres_ro", "tvro", "TVRO", "dipa_ro", "DIPA"),
        _target_rule("progres_ro", "tvro", "TVRO", "target_smart", "SMART"),
    )


def target_smart(facts: Facts) -> tuple[Rule, ...]:
    """Monthly targets: codes of the DIPA, increments that add up to the whole."""
    return (
        *known_code("target_smart", "kode_ro", "RO", facts),
        same_words("target_smart", "nama_ro", "kode_ro", "nama RO"),
        same_words("target_smart", "nama_kro", "kode_kro", "nama KRO"),
        same_words("target_smart", "satuan", "kode_ro", "satuan RO"),
        Rule(
            "target_smart.tpcro.jumlah",
            "peringatan",
            "TPCRO bulanan setiap RO berjumlah 100%.",
            View("target_smart/tpcro", lambda facts: _yearly(facts, "tpcro")),
            equal("tpcro", "seharusnya"),
            "TPCRO {kode_ro} berjumlah {tpcro:angka}%, bukan 100%",
            "the monthly TPCRO of {kode_ro} add up to {tpcro}%, not 100%",
            "tpcro",
        ),
        Rule(
            "target_smart.trvro.jumlah",
            "peringatan",
            "TRVRO bulanan setiap RO berjumlah sama dengan targetnya.",
            View("target_smart/trvro", lambda facts: _yearly(facts, "trvro")),
            equal("trvro", "seharusnya"),
            "TRVRO {kode_ro} berjumlah {trvro:angka}, sedangkan targetnya {seharusnya:angka}",
            "the monthly TRVRO of {kode_ro} add up to {trvro}, the target is {seharusnya}",
            "trvro",
        ),
        _month_rule("target_smart", "tpcro", "TPCRO"),
        _listed_rule("target_smart", "target SMART"),
        _target_rule("target_smart", "target", "target SMART", "dipa_ro", "DIPA"),
    )


def _falling_rule(column: str, name: str, mark: str = "") -> Rule:
    return Rule(
        f"progres_ro.{column}.kumulatif",
        "peringatan",
        f"{name[:1].upper()}{name[1:]} kumulatif tidak turun dari bulan ke bulan.",
        series("progres_ro", column, "kode_ro", "bulan"),
        at_least(column, "sebelum"),
        f"{name} {{kode_ro}} turun dari {{sebelum:angka}}{mark} menjadi {{{column}:angka}}{mark}"
        " pada bulan {bulan:bulan}",
        f"cumulative {column} of {{kode_ro}} falls from {{sebelum}}{mark} to {{{column}}}{mark}",
        column,
    )


def _month_rule(source: str, column: str, name: str) -> Rule:
    return Rule(
        f"{source}.bulan.lengkap",
        "peringatan",
        f"{name} setiap RO tersedia untuk setiap bulan sampai dengan akhir triwulan laporan.",
        View(f"{source}/bulan", lambda facts: _filled_months(facts, source, column)),
        at_least("terisi", "semua"),
        f"{name} bulan {{bulan:bulan}} tersedia untuk {{terisi}} dari {{semua}} RO",
        f"{column} of month {{bulan}} is there for {{terisi}} of {{semua}} RO",
        column,
    )


def _listed_rule(source: str, what: str) -> Rule:
    return Rule(
        f"{source}.lengkap",
        "peringatan",
        f"Setiap RO dalam DIPA memiliki {what}.",
        View(f"{source}/lengkap", lambda facts: _listed(facts, source)),
        filled("ada"),
        f"RO {{kode_ro}} {{nama}} tercantum dalam DIPA tetapi tidak memiliki {what}",
        "there is no row for RO {kode_ro} of dipa_ro.xlsx",
        "kode_ro",
    )


def _target_rule(source: str, column: str, name: str, other: str, document: str) -> Rule:
    return Rule(
        f"{source}.{column}.{document.lower()}",
        "peringatan",
        f"{name[:1].upper()}{name[1:]} sama dengan target RO menurut {document}.",
        View(
            f"{source}/{column}-{other}",
            lambda facts: _beside(facts, source, column, other),
        ),
        equal(column, "acuan"),
        f"{name} {{kode_ro}} sebesar {{{column}}} berbeda dari target {document}, {{acuan}}",
        f"{{{column}}} differs from the target of {{kode_ro}} in {other}, {{acuan}}",
        column,
    )


def _beside(facts: Facts, source: str, column: str, other: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    if frame is None:
        return None
    return next_to(frame, facts.rows(other), "kode_ro", column, "target")


def _volumes(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("progres_ro")
    if frame is None:
        return None
    return frame[["baris", "kode_ro", "bulan", "rvro", "tvro"]].dropna()


def _filled_months(facts: Facts, source: str, column: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    if frame is None or frame.empty:
        return None
    months = list(facts.quarter.upto)
    counts = frame.dropna(subset=[column]).groupby("bulan")["kode_ro"].nunique()
    filled_in = counts.reindex(months, fill_value=0).astype("int64")
    return pd.DataFrame(
        {
            "bulan": months,
            "terisi": list(filled_in),
            "semua": int(frame["kode_ro"].nunique()),
        }
    )


def _listed(facts: Facts, source: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    if frame is None:
        return None
    names = facts.rows("dipa_ro").drop_duplicates("kode_ro").set_index("kode_ro")["nama_ro"]
    listed = missing(names.index, frame["kode_ro"], "kode_ro")
    return listed.assign(nama=listed["kode_ro"].map(names))


def _yearly(facts: Facts, column: str) -> pd.DataFrame | None:
    frame = facts.frame("target_smart")
    if frame is None:
        return None
    by_ro = frame.groupby("kode_ro", sort=False)
    sums = by_ro.agg(baris=("baris", "first"), total=(column, "sum"), target=("target", "first"))
    # Sums of decimals with few places: the sixth is far below any of them and above any noise.
    sums = sums.astype({"total": "float64", "target": "float64"}).round({"total": 6})
    due = 100.0 if column == "tpcro" else sums["target"]
    named = sums.rename(columns={"total": column}).assign(seharusnya=due)
    return named.reset_index().dropna(subset=["seharusnya"])
