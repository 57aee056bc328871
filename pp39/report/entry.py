"""An entry of the annex "Jejak perhitungan": one figure with all that says how it came about."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pp39.ledger import Cell, Computed, Constant, Quantity
from pp39.numbers import format_number

_PLACES = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a raw file, in the parts a series of cells is recognised by."""

    file: str
    sheet: str
    row: int
    column: str

    @property
    def words(self) -> str:
        """The place in Indonesian words."""
        return Cell("", self.file, self.sheet or None, self.row, self.column).place


@dataclass(frozen=True, slots=True)
class Input:
    """A figure that another is computed from."""

    #: label, text: its name and what it prints.
    label: str
    text: str
    #: Its ledger id; empty if it has no entry of its own.
    id: str = ""
    #: Where it comes from; empty if the id tells.
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure."""

    #: id, label, unit: as in the ledger.
    id: str
    label: str
    unit: str
    #: The result as it prints.
    text: str
    #: The result before rounding.
    exact: str
    #: Where a raw figure stands, in words; empty for a computed one.
    origin: str = ""
    #: The same in parts, if it is a single cell.
    place: Place | None = None
    #: formula, numbers: the formula in words and with the numbers put in; empty for a raw figure.
    formula: str = ""
    numbers: str = ""
    #: Remark.
    note: str = ""
    #: What a computed figure is made of.
    inputs: tuple[Input, ...] = ()

    @classmethod
    def of(cls, quantity: Quantity) -> Entry:
        """Build from an entry of the ledger."""
        head = (
            str(quantity.id),
            quantity.label,
            quantity.unit,
            quantity.text(),
            exact_indonesian(quantity.value),
        )
        origin = quantity.origin
        if isinstance(origin, Computed):
            words, numbers = quantity.formula(), quantity.formula_numbers()
            inputs = tuple(_inputs(quantity))
            return cls(*head, formula=words, numbers=numbers, note=quantity.note, inputs=inputs)
        place = None
        if isinstance(origin, Cell):
            place = Place(origin.file, origin.sheet or "", origin.row, origin.column)
        return cls(*head, origin=origin.place, place=place, note=quantity.note)

    @property
    def rounded(self) -> bool:
        """Whether printing rounds the result, so that both must be told."""
        return _digits(self.text) != _digits(self.exact)

    def json(self, known: Container[str]) -> list[Any]:
        """Write as a short list; an input among the known ids is told by its own entry."""
        head = [self.id, self.label, self.unit, self.text, self.exact, self.note]
        if not self.formula:
            place = self.place
            if place is None:
                return [*head, self.origin]
            return [*head, [place.file, place.sheet, place.row, place.column]]
        inputs = [
            one.id if one.id in known else [one.label, one.text, one.origin] for one in self.inputs
        ]
        plain = (self.formula, self.numbers) == _sum(self.inputs)
        return [*head, "" if plain else self.formula, "" if plain else self.numbers, inputs]

    @classmethod
    def all_from_json(cls, data: Sequence[list[Any]]) -> dict[str, Entry]:
        """Read back what `json` wrote for the entries of a ledger: entries by id."""
        known = {one[0]: one for one in data}

        def inputs(many: Sequence[Any]) -> tuple[Input, ...]:
            return tuple(
                Input(known[one][1], known[one][3], one)
                if isinstance(one, str)
                else Input(one[0], one[1], "", one[2])
                for one in many
            )

        entries = {}
        for id_, label, unit, text, exact, note, *rest in data:
            head = (id_, label, unit, text, exact)
            match rest:
                case [str(origin)]:
                    entries[id_] = cls(*head, origin=origin, note=note)
                case [list(parts)]:
                    place = Place(*parts)
                    entries[id_] = cls(*head, origin=place.words, place=place, note=note)
                case _:
                    formula, numbers, below = rest
                    made = inputs(below)
                    formula, numbers = (formula, numbers) if formula else _sum(made)
                    entries[id_] = cls(
                        *head, formula=formula, numbers=numbers, note=note, inputs=made
                    )
        return entries


def linked(formula: str, inputs: Sequence[Input]) -> tuple[list[Input | str], list[Input]]:
    """Find the names of the inputs in a formula in words.

    Returns
    -------
    pieces : list of Input or str
        The formula in order, names replaced by their inputs.
    rest : list of Input
        Inputs that a long formula leaves out, and those that are not looked up by a link.

    Examples
    --------
    >>> a, b = Input("Pagu", "5", "pagu"), Input("Pagu awal", "4", "awal")
    >>> [getattr(one, "id", one) for one in linked("Pagu − Pagu awal", [a, b])[0]]
    ['pagu', ' − ', 'awal']
    """
    waiting: dict[str, list[Input]] = {}
    for one in inputs:
        waiting.setdefault(one.label, []).append(one)
    names = sorted(waiting, key=len, reverse=True)
    pieces: list[Input | str] = []
    reached: set[int] = set()
    position = start = 0
    while position < len(formula):
        name = next((one for one in names if one and formula.startswith(one, position)), None)
        if name is None or (position and formula[position - 1].isalnum()):
            position += 1
            continue
        same = waiting[name]
        found = next((one for one in same if id(one) not in reached), same[-1])
        reached.add(id(found))
        if start < position:
            pieces.append(formula[start:position])
        pieces.append(found)
        position = start = position + len(name)
    if start < len(formula):
        pieces.append(formula[start:])
    return pieces, [one for one in inputs if id(one) not in reached or not one.id]


def exact_indonesian(value: Fraction) -> str:
    """Write a value before rounding: in full where decimals end, else cut and as a fraction.

    Examples
    --------
    >>> exact_indonesian(Fraction(12600, 170)), exact_indonesian(Fraction(5, 4))
    ('74,1176470588… (= 1.260/17)', '1,25')
    """
    if value.denominator == 1:
        return format_number(value)
    scaled = value * 10**_PLACES
    if scaled.denominator == 1:
        text = format_number(value, _PLACES)
        return text.rstrip("0").rstrip(",")
    # Cut, not rounded: the dots say that more digits follow these.
    cut = Fraction(abs(scaled.numerator) // scaled.denominator, 10**_PLACES)
    sign = "−" if value < 0 else ""
    fraction = f"{format_number(abs(value.numerator))}/{format_number(value.denominator)}"
    return f"{sign}{format_number(cut, _PLACES)}… (= {sign}{fraction})"


def _inputs(quantity: Quantity) -> list[Input]:
    """List the inputs; one without an entry of its own is opened up in place."""
    found: list[Input] = []
    for one in quantity.inputs():
        if isinstance(one.origin, Constant) and not one.label:
            continue
        if one.id is not None:
            found.append(Input(one.label, one.text(), one.id))
        elif isinstance(one.origin, Computed):
            how = f"{one.formula()} = {one.formula_numbers()}"
            found.append(Input(one.label, one.text(), "", how))
            found.extend(_inputs(one))
        else:
            found.append(Input(one.label, one.text(), "", one.origin.place))
    return found


def _sum(inputs: Sequence[Input]) -> tuple[str, str]:
    """Write the formula of a sum in words and with numbers, as the ledger does."""
    return " + ".join(one.label for one in inputs), " + ".join(one.text for one in inputs)


def _digits(text: str) -> str:
    """Reduce a printed number to what it says: no unit, no zeros after the comma."""
    bare = text.removeprefix("Rp").removeprefix("−Rp").removesuffix("%").strip()
    bare = f"−{bare}" if text.startswith("−Rp") else bare
    return bare.rstrip("0").rstrip(",") if "," in bare else bare
