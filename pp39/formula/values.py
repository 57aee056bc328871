"""What a formula can give: a quantity, rows, words, figures by word, or nothing with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from pp39.book import Book
from pp39.ledger import Quantity
from pp39.sources import CleanTable, Selection, Source


@dataclass(frozen=True)
class Lacking:
    """No value, and why."""

    #: There is no data yet, or there is and nothing can be computed of it.
    kind: Literal["kosong", "tak-hitung"]
    #: In Indonesian; empty where the figure's own label says all.
    reason: str = ""

    @property
    def because(self) -> str:
        """Why, as the end of a sentence: "data nilai aset belum ada", "pagu bernilai 0"."""
        return f"{self.reason or 'datanya'} belum ada" if self.kind == "kosong" else self.reason


@dataclass(frozen=True)
class Word:
    """A word that rows or figures are sorted by: a service, a quarter, a month, a number."""

    value: str | int
    name: str
    vocabulary: str = ""
    #: The words it stands for where it is one for several, as the quarters of a year.
    members: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The word as ledger ids have it: months with two digits."""
        return f"{self.value:02d}" if self.vocabulary == "bulan" else str(self.value)


@dataclass(frozen=True)
class Picked:
    """Rows of a table."""

    #: The table.
    table: CleanTable
    #: The rows, with the condition that picks them again.
    rows: Selection
    #: Whether there are data to pick from: if not, even a count is unknown and not 0.
    known: bool
    #: The conditions as the formula writes them.
    told: tuple[str, ...] = ()
    #: Column of the first condition in the last brackets; empty without one.
    by: str = ""


@dataclass(frozen=True)
class Column:
    """One column of picked rows; `made` instead says what each row gives by calculation."""

    picked: Picked
    name: str
    made: Span | Product | None = None


@dataclass(frozen=True)
class Span:
    """Days between two columns of dates, or hours or minutes between two of times of one day."""

    start: str
    end: str
    #: ``hari``, ``hari kerja``, ``jam`` or ``menit``.
    unit: str
    #: Whether a time before the first is one of the next day.
    overnight: bool = False

    @property
    def clock(self) -> bool:
        """Whether it is one between times, not between dates."""
        return self.unit in ("jam", "menit")


@dataclass(frozen=True)
class Product:
    """Two columns of the same rows, or a column and a number, put together row by row."""

    #: ``+``, ``-`` or ``*``.
    op: str
    left: Column | Quantity
    right: Column | Quantity


@dataclass(frozen=True)
class Figure:
    """One of the figures under a name: the words it stands for, and its value."""

    words: Mapping[str, Word]
    value: Quantity | Lacking
    footing: str = ""


@dataclass(frozen=True)
class Family:
    """The figures under one name, one for every word."""

    dims: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def quantities(self) -> list[Quantity]:
        """Those that have a value."""
        return [one.value for one in self.figures if isinstance(one.value, Quantity)]


_Wanted = TypeVar("_Wanted", Word, Picked, Column, Family)
Words = tuple[Word, ...]
Value = Quantity | Lacking | Word | Words | Picked | Column | Family | str | None


@dataclass(frozen=True)
class Shape:
    """What a formula gives, known before there are data."""

    #: What it is.
    kind: Literal["number", "word", "words", "rows", "column", "family", "text"]
    #: Of a number or figures: ``Rp``, ``%``, ``orang``; ``#`` for a count of rows, ``rasio`` for a
    #: share of like by like, empty for a bare number, ``*`` where units are set aside on purpose;
    #: None where only the data tell.
    unit: str | None = None
    #: Of rows and columns.
    source: Source | None = None
    #: Of a column.
    column: str = ""
    #: dims, fixed: of figures: what they are sorted by, and which of that is fixed to one word.
    dims: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    #: Vocabulary of each of `dims`, or of the words themselves under ``""``.
    words: tuple[tuple[str, str], ...] = ()

    @property
    def vocabulary(self) -> str:
        """Vocabulary of a word or of words."""
        return dict(self.words).get("", "")


@dataclass
class World:
    """What a formula is computed in."""

    #: Tables, parameters, quarter and ledger.
    book: Book
    #: Indicator that is computed.
    code: str
    #: Gives a figure of another indicator.
    others: Callable[[str, str], Value]
    #: What was computed before, by name.
    figures: dict[str, Value] = field(default_factory=dict)
    #: The words that are being gone through.
    words: Mapping[str, Word] = field(default_factory=dict)
    #: What is counted or added, in words; empty where the conditions tell it.
    how: str = ""
    #: Why the alternative before this one gave nothing.
    reason: str = ""


@dataclass(frozen=True)
class Code:
    """A formula that was understood: what it gives, and how it is computed."""

    shape: Shape
    run: Callable[[World], Value]

    def then(
        self, kind: type[_Wanted], make: Callable[[_Wanted, World], Value]
    ) -> Callable[[World], Value]:
        """Go on with what it gives; what is not of the kind that is wanted stays what it is."""

        def run(world: World) -> Value:
            found = self.run(world)
            return make(found, world) if isinstance(found, kind) else found

        return run
