"""The workbook that a unit fills in: one sheet for each source, and one that explains.

What is known beforehand stands in it already: quarters, months, words, the codes and names of the
indicators. Cells that take a word of a list offer the list.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

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
from pp39.starting.timeless import timeless

__all__ = ["EXPLAINED", "FormContent", "form"]

EXPLAINED = "Petunjuk"
"""The sheet that explains the others."""
_LISTS = "Daftar"
_QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
_LAST_ROW = 1_048_576  # of a sheet
_MOST_PREFILLED = 200
_LONGEST_NAME = 31  # of a sheet

_HEAD = PatternFill("solid", fgColor="1F4E79")
_MAY = PatternFill("solid", fgColor="7F7F7F")
_KNOWN = PatternFill("solid", fgColor="EDEDED")
_WHITE = Font(bold=True, color="FFFFFF")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")

_KINDS = {
    "teks": "teks",
    "bulat": "bilangan bulat",
    "angka": "angka, misalnya 72,35",
    "rupiah": "rupiah, misalnya 1250000",
    "persen": "persen, misalnya 25%",
    "angka_bersatuan": "angka dengan satuannya, misalnya 169 sertifikat",
    "tercetak": "angka sebagaimana tercetak",
    "tanggal": "tanggal, misalnya 31/12/2025",
    "bulan": "bulan, dipilih dari daftar",
    "triwulan": "triwulan, dipilih dari daftar",
}
_FORMATS = {
    "bulat": "0",
    "angka": "0.00##",
    "rupiah": "#,##0",
    "persen": "0.00%",
    "tanggal": "dd/mm/yyyy",
}
_TYPED = {
    "bulat": ("whole", "bilangan bulat"),
    "rupiah": ("whole", "jumlah rupiah tanpa pecahan"),
    "angka": ("decimal", "angka"),
    "persen": ("decimal", "persen, misalnya 25%"),
    "tanggal": ("date", "tanggal, misalnya 31/12/2025"),
}
"""What a spreadsheet checks by kind of column, and what it then asks for."""
_FROM_TO = {
    "whole": ("-999999999999999", "999999999999999"),
    "decimal": ("-999999999999999", "999999999999999"),
    "date": ("DATE(1990,1,1)", "DATE(2100,12,31)"),
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
        return one.wajib == "ya" or (one.wajib == "bila_dipakai" and name in self.needed)

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
        keys = source.kunci if source.prefilled else ()
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
    book = Workbook()
    first = book.active
    first.title = EXPLAINED
    lists = _Lists(book.create_sheet(_LISTS))
    for name in content.sources:
        page = book.create_sheet(name[:_LONGEST_NAME])
        _sheet(page, name, content, lists)
    _explain(first, content)
    lists.page.sheet_state = "hidden"
    book.move_sheet(_LISTS, len(content.sources))
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


class _Lists:
    """The hidden sheet with the lists that cells offer, each in a column of its own."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self._known: dict[tuple[str, ...], str] = {}

    def reference(self, words: Sequence[str]) -> str:
        key = tuple(words)
        if key not in self._known:
            column = len(self._known) + 1
            for row, word in enumerate(key, 1):
                self.page.cell(row, column, word)
            letter = get_column_letter(column)
            self._known[key] = f"{_LISTS}!${letter}$1:${letter}${len(key)}"
        return self._known[key]


def _sheet(page: Worksheet, name: str, content: FormContent, lists: _Lists) -> None:
    source = content.profile.sumber[name]
    page.sheet_properties.tabColor = "1F4E79" if content.is_needed(name) else "A6A6A6"
    page.cell(1, 1, source.judul).font = _BOLD
    page.cell(2, 1, _asked(name, content))
    top = 4
    columns = list(_columns(source))
    for at, (key, header) in enumerate(columns, 1):
        _header(page, source, top, at, (source.kolom[key], header))
    _merge(page, [header for _, header in columns], top, source.baris_judul)
    first = top + source.baris_judul
    for at, (key, _) in enumerate(columns, 1):
        letter, column = get_column_letter(at), source.kolom[key]
        if (rule := _rule(column, content.choices(name, column), lists)) is not None:
            rule.add(f"{letter}{first}:{letter}{_LAST_ROW}")
            page.add_data_validation(rule)
        if style := _FORMATS.get(column.jenis):
            page.column_dimensions[letter].number_format = style
    rows = content.rows(name)
    places = {key: at for at, (key, _) in enumerate(columns, 1)}
    for offset, row in enumerate(rows):
        for key, text in row.items():
            if text:
                page.cell(first + offset, places[key], text).fill = _KNOWN
    page.freeze_panes = page.cell(first, 1)


def _rule(column: Kolom, words: Sequence[str], lists: _Lists) -> DataValidation | None:
    """Say what a spreadsheet lets into a column: a word of a list, a date, a number."""
    if words:
        listed = f"={lists.reference(words)}"
        return DataValidation(
            "list", formula1=listed, allow_blank=True, error="Pilih salah satu dari daftar."
        )
    kind, told = _TYPED.get(column.jenis, ("", ""))
    if not kind:
        return None
    rule = DataValidation(kind, operator="between", allow_blank=True, error=f"Isilah {told}.")
    rule.formula1, rule.formula2 = _FROM_TO[kind]
    # What is typed as text may still be read: a number with its thousands, a date in words.
    rule.errorStyle = "warning"
    return rule


def _columns(source: Sumber) -> Iterator[tuple[str, str]]:
    """Give the columns of the file: key and header, months one by one."""
    monthly = [(key, one) for key, one in source.kolom.items() if one.monthly]
    for key, one in source.kolom.items():
        if not one.monthly:
            yield key, one.judul
    for month in MONTHS if monthly else ():
        for key, one in monthly:
            yield key, one.judul.replace("{bulan}", month)


def _header(page: Worksheet, source: Sumber, top: int, at: int, given: tuple[Kolom, str]) -> None:
    column, header = given
    parts = header.split(" / ")
    for level, part in enumerate(parts):
        cell = page.cell(top + level, at, part)
        cell.font, cell.alignment = _WHITE, _WRAPPED
    for level in range(source.baris_judul):
        page.cell(top + level, at).fill = _HEAD if column.wajib else _MAY
    note = Comment(_note(column), "pp39", width=260, height=90)
    page.cell(top, at).comment = note
    longest = max(map(len, parts))
    page.column_dimensions[get_column_letter(at)].width = min(44, max(13, longest + 4))


def _merge(page: Worksheet, headers: Sequence[str], top: int, levels: int) -> None:
    """Merge a header of one level downwards, and sideways where neighbours share the upper."""
    if levels == 1:
        return
    start = 0
    for at in range(1, len(headers) + 1):
        upper = headers[start].split(" / ")
        if len(upper) > 1 and at < len(headers) and headers[at].split(" / ")[0] == upper[0]:
            continue
        if len(upper) == 1:
            page.merge_cells(
                start_row=top, end_row=top + levels - 1, start_column=start + 1, end_column=at
            )
        elif at - start > 1:
            page.merge_cells(start_row=top, end_row=top, start_column=start + 1, end_column=at)
        start = at


def _note(column: Kolom) -> str:
    told = [_kind(column)]
    told.append("wajib terisi pada setiap baris" if column.wajib else "boleh kosong")
    if column.pribadi is not None:
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
            return _KINDS[column.jenis]


def _told(column: Kolom) -> str:
    """Name a column; one for every month is named once."""
    plain = column.judul.replace("{bulan} / ", "").replace("{bulan}", "")
    return f"{plain} setiap bulan".strip() if column.monthly else column.judul


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


def _explain(page: Worksheet, content: FormContent) -> None:
    lines = (
        f"Isian {content.unit}, tahun anggaran {content.year}",
        "Isi setiap lembar berwarna biru; lembar berwarna abu-abu boleh dibiarkan kosong.",
        "Judul kolom jangan diubah. Kolom berlatar biru tua wajib terisi; arahkan penunjuk ke judul"
        " kolom untuk melihat isinya.",
        "Baris yang sudah memuat kode, bulan, triwulan, atau nama tetapi belum diisi tidak dibaca.",
        "Data satu sumber dapat juga berupa berkas sendiri di folder ini, misalnya"
        f" {content.sources[0]}.csv atau {content.sources[0]}.xlsx; biarkan lembarnya kosong.",
    )
    for row, line in enumerate(lines, 1):
        page.cell(row, 1, line).font = _BOLD if row == 1 else Font()
    at = len(lines) + 2
    for column, head in enumerate(("Lembar", "Isi", "Keterangan", "Kolom"), 1):
        cell = page.cell(at, column, head)
        cell.font, cell.fill = _WHITE, _HEAD
    for offset, name in enumerate(content.sources, 1):
        source = content.profile.sumber[name]
        headers = ", ".join(map(_told, source.kolom.values()))
        page.cell(at + offset, 1, name).hyperlink = f"#'{name[:_LONGEST_NAME]}'!A1"
        for column, text in enumerate((source.judul, _asked(name, content), headers), 2):
            page.cell(at + offset, column, text).alignment = _WRAPPED
    for letter, width in zip("ABCD", (28, 44, 60, 80), strict=True):
        page.column_dimensions[letter].width = width
