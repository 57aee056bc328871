"""Rules about periods: quarters, months and years that are not the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pp39.findings.evidence import Evidence, Row, dashed, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement, mentions
from pp39.findings.wording import alike
from pp39.periods import Quarter

_LOOKS_BACK = re.compile(
    r"evaluasi|rapat|monev|laporan|lap\b|rekapitulasi|reviu|capaian|survey|kinerja", re.IGNORECASE
)


_EVENTS = re.compile(r".+/waktu-[a-z-]+")


@shape_of("periode")
def periods(evidence: Evidence) -> Iterator[Hit]:
    """Find a quarter or year that is not the report's."""
    for _, group in evidence.subjects(r".+"):
        off = [
            one
            for one in group
            if one.jenis == "periode" and _foreign(evidence, one) and not _listed(evidence, one)
        ]
        if off and not _EVENTS.fullmatch(off[0].subjek):
            told = "; ".join(dict.fromkeys(one.nilai for one in off))
            yield Hit(
                off[0].subjek,
                places(off),
                told,
                evidence.period,
                f"{off[0].uraian[:1].upper()}{off[0].uraian[1:]} menyebut {told}, sedangkan"
                f" laporan ini untuk {evidence.period}; periksa apakah periode itu memang"
                " yang dimaksud atau terbawa dari laporan lain.",
            )


@shape_of("kegiatan-periode")
def activities(evidence: Evidence) -> Iterator[Hit]:
    """Find plan or result items that belong to another quarter; one finding per list."""
    lists: dict[tuple[str, str, str], list[Statement]] = {}
    for match, group in evidence.subjects(r"([^/]+)/(rencana|realisasi)-kegiatan(?:/\d+)?"):
        for one in group:
            lists.setdefault((match[1], match[2], one.letak), []).append(one)
    for (code, kind, letak), items in lists.items():
        off = [one for one in items if _elsewhen(evidence, one.nilai)]
        if len(off) > 1:
            # A whole list was carried over: what looks back in it was written a quarter ago, too.
            off = [one for one in items if _elsewhen(evidence, one.nilai, strict=True)]
        if off:
            yield Hit(
                f"{code}/{kind}-kegiatan",
                letak,
                "; ".join(one.nilai for one in off),
                f"kegiatan {evidence.period}",
                f"Daftar {kind} kegiatan {evidence.short(code)} memuat {len(off)} butir dari"
                " periode lain; daftar itu tampaknya disalin dari laporan triwulan"
                " sebelumnya.",
            )


@shape_of("rencana-beda")
def plan_lists(evidence: Evidence) -> Iterator[Hit]:
    """Find the quarter's plan as repeated in the achievement table against the action plan."""
    for code in evidence.codes:
        stated = [
            one for one in evidence.numbered(f"{code}/rencana-kegiatan") if "tabel" in one.letak
        ]
        rows = evidence.planned(code)
        plan = [str(row["kegiatan"]) for row in rows]
        if not stated or not plan:
            continue
        lacking = [text for text in plan if not any(_close(text, one.nilai) for one in stated)]
        extra = [one.nilai for one in stated if not any(_close(one.nilai, text) for text in plan)]
        if lacking or extra:
            parts = [
                f"tidak ada di tabel: {'; '.join(lacking)}" if lacking else "",
                f"tidak ada di rencana aksi: {'; '.join(extra)}" if extra else "",
            ]
            yield Hit(
                f"{code}/rencana-kegiatan",
                f"{places(stated)}; {evidence.place(evidence.plan()[0], rows)}",
                "; ".join(extra) or f"{len(stated)} butir",
                "; ".join(lacking) or f"{len(plan)} butir",
                f"Rencana kegiatan {evidence.short(code)} di tabel capaian tidak sama dengan"
                f" rencana aksi triwulan {evidence.quarter}"
                f" ({'. '.join(part for part in parts if part)}).",
            )


@shape_of("kegiatan-beda")
def activity_lists(evidence: Evidence) -> Iterator[Hit]:
    """Find a list of activities that lacks items elsewhere; slight overlap is another list."""
    for code in evidence.codes:
        for kind in ("rencana", "realisasi"):
            lists: dict[str, list[Statement]] = {}
            for one in evidence.numbered(f"{code}/{kind}-kegiatan"):
                lists.setdefault(one.letak, []).append(one)
            (first, base), *others = list(lists.items()) or [("", [])]
            gone: dict[str, list[str]] = {}
            for letak, items in others:
                lacking = [o.nilai for o in base if not any(_core(o.nilai, i.nilai) for i in items)]
                extra = [i.nilai for i in items if not any(_core(o.nilai, i.nilai) for o in base)]
                shared = len(base) - len(lacking)
                if (lacking or extra) and shared * 2 >= max(len(base), len(items)) and shared > 1:
                    gone[letak] = [
                        *(f"tidak ada: {t}" for t in lacking),
                        *(f"tambahan: {t}" for t in extra),
                    ]
            if gone:
                told = "; ".join(f"{letak}: {'; '.join(texts)}" for letak, texts in gone.items())
                yield Hit(
                    f"{code}/{kind}-kegiatan/daftar",
                    "; ".join((first, *gone)),
                    told,
                    f"{len(base)} butir di {first}",
                    f"Daftar {kind} kegiatan {evidence.short(code)} tidak sama di"
                    f" {'; '.join((first, *gone))}.",
                )


@shape_of("rencana-campur")
def mixed_plan(evidence: Evidence) -> Iterator[Hit]:
    """Find one quarter's plan whose items speak of the months of different quarters."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in evidence.plan()[1]:
        groups.setdefault((dashed(row["kode"]), str(row["triwulan"])), []).append(row)
    for (code, quarter), rows in groups.items():
        if Quarter.parse(quarter).number > evidence.quarter.number:
            continue
        ranges: dict[int, list[Row]] = {}
        for row in rows:
            months = mentions(str(row["kegiatan"])).months
            quarters = {(month - 1) // 3 + 1 for month in months}
            if len(quarters) == 1 and len(months) == 3:
                ranges.setdefault(quarters.pop(), []).append(row)
        if len(ranges) > 1:
            told = "; ".join(str(row["kegiatan"]) for group in ranges.values() for row in group)
            yield Hit(
                f"{code}/rencana-aksi/{quarter}",
                evidence.place(evidence.plan()[0], rows),
                told,
                f"bulan dari satu triwulan (TW {quarter})",
                f"Rencana aksi triwulan {quarter} {evidence.short(code)} mencampur bulan dari"
                " triwulan yang berbeda.",
            )


def _foreign(evidence: Evidence, one: Statement) -> bool:
    told = mentions(one.nilai)
    numbers = {number for number, _ in told.quarters}
    if numbers and evidence.quarter.number not in numbers:
        return True
    return any(year != evidence.year for year in told.years) and not _history(one)


def _listed(evidence: Evidence, one: Statement) -> bool:
    """Tell whether an activity at the same place says the same, so that its rule reports it."""
    told = mentions(one.nilai)
    return any(
        item.letak == one.letak
        and _elsewhen(evidence, item.nilai)
        and mentions(item.nilai).quarters == told.quarters
        for item in evidence.numbered(f"{one.head}/realisasi-kegiatan")
        if told.quarters
    )


def _history(one: Statement) -> bool:
    return one.subjek.startswith(("dokumen/riwayat", "dokumen/pelaporan"))


def _elsewhen(evidence: Evidence, text: str, *, strict: bool = False) -> bool:
    """Tell whether an activity belongs to another quarter.

    What looks back (an evaluation, a report) may speak of the quarter before, and of no earlier.
    """
    told = mentions(text)
    now = evidence.quarter.number
    if told.months:
        return not set(told.months) & set(evidence.quarter.months)
    numbers = [number for number, _ in told.quarters]
    years = {year for _, year in told.quarters if year is not None}
    if years and evidence.year not in years:
        return True
    if not numbers or now in numbers:
        return False
    if strict:
        return True
    back = 1 if _LOOKS_BACK.search(text) else 0
    return max(numbers) < now - back or (min(numbers) > now)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    words = re.sub(
        r"\b(?:TW|TA|triwulan|tahun)\b\.?|\b(?:I|II|III|IV|V)\b|\d+", " ", text, flags=re.IGNORECASE
    )
    words = re.sub(
        r"\b(?:telah|dilakukan|melakukan|terlaksananya|tersedianya)\b",
        " ",
        words,
        flags=re.IGNORECASE,
    )
    return re.sub(r"[^a-z]+", " ", words.casefold()).strip()


def _close(a: str, b: str) -> bool:
    return alike(_letters(a), _letters(b), 0.92)


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def _core(a: str, b: str) -> bool:
    ours, theirs = _bare(a), _bare(b)
    return (
        ours == theirs
        or (len(min(ours, theirs, key=len)) > 8 and (ours in theirs or theirs in ours))
        or alike(ours, theirs, 0.85)
    )
