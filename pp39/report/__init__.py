"""The report: document objects that render to HTML and PDF alike, charts, and the exporters.

Called, ``pp39.report("IV")``, it makes a report: see `pp39.api.report`.
"""

import sys

from pp39 import CalledPackage
from pp39.report.column import Column, ColumnGroup
from pp39.report.document import (
    Contents,
    Cover,
    Document,
    FormulaLine,
    Heading,
    Listing,
    ListOfFigures,
    ListOfTables,
    Note,
    Pairs,
    Prose,
    Signature,
)
from pp39.report.figure import Picture
from pp39.report.inline import (
    Bold,
    Code,
    Flag,
    Identifier,
    Inline,
    Italic,
    Link,
    Number,
    Part,
    Phrase,
    Reference,
    ReportError,
    TraceLink,
)
from pp39.report.table import Row, Table, TableCell
from pp39.report.trace import Trace

__all__ = [
    "Bold",
    "Code",
    "Column",
    "ColumnGroup",
    "Contents",
    "Cover",
    "Document",
    "Flag",
    "FormulaLine",
    "Heading",
    "Identifier",
    "Inline",
    "Italic",
    "Link",
    "ListOfFigures",
    "ListOfTables",
    "Listing",
    "Note",
    "Number",
    "Pairs",
    "Part",
    "Phrase",
    "Picture",
    "Prose",
    "Reference",
    "ReportError",
    "Row",
    "Signature",
    "Table",
    "TableCell",
    "Trace",
    "TraceLink",
]

sys.modules[__name__].__class__ = CalledPackage
