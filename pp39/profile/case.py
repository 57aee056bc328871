"""Cases of a profile: a few rows in, figures out; what they say, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from pp39.errors import ParameterError
from pp39.profile.base import Angka, Bagian, Bulat, Teks
from pp39.profile.files import CASES, profile_folder
from pp39.profile.profile import Profile
from pp39.profile.wording import explained
from pp39.yamlfile import Place, read_yaml

NONE = "tidak ada"
"""What a case writes where there must be no figure, or no text."""


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


Isi = Annotated[Bulat | Angka | Teks | None, BeforeValidator(_iso)]


class Kasus(Bagian):
    """A case: what comes out of a few rows of clean tables."""

    triwulan: Literal["I", "II", "III", "IV"] = Field(default="IV", description="quarter")
    tahun: Bulat = Field(default=2025, description="budget year")
    kosakata: Mapping[Teks, Mapping[Teks, Teks | Mapping[Teks, Teks]]] = Field(
        default={}, description="words of the unit by vocabulary: a name, or name, satuan, induk"
    )
    parameter: Mapping[Teks, Isi | tuple[Teks, ...]] = Field(
        default={}, description="parameters by path, such as ikpa.cara"
    )
    masukan: Mapping[Teks, tuple[Mapping[Teks, Isi], ...]] = Field(
        default={}, description="rows of clean tables, by source; a column left out is blank"
    )
    hasil: Mapping[Teks, Isi] = Field(
        min_length=1,
        description="figures by id, such as IKU-1/lulus: a number, a fraction as text, or"
        " tidak ada; status, predikat and catatan of an indicator as text",
    )


@dataclass(frozen=True)
class Case:
    """A case with its name and the place where it is written."""

    name: str
    place: Place
    says: Kasus

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"{self.place}, case {self.name}"


def read_cases(root: Path, profile: Profile) -> Iterator[Case]:
    """Read the cases of a profile and of those it extends.

    Raises
    ------
    ParameterError
        If one says what a case cannot say.
    """
    for name in profile.chain:
        folder, shown = profile_folder(root, name)
        for path in sorted((folder / CASES).glob("*.yaml")):
            document = read_yaml(path, f"{shown}/{CASES}/{path.name}")
            for title, given in document.data.items():
                place = document.places[title,]
                try:
                    yield Case(title, place, Kasus.model_validate(given))
                except ValidationError as error:
                    told = explained(error, given, Kasus).values()
                    raise ParameterError(
                        *(f"{place}, case {title}: {one}" for one in told)
                    ) from None
