"""Where a quantity comes from: a cell, many rows, a parameter, a constant, or other quantities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pp39.ledger.quantity import Quantity

__all__ = ["Cell", "Computed", "Constant", "Operation", "Origin", "Parameter", "Rows"]

Operation = Literal[
    "tambah",
    "kurang",
    "kali",
    "bagi",
    "jumlah",
    "rata-rata",
    "terakhir",
    "terkecil",
    "terbesar",
    "banyaknya",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a raw file.

    Parameters
    ----------
    source : str
        Name of the source, such as ``"pnbp"``.
    file : str
        File name, without folders.
    sheet : str or None
        Sheet of a workbook; None for CSV.
    row : int
        Row as a person sees it: line of the CSV, row number of the sheet.
    column : str
        Column header as it stands in the file.
    """

    source: str
    file: str
    sheet: str | None
    row: int
    column: str

    @property
    def place(self) -> str:
        """The place in Indonesian words, such as ``pnbp.xlsx, lembar PNBP, baris 7, kolom …``."""
        return _place(self.file, self.sheet, f"baris {self.row}", self.column)


@dataclass(frozen=True, slots=True)
class Rows:
    """Many rows of a raw file, reduced to one number (a count, a sum over rows).

    Parameters
    ----------
    source, file, sheet :
        As in `Cell`.
    column : str or None
        Column the rows were picked or summed by; None if no single column.
    ranges : tuple of (int, int)
        First and last row of each unbroken run, ascending.
    how : str
        What was done with the rows, in Indonesian, such as ``"banyaknya baris bernilai 9–10"``.
    """

    source: str
    file: str
    sheet: str | None
    column: str | None
    ranges: tuple[tuple[int, int], ...]
    how: str

    @classmethod
    def of(
        cls,
        source: str,
        file: str,
        rows: Iterable[int],
        how: str,
        *,
        sheet: str | None = None,
        column: str | None = None,
    ) -> Rows:
        """Build from single row numbers, in any order.

        Examples
        --------
        >>> Rows.of("survei_nps", "survei_nps.csv", [4, 2, 3, 9], "banyaknya baris").ranges
        ((2, 4), (9, 9))
        """
        ranges: list[tuple[int, int]] = []
        for row in sorted(set(rows)):
            if ranges and row == ranges[-1][1] + 1:
                ranges[-1] = (ranges[-1][0], row)
            else:
                ranges.append((row, row))
        return cls(source, file, sheet, column, tuple(ranges), how)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(end - start + 1 for start, end in self.ranges)

    @property
    def place(self) -> str:
        """The place in Indonesian words; long lists of rows are cut after twelve runs."""
        runs = [str(a) if a == b else f"{a}–{b}" for a, b in self.ranges]
        shown = ", ".join(runs[:12]) + (", …" if len(runs) > 12 else "")
        rows = f"baris {shown} ({self.count} baris)" if runs else "tidak ada baris"
        return _place(self.file, self.sheet, rows, self.column)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the run.

    Parameters
    ----------
    path : str
        Dotted path, such as ``"nps.promoter_min"``.
    layer : str
        Where its value was set: a file below ``params/``, ``-p``, or ``bawaan`` (the default).
    """

    path: str
    layer: str = ""

    @property
    def place(self) -> str:
        """The place in Indonesian words."""
        return f"parameter {self.path}" + (f" ({self.layer})" if self.layer else "")


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the formula itself, such as the 100 that makes a percentage."""

    @property
    def place(self) -> str:
        """The place in Indonesian words."""
        return "tetapan rumus"


@dataclass(frozen=True, slots=True)
class Computed:
    """Other quantities, put together by one operation.

    Parameters
    ----------
    operation : str
        One of `Operation`.
    operands : tuple of Quantity
        In the order of the formula.
    """

    operation: Operation
    operands: tuple[Quantity, ...]

    @property
    def place(self) -> str:
        """The place in Indonesian words."""
        return "hasil perhitungan"


Origin = Cell | Rows | Parameter | Constant | Computed


def _place(file: str, sheet: str | None, rows: str, column: str | None) -> str:
    parts = [file]
    if sheet is not None:
        parts.append(f"lembar {sheet}")
    parts.append(rows)
    if column is not None:
        parts.append(f"kolom {column}")
    return ", ".join(parts)
