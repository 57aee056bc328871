"""Where the figures of a table come from that lead to no calculation: a note below the table.

A raw figure is printed as it stands in its source and has no entry in the annex. On a screen its
place shows when one points at it; in print only such a note can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from pp39.ledger import Cell, Quantity, Rows
from pp39.report.inline import Code, DataFile, Flag, Number, Part, Phrase, part_plain
from pp39.report.sections.kalimat import gabung, kutip
from pp39.report.table import Content, Row, Table, TableCell

# Columns of a source up to this many are named; a table that prints more shows the whole source.
_KOLOM = 4


def bersumber(tabel: Table, titles: Mapping[str, str] = MappingProxyType({})) -> Table:
    """Give the table with a note on the sources of its raw figures, if it has no such note.

    Parameters
    ----------
    tabel : Table
        The table.
    titles : mapping of str to str
        What each source holds, by its name; print names a source so, not by its file.
    """
    printed = list(_angka(tabel))
    raw = [one for one in printed if one.id is None]
    parts = _sel_berkas(raw, titles)
    if not parts or any(part_plain(one).startswith("Sumber") for one in tabel.notes):
        return tabel
    subject = "Sumber" if len(raw) == len(printed) else "Sumber angka selebihnya"
    note = Phrase(f"{subject}: ", *_berurutan(parts), ".")
    return replace(tabel, notes=(*tabel.notes, note))


def lapisan(layer: str) -> Part:
    """Say where a parameter was set."""
    match layer:
        case "-p":
            return "perintah (-p)"
        case "bawaan":
            return "nilai bawaan"
        case file:
            return Code(file)


def _angka(tabel: Table) -> Iterator[Quantity]:
    for row in tabel.rows:
        for cell in row.cells if isinstance(row, Row) else row:
            yield from _dalam(cell)


def _dalam(part: Content) -> Iterator[Quantity]:
    match part:
        case str() | None:
            return
        case Quantity():
            yield part
        case Number(quantity):
            yield quantity
        case TableCell(isi):
            yield from _dalam(isi)
        case Flag(teks):
            yield from _dalam(teks)
        case Phrase(parts=parts):
            for one in parts:
                yield from _dalam(one)
        case list() | tuple():
            for one in part:
                yield from _dalam(one)


def _sel_berkas(raw: Iterable[Quantity], titles: Mapping[str, str]) -> list[Part]:
    """Name each file and sheet with the rows and columns of the cells that are printed."""
    cells: dict[tuple[str, str | None], list[Cell]] = {}
    for one in raw:
        if isinstance(one.origin, Cell):
            cells.setdefault((one.origin.file, one.origin.sheet), []).append(one.origin)
    return [
        Phrase(DataFile(file, titles.get(many[0].source, "")), kutip(_tempat(many)))
        for (file, _), many in cells.items()
    ]


def _tempat(cells: list[Cell]) -> str:
    first = cells[0]
    columns = list(dict.fromkeys(one.column for one in cells))
    rows = Rows.of(first.source, "", (one.row for one in cells), "", sheet=first.sheet)
    runs = [str(a) if a == b else f"{a}–{b}" for a, b in rows.bounds]
    named = f", kolom {gabung(columns).plain()}" if len(columns) <= _KOLOM else ""
    sheet = f", lembar {first.sheet}" if first.sheet is not None else ""
    return f"{sheet}, baris {gabung(runs).plain()}{named}"


def _berurutan(parts: list[Part]) -> Iterator[Part]:
    for number, one in enumerate(parts):
        if number:
            yield "; "
        yield one
