"""The annex "Jejak perhitungan": how every printed figure was computed, down to the raw rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import TypeAlias

from pp39.ledger import Ledger, slug
from pp39.report.block import Block, Description
from pp39.report.entry import Entry, Input, linked
from pp39.report.series import Group, Series, condensed, grouped, period_name, unit_behind
from pp39.report.text import html_text

#: Label of a table or heading, and what it is called.
Place: TypeAlias = "tuple[str, str]"
# So many places of a figure are named.
_PLACES = 3
# So much of what a place is called.
_NAME = 28


@dataclass(frozen=True, eq=False)
class Trace(Block):
    """One entry per figure of a ledger; the exporters print those the report relies on.

    Each entry gives the label, the formula in words and with the numbers put in, the result before
    and after rounding, and the inputs: a link where the input has its own entry, otherwise file,
    sheet, row and column. What is printed, and so what is shown, is known when the whole report is:
    the block carries the entries as data, and the exporters call `trace_html` or
    `pp39.report.trace_print.trace_typst`.
    """

    #: The ledger of the run.
    ledger: Ledger
    #: Whether it is for the audit alone: printed in HTML, left out of the PDF.
    audit: bool = False
    #: What each file holds, by the words that places of figures begin with; print says that.
    files: Mapping[str, str] = field(default_factory=dict)
    #: Whether it stands on landscape pages.
    wide: bool = False

    def html(self) -> str:
        """Say in the notebook where the calculations are shown."""
        return (
            f"<p>Jejak perhitungan disusun dari {len(self.ledger)} angka pada buku angka; "
            "angka yang tercetak dan semua angka pembentuknya dimuat dalam lampiran laporan.</p>"
        )

    def typst(self) -> str:
        """Render nothing: see `pp39.report.trace_print`."""
        return ""

    def describe(self) -> Description:
        """Describe the block: the data of the entries, in the order of the ledger."""
        data = [Entry.of(one).json(self.ledger) for one in self.ledger]
        extra = {"entries": data, "files": dict(self.files)}
        plain = f"jejak: {len(data)} angka"
        return Description("jejak", wide=self.wide, extra=extra, plain=plain, audit=self.audit)


def trace_html(entries: Mapping[str, Entry], places: Mapping[str, Sequence[Place]]) -> str:
    """Render entries as HTML, in groups that fold.

    An entry is shown alone, over the page, while it is the target of a link; the style sheet sees
    to that. So it must not stand inside an element that hides its content: the ``details`` of a
    group stands before its entries and holds none of them.

    Parameters
    ----------
    entries : mapping of str to Entry
        Entries by id, in the order of the ledger.
    places : mapping of str to sequence of Place
        Where each of them is printed.
    """
    return "\n".join(_group_html(one, places) for one in grouped(entries))


def _anchor(id: str) -> str:
    return f"jejak-{slug(id)}"


def _ids(series: Series) -> str:
    return condensed([one.id for one in series.members])


def _source(series: Series) -> str:
    """Say where a series stands or how it is computed."""
    note = f". {series.note}" if series.note else ""
    if series.origin:
        return f"← {series.origin}{note}"
    last = series.members[-1]
    return (
        f"= jumlah {series.base} sampai dengan bulan yang bersangkutan;"
        f" {period_name(last.id)} = {last.numbers} = {last.text}{note}"
    )


# HTML ----------------------------------------------------------------------------------------


def _group_html(group: Group, places: Mapping[str, Sequence[Place]]) -> str:
    cards = "".join(_card(one, places) for one in (*group.tables, *group.lines))
    count = sum(len(one.members) if isinstance(one, Series) else 1 for one in group.lines)
    count += sum(len(one.members) for one in group.tables)
    return (
        f'<div class="grup"><details class="saklar"><summary>{html_text(group.title)}'
        f' <span class="banyak">{count} angka</span></summary></details>{cards}</div>'
    )


def _card(one: Entry | Series, places: Mapping[str, Sequence[Place]]) -> str:
    if isinstance(one, Series):
        id_, told, ids = "", _series_html(one), [each.id for each in one.members]
    else:
        id_, told, ids = f' id="{html_text(_anchor(one.id))}"', _entry_html(one), [one.id]
    used = list(dict.fromkeys(place for id in ids for place in places.get(id, ())))
    links = ", ".join(
        f'<a href="#{html_text(label)}">{html_text(shorten(name, _NAME, placeholder="…"))}</a>'
        for label, name in used[:_PLACES]
    )
    more = f" dan {len(used) - _PLACES} tempat lain" if len(used) > _PLACES else ""
    back = f'<p class="balik">{links}{more}</p>' if used else ""
    return f'<div class="jejak"{id_}>{told}{back}</div>'


def _entry_html(one: Entry) -> str:
    told = (
        f"<p><strong>{html_text(one.label)}</strong>{html_text(unit_behind(one.unit))}"
        f" <code>{html_text(one.id)}</code></p>"
    )
    rest: list[Input] = []
    if one.formula:
        pieces, rest = linked(one.formula, one.inputs)
        told += f"<p>= {''.join(map(_piece_html, pieces))}</p>"
        numbers = one.numbers != one.text
        told += f"<p>= {html_text(one.numbers)}</p>" if numbers else ""
        told += f"<p>= {_result_html(one)}</p>"
    else:
        told += f"<p>= {_result_html(one)}</p><p>← {html_text(one.origin)}</p>"
    below = "".join(f"<li>{_input_html(each)}</li>" for each in rest)
    told += f"<ul>{below}</ul>" if below else ""
    return told + (f"<p>{html_text(one.note)}</p>" if one.note else "")


def _result_html(one: Entry) -> str:
    exact = f"{html_text(one.exact)} → " if one.rounded else ""
    return f"{exact}<b>{html_text(one.text)}</b>"


def _piece_html(piece: Input | str) -> str:
    if isinstance(piece, str):
        return html_text(piece)
    if not piece.id:
        return html_text(piece.label)
    return f'<a href="#{html_text(_anchor(piece.id))}">{html_text(piece.label)}</a>'


def _input_html(one: Input) -> str:
    origin = f" ← {html_text(one.origin)}" if one.origin else ""
    return f"{_piece_html(one)} = {html_text(one.text)}{origin}"


def _series_html(series: Series) -> str:
    values = " · ".join(
        f'<span id="{html_text(_anchor(one.id))}">{period_name(one.id)} {_result_html(one)}</span>'
        for one in series.members
    )
    return (
        f"<p><strong>{html_text(series.label)}</strong>{html_text(unit_behind(series.unit))}"
        f" <code>{html_text(_ids(series))}</code></p><p>{values}</p>"
        f"<p>{html_text(_source(series))}</p>"
    )
