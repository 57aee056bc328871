"""3.1.2: absorption per programme and KRO, with the activities behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pp39.characters import capital
from pp39.indicators.serapan import REPORTED, SPENT
from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.block import Block
from pp39.report.document import Heading, Listing, Prose
from pp39.report.inline import Inline, Number, Part, Phrase, Reference
from pp39.report.sections.bahan import Bahan
from pp39.report.sections.kalimat import (
    banyaknya,
    dalam_kalimat,
    deret,
    gabung,
    kalimat_utuh,
    kutip,
    masa,
    prosa,
    sebut,
    terbesar,
    terinci,
    terkecil,
)
from pp39.report.sections.tabel import tabel
from pp39.report.table import Content, Row, Table

_WHOLE = 100


@dataclass(frozen=True, eq=False)
class _Kro:
    """A KRO whose absorption somebody stated, or that the disbursements tell of."""

    kode: str
    nama: str
    program: str
    fisik: str
    persen: Quantity | None

    @property
    def sebutan(self) -> Inline:
        """Code and name."""
        return Phrase(kutip(self.kode), " ", kutip(self.nama))


def realisasi_program(b: Bahan) -> list[Block]:
    """Compose 3.1.2: overview table, then each programme with its KRO and activities."""
    rows = _daftar(b)
    if not rows:
        return _belum(b)
    blocks: list[Block] = [
        Prose(*_ringkas(b)),
        *([Prose(*told)] if (told := _menurut_kro(b, rows)) else []),
        _tabel(b, rows),
        *_terhadap_target(b),
    ]
    for program in dict.fromkeys(one.program for one in rows):
        blocks += _program(b, program, [one for one in rows if one.program == program])
    return blocks


def _belum(b: Bahan) -> list[Block]:
    """Say that nothing was told of what was spent, where there is a ceiling to hold it against."""
    ceiling = b.q("anggaran/pagu-akhir") or b.q("anggaran/pagu-awal")
    if ceiling is None:
        return []
    told: list[Part] = ["Realisasi anggaran sampai dengan akhir ", masa(b.period, b.year)]
    told += [" belum dilaporkan, sehingga penyerapan pagu ", ceiling]
    return [Prose(*told, " belum dapat dihitung.")]


def _daftar(b: Bahan) -> list[_Kro]:
    """List the KRO: those of the statement, or else those of the DIPA with what was paid."""
    stated = [
        _Kro(
            code := row.teks("kode_kro"),
            b.nama_dipa.get(code) or row.teks("nama_kro"),
            row.teks("kode_program"),
            row.teks("fisik"),
            b.q(f"serapan/kro/{code}/persen") or row.angka("serapan"),
        )
        for row in b.kini("realisasi_kro")
    ]
    if stated:
        return stated
    listed = {row.teks("kode_kro"): row for row in b.rekam("dipa_ro")}
    return [
        _Kro(code, row.teks("nama_kro"), row.teks("kode_program"), "", share)
        for code, row in listed.items()
        if (share := b.q(f"serapan/kro/{code}/persen")) is not None
    ]


def pagu_berubah(b: Bahan) -> Quantity | None:
    """Give the ceiling at the quarter's end where revisions have changed it, None otherwise."""
    first, now = b.q("anggaran/pagu-awal"), b.q("anggaran/pagu-akhir")
    return now if first is not None and now is not None and first.value != now.value else None


def dari_pagu(b: Bahan) -> str:
    """Say of which ceiling a percentage is."""
    if b.q("serapan/total/persen-pagu-akhir") is not None:
        return " dari pagu yang berlaku"
    covered = b.q("serapan/total/cakupan")
    whole = covered is not None and covered.value >= _WHOLE
    return " dari pagu" if whole else " dari pagu KRO yang dilaporkan"


def _ringkas(b: Bahan) -> list[Part]:
    """Say what was spent of which ceiling: rupiah only from rupiah, else the percentages known."""
    percent, amount = b.q("serapan/total/persen"), b.q("serapan/total/rupiah")
    told: list[Part] = ["Sampai dengan akhir ", masa(b.period, b.year), ", penyerapan"]
    if amount is not None and percent is not None and amount.note.startswith(SPENT):
        whole = b.q("serapan/total/persen-pagu-akhir")
        by = "SAKTI" if amount.note.startswith(REPORTED) else "surat perintah pencairan dana"
        told += [f" anggaran menurut {by} sebesar ", amount]
        told += [" atau ", prosa(whole or percent)]
        told += [dari_pagu(b)]
        # Of which account and month it is, where that is not what was asked for.
        more = amount.note.removeprefix(REPORTED) if by == "SAKTI" else ""
        return [*told, " (", Reference("tabel-serapan"), f").{more}"]
    told += [" anggaran dilaporkan dalam persentase pagu setiap KRO (", Reference("tabel-serapan")]
    told += [")."]
    counted = kro_ditimbang(b)
    if percent is not None:
        told += [" Apabila ditimbang menurut pagu awal, penyerapan ", banyaknya(counted)]
        told += [" KRO yang pagunya diketahui diperkirakan ", prosa(percent), "."]
    now = pagu_berubah(b)
    if now is not None:
        end = "tahun" if b.period.is_year else "triwulan"
        told += [f" Pagu yang berlaku pada akhir {end} ialah ", now, "; pembagiannya menurut KRO"]
        told += [" dan realisasi rupiahnya belum tersedia."]
    elif amount is not None:
        told += [" Dengan pagu yang tidak berubah, nilainya diperkirakan ", amount, "."]
    return told


def _menurut_kro(b: Bahan, rows: list[_Kro]) -> list[Part]:
    known = [(one.sebutan, one.persen) for one in rows if one.persen is not None]
    told: list[Part] = []
    if len({q.value for _, q in known}) > 1:
        told += ["Penyerapan tertinggi terdapat pada ", sebut(terbesar(known))]
        told += [", sedangkan yang terendah pada ", sebut(terkecil(known)), "."]
    elif len(known) > 1:
        told += ["Penyerapan setiap KRO sama, yaitu ", sebut(known), "."]
    lacking = [
        Phrase(kutip(one), *deret(" (pagu ", q, ")"))
        if (q := b.q(f"anggaran/kro/{one}/pagu"))
        else kutip(one)
        for one in kro_tanpa_serapan(b)
    ]
    if lacking:
        told += [" Penyerapan KRO ", gabung(lacking), " belum dilaporkan."]
    outside = [one for one in rows if b.q(f"anggaran/kro/{one.kode}/pagu") is None]
    if outside:
        told += [" Pagu ", gabung([one.sebutan for one in outside])]
        told += [" tidak tercantum dalam rincian DIPA sehingga KRO itu tidak ikut ditimbang."]
        answers = b.params.unit.ro_di_luar_dipa
        for one in outside:
            answer = answers.get(one.kode)
            if answer is not None and answer.tanggal <= b.params.laporan.tanggal:
                told += [" ", kutip(kalimat_utuh(answer.alasan))]
    return told


def kro_ditimbang(b: Bahan, program: str | None = None) -> list[str]:
    """Give the codes of the KRO with both a ceiling and an absorption: what a sum is made of."""
    return [
        one.kode
        for one in _daftar(b)
        if program in (None, one.program)
        and one.persen is not None
        and b.q(f"anggaran/kro/{one.kode}/pagu")
    ]


def kro_tanpa_serapan(b: Bahan) -> list[str]:
    """Give the codes of the KRO of the DIPA of whose absorption nobody tells, if of any."""
    reported = {one.kode for one in _daftar(b) if one.persen is not None}
    listed = dict.fromkeys(row.teks("kode_kro") for row in b.rekam("dipa_ro"))
    return [one for one in listed if reported and one not in reported]


def _tabel(b: Bahan, rows: list[_Kro]) -> Table:
    total = b.q("serapan/total/rupiah")
    # An estimate from a ceiling that no longer holds would be taken for what was spent.
    rupiah = total is not None and (total.note.startswith(SPENT) or pagu_berubah(b) is None)
    physical = any(one.fisik for one in rows)

    def row(
        code: str, name: str, at: str, spent: Quantity | None, told: str | None
    ) -> list[Content]:
        amounts = [b.q(f"serapan/{at}/rupiah")] if rupiah else []
        # What a sum of percentages covers is the ceilings of the KRO that report, no other.
        pagu = b.q(f"anggaran/{at}/pagu" if at.startswith("kro") else f"serapan/{at}/pagu")
        last: list[Content] = [told and kutip(told)] if physical else []
        return [kutip(code), kutip(name), pagu, *amounts, spent, *last]

    body: list[Row] = []
    for program in dict.fromkeys(one.program for one in rows):
        for one in rows:
            if one.program == program:
                told = capital(one.fisik) or None
                body.append(Row(*row(one.kode, one.nama, f"kro/{one.kode}", one.persen, told)))
        at = f"program/{program}"
        spent = b.q(f"serapan/{at}/persen")
        body.append(Row(*row(program, _nama(b, program), at, spent, ""), kind="jumlah"))
    body.append(Row(*row("", "Jumlah", "total", b.q("serapan/total/persen"), ""), kind="jumlah"))
    known = total is not None and total.note.startswith(SPENT)
    paid = f"penyerapan {'dihitung dari pencairan dana' if known else 'diperkirakan'}"
    beside = [b.q(f"serapan/tanpa-{one}") for one in ("data", "pagu")]
    only = ""
    if any(one is not None and one.value for one in beside):
        only = "hanya mencakup KRO yang pagu dan penyerapannya diketahui"
    return tabel(
        "tabel-serapan",
        body,
        tanpa=[*([] if rupiah else ["Serapan (Rp)"]), *([] if physical else ["Fisik"])],
        notes=[f"Baris program dan jumlah {only}; {paid}." if only else f"{capital(paid)}."],
        masa=b.period.upto(f"Tahun {b.year}"),
        awal=" awal" if pagu_berubah(b) else "",
    )


def _terhadap_target(b: Bahan) -> list[Block]:
    """Hold what was absorbed by the end of each quarter against what was to be."""
    quarters = [one for one in Quarter if one.number <= b.quarter.number]
    names = ("target", "target-persen", "realisasi", "persen", "selisih")
    body = [
        Row(f"TW {one}", *known)
        for one in quarters
        if any(known := [b.q(f"serapan/triwulan/{one}/{name}") for name in names])
    ]
    gap = b.q(f"serapan/triwulan/{b.quarter}/selisih")
    if not body:
        return []
    reading = {q.note for one in quarters if (q := b.q(f"serapan/triwulan/{one}/target"))}
    told: list[Part] = ["Target penyerapan setiap triwulan dan realisasinya disajikan pada "]
    told += [Reference("tabel-target-serapan"), "."]
    if gap is not None and gap.value:
        until = "setahun" if b.period.is_year else "sampai dengan triwulan ini"
        told += [f" Penyerapan {until} ", Number(gap, "mutlak")]
        told += [f" poin persen di {'bawah' if gap.value < 0 else 'atas'} target."]
    return [
        Prose(*told),
        tabel(
            "tabel-target-serapan",
            body,
            notes=sorted(reading),
            masa=b.period.upto(f"Tahun {b.year}"),
        ),
    ]


def _program(b: Bahan, program: str, rows: list[_Kro]) -> list[Block]:
    percent, counted = b.q(f"serapan/program/{program}/persen"), kro_ditimbang(b, program)
    told: list[Part] = []
    if percent is not None and len(counted) > 1:
        total = b.q("serapan/total/rupiah")
        guess = "" if total is not None and total.note.startswith(SPENT) else "diperkirakan "
        told += ["Penyerapan ", gabung([kutip(one) for one in counted])]
        told += [f" secara bersama-sama {guess}", prosa(percent), ". "]
    items: list[Part] = []
    for one in rows:
        if done := b.kini("kegiatan_kro", kode_kro=one.kode):
            named = gabung([kutip(dalam_kalimat(each.teks("kegiatan"))) for each in done])
            items.append(Phrase(one.sebutan, ": ", named))
    if items:
        told += ["Kegiatan program ", kutip(program), " menurut KRO:"]
    shared = [
        one for one in b.kini("kegiatan_kro", kode_program=program) if not one.teks("kode_kro")
    ]
    blocks: list[Block] = [Heading(1, f"{_nama(b, program)} ({program})")]
    blocks += [Prose(*told)] if told else []
    blocks += [Listing(*terinci(items))] if items else []
    if shared:
        listed = gabung([kutip(one.teks("kegiatan")) for one in shared])
        blocks.append(Prose("Kegiatan yang dicatat pada tingkat program: ", listed, "."))
    return blocks if items or shared else []


def _nama(b: Bahan, program: str) -> str:
    rows = list(b.rekam("dipa_ro", kode_program=program))
    return rows[0].teks("nama_program") if rows else f"Program {program}"
