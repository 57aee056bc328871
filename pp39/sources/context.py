"""What cleaning must know from outside the file: the budget year and the unit's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pp39.params import Settings
from pp39.sources.spelling import Spelling

__all__ = ["Context", "Words"]

Words = Mapping[str, tuple[str, ...]]
"""Code -> accepted spellings; the first spelling is the usual name."""


@dataclass(frozen=True)
class Context:
    """The run a raw file is cleaned for.

    Parameters
    ----------
    year : int
        Budget year; completes dates printed without a year.
    words : mapping of str to Words
        Vocabularies of the unit by the names its profile gives them, such as ``"layanan"``;
        ``"indikator"`` and ``"sasaran"``: codes, without further spellings; ``"satuan"``: units of
        results.
    spelling : Spelling
        How misspelt texts are printed.
    """

    year: int
    words: Mapping[str, Words] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=Spelling)

    @classmethod
    def of(cls, settings: Settings) -> Context:
        """Take budget year and vocabularies of a run.

        Parameters
        ----------
        settings : Settings
            Parameters of the run, with the profile of the unit.

        Returns
        -------
        Context
            Every vocabulary with all accepted spellings, and the codes.
        """
        unit = settings.params.unit
        own: Mapping[str, Mapping[str, Any]] = {
            "layanan": unit.layanan,
            "kategori_pelanggan": unit.kategori_pelanggan,
        }
        found: dict[str, Words] = {
            "indikator": dict.fromkeys(settings.params.indikator, ()),
            "sasaran": dict.fromkeys(settings.params.sasaran, ()),
            "satuan": {one.satuan: () for one in unit.layanan.values() if one.satuan},
        }
        for name, one in settings.profile.isi.kosakata.items():
            words = own[one.dari] if one.dari is not None else one.kata
            order = sorted(words) if one.dari is not None else list(words)
            found[name] = {code: (words[code].nama, *words[code].alias) for code in order}
        return cls(settings.year, found, Spelling.of(settings))
