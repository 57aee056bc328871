"""Words of a formula: those of time, those of a vocabulary, those that stand in columns."""

from __future__ import annotations

from collections.abc import Sequence

from pp39.formula.names import filled
from pp39.formula.values import Column, Lacking, Value, Word, World
from pp39.periods import MONTHS, Quarter, format_date

NUMBERS = frozenset({"bulan", "tahun"})
"""Vocabularies whose words are numbers."""


def period(name: str, world: World) -> Value:  # noqa: PLR0911  one a word
    """Give what a word of the period stands for; see `pp39.formula.names.PERIODS`."""
    now = world.book.quarter
    match name:
        case "tw":
            if world.book.whole:
                every = tuple(map(str, Quarter))
                return Word(str(now), f"tahun {world.book.year}", "setahun", every)
            return _quarter(now)
        case "tw_lalu":
            return word_of(now.number - 1, "triwulan")
        case "sampai_tw":
            return tuple(_quarter(one) for one in Quarter if one.number <= now.number)
        case "bulan_ini" | "sampai_bulan":
            alone = name == "bulan_ini" and not world.book.whole
            months = now.months if alone else now.upto
            return tuple(Word(one, MONTHS[one - 1], "bulan") for one in months)
        case "tahun":
            return Word(world.book.year, str(world.book.year), "tahun")
        case "alasan":
            return world.reason
        case "awal_tw" | "akhir_tw" | "awal_tahun" | "akhir_tahun":
            begun = name.startswith("awal")
            quarter = name.endswith("tw") and not world.book.whole
            first, last = (now, now) if quarter else (Quarter.I, Quarter.IV)
            day = first.start(world.book.year) if begun else last.end(world.book.year)
            return Word(day.isoformat(), format_date(day), "tanggal")
        case _:
            return Word(world.code, world.code, "kode")


def word_of(number: int, vocabulary: str) -> Word | Lacking:
    """Give the word of time with a number; before the first and behind the last there is none."""
    if vocabulary == "bulan":
        known = 1 <= number <= 12
        return Word(number, MONTHS[number - 1], vocabulary) if known else Lacking("kosong")
    if vocabulary == "triwulan":
        return _quarter(Quarter(number)) if 1 <= number <= 4 else Lacking("kosong")
    return Word(number, str(number), vocabulary)


def _quarter(quarter: Quarter) -> Word:
    return Word(str(quarter), f"TW {quarter}", "triwulan")


def in_column(name: str, world: World) -> str:
    """Put the words that are gone through into the name of a column."""
    if "{" not in name:
        return name
    return filled(name, {key: word.slug for key, word in world.words.items()})


def distinct(column: Column) -> list[str | int]:
    """Give the different values of a column that are not blank, as they come first."""
    found = column.picked.table.combinations(column.picked.rows, column.name)
    return [one if isinstance(one, str) else int(one) for (one,) in found]


def in_order(found: Sequence[str | int], vocabulary: str, world: World) -> list[str | int]:
    """Put words in the order of their vocabulary; those it does not have come last, sorted."""
    known = list(world.book.words(vocabulary))
    place = {word: number for number, word in enumerate(known)}
    if not known and vocabulary == "":
        return list(found)
    return sorted(found, key=lambda one: (place.get(str(one), len(known)), str(one)))


def named_word(value: str | int, vocabulary: str, world: World) -> Word:
    """Give a word of a vocabulary with its name."""
    if vocabulary == "bulan":
        return Word(int(value), MONTHS[int(value) - 1], vocabulary)
    return Word(value, world.book.name_of(vocabulary, str(value)), vocabulary)


def attribute_of(word: Word, name: str, world: World) -> Value:
    """Give what a vocabulary tells of a word; of ``induk`` the word it is below."""
    found = world.book.attribute(word.vocabulary, str(word.value), name)
    if name != "induk":
        return found or ""
    slug = found or str(word.value)
    return Word(slug, world.book.name_of(word.vocabulary, slug), word.vocabulary)
