"""The material of one report: parameters, clean tables, ledger, indicators and what was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pp39 import handout
from pp39.book import Book
from pp39.checks.result import CheckReport
from pp39.errors import MissingInput
from pp39.findings import Cause, Finding, answers_of, causes_of, load_findings
from pp39.findings.annex import Earlier
from pp39.findings.cause import decided_by, overturning, spoken_of
from pp39.findings.statement import reported_in
from pp39.indicators.achievement import judge_of, worded
from pp39.ledger import Ledger, Quantity, dashed
from pp39.params import Settings
from pp39.periods import Period, Quarter
from pp39.profile.chapter import Bab, Syarat
from pp39.profile.indicator import Indikator
from pp39.report.sections.story import Stories
from pp39.report.table import Mark
from pp39.sources import CleanTable, Spelling, load_tables, sources_of, spelt
from pp39.sources.table import Record

TERCAPAI = "tercapai"
SUDAH_TERCAPAI = "sudah tercapai"
SESUAI_JALUR = "sesuai jalur"
DI_BAWAH_JALUR = "di bawah jalur"
TIDAK = "tidak tercapai"
TAK_TERHITUNG = "tidak dapat dihitung"
BELUM = "belum ada data"
# At the end of the year, and on the way there.
TERTINGGAL = (TIDAK, DI_BAWAH_JALUR)

# Figures beside those of indicators that the summary tells, or holds what it tells against.
_SUMMARY = (
    *("serapan/total/persen", "serapan/total/rupiah", "anggaran/pagu-akhir"),
    *("ro/total/progres", "ro/total/rencana"),
)
# So many causes a reader still weighs one by one.
_PRINTED = 12

NAMA_DOKUMEN: Mapping[str, str] = {
    "perjanjian_kinerja": "perjanjian kinerja",
    "sasaran_indikator": "tabel sasaran",
    "rencana_aksi": "rencana aksi",
    "tabel_capaian": "tabel capaian",
}


@dataclass(frozen=True)
class Rekam:
    """One row of a clean table, with what stands in its cells by column."""

    tabel: CleanTable
    isi: Record

    def teks(self, kolom: str) -> str:
        """Give a text, empty where the cell is blank."""
        value = self.isi[kolom]
        return "" if value is None else str(value)

    def bulat(self, kolom: str) -> int:
        """Give a whole number that is no figure to print, such as a month or a running number."""
        return int(self.isi[kolom])

    def angka(
        self, kolom: str, label: str | None = None, satuan: str | None = None
    ) -> Quantity | None:
        """Give a figure with its cell, None where it is blank."""
        if self.isi[kolom] is None:
            return None
        return _desimal(self.tabel.cell(self.isi.at, kolom, label, satuan))


@dataclass(frozen=True)
class Capaian:
    """What is known of one indicator."""

    #: Code, such as ``"IKU 1.1"``.
    kode: str
    #: Its entry in the registry.
    indikator: Indikator
    #: Name of its sasaran.
    sasaran: str
    #: Status of the year in quarter IV (``"tercapai"``, ``"tidak tercapai"``), of the way to it
    #: before; ``"tidak dapat dihitung"`` or ``"belum ada data"`` in any quarter.
    status: str
    #: Where its figures stand.
    ledger: Ledger
    #: Why it is ``"tidak dapat dihitung"``, a sentence.
    alasan: str = ""

    @property
    def kunci(self) -> str:
        """The code as ledger ids and labels write it."""
        return dashed(self.kode)

    def q(self, nama: str) -> Quantity | None:
        """Give a figure of the indicator, such as ``q("fisik/target")``."""
        return _desimal(self.ledger.get(f"{self.kunci}/{nama}"))

    @property
    def target(self) -> Quantity | None:
        """Target of the year."""
        return self.q("target")

    @property
    def realisasi(self) -> Quantity | None:
        """Realisation up to the quarter."""
        return self.q("realisasi")

    @property
    def capaian(self) -> Quantity | None:
        """Achievement in percent."""
        return self.q("capaian")

    @property
    def reached(self) -> bool:
        """Whether the target of the year is reached."""
        return self.status in (TERCAPAI, SUDAH_TERCAPAI)

    @property
    def worded(self) -> str:
        """The status as print words it: a limit that is not kept up with is exceeded."""
        return worded(self.status, self.indikator)

    @property
    def has_data(self) -> bool:
        """Whether there are data to tell of, though nothing may be computed of them."""
        return self.status != BELUM

    @property
    def singkat(self) -> str | None:
        """Short name: that of the profile, or the abbreviation the name ends with."""
        nama = self.indikator.nama
        if self.indikator.singkat:
            return self.indikator.singkat
        inside = nama[nama.rfind("(") + 1 : nama.rfind(")")] if "(" in nama else ""
        short = inside[:1].isupper() and inside[-1:].isupper() and " " not in inside
        return inside if short else None


@dataclass(frozen=True)
class Bahan(Book):
    """Everything the chapters are composed from: the book of the run and what was told of it."""

    #: Status by indicator code.
    status: Mapping[str, str] = field(default_factory=dict)
    #: Results of the data checks.
    pemeriksaan: CheckReport | None = None
    #: Findings of the reconciliation, with the unit's answers; None if none were looked for.
    temuan: tuple[Finding, ...] | None = None
    #: Rows of ``perbaikan.csv``.
    perbaikan: tuple[Mapping[str, str], ...] = ()
    #: By indicator code: why it cannot be computed.
    alasan: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def baca(cls, settings: Settings, processed: Path) -> Bahan:
        """Read what the earlier notebooks left; texts of the sources are spelt right.

        Parameters
        ----------
        settings : Settings
            Parameters of the run.
        processed : Path
            Folder with ``bersih/``, ``ledger.json``, ``indikator.csv`` and the rest.

        Raises
        ------
        MissingInput
            If an earlier notebook has not been run.
        """
        indicators = _rows(processed / "indikator.csv")
        if indicators is None:
            raise MissingInput("indikator.csv is not there; run 03_indicators before 04_report")
        spelling = Spelling.of(settings)
        tables = load_tables(sources_of(settings.profile), processed / "bersih")
        checks, findings = processed / "pemeriksaan.json", processed / "temuan.csv"
        return cls(
            {name: spelt(one, spelling) for name, one in tables.items()},
            settings,
            Ledger.load(processed / "ledger.json"),
            status={row["kode"]: row["status"] for row in indicators},
            pemeriksaan=CheckReport.load(checks) if checks.is_file() else None,
            temuan=load_findings(findings, answers_of(settings)) if findings.is_file() else None,
            perbaikan=tuple(_rows(processed / "perbaikan.csv") or ()),
            alasan={row["kode"]: row["alasan"] for row in indicators},
        )

    @property
    def period(self) -> Period:
        """What the report covers."""
        return self.settings.period

    @property
    def unit(self) -> str:
        """Short name of the unit, as printed."""
        return self.params.unit.singkatan

    def pic(self, indicator: Indikator) -> str | None:
        """Part of the unit in charge of an indicator, None where it is all of the unit."""
        whole = (self.params.unit.singkatan, self.params.unit.nama)
        return None if indicator.pic in whole else indicator.pic

    def q(self, id: str) -> Quantity | None:
        """Give the figure with this ledger id, None where there is no data."""
        return _desimal(self.ledger.get(id))

    @cached_property
    def stories(self) -> Stories:
        """What the formulas of each indicator gave, by the names of its profile."""
        return Stories(self, self.q)

    @cached_property
    def desks(self) -> frozenset[str]:
        """Words that name a part of the unit or who is in charge, in small letters."""
        unit = self.params.unit
        named = [
            unit.nama,
            unit.singkatan,
            *unit.struktur,
            self.params.laporan.jabatan_penanda_tangan,
        ]
        named += [one.pic for one in self.params.indikator.values() if one.pic]
        words = [re.findall(r"[^\W\d_]+", one) for one in named]
        short = ["".join(word[0] for word in many[start:]) for many in words for start in (0, 1)]
        return frozenset(one.casefold() for one in (*(w for many in words for w in many), *short))

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What is behind the findings: material first, of it what the summary rests on.

        That is what could overturn a status, or is about a figure told there.
        """
        every = causes_of(self.temuan or (), self.ledger, self.params.indikator)
        decisive = {one.id for found in self._caveats(every).values() for one in found}
        decisive |= {one.id for one in every if any(f.subjek in _SUMMARY for f in one.temuan)}

        def key(one: Cause) -> tuple[object, ...]:
            level, *rest = one.rank
            return level, one.id not in decisive, -len(one.temuan), *rest

        return tuple(sorted(every, key=key))

    @property
    def weighty(self) -> tuple[Cause, ...]:
        """The causes that are told of in print: the first material ones, or else the minor."""
        for level in ("material", "minor"):
            if found := [one for one in self.causes if one.tingkat == level]:
                return tuple(found[:_PRINTED])
        return ()

    def caveats(self, kode: str) -> tuple[Cause, ...]:
        """Give the material causes that could make the status of an indicator another one.

        The sentence of each says what it is that its status depends on.
        """
        return self._decisive.get(kode, ())

    @cached_property
    def _decisive(self) -> dict[str, tuple[Cause, ...]]:
        return self._caveats(self.causes)

    def _caveats(self, causes: tuple[Cause, ...]) -> dict[str, tuple[Cause, ...]]:
        judge = judge_of(self)
        found = {one: overturning(causes, one, self.ledger, judge) for one in self.params.indikator}
        return {kode: some for kode, some in found.items() if some}

    @cached_property
    def terdahulu(self) -> Earlier:
        """How places of the earlier report are told of."""
        names = ("subjek", "nilai", "letak")
        rows = [{name: one.teks(name) for name in names} for one in self.rekam("pernyataan")]
        return Earlier.of(() if self.after(reported_in(rows)) else rows)

    @cached_property
    def documents(self) -> dict[str, str]:
        """What each source holds, by its name: how print calls its file."""
        return {name: one.source.title.split(",")[0] for name, one in self.tables.items()}

    @cached_property
    def files(self) -> dict[str, str]:
        """What each file or sheet holds, as places of figures begin with it; longest first."""
        named = {
            one.source.file + (f", lembar {one.sheet}" if one.sheet else ""): self.documents[name]
            for name, one in self.tables.items()
        }
        return dict(sorted(named.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def nama_dipa(self) -> dict[str, str]:
        """What the DIPA calls each of its codes: in print, one thing has one name."""
        rows = list(self.rekam("dipa_ro"))
        levels = ("program", "kegiatan", "kro", "ro")
        return {row.teks(f"kode_{one}"): row.teks(f"nama_{one}") for one in levels for row in rows}

    def tanda(self) -> dict[str, Mark]:
        """Give the mark of every figure that print raises a doubt about, by ledger id.

        It leads to the cause told of in print: one that a status depends on, else that of the
        gravest finding about just this figure. A fault of the earlier report alone marks none.
        """
        if "mutu_data" not in self.due:
            return {}
        printed = {one.id for one in self.weighty}
        marks: dict[str, Mark] = {}
        for kode, causes in self._decisive.items():
            for one in causes:
                if one.id in printed:
                    for nama in decided_by(one, kode, self.ledger):
                        marks.setdefault(nama, _mark(one.temuan[0]))
        doubted = (
            one
            for one in self.temuan or ()
            if one.sebab in printed and not self.terdahulu.alone(one.lokasi)
        )
        for nama, finding in spoken_of(doubted, self.ledger).items():
            marks.setdefault(nama, _mark(finding))
        return marks

    @property
    def ambang(self) -> Quantity:
        """Achievement in percent from which a target counts as reached."""
        return self.settings.quantity("status.ambang", "Ambang capaian", "%")

    def has(self, name: str) -> bool:
        """Tell whether a source has rows, or there is a figure by this id or beginning of one."""
        table = self.tables.get(name)
        if table is not None:
            return not table.frame.empty
        below = f"{name}/"
        return any(one.id == name or (one.id or "").startswith(below) for one in self.ledger)

    def holds(self, when: Syarat) -> bool:
        """Tell whether a section appears that the profile lets appear on a condition."""
        if when.triwulan and str(self.quarter) not in when.triwulan:
            return False
        if when.parameter and not any(self.settings.value(one) for one in when.parameter):
            return False
        return not when.ada or any(self.has(one) for one in when.ada)

    @cached_property
    def due(self) -> frozenset[str]:
        """Sections that the report has, by what fills them; others cannot be referred to."""
        return frozenset(self._due(self.settings.profile.isi.bab))

    def _due(self, sections: Mapping[str, Bab]) -> Iterator[str]:
        for one in sections.values():
            if self.holds(one.bila):
                yield from (one.isi,) if one.isi else ()
                yield from self._due(one.bagian)

    def rekam(self, sumber: str, **syarat: str | int) -> Iterator[Rekam]:
        """Walk through the rows of a source in which the given columns hold the given values."""
        if (table := self.tables.get(sumber)) is not None:
            yield from (Rekam(table, table.records[row]) for row in table.rows(**syarat))

    def kini(self, sumber: str, **syarat: str | int) -> list[Rekam]:
        """Give the rows of the quarter reported."""
        return list(self.rekam(sumber, triwulan=str(self.quarter), **syarat))

    def masa_ini(self, sumber: str, **syarat: str | int) -> list[Rekam]:
        """Give the rows of the quarter, or of all quarters of the year reported."""
        quarters = Quarter if self.period.is_year else (self.quarter,)
        return [row for one in quarters for row in self.rekam(sumber, triwulan=str(one), **syarat)]

    def capaian(self) -> list[Capaian]:
        """Give all indicators in the order of the registry, sasaran by sasaran."""
        goals = list(self.params.sasaran)
        return [
            Capaian(
                kode,
                one,
                self.params.sasaran[one.kode_sasaran],
                self.status.get(kode, BELUM),
                self.ledger,
                self.alasan.get(kode, ""),
            )
            for kode, one in sorted(
                self.params.indikator.items(), key=lambda one: goals.index(one[1].kode_sasaran)
            )
        ]

    def berstatus(self, *status: str) -> list[Capaian]:
        """Give the indicators that have one of these statuses."""
        return [one for one in self.capaian() if one.status in status]

    def tanpa_data(self) -> list[Capaian]:
        """Give the indicators without data that are measured by now."""
        lacking = (one for one in self.capaian() if not one.has_data)
        return [one for one in lacking if one.indikator.begun(self.quarter)]

    def per_sasaran(self) -> list[tuple[str, str, list[Capaian]]]:
        """Group the indicators by sasaran: code, name, indicators."""
        everyone = self.capaian()
        groups = [
            (kode, nama, [one for one in everyone if one.indikator.kode_sasaran == kode])
            for kode, nama in self.params.sasaran.items()
        ]
        return [group for group in groups if group[2]]

    def banyak(self, status: str | None = None) -> Quantity:
        """Count the indicators, all or those of one status."""
        name = "jumlah" if status is None else status.replace(" ", "-")
        return self.ledger[f"ringkasan/{name}"]


def _desimal(quantity: Quantity | None) -> Quantity | None:
    """Let a percentage print two decimals even without its mark, so that columns agree."""
    if quantity is None or quantity.unit != "%" or quantity.decimals is not None:
        return quantity
    return replace(quantity, decimals=2)


def _mark(finding: Finding) -> Mark:
    return "*", f"sebab-{finding.sebab}", f"lihat temuan {finding.id}"


def _rows(path: Path) -> list[dict[str, str]] | None:
    return handout.read(path) if path.is_file() else None
