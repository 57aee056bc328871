"""3.1.2: absorption per programme and KRO, with the activities behind it."""

from __future__ import annotations

from pp39.indicators.serapan import DISBURSED
from pp39.ledger import Quantity
from pp39.report.block import Block
from pp39.report.document import Daftar, Judul, Prosa
from pp39.report.inline import Part, Rujukan, Teks
from pp39.report.isi.bahan import Bahan, Rekam
from pp39.report.isi.kalimat import besar_awal, deret, gabung, kutip, triwulan, triwulan_tahun
from pp39.report.isi.penilaian import baca_kendala
from pp39.report.isi.superlatif import sebut, terbesar, terkecil
from pp39.report.table import Baris, Kolom, Tabel

__all__ = ["realisasi_program"]


def realisasi_program(b: Bahan) -> list[Block]:
    """Compose 3.1.2: overview table, then each programme with its KRO and activities."""
    rows = b.kini("realisasi_kro")
    blocks: list[Block] = [
        Judul(
            3, "Capaian Kinerja Berdasarkan Program dan Klasifikasi Rincian Output",
            label="bagian-program",
        )
    ]  # fmt: skip
    if not rows:
        blocks.append(
            Prosa(
                "Data penyerapan anggaran per KRO untuk ", triwulan(b.quarter), " belum tersedia. "
                "Satuan kerja perlu menyampaikannya agar penyerapan dapat dibandingkan dengan pagu."
            )
        )  # fmt: skip
        return blocks
    blocks += [Prosa(*_ringkas(b, rows)), _tabel(b, rows)]
    for program in dict.fromkeys(row.teks("kode_program") for row in rows):
        blocks += _program(b, program, [one for one in rows if one.teks("kode_program") == program])
    return blocks


def _ringkas(b: Bahan, rows: list[Rekam]) -> list[Part]:
    percent, amount, cover = (
        b.q(f"serapan/total/{one}") for one in ("persen", "rupiah", "cakupan")
    )
    parts: list[Part] = [
        "Penyerapan anggaran sampai dengan akhir ",
        triwulan_tahun(b.quarter, b.year),
    ]
    if percent is not None and amount is not None:
        paid = amount.note == DISBURSED
        parts += [" sebesar " if paid else " diperkirakan ", amount, " atau ", percent,
                  " dari pagu KRO yang dilaporkan"]  # fmt: skip
        parts += [] if cover is None or cover.value == 100 else [
            "; KRO tersebut mencakup ", cover, " dari pagu seluruhnya"]  # fmt: skip
        parts += [
            ". Nilai rupiah dijumlahkan dari SP2D sejak awal tahun"
            if paid
            else ". Nilai rupiah dihitung dari persentase penyerapan setiap KRO dikalikan pagunya"
        ]
    else:
        parts += [" dilaporkan dalam persentase setiap KRO"]
    parts += [" (", Rujukan("tabel-serapan"), ")."]
    known = [
        (kutip(row.teks("kode_kro")), q) for row in rows if (q := _serapan(b, row)) is not None
    ]
    if len({q.value for _, q in known}) > 1:
        parts += [
            " Penyerapan tertinggi terdapat pada KRO ", sebut(terbesar(known)),
            ", sedangkan yang terendah pada KRO ", sebut(terkecil(known)), ".",
        ]  # fmt: skip
    elif len(known) > 1:
        parts += [" Penyerapan setiap KRO sama, yaitu KRO ", sebut(known), "."]
    lacking = _tanpa_serapan(b, rows)
    if lacking:
        parts += [" KRO yang ada dalam komposisi DIPA tetapi penyerapannya tidak dilaporkan ialah ",
                  gabung([kutip(one) for one in lacking]), "."]  # fmt: skip
    outside = [row for row in rows if b.q(f"anggaran/kro/{row.teks('kode_kro')}/pagu") is None]
    if outside:
        parts += [" Sebaliknya, KRO ", gabung([kutip(one.teks("kode_kro")) for one in outside]),
                  " dilaporkan penyerapannya tetapi tidak tercantum dalam komposisi DIPA, sehingga "
                  "nilai rupiahnya tidak dapat dihitung."]  # fmt: skip
        answers = b.params.unit.ro_di_luar_dipa
        for one in outside:
            answer = answers.get(one.teks("kode_kro"))
            if answer is not None:
                parts += [" Penjelasan unit: ", kutip(answer.alasan)]
    return parts


def _tabel(b: Bahan, rows: list[Rekam]) -> Tabel:
    body: list[Baris] = []
    for program in dict.fromkeys(row.teks("kode_program") for row in rows):
        for row in rows:
            if row.teks("kode_program") == program:
                kro = row.teks("kode_kro")
                body.append(
                    Baris(
                        kutip(kro), kutip(row.teks("nama_kro")), b.q(f"anggaran/kro/{kro}/pagu"),
                        _serapan(b, row), b.q(f"serapan/kro/{kro}/rupiah"),
                        kutip(besar_awal(row.teks("fisik"))) if row.teks("fisik") else None,
                    )
                )  # fmt: skip
        body.append(
            Baris(
                kutip(program), kutip(_nama(b, program)), b.q(f"anggaran/program/{program}/pagu"),
                b.q(f"serapan/program/{program}/persen"), b.q(f"serapan/program/{program}/rupiah"),
                "", jenis="jumlah",
            )
        )  # fmt: skip
    body.append(
        Baris(
            "", "Jumlah", b.q("anggaran/pagu"), b.q("serapan/total/persen"),
            b.q("serapan/total/rupiah"), "", jenis="jumlah",
        )
    )  # fmt: skip
    return Tabel(
        "tabel-serapan",
        f"Penyerapan Anggaran Menurut Program dan KRO sampai dengan Triwulan {b.quarter} "
        f"Tahun {b.year}",
        [
            Kolom("Kode", lebar="21mm"),
            Kolom("Program/KRO", lebar=1.8),
            Kolom("Pagu (Rp)", "kanan", "27mm", "polos"),
            Kolom("Serapan (%)", "kanan", "18mm", "polos"),
            Kolom("Serapan (Rp)", "kanan", "27mm", "polos"),
            Kolom("Fisik", lebar="25mm"),
        ],
        body,
        kepala=1,
        ukuran="kecil",
        catatan=[
            "Persentase program dan jumlah dihitung terhadap pagu KRO yang melaporkan penyerapan, "
            "sedangkan kolom pagu memuat pagu seluruh KRO program."
        ],
    )


def _program(b: Bahan, program: str, rows: list[Rekam]) -> list[Block]:
    percent = b.q(f"serapan/program/{program}/persen")
    count = b.banyak_baris(rows, "KRO yang dilaporkan", "KRO", f"banyaknya KRO program {program}")
    opening: list[Part] = [
        "Program ini dilaksanakan melalui ",
        count,
        " KRO yang melaporkan penyerapan",
    ]
    opening += [] if percent is None else [", dengan penyerapan keseluruhan ", percent]
    blocks: list[Block] = [Judul(4, f"{_nama(b, program)} ({program})"), Prosa(*opening, ".")]
    items: list[Part | Daftar] = []
    for row in rows:
        q = _serapan(b, row)
        told: list[Part] = [] if q is None else [" terserap ", q]
        physical = deret(", fisik ", kutip(row.teks("fisik"))) if row.teks("fisik") else []
        items.append(
            Teks(
                "KRO ",
                kutip(row.teks("kode_kro")),
                " ",
                kutip(row.teks("nama_kro")),
                *told,
                *physical,
            )
        )
        done = b.kini("kegiatan_kro", kode_kro=row.teks("kode_kro"))
        if done:
            items.append(Daftar(*(kutip(besar_awal(one.teks("kegiatan"))) for one in done)))
    blocks.append(Daftar(*items, jenis="angka"))
    shared = [
        one for one in b.kini("kegiatan_kro", kode_program=program) if not one.teks("kode_kro")
    ]
    if shared:
        listed = gabung([kutip(one.teks("kegiatan")) for one in shared])
        blocks.append(Prosa("Kegiatan yang dicatat pada tingkat program: ", listed, "."))
    blocks.append(Prosa(*_kendala(b, program)))
    return blocks


def _kendala(b: Bahan, program: str) -> list[Part]:
    rows = b.kini("kendala", lingkup=f"program {program}")
    notes = [baca_kendala(one.teks("uraian")) for one in rows]
    named = [one for one in notes if one.jenis == "ada"]
    if named:
        parts: list[Part] = [
            "Kendala yang dicatat: ",
            gabung([kutip(one.teks) for one in named]),
            ".",
        ]
    elif any(one.jenis == "nihil" for one in notes):
        parts = ["Unit melaporkan tidak ada kendala pada tingkat program."]
        own = [one for one in b.kini("kendala") if _kro_program(b, one.teks("lingkup")) == program]
        if own:
            parts += [
                " Namun, pada tingkat KRO tercatat kendala: ",
                gabung([Teks(kutip(one.teks("uraian")), " (", kutip(one.teks("lingkup")[4:]), ")")
                        for one in own]), ".",
            ]  # fmt: skip
    else:
        parts = ["Kendala pada tingkat program tidak dicatat."]
    follow = b.kini("tindak_lanjut", lingkup=f"program {program}")
    if follow:
        parts += [" Tindak lanjut: ", gabung([kutip(one.teks("uraian")) for one in follow]), "."]
    return parts


def _kro_program(b: Bahan, lingkup: str) -> str:
    code = lingkup.removeprefix("kro ")
    if code == lingkup:
        return ""
    rows = list(b.rekam("realisasi_kro", kode_kro=code))
    return rows[0].teks("kode_program") if rows else ""


def _serapan(b: Bahan, row: Rekam) -> Quantity | None:
    return b.q(f"serapan/kro/{row.teks('kode_kro')}/persen") or row.angka("serapan")


def _tanpa_serapan(b: Bahan, rows: list[Rekam]) -> list[str]:
    reported = {row.teks("kode_kro") for row in rows}
    listed = dict.fromkeys(row.teks("kode_kro") for row in b.rekam("dipa_ro"))
    return [one for one in listed if one not in reported]


def _nama(b: Bahan, program: str) -> str:
    rows = list(b.rekam("dipa_ro", kode_program=program))
    return rows[0].teks("nama_program") if rows else f"Program {program}"
