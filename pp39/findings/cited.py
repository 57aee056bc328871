"""The numbers that a finding says, and the figures they are.

A number is what is counted, measured or paid. What only names a thing is none: a code, a date, a
year, the number of a document, a table or a row, and words of a report that are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pp39.findings.printed import Printed, agrees, read_printed
from pp39.ledger import Computed, Constant, Quantity
from pp39.periods import MONTHS

_ORDINAL = "nomor|no|baris|halaman|pasal|ayat|semester|pp|kolom|kegiatan"
_NAMES = re.compile(
    # Rows of a file, with or without it.
    r"\S+\.(?:csv|xlsx)\b|\bbaris\s[0-9–,\s]+"
    # What words number, also several, and tables by chapter.
    rf"|\b(?i:{_ORDINAL})\b\.?\s?[0-9]+(?:(?:–|,\s|\sdan\s)[0-9]+)*(?![0-9]*(?:[.,][0-9]|%))"
    r"|\b(?i:tabel|gambar|bab)\s[0-9]+(?:\.[0-9]+)*"
    # Dates.
    rf"|\b[0-9]{{1,2}}[\s./-]+(?i:{'|'.join(MONTHS)}|nopember)\b(?:\s(?:19|20)[0-9]{{2}})?"
    r"|\b[0-9]{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    # Years, and stretches of a numbering.
    r"|(?<![\w.,])(?:19|20)[0-9]{2}(?![\w%]|[.,][0-9])|(?<![\w.,])[0-9]+–[0-9]+(?![\w%]|[.,][0-9])"
    # Whole percent, as a formula takes it.
    r"|[×x]\s100\b(?!,)%?"
)
_AT = r"(?:\b(?:di|pada|dari|menurut)\s|[;:,]\s|\()"
_QUOTED = re.compile(r"“([^”]*)”")
_CHUNK = re.compile(r"[^\s=(]*[0-9][^\s=(]*")
_NUMBER = re.compile(r"(?:Rp\.?\s?)?(?<![%0-9])[+-]?(?:[0-9][0-9.,]*[0-9]|[0-9])(?:\s?%+)?")
_CODED = re.compile(r"[A-Za-z_/]|[0-9]-[0-9]")
_EDGES = "“”\"'()[];:,.…"


@dataclass(frozen=True)
class Cited:
    """A number in a text."""

    text: str
    printed: Printed


def numbers_in(text: str, names: Iterable[str] = ()) -> tuple[Cited, ...]:
    """Give the numbers that a text says, in its order.

    Parameters
    ----------
    text : str
        A sentence of a finding, or what was stated.
    names : iterable of str
        Names and places that hold digits and are no numbers, such as ``IKU 1.1`` or ``Tabel 3.1``.

    Examples
    --------
    >>> [one.text for one in numbers_in("IKU 1.1: 12 dari 15 (80,00%) pada 2025", ["IKU 1.1"])]
    ['12', '15', '80,00%']
    >>> numbers_in("Nomor 88 Tahun 2021, baris 7–9 x.csv, 6077.BAD.036, 28-May, TW IV")
    ()
    >>> [one.text for one in numbers_in("Rp1.250.000 ÷ 4 × 100; 3.63; 98,3%")]
    ['Rp1.250.000', '4', '3.63', '98,3%']
    """
    found = []
    bare = _bare(text, names)
    for quote in _QUOTED.findall(bare):
        # Written with a blank in it, or with two signs, it is still one number.
        printed = read_printed(quote)
        if printed is not None and not printed.unit:
            found.append(Cited(quote, printed))
            bare = bare.replace(f"“{quote}”", " # ")
    for match in _NUMBER.finditer(bare):
        printed = read_printed(match[0])
        if printed is not None:
            found.append(Cited(match[0], printed))
    return tuple(found)


def cited(numbers: Iterable[Cited], figures: Iterable[Quantity]) -> list[Quantity | None]:
    """Give the figure that each number is: the first that prints so; None where there is none."""
    known = list(_with_inputs(figures))
    return [next((one for one in known if _is(number, one)), None) for number in numbers]


def is_figure(one: Quantity) -> bool:
    """Tell whether a number is more than one that a formula itself sets."""
    return bool(one.label) or not isinstance(one.origin, Constant)


def _is(number: Cited, figure: Quantity) -> bool:
    value = figure.value
    return any(agrees(number.printed, one) for one in (value, abs(value)))


def _with_inputs(figures: Iterable[Quantity]) -> Iterator[Quantity]:
    """Give figures, then what they are computed of, which a formula shows."""
    every = tuple(figures)
    yield from every
    for one in every:
        yield from _operands(one)


def _operands(one: Quantity) -> Iterator[Quantity]:
    for operand in one.origin.operands if isinstance(one.origin, Computed) else ():
        yield operand
        if not operand.label and not isinstance(operand.origin, Constant):
            yield from _operands(operand)


def _bare(text: str, names: Iterable[str]) -> str:
    """Blank out what only names a thing."""
    for name in names:
        if name in text:
            text = _naming(name).sub(" # ", text)
    text = _NAMES.sub(" # ", text)
    return _CHUNK.sub(lambda chunk: _without_code(chunk[0]), text)


@cache
def _naming(name: str) -> re.Pattern[str]:
    # A place such as 3.1 is a number elsewhere.
    before = r"(?<![\w.,])" if re.search("[A-Za-z]", name) else _AT
    return re.compile(rf"{before}{re.escape(name)}(?![\w]|[.,][0-9])")


def _without_code(chunk: str) -> str:
    return "#" if _CODED.search(re.sub(r"^Rp\.?", "", chunk.strip(_EDGES))) else chunk


def holding_digits(texts: Iterable[str]) -> Sequence[str]:
    """Give the texts with a digit, the longest first, so that none hides in another."""
    return sorted(
        {one for one in texts if re.search(r"[0-9]", one)}, key=lambda one: (-len(one), one)
    )
