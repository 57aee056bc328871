"""Tables: headers of several levels, typed cells, totals, and the same grid in HTML and Typst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from pp39.ledger import Quantity
from pp39.report.block import Block, Description
from pp39.report.column import (
    Grup,
    Kolom,
    Rata,
    header_lines,
    html_widths,
    leaves,
    typst_width,
)
from pp39.report.extent import column_widths, text_height
from pp39.report.inline import (
    Angka,
    Part,
    ReportError,
    Tanda,
    Uses,
    part_html,
    part_plain,
    part_typst,
    part_uses,
)
from pp39.report.text import html_text, typst_string, typst_text

__all__ = ["Baris", "Grup", "Isi", "Kolom", "Mark", "Sel", "Tabel"]

Isi: TypeAlias = "Part | Sequence[Part] | Sel | None"
#: Mark, label it links to, and what it means.
Mark: TypeAlias = "tuple[str, str, str]"

_ALIGN = {"kiri": "left", "tengah": "center", "kanan": "right"}
_NO_DATA = "tidak ada data"

# Rows and tables up to these heights, in millimetres, are not broken over pages.
_WHOLE_ROW, _WHOLE_TABLE = 60.0, 80.0


@dataclass(frozen=True, slots=True)
class Sel:
    """A cell that spans columns or rows, or is aligned otherwise than its column.

    Parameters
    ----------
    isi : Part, sequence of Part, or None
        Content as in any cell.
    lajur : int
        Columns it spans.
    jajar : int
        Rows it spans; the rows below leave these cells out.
    rata : {"kiri", "tengah", "kanan"}, optional
        Alignment.
    """

    isi: Part | Sequence[Part] | None
    lajur: int = 1
    jajar: int = 1
    rata: Rata | None = None


@dataclass(frozen=True, init=False)
class Baris:
    """One row.

    Parameters
    ----------
    *sel : Part, sequence of Part, Sel or None
        Cells. A sequence prints as a bullet list, None as "–" (no data).
    jenis : {"data", "jumlah", "kelompok"}
        ``jumlah`` for totals and subtotals; ``kelompok`` for the one-cell header of the rows below.
    jangkar : str
        Label others can link to.
    """

    sel: tuple[Isi, ...]
    jenis: Literal["data", "jumlah", "kelompok"]
    jangkar: str

    def __init__(
        self,
        *sel: Isi,
        jenis: Literal["data", "jumlah", "kelompok"] = "data",
        jangkar: str = "",
    ) -> None:
        object.__setattr__(self, "sel", sel)
        object.__setattr__(self, "jenis", jenis)
        object.__setattr__(self, "jangkar", jangkar)


@dataclass(frozen=True)
class Tabel(Block):
    """A numbered table with caption; in the PDF it breaks over pages and repeats its header.

    Parameters
    ----------
    label : str
        Unique label for references, such as ``"tabel-pnbp"``.
    judul : str
        Caption without number.
    kolom : sequence of Kolom or Grup
        Columns, grouped under common headers as deep as needed.
    baris : sequence of Baris or tuple
        Rows; a plain tuple of cells is a data row.
    kepala : int
        Index of the column that names the row (``th scope="row"``).
    catatan : sequence of Part
        Notes and sources below the table.
    lebar : bool
        Whether it goes on a landscape page of the PDF.
    ukuran : {"biasa", "kecil", "mini"}
        Size of type in the PDF.

    Raises
    ------
    ReportError
        If a row does not fill the grid exactly.
    """

    label: str
    judul: str
    kolom: Sequence[Kolom | Grup]
    baris: Sequence[Baris | Sequence[Isi]]
    kepala: int = 0
    catatan: Sequence[Part] = ()
    lebar: bool = False
    ukuran: Literal["biasa", "kecil", "mini"] = "biasa"

    def __post_init__(self) -> None:
        # A row that does not fill the grid is found here, where it comes from.
        _ = self._grid

    def html(self) -> str:
        """Render as a figure with a scrollable, focusable region around the table."""
        label = html_text(self.label)
        caption = f"<!--nomor:{label}-->Tabel<!--/nomor-->. {html_text(self.judul)}"
        notes = "".join(f"<p>{part_html(one)}</p>" for one in self.catatan)
        below = f'<div class="catatan-tabel">{notes}</div>' if notes else ""
        size = f" {self.ukuran}" if self.ukuran != "biasa" else ""
        wide = " lebar" if self.lebar or len(self._leaves) > 6 else ""
        return (
            f'<div class="tabel{wide}{size}" id="{label}">'
            f'<div class="gulir" role="region" tabindex="0" aria-labelledby="judul-{label}">'
            f'<table><caption id="judul-{label}"><span>{caption}</span></caption>'
            f"<colgroup>{html_widths(self._leaves)}</colgroup>"
            f"<thead>{self._html_head()}</thead>{self._html_body()}</table></div>{below}</div>"
        )

    def typst(self) -> str:
        """Render as a call of ``#tabel``."""
        widths = ", ".join(typst_width(column.lebar) for column in self._leaves)
        aligns = ", ".join(_ALIGN[column.rata] for column in self._leaves)
        notes = "".join(f"[{part_typst(one)}], " for one in self.catatan)
        whole = "true" if sum(self._heights) <= _WHOLE_TABLE else "false"
        return (
            f"#tabel({typst_string(self.label)}, {typst_string(self.judul)}, "
            f"ukuran: {typst_string(self.ukuran)}, lebar: ({widths},), rata: ({aligns},), "
            f"kepala: {self.kepala}, catatan: ({notes}), utuh: {whole},\n"
            f"  table.header({self._typst_head()}),\n{self._typst_body()})"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = [_uses(cell.isi) for _, cells in self._grid for _, cell in cells]
        uses += [part_uses(one) for one in self.catatan]
        anchors = tuple(row.jangkar for row in self._rows if row.jangkar)
        joined = Uses.joined([*uses, Uses(anchors=anchors)])
        return Description("tabel", self.label, self.judul, self.lebar, joined)

    def marked(self, marks: Mapping[str, Mark], note: Part) -> Tabel:
        """Give the same table with a mark at every figure that has one.

        Parameters
        ----------
        marks : mapping of str to (str, str, str)
            Mark, label it links to, and what it means, by ledger id; as of `Tanda`.
        note : Part
            Stands below the table if anything in it is marked.
        """
        columns = self._leaves
        marked = False

        def cell(content: Isi, column: Kolom) -> Isi:
            nonlocal marked
            if not isinstance(content, Quantity) or content.id is None or content.id not in marks:
                return content
            marked = True
            return Tanda(Angka(content, column.cetak), *marks[content.id])

        rows = [
            Baris(
                *(cell(one, column) for one, column in zip(row.sel, columns, strict=False)),
                jenis=row.jenis,
                jangkar=row.jangkar,
            )
            # Where cells span others they do not stand in the order of the columns.
            if len(row.sel) == len(columns) and not any(isinstance(one, Sel) for one in row.sel)
            else row
            for row in self._rows
        ]
        return replace(self, baris=rows, catatan=(*self.catatan, note)) if marked else self

    @cached_property
    def _leaves(self) -> list[Kolom]:
        return [leaf for one in self.kolom for leaf in leaves(one)]

    @cached_property
    def _rows(self) -> list[Baris]:
        return [row if isinstance(row, Baris) else Baris(*row) for row in self.baris]

    @cached_property
    def _grid(self) -> list[tuple[Baris, list[tuple[int, Sel]]]]:
        """The rows with their cells, each cell with its first column."""
        width = len(self._leaves)
        grid: list[tuple[Baris, list[tuple[int, Sel]]]] = []
        #: Columns of a row that cells of rows above span into.
        taken: dict[int, set[int]] = {}
        for number, row in enumerate(self._rows):
            cells = [one if isinstance(one, Sel) else Sel(one) for one in row.sel]
            if row.jenis == "kelompok" and len(cells) == 1:
                cells = [Sel(cells[0].isi, lajur=width, rata="kiri")]
            above = taken.pop(number, set())
            placed: list[tuple[int, Sel]] = []
            column = 0
            for cell in cells:
                while column in above:
                    column += 1
                after = column + cell.lajur
                if after > width or number + cell.jajar > len(self._rows):
                    raise self._misfit(number, width)
                for below in range(number + 1, number + cell.jajar):
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
        for line in header_lines(self.kolom):
            cells = "".join(
                f'<th scope="{"colgroup" if across > 1 else "col"}"{_spans(across, down)}>'
                f"{part_html(title)}</th>"
                for title, across, down in line
            )
            rows.append(f"<tr>{cells}</tr>")
        return "".join(rows)

    def _html_body(self) -> str:
        columns = self._leaves
        bodies: list[list[str]] = [[]]
        for row, cells in self._grid:
            if row.jenis == "kelompok" and bodies[-1]:
                bodies.append([])
            anchor = f' id="{html_text(row.jangkar)}"' if row.jangkar else ""
            kind = f' class="{row.jenis}"' if row.jenis != "data" else ""
            line = "".join(self._html_cell(columns, row, column, cell) for column, cell in cells)
            bodies[-1].append(f"<tr{anchor}{kind}>{line}</tr>")
        return "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies)

    def _html_cell(self, columns: list[Kolom], row: Baris, column: int, cell: Sel) -> str:
        spans = _spans(cell.lajur, cell.jajar)
        align = cell.rata or columns[column].rata
        kind = f' class="{align}"' if align != "kiri" else ""
        content = _html(cell.isi, columns[column])
        if row.jenis == "kelompok":
            return f'<th scope="rowgroup"{spans}{kind}>{content}</th>'
        if column <= self.kepala < column + cell.lajur and cell.isi is not None:
            scope = "rowgroup" if cell.jajar > 1 else "row"
            return f'<th scope="{scope}"{spans}{kind}>{content}</th>'
        return f"<td{spans}{kind}>{content}</td>"

    def _typst_head(self) -> str:
        cells = [
            f"kepala-kolom({across}, {down})[{typst_text(title)}]"
            for line in header_lines(self.kolom)
            for title, across, down in line
        ]
        return ", ".join(cells)

    def _typst_body(self) -> str:
        columns = self._leaves
        lines: list[str] = []
        for (row, cells), height in zip(self._grid, self._heights, strict=True):
            for place, (column, cell) in enumerate(cells):
                content = _typst(cell.isi, columns[column])
                if place == 0 and row.jangkar:
                    content = f"#jangkar({typst_string(row.jangkar)}){content}"
                options = [f"colspan: {cell.lajur}"] if cell.lajur > 1 else []
                options += [f"rowspan: {cell.jajar}"] if cell.jajar > 1 else []
                if cell.rata is not None:
                    options.append(f"align: {_ALIGN[cell.rata]}")
                # One cell that must not break keeps its row whole.
                if place == 0 and cell.jajar == 1 and height <= _WHOLE_ROW:
                    options.append("breakable: false")
                if row.jenis != "data":
                    options.append(f"..sel-{row.jenis}")
                    content = f"#strong[{content}]"
                made = f"table.cell({', '.join(options)})[{content}]" if options else f"[{content}]"
                # As a header it stays with the row below it.
                alone = row.jenis == "kelompok" and cell.lajur == len(columns)
                made = f"table.header(level: 2, repeat: false, {made})" if alone else made
                lines.append(f"  {made}")
        return ",\n".join(lines)

    @cached_property
    def _heights(self) -> list[float]:
        """Estimated height of each row in print, in millimetres."""
        widths = column_widths([one.lebar for one in self._leaves], wide=self.lebar)
        return [
            max(
                text_height(
                    _paragraphs(cell.isi), sum(widths[column : column + cell.lajur]), self.ukuran
                )
                / cell.jajar
                for column, cell in cells
            )
            for _, cells in self._grid
        ]


def _spans(across: int, down: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (
        f' rowspan="{down}"' if down > 1 else ""
    )


def _printed(part: Part, column: Kolom) -> Part:
    if isinstance(part, Quantity) and column.cetak == "polos":
        return Angka(part, "polos")
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


def _html(content: Part | Sequence[Part] | None, column: Kolom) -> str:
    if content is None or content in ((), []):
        return f'<span aria-hidden="true">–</span><span class="tersembunyi">{_NO_DATA}</span>'
    if isinstance(content, (list, tuple)):
        return f"<ul>{''.join(f'<li>{part_html(one)}</li>' for one in content)}</ul>"
    return part_html(_printed(content, column))  # type: ignore[arg-type]


def _typst(content: Part | Sequence[Part] | None, column: Kolom) -> str:
    if content is None or content in ((), []):
        return "#kosong"
    if isinstance(content, (list, tuple)):
        return f"#butir({''.join(f'[{part_typst(one)}], ' for one in content)})"
    return part_typst(_printed(content, column))  # type: ignore[arg-type]
