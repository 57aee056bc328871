"""All indicators of the performance contract, one by one; all figures of a run once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pp39.book import Book
from pp39.errors import ParameterError
from pp39.formula import Family, Lacking, Value
from pp39.indicators.achievement import (
    INCALCULABLE,
    NO_DATA,
    Status,
    achievement,
    goal_of,
    goals_of,
    interim_targets,
    predicate,
    status_of,
    statuses_of,
    target_of,
    told_apart,
    track,
    unit_of,
    with_decimals,
)
from pp39.indicators.anggaran import compute_budget
from pp39.indicators.formulas import programs_of
from pp39.indicators.formulir import compute_form
from pp39.indicators.gaps import gaps
from pp39.indicators.program import Finish, Realisation
from pp39.indicators.reading import REALISATION, parameters_of
from pp39.indicators.result import IndicatorResult
from pp39.indicators.ro import compute_outputs
from pp39.indicators.serapan import compute_absorption
from pp39.indicators.shares import difference, share
from pp39.ledger import Ledger, Quantity, counted, dashed
from pp39.params import Params
from pp39.periods import Quarter
from pp39.profile.indicator import Indikator
from pp39.same import once

#: Branches of the parameters that no figure hangs on.
_NO_FIGURE = {"eksekusi", "temuan"}
_UNLIKE = " dihitung dengan "


class Computation:
    """Realisations of all indicators of a run, each computed once for every quarter asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._done: dict[tuple[Quarter, bool, str], Realisation] = {}

    def realisation(self, book: Book, code: str) -> Realisation:
        """Compute an indicator for the quarter of a book, or give what came out before.

        In the report on the year it is computed over all quarters where it says so.
        """
        book = replace(book, whole=book.of_year(code))
        key = (book.quarter, book.whole, code)
        if key not in self._done:
            # Formulas that use one another in a ring were refused when they were understood.
            finish = self._finish(code)
            others = self._others(book)
            program = programs_of(self._book.settings, book.settings).get(code)
            self._done[key] = (
                program.run(book, others, finish)
                if program is not None
                else Realisation(Lacking("kosong"), {})
            )
        return self._done[key]

    def _others(self, book: Book) -> Callable[[str, str], Value]:
        def figure(code: str, name: str) -> Value:
            made = self.realisation(book, code)
            found = made.value if name == REALISATION else made.figures.get(name)
            known = isinstance(found, Quantity | Lacking | Family)
            return found if known else Lacking("kosong")

        return figure

    def _finish(self, code: str) -> Finish:
        indicator = self._book.params.indikator[code]

        def finish(book: Book, made: Quantity) -> Quantity:
            main = (self._book.quarter, self._book.alone)
            when = "" if main == (book.quarter, book.alone) else f" TW {book.quarter}"
            note = f"{made.note} {gaps(book, made, indicator)}".strip()
            named = made.named(f"Realisasi {code}{when}", unit_of(indicator), note=note)
            shown = told_apart(with_decimals(named, indicator.desimal), *goals_of(book, code))
            return book.ledger.add(f"{dashed(code)}/{REALISATION}", shown)

        return finish


def compute_indicators(book: Book) -> list[IndicatorResult]:
    """Compute every indicator and enter all quantities in the ledger.

    Returns
    -------
    list of IndicatorResult
        In the order of the registry.

    Raises
    ------
    ProfileError
        If a formula is wrong; tells all that is.
    """
    computation = Computation(book)
    return [_result(book, code, computation) for code in book.params.indikator]


def compute_realisations(book: Book, kind: str) -> None:
    """Enter the realisations of the indicators of one kind (``hitung``)."""
    codes = [code for code, one in book.params.indikator.items() if kind == one.hitung]
    computation = Computation(book)
    for code in codes:
        computation.realisation(book, code)


def _result(book: Book, code: str, computation: Computation) -> IndicatorResult:
    """Compute one indicator: target, realisation, achievement, status, change.

    The realisation of any quarter is judged against the target of the year; see
    `pp39.indicators.achievement.interim_targets` for why.
    """
    indicator = book.params.indikator[code]
    slug = dashed(code)
    target = target_of(book, code, indicator)
    interim_targets(book, code, target, indicator)
    due = track(book, code, target, indicator)
    _physical(book, code)
    _activities(book, code)
    computed = computation.realisation(book, code)
    made = computed.value
    realisation = None
    capaian = raw = None
    predikat = ""
    if isinstance(made, Lacking):
        status = NO_DATA if made.kind == "kosong" else INCALCULABLE
    else:
        realisation = made
        predikat = predicate(book, code, realisation, indicator)
        if target is not None:
            both = None
            if indicator.holds(realisation.value):
                both = achievement(book, code, realisation, target, indicator.polaritas)
            raw, capaian = both if both is not None else (None, None)
            goal = goal_of(book, code, realisation, target)
            gap = difference(realisation, goal, f"Selisih {code} terhadap target")
            book.enter(f"{slug}/selisih", gap)
        status = status_of(book, made, target, raw, indicator=indicator, due=due)
    change = None if book.of_year(code) else _change(book, code, computation, realisation)
    if book.settings.period.is_year:
        _quarters(book, code, computation)
    return IndicatorResult(
        kode=code,
        kode_sasaran=indicator.kode_sasaran,
        sasaran=book.params.sasaran[indicator.kode_sasaran],
        indikator=indicator.nama,
        satuan=indicator.satuan,
        target=target,
        realisasi=realisation,
        capaian=capaian,
        perubahan=change,
        status=status,
        predikat=predikat,
        catatan=_note(made, target, capaian, indicator),
        hitungan=computed,
    )


def _note(
    made: Quantity | Lacking,
    target: Quantity | None,
    capaian: Quantity | None,
    indicator: Indikator,
) -> str:
    """Give the remark on the realisation, or say why there is none although there are data."""
    if isinstance(made, Lacking):
        return "" if made.kind == "kosong" else f"Tidak dapat dihitung karena {made.because}."
    if not indicator.holds(made.value):
        told = f"Capaian tidak dihitung karena realisasi {made.text()} berada di luar skala."
    elif target is None or capaian is not None:
        return made.note
    else:
        told = f"Capaian tidak dapat dihitung terhadap target {target.text()}."
    return f"{made.note} {told}".strip()


def summarise(book: Book, results: Sequence[IndicatorResult]) -> None:
    """Enter how many indicators reached their target, in all and by sasaran.

    Parameters
    ----------
    book : Book
        Its ledger receives ``ringkasan/jumlah``, ``ringkasan/tercapai``,
        ``ringkasan/tidak-tercapai`` (before quarter IV ``sudah-tercapai``, ``sesuai-jalur``,
        ``di-bawah-jalur``), ``ringkasan/belum-ada-data``, each but the first with ``/persen``,
        ``ringkasan/dinilai`` (with a status of their data), and the same counts below
        ``ringkasan/sasaran/<kode>``. Where the achievement of any cannot be computed,
        ``ringkasan/tidak-dapat-dihitung`` counts these.
    results : sequence of IndicatorResult
        All of them.
    """
    codes = list(dict.fromkeys(one.kode_sasaran for one in results))
    statuses = [*statuses_of(book.quarter), NO_DATA]
    if any(one.status == INCALCULABLE for one in results):
        statuses.append(INCALCULABLE)
    _counts(book, "ringkasan", "", results, statuses)
    names = [Quantity.constant(1).named(f"Sasaran {code}", "sasaran") for code in codes]
    book.ledger.add("ringkasan/sasaran/jumlah", counted(names, "Jumlah sasaran", "sasaran"))
    for code in codes:
        mine = [one for one in results if one.kode_sasaran == code]
        base = f"ringkasan/sasaran/{code.replace(' ', '-')}"
        _counts(book, base, f" pada sasaran {code}", mine, statuses)


def _counts(
    book: Book,
    base: str,
    where: str,
    results: Sequence[IndicatorResult],
    statuses: Sequence[Status],
) -> None:
    def count(label: str, chosen: Sequence[IndicatorResult]) -> Quantity:
        shown = [one.capaian or one.realisasi or one.target or _nameless(one) for one in chosen]
        return counted(shown, label + where, "indikator")

    everything = book.ledger.add(f"{base}/jumlah", count("Jumlah indikator", results))
    judged = [one for one in results if one.status in statuses_of(book.quarter)]
    book.ledger.add(f"{base}/dinilai", count("Indikator yang memiliki data", judged))
    for status in statuses:
        mine = [one for one in results if one.status == status]
        made = count(f"Indikator {status}", mine)
        made = book.ledger.add(f"{base}/{status.replace(' ', '-')}", made)
        portion = share(made, everything, f"Persentase indikator {status}{where}")
        book.enter(f"{base}/{status.replace(' ', '-')}/persen", portion)


def _nameless(result: IndicatorResult) -> Quantity:
    return Quantity.constant(1).named(f"Indikator {result.kode}", "indikator")


def _change(
    book: Book, code: str, computation: Computation, realisation: Quantity | None
) -> Quantity | None:
    """Enter the realisation of the quarter before, and the change since; give that."""
    earlier = book.before()
    if realisation is None or earlier is None:
        return None
    slug = dashed(code)
    made = computation.realisation(earlier, code).value
    if not isinstance(made, Quantity):
        return None
    before = book.ledger.add(f"{slug}/sebelumnya", made)
    label = f"Perubahan {code} sejak TW {earlier.quarter}"
    change = difference(realisation, before, label)
    noted = change and replace(change, note=_unlike(book, earlier, code))
    return book.enter(f"{slug}/perubahan", noted)


def told_unlike(note: str) -> str:
    """Give the last sentence of a note, where it says what held otherwise in a quarter."""
    _, found, told = note.rpartition("TW ")
    return found + told if _UNLIKE in told else ""


def _unlike(book: Book, earlier: Book, code: str) -> str:
    """Say what of the parameters or the formula held otherwise in an earlier quarter."""
    if earlier.settings is book.settings:
        return ""
    now, then = (one.params.indikator[code] for one in (book, earlier))
    made = {"data", "besaran", "atau", "realisasi"}
    if now.model_dump(include=made) != then.model_dump(include=made):
        return f"TW {earlier.quarter}{_UNLIKE}rumus yang lain."
    told = []
    for path in sorted(parameters_of(now)):
        try:
            values = [one.settings.value(path) for one in (earlier, book)]
            if values[0] == values[1]:
                continue
            if isinstance(values[0], str):
                declared = book.settings.profile.isi.parameter.get(path)
                label = (declared and declared.nama) or f"Parameter {path}"
                first, second = (str(one).replace("_", "-") for one in values)
            else:
                numbers = [one.settings.named_quantity(path) for one in (earlier, book)]
                label, first, second = numbers[0].label, *(one.text() for one in numbers)
            told.append(f"{label} {first}, bukan {second}")
        except ParameterError:
            continue  # a column or a figure
    return f"TW {earlier.quarter}{_UNLIKE}{'; '.join(told)}." if told else ""


def _quarters(book: Book, code: str, computation: Computation) -> None:
    """Enter what came out in each quarter, for a report on the whole year.

    Of the last one it is the realisation itself, unless that is computed over all of them.
    """
    earlier = book.before()
    books = [book.of_quarter()] if book.of_year(code) else []
    while earlier is not None:
        books.insert(0, earlier)
        earlier = earlier.before()
    for one in books:
        made = computation.realisation(one, code).value
        if isinstance(made, Quantity):
            note = f"{made.note} {_unlike(book, one, code)}".strip()
            entry = replace(made, note=note)
            book.ledger.add(f"{dashed(code)}/realisasi-triwulan/{one.quarter}", entry)


def _physical(book: Book, code: str) -> None:
    """Enter the physical target and realisation of the quarter, and their gap."""
    base = f"{code.replace(' ', '-')}/fisik"
    found: list[Quantity | None] = [None, None]
    for row in book.find("pelaksanaan", kode=code, triwulan=str(book.quarter))[:1]:
        for n, name in enumerate(("target", "realisasi")):
            label = f"{name.capitalize()} fisik {code} TW {book.quarter}"
            cell = book.quantity("pelaksanaan", row, f"fisik_{name}", label, "%")
            found[n] = book.enter(f"{base}/{name}", cell)
    gap = difference(found[1], found[0], f"Selisih fisik {code} TW {book.quarter}")
    book.enter(f"{base}/selisih", gap)


def _activities(book: Book, code: str) -> None:
    """Enter how many activities were planned and how many reported for the quarter."""
    slug = dashed(code)
    told = {"rencana": "direncanakan", "realisasi": "dilaporkan"}
    for source, name in (("rencana_aksi", "rencana"), ("realisasi_kegiatan", "realisasi")):
        if not book.find(source, kode=code, triwulan=str(book.quarter)):
            continue
        marked = book.mask(source, kode=code, triwulan=str(book.quarter))
        label = f"Kegiatan {told[name]} {code} TW {book.quarter}"
        how = f"banyaknya kegiatan {code} TW {book.quarter}"
        made = book.tables[source].count(marked, label, "kegiatan", how, "kegiatan")
        book.ledger.add(f"{slug}/kegiatan/{name}", made)


def base_ledger(book: Book) -> Ledger:
    """Compute what the run would have given by its base parameters.

    What was stated before a parameter was changed is held against these figures.

    Returns
    -------
    Ledger
        That of the book itself, where nothing was overridden that a figure may hang on.
    """
    base = book.settings.base
    if base is None or _relevant(base.params) == _relevant(book.params):
        return book.ledger
    again = replace(book, settings=base, ledger=Ledger())
    try:
        compute_everything(again)
    except ParameterError:
        # Without the overrides the run is impossible, so they contradict nothing.
        return book.ledger
    return again.ledger


@once
def ledger_on(book: Book, quarter: Quarter, footing: str, kind: str | None) -> Ledger:
    """Compute figures of a quarter with rows (``baris``) or counts (``rekap``) first.

    Parameters
    ----------
    book : Book
        Tables and parameters.
    quarter : Quarter
        The quarter.
    footing : str
        What `pp39.params.model.Data` calls ``dahulukan``.
    kind : str or None
        ``hitung`` of the indicators; None for the absorption of the budget.
    """
    then = book.settings.earlier.get(quarter, book.settings)
    data = then.params.data.model_copy(update={"dahulukan": footing})
    settings = replace(then, params=then.params.model_copy(update={"data": data}))
    on = replace(book, settings=settings, on=quarter, alone=True, ledger=Ledger())
    if kind is None:
        compute_budget(on)
        compute_absorption(on)
    else:
        compute_realisations(on, kind)
    return on.ledger


def compute_everything(book: Book) -> None:
    """Enter all figures of a run in the ledger of the book."""
    summarise(book, compute_indicators(book))
    compute_budget(book)
    compute_outputs(book)
    compute_absorption(book)
    compute_form(book)


def _relevant(params: Params) -> dict[str, Any]:
    return params.model_dump(exclude=_NO_FIGURE)
