"""Budget and outputs as flat tables: ``anggaran.*`` and ``ro.*``, of figures of the ledger only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pp39.book import Book
from pp39.indicators.anggaran import LEVELS
from pp39.indicators.flat import FlatTable, Line, run_columns
from pp39.ledger import Ledger, Quantity

BUDGET, OUTPUTS = FlatTable.declared("anggaran"), FlatTable.declared("ro")

_DIPA = {"awal": "pagu-awal", "blokir": "blokir", "efektif": "efektif", "akhir": "pagu-akhir"}


def write_budget(book: Book, run: str, folder: Path) -> tuple[Path, ...]:
    """Write ``anggaran.*`` and ``ro.*``.

    Parameters
    ----------
    book : Book
        Its ledger must hold budget, outputs and absorption.
    run : str
        Name of the run.
    folder : pathlib.Path
        Folder of processed data; it must exist.
    """
    return (
        *BUDGET.write(_budget_rows(book, run), folder),
        *OUTPUTS.write(_output_rows(book, run), folder),
    )


def _budget_rows(book: Book, run: str) -> Iterator[Line]:
    ledger, of_run = book.ledger, run_columns(book.settings, run)
    ceiling, whole = ledger.get("anggaran/pagu"), BUDGET.figures(ledger, "total")
    whole = whole if ceiling is None else {"pagu": ceiling, **whole}
    target = ledger.get(f"serapan/triwulan/{book.quarter}/target")
    plan = {} if target is None else {"rencana_serapan": target}
    if whole:
        whole |= plan
        yield _line(of_run, whole, jenjang="total", kode="total")
    names = _Names(book)
    for level in LEVELS:
        for code in _codes(ledger, level):
            figures = BUDGET.figures(ledger, f"{level}/{code}")
            if "pagu_berdata" not in figures and "realisasi" in figures and "pagu" in figures:
                figures["pagu_berdata"] = figures["pagu"]
            if figures and level in ("program", "kegiatan") and len(_codes(ledger, level)) == 1:
                figures |= plan
            if figures:
                yield _line(
                    of_run,
                    figures,
                    jenjang=level,
                    kode=code,
                    uraian=names.of(level, code),
                    **names.above(level, code),
                )
    for branch, source, column in (
        ("sumber", "sumber_dana", "sumber"),
        ("belanja", "jenis_belanja", "kode"),
    ):
        for code in _codes(ledger, branch):
            rows = book.find(source, **{column: code})
            named = "uraian" if branch == "sumber" else "jenis_belanja"
            told = book.text(source, rows[0], named) if rows else ""
            figures = BUDGET.figures(ledger, f"{branch}/{code}")
            if figures:
                yield _line(of_run, figures, jenjang=branch, kode=code, uraian=told)
    for code, id in _DIPA.items():
        if (found := ledger.get(f"anggaran/{id}")) is not None:
            yield _line(of_run, {"pagu": found}, jenjang="dipa", kode=code, uraian=found.label)


def _output_rows(book: Book, run: str) -> Iterator[Line]:
    ledger, of_run = book.ledger, run_columns(book.settings, run)
    names = _Names(book)
    latest = ledger.get("ro/bulan-terakhir")
    month = None if latest is None else int(latest.value)
    for code in dict.fromkeys((*_codes(ledger, "ro"), *names.outputs)):
        figures = OUTPUTS.figures(ledger, code)
        if month is not None and "progres" in figures:
            planned = ledger.get(f"ro/{code}/tpcro-kumulatif/{month:02d}")
            figures |= {} if planned is None else {"rencana": planned}
        if figures:
            yield _line(
                of_run,
                figures,
                kode=code,
                uraian=names.of("ro", code),
                satuan=names.unit(code),
                bulan=month if "progres" in figures else None,
                **names.above("ro", code),
            )


class _Names:
    """Names of codes and the codes above them, as the sources tell them; the first one counts."""

    _SOURCES = ("dipa_ro", "progres_ro", "target_smart", "realisasi_kro")

    def __init__(self, book: Book) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._above: dict[tuple[str, str], dict[str, str]] = {}
        self._units: dict[str, str] = {}
        for source in (one for one in self._SOURCES if one in book.tables):
            there = set(book.tables[source].frame.columns)
            for row in book.find(source):
                codes = {
                    level: book.text(source, row, f"kode_{level}")
                    for level in LEVELS
                    if f"kode_{level}" in there
                }
                for level, code in codes.items():
                    if not code:
                        continue
                    if f"nama_{level}" in there:
                        name = book.text(source, row, f"nama_{level}")
                        self._names.setdefault((level, code), name)
                    upper = LEVELS[: LEVELS.index(level)]
                    known = self._above.setdefault((level, code), {})
                    for one in upper:
                        if codes.get(one):
                            known.setdefault(one, codes[one])
                if codes.get("ro") and "satuan" in there:
                    self._units.setdefault(codes["ro"], book.text(source, row, "satuan"))

    @property
    def outputs(self) -> list[str]:
        """All codes of RO that any source names."""
        return [code for level, code in self._above if level == "ro"]

    def of(self, level: str, code: str) -> str:
        return self._names.get((level, code), "")

    def above(self, level: str, code: str) -> dict[str, str]:
        """Give the codes above one, and its own, where they are columns of the tables."""
        known = dict(self._above.get((level, code), {}))
        for lower in ("kro", "kegiatan"):
            if lower in known:
                known = self._above.get((lower, known[lower]), {}) | known
        if level in ("program", "kegiatan", "kro"):
            known[level] = code
        return known

    def unit(self, code: str) -> str:
        return self._units.get(code, "")


def _codes(ledger: Ledger, branch: str) -> list[str]:
    """Give the codes of one branch of budget or absorption, in the order they were entered."""
    starts = (f"anggaran/{branch}/", f"serapan/{branch}/")
    ids = (one.id or "" for one in ledger)
    found = (id.split("/")[2] for id in ids if id.startswith(starts) and id.count("/") == 3)
    return list(dict.fromkeys(found))


def _line(
    of_run: Mapping[str, str | int], figures: Mapping[str, Quantity], **told: str | int | None
) -> Line:
    first = next(iter(figures.values()))
    return {**told, **figures, "ledger_id": first.id or "", **of_run}
