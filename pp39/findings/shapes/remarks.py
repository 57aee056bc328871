"""Remarks in words: what is said of an indicator, and whether it says anything."""

from __future__ import annotations

import re

from pp39.findings.evidence import Evidence
from pp39.findings.wording import NOTHING
from pp39.ledger import dashed
from pp39.profile.base import Bagian, Pola, Teks, Ya

__all__ = ["Catatan"]


class Catatan(Bagian):
    """What is said of each indicator: as stated, or else in a column of a source.

    A remark says something unless it is that there is nothing, fits ``kecuali`` in every part, or
    holds nothing but words of the vocabulary ``pelaksana``, those in charge; with ``hanya_orang``
    only the latter are looked at.
    """

    pernyataan: Teks
    sumber: Teks
    kode: Teks
    kolom: Teks
    pelaksana: Teks | None = None
    hanya_orang: Ya = False
    kecuali: Pola | None = None

    def told(self, evidence: Evidence, code: str) -> list[tuple[str, str]]:
        """Give text and place, blank cells beside filled ones too."""
        stated = evidence.stated(f"{code}/{self.pernyataan}")
        said = [(one.nilai, one.letak) for one in stated] or [
            (str(row[self.kolom] or ""), evidence.place(self.sumber, [row]))
            for row in evidence.rows(self.sumber)
            if dashed(row[self.kode]) == code
        ]
        if self.hanya_orang:
            return [(text, where) for text, where in said if self._is_person(evidence, text)]
        return said

    def real(self, evidence: Evidence, text: str) -> bool:
        """Tell whether a text says something."""
        if not text or NOTHING.fullmatch(text) or self._is_person(evidence, text):
            return False
        left = self.kecuali
        return left is None or not all(
            re.fullmatch(left, part.strip(), re.IGNORECASE) for part in text.split(";")
        )

    def _is_person(self, evidence: Evidence, text: str) -> bool:
        words = evidence.words(self.pelaksana).values() if self.pelaksana else ()
        parts = "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)
        pattern = rf"(?:(?:{parts})\b\s*)+"
        return bool(words) and re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None
