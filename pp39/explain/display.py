"""Show an answer: as trees on a terminal, as indented lines in a file, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pp39.characters import visible
from pp39.explain.lookup import Answer
from pp39.ledger import Cell, Computed, Constant, Parameter, Quantity, Rows
from pp39.numbers import plain_decimal
from pp39.printer import words

if TYPE_CHECKING:
    from rich.console import Console

    from pp39.explain.contradictions import Contradiction

__all__ = ["show", "to_json"]

#: So many inputs of one figure are printed; ``--json`` has them all.
_SHOWN = 200


def to_json(answer: Answer) -> dict[str, Any]:
    """Give the answer in JSON types.

    A figure that occurs again is written as its ``id`` with ``"above": true``, so that the size
    stays that of the calculation and not of all paths through it.
    """
    seen: set[str] = set()
    written: dict[str, Any] = {
        "reference": answer.reference,
        "figures": [_written(one, seen) for one in answer.trees],
        "also": [_head(one) for one in answer.also],
    }
    if answer.rows:
        written["rows"] = [
            {
                **{"source": row.source, "file": row.file, "sheet": row.sheet, "row": row.row},
                "cells": [
                    {"column": column, "header": header, "value": text}
                    for column, header, text in row.cells
                ],
            }
            for row in answer.rows
        ]
    if answer.rows or answer.findings:
        written["findings"] = [
            {"id": one.finding.id, **asdict(one.finding), "membandingkan": one.compares}
            for one in answer.findings
        ]
    if answer.uses:
        written["cells"] = [
            {
                **_written(use.leaf, set()),
                "used_by": [_head(one) for one in use.figures],
                "further": [_head(one) for one in use.further],
            }
            for use in answer.uses
        ]
    return written


def show(answer: Answer, console: Console) -> None:
    """Print the answer: trees on a terminal, indented lines where output goes to a file."""
    for line in _lines(answer):
        if console.is_terminal:
            from rich.tree import Tree  # noqa: PLC0415  not needed when piped

            console.print(_grown(line, Tree))
        else:
            for depth, text in line.flat():
                console.out(visible("  " * depth + text), highlight=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the answer and the lines below it."""

    text: str
    style: str = ""
    below: list[_Line] = field(default_factory=list)

    def flat(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        yield depth, self.text
        for line in self.below:
            yield from line.flat(depth + 1)


def _grown(line: _Line, tree: Any) -> Any:
    grown = tree(words(line.text, line.style), guide_style="dim")
    waiting = [(line, grown)]
    while waiting:
        parent, branch = waiting.pop()
        for child in parent.below:
            waiting.append((child, branch.add(words(child.text, child.style))))
    return grown


def _lines(answer: Answer) -> Iterator[_Line]:
    seen: set[str] = set()
    for row in answer.rows:
        sheet = f", lembar {row.sheet}" if row.sheet else ""
        cells = [_Line(f"{header} = {text}") for _, header, text in row.cells]
        yield _Line(f"{row.file}{sheet}, baris {row.row}", "bold", cells)
    if answer.rows:
        yield _Line("no figure of this run was computed from it", "dim")
        if not answer.findings:
            yield _Line("no finding names it", "dim")
    for one in answer.findings:
        yield _finding_line(one)
    for figure in answer.trees:
        yield _figure_line(figure, seen)
    for use in answer.uses:
        used = [_Line(_title(one)) for one in use.figures]
        further = [_Line(_title(one)) for one in use.further]
        below = [_Line("used by", "dim", used)] if used else []
        below += [_Line("and through these by", "dim", further)] if further else []
        yield _Line(_title(use.leaf), "bold", [_Line(_place(use.leaf)), *below])
    if answer.also:
        listed = [_Line(_title(one)) for one in answer.also]
        stands = f'"{answer.reference}" stands for {len(listed)} figures'
        heading = "also" if answer.trees else stands
        yield _Line(f"{heading} (name one to see how it was computed)", "dim", listed)


def _finding_line(one: Contradiction) -> _Line:
    finding, answer = one.finding, one.finding.jawaban
    said = f"{answer.alasan} ({answer.oleh}, {answer.tanggal})" if answer else "none"
    below = [
        _Line(f"rule      {finding.aturan}: {one.compares}"),
        _Line(f"severity  {finding.tingkat}"),
        _Line(f"places    {finding.lokasi}"),
        _Line(f"stated    {finding.dinyatakan}"),
        _Line(f"computed  {finding.dihitung}"),
        _Line(f"because   {finding.penjelasan}"),
        _Line(f"answer    {said}"),
    ]
    return _Line(f"{finding.id}  {finding.subjek}", "bold", below)


def _figure_line(quantity: Quantity, seen: set[str]) -> _Line:
    if quantity.id in seen:
        return _Line(f"{_title(quantity)} (as above)")
    if quantity.id is not None:
        seen.add(quantity.id)
    if not isinstance(quantity.origin, Computed):
        return _Line(f"{_title(quantity)} ← {_place(quantity)}", below=_notes(quantity))
    below = [
        _Line(f"formula  {quantity.formula()}"),
        _Line(f"numbers  {quantity.formula_numbers()}"),
        _Line(f"exact    {_exact(quantity)}"),
        _Line(f"printed  {quantity.with_unit()}"),
        *_notes(quantity),
    ]
    inputs = quantity.inputs()
    below += [_figure_line(one, seen) for one in inputs[:_SHOWN]]
    if len(inputs) > _SHOWN:
        below.append(_Line(f"… {len(inputs) - _SHOWN} more inputs; --json lists them all", "dim"))
    return _Line(_title(quantity), "bold" if quantity.id else "", below)


def _notes(quantity: Quantity) -> list[_Line]:
    return [_Line(f"note     {quantity.note}")] if quantity.note else []


def _title(quantity: Quantity) -> str:
    named = f"{quantity.label} = {quantity.with_unit()}"
    return f"{quantity.id}  {named}" if quantity.id else named


def _place(quantity: Quantity) -> str:
    origin = quantity.origin
    if not isinstance(origin, Rows):
        return origin.place
    # The report cuts long lists of rows; here is the place where none is left out.
    return f"{origin.located()}: {origin.how}"


def _exact(quantity: Quantity) -> str:
    decimal = plain_decimal(quantity.value)
    if quantity.value.denominator == 1:
        return decimal
    return f"{quantity.value} ({decimal})"


def _head(quantity: Quantity) -> dict[str, Any]:
    return {
        "id": quantity.id,
        "label": quantity.label,
        "unit": quantity.unit,
        "exact": str(quantity.value),
        "decimal": plain_decimal(quantity.value),
        "printed": quantity.with_unit(),
    }


def _written(quantity: Quantity, seen: set[str]) -> dict[str, Any]:
    head = _head(quantity)
    if quantity.id in seen:
        return head | {"above": True}
    if quantity.id is not None:
        seen.add(quantity.id)
    if quantity.note:
        head["note"] = quantity.note
    match quantity.origin:
        case Cell(source, file, sheet, row, column):
            place = {"source": source, "file": file, "sheet": sheet, "row": row, "column": column}
            return head | {"kind": "cell", **place}
        case Rows(source, file, sheet, column_or_none, ranges, how, summary):
            place = {"source": source, "file": file, "sheet": sheet, "column": column_or_none}
            told = {} if summary is None else {"summary": asdict(summary)}
            listed = [list(one) for one in ranges]
            return head | {"kind": "rows", **place, "rows": listed, "how": how, **told}
        case Parameter(path, layer):
            return head | {"kind": "parameter", "path": path, "layer": layer}
        case Constant():
            return head | {"kind": "constant"}
        case Computed():
            return head | {
                "kind": "computed",
                "formula": quantity.formula(),
                "formula_numbers": quantity.formula_numbers(),
                "inputs": [_written(one, seen) for one in quantity.inputs()],
            }
