"""Shapes: the kinds of contradiction that rules of a profile are made of, and their sentences.

A sentence has names in braces, such as ``{kunci}``; ``{kunci:kapital}`` begins with a capital
letter, ``{kunci:kecil}`` is in small letters, ``{kunci:nama}`` is the name of a word, ``{a|b}`` is
the first that has something to say. What stands in square brackets is left out where one of its
names has nothing to say. ``{kode.x}`` is the indicator that is computed by ``x``, and
``{indikator.x}`` its name in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from pp39.characters import capital
from pp39.errors import near
from pp39.findings.evidence import Evidence
from pp39.findings.finding import Severity
from pp39.findings.printed import respelt
from pp39.findings.rule import Hit
from pp39.ledger import Quantity
from pp39.numbers import terbilang
from pp39.periods import MONTHS, format_date, parse_date
from pp39.profile.base import Bagian, Teks

_SENTENCE = "sentence"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{([\w-]+(?:\.[\w-]+)?(?:\|[\w-]+)*)(?::(\w+))?\}")
_SPECS: Mapping[str | None, Callable[[str], str]] = {
    None: str,
    "angka": respelt,
    "bulan": lambda number: MONTHS[int(number) - 1],
    "tanggal": lambda iso: format_date(parse_date(iso)),
    "kapital": capital,
    "kecil": str.casefold,
    "nama": str,  # of a word, which only the evidence knows
    "dua": lambda number: f"{int(number):02d}",
    "terbilang": lambda number: terbilang(int(number)),
}
_ALWAYS = ("periode", "tahun", "tahun_lalu", "tahun_depan", "tw", "akhir_tw")
_OF_INDICATORS = ("kode", "indikator")

Kalimat = Annotated[str, Field(strict=True), _SENTENCE]
"""A text with names in braces."""


class Shape(Bagian):
    """A kind of contradiction, and where a rule looks for it."""

    gives: ClassVar[tuple[str, ...]] = ()
    """Names its sentences may use, besides those that every sentence may."""

    bentuk: Teks

    @model_validator(mode="after")
    def _sentences_name_what_there_is(self) -> Shape:
        for field, declared in type(self).model_fields.items():
            if _SENTENCE in declared.metadata:
                check_names(field, getattr(self, field) or "", self.says())
        return self

    def says(self) -> tuple[str, ...]:
        """Name what its sentences may say; ``x_*`` stands for all that begin with ``x_``."""
        return self.gives

    def hits(self, evidence: Evidence) -> Iterable[Hit]:
        """Look for the contradiction."""
        return self._hits(evidence)

    def _hits(self, evidence: Evidence) -> Iterable[Hit]:
        raise NotImplementedError


class Telling(Shape):
    """A shape whose finding is told by four sentences."""

    subjek: Kalimat
    dinyatakan: Kalimat
    dihitung: Kalimat
    kalimat: Kalimat
    tingkat: Severity | None = None

    def hit(
        self,
        evidence: Evidence,
        lokasi: str | Iterable[str],
        figure: Quantity | str | None = None,
        *,
        tingkat: Severity | None = None,
        kalimat: str = "",
        said: Mapping[str, object] | None = None,
        numbers: Iterable[Quantity] = (),
        **more: object,
    ) -> Hit:
        """Make a finding: `lokasi` are its places, `said` and `more` what the sentences name.

        Its `figure` is the one it computed, or the id of one that the ledger has; `numbers` are
        the others in it, besides those that are said as quantities.
        """
        values = {**(said or {}), **more}
        others = (one for one in values.values() if isinstance(one, Quantity))
        id = figure if isinstance(figure, str) else (figure and figure.id) or ""
        id = id if id in evidence.ledger else ""
        places = [lokasi] if isinstance(lokasi, str) else lokasi
        where = [one for place in places for one in place.split("; ") if one]
        return Hit(
            fill(self.subjek, evidence, values),
            "; ".join(dict.fromkeys(where)),
            fill(self.dinyatakan, evidence, values),
            fill(self.dihitung, evidence, values),
            fill(kalimat or self.kalimat, evidence, values),
            id,
            tingkat or self.tingkat,
            None if id or isinstance(figure, str) else figure,
            (*numbers, *others),
        )


def check_names(field: str, text: str, says: Iterable[str]) -> None:
    """Check that a text names what there is; ``x_*`` stands for all that begin with ``x_``.

    Raises
    ------
    ValueError
        At the first name that is not known, with the nearest.
    """
    known = (*says, *_ALWAYS)
    begins = tuple(one[:-1] for one in known if one.endswith("*"))
    for names, spec in _NAME.findall(text):
        for name in names.split("|"):
            if name in known or (begins and name.startswith(begins)):
                continue
            if "." not in name or name.partition(".")[0] not in _OF_INDICATORS:
                hint = near(name, known)
                raise ValueError(f"{field} has {{{name}}}, which is not known here; {hint}")
        if spec and spec not in _SPECS:
            told = ", ".join(filter(None, _SPECS))
            raise ValueError(f"{field} has :{spec}; there are {told}")


def names_in(text: str) -> list[str]:
    """Give the names in a sentence that are said as they are, in its order."""
    return [name for names, how in _NAME.findall(text) if not how for name in names.split("|")]


def fill(text: str, evidence: Evidence, values: Mapping[str, Any]) -> str:
    """Put values into a sentence."""

    def part(match: re.Match[str]) -> str:
        names = [_value(one[1], evidence, values) for one in _NAME.finditer(match[1])]
        return match[1] if all(names) else ""

    return named(_OPTIONAL.sub(part, text), evidence, values)


def named(text: str, evidence: Evidence, values: Mapping[str, Any]) -> str:
    """Put values into a subject or a pattern of subjects, in which brackets mean something else."""

    def value(match: re.Match[str]) -> str:
        said = _value(match[1], evidence, values)
        return evidence.named(said) if match[2] == "nama" else _SPECS[match[2]](said)

    return _NAME.sub(value, text)


def _value(name: str, evidence: Evidence, values: Mapping[str, Any]) -> str:
    if "|" in name:
        said = (_value(one, evidence, values) for one in name.split("|"))
        return next(filter(None, said), "")
    if name in values:
        value = values[name]
        return value.text() if isinstance(value, Quantity) else str(value)
    head, _, way = name.partition(".")
    if way:
        code = evidence.code_of(way)
        return code if head == "kode" else evidence.short(code)
    year = evidence.year
    times = {
        "tw": evidence.quarter,
        "tahun": year,
        "tahun_lalu": year - 1,
        "tahun_depan": year + 1,
        "periode": f"triwulan {evidence.quarter} TA {evidence.year}",
        "akhir_tw": evidence.quarter.last_month,
    }
    return str(times.get(name, ""))
