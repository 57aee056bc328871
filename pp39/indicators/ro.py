"""Progress of the outputs (rincian output, RO) against their monthly plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pp39.book import Book
from pp39.indicators.job import difference, share
from pp39.ledger import Quantity, counted, last, total
from pp39.periods import MONTHS

__all__ = ["compute_outputs"]

_DONE = "progres_ro"
_PLAN = "target_smart"


def compute_outputs(job: Book) -> None:
    """Enter plan and progress of every RO, and how far each is from its plan.

    Parameters
    ----------
    job : Book
        Reads ``progres_ro`` (cumulative progress in percent and volume by month) and
        ``target_smart`` (monthly increments of both); weights come from
        ``anggaran/ro/<RO>/pagu`` of the ledger, so the budget is computed first.

    Notes
    -----
    PCRO and RVRO are cumulative, TPCRO and TRVRO monthly increments (SMART, Monev Kemenkeu); the
    plan is cumulated here. Gaps are those of the last month up to the quarter's end in which any
    RO has data: progress − cumulative TPCRO in percentage points, volume − cumulative TRVRO. The
    plan is entered for all twelve months, progress only up to the quarter's end. The progress of a
    kegiatan or KRO is the mean of its RO weighted by their ceilings.
    """
    planned = _plan(job)
    done = _progress(job)
    months = sorted({month for series in done.values() for month in series})
    if not months:
        return
    now = _months(job, months)
    behind: list[Quantity] = []
    on_plan: list[Quantity] = []
    short: list[Quantity] = []
    for code, series in done.items():
        if now not in series:
            continue
        _latest(job, code, now)
        gap = _gap(job, code, now, "progres")
        if gap is not None:
            (behind if gap.value < 0 else on_plan).append(gap)
        volume = _gap(job, code, now, "volume")
        short += [volume] if volume is not None and volume.value < 0 else []
    _weighted(job, now, [code for code, series in done.items() if now in series])
    silent = [
        job.ledger[f"ro/{code}/tvro-smart"]
        for code in planned
        if now not in done.get(code, {}) and f"ro/{code}/tvro-smart" in job.ledger
    ]
    for id, chosen, label in (
        ("dinilai", [*behind, *on_plan], "RO yang memiliki data dan rencana"),
        ("di-bawah-rencana", behind, "RO dengan progres di bawah rencana"),
        ("sesuai-rencana", on_plan, "RO dengan progres sesuai atau di atas rencana"),
        ("volume-di-bawah-rencana", short, "RO dengan volume di bawah rencana"),
        ("tanpa-data", silent, "RO berencana tanpa data progres"),
    ):
        job.ledger.add(f"ro/ringkasan/{id}", counted(chosen, label, "RO"))


def _plan(job: Book) -> list[str]:
    """Enter monthly and cumulative plan; give the codes of the RO."""
    frame = job.tables[_PLAN].frame if _PLAN in job.tables else None
    if frame is None:
        return []
    codes = [str(one) for one in dict.fromkeys(frame["kode_ro"].dropna())]
    for code in codes:
        rows = job.rows(_PLAN, kode_ro=code)
        unit = job.text(_PLAN, rows[0], "satuan").lower()
        target = job.cell(_PLAN, rows[0], "target", f"Target volume RO {code} (SMART)", unit)
        job.enter(f"ro/{code}/tvro-smart", target)
        of_month = {job.number(_PLAN, row, "bulan"): row for row in reversed(rows)}
        for column, name, in_unit in (("tpcro", "TPCRO", "%"), ("trvro", "TRVRO", unit)):
            increments: list[Quantity] = []
            for month in range(1, 13):
                label = f"{name} {code} {MONTHS[month - 1]}"
                row = of_month.get(month)
                cell = None if row is None else job.cell(_PLAN, row, column, label, in_unit)
                if cell is None:
                    # What is planned after a gap cannot be cumulated.
                    break
                increments.append(job.ledger.add(f"ro/{code}/{column}/{month:02d}", cell))
                label = f"{name} kumulatif {code} {MONTHS[month - 1]}"
                job.ledger.add(
                    f"ro/{code}/{column}-kumulatif/{month:02d}", total(increments, label, in_unit)
                )
    return codes


def _progress(job: Book) -> dict[str, dict[int, Quantity]]:
    """Enter progress and volume up to the quarter's end; give progress by RO and month."""
    frame = job.tables[_DONE].frame if _DONE in job.tables else None
    if frame is None:
        return {}
    found: dict[str, dict[int, Quantity]] = {}
    for code in [str(one) for one in dict.fromkeys(frame["kode_ro"].dropna())]:
        rows = job.rows(_DONE, kode_ro=code)
        unit = job.text(_DONE, rows[0], "satuan").lower()
        target = job.cell(_DONE, rows[0], "tvro", f"Target volume RO {code}", unit)
        job.enter(f"ro/{code}/tvro", target)
        of_month = {job.number(_DONE, row, "bulan"): row for row in reversed(rows)}
        found[code] = {}
        for month in job.quarter.upto:
            if month not in of_month:
                continue
            when = f"{code} {MONTHS[month - 1]}"
            volume = job.cell(_DONE, of_month[month], "rvro", f"RVRO {when}", unit)
            job.enter(f"ro/{code}/rvro/{month:02d}", volume)
            cell = job.cell(_DONE, of_month[month], "progres", f"Progres RO {when}", "%")
            if cell is not None:
                found[code][month] = job.ledger.add(f"ro/{code}/progres/{month:02d}", cell)
    return found


def _months(job: Book, months: list[int]) -> int:
    """Enter which months have data; give the last one."""
    frame = job.tables[_DONE].frame
    told = job.tables[_DONE]
    numbers = []
    for month in months:
        rows = frame["bulan"].eq(month).fillna(False) & frame["progres"].notna()
        how = f"bulan {MONTHS[month - 1]}, yang memiliki data progres"
        made = told.count(rows, f"RO berdata bulan {MONTHS[month - 1]}", "RO", how, "bulan")
        numbers.append(made)
    job.ledger.add("ro/bulan-berdata", counted(numbers, "Bulan yang memiliki data", "bulan"))
    position = [Quantity.constant(month).named(MONTHS[month - 1], "") for month in months]
    latest = last(position, "Bulan terakhir yang memiliki data", "")
    latest = job.ledger.add("ro/bulan-terakhir", latest)
    end = Quantity.constant(job.quarter.last_month).named(f"Bulan terakhir {job.period}", "")
    missing = (end - latest).named(f"Bulan tanpa data sampai akhir {job.period}", "bulan")
    job.ledger.add("ro/bulan-tanpa-data", missing)
    return months[-1]


def _latest(job: Book, code: str, month: int) -> None:
    """Enter progress and volume of the last month, and volume in percent of its target."""
    when = f"posisi {MONTHS[month - 1]}"
    progress = job.ledger[f"ro/{code}/progres/{month:02d}"]
    job.ledger.add(f"ro/{code}/progres", progress.named(f"Progres RO {code} {when}"))
    volume = job.ledger.get(f"ro/{code}/rvro/{month:02d}")
    if volume is None:
        return
    volume = job.ledger.add(f"ro/{code}/rvro", volume.named(f"Volume RO {code} {when}"))
    target = job.ledger.get(f"ro/{code}/tvro")
    portion = share(volume, target, f"Volume RO {code} {when} terhadap target")
    job.enter(f"ro/{code}/volume-persen", portion)


def _gap(job: Book, code: str, month: int, what: Literal["progres", "volume"]) -> Quantity | None:
    """Enter what was reached − what was planned until then."""
    series, plan = ("progres", "tpcro") if what == "progres" else ("rvro", "trvro")
    reached = job.ledger.get(f"ro/{code}/{series}/{month:02d}")
    planned = job.ledger.get(f"ro/{code}/{plan}-kumulatif/{month:02d}")
    if reached is None or planned is None:
        return None
    label = f"Selisih {what} RO {code} terhadap rencana posisi {MONTHS[month - 1]}"
    return job.ledger.add(f"ro/{code}/selisih-{what}", difference(reached, planned, label))


def _weighted(job: Book, month: int, codes: Iterable[str]) -> None:
    """Enter mean progress, plan and gap of kegiatan and KRO, weighted by the RO's ceilings."""
    groups: dict[str, list[str]] = {}
    for code in codes:
        kegiatan, _, rest = code.partition(".")
        groups.setdefault(f"ro/kegiatan/{kegiatan}", []).append(code)
        groups.setdefault(f"ro/kro/{kegiatan}.{rest.partition('.')[0]}", []).append(code)
        groups.setdefault("ro/total", []).append(code)
    late = [MONTHS[one - 1] for one in job.quarter.upto if one > month]
    for base, members in groups.items():
        name = {"kegiatan": "kegiatan ", "kro": "KRO "}.get(base.split("/")[1], "")
        name = f"{name}{base.rpartition('/')[2]}" if name else "seluruh RO"
        weighed = [one for one in members if f"anggaran/ro/{one}/pagu" in job.ledger]
        without = [one for one in members if one not in weighed]
        notes = [f"Posisi {MONTHS[month - 1]}."]
        notes += [f"Belum ada data bulan {', '.join(late)}."] if late else []
        notes += [f"Tanpa RO {', '.join(without)}, yang tidak memiliki pagu."] if without else []
        note = " ".join(notes)
        progress = _mean(job, weighed, f"progres/{month:02d}", f"Progres {name}", note)
        progress = job.enter(f"{base}/progres", progress)
        plan = _mean(job, weighed, f"tpcro-kumulatif/{month:02d}", f"Rencana progres {name}", note)
        plan = job.enter(f"{base}/rencana", plan)
        if progress is not None and plan is not None:
            gap = difference(progress, plan, f"Selisih progres {name} terhadap rencana")
            job.ledger.add(f"{base}/selisih-progres", gap)


def _mean(job: Book, codes: list[str], series: str, label: str, note: str) -> Quantity | None:
    values = {code: job.ledger.get(f"ro/{code}/{series}") for code in codes}
    weights = {code: job.ledger[f"anggaran/ro/{code}/pagu"] for code in codes}
    parts = [value * weights[code] for code, value in values.items() if value is not None]
    # A mean over other RO than those the progress was taken over could not be compared with it.
    if not parts or len(parts) < len(codes) or not any(one.value for one in weights.values()):
        return None
    # Unnamed sums, so that the formula shows every value with its weight.
    return (total(parts, "", "") / total(weights.values(), "", "Rp")).named(label, "%", note=note)
