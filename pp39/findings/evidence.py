"""What the rules look at: clean tables, statements in scope, and computed figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from itertools import pairwise
from typing import Any

from pp39.book import Book
from pp39.findings.cited import numbers_in
from pp39.findings.finding import Finding
from pp39.findings.printed import Agreement, agreement
from pp39.findings.stated import Stated
from pp39.findings.statement import Statement
from pp39.formula import compile_formula
from pp39.formula.names import Names, Variable, names_of
from pp39.formula.values import Code, Lacking, Word, World
from pp39.indicators.achievement import Status, judged, worded
from pp39.ledger import Cell, Ledger, Quantity, dashed, largest
from pp39.params import Params
from pp39.sources.table import Record as Row

# A part of a subject that is the code of something in the budget, not a quarter.
_BUDGET = re.compile(r"[0-9]{4}(?:\.[A-Z]{3}(?:\.[0-9]{3})?)?|(?!II|IV)[A-Z]{2}")


@dataclass(frozen=True)
class Evidence(Stated):
    """All that is known about one run.

    What was stated before cannot contradict what was decided after: where somebody changed a
    parameter for this run, by scenario or override, statements are held against the figures as
    they are without that, and `traced` says so.

    Its own parameters and figures are those without scenario and overrides.
    """

    #: The run itself; the same by default.
    run: Book | None = None
    #: All rules of the unit, for a rule that asks what another one shows.
    rules: Sequence[Any] = ()

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What each rule applied so far has found; a rule may ask what another shows."""
        return {}

    @cached_property
    def figures(self) -> dict[str, tuple[Quantity | None, tuple[Quantity, ...]]]:
        """What rules have computed and what else they may say, by the id of the finding."""
        return {}

    def found_by(self, id: str) -> tuple[Finding, ...]:
        """Give what a rule of the unit finds; nothing where it has no such rule."""
        return tuple(one for rule in self.rules if rule.id == id for one in rule(self))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Indicator codes in the style of ledger ids, in the order of the registry."""
        return tuple(dashed(code) for code in self.settings.params.indikator)

    def codes_of(self, way: str) -> tuple[str, ...]:
        """Give the codes of the indicators that are computed in one way."""
        return tuple(code for code in self.codes if self.indicator(code).hitung == way)

    def code_of(self, way: str) -> str:
        """Give the code of the indicator that is computed in one way, else a name for it."""
        return next(iter(self.codes_of(way)), way.replace("_", "-"))

    @cached_property
    def compared(self) -> tuple[tuple[Quantity, tuple[tuple[Statement, Agreement], ...]], ...]:
        """The subjects with a computed figure and printed ones, and how far these agree with it."""
        found = []
        for subject, group in self._by_subject.items():
            figures = [(one, one.printed) for one in group if one.printed is not None]
            quantity = self.computed(subject) if figures else None
            if quantity is not None:
                kinds = tuple((one, agreement(figure, quantity.value)) for one, figure in figures)
                found.append((quantity, kinds))
        return tuple(found)

    def computed(self, subject: str) -> Quantity | None:
        """Give the computed figure that a statement may fairly be held against.

        None where nothing was computed. Capaian is taken without cap, as reports state it.
        """
        head, _, tail = subject.partition("/")
        if tail == "capaian" and head in self._registry:
            return self._achieved(head)
        id = self.entry_of(subject)
        base, ours = self.ledger.get(id), self._ours(id)
        return ours if base is not None and ours is not None and ours.value == base.value else base

    def traced(self, ledger_id: str) -> tuple[str, str]:
        """Tell where the run shows the calculation of a figure, and in what it departs from it.

        Parameters
        ----------
        ledger_id : str
            The figure a statement was held against; empty if there is none.

        Returns
        -------
        id : str
            Entry of the run with this value; empty if it has none.
        words : str
            A sentence, with a blank before it, where the run's own figure is another one.
        """
        held = self.computed(ledger_id) if ledger_id else None
        ours = self._ours(ledger_id)
        if held is None or (ours is not None and ours.value == held.value):
            return ledger_id, ""
        head, _, tail = ledger_id.partition("/")
        if tail == "capaian" and head in self._registry:
            raw = self._ours(f"{head}/capaian-mentah")
            id = raw.id or "" if raw is not None and raw.value == held.value else ""
            return id, self._achieved_words(head, held, ours)
        own = f"dalam laporan ini {ours.text()}" if ours else "laporan ini tidak menghitungnya"
        return "", f" {held.label} menurut parameter dasar {held.text()}; {own}."

    def stated_number(self, one: Statement, read: Fraction | None = None) -> Quantity:
        """Give the number that a statement says, or that was `read` in it, with where it stands."""
        table = self.tables[one.sumber]
        value = one.printed.value if read is None and one.printed is not None else read or 0
        label = self.about(one) or one.subjek
        column = (
            "nilai" if one.sumber == "pernyataan" else table.headers.get("kegiatan", "kegiatan")
        )
        cell = Cell(one.sumber, table.source.file, table.sheet, one.baris, column)
        return Quantity.cell(Fraction(value), label, "Rp" if one.satuan == "Rp" else "", cell)

    def number_of(self, statements: Collection[Statement], count: int | None = None) -> Quantity:
        """Give how many statements there are, or how many different things they say."""
        many = len(statements) if count is None else count
        source = next((one.sumber for one in statements), "pernyataan")
        return self.lines(source, (one.baris for one in statements), many)

    def numbers_said(self, one: Statement) -> Iterator[Quantity]:
        """Give the number that a statement is, or the numbers in its words."""
        if one.printed is not None:
            yield self.stated_number(one)
            return
        for number in numbers_in(one.nilai):
            yield self.stated_number(one, number.printed.value)

    def known(self, subject: str) -> Quantity | None:
        """Give the computed figure, else the first stated one."""
        stated = (one for one in self.stated(subject) if one.printed is not None)
        return self.computed(subject) or next(map(self.stated_number, stated), None)

    def achieved(self, code: str) -> Quantity | None:
        """Give the capaian of an indicator against its target in force; None if unknown.

        As in the report, a limit that is exceeded more than twofold is achieved by 0.
        """
        made = self._achieved(code) or self._judged(code, self.known(f"{code}/realisasi"))[0]
        one = self.indicator(code)
        if made is None or made.value >= 0 or one is None or one.polaritas == "naik":
            return made
        floor = largest([made, Quantity.constant(0)], made.label, "%")
        return replace(floor, id=made.id, decimals=2)

    def status(self, code: str) -> tuple[Status, str]:
        """Give the status of an indicator, of what was stated where nothing was computed.

        Beside it stands how the report words it.
        """
        status = self._judged(code, self.known(f"{code}/realisasi"))[1]
        return status, worded(status, self.indicator(code))

    def indicator(self, code: str) -> Any:
        """Give the registry's entry of an indicator, None if it is not registered."""
        return self._registry.get(code)

    def short(self, code: str) -> str:
        """Name an indicator for a sentence: its registered name with its code."""
        registered = self.indicator(code)
        name = f" ({registered.nama})" if registered is not None else ""
        return f"{self.code(code)}{name}"

    def code(self, head: str) -> str:
        """Spell the code of an indicator as its contract does."""
        return self._spelled.get(head, head)

    def name(self, word: object) -> str:
        """Name a word of the unit as the report prints it."""
        known = self.own_words.get(str(word))
        return known.nama if known is not None else str(word)

    def named(self, word: str) -> str:
        """Name a word of any vocabulary; one that is in none is its own name."""
        lists = map(self.words, self.settings.profile.isi.kosakata)
        return next((names[word] for names in lists if word in names), word)

    @cached_property
    def contract(self) -> tuple[Row, ...]:
        """The rows of the performance contract."""
        return self.all_rows(self.documents[0]) if self.documents else ()

    @cached_property
    def goals(self) -> Mapping[str, str]:
        """The code of the goal of each indicator, as a document gives it."""
        rows = (row for source in self.documents for row in self.all_rows(source))
        return {
            dashed(row["kode"]): str(row["kode_sasaran"]) for row in rows if row.get("kode_sasaran")
        }

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The sources that state a target of each indicator; the first is the contract."""
        return tuple(
            name
            for name, one in self.settings.profile.sumber.items()
            if {"kode", "target", "dokumen"} <= set(one.clean_names)
        )

    def targets(self, code: str) -> list[tuple[str, Fraction]]:
        """Give the values of `documented`."""
        return [(place, one.value) for place, one in self.documented(code)]

    def documented(self, code: str) -> list[tuple[str, Quantity]]:
        """Give place and figure of a target in every document, as stated or as in the source."""
        stated = [
            (one.letak, self.stated_number(one))
            for one in self.stated(f"{code}/target")
            if one.printed is not None
        ]
        tables = [
            (source, str(row.get("dokumen") or "dokumen target"), self.cell(source, row, "target"))
            for source in self.documents
            for row in self.all_rows(source)
            if dashed(row["kode"]) == code and row.get("target") is not None
            if self.states(source, row.get("dokumen"))
        ]
        if not stated:
            return [(name, one) for _, name, one in tables]
        values = {one.value for _, one in stated}
        contract = [(name, one) for source, name, one in tables if source == self.documents[0]]
        others = [(name, one) for _, name, one in tables if one.value not in values]
        return [*contract, *stated, *others]

    def is_target(self, subject: str) -> bool:
        """Tell whether a subject is the target of an indicator."""
        head, _, tail = subject.rpartition("/")
        return tail == "target" and head in self._registry

    @property
    def any_code(self) -> str:
        """A regular expression of the codes as subjects begin with them."""
        return "|".join(map(re.escape, sorted(self.codes, key=len, reverse=True)))

    @property
    def chosen(self) -> Params:
        """The parameters of the run itself, for rules about how it counts and what it explains."""
        return (self.run or self).settings.params

    def parameter(self, path: str) -> Any:
        """Give a parameter of the run itself, such as ``capaian.batas``."""
        return reduce(getattr, path.split("."), self.chosen)

    def quantity_of(self, path: str) -> Quantity:
        """Give a parameter of the run that is a number, with where it was set."""
        return (self.run or self).settings.named_quantity(path)

    @cached_property
    def own_words(self) -> Mapping[str, Any]:
        """The unit's own words, such as its services, with what is known of each."""
        given = (one.dari for one in self.settings.profile.isi.kosakata.values() if one.dari)
        unit = self.settings.params.unit
        return {slug: word for one in given for slug, word in getattr(unit, one).items()}

    def root(self, word: object) -> str:
        """Give the word that a word of the unit is a part of, else the word itself."""
        known = self.own_words.get(str(word))
        return str(getattr(known, "induk", None) or word)

    def formula(self, text: str, words: Mapping[str, str]) -> Quantity | None:
        """Compute a formula of the profile, in which words may stand for what is gone through."""
        key = (text, tuple(words))
        if key not in self._formulas:
            self._formulas[key] = compile_formula(text, with_words(self._names, words))
        said = {name: Word(value, self.name(value)) for name, value in words.items()}
        world = World(self.book, "", _no_other, words=said)
        found = self._formulas[key].run(world)
        return found if isinstance(found, Quantity) else None

    def _achieved(self, code: str) -> Quantity | None:
        subject = f"{code}/capaian"
        ratio = self._judged(code, self.computed(f"{code}/realisasi"))[0]
        id = subject if subject in self.ledger else None
        return None if ratio is None else replace(ratio, id=id)

    def _judged(self, code: str, made: Quantity | None) -> tuple[Quantity | None, Status]:
        raw, status = judged(self, self.code(code), made, self._goal(code))
        decimals = max(raw.decimals or 2, 2) if raw is not None else None
        return raw and replace(raw.named(f"Capaian {code}", "%", decimals), id=None), status

    def _goal(self, code: str) -> Quantity | None:
        """Give the target in force: what the parameters say, else the contract."""
        return self.ledger.get(f"{code}/target") or self._contract.get(code)

    def _achieved_words(self, code: str, held: Quantity, ours: Quantity | None) -> str:
        """Say how capaian as reports state it was computed, and what it is in the run."""
        held_to = self._goal(code)
        target, result = self._ours(f"{code}/target"), self._ours(f"{code}/realisasi")
        base = self.computed(f"{code}/realisasi")
        other = held_to is not None and (target is None or target.value != held_to.value)
        moved = base is not None and (result is None or result.value != base.value)
        limited = self._ours(f"{code}/capaian-mentah") is not None
        how = [
            f"terhadap target {held_to.text()}" if held_to and other else "",
            "menurut parameter dasar" if moved or other or not limited else "",
            "tanpa batas" if limited else "",
        ]
        goal = f" terhadap target {target.text()}" if target and other else ""
        own = (
            f"dalam laporan ini {ours.text()}{goal}" if ours else "laporan ini tidak menghitungnya"
        )
        told = " ".join(filter(None, how))
        return f" Capaian {held.text()} dihitung {told}; {own}."

    def _ours(self, id: str) -> Quantity | None:
        return (self.run or self).ledger.get(id)

    def about(self, one: Statement) -> str:
        """Say what a statement is about, with its code, to begin a sentence."""
        code = self.code(one.head) if one.head in self._registry else ""
        for kind, other in pairwise(one.subjek.split("/")):
            if _BUDGET.fullmatch(other):
                code = other if one.uraian.casefold().endswith(kind) else f"({other})"
        text = f"{one.uraian} {'' if code.strip('()') in one.uraian else code}".strip()
        return text[:1].upper() + text[1:]

    @cached_property
    def book(self) -> Book:
        """The tables and parameters of the run, with a ledger that nobody reads."""
        return replace(self.run or self, ledger=Ledger())

    @cached_property
    def _names(self) -> Names:
        return names_of(self.settings.profile)

    @cached_property
    def _formulas(self) -> dict[tuple[str, tuple[str, ...]], Code]:
        return {}

    @cached_property
    def _registry(self) -> dict[str, Any]:
        return {dashed(code): one for code, one in self.settings.params.indikator.items()}

    @cached_property
    def _spelled(self) -> dict[str, str]:
        return {dashed(code): code for code in self.settings.params.indikator}

    @cached_property
    def _contract(self) -> dict[str, Quantity]:
        return {
            dashed(row["kode"]): self.cell(self.documents[0], row, "target")
            for row in self.contract
            if row["target"]
        }


def with_words(names: Names, words: Iterable[str]) -> Names:
    """Let formulas name the words that a rule goes through, where nothing else has the name."""
    taken = {*names.sources, "sumber", "param"}
    return names.with_variables({word: Variable("") for word in words if word not in taken})


def _no_other(code: str, name: str) -> Lacking:
    return Lacking("kosong", f"{code} {name}")
