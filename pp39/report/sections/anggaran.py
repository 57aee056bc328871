"""3.1.2: absorption per programme and KRO, with the activities behind it."""

from __future__ import annotations

from pp39.indicators.serapan import DISBURSED
from pp39.ledger import Quantity
from pp39.report.block import Block
from pp39.report.document import Heading, Listing, Prose
from pp39.report.inline import Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.kalimat import (
    besar_awal,
    deret,
    gabung,
    kalimat_utuh,
    kecil_awal,
    kutip,
    triwulan_tahun,
)
from pp39.report.sections.penilaian import baca_kendala
from pp39.report.sections.superlatif import sebut, terbesar, terkecil
from pp39.report.table import Column, Content, Row, Table

__all__ = ["realisasi_program"]

_WHOLE = 100


def realisasi_program(b: Bahan) -> list[Block]:
    """Compose 3.1.2: overview table, then each programme with its KRO and activities."""
    rows = b.kini("realisasi_kro")
    if not rows:
        return []
    blocks: list[Block] = []
    blocks += [Prose(*_ringkas(b, rows)), _tabel(b, rows)]
    for program in dict.fromkeys(row.teks("kode_program") for row in rows):
        blocks += _program(b, program, [one for one in rows if one.teks("kode_program") == program])
    return blocks


def _ringkas(b: Bahan, rows: list[Rekam]) -> list[Part]:
    percent, amount, cover = (
        b.q(f"serapan/total/{one}") for one in ("persen", "rupiah", "cakupan")
    )
    parts: list[Part] = ["Sampai dengan akhir ", triwulan_tahun(b.quarter, b.year), ", "]
    if percent is None or amount is None:
        parts += ["penyerapan anggaran dilaporkan dalam persentase setiap KRO"]
    elif amount.note == DISBURSED:
        parts += ["penyerapan anggaran menurut SP2D sebesar ", amount, " atau ", percent]
        parts += [" dari pagu KRO yang dilaporkan"]
    else:
        parts += ["penyerapan anggaran mencapai ", percent, " dari pagu awal KRO yang dilaporkan"]
    if cover is not None and cover.value != _WHOLE:
        parts += ["; KRO tersebut mencakup ", cover, " dari pagu seluruhnya"]
    parts += [" (", Reference("tabel-serapan"), ")."]
    now = b.q("anggaran/pagu-akhir")
    if now is not None and _outdated(b):
        parts += [
            " Setelah revisi, pagu menjadi ",
            now,
            "; realisasi dalam rupiah terhadap pagu itu",
        ]
        parts += [" belum tersedia."]
    elif amount is not None and amount.note != DISBURSED:
        parts += [" Nilai rupiah diperkirakan dari persentase penyerapan setiap KRO dikalikan"]
        parts += [" pagunya, yaitu ", amount, "."]
    known = [
        (kutip(row.teks("kode_kro")), q) for row in rows if (q := _serapan(b, row)) is not None
    ]
    if len({q.value for _, q in known}) > 1:
        parts += [" Penyerapan tertinggi terdapat pada KRO ", sebut(terbesar(known))]
        parts += [" dan yang terendah pada KRO ", sebut(terkecil(known)), "."]
    elif len(known) > 1:
        parts += [" Penyerapan setiap KRO sama, yaitu KRO ", sebut(known), "."]
    lacking = [
        Phrase(kutip(one), *deret(" (pagu ", q, ")"))
        if (q := b.q(f"anggaran/kro/{one}/pagu"))
        else kutip(one)
        for one in _tanpa_serapan(b, rows)
    ]
    if lacking:
        parts += [" Penyerapan KRO ", gabung(lacking), " belum dilaporkan."]
    outside = [row for row in rows if b.q(f"anggaran/kro/{row.teks('kode_kro')}/pagu") is None]
    if outside:
        parts += [" KRO ", gabung([kutip(one.teks("kode_kro")) for one in outside])]
        parts += [" tidak tercantum dalam komposisi DIPA, sehingga nilai rupiahnya tidak dihitung."]
        answers = b.params.unit.ro_di_luar_dipa
        for one in outside:
            answer = answers.get(one.teks("kode_kro"))
            if answer is not None and answer.tanggal <= b.params.laporan.tanggal:
                parts += [" ", kutip(kalimat_utuh(answer.alasan))]
    return parts


def _outdated(b: Bahan) -> bool:
    """Tell whether the ceiling has changed since the one that the composition states."""
    first, now = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    return first is not None and now is not None and first.value != now.value


def _tabel(b: Bahan, rows: list[Rekam]) -> Table:
    total = b.q("serapan/total/rupiah")
    # An estimate from a ceiling that no longer holds would be taken for what was spent.
    rupiah = total is not None and (total.note == DISBURSED or not _outdated(b))

    def row(
        code: str, name: str, at: str, spent: Quantity | None, told: str | None
    ) -> list[Content]:
        amounts = [b.q(f"serapan/{at}/rupiah")] if rupiah else []
        pagu = b.q("anggaran/pagu" if at == "total" else f"anggaran/{at}/pagu")
        return [kutip(code), kutip(name), pagu, spent, *amounts, told and kutip(told)]

    body: list[Row] = []
    for program in dict.fromkeys(one.teks("kode_program") for one in rows):
        for one in rows:
            if one.teks("kode_program") == program:
                kro, told = one.teks("kode_kro"), besar_awal(one.teks("fisik")) or None
                body.append(
                    Row(*row(kro, one.teks("nama_kro"), f"kro/{kro}", _serapan(b, one), told))
                )
        at = f"program/{program}"
        spent = b.q(f"serapan/{at}/persen")
        body.append(Row(*row(program, _nama(b, program), at, spent, ""), kind="jumlah"))
    body.append(Row(*row("", "Jumlah", "total", b.q("serapan/total/persen"), ""), kind="jumlah"))
    return Table(
        "tabel-serapan",
        f"Penyerapan Anggaran Menurut Program dan KRO sampai dengan Triwulan {b.quarter} "
        f"Tahun {b.year}",
        [
            Column("Kode", width="21mm"),
            Column("Program/KRO", width=1.8),
            Column("Pagu awal (Rp)", "kanan", "27mm", "polos"),
            Column("Serapan (%)", "kanan", "18mm", "polos"),
            *([Column("Serapan (Rp)", "kanan", "27mm", "polos")] if rupiah else []),
            Column("Fisik", width="25mm"),
        ],
        body,
        heads=1,
        size="kecil",
        notes=[
            "Persentase program dan jumlah dihitung terhadap pagu KRO yang melaporkan penyerapan,"
            " sedangkan kolom pagu memuat pagu seluruh KRO program."
        ],
    )


def _program(b: Bahan, program: str, rows: list[Rekam]) -> list[Block]:
    percent = b.q(f"serapan/program/{program}/persen")
    blocks: list[Block] = [Heading(1, f"{_nama(b, program)} ({program})")]
    if percent is not None:
        blocks.append(
            Prose("Penyerapan KRO yang pagunya diketahui pada program ini ", percent, ".")
        )
    items: list[Part | Listing] = []
    for row in rows:
        items.append(Phrase(*_kro(b, row)))
        done = b.kini("kegiatan_kro", kode_kro=row.teks("kode_kro"))
        if done:
            items.append(Listing(*(kutip(besar_awal(one.teks("kegiatan"))) for one in done)))
    blocks.append(Listing(*items, kind="angka"))
    shared = [
        one for one in b.kini("kegiatan_kro", kode_program=program) if not one.teks("kode_kro")
    ]
    if shared:
        listed = gabung([kutip(one.teks("kegiatan")) for one in shared])
        blocks.append(Prose("Kegiatan yang dicatat pada tingkat program: ", listed, "."))
    told = _kendala(b, program)
    return [*blocks, Prose(*told)] if told else blocks


def _kro(b: Bahan, row: Rekam) -> list[Part]:
    """Tell how far one KRO has come."""
    told: list[Part] = ["KRO ", kutip(row.teks("kode_kro")), " ", kutip(row.teks("nama_kro"))]
    spent, physical = _serapan(b, row), row.teks("fisik")
    if spent is not None:
        told += [" terserap ", spent]
    if physical:
        told += ["; realisasi fisik: ", kutip(kecil_awal(physical))]
    return told


def _kendala(b: Bahan, program: str) -> list[Part]:
    rows = b.kini("kendala", lingkup=f"program {program}")
    rows += [one for one in b.kini("kendala") if _kro_program(b, one.teks("lingkup")) == program]
    told: list[Part] = []
    for row in rows:
        note = baca_kendala(row.teks("uraian"), b.desks)
        scope = row.teks("lingkup")
        where = deret(" (KRO ", kutip(scope[4:]), ")") if scope.startswith("kro ") else []
        if note.jenis == "ada":
            told += [" Kendala", *where, ": ", kutip(kalimat_utuh(kecil_awal(note.teks)))]
    for row in b.kini("tindak_lanjut", lingkup=f"program {program}"):
        told += [" Tindak lanjut: ", kutip(kalimat_utuh(kecil_awal(row.teks("uraian"))))]
    return told[:1] and [str(told[0]).lstrip(), *told[1:]]


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
