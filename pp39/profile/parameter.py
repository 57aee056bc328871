"""Parameters that a profile adds to those of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter

from pp39.profile.base import Angka, Bagian, Bulat, Tanggal, Teks, Ya
from pp39.profile.classes import Klasifikasi


def _different(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("name each of them once")
    return values


class Parameter(Bagian):
    """A parameter that the profile adds to those of the engine."""

    jenis: Literal[
        "bulat", "angka", "teks", "tanggal", "ya_tidak", "pilihan", "daftar", "klasifikasi"
    ] = Field(
        description="kind of value; klasifikasi: classes of a score, set in params/regulasi, or"
        " where they are the profile's own as its bawaan"
    )
    bawaan: Bulat | Angka | bool | str | date | tuple[Teks, ...] | Mapping[Teks, Any] | None = (
        Field(default=None, description="value where no layer sets one")
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
            "tanggal": Tanggal,
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
