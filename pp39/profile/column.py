"""Columns of raw sources: their headers, the kinds of cell they hold, what becomes of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from pp39.profile.base import Angka, Bagian, Pola, Teks, Ya

Personal = Literal["nama", "telepon", "email", "pihak", "nik", "nip", "dokumen", "lain"]
"""``dokumen`` is the number of a person's paper, such as a passport; of what is ``lain``, such as a
day of birth or the name of a mother, nothing passes, and a source may have several."""

#: What a respondent is known by; a name alone tells no two people apart.
CONTACTS: tuple[Personal, ...] = ("telepon", "email")
#: Of which the clean table says what each cell is worth: contacts, and numbers of persons.
STATED: tuple[Personal, ...] = (*CONTACTS, "nik", "nip")


def _known_text(text: str) -> str:
    try:
        text.format_map(dict.fromkeys(("nama", "satuan", "sasaran", "kode_sasaran", "tahun"), ""))
    except (KeyError, ValueError, IndexError):
        raise ValueError(
            "it may name {nama}, {satuan}, {sasaran}, {kode_sasaran} and {tahun} only"
        ) from None
    return text


class KolomDasar(Bagian):
    """What columns of all kinds have."""

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
    pribadi: Personal | None = Field(
        default=None,
        description="personal data, which never pass cleaning, only which are equal: nama, telepon,"
        " email, pihak (a firm), nik, nip, dokumen (number of a passport, an account …); of lain"
        " (birth, address, another name) not even that",
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

    @property
    def every_month(self) -> str:
        """What the headers of all months have in common; empty of a column that is but once."""
        levels = (one.replace("{bulan}", "").strip() for one in self.judul.split(" / "))
        return " / ".join(filter(None, levels)) if self.monthly else ""


class _KolomBilangan(KolomDasar):
    min: Angka | None = Field(default=None, description="lowest value a cell may have")
    maks: Angka | None = Field(default=None, description="highest value a cell may have")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.maks is not None and self.min > self.maks:
            raise ValueError(f"min is {self.min} and must not be above maks, {self.maks}")
        return self


class KolomTeks(KolomDasar):
    """Free text."""

    jenis: Literal["teks"] = "teks"
    pengenal: Ya = Field(
        default=False,
        description="whether it is a number that an office gave to a paper or a thing; its digits"
        " are nobody's telephone. That of a person is pribadi: nik, nip or dokumen",
    )
    betulkan: Teks | Mapping[Teks, Teks] = Field(
        default={}, description="misprints and what they stand for, or the name of a salah_cetak"
    )


class KolomBulat(_KolomBilangan):
    """A whole number, not negative."""

    jenis: Literal["bulat"]
    contoh: Teks = Field(default="170", description="a right cell, for messages")


class _KolomBertanda(_KolomBilangan):
    negatif: Ya = Field(
        default=False, description="whether it may be below zero; so it may where min is"
    )

    @property
    def signed(self) -> bool:
        """Whether a value may be negative."""
        return self.negatif or (self.min is not None and self.min < 0)


class KolomRupiah(_KolomBertanda):
    """A whole amount of money."""

    jenis: Literal["rupiah"]


class KolomAngka(_KolomBertanda):
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


class KolomTercetak(KolomDasar):
    """A figure as somebody printed it: its text, and its number where it is one."""

    jenis: Literal["tercetak"]
    jadi: tuple[Teks, Teks] | None = Field(
        default=None, description="clean columns of text and number; by default x and x_angka"
    )

    def clean_names(self, key: str) -> tuple[str, ...]:
        """Name the clean columns of the text and its number."""
        return self.jadi or (key, f"{key}_angka")


class KolomTanggal(KolomDasar):
    """A date."""

    jenis: Literal["tanggal"]


class KolomJam(KolomDasar):
    """A time of day."""

    jenis: Literal["jam"]
    lewat_tengah_malam: Ya = Field(
        default=False,
        description="whether a time earlier than the one it is counted from is of the next day;"
        " otherwise such a row has no minutes, and is told",
    )


class KolomBerwaktu(KolomDasar):
    """A time that a date may tell."""

    dari: Teks | None = Field(
        default=None,
        description="column of dates that tells it: the file may then lack this column or leave it"
        " blank, and where it says another time than the date, that is an error",
    )


class KolomBulan(KolomBerwaktu):
    """A month by its name."""

    jenis: Literal["bulan"]
    betulkan: Teks | Mapping[Teks, Teks] = Field(
        default={}, description="misprints and what they stand for, or the name of a salah_cetak"
    )


class KolomTriwulan(KolomBerwaktu):
    """A quarter."""

    jenis: Literal["triwulan"]


class KolomPilihan(KolomDasar):
    """One word of a vocabulary."""

    jenis: Literal["pilihan"]
    daftar: Teks = Field(description="name of the vocabulary, in kosakata")


class KolomKode(KolomDasar):
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


class KolomPisah(KolomDasar):
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


KINDS: Mapping[str, type[KolomDasar]] = {
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
        KolomJam,
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
    | Annotated[KolomJam, Tag("jam")]
    | Annotated[KolomBulan, Tag("bulan")]
    | Annotated[KolomTriwulan, Tag("triwulan")]
    | Annotated[KolomPilihan, Tag("pilihan")]
    | Annotated[KolomKode, Tag("kode")]
    | Annotated[KolomPisah, Tag("pisah")],
    Discriminator(_kind),
]
