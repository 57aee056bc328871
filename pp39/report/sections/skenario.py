"""What makes a report another than the base: its scenario, and the parameters that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.params import DEFAULT_SCENARIO, OVERRIDE, Change, Entry
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Code, Part, Reference
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.kalimat import kutip
from pp39.report.sections.sumber import lapisan
from pp39.report.sections.tabel import tabel


def tanda_skenario(b: Bahan) -> str:
    """Name in a few words what the report was computed with; empty for the base itself.

    It stands on the cover and in the head of every page, so that no page is taken for the base.
    """
    if b.settings.scenario != DEFAULT_SCENARIO:
        return f"skenario {b.settings.scenario}"
    return "parameter diganti" if b.settings.changes() else ""


def parameter_lain(b: Bahan) -> list[Block]:
    """Compose what differs from the base: a paragraph and a table; nothing for the base itself."""
    changes = b.settings.changes()
    named = b.settings.scenario != DEFAULT_SCENARIO
    if not changes and not named:
        return []
    opening: list[Part] = ["Laporan ini bukan perhitungan dasar, melainkan dihitung "]
    if named:
        opening += ["menurut skenario ", kutip(b.settings.scenario)]
    if any(one.now.layer == OVERRIDE for one in changes):
        opening += [" dan " if named else "", "dengan parameter yang diganti melalui perintah"]
    if not changes:
        return [
            Prose(*opening, ". Tidak ada parameter yang nilainya berbeda dari perhitungan dasar.")
        ]
    return [
        Prose(
            *opening,
            ". Parameter yang nilainya berbeda dari perhitungan dasar disajikan pada ",
            Reference("tabel-skenario"),
            "; angka, status, dan kalimat yang bergantung padanya ikut berubah.",
        ),
        tabel(
            "tabel-skenario",
            [_baris(b, one) for one in changes],
            perhitungan=["Laporan ini", "Perhitungan dasar"],
        ),
    ]


def _baris(b: Bahan, one: Change) -> tuple[Part, ...]:
    if one.before is not None:
        before = (_nilai(one.before), lapisan(one.before.layer))
    else:
        before = ("tidak diatur" if b.settings.base is not None else "tidak diketahui", "–")
    return Code(one.now.path), _nilai(one.now), lapisan(one.now.layer), *before


def _nilai(entry: Entry) -> Part:
    """Print a number as a traced figure in full, anything else as a quotation."""
    value = entry.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return kutip("; ".join(_tertulis(value)))
    number = exact(value)
    places = next(n for n in range(400) if (number * 10**n).denominator == 1)
    quantity = Quantity.parameter(number, "Nilai", "", entry.path, entry.layer)
    return quantity.named("Nilai", decimals=places or None)


def _tertulis(value: Any) -> Iterator[str]:
    match value:
        case None:
            yield "kosong"
        case bool():
            yield "ya" if value else "tidak"
        case Mapping():
            yield ", ".join(f"{key}: {' / '.join(_tertulis(one))}" for key, one in value.items())
        case list() | tuple():
            for one in value:
                yield from _tertulis(one)
            if not value:
                yield "kosong"
        case _:
            yield str(value)
