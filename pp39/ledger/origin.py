"""Where a quantity comes from: a cell, many rows, a parameter, a constant, or other quantities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from pp39.ledger.quantity import Quantity

RUN_LIMIT = 5000
"""How many unbroken runs of rows are listed; a selection with more is summarised."""

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
    """One cell of a raw file."""

    #: Name of the source, such as ``"dipa_ro"``.
    source: str
    #: File name, without folders.
    file: str
    #: Sheet of a workbook; None for CSV.
    sheet: str | None
    #: Row as a person sees it: line of the CSV, row number of the sheet.
    row: int
    #: Column header as it stands in the file.
    column: str

    @property
    def place(self) -> str:
        """The place in Indonesian words, such as ``dipa_ro.xlsx, lembar RO, baris 7, kolom …``."""
        return _place(self.file, self.sheet, f"baris {self.row}", self.column)


@dataclass(frozen=True, slots=True)
class Summary:
    """Stands for more runs of rows than anybody would read, and says how to find them again."""

    #: count, runs: how many rows, in how many unbroken runs.
    count: int
    runs: int
    #: first, last: first and last row.
    first: int
    last: int
    #: SHA-256 (hexadecimal) of the row numbers, ascending, each as 8 bytes, lowest byte first.
    digest: str
    #: Condition on the columns of the clean table that picks the rows; as `Rows.how` tells it where
    #: there is no such condition.
    selection: str

    @property
    def told(self) -> str:
        """The rows in Indonesian words: bounds, count, condition and the head of the digest."""
        return (
            f"{self.count} baris antara baris {self.first} dan {self.last},"
            f" pilihan: {self.selection}, SHA-256 {self.digest[:16]}…"
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Many rows of a raw file, reduced to one number (a count, a sum over rows)."""

    #: source, file, sheet: as in `Cell`.
    source: str
    file: str
    sheet: str | None
    #: Column the rows were picked or summed by; None if no single column.
    column: str | None
    #: First and last row of each unbroken run, ascending; empty where there is a summary.
    ranges: tuple[tuple[int, int], ...]
    #: What was done with the rows, in Indonesian, such as ``"banyaknya baris bernilai 9–10"``.
    how: str
    #: Instead of the ranges, where there are more than `RUN_LIMIT`.
    summary: Summary | None = None

    @classmethod
    def of(
        cls,
        source: str,
        file: str,
        rows: Iterable[int] | npt.NDArray[np.int64],
        how: str,
        *,
        sheet: str | None = None,
        column: str | None = None,
        selection: str = "",
    ) -> Rows:
        """Build from single row numbers, in any order.

        Parameters
        ----------
        source, file, how, sheet, column :
            As in the class.
        rows : iterable of int
            Row numbers; a numpy array of them costs least.
        selection : str
            Condition that picks the rows, kept where they are too many to be listed.

        Examples
        --------
        >>> Rows.of("kendala", "kendala.csv", [4, 2, 3, 9], "banyaknya baris").ranges
        ((2, 4), (9, 9))
        """
        # Whoever has rows to count has numpy already; the ledger alone does without it.
        import numpy as np  # noqa: PLC0415

        numbers: Any = rows if isinstance(rows, np.ndarray) else list(rows)
        numbers = np.asarray(numbers, dtype="<i8")
        if numbers.size and not bool((np.diff(numbers) > 0).all()):
            numbers = np.unique(numbers)
        breaks = np.flatnonzero(np.diff(numbers) != 1)
        starts = np.concatenate([numbers[:1], numbers[breaks + 1]])
        ends = np.concatenate([numbers[breaks], numbers[-1:]])
        if starts.size <= RUN_LIMIT:
            ranges = tuple(zip(starts.tolist(), ends.tolist(), strict=True))
            return cls(source, file, sheet, column, ranges, how)
        summary = Summary(
            count=int(numbers.size),
            runs=int(starts.size),
            first=int(numbers[0]),
            last=int(numbers[-1]),
            digest=hashlib.sha256(numbers.tobytes()).hexdigest(),
            selection=selection or how,
        )
        return cls(source, file, sheet, column, (), how, summary)

    @property
    def count(self) -> int:
        """How many rows there are."""
        if self.summary is not None:
            return self.summary.count
        return sum(end - start + 1 for start, end in self.ranges)

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The ranges; of a summary one from its first to its last row, not all of which count."""
        if self.summary is not None:
            return ((self.summary.first, self.summary.last),)
        return self.ranges

    @property
    def place(self) -> str:
        """The place in Indonesian words; long lists of rows are cut after twelve runs."""
        return self.located(12)

    def located(self, most: int | None = None) -> str:
        """Give the place in Indonesian words, with at most so many runs; all of them by default."""
        if self.summary is not None:
            return _place(self.file, self.sheet, self.summary.told, self.column)
        runs = [str(a) if a == b else f"{a}–{b}" for a, b in self.ranges]
        shown = ", ".join(runs[:most]) + (", …" if most is not None and len(runs) > most else "")
        rows = f"baris {shown} ({self.count} baris)" if runs else "tidak ada baris"
        return _place(self.file, self.sheet, rows, self.column)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the run."""

    #: Dotted path, such as ``"capaian.batas"``.
    path: str
    #: Where its value was set: a file below ``params/``, ``-p``, or ``bawaan`` (the default).
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
    """Other quantities, put together by one operation."""

    #: One of `Operation`.
    operation: Operation
    #: In the order of the formula.
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


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Give the first and last of each unbroken run of ascending numbers.

    `Rows.of` does the same for the many rows of a table.

    Examples
    --------
    >>> runs([2, 3, 4, 9])
    [(2, 4), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    start = last = None
    for number in numbers:
        if start is None or last is None or number != last + 1:
            if start is not None and last is not None:
                found.append((start, last))
            start = number
        last = number
    return found if start is None or last is None else [*found, (start, last)]
