"""The names a formula may use, and what each of them stands for, before there are data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, NoReturn, Union, get_args, get_origin

from pp39.errors import nearest
from pp39.formula.parse import FormulaError
from pp39.formula.values import Shape
from pp39.params.schema import ROOT, Node, extended, format_path
from pp39.periods import MONTHS, Quarter
from pp39.profile import Profile
from pp39.same import once
from pp39.sources import Source, sources_of
from pp39.sources.declaration import Storage

_HOLE = re.compile(r"\{(\w+)\}")

PERIODS: Mapping[str, Shape] = {
    "tw": Shape("word", words=(("", "triwulan"),)),
    "tw_lalu": Shape("word", words=(("", "triwulan"),)),
    "sampai_tw": Shape("words", words=(("", "triwulan"),)),
    "bulan_ini": Shape("words", words=(("", "bulan"),)),
    "sampai_bulan": Shape("words", words=(("", "bulan"),)),
    "tahun": Shape("word", words=(("", "tahun"),)),
    "kode_ini": Shape("word", words=(("", "kode"),)),
    "alasan": Shape("text"),
    **dict.fromkeys(
        ("awal_tw", "akhir_tw", "awal_tahun", "akhir_tahun"),
        Shape("word", words=(("", "tanggal"),)),
    ),
}
"""Words of the period: this quarter, the one before, all up to this one; the quarter's months, all
months up to its end; the budget year; first and last day of quarter and year. Also the code of the
indicator itself, and why the way before this one gave nothing."""

_OF_WORDS = ("nama", "satuan", "induk")
_TIME_WORDS = {
    "triwulan": tuple(str(one) for one in Quarter),
    "bulan": tuple(f"{number:02d}" for number in range(1, len(MONTHS) + 1)),
}

TIMES = frozenset({"triwulan", "bulan", "tahun"})
"""Vocabularies of time: a condition on them says which data there should be."""


@dataclass(frozen=True)
class Variable:
    """A word that is gone through: its vocabulary, and all it can be where that is known."""

    vocabulary: str
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """What names stand for at one place of a profile."""

    #: Sources of the profile.
    sources: Mapping[str, Source]
    #: Words of each vocabulary, where they are known.
    vocabularies: Mapping[str, Iterable[str]]
    #: What each vocabulary tells of its words.
    attributes: Mapping[str, Iterable[str]] = field(default_factory=dict)
    #: Figures of the same indicator.
    figures: Mapping[str, Shape] = field(default_factory=dict)
    #: Words that are gone through.
    variables: Mapping[str, Variable] = field(default_factory=dict)
    #: Figures of the other indicators, by code.
    others: Mapping[str, Mapping[str, Shape]] = field(default_factory=dict)
    #: The tree of parameters, with those of the profile.
    root: Node = ROOT
    _schemas: dict[str, Mapping[str, Storage]] = field(default_factory=dict, repr=False)

    def schema(self, source: Source) -> Mapping[str, Storage]:
        """Give the columns of a source, each with how it is stored."""
        if source.name not in self._schemas:
            self._schemas[source.name] = source.schema
        return self._schemas[source.name]

    def with_figure(self, name: str, shape: Shape) -> Names:
        """Know one more figure."""
        return replace(self, figures={**self.figures, name: shape})

    def with_variables(self, variables: Mapping[str, Variable]) -> Names:
        """Know the words that are gone through here."""
        return replace(self, variables={**self.variables, **variables})

    def simple(self) -> Iterator[str]:
        """Give every name that may stand alone."""
        yield from self.variables
        yield from self.figures
        yield from PERIODS
        yield from self.sources

    def column(self, source: Source, name: str, at: int) -> Storage:
        """Say how a column is stored; `name` may have ``{x}`` in it.

        Raises
        ------
        FormulaError
            If the source has no such column.
        """
        found: set[Storage] = set()
        schema = self.schema(source)
        for spelt in self._spellings(name, at):
            if spelt not in schema:
                self.not_personal(spelt, source, at)
                unknown(spelt, schema, f'no column of "{source.name}"', at)
            found.add(schema[spelt])
        return found.pop() if len(found) == 1 else "number"

    def not_personal(self, name: str, source: Source | None, at: int) -> None:
        """Refuse a column that never passes cleaning; of any source where it is not said of which.

        Raises
        ------
        FormulaError
            If the column is personal.
        """
        for one in [source] if source is not None else self.sources.values():
            for column in one.personal:
                if name in column.names and name not in self.schema(one):
                    told = f'column "{name}" of {one.name} is personal and never passes cleaning'
                    same = f"{column.personal}_sama"
                    known = f'; "{same}" tells which rows are of one person'
                    raise FormulaError(f"{told}{'' if column.personal == 'lain' else known}", at)

    def _spellings(self, name: str, at: int) -> Iterator[str]:
        parts = holes(name)
        for one in parts:
            if one not in self.variables:
                unknown(one, self.variables, "no word that is gone through here", at)
        listed = [self._slugs(one) for one in parts]
        if not all(listed) and parts:
            return
        for chosen in product(*listed):
            yield filled(name, dict(zip(parts, chosen, strict=True)))

    def _slugs(self, variable: str) -> tuple[str, ...]:
        known = self.variables[variable]
        return known.slugs or tuple(self.vocabularies.get(known.vocabulary, ()))


@once
def names_of(profile: Profile) -> Names:
    """Give the names that formulas of a profile may use.

    The words a unit has of its own are not among them, since units have different ones.
    """
    vocabularies = profile.isi.kosakata
    words = {**_TIME_WORDS, **{name: tuple(one.kata) for name, one in vocabularies.items()}}
    known = dict.fromkeys(vocabularies, _OF_WORDS)
    root = Node(extended(profile), ROOT.meaning)
    return Names(sources_of(profile), MappingProxyType(words), known, root=root)


def holes(name: str) -> tuple[str, ...]:
    """Give the words that a name waits for."""
    return tuple(_HOLE.findall(name))


def filled(name: str, words: Mapping[str, str]) -> str:
    """Put words into a name; columns are written small."""
    return _HOLE.sub(lambda match: words[match[1]].lower(), name)


def unit_of(source: Source, column: str) -> str | None:
    """Give the unit of a column; None where each row has its own or it is not declared."""
    try:
        declared = source.column_of(column)
    except KeyError:
        return None
    return None if declared.unit_column else declared.unit


def vocabulary_of(source: Source, column: str) -> str:
    """Give the vocabulary a column takes its words from, empty if it has none."""
    if column == "triwulan" or column.startswith("triwulan_"):
        return "triwulan"
    if column in ("bulan", "tahun"):
        return column
    try:
        kind = source.column_of(column).kind
    except KeyError:
        return ""
    return str(getattr(kind, "vocabulary", ""))


def parameter(path: tuple[str, ...], root: Node = ROOT) -> Node | None:
    """Find a parameter, None if there is none or if it is a branch."""
    node: Node | None = root
    for name in path:
        node = node.child(name) if node is not None else None
    if node is None or node.fields is not None or node.values is not None:
        return None
    return node


def options_of(node: Node) -> tuple[str, ...]:
    """Give the words a parameter may be, none if it is not chosen from a list."""
    found = [
        one
        for member in _members(node.annotation)
        if get_origin(member) is Literal
        for one in get_args(member)
    ]
    return tuple(one for one in found if isinstance(one, str))


def parameter_shape(node: Node) -> Shape:
    """Say what a parameter gives."""
    members = list(_members(node.annotation))
    if any(get_origin(one) is tuple for one in members):
        return Shape("words", words=(("", ""),))
    if dt.date in members:
        return Shape("text", words=(("", "tanggal"),))
    if options_of(node) or str in members:
        return Shape("text")
    return Shape("number", unit=None)


def _members(annotation: Any) -> Iterator[Any]:
    """Give the plain types an annotation allows."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for one in get_args(annotation):
            yield from _members(one)
    else:
        yield annotation


def parameters(node: Node = ROOT, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Give the paths of all parameters with fixed names."""
    for name in node.fields or ():
        child = node.child(name)
        if child is not None and child.fields is not None:
            yield from parameters(child, (*path, name))
        elif child is not None:
            yield format_path((*path, name))


def unknown(word: str, known: Iterable[str], what: str, at: int) -> NoReturn:
    """Say that a name is not known, and what is near."""
    words = list(known)
    near = nearest(word, words)
    few = ", ".join(sorted(words)[:12])
    hint = f'the nearest is "{near}"' if near else f"there are {few}" if few else "there is none"
    raise FormulaError(f'"{word}" is {what}; {hint}', at)
