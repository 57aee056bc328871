"""What all parts of a profile are made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from pp39.periods import parse_date

#: How a profile says whether something holds.
YES_OR_NO = "ya or tidak"
#: What to tell of a decimal comma, which YAML takes for the end of a value.
POINT = "a decimal number is written with a point, such as 1.5"
#: Years that a date of a report, a holiday or an answer can have.
_YEARS = range(1945, 2200)


def _yes_or_no(value: object) -> object:
    return {"ya": True, "tidak": False}.get(value, value) if isinstance(value, str) else value


def _date(value: object) -> date:
    # A person may write 2026-01-06 or "6 Januari 2026"; a number is no date.
    made = parse_date(value) if isinstance(value, str) else value
    if not isinstance(made, date) or made.year not in _YEARS:
        raise ValueError(f"write a day from {_YEARS.start} to {_YEARS.stop - 1}")
    return made


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"it is no regular expression: {error}") from None
    return text


Ya = Annotated[
    bool,
    Field(strict=True),
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": ["ya", "tidak", True, False]}),
]
Bulat = Annotated[int, Field(strict=True)]
Angka = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True)]
Teks = Annotated[str, Field(strict=True, min_length=1)]
Tanggal = Annotated[date, BeforeValidator(_date)]
Pola = Annotated[Teks, AfterValidator(_pattern)]


def alone(key: str, kind: Any) -> BeforeValidator:
    """Let a text by itself stand for a part of a profile of which it is one field."""
    return BeforeValidator(
        lambda value: {key: value} if isinstance(value, str) else value,
        json_schema_input_type=kind | str,
    )


class Bagian(BaseModel):
    """A branch of a profile: frozen, and closed to unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
