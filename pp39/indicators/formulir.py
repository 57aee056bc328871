"""What Formulir A of PP 39/2006 asks for each output: money and progress, by quarter."""

from __future__ import annotations

from pp39.book import Book
from pp39.indicators.job import difference, summed
from pp39.ledger import Quantity
from pp39.periods import Quarter

__all__ = ["compute_form"]

_PAID = "sp2d"


def compute_form(job: Book) -> None:
    """Enter what is due and done in the quarter, and what was paid.

    Parameters
    ----------
    job : Book
        Reads, from the ledger, the monthly plan and progress of the outputs
        (`pp39.indicators.ro.compute_outputs`), and ``sp2d`` for the money.

    Notes
    -----
    ``formulir-a/<RO>/fisik/<sasaran|realisasi>`` is what the quarter adds to the cumulative series
    ``ro/<RO>/…``, in percent of the year's work. ``formulir-a/<RO>/keuangan/<lalu|ini|kumulatif>``
    is what was paid up to the last quarter, in this one, and since January; it is there only where
    every disbursement names its output. Nobody delivers a plan of disbursements.
    """
    codes = dict.fromkeys(
        code for row in job.rows("dipa_ro") if (code := job.text("dipa_ro", row, "kode_ro"))
    )
    for code in codes:
        for what, series, label in (
            ("sasaran", "tpcro-kumulatif", "Sasaran fisik"),
            ("realisasi", "progres", "Realisasi fisik"),
        ):
            _physical(job, code, what, series, f"{label} RO {code}")
    if not _outputs_named(job):
        return
    for code in codes:
        _money(job, code)


def _physical(job: Book, code: str, what: str, series: str, label: str) -> None:
    now = job.ledger.get(f"ro/{code}/{series}/{job.quarter.last_month:02d}")
    before = job.ledger.get(f"ro/{code}/{series}/{job.quarter.months[0] - 1:02d}")
    if now is None or (before is None and job.quarter is not Quarter.I):
        return
    name = f"{label} {job.period}"
    made = now.named(name) if before is None else difference(now, before, name)
    job.ledger.add(f"formulir-a/{code}/fisik/{what}", made)


def _outputs_named(job: Book) -> bool:
    """Tell whether every disbursement says for which output it was."""
    if not job.rows(_PAID):
        return False
    frame = job.tables[_PAID].frame
    return "kode_ro" in frame.columns and bool(frame["kode_ro"].notna().all())


def _money(job: Book, code: str) -> None:
    base, label = f"formulir-a/{code}/keuangan", f"Realisasi keuangan RO {code}"
    before = [one for one in Quarter if one.number < job.quarter.number]
    past = _paid(job, code, before, f"{label} sampai dengan triwulan lalu") if before else None
    now = _paid(job, code, [job.quarter], f"{label} {job.period}")
    told = (job.enter(f"{base}/lalu", past), job.enter(f"{base}/ini", now))
    whole = summed(told, f"{label} sampai dengan {job.period}", "Rp")
    job.enter(f"{base}/kumulatif", whole)


def _paid(job: Book, code: str, quarters: list[Quarter], label: str) -> Quantity:
    table = job.tables[_PAID]
    rows = table.where().among("triwulan", [str(one) for one in quarters]).equal("kode_ro", code)
    made = table.sum(rows, "nilai", label, "Rp", "jumlah nilai SP2D")
    return made.named(made.label)
