"""Compare two runs: what went in differently, and what came out differently because of it."""

from pp39.diff.compare import Comparison, Section, compare, resolve
from pp39.diff.display import show, to_html, to_json
from pp39.diff.rows import Change

__all__ = [
    "Change",
    "Comparison",
    "Section",
    "compare",
    "resolve",
    "show",
    "to_html",
    "to_json",
]
