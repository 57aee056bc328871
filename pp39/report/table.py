"""Tables: headers of several levels, typed cells, totals, and the same grid in HTML and Typst."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from pp39.ledger import Quantity
from pp39.ledger.origin import Computed
from pp39.ledger.quantity import differs_as_printed
from pp39.numbers import round_half_up
from pp39.report.block import Block, Description
from pp39.report.column import (
    Align,
    Column,
    ColumnGroup,
    card_names,
    css_names,
    css_string,
    header_lines,
    html_widths,
    leaves,
    typst_width,
)
from pp39.report.extent import column_widths, figure_width, fitted_widths, text_height
from pp39.report.inline import (
    Flag,
    Number,
    Part,
    ReportError,
    Uses,
    part_html,
    part_plain,
    part_typst,
    part_uses,
)
from pp39.report.text import html_text, typst_string, typst_text

Content: TypeAlias = "Part | Sequence[Part] | TableCell | None"
#: Mark, label it links to, and what it means.
Mark: TypeAlias = "tuple[str, str, str]"

_UNROUNDED = "Jumlah dihitung sebelum pembulatan; jumlah angka tercetak dapat sedikit berbeda."
_ALIGN = {"kiri": "left", "tengah": "center", "kanan": "right"}
_NO_DATA = "tidak ada data"

# A table with more columns is wide; with still more it scrolls in a frame of its own.
_WIDE, _VAST = 6, 10

# Rows up to this height, in millimetres, are not broken over pages, and tables on portrait and on
# landscape pages: what is left empty where they do not fit is no more than a third of a page.
_WHOLE_ROW, _WHOLE_TABLE = 60.0, (60.0, 65.0)
# So many rows at the end of a longer table are not parted from one another.
_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that spans columns or rows, or is aligned otherwise than its column."""

    #: Content as in any cell.
    content: Part | Sequence[Part] | None
    #: Columns it spans.
    across: int = 1
    #: Rows it spans; the rows below leave these cells out.
    down: int = 1
    #: Alignment.
    align: Align | None = None


@dataclass(frozen=True, init=False)
class Row:
    """One row.

    Parameters
    ----------
    *cells : Part, sequence of Part, TableCell or None
        Cells. A sequence prints as a bullet list, None as "–" (no data).
    kind : {"data", "jumlah", "kelompok"}
        ``jumlah`` for totals and subtotals; ``kelompok`` for the one-cell header of the rows below.
    anchor : str
        Label others can link to.
    """

    cells: tuple[Content, ...]
    kind: Literal["data", "jumlah", "kelompok"]
    anchor: str

    def __init__(
        self,
        *cells: Content,
        kind: Literal["data", "jumlah", "kelompok"] = "data",
        anchor: str = "",
    ) -> None:
        object.__setattr__(self, "cells", cells)
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "anchor", anchor)


@dataclass(frozen=True)
class Table(Block):
    """A numbered table with caption; in the PDF it breaks over pages and repeats its header.

    Raises
    ------
    ReportError
        If a row does not fill the grid exactly.
    """

    #: Unique label for references, such as ``"tabel-kro"``.
    label: str
    #: Caption without number.
    title: str
    #: Columns, grouped under common headers as deep as needed.
    columns: Sequence[Column | ColumnGroup]
    #: Rows; a plain tuple of cells is a data row.
    rows: Sequence[Row | Sequence[Content]]
    #: Index of the column that names the row (``th scope="row"``).
    heads: int = 0
    #: Notes and sources below the table.
    notes: Sequence[Part] = ()
    #: Whether it goes on a landscape page of the PDF.
    wide: bool = False
    #: Size of type in the PDF.
    size: Literal["biasa", "kecil", "mini"] = "biasa"
    #: Whether it is for the audit alone: printed in HTML, left out of the PDF.
    audit: bool = False

    def __post_init__(self) -> None:
        # A row that does not fill the grid is found here, where it comes from.
        _ = self._grid
        if _UNROUNDED not in self.notes and self._unrounded():
            object.__setattr__(self, "notes", (*self.notes, _UNROUNDED))

    def html(self) -> str:
        """Render as a figure with a scrollable, focusable region around the table."""
        label = html_text(self.label)
        caption = f"<!--nomor:{label}-->Tabel<!--/nomor-->. {html_text(self.title)}"
        notes = "".join(f"<p>{part_html(one)}</p>" for one in self.notes)
        below = f'<div class="catatan-tabel">{notes}</div>' if notes else ""
        size = f" {self._fit.size}" if self._fit.size != "biasa" else ""
        wide = " lebar" if self._fit.wide or len(self._leaves) > _WIDE else ""
        wide += " luas" if len(self._leaves) > _VAST else ""
        return (
            f'<div class="tabel{wide}{size}" id="{label}">'
            f'<div class="gulir" role="group" tabindex="0" aria-labelledby="judul-{label}">'
            f'<table class="kartu" style="{css_names(self._names)}">'
            f'<caption id="judul-{label}"><span>{caption}</span></caption>'
            f"<colgroup>{html_widths(self._leaves, wide=self._fit.wide)}</colgroup>"
            f"<thead>{self._html_head()}</thead>{self._html_body()}</table></div>{below}</div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#tabel``."""
        widths = ", ".join(typst_width(column.width) for column in self._leaves)
        aligns = ", ".join(_ALIGN[column.align] for column in self._leaves)
        notes = self._typst_notes if self._whole else ""
        whole = "true" if self._whole else "false"
        return (
            f"#tabel({typst_string(self.label)}, {typst_string(self.title)}, "
            f"ukuran: {typst_string(self._fit.size)}, lebar: ({widths},), rata: ({aligns},), "
            f"kepala: {self.heads}, catatan: ({notes}), utuh: {whole},\n"
            f"  table.header({self._typst_head()}),\n{self._typst_body()})"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = [_uses(cell.content) for _, cells in self._grid for _, cell in cells]
        uses += [part_uses(one) for one in self.notes]
        anchors = tuple(row.anchor for row in self._rows if row.anchor)
        joined = Uses.joined([*uses, Uses(anchors=anchors)])
        return Description(
            "tabel", self.label, self.title, self._fit.wide, joined, audit=self.audit
        )

    def marked(self, marks: Mapping[str, Mark], *note: Part) -> Table:
        """Give the same table with a mark at every figure that has one.

        Parameters
        ----------
        marks : mapping of str to (str, str, str)
            Mark, label it links to, and what it means, by ledger id; as of `Flag`.
        *note : Part
            Stands below the table if anything in it is marked.
        """
        columns = self._leaves
        marked = False

        def cell(content: Content, column: Column) -> Content:
            nonlocal marked
            if not isinstance(content, Quantity) or content.id is None or content.id not in marks:
                return content
            marked = True
            return Flag(Number(content, column.printed), *marks[content.id])

        rows = [
            Row(
                *(cell(one, column) for one, column in zip(row.cells, columns, strict=False)),
                kind=row.kind,
                anchor=row.anchor,
            )
            # Where cells span others they do not stand in the order of the columns.
            if len(row.cells) == len(columns)
            and not any(isinstance(one, TableCell) for one in row.cells)
            else row
            for row in self._rows
        ]
        return replace(self, rows=rows, notes=(*self.notes, *note)) if marked else self

    def _unrounded(self) -> bool:
        """Tell whether a total is printed otherwise than what its terms here, as printed, give."""
        found = [(row.kind, figure) for row in self._rows for figure in _figures(row.cells)]
        here = {figure.quantity.id for _, figure in found}
        return any(
            figure.quantity.origin.operation == "jumlah"
            and {one.id for one in figure.quantity.origin.operands} <= here - {None}
            and differs_as_printed(figure.quantity, _SHOWN.get(figure.style, _SHOWN["teks"]))
            for kind, figure in found
            if kind == "jumlah" and isinstance(figure.quantity.origin, Computed)
        )

    @cached_property
    def _declared(self) -> list[Column]:
        return [leaf for one in self.columns for leaf in leaves(one)]

    @property
    def _leaves(self) -> Sequence[Column]:
        return self._fit.columns

    @cached_property
    def _fit(self) -> _Fit:
        """Widen columns until no figure runs into the next, if need be on a page set across."""
        for size, wide in ((self.size, self.wide), ("mini", self.wide), ("mini", True)):
            needed = [0.0] * len(self._declared)
            for row, cells in self._grid:
                for column, cell in cells:
                    shown = _printed_figure(cell, self._declared[column])
                    took = figure_width(shown, size, bold=row.kind != "data") if shown else 0.0
                    needed[column] = max(needed[column], took)
            widths = fitted_widths([one.width for one in self._declared], needed, wide=wide)
            if widths is not None:
                pairs = zip(self._declared, widths, strict=True)
                return _Fit([replace(one, width=width) for one, width in pairs], size, wide)
        return _Fit(self._declared, size, wide)

    @cached_property
    def _names(self) -> list[str]:
        return card_names(self.columns)

    def _html_name(self, column: int, cell: TableCell, back: int) -> str:
        """Name the column of one cell that its place, counted from the last cell, does not tell."""
        if column == len(self._names) - back and cell.across == 1:
            return ""
        names = self._names[column : column + cell.across]
        told = "" if column == 0 else "–".join(dict.fromkeys((names[0], names[-1])))
        return f' style="--k:{css_string(told)}"'

    @cached_property
    def _rows(self) -> list[Row]:
        return [row if isinstance(row, Row) else Row(*row) for row in self.rows]

    @cached_property
    def _grid(self) -> list[tuple[Row, list[tuple[int, TableCell]]]]:
        """The rows with their cells, each cell with its first column."""
        width = len(self._declared)
        grid: list[tuple[Row, list[tuple[int, TableCell]]]] = []
        #: Columns of a row that cells of rows above span into.
        taken: dict[int, set[int]] = {}
        for number, row in enumerate(self._rows):
            cells = [one if isinstance(one, TableCell) else TableCell(one) for one in row.cells]
            if row.kind == "kelompok" and len(cells) == 1:
                cells = [TableCell(cells[0].content, across=width, align="kiri")]
            above = taken.pop(number, set())
            placed: list[tuple[int, TableCell]] = []
            column = 0
            for cell in cells:
                while column in above:
                    column += 1
                after = column + cell.across
                if after > width or number + cell.down > len(self._rows):
                    raise self._misfit(number, width)
                for below in range(number + 1, number + cell.down):
                    taken.setdefault(below, set()).update(range(column, after))
                placed.append((column, cell))
                column = after
            if not above.issuperset(range(column, width)):
                raise self._misfit(number, width)
            if placed:
                grid.append((row, placed))
        return grid

    def _misfit(self, number: int, width: int) -> ReportError:
        return ReportError(
            f'row {number + 1} of table "{self.label}" does not fill its {width} columns exactly;'
            " count its cells together with what spans into it"
        )

    def _html_head(self) -> str:
        rows: list[str] = []
        for line in header_lines(self.columns):
            cells = "".join(
                f'<th scope="{"colgroup" if across > 1 else "col"}"{_spans(across, down)}>'
                f"{part_html(title)}</th>"
                if title
                else f"<td{_spans(across, down)}></td>"
                for title, across, down in line
            )
            rows.append(f"<tr>{cells}</tr>")
        return "".join(rows)

    def _html_body(self) -> str:
        columns = self._leaves
        bodies: list[list[str]] = [[]]
        for row, cells in self._grid:
            if row.kind == "kelompok" and bodies[-1]:
                bodies.append([])
            anchor = f' id="{html_text(row.anchor)}"' if row.anchor else ""
            kind = f' class="{row.kind}"' if row.kind != "data" else ""
            line = "".join(
                self._html_cell(columns, row, column, cell, len(cells) - place)
                for place, (column, cell) in enumerate(cells)
            )
            bodies[-1].append(f"<tr{anchor}{kind}>{line}</tr>")
        return "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies)

    def _html_cell(
        self, columns: Sequence[Column], row: Row, column: int, cell: TableCell, back: int
    ) -> str:
        spans = _spans(cell.across, cell.down)
        align = cell.align or columns[column].align
        kind = f' class="{align}"' if align != "kiri" else ""
        content = _html(cell.content, columns[column])
        if row.kind == "kelompok":
            return f'<th scope="rowgroup"{spans}{kind}>{content}</th>'
        if column <= self.heads < column + cell.across and cell.content is not None:
            scope = "rowgroup" if cell.down > 1 else "row"
            return f'<th scope="{scope}"{spans}{kind}>{content}</th>'
        return f"<td{spans}{kind}{self._html_name(column, cell, back)}>{content}</td>"

    def _typst_head(self) -> str:
        cells = [
            f"kepala-kolom({across}, {down})[{typst_text(title)}]"
            for line in header_lines(self.columns)
            for title, across, down in line
        ]
        return ", ".join(cells)

    def _typst_body(self) -> str:
        columns = self._leaves
        lines: list[str] = []
        last = self._last_rows()
        for number, ((row, cells), height) in enumerate(
            zip(self._grid, self._heights, strict=True)
        ):
            if number == last:
                lines.append("  table.footer(repeat: false")
            for place, (column, cell) in enumerate(cells):
                content = _typst(cell.content, columns[column])
                if place == 0 and row.anchor:
                    content = f"#jangkar({typst_string(row.anchor)}){content}"
                options = [f"colspan: {cell.across}"] if cell.across > 1 else []
                options += [f"rowspan: {cell.down}"] if cell.down > 1 else []
                if cell.align is not None:
                    options.append(f"align: {_ALIGN[cell.align]}")
                # One cell that must not break keeps its row whole, or the rows that it spans.
                if place == 0 and height * cell.down <= _WHOLE_ROW:
                    options.append("breakable: false")
                if row.kind != "data":
                    options.append(f"..sel-{row.kind}")
                    content = f"#strong[{content}]"
                made = f"table.cell({', '.join(options)})[{content}]" if options else f"[{content}]"
                # As a header it stays with the row below it.
                alone = row.kind == "kelompok" and cell.across == len(columns)
                made = f"table.header(level: 2, repeat: false, {made})" if alone else made
                lines.append(f"  {made}")
        footed = last < len(self._grid)
        if self.notes and not self._whole:
            # Rows may go on overleaf: what explains them stays with the last.
            lines += [] if footed else ["  table.footer(repeat: false"]
            lines.append(f"  catatan-kaki({len(columns)}, ({self._typst_notes}))")
            footed = True
        return ",\n".join(lines) + (")" if footed else "")

    @property
    def _typst_notes(self) -> str:
        return "".join(f"[{part_typst(one)}], " for one in self.notes)

    def _last_rows(self) -> int:
        """Give where the rows begin that end the table and stay together: no last row is alone."""
        spanned = {
            number + more
            for number, (_, cells) in enumerate(self._grid)
            for more in range(1, max((cell.down for _, cell in cells), default=1))
        }
        last = len(self._grid) - _TOGETHER
        while last in spanned:
            last -= 1
        tail = self._grid[max(last, 0) :]
        tall = sum(self._heights[max(last, 0) :]) > _WHOLE_ROW
        apart = last <= 0 or self._whole or tall or any(row.kind == "kelompok" for row, _ in tail)
        return len(self._grid) if apart else last

    @property
    def _whole(self) -> bool:
        return sum(self._heights) <= _WHOLE_TABLE[self.wide]

    @cached_property
    def _heights(self) -> list[float]:
        """Estimated height of each row in print, in millimetres."""
        widths = column_widths([one.width for one in self._leaves], wide=self._fit.wide)
        return [
            max(
                text_height(
                    _paragraphs(cell.content),
                    sum(widths[column : column + cell.across]),
                    self._fit.size,
                )
                / cell.down
                for column, cell in cells
            )
            for _, cells in self._grid
        ]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a table is laid out so that its figures have room."""

    columns: Sequence[Column]
    size: Literal["biasa", "kecil", "mini"]
    wide: bool


def _printed_figure(cell: TableCell, column: Column) -> str:
    """Give the figure that is all a cell of one column holds; nothing of any other."""
    figure = isinstance(cell.content, Quantity | Number | Flag) and cell.across == 1
    return part_plain(_printed(cell.content, column)) if figure else ""  # type: ignore[arg-type]


def _spans(across: int, down: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (
        f' rowspan="{down}"' if down > 1 else ""
    )


_SHOWN: Mapping[str, Callable[[Quantity], Fraction]] = {
    "teks": lambda one: one.printed,
    "ribu": lambda one: 1000 * round_half_up(one.value / 1000, 0),
}


def _figures(cells: Sequence[Content]) -> Iterator[Number]:
    for cell in cells:
        part = cell.content if isinstance(cell, TableCell) else cell
        part = part.text if isinstance(part, Flag) else part
        if isinstance(part, Quantity):
            yield Number(part)
        elif isinstance(part, Number):
            yield part


def _printed(part: Part, column: Column) -> Part:
    if isinstance(part, Quantity) and column.printed == "polos":
        return Number(part, "polos")
    return part


def _uses(content: Part | Sequence[Part] | None) -> Uses:
    if content is None:
        return Uses()
    if _is_list(content):
        return Uses.joined(part_uses(one) for one in content)  # type: ignore[union-attr]
    return part_uses(content)  # type: ignore[arg-type]


def _paragraphs(content: Part | Sequence[Part] | None) -> list[str]:
    if content is None:
        return ["–"]
    many = content if isinstance(content, (list, tuple)) else [content]
    return [part_plain(one) for one in many]  # type: ignore[arg-type]


def _is_list(content: object) -> bool:
    return isinstance(content, (list, tuple))


def _html(content: Part | Sequence[Part] | None, column: Column) -> str:
    if content is None or content in ((), []):
        return f'<span aria-hidden="true">–</span><span class="tersembunyi">{_NO_DATA}</span>'
    if isinstance(content, (list, tuple)):
        return f"<ul>{''.join(f'<li>{part_html(one)}</li>' for one in content)}</ul>"
    return part_html(_printed(content, column))  # type: ignore[arg-type]


def _typst(content: Part | Sequence[Part] | None, column: Column) -> str:
    if content is None or content in ((), []):
        return "#kosong"
    if isinstance(content, (list, tuple)):
        return f"#butir({''.join(f'[{part_typst(one)}], ' for one in content)})"
    return part_typst(_printed(content, column))  # type: ignore[arg-type]
