"""Rules about all tables together: their shape, their times, what indicators make of their rows.

Each looks at an overview of the tables: rows that name source, row and column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from pp39.book import Book
from pp39.checks.reference import NotDelivered
from pp39.indicators.contradictions import counted_apart, other_units, reversed_days
from pp39.indicators.formulas import needed_by
from pp39.numbers import exact, plain_decimal
from pp39.periods import MONTHS
from pp39.profile.column import CONTACTS, STATED
from pp39.sources.numbers import Count, Rupiah
from pp39.sources.words import Date

# Share of the months without a row from which on what is recorded is sparse by its nature.
_SPARSE = 0.2
# Rows one after the other that do not repeat others by chance.
_RUN = 5
# In powers of ten: how far from a thousand times is about that, and how far values alike lie apart.
_NEAR_THOUSAND, _ALIKE = 0.5, 1.0
# So many others tell what is usual.
_SEVERAL = 3
# Different dates, none with a day behind the twelfth, that are no accident.
_TELLING_DATES = 5
# One date of so many may have its year wrong; after this month it may be of the year that follows.
_FEW, _LATE = 8, 10
_YEAR = 365

_STORED = MappingProxyType({"text": "teks", "count": "bilangan bulat", "number": "bilangan"})


def _schemas(book: Book) -> pd.DataFrame:
    rows = [
        (name, column, _storage(given.frame, column), _STORED[storage])
        for name, given in book.tables.items()
        for column, storage in given.source.schema.items()
    ]
    return pd.DataFrame(rows, columns=["sumber_asal", "kolom", "jenis", "seharusnya"])


def _storage(frame: pd.DataFrame, column: str) -> str:
    if column not in frame:
        return "tidak ada"
    kind = frame[column].dtype
    if pd.api.types.is_integer_dtype(kind):
        return _STORED["count"]
    if pd.api.types.is_float_dtype(kind):
        return _STORED["number"]
    # A column without one value has no type of its own.
    if pd.api.types.is_string_dtype(kind) or frame[column].isna().all():
        return _STORED["text"]
    return str(kind)


def _sizes(book: Book) -> pd.DataFrame:
    rows = [
        (name, given.source.title, len(given.frame), 0 if given.source.optional else 1)
        for name, given in book.tables.items()
    ]
    return pd.DataFrame(rows, columns=["sumber_asal", "judul", "banyak", "minimal"]).assign(
        kolom=""
    )


def _sizes_of_quarter(book: Book) -> pd.DataFrame:
    now = str(book.quarter)
    rows = []
    # A position holds until it is scored anew; checks of its source tell where none is there.
    holding = {one.hitung for one in book.params.indikator.values() if one.sifat == "posisi"}
    told = {
        name
        for name, given in book.tables.items()
        if "triwulan" in given.frame and (given.frame["triwulan"] == now).any()
    }
    # Rows stand in for counts and counts for rows.
    pairs = {(name, one) for name, given in book.tables.items() for one in given.source.instead}
    elsewhere = {one for a, b in pairs for one, other in ((a, b), (b, a)) if other in told}
    # What only indicators need that begin later is not due yet.
    every = book.params.indikator
    begun = {code: one for code, one in every.items() if one.begun(book.quarter)}
    wanted, soon = (
        needed_by(some, book.sources, book.params.dokumen_target).keys() for some in (every, begun)
    )
    early = wanted - soon
    for name, given in book.tables.items():
        if name in early:
            continue
        due: list[tuple[str, object, str, str]] = []
        if "triwulan" in given.frame and name not in holding | (elsewhere - told):
            due = [("triwulan", now, f"triwulan {now}", f"quarter {now}")]
        elif given.source.by_month:
            begun = min([*given.frame["bulan"].dropna(), *book.quarter.months])
            months = range(int(begun), book.quarter.months[-1] + 1)
            due = [("bulan", n, f"bulan {MONTHS[n - 1]}", MONTHS[n - 1]) for n in months]
        # The file of an export tells of several sources.
        of = "" if given.provenance is None else f' of "{given.source.title}"'
        rows += [
            (
                name,
                given.source.title,
                column,
                *words,
                of,
                int((given.frame[column] == period).sum()),
            )
            for column, period, *words in due
        ]
    columns = ["sumber_asal", "judul", "kolom", "masa", "period", "of", "banyak"]
    return pd.DataFrame(rows, columns=columns)


def _gaps_of_months(book: Book) -> pd.DataFrame:
    """Give what is recorded nearly every month, by month; the rest is sparse by its nature."""
    rows = []
    for name, given in book.tables.items():
        others = [one for one in given.source.key if one != "bulan"]
        if not (others and given.source.by_month):
            continue
        frame = given.frame[given.frame["bulan"] <= book.quarter.last_month]
        grid = frame.groupby([*others, "bulan"]).size().unstack(fill_value=0)
        if grid.size and (grid == 0).to_numpy().mean() <= _SPARSE:
            rows += [
                (
                    name,
                    given.source.title,
                    "bulan",
                    _words(what),
                    MONTHS[int(str(month)) - 1],
                    count,
                )
                for what, of in grid.iterrows()
                for month, count in of.items()
            ]
    if not rows:
        raise NotDelivered
    columns = ["sumber_asal", "judul", "kolom", "apa", "masa", "banyak"]
    return pd.DataFrame(rows, columns=columns)


def _words(key: object) -> str:
    return " / ".join(map(str, key if isinstance(key, tuple) else (key,)))


def _repeated(book: Book) -> pd.DataFrame:
    """Give the rows of sources without a key that repeat an earlier row entirely.

    Two people may answer alike. The same person does not on the same terms, and several rows
    one after the other do not by chance.
    """
    found = []
    for name, given in book.tables.items():
        if given.source.key:
            continue
        frame = given.frame.drop(columns="baris")
        codes = pd.Series(frame.groupby(list(frame), dropna=False, sort=False).ngroup())
        known = [f"{one.personal}_sama" for one in given.source.personal if one.personal != "lain"]
        again = codes.duplicated() & (frame[known].notna().any(axis=1) if known else False)
        runs = pd.DataFrame({n: codes.shift(-n) for n in range(_RUN)})
        kinds = 1 + (np.diff(np.sort(runs.to_numpy(), axis=1), axis=1) != 0).sum(axis=1)
        start = runs.duplicated() & runs.notna().all(axis=1) & (kinds > 2)
        for n in range(_RUN):
            again |= start.shift(n, fill_value=False)
        again &= codes.duplicated()
        first = given.frame["baris"].groupby(codes).transform("first")
        shown = given.frame.assign(sumber_asal=name, kolom="", sama=first.where(again))
        # One that holds stands for all that do.
        found += [shown[again], shown[~again][:1]]
    if not found:
        raise NotDelivered
    return pd.concat([one[["sumber_asal", "baris", "kolom", "sama"]] for one in found])


def _hidden(book: Book) -> pd.DataFrame:
    """Give what is hidden in workbooks and was read, by table; one row where nothing is."""
    said = (("lembar ini", "the sheet"), ("kolom ini", "the column"), ("baris ini", "the row"))
    rows = [
        (name, row or None, column, *(said[2 if row else bool(column)] if found else (None, "")))
        for name, given in book.tables.items()
        for found, (row, column) in [(True, one) for one in given.hidden] or [(False, (0, ""))]
    ]
    made = pd.DataFrame(rows, columns=["sumber_asal", "baris", "kolom", "apa", "what"])
    return made.astype({"baris": "Int64"})


def _thousands(book: Book) -> pd.DataFrame:
    """Give counts and money of one thing in several periods, with a value unlike all others.

    A thousand times, or a part of that, is what a point or three zeros too few or too many make of
    a number; the others must be alike, so that it is no thing that varies so much.
    """
    found = []
    for name, given in book.tables.items():
        periods = {"bulan", "triwulan"} & {*given.source.key}
        others = [one for one in given.source.key if one not in periods]
        for column in given.source.columns if periods else ():
            value = column.names[0]
            if not isinstance(column.kind, Count | Rupiah) or value in given.source.key:
                continue
            frame = given.frame[given.frame[value] > 0]
            sizes = pd.Series(np.log10(frame[value].astype(float)))
            of = frame.groupby(others, dropna=False).ngroup() if others else 0 * frame["baris"]
            usual = sizes.groupby(of).transform("median")
            odd = ((sizes - usual).abs() - 3).abs() < _NEAR_THOUSAND
            alike = sizes.mask(odd).groupby(of)
            spread = alike.transform("max") - alike.transform("min")
            odd &= (spread < _ALIKE) & (alike.transform("count") >= _SEVERAL)
            shown = frame[["baris"]].assign(sumber_asal=name, kolom=value)
            told = frame[value].astype(object).where(odd, None)
            told = told.map(lambda one: plain_decimal(exact(one)), na_action="ignore")
            found.append(shown.assign(nilai=told, lazim=(10**usual).map("{:.6g}".format)))
    if not found:
        raise NotDelivered
    return pd.concat(found, ignore_index=True)


def _turned_dates(book: Book) -> pd.DataFrame:
    """Give the columns of dates, with what the first would be if months stood before days.

    Only where every date can be read both ways, and day first leaves the time of the report or the
    order of the file, which month first does not.
    """
    rows: list[tuple[str, str, str, str, str | None]] = []
    year, end = str(book.year), book.quarter.end(book.year).isoformat()
    for name, given in book.tables.items():
        for column in given.source.columns:
            if not isinstance(column.kind, Date) or column.names[0] not in given.frame:
                continue
            dates = given.frame[column.names[0]].dropna()
            open_ = {one for one in dates.unique() if one[5:7] != one[8:]}
            told, shown = None, ""
            if len(open_) >= _TELLING_DATES and all(one[8:] <= "12" for one in open_):
                other = dates.map(_turned)
                within = [bool(one.between(year, end).all()) for one in (dates, other)]
                rising = [one.is_monotonic_increasing for one in (dates, other)]
                if within[0] <= within[1] and (False, True) in (tuple(within), tuple(rising)):
                    shown = next(one for one in dates if one in open_)
                    told = _turned(shown)
            rows.append((name, column.header, column.names[0], shown, told))
    if not rows:
        raise NotDelivered
    columns = ["sumber_asal", "judul", "kolom", "contoh", "terbalik"]
    return pd.DataFrame(rows, columns=columns)


def _years(book: Book) -> pd.DataFrame:
    """Give dates with the year that nearly all others of their column have and they have not.

    Those near the turn of that year may well be of the next or the one before, unless that takes
    them a year off the other dates of their row.
    """
    found = []
    for name, given in book.tables.items():
        # Dates that tell the quarter must all be of the year.
        held = {one.dated_by for one in given.source.columns}
        dates = [one.names[0] for one in given.source.columns if isinstance(one.kind, Date)]
        dates = [one for one in dates if one in given.frame]
        for day in dates:
            if day in held:
                continue
            frame = given.frame[given.frame[day].notna()]
            years, months = (frame[day].str[a:b].astype(int) for a, b in ((0, 4), (5, 7)))
            usual = int(years.mode().iloc[0]) if len(years) else 0
            apart = years - usual
            far = ~(((apart == -1) & (months > _LATE)) | ((apart == 1) & (months <= 12 - _LATE)))
            for other in {*dates} - {day}:
                far |= _year_off(frame, day, other, apart == 0)
            odd = (apart != 0) & far & (0 < (apart != 0).sum() * _FEW <= len(years))
            shown = frame[["baris"]].assign(sumber_asal=name, kolom=day, lazim=str(usual))
            found.append(shown.assign(tanggal=frame[day].astype(object).where(odd, None)))
    if not found:
        raise NotDelivered
    return pd.concat(found, ignore_index=True)


def _year_off(frame: pd.DataFrame, day: str, other: str, sound: pd.Series) -> pd.Series:
    """Tell the rows in which two dates are as near as in the sound ones, but for a year."""
    both = frame[frame[other].notna()]
    a, b = (both[one].to_numpy().astype("datetime64[D]").astype(int) for one in (day, other))
    gap = pd.Series(np.abs(a - b), index=both.index).reindex(frame.index)
    widest = float(gap[sound].max())
    return (widest < _YEAR / 2) & ((gap - _YEAR).abs() <= max(widest, 1))


def _turned(date: str) -> str:
    return f"{date[:5]}{date[8:]}-{date[5:7]}"


def _units(book: Book) -> pd.DataFrame:
    """Give the unit of every target, and that of its indicator."""
    rows = [
        {
            "sumber_asal": one.source,
            "baris": int(book.tables[one.source].frame["baris"].iloc[one.row]),
            "kolom": "satuan",
            "kode": one.code,
            "satuan": one.said,
            "sama": one.meant if one.times else one.said,
            "takaran": one.said if one.times not in (0, 1) else one.meant,
            "target": plain_decimal(one.times * exact(one.target)),
            "seharusnya": one.meant,
        }
        for one in other_units(book.params, book.tables)
    ]
    if not rows:
        raise NotDelivered
    return pd.DataFrame(rows)


_CLOCK = (
    "minutes; correct one of the two times, or let the source say lewat_tengah_malam: ya of the"
    " second where it is one of the next day"
)


def _days(book: Book) -> pd.DataFrame:
    """Give the dates of all rows between which indicators count days."""
    found = []
    for one in reversed_days(book.params, book.tables):
        table = book.tables[one.source]
        columns = {one.start: "dahulu", one.end: "kemudian"}
        found.append(
            table.frame[["baris", *columns]]
            .rename(columns=columns)
            .assign(
                sumber_asal=one.source,
                kolom=one.end,
                apa="jangka waktunya" if one.clock else "harinya",
                betul=_CLOCK if one.clock else "days; correct one of the two dates",
                judul_dahulu=table.called(one.start),
                judul_kemudian=table.called(one.end),
            )
        )
    if not found:
        raise NotDelivered
    return pd.concat(found, ignore_index=True)


def _distinct(book: Book) -> pd.DataFrame:
    """Give the cells of all columns whose different values indicators count."""
    found = []
    # Blank ones of these are told wherever they stand, counted or not.
    told = {f"{one}_sama" for one in STATED if one not in CONTACTS}
    for (name, column), code in counted_apart(book.params, book.tables).items():
        given = book.tables[name]
        if column in told:
            continue
        kinds = {f"{one.personal}_sama": one.names[0] for one in given.source.personal}
        shown = given.frame[["baris"]].assign(kosong=given.frame[column].isna().map({True: "ya"}))
        place = kinds.get(column, column)
        found.append(shown.assign(sumber_asal=name, kolom=place, kode=code))
    if not found:
        raise NotDelivered
    return pd.concat(found, ignore_index=True)


OVERVIEWS: Mapping[str, Callable[[Book], pd.DataFrame]] = MappingProxyType(
    {
        "struktur/skema": _schemas,
        "struktur/berisi": _sizes,
        "struktur/ulang": _repeated,
        "struktur/tersembunyi": _hidden,
        "struktur/hari-bulan": _turned_dates,
        "struktur/ribuan": _thousands,
        "struktur/tahun": _years,
        "cakupan/triwulan": _sizes_of_quarter,
        "cakupan/bulan": _gaps_of_months,
        "indikator/satuan": _units,
        "indikator/hari": _days,
        "indikator/berbeda": _distinct,
    }
)
"""Rows about all tables together, by name."""
