"""Totals and their parts: in the rows of sources, against rows or against what was stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.rows import Baris, Nilai, by, told
from pp39.numbers import exact
from pp39.periods import Quarter
from pp39.profile.base import Teks

__all__ = [
    "KomposisiUsang",
    "SatuanCampur",
    "TanpaTarget",
    "TanpaTargetTriwulan",
    "TargetKelompok",
    "TargetSumber",
]


class SatuanCampur(Telling):
    """A stated total of rows that are counted in different units."""

    gives: ClassVar = ("total", "satuan")
    bentuk: Literal["satuan-campur"]
    total: Kalimat
    baris: Baris
    kolom: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = [row for row in self.baris.rows(evidence) if row.get(self.kolom)]
        kinds = list(dict.fromkeys(str(row[self.kolom]) for row in rows))
        total = evidence.stated(named(self.total, evidence, {}))
        if len(kinds) > 1 and total:
            yield self.hit(
                evidence,
                (places(total), self.baris.place(evidence, rows)),
                total=total[0].nilai,
                satuan=", ".join(kinds),
            )


class KomposisiUsang(Telling):
    """Compositions of the budget that know nothing of the revisions after the first."""

    gives: ClassVar = ("awal", "akhir", "usang", "revisi")
    bentuk: Literal["komposisi-usang"]
    awal: Nilai
    akhir: Nilai
    nama: Teks
    bagian: dict[Teks, Teks]
    kolom: Teks
    ledger: Teks = ""

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.awal.rows(evidence)
        if not rows:
            return
        first = self.awal.value(rows[0], evidence)
        final = self.akhir.value(rows[-1], evidence)
        if first is None or final is None or first == final:
            return
        old: dict[str, str] = {}
        for source, what in self.bagian.items():
            part = Nilai(sumber=source, kolom=self.kolom)
            found = part.filled(evidence)
            value = part.total(found, evidence)
            if found and abs(value - first) < abs(value - final):
                old[what] = part.place(evidence, found)
        if old:
            yield self.hit(
                evidence,
                (*old.values(), self.akhir.place(evidence, rows[-1:])),
                self.ledger,
                awal=told(first, "Rp"),
                akhir=told(final, "Rp"),
                usang=", ".join(old),
                revisi=rows[-1][self.nama],
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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        of, key = self.realisasi, self.kunci
        rows = of.filled(evidence)
        goals = {str(row[key]) for row in rows if row.get(self.target) is not None}
        shared = {slug for slug, one in evidence.own_words.items() if one.induk in goals}
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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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
                for one in evidence.stated(named(acuan, evidence, {"kunci": code}))
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

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
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


def _targets(evidence: Evidence, key: str, columns: Mapping[str, str]) -> dict[str, dict[str, Row]]:
    """Give, by source, the first row with a target of each code."""
    found: dict[str, dict[str, Row]] = {}
    for source, column in columns.items():
        rows = [row for row in evidence.all_rows(source) if row.get(column) is not None]
        found[source] = {code: every[0] for code, every in by(rows, key).items()}
    return found
