"""3.1.2: absorption per programme and KRO, with the activities behind it."""

from __future__ import annotations

from pp39.indicators.serapan import REPORTED, SPENT
from pp39.ledger import Quantity
from pp39.report.block import Block
from pp39.report.document import Heading, Listing, Prose
from pp39.report.inline import Inline, Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.kalimat import (
    banyaknya,
    besar_awal,
    deret,
    gabung,
    kalimat_utuh,
    kutip,
    masa,
    prosa,
)
from pp39.report.sections.superlatif import sebut, terbesar, terkecil
from pp39.report.table import Column, Content, Row, Table

__all__ = ["kro_ditimbang", "pagu_berubah", "realisasi_program"]


def realisasi_program(b: Bahan) -> list[Block]:
    """Compose 3.1.2: overview table, then each programme with its KRO and activities."""
    rows = b.kini("realisasi_kro")
    if not rows:
        return []
    blocks: list[Block] = [
        Prose(*_ringkas(b, rows)),
        Prose(*_menurut_kro(b, rows)),
        _tabel(b, rows),
    ]
    for program in dict.fromkeys(row.teks("kode_program") for row in rows):
        blocks += _program(b, program, [one for one in rows if one.teks("kode_program") == program])
    return blocks


def pagu_berubah(b: Bahan) -> Quantity | None:
    """Give the ceiling at the quarter's end where revisions have changed it, None otherwise."""
    first, now = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    return now if first is not None and now is not None and first.value != now.value else None


def _ringkas(b: Bahan, rows: list[Rekam]) -> list[Part]:
    """Say what was spent of which ceiling: rupiah only from rupiah, else the percentages known."""
    percent, amount = b.q("serapan/total/persen"), b.q("serapan/total/rupiah")
    told: list[Part] = ["Sampai dengan akhir ", masa(b.period, b.year), ", penyerapan"]
    if amount is not None and percent is not None and amount.note in SPENT:
        whole = b.q("serapan/total/persen-pagu-akhir")
        by = "SAKTI" if amount.note == REPORTED else "surat perintah pencairan dana"
        told += [f" anggaran menurut {by} sebesar ", amount]
        told += [" atau ", prosa(whole or percent)]
        told += [" dari pagu yang berlaku" if whole else " dari pagu KRO yang dilaporkan"]
        return [*told, " (", Reference("tabel-serapan"), ")."]
    told += [" anggaran dilaporkan dalam persentase pagu setiap KRO (", Reference("tabel-serapan")]
    told += [")."]
    counted = kro_ditimbang(b)
    if percent is not None:
        told += [" Apabila ditimbang menurut pagu awal, penyerapan ", banyaknya(counted)]
        told += [" KRO yang pagunya diketahui diperkirakan ", prosa(percent), "."]
    now = pagu_berubah(b)
    if now is not None:
        told += [" Pagu yang berlaku pada akhir triwulan ialah ", now, "; pembagiannya menurut KRO"]
        told += [" dan realisasi rupiahnya belum tersedia."]
    elif amount is not None:
        told += [" Dengan pagu yang tidak berubah, nilainya diperkirakan ", amount, "."]
    return told


def _menurut_kro(b: Bahan, rows: list[Rekam]) -> list[Part]:
    known = [(_nama_kro(row), q) for row in rows if (q := _serapan(b, row)) is not None]
    told: list[Part] = []
    if len({q.value for _, q in known}) > 1:
        told += ["Penyerapan tertinggi terdapat pada ", sebut(terbesar(known))]
        told += [" dan yang terendah pada ", sebut(terkecil(known)), "."]
    elif len(known) > 1:
        told += ["Penyerapan setiap KRO sama, yaitu ", sebut(known), "."]
    lacking = [
        Phrase(kutip(one), *deret(" (pagu ", q, ")"))
        if (q := b.q(f"anggaran/kro/{one}/pagu"))
        else kutip(one)
        for one in _tanpa_serapan(b, rows)
    ]
    if lacking:
        told += [" Penyerapan KRO ", gabung(lacking), " belum dilaporkan."]
    outside = [row for row in rows if b.q(f"anggaran/kro/{row.teks('kode_kro')}/pagu") is None]
    if outside:
        told += [" Pagu ", gabung([_nama_kro(one) for one in outside])]
        told += [" tidak tercantum dalam rincian DIPA sehingga KRO itu tidak ikut ditimbang."]
        answers = b.params.unit.ro_di_luar_dipa
        for one in outside:
            answer = answers.get(one.teks("kode_kro"))
            if answer is not None and answer.tanggal <= b.params.laporan.tanggal:
                told += [" ", kutip(kalimat_utuh(answer.alasan))]
    return told


def _nama_kro(row: Rekam) -> Inline:
    return Phrase(kutip(row.teks("kode_kro")), " ", kutip(row.teks("nama_kro")))


def kro_ditimbang(b: Bahan, program: str | None = None) -> list[Rekam]:
    """Give the KRO that have both a ceiling and an absorption: what a sum is made of."""
    among = {} if program is None else {"kode_program": program}
    return [
        row
        for row in b.kini("realisasi_kro", **among)
        if _serapan(b, row) is not None and b.q(f"anggaran/kro/{row.teks('kode_kro')}/pagu")
    ]


def _tabel(b: Bahan, rows: list[Rekam]) -> Table:
    total = b.q("serapan/total/rupiah")
    # An estimate from a ceiling that no longer holds would be taken for what was spent.
    rupiah = total is not None and (total.note in SPENT or pagu_berubah(b) is None)

    def row(
        code: str, name: str, at: str, spent: Quantity | None, told: str | None
    ) -> list[Content]:
        amounts = [b.q(f"serapan/{at}/rupiah")] if rupiah else []
        # What a sum of percentages covers is the ceilings of the KRO that report, no other.
        pagu = b.q(f"anggaran/{at}/pagu" if at.startswith("kro") else f"serapan/{at}/pagu")
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
    paid = total is not None and total.note in SPENT
    kind = "menurut pencairan dana" if paid else "diperkirakan"
    return Table(
        "tabel-serapan",
        f"Penyerapan Anggaran Menurut Program dan KRO {b.period.upto(f'Tahun {b.year}')}",
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
            "Baris program dan jumlah hanya mencakup KRO yang pagu dan penyerapannya diketahui;"
            f" penyerapannya {kind}."
        ],
    )


def _program(b: Bahan, program: str, rows: list[Rekam]) -> list[Block]:
    percent, counted = b.q(f"serapan/program/{program}/persen"), kro_ditimbang(b, program)
    told: list[Part] = []
    if percent is not None:
        total = b.q("serapan/total/rupiah")
        guess = "" if total is not None and total.note in SPENT else "diperkirakan "
        told += ["Penyerapan ", gabung([kutip(one.teks("kode_kro")) for one in counted])]
        told += [f" secara bersama-sama {guess}", prosa(percent), ". "]
    items: list[Part | Listing] = []
    for row in rows:
        done = b.kini("kegiatan_kro", kode_kro=row.teks("kode_kro"))
        if done:
            items.append(_nama_kro(row))
            items.append(Listing(*(kutip(besar_awal(one.teks("kegiatan"))) for one in done)))
    if items:
        told += ["Kegiatan program ", kutip(program), " menurut KRO:"]
    shared = [
        one for one in b.kini("kegiatan_kro", kode_program=program) if not one.teks("kode_kro")
    ]
    blocks: list[Block] = [Heading(1, f"{_nama(b, program)} ({program})")]
    blocks += [Prose(*told)] if told else []
    blocks += [Listing(*items, kind="angka")] if items else []
    if shared:
        listed = gabung([kutip(one.teks("kegiatan")) for one in shared])
        blocks.append(Prose("Kegiatan yang dicatat pada tingkat program: ", listed, "."))
    return blocks if len(blocks) > 1 else []


def _serapan(b: Bahan, row: Rekam) -> Quantity | None:
    return b.q(f"serapan/kro/{row.teks('kode_kro')}/persen") or row.angka("serapan")


def _tanpa_serapan(b: Bahan, rows: list[Rekam]) -> list[str]:
    reported = {row.teks("kode_kro") for row in rows}
    listed = dict.fromkeys(row.teks("kode_kro") for row in b.rekam("dipa_ro"))
    return [one for one in listed if one not in reported]


def _nama(b: Bahan, program: str) -> str:
    rows = list(b.rekam("dipa_ro", kode_program=program))
    return rows[0].teks("nama_program") if rows else f"Program {program}"
