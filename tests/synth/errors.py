"""The errors planted in synthetic units, and what must find them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["PLANTED", "Planted", "chosen"]


@dataclass(frozen=True)
class Planted:
    """One error.

    Parameters
    ----------
    name : str
        Short name.
    told : str
        What was done, in Indonesian.
    check : str
        Id of the check that warns about it; empty if none looks for it.
    finding : str
        Id of the rule whose finding names it; empty if none looks for it.
    """

    name: str
    told: str
    check: str = ""
    finding: str = ""


PLANTED = MappingProxyType(
    {
        one.name: one
        for one in (
            Planted(
                "order-selesai-dini",
                "satu order selesai sebelum diterima",
                "order_layanan.tanggal_selesai.urut",
            ),
            Planted(
                "order-tanpa-janji",
                "satu order tanpa tanggal janji",
                "order_layanan.tanggal_janji.terisi",
            ),
            Planted(
                "order-tanpa-hasil",
                "satu order selesai tanpa jumlah hasil",
                "order_layanan.hasil.terisi",
            ),
            Planted(
                "order-satuan",
                "satu order dengan satuan yang bukan satuan layanannya",
                "order_layanan.satuan.sama",
            ),
            Planted(
                "rekap-sla",
                "rekap SLA memuat lima order lebih banyak daripada register",
                "order_layanan.sla.order-sama",
            ),
            Planted(
                "rekap-pelanggan",
                "rekap pelanggan memuat tiga pelanggan lebih banyak daripada register",
                "order_layanan.pelanggan.pelanggan-sama",
            ),
            Planted(
                "rekap-hasil",
                "rekap hasil layanan memuat dua hasil lebih banyak daripada register",
                "order_layanan.hasil_layanan.hasil-sama",
            ),
            Planted(
                "ikm-dinyatakan",
                "IKM yang dinyatakan lebih tinggi daripada jawaban responden",
                "survei_ikm.indeks.sama",
            ),
            Planted(
                "unsur-kosong",
                "satu unsur survei IKM tidak dijawab",
                "survei_ikm.unsur.terisi",
            ),
            Planted(
                "responden-ulang",
                "satu responden NPS menjawab dua kali pada triwulan IV",
                "survei_nps.responden.berulang",
                "responden-ulang",
            ),
            Planted(
                "serapan-dinyatakan",
                "serapan satu KRO yang dinyatakan berbeda dari SP2D",
                "sp2d.realisasi_kro.sama",
            ),
            Planted(
                "sp2d-ganda",
                "satu SP2D tercantum dua kali",
                "sp2d.nomor.berulang",
            ),
            Planted(
                "sumber-dana",
                "pagu menurut sumber dana tidak berjumlah sama dengan pagu awal",
                "sumber_dana.jumlah-pagu",
            ),
            Planted(
                "target-ganda",
                "target satu indikator pada rencana aksi berbeda dari perjanjian kinerja",
                "target_rencana_aksi.target.sama",
                "target-dokumen",
            ),
            Planted(
                "progres-turun",
                "progres kumulatif satu RO turun pada bulan Oktober",
                "progres_ro.progres.kumulatif",
                "kumulatif-turun",
            ),
            Planted(
                "sla-dinyatakan",
                "ketepatan SLA yang dinyatakan berbeda dari hasil hitungan",
                "",
                "rasio",
            ),
        )
    }
)


def chosen(number: int) -> frozenset[str]:
    """Give the errors of the unit of this number, from 1: every other one, in turn."""
    return frozenset(name for place, name in enumerate(PLANTED) if place % 2 == number % 2)
