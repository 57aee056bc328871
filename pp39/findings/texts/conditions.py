"""Conditions on one statement that no pattern can say, for the shape ``tertulis``.

Each is a function of the evidence, the statement, what its subject met, and the words or patterns
that the rule gives; it gives what the sentences may name, or None where it is not met. ``tempat``
and ``tingkat`` among it are the finding's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from pp39.findings.evidence import Evidence
from pp39.findings.printed import read_words
from pp39.findings.stated import places
from pp39.findings.statement import Statement, mentions
from pp39.findings.texts.naming import other_indicator
from pp39.findings.wording import plain
from pp39.numbers import terbilang
from pp39.periods import format_date

__all__ = ["CONDITIONS", "Condition", "Said"]

Said: TypeAlias = "Mapping[str, Any]"
_Look: TypeAlias = "Callable[[Evidence, Statement, re.Match[str], Mapping[str, str]], Said | None]"

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_BOTH = re.compile(r"(\d+)\s*\(([a-z ]+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Condition:
    """A condition."""

    #: What its sentences may name besides.
    gives: tuple[str, ...]
    #: The function.
    look: _Look

    def __call__(
        self, evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
    ) -> Said | None:
        """Tell what may be said, None where it is not met."""
        return self.look(evidence, one, subject, given)


def _of_another(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a text that fits the name of another indicator far better."""
    other = other_indicator(evidence, one.head, plain(one.nilai))
    return None if other is None else {"lain": evidence.short(other)}


def _not_counted(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a word (``kata``) for what the indicator does not count."""
    registered = evidence.indicator(one.head)
    if registered is None or not re.search(given["kata"], plain(one.nilai)):
        return None
    told = f"{registered.satuan} {registered.nama}".casefold()
    return None if re.search(given["kata"], told) else {"satuan": registered.satuan}


def _of_one_part(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a text that names one of the unit's own words, which the indicator does not name."""
    registered = evidence.indicator(one.head)
    said = f" {plain(one.nilai)} "
    whole = f" {plain(registered.nama)} " if registered is not None else said
    names = (word.nama for word in evidence.own_words.values())
    found = [name for name in names if (part := f" {plain(name)} ") in said and part not in whole]
    return {"bagian": found[0]} if len(found) == 1 else None


def _swapped(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a heading that is not what its column holds (the group of ``berisi``)."""
    holds = re.search(given["berisi"], one.uraian)
    return {} if holds is not None and holds[1].casefold() != one.nilai.casefold() else None


def _other_unit(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find the unit (``nama``) under a name that is not its own; quite another is material.

    ``mirip`` is how alike a name must be to be meant at all, in percent.
    """
    right = str(getattr(evidence.settings.params.unit, given["nama"]))
    near = SequenceMatcher(None, one.nilai, right).ratio()
    if plain(one.nilai) in plain(right) or near * 100 < int(given.get("mirip", "0")):
        return None
    other = near < 0.97 and right.rsplit(maxsplit=1)[-1] not in one.nilai
    return {"resmi": right, "tingkat": "material" if other else "minor"}


def _replaced(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a regulation that another has replaced."""
    by = evidence.settings.params.regulasi.dicabut.get(subject[1])
    if by is None or by.sejak > evidence.quarter.end(evidence.year):
        return None
    return {"oleh": by.oleh, "sejak": format_date(by.sejak)}


def _other_term(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a term that is not the known one, wherever the report has it."""
    if one.nilai == subject[1]:
        return None
    word = re.compile(rf"\b{re.escape(one.nilai)}\b", re.IGNORECASE)
    alike = [other for other in evidence.statements if word.search(other.nilai)]
    return {"istilah": subject[1], "tempat": places(alike)}


def _alone(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a word that no item (``butir``) at its place has too."""
    listed = evidence.subjects(given["butir"])
    items = (item for _, group in listed for item in group if item.head == one.head)
    met = any(one.nilai in item.nilai and one.letak == item.letak for item in items)
    return None if met else {}


def _halves(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find ``15 (lima belas)`` whose two halves differ."""
    match = _BOTH.fullmatch(one.nilai.strip())
    if match is None or read_words(match[2]) in (None, int(match[1])):
        return None
    return {"angka": match[1], "huruf": match[2], "seharusnya": terbilang(int(match[1]))}


def _before_parts(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a total (``jumlah``) listed before the last of its parts."""
    parts = [part.strip() for part in one.nilai.split(",")]
    totals = [n for n, part in enumerate(parts) if re.search(given["jumlah"], part, re.IGNORECASE)]
    if not totals or totals[-1] == len(parts) - 1:
        return None
    return {"tentang": subject[1], "sesudah": ", ".join(parts[totals[-1] + 1 :])}


def _another_month(
    evidence: Evidence, one: Statement, subject: re.Match[str], given: Mapping[str, str]
) -> Said | None:
    """Find a number with a Roman month (the group of ``bulan``) that is not that of its date."""
    dates = evidence.stated(f"{subject[1]}/tanggal")
    days = (s.day.month if s.day else next(iter(mentions(s.nilai).months), 0) for s in dates)
    month = next(filter(None, days), 0)
    written = re.search(given["bulan"], one.nilai)
    if not month or written is None or written[1] not in {*_ROMAN} - {_ROMAN[month - 1]}:
        return None
    said = {"tanggal": dates[0].nilai, "bulan_nomor": written[1]}
    return said | {"bulan_tanggal": _ROMAN[month - 1], "tempat": places([one, *dates])}


CONDITIONS: Mapping[str, Condition] = {
    "nama-indikator-lain": Condition(("lain",), _of_another),
    "satu-bagian": Condition(("bagian",), _of_one_part),
    "bukan-satuan": Condition(("satuan",), _not_counted),
    "kolom-tertukar": Condition((), _swapped),
    "bukan-nama-unit": Condition(("resmi",), _other_unit),
    "dicabut": Condition(("oleh", "sejak"), _replaced),
    "bukan-istilah": Condition(("istilah",), _other_term),
    "tanpa-butir": Condition((), _alone),
    "angka-huruf": Condition(("angka", "huruf", "seharusnya"), _halves),
    "bulan-lain": Condition(("tanggal", "bulan_nomor", "bulan_tanggal"), _another_month),
    "jumlah-di-tengah": Condition(("tentang", "sesudah"), _before_parts),
}
"""What ``bila`` may be."""
