"""Measures: how a rule gets its numbers and words, each from one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import model_validator

from pp39.findings.evidence import Evidence, with_words
from pp39.findings.expression import Condition, Expression
from pp39.findings.shape import Kalimat, check_names, fill, named
from pp39.findings.shapes.counts import Known, OfRows, Words
from pp39.findings.shapes.figures import (
    Figure,
    check_numbers,
    leaf_places,
    said_of,
    texts_of,
    times,
    values_of,
)
from pp39.findings.shapes.quotes import OfStatements
from pp39.findings.wording import joined, plain
from pp39.formula import FormulaError, compile_formula
from pp39.formula.names import Names
from pp39.ledger import Quantity
from pp39.profile.base import Bagian, Bulat, Teks, Ya

_SENTENCES = ("pernyataan", "bunyi", "nilai", "capaian", "target", "batas")


class Sebutan(Bagian):
    """A text, and the text that may mention it."""

    apa: Kalimat
    dalam: Kalimat


class Besaran(OfRows, OfStatements):
    """How to get a number, or words.

    One of these says of what: ``rumus``, a formula of the profile; ``baris``, rows of a source;
    ``dari`` and ``kolom``, another column of the rows of a figure before it; ``pernyataan``, what
    was stated about a subject; ``catatan``, how many remarks say something; ``nilai``, ``capaian``
    and ``target``, what is known of an indicator, and ``batas`` the target of one that must not
    exceed it; ``hitung``, an expression of the numbers before it; ``kata``, the texts whose
    conditions are met; ``sebutan``, whether one text mentions another; ``parameter`` and ``tetap``,
    a number given.

    Rows are added up, but for ``ambil``: the first or last, the only one (``tunggal``), how many
    there are, or how many different words (``beda``). ``sama`` names columns that hold what is gone
    through (with ``induk`` also as a part of it), ``cocok`` patterns of columns, ``dengan``
    conditions on the row, ``tanpa`` rows whose words do not count, ``terakhir`` the column of which
    the greatest counts, ``terbesar`` an expression of which the greatest counts; ``bukan_nol``
    leaves out zeros. ``sebut`` makes words in columns the text, ``rinci`` names each row by a word,
    ``rentang`` says which months of that column the rows are of.

    Of statements, ``isi`` is a pattern they must fit and ``bunyi`` what they must say, ``bukan`` a
    number they must differ from at the printed precision, ``semua`` takes all subjects that fit:
    sum, mean (by ``bobot``) or list; ``butir`` counts what one lists, ``bilangan`` reads the number
    it begins with.

    ``seperti`` prints as many decimals as another number. Where there is none, ``atau`` is taken,
    or the number ``kosong``; with ``boleh_kosong`` the rule goes on without.
    """

    rumus: Teks | None = None
    nilai: Kalimat | None = None
    capaian: Kalimat | None = None
    batas: Kalimat | None = None
    kata: Mapping[Kalimat, Teks | tuple[Teks, ...]] = {}
    tanda: Teks = "dan"
    sebutan: Sebutan | None = None
    hitung: Teks | None = None
    tetap: Bulat | None = None
    parameter: Teks | None = None
    label: Teks | None = None
    boleh_kosong: Ya = False
    kosong: Bulat | None = None
    atau: Besaran | None = None

    @model_validator(mode="before")
    @classmethod
    def _unit_of_rows(cls, given: Any) -> Any:
        """Print a number in the unit of its rows where it says none itself."""
        if isinstance(given, dict) and isinstance(rows := given.get("baris"), dict):
            return {**({"satuan": rows["satuan"]} if "satuan" in rows else {}), **given}
        return given

    @model_validator(mode="after")
    def _expressions_are_understood(self) -> Besaran:
        if self.hitung is not None:
            Expression(self.hitung)
        for text in self.conditions:
            Condition(text)
        return self

    @property
    def conditions(self) -> tuple[str, ...]:
        """Conditions on the numbers before it."""
        return tuple(text for some in self.kata.values() for text in _all(some))

    def check(
        self, at: str, words: Sequence[str], before: Sequence[str], names: Names | None
    ) -> None:
        """Check what it names against the words that are gone through and the numbers before it.

        Raises
        ------
        ValueError
            At the first thing that is not known, with the nearest.
        """
        for name in ("dari", "bukan", "seperti"):
            if (one := getattr(self, name)) is not None:
                check_numbers(f"{at}.{name}", [one], before)
        for text in (*filter(None, [self.hitung]), *self.conditions):
            known = Expression(text) if text == self.hitung else Condition(text)
            check_numbers(at, known.names, before, text)
        says = (*words, *said_of(before))
        given = {**self.sama, **{text: text for text in self.kata}}
        given |= {name: getattr(self, name) for name in _SENTENCES if getattr(self, name)}
        if self.sebutan is not None:
            given |= {"sebutan.apa": self.sebutan.apa, "sebutan.dalam": self.sebutan.dalam}
        for field, text in given.items():
            check_names(f"{at}.{field}", text, says)
        if names is not None:
            self.check_rows(at, before, names)
        if self.rumus is not None and names is not None:
            try:
                compile_formula(self.rumus, with_words(names, words))
            except FormulaError as error:
                raise ValueError(f"{at}.rumus: {self.rumus}: {error.sentence}") from None
        if self.atau is not None:
            self.atau.check(f"{at}.atau", words, before, names)

    def figure(self, name: str, evidence: Evidence, words: Words, known: Known) -> Figure:
        """Get the number, for the words that are gone through and the numbers before it."""
        found = self._figure(evidence, words, known)
        if found.quantity is not None and found.quantity.id is None:
            label = self.label or name.replace("_", " ").capitalize()
            unit = self.satuan if self.satuan in ("Rp", "%") else None
            found = replace(found, quantity=found.quantity.named(label, unit))
        if found.quantity is not None or self.sebut:
            return found
        if self.atau is not None:
            other = self.atau.figure(name, evidence, words, known)
            return replace(other, stated=(*found.stated, *other.stated))
        if self.kosong is None:
            return found
        none = Quantity.constant(self.kosong)
        if found.of is not None and found.of.sumber in evidence.tables:
            none = evidence.lines(found.of.sumber, (), self.kosong).named(name.capitalize())
        return replace(self._told(none, known), of=found.of)

    def _figure(self, evidence: Evidence, words: Words, known: Known) -> Figure:
        if (rows := self.of_rows(evidence, words, known)) is not None:
            return rows
        said = {**texts_of(known), **words}
        if (found := self.of_statements(evidence, said, known)) is not None:
            return found
        if self.kata:
            values = values_of(known, evidence)
            met = [
                fill(text, evidence, said)
                for text, some in self.kata.items()
                if all(Condition(one).holds(values) for one in _all(some))
            ]
            first = {"_pertama": next(iter(met), "")}
            return Figure(Quantity.constant(len(met)), joined(met, self.tanda), more=first)
        computed = self._computed(evidence, said, known)
        traced = computed if self.rumus or self.nilai else None
        where = leaf_places(traced, evidence) if traced is not None else ()
        return replace(self._told(computed, known), where=where)

    def _computed(  # noqa: PLR0911  one a kind of number
        self, evidence: Evidence, said: Words, known: Known
    ) -> Quantity | None:
        if self.rumus is not None:
            here = {name: str(said[name]) for name in said if isinstance(said[name], str)}
            return evidence.formula(self.rumus, here)
        if self.capaian is not None:
            return evidence.achieved(named(self.capaian, evidence, said))
        if self.batas is not None:
            code = named(self.batas, evidence, said)
            limited = getattr(evidence.indicator(code), "polaritas", "") == "turun"
            return evidence.known(f"{code}/target") if limited else None
        if self.nilai is not None:
            return evidence.known(named(self.nilai, evidence, said))
        if self.parameter is not None:
            return evidence.quantity_of(self.parameter)
        if self.sebutan is not None:
            one, other = (
                plain(fill(text, evidence, said)) for text in (self.sebutan.apa, self.sebutan.dalam)
            )
            return Quantity.constant(int(one in other))
        if self.hitung is None:
            return None if self.tetap is None else Quantity.constant(self.tetap)
        figures = {name: one.quantity for name, one in known.items()}
        return Expression(self.hitung).quantity(times(evidence) | figures)


def _all(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else texts
