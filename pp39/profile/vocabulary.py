"""Vocabularies of a profile: words with their spellings, forms of codes, words of typed reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field

from pp39.profile.base import Angka, Bagian, Bulat, Pola, Teks, Ya, alone

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
    "lebih",
    "kurang",
    "niat",
    "selalu",
    "umum",
    "seluruhnya",
    "pembagian",
    "sebagian",
    "memuat",
    "berdua",
    "skala",
    "mengecil",
]
MEASURES: tuple[_Ukuran, ...] = get_args(_Ukuran)
"""Meanings that are what a figure measures."""


class Kata(Bagian):
    """A word of a vocabulary."""

    nama: Teks = Field(description="usual name, as printed in the report")
    alias: tuple[Teks, ...] = Field(default=(), description="other spellings found in the sources")
    satuan: Teks | None = Field(
        default=None, description="unit in which what the word names is counted"
    )
    induk: Teks | None = Field(
        default=None, description="code of the word whose target this one shares; null: its own"
    )


#: A word as it may be written: its name alone, or nama and alias.
Kataan = Annotated[Kata, alone("nama", Kata)]


class BentukKode(Bagian):
    """The form of a code."""

    pola: Pola = Field(description="regular expression of the whole code")
    contoh: Teks = Field(description="a right code, for messages")


class Kosakata(Bagian):
    """A vocabulary: the words a column of the kind ``pilihan`` may hold."""

    sebutan: Teks = Field(description="what one word is, in English, for messages: service")
    dari: Annotated[Teks, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = Field(
        default=None,
        description="name below unit where the unit gives the words instead, such as layanan",
    )
    kata: Mapping[Teks, Kataan] = Field(
        default={}, description="words by code: a name, or nama and alias"
    )
    bentuk: BentukKode | None = Field(
        default=None,
        description="form of further words besides kata, each a word in lower case and a code in"
        " upper case, such as kro 6077.AEF",
    )
    nama_diri: Ya = Field(
        default=False,
        description="ya: the words are proper names, as of wards or districts, and keep their"
        " capital inside a sentence",
    )


def twice_spelt(
    words: Mapping[str, Kata],
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Find spellings that mean two words, whatever their case and blanks.

    Yields
    ------
    tuple
        Code of the later word, path of the spelling below it, the spelling, and the other word.
    """
    owner: dict[str, str] = {}
    clashes: set[tuple[str, str]] = set()
    for slug, one in words.items():
        spellings: list[tuple[tuple[str, ...], str]] = [((), slug), (("nama",), one.nama)]
        spellings += [(("alias", str(n)), alias) for n, alias in enumerate(one.alias)]
        for below, spelling in spellings:
            other = owner.setdefault(" ".join(spelling.split()).casefold(), slug)
            if other != slug and (other, slug) not in clashes:
                clashes.add((other, slug))
                yield slug, below, spelling, other


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
        " of area; lebih, kurang: more and less than what is named behind; niat: what is to come,"
        " or is wished; selalu: that a change went on all the time; umum: words of names that tell"
        " nothing apart; seluruhnya: what stands before a sum; pembagian: sentences that tell all"
        " parts of a whole; berdua: those of which there are two; sebagian, memuat: what stands"
        " before a number of some things, and of all; skala: scores that have classes; mengecil:"
        " what is better the less there is of it"
    )
    pola: Pola = Field(description="regular expression, looked for in small letters")
    nomor: Teks | None = Field(None, description="dicabut: number and year, as 16/2014")
    ganti: Teks | None = Field(None, description="dicabut: the regulation that holds now")
    sejak: Bulat | None = Field(None, description="dicabut: year of the first report that knows it")
    jenjang: Mapping[Teks, Angka] = Field(
        {}, description="skala: classes and the score each begins with, the highest first"
    )
    lewat: Ya = Field(False, description="skala: whether a score must be above where one begins")
