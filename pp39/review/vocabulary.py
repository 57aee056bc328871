"""The words by which a typed report tells what its figures are: those of the profile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pp39.profile.model import Profil
from pp39.profile.review import MEASURES, Arti

__all__ = ["Vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """Patterns by what they mean, and the indicators a profile knows.

    Examples
    --------
    >>> from pathlib import Path
    >>> from pp39.profile import load_profile
    >>> words = Vocabulary.of(load_profile(Path(), "nasional").isi)
    >>> words.measure("Realisasi (Rp)"), words.measure("Pagu Semula"), words.measure("Uraian")
    ('realisasi', 'pagu semula', '')
    >>> words.says("belum", "Target BOR belum dapat tercapai.")
    True
    """

    patterns: Mapping[Arti, re.Pattern[str]]
    indicators: tuple[tuple[str, str, str], ...] = ()
    """Code, name and short name."""

    @classmethod
    def of(cls, profile: Profil) -> Vocabulary:
        """Take the words and the indicators of a profile."""
        told: dict[Arti, list[str]] = defaultdict(list)
        for one in profile.telaah.values():
            told[one.arti].append(f"(?:{one.pola})")
        return cls(
            {meaning: re.compile("|".join(all_)) for meaning, all_ in told.items()},
            tuple((code, one.nama, one.singkat or "") for code, one in profile.indikator.items()),
        )

    def says(self, meaning: Arti, text: str) -> bool:
        """Tell whether a text holds a word of a meaning."""
        return self.find(meaning, text) is not None

    def find(self, meaning: Arti, text: str) -> re.Match[str] | None:
        """Find the first word of a meaning."""
        pattern = self.patterns.get(meaning)
        return pattern.search(text.casefold()) if pattern else None

    def measures(self, text: str) -> list[tuple[int, int, Arti]]:
        """Find the words for measures in a text: where each ends, how long it is, what it means."""
        told = text.casefold()
        return [
            (match.end(), match.end() - match.start(), meaning)
            for meaning in MEASURES
            if meaning in self.patterns
            for match in self.patterns[meaning].finditer(told)
        ]

    def measure(self, head: str) -> str:
        """Tell what a column holds by its head; empty where it does not say."""
        told = re.split(r"\b(?:menurut|berdasarkan|sesuai)\b", head.casefold())[0]
        found = self.measures(told)
        share = "%" in told or "persen" in told
        if not found:
            return "persen" if share else ""
        kinds = set(self.patterns["ragam"].findall(told)) if "ragam" in self.patterns else set()
        measure = max(found)[2]
        if share and measure not in ("capaian", "serapan"):
            kinds.add("persen")
        return " ".join((measure, *sorted(kinds)))
