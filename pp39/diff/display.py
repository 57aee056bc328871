"""Show a comparison: tables on the terminal, JSON, and a page that needs nothing but itself."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pp39.diff.compare import SECTIONS, Comparison, Section
from pp39.diff.rows import Change, Field
from pp39.handout import page_of
from pp39.printer import words

if TYPE_CHECKING:
    from rich.console import Console

#: So many differences of a section are printed; ``--json`` and the page have all.
_SHOWN = 60
#: So much of a hash tells two files apart for a reader.
_DIGITS = 16
_SIGNS = {"added": "+", "removed": "−", "changed": "±"}
_KINDS = {"added": "ditambah", "removed": "dihapus", "changed": "berubah"}


def to_json(comparison: Comparison) -> dict[str, Any]:
    """Give the comparison in JSON types, one list by section; what there is none of is left out."""
    overrides = {side: list(one) for side, one in zip("ab", comparison.overrides, strict=True)}
    return {
        "a": comparison.before,
        "b": comparison.after,
        "notes": list(comparison.notes),
        **({"overrides": overrides} if comparison.made else {}),
        **{
            section.name: [asdict(change) for change in section.changes]
            for section in comparison.sections
        },
    }


def show(comparison: Comparison, console: Console) -> None:
    """Print the comparison as tables."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    for run, overrides in comparison.made:
        console.print(words(f"{run} was made with {shlex.join(overrides)}"))
    for note in comparison.notes:
        console.print(words(note))
    if comparison.same:
        console.print(words(f"nothing differs between {comparison.before} and {comparison.after}"))
    for section in comparison.sections:
        count = len(section.changes)
        table = Table(
            title=words(f"{SECTIONS[section.name][0]} ({count})"),
            title_justify="left",
            box=SIMPLE_HEAD,
            show_edge=False,
        )
        for name in ("", "what", "", words(comparison.before), words(comparison.after)):
            table.add_column(name, overflow="fold")
        for change in section.changes[:_SHOWN]:
            for cells in _lines(change):
                table.add_row(*map(words, cells))
        console.print(table)
        if count > _SHOWN:
            console.print(words(f"… {count - _SHOWN} more; --json and --html have them all"))
        console.print()


def to_html(comparison: Comparison) -> str:
    """Write the comparison as a page in Indonesian: no script, no request to any host."""
    return page_of(
        files("pp39.diff").joinpath("page.html.j2"),
        before=comparison.before,
        after=comparison.after,
        notes=comparison.notes,
        made=comparison.made,
        sections=[
            (section.name, SECTIONS[section.name][1], list(_told(section)))
            for section in comparison.sections
        ],
    )


def _lines(change: Change) -> Iterator[tuple[str, str, str, str, str]]:
    head = (_SIGNS[change.kind], f"{change.key}\n{change.label}".strip())
    for field in change.fields or (Field("", None, None),):
        yield (*head, field.name, _text(field, field.before), _text(field, field.after))
        head = ("", "")


def _told(section: Section) -> Iterator[tuple[str, str, str, list[tuple[str, str, str]]]]:
    for change in section.changes:
        fields = [
            (one.name, _text(one, one.before), _text(one, one.after)) for one in change.fields
        ]
        yield _KINDS[change.kind], change.key, change.label, fields or [("", "", "")]


def _text(field: Field, value: Any) -> str:
    if value is None:
        return "–"
    if field.name == "sha256":
        return f"{value[:_DIGITS]}…"
    if isinstance(value, str):
        return value if value else "–"
    return json.dumps(value, ensure_ascii=False, default=str)
