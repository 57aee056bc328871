"""Who answered a survey and who was counted: repeated answers, kinds that do not belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence, Row, places
from pp39.findings.printed import digits
from pp39.findings.rule import Hit
from pp39.findings.shape import Kalimat, Telling
from pp39.findings.shapes.rows import Baris, Nilai, by
from pp39.findings.wording import plain
from pp39.profile.base import Bagian, Bulat, Teks

__all__ = [
    "GolonganTakDisebut",
    "JawabanBerulang",
    "KontakBertentangan",
    "LebihBanyakJawaban",
    "NilaiBerulang",
]


_DISPUTED = "bertentangan"


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


class KontakBertentangan(Telling):
    """A contact that several persons gave, so that it tells nobody apart."""

    gives: ClassVar = ("pertama", "nomor", "banyak", "orang", "kontak", "kolom", "lain")
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
        for name, one, rows in every[:most]:
            yield self.hit(
                evidence,
                self.baris.place(evidence, rows),
                pertama=rows[0][self.nomor],
                nomor=", ".join(str(row[self.nomor]) for row in rows),
                banyak=len(rows),
                orang=len({row[self.orang] for row in rows}),
                kolom=name,
                kontak=one.sebutan,
                lain=one.sebutan_lain,
            )


class Ringkasan(Telling):
    """What is told of many repeated answers at once."""

    gives: ClassVar = ("jawaban", "responden")
    bentuk: Literal["ringkasan"] = "ringkasan"


class JawabanBerulang(Telling):
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
    ringkas: Ringkasan | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        answers, persons = evidence.repeats(self.baris.sumber, self.kolom)
        if persons > self.terbanyak:
            values = {"jawaban": answers, "responden": persons}
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
                banyak=len(rows),
                sama=" dan ".join(shared),
                hubung="atau" if shared else "dan",
                nama_beda="berbeda" if differs else "",
            )


class GolonganTakDisebut(Telling):
    """Kinds that are counted although neither unit nor name of the indicator says so.

    The finding is material where the target is reached only with that kind.
    """

    gives: ClassVar = (
        "kode",
        "indikator",
        "kunci",
        "golongan",
        "banyak",
        "jumlah",
        "sisa",
        "target",
    )
    bentuk: Literal["golongan-tak-disebut"]
    hitung: Teks
    cacah: Nilai
    kunci: Teks
    golongan: Teks
    dihitung_menurut: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        kinds = evidence.vocabulary(self.golongan)
        chosen = evidence.parameter(self.dihitung_menurut) or kinds
        every = by(self.cacah.filled(evidence), self.kunci)
        counts = {
            kind: self.cacah.total(rows, evidence) for kind, rows in every.items() if kind in chosen
        }
        total = sum(counts.values(), Fraction(0))
        for code in evidence.codes_of(self.hitung):
            registered = evidence.indicator(code)
            said = " ".join(one.nilai for one in evidence.stated(f"{code}/satuan"))
            unit = plain(f"{registered.satuan} {registered.nama} {said}")
            goal = evidence.number(f"{code}/target")
            for kind, count in sorted(counts.items()):
                name = kinds.get(kind, kind)
                if not count or plain(name) in unit:
                    continue
                rest = total - count
                missed = goal is not None and total >= goal > rest
                rows = [row for row in self.cacah.rows(evidence) if row[self.kunci] == kind]
                yield self.hit(
                    evidence,
                    self.cacah.place(evidence, rows),
                    tingkat=None if missed else "minor",
                    kode=code,
                    indikator=evidence.short(code),
                    kunci=kind,
                    golongan=name.casefold(),
                    banyak=int(count),
                    jumlah=digits(total),
                    sisa=int(rest),
                    target=digits(goal) if missed and goal else "",
                )


class LebihBanyakJawaban(Telling):
    """More answers about a word, or of a kind in it, than there were to answer."""

    gives: ClassVar = ("kunci", "jawaban", "jumlah", "rincian")
    bentuk: Literal["lebih-banyak-jawaban"]
    jawaban: Baris
    kunci: Teks
    golongan_jawaban: Teks
    cacah: Nilai
    golongan: Teks
    kosakata: Teks
    tanpa_golongan: Teks
    satuan: tuple[Teks, Teks]
    kalimat_golongan: Kalimat

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        answers = self._answers(evidence)
        rows = by(self.cacah.filled(evidence), self.kunci)
        names = evidence.vocabulary(self.kosakata)
        one, other = self.satuan
        for word in sorted({word for word, _ in answers} & set(rows)):
            kinds = {
                kind: self.cacah.total(every, evidence)
                for kind, every in by(rows[word], self.golongan).items()
            }
            mine = {kind: n for (about, kind), n in sorted(answers.items()) if about == word}
            count, whole = sum(mine.values()), self.cacah.total(rows[word], evidence)
            beyond = {k: n for k, n in mine.items() if k and n > kinds.get(k, Fraction(0))}
            if not beyond and count <= whole:
                continue
            told = [
                f"{names.get(kind, kind.capitalize())}: {n} {one}, "
                + (
                    f"{digits(kinds.get(kind, Fraction(0)))} {other}"
                    if kind in names
                    else self.tanpa_golongan
                )
                for kind, n in beyond.items()
            ]
            yield self.hit(
                evidence,
                (self.jawaban.place(evidence), self.cacah.place(evidence, rows[word])),
                kunci=word,
                jawaban=count,
                jumlah=digits(whole),
                kalimat="" if count > whole else self.kalimat_golongan,
                rincian="; ".join(told),
            )

    def _answers(self, evidence: Evidence) -> Counter[tuple[str, str]]:
        frame = evidence.answers(self.jawaban.sumber, self.kunci)
        if self.golongan_jawaban not in frame:
            return Counter()
        kinds = frame[self.golongan_jawaban].fillna("").astype(str)
        return Counter(zip(frame[self.kunci], kinds, strict=True))


class NilaiBerulang(Telling):
    """A score of answers that is another one where every respondent counts once.

    ``batas_atas`` and ``batas_bawah`` are the parameters of what counts for and against, ``cara``
    the one that says how respondents are counted.
    """

    gives: ClassVar = ("kode", "indikator", "semua", "sekali", "jawaban", "orang", "berulang")
    bentuk: Literal["nilai-berulang"]
    hitung: Teks
    jawaban: Baris
    orang: Teks
    nilai: Teks
    batas_atas: Teks
    batas_bawah: Teks
    cara: tuple[Teks, Teks]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        answers, persons = evidence.repeats(self.jawaban.sumber, self.orang)
        path, once_only = self.cara
        if not answers or evidence.parameter(path) == once_only:
            return
        frame = evidence.answers(self.jawaban.sumber, self.nilai)
        last = ~frame[self.orang].duplicated(keep="last") | frame[self.orang].isna()
        every, single = (
            self._score(evidence, one[self.nilai].tolist()) for one in (frame, frame[last])
        )
        if every is None or single is None or every == single:
            return
        for code in evidence.codes_of(self.hitung):
            yield self.hit(
                evidence,
                (self.jawaban.place(evidence), places(evidence.stated(f"{code}/realisasi"))),
                kode=code,
                indikator=evidence.short(code),
                semua=digits(every, least=2),
                sekali=digits(single, least=2),
                jawaban=len(frame),
                orang=int(last.sum()),
                berulang=persons,
            )

    def _score(self, evidence: Evidence, values: list[int]) -> Fraction | None:
        top, least = map(evidence.parameter, (self.batas_atas, self.batas_bawah))
        good = sum(value >= top for value in values)
        bad = sum(value < least for value in values)
        return Fraction(good - bad, len(values)) * 100 if values else None


def _repeats(rows: list[Row], column: str) -> bool:
    counted = Counter(row[column] for row in rows if row.get(column) is not None)
    return any(times > 1 for times in counted.values())
