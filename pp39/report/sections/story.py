"""What the formulas of an indicator gave: told in the sentences of its profile, listed by word.

A sentence names figures as formulas do. They are computed once more, into a ledger of their own,
only to know which figure a name means here; what is printed is the entry of the run's ledger.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from pp39.book import Book
from pp39.characters import capital
from pp39.formula import (
    SPOKEN,
    Compiler,
    Family,
    Figure,
    FormulaError,
    Hole,
    Lacking,
    Names,
    Segment,
    Value,
    Word,
    World,
    compile_template,
    parse,
)
from pp39.formula.names import names_of
from pp39.formula.units import is_named
from pp39.formula.words import in_order
from pp39.indicators.compute import Computation
from pp39.indicators.formulas import programs_of
from pp39.indicators.reading import figure_names
from pp39.indicators.told import COMMON, QUARTER, told_names
from pp39.ledger import Ledger, Parameter, Quantity, dashed
from pp39.params import Settings
from pp39.profile import Fault, ProfileError
from pp39.report.inline import Number, Part, part_plain
from pp39.report.sections.kalimat import (
    Moment,
    Quote,
    bersatuan,
    bilang,
    bulan,
    dalam_kalimat,
    gabung,
    kutip,
    mutlak,
    prosa,
    sebut,
    tanggal,
    terbesar,
    terkecil,
)
from pp39.yamlfile import Place, place_of

T = TypeVar("T")
Words = Mapping[str, Word]

_FULL = 100
# The blank and the word behind a figure, and what ends the sentence before it.
_WORD = re.compile(r"\s*[^\W\d_]")
_ENDED = re.compile(r"[.!?] ")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Stories:
    """The stories of all indicators of a run."""

    #: Tables and parameters of the run.
    book: Book
    #: Gives a figure of the run's ledger by its id.
    figure: Callable[[str], Quantity | None]
    _told: dict[str, Story] = field(default_factory=dict, init=False, repr=False)

    def __getitem__(self, code: str) -> Story:
        """Give the story of an indicator."""
        if not self._told:
            self._told.update(self._all())
        return self._told[code]

    @cached_property
    def general(self) -> Story:
        """What a sentence may tell that belongs to no indicator: figures of all, by their codes."""
        names = replace(names_of(self.book.settings.profile), others=self._known)
        return Story("", names, World(self._trial, "", self._other), self)

    @cached_property
    def _known(self) -> dict[str, dict[str, str | None]]:
        return {code: figure_names(one) for code, one in self.book.params.indikator.items()}

    @cached_property
    def _trial(self) -> Book:
        """The tables and parameters of the run, with a ledger that nobody reads."""
        return replace(self.book, ledger=Ledger())

    def _other(self, code: str, name: str) -> Quantity | Lacking:
        made = self.figure(f"{code.replace(' ', '-')}/{name.replace('_', '-')}")
        return made or Lacking("kosong")

    def _all(self) -> dict[str, Story]:
        book, known = self._trial, self._known
        programs = programs_of(book.settings)
        computation = Computation(book)
        plain = names_of(book.settings.profile)
        found = {}
        for code, program in programs.items():
            names = replace(plain, others={k: v for k, v in known.items() if k != code})
            names = told_names(program, names)
            shapes = names.figures
            key = dashed(code)
            figures: dict[str, Value] = {
                name: Family(shape.dims, ()) if shape.kind == "family" else Lacking("kosong")
                for name, shape in shapes.items()
            }
            figures |= {name: self.figure(f"{key}/{name}") or Lacking("kosong") for name in COMMON}
            figures[QUARTER] = Quantity.constant(book.quarter.number)
            figures |= computation.realisation(book, code).figures
            of = replace(book, whole=book.of_year(code))
            found[code] = Story(code, names, World(of, code, self._other, figures), self)
        return found


@dataclass(frozen=True, eq=False)
class Story:
    """What came out for one indicator, by the names that its formulas have."""

    #: Code of the indicator.
    code: str
    #: What a formula or sentence may name.
    names: Names
    #: What the names stand for.
    world: World
    #: Those of all indicators.
    all: Stories

    def sentence(self, text: str, *path: str, said: str = "") -> list[Part]:
        """Tell a text with formulas in braces; `path` says where below the indicator it stands.

        What is optional and holds no word that `said` has not is left out.
        """
        made = self._understood(text, path, lambda: compile_template(text, self.names, SPOKEN))
        told, _ = self._told(made.whole, frozenset(_WORDS.findall(said.casefold())))
        return _with_units(told)

    def one(self, formula: str, words: Words | None = None, *path: str) -> Quantity | None:
        """Give one figure, None where there is no data."""
        code = self._understood(formula, path, lambda: Compiler(self.names).number(parse(formula)))
        made = code.run(replace(self.world, words=dict(words or {})))
        return self._printed(made) if isinstance(made, Quantity) else None

    def figures(self, formula: str, *path: str) -> list[tuple[Words, Quantity]]:
        """Give the figures by word that have data, each with its words."""
        pairs = [(one.words, self._value(one)) for one in self._by_word(formula, *path)]
        return [(words, one) for words, one in pairs if one is not None]

    def asked(self, formula: str, name: str, *path: str) -> list[Word]:
        """Give the words that figures are asked for by, with data or without, in order."""
        return self.in_order(one.words[name] for one in self._by_word(formula, *path))

    def _by_word(self, formula: str, *path: str) -> tuple[Figure, ...]:
        code = self._understood(formula, path, lambda: Compiler(self.names).code(parse(formula)))
        made = code.run(self.world)
        return made.figures if isinstance(made, Family) else ()

    def said(self, word: Word) -> Part:
        """Write a word inside a sentence; one that is a name of its own as it is written."""
        known = self.all.book.settings.profile.isi.kosakata.get(word.vocabulary)
        return word_part(word, "" if known is not None and known.nama_diri else "dalam")

    def in_order(self, words: Iterable[Word]) -> list[Word]:
        """Put words in the order of their vocabulary, each once."""
        unique = {one.value: one for one in words}
        vocabulary = next((one.vocabulary for one in unique.values()), "")
        if all(isinstance(one, int) for one in unique):
            found: list[str | int] = sorted(unique)
        else:
            found = in_order(list(unique), vocabulary, self.world)
        return [unique[one] for one in found]

    def _understood(self, text: str, path: Sequence[str], make: Callable[[], T]) -> T:
        try:
            return make()
        except FormulaError as error:
            whole = ("indikator", self.code, *path) if self.code else tuple(path)
            place = _place(self.all.book.settings, whole)
            told = f"{'.'.join(whole)}: {error.sentence}"
            raise ProfileError([Fault.at(place, told)]) from None

    def _printed(self, made: Quantity) -> Quantity | None:
        """Give the entry of the run's ledger for a figure that was computed to know its name."""
        if made.id is None:
            return made if isinstance(made.origin, Parameter) else None
        return self.all.figure(made.id)

    def _value(self, one: Figure) -> Quantity | None:
        return self._printed(one.value) if isinstance(one.value, Quantity) else None

    def _told(
        self, part: Segment, said: frozenset[str], *, optional: bool = False
    ) -> tuple[list[Part], bool]:
        """Tell a part of a text, and whether anything in it is new; nothing where data lack."""
        told: list[Part] = []
        found: list[bool] = []
        for piece in part.pieces:
            if isinstance(piece, str):
                told.append(_quoted(piece))
            elif isinstance(piece, Segment):
                if piece.when is None or piece.when(self.world):
                    inner, new = self._told(piece, said, optional=True)
                    told += inner
                    found += [new] if inner else []
            else:
                made = piece.code.run(self.world)
                shown = self._said(piece, made)
                if not shown and optional:
                    return [], False
                told += shown
                words = _WORDS.findall(_free(made).casefold())
                found.append(not words or not said.issuperset(words))
        new = any(found) or not found
        return (told, new) if new or not optional else ([], False)

    def _said(self, hole: Hole, made: object) -> list[Part]:
        match made:
            case Quantity():
                figure = self._printed(made)
                return [] if figure is None else [_figure(figure, hole.spec)]
            case Family():
                return self._family(made, hole.spec)
            case Word():
                return [word_part(made, hole.spec)]
            case tuple():
                return [gabung([word_part(one, hole.spec) for one in made])] if made else []
            case str():
                return [_text(made, hole.spec)] if made else []
            case _:
                return []

    def _family(self, family: Family, spec: str) -> list[Part]:
        pairs = [(one.words, value) for one in family.figures if (value := self._value(one))]
        if spec in ("terbesar", "terkecil") and len({figure.value for _, figure in pairs}) == 1:
            # The largest of one, or of equals, says nothing.
            return []
        match spec:
            case "terbesar":
                pairs = terbesar([one for one in pairs if one[1].value])
            case "terkecil":
                pairs = terkecil(pairs)
            case "kurang":
                pairs = [one for one in pairs if one[1].value < _FULL]
            case _:
                pairs = [one for one in pairs if one[1].value]
        if not pairs:
            return []
        named = [(self.said(_telling(words)), figure) for words, figure in pairs]
        return [gabung([name for name, _ in named]) if spec == "kata" else sebut(named)]


def _place(settings: Settings, path: Sequence[str]) -> Place:
    """Give where the value at a path, or the nearest one above it, was set."""
    places = ChainMap(dict(settings.places), dict(settings.profile.places))
    return place_of(places, tuple(path))


def _with_units(told: Sequence[Part]) -> list[Part]:
    """Name the unit of each figure that no word follows, unless its sentence has named it."""
    before, found = "", list[Part]()
    for n, part in enumerate(told, 1):
        if isinstance(part, Quantity) and not _WORD.match("".join(map(part_plain, told[n:]))):
            said = _ENDED.split(before)[-1]
            found.append(bersatuan(part, said) if is_named(part.unit) else part)
        else:
            found.append(part)
        before += part_plain(found[-1])
    return found


def _quoted(text: str) -> Part:
    """Quote a piece of a sentence with the blanks at its ends."""
    return Quote(re.sub(r"\s+", " ", text))


def _free(made: object) -> str:
    """Give what somebody wrote in a cell; nothing of figures and of words of a vocabulary."""
    many = made if isinstance(made, tuple) else (made,)
    texts = (one.name if isinstance(one, Word) and not one.vocabulary else one for one in many)
    return " ".join(one for one in texts if isinstance(one, str))


def _telling(words: Words) -> Word:
    """Give the word that tells figures apart: not the period, where there is another."""
    among = [one for one in words.values() if one.vocabulary not in ("triwulan", "bulan", "tahun")]
    return (among or list(words.values()))[0]


def _figure(figure: Quantity, spec: str) -> Part:
    match spec:
        case "mutlak":
            return mutlak(figure)
        case "polos" | "satuan" | "terbilang":
            return Number(figure, spec)
        case "bilang":
            return bilang(figure)
        case _:
            return prosa(figure) if figure.unit == "%" else figure


def word_part(word: Word, spec: str = "") -> Part:
    """Write a word: a period as such, a name as its vocabulary has it."""
    match word.vocabulary:
        case "triwulan":
            return Moment(f"{'Triwulan' if spec == 'besar' else 'triwulan'} {word.value}")
        case "bulan":
            return bulan(int(word.value))
        case "tahun":
            return Moment(str(word.value))
        case _ if spec == "dalam":
            return kutip(dalam_kalimat(word.name))
        case _:
            return _text(word.name, spec)


def _text(text: str, spec: str) -> Part:
    match spec:
        case "kecil":
            return kutip(text.lower())
        case "besar":
            return kutip(capital(text))
        case "tanggal":
            return tanggal(text)
        case _:
            return kutip(text)
