"""One indicator in words: definition and formula, result and analysis, kendala, recommendation."""

from __future__ import annotations

from collections.abc import Callable

from pp39.ledger import Computed, Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Daftar, Judul, Prosa, Rumus
from pp39.report.inline import Angka, Part, Rujukan, Tebal, Teks
from pp39.report.isi.bahan import (
    BELUM,
    NAMA_DOKUMEN,
    TAK_TERHITUNG,
    TERCAPAI,
    TIDAK,
    Bahan,
    Capaian,
)
from pp39.report.isi.capaian import isian, label_matriks
from pp39.report.isi.kalimat import (
    Kutipan,
    arah,
    besar_awal,
    bulan,
    deret,
    gabung,
    kecil_awal,
    kutip,
    mutlak,
    rapikan,
    tanggal,
    triwulan,
)
from pp39.report.isi.penilaian import hubungan, kalimat_kelas, rekomendasi, uraian_kendala
from pp39.report.isi.rincian import rincian
from pp39.report.isi.superlatif import sebut, terbesar, terkecil

__all__ = ["bagian_sasaran", "uraian"]


def bagian_sasaran(b: Bahan, kode: str) -> list[Block]:
    """Compose the section of one sasaran: an opening, then each of its indicators.

    Parameters
    ----------
    b : Bahan
        The material.
    kode : str
        Code of the sasaran.
    """
    members = [one for one in b.capaian() if one.indikator.kode_sasaran == kode]
    nama = b.params.sasaran[kode]
    blocks: list[Block] = [
        Judul(4, f"Sasaran {kode}: {nama}"),
        Prosa(*_pembuka_sasaran(b, kode, members)),
    ]
    for one in members:
        blocks += uraian(b, one)
    return blocks


def uraian(b: Bahan, c: Capaian) -> list[Block]:
    """Compose the text of one indicator with its detail tables and charts."""
    kendala, tindak = isian(b, c, "kendala"), isian(b, c, "tindak_lanjut")
    blocks: list[Block] = [
        Judul(5, f"{c.kode} {c.indikator.nama}", jenis="tanpa-nomor"),
        Prosa(Tebal("Definisi dan formula."), " ", *_definisi(c)),
    ]
    for figure in (c.realisasi, c.capaian):
        if figure is not None and figure.id and isinstance(figure.origin, Computed):
            blocks.append(Rumus(figure))
    blocks.append(Prosa(Tebal("Hasil dan analisis."), " ", *_hasil(b, c), *_tambahan(b, c)))
    blocks += rincian(b, c)
    blocks += _pelaksanaan(b, c)
    blocks += [
        Prosa(Tebal("Kendala."), " ", *uraian_kendala(b, c, kendala)),
        Prosa(Tebal("Rekomendasi."), " ", *rekomendasi(b, c, tindak)),
    ]
    return blocks


def _pembuka_sasaran(b: Bahan, kode: str, members: list[Capaian]) -> list[Part]:
    label = label_matriks(kode)
    named = gabung([Teks(kutip(one.kode)) for one in members])
    good = [one for one in members if one.status == TERCAPAI]
    if all(one.status == BELUM for one in members):
        told: list[Part] = [", yang datanya belum tersedia pada ", triwulan(b.quarter)]
    elif len(good) == len(members):
        told = [", dan targetnya tercapai"] if len(members) == 1 else [", yang semuanya tercapai"]
    elif all(one.status in (BELUM, TAK_TERHITUNG) for one in members):
        told = [", yang capaiannya tidak dapat dihitung"]
    elif not good:
        told = [", dan targetnya tidak tercapai"] if len(members) == 1 else [
            ", dan belum ada yang mencapai target"]  # fmt: skip
    else:
        told = [", dan yang mencapai target ialah ", gabung([kutip(one.kode) for one in good])]
    return [
        "Sasaran ini diukur dengan ", named, *told, ". Matriks capaiannya disajikan pada ",
        Rujukan(label), ".",
    ]  # fmt: skip


def _definisi(c: Capaian) -> list[Part]:
    one = c.indikator
    parts: list[Part] = [
        Kutipan(rapikan(one.definisi)), " Formula: ", Kutipan(rapikan(kecil_awal(one.rumus)))
    ]  # fmt: skip
    if one.dasar:
        parts += [
            " Dasar pengukurannya ialah ",
            kutip(
                one.dasar[:1].lower() + one.dasar[1:]
                if one.dasar.split()[0] in ("Perjanjian", "Standar", "Metode")
                else one.dasar
            ),
            ".",
        ]
    direction = "makin tinggi" if one.polaritas == "naik" else "makin rendah"
    parts += [f" Nilai indikator {direction} makin baik. Data bersumber dari ",
              kutip(one.sumber[:1].lower() + one.sumber[1:]), "."]  # fmt: skip
    return parts


def _hasil(b: Bahan, c: Capaian) -> list[Part]:
    if c.realisasi is None:
        target = [] if c.target is None else deret(" Target tahunannya ialah ", c.target, ".")
        return [
            "Data ", triwulan(b.quarter), " belum tersedia; ",
                kutip(kecil_awal(c.indikator.sumber)),
            " belum disampaikan, sehingga realisasi dan capaian belum dapat dihitung.", *target,
        ]  # fmt: skip
    compose = _CARA.get(c.indikator.hitung, _luar)
    parts = compose(b, c)
    if c.target is None:
        return [*parts, "belum memiliki target, sehingga capaian tidak dapat dihitung."]
    if c.capaian is None:
        return [*parts, "tidak dapat dinyatakan sebagai persentase dari target ", c.target,
                ", sehingga capaian tidak dapat dihitung."]  # fmt: skip
    return [*parts, *hubungan(b, c), ".", *kalimat_kelas(b, c)]


def _tambahan(b: Bahan, c: Capaian) -> list[Part]:
    parts: list[Part] = []
    interim = c.q("target-triwulan")
    if interim is not None and c.realisasi is not None and b.quarter is not Quarter.IV:
        word = "sudah" if c.realisasi.value >= interim.value else "belum"
        parts += [" Menurut target antara, yang seharusnya dicapai sampai dengan ",
                  triwulan(b.quarter), " ialah ", interim,
                      f"; jumlah itu {word} terpenuhi."]  # fmt: skip
    before, change = c.q("sebelumnya"), c.q("perubahan")
    if before is not None and change is not None and c.indikator.hitung != "hasil_layanan":
        earlier = triwulan(Quarter(b.quarter.number - 1))
        if change.value:
            verb = "naik" if change.value > 0 else "turun"
            parts += [" Dibandingkan dengan ", earlier, " (", before, f"), nilainya {verb} ",
                      mutlak(change), "."]  # fmt: skip
        else:
            parts += [" Nilainya sama dengan ", earlier, "."]
    goal, real = c.q("fisik/target"), c.q("fisik/realisasi")
    if real is not None:
        parts += [" ", *_fisik(c, goal, real), "."]
    documents = [(name, q) for name in NAMA_DOKUMEN if (q := c.q(f"target/{name}")) is not None]
    if len({q.value for _, q in documents}) > 1:
        parts += [" Perlu dicatat bahwa target indikator ini berbeda antardokumen: "]
        parts += [gabung([Teks(NAMA_DOKUMEN[name], " ", q) for name, q in documents]), "."]
    return parts


def _fisik(c: Capaian, goal: Quantity | None, real: Quantity) -> list[Part]:
    """Tell the physical progress, and where it says more than the indicator does."""
    if goal is not None and real.value < goal.value:
        return ["Realisasi fisik kegiatannya ", real, ", belum memenuhi target fisik ", goal]
    if c.status == TIDAK:
        return ["Realisasi fisik kegiatan dilaporkan ", real, ", padahal target indikatornya tidak "
                "tercapai; kesesuaian keduanya perlu diperiksa"]  # fmt: skip
    if c.q("kegiatan/realisasi") is None and c.q("kegiatan/rencana") is not None:
        return ["Realisasi fisik kegiatan dilaporkan ", real, ", tetapi rincian kegiatannya tidak "
                "disampaikan"]  # fmt: skip
    return ["Kegiatan pendukungnya dilaporkan selesai dengan realisasi fisik ", real]


def _pelaksanaan(b: Bahan, c: Capaian) -> list[Block]:
    planned, made = c.q("kegiatan/rencana"), c.q("kegiatan/realisasi")
    done = b.kini("realisasi_kegiatan", kode=c.kode)
    if not done:
        if planned is None:
            return []
        return [
            Prosa(
                "Rencana aksi ", triwulan(b.quarter), " memuat ", planned,
                " kegiatan untuk indikator ini, tetapi realisasi kegiatannya tidak tercatat pada "
                "data sumber.",
            )
        ]  # fmt: skip
    opening: list[Part] = ["Kegiatan yang terlaksana pada ", triwulan(b.quarter)]
    if planned is not None and made is not None:
        if made.value == planned.value:
            opening += [" (tercatat ", made, " kegiatan, sama banyak dengan rencana aksi)"]
        else:
            opening += [
                " (tercatat ", made, " kegiatan, sedangkan rencana aksi memuat ", planned,
                " kegiatan)",
            ]  # fmt: skip
    listed = (Kutipan(besar_awal(rapikan(one.teks("kegiatan")))) for one in done)
    return [Prosa(*opening, ":"), Daftar(*listed)]


def _luar(b: Bahan, c: Capaian) -> list[Part]:
    """Tell an external score with its source, letter and remark; ends before the relation."""
    rows = b.kini("nilai_eksternal", kode=c.kode)
    figure: Part = c.realisasi or ""
    if not rows:
        return ["Realisasi sampai dengan akhir ", triwulan(b.quarter), " ialah ", figure, ", "]
    row = rows[0]
    parts: list[Part] = ["Berdasarkan ", kutip(_awal_kalimat(row.teks("sumber")))]
    if row.teks("nomor_surat"):
        parts += [" nomor ", kutip(row.teks("nomor_surat"))]
    if row.teks("tanggal_surat"):
        parts += [" tanggal ", tanggal(row.teks("tanggal_surat"))]
    parts += [", realisasinya ", figure]
    if row.teks("keterangan"):
        parts += [" dengan keterangan “", kutip(row.teks("keterangan")), "”"]
    return [*parts, ", "]


def _sla(b: Bahan, c: Capaian) -> list[Part]:
    order, on_time, late = c.q("order"), c.q("tepat-waktu"), c.q("terlambat")
    if order is None or on_time is None:
        return _luar(b, c)
    parts: list[Part] = ["Dari ", order, " order layanan yang diselesaikan pada ",
                         triwulan(b.quarter), ", ", on_time,
                             " order selesai tepat waktu"]  # fmt: skip
    if late is not None and late.value:
        parts += [" dan ", late, " order terlambat"]
    elif late is not None:
        parts += [" dan tidak ada yang terlambat"]
    return [*parts, ". Ketepatan waktu pelayanan mencapai ", c.realisasi or "", ", "]


def _nps(b: Bahan, c: Capaian) -> list[Part]:
    people, promo, passive, against = (
        c.q(one) for one in ("responden", "promotor", "pasif", "detraktor")
    )
    if people is None or promo is None or passive is None or against is None:
        return _luar(b, c)
    way = (
        "responden yang mengisi lebih dari sekali dihitung satu kali menurut jawaban terakhirnya"
        if b.params.nps.responden == "unik"
        else "setiap jawaban dihitung"
    )
    groups: list[Part] = [Teks(promo, " promotor"), Teks(passive, " pasif")]
    groups.append(Teks(against, " detraktor") if against.value else "tanpa detraktor")
    return [
        "Survei ", triwulan(b.quarter), " memuat ", people, f" jawaban responden ({way}), yaitu ",
        gabung(groups), ". Nilai NPS yang dihasilkan ialah ", c.realisasi or "", ", ",
    ]  # fmt: skip


def _pnbp(b: Bahan, c: Capaian) -> list[Part]:
    now, base, goal, share = (c.q(one) for one in ("pnbp", "dasar", "pnbp-target", "pnbp-persen"))
    if now is None or base is None or c.realisasi is None:
        return _luar(b, c)
    years = [row.bulat("tahun") for row in b.rekam("pnbp_dasar")]
    which: list[Part] = [" tahun ", kutip(str(years[-1]))] if years else [" tahun dasar"]
    parts: list[Part] = [
        "Realisasi PNBP sampai dengan akhir ",
        triwulan(b.quarter),
        " sebesar ",
        now,
    ]
    if goal is not None and share is not None:
        parts += [", atau ", share, " dari target penerimaan ", goal]
    verb = (
        "naik" if c.realisasi.value > 0 else "turun" if c.realisasi.value < 0 else "tidak berubah"
    )
    parts += [". Dibandingkan dengan realisasi", *which, " (", base,
              f"), penerimaan {verb} "]  # fmt: skip
    if c.realisasi.value:
        parts += [Angka(c.realisasi, "mutlak"), "; angka kenaikan tersebut "
                  if c.realisasi.value > 0 else "; perubahan tersebut "]  # fmt: skip
    else:
        parts += ["; nilainya "]
    return parts


def _hasil_layanan(b: Bahan, c: Capaian) -> list[Part]:
    services = [
        (slug, q)
        for slug in b.params.unit.layanan
        if (q := c.q(f"layanan/{slug}/{b.quarter}")) is not None and q.value
    ]
    whole = "sejak awal tahun" if b.params.hasil_layanan.cakupan == "kumulatif" else "pada"
    time: list[Part] = [] if whole != "pada" else [triwulan(b.quarter)]
    parts: list[Part] = ["Hasil layanan yang diselesaikan ", whole, " " if time else "", *time,
                         " berjumlah ", c.realisasi or ""]  # fmt: skip
    if services:
        most = [(kutip(b.layanan(slug)), q) for slug, q in terbesar(services)]
        parts += [", dengan sumbangan terbesar pada triwulan ini dari layanan ", sebut(most)]
    now = c.q(f"total/{b.quarter}")
    before = c.q(f"total/{Quarter(b.quarter.number - 1)}") if b.quarter.number > 1 else None
    parts.append(". ")
    if now is not None and before is not None:
        parts += ["Jumlah triwulanannya ", arah(now, before,
            triwulan(Quarter(b.quarter.number - 1))),
                  ". "]  # fmt: skip
    return [*parts, "Terhadap perjanjian kinerja, realisasi tersebut "]


def _pelanggan(b: Bahan, c: Capaian) -> list[Part]:
    kinds = [
        (slug, q)
        for slug in b.params.kategori_dihitung
        if (q := c.q(f"kategori/{slug}")) is not None and q.value
    ]
    services = [
        (slug, q)
        for slug in b.params.unit.layanan
        if (q := c.q(f"layanan/{slug}")) is not None and q.value
    ]
    parts: list[Part] = ["Sebanyak ", c.realisasi or "", " pelanggan memanfaatkan layanan jasa "
                         "industri pada ", triwulan(b.quarter)]  # fmt: skip
    if kinds:
        most = [(kutip(b.kategori(slug).lower()), q) for slug, q in terbesar(kinds)]
        parts += [". Kelompok terbesar ialah ", sebut(most)]
    if services:
        used = [(kutip(b.layanan(slug)), q) for slug, q in terbesar(services)]
        parts += [", dan layanan yang paling banyak dimanfaatkan ialah ", sebut(used)]
    every = b.params.unit.kategori_pelanggan
    counted = b.params.kategori_dihitung
    if set(counted) != set(every):
        names = gabung([kutip(b.kategori(slug).lower()) for slug in counted])
        parts += [". Yang diperhitungkan hanya kategori ", names]
        whole = c.q("semua")
        parts += [] if whole is None else [" dari seluruhnya ", whole, " pelanggan"]
    return [*parts, ". Jumlah yang diperhitungkan tersebut "]


def _ikpa(b: Bahan, c: Capaian) -> list[Part]:
    months = [
        (month, q)
        for month in b.quarter.months
        if (q := c.q(f"bulan/{month:02d}")) is not None
    ]  # fmt: skip
    way = (
        "merupakan rata-rata nilai bulanan dalam triwulan"
        if b.params.ikpa.cara == "rata_rata"
        else "ialah nilai bulan terakhir dalam triwulan"
    )
    parts: list[Part] = [
        "Nilai IKPA ",
        triwulan(b.quarter),
        f" {way}, yaitu ",
        c.realisasi or "",
        ". ",
    ]
    if len(months) > 1:
        named = [(bulan(month), q) for month, q in months]
        low, high = terkecil(named), terbesar(named)
        if len(high) < len(months):
            parts += ["Nilai tertinggi dicapai pada bulan ", sebut(high),
                      ", sedangkan yang terendah pada bulan ", sebut(low)]  # fmt: skip
            first, final = months[0], months[-1]
            word = "lebih tinggi" if final[1].value > first[1].value else "lebih rendah"
            if final[1].value != first[1].value:
                parts += [f"; nilai akhir triwulan {word} daripada awal triwulan (", first[1], ")"]
            parts += [". "]
    missing = [one for one in b.quarter.months if c.q(f"bulan/{one:02d}") is None]
    if missing:
        parts += ["Nilai bulan ", gabung([bulan(one) for one in missing]), " belum ada datanya. "]
    return [*parts, "Nilai triwulan tersebut "]


_CARA: dict[str, Callable[[Bahan, Capaian], list[Part]]] = {
    "nilai_eksternal": _luar,
    "roa": _luar,
    "ketepatan_sla": _sla,
    "nps": _nps,
    "kenaikan_pnbp": _pnbp,
    "hasil_layanan": _hasil_layanan,
    "jumlah_pelanggan": _pelanggan,
    "ikpa": _ikpa,
}


def _awal_kalimat(text: str) -> str:
    """Write a source's name inside a sentence: a plain noun small, a proper name as it stands."""
    common = ("Laporan", "Perhitungan", "Penilaian", "Validasi", "Surat", "Hasil", "Rekapitulasi")
    return text[:1].lower() + text[1:] if text.split(" ", 1)[0] in common else text
