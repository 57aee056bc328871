"""The annex "Jejak perhitungan": how every printed figure was computed, down to the raw rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pp39.ledger import Ledger, slug
from pp39.report.block import Block, Description
from pp39.report.entry import Entry, Input, linked
from pp39.report.series import Group, Series, condensed, grouped, period_name
from pp39.report.text import html_text

__all__ = ["Trace", "trace_html"]


@dataclass(frozen=True, eq=False)
class Trace(Block):
    """One entry per figure of a ledger; the exporters print those the report relies on.

    Each entry gives the label, the formula in words and with the numbers put in, the result before
    and after rounding, and the inputs: a link where the input has its own entry, otherwise file,
    sheet, row and column. What is printed, and so what is shown, is known when the whole report is:
    the block carries the entries as data, and the exporters call `trace_html` or
    `pp39.report.trace_print.trace_typst`.

    Parameters
    ----------
    ledger : Ledger
        The ledger of the run.
    audit : bool
        Whether it is for the audit alone: printed in HTML, left out of the PDF.
    """

    ledger: Ledger
    audit: bool = False

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
        return Description(
            "jejak", extra={"entries": data}, plain=f"jejak: {len(data)} angka", audit=self.audit
        )


def trace_html(entries: Mapping[str, Entry]) -> str:
    """Render entries as HTML, one foldable part per group, all of them open.

    Open, because a link into a closed part opens it in some browsers only, and paper in none.
    """
    return "\n".join(_group_html(one) for one in grouped(entries))


def _anchor(id: str) -> str:
    return f"jejak-{slug(id)}"


def _ids(series: Series) -> str:
    return condensed([one.id for one in series.members])


def _unit(unit: str) -> str:
    return f" ({unit})" if unit else ""


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


def _short(text: str, title: str) -> str:
    """Leave out the code that already stands in the heading."""
    code = title.rpartition(" ")[2]
    return " ".join(text.replace(code, "").split()) if any(map(str.isdigit, code)) else text


# HTML ----------------------------------------------------------------------------------------


def _group_html(group: Group) -> str:
    lines = "".join(
        _series_html(one) if isinstance(one, Series) else _entry_html(one) for one in group.lines
    )
    table = _table_html(group) if group.tables else ""
    body = f'<div class="jejak-baris">{lines}</div>' if lines else ""
    return (
        f'<details class="jejak-grup" open><summary>{html_text(group.title)}</summary>'
        f"{table}{body}</details>"
    )


def _entry_html(one: Entry) -> str:
    told = (
        f"<strong>{html_text(one.label)}</strong>{html_text(_unit(one.unit))}"
        f" <code>{html_text(one.id)}</code>"
    )
    if one.formula:
        pieces, rest = linked(one.formula, one.inputs)
        words = "".join(map(_piece_html, pieces))
        told += f"<br>= {words}"
        if one.numbers != one.text:
            told += f"<br>= {html_text(one.numbers)}"
        told += f"{'<br>' if one.rounded or one.numbers == one.text else ' '}= {_result_html(one)}"
    else:
        told += f" = {_result_html(one)} <span>← {html_text(one.origin)}</span>"
        rest = []
    if one.note:
        told += f"<br><span>{html_text(one.note)}</span>"
    told += "".join(f"<br>{_input_html(each)}" for each in rest)
    return f'<p class="jejak" id="{html_text(_anchor(one.id))}">{told}</p>'


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
    return f"<span>dengan</span> {_piece_html(one)} = {html_text(one.text)}<span>{origin}</span>"


def _series_html(series: Series) -> str:
    values = " · ".join(
        f'<span class="jejak" id="{html_text(_anchor(one.id))}">{period_name(one.id)}'
        f" {_result_html(one)}</span>"
        for one in series.members
    )
    return (
        f"<p><strong>{html_text(series.label)}</strong>{html_text(_unit(series.unit))}"
        f" <code>{html_text(_ids(series))}</code><br>{values}<br>"
        f"<span>{html_text(_source(series))}</span></p>"
    )


def _table_html(group: Group) -> str:
    months = _months(group)
    head = "".join(f'<th scope="col">{period_name(one)}</th>' for one in months)
    rows = ""
    for series in group.tables:
        cells = {one.id[-2:]: one for one in series.members}
        rows += f'<tr><th scope="row">{html_text(_short(series.label, group.title))}</th>'
        for month in months:
            one = cells.get(month)
            rows += (
                f'<td class="jejak kanan" id="{html_text(_anchor(one.id))}">'
                f"{_result_html(one)}</td>"
                if one
                else '<td class="kanan"><span aria-hidden="true">–</span>'
                '<span class="tersembunyi">tidak ada data</span></td>'
            )
        rows += "</tr>"
    below = "".join(
        f"<p><strong>{html_text(_short(one.label, group.title))}</strong>"
        f"{html_text(_unit(one.unit))} <code>{html_text(_ids(one))}</code>"
        f" <span>{html_text(_source(one))}</span></p>"
        for one in group.tables
    )
    name = html_text(group.title)
    return (
        f'<div class="gulir" role="region" tabindex="0" aria-label="Angka bulanan {name}">'
        f'<table class="jejak-bulan"><caption class="tersembunyi">Angka bulanan {name}</caption>'
        f'<thead><tr><th scope="col">Angka</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'</div><div class="jejak-baris">{below}</div>'
    )


def _months(group: Group) -> list[str]:
    return sorted({one.id[-2:] for series in group.tables for one in series.members})
