"""What sentences, tables and charts of an indicator may name, and whether they do so rightly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pp39.formula import (
    SPOKEN,
    Compiler,
    FormulaError,
    Names,
    Shape,
    compile_template,
    parse,
)
from pp39.indicators.figures import Fault
from pp39.indicators.program import Program
from pp39.profile.detail import TabelRincian
from pp39.profile.indicator import Indikator
from pp39.yamlfile import KeyPath

COMMON = ("target", "capaian", "selisih", "sebelumnya", "perubahan", "konversi")
"""Figures of every indicator that its formulas do not name, and its sentences may."""

Words = tuple[str, ...]

QUARTER = "nomor_triwulan"
"""Number of the quarter, for conditions."""


def told_names(program: Program, names: Names) -> Names:
    """Give the names that what is told of an indicator may use: its figures in all ways to it."""
    shapes = {name: Shape("number", unit=None) for name in (*COMMON, QUARTER)}
    shapes |= {one.name: one.shape for part in program.parts for one in part.steps}
    rows = [part.data.shape for part in program.parts if part.data is not None]
    if rows and all(one == rows[0] for one in rows):
        shapes["data"] = rows[0]
    return replace(names, figures={**names.figures, **shapes})


def check_told(program: Program, given: Indikator, names: Names, fault: Fault) -> None:
    """Understand every sentence, table and chart of an indicator; `fault` is told what is wrong."""
    known = told_names(program, names)
    for path, text in _sentences(given):
        try:
            compile_template(text, known, SPOKEN)
        except FormulaError as error:
            fault(path, text, error)
    for path, text, words in _formulas(given):
        try:
            _laid_out(Compiler(known), text, words)
        except FormulaError as error:
            fault(path, text, error)


def _laid_out(compiler: Compiler, text: str, words: Words) -> None:
    """Understand what stands in a table or chart: figures by these words; without any, one."""
    tree = parse(text)
    if not words:
        compiler.number(tree)
        return
    shape = compiler.code(tree).shape
    if shape.kind != "family":
        raise FormulaError(f"figures by word are needed, but {text} is none", 0)
    for one in words:
        if one not in shape.dims:
            there = ", ".join(shape.dims)
            raise FormulaError(f"{text} has no figure for each {one}; it has one for each {there}")


def _sentences(given: Indikator) -> Iterator[tuple[KeyPath, str]]:
    for name in ("kalimat", "sebab"):
        text = getattr(given, name)
        if text is not None:
            yield (name,), text
    for name in ("tercapai", "tidak_tercapai"):
        text = getattr(given.saran, name)
        if text is not None:
            yield ("saran", name), text
    for number, one in enumerate(given.rincian):
        yield ("rincian", str(number), "judul"), one.judul
        if isinstance(one, TabelRincian) and one.jumlah is not None:
            yield ("rincian", str(number), "jumlah"), one.jumlah
        for place, note in enumerate(one.catatan):
            yield ("rincian", str(number), "catatan", str(place)), note


def _formulas(given: Indikator) -> Iterator[tuple[KeyPath, str, Words]]:
    for number, one in enumerate(given.rincian):
        at = ("rincian", str(number))
        if isinstance(one, TabelRincian):
            for place, column in enumerate(one.kolom):
                across = (column.mendatar,) if column.mendatar else ()
                below = (*at, "kolom", str(place))
                yield (*below, "isi"), column.isi, (one.baris, *across)
                if column.jumlah is not None:
                    yield (*below, "jumlah"), column.jumlah, across
            continue
        by_row: Words = (one.baris,)
        across = (one.mendatar,) if one.mendatar else ()
        wanted = {
            "isi": (*by_row, *across),
            "jumlah": by_row if one.bentuk == "bertumpuk" else (),
            "target": () if one.bentuk == "bulanan" else by_row,
            "persen": by_row,
        }
        for name, words in wanted.items():
            text = getattr(one, name)
            if text is not None:
                yield (*at, name), text, words
        for group in one.golongan:
            for end in ("", "_persen", "_min", "_maks"):
                yield (*at, "golongan", group), f"{group}{end}", ()
