"""Rule about odd words: a rare word one letter away from a frequent one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit, rule, rules_of
from pp39.findings.rules import naming, sameness

_SHORTEST = 7
_RARE = 2
_FREQUENT = 3
_EVERYDAY = 8
_WORD = re.compile(r"[A-Za-z]+")
_TEXTS = {
    "dipa_ro": ("nama_ro", "nama_kro", "nama_kegiatan"),
    "rencana_aksi": ("kegiatan",),
    "realisasi_kegiatan": ("kegiatan",),
    "kegiatan_kro": ("kegiatan",),
}


@rule("kata-janggal", "kata yang jarang dengan kata yang sering", "editorial")
def odd_words(evidence: Evidence) -> Iterator[Hit]:
    """Find words met once or twice that are a frequent word with one slip of the pen.

    Words that another rule on spelling already shows are left to it.
    """
    texts = [(one.nilai, one.letak) for one in evidence.statements if one.jenis != "nomor"]
    for source, columns in _TEXTS.items():
        for row in evidence.all_rows(source):
            where = evidence.place(source, [row])
            texts.extend((str(row[name]), where) for name in columns if row.get(name))
    met: dict[str, list[str]] = {}
    within: dict[str, set[str]] = {}
    for text, where in texts:
        for word in _WORD.findall(text.casefold()):
            if len(word) >= _SHORTEST:
                met.setdefault(word, []).append(where)
                within.setdefault(word, set()).add(text)
    shown = _shown(evidence)
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
            yield Hit(
                f"dokumen/kata/{word}",
                "; ".join(dict.fromkeys(met[word])),
                word,
                near,
                f"Kata “{word}” tampaknya salah ketik dari “{near}”.",
            )


def _shown(evidence: Evidence) -> set[str]:
    rules = (sameness.spellings, sameness.twins, naming.terms)
    findings = [finding for one in rules for finding in one(evidence)]
    told = " ".join(f"{one.dinyatakan} {one.dihitung}" for one in findings)
    return set(_WORD.findall(told.casefold()))


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


RULES = rules_of(globals())
