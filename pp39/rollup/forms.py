"""Formulir B of each eselon I and Formulir C of each ministry, laid out by ``formulir/*.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from pp39.ledger import Ledger, Quantity, slug
from pp39.periods import MONTHS, Period, format_date
from pp39.profile.base import Bagian, Teks
from pp39.report.block import Block
from pp39.report.document import Document, Heading, Pairs, Prose, Signature
from pp39.report.form import Kolom, form_column, layout, printed, titled
from pp39.report.inline import Bold, Number, Part, Phrase
from pp39.report.table import Content, Row, Table
from pp39.report.trace import Trace
from pp39.rollup.members import Member
from pp39.rollup.sums import Sums
from pp39.rollup.tree import Branch

_LISTED = 40
#: Columns whose figures may be of some of the units only, by what `Sums.coverage` calls it.
COVERED = ("pagu", "rencana-serapan", "serapan", "rencana", "progres")

_MARKED = {
    "data sintetis": "memuat data sintetis dan bukan laporan satuan kerja mana pun",
    "draf": "masih draf",
}


class Bentuk(Bagian):
    """The layout of a form."""

    judul: Teks = Field(description="title, {masa} being Triwulanan or Tahunan")
    kolom: tuple[Kolom, ...] = Field(description="columns")


def funds_of(form: Bentuk) -> list[tuple[str, ...]]:
    """Give the sources of funds that the form counts together."""
    return [one.dana for one in form.kolom if one.dana]


class Forms:
    """Composes the forms of one rollup.

    Parameters
    ----------
    year, period : int, Period
        The period.
    sums : Sums
        All figures must be entered.
    funds : set of str
        Sources of funds that any unit has.
    outcomes : mapping
        Outcome indicators by name or short name of the eselon I and code of the program.
    """

    def __init__(
        self,
        year: int,
        period: Period,
        sums: Sums,
        funds: set[str],
        outcomes: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._period, self._year = period, year
        self._last_month = period.quarter.last_month
        self._sums = sums
        self._funds = funds
        self._outcomes = outcomes

    @property
    def ledger(self) -> Ledger:
        """Where the figures stand."""
        return self._sums.ledger

    def form_b(self, ministry: Branch, agency: Branch) -> Iterator[Block]:
        """Compose Formulir B of an eselon I, program by program."""
        form, above = layout("b", Bentuk), agency.members[0].badan or None
        yield Heading(1, f"Formulir B – {agency.name}", "tanpa-nomor", f"b-{_label(agency)}", True)
        yield self._title(form, agency.name)
        yield from marked(self.ledger, agency.id, agency.members)
        for program in agency.below:
            named = program.title if "Program " in program.title else f"Program {program.title}"
            yield Heading(2, named, "tanpa-nomor", wide=True)
            yield Pairs(
                [
                    ("Kementerian/lembaga", ministry.name),
                    ("Unit eselon I", above),
                    ("Program", program.title),
                    ("Indikator hasil", self._told(agency, program)),
                    ("Nomor SP-DIPA", self._dipa(agency)),
                    ("Satuan kerja", self._units(program)),
                ],
                wide=True,
            )
            rows = [self._row(form, one, one.title) for one in program.below]
            rows.append(self._row(form, program, "Jumlah program", kind="jumlah"))
            yield self._table(
                form, program, f"tabel-b-{_label(program)}", f"Formulir B: {program.title}", rows
            )
        yield from self._silent(agency)
        yield Signature("", None, f"Pimpinan {above or ministry.name}", wide=True)

    def form_c(self, ministry: Branch) -> Iterator[Block]:
        """Compose Formulir C of a ministry, by eselon I and program."""
        form = layout("c", Bentuk)
        yield Heading(
            1, f"Formulir C – {ministry.name}", "tanpa-nomor", f"c-{_label(ministry)}", True
        )
        yield self._title(form, ministry.name)
        yield from marked(self.ledger, ministry.id, ministry.members)
        yield Pairs(
            [("Kementerian/lembaga", ministry.name), ("Satuan kerja", self._units(ministry))],
            wide=True,
        )
        rows: list[Row] = []
        for agency in ministry.below:
            rows.append(Row(agency.name, kind="kelompok"))
            rows += [self._row(form, one, one.title) for one in agency.below]
            if agency.below:
                rows.append(self._row(form, agency, "Jumlah unit eselon I", kind="jumlah"))
        if ministry.rows:
            rows.append(self._row(form, ministry, "Jumlah kementerian/lembaga", kind="jumlah"))
        yield self._table(
            form, ministry, f"tabel-c-{_label(ministry)}", f"Formulir C: {ministry.name}", rows
        )
        yield from self._silent(ministry)
        yield Signature("", None, f"Pimpinan {ministry.name}", wide=True)

    def _title(self, form: Bentuk, name: str) -> Prose:
        title, when = titled(form.judul, name, self._period, self._year)
        return Prose(Bold(title), f", {when}", wide=True)

    def _units(self, branch: Branch) -> Part:
        """Say how many units a form is about, and how many of them have reported."""
        there = self.ledger[f"{branch.id}/satker"]
        if not there.value:
            return "belum ada yang melapor"
        if not branch.members:
            return Phrase(Number(there, "polos"), " satuan kerja yang melapor")
        known = self.ledger[f"{branch.id}/anggota"]
        return Phrase(
            Number(there, "polos"),
            " satuan kerja dengan data anggaran dari ",
            Number(known, "polos"),
            " satuan kerja",
        )

    def _told(self, agency: Branch, program: Branch) -> Part | Sequence[Part]:
        """Give the outcome indicators of a program, which no unit reports."""
        names = (agency.name, *(one.singkatan_badan for one in agency.members))
        found = (self._outcomes[one].get(program.code) for one in names if one in self._outcomes)
        return next(filter(None, found), None) or "tidak dimuat dalam data satuan kerja"

    def _dipa(self, agency: Branch) -> Part | Sequence[Part] | None:
        numbers = sorted({one.dipa for one in agency.members if one.dipa})
        if not numbers:
            return None
        if len(numbers) > _LISTED:
            return "menurut satuan kerja; lihat lembar Satuan kerja pada rekap.xlsx"
        return list(numbers)

    def _row(self, form: Bentuk, branch: Branch, title: str, kind: str = "data") -> Row:
        cells = [self._cell(form, one, branch, title) for one in self._shown(form)]
        return Row(*cells, kind="jumlah" if kind == "jumlah" else "data")

    def _cell(self, form: Bentuk, one: Kolom, branch: Branch, title: str) -> Content:
        if one.isi == "nama":
            return title
        if one.isi == "keterangan":
            return self._remark(form, branch)
        return printed(self._figure(one, branch), one.cetak)

    def _figure(self, one: Kolom, branch: Branch) -> Quantity | None:
        if one.dana:
            return self.ledger.get(f"{branch.id}/dana/{one.dana[0]}")
        return self.ledger.get(one.angka.format(baris=branch.id)) if one.angka else None

    def _remark(self, form: Bentuk, branch: Branch) -> Content:
        """Say how many units a row is about, and which figures not all of them have."""
        parts: list[Part] = []
        for one in form.kolom:
            what = (one.angka or "").rpartition("/")[2]
            if what not in COVERED or self._figure(one, branch) is None:
                continue
            covered = self._sums.coverage(branch, what)
            if not parts:
                parts.append(Phrase(Number(covered.units, "polos"), " satuan kerja"))
            if covered.full:
                continue
            told: list[Part] = [f"kolom {one.nomor} mencakup ", Number(covered.some, "polos")]
            told += [" dari ", Number(covered.units, "polos")]
            if covered.part.value:
                told += [" (", Number(covered.part, "polos"), " sebagian)"]
            parts.append(Phrase(*told))
        joined: list[Part] = []
        for part in parts:
            joined += ["; ", part] if joined else [part]
        return Phrase(*joined) if joined else None

    def _table(
        self, form: Bentuk, branch: Branch, label: str, title: str, rows: Sequence[Row]
    ) -> Table:
        below = [one for one in branch.branches() if one.rows]
        notes: list[Part] = [
            "Jumlah hanya meliputi satuan kerja yang memiliki angkanya. Penyerapan dihitung"
            " terhadap pagu yang memiliki data realisasi; fisik ditimbang dengan pagu RO."
        ]
        notes += [one for one in (self._position(branch),) if one]
        reasons: dict[str, list[str]] = {}
        for one in self._shown(form):
            if one.tanpa and any(self._figure(one, each) is None for each in below):
                reasons.setdefault(one.tanpa, []).append(one.nomor or one.judul)
        for reason, numbers in reasons.items():
            notes.append(f"Tanda – pada kolom {', '.join(numbers)}: {reason}.")
        return Table(
            label,
            title,
            [form_column(one) for one in self._shown(form)],
            rows,
            notes=notes,
            wide=True,
            size="mini",
        )

    def _position(self, branch: Branch) -> str:
        """Say which month the physical progress is of, where that is not the quarter's last."""
        until = earlier(self._sums.months(branch), self._last_month)
        several = ", menurut satuan kerja" if " " in until else ""
        return f"Data fisik terakhir: bulan {until}{several}." if until else ""

    def _shown(self, form: Bentuk) -> list[Kolom]:
        return [one for one in form.kolom if not one.bila or self._funds.intersection(one.bila)]

    def _silent(self, branch: Branch) -> Iterator[Block]:
        """List the units whose figures are not in the form."""
        absent = [one for one in branch.members if not one.reported]
        if absent:
            yield Prose(
                Bold("Belum melapor dan tidak masuk jumlah: "),
                Number(self.ledger[f"{branch.id}/belum-melapor"], "polos"),
                f" satuan kerja ({_listed(absent)}).",
                wide=True,
            )


def earlier(months: set[int], last: int) -> str:
    """Name the months that progress is of, where they are not the last one of the period.

    Examples
    --------
    >>> earlier({10, 12}, 12), earlier({12}, 12)
    ('Oktober sampai dengan Desember', '')
    """
    if months <= {last}:
        return ""
    names = dict.fromkeys(MONTHS[one(months) - 1] for one in (min, max))
    return " sampai dengan ".join(names)


def marked(ledger: Ledger, id: str, members: Sequence[Member]) -> Iterator[Prose]:
    """Say which reports are of made-up data, and which are drafts."""
    for mark, told in _MARKED.items():
        if count := ledger.get(f"{id}/{mark.replace(' ', '-')}"):
            names = _listed([one for one in members if mark in one.marks])
            yield Prose(Number(count, "polos"), Bold(f" laporan {told}: "), f"{names}.", wide=True)
    if apart := [one for one in members if not one.dijumlahkan]:
        yield Prose(
            Bold("Tidak dijumlahkan, karena data sintetis tidak disatukan dengan data nyata: "),
            f"{_listed(apart)}.",
            wide=True,
        )
    if apart := [one for one in members if not one.dibandingkan]:
        yield Prose(
            Bold("Tidak diperingkat dan tidak dihitung sebagai satuan kerja, karena sintetis: "),
            f"{_listed(apart)}.",
            wide=True,
        )


def _listed(members: Sequence[Member]) -> str:
    more = "; dan lainnya menurut rekap.xlsx" if len(members) > _LISTED else ""
    return "; ".join(one.title for one in members[:_LISTED]) + more


def _label(branch: Branch) -> str:
    return slug(branch.id)


def document(
    title: str, scope: str, year: int, period: Period, members: Sequence[Member]
) -> Document:
    """Give the metadata; the date is that of the latest report, never that of the clock."""
    dates = [one.tanggal for one in members if one.tanggal is not None]
    date = max(dates, default=dt.date(year, 12, 31))
    return Document(
        title,
        period.title(f"Tahun Anggaran {year}"),
        scope,
        period.title(f"TA {year}"),
        date,
        description=f"{title}, data laporan sampai dengan {format_date(date)}",
    )


def calculations(ledger: Ledger) -> list[Block]:
    """Compose the annex of calculations."""
    return [Heading(1, "Jejak Perhitungan", "tanpa-nomor", "jejak"), Trace(ledger)]
