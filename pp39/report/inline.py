"""What stands inside a line: text, emphasis, figures from the ledger, references.

A *part* (`Part`) is a `str`, a `pp39.ledger.Quantity` or an `Inline`. Figures are never typed into
text; they are put in as quantities, which print themselves and keep the way to their calculation.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from pp39.errors import Pp39Error
from pp39.formula.units import SPANS
from pp39.ledger import Computed, Constant, Parameter, Quantity, slug
from pp39.numbers import format_number, terbilang
from pp39.report.text import html_text, typst_string, typst_text

Style: TypeAlias = Literal[
    "teks",
    "polos",
    "satuan",
    "mutlak",
    "mutlak-polos",
    "ribu",
    "terbilang",
    "prosa",
    "kata",
    "bulat",
]
Tone: TypeAlias = Literal["baik", "waspada", "buruk", "netral"]

# Words a number may have to be spelled out inside a sentence (EYD V).
_SPELLED = 2

# Decimals that say nothing.
_NO_DECIMALS = re.compile(r",0+(?=%?$| (?:ribu|juta|miliar|triliun)$)")

# Colours of a status, dark enough on white for small print (WCAG 2.2 AA).
_TONES: dict[Tone, str] = {
    "baik": "#1b5e20",
    "waspada": "#7a4a00",
    "buruk": "#a31515",
    "netral": "#555555",
}


class ReportError(Pp39Error):
    """The report is put together wrongly, such as a figure without a calculation behind it."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What a piece of the report relies on."""

    #: Ledger ids of the figures it prints.
    ids: frozenset[str] = frozenset()
    #: Labels it links to.
    targets: frozenset[str] = frozenset()
    #: Labels it defines beside its own.
    anchors: tuple[str, ...] = ()

    @classmethod
    def joined(cls, many: Iterable[Uses]) -> Uses:
        """Unite what several pieces rely on."""
        # Most pieces are plain text.
        uses = [one for one in many if one is not _NO_USES]
        if not uses:
            return _NO_USES
        return cls(
            frozenset().union(*(one.ids for one in uses)),
            frozenset().union(*(one.targets for one in uses)),
            tuple(anchor for one in uses for anchor in one.anchors),
        )


_NO_USES = Uses()


class Inline(ABC):
    """A part of a line that renders to HTML, to Typst markup and to plain text."""

    @abstractmethod
    def html(self) -> str:
        """Render as HTML phrasing content."""

    @abstractmethod
    def typst(self) -> str:
        """Render as Typst markup."""

    @abstractmethod
    def plain(self) -> str:
        """Render as plain text."""

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return _NO_USES


Part: TypeAlias = str | Quantity | Inline


@dataclass(frozen=True, init=False)
class Phrase(Inline):
    """Several parts after one another, for a table cell or a list item.

    Parameters
    ----------
    *parts : Part
        Text, quantities and inline objects; nothing is put between them.
    """

    parts: tuple[Part, ...]

    def __init__(self, *parts: Part) -> None:
        object.__setattr__(self, "parts", parts)

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return "".join(part_html(one) for one in self.parts)

    def typst(self) -> str:
        """Render as Typst markup."""
        return "".join(part_typst(one) for one in self.parts)

    def plain(self) -> str:
        """Render as plain text."""
        return "".join(part_plain(one) for one in self.parts)

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return Uses.joined(part_uses(one) for one in self.parts)


class Bold(Phrase):
    """Strong importance, printed bold."""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return f"<strong>{super().html()}</strong>"

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#strong[{super().typst()}]"


class Italic(Phrase):
    """Foreign words and titles, printed in italics."""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return f"<em>{super().html()}</em>"

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#emph[{super().typst()}]"


@dataclass(frozen=True)
class _Worded(Inline):
    """A text that is printed in a way of its own."""

    text: str

    def plain(self) -> str:
        """Render as plain text."""
        return self.text


class Code(_Worded):
    """A file name, path or other machine text, printed in a fixed-width face."""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return f"<code>{html_text(self.text)}</code>"

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#kode({typst_string(self.text)})"


@dataclass(frozen=True)
class DataFile(Inline):
    """A file of source data: in print by what it holds, on the page with its name as well."""

    #: File name.
    name: str
    #: What it holds; empty prints the name.
    title: str = ""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        name = Code(self.name).html()
        return f"{html_text(self.title)} ({name})" if self.title else name

    def typst(self) -> str:
        """Render as Typst markup."""
        return typst_text(self.title) if self.title else Code(self.name).typst()

    def plain(self) -> str:
        """Render as plain text."""
        return self.title or self.name


class Identifier(_Worded):
    """An id such as that of a finding: set small, and never broken over lines."""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return f'<span class="pengenal">{html_text(self.text)}</span>'

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#pengenal({typst_string(self.text)})"


@dataclass(frozen=True)
class Number(Inline):
    """A quantity printed otherwise than by `Quantity.text`; it links to the same calculation."""

    #: The figure.
    quantity: Quantity
    #: ``teks`` with Rp or %; ``polos`` without any unit; ``satuan`` with its unit in words (``57
    #: orang``); ``mutlak`` the absolute value ("turun sebesar 5,00%"); ``mutlak-polos`` the same
    #: without unit; ``ribu`` in thousands, without unit; ``terbilang`` a whole number in words;
    #: ``prosa`` as a sentence writes it (``80 persen``); ``kata`` a count, in words where it has
    #: one or two of them; ``bulat`` as ``teks`` without decimals that are all zero.
    style: Style = "teks"

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return _quantity_html(self.quantity, self.plain())

    def typst(self) -> str:
        """Render as Typst markup."""
        return _quantity_typst(self.quantity, self.plain())

    def plain(self) -> str:
        """Render as plain text."""
        return _WRITTEN[self.style](self.quantity)

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return part_uses(self.quantity)


@dataclass(frozen=True)
class Reference(Inline):
    """A reference to a numbered table, figure, chapter or annex, such as ``Tabel 2.1``."""

    #: Label of the object; it may stand before or after this place.
    label: str

    def html(self) -> str:
        """Render as HTML; the exporter puts the number between the marks."""
        target = html_text(self.label)
        shown = html_text(f"[{self.label}]")
        return f'<a class="rujukan" href="#{target}"><!--nomor:{target}-->{shown}<!--/nomor--></a>'

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#rujukan({typst_string(self.label)})"

    def plain(self) -> str:
        """Render as plain text."""
        return f"[{self.label}]"

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return Uses(targets=frozenset({self.label}))


@dataclass(frozen=True)
class Link(Inline):
    """A link to a file beside the report (a relative path) or to an anchor (``#label``)."""

    #: What is shown.
    text: Part
    #: ``"#label"`` or a relative path such as ``kertas-kerja/01_clean.html``.
    target: str

    def html(self) -> str:
        """Render as HTML phrasing content."""
        return f'<a href="{html_text(self.target)}">{part_html(self.text)}</a>'

    def typst(self) -> str:
        """Render as Typst markup."""
        if self.target.startswith("#"):
            return f"#tautan({typst_string(self.target[1:])})[{part_typst(self.text)}]"
        return f"#tautan-berkas({typst_string(self.target)})[{part_typst(self.text)}]"

    def plain(self) -> str:
        """Render as plain text."""
        return part_plain(self.text)

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        inner = part_uses(self.text)
        if not self.target.startswith("#"):
            return inner
        return Uses.joined([inner, Uses(targets=frozenset({self.target[1:]}))])


@dataclass(frozen=True)
class TraceLink(_Worded):
    """A text that links to the calculation of a figure it speaks of without printing it."""

    id: str

    def html(self) -> str:
        """Render as HTML phrasing content."""
        target = html_text(f"#jejak-{slug(self.id)}")
        return f'<a class="angka" href="{target}">{html_text(self.text)}</a>'

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"#angka({typst_string(slug(self.id))}, {typst_string(self.text)})"

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return Uses(ids=frozenset({self.id}))


@dataclass(frozen=True)
class Flag(Inline):
    """A part with a small raised mark that links elsewhere, such as a figure with its finding."""

    #: The part that is marked.
    text: Part
    #: The mark, such as ``"T-012"``.
    mark: str
    #: Label of the anchor it links to.
    to: str
    #: What the mark means, for those who hear the page: ``"lihat temuan T-012"``.
    remark: str = ""

    def html(self) -> str:
        """Render as HTML phrasing content."""
        told = html_text(self.remark or f"lihat {self.mark}")
        link = f'<a href="#{html_text(self.to)}" aria-label="{told}">{html_text(self.mark)}</a>'
        return f'{part_html(self.text)}<sup class="tanda">{link}</sup>'

    def typst(self) -> str:
        """Render as Typst markup."""
        return f"{part_typst(self.text)}#tanda({typst_string(self.to)}, {typst_string(self.mark)})"

    def plain(self) -> str:
        """Render as plain text."""
        return f"{part_plain(self.text)} ({self.mark})"

    def uses(self) -> Uses:
        """Give the ids and labels it relies on."""
        return Uses.joined([part_uses(self.text), Uses(targets=frozenset({self.to}))])


@dataclass(frozen=True)
class StatusMark(Inline):
    """A status told three times: by a symbol, by a colour and by its word."""

    #: The status in words.
    word: str
    #: A sign that differs in shape from those of the other statuses.
    symbol: str
    #: What colour it has.
    tone: Tone

    def html(self) -> str:
        """Render as HTML phrasing content; the symbol is not read aloud."""
        sign = f'<span aria-hidden="true">{html_text(self.symbol)}</span>'
        word = html_text(f"\N{NO-BREAK SPACE}{self.word}")
        return f'<span class="status {self.tone}">{sign}{word}</span>'

    def typst(self) -> str:
        """Render as Typst markup."""
        shown = typst_text(f"{self.symbol}\N{NO-BREAK SPACE}{self.word}")
        return f'#text(fill: rgb("{_TONES[self.tone]}"))[{shown}]'

    def plain(self) -> str:
        """Render as plain text."""
        return self.word


def in_sentence(part: Part) -> Part:
    """Let the figures of a part print as a sentence has them: ``100%`` for 100,00%.

    Examples
    --------
    >>> whole = Quantity(Fraction(100), "Serapan", "%", Constant())
    >>> whole.text(), in_sentence(Phrase("terserap ", whole)).plain()
    ('100,00%', 'terserap 100%')
    """
    match part:
        case Quantity() | Number(style="teks"):
            return Number(part if isinstance(part, Quantity) else part.quantity, "bulat")
        case Phrase():
            return type(part)(*map(in_sentence, part.parts))
        case _:
            return part


def part_html(part: Part) -> str:
    """Render a part as HTML phrasing content."""
    if isinstance(part, str):
        return html_text(part).replace("\n", "<br>")
    if isinstance(part, Quantity):
        return _quantity_html(part, part.text())
    return part.html()


def part_typst(part: Part) -> str:
    """Render a part as Typst markup."""
    if isinstance(part, str):
        return typst_text(part)
    if isinstance(part, Quantity):
        return _quantity_typst(part, part.text())
    return part.typst()


def part_plain(part: Part) -> str:
    """Render a part as plain text."""
    if isinstance(part, str):
        return part
    return part.text() if isinstance(part, Quantity) else part.plain()


def part_uses(part: Part) -> Uses:
    """Give the ids and labels a part relies on."""
    if isinstance(part, str):
        return _NO_USES
    if isinstance(part, Quantity):
        return Uses(ids=frozenset({part.id})) if part.id else _NO_USES
    return part.uses()


def exact_text(value: Fraction) -> str:
    """Write a value for machines, exactly: a decimal where it ends, otherwise a fraction.

    Examples
    --------
    >>> exact_text(Fraction(5, 4)), exact_text(Fraction(1, 3))
    ('1.25', '1/3')
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value)
    places = max(twos, fives)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _quantity_html(quantity: Quantity, shown: str) -> str:
    text = html_text(shown)
    data = f'<data value="{exact_text(quantity.value)}">{text}</data>'
    if quantity.id is not None:
        target = html_text(f"#jejak-{slug(quantity.id)}")
        return f'<a class="angka" href="{target}" data-ledger="{html_text(quantity.id)}">{data}</a>'
    if _computed(quantity) or isinstance(quantity.origin, Constant):
        return data
    title = html_text(f"{quantity.label}: {quantity.origin.place}")
    kind = f'class="mentah" title="{title}"'
    if isinstance(quantity.origin, Parameter):
        path = html_text(quantity.origin.path)
        kind = f'class="parameter" title="{title}" data-parameter="{path}"'
    return f'<data value="{exact_text(quantity.value)}" {kind}>{text}</data>'


def _quantity_typst(quantity: Quantity, shown: str) -> str:
    if quantity.id is None:
        _computed(quantity)
        return typst_text(shown)
    return f"#angka({typst_string(slug(quantity.id))}, {typst_string(shown)})"


def _computed(quantity: Quantity) -> Literal[False]:
    """Refuse to print what was computed but has no entry an auditor could look up."""
    if isinstance(quantity.origin, Computed):
        raise ReportError(
            f'the figure "{quantity.label or quantity.formula()}" has no ledger id;'
            " enter it with ledger.add(id, quantity) and print what that returns"
        )
    return False


def _in_words(quantity: Quantity) -> str:
    if quantity.value.denominator != 1:
        raise ReportError(
            f'"{quantity.label}" is {quantity.text()}, and only whole numbers are put in words'
        )
    return terbilang(int(quantity.value))


def _in_prose(quantity: Quantity) -> str:
    """Write a figure as a sentence does: percent and days in words, no decimals all zero."""
    ends = quantity.text().removesuffix("%").split("–")
    shown = "–".join(_NO_DECIMALS.sub("", one) for one in ends)
    unit = "persen" if quantity.unit == "%" else quantity.unit
    return f"{shown} {unit}" if unit == "persen" or unit in SPANS else shown


def _counted(quantity: Quantity) -> str:
    if quantity.value.denominator != 1 or quantity.value < 0:
        return quantity.text()
    words = terbilang(int(quantity.value))
    return words if len(words.split()) <= _SPELLED else quantity.plain()


def _absolute(quantity: Quantity) -> Quantity:
    return replace(quantity, value=abs(quantity.value))


_WRITTEN: Mapping[Style, Callable[[Quantity], str]] = {
    "teks": Quantity.text,
    "polos": Quantity.plain,
    "satuan": Quantity.with_unit,
    "mutlak": lambda one: _NO_DECIMALS.sub("", _absolute(one).text()),
    "mutlak-polos": lambda one: _absolute(one).plain(),
    "ribu": lambda one: format_number(one.value / 1000),
    "terbilang": _in_words,
    "prosa": _in_prose,
    "kata": _counted,
    "bulat": lambda one: _NO_DECIMALS.sub("", one.text()),
}
