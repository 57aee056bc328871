"""Absorption of the budget (serapan) by KRO and program."""

from __future__ import annotations

from pp39.indicators.job import Job, difference, share, summed
from pp39.ledger import Quantity, counted

__all__ = ["compute_absorption"]

_SOURCE = "realisasi_kro"
_ESTIMATE = "Perkiraan dari persentase serapan, karena realisasi dalam rupiah tidak tersedia."


def compute_absorption(job: Job) -> None:
    """Enter the absorption of the quarter.

    Parameters
    ----------
    job : Job
        Reads ``realisasi_kro`` (percent, cumulative to the quarter) and, from the ledger, the
        ceilings ``anggaran/kro/<KRO>/pagu``, so `pp39.indicators.anggaran.compute_budget` comes
        first.

    Notes
    -----
    The source gives percentages only. An amount is the percentage of the KRO's ceiling; a program
    and the whole are Σ amounts ÷ Σ ceilings of the KRO that have both. What share of the whole
    ceiling these cover is ``serapan/total/cakupan``.
    """
    rows = job.rows(_SOURCE, triwulan=str(job.quarter))
    amounts: dict[str, dict[str, Quantity]] = {}
    ceilings: dict[str, dict[str, Quantity]] = {}
    homeless: list[Quantity] = []
    for row in rows:
        code = job.text(_SOURCE, row, "kode_kro")
        percent = job.cell(_SOURCE, row, "serapan", f"Serapan KRO {code}", "%")
        if not code or percent is None or f"serapan/kro/{code}/persen" in job.ledger:
            continue
        ceiling = job.ledger.get(f"anggaran/kro/{code}/pagu")
        if ceiling is None:
            note = (
                "Pagu KRO ini tidak ada dalam komposisi RO, sehingga tidak masuk serapan program."
            )
            percent = percent.named(percent.label, note=note)
        percent = job.ledger.add(f"serapan/kro/{code}/persen", percent)
        if ceiling is None:
            homeless.append(percent)
            continue
        amount = (ceiling * percent / 100).named(f"Realisasi KRO {code}", "Rp", note=_ESTIMATE)
        amount = job.ledger.add(f"serapan/kro/{code}/rupiah", amount)
        rest = (ceiling - amount).named(f"Sisa pagu KRO {code}", "Rp", note=_ESTIMATE)
        job.ledger.add(f"serapan/kro/{code}/sisa", rest)
        program = job.text(_SOURCE, row, "kode_program")
        amounts.setdefault(program, {})[code] = amount
        ceilings.setdefault(program, {})[code] = ceiling
        _against_progress(job, code, percent)
    sums = []
    for program, parts in amounts.items():
        base = f"serapan/program/{program}"
        sums.append(_whole(job, base, f"program {program}", parts, ceilings[program]))
    if not sums:
        return
    _whole(
        job,
        "serapan/total",
        "seluruh program",
        {str(n): amount for n, (amount, _) in enumerate(sums)},
        {str(n): ceiling for n, (_, ceiling) in enumerate(sums)},
    )
    covered = share(
        job.ledger["serapan/total/pagu"],
        job.ledger.get("anggaran/pagu"),
        "Porsi pagu yang memiliki data serapan",
    )
    job.enter("serapan/total/cakupan", covered)
    with_data = {code for codes in amounts.values() for code in codes}
    prefix, suffix = "anggaran/kro/", "/pagu"
    idle = [
        one
        for one in job.ledger
        if (one.id or "").startswith(prefix)
        and (one.id or "").endswith(suffix)
        and (one.id or "")[len(prefix) : -len(suffix)] not in with_data
    ]
    made = counted(idle, "KRO tanpa data serapan", "KRO")
    job.ledger.add("serapan/tanpa-data", made)
    made = counted(homeless, "KRO dengan serapan tanpa pagu dalam komposisi", "KRO")
    job.ledger.add("serapan/tanpa-pagu", made)


def _whole(
    job: Job, base: str, name: str, amounts: dict[str, Quantity], ceilings: dict[str, Quantity]
) -> tuple[Quantity, Quantity]:
    amount = summed(amounts.values(), f"Realisasi {name}", "Rp")
    ceiling = summed(ceilings.values(), f"Pagu {name} yang memiliki data serapan", "Rp")
    assert amount is not None
    assert ceiling is not None
    amount = job.ledger.add(f"{base}/rupiah", amount.named(amount.label, note=_ESTIMATE))
    ceiling = job.ledger.add(f"{base}/pagu", ceiling)
    job.enter(f"{base}/persen", share(amount, ceiling, f"Serapan {name}"))
    rest = (ceiling - amount).named(f"Sisa pagu {name}", "Rp", note=_ESTIMATE)
    job.ledger.add(f"{base}/sisa", rest)
    return amount, ceiling


def _against_progress(job: Job, code: str, percent: Quantity) -> None:
    """Enter absorption − physical progress, where both stand for the quarter's end."""
    month = job.ledger.get("ro/bulan-terakhir")
    progress = job.ledger.get(f"ro/kro/{code}/progres")
    if month is None or progress is None or month.value != job.quarter.last_month:
        return
    gap = difference(percent, progress, f"Selisih serapan dan progres fisik KRO {code}")
    job.ledger.add(f"serapan/kro/{code}/selisih-fisik", gap)
