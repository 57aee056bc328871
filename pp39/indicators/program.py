"""The formulas of an indicator, understood once and computed for any quarter.

A profile gives an indicator figures by name; they may stand in any order and use one another. Each
is entered in the ledger under its own id, so that the trace of the realisation is the calculation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
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
    parse_condition,
    template_nodes,
    walk,
)
from pp39.formula.compile import SEVERAL, dotted, small
from pp39.formula.days import date_pairs
from pp39.formula.syntax import Binary, Call, Filtered, Member, Name, Node, Text
from pp39.indicators.achievement import unit_of
from pp39.indicators.figures import Fault, Step, compile_figure, in_turn, shape_of
from pp39.ledger import Ledger, Quantity
from pp39.profile.indicator import Besaran, Indikator, Pilihan
from pp39.profile.source import Sumber
from pp39.yamlfile import KeyPath

REALISATION = "realisasi"
_OF_THE_QUARTER = frozenset({"tw", "bulan_ini", "awal_tw"})
_SINCE_JANUARY = frozenset({"sampai_tw", "sampai_bulan", "awal_tahun", "kumulatif", "tw_lalu"})
# What picks one of several times.
_LAST = frozenset({"terakhir", "terakhir_setiap", "pertama_setiap", "nilai"})
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


def figure_names(given: Indikator) -> dict[str, str | None]:
    """Give the figures that other indicators may use, those with one value, and their units.

    Those by word are given as `SEVERAL`, so that it can be said of them what they are.
    """
    found: dict[str, str | None] = {REALISATION: unit_of(given)}
    for part in ways_of(given):
        for name, one in part.besaran.items():
            if one.untuk:
                found[name] = SEVERAL
            else:
                fixed = one.satuan if one.satuan and "{" not in one.satuan else None
                found[name] = fixed if found.get(name, fixed) == fixed else None
    return found


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
    for number, one in enumerate(ways_of(given)):
        where = ("atau", str(number)) if given.atau else ()
        if given.sifat != "kumulatif" and given.sifat_menurut is None and _since_january(one):
            told = f"it is kumulatif(…), but sifat is {given.sifat}; write sifat: kumulatif"
            fault((*where, "realisasi"), one.realisasi or "", FormulaError(told))
        parts.append(_compiled(one, given, names, _inside(fault, where)))
    if any(one is None for one in parts):
        return None
    return Program(code, tuple(one for one in parts if one is not None))


def ways_of(given: Indikator) -> list[Pilihan]:
    """Write the ways of an indicator out, each with what it shares with the others."""
    common = _laid(given, Pilihan())
    return [_laid(one, common) for one in given.atau] or [common]


def parameters_of(given: Indikator) -> set[str]:
    """Give the dotted names in the formulas of an indicator that may be those of parameters."""
    found = (dotted(one) for one in _nodes(given) if isinstance(one, Member))
    return {".".join(one).removeprefix("param.") for one in found if one is not None}


def _since_january(given: Pilihan) -> bool:
    """Tell whether the realisation as a whole is what adds up since January."""
    try:
        tree = parse(given.realisasi or "0")
        figure = given.besaran.get(tree.id) if isinstance(tree, Name) else None
        tree = parse(figure.hitung) if figure is not None and figure.hitung else tree
    except FormulaError:
        return False
    return isinstance(tree, Call) and tree.name == "kumulatif"


def _laid(given: Indikator | Pilihan, under: Pilihan) -> Pilihan:
    """Lay what is given over what it leaves open."""
    return Pilihan(
        dari=given.dari if isinstance(given, Pilihan) else None,
        data=given.data or under.data,
        besaran={
            **given.besaran,
            **{k: v for k, v in under.besaran.items() if k not in given.besaran},
        },
        realisasi=given.realisasi or under.realisasi,
        catatan=given.catatan or under.catatan,
    )


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
        if not last and name in _used(one) and name not in names.simple():
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
    uses = {name: _used(one) & set(wanted) - {name} for name, one in wanted.items()}
    uses[REALISATION] |= _in_template(note) & set(wanted) - {REALISATION}
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


def _used(given: Besaran) -> set[str]:
    """Give the names a figure uses; what cannot be read uses nothing, its error comes later."""
    found: set[str] = set()
    for text in _texts(given):
        found |= _in_formula(partial(map, parse, [text]))
    if given.bila is not None:
        test = partial(parse_condition, given.bila)
        found |= _in_formula(lambda: filter(None, (test().left, test().right)))
    for template in (given.label, given.satuan, given.cara, given.catatan):
        found |= _in_template(template)
    for way in given.atau:
        found |= _in_template(way.cara)
    return found


def _texts(given: Besaran) -> list[str]:
    """Give the formulas of a figure."""
    texts = [given.hitung, *(text for way in given.atau for text in (way.data, way.hitung))]
    for spec in given.untuk.values():
        texts += [spec] if isinstance(spec, str) else [str(one) for one in spec]
    return [one for one in texts if one]


def _in_template(text: str | None) -> set[str]:
    return _in_formula(lambda: template_nodes(text or ""))


def _in_formula(read: Callable[[], Iterable[Node]]) -> set[str]:
    try:
        trees = list(read())
    except FormulaError:
        return set()
    return {one.id for tree in trees for one in walk(tree) if isinstance(one, Name)}


def other_codes(given: Indikator) -> set[str]:
    """Give the codes of the indicators that the formulas of one use."""
    return {
        one.of.value
        for one in _nodes(given)
        if isinstance(one, Member) and isinstance(one.of, Text)
    }


def used_sources(given: Indikator, sources: Iterable[str]) -> set[str]:
    """Give the names of the sources that the formulas of an indicator use."""
    known = set(sources)
    found: set[str] = set()
    for part in ways_of(given):
        # Rows are picked before there are figures: a name there is a source, never a figure.
        picking = part.model_copy(update={"realisasi": None, "besaran": {}})
        found |= {one.id for one in _nodes_of(picking) if isinstance(one, Name)}
        for one in _nodes_of(part):
            if isinstance(one, Member) and isinstance(one.of, Name) and one.of.id == "sumber":
                found.add(one.name)
            elif isinstance(one, Name) and one.id not in part.besaran:
                found.add(one.id)
    return found & known


def other_time(given: Indikator, sources: Mapping[str, Sumber]) -> str:
    """Say that the formulas of an indicator read rows of another time than its ``sifat``, if so.

    Only where that is plain: not where it uses other indicators, or its main rows are of several
    times; and what is told once a quarter or month may itself be counted since January.
    """
    if given.sifat_menurut is not None or other_codes(given):
        return ""
    for part in ways_of(given):
        every = _reached(part)
        only = part.model_copy(update={"realisasi": None, "besaran": {}})
        main = list(_nodes_of(only)) or every
        kunci = [
            sources[one.id].kunci for one in main if isinstance(one, Name) and one.id in sources
        ]
        register = not any({"triwulan", "bulan"} & {*one} for one in kunci)
        narrowed = [one for one in every if isinstance(one, Filtered) and one.of == Name("data")]
        named, within = _named(main), _named(narrowed)
        if given.sifat == "kumulatif":
            wrong = named & _OF_THE_QUARTER
            if wrong and register and not _named(every) & _SINCE_JANUARY:
                told = f"{', '.join(sorted(wrong))}, of the quarter alone"
                right = "triwulan dalam sampai_tw, or kumulatif(…)"
                return f"sifat is kumulatif, but it reads rows of {told}; write {right}"
        elif given.sifat == "triwulan":
            wrong = named & _SINCE_JANUARY
            if wrong and not (named | within) & _OF_THE_QUARTER and not _named(every) & _LAST:
                told = f"{', '.join(sorted(wrong))}, of all since January"
                return f"sifat is triwulan, but it reads rows of {told}; write sifat: kumulatif"
    return ""


def _reached(part: Pilihan) -> list[Node]:
    """Give the nodes of the formulas that the realisation stands on."""
    whole = {**part.besaran, REALISATION: Besaran(hitung=part.realisasi, label=REALISATION)}
    used, waiting = {REALISATION}, [REALISATION]
    while waiting:
        more = _used(whole[waiting.pop()]) & set(whole) - used
        used |= more
        waiting += more
    kept = {name: one for name, one in part.besaran.items() if name in used}
    return list(_nodes_of(part.model_copy(update={"besaran": kept})))


def _named(nodes: Iterable[Node]) -> set[str]:
    """Name what stands in formulas: names and functions."""
    every = (below for one in nodes for below in walk(one))
    return {
        one.id if isinstance(one, Name) else one.name
        for one in every
        if isinstance(one, Name | Call)
    }


def dates_in_order(given: Indikator) -> set[tuple[str, str]]:
    """Give the columns of dates between which the formulas of an indicator count days."""
    return set(date_pairs(_nodes(given)))


def distinct_columns(given: Indikator) -> set[str]:
    """Name the columns whose different values the formulas of an indicator count."""
    calls = (one for one in _nodes(given) if isinstance(one, Call) and one.name == "berbeda")
    return {node.name for call in calls for node in call.args if isinstance(node, Member)}


def divided_columns(given: Indikator) -> set[str]:
    """Name the columns that are added up, or decide which rows count, above a fraction bar."""
    found: set[str] = set()
    for part in ways_of(given):
        figures = {name: _texts(one) for name, one in part.besaran.items()}
        figures["data"] = [part.data] if part.data else []
        for node in _nodes_of(part):
            if isinstance(node, Binary) and node.op == "/":
                found |= _columns_in(node.left, figures)
    return found


def _columns_in(node: Node, figures: Mapping[str, list[str]]) -> set[str]:
    """Name the columns in a formula and in the figures it stands on."""
    found: set[str] = set()
    for one in walk(node):
        if isinstance(one, Filtered):
            found |= {test.left.id for test in one.tests if isinstance(test.left, Name)}
        elif isinstance(one, Member):
            found.add(one.name)
        elif isinstance(one, Name) and one.id in figures:
            rest = {name: texts for name, texts in figures.items() if name != one.id}
            for text in figures[one.id]:
                with suppress(FormulaError):
                    found |= _columns_in(parse(text), rest)
    return found


def _nodes(given: Indikator) -> Iterator[Node]:
    for part in ways_of(given):
        yield from _nodes_of(part)


def _nodes_of(part: Pilihan) -> Iterator[Node]:
    texts = [text for one in part.besaran.values() for text in _texts(one)]
    for text in filter(None, (part.data, part.realisasi, *texts)):
        try:
            yield from walk(parse(text))
        except FormulaError:
            continue
