"""Rows picked from a clean table, together with the condition that picks them again.

Mask and condition are made in one step, so that what the ledger tells about a selection cannot
drift from what was counted. The condition is one that ``DataFrame.query`` of pandas understands.

>>> frame = pd.DataFrame({"triwulan": ["III", "IV", "IV"], "nilai": [9, 10, 3]})
>>> picked = Selection.of(frame).equal("triwulan", "IV").at_least("nilai", 9)
>>> picked.condition, picked.size
('triwulan == "IV" and nilai >= 9', 1)
>>> frame.query(picked.condition).index.tolist()
[1]
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """Some rows of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The clean rows.
    mask : numpy.ndarray of bool
        One for each row.
    condition : str
        What picks them; empty for all rows.
    """

    frame: pd.DataFrame
    mask: npt.NDArray[np.bool_]
    condition: str = ""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Selection:
        """Select all rows."""
        return cls(frame, np.ones(len(frame), dtype=bool))

    @property
    def size(self) -> int:
        """How many rows are selected."""
        return int(np.count_nonzero(self.mask))

    def __bool__(self) -> bool:
        return bool(self.mask.any())

    def equal(self, column: str, value: str | int) -> Selection:
        """Keep the rows that have this value; a blank has none."""
        return self._kept(self.frame[column] == value, f"{column} == {_spelt(value)}")

    def among(self, column: str, values: Iterable[str]) -> Selection:
        """Keep the rows that have one of these values."""
        known = list(values)
        listed = f"[{', '.join(map(_spelt, known))}]"
        return self._kept(self.frame[column].isin(known), f"{column} in {listed}")

    def filled(self, column: str) -> Selection:
        """Keep the rows in which the column is not blank."""
        return self._kept(self.frame[column].notna(), f"{column}.notna()")

    def at_least(self, column: str, value: int) -> Selection:
        """Keep the rows that have this value or a higher one."""
        return self._kept(self.frame[column] >= value, f"{column} >= {_spelt(value)}")

    def narrowed(self, mask: pd.Series[bool], told: str) -> Selection:
        """Keep the rows of a mask that no condition on columns can say; `told` says it in words.

        Parameters
        ----------
        mask : pandas.Series of bool
            One for each row.
        told : str
            In Indonesian, such as ``"jawaban terakhir setiap responden"``.
        """
        return self._kept(mask, told)

    def first_of(self, *columns: str) -> Selection:
        """Keep, of the selected rows with the same values, the first.

        Rows whose last column is blank are all kept: nobody can know whether they are the same.
        """
        inside = self.frame.loc[self.mask, list(columns)]
        again = inside.duplicated() & inside[columns[-1]].notna()
        repeated = pd.Series(False, index=self.frame.index)
        repeated[again.index[again]] = True
        return self._kept(~repeated, f"baris pertama setiap {', '.join(columns)}")

    def _kept(self, marked: Any, told: str) -> Selection:
        mask = self.mask & marked.fillna(False).to_numpy(dtype=bool)
        return Selection(
            self.frame, mask, f"{self.condition} and {told}" if self.condition else told
        )


def _spelt(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
