"""Rules about periods, plans and dates: what is not of the quarter, letters out of their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from statistics import median
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated, lists_of
from pp39.findings.wording import alike
from pp39.ledger import dashed
from pp39.mentions import mentions
from pp39.periods import Quarter, format_date
from pp39.profile.base import Bulat, Pola, Teks
from pp39.sources.table import Record as Row

# The number of a letter within what its series is called by, but for the month.
_LETTER = re.compile(r"(\D*)(\d+)(/\D*?)(?:/[IVX]+)?/(?=(?:19|20)\d\d)")


class PeriodeLain(Stated):
    """A quarter or year that is not the report's.

    ``peristiwa`` are subjects that have a rule of their own, ``sejarah`` those that may speak of
    any year, ``setahun_lalu`` of the year before, unless the items of ``butir`` speak of the year
    alone and no note of the columns by source in ``catatan`` does of the one before. What an item
    at the same place says of the same quarter is left to the rule about those; ``menengok`` is
    found in items that may look a quarter back.
    """

    gives: ClassVar = ("disebut",)
    bentuk: Literal["periode-lain"]
    peristiwa: Pola
    sejarah: Pola
    setahun_lalu: Pola
    butir: Teks
    catatan: Mapping[Teks, Teks] = {}
    menengok: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for _, group in evidence.subjects(r".+"):
            off = [
                one
                for one in group
                if one.jenis == "periode"
                and self._foreign(evidence, one)
                and not self._listed(evidence, one)
            ]
            if off and not re.fullmatch(self.peristiwa, off[0].subjek):
                yield self.tell(
                    evidence,
                    off[0],
                    places(off),
                    disebut="; ".join(dict.fromkeys(one.nilai for one in off)),
                )

    def _foreign(self, evidence: Evidence, one: Statement) -> bool:
        told = mentions(one.nilai)
        numbers = {number for number, _ in told.quarters}
        if numbers and evidence.quarter.number not in numbers:
            return True
        if re.match(self.sejarah, one.subjek):
            return False
        back = 1 if re.match(self.setahun_lalu, one.subjek) and self._before(evidence, one) else 0
        return any(not evidence.year - back <= year <= evidence.year for year in told.years)

    def _before(self, evidence: Evidence, one: Statement) -> bool:
        """Tell whether what is said of an indicator may be of the year before."""
        items = [item.nilai for item in evidence.numbered(f"{one.head}/{self.butir}")]
        notes = [
            str(row[column])
            for source, column in self.catatan.items()
            for row in evidence.rows(source)
            if dashed(row["kode"]) == one.head
        ]
        years = {year for text in (*items, *notes) for year in mentions(text).years}
        return evidence.year not in years or evidence.year - 1 in years

    def _listed(self, evidence: Evidence, one: Statement) -> bool:
        quarters = mentions(one.nilai).quarters
        return bool(quarters) and any(
            item.letak == one.letak
            and _elsewhen(evidence, item.nilai, self.menengok)
            and mentions(item.nilai).quarters == quarters
            for item in evidence.numbered(f"{one.head}/{self.butir}")
        )


class KegiatanPeriode(Stated):
    """Plan or result items that belong to another quarter; one finding per list.

    ``menengok`` is found in items that may look a quarter back; ``semua`` is said where most of a
    list was carried over, ``satu`` where an item or two were.
    """

    gives: ClassVar = ("jenis", "butir", "banyak", "asal")
    bentuk: Literal["kegiatan-periode"]
    daftar: Pola
    menengok: Pola
    semua: Teks
    satu: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for (code, kind, letak), items in lists_of(evidence, self.daftar).items():
            off = [one for one in items if _elsewhen(evidence, one.nilai, self.menengok)]
            if len(off) > 1:
                # A whole list was carried over: what looks back in it is a quarter old, too.
                off = [one for one in items if _elsewhen(evidence, one.nilai)]
            if off:
                yield self.tell(
                    evidence,
                    code,
                    letak,
                    jenis=kind,
                    butir="; ".join(one.nilai for one in off),
                    banyak=evidence.number_of(off),
                    asal=self.semua if len(off) * 2 > len(items) else self.satu,
                )


class RencanaBeda(Stated):
    """The quarter's plan as a table repeats it against the plan itself.

    ``tabel`` is found in the places of the table; ``kurang`` and ``lebih`` say what it lacks and
    has besides.
    """

    gives: ClassVar = ("lebih", "kurang", "di_tabel", "di_rencana", "rincian")
    bentuk: Literal["rencana-beda"]
    butir: Teks
    tabel: Pola
    kurang: Teks
    lebih: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            stated = [
                one
                for one in evidence.numbered(f"{code}/{self.butir}")
                if re.search(self.tabel, one.letak)
            ]
            rows = evidence.planned(code)
            plan = [str(row["kegiatan"]) for row in rows]
            if not stated or not plan:
                continue
            lacking = [text for text in plan if not any(_close(text, one.nilai) for one in stated)]
            extra = [
                one.nilai for one in stated if not any(_close(one.nilai, text) for text in plan)
            ]
            if lacking or extra:
                parts = ((self.kurang, lacking), (self.lebih, extra))
                yield self.tell(
                    evidence,
                    code,
                    (places(stated), evidence.place(evidence.plan()[0], rows)),
                    lebih="; ".join(extra),
                    kurang="; ".join(lacking),
                    di_tabel=f"{len(stated)} butir",
                    di_rencana=f"{len(plan)} butir",
                    numbers=[
                        evidence.number_of(stated),
                        evidence.counted(evidence.plan()[0], rows, len(plan)),
                    ],
                    rincian=". ".join((f"{name}: {'; '.join(one)}" for name, one in parts if one)),
                )


class KegiatanBeda(Stated):
    """A list of activities that lacks items elsewhere; slight overlap is another list.

    ``daftar`` are its subjects by kind, ``awalan`` words that say nothing of an item; ``kurang``
    and ``lebih`` say what a list lacks and has besides.
    """

    gives: ClassVar = ("jenis", "beda", "banyak", "pertama", "di")
    bentuk: Literal["kegiatan-beda"]
    jenis: tuple[Teks, ...]
    awalan: Pola
    kurang: Teks
    lebih: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            for kind in self.jenis:
                lists: dict[str, list[Statement]] = {}
                for one in evidence.numbered(f"{code}/{kind}-kegiatan"):
                    lists.setdefault(one.letak, []).append(one)
                (first, base), *others = list(lists.items()) or [("", [])]
                gone = {
                    letak: told for letak, items in others if (told := self._beside(base, items))
                }
                if gone:
                    yield self.tell(
                        evidence,
                        code,
                        "; ".join((first, *gone)),
                        jenis=kind,
                        beda="; ".join((f"{at}: {'; '.join(told)}" for at, told in gone.items())),
                        banyak=evidence.number_of(base),
                        pertama=first,
                        di="; ".join((first, *gone)),
                    )

    def _beside(self, base: list[Statement], items: list[Statement]) -> list[str]:
        """Say what one of two lists of the same activities lacks and has besides."""
        lacking = [o.nilai for o in base if not any(self._same(o, i) for i in items)]
        extra = [i.nilai for i in items if not any(self._same(o, i) for o in base)]
        shared = len(base) - len(lacking)
        if shared < 2 or shared * 2 < max(len(base), len(items)):
            return []
        return [
            *(f"{self.kurang}: {text}" for text in lacking),
            *(f"{self.lebih}: {text}" for text in extra),
        ]

    def _same(self, one: Statement, other: Statement) -> bool:
        ours, theirs = _bare(one.nilai, self.awalan), _bare(other.nilai, self.awalan)
        return (
            ours == theirs
            or (len(min(ours, theirs, key=len)) > 8 and (ours in theirs or theirs in ours))
            or alike(ours, theirs, 0.85)
        )


class RencanaCampur(Stated):
    """One quarter's plan whose items speak of the months of different quarters."""

    gives: ClassVar = ("triwulan", "butir")
    bentuk: Literal["rencana-campur"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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
                yield self.tell(
                    evidence,
                    code,
                    evidence.place(evidence.plan()[0], rows),
                    triwulan=quarter,
                    butir="; ".join(str(row["kegiatan"]) for g in ranges.values() for row in g),
                )


class SuratUrut(Stated):
    """Letters of one series of which a number does not go with its date.

    It is lower than an earlier letter's, or ``kali`` times ahead of or behind what the days of the
    year make of the others'.
    """

    gives: ClassVar = ("tanggal", "lain")
    bentuk: Literal["surat-urut"]
    kali: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        series: dict[tuple[str, str, int], list[tuple[date, int, Statement]]] = {}
        for match, (first, *_) in evidence.subjects(r"(.+)/nomor"):
            days = (one.day for one in evidence.stated(f"{match[1]}/tanggal"))
            day, letter = next(filter(None, days), None), _LETTER.match(first.nilai)
            if day is not None and letter is not None:
                key = letter[1], letter[3], day.year
                series.setdefault(key, []).append((day, int(letter[2]), first))
        for letters in series.values():
            letters.sort(key=lambda one: one[:2])
            paces = [number / day.timetuple().tm_yday for day, number, _ in letters]
            usual = median(paces)
            for n, (day, number, one) in enumerate(letters):
                far = not usual / self.kali <= paces[n] <= usual * self.kali
                if (far and len(letters) > 2) or any(number < old for _, old, _ in letters[:n]):
                    others = [(on, other) for on, _, other in letters if other is not one]
                    yield self.tell(
                        evidence,
                        one,
                        places([one, *(other for _, other in others)]),
                        tanggal=format_date(day),
                        lain="; ".join(f"{s.nilai} ({format_date(on)})" for on, s in others),
                    )


class BulanLain(Stated):
    """Months before the quarter in a series that other places give for the quarter only."""

    gives: ClassVar = ("seri", "lain", "bulan")
    bentuk: Literal["bulan-lain"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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
                    yield self.hit(
                        evidence,
                        (letak, *only),
                        seri=subject,
                        letak=letak,
                        lain="; ".join(only),
                        bulan="; ".join(f"{one.uraian} {one.nilai}" for one in before),
                    )


def _numbered(one: Statement) -> int:
    return int(one.subjek.rpartition("/")[2])


def _elsewhen(evidence: Evidence, text: str, looks_back: str | None = None) -> bool:
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
    if looks_back is None:
        return True
    back = 1 if re.search(looks_back, text, re.IGNORECASE) else 0
    return max(numbers) < now - back or (min(numbers) > now)


@lru_cache(maxsize=4096)
def _bare(text: str, without: str) -> str:
    """Leave out of an activity its period, numbers, and words that say nothing."""
    words = re.sub(
        r"\b(?:TW|TA|triwulan|tahun)\b\.?|\b(?:I|II|III|IV|V)\b|\d+", " ", text, flags=re.IGNORECASE
    )
    words = re.sub(rf"\b(?:{without})\b", " ", words, flags=re.IGNORECASE)
    return re.sub(r"[^a-z]+", " ", words.casefold()).strip()


def _close(a: str, b: str) -> bool:
    return alike(_letters(a), _letters(b), 0.92)


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())
