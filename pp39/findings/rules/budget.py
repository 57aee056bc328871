"""Rules about the budget: revisions that chain, ceilings that agree, compositions up to date."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.rule import Hit, rule, rules_of
from pp39.numbers import exact, format_rupiah
from pp39.periods import format_date, parse_date


@rule("rantai-revisi", "pagu awal suatu revisi dengan pagu akhir revisi sebelumnya", "material")
def chain(evidence: Evidence) -> Iterator[Hit]:
    """Find revisions whose ceilings or dates do not follow one another."""
    rows = evidence.revisions()
    for before, after in itertools.pairwise(rows):
        where = evidence.place("revisi_dipa", [before, after])
        end, start = before.get("pagu_akhir"), after.get("pagu_awal")
        if end is not None and start is not None and end != start:
            yield Hit(
                f"anggaran/revisi/{after['uraian']}",
                where,
                format_rupiah(int(start)),
                format_rupiah(int(end)),
                f"Pagu awal {after['uraian']} tidak sama dengan pagu akhir {before['uraian']}.",
            )
        first, second = str(before["tanggal"]), str(after["tanggal"])
        if second < first:
            yield Hit(
                f"anggaran/revisi/{after['uraian']}/tanggal",
                where,
                _day(second),
                _day(first),
                f"{after['uraian']} bertanggal lebih awal daripada {before['uraian']}.",
                tingkat="minor",
            )
        elif second == first:
            yield Hit(
                f"anggaran/revisi/{after['uraian']}/tanggal",
                where,
                _day(second),
                "tanggal yang berbeda",
                f"{before['uraian']} dan {after['uraian']} bertanggal sama, {_day(second)}.",
                tingkat="editorial",
            )


@rule("arah-revisi", "keterangan revisi dengan perubahan angkanya", "minor")
def direction(evidence: Evidence) -> Iterator[Hit]:
    """Find a relaxation that blocks more, an increase that does not increase, amounts in words."""
    blocked: Fraction | None = None
    for row in evidence.revisions():
        note = str(row.get("keterangan") or "").casefold()
        where = evidence.place("revisi_dipa", [row])
        name = str(row["uraian"])
        now = exact(row["blokir"]) if row.get("blokir") is not None else None
        change = (row.get("pagu_akhir") or 0) - (row.get("pagu_awal") or 0)
        if "relaksasi" in note and now is not None and blocked is not None and now > blocked:
            yield Hit(
                f"anggaran/revisi/{name}/blokir",
                where,
                format_rupiah(now),
                f"paling banyak {format_rupiah(blocked)}",
                f"{name} disebut relaksasi, tetapi blokirnya naik dari"
                f" {format_rupiah(blocked)} menjadi {format_rupiah(now)}.",
            )
        if ("penambahan pagu" in note and change <= 0) or (
            "pengurangan pagu" in note and change >= 0
        ):
            yield Hit(
                f"anggaran/revisi/{name}/pagu",
                where,
                str(row["keterangan"]),
                f"perubahan {format_rupiah(int(change))}",
                f"Keterangan {name} tidak sesuai dengan perubahan pagunya.",
            )
        if now is not None:
            blocked = now


@rule("blokir", "pagu blokir dengan blokir dalam tabel revisi", "material")
def blocked_funds(evidence: Evidence) -> Iterator[Hit]:
    """Find the stated blocked ceiling against those of the revisions."""
    revised = [row for row in evidence.revisions() if row.get("blokir") is not None]
    amounts = [exact(row["blokir"]) for row in revised]
    stated = [one for one in evidence.stated("anggaran/blokir") if one.printed is not None]
    primary = [r for r in evidence.all_rows("dipa_pagu") if r.get("kode") == "pagu_blokir"]
    values = [one.printed.value for one in stated if one.printed] or [
        exact(row["nilai"]) for row in primary if row.get("nilai") is not None
    ]
    if amounts and values and values[0] not in (*amounts, sum(amounts, Fraction(0))):
        yield Hit(
            "anggaran/blokir",
            "; ".join(filter(None, [places(stated), evidence.place("revisi_dipa", revised)])),
            format_rupiah(values[0]),
            "; ".join(format_rupiah(one) for one in amounts),
            "Pagu blokir yang dinyatakan tidak sama dengan blokir revisi mana pun, juga tidak"
            " dengan jumlahnya.",
        )


@rule("pagu-usang", "komposisi anggaran dengan pagu revisi terakhir", "material")
def outdated(evidence: Evidence) -> Iterator[Hit]:
    """Find compositions and an effective ceiling that know nothing of later revisions."""
    rows = evidence.revisions()
    if not rows or rows[-1].get("pagu_akhir") is None or rows[0].get("pagu_awal") is None:
        return
    first, final = exact(rows[0]["pagu_awal"]), exact(rows[-1]["pagu_akhir"])
    if first == final:
        return
    old: dict[str, str] = {}
    for source, what in (
        ("dipa_ro", "kegiatan"),
        ("jenis_belanja", "jenis belanja"),
        ("sumber_dana", "sumber dana"),
    ):
        parts = [row for row in evidence.all_rows(source) if row.get("pagu") is not None]
        value = sum((exact(row["pagu"]) for row in parts), Fraction(0))
        if parts and abs(value - first) < abs(value - final):
            old[what] = evidence.place(source, parts)
    if old:
        yield Hit(
            "anggaran/pagu-akhir",
            "; ".join((*old.values(), evidence.place("revisi_dipa", rows[-1:]))),
            format_rupiah(first),
            format_rupiah(final),
            f"Komposisi anggaran menurut {', '.join(old)} masih memakai pagu awal"
            f" {format_rupiah(first)}, sedangkan pagu setelah {rows[-1]['uraian']} adalah"
            f" {format_rupiah(final)}.",
            "anggaran/pagu-akhir" if "anggaran/pagu-akhir" in evidence.ledger else "",
        )
    yield from _effective(evidence, rows, first, final)


@rule("blokir-kosong", "keterangan revisi tentang blokir dengan kolom blokirnya", "minor")
def block_unknown(evidence: Evidence) -> Iterator[Hit]:
    """Find a revision said to change the block that does not say what is blocked after it."""
    known: Row | None = None
    for row in evidence.revisions():
        note = str(row.get("keterangan") or "").strip()
        if row.get("blokir") is not None:
            known = row
        elif re.search(r"\b(?:blokir|relaksasi)\b", note, re.IGNORECASE):
            before = (
                f" Blokir terakhir yang tercatat sebelumnya {format_rupiah(exact(known['blokir']))}"
                f" ({known['uraian']})."
                if known is not None
                else ""
            )
            yield Hit(
                f"anggaran/revisi/{row['uraian']}/blokir",
                evidence.place("revisi_dipa", [row]),
                note,
                "kolom blokir kosong",
                f"Keterangan {row['uraian']} menyebut blokir (“{note}”), tetapi kolom blokirnya"
                f" kosong, sehingga besar blokir setelah revisi itu tidak diketahui.{before}",
            )


@rule("pagu-penerimaan", "pagu yang bersumber dari PNBP dengan PNBP yang diterima", "minor")
def ceiling_above_revenue(evidence: Evidence) -> Iterator[Hit]:
    """Find a ceiling funded by revenue that, once raised, is above the revenue of the year."""
    if evidence.quarter.number < 4:
        return
    first = [row for row in evidence.all_rows("sumber_dana") if row.get("sumber") == "PNBP"]
    raised = [
        row
        for row in evidence.revisions()
        if re.search(r"\bPNBP", str(row.get("keterangan") or ""))
        and (row.get("pagu_akhir") or 0) > (row.get("pagu_awal") or 0) > 0
    ]
    receipts = [row for row in evidence.rows("pnbp") if row.get("realisasi") is not None]
    if not first or first[0].get("pagu") is None or not receipts:
        return
    ceiling = exact(first[0]["pagu"]) + sum(
        (exact(row["pagu_akhir"]) - exact(row["pagu_awal"]) for row in raised), Fraction(0)
    )
    income = sum((exact(row["realisasi"]) for row in receipts), Fraction(0))
    if ceiling > income:
        yield Hit(
            "anggaran/sumber/PNBP/pagu-akhir",
            "; ".join(
                (
                    evidence.place("sumber_dana", first),
                    *([evidence.place("revisi_dipa", raised)] if raised else []),
                    evidence.place("pnbp", receipts),
                )
            ),
            format_rupiah(ceiling),
            format_rupiah(income),
            f"Pagu yang bersumber dari PNBP menjadi {format_rupiah(ceiling)} setelah"
            f" {len(raised)} penambahan, sedangkan PNBP yang diterima setahun"
            f" {format_rupiah(income)}; sumber penambahan itu perlu dijelaskan.",
        )


@rule("total-ro", "jumlah pagu RO dengan pagu awal DIPA", "material")
def whole_composition(evidence: Evidence) -> Iterator[Hit]:
    """Find the sum of all outputs, spending types and sources against the DIPA's first ceiling."""
    first = next(
        (
            exact(row["nilai"])
            for row in evidence.all_rows("dipa_pagu")
            if row["kode"] == "pagu_awal"
        ),
        None,
    )
    for source, what in (
        ("dipa_ro", "RO"),
        ("jenis_belanja", "jenis belanja"),
        ("sumber_dana", "sumber dana"),
    ):
        parts = [row for row in evidence.all_rows(source) if row.get("pagu") is not None]
        value = sum((exact(row["pagu"]) for row in parts), Fraction(0))
        gap = abs(value - first) if first is not None else Fraction(0)
        if parts and first is not None and 0 < gap < first / 20:
            alone = [row for row in parts if exact(row["pagu"]) == gap]
            why = (
                f" Selisihnya sama dengan pagu {alone[0].get('kode_ro') or alone[0]['baris']}."
                if len(alone) == 1
                else ""
            )
            yield Hit(
                f"{source}/jumlah",
                evidence.place(source, parts),
                format_rupiah(first),
                format_rupiah(value),
                f"Pagu menurut {what} berjumlah {format_rupiah(value)}, sedangkan pagu awal"
                f" DIPA {format_rupiah(first)}; selisih {format_rupiah(gap)}.{why}",
                "anggaran/pagu-awal" if "anggaran/pagu-awal" in evidence.ledger else "",
            )


def _effective(
    evidence: Evidence, rows: Sequence[Row], first: Fraction, final: Fraction
) -> Iterator[Hit]:
    """Find the effective ceiling before the revisions, against the last ceiling and block."""
    blocks = [row for row in rows if row.get("blokir") is not None]
    primary = [r for r in evidence.all_rows("dipa_pagu") if r.get("kode") == "pagu_blokir"]
    stated = [one for one in evidence.stated("anggaran/blokir") if one.printed is not None]
    values = [one.printed.value for one in stated if one.printed] or [
        exact(row["nilai"]) for row in primary if row.get("nilai") is not None
    ]
    if not blocks or not values:
        return
    old, new = values[0], exact(blocks[-1]["blokir"])
    effective = evidence.stated("anggaran/efektif")
    printed = [one.printed.value for one in effective if one.printed is not None]
    if old == new or (printed and printed[0] != first - old):
        return
    yield Hit(
        "anggaran/efektif",
        "; ".join(
            filter(
                None,
                [
                    places([*effective, *stated]) or evidence.place("dipa_pagu", primary),
                    evidence.place("revisi_dipa", [blocks[-1], rows[-1]]),
                ],
            )
        ),
        f"{format_rupiah(first - old)} (blokir {format_rupiah(old)})",
        f"{format_rupiah(final - new)} (blokir {format_rupiah(new)})",
        f"Pagu efektif {format_rupiah(first - old)} masih memakai pagu awal dikurangi blokir"
        f" {format_rupiah(old)}; dengan pagu setelah {rows[-1]['uraian']}"
        f" {format_rupiah(final)} dan blokir terakhir yang tercatat {format_rupiah(new)}"
        f" ({blocks[-1]['uraian']}), pagu efektif menjadi {format_rupiah(final - new)}.",
    )


def _day(iso: str) -> str:
    return format_date(parse_date(iso))


RULES = rules_of(globals())
