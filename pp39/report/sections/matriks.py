"""The action plan, and the matrix of each sasaran that lays plan and realisation side by side."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.characters import capital
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Capaian
from pp39.report.sections.capaian import isian
from pp39.report.sections.kalimat import kutip
from pp39.report.sections.penilaian import Isian
from pp39.report.sections.tabel import tabel
from pp39.report.table import Content, Row, Table


def rencana_aksi(b: Bahan) -> list[Block]:
    """Compose the action plan of all quarters."""
    rows: list[Row] = []
    for kode, nama, members in b.per_sasaran():
        rows.append(Row(Phrase(kutip(kode), " ", kutip(nama)), kind="kelompok"))
        for one in members:
            name = Phrase(kutip(one.kode), " ", kutip(one.indikator.nama))
            rows.append(Row(name, one.target, *(_planned(b, one, tw) for tw in Quarter)))
    return [
        Prose(
            "Rencana aksi (",
            Reference("tabel-rencana-aksi"),
            ") menetapkan kegiatan dan target antara setiap triwulan. Target antara"
            " menyatakan bagian pekerjaan yang harus selesai sampai dengan akhir triwulan; bagi"
            " indikator yang besarannya bertambah sepanjang tahun, bagian itu pula yang menentukan"
            " jalur targetnya.",
            wide=True,
        ),
        tabel(
            "tabel-rencana-aksi",
            rows,
            unit=b.unit,
            tahun=str(b.year),
            triwulan=[str(quarter) for quarter in Quarter],
        ),
    ]


def matriks_setiap(b: Bahan, sasaran: str) -> list[Block]:
    """Lay out the matrix of one sasaran on a landscape page; nothing where it would be empty."""
    members = [one for one in b.capaian() if one.indikator.kode_sasaran == sasaran]
    body = [
        (
            Phrase(kutip(one.kode), " ", kutip(one.indikator.nama)),
            one.q("fisik/target"),
            one.q("fisik/realisasi"),
            _activities(b, "rencana_aksi", one),
            _activities(b, "realisasi_kegiatan", one),
            _note(isian(b, one, "kendala")),
            _note(isian(b, one, "tindak_lanjut")),
        )
        for one in members
    ]
    if not any(cell for row in body for cell in row[1:]):
        return []
    return [_table(b, sasaran, body)]


def _table(b: Bahan, sasaran: str, body: Sequence[Sequence[Content]]) -> Table:
    return tabel(
        "tabel-matriks-{kode}",
        body,
        kode=sasaran.replace(".", "-").replace(" ", "-"),
        sasaran=sasaran,
        masa=b.period.title(f"Tahun {b.year}"),
    )


def _planned(b: Bahan, c: Capaian, quarter: Quarter) -> list[Part] | None:
    goal = c.q(f"target-antara/{quarter}")
    rows = b.rekam("rencana_aksi", kode=c.kode, triwulan=str(quarter))
    listed: list[Part] = [] if goal is None else [Phrase("Target antara ", goal)]
    listed += [kutip(capital(row.teks("kegiatan"))) for row in rows]
    return listed or None


def _activities(b: Bahan, sumber: str, c: Capaian) -> list[Part] | None:
    rows = b.masa_ini(sumber, kode=c.kode)
    told = dict.fromkeys(capital(row.teks("kegiatan")) for row in rows)
    return [kutip(one) for one in told] or None


def _note(note: Isian) -> Part | None:
    """Put what the unit wrote into a cell; that there is nothing is told, too."""
    if note.jenis == "nihil":
        return "Tidak ada"
    return kutip(capital(note.teks)) if note.jenis in ("ada", "kata saja") else None
