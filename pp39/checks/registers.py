"""Rules about the sources by rows: orders, survey answers, disbursements.

Each looks at a million rows in a few passes over whole columns. What the rows say is compared with
the counts somebody made of the same, wherever a unit delivers both; which of them is computed with
the parameter ``data.dahulukan`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pandas as pd

from pp39.checks.codes import known_code
from pp39.checks.declared import table
from pp39.checks.facts import QUARTERS, Facts
from pp39.checks.rule import Rule, View, at_least, between, blank, equal, filled
from pp39.checks.views import letters
from pp39.numbers import exact, round_half_up
from pp39.sources.registers import ELEMENTS, LATE, ON_TIME, quarters_of

__all__ = ["order_layanan", "sp2d", "survei_ikm"]

_Build = Callable[[Facts, str], pd.DataFrame | None]


def order_layanan(facts: Facts) -> tuple[Rule, ...]:
    """Order register: dates in their order, every order countable, and the same as the counts."""
    orders = View("order_layanan/janggal", _odd_orders)
    return (
        Rule(
            "order_layanan.triwulan.terisi",
            "peringatan",
            "Setiap order memiliki triwulan atau tanggal terima.",
            orders,
            blank("tanpa_triwulan"),
            "order {nomor} tidak memiliki triwulan maupun tanggal terima, sehingga tidak dihitung"
            " sebagai pelanggan",
            "order {nomor} has neither a quarter nor a date of receipt; fill in one of them",
            "triwulan",
        ),
        Rule(
            "order_layanan.triwulan.sama",
            "peringatan",
            "Triwulan order sesuai dengan tanggal terimanya.",
            orders,
            blank("triwulan_lain"),
            "order {nomor} diterima {tanggal_terima} tetapi dicatat pada triwulan {triwulan}",
            "order {nomor} was received on {tanggal_terima}, which is not in quarter {triwulan}",
            "triwulan",
        ),
        Rule(
            "order_layanan.tanggal_terima.tahun",
            "peringatan",
            "Order diterima pada tahun anggaran atau setahun sebelumnya.",
            orders,
            blank("tahun_lain"),
            "order {nomor} diterima {tanggal_terima}, di luar tahun anggaran dan tahun sebelumnya",
            "{tanggal_terima} is neither in the budget year nor in the one before",
            "tanggal_terima",
        ),
        Rule(
            "order_layanan.tanggal_selesai.urut",
            "peringatan",
            "Order tidak selesai sebelum diterima.",
            orders,
            blank("selesai_dini"),
            "order {nomor} selesai {tanggal_selesai}, sebelum diterima {tanggal_terima}",
            "{tanggal_selesai} is before the order was received, {tanggal_terima}",
            "tanggal_selesai",
        ),
        Rule(
            "order_layanan.tanggal_janji.urut",
            "peringatan",
            "Tanggal janji tidak mendahului tanggal terima.",
            orders,
            blank("janji_dini"),
            "order {nomor} dijanjikan {tanggal_janji}, sebelum diterima {tanggal_terima}",
            "{tanggal_janji} is before the order was received, {tanggal_terima}",
            "tanggal_janji",
        ),
        Rule(
            "order_layanan.tanggal_janji.terisi",
            "peringatan",
            "Setiap order memiliki tanggal janji.",
            orders,
            blank("tanpa_janji"),
            "order {nomor} tidak memiliki tanggal janji, sehingga ketepatannya tidak dinilai",
            "order {nomor} has no promised date; without one nobody can say whether it is late",
            "tanggal_janji",
        ),
        Rule(
            "order_layanan.hasil.terisi",
            "peringatan",
            "Setiap order yang selesai memiliki jumlah hasil.",
            orders,
            blank("tanpa_hasil"),
            "order {nomor} selesai {tanggal_selesai} tanpa jumlah hasil",
            "order {nomor} is finished; write how many results it brought, 0 if none",
            "hasil",
        ),
        Rule(
            "order_layanan.hasil.selesai",
            "peringatan",
            "Order yang memiliki hasil telah selesai.",
            orders,
            blank("hasil_dini"),
            "order {nomor} memiliki {hasil} hasil tetapi belum selesai",
            "order {nomor} has {hasil} results but no date on which it was finished",
            "tanggal_selesai",
        ),
        Rule(
            "order_layanan.satuan.sama",
            "peringatan",
            "Satuan hasil sama dengan satuan layanannya.",
            orders,
            blank("satuan_lain"),
            'satuan hasil order {nomor} "{satuan}" bukan satuan layanan {layanan}',
            '"{satuan}" is not the unit in which results of {layanan} are counted',
            "satuan",
        ),
        Rule(
            "order_layanan.pelanggan.kategori",
            "peringatan",
            "Pelanggan yang sama berada pada satu kategori.",
            orders,
            blank("kategori_lain"),
            "pelanggan order {nomor} tercatat sebagai {kategori} dan pada order lain dengan"
            " kategori berbeda",
            "the customer of order {nomor} is {kategori} here and of another kind elsewhere",
            "kategori",
        ),
        _same("sla", "jumlah", "order", "jumlah order", _judged),
        _same("sla", "tepat_waktu", "tepat", "order tepat waktu", _judged),
        _same("pelanggan", "jumlah", "pelanggan", "jumlah pelanggan", _customers),
        _same("hasil_layanan", "", "hasil", "hasil", _results),
    )


def survei_ikm(facts: Facts) -> tuple[Rule, ...]:
    """Satisfaction survey: answers 1-4, none missing, and the same index as the one stated."""
    answers = View("survei_ikm/unsur", _odd_answers)
    return (
        Rule(
            "survei_ikm.unsur.rentang",
            "kritis",
            "Setiap jawaban adalah bilangan bulat 1 sampai dengan 4.",
            answers,
            blank("di_luar"),
            "jawaban unsur {di_luar} berada di luar skala 1 sampai dengan 4",
            "the answer is not on the scale; write a whole number from 1 to 4",
            column_from="di_luar",
        ),
        Rule(
            "survei_ikm.unsur.terisi",
            "peringatan",
            "Setiap responden menjawab kesembilan unsur.",
            answers,
            blank("tak_dijawab"),
            "unsur {tak_dijawab} tidak dijawab",
            "the cell is blank; the answer does not count in its element",
            column_from="tak_dijawab",
        ),
        Rule(
            "survei_ikm.indeks.sama",
            "peringatan",
            "IKM yang dinyatakan sama dengan IKM dari jawaban responden.",
            View("survei_ikm/indeks", _indices),
            equal("nilai", "acuan"),
            "IKM {kode} dinyatakan {nilai:angka}, sedangkan jawaban responden menghasilkan"
            " {acuan:angka}",
            "the stated index is {nilai}; the answers give {acuan}",
            "nilai",
        ),
    )


def sp2d(facts: Facts) -> tuple[Rule, ...]:
    """Disbursements: of a known KRO, positive, of the year, once, within the ceiling."""
    payments = View("sp2d/janggal", _odd_payments)
    return (
        Rule(
            "sp2d.kode_kro.terisi",
            "kritis",
            "Setiap SP2D memiliki kode KRO atau kode RO.",
            table("sp2d"),
            filled("kode_kro"),
            "SP2D {nomor} tidak memiliki kode KRO maupun kode RO",
            "SP2D {nomor} has neither a KRO nor an RO; fill in one of them",
            "kode_kro",
        ),
        *known_code("sp2d", "kode_kro", "KRO", facts),
        Rule(
            "sp2d.nilai.positif",
            "kritis",
            "Nilai setiap SP2D lebih besar daripada nol.",
            table("sp2d"),
            between("nilai", 1, None),
            "nilai SP2D {nomor} adalah {nilai:rp}",
            "{nilai} is no disbursement; write an amount above zero",
            "nilai",
        ),
        Rule(
            "sp2d.tanggal.tahun",
            "peringatan",
            "Setiap SP2D bertanggal tahun anggaran.",
            payments,
            blank("tahun_lain"),
            "SP2D {nomor} bertanggal {tanggal}, di luar tahun anggaran, sehingga tidak dihitung",
            "{tanggal} is not in the budget year, so the amount does not count",
            "tanggal",
        ),
        Rule(
            "sp2d.nomor.berulang",
            "peringatan",
            "SP2D tidak tercantum dua kali dengan kode dan nilai yang sama.",
            payments,
            blank("berulang"),
            "SP2D {nomor} senilai {nilai:rp} tercantum lebih dari satu kali",
            "SP2D {nomor} of {nilai} is listed more than once; keep one row",
            "nomor",
        ),
        Rule(
            "sp2d.nilai.pagu",
            "peringatan",
            "Pencairan setiap KRO tidak melebihi pagunya.",
            View("sp2d/pagu", _against_ceilings),
            at_least("pagu", "cair"),
            "pencairan KRO {kode_kro} sebesar {cair:rp} melebihi pagunya {pagu:rp}",
            "{cair} was paid for {kode_kro}, whose ceiling is {pagu}",
            "nilai",
        ),
        Rule(
            "sp2d.realisasi_kro.sama",
            "peringatan",
            "Serapan yang dinyatakan sama dengan jumlah SP2D terhadap pagu.",
            View("sp2d/serapan", _shares),
            equal("serapan", "acuan"),
            "serapan KRO {kode_kro} triwulan {triwulan} dinyatakan {serapan:angka}%, sedangkan SP2D"
            " menghasilkan {acuan:angka}%",
            "{kode_kro} is stated at {serapan}%; the disbursements give {acuan}%",
            "serapan",
        ),
    )


def _odd_orders(facts: Facts) -> pd.DataFrame | None:
    """Mark what is odd about each order; a mark is blank where nothing is."""
    frame = facts.frame("order_layanan")
    if frame is None:
        return None
    received, due, done = (frame[f"tanggal_{name}"] for name in ("terima", "janji", "selesai"))
    year = received.str.slice(stop=4)
    now = QUARTERS[: facts.quarter.number]
    finished = frame["triwulan_selesai"].isin(now)
    units = {slug: one.satuan for slug, one in facts.params.unit.layanan.items() if one.satuan}
    named, right = _words(frame["satuan"]), _words(frame["layanan"].map(units))
    quarter = quarters_of(received, facts.year)
    marks = {
        "tanpa_triwulan": frame["triwulan"].isna() & received.isna(),
        "triwulan_lain": (frame["triwulan"] != quarter)
        & frame["triwulan"].notna()
        & quarter.notna(),
        "tahun_lain": received.notna() & ~year.isin([str(facts.year), str(facts.year - 1)]),
        "selesai_dini": _before(done, received),
        "janji_dini": _before(due, received),
        "tanpa_janji": due.isna(),
        "tanpa_hasil": finished & frame["hasil"].isna(),
        "hasil_dini": (frame["hasil"] > 0).fillna(False) & done.isna(),
        "satuan_lain": (named != right) & (named != "") & (right != ""),
        "kategori_lain": _several_kinds(frame),
    }
    columns = ["baris", "nomor", "triwulan", "layanan", "kategori", "hasil", "satuan"]
    dates = ["tanggal_terima", "tanggal_janji", "tanggal_selesai"]
    return frame[[*columns, *dates]].assign(**{name: _mark(one) for name, one in marks.items()})


def _mark(odd: pd.Series) -> pd.Series:
    marked = pd.Series(None, index=odd.index, dtype="object")
    wrong = odd.to_numpy(dtype=bool)
    if wrong.any():
        marked[wrong] = "ya"
    return marked


def _before(first: pd.Series, second: pd.Series) -> pd.Series:
    # ISO dates are in order as texts; a blank is before and after nothing.
    return (first < second).fillna(False) & first.notna() & second.notna()


def _words(texts: pd.Series) -> pd.Series:
    """Reduce each distinct text to its letters; a blank to nothing."""
    codes, words = pd.factorize(texts)
    plain = letters(pd.Series(words, dtype="str")) if len(words) else pd.Series([], dtype="str")
    return pd.Series([*plain, ""], dtype="str").take(codes).set_axis(texts.index)


def _several_kinds(frame: pd.DataFrame) -> pd.Series:
    known = frame[["pelanggan_sama", "kategori"]].dropna().drop_duplicates()
    several = known.loc[known["pelanggan_sama"].duplicated(), "pelanggan_sama"]
    return frame["pelanggan_sama"].isin(several)


def _same(source: str, column: str, name: str, what: str, build: _Build) -> Rule:
    """Declare that counts of orders are those of the register."""
    return Rule(
        f"order_layanan.{source}.{name}-sama",
        "peringatan",
        f"Rekap {what} sama dengan register order.",
        View(f"order_layanan/{source}-{name}", lambda facts: build(facts, name)),
        equal("rekap", "register"),
        f"{what} {{rincian}} triwulan {{triwulan}} menurut rekap {{rekap:angka}}, sedangkan"
        " menurut register order {register:angka}",
        "the count of {rincian} in quarter {triwulan} is {rekap}; the orders give {register}",
        column,
        "" if column else "kolom",
    )


def _judged(facts: Facts, name: str) -> pd.DataFrame | None:
    frame, counts = facts.frame("order_layanan"), facts.until_now("sla")
    if frame is None or counts is None:
        return None
    kinds = (ON_TIME, LATE) if name == "order" else (ON_TIME,)
    column = "jumlah" if name == "order" else "tepat_waktu"
    chosen = frame[frame["ketepatan"].isin(kinds)]
    covered = frame["triwulan_sla"]
    return _beside(counts, column, _sized(chosen, ["triwulan_sla", "layanan"]), covered, "sla")


def _customers(facts: Facts, name: str) -> pd.DataFrame | None:
    frame, counts = facts.frame("order_layanan"), facts.until_now("pelanggan")
    if frame is None or counts is None:
        return None
    keys = ["triwulan", "layanan", "kategori"]
    counted = frame[[*keys, "pelanggan_sama"]]
    if facts.params.pelanggan.hitung == "pelanggan":
        counted = counted[~(counted.duplicated() & counted["pelanggan_sama"].notna())]
    return _beside(counts, "jumlah", _sized(counted, keys), frame["triwulan"], "pelanggan")


def _results(facts: Facts, name: str) -> pd.DataFrame | None:
    frame, counts = facts.frame("order_layanan"), facts.frame("hasil_layanan")
    if frame is None or counts is None:
        return None
    long = pd.concat(
        counts[["baris", "layanan"]].assign(
            triwulan=quarter, jumlah=counts[f"tw_{quarter.lower()}"]
        )
        for quarter in QUARTERS[: facts.quarter.number]
    )
    keys = ["triwulan_selesai", "layanan"]
    summed = frame.groupby(keys, sort=True)["hasil"].sum().rename_axis(["triwulan", "layanan"])
    beside = _beside(
        long.dropna(subset=["jumlah"]), "jumlah", summed, frame["triwulan_selesai"], "hasil_layanan"
    )
    return beside.assign(kolom="tw_" + beside["triwulan"].str.lower())


def _sized(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    sized: pd.Series = frame.groupby(list(keys), sort=True).size()
    return sized.rename_axis(["triwulan", *keys[1:]])


def _beside(
    counts: pd.DataFrame, column: str, register: pd.Series, covered: pd.Series, source: str
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
    compared: pd.DataFrame = both.assign(**numbers, rincian=told, sumber_asal=source)
    return compared


def _odd_answers(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("survei_ikm")
    if frame is None:
        return None
    outside = pd.Series(None, index=frame.index, dtype=object)
    missing = outside.copy()
    for name in reversed(ELEMENTS):
        answer = frame[name]
        odd = ((answer < 1) | (answer > 4)).fillna(False).astype(bool)
        if odd.any():
            outside[odd] = name
        if answer.isna().any():
            missing[answer.isna()] = name
    return frame[["baris", *ELEMENTS]].assign(di_luar=outside, tak_dijawab=missing)


def _indices(facts: Facts) -> pd.DataFrame | None:
    frame, scores = facts.frame("survei_ikm"), facts.until_now("nilai_eksternal")
    codes = [code for code, one in facts.params.indikator.items() if one.hitung == "ikm"]
    if frame is None or scores is None or not codes:
        return None
    places = facts.params.indikator[codes[0]].desimal
    indices = {
        str(quarter): float(round_half_up(_index(rows), places))
        for quarter, rows in frame.groupby("triwulan")
        if rows[list(ELEMENTS)].notna().any().all()
    }
    stated = scores.loc[scores["kode"] == codes[0], ["baris", "kode", "triwulan", "nilai"]]
    beside = stated.assign(acuan=stated["triwulan"].map(indices), sumber_asal="nilai_eksternal")
    return beside.dropna(subset=["nilai", "acuan"])


def _index(rows: pd.DataFrame) -> Fraction:
    means = (Fraction(int(rows[one].sum()), int(rows[one].count())) for one in ELEMENTS)
    return sum(means, Fraction(0)) / len(ELEMENTS)


def _odd_payments(facts: Facts) -> pd.DataFrame | None:
    frame = facts.frame("sp2d")
    if frame is None:
        return None
    columns = ["baris", "nomor", "tanggal", "kode_kro", "kode_ro", "nilai"]
    again = frame[["nomor", "tanggal", "kode_kro", "kode_ro", "nilai"]].duplicated()
    return frame[columns].assign(tahun_lain=_mark(frame["triwulan"].isna()), berulang=_mark(again))


def _ceilings(facts: Facts) -> pd.Series:
    return facts.rows("dipa_ro").groupby("kode_kro")["pagu"].sum()


def _paid(facts: Facts, quarter: str) -> pd.Series:
    rows = facts.rows("sp2d")
    past = QUARTERS[: QUARTERS.index(quarter) + 1]
    paid: pd.Series = rows[rows["triwulan"].isin(past)].groupby("kode_kro")["nilai"].sum()
    return paid


def _against_ceilings(facts: Facts) -> pd.DataFrame | None:
    if facts.frame("sp2d") is None:
        return None
    paid, ceilings = _paid(facts, str(facts.quarter)), _ceilings(facts)
    both = pd.DataFrame({"cair": paid, "pagu": ceilings}).dropna()
    return both.rename_axis("kode_kro").reset_index()


def _shares(facts: Facts) -> pd.DataFrame | None:
    stated = facts.until_now("realisasi_kro")
    if facts.frame("sp2d") is None or stated is None:
        return None
    there = set(facts.rows("sp2d")["triwulan"].dropna())
    ceilings = _ceilings(facts)
    rows = stated[["baris", "triwulan", "kode_kro", "serapan"]].dropna()
    rows = rows[rows["triwulan"].isin(there) & rows["kode_kro"].isin(ceilings[ceilings > 0].index)]
    paid = {quarter: _paid(facts, quarter) for quarter in set(rows["triwulan"])}
    shares = [
        float(
            round_half_up(Fraction(100 * int(paid[quarter].get(code, 0)), int(ceilings[code])), 2)
        )
        for quarter, code in zip(rows["triwulan"], rows["kode_kro"], strict=True)
    ]
    rounded = [float(round_half_up(exact(one), 2)) for one in rows["serapan"]]
    return rows.assign(serapan=rounded, acuan=shares, sumber_asal="realisasi_kro")
