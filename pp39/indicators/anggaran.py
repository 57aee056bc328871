"""The budget: composition by output, sources, spending types, revisions of the DIPA."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pp39.book import Book
from pp39.indicators.shares import difference, share, summed
from pp39.ledger import Quantity, counted, last

LEVELS = ("program", "kegiatan", "kro", "ro")


class _Parts(NamedTuple):
    """A table that splits the ceiling: its source, id branch, columns and what its rows are."""

    source: str
    branch: str
    code: str
    name: str
    words: str


_SOURCES = _Parts("sumber_dana", "sumber", "sumber", "uraian", "sumber dana")
_SPENDING = _Parts("jenis_belanja", "belanja", "kode", "jenis_belanja", "jenis belanja")
_NAMES = {"program": "program", "kegiatan": "kegiatan", "kro": "KRO", "ro": "RO"}


def compute_budget(book: Book) -> None:
    """Enter the budget of the year and how the DIPA changed up to the quarter's end.

    Parameters
    ----------
    book : Book
        Reads ``dipa_ro``, ``sumber_dana``, ``jenis_belanja``, ``dipa_pagu`` and ``revisi_dipa``.

    Notes
    -----
    All amounts are in rupiah. The tree program → kegiatan → KRO → RO is added up from the rows of
    the RO; each level's ``/porsi`` is its share of ``anggaran/pagu`` in percent. The effective
    ceiling is the initial ceiling, or else that of all RO, without what is blocked. A revision
    belongs to the quarter if it is dated up to the quarter's last day.
    """
    _composition(book)
    initial = _ceilings(book)
    for parts in (_SOURCES, _SPENDING):
        _parts(book, parts, initial)
    _revisions(book, initial)


def _composition(book: Book) -> None:
    source = "dipa_ro"
    of_level = {
        level: [book.text(source, row, f"kode_{level}") for row in book.find(source)]
        for level in LEVELS
    }
    rows = book.find(source)
    outputs: dict[str, Quantity] = {}
    for code in _codes(of_level["ro"]):
        own = [row for row, one in zip(rows, of_level["ro"], strict=True) if one == code]
        label = f"Pagu RO {code}"
        made = summed(book.quantities(source, own, "pagu", label, "Rp"), label, "Rp")
        if made is not None:
            outputs[code] = book.ledger.add(f"anggaran/ro/{code}/pagu", made)
        unit = book.text(source, own[0], "satuan").lower()
        label = f"Target RO {code}"
        target = summed(book.quantities(source, own, "target", label, unit), label, unit)
        book.enter(f"anggaran/ro/{code}/target", target)
    below: Mapping[str, Quantity] = outputs
    sums: dict[str, dict[str, Quantity]] = {"ro": outputs}
    for level, child in (("kro", "ro"), ("kegiatan", "kro"), ("program", "kegiatan")):
        sums[level] = {}
        pairs = dict.fromkeys(zip(of_level[level], of_level[child], strict=True))
        for code in _codes(of_level[level]):
            parts = [below.get(lower) for upper, lower in pairs if upper == code]
            made = summed(parts, f"Pagu {_NAMES[level]} {code}", "Rp")
            if made is not None:
                sums[level][code] = book.ledger.add(f"anggaran/{level}/{code}/pagu", made)
        below = sums[level]
    _kro_targets(book, rows, of_level)
    everything = summed(below.values(), "Pagu seluruh RO", "Rp")
    everything = book.enter("anggaran/pagu", everything)
    for level in LEVELS:
        for code, part in sums[level].items():
            portion = share(part, everything, f"Porsi {_NAMES[level]} {code}")
            book.enter(f"anggaran/{level}/{code}/porsi", portion)
        if sums[level]:
            label = f"Jumlah {_NAMES[level]} dalam komposisi"
            number = counted(sums[level].values(), label, _NAMES[level])
            book.ledger.add(f"anggaran/{level}/jumlah", number)


def _kro_targets(book: Book, rows: Sequence[int], of_level: Mapping[str, Sequence[str]]) -> None:
    """Enter the target of each KRO whose RO all count in one unit."""
    for code in _codes(of_level["kro"]):
        own = [row for row, one in zip(rows, of_level["kro"], strict=True) if one == code]
        units = {book.text("dipa_ro", row, "satuan").casefold() for row in own}
        outputs = _codes(book.text("dipa_ro", row, "kode_ro") for row in own)
        targets = [book.ledger.get(f"anggaran/ro/{one}/target") for one in outputs]
        if len(units) == 1 and None not in targets:
            made = summed(targets, f"Target KRO {code}")
            book.enter(f"anggaran/kro/{code}/target", made)


def _ceilings(book: Book) -> Quantity | None:
    """Enter initial, blocked and effective ceiling; give the initial one."""

    def ceiling(kind: str, id: str, label: str) -> Quantity | None:
        rows = book.find("dipa_pagu", kode=kind)
        cells = book.quantities("dipa_pagu", rows, "nilai", label, "Rp")
        return book.enter(id, summed(cells, label, "Rp"))

    initial = ceiling("pagu_awal", "anggaran/pagu-awal", "Pagu awal DIPA")
    blocked = ceiling("pagu_blokir", "anggaran/blokir", "Pagu blokir")
    whole = initial or book.ledger.get("anggaran/pagu")
    effective = book.enter("anggaran/efektif", difference(whole, blocked, "Pagu efektif"))
    book.enter("anggaran/efektif/porsi", share(effective, whole, "Porsi pagu efektif"))
    book.enter("anggaran/blokir/porsi", share(blocked, whole, "Porsi pagu blokir"))
    _gap(book, "anggaran/pagu", "anggaran/selisih", "Selisih pagu seluruh RO", initial)
    return initial


def _parts(book: Book, table: _Parts, initial: Quantity | None) -> None:
    """Enter the parts of the ceiling in one table, their sum and shares."""
    parts: dict[str, Quantity] = {}
    where = f"anggaran/{table.branch}"
    for row in book.find(table.source):
        code = book.text(table.source, row, table.code)
        label = f"Pagu {book.text(table.source, row, table.name)}"
        cell = book.quantity(table.source, row, "pagu", label, "Rp")
        if code and cell is not None and code not in parts:
            parts[code] = book.ledger.add(f"{where}/{code}/pagu", cell)
    everything = summed(parts.values(), f"Pagu seluruh {table.words}", "Rp")
    everything = book.enter(f"{where}/total", everything)
    for code, part in parts.items():
        portion = share(part, everything, f"Porsi {part.label.removeprefix('Pagu ')}")
        book.enter(f"{where}/{code}/porsi", portion)
    label = f"Selisih pagu seluruh {table.words}"
    _gap(book, f"{where}/total", f"{where}/selisih", label, initial)


def _gap(book: Book, id: str, gap: str, label: str, initial: Quantity | None) -> None:
    told = f"{label} terhadap pagu awal DIPA"
    book.enter(gap, difference(book.ledger.get(id), initial, told))


def _revisions(book: Book, initial: Quantity | None) -> None:
    source = "revisi_dipa"
    end = book.quarter.end(book.year)
    numbered: list[Quantity] = []
    changing: list[Quantity] = []
    ceilings: list[Quantity] = []
    blocked: list[Quantity] = []
    for row in _dated(book, end):
        number = book.quantity(source, row, "no", f"Nomor revisi {_title(book, row)}", "")
        base = f"anggaran/revisi/{_key(book, row, number)}"
        found: dict[str, Quantity] = {}
        for name, column in (("awal", "pagu_awal"), ("akhir", "pagu_akhir"), ("blokir", "blokir")):
            label = f"{'Blokir' if name == 'blokir' else f'Pagu {name}'} {_title(book, row)}"
            cell = book.quantity(source, row, column, label, "Rp")
            if cell is not None:
                found[name] = book.ledger.add(f"{base}/{name}", cell)
        label = f"Perubahan pagu {_title(book, row)}"
        made = difference(found.get("akhir"), found.get("awal"), label)
        change = book.enter(f"{base}/perubahan", made)
        changing += [change] if change is not None and change.value else []
        ceilings += [found["akhir"]] if "akhir" in found else []
        blocked += [found["blokir"]] if "blokir" in found else []
        numbered += [number] if number is not None and not _first(book, row) else []
    if not ceilings:
        return
    until = f"sampai dengan TW {book.quarter}"
    made = counted(numbered, f"Jumlah revisi DIPA {until}", "revisi")
    book.ledger.add("anggaran/revisi/jumlah", made)
    made = counted(changing, f"Jumlah revisi yang mengubah pagu {until}", "revisi")
    book.ledger.add("anggaran/revisi/mengubah-pagu", made)
    final = last(ceilings, f"Pagu akhir {until}", "Rp")
    final = book.ledger.add("anggaran/pagu-akhir", final)
    if blocked:
        made = last(blocked, f"Blokir menurut revisi terakhir {until} yang memuatnya", "Rp")
        made = book.ledger.add("anggaran/blokir-revisi", made)
        book.enter("anggaran/pagu-efektif", difference(final, made, f"Pagu efektif {until}"))
    change = difference(final, initial, f"Perubahan pagu {until}")
    change = book.enter("anggaran/perubahan-pagu", change)
    portion = share(change, initial, f"Perubahan pagu {until} terhadap pagu awal")
    book.enter("anggaran/perubahan-pagu/persen", portion)


def _dated(book: Book, end: dt.date) -> list[int]:
    """Give the revisions up to a day, by date; those of one day stay in the table's order."""
    dates = {row: book.text("revisi_dipa", row, "tanggal") for row in book.find("revisi_dipa")}
    known = [row for row, date in dates.items() if date and dt.date.fromisoformat(date) <= end]
    return sorted(known, key=lambda row: dates[row])


def _first(book: Book, row: int) -> bool:
    """Tell whether a row is the DIPA before any revision, numbered or not."""
    date = dt.date.fromisoformat(book.text("revisi_dipa", row, "tanggal"))
    return date.year < book.year or "dipa awal" in _title(book, row).casefold()


def _title(book: Book, row: int) -> str:
    return book.text("revisi_dipa", row, "uraian") or f"baris {row + 1}"


def _key(book: Book, row: int, number: Quantity | None) -> str:
    """Name a revision by its number; the DIPA before any revision is 0."""
    line = book.number("revisi_dipa", row, "baris")
    if number is None:
        return "0" if row == 0 else f"baris-{line}"
    # A number given twice is a fault of the table, which its own check reports.
    taken = any(
        f"anggaran/revisi/{number.plain()}/{one}" in book.ledger for one in ("awal", "akhir")
    )
    return f"{number.plain()}-baris-{line}" if taken else number.plain()


def _codes(found: Iterable[str]) -> list[str]:
    """Give the codes that are not blank, each once, in order."""
    return [one for one in dict.fromkeys(found) if one]
