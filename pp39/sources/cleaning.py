"""Cleaning one source: raw texts in, typed columns and a log of every change out.

Work goes by distinct texts: each is parsed once, however often it occurs, and columns that already
hold plain digits or tidy text are taken over as a whole. A value that does not parse is an error
that names file, row and column; all errors of a file are told together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39 import handout
from pp39.errors import UnreadableInput
from pp39.numbers import exact, format_number
from pp39.periods import MONTHS, NUMBER_OF_DAY, Quarter, is_serial, parse_date
from pp39.profile import function
from pp39.sources.context import Context
from pp39.sources.csvfile import read_csv
from pp39.sources.declaration import Column, Kind, Parsed, Source, Storage
from pp39.sources.fixes import GLUED, Fix
from pp39.sources.mask import Scope, masked, suspect
from pp39.sources.mending import mended
from pp39.sources.numbers import Count, Percent, Stated
from pp39.sources.personal import identity_columns, key_of_environment
from pp39.sources.raw import RawTable, declared, folded, locate, no_column, no_header, seen
from pp39.sources.registers import told_by
from pp39.sources.table import CleanTable
from pp39.sources.texts import as_counts, blanks, matching
from pp39.sources.words import Choice, Date, Month, Split, Text
from pp39.sources.workbook import read_workbook
from pp39.together import Together, and_rows

_Columns: TypeAlias = "dict[str, pd.Series[Any]]"

# How a row below a table begins that adds up the others.
_TOTAL = re.compile(r"(?:sub ?)?(?:total|jumlah)\b|rata-rata\b", re.IGNORECASE)
#: Digits of the largest count beside personal columns; a telephone number has more.
_LONGEST = 7
# Letters of the longest cell that is no text; patterns take their time over longer ones.
_LETTERS = 250
#: Of a percentage written as a share of 1.
_HIGHEST_SHARE = 2
# What the unit of a percentage is called.
_PERCENT = ("persen", "persentase", "%")
# Different wrong cells of one column that are looked at.
_WRONG = 100


def clean(source: Source, path: Path, context: Context) -> CleanTable:
    """Clean one raw file.

    Returns
    -------
    CleanTable
        Columns of `Source.schema`, rows in file order (by row, then month), and the log.

    Raises
    ------
    MissingInput
        If the file is not there.
    UnreadableInput
        If a cell, a row or the file is not what the declaration says; tells all of them.
    """
    if path != source.elsewhere and path.name != source.file:
        source = replace(source, file=path.name)
    if path.suffix.casefold() == ".xlsx":
        raw = read_workbook(source, path, context.year)
    else:
        raw = read_csv(source, path)
    if path == source.elsewhere:
        # Its texts were made safe for spreadsheets when it was handed out.
        raw = replace(
            raw, columns={name: one.map(handout.plain) for name, one in raw.columns.items()}
        )
    return clean_sheet(source, raw, context)


def clean_sheet(source: Source, raw: RawTable, context: Context) -> CleanTable:
    """Clean what was read, of a sheet or a file; errors, as of `clean`, call it as `raw` does."""
    made = clean_raw(replace(source, file=raw.file), raw, context)
    return replace(made, source=source)


def clean_raw(source: Source, raw: RawTable, context: Context) -> CleanTable:
    """Clean what was read of a file; arguments and errors as of `clean`."""
    work = _Work(source, mended(source, raw), context)
    work.unglue()
    if any(column.monthly for column in source.columns):
        return work.monthly()
    return work.plain()


class _Unsigned(NamedTuple):
    """A percentage without its sign, and where it stands."""

    value: float
    text: str
    row: int
    shown: str


class _Work:
    """The steps of cleaning one raw table."""

    def __init__(self, source: Source, raw: RawTable, context: Context) -> None:
        self.source = source
        self.raw = raw
        self.context = context
        self.texts = dict(raw.columns)
        self.fixes = list(raw.fixes)
        self.headers: dict[str, str] = {}
        self.faults = Together()
        for fault in raw.faults:
            self.faults.add(fault)
        self.unsigned: dict[Column, list[_Unsigned]] = {}
        self.signed: Counter[Column] = Counter()
        self.veiled: dict[Column, dict[str, str]] = {}
        self.found = self._located()

    def plain(self) -> CleanTable:
        """Clean a table whose rows are the rows of the file."""
        clean_columns: _Columns = {}
        personal: dict[Column, pd.Series[str]] = {}
        for column, header in self.found.items():
            if column.personal:
                personal[column] = self.texts[header]
                rule = "kolom pribadi diganti nomor kelompok"
                self.fixes.append(Fix(self.source.name, self.raw.header_row, header, "", "", rule))
                continue
            with self.faults.noted():
                clean_columns |= self._column(column, header, self.texts[header], self.raw.rows)
        if personal:
            clean_columns |= identity_columns(personal, key_of_environment())
        return self._finished(clean_columns, self.raw.rows)

    def monthly(self) -> CleanTable:
        """Clean a table with one group of columns per month: one row per row and month."""
        fixed = [column for column in self.source.columns if not column.monthly]
        repeated = [column for column in self.source.columns if column.monthly]
        groups = self._month_groups(repeated)
        size, months = self.raw.rows.size, sorted(groups)
        # Long order: all months of the first row, then of the second, and so on.
        take = np.repeat(np.arange(size), len(months))
        rows = self.raw.rows[take]
        clean_columns: _Columns = {
            "bulan": pd.Series(np.tile(np.array(months), size), dtype="Int64")
        }
        for column in fixed:
            if column in self.found:
                header = self.found[column]
                with self.faults.noted():
                    once = self._column(column, header, self.texts[header], self.raw.rows)
                    clean_columns |= {
                        n: s.take(take).reset_index(drop=True) for n, s in once.items()
                    }
        order = np.argsort(np.tile(np.arange(size), len(months)), kind="stable")
        for column in repeated:
            parts = []
            for month in months:
                with self.faults.noted():
                    header = groups[month][column]
                    texts = self.texts[header]
                    parts.append(self._column(column, header, texts, self.raw.rows))
            for name in column.names if len(parts) == len(months) else ():
                whole = pd.concat([part[name] for part in parts], ignore_index=True)
                clean_columns[name] = whole.take(order).reset_index(drop=True)
                self.headers[name] = column.header
        return self._finished(clean_columns, rows, take)

    def unglue(self) -> None:
        """Take a value off the end of the cell before it, where its own cell is blank."""
        glued = self.source.glued
        there = {column.header for column in self.found}
        if glued is None or not {glued.dari, glued.ke} <= there:
            return
        left, right = self._header(glued.dari), self._header(glued.ke)
        texts, other = self.texts[left].copy(), self.texts[right].copy()
        stuck = blanks(other)
        for index in np.flatnonzero(stuck).tolist():
            match = re.fullmatch(glued.pola, str(texts.iloc[index]))
            if match is None:
                continue
            row = int(self.raw.rows[index])
            before, first, second = str(texts.iloc[index]), match[1].strip(), match[2].strip()
            texts.iloc[index], other.iloc[index] = first, second
            self.fixes.append(Fix(self.source.name, row, left, before, first, GLUED))
            self.fixes.append(Fix(self.source.name, row, right, "", second, GLUED))
        self.texts[left], self.texts[right] = texts, other

    def _located(self) -> dict[Column, str]:
        headers = list(self.raw.columns)
        found: dict[Column, str] = {}
        lacking: list[str] = []
        for column in self.source.columns:
            if column.monthly:
                continue
            header = locate(column, headers)
            if header is None:
                if not column.may_lack:
                    lacking.append(column.header)
                continue
            found[column] = header
            self.headers |= dict.fromkeys(column.names, seen(column, header))
        if not found:
            raise no_header(self.source)
        for name in lacking:
            self.faults.add(no_column(self.source, name, headers))
        return found

    def _header(self, declared: str) -> str:
        return next(header for column, header in self.found.items() if column.header == declared)

    def _month_groups(self, columns: Sequence[Column]) -> dict[int, dict[Column, str]]:
        by_folded = {folded(header): header for header in self.texts}
        groups: dict[int, dict[Column, str]] = {}
        for number, month in enumerate(MONTHS, 1):
            wanted = {one: one.header.replace("{bulan}", month) for one in columns}
            at = {one: by_folded.get(folded(header)) for one, header in wanted.items()}
            present = {one: header for one, header in at.items() if header is not None}
            if not present:
                continue
            lacking = [header for column, header in wanted.items() if column not in present]
            for header in lacking:
                self.faults.add(no_column(self.source, header, self.texts))
            if not lacking:
                groups[number] = present
        if not groups:
            first = columns[0].header.replace("{bulan}", MONTHS[0])
            self.faults.add(no_column(self.source, first, self.texts))
            self.faults.insist()
        return groups

    def _column(
        self, column: Column, header: str, texts: pd.Series[str], rows: npt.NDArray[np.int64]
    ) -> _Columns:
        shown = header if column.monthly else seen(column, header)
        scope = _scope(column)
        if self.source.personal and isinstance(column.kind, Text) and not column.identifier:
            texts = self._veiled(column, shown, texts, rows)
        elif scope != "angka":
            texts = self._masked(shown, texts, rows, scope)
        blank = blanks(texts)
        if column.fill and bool(blank.any()):
            texts = self._filled(shown, texts, blank, rows)
            blank = blanks(texts)
        if column.required and not column.dated_by and bool(blank.any()):
            at = rows[np.flatnonzero(blank)]
            self._note(at, shown, f"the cell is empty; {column.kind.expected}")
        quick = self._quick(column, texts, blank)
        if quick is not None:
            return {column.names[0]: quick}
        if scope == "angka":
            texts = self._masked(shown, texts, rows, scope)
        return self._by_distinct(column, shown, texts, rows)

    def _veiled(
        self, column: Column, shown: str, texts: pd.Series[str], rows: npt.NDArray[np.int64]
    ) -> pd.Series[str]:
        """Put numbers in the place of open texts beside personal columns; equal texts get one."""
        known = {one.casefold() for one in self.context.words.get(column.names[0], {})}
        numbers = self.veiled.setdefault(column, {})
        codes, uniques = pd.factorize(texts)
        tidy = [" ".join(str(text).split()) for text in uniques]
        hidden = np.array([bool(one) and one.casefold() not in known for one in tidy], dtype=bool)
        shaped = [
            numbers.setdefault(bare, f"[isi {len(numbers) + 1} disamarkan]") if hide else str(text)
            for bare, hide, text in zip(tidy, hidden, uniques, strict=True)
        ]
        self.fixes.extend(
            Fix(self.source.name, row, shown, "", "", "isi di luar daftar disamarkan")
            for row in rows[hidden[codes]].tolist()
        )
        return pd.Series(pd.array(shaped, dtype="str").take(codes))

    def _masked(
        self, shown: str, texts: pd.Series[str], rows: npt.NDArray[np.int64], scope: Scope
    ) -> pd.Series[str]:
        """Mask the personal data in the texts of a column; the log says where, and never what."""
        odd = suspect(texts, scope).to_numpy(dtype=bool)
        if not odd.any():
            return texts
        codes, uniques = pd.factorize(texts[odd])
        found = [masked(str(text), scope) for text in uniques]
        hit = np.array([bool(kinds) for _, kinds in found], dtype=bool)[codes]
        if not hit.any():
            return texts
        at = zip(rows[odd][hit].tolist(), codes[hit].tolist(), strict=True)
        self.fixes.extend(
            Fix(self.source.name, row, shown, "", "", f"{kind} dalam teks disamarkan")
            for row, code in at
            for kind in found[code][1]
        )
        whole = texts.copy()
        whole[odd] = pd.Series([text for text, _ in found], dtype="str").take(codes).to_numpy()
        return whole

    def _quick(
        self, column: Column, texts: pd.Series[str], blank: pd.Series[bool]
    ) -> pd.Series[Any] | None:
        """Take over a whole column that needs no parsing, or None."""
        kind, personal = column.kind, bool(self.source.personal)
        # A zero before many digits is no number.
        longest = 1 if personal else 15
        digits = f"^(?:[1-9][0-9]{{0,{longest - 1}}}|[0-9]{{0,{_LONGEST}}})$"
        if isinstance(kind, Count) and bool(matching(texts, digits).all()):
            return as_counts(texts)
        if isinstance(kind, Text):
            if (
                personal
                and column.identifier
                and not bool((matching(texts, "[0-9]") | blank).all())
            ):
                return None
            wrong = "|".join(re.escape(one) for one, _ in kind.corrections)
            # Any blank but a single space between words, or a declared misprint.
            untidy = r"^\s|\s$|\s\s|[^\S ]|\p{Z}\p{Z}" + (f"|{wrong}" if wrong else "")
            if not bool(matching(texts, untidy).any()):
                return texts.mask(blank) if bool(blank.any()) else texts
        return None

    def _by_distinct(
        self, column: Column, shown: str, texts: pd.Series[str], rows: npt.NDArray[np.int64]
    ) -> _Columns:
        codes, uniques = pd.factorize(texts)
        nothing = Parsed((None,) * len(column.names))
        parsed: list[Parsed] = []
        wrong = 0
        for code, text in enumerate(uniques):
            try:
                bare = str(text).strip()
                parsed.append(self._parsed(column, str(text)) if bare else nothing)
            except ValueError as error:
                parsed.append(nothing)
                wrong += 1
                told = self._withheld(column, str(text)) if self.source.personal else str(error)
                if word := _TOTAL.match(bare):
                    told += f"; a row of totals is taken out, or declared: penutup: [{word[0]}]"
                self._note(rows[np.flatnonzero(codes == code)], shown, told)
                if wrong == _WRONG:
                    self.faults.add(
                        UnreadableInput(
                            f'{self.source.file}, column "{shown}": the rest was not looked at; '
                            "mend these cells first"
                        )
                    )
                    break
        parsed += [nothing] * (len(uniques) - len(parsed))
        if isinstance(column.kind, Percent):
            self.signed[column] += sum("%" in text for text in uniques)
            self.unsigned.setdefault(column, []).extend(
                _Unsigned(
                    value, str(uniques[code]).strip(), int(rows[np.argmax(codes == code)]), shown
                )
                for code, one in enumerate(parsed)
                if isinstance(value := one.values[0], float) and value and "%" not in uniques[code]
            )
        changed = np.array([bool(one.rule) for one in parsed], dtype=bool)[codes]
        if changed.any():
            # What a closed kind accepts is nobody's; of anything else only the place is told.
            open_ = not (self.source.personal and isinstance(column.kind, Text))
            befores = [str(text) if open_ else "" for text in uniques]
            afters = [_joined(one.values) if open_ else "" for one in parsed]
            rules = [one.rule for one in parsed]
            at = zip(rows[changed].tolist(), codes[changed].tolist(), strict=True)
            self.fixes.extend(
                Fix(self.source.name, row, shown, befores[code], afters[code], rules[code])
                for row, code in at
            )
        return {
            name: _stored([one.values[place] for one in parsed], storage, codes)
            for place, (name, storage) in enumerate(
                zip(column.names, column.kind.stores, strict=True)
            )
        }

    def _parsed(self, column: Column, text: str) -> Parsed:
        """Read a cell; beside personal columns nothing passes that may have slipped out of them."""
        if len(text) > _LETTERS and not isinstance(column.kind, Text | Stated | Split):
            raise ValueError(f'"{text}" has {len(text):,} letters; {column.kind.expected}')
        parsed = column.kind.parse(text, self.context)
        if not self.source.personal:
            return parsed
        if column.identifier and not re.search("[0-9]", text):
            raise ValueError(text)
        if isinstance(column.kind, Count) and len(str(parsed.values[0])) > _LONGEST:
            raise ValueError(text)
        return parsed

    def _withheld(self, column: Column, text: str) -> str:
        """Say what would be right in a cell whose text is not told."""
        if isinstance(column.kind, Date) and is_serial(text):
            return f"what stands there is {NUMBER_OF_DAY}"
        return f"what stands there does not belong there; {_expected(column, self.context)}"

    def _judge_shares(self) -> None:
        """Refuse percentages without a sign that may be shares of 1: nobody can know what they are.

        Of shares, too, some may be above 1: 105 % of a target. One value alone without a sign,
        beside several that have theirs, is a percentage as a workbook shows it.
        """
        for column, written in self.unsigned.items():
            if self.signed[column] > 1 and len(written) == 1:
                continue
            value, text, row, shown = max(written, default=_Unsigned(0.0, "", 0, ""))
            shares = sum(0 < one.value <= 1 for one in written)
            if 0 < value <= 1 or (value <= _HIGHEST_SHARE and 2 * shares >= len(written) > 0):
                as_share, as_percent = (
                    format_number(exact(one), 2).rstrip("0").rstrip(",")
                    for one in (value * 100, value)
                )
                told = (
                    f'"{text}", the greatest value without a sign, may be {as_share}% or '
                    f"{as_percent}%; write percentages with their sign, such as {as_share}%"
                )
                self.faults.add(self._wrong(row, shown, told))

    def _note(self, rows: npt.NDArray[np.int64], shown: str, told: str) -> None:
        """Note what is wrong in some rows of a column, the first of which is named."""
        self.faults.add(self._wrong(rows[0], shown, told + and_rows(rows.size - 1)))

    def _filled(
        self, shown: str, texts: pd.Series[str], blank: pd.Series[bool], rows: npt.NDArray[np.int64]
    ) -> pd.Series[str]:
        full = texts.mask(blank).ffill().fillna("")
        rule = "sel gabungan diisi dari baris di atasnya"
        for index in np.flatnonzero(blank & (full != "")):
            self.fixes.append(
                Fix(self.source.name, int(rows[index]), shown, "", str(full.iloc[index]), rule)
            )
        return full

    def _finished(
        self,
        clean_columns: _Columns,
        rows: npt.NDArray[np.int64],
        take: npt.NDArray[np.int64] | None = None,
    ) -> CleanTable:
        self._judge_shares()
        quarter = ""
        with self.faults.noted():
            quarter = str(self._position()) if self.source.position else ""
        self.faults.insist()
        clean_columns["baris"] = pd.Series(rows, dtype="Int64")
        for name, texts in self.raw.sections.items():
            hidden = self._masked(name, texts, self.raw.rows, "teks")
            picked = hidden if take is None else hidden.take(take).reset_index(drop=True)
            clean_columns[name] = picked.mask(picked == "")
        if self.source.position:
            clean_columns[self.source.position.jadi] = pd.Series([quarter] * rows.size, dtype="str")
        for name, parts in self.source.composed:
            whole = clean_columns[parts[0]]
            for part in parts[1:]:
                whole = whole + "." + clean_columns[part]
            clean_columns[name] = whole
            self.headers[name] = self.headers.get(parts[-1], parts[-1])
        schema = self.source.schema
        for name, storage in schema.items():
            if name not in clean_columns:
                clean_columns[name] = _stored([None], storage, np.zeros(rows.size, dtype=np.int64))
        for column in self.source.columns:
            if column.dated_by:
                self._date(column, clean_columns, rows)
            if column in self.found and getattr(column.kind, "percent", False):
                self._hold_signs(column, clean_columns[column.unit_column], rows)
        self.faults.insist()
        if self.source.derived:
            made = function("turunan", self.source.derived.fungsi)
            clean_columns |= made(clean_columns, self.context)
        hashes = [name for name in clean_columns if name.endswith("_hash")]
        # All are numbered from 0; without the index pandas would compare all of theirs.
        frame = pd.DataFrame(
            {name: clean_columns[name] for name in [*schema, *hashes]},
            index=pd.RangeIndex(rows.size),
        )
        self._note_unknown_columns()
        order = {header: place for place, header in enumerate(self.raw.columns)}
        fixes = sorted(self.fixes, key=lambda fix: (fix.row, order.get(fix.column, -1)))
        given = (self.source, frame, self.raw.sheet, self.headers, tuple(fixes))
        return CleanTable(*given, hidden=self.raw.hidden)

    def _date(self, column: Column, clean_columns: _Columns, rows: npt.NDArray[np.int64]) -> None:
        """Fill in the times that dates tell, and note where one contradicts its date."""
        given, dates = clean_columns[column.names[0]], clean_columns[column.dated_by]
        told = told_by(column.kind, dates, self.context.year)
        shown = self.headers.get(column.dated_by, column.dated_by)
        wrong = given.notna() & told.notna() & (given != told).fillna(False)
        for index in np.flatnonzero(wrong)[:_WRONG].tolist():
            what = "month" if isinstance(column.kind, Month) else "quarter"
            said = f"{what} {given[index]} does not go with {shown} {dates[index]}, which is in"
            self._note(rows[[index]], self.headers[column.names[0]], f"{said} {what} {told[index]}")
        clean_columns[column.names[0]] = given.where(given.notna(), told)

    def _hold_signs(
        self, column: Column, units: pd.Series[Any], rows: npt.NDArray[np.int64]
    ) -> None:
        """Note percentages beside another unit."""
        texts = self.texts[self.found[column]]
        spelt = units.fillna("").astype("str").str.casefold()
        wrong = matching(texts, "%$") & ~spelt.isin(("", *_PERCENT))
        for index in np.flatnonzero(wrong)[:_WRONG].tolist():
            told = (
                f'"{texts.iloc[index]}" is a percentage, and the unit beside it is {units[index]}'
            )
            self._note(rows[[index]], seen(column, self.found[column]), f"{told}; write the number")

    def _position(self) -> Quarter:
        position = self.source.position
        assert position is not None
        for title in (masked(one)[0] for one in self.raw.titles):
            match = re.search(position.pola, " ".join(title.split()), re.IGNORECASE)
            if match is None:
                continue
            try:
                date = parse_date(match[1])
            except ValueError as error:
                raise UnreadableInput(f'{self.source.file}, title "{title}": {error}') from None
            for quarter in Quarter:
                if quarter.end(self.context.year) == date:
                    return quarter
            raise UnreadableInput(
                f'{self.source.file}, title "{title}": the date is not the last day of a quarter '
                f"of {self.context.year}; write for example 31 Desember {self.context.year}"
            )
        raise UnreadableInput(
            f"{self.source.file}: no title row says up to which date the figures count; "
            f'write "Posisi s.d. 31 Desember {self.context.year}" above the header'
        )

    def _note_unknown_columns(self) -> None:
        known = declared(self.source, self.raw.columns)
        for header in self.raw.columns:
            if header not in known and self.source.elsewhere is None:
                rule = "kolom yang tidak dikenal diabaikan"
                row = self.raw.header_row
                self.fixes.append(Fix(self.source.name, row, header, "", "", rule))

    def _wrong(self, row: int | np.int64, shown: str, told: str) -> UnreadableInput:
        return UnreadableInput(f'{self.source.file}, row {row}, column "{shown}": {told}')


def _scope(column: Column) -> Scope:
    """Tell how closely the cells of a column are searched for personal data."""
    if column.identifier:
        return "nomor"
    return "teks" if "text" in column.kind.stores else "angka"


def _expected(column: Column, context: Context) -> str:
    if column.identifier:
        return "write a number or a code with digits in it"
    kind: Kind = column.kind
    if isinstance(kind, Choice) and kind.vocabulary:
        known = (spellings[0] for spellings in context.words[kind.vocabulary].values())
        return f"write one of {', '.join(sorted(known))}"
    return kind.expected


def _stored(
    values: Sequence[object], storage: Storage, codes: npt.NDArray[np.int64]
) -> pd.Series[Any]:
    kinds = {"text": "str", "count": "Int64", "number": "float64"}
    distinct: pd.Series[Any] = pd.Series(
        [np.nan if one is None and storage == "number" else one for one in values],
        dtype=kinds[storage],
    )
    return pd.Series(distinct.array.take(codes))


def _joined(values: Sequence[object]) -> str:
    """Spell the clean values of one cell for the log."""
    texts = [str(value) for value in values if value is not None]
    return " | ".join(text.removesuffix(".0") for text in texts)
