"""The language in which a profile states how figures are computed.

A formula is read into a tree (`parse`), understood against the names of its place, with kinds and
units checked (`compile_formula`), and computed in a `World` by the operations of the ledger. README
has the whole language with examples, under *Formulas*.

>>> tree = parse("(promotor - detraktor) / responden * 100")
>>> written(tree)
'(promotor − detraktor) ÷ responden × 100'
>>> parse("promotor +")
Traceback (most recent call last):
pp39.formula.parse.FormulaError: the end stands where a number, a name or a function is needed
>>> number = compile_formula("2 / 3 * 100", Names({}, {}))
>>> number.shape.kind, number.shape.unit
('number', '')
"""

from __future__ import annotations

from pp39.formula.compile import Compiler, compile_formula
from pp39.formula.names import Names, Variable
from pp39.formula.parse import FormulaError, parse, parse_condition
from pp39.formula.syntax import walk, written
from pp39.formula.template import (
    SPOKEN,
    Hole,
    Segment,
    Template,
    compile_template,
    template_nodes,
)
from pp39.formula.units import fits
from pp39.formula.values import (
    Code,
    Column,
    Family,
    Figure,
    Lacking,
    Picked,
    Shape,
    Value,
    Word,
    World,
)

__all__ = [
    "SPOKEN",
    "Code",
    "Column",
    "Compiler",
    "Family",
    "Figure",
    "FormulaError",
    "Hole",
    "Lacking",
    "Names",
    "Picked",
    "Segment",
    "Shape",
    "Template",
    "Value",
    "Variable",
    "Word",
    "World",
    "compile_formula",
    "compile_template",
    "fits",
    "parse",
    "parse_condition",
    "template_nodes",
    "walk",
    "written",
]
