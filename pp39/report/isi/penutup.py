"""BAB IV: the summary, composed from the results, and the signature."""

from __future__ import annotations

from pp39.report.block import Block
from pp39.report.document import Judul, Prosa, TandaTangan
from pp39.report.inline import Part, Rujukan, Teks
from pp39.report.isi.bahan import BELUM, TIDAK, Bahan
from pp39.report.isi.capaian import hitungan
from pp39.report.isi.hambatan import tanpa_kendala
from pp39.report.isi.kalimat import bulan, deret, gabung, kutip, triwulan, triwulan_tahun
from pp39.report.isi.progres import bulan_data, tertinggal

__all__ = ["penutup"]


def penutup(b: Bahan) -> list[Block]:
    """Compose BAB IV."""
    laporan = b.params.laporan
    return [
        Judul(1, "Penutup", label="bab-penutup"),
        Prosa(
            "Pelaksanaan program dan kegiatan ", kutip(b.params.unit.nama), " pada ",
            triwulan_tahun(b.quarter, b.year), " dapat disimpulkan sebagai berikut. ", *_kinerja(b),
        ),
        Prosa(*_anggaran(b)),
        Prosa(*_mutu(b)),
        Prosa(
            "Demikian laporan ini disusun sebagai pertanggungjawaban atas pelaksanaan rencana dan "
            "sebagai dasar perbaikan pada periode berikutnya.",
        ),
        TandaTangan(laporan.tempat, laporan.tanggal, laporan.jabatan_penanda_tangan),
    ]  # fmt: skip


def _kinerja(b: Bahan) -> list[Part]:
    total, missed, lacking = (b.banyak(one) for one in (None, TIDAK, BELUM))
    if lacking.value == total.value:
        return ["Dari ", total, " indikator kinerja, belum ada yang datanya tersedia pada ",
                triwulan(b.quarter), "."]  # fmt: skip
    parts: list[Part] = ["Dari ", total, " indikator kinerja, ", hitungan(b), "."]
    if missed.value:
        names = gabung(
            [Teks(kutip(one.kode), *(deret(" (", one.capaian, ")") if one.capaian else []))
             for one in b.capaian() if one.status == TIDAK]
        )  # fmt: skip
        parts += [" Target yang tidak tercapai ialah ", names, "."]
    return parts


def _anggaran(b: Bahan) -> list[Part]:
    percent, amount = b.q("serapan/total/persen"), b.q("serapan/total/rupiah")
    if percent is None or amount is None:
        parts: list[Part] = ["Penyerapan anggaran ", triwulan(b.quarter), " belum dapat "
                                        "disimpulkan "
                             "karena datanya belum tersedia."]  # fmt: skip
    else:
        parts = ["Penyerapan anggaran mencapai ", percent, " atau ", amount,
                 " dari pagu KRO yang melaporkan penyerapan."]  # fmt: skip
    months = bulan_data(b)
    if not months:
        return [*parts, " Progres rincian output belum ada datanya."]
    late = tertinggal(b)
    many = b.q("ro/ringkasan/di-bawah-rencana")
    if late and many is not None:
        parts += [" Sampai dengan ", bulan(months[-1], b.year), ", ", many,
                  " RO tertinggal dari rencana"]  # fmt: skip
    else:
        parts += [" Sampai dengan ", bulan(months[-1], b.year), ", tidak ada RO yang tertinggal "
                                        "dari "
                  "rencana"]  # fmt: skip
    if months[-1] < b.quarter.last_month:
        parts += ["; data bulan sesudahnya belum tersedia"]
    return [*parts, "."]


def _mutu(b: Bahan) -> list[Part]:
    parts: list[Part] = ["Kendala dan langkah tindak lanjut diuraikan pada bab ",
                         "pelaksanaan kegiatan (", Rujukan("bab-pelaksanaan"), "). "]  # fmt: skip
    bare = tanpa_kendala(b)
    if bare:
        parts += ["Uraian kendala untuk ", gabung([kutip(one.kode) for one in bare]),
                  " masih harus dilengkapi oleh unit pelaksana. "]  # fmt: skip
    parts += ["Catatan tentang mutu data disajikan pada ", Rujukan("lampiran-mutu"),
              ", sedangkan cara menghitung setiap angka dapat dibaca pada ",
              Rujukan("lampiran-jejak"), "."]  # fmt: skip
    return parts
