"""The tree of parameters: every name, type, default and meaning, in one place.

The tree is frozen and closed: a name that is not here is an error, never ignored. The description
of a field is what ``pp39 params`` prints as its meaning. What belongs to one kind of unit its
profile adds: parameters, the unit's own words, the classes of scores (`pp39.params.schema`).
Percentages are in percent units; a limit that comes from a regulation has no default here, it is
set in ``params/regulasi/<year>.yaml``.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from pp39.profile.base import Angka, Bagian, Bulat, Tanggal
from pp39.profile.indicator import Indikator


def _spelt(pattern: str, right: str, longest: int = 60) -> AfterValidator:
    """Hold a name to a pattern; `right` ends "it must be …"."""

    def check(name: str) -> str:
        if len(name) > longest or re.fullmatch(pattern, name) is None:
            raise ValueError(f"it must be {right}")
        return name

    return AfterValidator(check)


Teks = Annotated[str, Field(strict=True, min_length=1, max_length=5000, pattern=r"\S")]
Tahun = Annotated[Bulat, Field(ge=1700, le=2199)]
Kode = Annotated[
    str,
    _spelt(
        r"[A-Za-z0-9][A-Za-z0-9._-]*(?: [A-Za-z0-9][A-Za-z0-9._-]*)*",
        "a code of letters, digits, dots and dashes, such as IKU 1.1",
    ),
]
Siput = Annotated[
    str, _spelt(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", "small letters, digits and -, such as uji-banding")
]
NipPegawai = Annotated[
    str,
    _spelt(r"(?:[0-9] ?){17}[0-9]", "18 digits in quotation marks, such as '198001012005011001'"),
    AfterValidator(lambda nip: nip.replace(" ", "")),
]
BerkasGambar = Annotated[
    str,
    _spelt(
        r"(?:params|data/raw)(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+\.(?:png|svg)",
        "a PNG or SVG file below params/ or data/raw/, such as data/raw/UNIT/2025/logo.svg",
        200,
    ),
]
KodeOutput = Annotated[
    str, _spelt(r"[0-9]{4}\.[A-Z]{3}(?:\.[0-9]{3})?", "a code of a KRO or RO, such as 6077.AEC.002")
]
Peraturan = Annotated[
    str, _spelt(r"[a-z]+(?:-[a-z0-9]+)+-[0-9]{4}", "kind-number-year, such as uu-1-1999")
]


class Jawaban(Bagian):
    """A reason somebody answers for."""

    alasan: Teks = Field(description="the reason, as printed beside the matter it answers")
    oleh: Teks = Field(description="position (not name) of who answers for it")
    tanggal: Tanggal = Field(description="date of the answer")


class Riwayat(Bagian):
    """A step in the history of the unit."""

    tahun: Tahun = Field(description="year")
    nama: Teks = Field(description="name of the unit from that year")
    induk: Teks | None = Field(default=None, description="parent organisation at the time")
    dasar: Teks | None = Field(default=None, description="regulation that set it")


class DasarHukum(Bagian):
    """A regulation the report rests on."""

    peraturan: Teks = Field(description="regulation with number and year")
    tentang: Teks | None = Field(default=None, description="subject of the regulation")
    pasal: Teks | None = Field(
        default=None, description="its articles on the duties and functions of the unit"
    )


class Unit(Bagian):
    """The work unit (satuan kerja)."""

    nama: Teks = Field(description="full name of the unit")
    sintetis: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="whether unit and data are made up; the report then says so"
    )
    singkatan: Teks = Field(description="short name of the unit")
    kementerian: Teks = Field(description="ministry")
    jenis: Teks = Field(
        default="satuan kerja", description="what the unit is, such as unit pelaksana teknis"
    )
    badan: Teks | None = Field(
        default=None, description="eselon I above the unit; null: directly below the ministry"
    )
    singkatan_badan: Teks | None = Field(default=None, description="short name of the eselon I")
    alamat: Teks = Field(description="street address")
    kotak_pos: Teks | None = Field(default=None, description="post box, town and post code")
    wilayah_kerja: Teks | None = Field(default=None, description="region the unit serves")
    dipa_nomor: Teks | None = Field(default=None, description="number of the DIPA of the year")
    kode_satker: Annotated[str, _spelt(r"[0-9]{6}", "six digits, such as 248145")] | None = Field(
        default=None, description="code of the satker; null: as in the number of the DIPA"
    )
    tugas: Teks = Field(description="task of the unit (tugas pokok)")
    fungsi: tuple[Teks, ...] = Field(default=(), description="functions of the unit")
    riwayat: tuple[Riwayat, ...] = Field(default=(), description="history of the unit")
    struktur: tuple[Teks, ...] = Field(default=(), description="parts of the organisation")
    dasar_hukum: tuple[DasarHukum, ...] = Field(
        default=(), description="regulations the report rests on"
    )
    ro_di_luar_dipa: Mapping[KodeOutput, Jawaban] = Field(
        default={},
        description="codes (KRO or RO) accepted although the DIPA composition does not list them",
    )

    @property
    def atasan(self) -> str:
        """Who is above the unit, with the short name where there is one."""
        if self.badan is None:
            return self.kementerian
        return f"{self.badan} ({self.singkatan_badan})" if self.singkatan_badan else self.badan


class PenandaTangan(Bagian):
    """Who signs, beside the position."""

    nama: Teks | None = Field(
        default=None, description="name of who signs, with titles; null: room is left for it"
    )
    nip: NipPegawai | None = Field(
        default=None, description="NIP of who signs; null: room is left for it"
    )


class Lambang(Bagian):
    """Logos on the cover; PNG or SVG files of the unit, none of them comes with the package."""

    kementerian: BerkasGambar | None = Field(
        default=None, description="logo of the ministry: a file below params/ or data/raw/"
    )
    unit: BerkasGambar | None = Field(
        default=None, description="logo of the unit: a file below params/ or data/raw/"
    )


class Laporan(Bagian):
    """The report as a document."""

    tanggal: Tanggal = Field(description="date of the report; bawaan: the day its form is due")
    tempat: Teks = Field(description="town named before the date")
    jabatan_penanda_tangan: Teks = Field(description="position of who signs")
    penanda_tangan: PenandaTangan = Field(
        default=PenandaTangan(), description="name and NIP of who signs"
    )
    lambang: Lambang = Field(default=Lambang(), description="logos on the cover")
    keadaan: Literal["draf", "final"] | None = Field(
        default=None,
        description="draf carries a mark on every page and a list of what is to be completed before"
        " it is signed; null: draf while anything of that list must be done, otherwise final",
    )
    formulir: Literal["A", "B", "C"] = Field(
        default="A", description="PP 39/2006 form that sets the due day"
    )
    dikirim: Tanggal | None = Field(
        default=None, description="day the report was sent; null: nothing is said of punctuality"
    )


class Formulir(Bagian):
    """A reporting form of PP 39/2006 and when it is due."""

    dari: Teks = Field(description="who sends the form")
    kepada: Teks = Field(description="who receives the form")
    hari_kerja: Annotated[Bulat, Field(ge=1, le=60)] = Field(
        description="working days after the quarter ends until it is due"
    )


class HariLibur(Bagian):
    """A day on which nobody works."""

    tanggal: Tanggal = Field(description="date")
    nama: Teks = Field(description="name of the holiday")


class Pengganti(Bagian):
    """What replaced a regulation."""

    oleh: Teks = Field(description="the regulation that replaced it")
    sejak: Tanggal = Field(description="day from which it holds")


class Regulasi(Bagian):
    """What regulations fix, by year."""

    formulir: Mapping[Literal["A", "B", "C"], Formulir] = Field(
        description="reporting forms and their deadlines"
    )
    libur: tuple[HariLibur, ...] = Field(description="public holidays and joint leave days")
    dicabut: Mapping[Peraturan, Pengganti] = Field(
        default_factory=dict,
        description="regulations that no longer hold, by kind-number-year such as uu-1-1999",
    )


class Capaian(Bagian):
    """How an achievement is computed."""

    batas: Literal[100, 110, 120] | None = Field(
        default=None, description="cap on capaian in %; null: none. The raw value is always stored"
    )


class Data(Bagian):
    """Which data count where there are two kinds."""

    dahulukan: Literal["baris", "rekap"] = Field(
        default="baris",
        description="where a quarter has rows (orders, survey answers, SP2D) and counts of the"
        " same, baris computes from the rows and rekap from the counts",
    )
    target_serapan: Literal["kumulatif", "bulanan"] | None = Field(
        default=None,
        description="whether the target of absorption of a month counts since January (kumulatif)"
        " or is of that month alone (bulanan); null: as its numbers say",
    )


class Status(Bagian):
    """When an indicator is achieved."""

    ambang: Annotated[Angka, Field(gt=0, le=1000)] = Field(
        default=100, description="capaian in % from which an indicator is tercapai"
    )


class Progres(Bagian):
    """How the progress of the outputs (RO) is told."""

    toleransi: Annotated[Angka, Field(ge=0, le=100)] = Field(
        default=5, description="percentage points behind its plan from which an RO is tertinggal"
    )


class Temuan(Bagian):
    """Answers of the unit to findings."""

    jawaban: Mapping[Teks, Jawaban] = Field(
        default={}, description="answers by the id of the finding"
    )


class Eksekusi(Bagian):
    """How notebooks are executed."""

    batas_waktu_sel: Annotated[Bulat, Field(ge=1, le=86400)] = Field(
        default=900, description="seconds one cell may take"
    )
    batas_waktu_kernel: Annotated[Bulat, Field(ge=1, le=86400)] = Field(
        default=120, description="seconds a kernel may take to start"
    )


DokumenTarget = Literal["perjanjian_kinerja", "sasaran_indikator", "rencana_aksi", "tabel_capaian"]


class Params(Bagian):
    """All parameters of one run."""

    profil: Teks = Field(
        default="nasional",
        description="profile of the unit: what a unit of its kind reports; only its own file may"
        " choose one",
    )
    unit: Unit = Field(description="the unit")
    laporan: Laporan = Field(description="the report")
    sasaran: Mapping[Kode, Teks] = Field(description="names of the sasaran by code")
    indikator: Annotated[Mapping[Kode, Indikator], Field(min_length=1)] = Field(
        description="the indicators by code"
    )
    regulasi: Regulasi = Field(description="what regulations fix")
    dokumen_target: DokumenTarget = Field(
        default="perjanjian_kinerja", description="document whose targets count"
    )
    target: Mapping[Kode, Annotated[Angka, Field(gt=0)]] = Field(
        default={}, description="targets by indicator code that replace the document's"
    )
    capaian: Capaian = Field(default=Capaian(), description="achievement")
    data: Data = Field(default=Data(), description="rows or counts")
    status: Status = Field(default=Status(), description="status")
    progres: Progres = Field(default=Progres(), description="progress of the outputs")
    temuan: Temuan = Field(default=Temuan(), description="findings")
    eksekusi: Eksekusi = Field(default=Eksekusi(), description="execution")
