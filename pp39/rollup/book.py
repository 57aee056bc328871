"""``rekap.xlsx``: the same as the page, as sheets that one can go on working with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pp39.numbers import exact
from pp39.periods import format_date
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Phrase
from pp39.report.sections.capaian import STATUS_MARKS
from pp39.report.sheets import Cell, Link, Sheet, Table, Told, different, sheet_names, workbook
from pp39.report.table import Table as ReportTable
from pp39.report.table_sheet import table_sheet
from pp39.rollup.compare import COMPARED, Standing, Unit
from pp39.rollup.forms import Forms, marked
from pp39.rollup.page import TITLE, report_address
from pp39.rollup.rollup import ACHIEVEMENTS, STATUSES, UNITS, Rollup
from pp39.rollup.tree import Branch


def book(r: Rollup, forms: Forms) -> bytes:
    """Write the workbook; the same bytes for the same rollup."""
    names = iter(sheet_names(_names(r)))
    told = (
        f"{r.scope}. Data kerja; yang sah adalah formulir bertanda tangan. Sel kosong berarti tidak"
        " ada data. Satuan kerja berada pada baris yang sama di lembar Satuan kerja, Status, dan"
        " Capaian." + _said(marked(r.sums.ledger, "ikhtisar", r.members))
    )
    sheets = [
        _units(r, next(names)),
        _standings(r, next(names), "Status", "Status setiap indikator pada setiap satuan kerja."),
        _standings(r, next(names), "Capaian (%)", "Capaian setiap indikator dalam persen."),
        *_forms(r, forms, names),
    ]
    return workbook(f"{TITLE}, {r.period.title(f'TA {r.year}')}", r.scope, told, sheets)


def _names(r: Rollup) -> Iterator[str]:
    yield from (UNITS, STATUSES, ACHIEVEMENTS)
    for ministry in r.ministries:
        for agency in ministry.below:
            yield f"B {agency.members[0].singkatan_badan or agency.name}"
        yield f"C {ministry.name}"


def _forms(r: Rollup, forms: Forms, names: Iterator[str]) -> Iterator[Sheet]:
    for ministry in r.ministries:
        for agency in ministry.below:
            name = next(names)
            if tables := _tables(forms.form_b(ministry, agency)):
                told = f"{agency.name}, {ministry.name}; menurut program dan kegiatan."
                told += _marked(forms, agency)
                yield table_sheet(name, "Formulir B", told, tables)
        name = next(names)
        if tables := _tables(forms.form_c(ministry)):
            told = f"{ministry.name}; menurut unit eselon I dan program."
            told += _marked(forms, ministry)
            yield table_sheet(name, "Formulir C", told, tables)


def _tables(blocks: Iterator[Block]) -> list[ReportTable]:
    return [one for one in blocks if isinstance(one, ReportTable)]


def _marked(forms: Forms, branch: Branch) -> str:
    return _said(marked(forms.ledger, branch.id, branch.members))


def _said(told: Iterator[Prose]) -> str:
    return "".join(f" {Phrase(*one.parts).plain()}" for one in told)


def _units(r: Rollup, name: str) -> Sheet:
    def called(one: Unit) -> Cell:
        address = report_address(r, one)
        return Link(one.member.title, address) if address else one.member.title

    columns: list[Told] = [
        ("Kode", 24, "member.unit"),
        ("Satuan kerja", 48, called),
        ("Unit eselon I", 36, "member.badan"),
        ("Kementerian/lembaga", 36, "member.kementerian"),
        ("Nomor DIPA", 28, "member.dipa"),
        ("Laporan", 16, "member.keadaan"),
        ("Tanda", 20, lambda one: ", ".join(one.member.marks)),
        ("Tanggal", 18, lambda one: one.member.tanggal and format_date(one.member.tanggal)),
        ("Tenggat", 18, lambda one: one.member.tenggat and format_date(one.member.tenggat)),
        *((one.title, one.width, one.of) for one in COMPARED),
        ("Data bertentangan", 80, lambda one: " ".join(one.catatan)),
    ]
    told = "Setiap satuan kerja, yang belum melapor juga; nama membuka laporannya."
    return Sheet(name, "Satuan kerja", told, (Table.of(r.units, columns),))


def _standings(r: Rollup, name: str, what: str, told: str) -> Sheet:
    header = ["Kode", *different([one.title for one in r.indicators])]
    rows: list[Sequence[Cell]] = []
    for place, unit in enumerate(r.units):
        found = (one.standings.get(place) for one in r.indicators)
        rows.append([unit.member.unit, *(_standing(what, one) for one in found)])
    widths = [24, *(16 for _ in r.indicators)]
    return Sheet(name, what, told, (Table(header, rows, widths),))


def _standing(what: str, one: Standing | None) -> Cell:
    if one is None:
        return None
    if what == "Status":
        return f"{STATUS_MARKS[one.status].symbol} {one.status}"
    return None if one.capaian is None else exact(one.capaian)
