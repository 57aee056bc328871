"""Sentences: small composers that turn figures, statuses and periods into formal Indonesian.

Three kinds of text are kept apart, so that a figure can never be typed into prose unnoticed: words
of this package are plain `str` and hold no digit; what a source or a parameter says is a `Quote`;
a period or a date is a `Moment`. Figures are quantities.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence, Sized
from fractions import Fraction
from typing import Literal, TypeVar

from pp39.characters import capital
from pp39.formula.units import SPANS, is_named
from pp39.ledger import Quantity
from pp39.ledger.quantity import is_money
from pp39.numbers import terbilang
from pp39.periods import MONTHS, Period, Quarter, format_date
from pp39.report.inline import Inline, Number, Part, Phrase

_POIN = "poin persen"
# Words inside a name that have no capital.
_JOINING = frozenset({"dan", "atau", "serta", "di", "ke", "dari", "dalam", "pada", "untuk"})

_RANGED = rf"(?:{'|'.join(MONTHS)}|[0-9]{{1,2}}|20[0-9]{{2}})"

# What is set otherwise than it was typed: what stands there, and what is printed.
_SETTING = (
    (
        re.compile(rf"(?<![-/.,\w])({_RANGED}) ?[-–] ?(?={_RANGED}\b(?![-/.,][0-9]))"),
        r"\1–",
    ),
    (re.compile(r"\bRp\.? (?=[0-9])"), "Rp"),
    (re.compile(r"\bTA\. ?(?=20[0-9]{2})"), "TA "),
)

# Words a number may have to be spelled out inside a sentence (EYD V).
_SPELLED = 2
T = TypeVar("T")


class Quote(Phrase):
    """Text that a source or a parameter holds, printed as it stands there."""


class Moment(Phrase):
    """A period or a date, written by `pp39.periods`."""


def mutlak(quantity: Quantity) -> Inline:
    """Print a difference without its sign, with the unit that tells it from a percentage."""
    shown = Number(quantity, "mutlak")
    unit = quantity.unit
    return Phrase(shown, " ", Quote(unit)) if unit == _POIN or unit in SPANS else shown


def bersatuan(quantity: Quantity, told: str, unit: str | None = None) -> Inline:
    """Print a figure as a sentence writes it, with its unit unless what is told has named it.

    `unit` is what it counts, where a contract calls that by another name.
    """
    unit = unit or quantity.unit
    if is_money(unit):
        return Number(quantity, "satuan")
    if unit in SPANS or not is_named(unit) or unit.casefold() in told.casefold():
        return prosa(quantity)
    return Phrase(prosa(quantity), " ", Quote(unit))


def prosa(quantity: Quantity) -> Inline:
    """Print a figure as a sentence writes it: ``80 persen`` for 80,00%."""
    return Number(quantity, "prosa")


def bilang(quantity: Quantity) -> Inline:
    """Print a count inside a sentence: in words where it has one or two of them."""
    return Number(quantity, "kata")


def merinci(counts: Sequence[Quantity]) -> list[Inline]:
    """Print the counts of an enumeration alike: in digits where one of them needs them (EYD V)."""
    told = [bilang(one) for one in counts]
    if not any(one.plain()[:1].isdigit() for one in told):
        return told
    return [Number(one, "polos") for one in counts]


def banyaknya(many: Sized) -> Moment:
    """Say how many things a sentence is about to name, in words where it has one or two of them.

    Examples
    --------
    >>> banyaknya("abc").plain(), banyaknya("a" * 25).plain()
    ('tiga', '25')
    """
    words = terbilang(len(many))
    return Moment(words if len(words.split()) <= _SPELLED else str(len(many)))


def kutip(text: str | None) -> Quote:
    """Quote a text of a source or parameter, tidied at its ends by `rapikan`."""
    return Quote(rapikan(text or ""))


def rapikan(text: str) -> str:
    """Set a text as print does, without what an export leaves at its ends.

    Blanks, commas and semicolons at the ends go; a range of months, days or years has a dash
    without blanks, an amount follows its ``Rp``, and ``TA`` has no full stop.

    Examples
    --------
    >>> rapikan(" rapat bulan Oktober, ")
    'rapat bulan Oktober'
    >>> rapikan("blokir Rp 500.000 TA. 2025, Juli - September, 10 - 12 Mei")
    'blokir Rp500.000 TA 2025, Juli–September, 10–12 Mei'
    """
    plain = re.sub(r"\s+", " ", text).strip().rstrip(",;").rstrip()
    for pattern, set_as in _SETTING:
        plain = pattern.sub(set_as, plain)
    return plain


def kecil_awal(text: str) -> str:
    """Write the first letter small, unless the first word is an abbreviation.

    Examples
    --------
    >>> kecil_awal("Nilai minimal"), kecil_awal("SDM unit")
    ('nilai minimal', 'SDM unit')
    """
    word = text.split(" ", 1)[0]
    return text if sum(letter.isupper() for letter in word) > 1 else text[:1].lower() + text[1:]


def dalam_kalimat(text: str) -> str:
    """Write a text as it stands inside a sentence; what has a capital next is a name.

    Examples
    --------
    >>> dalam_kalimat("Izin tinggal terbatas"), dalam_kalimat("Mal Pelayanan Publik")
    ('izin tinggal terbatas', 'Mal Pelayanan Publik')
    >>> dalam_kalimat("Operasi gabungan Timpora"), dalam_kalimat("Dinas dan Badan Besar")
    ('operasi gabungan Timpora', 'Dinas dan Badan Besar')
    """
    following = [word for word in text.split()[1:] if word not in _JOINING]
    return text if following and following[0][:1].isupper() else kecil_awal(text)


def kalimat_utuh(text: str) -> str:
    """Make a record a sentence: a capital first, a full stop last.

    Examples
    --------
    >>> kalimat_utuh("menambah ruang lingkup; ")
    'Menambah ruang lingkup.'
    """
    bare = rapikan(text)
    return capital(bare) + ("" if bare.endswith((".", "!", "?")) or not bare else ".")


def triwulan(quarter: Quarter) -> Moment:
    """Name a quarter inside a sentence, such as ``triwulan IV``."""
    return Moment(f"triwulan {quarter}")


def masa(period: Period, year: int) -> Moment:
    """Name what a report covers, such as ``triwulan IV tahun anggaran 2025``."""
    return Moment(kecil_awal(period.title(f"tahun anggaran {year}")))


def bulan(month: int, year: int | None = None) -> Moment:
    """Name a month, January being 1, with its year if one is given."""
    name = MONTHS[month - 1]
    return Moment(name if year is None else f"{name} {year}")


def tanggal(date: dt.date | str) -> Moment:
    """Write a date, given as such or in ISO form, such as ``31 Oktober 2025``."""
    return Moment(format_date(dt.date.fromisoformat(date) if isinstance(date, str) else date))


def deret(*parts: Part) -> list[Part]:
    """Give the parts as a list, to be put into a sentence that has room for none as well."""
    return list(parts)


def gabung(parts: Sequence[Part], kata: Literal["dan", "atau", "serta"] = "dan") -> Inline:
    """List parts in a sentence.

    Examples
    --------
    >>> gabung(["a", "b", "c"]).plain()
    'a, b, dan c'
    >>> gabung(["a", "b"], "atau").plain()
    'a atau b'
    """
    many = list(parts)
    if len(many) < 2:
        return Phrase(*many)
    if len(many) == 2:
        return Phrase(many[0], f" {kata} ", many[1])
    listed: list[Part] = []
    for one in many[:-1]:
        listed += [one, ", "]
    return Phrase(*listed, f"{kata} ", many[-1])


def terinci(items: Sequence[Part]) -> list[Phrase]:
    """End the items of a list that is one sentence.

    Examples
    --------
    >>> [one.plain() for one in terinci(["a", "b", "c"])]
    ['a;', 'b; dan', 'c.']
    """
    ends = [*[";"] * (len(items) - 2), "; dan", "."]
    ended = zip(items, ends[len(ends) - len(items) :], strict=True)
    return [Phrase(one, end) for one, end in ended]


def terbesar(pilihan: Iterable[tuple[T, Quantity]]) -> list[tuple[T, Quantity]]:
    """Choose the pairs with the largest figure, in their order; none of none.

    Figures are compared exactly, as they are before they are rounded for print.

    Examples
    --------
    >>> many = {"a": 2, "b": 5, "c": 5}
    >>> pairs = [(name, Quantity.constant(value)) for name, value in many.items()]
    >>> [name for name, _ in terbesar(pairs)], [name for name, _ in terkecil(pairs)]
    (['b', 'c'], ['a'])
    """
    many = list(pilihan)
    return _sebesar(many, max((one.value for _, one in many), default=Fraction(0)))


def terkecil(pilihan: Iterable[tuple[T, Quantity]]) -> list[tuple[T, Quantity]]:
    """Choose the pairs with the smallest figure, in their order; none of none."""
    many = list(pilihan)
    return _sebesar(many, min((one.value for _, one in many), default=Fraction(0)))


def sebut(pilihan: Sequence[tuple[Part, Part]]) -> Inline:
    """Name all of them, each with its own figure, which leads to its own calculation.

    Examples
    --------
    >>> sebut([("Uji", "5"), ("Latih", "5")]).plain()
    'Uji (5) dan Latih (5)'
    """
    return gabung([Phrase(name, " (", figure, ")") for name, figure in pilihan])


def _sebesar(pairs: list[tuple[T, Quantity]], value: Fraction) -> list[tuple[T, Quantity]]:
    return [one for one in pairs if one[1].value == value]
