"""Scores that somebody else gives, and those that months or survey elements make up."""

from __future__ import annotations

from pp39.indicators.footing import rows_of_quarter
from pp39.indicators.job import Job, difference
from pp39.indicators.registry import indicator
from pp39.ledger import Quantity, last, mean
from pp39.periods import MONTHS, format_date, parse_date

__all__ = ["ikm", "ikpa", "nilai_eksternal"]

_SURVEY = "survei_ikm"
_ELEMENTS = range(1, 10)


@indicator("nilai_eksternal", "nilai_eksternal")
def nilai_eksternal(job: Job, slug: str) -> Quantity | None:
    """Take a score that reached the unit by letter or from another system.

    Parameters
    ----------
    job : Job
        Reads ``nilai_eksternal``: the row of the indicator and the quarter.
    slug : str
        Slug of the indicator's code.

    Returns
    -------
    Quantity or None
        The score in the indicator's unit, with source, letter number and date in its note.

    Notes
    -----
    Nothing is computed: SAKIP (Permenpan RB 12/2015), IPASN, IPP (Permenpan RB 29/2022), SPBE
    (Perpres 95/2018), kearsipan, PDN and the like are scored by others. A later row of the same
    quarter replaces an earlier one.
    """
    code = job.code(slug)
    for row in reversed(job.rows("nilai_eksternal", kode=code, triwulan=str(job.quarter))):
        score = job.cell("nilai_eksternal", row, "nilai", f"Nilai {code} {job.period}")
        if score is not None:
            return score.named(score.label, note=_remark(job, row))
    return None


@indicator("ikm", "nilai_eksternal")
def ikm(job: Job, slug: str) -> Quantity | None:
    """Compute the satisfaction index (IKM) from survey rows, or take it where only it is known.

    Parameters
    ----------
    job : Job
        Reads ``survei_ikm`` (``u1`` to ``u9``, answers 1–4) where it has the quarter, otherwise
        ``nilai_eksternal``; with ``data.dahulukan`` ``rekap`` the other way round.
    slug : str
        Slug of the indicator's code; ``/unsur/1`` to ``/unsur/9`` and ``/responden`` are entered.

    Returns
    -------
    Quantity or None
        Index on the scale 1–4.

    Notes
    -----
    Permenpan RB 14/2017: the mean answer of each of the nine elements, weighted 1/9 exactly, that
    is their mean. The conversion (× 25) and the class are those of the classification ``ikm``.
    """
    code = job.code(slug)
    stated = job.rows("nilai_eksternal", kode=code, triwulan=str(job.quarter))
    asked = rows_of_quarter(job, _SURVEY, "triwulan", bool(stated))
    if asked is None:
        return nilai_eksternal(job, slug)
    table = job.tables[_SURVEY]
    how = f"banyaknya jawaban {job.period}"
    job.enter(f"{slug}/responden", table.count(asked, "Responden IKM", "orang", how))
    elements = []
    for number in _ELEMENTS:
        column = f"u{number}"
        answered = asked.filled(column)
        if not answered:
            return None
        label = f"Unsur U{number}"
        points = table.sum(answered, column, f"Jumlah nilai {label}", "", f"jumlah nilai {label}")
        people = table.count(answered, f"Jawaban {label}", "orang", how, column)
        elements.append(job.ledger.add(f"{slug}/unsur/{number}", (points / people).named(label)))
    made = mean(elements, "Indeks kepuasan masyarakat", "indeks")
    return made.named(made.label, note="Dihitung dari jawaban setiap responden survei.")


@indicator("ikpa", "ikpa")
def ikpa(job: Job, slug: str) -> Quantity | None:
    """Make one IKPA value of the quarter's months.

    Parameters
    ----------
    job : Job
        Reads ``ikpa``; parameter ``ikpa.cara`` says mean of the months or last month.
    slug : str
        Slug of the indicator's code; ``/bulan/BB`` is entered for every month with data up to the
        quarter's end, ``/bulan/BB/perubahan`` where the month before has data too.

    Returns
    -------
    Quantity or None
        Score, 0–100; its note names months without data.

    Notes
    -----
    Monthly scores are those OM-SPAN gives, cumulative in the year (PER-5/PB/2024). How a quarter
    is made of them no regulation fixes, so it is a parameter.
    """
    months: dict[int, Quantity] = {}
    for month in job.quarter.upto:
        name = MONTHS[month - 1]
        for row in reversed(job.rows("ikpa", bulan=month)):
            score = job.cell("ikpa", row, "nilai", f"IKPA {name}", "nilai")
            if score is None:
                continue
            entered = job.ledger.add(f"{slug}/bulan/{month:02d}", score.named(score.label, None, 2))
            months[month] = entered
            if month - 1 in months:
                change = difference(entered, months[month - 1], f"Perubahan IKPA {name}")
                job.ledger.add(f"{slug}/bulan/{month:02d}/perubahan", change)
            break
    there = [months[month] for month in job.quarter.months if month in months]
    if not there:
        return None
    missing = [MONTHS[month - 1] for month in job.quarter.months if month not in months]
    note = f"Belum ada data bulan {', '.join(missing)}." if missing else ""
    if job.params.ikpa.cara == "rata_rata":
        made = mean(there, f"Rata-rata IKPA {job.period}", "nilai")
    else:
        made = last(there, f"IKPA bulan terakhir {job.period}", "nilai")
    return made.named(made.label, note=note)


def _remark(job: Job, row: int) -> str:
    def text(column: str) -> str:
        return job.text("nilai_eksternal", row, column)

    parts = [f"Sumber: {text('sumber')}"] if text("sumber") else []
    if text("nomor_surat"):
        dated = text("tanggal_surat")
        when = f" tanggal {format_date(parse_date(dated))}" if dated else ""
        parts.append(f"surat nomor {text('nomor_surat')}{when}")
    if text("keterangan"):
        parts.append(text("keterangan"))
    return "; ".join(parts) + "." if parts else ""
