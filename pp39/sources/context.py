"""What cleaning must know from outside the file: the budget year and the unit's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pp39.params import Settings
from pp39.sources.spelling import Spelling

Words = Mapping[str, tuple[str, ...]]
"""Code -> accepted spellings; the first spelling is the usual name."""


@dataclass(frozen=True)
class Context:
    """The run a raw file is cleaned for."""

    #: Budget year; completes dates printed without a year.
    year: int
    #: Vocabularies of the unit by the names its profile gives them, such as ``"sumber_dana"``;
    #: ``"indikator"`` and ``"sasaran"``: codes, without further spellings; ``"satuan"``: units of
    #: results.
    words: Mapping[str, Words] = field(default_factory=dict)
    #: How misspelt texts are printed.
    spelling: Spelling = field(default_factory=Spelling)
    #: Code of the satker; empty where nobody says it.
    satker: str = ""
    #: Last month of the quarter.
    month: int = 12
    #: Version that counts most, by name of the export.
    versions: Mapping[str, str] = field(default_factory=dict)

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
        found: dict[str, Words] = {
            "indikator": dict.fromkeys(settings.params.indikator, ()),
            "sasaran": dict.fromkeys(settings.params.sasaran, ()),
            "satuan": {},
        }
        for name, one in settings.profile.isi.kosakata.items():
            words = one.kata if one.dari is None else dict(sorted(getattr(unit, one.dari).items()))
            found[name] = {code: (word.nama, *word.alias) for code, word in words.items()}
            units = (word.satuan for word in words.values() if word.satuan is not None)
            found["satuan"] = {**found["satuan"], **dict.fromkeys(units, ())}
        number = re.search(r"(?<![0-9])[0-9]{6}(?![0-9])", unit.dipa_nomor or "")
        satker = unit.kode_satker or (number[0] if number else "")
        month = settings.quarter.last_month
        versions = {
            name: str(settings.value(one.versi_menurut))
            for name, one in settings.profile.isi.ekspor.items()
            if one.versi_menurut is not None
        }
        return cls(settings.year, found, Spelling.of(settings), satker, month, versions)
