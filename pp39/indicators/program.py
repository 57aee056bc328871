"""The formulas of an indicator, understood once and computed for any quarter.

A profile gives an indicator figures by name; they may stand in any order and use one another. Each
is entered in the ledger under its own id, so that the trace of the realisation is the calculation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from pp39.book import Book
from pp39.formula import (
    Code,
    Compiler,
    FormulaError,
    Lacking,
    Names,
    Picked,
    Template,
    Value,
    World,
    compile_template,
    fits,
    parse,
)
from pp39.formula.compile import small
from pp39.indicators.achievement import unit_of
from pp39.indicators.figures import Fault, Step, compile_figure, in_turn, shape_of
from pp39.indicators.reading import (
    REALISATION,
    in_template,
    other_time,
    used_by,
    ways_of,
)
from pp39.ledger import Ledger, Quantity
from pp39.profile.indicator import Besaran, Indikator, Pilihan
from pp39.yamlfile import KeyPath

Finish = Callable[[Book, Quantity], Quantity]
"""Names a realisation and enters it in the ledger of the book."""


@dataclass(frozen=True)
class Realisation:
    """What came out of a program."""

    #: The realisation, as `finish` left it.
    value: Quantity | Lacking
    #: All figures by name.
    figures: Mapping[str, Value]
    #: Which of the ways in ``atau`` was taken; 0 where there is one way alone.
    way: int = 0
    _besides: Callable[[], Mapping[int, Quantity | Lacking]] = field(default=dict, repr=False)

    @cached_property
    def besides(self) -> Mapping[int, Quantity | Lacking]:
        """What the other ways give whose data are there as well, computed when it is asked for.

        Rows and counts of one quarter should come to the same.
        """
        return self._besides()


@dataclass(frozen=True)
class _Part:
    """One way to the indicator."""

    footing: str
    data: Code | None
    data_label: str
    steps: tuple[Step, ...]
    note: Template | None

    def begin(self, world: World) -> Lacking | None:
        """Pick the rows the way needs, if any; say where they are not there."""
        if self.data is None:
            return None
        data = self.data.run(world)
        if not isinstance(data, Picked) or not data.rows:
            return data if isinstance(data, Lacking) else Lacking("kosong")
        world.figures["data"] = replace(data, by="")
        return None


@dataclass(frozen=True)
class Program:
    """The formulas of an indicator."""

    #: Code of the indicator.
    code: str
    #: Ways in order of preference.
    parts: tuple[_Part, ...] = field(repr=False)

    def run(
        self, book: Book, others: Callable[[str, str], Quantity | Lacking], finish: Finish
    ) -> Realisation:
        """Compute the indicator for the quarter of a book and enter its figures there.

        The first way whose rows are there is taken; one that names no rows is taken if it gives a
        realisation.
        """
        lacking = Lacking("kosong")
        turn = in_turn(self.parts, book)
        for number, part in enumerate(turn, start=1):
            reason = lacking.because if number > 1 else ""
            world = World(book, self.code, others, reason=reason)
            if part.data is not None:
                gone = part.begin(world)
                if gone is not None:
                    lacking = replace(gone, reason=gone.reason or f"data {part.data_label}")
                    continue
            elif number < len(turn):
                trial = replace(world, book=replace(book, ledger=Ledger()), figures={})
                tried = self._computed(part, trial, finish)
                if isinstance(tried, Lacking):
                    lacking = tried
                    continue
            value = self._computed(part, world, finish)
            rest = [other for other in turn[number:] if other.footing and part.footing]
            besides = partial(self._each, rest, book, others, finish)
            return Realisation(value, world.figures, self.parts.index(part), besides)
        return Realisation(lacking, {})

    def _each(
        self,
        parts: Iterable[_Part],
        book: Book,
        others: Callable[[str, str], Quantity | Lacking],
        finish: Finish,
    ) -> dict[int, Quantity | Lacking]:
        """Compute those ways whose data are there, and enter nothing."""
        worlds = [
            (part, World(replace(book, ledger=Ledger()), self.code, others)) for part in parts
        ]
        return {
            self.parts.index(part): self._computed(part, world, finish)
            for part, world in worlds
            if part.begin(world) is None
        }

    def _computed(self, part: _Part, world: World, finish: Finish) -> Quantity | Lacking:
        for step in part.steps:
            world.figures[step.name] = step.run(world)
            if step.name == REALISATION:
                value = world.figures[REALISATION]
                if isinstance(value, Quantity):
                    note = part.note.text(world) if part.note is not None else value.note
                    named = replace(value, note=note)
                    world.figures[REALISATION] = finish(world.book, named)
        found = world.figures[REALISATION]
        return found if isinstance(found, Quantity | Lacking) else Lacking("kosong")


def compile_program(code: str, given: Indikator, names: Names, fault: Fault) -> Program | None:
    """Understand all formulas of an indicator.

    Parameters
    ----------
    code : str
        Code of the indicator.
    given : Indikator
        What the profile says of it.
    names : Names
        What its formulas may name.
    fault : callable
        Is told of everything that is wrong, with its place in the definition.

    Returns
    -------
    Program or None
        None if something is wrong.
    """
    parts = []
    if told := other_time(given, names.sources):
        fault((REALISATION,), given.realisasi or "", FormulaError(told))
    for number, one in enumerate(ways_of(given)):
        where = ("atau", str(number)) if given.atau else ()
        parts.append(_compiled(one, given, names, _inside(fault, where)))
    if any(one is None for one in parts):
        return None
    return Program(code, tuple(one for one in parts if one is not None))


def _compiled(given: Pilihan, whole: Indikator, names: Names, fault: Fault) -> _Part | None:
    wrong: list[FormulaError] = []

    def told(key: KeyPath, text: str, error: FormulaError) -> None:
        wrong.append(error)
        fault(key, text, error)

    data: Code | None = None
    label = ""
    if given.data is not None:
        try:
            data = Compiler(names).rows(parse(given.data), "data")
        except FormulaError as error:
            # What is computed from rows nobody knows cannot be judged.
            told(("data",), given.data, error)
            return None
        assert data.shape.source is not None
        label = small(data.shape.source.title)
        names = names.with_figure("data", data.shape)
    if given.realisasi is None:
        told((), "", FormulaError("it has no formula; write one in realisasi, or name a pola"))
        return None
    unit = unit_of(whole)
    wanted = {**given.besaran, REALISATION: Besaran(hitung=given.realisasi, label=REALISATION)}
    note: Template | None = None
    steps: list[Step] = []
    seen: dict[str, str] = {}
    unclear: set[str] = set()
    uses = _uses(wanted, given.catatan)
    for name in _in_order(wanted, uses, told, unclear):
        one = wanted[name]
        last = name == REALISATION
        if uses[name] & unclear:
            unclear.add(name)
            continue
        if not last and name in used_by(one) and name not in names.simple():
            told(("besaran", name), name, FormulaError(_of_itself(name, one)))
            unclear.add(name)
            continue
        step = compile_figure(name, one, names, _told_of(name, told))
        names = names.with_figure(name, step.shape if step is not None else shape_of(one))
        if last:
            note = _noted(given.catatan, names, told)
        if step is None:
            # A name for rows that is wrong tells nothing of what stands on them.
            unclear |= {name} if one.label is None else set()
            continue
        if last:
            misfit = fits(whole.satuan_rumus or unit, step.shape.unit, renamed=True)
            if misfit:
                told((REALISATION,), given.realisasi, FormulaError(misfit))
            step = replace(step, id=None)
        elif step.label is not None and seen.setdefault(step.id or name, name) != name:
            other = seen[step.id or name]
            twice = f'"{other}" has the id {step.id}, too; give one of them another id'
            told(("besaran", name), name, FormulaError(twice))
        steps.append(step)
    if wrong:
        return None
    return _Part(given.dari or "", data, label, tuple(steps), note)


def _inside(told: Fault, key: KeyPath) -> Fault:
    return lambda below, text, error: told((*key, *below), text, error)


def _told_of(name: str, told: Fault) -> Fault:
    """Tell of a figure where it stands; of the realisation the formula stands alone."""
    if name != REALISATION:
        return _inside(told, ("besaran", name))
    return lambda below, text, error: told(
        (REALISATION,) if below == ("hitung",) else below, text, error
    )


def _noted(text: str | None, names: Names, told: Fault) -> Template | None:
    if text is None:
        return None
    try:
        return compile_template(text, names)
    except FormulaError as error:
        told(("catatan",), text, error)
        return None


def _uses(wanted: Mapping[str, Besaran], note: str | None) -> dict[str, set[str]]:
    """Give the figures that each figure uses."""
    uses = {name: used_by(one) & set(wanted) - {name} for name, one in wanted.items()}
    uses[REALISATION] |= in_template(note) & set(wanted) - {REALISATION}
    return uses


def _of_itself(name: str, given: Besaran) -> str:
    """Say that a figure uses itself; beside a condition a word may be meant."""
    meant = re.search(rf"[=<>]\s*{re.escape(name)}\s*[],)]", given.hitung or "")
    hint = f"; if the word is meant, write '{name}' in quotation marks" if meant else ""
    return f"{name} is computed of itself{hint}"


def _in_order(
    wanted: Mapping[str, Besaran], uses: Mapping[str, set[str]], told: Fault, rings: set[str]
) -> list[str]:
    """Put figures behind those they use; otherwise they stay in the order they are written in.

    Those that go round in a ring are added to `rings`.
    """
    done: dict[str, None] = {}

    def put(name: str, above: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in above:
            ring = [*above[above.index(name) :], name]
            rings.update(ring)
            said = f"figures go round in a ring: {' → '.join(ring)}"
            told(("besaran", name), name, FormulaError(said))
            return
        for one in wanted:
            if one in uses[name]:
                put(one, (*above, name))
        done[name] = None

    for name in wanted:
        put(name, ())
    return list(done)
