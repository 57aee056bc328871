"""What a profile says of an indicator: its name, its unit, its formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Optional

from pydantic import Field, create_model, model_validator

from pp39.numbers import exact
from pp39.periods import Quarter
from pp39.profile.base import Angka, Bagian, Bulat, Teks, Ya, alone
from pp39.profile.detail import Rincian

Rumus = Annotated[str, Field(strict=True, min_length=1)]
Dari = Literal["baris", "rekap"]


class Cara(Bagian):
    """One of several ways to a figure."""

    dari: Dari | None = Field(
        default=None, description="rows or counts, which data.dahulukan chooses between"
    )
    data: Rumus | None = Field(
        default=None, description="rows this way needs; without any the next way is taken"
    )
    hitung: Rumus = Field(description="formula")
    cara: Teks | None = Field(default=None, description="what is counted or added, in words")


class Besaran(Bagian):
    """A figure that an indicator is made of, or rows under a name."""

    hitung: Rumus | None = Field(default=None, description="formula")
    atau: tuple[Cara, ...] = Field(
        default=(), description="ways in order of preference, instead of one formula"
    )
    untuk: Mapping[Teks, Teks | tuple[Bulat | Teks, ...]] = Field(
        default={}, description="words to go through, by the name they have in the formula"
    )
    id: Teks | None = Field(
        default=None, description="id below that of the indicator, such as layanan/{l}/persen"
    )
    label: Teks | None = Field(default=None, description="name of the figure; none for rows")
    satuan: Teks | None = Field(default=None, description="unit")
    desimal: Annotated[Bulat, Field(ge=0, le=6)] | None = Field(
        default=None, description="decimals in print"
    )
    cara: Teks | None = Field(default=None, description="what is counted or added, in words")
    bila: Rumus | None = Field(default=None, description="condition under which there is a figure")
    catatan: Teks | None = Field(default=None, description="remark on the figure")


Besaran_ = Annotated[Besaran, alone("hitung", Besaran)]


class Pilihan(Bagian):
    """One of several ways to an indicator: rows, or else counts."""

    dari: Dari | None = Field(
        default=None, description="rows or counts, which data.dahulukan chooses between"
    )
    pola: Teks | None = Field(default=None, description="pattern to take formulas from")
    data: Rumus | None = Field(
        default=None, description="rows this way needs; without any the next way is taken"
    )
    besaran: Mapping[Teks, Besaran_] = Field(default={}, description="figures of this way")
    realisasi: Rumus | None = Field(default=None, description="formula of the realisation")
    catatan: Teks | None = Field(default=None, description="remark on the realisation")


class Saran(Bagian):
    """What the unit does about an indicator, in whole sentences; formulas in braces."""

    tercapai: Teks | None = Field(
        default=None, description="where the target is reached, or the way to it is kept"
    )
    tidak_tercapai: Teks | None = Field(default=None, description="where it is not")


class Indikator(Bagian):
    """An indicator of the performance contract."""

    nama: Teks = Field(description="name of the indicator")
    singkat: Teks | None = Field(default=None, description="short name, for charts")
    satuan: Teks = Field(description="unit of measure as the contract states it")
    satuan_rumus: Teks | None = Field(
        default=None,
        description="of a jumlah: what the formula counts, where the contract calls it otherwise",
    )
    bentuk: Literal["persen", "rasio", "perbandingan", "indeks", "nilai", "jumlah"] = Field(
        description="what the number is, whatever the contract calls its unit; perbandingan: so"
        " many to one, printed as 1 : 15"
    )
    polaritas: Literal["naik", "turun", "rentang"] = Field(
        description="naik: higher is better; turun: lower is better; rentang: best from batas_bawah"
        " to the target"
    )
    batas_bawah: Angka | None = Field(
        default=None, description="of a rentang: its lower end; the upper is the target"
    )
    skala: tuple[Angka | None, Angka | None] = Field(
        description="lowest and highest possible value; null where there is no bound"
    )
    desimal: Annotated[Bulat, Field(ge=0, le=6)] = Field(description="decimals in print")
    sifat: Literal["triwulan", "kumulatif", "posisi"] = Field(
        default="triwulan",
        description="triwulan: of the quarter alone; kumulatif: since January; posisi: as of its"
        " last day",
    )
    setahun: Ya = Field(
        default=False,
        description="of a triwulan: whether the report on the year computes the formulas once over"
        " the rows of all quarters, tw and bulan_ini standing for all of them; otherwise the year"
        " is judged by its last quarter, and the report says so",
    )
    sifat_menurut: Teks | None = Field(default=None, description="parameter whose value sifat is")
    jalur: Literal["bertahap", "penuh"] | None = Field(
        default=None,
        description="what is due before the year ends: bertahap: the part of the target that target"
        " antara names; penuh: all of it, as of a share, a score or a stock; by default bertahap"
        " where the value is kumulatif, or a jumlah that is no posisi",
    )
    mulai: Literal["I", "II", "III", "IV"] = Field(
        default="I",
        description="quarter from which on it is measured; before it nobody is asked for its data,"
        " and nothing of the target is due",
    )
    sumber: Teks = Field(description="where the realisation comes from")
    pic: Teks = Field(description="part of the unit in charge")
    hitung: Teks = Field(
        default="rumus",
        description="kind of calculation, by which sections of the report and findings know it",
    )
    pola: Teks | None = Field(
        default=None, description="pattern to take from what the indicator leaves open"
    )
    data: Rumus | None = Field(default=None, description="rows the figures are computed from")
    besaran: Mapping[Teks, Besaran_] = Field(
        default={}, description="figures the realisation is made of, by name"
    )
    atau: tuple[Pilihan, ...] = Field(default=(), description="ways in order of preference")
    realisasi: Rumus | None = Field(default=None, description="formula of the realisation")
    catatan: Teks | None = Field(default=None, description="remark on the realisation")
    definisi: Teks = Field(description="definition, printed in the report")
    rumus: Teks = Field(description="formula in words, printed in the report")
    dasar: Teks | None = Field(default=None, description="regulation behind definition and formula")
    nasional: Teks | None = Field(
        default=None,
        description="which of the indicators that all units may have it is: a word of"
        " kosakata.indikator_nasional, by which units of different profiles are compared",
    )
    kode_sasaran: Teks = Field(description="code of the sasaran the indicator belongs to")
    klasifikasi: Teks | None = Field(
        None, description="classification of regulasi that gives the score its predicate"
    )
    kalimat: Teks | None = Field(
        default=None,
        description="sentences that follow the realisation in the report; formulas in braces,"
        " what stands in [ ] is left out where there is no data",
    )
    sebab: Teks | None = Field(
        default=None,
        description="clause of the summary on what a missed target comes from, as far as the"
        " figures tell; formulas as in kalimat",
    )
    rincian: tuple[Rincian, ...] = Field(
        default=(), description="tables and charts that follow the sentences"
    )
    saran: Saran = Field(
        default=Saran(),
        description="what the unit does about the indicator, by status; whole sentences",
    )

    @property
    def grows(self) -> bool:
        """Whether the value fills up through the year, so that a part of the target is due."""
        if self.polaritas == "rentang" or self.jalur is not None:
            return self.jalur == "bertahap"
        return self.sifat == "kumulatif" or (self.bentuk == "jumlah" and self.sifat != "posisi")

    def begun(self, quarter: Quarter) -> bool:
        """Whether it is measured by a quarter."""
        return quarter.number >= Quarter[self.mulai].number

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies within the scale."""
        low, high = self.skala
        return (low is None or value >= exact(low)) and (high is None or value <= exact(high))

    @model_validator(mode="after")
    def _scaled(self) -> Indikator:
        low, high = self.skala
        if low is not None and high is not None and low >= high:
            raise ValueError(f"skala is [{low}, {high}]; the lowest value comes first")
        if (self.polaritas == "rentang") != (self.batas_bawah is not None):
            raise ValueError("batas_bawah belongs to polaritas: rentang, which needs it")
        if self.polaritas == "rentang" and self.jalur == "bertahap":
            raise ValueError("a rentang does not fill up through the year; leave jalur out")
        if self.satuan_rumus is not None and self.bentuk != "jumlah":
            raise ValueError("satuan_rumus belongs to a jumlah; leave it out, or change bentuk")
        return self


if TYPE_CHECKING:

    class PolaIndikator(Bagian):
        """What several indicators share: any part of an indicator."""

else:
    PolaIndikator = create_model(
        "PolaIndikator",
        __base__=Bagian,
        __doc__="What several indicators share: any part of an indicator.",
        **{
            name: (
                Optional[field.annotation],  # noqa: UP045  known only now
                Field(default=None, description=field.description),
            )
            for name, field in Indikator.model_fields.items()
        },
    )
