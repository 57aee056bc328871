"""Net Promoter Score from the answers of a survey."""

from __future__ import annotations

from pp39.indicators.job import Job, ordered, share, summed
from pp39.indicators.registry import indicator
from pp39.ledger import Quantity

__all__ = ["nps"]

_SOURCE = "survei_nps"
_ANSWERS = range(11)


@indicator("nps", "survei_nps")
def nps(job: Job, slug: str) -> Quantity | None:
    """Compute the Net Promoter Score of the quarter's answers.

    Parameters
    ----------
    job : Job
        Reads ``survei_nps``; parameters ``nps.promoter_min`` and ``nps.passive_min`` (lowest
        answers of a promoter and a passive) and ``nps.responden`` (``unik``: a respondent who
        answered more than once counts once, with the last answer).
    slug : str
        Slug of the indicator's code. Entered: ``/batas/<golongan>/min|maks``, ``/skor/0`` to
        ``/skor/10``, ``/promotor``, ``/pasif``, ``/detraktor`` (each with ``-persen``),
        ``/responden``; ``/jawaban``, ``/responden-unik`` and ``/jawaban-berulang``; counts by
        ``/layanan/<svc>``.

    Returns
    -------
    Quantity or None
        −100 to 100: (promoters − detractors) ÷ respondents × 100, the method of the score's
        authors and of the perjanjian kinerja.
    """
    if _SOURCE not in job.tables:
        return None
    table = job.tables[_SOURCE]
    frame = table.frame
    given = table.where(triwulan=str(job.quarter)).filled("nilai")
    if not given:
        return None
    # A row without a respondent number cannot be known to repeat another one.
    asked = frame["responden"].where(given.mask)
    repeated = asked.notna() & asked.duplicated(keep="last")
    once = given.narrowed(~repeated, "jawaban terakhir setiap responden")
    counted, which = (
        (once, "jawaban terakhir setiap responden")
        if job.params.nps.responden == "unik"
        else (given, "jawaban")
    )
    answers = table.count(given, "Jawaban survei NPS", "jawaban", "banyaknya jawaban berisi nilai")
    answers = job.ledger.add(f"{slug}/jawaban", answers)
    how = "banyaknya responden, yang berulang dihitung satu kali"
    persons = table.count(once, "Responden NPS yang berbeda", "orang", how)
    persons = job.ledger.add(f"{slug}/responden-unik", persons)
    again = (answers - persons).named("Jawaban berulang dari responden yang sama", "jawaban")
    job.ledger.add(f"{slug}/jawaban-berulang", again)

    limits = _limits(job, slug)
    scores: dict[int, Quantity] = {}
    for answer in _ANSWERS:
        how = f"banyaknya {which} bernilai {answer}"
        marked = counted.equal("nilai", answer)
        made = table.count(marked, f"Jawaban bernilai {answer}", "orang", how, "nilai")
        scores[answer] = job.ledger.add(f"{slug}/skor/{answer}", made)
    groups: dict[str, Quantity] = {}
    for group, (lowest, highest) in limits.items():
        label = group.capitalize()
        members = [scores[answer] for answer in range(lowest, highest + 1)]
        made_group = summed(members, label, "orang")
        if made_group is None:
            nobody = counted.among("nilai", ())
            made_group = table.count(nobody, label, "orang", "golongan tanpa nilai")
        groups[group] = job.ledger.add(f"{slug}/{group}", made_group)
    how = f"banyaknya {which} berisi nilai"
    respondents = table.count(counted, "Responden", "orang", how)
    respondents = job.ledger.add(f"{slug}/responden", respondents)
    for group, members_of in groups.items():
        portion = share(members_of, respondents, f"Persentase {group}")
        job.enter(f"{slug}/{group}-persen", portion)
    for service in ordered(
        frame.loc[counted.mask, "layanan"].dropna().unique(), job.params.unit.layanan
    ):
        marked = counted.equal("layanan", service)
        label = f"Responden NPS layanan {job.service(service)}"
        made = table.count(marked, label, "orang", f"banyaknya {which} layanan ini", "layanan")
        job.ledger.add(f"{slug}/layanan/{service}", made)
    score = (groups["promotor"] - groups["detraktor"]) / respondents * 100
    return score.named("Nilai NPS", "nilai")


def _limits(job: Job, slug: str) -> dict[str, tuple[int, int]]:
    """Enter the limits of the three groups and give them, best group first."""
    promoter = job.settings.quantity("nps.promoter_min", "Nilai terendah promotor", "nilai")
    passive = job.settings.quantity("nps.passive_min", "Nilai terendah pasif", "nilai")
    bounds = {
        "promotor": (promoter, Quantity.constant(10).named("Nilai tertinggi promotor", "nilai")),
        "pasif": (passive, (promoter - 1).named("Nilai tertinggi pasif", "nilai")),
        "detraktor": (
            Quantity.constant(0).named("Nilai terendah detraktor", "nilai"),
            (passive - 1).named("Nilai tertinggi detraktor", "nilai"),
        ),
    }
    for group, (lowest, highest) in bounds.items():
        job.ledger.add(f"{slug}/batas/{group}/min", lowest)
        job.ledger.add(f"{slug}/batas/{group}/maks", highest)
    return {group: (int(low.value), int(high.value)) for group, (low, high) in bounds.items()}
