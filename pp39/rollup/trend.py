"""Several periods side by side: absorption, progress and indicators of units and of what is above.

Of each period only these few numbers are kept, so that many units do not lie in memory several
times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from pp39.indicators.flat import FlatTable, Line
from pp39.periods import Period
from pp39.report.block import Block
from pp39.report.document import Cover, Heading, Prose
from pp39.report.html import render_html
from pp39.rollup.compare import Unit
from pp39.rollup.forms import document, earlier
from pp39.rollup.members import MARKS, Member
from pp39.rollup.page import number_cell, own_files, report_address, shown
from pp39.rollup.rollup import Rollup
from pp39.rollup.sorted_table import Head, SortedCell, SortedTable
from pp39.rollup.tree import Branch

_TITLE = "Perkembangan Antarperiode"
_PAGE = "tren.html"
#: What is compared: name, header and decimals.
_SHOWN = (
    ("serapan", "Serapan (%)", 2),
    ("progres", "Fisik (%)", 2),
    ("baik", "Indikator tercapai atau sesuai jalur", 0),
    ("dinilai", "Indikator yang dapat dinilai", 0),
)
_TABLE = FlatTable.declared("tren")


@dataclass(frozen=True, slots=True)
class Point:
    """How one unit, eselon I or ministry stood at the end of a period."""

    jenjang: str
    kode: str
    nama: str
    #: State of the report of a unit, and its address; empty for what is above.
    keadaan: str
    address: str
    serapan: Fraction | None
    progres: Fraction | None
    baik: int | None
    dinilai: int | None
    #: Month of the progress where it is not the period's last, and marks of the report; or empty.
    bulan_fisik: str
    tanda: str


@dataclass(frozen=True)
class Stand:
    """All that is kept of a period."""

    year: int
    period: Period
    scope: str
    members: Sequence[Member]
    points: Sequence[Point]

    @property
    def name(self) -> str:
        """The period as headers name it."""
        return f"{self.period} {self.year}"

    @property
    def title(self) -> str:
        """The period as the head of the page names it."""
        return self.period.title(f"TA {self.year}")


def stand_of(r: Rollup) -> Stand:
    """Keep of a rollup what a trend compares."""
    return Stand(r.year, r.period, r.scope, r.members, tuple(_points(r)))


def _points(r: Rollup) -> Iterator[Point]:
    for ministry in r.ministries:
        yield _sum(r, ministry, "kementerian")
        for agency in ministry.below:
            yield _sum(r, agency, "badan")
    for one in r.units:
        yield _unit(r, one)


def _sum(r: Rollup, branch: Branch, level: str) -> Point:
    spent, done = (r.sums.ledger.get(f"{branch.id}/{name}") for name in ("serapan", "progres"))
    absorbed = None if spent is None else spent.value
    reached = None if done is None else done.value
    of = earlier(r.sums.months(branch), r.period.quarter.last_month)
    summed = [one for one in branch.members if one.reported and one.dijumlahkan]
    mark = MARKS[0] if summed and all(one.sintetis for one in summed) else ""
    return Point(level, branch.id, branch.name, "", "", absorbed, reached, None, None, of, mark)


def _unit(r: Rollup, one: Unit) -> Point:
    member, assessed = one.member, one.dinilai if one.member.reported else None
    return Point(
        *("satker", member.unit, member.title, member.keadaan, report_address(r, one)),
        *(one.budget.get("serapan"), one.budget.get("progres")),
        *(one.baik if assessed else None, assessed),
        earlier(set(one.bulan), r.period.quarter.last_month),
        ", ".join(member.marks),
    )


def write_trend(stands: Sequence[Stand], folder: Path) -> None:
    """Write ``tren.html``, ``tren.csv`` and ``tren.parquet``."""
    style, script = own_files()
    made = render_html(
        shown(_blocks(stands)), {"Tabel (CSV)": "tren.csv"}, script=script, style=style
    )
    (folder / _PAGE).write_text(made, encoding="utf-8")
    _TABLE.write((line for one in stands for line in _lines(one)), folder)


def _lines(stand: Stand) -> Iterator[Line]:
    for one in stand.points:
        yield {
            "jenjang": one.jenjang,
            "kode": one.kode,
            "nama": one.nama,
            "tahun": stand.year,
            "triwulan": str(stand.period),
            **{name: getattr(one, name) for name in ("keadaan", "bulan_fisik", "tanda")},
            **{name: getattr(one, name) for name, _, _ in _SHOWN},
        }


def _blocks(stands: Sequence[Stand]) -> Iterator[Block]:
    last = stands[-1]
    about = document(_TITLE, last.scope, last.year, last.period, last.members)
    span = f"{stands[0].title} sampai dengan {last.title}"
    yield replace(about, subtitle=span, period=span)
    yield Cover(_TITLE, "Serapan, fisik, dan indikator", span, [last.scope])
    yield Heading(1, "Kementerian/Lembaga dan Unit Eselon I", "tanpa-nomor", "jumlah")
    yield Prose(
        "Setiap periode dijumlahkan atas satuan kerja yang memiliki angkanya pada periode itu;"
        " jejak perhitungannya terdapat pada rekap periode yang bersangkutan."
    )
    yield _table(stands, ("kementerian", "badan"), "tabel-tren-jumlah", _SHOWN[:2])
    yield Heading(1, "Satuan Kerja", "tanpa-nomor", "satuan-kerja")
    yield _table(stands, ("satker",), "tabel-satuan-kerja", _SHOWN)


def _table(
    stands: Sequence[Stand],
    levels: Sequence[str],
    label: str,
    columns: Sequence[tuple[str, str, int]],
) -> SortedTable:
    found = [
        {(one.jenjang, one.kode): one for one in stand.points if one.jenjang in levels}
        for stand in stands
    ]
    # The latest period that has it says what it is called.
    named = {key: _named(one) for points in found for key, one in points.items()}
    heads = [Head("Nama")]
    heads += [
        Head(f"{title}, {stand.name}", "kanan") for _, title, _ in columns for stand in stands
    ]
    heads.append(Head("Perubahan serapan (poin persen)", "kanan"))
    rows: list[list[SortedCell]] = []
    for key, name in named.items():
        points = [one.get(key) for one in found]
        address = next((one.address for one in reversed(points) if one and one.address), "")
        row = [SortedCell(name, link=address)]
        for field, _, decimals in columns:
            row += [_cell(one, field, decimals) for one in points]
        known = [one.serapan for one in points if one is not None and one.serapan is not None]
        row.append(number_cell(known[-1] - known[0] if len(known) > 1 else None, 2))
        rows.append(row)
    return SortedTable(
        label,
        "Perkembangan " + ("Satuan Kerja" if levels == ("satker",) else "Jumlah"),
        heads,
        rows,
        [code for _, code in named],
        (
            "Tanda – berarti belum ada data; perubahan dari periode pertama sampai yang terakhir."
            " Bulan di belakang angka fisik: datanya bukan dari bulan terakhir periode itu.",
        ),
    )


def _named(point: Point) -> str:
    return f"{point.nama} ({point.tanda})" if point.tanda else point.nama


def _cell(point: Point | None, field: str, decimals: int) -> SortedCell:
    cell = number_cell(getattr(point, field, None), decimals)
    if point is None or field != "progres" or not cell.text or not point.bulan_fisik:
        return cell
    return replace(cell, text=f"{cell.text} ({point.bulan_fisik})")
