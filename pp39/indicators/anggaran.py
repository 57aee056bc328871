"""The budget: composition by output, sources, spending types, revisions of the DIPA."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pp39.book import Book
from pp39.indicators.job import share, summed
from pp39.ledger import Quantity, counted, last

__all__ = ["LEVELS", "compute_budget"]

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


def compute_budget(job: Book) -> None:
    """Enter the budget of the year and how the DIPA changed up to the quarter's end.

    Parameters
    ----------
    job : Book
        Reads ``dipa_ro``, ``sumber_dana``, ``jenis_belanja``, ``dipa_pagu`` and ``revisi_dipa``.

    Notes
    -----
    All amounts are in rupiah. The tree program → kegiatan → KRO → RO is added up from the rows of
    the RO; each level's ``/porsi`` is its share of ``anggaran/pagu`` in percent. The effective
    ceiling is the initial ceiling without what is blocked. A revision belongs to the quarter if it
    is dated up to the quarter's last day.
    """
    _composition(job)
    initial = _ceilings(job)
    for parts in (_SOURCES, _SPENDING):
        _parts(job, parts, initial)
    _revisions(job, initial)


def _composition(job: Book) -> None:
    source = "dipa_ro"
    of_level = {
        level: [job.text(source, row, f"kode_{level}") for row in job.rows(source)]
        for level in LEVELS
    }
    rows = job.rows(source)
    outputs: dict[str, Quantity] = {}
    for code in _codes(of_level["ro"]):
        own = [row for row, one in zip(rows, of_level["ro"], strict=True) if one == code]
        label = f"Pagu RO {code}"
        made = summed(job.cells(source, own, "pagu", label, "Rp"), label, "Rp")
        if made is not None:
            outputs[code] = job.ledger.add(f"anggaran/ro/{code}/pagu", made)
        unit = job.text(source, own[0], "satuan").lower()
        label = f"Target RO {code}"
        target = summed(job.cells(source, own, "target", label, unit), label, unit)
        job.enter(f"anggaran/ro/{code}/target", target)
    below: Mapping[str, Quantity] = outputs
    sums: dict[str, dict[str, Quantity]] = {"ro": outputs}
    for level, child in (("kro", "ro"), ("kegiatan", "kro"), ("program", "kegiatan")):
        sums[level] = {}
        pairs = dict.fromkeys(zip(of_level[level], of_level[child], strict=True))
        for code in _codes(of_level[level]):
            parts = [below.get(lower) for upper, lower in pairs if upper == code]
            made = summed(parts, f"Pagu {_NAMES[level]} {code}", "Rp")
            if made is not None:
                sums[level][code] = job.ledger.add(f"anggaran/{level}/{code}/pagu", made)
        below = sums[level]
    _kro_targets(job, rows, of_level)
    everything = summed(below.values(), "Pagu seluruh RO", "Rp")
    everything = job.enter("anggaran/pagu", everything)
    for level in LEVELS:
        for code, part in sums[level].items():
            portion = share(part, everything, f"Porsi {_NAMES[level]} {code}")
            job.enter(f"anggaran/{level}/{code}/porsi", portion)
        if sums[level]:
            label = f"Jumlah {_NAMES[level]} dalam komposisi"
            number = counted(sums[level].values(), label, _NAMES[level])
            job.ledger.add(f"anggaran/{level}/jumlah", number)


def _kro_targets(job: Book, rows: Sequence[int], of_level: Mapping[str, Sequence[str]]) -> None:
    """Enter the target of each KRO whose RO all count in one unit."""
    for code in _codes(of_level["kro"]):
        own = [row for row, one in zip(rows, of_level["kro"], strict=True) if one == code]
        units = {job.text("dipa_ro", row, "satuan").casefold() for row in own}
        outputs = _codes(job.text("dipa_ro", row, "kode_ro") for row in own)
        targets = [job.ledger.get(f"anggaran/ro/{one}/target") for one in outputs]
        if len(units) == 1 and None not in targets:
            made = summed(targets, f"Target KRO {code}")
            job.enter(f"anggaran/kro/{code}/target", made)


def _ceilings(job: Book) -> Quantity | None:
    """Enter initial, blocked and effective ceiling; give the initial one."""

    def ceiling(kind: str, id: str, label: str) -> Quantity | None:
        rows = job.rows("dipa_pagu", kode=kind)
        cells = job.cells("dipa_pagu", rows, "nilai", label, "Rp")
        return job.enter(id, summed(cells, label, "Rp"))

    initial = ceiling("pagu_awal", "anggaran/pagu-awal", "Pagu awal DIPA")
    blocked = ceiling("pagu_blokir", "anggaran/blokir", "Pagu blokir")
    if initial is not None and blocked is not None:
        left = (initial - blocked).named("Pagu efektif", "Rp")
        effective = job.ledger.add("anggaran/efektif", left)
        job.enter("anggaran/efektif/porsi", share(effective, initial, "Porsi pagu efektif"))
        job.enter("anggaran/blokir/porsi", share(blocked, initial, "Porsi pagu blokir"))
    _gap(job, "anggaran/pagu", "anggaran/selisih", "Selisih pagu seluruh RO", initial)
    return initial


def _parts(job: Book, table: _Parts, initial: Quantity | None) -> None:
    """Enter the parts of the ceiling in one table, their sum and shares."""
    parts: dict[str, Quantity] = {}
    where = f"anggaran/{table.branch}"
    for row in job.rows(table.source):
        code = job.text(table.source, row, table.code)
        label = f"Pagu {job.text(table.source, row, table.name)}"
        cell = job.cell(table.source, row, "pagu", label, "Rp")
        if code and cell is not None and code not in parts:
            parts[code] = job.ledger.add(f"{where}/{code}/pagu", cell)
    everything = summed(parts.values(), f"Pagu seluruh {table.words}", "Rp")
    everything = job.enter(f"{where}/total", everything)
    for code, part in parts.items():
        portion = share(part, everything, f"Porsi {part.label.removeprefix('Pagu ')}")
        job.enter(f"{where}/{code}/porsi", portion)
    label = f"Selisih pagu seluruh {table.words}"
    _gap(job, f"{where}/total", f"{where}/selisih", label, initial)


def _gap(job: Book, id: str, gap: str, label: str, initial: Quantity | None) -> None:
    whole = job.ledger.get(id)
    if whole is not None and initial is not None:
        made = (whole - initial).named(f"{label} terhadap pagu awal DIPA", "Rp")
        job.ledger.add(gap, made)


def _revisions(job: Book, initial: Quantity | None) -> None:
    source = "revisi_dipa"
    end = job.quarter.end(job.year)
    numbered: list[Quantity] = []
    changing: list[Quantity] = []
    ceilings: list[Quantity] = []
    blocked: list[Quantity] = []
    for row in _dated(job, end):
        number = job.cell(source, row, "no", f"Nomor revisi {_title(job, row)}", "")
        base = f"anggaran/revisi/{_key(job, row, number)}"
        found: dict[str, Quantity] = {}
        for name, column in (("awal", "pagu_awal"), ("akhir", "pagu_akhir"), ("blokir", "blokir")):
            label = f"{'Blokir' if name == 'blokir' else f'Pagu {name}'} {_title(job, row)}"
            cell = job.cell(source, row, column, label, "Rp")
            if cell is not None:
                found[name] = job.ledger.add(f"{base}/{name}", cell)
        if "awal" in found and "akhir" in found:
            made = found["akhir"] - found["awal"]
            change = job.ledger.add(
                f"{base}/perubahan", made.named(f"Perubahan pagu {_title(job, row)}", "Rp")
            )
            changing += [change] if change.value else []
        ceilings += [found["akhir"]] if "akhir" in found else []
        blocked += [found["blokir"]] if "blokir" in found else []
        numbered += [number] if number is not None else []
    if not ceilings:
        return
    until = f"sampai dengan {job.period}"
    made = counted(numbered, f"Jumlah revisi DIPA {until}", "revisi")
    job.ledger.add("anggaran/revisi/jumlah", made)
    made = counted(changing, f"Jumlah revisi yang mengubah pagu {until}", "revisi")
    job.ledger.add("anggaran/revisi/mengubah-pagu", made)
    final = last(ceilings, f"Pagu akhir {until}", "Rp")
    final = job.ledger.add("anggaran/pagu-akhir", final)
    if blocked:
        made = last(blocked, f"Blokir menurut revisi terakhir {until} yang memuatnya", "Rp")
        job.ledger.add("anggaran/blokir-revisi", made)
    if initial is not None:
        change = (final - initial).named(f"Perubahan pagu {until}", "Rp")
        change = job.ledger.add("anggaran/perubahan-pagu", change)
        portion = share(change, initial, f"Perubahan pagu {until} terhadap pagu awal")
        job.enter("anggaran/perubahan-pagu/persen", portion)


def _dated(job: Book, end: dt.date) -> list[int]:
    """Give the revisions up to a day, by date; those of one day stay in the table's order."""
    dates = {row: job.text("revisi_dipa", row, "tanggal") for row in job.rows("revisi_dipa")}
    known = [row for row, date in dates.items() if date and dt.date.fromisoformat(date) <= end]
    return sorted(known, key=lambda row: dates[row])


def _title(job: Book, row: int) -> str:
    return job.text("revisi_dipa", row, "uraian") or f"baris {row + 1}"


def _key(job: Book, row: int, number: Quantity | None) -> str:
    """Name a revision by its number; the DIPA before any revision is 0."""
    line = job.number("revisi_dipa", row, "baris")
    if number is None:
        return "0" if row == 0 else f"baris-{line}"
    # A number given twice is a fault of the table, which its own check reports.
    taken = any(
        f"anggaran/revisi/{number.plain()}/{one}" in job.ledger for one in ("awal", "akhir")
    )
    return f"{number.plain()}-baris-{line}" if taken else number.plain()


def _codes(found: Iterable[str]) -> list[str]:
    """Give the codes that are not blank, each once, in order."""
    return [one for one in dict.fromkeys(found) if one]
