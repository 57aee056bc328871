"""What was to be absorbed by the end of each quarter, against what was."""

from __future__ import annotations

from pp39.book import Book
from pp39.indicators.shares import difference, share, summed
from pp39.ledger import Quantity
from pp39.periods import MONTHS, Quarter

_PLAN = "target_serapan"
_REPORTED = "realisasi_ro"
_PAID = "sp2d"


def compute_planned_absorption(book: Book) -> None:
    """Enter target and absorption of every quarter up to that of the report.

    Parameters
    ----------
    book : Book
        Reads ``target_serapan`` (rupiah by month; ``data.target_serapan`` says whether since
        January), ``realisasi_ro`` or else ``sp2d``, and ``anggaran/pagu`` of the ledger.

    Notes
    -----
    ``serapan/triwulan/<I…IV>/target`` and ``/realisasi`` are rupiah since January,
    ``/target-persen`` and ``/persen`` their shares of the ceiling in force, ``/selisih`` absorption
    − target in percentage points. Without a target there is nothing.
    """
    ceiling = book.ledger.get("anggaran/pagu")
    for quarter in [one for one in Quarter if one.number <= book.quarter.number]:
        target = _target(book, quarter)
        if target is None:
            continue
        base, name = f"serapan/triwulan/{quarter}", f"s.d. TW {quarter}"
        target = book.ledger.add(f"{base}/target", target)
        planned = share(target, ceiling, f"Target penyerapan {name}")
        planned = book.enter(f"{base}/target-persen", planned)
        spent = book.enter(f"{base}/realisasi", _spent(book, quarter, f"Realisasi {name}"))
        percent = book.enter(f"{base}/persen", share(spent, ceiling, f"Penyerapan {name}"))
        if planned is not None and percent is not None:
            label = f"Selisih penyerapan dan target {name}"
            book.ledger.add(f"{base}/selisih", difference(percent, planned, label))


def _target(book: Book, quarter: Quarter) -> Quantity | None:
    """Give what was to be spent since January; None where a month that it takes is blank."""
    cumulative = book.params.data.target_serapan == "kumulatif"
    months = [quarter.last_month] if cumulative else range(1, quarter.last_month + 1)
    cells = []
    for month in months:
        rows = book.rows(_PLAN, bulan=month)
        label = f"Target penyerapan {'s.d. ' if cumulative else ''}{MONTHS[month - 1]}"
        cell = book.cell(_PLAN, rows[0], "nominal", label, "Rp") if rows else None
        if cell is None:
            return None
        cells.append(cell)
    return summed(cells, f"Target penyerapan s.d. TW {quarter}", "Rp")


def _spent(book: Book, quarter: Quarter, label: str) -> Quantity | None:
    known = book.ledger.get("serapan/total/rupiah") if quarter is book.quarter else None
    if rows := book.rows(_REPORTED, triwulan=str(quarter)):
        return known or summed(book.cells(_REPORTED, rows, "realisasi", label, "Rp"), label, "Rp")
    if not book.rows(_PAID):
        return None
    past = [str(one) for one in Quarter if one.number <= quarter.number]
    table = book.tables[_PAID]
    how = f"jumlah nilai SP2D sampai dengan TW {quarter}"
    return table.sum(table.where().among("triwulan", past), "nilai", label, "Rp", how)
