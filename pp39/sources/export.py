"""Reading an export: its rows, and the clean tables of the sources that it says something for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from pp39.errors import UnreadableInput
from pp39.numbers import parse_amount, parse_percent, plain_decimal
from pp39.periods import MONTHS, Quarter, parse_date
from pp39.profile.export import Ekspor, HasilEkspor, names_in
from pp39.sources.cleaning import clean_raw
from pp39.sources.context import Context
from pp39.sources.declaration import Column, Kind, Source
from pp39.sources.provenance import Part, Provenance
from pp39.sources.raw import RawTable
from pp39.sources.recognise import Header, Recognised, sheet_of
from pp39.sources.spreadsheet import Sheet
from pp39.sources.table import CleanTable
from pp39.sources.texts import plain
from pp39.sources.words import Month, Text

# Clean column -> row -> file and rows, as of `Provenance`.
_Cells: TypeAlias = dict[str, dict[int, tuple[int, tuple[int, ...]]]]


class _Value(NamedTuple):
    """A text, the row it stands in, and the header above it."""

    text: str
    row: int
    header: str = ""


@dataclass(frozen=True)
class _Record:
    """A row of an export, or the rows that are one record, with all that is known of it."""

    row: int
    level: str
    values: Mapping[str, _Value] = field(default_factory=dict)


class _Read(NamedTuple):
    """What was read of a file."""

    found: Recognised
    header: Header
    records: list[_Record]
    #: Rows that nobody sees who opens it.
    hidden: set[int]


def read_export(
    found: Recognised, sources: Mapping[str, Source], context: Context
) -> dict[str, CleanTable]:
    """Read what an export says for each source.

    Parameters
    ----------
    found : Recognised
        The file.
    sources : mapping of str to Source
        Sources of the unit; what it says for others is left aside.
    context : Context
        Budget year, satker and words of the unit.

    Raises
    ------
    UnreadableInput
        If it is of another satker or year, or a cell is not what it should be.
    """
    sheet, header = sheet_of(found)
    records = list(_records(found, sheet, header))
    _must_be_of(found, records, context)
    _must_be_whole(found, records)
    own = [one for one in records if not _is_foreign(one, context)]
    if not own:
        raise UnreadableInput(
            f"{found.name} is a {found.given.judul} without rows of data; export it again"
        )
    return {
        name: _table(_Read(found, header, own, sheet.hidden_rows), sources[name], result, context)
        for name, result in found.given.hasil.items()
        if name in sources and (found.month or not _needs_period(result))
    }


def _needs_period(result: HasilEkspor) -> bool:
    used = {word for text in result.kolom.values() for word, _ in names_in(text)}
    return bool(used & {"bulan", "triwulan"})


def _records(found: Recognised, sheet: Sheet, header: Header) -> Iterator[_Record]:
    """Give the records of an export, each with what the rows above it say."""
    rows = _Rows(found, sheet, header)
    if not found.given.kelompok:
        yield from rows.every()
        return
    group: list[_Record] = []
    seen: set[str] = set()
    for one in rows.every():
        if one.level in seen:
            yield _joined(group)
            group, seen = [], set()
        group.append(one)
        seen.add(one.level)
    if group:
        yield _joined(group)


def _joined(group: list[_Record]) -> _Record:
    """Make one record of the rows of its levels: of a name alone the first value counts."""
    values: dict[str, _Value] = {}
    for one in group:
        for name, value in one.values.items():
            values.setdefault(name, value)
            values[f"{one.level}/{name}"] = value
    return _Record(group[0].row, group[0].level, values)


class _Rows:
    """The rows below a header: levels, names that go on below, repeated headers, footnotes."""

    def __init__(self, found: Recognised, sheet: Sheet, header: Header) -> None:
        self.given = found.given
        self.sheet = sheet
        self.header = header
        self.above = {
            text
            for row, cells in sheet.cells.items()
            if row < header.row + header.levels
            for text in map(_text, cells.values())
        }
        self.known: dict[str, dict[str, _Value]] = {}
        self.filled: dict[str, _Value] = {}
        before = found.given.jenjang_sebelum or ""
        self.left = header.columns[before][0] if before in header.columns else 0

    def every(self) -> Iterator[_Record]:
        """Give every row of data."""
        kept: list[_Record] = []
        at_name = 0
        for row, cells in sorted(self.sheet.cells.items()):
            if row < self.header.row + self.header.levels or self._is_no_data(cells):
                continue
            values = dict(self._values(row, cells))
            if not self.given.jenjang:
                if len(values) > 1:
                    kept.append(_Record(row, "", {**values, **self._groups(values)}))
            elif not any(self.header.columns[name][0] >= self.left for name in values):
                # A long name goes on in the row below, in the same column.
                if kept and set(cells) == {at_name}:
                    self._go_on(kept, _text(cells[at_name]))
            else:
                level, own, at_name = self._level(row, cells)
                if level:
                    kept.append(_Record(row, level, {**own, **values, **self._groups(values)}))
        return iter(kept)

    def _is_no_data(self, cells: Mapping[int, str]) -> bool:
        texts = [_text(cells[column]) for column in sorted(cells)]
        if any(re.search(one, texts[0]) for one in self.given.abaikan):
            return True
        if all(one in self.above for one in texts):
            return True
        # Numbers of the columns below a header: (1) (2) (3).
        numbers = [re.fullmatch(r"\(?(\d{1,2})\)?", one) for one in texts]
        counted = [int(one[1]) for one in numbers if one]
        steps = all(b - a == 1 for a, b in pairwise(counted))
        return len(counted) == len(texts) > 3 and steps

    def _values(self, row: int, cells: Mapping[int, str]) -> Iterator[tuple[str, _Value]]:
        for name, span in self.header.columns.items():
            label = self.header.labels[name]
            text = cells.get(span[0]) or next((cells[one] for one in span if one in cells), "")
            if text:
                value = self.filled[name] = _Value(_text(text), row, label)
                yield name, value
            elif self.given.kolom[name].isi_ke_bawah and name in self.filled:
                yield name, self.filled[name]._replace(row=row)

    def _groups(self, values: Mapping[str, _Value]) -> dict[str, _Value]:
        """Give what the patterns of the columns find in their cells."""
        found: dict[str, _Value] = {}
        for name, value in values.items():
            for pattern in self.given.kolom[name].pola:
                if match := re.search(pattern, value.text):
                    found |= {
                        group: value._replace(text=text)
                        for group, text in match.groupdict().items()
                        if text
                    }
                    break
        return found

    def _level(self, row: int, cells: Mapping[int, str]) -> tuple[str, dict[str, _Value], int]:
        """Tell the level of a row, what is known of it from those above, and where its name is."""
        left = [one for one in sorted(cells) if one < self.left]
        for number, column in enumerate(left):
            for level, pattern in self.given.jenjang.items():
                match = re.fullmatch(pattern, _text(cells[column]))
                if match is None:
                    continue
                label = self._label(column)
                own = {
                    name: _Value(text, row, label)
                    for name, text in match.groupdict().items()
                    if text
                }
                at_name = left[number + 1] if number + 1 < len(left) else column
                own[f"nama_{level}"] = _Value(_text(cells[at_name]), row, self._label(at_name))
                above: dict[str, _Value] = {}
                for higher in self.given.jenjang:
                    if higher == level:
                        break
                    above |= self.known.get(higher, {})
                if not self.given.kelompok:
                    self.known[level] = own
                    below = list(self.given.jenjang)
                    for lower in below[below.index(level) + 1 :]:
                        self.known.pop(lower, None)
                return level, {**above, **own}, at_name
        return "", {}, 0

    def _go_on(self, kept: list[_Record], text: str) -> None:
        last = kept[-1]
        name = f"nama_{last.level}"
        whole = last.values[name]._replace(text=f"{last.values[name].text} {text}")
        kept[-1] = replace(last, values={**last.values, name: whole})
        self.known[last.level] = {**self.known.get(last.level, {}), name: whole}

    def _label(self, column: int) -> str:
        """Give the header above a code: where one label heads them all, it stands further left."""
        line = {
            at: _text(text)
            for row in range(self.header.row, self.header.row + self.header.levels)
            for at, text in self.sheet.cells.get(row, {}).items()
            if at <= column
        }
        return line[max(line)] if line else ""


def _text(text: str) -> str:
    return " ".join(plain(text).split())


def _must_be_of(found: Recognised, records: list[_Record], context: Context) -> None:
    """Refuse an export of another satker or year, or one that does not say its period."""
    given = found.given
    if context.satker and found.satker not in ("", context.satker):
        raise UnreadableInput(
            f"{found.name} is of satker {found.satker}, not {context.satker}; export it for "
            f"{context.satker} or take it away"
        )
    units = {one.values["satker"].text for one in records if "satker" in one.values}
    if context.satker and units and context.satker not in units:
        raise UnreadableInput(
            f"{found.name} has no rows of satker {context.satker}, only of "
            f"{', '.join(sorted(units)[:5])}; export it for {context.satker} or take it away"
        )
    if not context.satker and len(units) > 1:
        raise UnreadableInput(
            f"{found.name} has rows of {len(units)} satker; say which one is meant under "
            "unit.kode_satker in the file of the unit"
        )
    if found.year not in (0, context.year):
        raise UnreadableInput(
            f"{found.name} is of {found.period}, not of {context.year}; take it away or export it "
            f"for {context.year}"
        )
    if given.periode and not found.month:
        raise UnreadableInput(
            f"{found.name} does not say which month it is of, in its titles or its name; put the "
            f"month into its name, such as {MONTHS[-1]}_{context.year}"
        )
    column = given.tanggal or ""
    dates = [one.values[column] for one in records if column in one.values]
    years = set()
    for one in dates:
        try:
            years.add(parse_date(one.text, context.year).year)
        except ValueError:
            continue
    if years and context.year not in years:
        raise UnreadableInput(
            f'{found.name}, row {dates[0].row}, column "{dates[0].header}": all dates are of '
            f"{min(years)}, not of {context.year}; take the file away or export it for "
            f"{context.year}"
        )


def _must_be_whole(found: Recognised, records: list[_Record]) -> None:
    """Refuse an export whose parts do not add up to its total, such as half a download."""
    given = found.given.utuh
    if given is None:
        return
    values = {
        level: [
            one.values[given.kolom]
            for one in records
            if one.level == level and given.kolom in one.values
        ]
        for level in (given.bagian, given.jumlah)
    }
    parts, whole = (
        sum((_amount(found, one) for one in told), Fraction(0)) for told in values.values()
    )
    if values[given.jumlah] and parts != whole:
        first = values[given.jumlah][0]
        raise UnreadableInput(
            f'{found.name}, row {first.row}, column "{first.header}": the total is '
            f"{plain_decimal(whole)}, but the rows of the level {given.bagian} add up to "
            f"{plain_decimal(parts)}; the file is not whole, export it again"
        )


def _is_foreign(record: _Record, context: Context) -> bool:
    satker = record.values.get("satker")
    return satker is not None and bool(context.satker) and satker.text != context.satker


def _table(read: _Read, source: Source, result: HasilEkspor, context: Context) -> CleanTable:
    """Make the clean table of one source."""
    found, header, records, unseen = read
    rows: list[dict[str, _Value]] = []
    for record in records:
        if result.baris in (None, record.level):
            rows += _expanded(found, result, record)
    if not rows:
        raise UnreadableInput(
            f"{found.name}: no row of the level {result.baris} was found; export it again"
        )
    hidden = sorted({at.row for one in rows for at in one.values()} & unseen)
    rows, many = _summed(found, source, result, rows)
    headers: dict[str, str] = {}
    for name, text in result.kolom.items():
        label = next((one[name].header for one in rows if one[name].header), "") or (
            "Periode" if "{" in text else name
        )
        headers[name] = label if label not in headers.values() else f"{label} ({name})"
    raw = RawTable(
        found.name,
        found.sheet,
        header.row + header.levels - 1,
        {
            headers[name]: pd.Series([one[name].text for one in rows], dtype="str")
            for name in result.kolom
        },
        np.array([_row(one) for one in rows], dtype=np.int64),
        hidden=tuple((row, "") for row in hidden),
    )
    clean = clean_raw(_adapted(source, headers, found.name), raw, context)
    part = Part(found.name, found.sheet, clean.headers)
    elsewhere: _Cells = {
        name: {
            index: (0, (one[name].row,))
            for index, one in enumerate(rows)
            if one[name].row and one[name].row != _row(one)
        }
        for name in result.kolom
    }
    cells: _Cells = {name: own for name, own in {**elsewhere, **many}.items() if own}
    known = Provenance((part,), (0,) * len(rows), cells)
    return replace(clean, source=replace(source, file=found.name), provenance=known)


def _row(values: Mapping[str, _Value]) -> int:
    return min(one.row for one in values.values() if one.row)


def _expanded(
    found: Recognised, result: HasilEkspor, record: _Record
) -> Iterator[dict[str, _Value]]:
    """Give the clean cells of a record: one row, or one for each column that it stands for."""
    quarter = str(Quarter((found.month - 1) // 3 + 1)) if found.month else ""
    period = {
        "tahun": str(found.year or ""),
        "bulan": MONTHS[found.month - 1] if found.month else "",
        "triwulan": quarter,
        "versi": found.version,
    }
    known = {name: _Value(text, 0) for name, text in period.items()} | dict(record.values)
    for loop, columns in result.untuk.items() or [("", ("",))]:
        for column in columns:
            extra = {loop: _Value(column, 0)} if loop else {}
            names = {**known, **extra}
            made = {
                name: _made(found.given, text, names, (loop, column), record.row)
                for name, text in result.kolom.items()
            }
            # What is not in this export has no row.
            if not loop or any(one.header for one in made.values()):
                yield made


def _made(
    given: Ekspor, text: str, names: Mapping[str, _Value], each: tuple[str, str], row: int
) -> _Value:
    """Put values into one clean cell; blank where one of them is."""
    loop, column = each
    used: list[_Value] = []
    for word, spec in names_in(text):
        name = word[: -len(loop)] + column if loop and word.endswith(f"/{loop}") else word
        value = names.get(name, _Value("", 0))
        read = _read_as(given, value, spec)
        if not read:
            return _Value("", row)
        text = text.replace("{" + word + (f":{spec}" if spec else "") + "}", read)
        used.append(value)
    rows = {one.row for one in used if one.row}
    header = next((one.header for one in reversed(used) if one.header), "")
    return _Value(text, rows.pop() if len(rows) == 1 else row, header)


def _read_as(given: Ekspor, value: _Value, spec: str) -> str:
    text = value.text
    if not spec or not text:
        return text
    if spec in given.daftar:
        return given.daftar[spec].get(text, text)
    if "%" in text or text in ("-", "–"):
        return text
    if spec == "persen":
        return f"{text}%"
    try:
        return f"{plain_decimal(parse_percent(text) * 100)}%"
    except ValueError:
        return text


def _summed(
    found: Recognised, source: Source, result: HasilEkspor, rows: list[dict[str, _Value]]
) -> tuple[list[dict[str, _Value]], _Cells]:
    """Add rows of one key up; tell which rows each sum is made of."""
    if not result.jumlahkan:
        return rows, {}
    groups: dict[tuple[str, ...], list[dict[str, _Value]]] = {}
    for one in rows:
        groups.setdefault(tuple(one[name].text for name in source.key), []).append(one)
    made: list[dict[str, _Value]] = []
    many: _Cells = {}
    for index, key in enumerate(sorted(groups)):
        whole = dict(groups[key][0])
        for name in result.jumlahkan:
            filled = [one[name] for one in groups[key] if one[name].text]
            amount = sum((_amount(found, one) for one in filled), Fraction(0))
            whole[name] = whole[name]._replace(text=plain_decimal(amount) if filled else "")
            many.setdefault(name, {})[index] = (0, tuple(one.row for one in filled))
        made.append(whole)
    return made, many


def _amount(found: Recognised, value: _Value) -> Fraction:
    try:
        return parse_amount(value.text)
    except ValueError as error:
        told = f'{found.name}, row {value.row}, column "{value.header}": {error}'
        raise UnreadableInput(told) from None


def _adapted(source: Source, headers: Mapping[str, str], file: str) -> Source:
    """Declare a source as an export gives it: its clean columns, under the export's headers."""
    derived = source.derived.jadi if source.derived else ()
    columns = []
    for name in source.schema:
        if name == "baris" or name in derived:
            continue
        own = next((one for one in source.columns if one.names == (name,)), None)
        plainly: Kind = Month() if name == "bulan" else Text()
        column = own or Column(name, (name,), plainly)
        header = headers.get(name, f"_{name}")
        columns.append(
            replace(
                column,
                header=header,
                spellings=(),
                fill=False,
                may_lack=name not in headers,
                required=column.required and name in headers,
            )
        )
    return replace(
        source,
        file=file,
        columns=tuple(columns),
        section=None,
        position=None,
        glued=None,
        composed=(),
    )
