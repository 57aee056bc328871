"""Findings and their causes in words, for the annexes of the report and for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Self

from pp39.findings.cause import Cause
from pp39.findings.finding import Answer, Severity, Stray
from pp39.findings.links import stated_value
from pp39.periods import format_date, parse_date

SEVERITY_NAMES: Mapping[Severity, str] = {
    "material": "Material",
    "minor": "Minor",
    "editorial": "Redaksional",
}
#: Heading of the answers whose finding is not there.
STRAYS = "Jawaban untuk temuan yang tidak (lagi) ada"
_NAME = "laporan lama"
_FILE = re.compile(r"\S+\.(?:csv|xlsx)\b")


class Earlier:
    """The earlier report that statements are from: its places are named as its own.

    Parameters
    ----------
    places : iterable of str
        Places in it, as its statements have them.
    title : str, optional
        Period and date of it, as it has them.

    Examples
    --------
    >>> earlier = Earlier(["Tabel 3.1", "3.1"])
    >>> earlier.located("Tabel 3.1; 3.1; dipa_ro.csv baris 7")
    'Laporan lama: Tabel 3.1; 3.1; dipa_ro.csv baris 7'
    >>> earlier.worded("Target adalah 5 di Tabel 3.1; 3.1, tetapi 2 di perjanjian kinerja.")
    'Target adalah 5 di laporan lama (Tabel 3.1; 3.1), tetapi 2 di perjanjian kinerja.'
    >>> earlier.worded("Target tertulis 5 dalam rencana aksi serta Tabel 3.1; 3.1.")
    'Target tertulis 5 dalam rencana aksi serta laporan lama (Tabel 3.1; 3.1).'
    """

    def __init__(self, places: Iterable[str], title: str = "") -> None:
        self._places = frozenset(filter(None, places))
        #: Period and date, empty where it does not say.
        self.title = title

    def __bool__(self) -> bool:
        return bool(self._places)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> Self:
        """Give the report that rows of ``pernyataan`` are from: subjek, nilai, letak of each."""
        said = {row["subjek"]: row["nilai"] for row in reversed(rows)}
        period, day = said.get("dokumen/periode", ""), said.get("dokumen/tanggal", "")
        title = " ".join(filter(None, (period, day and f"tanggal {day}")))
        return cls((row["letak"] for row in rows), title)

    def located(self, places: str) -> str:
        """Give places with those of the earlier report behind its name."""
        every = places.split("; ")
        own = [one for one in every if one in self._places]
        others = [one for one in every if one not in self._places]
        told = f"{_NAME.capitalize()}: {'; '.join(own)}" if own else ""
        return "; ".join(filter(None, (told, *others)))

    def alone(self, places: str) -> bool:
        """Tell whether all places are in the earlier report."""
        return self._places.issuperset(places.split("; "))

    def worded(self, text: str) -> str:
        """Give a sentence that names its places as those of the earlier report."""
        return self._named.sub(rf"\1{_NAME} (\2)", text) if self._places else text

    @cached_property
    def _named(self) -> re.Pattern[str]:
        known = sorted(self._places, key=lambda one: (-len(one), one))
        any_ = f"(?:{'|'.join(map(re.escape, known))})"
        # A place such as 3.1 is a number elsewhere.
        return re.compile(
            rf"(\b(?:di|dalam|pada|dari|menurut|serta) |; )({any_}(?:; {any_})*)(?![\w(/]|[.,]\d)"
        )


def advice(cause: Cause, *, decisive: bool) -> str:
    """Say what the unit should do about a cause; `decisive` is one that a status depends on."""
    inside = [bool(_FILE.match(one)) for one in cause.tempat]
    if decisive:
        return "Memastikan angka dan cakupan yang berlaku sebelum laporan ditandatangani."
    if all(inside):
        return "Memperbaiki data sumber, lalu menyusun laporan ini kembali."
    if any(one.ledger_id and stated_value(one.dinyatakan) is not None for one in cause.temuan):
        return "Laporan ini memakai hasil hitungan; yang diralat ialah dokumen asalnya."
    return "Memastikan yang benar, lalu menyamakan dokumen dan data sumbernya."


def answer_words(answer: Answer) -> str:
    """Word an answer with who gave it and when."""
    return f"{answer.alasan} ({answer.oleh}, {format_date(parse_date(answer.tanggal))})"


def stray_words(stray: Stray) -> str:
    """Word an answer whose finding is not there, with where it was set."""
    near = f" Temuan yang terdekat: {stray.terdekat}." if stray.terdekat else ""
    place = stray.tempat.replace(", line ", ", baris ")
    return f"{answer_words(stray.jawaban)}. Ditetapkan di {place}.{near}"
