"""3.1: the action plan, the overview of all indicators, and the achievement matrix per sasaran."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.charts import capaian_indikator
from pp39.report.document import Judul, Prosa
from pp39.report.figure import Bagan
from pp39.report.inline import Inline, Part, Rujukan, Teks
from pp39.report.isi.bahan import BELUM, TAK_TERHITUNG, TERCAPAI, TIDAK, Bahan, Capaian
from pp39.report.isi.kalimat import besar_awal, gabung, kutip, triwulan, triwulan_tahun
from pp39.report.isi.penilaian import Isian, baca_kendala, kendala_sel
from pp39.report.isi.superlatif import sebut, terbesar, terkecil
from pp39.report.table import Baris, Grup, Kolom, Tabel

__all__ = ["hitungan", "ikhtisar", "isian", "label_matriks", "matriks", "rencana_aksi"]


# Letters of an indicator's name that fit beside a bar.
_MUAT = 42

# Indicators that tie up to this many are told by name, more by code.
_BERNAMA = 3


def rencana_aksi(b: Bahan) -> list[Block]:
    """Compose the opening of BAB III with the action plan of all quarters."""
    rows = [
        row
        for kode, nama, members in b.per_sasaran()
        for row in [Baris(Teks(kutip(kode), " ", kutip(nama)), jenis="kelompok")]
        + [
            Baris(
                Teks(kutip(one.kode), " ", kutip(one.indikator.nama)),
                one.target,
                *(_rencana_sel(b, one, quarter) for quarter in Quarter),
            )
            for one in members
        ]
    ]
    return [
        Judul(1, "Pelaksanaan Kegiatan", label="bab-pelaksanaan"),
        Judul(2, "Hasil yang Telah Dicapai dan Analisis Capaian Kinerja"),
        Prosa(
            "Perjanjian kinerja dijabarkan ke dalam rencana aksi yang menetapkan kegiatan dan "
            "target "
            "antara setiap triwulan (", Rujukan("tabel-rencana-aksi"), "). Target antara "
                                        "menyatakan "
            "bagian pekerjaan yang harus selesai sampai dengan akhir triwulan, bukan besaran "
            "indikatornya. Keadaan setiap sasaran pada akhir ", triwulan_tahun(b.quarter, b.year),
            " dirangkum pada ", Rujukan("tabel-ringkasan-sasaran"), ".",
        ),
        _tabel_sasaran(b),
        Tabel(
            "tabel-rencana-aksi",
            f"Rencana Aksi {b.unit} Tahun Anggaran {b.year}",
            [
                Kolom("Indikator kinerja", lebar=1.5),
                Kolom("Target", "kanan", "13mm", "polos"),
                *(Kolom(f"Triwulan {quarter}", lebar=1.8) for quarter in Quarter),
            ],
            rows,
            lebar=True,
            ukuran="mini",
        ),
    ]  # fmt: skip


def ikhtisar(b: Bahan) -> list[Block]:
    """Compose the overview of all indicators: table, chart, and the matrix of each sasaran.

    The matrices stand together, since each alone would leave half a landscape page empty.
    """
    everyone = b.capaian()
    known = [one for one in everyone if one.capaian is not None]
    blocks: list[Block] = [
        Judul(
            3,
            "Capaian Kinerja Berdasarkan Indikator dalam Perjanjian Kinerja",
            label="bagian-perjanjian",
        ),
        Prosa(*_hitungan_status(b)),
    ]
    if known:
        blocks.append(Prosa(*_terbaik(b, known)))
    lacking = [one for one in everyone if one.status == BELUM]
    if lacking and known:
        blocks.append(
            Prosa(
                "Indikator yang datanya belum tersedia pada ", triwulan(b.quarter), " ialah ",
                gabung([kutip(one.kode) for one in lacking]), "."
            )
        )  # fmt: skip
    blocks.append(_tabel_ikhtisar(b))
    if known:
        blocks.append(
            Bagan.dari(
                "gambar-capaian",
                f"Capaian Seluruh Indikator terhadap Target, Triwulan {b.quarter} Tahun {b.year}",
                capaian_indikator(
                    [f"{one.kode} {_singkat(one)}" for one in everyone],
                    [one.capaian for one in everyone],
                    [one.status for one in everyone],
                    ambang=b.settings.quantity("status.ambang", "Ambang capaian", "%"),
                    jumlah=b.banyak(),
                    banyak={
                        one: b.q(f"ringkasan/{one.replace(' ', '-')}")
                        for one in (TERCAPAI, TIDAK, TAK_TERHITUNG, BELUM)
                    },
                ),
            )
        )
    blocks += [
        Judul(4, "Matriks Capaian Menurut Sasaran", jenis="tanpa-nomor", lebar=True),
        Prosa(
            "Matriks berikut menyandingkan target, realisasi, kegiatan, kendala, dan tindak lanjut "
            "setiap indikator menurut sasarannya.",
            lebar=True,
        ),
        *(
            matriks(b, kode, members)
            for kode, _, members in b.per_sasaran()
        ),
    ]  # fmt: skip
    return blocks


def matriks(b: Bahan, sasaran: str, members: Sequence[Capaian]) -> Tabel:
    """Lay out the achievement matrix of one sasaran on a landscape page."""
    body = []
    for one in members:
        note = isian(b, one, "kendala")
        body.append(
            (
                Teks(kutip(one.kode), " ", kutip(one.indikator.nama)),
                one.target,
                one.realisasi,
                one.capaian,
                one.q("fisik/target"),
                one.q("fisik/realisasi"),
                _kegiatan(b, "rencana_aksi", one, b.quarter),
                _kegiatan(b, "realisasi_kegiatan", one, b.quarter),
                kendala_sel(one, note),
                _sel_tindak_lanjut(isian(b, one, "tindak_lanjut")),
            )
        )
    return Tabel(
        label_matriks(sasaran),
        f"Capaian Sasaran {sasaran} pada Triwulan {b.quarter} Tahun {b.year}",
        [
            Kolom("Indikator kinerja", lebar=1.5),
            Kolom("Target", "kanan", "15mm", "polos"),
            Kolom("Realisasi", "kanan", "17mm", "polos"),
            Kolom("Capaian (%)", "kanan", "17mm", "polos"),
            Grup("Fisik (%)", [Kolom("Target", "kanan", "14mm", "polos"),
                               Kolom("Realisasi", "kanan", "16mm", "polos")]),
            Kolom("Rencana kegiatan", lebar=1.9),
            Kolom("Realisasi kegiatan", lebar=1.9),
            Kolom("Kendala", lebar=1.0),
            Kolom("Tindak lanjut", lebar=0.9),
        ],
        body,
        lebar=True,
        ukuran="kecil",
    )  # fmt: skip


def label_matriks(sasaran: str) -> str:
    """Give the label of the achievement matrix of a sasaran."""
    return f"tabel-matriks-{sasaran}".replace(".", "-").replace(" ", "-")


def hitungan(b: Bahan) -> Inline:
    """Say how many indicators have each status: "13 indikator mencapai target dan …"."""
    done, missed, lacking = (b.banyak(one) for one in (TERCAPAI, TIDAK, BELUM))
    if done.value == b.banyak().value:
        return Teks("seluruhnya mencapai target")
    told: list[Part] = [
        Teks(done, " indikator mencapai target") if done.value else "tidak satu pun mencapai target"
    ]
    if missed.value:
        told.append(Teks(missed, " indikator tidak mencapai target"))
    if (unknown := _tak_terhitung(b)) is not None:
        told.append(Teks("capaian ", unknown, " indikator tidak dapat dihitung"))
    if lacking.value:
        told.append(Teks(lacking, " indikator belum memiliki data"))
    return gabung(told)


def _tak_terhitung(b: Bahan) -> Quantity | None:
    """Count the indicators whose target is no base for a percentage, None where there are none."""
    return b.q("ringkasan/tidak-dapat-dihitung")


def isian(b: Bahan, c: Capaian, kolom: str) -> Isian:
    """Read what the unit wrote for the quarter in a column of the realisation form."""
    rows = b.kini("pelaksanaan", kode=c.kode)
    return baca_kendala(rows[0].teks(kolom) if rows else None)


def _tabel_sasaran(b: Bahan) -> Tabel:
    statuses = [TERCAPAI, TIDAK, BELUM]
    if _tak_terhitung(b) is not None:
        statuses.insert(2, TAK_TERHITUNG)

    def row(base: str) -> list[Part | None]:
        ids = ("jumlah", *(one.replace(" ", "-") for one in statuses))
        return [b.q(f"{base}/{one}") for one in ids]

    return Tabel(
        "tabel-ringkasan-sasaran",
        f"Banyaknya Indikator Menurut Sasaran dan Status, Triwulan {b.quarter} Tahun {b.year}",
        [
            Kolom("Kode", lebar="17mm"),
            Kolom("Sasaran kegiatan", lebar=1.0),
            Kolom("Indikator", "kanan", "19mm", "polos"),
            *(
                Kolom(besar_awal(one), "kanan", "22mm" if one == BELUM else "19mm", "polos")
                for one in statuses
            ),
        ],
        [
            *(
                Baris(
                    kutip(kode),
                    kutip(nama),
                    *row(f"ringkasan/sasaran/{kode.replace(' ', '-')}"),
                )
                for kode, nama, _ in b.per_sasaran()
            ),
            Baris("", "Jumlah", *row("ringkasan"), jenis="jumlah"),
        ],
        kepala=1,
    )


def _rencana_sel(b: Bahan, c: Capaian, quarter: Quarter) -> list[Part] | None:
    goal = c.q(f"target-antara/{quarter}")
    first: list[Part] = [] if goal is None else [Teks("Target antara ", goal)]
    listed = [*first, *(_kegiatan(b, "rencana_aksi", c, quarter) or [])]
    return listed or None


def _kegiatan(b: Bahan, sumber: str, c: Capaian, quarter: Quarter) -> list[Part] | None:
    rows = b.rekam(sumber, kode=c.kode, triwulan=str(quarter))
    listed: list[Part] = [kutip(besar_awal(row.teks("kegiatan"))) for row in rows]
    return listed or None


def _sel_tindak_lanjut(note: Isian) -> Part | None:
    return kutip(besar_awal(note.teks)) if note.teks else None


def _hitungan_status(b: Bahan) -> list[Part]:
    total, lacking = b.banyak(), b.banyak(BELUM)
    if lacking.value == total.value:
        return [
            "Data realisasi ", triwulan(b.quarter), " belum tersedia untuk seluruh ", total,
            " indikator kinerja, sehingga capaiannya belum dapat dihitung.",
        ]  # fmt: skip
    parts: list[Part] = [
        "Sampai dengan akhir ", triwulan_tahun(b.quarter, b.year), ", dari ", total, " indikator, ",
        hitungan(b),
    ]  # fmt: skip
    ambang = b.settings.quantity("status.ambang", "Ambang capaian", "%")
    parts += [
        ". Indikator dinyatakan tercapai apabila capaiannya paling rendah ", ambang, ". ",
        "Nilai setiap indikator dirangkum pada ", Rujukan("tabel-ikhtisar"), " dan ",
        Rujukan("gambar-capaian"), ".",
    ]  # fmt: skip
    if b.quarter is not Quarter.IV:
        parts += [" Realisasi dibandingkan dengan target setahun, sehingga indikator yang belum "
                  "tercapai masih dapat dicapai sampai dengan akhir tahun."]  # fmt: skip
    if b.params.capaian.batas is not None:
        batas = b.settings.quantity("capaian.batas", "Batas capaian", "%")
        parts += [" Capaian dibatasi paling tinggi ", batas, "."]
    return parts


def _terbaik(b: Bahan, known: list[Capaian]) -> list[Part]:
    scores = [(one, one.capaian) for one in known if one.capaian is not None]
    best, worst = _sebut(terbesar(scores)), _sebut(terkecil(scores))
    if len({score.value for _, score in scores}) == 1:
        parts: list[Part] = ["Capaian yang dapat dihitung ialah ", best, "."]
    else:
        parts = ["Capaian tertinggi dihasilkan oleh ", best, ", sedangkan yang terendah ialah ",
                 worst, "."]  # fmt: skip
    missed = [one for one in known if one.status == TIDAK]
    if missed:
        parts += [
            " Indikator yang tidak mencapai target ialah ",
            gabung(
                [
                    Teks(kutip(one.kode), " (", one.capaian or "", ")")
                    for one in missed
                ]
            ),
            "; kendala dan rekomendasinya dibahas pada bagian berikut.",
        ]  # fmt: skip
    return parts


def _sebut(many: Sequence[tuple[Capaian, Quantity]]) -> Inline:
    """Name indicators with their achievement; by code alone where they are too many for names."""
    short = len(many) > _BERNAMA
    return sebut(
        [
            (kutip(one.kode) if short else Teks(kutip(one.kode), " ", kutip(one.indikator.nama)), q)
            for one, q in many
        ]
    )


def _tabel_ikhtisar(b: Bahan) -> Tabel:
    body: list[Baris] = []
    for kode, nama, members in b.per_sasaran():
        body.append(Baris(Teks(kutip(kode), " ", kutip(nama)), jenis="kelompok"))
        body += [
            Baris(
                kutip(one.kode),
                kutip(one.indikator.nama),
                one.target,
                one.realisasi,
                one.capaian,
                besar_awal(one.status),
            )
            for one in members
        ]
    return Tabel(
        "tabel-ikhtisar",
        f"Ikhtisar Capaian Indikator Kinerja Triwulan {b.quarter} Tahun {b.year}",
        [
            Kolom("Kode", lebar="19mm"),
            Kolom("Indikator kinerja", lebar=2.4),
            Kolom("Target", "kanan", "17mm", "polos"),
            Kolom("Realisasi", "kanan", "19mm", "polos"),
            Kolom("Capaian (%)", "kanan", "20mm", "polos"),
            Kolom("Status", lebar="27mm"),
        ],
        body,
        kepala=1,
        ukuran="kecil",
    )


def _singkat(c: Capaian) -> str:
    """Shorten a name to what a chart has room for: its abbreviation, or its first words."""
    nama = c.indikator.nama
    if nama.endswith(")") and nama.rsplit("(", 1)[1][:-1].isupper():
        return nama.rsplit("(", 1)[1][:-1]
    words = nama.split()
    return nama if len(nama) <= _MUAT else " ".join(words[:5]) + " …"
