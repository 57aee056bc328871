"""What the notebook displays: calculations as an auditor reads them, straight from the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from pp39.book import Book
from pp39.formula import Family, Lacking, Picked, Word, parse, written
from pp39.indicators.program import Realisation
from pp39.indicators.reading import ways_of
from pp39.indicators.result import IndicatorResult
from pp39.ledger import Cell, Computed, Quantity, Rows
from pp39.profile.indicator import Besaran
from pp39.showing import Shown, framed, table

_SIGNS = {
    "tercapai": "✓",
    "sudah tercapai": "✓",
    "sesuai jalur": "→",
    "di bawah jalur": "↓",
    "tidak tercapai": "✗",
    "tidak dapat dihitung": "?",
    "belum ada data": "–",
}
_NONE = "belum ada data"
_INPUTS = 24
#: So many rows of a source are shown.
_ROWS = 60
_MEMBERS = 8
_SPEC = re.compile(r":[a-z]+\}")


def kartu(book: Book, result: IndicatorResult) -> Shown:
    """Show one indicator: definition, formula, numbers put in, result, achievement, status."""
    indicator = book.params.indikator[result.kode]
    lines: list[tuple[str, str]] = [
        ("Sasaran", escape(f"{result.kode_sasaran} {result.sasaran}")),
        ("Definisi", escape(indicator.definisi)),
        ("Rumus", escape(indicator.rumus)),
    ]
    if indicator.dasar:
        lines.append(("Dasar", escape(indicator.dasar)))
    lines.append(("Target tahunan", _worked(result.target)))
    rows = f"#{_rows(result)}" if baris_sumber(book, result).html else ""
    lines.append((f"Realisasi TW {book.quarter}", _worked(result.realisasi, rows)))
    if result.perubahan is not None:
        lines.append(("Perubahan", _worked(result.perubahan)))
    lines.append(("Capaian", _worked(result.capaian)))
    if result.predikat:
        lines.append(("Predikat", escape(result.predikat)))
    lines.append(("Status", _status(result)))
    if result.catatan:
        lines.append(("Catatan", escape(result.catatan)))
    if result.realisasi is not None:
        lines.append(("Masukan", _inputs(book, result)))
    body = "".join(f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in lines)
    title = escape(f"{result.kode} {result.indikator}")
    text = f"{result.kode} {result.indikator}: " + ", ".join(
        f"{name} {_said(one)}"
        for name, one in (
            ("target", result.target),
            ("realisasi", result.realisasi),
            ("capaian", result.capaian),
        )
    )
    return Shown(framed(title, "", body), f"{text}, {result.status}")


def rumus(book: Book, result: IndicatorResult) -> Shown:
    """Show the formulas of an indicator as the profile writes them, beside what each gave."""
    indicator = book.params.indikator[result.kode]
    ways = ways_of(indicator)
    made = result.hitungan
    rows: list[str] = []
    for number, way in enumerate(ways):
        taken = number == made.way and bool(made.figures)
        if len(ways) > 1:
            told = {"baris": "menurut baris", "rekap": "menurut rekap"}.get(way.dari or "", "")
            title = f"Cara {number + 1}{f', {told}' if told else ''}"
            title += f" ({_use(made, number)})"
            rows.append(f'<tr><th scope="rowgroup" colspan="4">{title}</th></tr>')
        lines: list[tuple[str, str, str]] = [("data", way.data, "")] if way.data is not None else []
        lines += [
            (name, text, _SPEC.sub("}", one.label or ""))
            for name, one in way.besaran.items()
            for text in _formulas(one)
        ]
        lines.append(("realisasi", way.realisasi or "", f"Realisasi {result.kode}"))
        for name, text, label in lines:
            gave = _gave(made.figures.get(name)) if taken else ""
            rows.append(
                f'<tr><th scope="row"><code>{escape(name)}</code></th>'
                f"<td><code>{escape(_read(text))}</code></td><td>{escape(label)}</td>"
                f"<td>{escape(gave)}</td></tr>"
            )
    head = _head("Nama", "Rumus menurut profil", "Besaran", "Hasil")
    title = f"Rumus {result.kode}"
    text = "\n".join(f"{way.realisasi}" for way in ways)
    return Shown(framed(escape(title), head, "".join(rows)), f"{title}: {text}")


def baris_sumber(book: Book, result: IndicatorResult) -> Shown:
    """Show rows of the clean tables behind a realisation, source by source, to be unfolded."""
    behind: dict[str, set[int]] = {}
    single: dict[str, set[int]] = {}
    many: dict[str, int] = {}
    for one in result.realisasi.leaves() if result.realisasi is not None else ():
        match one.origin:
            case Cell(source=source, row=row):
                behind.setdefault(source, set()).add(row)
                single.setdefault(source, set()).add(row)
            case Rows(source=source, ranges=ranges, summary=summary):
                first = behind.setdefault(source, set())
                first.update(row for a, b in ranges for row in range(a, b + 1))
                if summary is not None:
                    first.add(summary.first)
                    many[source] = max(many.get(source, 0), summary.count)
    told: list[str] = []
    parts: list[str] = []
    for source, numbers in behind.items():
        table = book.tables.get(source)
        if table is None:
            continue
        chosen = {*sorted(numbers)[:_ROWS], *single.get(source, ())}
        rows = table.frame["baris"].to_numpy(dtype="int64")
        places = np.flatnonzero(np.isin(rows, sorted(chosen)))
        cells = {
            name: [table.value(int(index), name) for index in places]
            for name in table.frame.columns
            if not name.endswith("_sama")
        }
        filled = [name for name, values in cells.items() if any(one is not None for one in values)]
        known: set[int] = set()
        lines = ""
        for at, line in zip(
            places, zip(*(cells[name] for name in filled), strict=True), strict=True
        ):
            row = int(rows[at])
            # One row of a file may have become several.
            anchor = "" if row in known else f' id="{_row(result, source, row)}"'
            known.add(row)
            inner = "".join(f"<td>{escape(_cell_text(one))}</td>" for one in line)
            lines += f"<tr{anchor}>{inner}</tr>"
        count = max(len(numbers), many.get(source, 0))
        title = f"{table.source.file}: {count} baris"
        if count > len(known):
            title += f", {len(known)} di antaranya ditampilkan"
        parts.append(
            f'<details id="{_rows(result)}-{source}"><summary>{escape(title)}</summary>'
            f"{framed(escape(title), _head(*map(escape, filled)), lines)}</details>"
        )
        told.append(title)
    if not parts:
        return Shown("", f"{result.kode}: tidak ada baris di balik nilai ini")
    return Shown(f'<div id="{_rows(result)}">{"".join(parts)}</div>', "; ".join(told))


def rekapitulasi(results: Sequence[IndicatorResult]) -> Shown:
    """Show all indicators in one table: target, realisation, achievement, status."""
    heads = ("Kode", "Indikator", "Satuan", "Target", "Realisasi", "Capaian", "Status")
    rows = [
        (
            *(one.kode, one.indikator, one.satuan),
            *map(_said, (one.target, one.realisasi, one.capaian)),
            Shown(_status(one), one.status),
        )
        for one in results
    ]
    return table("Capaian indikator kinerja", heads, rows)


def perhitungan(title: str, quantities: Iterable[Quantity]) -> Shown:
    """Show calculations: each with its formula in words and in numbers, or where it stands."""
    head = _head("Besaran", "Rumus atau asal", "Angka", "Hasil")
    rows, lines = [], []
    for one in quantities:
        numbers = one.formula_numbers() if isinstance(one.origin, Computed) else ""
        note = f"<br><small>{escape(one.note)}</small>" if one.note else ""
        rows.append(
            f'<tr><th scope="row">{escape(one.label)}{note}</th><td>{escape(_source(one))}</td>'
            f"<td>{escape(numbers)}</td><td>{escape(one.with_unit())}</td></tr>"
        )
        lines.append(f"{one.label} = {one.with_unit()}")
    if not rows:
        rows.append(f'<tr><td colspan="4">{_NONE}</td></tr>')
        lines.append(f"{title}: {_NONE}")
    return Shown(framed(escape(title), head, "".join(rows)), "\n".join(lines))


def _use(made: Realisation, way: int) -> str:
    """Say whether a way was taken, and what it would have given beside the one that was."""
    if way == made.way and made.figures:
        return "dipakai"
    other = made.besides.get(way)
    if other is None:
        return "tidak dipakai"
    if isinstance(other, Lacking):
        return f"tidak dipakai, {other.because}"
    same = isinstance(made.value, Quantity) and made.value.value == other.value
    told = "hasilnya sama" if same else "hasilnya berbeda"
    return f"tidak dipakai, {told}: {other.with_unit()}"


def _formulas(figure: Besaran) -> list[str]:
    if figure.hitung is not None:
        return [figure.hitung]
    return [
        f"{way.hitung}  ←  {_read(way.data)}" if way.data is not None else way.hitung
        for way in figure.atau
    ]


def _read(text: str) -> str:
    """Write a formula with the signs of arithmetic; a note behind an arrow stays as it is."""
    formula, arrow, rest = text.partition("  ←  ")
    return f"{written(parse(formula))}{arrow}{rest}"


def _gave(value: object) -> str:
    match value:
        case Quantity():
            return value.with_unit()
        case Picked():
            return f"{value.rows.size} baris"
        case Family():
            told = [
                f"{' '.join(word.name for word in one.words.values())}: {one.value.with_unit()}"
                for one in value.figures
                if isinstance(one.value, Quantity)
            ]
            left = len(told) - _MEMBERS
            return "; ".join(told[:_MEMBERS]) + (f"; … ({left} lagi)" if left > 0 else "")
        case Lacking():
            return _NONE if value.kind == "kosong" else f"tidak dapat dihitung: {value.because}"
        case tuple():
            return ", ".join(str(one.name) for one in value if isinstance(one, Word))
        case _:
            return _NONE


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _rows(result: IndicatorResult) -> str:
    """Name the place where the rows behind a realisation are shown."""
    return f"baris-{result.kode.replace(' ', '-')}"


def _row(result: IndicatorResult, source: str, row: int) -> str:
    return f"{_rows(result)}-{source}-{row}"


def _worked(quantity: Quantity | None, rows: str = "") -> str:
    """Write formula = numbers = result; the place where nothing was computed.

    The result leads to the rows behind it, if these are shown.
    """
    if quantity is None:
        return _NONE
    result = f"<strong>{escape(quantity.with_unit())}</strong>"
    if rows:
        result = f'<a href="{rows}">{result}</a>'
    if not isinstance(quantity.origin, Computed):
        return f"{result} ← {escape(_source(quantity))}"
    return f"{escape(quantity.formula())}<br>= {escape(quantity.formula_numbers())}<br>= {result}"


def _inputs(book: Book, result: IndicatorResult) -> str:
    leaves = result.realisasi.leaves() if result.realisasi is not None else []
    items: list[str] = []
    for one in leaves[:_INPUTS]:
        place = escape(_source(one))
        match one.origin:
            case Cell(source=source, row=row) if source in book.tables:
                place = f'<a href="#{_row(result, source, row)}">{place}</a>'
            case Rows(source=source) if source in book.tables:
                place = f'<a href="#{_rows(result)}-{source}">{place}</a>'
        items.append(f"<li>{escape(one.label)} = {escape(one.with_unit())} ← {place}</li>")
    if len(leaves) > _INPUTS:
        items.append(f"<li>… dan {len(leaves) - _INPUTS} masukan lain pada ledger.json</li>")
    return f"<ul>{''.join(items)}</ul>"


def _source(quantity: Quantity) -> str:
    origin = quantity.origin
    if isinstance(origin, Computed):
        return quantity.formula()
    if isinstance(origin, Cell | Rows):
        told = f": {origin.how}" if isinstance(origin, Rows) else ""
        return origin.place + told
    return origin.place


def _said(quantity: Quantity | None) -> str:
    return quantity.text() if quantity is not None else _NONE


def _status(result: IndicatorResult) -> str:
    return f"{_SIGNS[result.status]} {escape(result.status)}"


def _head(*names: str) -> str:
    return "".join(f'<th scope="col">{name}</th>' for name in names)
