"""The overview of all indicators, the matrix of each sasaran, and the action plan."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.charts import achievements
from pp39.report.document import Prose
from pp39.report.figure import Picture
from pp39.report.inline import Inline, Part, Phrase, Reference
from pp39.report.sections.bahan import (
    BELUM,
    DI_BAWAH_JALUR,
    SESUAI_JALUR,
    SUDAH_TERCAPAI,
    TAK_TERHITUNG,
    TERCAPAI,
    TIDAK,
    Bahan,
    Capaian,
)
from pp39.report.sections.kalimat import besar_awal, gabung, kutip, triwulan, triwulan_tahun
from pp39.report.sections.penilaian import Isian, baca_kendala, kendala_sel
from pp39.report.sections.superlatif import sebut, terbesar, terkecil
from pp39.report.table import Column, ColumnGroup, Content, Row, Table

__all__ = [
    "hitungan",
    "ikhtisar",
    "isian",
    "label_matriks",
    "matriks",
    "matriks_setiap",
    "rencana_aksi",
    "sebut_indikator",
]

# Letters of an indicator's name that fit beside a bar.
_FITS = 42

# Indicators that tie up to this many are told by name, more by code.
_NAMED = 3

# A chart of fewer bars says nothing that its table does not.
_FEW = 2

# Statuses in the order in which they are told.
_TOLD = {
    TERCAPAI: " indikator mencapai target",
    SUDAH_TERCAPAI: " indikator sudah mencapai target setahun",
    SESUAI_JALUR: " indikator sesuai jalur",
    DI_BAWAH_JALUR: " indikator di bawah jalur",
    TIDAK: " indikator tidak mencapai target",
    TAK_TERHITUNG: " indikator tidak dapat dihitung capaiannya",
    BELUM: " indikator belum memiliki data",
}


def ikhtisar(b: Bahan) -> list[Block]:
    """Compose the overview of all indicators: how many have each status, table, chart."""
    everyone = b.capaian()
    known = [one for one in everyone if one.capaian is not None]
    blocks: list[Block] = [Prose(*_status(b))]
    if known:
        blocks.append(Prose(*_extremes(known)))
    blocks.append(_overview(b))
    if len(known) >= _FEW:
        blocks.append(
            Picture.of(
                "gambar-capaian",
                f"Capaian Indikator terhadap Target Setahun, Triwulan {b.quarter} Tahun {b.year}",
                achievements(
                    [f"{one.kode} {_short(one)}" for one in known],
                    [one.capaian for one in known],
                    [one.status for one in known],
                    ambang=b.settings.quantity("status.ambang", "Ambang capaian", "%"),
                    jumlah=b.banyak(),
                    banyak={one: _count(b, one) for one in _TOLD},
                ),
            )
        )
    return blocks


def matriks_setiap(b: Bahan, sasaran: str) -> list[Block]:
    """Compose the matrix of one sasaran, as a block of its own."""
    members = [one for one in b.capaian() if one.indikator.kode_sasaran == sasaran]
    table = matriks(b, sasaran, members)
    return [] if table is None else [table]


def matriks(b: Bahan, sasaran: str, members: Sequence[Capaian]) -> Table | None:
    """Lay out the matrix of one sasaran on a landscape page; None where it would be empty."""
    body: list[tuple[Content, ...]] = [
        (
            Phrase(kutip(one.kode), " ", kutip(one.indikator.nama)),
            one.target,
            one.realisasi,
            one.capaian,
            one.q("fisik/target"),
            one.q("fisik/realisasi"),
            _activities(b, "rencana_aksi", one, b.quarter),
            _activities(b, "realisasi_kegiatan", one, b.quarter),
            kendala_sel(one, isian(b, one, "kendala")),
            _follow_up(isian(b, one, "tindak_lanjut")),
        )
        for one in members
    ]
    if not any(cell for row in body for cell in row[4:]):
        return None
    return Table(
        label_matriks(sasaran),
        f"Capaian Sasaran {sasaran} pada Triwulan {b.quarter} Tahun {b.year}",
        [
            Column("Indikator kinerja", width=1.5),
            Column("Target", "kanan", "15mm", "polos"),
            Column("Realisasi", "kanan", "17mm", "polos"),
            Column("Capaian (%)", "kanan", "17mm", "polos"),
            ColumnGroup(
                "Fisik (%)",
                [
                    Column("Target", "kanan", "14mm", "polos"),
                    Column("Realisasi", "kanan", "16mm", "polos"),
                ],
            ),
            Column("Rencana kegiatan", width=1.9),
            Column("Realisasi kegiatan", width=1.9),
            Column("Kendala", width=1.0),
            Column("Tindak lanjut", width=0.9),
        ],
        body,
        wide=True,
        size="kecil",
    )


def label_matriks(sasaran: str) -> str:
    """Give the label of the achievement matrix of a sasaran."""
    return f"tabel-matriks-{sasaran}".replace(".", "-").replace(" ", "-")


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
            "Rencana aksi menetapkan kegiatan dan target antara setiap triwulan. Target antara"
            " menyatakan bagian pekerjaan yang harus selesai sampai dengan akhir triwulan, bukan"
            " besaran indikatornya.",
            wide=True,
        ),
        Table(
            "tabel-rencana-aksi",
            f"Rencana Aksi {b.unit} Tahun Anggaran {b.year}",
            [
                Column("Indikator kinerja", width=1.5),
                Column("Target", "kanan", "13mm", "polos"),
                *(Column(f"Triwulan {quarter}", width=1.8) for quarter in Quarter),
            ],
            rows,
            wide=True,
            size="mini",
        ),
    ]


def hitungan(b: Bahan) -> Inline:
    """Say how many indicators have each status: "13 indikator mencapai target dan …"."""
    if b.banyak(BELUM).value == b.banyak().value:
        return Phrase("belum satu pun yang datanya tersedia")
    found = [(one, count) for one in _TOLD if (count := _count(b, one)) and count.value]
    if len(found) == 1:
        return Phrase("seluruhnya", _TOLD[found[0][0]].removeprefix(" indikator"))
    return gabung([Phrase(count, _TOLD[one]) for one, count in found])


def isian(b: Bahan, c: Capaian, kolom: str) -> Isian:
    """Read what the unit wrote for the quarter in a column of the realisation form."""
    rows = b.kini("pelaksanaan", kode=c.kode)
    return baca_kendala(rows[0].teks(kolom) if rows else None, b.desks)


def sebut_indikator(many: Sequence[tuple[Capaian, Quantity]]) -> Inline:
    """Name indicators with a figure each; by code alone where they are too many for names."""
    short = len(many) > _NAMED
    return sebut(
        [
            (
                kutip(one.kode)
                if short
                else Phrase(kutip(one.kode), " ", kutip(one.singkat or one.indikator.nama)),
                q,
            )
            for one, q in many
        ]
    )


def _count(b: Bahan, status: str) -> Quantity | None:
    return b.q(f"ringkasan/{status.replace(' ', '-')}")


def _planned(b: Bahan, c: Capaian, quarter: Quarter) -> list[Part] | None:
    goal = c.q(f"target-antara/{quarter}")
    first: list[Part] = [] if goal is None else [Phrase("Target antara ", goal)]
    return [*first, *(_activities(b, "rencana_aksi", c, quarter) or [])] or None


def _activities(b: Bahan, sumber: str, c: Capaian, quarter: Quarter) -> list[Part] | None:
    rows = b.rekam(sumber, kode=c.kode, triwulan=str(quarter))
    listed: list[Part] = [kutip(besar_awal(row.teks("kegiatan"))) for row in rows]
    return listed or None


def _follow_up(note: Isian) -> Part | None:
    return kutip(besar_awal(note.teks)) if note.jenis == "ada" else None


def _status(b: Bahan) -> list[Part]:
    total, lacking = b.banyak(), b.banyak(BELUM)
    if lacking.value == total.value:
        return [
            "Data realisasi ",
            triwulan(b.quarter),
            " belum tersedia untuk seluruh ",
            total,
            " indikator kinerja (",
            Reference("tabel-ikhtisar"),
            "), sehingga capaiannya belum dapat dihitung.",
        ]
    parts: list[Part] = [
        "Sampai dengan akhir ",
        triwulan_tahun(b.quarter, b.year),
        ", dari ",
        total,
        " indikator, ",
        hitungan(b),
        " (",
        Reference("tabel-ikhtisar"),
        "). ",
    ]
    ambang = b.settings.quantity("status.ambang", "Ambang capaian", "%")
    if b.quarter is Quarter.IV:
        parts += ["Indikator dinyatakan tercapai apabila capaiannya sekurang-kurangnya ", ambang]
        parts += ["."]
    else:
        parts += [
            "Target berlaku untuk setahun; indikator yang belum mencapainya dinilai terhadap bagian"
            " target yang direncanakan sampai dengan triwulan ini."
        ]
    if b.params.capaian.batas is not None:
        batas = b.settings.quantity("capaian.batas", "Batas capaian", "%")
        parts += [" Capaian dibatasi paling tinggi ", batas, "."]
    return parts


def _extremes(known: Sequence[Capaian]) -> list[Part]:
    scores = [(one, one.capaian) for one in known if one.capaian is not None]
    best, worst = sebut_indikator(terbesar(scores)), sebut_indikator(terkecil(scores))
    if len({score.value for _, score in scores}) == 1:
        parts: list[Part] = ["Capaian yang dapat dihitung ialah ", best, "."]
    else:
        parts = ["Capaian tertinggi terdapat pada ", best, " dan yang terendah pada ", worst, "."]
    missed = [(one, one.capaian) for one in known if one.status == TIDAK and one.capaian]
    if missed:
        parts += [
            " Target yang tidak tercapai ialah ",
            sebut_indikator(missed),
            "; kendala dan tindak lanjutnya dibahas pada uraian setiap indikator.",
        ]
    return parts


def _overview(b: Bahan) -> Table:
    body: list[Row] = []
    early = b.quarter is not Quarter.IV
    for kode, nama, members in b.per_sasaran():
        body.append(Row(Phrase(kutip(kode), " ", kutip(nama)), kind="kelompok"))
        for one in members:
            due: list[Part | None] = [one.q("jalur") if one.has_data else None] if early else []
            figures = (one.target, *due, one.realisasi, one.capaian)
            body.append(
                Row(kutip(one.kode), kutip(one.indikator.nama), *figures, besar_awal(one.status))
            )
    track = [Column("Jalur", "kanan", "17mm", "polos")] if early else []
    return Table(
        "tabel-ikhtisar",
        f"Ikhtisar Capaian Indikator Kinerja Triwulan {b.quarter} Tahun {b.year}",
        [
            Column("Kode", width="19mm"),
            Column("Indikator kinerja", width=2.4),
            Column("Target", "kanan", "17mm", "polos"),
            *track,
            Column("Realisasi", "kanan", "19mm", "polos"),
            Column("Capaian (%)", "kanan", "20mm", "polos"),
            Column("Status", width="27mm"),
        ],
        body,
        heads=1,
        size="kecil",
        notes=["Jalur ialah bagian target setahun yang direncanakan sampai dengan triwulan ini."]
        if early
        else [],
    )


def _short(c: Capaian) -> str:
    """Shorten a name to what a chart has room for."""
    nama = c.indikator.nama
    if c.singkat or len(nama) <= _FITS:
        return c.singkat or nama
    return " ".join(nama.split()[:5]) + " …"
