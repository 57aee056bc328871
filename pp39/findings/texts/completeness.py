"""Rules of completeness: what is said of all but some, and lists that lack one of their members."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.findings.wording import plain
from pp39.profile.base import Pola, Teks

# Fewer than this share of the members is no list that should hold all of them.
_MOST = 0.6
# Percent.
_FULL = 100
_CAPITALS = re.compile(r"\b(?![IVX]+\b|TW\b|TA\b)[A-Z]{2,}\b")


class HasilTakDisebut(Stated):
    """Places that state the result of most indicators but not of all.

    ``hasil`` is the last part of the subjects of results, ``narasi`` is found in the places that
    are about one indicator each; what one of them says the others may leave out only together.
    """

    gives: ClassVar = ("tempat", "hitungan")
    bentuk: Literal["hasil-tak-disebut"]
    hasil: Teks
    narasi: Pola
    sebutan: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        told: dict[str, set[str]] = {}
        narrated: dict[str, str] = {}
        for one in evidence.statements:
            if one.head not in evidence.codes:
                continue
            if one.tail == self.hasil and one.nilai:
                told.setdefault(one.letak, set()).add(one.head)
            if re.search(self.narasi, one.letak):
                narrated.setdefault(one.head, one.letak)
        for letak, codes in told.items():
            lacking = [code for code in evidence.codes if code not in codes]
            if lacking and len(codes) >= len(evidence.codes) * _MOST:
                yield self._left_out(evidence, letak, letak, lacking)
        said = [code for code, letak in narrated.items() if code in told.get(letak, set())]
        lacking = [code for code in evidence.codes if code in narrated and code not in said]
        if lacking and said:
            where = "; ".join(narrated[code] for code in lacking)
            yield self._left_out(evidence, self.sebutan, where, lacking)

    def _left_out(self, evidence: Evidence, place: str, where: str, lacking: Sequence[str]) -> Hit:
        known = {
            code: result
            for code in lacking
            if (result := evidence.computed(f"{code}/{self.hasil}")) is not None
        }
        return self.hit(
            evidence,
            where,
            tempat=plain(place).replace(" ", "-"),
            indikator=", ".join(map(evidence.code, lacking)),
            hitungan="; ".join(f"{evidence.code(c)}: {one.text()}" for c, one in known.items()),
            numbers=known.values(),
        )


class KolomKosong(Stated):
    """Remarks left blank at a place and filled elsewhere; one finding per place.

    ``kolom`` are the last parts of their subjects, each with its name.
    """

    gives: ClassVar = ("kolom", "sel")
    bentuk: Literal["kolom-kosong"]
    kolom: Mapping[Teks, Teks]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        blank: dict[str, list[Statement]] = {}
        filled: Counter[str] = Counter()
        for one in evidence.statements:
            if one.jenis == "klaim" and one.tail in self.kolom and one.head in evidence.codes:
                if one.nilai:
                    filled[one.tail] += 1
                else:
                    blank.setdefault(one.letak, []).append(one)
        for letak, empty in blank.items():
            told = "; ".join(
                f"{name} {', '.join(s.head.replace('-', ' ', 1) for s in same)}"
                for tail, name in self.kolom.items()
                if (same := [s for s in empty if s.tail == tail]) and filled[tail]
            )
            if told:
                yield self.hit(evidence, letak, kode=empty[0].head, kolom=empty[0].tail, sel=told)


class DaftarAnggota(Stated):
    """Lists of goals in which one stands twice and another not at all."""

    gives: ClassVar = ("ganda", "hilang")
    bentuk: Literal["daftar-anggota"]
    pernyataan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        official = {code: plain(name) for code, name in evidence.settings.params.sasaran.items()}
        lists: dict[str, list[str]] = {}
        for _, group in evidence.subjects(self.pernyataan):
            for one in group:
                lists.setdefault(one.letak, []).append(plain(one.nilai))
        for letak, names in lists.items():
            twice = [code for code, name in official.items() if names.count(name) > 1]
            lacking = [code for code, name in official.items() if name not in names]
            if len(names) == len(official) and twice and lacking:
                yield self.hit(
                    evidence,
                    letak,
                    letak=letak,
                    ganda=", ".join(twice),
                    hilang=", ".join(lacking),
                )


class TabelTanpaRujukan(Stated):
    """Tables the text never speaks of, though it does of most others.

    ``sebutan`` is found in what a statement in the text says of itself.
    """

    gives: ClassVar = ("nomor", "tabel")
    bentuk: Literal["tabel-tanpa-rujukan"]
    pernyataan: Pola
    sebutan: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        labels: dict[str, tuple[str, str]] = {}
        named: set[str] = set()
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                if re.search(self.sebutan, one.uraian):
                    named.add(match[1])
                else:
                    labels[match[1]] = one.nilai, one.letak
        lacking = [number for number in labels if number not in named]
        for number in lacking if len(named) >= len(labels) * _MOST else ():
            label, letak = labels[number]
            yield self.hit(evidence, letak, nomor=number, tabel=label)


class _Kegiatan(Stated):
    """Activities compared by their words of weight; ``umum`` begin words that all of them have.

    ``padanan`` are names in capitals that some words stand for.
    """

    umum: tuple[Teks, ...]
    padanan: Mapping[Teks, Teks] = {}

    def _words(self, items: Sequence[Statement]) -> set[str]:
        """Give the stems of the long words and the names in capitals, without common ones."""
        said = [one.nilai for one in items]
        every = {word for text in said for word in plain(text).split()}
        words = {word[:6] for word in every if len(word) > 4} - set(self.umum)
        names = {name for text in said for name in _CAPITALS.findall(text)}
        return words | names | {self.padanan[word] for word in every & self.padanan.keys()}


class RencanaTanpaRealisasi(_Kegiatan):
    """Planned activities that nothing told as done has a word of, while all is said to be done.

    ``rencana`` and ``realisasi`` are the lists behind the indicator, ``fisik`` the subject of how
    much is done, in percent.
    """

    gives: ClassVar = ("butir", "banyak", "semua", "fisik")
    bentuk: Literal["rencana-tanpa-realisasi"]
    rencana: Teks
    realisasi: Teks
    fisik: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            planned = evidence.numbered(f"{code}/{self.rencana}")
            said = f"{code}/{self.realisasi}"
            done = self._words([*evidence.numbered(said), *evidence.stated(said)])
            full = [
                one
                for one in evidence.stated(f"{code}/{self.fisik}")
                if one.printed is not None and one.printed.value >= _FULL
            ]
            told = [one for one in planned if (ours := self._words([one])) and not ours & done]
            if done and full and told:
                yield self.tell(
                    evidence,
                    code,
                    (places(told), places(full)),
                    butir="; ".join(dict.fromkeys(one.nilai for one in told)),
                    banyak=evidence.number_of(told),
                    semua=evidence.number_of(planned),
                    fisik=full[0].nilai,
                )


class RencanaSebagaiHasil(Stated):
    """Items told as done in the words of their plan, among others that are told as done.

    ``rencana`` and ``realisasi`` are the lists behind the indicator; ``selesai`` begins what is
    told as done.
    """

    gives: ClassVar = ("butir",)
    bentuk: Literal["rencana-sebagai-hasil"]
    rencana: Teks
    realisasi: Teks
    selesai: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            planned = {plain(one.nilai) for one in evidence.numbered(f"{code}/{self.rencana}")}
            planned |= {plain(str(row["kegiatan"])) for row in evidence.planned(code)}
            items = evidence.numbered(f"{code}/{self.realisasi}")
            done = [one for one in items if re.match(self.selesai, one.nilai, re.IGNORECASE)]
            told = [one for one in items if one not in done and plain(one.nilai) in planned]
            if done and told:
                butir = "; ".join(dict.fromkeys(one.nilai.rstrip(",") for one in told))
                yield self.tell(evidence, code, places(told), butir=butir)


class KegiatanLain(_Kegiatan):
    """What was done told at two places without a single common word of weight.

    ``daftar`` is the part of the subjects behind the indicator.
    """

    gives: ClassVar = ("tempat", "butir", "banyak", "lain")
    bentuk: Literal["kegiatan-lain"]
    daftar: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            lists: dict[str, list[Statement]] = {}
            for _, group in evidence.subjects(rf"{re.escape(code)}/{self.daftar}"):
                for one in group:
                    lists.setdefault(one.letak, []).append(one)
            (first, base), *others = list(lists.items()) or [("", [])]
            ours = self._words(base)
            for letak, items in others:
                theirs = self._words(items)
                if ours and theirs and not ours & theirs:
                    yield self.tell(
                        evidence,
                        code,
                        (letak, first),
                        tempat=plain(letak).replace(" ", "-"),
                        butir="; ".join(one.nilai for one in items),
                        banyak=evidence.number_of(base),
                        letak=letak,
                        lain=first,
                    )
