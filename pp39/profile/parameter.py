"""Parameters that a profile adds to those of the engine, classes of scores among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from pp39.numbers import exact, plain_decimal, round_half_up
from pp39.profile.base import Angka, Bagian, Bulat, Tanggal, Teks, Ya


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
    nama: Teks | None = Field(
        default=None, description="its name in a printed calculation, such as Batas bawah BOR"
    )

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


class Kelas(Bagian):
    """One class of a classification."""

    predikat: Teks = Field(description="words printed for the class")
    min: Angka = Field(description="lower limit")
    maks: Angka = Field(description="upper limit, as the regulation prints it")

    @model_validator(mode="after")
    def _ordered(self) -> Kelas:
        if self.min > self.maks:
            raise ValueError(f"min is {self.min} and must not be above maks, {self.maks}")
        return self


class Klasifikasi(Bagian):
    """Classes of a score, from a regulation."""

    sumber: Teks = Field(description="regulation the classes come from")
    faktor: Annotated[Angka, Field(gt=0, le=1000)] = Field(
        default=1, description="the score is multiplied by this before it is classified"
    )
    desimal: Annotated[Bulat, Field(ge=0, le=6)] | None = Field(
        default=None,
        description="decimals the score is rounded to (half up) first; null: not rounded",
    )
    batas_bawah: Literal["termasuk", "tidak_termasuk"] = Field(
        default="termasuk", description="whether a score equal to the lower limit is in the class"
    )
    kelas: Mapping[Teks, Kelas] = Field(description="classes by letter or name, best first")

    def classify(self, score: Fraction) -> str | None:
        """Return the key of the class of `score`, None when it lies outside all of them.

        Parameters
        ----------
        score : Fraction
            On the indicator's own scale; `faktor` and `desimal` are applied here.
        """
        value = score * exact(self.faktor)
        if self.desimal is not None:
            value = round_half_up(value, self.desimal)
        if value > max(exact(k.maks) for k in self.kelas.values()):
            return None
        # Lower limits alone decide, so that a value between two printed limits has a class.
        for key, kelas in sorted(self.kelas.items(), key=lambda pair: -exact(pair[1].min)):
            lowest = exact(kelas.min)
            # The scale's own bottom belongs to the last class even where limits are exclusive.
            if value > lowest or (value == lowest and (self._inclusive or lowest == self._bottom)):
                return key
        return None

    def beyond(self, scale: Sequence[float | None]) -> str:
        """Say which end of a scale no class holds, in the words of a sentence; empty if none."""
        for end, which in zip(scale, ("lowest", "highest"), strict=True):
            if end is not None and self.classify(exact(end)) is None:
                limits = [exact(k.min) for k in self.kelas.values()]
                limits += [exact(k.maks) for k in self.kelas.values()]
                low, high = (plain_decimal(one, 6) for one in (min(limits), max(limits)))
                return (
                    f"has classes from {low} to {high}, and none for {end}, the {which} value of"
                    " skala; let them reach both ends of it"
                )
        return ""

    @property
    def _inclusive(self) -> bool:
        return self.batas_bawah == "termasuk"

    @property
    def _bottom(self) -> Fraction:
        return min(exact(kelas.min) for kelas in self.kelas.values())

    @model_validator(mode="after")
    def _adjoining(self) -> Klasifikasi:
        """Let every score have one class: best first, none over another, none missing between."""
        if not self.kelas:
            raise ValueError("a classification needs at least one class")
        for (above, better), (below, worse) in pairwise(self.kelas.items()):
            upper, lower = exact(worse.maks), exact(better.min)
            if exact(worse.min) >= lower:
                raise ValueError(
                    f"kelas lists {above} (from {better.min}) before {below} (from {worse.min});"
                    " list the best class first"
                )
            if upper > lower:
                raise ValueError(
                    f"{below} ends at {worse.maks}, above {better.min} where {above} begins;"
                    f" set {below}.maks to {better.min} at most"
                )
            if lower - upper > self._step:
                raise ValueError(
                    f"no class holds what lies between {below}, which ends at {worse.maks}, and"
                    f" {above}, which begins at {better.min}; let one begin where the other ends"
                )
        return self

    @property
    def _step(self) -> Fraction:
        """The last place that limits are printed to: as far apart two neighbours may be."""
        limits = [exact(one) for kelas in self.kelas.values() for one in (kelas.min, kelas.maks)]
        places = self.desimal or 0
        while places < 6 and any((one * 10**places).denominator != 1 for one in limits):
            places += 1
        return Fraction(1, 10**places)
