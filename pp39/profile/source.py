"""Raw sources of a profile: files, columns, and what is special about the layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pp39.profile.base import Bagian, Bulat, Pola, Teks
from pp39.profile.column import (
    CONTACTS,
    STATED,
    Kolom,
    KolomBulan,
    KolomDasar,
    KolomKode,
    KolomPilihan,
    KolomTriwulan,
)

# When a source is asked for; a person may write ya and tidak as everywhere else.
Wajib = Annotated[
    Literal["ya", "tidak", "bila_dipakai", "akhir_tahun"],
    BeforeValidator(lambda value: ("tidak", "ya")[value] if isinstance(value, bool) else value),
]


class Induk(Bagian):
    """Rows of a sheet that head the rows below them, such as ``6077 - Pengembangan …``."""

    pola: Pola = Field(description="regular expression of the only text of the row")
    jadi: tuple[Teks, ...] = Field(description="clean columns, one per group of the pattern")
    contoh: Teks | None = Field(
        default=None, description="such a row, which isian.xlsx tells to put above the others"
    )


class Posisi(Bagian):
    """A date above the header up to which the figures count."""

    pola: Pola = Field(description="regular expression found in a title row; its group is the date")
    jadi: Teks = Field(default="triwulan", description="clean column of the quarter the date ends")


class Tempelan(Bagian):
    """A value that stuck to the end of the cell before it, whose own cell is blank."""

    dari: Teks = Field(description="column whose cell holds both")
    ke: Teks = Field(description="column whose cell is blank")
    pola: Pola = Field(description="regular expression of the whole cell, two groups")


class Turunan(Bagian):
    """Columns that a function makes from the others."""

    fungsi: Teks = Field(description="name of the function")
    jadi: tuple[Teks, ...] = Field(
        min_length=1, description="clean columns it adds, in order; it may also fill in others"
    )


class Sumber(Bagian):
    """One raw source."""

    judul: Teks = Field(description="what the source holds")
    berkas: Annotated[Teks, Field(pattern=r"^[^/\\]+\.(csv|xlsx)$")] | None = Field(
        default=None, description="name of the file; by default the name of the source and .csv"
    )
    wajib: Wajib = Field(
        default="bila_dipakai",
        description="ya: always asked for; tidak: never; bila_dipakai: when an indicator or a part"
        " of the report needs it; akhir_tahun: likewise, but not before TW IV, as of scores that"
        " come once a year",
    )
    digantikan: tuple[Teks, ...] = Field(
        default=(), description="sources by rows; with one of them this one may be missing"
    )
    laporan_lalu: Literal["indikator.csv", "anggaran.csv", "hambatan.csv"] | None = Field(
        default=None,
        description="file of the report of the quarter before that it is, once that was sent",
    )
    kunci: tuple[Teks, ...] = Field(
        default=(), description="clean columns that together tell its rows apart"
    )
    baris_judul: Annotated[Bulat, Field(ge=1, le=9)] = Field(
        default=1, description="rows of the header of a sheet"
    )
    penutup: tuple[Teks, ...] = Field(
        default=(),
        description="how a row below the table may start, such as that of the totals, beside"
        " Sumber, Catatan and Dicetak as its only text",
    )
    kolom: Mapping[Teks, Kolom] = Field(min_length=1, description="columns by clean name, in order")
    induk: Induk | None = Field(default=None, description="rows that head those below them")
    posisi: Posisi | None = Field(default=None, description="date above the header")
    tempelan: Tempelan | None = Field(default=None, description="known accident of the export")
    gabungan: Mapping[Teks, tuple[Teks, ...]] = Field(
        default={}, description="codes put together, by clean name, from columns in this order"
    )
    turunan: Turunan | None = Field(default=None, description="columns that follow from others")

    @property
    def monthly(self) -> bool:
        """Whether some columns stand once for each month."""
        return any(one.monthly for one in self.kolom.values())

    @property
    def prefilled(self) -> tuple[str, ...]:
        """Name the columns that isian.xlsx fills beforehand: keys out of lists, and what follows.

        None where a key is no word of a list, so that nobody knows the rows beforehand.
        """
        # Months that stand side by side are no rows yet.
        keys = tuple(key for key in self.kunci if key in self.kolom or not self.monthly)
        if not keys or not all(_is_listed(self.kolom.get(key)) for key in keys):
            return ()
        return (*keys, *(key for key, one in self.kolom.items() if one.terisi is not None))

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each clean column that one column of the file is behind."""
        single = {key: one for key, one in self.kolom.items() if one.clean_names(key) == (key,)}
        return {key: one.jenis for key, one in single.items() if one.pribadi is None}

    @property
    def clean_names(self) -> tuple[str, ...]:
        """Name the columns of the clean table in order, ``baris`` first."""
        found = ["baris"]
        if self.posisi:
            found.append(self.posisi.jadi)
        if self.induk:
            found += self.induk.jadi
        found += self.gabungan
        for key, column in self.kolom.items():
            found += ["bulan"] if column.monthly else []
            found += column.clean_names(key) if column.pribadi is None else ()
        personal = [one.pribadi for one in self.kolom.values() if one.pribadi not in (None, "lain")]
        found += ["responden"] if {*CONTACTS} & {*personal} else []
        found += [f"{one}_keadaan" for one in personal if one in STATED]
        found += [f"{one}_sama" for one in personal]
        found += self.turunan.jadi if self.turunan else ()
        return tuple(name for name in dict.fromkeys(found) if not name.startswith("_"))


def _is_listed(column: KolomDasar | None) -> bool:
    """Tell whether a cell can only be a word of a list."""
    code = isinstance(column, KolomKode) and column.bentuk == "indikator"
    return code or isinstance(column, KolomBulan | KolomTriwulan | KolomPilihan)
