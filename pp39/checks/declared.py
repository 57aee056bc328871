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
from pp39.checks.reference import QUARTERS
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
        found.append(
            Rule(
                f"{source.name}.terisi",
                "kritis",
                "Setiap kolom wajib terisi pada setiap baris.",
                source.name,
                tuple(Expect("ExpectColumnValuesToNotBeNull", {"column": one}) for one in required),
                'kolom wajib "{_kolom}" kosong',
                "the cell is blank; fill it in",
            )
        )
    if described := [one for one in source.columns if _described(one)]:
        found.append(
            Rule(
                f"{source.name}.isian",
                "kritis",
                "Setiap isian sesuai dengan jenis kolomnya: bentuk kode, pilihan yang tersedia,"
                " triwulan, bulan, dan bilangan yang tidak negatif.",
                source.name,
                tuple(map(_fitting, described)),
                '{_kolom} "{_isi}" bukan {_harapan}',
                '"{_isi}" does not fit; {_right}',
            )
        )
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
    return Rule(
        f"{source.name}.kunci",
        "kritis",
        f"Setiap baris memiliki {' + '.join(key)} yang berbeda.",
        source.name,
        (unique,),
        f"{shown} tercantum lebih dari satu kali",
        f"{shown} occurs more than once; keep one row",
        column=key[-1],
    )


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
    return Rule(
        f"{source.name}.{name}.tahun",
        "kritis" if column.required else "peringatan",
        f"Setiap tanggal pada kolom {name} berada dalam tahun anggaran.",
        source.name,
        (Expect("ExpectColumnValuesToMatchRegex", {"column": name, "regex": rf"\A{year}-"}),),
        f"tanggal {{{name}}} bukan tahun {year} sehingga tidak menunjukkan triwulan",
        f"{{{name}}} is not in {year}, so it tells no quarter; correct it or take the row out",
    )


def _bounds_rules(source: Source, column: Column) -> Iterator[Rule]:
    low, high, name = column.low, column.high, column.names[0]
    if low is None and high is None:
        return
    told = {
        language: " ".join(
            f"{word} {number}"
            for word, number in zip(words, (low, high), strict=True)
            if number is not None
        )
        for language, words in (("id", ("dari", "sampai dengan")), ("en", ("from", "to")))
    }
    yield Rule(
        f"{source.name}.{name}.batas",
        "kritis",
        f"Nilai pada kolom {name} berada pada rentang {told['id']}.",
        source.name,
        (between(name, low, high),),
        f'{{_kolom}} "{{_isi}}" berada di luar rentang {told["id"]}',
        f'"{{_isi}}" is not possible here; write a value {told["en"]}',
    )


def _contact_rules(source: Source, column: Column) -> list[Rule]:
    """Rules about a contact; the clean table tells its state, and never the contact itself."""
    kind, state = column.names[0], f"{column.personal}_keadaan"
    what, right = _USABLE[column.personal or ""]
    unread, shared = {"rusak", "keliru"}, {"bertentangan"}
    rules = [
        Rule(
            f"{source.name}.{kind}.terbaca",
            "peringatan",
            f"Setiap {what} yang diisi dapat digunakan.",
            source.name,
            (in_set(state, sorted(set(STATES) - unread)),),
            f"{what} rusak atau tidak lengkap sehingga tidak mengenali seorang pun",
            f"it is damaged or incomplete, so it identifies nobody; {right}",
            column=kind,
        )
    ]
    if column.personal not in CONTACTS:
        rules.append(
            Rule(
                f"{source.name}.{kind}.diketahui",
                "peringatan",
                f"Setiap baris memuat {what}, sehingga orangnya dapat dihitung.",
                source.name,
                (in_set(state, sorted({*STATES} - {"kosong", "tanda_kosong"})),),
                f"{what} kosong sehingga orangnya tidak diketahui dan tidak ikut dihitung",
                "the cell is blank, so nobody knows who it is, and no count of persons has the row;"
                " fill it in",
                column=kind,
            )
        )
    elif len([one for one in source.personal if one.personal in CONTACTS]) > 1:
        other = next(told for name, (told, _) in _USABLE.items() if name != column.personal)
        rules.append(
            Rule(
                f"{source.name}.{kind}.tunggal",
                "peringatan",
                f"Jawaban dengan {what} yang sama tidak memiliki {other} yang berbeda.",
                source.name,
                (in_set(state, sorted(set(STATES) - shared)),),
                f"{what} juga terdapat pada jawaban dengan {other} yang berbeda sehingga tidak"
                " mengenali seorang responden pun",
                "answers with other contacts share this one, so it identifies nobody;"
                " write each respondent's own",
                column=kind,
            )
        )
    return rules


def _vocabulary_rule(source: Source, name: str, kind: Choice, book: Book) -> Rule:
    words = book.words(kind.vocabulary)
    return Rule(
        f"{source.name}.{name}.dikenal",
        "kritis",
        f"Kolom {name} hanya berisi {name} yang dikenal satuan kerja.",
        source.name,
        (in_set(name, sorted(set(words))),),
        f"{name} {{{name}}} tidak dikenal{{saran}}",
        f'"{{{name}}}" is not a known {kind.what}{{hint}}',
    )


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
    return Rule(
        f"{source.name}.{name}.rentang",
        "kritis",
        f"Persentase pada kolom {name} {holds}.",
        source.name,
        (between(name, 0, None if kind.highest is None else 100),),
        f"persentase {{{name}:angka}}% mustahil karena {wrong}",
        f"{{{name}}}% is impossible; write {right}",
    )


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
