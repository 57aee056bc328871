"""The annex "Jejak perhitungan": how every printed figure was computed, down to the raw rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pp39.ledger import Computed, Constant, Ledger, Quantity, slug
from pp39.numbers import format_number
from pp39.report.block import Block, Description
from pp39.report.inline import Uses
from pp39.report.text import html_text, typst_string, typst_text

__all__ = ["Jejak", "exact_indonesian"]

_PLACES = 10


@dataclass(frozen=True, eq=False)
class Jejak(Block):
    """One entry per figure of a ledger; the exporters keep those the report prints or builds on.

    Each entry gives the label, the formula in words and with the numbers put in, the result before
    and after rounding, and the inputs: a link where the input has its own entry, otherwise file,
    sheet, row and column.

    Parameters
    ----------
    ledger : Ledger
        The ledger of the run.
    """

    ledger: Ledger

    def html(self) -> str:
        """Render as articles with the anchors the figures link to."""
        return "".join(f"<!--jejak:{one.id}-->{_entry_html(one)}" for one in self.ledger)

    def typst(self) -> str:
        """Render as calls of ``#jejak``, each after a comment with its id."""
        return "".join(f"\n//jejak:{one.id}\n{_entry_typst(one)}\n" for one in self.ledger)

    def plain(self) -> str:
        """Give the number of entries."""
        return f"jejak: {len(self.ledger)} angka"

    def describe(self) -> Description:
        """Describe the block: each id with the ids of its inputs."""
        entries = {
            str(one.id): sorted({str(each.id) for _, each in _inputs(one) if each.id is not None})
            for one in self.ledger
        }
        return Description("jejak", uses=Uses(), extra={"entries": entries})


def exact_indonesian(value: Fraction) -> str:
    """Write a value before rounding: in full where decimals end, else cut and as a fraction.

    Examples
    --------
    >>> exact_indonesian(Fraction(12600, 170)), exact_indonesian(Fraction(5, 4))
    ('74,1176470588… (= 1.260/17)', '1,25')
    """
    scaled = value * 10**_PLACES
    if scaled.denominator == 1:
        text = format_number(value, _PLACES)
        return text.rstrip("0").rstrip(",")
    # Cut, not rounded: the dots say that more digits follow these.
    cut = Fraction(abs(scaled.numerator) // scaled.denominator, 10**_PLACES)
    sign = "−" if value < 0 else ""
    fraction = f"{format_number(abs(value.numerator))}/{format_number(value.denominator)}"
    return f"{sign}{format_number(cut, _PLACES)}… (= {sign}{fraction})"


def _inputs(quantity: Quantity, depth: int = 0) -> list[tuple[int, Quantity]]:
    """List the inputs with their depth; one without an entry of its own is opened up in place."""
    found: list[tuple[int, Quantity]] = []
    for one in quantity.inputs():
        if isinstance(one.origin, Constant) and not one.label:
            continue
        found.append((depth, one))
        if one.id is None and isinstance(one.origin, Computed):
            found.extend(_inputs(one, depth + 1))
    return found


def _unit(quantity: Quantity) -> str:
    return f" ({quantity.unit})" if quantity.unit else ""


def _place(quantity: Quantity) -> str:
    if isinstance(quantity.origin, Computed):
        return f"{quantity.formula()} = {quantity.formula_numbers()}"
    return quantity.origin.place


def _entry_html(quantity: Quantity) -> str:
    assert quantity.id is not None
    lines: list[tuple[str, str]] = []
    if isinstance(quantity.origin, Computed):
        lines.append(("Rumus", html_text(quantity.formula())))
        lines.append(("Dengan angka", html_text(quantity.formula_numbers())))
    else:
        lines.append(("Asal", html_text(quantity.origin.place)))
    lines.append(("Sebelum dibulatkan", html_text(exact_indonesian(quantity.value))))
    lines.append(("Tercetak", f"<strong>{html_text(quantity.text())}</strong>"))
    if quantity.note:
        lines.append(("Keterangan", html_text(quantity.note)))
    items = "".join(_input_html(depth, one) for depth, one in _inputs(quantity))
    if items:
        lines.append(("Masukan", f"<ul>{items}</ul>"))
    rows = "".join(f"<div><dt>{name}</dt><dd>{content}</dd></div>" for name, content in lines)
    return (
        f'<article class="jejak" id="jejak-{html_text(slug(quantity.id))}">'
        f'<p class="nama"><strong>{html_text(quantity.label)}</strong>{html_text(_unit(quantity))} '
        f"<code>{html_text(quantity.id)}</code></p><dl>{rows}</dl></article>"
    )


def _input_html(depth: int, quantity: Quantity) -> str:
    shown = html_text(quantity.text())
    name = html_text(quantity.label)
    level = f' class="dalam-{min(depth, 3)}"' if depth else ""
    if quantity.id is not None:
        link = f'<a href="#jejak-{html_text(slug(quantity.id))}">{name}</a>'
        return f"<li{level}>{link} = {shown}</li>"
    return f"<li{level}>{name} = {shown} <span>← {html_text(_place(quantity))}</span></li>"


def _entry_typst(quantity: Quantity) -> str:
    assert quantity.id is not None
    lines: list[tuple[str, str]] = []
    if isinstance(quantity.origin, Computed):
        lines.append(("Rumus", typst_text(quantity.formula())))
        lines.append(("Dengan angka", typst_text(quantity.formula_numbers())))
    else:
        lines.append(("Asal", typst_text(quantity.origin.place)))
    lines.append(("Sebelum dibulatkan", typst_text(exact_indonesian(quantity.value))))
    lines.append(("Tercetak", f"#strong[{typst_text(quantity.text())}]"))
    if quantity.note:
        lines.append(("Keterangan", typst_text(quantity.note)))
    rows = "".join(f'("{name}", [{content}]), ' for name, content in lines)
    items = "".join(f"[{_input_typst(depth, one)}], " for depth, one in _inputs(quantity))
    return (
        f"#jejak({typst_string(slug(quantity.id))}, {typst_string(quantity.id)}, "
        f"[{typst_text(quantity.label + _unit(quantity))}], ({rows}), ({items}))"
    )


def _input_typst(depth: int, quantity: Quantity) -> str:
    indent = f"#h({depth}em)" if depth else ""
    shown = typst_text(quantity.text())
    if quantity.id is not None:
        link = f"#ke-jejak({typst_string(slug(quantity.id))})[{typst_text(quantity.label)}]"
        return f'{indent}{link}#" = "{shown}'
    return f'{indent}{typst_text(quantity.label)}#" = "{shown}#" ← "{typst_text(_place(quantity))}'
