"""Rules about series and dates: months missing, cumulative figures that fall, odd dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pp39.findings.evidence import Evidence, places
from pp39.findings.rule import Hit
from pp39.findings.shape import shape_of
from pp39.findings.statement import Statement
from pp39.periods import parse_date, parse_month

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@shape_of("surat-bulan")
def month_of_letter(evidence: Evidence) -> Iterator[Hit]:
    """Find a Roman month in a number that is not the month of its date."""
    for match, dates in evidence.subjects(r"(.+)/tanggal"):
        day = next((found for one in dates if (found := _month(one.nilai))), None)
        numbers = [
            one for tail in ("nomor", "nama") for one in evidence.stated(f"{match[1]}/{tail}")
        ]
        for one in numbers[:1]:
            parts = re.findall(r"/([IVX]+)/(?=(?:19|20)\d\d)", one.nilai)
            if day and parts and parts[0] in _ROMAN and _ROMAN.index(parts[0]) + 1 != day:
                yield Hit(
                    one.subjek,
                    places([one, *dates]),
                    f"{one.nilai}",
                    f"{dates[0].nilai} (bulan {_ROMAN[day - 1]})",
                    f"Nomor {one.nilai} memuat bulan {parts[0]}, sedangkan tanggalnya"
                    f" {dates[0].nilai}.",
                )


@shape_of("tanpa-tahun")
def no_year(evidence: Evidence) -> Iterator[Hit]:
    """Find dates without a year; one finding per place."""
    found: dict[str, list[Statement]] = {}
    for one in evidence.statements:
        bare = re.fullmatch(r"[0-9]{1,2}[\s./-]+[A-Za-z]+\.?", one.nilai)
        if one.jenis == "tanggal" and bare:
            found.setdefault(one.letak, []).append(one)
    for letak, group in found.items():
        if len(group) < 2:
            continue
        realm = group[0].subjek.rsplit("/", 2)[0]
        told = ", ".join(one.nilai for one in group)
        yield Hit(
            f"{realm}/tanggal",
            letak,
            told,
            "tanggal dengan tahun",
            f"{len(group)} tanggal dicetak tanpa tahun; tahun {evidence.year} harus ditebak.",
        )


@shape_of("bulan-lain")
def months_of_another_quarter(evidence: Evidence) -> Iterator[Hit]:
    """Find months before the quarter in a series that other places give for the quarter only."""
    series: dict[str, dict[str, list[Statement]]] = {}
    for match, group in evidence.subjects(r"(.+)/bulan/\d+"):
        for one in group:
            series.setdefault(match[1], {}).setdefault(one.letak, []).append(one)
    for subject, at in series.items():
        early = {
            letak: [one for one in group if _numbered(one) not in evidence.quarter.months]
            for letak, group in at.items()
        }
        only = [letak for letak, before in early.items() if not before]
        for letak, before in early.items():
            if before and only:
                told = "; ".join(f"{one.uraian} {one.nilai}" for one in before)
                yield Hit(
                    f"{subject}/bulan",
                    "; ".join((letak, *only)),
                    told,
                    f"bulan-bulan {evidence.period}",
                    f"{letak} memuat juga {told}, yang bukan bulan {evidence.period};"
                    f" {'; '.join(only)} hanya memuat bulan triwulan ini.",
                )


def _month(text: str) -> int | None:
    try:
        return parse_date(text).month
    except ValueError:
        words = re.findall(r"[A-Za-z]+", text)
    for word in words:
        try:
            return parse_month(word)
        except ValueError:
            continue
    return None


def _numbered(one: Statement) -> int:
    return int(one.subjek.rpartition("/")[2])
