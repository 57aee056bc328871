"""Made-up rows: orders, survey answers, disbursements, and the counts a unit would make of them.

The counts are computed here by means of their own, from days and codes as whole numbers, so that a
test that compares them with what the product computes compares two calculations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["KINDS", "SERVICES", "Cases", "make_cases"]

#: Service: name, unit of its results, share of all orders, days until it is due.
SERVICES: dict[str, tuple[str, str, float, int]] = {
    "pengujian": ("Pengujian", "LHU", 0.46, 10),
    "kalibrasi": ("Kalibrasi", "LHU", 0.24, 7),
    "sertifikasi": ("Sertifikasi", "Sertifikat", 0.12, 40),
    "pelatihan": ("Pelatihan", "Peserta", 0.10, 14),
    "konsultasi": ("Konsultasi", "IKM", 0.08, 21),
}
KINDS: dict[str, str] = {
    "perusahaan": "Perusahaan",
    "instansi": "Instansi",
    "mahasiswa": "Mahasiswa",
    "pelaku-usaha": "Pelaku usaha",
}
_QUARTERS = np.array(["I", "II", "III", "IV"])
_NEVER = np.iinfo(np.int64).max

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cases:
    """Rows of a unit and what was counted from them.

    Parameters
    ----------
    orders, ikm, nps, sp2d : pandas.DataFrame
        As the raw files have them.
    sla : dict of (int, str) to (int, int)
        Quarter (0-3) and service -> orders judged and orders on time.
    customers : dict of (int, str, str) to int
        Quarter, service and kind -> different customers.
    results : dict of (int, str) to int
        Quarter and service -> results.
    index : dict of int to (list of int, int)
        Quarter -> sums of the nine elements and number of full answers.
    paid : dict of (int, str) to int
        Quarter and KRO -> rupiah since January.
    """

    orders: pd.DataFrame
    ikm: pd.DataFrame
    nps: pd.DataFrame
    sp2d: pd.DataFrame
    sla: dict[tuple[int, str], tuple[int, int]]
    customers: dict[tuple[int, str, str], int]
    results: dict[tuple[int, str], int]
    index: dict[int, tuple[list[int], int]]
    paid: dict[tuple[int, str], int]


def make_cases(
    random: np.random.Generator, rows: int, year: int, kro: dict[str, int], errors: frozenset[str]
) -> Cases:
    """Make the rows of one unit.

    Parameters
    ----------
    random : numpy.random.Generator
        Where chance comes from.
    rows : int
        Orders; as many survey answers, half of them about satisfaction (IKM), half NPS.
    year : int
        Budget year.
    kro : dict of str to int
        Ceiling of each KRO in rupiah.
    errors : frozenset of str
        Errors to plant.
    """
    orders, sla, customers, results = _orders(random, rows, year, errors)
    ikm, index = _ikm(random, max(rows // 2, 8), errors)
    nps = _nps(random, max(rows - rows // 2, 8), errors)
    sp2d, paid = _sp2d(random, max(60, rows // 100), year, kro, errors)
    return Cases(orders, ikm, nps, sp2d, sla, customers, results, index, paid)


def _dates(days: Numbers, year: int) -> pd.Series[str]:
    """Spell days since 1 January of the year as ISO dates; a day that never comes is blank."""
    known = np.where(days == _NEVER, 0, days)
    start = np.datetime64(f"{year}-01-01")
    first = int(known.min(initial=0))
    every = np.datetime_as_string(start + np.arange(first, int(known.max(initial=0)) + 1))
    texts = pd.Series(every, dtype="str").take(known - first).reset_index(drop=True)
    return texts.mask(days == _NEVER)


def _quarter_of(days: Numbers, year: int) -> Numbers:
    """Give the quarter (0-3) of days since 1 January, -1 outside the year."""
    starts = np.array([f"{year}-{month:02d}-01" for month in (1, 4, 7, 10)], dtype="datetime64[D]")
    ends = [np.datetime64(f"{year + 1}-01-01")]
    bounds = (np.concatenate([starts, ends]) - starts[0]).astype("int64")
    found = np.searchsorted(bounds, days, side="right") - 1
    return np.where(found > 3, -1, found)


def _orders(
    random: np.random.Generator, rows: int, year: int, errors: frozenset[str]
) -> tuple[
    pd.DataFrame,
    dict[tuple[int, str], tuple[int, int]],
    dict[tuple[int, str, str], int],
    dict[tuple[int, str], int],
]:
    slugs, kinds = list(SERVICES), list(KINDS)
    shares = np.array([one[2] for one in SERVICES.values()])
    # Every service and kind has an order in every quarter, however few orders there are.
    cycle = np.arange(rows)
    service = random.choice(len(slugs), size=rows, p=shares / shares.sum())
    received = np.sort(random.integers(-20, 365, size=rows))
    few = min(rows, 4 * len(slugs) * len(kinds))
    service[:few] = cycle[:few] % len(slugs)
    received[:few] = (cycle[:few] // (len(slugs) * len(kinds))) * 91 + 5
    received = np.sort(received)
    many = max(len(kinds), rows // 3)
    customer = random.integers(0, many, size=rows)
    customer[:few] = cycle[:few] % many
    kind = customer % len(kinds)
    due = received + np.array([one[3] for one in SERVICES.values()])[service]
    done = received + np.maximum(1, random.gamma(4.0, 0.2, size=rows) * (due - received)).astype(
        "int64"
    )
    results = random.integers(1, 6, size=rows)
    still_open = (done > 364) | (random.random(rows) < 0.004)
    done = np.where(still_open, _NEVER, done)
    due_known, results_known = np.ones(rows, dtype=bool), ~still_open
    units = np.array([one[1] for one in SERVICES.values()], dtype=object)[service]
    finished = np.flatnonzero(results_known & (received > 0))
    if "order-selesai-dini" in errors:
        done[finished[1]] = received[finished[1]] - 1
    if "order-tanpa-janji" in errors:
        due_known[finished[3]] = False
    if "order-tanpa-hasil" in errors:
        results_known[finished[5]] = False
    if "order-satuan" in errors:
        units[finished[7]] = "Dokumen"
    frame = pd.DataFrame(
        {
            "Nomor": _numbered("ORD-", rows),
            "Tanggal Terima": _dates(received, year),
            "Layanan": pd.Series([one[0] for one in SERVICES.values()]).take(service).array,
            "Kategori": pd.Series(list(KINDS.values())).take(kind).array,
            "Pelanggan": "Contoh Sintetis " + pd.Series(customer).astype("str").str.zfill(7),
            "Tanggal Janji": _dates(np.where(due_known, due, _NEVER), year),
            "Tanggal Selesai": _dates(done, year),
            "Hasil": pd.array(results, dtype="Int64"),
            "Satuan": units,
        }
    )
    frame.loc[~results_known, ["Hasil", "Satuan"]] = None

    judged = np.where(due_known, np.minimum(due, done), _NEVER)
    in_time = due_known & (done <= due)
    quarters = _quarter_of(judged, year)
    code = quarters * len(slugs) + service
    every = np.bincount(code[quarters >= 0], minlength=4 * len(slugs))
    timely = np.bincount(code[(quarters >= 0) & in_time], minlength=4 * len(slugs))
    sla = {
        (place // len(slugs), slugs[place % len(slugs)]): (int(n), int(timely[place]))
        for place, n in enumerate(every)
        if n
    }
    quarters = _quarter_of(received, year)
    inside = quarters >= 0
    who = (quarters[inside] * len(slugs) + service[inside]) * many + customer[inside]
    once = np.unique(who)
    cell = (once // many) * len(kinds) + (once % many) % len(kinds)
    customers = {
        (
            int(place) // (len(kinds) * len(slugs)),
            slugs[int(place) // len(kinds) % len(slugs)],
            kinds[int(place) % len(kinds)],
        ): int(n)
        for place, n in zip(*np.unique(cell, return_counts=True), strict=True)
    }
    quarters = _quarter_of(done, year)
    counted = (quarters >= 0) & results_known
    code = quarters * len(slugs) + service
    sums = np.bincount(code[counted], weights=results[counted], minlength=4 * len(slugs))
    brought = {
        (place // len(slugs), slugs[place % len(slugs)]): int(n)
        for place, n in enumerate(sums)
        if n
    }
    return frame, sla, customers, brought


def _ikm(
    random: np.random.Generator, rows: int, errors: frozenset[str]
) -> tuple[pd.DataFrame, dict[int, tuple[list[int], int]]]:
    # Every quarter has an answer, however few answers there are.
    drawn = random.integers(0, 4, size=rows - 4)
    quarter = np.sort(np.concatenate([np.arange(4), drawn]))
    answers = random.choice(np.array([2, 3, 4]), size=(rows, 9), p=[0.05, 0.35, 0.60])
    service = random.integers(0, len(SERVICES), size=rows)
    names = pd.Series([one[0] for one in SERVICES.values()])
    frame = pd.DataFrame(
        {"Triwulan": pd.Series(_QUARTERS).take(quarter).array, "Layanan": names.take(service).array}
    )
    for number in range(9):
        frame[f"U{number + 1}"] = pd.array(answers[:, number], dtype="Int64")
    if "unsur-kosong" in errors:
        # In quarter I, so that the index of the last quarter is one of full answers.
        frame.loc[0, "U9"] = None
    index = {
        one: (answers[quarter == one].sum(axis=0).tolist(), int((quarter == one).sum()))
        for one in (1, 2, 3)
    }
    return frame, index


def _nps(random: np.random.Generator, rows: int, errors: frozenset[str]) -> pd.DataFrame:
    drawn = random.integers(0, 4, size=rows - 8)
    quarter = np.sort(np.concatenate([np.repeat(np.arange(4), 2), drawn]))
    person = np.arange(rows)
    if "responden-ulang" in errors:
        person[-1] = person[-2]
    texts = pd.Series(person).astype("str").str.zfill(9)
    score = random.choice(np.arange(11), size=rows, p=[0.01] * 6 + [0.03, 0.11, 0.2, 0.35, 0.25])
    starts = np.searchsorted(quarter, quarter, side="left")
    names = pd.Series([one[0] for one in SERVICES.values()])
    return pd.DataFrame(
        {
            "Triwulan": pd.Series(_QUARTERS).take(quarter).array,
            "No": np.arange(rows) - starts + 1,
            "Nama": "Responden Sintetis " + texts,
            "No HP": "800" + texts + "7",
            "Email": "responden" + texts + "@contoh.example",
            "Status": pd.Series(list(KINDS.values()))
            .take(random.integers(0, len(KINDS), size=rows))
            .array,
            "Layanan": names.take(random.integers(0, len(SERVICES), size=rows)).array,
            "Nilai": score,
        }
    )


def _sp2d(
    random: np.random.Generator, rows: int, year: int, kro: dict[str, int], errors: frozenset[str]
) -> tuple[pd.DataFrame, dict[tuple[int, str], int]]:
    codes = list(kro)
    day = np.sort(random.integers(0, 360, size=rows))
    of = np.arange(rows) % len(codes)
    day[: len(codes)] = 10
    day[len(codes) : 2 * len(codes)] = 355
    order = np.argsort(day, kind="stable")
    day, of = day[order], of[order]
    weight = random.integers(80, 120, size=rows)
    amount = np.zeros(rows, dtype=np.int64)
    for place, code in enumerate(codes):
        own = of == place
        share = random.integers(70, 88)  # with one payment twice still below 100
        amount[own] = weight[own] * (kro[code] * share // 100) // weight[own].sum()
    number = pd.Series(_numbered("25", rows))
    if "sp2d-ganda" in errors:
        day, of, amount = (np.append(one, one[0]) for one in (day, of, amount))
        number = pd.concat([number, number[:1]], ignore_index=True)
    frame = pd.DataFrame(
        {
            "Nomor": number,
            "Tanggal": _dates(day, year),
            "Kode KRO": pd.Series(codes).take(of).array,
            "Nilai": amount,
        }
    )
    quarters = _quarter_of(day, year)
    paid = {
        (quarter, code): int(amount[(quarters <= quarter) & (of == place)].sum())
        for quarter in range(4)
        for place, code in enumerate(codes)
    }
    return frame, paid


def _numbered(prefix: str, count: int) -> pd.Series[str]:
    numbers = pd.Series(np.arange(1, count + 1)).astype("str").str.zfill(8)
    made: pd.Series[str] = prefix + numbers
    return made
