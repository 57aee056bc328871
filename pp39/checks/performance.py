"""Rules about indicators: activities, kendala and tindak lanjut, scores on their scale."""

from __future__ import annotations

import pandas as pd

from pp39.checks.declared import table
from pp39.checks.facts import Facts
from pp39.checks.rule import Rule, View, between, blank, equal, filled
from pp39.checks.targets import indicator_rule, scale_rule
from pp39.checks.views import gaps, missing, missing_indicators

__all__ = [
    "ikpa",
    "kendala",
    "nilai_eksternal",
    "pelaksanaan",
    "realisasi_kegiatan",
    "rencana_aksi",
    "tindak_lanjut",
]


def rencana_aksi(facts: Facts) -> tuple[Rule, ...]:
    """List rules of the action plan: each indicator has numbered activities in the quarter."""
    return _activity_rules("rencana_aksi", "rencana kegiatan", facts)


def realisasi_kegiatan(facts: Facts) -> tuple[Rule, ...]:
    """Realised activities: known indicators, each with activities in the quarter, numbered."""
    return _activity_rules("realisasi_kegiatan", "kegiatan yang terlaksana", facts)


def pelaksanaan(facts: Facts) -> tuple[Rule, ...]:
    """List rules of the execution: kendala and tindak lanjut hold what they ask for."""
    now = View("pelaksanaan/kini", lambda facts: facts.until_now("pelaksanaan"))
    return (
        indicator_rule("pelaksanaan", facts),
        _present_rule("pelaksanaan", "data pelaksanaan"),
        Rule(
            "pelaksanaan.fisik_realisasi.wajar",
            "peringatan",
            "Realisasi fisik tidak melebihi 100%.",
            now,
            between("fisik_realisasi", None, 100),
            "realisasi fisik {kode} {fisik_realisasi:angka}% melebihi 100%",
            "the physical realisation is {fisik_realisasi}%, more than the whole",
            "fisik_realisasi",
        ),
        Rule(
            "pelaksanaan.kendala.terisi",
            "peringatan",
            "Kolom kendala terisi.",
            now,
            filled("kendala"),
            "kendala {kode} tidak diisi",
            'the cell is blank; name the obstacle or write "Tidak ada"',
            "kendala",
        ),
        Rule(
            "pelaksanaan.tindak_lanjut.terisi",
            "peringatan",
            "Kolom tindak lanjut terisi.",
            now,
            filled("tindak_lanjut"),
            "tindak lanjut {kode} tidak diisi",
            'the cell is blank; name the follow-up or write "Tidak ada"',
            "tindak_lanjut",
        ),
        Rule(
            "pelaksanaan.kendala.isi",
            "peringatan",
            "Kolom kendala berisi kendala, bukan nama bagian atau penanggung jawab.",
            View("pelaksanaan/kendala", _parties),
            blank("pihak"),
            'kendala {kode} berisi nama pihak, "{kendala}"',
            '"{kendala}" is a part of the unit, not an obstacle',
            "kendala",
        ),
    )


def nilai_eksternal(facts: Facts) -> tuple[Rule, ...]:
    """External scores: known indicator, on its scale, with the letter they came by."""
    return (
        indicator_rule("nilai_eksternal", facts),
        scale_rule("nilai_eksternal", "nilai", "kritis"),
        Rule(
            "nilai_eksternal.lengkap",
            "peringatan",
            "Setiap indikator yang dinilai pihak luar memiliki nilai pada triwulan laporan.",
            View("nilai_eksternal/lengkap", _scores_due),
            filled("ada"),
            "indikator {kode} belum memiliki nilai triwulan {triwulan}",
            "there is no score for {kode} in quarter {triwulan}",
            "kode",
        ),
        Rule(
            "nilai_eksternal.surat",
            "peringatan",
            "Setiap nilai disertai nomor dan tanggal surat penyampaiannya.",
            View("nilai_eksternal/surat", _letters),
            blank("tanpa"),
            "nilai {kode} tidak disertai nomor atau tanggal surat",
            "the score of {kode} has no letter number or date; fill in both",
            column_from="tanpa",
        ),
        Rule(
            "nilai_eksternal.tanggal",
            "peringatan",
            "Tanggal surat tidak melewati tanggal laporan.",
            View("nilai_eksternal/tanggal", _letter_dates),
            blank("terlambat"),
            "surat tanggal {tanggal_surat} lebih baru daripada laporan tanggal {laporan}",
            "the letter is dated {tanggal_surat}, after the report of {laporan}",
            "tanggal_surat",
        ),
    )


def ikpa(facts: Facts) -> tuple[Rule, ...]:
    """IKPA: a score of 100, not a share of 1, one for each month up to the quarter's end."""
    return (
        Rule(
            "ikpa.nilai.rentang",
            "kritis",
            "Nilai IKPA berada pada rentang 1 sampai dengan 100.",
            table("ikpa"),
            between("nilai", 1, 100),
            "nilai IKPA {nilai:angka} mustahil karena berada di luar 1 sampai dengan 100",
            "{nilai} is impossible; write a score from 1 to 100, such as 91,45",
            "nilai",
        ),
        Rule(
            "ikpa.bulan.lengkap",
            "peringatan",
            "Nilai IKPA tersedia untuk setiap bulan sampai dengan akhir triwulan laporan.",
            View("ikpa/bulan", _months),
            filled("ada"),
            "nilai IKPA bulan {bulan:bulan} tidak tersedia",
            "there is no score for month {bulan}",
            "bulan",
        ),
    )


def kendala(facts: Facts) -> tuple[Rule, ...]:
    """Obstacles belong to a program or KRO of the DIPA."""
    return (_scope_rule("kendala"),)


def tindak_lanjut(facts: Facts) -> tuple[Rule, ...]:
    """Follow-ups belong to a program or KRO of the DIPA and name who acts."""
    return (
        _scope_rule("tindak_lanjut"),
        Rule(
            "tindak_lanjut.pelaku.terisi",
            "peringatan",
            "Setiap tindak lanjut menyebut pelakunya.",
            View("tindak_lanjut/kini", lambda facts: facts.until_now("tindak_lanjut")),
            filled("pelaku"),
            'tindak lanjut "{uraian}" tidak menyebut pelakunya',
            "the cell is blank; name who acts",
            "pelaku",
        ),
    )


def _activity_rules(source: str, what: str, facts: Facts) -> tuple[Rule, ...]:
    return (
        indicator_rule(source, facts),
        _present_rule(source, what),
        Rule(
            f"{source}.urut-lengkap",
            "peringatan",
            "Nomor urut kegiatan tidak terputus.",
            gaps(source, "urut", ("kode", "triwulan")),
            equal("urut", "berikut"),
            "nomor urut kegiatan {kode} melompat dari {sebelum} ke {urut}",
            "the numbering of {kode} jumps from {sebelum} to {urut}",
            "urut",
        ),
    )


def _present_rule(source: str, what: str) -> Rule:
    return Rule(
        f"{source}.lengkap",
        "peringatan",
        f"Setiap indikator memiliki {what} pada triwulan laporan.",
        missing_indicators(source),
        filled("ada"),
        f"indikator {{kode}} tidak memiliki {what} pada triwulan {{triwulan}}",
        "there is no row for {kode} in quarter {triwulan}",
        "kode",
    )


def _scope_rule(source: str) -> Rule:
    return Rule(
        f"{source}.lingkup.dipa",
        "peringatan",
        "Program dan KRO pada kolom lingkup tercantum dalam DIPA.",
        View(f"{source}/lingkup", lambda facts: _scopes(facts, source)),
        blank("asing"),
        "{asing} tidak tercantum dalam DIPA",
        "{asing} is not in dipa_ro.xlsx",
        "lingkup",
    )


def _parties(facts: Facts) -> pd.DataFrame | None:
    rows = facts.until_now("pelaksanaan")
    if rows is None:
        return None
    rows = rows[["baris", "kode", "kendala"]].dropna(subset=["kendala"])
    known = {facts.params.unit.nama, facts.params.unit.singkatan, *facts.params.unit.struktur}
    for one in facts.params.indikator.values():
        known.add(one.pic)
    words = _party_words(pd.Series(sorted(known)))
    # A cell of party names only: each word that is not a joining word names a party.
    named = [
        text if parts and parts <= words else None
        for text, parts in zip(rows["kendala"], _words(rows["kendala"]), strict=True)
    ]
    return rows.assign(pihak=pd.Series(named, index=rows.index, dtype=object))


_JOINING = frozenset({"dan", "serta", "atau", "di", "pada"})


def _words(texts: pd.Series) -> list[frozenset[str]]:
    """Give the words of each text, unit names brought to their short forms."""
    plain = texts.astype("str").str.casefold().str.replace("tata usaha", "tu")
    plain = plain.str.replace("subbagian", "subbag").str.replace(r"\bsubag", "subbag", regex=True)
    plain = plain.str.replace(r"subbagtu", "subbag tu")
    return [frozenset(words) - _JOINING for words in plain.str.findall(r"[a-z]+")]


def _party_words(names: pd.Series) -> frozenset[str]:
    return frozenset().union(*_words(names))


def _scores_due(facts: Facts) -> pd.DataFrame | None:
    rows = facts.frame("nilai_eksternal")
    if rows is None:
        return None
    scored = set(rows["kode"].dropna())
    due = [
        code
        for code, one in facts.params.indikator.items()
        if one.hitung == "nilai_eksternal" or code in scored
    ]
    now = rows.loc[rows["triwulan"] == str(facts.quarter)].dropna(subset=["nilai"])
    return missing(due, now["kode"], "kode").assign(triwulan=str(facts.quarter))


def _letters(facts: Facts) -> pd.DataFrame | None:
    rows = facts.until_now("nilai_eksternal")
    if rows is None:
        return None
    lacking = pd.Series(None, index=rows.index, dtype=object)
    lacking[rows["tanggal_surat"].isna()] = "tanggal_surat"
    lacking[rows["nomor_surat"].isna()] = "nomor_surat"
    return rows[["baris", "kode", "nomor_surat", "tanggal_surat"]].assign(tanpa=lacking)


def _letter_dates(facts: Facts) -> pd.DataFrame | None:
    rows = facts.until_now("nilai_eksternal")
    if rows is None:
        return None
    report = facts.params.laporan.tanggal.isoformat()
    dated = rows[["baris", "kode", "tanggal_surat"]].dropna()
    late = dated["tanggal_surat"].where(dated["tanggal_surat"] > report)
    return dated.assign(laporan=report, terlambat=late)


def _months(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("ikpa")
    if frame is None:
        return None
    return missing(facts.quarter.upto, frame.dropna(subset=["nilai"])["bulan"], "bulan")


def _scopes(facts: Facts, source: str) -> pd.DataFrame | None:
    frame = facts.frame(source)
    if frame is None:
        return None
    rows = frame[["baris", "lingkup"]].dropna().astype({"lingkup": "str"})
    code = rows["lingkup"].str.partition(" ")[2]
    known = code.isin({"", *facts.program_codes, *facts.kro_codes, *facts.answered_codes})
    return rows.assign(asing=code.where(~known))
