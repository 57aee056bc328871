"""The document itself: metadata, cover, headings, paragraphs, lists, call-outs, signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from pp39.ledger import Quantity
from pp39.periods import format_date
from pp39.report.block import Block, Description
from pp39.report.inline import (
    Part,
    ReportError,
    Teks,
    Uses,
    part_html,
    part_typst,
    part_uses,
)
from pp39.report.text import html_text, typst_string, typst_text

__all__ = [
    "Catatan",
    "Daftar",
    "DaftarGambar",
    "DaftarIsi",
    "DaftarTabel",
    "Dokumen",
    "HalamanBaru",
    "Judul",
    "Prosa",
    "Rincian",
    "Rumus",
    "Sampul",
    "TandaTangan",
]

Jenis: TypeAlias = Literal["bab", "depan", "lampiran", "tanpa-nomor"]


@dataclass(frozen=True)
class Dokumen(Block):
    """Metadata of the whole report; every report notebook displays exactly one.

    Parameters
    ----------
    judul, subjudul : str
        Title and subtitle, such as "Laporan PP 39/2006" and "Triwulan IV Tahun Anggaran 2025".
    unit : str
        Name of the work unit, in the running header.
    periode : str
        Period, such as ``"Triwulan IV TA 2025"``, in the running header.
    tanggal : datetime.date
        Date of the report; the PDF carries it instead of the time of rendering.
    penulis : str
        Author in the metadata; by default the unit.
    kata_kunci : sequence of str
        Keywords.
    deskripsi : str
        One sentence on the content.
    """

    judul: str
    subjudul: str
    unit: str
    periode: str
    tanggal: date
    penulis: str = ""
    kata_kunci: Sequence[str] = ()
    deskripsi: str = ""

    def html(self) -> str:
        """Render for the notebook; the exporters use the description instead."""
        return (
            f'<p class="dokumen"><strong>{html_text(self.judul)}</strong><br>'
            f"{html_text(self.subjudul)}<br>{html_text(self.unit)}<br>"
            f'<time datetime="{self.tanggal.isoformat()}">{format_date(self.tanggal)}</time></p>'
        )

    def typst(self) -> str:
        """Render nothing: metadata has no place on a page."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        extra: dict[str, Any] = {
            "dokumen": {
                "judul": self.judul,
                "subjudul": self.subjudul,
                "unit": self.unit,
                "periode": self.periode,
                "tanggal": self.tanggal.isoformat(),
                "penulis": self.penulis or self.unit,
                "kata_kunci": list(self.kata_kunci),
                "deskripsi": self.deskripsi,
            }
        }
        return Description("dokumen", title=self.judul, extra=extra)


@dataclass(frozen=True)
class Sampul(Block):
    r"""The cover page.

    Parameters
    ----------
    judul, subjudul : str
        Title and subtitle; line feeds break lines.
    periode : str
        Period, such as ``"Triwulan IV\nTahun Anggaran 2025"``.
    instansi : sequence of str
        Ministry, agency, unit: from the highest to the unit itself.
    alamat : sequence of str
        Lines of the address.
    tempat_tanggal : str
        Place and month at the foot, such as ``"Ambon, Januari 2026"``.
    """

    judul: str
    subjudul: str
    periode: str
    instansi: Sequence[str]
    alamat: Sequence[str] = ()
    tempat_tanggal: str = ""

    def html(self) -> str:
        """Render as the header of the page, with its only ``h1`` in the document's title."""
        chain = "".join(f"<p>{html_text(one)}</p>" for one in self.instansi)
        address = "<br>".join(html_text(one) for one in self.alamat)
        foot = f'<p class="tempat">{html_text(self.tempat_tanggal)}</p>'
        return (
            f'<div class="sampul"><div class="instansi">{chain}</div>'
            f'<p class="judul-sampul">{part_html(self.judul)}</p>'
            f'<p class="subjudul-sampul">{part_html(self.subjudul)}</p>'
            f'<p class="periode-sampul">{part_html(self.periode)}</p>'
            f"{foot if self.tempat_tanggal else ''}"
            f"{f'<address>{address}</address>' if address else ''}</div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#sampul``."""
        chain = "".join(f"{typst_string(one)}, " for one in self.instansi)
        address = "".join(f"{typst_string(one)}, " for one in self.alamat)
        return (
            f"#sampul(judul: [{typst_text(self.judul)}], subjudul: [{typst_text(self.subjudul)}], "
            f"periode: [{typst_text(self.periode)}], instansi: ({chain}), alamat: ({address}), "
            f"tempat: {typst_string(self.tempat_tanggal)})"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("sampul", title=self.judul)


@dataclass(frozen=True)
class Judul(Block):
    """A heading. Its number follows from its place: BAB I, 2.1, 2.1.1, a., 1), Lampiran 1.

    Parameters
    ----------
    tingkat : int
        1 for a chapter or annex, 2 to 5 below it.
    teks : str
        Heading without number; chapters print in capitals.
    jenis : {"bab", "depan", "lampiran", "tanpa-nomor"}
        Of a level-1 heading: a numbered chapter, front matter (Kata Pengantar) or an annex. Lower
        levels take ``bab`` (numbered) or ``tanpa-nomor``.
    label : str
        Label for references; a heading nobody refers to needs none.
    lebar : bool
        Whether it stands on the landscape page of the block after it. A heading right before a
        landscape table moves there by itself.
    """

    tingkat: int
    teks: str
    jenis: Jenis = "bab"
    label: str = ""
    lebar: bool = False

    def __post_init__(self) -> None:
        if self.tingkat not in range(1, 6):
            raise ReportError(f'heading "{self.teks}" has level {self.tingkat}; use 1 to 5')
        if self.tingkat > 1 and self.jenis in ("depan", "lampiran"):
            raise ReportError(f'only a level 1 heading can be "{self.jenis}": "{self.teks}"')

    def html(self) -> str:
        """Render for the notebook; the exporter writes it again with number and anchor."""
        level = self.tingkat + 1
        return f"<h{level}>{html_text(self.teks)}</h{level}>"

    def typst(self) -> str:
        """Render nothing: the exporter writes the heading, since it knows the number."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        extra = {"level": self.tingkat, "style": self.jenis}
        return Description("judul", self.label, self.teks, self.lebar, extra=extra)


@dataclass(frozen=True, init=False)
class Prosa(Block):
    """A paragraph.

    Parameters
    ----------
    *parts : Part
        Text, quantities and inline objects, printed one after the other.
    lebar : bool
        Whether it stands on the landscape page of its neighbours.
    """

    parts: tuple[Part, ...]
    lebar: bool

    def __init__(self, *parts: Part, lebar: bool = False) -> None:
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "lebar", lebar)

    def html(self) -> str:
        """Render as a paragraph."""
        return f"<p>{Teks(*self.parts).html()}</p>"

    def typst(self) -> str:
        """Render as a paragraph; one that introduces a list stays on the page of its start."""
        text = Teks(*self.parts)
        return f"#pengantar[{text.typst()}]" if text.plain().endswith(":") else text.typst()

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        text = Teks(*self.parts)
        return Description("prosa", wide=self.lebar, uses=text.uses(), plain=text.plain())


@dataclass(frozen=True, init=False)
class Daftar(Block):
    """A list; an item that is itself a `Daftar` belongs to the item before it.

    Parameters
    ----------
    *butir : Part or Daftar
        Items.
    jenis : {"butir", "angka", "huruf"}
        Bullets, ``1.`` or ``a.``.
    lebar : bool
        Whether it stands on the landscape page of its neighbours.
    """

    butir: tuple[Part | Daftar, ...]
    jenis: Literal["butir", "angka", "huruf"]
    lebar: bool

    def __init__(
        self,
        *butir: Part | Daftar,
        jenis: Literal["butir", "angka", "huruf"] = "butir",
        lebar: bool = False,
    ) -> None:
        if butir and isinstance(butir[0], Daftar):
            raise ReportError("a list cannot start with a list inside it; put an item before it")
        object.__setattr__(self, "butir", butir)
        object.__setattr__(self, "jenis", jenis)
        object.__setattr__(self, "lebar", lebar)

    def html(self) -> str:
        """Render as ``ul`` or ``ol``."""
        items: list[str] = []
        for one in self.butir:
            if isinstance(one, Daftar):
                items[-1] += one.html()
            else:
                items.append(part_html(one))
        inner = "".join(f"<li>{one}</li>" for one in items)
        match self.jenis:
            case "angka":
                return f"<ol>{inner}</ol>"
            case "huruf":
                return f'<ol type="a">{inner}</ol>'
            case _:
                return f"<ul>{inner}</ul>"

    def typst(self) -> str:
        """Render as a call of ``#list`` or ``#enum``."""
        items: list[str] = []
        for one in self.butir:
            if isinstance(one, Daftar):
                items[-1] += " " + one.typst()
            else:
                items.append(part_typst(one))
        inner = ", ".join(f"[{one}]" for one in items)
        match self.jenis:
            case "angka":
                return f'#enum(numbering: "1.", {inner})'
            case "huruf":
                return f'#enum(numbering: "a.", {inner})'
            case _:
                return f"#list({inner})"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = Uses.joined(
            one.describe().uses if isinstance(one, Daftar) else part_uses(one) for one in self.butir
        )
        return Description("daftar", wide=self.lebar, uses=uses)


@dataclass(frozen=True)
class Rincian(Block):
    """Named particulars, such as the general data of the DIPA: a name and its content per line.

    Parameters
    ----------
    isi : sequence of (str, Part, sequence of Part, or None)
        Name and content; None prints as "–".
    """

    isi: Sequence[tuple[str, Part | Sequence[Part] | None]]

    def html(self) -> str:
        """Render as a description list."""
        lines = "".join(
            f"<dt>{html_text(name)}</dt>"
            + "".join(f"<dd>{part_html(one)}</dd>" for one in _several(content))
            for name, content in self.isi
        )
        return f'<dl class="rincian">{lines}</dl>'

    def typst(self) -> str:
        """Render as a call of ``#rincian``."""
        lines = "".join(
            f"([{typst_text(name)}], ["
            + "#linebreak()".join(part_typst(one) for one in _several(content))
            + "]), "
            for name, content in self.isi
        )
        return f"#rincian({lines})"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = Uses.joined(part_uses(one) for _, many in self.isi for one in _several(many))
        return Description("rincian", uses=uses)


@dataclass(frozen=True)
class Catatan(Block):
    """A call-out.

    Parameters
    ----------
    judul : str
        First line, such as ``"Target belum tercapai"``.
    isi : sequence of Part
        Paragraphs.
    jenis : {"info", "peringatan", "temuan"}
        Weight; told by words and shape too, never by colour alone.
    jangkar : str
        Label others can link to.
    """

    judul: str
    isi: Sequence[Part]
    jenis: Literal["info", "peringatan", "temuan"] = "info"
    jangkar: str = ""

    def html(self) -> str:
        """Render as an ``aside``."""
        anchor = f' id="{html_text(self.jangkar)}"' if self.jangkar else ""
        body = "".join(f"<p>{part_html(one)}</p>" for one in self.isi)
        return (
            f'<div role="note" class="catatan {self.jenis}"{anchor}>'
            f'<p class="judul-catatan">{html_text(self.judul)}</p>{body}</div>'
        )

    def typst(self) -> str:
        """Render as a call of ``#catatan``."""
        anchor = f"#jangkar({typst_string(self.jangkar)})" if self.jangkar else ""
        body = "".join(f"[{part_typst(one)}], " for one in self.isi)
        return f"{anchor}#catatan({typst_string(self.jenis)}, [{typst_text(self.judul)}], ({body}))"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        anchors = Uses(anchors=(self.jangkar,) if self.jangkar else ())
        uses = Uses.joined([anchors, *(part_uses(one) for one in self.isi)])
        return Description("catatan", uses=uses)


@dataclass(frozen=True)
class Rumus(Block):
    """How one figure was computed: formula in words, with its numbers, and the result.

    Parameters
    ----------
    quantity : Quantity
        A computed figure with a ledger id.
    """

    quantity: Quantity

    def html(self) -> str:
        """Render as three aligned lines."""
        one = self.quantity
        return (
            f'<div class="rumus"><p>{html_text(one.label)}</p>'
            f"<p>= {html_text(one.formula())}</p><p>= {html_text(one.formula_numbers())}</p>"
            f"<p>= <strong>{part_html(one)}</strong></p></div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#rumus``."""
        one = self.quantity
        return (
            f"#rumus([{typst_text(one.label)}], [{typst_text(one.formula())}], "
            f"[{typst_text(one.formula_numbers())}], [{part_typst(one)}])"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("rumus", uses=part_uses(self.quantity))


@dataclass(frozen=True)
class TandaTangan(Block):
    """The signature: place, date, position, and an empty box that the e-signature service fills.

    Parameters
    ----------
    tempat : str
        Place.
    tanggal : datetime.date
        Date.
    jabatan : str
        Position of who signs.
    nama : str
        Name; nothing is printed if it is not given.
    """

    tempat: str
    tanggal: date
    jabatan: str
    nama: str = ""

    def html(self) -> str:
        """Render with the box reserved."""
        name = f'<p class="nama">{html_text(self.nama)}</p>' if self.nama else ""
        when = f'<time datetime="{self.tanggal.isoformat()}">{format_date(self.tanggal)}</time>'
        return (
            f'<div class="tanda-tangan"><p>{html_text(self.tempat)}, {when}</p>'
            f"<p>{part_html(self.jabatan)},</p>"
            f'<div class="kotak"><span>Ruang tanda tangan</span></div>{name}</div>'
        )

    def typst(self) -> str:
        """Render as a call of ``#tanda-tangan``."""
        return (
            f"#tanda-tangan([{typst_text(f'{self.tempat}, {format_date(self.tanggal)}')}], "
            f"[{typst_text(self.jabatan)}], [{typst_text(self.nama)}])"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("tanda-tangan")


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


class DaftarIsi(_Placed):
    """The table of contents, with page numbers in the PDF; comes with its heading."""

    kind, shown = "daftar-isi", "Daftar isi"


class DaftarTabel(_Placed):
    """The list of tables; comes with its heading."""

    kind, shown = "daftar-tabel", "Daftar tabel"


class DaftarGambar(_Placed):
    """The list of figures; comes with its heading."""

    kind, shown = "daftar-gambar", "Daftar gambar"


class HalamanBaru(_Placed):
    """A page break in the PDF and in print."""

    kind, shown = "halaman-baru", ""

    def html(self) -> str:
        """Render as an invisible break."""
        return '<div class="halaman-baru"></div>'


def _several(content: Part | Sequence[Part] | None) -> list[Part]:
    if content is None:
        return ["–"]
    return list(content) if isinstance(content, (list, tuple)) else [content]  # type: ignore[list-item]
