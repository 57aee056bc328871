"""Indicators of non-tax revenue (PNBP): growth, and revenue on assets."""

from __future__ import annotations

from pp39.indicators.external import nilai_eksternal
from pp39.indicators.job import Job, ordered, share, summed
from pp39.indicators.registry import indicator
from pp39.ledger import Quantity

__all__ = ["kenaikan_pnbp", "roa"]

# Revenue that no service earned; counted in the growth but not in the revenue on assets.
_GENERAL = "pnbp-umum"


@indicator("kenaikan_pnbp", "pnbp", "pnbp_dasar")
def kenaikan_pnbp(job: Job, slug: str) -> Quantity | None:
    """Compute the growth of PNBP against the year before.

    Parameters
    ----------
    job : Job
        Reads ``pnbp`` (cumulative to the quarter) and ``pnbp_dasar`` (last year's revenue); a
        service whose ``induk`` is another one shares that one's target.
    slug : str
        Slug of the indicator's code. Entered: ``/pnbp``, ``/dasar``, ``/kenaikan`` (Rp),
        ``/pnbp-target|-persen|-selisih``; ``/layanan/<svc>/realisasi|target|persen|selisih|porsi``,
        where percent and gap are those of the whole group that shares the target, whose sum is
        ``/layanan/<svc>/realisasi-kelompok``.

    Returns
    -------
    Quantity or None
        Percent: (B − A) ÷ A × 100, A being last year's revenue (perjanjian kinerja).
    """
    quarter = str(job.quarter)
    rows = job.rows("pnbp", triwulan=quarter)
    of_row = {row: job.text("pnbp", row, "layanan") for row in rows}
    earned: dict[str, Quantity] = {}
    targets: dict[str, Quantity] = {}
    for service in ordered(of_row.values(), job.params.unit.layanan):
        own = [row for row in rows if of_row[row] == service]
        base = f"{slug}/layanan/{service}"
        label = _revenue_of(job, service)
        made = summed(job.cells("pnbp", own, "realisasi", label, "Rp"), label)
        if made is not None:
            earned[service] = job.ledger.add(f"{base}/realisasi", made)
        label = f"Target {_revenue_of(job, service)}"
        made = summed(job.cells("pnbp", own, "target", label, "Rp"), label)
        if made is not None:
            targets[service] = job.ledger.add(f"{base}/target", made)
    _groups(job, slug, earned, targets)
    label = f"PNBP {job.year} sampai dengan {job.period}"
    revenue = job.enter(f"{slug}/pnbp", summed(earned.values(), label, "Rp"))
    for service, part in earned.items():
        portion = share(part, revenue, f"Porsi {_revenue_of(job, service)}")
        job.enter(f"{slug}/layanan/{service}/porsi", portion)
    target = summed(targets.values(), f"Target PNBP {job.year}", "Rp")
    target = job.enter(f"{slug}/pnbp-target", target)
    if revenue is not None and target is not None:
        portion = share(revenue, target, "Realisasi PNBP terhadap target")
        job.enter(f"{slug}/pnbp-persen", portion)
        gap = (revenue - target).named("Selisih PNBP terhadap target", "Rp")
        job.ledger.add(f"{slug}/pnbp-selisih", gap)
    label = f"PNBP {job.year - 1}"
    base_rows = job.rows("pnbp_dasar", tahun=job.year - 1)
    baseline = summed(job.cells("pnbp_dasar", base_rows, "realisasi", label, "Rp"), label)
    baseline = job.enter(f"{slug}/dasar", baseline)
    if revenue is None or baseline is None or baseline.value == 0:
        return None
    growth = (revenue - baseline).named("Kenaikan PNBP", "Rp")
    job.ledger.add(f"{slug}/kenaikan", growth)
    return ((revenue - baseline) / baseline * 100).named("Kenaikan PNBP dalam persen", "%")


@indicator("roa", "pnbp", "aset")
def roa(job: Job, slug: str) -> Quantity | None:
    """Compute the revenue on assets, or take it as stated where the assets are not known.

    Parameters
    ----------
    job : Job
        Reads ``pnbp`` and ``aset`` (assets at the year's end); without them
        ``nilai_eksternal``.
    slug : str
        Slug of the indicator's code; ``/pnbp-layanan`` and ``/aset`` are entered.

    Returns
    -------
    Quantity or None
        Ratio: PNBP of services ÷ assets (perjanjian kinerja). The contract calls its unit
        "Persen", but its target 0,02 is a ratio.
    """
    assets = summed(
        job.cells("aset", job.rows("aset", tahun=job.year), "nilai_aset", "Aset", "Rp"),
        f"Nilai aset akhir tahun {job.year}",
        "Rp",
    )
    rows = [
        row
        for row in job.rows("pnbp", triwulan=str(job.quarter))
        if job.text("pnbp", row, "layanan") != _GENERAL
    ]
    parts = [
        job.cell("pnbp", row, "realisasi", _revenue_of(job, job.text("pnbp", row, "layanan")))
        for row in rows
    ]
    revenue = summed(parts, f"PNBP layanan jasa {job.year}", "Rp")
    if assets is None or assets.value == 0 or revenue is None:
        stated = nilai_eksternal(job, slug)
        if stated is None:
            return None
        lacking = "nilai aset akhir tahun" if revenue is not None else "PNBP triwulan ini"
        reason = f"Nilai dinyatakan, tidak dapat dihitung ulang karena data {lacking} tidak ada."
        return stated.named(stated.label, note=f"{stated.note} {reason}".strip())
    revenue = job.ledger.add(f"{slug}/pnbp-layanan", revenue)
    assets = job.ledger.add(f"{slug}/aset", assets)
    return (revenue / assets).named("Revenue on asset", "rasio")


def _revenue_of(job: Job, service: str) -> str:
    name = job.service(service)
    return name if name.startswith("PNBP") else f"PNBP {name}"


def _groups(job: Job, slug: str, earned: dict[str, Quantity], targets: dict[str, Quantity]) -> None:
    """Compare what each group of services earned with the target it shares."""
    services = job.params.unit.layanan
    for head, target in targets.items():
        followers = [
            one for one in earned if one in services and services[one].induk == head and one != head
        ]
        members = [earned[one] for one in (head, *followers) if one in earned]
        base = f"{slug}/layanan/{head}"
        names = " dan ".join(job.service(one) for one in (head, *followers))
        achieved = summed(members, f"PNBP {names}", "Rp")
        if achieved is None:
            continue
        if len(members) > 1:
            achieved = job.ledger.add(f"{base}/realisasi-kelompok", achieved)
        else:
            achieved = members[0]
        label = f"Realisasi PNBP {names} terhadap target"
        job.enter(f"{base}/persen", share(achieved, target, label))
        gap = (achieved - target).named(f"Selisih PNBP {names} terhadap target", "Rp")
        job.ledger.add(f"{base}/selisih", gap)
