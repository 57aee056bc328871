"""Rows that checks look at and that steps cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from pp39.checks.facts import QUARTERS, Facts
from pp39.numbers import exact, round_half_up
from pp39.sources.registers import ELEMENTS, LATE, ON_TIME

__all__ = ["customers", "indices", "judged", "parties", "results", "shares"]

_JOINING = frozenset({"dan", "serta", "atau", "di", "pada"})


def parties(rows: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Name in ``pihak`` what a cell of ``kendala`` says if it names parts of the unit only."""
    known = {facts.params.unit.nama, facts.params.unit.singkatan, *facts.params.unit.struktur}
    known |= {one.pic for one in facts.params.indikator.values()}
    words = frozenset().union(*_words(pd.Series(sorted(known))))
    # A cell of party names only: each word that is not a joining word names a party.
    named = [
        text if parts and parts <= words else None
        for text, parts in zip(rows["kendala"], _words(rows["kendala"]), strict=True)
    ]
    return rows.assign(pihak=pd.Series(named, index=rows.index, dtype=object))


def judged(orders: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Put the counts of orders judged beside the orders."""
    counts = _until_now(facts, "sla")
    parts = []
    for column, kinds in (("jumlah", (ON_TIME, LATE)), ("tepat_waktu", (ON_TIME,))):
        chosen = orders[orders["ketepatan"].isin(kinds)]
        sized = _sized(chosen, ["triwulan_sla", "layanan"])
        beside = _beside(counts, column, sized, orders["triwulan_sla"])
        parts.append(
            beside.rename(columns={one: f"{one}_{column}" for one in ("rekap", "register")})
        )
    keys = ["triwulan", "layanan", "rincian"]
    return parts[0].merge(parts[1].drop(columns="baris"), on=keys, how="outer").sort_values("baris")


def customers(orders: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Put the counts of customers beside the orders."""
    keys = ["triwulan", "layanan", "kategori"]
    counted = orders[[*keys, "pihak_sama"]]
    if facts.params.pelanggan.hitung == "pelanggan":
        counted = counted[~(counted.duplicated() & counted["pihak_sama"].notna())]
    counts = _until_now(facts, "pelanggan")
    return _beside(counts, "jumlah", _sized(counted, keys), orders["triwulan"])


def results(orders: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Put the counts of results beside the orders."""
    counts = facts.rows("hasil_layanan")
    long = pd.concat(
        counts[["baris", "layanan"]].assign(
            triwulan=quarter, jumlah=counts[f"tw_{quarter.lower()}"]
        )
        for quarter in QUARTERS[: facts.quarter.number]
    )
    keys = ["triwulan_selesai", "layanan"]
    summed = orders.groupby(keys, sort=True)["hasil"].sum().rename_axis(["triwulan", "layanan"])
    done = orders["triwulan_selesai"]
    beside = _beside(long.dropna(subset=["jumlah"]), "jumlah", summed, done)
    return beside.assign(kolom="tw_" + beside["triwulan"].str.lower())


def indices(answers: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Put the index that the answers give beside the one stated."""
    scores = _until_now(facts, "nilai_eksternal")
    code = next((code for code, one in facts.params.indikator.items() if one.hitung == "ikm"), None)
    places = facts.params.indikator[code].desimal if code else 0
    made = {
        str(quarter): float(round_half_up(_index(rows), places))
        for quarter, rows in answers.groupby("triwulan")
        if rows[list(ELEMENTS)].notna().any().all()
    }
    stated = scores.loc[scores["kode"] == code, ["baris", "kode", "triwulan", "nilai"]]
    beside = stated.assign(acuan=stated["triwulan"].map(made))
    return beside.dropna(subset=["nilai", "acuan"])


def shares(payments: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Put the shares of the ceilings that were paid beside those stated."""
    ceilings = facts.rows("dipa_ro").groupby("kode_kro")["pagu"].sum()
    rows = _until_now(facts, "realisasi_kro")
    there = set(payments["triwulan"].dropna())
    rows = rows[["baris", "triwulan", "kode_kro", "serapan"]].dropna()
    rows = rows[rows["triwulan"].isin(there) & rows["kode_kro"].isin(ceilings[ceilings > 0].index)]
    paid = {quarter: _paid(payments, quarter) for quarter in set(rows["triwulan"])}
    made = [
        float(
            round_half_up(Fraction(100 * int(paid[quarter].get(code, 0)), int(ceilings[code])), 2)
        )
        for quarter, code in zip(rows["triwulan"], rows["kode_kro"], strict=True)
    ]
    rounded = [float(round_half_up(exact(one), 2)) for one in rows["serapan"]]
    return rows.assign(serapan=rounded, acuan=made)


def _words(texts: pd.Series) -> list[frozenset[str]]:
    """Give the words of each text, unit names brought to their short forms."""
    plain = texts.astype("str").str.casefold().str.replace("tata usaha", "tu")
    plain = plain.str.replace("subbagian", "subbag").str.replace(r"\bsubag", "subbag", regex=True)
    plain = plain.str.replace(r"subbagtu", "subbag tu")
    return [frozenset(words) - _JOINING for words in plain.str.findall(r"[a-z]+")]


def _until_now(facts: Facts, name: str) -> pd.DataFrame:
    frame = facts.rows(name)
    return frame[frame["triwulan"].isin(QUARTERS[: facts.quarter.number])]


def _sized(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    sized: pd.Series = frame.groupby(list(keys), sort=True).size()
    return sized.rename_axis(["triwulan", *keys[1:]])


def _beside(
    counts: pd.DataFrame, column: str, register: pd.Series, covered: pd.Series
) -> pd.DataFrame:
    """Put counts and register side by side, for the quarters both have; what one lacks is 0."""
    keys = [str(name) for name in register.index.names]
    quarters = set(counts["triwulan"]) & set(covered.dropna().unique())
    left = counts[[*keys, "baris", column]].rename(columns={column: "rekap"})
    both = left.merge(register.rename("register").reset_index(), on=keys, how="outer")
    both = both[both["triwulan"].isin(quarters)].sort_values(["baris", *keys], kind="stable")
    numbers = both[["rekap", "register"]].fillna(0).astype("float64")
    told = both[keys[1]]
    for key in keys[2:]:
        told = told + ", " + both[key]
    compared: pd.DataFrame = both.assign(**numbers, rincian=told)
    return compared


def _index(rows: pd.DataFrame) -> Fraction:
    means = (Fraction(int(rows[one].sum()), int(rows[one].count())) for one in ELEMENTS)
    return sum(means, Fraction(0)) / len(ELEMENTS)


def _paid(payments: pd.DataFrame, quarter: str) -> pd.Series:
    past = QUARTERS[: QUARTERS.index(quarter) + 1]
    paid: pd.Series = payments[payments["triwulan"].isin(past)].groupby("kode_kro")["nilai"].sum()
    return paid
