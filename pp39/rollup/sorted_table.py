"""A table of very many rows that a reader sorts and filters; for the page alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pp39.report.block import Block, Description
from pp39.report.column import css_names
from pp39.report.inline import Tone
from pp39.report.text import html_text


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its header, how it is aligned, and what the filters choose by."""

    title: str
    align: Literal["kiri", "kanan"] = "kiri"
    #: Whether the filters offer its values to choose from.
    choice: bool = False


@dataclass(frozen=True, slots=True)
class SortedCell:
    """A cell."""

    #: What is shown; empty for a dash.
    text: str
    #: A number for machines that it is sorted by; by default its text.
    value: str = ""
    #: Address it leads to.
    link: str = ""
    #: Colour of a status, which its symbol tells as well.
    tone: Tone | None = None
    #: Before the text, not read aloud.
    symbol: str = ""
    #: For those who hear the page: what the symbol and the text say in words.
    told: str = ""


@dataclass(frozen=True)
class SortedTable(Block):
    """The table; its rows share filters with all others of the same group."""

    #: label, title: anchor and caption.
    label: str
    title: str
    #: Columns; the first one names the row.
    columns: Sequence[Head]
    #: Rows.
    rows: Sequence[Sequence[SortedCell | None]]
    #: Name of each row, by which filters hide it in every table.
    names: Sequence[str]
    #: Below the table.
    notes: Sequence[str] = ()

    def html(self) -> str:
        """Render with everything a script needs to sort; without one it is a plain table."""
        label = html_text(self.label)
        heads = "".join(
            f'<th scope="col"{" data-pilih" if one.choice else ""}>{html_text(one.title)}</th>'
            for one in self.columns
        )
        aligned = ["kanan" if one.align == "kanan" else "" for one in self.columns]
        lines = []
        for name, cells in zip(self.names, self.rows, strict=True):
            first, *rest = cells
            line = "".join(
                _cell("td", "", aligned[place], one) for place, one in enumerate(rest, start=1)
            )
            head = _cell("th", ' scope="row"', aligned[0], first)
            lines.append(f'<tr data-baris="{html_text(name)}">{head}{line}</tr>')
        notes = "".join(f"<p>{html_text(one)}</p>" for one in self.notes)
        return (
            f'<div class="tabel lebar luas urut" id="{label}">'
            f'<div class="gulir" role="group" tabindex="0" aria-labelledby="judul-{label}">'
            f'<table class="kartu" style="{css_names([one.title for one in self.columns])}">'
            f'<caption id="judul-{label}"><span>{html_text(self.title)}</span></caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
            + (f'<div class="catatan-tabel">{notes}</div>' if notes else "")
            + "</div>"
        )

    def typst(self) -> str:
        """Render nothing: it is no part of a printed form."""
        return ""

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("tabel-urut", self.label, self.title, audit=True)


def _cell(tag: str, scope: str, align: str, cell: SortedCell | None) -> str:
    if cell is None:
        return f"<{tag}{scope}></{tag}>"
    text = html_text(cell.text) if cell.text else "–"
    if cell.symbol:
        text = f'<span aria-hidden="true">{html_text(cell.symbol)}</span> {text}'
    if cell.told:
        text += f'<span class="tersembunyi">, {html_text(cell.told)}</span>'
    if cell.link:
        text = f'<a href="{html_text(cell.link)}">{text}</a>'
    kind = " ".join(filter(None, (align, f"status {cell.tone}" if cell.tone else "")))
    shown = f' class="{kind}"' if kind else ""
    value = f' data-nilai="{cell.value}"' if cell.value else ""
    return f"<{tag}{scope}{shown}{value}>{text}</{tag}>"
