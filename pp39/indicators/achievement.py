"""From a realisation to target, achievement, status and predicate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from pp39.book import Book
from pp39.formula.units import stated
from pp39.ledger import Computed, Ledger, Quantity, capped, dashed, largest, smallest
from pp39.numbers import exact
from pp39.periods import Quarter
from pp39.profile.indicator import Indikator

Status = Literal[
    "tercapai",
    "tidak tercapai",
    "sudah tercapai",
    "sesuai jalur",
    "di bawah jalur",
    "tidak dapat dihitung",
    "belum ada data",
]
ACHIEVED: Status = "tercapai"
MISSED: Status = "tidak tercapai"
EARLY: Status = "sudah tercapai"
ON_TRACK: Status = "sesuai jalur"
BEHIND: Status = "di bawah jalur"
INCALCULABLE: Status = "tidak dapat dihitung"
NO_DATA: Status = "belum ada data"
EXCEEDED = "melampaui batas"

# A growth cannot be lower: nothing is left of the year before.
_LOWEST_GROWTH = -100

DOCUMENTS = {
    "perjanjian_kinerja": "Perjanjian Kinerja",
    "sasaran_indikator": "tabel sasaran dan indikator",
    "rencana_aksi": "Rencana Aksi",
    "tabel_capaian": "tabel capaian",
}


def unit_of(indicator: Indikator) -> str:
    """Give the unit its numbers are in, whatever the contract calls it."""
    return stated(indicator.satuan, indicator.bentuk)


def with_decimals(quantity: Quantity, decimals: int) -> Quantity:
    """Print with so many decimals, but no given number with fewer than it was given with."""
    most = decimals if isinstance(quantity.origin, Computed) else 6
    return _within(quantity, decimals, most)


def _within(quantity: Quantity, least: int, most: int) -> Quantity:
    """Print with as many decimals as it has, within bounds."""
    places = least
    while places < most and (quantity.value * 10**places).denominator != 1:
        places += 1
    return quantity.named(quantity.label, None, places)


def told_apart(quantity: Quantity, *others: Quantity | None) -> Quantity:
    """Print with as many decimals as tell a value from those it is held against and is not."""
    unlike = [one.printed for one in others if one is not None and one.value != quantity.value]
    ways = (quantity.named(quantity.label, None, places) for places in range(7))
    finer = (one for one in ways if (one.decimals or 0) > (quantity.decimals or 0))
    return next((one for one in (quantity, *finer) if one.printed not in unlike), quantity)


def goals_of(book: Book, code: str) -> tuple[Quantity | None, ...]:
    """Give what a realisation is held against: target, its lower end, what is due by now."""
    indicator, known = book.params.indikator[code], book
    if f"{dashed(code)}/target" not in book.ledger:
        known = replace(book, ledger=Ledger())
        target = target_of(known, code, indicator)
        interim_targets(known, code, target, indicator)
        track(known, code, target, indicator)
    return tuple(
        known.ledger.get(f"{dashed(code)}/{one}") for one in ("target", "target/bawah", "jalur")
    )


def target_of(book: Book, code: str, indicator: Indikator) -> Quantity | None:
    """Enter the targets of all documents and the one that counts.

    Parameters
    ----------
    book : Book
        Reads ``target_<document>``; parameters ``dokumen_target`` and ``target``.
    code : str
        Code of the indicator.
    indicator : Indikator
        Its registration.

    Returns
    -------
    Quantity or None
        Target of the year: that of the parameter ``target`` if it names the indicator, otherwise
        that of the document. ``KODE/target/<document>`` and ``KODE/target`` are entered; a document
        of a later quarter, unless it is the one that counts, states nothing yet.
    """
    slug = dashed(code)
    unit = unit_of(indicator)
    stated: dict[str, Quantity] = {}
    for document, name in DOCUMENTS.items():
        label = f"Target {code} menurut {name}"
        source = f"target_{document}"
        rows = [
            row
            for row in book.find(source, kode=code)
            if book.states(source, book.tables[source].value(row, "dokumen"))
        ]
        cells = book.quantities(source, rows, "target", label, unit)
        if cells:
            cell = with_decimals(cells[0], indicator.desimal)
            stated[document] = book.ledger.add(f"{slug}/target/{document}", cell)
    if code in book.params.target:
        made = book.settings.quantity(f'target."{code}"', f"Target {code}", unit)
    elif book.params.dokumen_target in stated:
        made = stated[book.params.dokumen_target].named(
            f"Target {code}", note=f"Menurut {DOCUMENTS[book.params.dokumen_target]}."
        )
    else:
        return None
    made = with_decimals(made, indicator.desimal)
    if indicator.batas_bawah is not None:
        path = f'indikator."{code}".batas_bawah'
        low = book.settings.quantity(path, f"Batas bawah target {code}", unit)
        low = book.ledger.add(f"{slug}/target/bawah", with_decimals(low, indicator.desimal))
        book.ledger.add(f"{slug}/target/atas", made.named(f"Batas atas target {code}"))
        made = replace(made, low=low.value)
    return book.ledger.add(f"{slug}/target", made)


def nearest(realisation: Quantity, low: Quantity, high: Quantity) -> Quantity:
    """Give what of a range lies nearest to a realisation: itself within, else the end it passed."""
    return smallest([largest([realisation, low], ""), high], "")


def of_range(realisation: Quantity, near: Quantity) -> Quantity:
    """Give the achievement of a target that is a range, by what of it lies nearest."""
    above = realisation.value > near.value
    beyond = realisation - near if above else near - realisation
    return (1 - beyond / near) * 100


def interim_targets(book: Book, code: str, target: Quantity | None, indicator: Indikator) -> None:
    """Enter the interim targets (target antara) of the action plan.

    They are percentages of the year's work, not of the value: a quarter of an index or a score
    means nothing. Of what grows through the year they tell how much is due (`track`); for counts
    that is entered in units besides (``KODE/target-triwulan``).
    """
    slug = dashed(code)
    for row in book.find("target_antara", kode=code)[:1]:
        for quarter in Quarter:
            column = f"tw_{str(quarter).lower()}"
            label = f"Target antara {code} TW {quarter}"
            cell = book.quantity("target_antara", row, column, label, "%")
            if cell is None:
                continue
            entered = book.ledger.add(f"{slug}/target-antara/{quarter}", cell)
            counted = indicator.bentuk == "jumlah" and indicator.grows
            if quarter is book.quarter and target is not None and counted:
                value = (target * entered / 100).named(
                    f"Target {code} sampai dengan TW {book.quarter}", target.unit
                )
                book.ledger.add(f"{slug}/target-triwulan", value)


def achievement(
    book: Book, code: str, realisation: Quantity, target: Quantity, polarity: str
) -> tuple[Quantity, Quantity] | None:
    """Compute the achievement (capaian) of a target.

    Parameters
    ----------
    book : Book
        Parameter ``capaian.batas`` caps what is reported.
    code : str
        Code of the indicator.
    realisation, target : Quantity
        In the same unit.
    polarity : {"naik", "turun", "rentang"}
        Whether more is better, less, or what lies in a range.

    Returns
    -------
    tuple of Quantity or None
        Raw and reported achievement in percent; None if the target is 0 or negative, of which
        nothing is a percentage, save that a limit of 0 with 0 realised is kept whole.
        ``KODE/capaian`` is entered, and with a cap, or where a limit is exceeded more than twofold
        and 0 is reported, ``KODE/capaian-mentah``.

    Notes
    -----
    naik: R ÷ T × 100; turun: (2 − R ÷ T) × 100, which the ministries' performance measurement
    writes as (1 + (1 − R ÷ T)) × 100. Of a target that is a range, the end that was passed stands
    in the formula: below it naik, above it turun, and 100 within; in one formula,
    (1 − |R − E| ÷ E) × 100 where E is what of the range lies nearest to R. So the annex of
    Permenpan RB 8/2021 on the performance of civil servants had it, which 6/2022 revoked.
    """
    if polarity == "rentang":
        near = goal_of(book, code, realisation, target)
        if near.value <= 0 or target.low is None or target.low >= target.value:
            return None
        return _reported(book, code, of_range(realisation, near), floor=True)
    if target.value < 0 or (target.value == 0 and (polarity == "naik" or realisation.value)):
        return None
    if target.value == 0:
        made = Quantity.constant(100) - realisation.named("", "")
    else:
        ratio = realisation / target
        made = (ratio if polarity == "naik" else 2 - ratio) * 100
    return _reported(book, code, made, floor=polarity == "turun")


def goal_of(book: Book, code: str, realisation: Quantity, target: Quantity) -> Quantity:
    """Give what a realisation is held against: the target, or what lies nearest of its range.

    The latter is entered (``KODE/target/terdekat``).
    """
    slug = f"{dashed(code)}/target"
    low, high = (book.ledger.get(f"{slug}/{end}") for end in ("bawah", "atas"))
    if target.low is None or low is None or high is None:
        return target
    label = f"Nilai terdekat dalam rentang target {code}"
    made = nearest(realisation, low, high).named(label, target.unit, target.decimals)
    return book.ledger.get(f"{slug}/terdekat") or book.ledger.add(f"{slug}/terdekat", made)


def _reported(book: Book, code: str, made: Quantity, *, floor: bool) -> tuple[Quantity, Quantity]:
    """Enter an achievement as it is, and as it is reported."""
    slug, beyond = dashed(code), floor and made.value < 0
    cut = book.params.capaian.batas is not None or beyond
    named = made.named(f"Capaian {code}{' sebelum dibatasi' * cut}", "%")
    if named.value < (least := exact(book.params.status.ambang)):
        named = told_apart(named, Quantity.constant(least))
    raw = book.ledger.add(f"{slug}/capaian{'-mentah' * cut}", named)
    if not cut:
        return raw, raw
    if beyond:
        reported = largest([raw, Quantity.constant(0)], f"Capaian {code}", "%")
        return raw, book.ledger.add(f"{slug}/capaian", reported)
    cap = book.settings.quantity("capaian.batas", "Batas capaian", "%")
    reported = capped(raw, cap).named(f"Capaian {code}", "%")
    return raw, book.ledger.add(f"{slug}/capaian", reported)


def track(book: Book, code: str, target: Quantity | None, indicator: Indikator) -> Quantity | None:
    """Enter the part of the year's target that is due by the end of the quarter (``KODE/jalur``).

    Of what grows through the year due is the interim target's share of the target: the last that is
    given by then, none before the first; without any, as many of the quarters it is measured in as
    have passed. A
    growth over the whole last year is due as far as its level is. Any other value
    stands for itself, and due is the target.

    Returns
    -------
    Quantity or None
        None in quarter IV, when the whole target is due, and without a target.
    """
    if target is None or book.quarter is Quarter.IV:
        return None
    label, slug = f"Jalur {code} sampai dengan TW {book.quarter}", dashed(code)
    planned = [(one, book.ledger.get(f"{slug}/target-antara/{one}")) for one in Quarter]
    given = [share for one, share in planned if share and one.number <= book.quarter.number]
    if given:
        share = given[-1]
    elif any(share for _, share in planned):
        share = Quantity.constant(0).named("Belum ada target antara", "%")
    else:
        before = Quarter[indicator.mulai].number - 1
        passed = max(book.quarter.number - before, 0)
        share = Quantity.constant(Fraction(100 * passed, 4 - before)).named("", "%")
    growth = indicator.bentuk == "persen" and indicator.skala[0] == _LOWEST_GROWTH
    if not indicator.grows:
        made = target
    elif growth:
        made = (target + 100) * share / 100 - 100
    else:
        made = target * share / 100
    named = made.named(label, target.unit, target.decimals)
    # It is passed or missed by a little, too: then it is printed as exactly as it is.
    near = indicator.polaritas == "turun" or named.printed < named.value
    made = _within(named, named.decimals or 0, 2) if near and indicator.grows else named
    return book.ledger.add(f"{slug}/jalur", made)


def status_of(
    book: Book,
    realisation: Quantity | None,
    target: Quantity | None,
    raw: Quantity | None,
    *,
    indicator: Indikator,
    due: Quantity | None = None,
) -> Status:
    """Decide the status on exact values, before any cap.

    An indicator is achieved when its raw achievement is at least ``status.ambang`` percent. A
    target that is 0 or negative has no percentage, and so cannot be said to be reached; a limit of
    0 is kept or exceeded without one. Before the year ends no target is missed: what is not reached
    yet is held against what is due by now. A limit that fills up through the year is not reached
    before its end, however low it still is.
    """
    falling = indicator.polaritas == "turun"
    if realisation is None or target is None:
        return NO_DATA
    none_allowed = falling and target.value == 0
    if not indicator.holds(realisation.value) or (raw is None and not none_allowed):
        return INCALCULABLE
    if raw is not None:
        reached = raw.value >= exact(book.params.status.ambang)
    else:
        reached = realisation.value <= 0
    if book.quarter is Quarter.IV:
        return ACHIEVED if reached else MISSED
    goal = (due or target).value
    filling = falling and (goal < target.value or indicator.grows)
    if reached and not filling:
        return EARLY
    if indicator.polaritas == "rentang":
        return BEHIND
    kept = realisation.value <= goal if falling else realisation.value >= goal
    return ON_TRACK if kept else BEHIND


def worded(status: str, indicator: Indikator) -> str:
    """Word a status as the tables do: of a limit what is behind is that it is exceeded."""
    return EXCEEDED if status == BEHIND and indicator.polaritas == "turun" else status


def statuses_of(quarter: Quarter) -> tuple[Status, ...]:
    """Give the statuses of indicators with data that a quarter knows."""
    return (ACHIEVED, MISSED) if quarter is Quarter.IV else (EARLY, ON_TRACK, BEHIND)


def predicate(book: Book, code: str, realisation: Quantity, indicator: Indikator) -> str:
    """Classify a score by the regulation its registration names.

    Returns
    -------
    str
        Class and predicate, such as ``"A (sangat baik)"``; empty without a classification or
        outside all classes. ``KODE/konversi`` is entered where the classes have a scale of their
        own (IKM: index × 25, Permenpan RB 14/2017).
    """
    name = indicator.klasifikasi
    if name is None:
        return ""
    classes = getattr(book.params.regulasi, name)
    if exact(classes.faktor) != 1:
        factor = book.settings.quantity(f"regulasi.{name}.faktor", "Faktor konversi", "")
        value = (realisation * factor).named(f"Nilai konversi {code}", "nilai", 2)
        book.ledger.add(f"{code.replace(' ', '-')}/konversi", value)
    key = classes.classify(realisation.value)
    if key is None:
        return ""
    words = str(classes.kelas[key].predikat)
    return words if words == key else f"{key} ({words})"


def judged(
    run: Book, code: str, made: Quantity | None, goal: Quantity | None
) -> tuple[Quantity | None, Status]:
    """Give the raw achievement and the status of an indicator with other figures than its own.

    It is the calculation itself, done again in a ledger of its own.
    """
    slug, indicator = dashed(code), run.params.indikator[code]
    trial = Ledger()
    for id in (f"{slug}/target-antara/{quarter}" for quarter in Quarter):
        if (entry := run.ledger.get(id)) is not None:
            trial.add(id, entry)
    if goal is not None and indicator.batas_bawah is not None:
        low = Quantity.constant(exact(indicator.batas_bawah)).named("Batas bawah")
        trial.add(f"{slug}/target/bawah", run.ledger.get(f"{slug}/target/bawah") or low)
        trial.add(f"{slug}/target/atas", goal)
        goal = replace(goal, low=low.value)
    book, reached = replace(run, ledger=trial), None
    if made is not None and goal is not None and indicator.holds(made.value):
        reached = achievement(book, code, made, goal, indicator.polaritas)
    raw = reached[0] if reached is not None else None
    due = track(book, code, goal, indicator)
    return raw, status_of(book, made, goal, raw, indicator=indicator, due=due)


def judge_of(run: Book) -> Callable[[str, Fraction | None, Fraction | None], str]:
    """Give the function that tells the status of an indicator with other values than its own."""

    def judge(code: str, realisation: Fraction | None, target: Fraction | None) -> str:
        figures = [run.ledger.get(f"{dashed(code)}/{name}") for name in ("realisasi", "target")]
        pairs = zip(figures, (realisation, target), strict=True)
        made, goal = (
            one if one is None or value is None else replace(one, value=value)
            for one, value in pairs
        )
        return judged(run, code, made, goal)[1]

    return judge
