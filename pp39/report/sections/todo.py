"""What is to be completed before the report is signed: what, where, and who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pp39.characters import capital
from pp39.findings.cause import Cause
from pp39.indicators import needed_sources
from pp39.periods import MONTHS, Quarter
from pp39.report.block import Block
from pp39.report.document import Prose, State
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import TIDAK, Bahan
from pp39.report.sections.hambatan import tanpa_kendala, tanpa_langkah
from pp39.report.sections.kalimat import banyaknya, gabung, kutip, triwulan
from pp39.report.sections.tabel import tabel
from pp39.report.table import Row
from pp39.sources.delivery import FORM

# So many places of a finding are told; the rest is counted.
_PLACES = 2
# Parts the file of a unit from the parameter in it.
_SETTING = ", bagian "


@dataclass(frozen=True, slots=True)
class Tugas:
    """One thing to be done before signing."""

    #: What is to be completed.
    apa: str
    #: Where: file, parameter or column, in plain words.
    letak: str
    #: Who knows it.
    siapa: str
    #: Whether the report is a draft until it is done.
    bobot: Literal["wajib", "sebaiknya"] = "wajib"

    @property
    def tercetak(self) -> str:
        """Where, as the report itself says it: without path and part of a parameter file."""
        return "parameter unit" if _SETTING in self.letak else self.letak


def todo(b: Bahan) -> list[Tugas]:
    """List what is to be done, what must be done first."""
    found = [
        *_signatory(b),
        *_without_data(b),
        *_without_obstacle(b),
        *_stale(b),
        *_findings(b),
        *_money(b),
        *_help(b),
        *_warnings(b),
    ]
    return sorted(found, key=lambda one: one.bobot != "wajib")


def keadaan(b: Bahan) -> State:
    """Tell whether the report is a draft: as asked for, or else while something must be done."""
    asked = b.params.laporan.keadaan
    if asked is not None:
        return asked
    return "draf" if any(one.bobot == "wajib" for one in todo(b)) else "final"


def harus_dilengkapi(b: Bahan) -> list[Block]:
    """Compose the work list of a draft; a final report has none."""
    if keadaan(b) == "final":
        return []
    tasks = todo(b)
    if not tasks:
        return [Prose("Tidak ada lagi yang harus dilengkapi; laporan siap ditandatangani.")]
    listed = list(_gathered(b))
    apart = {task for many, _, _ in listed for task in many}
    rows: list[tuple[Tugas, Part, Part]] = [(many[0], what, where) for many, what, where in listed]
    rows += [(one, kutip(one.apa), kutip(one.tercetak)) for one in tasks if one not in apart]
    body: list[Row] = []
    for weight, title in (("wajib", "Harus"), ("sebaiknya", "Sebaiknya")):
        due = [row for row in rows if row[0].bobot == weight]
        for who in dict.fromkeys(one.siapa for one, _, _ in due):
            body.append(Row(Phrase(f"{title} dilengkapi oleh ", kutip(who)), kind="kelompok"))
            body += [Row(what, where) for one, what, where in due if one.siapa == who]
    return [
        Prose(
            "Dokumen ini masih berupa draf. ",
            Reference("tabel-harus-dilengkapi"),
            " memuat yang perlu dilengkapi atau dijelaskan sebelum laporan ditandatangani; daftar"
            " ini tidak dimuat dalam laporan final.",
        ),
        tabel(
            "tabel-harus-dilengkapi",
            body,
            notes=[
                "Pertentangan diperbaiki pada sumbernya, atau dijawab dalam parameter unit untuk"
                f" triwulan {b.quarter}."
            ]
            * any(_findings(b)),
        ),
    ]


def _gathered(b: Bahan) -> Iterator[tuple[list[Tugas], Part, Part]]:
    """Give the tasks that another table of the report lists, with what the work list says."""
    shown = list(_findings(b)) if "mutu_data" in b.due else []
    if len(shown) > 1:
        found = Phrase(
            "Sebanyak ",
            banyaknya(shown),
            " pertentangan data yang material belum diperbaiki atau dijawab.",
        )
        rest = "; selebihnya dilampirkan pada berkas PDF" if len(shown) > len(b.weighty) else ""
        yield shown, found, Phrase(Reference("tabel-mutu"), rest)
    dark = list(_without_data(b)) if "ikhtisar" in b.due else []
    if len(dark) > 1:
        found = Phrase("Data ", banyaknya(dark), " indikator ", triwulan(b.quarter), " belum ada.")
        every = len({one.siapa for one in dark}) > 1
        who = replace(dark[0], siapa="penanggung jawab indikator masing-masing")
        yield [who if every else dark[0], *dark], found, Reference("tabel-belum-ada")


def _signatory(b: Bahan) -> Iterator[Tugas]:
    unit, who = b.settings.unit, b.params.laporan.penanda_tangan
    lacking = [word for word, one in (("nama", who.nama), ("NIP", who.nip)) if one is None]
    if lacking:
        yield Tugas(
            f"{capital(' dan '.join(lacking))} pejabat penanda tangan belum diisi.",
            f"params/unit/{unit}.yaml{_SETTING}laporan: penanda_tangan",
            _office(b),
        )
    if b.params.unit.dipa_nomor is None and b.has("dipa_ro"):
        yield Tugas(
            "Nomor DIPA belum diisi; Formulir A bagian I memuat tanda –.",
            f"params/unit/{unit}.yaml{_SETTING}unit: dipa_nomor",
            _office(b),
            "sebaiknya",
        )
    if b.settings.layer("laporan.tanggal") == "bawaan":
        yield Tugas(
            "Tanggal laporan belum ditetapkan; yang tercetak ialah batas penyampaian formulir.",
            f"params/unit/{unit}/{b.year}-{b.quarter}.yaml{_SETTING}laporan: tanggal",
            _office(b),
            "sebaiknya",
        )


def _without_data(b: Bahan) -> Iterator[Tugas]:
    """Ask for the data of indicators; before the last quarter some have none by their nature."""
    needed = needed_sources(b.settings)
    for one in b.tanpa_data():
        names = [
            name
            for name, codes in needed.items()
            if one.kode in codes and not name.startswith("target_")
        ]
        months = {name: _lacking(b, name) for name in names}
        told = next(filter(None, months.values()), f"triwulan {b.quarter}")
        files = [_file(b, name) for name in names if months[name] or not any(months.values())]
        yield Tugas(
            f"Data {one.kode} {one.singkat or one.indikator.nama} {told} belum ada.",
            f"{' atau '.join(files)}, baris {told}",
            b.pic(one.indikator) or b.unit,
            "wajib" if b.quarter is Quarter.IV else "sebaiknya",
        )


def _lacking(b: Bahan, source: str) -> str:
    """Name the months that a source by month lacks while it has others of the quarter."""
    table = b.tables.get(source)
    if table is None or table.source.key != ("bulan",):
        return ""
    told = set(table.frame["bulan"].dropna())
    if told.isdisjoint(b.quarter.months):
        return ""
    lacking = [n for n in range(int(min(told)), b.quarter.last_month + 1) if n not in told]
    names = gabung([MONTHS[n - 1] for n in lacking]).plain()
    return f"bulan {names}" if lacking else ""


def _without_obstacle(b: Bahan) -> Iterator[Tugas]:
    """Ask what stood in the way of those behind, and what is done, where neither is on record."""
    dark, bare = tanpa_kendala(b), tanpa_langkah(b)
    for one in b.capaian():
        lacking = ["kendala"] * (one in dark) + ["langkah perbaikan"] * (one in bare)
        columns = ["Kendala"] * (one in dark) + ["Tindak Lanjut"] * (one in bare)
        if not lacking:
            continue
        what, column = (gabung(list[Part](many)).plain() for many in (lacking, columns))
        proposed = "; usulannya ada pada bagian indikator itu" if one in bare else ""
        yield Tugas(
            f"{capital(what)} {one.kode} {one.singkat or one.indikator.nama} belum dirumuskan,"
            f" padahal statusnya {one.worded}{proposed}.",
            f"{_file(b, 'pelaksanaan')}, kolom {column}, baris {one.kode} triwulan {b.quarter}",
            b.pic(one.indikator) or b.unit,
            "wajib" if one.status == TIDAK else "sebaiknya",
        )


def _stale(b: Bahan) -> Iterator[Tugas]:
    last = b.q("ro/bulan-terakhir")
    if last is None or last.value >= b.quarter.last_month:
        return
    first, until = MONTHS[int(last.value)], MONTHS[b.quarter.last_month - 1]
    months = first if first == until else f"{first}–{until}"
    yield Tugas(
        f"Progres rincian output bulan {months} belum ada.",
        f"{_file(b, 'progres_ro')}, kolom {months}",
        b.unit,
    )


def _findings(b: Bahan) -> Iterator[Tugas]:
    """Ask for what contradicts itself to be mended or answered, once per cause."""
    return (_asked(b, one) for one in b.causes if one.tingkat == "material" and _open(one))


def _open(cause: Cause) -> bool:
    return not all(one.jawaban for one in cause.temuan)


def _asked(b: Bahan, cause: Cause) -> Tugas:
    more = len(cause.tempat) - _PLACES
    where = b.terdahulu.located("; ".join(cause.tempat[:_PLACES]))
    return Tugas(
        b.terdahulu.worded(cause.kalimat),
        where + (f"; dan {more} letak lain" if more > 0 else ""),
        _office(b),
    )


def _money(b: Bahan) -> Iterator[Tugas]:
    told = any(re.fullmatch("formulir-a/.+/keuangan/kumulatif", one.id or "") for one in b.ledger)
    if b.has("dipa_ro") and not (told or b.has("sp2d")):
        yield Tugas(
            "Realisasi anggaran dalam rupiah belum ada; Formulir A memuatnya tanpa angka.",
            f"{_file(b, 'sp2d')} (pencairan dari SAKTI atau OM-SPAN)",
            b.unit,
            "sebaiknya",
        )


def _help(b: Bahan) -> Iterator[Tugas]:
    rows = b.masa_ini("tindak_lanjut")
    named = [bool(one.teks("pelaku")) for one in rows]
    if not all(named):
        yield Tugas(
            f"Pelaksana {'sebagian ' if any(named) else ''}tindak lanjut belum diisi.",
            f"{_file(b, 'tindak_lanjut')}, kolom Pelaku, triwulan {b.quarter}",
            _office(b),
            "sebaiknya",
        )
    obstacles = b.masa_ini("kendala")
    if not obstacles and "formulir_a" in b.due:
        yield Tugas(
            f"Kendala triwulan {b.quarter} belum dicatat (Formulir A bagian IV).",
            f"{_file(b, 'kendala')}, baris triwulan {b.quarter}",
            _office(b),
            "sebaiknya",
        )
    if obstacles and not any(one.isi.get("pihak") for one in obstacles):
        yield Tugas(
            "Pihak yang diharapkan membantu mengatasi kendala belum diisi (Formulir A bagian IV).",
            f"{_file(b, 'kendala')}, kolom Pihak yang Diharapkan Membantu, triwulan {b.quarter}",
            _office(b),
            "sebaiknya",
        )


def _warnings(b: Bahan) -> Iterator[Tugas]:
    warnings = b.pemeriksaan.warnings if b.pemeriksaan is not None else ()
    if warnings:
        # Some warnings are about several sources together and name none.
        sources = {one.sumber for one in warnings if one.sumber in b.tables}
        about = f"; menyangkut {banyaknya(sources).plain()} sumber" if sources else ""
        yield Tugas(
            f"Ada {banyaknya(warnings).plain()} peringatan pemeriksaan data yang belum"
            " ditindaklanjuti.",
            f"kertas kerja pemeriksaan data{about}",
            b.unit,
            "sebaiknya",
        )


def _file(b: Bahan, source: str) -> str:
    """Say where a source stands, or is to stand: a file, or a sheet of the unit's workbook."""
    table = b.tables.get(source)
    filled_in = any(one.source.file == FORM for one in b.tables.values())
    if table.source.file == FORM if table is not None else filled_in:
        return f"{FORM}, lembar {source}"
    if table is not None:
        return table.source.file
    return b.settings.profile.isi.sumber[source].berkas or f"{source}.csv"


def _office(b: Bahan) -> str:
    """Who keeps the papers of the unit: the office of administration where there is one."""
    named = (one for one in b.params.unit.struktur if "tata usaha" in one.casefold())
    return next(named, b.unit)
