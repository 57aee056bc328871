"""Annexes: action plan form, SMART targets, data quality, findings, sources, trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pp39.characters import capital
from pp39.checks.result import Check
from pp39.findings import SEVERITIES, Cause, Finding, strays
from pp39.findings.annex import (
    SEVERITY_NAMES,
    STRAYS,
    Earlier,
    advice,
    answer_words,
    stray_words,
)
from pp39.findings.links import ROWS
from pp39.ledger import Quantity, Rows
from pp39.papers import PAPERS
from pp39.periods import MONTHS, Quarter
from pp39.report.block import Block
from pp39.report.document import Heading, Prose
from pp39.report.inline import (
    Code,
    DataFile,
    Identifier,
    Link,
    Number,
    Part,
    Phrase,
    Reference,
    TraceLink,
)
from pp39.report.sections.bahan import Bahan, Rekam
from pp39.report.sections.kalimat import (
    Moment,
    banyaknya,
    bilang,
    gabung,
    kecil_awal,
    kutip,
    merinci,
    triwulan,
)
from pp39.report.sections.progres import beda_selebihnya
from pp39.report.sections.tabel import tabel
from pp39.report.table import Content, Row, TableCell
from pp39.report.trace import Trace

# Places of a warning that are named; the rest is counted, all of them are in pemeriksaan.json.
_LETAK = 3
# Places of a cause that are named.
_LETAK_SEBAB = 1
_SAMA = "Tidak ada perbedaan antara angka yang dinyatakan dan yang dihitung."


def pengukuran_rencana_aksi(b: Bahan) -> list[Block]:
    """Compose annex A: interim target and physical realisation per quarter."""
    body: list[Row] = []
    for kode, nama, members in b.per_sasaran():
        body.append(Row(Phrase(kutip(kode), " ", kutip(nama)), kind="kelompok"))
        for one in members:
            cells: list[Content] = []
            for quarter in Quarter:
                cells.append(one.q(f"target-antara/{quarter}"))
                cells.append(_fisik(b, one.kode, quarter))
            figures = (one.target, *cells, one.realisasi, one.capaian)
            body.append(Row(kutip(one.kode), kutip(one.indikator.nama), *figures))
    return [
        Prose(
            Reference("tabel-pengukuran"),
            " memuat target antara dan realisasi fisik dalam persen dari pekerjaan setahun. "
            "Triwulan tanpa angka realisasi ialah triwulan yang belum berjalan atau yang datanya "
            "tidak ada pada sumber.",
            wide=True,
        ),
        tabel(
            "tabel-pengukuran",
            body,
            masa=b.period.upto(f"Tahun {b.year}"),
            triwulan=[str(quarter) for quarter in Quarter],
        ),
    ]


def target_smart(b: Bahan) -> list[Block]:
    """Compose annex B: monthly targets of progress and volume per RO."""
    rows = list(b.rekam("target_smart"))
    if not rows:
        return []
    by_ro: dict[str, dict[int, Rekam]] = {}
    for row in rows:
        by_ro.setdefault(row.teks("kode_ro"), {})[row.bulat("bulan")] = row
    body: list[Row] = []
    goals: dict[str, Quantity | None] = {}
    for months in by_ro.values():
        first = next(iter(months.values()))
        code = first.teks("kode_ro")
        name = Phrase(kutip(code), " ", kutip(b.nama_dipa.get(code) or first.teks("nama_ro")))
        goals[code] = first.angka("target")
        above = (name, goals[code], kutip(capital(first.teks("satuan"))))
        cells = [TableCell(one, down=2) for one in above]
        body.append(Row(*cells, "TPCRO (%)", *_bulanan(months, "tpcro")))
        body.append(Row("TRVRO", *_bulanan(months, "trvro")))
    return [
        Prose(
            "TPCRO (target progres) dan TRVRO (target volume) pada ",
            Reference("tabel-smart"),
            " ialah target penambahan setiap bulan; jumlahnya sejak awal tahun menjadi pembanding"
            " progres rincian output.",
            wide=True,
        ),
        tabel(
            "tabel-smart",
            body,
            notes=beda_selebihnya(b, goals),
            unit=b.unit,
            tahun=str(b.year),
            bulan=[name[:3] for name in MONTHS],
        ),
    ]


def mutu_data(b: Bahan) -> list[Block]:
    """Compose annex C: the causes that matter most, then checks and repairs for the audit."""
    return [*_sebab(b), *_peringatan(b), *_perbaikan(b)]


def _sebab(b: Bahan) -> list[Block]:
    """Show the weightiest causes, each in a line or two."""
    if b.temuan is None:
        return []
    if not b.temuan:
        return [Prose(_SAMA, wide=True)]
    earlier = b.terdahulu
    shown = b.weighty
    others = [one for one in b.causes if one not in shown]
    found: list[Part] = [
        *_pembanding(earlier),
        " satu sama lain dan dengan hasil hitungan. ",
        *_banyak_temuan(b),
        ". Angka dalam laporan ini dihitung dari data sumber. ",
        *_selebihnya(b, others, shown),
    ]
    blocks: list[Block] = [Prose(*found, wide=True)]
    if shown:
        groups: dict[str, list[Row]] = {}
        for one in shown:
            told, row = _baris_sebab(b, one, earlier)
            groups.setdefault(told, []).append(row)
        body: list[Row] = []
        for told, rows in groups.items():
            body += [Row(told, kind="kelompok"), *rows]
        old = "laporan lama atau " if earlier else ""
        blocks.append(tabel("tabel-mutu", body, lama=old))
    return blocks


def _pembanding(earlier: Earlier) -> list[Part]:
    """Name what the data are held against."""
    if not earlier:
        return ["Data sumber dibandingkan"]
    named = kutip(earlier.title) if earlier.title else "yang lebih dahulu disusun"
    return ["Pernyataan dalam laporan lama (laporan ", named, ") dan data sumber dibandingkan"]


def _baris_sebab(b: Bahan, cause: Cause, earlier: Earlier) -> tuple[str, Row]:
    """Tell of a cause in a row, and what is to be done about it."""
    decisive = next(
        (one for kode in cause.indikator for one in b.caveats(kode) if one.id == cause.id), None
    )
    told = _tanpa_nama(b, (decisive or cause).kalimat)
    places = cause.tempat[:_LETAK_SEBAB]
    more = len(cause.tempat) - len(places)
    named = [_letak(b, ROWS.sub("", one)) for one in places]
    where = Phrase(*named, ", dll." if more > 0 else "") if named else None
    row = Row(kutip(earlier.worded(told)), where, anchor=f"sebab-{cause.id}")
    return advice(cause, decisive=decisive is not None), row


def _letak(b: Bahan, place: str) -> Part:
    title = b.files.get(place) or next(
        (told for name, told in b.files.items() if name.startswith(f"{place}, ")), ""
    )
    return DataFile(place, title) if title else kutip(place)


def _tanpa_nama(b: Bahan, text: str) -> str:
    """Leave out the names of indicators behind their codes."""
    for one in b.params.indikator.values():
        text = text.replace(f" ({one.nama})", "")
    return text


def _banyak_temuan(b: Bahan) -> list[Part]:
    count, causes = len(b.temuan or ()), bilang(_dihitung_banyak(len(b.causes), "Sebab"))
    told: list[Part] = ["Ditemukan ", bilang(_dihitung_banyak(count, "Temuan")), " perbedaan"]
    return [*told, " yang berasal dari ", causes, " sebab"] if count > 1 else told


def _selebihnya(b: Bahan, others: Sequence[Cause], shown: Sequence[Cause]) -> list[Part]:
    """Say how many causes there are besides, and where all of them stand."""
    counts = {
        name: _dihitung_banyak(count, f"Sebab {name}")
        for level, name in ((one, SEVERITY_NAMES[one].casefold()) for one in SEVERITIES)
        if (count := sum(one.tingkat == level for one in others))
    }
    printed = merinci(list(counts.values()))
    levels = [Phrase(one, f" yang {name}") for one, name in zip(printed, counts, strict=True)]
    told: list[Part] = []
    if shown:
        level = shown[0].tingkat
        chosen = any(one.tingkat == level for one in others)
        told += ["Tidak ada yang material. "] if level != "material" else []
        told += [Reference("tabel-mutu"), " memuat "]
        digits = any(isinstance(one, Number) for one in printed)
        told += [Moment(str(len(shown))) if digits else banyaknya(shown)]
        told += [" yang terpenting" if chosen else f" yang {SEVERITY_NAMES[level].casefold()}"]
        told += ["; selain itu ada ", gabung(levels), ". "] if levels else [". "]
    elif levels:
        told += ["Tidak ada yang material; tercatat ", gabung(levels), ". "]
    told += ["Seluruh temuan beserta sebabnya dilampirkan pada berkas PDF"]
    if "temuan" in b.due:
        told += [" dan dimuat pada ", Reference("lampiran-temuan")]
    return [*told, "."]


def _perbaikan(b: Bahan) -> list[Block]:
    heading = Heading(1, "Perbaikan Data Saat Pembersihan")
    if not b.perbaikan:
        told = "Tidak ada nilai yang diubah saat pembersihan data."
        return [heading, Prose(told, audit=True)]
    groups: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(b.perbaikan, 2):
        groups.setdefault((row["source"], row["rule"]), []).append(number)
    return [
        heading,
        Prose(
            "Setiap perubahan terhadap data sumber dicatat pada ",
            Code("perbaikan.csv"),
            " beserta nilai sebelum dan sesudahnya. Ringkasannya menurut sumber dan aturan"
            " disajikan pada ",
            Reference("tabel-perbaikan"),
            ".",
            audit=True,
        ),
        tabel(
            "tabel-perbaikan",
            [
                (Code(source), kutip(capital(rule)), _hitung(source, rule, rows))
                for (source, rule), rows in sorted(groups.items())
            ],
        ),
    ]


def temuan(b: Bahan) -> list[Block]:
    """Compose annex D: findings of the reconciliation; nothing where none were looked for."""
    if b.temuan is None:
        return []
    tail = _jawaban_lepas(b)
    if not b.temuan:
        return [Prose(_SAMA, audit=True), *tail]
    earlier = b.terdahulu
    blocks: list[Block] = [
        Prose(
            "Angka dan pernyataan dalam laporan lama dibandingkan dengan data sumber dan dengan "
            "hasil perhitungan. "
            if earlier
            else "Data sumber dibandingkan satu sama lain dan dengan hasil perhitungan. ",
            "Setiap perbedaan dicatat sebagai temuan; temuan yang berasal dari "
            "satu sebab disajikan bersama, yang material lebih dahulu. Tanggapan unit, bila ada, "
            "dicantumkan bersama penjelasannya.",
            wide=True,
            audit=True,
        ),
    ]
    for level in SEVERITIES:
        body: list[Row] = []
        for cause in b.causes:
            if cause.tingkat == level:
                body.append(Row(kutip(earlier.worded(cause.kalimat)), kind="kelompok"))
                body += [_baris_temuan(b, one, earlier) for one in cause.temuan]
        if body:
            named = SEVERITY_NAMES[level]
            blocks.append(tabel("tabel-temuan-{tingkat}", body, tingkat=level, nama=named))
    return [*blocks, *tail]


def _jawaban_lepas(b: Bahan) -> list[Block]:
    """Show answers whose finding is not there, so that none is lost silently."""
    astray = strays(b.settings, b.temuan or ())
    if not astray:
        return []
    rows = [Row(Identifier(one.id), kutip(stray_words(one))) for one in astray]
    return [replace(tabel("tabel-temuan-jawaban", rows, lepas=STRAYS), wide=bool(b.temuan))]


def _baris_temuan(b: Bahan, row: Finding, earlier: Earlier) -> Row:
    answer = f" Tanggapan: {answer_words(row.jawaban)}" if row.jawaban else ""
    return Row(
        Identifier(row.id),
        kutip(earlier.located(row.lokasi)) if row.lokasi else None,
        kutip(row.dinyatakan) if row.dinyatakan else None,
        _dihitung(b, row),
        kutip(earlier.worded(row.penjelasan) + answer),
        anchor=f"temuan-{row.id}",
    )


def _dihitung(b: Bahan, row: Finding) -> Part | None:
    """Link what was computed to its calculation."""
    if row.dihitung and row.ledger_id in b.ledger:
        return TraceLink(row.dihitung, row.ledger_id)
    return kutip(row.dihitung) if row.dihitung else None


def sumber_data(b: Bahan) -> list[Block]:
    """Compose the list of source files with the rows read from each."""
    body = [
        (Code(count.origin.file), kutip(table.source.title), count, Code(name))
        for name, table in sorted(b.tables.items())
        if not table.frame.empty
        for count in table.counts(None, "Baris data", "baris", "banyaknya baris data")
        if isinstance(count.origin, Rows)
    ]
    return [
        Prose(
            "Laporan ",
            triwulan(b.quarter),
            " disusun dari berkas berikut. Berkas sumber hanya "
            "dibaca dan tidak pernah diubah. Jalannya pengerjaan dapat dibaca pada kertas kerja: ",
            gabung(
                [Link(kecil_awal(what), f"kertas-kerja/{at}.html") for at, what in PAPERS.items()]
            ),
            ".",
        ),
        tabel("tabel-sumber", body),
    ]


def jejak(b: Bahan) -> list[Block]:
    """Compose the annex that shows how every printed figure was computed."""
    return [
        Prose(
            "Lampiran ini memuat rumus, angka yang dimasukkan, dan asal setiap angka yang dihitung "
            "dalam laporan. Pembulatan hanya dilakukan pada saat pencetakan.",
            *_berkas_sumber(b),
            wide=True,
        ),
        Trace(b.ledger, files=b.files, wide=True),
    ]


def _berkas_sumber(b: Bahan) -> list[Part]:
    at = Reference("lampiran-sumber")
    return [" Berkas setiap sumber tercantum pada ", at, "."] if "sumber_data" in b.due else []


def _fisik(b: Bahan, kode: str, quarter: Quarter) -> Quantity | None:
    if quarter.number > b.quarter.number:
        return None
    rows = list(b.rekam("pelaksanaan", kode=kode, triwulan=str(quarter)))
    return rows[0].angka("fisik_realisasi") if rows else None


def _bulanan(months: Mapping[int, Rekam], column: str) -> list[Quantity | None]:
    return [months[month].angka(column) if month in months else None for month in range(1, 13)]


def _hitung(source: str, rule: str, rows: Sequence[int]) -> Quantity:
    place = Rows.of("perbaikan", "perbaikan.csv", rows, f"banyaknya perbaikan {source}: {rule}")
    return Quantity.rows(len(rows), f"Perbaikan {source}", "perbaikan", place)


def _peringatan(b: Bahan) -> list[Block]:
    report = b.pemeriksaan
    if report is None:
        return [Prose("Hasil pemeriksaan data belum tersedia.", audit=True)]
    if not report.warnings:
        told = "Seluruh pemeriksaan data terpenuhi; tidak ada peringatan."
        return [Prose(told, audit=True)]
    body: list[Row] = []
    for source in dict.fromkeys(one.sumber for one in report.warnings):
        body.append(Row(Phrase("Sumber ", kutip(source)), kind="kelompok"))
        body += [
            Row(
                kutip(capital(one.aturan)),
                kutip(capital(one.ringkasan)),
                _tempat(one),
                anchor=f"periksa-{one.id}",
            )
            for one in report.warnings
            if one.sumber == source
        ]
    checks = _pemeriksaan(len(report), "Pemeriksaan data", "banyaknya pemeriksaan")
    warned = _pemeriksaan(len(report.warnings), "Peringatan", "banyaknya peringatan")
    return [
        Prose(
            "Data diperiksa dengan ",
            checks,
            " pemeriksaan sebelum dihitung. Semua pemeriksaan yang bersifat kritis terpenuhi,"
            " sedangkan ",
            warned,
            " pemeriksaan memberi peringatan dan perlu ditindaklanjuti oleh pemilik data (",
            Reference("tabel-peringatan"),
            ").",
            audit=True,
        ),
        tabel("tabel-peringatan", body),
    ]


def _tempat(check: Check) -> list[Part]:
    shown: list[Part] = [
        Phrase(kutip(one.place), ": ", kutip(one.uraian)) for one in check.lokasi[:_LETAK]
    ]
    more = check.jumlah - len(shown)
    rest = _pemeriksaan(more, "Letak lainnya", "banyaknya letak lain")
    return [*shown, Phrase("dan ", rest, " letak lain")] if more > 0 else shown


def _dihitung_banyak(count: int, label: str) -> Quantity:
    place = Rows.of("temuan", "temuan.csv", (), f"banyaknya {label.casefold()}")
    return Quantity.rows(count, label, "", place)


def _pemeriksaan(count: int, label: str, how: str) -> Quantity:
    place = Rows.of("pemeriksaan", "pemeriksaan.json", (), how)
    return Quantity.rows(count, label, "", place)
