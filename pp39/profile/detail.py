"""What a profile says of the details of an indicator: tables and charts by shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from pp39.profile.base import Bagian, Teks

Rumus = Annotated[str, Field(strict=True, min_length=1)]
Bentuk = Literal["batang", "bertumpuk", "terhadap_target", "menurut_triwulan", "bulanan", "sebaran"]

# What a chart of each shape shows, and what it needs besides the fields of all.
_SHAPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "batang": ("plain bars", ()),
    "bertumpuk": ("stacked bars", ("mendatar", "jumlah")),
    "terhadap_target": ("bars with their targets", ("target",)),
    "menurut_triwulan": (
        "one small field each, its quarters being mendatar, or one field alone where baris is the"
        " quarter",
        (),
    ),
    "bulanan": ("a line", ()),
    "sebaran": ("answers by group", ("golongan", "jumlah")),
}


class Lajur(Bagian):
    """A column of a table of details, or one for every word of `mendatar`."""

    judul: Teks = Field(description="header")
    isi: Rumus = Field(description="figures it prints, one in each row")
    jumlah: Rumus | None = Field(default=None, description="figure in the last row")
    mendatar: Teks | None = Field(
        default=None, description="word with one column each, below the header"
    )
    sebagai: Literal["angka", "satuan", "predikat"] = Field(
        default="angka",
        description="angka: the figure; satuan: its unit; predikat: its class by regulation",
    )


class TabelRincian(Bagian):
    """A table of figures by word."""

    tabel: Teks = Field(description="name of the table, for references")
    judul: Teks = Field(description="caption; formulas in braces")
    baris: Teks = Field(description="word with one row each, by its name in the figures")
    kepala: Teks = Field(description="header of the rows")
    kolom: tuple[Lajur, ...] = Field(min_length=1, description="columns")
    jumlah: Teks | None = Field(
        default="Jumlah", description="name of the last row; formulas in braces"
    )
    catatan: tuple[Teks, ...] = Field(default=(), description="notes; formulas in braces")


class Grafik(Bagian):
    """A chart of figures by word."""

    grafik: Teks = Field(description="name of the chart, for references")
    bentuk: Bentuk = Field(
        description="; ".join(
            f"{name}: {shown}" + (f" (needs {' and '.join(needed)})" if needed else "")
            for name, (shown, needed) in _SHAPES.items()
        )
    )
    judul: Teks = Field(description="caption; formulas in braces")
    isi: Rumus = Field(description="figures it shows")
    baris: Teks = Field(description="word with one bar, field or point each")
    mendatar: Teks | None = Field(default=None, description="word that a bar or field is split by")
    jumlah: Rumus | None = Field(default=None, description="figures of the whole bars, or of all")
    target: Rumus | None = Field(default=None, description="figures of the targets")
    persen: Rumus | None = Field(default=None, description="figures in percent of the targets")
    golongan: Mapping[Teks, Teks] = Field(
        default={},
        description="groups from the worst to the best, with their names; of the group x the"
        " figures x, x_persen, x_min and x_maks are shown",
    )
    catatan: tuple[Teks, ...] = Field(default=(), description="notes; formulas in braces")

    @model_validator(mode="after")
    def _complete(self) -> Grafik:
        needed = _SHAPES[self.bentuk][1]
        if lacking := [name for name in needed if not getattr(self, name)]:
            raise ValueError(f"a chart of the shape {self.bentuk} needs {' and '.join(lacking)}")
        if self.bentuk == "sebaran" and len(self.golongan) != 3:
            raise ValueError("a chart of the shape sebaran needs three groups in golongan")
        return self


def _kind(value: Any) -> str:
    given = "tabel" in value if isinstance(value, dict) else isinstance(value, TabelRincian)
    return "tabel" if given else "grafik"


Rincian = Annotated[
    Annotated[TabelRincian, Tag("tabel")] | Annotated[Grafik, Tag("grafik")],
    Discriminator(_kind),
]
"""A table or a chart."""
