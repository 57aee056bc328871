"""Rules about what things are called: wrong words, swapped labels, wrong unit, known terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.stated import places
from pp39.findings.statement import Statement
from pp39.findings.texts.stated import Stated
from pp39.findings.wording import plain
from pp39.profile.base import Pola


class SatuSebutan(Stated):
    """Things of one kind that are called by several names.

    What the group of ``pernyataan`` meets is the kind; without one, things at one place are of one
    kind. ``potong`` cuts a name off, and with ``mirip`` only names that are like the kind count.
    """

    gives: ClassVar = ("jenis", "sebutan", "banyak")
    bentuk: Literal["satu-sebutan"]
    pernyataan: Pola
    potong: Pola | None = None
    mirip: float | None = None

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        kinds: dict[tuple[str, str], list[Statement]] = {}
        for match, group in evidence.subjects(self.pernyataan):
            for one in group:
                by = ("", match[1]) if match.re.groups else (one.letak, one.head)
                kinds.setdefault(by, []).append(one)
        for (_, kind), alike in kinds.items():
            counted = Counter(map(self._name, alike))
            if self.mirip is not None:
                near = {
                    name
                    for name in counted
                    if SequenceMatcher(None, plain(name).replace(" ", ""), kind).ratio()
                    > self.mirip
                }
                counted = Counter({name: n for name, n in counted.items() if name in near})
            names: dict[str, str] = {}
            for name, _ in counted.most_common() if self.mirip is None else counted.items():
                names.setdefault(plain(name) if self.mirip is not None else name, name)
            if len(names) > 1:
                yield self.hit(
                    evidence,
                    places(alike),
                    jenis=kind,
                    sebutan="; ".join(names.values()),
                    banyak="; ".join(f"{name} ({counted[name]})" for name in names.values()),
                    numbers=[
                        evidence.number_of([one for one in alike if self._name(one) == name])
                        for name in names.values()
                    ],
                )

    def _name(self, one: Statement) -> str:
        return re.split(self.potong, one.nilai, flags=re.I)[0] if self.potong else one.nilai


def other_indicator(evidence: Evidence, code: str, text: str) -> str | None:
    """Give the indicator whose names a text fits far better than those of its own."""
    own = _likeness(evidence, code, text)
    best = max(
        ((_likeness(evidence, other, text), other) for other in evidence.codes if other != code),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= 0.6 and best[0] > own + 0.2 else None


def _likeness(evidence: Evidence, code: str, text: str) -> float:
    """Share of the text's words that the indicator's names hold, in stems of five letters."""
    registered = evidence.indicator(code)
    names = [one.nilai for one in evidence.stated(f"{code}/nama")]
    known = " ".join((*names, registered.nama if registered else ""))
    stems = {_stem(word) for word in plain(known).split() if len(word) > 3}
    words = [_stem(word) for word in text.split() if len(word) > 3]
    if len(words) < 2 or not stems:
        return 0.0
    return sum(word in stems for word in words) / len(words)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    bare = re.sub(r"^(?:pe(?=[lr])|pe[mn]?|me[mnlr]?|ke|ber|ter|di)(?=[a-z]{4})", "", word)
    return bare[:4]
