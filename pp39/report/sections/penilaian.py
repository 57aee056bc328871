"""Judgement in words: relation to the target, class of a score, kendala, tindak lanjut, advice.

Nothing here decides a status; that is done where the figures are computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pp39.ledger import Quantity
from pp39.ledger.quantity import is_money
from pp39.numbers import exact
from pp39.profile.parameter import Kelas, Klasifikasi
from pp39.report.inline import Part, Phrase
from pp39.report.sections.bahan import (
    DI_BAWAH_JALUR,
    SESUAI_JALUR,
    SUDAH_TERCAPAI,
    TAK_TERHITUNG,
    TERCAPAI,
    TIDAK,
    Bahan,
    Capaian,
)
from pp39.report.sections.kalimat import (
    bersatuan,
    kalimat_utuh,
    kecil_awal,
    kutip,
    masa,
    mutlak,
    prosa,
    rapikan,
    triwulan,
)

Kind = Literal["tanpa data", "kosong", "nihil", "pelaksana", "kata saja", "ada"]

# An achievement this many times the target says more about the target than about the work; one
# this near to it is a little above or below.
_FAR, _NEAR, _WHOLE = Fraction(3, 2), Fraction(1, 50), Fraction(100)

_NIHIL = re.compile(
    r"(?:tidak ada|tdk ada|nihil|-|–|0)(?:\s+(?:kendala|hambatan|tindak lanjut))?\.?"
)

# What says that something goes on or is over, not what.
_BARE = re.compile(
    r"(?:(?:akan|sudah|telah|sedang|masih|terus|tetap|segera|perlu|dalam)\s+)*"
    r"(?:di)?(?:lanjut(?:kan)?|teruskan|laksanakan|lakukan|kerjakan|tindak\s?lanjuti|proses|"
    r"selesai(?:kan)?|berjalan|terlaksana|on progress|ok|oke)\.?"
)

# Words that make up the name of a part of any organisation, or of who is in charge there.
_DESKS = frozenset(
    [
        *("subbag", "subag", "subbagian", "sub", "bag", "bagian", "tu", "tata", "usaha"),
        *("subbagtu", "subagtu", "pelayanan", "ppk", "kpa", "bendahara", "kepala", "bidang"),
        *("seksi", "tim", "pokja", "ketua", "kelompok", "unit", "jabatan", "fungsional"),
        *("dan", "serta", "atau"),
    ]
)

# What is proposed for an indicator whose profile does not say.
_KEEP = "Kami mempertahankan upaya yang telah berjalan untuk "
_MEND = "Kami akan menelusuri penyebab dan menetapkan rencana perbaikan untuk "


@dataclass(frozen=True)
class Isian:
    """What a cell for obstacles or follow-up says."""

    #: No row for the quarter; blank; says there is none; names who is in charge instead of what
    #: stood in the way; says that it goes on, not what; a description.
    jenis: Kind
    #: The cell as it stands.
    teks: str = ""


def baca_kendala(teks: str | None, desks: frozenset[str] = frozenset()) -> Isian:
    """Tell what a kendala or tindak lanjut cell says; None means that the row is missing.

    Parameters
    ----------
    teks : str or None
        The cell.
    desks : frozenset of str
        Words that name parts of the unit, besides those of any organisation.

    Examples
    --------
    >>> baca_kendala("Tidak ada").jenis, baca_kendala("Subbag TU").jenis
    ('nihil', 'pelaksana')
    >>> baca_kendala("bahan kimia terlambat datang").jenis
    'ada'
    >>> baca_kendala("Akan dilanjutkan.").jenis, baca_kendala("Rapat dilanjutkan").jenis
    ('kata saja', 'ada')
    """
    if teks is None:
        return Isian("tanpa data")
    bare = rapikan(teks)
    if not bare:
        return Isian("kosong")
    if _NIHIL.fullmatch(bare.casefold()):
        return Isian("nihil", bare)
    if _BARE.fullmatch(bare.casefold()):
        return Isian("kata saja", bare)
    words = re.findall(r"[^\W\d_]+", bare.casefold())
    if words and all(word in _DESKS or word in desks for word in words):
        return Isian("pelaksana", bare)
    return Isian("ada", bare)


def uraian_kendala(catatan: Isian) -> list[Part]:
    """Tell what the unit wrote stood in the way, as a sentence; nothing where it wrote nothing."""
    return [kutip(kalimat_utuh(catatan.teks))] if catatan.jenis == "ada" else []


def usulan(b: Bahan, c: Capaian) -> list[Part]:
    """Say what the profile proposes to do about the indicator; it binds nobody until adopted."""
    if c.status == TAK_TERHITUNG:
        return _agar_terhitung(c)
    behind = c.status in (TIDAK, DI_BAWAH_JALUR)
    name: Literal["tercapai", "tidak_tercapai"] = "tidak_tercapai" if behind else "tercapai"
    text = getattr(c.indikator.saran, name)
    if text is None:
        return [_MEND if behind else _KEEP, kutip(c.singkat or c.kode), "."]
    return b.stories[c.kode].sentence(kalimat_utuh(text), "saran", name)


def _agar_terhitung(c: Capaian) -> list[Part]:
    """Say what makes an indicator computable."""
    name = kutip(c.kode)
    if c.realisasi is None:
        return [name, " dihitung kembali pada periode berikutnya."]
    if c.target is None or c.target.value > 0:
        return ["Data ", name, " perlu diperiksa karena realisasinya berada di luar skala."]
    return ["Target ", name, " perlu ditetapkan di atas nol agar capaiannya dapat dihitung."]


def jauh_di_atas(b: Bahan, c: Capaian) -> bool:
    """Tell whether a target was passed so far that it says little: half as much again or more.

    Of what its status depends on, more is to be known first.
    """
    ratio = c.q("capaian-mentah") or c.capaian
    return (
        c.status in (TERCAPAI, SUDAH_TERCAPAI)
        and ratio is not None
        and not b.caveats(c.kode)
        and ratio.value >= max(exact(b.params.status.ambang), _WHOLE) * _FAR
    )


def hasil(b: Bahan, c: Capaian) -> list[Part]:
    """Say the realisation, how it stands to the target, and what follows from it: one sentence.

    Of one that cannot be computed it says why.
    """
    target, realisasi, capaian = c.target, c.realisasi, c.capaian
    shown: list[Part] = [kutip(c.singkat) if c.singkat else "Realisasi", " ", _masa(b, c)]
    if realisasi is None:
        return [*shown, " ", kutip(kecil_awal(c.alasan))]
    counted = c.indikator.bentuk == "jumlah" and not is_money(realisasi.unit)
    shown.append(" sebanyak " if counted else " sebesar ")
    shown.append(bersatuan(realisasi, c.singkat or "", c.indikator.satuan_rumus))
    if target is None:
        shown += ["; targetnya belum ditetapkan sehingga capaiannya tidak dapat dihitung"]
    elif c.status == TAK_TERHITUNG:
        shown += ["; capaiannya terhadap target ", prosa(target), " tidak dapat dihitung"]
    elif c.status in (SESUAI_JALUR, DI_BAWAH_JALUR):
        shown += _jalur(c, target, capaian)
    else:
        shown += [", ", *_bandingan(c, target, realisasi, capaian)]
        if capaian is not None and not _same(realisasi, capaian):
            shown += sebut_capaian(c)
        shown += _akibat(b, c)
    return [*shown, "."]


def sebut_capaian(c: Capaian) -> list[Part]:
    """Tell the achievement in brackets, and where it is a limit of the parameters that it is."""
    if c.capaian is None:
        return []
    raw = c.q("capaian-mentah")
    cut = raw is not None and raw.value > c.capaian.value
    return [" (capaian ", "dibatasi " * cut, prosa(c.capaian), ")"]


def _same(realisasi: Quantity, capaian: Quantity) -> bool:
    """Tell whether both are one figure, as they are where the target is 100 percent."""
    return (realisasi.unit, realisasi.text()) == (capaian.unit, capaian.text())


def _akibat(b: Bahan, c: Capaian) -> list[Part]:
    """Say what follows for the status, where that does not go without saying."""
    better = _better(c)
    match c.status:
        case "tercapai" | "sudah tercapai" if not better:
            return ["; capaian itu masih memenuhi ambang ", prosa(b.ambang)]
        case "sudah tercapai" if c.indikator.sifat != "kumulatif":
            # A value of the quarter alone, or of its last day, says nothing of those to come.
            return [", sehingga target terpenuhi pada triwulan ini"]
        case "sudah tercapai":
            return [", sehingga target setahun sudah tercapai"]
        case "tidak tercapai" if better:
            return [", tetapi belum memenuhi ambang ", prosa(b.ambang)]
        case "tidak tercapai":
            return [", sehingga target tidak tercapai"]
        case _:
            return []


def _masa(b: Bahan, c: Capaian) -> Part:
    until = masa(b.period, b.year) if b.period.is_year else triwulan(b.quarter)
    match c.indikator.sifat:
        case "kumulatif":
            return Phrase("sampai dengan akhir " if b.period.is_year else "sampai dengan ", until)
        case "posisi":
            return Phrase("pada akhir ", until)
        case _:
            return until if b.of_year(c.kode) else triwulan(b.quarter)


def _better(c: Capaian) -> bool:
    assert c.realisasi is not None
    assert c.target is not None
    if c.target.low is not None:
        return c.target.low <= c.realisasi.value <= c.target.value
    if c.realisasi.value == c.target.value:
        return True
    return (c.realisasi.value > c.target.value) is (c.indikator.polaritas == "naik")


def _bandingan(
    c: Capaian, target: Quantity, realisasi: Quantity, capaian: Quantity | None
) -> list[Part]:
    gap = c.q("selisih")
    if target.low is not None:
        if _better(c) or gap is None:
            return ["di dalam rentang target ", prosa(target)]
        side = "di atas" if realisasi.value > target.value else "di bawah"
        return ["atau ", mutlak(gap), f" {side} rentang target ", prosa(target)]
    if realisasi.value == target.value:
        return ["sama dengan target"]
    made = c.q("capaian-mentah") or capaian
    raw = made.value / 100 if made is not None else Fraction(0)
    above = realisasi.value > target.value
    goal = "batas" if c.indikator.polaritas == "turun" else "target"
    side = f"di atas {goal} " if above else f"di bawah {goal} "
    if raw >= _FAR and above:
        return ["jauh ", side, prosa(target)]
    if _better(c) or gap is None:
        return ["sedikit " if abs(raw - 1) <= _NEAR else "", side, prosa(target)]
    return ["atau ", mutlak(gap), " ", side, prosa(target)]


def _jalur(c: Capaian, target: Quantity, capaian: Quantity | None) -> list[Part]:
    due = c.q("jalur")
    if target.low is not None:
        told: list[Part] = [", di luar rentang target setahun ", prosa(target)]
        told += sebut_capaian(c)
    elif c.indikator.polaritas == "turun":
        told = [", dengan target setahun paling tinggi ", prosa(target)]
        told += sebut_capaian(c)
    elif capaian is None or (c.realisasi is not None and _same(c.realisasi, capaian)):
        told = [", sedangkan target setahun ", prosa(target)]
    else:
        told = [", atau ", prosa(capaian), " dari target setahun ", prosa(target)]
    limit = c.indikator.polaritas == "turun"
    if due is not None and due.value != target.value:
        told += ["; batas " if limit else "; yang direncanakan "]
        told += ["sampai dengan triwulan ini ialah ", prosa(due)]
    if limit:
        kept = c.status == SESUAI_JALUR
        return [*told, ", dan " + ("belum terlampaui" if kept else "telah terlampaui")]
    return [*told, f" ({c.status})"]


def klasifikasi(b: Bahan, kode: str) -> tuple[str, Klasifikasi] | None:
    """Give the classification a regulation sets for the indicator: its name and itself."""
    name = b.params.indikator[kode].klasifikasi
    return None if name is None else (name, getattr(b.params.regulasi, name))


def kelas(b: Bahan, c: Capaian) -> tuple[str, Kelas] | None:
    """Classify the realisation: key and class."""
    found = klasifikasi(b, c.kode)
    if found is None or c.realisasi is None:
        return None
    key = found[1].classify(c.realisasi.value)
    return None if key is None else (key, found[1].kelas[key])


def kalimat_kelas(b: Bahan, c: Capaian) -> list[Part]:
    """Say the class, nothing where no regulation sets one."""
    found, own = klasifikasi(b, c.kode), kelas(b, c)
    if found is None or c.realisasi is None or own is None:
        return []
    key, one = own
    scaled = c.q("konversi")
    inside: list[Part] = [] if key == one.predikat else [kutip(one.predikat)]
    if scaled is not None:
        inside.append(Phrase("nilai konversi ", scaled))
    told: list[Part] = [" Menurut ", kutip(found[1].sumber), ", nilai itu termasuk kategori "]
    told.append(kutip(key))
    return [*told, *([" (", *(inside[:1]), *_lain(inside[1:]), ")"] if inside else []), "."]


def _lain(inside: list[Part]) -> list[Part]:
    return ["; ", *inside] if inside else []
