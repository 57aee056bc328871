"""The annex "Jejak perhitungan": how every printed figure was computed, down to the raw rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TypeAlias

from pp39.ledger import Ledger, slug
from pp39.report.block import Block, Description
from pp39.report.entry import Entry, Input, linked
from pp39.report.series import Group, Series, condensed, grouped, period_name
from pp39.report.text import html_text, typst_string

__all__ = ["Place", "Trace", "trace_html", "trace_typst"]

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
    the block carries the entries as data, and the exporters call `trace_html` or `trace_typst`.

    Parameters
    ----------
    ledger : Ledger
        The ledger of the run.
    """

    ledger: Ledger

    def html(self) -> str:
        """Say in the notebook where the calculations are shown."""
        return (
            f"<p>Jejak perhitungan disusun dari {len(self.ledger)} angka pada buku angka; "
            "angka yang tercetak dan semua angka pembentuknya dimuat dalam lampiran laporan.</p>"
        )

    def typst(self) -> str:
        """Render nothing: see `trace_typst`."""
        return ""

    def describe(self) -> Description:
        """Describe the block: the data of the entries, in the order of the ledger."""
        data = [Entry.of(one).json(self.ledger) for one in self.ledger]
        return Description("jejak", extra={"entries": data}, plain=f"jejak: {len(data)} angka")


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


def trace_typst(entries: Mapping[str, Entry]) -> str:
    """Render entries as Typst: groups of lines in two columns, then those with a table."""
    groups = grouped(entries)
    dense = "\n".join(_group_typst(one) for one in groups if not one.tables)
    wide = "\n".join(_group_typst(one) for one in groups if one.tables)
    return (f"#jejak-dua-kolom[\n{dense}\n]\n" if dense else "") + (
        f"#jejak-lebar[\n{wide}\n]\n" if wide else ""
    )


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
        f"<p><strong>{html_text(one.label)}</strong>{html_text(_unit(one.unit))}"
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
        f"<p><strong>{html_text(series.label)}</strong>{html_text(_unit(series.unit))}"
        f" <code>{html_text(_ids(series))}</code></p><p>{values}</p>"
        f"<p>{html_text(_source(series))}</p>"
    )


# Typst ---------------------------------------------------------------------------------------


def _group_typst(group: Group) -> str:
    table = _table_typst(group) if group.tables else ""
    lines = "\n".join(
        _series_typst(one) if isinstance(one, Series) else _entry_typst(one) for one in group.lines
    )
    return f"#jejak-judul({typst_string(group.title)})\n{table}{lines}"


def _call(name: str, *arguments: str) -> str:
    return f"#{name}({', '.join(arguments)})"


def _entry_typst(one: Entry) -> str:
    head = [typst_string(one.id), typst_string(one.label), typst_string(_unit(one.unit))]
    result = typst_string(f"{one.exact} → " if one.rounded else ""), typst_string(one.text)
    more = [typst_string(one.note)] if one.note else []
    if not one.formula:
        return _call("jm", *head, *result, typst_string(one.origin), *more)
    pieces, rest = linked(one.formula, one.inputs)
    words = "".join(map(_piece_typst, pieces))
    numbers = typst_string(one.numbers if one.numbers != one.text else "")
    below = "".join(f"[{_input_typst(each)}], " for each in rest)
    note = f"catatan: {more[0]}" if more else ""
    last = [f"masukan: ({below})"] if below else []
    return _call("jh", *head, f"[{words}]", numbers, *result, *([note] if note else []), *last)


def _piece_typst(piece: Input | str) -> str:
    if isinstance(piece, str):
        return f"#{typst_string(piece)}"
    if not piece.id:
        return f"#{typst_string(piece.label)}"
    return f"#jl({typst_string(piece.id)}, {typst_string(piece.label)})"


def _input_typst(one: Input) -> str:
    origin = f" ← {one.origin}" if one.origin else ""
    return f"{_piece_typst(one)}#{typst_string(f' = {one.text}{origin}')}"


def _member(one: Entry) -> str:
    exact = f"{one.exact} → " if one.rounded else ""
    return f"{typst_string(one.id)}, {typst_string(exact + one.text)}"


def _series_typst(series: Series) -> str:
    values = ", ".join(f'("{period_name(one.id)}", {_member(one)})' for one in series.members)
    return _call(
        "jd",
        typst_string(_ids(series)),
        typst_string(series.label),
        typst_string(_unit(series.unit)),
        f"({values})",
        typst_string(_source(series)),
    )


def _short(text: str, title: str) -> str:
    """Leave out the code that already stands in the heading."""
    code = title.rpartition(" ")[2]
    return " ".join(text.replace(code, "").split()) if any(map(str.isdigit, code)) else text


def _months(group: Group) -> list[str]:
    return sorted({one.id[-2:] for series in group.tables for one in series.members})


def _table_typst(group: Group) -> str:
    months = _months(group)
    rows = []
    for series in group.tables:
        cells = {one.id[-2:]: one for one in series.members}
        values = ", ".join(
            f"jb({_member(cells[month])})" if month in cells else "kosong" for month in months
        )
        rows.append(f"{typst_string(_short(series.label, group.title))}, {values}")
    names = ", ".join(f'"{period_name(one)}"' for one in months)
    table = _call("jejak-bulan", f"({names},)", *rows)
    below = "\n".join(
        _call(
            "js",
            typst_string(_ids(one)),
            typst_string(_short(one.label, group.title)),
            typst_string(_unit(one.unit)),
            typst_string(_source(one)),
        )
        for one in group.tables
    )
    return f"{table}\n{below}\n"
