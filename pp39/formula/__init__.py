"""Formulas."""

from pp39.formula.compile import Compiler, compile_formula
from pp39.formula.names import Names, Variable
from pp39.formula.parse import FormulaError, parse, parse_condition
from pp39.formula.syntax import walk, written
from pp39.formula.template import Template, compile_template, template_nodes
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
    "Code",
    "Column",
    "Compiler",
    "Family",
    "Figure",
    "FormulaError",
    "Lacking",
    "Names",
    "Picked",
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
