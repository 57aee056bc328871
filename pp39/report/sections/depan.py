"""Front matter: metadata, cover, foreword, lists, signature."""

from __future__ import annotations

from collections.abc import Iterator

from pp39.characters import capital
from pp39.params.model import Unit
from pp39.periods import MONTHS
from pp39.report.abbreviations import Abbreviations
from pp39.report.block import Block
from pp39.report.document import (
    Contents,
    Cover,
    Document,
    Heading,
    ListOfFigures,
    ListOfTables,
    Note,
    Prose,
    Signature,
    State,
)
from pp39.report.emblem import Emblem
from pp39.report.inline import Part
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.capaian import bercatatan, hitungan
from pp39.report.sections.hambatan import kendala_kegiatan, kendala_perjanjian
from pp39.report.sections.kalimat import banyaknya, bilang, deret, kutip, masa
from pp39.report.sections.skenario import tanda_skenario
from pp39.report.sections.todo import keadaan

_JUDUL = "Laporan Pengendalian dan Evaluasi Pelaksanaan Rencana Pembangunan"


def sampul(b: Bahan) -> list[Block]:
    """Compose the metadata and the cover, which calls a made-up unit so."""
    unit, laporan = b.params.unit, b.params.laporan
    peraturan = unit.dasar_hukum[0].peraturan if unit.dasar_hukum else ""
    periode = b.period.title(f"Tahun Anggaran {b.year}")
    kind = "Laporan Tahunan" if b.period.is_year else capital(b.period.words)
    lain = tanda_skenario(b)
    koma = f", {lain}" if lain else ""
    tahap = keadaan(b)
    return [
        Document(
            title=_JUDUL,
            subtitle=f"{periode}{koma}",
            unit=unit.nama,
            period=f"{b.period.title(f'TA {b.year}')}{koma}",
            date=laporan.tanggal,
            keywords=(unit.singkatan, peraturan, b.period.words, str(b.year)),
            description=f"{_JUDUL} {unit.nama}, {periode}{koma}.",
            state=tahap,
        ),
        Cover(
            title=_JUDUL,
            subtitle="\n".join(_dasar(peraturan) + _sintetis(unit) + _tahap(tahap)),
            period=f"{kind}\nTahun Anggaran {b.year}"
            + (f"\n({lain}, bukan perhitungan dasar)" if lain else ""),
            agency=tuple(one for one in (*_kementerian(unit), unit.badan, unit.nama) if one),
            address=tuple(line for line in (unit.alamat, unit.kotak_pos) if line),
            place_and_date=(
                f"{laporan.tempat}, {MONTHS[laporan.tanggal.month - 1]} {laporan.tanggal.year}"
            ),
            emblems=tuple(_lambang(b)),
        ),
    ]


def _dasar(peraturan: str) -> list[str]:
    return [f"Berdasarkan {peraturan}"] if peraturan else []


def _kementerian(unit: Unit) -> list[str]:
    """Name the ministry as covers do; a regional government is none of the republic's offices."""
    if unit.kementerian.casefold().startswith("pemerintah"):
        return [unit.kementerian]
    return [unit.kementerian, "Republik Indonesia"]


def _lambang(b: Bahan) -> Iterator[Emblem]:
    unit, lambang = b.params.unit, b.params.laporan.lambang
    for path, nama in ((lambang.kementerian, unit.kementerian), (lambang.unit, unit.nama)):
        if path is not None:
            yield Emblem(b.settings.emblems[path], f"Lambang {nama}")


def _tahap(state: State) -> list[str]:
    return ["DRAF – BELUM DITANDATANGANI"] if state == "draf" else []


def _sintetis(unit: Unit) -> list[str]:
    return ["DATA SINTETIS – BUKAN LAPORAN SATUAN KERJA"] if unit.sintetis else []


def _keterangan_sintetis() -> Note:
    return Note(
        "Data sintetis",
        [
            "Satuan kerja, orang, dan semua angka dalam dokumen ini dibuat oleh "
            "program untuk pengujian. Dokumen ini bukan laporan satuan kerja mana pun dan tidak "
            "boleh dipakai sebagai laporan."
        ],
        "peringatan",
    )


def kata_pengantar(b: Bahan) -> list[Block]:
    """Compose the foreword; a made-up unit is called so first."""
    unit = b.params.unit
    dasar: list[Part] = []
    doubtful = bercatatan(b)
    if unit.dasar_hukum:
        first = unit.dasar_hukum[0]
        tentang = f" tentang {first.tentang}" if first.tentang else ""
        dasar = [" sebagai pelaksanaan ", kutip(first.peraturan + tentang)]
    return [
        Heading(1, "Kata Pengantar", kind="depan"),
        *([_keterangan_sintetis()] if unit.sintetis else []),
        Prose(
            "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa karena laporan ",
            kutip(unit.nama),
            " (",
            kutip(unit.singkatan),
            ") untuk ",
            masa(b.period, b.year),
            " telah selesai disusun",
            *dasar,
            ".",
        ),
        Prose(
            "Laporan ini memuat rencana program dan kegiatan, hasil yang dicapai beserta"
            " analisisnya, ",
            "hambatan dan kendala, " if _berkendala(b) else "",
            "serta langkah tindak lanjut. Dari ",
            bilang(b.banyak()),
            " indikator kinerja, ",
            hitungan(b),
            *(
                deret(", dengan catatan atas status ", banyaknya(doubtful), " indikator")
                if doubtful
                else []
            ),
            ".",
        ),
        Prose(
            "Seluruh angka dihitung dari data sumber dan dapat ditelusuri sampai ke asalnya. Data"
            " yang belum tersedia atau belum konsisten diberi keterangan pada bagian yang"
            " bersangkutan.",
        ),
        Prose(
            "Kami berharap laporan ini bermanfaat sebagai bahan pengendalian dan evaluasi bagi ",
            kutip(unit.atasan),
            " serta para pemangku kepentingan. Masukan yang membangun kami terima dengan terbuka.",
        ),
        tanda_tangan(b),
    ]


def daftar(b: Bahan) -> list[Block]:
    """Give the contents and the lists of tables and figures."""
    del b
    return [Contents(), ListOfTables(), ListOfFigures()]


def _berkendala(b: Bahan) -> bool:
    """Tell whether anything was recorded of obstacles, of the contract or of the activities."""
    return bool(kendala_perjanjian(b) or (b.masa_ini("kendala") and kendala_kegiatan(b)))


def tanda_tangan(b: Bahan, *, wide: bool = False) -> Signature:
    """Compose the signature; room is left where name and NIP are not set."""
    laporan = b.params.laporan
    siapa = laporan.penanda_tangan
    return Signature(
        laporan.tempat,
        laporan.tanggal,
        laporan.jabatan_penanda_tangan,
        siapa.nama or "",
        siapa.nip or "",
        wide,
    )


def singkatan(b: Bahan) -> list[Block]:
    """Give the abbreviations of the profile, the unit and the body above it."""
    unit = b.params.unit
    own = {unit.singkatan: unit.nama} if " " not in unit.singkatan else {}
    if unit.badan and unit.singkatan_badan:
        own[unit.singkatan_badan] = unit.badan
    meanings = {**b.settings.profile.isi.singkatan, **own}
    return [Abbreviations(meanings)] if meanings else []
