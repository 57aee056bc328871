"""Totals and their parts: in the rows of sources, against rows or against what was stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, fill
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.numbers import exact, round_half_up
from pp39.periods import Quarter
from pp39.profile.base import Bulat, Teks

__all__ = [
    "CakupanData",
    "CakupanTarget",
    "JumlahBulanan",
    "JumlahRincian",
    "JumlahTriwulan",
    "SatuanCampur",
    "TanpaTarget",
    "TanpaTargetTriwulan",
    "TargetKelompok",
    "TargetSumber",
    "TargetTersirat",
]


class JumlahRincian(Telling):
    """The sum of rows that is not the total, which is stated or stands in a row.

    With ``dekat``, only a gap below this percentage of the total counts. ``satu`` names a row that
    alone is the gap, by the first of these columns that is filled.
    """

    gives: ClassVar = ("total", "jumlah", "selisih", "satu")
    bentuk: Literal["jumlah-rincian"]
    total: Kalimat | None = None
    baris_total: Nilai | None = None
    rincian: Nilai
    dekat: Bulat | None = None
    satu: tuple[Teks, ...] = ()
    ledger: Teks = ""

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        stated = evidence.stated(fill(self.total, evidence, {})) if self.total else ()
        total = next((one.printed.value for one in stated if one.printed), None)
        if self.baris_total is not None:
            rows = self.baris_total.filled(evidence)
            total = self.baris_total.value(rows[0], evidence) if rows else None
        parts = self.rincian.filled(evidence)
        value = self.rincian.total(parts, evidence)
        if total is None or not parts or value == total:
            return
        gap = abs(value - total)
        if self.dekat is not None and gap * 100 >= total * self.dekat:
            return
        alone = [row for row in parts if self.rincian.value(row, evidence) == gap]
        names = [str(alone[0][name]) for name in self.satu if alone and alone[0].get(name)]
        yield self.hit(
            evidence,
            (self.rincian.place(evidence, parts), places(stated)),
            self.ledger,
            total=self.rincian.told(total),
            jumlah=self.rincian.told(value),
            selisih=self.rincian.told(gap),
            satu=names[0] if len(alone) == 1 and names else "",
        )


class JumlahTriwulan(Telling):
    """Totals that are printed for each quarter, against the rows of all these quarters."""

    gives: ClassVar = ("total", "jumlah", "banyak")
    bentuk: Literal["jumlah-triwulan"]
    total: Kalimat
    rincian: Nilai

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        found = (group[0] for _, group in evidence.subjects(fill(self.total, evidence, {})))
        stated = [one for one in found if one.printed is not None]
        if len(stated) != evidence.quarter.number or len(stated) == 1:
            return
        rows = self.rincian.rows(evidence)
        value = self.rincian.total(rows, evidence)
        printed = sum((s.printed.value for s in stated if s.printed is not None), Fraction(0))
        if value and printed != value:
            yield self.hit(
                evidence,
                (places(stated), self.rincian.place(evidence, rows)),
                total=digits(printed),
                jumlah=digits(value),
                banyak=len(stated),
            )


class CakupanTarget(Telling):
    """A target of the year beside a result that is the quarter's alone."""

    gives: ClassVar = ("target", "realisasi", "setahun")
    bentuk: Literal["cakupan-target"]
    realisasi: Kalimat
    target: Kalimat
    kini: Nilai
    setahun: Nilai

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        year = self.setahun.total(self.setahun.rows(evidence), evidence)
        now = self.kini.total(self.kini.rows(evidence), evidence)
        stated, goal = (
            [one for one in evidence.stated(fill(subject, evidence, {})) if one.printed]
            for subject in (self.realisasi, self.target)
        )
        only = [one for one in stated if one.printed and one.printed.value == now]
        if only and goal and year != now:
            yield self.hit(
                evidence,
                places([*only, *goal]),
                target=goal[0].nilai,
                realisasi=only[0].nilai,
                setahun=digits(year),
            )


class CakupanData(Telling):
    """A target of the year beside a result of which only the quarter's rows are known."""

    gives: ClassVar = ("kode", "indikator", "target", "realisasi", "masa")
    bentuk: Literal["cakupan-data"]
    hitung: Teks
    baris: Baris

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        if evidence.quarter.number == 1:
            return
        for code in evidence.codes_of(self.hitung):
            stated = [s for s in evidence.stated(f"{code}/realisasi") if s.when.quarters]
            goal = [s for s in evidence.stated(f"{code}/target") if s.printed is not None]
            known = {row.get("triwulan") for row in self.baris.rows(evidence)}
            if stated and goal and known == {evidence.quarter.name}:
                yield self.hit(
                    evidence,
                    (places([*stated, *goal]), self.baris.place(evidence)),
                    kode=code,
                    indikator=evidence.short(code),
                    target=goal[0].nilai,
                    realisasi=stated[0].nilai,
                    masa=stated[0].periode,
                )


class SatuanCampur(Telling):
    """A stated total of rows that are counted in different units."""

    gives: ClassVar = ("total", "satuan")
    bentuk: Literal["satuan-campur"]
    total: Kalimat
    baris: Baris
    kolom: Teks

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = [row for row in self.baris.rows(evidence) if row.get(self.kolom)]
        kinds = list(dict.fromkeys(str(row[self.kolom]) for row in rows))
        total = evidence.stated(fill(self.total, evidence, {}))
        if len(kinds) > 1 and total:
            yield self.hit(
                evidence,
                (places(total), self.baris.place(evidence, rows)),
                total=total[0].nilai,
                satuan=", ".join(kinds),
            )


class JumlahBulanan(Telling):
    """Monthly parts of a year that do not add up to the whole, which is given or in the row."""

    gives: ClassVar = ("kunci", "total", "jumlah", "dinyatakan_total")
    bentuk: Literal["jumlah-bulanan"]
    kunci: Teks
    rincian: Nilai
    total: Bulat | Teks
    acuan: Kalimat

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code, rows in sorted(by(self.rincian.rows(evidence), self.kunci).items()):
            goal = self.total if isinstance(self.total, int) else rows[0].get(self.total)
            value = self.rincian.total(rows, evidence)
            if len(rows) < 12 or goal is None or value == exact(goal):
                continue
            subject = fill(self.acuan, evidence, {"kunci": code})
            stated = evidence.stated(subject)
            yield self.hit(
                evidence,
                (places(stated), self.rincian.place(evidence, rows)),
                subject,
                kunci=code,
                total=digits(exact(goal)),
                jumlah=digits(value),
                dinyatakan_total=stated[0].nilai if stated else digits(exact(goal)),
            )


class TanpaTarget(Telling):
    """Parts without a target in a realised total that is held against the sum of targets.

    A part whose ``induk`` has a target shares it.
    """

    gives: ClassVar = ("rincian", "jumlah", "target", "persen", "persen_bertarget")
    bentuk: Literal["tanpa-target"]
    kunci: Teks
    realisasi: Nilai
    target: Teks

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        of, key = self.realisasi, self.kunci
        rows = of.filled(evidence)
        goals = {str(row[key]) for row in rows if row.get(self.target) is not None}
        shared = {slug for slug, one in evidence.services.items() if one.induk in goals}
        alone = [r for r in rows if r[key] not in goals | shared and of.value(r, evidence)]
        planned = sum(
            (exact(row[self.target]) for row in rows if row.get(self.target)), Fraction(0)
        )
        if not alone or not planned:
            return
        whole, extra = of.total(rows, evidence), of.total(alone, evidence)
        yield self.hit(
            evidence,
            of.place(evidence, alone),
            rincian=", ".join(
                f"{evidence.name(r[key])} {of.told(of.total([r], evidence))}" for r in alone
            ),
            jumlah=of.told(whole),
            target=of.told(planned),
            persen=told(whole / planned * 100, "%"),
            persen_bertarget=told((whole - extra) / planned * 100, "%"),
        )


class TanpaTargetTriwulan(Telling):
    """Parts without a target in the totals of quarters."""

    gives: ClassVar = ("rincian", "jumlah")
    bentuk: Literal["tanpa-target-triwulan"]
    kunci: Teks
    realisasi: Nilai
    target: Teks

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.realisasi.rows(evidence)
        open_ended = [row for row in rows if row.get(self.target) is None]
        alone = [row for row in open_ended if self.realisasi.value(row, evidence)]
        if not alone or len(alone) == len(rows):
            return
        parts, sums = [], []
        assert isinstance(self.realisasi.kolom, str)
        for quarter, name in enumerate(evidence.columns(self.realisasi.kolom), 1):
            here = [row for row in alone if row.get(name)]
            if not here:
                continue
            whole, extra = (
                sum((exact(row[name]) for row in some if row.get(name)), Fraction(0))
                for some in (rows, here)
            )
            when = f"TW {Quarter(quarter)}"
            listed = ", ".join(
                f"{evidence.name(row[self.kunci])} {digits(exact(row[name]))}" for row in here
            )
            parts.append(f"{listed} ({when})")
            sums.append(f"{when}: {digits(whole)}, tanpa itu {digits(whole - extra)}")
        yield self.hit(
            evidence,
            self.realisasi.place(evidence, alone),
            rincian="; ".join(parts),
            jumlah="; ".join(sums),
        )


class TargetSumber(Telling):
    """A target of the same code that differs by source; the first source is what is right."""

    gives: ClassVar = ("kunci", "semua", "lain", "pertama")
    bentuk: Literal["target-sumber"]
    kunci: Teks
    target: dict[Teks, Teks]
    sebutan: dict[Teks, Teks]
    acuan: tuple[Kalimat, ...] = ()

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        found: dict[str, list[tuple[str, Row, Fraction]]] = {}
        for source, rows in _targets(evidence, self.kunci, self.target).items():
            for code, row in rows.items():
                found.setdefault(code, []).append((source, row, exact(row[self.target[source]])))
        for code, values in sorted(found.items()):
            if len({value for _, _, value in values}) < 2:
                continue
            told = [f"{digits(value)} ({self.sebutan[source]})" for source, _, value in values]
            stated = [
                one.letak
                for acuan in self.acuan
                for one in evidence.stated(fill(acuan, evidence, {"kunci": code}))
            ]
            yield self.hit(
                evidence,
                (*stated, *(evidence.place(source, [row]) for source, row, _ in values)),
                kunci=code,
                semua="; ".join(told),
                lain="; ".join(told[1:]),
                pertama=told[0],
            )


class TargetKelompok(Telling):
    """A stated target of a group that is the sum of its members in one source, not in another.

    A group of one says nothing that its member does not say, and where a source lacks a member its
    sum cannot be compared.
    """

    gives: ClassVar = ("kunci", "target", "jumlah", "jumlah_dan", "sumber", "banyak")
    bentuk: Literal["target-kelompok"]
    kelompok: Kalimat
    kunci: Teks
    target: dict[Teks, Teks]
    sebutan: dict[Teks, Teks]

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        targets = _targets(evidence, self.kunci, self.target)
        for match, stated in evidence.subjects(self.kelompok):
            goal = next((one.printed.value for one in stated if one.printed is not None), None)
            own = {
                source: {c: row for c, row in rows.items() if c.rpartition(".")[0] == match[1]}
                for source, rows in targets.items()
            }
            members = {code for rows in own.values() for code in rows}
            sums = {
                source: sum((exact(row[self.target[source]]) for row in rows.values()), Fraction(0))
                for source, rows in own.items()
                if set(rows) == members
            }
            off = {source: value for source, value in sums.items() if value != goal}
            if goal is None or len(members) < 2 or not off or len(off) == len(sums):
                continue
            told = [f"{digits(value)} ({self.sebutan[source]})" for source, value in off.items()]
            yield self.hit(
                evidence,
                (places(stated), *(evidence.place(s, own[s].values()) for s in off)),
                kunci=match[1],
                target=stated[0].nilai,
                jumlah="; ".join(told),
                jumlah_dan=" dan ".join(told),
                sumber=", ".join(self.sebutan[source] for source in sums if source not in off),
                banyak=len(members),
            )


class TargetTersirat(Telling):
    """A target of growth that is not the growth which the targets of the parts amount to."""

    gives: ClassVar = ("kode", "indikator", "target", "jumlah", "dasar", "kenaikan", "tahun_dasar")
    bentuk: Literal["target-tersirat"]
    hitung: Teks
    rincian: Nilai
    dasar: Nilai

    def hits(self, evidence: Evidence) -> Iterator[Hit]:
        before = [r for r in self.dasar.rows(evidence) if r.get("tahun") == evidence.year - 1]
        base = self.dasar.total(before, evidence)
        parts = self.rincian.filled(evidence)
        planned = self.rincian.total(parts, evidence)
        if not base or not parts:
            return
        growth = (planned - base) / base * 100
        for code in evidence.codes_of(self.hitung):
            stated = evidence.targets(code)
            values = list(dict.fromkeys(value for _, value in stated))
            if not stated or round_half_up(growth, 2) in values:
                continue
            yield self.hit(
                evidence,
                (
                    *(name for name, _ in stated),
                    self.rincian.place(evidence, parts),
                    self.dasar.place(evidence, before),
                ),
                kode=code,
                indikator=evidence.short(code),
                target=" dan ".join(digits(value) for value in values),
                jumlah=self.rincian.told(planned),
                dasar=self.dasar.told(base),
                kenaikan=told(growth, "%"),
                tahun_dasar=evidence.year - 1,
            )


def _targets(evidence: Evidence, key: str, columns: Mapping[str, str]) -> dict[str, dict[str, Row]]:
    """Give, by source, the first row with a target of each code."""
    found: dict[str, dict[str, Row]] = {}
    for source, column in columns.items():
        rows = [row for row in evidence.all_rows(source) if row.get(column) is not None]
        found[source] = {code: every[0] for code, every in by(rows, key).items()}
    return found
