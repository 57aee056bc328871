"""A form of PP 39/2006 as data: its columns, what stands in them, and what of it is verified."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeVar

from pydantic import Field

from pp39.ledger import Quantity
from pp39.periods import Period
from pp39.profile.base import Bagian, Teks
from pp39.report.column import Column
from pp39.report.inline import Number
from pp39.report.table import Content
from pp39.yamlfile import packaged

Tanda = Literal["V", "B"]
Form = TypeVar("Form", bound=Bagian)


class Kolom(Bagian):
    """A column of a form."""

    judul: Teks = Field(description="heading as the form prints it")
    tanda: Tanda = Field(description="V: read in a source; B: common knowledge, not checked")
    nomor: Teks | None = Field(default=None, description="its number in the form")
    isi: Literal["nama", "kosong", "satuan", "keterangan"] | None = Field(
        default=None, description="words"
    )
    dana: tuple[Teks, ...] = Field(default=(), description="sources of funds it adds up")
    angka: Teks | None = Field(default=None, description="figure of a row in the ledger")
    cetak: Literal["ribu", "polos"] = Field(default="ribu", description="how figures are printed")
    bila: tuple[Teks, ...] = Field(default=(), description="sources of funds it appears for")
    lebar: Teks | None = Field(default=None, description="width")
    tanpa: Teks | None = Field(default=None, description="why a row may have no figure here")


class BagianKolom(Bagian):
    """A part of a form with columns."""

    judul: Teks = Field(description="heading")
    kolom: tuple[Kolom, ...] = Field(description="columns")


@cache
def layout(name: str, kind: type[Form]) -> Form:
    """Read the layout of a form, ``formulir/<name>.yaml``."""
    return kind.model_validate(packaged(f"report/formulir/{name}.yaml"))


def titled(title: str, name: str, period: Period, year: int) -> tuple[str, str]:
    """Say which form it is and whose, and of which period."""
    every, when = ("Tahunan", "") if period.is_year else ("Triwulanan", f"{period.words} ")
    return f"{title.format(masa=every)} – {name}", f"{when}tahun anggaran {year}"


def form_column(one: Kolom) -> Column:
    """Give the column of a table that prints a column of a form."""
    title = f"{one.judul}\n({one.nomor})" if one.nomor else one.judul
    align: Literal["kanan", "kiri"] = "kanan" if one.angka or one.dana else "kiri"
    return Column(title, align, one.lebar or 1.0, "polos")


def printed(quantity: Quantity | None, style: Literal["ribu", "polos"]) -> Content:
    """Print a figure as its column says; None where there is none."""
    return None if quantity is None else Number(quantity, style)
