"""``reports/index.html``: every report there is, and what became of those that failed.

The page holds everything it needs, works from the file system, and is a plain table without
JavaScript; a script of its own adds searching and sorting. Same runs, same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pp39 import handout
from pp39.batch.outcome import Outcome
from pp39.characters import capital
from pp39.numbers import exact, format_number
from pp39.papers import PAPERS
from pp39.periods import Period, format_date
from pp39.run.address import Address
from pp39.run.failure import Failure, read_failure
from pp39.run.record import RECORD

INDEX = "index.html"
_STATUSES = (
    *("tercapai", "sudah tercapai", "sesuai jalur", "di bawah jalur", "tidak tercapai"),
    *("tidak dapat dihitung", "belum ada data"),
)
#: Findings by severity, and what the page calls them.
_SEVERITIES = {"material": "material", "minor": "minor", "editorial": "redaksional"}
#: What was spent is known, and not only guessed, where one of these was read.
_PAID = ("sp2d", "realisasi_ro")


@dataclass(frozen=True)
class Row:
    """One run as the page lists it."""

    #: The run.
    address: Address
    #: Whether there is a report, and how the last attempt ended.
    status: str
    #: Name of the unit; empty if no report tells it.
    nama: str = ""
    #: indikator, temuan: number of indicators by status, of findings by severity; empty when not
    #: known.
    indikator: Mapping[str, int] = field(default_factory=dict)
    temuan: Mapping[str, int] = field(default_factory=dict)
    #: Number of data checks that warn.
    peringatan: int | None = None
    #: Words and address of each link, relative to the page.
    tautan: tuple[tuple[str, str], ...] = ()
    #: Why the last attempt failed; empty when it did not.
    kalimat: str = ""
    #: The overrides it was made with.
    ubahan: tuple[str, ...] = ()
    #: Whether it is a draft or final, its date in ISO form, absorption in percent; empty when not
    #: known.
    keadaan: str = ""
    tanggal: str = ""
    serapan: str = ""
    #: Whether the absorption is an estimate.
    perkiraan: bool = False

    @property
    def laporan(self) -> list[tuple[str, str]]:
        """The links to the report itself."""
        return [one for one in self.tautan if one[0] not in PAPERS.values()]

    @property
    def kertas_kerja(self) -> list[tuple[str, str]]:
        """The links to its working papers."""
        return [one for one in self.tautan if one[0] in PAPERS.values()]

    @property
    def periode(self) -> str:
        """The period as a label: ``Triwulan IV`` or ``Tahunan``."""
        return capital(self.address.period.words)

    @property
    def bertanggal(self) -> str:
        """The date in words."""
        return format_date(dt.date.fromisoformat(self.tanggal)) if self.tanggal else "–"

    @property
    def terserap(self) -> str:
        """The absorption as it is printed."""
        if not self.serapan:
            return "–"
        return f"{format_number(exact(self.serapan), 2)}%"

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What rows are sorted by: unit, year, period, run."""
        at = self.address
        return at.unit, at.year, at.period.number, at.run


def write_index(
    root: Path, outcomes: Iterable[Outcome] = (), listed: Sequence[Row] | None = None
) -> Path:
    """Write the page anew.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    outcomes : iterable of Outcome
        Of the batch that has just ended: its failures are listed even where they left nothing
        behind.
    listed : sequence of Row, optional
        What `rows` has found, where that has been asked already.

    Returns
    -------
    pathlib.Path
        ``reports/index.html``.
    """
    listed = rows(root, outcomes) if listed is None else listed
    page = handout.page_of(
        files("pp39.batch").joinpath("index.html.j2"),
        rows=listed,
        severities=_SEVERITIES,
        failed=sum(bool(row.kalimat) for row in listed),
    )
    path = root / "reports" / INDEX
    path.parent.mkdir(exist_ok=True)
    handout.put(path, page)
    return path


def rows(root: Path, outcomes: Iterable[Outcome] = ()) -> list[Row]:
    """Find all runs, by unit, year, quarter and name; arguments as of `write_index`."""
    failures = {one.address: one for one in outcomes if one.status == "failed"}
    found = {*_addresses(root / "reports", RECORD)}
    found |= {*_addresses(root / "data" / "processed", "gagal/galat.json"), *failures}
    listed = (_row(root, address, failures.get(address)) for address in found)
    return sorted(listed, key=lambda row: row.key)


def row_json(row: Row) -> dict[str, Any]:
    """Tell a row in JSON types."""
    at = row.address
    return {
        "unit": at.unit,
        "year": at.year,
        "quarter": str(at.period),
        "run": at.run,
        "name": row.nama,
        "status": row.status,
        "stage": row.keadaan,
        "date": row.tanggal,
        "absorption": float(row.serapan) if row.serapan else None,
        "absorption_estimated": row.perkiraan,
        "indicators": dict(row.indikator),
        "findings": dict(row.temuan),
        "warnings": row.peringatan,
        "overrides": list(row.ubahan),
        "sentence": row.kalimat,
        "links": dict(row.tautan),
    }


def _addresses(folder: Path, file: str) -> Iterator[Address]:
    for path in folder.glob(f"[!.]*/[0-9][0-9][0-9][0-9]/*/[!.]*/{file}"):
        unit, year, quarter, run = path.relative_to(folder).parts[:4]
        if quarter in {str(one) for one in Period}:
            yield Address(unit, int(year), Period.parse(quarter), run)


def _row(root: Path, address: Address, outcome: Outcome | None) -> Row:
    folders = address.folders(root)
    failure = read_failure(folders.processed)
    if outcome is not None:
        failure = Failure(outcome.sentence, outcome.code)
    sentence = failure.kalimat if failure is not None else ""
    record_file = folders.report / RECORD
    if not record_file.is_file():
        return Row(address, "Gagal", kalimat=sentence, ubahan=address.overrides)
    links = tuple(_links(root / "reports", folders.report))
    try:
        known = handout.read_json(record_file)
        counted = (
            str(known["parameter"].get("unit.nama", {}).get("nilai", "")),
            _statuses(folders.processed / "indikator.csv"),
            {name: int(known["temuan"].get(name, 0)) for name in _SEVERITIES},
            int(known["pemeriksaan"]["peringatan"]),
        )
        overrides = tuple(map(str, known["identitas"]["ubahan"]))
        date = dt.date.fromisoformat(str(known["parameter"]["laporan.tanggal"]["nilai"]))
        about = (
            str(known.get("tahap", "")),
            date.isoformat(),
            *_absorbed(folders.processed, folders.report / "lampiran"),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return Row(address, "Catatan rusak", tautan=links, kalimat=sentence)
    status = "Selesai; percobaan terakhir gagal" if sentence else "Selesai"
    return Row(address, status, *counted, links, sentence, overrides, *about)


def _statuses(table: Path) -> dict[str, int]:
    if not table.is_file():
        return {}
    counts = Counter(row["status"] for row in handout.read(table, "status"))
    return {name: counts[name] for name in _STATUSES if counts[name]}


def _absorbed(processed: Path, attached: Path) -> tuple[str, bool]:
    """Give the absorption of the whole budget, and whether it is an estimate."""
    table = processed / "anggaran.csv"
    rows = handout.read(table, "jenjang") if table.is_file() else []
    share = next((row["serapan"] for row in rows if row["jenjang"] == "total"), "")
    paid = any((attached / f"bersih-{one}.csv").is_file() for one in _PAID)
    return share, bool(share) and not paid


def _links(base: Path, report: Path) -> Iterator[tuple[str, str]]:
    named = [(one.upper(), report / f"laporan.{one}") for one in ("html", "pdf", "docx", "xlsx")]
    named += [(words, report / "kertas-kerja" / f"{one}.html") for one, words in PAPERS.items()]
    for words, path in named:
        if path.is_file():
            yield words, quote(path.relative_to(base).as_posix())
