"""The form for e-Monev Bappenas as a sheet of the workbook, laid out by ``formulir/emonev.yaml``.

Physical figures are cumulative and stand at the end of each quarter. Those of a KRO are the mean of
its outputs, weighted by their ceilings, gaps are differences, and money that is known of all parts
of a thing alone is their sum: all are live formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from pydantic import Field
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from pp39.indicators.serapan import SPENT
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.profile.base import Bagian, Teks
from pp39.report.form import Tanda, layout
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.formulir_a import told_by_scope
from pp39.report.sections.kalimat import kalimat_utuh
from pp39.report.sheets import Cell, Formula, Sheet, Table, header_rows

Level = Literal["satker", "program", "kro", "ro", "komponen"]

_NAMES: Mapping[Level, str] = {
    "satker": "Satuan kerja",
    "program": "Program",
    "kro": "KRO",
    "ro": "RO",
    "komponen": "Komponen",
}
_MARKS: Mapping[Tanda, str] = {
    "V": "Menurut sumber yang dibaca",
    "B": "Menurut kelaziman; belum dicocokkan dengan aplikasi",
}
_TOLD = (
    "Bahan pengisian e-Monev. Fisik dan keuangan bersifat kumulatif sampai dengan akhir triwulan;"
    " fisik KRO ialah rata-rata RO tertimbang pagu. Sel kosong berarti belum ada data."
)
_NO_PARTS = " Data komponen tidak tersedia; jenjang terendah ialah RO."
_ESTIMATED = " Realisasi keuangan program dan KRO diperkirakan dari persentase serapan."
_MARKED = "Dasar setiap kolom"
_PERCENT, _WHOLE = "#,##0.00", "#,##0.##"


class Kolom(Bagian):
    """A column that stands once."""

    judul: Teks = Field(description="heading")
    tanda: Tanda = Field(description="V: read in a source; B: common knowledge, not checked")
    isi: Literal["jenjang", "kode", "nama", "satuan", "kendala", "tindak_lanjut"] | None = Field(
        default=None, description="words"
    )
    angka: dict[Level, tuple[Teks, ...]] = Field(
        default={}, description="figures by level of the row, the first that is there counting"
    )
    bobot: bool = Field(default=False, description="whether it weighs the outputs of a KRO")
    isi_jumlah: bool = Field(
        default=False, description="whether a KRO without a figure has the sum of its outputs"
    )
    lebar: int = Field(description="width in characters")


class Fisik(Bagian):
    """A column that stands once for each quarter."""

    judul: Teks = Field(description="heading, {tw} being the quarter")
    tanda: Tanda = Field(description="as of a column")
    angka: Teks | None = Field(default=None, description="figure of an output; none: a difference")


class Uang(Bagian):
    """A column of money that stands once for each quarter."""

    judul: Teks = Field(description="heading, {tw} being the quarter")
    tanda: Tanda = Field(description="as of a column")
    angka: dict[Level, tuple[Teks, ...]] = Field(description="figures, {tw} being the quarter")


class Bentuk(Bagian):
    """The layout of the form."""

    judul: Teks = Field(description="title")
    kolom: tuple[Kolom, ...] = Field(description="columns before the quarters")
    keuangan: tuple[Uang, ...] = Field(description="money by the end of each quarter")
    triwulan: tuple[Fisik, Fisik, Fisik] = Field(description="target, realisation and their gap")
    penutup: tuple[Kolom, ...] = Field(description="columns after the quarters")


@dataclass
class _Line:
    """A row of the form; it knows the places of its parts below it, a KRO those of its outputs."""

    level: Level
    code: str
    name: str
    unit: str = ""
    record: Rekam | None = None
    below: list[int] = field(default_factory=list)


def emonev_sheet(b: Bahan, name: str) -> Sheet | None:
    """Lay out the form; None for a unit that delivers no outputs."""
    lines = _lines(b)
    if not any(one.level == "ro" for one in lines):
        return None
    form = layout("emonev", Bentuk)
    each = (*form.keuangan, *form.triwulan)
    quarters = [one.judul.format(tw=tw) for tw in Quarter for one in each]
    titles = [
        *(one.judul for one in form.kolom),
        *quarters,
        *(one.judul for one in form.penutup),
    ]
    widths = [one.lebar for one in form.kolom] + [14] * len(quarters)
    widths += [one.lebar for one in form.penutup]
    writer = _Writer(b, form, lines)
    rows = [writer.row(number) for number in range(len(lines))]
    every = (*form.kolom, *each, *form.penutup)
    marks = [(one.judul.replace(" TW {tw}", ""), _MARKS[one.tanda]) for one in every]
    told = _TOLD + ("" if any(one.level == "komponen" for one in lines) else _NO_PARTS)
    paid = b.q("serapan/total/rupiah")
    told += _ESTIMATED if paid is not None and not paid.note.startswith(SPENT) else ""
    tables = (Table(titles, rows, widths), Table(("Kolom", "Dasar"), marks, (), _MARKED))
    return Sheet(name, form.judul, told, tables)


def _lines(b: Bahan) -> list[_Line]:
    """Give the rows: the unit, then program by program its KRO, their outputs and components."""
    parts: dict[str, list[_Line]] = {}
    for one in b.kini("komponen"):
        part = _Line("komponen", one.teks("kode_komponen"), one.teks("nama"), record=one)
        parts.setdefault(one.teks("kode_ro"), []).append(part)
    # A KRO is told once, whatever the order of the rows.
    programs: dict[tuple[str, str], dict[tuple[str, str], list[Rekam]]] = {}
    for one in b.rekam("dipa_ro"):
        within = programs.setdefault((one.teks("kode_program"), one.teks("nama_program")), {})
        within.setdefault((one.teks("kode_kro"), one.teks("nama_kro")), []).append(one)
    lines: list[_Line] = []

    def told(parent: _Line | None, one: _Line) -> _Line:
        if parent is not None:
            parent.below.append(len(lines))
        lines.append(one)
        return one

    unit = told(None, _Line("satker", "", b.params.unit.nama))
    for program, within in programs.items():
        above = told(unit, _Line("program", *program))
        for kro, outputs in within.items():
            parent = told(above, _Line("kro", *kro))
            for one in outputs:
                code = one.teks("kode_ro")
                told(parent, _Line("ro", code, one.teks("nama_ro"), one.teks("satuan")))
                lines += parts.get(code, ())
    return lines


class _Writer:
    """Writes rows, and knows where each figure stands."""

    def __init__(self, b: Bahan, form: Bentuk, lines: Sequence[_Line]) -> None:
        self._b = b
        self._form = form
        self._lines = lines
        (self._top,) = header_rows([len(lines)])
        self._told = told_by_scope(b)
        self._weight = [one.bobot for one in form.kolom].index(True)

    def row(self, number: int) -> Sequence[Cell]:
        """Write one row."""
        one = self._lines[number]
        fixed = [self._cell(column, one) for column in self._form.kolom]
        cells = list(fixed)
        for quarter in Quarter:
            for column in self._form.keuangan:
                cells.append(self._money(column, one, quarter, len(cells)))
            cells += self._physical(number, quarter, len(cells))
        return [*cells, *(self._cell(column, one) for column in self._form.penutup)]

    def _cell(self, column: Kolom, one: _Line) -> Cell:
        if column.isi in ("kendala", "tindak_lanjut"):
            return self._words(one, column.isi)
        if column.isi is not None:
            said = {"jenjang": _NAMES[one.level], "kode": one.code, "nama": one.name}
            return said[column.isi] if column.isi in said else self._unit(one)
        known = self._number(column, one)
        if known is None and column.isi_jumlah and one.level == "kro" and self._unit(one):
            numbers = [self._number(column, its) for its in self._below(one)]
            return self._total(one, numbers, self._form.kolom.index(column))
        return known

    def _money(
        self, column: Uang, one: _Line, quarter: Quarter, at: int
    ) -> Quantity | Formula | None:
        """Write money of a quarter, in the column `at`; where none is told, that of the parts."""
        names = column.angka.get(one.level, ())
        if one.record is not None:
            same = {name: one.record.teks(name) for name in ("kode_ro", "kode_komponen")}
            rows = self._b.rekam("komponen", triwulan=str(quarter), **same)
            return next((row.angka(name) for row in rows for name in names), None)
        told = (self._b.q(name.format(kode=one.code, tw=quarter)) for name in names)
        found = next((number for number in told if number is not None), None)
        parts = (self._money(column, its, quarter, at) for its in self._below(one))
        return found if found is not None else self._total(one, list(parts), at)

    def _below(self, one: _Line) -> list[_Line]:
        return [self._lines[place] for place in one.below]

    def _total(
        self, one: _Line, numbers: Sequence[Quantity | Formula | None], at: int
    ) -> Formula | None:
        """Add up what the parts of a line have in a column, where all have something."""
        known = [number.value for number in numbers if number is not None]
        if not known or len(known) < len(numbers):
            return None
        # Parts of theirs stand between them.
        names = self._range(
            one, next(n for n, c in enumerate(self._form.kolom) if c.isi == "jenjang")
        )
        part = _NAMES[self._below(one)[0].level]
        added = f'=SUMIF({names},"{part}",{self._range(one, at)})'
        return Formula(added, sum(known, Fraction(0)), _WHOLE)

    def _number(self, column: Kolom, one: _Line) -> Quantity | None:
        names = column.angka.get(one.level, ())
        if one.record is not None:
            return one.record.angka(names[0]) if names else None
        found = (self._b.q(name.format(kode=one.code)) for name in names)
        return next((number for number in found if number is not None), None)

    def _unit(self, one: _Line) -> str:
        """Give the unit of an output; of a KRO that of all its outputs, where they have one."""
        units = {its.unit for its in self._below(one) if one.level == "kro"} or {one.unit}
        return units.pop() if len(units) == 1 else ""

    def _words(self, one: _Line, what: Literal["kendala", "tindak_lanjut"]) -> str:
        """Join what was told of a program or KRO; of the unit, what was told of neither."""
        scopes = [f"{_NAMES[one.level]} {one.code}"]
        if one.level == "satker":
            lines = {f"{_NAMES[other.level]} {other.code}" for other in self._lines}
            scopes = [scope for scope in self._told if scope not in lines]
        found = [self._told[scope] for scope in scopes if scope in self._told]
        if what == "tindak_lanjut":
            return " ".join(kalimat_utuh(text) for told in found for text in told.follow)
        stood = [kalimat_utuh(text) for told in found for text in told.hindering]
        return " ".join(stood or dict.fromkeys(text for told in found for text in told.obstacles))

    def _physical(self, number: int, quarter: Quarter, at: int) -> tuple[Cell, Cell, Cell]:
        """Write target, realisation and gap of a quarter, which begin at a column."""
        line = self._lines[number]
        if line.level == "ro":
            told = [self._figure(line, which, quarter) for which in (0, 1)]
            cells: list[Cell] = list(told)
            values = [one.value if one else None for one in told]
        elif line.level == "kro":
            found = self._means(line, quarter, at)
            cells, values = list(found), [one.value if one else None for one in found]
        else:
            return None, None, None
        target, realised = values
        if target is None or realised is None:
            return cells[0], cells[1], None
        row = self._top + 2 + number
        names = [f"{xl_col_to_name(at + one)}{row}" for one in (1, 0)]
        return cells[0], cells[1], Formula(f"={'-'.join(names)}", realised - target, _PERCENT)

    def _figure(self, line: _Line, which: Literal[0, 1], quarter: Quarter) -> Quantity | None:
        named = self._form.triwulan[which].angka
        if named is None:
            return None
        return self._b.q(named.format(kode=line.code, bulan=f"{quarter.last_month:02d}"))

    def _means(
        self, line: _Line, quarter: Quarter, at: int
    ) -> tuple[Formula | None, Formula | None]:
        """Weigh target and realisation of a KRO over the same outputs, those with realisation."""
        outputs = self._below(line)
        weights = [self._number(self._form.kolom[self._weight], one) for one in outputs]
        weighed = [(one, its) for one, its in zip(outputs, weights, strict=True) if its]
        done = [one for one in weighed if self._figure(one[0], 1, quarter)]
        ranges = [self._range(line, column) for column in (self._weight, at, at + 1)]
        weight, planned, realised = ranges
        over = f"SUMPRODUCT({weight},--ISNUMBER({realised if done else planned}))"
        only = f",--ISNUMBER({realised})" if done else ""
        target = self._mean(done or weighed, 0, quarter, f"{weight},{planned}{only}", over)
        return target, self._mean(done, 1, quarter, f"{weight},{realised}", over)

    def _mean(
        self,
        weighed: Sequence[tuple[_Line, Quantity]],
        which: Literal[0, 1],
        quarter: Quarter,
        product: str,
        over: str,
    ) -> Formula | None:
        told = [(self._figure(one, which, quarter), weight) for one, weight in weighed]
        parts = [(one.value, weight.value) for one, weight in told if one is not None]
        whole = sum((weight for _, weight in parts), Fraction(0))
        if len(parts) < len(told) or not whole:
            return None
        value = sum((one * weight for one, weight in parts), Fraction(0)) / whole
        return Formula(f"=SUMPRODUCT({product})/{over}", value, _PERCENT)

    def _range(self, line: _Line, column: int) -> str:
        first, last = line.below[0], line.below[-1]
        name = xl_col_to_name(column)
        return f"{name}{self._top + 2 + first}:{name}{self._top + 2 + last}"
