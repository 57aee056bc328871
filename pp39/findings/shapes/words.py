"""Odd words: one letter away from a frequent one, written twice, a name in several spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.wording import alike, tight
from pp39.profile.base import Pola, Teks
from pp39.sources.table import Record as Row

_SHORTEST = 7
_RARE = 2
_FREQUENT = 3
_EVERYDAY = 8
_WORD = re.compile(r"[A-Za-z]+")
_TWICE = re.compile(r"\b([a-z]{2,})\s+\1\b", re.IGNORECASE)


class _Texts(Telling):
    """Texts of statements, and of the columns by source in ``teks``."""

    teks: Mapping[Teks, tuple[Teks, ...]]

    def texts(
        self, evidence: Evidence, rows: Callable[[str], Iterable[Row]] | None = None
    ) -> Iterator[tuple[str, str]]:
        """Give each text with its place; `rows` gives those of a source, all by default."""
        for one in evidence.statements:
            if one.jenis != "nomor":
                yield one.nilai, one.letak
        for source, columns in self.teks.items():
            for row in (rows or evidence.all_rows)(source):
                where = evidence.place(source, [row])
                yield from ((str(row[name]), where) for name in columns if row.get(name))


class KataGanda(_Texts):
    """A word written twice in a row; of a word doubled as such, a hyphen is what is missing."""

    gives: ClassVar = ("kata",)
    bentuk: Literal["kata-ganda"]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        met: dict[str, tuple[str, list[str]]] = {}
        for text, where in self.texts(evidence):
            for match in _TWICE.finditer(text):
                met.setdefault(match[1].casefold(), (match[1], []))[1].append(where)
        for word, places in met.values():
            yield self.hit(evidence, places, kata=word)


class NamaKembar(_Texts):
    """Names that ``pola`` meets in texts of the quarter, of which one is spelt in several ways."""

    gives: ClassVar = ("kunci", "nama", "biasa")
    bentuk: Literal["nama-kembar"]
    pola: Pola

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        met: dict[str, list[str]] = {}
        for text, where in self.texts(evidence, evidence.rows):
            for name in re.findall(self.pola, text):
                met.setdefault(" ".join(name.split()), []).append(where)
        same: list[list[str]] = []
        for name in sorted(met, key=lambda one: (-len(set(met[one])), one)):
            kin = (some for some in same if any(_kin(name, other) for other in some))
            if (known := next(kin, None)) is None:
                same.append([name])
            else:
                known.append(name)
        for usual, *others in same:
            for name in others:
                at, key = [*met[name], *met[usual]], name.casefold().replace(" ", "-")
                yield self.hit(evidence, at, kunci=key, nama=name, biasa=usual)


class KataJanggal(_Texts):
    """Words met once or twice that are a frequent word with one slip of the pen.

    Words that the rules in ``selain`` show are left to them.
    """

    gives: ClassVar = ("kata", "terdekat")
    bentuk: Literal["kata-janggal"]
    selain: tuple[Teks, ...]

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        met: dict[str, list[str]] = {}
        within: dict[str, set[str]] = {}
        for text, where in self.texts(evidence):
            for word in _WORD.findall(text.casefold()):
                if len(word) >= _SHORTEST:
                    met.setdefault(word, []).append(where)
                    within.setdefault(word, set()).add(text)
        shown = self._shown(evidence)
        counted = Counter({word: len(dict.fromkeys(where)) for word, where in met.items()})
        frequent = _slips(sorted(word for word, count in counted.items() if count >= _FREQUENT))
        everyday: dict[str, list[str]] = {}
        for word in sorted(word for word, count in counted.items() if count >= _EVERYDAY):
            everyday.setdefault(word[:-1], []).append(word)
        for word in sorted(counted):
            # One slip is printed again wherever its sentence is.
            if min(counted[word], len(within[word])) > _RARE or word in shown:
                continue
            # Only the last letter is another; an everyday word is seldom meant otherwise.
            changed = (other for other in everyday.get(word[:-1], ()) if other != word)
            near = _nearest(word, frequent) or next(changed, None)
            if near is not None:
                yield self.hit(evidence, met[word], kata=word, terdekat=near)

    def _shown(self, evidence: Evidence) -> set[str]:
        findings = [finding for id in self.selain for finding in evidence.found_by(id)]
        told = " ".join(f"{one.dinyatakan} {one.dihitung}" for one in findings)
        return set(_WORD.findall(told.casefold()))


def _kin(one: str, other: str) -> bool:
    """Tell whether two names are one, whatever their blanks and a few letters."""
    return alike(tight(one), tight(other), 0.84)


def _slips(words: Iterable[str]) -> dict[str, set[str]]:
    """Give, for every text that is one of the words or has lost a letter of it, these words."""
    found: dict[str, set[str]] = {}
    for word in words:
        for text in {word} | _shortened(word):
            found.setdefault(text, set()).add(word)
    return found


def _nearest(word: str, slips: Mapping[str, set[str]]) -> str | None:
    """Give the first word, of those indexed by `_slips`, that `word` is a slip of the pen of.

    One letter is missing or added, or two neighbours are swapped. A changed letter, or one more at
    either end, makes another word too often.
    """
    size = len(word)
    missing = {one for one in slips.get(word, ()) if len(one) == size + 1}
    moved = _shortened(word) | _swapped(word)
    return min(missing | {one for one in moved if one in slips.get(one, ())}, default=None)


def _shortened(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(1, len(word) - 1)}


def _swapped(word: str) -> set[str]:
    swaps = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    return swaps - {word}
