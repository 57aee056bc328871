"""Rules about numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pp39.findings.evidence import Evidence
from pp39.findings.printed import read_words
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.stated import places
from pp39.numbers import format_rupiah, terbilang
from pp39.profile.base import Teks

__all__ = ["Terbilang"]


class Terbilang(Telling):
    """An amount in words that is not the amount; ``tidak`` is said of words that are none."""

    gives: ClassVar = ("subjek", "huruf", "seharusnya", "terbaca", "tidak", "angka")
    bentuk: Literal["terbilang"]
    tidak: Teks

    def _hits(self, evidence: Evidence) -> Iterator[Hit]:
        for _, group in evidence.subjects(r".+"):
            subject = group[0].subjek
            worded = [
                one for one in group if one.jenis == "terbilang" and not re.search(r"\d", one.nilai)
            ]
            figure = next((one.printed for one in group if one.printed is not None), None)
            quantity = evidence.computed(subject)
            held = figure or quantity
            if not worded or held is None or held.value.denominator != 1:
                continue
            off = [one for one in worded if read_words(one.nilai) != held.value]
            if off:
                read = read_words(off[0].nilai)
                yield self.hit(
                    evidence,
                    places(off),
                    quantity.id or "" if quantity is not None else "",
                    subjek=subject,
                    huruf=off[0].nilai,
                    seharusnya=terbilang(int(held.value)),
                    tidak=self.tidak,
                    terbaca=format_rupiah(read) if read is not None else "",
                    angka=format_rupiah(held.value),
                    numbers=[evidence.stated_number(off[0], Fraction(read or 0))],
                )
