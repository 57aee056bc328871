"""Rows picked from a clean table, together with the condition that picks them again.

Mask and condition are made in one step, so that what the ledger tells about a selection cannot
drift from what was counted. The condition is one that ``DataFrame.query`` of pandas understands.

>>> frame = pd.DataFrame({"triwulan": ["III", "IV", "IV"], "nilai": [9, 10, 3]})
>>> picked = Selection.of(frame).equal("triwulan", "IV").compared("nilai", ">=", 9)
>>> picked.condition, picked.size
('triwulan == "IV" and nilai >= 9', 1)
>>> frame.query(picked.condition).index.tolist()
[1]
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

_MOST_BYTES = 2**27
_TESTS: dict[str, Any] = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Selection:
    """Some rows of a frame."""

    #: The clean rows.
    frame: pd.DataFrame
    #: One for each row.
    mask: npt.NDArray[np.bool_]
    #: What picks them; empty for all rows.
    condition: str = ""
    #: Rows that pass a single condition, by its text; shared by all selections of one table.
    known: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, frame: pd.DataFrame, known: dict[str, npt.NDArray[np.bool_]] | None = None
    ) -> Selection:
        """Select all rows."""
        return cls(frame, np.ones(len(frame), dtype=bool), "", {} if known is None else known)

    @property
    def size(self) -> int:
        """How many rows are selected."""
        return int(np.count_nonzero(self.mask))

    def __bool__(self) -> bool:
        return bool(self.mask.any())

    def equal(self, column: str, value: str | int) -> Selection:
        """Keep the rows that have this value; a blank has none."""
        return self.compared(column, "==", value)

    def among(self, column: str, values: Iterable[str | int]) -> Selection:
        """Keep the rows that have one of these values."""
        known = list(values)
        told = f"{column} in [{', '.join(map(_spelt, known))}]"
        return self._passing(told, lambda: self.frame[column].isin(known))

    def outside(self, column: str, values: Iterable[str | int]) -> Selection:
        """Keep the rows that have a value which is none of these."""
        known = list(values)
        told = f"{column} not in [{', '.join(map(_spelt, known))}] and {column}.notna()"
        there = self.frame[column]
        return self._passing(told, lambda: ~there.isin(known) & there.notna())

    def filled(self, column: str) -> Selection:
        """Keep the rows in which the column is not blank."""
        return self._passing(f"{column}.notna()", self.frame[column].notna)

    def blank(self, column: str) -> Selection:
        """Keep the rows in which the column is blank."""
        return self._passing(f"{column}.isna()", self.frame[column].isna)

    def compared(self, column: str, test: str, value: str | float) -> Selection:
        """Keep the rows that pass a comparison; a blank passes none.

        Parameters
        ----------
        column : str
            Clean column.
        test : str
            One of ``== != < <= > >=``.
        value : str, int or float
            What the column is compared with.
        """
        told = f"{column} {test} {_spelt(value)}"
        there = self.frame[column]
        if test == "!=":
            told = f"{told} and {column}.notna()"
            return self._passing(told, lambda: (there != value).fillna(False) & there.notna())
        return self._passing(told, lambda: _TESTS[test](there, value))

    def beside(self, column: str, test: str, other: str) -> Selection:
        """Keep the rows in which one column passes a comparison with another; a blank passes none.

        Examples
        --------
        >>> frame = pd.DataFrame({"janji": ["05", "05", None], "selesai": ["04", "06", "05"]})
        >>> Selection.of(frame).beside("selesai", "<=", "janji").mask.tolist()
        [True, False, False]
        """
        one, two = self.frame[column], self.frame[other]
        there = one.notna() & two.notna()
        act = operator.ne if test == "!=" else _TESTS[test]
        told = f"{column} {test} {other}"
        told += f" and {column}.notna() and {other}.notna()" if test == "!=" else ""
        marked = pd.Series(False, index=self.frame.index)
        marked[there] = act(one[there], two[there]).astype(bool)
        return self._kept(_plain(marked), told)

    def narrowed(self, mask: pd.Series[bool], told: str) -> Selection:
        """Keep the rows of a mask that no condition on columns can say; `told` says it in words.

        Parameters
        ----------
        mask : pandas.Series of bool
            One for each row.
        told : str
            In Indonesian, such as ``"jawaban terakhir setiap responden"``.
        """
        return self._kept(_plain(mask), told)

    def first_of(self, *columns: str) -> Selection:
        """Keep, of the selected rows with the same values, the first.

        Rows whose last column is blank are all kept: nobody can know whether they are the same.
        """
        return self._one_of(columns, "first", "pertama")

    def last_of(self, *columns: str) -> Selection:
        """Keep, of the selected rows with the same values, the last; blanks as in `first_of`."""
        return self._one_of(columns, "last", "terakhir")

    def _one_of(
        self, columns: tuple[str, ...], keep: Literal["first", "last"], told: str
    ) -> Selection:
        told = f"baris {told} setiap {', '.join(columns)}"
        if self.size < 2:
            return self._kept(self.mask, told)
        inside = self.frame.loc[self.mask, list(columns)]
        again = inside.duplicated(keep=keep) & inside[columns[-1]].notna()
        repeated = pd.Series(False, index=self.frame.index)
        repeated[again.index[again]] = True
        return self._kept(_plain(~repeated), told)

    def _passing(self, told: str, mark: Callable[[], Any]) -> Selection:
        found = self.known.get(told)
        if found is None:
            found = _plain(mark())
            # One byte a row; a table of many cases must not fill the memory with conditions.
            if found.size * (len(self.known) + 1) <= _MOST_BYTES:
                self.known[told] = found
        return self._kept(found, told)

    def _kept(self, marked: npt.NDArray[np.bool_], told: str) -> Selection:
        condition = f"{self.condition} and {told}" if self.condition else told
        return Selection(self.frame, self.mask & marked, condition, self.known)


def _plain(marked: Any) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = marked.fillna(False).to_numpy(dtype=bool)
    return found


def _spelt(value: str | float) -> str:
    return json.dumps(value, ensure_ascii=False)
