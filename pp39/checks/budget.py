"""Rules about the budget: ceilings that add up, the chain of revisions, codes of the DIPA."""

from __future__ import annotations

import pandas as pd

from pp39.checks.codes import known_code, known_program, same_words
from pp39.checks.declared import table
from pp39.checks.facts import Facts
from pp39.checks.rule import Rule, View, at_least, equal, filled, unique
from pp39.checks.views import gaps, missing

__all__ = [
    "dipa_pagu",
    "dipa_ro",
    "jenis_belanja",
    "kegiatan_kro",
    "realisasi_kro",
    "revisi_dipa",
    "sumber_dana",
]


def dipa_ro(facts: Facts) -> tuple[Rule, ...]:
    """DIPA composition: the codes nest, and the RO add up to the initial ceiling."""
    nested = View("dipa_ro/kode", _nested_codes)
    return (
        Rule(
            "dipa_ro.kode_kro.jenjang",
            "kritis",
            "Kode KRO berawalan kode kegiatannya.",
            nested,
            equal("awalan_kro", "kode_kegiatan"),
            "kode KRO {kode_kro} tidak berada di bawah kegiatan {kode_kegiatan}",
            "KRO {kode_kro} is not below kegiatan {kode_kegiatan}; correct one of the two codes",
            "kode_kro",
        ),
        Rule(
            "dipa_ro.kode_ro.jenjang",
            "kritis",
            "Kode RO berawalan kode KRO-nya.",
            nested,
            equal("awalan_ro", "kode_kro"),
            "kode RO {kode_ro} tidak berada di bawah KRO {kode_kro}",
            "RO {kode_ro} is not below KRO {kode_kro}; correct one of the two codes",
            "kode_ro",
        ),
        _total_rule("dipa_ro", "rincian output", "RO"),
    )


def sumber_dana(facts: Facts) -> tuple[Rule, ...]:
    """Expect the sources of funds to add up to the initial ceiling."""
    return (_total_rule("sumber_dana", "sumber dana", "sources of funds"),)


def jenis_belanja(facts: Facts) -> tuple[Rule, ...]:
    """Kinds of expenditure add up to the initial ceiling."""
    return (_total_rule("jenis_belanja", "jenis belanja", "kinds of expenditure"),)


def dipa_pagu(facts: Facts) -> tuple[Rule, ...]:
    """Expect an initial ceiling, and a blocked amount that is part of it and of a revision."""
    return (
        Rule(
            "dipa_pagu.pagu_awal",
            "kritis",
            "Pagu awal DIPA tersedia.",
            View("dipa_pagu/pagu_awal", _initial_ceiling),
            filled("ada"),
            "baris {kode} tidak tersedia",
            "there is no row {kode}; add the initial ceiling of the DIPA",
            "kode",
        ),
        Rule(
            "dipa_pagu.blokir",
            "kritis",
            "Pagu blokir tidak melebihi pagu awal.",
            View("dipa_pagu/blokir", _blocked),
            at_least("pagu_awal", "nilai"),
            "pagu blokir {nilai:rp} melebihi pagu awal {pagu_awal:rp}",
            "the blocked amount {nilai} exceeds the initial ceiling {pagu_awal}; it must be part"
            " of it",
            "nilai",
        ),
        Rule(
            "dipa_pagu.blokir-revisi",
            "peringatan",
            "Pagu blokir sama dengan blokir pada salah satu revisi DIPA.",
            View("dipa_pagu/blokir-revisi", _blocked_by_revision),
            filled("pada_revisi"),
            "pagu blokir {nilai:rp} tidak tercantum pada revisi DIPA mana pun",
            "the blocked amount {nilai} is in no row of revisi_dipa; add the revision",
            "nilai",
        ),
    )


def revisi_dipa(facts: Facts) -> tuple[Rule, ...]:
    """Revisions follow one another without a gap in amounts, dates or numbers."""
    chain = View("revisi_dipa/rantai", _chain)
    return (
        Rule(
            "revisi_dipa.pagu-berantai",
            "peringatan",
            "Pagu awal setiap revisi sama dengan pagu akhir revisi sebelumnya.",
            chain,
            equal("pagu_awal", "sebelum"),
            "pagu awal {uraian} sebesar {pagu_awal:rp} tidak melanjutkan {sebelum:rp}",
            "the ceiling before the revision is {pagu_awal}, but the one before ended at {sebelum}",
            "pagu_awal",
        ),
        Rule(
            "revisi_dipa.blokir",
            "kritis",
            "Blokir tidak melebihi pagu setelah revisi.",
            View("revisi_dipa/blokir", lambda facts: _pairs(facts, "pagu_akhir", "blokir")),
            at_least("pagu_akhir", "blokir"),
            "blokir {blokir:rp} melebihi pagu {pagu_akhir:rp}",
            "the blocked amount {blokir} exceeds the ceiling {pagu_akhir}; it must be part of it",
            "blokir",
        ),
        Rule(
            "revisi_dipa.tanggal-urut",
            "peringatan",
            "Tanggal revisi tidak mendahului tanggal revisi sebelumnya.",
            View("revisi_dipa/tanggal", _dates),
            at_least("hari", "hari_sebelum"),
            "tanggal {tanggal} mendahului tanggal revisi sebelumnya, {tanggal_sebelum}",
            "{tanggal} is before the date of the revision above, {tanggal_sebelum}",
            "tanggal",
        ),
        Rule(
            "revisi_dipa.tahun",
            "peringatan",
            "Tanggal revisi berada pada tahun anggaran; DIPA awal boleh terbit setahun sebelumnya.",
            View("revisi_dipa/tahun", _years),
            equal("tahun", "tahun_wajar"),
            "tanggal {tanggal} berada di luar tahun anggaran {tahun_anggaran}",
            "{tanggal} is not in budget year {tahun_anggaran}",
            "tanggal",
        ),
        Rule(
            "revisi_dipa.no-urut",
            "peringatan",
            "Nomor urut revisi tidak terputus.",
            gaps("revisi_dipa", "no"),
            equal("no", "berikut"),
            "nomor urut melompat dari {sebelum} ke {no}",
            "the numbering jumps from {sebelum} to {no}; number the rows without a gap",
            "no",
        ),
        Rule(
            "revisi_dipa.nama-urut",
            "peringatan",
            "Nomor pada nama revisi yang sejenis tidak terputus.",
            View("revisi_dipa/nama", _names),
            equal("nomor", "berikut"),
            "{uraian} tidak didahului {jenis} {berikut}",
            "{uraian} does not follow; {jenis} {berikut} is not listed",
            "uraian",
        ),
    )


def realisasi_kro(facts: Facts) -> tuple[Rule, ...]:
    """Absorption by KRO: codes and names of the DIPA, every KRO of the DIPA present.

    More than 100% is impossible, not merely unusual: nothing may be spent beyond the ceiling (Law
    1/2004, article 3), and a *pagu minus* of salaries is closed by a revision before the books are.
    """
    return (
        *known_code("realisasi_kro", "kode_kro", "KRO", facts),
        *known_program("realisasi_kro", facts),
        same_words("realisasi_kro", "nama_kro", "kode_kro", "nama KRO"),
        Rule(
            "realisasi_kro.lengkap",
            "peringatan",
            "Setiap KRO dalam DIPA memiliki realisasi pada triwulan laporan.",
            View("realisasi_kro/lengkap", _absorbed),
            filled("ada"),
            "KRO {kode_kro} {nama} tidak memiliki data realisasi triwulan {triwulan}",
            "there is no row for KRO {kode_kro} in quarter {triwulan}",
            "kode_kro",
        ),
    )


def kegiatan_kro(facts: Facts) -> tuple[Rule, ...]:
    """Activities by KRO: codes of the DIPA, no activity twice."""
    return (
        *known_code("kegiatan_kro", "kode_kro", "KRO", facts),
        *known_program("kegiatan_kro", facts),
        Rule(
            "kegiatan_kro.berbeda",
            "peringatan",
            "Kegiatan tidak tercantum dua kali pada KRO yang sama.",
            table("kegiatan_kro"),
            unique(("triwulan", "kode_program", "kode_kro", "kegiatan")),
            'kegiatan "{kegiatan}" tercantum lebih dari satu kali',
            '"{kegiatan}" is listed more than once; keep one row',
            "kegiatan",
        ),
    )


def _total_rule(source: str, what: str, english: str) -> Rule:
    return Rule(
        f"{source}.jumlah-pagu",
        "peringatan",
        f"Jumlah pagu seluruh {what} sama dengan pagu awal DIPA.",
        View(f"{source}/jumlah", lambda facts: _total(facts, source)),
        equal("pagu", "pagu_awal"),
        f"jumlah pagu seluruh {what} {{pagu:rp}} berbeda {{selisih:rp}} dari pagu awal"
        " {pagu_awal:rp}",
        f"the {english} add up to {{pagu}}, the initial ceiling in dipa_pagu.csv is {{pagu_awal}}",
        "pagu",
    )


def _total(facts: Facts, source: str) -> pd.DataFrame | None:
    frame, ceiling = facts.frame(source), _ceiling(facts)
    if frame is None or ceiling is None:
        return None
    total = int(frame["pagu"].sum())
    return pd.DataFrame(
        {"pagu": [total], "pagu_awal": [ceiling], "selisih": [abs(total - ceiling)]}
    )


def _ceiling(facts: Facts) -> int | None:
    """Give the initial ceiling, None if it is not stated."""
    rows = facts.rows("dipa_pagu")
    values = rows.loc[rows["kode"] == "pagu_awal", "nilai"].dropna()
    return None if values.empty else int(values.iloc[0])


def _initial_ceiling(facts: Facts) -> pd.DataFrame:
    return missing(["pagu_awal"], facts.rows("dipa_pagu")["kode"], "kode")


def _blocked(facts: Facts) -> pd.DataFrame | None:
    ceiling = _ceiling(facts)
    if ceiling is None:
        return None
    rows = facts.rows("dipa_pagu")
    blocked = rows.loc[rows["kode"] == "pagu_blokir", ["baris", "nilai"]].dropna()
    return blocked.assign(pagu_awal=ceiling)


def _blocked_by_revision(facts: Facts) -> pd.DataFrame | None:
    rows = facts.rows("dipa_pagu")
    blocked = rows.loc[rows["kode"] == "pagu_blokir", ["baris", "nilai"]].dropna()
    known = blocked["nilai"].isin(facts.rows("revisi_dipa")["blokir"].dropna())
    return blocked.assign(pada_revisi=blocked["nilai"].where(known))


def _nested_codes(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("dipa_ro")
    if frame is None:
        return None
    codes = frame[["baris", "kode_kegiatan", "kode_kro", "kode_ro"]].dropna().astype("str")
    return codes.assign(
        baris=frame["baris"],
        awalan_kro=codes["kode_kro"].str.rpartition(".")[0],
        awalan_ro=codes["kode_ro"].str.rpartition(".")[0],
    )


def _chain(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("revisi_dipa")
    if frame is None:
        return None
    rows = frame[["baris", "uraian", "pagu_awal"]].assign(sebelum=frame["pagu_akhir"].shift())
    ceiling = _ceiling(facts)
    if ceiling is not None and not rows.empty:
        rows.loc[rows.index[0], "sebelum"] = ceiling
    return rows.dropna(subset=["pagu_awal", "sebelum"])


def _pairs(facts: Facts, left: str, right: str) -> pd.DataFrame | None:
    frame = facts.frame("revisi_dipa")
    return None if frame is None else frame[["baris", left, right]].dropna()


def _dates(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("revisi_dipa")
    if frame is None:
        return None
    rows = frame[["baris", "tanggal"]].dropna()
    days = pd.to_datetime(rows["tanggal"]).astype("int64")
    paired = rows.assign(
        hari=days, hari_sebelum=days.shift(), tanggal_sebelum=rows["tanggal"].shift()
    )
    return paired.dropna()


def _years(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("revisi_dipa")
    if frame is None:
        return None
    rows = frame[["baris", "no", "tanggal"]].dropna(subset=["tanggal"])
    year = rows["tanggal"].str[:4].astype("int64")
    # The DIPA itself has no number; it is handed over before the budget year begins.
    early = rows["no"].isna() & (year == facts.year - 1)
    fit = year.where(early, facts.year)
    return rows.assign(tahun=year, tahun_wajar=fit, tahun_anggaran=facts.year)


def _names(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("revisi_dipa")
    if frame is None:
        return None
    parts = frame["uraian"].astype("str").str.extract(r"^(?P<jenis>\D+?)\s*(?P<nomor>[0-9]+)$")
    rows = pd.concat([frame[["baris", "uraian"]], parts], axis=1).dropna()
    rows = rows.assign(nomor=rows["nomor"].astype("int64"))
    before = rows.groupby("jenis")["nomor"].shift()
    # A kind starts at 0 (the DIPA itself) or 1 (its first revision).
    start = rows["nomor"].where(rows["nomor"] == 0, 1)
    return rows.assign(berikut=(before + 1).fillna(start).astype("int64"))


def _absorbed(facts: Facts) -> pd.DataFrame | None:
    rows = facts.of_quarter("realisasi_kro")
    if rows is None or rows.empty:
        return None
    kro = facts.rows("dipa_ro").drop_duplicates("kode_kro").set_index("kode_kro")["nama_kro"]
    listed = missing(kro.index, rows["kode_kro"], "kode_kro")
    return listed.assign(nama=listed["kode_kro"].map(kro), triwulan=str(facts.quarter))
