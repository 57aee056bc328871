"""``rekap.html``: the comparison of units and the forms on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from typing import Any

from pp39.ledger import Quantity, slug
from pp39.numbers import format_number, plain_decimal
from pp39.periods import format_date
from pp39.report.block import Block
from pp39.report.document import Cover, Heading, Prose
from pp39.report.html import render_html
from pp39.report.inline import Number, Tone
from pp39.report.sections.capaian import STATUS_MARKS
from pp39.report.sections.tabel import tabel
from pp39.report.table import Row, Table
from pp39.rollup.activities import SUMMED
from pp39.rollup.compare import COMPARED, Indicator, Unit
from pp39.rollup.forms import Forms, calculations, document, marked
from pp39.rollup.members import STATES, State
from pp39.rollup.rollup import Rollup
from pp39.rollup.sorted_table import Head, SortedCell, SortedTable

TITLE = "Rekapitulasi Laporan PP 39/2006"
#: With more cells than this only the names of units lead to reports, or no browser opens the page.
_LINKED = 100_000
_MARKS: Mapping[State, tuple[str, Tone]] = {
    "tepat waktu": ("●", "baik"),
    "terlambat": ("▼", "waspada"),
    "tanpa tanggal kirim": ("◆", "netral"),
    "tanpa dokumen": ("□", "netral"),
    "gagal": ("■", "buruk"),
    "belum melapor": ("○", "netral"),
}
_TOLD: Mapping[State, str] = {
    "tepat waktu": " melapor tepat waktu",
    "terlambat": " terlambat",
    "tanpa tanggal kirim": " melapor tanpa tanggal penyampaian",
    "tanpa dokumen": " memiliki data tanpa dokumen laporan",
    "gagal": " gagal pada percobaan terakhir",
    "belum melapor": " belum melapor",
}

_COMPARED = [one for one in COMPARED if one.title != "Dapat dinilai"]

# Rows up to which the page lists what the forms add up; more would be no page any more.
_LISTED = 10_000
_NOT_LISTED = (
    "Baris yang dijumlahkan terlalu banyak untuk halaman ini; semuanya dimuat dalam rincian.csv,"
    " dan setiap satuan kerja bertautan ke laporannya pada tabel perbandingan."
)


def shown(blocks: Iterable[Block]) -> dict[str, Any]:
    """Give blocks as the exporters take them: as the outputs of a notebook."""
    return {"cells": [{"outputs": [{"data": one.bundle()} for one in blocks]}]}


def page(r: Rollup, forms: Forms, downloads: Mapping[str, str]) -> str:
    """Render the page."""
    style, script = own_files()
    return render_html(shown(_blocks(r, forms)), downloads, script=script, style=style)


def own_files() -> tuple[str, str]:
    """Give the style and the script of pages with tables that are sorted and filtered."""
    style, script = (
        files("pp39.rollup").joinpath(name).read_text(encoding="utf-8")
        for name in ("rekap.css", "rekap.js")
    )
    return style, script


def _blocks(r: Rollup, forms: Forms) -> Iterator[Block]:
    about = document(TITLE, r.scope, r.year, r.period, r.members)
    yield about
    yield Cover(TITLE, "Formulir B, Formulir C, dan perbandingan", about.subtitle, [r.scope])
    yield Heading(1, "Ikhtisar", "tanpa-nomor", "ikhtisar")
    yield _overview(r)
    yield from marked(r.sums.ledger, "ikhtisar", r.members)
    yield Heading(1, "Perbandingan Satuan Kerja", "tanpa-nomor", "satuan-kerja")
    yield _units(r)
    yield Heading(1, "Indikator Bersama", "tanpa-nomor", "indikator")
    yield _indicators(r)
    yield Heading(1, "Matriks Indikator", "tanpa-nomor", "matriks")
    yield from _matrices(r)
    if any(one.catatan or one.member.galat for one in r.units):
        yield Heading(1, "Data yang Bertentangan", "tanpa-nomor", "bertentangan")
        yield _contradictions(r)
    for ministry in r.ministries:
        for agency in ministry.below:
            yield from forms.form_b(ministry, agency)
        yield from forms.form_c(ministry)
    yield Heading(1, "Rincian Formulir", "tanpa-nomor", "rincian")
    yield _details(r) if r.rows.num_rows <= _LISTED else Prose(_NOT_LISTED)
    yield from calculations(r.sums.ledger)


def _overview(r: Rollup) -> Prose:
    ledger = r.sums.ledger
    parts: list[Any] = ["Dari ", Number(ledger["ikhtisar/anggota"], "kata"), " satuan kerja, "]
    counts = [(state, ledger[f"ikhtisar/{state.replace(' ', '-')}"]) for state in STATES]
    there = [(state, one) for state, one in counts if one.value]
    for place, (state, one) in enumerate(there):
        between = "" if not place else ", dan " if place == len(there) - 1 else ", "
        parts += [between, Number(one, "kata"), _TOLD[state]]
    return Prose(
        *parts,
        ". Angka dijumlahkan hanya atas satuan kerja yang memilikinya; satuan kerja yang belum"
        " melapor tetap dicantumkan. Tepat waktu dinilai dari tanggal laporan disampaikan, atau"
        " tanggal laporan bila penyampaiannya tidak dicatat.",
    )


def _units(r: Rollup) -> SortedTable:
    heads = [
        Head("Satuan kerja"),
        Head("Unit eselon I", choice=True),
        Head("Kementerian/lembaga", choice=True),
        Head("Laporan", choice=True),
        Head("Tanggal"),
        *(Head(one.title, "kanan") for one in _COMPARED),
        Head("Data bertentangan", "kanan"),
    ]
    notes = (
        "Tanda – berarti belum ada data. Serapan dihitung terhadap pagu yang memiliki data.",
        "Peringkat kinerja menurut bagian indikator berhasil di antara yang dapat dinilai;"
        " nilai yang sama berperingkat sama.",
    )
    rows = [_unit(r, one) for one in r.units]
    names = [one.member.unit for one in r.units]
    return SortedTable("tabel-satuan-kerja", "Satuan Kerja", heads, rows, names, notes)


def _unit(r: Rollup, one: Unit) -> list[SortedCell]:
    member = one.member
    symbol, tone = _MARKS[member.keadaan]
    date = member.tanggal
    return [
        SortedCell(member.marked, link=report_address(r, one)),
        SortedCell(member.badan),
        SortedCell(member.kementerian),
        SortedCell(member.keadaan, tone=tone, symbol=symbol),
        SortedCell(format_date(date), str(date.toordinal())) if date else SortedCell(""),
        *(number_cell(compared.of(one), compared.decimals) for compared in _COMPARED),
        number_cell(len(one.catatan) if member.reported else None, 0),
    ]


def number_cell(value: Fraction | int | None, decimals: int) -> SortedCell:
    """Give the cell of a number that rows are sorted by; a blank one where there is none."""
    if value is None:
        return SortedCell("")
    return SortedCell(format_number(value, decimals), plain_decimal(Fraction(value)))


def report_address(r: Rollup, one: Unit) -> str:
    """Give the address of the unit's own report; empty where there is none."""
    if one.member.keadaan not in ("tepat waktu", "terlambat", "tanpa tanggal kirim"):
        return ""
    inside = f"{one.member.unit}/{r.year}/{r.period}/{r.choice.scenario}"
    return f"../../../{inside}/laporan.html"


def _indicators(r: Rollup) -> Table:
    ledger = r.sums.ledger
    used = [
        status for status in STATUS_MARKS if any(one.statuses.get(status) for one in r.indicators)
    ]

    def spread(number: int, name: str) -> Quantity | None:
        return ledger.get(f"indikator/{number}/{name}")

    rows = [
        Row(
            one.name,
            ", ".join(one.codes[:4]) + (", …" if len(one.codes) > 4 else ""),
            one.unit or None,
            Number(ledger[f"indikator/{number}/satker"], "polos"),
            *(
                Number(counted, "polos")
                if (counted := ledger.get(f"indikator/{number}/{status.replace(' ', '-')}"))
                else ""
                for status in used
            ),
            *(spread(number, name) for name in ("terkecil", "tengah", "terbesar")),
        )
        for number, one in enumerate(r.indicators, start=1)
    ]
    marks = [f"{STATUS_MARKS[one].symbol} {STATUS_MARKS[one].word}" for one in used]
    return tabel("tabel-indikator", rows, status=marks)


def _matrices(r: Rollup) -> Iterator[Block]:
    """Lay out indicators × units, a table for each eselon I."""
    cells = sum(len(one.standings) for one in r.indicators)
    place = 0
    for ministry in r.ministries:
        for agency in ministry.below:
            part = range(place, place + len(agency.members))
            place += len(agency.members)
            own = [one for one in r.indicators if any(number in one.standings for number in part)]
            if own:
                yield _matrix(r, agency.name, slug(agency.id), part, own, linked=cells <= _LINKED)


def _matrix(
    r: Rollup, name: str, label: str, part: range, indicators: Sequence[Indicator], *, linked: bool
) -> SortedTable:
    rows: list[list[SortedCell | None]] = []
    for place in part:
        unit = r.units[place]
        address = report_address(r, unit)
        line: list[SortedCell | None] = [SortedCell(unit.member.marked, link=address)]
        for one in indicators:
            standing = one.standings.get(place)
            if standing is None:
                line.append(None)
                continue
            mark = STATUS_MARKS[standing.status]
            known = standing.capaian
            text = "" if known is None else format_number(Fraction(str(known)), 2)
            anchor = f"{address}#jejak-{slug(standing.ledger_id)}"
            line.append(
                SortedCell(
                    text,
                    "" if known is None else f"{known:.6f}".rstrip("0").rstrip("."),
                    anchor if linked and address and standing.ledger_id else "",
                    mark.tone,
                    mark.symbol,
                    mark.word.lower(),
                )
            )
        rows.append(line)
    legend = "; ".join(f"{one.symbol} {one.word.lower()}" for one in STATUS_MARKS.values())
    heads = [Head("Satuan kerja"), *(Head(_titled(one, part), "kanan") for one in indicators)]
    return SortedTable(
        f"matriks-{label}",
        f"Capaian (%) dan Status Indikator – {name}",
        heads,
        rows,
        [r.units[place].member.unit for place in part],
        (f"{legend}. Sel kosong: bukan indikator satuan kerja itu.",),
    )


def _titled(one: Indicator, part: range) -> str:
    """Give the title of an indicator with the code that most of these units have."""
    codes = Counter(one.standings[place].kode for place in part if place in one.standings)
    return one.titled(min(codes, key=lambda code: (-codes[code], code)))


def _details(r: Rollup) -> SortedTable:
    """List what the forms add up: each kegiatan of each unit, leading to the unit's own figure."""
    reporting = [one for one in r.units if one.member.reported]
    heads = [Head(one) for one in ("Satuan kerja", "Program", "Kegiatan")]
    money = ("Pagu (Rp)", "Realisasi (Rp)", "Serapan (%)", "Rencana fisik (%)", "Fisik (%)")
    rows, names = [], []
    for row in r.rows.to_pylist():
        unit = reporting[row["nomor"]]
        address = report_address(r, unit)
        names.append(unit.member.unit)
        figure = f"{address}#jejak-anggaran:kegiatan:{row['kegiatan']}:pagu" if address else ""
        known = {name: None if row[name] is None else Fraction(row[name]) for name in SUMMED}
        rows.append(
            [
                SortedCell(unit.member.marked, link=address),
                SortedCell(row["program"]),
                SortedCell(row["kegiatan"]),
                replace(number_cell(known["pagu"], 0), link=figure if row["pagu"] else ""),
                number_cell(known["realisasi"], 0),
                number_cell(_percent(known["realisasi"], known["pagu_berdata"], 100), 2),
                number_cell(_percent(known["bobot_rencana"], known["pagu_fisik"], 1), 2),
                number_cell(_percent(known["bobot_progres"], known["pagu_fisik"], 1), 2),
            ]
        )
    return SortedTable(
        "tabel-rincian",
        "Kegiatan Setiap Satuan Kerja",
        [*heads, *(Head(one, "kanan") for one in money)],
        rows,
        names,
        ("Berkas rincian.csv memuat baris yang sama dalam urutan yang dirujuk jejak perhitungan.",),
    )


def _percent(part: Fraction | None, whole: Fraction | None, times: int) -> Fraction | None:
    return part / whole * times if part is not None and whole else None


def _contradictions(r: Rollup) -> SortedTable:
    told = [(one, text) for one in r.units for text in (*one.catatan, *_failure(one))]
    return SortedTable(
        "tabel-bertentangan",
        "Data Satuan Kerja yang Bertentangan dan Percobaan yang Gagal",
        [Head("Satuan kerja"), Head("Hal")],
        [
            [SortedCell(one.member.marked, link=report_address(r, one)), SortedCell(text)]
            for one, text in told
        ],
        [one.member.unit for one, _ in told],
        ("Angka satuan kerja ini dijumlahkan apa adanya.",),
    )


def _failure(one: Unit) -> tuple[str, ...]:
    return (f"Percobaan terakhir gagal: {one.member.galat}",) if one.member.galat else ()
