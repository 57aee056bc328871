"""Words of typed reports: how a profile says what the figures and claims of one mean."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from pp39.profile.base import Bagian, Bulat, Pola, Teks

_Ukuran = Literal["target", "capaian", "realisasi", "pagu", "serapan", "blokir", "satuan", "sisa"]
Arti = Literal[
    _Ukuran,
    "ragam",
    "lepas",
    "jumlah",
    "rata",
    "nomor",
    "kode",
    "nama",
    "tercapai",
    "belum",
    "tanpa_kendala",
    "naik",
    "turun",
    "tertinggi",
    "terendah",
    "benar",
    "bingkai",
    "dokumen",
    "rincian_kendala",
    "dicabut",
    "luas",
]
MEASURES: tuple[_Ukuran, ...] = get_args(_Ukuran)
"""Meanings that are what a figure measures."""


class Telaah(Bagian):
    """Words of one meaning in typed reports; those of several entries hold together."""

    arti: Arti = Field(
        description="target … sisa: what a figure or a column measures; ragam: which of several"
        " figures of one measure; lepas: heads of columns that do not add up; jumlah, rata: rows"
        " of totals and means; nomor, kode, nama: heads of columns of running numbers, codes and"
        " names; tercapai, belum, tanpa_kendala, naik, turun, tertinggi, terendah: claims;"
        " benar: words that are right though they are nearly others; bingkai: headings of the"
        " opening and the closing of a report; dokumen: plans made for one year;"
        " rincian_kendala: sentences"
        " that tell obstacles; dicabut: who made a regulation that another replaced; luas: units"
        " of area"
    )
    pola: Pola = Field(description="regular expression, looked for in small letters")
    nomor: Teks | None = Field(None, description="dicabut: number and year, as 16/2014")
    ganti: Teks | None = Field(None, description="dicabut: the regulation that holds now")
    sejak: Bulat | None = Field(None, description="dicabut: year of the first report that knows it")
