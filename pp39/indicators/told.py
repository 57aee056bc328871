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
from pp39.indicators.figures import Fault, KeyPath
from pp39.indicators.program import Program
from pp39.profile.detail import TabelRincian
from pp39.profile.indicator import Indikator

__all__ = ["COMMON", "QUARTER", "check_told", "told_names"]

COMMON = ("target", "capaian", "selisih", "sebelumnya", "perubahan", "konversi")
"""Figures of every indicator that its formulas do not name, and its sentences may."""

QUARTER = "nomor_triwulan"
"""Number of the quarter, for conditions."""


def told_names(program: Program, names: Names) -> Names:
    """Give the names that what is told of an indicator may use: its figures in all ways to it."""
    shapes = {name: Shape("number", unit=None) for name in (*COMMON, QUARTER)}
    shapes |= {one.name: one.shape for part in program.parts for one in part.steps}
    return replace(names, figures={**names.figures, **shapes})


def check_told(program: Program, given: Indikator, names: Names, fault: Fault) -> None:
    """Understand every sentence, table and chart of an indicator; `fault` is told what is wrong."""
    known = told_names(program, names)
    for path, text in _sentences(given):
        try:
            compile_template(text, known, SPOKEN)
        except FormulaError as error:
            fault(path, text, error)
    for path, text in _formulas(given):
        try:
            Compiler(known).code(parse(text))
        except FormulaError as error:
            fault(path, text, error)


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
        for place, note in enumerate(one.catatan):
            yield ("rincian", str(number), "catatan", str(place)), note


def _formulas(given: Indikator) -> Iterator[tuple[KeyPath, str]]:
    for number, one in enumerate(given.rincian):
        at = ("rincian", str(number))
        if isinstance(one, TabelRincian):
            for place, column in enumerate(one.kolom):
                for name in ("isi", "jumlah"):
                    text = getattr(column, name)
                    if text is not None:
                        yield (*at, "kolom", str(place), name), text
            continue
        for name in ("isi", "jumlah", "target", "persen"):
            text = getattr(one, name)
            if text is not None:
                yield (*at, name), text
        for group in one.golongan:
            for end in ("", "_persen", "_min", "_maks"):
                yield (*at, "golongan", group), f"{group}{end}"
