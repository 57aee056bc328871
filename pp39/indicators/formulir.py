"""What Formulir A of PP 39/2006 asks for each output: money and progress, by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pp39.book import Book
from pp39.indicators.ro import mean_of
from pp39.indicators.serapan import DISBURSED
from pp39.indicators.shares import difference, summed
from pp39.ledger import Quantity
from pp39.periods import Quarter

_PAID = "sp2d"
_REPORTED = "realisasi_ro"


def compute_form(book: Book) -> None:
    """Enter what is due and done in the quarter, and what was paid.

    Parameters
    ----------
    book : Book
        Reads, from the ledger, the monthly plan and progress of the outputs
        (`pp39.indicators.ro.compute_outputs`), and ``realisasi_ro``, or else ``sp2d``, for the
        money.

    Notes
    -----
    ``formulir-a/<RO>/fisik/<sasaran|realisasi>`` is what the quarter adds to the cumulative series
    ``ro/<RO>/…``, in percent of the year's work. ``formulir-a/<RO>/keuangan/<lalu|ini|kumulatif>``
    is what was paid up to the last quarter, in this one, and since January. From ``realisasi_ro``
    the first two want the last quarter, too, or disbursements that come to the same; from ``sp2d``
    they are there only where every disbursement names its output, and else of each KRO where
    absorption is what was disbursed, and of its output where it has but one.
    ``…/keuangan/sd/<I…IV>`` is what was paid by the end of each quarter.
    ``formulir-a/jumlah/…`` has the sums of all, where each is known, and the means of the
    physical side, weighted by the ceilings of the outputs that have a figure at the quarter's end,
    or else at that of the quarter before.
    """
    rows = book.find("dipa_ro")
    kro = {
        code: book.text("dipa_ro", row, "kode_kro")
        for row in rows
        if (code := book.text("dipa_ro", row, "kode_ro"))
    }
    codes = paid = list(kro)
    for code in codes:
        for what, series, label in (
            ("sasaran", "tpcro-kumulatif", "Sasaran fisik"),
            ("realisasi", "progres", "Realisasi fisik"),
        ):
            _physical(book, code, what, series, f"{label} RO {code}")
    if book.find(_REPORTED, triwulan=str(book.quarter)):
        for code in codes:
            _reported(book, code)
    elif _outputs_named(book):
        for code in codes:
            _money(book, code, "RO")
    elif (spent := book.ledger.get("serapan/total/rupiah")) and spent.note.startswith(DISBURSED):
        paid = list(dict.fromkeys(kro.values()))
        for code in paid:
            _money(book, code, "KRO")
            if len(own := [one for one in codes if kro[one] == code]) == 1:
                _money(book, code, "KRO", of=own[0])
    _sums(book, codes, paid)


def _physical(book: Book, code: str, what: str, series: str, label: str) -> None:
    now = book.ledger.get(f"ro/{code}/{series}/{book.quarter.last_month:02d}")
    before = book.ledger.get(f"ro/{code}/{series}/{book.quarter.months[0] - 1:02d}")
    if now is None or (before is None and book.quarter is not Quarter.I):
        return
    name = f"{label} TW {book.quarter}"
    made = now.named(name) if before is None else difference(now, before, name)
    book.enter(f"formulir-a/{code}/fisik/{what}", made)


def _reported(book: Book, code: str) -> None:
    base, label = f"formulir-a/{code}/keuangan", f"Realisasi keuangan RO {code}"
    whole = book.ledger.get(f"serapan/ro/{code}/rupiah")
    if whole is None:
        return
    passed = [one for one in Quarter if one.number < book.quarter.number]
    told = {quarter: _told(book, code, quarter, label) for quarter in passed}
    if None in told.values() and _outputs_named(book):
        # What was paid tells the quarters that no export is of, where it comes to the same.
        every = _paid(book, "RO", code, [*passed, book.quarter], label)
        for number, quarter in enumerate(passed, 1):
            if told[quarter] is None and every.value == whole.value:
                named = f"{label} sampai dengan TW {quarter}"
                told[quarter] = _paid(book, "RO", code, passed[:number], named)
    until = whole.named(f"{label} sampai dengan TW {book.quarter}")
    for quarter, amount in {**told, book.quarter: until}.items():
        book.enter(f"{base}/sd/{quarter}", amount)
    book.ledger.add(f"{base}/kumulatif", until)
    if not passed:
        book.ledger.add(f"{base}/ini", whole.named(f"{label} TW {book.quarter}"))
    elif (past := told[passed[-1]]) is not None:
        past = past.named(f"{label} sampai dengan triwulan lalu")
        past = book.ledger.add(f"{base}/lalu", past)
        book.ledger.add(f"{base}/ini", (whole - past).named(f"{label} TW {book.quarter}", "Rp"))


def _told(book: Book, code: str, quarter: Quarter, label: str) -> Quantity | None:
    rows = book.find(_REPORTED, triwulan=str(quarter), kode_ro=code)[:1]
    named = f"{label} sampai dengan TW {quarter}"
    return next(iter(book.quantities(_REPORTED, rows, "realisasi", named, "Rp")), None)


def _paid(book: Book, level: str, code: str, quarters: Sequence[Quarter], label: str) -> Quantity:
    """Add up what was paid of an output or a KRO in some quarters."""
    table = book.tables[_PAID]
    rows = table.where().among("triwulan", [str(one) for one in quarters])
    own = rows.equal(f"kode_{level.lower()}", code)
    made = table.sum(own, "nilai", label, "Rp", "jumlah nilai SP2D")
    return made.named(made.label)


def _outputs_named(book: Book) -> bool:
    """Tell whether every disbursement says for which output it was."""
    if not book.find(_PAID):
        return False
    frame = book.tables[_PAID].frame
    return "kode_ro" in frame.columns and bool(frame["kode_ro"].notna().all())


def _money(book: Book, code: str, level: str, of: str = "") -> None:
    """Enter what was paid of an output or a KRO; or `of` the only output that a KRO has."""
    base = f"formulir-a/{of or code}/keuangan"
    label = f"Realisasi keuangan RO {of}" if of else f"Realisasi keuangan {level} {code}"
    paid = partial(_paid, book, level, code)
    before = [one for one in Quarter if one.number < book.quarter.number]
    # Before the year's first quarter nothing is paid, which is 0 and not unknown.
    past = paid(before, f"{label} sampai dengan triwulan lalu")
    now = paid([book.quarter], f"{label} TW {book.quarter}")
    told = (book.enter(f"{base}/lalu", past), book.enter(f"{base}/ini", now))
    whole = summed(told if before else told[1:], f"{label} sampai dengan TW {book.quarter}", "Rp")
    book.enter(f"{base}/kumulatif", whole)
    for quarter in [*before, book.quarter]:
        until = [one for one in Quarter if one.number <= quarter.number]
        book.enter(f"{base}/sd/{quarter}", paid(until, f"{label} sampai dengan TW {quarter}"))


def _sums(book: Book, codes: Sequence[str], paid: Sequence[str]) -> None:
    """Enter what all outputs, or the KRO by which payments are known, come to together."""
    base = "formulir-a/jumlah"
    until = f"sampai dengan TW {book.quarter}"
    periods = {"lalu": "sampai dengan triwulan lalu", "ini": f"TW {book.quarter}"}
    for one in [one for one in Quarter if one.number <= book.quarter.number]:
        periods[f"sd/{one}"] = f"sampai dengan TW {one}"
    for name, when in {**periods, "kumulatif": until}.items():
        cells = [book.ledger.get(f"formulir-a/{one}/keuangan/{name}") for one in paid]
        _sum(book, f"{base}/keuangan/{name}", cells, f"Realisasi keuangan seluruhnya {when}")
    plans = {"lalu": "rencana-lalu", "ini": "rencana-ini", "kumulatif": "rencana"}
    for name, plan in plans.items():
        cells = [book.ledger.get(f"serapan/ro/{one}/{plan}") for one in codes]
        _sum(
            book,
            f"{base}/rencana/{name}",
            cells,
            f"Sasaran keuangan seluruhnya {periods.get(name, until)}",
        )
    last, before = book.quarter.last_month, book.quarter.months[0] - 1
    for what, series in (("sasaran", "tpcro-kumulatif"), ("realisasi", "progres")):
        # Where the last month lacks, what is known of the quarter before still stands.
        known = _with(book, codes, f"{series}/{last:02d}") or _with(
            book, codes, f"{series}/{before:02d}"
        )
        label = f"{what.capitalize()} fisik rata-rata"
        now, past = (
            mean_of(book, known, f"{series}/{month:02d}", f"{label} sampai dengan {when}")
            for month, when in ((last, f"TW {book.quarter}"), (before, "triwulan lalu"))
        )
        book.enter(f"{base}/{what}-fisik/lalu", past)
        if now is None:
            continue
        book.ledger.add(f"{base}/{what}-fisik/kumulatif", now)
        label = f"{label} TW {book.quarter}"
        made = difference(now, past, label) if before else now.named(label)
        book.enter(f"{base}/{what}-fisik/ini", made)


def _with(book: Book, codes: Sequence[str], series: str) -> list[str]:
    """Give the outputs with a ceiling that have a figure in a series."""
    return [
        one
        for one in codes
        if f"anggaran/ro/{one}/pagu" in book.ledger and f"ro/{one}/{series}" in book.ledger
    ]


def _sum(book: Book, id: str, cells: Sequence[Quantity | None], label: str) -> None:
    known = [one for one in cells if one is not None]
    if known and len(known) == len(cells):
        book.enter(id, summed(known, label, "Rp"))
