"""Which rules there are: those that follow from declarations, and those a profile states."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pp39.book import Book
from pp39.checks.declared import coverage, declared, structure
from pp39.checks.result import Level
from pp39.checks.rule import Expect, Rule
from pp39.profile.check import Periksa, expanded


def rules(book: Book) -> tuple[Rule, ...]:
    """List all rules of a run: the shape of all tables first, then source by source."""
    return (*structure(), *coverage(), *rules_of(book, book.tables))


def rules_of(book: Book, names: Collection[str]) -> tuple[Rule, ...]:
    """List the rules of some sources, delivered or not."""
    found: list[Rule] = []
    stated: dict[str, list[Rule]] = {}
    for rule in _stated(book):
        stated.setdefault(rule.source, []).append(rule)
    for name, source in book.sources.items():
        if name in names:
            found += declared(source, book)
            found += stated.get(name, ())
    return tuple(found)


def _stated(book: Book) -> Iterator[Rule]:
    for id, _, one in expanded(book.settings.profile.isi.periksa):
        level = _level(one, book)
        if level is not None:
            yield Rule(
                id,
                level,
                one.aturan,
                one.pada or id.partition(".")[0],
                tuple(Expect(*pair) for each in one.harap for pair in each.items()),
                one.salah,
                one.benar,
                one.bila or "",
                one.kolom or "",
                one.kolom_dari or "",
                one.berkas or "",
            )


def _level(one: Periksa, book: Book) -> Level | None:
    given = one.tingkat
    if isinstance(given, str):
        return given
    fits = str(book.settings.value(given.parameter)) == given.adalah
    chosen = given.maka if fits else given.selain_itu
    return None if chosen == "tidak_berlaku" else chosen
