"""The same thing in several sources, or under several names in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling, named
from pp39.findings.shapes.rows import Baris, by
from pp39.findings.stated import places
from pp39.formula.template import enumeration
from pp39.ledger import Quantity, counted, dashed, total
from pp39.numbers import exact
from pp39.profile.base import Bagian, Bulat, Teks, Ya
from pp39.sources.table import Record as Row


class Kolom(Bagian):
    """A source as sentences call it, and its column; ``minor`` where it is a lesser one."""

    sebutan: Teks
    kolom: Teks | None = None
    minor: Ya = False


class _Sources(Telling):
    kunci: Teks
    sumber: dict[Teks, Kolom]

    def codes(self, evidence: Evidence) -> dict[str, dict[str, Row]]:
        """Give, by source, the first row of each code that has what is compared."""
        found: dict[str, dict[str, Row]] = {}
        for source, one in self.sumber.items():
            column = one.kolom or self.kunci
            rows = [row for row in evidence.all_rows(source) if row.get(column) is not None]
            found[source] = {code: every[0] for code, every in by(rows, self.kunci).items()}
        return found

    def figure(self, evidence: Evidence, source: str, row: Row) -> Quantity:
        """Give what a row of a source says."""
        return evidence.cell(source, row, str(self.sumber[source].kolom))

    def told(self, source: str, value: Quantity) -> str:
        """Say a number with its source."""
        return f"{digits(value.value)} ({self.sumber[source].sebutan})"


class AcrossSources(_Sources):
    """A code of which sources say different numbers, or that some list and others do not.

    Of numbers the first source is what is right; ``acuan`` are statements about the same.
    ``diterima`` is the parameter with the reasons why a code is not everywhere.
    """

    gives: ClassVar = ("kunci", "semua", "lain", "pertama", "ada", "tidak_ada", "alasan")
    bentuk: Literal["antar-sumber"]
    acuan: tuple[Kalimat, ...] = ()
    diterima: Teks | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        known = {source: rows for source, rows in self.codes(evidence).items() if rows}
        for code in sorted({code for rows in known.values() for code in rows}):
            here = {source: rows[code] for source, rows in known.items() if code in rows}
            numbers = {
                source: self.figure(evidence, source, row)
                for source, row in here.items()
                if self.sumber[source].kolom
            }
            lack = [source for source in known if code not in known[source]]
            if len({one.value for one in numbers.values()}) < 2 and (numbers or not lack):
                continue
            told = [self.told(source, value) for source, value in numbers.items()] or [""]
            stated = [
                places(evidence.stated(named(one, evidence, {"kunci": code}))) for one in self.acuan
            ]
            lesser = not numbers and all(self.sumber[one].minor for one in lack)
            yield self.hit(
                evidence,
                (*stated, *(evidence.place(source, [row]) for source, row in here.items())),
                next(iter(numbers.values()), None),
                tingkat="minor" if lesser else None,
                kunci=code,
                semua="; ".join(told),
                lain="; ".join(told[1:]),
                pertama=told[0],
                ada=enumeration([self.sumber[one].sebutan for one in here]),
                tidak_ada=enumeration([self.sumber[one].sebutan for one in lack]),
                alasan=self._accepted(evidence, code),
                numbers=numbers.values(),
            )

    def _accepted(self, evidence: Evidence, code: str) -> str:
        """Give the unit's reason, of a parameter that holds reasons by code or its beginning."""
        known = evidence.parameter(self.diterima) if self.diterima else {}
        found = (a.alasan for key, a in known.items() if code == key or code.startswith(f"{key}."))
        return next(found, "")


class GroupAcrossSources(_Sources):
    """A stated number of a group that is the sum of its members in one source, not in another.

    A group of one that is as the first source has it says nothing that its member does not say,
    and where a source lacks a member its sum cannot be compared.
    """

    gives: ClassVar = ("kunci", "target", "jumlah", "jumlah_dan", "sumber", "banyak")
    bentuk: Literal["kelompok-antar-sumber"]
    kelompok: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        known = self.codes(evidence)
        for match, stated in evidence.subjects(self.kelompok):
            goal = next((one.printed.value for one in stated if one.printed is not None), None)
            own = {
                source: {c: row for c, row in rows.items() if c.rpartition(".")[0] == match[1]}
                for source, rows in known.items()
            }
            members = {code for rows in own.values() for code in rows}
            sums = {
                source: total(
                    [self.figure(evidence, source, row) for row in rows.values()],
                    f"Jumlah {match[1]} menurut {self.sumber[source].sebutan}",
                )
                for source, rows in own.items()
                if rows and set(rows) == members
            }
            off = {source: one for source, one in sums.items() if one.value != goal}
            alone = len(members) < 2 and next(iter(self.sumber)) not in off
            if goal is None or alone or not off or len(off) == len(sums):
                continue
            told = [self.told(source, one) for source, one in off.items()]
            yield self.hit(
                evidence,
                (places(stated), *(evidence.place(s, own[s].values()) for s in off)),
                next(iter(off.values())),
                numbers=off.values(),
                kunci=match[1],
                target=stated[0].nilai,
                jumlah="; ".join(told),
                jumlah_dan=enumeration(told),
                sumber=", ".join(self.sumber[one].sebutan for one in sums if one not in off),
                banyak=counted(next(iter(sums.values())).inputs(), "Banyaknya anggota", ""),
            )


class NamedTwice(Telling):
    """One code under several names within one source."""

    gives: ClassVar = ("kunci", "nama", "biasa")
    bentuk: Literal["beda-nama"]
    baris: Baris
    kunci: Teks
    nama: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code, rows in by(self.baris.rows(evidence), self.kunci).items():
            names: dict[str, list[Row]] = {}
            for row in rows:
                names.setdefault(str(row.get(self.nama) or ""), []).append(row)
            usual, *others = sorted(names, key=lambda name: -len(names[name]))
            if others:
                where = self.baris.place(evidence, names[others[0]])
                yield self.hit(evidence, where, kunci=code, nama=others[0], biasa=usual)


class Outlier(Telling):
    """One number unlike all others in its column.

    What grows through the year may have a plan of its own.
    """

    gives: ClassVar = ("kode", "indikator", "triwulan", "target", "biasa")
    bentuk: Literal["target-menyimpang"]
    baris: Baris
    kolom: Teks
    sedikitnya: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        rows = self.baris.rows(evidence)
        for column in evidence.columns(self.kolom):
            known = [row for row in rows if row.get(column) is not None]
            counted = Counter(exact(row[column]) for row in known).most_common(2)
            few = len(known) < self.sedikitnya or len(counted) < 2
            if few or counted[0][1] < len(known) - 2:
                continue
            usual = next(row for row in known if exact(row[column]) == counted[0][0])
            for row in known:
                code = dashed(row["kode"])
                registered = evidence.indicator(code)
                planned = registered is not None and registered.grows
                if exact(row[column]) != counted[0][0] and not planned:
                    yield self.hit(
                        evidence,
                        self.baris.place(evidence, [row]),
                        evidence.cell(self.baris.sumber, usual, column),
                        kode=code,
                        indikator=evidence.short(code),
                        triwulan=column.rpartition("_")[2].upper(),
                        target=evidence.cell(self.baris.sumber, row, column),
                        biasa=digits(counted[0][0]),
                    )
