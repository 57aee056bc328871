"""Declarations of the sources that hold one row per case: orders, survey answers, disbursements.

They are optional. Where one is delivered, what it tells is computed from its rows; where it is not,
from the counts somebody made (``sla``, ``pelanggan``, ``hasil_layanan``, ``realisasi_kro``, the
external score of the IKM). Which quarter an order belongs to depends on what is asked:

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
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pp39.sources.budget import KRO_CODE, QUARTER, RO_CODE
from pp39.sources.context import Context
from pp39.sources.declaration import Column, Derived, Source
from pp39.sources.numbers import Count, Rupiah
from pp39.sources.services import SERVICE
from pp39.sources.words import Choice, Date, QuarterName, Text

if TYPE_CHECKING:
    Texts = pd.Series[str]

__all__ = ["ELEMENTS", "LATE", "ON_TIME", "REGISTERS", "quarters_of"]

ELEMENTS = tuple(f"u{number}" for number in range(1, 10))
"""The nine elements of service of Permenpan RB 14/2017."""

ON_TIME = "tepat"
LATE = "terlambat"

_MONTHS = {f"{month:02d}": ("I", "II", "III", "IV")[(month - 1) // 3] for month in range(1, 13)}


def quarters_of(dates: Texts, year: int) -> Texts:
    """Give the quarter of each date; blank for a blank and for a date of another year.

    Parameters
    ----------
    dates : pandas.Series of str
        ISO dates.
    year : int
        Budget year.

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


def _of_orders(columns: Mapping[str, Texts], context: Context) -> dict[str, Texts]:
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


def _of_disbursements(columns: Mapping[str, Texts], context: Context) -> dict[str, Texts]:
    given, below = columns["kode_kro"], columns["kode_ro"]
    return {
        "kode_kro": given.where(given.notna(), below.str.slice(stop=8)),
        "triwulan": quarters_of(columns["tanggal"], context.year),
    }


REGISTERS = (
    Source(
        "order_layanan",
        "order_layanan.csv",
        "Register order layanan, satu baris setiap order",
        (
            Column(
                "Nomor",
                ("nomor",),
                Text(),
                spellings=("Nomor Order",),
                required=True,
                identifier=True,
            ),
            Column("Triwulan", ("triwulan",), QuarterName(), may_lack=True),
            Column("Tanggal Terima", ("tanggal_terima",), Date(), may_lack=True),
            Column("Layanan", ("layanan",), SERVICE, spellings=("Jenis Layanan",), required=True),
            Column(
                "Kategori",
                ("kategori",),
                Choice("kind of customer", vocabulary="kategori"),
                spellings=("Kategori Pelanggan",),
                required=True,
            ),
            Column(
                "Pelanggan",
                ("pelanggan",),
                Text(),
                spellings=("Nama Pelanggan",),
                personal="pelanggan",
            ),
            Column("Tanggal Janji", ("tanggal_janji",), Date()),
            Column("Tanggal Selesai", ("tanggal_selesai",), Date()),
            Column("Hasil", ("hasil",), Count("1"), unit_column="satuan", label="Hasil layanan"),
            Column("Satuan", ("satuan",), Text()),
        ),
        derived=Derived(("triwulan_selesai", "triwulan_sla", "ketepatan"), _of_orders),
        optional=True,
    ),
    Source(
        "survei_ikm",
        "survei_ikm.csv",
        "Jawaban survei kepuasan masyarakat, sembilan unsur",
        (
            QUARTER,
            Column("Layanan", ("layanan",), SERVICE, spellings=("Jenis Layanan",), required=True),
            *(
                Column(name.upper(), (name,), Count("4"), label=f"Unsur {name.upper()}")
                for name in ELEMENTS
            ),
        ),
        optional=True,
    ),
    Source(
        "sp2d",
        "sp2d.csv",
        "Surat perintah pencairan dana (SP2D), satu baris setiap pencairan",
        (
            Column(
                "Nomor",
                ("nomor",),
                Text(),
                spellings=("Nomor SP2D",),
                required=True,
                identifier=True,
            ),
            Column("Tanggal", ("tanggal",), Date(), spellings=("Tanggal SP2D",), required=True),
            Column("Kode KRO", ("kode_kro",), KRO_CODE, may_lack=True),
            Column("Kode RO", ("kode_ro",), RO_CODE, may_lack=True),
            Column("Nilai", ("nilai",), Rupiah(), unit="Rp", label="Nilai SP2D", required=True),
        ),
        derived=Derived(("triwulan",), _of_disbursements),
        optional=True,
    ),
)
