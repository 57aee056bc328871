"""The workbook that a unit fills in: one sheet for each source, and one that explains.

What is known beforehand stands in it already: quarters, months, words, the codes and names of the
indicators. Cells that take a word of a list offer the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pp39 import handout
from pp39.periods import MONTHS
from pp39.profile.column import (
    Kolom,
    KolomBulan,
    KolomBulat,
    KolomKode,
    KolomPilihan,
    KolomPisah,
    KolomTriwulan,
)
from pp39.profile.indicator import Indikator
from pp39.profile.model import Profil
from pp39.profile.source import Sumber
from pp39.yamlfile import packaged

EXPLAINED = "Petunjuk"
"""The sheet that explains the others."""
_LISTS = "Daftar"
_QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
_TOP = 3
"""The row of the headers, counted from 0."""
_LAST_ROW = 1_048_575  # of a sheet, counted from 0
_MOST_PREFILLED = 200
_LONGEST_NAME = 31  # of a sheet

_GIVEN: Mapping[str, Any] = packaged("starting/isian.yaml")
_KINDS: Mapping[str, Mapping[str, str]] = _GIVEN["jenis"]
_FROM_TO: Mapping[str, tuple[object, object]] = {
    "integer": (-999999999999999, 999999999999999),
    "decimal": (-999999999999999, 999999999999999),
    "date": (dt.date(1990, 1, 1), dt.date(2100, 12, 31)),
    "time": (dt.time(0, 0), dt.time(23, 59, 59)),
}


@dataclass(frozen=True)
class FormContent:
    """What a form is made of."""

    #: Slug of the unit.
    unit: str
    #: Budget year.
    year: int
    #: The profile of the unit, with what the unit adds.
    profile: Profil
    #: Names of the sasaran by code.
    goals: Mapping[str, str]
    #: Indicators of the unit by code.
    indicators: Mapping[str, Indikator]
    #: Source -> codes of the indicators that need it.
    needed: Mapping[str, Sequence[str]]
    #: Names of the words of each vocabulary.
    words: Mapping[str, Sequence[str]]

    @property
    def sources(self) -> list[str]:
        """Name the sources with a sheet: those that are needed first."""
        listed = [
            name
            for name, one in self.profile.sumber.items()
            if one.wajib != "tidak" or name in self.needed
        ]
        return sorted(listed, key=lambda name: not self.is_needed(name))

    def is_needed(self, name: str) -> bool:
        """Tell whether a report cannot do without a source."""
        one = self.profile.sumber[name]
        return one.wajib == "ya" or (one.wajib != "tidak" and name in self.needed)

    def choices(self, name: str, column: Kolom) -> Sequence[str]:
        """Give what a cell may be, where that is a list."""
        match column:
            case KolomTriwulan():
                return _QUARTERS
            case KolomBulan():
                return MONTHS
            case KolomPilihan():
                return self.words.get(column.daftar, ())
            case KolomKode(bentuk="indikator"):
                return self.needed.get(name) or tuple(self.indicators)
            case _:
                return ()

    def rows(self, name: str) -> list[dict[str, str]]:
        """Give the cells that are known beforehand, row by row; none where the keys are not."""
        source = self.profile.sumber[name]
        keys = [key for key in source.prefilled if key in source.kunci]
        choices = [self.choices(name, source.kolom[key]) for key in keys]
        count = 1
        for one in choices:
            count *= len(one)
        if not keys or not 0 < count <= _MOST_PREFILLED:
            return []
        return [
            self._row(source, dict(zip(keys, chosen, strict=True))) for chosen in product(*choices)
        ]

    def _row(self, source: Sumber, row: dict[str, str]) -> dict[str, str]:
        code = next((row[key] for key in row if _is_code(source.kolom[key])), None)
        known = {"tahun": str(self.year)}
        if code is not None:
            one = self.indicators[code]
            known |= {
                "nama": one.nama,
                "satuan": one.satuan,
                "kode_sasaran": one.kode_sasaran,
                "sasaran": self.goals.get(one.kode_sasaran, ""),
            }
        for key, column in source.kolom.items():
            if column.terisi is not None:
                row[key] = column.terisi.format_map(known)
        return row


def form(content: FormContent) -> bytes:
    """Make the workbook; the same content gives the same bytes."""
    with handout.workbook() as (book, stream):
        _Writer(book, content).write()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, content: FormContent) -> None:
        self._book = book
        self._content = content
        kinds = {name: {"num_format": k["format"]} for name, k in _KINDS.items() if "format" in k}
        looks = {**_GIVEN["rupa"], **kinds}
        self._formats = {name: book.add_format(dict(one)) for name, one in looks.items()}
        #: Lists that cells offer, each in a column of its own of the hidden sheet.
        self._lists: list[Sequence[str]] = []

    def write(self) -> None:
        self._explain(self._book.add_worksheet(EXPLAINED))
        for name in self._content.sources:
            self._sheet(self._book.add_worksheet(name[:_LONGEST_NAME]), name)
        lists = self._book.add_worksheet(_LISTS)
        for column, words in enumerate(self._lists):
            lists.write_column(0, column, words)
        lists.hide()

    def _sheet(self, page: Worksheet, name: str) -> None:
        content, formats = self._content, self._formats
        source = content.profile.sumber[name]
        page.set_tab_color("#1F4E79" if content.is_needed(name) else "#A6A6A6")
        page.write_string(0, 0, source.judul, formats["judul"])
        page.write_string(1, 0, _asked(name, content))
        columns = list(_columns(source))
        for at, (key, header) in enumerate(columns):
            self._header(page, at, header, source.kolom[key], source.baris_judul)
        groups = groupby(enumerate(columns), lambda one: one[1][1].partition(" / ")[:2])
        for (upper, below), group in groups:
            # One of a single level reaches down, and what neighbours share reaches over them all.
            (at, (key, _)), *others = group
            down, right = (0, len(others)) if below else (source.baris_judul - 1, 0)
            if down or right:
                looks = formats[_head(source.kolom[key])]
                page.merge_range(_TOP, at, _TOP + down, at + right, upper, looks)
        first = _TOP + source.baris_judul
        for at, (key, _) in enumerate(columns):
            column = source.kolom[key]
            if rule := self._rule(column, content.choices(name, column)):
                page.data_validation(first, at, _LAST_ROW, at, rule)
        places = {key: at for at, (key, _) in enumerate(columns)}
        for row, known in enumerate(content.rows(name), first):
            for key, text in known.items():
                if text:
                    page.write_string(row, places[key], text, formats["diketahui"])
        page.freeze_panes(first, 0)

    def _rule(self, column: Kolom, words: Sequence[str]) -> dict[str, object]:
        """Say what a spreadsheet lets into a column: a word of a list, a date, a number."""
        # What is typed as text may still be read: a number with its thousands, a date in words.
        rule: dict[str, object] = {"error_type": "warning"}
        if words:
            if words not in self._lists:
                self._lists.append(words)
            letter = xl_col_to_name(self._lists.index(words))
            listed = f"={_LISTS}!${letter}$1:${letter}${len(words)}"
            told = "Pilih salah satu dari daftar."
            return rule | {"validate": "list", "source": listed, "error_message": told}
        known = _KINDS.get(column.jenis, {})
        if "periksa" not in known:
            return {}
        kind, told = known["periksa"], known.get("minta", known["isi"])
        least, most = _FROM_TO[kind]
        between = {"criteria": "between", "minimum": least, "maximum": most}
        return rule | {"validate": kind, "error_message": f"Isilah {told}."} | between

    def _header(self, page: Worksheet, at: int, header: str, column: Kolom, levels: int) -> None:
        looks = self._formats[_head(column)]
        parts = header.split(" / ")
        for level in range(levels):
            page.write(_TOP + level, at, parts[level] if level < len(parts) else None, looks)
        options = {"author": "pp39", "width": 260, "height": 90}
        page.write_comment(_TOP + len(parts) - 1, at, _note(column), options)
        width = min(44, max(13, max(map(len, parts)) + 4))
        page.set_column(at, at, width, self._formats.get(column.jenis))

    def _explain(self, page: Worksheet) -> None:
        content, formats, widths = self._content, self._formats, (28, 44, 60, 80)
        known = {"unit": content.unit, "tahun": content.year, "sumber": content.sources[0]}
        lines = [one.format_map(known) for one in _GIVEN["petunjuk"]]
        for row, line in enumerate(lines):
            page.write_string(row, 0, line, None if row else formats["judul"])
        at = len(lines) + 1
        page.write_row(at, 0, ("Lembar", "Isi", "Keterangan", "Kolom"), formats["wajib"])
        for row, name in enumerate(content.sources, at + 1):
            source = content.profile.sumber[name]
            page.write_url(row, 0, f"internal:'{name[:_LONGEST_NAME]}'!A1", string=name)
            headers = ", ".join(map(_told, source.kolom.values()))
            cells = (source.judul, _asked(name, content), headers)
            page.write_row(row, 1, cells, formats["lipat"])
            handout.heighten(page, row, zip(cells, widths[1:], strict=True))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)


def _columns(source: Sumber) -> Iterator[tuple[str, str]]:
    """Give the columns of the file: key and header, months one by one."""
    monthly = [(key, one) for key, one in source.kolom.items() if one.monthly]
    for key, one in source.kolom.items():
        if not one.monthly:
            yield key, one.judul
    for month in MONTHS if monthly else ():
        for key, one in monthly:
            yield key, one.judul.replace("{bulan}", month)


def _head(column: Kolom) -> str:
    return "wajib" if column.wajib else "boleh"


def _note(column: Kolom) -> str:
    told = [_kind(column)]
    told.append("wajib terisi pada setiap baris" if column.wajib else "boleh kosong")
    if column.pribadi == "lain":
        told.append("data pribadi: dibuang saat pembersihan")
    elif column.pribadi is not None:
        told.append("data pribadi: dipakai untuk mengenali jawaban yang sama, lalu dibuang")
    if column.isi_ke_bawah:
        told.append("kosong berarti sama dengan sel di atasnya")
    return "; ".join(told)


def _kind(column: Kolom) -> str:
    match column:
        case KolomPilihan():
            return "dipilih dari daftar"
        case KolomKode(bentuk="indikator"):
            return "kode indikator, dipilih dari daftar"
        case KolomKode() | KolomPisah():
            return f"misalnya {column.contoh}" if column.contoh else "kode"
        case KolomBulat():
            return f"bilangan bulat, misalnya {column.contoh}"
        case _:
            return _KINDS[column.jenis]["isi"]


def _told(column: Kolom) -> str:
    """Name a column; one for every month is named once."""
    return f"{column.every_month} setiap bulan".strip() if column.monthly else column.judul


def _is_code(column: Kolom) -> bool:
    return isinstance(column, KolomKode) and column.bentuk == "indikator"


def _asked(name: str, content: FormContent) -> str:
    codes = content.needed.get(name, ())
    used = ""
    if codes:
        whole = len(codes) == len(content.indicators) > 1
        used = "semua indikator" if whole else ", ".join(codes)
        used = f" Dipakai oleh {used}."
    source = content.profile.sumber[name]
    above = source.induk.contoh if source.induk is not None else None
    if above is not None:
        used += f" Di atas baris setiap kelompok ditulis satu sel seperti {above}."
    if content.is_needed(name):
        other = " atau ".join(one for one in source.digantikan if one in content.sources)
        instead = f" kecuali lembar {other} diisi" if other else ""
        return f"Wajib diisi{instead}.{used}"
    return f"Boleh dibiarkan kosong; bagian laporannya lalu tidak ada.{used}"
