"""What a profile says of findings: rules by shape, and the subjects that statements may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from pp39.profile.base import Bagian, Teks

__all__ = ["Temuan"]


class Temuan(Bagian):
    """A rule: what it compares, how grave its findings are, and the shapes it looks for."""

    membandingkan: Teks = Field(description='what it compares, as in "A dengan B"')
    tingkat: Literal["material", "minor", "editorial"] = Field(
        description="severity of its findings"
    )
    mengalah: tuple[Teks, ...] = Field(
        default=(),
        description="rules that say the same better: a finding is left out where one of them has"
        " a finding about the same subject",
    )
    periksa: tuple[Mapping[Teks, Any], ...] = Field(
        min_length=1, description="shapes of contradiction, each with bentuk and what it looks at"
    )
