"""What a profile says about its checks: expectations, and the rows they look at.

A check names an expectation of Great Expectations and its arguments. It looks at a clean table, or
at a *potongan*: rows that are derived from tables in a few steps, each of which is data too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from pp39.profile.base import Angka, Bagian, Bulat, Pola, Teks, Ya


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _each_own(value: object) -> object:
    """Let a list of columns stand for columns that keep their names."""
    listed = _listed(value)
    return {one: one for one in listed} if isinstance(listed, (list, tuple)) else value


#: Several names; one alone may be written without brackets.
Nama = Annotated[
    tuple[Teks, ...], BeforeValidator(_listed, json_schema_input_type=Teks | tuple[Teks, ...])
]
#: New name -> column it is taken from.
Ambil = Annotated[
    Mapping[Teks, Teks],
    BeforeValidator(
        _each_own, json_schema_input_type=Teks | tuple[Teks, ...] | Mapping[Teks, Teks]
    ),
]
Nilai = Teks | Angka


class Acuan(Bagian):
    """Columns taken from the row of another list with the same key."""

    di: Teks = Field(
        description="source or list of the unit, with a condition in brackets if need be"
    )
    kunci: Ambil = Field(
        default={},
        description="column here and column there that must agree; none: one row for all",
    )
    ambil: Ambil = Field(default={}, description="new column: column there, of the first such row")
    jumlah: Ambil = Field(default={}, description="new column: column there that is added up")
    banyak: Ambil = Field(default={}, description="new column: column there, different values")

    @property
    def added(self) -> tuple[str, ...]:
        """Name the columns it adds."""
        return (*self.ambil, *self.jumlah, *self.banyak)


class Sebelum(Bagian):
    """The value before each, within a group and in an order; adds ``sebelum``."""

    kolom: Teks = Field(description="column whose blanks are passed over")
    dari: Teks | None = Field(default=None, description="column the value is taken from instead")
    per: Nama = Field(default=(), description="columns that tell the groups apart")
    menurut: Nama = Field(
        default=(), description="columns of the order; by default that of the file"
    )
    awal: Teks | None = Field(
        default=None, description="column with what stands before the first of each group"
    )


class Urut(Bagian):
    """The number before each in a numbering, and the one due; adds ``sebelum``, ``berikut``."""

    kolom: Teks = Field(description="column with the numbers")
    per: Nama = Field(default=(), description="columns that tell the numberings apart")
    mulai: tuple[int, ...] = Field(default=(1,), min_length=1, description="what may come first")


class Pertama(Bagian):
    """Columns of the first row of each group."""

    per: Nama = Field(description="columns that tell the groups apart")
    ambil: Ambil = Field(description="new column: column of the first row")


class Bagi(Bagian):
    """Parts of a text, one column for each named group of a pattern."""

    kolom: Teks = Field(description="column with the text")
    pola: Pola = Field(description="regular expression of the whole text with named groups")

    @property
    def added(self) -> tuple[str, ...]:
        """Name the columns it adds."""
        return tuple(re.compile(self.pola).groupindex)


class Isi(Bagian):
    """A value put into a column, in the rows that fit."""

    kolom: Teks = Field(description="column, new or not")
    dengan: Nilai = Field(
        description="number, 'text', what the run knows such as tahun_lalu, a column, or a"
        " parameter such as laporan.tanggal"
    )
    bila: Teks | None = Field(default=None, description="condition of the rows")


class Apit(Bagian):
    """The nearest value within bounds; adds ``terdekat``."""

    kolom: Teks = Field(description="column with the values")
    bawah: Teks = Field(description="column with the lowest; a blank is no bound")
    atas: Teks = Field(description="column with the highest; a blank is no bound")


class Kelompok(Bagian):
    """One row for each group, in the order they occur."""

    per: Nama = Field(
        default=(), description="columns that tell the groups apart; none: all in one"
    )
    pertama: Ambil = Field(default={}, description="new column: column of the first row")
    jumlah: Ambil = Field(default={}, description="new column: column that is added up")


class Urai(Bagian):
    """One row for each quarter instead of one column; adds ``triwulan``, its slug."""

    sampai: Literal["kini", "akhir"] = Field(description="quarters: to the run's, or all four")
    kolom: Mapping[Teks, Teks] = Field(
        min_length=1, description="new column: column, with {triwulan} for the slug of the quarter"
    )


class Fungsi(Bagian):
    """Columns, or rows, that a function makes."""

    nama: Teks = Field(description="name of the function")
    jadi: Nama = Field(description="columns it adds")


class Sanding(Bagian):
    """Figures computed from rows and from counts of the same, a row for each."""

    hitung: Teks | None = Field(
        default=None, description="hitung of the indicators; without it figures of the absorption"
    )
    besaran: Teks = Field(
        description="id of the figures, of an indicator without its code, such as"
        " layanan/{layanan}/order; each {word} becomes a column"
    )
    dengan: Teks = Field(description="source with the counts")
    desimal: Bulat | None = Field(default=None, description="decimals to compare to")
    kosong: Angka | None = Field(
        default=None, description="value of a figure one of the two lacks; null: it is left out"
    )

    added: ClassVar = ("triwulan", "kolom", "rincian", "rekap", "register")

    @property
    def holes(self) -> tuple[str, ...]:
        """The words that an id is sorted by."""
        return tuple(re.findall(r"\{(\w+)\}", self.besaran))


class Langkah(Bagian):
    """One step; exactly one of the names."""

    pilih: Teks | None = Field(default=None, description="keep the rows that fit a condition")
    ada: Nama | None = Field(
        default=None, description="keep the rows in which all columns have values"
    )
    tunggal: Nama | None = Field(default=None, description="keep the first row of each")
    acuan: Acuan | None = Field(default=None, description="columns of another list")
    sebelum: Sebelum | None = Field(default=None, description="the value before")
    urut: Urut | None = Field(default=None, description="the number due")
    pertama: Pertama | None = Field(default=None, description="columns of the first row of a group")
    bagi: Bagi | None = Field(default=None, description="parts of a text")
    huruf: Mapping[Teks, Teks] | None = Field(
        default=None, description="new column: text, reduced to its letters in lower case"
    )
    triwulan: Mapping[Teks, Teks] | None = Field(
        default=None, description="new column: date whose quarter of the budget year it is"
    )
    isi: Isi | None = Field(default=None, description="a value in a column")
    tambah: Mapping[Teks, tuple[Teks, ...]] | None = Field(
        default=None, description="new column: columns that are added"
    )
    selisih: Mapping[Teks, tuple[Teks, Teks]] | None = Field(
        default=None, description="new column: two columns whose distance it is"
    )
    apit: Apit | None = Field(default=None, description="the nearest value within bounds")
    kelompok: Kelompok | None = Field(default=None, description="one row for each group")
    urai: Urai | None = Field(default=None, description="one row for each quarter")
    sanding: Sanding | None = Field(
        default=None, description="figures from rows and from counts, side by side"
    )
    fungsi: Fungsi | None = Field(default=None, description="what YAML cannot say")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("a step does exactly one thing; begin a new one with '-'")
        return self

    @property
    def verb(self) -> str:
        """What it does."""
        return next(iter(self.model_fields_set))


class Lengkap(Bagian):
    """Words that must be there; a row for each, with its name in ``hilang`` where it is not."""

    harus: Nama = Field(
        description="words, or lists of them such as dipa_ro.kode_ro; tahun_lalu; bulan_berjalan"
    )
    sebagai: Teks = Field(description="column with the words")
    ada: Nama = Field(description="where they are looked for, such as progres_ro.kode_ro")
    diam_bila_kosong: Ya = Field(
        default=False, description="whether nothing at all is there is said elsewhere"
    )


def _sets(value: object) -> object:
    """Give all combinations of the values of several holes as a list of sets."""
    if not isinstance(value, dict) or not all(isinstance(one, list) for one in value.values()):
        return value
    return [dict(zip(value, values, strict=True)) for values in product(*value.values())]


_Hole = Annotated[str, Field(strict=True)]
Untuk = Annotated[
    tuple[Mapping[Teks, _Hole], ...],
    BeforeValidator(
        _sets, json_schema_input_type=list[Mapping[Teks, _Hole]] | Mapping[Teks, list[_Hole]]
    ),
]


class Potongan(Bagian):
    """Rows that checks look at, derived from tables."""

    untuk: Untuk = Field(
        default=(), description="values of {holes}, for each of which there is one such potongan"
    )
    dari: Teks | None = Field(default=None, description="source whose rows they are")
    lengkap: Lengkap | None = Field(default=None, description="words that must be there")
    langkah: tuple[Langkah, ...] = Field(default=(), description="steps, in order")

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if (self.dari is None) == (self.lengkap is None):
            raise ValueError("it begins either dari a source, or with words that must be lengkap")
        return self


Tingkat = Literal["kritis", "peringatan", "tidak_berlaku"]


class BilaParameter(Bagian):
    """A level that depends on a parameter."""

    parameter: Teks = Field(description="name of the parameter")
    adalah: Teks = Field(description="the value of it")
    maka: Tingkat = Field(description="level then; tidak_berlaku: the check is left out")
    selain_itu: Tingkat = Field(description="level else")


Harapan = Mapping[Teks, Mapping[Teks, Any]]


def _one_expectation(value: Harapan) -> Harapan:
    if len(value) != 1:
        raise ValueError(
            "each expectation is one name with its arguments; begin a new one with '-'"
        )
    return value


class Periksa(Bagian):
    """A check."""

    untuk: Untuk = Field(
        default=(), description="values of {holes}, for each of which there is one such check"
    )
    tingkat: Literal["kritis", "peringatan"] | BilaParameter = Field(
        description="kritis stops the run; peringatan is told in the report"
    )
    aturan: Teks = Field(description="what must hold, one Indonesian sentence")
    pada: Teks | None = Field(
        default=None, description="source or potongan it looks at; by default the source of its id"
    )
    bila: Teks | None = Field(default=None, description="condition of the rows it looks at")
    harap: Annotated[
        tuple[Annotated[Harapan, AfterValidator(_one_expectation)], ...],
        BeforeValidator(
            lambda value: (value,) if isinstance(value, dict) else value,
            json_schema_input_type=Harapan | tuple[Harapan, ...],
        ),
    ] = Field(min_length=1, description="expectations of Great Expectations with their arguments")
    kolom: Teks | None = Field(
        default=None, description="column that is meant; by default the first of the expectation"
    )
    kolom_dari: Teks | None = Field(
        default=None, description="column of the rows that names the column that is meant"
    )
    berkas: Teks | None = Field(
        default=None, description="source whose rows they are, if not that of its id"
    )
    salah: Teks = Field(description="Indonesian, about a row: what is wrong; {column:format}")
    benar: Teks | None = Field(
        default=None,
        description="English, for error messages: what is wrong and what would be right; by"
        " default what salah says",
    )


_Entry = TypeVar("_Entry", Periksa, Potongan)


def expanded(entries: Mapping[str, _Entry]) -> Iterator[tuple[str, str, _Entry]]:
    """Give each entry once for each set of values of its holes.

    Yields
    ------
    tuple
        Name with the holes filled, the name as it stands in the file, and the entry.
    """
    for name, entry in entries.items():
        if not entry.untuk:
            yield name, name, entry
            continue
        content = entry.model_dump(exclude_unset=True, exclude={"untuk"})
        for values in entry.untuk:
            made = type(entry).model_validate(_filled(content, values))
            yield _filled(name, values), name, made


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, str):
        for hole, value in values.items():
            node = node.replace(f"{{{hole}}}", value)
        return node
    if isinstance(node, Mapping):
        return {_filled(key, values): _filled(value, values) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_filled(one, values) for one in node]
    return node
