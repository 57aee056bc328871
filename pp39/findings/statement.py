"""Statements (pernyataan): figures, names and claims somebody typed, with where and for when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pp39.findings.printed import Printed, read_printed
from pp39.mentions import Mention, mentions
from pp39.periods import parse_date


@dataclass(frozen=True)
class Statement:
    """One row of ``pernyataan``, or one of another source that stands for it."""

    #: Line of the file.
    baris: int
    #: subjek, uraian, nilai, satuan, periode, jenis, letak: as in the file; blank cells are empty.
    subjek: str
    uraian: str
    nilai: str
    satuan: str
    periode: str
    jenis: str
    letak: str
    #: Source of the row.
    sumber: str = "pernyataan"

    @cached_property
    def printed(self) -> Printed | None:
        """The number, where the statement is one."""
        return read_printed(self.nilai) if self.jenis == "angka" and self.nilai else None

    @cached_property
    def day(self) -> date | None:
        """The date, where it is written as one."""
        try:
            return parse_date(self.nilai)
        except ValueError:
            return None

    @cached_property
    def head(self) -> str:
        """First part of the subject: the indicator code or the realm (``anggaran``, ``ro``)."""
        return self.subjek.split("/")[0]

    @cached_property
    def tail(self) -> str:
        """The subject without its head."""
        return self.subjek.partition("/")[2]

    @cached_property
    def when(self) -> Mention:
        """The period the statement speaks for."""
        return mentions(self.periode)


def reported_in(rows: Iterable[Mapping[str, str]]) -> tuple[int, int] | None:
    """Give year and quarter of the report that rows of ``pernyataan`` are from.

    None where it does not say.
    """
    told = (one["nilai"] for one in rows if one["subjek"] == "dokumen/periode")
    return next((found for one in told if (found := mentions(one).quarter)), None)
