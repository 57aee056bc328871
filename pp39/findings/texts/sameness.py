"""Rules of sameness: one fact, one value, one name, one spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.findings.wording import distinct, misspelt, plain, same, tight
from pp39.ledger import dashed
from pp39.mentions import mentions
from pp39.numbers import round_half_up
from pp39.profile.base import Pola, Teks
from pp39.sources.table import Record as Row

_DIFFERING = ("subjek", "uraian", "beda", "di", "biasa", "di_biasa")


class BedaPernyataan(Stated):
    """One subject, statements of which some say something else than most, or than the first.

    ``sebagai`` tells what they are compared as: numbers at the precision they are printed with,
    days, quarters, numbers of letters, or the same to the letter (``tulisan``), where they are the
    same number. Subjects whose profile entry leaves it to rules of their own are left out, and
    statements in which ``bukan`` is found.
    """

    gives: ClassVar = _DIFFERING
    bentuk: Literal["beda-pernyataan"]
    pernyataan: Pola = ".+"
    jenis: Teks | None = None
    bukan: Pola | None = None
    sebagai: Literal["angka", "tanggal", "triwulan", "nomor", "tulisan", "nama"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for _, every in evidence.subjects(self.pernyataan):
            subject = every[0].subjek
            kind = [one for one in every if self.jenis in (None, one.jenis)]
            group = [one for one in kind if not (self.bukan and re.search(self.bukan, one.nilai))]
            if len(group) < 2 or self._left_out(evidence, subject, every[0]):
                continue
            key = _KEYS[self.sebagai]
            base = group[0] if self.sebagai == "triwulan" else _usual(group, key)
            off = [one for one in group if self._differs(one, base)]
            if self.sebagai in ("angka", "tanggal"):
                parts = [off] if off else []
            else:
                parts = [same(one, group) for one in distinct(off)]
            for part in parts:
                found = _differing(part, base, group)
                yield self.tell(evidence, base, found.pop("lokasi"), **found)

    def _left_out(self, evidence: Evidence, subject: str, first: Statement) -> bool:
        match self.sebagai:
            case "angka":
                known = evidence.computed(subject) is not None or evidence.is_target(subject)
                return known or evidence.left_out(subject, "nilai")
            case "nomor" | "tulisan":
                return first.jenis != self.jenis or evidence.left_out(subject, "nomor")
            case _:
                return False

    def _differs(self, one: Statement, base: Statement) -> bool:
        match self.sebagai:
            case "angka":
                return not _agree(one, base)
            case "triwulan":
                ours, theirs = _quarters(one), _quarters(base)
                return bool(ours and theirs) and ours != theirs
            case "tulisan":
                return tight(one.nilai) == tight(base.nilai) and one.nilai != base.nilai
            case _:
                return _KEYS[self.sebagai](one) != _KEYS[self.sebagai](base)


class NamaGanda(Stated):
    """One subject under several names: that are slips of the pen, or that are not.

    A name that only leaves words out, or adds some, is editorial. ``milik`` are the first part of
    subjects whose names may be another one's.
    """

    gives: ClassVar = ("nama", "biasa", "di_biasa", "milik")
    bentuk: Literal["nama-ganda"]
    beda: Literal["ejaan", "nama"]
    milik: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for _, group in evidence.subjects(r".+"):
            subject = group[0].subjek
            if group[0].jenis != "nama" or len(group) < 2 or evidence.left_out(subject, "nama"):
                continue
            base = _contracted(evidence, subject, group, self.milik) or _usual(group, _KEYS["nama"])
            wordings = _wordings(group)
            for one in wordings:
                ours = plain(one.nilai)
                if ours == plain(base.nilai):
                    continue
                twin = _misspelt_of(one, base, wordings)
                if (self.beda == "ejaan") is not (twin is not None):
                    continue
                against = twin or base
                theirs = plain(against.nilai)
                words, others = _words(one.nilai), _words(against.nilai)
                longer = words <= others or others <= words
                yield self.hit(
                    evidence,
                    places([other for other in group if plain(other.nilai) == ours]),
                    tingkat="editorial" if twin is not None or longer else None,
                    subjek=subject,
                    nama=one.nilai.rstrip("."),
                    biasa=against.nilai.rstrip("."),
                    di_biasa=places([s for s in group if plain(s.nilai) == theirs]),
                    milik=_whose(evidence, subject, ours, self.milik),
                )


class TeksKembar(Stated):
    """The same activity at two places, spelt differently; ``daftar`` are its lists."""

    gives: ClassVar = ("kata", "salah", "biasa", "beda")
    bentuk: Literal["teks-kembar"]
    daftar: tuple[Teks, ...]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for code in evidence.codes:
            items = [
                (one.nilai, one.letak)
                for kind in self.daftar
                for one in evidence.numbered(f"{code}/{kind}")
            ]
            source, every = evidence.plan()
            planned: dict[str, list[Row]] = {}
            for row in every:
                if dashed(row["kode"]) == code:
                    planned.setdefault(str(row["kegiatan"]), []).append(row)
            items += [(text, evidence.place(source, rows)) for text, rows in planned.items()]
            for words, pairs in _twins(items).items():
                # What is written more often, anywhere in the report, is taken to be right.
                wrong, right = sorted(
                    (text for text, _ in pairs[0]),
                    key=lambda text: sum(
                        evidence.written[word] for word in words if word in plain(text).split()
                    ),
                )
                yield self.tell(
                    evidence,
                    code,
                    "; ".join((where for pair in pairs for _, where in pair)),
                    kata=words[0],
                    salah=wrong,
                    biasa=right,
                    beda=" dan ".join(f"“{word}”" for word in words),
                )


def _differing(
    off: Sequence[Statement], base: Statement, group: Sequence[Statement]
) -> dict[str, str]:
    """Give what a finding says of statements that differ from others, and its places."""
    right = [one for one in group if one not in off]
    return {
        "lokasi": "; ".join((places(off), places(right))),
        "subjek": base.subjek,
        "uraian": base.uraian,
        "beda": "; ".join(dict.fromkeys(one.nilai for one in off)),
        "di": places(off),
        "biasa": base.nilai,
        "di_biasa": places(right),
    }


def _twins(
    items: Sequence[tuple[str, str]],
) -> dict[tuple[str, ...], list[tuple[tuple[str, str], tuple[str, str]]]]:
    """Give pairs of texts at different places that are slips of one another, by their odd words."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, str], tuple[str, str]]]] = {}
    bare = [plain(text) for text, _ in items]
    for index, (one, ours) in enumerate(zip(items, bare, strict=True)):
        for other, theirs in zip(items[index + 1 :], bare[index + 1 :], strict=True):
            if one[1] != other[1] and misspelt(ours, theirs):
                words = tuple(sorted(set(ours.split()) ^ set(theirs.split())))
                found.setdefault(words, []).append((one, other))
    return found


def _misspelt_of(
    one: Statement, base: Statement, wordings: Sequence[Statement]
) -> Statement | None:
    """Give what a wording is a slip of the pen of: the right name, or one stated before it."""
    earlier = wordings[: wordings.index(one)]
    tried = [base, *earlier]
    return next((s for s in tried if misspelt(plain(one.nilai), plain(s.nilai))), None)


def _wordings(group: Sequence[Statement]) -> list[Statement]:
    """Give the first statement of each name, whatever its case and marks."""
    found: dict[str, Statement] = {}
    for one in group:
        found.setdefault(plain(one.nilai), one)
    return list(found.values())


def _contracted(
    evidence: Evidence, subject: str, group: Sequence[Statement], goals: str
) -> Statement | None:
    """Give the statement that says the name as the performance contract does, if one does.

    Where the contract itself has a slip of the pen, the registered name is the right one.
    """
    head, _, tail = subject.rpartition("/")
    column = "sasaran" if head.startswith(f"{goals}/") else "indikator"
    if tail != "nama":
        return None
    names = {
        plain(str(row[column]))
        for row in evidence.contract
        if row.get(column)
        and head in (code := dashed(row["kode"]), f"{goals}/{evidence.goals.get(code)}")
    }
    registered = evidence.indicator(head)
    official = plain(
        registered.nama
        if registered is not None
        else evidence.settings.params.sasaran.get(head.partition("/")[2], "")
    )
    if any(misspelt(name, official) for name in names):
        names = {official}
    return next((one for one in group if plain(one.nilai) in names), None)


def _words(name: str) -> set[str]:
    """Give the words of a name without an abbreviation of it in brackets."""
    return set(plain(re.sub(r"\([A-Z]{2,}\)", "", name)).split())


def _whose(evidence: Evidence, subject: str, name: str, goals: str) -> str:
    """Give the code of another goal whose name it is."""
    parts = subject.split("/")
    if len(parts) != 3 or parts[0] != goals:
        return ""
    every = evidence.settings.params.sasaran.items()
    return next((code for code, one in every if code != parts[1] and plain(one) == name), "")


def _usual(group: Sequence[Statement], key: Callable[[Statement], Hashable]) -> Statement:
    """Give the first statement of the most frequent value."""
    counted = Counter(key(one) for one in group)
    most = max(counted.values())
    return next(one for one in group if counted[key(one)] == most)


def _agree(one: Statement, other: Statement) -> bool:
    a, b = one.printed, other.printed
    if a is None or b is None:
        return a is b
    shown = min(a.decimals, b.decimals)
    return round_half_up(a.value, shown) == round_half_up(b.value, shown)


def _quarters(one: Statement) -> frozenset[int]:
    return frozenset(number for number, _ in mentions(one.nilai).quarters)


_KEYS: Mapping[str, Callable[[Statement], Hashable]] = {
    "angka": lambda one: one.printed.value if one.printed is not None else None,
    "tanggal": lambda one: one.day or plain(one.nilai),
    "triwulan": _quarters,
    "nomor": lambda one: tight(one.nilai),
    "tulisan": lambda one: tight(one.nilai),
    "nama": lambda one: plain(one.nilai),
}
