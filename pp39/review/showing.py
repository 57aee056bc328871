"""What a review found: as JSON, as a page with passage and finding side by side, as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from pp39 import handout
from pp39.findings import SEVERITIES, Finding, Severity
from pp39.findings.annex import SEVERITY_NAMES
from pp39.review.hit import Look
from pp39.review.statements import STATEMENTS, statements
from pp39.review.typed import Typed

_COLUMNS = ("id", "aturan", "tingkat", "lokasi", "subjek", "dinyatakan", "dihitung", "penjelasan")
_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:72rem;margin:auto;padding:1rem}
article{border-top:1px solid;padding:.75rem 0;display:grid;gap:.25rem 2rem}
@media(min-width:48rem){article{grid-template-columns:1fr 1fr}}
h2{margin:2rem 0 .5rem}blockquote{margin:0;padding-left:.75rem;border-left:4px solid}
p{margin:.25rem 0}.tempat{font-size:.875rem}
"""


def to_json(look: Look, findings: Sequence[Finding]) -> dict[str, Any]:
    """Tell a review as plain data."""
    return {
        "berkas": look.report.name,
        "halaman": look.report.pages,
        "tabel": sum(1 for _ in look.report.grids),
        "pernyataan": len(look.said),
        "tidak_terbaca": list(look.report.unread),
        "tidak_dipahami": [{"angka": text, "letak": str(place)} for text, place in look.unsaid],
        "temuan": [{"id": one.id, **asdict(one)} for one in findings],
    }


def passages(report: Typed) -> dict[str, str]:
    """Give the text that stands at each place."""
    made: dict[str, str] = {}
    for one in report.parts:
        if hasattr(one, "text"):
            made.setdefault(str(one.place), one.text)
            continue
        for number, row in enumerate(one.rows):
            told = " · ".join(cell for cell in row if cell)
            for column in (None, *range(len(row))):
                made.setdefault(str(one.at(number, column)), told)
    return made


def page(look: Look, findings: Sequence[Finding]) -> str:
    """Write one self-contained page, gravest findings first."""
    texts = passages(look.report)
    counts = Counter(one.tingkat for one in findings)
    title = f"Telaah {look.report.name}"
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(_told(look, counts))}</p>"]
    for severity in SEVERITIES:
        group = [one for one in findings if one.tingkat == severity]
        if group:
            body.append(f"<h2>{SEVERITY_NAMES[severity]} ({len(group)})</h2>")
        for one in group:
            places = one.lokasi.split("; ")
            quotes = "".join(
                f"<blockquote><p>{escape(texts.get(place, ''))}</p>"
                f'<p class="tempat">{escape(place)}</p></blockquote>'
                for place in places
            )
            body.append(
                f'<article id="{one.id}"><div>{quotes}</div><div><p>{escape(one.penjelasan)}</p>'
                f'<p class="tempat">{escape(one.membandingkan)} · {one.id}</p></div></article>'
            )
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def workbook(path: Path, look: Look, findings: Sequence[Finding]) -> None:
    """Write a workbook: the findings, and the statements the report was understood as."""
    sheets: dict[str, Iterable[Sequence[object]]] = {
        "Temuan": (_COLUMNS, *([getattr(one, name) for name in _COLUMNS] for one in findings)),
        "Tidak dipahami": (("angka", "letak"), *look.unsaid),
        "Pernyataan": (STATEMENTS, *statements(look)),
    }
    with handout.workbook() as (book, stream):
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    page.write_string(at, column, handout.defused(str(cell)))
    path.write_bytes(stream.getvalue())


def _told(look: Look, counts: Counter[Severity]) -> str:
    tally = ", ".join(f"{counts[one]} {SEVERITY_NAMES[one].casefold()}" for one in SEVERITIES)
    unread = f" Tidak terbaca: {', '.join(look.report.unread)}." if look.report.unread else ""
    return (
        f"{len(look.said)} angka dengan subjek, {len(look.unsaid)} angka tanpa subjek, dan"
        f" {len(list(look.report.grids))} tabel dibaca; temuan: {tally}.{unread}"
    )
