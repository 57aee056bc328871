"""Rules that follow from the declaration of a source: shape, blanks, keys, known words, ranges.

Cleaning already refuses most of this cell by cell. These rules look at the clean tables once more,
because a table may have been exchanged after cleaning, and because an auditor should see that it
holds rather than believe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pp39.book import Book
from pp39.checks.general import worded
from pp39.checks.reference import QUARTERS
from pp39.checks.result import Level
from pp39.checks.rule import Expect, Rule, between, in_set
from pp39.profile.column import CONTACTS, STATED
from pp39.sources import Column, Source
from pp39.sources.contacts import STATES
from pp39.sources.numbers import Count, Measure, Percent, Rupiah
from pp39.sources.words import Choice, Code, Month, QuarterName

_DESCRIBED: tuple[tuple[tuple[type, ...], str], ...] = (
    ((QuarterName,), "triwulan I sampai dengan IV"),
    ((Month,), "bulan 1 sampai dengan 12"),
    ((Count, Rupiah, Measure), "bilangan yang tidak negatif"),
)

_USABLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "telepon": ("nomor telepon", "write it as text, with 8 to 15 digits"),
        "email": ("alamat surel", "write the whole address"),
        "nik": ("NIK", "write it as text, with 16 digits"),
        "nip": ("NIP", "write it as text, with 18 digits"),
    }
)


def declared(source: Source, book: Book) -> tuple[Rule, ...]:
    """Rules that follow from the declaration of one source."""
    found: list[Rule] = []
    if required := _required(source):
        filled = (Expect("ExpectColumnValuesToNotBeNull", {"column": one}) for one in required)
        found.append(worded(f"{source.name}.terisi", tuple(filled)))
    if described := [one for one in source.columns if _described(one)]:
        found.append(worded(f"{source.name}.isian", tuple(map(_fitting, described))))
    if source.key:
        found.append(_key_rule(source))
    for column in source.columns:
        if not column.personal:
            found += _column_rules(source, column, book)
        elif column.personal in STATED:
            found += _contact_rules(source, column)
    # A date may tell two columns their time.
    return tuple({one.id: one for one in found}.values())


def _key_rule(source: Source) -> Rule:
    key = source.key
    if len(key) == 1:
        unique = Expect("ExpectColumnValuesToBeUnique", {"column": key[0]})
    else:
        arguments = {"column_list": list(key), "ignore_row_if": "never"}
        unique = Expect("ExpectCompoundColumnsToBeUnique", arguments)
    shown = ", ".join(f"{name} {{{name}}}" for name in key)
    told = {"kunci": " + ".join(key), "isi": shown}
    return worded(f"{source.name}.kunci", (unique,), told, column=key[-1])


def _column_rules(source: Source, column: Column, book: Book) -> list[Rule]:
    name, kind = column.names[0], column.kind
    if isinstance(kind, Choice) and not kind.options:
        return [_vocabulary_rule(source, name, kind, book)]
    found = [_percent_rule(source, name, kind)] if isinstance(kind, Percent) else []
    if column.dated_by:
        found.append(_year_rule(source, column, book.year))
    return [*found, *_bounds_rules(source, column)]


def _year_rule(source: Source, column: Column, year: int) -> Rule:
    name = column.dated_by
    of_year = Expect("ExpectColumnValuesToMatchRegex", {"column": name, "regex": rf"\A{year}-"})
    level: Level = "kritis" if column.required else "peringatan"
    told = {"kolom": name, "tahun": year}
    return worded(f"{source.name}.{name}.tahun", (of_year,), told, level=level)


def _bounds_rules(source: Source, column: Column) -> Iterator[Rule]:
    low, high, name = column.low, column.high, column.names[0]
    if low is None and high is None:
        return
    ends = [("dari", "from", low), ("sampai dengan", "to", high)]
    known = [(id, en, number) for id, en, number in ends if number is not None]
    told = {
        "kolom": name,
        "rentang": " ".join(f"{id} {number}" for id, _, number in known),
        "range": " ".join(f"{en} {number}" for _, en, number in known),
    }
    yield worded(f"{source.name}.{name}.batas", (between(name, low, high),), told)


def _contact_rules(source: Source, column: Column) -> Iterator[Rule]:
    """Rules about a contact; the clean table tells its state, and never the contact itself."""
    kind, state = column.names[0], f"{column.personal}_keadaan"
    what, right = _USABLE[column.personal or ""]
    other = next(told for name, (told, _) in _USABLE.items() if name != column.personal)
    wrong = {"terbaca": {"rusak", "keliru"}}
    if column.personal not in CONTACTS:
        wrong["diketahui"] = {"kosong", "tanda_kosong"}
    elif len([one for one in source.personal if one.personal in CONTACTS]) > 1:
        wrong["tunggal"] = {"bertentangan"}
    for rule, states in wrong.items():
        among = in_set(state, sorted(set(STATES) - states))
        told = {"apa": what, "lain": other, "right": right}
        yield worded(f"{source.name}.{kind}.{rule}", (among,), told, column=kind)


def _vocabulary_rule(source: Source, name: str, kind: Choice, book: Book) -> Rule:
    among = in_set(name, sorted(set(book.words(kind.vocabulary))))
    told = {"kolom": name, "apa": kind.what}
    return worded(f"{source.name}.{name}.dikenal", (among,), told)


def _percent_rule(source: Source, name: str, kind: Percent) -> Rule:
    holds, wrong, right = (
        ("tidak negatif", "kurang dari 0%", "0 or more")
        if kind.highest is None
        else (
            "berada pada rentang 0 sampai dengan 100",
            "berada di luar 0% sampai dengan 100%",
            "a share from 0 to 100",
        )
    )
    within = between(name, 0, None if kind.highest is None else 100)
    told = {"kolom": name, "benar": holds, "salah": wrong, "right": right}
    return worded(f"{source.name}.{name}.rentang", (within,), told)


def _required(source: Source) -> list[str]:
    """Name the clean columns that may not be blank; parts of a code are not kept themselves.

    Where a date must be there that tells a time, only one of another year leaves that blank.
    """
    due = [column for column in source.columns if column.required and not column.personal]
    dates = {name for column in due for name in column.names}
    read = [column.names for column in due if column.dated_by not in dates]
    kept = [[name for name in names if not name.startswith("_")][:1] for names in read]
    return [*(name for names in kept for name in names), *(name for name, _ in source.composed)]


def _described(column: Column) -> str:
    """Say in Indonesian what the declaration lets a column hold; empty if anything."""
    kind = column.kind
    if column.personal or column.names[0].startswith("_"):
        return ""
    if isinstance(kind, Code):
        return f"kode seperti {kind.example}"
    if isinstance(kind, Choice):
        known = [*dict(kind.options), *(kind.form or ())[1:]]
        return f"salah satu dari {', '.join(known)}" if kind.options else ""
    if isinstance(kind, Rupiah) and kind.signed:
        return ""
    for kinds, words in _DESCRIBED:
        if isinstance(kind, kinds):
            return words
    return ""


def _fitting(column: Column) -> Expect:
    """Expect what the declaration lets a column hold."""
    name, kind = column.names[0], column.kind
    pattern = kind.pattern if isinstance(kind, Code) else ""
    if isinstance(kind, Choice) and kind.form is not None:
        pattern = "|".join((*(re.escape(code) for code, _ in kind.options), kind.form[0]))
    if pattern:
        whole = rf"\A(?:{pattern})\Z"
        return Expect("ExpectColumnValuesToMatchRegex", {"column": name, "regex": whole})
    if isinstance(kind, Choice):
        return in_set(name, [code for code, _ in kind.options])
    if isinstance(kind, QuarterName):
        return in_set(name, list(QUARTERS))
    return in_set(name, list(range(1, 13))) if isinstance(kind, Month) else between(name, 0, None)


def expected(source: Source, name: str) -> dict[str, str]:
    """Say what a column may hold, as ``_harapan`` (Indonesian) and ``_right`` (English)."""
    column = source.column_of(name)
    right = column.kind.expected
    if isinstance(column.kind, Rupiah):
        right += "; only one with negatif: ya may be below zero"
    return {"_harapan": _described(column), "_right": right}
