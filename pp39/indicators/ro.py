"""Progress of the outputs (rincian output, RO) against their monthly plan."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from fractions import Fraction
from typing import Literal

from pp39.book import Book
from pp39.indicators.shares import difference, share
from pp39.ledger import Quantity, counted, last, total
from pp39.periods import MONTHS

_DONE = "progres_ro"
_PLAN = "target_smart"
_STATED_PLAN = "rencana_ro"

#: Percentage points; work does not grow by so little in a month.
TINY_STEP = Fraction(1, 10)


def compute_outputs(book: Book) -> None:
    """Enter plan and progress of every RO, and how far each is from its plan.

    Parameters
    ----------
    book : Book
        Reads ``progres_ro`` (cumulative progress in percent and volume by month),
        ``target_smart`` (monthly increments of both) and ``rencana_ro`` (cumulative progress
        planned up to a month, which goes before what is cumulated here); weights come from
        ``anggaran/ro/<RO>/pagu`` of the ledger, so the budget is computed first.

    Notes
    -----
    PCRO and RVRO are cumulative, TPCRO and TRVRO monthly increments (SMART, Monev Kemenkeu); the
    plan is cumulated here. Gaps are those of the last month up to the quarter's end in which any
    RO has data: progress − cumulative TPCRO in percentage points, volume − cumulative TRVRO. The
    plan is entered for all twelve months, progress only up to the quarter's end. The progress of a
    kegiatan or KRO is the mean of its RO weighted by their ceilings.
    """
    stated = _stated_plan(book)
    planned = _plan(book, stated)
    done = _progress(book)
    months = sorted({month for series in done.values() for month in series})
    if not months:
        return
    now = _months(book, months)
    behind: list[Quantity] = []
    on_plan: list[Quantity] = []
    short: list[Quantity] = []
    for code, series in done.items():
        if now not in series:
            continue
        _latest(book, code, now)
        gap = _gap(book, code, now, "progres")
        if gap is not None:
            (behind if gap.value < 0 else on_plan).append(gap)
        volume = _gap(book, code, now, "volume")
        short += [volume] if volume is not None and volume.value < 0 else []
    _weighted(book, now, [code for code, series in done.items() if now in series])
    silent = [
        book.ledger[f"ro/{code}/tvro-smart"]
        for code in planned
        if now not in done.get(code, {}) and f"ro/{code}/tvro-smart" in book.ledger
    ]
    for id, chosen, label in (
        ("dinilai", [*behind, *on_plan], "RO yang memiliki data dan rencana"),
        ("di-bawah-rencana", behind, "RO dengan progres di bawah rencana"),
        ("sesuai-rencana", on_plan, "RO dengan progres sesuai atau di atas rencana"),
        ("volume-di-bawah-rencana", short, "RO dengan volume di bawah rencana"),
        ("tanpa-data", silent, "RO berencana tanpa data progres"),
    ):
        book.ledger.add(f"ro/ringkasan/{id}", counted(chosen, label, "RO"))


def _stated_plan(book: Book) -> set[str]:
    """Enter the cumulative plan where it is stated; give the ids."""
    found = set()
    for row in book.find(_STATED_PLAN):
        code = book.text(_STATED_PLAN, row, "kode_ro")
        month = book.number(_STATED_PLAN, row, "bulan")
        label = f"TPCRO kumulatif {code} {MONTHS[int(month or 1) - 1]}"
        id = f"ro/{code}/tpcro-kumulatif/{month:02d}"
        if book.enter(id, book.quantity(_STATED_PLAN, row, "tpcro", label, "%")) is not None:
            found.add(id)
    return found


def _plan(book: Book, stated: Container[str]) -> list[str]:
    """Enter monthly and cumulative plan; give the codes of the RO."""
    frame = book.tables[_PLAN].frame if _PLAN in book.tables else None
    if frame is None:
        return []
    codes = [str(one) for one in dict.fromkeys(frame["kode_ro"].dropna())]
    for code in codes:
        rows = book.find(_PLAN, kode_ro=code)
        unit = book.text(_PLAN, rows[0], "satuan").lower()
        target = book.quantity(_PLAN, rows[0], "target", f"Target volume RO {code} (SMART)", unit)
        book.enter(f"ro/{code}/tvro-smart", target)
        of_month = {book.number(_PLAN, row, "bulan"): row for row in reversed(rows)}
        for column, name, in_unit in (("tpcro", "TPCRO", "%"), ("trvro", "TRVRO", unit)):
            increments: list[Quantity] = []
            for month in range(1, 13):
                label = f"{name} {code} {MONTHS[month - 1]}"
                row = of_month.get(month)
                cell = None if row is None else book.quantity(_PLAN, row, column, label, in_unit)
                if cell is None:
                    # What is planned after a gap cannot be cumulated.
                    break
                increments.append(book.ledger.add(f"ro/{code}/{column}/{month:02d}", cell))
                label = f"{name} kumulatif {code} {MONTHS[month - 1]}"
                id = f"ro/{code}/{column}-kumulatif/{month:02d}"
                if id not in stated:
                    book.ledger.add(id, total(increments, label, in_unit))
    return codes


def _progress(book: Book) -> dict[str, dict[int, Quantity]]:
    """Enter progress and volume up to the quarter's end; give progress by RO and month."""
    frame = book.tables[_DONE].frame if _DONE in book.tables else None
    if frame is None:
        return {}
    found: dict[str, dict[int, Quantity]] = {}
    for code in [str(one) for one in dict.fromkeys(frame["kode_ro"].dropna())]:
        rows = book.find(_DONE, kode_ro=code)
        unit = book.text(_DONE, rows[0], "satuan").lower()
        target = book.quantity(_DONE, rows[0], "tvro", f"Target volume RO {code}", unit)
        book.enter(f"ro/{code}/tvro", target)
        of_month = {book.number(_DONE, row, "bulan"): row for row in reversed(rows)}
        found[code] = {}
        for month in book.quarter.upto:
            if month not in of_month:
                continue
            when = f"{code} {MONTHS[month - 1]}"
            volume = book.quantity(_DONE, of_month[month], "rvro", f"RVRO {when}", unit)
            book.enter(f"ro/{code}/rvro/{month:02d}", volume)
            cell = book.quantity(_DONE, of_month[month], "progres", f"Progres RO {when}", "%")
            if cell is not None:
                found[code][month] = book.ledger.add(f"ro/{code}/progres/{month:02d}", cell)
    return found


def _months(book: Book, months: list[int]) -> int:
    """Enter which months have data; give the last one."""
    frame = book.tables[_DONE].frame
    told = book.tables[_DONE]
    numbers = []
    for month in months:
        rows = frame["bulan"].eq(month).fillna(False) & frame["progres"].notna()
        how = f"bulan {MONTHS[month - 1]}, yang memiliki data progres"
        made = told.count(rows, f"RO berdata bulan {MONTHS[month - 1]}", "RO", how, "bulan")
        numbers.append(made)
    book.ledger.add("ro/bulan-berdata", counted(numbers, "Bulan yang memiliki data", "bulan"))
    position = [Quantity.constant(month).named(MONTHS[month - 1], "") for month in months]
    latest = last(position, "Bulan terakhir yang memiliki data", "")
    latest = book.ledger.add("ro/bulan-terakhir", latest)
    end = Quantity.constant(book.quarter.last_month).named(f"Bulan terakhir TW {book.quarter}", "")
    missing = (end - latest).named(f"Bulan tanpa data sampai akhir TW {book.quarter}", "bulan")
    book.ledger.add("ro/bulan-tanpa-data", missing)
    return months[-1]


def _latest(book: Book, code: str, month: int) -> None:
    """Enter progress and volume of the last month, and volume in percent of its target."""
    when = f"posisi {MONTHS[month - 1]}"
    progress = book.ledger[f"ro/{code}/progres/{month:02d}"]
    book.ledger.add(f"ro/{code}/progres", progress.named(f"Progres RO {code} {when}"))
    volume = book.ledger.get(f"ro/{code}/rvro/{month:02d}")
    if volume is None:
        return
    volume = book.ledger.add(f"ro/{code}/rvro", volume.named(f"Volume RO {code} {when}"))
    target = book.ledger.get(f"ro/{code}/tvro")
    portion = share(volume, target, f"Volume RO {code} {when} terhadap target")
    book.enter(f"ro/{code}/volume-persen", portion)


def _gap(book: Book, code: str, month: int, what: Literal["progres", "volume"]) -> Quantity | None:
    """Enter what was reached − what was planned until then."""
    series, plan = ("progres", "tpcro") if what == "progres" else ("rvro", "trvro")
    reached = book.ledger.get(f"ro/{code}/{series}/{month:02d}")
    planned = book.ledger.get(f"ro/{code}/{plan}-kumulatif/{month:02d}")
    label = f"Selisih {what} RO {code} terhadap rencana posisi {MONTHS[month - 1]}"
    return book.enter(f"ro/{code}/selisih-{what}", difference(reached, planned, label))


def _weighted(book: Book, month: int, codes: Iterable[str]) -> None:
    """Enter mean progress, plan and gap of kegiatan and KRO, weighted by the RO's ceilings."""
    groups: dict[str, list[str]] = {}
    for code in codes:
        kegiatan, _, rest = code.partition(".")
        groups.setdefault(f"ro/kegiatan/{kegiatan}", []).append(code)
        groups.setdefault(f"ro/kro/{kegiatan}.{rest.partition('.')[0]}", []).append(code)
        groups.setdefault("ro/total", []).append(code)
    late = [MONTHS[one - 1] for one in book.quarter.upto if one > month]
    for base, members in groups.items():
        name = {"kegiatan": "kegiatan ", "kro": "KRO "}.get(base.split("/")[1], "")
        name = f"{name}{base.rpartition('/')[2]}" if name else "seluruh RO"
        weighed = [one for one in members if f"anggaran/ro/{one}/pagu" in book.ledger]
        without = [one for one in members if one not in weighed]
        notes = [f"Posisi {MONTHS[month - 1]}."]
        notes += [f"Belum ada data bulan {', '.join(late)}."] if late else []
        notes += [f"Tanpa RO {', '.join(without)}, yang tidak memiliki pagu."] if without else []
        note = " ".join(notes)
        of = {"progres": ("progres", "Progres"), "rencana": ("tpcro-kumulatif", "Rencana progres")}
        progress, plan = (
            book.enter(
                f"{base}/{what}",
                mean_of(book, weighed, f"{series}/{month:02d}", f"{told} {name}", note),
            )
            for what, (series, told) in of.items()
        )
        gap = difference(progress, plan, f"Selisih progres {name} terhadap rencana")
        book.enter(f"{base}/selisih-progres", gap)


def mean_of(
    book: Book, codes: Sequence[str], series: str, label: str, note: str = ""
) -> Quantity | None:
    """Give the mean of a series of outputs, weighted by their ceilings; None where one lacks."""
    values = {code: book.ledger.get(f"ro/{code}/{series}") for code in codes}
    weights = {code: book.ledger[f"anggaran/ro/{code}/pagu"] for code in codes}
    parts = [value * weights[code] for code, value in values.items() if value is not None]
    # A mean over other RO than those the progress was taken over could not be compared with it.
    if not parts or len(parts) < len(codes) or not any(one.value for one in weights.values()):
        return None
    # Unnamed sums, so that the formula shows every value with its weight.
    return (total(parts, "", "") / total(weights.values(), "", "Rp")).named(label, "%", note=note)
