"""What the formulas of an indicator name: sources, columns, times, other figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Literal

from pp39.formula import FormulaError, Shape, parse, parse_condition, template_nodes, walk
from pp39.formula.compile import dotted
from pp39.formula.days import date_pairs
from pp39.formula.syntax import Binary, Call, Filtered, Member, Name, Node, Text
from pp39.indicators.achievement import unit_of
from pp39.profile.indicator import Besaran, Indikator, Pilihan
from pp39.sources import Source

REALISATION = "realisasi"
_OF_THE_QUARTER = frozenset({"tw", "bulan_ini", "awal_tw"})
_SINCE_JANUARY = frozenset({"sampai_tw", "sampai_bulan", "awal_tahun", "kumulatif", "tw_lalu"})
# What picks one of several times.
_LAST = frozenset({"terakhir", "terakhir_setiap", "pertama_setiap", "nilai"})


def figure_names(given: Indikator) -> dict[str, Shape]:
    """Give the figures that other indicators may use, those by word among them."""
    found = {REALISATION: Shape("number", unit_of(given))}
    for part in ways_of(given):
        for name, one in part.besaran.items():
            unit = one.satuan if one.satuan and "{" not in one.satuan else None
            kind: Literal["family", "number"] = "family" if one.untuk else "number"
            shape = Shape(kind, unit, dims=tuple(one.untuk))
            # Where the ways to it differ, only the data tell its unit.
            found[name] = replace(shape, unit=None) if found.get(name, shape) != shape else shape
    return found


def ways_of(given: Indikator) -> list[Pilihan]:
    """Write the ways of an indicator out, each with what it shares with the others."""
    common = _laid(given, Pilihan())
    return [_laid(one, common) for one in given.atau] or [common]


def parameters_of(given: Indikator) -> set[str]:
    """Give the dotted names in the formulas of an indicator that may be those of parameters."""
    found = (dotted(one) for one in _nodes(given) if isinstance(one, Member))
    return {".".join(one).removeprefix("param.") for one in found if one is not None}


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


def used_by(given: Besaran) -> set[str]:
    """Give the names a figure uses; what cannot be read uses nothing, its error comes later."""
    found: set[str] = set()
    for text in texts_of(given):
        found |= _in_formula(partial(map, parse, [text]))
    if given.bila is not None:
        test = partial(parse_condition, given.bila)
        found |= _in_formula(lambda: filter(None, (test().left, test().right)))
    for template in (given.label, given.satuan, given.cara, given.catatan):
        found |= in_template(template)
    for way in given.atau:
        found |= in_template(way.cara)
    return found


def texts_of(given: Besaran) -> list[str]:
    """Give the formulas of a figure."""
    texts = [given.hitung, *(text for way in given.atau for text in (way.data, way.hitung))]
    for spec in given.untuk.values():
        texts += [spec] if isinstance(spec, str) else [str(one) for one in spec]
    return [one for one in texts if one]


def in_template(text: str | None) -> set[str]:
    """Give the names in a sentence."""
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


def other_time(given: Indikator, sources: Mapping[str, Source]) -> str:
    """Say that the formulas of an indicator read rows of another time than its ``sifat``, if so.

    Only where that is plain: not where it uses other indicators, or its main rows are of several
    times; and what is told once a quarter or month may itself be counted since January.
    """
    if given.sifat_menurut is not None:
        return ""
    if given.sifat != "kumulatif" and any(map(_since_january, ways_of(given))):
        return f"it is kumulatif(…), but sifat is {given.sifat}; write sifat: kumulatif"
    if other_codes(given):
        return ""
    for part in ways_of(given):
        every = _reached(part)
        only = part.model_copy(update={"realisasi": None, "besaran": {}})
        main = list(_nodes_of(only)) or every
        keys = [sources[one.id].key for one in main if isinstance(one, Name) and one.id in sources]
        register = not any({"triwulan", "bulan"} & {*one} for one in keys)
        # Months added up are each of one month, whatever else a row of one may be counted since.
        months = _named(every) & {"bulan_ini", "jumlah"} == {"bulan_ini", "jumlah"} and all(
            "bulan" in one for one in keys
        )
        narrowed = [one for one in every if isinstance(one, Filtered) and one.of == Name("data")]
        named, within = _named(main), _named(narrowed)
        if given.sifat == "kumulatif":
            wrong = named & _OF_THE_QUARTER
            if wrong and (register or months) and not _named(every) & _SINCE_JANUARY:
                told = f"{', '.join(sorted(wrong))}, of the quarter alone"
                right = "triwulan dalam sampai_tw, or kumulatif(…)"
                return f"sifat is kumulatif, but it reads rows of {told}; write {right}"
        elif given.sifat == "triwulan":
            wrong = named & _SINCE_JANUARY - (set() if _from_january(main) else {"awal_tahun"})
            if wrong and not (named | within) & _OF_THE_QUARTER and not _named(every) & _LAST:
                told = f"{', '.join(sorted(wrong))}, of all since January"
                return f"sifat is triwulan, but it reads rows of {told}; write sifat: kumulatif"
    return ""


def _since_january(given: Pilihan) -> bool:
    """Tell whether the realisation as a whole is what adds up since January."""
    try:
        tree = parse(given.realisasi or "0")
        figure = given.besaran.get(tree.id) if isinstance(tree, Name) else None
        tree = parse(figure.hitung) if figure is not None and figure.hitung else tree
    except FormulaError:
        return False
    return isinstance(tree, Call) and tree.name == "kumulatif"


def _reached(part: Pilihan) -> list[Node]:
    """Give the nodes of the formulas that the realisation stands on."""
    whole = {**part.besaran, REALISATION: Besaran(hitung=part.realisasi, label=REALISATION)}
    used, waiting = {REALISATION}, [REALISATION]
    while waiting:
        more = used_by(whole[waiting.pop()]) & set(whole) - used
        used |= more
        waiting += more
    kept = {name: one for name, one in part.besaran.items() if name in used}
    return list(_nodes_of(part.model_copy(update={"besaran": kept})))


def _from_january(nodes: Iterable[Node]) -> bool:
    """Tell whether rows are picked from the first day of the year on, and not those before it."""
    tests = (test for one in nodes if isinstance(one, Filtered) for test in one.tests)
    return any(test.op in (">", ">=") and test.right == Name("awal_tahun") for test in tests)


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
        figures = {name: texts_of(one) for name, one in part.besaran.items()}
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
    texts = [text for one in part.besaran.values() for text in texts_of(one)]
    for text in filter(None, (part.data, part.realisasi, *texts)):
        try:
            yield from walk(parse(text))
        except FormulaError:
            continue
