"""Columns that follow from others, in the sources that hold one row per case.

Such a source is optional. Where it is delivered, what it tells is computed from its rows; where it
is not, from the counts somebody made. Which quarter an order belongs to depends on what is asked:

- it brings a **customer** in the quarter it was received (``triwulan``; as the register says, else
  from the date of receipt);
- it brings its **results** in the quarter it was finished (``triwulan_selesai``);
- it is **judged** in the quarter of the earlier of two dates, the day it was finished and the day
  it was promised (``triwulan_sla``). By that day it is known whether it was on time
  (``ketepatan``), so every order is judged in exactly one quarter, an order still open after the
  promised day is late, and no later delivery of the register changes a quarter that is over. The
  register must be as of the quarter's end or later. Without a promised day nothing can be judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pp39.sources.context import Context
from pp39.sources.words import Month

if TYPE_CHECKING:
    from pp39.sources.declaration import Kind

    Texts = pd.Series[str]

ON_TIME = "tepat"
LATE = "terlambat"

_MONTHS = {f"{month:02d}": ("I", "II", "III", "IV")[(month - 1) // 3] for month in range(1, 13)}


def quarters_of(dates: Texts, year: int) -> Texts:
    """Give the quarter of each date; blank for a blank and for a date of another year.

    Examples
    --------
    >>> dates = pd.Series(["2025-03-31", "2024-12-31", None], dtype="str")
    >>> quarters_of(dates, 2025).fillna("-").tolist()
    ['I', '-', '-']
    """
    # A register holds few different days, however many orders it has.
    codes, days = pd.factorize(dates)
    named = [_MONTHS[str(day)[5:7]] if str(day)[:4] == str(year) else None for day in days]
    return pd.Series([*named, None], dtype="str").take(codes).reset_index(drop=True)


def told_by(kind: Kind, dates: Texts, year: int) -> pd.Series[Any]:
    """Give the time that each date tells to a column of a kind: the month, or else the quarter."""
    quarters = quarters_of(dates, year)
    if not isinstance(kind, Month):
        return quarters
    months = pd.to_numeric(dates.str[5:7]).astype("Int64")
    return months.where(quarters.notna())


def of_orders(columns: Mapping[str, Texts], context: Context) -> dict[str, Texts]:
    """Tell in which quarters an order counts, and whether it was on time."""
    done, due = columns["tanggal_selesai"], columns["tanggal_janji"]
    both = (done.notna() & due.notna()).to_numpy(dtype=bool)
    in_time = both & (done <= due).fillna(False).to_numpy(dtype=bool)
    judged = np.where(in_time, ON_TIME, LATE)
    punctual = pd.Series(judged, dtype="str").where(due.notna().to_numpy(dtype=bool))
    given = columns["triwulan"]
    return {
        "triwulan": given.where(
            given.notna(), quarters_of(columns["tanggal_terima"], context.year)
        ),
        "triwulan_selesai": quarters_of(done, context.year),
        "triwulan_sla": quarters_of(done.where(in_time, due), context.year),
        "ketepatan": punctual,
    }


def of_disbursements(columns: Mapping[str, Texts], context: Context) -> dict[str, Texts]:
    """Tell the quarter of a disbursement, and its KRO where only the RO is given."""
    given, below = columns["kode_kro"], columns["kode_ro"]
    return {
        "kode_kro": given.where(given.notna(), below.str.slice(stop=8)),
        "triwulan": quarters_of(columns["tanggal"], context.year),
    }
