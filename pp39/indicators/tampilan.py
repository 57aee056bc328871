"""What the notebook displays: calculations as an auditor reads them, straight from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from pp39.indicators.job import Job
from pp39.indicators.result import IndicatorResult
from pp39.ledger import Cell, Computed, Quantity, Rows

__all__ = ["Tampilan", "kartu", "perhitungan", "rekapitulasi"]

_SIGNS = {
    "tercapai": "✓",
    "tidak tercapai": "✗",
    "tidak dapat dihitung": "?",
    "belum ada data": "–",
}
_NONE = "belum ada data"
_INPUTS = 24


@dataclass(frozen=True)
class Tampilan:
    """Something a notebook shows: HTML, and plain text where there is no HTML."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def kartu(job: Job, result: IndicatorResult) -> Tampilan:
    """Show one indicator: definition, formula, numbers put in, result, achievement, status.

    Parameters
    ----------
    job : Job
        Parameters with the definition.
    result : IndicatorResult
        What came out.
    """
    indicator = job.params.indikator[result.kode]
    lines: list[tuple[str, str]] = [
        ("Sasaran", escape(f"{result.kode_sasaran} {result.sasaran}")),
        ("Definisi", escape(indicator.definisi)),
        ("Rumus", escape(indicator.rumus)),
    ]
    if indicator.dasar:
        lines.append(("Dasar", escape(indicator.dasar)))
    lines.append(("Target tahunan", _worked(result.target)))
    lines.append((f"Realisasi {job.period}", _worked(result.realisasi)))
    if result.perubahan is not None:
        lines.append(("Perubahan", _worked(result.perubahan)))
    lines.append(("Capaian", _worked(result.capaian)))
    if result.predikat:
        lines.append(("Predikat", escape(result.predikat)))
    lines.append(("Status", _status(result)))
    if result.catatan:
        lines.append(("Catatan", escape(result.catatan)))
    if result.realisasi is not None:
        lines.append(("Masukan", _inputs(result.realisasi)))
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
    return Tampilan(_table(title, "", body), f"{text}, {result.status}")


def rekapitulasi(results: Sequence[IndicatorResult]) -> Tampilan:
    """Show all indicators in one table: target, realisation, achievement, status."""
    head = _head("Kode", "Indikator", "Satuan", "Target", "Realisasi", "Capaian", "Status")
    rows = []
    for one in results:
        cells = [one.indikator, one.satuan, *map(_said, (one.target, one.realisasi, one.capaian))]
        rows.append(
            f'<tr><th scope="row">{escape(one.kode)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + f"<td>{_status(one)}</td></tr>"
        )
    text = "\n".join(f"{one.kode}: {one.status}" for one in results)
    return Tampilan(_table("Capaian indikator kinerja", head, "".join(rows)), text)


def perhitungan(title: str, quantities: Iterable[Quantity]) -> Tampilan:
    """Show calculations: each with its formula in words and in numbers, or where it stands.

    Parameters
    ----------
    title : str
        Caption of the table.
    quantities : iterable of Quantity
        Entries of the ledger.
    """
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
    return Tampilan(_table(escape(title), head, "".join(rows)), "\n".join(lines))


def _worked(quantity: Quantity | None) -> str:
    """Write formula = numbers = result; the place where nothing was computed."""
    if quantity is None:
        return _NONE
    result = f"<strong>{escape(quantity.with_unit())}</strong>"
    if not isinstance(quantity.origin, Computed):
        return f"{result} ← {escape(_source(quantity))}"
    return f"{escape(quantity.formula())}<br>= {escape(quantity.formula_numbers())}<br>= {result}"


def _inputs(quantity: Quantity) -> str:
    leaves = quantity.leaves()
    items = [
        f"<li>{escape(one.label)} = {escape(one.with_unit())} ← {escape(_source(one))}</li>"
        for one in leaves[:_INPUTS]
    ]
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


def _table(title: str, head: str, body: str) -> str:
    caption = f'<caption style="text-align:left;font-weight:bold">{title}</caption>'
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f'<table style="text-align:left">{caption}{thead}<tbody>{body}</tbody></table>'
