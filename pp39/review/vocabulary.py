"""The words by which a typed report tells what its figures are: those of the profile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pp39.profile.model import Profil
from pp39.profile.vocabulary import MEASURES, Arti, Telaah
from pp39.review.typed import Grid, Typed, turned

_BESIDE = re.compile(r"\([^)]*\)|%|\b(?:tw|triwulan|tahun|s\.?d\.?)\b[\s.]*[ivx0-9]*")
"""What may stand beside a measure: of when it is, and in what."""
_PLAIN = re.compile(r"\b(?:persen(?:tase)?|anggaran|keuangan|rp|rata-rata|thd|terhadap|dari)\b")


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
    replaced: tuple[Telaah, ...] = ()
    """Regulations that others took the place of."""
    scales: tuple[Telaah, ...] = ()
    """Scores that have classes."""

    @classmethod
    def of(cls, profile: Profil) -> Vocabulary:
        """Take the words and the indicators of a profile."""
        told: dict[Arti, list[str]] = defaultdict(list)
        for one in profile.telaah.values():
            told[one.arti].append(f"(?:{one.pola})")
        return cls(
            {meaning: re.compile("|".join(all_)) for meaning, all_ in told.items()},
            tuple((code, one.nama, one.singkat or "") for code, one in profile.indikator.items()),
            tuple(one for one in profile.telaah.values() if one.arti == "dicabut"),
            tuple(one for one in profile.telaah.values() if one.arti == "skala"),
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

    def is_measure(self, label: str) -> bool:
        """Tell whether a label names nothing but a measure, and of when or in what.

        Examples
        --------
        >>> from pathlib import Path
        >>> from pp39.profile import load_profile
        >>> words = Vocabulary.of(load_profile(Path(), "nasional").isi)
        >>> words.is_measure("Realisasi Anggaran (Rp)"), words.is_measure("Nilai SAKIP")
        (True, False)
        """
        bare = _BESIDE.sub(" ", label.casefold())
        for end, size, _ in sorted(self.measures(bare), reverse=True):
            bare = f"{bare[: end - size]} {bare[end:]}"
        kind = self.patterns.get("ragam")
        left = _PLAIN.sub(" ", kind.sub(" ", bare) if kind else bare)
        told = self.measure(label) or self.says("ragam", label)
        return bool(told) and not left.strip(" .,:-")

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


def upright(report: Typed, words: Vocabulary) -> Typed:
    """Turn the tables whose rows say what is measured, so that columns do in all of them."""
    parts = [
        turned(one) if isinstance(one, Grid) and _is_lying(one, words) else one
        for one in report.parts
    ]
    return replace(report, parts=parts)


def _is_lying(grid: Grid, words: Vocabulary) -> bool:
    told = [words.is_measure(row[0]) for row in grid.rows]
    heads = any(map(words.measure, grid.head[1:]))
    return len(grid.head) > 2 and sum(told) > 1 and sum(told) * 2 >= len(told) and not heads
