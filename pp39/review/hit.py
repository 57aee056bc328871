"""A contradiction inside a typed report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from pp39.findings import Finding, Severity
from pp39.findings.printed import Printed
from pp39.review.figure import figures, printed_in, sentences
from pp39.review.saying import Said, Subjects, learnt, naming, own_period, sayings
from pp39.review.typed import PROSE, Grid, Passage, Place, Typed
from pp39.review.vocabulary import Vocabulary

T = TypeVar("T")
Cells = list[list[Printed | None]]
_TELLING = 5
"""Digits of an amount that is known by them alone."""
_TITLE = 14
"""Words of a sentence that only names what its paragraph is about."""
_VALUES = 2
"""Values that one thing has at the most, when one of them is wrong."""
_SIDES = re.compile(r";|,?\s+\b(?:sedangkan|sementara|adapun)\b")
"""What stands between two things of which one sentence speaks."""


def label_of(row: Sequence[str]) -> str:
    """Give the first cell of a row that is words."""
    return next((cell for cell in row if re.search("[A-Za-z]{3}", cell)), "")


@dataclass(frozen=True)
class Look:
    """What a rule looks at: the report, its subjects, its figures, and its own period."""

    report: Typed
    words: Vocabulary

    @cached_property
    def subjects(self) -> Subjects:
        """The subjects the report speaks of."""
        return learnt(self.report, self.words)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """All figures with a subject."""
        return tuple(sayings(self.report, self.subjects, self.words))

    @cached_property
    def facts(self) -> Mapping[tuple[str, str], Sequence[Said]]:
        """The figures by subject and measure, in the order of reading."""
        found: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for one in self.said:
            found[one.subject, one.measure].append(one)
        return found

    @cached_property
    def about(self) -> tuple[tuple[Passage, str, str], ...]:
        """What speaks of one subject, by name or below its heading: sentences, or their sides."""
        return tuple(self._about())

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Paragraphs and items of lists."""
        return tuple(one for one in self.report.passages if one.kind in PROSE)

    @cached_property
    def sentences(self) -> tuple[tuple[Passage, str], ...]:
        """The sentences of the prose, each with where it stands."""
        return tuple((one, told) for one in self.prose for told in sentences(one.text))

    @cached_property
    def by_section(self) -> tuple[Sequence[Passage | Grid], ...]:
        """What stands below each heading, with the heading."""
        sections: list[list[Passage | Grid]] = [[]]
        for one in self.report.parts:
            if isinstance(one, Passage) and one.kind == "judul":
                sections.append([])
            sections[-1].append(one)
        return tuple(sections)

    @cached_property
    def period(self) -> tuple[int, int]:
        """Year and quarter of the report itself: those it names first and most; 0 where none."""
        return own_period(self.report)

    @cached_property
    def _namings(self) -> dict[int, tuple[int | None, int | None]]:
        return {id(grid): naming(grid, self.words) for grid in self.report.grids}

    def naming(self, grid: Grid) -> tuple[int | None, int | None]:
        """Find the column of codes and that of names."""
        return self._namings.get(id(grid)) or naming(grid, self.words)

    @cached_property
    def unsaid(self) -> tuple[tuple[str, Place], ...]:
        """The figures that were read and whose subject or measure was not understood."""
        said = Counter((str(one.place), one.text.strip()) for one in self.said)
        left = []
        for text, place in self.report.texts():
            for one in figures(text):
                key = (str(place), text.strip() if place.row else one.text)
                if said[key]:
                    said[key] -= 1
                else:
                    left.append((one.text, place))
        return tuple(left)

    @cached_property
    def _numbers(self) -> dict[int, Cells]:
        return {id(grid): _numbers(grid) for grid in self.report.grids}

    def numbers(self, grid: Grid) -> Cells:
        """Read the cells of a table that are numbers."""
        return self._numbers.get(id(grid)) or _numbers(grid)

    @cached_property
    def _has_notes(self) -> bool:
        return any(re.match(r"\*+\)?\s", one.text) for one in self.prose)

    def noted(self, cell: str) -> bool:
        """Tell whether a figure bears the mark of a note, which says how it differs."""
        return self._has_notes and cell.rstrip().endswith(("*", "*)"))

    def is_total(self, row: Sequence[str]) -> bool:
        """Tell a row of totals or means."""
        label = label_of(row)
        return self.words.says("jumlah", label) or self.words.says("rata", label)

    def _about(self) -> Iterator[tuple[Passage, str, str]]:
        about = ""
        for one in self.report.passages:
            if one.kind == "judul":
                told = self.subjects.of(one.text)
                about = told[0][1] if len(told) == 1 else ""
                continue
            if one.kind not in PROSE:
                continue
            titled = about
            for sentence in sentences(one.text):
                named = self.subjects.of(sentence)
                if len(named) == 1 and not next(figures(sentence), None):
                    titled = (
                        named[0][1]
                        if sentence.endswith(".") and len(sentence.split()) < _TITLE
                        else titled
                    )
                if titled and not named:
                    yield one, sentence, titled
                for part in _SIDES.split(sentence) if named else ():
                    sides = self.subjects.of(part)
                    if len(sides) == 1:
                        yield one, part, sides[0][1]


def _numbers(grid: Grid) -> Cells:
    return [[printed_in(cell) for cell in row] for row in grid.rows]


class Hit(NamedTuple):
    """A contradiction: what is stated, what it is held against, a sentence, and where it stands."""

    stated: str
    against: str
    sentence: str
    at: Place | Sequence[Place]
    subject: str = ""
    """By default what is stated there."""


def of_one_thing(
    told: Sequence[T], name: Callable[[T], Hashable], value: Callable[[T], Hashable]
) -> list[T]:
    """Leave out what goes by a name that more than two values have: it is no one thing.

    Examples
    --------
    >>> from operator import itemgetter
    >>> told = [("gedung", 150), ("gedung", 180), ("survei", 1), ("survei", 2), ("survei", 3)]
    >>> of_one_thing(told, itemgetter(0), itemgetter(1))
    [('gedung', 150), ('gedung', 180)]
    """
    values: dict[Hashable, set[Hashable]] = defaultdict(set)
    for one in told:
        values[name(one)].add(value(one))
    return [one for one in told if len(values[name(one)]) <= _VALUES]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of contradiction."""

    id: str
    severity: Severity
    compares: str
    look: Callable[[Look], Iterable[Hit]]


def found(rules: Iterable[Rule], look: Look) -> list[Finding]:
    """Apply rules; each contradiction once, with all its places, gravest first.

    A cell, or an amount, that several rules tell of is told by the first.
    """
    made: dict[str, Finding] = {}
    cells: dict[tuple[Place, str], str] = {}
    for rule in rules:
        for hit in rule.look(look):
            places = [hit.at] if isinstance(hit.at, Place) else hit.at
            at = (places[-1] if places[-1].row else places[0], hit.stated)
            # A cell, and an amount of a sentence, is what it is by itself.
            alone = len(places) == 1 and places[0].row
            alone = alone or (not at[0].row and len(re.findall("[0-9]", hit.stated)) > _TELLING)
            if alone and cells.setdefault(at, rule.id) != rule.id:
                continue
            where = "; ".join(dict.fromkeys(map(str, places)))
            subject = hit.subject or f"{places[0]}/{hit.stated}"
            told = (where, subject, hit.stated, hit.against, hit.sentence)
            one = Finding(rule.id, rule.severity, *told, membandingkan=rule.compares)
            made.setdefault(one.id, one)
    return sorted(made.values(), key=lambda one: one.order)
