"""Layouts of the exports, with the accidents that happen in them, drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from .files import Page, letters
from .truth import ASPECTS, MONTHS, Output, Truth

__all__ = [
    "capaian_output",
    "glp039",
    "ikpa",
    "monsakti",
    "myintress",
    "omspan_sp2d",
    "omspan_target",
]

_MISSPELT = {2: "Pebruari", 8: "Agusuts", 11: "Nopember", 9: "Septembr"}
_NOTES = (
    "*Lock Pagu adalah jumlah pagu yang sedang dalam proses usulan revisi DIPA atau POK.",
    "*SPM yang sudah terbit SP2D",
)


def month_name(month: int, random: Random) -> str:
    return random.choice((MONTHS[month - 1], _MISSPELT.get(month, MONTHS[month - 1].upper())))


def glp039(truth: Truth, month: int, dirt: Random, version: str = "SP2D") -> Page:
    """Ceiling and realisation down to the item, as of the end of a month."""
    page = Page("GLP039_LAPORAN REALISASI SUPER ")
    page.put(1, 1, f"LAPORAN FA DETAIL (16 SEGMEN) {version}")
    page.put(2, 1, "Per Program; Kegiatan; Output")
    name = month_name(month, dirt)
    page.put(
        3,
        1,
        dirt.choice((f"Periode {name} {truth.year}", f"Periode Januari s.d. {name} {truth.year}")),
    )
    page.put(4, 1, "Kementerian", *[None] * 13, "019", "KEMENTERIAN CONTOH")
    page.put(5, 1, "Unit Organisasi", *[None] * 13, "09", "BADAN CONTOH")
    page.put(6, 1, "Satuan Kerja", *[None] * 13, truth.satker, "BALAI CONTOH")
    row = 7
    _glp_header(page, row, truth.year, dirt)
    row = 9
    totals = sum(one.ceiling for one in truth.outputs)
    blocked = sum(one.blocked for one in truth.outputs)
    spent = [sum(one.spent(m) for one in truth.outputs) for m in (month - 1, month)]
    page.put(row, 1, "JUMLAH SELURUHNYA")
    _amounts(page, row, totals, blocked, spent, total=True)
    for write, amounts, total in _glp_rows(truth, month):
        row += 1
        if dirt.random() < 0.06:
            page.put(row, dirt.choice((1, 4)), dirt.choice(_NOTES))
            row += 1
        if dirt.random() < 0.05:
            _glp_header(page, row, truth.year, dirt)
            row += 2
        column, text = write(page, row)
        _amounts(page, row, *amounts, total=total)
        words = text.split()
        if len(words) > 2 and dirt.random() < 0.3:
            page.put(row, column, " ".join(words[:-1]))
            row += 1
            page.put(row, column, words[-1])
    page.put(row + 2, 1, _NOTES[0])
    page.put(row + 3, 1, _NOTES[1])
    return page


def _glp_header(page: Page, row: int, year: int, dirt: Random) -> None:
    page.put(row, 1, "Uraian")
    page.put(row, 17, "Pagu Revisi", None, "Lock Pagu", *[None] * 3, f"Realisasi TA {year}")
    page.put(row + 1, 23, "Periode Lalu", "Periode Ini", "s.d. Periode")
    page.put(row, 29, "%", dirt.choice(("SISA ANGGARAN", "Sisa Anggaran")))
    page.merged += [
        *(f"A{row}:P{row + 1}", f"Q{row}:R{row + 1}", f"S{row}:V{row + 1}", f"W{row}:AB{row}"),
        *(f"Y{row + 1}:AB{row + 1}", f"AC{row}:AC{row + 1}", f"AD{row}:AE{row + 1}"),
    ]


def _amounts(
    page: Page, row: int, ceiling: int, blocked: int, spent: list[int], *, total: bool
) -> None:
    page.put(row, 17, ceiling, None, blocked)
    page.put(row, 23, spent[0], spent[1] - spent[0])
    page.put(row, 25 if total else 26, spent[1])
    page.put(row, 29, spent[1] / ceiling if ceiling else 0)
    page.put(row, 30 if total else 31, ceiling - spent[1])


def _glp_rows(
    truth: Truth, month: int
) -> Iterator[tuple[Callable[[Page, int], tuple[int, str]], tuple[int, int, list[int]], bool]]:
    seen: set[str] = set()

    def line(
        code_at: int, code: str, name_at: int, name: str
    ) -> Callable[[Page, int], tuple[int, str]]:
        def write(page: Page, row: int) -> tuple[int, str]:
            page.put(row, code_at, code)
            page.put(row, name_at, name)
            return name_at, name

        return write

    def amounts(chosen: list[Output]) -> tuple[int, int, list[int]]:
        return (
            sum(one.ceiling for one in chosen),
            sum(one.blocked for one in chosen),
            [sum(one.spent(m) for one in chosen) for m in (month - 1, month)],
        )

    every = truth.outputs
    for one in every:
        kegiatan, kro = one.kegiatan, f"{one.kegiatan}.{one.kro}"
        if one.program not in seen:
            own = [x for x in every if x.program == one.program]
            yield line(2, one.program, 4, truth.names[one.program]), amounts(own), True
        if kegiatan not in seen:
            own = [x for x in every if x.kegiatan == kegiatan]
            yield line(2, f"{one.program}.{kegiatan}", 9, truth.names[kegiatan]), amounts(own), True
        if kro not in seen:
            own = [x for x in every if f"{x.kegiatan}.{x.kro}" == kro]
            yield line(3, one.kro, 7, truth.names[kro]), amounts(own), True
        seen |= {one.program, kegiatan, kro}
        yield line(3, f"{one.kro}.{one.ro}", 11, one.name), amounts([one]), True
        yield line(5, "302", 10, "Pengajaran dan Perkuliahan"), amounts([one]), True
        yield line(6, "302.0B", 12, "Praktik Reguler"), amounts([one]), True
        for number, account in enumerate(one.accounts, 1):
            spent = [sum(account.spent[:m]) for m in (month - 1, month)]
            own_amounts = (account.ceiling, account.blocked, spent)
            yield line(8, account.code, 13, "Belanja Barang Contoh"), own_amounts, True
            item = f"{number:06d}. Praktik Semester Genap"
            yield line(14, item, 14, item), own_amounts, False


def monsakti(truth: Truth, month: int, dirt: Random) -> Page:
    """One row for each account and month in which something was paid."""
    page = Page("Sheet1")
    page.put(1, 1, "Detail Transaksi FA 16 Segmen versi SP2D")
    header = ("NO", "KODE COA", "NO SP2D", "TANGGAL SP2D", "NO SPP", "URAIAN", "NILAI RUPIAH")
    page.put(2, 1, *header)
    row = 2
    for number, (when, one, account) in enumerate(_paid(truth, month), 1):
        row += 1
        if dirt.random() < 0.04:
            page.put(row, 1, *header)
            row += 1
        coa = (
            f"{truth.satker}.060.{account.code}.01905{one.program}.{one.kegiatan}{one.kro}.A.1.0."
            f"2100.1.000000.000000.{one.ro}.051.0A.000001"
        )
        number_of = f"'2500{number:08d}"
        day = f"{dirt.randint(1, 28):02d}-{when:02d}-{truth.year}"
        who = "Honor a.n. Budi Santoso HP 081234567890"
        page.put(
            row, 1, number, coa, number_of, day, f"'{number:04d}T", who, account.spent[when - 1]
        )
    page.put(row + 1, 6, "JUMLAH", sum(x.spent[w - 1] for w, _, x in _paid(truth, month)))
    return page


def myintress(truth: Truth, month: int, dirt: Random) -> Page:
    page = Page("Worksheet")
    page.put(1, 1, "Monitoring SPP, SPM, dan SP2D")
    page.put(
        *(2, 1, "No", "No. SP2D", "Tanggal SP2D", "No. SPP/SPM", "Tanggal SPM", "Tanggal SPP"),
        *("Jenis SPP/SPM", "Uraian SPP/SPM", "Jumlah Pengeluaran"),
    )
    row = 2
    for number, (when, _, account) in enumerate(_paid(truth, month), 1):
        row += 1
        day = f"{dirt.randint(1, 28):02d}-{when:02d}-{truth.year}"
        amount = f"{account.spent[when - 1]:,}".replace(",", ".")
        page.put(row, 1, number, f"'2500{number:08d}", day, f"'{number:05d}T", day, day)
        page.put(row, 7, "211 - GUP", "Belanja a.n. Siti Aminah 081234567890", amount)
    return page


def omspan_sp2d(truth: Truth, month: int, dirt: Random) -> Page:
    page = Page("Worksheet")
    page.put(1, 1, "Daftar SP2D")
    page.put(2, 1, "No", "Nomor SP2D", "Tanggal SP2D", "Tanggal Invoice", "Jenis SPM", "Nilai SP2D")
    row = 2
    for number, (when, _, account) in enumerate(_paid(truth, month), 1):
        row += 1
        day = f"{dirt.randint(1, 28):02d}-{when:02d}-{truth.year}"
        page.put(
            row, 1, number, f"'2500{number:08d}", day, day, "NON GAJI", account.spent[when - 1]
        )
    page.put(row + 1, 1, "Total")
    page.put(row + 1, 6, sum(x.spent[w - 1] for w, _, x in _paid(truth, month)))
    return page


def _paid(truth: Truth, month: int) -> list[tuple[int, Output, object]]:
    return [
        (when, one, account)
        for when in range(1, month + 1)
        for one in truth.outputs
        for account in one.accounts
        if account.spent[when - 1]
    ]


def ikpa(truth: Truth, month: int, dirt: Random, others: int = 0) -> Page:
    """Four rows a satker; other satker of the KPPN may stand around it."""
    page = Page("Worksheet")
    page.put(1, 1, "INDIKATOR PELAKSANAAN ANGGARAN")
    page.put(
        2,
        1,
        f"SAMPAI DENGAN {month_name(month, dirt).upper()} {truth.year}"
        if dirt.random() < 0.5
        else f"s.d. Bulan {month_name(month, dirt)} {truth.year}",
    )
    page.put(3, 1, "No", "Kode KPPN", "Kode BA", "Kode Satker", "Uraian Satker", "Keterangan")
    page.put(3, 7, "Kualitas Perencanaan Anggaran", None, "Kualitas Pelaksanaan Anggaran")
    page.put(3, 13, "Kualitas Hasil Pelaksanaan Anggaran", "Nilai Total", "Konversi Bobot")
    page.put(3, 16, "Dispensasi SPM (Pengurang)", "Nilai Akhir (Nilai Total/Konversi Bobot)")
    page.put(4, 7, "Revisi DIPA", "Deviasi Halaman III DIPA", "Penyerapan Anggaran")
    page.put(4, 10, "Belanja Kontraktual", "Penyelesaian Tagihan", "Pengelolaan UP dan TUP")
    page.put(4, 13, "Capaian Output")
    page.merged += ["G3:H3", "I3:L3", *(f"{letters(n)}3:{letters(n)}4" for n in (1, 2, 3, 4, 5, 6))]
    page.merged += [f"{letters(n)}3:{letters(n)}4" for n in (14, 15, 16, 17)]
    place = dirt.randint(0, others)
    row = 5
    for number in range(others + 1):
        own = number == place
        satker = truth.satker if own else f"{400000 + number}"
        shown = month if own else (month % 12) + 1
        _ikpa_rows(page, row, (number + 1, satker), (truth, shown), dirt)
        row += 4
    return page


def _ikpa_rows(
    page: Page, row: int, who: tuple[int, str], what: tuple[Truth, int], dirt: Random
) -> None:
    (number, satker), (truth, month) = who, what
    score = truth.scores[month - 1]
    page.put(row, 1, number, "'060", "'019", f"'{satker}", "BALAI CONTOH")
    if dirt.random() < 0.5:
        page.merged += [f"{letters(n)}{row}:{letters(n)}{row + 3}" for n in (1, 2, 3, 4, 5)]
    else:
        for below in (1, 2, 3):
            page.put(row + below, 2, "'060", "'019", f"'{satker}")
    page.put(row, 6, "Nilai", *(score[one] for one in ASPECTS))
    page.put(row + 1, 6, "Bobot", *(truth.weights[one] for one in ASPECTS))
    page.put(row + 2, 6, "Nilai Akhir", *(_weighed(truth, month, one) for one in ASPECTS))
    page.put(row + 3, 6, "Nilai Aspek", score["revisi_dipa"], None, score["penyerapan"])
    page.put(row, 14, truth.final(month), "100%", 0, truth.final(month))


def _weighed(truth: Truth, month: int, aspect: str) -> float:
    return round(truth.scores[month - 1][aspect] * truth.weights[aspect] / 100, 2)


def omspan_target(truth: Truth, dirt: Random) -> Page:
    page = Page("Worksheet")
    page.put(1, 1, "Target Penyerapan Anggaran")
    page.put(3, 1, "Periode", "Kode KPPN", "Kode BA", "Kode Satker", "Uraian", "Nominal Target")
    page.put(3, 7, "Belanja 51", "Belanja 52", "Belanja 53", "Belanja 57")
    for month in range(1, 13):
        parts = [month * 1_000_000, month * 2_000_000, 500_000, 0]
        page.put(3 + month, 1, f"'{month:02d}", "'060", "'019", f"'{truth.satker}", "BALAI CONTOH")
        page.put(3 + month, 6, sum(parts), *parts)
    return page


def capaian_output(truth: Truth, month: int, dirt: Random) -> Page:
    """RO with plan and progress up to a month; two levels of header or one."""
    page = Page("Capaian Output")
    titles = dirt.randint(3, 12)
    page.put(1, 1, "Capaian Output")
    page.put(2, 1, f"Satker: {truth.satker} - BALAI CONTOH")
    page.put(titles, 1, f"Periode: {month_name(month, dirt)} {truth.year}")
    head = titles + dirt.randint(1, 3)
    joined = dirt.random() < 0.3
    labels = [
        *("No", "Kode/Nama Satker" if joined else "Kode Satker", None if joined else "Nama Satker"),
        *("Program", "Kegiatan", "KRO", dirt.choice(("Kode RO", "KRO/RO")), "Nama RO", "Satuan"),
        *("Pagu", "Realisasi", dirt.choice(("TVRO", "Target Output")), "TPCRO"),
    ]
    page.put(head, 1, *labels)
    two = dirt.random() < 0.5
    below = head + 1 if two else head
    if two:
        page.put(head, 14, "Capaian")
        page.merged += [
            f"N{head}:P{head}",
            *(f"{letters(n)}{head}:{letters(n)}{below}" for n in range(1, 14)),
        ]
    dialect = (
        dirt.choice(("RVRO", "RVRO s.d. Bulan Ini")),
        dirt.choice(("PCRO", "PCRO s.d. Bulan Ini")),
    )
    page.put(below, 14, *dialect, "GAP", "Keterangan")
    row = below
    kro = ""
    long = dirt.random() < 0.5
    for number, one in enumerate(truth.outputs, 1):
        if kro and kro != one.kro:
            row += 1
            page.put(row, 1, f"Sub Total KRO {kro}")
            page.put(row, 10, 1, 1)
        kro = one.kro
        row += 1
        code = f"025.01.{one.program}.{one.code}" if long else one.code
        who = (f"{truth.satker} - BALAI CONTOH", None) if joined else (truth.satker, "BALAI CONTOH")
        page.put(row, 1, number, *who, one.program)
        page.put(row, 5, truth.names[one.kegiatan], one.kro, code, one.name, one.unit)
        page.put(row, 10, one.ceiling, one.spent(month), one.target, one.planned[month - 1])
        page.put(row, 14, one.volume[month - 1], one.progress[month - 1])
        page.put(
            row, 16, round(one.progress[month - 1] - one.planned[month - 1], 2), "hub. 081234567890"
        )
    page.put(row + 1, 1, dirt.choice(("TOTAL", "Grand Total")))
    page.put(row + 1, 10, sum(one.ceiling for one in truth.outputs))
    return page
