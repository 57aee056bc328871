"""The document itself: metadata, cover, headings, paragraphs, lists, call-outs, signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from pp39.ledger import Quantity
from pp39.ledger.quantity import differs_as_printed
from pp39.periods import format_date
from pp39.report.block import Block, Description
from pp39.report.emblem import Emblem
from pp39.report.inline import (
    Part,
    Phrase,
    ReportError,
    Uses,
    in_sentence,
    part_html,
    part_typst,
    part_uses,
)
from pp39.report.text import html_text, typst_string, typst_text

Kind: TypeAlias = Literal["bab", "depan", "lampiran", "tanpa-nomor"]
# Letters of Typst in a list that is kept on one page.
_SHORT = 1500

State: TypeAlias = Literal["draf", "final"]


@dataclass(frozen=True)
class Document(Block):
    """Metadata of the whole report; every report notebook displays exactly one."""

    #: title, subtitle: such as "Laporan PP 39/2006" and "Triwulan IV Tahun Anggaran 2025".
    title: str
    subtitle: str
    #: Name of the work unit, in the running header.
    unit: str
    #: Period, such as ``"Triwulan IV TA 2025"``, in the running header.
    period: str
    #: Date of the report; the PDF carries it instead of the time of rendering.
    date: date
    #: Author in the metadata; by default the unit.
    author: str = ""
    #: Keywords.
    keywords: Sequence[str] = ()
    #: One sentence on the content.
    description: str = ""
    #: A draft is marked as one on every page.
    state: State = "final"

    def html(self) -> str:
        """Render for the notebook; the exporters use the description instead."""
        return (
            f'<p class="dokumen"><strong>{html_text(self.title)}</strong><br>'
            f"{html_text(self.subtitle)}<br>{html_text(self.unit)}<br>"
            f'<time datetime="{self.date.isoformat()}">{format_date(self.date)}</time></p>'
        )

    def typst(self) -> str:
        """Render nothing: metadata has no place on a page."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        extra: dict[str, Any] = {
            "dokumen": {
                "judul": self.title,
                "subjudul": self.subtitle,
                "unit": self.unit,
                "periode": self.period,
                "tanggal": self.date.isoformat(),
                "penulis": self.author or self.unit,
                "kata_kunci": list(self.keywords),
                "deskripsi": self.description,
                "keadaan": self.state,
            }
        }
        return Description("dokumen", title=self.title, extra=extra)


@dataclass(frozen=True)
class Cover(Block):
    """The cover page."""

    #: title, subtitle: line feeds break lines.
    title: str
    subtitle: str
    #: Period, such as ``"Triwulan IV\nTahun Anggaran 2025"``.
    period: str
    #: Ministry, agency, unit: from the highest to the unit itself.
    agency: Sequence[str]
    #: Lines of the address.
    address: Sequence[str] = ()
    #: Place and month at the foot, such as ``"Jakarta, Januari 2026"``.
    place_and_date: str = ""
    #: Logos above the names, from left to right.
    emblems: Sequence[Emblem] = ()

    def html(self) -> str:
        """Render as the header of the page, with its only ``h1`` in the document's title."""
        shown = "".join(one.html() for one in self.emblems)
        emblems = f'<p class="lambang">{shown}</p>' if shown else ""
        chain = "".join(f"<p>{html_text(one)}</p>" for one in self.agency)
        address = "<br>".join(html_text(one) for one in self.address)
        foot = f'<p class="tempat">{html_text(self.place_and_date)}</p>'
        return (
            f'<div class="sampul">{emblems}<div class="instansi">{chain}</div>'
            f'<p class="judul-sampul">{part_html(self.title)}</p>'
            f'<p class="subjudul-sampul">{part_html(self.subtitle)}</p>'
            f'<p class="periode-sampul">{part_html(self.period)}</p>'
            f"{foot if self.place_and_date else ''}"
            f"{f'<address>{address}</address>' if address else ''}</div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#sampul``."""
        chain = "".join(f"{typst_string(one)}, " for one in self.agency)
        address = "".join(f"{typst_string(one)}, " for one in self.address)
        emblems = "".join(f"{one.typst()}, " for one in self.emblems)
        return (
            f"#sampul(lambang: ({emblems}), "
            f"judul: [{typst_text(self.title)}], subjudul: [{typst_text(self.subtitle)}], "
            f"periode: [{typst_text(self.period)}], instansi: ({chain}), alamat: ({address}), "
            f"tempat: {typst_string(self.place_and_date)})"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("sampul", title=self.title)


@dataclass(frozen=True)
class Heading(Block):
    """A heading. Its number follows from its place: BAB I, 2.1, 2.1.1, a., 1), Lampiran 1."""

    #: 1 for a chapter or annex, 2 to 5 below it.
    level: int
    #: Heading without number; chapters print in capitals.
    text: str
    #: Of a level-1 heading: a numbered chapter, front matter (Kata Pengantar) or an annex. Lower
    #: levels take ``bab`` (numbered) or ``tanpa-nomor``.
    kind: Kind = "bab"
    #: Label for references; a heading nobody refers to needs none.
    label: str = ""
    #: Whether it stands on the landscape page of the block after it. A heading right before a
    #: landscape table moves there by itself.
    wide: bool = False

    def __post_init__(self) -> None:
        if self.level not in range(1, 6):
            raise ReportError(f'heading "{self.text}" has level {self.level}; use 1 to 5')
        if self.level > 1 and self.kind in ("depan", "lampiran"):
            raise ReportError(f'only a level 1 heading can be "{self.kind}": "{self.text}"')

    def html(self) -> str:
        """Render for the notebook; the exporter writes it again with number and anchor."""
        level = self.level + 1
        return f"<h{level}>{html_text(self.text)}</h{level}>"

    def typst(self) -> str:
        """Render nothing: the exporter writes the heading, since it knows the number."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        extra = {"level": self.level, "style": self.kind}
        return Description("judul", self.label, self.text, self.wide, extra=extra)


@dataclass(frozen=True, init=False)
class Prose(Block):
    """A paragraph.

    Parameters
    ----------
    *parts : Part
        Text, quantities and inline objects, printed one after the other.
    wide : bool
        Whether it stands on the landscape page of its neighbours.
    audit : bool
        Whether it is for the audit alone: printed in HTML, left out of the PDF.
    """

    parts: tuple[Part, ...]
    wide: bool
    audit: bool

    def __init__(self, *parts: Part, wide: bool = False, audit: bool = False) -> None:
        object.__setattr__(self, "parts", tuple(map(in_sentence, parts)))
        object.__setattr__(self, "wide", wide)
        object.__setattr__(self, "audit", audit)

    def html(self) -> str:
        """Render as a paragraph."""
        return f"<p>{Phrase(*self.parts).html()}</p>"

    def typst(self) -> str:
        """Render as a paragraph; one that introduces a list stays on the page of its start."""
        text = Phrase(*self.parts)
        return f"#pengantar[{text.typst()}]" if text.plain().endswith(":") else text.typst()

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        text = Phrase(*self.parts)
        return Description(
            "prosa", wide=self.wide, uses=text.uses(), plain=text.plain(), audit=self.audit
        )


@dataclass(frozen=True, init=False)
class Listing(Block):
    """A list; an item that is itself a `Listing` belongs to the item before it.

    Parameters
    ----------
    *butir : Part or Listing
        Items.
    kind : {"butir", "angka", "huruf"}
        Bullets, ``1.`` or ``a.``.
    wide : bool
        Whether it stands on the landscape page of its neighbours.
    """

    items: tuple[Part | Listing, ...]
    kind: Literal["butir", "angka", "huruf"]
    wide: bool

    def __init__(
        self,
        *items: Part | Listing,
        kind: Literal["butir", "angka", "huruf"] = "butir",
        wide: bool = False,
    ) -> None:
        if items and isinstance(items[0], Listing):
            raise ReportError("a list cannot start with a list inside it; put an item before it")
        told = (one if isinstance(one, Listing) else in_sentence(one) for one in items)
        object.__setattr__(self, "items", tuple(told))
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "wide", wide)

    def html(self) -> str:
        """Render as ``ul`` or ``ol``."""
        items: list[str] = []
        for one in self.items:
            if isinstance(one, Listing):
                items[-1] += one.html()
            else:
                items.append(part_html(one))
        inner = "".join(f"<li>{one}</li>" for one in items)
        match self.kind:
            case "angka":
                return f"<ol>{inner}</ol>"
            case "huruf":
                return f'<ol type="a">{inner}</ol>'
            case _:
                return f"<ul>{inner}</ul>"

    def typst(self) -> str:
        """Render as a call of ``#list`` or ``#enum``."""
        items: list[str] = []
        for one in self.items:
            if isinstance(one, Listing):
                items[-1] += " " + one.typst()
            else:
                items.append(part_typst(one))
        inner = ", ".join(f"[{one}]" for one in items)
        kind = {"angka": 'enum(numbering: "1.", ', "huruf": 'enum(numbering: "a.", '}
        made = f"{kind.get(self.kind, 'list(')}{inner})"
        # A short list stays whole, so that none of it is alone on a page.
        short = len(inner) <= _SHORT
        return f"#utuh({made})" if short else f"#{made}"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = Uses.joined(
            one.describe().uses if isinstance(one, Listing) else part_uses(one)
            for one in self.items
        )
        return Description("daftar", wide=self.wide, uses=uses)


@dataclass(frozen=True)
class Pairs(Block):
    """Named particulars, such as the general data of the DIPA: a name and its content per line."""

    #: Name and content; None prints as "–".
    items: Sequence[tuple[str, Part | Sequence[Part] | None]]
    #: Whether it stands on the landscape page of its neighbours.
    wide: bool = False

    def html(self) -> str:
        """Render as a description list."""
        lines = "".join(
            f"<dt>{html_text(name)}</dt>"
            + "".join(f"<dd>{part_html(one)}</dd>" for one in _several(content))
            for name, content in self.items
        )
        return f'<dl class="rincian">{lines}</dl>'

    def typst(self) -> str:
        """Render as a call of ``#rincian``."""
        lines = "".join(
            f"([{typst_text(name)}], ["
            + "#linebreak()".join(part_typst(one) for one in _several(content))
            + "]), "
            for name, content in self.items
        )
        return f"#rincian({lines})"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = Uses.joined(part_uses(one) for _, many in self.items for one in _several(many))
        return Description("rincian", wide=self.wide, uses=uses)


@dataclass(frozen=True)
class Note(Block):
    """A call-out."""

    #: First line, such as ``"Target belum tercapai"``.
    title: str
    #: Paragraphs.
    content: Sequence[Part]
    #: Weight; told by words and shape too, never by colour alone.
    kind: Literal["info", "peringatan", "temuan"] = "info"
    #: Label others can link to.
    anchor: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", [in_sentence(one) for one in self.content])

    def html(self) -> str:
        """Render as an ``aside``."""
        anchor = f' id="{html_text(self.anchor)}"' if self.anchor else ""
        body = "".join(f"<p>{part_html(one)}</p>" for one in self.content)
        return (
            f'<div role="note" class="catatan {self.kind}"{anchor}>'
            f'<p class="judul-catatan">{html_text(self.title)}</p>{body}</div>'
        )

    def typst(self) -> str:
        """Render as a call of ``#catatan``."""
        anchor = f"#jangkar({typst_string(self.anchor)})" if self.anchor else ""
        body = "".join(f"[{part_typst(one)}], " for one in self.content)
        return f"{anchor}#catatan({typst_string(self.kind)}, [{typst_text(self.title)}], ({body}))"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        anchors = Uses(anchors=(self.anchor,) if self.anchor else ())
        uses = Uses.joined([anchors, *(part_uses(one) for one in self.content)])
        return Description("catatan", uses=uses)


@dataclass(frozen=True)
class FormulaLine(Block):
    """How one figure was computed: formula in words, with its numbers, and the result."""

    #: A computed figure with a ledger id.
    quantity: Quantity

    @property
    def _unrounded(self) -> str:
        """Say so where the terms as printed give another result."""
        return " (dihitung sebelum pembulatan)" if differs_as_printed(self.quantity) else ""

    def html(self) -> str:
        """Render as three aligned lines."""
        one = self.quantity
        return (
            f'<div class="rumus"><p>{html_text(one.label)}</p>'
            f"<p>= {html_text(one.formula())}</p><p>= {html_text(one.formula_numbers())}</p>"
            f"<p>= <strong>{part_html(one)}</strong>{html_text(self._unrounded)}</p></div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#rumus``."""
        one = self.quantity
        return (
            f"#rumus([{typst_text(one.label)}], [{typst_text(one.formula())}], "
            f"[{typst_text(one.formula_numbers())}], "
            f"[{part_typst(one)}{typst_text(self._unrounded)}])"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("rumus", uses=part_uses(self.quantity))


@dataclass(frozen=True)
class Signature(Block):
    """The signature: place, date, position, a box left to the e-signature service, name."""

    #: Place.
    place: str
    #: Date; None leaves room for place and date.
    date: date | None
    #: Position of who signs.
    office: str
    #: Name; by default room is left for it.
    name: str = ""
    #: NIP, 18 digits; nothing is printed if it is not given.
    nip: str = ""
    #: Whether it stands on the landscape page of its neighbours.
    wide: bool = False

    def html(self) -> str:
        """Render with the box reserved."""
        when = html_text(self._when)
        if self.date is not None:
            day = f'<time datetime="{self.date.isoformat()}">{format_date(self.date)}</time>'
            when = f"{html_text(self.place)}, {day}"
        nip = f'<p class="nip">{html_text(self._nip)}</p>' if self.nip else ""
        return (
            f'<div class="tanda-tangan"><p>{when}</p>'
            f"<p>{part_html(self.office)},</p>"
            f'<div class="kotak"><span>Ruang tanda tangan elektronik</span></div>'
            f'<p class="nama">{html_text(self._name)}</p>{nip}</div>'
        )

    def typst(self) -> str:
        """Render as a call of ``#tanda-tangan``."""
        return (
            f"#tanda-tangan([{typst_text(self._when)}], "
            f"[{typst_text(self.office)}], [{typst_text(self._name)}], [{typst_text(self._nip)}])"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("tanda-tangan", wide=self.wide)

    @property
    def _when(self) -> str:
        if self.date is None:
            return "(tempat, tanggal)"
        return f"{self.place}, {format_date(self.date)}"

    @property
    def _name(self) -> str:
        return self.name or "(nama pejabat)"

    @property
    def _nip(self) -> str:
        """The digits as they are grouped by custom: birth, appointment, sex, number."""
        one = self.nip
        return f"NIP {one[:8]} {one[8:14]} {one[14:15]} {one[15:]}" if one else ""


class _Placed(Block):
    """A block without content of its own: the exporter puts in what it knows."""

    kind = ""
    shown = ""

    def html(self) -> str:
        """Render a word for the notebook."""
        return f"<p><em>{self.shown}</em></p>"

    def typst(self) -> str:
        """Render as a call of the function of this name."""
        return f"#{self.kind}()"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description(self.kind)


class Contents(_Placed):
    """The table of contents, with page numbers in the PDF; comes with its heading."""

    kind, shown = "daftar-isi", "Daftar isi"


class ListOfTables(_Placed):
    """The list of tables; comes with its heading."""

    kind, shown = "daftar-tabel", "Daftar tabel"


class ListOfFigures(_Placed):
    """The list of figures; comes with its heading."""

    kind, shown = "daftar-gambar", "Daftar gambar"


def _several(content: Part | Sequence[Part] | None) -> list[Part]:
    if content is None:
        return ["–"]
    return list(content) if isinstance(content, (list, tuple)) else [content]  # type: ignore[list-item]
