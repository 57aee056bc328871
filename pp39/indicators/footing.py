"""On what a figure stands: rows of a register, or counts that somebody made.

Where a quarter has both, the parameter ``data.dahulukan`` says which counts; one quarter of one
indicator stands on one footing, for all services alike. What both say is compared by the checks.
"""

from __future__ import annotations

from pp39.book import Book
from pp39.sources import Selection

__all__ = ["rows_of_quarter"]


def rows_of_quarter(book: Book, source: str, column: str, counted: bool) -> Selection | None:
    """Select the rows a figure of the quarter is computed from.

    Parameters
    ----------
    book : Book
        Parameter ``data.dahulukan``.
    source : str
        Source with rows.
    column : str
        Its column with the quarter.
    counted : bool
        Whether the quarter has counts, too.

    Returns
    -------
    Selection or None
        None if the counts are to be used: no rows, or counts that come first.
    """
    if source not in book.tables or (counted and book.params.data.dahulukan == "rekap"):
        return None
    picked = book.tables[source].where(**{column: str(book.quarter)})
    return picked or None
