"""Rules that follow from the declaration of a source: shape, blanks, keys, known words, ranges.

Cleaning already refuses most of this cell by cell. These rules look at the clean tables once more,
because a table may have been exchanged after cleaning, and because an auditor should see that it
holds rather than believe it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from pp39.checks.facts import QUARTERS, Facts
from pp39.checks.rule import (
    Rule,
    View,
    at_least,
    between,
    blank,
    equal,
    one_of,
    suggestion,
    unique,
)
from pp39.sources import Column, Source
from pp39.sources.contacts import STATES
from pp39.sources.declaration import CONTACTS
from pp39.sources.kinds import Choice, Code, Count, Measure, Month, Percent, QuarterName, Rupiah

__all__ = ["coverage", "declared", "structure", "table"]

_DESCRIBED: tuple[tuple[tuple[type, ...], str], ...] = (
    ((QuarterName,), "triwulan I sampai dengan IV"),
    ((Month,), "bulan 1 sampai dengan 12"),
    ((Count, Rupiah, Measure), "bilangan yang tidak negatif"),
)

_USABLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "telepon": ("nomor telepon", "write it as text, with 8 to 15 digits"),
        "email": ("alamat surel", "write the whole address"),
    }
)

_STORED = MappingProxyType({"text": "teks", "count": "bilangan bulat", "number": "bilangan"})


def table(name: str) -> View:
    """Look at the clean table of a source, with two columns added.

    ``kosong`` names the first required column that is blank in the row, ``janggal`` the first
    one that holds what its declaration does not allow; both are blank where nothing is wrong.
    """
    return View(name, lambda facts: _with_faults(facts, name))


def structure() -> tuple[Rule, ...]:
    """Rules about the shape of all tables."""
    return (
        Rule(
            "struktur.skema",
            "kritis",
            "Setiap tabel memuat semua kolom yang dideklarasikan dengan jenis isi yang benar.",
            View("struktur/skema", _schemas),
            equal("jenis", "seharusnya"),
            'kolom "{kolom}" berisi {jenis}, seharusnya {seharusnya}',
            'clean column "{kolom}" does not hold what its declaration says; clean the data again',
            column_from="kolom",
        ),
        Rule(
            "struktur.berisi",
            "kritis",
            "Setiap sumber wajib memuat sekurang-kurangnya satu baris data.",
            View("struktur/berisi", _sizes),
            at_least("isi", "minimal"),
            'sumber "{judul}" tidak memuat satu baris data pun',
            "there is no row of data; fill in at least one row below the header",
        ),
    )


def coverage() -> tuple[Rule, ...]:
    """Rule that every source by quarter has rows for the run's quarter."""
    return (
        Rule(
            "cakupan.triwulan",
            "peringatan",
            "Setiap sumber triwulanan memuat data triwulan laporan.",
            View("cakupan/triwulan", _sizes_of_quarter),
            between("isi", 1, None),
            'sumber "{judul}" belum memuat data triwulan {triwulan}',
            "there is no row for quarter {triwulan}",
            column="triwulan",
        ),
    )


def declared(source: Source, facts: Facts) -> tuple[Rule, ...]:
    """Rules that follow from the declaration of one source."""
    view = table(source.name)
    found: list[Rule] = []
    if _required(source):
        found.append(
            Rule(
                f"{source.name}.terisi",
                "kritis",
                "Setiap kolom wajib terisi pada setiap baris.",
                view,
                blank("kosong"),
                'kolom wajib "{kosong}" kosong',
                "the cell is blank; fill it in",
                column_from="kosong",
            )
        )
    if any(_described(column) for column in source.columns):
        found.append(
            Rule(
                f"{source.name}.isian",
                "kritis",
                "Setiap isian sesuai dengan jenis kolomnya: bentuk kode, pilihan yang tersedia,"
                " triwulan, bulan, dan bilangan yang tidak negatif.",
                view,
                blank("janggal"),
                '{janggal} "{isi}" bukan {harapan}',
                '"{isi}" does not fit; {right}',
                column_from="janggal",
                explain=lambda facts, row: _expected(source, row),
            )
        )
    if source.key:
        found.append(_key_rule(source, view))
    for column in source.columns:
        if not column.personal:
            found += _column_rules(source, column, facts, view)
        elif column.personal in CONTACTS:
            found += _contact_rules(source, column, view)
    return tuple(found)


def _key_rule(source: Source, view: View) -> Rule:
    key = source.key
    shown = ", ".join(f"{name} {{{name}}}" for name in key)
    return Rule(
        f"{source.name}.kunci",
        "kritis",
        f"Setiap baris memiliki {' + '.join(key)} yang berbeda.",
        view,
        unique(key),
        f"{shown} tercantum lebih dari satu kali",
        f"{shown} occurs more than once; keep one row",
        key[-1],
    )


def _column_rules(source: Source, column: Column, facts: Facts, view: View) -> list[Rule]:
    name, kind = column.names[0], column.kind
    if isinstance(kind, Choice) and not kind.options:
        return [_vocabulary_rule(source, name, kind, facts, view)]
    return [_percent_rule(source, name, kind, view)] if isinstance(kind, Percent) else []


def _contact_rules(source: Source, column: Column, view: View) -> list[Rule]:
    """Rules about a contact; the clean table tells its state, and never the contact itself."""
    kind, state = column.names[0], f"{column.personal}_keadaan"
    what, right = _USABLE[kind]
    other = next(told for name, (told, _) in _USABLE.items() if name != kind)
    unread, shared = {"rusak", "keliru"}, {"bertentangan"}
    rules = [
        Rule(
            f"{source.name}.{kind}.terbaca",
            "peringatan",
            f"Setiap {what} yang diisi dapat digunakan.",
            view,
            one_of(state, set(STATES) - unread),
            f"{what} rusak atau tidak lengkap sehingga tidak mengenali seorang responden pun",
            f"the contact is damaged or incomplete, so it identifies nobody; {right}",
            kind,
        )
    ]
    if len([one for one in source.personal if one.personal in CONTACTS]) > 1:
        rules.append(
            Rule(
                f"{source.name}.{kind}.tunggal",
                "peringatan",
                f"Jawaban dengan {what} yang sama tidak memiliki {other} yang berbeda.",
                view,
                one_of(state, set(STATES) - shared),
                f"{what} juga terdapat pada jawaban dengan {other} yang berbeda sehingga tidak"
                " mengenali seorang responden pun",
                "answers with other contacts share this one, so it identifies nobody;"
                " write each respondent's own",
                kind,
            )
        )
    return rules


def _vocabulary_rule(source: Source, name: str, kind: Choice, facts: Facts, view: View) -> Rule:
    words = facts.vocabulary(kind.vocabulary)
    return Rule(
        f"{source.name}.{name}.dikenal",
        "kritis",
        f"Kolom {name} hanya berisi {name} yang dikenal satuan kerja.",
        view,
        one_of(name, words),
        f"{name} {{{name}}} tidak dikenal{{saran}}",
        f'"{{{name}}}" is not a known {kind.what}{{hint}}',
        name,
        explain=lambda facts, row: suggestion(row[name], words),
    )


def _percent_rule(source: Source, name: str, kind: Percent, view: View) -> Rule:
    if kind.highest is None:
        return Rule(
            f"{source.name}.{name}.rentang",
            "kritis",
            f"Persentase pada kolom {name} tidak negatif.",
            view,
            between(name, 0, None),
            f"persentase {{{name}:angka}}% mustahil karena kurang dari 0%",
            f"{{{name}}}% is impossible; write 0 or more",
            name,
        )
    return Rule(
        f"{source.name}.{name}.rentang",
        "kritis",
        f"Persentase pada kolom {name} berada pada rentang 0 sampai dengan 100.",
        view,
        between(name, 0, 100),
        f"persentase {{{name}:angka}}% mustahil karena berada di luar 0% sampai dengan 100%",
        f"{{{name}}}% is impossible; write a share from 0 to 100",
        name,
    )


def _required(source: Source) -> list[str]:
    """Name the clean columns that may not be blank; parts of a code are not kept themselves."""
    read = [column.names for column in source.columns if column.required and not column.personal]
    kept = [[name for name in names if not name.startswith("_")][:1] for names in read]
    return [*(name for names in kept for name in names), *(one.name for one in source.composed)]


def _described(column: Column) -> str:
    """Say in Indonesian what the declaration lets a column hold; empty if anything."""
    kind = column.kind
    if column.personal or column.names[0].startswith("_"):
        return ""
    if isinstance(kind, Code):
        return f"kode seperti {kind.example}"
    if isinstance(kind, Choice):
        return f"salah satu dari {', '.join(dict(kind.options))}" if kind.options else ""
    for kinds, words in _DESCRIBED:
        if isinstance(kind, kinds):
            return words
    return ""


def _unfit(column: Column, values: pd.Series) -> pd.Series:
    """Mark the values that the declaration does not let a column hold; a blank is no value."""
    kind = column.kind
    if isinstance(kind, Count | Rupiah | Measure):
        return (values < 0).fillna(False).astype(bool)
    # A column repeats few words many times, so each word is judged once.
    words = values.dropna().unique()
    if isinstance(kind, Code):
        pattern = re.compile(kind.pattern)
        return values.isin([one for one in words if not pattern.fullmatch(str(one))])
    if isinstance(kind, Choice):
        known: tuple[object, ...] = tuple(code for code, _ in kind.options)
    else:
        known = QUARTERS if isinstance(kind, QuarterName) else tuple(range(1, 13))
    return values.isin([one for one in words if one not in known])


def _expected(source: Source, row: Mapping[str, Any]) -> dict[str, Any]:
    column = source.column_of(row["janggal"])
    return {
        "isi": "" if source.personal else row[row["janggal"]],
        "harapan": _described(column),
        "right": column.kind.expected,
    }


def _with_faults(facts: Facts, name: str) -> pd.DataFrame | None:
    frame = facts.frame(name)
    if frame is None:
        return None
    source = facts.sources[name]
    columns = [one for one in source.columns if one.names[0] in frame]
    blanks = [(one, frame[one].isna()) for one in _required(source) if one in frame]
    unfit = [(one.names[0], _unfit(one, frame[one.names[0]])) for one in columns if _described(one)]
    return frame.assign(kosong=_first_fault(frame, blanks), janggal=_first_fault(frame, unfit))


def _first_fault(frame: pd.DataFrame, faults: list[tuple[str, pd.Series]]) -> pd.Series:
    found = pd.Series(None, index=frame.index, dtype=object)
    for column, fault in reversed(faults):
        if fault.any():
            found[fault] = column
    return found


def _schemas(facts: Facts) -> pd.DataFrame:
    rows = [
        (name, column, _storage(given.frame, column), _STORED[storage])
        for name, given in facts.tables.items()
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


def _sizes(facts: Facts) -> pd.DataFrame:
    rows = [
        (name, given.source.title, len(given.frame), 0 if given.source.optional else 1)
        for name, given in facts.tables.items()
    ]
    return pd.DataFrame(rows, columns=["sumber_asal", "judul", "isi", "minimal"])


def _sizes_of_quarter(facts: Facts) -> pd.DataFrame:
    now = str(facts.quarter)
    rows = [
        (name, given.source.title, now, int((given.frame["triwulan"] == now).sum()))
        for name, given in facts.tables.items()
        if "triwulan" in given.frame
    ]
    return pd.DataFrame(rows, columns=["sumber_asal", "judul", "triwulan", "isi"])
