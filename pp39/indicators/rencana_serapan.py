"""What was to be absorbed by the end of each quarter, and of each output, against what was."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from pp39.book import Book
from pp39.indicators.shares import difference, share, summed
from pp39.ledger import Quantity
from pp39.periods import MONTHS, Quarter

_PLAN = "target_serapan"
_BY_OUTPUT = "rencana_penarikan"
_REPORTED = "realisasi_ro"
_PAID = "sp2d"
_CUMULATIVE = "Target bulanan dibaca kumulatif"
_MONTHLY = "Target bulanan dibaca sebagai target bulan itu saja dan dijumlahkan"
_SUMMED = "Jumlah rencana penarikan seluruh rincian output."
_STATED = "sebagaimana ditetapkan dalam parameter"


def compute_planned_absorption(book: Book) -> None:
    """Enter target and absorption of every quarter up to that of the report.

    Parameters
    ----------
    book : Book
        Reads ``target_serapan`` (rupiah by month; ``data.target_serapan``, or else the numbers
        themselves, say whether since January), ``realisasi_ro`` or else ``sp2d``, and
        ``anggaran/pagu`` of the ledger.

    Notes
    -----
    From ``rencana_penarikan``, rupiah by RO and month, come ``serapan/ro/<RO>/rencana``, since
    January, with ``…/rencana-lalu`` and ``…/rencana-ini``, up to and in the quarter, and
    ``…/rencana/<I…IV>``, up to the end of each; where it has
    every RO of a kegiatan, a program or the DIPA, ``serapan/<level>/<code>/rencana`` is their sum,
    which is the target of the quarter where ``target_serapan`` tells none.

    ``serapan/triwulan/<I…IV>/target`` and ``/realisasi`` are rupiah since January,
    ``/target-persen`` and ``/persen`` their shares of the ceiling in force, ``/selisih`` absorption
    − target in percentage points. Without a target there is nothing. Targets that never fall are
    cumulative, unless those of a whole year add up to the ceiling better than the last one reaches
    it; the note of a target says which reading was taken.
    """
    ceiling = book.ledger.get("anggaran/pagu")
    whole = _by_output(book)
    cumulative, note = _reading(book, ceiling)
    for quarter in [one for one in Quarter if one.number <= book.quarter.number]:
        target = _target(book, quarter, cumulative=cumulative)
        if target is None and quarter is book.quarter and whole is not None:
            target, note = whole.named(f"Target penyerapan s.d. TW {quarter}"), _SUMMED
        if target is None:
            continue
        base, name = f"serapan/triwulan/{quarter}", f"s.d. TW {quarter}"
        target = book.ledger.add(f"{base}/target", target.named(target.label, note=note))
        planned = share(target, ceiling, f"Target penyerapan {name}")
        planned = book.enter(f"{base}/target-persen", planned)
        spent = book.enter(f"{base}/realisasi", _spent(book, quarter, f"Realisasi {name}"))
        percent = book.enter(f"{base}/persen", share(spent, ceiling, f"Penyerapan {name}"))
        gap = difference(percent, planned, f"Selisih penyerapan dan target {name}")
        book.enter(f"{base}/selisih", gap)


def _by_output(book: Book) -> Quantity | None:
    """Enter what was to be drawn of each output and what it is part of; give the whole."""
    outputs = {book.text("dipa_ro", row, "kode_ro"): row for row in book.find("dipa_ro")}
    plans: dict[str, dict[str, Quantity | None]] = {}
    for code, row in outputs.items():
        past, now = (
            _drawn(book, code, months, when)
            for months, when in (
                (range(1, book.quarter.months[0]), "sampai dengan triwulan lalu"),
                (book.quarter.months, f"TW {book.quarter}"),
            )
        )
        base, label = f"serapan/ro/{code}", f"Rencana penarikan RO {code}"
        book.enter(f"{base}/rencana-lalu", past)
        book.enter(f"{base}/rencana-ini", now)
        known = [one for one in (past, now) if one is not None]
        done = now is not None and (past is not None or book.quarter is Quarter.I)
        plan = summed(known, f"{label} s.d. TW {book.quarter}", "Rp") if done else None
        plan = book.enter(f"{base}/rencana", plan)
        for quarter in Quarter:
            until = _drawn(book, code, quarter.upto, f"s.d. TW {quarter}")
            book.enter(f"{base}/rencana/{quarter}", until)
        for level in ("kro", "kegiatan", "program"):
            above = f"{level}/{book.text('dipa_ro', row, f'kode_{level}')}"
            plans.setdefault(above, {})[code] = plan
        plans.setdefault("total", {})[code] = plan
    whole = None
    for above, parts in plans.items():
        every = [one for one in parts.values() if one is not None]
        if len(every) == len(parts):
            name = above.replace("kro/", "KRO ").replace("/", " ").replace("total", "seluruh RO")
            made = summed(every, f"Rencana penarikan {name} s.d. TW {book.quarter}", "Rp")
            made = book.enter(f"serapan/{above}/rencana", made)
            whole = made if above == "total" else whole
    return whole


def _drawn(book: Book, code: str, months: Iterable[int], when: str) -> Quantity | None:
    """Give what was to be drawn of an output in some months; None where one is not known."""
    cells = []
    for month in months:
        rows = book.find(_BY_OUTPUT, kode_ro=code, bulan=month)
        label = f"Rencana penarikan RO {code} {MONTHS[month - 1]}"
        cell = book.quantity(_BY_OUTPUT, rows[0], "rencana", label, "Rp") if rows else None
        if cell is None:
            return None
        cells.append(cell)
    return summed(cells, f"Rencana penarikan RO {code} {when}", "Rp")


def _reading(book: Book, ceiling: Quantity | None) -> tuple[bool, str]:
    """Tell whether the targets count since January, and why they are read so."""
    stated = book.params.data.target_serapan
    if stated is not None:
        cumulative = stated == "kumulatif"
        return cumulative, f"{_CUMULATIVE if cumulative else _MONTHLY}, {_STATED}."
    known = {month: book.find(_PLAN, bulan=month) for month in range(1, 13)}
    cells = {month: book.number(_PLAN, rows[0], "nominal") for month, rows in known.items() if rows}
    targets = {month: target for month, target in cells.items() if target is not None}
    if any(later < target for target, later in pairwise(targets.values())):
        return False, f"{_MONTHLY}, karena tidak selalu naik."
    if ceiling is None or 12 not in targets:
        return True, f"{_CUMULATIVE}, karena tidak pernah turun."
    if abs(targets[12] - ceiling.value) <= abs(sum(targets.values()) - ceiling.value):
        return True, f"{_CUMULATIVE}, karena tidak pernah turun dan yang terakhir mendekati pagu."
    return False, f"{_MONTHLY}, karena jumlahnya yang mendekati pagu."


def _target(book: Book, quarter: Quarter, *, cumulative: bool) -> Quantity | None:
    """Give what was to be spent since January; None where a month that it takes is blank."""
    months = [quarter.last_month] if cumulative else range(1, quarter.last_month + 1)
    cells = []
    for month in months:
        rows = book.find(_PLAN, bulan=month)
        label = f"Target penyerapan {'s.d. ' if cumulative else ''}{MONTHS[month - 1]}"
        cell = book.quantity(_PLAN, rows[0], "nominal", label, "Rp") if rows else None
        if cell is None:
            return None
        cells.append(cell)
    return summed(cells, f"Target penyerapan s.d. TW {quarter}", "Rp")


def _spent(book: Book, quarter: Quarter, label: str) -> Quantity | None:
    known = book.ledger.get("serapan/total/rupiah") if quarter is book.quarter else None
    if rows := book.find(_REPORTED, triwulan=str(quarter)):
        return known or summed(
            book.quantities(_REPORTED, rows, "realisasi", label, "Rp"), label, "Rp"
        )
    if not book.find(_PAID):
        return None
    past = [str(one) for one in Quarter if one.number <= quarter.number]
    table = book.tables[_PAID]
    how = f"jumlah nilai SP2D sampai dengan TW {quarter}"
    return table.sum(table.where().among("triwulan", past), "nilai", label, "Rp", how)
