"""What a profile says of findings: rules by shape, and the subjects that statements may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from pp39.profile.base import Bagian, Teks, Ya


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
    periksa: tuple[Mapping[Teks, Any], ...] | Mapping[Teks, Mapping[Teks, Any]] = Field(
        min_length=1,
        description="shapes of contradiction, each with bentuk and what it looks at; by name where"
        " another profile may add to them",
    )

    @property
    def shapes(self) -> Mapping[str, Mapping[str, Any]]:
        """The shapes by their place below ``periksa``."""
        if isinstance(self.periksa, Mapping):
            return self.periksa
        return {str(number): one for number, one in enumerate(self.periksa)}


class Pernyataan(Bagian):
    """A subject that statements may have; its name has words in braces, as ``ro/{ro}/progres``."""

    arti: Teks = Field(description="what is stated")
    contoh: Teks = Field(description="a subject of this kind")
    ledger: Teks | None = Field(
        default=None, description="entry of the ledger it is held against, if there is one"
    )
    sumber: Teks | None = Field(
        default=None, description="source that lists the same, with columns kode and kegiatan"
    )
    pengganti: Teks | None = Field(
        default=None,
        description="source whose rows stand for the items of {kode}/…/{nomor} where none is"
        " stated, with columns kode and kegiatan",
    )
    berubah: Ya = Field(
        default=False, description="whether it may differ in a later quarter, with a revision"
    )
    selain: tuple[Literal["hitungan", "nilai", "nama", "nomor"], ...] = Field(
        default=(), description="general comparisons that leave it to rules of its own"
    )


def subject_pattern(template: str) -> re.Pattern[str]:
    """Make a pattern of a subject with words in braces.

    Examples
    --------
    >>> subject_pattern("ro/{ro}/progres").fullmatch("ro/1.A.2/progres")["ro"]
    '1.A.2'
    """
    parts = re.split(r"\{(\w+)\}", template)
    made = [f"(?P<{one}>[^/]+)" if n % 2 else re.escape(one) for n, one in enumerate(parts)]
    return re.compile("".join(made))
