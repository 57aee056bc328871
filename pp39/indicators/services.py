"""Indicators counted from services: customers, orders on time, results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pp39.indicators.footing import ORDER_NOTE, ORDERS, rows_of_quarter
from pp39.indicators.job import Job, ordered, share, summed
from pp39.indicators.registry import indicator
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.sources import Selection
from pp39.sources.registers import LATE, ON_TIME

__all__ = ["hasil_layanan", "jumlah_pelanggan", "ketepatan_sla"]

Finished = Mapping[Quarter, Selection | None]
"""Orders finished in each quarter; None where counts are used."""


@indicator("jumlah_pelanggan", "pelanggan")
def jumlah_pelanggan(job: Job, slug: str) -> Quantity | None:
    """Count the customers of the quarter over all services.

    Parameters
    ----------
    job : Job
        Reads ``order_layanan`` (orders received in the quarter) or ``pelanggan``; parameters
        ``pelanggan.kategori`` (kinds that count), ``pelanggan.hitung`` and ``data.dahulukan``.
    slug : str
        Slug of the indicator's code. Entered: ``/layanan/<svc>/<kat>`` (every cell),
        ``/layanan/<svc>`` (kinds that count), ``/kategori/<kat>``, both with ``/porsi`` (% of the
        realisation), and ``/semua`` (all kinds).

    Returns
    -------
    Quantity or None
        Customers; the sum over services of the kinds that count (perjanjian kinerja).

    Notes
    -----
    From orders, a customer is who ordered a service in the quarter: however many orders, once for
    each service and kind, as the lists of customers that units keep count them. Who ordered two
    services is in both lists. With ``pelanggan.hitung`` ``order`` every order counts. An order
    without a name counts as a customer of its own.
    """
    listed = job.rows("pelanggan", triwulan=str(job.quarter))
    orders = rows_of_quarter(job, ORDERS, "triwulan", bool(listed))
    if orders is not None:
        matrix = _customers_of_orders(job, slug, orders)
    else:
        matrix = _listed_customers(job, slug, listed)
    if not matrix:
        return None
    services = ordered((service for service, _ in matrix), job.params.unit.layanan)
    kinds = ordered((kind for _, kind in matrix), job.params.unit.kategori_pelanggan)
    counting = job.params.kategori_dihitung
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
    if counted is None:
        return None
    notes = [ORDER_NOTE] if orders is not None else []
    if set(kinds) - set(counting):
        left = ", ".join(job.customer(kind).lower() for kind in kinds if kind not in counting)
        notes.append(f"Kategori {left} tidak diperhitungkan.")
    return counted.named(counted.label, note=" ".join(notes))


def _listed_customers(job: Job, slug: str, rows: Sequence[int]) -> dict[tuple[str, str], Quantity]:
    """Enter the customers of each service and kind that somebody counted."""
    source, matrix = "pelanggan", {}
    pairs = dict.fromkeys(
        (job.text(source, row, "layanan"), job.text(source, row, "kategori")) for row in rows
    )
    for service, kind in _in_order(job, pairs):
        label = f"Pelanggan {job.service(service)}, {job.customer(kind).lower()}"
        where = job.rows(source, triwulan=str(job.quarter), layanan=service, kategori=kind)
        made = summed(job.cells(source, where, "jumlah", label, "pelanggan"), label)
        if made is not None:
            id = f"{slug}/layanan/{service}/{kind}"
            matrix[service, kind] = job.ledger.add(id, made)
    return matrix


def _customers_of_orders(job: Job, slug: str, orders: Selection) -> dict[tuple[str, str], Quantity]:
    """Enter the customers of each service and kind that the register shows."""
    table, matrix = job.tables[ORDERS], {}
    if job.params.pelanggan.hitung == "pelanggan":
        counted = orders.first_of("layanan", "kategori", "pelanggan_sama")
        how = "banyaknya pelanggan yang berbeda"
    else:
        counted, how = orders, "banyaknya order"
    found = table.frame.loc[orders.mask, ["layanan", "kategori"]].drop_duplicates().dropna()
    pairs = [(str(service), str(kind)) for service, kind in found.itertuples(index=False)]
    for service, kind in _in_order(job, pairs):
        label = f"Pelanggan {job.service(service)}, {job.customer(kind).lower()}"
        where = counted.equal("layanan", service).equal("kategori", kind)
        made = table.count(where, label, "pelanggan", f"{how} {job.period}", "layanan")
        matrix[service, kind] = job.ledger.add(f"{slug}/layanan/{service}/{kind}", made)
    return matrix


def _in_order(job: Job, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    there = {pair for pair in pairs if all(pair)}
    services = ordered((service for service, _ in there), job.params.unit.layanan)
    kinds = ordered((kind for _, kind in there), job.params.unit.kategori_pelanggan)
    every = ((service, kind) for service in services for kind in kinds)
    return [pair for pair in every if pair in there]


@indicator("ketepatan_sla", "sla")
def ketepatan_sla(job: Job, slug: str) -> Quantity | None:
    """Compute the share of orders finished within the service level agreement.

    Parameters
    ----------
    job : Job
        Reads ``order_layanan`` (orders judged in the quarter, see `pp39.sources.registers`) or
        ``sla``: orders and orders on time by service. Rows of counts with one of them blank say
        nothing about the share and are left out. Parameter ``data.dahulukan``.
    slug : str
        Slug of the indicator's code. Entered: ``/order``, ``/tepat-waktu``, ``/terlambat`` and
        ``/terlambat-persen``; the same below ``/layanan/<svc>``, with ``/persen``.

    Returns
    -------
    Quantity or None
        Percent: on-time orders ÷ all orders × 100 (perjanjian kinerja).
    """
    complete = [
        row
        for row in job.rows("sla", triwulan=str(job.quarter))
        if job.cell("sla", row, "jumlah", "") and job.cell("sla", row, "tepat_waktu", "")
    ]
    judged = rows_of_quarter(job, ORDERS, "triwulan_sla", bool(complete))
    made = _judged_orders(job, judged) if judged is not None else _counted_orders(job, complete)
    if not made:
        return None
    parts: dict[str, list[Quantity]] = {key: [] for key in _ORDERS}
    for service in ordered(made, job.params.unit.layanan):
        base = f"{slug}/layanan/{service}"
        found = {key: job.ledger.add(f"{base}/{key}", one) for key, one in made[service].items()}
        if "terlambat" not in found:
            late = found["order"] - found["tepat-waktu"]
            late = late.named(f"{_ORDERS['terlambat']} {job.service(service)}", "order")
            found["terlambat"] = job.ledger.add(f"{base}/terlambat", late)
        for key, one in found.items():
            parts[key].append(one)
        label = f"Ketepatan waktu {job.service(service)}"
        job.enter(f"{base}/persen", share(found["tepat-waktu"], found["order"], label))
    totals: dict[str, Quantity | None] = {}
    for key, name in _ORDERS.items():
        totals[key] = job.enter(f"{slug}/{key}", summed(parts[key], name, "order"))
    late_share = share(
        totals["terlambat"], totals["order"], "Order terlambat terhadap seluruh order"
    )
    job.enter(f"{slug}/terlambat-persen", late_share)
    punctual = share(totals["tepat-waktu"], totals["order"], "Ketepatan waktu layanan")
    if punctual is None or judged is None:
        return punctual
    return punctual.named(punctual.label, note=ORDER_NOTE)


_ORDERS = {"order": "Order", "tepat-waktu": "Order tepat waktu", "terlambat": "Order terlambat"}


def _counted_orders(job: Job, rows: Sequence[int]) -> dict[str, dict[str, Quantity]]:
    """Give the orders of each service that somebody counted."""
    made: dict[str, dict[str, Quantity]] = {}
    columns = {"order": "jumlah", "tepat-waktu": "tepat_waktu", "terlambat": "terlambat"}
    for service in dict.fromkeys(job.text("sla", row, "layanan") for row in rows):
        own = [row for row in rows if job.text("sla", row, "layanan") == service]
        made[service] = {}
        for key, column in columns.items():
            label = f"{_ORDERS[key]} {job.service(service)}"
            one = summed(job.cells("sla", own, column, label, "order"), label)
            if one is not None:
                made[service][key] = one
    return made


def _judged_orders(job: Job, judged: Selection) -> dict[str, dict[str, Quantity]]:
    """Give the orders of each service that were finished or due in the quarter."""
    table = job.tables[ORDERS]
    made: dict[str, dict[str, Quantity]] = {}
    for service in table.frame["layanan"][judged.mask].dropna().unique():
        own = judged.equal("layanan", service)
        chosen = {
            "order": (own, "banyaknya order yang selesai atau jatuh tempo"),
            "tepat-waktu": (
                own.equal("ketepatan", ON_TIME),
                "banyaknya order yang selesai paling lambat pada tanggal janji",
            ),
            "terlambat": (
                own.equal("ketepatan", LATE),
                "banyaknya order yang pada tanggal janji belum selesai",
            ),
        }
        made[str(service)] = {
            key: table.count(
                where,
                f"{_ORDERS[key]} {job.service(service)}",
                "order",
                f"{how} {job.period}",
                "tanggal_janji",
            )
            for key, (where, how) in chosen.items()
        }
    return made


@indicator("hasil_layanan", "hasil_layanan")
def hasil_layanan(job: Job, slug: str) -> Quantity | None:
    """Count the results of services of the quarter, or since January.

    Parameters
    ----------
    job : Job
        Reads ``order_layanan`` (results of orders finished in a quarter) and ``hasil_layanan``
        (counts by quarter, and the targets); parameters ``hasil_layanan.cakupan`` (triwulan or
        kumulatif), ``hasil_layanan.layanan`` (services that count, null for all) and
        ``data.dahulukan``.
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
    finished = {one: _finished_orders(job, one) for one in quarters}
    served = {
        str(service)
        for picked in finished.values()
        if picked is not None
        for service in job.tables[ORDERS].frame["layanan"][picked.mask].dropna().unique()
    }
    totals: dict[Quarter, list[Quantity]] = {one: [] for one in quarters}
    for service in ordered({*found, *served}, job.params.unit.layanan):
        made = _results(job, f"{slug}/layanan/{service}", service, found.get(service), finished)
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
    if made_here is None:
        return None
    notes = _footing(finished, sums if whole else (job.quarter,))
    if chosen is not None:
        names = ", ".join(job.service(service) for service in chosen)
        notes.append(f"Hanya layanan yang diperhitungkan: {names}.")
    return made_here.named(made_here.label, note=" ".join(notes))


def _footing(finished: Finished, quarters: Iterable[Quarter]) -> list[str]:
    """Say which quarters were computed from orders, if any were."""
    asked = list(quarters)
    orders = [f"TW {one}" for one in asked if finished[one] is not None]
    counts = [f"TW {one}" for one in asked if finished[one] is None]
    if not orders or not counts:
        return [ORDER_NOTE] if orders else []
    return [f"{', '.join(orders)} dihitung dari register order, {', '.join(counts)} dari rekap."]


def _finished_orders(job: Job, quarter: Quarter) -> Selection | None:
    column = f"tw_{str(quarter).lower()}"
    there = "hasil_layanan" in job.tables
    counted = there and bool(job.tables["hasil_layanan"].frame[column].notna().any())
    return rows_of_quarter(replace(job, quarter=quarter), ORDERS, "triwulan_selesai", counted)


def _results(
    job: Job, base: str, service: str, row: int | None, finished: Finished
) -> dict[Quarter, Quantity]:
    name = job.service(service)
    unit = job.params.unit.layanan[service].satuan if _known(job, service) else None
    made: dict[Quarter, Quantity] = {}
    for quarter, orders in finished.items():
        label = f"Hasil layanan {name} TW {quarter}"
        if orders is None:
            column = f"tw_{str(quarter).lower()}"
            one = None if row is None else job.cell("hasil_layanan", row, column, label)
        else:
            own = orders.equal("layanan", service).filled("hasil")
            how = f"jumlah hasil order yang selesai TW {quarter}"
            one = job.tables[ORDERS].sum(own, "hasil", label, "", how) if own else None
        if one is not None:
            made[quarter] = job.ledger.add(f"{base}/{quarter}", one.named(label, unit))
    since = summed(made.values(), f"Hasil layanan {name} sampai dengan {job.period}")
    since = job.enter(f"{base}/kumulatif", since)
    label = f"Target tahunan hasil layanan {name}"
    target = None if row is None else job.cell("hasil_layanan", row, "target", label)
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
