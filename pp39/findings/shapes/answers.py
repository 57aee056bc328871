"""Who answered a survey: answers of one person, and contacts that tell nobody apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.shapes.rows import Baris, by
from pp39.profile.base import Bagian, Bulat, Teks
from pp39.sources.table import Record as Row

_DISPUTED, _NEAR = "bertentangan", "mirip"


class Kontak(Bagian):
    """A contact, and the column that says whether answers dispute whose it is."""

    kolom: Teks
    keadaan: Teks
    sebutan: Teks
    lain: Teks
    sebutan_lain: Teks

    def disputed(self, evidence: Evidence, source: str, most: int) -> list[list[Row]]:
        """Give the rows of each contact that stands beside different other contacts."""
        if evidence.repeats(source, self.kolom)[1] > most:
            return []
        rows = evidence.repeated(source, self.kolom)
        groups = by([row for row in rows if row.get(self.keadaan) == _DISPUTED], self.kolom)
        return [
            rows
            for rows in groups.values()
            if len({row.get(self.lain) for row in rows} - {None}) > 1
        ]


class DisputedContact(Telling):
    """A contact that several persons gave, so that it tells nobody apart.

    ``mirip`` are those of them whose other contacts are but one slip of the keys apart.
    """

    gives: ClassVar = ("pertama", "nomor", "banyak", "orang", "kontak", "kolom", "lain", "mirip")
    bentuk: Literal["kontak-bertentangan"]
    baris: Baris
    kontak: dict[Teks, Kontak]
    orang: Teks
    nomor: Teks
    terbanyak: Bulat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        source, most = self.baris.sumber, self.terbanyak
        every = [
            (name, one, rows)
            for name, one in self.kontak.items()
            for rows in one.disputed(evidence, source, most)
        ]
        states = {one.kolom: one.keadaan for one in self.kontak.values()}
        for name, one, rows in every[:most]:
            near = [row for row in rows if row.get(states.get(one.lain, "")) == _NEAR]
            yield self.hit(
                evidence,
                self.baris.place(evidence, rows),
                pertama=rows[0][self.nomor],
                nomor=", ".join(str(row[self.nomor]) for row in rows),
                mirip=", ".join(str(row[self.nomor]) for row in near),
                banyak=evidence.counted(source, rows, len(rows)),
                orang=evidence.counted(source, rows, len({row[self.orang] for row in rows})),
                kolom=name,
                kontak=one.sebutan,
                lain=one.sebutan_lain,
            )


class Summary(Telling):
    """What is told of many repeated answers at once."""

    gives: ClassVar = ("jawaban", "responden")
    bentuk: Literal["ringkasan"] = "ringkasan"


class RepeatedAnswer(Telling):
    """Answers that share what only one person has; ``sama`` gives columns with what is shared.

    Answers that share a contact of which another shape tells (``selain``) are left to it.

    More than ``terbanyak`` are told in one finding by ``ringkas``, or not at all without it. With
    ``berbeda``, only groups in which that column differs count.
    """

    gives: ClassVar = ("kunci", "nomor", "pertama", "banyak", "sama", "nama_beda", "hubung")
    bentuk: Literal["jawaban-berulang"]
    baris: Baris
    kolom: Teks
    nomor: Teks
    sama: Mapping[Teks, Teks] = {}
    berbeda: Teks | None = None
    nama: Teks | None = None
    terbanyak: Bulat
    selain: Mapping[Teks, Kontak] = {}
    ringkas: Summary | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        answers, persons = evidence.repeats(self.baris.sumber, self.kolom)
        if persons > self.terbanyak:
            counts = {"jawaban": answers, "responden": persons}
            lines = evidence.column(self.baris.sumber, "baris")
            values = {
                name: evidence.lines(self.baris.sumber, lines, one) for name, one in counts.items()
            }
            if self.ringkas:
                yield self.ringkas.hit(evidence, self.baris.place(evidence), said=values)
            return
        source, most = self.baris.sumber, self.terbanyak
        left = [
            {row["baris"] for row in rows}
            for one in self.selain.values()
            for rows in one.disputed(evidence, source, most)
        ]
        groups = by(evidence.repeated(source, self.kolom), self.kolom)
        for number, rows in sorted(groups.items(), key=lambda one: int(one[0])):
            if any({row["baris"] for row in rows} <= told for told in left):
                continue
            if self.berbeda and len({row.get(self.berbeda) for row in rows}) < 2:
                continue
            shared = [word for column, word in self.sama.items() if _repeats(rows, column)]
            differs = self.nama and len({row.get(self.nama) for row in rows}) > 1
            yield self.hit(
                evidence,
                self.baris.place(evidence, rows),
                kunci=number,
                nomor=", ".join(str(row[self.nomor]) for row in rows),
                pertama=rows[0][self.nomor],
                banyak=evidence.counted(source, rows, len(rows)),
                sama=" dan ".join(shared),
                hubung="atau" if shared else "dan",
                nama_beda="berbeda" if differs else "",
            )


def _repeats(rows: list[Row], column: str) -> bool:
    counted = Counter(row[column] for row in rows if row.get(column) is not None)
    return any(times > 1 for times in counted.values())
