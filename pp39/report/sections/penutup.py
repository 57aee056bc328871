"""The closing chapter: what the year or the way to it comes to, and the signature."""

from __future__ import annotations

from pp39.indicators.serapan import SPENT
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Prose
from pp39.report.inline import Part, Reference
from pp39.report.sections.anggaran import dari_pagu, kro_ditimbang
from pp39.report.sections.bahan import BELUM, DI_BAWAH_JALUR, Bahan
from pp39.report.sections.capaian import bercatatan, hitungan, sebut_indikator
from pp39.report.sections.depan import tanda_tangan
from pp39.report.sections.hambatan import tak_tercapai, tanpa_kendala
from pp39.report.sections.kalimat import (
    banyaknya,
    bulan,
    deret,
    gabung,
    kutip,
    masa,
    prosa,
    terbesar,
)
from pp39.report.sections.progres import bulan_data, sejauh, terhenti, terjauh, tertinggal

# So many outputs are told by name; of more the number is told.
_FEW = 2


def penutup(b: Bahan) -> list[Block]:
    """Compose the closing chapter."""
    money = [*_money(b), *_outputs(b)]
    return [
        Prose(*_achievement(b)),
        *([Prose(*money)] if money else []),
        *([Prose(*still)] if (still := _open(b)) else []),
        Prose(*_end(b)),
        tanda_tangan(b),
    ]


def _achievement(b: Bahan) -> list[Part]:
    told: list[Part] = ["Pelaksanaan program dan kegiatan ", kutip(b.params.unit.nama), " pada "]
    told += [masa(b.period, b.year), " kami simpulkan sebagai berikut: "]
    told += [hitungan(b)]
    doubtful = [kutip(one.kode) for one in bercatatan(b)]
    if doubtful:
        told += [", dengan catatan atas status ", gabung(doubtful)]
    told += ["."]
    known = [(one, one.capaian) for one in b.capaian() if one.capaian is not None]
    missed = tak_tercapai(b)
    behind = [kutip(one.kode) for one in b.capaian() if one.status == DI_BAWAH_JALUR]
    if missed:
        told += [" Yang tidak tercapai ialah ", sebut_indikator(missed), "."]
    elif behind:
        told += [" Yang masih di bawah jalur ialah ", gabung(behind), "."]
    elif len(known) > 1:
        told += [" Hasil terbaik ialah ", sebut_indikator(terbesar(known)), "."]
    return told


def _money(b: Bahan) -> list[Part]:
    percent = b.q("serapan/total/persen")
    if "realisasi_program" not in b.due:
        return []
    if percent is None:
        told = "Penyerapan anggaran belum dapat kami simpulkan karena belum dilaporkan. "
        return [told] if b.q("anggaran/pagu-awal") else []
    return [
        *("Anggaran yang terserap, sebagaimana diuraikan pada ", Reference("bagian-program")),
        *(", diperkirakan " if _estimated(b) else ", mencapai ", prosa(percent)),
        f" menurut pagu awal {banyaknya(kro_ditimbang(b)).plain()} KRO yang pagunya diketahui"
        if _estimated(b)
        else dari_pagu(b),
        ". ",
    ]


def _estimated(b: Bahan) -> bool:
    amount = b.q("serapan/total/rupiah")
    return amount is None or not amount.note.startswith(SPENT)


def _outputs(b: Bahan) -> list[Part]:
    months = bulan_data(b)
    worst = terjauh(b) if months and "progres_bulanan" in b.due else []
    if not worst:
        return []
    if terhenti(b):
        told: list[Part] = ["Ketertinggalan RO belum dapat kami simpulkan karena data "]
        told += [bulan(months[-1], b.year), " tampaknya belum dimutakhirkan"]
        missing = [bulan(one) for one in b.quarter.upto if one > months[-1]]
        return (
            [*told, *deret(" dan data ", gabung(missing), " belum tersedia"), "."]
            if missing
            else [*told, "."]
        )
    behind = tertinggal(b)
    told = ["Menurut data ", bulan(months[-1], b.year), ", ", banyaknya(behind)]
    told += [" RO tertinggal", *sejauh(b), " dari rencana"]
    if len(worst) == len(behind) > _FEW:
        return [*told, ", masing-masing ", worst[0][1], "."]
    told += ["; yang terjauh ialah "]
    told += (
        [gabung([name for name, _ in worst])] if len(worst) <= _FEW else [banyaknya(worst), " RO"]
    )
    return [*told, " (", "masing-masing " if len(worst) > 1 else "", worst[0][1], ")."]


def _open(b: Bahan) -> list[Part]:
    """Say what is still to be done."""
    bare = tanpa_kendala(b)
    told: list[Part] = []
    if bare:
        told += ["Yang belum dirumuskan ialah kendala "]
        told += [gabung([kutip(one.kode) for one in bare]), "."]
    lacking = b.tanpa_data()
    if lacking and b.banyak(BELUM).value < b.banyak().value:
        told += [" " * bool(told), "Data ", banyaknya(lacking), " indikator belum tersedia."]
    return told


def _end(b: Bahan) -> list[Part]:
    told: list[Part] = ["Demikian laporan ini kami susun sebagai pertanggungjawaban atas"]
    if b.quarter is Quarter.IV:
        told += [" pelaksanaan rencana setahun dan sebagai bahan penyusunan rencana tahun"]
        return [*told, " berikutnya."]
    return [*told, " pelaksanaan rencana dan sebagai dasar perbaikan pada triwulan berikutnya."]
