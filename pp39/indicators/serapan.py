"""Absorption of the budget (serapan) by KRO and program, and what was planned for each quarter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pp39.book import Book
from pp39.indicators.rencana_serapan import compute_planned_absorption
from pp39.indicators.shares import difference, share, summed
from pp39.ledger import Quantity, counted
from pp39.periods import MONTHS, Quarter

_SOURCE = "realisasi_kro"
_ROWS = "sp2d"
_REPORTED = "realisasi_ro"
_ESTIMATE = "Perkiraan dari persentase serapan, karena realisasi dalam rupiah tidak tersedia."
DISBURSED = "Dijumlahkan dari SP2D."
REPORTED = "Dijumlahkan dari realisasi per RO."
_ACCOUNTS = "realisasi_versi"
#: How the notes of amounts begin that are no estimates.
SPENT = (DISBURSED, REPORTED)


@dataclass(frozen=True)
class _Absorbed:
    """What was absorbed of one KRO; the amount is missing where only a percentage is known."""

    code: str
    program: str
    amount: Quantity | None
    percent: Quantity | None


def compute_absorption(book: Book) -> None:
    """Enter the absorption of the quarter.

    Parameters
    ----------
    book : Book
        Reads ``realisasi_ro`` (rupiah by RO, cumulative to the quarter), else ``sp2d``
        (disbursements) or ``realisasi_kro`` (percent, cumulative to the quarter)
        and, from the ledger, the ceilings ``anggaran/kro/<KRO>/pagu``, so
        `pp39.indicators.anggaran.compute_budget` comes first. Parameter ``data.dahulukan``.

    Notes
    -----
    From amounts by RO, that of a KRO is their sum. From disbursements, the amount of a KRO is what
    was paid from January up to the quarter's end, nothing being Rp0, and the percentage its share
    of the ceiling. Percentages alone give an
    estimate: the percentage of the KRO's ceiling. A program and the whole are Σ amounts ÷
    Σ ceilings of the KRO that have both. What share of the whole ceiling these cover is
    ``serapan/total/cakupan``. What was disbursed is also held against the ceiling in force at the
    quarter's end, ``serapan/total/persen-pagu-akhir``; an estimate cannot be.
    """
    listed = book.find(_SOURCE, triwulan=str(book.quarter))
    if reported := book.find(_REPORTED, triwulan=str(book.quarter)):
        found, note = _reported(book, reported), f"{REPORTED}{_account(book)}"
    elif book.find(_ROWS, triwulan=str(book.quarter)) and not (
        listed and book.params.data.dahulukan == "rekap"
    ):
        found, note = _disbursed(book), DISBURSED
    else:
        found, note = _stated(book, listed), _ESTIMATE
    amounts: dict[str, dict[str, Quantity]] = {}
    ceilings: dict[str, dict[str, Quantity]] = {}
    homeless: list[Quantity] = []
    for one in found:
        base = f"serapan/kro/{one.code}"
        ceiling = book.ledger.get(f"anggaran/kro/{one.code}/pagu")
        amount = book.enter(f"{base}/rupiah", one.amount)
        percent = one.percent
        if percent is None and amount is not None and ceiling is not None:
            percent = share(amount, ceiling, f"Serapan KRO {one.code}")
        percent = book.enter(f"{base}/persen", percent)
        if ceiling is None:
            homeless += [known for known in (percent or amount,) if known is not None]
            continue
        if amount is None and percent is not None:
            made = (ceiling * percent / 100).named(f"Realisasi KRO {one.code}", "Rp", note=note)
            amount = book.ledger.add(f"{base}/rupiah", made)
        if amount is None:
            continue
        rest = (ceiling - amount).named(f"Sisa pagu KRO {one.code}", "Rp", note=note)
        book.ledger.add(f"{base}/sisa", rest)
        amounts.setdefault(one.program, {})[one.code] = amount
        ceilings.setdefault(one.program, {})[one.code] = ceiling
        if percent is not None:
            _against_progress(book, one.code, percent)
    with_data = {code for codes in amounts.values() for code in codes}
    idle = [one for one in _kro(book) if one not in with_data]
    programs = {**_programs(book), **{one.code: one.program for one in found}}
    sums = []
    for program, parts in amounts.items():
        base = f"serapan/program/{program}"
        left_out = [
            code
            for code in dict.fromkeys([*idle, *(one.code for one in found)])
            if code not in with_data and programs.get(code) == program
        ]
        without = f" Tanpa KRO {', '.join(left_out)}." if left_out else ""
        name = f"program {program}"
        of_program = parts.values(), ceilings[program].values()
        sums.append(_whole(book, base, name, *of_program, note=note + without))
    if sums:
        _summary(book, sums, note)
        known = [book.ledger[f"anggaran/kro/{one}/pagu"] for one in idle]
        book.ledger.add("serapan/tanpa-data", counted(known, "KRO tanpa data serapan", "KRO"))
        made = counted(homeless, "KRO dengan serapan tanpa pagu dalam komposisi", "KRO")
        book.ledger.add("serapan/tanpa-pagu", made)
    compute_planned_absorption(book)


def _summary(book: Book, sums: Sequence[tuple[Quantity, Quantity]], note: str) -> None:
    """Enter the whole of all programs and what share of the ceilings it covers."""
    amounts, ceilings = zip(*sums, strict=True)
    _whole(book, "serapan/total", "seluruh program", amounts, ceilings, note=note)
    covered = share(
        book.ledger["serapan/total/pagu"],
        book.ledger.get("anggaran/pagu"),
        "Porsi pagu yang memiliki data serapan",
    )
    book.enter("serapan/total/cakupan", covered)
    now = book.ledger.get("anggaran/pagu-akhir")
    if note.startswith(SPENT) and now is not None:
        spent = share(
            book.ledger["serapan/total/rupiah"], now, "Serapan terhadap pagu yang berlaku"
        )
        book.enter("serapan/total/persen-pagu-akhir", spent)


def _stated(book: Book, rows: Sequence[int]) -> list[_Absorbed]:
    """Give the percentages somebody stated, the first of each KRO."""
    found: dict[str, _Absorbed] = {}
    for row in rows:
        code = book.text(_SOURCE, row, "kode_kro")
        percent = book.quantity(_SOURCE, row, "serapan", f"Serapan KRO {code}", "%")
        if not code or percent is None or code in found:
            continue
        if book.ledger.get(f"anggaran/kro/{code}/pagu") is None:
            note = (
                "Pagu KRO ini tidak ada dalam komposisi RO, sehingga tidak masuk serapan program."
            )
            percent = percent.named(percent.label, note=note)
        program = book.text(_SOURCE, row, "kode_program")
        found[code] = _Absorbed(code, program, None, percent)
    return list(found.values())


def _reported(book: Book, rows: Sequence[int]) -> list[_Absorbed]:
    """Give what an account by RO says was spent of each KRO."""
    programs = _programs(book)
    of_kro: dict[str, list[Quantity | None]] = {}
    for row in rows:
        code = book.text(_REPORTED, row, "kode_ro")
        cell = book.quantity(_REPORTED, row, "realisasi", f"Realisasi RO {code}", "Rp")
        of_kro.setdefault(code.rpartition(".")[0], []).append(
            book.enter(f"serapan/ro/{code}/rupiah", cell)
        )
    return [
        _Absorbed(code, programs.get(code, ""), summed(cells, f"Realisasi KRO {code}", "Rp"), None)
        for code, cells in of_kro.items()
    ]


def _account(book: Book) -> str:
    """Say which account the realisation is of, where that is not the one or the month it should."""
    rows = book.find(_ACCOUNTS, triwulan=str(book.quarter))
    of_month: dict[int, set[str]] = {}
    for row in rows:
        month = book.number(_ACCOUNTS, row, "bulan") or 0
        of_month.setdefault(month, set()).add(book.text(_ACCOUNTS, row, "versi"))
    if not of_month:
        return ""
    last = max(of_month)
    wanted, there = str(book.settings.value("serapan.dasar")), of_month[last]
    known = {book.text(_ACCOUNTS, row, "versi") for row in rows} - {""}
    told = f" Sampai dengan {MONTHS[last - 1]}." if last < book.quarter.last_month else ""
    if wanted not in there and (other := sorted(there & known)):
        told += f" Menurut {other[0]}, karena menurut {wanted} tidak ada sampai bulan itu."
    return told


def _disbursed(book: Book) -> list[_Absorbed]:
    """Give what was paid for each KRO of the DIPA, then for those the DIPA does not have."""
    table = book.tables[_ROWS]
    past = [str(one) for one in Quarter if one.number <= book.quarter.number]
    paid = table.where().among("triwulan", past)
    programs = _programs(book)
    spent = sorted(str(one) for one in table.frame["kode_kro"][paid.mask].dropna().unique())
    how = f"jumlah nilai SP2D sampai dengan TW {book.quarter}"
    found = []
    for code in dict.fromkeys([*_kro(book), *spent]):
        own = paid.equal("kode_kro", code)
        made = table.sum(own, "nilai", f"Realisasi KRO {code}", "Rp", how)
        found.append(_Absorbed(code, programs.get(code, ""), made.named(made.label), None))
    return found


def _programs(book: Book) -> dict[str, str]:
    """Give the program of each KRO of the DIPA."""
    return {
        book.text("dipa_ro", row, "kode_kro"): book.text("dipa_ro", row, "kode_program")
        for row in book.find("dipa_ro")
    }


def _kro(book: Book) -> list[str]:
    """List the KRO that have a ceiling."""
    parts = ((one.id or "").split("/") for one in book.ledger)
    return [
        part[2]
        for part in parts
        if len(part) == 4 and part[:2] == ["anggaran", "kro"] and part[3] == "pagu"
    ]


def _whole(
    book: Book,
    base: str,
    name: str,
    amounts: Iterable[Quantity],
    ceilings: Iterable[Quantity],
    *,
    note: str,
) -> tuple[Quantity, Quantity]:
    amount = summed(amounts, f"Realisasi {name}", "Rp")
    ceiling = summed(ceilings, f"Pagu {name} yang memiliki data serapan", "Rp")
    assert amount is not None
    assert ceiling is not None
    amount = book.ledger.add(f"{base}/rupiah", amount.named(amount.label, note=note))
    ceiling = book.ledger.add(f"{base}/pagu", ceiling)
    percent = share(amount, ceiling, f"Serapan {name}")
    if percent is not None:
        percent = percent.named(percent.label, note=note)
    book.enter(f"{base}/persen", percent)
    rest = (ceiling - amount).named(f"Sisa pagu {name}", "Rp", note=note)
    book.ledger.add(f"{base}/sisa", rest)
    return amount, ceiling


def _against_progress(book: Book, code: str, percent: Quantity) -> None:
    """Enter absorption − physical progress, where both stand for the quarter's end."""
    month = book.ledger.get("ro/bulan-terakhir")
    progress = book.ledger.get(f"ro/kro/{code}/progres")
    if month is not None and month.value == book.quarter.last_month:
        gap = difference(percent, progress, f"Selisih serapan dan progres fisik KRO {code}")
        book.enter(f"serapan/kro/{code}/selisih-fisik", gap)
