"""Indicators counted from services: customers, orders on time, results."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.indicators.job import Job, ordered, share, summed
from pp39.indicators.registry import indicator
from pp39.ledger import Quantity
from pp39.periods import Quarter

__all__ = ["hasil_layanan", "jumlah_pelanggan", "ketepatan_sla"]


@indicator("jumlah_pelanggan")
def jumlah_pelanggan(job: Job, slug: str) -> Quantity | None:
    """Count the customers of the quarter over all services.

    Parameters
    ----------
    job : Job
        Reads ``pelanggan``; parameter ``pelanggan.kategori`` lists the kinds that count.
    slug : str
        Slug of the indicator's code. Entered: ``/layanan/<svc>/<kat>`` (every cell),
        ``/layanan/<svc>`` (kinds that count), ``/kategori/<kat>``, both with ``/porsi`` (% of the
        realisation), and ``/semua`` (all kinds).

    Returns
    -------
    Quantity or None
        Customers; the sum over services of the kinds that count (perjanjian kinerja).
    """
    quarter = str(job.quarter)
    frame = job.tables["pelanggan"].frame if "pelanggan" in job.tables else None
    rows = job.rows("pelanggan", triwulan=quarter)
    if frame is None or not rows:
        return None
    services = ordered(frame.loc[rows, "layanan"].dropna(), job.params.unit.layanan)
    kinds = ordered(frame.loc[rows, "kategori"].dropna(), job.params.unit.kategori_pelanggan)
    counting = job.params.pelanggan.kategori
    matrix: dict[tuple[str, str], Quantity] = {}
    for service in services:
        for kind in kinds:
            label = f"Pelanggan {job.service(service)}, {job.customer(kind).lower()}"
            where = job.rows("pelanggan", triwulan=quarter, layanan=service, kategori=kind)
            made = summed(job.cells("pelanggan", where, "jumlah", label, "pelanggan"), label)
            if made is not None:
                id = f"{slug}/layanan/{service}/{kind}"
                matrix[service, kind] = job.ledger.add(id, made)
    by_service: dict[str, Quantity | None] = {}
    for service in services:
        parts = [matrix.get((service, kind)) for kind in kinds if kind in counting]
        made = summed(parts, f"Pelanggan {job.service(service)}")
        by_service[service] = job.enter(f"{slug}/layanan/{service}", made)
    by_kind: dict[str, Quantity | None] = {}
    for kind in kinds:
        parts = [matrix.get((service, kind)) for service in services]
        made = summed(parts, f"Pelanggan kategori {job.customer(kind).lower()}")
        by_kind[kind] = job.enter(f"{slug}/kategori/{kind}", made)
    everyone = summed(by_kind.values(), "Pelanggan semua kategori")
    job.enter(f"{slug}/semua", everyone)
    counted = summed(by_service.values(), "Pelanggan yang diperhitungkan")
    for service, part in by_service.items():
        label = f"Porsi pelanggan {job.service(service)}"
        job.enter(f"{slug}/layanan/{service}/porsi", share(part, counted, label))
    for kind, part in by_kind.items():
        if kind in counting:
            label = f"Porsi pelanggan kategori {job.customer(kind).lower()}"
            job.enter(f"{slug}/kategori/{kind}/porsi", share(part, counted, label))
    if counted is not None and set(kinds) - set(counting):
        left = ", ".join(job.customer(kind).lower() for kind in kinds if kind not in counting)
        return counted.named(counted.label, note=f"Kategori {left} tidak diperhitungkan.")
    return counted


@indicator("ketepatan_sla")
def ketepatan_sla(job: Job, slug: str) -> Quantity | None:
    """Compute the share of orders finished within the service level agreement.

    Parameters
    ----------
    job : Job
        Reads ``sla``: orders and orders on time by service. Rows with one of them blank say
        nothing about the share and are left out.
    slug : str
        Slug of the indicator's code. Entered: ``/order``, ``/tepat-waktu``, ``/terlambat`` and
        ``/terlambat-persen``; the same below ``/layanan/<svc>``, with ``/persen``.

    Returns
    -------
    Quantity or None
        Percent: on-time orders ÷ all orders × 100 (perjanjian kinerja).
    """
    quarter = str(job.quarter)
    columns = {"order": "jumlah", "tepat-waktu": "tepat_waktu", "terlambat": "terlambat"}
    names = {"order": "Order", "tepat-waktu": "Order tepat waktu", "terlambat": "Order terlambat"}
    complete = [
        row
        for row in job.rows("sla", triwulan=quarter)
        if job.cell("sla", row, "jumlah", "") and job.cell("sla", row, "tepat_waktu", "")
    ]
    if not complete:
        return None
    of_row = {row: job.text("sla", row, "layanan") for row in complete}
    parts: dict[str, list[Quantity]] = {key: [] for key in columns}
    for service in ordered(of_row.values(), job.params.unit.layanan):
        rows = [row for row in complete if of_row[row] == service]
        base = f"{slug}/layanan/{service}"
        found: dict[str, Quantity] = {}
        for key, column in columns.items():
            label = f"{names[key]} {job.service(service)}"
            made = summed(job.cells("sla", rows, column, label, "order"), label)
            if made is None and key == "terlambat":
                made = (found["order"] - found["tepat-waktu"]).named(label, "order")
            if made is not None:
                found[key] = job.ledger.add(f"{base}/{key}", made)
                parts[key].append(found[key])
        label = f"Ketepatan waktu {job.service(service)}"
        job.enter(f"{base}/persen", share(found["tepat-waktu"], found["order"], label))
    totals: dict[str, Quantity | None] = {}
    for key in columns:
        made = summed(parts[key], names[key], "order")
        totals[key] = job.enter(f"{slug}/{key}", made)
    late = share(totals["terlambat"], totals["order"], "Order terlambat terhadap seluruh order")
    job.enter(f"{slug}/terlambat-persen", late)
    return share(totals["tepat-waktu"], totals["order"], "Ketepatan waktu layanan")


@indicator("hasil_layanan")
def hasil_layanan(job: Job, slug: str) -> Quantity | None:
    """Count the results of services of the quarter, or since January.

    Parameters
    ----------
    job : Job
        Reads ``hasil_layanan``; parameters ``hasil_layanan.cakupan`` (triwulan or kumulatif) and
        ``hasil_layanan.layanan`` (services that count, null for all).
    slug : str
        Slug of the indicator's code. Entered for quarters up to this one:
        ``/layanan/<svc>/TW``, ``/layanan/<svc>/kumulatif|target|persen``, ``/total/TW`` and
        ``/kumulatif``; ``/layanan/<svc>/perubahan`` against the quarter before.

    Returns
    -------
    Quantity or None
        Results, over services whose units differ, as the contract counts them (perjanjian
        kinerja). A dash or a blank is no data and adds nothing.
    """
    quarters = [one for one in Quarter if one.number <= job.quarter.number]
    chosen = job.params.hasil_layanan.layanan
    found = {job.text("hasil_layanan", row, "layanan"): row for row in job.rows("hasil_layanan")}
    totals: dict[Quarter, list[Quantity]] = {one: [] for one in quarters}
    for service in ordered(found, job.params.unit.layanan):
        made = _results(job, f"{slug}/layanan/{service}", service, found[service], quarters)
        if chosen is None or service in chosen:
            for quarter, result in made.items():
                totals[quarter].append(result)
    sums: dict[Quarter, Quantity] = {}
    for quarter in quarters:
        label = f"Hasil layanan TW {quarter}"
        made_sum = job.enter(
            f"{slug}/total/{quarter}", summed(totals[quarter], label, "hasil layanan")
        )
        if made_sum is not None:
            sums[quarter] = made_sum
    label = f"Hasil layanan sampai dengan {job.period}"
    cumulative = job.enter(f"{slug}/kumulatif", summed(sums.values(), label, "hasil layanan"))
    whole = job.params.hasil_layanan.cakupan == "kumulatif"
    made_here = cumulative if whole else sums.get(job.quarter)
    if made_here is None or chosen is None:
        return made_here
    names = ", ".join(job.service(service) for service in chosen)
    return made_here.named(made_here.label, note=f"Hanya layanan yang diperhitungkan: {names}.")


def _results(
    job: Job, base: str, service: str, row: int, quarters: Sequence[Quarter]
) -> dict[Quarter, Quantity]:
    name = job.service(service)
    made: dict[Quarter, Quantity] = {}
    for quarter in quarters:
        column = f"tw_{str(quarter).lower()}"
        cell = job.cell("hasil_layanan", row, column, f"Hasil layanan {name} TW {quarter}")
        if cell is not None:
            unit = job.params.unit.layanan[service].satuan if _known(job, service) else None
            made[quarter] = job.ledger.add(f"{base}/{quarter}", cell.named(cell.label, unit))
    since = summed(made.values(), f"Hasil layanan {name} sampai dengan {job.period}")
    since = job.enter(f"{base}/kumulatif", since)
    target = job.cell("hasil_layanan", row, "target", f"Target tahunan hasil layanan {name}")
    target = job.enter(f"{base}/target", target)
    label = f"Hasil layanan {name} terhadap target tahunan"
    job.enter(f"{base}/persen", share(since, target, label))
    now = made.get(job.quarter)
    earlier = [one for quarter, one in made.items() if quarter.number == job.quarter.number - 1]
    if now is not None and earlier:
        change = (now - earlier[0]).named(f"Perubahan hasil layanan {name} {job.period}", now.unit)
        job.ledger.add(f"{base}/perubahan", change)
    return made


def _known(job: Job, service: str) -> bool:
    return service in job.params.unit.layanan
