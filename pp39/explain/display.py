"""Show an answer: as trees on a terminal, as indented lines in a file, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pp39.characters import visible
from pp39.explain.lookup import Answer
from pp39.ledger import Cell, Computed, Constant, Parameter, Quantity, Rows
from pp39.ledger.trace import TraceLine, place, title, traced
from pp39.numbers import plain_decimal
from pp39.printer import words

if TYPE_CHECKING:
    from rich.console import Console

    from pp39.explain.contradictions import Contradiction


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
    if answer.lacking:
        written["lacking"] = answer.lacking
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
            for told in line.told():
                console.out(visible(told), highlight=False)


def as_text(answer: Answer) -> str:
    """Tell the answer in indented lines."""
    return "\n".join(told for line in _lines(answer) for told in line.told())


def _grown(line: TraceLine, tree: Any) -> Any:
    grown = tree(words(line.text, line.style), guide_style="dim")
    waiting = [(line, grown)]
    while waiting:
        parent, branch = waiting.pop()
        for child in parent.below:
            waiting.append((child, branch.add(words(child.text, child.style))))
    return grown


def _lines(answer: Answer) -> Iterator[TraceLine]:
    seen: set[str] = set()
    if answer.lacking:
        yield TraceLine(answer.lacking, "bold")
    for row in answer.rows:
        sheet = f", lembar {row.sheet}" if row.sheet else ""
        cells = [TraceLine(f"{header} = {text}") for _, header, text in row.cells]
        yield TraceLine(f"{row.file}{sheet}, baris {row.row}", "bold", cells)
    if answer.rows:
        yield TraceLine("no figure of this run was computed from it", "dim")
        if not answer.findings:
            yield TraceLine("no finding names it", "dim")
    for one in answer.findings:
        yield _finding_line(one)
    for figure in answer.trees:
        yield traced(figure, seen)
    for use in answer.uses:
        used = [TraceLine(title(one)) for one in use.figures]
        further = [TraceLine(title(one)) for one in use.further]
        below = [TraceLine("used by", "dim", used)] if used else []
        below += [TraceLine("and through these by", "dim", further)] if further else []
        yield TraceLine(title(use.leaf), "bold", [TraceLine(place(use.leaf)), *below])
    if answer.also:
        listed = [TraceLine(title(one)) for one in answer.also]
        stands = f'"{answer.reference}" stands for {len(listed)} figures'
        heading = "also" if answer.trees else stands
        yield TraceLine(f"{heading} (name one to see how it was computed)", "dim", listed)


def _finding_line(one: Contradiction) -> TraceLine:
    finding, answer = one.finding, one.finding.jawaban
    said = f"{answer.alasan} ({answer.oleh}, {answer.tanggal})" if answer else "none"
    below = [
        TraceLine(f"rule      {finding.aturan}: {one.compares}"),
        TraceLine(f"severity  {finding.tingkat}"),
        TraceLine(f"places    {finding.lokasi}"),
        TraceLine(f"stated    {finding.dinyatakan}"),
        TraceLine(f"computed  {finding.dihitung}"),
        TraceLine(f"because   {finding.penjelasan}"),
        TraceLine(f"answer    {said}"),
    ]
    return TraceLine(f"{finding.id}  {finding.subjek}", "bold", below)


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
        case Cell() | Parameter() | Constant() as origin:
            return head | {"kind": type(origin).__name__.lower(), **asdict(origin)}
        case Rows(source, file, sheet, column_or_none, ranges, how, summary):
            place = {"source": source, "file": file, "sheet": sheet, "column": column_or_none}
            told = {} if summary is None else {"summary": asdict(summary)}
            listed = [list(one) for one in ranges]
            return head | {"kind": "rows", **place, "rows": listed, "how": how, **told}
        case Computed():
            return head | {
                "kind": "computed",
                "formula": quantity.formula(),
                "formula_numbers": quantity.formula_numbers(),
                "inputs": [_written(one, seen) for one in quantity.inputs()],
            }
