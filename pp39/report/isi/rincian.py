"""Detail tables and charts of the indicators that are computed from rows, and class tables."""

from __future__ import annotations

from collections.abc import Callable

from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.charts import (
    Group,
    distribusi_nps,
    ikpa_bulanan,
    keluaran_triwulan,
    pelanggan_layanan,
    pnbp_layanan,
)
from pp39.report.document import Prosa
from pp39.report.figure import Bagan
from pp39.report.inline import Kode, Part, Rujukan, Teks
from pp39.report.isi.bahan import Bahan, Capaian, Rekam
from pp39.report.isi.kalimat import Kutipan, besar_awal, bulan, gabung, kutip, triwulan
from pp39.report.isi.penilaian import kelas, klasifikasi
from pp39.report.isi.sumber import lapisan
from pp39.report.table import Baris, Grup, Kolom, Tabel

__all__ = ["rincian"]


def rincian(b: Bahan, c: Capaian) -> list[Block]:
    """Give the detail tables and charts of an indicator, none where there is no data."""
    compose = _CARA.get(c.indikator.hitung)
    blocks = [] if compose is None else compose(b, c)
    return [*blocks, *_kelas(b, c)]


def _pelanggan(b: Bahan, c: Capaian) -> list[Block]:
    kinds = list(b.params.unit.kategori_pelanggan)
    counted = set(b.params.kategori_dihitung)
    services = [
        slug
        for slug in b.params.unit.layanan
        if any(c.q(f"layanan/{slug}/{kind}") is not None for kind in kinds)
    ]
    if not services:
        return []
    body: list[Baris] = [
        Baris(
            kutip(b.layanan(slug)),
            *(c.q(f"layanan/{slug}/{kind}") for kind in kinds),
            c.q(f"layanan/{slug}"),
        )
        for slug in services
    ]
    body.append(
        Baris("Jumlah", *(c.q(f"kategori/{kind}") for kind in kinds), c.realisasi, jenis="jumlah")
    )
    drawn = [kind for kind in kinds if kind in counted]
    left_out = [kind for kind in kinds if kind not in counted]
    without: list[Part] = []
    notes: list[Part] = [
        "Tanda – berarti tidak ada baris untuk pasangan layanan dan kategori tersebut pada data "
        "sumber."
    ]
    if left_out:
        names = gabung([kutip(b.kategori(one).lower()) for one in left_out])
        notes.append(Teks("Kategori ", names, " tidak diperhitungkan dalam jumlah."))
        without.append(Teks("Kategori ", names, " tidak diperhitungkan dan tidak digambarkan."))
    return [
        Tabel(
            _label(b, c, "tabel-pelanggan"),
            f"Pelanggan Menurut Jenis Layanan dan Kategori, Triwulan {b.quarter} Tahun {b.year}",
            [
                Kolom("Jenis layanan", lebar=2.2),
                Grup(
                    "Kategori pelanggan",
                    [Kolom(b.kategori(kind), "kanan", 1.0, "polos") for kind in kinds],
                ),
                Kolom("Jumlah", "kanan", 0.8, "polos"),
            ],
            body,
            catatan=notes,
        ),
        Bagan.dari(
            _label(b, c, "gambar-pelanggan"),
            f"Pelanggan Menurut Jenis Layanan dan Kategori, Triwulan {b.quarter}",
            pelanggan_layanan(
                [b.layanan(slug) for slug in services],
                [b.kategori(kind) for kind in drawn],
                [[c.q(f"layanan/{slug}/{kind}") for kind in drawn] for slug in services],
                [c.q(f"layanan/{slug}") for slug in services],
            ),
            catatan=without,
        ),
    ]


def _sla(b: Bahan, c: Capaian) -> list[Block]:
    rows = [slug for slug in b.params.unit.layanan if c.q(f"layanan/{slug}/order") is not None]
    if not rows:
        return []
    body: list[Baris] = [
        Baris(
            kutip(b.layanan(slug)),
            *(c.q(f"layanan/{slug}/{name}") for name in ("order", "tepat-waktu", "terlambat")),
        )
        for slug in rows
    ]
    if len(rows) > 1:
        body.append(
            Baris("Jumlah", c.q("order"), c.q("tepat-waktu"), c.q("terlambat"), jenis="jumlah")
        )
    return [
        Tabel(
            _label(b, c, "tabel-sla"),
            f"Ketepatan Waktu Penyelesaian Order, Triwulan {b.quarter} Tahun {b.year}",
            [
                Kolom("Jenis layanan", lebar=2.0),
                Kolom("Order", "kanan", 1.0, "polos"),
                Kolom("Tepat waktu", "kanan", 1.0, "polos"),
                Kolom("Terlambat", "kanan", 1.0, "polos"),
            ],
            body,
        )
    ]


def _nps(b: Bahan, c: Capaian) -> list[Block]:
    people, groups = c.q("responden"), _golongan(c)
    if people is None or not any(one.answers for one in groups):
        return []
    promo = b.settings.quantity("nps.promoter_min", "Batas bawah promotor", "")
    passive = b.settings.quantity("nps.passive_min", "Batas bawah pasif", "")
    names: list[Part] = [
        Teks("Detraktor (nilai di bawah ", passive, ")"),
        Teks("Pasif (nilai ", passive, " ke atas, di bawah ", promo, ")"),
        Teks("Promotor (nilai ", promo, " ke atas)"),
    ]
    body: list[Baris] = []
    for name, group in reversed(list(zip(names, groups, strict=True))):
        body.append(Baris(name, group.count, jenis="jumlah"))
        body += [
            Baris(Kutipan(f"Nilai {n}"), q)
            for n, q in sorted(group.answers.items(), reverse=True)
            if q.value
        ]  # answers nobody gave would fill the page without telling anything
    body.append(Baris("Jumlah seluruhnya", people, jenis="jumlah"))
    return [
        Tabel(
            _label(b, c, "tabel-nps"),
            f"Sebaran Jawaban Survei NPS, Triwulan {b.quarter} Tahun {b.year}",
            [Kolom("Kelompok dan nilai jawaban", lebar=3), Kolom("Responden", "kanan", 1, "polos")],
            body,
            catatan=[
                "Hanya jumlah yang disajikan; data pribadi responden tidak disimpan. Nilai yang "
                "tidak dipilih responden tidak dicantumkan."
            ],
        ),
        Bagan.dari(
            _label(b, c, "gambar-nps"),
            f"Sebaran Jawaban Survei NPS, Triwulan {b.quarter}",
            distribusi_nps(groups, people, c.realisasi),
        ),
    ]


def _golongan(c: Capaian) -> list[Group]:
    """Give the groups of respondents as they were computed, worst first, with their answers."""
    found = []
    for name in ("detraktor", "pasif", "promotor"):
        lowest, highest = c.q(f"batas/{name}/min"), c.q(f"batas/{name}/maks")
        answers = {}
        if lowest is not None and highest is not None:
            answers = {
                n: q
                for n in range(int(lowest.value), int(highest.value) + 1)
                if (q := c.q(f"skor/{n}")) is not None
            }
        found.append(Group(name.capitalize(), c.q(name), c.q(f"{name}-persen"), answers))
    return found


def _pnbp(b: Bahan, c: Capaian) -> list[Block]:
    services = [
        slug for slug in b.params.unit.layanan if c.q(f"layanan/{slug}/realisasi") is not None
    ]
    if not services:
        return []
    body: list[Baris] = [
        Baris(
            kutip(b.layanan(slug)),
            c.q(f"layanan/{slug}/target"),
            c.q(f"layanan/{slug}/realisasi"),
            c.q(f"layanan/{slug}/persen"),
        )
        for slug in services
    ]
    body.append(
        Baris("Jumlah", c.q("pnbp-target"), c.q("pnbp"), c.q("pnbp-persen"), jenis="jumlah")
    )
    notes: list[Part] = ["Layanan tanpa target sendiri dibandingkan bersama layanan yang memuat "
                         "targetnya; persentasenya tidak dihitung."]  # fmt: skip
    below = [
        slug
        for slug in services
        if (q := c.q(f"layanan/{slug}/persen")) is not None and q.value < 100
    ]
    prose: list[Part] = ["Realisasi penerimaan setiap layanan disajikan pada ",
        Rujukan(_label(b, c, "tabel-pnbp")),
                         " dan ", Rujukan(_label(b, c, "gambar-pnbp")), ". "]  # fmt: skip
    if below:
        prose += ["Layanan yang penerimaannya belum mencapai target ialah ",
                  gabung([Teks(kutip(b.layanan(one)), " (", c.q(f"layanan/{one}/persen") or "", ")")
                          for one in below]), "."]  # fmt: skip
    elif any(c.q(f"layanan/{slug}/persen") is not None for slug in services):
        prose += ["Semua layanan yang memiliki target telah mencapainya."]
    return [
        Prosa(*prose),
        Tabel(
            _label(b, c, "tabel-pnbp"),
            f"Target dan Realisasi PNBP Menurut Layanan sampai dengan Triwulan {b.quarter} "
            f"Tahun {b.year}",
            [
                Kolom("Jenis layanan", lebar=2.0),
                Kolom("Target (Rp)", "kanan", 1.2, "polos"),
                Kolom("Realisasi (Rp)", "kanan", 1.2, "polos"),
                Kolom("Realisasi (%)", "kanan", 0.9, "polos"),
            ],
            body,
            catatan=notes,
        ),
        Bagan.dari(
            _label(b, c, "gambar-pnbp"),
            f"Realisasi PNBP terhadap Target Menurut Layanan, Triwulan {b.quarter}",
            pnbp_layanan(
                [b.layanan(slug) for slug in services],
                *(
                    [c.q(f"layanan/{slug}/{what}") for slug in services]
                    for what in ("target", "realisasi", "persen")
                ),
            ),
        ),
    ]


def _hasil_layanan(b: Bahan, c: Capaian) -> list[Block]:
    quarters = [one for one in Quarter if one.number <= b.quarter.number]
    rows = list(b.rekam("hasil_layanan"))
    if not any(c.q(f"layanan/{row.teks('layanan')}/{tw}") for row in rows for tw in quarters):
        return []
    body: list[Baris] = []
    for row in rows:
        slug = row.teks("layanan")
        name: Part = kutip(b.layanan(slug))
        unit = _satuan(b, row)
        body.append(
            Baris(
                name,
                kutip(besar_awal(unit)) if unit else None,
                row.angka("target"),
                *(c.q(f"layanan/{slug}/{tw}") for tw in quarters),
            )
        )
    body.append(Baris("Jumlah", "", "", *(c.q(f"total/{tw}") for tw in quarters), jenis="jumlah"))
    left_out = (
        [slug for slug in b.params.unit.layanan if slug not in b.params.hasil_layanan.layanan]
        if b.params.hasil_layanan.layanan
        else []
    )
    shown = {row.teks("layanan") for row in rows}
    named = [one for one in left_out if one in shown]
    notes: list[Part] = ["Satuan berbeda-beda menurut layanan; jumlah menghitung setiap hasil "
                         "sebagai "
                         "satu hasil layanan."]  # fmt: skip
    if named:
        notes.append(
            Teks(
                "Tidak diperhitungkan: ", gabung([kutip(b.layanan(one)) for one in named]), "."
            )
        )  # fmt: skip
    return [
        Tabel(
            _label(b, c, "tabel-hasil-layanan"),
            f"Hasil Layanan Jasa Industri Menurut Triwulan sampai dengan Triwulan {b.quarter} "
            f"Tahun {b.year}",
            [
                Kolom("Jenis layanan", lebar=2.2),
                Kolom("Satuan", lebar=1.0),
                Kolom("Target tahunan", "kanan", 1.0, "polos"),
                *(Kolom(f"Triwulan {tw}", "kanan", 0.9, "polos") for tw in quarters),
            ],
            body,
            catatan=notes,
        ),
        Bagan.dari(
            _label(b, c, "gambar-hasil-layanan"),
            "Hasil Layanan Jasa Industri Menurut Triwulan",
            keluaran_triwulan(
                [b.layanan(row.teks("layanan")) for row in rows],
                [_satuan(b, row) for row in rows],
                [
                    [
                        c.q(f"layanan/{row.teks('layanan')}/{tw}") if tw in quarters else None
                        for tw in Quarter
                    ]
                    for row in rows
                ],
            ),
        ),
    ]


def _ikpa(b: Bahan, c: Capaian) -> list[Block]:
    months = [
        (month, q) for month in b.quarter.upto if (q := c.q(f"bulan/{month:02d}")) is not None
    ]
    if not months:
        return []
    rule = klasifikasi(b, c.kode)

    def label(q: Quantity) -> Part | None:
        key = rule[1].classify(q.value) if rule else None
        return None if rule is None or key is None else kutip(
            besar_awal(rule[1].kelas[key].predikat)
        )  # fmt: skip

    body: list[Baris] = [Baris(bulan(month), q, label(q)) for month, q in months]
    if c.realisasi is not None:
        body.append(
            Baris(
                Teks("Nilai ", triwulan(b.quarter)), c.realisasi, label(c.realisasi), jenis="jumlah"
            )
        )
    return [
        Tabel(
            _label(b, c, "tabel-ikpa"),
            f"Nilai IKPA Bulanan sampai dengan Triwulan {b.quarter} Tahun {b.year}",
            [
                Kolom("Bulan", lebar=1.6),
                Kolom("Nilai IKPA", "kanan", 1.0, "polos"),
                Kolom("Predikat", lebar=1.2),
            ],
            body,
            catatan=["Bulan yang tidak dicantumkan tidak ada datanya pada sumber."]
            if len(months) < len(b.quarter.upto)
            else [],
        ),
        Bagan.dari(
            _label(b, c, "gambar-ikpa"),
            f"Nilai IKPA Bulanan Tahun {b.year} terhadap Target",
            ikpa_bulanan(
                list(b.quarter.upto),
                [c.q(f"bulan/{month:02d}") for month in b.quarter.upto],
                c.target,
            ),
        ),
    ]


def _kelas(b: Bahan, c: Capaian) -> list[Block]:
    rule, own = klasifikasi(b, c.kode), kelas(b, c)
    if rule is None or c.realisasi is None:
        return []
    name, classes = rule
    body = []
    for key, one in classes.kelas.items():
        path = f'regulasi.{name}.kelas."{key}"'
        reached = own is not None and own[0] == key
        body.append(
            (
                kutip(besar_awal(key)),
                kutip(besar_awal(one.predikat)),
                b.settings.quantity(f"{path}.min", f"Batas bawah kelas {key}", ""),
                b.settings.quantity(f"{path}.maks", f"Batas atas kelas {key}", ""),
                "Nilai unit" if reached else "",
            )
        )
    same = all(key == one.predikat for key, one in classes.kelas.items())
    columns = [
        Kolom("Kelas", lebar=1.2),
        Kolom("Predikat", lebar=1.6),
        Kolom("Nilai terendah", "kanan", 1.0, "polos"),
        Kolom("Nilai tertinggi", "kanan", 1.0, "polos"),
        Kolom("Kedudukan", "tengah", 1.0),
    ]
    if same:
        columns.pop(0)
        body = [row[1:] for row in body]  # type: ignore[misc]
    layers = dict.fromkeys(
        b.settings.layer(f'regulasi.{name}.kelas."{key}".{end}')
        for key in classes.kelas
        for end in ("min", "maks")
    )
    notes: list[Part] = [
        Teks(
            "Sumber: ", kutip(classes.sumber), ", sebagaimana parameter ",
            Kode(f"regulasi.{name}.kelas"), " (", gabung([lapisan(one) for one in layers]), ").",
        )
    ]  # fmt: skip
    if classes.faktor != 1:
        factor = b.settings.quantity(f"regulasi.{name}.faktor", "Faktor konversi", "")
        notes.append(Teks("Kelas ditetapkan setelah nilai indikator dikalikan ", factor, "."))
    label = _label(b, c, f"tabel-kelas-{name}", "klasifikasi")
    return [
        Tabel(label, f"Kelas Nilai {_singkatan(c)}", columns, body, catatan=notes, ukuran="kecil")
    ]


def _label(b: Bahan, c: Capaian, name: str, kind: str = "hitung") -> str:
    """Name a table or chart; a second indicator of the same kind has one of its own."""
    same = (
        kode
        for kode, one in b.params.indikator.items()
        if getattr(one, kind) == getattr(c.indikator, kind)
    )
    return name if next(same) == c.kode else f"{name}-{c.kunci}".replace(".", "-")


def _satuan(b: Bahan, row: Rekam) -> str:
    own = b.params.unit.layanan.get(row.teks("layanan"))
    return row.teks("target_satuan") or (own.satuan if own and own.satuan else "")


def _singkatan(c: Capaian) -> str:
    nama = c.indikator.nama
    return nama.rsplit("(", 1)[1].split(")", 1)[0] if "(" in nama else nama


_CARA: dict[str, Callable[[Bahan, Capaian], list[Block]]] = {
    "jumlah_pelanggan": _pelanggan,
    "ketepatan_sla": _sla,
    "nps": _nps,
    "kenaikan_pnbp": _pnbp,
    "hasil_layanan": _hasil_layanan,
    "ikpa": _ikpa,
}
