"""All indicators of the performance contract, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.indicators.achievement import (
    ACHIEVED,
    INCALCULABLE,
    MISSED,
    NO_DATA,
    Status,
    achievement,
    interim_targets,
    predicate,
    status_of,
    target_of,
    unit_of,
    with_decimals,
)
from pp39.indicators.external import ikm, ikpa, nilai_eksternal
from pp39.indicators.job import Job, difference, share
from pp39.indicators.nps import nps
from pp39.indicators.pnbp import kenaikan_pnbp, roa
from pp39.indicators.registry import Method, method_of, registry
from pp39.indicators.result import IndicatorResult
from pp39.indicators.services import hasil_layanan, jumlah_pelanggan, ketepatan_sla
from pp39.ledger import Quantity, counted
from pp39.params import Indikator

__all__ = ["METHODS", "compute_indicator", "compute_indicators", "summarise"]

METHODS = registry(
    nilai_eksternal,
    ikm,
    jumlah_pelanggan,
    ketepatan_sla,
    nps,
    kenaikan_pnbp,
    hasil_layanan,
    roa,
    ikpa,
)


def compute_indicators(job: Job) -> list[IndicatorResult]:
    """Compute every indicator of the registry and enter all quantities in the ledger.

    Parameters
    ----------
    job : Job
        Tables, parameters, quarter and ledger.

    Returns
    -------
    list of IndicatorResult
        In the order of the registry (``params/indikator.yaml``).

    Raises
    ------
    ParameterError
        If ``hitung`` of an indicator names no method.
    """
    chosen = {
        code: method_of(METHODS, one.hitung, code) for code, one in job.params.indikator.items()
    }
    return [compute_indicator(job, code, method) for code, method in chosen.items()]


def compute_indicator(job: Job, code: str, method: Method) -> IndicatorResult:
    """Compute one indicator: target, realisation, achievement, status, change.

    Parameters
    ----------
    job : Job
        Tables, parameters, quarter and ledger.
    code : str
        Code in the registry.
    method : Method
        How its realisation is computed.

    Notes
    -----
    The realisation of any quarter is judged against the target of the year; see
    `pp39.indicators.achievement.interim_targets` for why.
    """
    indicator = job.params.indikator[code]
    slug = code.replace(" ", "-")
    target = target_of(job, code, indicator)
    interim_targets(job, code, target, indicator)
    physical = _physical(job, code)
    _activities(job, code)
    realisation = job.enter(f"{slug}/realisasi", _finished(job, code, indicator, method(job, slug)))
    capaian = raw = gap = None
    predikat = ""
    if realisation is not None:
        predikat = predicate(job, code, realisation, indicator)
        if target is not None:
            both = achievement(job, code, realisation, target, indicator.polaritas)
            raw, capaian = both if both is not None else (None, None)
            gap = difference(realisation, target, f"Selisih {code} terhadap target")
            gap = job.ledger.add(f"{slug}/selisih", gap)
    before, change = _change(job, code, indicator, method, realisation)
    return IndicatorResult(
        kode=code,
        kode_sasaran=indicator.kode_sasaran,
        sasaran=job.params.sasaran[indicator.kode_sasaran],
        indikator=indicator.nama,
        satuan=indicator.satuan,
        target=target,
        realisasi=realisation,
        capaian=capaian,
        selisih=gap,
        sebelumnya=before,
        perubahan=change,
        fisik_target=physical[0],
        fisik_realisasi=physical[1],
        status=status_of(job, realisation, target, raw),
        predikat=predikat,
        catatan=_note(realisation, target),
    )


def _note(realisation: Quantity | None, target: Quantity | None) -> str:
    if realisation is None:
        return ""
    if target is None or target.value > 0:
        return realisation.note
    told = f"Capaian tidak dapat dihitung terhadap target {target.text()}."
    return f"{realisation.note} {told}".strip()


def summarise(job: Job, results: Sequence[IndicatorResult]) -> None:
    """Enter how many indicators reached their target, in all and by sasaran.

    Parameters
    ----------
    job : Job
        Its ledger receives ``ringkasan/jumlah``, ``ringkasan/tercapai``,
        ``ringkasan/tidak-tercapai``, ``ringkasan/belum-ada-data``, each but the first with
        ``/persen``, ``ringkasan/dinilai`` (reached or missed), and the same counts below
        ``ringkasan/sasaran/<kode>``. Where the achievement of any cannot be computed,
        ``ringkasan/tidak-dapat-dihitung`` counts these.
    results : sequence of IndicatorResult
        All of them.
    """
    codes = list(dict.fromkeys(one.kode_sasaran for one in results))
    statuses = [ACHIEVED, MISSED, NO_DATA]
    if any(one.status == INCALCULABLE for one in results):
        statuses.append(INCALCULABLE)
    _counts(job, "ringkasan", "", results, statuses)
    names = [Quantity.constant(1).named(f"Sasaran {code}", "sasaran") for code in codes]
    job.ledger.add("ringkasan/sasaran/jumlah", counted(names, "Jumlah sasaran", "sasaran"))
    for code in codes:
        mine = [one for one in results if one.kode_sasaran == code]
        base = f"ringkasan/sasaran/{code.replace(' ', '-')}"
        _counts(job, base, f" pada sasaran {code}", mine, statuses)


def _counts(
    job: Job,
    base: str,
    where: str,
    results: Sequence[IndicatorResult],
    statuses: Sequence[Status],
) -> None:
    def count(label: str, chosen: Sequence[IndicatorResult]) -> Quantity:
        shown = [one.capaian or one.realisasi or one.target or _nameless(one) for one in chosen]
        return counted(shown, label + where, "indikator")

    everything = job.ledger.add(f"{base}/jumlah", count("Jumlah indikator", results))
    judged = [one for one in results if one.status in (ACHIEVED, MISSED)]
    job.ledger.add(f"{base}/dinilai", count("Indikator yang memiliki data", judged))
    for status in statuses:
        mine = [one for one in results if one.status == status]
        made = count(f"Indikator {status}", mine)
        made = job.ledger.add(f"{base}/{status.replace(' ', '-')}", made)
        portion = share(made, everything, f"Persentase indikator {status}{where}")
        job.enter(f"{base}/{status.replace(' ', '-')}/persen", portion)


def _nameless(result: IndicatorResult) -> Quantity:
    return Quantity.constant(1).named(f"Indikator {result.kode}", "indikator")


def _finished(
    job: Job, code: str, indicator: Indikator, made: Quantity | None, when: str = ""
) -> Quantity | None:
    if made is None:
        return None
    label = f"Realisasi {code}{when}"
    return with_decimals(made.named(label, unit_of(indicator)), indicator.desimal)


def _change(
    job: Job, code: str, indicator: Indikator, method: Method, realisation: Quantity | None
) -> tuple[Quantity | None, Quantity | None]:
    """Enter the realisation of the quarter before and the change since."""
    earlier = job.before()
    if realisation is None or earlier is None:
        return None, None
    slug = code.replace(" ", "-")
    made = _finished(job, code, indicator, method(earlier, slug), f" {earlier.period}")
    before = job.enter(f"{slug}/sebelumnya", made)
    if before is None:
        return None, None
    label = f"Perubahan {code} sejak {earlier.period}"
    change = difference(realisation, before, label)
    return before, job.ledger.add(f"{slug}/perubahan", change)


def _physical(job: Job, code: str) -> tuple[Quantity | None, Quantity | None]:
    """Enter the physical target and realisation of the quarter, and their gap."""
    base = f"{code.replace(' ', '-')}/fisik"
    found: list[Quantity | None] = [None, None]
    for row in job.rows("pelaksanaan", kode=code, triwulan=str(job.quarter))[:1]:
        for n, name in enumerate(("target", "realisasi")):
            label = f"{name.capitalize()} fisik {code} {job.period}"
            cell = job.cell("pelaksanaan", row, f"fisik_{name}", label, "%")
            found[n] = job.enter(f"{base}/{name}", cell)
    if found[0] is not None and found[1] is not None:
        gap = difference(found[1], found[0], f"Selisih fisik {code} {job.period}")
        job.ledger.add(f"{base}/selisih", gap)
    return found[0], found[1]


def _activities(job: Job, code: str) -> None:
    """Enter how many activities were planned and how many reported for the quarter."""
    slug = code.replace(" ", "-")
    told = {"rencana": "direncanakan", "realisasi": "dilaporkan"}
    for source, name in (("rencana_aksi", "rencana"), ("realisasi_kegiatan", "realisasi")):
        if not job.rows(source, kode=code, triwulan=str(job.quarter)):
            continue
        marked = job.mask(source, kode=code, triwulan=str(job.quarter))
        label = f"Kegiatan {told[name]} {code} {job.period}"
        how = f"banyaknya kegiatan {code} {job.period}"
        made = job.tables[source].count(marked, label, "kegiatan", how, "kegiatan")
        job.ledger.add(f"{slug}/kegiatan/{name}", made)
