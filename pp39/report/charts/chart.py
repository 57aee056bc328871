"""A drawn chart, the figures it shows, and the proof that it shows no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.text import Text

from pp39.ledger import Parameter, Quantity

_NUMBER = re.compile(r"[−-]?[0-9]+(?:[.,][0-9]+)*%?")


@dataclass(frozen=True, eq=False)
class Point:
    """One figure as a chart shows it: a bar, a mark, a label, a word of the alternative text."""

    #: What it is the figure of.
    label: str
    #: Entry of the ledger, or a parameter; None where there is no data.
    quantity: Quantity | None
    #: How the chart prints it, or what it prints where there is no data.
    text: str

    @classmethod
    def of(cls, label: str, quantity: Quantity | None, text: str = "belum ada data") -> Point:
        """Show a figure as the ledger prints it; `text` stands where there is none."""
        return cls(label, quantity, text if quantity is None else quantity.text())

    @classmethod
    def plain(cls, label: str, quantity: Quantity | None, text: str = "belum ada data") -> Point:
        """Show a figure without its unit."""
        return cls(label, quantity, text if quantity is None else quantity.plain())

    @property
    def full(self) -> str:
        """The figure as the ledger prints it, where the chart has room for a short form only."""
        return self.text if self.quantity is None else self.quantity.text()

    @property
    def value(self) -> float:
        """Length of the bar; 0 where there is no data."""
        return 0.0 if self.quantity is None else float(self.quantity.value)

    @property
    def ends(self) -> tuple[float, ...]:
        """Where the strokes of a target stand: one, or the two ends of a range; none without it."""
        if self.quantity is None:
            return ()
        low = self.quantity.low
        return (self.value,) if low is None else (float(low), self.value)

    @property
    def id(self) -> str | None:
        """Id in the ledger, path of a parameter, None where there is no data."""
        if self.quantity is None or self.quantity.id is not None:
            return None if self.quantity is None else self.quantity.id
        origin = self.quantity.origin
        return origin.path if isinstance(origin, Parameter) else None


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn figure and what it says in words."""

    #: The drawing.
    figure: Figure
    #: Alternative text, composed from the same points.
    alt: str
    #: All figures that are drawn or told.
    points: tuple[Point, ...] = ()
    #: What stands at the axes: marks of a scale, months, quarters.
    scale: tuple[str, ...] = ()

    def unaccounted(self) -> list[str]:
        """List the numbers of drawing and alternative text that are no figure of `points`."""
        known = set(self.scale)
        for point in self.points:
            known.update((*_numbers(point.text), *_numbers(point.label)))
            if point.quantity is not None:
                known.update(_numbers(point.quantity.text()))
        return [one for text in self._words() for one in _numbers(text) if one not in known]

    def _words(self) -> Iterator[str]:
        yield self.alt
        for one in self.figure.findobj(Text):
            assert isinstance(one, Text)
            yield one.get_text()


def _numbers(text: str) -> Iterable[str]:
    return _NUMBER.findall(text)
