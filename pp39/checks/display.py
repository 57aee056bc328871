"""The results as an Indonesian table for the notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pp39.checks.result import Check, CheckReport

_SHOWN = 10


def results_html(report: CheckReport) -> str:
    """Write the results as HTML tables, grouped by what they mean.

    Returns
    -------
    str
        Critical failures, warnings and rules that hold, each with its own caption; at most
        ten places per rule.
    """
    return "\n".join(
        [
            f"<p>{len(report)} aturan diperiksa: {len(report.passed)} terpenuhi,"
            f" {len(report.warnings)} peringatan, {len(report.critical)} kegagalan kritis.</p>",
            _table("Kegagalan kritis (menghentikan proses)", report.critical),
            _table("Peringatan (dimuat dalam lampiran Mutu data)", report.warnings),
            _table("Aturan yang terpenuhi", report.passed),
        ]
    )


def _table(caption: str, checks: Iterable[Check]) -> str:
    rows = "".join(_row(check) for check in checks)
    if not rows:
        return f"<p>{escape(caption)}: tidak ada.</p>"
    head = "".join(
        f'<th scope="col" style="text-align:left">{title}</th>'
        for title in ("Sumber", "Aturan", "Hasil", "Letak")
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(check: Check) -> str:
    places = "".join(
        f"<li>{escape(place.place)}: {escape(place.uraian)}</li>" for place in check.lokasi[:_SHOWN]
    )
    more = check.jumlah - min(len(check.lokasi), _SHOWN)
    if more > 0:
        places += f"<li>dan {more} hal lainnya</li>"
    cells = (
        escape(check.sumber),
        escape(check.aturan),
        escape(check.ringkasan),
        f"<ul>{places}</ul>" if places else "",
    )
    body = "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in cells)
    return f"<tr>{body}</tr>"
