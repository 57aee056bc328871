"""What a profile may say: its parts, their fields, and what each of them means.

A profile is data that a planner writes; the names are therefore Indonesian. The tree is frozen and
closed: a name that is not here is an error, never ignored. The descriptions are what the JSON
schemas tell an editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from pp39.profile.base import Bagian, Teks
from pp39.profile.chapter import Bab
from pp39.profile.check import Nama, Periksa, Potongan
from pp39.profile.export import Ekspor
from pp39.profile.finding import Pernyataan, Temuan
from pp39.profile.indicator import Indikator, PolaIndikator
from pp39.profile.parameter import Parameter
from pp39.profile.source import Sumber
from pp39.profile.vocabulary import BentukKode, Kosakata, Telaah


class Profil(Bagian):
    """A profile: what a kind of unit reports."""

    judul: Teks = Field(description="what kind of unit it is for")
    memperluas: Teks | None = Field(default=None, description="name of the profile it extends")
    kosakata: Mapping[Teks, Kosakata] = Field(default={}, description="vocabularies by name")
    kode: Mapping[Teks, BentukKode] = Field(default={}, description="forms of codes by name")
    salah_cetak: Mapping[Teks, Mapping[Teks, Teks]] = Field(
        default={}, description="lists of misprints by name, each with what they stand for"
    )
    ejaan: Mapping[Teks, Teks] = Field(
        default={},
        description="misspelt words and phrases of free texts, each with what is printed instead",
    )
    parameter: Mapping[Teks, Parameter] = Field(
        default={}, description="parameters of the profile, by path such as kelulusan.batas"
    )
    urutan: tuple[Teks, ...] = Field(
        default=(), description="sources in the order they are listed; the others follow by name"
    )
    sumber: Mapping[Teks, Sumber] = Field(default={}, description="raw sources by name")
    telaah: Mapping[Teks, Telaah] = Field(
        default={}, description="words of typed reports by name, for pp39 review"
    )
    ekspor: Mapping[Teks, Ekspor] = Field(
        default={}, description="exports of the ministry's systems by name"
    )
    sasaran: Mapping[Teks, Teks] = Field(default={}, description="names of the sasaran by code")
    pola: Mapping[Teks, PolaIndikator] = Field(
        default={}, description="what indicators share, by name"
    )
    indikator: Mapping[Teks, Indikator] = Field(default={}, description="indicators by code")
    pernyataan: Mapping[Teks, Pernyataan] = Field(
        default={}, description="subjects that statements may have"
    )
    temuan: Mapping[Teks, Temuan] = Field(default={}, description="rules of findings by id")
    acuan: Mapping[Teks, Nama] = Field(
        default={},
        description="lists that expectations name as $PARAMETER: the columns their words are from",
    )
    potongan: Mapping[Teks, Potongan] = Field(
        default={}, description="rows that checks look at, derived from tables, by name"
    )
    periksa: Mapping[Teks, Periksa] = Field(default={}, description="checks by id")
    singkatan: Mapping[Teks, Teks] = Field(
        default={}, description="abbreviations of the report and what they stand for"
    )
    peraturan: Mapping[Teks, Teks] = Field(
        default={}, description="regulations that indicators cite, and what each is about"
    )
    bab: Mapping[Teks, Bab] = Field(
        default={}, description="chapters of the report in order, by name; in bab.yaml"
    )


PARTS: Mapping[str, Literal["one", "many"]] = {
    "sumber": "one",
    "ekspor": "one",
    "indikator": "many",
    "pola": "many",
    "ejaan": "many",
    "telaah": "many",
    "pernyataan": "many",
    "temuan": "many",
    "potongan": "many",
    "periksa": "many",
}
"""Folders of a profile, each a map of `Profil`: whether a file of it holds the entry it is named
for, or many entries by name."""
