"""What stands between the cells of a CSV, told from its header.

Spreadsheets write a comma or a semicolon by the language they are set to. The header decides,
because its labels are declared: the separator that shows the most of them is the one. Rows have no
say, so a decimal comma in a row never makes a separator; every row must then be as long as the
header.
"""

from __future__ import annotations

import csv

from pp39.periods import MONTHS
from pp39.sources.declaration import Source
from pp39.sources.raw import folded, locate

__all__ = ["SEPARATORS", "separator_of"]

#: Those accepted; where the labels do not decide, an earlier one goes before a later one.
SEPARATORS = (",", ";", "\t")


def separator_of(source: Source, header: str) -> str:
    r"""Tell the separator of a CSV.

    Parameters
    ----------
    source : Source
        Declaration; of interest are its header labels.
    header : str
        First line of the file.

    Returns
    -------
    str
        One of `SEPARATORS`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from pp39.profile import load_profile
    >>> from pp39.sources.catalogue import sources_of
    >>> sources = sources_of(load_profile(Path.cwd(), "nasional"))
    >>> separator_of(sources["ikpa"], "Bulan;Nilai IKPA\r\n")
    ';'
    """

    def fit(separator: str) -> tuple[int, int]:
        cells = _cells(header, separator)
        return _labels(source, cells), len(cells)

    return max(SEPARATORS, key=fit)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _labels(source: Source, headers: list[str]) -> int:
    """Count the declared columns that the headers show."""
    there = {folded(header) for header in headers}
    count = 0
    for column in source.columns:
        if column.monthly:
            of_months = (folded(column.header.replace("{bulan}", month)) for month in MONTHS)
            count += sum(header in there for header in of_months)
        else:
            count += locate(column, headers) is not None
    return count
