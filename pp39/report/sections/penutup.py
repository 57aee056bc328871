"""The summary of the report, once at its head and once at its end, and the signature."""

from __future__ import annotations

from pp39.indicators.serapan import DISBURSED
from pp39.report.block import Block
from pp39.report.document import Listing, Prose
from pp39.report.inline import Part, Phrase
from pp39.report.sections.bahan import BELUM, DI_BAWAH_JALUR, TIDAK, Bahan
from pp39.report.sections.capaian import hitungan, sebut_indikator
from pp39.report.sections.hambatan import tanpa_kendala
from pp39.report.sections.kalimat import bulan, gabung, kutip, triwulan, triwulan_tahun
from pp39.report.sections.progres import bulan_data, terjauh
from pp39.report.sections.superlatif import sebut, terbesar
from pp39.report.sections.tanda_tangan import tanda_tangan

__all__ = ["penutup", "ringkasan"]

# So many outputs are told by name, so many indicators by code; of more the number is told.
_FEW, _SOME = 2, 5


def ringkasan(b: Bahan) -> list[Block]:
    """Compose the main points: achievement, money, outputs, what is open."""
    points = [_achievement(b), _missed(b), _best(b), _money(b), _outputs(b), _open(b)]
    return [
        Prose(
            "Pokok-pokok pelaksanaan program dan kegiatan ",
            kutip(b.params.unit.nama),
            " sampai dengan akhir ",
            triwulan_tahun(b.quarter, b.year),
            ":",
        ),
        Listing(*(Phrase(*one) for one in points if one)),
    ]


def penutup(b: Bahan) -> list[Block]:
    """Compose the closing chapter."""
    told = [*_achievement(b), *_spaced(_missed(b))]
    money = [*_money(b), *_spaced(_outputs(b))]
    return [
        Prose(
            "Pelaksanaan program dan kegiatan ",
            kutip(b.params.unit.nama),
            " pada ",
            triwulan_tahun(b.quarter, b.year),
            " dapat disimpulkan sebagai berikut. ",
            *told,
        ),
        *([Prose(*money)] if money else []),
        *([Prose(*_open(b))] if _open(b) else []),
        Prose(
            "Demikian laporan ini kami susun sebagai pertanggungjawaban atas pelaksanaan rencana"
            " dan sebagai dasar perbaikan pada periode berikutnya.",
        ),
        tanda_tangan(b),
    ]


def _spaced(parts: list[Part]) -> list[Part]:
    return [" ", *parts] if parts else []


def _achievement(b: Bahan) -> list[Part]:
    total = b.banyak()
    if b.banyak(BELUM).value == total.value:
        return ["Data realisasi ", total, " indikator kinerja belum tersedia."]
    return ["Dari ", total, " indikator kinerja, ", hitungan(b), "."]


def _missed(b: Bahan) -> list[Part]:
    missed = [(one, one.capaian) for one in b.capaian() if one.status == TIDAK and one.capaian]
    if missed:
        return ["Target yang tidak tercapai ialah ", sebut_indikator(missed), "."]
    behind = [
        (one, one.capaian) for one in b.capaian() if one.status == DI_BAWAH_JALUR and one.capaian
    ]
    return ["Yang masih di bawah jalur ialah ", sebut_indikator(behind), "."] if behind else []


def _best(b: Bahan) -> list[Part]:
    known = [(one, one.capaian) for one in b.capaian() if one.capaian is not None]
    if len(known) < 2:
        return []
    return ["Capaian tertinggi terdapat pada ", sebut_indikator(terbesar(known)), "."]


def _money(b: Bahan) -> list[Part]:
    percent, amount = b.q("serapan/total/persen"), b.q("serapan/total/rupiah")
    if percent is None or amount is None or "realisasi_program" not in b.due:
        return []
    if amount.note == DISBURSED:
        return ["Penyerapan anggaran mencapai ", amount, " atau ", percent, "."]
    first, now = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    told: list[Part] = ["Penyerapan anggaran mencapai ", percent, " dari pagu awal KRO yang"]
    told.append(" melaporkan penyerapan")
    if first is not None and now is not None and first.value != now.value:
        return [*told, "; pagu setelah revisi ", now, "."]
    return [*told, ", atau diperkirakan ", amount, "."]


def _outputs(b: Bahan) -> list[Part]:
    months = bulan_data(b)
    if not months or "progres_bulanan" not in b.due:
        return []
    total, plan = b.q("ro/total/progres"), b.q("ro/total/rencana")
    parts: list[Part] = ["Sampai dengan ", bulan(months[-1], b.year), ", progres seluruh RO "]
    if total is not None and plan is not None:
        parts += ["mencapai ", total, " dari rencana ", plan]
    else:
        parts += ["telah dipantau"]
    worst = terjauh(b)
    if len(worst) > _FEW:
        parts += ["; ketertinggalan terbesar mencapai ", worst[0][1]]
    elif worst:
        parts += ["; ketertinggalan terbesar terdapat pada ", sebut(worst)]
    if months[-1] < b.quarter.last_month:
        parts += ["; data bulan sesudahnya belum tersedia"]
    return [*parts, "."]


def _open(b: Bahan) -> list[Part]:
    bare = tanpa_kendala(b)
    lacking = [one for one in b.capaian() if not one.has_data]
    parts: list[Part] = []
    if 0 < len(lacking) <= _SOME:
        parts += ["Data ", gabung([kutip(one.kode) for one in lacking]), " pada "]
        parts += [triwulan(b.quarter), " belum tersedia."]
    if bare:
        parts += [" "] if parts else []
        parts += ["Kendala ", gabung([kutip(one.kode) for one in bare]), " belum dirumuskan."]
    return parts
