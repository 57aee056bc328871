"""Rules about services: the survey, customers, PNBP, results and their timeliness."""

from __future__ import annotations

import pandas as pd

from pp39.checks.declared import table
from pp39.checks.facts import QUARTERS, Facts
from pp39.checks.rule import Rule, View, at_least, between, equal, filled, one_of
from pp39.checks.views import gaps, letters, missing

__all__ = ["hasil_layanan", "pelanggan", "pnbp", "pnbp_dasar", "sla", "survei_nps"]


def survei_nps(facts: Facts) -> tuple[Rule, ...]:
    """Survey: answers 0-10, no respondent twice, numbers without a gap."""
    return (
        Rule(
            "survei_nps.nilai.rentang",
            "kritis",
            "Setiap jawaban adalah bilangan bulat 0 sampai dengan 10.",
            table("survei_nps"),
            one_of("nilai", range(11)),
            "nilai jawaban berada di luar skala 0 sampai dengan 10",
            "what stands there is not an answer; write a whole number from 0 to 10",
            "nilai",
        ),
        Rule(
            "survei_nps.responden.berulang",
            "peringatan",
            "Setiap responden hanya menjawab satu kali dalam satu triwulan.",
            View("survei_nps/responden", _first_answers),
            equal("baris", "baris_pertama"),
            "responden nomor {no} sama dengan responden pada baris {baris_pertama}"
            " (nomor telepon atau alamat surel sama)",
            "the respondent is the one of row {baris_pertama}, by telephone or e-mail",
            "no",
        ),
        Rule(
            "survei_nps.nama.berulang",
            "peringatan",
            "Nama yang sama tidak muncul pada responden yang berbeda.",
            View("survei_nps/nama", _first_names),
            equal("responden", "responden_pertama"),
            "responden nomor {no} bernama sama dengan responden pada baris {baris_pertama}",
            "the name is that of the respondent in row {baris_pertama}",
            "no",
        ),
        Rule(
            "survei_nps.no-urut",
            "peringatan",
            "Nomor urut responden tidak terputus.",
            gaps("survei_nps", "no", ("triwulan",)),
            equal("no", "berikut"),
            "nomor urut responden melompat dari {sebelum} ke {no}",
            "the numbering jumps from {sebelum} to {no}",
            "no",
        ),
        Rule(
            "survei_nps.status.kategori",
            "peringatan",
            "Status responden termasuk kategori pelanggan satuan kerja.",
            table("survei_nps"),
            one_of("status", facts.vocabulary("kategori")),
            'status "{status}" bukan kategori pelanggan satuan kerja',
            'status "{status}" is no kind of customer of the unit',
            "status",
        ),
    )


def pelanggan(facts: Facts) -> tuple[Rule, ...]:
    """List rules of customers: every service that had results had customers."""
    return (_served_rule("pelanggan", "data pelanggan"),)


def pnbp(facts: Facts) -> tuple[Rule, ...]:
    """PNBP: a target for every service, and a total that never falls."""
    return (
        Rule(
            "pnbp.target.terisi",
            "peringatan",
            "Setiap jenis layanan memiliki target PNBP sendiri.",
            table("pnbp"),
            filled("target"),
            "layanan {layanan} tidak memiliki target PNBP sendiri",
            "there is no target of {layanan} alone",
            "target",
        ),
        Rule(
            "pnbp.realisasi.kumulatif",
            "peringatan",
            "Realisasi PNBP kumulatif tidak turun dari triwulan ke triwulan.",
            View("pnbp/kumulatif", _revenue_steps),
            at_least("realisasi", "sebelum"),
            "realisasi kumulatif {layanan} turun dari {sebelum:rp} menjadi {realisasi:rp}",
            "the cumulative revenue of {layanan} falls from {sebelum} to {realisasi}",
            "realisasi",
        ),
    )


def pnbp_dasar(facts: Facts) -> tuple[Rule, ...]:
    """PNBP baseline: last year's, and not zero, since growth is a share of it."""
    return (
        Rule(
            "pnbp_dasar.tahun",
            "peringatan",
            "PNBP tahun sebelumnya tersedia sebagai tahun dasar.",
            View("pnbp_dasar/tahun", _base_year),
            filled("ada"),
            "PNBP tahun {tahun} tidak tersedia",
            "there is no row for {tahun}, the year before the budget year",
            "tahun",
        ),
        Rule(
            "pnbp_dasar.realisasi.positif",
            "kritis",
            "PNBP tahun dasar lebih besar daripada nol.",
            table("pnbp_dasar"),
            between("realisasi", 1, None),
            "PNBP tahun dasar {realisasi:rp} tidak dapat menjadi pembagi",
            "{realisasi} cannot be a baseline; write an amount above zero",
            "realisasi",
        ),
    )


def hasil_layanan(facts: Facts) -> tuple[Rule, ...]:
    """Service results: one unit per service, every past quarter filled."""
    results = View("hasil_layanan/satuan", _result_units)
    return (
        Rule(
            "hasil_layanan.satuan.sama",
            "peringatan",
            "Satuan hasil setiap triwulan sama dengan satuan targetnya.",
            results,
            equal("kini", "acuan"),
            'satuan hasil {layanan} "{satuan}" berbeda dari satuan targetnya, "{satuan_target}"',
            'the unit is "{satuan}", the target is in "{satuan_target}"',
            column_from="triwulan",
        ),
        Rule(
            "hasil_layanan.terisi-triwulan",
            "peringatan",
            "Hasil setiap layanan terisi untuk setiap triwulan yang telah berakhir.",
            View("hasil_layanan/triwulan", _results),
            filled("hasil"),
            "hasil layanan {layanan} tidak diisi",
            "the cell is blank; write the results of {layanan}, 0 if there were none",
            column_from="triwulan",
        ),
        Rule(
            "hasil_layanan.target.terisi",
            "peringatan",
            "Setiap layanan memiliki target tahunan.",
            table("hasil_layanan"),
            filled("target"),
            "layanan {layanan} tidak memiliki target tahunan",
            "the cell is blank; write the target of the year",
            "target",
        ),
    )


def sla(facts: Facts) -> tuple[Rule, ...]:
    """SLA: parts within and equal to the whole, every service that had results covered.

    More orders on time than orders is impossible and stops. A sum that misses the whole is a
    contradiction among primary counts; it is shown, and the figure is computed from the orders.
    """
    return (
        Rule(
            "sla.tepat_waktu.bagian",
            "kritis",
            "Order tepat waktu tidak melebihi jumlah order.",
            View("sla/bagian", lambda facts: _orders(facts, ["jumlah", "tepat_waktu"])),
            at_least("jumlah", "tepat_waktu"),
            "order tepat waktu {tepat_waktu} melebihi jumlah order {jumlah}",
            "{tepat_waktu} orders on time exceed {jumlah} orders; they must be part of them",
            "tepat_waktu",
        ),
        Rule(
            "sla.jumlah.rincian",
            "peringatan",
            "Jumlah order sama dengan order tepat waktu ditambah order terlambat.",
            View("sla/jumlah", _order_sums),
            equal("jumlah", "rincian"),
            "jumlah order {jumlah} berbeda dari rinciannya, {tepat_waktu} + {terlambat} ="
            " {rincian}",
            "{jumlah} orders are not {tepat_waktu} on time and {terlambat} late",
            "jumlah",
        ),
        _served_rule("sla", "data ketepatan waktu"),
    )


def _served_rule(source: str, what: str) -> Rule:
    return Rule(
        f"{source}.layanan.lengkap",
        "peringatan",
        f"Setiap layanan yang memberikan hasil pada triwulan laporan memiliki {what}.",
        View(f"{source}/layanan", lambda facts: _served(facts, source)),
        filled("ada"),
        f"layanan {{layanan}} memberikan hasil tetapi tidak memiliki {what}",
        "{layanan} has results but no row here",
        "layanan",
    )


def _served(facts: Facts, source: str) -> pd.DataFrame | None:
    rows = facts.of_quarter(source)
    if rows is None or rows.empty:
        return None
    results = facts.rows("hasil_layanan")
    given = results[f"tw_{str(facts.quarter).lower()}"].fillna(0) > 0
    return missing(results.loc[given, "layanan"], rows["layanan"], "layanan")


def _first_answers(facts: Facts) -> pd.DataFrame | None:
    rows = facts.until_now("survei_nps")
    if rows is None:
        return None
    rows = rows[["baris", "triwulan", "no", "responden"]].dropna(subset=["responden"])
    first = rows.groupby(["triwulan", "responden"])["baris"].transform("min")
    return rows.assign(baris_pertama=first)


def _first_names(facts: Facts) -> pd.DataFrame | None:
    rows = facts.until_now("survei_nps")
    if rows is None:
        return None
    rows = rows[["baris", "triwulan", "no", "responden", "nama_sama"]]
    rows = rows.dropna(subset=["responden", "nama_sama"])
    first = rows.drop_duplicates(["triwulan", "nama_sama"])
    first = first.rename(columns={"baris": "baris_pertama", "responden": "responden_pertama"})
    keys = ["triwulan", "nama_sama"]
    beside = rows.merge(first[[*keys, "baris_pertama", "responden_pertama"]], on=keys)
    return beside.sort_values("baris")


def _revenue_steps(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("pnbp")
    if frame is None:
        return None
    rows = frame[["baris", "triwulan", "layanan", "realisasi"]].dropna()
    rows = rows.assign(urutan=rows["triwulan"].map({q: n for n, q in enumerate(QUARTERS)}))
    rows = rows.sort_values(["layanan", "urutan"], kind="stable")
    before = rows.groupby("layanan")["realisasi"].shift()
    return rows.assign(sebelum=before).dropna(subset=["sebelum"]).sort_values("baris")


def _base_year(facts: Facts) -> pd.DataFrame:
    return missing([facts.year - 1], facts.rows("pnbp_dasar")["tahun"], "tahun")


def _results(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("hasil_layanan")
    if frame is None:
        return None
    past = [f"tw_{quarter.lower()}" for quarter in QUARTERS[: facts.quarter.number]]
    parts = [
        frame[["baris", "layanan"]].assign(
            triwulan=name,
            hasil=frame[name],
            satuan=frame[f"{name}_satuan"],
            satuan_target=frame["target_satuan"],
        )
        for name in past
    ]
    return pd.concat(parts).sort_values(["baris"], kind="stable")


def _result_units(facts: Facts) -> pd.DataFrame | None:
    rows = _results(facts)
    if rows is None:
        return None
    rows = rows.dropna(subset=["hasil", "satuan_target"])
    texts = rows.assign(satuan=rows["satuan"].astype(object).where(rows["satuan"].notna(), ""))
    texts = texts.astype({"satuan": "str", "satuan_target": "str"})
    return texts.assign(kini=letters(texts["satuan"]), acuan=letters(texts["satuan_target"]))


def _orders(facts: Facts, columns: list[str]) -> pd.DataFrame | None:
    frame = facts.frame("sla")
    return None if frame is None else frame[["baris", "layanan", *columns]].dropna()


def _order_sums(facts: Facts) -> pd.DataFrame | None:
    rows = _orders(facts, ["jumlah", "tepat_waktu", "terlambat"])
    if rows is None:
        return None
    return rows.assign(rincian=rows["tepat_waktu"] + rows["terlambat"])
