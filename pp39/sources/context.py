"""What cleaning must know from outside the file: the budget year and the unit's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pp39.params.model import Params

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
        Vocabularies by name: ``"layanan"`` (services), ``"kategori"`` (kinds of customer),
        ``"satuan"`` (units of results), ``"indikator"`` and ``"sasaran"`` (codes, without further
        spellings).
    """

    year: int
    words: Mapping[str, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, params: Params, year: int) -> Context:
        """Take the vocabularies of the unit from its parameters.

        Parameters
        ----------
        params : Params
            Parameters of the run.
        year : int
            Budget year.
        quarter : Quarter
            Quarter of the run.

        Returns
        -------
        Context
            The services and kinds of customer with all their accepted spellings, the units of
            results, and the codes.
        """
        unit = params.unit
        return cls(
            year,
            {
                "layanan": {
                    slug: (one.nama, *one.alias) for slug, one in sorted(unit.layanan.items())
                },
                "kategori": {
                    slug: (one.nama, *one.alias)
                    for slug, one in sorted(unit.kategori_pelanggan.items())
                },
                "indikator": dict.fromkeys(params.indikator, ()),
                "sasaran": dict.fromkeys(params.sasaran, ()),
                "satuan": {one.satuan: () for one in unit.layanan.values() if one.satuan},
            },
        )
