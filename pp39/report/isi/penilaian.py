"""Judgement in words: relation to the target, class of a score, kendala, tindak lanjut, advice.

Nothing here decides a status; that is done where the figures are computed. These functions only say
it, and say plainly where a record contradicts it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pp39.ledger import Quantity
from pp39.numbers import exact
from pp39.params.model import Kelas, Klasifikasi
from pp39.report.inline import Inline, Part, Teks
from pp39.report.isi.bahan import BELUM, TAK_TERHITUNG, TERCAPAI, TIDAK, Bahan, Capaian
from pp39.report.isi.kalimat import besar_awal, kutip, mutlak, rapikan, triwulan

__all__ = [
    "Isian",
    "baca_kendala",
    "hubungan",
    "kalimat_kelas",
    "kelas",
    "kendala_sel",
    "klasifikasi",
    "rekomendasi",
    "tindak_lanjut",
    "uraian_kendala",
]

Jenis = Literal["tanpa data", "kosong", "nihil", "pelaksana", "ada"]

# An achievement this many times the threshold says more about the target than about the work.
_JAUH = Fraction(3, 2)

_NIHIL = re.compile(
    r"(?:tidak ada|tdk ada|nihil|-|–|0)(?:\s+(?:kendala|hambatan|tindak lanjut))?\.?"
)

# Words that make up the name of a part of the organisation or of who is in charge.
_PELAKSANA = frozenset(
    [
        *("subbag", "subag", "subbagian", "sub", "bag", "bagian", "tu", "tata", "usaha"),
        *("subbagtu", "subagtu", "pji", "pelayanan", "jasa", "industri", "ppk", "kpa"),
        *("bendahara", "kepala", "balai", "seksi", "tim", "pokja", "ketua", "kelompok"),
        *("jabatan", "fungsional", "dan", "serta", "atau"),
    ]
)

# Advice on an indicator whose registration gives none.
_PERTAHANKAN = "upaya yang telah berjalan dipertahankan"
_PERBAIKI = "penyebab tidak tercapainya target ditelusuri dan rencana perbaikannya ditetapkan"


@dataclass(frozen=True)
class Isian:
    """What a cell for obstacles or follow-up says.

    Parameters
    ----------
    jenis : {"tanpa data", "kosong", "nihil", "pelaksana", "ada"}
        No row for the quarter; blank; says there is none; names who is in charge instead of what
        stood in the way; a description.
    teks : str
        The cell as it stands.
    """

    jenis: Jenis
    teks: str = ""


def baca_kendala(teks: str | None) -> Isian:
    """Tell what a kendala or tindak lanjut cell says; None means that the row is missing.

    Examples
    --------
    >>> baca_kendala("Tidak ada").jenis, baca_kendala("Subbag TU dan PJI").jenis
    ('nihil', 'pelaksana')
    >>> baca_kendala("bahan kimia terlambat datang").jenis
    'ada'
    """
    if teks is None:
        return Isian("tanpa data")
    bare = rapikan(teks)
    if not bare:
        return Isian("kosong")
    if _NIHIL.fullmatch(bare.casefold()):
        return Isian("nihil", bare)
    words = re.findall(r"[^\W\d_]+", bare.casefold())
    if words and all(word in _PELAKSANA for word in words):
        return Isian("pelaksana", bare)
    return Isian("ada", bare)


def kendala_sel(c: Capaian, catatan: Isian) -> Part | None:
    """Put a kendala into a table cell, with a remark where it contradicts the status."""
    missed = c.status == TIDAK
    match catatan.jenis:
        case "ada":
            return kutip(catatan.teks)
        case "pelaksana":
            return Teks(kutip(catatan.teks), " (nama pelaksana, bukan uraian kendala)")
        case "kosong" | "nihil" if missed:
            return "Belum dicatat, padahal target tidak tercapai"
        case "nihil":
            return kutip(besar_awal(catatan.teks))
        case _:
            return None


def uraian_kendala(b: Bahan, c: Capaian, catatan: Isian) -> list[Part]:
    """Compose the paragraph on kendala."""
    missed = c.status == TIDAK
    lengkapi = "Unit pelaksana wajib melengkapi uraian kendala tersebut."
    match catatan.jenis:
        case "tanpa data":
            told: list[Part] = ["Data kendala ", triwulan(b.quarter), " belum tersedia"]
            return [*told, f", padahal target tidak tercapai. {lengkapi}" if missed else "."]
        case "ada":
            return ["Kendala yang dicatat ialah ", kutip(catatan.teks), "."]
        case "pelaksana":
            rest: list[Part] = [
                f" Karena target tidak tercapai, {lengkapi[0].lower()}{lengkapi[1:]}"
            ]
            return [
                "Kolom kendala berisi “", kutip(catatan.teks), "”, yaitu nama pelaksana dan bukan "
                "uraian hambatan; isinya disajikan sebagaimana adanya dan perlu diperbaiki.",
                *(rest if missed else []),
            ]  # fmt: skip
        case "kosong" if not missed:
            return ["Kolom kendala tidak diisi pada data sumber."]
        case "nihil" if not missed:
            return [
                "Unit tidak mencatat adanya kendala."
                if c.status == TERCAPAI
                else "Unit melaporkan tidak ada kendala, tetapi realisasinya belum dapat dinilai."
            ]
        case _:
            return [f"Tidak ada kendala yang dicatat meskipun target tidak tercapai. {lengkapi}"]


def tindak_lanjut(catatan: Isian) -> list[Part]:
    """Name the recorded follow-up, nothing where there is none."""
    if catatan.jenis in ("ada", "pelaksana"):
        return [" Tindak lanjut yang dicatat unit: ", kutip(catatan.teks), "."]
    return []


def rekomendasi(b: Bahan, c: Capaian, catatan: Isian) -> list[Part]:
    """Advise by status, with a remark on targets that were set too low."""
    saran = c.indikator.saran
    keep, mend = kutip(saran.tercapai or _PERTAHANKAN), kutip(saran.tidak_tercapai or _PERBAIKI)
    if c.status == TAK_TERHITUNG:
        return [
            "Target indikator ini perlu ditetapkan di atas nol agar capaiannya dapat dihitung.",
            *tindak_lanjut(catatan),
        ]  # fmt: skip
    if c.status == BELUM:
        return [
            "Data ", triwulan(b.quarter), " perlu segera dilengkapi oleh ", kutip(c.indikator.pic),
            " agar capaian indikator ini dapat dinilai.", *tindak_lanjut(catatan),
        ]  # fmt: skip
    if c.status == TIDAK:
        return [
            "Disarankan agar ", mend, "; pelaksanaannya dikoordinasikan oleh ",
            kutip(c.indikator.pic), ".", *tindak_lanjut(catatan),
        ]  # fmt: skip
    parts: list[Part] = ["Disarankan agar ", keep, "."]
    ratio = c.q("capaian-mentah") or c.capaian
    if ratio is not None and ratio.value >= exact(b.params.status.ambang) * _JAUH:
        parts += [
            " Capaian sebesar ", ratio, " jauh melampaui target sehingga besaran target perlu "
            "ditinjau pada penyusunan perjanjian kinerja berikutnya.",
        ]  # fmt: skip
    return [*parts, *tindak_lanjut(catatan)]


def hubungan(b: Bahan, c: Capaian) -> list[Part]:
    """Say how the realisation stands to the target and what status follows, without a subject.

    Returns
    -------
    list of Part
        Such as "melampaui target 40 dengan selisih 54,74, sehingga capaiannya 236,84% dan …".

    Raises
    ------
    ValueError
        If target, realisation or achievement is missing.
    """
    target, realisasi, capaian = c.target, c.realisasi, c.capaian
    if target is None or realisasi is None or capaian is None:
        raise ValueError(f"{c.kode} has no realisation to compare with its target")
    rising = c.indikator.polaritas == "naik"
    gap = c.q("selisih")
    shown: list[Part] = [] if gap is None else [mutlak(gap)]
    if realisasi.value == target.value:
        relation: list[Part] = ["tepat sama dengan target ", target]
        better = True
    elif (realisasi.value > target.value) is rising:
        better = True
        verb = "melampaui target " if rising else "lebih rendah, jadi lebih baik, daripada target "
        relation = [verb, target, *([" dengan selisih ", *shown] if shown else [])]
    else:
        better = False
        verb = "di bawah target " if rising else "melebihi batas target "
        relation = [verb, target, *([" dengan kekurangan " if rising else " dengan selisih ",
            *shown]
                                    if shown else [])]  # fmt: skip
    ambang = b.settings.quantity("status.ambang", "Ambang capaian", "%")
    result: list[Part] = [", sehingga capaiannya ", capaian]
    if c.status == TERCAPAI and better:
        result = _tercapai(c, capaian)
    elif c.status == TERCAPAI:
        result += [
            ", yang masih memenuhi ambang ",
            ambang,
            " sehingga indikator dinyatakan tercapai",
        ]
    elif better:
        result += [", yang belum memenuhi ambang ", ambang, " sehingga indikator dinyatakan tidak "
                   "tercapai"]  # fmt: skip
    else:
        result += [" dan target tidak tercapai"]
    return [*relation, *result]


def _tercapai(c: Capaian, capaian: Quantity) -> list[Part]:
    """Say that the target is reached, each kind of number in its own way."""
    match c.indikator.bentuk:
        case "persen":
            return ["; dengan capaian ", capaian, ", indikator ini dinyatakan tercapai"]
        case "nilai":
            return [". Capaiannya ", capaian, " dan targetnya terpenuhi"]
        case "jumlah":
            return [", atau ", capaian, " dari target, sehingga indikator ini dinyatakan tercapai"]
        case _:
            return [", sehingga capaiannya ", capaian, " dan indikator ini dinyatakan tercapai"]


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
    if found is None or c.realisasi is None:
        return []
    source = kutip(found[1].sumber)
    if own is None:
        return [" Nilai tersebut berada di luar rentang kelas menurut ", source, "."]
    key, one = own
    scaled = c.q("konversi")
    value: list[Part] = [] if scaled is None else [", dengan nilai konversi ", scaled, ","]
    name: Inline = kutip(one.predikat)
    grade: list[Part] = [] if key == one.predikat else [kutip(key), " "]
    closing: Part = Teks("(", name, ")") if grade else Teks("“", name, "”")
    return [
        " Nilai tersebut",
        *value,
        " termasuk kelas ",
        *grade,
        closing,
        " menurut ",
        source,
        ".",
    ]
