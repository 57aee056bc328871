"""All kinds of cell a column can be declared with."""

from __future__ import annotations

from pp39.sources.kind import Kind, Parsed, Storage
from pp39.sources.numbers import Count, Measure, Number, Percent, Rupiah, Stated
from pp39.sources.words import Choice, Code, Date, Month, QuarterName, Split, Text

__all__ = [
    "Choice",
    "Code",
    "Count",
    "Date",
    "Kind",
    "Measure",
    "Month",
    "Number",
    "Parsed",
    "Percent",
    "QuarterName",
    "Rupiah",
    "Split",
    "Stated",
    "Storage",
    "Text",
]
