"""What a profile may say: its parts, their fields, and what each of them means.

A profile is data that a planner writes; the names are therefore Indonesian. The tree is frozen and
closed: a name that is not here is an error, never ignored. The descriptions are what the JSON
schemas tell an editor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    model_validator,
)

from pp39.profile.base import Angka, Bagian, Bulat, Pola, Teks, Ya
from pp39.profile.chapter import Bab
from pp39.profile.check import Nama, Periksa, Potongan
from pp39.profile.classes import Klasifikasi
from pp39.profile.export import Ekspor
from pp39.profile.finding import Pernyataan, Temuan
from pp39.profile.indicator import Indikator, PolaIndikator
from pp39.profile.review import Telaah

__all__ = [
    "KINDS",
    "PARTS",
    "Bagian",
    "BentukKode",
    "Induk",
    "Kata",
    "Kolom",
    "Kosakata",
    "Parameter",
    "Posisi",
    "Profil",
    "Sumber",
    "Tempelan",
    "Turunan",
    "comparable",
    "twice_spelt",
]


def _known_text(text: str) -> str:
    try:
        text.format_map(dict.fromkeys(("nama", "satuan", "sasaran", "kode_sasaran", "tahun"), ""))
    except (KeyError, ValueError, IndexError):
        raise ValueError(
            "it may name {nama}, {satuan}, {sasaran}, {kode_sasaran} and {tahun} only"
        ) from None
    return text


def _different(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("name each of them once")
    return values


def _words(value: object) -> object:
    """Read a word given by its name alone."""
    return {"nama": value} if isinstance(value, str) else value


# When a source is asked for; a person may write ya and tidak as everywhere else.
Wajib = Annotated[
    Literal["ya", "tidak", "bila_dipakai"],
    BeforeValidator(lambda value: ("tidak", "ya")[value] if isinstance(value, bool) else value),
]


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
Kataan = Annotated[Kata, BeforeValidator(_words, json_schema_input_type=Kata | str)]


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


class BentukKode(Bagian):
    """The form of a code."""

    pola: Pola = Field(description="regular expression of the whole code")
    contoh: Teks = Field(description="a right code, for messages")


class Parameter(Bagian):
    """A parameter that the profile adds to those of the engine."""

    jenis: Literal["bulat", "angka", "teks", "ya_tidak", "pilihan", "daftar", "klasifikasi"] = (
        Field(
            description="kind of value; klasifikasi: classes of a score, set in params/regulasi, or"
            " where they are the profile's own as its bawaan"
        )
    )
    bawaan: Bulat | Angka | bool | str | tuple[Teks, ...] | Mapping[Teks, Any] | None = Field(
        default=None, description="value where no layer sets one"
    )
    pilihan: tuple[Teks, ...] = Field(default=(), description="words that pilihan may be")
    min: Angka | None = Field(default=None, description="lowest value")
    maks: Angka | None = Field(default=None, description="highest value")
    tidak_melebihi: Teks | None = Field(
        default=None, description="parameter of the profile that the value must not be above"
    )
    kosakata: Teks | None = Field(
        default=None, description="vocabulary that the words of a daftar are from"
    )
    arti: Teks = Field(description="what it means, as pp39 params prints it")

    @property
    def annotation(self) -> Any:
        """The type of its values."""
        limits = Field(ge=self.min, le=self.maks)
        kinds: Mapping[str, Any] = {
            "bulat": Annotated[Bulat, limits],
            "angka": Annotated[Angka, limits],
            "teks": Teks,
            "ya_tidak": Ya,
            "pilihan": Literal[self.pilihan or ("",)],
            "daftar": Annotated[tuple[Teks, ...], Field(min_length=1), AfterValidator(_different)],
            "klasifikasi": Klasifikasi,
        }
        return kinds[self.jenis] if self.bawaan is not None else kinds[self.jenis] | None

    @property
    def default(self) -> Any:
        """Its value where no layer sets one.

        Raises
        ------
        pydantic.ValidationError
            If ``bawaan`` is no value of the kind.
        """
        return TypeAdapter(self.annotation).validate_python(self.bawaan)


class _Kolom(Bagian):
    judul: Teks = Field(
        description='header in the file; " / " joins the levels of a merged one, and {bulan} stands'
        " for one column per month"
    )
    ejaan: tuple[Teks, ...] = Field(default=(), description="other accepted headers")
    wajib: Ya = Field(default=False, description="whether a blank cell is an error")
    boleh_tidak_ada: Ya = Field(default=False, description="whether the file may lack the column")
    isi_ke_bawah: Ya = Field(
        default=False, description="whether a blank cell repeats the one above (merged cells)"
    )
    satuan: Teks | None = Field(default=None, description="unit of the quantity")
    satuan_dari: Teks | None = Field(
        default=None, description="clean column that holds the unit of each row instead"
    )
    label: Teks | None = Field(
        default=None, description="name of the quantity in calculations; by default the header"
    )
    pribadi: Literal["nama", "telepon", "email", "pihak"] | None = Field(
        default=None, description="personal data, which never pass cleaning"
    )
    terisi: Annotated[Teks, AfterValidator(_known_text)] | None = Field(
        default=None,
        description="what isian.xlsx has in it beforehand: {nama}, {satuan}, {sasaran} and"
        " {kode_sasaran} of the row's indicator, {tahun}",
    )

    def clean_names(self, key: str) -> tuple[str, ...]:
        """Name the clean columns made of the one that stands under `key`."""
        return (key,)

    @property
    def monthly(self) -> bool:
        """Whether the header stands for one column per month."""
        return "{bulan}" in self.judul


class _KolomBilangan(_Kolom):
    min: Angka | None = Field(default=None, description="lowest value a cell may have")
    maks: Angka | None = Field(default=None, description="highest value a cell may have")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.maks is not None and self.min > self.maks:
            raise ValueError(f"min is {self.min} and must not be above maks, {self.maks}")
        return self


class KolomTeks(_Kolom):
    """Free text."""

    jenis: Literal["teks"] = "teks"
    pengenal: Ya = Field(
        default=False,
        description="whether it is a number that an office gave; its digits are nobody's telephone",
    )
    betulkan: Teks | Mapping[Teks, Teks] = Field(
        default={}, description="misprints and what they stand for, or the name of a salah_cetak"
    )


class KolomBulat(_KolomBilangan):
    """A whole number, not negative."""

    jenis: Literal["bulat"]
    contoh: Teks = Field(default="170", description="a right cell, for messages")


class KolomRupiah(_KolomBilangan):
    """A whole amount of money."""

    jenis: Literal["rupiah"]


class KolomAngka(_KolomBilangan):
    """A decimal number."""

    jenis: Literal["angka"]
    gaya: Literal["auto", "id", "en", "plain"] = Field(
        default="auto", description="style of the numbers: auto, id (1.234,5), en (1,234.5), plain"
    )


class KolomPersen(_KolomBilangan):
    """A percentage."""

    jenis: Literal["persen"]
    boleh_lebih_dari_100: Ya = Field(
        default=False, description="whether more than 100 % is possible, as in a plan overfulfilled"
    )


class KolomBersatuan(_KolomBilangan):
    """A number with its unit in the same cell, such as ``169 sertifikat``."""

    jenis: Literal["angka_bersatuan"]
    jadi: tuple[Teks, Teks] | None = Field(
        default=None, description="clean columns of number and unit; by default x and x_satuan"
    )

    def clean_names(self, key: str) -> tuple[str, ...]:
        """Name the clean columns of the number and its unit."""
        return self.jadi or (key, f"{key}_satuan")


class KolomTercetak(_Kolom):
    """A figure as somebody printed it: its text, and its number where it is one."""

    jenis: Literal["tercetak"]
    jadi: tuple[Teks, Teks] | None = Field(
        default=None, description="clean columns of text and number; by default x and x_angka"
    )

    def clean_names(self, key: str) -> tuple[str, ...]:
        """Name the clean columns of the text and its number."""
        return self.jadi or (key, f"{key}_angka")


class KolomTanggal(_Kolom):
    """A date."""

    jenis: Literal["tanggal"]


class KolomBulan(_Kolom):
    """A month by its name."""

    jenis: Literal["bulan"]
    betulkan: Teks | Mapping[Teks, Teks] = Field(
        default={}, description="misprints and what they stand for, or the name of a salah_cetak"
    )


class KolomTriwulan(_Kolom):
    """A quarter."""

    jenis: Literal["triwulan"]
    dari: Teks | None = Field(
        default=None,
        description="column of dates that tells the quarter: the file may then lack this column or"
        " leave it blank, and where it says another quarter than the date, that is an error",
    )


class KolomPilihan(_Kolom):
    """One word of a vocabulary."""

    jenis: Literal["pilihan"]
    daftar: Teks = Field(description="name of the vocabulary, in kosakata")


class KolomKode(_Kolom):
    """A code of a fixed form."""

    jenis: Literal["kode"]
    bentuk: Teks | None = Field(default=None, description="name of the form, in kode")
    pola: Pola | None = Field(
        default=None, description="regular expression of the whole code, where it has no name"
    )
    contoh: Teks | None = Field(default=None, description="a right code, for messages")
    terdaftar: Literal["indikator", "sasaran"] | None = Field(
        default=None,
        description="list of the parameters whose spelling the codes take: indikator or sasaran",
    )


class KolomPisah(_Kolom):
    """Several values in one cell, taken apart by a pattern."""

    jenis: Literal["pisah"]
    pola: Pola = Field(description="regular expression of the whole cell, one group per part")
    contoh: Teks = Field(description="a right cell, for messages")
    jadi: Mapping[Teks, Teks] = Field(
        min_length=1,
        description="clean columns and what each is made of: {1} is the first part; a column that"
        " starts with _ is only a part of a code in gabungan",
    )

    def clean_names(self, key: str) -> tuple[str, ...]:
        """Name the clean columns, one for each part."""
        return tuple(self.jadi)


KINDS: Mapping[str, type[_Kolom]] = {
    kind.model_fields["jenis"].annotation.__args__[0]: kind  # type: ignore[union-attr]
    for kind in (
        KolomTeks,
        KolomBulat,
        KolomRupiah,
        KolomAngka,
        KolomPersen,
        KolomBersatuan,
        KolomTercetak,
        KolomTanggal,
        KolomBulan,
        KolomTriwulan,
        KolomPilihan,
        KolomKode,
        KolomPisah,
    )
}
"""Kinds of column by the word that ``jenis`` takes."""


_NUMBERS = frozenset({"bulat", "rupiah", "angka", "persen"})
_WORDS = frozenset({"teks", "pilihan", "kode"})


def comparable(kind: str) -> str:
    """Say what values of a kind are compared as: numbers, words, or what the kind is alone."""
    return "bilangan" if kind in _NUMBERS else "kata" if kind in _WORDS else kind


def _kind(value: Any) -> Any:
    given = value.get("jenis", "teks") if isinstance(value, dict) else value.jenis
    return given if isinstance(given, str) else repr(given)


Kolom = Annotated[
    Annotated[KolomTeks, Tag("teks")]
    | Annotated[KolomBulat, Tag("bulat")]
    | Annotated[KolomRupiah, Tag("rupiah")]
    | Annotated[KolomAngka, Tag("angka")]
    | Annotated[KolomPersen, Tag("persen")]
    | Annotated[KolomBersatuan, Tag("angka_bersatuan")]
    | Annotated[KolomTercetak, Tag("tercetak")]
    | Annotated[KolomTanggal, Tag("tanggal")]
    | Annotated[KolomBulan, Tag("bulan")]
    | Annotated[KolomTriwulan, Tag("triwulan")]
    | Annotated[KolomPilihan, Tag("pilihan")]
    | Annotated[KolomKode, Tag("kode")]
    | Annotated[KolomPisah, Tag("pisah")],
    Discriminator(_kind),
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
        " of the report needs it",
    )
    digantikan: tuple[Teks, ...] = Field(
        default=(), description="sources by rows; with one of them this one may be missing"
    )
    laporan_lalu: Ya = Field(
        default=False,
        description="whether it comes from the report of the quarter before, once that was sent",
    )
    kunci: tuple[Teks, ...] = Field(
        default=(), description="clean columns that together tell its rows apart"
    )
    baris_judul: Annotated[Bulat, Field(ge=1, le=9)] = Field(
        default=1, description="rows of the header of a sheet"
    )
    penutup: tuple[Teks, ...] = Field(
        default=("Sumber", "Catatan", "Dicetak"),
        description="how the first row below the table may start",
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
    def prefilled(self) -> tuple[str, ...]:
        """Name the columns that isian.xlsx fills beforehand: keys out of lists, and what follows.

        None where a key is no word of a list, so that nobody knows the rows beforehand.
        """
        if not self.kunci or not all(_is_listed(self.kolom.get(key)) for key in self.kunci):
            return ()
        return (*self.kunci, *(key for key, one in self.kolom.items() if one.terisi is not None))

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
        personal = [one.pribadi for one in self.kolom.values() if one.pribadi is not None]
        contacts = [one for one in personal if one in ("telepon", "email")]
        found += ["responden"] if contacts else []
        found += [f"{one}_keadaan" for one in contacts]
        found += [f"{one}_sama" for one in personal]
        found += self.turunan.jadi if self.turunan else ()
        return tuple(name for name in dict.fromkeys(found) if not name.startswith("_"))


def _is_listed(column: _Kolom | None) -> bool:
    """Tell whether a cell can only be a word of a list."""
    code = isinstance(column, KolomKode) and column.bentuk == "indikator"
    return code or isinstance(column, KolomBulan | KolomTriwulan | KolomPilihan)


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
