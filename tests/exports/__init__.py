"""Made-up exports of the ministry's systems, with their dirt and with the truth behind them."""

from .files import Page, write_csv, write_xlsx
from .layouts import (
    capaian_output,
    glp039,
    ikpa,
    monsakti,
    myintress,
    omspan_sp2d,
    omspan_target,
)
from .truth import MONTHS, Truth

__all__ = [
    "MONTHS",
    "Page",
    "Truth",
    "capaian_output",
    "glp039",
    "ikpa",
    "monsakti",
    "myintress",
    "omspan_sp2d",
    "omspan_target",
    "write_csv",
    "write_xlsx",
]
