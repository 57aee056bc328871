"""What a profile says of an export: a file of one of the ministry's systems, as it comes.

An export is recognised by the labels of its columns, wherever its header stands. Its rows become
rows of sources: each clean column is a text with names in braces, such as ``{kegiatan}.{kro}``. A
name is a column of the export, a named group of a pattern, ``nama_`` and a level for the text
behind a code, ``tahun``, ``bulan`` or ``triwulan`` of the period, ``versi``, or, where rows form
one record, ``level/column``. A word behind a colon says how it is read: ``persen``, ``pecahan`` (a
share of 1) or a list in ``daftar``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from pp39.profile.base import Bagian, Bulat, Pola, Teks, Ya

#: How a value may be read, besides the lists of the export.
SPECS = ("persen", "pecahan")
_NAME = re.compile(r"\{([^{}:]*)(?::(\w+))?\}")
_PRINTED = (
    r"(?i)\b(?:di)?(?:cetak|unduh)\b\D{0,30}"
    r"(?P<tanggal>\d{1,2}[-/. ]\w{2,9}[-/. ]\d{4}|\d{4}-\d{2}-\d{2})"
    r"(?:\D{1,12}(?P<jam>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?))?"
)
_PERIOD = ("bulan", "tahun", "triwulan")


def names_in(text: str) -> Iterator[tuple[str, str]]:
    """Give the names in braces of a text, each with how it is read."""
    return (found.groups("") for found in _NAME.finditer(text))  # type: ignore[misc]


class KolomEkspor(Bagian):
    """A column of an export."""

    judul: tuple[Teks, ...] = Field(
        min_length=1,
        description="accepted labels, at whatever level of the header; marks and case do not count",
    )
    wajib: Ya = Field(default=True, description="whether the export is recognised by it")
    pola: tuple[Pola, ...] = Field(
        default=(), description="patterns looked for in a cell; the first found names its groups"
    )
    isi_ke_bawah: Ya = Field(
        default=False, description="whether a blank cell repeats the one above (merged cells)"
    )


class HasilEkspor(Bagian):
    """What an export says for a source."""

    baris: Teks | None = Field(default=None, description="level of the rows; by default all rows")
    untuk: Mapping[Teks, tuple[Teks, ...]] = Field(
        default={},
        max_length=1,
        description="a name and the columns of the export it stands for, one row for each",
    )
    jumlahkan: tuple[Teks, ...] = Field(
        default=(), description="clean columns added up over the rows that have the same key"
    )
    sekali: tuple[Teks, ...] = Field(
        default=(),
        description="clean columns by which a later export replaces an earlier one; by default the"
        " key of the source",
    )
    lengkap: Ya = Field(
        default=True,
        description="whether the rows are all there are; others made by hand are left out",
    )
    melengkapi: Ya = Field(
        default=False,
        description="whether it only fills cells that other exports leave blank, in their rows",
    )
    kolom: Mapping[Teks, Teks] = Field(
        min_length=1, description="clean columns of the source, and what each is made of"
    )


class Utuh(Bagian):
    """By what one knows that an export is whole: parts that add up to its total."""

    kolom: Teks = Field(description="column that is added up")
    bagian: Teks = Field(description="level of the parts")
    jumlah: Teks = Field(description="level of the total")


class Ekspor(Bagian):
    """An export of one of the ministry's systems."""

    judul: Teks = Field(description="what the export is, as pp39 sources names it")
    baris_judul: Annotated[Bulat, Field(ge=1, le=4)] = Field(
        default=1, description="rows of the header, at most"
    )
    kolom: Mapping[Teks, KolomEkspor] = Field(min_length=1, description="columns by name")
    jenjang_sebelum: Teks | None = Field(
        default=None, description="column left of which the codes of the levels stand"
    )
    jenjang: Mapping[Teks, Pola] = Field(
        default={},
        description="levels of rows from the highest down, each with the pattern of its code; named"
        " groups hold for the rows below",
    )
    kelompok: Ya = Field(
        default=False, description="whether one row of each level together are one record"
    )
    abaikan: tuple[Pola, ...] = Field(
        default=(), description="patterns of the first text of rows that are no data"
    )
    utuh: Utuh | None = Field(default=None, description="what must add up")
    satker: tuple[Pola, ...] = Field(
        default=(), description="patterns in the titles whose group is the code of the satker"
    )
    periode: tuple[Pola, ...] = Field(
        default=(),
        description="patterns in the titles with the groups bulan and tahun; where they say none,"
        " the name of the file does; without any the export has no period",
    )
    dicetak: tuple[Pola, ...] = Field(
        default=(_PRINTED,),
        description="patterns in titles and footers with the groups tanggal and jam: when it was"
        " printed, which decides between two of one period",
    )
    tanggal: Teks | None = Field(
        default=None, description="column whose dates must be of the budget year"
    )
    versi: Mapping[Teks, Pola] = Field(
        default={}, description="versions by patterns in the titles; a later one counts more"
    )
    versi_menurut: Teks | None = Field(
        default=None, description="parameter that names the version that counts most"
    )
    daftar: Mapping[Teks, Mapping[Teks, Teks]] = Field(
        default={}, description="words that codes stand for, by name of the list"
    )
    hasil: Mapping[Teks, HasilEkspor] = Field(
        min_length=1, description="what it says, by name of the source"
    )

    def names(self, result: HasilEkspor) -> set[str]:
        """Name everything that may stand in braces in a result."""
        found = {*self.kolom, *result.untuk, *(f"nama_{level}" for level in self.jenjang)}
        patterns = (*self.jenjang.values(), *(p for one in self.kolom.values() for p in one.pola))
        found |= {group for one in patterns for group in re.compile(one).groupindex}
        found |= set(_PERIOD) if self.periode else {"tahun"}
        found |= {"versi"} if self.versi else set()
        if self.kelompok:
            found |= {f"{a}/{b}" for a in self.jenjang for b in (*self.kolom, *result.untuk)}
        return found
